#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/model.h"
#include "model/query.h"
#include "model/query_sql.h"
#include "model/search.h"
#include "store/db.h"

static const char units_sql[] =
    "INSERT INTO region (id, code, name, short, level, parent_id, position) VALUES"
    " (1, '210000', '辽宁省', '辽宁', 'province', NULL, 0),"
    " (9, '210100', '沈阳市', '沈阳', 'city', 1, 1),"
    " (3, '210300', '鞍山市', '鞍山', 'city', 1, 3),"
    " (4, '211100', '盘锦市', '盘锦', 'city', 1, 11),"
    " (5, '210106', '铁西区', '铁西', 'county', 9, 5),"
    " (6, '210303', '铁西区', '铁西', 'county', 3, 2),"
    " (8, '211122', '盘山县', '盘山县', 'county', 4, 1),"
    " (10, 'x1', '胡家镇', '胡家镇', 'township', 8, 1);"
    "INSERT INTO department (id, name, short, region_id, position) VALUES"
    " (1, '省生态环境厅', '生态环境厅', 1, 2), (2, '省水利厅', '水利厅', 1, 1),"
    " (4, '盘锦市生态环境局', '盘锦生态环境局', 4, 4);"
    "INSERT INTO source (id, code, name, year, rhythm, position) VALUES"
    " (1, '2', '第二轮中央生态环境保护督察', 2021, 'weekly', 1),"
    " (2, 'P', '三十六项措施', 2024, 'monthly', 2);"
    "INSERT INTO sponsor (id, name) VALUES (1, '赵明'), (2, '钱红');";

/* By due day: 6 1 2 5 3 9 4 8 7. Today is 2026-11-21, a Saturday. */
static const char tasks_sql[] =
    "INSERT INTO task (id, source_id, number, part, parent_id, position, title, problem, goal, "
    "category,"
    " state, returned, listed, progress, percent, deadline, deadline_kind, assigned_on, lead_id,"
    " supervisor_id, region_id, sponsor_id, reported_on, done_on, closed_on, updated_at, "
    "updated_by,"
    " version) VALUES"
    " (1, 1, '001', 0, NULL, 1, '辽河口湿地退养还湿未按期完成', '', '恢复湿地', '生态', "
    "'in_progress', 0, 0,"
    "  'on_schedule', 40, '2026-10-31', 'date', NULL, 1, NULL, 4, 1, '2026-11-09', NULL, NULL,"
    "  '2026-11-01T00:00:00.000Z', '李娜', 1),"
    " (2, 1, '002', 0, NULL, 2, '大伙房水源保护区违建清理不彻底', '', '', '水', 'in_progress', 1, "
    "0,"
    "  'behind', 80, '2026-11-15', 'date', NULL, 2, NULL, 8, NULL, '2026-11-02', NULL, NULL,"
    "  '2026-11-02T00:00:00.000Z', '', 1),"
    " (3, 1, '003', 0, NULL, 3, '浑河沿岸排污口整治滞后', '', '', '水', 'submitted', 0, 0,"
    "  'done', 100, '2026-11-30', 'date', NULL, 2, NULL, 5, NULL, '2026-11-16', '2026-10-01', NULL,"
    "  '2026-11-03T00:00:00.000Z', '', 1),"
    " (4, 1, '004', 0, NULL, 4, '菱镁矿山复绿 50%_完成', '', '', '矿山', 'in_review', 0, 1,"
    "  'on_schedule', 90, '2026-12-31', 'date', NULL, NULL, 1, 6, NULL, '2026-11-09', NULL, NULL,"
    "  '2026-11-20T16:30:00.000Z', '', 1),"
    " (5, 1, '005', 0, NULL, 5, '港口煤尘', '', '', '大气', 'publicised', 0, 0,"
    "  'done', 100, '2026-11-25', 'date', NULL, 1, NULL, 3, NULL, '2026-11-09', '2026-09-01', NULL,"
    "  '2026-11-04T00:00:00.000Z', '', 1),"
    " (6, 1, '006', 0, NULL, 6, '锅炉脱硝', '', '', '大气', 'closed', 0, 0,"
    "  'done', 100, '2026-06-30', 'date', NULL, 1, NULL, 3, NULL, '2026-06-01', '2026-06-01',"
    "  '2026-11-10', '2026-11-10T00:00:00.000Z', '', 1),"
    " (7, 2, 'A1', 0, NULL, 1, '秸秆禁烧长效机制', '', '', '大气', 'not_started', 0, 0,"
    "  'not_started', 0, NULL, 'ongoing', NULL, 1, NULL, 1, NULL, '', NULL, NULL,"
    "  '2026-11-05T00:00:00.000Z', '', 1),"
    " (8, 1, '003', 1, 3, 3, '胡家镇排污口', '', '', '水', 'in_progress', 0, 0,"
    "  'ahead', 50, '2027-03-31', 'date_ongoing', NULL, 1, NULL, 10, 2, '2026-11-09', NULL, NULL,"
    "  '2026-11-06T00:00:00.000Z', '', 1),"
    " (9, 1, '009', 0, NULL, 9, 'PM2.5 监测', '', '', '大气', 'in_progress', 0, 0,"
    "  'behind', 10, NULL, 'immediate', '2026-11-01', 1, NULL, 9, NULL, '2026-11-09', NULL, NULL,"
    "  '2026-11-07T00:00:00.000Z', '', 1);"
    "INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES (4, 9, 1, 1);"
    "INSERT INTO task_department (department_id, task_id, role, event_seq) VALUES (2, 8, 'lead', "
    "1),"
    " (4, 8, 'responsible', 1), (2, 1, 'cooperating', 1);"
    "INSERT INTO measure (task_id, position, text, event_seq) VALUES (2, 1, '拆除违建，恢复湿地', "
    "1);"
    "INSERT INTO notice (task_id, level, issued_on, event_seq) VALUES (9, 'letter', '2026-11-10', "
    "1);"
    "INSERT INTO notice (task_id, level, issued_on, replied_on, event_seq) VALUES"
    " (1, 'reminder', '2026-11-01', '2026-11-05', 1);"
    "INSERT INTO publicity (id, task_id, starts_on, ends_on, days, event_seq) VALUES"
    " (1, 5, '2026-11-18', '2026-11-24', 5, 1);"
    "INSERT INTO objection (publicity_id, task_id, raised_on, text, event_seq) VALUES (1, 5, "
    "'2026-11-19', 'x', 1);";

struct fixture {
    void *folder;
    struct model *model;
    char path[256];
};

static void write_sql(struct db *db, const char *sql)
{
    struct error err = {0};
    assert_true(db_write_begin(db, &err));
    if (!db_script(db, sql, &err))
        fail_msg("%s", err.text);
    assert_true(db_write_commit(db, &err));
}

static void refresh(struct db *db)
{
    struct error err = {0};
    assert_true(db_write_begin(db, &err));
    assert_true(search_refresh(db, 1000000, NULL, &err));
    assert_true(db_write_commit(db, &err));
}

static void open_model(struct fixture *fixture, const char *reach)
{
    struct error err = {0};
    struct person person = {.name = (char *)"李娜", .reach = (char *)reach};
    struct model_options options = {
        .path = fixture->path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    if (fixture->model)
        model_close(fixture->model);
    if (!model_open(&options, &fixture->model, &err))
        fail_msg("%s", err.text);
}

static int set_up(void **state)
{
    struct fixture *fixture = alloc_zero(1, sizeof *fixture);
    struct error err = {0};
    struct db *db;
    folder_set_up(&fixture->folder);
    folder_file(fixture->folder, "a.db", fixture->path);
    assert_true(db_open(fixture->path, DB_CREATE, &db, &err));
    write_sql(db, units_sql);
    write_sql(db, tasks_sql);
    db_close(db);
    open_model(fixture, NULL);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    model_close(fixture->model);
    folder_tear_down(&fixture->folder);
    free(fixture);
    return 0;
}

/* --- asking --------------------------------------------------------------------------------- */

static struct query *parse(const char *text)
{
    struct query *query = NULL;
    struct query_error wrong;
    if (!query_parse(text, &query, &wrong))
        fail_msg("%s: %s", text, wrong.text);
    return query;
}

static struct db_statement *prepare(struct model *model, const char *text, const struct sql *sql)
{
    struct db_statement *statement;
    struct error err = {0};
    if (!db_prepare(model_db(model), text, &statement, &err))
        fail_msg("%s\n%s", err.text, text);
    for (size_t i = 0; i < sql->count; i++) {
        if (sql->binds[i].text)
            db_bind_text(statement, (int)i + 1, sql->binds[i].text);
        else
            db_bind_int(statement, (int)i + 1, sql->binds[i].number);
    }
    return statement;
}

static enum db_step step(struct db_statement *statement)
{
    struct error err = {0};
    enum db_step result = db_step(statement, &err);
    if (result == DB_FAILED)
        fail_msg("%s", err.text);
    return result;
}

struct ids {
    int64_t *id;
    size_t count, capacity;
};

static struct ids list_ids(struct model *model, const char *text, struct sort sort)
{
    struct query *query = parse(text);
    struct sql sql = {0};
    struct query_error wrong;
    struct ids ids = {0};
    if (!query_sql_list(model, query, &sort, &sql, &wrong))
        fail_msg("%s: %s", text, wrong.text);
    struct db_statement *statement = prepare(model, strbuf_text(&sql.text), &sql);
    while (step(statement) == DB_ROW) {
        ids.id = alloc_grow(ids.id, &ids.capacity, ids.count + 1, sizeof *ids.id);
        ids.id[ids.count++] = db_int(statement, 0);
    }
    db_finish(statement);
    sql_clear(&sql);
    query_free(query);
    return ids;
}

static const char *list(
    struct model *model, const char *text, struct sort sort, char out[static 64])
{
    struct ids ids = list_ids(model, text, sort);
    out[0] = '\0';
    for (size_t i = 0; i < ids.count; i++)
        snprintf(out + strlen(out), 64 - strlen(out), "%s%d", i ? " " : "", (int)ids.id[i]);
    free(ids.id);
    return out;
}

static const struct sort by_due = {SORT_DUE, false};

/* Whether of every so many tasks up to `last` those of the list are members, and no others. */
static void check_members(
    struct model *model, const char *text, const struct ids *ids, int64_t last, int64_t every)
{
    struct query *query = parse(text);
    struct sql sql = {0};
    struct query_error wrong;
    char *in = alloc_zero((size_t)last + 1, 1);
    for (size_t i = 0; i < ids->count; i++)
        in[ids->id[i]]++;
    assert_true(query_sql_member(model, query, &sql, &wrong));
    struct db_statement *statement = prepare(model, strbuf_text(&sql.text), &sql);
    for (int64_t id = 1; id <= last; id += every) {
        db_reset(statement);
        for (size_t i = 1; i < sql.count; i++) {
            if (sql.binds[i].text)
                db_bind_text(statement, (int)i + 1, sql.binds[i].text);
            else
                db_bind_int(statement, (int)i + 1, sql.binds[i].number);
        }
        db_bind_int(statement, 1, id);
        if ((step(statement) == DB_ROW) != (in[id] == 1))
            fail_msg("%s: task %d is listed %d times", text, (int)id, in[id]);
    }
    db_finish(statement);
    sql_clear(&sql);
    query_free(query);
    free(in);
}

static void check_condition(struct model *model, const char *text, size_t count)
{
    struct query *query = parse(text);
    struct sql sql = {0};
    struct query_error wrong;
    assert_true(query_sql_condition(model, query, &sql, &wrong));
    char *asked = alloc_format("SELECT count(*) FROM task t WHERE %s", strbuf_text(&sql.text));
    struct db_statement *statement = prepare(model, asked, &sql);
    assert_int_equal(step(statement), DB_ROW);
    assert_int_equal(db_int(statement, 0), count);
    db_finish(statement);
    sql_clear(&sql);
    free(asked);
    query_free(query);
}

/* --- what is found -------------------------------------------------------------------------- */

static const struct {
    const char *filter, *ids;
} cases[] = {
    {"", "6 1 2 5 3 9 4 8 7"},
    /* flags */
    {"open", "1 2 5 3 9 4 8 7"},
    {"closed", "6"},
    {"-closed", "1 2 5 3 9 4 8 7"},
    {"-open", "6"},
    {"open -open", ""},
    {"open closed", ""},
    {"open or closed", "6 1 2 5 3 9 4 8 7"},
    {"overdue", "1 2"},
    {"-overdue", "6 5 3 9 4 8 7"},
    {"due_soon", "5 3 9"},
    {"due_urgent", "5"},
    {"unreported", "2 7"},
    {"-unreported", "6 1 5 3 9 4 8"},
    {"returned", "2"},
    {"listed", "4"},
    {"behind", "2 9"},
    {"unaccepted", "3"},
    {"immediate", "9"},
    {"ongoing", "8 7"},
    {"objected", "5"},
    {"noticed", "9"},
    {"changed_today", "4"},
    {"is:overdue,closed", "6 1 2"},
    /* identities */
    {"2-001", "1"},
    {"2-1", "1"},
    {"2-003", "3 8"},
    {"2-003.1", "8"},
    {"2021-003.0", "3"},
    {"p-a1", ""},
    {"P-A1", "7"},
    {"id:2-001,2-002", "1 2"},
    {"id:9-001", ""},
    {"-id:2-001 id:2-001,2-002", "2"},
    {"id:003", "3 8"},
    {"number:3", "3 8"},
    {"number:003,001", "1 3 8"},
    {"-number:3 open", "1 2 5 9 4 7"},
    /* units */
    {"source:2021", "6 1 2 5 3 9 4 8"},
    {"source:P", "7"},
    {"-source:2", "7"},
    {"region:盘锦", "1 2 9 8"},
    {"region:pj", "1 2 9 8"},
    {"region:盘山县", "2 8"},
    {"region:铁西", "3 4"},
    {"region:鞍山铁西", "4"},
    {"region:沈阳", "3 9"},
    {"region:辽宁", "6 1 2 5 3 9 4 8 7"},
    {"region:盘锦,沈阳", "1 2 3 9 8"},
    {"-region:盘锦", "6 5 3 4 7"},
    {"region!=盘锦,沈阳", "6 5 4 7"},
    {"city:盘锦", "1 2 9 8"},
    {"lead:水利厅", "2 3 8"},
    {"lead:none", "4"},
    {"-lead:水利厅", "6 1 5 9 4 7"},
    {"lead:sthjt,slt", "6 1 2 5 3 9 8 7"},
    {"lead:生态环境厅 -lead:水利厅", "6 1 5 9 7"},
    {"main_lead:水利厅", "2 3"},
    {"第一牵头：水利厅", "2 3"},
    {"main_lead:none", "4"},
    {"-main_lead:生态环境厅", "2 3 4"},
    {"at:盘锦", "1 9"},
    {"本级：辽宁", "7"},
    {"at:盘锦,盘山县", "1 2 9"},
    {"-at:盘锦", "6 2 5 3 4 8 7"},
    /* by the row's number */
    {"region:#5", "3"},
    {"region:#4", "1 2 9 8"},
    {"at:#4", "1 9"},
    {"lead:#2", "2 3 8"},
    {"main_lead:#2,#0", "2 3 4"},
    {"lead:#0", "4"},
    {"-lead:#0", "6 1 2 5 3 9 8 7"},
    {"lead:#00", "4"},
    {"source:#2", "7"},
    {"sponsor:#2", "8"},
    {"id:#3,#9,#77", "3 9"},
    {"-id:#3,#9", "6 1 2 5 4 8 7"},
    {"category:=水", "2 3 8"},
    {"category:\"=水\"", "2 3 8"},
    {"category:=境", ""},
    {"category:none", ""},
    {"category!=none", "6 1 2 5 3 9 4 8 7"},
    {"responsible:盘锦", "8"},
    {"responsible:水利厅", "1"},
    {"responsible:none", "6 2 5 3 9 4 7"},
    {"supervisor:生态环境厅", "4"},
    {"supervisor!=生态环境厅", "6 1 2 5 3 9 8 7"},
    {"supervisor:none", "6 1 2 5 3 9 8 7"},
    {"sponsor:赵", "1"},
    {"sponsor:none", "6 2 5 3 9 4 7"},
    {"sponsor!=赵", "6 2 5 3 9 4 8 7"},
    /* words and numbers */
    {"state:in_progress", "1 2 9 8"},
    {"state:in_progress,closed", "6 1 2 9 8"},
    {"state!=closed", "1 2 5 3 9 4 8 7"},
    {"state:退回", "2"},
    {"progress:behind,ahead", "2 9 8"},
    {"kind:immediate", "9"},
    {"notice:letter", "9"},
    {"notice:reminder", "1"},
    {"percent<50", "1 9 7"},
    {"percent!=100", "1 2 9 4 8 7"},
    {"percent:40..80", "1 2 8"},
    {"days<0", "1 2"},
    {"days<=4", "1 2 5"},
    {"days:4", "5"},
    {"days!=4", "6 1 2 3 9 4 8 7"},
    {"days>0", "5 3 9 4 8"},
    {"days>-999999999", "1 2 5 3 9 4 8"},
    {"days<999999999", "1 2 5 3 9 4 8"},
    /* dates */
    {"due<2026-11-25", "6 1 2"},
    {"due:2026-11", "2 5 3"},
    {"due:+4d", "5"},
    {"due.after:+1m", "4 8"},
    {"due:none", "7"},
    {"due!=none", "6 1 2 5 3 9 4 8"},
    {"due!=2026-11", "6 1 9 4 8 7"},
    {"-due<2026-11-25", "5 3 9 4 8 7"},
    {"due:this_week", ""},
    {"due:next_week", "5"},
    {"open due<2026-11-25", "1 2"},
    {"deadline:none", "9 7"},
    {"deadline<2026-11-25", "6 1 2"},
    {"deadline>2026-11-25", "3 4 8"},
    {"-deadline>2026-11-25", "6 1 2 5 9 7"},
    {"reported:never", "7"},
    {"reported<2026-11-09", "6 2 7"},
    {"reported>=2026-11-16", "3"},
    {"closed:2026-11", "6"},
    {"closed:none", "1 2 5 3 9 4 8 7"},
    {"updated:today", "4"},
    {"updated<today", "6 1 2 5 3 9 8 7"},
    {"updated<=today", "6 1 2 5 3 9 4 8 7"},
    {"updated>yesterday", "4"},
    {"updated>=2026-11-10", "6 4"},
    {"updated!=today", "6 1 2 5 3 9 8 7"},
    {"updated:none", ""},
    /* text */
    {"湿地", "1 2"},
    {"title:湿地", "1"},
    {"湿", "1 2"},
    {"违建 湿地", "2"},
    {"违建 title:湿地", ""},
    {"违建 or title:湿地", "1 2"},
    {"-湿地 open", "5 3 9 4 8 7"},
    {"湿地 -overdue", ""},
    {"-closed 排污口", "3 8"},
    {"pm2.5", "9"},
    {"PM", "9"},
    {"\"50%_完\"", "4"},
    {"\"' OR 1=1 --\"", ""},
    {"category:大气", "6 5 9 7"},
    {"category:%", ""},
    {"-category:大气", "1 2 3 4 8"},
    {"by:李", "1"},
    {"(overdue or closed) (湿地 or 锅炉)", "6 1 2"},
    {"not (overdue or closed or 湿地)", "5 3 9 4 8 7"},
};

static void check_cases(struct model *model)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char found[64];
        list(model, cases[i].filter, by_due, found);
        if (strcmp(found, cases[i].ids) != 0)
            print_message("%s\n", cases[i].filter);
        assert_string_equal(found, cases[i].ids);
        struct ids ids = list_ids(model, cases[i].filter, by_due);
        check_members(model, cases[i].filter, &ids, 10, 1);
        check_condition(model, cases[i].filter, ids.count);
        free(ids.id);
    }
}

static void test_found(void **state)
{
    struct fixture *fixture = *state;
    refresh(model_db(fixture->model));
    check_cases(fixture->model);
}

/* The same while no task is in the search index yet. */
static void test_found_while_the_index_lags(void **state)
{
    struct fixture *fixture = *state;
    check_cases(fixture->model);
}

/* What the index still has of a changed or removed task is not found. */
static void test_index_behind_a_change(void **state)
{
    struct fixture *fixture = *state;
    char found[64];
    struct db *db = model_db(fixture->model);
    refresh(db);
    write_sql(db, "UPDATE task SET title = '凡河', goal = '', version = 2 WHERE id = 1;"
                  "DELETE FROM measure WHERE task_id = 2; UPDATE task SET problem = '湿地', "
                  "version = 2 WHERE id = 4");
    assert_string_equal(list(fixture->model, "湿地", by_due, found), "4");
    assert_string_equal(list(fixture->model, "凡河", by_due, found), "1");
    assert_string_equal(list(fixture->model, "-湿地 open", by_due, found), "1 2 5 3 9 8 7");
}

/* --- orders --------------------------------------------------------------------------------- */

static void test_orders(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        enum sort_key key;
        const char *ids;
    } orders[] = {
        {SORT_DUE, "6 1 2 5 3 9 4 8 7"},
        {SORT_NUMBER, "1 2 3 8 4 5 6 9 7"},
        {SORT_STATE, "7 1 2 9 8 3 4 5 6"},
        {SORT_REGION, "7 9 3 6 5 4 1 2 8"},
        {SORT_LEAD, "2 3 6 1 5 9 8 7 4"},
        {SORT_PERCENT, "7 9 1 8 2 4 3 5 6"},
        {SORT_UPDATED, "1 2 3 5 7 8 9 6 4"},
    };
    refresh(model_db(fixture->model));
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        char found[64], reversed[64] = "";
        struct sort sort = {orders[i].key, false};
        assert_string_equal(list(fixture->model, "", sort, found), orders[i].ids);
        struct ids ids = list_ids(fixture->model, "", sort);
        for (size_t n = ids.count; n > 0; n--)
            snprintf(reversed + strlen(reversed), 64 - strlen(reversed), "%s%d",
                n < ids.count ? " " : "", (int)ids.id[n - 1]);
        sort.reverse = true;
        assert_string_equal(list(fixture->model, "", sort, found), reversed);
        free(ids.id);
    }
}

static void test_before(void **state)
{
    struct fixture *fixture = *state;
    for (int key = 0; key < SORT_COUNT; key++) {
        for (int reverse = 0; reverse < 2; reverse++) {
            struct sort sort = {(enum sort_key)key, reverse};
            struct ids ids = list_ids(fixture->model, "", sort);
            for (size_t a = 0; a < ids.count; a++) {
                for (size_t b = 0; b < ids.count; b++) {
                    bool before;
                    struct error err;
                    assert_true(query_sql_before(
                        fixture->model, &sort, ids.id[a], ids.id[b], &before, &err));
                    assert_int_equal(before, a < b);
                }
            }
            free(ids.id);
        }
    }
}

static void test_sort_names(void **state)
{
    (void)state;
    for (int key = 0; key < SORT_COUNT; key++) {
        struct sort sort;
        struct error err;
        char *reversed = alloc_format("-%s", sorts[key].name);
        assert_true(sort_parse(sorts[key].name, &sort, &err));
        assert_true(sort.key == (enum sort_key)key && !sort.reverse && *sorts[key].label);
        assert_true(sort_parse(reversed, &sort, &err));
        assert_true(sort.key == (enum sort_key)key && sort.reverse);
        free(reversed);
    }
}

/* --- reach ---------------------------------------------------------------------------------- */

static void test_reach(void **state)
{
    struct fixture *fixture = *state;
    char found[64];
    open_model(fixture, "region:盘锦 -source:P");
    refresh(model_db(fixture->model));
    assert_string_equal(list(fixture->model, "", by_due, found), "1 2 9 8");
    assert_string_equal(list(fixture->model, "closed or open", by_due, found), "1 2 9 8");
    assert_string_equal(list(fixture->model, "region:沈阳", by_due, found), "9");
    assert_string_equal(list(fixture->model, "id:2-005", by_due, found), "");
    assert_string_equal(list(fixture->model, "湿地 or 煤尘", by_due, found), "1 2");
    struct ids ids = list_ids(fixture->model, "", by_due);
    check_members(fixture->model, "", &ids, 10, 1);
    check_condition(fixture->model, "", 4);
    free(ids.id);
}

static void test_reach_that_names_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct query *query = parse("overdue");
    struct sql sql = {0};
    struct query_error wrong;
    open_model(fixture, "region:没有");
    assert_false(query_sql_list(fixture->model, query, &by_due, &sql, &wrong));
    assert_non_null(strstr(wrong.text, "没有"));
    assert_int_equal(wrong.at + wrong.length, 0);
    assert_false(query_sql_member(fixture->model, query, &sql, &wrong));
    assert_false(query_sql_condition(fixture->model, query, &sql, &wrong));
    query_free(query);
}

/* --- rows that are gone ---------------------------------------------------------------------- */

/* What a writer without foreign keys left: the tasks that name a row are found by its number. */
static void test_rows_that_are_gone(void **state)
{
    struct fixture *fixture = *state;
    char found[64];
    static const char *const fields[] = {"source:#77", "region:#77", "city:#77", "at:#77",
        "lead:#77", "main_lead:#77", "sponsor:#77"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        list(fixture->model, fields[i], by_due, found);
        assert_string_equal(found, "");
    }
    database_script(fixture->path,
        "PRAGMA foreign_keys = OFF;"
        "UPDATE task SET source_id = 77, lead_id = 77, sponsor_id = 77 WHERE id = 5;"
        "DELETE FROM task_region WHERE task_id = 5;"
        "INSERT INTO task_region (task_id, region_id, position) VALUES (5, 77, 0)");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        list(fixture->model, fields[i], by_due, found);
        if (strcmp(found, "5") != 0)
            fail_msg("%s finds \"%s\"", fields[i], found);
    }
}

/* --- mistakes ------------------------------------------------------------------------------- */

static void test_mistakes(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *filter, *wrong, *says, *suggestion;
    } mistakes[] = {
        {"overdue region:盘金市", "region:盘金市", "no place", "盘锦市"},
        {"region:盘锦,xyzzy", "xyzzy", "no place", ""},
        {"-region:北京", "region:北京", "no place", ""},
        {"city:铁西", "city:铁西", "no city", "铁西"},
        {"lead:水力厅", "lead:水力厅", "no department", "水利厅"},
        {"region:#0", "region:#0", "no place", ""},
        {"source:1999", "source:1999", "no source", ""},
        {"(overdue or sponsor:孙)", "sponsor:孙", "no sponsor", ""},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        struct query *query = parse(mistakes[i].filter);
        struct sql sql = {0};
        struct query_error wrong;
        char piece[64] = "";
        assert_false(query_sql_list(fixture->model, query, &by_due, &sql, &wrong));
        memcpy(piece, mistakes[i].filter + wrong.at, wrong.length);
        assert_string_equal(piece, mistakes[i].wrong);
        assert_non_null(strstr(wrong.text, mistakes[i].says));
        if (i != 3)
            assert_string_equal(wrong.suggestion, mistakes[i].suggestion);
        assert_false(query_sql_member(fixture->model, query, &sql, &wrong));
        assert_false(query_sql_condition(fixture->model, query, &sql, &wrong));
        query_free(query);
    }
}

static void test_too_many_values(void **state)
{
    struct fixture *fixture = *state;
    struct strbuf text = {0};
    struct sql sql = {0};
    struct query_error wrong;
    for (int i = 0; i < 199; i++)
        strbuf_format(&text, "%sid:2-%d.%d", i ? " or " : "", i + 1, i);
    struct query *query = parse(strbuf_text(&text));
    assert_false(query_sql_list(fixture->model, query, &by_due, &sql, &wrong));
    assert_non_null(strstr(wrong.text, "too many"));
    query_free(query);
    strbuf_clear(&text);
}

/* The engine takes what the language allows: as many terms .. */
static void test_largest_filters(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *term, *between;
        size_t found;
    } chains[] = {
        {"percent<50", " or ", 3},
        {"percent<50", " ", 3},
        {"-percent<50", " or ", 6},
        {"湿地", " ", 2},
        {"湿地", " or ", 2},
        {"-湿地", " ", 7},
        {"region:盘锦", " or ", 4},
        {"region:盘锦", " ", 4},
    };
    refresh(model_db(fixture->model));
    for (size_t i = 0; i < sizeof chains / sizeof chains[0]; i++) {
        struct strbuf text = {0};
        for (int n = 0; n < QUERY_TERMS; n++)
            strbuf_format(&text, "%s%s", n ? chains[i].between : "", chains[i].term);
        struct ids ids = list_ids(fixture->model, text.text, by_due);
        assert_int_equal(ids.count, chains[i].found);
        check_members(fixture->model, text.text, &ids, 10, 1);
        free(ids.id);
        strbuf_clear(&text);
    }
}

/* .. nested as deep, in whatever place the deep part stands. */
static void test_deepest_filters(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *open[2], *core, *close[2];
    } nests[] = {
        {{"(open and ", "(overdue or -"}, "percent<50", {")", ")"}},
        {{"-(", "("}, "region:盘锦", {" overdue)", " or 湿地)"}},
        {{"(returned or ", "(湿地 or -"}, "lead:水利厅", {" -closed)", " or 湿地)"}},
    };
    refresh(model_db(fixture->model));
    for (size_t i = 0; i < sizeof nests / sizeof nests[0]; i++) {
        struct strbuf text = {0};
        const int depth = QUERY_DEPTH / 2 * 2;
        for (int n = 0; n < depth; n++)
            strbuf_add(&text, nests[i].open[n % 2]);
        strbuf_add(&text, nests[i].core);
        for (int n = depth; n-- > 0;)
            strbuf_add(&text, nests[i].close[n % 2]);
        struct ids ids = list_ids(fixture->model, text.text, by_due);
        check_members(fixture->model, text.text, &ids, 10, 1);
        check_condition(fixture->model, text.text, ids.count);
        free(ids.id);
        strbuf_clear(&text);
    }
}

/* --- plans ---------------------------------------------------------------------------------- */

/* The engine's plan of a list, one line after another. */
static char *plan_of(struct model *model, const char *text, struct sort sort)
{
    struct query *query = parse(text);
    struct sql sql = {0};
    struct query_error wrong;
    struct strbuf plan = {0};
    assert_true(query_sql_list(model, query, &sort, &sql, &wrong));
    char *asked = alloc_format("EXPLAIN QUERY PLAN %s", strbuf_text(&sql.text));
    struct db_statement *statement = prepare(model, asked, &sql);
    while (step(statement) == DB_ROW)
        strbuf_format(&plan, "%s\n", db_text(statement, 3));
    db_finish(statement);
    sql_clear(&sql);
    free(asked);
    query_free(query);
    return strbuf_take(&plan);
}

static void test_orders_stream_from_an_index(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *filter;
        enum sort_key key;
        const char *index;
    } plans[] = {
        {"", SORT_DUE, "USING INDEX task_due"},
        {"open", SORT_DUE, "USING INDEX task_open_due (is_open=?)"},
        {"-closed", SORT_DUE, "USING INDEX task_open_due (is_open=?)"},
        {"closed", SORT_DUE, "USING INDEX task_open_due (is_open=?)"},
        {"overdue", SORT_DUE, "USING INDEX task_open_due (is_open=? AND due_on<?)"},
        {"due_soon", SORT_DUE, "USING INDEX task_open_due (is_open=? AND due_on>? AND due_on<?)"},
        {"open due<2026-12-31", SORT_DUE, "USING INDEX task_open_due (is_open=? AND due_on<?)"},
        {"due<2026-12-31", SORT_DUE, "USING INDEX task_due (due_on<?)"},
        {"open percent<50", SORT_DUE, "USING INDEX task_open_due (is_open=?)"},
        {"", SORT_NUMBER, "USING COVERING INDEX task_list_order"},
        {"", SORT_PERCENT, "USING COVERING INDEX task_percent"},
        {"", SORT_UPDATED, "USING COVERING INDEX task_updated"},
        {"", SORT_STATE, "USING INDEX task_state (state=?)"},
        {"open", SORT_STATE, "USING INDEX task_state (state=?)"},
    };
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        for (int reverse = 0; reverse < 2; reverse++) {
            struct sort sort = {plans[i].key, reverse};
            char *plan = plan_of(fixture->model, plans[i].filter, sort);
            if (!strstr(plan, plans[i].index) || strstr(plan, "TEMP B-TREE"))
                print_message("%s: %s\n", plans[i].filter, plan);
            assert_non_null(strstr(plan, plans[i].index));
            assert_null(strstr(plan, "TEMP B-TREE"));
            free(plan);
        }
    }
}

/* --- many ----------------------------------------------------------------------------------- */

#define MANY 36000
static const char many_sql[] =
    "DELETE FROM objection; DELETE FROM publicity; DELETE FROM notice; DELETE FROM measure;"
    "DELETE FROM task_department; DELETE FROM task WHERE parent_id IS NOT NULL; DELETE FROM task;"
    "INSERT INTO task (id, source_id, number, position, title, state, percent, deadline, lead_id,"
    " region_id, reported_on, updated_at, version) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
    "SELECT"
    " i + 1 FROM n WHERE i < 36000) SELECT i, 1, i, i * 7919 % 36000, iif(i % 10 < 9, "
    "'辽河口湿地', '浑河')"
    " || iif(i % 3 = 0, '排污口 PM2.5', '违建'), CASE WHEN i % 8 = 0 THEN 'in_progress' WHEN i % 8 "
    "= 1 THEN"
    " 'submitted' WHEN i % 2 = 0 THEN 'not_started' ELSE 'closed' END, i * 31 % 101,"
    " date('2026-01-01', (i * 97 % 700) || ' days'), 1 + i % 10 / 9, iif(i % 11 > 9, 5, 4 + i % 2 "
    "* 4),"
    " iif(i % 5 = 0, '2026-11-02', '2026-11-16'), '2026-11-' || (10 + i % 12) || 'T00:00:00.000Z', "
    "1 FROM n;";

/* The task of a list that goes before the one it stands after; the count when there is none. */
static size_t out_of_order(
    struct model *model, const struct ids *ids, struct sort sort, size_t each)
{
    for (size_t i = 0; i + 1 < ids->count; i += i < 2050 && i > 1950 ? 1 : each) {
        bool before = false;
        struct error err;
        assert_true(query_sql_before(model, &sort, ids->id[i], ids->id[i + 1], &before, &err));
        if (!before)
            return i;
    }
    return ids->count;
}

/* Lists too long to be sorted are walked, their beginning apart: nothing is missing, double or out
 * of order where the two meet. */
static void test_many(void **state)
{
    struct fixture *fixture = *state;
    static const char *const filters[] = {
        "湿地",
        "open 湿地",
        "open region:盘锦",
        "湿地 违建",
        "pm2",
        "-湿地",
        "lead:生态环境厅 region:盘锦",
        "state:not_started,submitted",
        "unreported or 湿地",
        "湿地 or 浑河",
    };
    static const struct sort orders[] = {{SORT_DUE, false}, {SORT_DUE, true}, {SORT_NUMBER, true},
        {SORT_UPDATED, false}, {SORT_STATE, true}};
    write_sql(model_db(fixture->model), many_sql);
    refresh(model_db(fixture->model));
    for (size_t f = 0; f < sizeof filters / sizeof filters[0]; f++) {
        struct ids ids = list_ids(fixture->model, filters[f], by_due);
        assert_true(ids.count > 2500);
        check_members(fixture->model, filters[f], &ids, MANY, 61);
        check_condition(fixture->model, filters[f], ids.count);
        for (size_t o = 0; o < sizeof orders / sizeof orders[0]; o++) {
            struct ids sorted = list_ids(fixture->model, filters[f], orders[o]);
            assert_int_equal(sorted.count, ids.count);
            assert_int_equal(out_of_order(fixture->model, &sorted, orders[o], 997), sorted.count);
            free(sorted.id);
        }
        free(ids.id);
    }
}

int main(void)
{
    setenv("DUBAN_NOW", "2026-11-21T21:47:00+08:00", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_found_while_the_index_lags, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_index_behind_a_change, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_orders, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_before, set_up, tear_down),
        cmocka_unit_test(test_sort_names),
        cmocka_unit_test_setup_teardown(test_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reach_that_names_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rows_that_are_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mistakes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_many_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_largest_filters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_deepest_filters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_orders_stream_from_an_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
