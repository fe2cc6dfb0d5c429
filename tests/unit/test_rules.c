/* rules: lists of days as a person writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/rules.h"

static void expect(const char *text, size_t count, const int *days)
{
    struct rule_days out = {.count = 99};
    struct error err = {0};
    if (!rule_days_parse(text, &out, &err))
        fail_msg("%s", err.text);
    assert_int_equal(out.count, count);
    assert_memory_equal(out.days, days, count * sizeof *days);
}

static void reads_days_in_any_order(void **state)
{
    (void)state;
    expect("", 0, (int[]){0});
    expect("  ", 0, (int[]){0});
    expect("7", 1, (int[]){7});
    expect("30 7 1", 3, (int[]){1, 7, 30});
    expect(" 1  365 15 ", 3, (int[]){1, 15, 365});
    expect("8 7 6 5 4 3 2 1", 8, (int[]){1, 2, 3, 4, 5, 6, 7, 8});
}

static void refuses_other_lists(void **state)
{
    (void)state;
    static const char *const wrong[] = {"0", "366", "-1", "+1", "7d", "7,1", "7 7", "1 7 1",
        "99999999999999999999", "1 2 3 4 5 6 7 8 9", "seven", "1.5"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct rule_days out = {.count = 99};
        struct error err = {0};
        if (rule_days_parse(wrong[i], &out, &err))
            fail_msg("\"%s\" was taken", wrong[i]);
        assert_int_equal(err.code, ERROR_INPUT);
        assert_non_null(strstr(err.text, wrong[i]));
        assert_int_equal(out.count, 99);
    }
}

static void the_defaults_are_lists(void **state)
{
    (void)state;
    expect("30 7 1", rules_default.remind_before.count, rules_default.remind_before.days);
    expect("1 7 15 30", rules_default.remind_after.count, rules_default.remind_after.days);
}

static void a_score_is_measured_by_something(void **state)
{
    (void)state;
    struct error err = {0};
    const struct rule_score none = {.returned = 1, .notice = 1}, one = {.in_time = 1};
    assert_true(rule_score_check(&rules_default.score, &err));
    assert_true(rule_score_check(&one, &err));
    assert_false(rule_score_check(&none, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_non_null(strstr(err.text, "score.on_time"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_days_in_any_order),
        cmocka_unit_test(refuses_other_lists),
        cmocka_unit_test(the_defaults_are_lists),
        cmocka_unit_test(a_score_is_measured_by_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
