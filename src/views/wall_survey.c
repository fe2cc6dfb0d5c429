/* Pages of a wall that need a survey. What was found stays until the next is whole; one that takes
 * long is not begun again for some minutes, however much changes. */
#include <stdlib.h>

#include "base/alloc.h"
#include "model/matrix.h"
#include "model/scorecard.h"
#include "model/trend.h"
#include "wall_state.h"

#define PAUSE_MS (3 * 60 * 1000)
#define TREND_WEEKS 52

static bool open_matrix(struct wall_view *wall, enum matrix_measure measure, struct survey **out,
    struct query_error *err)
{
    /* places by departments are what the database keeps counted */
    const struct matrix_spec spec = {
        .rows = AXIS_CITY, .columns = AXIS_LEAD, .measure = measure, .filter = wall->filter};
    return matrix_open(wall->env->model, &spec, out, err);
}

static bool open_overdue(struct wall_view *wall, struct survey **out, struct query_error *err)
{
    return open_matrix(wall, MEASURE_OVERDUE, out, err);
}

static bool open_reports(struct wall_view *wall, struct survey **out, struct query_error *err)
{
    return open_matrix(wall, MEASURE_UNREPORTED, out, err);
}

static bool open_trend(struct wall_view *wall, struct survey **out, struct query_error *err)
{
    return trend_open(wall->env->model, wall->filter, TREND_WEEKS, out, err);
}

static bool open_scorecard(struct wall_view *wall, struct survey **out, struct query_error *err)
{
    return scorecard_open(wall->env->model, SCORE_CITIES, wall->filter, out, err);
}

static void free_matrix(void *result)
{
    matrix_free(result);
}

static void free_trend(void *result)
{
    trend_free(result);
}

static void free_scorecard(void *result)
{
    scorecard_free(result);
}

static const struct {
    enum wall_page page;
    bool (*open)(struct wall_view *wall, struct survey **out, struct query_error *err);
    void (*free)(void *result);
} kinds[WALL_SURVEY_COUNT] = {
    {WALL_MATRIX, open_overdue, free_matrix},
    {WALL_REPORTS, open_reports, free_matrix},
    {WALL_TREND, open_trend, free_trend},
    {WALL_SCORECARD, open_scorecard, free_scorecard},
};

static int kind_of(enum wall_page page)
{
    int kind = 0;
    while (kind < WALL_SURVEY_COUNT && kinds[kind].page != page)
        kind++;
    return kind;
}

bool wall_survey_serves(enum wall_page page)
{
    return kind_of(page) < WALL_SURVEY_COUNT;
}

static bool open_survey(void *context, struct survey **out, struct query_error *err)
{
    struct wall_survey *survey = context;
    return kinds[survey->kind].open(survey->wall, out, err);
}

static void take_result(void *context, void *result)
{
    struct wall_survey *survey = context;
    kinds[survey->kind].free(survey->result);
    survey->result = result;
}

bool wall_survey_read(struct wall_view *wall, enum wall_page page, struct error *err)
{
    static const struct reading_ops ops = {open_survey, take_result};
    int kind = kind_of(page);
    struct wall_survey *survey = &wall->survey[kind];
    if (!survey->reading) {
        *survey = (struct wall_survey){.wall = wall, .kind = kind};
        survey->reading = reading_new(&ops, survey);
    }
    if (!reading_begin(survey->reading, err))
        return false;
    survey->begun_at = date_now();
    survey->slow = reading_fd(survey->reading) >= 0;
    return true;
}

bool wall_survey_rests(const struct wall_view *wall, enum wall_page page)
{
    int kind = kind_of(page);
    if (kind == WALL_SURVEY_COUNT)
        return false;
    const struct wall_survey *survey = &wall->survey[kind];
    moment_t now = date_now();
    return survey->slow && now >= survey->begun_at && now - survey->begun_at < PAUSE_MS;
}

const void *wall_survey_result(const struct wall_view *wall, enum wall_page page)
{
    return wall->survey[kind_of(page)].result;
}

const char *wall_survey_progress(const struct wall_view *wall, enum wall_page page)
{
    const struct wall_survey *survey = &wall->survey[kind_of(page)];
    return survey->reading ? reading_progress(survey->reading) : "";
}

/* --- waiting --------------------------------------------------------------------------------- */

static struct wall_survey *under_way(const struct wall_view *wall)
{
    for (int kind = 0; kind < WALL_SURVEY_COUNT; kind++)
        if (wall->survey[kind].reading && reading_fd(wall->survey[kind].reading) >= 0)
            return (struct wall_survey *)&wall->survey[kind];
    return NULL;
}

int wall_survey_fd(const struct view *view)
{
    const struct wall_survey *survey = under_way((const struct wall_view *)view);
    return survey ? reading_fd(survey->reading) : -1;
}

/* One that failed is done again when the page comes on. */
enum effect wall_survey_ready(struct view *view, struct error *err)
{
    struct wall_view *wall = (struct wall_view *)view;
    struct wall_survey *survey = under_way(wall);
    enum effect effect = survey ? reading_ready(survey->reading, err) : EFFECT_NONE;
    if (survey && err->code != ERROR_NONE) {
        wall->changed[kinds[survey->kind].page] = true;
        survey->slow = false;
    }
    return effect;
}

void wall_survey_clear(struct wall_view *wall)
{
    for (int kind = 0; kind < WALL_SURVEY_COUNT; kind++) {
        reading_free(wall->survey[kind].reading);
        kinds[kind].free(wall->survey[kind].result);
    }
}
