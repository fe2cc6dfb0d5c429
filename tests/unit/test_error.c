/* error: sentences stay whole characters however long they get. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"

static void sets_code_and_text(void **state)
{
    (void)state;
    struct error err = {0};
    assert_false(error_set(&err, ERROR_NOT_FOUND, "no task \"%s\" in %d", "2-047", 3));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    assert_string_equal(err.text, "no task \"2-047\" in 3");
    assert_false(error_set(NULL, ERROR_IO, "unheard"));
    assert_false(error_prefix(NULL, "unheard"));
}

static void may_quote_itself(void **state)
{
    (void)state;
    struct error err = {0};
    error_set(&err, ERROR_IO, "disk full");
    error_set(&err, ERROR_BUSY, "not saved: %s", err.text);
    assert_string_equal(err.text, "not saved: disk full");
    assert_int_equal(err.code, ERROR_BUSY);
}

/* A name with a line end in it must not look like a sentence of its own. */
static void what_is_quoted_has_no_lines(void **state)
{
    (void)state;
    struct error err = {0};
    error_set(&err, ERROR_USAGE, "there is no \"%s\"", "x\r\nduban: all is well\n");
    assert_string_equal(err.text, "there is no \"x  duban: all is well \"");
    error_set(&err, ERROR_USAGE, "%s", "two\nlines");
    error_prefix(&err, "%s", "--x");
    assert_string_equal(err.text, "--x: two\nlines");
    error_set(&err, ERROR_USAGE, "first\n  %s", "second");
    assert_string_equal(err.text, "first\n  second");
}

static void prefixes_keep_the_code(void **state)
{
    (void)state;
    struct error err = {0};
    error_set(&err, ERROR_INPUT, "unknown colour \"pnik\"");
    assert_false(error_prefix(&err, "%s:%d", "dark.cfg", 7));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_string_equal(err.text, "dark.cfg:7: unknown colour \"pnik\"");
}

/* Every length of ASCII before Chinese: the cut falls on each byte of a character once. */
static void is_cut_at_a_whole_character(void **state)
{
    (void)state;
    char chinese[901];
    for (int i = 0; i < 300; i++) {
        memcpy(chinese + (ptrdiff_t)3 * i, "河", 3);
    }
    chinese[900] = '\0';
    for (int ascii = 0; ascii < 4; ascii++) {
        struct error err = {0};
        error_set(&err, ERROR_INPUT, "%.*s%s", ascii, "abcd", chinese);
        size_t length = strlen(err.text);
        assert_true(length >= 509 && length <= 511);
        assert_int_equal((length - (size_t)ascii) % 3, 0);
        assert_memory_equal(err.text + length - 3, "河", 3);

        error_set(&err, ERROR_INPUT, "%s", chinese);
        error_prefix(&err, "%.*s", ascii, "abcd");
        length = strlen(err.text);
        assert_int_equal((length - (size_t)ascii - 2) % 3, 0);
        assert_memory_equal(err.text + length - 3, "河", 3);

        error_set(&err, ERROR_INPUT, "why");
        error_prefix(&err, "%.*s%s", ascii, "abcd", chinese);
        assert_true(strlen(err.text) < sizeof err.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_code_and_text),
        cmocka_unit_test(may_quote_itself),
        cmocka_unit_test(what_is_quoted_has_no_lines),
        cmocka_unit_test(prefixes_keep_the_code),
        cmocka_unit_test(is_cut_at_a_whole_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
