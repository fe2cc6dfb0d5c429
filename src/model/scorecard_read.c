/* What the scorecard reads besides the tasks: reports, returns, notices and public notices of two
 * months, by their indexes, a page at a time. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "column.h"
#include "scorecard_parts.h"

#define PAGE 1000
#define FIRST_ROOM 1024

/* --- what is known of tasks ------------------------------------------------------------------ */

static size_t place_of(const struct score_work *work, int64_t task_id)
{
    size_t mask = work->extra_room - 1;
    size_t at = (size_t)((uint64_t)task_id * UINT64_C(0x9e3779b97f4a7c15) >> 20) & mask;
    while (work->extra[at].task_id != 0 && work->extra[at].task_id != task_id)
        at = (at + 1) & mask;
    return at;
}

const struct score_extra *score_extra_of(const struct score_work *work, int64_t task_id)
{
    static const struct score_extra nothing = {.publicised_on = DATE_NONE};
    if (work->extra_room == 0)
        return &nothing;
    const struct score_extra *extra = &work->extra[place_of(work, task_id)];
    return extra->task_id != 0 ? extra : &nothing;
}

static void make_room(struct score_work *work)
{
    struct score_extra *old = work->extra;
    size_t room = work->extra_room;
    work->extra_room = room > 0 ? 2 * room : FIRST_ROOM;
    work->extra = alloc_zero(work->extra_room, sizeof *work->extra);
    for (size_t i = 0; i < room; i++)
        if (old[i].task_id != 0)
            work->extra[place_of(work, old[i].task_id)] = old[i];
    free(old);
}

static struct score_extra *extra_for(struct score_work *work, int64_t task_id)
{
    if (2 * (work->extra_count + 1) > work->extra_room)
        make_room(work);
    struct score_extra *extra = &work->extra[place_of(work, task_id)];
    if (extra->task_id == 0) {
        *extra = (struct score_extra){.task_id = task_id, .publicised_on = DATE_NONE};
        work->extra_count++;
    }
    return extra;
}

/* --- one row --------------------------------------------------------------------------------- */

/* The month a day is in; SCORE_MONTHS: in neither. */
static int month_of(const struct score_work *work, date_t day)
{
    for (int i = 0; i < SCORE_MONTHS; i++)
        if (day >= work->span[i].first && day <= work->span[i].last)
            return i;
    return SCORE_MONTHS;
}

/* The rhythm of the task's source is not known here: a report is one for the period of any rhythm
 * that holds its first day. */
static void take_report(struct score_work *work, struct db_statement *row)
{
    date_t day = column_date(row, 0);
    const char *at = db_text(row, 2);
    uint64_t filed = 0;
    for (size_t i = 0; i < work->of_rhythm[RHYTHM_COUNT]; i++) {
        const struct score_period *period = &work->period[i];
        if (day >= period->starts_on && day <= period->ends_on && strcmp(at, period->late) < 0)
            filed |= UINT64_C(1) << i;
    }
    if (filed != 0)
        extra_for(work, db_int(row, 1))->filed |= filed;
}

static void take_return(struct score_work *work, struct db_statement *row)
{
    int month = month_of(work, date_local(column_moment(row, 0)).date);
    if (month < SCORE_MONTHS)
        extra_for(work, db_int(row, 1))->returned[month]++;
}

static void take_notice(struct score_work *work, struct db_statement *row)
{
    int month = month_of(work, column_date(row, 0));
    if (month < SCORE_MONTHS)
        extra_for(work, db_int(row, 1))->notices[month]++;
}

static void take_publicity(struct score_work *work, struct db_statement *row)
{
    struct score_extra *extra = extra_for(work, db_int(row, 1));
    date_t day = column_date(row, 0);
    if (extra->publicised_on == DATE_NONE || day < extra->publicised_on)
        extra->publicised_on = day;
}

/* --- page by page ---------------------------------------------------------------------------- */

enum bound { BOUND_PERIODS, BOUND_MOMENTS, BOUND_DAYS, BOUND_AFTER };
static const struct phase {
    enum statement id;
    enum bound bound;
    bool text; /* the third of what tells rows apart */
    void (*take)(struct score_work *work, struct db_statement *row);
} phases[] = {
    {SCORE_READ_REPORTS, BOUND_PERIODS, true, take_report},
    {SCORE_READ_RETURNS, BOUND_MOMENTS, false, take_return},
    {SCORE_READ_NOTICES, BOUND_DAYS, false, take_notice},
    {SCORE_READ_PUBLICITY, BOUND_AFTER, false, take_publicity},
};
enum { PHASES = sizeof phases / sizeof *phases };

static void write_moment(date_t day, char out[static 25])
{
    date_moment_format(date_moment(day, 0, 0), out);
}

/* From the first row on, up to the last: texts that the rows' first column is compared with. */
static void write_bounds(const struct score_work *work, enum bound bound, moment_t as_of,
    char from[static 25], char until[static 25])
{
    const struct score_span *last = &work->span[SCORE_LAST], *this = &work->span[SCORE_THIS];
    date_t first = last->first, end = this->last;
    switch (bound) {
    case BOUND_MOMENTS:
        write_moment(first, from);
        write_moment(end + 1, until);
        if (as_of != 0 && as_of < date_moment(end + 1, 0, 0))
            date_moment_format(as_of + 1, until);
        return;
    case BOUND_AFTER:
        first = last->last + 1;
        end = this->last;
        break;
    case BOUND_PERIODS:
        for (size_t i = 0; i < work->of_rhythm[RHYTHM_COUNT]; i++) {
            const struct score_period *period = &work->period[i];
            first = period->starts_on < first ? period->starts_on : first;
            end = period->ends_on > end ? period->ends_on : end;
        }
        break;
    case BOUND_DAYS:
        break;
    }
    date_format(first, from);
    date_format(end, until);
}

static void remember(struct score_work *work, const struct phase *phase, struct db_statement *row)
{
    snprintf(work->after, sizeof work->after, "%s", db_text(row, 0));
    work->after_task = db_int(row, 1);
    if (phase->text)
        snprintf(work->after_text, sizeof work->after_text, "%s", db_text(row, 2));
    else
        work->after_id = db_int(row, 2);
    work->begun = true;
}

static void begin_next(struct score_work *work)
{
    work->phase++;
    work->begun = false;
    work->after_task = work->after_id = 0;
    work->after_text[0] = '\0';
}

static bool read_page(
    struct score_work *work, struct model *model, const struct phase *phase, struct error *err)
{
    struct db_statement *row;
    enum db_step step;
    char from[25], until[25];
    size_t count = 0;
    write_bounds(work, phase->bound, model_as_of(model), from, until);
    if (!db_statement(model_db(model), phase->id, &row, err))
        return false;
    db_bind_text(row, 1, work->begun ? work->after : from);
    db_bind_int(row, 2, work->after_task);
    if (phase->text)
        db_bind_text(row, 3, work->after_text);
    else
        db_bind_int(row, 3, work->after_id);
    db_bind_text(row, 4, until);
    db_bind_int(row, 5, PAGE);
    while ((step = db_step(row, err)) == DB_ROW) {
        count++;
        if (db_int(row, 1) != 0)
            phase->take(work, row);
        remember(work, phase, row);
    }
    db_reset(row);
    if (count < PAGE)
        begin_next(work);
    return step == DB_DONE;
}

static int64_t milliseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool score_prepare(
    void *result, struct model *model, int milliseconds, bool *done, struct error *err)
{
    struct score_work *work = ((struct scorecard *)result)->work;
    int64_t until = milliseconds_now() + milliseconds;
    bool good = true;
    do {
        if (work->phase < PHASES)
            good = read_page(work, model, &phases[work->phase], err);
    } while (good && work->phase < PHASES && (milliseconds == 0 || milliseconds_now() < until));
    *done = work->phase == PHASES;
    return good;
}
