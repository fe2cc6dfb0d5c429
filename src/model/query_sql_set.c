/* query_sql_set: terms an index answers whole. */
#include "base/language.h"
#include "model/task.h"
#include "query_parts.h"
#include "query_sql_parts.h"

/* States an index names the tasks of; of what is closed there are too many to gather. */
static bool is_open_state(const struct query *query)
{
    return query->field == FIELD_STATE && query->number != STATE_CLOSED;
}

static bool field_has_set(const struct query *query)
{
    int64_t row;
    switch (query->field) {
    case FIELD_ID:
    case FIELD_NUMBER:
    case FIELD_TITLE:
    case FIELD_REGION:
    case FIELD_CITY:
    case FIELD_AT:
    case FIELD_SOURCE:
    case FIELD_NOTICE:
        return true;
    case FIELD_UPDATED: /* what was not touched since then is nearly everything */
        return query->op != OP_LT && query->op != OP_LE;
    case FIELD_LEAD:
    case FIELD_MAIN_LEAD:
    case FIELD_RESPONSIBLE:
    case FIELD_SPONSOR:
        return !query_is_none(query->text) && !(query_row_read(query->text, &row) && row == 0);
    default:
        return is_open_state(query);
    }
}

static bool flag_has_set(const struct sql_maker *maker, enum query_flag flag)
{
    switch (flag) {
    case FLAG_RETURNED:
    case FLAG_LISTED:
    case FLAG_UNREPORTED:
    case FLAG_OBJECTED:
    case FLAG_NOTICED:
    case FLAG_CHANGED_TODAY:
        return true;
    case FLAG_OPEN:
    case FLAG_OVERDUE:
    case FLAG_DUE_SOON:
    case FLAG_DUE_URGENT:
        return !maker->by_due;
    default:
        return false;
    }
}

bool sql_is_text(const struct query *query)
{
    if (query->kind == QUERY_TEXT)
        return !sql_is_identity(query->text);
    return query->kind == QUERY_FIELD && query->field == FIELD_TITLE;
}

static bool is_text_and(const struct query *query)
{
    return sql_is_text(query) ||
           (query->kind == QUERY_AND && is_text_and(query->left) && is_text_and(query->right));
}

bool sql_has_set(const struct sql_maker *maker, const struct query *query)
{
    switch (query->kind) {
    case QUERY_TEXT:
        return true;
    case QUERY_FIELD:
        return field_has_set(query);
    case QUERY_FLAG:
        return flag_has_set(maker, query->flag);
    case QUERY_OR:
        return sql_has_set(maker, query->left) && sql_has_set(maker, query->right);
    case QUERY_AND:
        return is_text_and(query);
    default:
        return false;
    }
}

static void put_unreported(struct sql_maker *maker)
{
    size_t written = 0, count = units_source_count(maker->units);
    for (size_t i = 0; i < count; i++) {
        const struct source *source = units_source_at(maker->units, i);
        date_t owed = maker->today->owed[source->rhythm];
        if (owed == DATE_NONE)
            continue;
        sql_put(maker,
            "%sSELECT id FROM task WHERE is_open = 1 AND source_id = $%d AND reported_on < $%d",
            written++ ? " UNION ALL " : "", sql_int(maker, source->id), sql_date(maker, owed));
    }
    if (written == 0)
        sql_put(maker, "SELECT id FROM task WHERE id IS NULL");
}

static void put_due(struct sql_maker *maker, enum query_flag flag)
{
    date_t today = maker->today->date;
    int days = flag == FLAG_DUE_SOON ? maker->today->due_soon_days : maker->today->due_urgent_days;
    if (flag == FLAG_OVERDUE)
        sql_put(maker, "SELECT id FROM task WHERE is_open = 1 AND due_on < $%d",
            sql_date(maker, today));
    else
        sql_put(maker, "SELECT id FROM task WHERE is_open = 1 AND due_on >= $%d AND due_on <= $%d",
            sql_date(maker, today), sql_date(maker, today + days));
}

static void put_flag(struct sql_maker *maker, enum query_flag flag)
{
    switch (flag) {
    case FLAG_OPEN:
        sql_put(maker, "SELECT id FROM task WHERE is_open = 1");
        break;
    case FLAG_RETURNED:
        sql_put(maker, "SELECT id FROM task WHERE returned = 1");
        break;
    case FLAG_LISTED:
        sql_put(maker, "SELECT id FROM task WHERE listed = 1");
        break;
    case FLAG_OBJECTED:
        sql_put(maker, "SELECT task_id FROM objection WHERE settled_on IS NULL");
        break;
    case FLAG_NOTICED:
        sql_put(maker, "SELECT task_id FROM notice WHERE replied_on IS NULL AND lifted_on IS NULL");
        break;
    case FLAG_CHANGED_TODAY:
        sql_put(maker, "SELECT id FROM task WHERE updated_at >= $%d",
            sql_day_start(maker, maker->today->date));
        break;
    case FLAG_UNREPORTED:
        put_unreported(maker);
        break;
    default:
        put_due(maker, flag);
        break;
    }
}

/* Since a day, or on it. */
static void put_updated(struct sql_maker *maker, const struct query *query)
{
    date_t date = query_date(query, maker->today->date);
    if (date == DATE_NONE) {
        sql_put(maker, "SELECT id FROM task WHERE id IS NULL");
        return;
    }
    sql_put(maker, "SELECT id FROM task WHERE updated_at >= $%d",
        sql_day_start(maker, query->op == OP_GT ? date + 1 : date));
    if (query->op == OP_EQ)
        sql_put(maker, " AND updated_at < $%d", sql_day_start(maker, date + 1));
}

static bool put_field(struct sql_maker *maker, const struct query *query)
{
    switch (query->field) {
    case FIELD_ID:
        sql_identity_set(maker, query->text);
        return true;
    case FIELD_NUMBER:
        sql_number_set(maker, query->text);
        return true;
    case FIELD_TITLE:
        sql_search_set(maker, query);
        return true;
    case FIELD_NOTICE:
        sql_put(maker, "SELECT task_id FROM notice WHERE level = '%s' AND lifted_on IS NULL",
            notice_levels[query->number].name);
        return true;
    case FIELD_UPDATED:
        put_updated(maker, query);
        return true;
    case FIELD_STATE:
        sql_put(maker, "SELECT id FROM task WHERE state = '%s'", task_states[query->number].name);
        return true;
    default:
        return sql_unit_set(maker, query);
    }
}

bool sql_set(struct sql_maker *maker, const struct query *query)
{
    switch (query->kind) {
    case QUERY_TEXT:
    case QUERY_AND:
        sql_search_set(maker, query);
        return true;
    case QUERY_FLAG:
        put_flag(maker, query->flag);
        return true;
    case QUERY_FIELD:
        return put_field(maker, query);
    default:
        if (!sql_set(maker, query->left))
            return false;
        sql_put(maker, " UNION ALL ");
        return sql_set(maker, query->right);
    }
}
