/* Tasks from outside: which they are, what is read, what is told, and what is written. */
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
#include "harness/found.h"
#include "model/import.h"
#include "model/work.h"

static struct model *made(void **state, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

/* A ledger of one heading line: cells divided by |, rows by line ends; the first row names fields.
 */
static struct import *ledger(struct model *model, const char *text)
{
    struct import *import = import_new(model);
    char names[16][32], *copy = strdup(text), *next = copy, *line;
    size_t columns = 0, number = 0;
    import_file(import, "台账.csv");
    while ((line = strsep(&next, "\n")) != NULL) {
        size_t column = 0;
        char *cell;
        number++;
        if (number > 1)
            import_task(import, (struct import_place){.line = number});
        while ((cell = strsep(&line, "|")) != NULL) {
            if (number == 1)
                snprintf(names[columns++], 32, "%s", cell);
            else
                import_value(import, names[column], cell,
                    (struct import_place){number, column + 1, names[column]});
            column++;
        }
    }
    free(copy);
    return import;
}

static void expect_plan(
    const struct import_plan *plan, size_t new, size_t changed, size_t same, size_t refused)
{
    const size_t want[] = {new, changed, same, refused};
    for (int i = 0; i < IMPORT_KIND_COUNT; i++)
        if (plan->count[i] != want[i]) {
            for (size_t k = 0; k < plan->message_count; k++)
                print_message("line %zu: %s: %s\n", plan->message[k].place.line,
                    plan->message[k].value, plan->message[k].text);
            for (size_t k = 0; k < plan->unit_count; k++)
                print_message("unit %s (%s)\n", plan->unit[k].name, plan->unit[k].nearest);
            for (size_t k = 0; k < plan->result_count; k++)
                for (size_t c = 0; c < plan->result[k].change_count; c++)
                    print_message("%s %s: %s -> %s\n", plan->result[k].ident,
                        plan->result[k].change[c].field, plan->result[k].change[c].before,
                        plan->result[k].change[c].after);
            fail_msg("new %zu changed %zu same %zu refused %zu", plan->count[0], plan->count[1],
                plan->count[2], plan->count[3]);
        }
}

static void expect(const char *path, const char *sql, int64_t value)
{
    int64_t is = database_number(path, sql);
    if (is != value)
        fail_msg("%s: %lld, not %lld", sql, (long long)is, (long long)value);
}

static void must_write(struct model *model, const char *text, const struct import_options *options,
    size_t new, size_t changed, size_t same)
{
    struct import *import = ledger(model, text);
    struct import_plan plan;
    struct error err = {0};
    if (!import_write(import, options, NULL, NULL, &plan, &err)) {
        expect_plan(&plan, new, changed, same, 0);
        fail_msg("%s", err.text);
    }
    expect_plan(&plan, new, changed, same, 0);
    import_free(import);
    acting_whole(model);
}

/* Refused with these words, and nothing written. */
static void must_refuse(struct model *model, const char *path, const char *text,
    const struct import_options *options, const char *words)
{
    struct import *import = ledger(model, text);
    struct import_plan plan;
    struct error err = {0};
    bool said = false;
    int64_t lines = database_number(path, "SELECT count(*) FROM event");
    assert_false(import_write(import, options, NULL, NULL, &plan, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_true(plan.refused);
    for (size_t i = 0; i < plan.message_count; i++)
        said |= plan.message[i].refuses && strstr(plan.message[i].text, words) != NULL;
    for (size_t i = 0; i < plan.unit_count; i++)
        said |= strstr(plan.unit[i].name, words) != NULL;
    for (size_t i = 0; !said && i < plan.message_count; i++)
        print_message("%s\n", plan.message[i].text);
    if (!said)
        fail_msg("nothing says \"%s\"", words);
    assert_int_equal(database_number(path, "SELECT count(*) FROM event"), lines);
    import_free(import);
}

/* --- what comes ------------------------------------------------------------------------------ */

static const char three[] =
    "number|title|region|lead|deadline|state|percent|measure.1|due.1\n"
    "001|辽河口湿地退养还湿|盘锦|省水利厅、省自然资源厅|2026年12月底前|整改中|６０％|清退养殖|2026-"
    "06-30\n"
    "002|抚顺矿坑治理|抚顺市抚顺县|市生态环境局|长期坚持|已销号||编制方案|\n"
    "003|污水处理厂提标|沈阳、抚顺|省生态环境厅|立行立改并长期坚持||0%||";

static void a_ledger_becomes_tasks(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(model, three, &options, 3, 0, 0);
    expect(path,
        "SELECT count(*) FROM task WHERE number = '001' AND source_id = 1 AND state = "
        "'in_progress' AND percent = 60 AND region_id = 4 AND lead_id = 2 AND deadline = "
        "'2026-12-31' AND deadline_raw = '2026年12月底前' AND assigned_on = '2026-11-21'",
        1);
    expect(path, "SELECT department_id FROM task_department WHERE role = 'lead'", 3);
    expect(path, "SELECT region_id * 10 + lead_id FROM task WHERE number = '002'", 54);
    expect(path,
        "SELECT count(*) FROM task WHERE number = '002' AND state = 'closed' AND "
        "deadline IS NULL AND deadline_kind = 'ongoing'",
        1);
    expect(path,
        "SELECT group_concat(one, '') FROM (SELECT r.region_id AS one FROM task_region r JOIN "
        "task t ON t.id = r.task_id WHERE number = '003' ORDER BY r.position)",
        23);
    expect(path, "SELECT count(*) FROM measure", 2);
    expect(path, "SELECT count(*) FROM event WHERE action = 'import' AND task_id IS NOT NULL", 3);
    expect(path, "SELECT count(*) FROM event WHERE action = 'import' AND task_id IS NULL", 1);
    must_write(model, three, &options, 0, 0, 3);
    expect(path, "SELECT count(*) FROM event", 4);
    model_close(model);
}

static void what_differs_is_changed(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(model, three, &options, 3, 0, 0);
    must_write(model,
        "number|percent|lead|goal|measure.1|title\n"
        "1|70|||清退养殖户|\n"
        "2-002|||到位||抚顺矿坑治理\n"
        "003||水利厅|||污水处理厂提标",
        &options, 0, 3, 0);
    expect(path, "SELECT percent FROM task WHERE number = '001'", 70);
    expect(path, "SELECT count(*) FROM task_department WHERE role = 'lead'", 1);
    expect(path, "SELECT lead_id FROM task WHERE number = '003'", 2);
    expect(path, "SELECT count(*) FROM measure WHERE text = '清退养殖户' AND due_on = '2026-06-30'",
        1);
    expect(path, "SELECT count(*) FROM task", 3);
    model_close(model);
}

static void problems_refuse_all(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    static const struct {
        const char *text, *words;
    } wrong[] = {
        {"title|region|deadline\n甲|抚顺|改天", "改天"},
        {"title|region|percent\n甲|抚顺|1.5", "1.5"},
        {"title|region|done_on\n甲|抚顺|2027-01-01", "still to come"},
        {"title|region|lead\n甲|抚顺|县生态环境局", "县生态环境局"},
        {"title|region|lead\n甲|抚顺|省太空厅", "省太空厅"},
        {"title|region|state\n甲|抚顺|公示中", "first and last day"},
        {"title|region|state\n甲|抚顺|快了", "快了"},
        {"number|region\n9|抚顺", "needs a title"},
        {"number|title|region\n1/2|甲|抚顺", "1/2"},
        {"number|title|region\n1|甲|抚顺\n1|甲|抚顺", "line 2 already"},
        {"title|region|due.2\n甲|抚顺|2026-12-01", "no measure 2"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        must_refuse(model, path, wrong[i].text, &options, wrong[i].words);
    must_refuse(model, path, "title|region\n甲|抚顺", NULL, "which source");
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_ledger_becomes_tasks, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(what_differs_is_changed, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(problems_refuse_all, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
