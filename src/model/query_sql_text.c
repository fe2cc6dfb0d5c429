/* query_sql_text: SQL being written, and the values bound to it. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "query_sql_parts.h"

void sql_put(struct sql_maker *maker, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_vformat(&maker->sql->text, format, args);
    va_end(args);
}

/* The number of a new bind; of the last one, and `full`, where there is no room. */
static int bind_add(struct sql_maker *maker, struct db_value value)
{
    struct sql *sql = maker->sql;
    if (sql->count == SQL_BINDS) {
        maker->full = true;
        return SQL_BINDS;
    }
    if (value.text)
        sql->owned[sql->owned_count++] = (char *)(uintptr_t)value.text;
    sql->binds[sql->count] = value;
    return (int)++sql->count;
}

int sql_int(struct sql_maker *maker, int64_t value)
{
    const struct sql *sql = maker->sql;
    for (size_t i = maker->mode == SQL_ONE; i < sql->count; i++)
        if (!sql->binds[i].text && sql->binds[i].number == value)
            return (int)i + 1;
    return bind_add(maker, (struct db_value){NULL, value});
}

int sql_text(struct sql_maker *maker, const char *value)
{
    const struct sql *sql = maker->sql;
    for (size_t i = 0; i < sql->count; i++)
        if (sql->binds[i].text && strcmp(sql->binds[i].text, value) == 0)
            return (int)i + 1;
    if (sql->count == SQL_BINDS) {
        maker->full = true;
        return SQL_BINDS;
    }
    return bind_add(maker, (struct db_value){alloc_string(value), 0});
}

int sql_date(struct sql_maker *maker, date_t date)
{
    char iso[11];
    return sql_text(maker, date_format(date, iso));
}

void sql_ids(struct sql_maker *maker, const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sql_put(maker, "%s$%d", i == 0 ? "(" : ", ", sql_int(maker, ids[i]));
    sql_put(maker, ")");
}

void sql_clear(struct sql *sql)
{
    strbuf_clear(&sql->text);
    for (size_t i = 0; i < sql->owned_count; i++)
        free(sql->owned[i]);
    sql->count = sql->owned_count = 0;
}
