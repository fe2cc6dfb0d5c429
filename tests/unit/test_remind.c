/* remind: the ladder day by day, missed days, moved dates, missing reports; claims between models.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/found.h"
#include "model/history.h"
#include "model/remind.h"

#define TASK                                                                                       \
    "INSERT INTO task (source_id, number, title, state, deadline, deadline_kind, lead_id, "        \
    "region_id, officer, phone, reported_on, version) VALUES "

struct world {
    char path[256];
    struct model *model;
};

static struct world start(void *folder, const char *sql)
{
    struct world world = {0};
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    database_make(folder_file(folder, "a.db", world.path));
    database_write(world.path, sql);
    world.model = database_open(world.path);
    return world;
}

static date_t day(const char *iso)
{
    date_t date = DATE_NONE;
    assert_true(date_parse(iso, &date));
    return date;
}

static void set_day(date_t date)
{
    char iso[11], now[40];
    snprintf(now, sizeof now, "%sT08:00:00+08:00", date_format(date, iso));
    setenv("DUBAN_NOW", now, 1);
}

static struct reminders plan_of(struct model *model, const char *filter)
{
    struct reminders due;
    struct query *query;
    struct query_error wrong;
    struct error err = {0};
    assert_true(query_parse(filter, &query, &wrong));
    if (!remind_plan(model, query, &due, &wrong, &err))
        fail_msg("%s", err.text);
    query_free(query);
    return due;
}

static bool claim(struct model *model, const struct reminder *reminder, bool again)
{
    struct error err = {0};
    bool claimed;
    if (!remind_claim(model, reminder, again, &claimed, &err))
        fail_msg("%s", err.text);
    return claimed;
}

static void handed(struct model *model, const struct reminder *reminder)
{
    struct error err = {0};
    if (!remind_handed(model, reminder, &err))
        fail_msg("%s", err.text);
}

static void release(struct model *model, const struct reminder *reminder)
{
    struct error err = {0};
    if (!remind_release(model, reminder, &err))
        fail_msg("%s", err.text);
}

/* Hands on what is due on a day, and adds it to the log: "11-21 001 before.7 (6); ". */
static void run_day(struct model *model, date_t date, struct strbuf *log)
{
    char iso[11];
    set_day(date);
    struct reminders due = plan_of(model, "");
    for (size_t i = 0; i < due.count; i++) {
        const struct reminder *reminder = &due.reminder[i];
        assert_true(claim(model, reminder, false));
        handed(model, reminder);
        strbuf_format(log, "%s %s %s (%d); ", date_format(date, iso) + 5,
            strchr(reminder->ident, '-') + 1, reminder->rung, reminder->days);
    }
    reminders_clear(&due);
}

static void expect_log(struct strbuf *log, const char *expected)
{
    assert_string_equal(strbuf_text(log), expected);
    strbuf_clear(log);
}

/* --- the ladder ------------------------------------------------------------------------------- */

static void each_rung_on_its_day(void **state)
{
    struct world world =
        start(*state, TASK "(3, '001', '退养还湿', 'in_progress', '2026-11-20', 'date', 1, 4, '', "
                           "'', '', 1)");
    struct strbuf log = {0};
    for (date_t date = day("2026-10-01"); date <= day("2027-01-31"); date++) {
        run_day(world.model, date, &log);
        run_day(world.model, date, &log); /* the second run of a day finds nothing */
    }
    expect_log(&log, "10-21 001 before.30 (30); 11-13 001 before.7 (7); 11-19 001 before.1 (1); "
                     "11-20 001 due (0); 11-21 001 after.1 (-1); 11-27 001 after.7 (-7); "
                     "12-05 001 after.15 (-15); 12-20 001 after.30 (-30); ");
    model_close(world.model);
}

static void of_missed_days_only_the_newest(void **state)
{
    struct world world =
        start(*state, TASK "(3, '001', '退养还湿', 'in_progress', '2026-11-20', 'date', 1, 4, '', "
                           "'', '', 1)");
    struct strbuf log = {0};
    static const char *const days[] = {
        "2026-10-20", "2026-11-08", "2026-11-12", "2026-11-22", "2026-11-23", "2027-06-01"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        run_day(world.model, day(days[i]), &log);
    expect_log(
        &log, "11-08 001 before.30 (12); 11-22 001 after.1 (-2); 06-01 001 after.30 (-193); ");
    assert_int_equal(
        database_number(world.path, "SELECT count(*) FROM reminder WHERE handed_at = 'skipped'"),
        5);
    assert_int_equal(database_number(world.path, "SELECT count(*) FROM reminder"), 8);
    model_close(world.model);
}

static void a_moved_date_begins_anew(void **state)
{
    struct world world =
        start(*state, TASK "(3, '001', '退养还湿', 'in_progress', '2026-11-20', 'date', 1, 4, '', "
                           "'', '', 1)");
    struct strbuf log = {0};
    run_day(world.model, day("2026-11-19"), &log);
    expect_log(&log, "11-19 001 before.1 (1); ");
    database_write(world.path, "UPDATE task SET deadline = '2026-12-10', version = version + 1");
    run_day(world.model, day("2026-11-19"), &log);
    run_day(world.model, day("2026-11-20"), &log);
    run_day(world.model, day("2026-12-03"), &log);
    expect_log(&log, "11-19 001 before.30 (21); 12-03 001 before.7 (7); ");
    database_write(world.path, "UPDATE task SET deadline = '2026-11-20', version = version + 1");
    run_day(world.model, day("2026-11-19"), &log);
    expect_log(&log, ""); /* that was told under this date already */
    model_close(world.model);
}

static void which_tasks_have_one(void **state)
{
    struct world world = start(*state,
        "UPDATE source SET rhythm = 'monthly' WHERE id = 3;" TASK
        "(3, '001', '已销号', 'closed', '2026-11-20', 'date', 1, 4, '', '', '', 1),"
        "(3, '002', '长期', 'in_progress', NULL, 'ongoing', 1, 4, '', '', '', 1),"
        "(3, '003', '立行立改', 'in_progress', '2026-10-21', 'immediate', 1, 4, '', '', "
        "'2026-10-01', 1),"
        "(3, '004', '无时限', 'in_progress', NULL, 'date', 1, 4, '', '', '2026-10-01', 1),"
        "(3, '005', '公示中', 'publicised', '2026-11-20', 'date_ongoing', NULL, 4, '', '', "
        "'2026-10-01', 1)");
    struct strbuf log = {0};
    run_day(world.model, day("2026-11-20"), &log);
    /* an immediate one is due 30 days after its date, and one that lasts owes its reports */
    expect_log(&log, "11-20 003 due (0); 11-20 005 due (0); 11-20 002 unreported (-20); ");
    model_close(world.model);
}

static void the_filter_and_the_reach(void **state)
{
    struct world world = start(*state,
        TASK "(3, '001', '一', 'in_progress', '2026-11-20', 'date', 1, 4, '', '', '', 1),"
             "(3, '002', '二', 'in_progress', '2026-11-20', 'date', 1, 3, '', '', '', 1)");
    struct reminders due = plan_of(world.model, "region:盘锦");
    assert_int_equal(due.count, 1);
    assert_string_equal(due.reminder[0].ident, "P-001");
    reminders_clear(&due);
    model_close(world.model);
    world.model = database_open_reach(world.path, "region:抚顺");
    due = plan_of(world.model, "");
    assert_int_equal(due.count, 1);
    assert_string_equal(due.reminder[0].ident, "P-002");
    reminders_clear(&due);
    struct query *query;
    struct query_error wrong;
    struct error err = {0};
    assert_true(query_parse("region:火星", &query, &wrong));
    assert_false(remind_plan(world.model, query, &due, &wrong, &err));
    assert_non_null(strstr(wrong.text, "火星"));
    assert_int_equal(due.count, 0);
    query_free(query);
    model_close(world.model);
}

static struct model *open_with(const char *path, const struct rules *rules, enum person_role role)
{
    struct error err = {0};
    struct model *model;
    const struct person person = {.name = (char *)"李娜", .role = role};
    const struct model_options options = {.path = path, .rules = rules, .person = &person};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

static void other_rungs_do_not_go_back(void **state)
{
    struct world world =
        start(*state, TASK "(3, '001', '退养还湿', 'in_progress', '2026-11-20', 'date', 1, 4, '', "
                           "'', '', 1)");
    struct strbuf log = {0};
    run_day(world.model, day("2026-11-27"), &log);
    expect_log(&log, "11-27 001 after.7 (-7); ");
    model_close(world.model);
    struct rules rules = {.remind_before = {{3}, 1}, .remind_after = {{5, 9}, 2}};
    world.model = open_with(world.path, &rules, PERSON_OFFICER);
    for (date_t date = day("2026-11-27"); date < day("2026-12-31"); date++)
        run_day(world.model, date, &log);
    expect_log(&log, "11-29 001 after.9 (-9); ");
    model_close(world.model);
    rules = (struct rules){0}; /* on the day itself alone */
    world.model = open_with(world.path, &rules, PERSON_ADMIN);
    database_write(world.path, "UPDATE task SET deadline = '2027-01-10', version = version + 1");
    for (date_t date = day("2026-12-01"); date < day("2027-02-28"); date++)
        run_day(world.model, date, &log);
    expect_log(&log, "01-10 001 due (0); ");
    model_close(world.model);
}

/* --- missing reports -------------------------------------------------------------------------- */

static void a_week_without_a_report(void **state)
{
    struct world world = start(
        *state, TASK "(1, '001', '养殖尾水', 'in_progress', NULL, 'ongoing', 1, 4, '', '', '', 1)");
    struct strbuf log = {0};
    for (date_t date = day("2026-11-14"); date <= day("2026-11-20"); date++) {
        run_day(world.model, date, &log);
        run_day(world.model, date, &log);
    }
    expect_log(&log, "11-14 001 unreported (-6); 11-16 001 unreported (-1); ");
    database_write(world.path,
        "UPDATE task SET reported_on = '2026-11-16', version = version + 1"); /* for this week */
    for (date_t date = day("2026-11-21"); date <= day("2026-11-29"); date++)
        run_day(world.model, date, &log);
    expect_log(&log, "");
    run_day(world.model, day("2026-12-02"), &log); /* nobody ran it on Monday: on Wednesday then */
    run_day(world.model, day("2026-12-03"), &log);
    expect_log(&log, "12-02 001 unreported (-3); ");
    model_close(world.model);
}

/* A month ends on any day; its report is asked for from the Monday after. */
static void a_month_without_a_report(void **state)
{
    struct world world = start(*state, TASK
        "(2, '001', '养殖尾水', 'in_progress', NULL, 'ongoing', 1, 4, '', '', '2026-10-01', 1)");
    struct strbuf log = {0};
    for (date_t date = day("2026-11-28"); date <= day("2027-01-09"); date++)
        run_day(world.model, date, &log);
    expect_log(&log, "12-07 001 unreported (-7); 01-04 001 unreported (-4); ");
    assert_int_equal(
        database_number(world.path, "SELECT count(*) FROM reminder WHERE due_on = '2026-11-01'"),
        1);
    model_close(world.model);
}

/* --- claims ----------------------------------------------------------------------------------- */

static const char one_due[] = TASK
    "(3, '001', '退养还湿', 'in_progress', '2026-11-20', 'date', 1, 4, '张伟', '0000-1', '', 1)";

static void one_of_two_gets_it(void **state)
{
    struct world world = start(*state, one_due);
    struct model *other = database_open(world.path);
    struct reminders ours = plan_of(world.model, ""), theirs = plan_of(other, "");
    assert_int_equal(ours.count, 1);
    assert_int_equal(theirs.count, 1);
    assert_string_equal(ours.reminder[0].officer, "张伟");
    assert_string_equal(ours.reminder[0].phone, "0000-1");
    assert_true(claim(world.model, &ours.reminder[0], false));
    assert_false(claim(other, &theirs.reminder[0], false));
    assert_false(claim(other, &theirs.reminder[0], true));
    release(world.model, &ours.reminder[0]); /* it failed: now the other may */
    assert_true(claim(other, &theirs.reminder[0], false));
    handed(other, &theirs.reminder[0]);
    assert_false(claim(world.model, &ours.reminder[0], false));
    reminders_clear(&ours);
    reminders_clear(&theirs);
    theirs = plan_of(other, "");
    assert_int_equal(theirs.count, 0);
    model_close(other);
    model_close(world.model);
}

static void what_died_is_unsure(void **state)
{
    struct world world = start(*state, one_due);
    struct reminders due = plan_of(world.model, "");
    assert_false(due.reminder[0].unsure);
    assert_true(claim(world.model, &due.reminder[0], false));
    reminders_clear(&due);
    model_close(world.model); /* and nothing more is heard of it */
    world.model = database_open(world.path);
    due = plan_of(world.model, "");
    assert_int_equal(due.count, 1);
    assert_true(due.reminder[0].unsure);
    assert_false(claim(world.model, &due.reminder[0], false));
    assert_true(claim(world.model, &due.reminder[0], true));
    release(world.model, &due.reminder[0]); /* it may have been told the first time */
    reminders_clear(&due);
    due = plan_of(world.model, "");
    assert_true(due.reminder[0].unsure);
    assert_true(claim(world.model, &due.reminder[0], true));
    handed(world.model, &due.reminder[0]);
    reminders_clear(&due);
    due = plan_of(world.model, "");
    assert_int_equal(due.count, 0);
    model_close(world.model);
}

/* What became of the task between the plan and the claim. */
static void a_claim_looks_again(void **state)
{
    struct world world = start(*state,
        TASK "(3, '001', '一', 'in_progress', '2026-11-20', 'date', 1, 4, '', '', '', 1),"
             "(3, '002', '二', 'in_progress', '2026-11-20', 'date', 1, 4, '', '', '', 1),"
             "(3, '003', '三', 'in_progress', '2026-11-20', 'date', 1, 4, '', '', '', 1),"
             "(3, '004', '四', 'in_progress', '2026-11-20', 'date', 1, 4, '', '', '', 1),"
             "(1, '005', '五', 'in_progress', NULL, 'ongoing', 1, 4, '', '', '', 1),"
             "(3, '006', '六', 'in_progress', '2026-11-20', 'date', 1, 4, '', '', '', 1)");
    struct reminders due = plan_of(world.model, "");
    assert_int_equal(due.count, 6);
    database_write(world.path,
        "UPDATE task SET state = 'closed', version = version + 1 WHERE id = 1;"
        "UPDATE task SET deadline = '2026-12-20', version = version + 1 WHERE id = 2;"
        "UPDATE task SET deadline_kind = 'ongoing', version = version + 1 WHERE id = 3;"
        "UPDATE task SET version = -1 WHERE id = 4; DELETE FROM task WHERE id = 4;"
        "UPDATE task SET reported_on = '2026-11-09', version = version + 1 WHERE id = 5;");
    for (size_t i = 0; i < due.count; i++)
        assert_true(claim(world.model, &due.reminder[i], false) == (due.reminder[i].task_id == 6));
    assert_int_equal(database_number(world.path, "SELECT count(*) FROM reminder"), 1);
    reminders_clear(&due);
    model_close(world.model);
}

static void who_may_hand_on(void **state)
{
    struct world world = start(*state, one_due);
    model_close(world.model);
    for (int role = 0; role < PERSON_ROLE_COUNT; role++) {
        struct error err = {0};
        bool claimed;
        world.model = open_with(world.path, NULL, (enum person_role)role);
        struct reminders due = plan_of(world.model, "");
        assert_int_equal(due.count, 1);
        bool may = remind_claim(world.model, &due.reminder[0], false, &claimed, &err);
        assert_true(may == (role == PERSON_OFFICER || role == PERSON_ADMIN));
        if (may)
            release(world.model, &due.reminder[0]);
        else
            assert_int_equal(err.code, ERROR_PERMISSION);
        reminders_clear(&due);
        model_close(world.model);
    }
}

static void not_who_may_no_longer(void **state)
{
    struct world world = start(*state, one_due);
    struct error err = {0};
    bool claimed;
    const struct model_options options = {.path = world.path, .as = "wang"};
    model_close(world.model);
    database_write(
        world.path, "INSERT INTO person (login, name, role) VALUES ('wang', '王强', 'officer')");
    assert_true(model_open(&options, &world.model, &err));
    struct reminders due = plan_of(world.model, "");
    database_write(world.path, "UPDATE person SET role = 'viewer', version = version + 1");
    assert_false(remind_claim(world.model, &due.reminder[0], false, &claimed, &err));
    assert_int_equal(err.code, ERROR_PERMISSION);
    assert_int_equal(database_number(world.path, "SELECT count(*) FROM reminder"), 0);
    reminders_clear(&due);
    model_close(world.model);
}

/* --- what is left of it ----------------------------------------------------------------------- */

static void the_history_tells_the_task_is_as_it_was(void **state)
{
    struct world world = start(*state, one_due);
    struct events events = {0};
    struct strbuf line = {0};
    struct error err = {0};
    struct found found;
    database_write(
        world.path, "UPDATE task SET updated_at = '2026-01-02T03:04:05.000Z', version = 5");
    run_day(world.model, day("2026-11-21"), &line);
    strbuf_clear(&line);
    assert_true(history_latest(world.model, 1, 5, &events, &err));
    assert_int_equal(events.count, 1);
    assert_string_equal(events.event[0].action, "remind");
    assert_string_equal(events.event[0].actor, "李娜");
    history_describe(world.model, &events.event[0], &line);
    assert_string_equal(strbuf_text(&line), "reminded: 1 day after 2026-11-20");
    strbuf_clear(&line);
    events_clear(&events);
    assert_int_equal(database_number(world.path, "SELECT version FROM task"), 5);
    assert_int_equal(database_number(world.path,
                         "SELECT count(*) FROM task WHERE updated_at = '2026-01-02T03:04:05.000Z'"),
        1);
    found_in_history(world.model, &found);
    found_expect_nothing(&found);
    model_close(world.model);
}

static void expect_text(struct model *model, const char *date, const char *expected)
{
    struct strbuf text = {0};
    set_day(day(date));
    struct reminders due = plan_of(model, "");
    assert_int_equal(due.count, 1);
    remind_text(model, &due.reminder[0], &text);
    assert_string_equal(strbuf_text(&text), expected);
    strbuf_clear(&text);
    reminders_clear(&due);
}

static void what_is_said(void **state)
{
    struct world world = start(*state, one_due);
    expect_text(world.model, "2026-11-13",
        "P-001 \"退养还湿\" is due on 2026-11-20: 7 days are left (lead: 省生态环境厅; region: "
        "盘锦市).");
    expect_text(world.model, "2026-11-19",
        "P-001 \"退养还湿\" is due on 2026-11-20: 1 day is left (lead: 省生态环境厅; region: "
        "盘锦市).");
    expect_text(world.model, "2026-11-20",
        "P-001 \"退养还湿\" is due today, 2026-11-20 (lead: 省生态环境厅; region: 盘锦市).");
    database_write(world.path,
        "UPDATE task SET lead_id = NULL, version = version + 1;"
        "INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES (3, 1, 1, 0)");
    expect_text(world.model, "2026-11-22",
        "P-001 \"退养还湿\" was due on 2026-11-20 and is 2 days overdue (lead: none; region: "
        "盘锦市 and 1 more).");
    database_write(world.path,
        "UPDATE source SET rhythm = 'weekly'; UPDATE task SET deadline_kind = 'ongoing', version = "
        "version + 1");
    model_close(world.model);
    world.model = database_open(world.path);
    expect_text(world.model, "2026-11-22",
        "P-001 \"退养还湿\" has no report for 2026-11-09 to 2026-11-15 (lead: none; region: "
        "盘锦市 and 1 more).");
    model_close(world.model);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_set_up, folder_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(each_rung_on_its_day),
        IN_A_FOLDER(of_missed_days_only_the_newest),
        IN_A_FOLDER(a_moved_date_begins_anew),
        IN_A_FOLDER(which_tasks_have_one),
        IN_A_FOLDER(the_filter_and_the_reach),
        IN_A_FOLDER(other_rungs_do_not_go_back),
        IN_A_FOLDER(a_week_without_a_report),
        IN_A_FOLDER(a_month_without_a_report),
        IN_A_FOLDER(one_of_two_gets_it),
        IN_A_FOLDER(what_died_is_unsure),
        IN_A_FOLDER(a_claim_looks_again),
        IN_A_FOLDER(who_may_hand_on),
        IN_A_FOLDER(not_who_may_no_longer),
        IN_A_FOLDER(the_history_tells_the_task_is_as_it_was),
        IN_A_FOLDER(what_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
