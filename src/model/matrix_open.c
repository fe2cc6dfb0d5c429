/* matrix_open: a matrix from the counts of the database, else by a survey. */
#include "matrix_parts.h"
#include "model/query.h"

static void take(void *result, const struct fact *fact)
{
    matrix_take(result, fact);
}

static bool finish(void *result, struct model *model, struct error *err)
{
    (void)err;
    matrix_finish(result, model);
    return true;
}

static void free_result(void *result)
{
    matrix_free(result);
}

/* Where the counts of the database tell it all. What hinders them hinders the survey as well, which
 * can say so. */
static struct matrix *from_tally(struct model *model, const struct matrix_spec *spec)
{
    struct error hindered = {0};
    if (!matrix_tally_serves(model, spec))
        return NULL;
    struct matrix *matrix = matrix_make(model, spec);
    if (matrix_is_rooted(matrix) &&
        matrix_tally_read(model, spec->measure, matrix_count, matrix, &hindered)) {
        matrix_finish(matrix, model);
        return matrix;
    }
    matrix_free(matrix);
    return NULL;
}

static const struct survey_ops ops = {false, NULL, take, finish, free_result};
static const struct survey_ops ops_of_change = {true, NULL, take, finish, free_result};

bool matrix_open(struct model *model, const struct matrix_spec *spec, struct survey **out,
    struct query_error *err)
{
    struct query *query = NULL;
    struct matrix *counted = from_tally(model, spec);
    if (counted) {
        *out = survey_finished(&ops, counted);
        return true;
    }
    if (!query_parse(spec->filter ? spec->filter : "", &query, err))
        return false;
    struct matrix *matrix = matrix_make(model, spec);
    bool good = survey_open(
        model, query, spec->measure == MEASURE_CHANGE ? &ops_of_change : &ops, matrix, out, err);
    query_free(query);
    return good;
}
