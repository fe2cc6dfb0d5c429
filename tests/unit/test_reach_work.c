/* Who may change what: every role and every action and field, on a task in reach and on one that is
 * not, and what a person may no more that was theirs when they came. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/alarm.h"
#include "model/draft.h"
#include "model/handover.h"
#include "model/remind.h"
#include "model/undo.h"

enum { MINE = 1, THEIRS = 2, NOBODYS = 99 };

/* Task 1 of 抚顺 and 2 of 沈阳, both late and with an objection each; 李娜 (lina) is recorded. */
static void make(void *folder, char path[static 256])
{
    folder_file(folder, "a.db", path);
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    database_make(path);
    database_task(path, 1, "甲");
    database_task(path, 2, "乙");
    database_write(path,
        "UPDATE task SET region_id = 2, version = version + 1 WHERE id = 2;"
        "UPDATE task SET deadline = '2026-11-20', version = version + 1;"
        "INSERT INTO measure (task_id, position, text, event_seq) VALUES (1, 1, '退养', 0), "
        "(2, 1, '退养', 0);"
        "INSERT INTO person (login, name, role, reach) VALUES ('lina', '李娜', 'officer', "
        "'region:抚顺')");
}

static struct model *open_as(const char *path, const char *login, bool read_only, moment_t as_of)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct model_options options = {.path = path,
        .due_soon_days = 30,
        .due_urgent_days = 7,
        .read_only = read_only,
        .as_of = as_of,
        .as = login};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

static int64_t lines(const char *path)
{
    return database_number(path, "SELECT coalesce(max(seq), 0) FROM event");
}

/* --- roles ---------------------------------------------------------------------------------------
 */

static const char letters[PERSON_ROLE_COUNT] = {'v', 'r', 'd', 'o', 'a'};

/* Who may: v viewer, r reporter, d department, o officer, a administrator. */
static const struct {
    const char *name, *who;
} actions[] = {
    {"report", "rdoa"},
    {"claim", "rdoa"},
    {"start", "rdoa"},
    {"submit", "rdoa"},
    {"accept", "doa"},
    {"pass", "doa"},
    {"return", "doa"},
    {"publicise", "oa"},
    {"object", "oa"},
    {"settle", "oa"},
    {"close", "oa"},
    {"reopen", "oa"},
    {"extend", "rdoa"},
    {"approve", "doa"},
    {"refuse", "doa"},
    {"notice", "oa"},
    {"reply", "rdoa"},
    {"lift", "oa"},
    {"edit", "rdoa"},
};
enum { ACTIONS = sizeof actions / sizeof *actions };

/* Of an edit; "" nobody, whatever the role. */
static const struct {
    const char *name, *who;
} edited[] = {
    {"title", "doa"},
    {"problem", "doa"},
    {"goal", "doa"},
    {"category", "doa"},
    {"region", "doa"},
    {"lead", "doa"},
    {"responsible", "doa"},
    {"cooperating", "doa"},
    {"supervisor", "oa"},
    {"sponsor", "doa"},
    {"officer", "rdoa"},
    {"phone", "rdoa"},
    {"assigned_on", "oa"},
    {"deadline_kind", "oa"},
    {"deadline_raw", "oa"},
    {"done_on", "rdoa"},
    {"measure.1", "doa"},
    {"due.1", "doa"},
    {"done.1", "rdoa"},
    {"waived.1", "rdoa"},
    {"deadline", ""},
    {"number", ""},
    {"source", ""},
    {"state", ""},
    {"percent", ""},
    {"listed", ""},
    {"parent", ""},
};
enum { EDITED = sizeof edited / sizeof *edited };

/* The code of what is said; ERROR_NONE: done. */
static enum error_code try(struct model *model, int64_t id, const char *action,
    const struct argument *argument, size_t count, struct error *err)
{
    struct outcome outcome;
    const struct request request = {.action = action, .argument = argument, .count = count};
    *err = (struct error){0};
    bool done = work_do(model, id, &request, &outcome, err);
    assert_int_equal(outcome.clash_count, 0);
    outcome_clear(&outcome);
    return done ? ERROR_NONE : err->code;
}

static bool may(const char *who, int role)
{
    return strchr(who, letters[role]) != NULL;
}

static void each_role_does_what_is_its_own(void **state)
{
    char path[256];
    struct error err;
    make(*state, path);
    assert_int_equal(ACTIONS, workflow_count);
    for (int role = 0; role < PERSON_ROLE_COUNT; role++) {
        struct model *model = acting_open(path, "李娜", (enum person_role)role, "region:抚顺");
        for (size_t i = 0; i < ACTIONS; i++) {
            int64_t before = lines(path);
            bool refused = try(model, MINE, actions[i].name, NULL, 0, &err) == ERROR_PERMISSION;
            if (refused == may(actions[i].who, role))
                fail_msg("%s as %s: %s", actions[i].name, person_roles[role].name, err.text);
            assert_true(!refused || lines(path) == before);
        }
        for (size_t i = 0; i < EDITED; i++) {
            const struct argument change[] = {{edited[i].name, "一", NULL}};
            int64_t before = lines(path);
            enum error_code code = try(model, MINE, "edit", TOLD(change), &err);
            bool refused = code == ERROR_PERMISSION || code == ERROR_REFUSED;
            if (refused == may(edited[i].who, role))
                fail_msg("%s as %s: %s", edited[i].name, person_roles[role].name, err.text);
            assert_true(!refused || lines(path) == before);
        }
        const struct argument made[] = {{"source", "1", NULL}, {"title", "新", NULL},
            {"region", "3", NULL}, {"deadline", "2027-01-01", NULL}};
        bool made_one = try(model, 0, "create", TOLD(made), &err) == ERROR_NONE;
        assert_int_equal(made_one, may("doa", role));
        model_close(model);
    }
}

/* --- out of reach ---------------------------------------------------------------------------- */

static void same_words(
    struct model *model, const char *action, const struct argument *argument, size_t count)
{
    struct error theirs, nobodys;
    enum error_code code = try(model, THEIRS, action, argument, count, &theirs);
    assert_int_equal(code, ERROR_NOT_FOUND);
    assert_int_equal(try(model, NOBODYS, action, argument, count, &nobodys), code);
    assert_string_equal(theirs.text, nobodys.text);
}

/* Whatever is asked of it, by whomever, rightly or wrongly told. */
static void a_task_out_of_reach_is_not_there(void **state)
{
    static const struct argument old[] = {{"phone", "1", "another"}},
                                 wrong[] = {{"nothing", "1", NULL}};
    char path[256], *value = NULL;
    struct error err = {0}, other = {0};
    make(*state, path);
    int64_t before = lines(path);
    for (int role = 0; role < PERSON_ROLE_COUNT; role++) {
        struct model *model = acting_open(path, "李娜", (enum person_role)role, "region:抚顺");
        for (size_t i = 0; i < ACTIONS; i++)
            same_words(model, actions[i].name, NULL, 0);
        for (size_t i = 0; i < EDITED; i++) {
            const struct argument change[] = {{edited[i].name, "1", NULL}};
            same_words(model, "edit", TOLD(change));
        }
        same_words(model, "edit", TOLD(old));
        same_words(model, "edit", TOLD(wrong));
        assert_false(work_current(model, THEIRS, "title", &value, &err));
        assert_int_equal(err.code, ERROR_NOT_FOUND);
        assert_false(work_current(model, NOBODYS, "title", &value, &other));
        assert_string_equal(err.text, other.text);
        model_close(model);
    }
    assert_int_equal(lines(path), before);
}

static void another_version_of_it_is_no_conflict(void **state)
{
    char path[256];
    static const struct argument phone[] = {{"phone", "1", NULL}};
    const struct request request = {.action = "edit", .argument = TOLD(phone), .version = 77};
    struct outcome outcome;
    struct error err = {0};
    make(*state, path);
    struct model *model = acting_open(path, "李娜", PERSON_OFFICER, "region:抚顺");
    assert_false(work_do(model, MINE, &request, &outcome, &err));
    assert_int_equal(err.code, ERROR_CONFLICT);
    assert_false(work_do(model, THEIRS, &request, &outcome, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    assert_int_equal(outcome.clash_count, 0);
    outcome_clear(&outcome);
    model_close(model);
}

/* Marked before it was moved away: the others are done, of this one nothing is said. */
static void of_many_it_is_one_that_is_not_there(void **state)
{
    static const struct argument phone[] = {{"phone", "024-1", NULL}},
                                 far[] = {{"region", "2", NULL}};
    static const int64_t ids[] = {MINE, THEIRS, NOBODYS};
    const struct request edit = {.action = "edit", .argument = TOLD(phone)},
                         move = {.action = "edit", .argument = TOLD(far)};
    char path[256];
    struct work_many many;
    struct error err = {0};
    make(*state, path);
    struct model *model = acting_open(path, "李娜", PERSON_OFFICER, "region:抚顺");
    for (int try_only = 1; try_only >= 0; try_only--) {
        assert_true(work_do_many(model, ids, 3, &edit, try_only, &many, &err));
        assert_int_equal(many.done, 1);
        assert_int_equal(many.why[1].code, ERROR_NOT_FOUND);
        assert_string_equal(many.why[1].text, many.why[2].text);
        work_many_clear(&many);
    }
    assert_int_equal(database_number(path, "SELECT phone = '' FROM task WHERE id = 2"), 1);
    int64_t before = lines(path);
    assert_false(work_do_many(model, ids, 1, &move, false, &many, &err)); /* given away */
    assert_int_equal(err.code, ERROR_PERMISSION);
    work_many_clear(&many);
    assert_int_equal(lines(path), before);
    assert_int_equal(database_number(path, "SELECT region_id FROM task WHERE id = 1"), 3);
    model_close(model);
}

static void no_draft_of_it_is_kept_or_told_of(void **state)
{
    char path[256];
    struct error err = {0}, other = {0};
    struct draft found = {0}, *list;
    size_t count;
    bool is;
    make(*state, path);
    struct model *model = acting_open(path, "李娜", PERSON_OFFICER, "region:抚顺");
    struct draft draft = {.context = (char *)"edit", .task_id = MINE};
    draft.item = calloc(1, sizeof *draft.item);
    draft.item[draft.count++] = (struct draft_item){
        .name = strdup("goal"), .base = strdup(""), .value = strdup("写到一半")};
    assert_true(draft_keep(model, &draft, true, &err));
    draft.task_id = THEIRS;
    assert_false(draft_keep(model, &draft, true, &err));
    draft.task_id = NOBODYS;
    assert_false(draft_keep(model, &draft, true, &other));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    assert_string_equal(err.text, other.text);
    /* moved away it is kept, and told of when it is back */
    for (int back = 0; back < 2; back++) {
        database_write(
            path, back ? "UPDATE task SET region_id = 3, version = version + 1 WHERE id = 1"
                       : "UPDATE task SET region_id = 2, version = version + 1 WHERE id = 1");
        assert_true(draft_list(model, &list, &count, &err));
        assert_int_equal(count, back);
        for (size_t i = 0; i < count; i++)
            draft_clear(&list[i]);
        free(list);
        assert_true(draft_find(model, "edit", MINE, &found, &is, &err));
        assert_int_equal(is, back);
        draft_clear(&found);
    }
    draft.context = NULL;
    draft_clear(&draft);
    model_close(model);
}

static void an_alarm_of_it_is_not_acknowledged(void **state)
{
    char path[256];
    struct alarms all = {0};
    struct error err = {0};
    make(*state, path);
    struct model *office = acting_open(path, "王强", PERSON_OFFICER, NULL);
    struct model *model = acting_open(path, "李娜", PERSON_OFFICER, "region:抚顺");
    assert_true(alarm_read(office, NULL, alarm_first_day(office), &all, &err));
    assert_int_equal(all.count, 2);
    assert_true(alarm_acknowledge(model, &all, "李娜", &err));
    assert_int_equal(database_number(path, "SELECT count(*) FROM acknowledgement"), 1);
    assert_int_equal(database_number(path, "SELECT item_id FROM acknowledgement"), MINE);
    alarms_clear(&all);
    model_close(office);
    model_close(model);
}

/* Planned before it was moved away. */
static void nobody_is_reminded_of_it(void **state)
{
    char path[256];
    struct reminders due;
    struct query_error wrong;
    struct error err = {0};
    const struct query all = {.kind = QUERY_ALL};
    bool claimed;
    make(*state, path);
    struct model *model = acting_open(path, "李娜", PERSON_OFFICER, "region:抚顺");
    assert_true(remind_plan(model, &all, &due, &wrong, &err));
    assert_true(due.count > 0);
    database_write(path, "UPDATE task SET region_id = 2, version = version + 1 WHERE id = 1");
    assert_true(remind_claim(model, &due.reminder[0], false, &claimed, &err));
    assert_false(claimed);
    assert_int_equal(database_number(path, "SELECT count(*) FROM reminder"), 0);
    reminders_clear(&due);
    model_close(model);
}

/* Whether a number is taken is told of a task only that would be seen. */
static void a_task_out_of_reach_tells_of_no_number(void **state)
{
    char path[256];
    make(*state, path);
    struct model *model = acting_open(path, "李娜", PERSON_OFFICER, "region:抚顺");
    static const char *const numbers[] = {"002", "777"};
    database_write(path, "UPDATE task SET number = '002', version = version + 1 WHERE id = 2");
    for (int i = 0; i < 4; i++) {
        struct error err = {0};
        struct outcome outcome;
        const struct argument told[] = {{"source", "1", NULL}, {"title", "新", NULL},
            {"region", i < 2 ? "2" : "3", NULL}, {"deadline", "2026-12-31", NULL},
            {"number", numbers[i % 2], NULL}};
        const struct request request = {.action = "create", .argument = TOLD(told)};
        bool done = work_do(model, 0, &request, &outcome, &err);
        assert_int_equal(done, i == 3);
        if (!done)
            assert_int_equal(err.code, i < 2 ? ERROR_PERMISSION : ERROR_INPUT);
        outcome_clear(&outcome);
    }
    model_close(model);
}

/* --- whoever may no more --------------------------------------------------------------------- */

static const struct argument told_phone[] = {{"phone", "024-9", NULL}};

static void expect(const char *what, bool done, const struct error *err, enum error_code code)
{
    if (done || err->code != code)
        fail_msg("%s: %s (%d), not %d", what, done ? "done" : err->text, err->code, code);
}

/* Every way to write, each refused; nothing is written. */
static void expect_all_refused(struct model *model, const char *path, enum error_code code)
{
    static const int64_t ids[] = {MINE};
    const struct request request = {.action = "edit", .argument = TOLD(told_phone)};
    const struct handover_point point = {true, 1, date_now()};
    struct alarms alarms = {0};
    struct reminders due = {0};
    struct query_error wrong;
    const struct query all = {.kind = QUERY_ALL};
    struct events undone = {0};
    struct outcome outcome;
    struct work_many many;
    struct error err = {0};
    bool claimed;
    int64_t before = lines(path);
    assert_true(alarm_read(model, NULL, alarm_first_day(model), &alarms, &err));
    assert_true(remind_plan(model, &all, &due, &wrong, &err));
    assert_true(due.count > 0 && alarms.count > 0);
    expect("one", work_do(model, MINE, &request, &outcome, &err), &err, code);
    outcome_clear(&outcome);
    expect("many", work_do_many(model, ids, 1, &request, false, &many, &err), &err, code);
    work_many_clear(&many);
    expect("undo", undo_do(model, false, 0, &undone, &err), &err, code);
    events_clear(&undone);
    expect("note", handover_note_write(model, "交班", 0, 1, &err), &err, code);
    expect("point", handover_point_write(model, &point, &err), &err, code);
    expect("alarm", alarm_acknowledge(model, &alarms, "李娜", &err), &err, code);
    expect("reminder", remind_claim(model, &due.reminder[0], false, &claimed, &err), &err, code);
    assert_int_equal(lines(path), before);
    assert_int_equal(
        database_number(path,
            "SELECT (SELECT count(*) FROM handover_note) + (SELECT count(*) FROM seen) + "
            "(SELECT count(*) FROM acknowledgement) + (SELECT count(*) FROM reminder)"),
        0);
    alarms_clear(&alarms);
    reminders_clear(&due);
}

/* The person is looked at again within the change itself. */
static void what_was_taken_from_a_person_counts_at_once(void **state)
{
    static const char *const taken[] = {
        "UPDATE person SET disabled = 1",
        "UPDATE person SET role = 'viewer'",
        "UPDATE person SET reach = 'region:沈阳'",
        "UPDATE person SET reach = ''",
        "UPDATE person SET region_id = 3",
        "UPDATE person SET department_id = 2",
        "DELETE FROM person",
    };
    char path[256];
    make(*state, path);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        database_write(path,
            "DELETE FROM person; INSERT INTO person (login, name, role, reach) VALUES "
            "('lina', '李娜', 'officer', 'region:抚顺')");
        struct model *model = open_as(path, "lina", false, 0);
        acting_do(model, MINE, "edit", TOLD(told_phone));
        acting_undo(model, false);
        database_write(path, taken[i]);
        expect_all_refused(model, path, ERROR_PERMISSION);
        model_close(model);
    }
}

static void nothing_is_written_by_a_reader_or_into_the_past(void **state)
{
    char path[256];
    make(*state, path);
    struct model *model = open_as(path, "lina", true, 0);
    expect_all_refused(model, path, ERROR_READ_ONLY);
    model_close(model);
    model = acting_open(path, "王强", PERSON_OFFICER, NULL);
    acting_do(model, MINE, "edit", TOLD(told_phone));
    model_close(model);
    setenv("DUBAN_NOW", "2026-11-21T23:00:00+08:00", 1);
    model = open_as(path, "lina", false, date_moment(date_make(2026, 11, 21), 22, 0));
    struct error err = {0};
    struct outcome outcome;
    const struct request request = {.action = "edit", .argument = TOLD(told_phone)};
    expect("one", work_do(model, MINE, &request, &outcome, &err), &err, ERROR_READ_ONLY);
    outcome_clear(&outcome);
    model_close(model);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_role_does_what_is_its_own),
        TEST(a_task_out_of_reach_is_not_there),
        TEST(another_version_of_it_is_no_conflict),
        TEST(of_many_it_is_one_that_is_not_there),
        TEST(no_draft_of_it_is_kept_or_told_of),
        TEST(an_alarm_of_it_is_not_acknowledged),
        TEST(nobody_is_reminded_of_it),
        TEST(a_task_out_of_reach_tells_of_no_number),
        TEST(what_was_taken_from_a_person_counts_at_once),
        TEST(nothing_is_written_by_a_reader_or_into_the_past),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
