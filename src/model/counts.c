#include "model/counts.h"

#include <stddef.h>
#include <string.h>

#include "base/strbuf.h"
#include "column.h"
#include "member.h"
#include "model/query_sql.h"
#include "model/units.h"

/* Columns of COUNTS_TOTAL, and of what is asked of the tasks themselves. */
enum { AT_STATE, AT_SOURCE, AT_RETURNED, AT_DUE, AT_REPORTED, AT_N };

/* Today's thresholds as the columns hold dates, so that no date need be parsed. */
struct thresholds {
    const struct units *units;
    char today[11], soon[11], urgent[11], owed[RHYTHM_COUNT][11];
    int64_t source; /* the last one looked up, and its rhythm */
    enum rhythm rhythm;
};

static void thresholds_set(struct thresholds *at, struct model *model)
{
    const struct today *today = model_today(model);
    *at = (struct thresholds){.units = model_units(model)};
    date_format(today->date, at->today);
    date_format(today->date + today->due_soon_days, at->soon);
    date_format(today->date + today->due_urgent_days, at->urgent);
    for (int rhythm = 0; rhythm < RHYTHM_COUNT; rhythm++)
        date_format(today->owed[rhythm], at->owed[rhythm]); /* "" where nothing is owed */
}

static enum rhythm rhythm_of(struct thresholds *at, int64_t source_id)
{
    if (source_id != at->source) {
        const struct source *source = units_source(at->units, source_id);
        at->source = source_id;
        at->rhythm = source != NULL ? source->rhythm : RHYTHM_NONE;
    }
    return at->rhythm;
}

static void count_row(struct counts *counts, struct thresholds *at, struct db_statement *row)
{
    int state = column_word(row, AT_STATE, task_states, STATE_COUNT, -1);
    if (state < 0)
        return;
    struct count *count = &counts->by_state[state];
    int64_t n = db_int(row, AT_N);
    count->all += n;
    count->returned += db_int(row, AT_RETURNED) != 0 ? n : 0;
    if (state == STATE_CLOSED)
        return;
    const char *due = db_text(row, AT_DUE);
    bool late = strcmp(due, at->today) < 0;
    count->overdue += late ? n : 0;
    count->due_soon += !late && strcmp(due, at->soon) <= 0 ? n : 0;
    count->due_urgent += !late && strcmp(due, at->urgent) <= 0 ? n : 0;
    const char *owed = at->owed[rhythm_of(at, db_int(row, AT_SOURCE))];
    count->unreported += strcmp(db_text(row, AT_REPORTED), owed) < 0 ? n : 0;
}

static void count_add(struct count *sum, const struct count *count)
{
    sum->all += count->all;
    sum->overdue += count->overdue;
    sum->due_soon += count->due_soon;
    sum->due_urgent += count->due_urgent;
    sum->unreported += count->unreported;
    sum->returned += count->returned;
}

static void counts_sum(struct counts *counts)
{
    struct count sum = {0};
    for (int state = 0; state < STATE_COUNT; state++) {
        counts->state[state] = counts->by_state[state].all;
        count_add(&sum, &counts->by_state[state]);
    }
    counts->all = sum.all;
    counts->open = sum.all - counts->state[STATE_CLOSED];
    counts->overdue = sum.overdue;
    counts->due_soon = sum.due_soon;
    counts->due_urgent = sum.due_urgent;
    counts->unreported = sum.unreported;
    counts->returned = sum.returned;
}

static bool count_rows(
    struct model *model, struct db_statement *rows, struct counts *out, struct error *err)
{
    struct thresholds at;
    enum db_step step;
    thresholds_set(&at, model);
    memset(out, 0, sizeof *out);
    while ((step = db_step(rows, err)) == DB_ROW)
        count_row(out, &at, rows);
    db_reset(rows);
    counts_sum(out);
    return step != DB_FAILED;
}

/* The tally knows nothing of a reach or a filter: the tasks in it are gathered the same way. */
static bool count_tasks(
    struct model *model, const struct query *query, struct counts *out, struct error *err)
{
    struct sql sql = {0};
    struct query_error wrong;
    struct db_statement *rows = NULL;
    struct strbuf text = {0};
    if (!query_sql_condition(model, query, &sql, &wrong)) {
        sql_clear(&sql);
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    }
    strbuf_format(&text,
        "SELECT t.state, t.source_id, t.returned, t.due_on, t.reported_on, count(*) FROM task t "
        "WHERE (%s) GROUP BY t.state, t.source_id, t.returned, t.due_on, t.reported_on",
        strbuf_text(&sql.text));
    bool ok = db_prepare(model_db(model), strbuf_text(&text), &rows, err);
    if (ok) {
        sql_bind(rows, &sql, 0);
        ok = count_rows(model, rows, out, err);
    }
    db_finish(rows);
    strbuf_clear(&text);
    sql_clear(&sql);
    return ok;
}

bool counts_read(struct model *model, struct counts *out, struct error *err)
{
    struct db_statement *rows;
    if (model_reach(model) != NULL)
        return count_tasks(model, model_reach(model), out, err);
    return db_statement(model_db(model), COUNTS_TOTAL, &rows, err) &&
           count_rows(model, rows, out, err);
}

bool counts_read_of(
    struct model *model, const struct query *filter, struct counts *out, struct error *err)
{
    const struct query *reach = model_reach(model);
    if (filter == NULL)
        return counts_read(model, out, err);
    if (reach == NULL)
        return count_tasks(model, filter, out, err);
    const struct query both = {.kind = QUERY_AND,
        .left = (struct query *)(uintptr_t)filter,
        .right = (struct query *)(uintptr_t)reach};
    return count_tasks(model, &both, out, err);
}

/* --- a filter's count ------------------------------------------------------------------------ */

/* A filter the counts can answer: tasks in one of `states` which, where `flag` is one of those
 * counted, have it (or have it not). */
#define EVERY_STATE ((1u << STATE_COUNT) - 1)
struct answer {
    unsigned states;
    enum query_flag flag; /* FLAG_COUNT: none */
    bool not ;
};

/* Flags that are counted, and where. */
static const struct {
    enum query_flag flag;
    size_t offset;
} counted[] = {
    {FLAG_OVERDUE, offsetof(struct count, overdue)},
    {FLAG_DUE_SOON, offsetof(struct count, due_soon)},
    {FLAG_DUE_URGENT, offsetof(struct count, due_urgent)},
    {FLAG_UNREPORTED, offsetof(struct count, unreported)},
    {FLAG_RETURNED, offsetof(struct count, returned)},
};
enum { COUNTED = sizeof counted / sizeof *counted };

static bool answer_flag(enum query_flag flag, struct answer *out)
{
    const unsigned closed = 1u << STATE_CLOSED;
    *out = (struct answer){EVERY_STATE, flag, false};
    if (flag == FLAG_OPEN || flag == FLAG_CLOSED) {
        out->states = flag == FLAG_OPEN ? EVERY_STATE & ~closed : closed;
        out->flag = FLAG_COUNT;
        return true;
    }
    for (size_t i = 0; i < COUNTED; i++)
        if (counted[i].flag == flag)
            return true;
    return false;
}

static bool answer_field(const struct query *query, struct answer *out)
{
    bool is = query->op == OP_EQ;
    if (query->field != FIELD_STATE || (!is && query->op != OP_NE) || query->number < 0 ||
        query->number >= STATE_COUNT)
        return false;
    unsigned state = 1u << query->number;
    *out = (struct answer){is ? state : EVERY_STATE & ~state, FLAG_COUNT, false};
    return true;
}

static bool answer_not(struct answer *answer)
{
    if (answer->flag == FLAG_COUNT)
        answer->states = EVERY_STATE & ~answer->states;
    else if (answer->states == EVERY_STATE)
        answer->not = !answer->not ;
    else
        return false;
    return true;
}

static bool answer_join(
    enum query_kind kind, const struct answer *a, const struct answer *b, struct answer *out)
{
    bool same = a->flag == b->flag && a->not == b->not ;
    if (!same && (kind == QUERY_OR || (a->flag != FLAG_COUNT && b->flag != FLAG_COUNT)))
        return false;
    *out = a->flag != FLAG_COUNT ? *a : *b;
    out->states = kind == QUERY_AND ? a->states & b->states : a->states | b->states;
    return true;
}

/* The parser bounds how deep a filter nests. */
static bool answer_query(const struct query *query, struct answer *out)
{
    struct answer left, right;
    switch (query->kind) {
    case QUERY_ALL:
        *out = (struct answer){EVERY_STATE, FLAG_COUNT, false};
        return true;
    case QUERY_FLAG:
        return answer_flag(query->flag, out);
    case QUERY_FIELD:
        return answer_field(query, out);
    case QUERY_NOT:
        return answer_query(query->left, out) && answer_not(out);
    case QUERY_AND:
    case QUERY_OR:
        return answer_query(query->left, &left) && answer_query(query->right, &right) &&
               answer_join(query->kind, &left, &right, out);
    case QUERY_TEXT:
        break;
    }
    return false;
}

static int64_t count_flag(const struct count *count, enum query_flag flag)
{
    for (size_t i = 0; i < COUNTED; i++)
        if (counted[i].flag == flag)
            return *(const int64_t *)((const char *)count + counted[i].offset);
    return count->all;
}

bool counts_of(const struct counts *counts, const struct query *query, int64_t *out)
{
    struct answer answer;
    if (!answer_query(query, &answer))
        return false;
    *out = 0;
    for (int state = 0; state < STATE_COUNT; state++) {
        const struct count *count = &counts->by_state[state];
        int64_t n = count_flag(count, answer.flag);
        if ((answer.states & (1u << state)) != 0)
            *out += answer.not ? count->all - n : n;
    }
    return true;
}

int share_percent(int64_t part, int64_t whole)
{
    if (part <= 0 || whole <= 0)
        return 0;
    if (part >= whole)
        return 100;
    int percent = (int)((part * 200 + whole) / (2 * whole));
    return percent < 1 ? 1 : percent > 99 ? 99 : percent;
}
