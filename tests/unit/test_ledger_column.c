/* Columns of a ledger that is written: the same as those that are read, and more; names of units
 * that are found again; what is read of many tasks at once against what is read of each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "exchange/json_write.h"
#include "exchange/ledger_column.h"
#include "exchange/ledger_field.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/task_detail.h"
#include "model/units.h"
#include "views/board.h"

static bool is_column(const char *name)
{
    for (size_t i = 0; i < ledger_column_count; i++)
        if (strcmp(ledger_columns[i].name, name) == 0 ||
            (ledger_columns[i].other && strcmp(ledger_columns[i].other, name) == 0))
            return true;
    return false;
}

static void has_all_that_is_read_and_all_of_the_board(void **state)
{
    (void)state;
    size_t at = 0;
    for (size_t i = 0; i < ledger_field_count; i++) {
        const char *name = ledger_fields[i].name;
        if (strcmp(name, ledger_field_told(&ledger_fields[i])) != 0 || strcmp(name, "version") == 0)
            continue; /* told in one, as the region and the state; last */
        if (strcmp(name, "value") == 0 || strcmp(name, "unit") == 0 || strcmp(name, "by") == 0)
            continue; /* told in the lines of the goals */
        if (strcmp(ledger_columns[at++].name, name) != 0)
            fail_msg("%s stands where %s should", ledger_columns[at - 1].name, name);
    }
    assert_string_equal(ledger_columns[ledger_column_count - 1].name, "version");
    for (; at < ledger_column_count - 1; at++)
        assert_non_null(ledger_field_derived(ledger_columns[at].name));
    for (size_t i = 0; i < board_column_count; i++)
        if (!is_column(board_all_columns[i].name))
            fail_msg("%s of the board is no column of a ledger", board_all_columns[i].name);
}

/* What is only told must not be taken for something else when it comes back, in either language. */
static void what_is_only_told_is_no_heading(void **state)
{
    static const char *const chinese[] = {
        "到期日", "剩余天数", "亮灯", "最近报告期起始日", "变动日期", "变动人"};
    size_t derived = 0;
    (void)state;
    for (size_t i = 0; i < ledger_column_count; i++) {
        const char *heading = ledger_column_heading(&ledger_columns[i]);
        assert_true((ledger_field_find(heading) != NULL) != ledger_field_is_derived(heading));
        derived += ledger_field_is_derived(heading);
    }
    assert_int_equal(derived, sizeof chinese / sizeof *chinese);
    for (size_t i = 0; i < derived; i++) {
        assert_null(ledger_field_find(chinese[i]));
        assert_true(ledger_field_is_derived(chinese[i]));
    }
}

static void columns_are_named(void **state)
{
    const struct ledger_column **columns;
    struct error err = {0};
    size_t count;
    (void)state;
    assert_true(ledger_columns_parse("number, closed title", &columns, &count, &err));
    assert_int_equal(count, 3);
    assert_string_equal(columns[1]->name, "closed_on");
    free(columns);
    assert_true(ledger_columns_parse("", &columns, &count, &err));
    assert_int_equal(count, ledger_column_count - 3);
    free(columns);
    assert_false(ledger_columns_parse("numbr", &columns, &count, &err));
    assert_non_null(strstr(err.text, "\"number\""));
    assert_false(ledger_columns_parse(" ", &columns, &count, &err));
}

/* --- names ----------------------------------------------------------------------------------- */

static void names_are_found_again(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_write(path,
        "INSERT INTO region (id, code, name, short, level, parent_id) VALUES"
        " (10, 'a', '鞍山市', '鞍山', 'city', 1), (11, 'b', '铁西区', '铁西', 'county', 10),"
        " (12, 'c', '铁西区', '铁西', 'county', 2);"
        "INSERT INTO department (id, name, short, region_id) VALUES"
        " (10, '教育局', '教育局', 3), (11, '教育局', '教育局', 4), (12, '水务、电力公司', '公司', "
        "1)");
    struct model *model = database_open(path);
    struct unit_names *names = unit_names_new(model_units(model));
    static const struct {
        enum unit_kind kind;
        int64_t id;
        const char *name;
    } expected[] = {
        {UNIT_REGION, 0, ""},
        {UNIT_REGION, 3, "抚顺市"},
        {UNIT_REGION, 5, "抚顺县"},
        {UNIT_REGION, 11, "鞍山市铁西区"},
        {UNIT_REGION, 12, "沈阳市铁西区"},
        {UNIT_REGION, 99, "#99"},
        {UNIT_DEPARTMENT, 1, "省生态环境厅"},
        {UNIT_DEPARTMENT, 4, "抚顺市生态环境局"},
        {UNIT_DEPARTMENT, 10, "抚顺教育局"},
        {UNIT_DEPARTMENT, 12, "公司"},
        {UNIT_SPONSOR, 1, "赵明"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        for (int again = 0; again < 2; again++)
            assert_string_equal(
                unit_names_get(names, expected[i].kind, expected[i].id), expected[i].name);
    unit_names_free(names);
    model_close(model);
}

/* --- many at once ---------------------------------------------------------------------------- */

static void assert_same_ids(const struct ledger_units *units, const int64_t *ids, size_t count)
{
    assert_int_equal(units->count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(units->id[i], ids[i]);
}

static bool take_bytes(void *context, const char *bytes, size_t count)
{
    strbuf_add_n(context, bytes, count);
    return true;
}

/* One read among many is told as one read alone. */
static void assert_same_json(
    struct model *model, const struct ledger_task *task, const struct task_detail *detail)
{
    struct strbuf one = {0}, many = {0};
    struct json *json = json_new(true, take_bytes, &one);
    assert_true(json_task(json, model, detail, false));
    assert_true(json_end(json));
    json = json_new(true, take_bytes, &many);
    assert_true(json_ledger_task(json, model, task));
    assert_true(json_end(json));
    assert_string_equal(strbuf_text(&many), strbuf_text(&one));
    strbuf_clear(&one);
    strbuf_clear(&many);
}

static void assert_same(const struct ledger_task *task, const struct task_detail *detail)
{
    assert_int_equal(task->row.id, detail->row.id);
    assert_string_equal(task->row.title, detail->row.title);
    assert_int_equal(task->row.deadline, detail->row.deadline);
    assert_int_equal(task->row.version, detail->row.version);
    assert_string_equal(task->number, detail->number);
    assert_string_equal(task->problem, detail->problem);
    assert_string_equal(task->goal, detail->goal);
    assert_string_equal(task->deadline_raw, detail->deadline_raw);
    assert_string_equal(task->phone, detail->phone);
    assert_int_equal(task->assigned_on, detail->assigned_on);
    assert_same_ids(&task->regions, detail->regions, detail->region_count);
    assert_same_ids(&task->leads, detail->leads, detail->lead_count);
    assert_same_ids(&task->responsible, detail->responsible, detail->responsible_count);
    assert_same_ids(&task->cooperating, detail->cooperating, detail->cooperating_count);
    assert_int_equal(task->measure_count, detail->measure_count);
    for (size_t i = 0; i < task->measure_count; i++) {
        assert_string_equal(task->measures[i].text, detail->measures[i].text);
        assert_int_equal(task->measures[i].done_on, detail->measures[i].done_on);
    }
    if (detail->report_count > 0) {
        assert_string_equal(task->report, detail->reports[0].text);
        assert_int_equal(task->period_start, detail->reports[0].period_start);
    } else {
        assert_int_equal(task->period_start, DATE_NONE);
    }
    assert_int_equal(task->public_from,
        detail->publicity_count > 0 ? detail->publicities[0].starts_on : DATE_NONE);
    if (detail->publicity_count > 0) {
        assert_int_equal(task->public_working, detail->publicities[0].working_days);
        assert_string_equal(task->office, detail->publicities[0].office);
        assert_string_equal(task->office_phone, detail->publicities[0].phone);
        assert_string_equal(task->address, detail->publicities[0].address);
        assert_string_equal(task->email, detail->publicities[0].email);
    }
}

#define TASKS 150
#define ALL (LEDGER_UNITS | LEDGER_MEASURES | LEDGER_REPORT | LEDGER_REPORTED | LEDGER_PUBLICITY)
static const char rows[] =
    "UPDATE task SET problem = 'p' || id, goal = 'g' || id, phone = id, version = version + 1;"
    "INSERT INTO measure (task_id, position, text, done_on) SELECT t.id, n.i, t.id || '.' || n.i,"
    " iif(n.i = 1, '2026-01-01', NULL) FROM task t, (SELECT 3 i UNION SELECT 1 UNION SELECT 2) n"
    " WHERE t.id % 3 = 0;"
    "INSERT INTO report (task_id, period_start, period_end, text) SELECT t.id, '2026-0' || n.i ||"
    " '-01', '2026-0' || n.i || '-09', t.id || n.i FROM task t, (SELECT 2 i UNION SELECT 9 UNION"
    " SELECT 4) n WHERE t.id % 2 = 0;"
    "UPDATE report SET reported_at = '2026-10-0' || (1 + id % 9) || 'T01:02:03.004Z' WHERE id % 4;"
    "UPDATE report SET reported_at = 'one day' WHERE task_id = 6;"
    "INSERT INTO publicity (task_id, starts_on, ends_on, days) SELECT id, '2026-03-0' || (1 + id % "
    "9),"
    " '2026-04-01', 5 FROM task WHERE id % 5 = 0;"
    "INSERT INTO publicity (task_id, starts_on, ends_on, days) SELECT task_id, iif(task_id % 2,"
    " starts_on, '2026-02-01'), '2026-04-02', 5 FROM publicity;"
    "UPDATE publicity SET office = '办' || id, phone = id, address = '路', email = 'a@b.cn',"
    " day_kind = iif(id % 2, 'working', 'calendar');"
    "INSERT OR IGNORE INTO task_department (task_id, role, position, department_id) SELECT t.id, "
    "r.r,"
    " -d.id, d.id FROM task t, department d, (SELECT 'lead' r UNION SELECT 'responsible' UNION "
    "SELECT"
    " 'cooperating') r WHERE (t.id + d.id) % 3 = 0";

static void many_are_read_as_each(void **state)
{
    char path[256];
    struct error err = {0};
    int64_t ids[TASKS];
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 7, TASKS);
    database_write(path, rows);
    struct model *model = database_open(path);
    for (int i = 0; i < TASKS; i++)
        ids[i] = 1 + (i * 67) % TASKS; /* in no order */
    ids[70] = 100000;
    struct ledger_task *tasks = calloc(TASKS, sizeof *tasks);
    if (!task_ledger_read(model, &(struct ledger_batch){ids, TASKS, ALL}, tasks, &err))
        fail_msg("%s", err.text);
    for (int i = 0; i < TASKS; i++) {
        struct task_detail *detail;
        if (i == 70) {
            assert_int_equal(tasks[i].row.id, 0);
            continue;
        }
        assert_true(task_detail_read(model, ids[i], &detail, &err));
        assert_same(&tasks[i], detail);
        assert_same_json(model, &tasks[i], detail);
        task_detail_free(detail);
        ledger_task_clear(&tasks[i]);
    }
    free(tasks);
    model_close(model);
}

/* However far apart they lie: what lies between is not taken for one of them. */
static void scattered_ones_are_read_as_each(void **state)
{
    char path[256];
    struct error err = {0};
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 7, TASKS);
    database_write(path, rows);
    struct model *model = database_open(path);
    for (int64_t apart = 2; apart <= 15; apart++) {
        struct ledger_task tasks[TASKS / 2];
        int64_t ids[TASKS / 2];
        size_t count = 0;
        for (int64_t id = TASKS - 1; id > 0; id -= apart)
            ids[count++] = id;
        const struct ledger_batch batch = {ids, count, ALL};
        assert_true(task_ledger_read(model, &batch, tasks, &err));
        for (size_t i = 0; i < count; i++) {
            struct task_detail *detail;
            assert_true(task_detail_read(model, ids[i], &detail, &err));
            assert_same(&tasks[i], detail);
            task_detail_free(detail);
            ledger_task_clear(&tasks[i]);
        }
    }
    model_close(model);
}

static void what_is_not_asked_for_is_not_read(void **state)
{
    char path[256];
    struct error err = {0};
    struct ledger_task task;
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 7, TASKS);
    database_write(path, rows);
    struct model *model = database_open(path);
    for (unsigned part = 1; part <= LEDGER_PUBLICITY; part *= 2) {
        const struct ledger_batch batch = {(int64_t[]){30}, 1, part};
        assert_true(task_ledger_read(model, &batch, &task, &err));
        assert_string_equal(task.problem, "p30");
        assert_int_equal(task.regions.count > 0, part == LEDGER_UNITS);
        assert_int_equal(task.measure_count > 0, part == LEDGER_MEASURES);
        assert_int_equal(task.report != NULL, part == LEDGER_REPORT);
        assert_int_equal(task.reported_at != LEDGER_NEVER, part == LEDGER_REPORTED);
        assert_int_equal(task.public_from != DATE_NONE, part == LEDGER_PUBLICITY);
        ledger_task_clear(&task);
    }
    model_close(model);
}

/* Each column says what it needs: its cell is the same when nothing else is read. */
static void columns_say_what_they_tell(void **state)
{
    char path[256];
    struct error err = {0};
    struct ledger_task all, some;
    struct ledger_cell cell = {0}, alone = {0};
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 7, TASKS);
    database_write(path, rows);
    struct model *model = database_open(path);
    const struct ledger_env env = {
        model_units(model), unit_names_new(model_units(model)), model_today(model)};
    struct ledger_batch batch = {(int64_t[]){30}, 1, ALL};
    assert_true(task_ledger_read(model, &batch, &all, &err));
    for (size_t i = 0; i < ledger_column_count; i++) {
        const struct ledger_column *column = &ledger_columns[i];
        batch.parts = ledger_columns_parts(&column, 1);
        assert_true(task_ledger_read(model, &batch, &some, &err));
        ledger_column_put(column, &env, &all, &cell);
        ledger_column_put(column, &env, &some, &alone);
        assert_int_equal(cell.empty, alone.empty);
        if (cell.kind == LEDGER_IS_TEXT)
            assert_string_equal(strbuf_text(&cell.text), strbuf_text(&alone.text));
        else if (cell.kind == LEDGER_IS_DATE)
            assert_int_equal(cell.date, alone.date);
        ledger_task_clear(&some);
    }
    ledger_task_clear(&all);
    ledger_cell_clear(&cell);
    ledger_cell_clear(&alone);
    unit_names_free(env.names);
    model_close(model);
}

static void only_within_reach(void **state)
{
    char path[256];
    struct error err = {0};
    struct ledger_task tasks[2];
    database_make(folder_file(*state, "a.db", path));
    database_task(path, 1, "一");
    database_task(path, 2, "二");
    database_write(
        path, "UPDATE task SET region_id = 4, version = version + 1 WHERE number = '002'");
    struct model *model = database_open_reach(path, "region:抚顺");
    assert_true(
        task_ledger_read(model, &(struct ledger_batch){(int64_t[]){2, 1}, 2, ALL}, tasks, &err));
    assert_int_equal(tasks[0].row.id, 0);
    assert_null(tasks[0].problem);
    assert_int_equal(tasks[1].row.id, 1);
    for (int i = 0; i < 2; i++)
        ledger_task_clear(&tasks[i]);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_all_that_is_read_and_all_of_the_board),
        cmocka_unit_test(what_is_only_told_is_no_heading),
        cmocka_unit_test(columns_are_named),
        cmocka_unit_test_setup_teardown(names_are_found_again, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(many_are_read_as_each, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            scattered_ones_are_read_as_each, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_not_asked_for_is_not_read, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            columns_say_what_they_tell, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(only_within_reach, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
