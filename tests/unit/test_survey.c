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
#include "harness/lives.h"
#include "harness/living.h"
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
        expect_facts(model, "category:噪声", "0", milliseconds);
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

/* The engine looks at the few lines that matter, in the past too. */
static void the_history_is_not_read_whole(void **state)
{
    char path[256];
    struct living living;
    struct error err = {0};
    struct model *past = NULL;
    living_begin(&living, folder_file(*state, "a.db", path), 3, date_make(2025, 3, 3));
    living_go(&living, 10);
    const struct person person = {.name = (char *)"李娜", .role = PERSON_ADMIN};
    const struct model_options options = {.path = path, .as_of = date_now(), .person = &person};
    if (!model_open(&options, &past, &err))
        fail_msg("%s", err.text);
    static const enum statement statements[] = {SURVEY_LIVES, SURVEY_LIVES_PART};
    for (int i = 0; i < 4; i++) {
        struct strbuf sql = {0}, plan = {0};
        struct db_statement *rows;
        strbuf_format(&sql, "EXPLAIN QUERY PLAN %s", statement_sql(statements[i / 2]));
        struct db *db = model_db(i % 2 ? past : living.model);
        assert_true(db_prepare(db, strbuf_text(&sql), &rows, &err));
        while (db_step(rows, &err) == DB_ROW)
            strbuf_add(&plan, db_text(rows, 3));
        db_finish(rows);
        assert_non_null(strstr(strbuf_text(&plan), "event_change_life (seq>?"));
        strbuf_clear(&sql);
        strbuf_clear(&plan);
    }
    model_close(past);
    living_end(&living);
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

/* --- lives ----------------------------------------------------------------------------------- */

struct told {
    struct db *lives;
    struct db_statement *ask;
    date_t first, today;
    int64_t days;
};

static void expect_piece(struct told *told, const struct fact *fact, date_t day)
{
    char text[11], found[16] = "";
    struct error err = {0};
    const struct fact_piece *piece = fact_piece_at(fact, day);
    db_bind_int(told->ask, 1, fact->id);
    db_bind_text(told->ask, 2, date_format(day, text));
    const char *expected = db_step(told->ask, &err) == DB_ROW ? db_text(told->ask, 0) : "";
    if (piece != NULL)
        snprintf(found, sizeof found, "%d|%s", piece->open, date_format(piece->due_on, text));
    told->days += piece != NULL;
    if (strcmp(expected, found) != 0)
        fail_msg("task %lld on %s: \"%s\", not \"%s\"", (long long)fact->id, date_format(day, text),
            found, expected);
    db_reset(told->ask);
    assert_int_equal(fact_was_overdue(fact, day),
        piece != NULL && piece->open && piece->due_on != DATE_NONE && piece->due_on < day);
}

static void expect_life(void *result, const struct fact *fact)
{
    struct told *told = result;
    assert_true(fact->piece_count > 0);
    assert_int_equal(fact->pieces[0].from, fact->started_on);
    for (size_t i = 1; i < fact->piece_count; i++) {
        assert_true(fact->pieces[i].from > fact->pieces[i - 1].from);
        assert_true(fact->pieces[i].open != fact->pieces[i - 1].open ||
                    fact->pieces[i].due_on != fact->pieces[i - 1].due_on);
    }
    const struct fact_piece *now = &fact->pieces[fact->piece_count - 1];
    assert_true(now->from <= told->today);
    assert_int_equal(now->open, fact->state != STATE_CLOSED);
    assert_int_equal(now->due_on, fact->due_on);
    for (date_t day = told->first; day <= told->today; day++)
        expect_piece(told, fact, day);
}

static const struct survey_ops life_ops = {.pieces = true, .take = expect_life, .free = free};

static int64_t expect_lives(struct model *model, const char *path, date_t first, const char *filter)
{
    struct told *told = alloc_zero(1, sizeof *told), *same = told;
    struct survey *survey = NULL;
    struct query *query = NULL;
    struct query_error wrong;
    date_t today = model_today(model)->date;
    *told =
        (struct told){.lives = lives_recount(path, first, today), .first = first, .today = today};
    struct error err = {0};
    assert_true(db_prepare(told->lives,
        "SELECT open || '|' || due FROM alive WHERE task = $1 AND day = $2", &told->ask, &err));
    assert_true(query_parse(filter, &query, &wrong));
    assert_true(survey_open(model, query, &life_ops, told, &survey, &wrong));
    run(survey, 1);
    assert_ptr_equal(survey_take(survey), same);
    if (filter[0] == '\0')
        assert_int_equal(told->days, lives_number(told->lives, "SELECT count(*) FROM alive"));
    int64_t days = told->days;
    survey_close(survey);
    query_free(query);
    db_finish(told->ask);
    db_close(told->lives);
    free(told);
    return days;
}

static void lives_are_as_the_history_tells(void **state)
{
    char path[256], name[16];
    int64_t reopened = 0;
    for (unsigned seed = 1; seed <= 3; seed++) {
        struct living living;
        snprintf(name, sizeof name, "%u.db", seed);
        living_begin(&living, folder_file(*state, name, path), seed, date_make(2025, 3, 3));
        living.scripts = seed > 1;
        living.wrong_clock = seed == 2;
        living_go(&living, 400);
        assert_true(expect_lives(living.model, path, date_make(2025, 2, 1), "") > 1000);
        expect_lives(living.model, path, date_make(2025, 2, 1), "lead:水利厅");
        reopened += database_number(
            path, "SELECT count(*) FROM event_change WHERE field = 'state' AND before = 'closed'");
        living_end(&living);
    }
    assert_true(reopened > 40);
}

/* A script leaves the day it was closed on; what was closed without one was so by its line. */
static void scripts_reopen_and_close(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_write(path,
        "INSERT INTO task (id, source_id, number, title, state, region_id, assigned_on, deadline, "
        "closed_on, version) VALUES "
        "(1, 1, '1', '甲', 'closed', 3, '2026-08-01', '2026-09-01', '2026-09-10', 1),"
        "(2, 1, '2', '乙', 'in_progress', 3, '2026-08-01', '2026-09-01', NULL, 1),"
        "(3, 1, '3', '丙', 'closed', 3, '2026-08-01', '2026-09-01', NULL, 1);"
        "UPDATE task SET state = 'in_progress', version = version + 1 WHERE id = 1;"
        "INSERT INTO event (seq, at, task_id, action) VALUES "
        "(1, '2027-01-01T00:00:00.000Z', 1, 'outside'),"
        "(2, '2026-10-01T00:00:00.000Z', 2, 'outside');"
        "INSERT INTO event_change VALUES (1, 'state', 'closed', 'in_progress'),"
        "(2, 'state', 'in_progress', 'closed');"
        "UPDATE task SET state = 'closed', version = version + 1 WHERE id = 2");
    struct model *model = database_open(path);
    assert_int_equal(expect_lives(model, path, date_make(2026, 7, 1), ""), 3 * 113);
    struct db *lives = lives_recount(path, date_make(2026, 7, 1), date_make(2026, 11, 21));
    assert_int_equal(lives_number(lives, "SELECT sum(open) FROM alive WHERE task = 1"), 41);
    assert_int_equal(lives_number(lives, "SELECT sum(open) FROM alive WHERE task = 2"), 61);
    assert_int_equal(lives_number(lives, "SELECT sum(open) FROM alive WHERE task = 3"), 0);
    db_close(lives);
    model_close(model);
}

static void a_life_as_of_a_day_knows_nothing_after_it(void **state)
{
    char path[256], then[256];
    struct living living;
    struct error err = {0};
    struct model *past = NULL;
    living_begin(&living, folder_file(*state, "a.db", path), 99, date_make(2025, 3, 3));
    living_go(&living, 200);
    moment_t moment = date_moment(living.today, 23, 30);
    assert_true(db_backup(model_db(living.model), folder_file(*state, "then.db", then), &err));
    date_t day = living.today++;
    living_go(&living, 100);
    assert_true(living.today > day + 10);
    const struct person person = {.name = (char *)"李娜", .role = PERSON_ADMIN};
    const struct model_options options = {.path = path, .as_of = moment, .person = &person};
    if (!model_open(&options, &past, &err))
        fail_msg("%s", err.text);
    assert_int_equal(model_today(past)->date, day);
    expect_lives(past, then, date_make(2025, 2, 1), "");
    expect_lives(past, then, date_make(2025, 2, 1), "closed");
    model_close(past);
    living_end(&living);
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
        cmocka_unit_test_setup_teardown(
            lives_are_as_the_history_tells, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(scripts_reopen_and_close, use_clock, end_clock),
        cmocka_unit_test_setup_teardown(
            a_life_as_of_a_day_knows_nothing_after_it, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            the_history_is_not_read_whole, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(a_finished_one_has_its_result, use_clock, end_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
