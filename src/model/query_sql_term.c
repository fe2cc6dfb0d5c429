/* query_sql_term: flags and fields as conditions on task `t`. Every condition is true or false,
 * never null, so that `not` means the rest. */
#include <string.h>

#include "base/language.h"
#include "model/task.h"
#include "query_parts.h"
#include "query_sql_parts.h"

#define DAYS_MOST 110000 /* from 1900 to 2199 */

const char *sql_comparison(enum query_op op)
{
    static const char *const signs[] = {[OP_EQ] = "=",
        [OP_NE] = "<>",
        [OP_LT] = "<",
        [OP_LE] = "<=",
        [OP_GT] = ">",
        [OP_GE] = ">="};
    return signs[op];
}

int sql_day_start(struct sql_maker *maker, date_t date)
{
    const moment_t half_day = (moment_t)12 * 3600 * 1000;
    moment_t moment = (moment_t)date * 2 * half_day - half_day;
    while (date_local(moment).date >= date)
        moment -= half_day;
    while (date_local(moment).date < date - 1)
        moment += half_day;
    char iso[25];
    return sql_text(maker, date_moment_format(date_next_midnight(moment), iso));
}

/* --- flags --------------------------------------------------------------------------------- */

static void put_unreported(struct sql_maker *maker)
{
    sql_put(maker, "(+t.is_open = 1 AND (");
    size_t written = 0, count = units_source_count(maker->units);
    for (size_t i = 0; i < count; i++) {
        const struct source *source = units_source_at(maker->units, i);
        date_t owed = maker->today->owed[source->rhythm];
        if (owed == DATE_NONE)
            continue;
        sql_put(maker, "%s(+t.source_id = $%d AND +t.reported_on < $%d)", written ? " OR " : "",
            sql_int(maker, source->id), sql_date(maker, owed));
        written++;
    }
    sql_put(maker, written ? "))" : "1 = 0))");
}

static void put_due_within(struct sql_maker *maker, int days)
{
    date_t today = maker->today->date;
    sql_put(maker, "(+t.is_open = 1 AND +t.due_on >= $%d AND +t.due_on <= $%d)",
        sql_date(maker, today), sql_date(maker, today + days));
}

static void put_flag(struct sql_maker *maker, enum query_flag flag)
{
    date_t today = maker->today->date;
    switch (flag) {
    case FLAG_OPEN:
        sql_put(maker, "+t.is_open = 1");
        break;
    case FLAG_CLOSED:
        sql_put(maker, "+t.is_open = 0");
        break;
    case FLAG_OVERDUE:
        sql_put(maker, "(+t.is_open = 1 AND +t.due_on < $%d)", sql_date(maker, today));
        break;
    case FLAG_DUE_SOON:
        put_due_within(maker, maker->today->due_soon_days);
        break;
    case FLAG_DUE_URGENT:
        put_due_within(maker, maker->today->due_urgent_days);
        break;
    case FLAG_UNREPORTED:
        put_unreported(maker);
        break;
    case FLAG_RETURNED:
        sql_put(maker, "+t.returned = 1");
        break;
    case FLAG_LISTED:
        sql_put(maker, "+t.listed = 1");
        break;
    case FLAG_BEHIND:
        sql_put(maker, "(+t.is_open = 1 AND +t.progress = '%s')",
            task_progresses[PROGRESS_BEHIND].name);
        break;
    case FLAG_UNACCEPTED:
        sql_put(maker,
            "(+t.is_open = 1 AND +t.state <> '%s' AND coalesce(t.done_on, '9999-12-31') < $%d)",
            task_states[STATE_PUBLICISED].name, sql_date(maker, today - TASK_UNACCEPTED_DAYS));
        break;
    case FLAG_IMMEDIATE:
        sql_put(maker, "+t.deadline_kind = '%s'", deadline_kinds[DEADLINE_IMMEDIATE].name);
        break;
    case FLAG_ONGOING:
        sql_put(maker, "+t.deadline_kind IN ('%s', '%s')", deadline_kinds[DEADLINE_ONGOING].name,
            deadline_kinds[DEADLINE_DATE_ONGOING].name);
        break;
    case FLAG_OBJECTED:
        sql_put(maker,
            "EXISTS (SELECT 1 FROM objection o WHERE o.task_id = t.id AND o.settled_on IS NULL)");
        break;
    case FLAG_NOTICED:
        sql_put(maker, "EXISTS (SELECT 1 FROM notice n WHERE n.task_id = t.id AND n.replied_on "
                       "IS NULL AND n.lifted_on IS NULL)");
        break;
    case FLAG_CHANGED_TODAY:
        sql_put(maker, "+t.updated_at >= $%d", sql_day_start(maker, today));
        break;
    case FLAG_COUNT:
        break;
    }
}

/* --- fields -------------------------------------------------------------------------------- */

/* A piece of a text column, % and _ in it taken as they are. */
static void put_piece(struct sql_maker *maker, const char *column, const char *piece)
{
    struct strbuf pattern = {0};
    strbuf_add_char(&pattern, '%');
    for (; *piece; piece++) {
        if (strchr("%_\\", *piece))
            strbuf_add_char(&pattern, '\\');
        strbuf_add_char(&pattern, *piece);
    }
    strbuf_add_char(&pattern, '%');
    sql_put(maker, "t.%s LIKE $%d ESCAPE '\\'", column, sql_text(maker, strbuf_text(&pattern)));
    strbuf_clear(&pattern);
}

/* A piece, the whole where `=` stands before it, or none. The whole is what is shown: a newline and
 * a tab that a script wrote are shown as text_scrub has them. */
static void put_category(struct sql_maker *maker, const char *value)
{
    if (query_is_none(value))
        sql_put(maker, "t.category = ''");
    else if (*value == '=')
        sql_put(maker, "replace(replace(t.category, $%d, $%d), $%d, $%d) = $%d",
            sql_text(maker, "\n"), sql_text(maker, "⏎"), sql_text(maker, "\t"),
            sql_text(maker, " "), sql_text(maker, value + 1));
    else
        put_piece(maker, "category", value);
}

/* A date column that holds `none` where there is no date. Later days are never those without one.
 */
static void put_date(
    struct sql_maker *maker, const struct query *query, const char *column, const char *none)
{
    date_t date = query_date(query, maker->today->date);
    if (date == DATE_NONE) {
        sql_put(maker, "%s = '%s'", column, none);
        return;
    }
    sql_put(maker, "(%s %s $%d", column, sql_comparison(query->op), sql_date(maker, date));
    bool up = query->op == OP_GT || query->op == OP_GE;
    if (up && *none)
        sql_put(maker, " AND %s < '%s'", column, none);
    sql_put(maker, ")");
}

/* Never is before every day: who has not reported since then is looked for. */
static void put_reported(struct sql_maker *maker, const struct query *query)
{
    put_date(maker, query, "+t.reported_on", "");
}

static void put_updated(struct sql_maker *maker, const struct query *query)
{
    date_t date = query_date(query, maker->today->date);
    if (date == DATE_NONE) {
        sql_put(maker, "1 = 0");
        return;
    }
    bool from = query->op == OP_EQ || query->op == OP_GE || query->op == OP_GT;
    bool until = query->op == OP_EQ || query->op == OP_LE || query->op == OP_LT;
    sql_put(maker, "(");
    if (from)
        sql_put(maker, "+t.updated_at >= $%d", sql_day_start(maker, date + (query->op == OP_GT)));
    if (until)
        sql_put(maker, "%s+t.updated_at < $%d", from ? " AND " : "",
            sql_day_start(maker, date + (query->op != OP_LT)));
    sql_put(maker, ")");
}

static void put_days(struct sql_maker *maker, const struct query *query)
{
    int64_t days = query->number < -DAYS_MOST  ? -DAYS_MOST
                   : query->number > DAYS_MOST ? DAYS_MOST
                                               : query->number;
    date_t first = date_make(1900, 1, 1), last = date_make(2199, 12, 31);
    date_t date = maker->today->date + (date_t)days;
    date = date < first ? first : date > last ? last : date;
    sql_put(maker, "(+t.is_open = 1 AND +t.due_on < '9999-12-31' AND +t.due_on %s $%d)",
        sql_comparison(query->op), sql_date(maker, date));
}

static void put_word(struct sql_maker *maker, const struct query *query, const char *column)
{
    const struct word *words;
    query_field_words(query->field, &words);
    sql_put(maker, "+t.%s = '%s'", column, words[query->number].name);
}

static bool put_field(struct sql_maker *maker, const struct query *query)
{
    switch (query->field) {
    case FIELD_TITLE:
        sql_search_direct(maker, query);
        return true;
    case FIELD_ID:
    case FIELD_NUMBER:
        sql_put(maker, "+t.id IN (");
        sql_set(maker, query);
        sql_put(maker, ")");
        return true;
    case FIELD_CATEGORY:
        put_category(maker, query->text);
        return true;
    case FIELD_BY:
        put_piece(maker, "updated_by", query->text);
        return true;
    case FIELD_STATE: /* closed is in more indexes by another name */
        if (query->number == STATE_CLOSED)
            put_flag(maker, FLAG_CLOSED);
        else
            put_word(maker, query, "state");
        return true;
    case FIELD_PROGRESS:
        put_word(maker, query, "progress");
        return true;
    case FIELD_KIND:
        put_word(maker, query, "deadline_kind");
        return true;
    case FIELD_NOTICE:
        sql_put(maker,
            "EXISTS (SELECT 1 FROM notice n WHERE n.task_id = t.id AND n.level = '%s' AND "
            "n.lifted_on IS NULL)",
            notice_levels[query->number].name);
        return true;
    case FIELD_PERCENT:
        sql_put(
            maker, "+t.percent %s $%d", sql_comparison(query->op), sql_int(maker, query->number));
        return true;
    case FIELD_DAYS:
        put_days(maker, query);
        return true;
    case FIELD_DUE:
        put_date(maker, query, "+t.due_on", "9999-12-31");
        return true;
    case FIELD_DEADLINE:
        put_date(maker, query, "coalesce(t.deadline, '9999-12-31')", "9999-12-31");
        return true;
    case FIELD_CLOSED:
        put_date(maker, query, "coalesce(t.closed_on, '9999-12-31')", "9999-12-31");
        return true;
    case FIELD_REPORTED:
        put_reported(maker, query);
        return true;
    case FIELD_UPDATED:
        put_updated(maker, query);
        return true;
    default:
        return sql_unit_direct(maker, query);
    }
}

/* --- trees ---------------------------------------------------------------------------------
 *
 * The engine's parser has room for a hundred things it has begun and not ended. So terms of one
 * kind stand side by side, `not` is moved down to the terms, and of the terms side by side the one
 * that nests deepest comes first, before anything waits for it. */

static bool put_tree(struct sql_maker *maker, const struct query *query, bool negated);

/* How deep parentheses stand in it. */
static int nesting(const struct query *query)
{
    if (query->kind == QUERY_NOT)
        return nesting(query->left);
    if (query->kind != QUERY_AND && query->kind != QUERY_OR)
        return 0;
    int left = nesting(query->left) + (query->left->kind != query->kind);
    int right = nesting(query->right) + (query->right->kind != query->kind);
    return left > right ? left : right;
}

/* Terms joined by one kind. */
struct chain {
    struct sql_maker *maker;
    enum query_kind kind;
    bool negated;
    const struct query *deepest;
    int depth, written;
};

static bool is_link(const struct chain *chain, const struct query *query)
{
    return query->kind == chain->kind &&
           !(chain->maker->mode == SQL_SETS && sql_has_set(chain->maker, query));
}

static void find_deepest(struct chain *chain, const struct query *query)
{
    if (is_link(chain, query)) {
        find_deepest(chain, query->left);
        find_deepest(chain, query->right);
    } else if (nesting(query) > chain->depth) {
        chain->depth = nesting(query);
        chain->deepest = query;
    }
}

static bool put_link(struct chain *chain, const struct query *query)
{
    if (is_link(chain, query))
        return put_link(chain, query->left) && put_link(chain, query->right);
    if (query == chain->deepest)
        return true;
    if (chain->written++)
        sql_put(chain->maker, (chain->kind == QUERY_AND) != chain->negated ? " AND " : " OR ");
    return put_tree(chain->maker, query, chain->negated);
}

static bool put_chain(struct sql_maker *maker, const struct query *query, bool negated)
{
    struct chain chain = {maker, query->kind, negated, NULL, 0, 0};
    find_deepest(&chain, query);
    sql_put(maker, "(");
    if (chain.deepest) {
        chain.written++;
        if (!put_tree(maker, chain.deepest, negated))
            return false;
    }
    if (!put_link(&chain, query))
        return false;
    sql_put(maker, ")");
    return true;
}

static bool put_term(struct sql_maker *maker, const struct query *query)
{
    switch (query->kind) {
    case QUERY_FLAG:
        put_flag(maker, query->flag);
        return true;
    case QUERY_TEXT:
        sql_search_direct(maker, query);
        return true;
    case QUERY_FIELD:
        return put_field(maker, query);
    default:
        sql_put(maker, "1 = 1");
        return true;
    }
}

static bool put_tree(struct sql_maker *maker, const struct query *query, bool negated)
{
    for (; query->kind == QUERY_NOT; query = query->left)
        negated = !negated;
    bool set = maker->mode == SQL_SETS && sql_has_set(maker, query);
    if (!set && (query->kind == QUERY_AND || query->kind == QUERY_OR))
        return put_chain(maker, query, negated);
    sql_put(maker, negated ? "NOT " : "");
    if (!set)
        return put_term(maker, query);
    sql_put(maker, "+t.id IN (");
    if (!sql_set(maker, query))
        return false;
    sql_put(maker, ")");
    return true;
}

bool sql_condition(struct sql_maker *maker, const struct query *query)
{
    return put_tree(maker, query, false);
}
