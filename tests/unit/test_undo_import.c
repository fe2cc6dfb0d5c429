/* An import taken back takes back the source, places and departments that it made, but what others
 * use by then, and brings them again under the same names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/import.h"
#include "model/undo.h"

static const struct import_source source = {
    .code = "XC", .name = "2026年县级巡查", .year = 2026, .rhythm = RHYTHM_MONTHLY};
static const struct import_options makes = {
    .source = "XC", .create_source = &source, .create_units = true};

#define UNITS_SQL                                                                                  \
    "SELECT (SELECT count(*) FROM source) * 10000 + (SELECT count(*) FROM region) * 100 + "        \
    "(SELECT count(*) FROM department)"
enum { BEFORE = 30604, AFTER = 40706 };

static struct model *open_desk(void **state, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

static void tell(struct import *import, const char *field, const char *value)
{
    import_value(import, field, value, (struct import_place){2, 1, field});
}

static void must_import(
    struct model *model, const char *number, const char *region, const char *lead)
{
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    import_file(import, "台账.csv");
    import_task(import, (struct import_place){.line = 2});
    tell(import, "number", number);
    tell(import, "title", "河道清理");
    tell(import, "region", region);
    tell(import, "lead", lead);
    tell(import, "responsible", "县住建局");
    if (!import_write(import, &makes, NULL, NULL, &plan, &err))
        fail_msg("%s", err.text);
    import_free(import);
}

static void describe_newest(struct model *model, struct strbuf *out)
{
    struct events events = {0};
    struct error err = {0};
    assert_true(history_latest(model, 0, 1, &events, &err));
    strbuf_cut(out, 0);
    history_describe(model, &events.event[0], out);
    events_clear(&events);
}

static char *undo(struct model *model, bool redo)
{
    struct events undone = {0};
    struct error err = {0};
    if (!undo_do(model, redo, 0, &undone, &err))
        fail_msg("%s", err.text);
    char *kept = undo_kept(&undone) != NULL ? strdup(undo_kept(&undone)) : NULL;
    events_clear(&undone);
    acting_whole(model);
    return kept;
}

static void expect(const char *path, const char *sql, int64_t value)
{
    int64_t is = database_number(path, sql);
    if (is != value)
        fail_msg("%s: %lld, not %lld", sql, (long long)is, (long long)value);
}

static void takes_units_back_and_brings_them_again(void **state)
{
    char path[256];
    struct model *model = open_desk(state, path);
    struct strbuf said = {0};
    must_import(model, "1", "抚顺县新屯镇", "县水务局");
    expect(path, UNITS_SQL, AFTER);
    describe_newest(model, &said);
    assert_non_null(strstr(said.text, "new place 新屯镇"));
    assert_non_null(strstr(said.text, "县住建局"));
    assert_non_null(strstr(said.text, "2026年县级巡查"));
    assert_null(undo(model, false));
    expect(path, UNITS_SQL, BEFORE);
    expect(path, "SELECT count(*) FROM task", 0);
    describe_newest(model, &said);
    assert_non_null(strstr(said.text, "new place 新屯镇 → none"));
    for (int again = 0; again < 2; again++) {
        assert_null(undo(model, true));
        expect(path, UNITS_SQL, AFTER);
        expect(path,
            "SELECT count(*) FROM task t JOIN source s ON s.id = t.source_id JOIN region r ON r.id "
            "= "
            "t.region_id JOIN department d ON d.id = t.lead_id WHERE s.code = 'XC' AND s.rhythm = "
            "'monthly' AND r.name = '新屯镇' AND r.parent_id = 5 AND d.name = '抚顺县水务局'",
            1);
        assert_null(undo(model, false));
        expect(path, UNITS_SQL, BEFORE);
    }
    strbuf_clear(&said);
    model_close(model);
}

/* The ids of what went are named by the history, and not given to others. */
static void gives_no_id_again_and_keeps_names(void **state)
{
    char path[256];
    struct model *model = open_desk(state, path);
    struct events lines = {0};
    struct strbuf said = {0};
    struct error err = {0};
    must_import(model, "1", "抚顺县新屯镇", "县水务局");
    int64_t highest = database_number(path, "SELECT max(id) FROM department");
    undo(model, false);
    model_close(model);
    model = acting_open(path, "李娜", PERSON_OFFICER, NULL);
    must_import(model, "2", "抚顺县下马镇", "县交通局");
    expect(path, "SELECT min(id) FROM department WHERE id > 4", highest + 1);
    assert_true(history_since(model, 0, 1, &lines, &err));
    history_describe(model, &lines.event[0], &said);
    assert_non_null(strstr(said.text, "县水务局"));
    assert_non_null(strstr(said.text, "新屯镇"));
    events_clear(&lines);
    strbuf_clear(&said);
    model_close(model);
}

/* By a later import, a person, or below the place: they stay, by name, and what they lie in. */
static void keeps_what_others_use(void **state)
{
    char path[256];
    struct model *model = open_desk(state, path);
    struct model *other = acting_open(path, "王强", PERSON_OFFICER, NULL);
    must_import(model, "1", "抚顺县新屯镇", "县水务局");
    model_close(other);
    other = acting_open(path, "王强", PERSON_OFFICER, NULL);
    must_import(other, "2", "抚顺县新屯镇", "县交通局");
    char *kept = undo(model, false);
    assert_non_null(kept);
    assert_non_null(strstr(kept, "县住建局"));
    assert_non_null(strstr(kept, "新屯镇"));
    assert_non_null(strstr(kept, "2026年县级巡查"));
    assert_null(strstr(kept, "县水务局"));
    free(kept);
    expect(path, "SELECT count(*) FROM department WHERE name LIKE '%县水务局'", 0);
    expect(path, UNITS_SQL, AFTER);
    undo(model, true);
    expect(path, UNITS_SQL, AFTER + 1);
    undo(other, false); /* the later one goes, and what it shares stays */
    undo(model, false);
    expect(path, UNITS_SQL, BEFORE);
    model_close(other);
    model_close(model);
}

static void keeps_the_unit_of_a_person_or_a_reach(void **state)
{
    char path[256];
    struct model *model = open_desk(state, path);
    must_import(model, "1", "抚顺县新屯镇", "县水务局");
    database_write(path, "INSERT INTO person (login, name, role, reach) VALUES "
                         "('wq', '王强', 'reporter', 'region:新屯镇')");
    char *kept = undo(model, false);
    assert_string_equal(kept, "新屯镇");
    free(kept);
    model_close(model);
}

static void brings_nothing_over_what_is_there_again(void **state)
{
    char path[256];
    struct model *model = open_desk(state, path);
    must_import(model, "1", "抚顺县新屯镇", "县水务局");
    undo(model, false);
    database_write(path,
        "INSERT INTO department (name, short, region_id) VALUES ('抚顺县水务局', '县水务局', 5)");
    acting_undo_refused(model, true, ERROR_REFUSED, "\"抚顺县水务局\" is there again");
    model_close(model);
}

static bool count_step(void *context)
{
    ++*(size_t *)context;
    return true;
}

/* How far the database works for an import of so many units taken back. */
static size_t steps_of_undo(struct model *model, int units)
{
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    struct events undone = {0};
    size_t steps = 0;
    import_file(import, "台账.csv");
    for (int i = 0; i < units; i++) {
        char number[24], name[48];
        snprintf(number, sizeof number, "%d", 9000 + i);
        snprintf(name, sizeof name, "抚顺市河道%d局", i);
        import_task(import, (struct import_place){.line = (size_t)i + 2});
        tell(import, "number", number);
        tell(import, "title", number);
        tell(import, "region", "抚顺");
        tell(import, "lead", name);
    }
    if (!import_write(import, &makes, NULL, NULL, &plan, &err))
        fail_msg("%s", err.text);
    import_free(import);
    db_going(model_db(model), count_step, &steps);
    if (!undo_do(model, false, 0, &undone, &err))
        fail_msg("%s", err.text);
    db_going(model_db(model), NULL, NULL);
    events_clear(&undone);
    return steps;
}

/* The tasks are looked through once, not for each unit. */
static void many_units_among_many_tasks(void **state)
{
    char path[256];
    struct model *model = open_desk(state, path);
    size_t few = steps_of_undo(model, 40);
    database_tasks(path, 1, 3000);
    size_t many = steps_of_undo(model, 40);
    if (many > few + 30)
        fail_msg("%zu steps among no tasks, %zu among 3000", few, many);
    expect(path, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'undo%'", 0);
    model_close(model);
}

/* All that were made, each under its id. */
static void takes_every_source_back(void **state)
{
    static const struct import_source further[] = {
        {.code = "XD", .name = "2025年市级巡查", .year = 2025, .rhythm = RHYTHM_NONE},
        {.code = "XE", .name = "2024年市级巡查", .year = 2024, .rhythm = RHYTHM_NONE}};
    const struct import_options options = {
        .source = "XC", .create_source = &source, .further = further, .further_count = 2};
    char path[256];
    struct model *model = open_desk(state, path);
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    import_file(import, "台账.csv");
    for (int i = 0; i < 2; i++) {
        import_task(import, (struct import_place){.line = 2 + (size_t)i});
        tell(import, "source", i == 0 ? "XC" : "XE");
        tell(import, "number", "1");
        tell(import, "title", "河道清理");
        tell(import, "region", "抚顺县");
    }
    if (!import_write(import, &options, NULL, NULL, &plan, &err))
        fail_msg("%s", err.text);
    import_free(import);
    expect(path, "SELECT count(*) FROM source", 6);
    assert_null(undo(model, false));
    expect(path, "SELECT count(*) FROM source", 3);
    assert_null(undo(model, true));
    expect(path,
        "SELECT count(*) FROM source WHERE (id, code, name) IN (VALUES (4, 'XC', "
        "'2026年县级巡查'), (5, 'XD', '2025年市级巡查'), (6, 'XE', '2024年市级巡查'))",
        3);
    assert_null(undo(model, false));
    expect(path, "SELECT count(*) FROM source", 3);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            takes_units_back_and_brings_them_again, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            gives_no_id_again_and_keeps_names, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(takes_every_source_back, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(keeps_what_others_use, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            keeps_the_unit_of_a_person_or_a_reach, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            brings_nothing_over_what_is_there_again, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            many_units_among_many_tasks, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
