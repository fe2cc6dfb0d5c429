#include "sample_make.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sample_dice.h"
#include "sample_stock.h"

static date_t month_end(date_t today, int months)
{
    int year, month, day;
    date_parts(today, &year, &month, &day);
    int index = year * 12 + month + months; /* the month after the one meant */
    return date_make(index / 12, index % 12 + 1, 1) - 1;
}

/* Most deadlines are ends of months; open ones lie ahead, one in eleven behind. */
static void make_deadline(struct dice *dice, const struct world *world, struct made *made)
{
    int kind = dice_roll(dice, 100);
    made->kind = kind < 2    ? DEADLINE_IMMEDIATE
                 : kind < 5  ? DEADLINE_ONGOING
                 : kind < 10 ? DEADLINE_DATE_ONGOING
                             : DEADLINE_DATE;
    int months = made->state == STATE_CLOSED ? 4 - dice_skewed(dice, 46)
                 : dice_percent(dice, 9)     ? -1 - dice_skewed(dice, 6)
                                             : dice_skewed(dice, 20);
    date_t deadline = month_end(world->today, months);
    if (dice_percent(dice, 2))
        deadline -= dice_roll(dice, 28);
    date_t assigned = deadline - 150 - dice_roll(dice, 400);
    if (made->kind == DEADLINE_IMMEDIATE)
        assigned = made->state == STATE_CLOSED ? deadline - 30 : world->today - dice_roll(dice, 33);
    made->assigned_on = assigned < world->today ? assigned : world->today - 1 - dice_roll(dice, 60);
    made->deadline = DATE_NONE;
    if (made->kind == DEADLINE_DATE || made->kind == DEADLINE_DATE_ONGOING)
        made->deadline = deadline;
}

static void make_state(struct dice *dice, struct made *made)
{
    int state = dice_roll(dice, 100);
    if (dice_percent(dice, 85))
        made->state = STATE_CLOSED;
    else
        made->state = state < 12   ? STATE_NOT_STARTED
                      : state < 82 ? STATE_IN_PROGRESS
                      : state < 89 ? STATE_SUBMITTED
                      : state < 96 ? STATE_IN_REVIEW
                                   : STATE_PUBLICISED;
    made->returned = made->state == STATE_IN_PROGRESS && dice_percent(dice, 6);
    made->listed = made->state == STATE_IN_PROGRESS && dice_percent(dice, 1);
}

static void make_figures(struct dice *dice, struct made *made)
{
    made->percent = 100;
    made->progress = PROGRESS_DONE;
    if (made->state == STATE_NOT_STARTED) {
        made->percent = 0;
        made->progress = PROGRESS_NOT_STARTED;
    } else if (made->state == STATE_IN_PROGRESS) {
        int progress = dice_roll(dice, 100);
        made->percent = 5 * (1 + dice_roll(dice, 19));
        made->progress = made->percent >= 90 ? PROGRESS_BASICALLY_DONE
                         : progress < 18     ? PROGRESS_BEHIND
                         : progress < 92     ? PROGRESS_ON_SCHEDULE
                                             : PROGRESS_AHEAD;
    }
}

/* Most have reported for the last period, some are one late, few more than that. */
static void make_times(struct dice *dice, const struct world *world, struct made *made)
{
    int late = dice_roll(dice, 100);
    int weeks = late < 86 ? 0 : late < 96 ? 1 : 2 + dice_skewed(dice, 5);
    made->reported_on = world->period - 7 * weeks;
    date_t last = world->today - dice_skewed(dice, 60);
    made->done_on = made->submitted_on = made->closed_on = DATE_NONE;
    made->reviewed_on = made->published_on = DATE_NONE;
    if (made->state == STATE_CLOSED) {
        date_t due = made->deadline == DATE_NONE ? made->assigned_on + 120 : made->deadline;
        last = due - 60 + dice_roll(dice, 90);
        last = last < world->today ? last : world->today - 1 - dice_roll(dice, 200);
        made->closed_on = last;
        made->reported_on = date_period_start(RHYTHM_WEEKLY, last - 40);
    }
    if (made->state >= STATE_SUBMITTED) {
        made->submitted_on = last - (made->state == STATE_CLOSED          ? 30
                                        : made->state == STATE_PUBLICISED ? 14
                                                                          : 0);
        made->done_on = made->submitted_on - dice_roll(dice, 20);
    }
    if (made->state == STATE_PUBLICISED) {
        made->reviewed_on = last - 2;
        made->published_on = last;
    }
    made->listed_on = made->listed ? last : DATE_NONE;
    made->updated_at = date_moment(last, 8, 30) + dice_roll(dice, 9 * 3600) * 1000LL;
    if (last == world->today)
        made->updated_at -= 86400000;
}

static void add_other(struct made *made, int64_t region)
{
    bool is_there = region == made->region;
    for (size_t i = 0; i < made->others; i++)
        is_there |= made->other[i] == region;
    if (!is_there && made->others < OTHERS_MOST)
        made->other[made->others++] = region;
}

/* Most tasks are of one county; some are of several in a city, of several cities, or of the
 * province. */
static void make_place(
    struct dice *dice, const struct world *world, struct made *made, const char **shown)
{
    size_t city = stock_pick(&stock_cities, dice_next(dice)), counties = world->counties[city];
    const struct place *place = &world->city[city];
    if (counties > 0 && dice_percent(dice, 92))
        place = &world->county[city][dice_skewed(dice, (int)counties)];
    int kind = dice_roll(dice, 100);
    if (kind == 0)
        place = &world->province;
    made->region = place->id;
    *shown = place->shown;
    made->others = 0;
    for (int more = kind == 1 ? 3 : kind < 5 ? 1 : 0; counties > 0 && kind > 0 && more > 0; more--)
        add_other(made, world->county[city][dice_roll(dice, (int)counties)].id);
    if (kind >= 5 && kind < 8)
        add_other(made, world->city[stock_pick(&stock_cities, dice_next(dice))].id);
}

static void make_words(struct dice *dice, const struct world *world, int64_t number,
    const char *place, struct made *made)
{
    int year, month, day;
    size_t place_in = stock_pick(&stock_places, dice_next(dice));
    const struct stock_row *subject =
        &stock_subjects.row[stock_pick(&stock_subjects, dice_next(dice))];
    made->category = subject->shown;
    snprintf(made->number, sizeof made->number, "%0*" PRId64, world->width, number);
    snprintf(made->title, sizeof made->title, "%s%s%s%s", place, stock_places.row[place_in].text,
        subject->text, stock_problems.row[stock_pick(&stock_problems, dice_next(dice))].text);
    *made->raw = *made->goal = *made->document = '\0';
    if (made->deadline != DATE_NONE) {
        date_parts(made->deadline, &year, &month, &day);
        snprintf(made->raw, sizeof made->raw,
            made->kind == DEADLINE_DATE ? "%d年%d月底前" : "%d年%d月底前并长期坚持", year, month);
        snprintf(made->goal, sizeof made->goal, "%d年%d月底前完成整治", year, month);
    } else {
        strcpy(made->raw, made->kind == DEADLINE_IMMEDIATE ? "立行立改" : "长期坚持");
        strcpy(made->goal, "整治到位，防止反弹");
    }
    if (made->closed_on != DATE_NONE) {
        date_parts(made->closed_on, &year, &month, &day);
        snprintf(made->document, sizeof made->document, "辽环督销〔%d〕%d号", year,
            dice_roll(dice, 900) + 1);
    }
}

void make_task(const struct world *world, int64_t number, struct made *made)
{
    struct dice dice = dice_of(world->seed, (uint64_t)number);
    const char *place;
    make_state(&dice, made);
    make_deadline(&dice, world, made);
    make_figures(&dice, made);
    make_times(&dice, world, made);
    make_place(&dice, world, made, &place);
    made->lead = world->department[stock_pick(&stock_departments, dice_next(&dice))];
    made->supervisor = world->department[0];
    make_words(&dice, world, number, place, made);
}
