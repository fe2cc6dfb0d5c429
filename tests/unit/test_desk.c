/* The desk: who owes what, section by section, for each role. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/desk.h"
#include "model/task_list.h"
#include "model/work.h"

#define TASKS 400
#define OWED "2026-11-09" /* the week whose report is owed at DATABASE_NOW, a Saturday */

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

/* --- a database, a person, their desk -------------------------------------------------------- */

static const char *make(void *folder, char path[static 256], const char *sql)
{
    database_make(folder_file(folder, "a.db", path));
    if (*sql != '\0')
        database_write(path, sql);
    return path;
}

/* Task NNN, id NNN: reported, due in a year; then as the SQL after SET says. */
static void add_task(struct strbuf *sql, int number, const char *set)
{
    strbuf_format(sql,
        "INSERT INTO task (id, source_id, number, position, title, state, deadline, lead_id, "
        "supervisor_id, region_id, reported_on, version) VALUES (%d, 1, '%03d', %d, '任务 %d', "
        "'in_progress', '2027-11-21', 2, 1, 3, '" OWED "', 1);",
        number, number, number, number);
    if (*set != '\0')
        strbuf_format(sql, "UPDATE task SET %s, version = version + 1 WHERE id = %d;", set, number);
}

static struct model *open_as(
    const char *path, enum person_role role, int64_t department_id, const char *reach)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.name = (char *)"王强",
        .role = role,
        .department_id = department_id,
        .reach = (char *)reach};
    const struct model_options options = {
        .path = path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

static struct desk *read_desk(struct model *model)
{
    struct error err = {0};
    struct desk *desk = NULL;
    if (!desk_read(model, &desk, &err))
        fail_msg("%s", err.text);
    return desk;
}

static struct desk_item *read_items(struct model *model, const struct desk *desk)
{
    struct error err = {0};
    struct desk_item *items = calloc(desk_count(desk) + 1, sizeof *items);
    if (!desk_items_read(model, desk, 0, desk_count(desk), items, &err))
        fail_msg("%s", err.text);
    return items;
}

static void free_items(struct desk_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        desk_item_clear(&items[i]);
    free(items);
}

/* "returned: 1 2; overdue: 3" */
static void describe(const struct desk *desk, struct strbuf *out)
{
    int section = -1;
    for (size_t i = 0; i < desk_count(desk); i++) {
        if (section != (int)desk_section_of(desk, i)) {
            section = (int)desk_section_of(desk, i);
            strbuf_format(out, "%s%s:", i > 0 ? "; " : "", desk_sections[section].name);
        }
        strbuf_format(out, " %lld", (long long)desk_id(desk, i));
    }
}

static void expect_desk(struct model *model, const char *expected)
{
    struct desk *desk = read_desk(model);
    struct strbuf found = {0};
    describe(desk, &found);
    assert_string_equal(strbuf_text(&found), expected);
    size_t sum = 0;
    for (int i = 0; i < DESK_SECTION_COUNT; i++)
        sum += desk_section_size(desk, (enum desk_section)i);
    assert_int_equal(sum, desk_count(desk));
    strbuf_clear(&found);
    desk_free(desk);
}

static void expect_as(
    const char *path, enum person_role role, int64_t department_id, const char *expected)
{
    struct model *model = open_as(path, role, department_id, "");
    expect_desk(model, expected);
    model_close(model);
}

/* The reason of the one task with `id`. */
static void expect_reason(struct model *model, int64_t id, const char *due, const char *reason)
{
    struct desk *desk = read_desk(model);
    struct desk_item *items = read_items(model, desk);
    size_t index;
    char iso[11];
    assert_true(desk_find(desk, id, &index));
    assert_int_equal(items[index].row.id, id);
    assert_string_equal(items[index].reason, reason);
    assert_string_equal(date_format(items[index].due, iso), due);
    free_items(items, desk_count(desk));
    desk_free(desk);
}

static void expect_reason_as(
    const char *path, enum person_role role, int64_t id, const char *due, const char *reason)
{
    struct model *model = open_as(path, role, 0, "");
    expect_reason(model, id, due, reason);
    model_close(model);
}

/* --- sections -------------------------------------------------------------------------------- */

static void each_section_has_its_tasks(void **state)
{
    struct strbuf sql = {0};
    char path[256];
    add_task(&sql, 1, "returned = 1");
    add_task(&sql, 2, "");
    add_task(&sql, 3, "deadline = '2026-11-20'");
    add_task(&sql, 4, "reported_on = '2026-11-02'");
    add_task(&sql, 5, "deadline = '2026-12-21'");
    add_task(&sql, 6, "");
    add_task(&sql, 7, "state = 'submitted', submitted_on = '2026-11-10'");
    add_task(&sql, 8, "state = 'closed', deadline = '2026-01-01', reported_on = ''");
    strbuf_add(&sql, "INSERT INTO notice (task_id, level, issued_on, reply_due) VALUES (2, "
                     "'letter', '2026-11-10', '2026-11-17')");
    make(*state, path, strbuf_text(&sql));
    expect_as(path, PERSON_OFFICER, 0,
        "returned: 1; reply_due: 2; to_decide: 7; overdue: 3; report_due: 4; due_soon: 5");
    expect_as(path, PERSON_REPORTER, 0,
        "returned: 1; reply_due: 2; overdue: 3; report_due: 4; due_soon: 5");
    expect_reason_as(path, PERSON_OFFICER, 1, "2027-11-21", "sent back by a check");
    expect_reason_as(
        path, PERSON_OFFICER, 2, "2026-11-17", "supervision letter of 11-10, not answered");
    expect_reason_as(path, PERSON_OFFICER, 3, "2026-11-20", "0% done, no work yet");
    expect_reason_as(path, PERSON_OFFICER, 4, "2026-11-15",
        "no report for 11-09 to 11-15 (every week), the last from 11-02");
    expect_reason_as(path, PERSON_OFFICER, 5, "2026-12-21", "0% done, no work yet");
    expect_reason_as(
        path, PERSON_OFFICER, 7, "2027-11-21", "submitted 11-10: to be taken for review");
    strbuf_clear(&sql);
}

static void a_task_stands_once_in_its_worst_section(void **state)
{
    struct strbuf sql = {0};
    char path[256];
    add_task(&sql, 1, "returned = 1, deadline = '2026-11-01', reported_on = ''");
    add_task(&sql, 2, "deadline = '2026-11-02', reported_on = ''");
    add_task(&sql, 3, "deadline = '2026-11-30', reported_on = ''");
    add_task(&sql, 4,
        "state = 'submitted', submitted_on = '2026-11-10', deadline = '2026-11-03', reported_on = "
        "''");
    strbuf_add(&sql,
        "INSERT INTO notice (task_id, level, document, issued_on, reply_due) VALUES"
        " (1, 'letter', '', '2026-11-10', '2026-11-17'), (2, 'letter', '辽督〔2026〕9号', "
        "'2026-11-10', '2026-11-20'), (2, 'talk', '', '2026-11-12', '2026-11-18');"
        "INSERT INTO extension (task_id, new_deadline, reason, asked_on) VALUES (1, '2027-03-31', "
        "'设备未到', '2026-10-30')");
    make(*state, path, strbuf_text(&sql));
    expect_as(path, PERSON_ADMIN, 0, "returned: 1; reply_due: 2; to_decide: 4; report_due: 3");
    expect_as(path, PERSON_REPORTER, 0, "returned: 1; reply_due: 2; overdue: 4; report_due: 3");
    /* what it owes besides is told, to whom it concerns */
    expect_reason_as(path, PERSON_ADMIN, 1, "2026-11-01",
        "sent back by a check; a decision waits; a report is owed");
    expect_reason_as(
        path, PERSON_REPORTER, 1, "2026-11-01", "sent back by a check; a report is owed");
    expect_reason_as(path, PERSON_REPORTER, 2, "2026-11-18",
        "summons to a talk of 11-12, not answered; a report is owed");
    expect_reason_as(
        path, PERSON_REPORTER, 4, "2026-11-03", "0% done, submitted for review; a report is owed");
    struct model *model = open_as(path, PERSON_ADMIN, 0, "");
    struct desk *desk = read_desk(model);
    struct desk_item *items = read_items(model, desk);
    assert_int_equal(items[0].also, DESK_BIT(DESK_REPLY_DUE) | DESK_BIT(DESK_TO_DECIDE) |
                                        DESK_BIT(DESK_OVERDUE) | DESK_BIT(DESK_REPORT_DUE));
    free_items(items, desk_count(desk));
    desk_free(desk);
    model_close(model);
    strbuf_clear(&sql);
}

static void replies_are_owed_near_their_day(void **state)
{
    struct strbuf sql = {0};
    char path[256];
    for (int number = 1; number <= 7; number++)
        add_task(&sql, number, "");
    strbuf_add(&sql,
        "INSERT INTO notice (task_id, level, issued_on, reply_due, replied_on, lifted_on) VALUES"
        " (1, 'letter', '2026-11-01', '2026-12-21', NULL, NULL)," /* the last day that is near */
        " (2, 'letter', '2026-11-01', '2026-12-22', NULL, NULL),"
        " (3, 'letter', '2026-11-01', '2026-11-10', '2026-11-09', NULL),"
        " (4, 'letter', '2026-11-01', '2026-11-10', NULL, '2026-11-12'),"
        " (5, 'letter', '2026-11-01', NULL, NULL, NULL),"
        " (6, 'letter', '2025-11-01', '2025-11-10', NULL, NULL),"
        " (7, 'letter', '2026-11-01', '2026-11-10', '2026-11-09', NULL),"
        " (7, 'criticism', '2026-11-11', '2026-11-25', NULL, NULL)");
    make(*state, path, strbuf_text(&sql));
    expect_as(path, PERSON_REPORTER, 0, "reply_due: 6 7 1");
    expect_reason_as(
        path, PERSON_REPORTER, 6, "2025-11-10", "supervision letter of 2025-11-01, not answered");
    strbuf_clear(&sql);
}

static void reports_are_owed_by_each_rhythm(void **state)
{
    struct strbuf sql = {0};
    char path[256];
    add_task(&sql, 1, "reported_on = ''");
    add_task(&sql, 2, "source_id = 2, reported_on = '2026-10-01'"); /* monthly */
    add_task(&sql, 3, "source_id = 2, reported_on = '2026-09-01'");
    add_task(&sql, 4, "source_id = 3, reported_on = ''"); /* asks for none */
    add_task(&sql, 5, "deadline = NULL, deadline_kind = 'ongoing', reported_on = '2026-11-02'");
    make(*state, path, strbuf_text(&sql));
    expect_as(path, PERSON_REPORTER, 0, "report_due: 1 3 5");
    expect_reason_as(path, PERSON_REPORTER, 1, "2026-11-15",
        "no report for 11-09 to 11-15 (every week), never yet");
    expect_reason_as(path, PERSON_REPORTER, 3, "2026-10-31",
        "no report for 10-01 to 10-31 (every month), the last from 09-01");
    strbuf_clear(&sql);
}

static void a_task_sent_back_says_why(void **state)
{
    struct strbuf sql = {0};
    char path[256];
    add_task(&sql, 1, "returned = 1");
    add_task(&sql, 2, "returned = 1");
    add_task(&sql, 3, "returned = 1");
    strbuf_add(&sql, "INSERT INTO review (task_id, level, result, conclusion, reviewed_on) VALUES"
                     " (1, 'county', 'returned', '管网未通', '2026-09-01'),"
                     " (1, 'province', 'returned', '台账不符', '2026-10-22'),"
                     " (1, 'city', 'passed', '通过', '2026-10-30'),"
                     " (2, 'city', 'returned', '资料不全', '2026-09-01');"
                     "INSERT INTO event (at, actor, task_id, action, note) VALUES"
                     " ('2026-10-22T03:00:00.000Z', '李娜', 1, 'return', '退回'),"
                     " ('2026-11-12T16:30:00.000Z', '李娜', 2, 'return', '异议成立，退回整改'),"
                     " ('2026-11-19T03:00:00.000Z', '李娜', 3, 'return', '')");
    make(*state, path, strbuf_text(&sql));
    expect_reason_as(path, PERSON_REPORTER, 1, "2027-11-21",
        "province's verification, sent back 10-22: 台账不符");
    /* half past midnight here */
    expect_reason_as(path, PERSON_REPORTER, 2, "2027-11-21", "sent back 11-13: 异议成立，退回整改");
    expect_reason_as(path, PERSON_REPORTER, 3, "2027-11-21", "sent back by a check");
    strbuf_clear(&sql);
}

/* --- decisions ------------------------------------------------------------------------------- */

/* Department 1 supervises 1 to 4, department 2 the others but 9, which none does. */
static void make_decisions(void *folder, char path[static 256])
{
    struct strbuf sql = {0};
    add_task(&sql, 1, "state = 'submitted', submitted_on = '2026-11-18'");
    add_task(&sql, 2, "state = 'in_review', submitted_on = '2026-11-12'");
    add_task(&sql, 3, "state = 'in_review', submitted_on = '2026-11-02'");
    add_task(&sql, 4, "state = 'in_progress'");
    add_task(&sql, 5, "state = 'submitted', submitted_on = '2026-11-16', supervisor_id = 2");
    add_task(&sql, 6, "state = 'publicised', supervisor_id = 2");
    add_task(&sql, 7, "state = 'publicised', supervisor_id = 2");
    add_task(&sql, 8, "state = 'publicised', supervisor_id = 2");
    add_task(&sql, 9, "state = 'in_review', submitted_on = '2026-11-13', supervisor_id = NULL");
    add_task(&sql, 10, "state = 'in_progress', done_on = '2026-10-21', supervisor_id = 2");
    add_task(&sql, 11, "state = 'in_progress', done_on = '2026-10-22', supervisor_id = 2");
    strbuf_add(&sql,
        "INSERT INTO review (task_id, level, result, reviewed_on) VALUES"
        " (2, 'province', 'passed', '2026-11-11')," /* of an earlier time */
        " (3, 'county', 'passed', '2026-11-05'), (3, 'city', 'passed', '2026-11-09');"
        "INSERT INTO extension (task_id, new_deadline, reason, asked_on, decided_on, approved) "
        "VALUES (4, '2026-03-31', '汛期', '2026-01-10', '2026-01-12', 1),"
        " (4, '2027-12-31', '设备未到', '2026-11-14', NULL, NULL);"
        "INSERT INTO publicity (id, task_id, starts_on, ends_on, days, day_kind) VALUES"
        " (1, 6, '2026-11-09', '2026-11-20', 10, 'working'),"
        " (2, 7, '2026-11-16', '2026-11-27', 10, 'working'),"
        " (3, 8, '2026-11-16', '2026-11-21', 5, 'working');"
        "INSERT INTO objection (publicity_id, task_id, raised_on, text) VALUES (2, 7, "
        "'2026-11-17', '仍有异味')");
    make(folder, path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

static void decisions_wait_for_a_role(void **state)
{
    char path[256];
    make_decisions(*state, path);
    /* 8 ends today and is not over; 11 was done 30 days ago, not more */
    expect_as(path, PERSON_OFFICER, 0, "to_decide: 10 3 9 4 5 7 1 6");
    expect_as(path, PERSON_ADMIN, 0, "to_decide: 10 3 9 4 5 7 1 6");
    expect_as(path, PERSON_DEPARTMENT, 1, "to_decide: 3 2 4 1");
    expect_as(path, PERSON_DEPARTMENT, 2, "to_decide: 5");
    expect_as(path, PERSON_DEPARTMENT, 3, "");
    expect_as(path, PERSON_REPORTER, 0, "");
    expect_as(path, PERSON_VIEWER, 0, "");
    /* of no department: the reach alone says */
    struct model *model = open_as(path, PERSON_DEPARTMENT, 0, "supervisor:水利厅");
    expect_desk(model, "to_decide: 5");
    model_close(model);
    model = open_as(path, PERSON_OFFICER, 0, "supervisor:水利厅");
    expect_desk(model, "to_decide: 10 5 7 6");
    model_close(model);
}

static void a_decision_says_what_is_to_be_done(void **state)
{
    char path[256];
    make_decisions(*state, path);
    struct model *model = open_as(path, PERSON_OFFICER, 0, "");
    expect_reason(model, 3, "2027-11-21",
        "city's acceptance passed 11-09: to be checked above, or made public");
    expect_reason(model, 4, "2027-11-21", "extension to 2027-12-31 asked for 11-14: 设备未到");
    expect_reason(model, 6, "2027-11-21", "public notice over since 11-20: to be closed");
    expect_reason(model, 7, "2027-11-21", "objection of 11-17: 仍有异味");
    expect_reason(model, 9, "2027-11-21", "in review, submitted 11-13: conclusion awaited");
    expect_reason(model, 10, "2027-11-21", "in progress; done for 31 days and not accepted");
    model_close(model);
    database_write(path,
        "UPDATE publicity SET ends_on = '2026-11-16' WHERE id = 1;"
        "DELETE FROM objection; DELETE FROM publicity WHERE id = 2;"
        "UPDATE task SET done_on = '2026-09-30', version = version + 1 WHERE id = 1");
    model = open_as(path, PERSON_OFFICER, 0, "");
    expect_desk(model, "to_decide: 7 10 3 9 4 6 5 1");
    expect_reason(model, 6, "2027-11-21",
        "public notice over since 11-16, but of 6 days where the rule asks 7");
    expect_reason(model, 7, "2027-11-21", "public notice without dates: to be recorded");
    expect_reason(model, 1, "2027-11-21",
        "submitted 11-18: to be taken for review; done for 52 days and not accepted");
    model_close(model);
}

/* Whether the workflow would let the action be done now. */
static bool is_possible(struct model *model, int64_t id, const char *action)
{
    struct error err = {0};
    struct task_detail *detail;
    assert_true(task_detail_read(model, id, &detail, &err));
    bool possible = work_possible(model, detail, workflow_find(action), &err);
    task_detail_free(detail);
    return possible;
}

/* A task is on an officer's desk for what the workflow lets them do with it. */
static void decisions_are_what_the_workflow_allows(void **state)
{
    char path[256];
    make_decisions(*state, path);
    /* 2: passed before it was submitted again; 6: a second notice, which begins before the first */
    database_write(path,
        "INSERT INTO event (task_id, action) VALUES (2, 'pass'), (2, 'submit'), (3, 'submit'), "
        "(3, 'pass'), (6, 'publicise'), (6, 'publicise');"
        "INSERT INTO event_change (seq, field, before, after) SELECT seq, 'state', "
        "'in_progress', 'submitted' FROM event WHERE action = 'submit';"
        "UPDATE task SET submitted_on = '2026-11-11', version = version + 1 WHERE id = 2;"
        "UPDATE review SET event_seq = (SELECT max(seq) FROM event e WHERE e.task_id = "
        "review.task_id AND action = 'pass');"
        "UPDATE publicity SET event_seq = (SELECT max(seq) - 1 FROM event WHERE task_id = 6) "
        "WHERE id = 1;"
        "INSERT INTO publicity (task_id, starts_on, ends_on, days, day_kind, event_seq) VALUES (6, "
        "'2026-11-02', '2026-11-27', 20, 'working', (SELECT max(seq) FROM event WHERE task_id = "
        "6))");
    static const struct {
        int64_t id;
        const char *action, *reason;
    } expected[] = {{1, "accept", "submitted"}, {2, "publicise", NULL}, {3, "publicise", "city's"},
        {4, "approve", "extension"}, {6, "close", NULL}, {7, "settle", "objection"},
        {8, "close", NULL}, {9, "pass", "in review"}};
    struct model *model = open_as(path, PERSON_OFFICER, 0, "");
    struct desk *desk = read_desk(model);
    struct desk_item *items = read_items(model, desk);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        size_t index;
        bool there = desk_find(desk, expected[i].id, &index);
        assert_int_equal(there, expected[i].reason != NULL);
        assert_int_equal(is_possible(model, expected[i].id, expected[i].action), there);
        if (there)
            assert_int_equal(
                strncmp(items[index].reason, expected[i].reason, strlen(expected[i].reason)), 0);
    }
    free_items(items, desk_count(desk));
    desk_free(desk);
    model_close(model);
}

/* --- reach, time ----------------------------------------------------------------------------- */

static void only_what_is_in_reach_is_there(void **state)
{
    struct strbuf sql = {0};
    char path[256];
    static const char *const owing[] = {"returned = 1", "", "state = 'submitted'",
        "deadline = '2026-11-01'", "reported_on = ''", "deadline = '2026-12-01'"};
    for (int i = 0; i < 12; i++) {
        add_task(&sql, 1 + i, owing[i / 2]);
        if (i % 2 == 1)
            strbuf_format(
                &sql, "UPDATE task SET region_id = 5, version = version + 1 WHERE id = %d;", 1 + i);
    }
    strbuf_add(&sql, "INSERT INTO notice (task_id, level, issued_on, reply_due) VALUES (3, "
                     "'letter', '2026-11-10', '2026-11-17'), (4, 'letter', '2026-11-10', "
                     "'2026-11-17')");
    make(*state, path, strbuf_text(&sql));
    struct model *model = open_as(path, PERSON_OFFICER, 0, "region:抚顺县");
    expect_desk(
        model, "returned: 2; reply_due: 4; to_decide: 6; overdue: 8; report_due: 10; due_soon: 12");
    /* one that leaves the reach after the desk was read is not told */
    struct desk *desk = read_desk(model);
    database_write(path, "UPDATE task SET region_id = 4, version = version + 1 WHERE id = 2;"
                         "DELETE FROM task WHERE id = 4");
    struct desk_item *items = read_items(model, desk);
    assert_int_equal(items[0].row.id, 0);
    assert_null(items[0].reason);
    assert_int_equal(items[1].row.id, 0);
    assert_int_equal(items[2].row.id, 6);
    free_items(items, desk_count(desk));
    desk_free(desk);
    model_close(model);
    strbuf_clear(&sql);
}

/* A Sunday turns into a Monday: another week is owed, and what was due is late. */
static void midnight_changes_what_is_owed(void **state)
{
    struct strbuf sql = {0};
    char path[256];
    add_task(&sql, 1, "deadline = '2026-11-22'");
    add_task(&sql, 2, "");
    add_task(&sql, 3, "deadline = '2026-12-23'");
    add_task(&sql, 4, "reported_on = '2026-11-16'");
    make(*state, path, strbuf_text(&sql));
    setenv("DUBAN_NOW", "2026-11-22T23:59:59+08:00", 1);
    struct model *model = open_as(path, PERSON_REPORTER, 0, "");
    expect_desk(model, "due_soon: 1");
    setenv("DUBAN_NOW", "2026-11-23T00:00:00+08:00", 1);
    expect_desk(model, "overdue: 1; report_due: 3 2");
    expect_reason(
        model, 2, "2026-11-22", "no report for 11-16 to 11-22 (every week), the last from 11-09");
    model_close(model);
    strbuf_clear(&sql);
}

static void days_are_left_to_the_day_of_the_debt(void **state)
{
    struct strbuf sql = {0};
    char path[256];
    add_task(&sql, 1, "reported_on = ''");
    add_task(&sql, 2, "returned = 1, deadline = NULL, deadline_kind = 'ongoing'");
    make(*state, path, strbuf_text(&sql));
    struct model *model = open_as(path, PERSON_REPORTER, 0, "");
    struct desk *desk = read_desk(model);
    struct desk_item *items = read_items(model, desk);
    int days;
    assert_int_equal(items[0].row.id, 2);
    assert_false(desk_days_left(&items[0], model_today(model), &days));
    assert_int_equal(items[1].row.id, 1);
    assert_true(desk_days_left(&items[1], model_today(model), &days));
    assert_int_equal(days, -6);
    free_items(items, desk_count(desk));
    desk_free(desk);
    model_close(model);
    strbuf_clear(&sql);
}

/* --- many ------------------------------------------------------------------------------------ */

/* The section a row alone tells; -1 none. */
static int section_by_row(const struct task_row *row, const struct today *today)
{
    if (row->returned)
        return DESK_RETURNED;
    if (task_is_overdue(row, today))
        return DESK_OVERDUE;
    if (task_is_unreported(row, today))
        return DESK_REPORT_DUE;
    return task_is_due_soon(row, today) ? DESK_DUE_SOON : -1;
}

static void the_desk_holds_what_rows_say(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 5, TASKS);
    static const char *const reaches[] = {"", "region:抚顺", "lead:水利厅 or lead:none"};
    for (size_t k = 0; k < sizeof reaches / sizeof *reaches; k++) {
        struct model *model = open_as(path, PERSON_REPORTER, 0, reaches[k]);
        struct desk *desk = read_desk(model);
        struct desk_item *items = read_items(model, desk);
        struct task_row rows[TASKS];
        struct error err = {0};
        int64_t ids[TASKS];
        size_t owing = 0, index;
        for (int i = 0; i < TASKS; i++)
            ids[i] = i + 1;
        assert_true(task_rows_read(model, ids, TASKS, rows, &err));
        for (int i = 0; i < TASKS; i++) {
            int section = rows[i].id ? section_by_row(&rows[i], model_today(model)) : -1;
            assert_int_equal(desk_find(desk, ids[i], &index), section >= 0);
            if (section < 0)
                continue;
            owing++;
            assert_int_equal(desk_section_of(desk, index), section);
            bool report = task_is_unreported(&rows[i], model_today(model));
            assert_int_equal((items[index].also & DESK_BIT(DESK_REPORT_DUE)) != 0,
                report && section != DESK_REPORT_DUE);
            assert_true(*items[index].reason != '\0');
        }
        assert_int_equal(owing, desk_count(desk));
        assert_true(owing > 20);
        for (int i = 0; i < TASKS; i++)
            task_row_clear(&rows[i]);
        free_items(items, desk_count(desk));
        desk_free(desk);
        model_close(model);
    }
}

/* Within a section the days of the debts ascend. */
static void the_worst_comes_first(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 6, TASKS);
    struct model *model = open_as(path, PERSON_REPORTER, 0, "");
    struct desk *desk = read_desk(model);
    struct desk_item *items = read_items(model, desk);
    for (size_t i = 1; i < desk_count(desk); i++) {
        assert_true(items[i].section >= items[i - 1].section);
        date_t before = items[i - 1].row.due_on, after = items[i].row.due_on;
        if (items[i].section == items[i - 1].section && after != DATE_NONE)
            assert_true(before != DATE_NONE && before <= after);
    }
    free_items(items, desk_count(desk));
    desk_free(desk);
    model_close(model);
}

/* --- whose desk ------------------------------------------------------------------------------ */

static void expect_person(
    const char *path, enum person_role role, const char *reach, const char *expected)
{
    struct model *model = open_as(path, role, 0, reach);
    struct strbuf line = {0};
    desk_person(model, &line);
    assert_string_equal(strbuf_text(&line), expected);
    strbuf_clear(&line);
    model_close(model);
}

static void the_person_is_named_with_role_and_reach(void **state)
{
    char path[256];
    make(*state, path, "");
    expect_person(path, PERSON_REPORTER, "region:抚顺县", "王强 reporter 抚顺县");
    expect_person(path, PERSON_REPORTER, "region:\"210421\"", "王强 reporter 抚顺县");
    expect_person(path, PERSON_OFFICER, "", "王强 officer 辽宁");
    expect_person(path, PERSON_DEPARTMENT,
        "lead:省水利厅 or responsible:水利厅 or supervisor:水利厅", "王强 dept. 水利厅");
    expect_person(
        path, PERSON_DEPARTMENT, "lead:水利厅 region:盘锦", "王强 dept. lead:水利厅 region:盘锦");
    expect_person(path, PERSON_VIEWER, "-region:盘锦", "王强 viewer -region:盘锦");
    expect_person(path, PERSON_VIEWER, "source:L1", "王强 viewer 抚顺县问题清单");
}

static void section_names_are_whole(void **state)
{
    (void)state;
    for (int i = 0; i < DESK_SECTION_COUNT; i++) {
        assert_true(*desk_sections[i].name && *desk_sections[i].label);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(desk_sections[i].name, desk_sections[k].name);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, use_clock, end_clock)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_section_has_its_tasks),
        TEST(a_task_stands_once_in_its_worst_section),
        TEST(replies_are_owed_near_their_day),
        TEST(reports_are_owed_by_each_rhythm),
        TEST(a_task_sent_back_says_why),
        TEST(decisions_wait_for_a_role),
        TEST(a_decision_says_what_is_to_be_done),
        TEST(decisions_are_what_the_workflow_allows),
        TEST(only_what_is_in_reach_is_there),
        TEST(midnight_changes_what_is_owed),
        TEST(days_are_left_to_the_day_of_the_debt),
        TEST(the_desk_holds_what_rows_say),
        TEST(the_worst_comes_first),
        TEST(the_person_is_named_with_role_and_reach),
        TEST(section_names_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
