/* Walks the registry of views. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "app/app.h"
#include "base/strbuf.h"
#include "views/board.h"

static bool has_actions(const struct view_ops *ops)
{
    for (size_t i = 0; i < action_count; i++)
        if (actions[i].contexts & ops->context)
            return true;
    return false;
}

static void rows_are_unique_and_whole(void **state)
{
    (void)state;
    unsigned seen = 0;
    for (size_t i = 0; i < views_count; i++) {
        const struct view_ops *ops = views_all[i];
        assert_true(*ops->name && *ops->title);
        assert_non_null(ops->draw);
        assert_non_null(ops->close);
        assert_true(ops->context != 0 && (ops->context & (ops->context - 1)) == 0);
        assert_false(seen & ops->context);
        seen |= ops->context;
        assert_true(ops->key || ops->move || has_actions(ops)); /* something can be done in it */
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(ops->name, views_all[k]->name);
    }
}

static void what_takes_text_has_no_actions(void **state)
{
    (void)state;
    for (size_t i = 0; i < views_count; i++)
        for (size_t k = 0; k < action_count; k++)
            assert_false(views_all[i]->takes_text && (actions[k].contexts & views_all[i]->context));
}

static void every_action_applies_somewhere(void **state)
{
    (void)state;
    for (size_t k = 0; k < action_count; k++) {
        struct strbuf where = {0};
        views_where(actions[k].contexts, &where);
        assert_true(where.length > 0);
        strbuf_clear(&where);
    }
}

/* Five columns, and a day nobody takes for another. */
static void days_are_told_in_their_columns(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        const char *text;
    } cases[] = {{2026, 3, 4, "03-04"}, {2027, 3, 4, "27-03"}, {2000, 1, 1, "00-01"},
        {2099, 12, 31, "99-12"}, {1950, 1, 1, "1950"}, {2199, 12, 31, "2199"}};
    date_t today = date_make(2026, 11, 21);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct strbuf text = {0};
        board_add_date(&text, date_make(cases[i].year, cases[i].month, cases[i].day), today);
        assert_string_equal(strbuf_text(&text), cases[i].text);
        strbuf_clear(&text);
    }
    for (int days = -110000; days <= 110000; days += 999) {
        struct strbuf text = {0};
        board_add_days(&text, days);
        assert_true(text.length <= (size_t)board_days_widest());
        strbuf_clear(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_unique_and_whole),
        cmocka_unit_test(what_takes_text_has_no_actions),
        cmocka_unit_test(every_action_applies_somewhere),
        cmocka_unit_test(days_are_told_in_their_columns),
    };
    return cmocka_run_group_tests_name("views", tests, NULL, NULL);
}
