/* Lines split into words: the quoting of a POSIX shell, nothing else of it, in the charset of the
 * locale. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/words.h"
#include "harness/folder.h"

/* The words of a line, each in <>. */
static void assert_words(const char *line, const char *expected)
{
    struct words words;
    struct error err = {0};
    struct strbuf found = {0};
    if (!words_split(line, &words, &err))
        fail_msg("%s: %s", line, err.text);
    for (int i = 0; i < words.count; i++)
        strbuf_format(&found, "<%s>", words.word[i]);
    assert_null(words.word[words.count]);
    assert_string_equal(strbuf_text(&found), expected);
    strbuf_clear(&found);
    words_clear(&words);
    assert_null(words.word);
}

static void assert_refused(const char *line, const char *sentence)
{
    struct words words;
    struct error err = {0};
    assert_false(words_split(line, &words, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_non_null(strstr(err.text, sentence));
    assert_null(words.word);
    assert_int_equal(words.count, 0);
}

static void blanks_part_words(void **state)
{
    (void)state;
    assert_words("", "");
    assert_words(" \t\r\n ", "");
    assert_words("list", "<list>");
    assert_words("  list\toverdue \n--json\r\n", "<list><overdue><--json>");
}

static void quotes_keep_them(void **state)
{
    (void)state;
    assert_words("report 2-047 'two words'", "<report><2-047><two words>");
    assert_words("a'b c'd\"e f\"g", "<ab cde fg>");
    assert_words("''", "<>");
    assert_words("a '' \"\" b", "<a><><><b>");
    assert_words("'a\nb'", "<a\nb>");
    assert_words("'it'\\''s'", "<it's>");
    assert_words("'\"' \"'\"", "<\"><'>");
    assert_words("'$(x) `y` \\'", "<$(x) `y` \\>");
}

static void backslashes(void **state)
{
    (void)state;
    assert_words("a\\ b \\' \\\" \\\\", "<a b><'><\"><\\>");
    assert_words("\"\\\" \\\\ \\$ \\` \\n \\'\"", "<\" \\ $ ` \\n \\'>");
    assert_words("a\\\nb \"c\\\nd\" \\\n e", "<ab><cd><e>"); /* the line goes on */
    assert_words("'a\\\nb'", "<a\\\nb>");
    assert_words("a\\", "<a\\>");
    assert_words("\\n", "<n>");
    assert_words("\\辽", "<辽>");
}

static void nothing_is_special(void **state)
{
    (void)state;
    assert_words(
        "due<7 | cat; x&&y > /etc/passwd #z", "<due<7><|><cat;><x&&y><>></etc/passwd><#z>");
    assert_words("$HOME ~ ~root * ? [a-z] {a,b} $(id) `id` !x",
        "<$HOME><~><~root><*><?><[a-z]><{a,b}><$(id)><`id`><!x>");
    assert_words("A=b (c)", "<A=b><(c)>");
    assert_words("\x1b]0;x\x07 \x01", "<\x1b]0;x\x07><\x01>"); /* scrubbed where it is used */
}

static void what_is_not_closed_is_named(void **state)
{
    (void)state;
    assert_refused("list 'x", "quotation mark ' in word 2");
    assert_refused("\"", "quotation mark \" in word 1");
    assert_refused("a b \"c\\\"", "quotation mark \" in word 3");
    assert_refused("it's", "quotation mark ' in word 1");
}

static void too_much_is_refused(void **state)
{
    (void)state;
    struct words words;
    struct error err = {0};
    char *line = alloc_zero(WORDS_BYTES + 2, 1);
    memset(line, 'x', WORDS_BYTES);
    assert_true(words_split(line, &words, &err));
    assert_int_equal(words.count, 1);
    assert_int_equal(strlen(words.word[0]), WORDS_BYTES);
    words_clear(&words);
    line[WORDS_BYTES] = 'x';
    assert_refused(line, "65536 bytes");
    for (int i = 0; i < WORDS_MOST; i++)
        memcpy(line + 2 * (size_t)i, "x ", 2);
    line[2 * WORDS_MOST] = '\0';
    assert_true(words_split(line, &words, &err));
    assert_int_equal(words.count, WORDS_MOST);
    words_clear(&words);
    strcpy(line + 2 * WORDS_MOST, "x");
    assert_refused(line, "4096 words");
    free(line);
}

static void bytes_that_are_no_characters_stay(void **state)
{
    (void)state;
    assert_words("\xff\xfe 'a\x80' \xe8\xbe", "<\xff\xfe><a\x80><\xe8\xbe>");
    assert_words("\xe8'\xbe'", "<\xe8\xbe>");
}

/* In GBK the second byte of 誠 is a backslash, that of 梶 a | and that of 乣 a `. */
static void a_second_byte_is_no_backslash(void **state)
{
    char command[512];
    snprintf(command, sizeof command, "cd %s && localedef -f GBK -i C ./C.GBK 2>/dev/null",
        (const char *)*state);
    assert_int_equal(system(command), 0);
    setenv("LOCPATH", *state, 1);
    assert_non_null(setlocale(LC_CTYPE, "C.GBK"));
    assert_words("\xd5\x5c x", "<\xd5\x5c><x>");
    assert_words("'\xd5\x5c' \"\xd5\x5c\" \\\xd5\x5c", "<\xd5\x5c><\xd5\x5c><\xd5\x5c>");
    assert_words("\xd5\x5c'a b' \x97\x7c\"c\\\"d\"", "<\xd5\x5c"
                                                     "a b><\x97\x7c"
                                                     "c\"d>");
    assert_refused("\xd5\x5c'", "quotation mark '");
    assert_words("\x81 x", "<\x81><x>"); /* the first half of none */
    setlocale(LC_CTYPE, "C.UTF-8");
    unsetenv("LOCPATH");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_part_words),
        cmocka_unit_test(quotes_keep_them),
        cmocka_unit_test(backslashes),
        cmocka_unit_test(nothing_is_special),
        cmocka_unit_test(what_is_not_closed_is_named),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(bytes_that_are_no_characters_stay),
        cmocka_unit_test_setup_teardown(
            a_second_byte_is_no_backslash, folder_set_up, folder_tear_down),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
