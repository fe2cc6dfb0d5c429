/* Texts of a workbook that come again: each once, with bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "../../src/exchange/xlsx_words.h"

static void each_has_one_number(void **state)
{
    struct xlsx_words words = {0};
    size_t number;
    char text[32];
    (void)state;
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < 10000; i++) {
            int fresh = 0;
            snprintf(text, sizeof text, "单位%d", i);
            assert_true(xlsx_words_number(&words, text, &fresh, &number));
            assert_int_equal(number, i);
            assert_int_equal(fresh, turn == 0);
            assert_string_equal(words.word[number], text);
        }
    }
    assert_int_equal(words.count, 10000);
    xlsx_words_clear(&words);
}

static void what_does_not_come_again_is_not_kept(void **state)
{
    struct xlsx_words words = {0};
    size_t number;
    char text[128];
    int fresh = 0, other = 0;
    (void)state;
    for (int i = 0; i < 10000; i++) {
        snprintf(text, sizeof text, "2-%d", i);
        xlsx_words_number(&words, text, &fresh, &number);
    }
    assert_int_equal(words.count, fresh);
    assert_in_range(fresh, 100, 1000);
    assert_false(xlsx_words_number(&words, "2-9999", &fresh, &number));
    assert_true(xlsx_words_number(&words, "2-7", &fresh, &number)); /* is there already */
    assert_int_equal(number, 7);
    assert_true(xlsx_words_number(&words, "2-9999", &other, &number)); /* of another column */
    memset(text, 'x', sizeof text);
    text[64] = '\0';
    assert_true(xlsx_words_number(&words, text, &other, &number));
    text[64] = 'x';
    text[65] = '\0';
    assert_false(xlsx_words_number(&words, text, &other, &number));
    xlsx_words_clear(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_has_one_number),
        cmocka_unit_test(what_does_not_come_again_is_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
