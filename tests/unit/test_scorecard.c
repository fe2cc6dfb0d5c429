/* The scorecard: every number and score of random worlds against a recount in plain SQL, and what
 * the recount does not show: history, ties, filters, words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/past.h"
#include "model/query.h"
#include "model/scorecard.h"
#include "model/task_list.h"
#include "store/db.h"

#define TASKS 300
#define DAYS 90 /* of what is told of them */

static int set_up(void **state)
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    return folder_set_up(state);
}

static int tear_down(void **state)
{
    unsetenv("DUBAN_NOW");
    return folder_tear_down(state);
}

static void set_day(const char *day)
{
    char now[40];
    snprintf(now, sizeof now, "%sT21:47:00+08:00", day);
    setenv("DUBAN_NOW", now, 1);
}

/* --- a random world -------------------------------------------------------------------------- */

static unsigned dice(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

static const char *ago(unsigned *seed, date_t today, unsigned days, char out[static 11])
{
    return date_format(today - (date_t)dice(seed, days), out);
}

/* Closed on or after the day it was assigned, where it is closed. */
static void add_task(struct strbuf *sql, unsigned *seed, int id, date_t today)
{
    static const char *const states[] = {"not_started", "in_progress", "submitted", "in_review",
        "publicised", "closed", "closed", "closed"};
    const char *state = states[dice(seed, 8)];
    date_t assigned = today - (date_t)dice(seed, 150), closed = assigned;
    char text[3][11];
    closed += (date_t)dice(seed, (unsigned)(today - assigned) + 1);
    strbuf_format(sql,
        "%s(%d, %u, '%03d', %d, '任务 %d', '%s', %u, nullif(%u, 0), 1, '%s', '%s', %s%s%s, ",
        id > 1 ? ", " : "", id, 1 + dice(seed, 3), id, id, id, state, 1 + dice(seed, 7),
        dice(seed, 5), date_format(assigned, text[0]), text[0],
        strcmp(state, "closed") == 0 ? "'" : "",
        strcmp(state, "closed") == 0 ? date_format(closed, text[1]) : "NULL",
        strcmp(state, "closed") == 0 ? "'" : "");
    if (dice(seed, 3) == 0)
        strbuf_format(sql, "'%s', ", ago(seed, today, 120, text[2]));
    else
        strbuf_add(sql, "NULL, ");
    if (dice(seed, 8) == 0)
        strbuf_add(sql, "NULL)");
    else
        strbuf_format(sql, "'%s')", date_format(today + 20 - (date_t)dice(seed, 100), text[2]));
}

static void add_tasks(struct strbuf *sql, unsigned *seed, date_t today)
{
    strbuf_add(sql,
        "UPDATE source SET rhythm = 'ten_day' WHERE id = 3;"
        "INSERT INTO region (id, code, name, short, level, parent_id) VALUES (7, 't1', '石文镇', "
        "'石文', 'township', 5);"
        "INSERT INTO task (id, source_id, number, position, title, state, region_id, lead_id, "
        "version, assigned_on, created_at, closed_on, done_on, deadline) VALUES ");
    for (int i = 1; i <= TASKS; i++)
        add_task(sql, seed, i, today);
    strbuf_add(sql, ";INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES ");
    for (int i = 0; i < TASKS / 2; i++)
        strbuf_format(
            sql, "%s(%u, %u, 1, 0)", i > 0 ? ", " : "", 1 + dice(seed, 7), 1 + dice(seed, TASKS));
    strbuf_add_char(sql, ';');
}

/* Of any hour, for any day of any period of any task, some of them twice. */
static void add_reports(struct strbuf *sql, unsigned *seed, date_t today)
{
    char day[2][11];
    strbuf_add(sql, "INSERT INTO report (task_id, period_start, period_end, reported_at, "
                    "event_seq) VALUES ");
    for (int i = 0; i < 12 * TASKS; i++) {
        date_t period = today - (date_t)dice(seed, 100);
        if (dice(seed, 4) > 0)
            period = date_period_start(RHYTHM_WEEKLY + dice(seed, 5), period);
        strbuf_format(sql, "%s(%u, '%s', '%s', '%sT%02u:59:59.999Z', 0)", i > 0 ? ", " : "",
            1 + dice(seed, TASKS), date_format(period, day[0]), day[0],
            date_format(period + (date_t)dice(seed, 16), day[1]), dice(seed, 24));
    }
    strbuf_add_char(sql, ';');
}

static void add_notices(struct strbuf *sql, unsigned *seed, date_t today)
{
    char day[11];
    for (int i = 0; i < TASKS / 2; i++)
        strbuf_format(sql,
            "INSERT INTO notice (task_id, level, issued_on, event_seq) VALUES (%u, 'letter', '%s', "
            "0);",
            1 + dice(seed, TASKS), ago(seed, today, 90, day));
    for (int i = 0; i < TASKS / 2; i++)
        strbuf_format(sql,
            "INSERT INTO publicity (task_id, starts_on, ends_on, days, event_seq) VALUES (%u, "
            "'%s', '2199-12-31', 5, 0);",
            1 + dice(seed, TASKS), ago(seed, today, 60, day));
}

/* Lines of the history; those that count are written down in `sent_back` too. A line may be taken
 * back, and that in turn. */
static void add_returns(struct strbuf *sql, unsigned *seed, date_t today)
{
    char day[11];
    strbuf_add(sql,
        "CREATE TABLE sent_back (task_id INTEGER, day TEXT);"
        "INSERT INTO event (at, action) VALUES ('2020-01-01T00:00:00.000Z', 'sample');");
    for (int i = 0; i < TASKS / 2; i++) {
        static const char *const actions[] = {"return", "settle", "settle", "submit", "edit"};
        unsigned task = 1 + dice(seed, TASKS), kind = dice(seed, 5), after = dice(seed, 4);
        unsigned at = (unsigned)i * DAYS * 24 / (TASKS / 2),
                 hour = at % 24; /* one after the other */
        date_t on = today - DAYS + (date_t)(at / 24);
        strbuf_format(sql,
            "INSERT INTO event (at, task_id, action) VALUES ('%sT%02u:30:00.000Z', %u, '%s');",
            date_format(on, day), hour, task, actions[kind]);
        if (kind == 1)
            strbuf_add(sql, "INSERT INTO event_change VALUES ((SELECT max(seq) FROM event), "
                            "'returned', '0', '1');");
        if (after >= 2) /* taken back within the hour */
            strbuf_format(sql,
                "INSERT INTO event (at, task_id, action) VALUES ('%sT%02u:40:00.000Z', %u, 'undo');"
                "INSERT INTO event_change SELECT max(seq), 'undone', '', max(seq) - 1 FROM event;",
                day, hour, task);
        if (after == 3)
            strbuf_format(sql,
                "INSERT INTO event (at, task_id, action) VALUES ('%sT%02u:50:00.000Z', %u, 'redo');"
                "INSERT INTO event_change SELECT max(seq), 'redone', '', max(seq) - 1 FROM event;",
                day, hour, task);
        if (kind <= 1 && after != 2)
            strbuf_format(sql, "INSERT INTO sent_back VALUES (%u, '%s');", task,
                date_format(on + (hour >= 16), day));
    }
}

static void make_world(const char *path, unsigned seed, const char *day)
{
    struct strbuf sql = {0};
    date_t today;
    assert_true(date_parse(day, &today));
    set_day(day);
    database_make(path);
    add_tasks(&sql, &seed, today);
    add_reports(&sql, &seed, today);
    add_notices(&sql, &seed, today);
    add_returns(&sql, &seed, today);
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

/* --- the recount ----------------------------------------------------------------------------- */

/* $1 the unit, $2 the month's first day, $3 its last (today), $4 the last that can have been late,
 * $5 the days of grace, $6 today. A task's life is told by its row alone. */
static const char recount[] =
    "WITH RECURSIVE below (id) AS (SELECT id FROM region WHERE id = $1 UNION "
    "  SELECT r.id FROM region r JOIN below b ON r.parent_id = b.id),"
    "mine (id, source_id, due_on, starts, ends, state, done_on) AS ("
    "  SELECT t.id, t.source_id, t.due_on, min(assigned_on, $6), "
    "  CASE state WHEN 'closed' THEN min(closed_on, $6) ELSE '9999' END, state, done_on "
    "  FROM task t WHERE %s AND %s),"
    "day (d) AS (SELECT date($2, '-130 days') UNION ALL SELECT date(d, '+1 day') FROM day "
    "  WHERE d < $4),"
    "last_of_month (d) AS (SELECT d FROM day WHERE strftime('%%d', d, '+1 day') = '01'),"
    "period (rhythm, s, e) AS ("
    "  SELECT 'weekly', date(d, '-6 days'), d FROM day WHERE strftime('%%w', d) = '0' UNION ALL "
    "  SELECT 'monthly', date(d, 'start of month'), d FROM last_of_month UNION ALL "
    "  SELECT 'ten_day', substr(d, 1, 8) || '01', d FROM day WHERE substr(d, 9) = '10' UNION ALL "
    "  SELECT 'ten_day', substr(d, 1, 8) || '11', d FROM day WHERE substr(d, 9) = '20' UNION ALL "
    "  SELECT 'ten_day', substr(d, 1, 8) || '21', d FROM last_of_month UNION ALL "
    "  SELECT 'half_monthly', substr(d, 1, 8) || '01', d FROM day WHERE substr(d, 9) = '15' "
    "  UNION ALL SELECT 'half_monthly', substr(d, 1, 8) || '16', d FROM last_of_month UNION ALL "
    "  SELECT 'quarterly', date(d, 'start of month', '-2 months'), d FROM last_of_month "
    "  WHERE substr(d, 6, 2) IN ('03', '06', '09', '12')),"
    "owed (id, s, late) AS (SELECT m.id, p.s, date(p.e, '+' || $5 || ' days') FROM mine m "
    "  JOIN source o ON o.id = m.source_id JOIN period p ON p.rhythm = o.rhythm "
    "  WHERE m.starts < p.e AND m.ends > p.e AND date(p.e, '+' || $5 || ' days') BETWEEN $2 AND "
    "$4),"
    "open_then (id, due_on, state, done_on) AS (SELECT id, due_on, state, done_on FROM mine "
    "  WHERE starts <= $3 AND ends > $3) "
    "SELECT (SELECT count(*) FROM mine),"
    "(SELECT count(*) FROM mine WHERE due_on BETWEEN $2 AND $4 AND starts <= due_on AND ends <= "
    "due_on),"
    "(SELECT count(*) FROM mine WHERE due_on BETWEEN $2 AND $4 AND starts <= due_on),"
    "(SELECT count(*) FROM owed w WHERE EXISTS (SELECT 1 FROM report r WHERE r.task_id = w.id AND "
    "  r.period_start >= w.s AND r.period_start <= date(w.late, '-' || $5 || ' days') AND "
    "  date(r.reported_at, '+8 hours') <= w.late)),"
    "(SELECT count(*) FROM owed),"
    "(SELECT count(*) FROM open_then WHERE due_on < $3), (SELECT count(*) FROM open_then),"
    "(SELECT coalesce(sum(CAST(julianday($3) - julianday(due_on) AS INTEGER)), 0) FROM open_then "
    "  WHERE due_on < $3),"
    "(SELECT count(*) FROM sent_back b JOIN mine m ON m.id = b.task_id WHERE b.day BETWEEN $2 AND "
    "$3),"
    "(SELECT count(*) FROM notice n JOIN mine m ON m.id = n.task_id WHERE n.issued_on BETWEEN $2 "
    "AND $3),"
    "(SELECT count(*) FROM open_then o WHERE done_on < date($3, '-30 days') AND (state NOT IN "
    "  ('publicised', 'closed') OR ($3 < $6 AND EXISTS (SELECT 1 FROM publicity p WHERE "
    "  p.task_id = o.id AND p.starts_on > $3 AND p.starts_on <= $6))))";

static const char *const in_unit[SCORE_UNITS_COUNT] = {
    [SCORE_CITIES] = "id IN (SELECT task_id FROM task_region WHERE region_id IN below)",
    [SCORE_COUNTIES] = "id IN (SELECT task_id FROM task_region WHERE region_id IN below)",
    [SCORE_LEADS] = "coalesce(lead_id, 0) = $1",
};

struct recounted {
    int64_t tasks;
    struct score_value value[SCORE_COLUMN_COUNT];
};

static struct db_statement *ask(struct model *model, const char *sql)
{
    struct db_statement *row;
    struct error err = {0};
    if (!db_prepare(model_db(model), sql, &row, &err))
        fail_msg("%s\n%s", err.text, sql);
    return row;
}

static void bind_day(struct db_statement *row, int index, date_t day)
{
    char text[11];
    db_bind_text(row, index, date_format(day, text));
}

static void count_again(struct model *model, enum score_units units, const char *condition,
    int64_t unit, const date_t days[static 3], struct recounted *out)
{
    struct strbuf sql = {0};
    struct error err = {0};
    strbuf_format(&sql, recount, in_unit[units], condition);
    struct db_statement *row = ask(model, strbuf_text(&sql));
    db_bind_int(row, 1, unit);
    for (int i = 0; i < 3; i++)
        bind_day(row, 2 + i, days[i]);
    db_bind_int(row, 5, model_rules(model)->report_grace);
    bind_day(row, 6, model_today(model)->date);
    assert_int_equal(db_step(row, &err), DB_ROW);
    *out = (struct recounted){.tasks = db_int(row, 0)};
    struct score_value *value = out->value;
    value[SCORE_ON_TIME] = (struct score_value){db_int(row, 1), db_int(row, 2)};
    value[SCORE_REPORTS] = (struct score_value){db_int(row, 3), db_int(row, 4)};
    value[SCORE_OVERDUE] = (struct score_value){db_int(row, 5), db_int(row, 6)};
    value[SCORE_DAYS] = (struct score_value){db_int(row, 7), db_int(row, 5)};
    value[SCORE_RETURNED] = (struct score_value){db_int(row, 8), 0};
    value[SCORE_NOTICES] = (struct score_value){db_int(row, 9), 0};
    value[SCORE_UNACCEPTED] = (struct score_value){db_int(row, 10), 0};
    db_finish(row);
    strbuf_clear(&sql);
}

/* The score by the sentence that says what it is, in the engine's own arithmetic; -1: none. */
static int score_again(struct model *model, const struct score_value *value)
{
    const struct rule_score *rules = &model_rules(model)->score;
    struct strbuf sql = {0};
    struct error err = {0};
    strbuf_format(&sql,
        "WITH share (weight, part, whole) AS (SELECT %d, %d.0, %d UNION ALL SELECT %d, %d.0, %d "
        "UNION ALL SELECT %d, %d.0, %d), of (weight) AS (SELECT sum(weight) FROM share WHERE whole "
        "> 0) SELECT CASE WHEN coalesce((SELECT weight FROM of), 0) = 0 THEN -1 ELSE max(0, "
        "round(round(100 * ((SELECT sum(round(100.0 * weight * part / whole / (SELECT weight FROM "
        "of), 2)) FROM share WHERE whole > 0) - %d)) / 10)) END",
        rules->on_time, (int)value[SCORE_ON_TIME].part, (int)value[SCORE_ON_TIME].whole,
        rules->reports, (int)value[SCORE_REPORTS].part, (int)value[SCORE_REPORTS].whole,
        rules->in_time, (int)(value[SCORE_OVERDUE].whole - value[SCORE_OVERDUE].part),
        (int)value[SCORE_OVERDUE].whole,
        (int)(rules->returned * value[SCORE_RETURNED].part +
              rules->notice * value[SCORE_NOTICES].part +
              rules->unaccepted * value[SCORE_UNACCEPTED].part));
    struct db_statement *row = ask(model, strbuf_text(&sql));
    assert_int_equal(db_step(row, &err), DB_ROW);
    int score = (int)db_int(row, 0);
    db_finish(row);
    strbuf_clear(&sql);
    return score;
}

/* --- comparing ------------------------------------------------------------------------------- */

static struct scorecard *read_card(
    struct model *model, enum score_units units, const char *filter, int milliseconds)
{
    struct survey *survey;
    struct query_error wrong;
    struct error err = {0};
    if (!scorecard_open(model, units, filter, &survey, &wrong))
        fail_msg("%s", wrong.text);
    while (!survey_done(survey))
        if (!survey_step(survey, milliseconds, &err))
            fail_msg("%s", err.text);
    struct scorecard *card = survey_take(survey);
    survey_close(survey);
    return card;
}

static void month_days(const struct scorecard *card, int month, date_t days[static 3])
{
    days[0] =
        month == SCORE_THIS ? card->month : date_period_start(RHYTHM_MONTHLY, card->month - 1);
    days[1] = month == SCORE_THIS ? card->today : card->month - 1;
    days[2] = month == SCORE_THIS ? card->today - 1 : card->month - 1;
}

static void expect_month(struct model *model, const struct scorecard *card,
    const struct score_line *line, int month, const char *condition)
{
    struct recounted again;
    date_t days[3];
    month_days(card, month, days);
    count_again(model, card->units, condition, line->unit_id, days, &again);
    assert_true(again.tasks > 0);
    for (int c = 0; c < SCORE_COLUMN_COUNT; c++) {
        const struct score_value *found = &line->month[month].value[c];
        if (found->part != again.value[c].part || found->whole != again.value[c].whole)
            fail_msg("%s, month %d, %s: %" PRId64 "/%" PRId64 ", recounted %" PRId64 "/%" PRId64,
                line->label, month, score_columns[c].name, found->part, found->whole,
                again.value[c].part, again.value[c].whole);
    }
    int score = line->unit_id != 0 ? score_again(model, again.value) : SCORE_NONE;
    if (line->month[month].score != score)
        fail_msg("%s, month %d: score %d, recounted %d", line->label, month,
            line->month[month].score, score);
}

static void expect_weeks(struct model *model, const struct scorecard *card,
    const struct score_line *line, const char *condition)
{
    struct strbuf sql = {0};
    struct error err = {0};
    date_t sunday = card->today;
    while (date_weekday(sunday) != 7)
        sunday++;
    strbuf_format(&sql,
        "WITH RECURSIVE below (id) AS (SELECT id FROM region WHERE id = $1 UNION SELECT r.id FROM "
        "region r JOIN below b ON r.parent_id = b.id) SELECT count(*) FROM task WHERE %s AND %s "
        "AND min(assigned_on, $3) <= $2 AND (state <> 'closed' OR min(closed_on, $3) > $2) AND "
        "due_on < $2",
        in_unit[card->units], condition);
    for (int i = 0; i < SCORE_WEEKS; i++) {
        struct db_statement *row = ask(model, strbuf_text(&sql));
        date_t day = i == SCORE_WEEKS - 1 ? card->today : sunday - 7 * (SCORE_WEEKS - 1 - i);
        db_bind_int(row, 1, line->unit_id);
        bind_day(row, 2, day);
        bind_day(row, 3, card->today);
        assert_int_equal(db_step(row, &err), DB_ROW);
        assert_int_equal(line->overdue_weeks[i], db_int(row, 0));
        db_finish(row);
    }
    strbuf_clear(&sql);
    assert_int_equal(line->open, line->month[SCORE_THIS].value[SCORE_OVERDUE].whole);
}

static void expect_order(const struct scorecard *card)
{
    size_t ranked = 0;
    for (size_t i = 0; i < card->count; i++) {
        int score = card->line[i].month[SCORE_THIS].score, better = 0;
        for (size_t k = 0; k < card->count; k++)
            better += card->line[k].month[SCORE_THIS].score > score;
        assert_int_equal(card->line[i].rank, score == SCORE_NONE ? 0 : better + 1);
        assert_true(i == 0 || score <= card->line[i - 1].month[SCORE_THIS].score);
        ranked += score != SCORE_NONE;
    }
    assert_int_equal(card->ranked, ranked);
}

/* Units with any task, all of them, and nothing else. */
static void expect_units(struct model *model, const struct scorecard *card, const char *condition)
{
    static const char *const units[SCORE_UNITS_COUNT] = {
        [SCORE_CITIES] = "SELECT id FROM region WHERE level = 'city'",
        [SCORE_COUNTIES] = "SELECT id FROM region WHERE level = 'county'",
        [SCORE_LEADS] = "SELECT id FROM department UNION SELECT 0",
    };
    struct db_statement *row = ask(model, units[card->units]);
    struct error err = {0};
    size_t with = 0;
    while (db_step(row, &err) == DB_ROW) {
        struct recounted again;
        count_again(model, card->units, condition, db_int(row, 0), (date_t[]){0, 0, 0}, &again);
        with += again.tasks > 0;
    }
    db_finish(row);
    assert_int_equal(card->count, with);
}

static void expect_card(struct model *model, enum score_units units, const char *filter,
    const char *condition, int milliseconds)
{
    struct scorecard *card = read_card(model, units, filter, milliseconds);
    expect_units(model, card, condition);
    expect_order(card);
    for (size_t i = 0; i < card->count; i++) {
        for (int m = 0; m < SCORE_MONTHS; m++)
            expect_month(model, card, &card->line[i], m, condition);
        expect_weeks(model, card, &card->line[i], condition);
    }
    scorecard_free(card);
}

static void expect_cards(struct model *model, const char *condition, int milliseconds)
{
    for (int i = 0; i < SCORE_UNITS_COUNT; i++)
        expect_card(model, (enum score_units)i, NULL, condition, milliseconds);
}

/* --- random worlds --------------------------------------------------------------------------- */

static void every_number_is_what_a_recount_finds(void **state)
{
    static const char *const days[] = {"2026-11-21", "2026-11-01", "2026-11-30", "2026-03-01",
        "2026-03-31", "2024-02-29", "2027-01-01", "2027-01-02", "2026-12-31", "2026-11-22",
        "2026-11-23"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        char path[256], name[16];
        snprintf(name, sizeof name, "%zu.db", i);
        make_world(folder_file(*state, name, path), (unsigned)i + 1, days[i]);
        struct model *model = database_open(path);
        expect_cards(model, "1 = 1", i % 2 == 0 ? 0 : 1);
        model_close(model);
    }
}

static void filters_and_reach_narrow_it(void **state)
{
    char path[256];
    make_world(folder_file(*state, "a.db", path), 77, "2026-11-21");
    struct model *model = database_open(path);
    expect_card(model, SCORE_CITIES, "source:2021", "source_id = 1", 0);
    expect_card(model, SCORE_LEADS, "source:2021 or id:12", "(source_id = 1 OR number = '012')", 0);
    expect_card(model, SCORE_COUNTIES, "overdue", "state <> 'closed' AND due_on < '2026-11-21'", 0);
    model_close(model);
    model = database_open_reach(path, "lead:省水利厅");
    expect_cards(model, "lead_id = 2", 0);
    model_close(model);
}

/* As it stood at the end of a day: the same as a recount of the tables of then. */
static void the_past_is_counted_as_of_then(void **state)
{
    char path[256];
    make_world(folder_file(*state, "a.db", path), 5, "2026-11-21");
    const char *const moments[] = {"2026-11-14", "2026-10-31", "2026-10-01"};
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        struct error err = {0};
        struct model *model = NULL;
        const struct person person = {.name = (char *)"李娜", .role = PERSON_ADMIN};
        struct model_options options = {.path = path, .due_soon_days = 30, .person = &person};
        assert_true(past_parse(moments[i], &options.as_of, &err));
        options.read_only = true;
        if (!model_open(&options, &model, &err))
            fail_msg("%s", err.text);
        expect_cards(model, "1 = 1", 0);
        model_close(model);
    }
}

/* Other weights, other points, other days of grace. */
static void rules_decide(void **state)
{
    static const struct rule_score others[] = {
        {0, 50, 0, 3, 0, 5}, {1, 1, 1, 0, 0, 0}, {0, 0, 7, 100, 100, 100}};
    char path[256];
    make_world(folder_file(*state, "a.db", path), 13, "2026-11-21");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct error err = {0};
        struct model *model = NULL;
        struct rules rules = rules_default;
        const struct person person = {.name = (char *)"李娜", .role = PERSON_ADMIN};
        const struct model_options options = {
            .path = path, .due_soon_days = 30, .person = &person, .rules = &rules};
        rules.score = others[i];
        rules.report_grace = (int)i * 10;
        if (!model_open(&options, &model, &err))
            fail_msg("%s", err.text);
        expect_cards(model, "1 = 1", 0);
        model_close(model);
    }
}

/* --- the tasks behind a number --------------------------------------------------------------- */

static int64_t count_of(struct model *model, const char *filter)
{
    struct query *query;
    struct query_error wrong;
    struct error err = {0};
    struct task_list *list;
    const struct sort order = {SORT_DUE, false};
    if (!query_parse(filter, &query, &wrong) ||
        !task_list_open(model, query, &order, &list, &wrong))
        fail_msg("%s: %s", filter, wrong.text);
    do {
        task_list_wait(list, SIZE_MAX, 1000);
        task_list_take(list, &err);
        assert_int_equal(err.code, ERROR_NONE);
    } while (!task_list_complete(list));
    int64_t count = (int64_t)task_list_count(list);
    task_list_close(list);
    query_free(query);
    return count;
}

/* How many tasks a filter has to find: what the number counts, or the tasks it was gathered from.
 */
static int64_t wanted(const struct score_line *line, enum score_column column)
{
    const struct score_value *value = line->month[SCORE_THIS].value;
    switch (column) {
    case SCORE_COLUMN_COUNT:
        return line->open;
    case SCORE_DAYS:
        return value[SCORE_OVERDUE].part;
    case SCORE_ON_TIME:
        return value[column].part < value[column].whole ? value[column].whole - value[column].part
                                                        : value[column].whole;
    case SCORE_REPORTS:
        return (int64_t)(value[column].part < value[column].whole ? line->tasks
                                                                  : line->measured)[column]
            .count;
    case SCORE_RETURNED:
    case SCORE_NOTICES:
        return (int64_t)line->tasks[column].count;
    default:
        return value[column].part;
    }
}

static void expect_tasks(
    struct model *model, const struct scorecard *card, size_t index, enum score_column column)
{
    const struct score_line *line = &card->line[index];
    int64_t expected = wanted(line, column);
    const char *listed = NULL;
    char *filter = scorecard_filter(card, index, column, &listed);
    if (filter == NULL) {
        assert_int_equal(expected, 0);
        return;
    }
    bool named = column == SCORE_ON_TIME || column == SCORE_REPORTS || column == SCORE_RETURNED ||
                 column == SCORE_NOTICES;
    int64_t found = expected > SCORE_NAMED && named ? expected : count_of(model, filter);
    assert_non_null(listed);
    if (found != expected)
        fail_msg("%s, %d: %s finds %" PRId64 ", not %" PRId64, line->label, column, filter, found,
            expected);
    free(filter);
}

static void each_number_opens_its_tasks(void **state)
{
    char path[256];
    make_world(folder_file(*state, "a.db", path), 21, "2026-11-21");
    struct model *model = database_open(path);
    static const char *const filters[] = {"", "source:2021", "source:2021 or 任务"};
    for (int units = 0; units < SCORE_UNITS_COUNT; units++)
        for (size_t f = 0; f < sizeof filters / sizeof *filters; f++) {
            struct scorecard *card = read_card(model, (enum score_units)units, filters[f], 0);
            assert_true(card->count > 0);
            for (size_t i = 0; i < card->count; i++)
                for (int c = 0; c <= SCORE_COLUMN_COUNT; c++)
                    expect_tasks(model, card, i, (enum score_column)c);
            scorecard_free(card);
        }
    model_close(model);
}

/* --- small worlds ---------------------------------------------------------------------------- */

#define TASK                                                                                       \
    "INSERT INTO task (id, source_id, number, title, state, region_id, lead_id, deadline, "        \
    "assigned_on, closed_on, version) VALUES "

static const struct score_line *line_of(const struct scorecard *card, int64_t unit)
{
    for (size_t i = 0; i < card->count; i++)
        if (card->line[i].unit_id == unit)
            return &card->line[i];
    fail_msg("no line of unit %" PRId64, unit);
    return NULL;
}

static void nobody_is_ranked_without_tasks(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    struct model *model = database_open(path);
    for (int i = 0; i < SCORE_UNITS_COUNT; i++) {
        struct scorecard *card = read_card(model, (enum score_units)i, "", 1);
        assert_int_equal(card->count, 0);
        assert_int_equal(card->ranked, 0);
        scorecard_free(card);
    }
    model_close(model);
}

/* A county with nothing but old tasks has a line and no score; same scores share a rank. */
static void ranks_are_shared_and_some_have_none(void **state)
{
    char path[256];
    struct strbuf text = {0};
    database_make(folder_file(*state, "a.db", path));
    database_write(path,
        TASK "(1, 3, '1', '甲', 'closed', 2, 1, '2026-11-10', '2026-09-01', '2026-11-10', 1),"
             "(2, 3, '2', '乙', 'closed', 2, 2, '2026-11-10', '2026-09-01', '2026-11-01', 1),"
             "(3, 3, '3', '丙', 'closed', 2, 3, '2026-11-10', '2026-09-01', '2026-11-11', 1),"
             "(4, 3, '4', '丁', 'closed', 5, 4, '2026-01-10', '2025-09-01', '2026-01-10', 1)");
    struct model *model = database_open(path);
    struct scorecard *card = read_card(model, SCORE_LEADS, "", 0);
    assert_int_equal(card->count, 4);
    assert_int_equal(card->ranked, 3);
    assert_int_equal(line_of(card, 1)->rank, 1);
    assert_int_equal(line_of(card, 2)->rank, 1);
    assert_int_equal(line_of(card, 1)->month[SCORE_THIS].score, 1000);
    assert_int_equal(line_of(card, 3)->rank, 3);
    assert_int_equal(line_of(card, 3)->month[SCORE_THIS].score, 0);
    assert_int_equal(line_of(card, 4)->rank, 0);
    assert_int_equal(card->line[3].unit_id, 4);
    scorecard_explain(model, card, 3, SCORE_THIS, &text);
    assert_non_null(strstr(strbuf_text(&text), "No score"));
    const char *listed;
    assert_null(scorecard_filter(card, 3, SCORE_COLUMN_COUNT, &listed));
    strbuf_clear(&text);
    scorecard_free(card);
    model_close(model);
}

static void expect_listed(const struct scorecard *card, size_t line, enum score_column column,
    const char *filter, const char *listed)
{
    const char *words = NULL;
    char *found = scorecard_filter(card, line, column, &words);
    assert_string_equal(found, filter);
    assert_string_equal(words, listed);
    free(found);
}

/* What a share opens is called what it is: those that were late, or all because none was. */
static void lists_are_called_what_they_are(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_write(path,
        TASK "(1, 3, '1', '甲', 'closed', 2, 1, '2026-11-10', '2026-09-01', '2026-11-10', 1),"
             "(2, 3, '2', '乙', 'closed', 2, 2, '2026-11-10', '2026-09-01', '2026-11-01', 1),"
             "(3, 3, '3', '丙', 'closed', 2, 2, '2026-11-10', '2026-09-01', '2026-11-11', 1),"
             "(4, 1, '4', '丁', 'in_progress', 2, 4, '2026-12-15', '2026-11-01', NULL, 1);"
             "INSERT INTO report (task_id, period_start, period_end, reported_at, event_seq) "
             "VALUES (4, '2026-11-09', '2026-11-15', '2026-11-15T02:00:00.000Z', 0)");
    struct model *model = database_open(path);
    struct scorecard *card = read_card(model, SCORE_LEADS, "", 0);
    expect_listed(card, (size_t)(line_of(card, 1) - card->line), SCORE_ON_TIME, "id:#1",
        "all closed by their due day");
    expect_listed(card, (size_t)(line_of(card, 2) - card->line), SCORE_ON_TIME, "id:#3",
        "not closed by their due day");
    /* two were owed and one came: it is one task */
    assert_int_equal(line_of(card, 4)->month[SCORE_THIS].value[SCORE_REPORTS].whole, 2);
    expect_listed(card, (size_t)(line_of(card, 4) - card->line), SCORE_REPORTS, "id:#4",
        "with a report not filed in time");
    scorecard_free(card);
    model_close(model);
}

/* Tasks without a lead are nobody's: however well they do, they are not ranked, and stand last. */
static void nobody_has_no_score(void **state)
{
    char path[256];
    struct strbuf text = {0};
    database_make(folder_file(*state, "a.db", path));
    database_write(path,
        TASK "(1, 3, '1', '甲', 'closed', 2, NULL, '2026-11-10', '2026-09-01', '2026-11-10', 1),"
             "(2, 3, '2', '乙', 'closed', 2, 2, '2026-11-10', '2026-09-01', '2026-11-11', 1),"
             "(3, 3, '3', '丙', 'closed', 2, 4, '2026-01-10', '2025-09-01', '2026-01-10', 1)");
    struct model *model = database_open(path);
    struct scorecard *card = read_card(model, SCORE_LEADS, "", 0);
    assert_int_equal(card->count, 3);
    assert_int_equal(card->ranked, 1);
    assert_int_equal(card->line[0].unit_id, 2);
    assert_int_equal(card->line[0].rank, 1);
    assert_int_equal(card->line[2].unit_id, 0);
    assert_int_equal(card->line[2].rank, 0);
    assert_int_equal(card->line[2].month[SCORE_THIS].score, SCORE_NONE);
    assert_int_equal(card->line[2].month[SCORE_LAST].score, SCORE_NONE);
    scorecard_explain(model, card, 2, SCORE_THIS, &text);
    assert_non_null(strstr(strbuf_text(&text), "nobody"));
    strbuf_clear(&text);
    scorecard_free(card);
    model_close(model);
}

static void expect_lead(
    struct model *model, enum score_column column, int month, int64_t part, int64_t whole)
{
    struct scorecard *card = read_card(model, SCORE_LEADS, "", 0);
    const struct score_value *value = &line_of(card, 1)->month[month].value[column];
    if (value->part != part || value->whole != whole)
        fail_msg("%s: %" PRId64 "/%" PRId64 ", not %" PRId64 "/%" PRId64,
            score_columns[column].name, value->part, value->whole, part, whole);
    scorecard_free(card);
}

/* An extension takes a task out of the month; what was closed in time and reopened was in time. */
static void the_past_is_as_it_was(void **state)
{
    char path[256];
    const struct argument longer[] = {{"deadline", "2026-12-31", NULL}, {"reason", "雨季", NULL}};
    const struct argument look[] = {{"reason", "反弹", NULL}};
    database_make(folder_file(*state, "a.db", path));
    database_write(path,
        TASK "(1, 3, '1', '甲', 'in_progress', 2, 1, '2026-11-15', '2026-09-01', NULL, 1),"
             "(2, 3, '2', '乙', 'closed', 2, 1, '2026-11-16', '2026-09-01', '2026-11-09', 1)");
    set_day("2026-11-12");
    struct model *model = acting_open(path, "李娜", PERSON_ADMIN, NULL);
    acting_do(model, 1, "extend", TOLD(longer));
    set_day("2026-11-18");
    expect_lead(model, SCORE_ON_TIME, SCORE_THIS, 1, 2);
    set_day("2026-11-19");
    acting_do(model, 1, "approve", NULL, 0);
    set_day("2026-11-20");
    acting_do(model, 2, "reopen", TOLD(look));
    model_close(model);
    set_day("2026-11-21");
    model = acting_open(path, "李娜", PERSON_ADMIN, NULL);
    expect_lead(model, SCORE_ON_TIME, SCORE_THIS, 1, 1);
    expect_lead(model, SCORE_OVERDUE, SCORE_THIS, 1, 2);
    expect_lead(model, SCORE_DAYS, SCORE_THIS, 5, 1);
    model_close(model);
    set_day("2026-12-01");
    model = acting_open(path, "李娜", PERSON_ADMIN, NULL);
    expect_lead(model, SCORE_ON_TIME, SCORE_LAST, 1, 1);
    expect_lead(model, SCORE_ON_TIME, SCORE_THIS, 0, 0);
    model_close(model);
}

/* What people send back counts until they take that back. */
static void returns_count_as_long_as_they_stand(void **state)
{
    char path[256];
    const struct argument back[] = {{"reason", "资料不全", NULL}};
    database_make(folder_file(*state, "a.db", path));
    database_write(
        path, TASK "(1, 3, '1', '甲', 'submitted', 2, 1, '2026-12-15', '2026-09-01', NULL, 1)");
    struct model *model = acting_open(path, "李娜", PERSON_ADMIN, NULL);
    expect_lead(model, SCORE_RETURNED, SCORE_THIS, 0, 0);
    acting_do(model, 1, "return", TOLD(back));
    expect_lead(model, SCORE_RETURNED, SCORE_THIS, 1, 0);
    acting_undo(model, false);
    expect_lead(model, SCORE_RETURNED, SCORE_THIS, 0, 0);
    acting_undo(model, true);
    expect_lead(model, SCORE_RETURNED, SCORE_THIS, 1, 0);
    acting_undo(model, false);
    expect_lead(model, SCORE_RETURNED, SCORE_THIS, 0, 0);
    model_close(model);
}

/* A week's report is due on Monday; one of a task that came on its last day is not owed. */
static void reports_are_due_after_their_period(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_write(path,
        TASK "(1, 1, '1', '甲', 'in_progress', 2, 1, '2026-12-15', '2026-11-08', NULL, 1);"
             "INSERT INTO report (task_id, period_start, period_end, reported_at, event_seq) "
             "VALUES (1, '2026-11-09', '2026-11-15', '2026-11-16T15:59:59.999Z', 0)");
    struct model *model = database_open(path);
    expect_lead(model, SCORE_REPORTS, SCORE_THIS, 1, 1);
    database_write(path, "UPDATE report SET reported_at = '2026-11-16T16:00:00.000Z'");
    expect_lead(model, SCORE_REPORTS, SCORE_THIS, 0, 1);
    model_close(model);
    set_day("2026-11-16"); /* the day has not passed */
    model = database_open(path);
    expect_lead(model, SCORE_REPORTS, SCORE_THIS, 0, 0);
    model_close(model);
}

/* --- words ----------------------------------------------------------------------------------- */

static void columns_are_read_by_name(void **state)
{
    (void)state;
    enum score_column shown[SCORE_COLUMN_COUNT];
    size_t count = 0;
    struct error err = {0};
    assert_true(score_columns_parse(" days,overdue ", shown, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(shown[0], SCORE_DAYS);
    assert_int_equal(shown[1], SCORE_OVERDUE);
    assert_false(score_columns_parse("days overdue days", shown, &count, &err));
    assert_non_null(strstr(err.text, "\"days\" stands there twice"));
    assert_false(score_columns_parse("", shown, &count, &err));
    assert_non_null(strstr(err.text, "at least one"));
    assert_false(score_columns_parse("days overdeu", shown, &count, &err));
    assert_non_null(strstr(err.text, "overdue"));
    assert_false(score_columns_parse("xyzxyz", shown, &count, &err));
    assert_non_null(strstr(err.text, "unaccepted"));
}

static void the_worst_comes_first(void **state)
{
    (void)state;
    static const struct score_value few = {1, 2}, many = {9, 10}, none = {0, 0}, some = {1, 9};
    assert_true(score_worse(SCORE_ON_TIME, &few, &many) < 0);
    assert_true(score_worse(SCORE_ON_TIME, &none, &few) > 0);
    assert_true(score_worse(SCORE_OVERDUE, &many, &few) < 0);
    assert_true(score_worse(SCORE_OVERDUE, &few, &some) < 0);
    assert_true(score_worse(SCORE_OVERDUE, &none, &some) > 0);
    assert_true(score_worse(SCORE_NOTICES, &many, &few) < 0);
    assert_int_equal(score_worse(SCORE_NOTICES, &few, &some), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_number_is_what_a_recount_finds),
        TEST(filters_and_reach_narrow_it),
        TEST(the_past_is_counted_as_of_then),
        TEST(rules_decide),
        TEST(each_number_opens_its_tasks),
        TEST(nobody_is_ranked_without_tasks),
        TEST(ranks_are_shared_and_some_have_none),
        TEST(lists_are_called_what_they_are),
        TEST(nobody_has_no_score),
        TEST(the_past_is_as_it_was),
        TEST(returns_count_as_long_as_they_stand),
        TEST(reports_are_due_after_their_period),
        TEST(columns_are_read_by_name),
        TEST(the_worst_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
