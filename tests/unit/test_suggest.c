#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/suggest.h"

static const char *const names[] = {"init", "list", "show", "events", "check", "backup", "help",
    "overdue", "due_soon", "region", "生态环境厅", "水利厅"};

static const char *best_of(const char *typed)
{
    struct suggest suggest = suggest_for(typed);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        suggest_offer(&suggest, names[i]);
    return suggest.best;
}

static void test_slips_of_a_hand(void **state)
{
    (void)state;
    assert_string_equal(best_of("lsit"), "list");
    assert_string_equal(best_of("lst"), "list");
    assert_string_equal(best_of("chekc"), "check");
    assert_string_equal(best_of("backups"), "backup");
    assert_string_equal(best_of("OVERDEU"), "overdue");
    assert_string_equal(best_of("duesoon"), "due_soon");
    assert_string_equal(best_of("生太环境厅"), "生态环境厅");
}

static void test_a_beginning_is_near(void **state)
{
    (void)state;
    assert_string_equal(best_of("ev"), "events");
    assert_string_equal(best_of("back"), "backup");
    assert_string_equal(best_of("生态"), "生态环境厅");
}

static void test_what_is_far_is_not_said(void **state)
{
    (void)state;
    assert_null(best_of("scorecard"));
    assert_null(best_of("x"));
    assert_null(best_of(""));
    assert_null(best_of("发改委"));
    char longer[400];
    memset(longer, 'l', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_null(best_of(longer));
    assert_null(best_of("\xff\xfe"));
}

static void test_what_sounds_alike_is_nearer(void **state)
{
    (void)state;
    struct suggest suggest = suggest_for("抚顺先");
    suggest_offer(&suggest, "抚顺市");
    suggest_offer(&suggest, "抚顺县");
    suggest_offer(&suggest, "抚顺");
    assert_string_equal(suggest.best, "抚顺县");
}

static void test_the_nearest_wins(void **state)
{
    (void)state;
    struct suggest suggest = suggest_for("closd");
    suggest_offer(&suggest, "close");
    suggest_offer(&suggest, "closed");
    assert_int_equal(suggest.distance, 1);
    assert_string_equal(suggest.best, "close");
    suggest = suggest_for("returend");
    suggest_offer(&suggest, "return");
    suggest_offer(&suggest, "returned");
    assert_string_equal(suggest.best, "returned");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slips_of_a_hand),
        cmocka_unit_test(test_a_beginning_is_near),
        cmocka_unit_test(test_what_is_far_is_not_said),
        cmocka_unit_test(test_what_sounds_alike_is_nearer),
        cmocka_unit_test(test_the_nearest_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
