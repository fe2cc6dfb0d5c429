/* alarm: what became late, what was objected, who has acknowledged it; against plain SQL asked
 * after every change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/found.h"
#include "model/alarm.h"
#include "model/undo.h"

#define TASK                                                                                       \
    "INSERT INTO task (id, source_id, number, title, state, deadline, region_id, lead_id, "        \
    "version) VALUES "
#define OBJECTION                                                                                  \
    "INSERT INTO publicity (id, task_id, starts_on, ends_on, days, event_seq) VALUES "             \
    "(1, 3, '2026-11-10', '2026-11-20', 7, 0);"                                                    \
    "INSERT INTO objection (id, publicity_id, task_id, raised_on, text, settled_on, event_seq) "   \
    "VALUES "

struct world {
    char path[256];
    struct model *model;
    date_t today, from;
};

static void set_moment(struct world *world, date_t day, int hour)
{
    char iso[11], now[40];
    snprintf(now, sizeof now, "%sT%02d:00:00+08:00", date_format(day, iso), hour);
    setenv("DUBAN_NOW", now, 1);
    world->today = day;
}

static struct world start(void *folder, const char *sql)
{
    struct world world = {0};
    set_moment(&world, date_make(2026, 11, 21), 8);
    database_make(folder_file(folder, "a.db", world.path));
    database_write(world.path, sql);
    world.model = database_open(world.path);
    world.from = alarm_first_day(world.model);
    return world;
}

static int tear_down(void **state)
{
    unsetenv("DUBAN_NOW");
    return folder_tear_down(state);
}

/* "overdue 3 11-21" and the like, sorted as read. */
static void tell(const struct alarms *alarms, struct strbuf *out)
{
    char since[11];
    for (size_t i = 0; i < alarms->count; i++)
        strbuf_format(out, "%s%s %lld %s", i > 0 ? ", " : "",
            alarm_kinds[alarms->item[i].kind].name, (long long)alarms->item[i].item_id,
            date_format(alarms->item[i].since, since) + 5);
}

static void expect_read(struct model *model, const char *filter, date_t from, const char *expected)
{
    struct error err = {0};
    struct query_error wrong;
    struct alarms alarms = {0};
    struct strbuf found = {0};
    struct query *query = NULL;
    assert_true(filter == NULL || query_parse(filter, &query, &wrong));
    if (!alarm_read(model, query, from, &alarms, &err))
        fail_msg("%s", err.text);
    tell(&alarms, &found);
    assert_string_equal(strbuf_text(&found), expected);
    strbuf_clear(&found);
    alarms_clear(&alarms);
    query_free(query);
}

static void acknowledge(struct model *model, date_t from, const char *person)
{
    struct error err = {0};
    struct alarms alarms = {0};
    if (!alarm_read(model, NULL, from, &alarms, &err) ||
        !alarm_acknowledge(model, &alarms, person, &err))
        fail_msg("%s", err.text);
    alarms_clear(&alarms);
}

/* A change as duban writes one: the row, and the line of the history. */
static void change(
    const struct world *world, int id, const char *field, const char *after, int64_t seq)
{
    struct strbuf sql = {0};
    char at[25];
    strbuf_format(&sql,
        "INSERT INTO event (seq, at, task_id, action) VALUES (%lld, '%s', %d, 'edit');"
        "INSERT INTO event_change SELECT %lld, '%s', coalesce(%s, ''), '%s' FROM task WHERE id = "
        "%d;"
        "UPDATE task SET %s = nullif('%s', ''), version = version + 1 WHERE id = %d",
        (long long)seq, date_moment_format(date_now(), at), id, (long long)seq, field, field, after,
        id, field, after, id);
    database_write(world->path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

/* --- what is one ----------------------------------------------------------------------------- */

static void a_day_makes_tasks_late(void **state)
{
    struct world world =
        start(*state, TASK "(1, 1, '1', '甲', 'in_progress', '2026-11-21', 3, 1, 1),"
                           "(2, 1, '2', '乙', 'in_progress', '2026-11-20', 4, 1, 1),"
                           "(3, 1, '3', '丙', 'submitted', '2026-11-19', 5, 2, 1),"
                           "(4, 1, '4', '丁', 'in_progress', '2026-11-18', 3, 1, 1),"
                           "(5, 1, '5', '戊', 'closed', '2026-11-20', 3, 1, 1),"
                           "(6, 1, '6', '己', 'in_progress', NULL, 3, 1, 1)");
    expect_read(world.model, NULL, world.from, "overdue 2 11-21, overdue 3 11-20");
    expect_read(world.model, "region:抚顺", world.from, "overdue 3 11-20");
    expect_read(world.model, NULL, world.today, "overdue 2 11-21");
    struct model *reach = database_open_reach(world.path, "lead:水利厅");
    expect_read(reach, NULL, world.from, "overdue 3 11-20");
    model_close(reach);
    set_moment(&world, world.today + 1, 0);
    expect_read(world.model, NULL, world.from, "overdue 1 11-22, overdue 2 11-21, overdue 3 11-20");
    expect_read(
        world.model, NULL, alarm_first_day(world.model), "overdue 1 11-22, overdue 2 11-21");
    model_close(world.model);
}

static void a_change_makes_tasks_late(void **state)
{
    struct world world =
        start(*state, TASK "(1, 1, '1', '甲', 'in_progress', '2026-12-31', 3, 1, 1),"
                           "(2, 1, '2', '乙', 'closed', '2026-01-31', 3, 1, 1),"
                           "(3, 1, '3', '丙', 'in_progress', '2026-01-31', 3, 1, 1),"
                           "(4, 1, '4', '丁', 'in_progress', '2026-11-20', 3, 1, 1)");
    acknowledge(world.model, world.from, "李娜");
    expect_read(world.model, NULL, world.from, "");
    change(&world, 1, "deadline", "2026-10-31", 10);
    change(&world, 2, "state", "in_progress", 11);
    change(&world, 3, "deadline", "2026-02-28", 12); /* was late, and is */
    expect_read(world.model, NULL, world.from, "overdue 1 11-21, overdue 2 11-21");
    /* late again after an extension: another alarm than the one that was acknowledged */
    change(&world, 4, "deadline", "2026-11-22", 13);
    set_moment(&world, world.today + 2, 9);
    expect_read(world.model, NULL, world.today, "overdue 4 11-23");
    model_close(world.model);
}

static void an_immediate_task_is_late_after_thirty_days(void **state)
{
    struct world world =
        start(*state, TASK "(1, 1, '1', '甲', 'in_progress', '2026-12-31', 3, 1, 1)");
    change(&world, 1, "assigned_on", "2026-10-21", 10);
    change(&world, 1, "deadline", "", 11);
    expect_read(world.model, NULL, world.from, "");
    change(&world, 1, "deadline_kind", "immediate", 12);
    expect_read(world.model, NULL, world.from, "overdue 1 11-21");
    change(&world, 1, "deadline_kind", "ongoing", 13);
    expect_read(world.model, NULL, world.from, "");
    model_close(world.model);
}

/* Scripts write by the machine's own clock, so this test goes by it too. */
static void what_a_script_does_counts_too(void **state)
{
    struct world world =
        start(*state, TASK "(3, 1, '3', '丙', 'publicised', '2199-12-31', 3, 1, 1),"
                           "(4, 1, '4', '丁', 'in_progress', '2199-12-31', 3, 1, 1);" OBJECTION
                           "(9, 1, 3, '2020-01-02', '旧', NULL, 0)");
    unsetenv("DUBAN_NOW");
    date_t from = alarm_first_day(world.model);
    expect_read(world.model, NULL, from, "");
    database_script(world.path,
        "UPDATE objection SET settled_on = '2020-01-03';"
        "INSERT INTO objection (id, publicity_id, task_id, raised_on, text) "
        "VALUES (10, 1, 3, '2020-01-12', '异味')");
    expect_read(world.model, NULL, from, "objection 10 01-12");
    database_script(world.path, "DELETE FROM objection; UPDATE task SET deadline = '2020-01-31' "
                                "WHERE id = 4");
    struct alarms alarms = {0};
    struct error err = {0};
    assert_true(alarm_read(world.model, NULL, from, &alarms, &err));
    assert_int_equal(alarms.count, 1);
    assert_int_equal(alarms.item[0].item_id, 4);
    alarms_clear(&alarms);
    model_close(world.model);
}

static void objections_until_they_are_settled(void **state)
{
    struct world world = start(*state, TASK
        "(3, 1, '3', '丙', 'publicised', '2027-12-31', 5, 1, 1);"
        "INSERT INTO event (seq, at, task_id, action) VALUES (5, '2026-11-18T02:00:00.000Z', 3, "
        "'object'), (6, '2026-11-21T00:00:00.000Z', 3, 'object');" OBJECTION
        "(1, 1, 3, '2026-11-18', '记下已久', NULL, 5), (2, 1, 3, '2026-11-18', '今日补记', NULL, "
        "6),"
        "(3, 1, 3, '2026-11-20', '昨日', NULL, 5), (4, 1, 3, '2026-11-20', '已处理', "
        "'2026-11-21', 5)");
    expect_read(world.model, NULL, world.from, "objection 3 11-20, objection 2 11-18");
    expect_read(world.model, "region:盘锦", world.from, "");
    database_write(world.path, "UPDATE task SET state = 'closed', version = version + 1");
    expect_read(world.model, NULL, world.from, "");
    model_close(world.model);
}

/* --- acknowledging --------------------------------------------------------------------------- */

static void the_first_name_stands(void **state)
{
    struct world world =
        start(*state, TASK "(2, 1, '2', '乙', 'in_progress', '2026-11-20', 4, 1, 1)");
    struct model *other = database_open(world.path);
    struct error err = {0};
    struct alarms held = {0};
    assert_true(alarm_read(other, NULL, world.from, &held, &err));
    int64_t before = model_known_seq(other);
    acknowledge(world.model, world.from, "李娜");
    assert_true(alarm_acknowledge(other, &held, "王强", &err));
    expect_read(other, NULL, world.from, "");
    assert_int_equal(
        database_number(world.path, "SELECT count(*) FROM acknowledgement WHERE kind = "
                                    "'overdue' AND item_id = 2 AND since = '2026-11-21' "
                                    "AND person = '李娜'"),
        1);
    /* one line of the history, which is how other walls hear of it */
    assert_int_equal(database_number(world.path, "SELECT count(*) FROM event WHERE task_id = 2 AND "
                                                 "action = 'acknowledge' AND note LIKE '%李娜'"),
        1);
    struct changes changes;
    int retry;
    model_poll(other, &changes, &retry);
    assert_true(changes.any);
    assert_int_equal(changes.count, 1);
    assert_int_equal(changes.tasks[0], 2);
    assert_true(model_known_seq(other) > before);
    struct events none = {0}; /* it is nothing that could be taken back */
    assert_false(undo_next(world.model, false, &none, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    struct found found;
    found_in_history(other, &found);
    found_expect_nothing(&found);
    alarms_clear(&held);
    model_close(other);
    model_close(world.model);
}

static void nothing_is_written_where_nothing_may_be(void **state)
{
    struct world world =
        start(*state, TASK "(2, 1, '2', '乙', 'in_progress', '2026-11-20', 4, 1, 1)");
    const struct person person = {
        .name = (char *)"大屏", .role = PERSON_VIEWER, .reach = (char *)""};
    const struct model_options options = {.path = world.path, .read_only = true, .person = &person};
    struct model *reader;
    struct error err = {0};
    struct alarms held = {0};
    assert_true(model_open(&options, &reader, &err));
    assert_true(alarm_read(reader, NULL, world.from, &held, &err));
    assert_int_equal(held.count, 1);
    assert_false(alarm_acknowledge(reader, &held, "李娜", &err));
    assert_int_equal(err.code, ERROR_READ_ONLY);
    model_close(reader);
    /* nor by a viewer who may write to the file */
    const struct model_options writing = {.path = world.path, .person = &person};
    assert_true(model_open(&writing, &reader, &err));
    err = (struct error){0};
    assert_false(alarm_acknowledge(reader, &held, "李娜", &err));
    assert_int_equal(err.code, ERROR_PERMISSION);
    assert_int_equal(database_number(world.path, "SELECT count(*) FROM acknowledgement"), 0);
    model_close(reader);
    acknowledge(world.model, world.from, "李娜");
    expect_read(world.model, NULL, world.from, "");
    alarms_clear(&held);
    model_close(world.model);
}

static void a_list_knows_its_own(void **state)
{
    (void)state;
    struct alarms alarms = {0};
    const struct alarm a = {ALARM_OVERDUE, 1, 1, 100, NULL};
    const struct alarm b = {ALARM_OBJECTION, 1, 1, 100, (char *)(uintptr_t) "异味"};
    const struct alarm c = {ALARM_OVERDUE, 1, 1, 101, NULL};
    assert_false(alarms_hold(&alarms, &a));
    alarms_add(&alarms, &a);
    alarms_add(&alarms, &b);
    assert_true(alarms_hold(&alarms, &a));
    assert_true(alarms_hold(&alarms, &b));
    assert_false(alarms_hold(&alarms, &c));
    alarms_clear(&alarms);
}

/* --- at random ------------------------------------------------------------------------------- */

enum { TASKS = 24, DAYS = 40, CHANGES = 6 };

static unsigned next_number(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

/* Who is late now, and since when: asked each time something happens. */
struct watched {
    date_t since[TASKS + 1];
    bool known[TASKS + 1]; /* acknowledged since then */
};

static void watch(const struct world *world, struct watched *watched)
{
    for (int id = 1; id <= TASKS; id++) {
        char sql[120], today[11];
        snprintf(sql, sizeof sql,
            "SELECT count(*) FROM task WHERE id = %d AND is_open AND due_on < '%s'", id,
            date_format(world->today, today));
        bool late = database_number(world->path, sql) > 0;
        if (late && watched->since[id] == DATE_NONE)
            watched->since[id] = world->today;
        if (!late || watched->since[id] == world->today)
            watched->known[id] &= late;
        if (!late)
            watched->since[id] = DATE_NONE;
    }
}

static int compare(const struct world *world, const struct watched *watched, date_t from)
{
    struct strbuf expected = {0};
    char since[11];
    int count = 0;
    for (date_t day = world->today; day >= from; day--)
        for (int id = 1; id <= TASKS; id++)
            if (watched->since[id] == day && !watched->known[id])
                strbuf_format(&expected, "%soverdue %d %s", count++ > 0 ? ", " : "", id,
                    date_format(day, since) + 5);
    expect_read(world->model, NULL, from, strbuf_text(&expected));
    strbuf_clear(&expected);
    return count;
}

static void change_something(const struct world *world, unsigned *seed, int64_t seq)
{
    static const char *const states[] = {"in_progress", "closed", "submitted"};
    static const char *const kinds[] = {"date", "immediate", "ongoing", "date_ongoing"};
    int id = 1 + (int)next_number(seed, TASKS);
    char day[11];
    date_format(world->today + (int)next_number(seed, 12) - 8, day);
    switch (next_number(seed, 6)) {
    case 0:
        change(world, id, "state", states[next_number(seed, 3)], seq);
        break;
    case 1:
        change(world, id, "deadline_kind", kinds[next_number(seed, 4)], seq);
        break;
    case 2:
        change(world, id, "assigned_on", day, seq);
        break;
    default:
        change(world, id, "deadline", day, seq);
    }
}

static void every_day_is_as_plain_sql_tells(void **state)
{
    struct world world = start(*state, "");
    struct watched watched = {0};
    struct strbuf sql = {0};
    unsigned seed = 5;
    int64_t seq = 1;
    int told = 0;
    strbuf_add(&sql, TASK);
    for (int id = 1; id <= TASKS; id++) {
        strbuf_format(&sql,
            "%s(%d, 1, '%d', '题', 'in_progress', date('2026-11-21', '%+d days'), 3, 1, 1)",
            id > 1 ? ", " : "", id, id, (int)next_number(&seed, 30) - 5);
        watched.since[id] = DATE_NONE;
    }
    database_write(world.path, strbuf_text(&sql));
    strbuf_clear(&sql);
    for (int id = 1; id <= TASKS; id++) { /* those late from the beginning */
        char text[80];
        snprintf(
            text, sizeof text, "SELECT julianday(due_on) - 2440587.5 FROM task WHERE id = %d", id);
        date_t due = (date_t)database_number(world.path, text);
        watched.since[id] = due < world.today ? due + 1 : DATE_NONE;
    }
    date_t from = world.from;
    for (int day = 0; day < DAYS; day++) {
        watch(&world, &watched);
        told += compare(&world, &watched, from);
        for (unsigned i = 0; i < next_number(&seed, CHANGES); i++) {
            change_something(&world, &seed, seq++);
            watch(&world, &watched);
        }
        compare(&world, &watched, from);
        if (next_number(&seed, 4) == 0) {
            acknowledge(world.model, from, "李娜");
            for (int id = 1; id <= TASKS; id++)
                watched.known[id] |= watched.since[id] != DATE_NONE && watched.since[id] >= from;
            compare(&world, &watched, from);
            from = alarm_first_day(world.model);
            seq = database_number(world.path, "SELECT coalesce(max(seq), 0) + 1 FROM event");
        }
        set_moment(&world, world.today + 1, 8);
    }
    assert_true(told > DAYS);
    model_close(world.model);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_day_makes_tasks_late),
        TEST(a_change_makes_tasks_late),
        TEST(an_immediate_task_is_late_after_thirty_days),
        TEST(what_a_script_does_counts_too),
        TEST(objections_until_they_are_settled),
        TEST(the_first_name_stands),
        TEST(nothing_is_written_where_nothing_may_be),
        TEST(a_list_knows_its_own),
        TEST(every_day_is_as_plain_sql_tells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
