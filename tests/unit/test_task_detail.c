/* Everything of one task, and finding a task by what people type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "harness/database.h"
#include "harness/folder.h"
#include "model/task_detail.h"

/* Task 1 is 2-047 with something of every kind, its parts 2 and 3; 4 is L1-A12, 5 is 2-048. */
static const char tasks[] =
    "INSERT INTO task (id, source_id, number, part, parent_id, title, problem, goal, category, "
    "state, "
    "deadline, deadline_raw, assigned_on, lead_id, region_id, officer, phone, version) VALUES "
    "(1, 1, '047', 0, NULL, '大伙房水源保护区', '第一段' || char(10) || '第二段' || char(27) || "
    "'[2J', '全部拆除', "
    "'水', 'publicised', '2026-12-31', '2026年底前', '2026-01-05', 2, 3, '局长', '024-1', 1),"
    "(2, 1, '047', 1, 1, '抚顺县部分', '', '', '', 'in_progress', NULL, '', NULL, NULL, 5, '', '', "
    "1),"
    "(3, 1, '047', 2, 1, '盘山县部分', '', '', '', 'closed', NULL, '', NULL, NULL, 6, '', '', 1),"
    "(4, 2, 'A12', 0, NULL, '清单', '', '', '', 'in_progress', NULL, '', NULL, NULL, 5, '', '', 1),"
    "(5, 1, '048', 0, NULL, '盘锦的任务', '', '', '', 'in_progress', NULL, '', NULL, NULL, 4, '', "
    "'', 1);"
    "INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES (5, 1, 1, 1), (4, 1, "
    "2, 1);"
    "INSERT INTO task_department (department_id, task_id, role, position, event_seq) VALUES "
    "(2, 1, 'lead', 0, 1), (3, 1, 'lead', 1, 1), (1, 1, 'responsible', 0, 1), "
    "(4, 1, 'cooperating', 0, 1);";
static const char rows[] =
    "INSERT INTO measure (task_id, position, text, due_on, done_on, waived, event_seq) VALUES "
    "(1, 2, '拆除', '2026-06-30', NULL, '', 1), (1, 1, '排查' || char(10) || '登记', NULL, "
    "'2026-03-01', '无须', 1);"
    "INSERT INTO report (task_id, period_start, period_end, region_id, text, problems, next_step, "
    "percent, "
    "progress, reporter, reported_at, event_seq) VALUES "
    "(1, '2026-11-02', '2026-11-08', 5, '旧', '', '', NULL, NULL, '王强', '2026-11-08T01:00:00Z', "
    "1),"
    "(1, '2026-11-09', '2026-11-15', 5, '新', '难', '续', 60, 'behind', '王强', "
    "'2026-11-15T01:00:00Z', 1);"
    "INSERT INTO notice (task_id, level, document, issuer, reason, issued_on, reply_due, "
    "replied_on, reply, "
    "event_seq) VALUES (1, 'letter', '辽督〔2026〕3号', '省整改办', '滞后', '2026-05-01', "
    "'2026-05-11', "
    "'2026-05-10', '已办', 1);"
    "INSERT INTO review (task_id, level, result, conclusion, department_id, reviewer, reviewed_on, "
    "event_seq) "
    "VALUES (1, 'city', 'passed', '合格', 4, '张伟', '2026-10-01', 1), "
    "(1, 'county', 'returned', '不全', NULL, '', '2026-09-01', 1);"
    "INSERT INTO publicity (id, task_id, starts_on, ends_on, days, day_kind, medium, office, "
    "phone, address, "
    "email, results, event_seq) VALUES "
    "(7, 1, '2026-10-08', '2026-10-16', 7, 'working', '官网', '办公室', '024-2', '路1号', 'a@b.c', "
    "'成效', 1),"
    "(8, 1, '2026-11-02', '2026-11-06', 5, 'calendar', '', '', '', '', '', '', 1);"
    "INSERT INTO objection (publicity_id, task_id, raised_on, channel, raiser, text, settled_on, "
    "settlement, "
    "upheld, event_seq) VALUES (7, 1, '2026-10-10', 'letter', '村民', '未拆净', '2026-10-12', "
    "'已拆', 0, 1), "
    "(8, 1, '2026-11-03', 'telephone', '', '异味', NULL, '', NULL, 1);"
    "INSERT INTO extension (task_id, old_deadline, new_deadline, reason, asked_on, asked_by, "
    "event_seq) VALUES "
    "(1, '2026-09-30', '2026-12-31', '汛期', '2026-09-01', '李娜', 1);"
    "INSERT INTO event (task_id, action) VALUES (1, 'import'), (1, 'edit'), (5, 'edit');";

static char *made(void **state, char path[static 256])
{
    database_make(folder_file(*state, "a.db", path));
    database_write(path, tasks);
    database_write(path, rows);
    return path;
}

static struct task_detail *read_detail(struct model *model, int64_t id)
{
    struct error err = {0};
    struct task_detail *detail = NULL;
    if (!task_detail_read(model, id, &detail, &err))
        fail_msg("%s", err.text);
    return detail;
}

/* --- reading --------------------------------------------------------------------------------- */

static void reads_the_task_itself(void **state)
{
    char path[256];
    struct model *model = database_open(made(state, path));
    struct task_detail *detail = read_detail(model, 1);
    assert_string_equal(detail->row.ident, "2-047");
    assert_string_equal(detail->row.title, "大伙房水源保护区");
    assert_string_equal(detail->number, "047");
    assert_string_equal(detail->problem, "第一段\n第二段\xEF\xBF\xBD[2J");
    assert_string_equal(detail->goal, "全部拆除");
    assert_string_equal(detail->category, "水");
    assert_string_equal(detail->deadline_raw, "2026年底前");
    assert_string_equal(detail->officer, "局长");
    assert_string_equal(detail->phone, "024-1");
    assert_string_equal(detail->close_document, "");
    assert_int_equal(detail->assigned_on, date_make(2026, 1, 5));
    assert_int_equal(detail->region_count, 3);
    assert_int_equal(detail->regions[0], 3);
    assert_int_equal(detail->regions[1], 5);
    assert_int_equal(detail->lead_count, 2);
    assert_int_equal(detail->leads[0], 2);
    assert_int_equal(detail->leads[1], 3);
    assert_int_equal(detail->responsible_count, 1);
    assert_int_equal(detail->responsible[0], 1);
    assert_int_equal(detail->cooperating_count, 1);
    assert_int_equal(detail->cooperating[0], 4);
    assert_int_equal(detail->part_count, 2);
    assert_string_equal(detail->parts[0].ident, "2-047.1");
    assert_int_equal(detail->parts[1].state, STATE_CLOSED);
    assert_int_equal(detail->parts[1].region_id, 6);
    assert_int_equal(detail->events.count, 2);
    assert_string_equal(detail->events.event[0].action, "edit");
    task_detail_free(detail);
    detail = read_detail(model, 2);
    assert_int_equal(detail->lead_count, 0);
    assert_int_equal(detail->part_count + detail->measure_count + detail->report_count, 0);
    task_detail_free(detail);
    task_detail_free(NULL);
    model_close(model);
}

static void reads_measures_and_reports(void **state)
{
    char path[256];
    struct model *model = database_open(made(state, path));
    struct task_detail *detail = read_detail(model, 1);
    assert_int_equal(detail->measure_count, 2);
    assert_int_equal(detail->measures[0].position, 1);
    assert_string_equal(detail->measures[0].text, "排查\n登记");
    assert_string_equal(detail->measures[0].waived, "无须");
    assert_int_equal(detail->measures[0].due_on, DATE_NONE);
    assert_int_equal(detail->measures[0].done_on, date_make(2026, 3, 1));
    assert_int_equal(detail->measures[1].due_on, date_make(2026, 6, 30));
    assert_int_equal(detail->report_count, 2);
    const struct report *report = &detail->reports[0];
    assert_string_equal(report->text, "新");
    assert_string_equal(report->problems, "难");
    assert_string_equal(report->next_step, "续");
    assert_string_equal(report->reporter, "王强");
    assert_int_equal(report->percent, 60);
    assert_int_equal(report->progress, PROGRESS_BEHIND);
    assert_int_equal(report->region_id, 5);
    assert_int_equal(report->department_id, 0);
    assert_int_equal(report->period_end, date_make(2026, 11, 15));
    assert_true(report->reported_at > 0);
    assert_int_equal(detail->reports[1].percent, -1);
    assert_int_equal(detail->reports[1].progress, -1);
    task_detail_free(detail);
    model_close(model);
}

static void reads_notices_and_reviews(void **state)
{
    char path[256];
    struct model *model = database_open(made(state, path));
    struct task_detail *detail = read_detail(model, 1);
    assert_int_equal(detail->notice_count, 1);
    const struct notice *notice = &detail->notices[0];
    assert_int_equal(notice->level, NOTICE_LETTER);
    assert_string_equal(notice->document, "辽督〔2026〕3号");
    assert_string_equal(notice->issuer, "省整改办");
    assert_string_equal(notice->reason, "滞后");
    assert_string_equal(notice->reply, "已办");
    assert_int_equal(notice->reply_due, date_make(2026, 5, 11));
    assert_int_equal(notice->lifted_on, DATE_NONE);
    assert_int_equal(detail->review_count, 2);
    assert_int_equal(detail->reviews[0].level, REVIEW_COUNTY);
    assert_false(detail->reviews[0].passed);
    assert_int_equal(detail->reviews[1].level, REVIEW_CITY);
    assert_true(detail->reviews[1].passed);
    assert_string_equal(detail->reviews[1].conclusion, "合格");
    assert_string_equal(detail->reviews[1].reviewer, "张伟");
    assert_int_equal(detail->reviews[1].department_id, 4);
    task_detail_free(detail);
    model_close(model);
}

static void reads_publicities_and_what_came_of_them(void **state)
{
    char path[256];
    struct model *model = database_open(made(state, path));
    struct task_detail *detail = read_detail(model, 1);
    assert_int_equal(detail->publicity_count, 2);
    assert_int_equal(detail->publicities[0].id, 8);
    assert_false(detail->publicities[0].working_days);
    const struct publicity *publicity = &detail->publicities[1];
    assert_true(publicity->working_days);
    assert_int_equal(publicity->days, 7);
    assert_string_equal(publicity->medium, "官网");
    assert_string_equal(publicity->office, "办公室");
    assert_string_equal(publicity->phone, "024-2");
    assert_string_equal(publicity->address, "路1号");
    assert_string_equal(publicity->email, "a@b.c");
    assert_string_equal(publicity->results, "成效");
    assert_int_equal(detail->objection_count, 2);
    assert_int_equal(detail->objections[0].publicity_id, 7);
    assert_int_equal(detail->objections[0].upheld, 0);
    assert_string_equal(detail->objections[0].settlement, "已拆");
    assert_int_equal(detail->objections[1].upheld, -1);
    assert_int_equal(detail->objections[1].settled_on, DATE_NONE);
    assert_int_equal(detail->extension_count, 1);
    assert_int_equal(detail->extensions[0].approved, -1);
    assert_int_equal(detail->extensions[0].old_deadline, date_make(2026, 9, 30));
    assert_string_equal(detail->extensions[0].reason, "汛期");
    assert_string_equal(detail->extensions[0].asked_by, "李娜");
    task_detail_free(detail);
    model_close(model);
}

static void says_when_there_is_none(void **state)
{
    char path[256];
    struct error err = {0};
    struct task_detail *detail = NULL;
    struct model *model = database_open(made(state, path));
    assert_false(task_detail_read(model, 4711, &detail, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    assert_null(detail);
    model_close(model);
}

static void hides_what_is_out_of_reach(void **state)
{
    char path[256];
    struct error err = {0};
    struct task_detail *detail = NULL;
    struct model *model = database_open_reach(made(state, path), "region:抚顺县");
    detail = read_detail(model, 1);
    assert_int_equal(detail->part_count, 1); /* the other part is another county's */
    assert_int_equal(detail->parts[0].id, 2);
    task_detail_free(detail);
    detail = NULL;
    assert_false(task_detail_read(model, 5, &detail, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    int64_t id = 0;
    assert_false(task_find(model, "2-048", &id, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    assert_null(strstr(err.text, "near it are 2-048"));
    assert_true(task_find(model, "2-047", &id, &err));
    model_close(model);
}

/* --- finding --------------------------------------------------------------------------------- */

static void finds_what_people_type(void **state)
{
    static const struct {
        const char *typed;
        int64_t id;
    } found[] = {{"2-047", 1}, {" 2-047 ", 1}, {"2-47", 1}, {"2-0047", 1}, {"2-047.1", 2},
        {"2-47.2", 3}, {"2021-047", 1}, {"２－０４７", 1}, {"2—047.1", 2}, {"2－047。1", 2},
        {"l1-a12", 4}, {"Ｌ１－Ａ１２", 4}, {"L1-A12", 4}};
    char path[256];
    struct model *model = database_open(made(state, path));
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        struct error err = {0};
        int64_t id = 0;
        if (!task_find(model, found[i].typed, &id, &err))
            fail_msg("%s", err.text);
        assert_int_equal(id, found[i].id);
    }
    model_close(model);
}

static void says_what_is_near(void **state)
{
    static const struct {
        const char *typed;
        enum error_code code;
        const char *said;
    } wrong[] = {
        {"2-049", ERROR_NOT_FOUND, "2-048"},
        {"2-047.9", ERROR_NOT_FOUND, "2-047"},
        {"9-047", ERROR_NOT_FOUND, "2, L1, P"},
        {"2024-001", ERROR_INPUT, "L1"}, /* a year with two sources */
        {"1999-001", ERROR_NOT_FOUND, "1999"},
        {"047", ERROR_INPUT, "047"},
        {"", ERROR_INPUT, "2-047"},
        {"-", ERROR_INPUT, "SOURCE-NUMBER"},
        {"2-", ERROR_INPUT, "SOURCE-NUMBER"},
        {"2-\x1b[2J", ERROR_NOT_FOUND, "2-\xEF\xBF\xBD[2J"},
        {"2-' OR 1=1 --", ERROR_NOT_FOUND, "OR"},
        {"2-047.99999999999999999999", ERROR_NOT_FOUND, "2-047"},
    };
    char path[256];
    struct model *model = database_open(made(state, path));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error err = {0};
        int64_t id = 17;
        assert_false(task_find(model, wrong[i].typed, &id, &err));
        assert_int_equal(err.code, wrong[i].code);
        if (!strstr(err.text, wrong[i].said))
            fail_msg("\"%s\" does not name %s", err.text, wrong[i].said);
        assert_int_equal(id, 17);
    }
    model_close(model);
}

/* --- progress by the plan --------------------------------------------------------------------- */

#define TODAY 1000
#define NEVER DATE_NONE

/* Of measures as {due, done}; a negative done waives it. */
static void expect_progress(const date_t plan[][2], size_t count, int progress)
{
    struct measure measures[8];
    struct task_detail detail = {.measures = measures, .measure_count = count};
    enum task_progress is = PROGRESS_COUNT;
    for (size_t i = 0; i < count; i++)
        measures[i] = (struct measure){.waived = (char *)(plan[i][1] == -1 ? "并入他项" : ""),
            .due_on = plan[i][0],
            .done_on = plan[i][1] == -1 ? DATE_NONE : plan[i][1]};
    assert_int_equal(task_computed_progress(&detail, TODAY, &is), progress >= 0);
    if (progress >= 0)
        assert_int_equal(is, progress);
}
#define EXPECT_PROGRESS(progress, ...)                                                             \
    expect_progress((const date_t[][2]){__VA_ARGS__},                                              \
        sizeof((const date_t[][2]){__VA_ARGS__}) / sizeof(date_t[2]), progress)

static void tells_progress_by_the_plan(void **state)
{
    (void)state;
    expect_progress(NULL, 0, -1);
    EXPECT_PROGRESS(PROGRESS_BEHIND, {999, NEVER});
    EXPECT_PROGRESS(PROGRESS_ON_SCHEDULE, {1000, NEVER}); /* its last day is not over */
    EXPECT_PROGRESS(PROGRESS_BEHIND, {500, 400}, {999, NEVER}, {2000, 900}, {2001, 900});
    EXPECT_PROGRESS(PROGRESS_ON_SCHEDULE, {500, 800}, {1001, NEVER}); /* late once, done now */
    EXPECT_PROGRESS(PROGRESS_ON_SCHEDULE, {500, -1}, {1001, NEVER});
    EXPECT_PROGRESS(PROGRESS_AHEAD, {500, 400}, {1001, 900}, {1002, NEVER});
    EXPECT_PROGRESS(PROGRESS_DONE, {500, 400}, {NEVER, -1});
    EXPECT_PROGRESS(-1, {NEVER, NEVER}, {NEVER, 900}); /* nothing says when */
    EXPECT_PROGRESS(PROGRESS_AHEAD, {NEVER, NEVER}, {2000, 900}, {2000, NEVER});
    EXPECT_PROGRESS(PROGRESS_BEHIND, {NEVER, NEVER}, {999, NEVER});
}

static void compares_the_report_with_the_plan(void **state)
{
    (void)state;
    assert_true(task_progress_agrees(PROGRESS_BEHIND, PROGRESS_BEHIND));
    assert_false(task_progress_agrees(PROGRESS_ON_SCHEDULE, PROGRESS_BEHIND));
    assert_false(task_progress_agrees(PROGRESS_NOT_STARTED, PROGRESS_BEHIND));
    assert_false(task_progress_agrees(PROGRESS_DONE, PROGRESS_BEHIND));
    assert_false(task_progress_agrees(PROGRESS_BEHIND, PROGRESS_ON_SCHEDULE));
    assert_false(task_progress_agrees(PROGRESS_DONE, PROGRESS_AHEAD));
    assert_true(task_progress_agrees(PROGRESS_BASICALLY_DONE, PROGRESS_AHEAD));
    assert_true(task_progress_agrees(PROGRESS_BASICALLY_DONE, PROGRESS_DONE));
    assert_false(task_progress_agrees(PROGRESS_ON_SCHEDULE, PROGRESS_DONE));
    assert_true(task_progress_agrees(PROGRESS_NOT_STARTED, PROGRESS_ON_SCHEDULE));
    assert_false(task_progress_agrees(PROGRESS_NOT_STARTED, PROGRESS_AHEAD));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)

int main(void)
{
    const struct CMUnitTest all[] = {
        TEST(reads_the_task_itself),
        TEST(reads_measures_and_reports),
        TEST(reads_notices_and_reviews),
        TEST(reads_publicities_and_what_came_of_them),
        TEST(says_when_there_is_none),
        TEST(hides_what_is_out_of_reach),
        TEST(finds_what_people_type),
        TEST(says_what_is_near),
        cmocka_unit_test(tells_progress_by_the_plan),
        cmocka_unit_test(compares_the_report_with_the_plan),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
