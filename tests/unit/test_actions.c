/* Walks the one table of actions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <string.h>

#include "app/app.h"

static void names_are_unique_and_well_formed(void **state)
{
    (void)state;
    for (size_t i = 0; i < action_count; i++) {
        assert_true(*actions[i].name);
        for (const char *c = actions[i].name; *c; c++)
            assert_true(islower((unsigned char)*c) || *c == '.');
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(actions[i].name, actions[k].name);
        assert_ptr_equal(action_find(actions[i].name), &actions[i]);
    }
    assert_null(action_find("nothing.like.this"));
}

static void every_row_says_what_it_does_and_where(void **state)
{
    (void)state;
    for (size_t i = 0; i < action_count; i++) {
        assert_non_null(actions[i].run);
        assert_true(actions[i].contexts != 0);
        assert_false(actions[i].contexts & CONTEXT_PROMPT); /* letters are text there */
        assert_true(*actions[i].group);
        assert_true(*actions[i].help);
        if (actions[i].flags & ACTION_HINT)
            assert_true(actions[i].hint && *actions[i].hint && *actions[i].chords);
        if (!*actions[i].chords) /* reached by the : line alone, so it takes something */
            assert_true(actions[i].flags & ACTION_ARGUMENT);
    }
}

static void default_keys_do_not_clash(void **state)
{
    (void)state;
    struct keymap *keymap;
    struct error err = {0};
    if (!keymap_build(actions, action_count, NULL, 0, &keymap, &err))
        fail_msg("%s", err.text);
    keymap_free(keymap);
}

static void function_keys_have_a_twin(void **state)
{
    (void)state;
    for (size_t i = 0; i < action_count; i++) {
        const char *chords = actions[i].chords;
        bool function_key = *chords == 'F' && isdigit((unsigned char)chords[1]);
        if (function_key)
            assert_non_null(strchr(chords, ' '));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_unique_and_well_formed),
        cmocka_unit_test(every_row_says_what_it_does_and_where),
        cmocka_unit_test(default_keys_do_not_clash),
        cmocka_unit_test(function_keys_have_a_twin),
    };
    return cmocka_run_group_tests_name("actions", tests, NULL, NULL);
}
