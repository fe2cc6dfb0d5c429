/* A form asked question by question, on a real database: what is asked of which action, answers as
 * people type them, drafts shared with the form of the board, saving. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/draft.h"
#include "model/history.h"
#include "views/entry_plain.h"

struct fixture {
    char path[256];
    struct model *model;
    struct entry_plain *form;
    struct strbuf shown;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    void *folder;
    struct error err = {0};
    if (fixture == NULL || folder_set_up(&folder) != 0)
        return -1;
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    language_start("en", &err);
    folder_file(folder, "a.db", fixture->path);
    database_make(fixture->path);
    database_task(fixture->path, 1, "辽河口湿地退养还湿");
    fixture->model = acting_open(fixture->path, "李娜", PERSON_ADMIN, NULL);
    free(folder);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    entry_plain_close(fixture->form);
    strbuf_clear(&fixture->shown);
    model_close(fixture->model);
    *strrchr(fixture->path, '/') = '\0';
    folder_remove(fixture->path);
    free(fixture);
    return 0;
}

static void open_form(struct fixture *fixture, const char *action)
{
    struct error err = {0};
    entry_plain_close(fixture->form);
    fixture->form = NULL;
    if (!entry_plain_open(fixture->model, action, 1, &fixture->form, &err))
        fail_msg("%s", err.text);
}

static const char *question(struct fixture *fixture)
{
    strbuf_cut(&fixture->shown, 0);
    return entry_plain_question(fixture->form, &fixture->shown) ? strbuf_text(&fixture->shown)
                                                                : NULL;
}

static void expect_question(struct fixture *fixture, const char *words)
{
    const char *is = question(fixture);
    if (is == NULL || strstr(is, words) == NULL)
        fail_msg("\"%s\", not \"%s\"", is ? is : "(nothing)", words);
}

static void answer(struct fixture *fixture, const char *typed)
{
    struct error err = {0};
    if (!entry_plain_answer(fixture->form, typed, &err))
        fail_msg("%s: %s", typed, err.text);
}

static void refuse(struct fixture *fixture, const char *typed, const char *words)
{
    struct error err = {0};
    char *before = strdup(question(fixture));
    assert_false(entry_plain_answer(fixture->form, typed, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    if (strstr(err.text, words) == NULL)
        fail_msg("%s: %s", typed, err.text);
    assert_string_equal(question(fixture), before);
    free(before);
}

static void save(struct fixture *fixture)
{
    struct error err = {0};
    struct strbuf said = {0};
    if (!entry_plain_save(fixture->form, &said, &err))
        fail_msg("%s", err.text);
    assert_non_null(strstr(strbuf_text(&said), "2-001 "));
    strbuf_clear(&said);
}

static void expect(struct fixture *fixture, const char *sql, int64_t value)
{
    assert_int_equal(database_number(fixture->path, sql), value);
}

/* --- questions and answers ------------------------------------------------------------------- */

static void asks_what_the_tables_say(void **state)
{
    struct fixture *fixture = *state;
    open_form(fixture, "report");
    assert_true(entry_plain_asks(fixture->form));
    expect_question(fixture, "(needed), - for several lines");
    assert_true(entry_plain_takes_lines(fixture->form));
    refuse(fixture, "", "needed");
    refuse(fixture, "\"\"", "needed");
    answer(fixture, "第一批\n第二批");
    expect_question(fixture, "0 to 100");
    assert_false(entry_plain_takes_lines(fixture->form));
    refuse(fixture, "101", "100");
    refuse(fixture, "-", "");
    answer(fixture, "60%");
    expect_question(fixture, "behind behind schedule");
    refuse(fixture, "fast", "behind");
    answer(fixture, "滞后");
    answer(fixture, "");
    answer(fixture, "");
    expect_question(fixture, "a day such as");
    answer(fixture, "");
    assert_null(question(fixture));
    save(fixture);
    expect(fixture,
        "SELECT count(*) FROM report WHERE text = '第一批' || char(10) || '第二批' AND percent = "
        "60 "
        "AND progress = 'behind'",
        1);
}

static void what_is_told_is_not_asked(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    open_form(fixture, "extend");
    assert_true(entry_plain_tell(fixture->form, "deadline", "2027-03-31", &err));
    assert_false(entry_plain_tell(fixture->form, "deadlin", "2027-03-31", &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_false(entry_plain_tell(fixture->form, "deadline", "never", &err));
    assert_true(entry_plain_asks(fixture->form));
    expect_question(fixture, "reason");
    answer(fixture, "汛期长");
    save(fixture);
    expect(fixture, "SELECT count(*) FROM extension WHERE new_deadline = '2027-03-31'", 1);
    open_form(fixture, "approve");
    strbuf_cut(&fixture->shown, 0);
    entry_plain_head(fixture->form, &fixture->shown);
    assert_non_null(strstr(strbuf_text(&fixture->shown), "汛期长")); /* what is decided upon */
}

static void the_last_report_can_be_taken_over(void **state)
{
    struct fixture *fixture = *state;
    open_form(fixture, "report");
    answer(fixture, "已拆除三处");
    save(fixture);
    open_form(fixture, "report");
    expect_question(fixture, "= takes it over: 已拆除三处\n");
    answer(fixture, "=");
    save(fixture);
    expect(fixture, "SELECT count(*) FROM report WHERE text = '已拆除三处'", 2);
}

static void what_cannot_be_done_is_not_asked(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    struct entry_plain *form = NULL;
    assert_false(entry_plain_open(fixture->model, "close", 1, &form, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_null(form);
    assert_false(entry_plain_open(fixture->model, "report", 99, &form, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    struct model *viewer = acting_open(fixture->path, "看客", PERSON_VIEWER, "");
    assert_false(entry_plain_open(viewer, "report", 1, &form, &err));
    assert_int_equal(err.code, ERROR_PERMISSION);
    model_close(viewer);
    struct model *elsewhere = acting_open(fixture->path, "盘锦", PERSON_REPORTER, "region:盘锦");
    assert_false(entry_plain_open(elsewhere, "report", 1, &form, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    model_close(elsewhere);
}

/* --- drafts ---------------------------------------------------------------------------------- */

static void what_was_answered_is_kept(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    open_form(fixture, "report");
    assert_true(entry_plain_keep(fixture->form, false, &err)); /* nothing yet */
    assert_false(entry_plain_has_draft(fixture->form));
    expect(fixture, "SELECT count(*) FROM draft", 0);
    answer(fixture, "写到一半");
    answer(fixture, "30");
    assert_true(entry_plain_keep(fixture->form, true, &err));
    expect(fixture, "SELECT count(*) FROM draft WHERE context = 'report'", 1);
    open_form(fixture, "report");
    assert_true(entry_plain_has_draft(fixture->form));
    strbuf_cut(&fixture->shown, 0);
    entry_plain_head(fixture->form, &fixture->shown);
    assert_non_null(strstr(strbuf_text(&fixture->shown), "Your draft of 2026-11-21 21:47"));
    expect_question(fixture, "[写到一半]");
    answer(fixture, "");
    expect_question(fixture, "[30%]");
    entry_plain_drop(fixture->form);
    expect(fixture, "SELECT count(*) FROM draft", 0);
    open_form(fixture, "report");
    answer(fixture, "写完");
    assert_true(entry_plain_keep(fixture->form, false, &err));
    save(fixture);
    expect(fixture, "SELECT count(*) FROM draft", 0);
}

/* What was typed there is not yet read, may be wrong, and may be hostile. */
static void a_draft_of_the_board_is_offered(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    struct draft draft = {.context = strdup("extend"), .task_id = 1};
    draft_add(&draft, "deadline", "", "+30");
    draft_add(&draft, "reason", "", "清\033[2J\n湿");
    draft_add(&draft, "other", "", "x");
    assert_true(draft_keep(fixture->model, &draft, true, &err));
    draft_clear(&draft);
    open_form(fixture, "extend");
    expect_question(fixture, "[2026-12-21]");
    answer(fixture, "2027-03-31");
    expect_question(fixture, "⏎湿]");
    assert_null(strchr(question(fixture), '\033'));
    answer(fixture, "");
    save(fixture);
    expect(fixture, "SELECT count(*) FROM extension WHERE reason LIKE '清%湿'", 1);
}

/* Another has reported while the questions were answered: what was left alone stands as theirs,
 * what was chosen is asked about. */
static void another_reports(struct fixture *fixture, const char *percent)
{
    struct outcome outcome = {0};
    struct error err = {0};
    struct model *theirs = acting_open(fixture->path, "王强", PERSON_ADMIN, NULL);
    const struct argument argument[] = {{"text", "他人所报", NULL}, {"percent", percent, NULL}};
    const struct request request = {.action = "report", .argument = argument, .count = 2};
    if (!work_do(theirs, 1, &request, &outcome, &err))
        fail_msg("%s", err.text);
    outcome_clear(&outcome);
    model_close(theirs);
}

static void what_was_left_alone_goes_over_nothing(void **state)
{
    struct fixture *fixture = *state;
    another_reports(fixture, "84");
    open_form(fixture, "report");
    answer(fixture, "继续推进");
    expect_question(fixture, "[84%]");
    answer(fixture, "");
    another_reports(fixture, "95");
    while (question(fixture) != NULL)
        answer(fixture, "");
    save(fixture);
    expect(fixture, "SELECT percent FROM task WHERE id = 1", 95);
    expect(fixture, "SELECT percent IS NULL FROM report WHERE text = '继续推进'", 1);
}

static void what_was_chosen_is_asked_again(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    struct strbuf said = {0};
    another_reports(fixture, "84");
    open_form(fixture, "report");
    answer(fixture, "继续推进");
    answer(fixture, "90");
    another_reports(fixture, "95");
    while (question(fixture) != NULL)
        answer(fixture, "");
    assert_false(entry_plain_save(fixture->form, &said, &err));
    assert_int_equal(err.code, ERROR_CONFLICT);
    assert_non_null(strstr(strbuf_text(&said), "it was 84%, 王强 made it 95%; you say 90%"));
    strbuf_clear(&said);
    expect_question(fixture, "[90%]");
    answer(fixture, "96");
    assert_null(question(fixture));
    save(fixture);
    expect(fixture, "SELECT percent FROM task WHERE id = 1", 96);
}

static void a_draft_keeps_its_period(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    struct strbuf head = {0};
    open_form(fixture, "report");
    answer(fixture, "继续推进");
    assert_true(entry_plain_keep(fixture->form, true, &err));
    another_reports(fixture, "84");
    open_form(fixture, "report");
    entry_plain_head(fixture->form, &head);
    assert_non_null(strstr(strbuf_text(&head), "is reported already: 王强 "));
    assert_non_null(strstr(strbuf_text(&head), "王强 has changed this task since"));
    strbuf_clear(&head);
    while (question(fixture) != NULL)
        answer(fixture, "");
    save(fixture);
    expect(fixture, "SELECT count(DISTINCT period_start) FROM report", 1);
}

int main(void)
{
#define ON_A_TASK(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ON_A_TASK(asks_what_the_tables_say),
        ON_A_TASK(what_is_told_is_not_asked),
        ON_A_TASK(the_last_report_can_be_taken_over),
        ON_A_TASK(what_cannot_be_done_is_not_asked),
        ON_A_TASK(what_was_left_alone_goes_over_nothing),
        ON_A_TASK(what_was_chosen_is_asked_again),
        ON_A_TASK(a_draft_keeps_its_period),
        ON_A_TASK(what_was_answered_is_kept),
        ON_A_TASK(a_draft_of_the_board_is_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
