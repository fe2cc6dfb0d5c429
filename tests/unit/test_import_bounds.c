/* Imports that have very much to tell: what is kept of it, and what is not done for each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/import.h"

static struct model *made(void **state)
{
    char path[256];
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

/* So many rows; every second one has another character behind the value. */
static struct import *rows(struct model *model, size_t count, const char *field, const char *value)
{
    struct import *import = import_new(model);
    char text[64];
    import_file(import, "台账.csv");
    for (size_t i = 0; i < count; i++) {
        struct import_place at = {.line = i + 2};
        import_task(import, at);
        snprintf(text, sizeof text, "%zu", i + 500);
        import_value(import, "number", text, at);
        import_value(import, "title", "任务", at);
        unsigned code = 0x6000 + (unsigned)(i / 2);
        snprintf(text, sizeof text, "%s%c%c%c", value, 0xe0 | code >> 12, 0x80 | (code >> 6 & 63),
            0x80 | (code & 63));
        import_value(import, field, text, at);
    }
    return import;
}

static void look(struct import *import, struct import_plan *plan)
{
    const struct import_options options = {.source = "2"};
    struct error err = {0};
    if (!import_look(import, &options, NULL, NULL, plan, &err))
        fail_msg("%s", err.text);
}

static void unknown_units_are_told_once_each(void **state)
{
    struct model *model = made(state);
    struct import *import = rows(model, 6000, "region", "抚顺");
    struct import_plan plan;
    look(import, &plan);
    assert_true(plan.refused);
    assert_int_equal(plan.count[IMPORT_REFUSED], 6000);
    assert_int_equal(plan.unit_count, 3000);
    for (size_t i = 0; i < plan.unit_count; i++) {
        assert_int_equal(plan.unit[i].times, 2);
        assert_int_equal(plan.unit[i].line, 2 * i + 2);
    }
    assert_string_equal(plan.unit[0].nearest, "抚顺市");
    assert_string_equal(plan.unit[199].nearest, "抚顺市");
    assert_string_equal(plan.unit[200].nearest, "");
    import_free(import);
    model_close(model);
}

static size_t count_messages(const struct import_plan *plan, bool refuses, const char *last)
{
    size_t count = 0;
    const char *text = "";
    for (size_t i = 0; i < plan->message_count; i++)
        if (plan->message[i].refuses == refuses) {
            text = plan->message[i].text;
            count++;
        }
    assert_string_equal(text, last);
    return count;
}

static void so_many_problems_are_kept(void **state)
{
    struct model *model = made(state);
    struct import *import = rows(model, IMPORT_MESSAGES_MOST + 7, "due", "哪天");
    struct import_plan plan;
    look(import, &plan);
    assert_int_equal(plan.count[IMPORT_REFUSED], IMPORT_MESSAGES_MOST + 7);
    assert_int_equal(
        count_messages(&plan, true, "And 7 more that are not listed"), IMPORT_MESSAGES_MOST + 1);
    import_free(import);
    model_close(model);
}

/* What the reader of a file finds comes first; a problem is told beside very many warnings. */
static void so_many_notes_are_kept(void **state)
{
    struct model *model = made(state);
    struct import *import = rows(model, 1, "due", "哪天");
    struct import_plan plan;
    for (size_t i = 0; i < 2 * IMPORT_MESSAGES_MOST; i++)
        import_warning(import, "看一看", (struct import_place){.line = i + 1});
    import_problem(import, "不行", (struct import_place){.line = 1});
    look(import, &plan);
    assert_true(plan.refused);
    assert_int_equal(plan.message[IMPORT_MESSAGES_MOST].refuses, true);
    assert_string_equal(plan.message[IMPORT_MESSAGES_MOST].text, "不行");
    assert_int_equal(plan.message_count, IMPORT_MESSAGES_MOST + 3);
    assert_non_null(strstr(plan.message[plan.message_count - 1].text, "And 1000"));
    import_free(import);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            unknown_units_are_told_once_each, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(so_many_problems_are_kept, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(so_many_notes_are_kept, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
