#include "model/bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/desk.h"
#include "model/task_list.h"
#include "store/db.h"

struct reading {
    struct model *model;
    const char *filter;
    struct bulletin *bulletin;
    struct query_error *wrong;
};

/* --- surveys --------------------------------------------------------------------------------- */

static bool read_trend(struct reading *reading, struct error *err)
{
    struct survey *survey;
    if (!trend_open(reading->model, reading->filter, BULLETIN_WEEKS, &survey, reading->wrong))
        return false;
    reading->bulletin->trend = survey_complete(survey, err);
    return reading->bulletin->trend != NULL;
}

static bool read_matrix(struct reading *reading, struct error *err)
{
    const struct matrix_spec spec = {AXIS_CITY, AXIS_LEAD, MEASURE_OVERDUE, reading->filter};
    struct survey *survey;
    if (!matrix_open(reading->model, &spec, &survey, reading->wrong))
        return false;
    reading->bulletin->matrix = survey_complete(survey, err);
    return reading->bulletin->matrix != NULL;
}

static bool read_cards(struct reading *reading, struct error *err)
{
    static const enum score_units units[CARD_COUNT] = {
        [CARD_CITIES] = SCORE_CITIES, [CARD_LEADS] = SCORE_LEADS};
    for (int i = 0; i < CARD_COUNT; i++) {
        struct survey *survey;
        if (!scorecard_open(reading->model, units[i], reading->filter, &survey, reading->wrong))
            return false;
        reading->bulletin->card[i] = survey_complete(survey, err);
        if (reading->bulletin->card[i] == NULL)
            return false;
    }
    return true;
}

/* --- totals and the list --------------------------------------------------------------------- */

static bool read_overdue(struct reading *reading, const struct query *query, struct error *err)
{
    struct query overdue = {.kind = QUERY_FLAG, .flag = FLAG_OVERDUE};
    struct query both = {.kind = QUERY_AND, .left = (struct query *)query, .right = &overdue};
    const struct sort by_due = {SORT_DUE, false};
    struct bulletin *bulletin = reading->bulletin;
    int64_t *ids = alloc_zero(BULLETIN_OVERDUE_MOST, sizeof *ids);
    size_t count = 0;
    bulletin->overdue = alloc_zero(BULLETIN_OVERDUE_MOST, sizeof *bulletin->overdue);
    bool good =
        task_ids_read(reading->model, &both, &by_due, ids, BULLETIN_OVERDUE_MOST, &count, err) &&
        task_rows_read(reading->model, ids, count, bulletin->overdue, err);
    bulletin->overdue_count = good ? count : 0;
    free(ids);
    return good;
}

static bool read_rows(struct reading *reading, struct error *err)
{
    struct query *query;
    if (!query_parse(reading->filter, &query, reading->wrong))
        return false;
    bool good = counts_read_of(reading->model, query, &reading->bulletin->counts, err) &&
                read_overdue(reading, query, err);
    query_free(query);
    if (good && reading->bulletin->counts.all == 0)
        return error_set(
            err, ERROR_NOT_FOUND, _("there is nothing to tell: there is no such task"));
    return good;
}

/* --- all of it ------------------------------------------------------------------------------- */

static char *reach_of(struct model *model)
{
    struct strbuf person = {0};
    if (model_reach(model) != NULL)
        desk_person(model, &person);
    strbuf_add(&person, "");
    return strbuf_take(&person);
}

bool bulletin_read(struct model *model, const char *filter, struct bulletin **out,
    struct query_error *wrong, struct error *err)
{
    struct bulletin *bulletin = alloc_zero(1, sizeof *bulletin);
    struct reading reading = {model, filter, bulletin, wrong};
    *bulletin =
        (struct bulletin){.model = model, .filter = alloc_string(filter), .reach = reach_of(model)};
    bool good = db_read_begin(model_db(model), err);
    if (good) {
        /* first what shows the place of a mistake in the filter */
        good = read_matrix(&reading, err) && read_rows(&reading, err) &&
               read_trend(&reading, err) && read_cards(&reading, err);
        db_read_end(model_db(model));
    }
    if (good)
        *out = bulletin;
    else
        bulletin_free(bulletin);
    return good;
}

void bulletin_free(struct bulletin *bulletin)
{
    if (bulletin == NULL)
        return;
    for (size_t i = 0; i < bulletin->overdue_count; i++)
        task_row_clear(&bulletin->overdue[i]);
    free(bulletin->overdue);
    trend_free(bulletin->trend);
    matrix_free(bulletin->matrix);
    for (int i = 0; i < CARD_COUNT; i++)
        scorecard_free(bulletin->card[i]);
    free(bulletin->filter);
    free(bulletin->reach);
    free(bulletin);
}
