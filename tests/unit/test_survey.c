/* What a survey tells of tasks, against the rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/survey.h"
#include "store/db.h"

#define TASKS 2500 /* more than an order is read of at once */

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

/* --- a survey that writes down what it is told ----------------------------------------------- */

struct notes {
    struct strbuf text;
    int prepares, left, finishes;
};

static bool notes_prepare(
    void *result, struct model *model, int milliseconds, bool *done, struct error *err)
{
    struct notes *notes = result;
    (void)model;
    (void)err;
    notes->prepares++;
    *done = milliseconds == 0 || notes->left-- == 0;
    return true;
}

static void add_day(struct strbuf *out, date_t day)
{
    char text[11];
    strbuf_format(out, "|%s", date_format(day, text));
}

static void notes_take(void *result, const struct fact *fact)
{
    struct strbuf *out = &((struct notes *)result)->text;
    strbuf_format(out, "%lld|%lld|%lld|%s|%s|%d|%s", (long long)fact->id,
        (long long)fact->source_id, (long long)fact->lead_id, task_states[fact->state].name,
        task_progresses[fact->progress].name, fact->returned, fact->category);
    add_day(out, fact->started_on);
    add_day(out, fact->due_on);
    add_day(out, fact->closed_on);
    add_day(out, fact->reported_on);
    add_day(out, fact->done_on);
    for (size_t i = 0; i < fact->region_count; i++)
        strbuf_format(out, "%s%lld", i == 0 ? "|" : " ", (long long)fact->regions[i]);
    strbuf_add(out, "\n");
}

static bool notes_finish(void *result, struct model *model, struct error *err)
{
    (void)model;
    (void)err;
    ((struct notes *)result)->finishes++;
    return true;
}

static void notes_free(void *result)
{
    struct notes *notes = result;
    strbuf_clear(&notes->text);
    free(notes);
}

static const struct survey_ops notes_ops = {
    .prepare = notes_prepare, .take = notes_take, .finish = notes_finish, .free = notes_free};

static struct survey *open_survey(struct model *model, const char *filter)
{
    struct query *query = NULL;
    struct query_error wrong;
    struct survey *survey = NULL;
    struct notes *notes = alloc_zero(1, sizeof *notes);
    notes->left = 2;
    if (filter != NULL)
        assert_true(query_parse(filter, &query, &wrong));
    if (!survey_open(model, query, &notes_ops, notes, &survey, &wrong))
        fail_msg("%s", wrong.text);
    query_free(query);
    return survey;
}

/* To the end, in steps of so many milliseconds, each only when there is something to do. */
static void run(struct survey *survey, int milliseconds)
{
    struct error err = {0};
    while (!survey_done(survey)) {
        struct pollfd fd = {.fd = survey_fd(survey), .events = POLLIN};
        assert_true(fd.fd >= 0);
        assert_int_equal(poll(&fd, 1, 10000), 1);
        if (!survey_step(survey, milliseconds, &err))
            fail_msg("%s", err.text);
    }
    assert_int_equal(survey_fd(survey), -1);
}

static char **lines_of(char *text, size_t *count)
{
    char **lines = NULL;
    size_t room = 0;
    *count = 0;
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        lines = alloc_grow(lines, &room, *count + 1, sizeof *lines);
        lines[(*count)++] = line;
    }
    return lines;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The same lines, in whatever order. */
static void expect_lines(const char *found, const char *expected)
{
    char *texts[2] = {alloc_string(found), alloc_string(expected)};
    size_t counts[2];
    char **lines[2];
    for (int i = 0; i < 2; i++) {
        lines[i] = lines_of(texts[i], &counts[i]);
        if (counts[i] > 0)
            qsort(lines[i], counts[i], sizeof *lines[i], by_text);
    }
    for (size_t i = 0; i < counts[0] && i < counts[1]; i++)
        assert_string_equal(lines[0][i], lines[1][i]);
    assert_int_equal(counts[0], counts[1]);
    for (int i = 0; i < 2; i++) {
        free(lines[i]);
        free(texts[i]);
    }
}

static void add_column(struct strbuf *out, struct db_statement *row, int column)
{
    strbuf_format(out, "%s%s", column > 0 ? "|" : "", db_text(row, column));
}

/* The rows of the tasks for which `where` holds, in SQL of its own. */
static char *recount(struct model *model, const char *where)
{
    struct strbuf sql = {0}, out = {0};
    struct db_statement *rows;
    struct error err = {0};
    strbuf_format(&sql,
        "SELECT t.id, source_id, coalesce(lead_id, 0), state, progress, returned, "
        "replace(category, char(10), '⏎'), "
        "min(coalesce(assigned_on, date(created_at, '+8 hours')), '2026-11-21'), "
        "iif(due_on = '9999-12-31', '', due_on), coalesce(closed_on, ''), reported_on, "
        "coalesce(done_on, ''), (SELECT group_concat(region_id, ' ') FROM (SELECT region_id FROM "
        "task_region r WHERE r.task_id = t.id ORDER BY position, region_id)) FROM task t WHERE %s",
        where);
    strbuf_add(&out, "");
    assert_true(db_prepare(model_db(model), strbuf_text(&sql), &rows, &err));
    while (db_step(rows, &err) == DB_ROW) {
        for (int i = 0; i < 13; i++)
            add_column(&out, rows, i);
        strbuf_add(&out, "\n");
    }
    db_finish(rows);
    strbuf_clear(&sql);
    return strbuf_take(&out);
}

static void expect_facts(
    struct model *model, const char *filter, const char *where, int milliseconds)
{
    struct survey *survey = open_survey(model, filter);
    char *expected = recount(model, where);
    size_t taken, total;
    run(survey, milliseconds);
    survey_progress(survey, &taken, &total);
    struct notes *notes = survey_take(survey);
    survey_close(survey);
    assert_int_equal(taken, total);
    expect_lines(strbuf_text(&notes->text), expected);
    assert_int_equal(notes->prepares, milliseconds == 0 ? 1 : 3);
    assert_int_equal(notes->finishes, 1);
    notes_free(notes);
    free(expected);
}

/* --- tests ----------------------------------------------------------------------------------- */

static void make_tasks(void **state, int count, char path[static 256])
{
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 20261121, count);
    database_write(path, "UPDATE task SET category = '水' || char(10) || '环境' WHERE id % 3 = 0");
    database_write(path, "UPDATE task SET category = '大气' WHERE id % 3 > 0");
    database_write(path,
        "UPDATE task SET assigned_on = date('2026-11-21', (id % 700 - 690) || ' days') "
        "WHERE id % 2 = 0");
    database_write(path, "DELETE FROM task WHERE id % 11 = 0");
}

static void facts_are_what_the_rows_say(void **state)
{
    char path[256];
    make_tasks(state, TASKS, path);
    struct model *model = database_open(path);
    for (int milliseconds = 0; milliseconds < 2; milliseconds++) {
        expect_facts(model, NULL, "1", milliseconds);
        expect_facts(model, "", "1", milliseconds);
        expect_facts(model, "-closed", "state <> 'closed'", milliseconds);
        expect_facts(model, "category:大气 city:抚顺",
            "category = '大气' AND EXISTS (SELECT 1 FROM "
            "task_region r WHERE r.task_id = t.id AND r.region_id IN (3, 5))",
            milliseconds);
        expect_facts(model, "category:无", "0", milliseconds);
    }
    model_close(model);
}

static void facts_are_within_reach(void **state)
{
    char path[256];
    make_tasks(state, TASKS, path);
    struct model *model = database_open_reach(path, "lead:水利厅");
    expect_facts(model, NULL, "lead_id = 2", 1);
    expect_facts(model, "closed", "lead_id = 2 AND state = 'closed'", 1);
    expect_facts(model, "lead:自然资源厅", "0", 0);
    model_close(model);
}

static void where_there_is_no_task_nothing_is_told(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    struct model *model = database_open(path);
    expect_facts(model, NULL, "1", 1);
    expect_facts(model, "overdue", "1", 1);
    model_close(model);
}

/* What was there from the start is told once, whatever comes and goes meanwhile. */
static void others_may_write_between_two_steps(void **state)
{
    char path[256];
    make_tasks(state, TASKS, path);
    struct model *model = database_open(path);
    for (int filtered = 0; filtered < 2; filtered++) {
        struct survey *survey = open_survey(model, filtered ? "percent>=0" : NULL);
        struct error err = {0};
        int64_t before = database_number(path, "SELECT count(*) FROM task WHERE id > 2");
        for (int i = 0; i < 4; i++)
            assert_true(survey_step(survey, 1, &err));
        database_write(path, "DELETE FROM task WHERE id = (SELECT max(id) FROM task)");
        run(survey, 1);
        struct notes *notes = survey_take(survey);
        survey_close(survey);
        size_t told = 0;
        for (const char *at = strbuf_text(&notes->text); (at = strchr(at, '\n')); at++)
            told++;
        assert_in_range(told, before, before + 2);
        notes_free(notes);
    }
    model_close(model);
}

static void what_is_wrong_is_told(void **state)
{
    char path[256];
    struct query *query = NULL;
    struct query_error wrong;
    struct survey *survey = NULL;
    database_make(folder_file(*state, "a.db", path));
    struct model *model = database_open(path);
    assert_true(query_parse("lead:没有这个厅", &query, &wrong));
    struct notes *notes = alloc_zero(1, sizeof *notes);
    assert_false(survey_open(model, query, &notes_ops, notes, &survey, &wrong));
    assert_non_null(strstr(wrong.text, "没有这个厅"));
    query_free(query);
    model_close(model);
}

static void a_finished_one_has_its_result(void **state)
{
    (void)state;
    struct error err = {0};
    struct survey *survey = survey_finished(&notes_ops, alloc_zero(1, sizeof(struct notes)));
    assert_true(survey_done(survey));
    assert_int_equal(survey_fd(survey), -1);
    assert_true(survey_step(survey, 1, &err));
    notes_free(survey_take(survey));
    survey_close(survey);
    survey_close(survey_finished(&notes_ops, alloc_zero(1, sizeof(struct notes))));
    survey_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(facts_are_what_the_rows_say, use_clock, end_clock),
        cmocka_unit_test_setup_teardown(facts_are_within_reach, use_clock, end_clock),
        cmocka_unit_test_setup_teardown(
            where_there_is_no_task_nothing_is_told, use_clock, end_clock),
        cmocka_unit_test_setup_teardown(others_may_write_between_two_steps, use_clock, end_clock),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_told, use_clock, end_clock),
        cmocka_unit_test_setup_teardown(a_finished_one_has_its_result, use_clock, end_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
