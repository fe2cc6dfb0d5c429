/* Taking back: what somebody has built on stays, with a sentence that says so, though the fields of
 * the line are as it left them; and all else comes back as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/undo.h"

struct desk {
    char path[256];
    struct model *mine, *theirs;
};

/* Task 1 of 抚顺, in progress; two who may do everything. */
static struct desk open_desk(void **state)
{
    struct desk desk;
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", desk.path);
    database_make(desk.path);
    database_task(desk.path, 1, "辽河口湿地退养还湿");
    desk.mine = acting_open(desk.path, "李娜", PERSON_ADMIN, NULL);
    desk.theirs = acting_open(desk.path, "王强", PERSON_ADMIN, NULL);
    return desk;
}

static void close_desk(struct desk *desk)
{
    acting_whole(desk->mine);
    model_close(desk->mine);
    model_close(desk->theirs);
}

static const struct argument report[] = {{"text", "完成六成", NULL}, {"percent", "60", NULL}},
                             bare_report[] = {{"text", "本周", NULL},
                                 {"period", "2026-11-09", NULL}},
                             listed[] = {{"level", "listed", NULL}, {"reason", "逾期", NULL}},
                             reason[] = {{"reason", "核实", NULL}},
                             later[] = {{"deadline", "2027-06-30", NULL}, {"reason", "汛期", NULL}},
                             level[] = {{"level", "city", NULL}, {"conclusion", "符合", NULL}},
                             notice[] = {{"office", "整改办", NULL}, {"phone", "024-1", NULL},
                                 {"address", "沈阳", NULL}},
                             title[] = {{"title", "新任务", NULL}, {"source", "1", NULL},
                                 {"region", "3", NULL}, {"deadline", "2026-12-20", NULL}},
                             phone[] = {{"phone", "024-2", NULL}};

/* The task says what its last report says, so another's report stands upon mine. */
static void keeps_a_report_that_another_followed(void **state)
{
    struct desk desk = open_desk(state);
    acting_do(desk.mine, 1, "report", TOLD(report));
    acting_do(desk.theirs, 1, "report", TOLD(bare_report)); /* of the same week, changes nothing */
    acting_undo_refused(desk.mine, false, ERROR_REFUSED, "王强 has changed \"report\"");
    acting_undo(desk.theirs, false);
    acting_undo(desk.mine, false);
    /* and what was taken back from under it does not come again */
    acting_undo_refused(desk.theirs, true, ERROR_REFUSED, "李娜 has changed \"report\"");
    acting_undo(desk.mine, true);
    acting_undo(desk.theirs, true);
    assert_int_equal(database_number(desk.path, "SELECT count(*) FROM report"), 2);
    assert_int_equal(
        database_number(desk.path, "SELECT percent = 60 AND reported_on = '2026-11-09' FROM task"),
        1);
    close_desk(&desk);
}

/* Listed as long as one such notice stands. */
static void keeps_a_listing_that_another_followed(void **state)
{
    struct desk desk = open_desk(state);
    acting_do(desk.mine, 1, "notice", TOLD(listed));
    acting_do(desk.theirs, 1, "notice", TOLD(listed));
    acting_undo_refused(desk.mine, false, ERROR_REFUSED, "王强 has changed \"publicly listed\"");
    acting_do(desk.mine, 1, "lift", TOLD(reason)); /* one of two */
    acting_do(desk.theirs, 1, "lift", TOLD(reason));
    acting_undo_refused(desk.mine, false, ERROR_REFUSED, "王强 has changed \"publicly listed\"");
    acting_undo(desk.theirs, false);
    acting_undo(desk.mine, false);
    assert_int_equal(database_number(desk.path, "SELECT listed FROM task"), 1);
    close_desk(&desk);
}

/* Only one extension is asked for at a time, so a refusal stays once another was asked for. */
static void keeps_a_decision_that_was_answered(void **state)
{
    struct desk desk = open_desk(state);
    acting_do(desk.theirs, 1, "extend", TOLD(later));
    acting_do(desk.mine, 1, "refuse", TOLD(reason));
    acting_do(desk.theirs, 1, "extend", TOLD(later));
    acting_undo_refused(desk.mine, false, ERROR_REFUSED, "王强 has changed \"extension to\"");
    acting_undo(desk.theirs, false);
    acting_undo(desk.mine, false);
    close_desk(&desk);
}

/* What the workflow asked for before it let the task go on. */
static void keeps_what_the_state_rests_on(void **state)
{
    struct desk desk = open_desk(state);
    const struct argument measure[] = {{"measure.1", "拆除", NULL}},
                          done[] = {{"done.1", "2026-11-20", NULL}};
    acting_do(desk.theirs, 1, "edit", TOLD(measure));
    acting_do(desk.mine, 1, "edit", TOLD(done));
    acting_do(desk.theirs, 1, "submit", NULL, 0);
    acting_undo_refused(desk.mine, false, ERROR_REFUSED, "王强 has changed \"state\"");
    acting_do(desk.theirs, 1, "accept", NULL, 0);
    acting_do(desk.mine, 1, "pass", TOLD(level));
    acting_do(desk.theirs, 1, "publicise", TOLD(notice));
    acting_undo_refused(desk.mine, false, ERROR_REFUSED, "王强 has changed \"state\"");
    acting_undo(desk.theirs, false);
    acting_undo(desk.mine, false);
    assert_int_equal(database_number(desk.path, "SELECT count(*) FROM review"), 0);
    close_desk(&desk);
}

/* What looks as it was left may be another's word all the same. */
static void keeps_what_another_has_said_again(void **state)
{
    struct desk desk = open_desk(state);
    const struct argument other[] = {{"phone", "024-3", NULL}};
    acting_do(desk.mine, 1, "edit", TOLD(phone));
    acting_do(desk.theirs, 1, "edit", TOLD(other));
    acting_do(desk.theirs, 1, "edit", TOLD(phone));
    acting_undo_refused(desk.mine, false, ERROR_REFUSED, "王强 has changed \"phone\"");
    acting_undo(desk.theirs, false);
    acting_undo(desk.theirs, false);
    acting_undo(desk.mine, false);
    close_desk(&desk);
}

/* Another's word on something else hinders nothing but a change of the state. */
static void lets_others_be_at_work(void **state)
{
    struct desk desk = open_desk(state);
    acting_do(desk.mine, 1, "report", TOLD(report));
    acting_do(desk.theirs, 1, "edit", TOLD(phone));
    acting_undo(desk.mine, false);
    acting_do(desk.mine, 1, "submit", NULL, 0);
    acting_do(desk.theirs, 1, "notice", TOLD(listed));
    acting_undo_refused(desk.mine, false, ERROR_REFUSED, "王强 has worked on it since");
    close_desk(&desk);
}

/* --- new tasks ------------------------------------------------------------------------------- */

static void keeps_a_new_task_that_a_script_has_touched(void **state)
{
    struct desk desk = open_desk(state);
    acting_do(desk.mine, 0, "create", TOLD(title));
    database_script(desk.path, "UPDATE task SET phone = '024-9' WHERE id = 2");
    acting_undo_refused(desk.mine, false, ERROR_REFUSED, "a script outside duban has worked on it");
    assert_int_equal(database_number(desk.path, "SELECT count(*) FROM task"), 2);
    model_close(desk.mine);
    model_close(desk.theirs);
}

/* What was done to a task that is not there any more cannot be done again, even where it changed
 * no field. */
static void does_nothing_to_a_task_that_is_gone(void **state)
{
    struct desk desk = open_desk(state);
    int64_t id = acting_do(desk.mine, 0, "create", TOLD(title));
    acting_do(desk.theirs, id, "claim", NULL, 0);
    acting_undo_refused(desk.mine, false, ERROR_REFUSED, "王强 has worked on it");
    acting_undo(desk.theirs, false);
    acting_undo(desk.mine, false);
    acting_undo_refused(desk.theirs, true, ERROR_NOT_FOUND, "not yours to see any more");
    acting_undo(desk.mine, true);
    acting_undo(desk.theirs, true);
    close_desk(&desk);
}

static void leaves_a_number_to_who_has_it_now(void **state)
{
    struct desk desk = open_desk(state);
    acting_do(desk.mine, 0, "create", TOLD(title));
    acting_undo(desk.mine, false);
    assert_int_equal(acting_do(desk.theirs, 0, "create", TOLD(title)), 3); /* 2 is of the history */
    acting_undo_refused(desk.mine, true, ERROR_REFUSED, "The number 002 was given to another task");
    acting_undo(desk.theirs, false);
    acting_undo(desk.mine, true);
    assert_int_equal(
        database_number(desk.path, "SELECT count(*) FROM task WHERE id = 2 AND number = '002'"), 1);
    close_desk(&desk);
}

/* --- who may --------------------------------------------------------------------------------- */

static void asks_whether_the_role_still_may(void **state)
{
    struct desk desk = open_desk(state);
    struct model *reporter = acting_open(desk.path, "李娜", PERSON_REPORTER, NULL),
                 *viewer = acting_open(desk.path, "李娜", PERSON_VIEWER, NULL);
    const struct argument goal[] = {{"goal", "恢复", NULL}};
    acting_do(desk.mine, 1, "edit", TOLD(goal));
    acting_undo_refused(reporter, false, ERROR_PERMISSION, "may not change \"goal\"");
    acting_undo(desk.mine, false);
    acting_undo_refused(reporter, true, ERROR_PERMISSION, "may not change \"goal\"");
    acting_do(desk.mine, 1, "notice", TOLD(listed));
    acting_undo_refused(reporter, false, ERROR_PERMISSION, "it is for duty officer");
    acting_do(desk.mine, 0, "create", TOLD(title));
    acting_undo_refused(reporter, false, ERROR_PERMISSION, "may not make new tasks");
    acting_do(desk.mine, 1, "edit", TOLD(phone));
    acting_undo_refused(viewer, false, ERROR_PERMISSION, "may not change anything");
    acting_undo(reporter, false); /* a phone everybody changes */
    model_close(reporter);
    model_close(viewer);
    close_desk(&desk);
}

/* An action of the workflow can put a task out of its author's sight, and taking it back brings it
 * in again. */
static void brings_a_task_back_into_sight(void **state)
{
    struct desk desk = open_desk(state);
    struct model *department =
        acting_open(desk.path, "周敏", PERSON_DEPARTMENT, "region:抚顺 state:in_progress");
    static const struct argument done[] = {{"reason", "已完成", NULL}};
    acting_do(department, 1, "submit", TOLD(done));
    acting_refused(department, 1, "edit", TOLD(phone), ERROR_NOT_FOUND, "not yours to see");
    acting_undo(department, false);
    acting_do(department, 1, "edit", TOLD(phone));
    acting_do(department, 1, "submit", TOLD(done));
    /* but where others have gone on, it stays theirs, and nothing is said of them */
    acting_do(desk.theirs, 1, "accept", NULL, 0);
    acting_undo_refused(department, false, ERROR_NOT_FOUND, "not yours to see any more");
    model_close(department);
    close_desk(&desk);
}

/* What is given away by an edit its author could not bring back: it is refused, however it comes.
 */
static void gives_no_task_away(void **state)
{
    struct desk desk = open_desk(state);
    struct model *department = acting_open(desk.path, "周敏", PERSON_DEPARTMENT, "region:抚顺");
    const struct argument far[] = {{"region", "4", NULL}}, near[] = {{"region", "5", NULL}},
                          new_far[] = {title[0], title[1], {"region", "4", NULL}, title[3]};
    acting_refused(
        department, 1, "edit", TOLD(far), ERROR_PERMISSION, "would not be yours to see any more");
    acting_do(department, 1, "edit", TOLD(near));
    assert_int_equal(database_number(desk.path, "SELECT region_id FROM task"), 5);
    model_close(department);
    /* 周敏 sees less than before: what was an edit within is one across */
    department = acting_open(desk.path, "周敏", PERSON_DEPARTMENT, "region:抚顺县");
    acting_undo_refused(department, false, ERROR_PERMISSION, "would not be yours to see any more");
    assert_int_equal(database_number(desk.path, "SELECT region_id FROM task"), 5);
    /* moved by others it is theirs */
    acting_do(desk.theirs, 1, "edit", TOLD(far));
    acting_undo_refused(department, false, ERROR_NOT_FOUND, "not yours to see any more");
    /* and a new one must be in sight from the start */
    acting_refused(
        department, 0, "create", TOLD(new_far), ERROR_PERMISSION, "would not be yours to see");
    model_close(department);
    department = acting_open(desk.path, "周敏", PERSON_DEPARTMENT, "region:抚顺");
    acting_do(department, 0, "create", TOLD(title));
    acting_undo(department, false);
    acting_undo(department, true);
    assert_int_equal(database_number(desk.path, "SELECT count(*) FROM task"), 2);
    model_close(department);
    close_desk(&desk);
}

/* --- values ---------------------------------------------------------------------------------- */

/* What a script wrote comes back byte by byte, though screens show it scrubbed. */
static void brings_back_the_very_bytes(void **state)
{
    struct desk desk = open_desk(state);
    const struct argument goal[] = {{"goal", "恢复", NULL}};
    database_script(desk.path, "UPDATE task SET goal = 'a' || char(9) || 'b' || char(27) || '[1m'");
    acting_do(desk.mine, 1, "edit", TOLD(goal));
    acting_undo(desk.mine, false);
    assert_int_equal(database_number(desk.path,
                         "SELECT goal = 'a' || char(9) || 'b' || char(27) || '[1m' FROM task"),
        1);
    acting_undo(desk.mine, true);
    acting_undo(desk.mine, false);
    model_close(desk.mine);
    model_close(desk.theirs);
}

/* A row's id is not given again once the row was taken back: the history names it. */
static void gives_no_id_twice(void **state)
{
    struct desk desk = open_desk(state);
    database_write(desk.path,
        "INSERT INTO report (id, task_id, period_start, period_end, event_seq) "
        "VALUES (500, 1, '2026-10-05', '2026-10-11', 0)");
    for (int i = 0; i < 3; i++) {
        acting_do(desk.mine, 1, "report", TOLD(report));
        assert_int_equal(database_number(desk.path, "SELECT max(id) FROM report"), 501 + i);
        acting_undo(desk.mine, false);
    }
    acting_undo(desk.mine, true);
    assert_int_equal(database_number(desk.path, "SELECT max(id) FROM report"), 503);
    close_desk(&desk);
}

/* What the question before it showed is what is taken back, or nothing. */
static void takes_back_what_was_shown(void **state)
{
    struct desk desk = open_desk(state);
    struct error err = {0};
    struct events shown = {0}, undone = {0};
    acting_do(desk.mine, 1, "edit", TOLD(phone));
    assert_true(undo_next(desk.mine, false, &shown, &err));
    acting_do(desk.mine, 1, "report", TOLD(report));
    assert_false(undo_do(desk.mine, false, shown.event[0].seq, &undone, &err));
    assert_int_equal(err.code, ERROR_CONFLICT);
    events_clear(&undone);
    acting_undo(desk.mine, false);
    assert_true(undo_do(desk.mine, false, shown.event[0].seq, &undone, &err));
    events_clear(&undone);
    events_clear(&shown);
    acting_undo_refused(desk.mine, false, ERROR_NOT_FOUND, "nothing of yours");
    acting_undo_refused(desk.theirs, true, ERROR_NOT_FOUND, "nothing of yours");
    close_desk(&desk);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keeps_a_report_that_another_followed),
        TEST(keeps_a_listing_that_another_followed),
        TEST(keeps_a_decision_that_was_answered),
        TEST(keeps_what_the_state_rests_on),
        TEST(keeps_what_another_has_said_again),
        TEST(lets_others_be_at_work),
        TEST(keeps_a_new_task_that_a_script_has_touched),
        TEST(does_nothing_to_a_task_that_is_gone),
        TEST(leaves_a_number_to_who_has_it_now),
        TEST(asks_whether_the_role_still_may),
        TEST(brings_a_task_back_into_sight),
        TEST(gives_no_task_away),
        TEST(brings_back_the_very_bytes),
        TEST(gives_no_id_twice),
        TEST(takes_back_what_was_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
