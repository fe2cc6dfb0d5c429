#include "model/trend.h"

#include <stdlib.h>

#include "base/alloc.h"

/* Weeks are counted from the first that can be shown, TREND_WEEKS_MOST back; what was before stands
 * in it. */
enum { THIS_WEEK = TREND_WEEKS_MOST, WEEKS = 2 * TREND_WEEKS_MOST + 2 };

struct building {
    struct trend trend; /* first: the result is seen as it */
    int weeks;
    date_t base;                                      /* the Monday of week 0 */
    date_t first, last_due;                           /* of all tasks; DATE_NONE: none */
    int64_t open[WEEKS], overdue[WEEKS], plan[WEEKS]; /* how many more than the week before */
    int64_t begun[WEEKS], closed[WEEKS], newly_overdue[WEEKS];
};

/* The week of a day that has been. */
static int past_week(const struct building *building, date_t day)
{
    int week = day < building->base ? 0 : (day - building->base) / 7;
    return week < THIS_WEEK ? week : THIS_WEEK;
}

/* The first week at whose end that day has come; this week ends today. */
static int plan_week(const struct building *building, date_t day)
{
    if (day <= building->trend.today)
        return past_week(building, day);
    int week = (day - building->base) / 7;
    week = week > THIS_WEEK ? week : THIS_WEEK + 1;
    return week < WEEKS ? week : WEEKS - 1;
}

/* --- one task -------------------------------------------------------------------------------- */

static void take_pieces(struct building *building, const struct fact *fact)
{
    for (size_t i = 0; i < fact->piece_count; i++) {
        const struct fact_piece *piece = &fact->pieces[i];
        int week = past_week(building, piece->from);
        bool was_open = i == 0 ? !piece->open : piece[-1].open;
        if (piece->open == was_open && i > 0)
            continue; /* another due day */
        building->begun[week] += i == 0 || piece->open;
        building->closed[week] += !piece->open;
        if (piece->open)
            building->open[week]++;
        else if (i > 0)
            building->open[week]--;
    }
}

/* The days a piece is overdue on, `*until` excluded; false where there are none up to today. */
static bool overdue_days(const struct building *building, const struct fact *fact, size_t index,
    date_t *from, date_t *until)
{
    const struct fact_piece *piece = &fact->pieces[index];
    date_t after = building->trend.today + 1;
    *until = index + 1 < fact->piece_count ? piece[1].from : after;
    *until = *until < after ? *until : after;
    *from = piece->due_on != DATE_NONE && piece->due_on >= piece->from ? piece->due_on + 1
                                                                       : piece->from;
    return piece->open && piece->due_on != DATE_NONE && *from < *until;
}

static void take_overdue(struct building *building, const struct fact *fact)
{
    date_t from, until, before = DATE_NONE;
    for (size_t i = 0; i < fact->piece_count; i++) {
        if (!overdue_days(building, fact, i, &from, &until))
            continue;
        building->overdue[past_week(building, from)]++;
        building->newly_overdue[past_week(building, from)] += from != before;
        if (until <= building->trend.today)
            building->overdue[past_week(building, until)]--;
        before = until;
    }
}

static void take_plan(struct building *building, const struct fact *fact, date_t from)
{
    if (building->last_due == DATE_NONE || fact->due_on > building->last_due)
        building->last_due = fact->due_on;
    if (fact->due_on != DATE_NONE && fact->due_on <= from)
        return;
    building->plan[past_week(building, from)]++;
    if (fact->due_on != DATE_NONE)
        building->plan[plan_week(building, fact->due_on)]--;
}

static void take_open(struct trend *trend, const struct fact *fact)
{
    trend->open++;
    trend->never_due += fact->due_on == DATE_NONE;
    if (trend->planned_on == DATE_NONE || fact->due_on > trend->planned_on)
        trend->planned_on = fact->due_on;
}

static void take(void *result, const struct fact *fact)
{
    struct building *building = result;
    date_t from = fact->pieces[0].from;
    building->trend.tasks++;
    if (building->first == DATE_NONE || from < building->first)
        building->first = from;
    take_pieces(building, fact);
    take_overdue(building, fact);
    take_plan(building, fact, from);
    if (fact->state != STATE_CLOSED)
        take_open(&building->trend, fact);
}

/* --- all of them ----------------------------------------------------------------------------- */

static void forecast(struct building *building)
{
    enum { FAR_DAYS = 100 * 366 };
    struct trend *trend = &building->trend;
    int64_t net = 0;
    for (int week = THIS_WEEK - TREND_PACE_WEEKS; week < THIS_WEEK; week++)
        net -= building->open[week];
    trend->pace_hundredths = net * 100 / TREND_PACE_WEEKS;
    if (trend->open == 0) {
        trend->zero_on = trend->today;
    } else if (net > 0) {
        int64_t days = (trend->open * 7 * TREND_PACE_WEEKS + net - 1) / net;
        trend->zero_on = days < FAR_DAYS ? trend->today + (date_t)days : DATE_NONE;
    }
}

/* The weeks shown, of those counted: from `*first` up to before `*end`. */
static void find_weeks(const struct building *building, int *first, int *end)
{
    int past = building->weeks;
    if (past == 0 && building->first != DATE_NONE)
        past = THIS_WEEK - past_week(building, building->first) + 1;
    past = past < 1 ? 1 : past > TREND_WEEKS_MOST ? TREND_WEEKS_MOST : past;
    *first = THIS_WEEK + 1 - past;
    *end = THIS_WEEK + 1;
    if (building->last_due != DATE_NONE && building->last_due > building->trend.today)
        *end = plan_week(building, building->last_due) + 1;
    /* a cap of its own: a long past must not take the plan's weeks away */
    if (*end > THIS_WEEK + 1 + TREND_WEEKS_MOST)
        *end = THIS_WEEK + 1 + TREND_WEEKS_MOST;
}

static bool finish(void *result, struct model *model, struct error *err)
{
    struct building *building = result;
    struct trend *trend = &building->trend;
    int first, end;
    int64_t open = 0, overdue = 0, planned = 0;
    (void)model;
    (void)err;
    forecast(building);
    find_weeks(building, &first, &end);
    trend->count = (size_t)(end - first);
    trend->past = (size_t)(THIS_WEEK + 1 - first);
    trend->week = alloc_zero(trend->count, sizeof *trend->week);
    for (int week = 0; week < end; week++) {
        open += building->open[week];
        overdue += building->overdue[week];
        planned += building->plan[week];
        if (week >= first)
            trend->week[week - first] = (struct trend_week){
                .starts_on = building->base + week * 7,
                .open = week <= THIS_WEEK ? open : 0,
                .overdue = week <= THIS_WEEK ? overdue : 0,
                .planned = planned,
                .begun = building->begun[week],
                .closed = building->closed[week],
                .newly_overdue = building->newly_overdue[week],
            };
    }
    return true;
}

static void free_building(void *result)
{
    trend_free(result);
}

static const struct survey_ops trend_ops = {
    .pieces = true, .take = take, .finish = finish, .free = free_building};

/* --- the filter ------------------------------------------------------------------------------ */

/* Whether closed tasks are in it: none, perhaps some, all. */
enum share { NONE, SOME, ALL };

static enum share closed_of_flag(enum query_flag flag)
{
    switch (flag) {
    case FLAG_CLOSED:
        return ALL;
    case FLAG_OPEN:
    case FLAG_OVERDUE:
    case FLAG_DUE_SOON:
    case FLAG_DUE_URGENT:
    case FLAG_UNREPORTED:
    case FLAG_BEHIND:
    case FLAG_UNACCEPTED:
        return NONE;
    default:
        return SOME;
    }
}

static enum share closed_of_field(const struct query *query)
{
    if (query->field == FIELD_STATE && query->op == OP_EQ)
        return query->number == STATE_CLOSED ? ALL : NONE;
    return query->field == FIELD_DAYS ? NONE : SOME;
}

static enum share closed_of(const struct query *query)
{
    enum share left = query->left ? closed_of(query->left) : SOME;
    enum share right = query->right ? closed_of(query->right) : SOME;
    switch (query->kind) {
    case QUERY_ALL:
        return ALL;
    case QUERY_AND:
        return left < right ? left : right;
    case QUERY_OR:
        return left > right ? left : right;
    case QUERY_NOT:
        return (enum share)(ALL - left);
    case QUERY_FLAG:
        return closed_of_flag(query->flag);
    case QUERY_FIELD:
        return closed_of_field(query);
    case QUERY_TEXT:
        break;
    }
    return SOME;
}

bool trend_open(struct model *model, const char *filter, int weeks, struct survey **out,
    struct query_error *err)
{
    struct query *query = NULL;
    if (!query_parse(filter, &query, err))
        return false;
    struct building *building = alloc_zero(1, sizeof *building);
    date_t today = model_today(model)->date;
    building->weeks = weeks;
    building->base = date_period_start(RHYTHM_WEEKLY, today) - THIS_WEEK * 7;
    building->first = building->last_due = DATE_NONE;
    building->trend = (struct trend){.today = today, .zero_on = DATE_NONE, .planned_on = DATE_NONE};
    building->trend.open_only = closed_of(query) == NONE;
    bool opened = survey_open(model, query, &trend_ops, building, out, err);
    query_free(query);
    return opened;
}

void trend_free(struct trend *trend)
{
    if (trend == NULL)
        return;
    free(trend->week);
    free(trend);
}
