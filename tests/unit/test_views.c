/* Walks the registry of views. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "app/app.h"
#include "base/strbuf.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_unique_and_whole),
        cmocka_unit_test(what_takes_text_has_no_actions),
        cmocka_unit_test(every_action_applies_somewhere),
    };
    return cmocka_run_group_tests_name("views", tests, NULL, NULL);
}
