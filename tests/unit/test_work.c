/* What people do to tasks: the life of one, edits that meet, many at once, and taking back. */
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
#include "model/counts.h"
#include "model/history.h"
#include "model/undo.h"
#include "model/work.h"

#define ARGUMENTS(list) list, sizeof list / sizeof *list

static struct model *open_as(const char *path, const char *name, enum person_role role)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.name = (char *)name, .role = role};
    const struct model_options options = {
        .path = path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

/* Task 1 of 抚顺, in progress, due 2026-12-31, and the model of an administrator. */
static struct model *made(void **state, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    database_task(path, 1, "辽河口湿地退养还湿");
    return open_as(path, "李娜", PERSON_ADMIN);
}

static bool act(struct model *model, const char *action, const struct argument *argument,
    size_t count, struct error *err)
{
    const struct request request = {.action = action, .argument = argument, .count = count};
    struct outcome outcome;
    bool done = work_do(model, 1, &request, &outcome, err);
    assert_int_equal(done, outcome.seq != 0);
    outcome_clear(&outcome);
    return done;
}

static void must_act(
    struct model *model, const char *action, const struct argument *argument, size_t count)
{
    struct error err = {0};
    if (!act(model, action, argument, count, &err))
        fail_msg("%s: %s", action, err.text);
}

static void must_refuse(struct model *model, const char *action, const struct argument *argument,
    size_t count, enum error_code code, const char *words)
{
    struct error err = {0};
    assert_false(act(model, action, argument, count, &err));
    assert_int_equal(err.code, code);
    if (strstr(err.text, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, words);
}

static void expect(const char *path, const char *sql, int64_t value)
{
    int64_t is = database_number(path, sql);
    if (is != value)
        fail_msg("%s: %lld, not %lld", sql, (long long)is, (long long)value);
}

static void history_is_whole(struct model *model)
{
    struct found found;
    found_in_history(model, &found);
    found_expect_nothing(&found);
}

/* --- the life of a task ---------------------------------------------------------------------- */

static void leads_a_task_to_its_end_and_back(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct argument level[] = {{"level", "city", NULL}, {"conclusion", "符合要求", NULL}};
    const struct argument notice[] = {
        {"office", "整改办", NULL}, {"phone", "024-1", NULL}, {"address", "沈阳", NULL}};
    const struct argument document[] = {{"document", "辽督改〔2026〕1号", NULL}};
    const struct argument reason[] = {{"reason", "回头看发现反弹", NULL}};
    must_act(model, "submit", NULL, 0);
    must_act(model, "accept", NULL, 0);
    must_refuse(model, "publicise", ARGUMENTS(notice), ERROR_REFUSED, "review");
    must_act(model, "pass", ARGUMENTS(level));
    must_act(model, "publicise", ARGUMENTS(notice));
    expect(path, "SELECT days FROM publicity", 7);
    expect(path, "SELECT ends_on = '2026-12-01' FROM publicity", 1); /* from a Saturday on */
    must_refuse(model, "close", ARGUMENTS(document), ERROR_REFUSED, "notice is not over");
    setenv("DUBAN_NOW", "2026-12-02T09:00:00+08:00", 1);
    must_act(model, "close", ARGUMENTS(document));
    expect(path, "SELECT state = 'closed' AND closed_on = '2026-12-02' FROM task", 1);
    must_refuse(model, "report", NULL, 0, ERROR_REFUSED, "closed");
    must_refuse(model, "reopen", NULL, 0, ERROR_REFUSED, "reason");
    must_act(model, "reopen", ARGUMENTS(reason));
    expect(path,
        "SELECT state = 'in_progress' AND closed_on IS NULL AND close_document = '' FROM task", 1);
    history_is_whole(model);
    model_close(model);
}

/* Days that duban's calendar does not know are no days to count. */
static void keeps_public_notices_within_the_calendar(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct argument level[] = {{"level", "city", NULL}, {"conclusion", "符合要求", NULL}};
    const struct argument late[] = {{"office", "整改办", NULL}, {"phone", "024-1", NULL},
        {"address", "沈阳", NULL}, {"starts_on", "2199-12-31", NULL}};
    const struct argument document[] = {{"document", "辽督改〔2026〕1号", NULL}};
    must_act(model, "submit", NULL, 0);
    must_act(model, "accept", NULL, 0);
    must_act(model, "pass", ARGUMENTS(level));
    must_refuse(model, "publicise", ARGUMENTS(late), ERROR_INPUT, "2199");
    must_act(model, "publicise", late, 3);
    database_script(path, "UPDATE publicity SET starts_on = '0001-01-01', ends_on = '2026-11-01'");
    must_refuse(model, "close", ARGUMENTS(document), ERROR_REFUSED, "public notice");
    model_close(model);
}

static void sends_back_what_the_public_objects_to(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct argument level[] = {{"level", "county", NULL}, {"conclusion", "通过", NULL}};
    const struct argument notice[] = {
        {"office", "整改办", NULL}, {"phone", "024-1", NULL}, {"address", "沈阳", NULL}};
    const struct argument text[] = {{"text", "仍有异味", NULL}, {"channel", "telephone", NULL}};
    const struct argument upheld[] = {{"settlement", "属实", NULL}, {"upheld", "1", NULL}};
    must_act(model, "submit", NULL, 0);
    must_act(model, "accept", NULL, 0);
    must_act(model, "pass", ARGUMENTS(level));
    must_act(model, "publicise", ARGUMENTS(notice));
    must_refuse(model, "settle", ARGUMENTS(upheld), ERROR_REFUSED, "no objection");
    must_act(model, "object", ARGUMENTS(text));
    must_act(model, "settle", ARGUMENTS(upheld));
    expect(path, "SELECT state = 'in_progress' AND returned = 1 FROM task", 1);
    expect(path, "SELECT upheld = 1 AND settled_on = '2026-11-21' FROM objection", 1);
    expect(path, "SELECT count(*) FROM event WHERE action = 'return'", 1);
    /* the review before counts no more once it is submitted again */
    must_act(model, "submit", NULL, 0);
    must_act(model, "accept", NULL, 0);
    must_refuse(model, "publicise", ARGUMENTS(notice), ERROR_REFUSED, "review");
    model_close(model);
}

static void asks_for_measures_or_a_reason(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct argument measures[] = {{"measure.1", "拆除围堰", NULL},
        {"measure.2", "补水", NULL}, {"due.2", "2026-12-01", NULL}};
    const struct argument done[] = {{"done.1", "2026-11-20", NULL}};
    const struct argument wrong[] = {{"done.3", "2026-11-20", NULL}};
    const struct argument reason[] = {{"reason", "第二项已并入他项", NULL}};
    must_act(model, "edit", ARGUMENTS(measures));
    must_act(model, "edit", ARGUMENTS(done));
    must_refuse(model, "edit", ARGUMENTS(wrong), ERROR_INPUT, "no measure 3");
    must_refuse(model, "submit", NULL, 0, ERROR_REFUSED, "measure");
    must_act(model, "submit", ARGUMENTS(reason));
    history_is_whole(model);
    model_close(model);
}

static void moves_the_deadline_by_an_extension_only(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct argument direct[] = {{"deadline", "2027-06-30", NULL}};
    const struct argument early[] = {{"deadline", "2026-12-01", NULL}, {"reason", "汛期", NULL}};
    const struct argument later[] = {{"deadline", "2027-06-30", NULL}, {"reason", "汛期", NULL}};
    must_refuse(model, "edit", ARGUMENTS(direct), ERROR_REFUSED, "extension");
    must_refuse(model, "extend", ARGUMENTS(early), ERROR_INPUT, "not later");
    must_refuse(model, "approve", NULL, 0, ERROR_REFUSED, "No extension");
    must_act(model, "extend", ARGUMENTS(later));
    must_refuse(model, "extend", ARGUMENTS(later), ERROR_REFUSED, "already");
    must_act(model, "approve", NULL, 0);
    expect(path, "SELECT deadline = '2027-06-30' FROM task", 1);
    expect(path, "SELECT old_deadline = '2026-12-31' AND approved = 1 FROM extension", 1);
    setenv("DUBAN_NOW", "2027-07-01T09:00:00+08:00", 1);
    must_refuse(model, "extend", ARGUMENTS(later), ERROR_REFUSED, "deadline has passed");
    model_close(model);
}

static void lists_and_lifts(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct argument listed[] = {
        {"level", "listed", NULL}, {"reason", "逾期", NULL}, {"reply_due", "2026-12-01", NULL}};
    const struct argument reply[] = {{"reply", "已制定方案", NULL}};
    const struct argument reason[] = {{"reason", "现场核查通过", NULL}};
    must_refuse(model, "lift", ARGUMENTS(reason), ERROR_REFUSED, "no notice");
    must_act(model, "notice", ARGUMENTS(listed));
    expect(path, "SELECT listed FROM task", 1);
    must_act(model, "reply", ARGUMENTS(reply));
    must_refuse(model, "reply", ARGUMENTS(reply), ERROR_REFUSED, "no notice");
    must_act(model, "lift", ARGUMENTS(reason));
    expect(path, "SELECT listed FROM task", 0);
    expect(path,
        "SELECT count(*) FROM notice WHERE lifted_on = '2026-11-21' AND replied_on = '2026-11-21'",
        1);
    model_close(model);
}

static void reports_for_the_period_owed(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct argument report[] = {
        {"text", "完成六成", NULL}, {"percent", "60", NULL}, {"progress", "behind", NULL}};
    const struct argument again[] = {{"text", "本周", NULL}};
    must_act(model, "report", ARGUMENTS(report)); /* last week's, still owed */
    expect(path, "SELECT period_start = '2026-11-09' AND period_end = '2026-11-15' FROM report", 1);
    expect(path,
        "SELECT reported_on = '2026-11-09' AND percent = 60 AND progress = 'behind' FROM task", 1);
    must_act(model, "report", ARGUMENTS(again)); /* then this week's */
    expect(path, "SELECT reported_on = '2026-11-16' AND percent = 60 FROM task", 1);
    history_is_whole(model);
    model_close(model);
}

/* --- who may --------------------------------------------------------------------------------- */

static void keeps_roles_apart(void **state)
{
    char path[256];
    model_close(made(state, path));
    const struct argument title[] = {{"title", "另一个名字", NULL}},
                          phone[] = {{"phone", "1", NULL}};
    struct model *reporter = open_as(path, "王强", PERSON_REPORTER),
                 *viewer = open_as(path, "赵", PERSON_VIEWER);
    must_refuse(reporter, "edit", ARGUMENTS(title), ERROR_PERMISSION, "title");
    must_act(reporter, "edit", ARGUMENTS(phone));
    must_refuse(reporter, "accept", NULL, 0, ERROR_PERMISSION, "for");
    must_refuse(viewer, "submit", NULL, 0, ERROR_PERMISSION, "viewer");
    model_close(reporter);
    model_close(viewer);
}

/* --- two people at once ---------------------------------------------------------------------- */

static void merges_what_does_not_overlap(void **state)
{
    char path[256];
    struct error err = {0};
    struct outcome outcome;
    struct model *mine = made(state, path), *theirs = open_as(path, "王强", PERSON_ADMIN);
    int64_t since = history_newest(mine);
    const struct argument goal[] = {{"goal", "恢复湿地", ""}}, phone[] = {{"phone", "024-2", ""}};
    must_act(theirs, "edit", ARGUMENTS(goal));
    const struct request request = {"edit", ARGUMENTS(phone), since, 0};
    assert_true(work_do(mine, 1, &request, &outcome, &err));
    assert_non_null(outcome.merged);
    assert_non_null(strstr(outcome.merged, "王强: goal"));
    expect(path, "SELECT goal = '恢复湿地' AND phone = '024-2' FROM task", 1);
    outcome_clear(&outcome);
    model_close(mine);
    model_close(theirs);
}

static void shows_what_clashes(void **state)
{
    char path[256];
    struct error err = {0};
    struct outcome outcome;
    struct model *mine = made(state, path), *theirs = open_as(path, "王强", PERSON_ADMIN);
    const struct argument his[] = {{"goal", "恢复湿地", ""}},
                          my[] = {{"goal", "退养还湿", ""}, {"phone", "024-2", ""}};
    must_act(theirs, "edit", ARGUMENTS(his));
    const struct request request = {"edit", ARGUMENTS(my), 1, 0};
    assert_false(work_do(mine, 1, &request, &outcome, &err));
    assert_int_equal(err.code, ERROR_CONFLICT);
    assert_int_equal(outcome.clash_count, 1);
    assert_string_equal(outcome.clash[0].field, "goal");
    assert_string_equal(outcome.clash[0].theirs, "恢复湿地");
    assert_string_equal(outcome.clash[0].mine, "退养还湿");
    assert_string_equal(outcome.clash[0].who, "王强");
    expect(path, "SELECT phone = '' FROM task", 1); /* nothing half done */
    outcome_clear(&outcome);
    model_close(mine);
    model_close(theirs);
}

/* Whoever read the task at one version does not write over another. */
static void looks_at_the_version(void **state)
{
    char path[256];
    struct error err = {0};
    struct outcome outcome;
    struct model *model = made(state, path);
    int64_t version = database_number(path, "SELECT version FROM task");
    const struct argument phone[] = {{"phone", "024-2", NULL}};
    const struct request request = {
        .action = "edit", .argument = phone, .count = 1, .version = version};
    assert_true(work_do(model, 1, &request, &outcome, &err));
    outcome_clear(&outcome);
    must_act(model, "report", &(const struct argument){"text", "进展", NULL}, 1);
    assert_false(work_do(model, 1, &request, &outcome, &err));
    assert_int_equal(err.code, ERROR_CONFLICT);
    assert_non_null(strstr(err.text, "李娜"));
    must_refuse(model, "fly", NULL, 0, ERROR_INPUT, "fly");
    expect(path, "SELECT count(*) FROM event WHERE action = 'edit'", 1);
    model_close(model);
}

/* --- measures -------------------------------------------------------------------------------- */

static void takes_the_dates_of_a_measure_along(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model = made(state, path);
    const struct argument whole[] = {
        {"measure.2", "清淤", NULL}, {"due.2", "2026-12-01", NULL}, {"done.2", "2026-11-20", NULL}};
    const struct argument gone[] = {{"measure.2", "", NULL}};
    const struct argument nowhere[] = {{"done.3", "2026-11-20", NULL}};
    const struct argument unnumbered[] = {{"done", "2026-11-20", NULL}};
    const struct argument twice[] = {{"done.02", "2026-11-20", NULL}};
    const struct argument beyond[] = {{"measure.1000", "x", NULL}};
    const struct argument titles[] = {{"title.1", "x", NULL}};
    must_act(model, "edit", ARGUMENTS(whole));
    must_refuse(model, "edit", ARGUMENTS(nowhere), ERROR_INPUT, "no measure 3");
    must_refuse(model, "edit", ARGUMENTS(unnumbered), ERROR_INPUT, "done.1");
    must_refuse(model, "edit", ARGUMENTS(twice), ERROR_INPUT, "done.1");
    must_refuse(model, "edit", ARGUMENTS(beyond), ERROR_INPUT, "measure.1");
    must_refuse(model, "edit", ARGUMENTS(titles), ERROR_INPUT, "no field");
    must_act(model, "edit", ARGUMENTS(gone));
    expect(path, "SELECT count(*) FROM measure", 0);
    struct events undone = {0};
    assert_true(undo_do(model, false, 0, &undone, &err));
    events_clear(&undone);
    expect(path,
        "SELECT text = '清淤' AND due_on = '2026-12-01' AND done_on = '2026-11-20' FROM measure",
        1);
    history_is_whole(model);
    model_close(model);
}

/* What stands of a target goes and comes with it; the words of a day are not those of another. */
static void keeps_targets_whole(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model = made(state, path);
    const struct argument whole[] = {{"target.1", "优良水质比例", NULL}, {"value.1", "92", NULL},
        {"unit.1", "%", NULL}, {"by.1", "2027-12-31", NULL}, {"by_raw.1", "2027年底前", NULL}};
    const struct argument later[] = {{"by.1", "2028-12-31", NULL}};
    const struct argument gone[] = {{"target.1", "", NULL}};
    const struct argument nowhere[] = {{"value.2", "3", NULL}};
    const struct argument unnumbered[] = {{"target", "x", NULL}};
    const struct argument longer[] = {
        {"value.1", "12345678901234567890123456789012345678901", NULL}};
    must_act(model, "edit", ARGUMENTS(whole));
    must_refuse(model, "edit", ARGUMENTS(nowhere), ERROR_INPUT, "no target 2");
    must_refuse(model, "edit", ARGUMENTS(unnumbered), ERROR_INPUT, "target.1");
    must_refuse(model, "edit", ARGUMENTS(longer), ERROR_INPUT, "value.1");
    expect(path,
        "SELECT text = '优良水质比例' AND value = '92' AND unit = '%' AND by_on = '2027-12-31' "
        "AND by_raw = '2027年底前' FROM target",
        1);
    must_act(model, "edit", ARGUMENTS(later));
    expect(path, "SELECT by_on = '2028-12-31' AND by_raw = '' FROM target", 1);
    must_act(model, "edit", ARGUMENTS(gone));
    expect(path, "SELECT count(*) FROM target", 0);
    for (int i = 0; i < 2; i++) {
        struct events undone = {0};
        assert_true(undo_do(model, false, 0, &undone, &err));
        events_clear(&undone);
    }
    expect(path,
        "SELECT value = '92' AND by_on = '2027-12-31' AND by_raw = '2027年底前' FROM target", 1);
    history_is_whole(model);
    model_close(model);
}

/* As a person edits them, a line each; what is read back is what was written. */
static void takes_targets_as_lines(void **state)
{
    static const char lines[] =
        "优良水质比例 | 92 | % | 2027年底前\n建成监测站 | | | 2026-06-30\n"
        "新增绿地 | 40\n甲|乙 | 不低于 3 | 个 |\n巡查 | | | 2026-05-01 汛前\n丙｜丁 | | |";
    char path[256], *now = NULL;
    struct error err = {0};
    struct model *model = made(state, path);
    const struct argument whole[] = {{"targets", lines, ""}}, fewer[] = {{"targets", "\n建成监测站｜１\n", lines}},
                          stale[] = {{"targets", "x", lines}},
                          nameless[] = {{"targets", " | 3", NULL}},
                          longer[] = {
                              {"targets", "x | 12345678901234567890123456789012345678901", NULL}};
    must_act(model, "edit", ARGUMENTS(whole));
    expect(path, "SELECT count(*) FROM target", 6);
    expect(path,
        "SELECT group_concat(value || ',' || unit || ',' || coalesce(by_on, '') || ',' || by_raw, "
        "';') "
        "= '92,%,2027-12-31,2027年底前;,,2026-06-30,;40,,,;不低于 3,个,,;,,2026-05-01,汛前;,,,' "
        "FROM (SELECT * FROM target ORDER BY position)",
        1);
    expect(path, "SELECT text = '甲|乙' FROM target WHERE position = 4", 1);
    assert_true(work_current(model, 1, "targets", &now, &err));
    assert_string_equal(now, lines);
    free(now);
    expect(path, "SELECT count(*) FROM event_change WHERE field = 'targets'", 0);
    must_act(model, "edit", ARGUMENTS(fewer));
    expect(path,
        "SELECT count(*) = 1 AND min(text) = '建成监测站' AND max(by_on) IS NULL FROM target", 1);
    must_refuse(model, "edit", ARGUMENTS(stale), ERROR_CONFLICT, "");
    must_refuse(model, "edit", ARGUMENTS(nameless), ERROR_INPUT, "line 1");
    must_refuse(model, "edit", ARGUMENTS(longer), ERROR_INPUT, "too long");
    struct events undone = {0};
    assert_true(undo_do(model, false, 0, &undone, &err));
    events_clear(&undone);
    assert_true(work_current(model, 1, "targets", &now, &err));
    assert_string_equal(now, lines);
    free(now);
    history_is_whole(model);
    model_close(model);
}

/* A measure that has moved meanwhile is not ticked in the place of another; and who may only tick
 * may say on which words. */
static void looks_at_what_an_edit_relies_on(void **state)
{
    char path[256];
    struct error err = {0};
    struct outcome outcome;
    struct model *mine = made(state, path), *reporter = open_as(path, "王强", PERSON_REPORTER);
    const struct argument two[] = {{"measure.1", "拆除围堰", ""}, {"measure.2", "补水", ""}},
                          tick[] = {{"measure.2", "补水", "补水"}, {"done.2", "2026-11-20", ""}},
                          swap[] = {{"measure.1", "补水", NULL}, {"measure.2", "拆除围堰", NULL}};
    must_act(mine, "edit", ARGUMENTS(two));
    must_act(mine, "edit", ARGUMENTS(swap));
    const struct request request = {"edit", ARGUMENTS(tick), 2, 0};
    assert_false(work_do(reporter, 1, &request, &outcome, &err));
    assert_int_equal(err.code, ERROR_CONFLICT);
    assert_int_equal(outcome.clash_count, 1);
    assert_string_equal(outcome.clash[0].field, "measure.2");
    outcome_clear(&outcome);
    expect(path, "SELECT count(*) FROM measure WHERE done_on IS NOT NULL", 0);
    must_act(mine, "edit",
        (const struct argument[]){{"measure.1", "拆除围堰", NULL}, {"measure.2", "补水", NULL}}, 2);
    must_act(reporter, "edit", ARGUMENTS(tick));
    expect(path, "SELECT count(*) FROM measure WHERE text = '补水' AND done_on = '2026-11-20'", 1);
    model_close(reporter);
    model_close(mine);
}

/* --- units of a task ------------------------------------------------------------------------- */

static void writes_lists_of_regions_and_departments(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct argument lists[] = {
        {"region", "4 3 5", NULL}, {"lead", "2 1", NULL}, {"responsible", "3 4", NULL}};
    const struct argument fewer[] = {
        {"region", "3", NULL}, {"lead", "", NULL}, {"responsible", "4", NULL}};
    struct error err = {0};
    must_act(model, "edit", ARGUMENTS(lists));
    expect(path, "SELECT region_id = 4 AND lead_id = 2 FROM task", 1);
    expect(path, "SELECT count(*) FROM task_region", 3);
    expect(path, "SELECT count(*) FROM task_department WHERE role = 'responsible'", 2);
    expect(path, "SELECT sum(n) FROM tally_place WHERE own = 0 AND place_id <> 1", 3);
    must_act(model, "edit", ARGUMENTS(fewer));
    expect(path, "SELECT region_id = 3 AND lead_id IS NULL FROM task", 1);
    expect(path, "SELECT count(*) FROM task_region", 1);
    struct events undone = {0};
    assert_true(undo_do(model, false, 0, &undone, &err));
    events_clear(&undone);
    expect(path, "SELECT region_id = 4 AND lead_id = 2 FROM task", 1);
    expect(path,
        "SELECT group_concat(region_id, ' ') = '4 3 5' FROM (SELECT region_id FROM task_region "
        "ORDER BY position)",
        1);
    history_is_whole(model);
    model_close(model);
}

/* --- many at once, and taking back ----------------------------------------------------------- */

static void changes_many_in_one_step(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model = made(state, path);
    for (int number = 2; number <= 5; number++)
        database_task(path, number, "任务");
    database_write(path, "UPDATE task SET state = 'closed', version = version + 1 WHERE id = 3");
    const int64_t ids[] = {1, 2, 3, 4, 5, 77};
    const struct request request = {.action = "submit"};
    struct work_many many;
    assert_true(work_do_many(model, ids, 6, &request, true, &many, &err));
    assert_int_equal(many.done, 4);
    assert_int_equal(many.why[2].code, ERROR_REFUSED);
    assert_int_equal(many.why[5].code, ERROR_NOT_FOUND);
    work_many_clear(&many);
    expect(path, "SELECT count(*) FROM task WHERE state = 'submitted'", 0);
    assert_true(work_do_many(model, ids, 6, &request, false, &many, &err));
    assert_int_equal(many.done, 4);
    assert_int_equal(many.line[1], many.line[0] + 1);
    assert_int_equal(many.line[2], 0);
    assert_int_equal(many.line[4], many.seq - 1);
    work_many_clear(&many);
    expect(path, "SELECT count(*) FROM task WHERE state = 'submitted'", 4);

    struct events undone = {0};
    assert_true(undo_do(model, false, 0, &undone, &err));
    assert_string_equal(undone.event[0].action, "bulk");
    events_clear(&undone);
    expect(path, "SELECT count(*) FROM task WHERE state = 'submitted'", 0);
    assert_false(undo_do(model, false, 0, &undone, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    if (!undo_do(model, true, 0, &undone, &err))
        fail_msg("%s", err.text);
    events_clear(&undone);
    expect(path, "SELECT count(*) FROM task WHERE state = 'submitted'", 4);
    assert_false(undo_do(model, true, 0, &undone, &err));
    history_is_whole(model);
    model_close(model);
}

static void takes_back_and_does_again(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model = made(state, path);
    const struct argument report[] = {{"text", "进展", NULL}, {"percent", "60", NULL}},
                          phone[] = {{"phone", "1", NULL}};
    struct events undone = {0};
    must_act(model, "report", ARGUMENTS(report));
    must_act(model, "edit", ARGUMENTS(phone));
    for (int i = 0; i < 2; i++) {
        assert_true(undo_do(model, false, 0, &undone, &err));
        events_clear(&undone);
    }
    expect(path, "SELECT phone = '' AND percent = 0 AND reported_on = '' FROM task", 1);
    expect(path, "SELECT count(*) FROM report", 0);
    for (int i = 0; i < 2; i++) {
        if (!undo_do(model, true, 0, &undone, &err))
            fail_msg("%s", err.text);
        events_clear(&undone);
    }
    expect(path, "SELECT phone = '1' AND percent = 60 AND reported_on = '2026-11-09' FROM task", 1);
    expect(path, "SELECT count(*) FROM report", 1);
    /* and a redone action is taken back once more */
    assert_true(undo_do(model, false, 0, &undone, &err));
    assert_int_equal(undone.event[0].change_count, 1);
    events_clear(&undone);
    expect(path, "SELECT phone = '' AND percent = 60 FROM task", 1);
    history_is_whole(model);
    model_close(model);
}

static void expect_history(struct model *model, int64_t task_id, size_t line, const char *words)
{
    struct events events = {0};
    struct error err = {0};
    struct strbuf text = {0};
    assert_true(history_latest(model, task_id, 20, &events, &err));
    assert_true(line < events.count);
    history_describe(model, &events.event[line], &text);
    assert_string_equal(strbuf_text(&text), words);
    strbuf_clear(&text);
    events_clear(&events);
}

static void take_back(struct model *model, bool redo)
{
    struct events undone = {0};
    struct error err = {0};
    if (!undo_do(model, redo, 0, &undone, &err))
        fail_msg("%s", err.text);
    events_clear(&undone);
}

static void tells_what_a_line_belongs_to(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model = made(state, path);
    const int64_t ids[] = {1, 2, 3};
    const struct request request = {.action = "submit"};
    struct work_many many;
    database_task(path, 2, "任务");
    database_task(path, 3, "任务");
    database_write(path, "UPDATE task SET state = 'not_started', version = 2 WHERE id = 1");
    must_act(model, "start", NULL, 0);
    setenv("DUBAN_NOW", "2026-11-21T22:10:00+08:00", 1);
    take_back(model, false);
    expect_history(model, 1, 0, "in progress → not yet started · undone: \"started\" of 21:47");
    setenv("DUBAN_NOW", "2026-11-22T08:00:00+08:00", 1);
    take_back(model, true); /* of the action itself, not of its undoing */
    expect_history(
        model, 1, 0, "not yet started → in progress · redone: \"started\" of 11-21 21:47");

    assert_true(work_do_many(model, ids, 3, &request, false, &many, &err));
    work_many_clear(&many);
    must_act(model, "accept", NULL, 0); /* alone, right behind */
    expect_history(model, 1, 0, "submitted for review → in review · taken for review");
    for (int64_t id = 1; id <= 3; id++)
        expect_history(model, id, id == 1 ? 1 : 0,
            "work done on 2026-11-22, in progress → submitted for review · submitted · with 2 "
            "other tasks");
    take_back(model, false);
    take_back(model, false);
    setenv("DUBAN_NOW", "2027-01-02T08:00:00+08:00", 1);
    expect_history(model, 3, 0,
        "work done on 2026-11-22 → none, submitted for review → in progress · undone: "
        "\"submitted\" of 08:00 · with 2 other tasks");
    take_back(model, true);
    expect_history(model, 3, 0,
        "work done on 2026-11-22, in progress → submitted for review · redone: \"submitted\" of "
        "2026-11-22 08:00 · with 2 "
        "other tasks");
    struct events events = {0};
    struct strbuf text = {0};
    assert_true(history_latest(model, 0, 1, &events, &err));
    history_describe(model, &events.event[0], &text);
    assert_string_equal(strbuf_text(&text), "redone: \"changed together\" of 2026-11-22 08:00");
    strbuf_clear(&text);
    history_headline(&events.event[0], &text);
    assert_string_equal(strbuf_text(&text), "redone: changed together");
    strbuf_clear(&text);
    events_clear(&events);
    model_close(model);
}

static void leaves_what_others_built_on(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *mine = made(state, path), *theirs = open_as(path, "王强", PERSON_ADMIN);
    const struct argument notice[] = {{"level", "letter", NULL}, {"reason", "逾期", NULL}};
    const struct argument reply[] = {{"reply", "收到", NULL}};
    struct events undone = {0};
    must_act(mine, "notice", ARGUMENTS(notice));
    must_act(theirs, "reply", ARGUMENTS(reply));
    assert_false(undo_do(mine, false, 0, &undone, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_non_null(strstr(err.text, "王强"));
    events_clear(&undone);
    must_act(mine, "submit", NULL, 0);
    must_act(theirs, "accept", NULL, 0);
    assert_false(undo_do(mine, false, 0, &undone, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    events_clear(&undone);
    expect(path, "SELECT state = 'in_review' FROM task", 1);
    model_close(mine);
    model_close(theirs);
}

static void makes_a_new_task(void **state)
{
    char path[256];
    struct error err = {0};
    struct outcome outcome;
    struct model *model = made(state, path);
    const struct argument told[] = {{"title", "新任务", NULL}, {"source", "1", NULL},
        {"region", "5 6", NULL}, {"lead", "1 2", NULL}, {"deadline", "2026-12-20", NULL},
        {"measure.1", "第一项", NULL}};
    const struct request request = {"create", ARGUMENTS(told), 0, 0};
    if (!work_do(model, 0, &request, &outcome, &err))
        fail_msg("%s", err.text);
    assert_int_equal(outcome.task_id, 2);
    outcome_clear(&outcome);
    expect(path,
        "SELECT number = '002' AND region_id = 5 AND lead_id = 1 AND state = 'not_started' FROM "
        "task WHERE id = 2",
        1);
    expect(path, "SELECT count(*) FROM task_region WHERE task_id = 2", 2);
    expect(path, "SELECT count(*) FROM measure WHERE task_id = 2", 1);
    expect(path, "SELECT count(*) FROM event WHERE action = 'outside'", 0);
    struct events undone = {0};
    assert_true(undo_do(model, false, 0, &undone, &err));
    events_clear(&undone);
    expect(path, "SELECT count(*) FROM task", 1);
    expect(path, "SELECT sum(n) FROM tally_total", 1);
    if (!undo_do(model, true, 0, &undone, &err))
        fail_msg("%s", err.text);
    events_clear(&undone);
    expect(
        path, "SELECT count(*) FROM task WHERE id = 2 AND region_id = 5 AND title = '新任务'", 1);
    expect(path, "SELECT count(*) FROM task_region WHERE task_id = 2", 2);
    expect(path, "SELECT count(*) FROM event WHERE action = 'outside'", 0);
    history_is_whole(model);
    model_close(model);
}

/* What a script has written where duban would not is in the line, and comes back. */
static void brings_back_what_a_script_wrote(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct argument report[] = {{"text", "完成六成", NULL}},
                          reply[] = {{"reply", "已制定方案", NULL}},
                          claim[] = {{"officer", "张处长", NULL}};
    database_script(path,
        "UPDATE task SET reported_on = '0226-11-09', officer = 'a' || char(9) || 'b', state = "
        "'not_started'; INSERT INTO notice (task_id, level, issued_on, reply) VALUES (1, 'letter', "
        "'2026-11-01', '口头答复')");
    must_act(model, "report", ARGUMENTS(report));
    must_act(model, "reply", ARGUMENTS(reply));
    must_act(model, "claim", ARGUMENTS(claim));
    expect(path,
        "SELECT count(*) FROM event_change WHERE before IN ('0226-11-09', '口头答复', 'a' || "
        "char(9) || 'b')",
        3);
    for (int i = 0; i < 3; i++)
        take_back(model, false);
    expect(path, "SELECT reported_on = '0226-11-09' FROM task", 1);
    expect(path, "SELECT reply = '口头答复' AND replied_on IS NULL FROM notice", 1);
    model_close(model);
}

/* What each action may be told is what it accepts. */
static void names_what_an_action_is_told(void **state)
{
    (void)state;
    struct work_name name;
    size_t needed = 0, all = 0;
    assert_false(work_name_at("fly", 0, &name));
    assert_false(work_name_at("start", 1, &name));
    assert_true(work_name_at("pass", 0, &name));
    assert_string_equal(name.is.name, "level");
    assert_string_equal(name.is.field->name, "review_level");
    assert_true(name.needed);
    assert_true(work_name_at("pass", 2, &name));
    assert_false(name.needed);
    for (; work_name_at("create", all, &name); all++)
        needed += name.needed;
    assert_int_equal(needed, 2);
    for (size_t i = 0; work_name_at("edit", i, &name); i++)
        assert_true(name.is.field->may != 0 && !name.needed);
    assert_true(all > 10);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(leads_a_task_to_its_end_and_back),
        TEST(keeps_public_notices_within_the_calendar),
        TEST(sends_back_what_the_public_objects_to),
        TEST(asks_for_measures_or_a_reason),
        TEST(moves_the_deadline_by_an_extension_only),
        TEST(lists_and_lifts),
        TEST(reports_for_the_period_owed),
        TEST(keeps_roles_apart),
        TEST(merges_what_does_not_overlap),
        TEST(shows_what_clashes),
        TEST(looks_at_the_version),
        TEST(takes_the_dates_of_a_measure_along),
        TEST(keeps_targets_whole),
        TEST(takes_targets_as_lines),
        TEST(looks_at_what_an_edit_relies_on),
        TEST(writes_lists_of_regions_and_departments),
        TEST(changes_many_in_one_step),
        TEST(takes_back_and_does_again),
        TEST(tells_what_a_line_belongs_to),
        TEST(leaves_what_others_built_on),
        TEST(makes_a_new_task),
        TEST(brings_back_what_a_script_wrote),
        TEST(names_what_an_action_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
