/* Scores, ranks, and how a score came about. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/query.h"
#include "scorecard_parts.h"

#define HUNDREDTHS 10000 /* of a hundred points */

/* --- shares ---------------------------------------------------------------------------------- */

/* What a score is made of: how much of each is as it should be, and what takes points away. */
static const struct share_row {
    enum score_column column;
    const char *label;
    bool rest; /* those that are not counted are as they should be */
} shares[] = {
    {SCORE_ON_TIME, N_("Closed on time"), false},
    {SCORE_REPORTS, N_("Reports in time"), false},
    {SCORE_OVERDUE, N_("Not overdue"), true},
};
enum { SHARES = sizeof shares / sizeof *shares };

static const struct point_row {
    enum score_column column;
    const char *label;
} points[] = {
    {SCORE_RETURNED, N_("Returned")},
    {SCORE_NOTICES, N_("Notices")},
    {SCORE_UNACCEPTED, N_("Unaccepted")},
};
enum { POINTS = sizeof points / sizeof *points };

static int weight_of(const struct rule_score *rules, size_t share)
{
    const int weight[SHARES] = {rules->on_time, rules->reports, rules->in_time};
    return weight[share];
}

static int points_of(const struct rule_score *rules, size_t point)
{
    const int each[POINTS] = {rules->returned, rules->notice, rules->unaccepted};
    return each[point];
}

static int64_t good_of(const struct share_row *share, const struct score_value *value)
{
    return share->rest ? value->whole - value->part : value->part;
}

static int64_t rounded(int64_t part, int64_t whole)
{
    return (2 * part + whole) / (2 * whole);
}

/* The weights of what there is to measure on together. */
static int64_t weights(const struct rule_score *rules, const struct score_month *month)
{
    int64_t all = 0;
    for (size_t i = 0; i < SHARES; i++)
        if (month->value[shares[i].column].whole > 0)
            all += weight_of(rules, i);
    return all;
}

static int64_t share_hundredths(
    const struct rule_score *rules, const struct score_month *month, size_t share, int64_t all)
{
    const struct score_value *value = &month->value[shares[share].column];
    if (value->whole == 0)
        return 0;
    return rounded(
        HUNDREDTHS * weight_of(rules, share) * good_of(&shares[share], value), value->whole * all);
}

static int score_of(const struct rule_score *rules, const struct score_month *month)
{
    int64_t all = weights(rules, month), sum = 0;
    if (all == 0)
        return SCORE_NONE;
    for (size_t i = 0; i < SHARES; i++)
        sum += share_hundredths(rules, month, i, all);
    for (size_t i = 0; i < POINTS; i++)
        sum -= 100 * points_of(rules, i) * month->value[points[i].column].part;
    return sum > 0 ? (int)rounded(sum, 10) : 0;
}

/* --- ranks ----------------------------------------------------------------------------------- */

struct ranked {
    struct score_line line;
    size_t place;
};

static int best_first(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int one = a->line.month[SCORE_THIS].score, other = b->line.month[SCORE_THIS].score;
    return one != other ? (one < other) - (one > other)
                        : (a->place > b->place) - (a->place < b->place);
}

void score_rank(const struct rule_score *rules, struct scorecard *card)
{
    struct ranked *order = alloc_zero(card->count + 1, sizeof *order);
    for (size_t i = 0; i < card->count; i++) {
        for (int m = 0; m < SCORE_MONTHS; m++)
            card->line[i].month[m].score =
                card->line[i].unit_id == 0 ? SCORE_NONE : score_of(rules, &card->line[i].month[m]);
        order[i] = (struct ranked){card->line[i], i};
    }
    qsort(order, card->count, sizeof *order, best_first);
    card->ranked = 0;
    for (size_t i = 0; i < card->count; i++) {
        struct score_line *line = &card->line[i];
        *line = order[i].line;
        line->rank = 0;
        if (line->month[SCORE_THIS].score == SCORE_NONE)
            continue;
        card->ranked++;
        bool same =
            i > 0 && card->line[i - 1].month[SCORE_THIS].score == line->month[SCORE_THIS].score;
        line->rank = same ? card->line[i - 1].rank : (int)i + 1;
    }
    free(order);
}

/* --- comparing and showing ------------------------------------------------------------------- */

int score_percent(enum score_column column, const struct score_value *value)
{
    if (value->whole == 0)
        return SCORE_NONE;
    return (int)rounded(
        1000 * (column == SCORE_OVERDUE ? value->whole - value->part : value->part), value->whole);
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int score_worse(enum score_column column, const struct score_value *a, const struct score_value *b)
{
    bool counted = !score_columns[column].share && column != SCORE_OVERDUE;
    if (!counted && (a->whole == 0 || b->whole == 0))
        return (a->whole == 0) - (b->whole == 0); /* what was not measured comes last */
    if (!score_columns[column].share) {
        int order = compare(b->part, a->part);
        return order != 0 || counted ? order : compare(a->whole, b->whole);
    }
    int order = compare(a->part * b->whole, b->part * a->whole);
    return order != 0 ? order : compare(b->whole - b->part, a->whole - a->part);
}

void score_text(enum score_column column, const struct score_value *value, struct strbuf *out)
{
    if (!score_columns[column].share && column != SCORE_OVERDUE)
        strbuf_format(out, "%" PRId64, value->part);
    else if (value->whole > 0)
        strbuf_format(out, "%" PRId64 "/%" PRId64, value->part, value->whole);
}

void score_format(int score, struct strbuf *out)
{
    if (score != SCORE_NONE)
        strbuf_format(out, "%d.%d", score / 10, score % 10);
}

/* --- the tasks behind a number --------------------------------------------------------------- */

static void add_term(struct strbuf *out, const char *term)
{
    strbuf_format(out, "%s%s", out->length > 0 ? " " : "", term);
}

/* The filter that was given, as one term beside others. */
static void add_filter(struct strbuf *out, const char *filter)
{
    struct query *query = NULL;
    struct query_error unused;
    if (!*filter || !query_parse(filter, &query, &unused))
        return;
    strbuf_format(out, query->kind == QUERY_OR ? "(%s)" : "%s", filter);
    query_free(query);
}

static bool add_named(struct strbuf *out, const struct score_tasks *tasks)
{
    if (tasks->count == 0 || tasks->count > SCORE_NAMED)
        return false;
    for (size_t i = 0; i < tasks->count; i++)
        strbuf_format(out, "%s#%" PRId64, i > 0 ? "," : "id:", tasks->id[i]);
    return true;
}

/* A number that opens nothing. */
static bool is_empty(const struct score_line *line, enum score_column column)
{
    if (column == SCORE_COLUMN_COUNT)
        return line->open == 0;
    const struct score_value *value = &line->month[SCORE_THIS].value[column];
    return score_columns[column].share ? value->whole == 0 : value->part == 0;
}

/* What is listed where tasks are told by their ids, where none of them was late, and where they
 * are too many for that. */
static const struct listed_row {
    const char *named, *in_time, *term, *by_term;
} lists[SCORE_COLUMN_COUNT + 1] = {
    [SCORE_ON_TIME] = {N_("not closed by their due day"), N_("all closed by their due day"), NULL,
        N_("due this month")},
    [SCORE_REPORTS] = {N_("with a report not filed in time"), N_("all reports filed in time"),
        "unreported", N_("report of this period missing")},
    [SCORE_OVERDUE] = {NULL, NULL, "overdue", N_("overdue tasks")},
    [SCORE_DAYS] = {NULL, NULL, "overdue", N_("overdue tasks")},
    [SCORE_RETURNED] = {N_("sent back this month"), NULL, "returned", N_("sent back")},
    [SCORE_NOTICES] = {N_("with a notice this month"), NULL, "noticed", N_("with a notice")},
    [SCORE_UNACCEPTED] = {NULL, NULL, "unaccepted", N_("done for over 30 days and not accepted")},
    [SCORE_COLUMN_COUNT] = {NULL, NULL, "open", N_("Open")},
};

static void add_listed(const struct scorecard *card, const char *term, struct strbuf *out)
{
    char first[11], last[11];
    if (term != NULL)
        add_term(out, term);
    else
        strbuf_format(out, " due:%s..%s", date_format(card->month, first),
            date_format(card->today - 1, last));
}

char *scorecard_filter(
    const struct scorecard *card, size_t line, enum score_column column, const char **listed)
{
    const struct score_line *of = &card->line[line];
    const struct listed_row *row = &lists[column];
    bool share = column < SCORE_COLUMN_COUNT && score_columns[column].share;
    bool in_time = share && of->tasks[column].count == 0;
    struct strbuf out = {0};
    if (is_empty(of, column))
        return NULL;
    if (column < SCORE_COLUMN_COUNT &&
        add_named(&out, in_time ? &of->measured[column] : &of->tasks[column])) {
        *listed = _(in_time ? row->in_time : row->named);
        return strbuf_take(&out);
    }
    if (in_time && column == SCORE_REPORTS) /* nobody's is missing: all who may owe one */
        row = &lists[SCORE_COLUMN_COUNT];
    add_filter(&out, card->filter);
    add_term(&out, of->term);
    add_listed(card, row->term, &out);
    *listed = _(row->by_term);
    return strbuf_take(&out);
}

/* --- how it came about ----------------------------------------------------------------------- */

static void add_hundredths(struct strbuf *out, int64_t value)
{
    strbuf_format(out, "%s%" PRId64 ".%02" PRId64, value < 0 ? "-" : "",
        (value < 0 ? -value : value) / 100, (value < 0 ? -value : value) % 100);
}

static void explain_share(struct strbuf *out, const struct rule_score *rules,
    const struct score_month *month, size_t share)
{
    const struct share_row *row = &shares[share];
    const struct score_value *value = &month->value[row->column];
    int64_t all = weights(rules, month);
    int weight = weight_of(rules, share);
    if (value->whole == 0) {
        strbuf_format(out, _("%s: nothing to measure\n"), _(row->label));
        return;
    }
    int percent = score_percent(row->column, value);
    strbuf_format(out, "%s %" PRId64 "/%" PRId64 "  %d.%d%% × %d", _(row->label),
        good_of(row, value), value->whole, percent / 10, percent % 10, weight);
    if (all != 100)
        strbuf_format(out, "/%" PRId64, all);
    strbuf_add(out, " = ");
    add_hundredths(out, all > 0 ? share_hundredths(rules, month, share, all) : 0);
    strbuf_add_char(out, '\n');
}

static void explain_points(struct strbuf *out, const struct rule_score *rules,
    const struct score_month *month, size_t point)
{
    int64_t count = month->value[points[point].column].part;
    int each = points_of(rules, point);
    strbuf_format(out, "%s %" PRId64 " × %d = ", _(points[point].label), count, each);
    add_hundredths(out, -100 * each * count);
    strbuf_add_char(out, '\n');
}

void scorecard_explain(const struct model *model, const struct scorecard *card, size_t line,
    int month, struct strbuf *out)
{
    const struct rule_score *rules = &model_rules(model)->score;
    const struct score_month *of = &card->line[line].month[month];
    for (size_t i = 0; i < SHARES; i++)
        explain_share(out, rules, of, i);
    for (size_t i = 0; i < POINTS; i++)
        explain_points(out, rules, of, i);
    if (card->line[line].unit_id == 0) {
        strbuf_add(out, _("No score: these tasks are nobody's\n"));
        return;
    }
    if (of->score == SCORE_NONE) {
        strbuf_add(out, _("No score: there is nothing to measure on\n"));
        return;
    }
    strbuf_format(out, "%s ", _("Score"));
    score_format(of->score, out);
    if (month == SCORE_THIS)
        strbuf_format(out, _("  rank %d of %zu"), card->line[line].rank, card->ranked);
    strbuf_add_char(out, '\n');
}
