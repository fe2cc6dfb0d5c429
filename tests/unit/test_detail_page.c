/* The page of a task as text: what each section tells of lateness, decisions and history. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/history.h"
#include "model/task_detail.h"
#include "views/detail.h"

struct fixture {
    char path[256];
    struct model *model;
};
static struct fixture fixture;

static int set_up(void **state)
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    if (folder_set_up(state) != 0)
        return -1;
    database_make(folder_file(*state, "a.db", fixture.path));
    database_task(fixture.path, 47, "辽河口湿地退养还湿");
    fixture.model = database_open(fixture.path);
    return language_start("en", NULL) ? 0 : -1;
}

static int tear_down(void **state)
{
    model_close(fixture.model);
    return folder_tear_down(state);
}

static char *page_text(int columns)
{
    struct task_detail *detail;
    struct error err = {0};
    struct strbuf text = {0};
    if (!task_detail_read(fixture.model, 1, &detail, &err))
        fail_msg("%s", err.text);
    struct detail_page *page = detail_page_new(fixture.model, detail, columns);
    detail_page_text(page, &text);
    detail_page_free(page);
    task_detail_free(detail);
    return strbuf_take(&text);
}

static void must_hold(int columns, const char *words)
{
    char *text = page_text(columns);
    if (!strstr(text, words))
        fail_msg("\"%s\" is not in\n%s", words, text);
    free(text);
}

static void must_not_hold(int columns, const char *words)
{
    char *text = page_text(columns);
    if (strstr(text, words))
        fail_msg("\"%s\" is in\n%s", words, text);
    free(text);
}

/* --- measures and progress ------------------------------------------------------------------- */

static const char measures[] =
    "INSERT INTO measure (task_id, position, text, due_on, done_on, waived, event_seq) VALUES "
    "(1, 1, '排查', '2026-06-30', '2026-06-29', '', 1), (1, 2, '拆除', '2026-06-30', '2026-07-02', "
    "'', 1), (1, 3, '补植', '2026-09-30', NULL, '', 1), (1, 4, '围网', NULL, NULL, '并入他项', 1), "
    "(1, 5, '巡查', '2026-11-20', NULL, '', 1), (1, 6, '验收', '2026-11-21', NULL, '', 1);";

static void marks_measures_that_are_late(void **state)
{
    (void)state;
    database_write(fixture.path, measures);
    must_hold(80, "Measures 2/6, 1 waived\n"
                  "x 1. 排查\n    due 2026-06-30  done 2026-06-29\n"
                  "x 2. 拆除\n    due 2026-06-30  done 2026-07-02 (2 days late)\n"
                  "- 3. 补植\n    due 2026-09-30  52 days late\n"
                  "x 4. 围网\n    waived: 并入他项\n"
                  "- 5. 巡查\n    due 2026-11-20  1 day late\n"
                  "- 6. 验收\n    due 2026-11-21  today\n");
    database_write(
        fixture.path, "UPDATE task SET state = 'closed', version = version + 1 WHERE id = 1");
    must_hold(80, "- 3. 补植\n    due 2026-09-30\n");
}

static void holds_the_report_beside_the_plan(void **state)
{
    (void)state;
    database_write(fixture.path, measures);
    database_write(fixture.path,
        "UPDATE task SET progress = 'on_schedule', version = version + 1 WHERE id = 1");
    must_hold(120,
        "Plan         by the reports on schedule; by the measures' dates behind schedule "
        "(measures 3, 5 are late)\n");
    database_write(
        fixture.path, "UPDATE task SET progress = 'behind', version = version + 1 WHERE id = 1");
    must_not_hold(120, "by the reports");
}

/* --- units ----------------------------------------------------------------------------------- */

static void names_who_cooperates_in_a_line_of_their_own(void **state)
{
    (void)state;
    database_write(fixture.path,
        "INSERT INTO task_department (department_id, task_id, role, position, event_seq) VALUES "
        "(1, 1, 'responsible', 0, 1), (2, 1, 'responsible', 1, 1), (3, 1, 'cooperating', 0, 1)");
    must_hold(80, "Responsible  省生态环境厅, 省水利厅\nCooperating  省自然资源厅\n");
}

/* --- notices, reviews, extensions ------------------------------------------------------------ */

static void tells_how_late_an_answer_is(void **state)
{
    (void)state;
    database_write(fixture.path,
        "INSERT INTO notice (task_id, level, document, issuer, reason, issued_on, reply_due, "
        "replied_on, reply, lifted_on, event_seq) VALUES "
        "(1, 'letter', '', '省整改办', '滞后', '2026-05-01', '2026-05-11', '2026-05-14', '已办', "
        "NULL, 1), (1, 'talk', '1号', '', '反弹', '2026-11-01', '2026-11-18', NULL, '', NULL, 1), "
        "(1, 'reminder', '', '', '催办', '2026-10-01', '2026-10-08', NULL, '', '2026-10-20', 1), "
        "(1, 'reminder', '', '', '再催', '2026-11-20', '2026-11-27', NULL, '', NULL, 1);");
    must_hold(80, "2026-05-01  省整改办\n    滞后\n    reply due 2026-05-11  replied 2026-05-14 (3 "
                  "days late)\n    Reply: 已办\n");
    must_hold(80, "2026-11-01  1号\n    反弹\n    reply due 2026-11-18  3 days late\n");
    must_hold(80, "    催办\n    reply due 2026-10-08  lifted 2026-10-20\n");
    must_hold(80, "    再催\n    reply due 2026-11-27  6 days left\n");
}

static void tells_decisions_and_by_whom(void **state)
{
    (void)state;
    database_write(fixture.path,
        "INSERT INTO review (task_id, level, result, conclusion, department_id, reviewer, "
        "reviewed_on, event_seq) VALUES (1, 'city', 'passed', '合格', 4, '张伟', '2026-10-01', 1), "
        "(1, 'province', 'returned', '不全', NULL, '张国庆', '2026-10-23', 1);"
        "INSERT INTO extension (task_id, old_deadline, new_deadline, reason, asked_on, asked_by, "
        "decided_on, decided_by, approved, comment, event_seq) VALUES "
        "(1, '2026-09-30', '2026-12-31', '汛期', '2026-09-01', '李娜', '2026-09-05', '马丽', 1, "
        "'下不为例', 1), (1, '2026-12-31', '2027-01-01', '封冻', '2026-11-20', '', NULL, '', NULL, "
        "'', "
        "1);");
    must_hold(80, "passed  2026-10-01  市生态环境局  张伟\n    合格\n");
    must_hold(80, "sent back  2026-10-23  张国庆\n    不全\n");
    must_hold(80,
        "x 2026-09-30 → 2026-12-31 (92 days more)  approved\n    Reason: 汛期\n"
        "    asked 2026-09-01  李娜\n    decided 2026-09-05  马丽\n    Comment: 下不为例\n");
    must_hold(80, "- 2026-12-31 → 2027-01-01 (1 day more)  asked, not decided\n    Reason: 封冻\n"
                  "    asked 2026-11-20\n");
}

/* --- history --------------------------------------------------------------------------------- */

static void append(const char *at, const char *actor, const char *origin, const char *action,
    const char *note, const char *field, const char *before, const char *after)
{
    struct error err = {0};
    int64_t seq;
    struct event_change change = {(char *)field, (char *)before, (char *)after};
    struct event event = {.actor = (char *)actor,
        .origin = (char *)origin,
        .action = (char *)action,
        .note = (char *)note,
        .task_id = 1,
        .changes = &change,
        .change_count = 1};
    assert_true(date_moment_parse(at, &event.at));
    assert_true(db_write_begin(model_db(fixture.model), &err));
    assert_true(history_append(model_db(fixture.model), &event, &seq, &err));
    assert_true(db_write_commit(model_db(fixture.model), &err));
}

static void tells_who_when_what_and_from_where(void **state)
{
    (void)state;
    append("2025-12-01T08:00:00+08:00", "王强", "", "reopen", "回头看发现反弹", "state", "closed",
        "in_progress");
    append("2026-11-21T16:03:00+08:00", "李娜", "10.21.4.7 pts/3", "approve", "", "deadline",
        "2026-09-30", "2026-12-31");
    must_hold(80, "11-21 16:03  deadline 2026-09-30 → 2026-12-31 · extension approved · 李娜 ·\n"
                  "             10.21.4.7 pts/3\n");
    must_hold(80, "2025-12-01 08:00  closed for good → in progress · reopened · 王强\n"
                  "                  回头看发现反弹\n");
    database_script(fixture.path, "UPDATE task SET percent = 30");
    must_hold(80, " percent 0% → 30% · outside duban\n");
}

static void keeps_a_reason_whole_at_every_width(void **state)
{
    (void)state;
    struct strbuf reason = {0};
    for (int i = 0; i < 30; i++)
        strbuf_format(&reason, "第%02d处拆后复建。", i);
    append("2026-11-21T16:03:00+08:00", "李娜", "", "return", reason.text, "state", "in_review",
        "in_progress");
    strbuf_clear(&reason);
    for (int columns = 38; columns < 140; columns += 13) {
        char *text = page_text(columns);
        assert_non_null(strstr(text, "29"));
        for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
            assert_true(text_width(line) <= columns);
        free(text);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    setenv("LC_ALL", "C.UTF-8", 1);
    const struct CMUnitTest tests[] = {
        TEST(marks_measures_that_are_late),
        TEST(holds_the_report_beside_the_plan),
        TEST(names_who_cooperates_in_a_line_of_their_own),
        TEST(tells_how_late_an_answer_is),
        TEST(tells_decisions_and_by_whom),
        TEST(tells_who_when_what_and_from_where),
        TEST(keeps_a_reason_whole_at_every_width),
    };
    return cmocka_run_group_tests_name("detail page", tests, NULL, NULL);
}
