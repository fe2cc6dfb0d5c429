#include "matrix_recount.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "database.h"
#include "model/query_sql.h"
#include "model/units.h"

/* --- a world --------------------------------------------------------------------------------- */

unsigned dice(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

/* Namesakes, a department called as a place or in capitals, a code that is another's year, towns.
 */
static const char more_units[] =
    "INSERT INTO region (id, code, name, short, level, parent_id, position) VALUES"
    " (7, '210106', '铁西区', '铁西', 'county', 2, 1), (8, '210303x', '铁西区', '铁西', 'county', "
    "4, 2),"
    " (9, 't1', '石文镇', '石文', 'township', 5, 1), (10, 't2', '后安镇', '石文', 'township', 5, "
    "2),"
    " (11, 't3', '沈抚(新)区 \"试点\"', '沈抚(新)区 \"试点\"', 'county', 1, 9),"
    " (12, '石文', '大石桥', '大石桥', 'township', 8, 1), (13, 't4', '空镇', '空镇', 'township', "
    "6, 1);"
    "INSERT INTO department (id, name, short, region_id, position) VALUES"
    " (5, '水利厅', '水利厅', 3, 5), (6, '局', 'ABC', 3, 6), (7, '局', 'abc', 4, 7),"
    " (8, 'none', 'none', 1, 8), (9, '省水利厅（河长办）', '水利厅', 1, 9);"
    "INSERT INTO source (id, code, name, year, rhythm, position) VALUES"
    " (4, '2024', '甲', 2020, 'weekly', 4), (5, 'X', '美丽辽宁行动方案', 2020, 'monthly', 5);";

static const char *const categories[] = {"", "水", "水 环境", "大气", "=水", "none", "“固废”",
    "a\"b\\c", "土壤,矿山", "WATER", "water", "水\t环境", "两\n行"};

void matrix_units(const char *path)
{
    database_write(path, more_units);
}

void matrix_tasks(const char *path, unsigned seed, int count)
{
    struct strbuf sql = {0};
    database_tasks(path, seed, count);
    for (int id = 1; id <= count; id++) {
        const char *category = categories[dice(&seed, sizeof categories / sizeof *categories)];
        strbuf_format(&sql,
            "UPDATE task SET category = '%s', source_id = %u, lead_id = nullif(%u, 0), progress = "
            "'%s', created_at = '2026-0%u-03T00:00:00.000Z', closed_on = iif(state = 'closed', "
            "date('2026-11-21', '-%u days'), NULL), version = version + 1 WHERE id = %d;",
            category, 1 + dice(&seed, 5), dice(&seed, 10),
            dice(&seed, 3) == 0 ? "behind" : "on_schedule", 1 + dice(&seed, 9), dice(&seed, 40),
            id);
        for (unsigned more = dice(&seed, 4); more > 1; more--)
            strbuf_format(&sql,
                "INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES (%u, %d, "
                "%u, 0) ON CONFLICT DO NOTHING;",
                1 + dice(&seed, 12), id, more);
        if (dice(&seed, 5) == 0)
            strbuf_format(&sql,
                "INSERT INTO task_department (department_id, task_id, role, event_seq) VALUES (%u, "
                "%d, 'lead', 0) ON CONFLICT DO NOTHING;",
                1 + dice(&seed, 9), id);
    }
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

/* --- the recount ------------------------------------------------------------------------------ */

/* Each task with the lines it is in: `k` is what tells a line from the others. */
static const char *const members[AXIS_COUNT] = {
    [AXIS_REGION] = "WITH RECURSIVE up(task_id, region_id) AS (SELECT task_id, region_id FROM "
                    "task_region UNION SELECT u.task_id, r.parent_id FROM up u JOIN region r ON "
                    "r.id = u.region_id WHERE r.parent_id IS NOT NULL) "
                    "SELECT task_id, region_id || '' AS k FROM up WHERE region_id <> 1 UNION ALL "
                    "SELECT task_id, region_id || 'own' FROM task_region x WHERE EXISTS (SELECT 1 "
                    "FROM region b WHERE b.parent_id = x.region_id)",
    [AXIS_CITY] = "WITH RECURSIVE up(task_id, region_id) AS (SELECT task_id, region_id FROM "
                  "task_region UNION SELECT u.task_id, r.parent_id FROM up u JOIN region r ON "
                  "r.id = u.region_id WHERE r.parent_id IS NOT NULL) "
                  "SELECT u.task_id, u.region_id || '' AS k FROM up u JOIN region r ON r.id = "
                  "u.region_id WHERE r.parent_id = 1 UNION ALL "
                  "SELECT task_id, '1own' FROM task_region WHERE region_id = 1",
    [AXIS_LEAD] = "SELECT id AS task_id, coalesce(lead_id, 0) || '' AS k FROM task",
    [AXIS_SOURCE] = "SELECT id AS task_id, source_id || '' AS k FROM task",
    [AXIS_STATE] = "SELECT id AS task_id, state AS k FROM task",
    [AXIS_CATEGORY] = "SELECT id AS task_id, replace(replace(category, char(10), '⏎'), "
                      "char(9), ' ') AS k FROM task",
    [AXIS_MONTH] =
        "SELECT id AS task_id, iif(due_on = '9999-12-31', '', substr(due_on, 1, 7)) AS k "
        "FROM task",
};

#define OPEN "state <> 'closed'"
#define OVERDUE "(state <> 'closed' AND due_on < @today)"
#define BEGAN "coalesce(assigned_on, date(created_at, '+8 hours'))"
static const struct {
    const char *value, *of;
} measured[MEASURE_COUNT] = {
    [MEASURE_OVERDUE] = {OVERDUE, OPEN},
    [MEASURE_OPEN] = {OPEN, "1"},
    [MEASURE_DUE_SOON] = {"(" OPEN " AND due_on BETWEEN @today AND @soon)", OPEN},
    [MEASURE_UNREPORTED] = {"(" OPEN " AND ((source_id IN (1, 4) AND reported_on < @weekly) OR "
                            "(source_id IN (2, 5) AND reported_on < @monthly)))",
        OPEN},
    [MEASURE_BEHIND] = {"(" OPEN " AND progress = 'behind')", OPEN},
    [MEASURE_CLOSED] = {"state = 'closed'", "1"},
    [MEASURE_DAYS] = {"iif(" OVERDUE ", julianday(@today) - julianday(due_on), 0)", OVERDUE},
    [MEASURE_CHANGE] = {OVERDUE " - (@then)", OVERDUE},
};
/* Without a history they were as they are, from when they began to when they were closed. */
static const char overdue_then[] =
    "due_on < @before AND " BEGAN " <= @before AND (state <> 'closed' OR max(closed_on, " BEGAN
    ") > @before)";

static void replace(char **text, const char *word, const char *by)
{
    struct strbuf out = {0};
    const char *rest = *text;
    for (const char *at; (at = strstr(rest, word)) != NULL; rest = at + strlen(word)) {
        strbuf_add_n(&out, rest, (size_t)(at - rest));
        strbuf_add(&out, by);
    }
    strbuf_add(&out, rest);
    free(*text);
    *text = strbuf_take(&out);
}

static void replace_day(char **text, const char *word, date_t day)
{
    char iso[11], quoted[16];
    snprintf(quoted, sizeof quoted, "'%s'", date_format(day, iso));
    replace(text, word, quoted);
}

/* With the days of the model's today. */
static char *days_put(struct model *model, const char *sql, const char *before)
{
    const struct today *today = model_today(model);
    char *text = alloc_string(sql);
    replace(&text, "@then", before ? before : overdue_then);
    replace_day(&text, "@today", today->date);
    replace_day(&text, "@soon", today->date + today->due_soon_days);
    replace_day(&text, "@weekly", today->owed[RHYTHM_WEEKLY]);
    replace_day(&text, "@monthly", today->owed[RHYTHM_MONTHLY]);
    replace_day(&text, "@before", today->date - 7);
    return text;
}

/* What a line is told by in the recount. */
static const char *line_key(enum matrix_axis axis, const struct matrix_line *line, char out[64])
{
    switch (axis) {
    case AXIS_STATE:
        return task_states[line->key].name;
    case AXIS_CATEGORY:
        return line->key > 0 ? line->label : "";
    case AXIS_MONTH:
        return line->key > 0 ? line->label : "";
    default:
        snprintf(out, 64, "%lld%s", (long long)line->key, line->own ? "own" : "");
        return out;
    }
}

static int line_find(const struct matrix *matrix, bool columns, const char *key)
{
    size_t count = columns ? matrix->column_count : matrix->row_count;
    for (size_t i = 0; i < count; i++) {
        char room[64];
        const struct matrix_line *line = columns ? &matrix->columns[i] : &matrix->rows[i];
        if (strcmp(line_key(columns ? matrix->column_axis : matrix->row_axis, line, room), key) ==
            0)
            return (int)i;
    }
    return -1;
}

static const struct matrix_cell *number_at(const struct matrix *matrix, int row, int column)
{
    return row < 0 && column < 0 ? &matrix->total
           : row < 0             ? &matrix->columns[column].total
           : column < 0          ? &matrix->rows[row].total
                                 : matrix_cell(matrix, (size_t)row, (size_t)column);
}

static struct db_statement *ask(struct model *model, const char *sql)
{
    struct error err = {0};
    struct db_statement *rows = NULL;
    if (!db_prepare(model_db(model), sql, &rows, &err))
        fail_msg("%s: %s", err.text, sql);
    return rows;
}

/* Rows of two keys (NULL: the total), value and of: each is in the matrix; how many there were. */
static size_t compare(struct model *model, const struct matrix *matrix, const char *sql)
{
    struct db_statement *rows = ask(model, sql);
    struct error err = {0};
    enum db_step step;
    size_t count = 0;
    while ((step = db_step(rows, &err)) == DB_ROW) {
        bool of_row = strchr(db_text(rows, 4), 'r') != NULL;
        bool of_column = strchr(db_text(rows, 4), 'c') != NULL;
        char *row_key = alloc_string(db_text(rows, 0)),
             *column_key = alloc_string(db_text(rows, 1));
        struct matrix_cell expected = {db_int(rows, 2), db_int(rows, 3)};
        int row = of_row ? line_find(matrix, false, row_key) : -1;
        int column = of_column ? line_find(matrix, true, column_key) : -1;
        if (expected.value != 0 || expected.of != 0) {
            const struct matrix_cell *cell = number_at(matrix, row, column);
            if ((of_row && row < 0) || (of_column && column < 0) || cell->value != expected.value ||
                cell->of != expected.of)
                fail_msg("%s by %s, %s: [%s][%s] is %lld of %lld, not %lld of %lld",
                    matrix_axes[matrix->row_axis].name, matrix_axes[matrix->column_axis].name,
                    matrix_measures[matrix->measure].name, row_key, column_key,
                    (long long)cell->value, (long long)cell->of, (long long)expected.value,
                    (long long)expected.of);
            count++;
        }
        free(row_key);
        free(column_key);
    }
    assert_int_equal(step, DB_DONE);
    db_finish(rows);
    return count;
}

void matrix_recount(
    struct model *model, const struct matrix *matrix, const char *where, const char *before)
{
    const char *rows = members[matrix->row_axis], *columns = members[matrix->column_axis];
    struct strbuf sql = {0};
    char *value = days_put(model, measured[matrix->measure].value, before);
    char *of = days_put(model, measured[matrix->measure].of, before);
    strbuf_format(&sql,
        "WITH m AS (SELECT id AS task_id, %s AS value, %s AS n FROM task t WHERE %s), r AS (%s), "
        "c AS (%s) ",
        value, of, where, rows, columns);
    free(value);
    free(of);
    size_t start = sql.length;
    strbuf_add(&sql, "SELECT r.k, c.k, sum(value), sum(n), 'rc' FROM m JOIN r USING (task_id) "
                     "JOIN c USING (task_id) GROUP BY r.k, c.k");
    size_t cells = compare(model, matrix, strbuf_text(&sql)), told = 0;
    for (size_t row = 0; row < matrix->row_count; row++)
        for (size_t column = 0; column < matrix->column_count; column++) {
            const struct matrix_cell *cell = matrix_cell(matrix, row, column);
            told += cell->value != 0 || cell->of != 0;
        }
    assert_int_equal(told, cells);
    strbuf_cut(&sql, start);
    strbuf_add(&sql, "SELECT r.k, '', sum(value), sum(n), 'r' FROM m JOIN r USING (task_id) "
                     "GROUP BY r.k");
    assert_int_equal(compare(model, matrix, strbuf_text(&sql)), matrix->row_count);
    strbuf_cut(&sql, start);
    strbuf_add(&sql, "SELECT '', c.k, sum(value), sum(n), 'c' FROM m JOIN c USING (task_id) "
                     "GROUP BY c.k");
    assert_int_equal(compare(model, matrix, strbuf_text(&sql)), matrix->column_count);
    strbuf_cut(&sql, start);
    strbuf_add(&sql, "SELECT '', '', coalesce(sum(value), 0), coalesce(sum(n), 0), '' FROM m");
    compare(model, matrix, strbuf_text(&sql));
    strbuf_clear(&sql);
}

struct matrix *matrix_read(struct model *model, const struct matrix_spec *spec)
{
    struct survey *survey = NULL;
    struct query_error wrong;
    struct error err = {0};
    if (!matrix_open(model, spec, &survey, &wrong))
        fail_msg("%s", wrong.text);
    while (!survey_done(survey))
        if (!survey_step(survey, 0, &err))
            fail_msg("%s", err.text);
    struct matrix *matrix = survey_take(survey);
    survey_close(survey);
    return matrix;
}

int64_t matrix_list_count(struct model *model, const char *filter)
{
    const struct sort by_due = {SORT_DUE, false};
    struct query *query = NULL;
    struct query_error wrong = {0};
    struct sql sql = {0};
    struct error err = {0};
    struct strbuf text = {0};
    if (!query_parse(filter, &query, &wrong) ||
        !query_sql_list(model, query, &by_due, &sql, &wrong))
        fail_msg("%s: %s", filter, wrong.text);
    strbuf_format(&text, "SELECT count(*), count(DISTINCT id) FROM (%s)", strbuf_text(&sql.text));
    struct db_statement *rows = ask(model, strbuf_text(&text));
    for (size_t i = 0; i < sql.count; i++) {
        if (sql.binds[i].text)
            db_bind_text(rows, (int)i + 1, sql.binds[i].text);
        else
            db_bind_int(rows, (int)i + 1, sql.binds[i].number);
    }
    assert_int_equal(db_step(rows, &err), DB_ROW);
    int64_t count = db_int(rows, 0);
    assert_int_equal(count, db_int(rows, 1));
    db_finish(rows);
    strbuf_clear(&text);
    sql_clear(&sql);
    query_free(query);
    return count;
}

/* How many tasks stand behind a number. */
static int64_t behind(const struct matrix *matrix, int row, int column)
{
    const struct matrix_cell *cell = number_at(matrix, row, column);
    int64_t moved = 0;
    if (matrix->measure == MEASURE_CLOSED || matrix->measure == MEASURE_DAYS)
        return cell->of;
    if (matrix->measure != MEASURE_CHANGE)
        return cell->value;
    for (size_t i = 0; i < matrix->moved_count; i++) {
        const struct matrix_moved *task = &matrix->moved[i];
        bool in_row = row < 0, in_column = column < 0;
        for (size_t k = 0; k < task->row_count; k++)
            in_row |= (int)task->lines[k] == row;
        for (size_t k = 0; k < task->column_count; k++)
            in_column |= (int)task->lines[task->row_count + k] == column;
        moved += in_row && in_column;
    }
    return moved > 0 && moved <= 200 ? moved : cell->of;
}

static void expect_filter(struct model *model, const struct matrix *matrix, int row, int column)
{
    char *filter = matrix_filter(matrix, row, column);
    int64_t expected = behind(matrix, row, column), count = matrix_list_count(model, filter);
    if (count != expected)
        fail_msg("%s by %s, %s: %lld tasks of \"%s\", not %lld", matrix_axes[matrix->row_axis].name,
            matrix_axes[matrix->column_axis].name, matrix_measures[matrix->measure].name,
            (long long)count, filter, (long long)expected);
    free(filter);
}

void matrix_recount_filters(struct model *model, const struct matrix *matrix, unsigned *seed)
{
    expect_filter(model, matrix, -1, -1);
    for (size_t row = 0; row < matrix->row_count; row++)
        expect_filter(model, matrix, (int)row, -1);
    for (size_t column = 0; column < matrix->column_count; column++)
        expect_filter(model, matrix, -1, (int)column);
    for (int i = 0; i < 10 && matrix->row_count > 0 && matrix->column_count > 0; i++)
        expect_filter(model, matrix, (int)dice(seed, (unsigned)matrix->row_count),
            (int)dice(seed, (unsigned)matrix->column_count));
}

void matrix_expect_tree(const struct matrix_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int parent = lines[i].parent, below = 0;
        assert_true(parent < (int)i);
        assert_int_equal(lines[i].depth, parent < 0 ? 0 : lines[parent].depth + 1);
        for (size_t k = i + 1; k < count; k++)
            for (int up = lines[k].parent; up >= 0; up = lines[up].parent)
                below += up == (int)i;
        assert_int_equal(lines[i].below, below);
        assert_true(*lines[i].label);
    }
}

static void expect_same_cells(const struct matrix_cell *a, const struct matrix_cell *b)
{
    assert_int_equal(a->value, b->value);
    assert_int_equal(a->of, b->of);
}

static void expect_same_lines(
    const struct matrix_line *a, const struct matrix_line *b, size_t count, size_t other)
{
    assert_int_equal(count, other);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(a[i].key, b[i].key);
        assert_int_equal(a[i].own, b[i].own);
        assert_int_equal(a[i].depth, b[i].depth);
        assert_int_equal(a[i].parent, b[i].parent);
        assert_int_equal(a[i].below, b[i].below);
        assert_string_equal(a[i].label, b[i].label);
        assert_string_equal(a[i].term, b[i].term);
        expect_same_cells(&a[i].total, &b[i].total);
    }
}

void matrix_expect_same(const struct matrix *a, const struct matrix *b)
{
    expect_same_lines(a->rows, b->rows, a->row_count, b->row_count);
    expect_same_lines(a->columns, b->columns, a->column_count, b->column_count);
    expect_same_cells(&a->total, &b->total);
    for (size_t row = 0; row < a->row_count; row++)
        for (size_t column = 0; column < a->column_count; column++)
            expect_same_cells(matrix_cell(a, row, column), matrix_cell(b, row, column));
}
