#include "harness/busy.h"

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
#include "model/undo.h"
#include "model/work.h"

enum { TASKS = 48, PARTS = 8, STEPS = 110, PEOPLE = 4, MANY = 5 };

struct busy {
    unsigned chance;
    date_t today;
    struct model *person[PEOPLE];
};

static unsigned below(struct busy *busy, unsigned limit)
{
    busy->chance = busy->chance * 1664525u + 1013904223u;
    return (unsigned)((uint64_t)(busy->chance >> 8) * limit >> 24);
}

static void set_clock(date_t day, int hour)
{
    char text[11], now[64];
    snprintf(now, sizeof now, "%sT%02d:10:00+08:00", date_format(day, text), hour);
    setenv("DUBAN_NOW", now, 1);
}

/* --- people ------------------------------------------------------------------------------------
 */

static struct model *open_as(const struct person *person, const char *path, moment_t as_of)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct model_options options = {
        .path = path, .due_soon_days = 30, .due_urgent_days = 7, .as_of = as_of, .person = person};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

struct model *busy_open(const char *path, enum person_role role, const char *reach, moment_t as_of)
{
    const struct person person = {.login = (char *)"lina",
        .name = (char *)"李娜",
        .origin = (char *)"lina 10.0.0.1",
        .reach = (char *)reach,
        .role = role,
        .department_id = role == PERSON_DEPARTMENT ? 2 : 0};
    return open_as(&person, path, as_of);
}

static void open_people(struct busy *busy, const char *path)
{
    static const struct person people[PEOPLE] = {
        {.login = (char *)"wang", .name = (char *)"王强", .origin = (char *)"wang"},
        {.login = (char *)"lina2", .name = (char *)"李娜", .origin = (char *)"lina2 pts/1"},
        {.login = (char *)"zhao", .name = (char *)"赵刚", .origin = (char *)"zhao"},
        {.login = (char *)"lina", .name = (char *)"李娜", .origin = (char *)"lina 10.0.0.1"},
    };
    for (int i = 0; i < PEOPLE; i++) {
        struct person person = people[i];
        person.role = PERSON_ADMIN;
        busy->person[i] = open_as(&person, path, 0);
    }
}

/* --- what was there before ---------------------------------------------------------------------
 */

static void add_rows(struct busy *busy, const char *path, const char *reach)
{
    struct strbuf sql = {0};
    for (int i = 0; i < PARTS; i++)
        strbuf_format(&sql,
            "INSERT INTO task (source_id, number, part, parent_id, position, title, state, "
            "deadline, lead_id, region_id, version) SELECT source_id, number, %d, id, %d, '分解 "
            "%d', '%s', '2026-12-01', %u, %u, 1 FROM task WHERE id = %u;",
            i + 1, 500 + i, i, i % 2 ? "in_progress" : "submitted", 1 + below(busy, 4),
            2 + below(busy, 5), 1 + below(busy, TASKS));
    for (int i = 1; i <= TASKS; i++)
        strbuf_format(&sql,
            "INSERT INTO task_region (region_id, task_id, position, event_seq) SELECT %u, id, 1, 0 "
            "FROM task WHERE id = %d AND id %% 3 = 0 AND region_id <> %u;"
            "INSERT INTO task_department (department_id, task_id, role, event_seq) VALUES (%u, %d, "
            "'%s', 0);"
            "INSERT INTO measure (task_id, position, text, due_on, event_seq) VALUES (%d, 1, "
            "'退养还湿 %d', '2026-11-%02d', 0);",
            2 + (unsigned)i / 3 % 5, i, 2 + (unsigned)i / 3 % 5, 1 + below(busy, 4), i,
            below(busy, 2) ? "responsible" : "cooperating", i, i, 1 + i % 28);
    strbuf_format(&sql,
        "UPDATE task SET supervisor_id = 1 + id %% 3, category = iif(id %% 3 = 0, '水', '大气'), "
        "sponsor_id = iif(id %% 5 = 0, 1, NULL), version = version + 1;"
        "INSERT INTO person (login, name, role, reach) VALUES ('wang', '王强', 'officer', ''), "
        "('lina2', '李娜', 'officer', ''), ('zhao', '赵刚', 'officer', '%s'), "
        "('lina', '李娜', 'officer', '%s');"
        "INSERT INTO handover_note (at, person, since_seq, until_seq, text) VALUES "
        "('2026-11-02T00:00:00.000Z', 'wang', 0, 1, '别人的交班'), "
        "('2026-11-02T01:00:00.000Z', 'zhao', 0, 1, '同组的交班'), "
        "('2026-11-02T02:00:00.000Z', 'lina', 0, 1, '自己的交班');",
        reach != NULL ? reach : "", reach != NULL ? reach : "");
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

/* --- steps ---------------------------------------------------------------------------------------
 */

static void act(struct busy *busy, int64_t id, const char *action, const struct argument *argument,
    size_t count)
{
    struct error err = {0};
    struct outcome outcome;
    const struct request request = {.action = action, .argument = argument, .count = count};
    work_do(busy->person[below(busy, PEOPLE)], id, &request, &outcome, &err);
    outcome_clear(&outcome);
}

static void go_on(struct busy *busy, int64_t id)
{
    static const struct argument reason[] = {{"reason", "是", NULL}};
    static const struct argument pass[] = {{"level", "city", NULL}, {"conclusion", "通过", NULL}};
    static const struct argument public[] = {
        {"office", "甲", NULL}, {"phone", "024-1", NULL}, {"address", "甲", NULL}};
    static const struct argument object[] = {{"text", "异味", NULL}};
    static const struct argument settle[] = {{"settlement", "已处理", NULL}, {"upheld", "1", NULL}};
    static const struct argument close[] = {{"document", "文", NULL}};
    static const struct argument notice[] = {
        {"level", "letter", NULL}, {"reason", "慢", NULL}, {"reply_due", "2026-11-20", NULL}};
    static const struct argument reply[] = {{"reply", "已办", NULL}};
    static const struct argument report[] = {{"text", "周报", NULL}, {"percent", "40", NULL}};
    static const struct argument extend[] = {
        {"deadline", "2027-03-01", NULL}, {"reason", "冬季", NULL}};
    static const struct {
        const char *action;
        const struct argument *argument;
        size_t count;
    } steps[] = {{"start", NULL, 0}, {"submit", TOLD(reason)}, {"accept", NULL, 0},
        {"pass", TOLD(pass)}, {"return", TOLD(reason)}, {"publicise", TOLD(public)},
        {"object", TOLD(object)}, {"settle", TOLD(settle)}, {"close", TOLD(close)},
        {"reopen", TOLD(reason)}, {"notice", TOLD(notice)}, {"reply", TOLD(reply)},
        {"lift", TOLD(reason)}, {"report", TOLD(report)}, {"report", TOLD(report)},
        {"extend", TOLD(extend)}, {"approve", NULL, 0}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (below(busy, 3) == 0)
            act(busy, id, steps[i].action, steps[i].argument, steps[i].count);
}

static void edit(struct busy *busy, int64_t id)
{
    char unit[2][12];
    snprintf(unit[0], sizeof unit[0], "%u", 2 + below(busy, 5));
    snprintf(unit[1], sizeof unit[1], "%u", 1 + below(busy, 4));
    const struct argument changes[] = {{"region", unit[0], NULL}, {"lead", unit[1], NULL},
        {"responsible", unit[1], NULL}, {"supervisor", unit[1], NULL}, {"category", "土", NULL},
        {"title", "改过的题目", NULL}, {"measure.1", "退出 养殖", NULL}, {"officer", "张局", NULL}};
    size_t first = below(busy, 8);
    act(busy, id, "edit", &changes[first], 1);
}

static void edit_many(struct busy *busy)
{
    static const struct argument phone[] = {{"phone", "024-2", NULL}, {"officer", "李局", NULL}};
    static const struct argument region[] = {{"region", "3", NULL}};
    bool moves = below(busy, 4) == 0;
    const struct request request = {.action = "edit",
        .argument = moves ? region : phone,
        .count = 1 + (moves ? 0 : below(busy, 2))};
    int64_t ids[MANY];
    struct work_many many;
    struct error err = {0};
    for (int i = 0; i < MANY; i++)
        ids[i] = 1 + (below(busy, TASKS) + (unsigned)i) % TASKS;
    work_do_many(busy->person[below(busy, PEOPLE)], ids, MANY, &request, false, &many, &err);
    work_many_clear(&many);
}

static void make_one(struct busy *busy)
{
    char unit[2][12];
    snprintf(unit[0], sizeof unit[0], "%u", 2 + below(busy, 5));
    snprintf(unit[1], sizeof unit[1], "%u", 1 + below(busy, 3));
    const struct argument made[] = {{"source", unit[1], NULL}, {"title", "新任务", NULL},
        {"region", unit[0], NULL}, {"lead", unit[1], NULL}, {"deadline", "2026-11-18", NULL}};
    act(busy, 0, "create", TOLD(made));
}

static void take_back(struct busy *busy, bool redo)
{
    struct error err = {0};
    struct events undone = {0};
    if (undo_do(busy->person[below(busy, PEOPLE)], redo, 0, &undone, &err))
        events_clear(&undone);
}

static void do_one(struct busy *busy)
{
    unsigned what = below(busy, 20);
    int64_t id = 1 + below(busy, TASKS + PARTS);
    if (what < 6)
        go_on(busy, id);
    else if (what < 13)
        edit(busy, id);
    else if (what < 15)
        edit_many(busy);
    else if (what < 16)
        make_one(busy);
    else
        take_back(busy, what == 19);
}

void busy_make(const char *path, unsigned seed, const char *reach)
{
    struct busy busy = {.chance = seed * 2654435761u + 1, .today = date_make(2026, 10, 25)};
    set_clock(busy.today, 9);
    database_make(path);
    database_tasks(path, seed, TASKS);
    add_rows(&busy, path, reach);
    open_people(&busy, path);
    for (int i = 0; i < STEPS; i++) {
        set_clock(busy.today, 8 + (int)below(&busy, 10));
        do_one(&busy);
        if (i % 4 == 3)
            busy.today++;
    }
    for (int i = 0; i < PEOPLE; i++)
        model_close(busy.person[i]);
    database_write(path,
        "INSERT INTO draft (person, context, task_id, body, updated_at) SELECT 'lina', 'edit', id, "
        "'', '2026-11-20T00:00:00.000Z' FROM task WHERE id % 4 = 0");
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
}

/* --- the rest -------------------------------------------------------------------------------- */

size_t busy_ids(const char *path, const char *condition, moment_t as_of, int64_t *ids, size_t room)
{
    struct model *model = busy_open(path, PERSON_ADMIN, NULL, as_of);
    struct strbuf sql = {0};
    struct db_statement *rows;
    struct error err = {0};
    size_t count = 0;
    strbuf_format(&sql, "SELECT id FROM task WHERE %s ORDER BY id", condition);
    if (!db_prepare(model_db(model), strbuf_text(&sql), &rows, &err))
        fail_msg("%s", err.text);
    while (count < room && db_step(rows, &err) == DB_ROW)
        ids[count++] = db_int(rows, 0);
    db_finish(rows);
    strbuf_clear(&sql);
    model_close(model);
    return count;
}

/* What keeps the history as it is, and tells of what scripts do. */
static void add_drops(const char *path, struct strbuf *sql)
{
    struct model *model = busy_open(path, PERSON_ADMIN, NULL, 0);
    struct db_statement *rows;
    struct error err = {0};
    if (!db_prepare(model_db(model),
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND (name LIKE 'event%' OR name "
            "LIKE 'outside%')",
            &rows, &err))
        fail_msg("%s", err.text);
    while (db_step(rows, &err) == DB_ROW)
        strbuf_format(sql, "DROP TRIGGER %s;", db_text(rows, 0));
    db_finish(rows);
    model_close(model);
}

void busy_rest(const char *path, const char *copy, const int64_t *ids, size_t count)
{
    struct model *model = busy_open(path, PERSON_ADMIN, NULL, 0);
    struct strbuf sql = {0}, kept = {0};
    struct error err = {0};
    if (!db_backup(model_db(model), copy, &err))
        fail_msg("%s", err.text);
    model_close(model);
    strbuf_add(&kept, "0");
    for (size_t i = 0; i < count; i++)
        strbuf_format(&kept, ",%lld", (long long)ids[i]);
    add_drops(copy, &sql);
    strbuf_format(&sql,
        "DELETE FROM task WHERE id NOT IN (%s);"
        "DELETE FROM event_change WHERE seq IN (SELECT seq FROM event WHERE task_id NOT IN (%s));"
        "DELETE FROM event WHERE task_id NOT IN (%s);"
        "UPDATE event SET actor = '别人' WHERE task_id IS NULL AND origin NOT LIKE 'lina %%';"
        "DELETE FROM handover_note WHERE person = 'wang';",
        strbuf_text(&kept), strbuf_text(&kept), strbuf_text(&kept));
    database_script(copy, strbuf_text(&sql));
    strbuf_clear(&kept);
    strbuf_clear(&sql);
}
