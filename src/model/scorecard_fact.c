/* What one task adds to the lines of the scorecard. */
#include <stdlib.h>

#include "base/alloc.h"
#include "scorecard_parts.h"

/* What it adds to each of its units. */
struct share {
    struct score_value value[SCORE_MONTHS][SCORE_COLUMN_COUNT];
    bool overdue[SCORE_WEEKS], open;
};

/* --- a month --------------------------------------------------------------------------------- */

/* Due within the month as it stood at its end, and there on that day. */
static void measure_due(
    const struct fact *fact, const struct score_span *span, struct score_value *value)
{
    const struct fact_piece *end = fact_piece_at(fact, span->due_last);
    if (end == NULL || end->due_on == DATE_NONE || end->due_on < span->first ||
        end->due_on > span->due_last)
        return;
    const struct fact_piece *then = fact_piece_at(fact, end->due_on);
    if (then == NULL)
        return;
    value->whole = 1;
    value->part = !then->open;
}

static void measure_overdue(
    const struct fact *fact, const struct score_span *span, struct score_value *value)
{
    const struct fact_piece *end = fact_piece_at(fact, span->last);
    if (end == NULL || !end->open)
        return;
    struct score_value *overdue = &value[SCORE_OVERDUE], *days = &value[SCORE_DAYS];
    overdue->whole = 1;
    overdue->part = fact_was_overdue(fact, span->last);
    days->whole = overdue->part;
    days->part = overdue->part ? span->last - end->due_on : 0;
}

/* Of last month by the day of done work that stands there now, and the public notice since. */
static bool is_unaccepted(
    const struct fact *fact, const struct score_extra *extra, date_t day, bool now)
{
    const struct fact_piece *piece = fact_piece_at(fact, day);
    if (piece == NULL || !piece->open || fact->done_on == DATE_NONE ||
        fact->done_on >= day - TASK_UNACCEPTED_DAYS)
        return false;
    return fact->state < STATE_PUBLICISED || (!now && extra->publicised_on != DATE_NONE);
}

static void measure_months(
    const struct score_work *work, const struct fact *fact, struct share *share)
{
    const struct score_extra *extra = score_extra_of(work, fact->id);
    for (int i = 0; i < SCORE_MONTHS; i++) {
        struct score_value *value = share->value[i];
        measure_due(fact, &work->span[i], &value[SCORE_ON_TIME]);
        measure_overdue(fact, &work->span[i], value);
        value[SCORE_RETURNED].part = extra->returned[i];
        value[SCORE_NOTICES].part = extra->notices[i];
        value[SCORE_UNACCEPTED].part =
            is_unaccepted(fact, extra, work->span[i].last, i == SCORE_THIS);
    }
}

static enum rhythm rhythm_of(const struct score_work *work, int64_t source_id)
{
    for (size_t i = 0; i < work->source_count; i++)
        if (work->source[i].id == source_id)
            return work->source[i].rhythm;
    return RHYTHM_NONE;
}

static void measure_reports(
    const struct score_work *work, const struct fact *fact, struct share *share)
{
    enum rhythm rhythm = rhythm_of(work, fact->source_id);
    uint64_t filed = score_extra_of(work, fact->id)->filed;
    for (size_t i = work->of_rhythm[rhythm]; i < work->of_rhythm[rhythm + 1]; i++) {
        const struct score_period *period = &work->period[i];
        const struct fact_piece *end = fact_piece_at(fact, period->ends_on);
        if (end == NULL || !end->open || fact_piece_at(fact, period->ends_on - 1) == NULL)
            continue;
        struct score_value *value = &share->value[period->month][SCORE_REPORTS];
        value->whole++;
        value->part += (filed >> i) & 1;
    }
}

/* --- its units ------------------------------------------------------------------------------- */

static void keep_task(struct score_tasks *tasks, int64_t id)
{
    if (tasks->count > SCORE_NAMED)
        return; /* one more than can be named tells that there are */
    tasks->id = alloc_grow(tasks->id, &tasks->capacity, tasks->count + 1, sizeof *tasks->id);
    tasks->id[tasks->count++] = id;
}

static void add(struct score_line *line, const struct share *share, int64_t id)
{
    for (int m = 0; m < SCORE_MONTHS; m++)
        for (int c = 0; c < SCORE_COLUMN_COUNT; c++) {
            line->month[m].value[c].part += share->value[m][c].part;
            line->month[m].value[c].whole += share->value[m][c].whole;
        }
    for (int i = 0; i < SCORE_WEEKS; i++)
        line->overdue_weeks[i] += share->overdue[i];
    line->open += share->open;
    const struct score_value *value = share->value[SCORE_THIS];
    if (value[SCORE_RETURNED].part > 0)
        keep_task(&line->tasks[SCORE_RETURNED], id);
    if (value[SCORE_NOTICES].part > 0)
        keep_task(&line->tasks[SCORE_NOTICES], id);
    for (int c = 0; c < SCORE_COLUMN_COUNT; c++) {
        if (!score_columns[c].share || value[c].whole == 0)
            continue;
        keep_task(&line->measured[c], id);
        if (value[c].part < value[c].whole)
            keep_task(&line->tasks[c], id);
    }
}

static int by_id(const void *left, const void *right)
{
    const struct score_unit *a = left, *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

/* Each line once, however many of its places the task names. */
static void add_to_unit(
    struct scorecard *card, int64_t unit_id, const struct fact *fact, const struct share *share)
{
    struct score_work *work = card->work;
    const struct score_unit key = {.id = unit_id};
    const struct score_unit *unit = bsearch(&key, work->unit, work->unit_count, sizeof key, by_id);
    if (unit == NULL || (work->touched[unit->line] && work->taken[unit->line] == fact->id))
        return;
    work->touched[unit->line] = true;
    work->taken[unit->line] = fact->id;
    add(&card->line[unit->line], share, fact->id);
}

void score_take(void *result, const struct fact *fact)
{
    struct scorecard *card = result;
    const struct score_work *work = card->work;
    struct share share = {.open = fact->state != STATE_CLOSED};
    measure_months(work, fact, &share);
    measure_reports(work, fact, &share);
    for (int i = 0; i < SCORE_WEEKS; i++)
        share.overdue[i] = fact_was_overdue(fact, work->week[i]);
    if (card->units == SCORE_LEADS)
        add_to_unit(card, fact->lead_id, fact, &share);
    for (size_t i = 0; card->units != SCORE_LEADS && i < fact->region_count; i++)
        add_to_unit(card, fact->regions[i], fact, &share);
}
