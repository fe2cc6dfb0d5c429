/* workflow: the table holds together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "model/workflow.h"

static void rows_are_whole_and_unlike(void **state)
{
    (void)state;
    for (size_t i = 0; i < workflow_count; i++) {
        const struct transition *row = &workflow[i];
        assert_ptr_equal(workflow_find(row->action), row); /* so none stands twice */
        assert_true(*row->label && *row->verb && *row->help);
        assert_int_not_equal(row->from, 0);
        assert_int_equal(row->from >> STATE_COUNT, 0);
        assert_int_not_equal(row->may, 0);
        assert_int_equal(row->may >> PERSON_ROLE_COUNT, 0);
        assert_int_equal(row->may & PERSON_BIT(PERSON_VIEWER), 0);
        assert_int_equal(row->holds >> CONDITION_COUNT, 0);
        assert_in_range(row->to + 1, 0, STATE_COUNT);
        /* an action that leads to where the task stands would be no action */
        assert_true(row->to == WORKFLOW_SAME || !(row->from & STATE_BIT(row->to)));
        if (row->holds & HOLDS_BIT(HOLDS_REASON_GIVEN))
            assert_non_null(strstr(row->needs, "reason"));
    }
    assert_null(workflow_find("fly"));
    assert_null(workflow_find(""));
}

static void conditions_have_a_sentence(void **state)
{
    (void)state;
    for (int i = 0; i < CONDITION_COUNT; i++) {
        assert_true(*conditions[i].name);
        assert_int_equal(*conditions[i].sentence != '\0', i != HOLDS_ALWAYS);
    }
    for (int i = 0; i < PERSON_ROLE_COUNT; i++)
        assert_int_equal(word_find(person_roles, PERSON_ROLE_COUNT, person_roles[i].name), i);
}

/* Every state can be reached from the first, and the end is reached only through the public notice.
 */
static void every_state_is_reached(void **state)
{
    (void)state;
    unsigned reached = STATE_BIT(STATE_NOT_STARTED);
    for (int round = 0; round < STATE_COUNT; round++) {
        for (size_t i = 0; i < workflow_count; i++) {
            if (workflow[i].to != WORKFLOW_SAME && (workflow[i].from & reached))
                reached |= STATE_BIT(workflow[i].to);
        }
    }
    assert_int_equal(reached, STATE_BIT(STATE_COUNT) - 1);
    for (size_t i = 0; i < workflow_count; i++) {
        if (workflow[i].to == STATE_CLOSED)
            assert_int_equal(workflow[i].from, STATE_BIT(STATE_PUBLICISED));
    }
}

/* From every state some writer can lead the task to another one. */
static void every_state_is_left(void **state)
{
    (void)state;
    unsigned left = 0;
    for (size_t i = 0; i < workflow_count; i++)
        left |= workflow[i].to == WORKFLOW_SAME ? 0 : workflow[i].from;
    assert_int_equal(left, STATE_BIT(STATE_COUNT) - 1);
}

/* What an action is told is a field, or the reason; no name stands twice. */
static void names_are_fields(void **state)
{
    (void)state;
    for (size_t i = 0; i < workflow_count; i++) {
        char seen[256] = " ";
        const char *const lists[] = {workflow[i].needs, workflow[i].takes};
        for (int k = 0; k < 2; k++) {
            const char *list = lists[k];
            for (struct workflow_name name; workflow_name_next(&list, &name);) {
                char word[40];
                snprintf(word, sizeof word, " %s ", name.name);
                assert_null(strstr(seen, word));
                strncat(seen, word + 1, sizeof seen - strlen(seen) - 1);
                assert_int_equal(name.field == NULL, strcmp(name.name, "reason") == 0);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_whole_and_unlike),
        cmocka_unit_test(conditions_have_a_sentence),
        cmocka_unit_test(every_state_is_reached),
        cmocka_unit_test(every_state_is_left),
        cmocka_unit_test(names_are_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
