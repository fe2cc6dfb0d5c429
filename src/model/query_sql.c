/* query_sql: how a filter is asked. The conditions come from query_sql_term.c; here it is chosen
 * what is walked:
 *
 *   - few tasks in one of the sets: those tasks, sorted;
 *   - else the index of the order, each task of it looked at. Where sets are to be gathered for
 * that, which takes long when they are large, the first HEAD tasks of the order are looked at
 * directly, so that the first page does not wait;
 *   - the order of states: one state after another, each by the index of its due days;
 *   - an order without an index: all that match, sorted. */
#include "model/query_sql.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/task.h"
#include "query_parts.h"
#include "query_sql_parts.h"

#define FEW 10000  /* tasks that are looked up and sorted while nobody notices */
#define SOME 30000 /* as many as a set may have for all others to be left ungathered */
#define HEAD 2000  /* tasks looked at directly in the same time */

/* The terms that must all hold, and what is known from them about every task that matches. */
struct plan {
    const struct query *terms[QUERY_TERMS * 4]; /* a range is two */
    size_t count, own;                          /* own: the filter's, the rest are the reach's */
    const struct query *driver;                 /* of few tasks; NULL: an order is walked */
    const struct query *narrow; /* of some tasks: the one set that is gathered; NULL: all are */
    int open;                   /* 1, 0; -1: not known */
    bool sets;                  /* some term is asked as a set */
    struct query texts[QUERY_TERMS]; /* several texts as one term, the first the whole */
};

static bool maker_start(struct sql_maker *maker, struct model *model, enum sql_mode mode,
    struct sql *sql, struct query_error *err)
{
    *maker = (struct sql_maker){.db = model_db(model),
        .units = model_units(model),
        .today = model_today(model),
        .sql = sql,
        .err = err,
        .mode = mode};
    *err = (struct query_error){0};
    struct error failed;
    struct db_statement *statement;
    if (!db_statement(maker->db, QUERY_STALE, &statement, &failed))
        return query_error_set(err, (struct query_place){0, 0}, NULL, "%s", failed.text);
    enum db_step step = db_step(statement, &failed);
    db_reset(statement);
    maker->stale = step == DB_ROW;
    return step != DB_FAILED ||
           query_error_set(err, (struct query_place){0, 0}, NULL, "%s", failed.text);
}

static bool maker_end(struct sql_maker *maker, bool good)
{
    if (good && maker->full)
        good = query_error_set(maker->err, (struct query_place){0, 0}, NULL,
            _("the filter names too many things at once; make it shorter"));
    if (!good && maker->reach) { /* its places are not those of the filter that was typed */
        char text[sizeof maker->err->text];
        memcpy(text, maker->err->text, sizeof text);
        query_error_set(maker->err, (struct query_place){0, 0}, NULL,
            _("what you may see is limited by a filter that cannot be read: %s"), text);
    }
    if (!good)
        sql_clear(maker->sql);
    return good;
}

/* --- what is known ------------------------------------------------------------------------- */

static int flag_open(enum query_flag flag)
{
    switch (flag) {
    case FLAG_OPEN:
    case FLAG_OVERDUE:
    case FLAG_DUE_SOON:
    case FLAG_DUE_URGENT:
    case FLAG_UNREPORTED:
    case FLAG_BEHIND:
    case FLAG_UNACCEPTED:
        return 1;
    case FLAG_CLOSED:
        return 0;
    default:
        return -1;
    }
}

/* Whether every task that matches is open (1) or closed (0); -1 where both may be. */
static int query_open(const struct query *query)
{
    int left;
    switch (query->kind) {
    case QUERY_FLAG:
        return flag_open(query->flag);
    case QUERY_FIELD:
        if (query->field == FIELD_STATE)
            return query->number != STATE_CLOSED;
        return query->field == FIELD_DAYS ? 1 : -1;
    case QUERY_AND:
        left = query_open(query->left);
        return left >= 0 ? left : query_open(query->right);
    case QUERY_OR:
        left = query_open(query->left);
        return left == query_open(query->right) ? left : -1;
    case QUERY_NOT:
        query = query->left;
        if (query->kind == QUERY_FLAG && (query->flag == FLAG_OPEN || query->flag == FLAG_CLOSED))
            return query->flag == FLAG_CLOSED;
        if (query->kind == QUERY_FIELD && query->field == FIELD_STATE &&
            query->number == STATE_CLOSED)
            return 1;
        return -1;
    default:
        return -1;
    }
}

static void terms_take(struct plan *plan, const struct query *query)
{
    if (query->kind == QUERY_ALL)
        return;
    if (query->kind == QUERY_AND) {
        terms_take(plan, query->left);
        terms_take(plan, query->right);
        return;
    }
    plan->terms[plan->count++] = query;
    if (plan->open < 0)
        plan->open = query_open(query);
}

/* Makes one term of the filter's texts, so that the index intersects them. */
static void texts_join(struct plan *plan)
{
    const struct query *joined = NULL;
    size_t kept = 0, made = 0, count = plan->count;
    for (size_t i = 0; i < count; i++) {
        const struct query *term = plan->terms[i];
        if (!sql_is_text(term) || made == QUERY_TERMS) {
            plan->terms[kept++] = term;
            continue;
        }
        if (joined) {
            plan->texts[made] = (struct query){.kind = QUERY_AND};
            plan->texts[made].left = (struct query *)(uintptr_t)joined;
            plan->texts[made].right = (struct query *)(uintptr_t)term;
            joined = &plan->texts[made++];
        } else {
            joined = term;
        }
    }
    if (joined)
        plan->terms[kept++] = joined;
    plan->count = kept;
}

static void plan_start(struct plan *plan, struct model *model, const struct query *query)
{
    const struct query *reach = model_reach(model);
    *plan = (struct plan){.open = -1};
    if (query != reach)
        terms_take(plan, query);
    texts_join(plan);
    plan->own = plan->count;
    if (reach)
        terms_take(plan, reach);
}

/* --- where an order is walked -------------------------------------------------------------- */

/* The due days that a term leaves, as bounds the index of the order can start and end at. */
static void put_due_bounds(struct sql_maker *maker, const struct query *query)
{
    date_t today = maker->today->date;
    int soon = query->flag == FLAG_DUE_URGENT ? maker->today->due_urgent_days
                                              : maker->today->due_soon_days;
    if (query->kind == QUERY_FLAG && query->flag == FLAG_OVERDUE)
        sql_put(maker, " AND t.due_on < $%d", sql_date(maker, today));
    else if (query->kind == QUERY_FLAG &&
             (query->flag == FLAG_DUE_SOON || query->flag == FLAG_DUE_URGENT))
        sql_put(maker, " AND t.due_on >= $%d AND t.due_on <= $%d", sql_date(maker, today),
            sql_date(maker, today + soon));
    else if (query->kind == QUERY_FIELD && query->field == FIELD_DUE) {
        date_t date = query_date(query, today);
        if (date != DATE_NONE)
            sql_put(
                maker, " AND t.due_on %s $%d", sql_comparison(query->op), sql_date(maker, date));
    }
}

/* What the index of the order is entered with: "t.is_open = 1 AND t.due_on < $1". */
static void put_walk(struct sql_maker *maker, const struct plan *plan, enum sort_key key)
{
    if (key != SORT_DUE && sql_order_is_indexed(key)) {
        sql_put(maker, "1 = 1");
        return;
    }
    sql_put(maker, plan->open < 0 ? "1 = 1" : plan->open ? "t.is_open = 1" : "t.is_open = 0");
    for (size_t i = 0; i < plan->count; i++)
        put_due_bounds(maker, plan->terms[i]);
}

/* Whether put_walk has said it all. */
static bool is_walked(
    const struct sql_maker *maker, const struct plan *plan, const struct query *term)
{
    const struct query *flag = term->kind == QUERY_NOT ? term->left : term;
    return maker->by_due && flag->kind == QUERY_FLAG && query_open(term) == plan->open &&
           (flag->flag == FLAG_OPEN || flag->flag == FLAG_CLOSED);
}

/* " AND term AND term": all but the driver. */
static bool put_terms(struct sql_maker *maker, const struct plan *plan)
{
    enum sql_mode mode = maker->mode;
    bool good = true;
    for (size_t i = 0; good && i < plan->count; i++) {
        const struct query *term = plan->terms[i];
        if (term == plan->driver || (!plan->driver && is_walked(maker, plan, term)))
            continue;
        bool gather = mode == SQL_SETS && (!plan->narrow || term == plan->narrow);
        maker->mode = mode == SQL_ONE ? mode : gather ? SQL_SETS : SQL_NEAR;
        maker->reach = i >= plan->own;
        sql_put(maker, " AND ");
        good = sql_condition(maker, term);
    }
    maker->mode = mode;
    return good;
}

/* --- few tasks ----------------------------------------------------------------------------- */

/* How many tasks a set has, counted no further than SOME + 1. */
static bool set_count(struct sql_maker *maker, const struct query *query, int64_t *out)
{
    struct sql sql = {0};
    struct sql_maker counting = *maker;
    struct db_statement *statement = NULL;
    struct error failed = {0};
    counting.sql = &sql;
    counting.counting = true;
    sql_put(&counting, "SELECT count(*) FROM (SELECT 1 FROM (");
    bool good = sql_set(&counting, query);
    sql_put(&counting, ") LIMIT %d)", SOME + 1);
    if (good && !counting.full) {
        good = db_prepare(maker->db, strbuf_text(&sql.text), &statement, &failed);
        for (size_t i = 0; good && i < sql.count; i++) {
            if (sql.binds[i].text)
                db_bind_text(statement, (int)i + 1, sql.binds[i].text);
            else
                db_bind_int(statement, (int)i + 1, sql.binds[i].number);
        }
        good = good && db_step(statement, &failed) == DB_ROW;
        *out = good ? db_int(statement, 0) : 0;
        db_finish(statement);
        if (!good)
            query_error_set(maker->err, (struct query_place){0, 0}, NULL, "%s", failed.text);
    }
    maker->full |= counting.full;
    sql_clear(&sql);
    return good;
}

/* Finds the smallest set, if it is small enough to start from, or at least to look only at its
 * tasks. */
static bool driver_choose(struct sql_maker *maker, struct plan *plan)
{
    int64_t least = SOME + 1;
    for (size_t i = 0; i < plan->count; i++) {
        int64_t count = SOME + 1;
        if (!sql_has_set(maker, plan->terms[i]))
            continue;
        plan->sets = true;
        maker->reach = i >= plan->own;
        if (!set_count(maker, plan->terms[i], &count))
            return false;
        if (count < least) {
            least = count;
            plan->narrow = plan->terms[i];
        }
    }
    if (least <= FEW)
        plan->driver = plan->narrow;
    return true;
}

/* --- lists --------------------------------------------------------------------------------- */

static void put_order(struct sql_maker *maker, const struct sort *sort)
{
    sql_put(maker, " ORDER BY ");
    sql_keys(maker, sort->key, "t", sort->reverse);
}

static bool put_few(struct sql_maker *maker, const struct plan *plan, const struct sort *sort)
{
    maker->mode = SQL_NEAR;
    sql_order_with(maker, sort->key);
    sql_put(maker, "SELECT t.id FROM task t");
    sql_order_joins(maker, sort->key, "t");
    sql_put(maker, " WHERE t.id IN (");
    if (!sql_set(maker, plan->driver))
        return false;
    sql_put(maker, ")");
    if (!put_terms(maker, plan))
        return false;
    put_order(maker, sort);
    return true;
}

/* The first HEAD tasks of the order, looked at directly. */
static bool put_head(struct sql_maker *maker, const struct plan *plan, const struct sort *sort)
{
    maker->mode = SQL_NEAR;
    sql_put(maker, "SELECT id FROM (SELECT t.id FROM (SELECT t.id FROM task t WHERE ");
    put_walk(maker, plan, sort->key);
    put_order(maker, sort);
    sql_put(maker, " LIMIT %d) h CROSS JOIN task t ON t.id = h.id WHERE 1 = 1", HEAD);
    if (!put_terms(maker, plan))
        return false;
    put_order(maker, sort);
    sql_put(maker, ")");
    return true;
}

/* What comes after them, against sets. */
static bool put_rest(struct sql_maker *maker, const struct plan *plan, const struct sort *sort)
{
    maker->mode = SQL_SETS;
    sql_put(maker, " UNION ALL SELECT id FROM (SELECT t.id FROM task t WHERE ");
    put_walk(maker, plan, sort->key);
    sql_put(maker, " AND (");
    sql_keys(maker, sort->key, "t", false);
    sql_put(maker, ") %s (SELECT ", sort->reverse ? "<" : ">");
    sql_keys(maker, sort->key, "t", false);
    sql_put(maker, " FROM task t WHERE ");
    put_walk(maker, plan, sort->key);
    put_order(maker, sort);
    sql_put(maker, " LIMIT 1 OFFSET %d)", HEAD - 1);
    if (!put_terms(maker, plan))
        return false;
    put_order(maker, sort);
    sql_put(maker, " LIMIT -1)"); /* keeps the order of the inner query in the outer */
    return true;
}

static bool put_all(struct sql_maker *maker, const struct plan *plan, const struct sort *sort)
{
    maker->mode = SQL_SETS;
    sql_order_with(maker, sort->key);
    sql_put(maker, "SELECT t.id FROM task t");
    sql_order_joins(maker, sort->key, "t");
    sql_put(maker, " WHERE ");
    put_walk(maker, plan, sort->key);
    if (!put_terms(maker, plan))
        return false;
    put_order(maker, sort);
    return true;
}

/* The order of states: one after another, each walked by its due days. */
static bool put_states(struct sql_maker *maker, const struct plan *plan, bool reverse)
{
    const struct sort by_due = {SORT_DUE, reverse};
    int written = 0;
    for (int i = 0; i < STATE_COUNT; i++) {
        int state = reverse ? STATE_COUNT - 1 - i : i;
        if (plan->open >= 0 && plan->open != (state != STATE_CLOSED))
            continue;
        sql_put(maker, "%sSELECT id FROM (SELECT t.id FROM task t WHERE t.state = '%s'",
            written++ ? " UNION ALL " : "", task_states[state].name);
        if (!put_terms(maker, plan))
            return false;
        put_order(maker, &by_due);
        sql_put(maker, " LIMIT -1)");
    }
    return true;
}

static bool put_list(struct sql_maker *maker, const struct plan *plan, const struct sort *sort)
{
    if (plan->driver)
        return put_few(maker, plan, sort);
    if (sort->key == SORT_STATE)
        return put_states(maker, plan, sort->reverse);
    if (plan->sets && sql_order_is_indexed(sort->key))
        return put_head(maker, plan, sort) && put_rest(maker, plan, sort);
    return put_all(maker, plan, sort);
}

bool query_sql_list(struct model *model, const struct query *query, const struct sort *sort,
    struct sql *out, struct query_error *err)
{
    struct plan plan;
    struct sql_maker maker;
    plan_start(&plan, model, query);
    if (!maker_start(&maker, model, SQL_SETS, out, err))
        return false;
    maker.by_due = sort->key == SORT_DUE || !sql_order_is_indexed(sort->key);
    bool good = driver_choose(&maker, &plan) && put_list(&maker, &plan, sort);
    return maker_end(&maker, good);
}

bool query_sql_condition(
    struct model *model, const struct query *query, struct sql *out, struct query_error *err)
{
    struct plan plan;
    struct sql_maker maker;
    plan_start(&plan, model, query);
    if (!maker_start(&maker, model, SQL_SETS, out, err))
        return false;
    maker.by_due = true;
    put_walk(&maker, &plan, SORT_DUE);
    return maker_end(&maker, put_terms(&maker, &plan));
}

bool query_sql_member(
    struct model *model, const struct query *query, struct sql *out, struct query_error *err)
{
    struct plan plan;
    struct sql_maker maker;
    plan_start(&plan, model, query);
    out->count = 1; /* $1 is the caller's */
    out->binds[0] = (struct db_value){NULL, 0};
    if (!maker_start(&maker, model, SQL_ONE, out, err))
        return false;
    sql_put(&maker, "SELECT 1 FROM task t WHERE t.id = $1");
    return maker_end(&maker, put_terms(&maker, &plan));
}

bool query_sql_within(
    struct model *model, const char *candidates, struct sql *out, struct query_error *err)
{
    static const struct query all = {.kind = QUERY_ALL};
    struct plan plan;
    struct sql_maker maker;
    plan_start(&plan, model, &all);
    out->count = 1; /* $1 is the caller's */
    out->binds[0] = (struct db_value){NULL, 0};
    if (!maker_start(&maker, model, SQL_NEAR, out, err))
        return false;
    sql_put(&maker, "SELECT c.* FROM (%s) c CROSS JOIN task t ON t.id = c.task_id WHERE 1 = 1",
        candidates);
    return maker_end(&maker, put_terms(&maker, &plan));
}
