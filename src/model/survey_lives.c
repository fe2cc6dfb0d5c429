/* Lives of tasks: how each stood at the end of a day, and from which day on.
 *
 * Of the present the row tells; from there the history is walked back. A task was closed from the
 * day `closed_on` held until the day of the line that reopened it; so a closing that was itself
 * taken back by a reopening counts, as everybody saw it closed, and a reopening that was taken
 * back, so that it is closed since before, does not. It was due as the last line says that was
 * written by then. Days are those of the lines' moments, which a wrong clock may have set; no line
 * is of a day that has not come. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "column.h"
#include "past_touch.h"
#include "survey_parts.h"

#define NO_LINE UINT32_MAX

enum line_kind { LINE_DEADLINE, LINE_KIND, LINE_ASSIGNED, LINE_REOPENED };

/* A change of the history that matters to a life. */
struct line {
    enum line_kind kind;
    enum deadline_kind deadline_kind; /* of LINE_KIND: before */
    date_t day;
    date_t before;     /* what stood there; of LINE_REOPENED: closed_on */
    uint32_t previous; /* of the same task; NO_LINE */
};
struct day_due {
    date_t from, due_on;
};
struct shut {
    date_t since, until;
};

struct survey_lives {
    struct line *line; /* the oldest first */
    size_t line_count, line_room;
    struct touched tasks; /* of each, its newest line */
    int64_t seq;          /* up to here the history is read */
    date_t today;

    struct fact_piece *piece; /* of one task, as are all that follow */
    size_t piece_count, piece_room;
    struct day_due *due; /* the newest first; the last from the beginning */
    size_t due_count, due_room;
    struct shut *shut;
    size_t shut_count, shut_room;
    date_t *day;
    size_t day_count, day_room;
};

struct survey_lives *survey_lives_new(void)
{
    return alloc_zero(1, sizeof(struct survey_lives));
}

void survey_lives_free(struct survey_lives *lives)
{
    if (lives == NULL)
        return;
    touched_clear(&lives->tasks);
    free(lives->line);
    free(lives->piece);
    free(lives->due);
    free(lives->shut);
    free(lives->day);
    free(lives);
}

/* --- the history ----------------------------------------------------------------------------- */

/* Columns of SURVEY_LIVES. */
enum { AT_TASK, AT_MOMENT, AT_FIELD, AT_BEFORE, AT_CLOSED };

static enum line_kind kind_of(const char *field)
{
    return strcmp(field, "deadline") == 0        ? LINE_DEADLINE
           : strcmp(field, "deadline_kind") == 0 ? LINE_KIND
           : strcmp(field, "assigned_on") == 0   ? LINE_ASSIGNED
                                                 : LINE_REOPENED;
}

static date_t day_of(struct db_statement *row, date_t today)
{
    moment_t at = column_moment(row, AT_MOMENT);
    date_t day = at != 0 ? date_local(at).date : today;
    return day < today ? day : today;
}

static void add_line(struct survey_lives *lives, struct db_statement *row)
{
    bool first;
    struct touch *newest = touch(&lives->tasks, db_int(row, AT_TASK), 0, 0, &first);
    enum line_kind kind = kind_of(db_text(row, AT_FIELD));
    lives->line =
        alloc_grow(lives->line, &lives->line_room, lives->line_count + 1, sizeof *lives->line);
    lives->line[lives->line_count] = (struct line){
        .kind = kind,
        .deadline_kind = (enum deadline_kind)column_word(
            row, AT_BEFORE, deadline_kinds, DEADLINE_KIND_COUNT, DEADLINE_DATE),
        .day = day_of(row, lives->today),
        .before = column_date(row, kind == LINE_REOPENED ? AT_CLOSED : AT_BEFORE),
        .previous = first ? NO_LINE : newest->at,
    };
    newest->at = (uint32_t)lives->line_count++;
}

static bool read_lines(
    struct survey_lives *lives, struct model *model, int64_t until, struct error *err)
{
    struct db_statement *rows;
    enum db_step step;
    if (!db_statement(model_db(model), SURVEY_LIVES, &rows, err))
        return false;
    db_bind_int(rows, 1, lives->seq);
    db_bind_int(rows, 2, until);
    while ((step = db_step(rows, err)) == DB_ROW)
        add_line(lives, rows);
    db_reset(rows);
    lives->seq = until;
    return step != DB_FAILED;
}

/* The line where the next part of the history ends; 0: there is no more. */
static bool find_part(
    struct survey_lives *lives, struct model *model, int64_t *until, struct error *err)
{
    enum { LINES = 8000 };
    struct db_statement *part;
    if (!db_statement(model_db(model), SURVEY_LIVES_PART, &part, err))
        return false;
    db_bind_int(part, 1, lives->seq);
    db_bind_int(part, 2, LINES);
    enum db_step step = db_step(part, err);
    *until = step == DB_ROW ? db_int(part, 0) : 0;
    db_reset(part);
    return step != DB_FAILED;
}

/* The engine passes over most of what it looks at, so it is asked for one part after the other. */
bool survey_lives_read(struct survey_lives *lives, struct model *model,
    const struct survey_clock *clock, bool *done, struct error *err)
{
    int64_t until = 1;
    lives->today = model_today(model)->date;
    while (until != 0 && !survey_clock_is_over(clock))
        if (!find_part(lives, model, &until, err) ||
            (until != 0 && !read_lines(lives, model, until, err)))
            return false;
    *done = until == 0;
    return true;
}

/* --- one task -------------------------------------------------------------------------------- */

/* As 001-schema.sql has due_on. */
static date_t due_of(const struct survey_row *row)
{
    enum { IMMEDIATE_DAYS = 30 };
    date_t from = row->deadline != DATE_NONE ? row->deadline : row->assigned_on;
    switch (row->deadline_kind) {
    case DEADLINE_ONGOING:
        return DATE_NONE;
    case DEADLINE_IMMEDIATE:
        return from != DATE_NONE ? from + IMMEDIATE_DAYS : DATE_NONE;
    default:
        return row->deadline;
    }
}

static void add_due(struct survey_lives *lives, date_t from, date_t due_on)
{
    lives->due = alloc_grow(lives->due, &lives->due_room, lives->due_count + 1, sizeof *lives->due);
    lives->due[lives->due_count++] = (struct day_due){from, due_on};
}

static void add_shut(struct survey_lives *lives, date_t since, date_t until)
{
    if (since >= until)
        return;
    lives->shut =
        alloc_grow(lives->shut, &lives->shut_room, lives->shut_count + 1, sizeof *lives->shut);
    lives->shut[lives->shut_count++] = (struct shut){since, until};
}

static void add_day(struct survey_lives *lives, date_t start, date_t day)
{
    if (day < start)
        return;
    lives->day = alloc_grow(lives->day, &lives->day_room, lives->day_count + 1, sizeof *lives->day);
    lives->day[lives->day_count++] = day;
}

/* What stood there before the line; where it was the last of its day, what stood there at its end.
 */
static void undo_line(struct survey_lives *lives, const struct line *line, struct survey_row *row)
{
    if (line->kind == LINE_REOPENED) {
        date_t closed = line->before != DATE_NONE ? line->before : row->fact.closed_on;
        add_shut(lives, closed != DATE_NONE ? closed : line->day, line->day);
        return;
    }
    if (lives->due_count == 0 || line->day < lives->due[lives->due_count - 1].from)
        add_due(lives, line->day, due_of(row));
    if (line->kind == LINE_DEADLINE)
        row->deadline = line->before;
    else if (line->kind == LINE_ASSIGNED)
        row->assigned_on = line->before;
    else
        row->deadline_kind = line->deadline_kind;
}

static void walk_back(
    struct survey_lives *lives, const struct touch *newest, const struct survey_row *now)
{
    struct survey_row row = *now;
    for (uint32_t at = newest->at; at != NO_LINE; at = lives->line[at].previous)
        undo_line(lives, &lives->line[at], &row);
    if (lives->due_count > 0)
        add_due(lives, DATE_NONE, due_of(&row));
}

/* The day a closed task was closed on, as its row says; of one that a script closed without, as its
 * line of the history does. */
static bool find_closed(
    struct model *model, const struct survey_row *row, date_t *day, struct error *err)
{
    struct db_statement *line;
    *day = row->fact.closed_on;
    if (*day != DATE_NONE)
        return true;
    if (!db_statement(model_db(model), SURVEY_CLOSED, &line, err))
        return false;
    db_bind_int(line, 1, row->fact.id);
    enum db_step step = db_step(line, err);
    moment_t at = step == DB_ROW ? column_moment(line, 0) : 0;
    *day = at != 0 ? date_local(at).date : row->fact.started_on;
    db_reset(line);
    return step != DB_FAILED;
}

/* --- pieces ---------------------------------------------------------------------------------- */

static int compare_days(const void *a, const void *b)
{
    date_t one = *(const date_t *)a, other = *(const date_t *)b;
    return (one > other) - (one < other);
}

static bool is_open_on(const struct survey_lives *lives, date_t day)
{
    for (size_t i = 0; i < lives->shut_count; i++)
        if (lives->shut[i].since <= day && day < lives->shut[i].until)
            return false;
    return true;
}

static void add_piece(struct survey_lives *lives, date_t from, bool open, date_t due_on)
{
    const struct fact_piece *last =
        lives->piece_count > 0 ? &lives->piece[lives->piece_count - 1] : NULL;
    if (last != NULL && last->open == open && last->due_on == due_on)
        return;
    lives->piece =
        alloc_grow(lives->piece, &lives->piece_room, lives->piece_count + 1, sizeof *lives->piece);
    lives->piece[lives->piece_count++] = (struct fact_piece){from, open, due_on};
}

/* As the row tells, where the history tells nothing else: nearly all tasks. */
static void make_plain(struct survey_lives *lives, const struct fact *fact)
{
    date_t start = fact->started_on, closed = lives->shut_count > 0 ? lives->shut[0].since : 0;
    lives->piece_count = 0;
    if (lives->shut_count == 0 || closed > start)
        add_piece(lives, start, true, fact->due_on);
    if (lives->shut_count > 0)
        add_piece(lives, closed > start ? closed : start, false, fact->due_on);
}

/* From each day on which anything may have changed. */
static void make_pieces(struct survey_lives *lives, const struct fact *fact)
{
    date_t start = fact->started_on;
    size_t due = lives->due_count;
    lives->day_count = lives->piece_count = 0;
    add_day(lives, start, start);
    for (size_t i = 0; i < lives->due_count; i++)
        add_day(lives, start, lives->due[i].from);
    for (size_t i = 0; i < lives->shut_count; i++) {
        add_day(lives, start, lives->shut[i].since);
        add_day(lives, start, lives->shut[i].until);
    }
    qsort(lives->day, lives->day_count, sizeof *lives->day, compare_days);
    for (size_t i = 0; i < lives->day_count && lives->day[i] < INT32_MAX; i++) {
        while (due > 0 && lives->due[due - 1].from <= lives->day[i])
            due--;
        add_piece(lives, lives->day[i], is_open_on(lives, lives->day[i]),
            lives->due_count > 0 ? lives->due[due].due_on : fact->due_on);
    }
}

bool survey_lives_tell(
    struct survey_lives *lives, struct model *model, struct survey_row *row, struct error *err)
{
    struct fact *fact = &row->fact;
    date_t today = lives->today, closed;
    lives->due_count = lives->shut_count = 0;
    if (fact->state == STATE_CLOSED) {
        if (!find_closed(model, row, &closed, err))
            return false;
        add_shut(lives, closed < today ? closed : today, INT32_MAX);
    }
    const struct touch *newest = touched_find(&lives->tasks, fact->id, 0, 0);
    if (newest != NULL) {
        walk_back(lives, newest, row);
        make_pieces(lives, fact);
    } else {
        make_plain(lives, fact);
    }
    fact->pieces = lives->piece;
    fact->piece_count = lives->piece_count;
    return true;
}
