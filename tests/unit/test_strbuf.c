/* strbuf and alloc: what grows keeps what it had. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"

static void empty_is_valid(void **state)
{
    (void)state;
    struct strbuf buf = {0};
    assert_string_equal(strbuf_text(&buf), "");
    strbuf_cut(&buf, 0);
    strbuf_cut(&buf, 9);
    char *taken = strbuf_take(&buf);
    assert_string_equal(taken, "");
    free(taken);
    strbuf_add_n(&buf, NULL, 0);
    assert_string_equal(strbuf_text(&buf), "");
    strbuf_clear(&buf);
    strbuf_clear(&buf);
    assert_null(buf.text);
}

static void grows_and_cuts(void **state)
{
    (void)state;
    struct strbuf buf = {0};
    for (int i = 0; i < 5000; i++) {
        strbuf_add(&buf, "辽河");
        strbuf_add_char(&buf, '.');
        assert_int_equal(buf.length, (size_t)(i + 1) * 7);
        assert_true(buf.capacity > buf.length);
    }
    assert_int_equal(strlen(buf.text), 35000);
    assert_memory_equal(buf.text + 34993, "辽河.", 8);
    strbuf_cut(&buf, 99999);
    assert_int_equal(buf.length, 35000);
    strbuf_cut(&buf, 6);
    assert_string_equal(buf.text, "辽河");
    strbuf_add_times(&buf, '-', 3);
    strbuf_add_times(&buf, '-', 0);
    assert_string_equal(buf.text, "辽河---");
    strbuf_clear(&buf);
}

static void formats_of_every_length(void **state)
{
    (void)state;
    char filler[300];
    memset(filler, 'x', sizeof filler - 1);
    filler[sizeof filler - 1] = '\0';
    for (int length = 0; length < 299; length++) {
        struct strbuf buf = {0};
        strbuf_format(&buf, "%.*s", length, filler);
        strbuf_format(&buf, "|%d", length);
        char *expected = alloc_format("%.*s|%d", length, filler, length);
        assert_string_equal(strbuf_text(&buf), expected);
        assert_int_equal(buf.length, strlen(expected));
        free(expected);
        strbuf_clear(&buf);
    }
}

static void numbers_are_written_whole(void **state)
{
    (void)state;
    static const int64_t numbers[] = {0, 7, 10, -1, -360, 2026, INT64_MAX, INT64_MIN};
    struct strbuf buf = {0}, formatted = {0};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        strbuf_add_int(&buf, numbers[i]);
        strbuf_format(&formatted, "%lld", (long long)numbers[i]);
    }
    assert_string_equal(strbuf_text(&buf), strbuf_text(&formatted));
    strbuf_clear(&buf);
    strbuf_clear(&formatted);
}

static void take_gives_it_away(void **state)
{
    (void)state;
    struct strbuf buf = {0};
    strbuf_add(&buf, "mine");
    char *taken = strbuf_take(&buf);
    assert_string_equal(taken, "mine");
    assert_null(buf.text);
    assert_int_equal(buf.capacity, 0);
    strbuf_add(&buf, "next");
    assert_string_equal(taken, "mine");
    free(taken);
    strbuf_clear(&buf);
}

static void grow_doubles_and_keeps(void **state)
{
    (void)state;
    size_t capacity = 0, grown = 0;
    int *items = NULL;
    for (int i = 0; i < 1000; i++) {
        size_t before = capacity;
        items = alloc_grow(items, &capacity, (size_t)i + 1, sizeof *items);
        grown += capacity != before;
        items[i] = i;
    }
    assert_int_equal(capacity, 1024);
    assert_int_equal(grown, 8);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(items[i], i);
    }
    items = alloc_grow(items, &capacity, 5000, sizeof *items);
    assert_true(capacity >= 5000);
    free(items);
}

static void strings_are_copied(void **state)
{
    (void)state;
    assert_null(alloc_string(NULL));
    char *copy = alloc_string_n("盘锦市", 6);
    assert_string_equal(copy, "盘锦");
    free(copy);
    int *zeroes = alloc_zero(16, sizeof *zeroes);
    for (int i = 0; i < 16; i++) {
        assert_int_equal(zeroes[i], 0);
    }
    free(zeroes);
    free(alloc_zero(0, 0)); /* still something to free */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_is_valid),
        cmocka_unit_test(grows_and_cuts),
        cmocka_unit_test(formats_of_every_length),
        cmocka_unit_test(numbers_are_written_whole),
        cmocka_unit_test(take_gives_it_away),
        cmocka_unit_test(grow_doubles_and_keeps),
        cmocka_unit_test(strings_are_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
