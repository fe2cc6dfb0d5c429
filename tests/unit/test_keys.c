/* keys: written forms of keys go round. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ui/keys.h"

static struct key parse(const char *name)
{
    struct key key = {0};
    assert_true(key_parse(name, &key));
    return key;
}

static void assert_named(const char *name, uint32_t code, unsigned modifiers, const char *told)
{
    char out[16];
    struct key key = parse(name);
    assert_int_equal(key.code, code);
    assert_int_equal(key.modifiers, modifiers);
    assert_string_equal(key_name(&key, out), told);
    struct key again = parse(out);
    assert_true(key_equal(&key, &again));
}

static void names_go_round(void **state)
{
    (void)state;
    assert_named("j", 'j', 0, "j");
    assert_named("G", 'G', 0, "G");
    assert_named("-", '-', 0, "-");
    assert_named("\\", '\\', 0, "\\");
    assert_named("河", 0x6cb3, 0, "河");
    assert_named("Space", ' ', 0, "Space");
    assert_named("enter", KEY_CODE_ENTER, 0, "Enter");
    assert_named("Return", KEY_CODE_ENTER, 0, "Enter");
    assert_named("pagedown", KEY_CODE_PAGE_DOWN, 0, "PgDn");
    assert_named("Escape", KEY_CODE_ESCAPE, 0, "Esc");
    assert_named("F1", KEY_CODE_F1, 0, "F1");
    assert_named("f12", KEY_CODE_F12, 0, "F12");
    assert_named("S-Tab", KEY_CODE_BACK_TAB, 0, "S-Tab");
    assert_named("S-Up", KEY_CODE_UP, KEY_SHIFT, "S-Up");
    assert_named("C-d", 'd', KEY_CONTROL, "C-d");
    assert_named("C-D", 'd', KEY_CONTROL, "C-d");
    assert_named("C-_", '_', KEY_CONTROL, "C-_");
    assert_named("C-Space", ' ', KEY_CONTROL, "C-Space");
    assert_named("C-Left", KEY_CODE_LEFT, KEY_CONTROL, "C-Left");
    assert_named("M-x", 'x', KEY_META, "M-x");
    assert_named("M--", '-', KEY_META, "M--");
    assert_named("M-C-b", 'b', KEY_META | KEY_CONTROL, "C-M-b");
    assert_named(
        "C-M-S-PgDn", KEY_CODE_PAGE_DOWN, KEY_CONTROL | KEY_META | KEY_SHIFT, "C-M-S-PgDn");
}

static void what_terminals_cannot_tell_apart_is_one_key(void **state)
{
    (void)state;
    assert_named("C-i", KEY_CODE_TAB, 0, "Tab");
    assert_named("C-m", KEY_CODE_ENTER, 0, "Enter");
    assert_named("C-j", KEY_CODE_ENTER, 0, "Enter");
    assert_named("C-[", KEY_CODE_ESCAPE, 0, "Esc");
}

static void refuses_what_is_no_key(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "jj", "C-", "C-C-d", "C-é", "C-1", "S-a", "F0", "F13",
        "F1x", "Fx", "Enterr", "\x01", "\x7f", "\xc2\x85", " ", "\xff", "X-a"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct key key = {.code = 12345};
        assert_false(key_parse(bad[i], &key));
        assert_int_equal(key.code, 12345);
    }
}

static void tells_text_from_commands(void **state)
{
    (void)state;
    assert_true(key_is_text(&(struct key){.code = 'a'}));
    assert_true(key_is_text(&(struct key){.code = ' '}));
    assert_true(key_is_text(&(struct key){.code = 0x6cb3}));
    assert_true(key_is_text(&(struct key){.code = 0x1f600}));
    assert_false(key_is_text(&(struct key){.code = 'a', .modifiers = KEY_META}));
    assert_false(key_is_text(&(struct key){.code = 0x1b}));
    assert_false(key_is_text(&(struct key){.code = 0x9b}));
    assert_false(key_is_text(&(struct key){.code = KEY_CODE_ENTER}));
    assert_false(key_is_text(&(struct key){.code = KEY_CODE_PASTE}));
}

static void every_code_has_a_name(void **state)
{
    (void)state;
    char out[16];
    for (uint32_t code = KEY_CODE_UP; code <= KEY_CODE_STATUS; code++) {
        struct key key = {.code = code}, again = {0};
        key_name(&key, out);
        assert_string_not_equal(out, "?");
        assert_true(key_parse(out, &again));
        assert_true(key_equal(&key, &again));
    }
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_go_round),
        cmocka_unit_test(what_terminals_cannot_tell_apart_is_one_key),
        cmocka_unit_test(refuses_what_is_no_key),
        cmocka_unit_test(tells_text_from_commands),
        cmocka_unit_test(every_code_has_a_name),
    };
    return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
