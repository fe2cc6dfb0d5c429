/* The handover: what changed since a point, counted again in plain SQL on random histories; points
 * and notes of several people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/handover.h"
#include "model/undo.h"
#include "model/workflow.h"

#define TASKS 300
#define LATER_NOW "2026-11-25T09:00:00+08:00"
#define MUST(call)                                                                                 \
    do {                                                                                           \
        struct error err = {0};                                                                    \
        if (!(call))                                                                               \
            fail_msg("%s", err.text);                                                              \
    } while (0)

static int use_clock(void **state)
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    return folder_set_up(state);
}

static int end_clock(void **state)
{
    unsetenv("DUBAN_NOW");
    return folder_tear_down(state);
}

static const char *make(void *folder, char path[static 256])
{
    database_make(folder_file(folder, "a.db", path));
    return path;
}

struct who {
    const char *login, *name, *reach;
    enum person_role role;
    moment_t as_of;
};
static struct model *open_as(const char *path, const struct who *who)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.login = (char *)who->login,
        .origin = (char *)who->login,
        .name = (char *)who->name,
        .role = who->role,
        .reach = (char *)who->reach};
    const struct model_options options = {.path = path,
        .as_of = who->as_of,
        .due_soon_days = 30,
        .due_urgent_days = 7,
        .person = &person};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}
static const struct who lina = {"lina", "李娜", NULL, PERSON_OFFICER, 0};
static const struct who wang = {"wangqiang", "王强", NULL, PERSON_ADMIN, 0};

static struct handover *read_since(struct model *model, const char *since)
{
    struct handover_since from;
    struct handover *handover = NULL;
    MUST(handover_since_find(model, since, &from, &err));
    MUST(handover_read(model, &from, &handover, &err));
    size_t sum = 0;
    for (int i = 0; i < HANDOVER_GROUP_COUNT; i++)
        sum += handover->size[i];
    assert_int_equal(sum, handover->count);
    for (size_t i = 1; i < handover->count; i++)
        assert_true(handover->item[i - 1].group <= handover->item[i].group);
    return handover;
}

static void mark(struct model *model, int64_t seq)
{
    const struct handover_point point = {true, seq, date_now()};
    MUST(handover_point_write(model, &point, &err));
}

/* --- which group ----------------------------------------------------------------------------- */

/* Every action of the workflow but the edit has a group of its own, and none of those is edits. */
static void test_every_action_has_a_group(void **state)
{
    (void)state;
    for (size_t i = 0; i < workflow_count; i++) {
        const struct event event = {.action = (char *)workflow[i].action};
        bool edit = strcmp(workflow[i].action, "edit") == 0;
        assert_int_equal(handover_group_of(&event) == HANDOVER_EDIT, edit);
    }
    struct event_change change = {(char *)"deadline_kind", (char *)"date", (char *)"ongoing"};
    struct event event = {.action = (char *)"edit", .changes = &change, .change_count = 1};
    assert_int_equal(handover_group_of(&event), HANDOVER_DEADLINE);
    event = (struct event){.action = (char *)"undo", .target = {1, (char *)"close"}};
    assert_int_equal(handover_group_of(&event), HANDOVER_MOVED);
    event.target.action = NULL;
    assert_int_equal(handover_group_of(&event), HANDOVER_EDIT);
}

static enum handover_group group_of(
    const char *action, const char *note, const char *field, const char *before, const char *after)
{
    struct event_change change = {(char *)field, (char *)before, (char *)after};
    const struct event event = {
        .action = (char *)action, .note = (char *)note, .changes = &change, .change_count = 1};
    return handover_group_of(&event);
}

/* What has a group of its own stands there whoever wrote it, alarms with what they were about. */
static void test_scripts_and_alarms_have_groups(void **state)
{
    (void)state;
    const char *outside = "outside", *known = "acknowledge";
    assert_int_equal(group_of(outside, "", "objection", "", "异议"), HANDOVER_OBJECTION);
    assert_int_equal(
        group_of(outside, "", "objection.settled_on", "", "2026-11-21"), HANDOVER_OBJECTION);
    assert_int_equal(group_of(outside, "", "notice.2", "", "letter"), HANDOVER_NOTICE);
    assert_int_equal(group_of(outside, "", "returned", "0", "1"), HANDOVER_RETURNED);
    assert_int_equal(group_of(outside, "", "returned", "1", "0"), HANDOVER_OUTSIDE);
    assert_int_equal(group_of(outside, "", "state", "closed", "in_progress"), HANDOVER_RETURNED);
    assert_int_equal(group_of(outside, "", "noticed", "", "x"), HANDOVER_OUTSIDE);
    assert_int_equal(group_of(known, "overdue 李娜", "", "", ""), HANDOVER_OVERDUE);
    assert_int_equal(group_of(known, "objection 李娜", "", "", ""), HANDOVER_OBJECTION);
}

/* --- random histories ------------------------------------------------------------------------ */

static unsigned next_number(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

static const struct {
    const char *action, *group;
} actions[] = {
    {"object", "objection"},
    {"settle", "objection"},
    {"return", "returned"},
    {"reopen", "returned"},
    {"notice", "notice"},
    {"reply", "notice"},
    {"extend", "deadline"},
    {"approve", "deadline"},
    {"submit", "moved"},
    {"close", "moved"},
    {"report", "report"},
    {"create", "new"},
    {"edit", "edit"},
    {"remind", "edit"},
};
enum { ACTIONS = sizeof actions / sizeof *actions };

/* Lines as duban leaves them; the tasks stay as they are. */
static void add_lines(const char *path, unsigned *seed, int count)
{
    struct strbuf sql = {0};
    for (int i = 0; i < count; i++)
        strbuf_format(&sql,
            "INSERT INTO event (at, actor, task_id, action) VALUES "
            "('2026-11-21T14:%02d:%02d.000Z', "
            "'王强', %u, '%s');",
            i / 60 % 60, i % 60, 1 + next_number(seed, TASKS),
            actions[next_number(seed, ACTIONS)].action);
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

/* By scripts: everything a due day depends on, tasks that come and go. */
static void change_tasks(const char *path, unsigned *seed, int count)
{
    static const char *const sets[] = {
        "deadline = date('2026-11-21', '%+d days')",
        "assigned_on = date('2026-11-21', '%+d days')",
        "deadline = NULL, percent = abs(%d)",
        "deadline_kind = 'immediate', percent = abs(%d)",
        "deadline_kind = 'ongoing', percent = abs(%d)",
        "deadline_kind = 'date', percent = abs(%d)",
        "state = 'closed', percent = abs(%d)",
        "state = 'in_progress', percent = abs(%d)",
    };
    struct strbuf sql = {0};
    strbuf_add(&sql, "PRAGMA foreign_keys = ON; BEGIN;");
    for (int i = 0; i < count; i++) {
        int days = (int)next_number(seed, 60) - 30;
        unsigned task = 1 + next_number(seed, TASKS);
        strbuf_add(&sql, "UPDATE task SET ");
        strbuf_format(&sql, sets[next_number(seed, 8)], days);
        strbuf_format(&sql, " WHERE id = %u;", task);
        if (i % 10 == 0)
            strbuf_format(&sql,
                "INSERT INTO task (source_id, number, title, region_id, deadline) SELECT 1, 'n' || "
                "max(id), 'new', 3, date('2026-11-21', '%+d days') FROM task;",
                days);
        if (i % 17 == 0)
            strbuf_format(&sql, "DELETE FROM task WHERE id = %u;", 1 + next_number(seed, TASKS));
    }
    strbuf_add(&sql, "COMMIT");
    database_script(path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

static void add_notices(const char *path, unsigned *seed, int count)
{
    struct strbuf sql = {0};
    for (int i = 0; i < count; i++)
        strbuf_format(&sql,
            "INSERT INTO notice (task_id, level, issued_on, reply_due, replied_on, event_seq) "
            "SELECT id, 'letter', '2026-11-01', date('2026-11-21', '%+d days'), %s, 1 FROM task "
            "WHERE id = %u;",
            (int)next_number(seed, 12) - 6, next_number(seed, 3) == 0 ? "'2026-11-20'" : "NULL",
            1 + next_number(seed, TASKS));
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

/* What the handover must hold, from the database alone: table then(task_id) are those overdue at
 * the point. %s: which tasks are in reach. */
static void expected_sql(struct strbuf *sql, int64_t since, const char *reach)
{
    strbuf_format(sql, "WITH w (grp, task_id, n, seq) AS ("
                       "SELECT CASE CASE WHEN e.action = 'outside' AND EXISTS (SELECT 1 FROM "
                       "event_change c WHERE c.seq = e.seq AND c.field = 'state' AND c.before = "
                       "'closed' AND c.after <> '') THEN 'return' ELSE e.action END "
                       "WHEN 'outside' THEN 'outside' ");
    for (int i = 0; i < ACTIONS; i++)
        strbuf_format(sql, "WHEN '%s' THEN '%s' ", actions[i].action, actions[i].group);
    strbuf_format(sql,
        "END, e.task_id, count(*), max(e.seq) FROM event e WHERE e.seq > %lld GROUP BY 1, 2 "
        "UNION ALL SELECT 'overdue', id, 0, 0 FROM task WHERE state <> 'closed' "
        "AND due_on < '2026-11-25' AND id NOT IN (SELECT task_id FROM overdue_then) "
        "UNION ALL SELECT 'notice', task_id, 0, 0 FROM notice WHERE replied_on IS NULL "
        "AND reply_due >= '2026-11-21' AND reply_due < '2026-11-25') "
        "SELECT group_concat(one, ' ') FROM (SELECT grp || ':' || task_id || ':' || sum(n) || ':' "
        "|| max(seq) AS one FROM w WHERE %s GROUP BY grp, task_id ORDER BY grp, task_id)",
        (long long)since, reach);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *sorted_words(char *text)
{
    char *word[4000], *rest = NULL;
    size_t count = 0;
    struct strbuf out = {0};
    for (char *at = strtok_r(text, " ", &rest); at != NULL; at = strtok_r(NULL, " ", &rest)) {
        assert_true(count < 4000);
        word[count++] = at;
    }
    qsort(word, count, sizeof *word, by_text);
    for (size_t i = 0; i < count; i++)
        strbuf_format(&out, "%s\n", word[i]);
    strbuf_add(&out, "");
    return strbuf_take(&out);
}

static char *expected(const char *path, int64_t since, const char *reach)
{
    struct error err = {0};
    struct db *db = NULL;
    struct db_statement *row;
    struct strbuf sql = {0};
    expected_sql(&sql, since, reach);
    if (!db_open(path, DB_READ_ONLY, &db, &err) || !db_prepare(db, strbuf_text(&sql), &row, &err) ||
        db_step(row, &err) != DB_ROW)
        fail_msg("%s", err.text);
    char *text = alloc_string(db_text(row, 0));
    db_finish(row);
    db_close(db);
    strbuf_clear(&sql);
    char *sorted = sorted_words(text);
    free(text);
    return sorted;
}

/* A deleted task has no row any more: its id is asked of its line. */
static int64_t task_of(const char *path, const struct handover_item *item)
{
    char sql[80];
    if (item->row.id != 0)
        return item->row.id;
    snprintf(sql, sizeof sql, "SELECT task_id FROM event WHERE seq = %lld", (long long)item->seq);
    return database_number(path, sql);
}

static char *found(const char *path, const struct handover *handover)
{
    struct strbuf text = {0};
    for (size_t i = 0; i < handover->count; i++) {
        const struct handover_item *item = &handover->item[i];
        strbuf_format(&text, "%s%s:%lld:%zu:%lld", i > 0 ? " " : "",
            handover_groups[item->group].name, (long long)task_of(path, item), item->count,
            (long long)item->seq);
        assert_true(item->words[0] != '\0' && item->text[0] != '\0');
    }
    strbuf_add(&text, "");
    char *sorted = sorted_words(text.text);
    strbuf_clear(&text);
    return sorted;
}

static void compare_with_sql(
    const char *path, const struct who *who, int64_t since, const char *reach)
{
    struct model *model = open_as(path, who);
    struct handover *handover = read_since(model, NULL);
    assert_int_equal(handover->since.kind, HANDOVER_SINCE_SEEN);
    assert_int_equal(handover->since.seq, since);
    assert_int_equal(handover->unread, 0);
    char *is = found(path, handover), *must = expected(path, since, reach);
    assert_string_equal(is, must);
    free(is);
    free(must);
    handover_free(handover);
    model_close(model);
}

static void remember_overdue(const char *path)
{
    database_write(path,
        "CREATE TABLE overdue_then AS SELECT id AS task_id FROM task WHERE state <> 'closed' AND "
        "due_on < '2026-11-21'");
}

static void random_history(void *folder, unsigned seed)
{
    static const struct who reporter = {"baixue", "白雪", "region:抚顺", PERSON_REPORTER, 0};
    char path[256], name[16];
    snprintf(name, sizeof name, "%u.db", seed);
    database_make(folder_file(folder, name, path));
    database_tasks(path, seed, TASKS);
    add_lines(path, &seed, 50);
    change_tasks(path, &seed, 20);
    remember_overdue(path);
    int64_t seen = database_number(path, "SELECT max(seq) FROM event");
    const struct who *people[] = {&lina, &reporter};
    for (int i = 0; i < 2; i++) {
        struct model *model = open_as(path, people[i]);
        mark(model, seen);
        model_close(model);
    }
    setenv("DUBAN_NOW", LATER_NOW, 1);
    add_lines(path, &seed, 150);
    change_tasks(path, &seed, 120);
    add_notices(path, &seed, 60);
    compare_with_sql(path, &lina, seen, "1 = 1");
    compare_with_sql(path, &reporter, seen,
        "task_id IN (SELECT task_id FROM task_region WHERE region_id IN (3, 5))");
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
}

static void test_random_histories(void **state)
{
    for (unsigned seed = 1; seed <= 8; seed++)
        random_history(*state, seed);
}

/* Late by a change of its own day, not by the calendar; a task made and taken back is no task. */
static void test_the_day_of_a_change(void **state)
{
    char path[256];
    make(*state, path);
    database_task(path, 1, "湿地");
    database_task(path, 2, "河道");
    struct model *model = open_as(path, &lina);
    mark(model, database_number(path, "SELECT max(seq) FROM event"));
    setenv("DUBAN_NOW", LATER_NOW, 1);
    database_script(path, "UPDATE task SET deadline_kind = 'date', deadline = '2020-01-02'; "
                          "UPDATE task SET title = '又改' WHERE id = 2; "
                          "DELETE FROM task WHERE id = 1");
    model_close(model);
    model = open_as(path, &lina);
    struct handover *handover = read_since(model, NULL);
    assert_int_equal(handover->size[HANDOVER_OVERDUE], 1);
    assert_int_equal(handover->item[0].row.id, 2);
    moment_t written = date_moment(date_local(handover->item[1].at).date, 0, 0);
    assert_int_equal(handover->item[0].at, written);
    assert_int_equal(handover->tasks, 2);
    assert_true(handover->count > handover->tasks);
    handover_free(handover);
    model_close(model);
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
}

/* --- since when ------------------------------------------------------------------------------ */

static void expect_since(
    struct model *model, const char *text, enum handover_since_kind kind, int64_t seq)
{
    struct handover_since since;
    MUST(handover_since_find(model, text, &since, &err));
    assert_int_equal(since.kind, kind);
    assert_int_equal(since.seq, seq);
}

static void refuse_since(struct model *model, const char *text)
{
    struct handover_since since;
    struct error err = {0};
    assert_false(handover_since_find(model, text, &since, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_true(err.text[0] != '\0');
}

/* Lines 1 to 9 at eight in the morning of 13 to 21 November, Beijing time. */
static void add_days(const char *path)
{
    struct strbuf sql = {0};
    for (int i = 1; i <= 9; i++)
        strbuf_format(&sql,
            "INSERT INTO event (at, actor, task_id, action) VALUES ('2026-11-%02dT00:00:00.000Z', "
            "'王强', 1, 'report');",
            12 + i);
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

static void test_since_when(void **state)
{
    char path[256];
    make(*state, path);
    struct model *model = open_as(path, &lina);
    expect_since(model, NULL, HANDOVER_SINCE_HOURS, 0); /* no history at all */
    expect_since(model, "2026-11-20", HANDOVER_SINCE_GIVEN, 0);
    database_task(path, 1, "湿地");
    add_days(path);
    int64_t first = database_number(path, "SELECT min(seq) FROM event WHERE action = 'report'");
    expect_since(model, NULL, HANDOVER_SINCE_HOURS, first + 7); /* from 20 November, 21:47 */
    expect_since(model, "2026-11-20", HANDOVER_SINCE_GIVEN, first + 6);
    expect_since(model, "2026-11-20T08:00", HANDOVER_SINCE_GIVEN, first + 6);
    expect_since(model, "2026-11-20T08:01", HANDOVER_SINCE_GIVEN, first + 7);
    expect_since(model, "2020-01-01", HANDOVER_SINCE_GIVEN, 0);
    expect_since(model, "3", HANDOVER_SINCE_GIVEN, 3);
    refuse_since(model, "2026-12-01");
    refuse_since(model, "yesterday");
    refuse_since(model, "");
    refuse_since(model, "-3");
    refuse_since(model, "99999999999999999999");
    database_write(path, "INSERT INTO duty (starts_at, ends_at, name) VALUES "
                         "('2026-11-10T00:00:00Z', '2026-11-11T00:00:00Z', '孙丽'), "
                         "('2026-11-19T00:00:00Z', '2026-11-21T00:00:00Z', '赵刚'), "
                         "('2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z', '李娜');");
    struct handover_since since;
    expect_since(model, NULL, HANDOVER_SINCE_SHIFT, first + 5); /* the shift before this one */
    MUST(handover_since_find(model, NULL, &since, &err));
    assert_string_equal(since.who, "赵刚");
    database_write(path, "DELETE FROM duty WHERE name <> '孙丽'");
    expect_since(model, NULL, HANDOVER_SINCE_HOURS, first + 7); /* that one ended long ago */
    mark(model, first + 3);
    expect_since(model, NULL, HANDOVER_SINCE_SEEN, first + 3);
    model_close(model);
}

/* --- points ---------------------------------------------------------------------------------- */

static void test_points_of_two_people(void **state)
{
    char path[256];
    make(*state, path);
    database_task(path, 1, "湿地");
    add_days(path);
    struct model *a = open_as(path, &lina), *b = open_as(path, &wang);
    struct handover_point point;
    mark(a, 4);
    MUST(handover_point_read(a, &point, &err));
    assert_true(point.there && point.seq == 4 && point.at == date_now());
    MUST(handover_point_read(b, &point, &err));
    assert_false(point.there);
    mark(b, 7);
    mark(a, 5);
    MUST(handover_point_read(b, &point, &err));
    assert_int_equal(point.seq, 7);
    MUST(handover_point_write(a, &(struct handover_point){.there = false}, &err));
    MUST(handover_point_read(a, &point, &err));
    assert_false(point.there);
    assert_int_equal(database_number(path, "SELECT count(*) FROM seen"), 1);
    model_close(a);
    model_close(b);
}

/* In the past a later point does not count, later lines and notes are not there, and nothing is
 * written. */
static void test_as_of(void **state)
{
    char path[256];
    struct who then = lina;
    struct error refused = {0};
    struct handover_note *notes;
    size_t count;
    make(*state, path);
    database_task(path, 1, "湿地");
    add_days(path);
    struct model *model = open_as(path, &lina);
    int64_t newest = database_number(path, "SELECT max(seq) FROM event");
    mark(model, newest);
    MUST(handover_note_write(model, "夜班", 0, newest, &err));
    model_close(model);
    then.as_of = date_moment(date_make(2026, 11, 19), 12, 0);
    model = open_as(path, &then);
    struct handover *handover = read_since(model, NULL);
    assert_int_equal(handover->since.kind, HANDOVER_SINCE_HOURS);
    assert_int_equal(handover->until_seq, newest - 2);
    assert_int_equal(handover->count, 1);
    assert_int_equal(handover->item[0].count, 1);
    handover_free(handover);
    MUST(handover_notes_read(model, 10, &notes, &count, &err));
    assert_int_equal(count, 0);
    assert_false(handover_point_write(model, &(struct handover_point){.there = true}, &refused));
    assert_int_equal(refused.code, ERROR_READ_ONLY);
    model_close(model);
}

/* --- notes ----------------------------------------------------------------------------------- */

static void refuse_note(struct model *model, const char *text, enum error_code code)
{
    struct error err = {0};
    assert_false(handover_note_write(model, text, 0, 1, &err));
    assert_int_equal(err.code, code);
}

static void test_notes(void **state)
{
    static const struct who viewer = {"v", "看客", NULL, PERSON_VIEWER, 0};
    char path[256];
    struct handover_note *notes;
    struct handover_point point;
    size_t count;
    make(*state, path);
    struct model *a = open_as(path, &lina), *b = open_as(path, &wang), *c = open_as(path, &viewer);
    database_write(
        path, "INSERT INTO person (login, name, role) VALUES ('lina', '李娜', 'officer')");
    refuse_note(a, "", ERROR_INPUT);
    refuse_note(a, " \n\t ", ERROR_INPUT);
    refuse_note(c, "看到了", ERROR_PERMISSION);
    char *large = alloc_zero(HANDOVER_NOTE_BYTES + 2, 1);
    memset(large, 'a', HANDOVER_NOTE_BYTES + 1);
    refuse_note(a, large, ERROR_INPUT);
    MUST(handover_point_read(a, &point, &err));
    assert_false(point.there); /* neither of both */
    large[HANDOVER_NOTE_BYTES] = '\0';
    MUST(handover_note_write(a, large, 0, 1, &err));
    free(large);
    MUST(handover_note_write(b, "\n 2-012 已催办 \x1b[31m\n\n明天\xe2\x80\xae回复\n", 3, 9, &err));
    MUST(handover_point_read(b, &point, &err));
    assert_int_equal(point.seq, 9);
    MUST(handover_notes_read(a, 10, &notes, &count, &err));
    assert_int_equal(count, 2);
    assert_string_equal(notes[0].person, "wangqiang"); /* nobody of that login is recorded */
    assert_string_equal(notes[0].text, "2-012 已催办 \uFFFD[31m\n\n明天\uFFFD回复");
    assert_false(notes[0].mine);
    assert_int_equal(notes[0].since_seq, 3);
    assert_int_equal(notes[0].until_seq, 9);
    assert_string_equal(notes[1].person, "李娜");
    assert_true(notes[1].mine);
    handover_notes_free(notes, count);
    MUST(handover_notes_read(a, 1, &notes, &count, &err));
    assert_int_equal(count, 1);
    handover_notes_free(notes, count);
    model_close(a);
    model_close(b);
    model_close(c);
}

/* Whoever does not see everything sees the notes of their like. */
static void test_notes_within_reach(void **state)
{
    static const struct who fushun = {"baixue", "白雪", "region:抚顺", PERSON_REPORTER, 0},
                            panjin = {"sun", "孙丽", "region:盘锦", PERSON_REPORTER, 0};
    char path[256];
    struct handover_note *notes;
    size_t count;
    make(*state, path);
    database_write(path,
        "INSERT INTO person (login, name, role, region_id) VALUES ('baixue', '白雪', 'reporter', "
        "3), ('zhou', '周明', 'reporter', 3), ('sun', '孙丽', 'reporter', 4);"
        "INSERT INTO handover_note (at, person, since_seq, until_seq, text) VALUES "
        "('2026-11-20T00:00:00Z', 'lina', 0, 1, 'office'), "
        "('2026-11-20T01:00:00Z', 'zhou', 0, 1, 'fushun'), "
        "('2026-11-20T02:00:00Z', 'sun', 0, 1, 'panjin');");
    struct model *a = open_as(path, &fushun), *b = open_as(path, &panjin),
                 *c = open_as(path, &lina);
    MUST(handover_notes_read(a, 10, &notes, &count, &err));
    assert_int_equal(count, 1);
    assert_string_equal(notes[0].text, "fushun");
    handover_notes_free(notes, count);
    MUST(handover_notes_read(b, 10, &notes, &count, &err));
    assert_int_equal(count, 1);
    assert_true(notes[0].mine);
    handover_notes_free(notes, count);
    MUST(handover_notes_read(c, 10, &notes, &count, &err));
    assert_int_equal(count, 3);
    handover_notes_free(notes, count);
    model_close(a);
    model_close(b);
    model_close(c);
}

/* --- what is told ---------------------------------------------------------------------------- */

static const struct handover_item *item_of(
    const struct handover *handover, enum handover_group group, int64_t task_id)
{
    for (size_t i = 0; i < handover->count; i++)
        if (handover->item[i].group == group && handover->item[i].row.id == task_id)
            return &handover->item[i];
    fail_msg("no item of task %lld in %s", (long long)task_id, handover_groups[group].name);
    return NULL;
}

/* People at work: several lines of a task are one, the newest words; what is taken back stands with
 * the action. */
static void test_real_lines(void **state)
{
    char path[256];
    make(*state, path);
    database_task(path, 1, "湿地");
    database_task(path, 2, "砂坑");
    struct model *model = open_as(path, &wang);
    int64_t seq = history_newest(model);
    char since[24];
    snprintf(since, sizeof since, "%lld", (long long)seq);
    acting_do(model, 1, "report",
        TOLD(((const struct argument[]){
            {.name = "text", .value = "补种"}, {.name = "percent", .value = "40"}})));
    acting_do(model, 1, "report",
        TOLD(((const struct argument[]){
            {.name = "text", .value = "完成"}, {.name = "percent", .value = "60"}})));
    acting_do(model, 2, "submit",
        TOLD(((const struct argument[]){{.name = "reason", .value = "已完成"}})));
    acting_undo(model, false);
    acting_do(
        model, 2, "edit", TOLD(((const struct argument[]){{.name = "phone", .value = "024-1"}})));
    struct handover *handover = read_since(model, since);
    assert_int_equal(handover->count, 3);
    const struct handover_item *item = item_of(handover, HANDOVER_REPORT, 1);
    assert_int_equal(item->count, 2);
    assert_string_equal(item->words, "report 60%");
    assert_string_equal(item->actor, "王强");
    assert_string_equal(item->row.title, "湿地");
    item = item_of(handover, HANDOVER_MOVED, 2);
    assert_int_equal(item->count, 2);
    assert_non_null(strstr(item->words, "undone"));
    item = item_of(handover, HANDOVER_EDIT, 2);
    assert_non_null(strstr(item->words, "024-1"));
    handover_free(handover);
    model_close(model);
}

/* Only the newest lines are read; those before are counted. */
static void test_long_absence(void **state)
{
    char path[256];
    make(*state, path);
    database_task(path, 1, "湿地");
    database_write(path,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5300) "
        "INSERT INTO event (at, actor, task_id, action) SELECT '2026-11-20T00:00:00.000Z', '王强', "
        "1, 'report' FROM n");
    struct model *model = open_as(path, &lina);
    struct handover *handover = read_since(model, "0");
    assert_int_equal(handover->count, 1);
    assert_int_equal(handover->item[0].count, HANDOVER_LINES);
    assert_int_equal(handover->unread, handover->until_seq - HANDOVER_LINES);
    handover_free(handover);
    model_close(model);
}

/* What scripts write is clean when it is read. */
static void test_hostile(void **state)
{
    char path[256];
    make(*state, path);
    database_task(path, 1, "湿地");
    database_script(path,
        "UPDATE task SET title = 'a' || char(27) || '[2J' || char(10) || 'b', phone = char(8238) "
        "WHERE id = 1; INSERT INTO event (actor, task_id, action, note) VALUES (char(27) || 'x', "
        "1, "
        "'edit', char(27) || char(10)); INSERT INTO event (task_id, action) VALUES (999, 'edit'), "
        "(NULL, 'import'); INSERT INTO seen VALUES ('lina', -5, 'never'); INSERT INTO "
        "handover_note (at, person, since_seq, until_seq, text) VALUES ('x', char(27), 9, -1, 'a' "
        "|| char(27) || char(10) || 'b')");
    struct model *model = open_as(path, &lina);
    struct handover *handover = read_since(model, NULL);
    assert_int_equal(handover->count, 4);
    for (size_t i = 0; i < handover->count; i++) {
        const struct handover_item *item = &handover->item[i];
        assert_true(text_is_clean(item->words, TEXT_ONE_LINE));
        assert_true(text_is_clean(item->text, TEXT_ONE_LINE));
        assert_true(text_is_clean(item->actor, TEXT_ONE_LINE));
        assert_true(item->row.id == 0 || text_is_clean(item->row.title, TEXT_ONE_LINE));
    }
    handover_free(handover);
    struct handover_note *notes;
    size_t count;
    database_write(path, "UPDATE handover_note SET at = '2026-11-01T00:00:00Z'");
    MUST(handover_notes_read(model, 10, &notes, &count, &err));
    assert_int_equal(count, 1);
    assert_true(text_is_clean(notes[0].person, TEXT_ONE_LINE));
    assert_true(text_is_clean(notes[0].text, TEXT_LINES));
    handover_notes_free(notes, count);
    model_close(model);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, use_clock, end_clock)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_action_has_a_group),
        TEST(test_scripts_and_alarms_have_groups),
        TEST(test_the_day_of_a_change),
        TEST(test_random_histories),
        TEST(test_since_when),
        TEST(test_points_of_two_people),
        TEST(test_as_of),
        TEST(test_notes),
        TEST(test_notes_within_reach),
        TEST(test_real_lines),
        TEST(test_long_absence),
        TEST(test_hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
