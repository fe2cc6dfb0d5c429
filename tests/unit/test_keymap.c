/* keymap: which action a key means, and what is refused. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ui/action.h"

enum { BOARD = 1, DETAIL = 2, ANY = BOARD | DETAIL };

static const struct action sample[] = {
    {.name = "row.down", .chords = "Down j", .contexts = BOARD},
    {.name = "text.down", .chords = "Down j", .contexts = DETAIL},
    {.name = "page.down", .chords = "PgDn C-d", .contexts = ANY},
    {.name = "quit", .chords = "Q", .contexts = ANY},
    {.name = "task.open", .chords = "Enter", .contexts = BOARD},
    {.name = "columns", .chords = "", .contexts = BOARD},
};
enum { ROW_DOWN, TEXT_DOWN, PAGE_DOWN, QUIT, TASK_OPEN, COLUMNS, SAMPLE_COUNT };

static struct keymap *build(const struct key_binding *bindings, size_t count)
{
    struct keymap *keymap = NULL;
    struct error err = {0};
    if (!keymap_build(sample, SAMPLE_COUNT, bindings, count, &keymap, &err))
        fail_msg("%s", err.text);
    return keymap;
}

static const struct action *find(const struct keymap *keymap, unsigned context, const char *name)
{
    struct key key;
    assert_true(key_parse(name, &key));
    return keymap_find(keymap, context, &key);
}

/* Builds with one binding that must be refused; the message names each of `words`. */
static void assert_refused(struct key_binding binding, const char *const words[], size_t count)
{
    struct keymap *keymap = NULL;
    struct error err = {0};
    assert_false(keymap_build(sample, SAMPLE_COUNT, &binding, 1, &keymap, &err));
    assert_null(keymap);
    assert_int_equal(err.code, ERROR_INPUT);
    for (size_t i = 0; i < count; i++)
        if (!strstr(err.text, words[i]))
            fail_msg("\"%s\" is not in: %s", words[i], err.text);
}

static void finds_by_context(void **state)
{
    (void)state;
    struct keymap *keymap = build(NULL, 0);
    assert_ptr_equal(find(keymap, BOARD, "j"), &sample[ROW_DOWN]);
    assert_ptr_equal(find(keymap, DETAIL, "j"), &sample[TEXT_DOWN]);
    assert_ptr_equal(find(keymap, DETAIL, "C-d"), &sample[PAGE_DOWN]);
    assert_ptr_equal(find(keymap, BOARD, "Return"), &sample[TASK_OPEN]);
    assert_null(find(keymap, DETAIL, "Enter"));
    assert_null(find(keymap, BOARD, "x"));
    assert_null(find(keymap, 4, "Q"));
    keymap_free(keymap);
    keymap_free(NULL);
}

static void bindings_replace_the_defaults(void **state)
{
    (void)state;
    const struct key_binding bindings[] = {
        {"quit", "x"}, {"columns", "c F9"}, {"quit", "q  X"}, {"task.open", ""}};
    struct keymap *keymap = build(bindings, 4);
    assert_null(find(keymap, BOARD, "Q"));
    assert_null(find(keymap, BOARD, "x"));
    assert_null(find(keymap, BOARD, "Enter"));
    assert_ptr_equal(find(keymap, DETAIL, "q"), &sample[QUIT]);
    assert_ptr_equal(find(keymap, BOARD, "X"), &sample[QUIT]);
    assert_ptr_equal(find(keymap, BOARD, "F9"), &sample[COLUMNS]);
    assert_string_equal(keymap_chords(keymap, &sample[TASK_OPEN]), "");
    assert_string_equal(keymap_hint(keymap, &sample[TASK_OPEN]), "");
    keymap_free(keymap);
}

static void keys_may_be_exchanged(void **state)
{
    (void)state;
    const struct key_binding bindings[] = {{"quit", "Enter"}, {"task.open", "Q"}};
    struct keymap *keymap = build(bindings, 2);
    assert_ptr_equal(find(keymap, BOARD, "Enter"), &sample[QUIT]);
    assert_ptr_equal(find(keymap, BOARD, "Q"), &sample[TASK_OPEN]);
    keymap_free(keymap);
}

static void tells_the_chords(void **state)
{
    (void)state;
    struct keymap *keymap = build(NULL, 0);
    assert_string_equal(keymap_chords(keymap, &sample[ROW_DOWN]), "↓ j");
    assert_string_equal(keymap_hint(keymap, &sample[ROW_DOWN]), "↓");
    assert_string_equal(keymap_chords(keymap, &sample[PAGE_DOWN]), "PgDn C-d");
    assert_string_equal(keymap_hint(keymap, &sample[PAGE_DOWN]), "C-d");
    assert_string_equal(keymap_hint(keymap, &sample[TASK_OPEN]), "↵");
    assert_string_equal(keymap_chords(keymap, &sample[COLUMNS]), "");
    keymap_set_ascii(keymap, true);
    assert_string_equal(keymap_chords(keymap, &sample[ROW_DOWN]), "Down j");
    assert_string_equal(keymap_hint(keymap, &sample[ROW_DOWN]), "j");
    assert_string_equal(keymap_hint(keymap, &sample[TASK_OPEN]), "Enter");
    keymap_free(keymap);
}

static void refuses_what_it_does_not_know(void **state)
{
    (void)state;
    assert_refused(
        (struct key_binding){"row.dwon", "x"}, (const char *const[]){"row.dwon", "row.down"}, 2);
    assert_refused(
        (struct key_binding){"zzzzzzzzzzzz", "x"}, (const char *const[]){"zzzzzzzzzzzz"}, 1);
    assert_refused(
        (struct key_binding){"quit", "Q Qq"}, (const char *const[]){"Qq", "quit", "PgDn"}, 3);
    char *monster = calloc(1, 5000);
    assert_non_null(monster);
    memset(monster, 'x', 4999);
    assert_refused((struct key_binding){monster, "x"}, (const char *const[]){"xxx"}, 1);
    free(monster);
}

static void refuses_a_chord_for_two(void **state)
{
    (void)state;
    assert_refused(
        (struct key_binding){"columns", "Q"}, (const char *const[]){"Q", "quit", "columns"}, 3);
    assert_refused((struct key_binding){"page.down", "Down"},
        (const char *const[]){"Down", "page.down", ".down"}, 3);
    const struct key_binding apart[] = {
        {"columns", "x"}, {"text.down", "x"}}; /* different contexts */
    struct keymap *keymap = build(apart, 2);
    assert_ptr_equal(find(keymap, BOARD, "x"), &sample[COLUMNS]);
    assert_ptr_equal(find(keymap, DETAIL, "x"), &sample[TEXT_DOWN]);
    keymap_free(keymap);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_by_context),
        cmocka_unit_test(bindings_replace_the_defaults),
        cmocka_unit_test(keys_may_be_exchanged),
        cmocka_unit_test(tells_the_chords),
        cmocka_unit_test(refuses_what_it_does_not_know),
        cmocka_unit_test(refuses_a_chord_for_two),
    };
    return cmocka_run_group_tests_name("keymap", tests, NULL, NULL);
}
