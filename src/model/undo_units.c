#include "undo_units.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"

enum { COLUMNS_MOST = 5 };

/* In the order in which they are made. */
static const struct made {
    enum unit_kind kind;
    const char *name, *row;
    enum statement find, used, drop, clash, add; /* find: the name, then `columns` */
    int columns;
} kinds[] = {
    {UNIT_SOURCE, "new_source", "source_row", UNDO_SOURCE, UNDO_SOURCE_USED, UNDO_SOURCE_DROP,
        UNDO_SOURCE_CLASH, UNDO_SOURCE_ADD, 5},
    {UNIT_REGION, "new_region", "region_row", UNDO_REGION, UNDO_REGION_USED, UNDO_REGION_DROP,
        UNDO_REGION_CLASH, UNDO_REGION_ADD, 5},
    {UNIT_DEPARTMENT, "new_department", "department_row", UNDO_DEPARTMENT, UNDO_DEPARTMENT_USED,
        UNDO_DEPARTMENT_DROP, UNDO_DEPARTMENT_CLASH, UNDO_DEPARTMENT_ADD, 3},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

void undo_unit_made(struct change *change, enum unit_kind kind, int64_t id, const char *name)
{
    char full[64];
    for (int i = 0; i < KINDS; i++) {
        snprintf(full, sizeof full, "%s.%" PRId64, kinds[i].name, id);
        if (kinds[i].kind == kind)
            change_add(change, full, "", name);
    }
}

/* The id of the unit of this kind that the change is about; 0: it is about none. */
static int64_t unit_of(const struct made *made, const struct event_change *change)
{
    size_t length = strlen(made->name);
    return strncmp(change->field, made->name, length) == 0 && change->field[length] == '.'
               ? strtoll(change->field + length + 1, NULL, 10)
               : 0;
}

bool undo_has_units(const struct event *event)
{
    for (size_t i = 0; i < event->change_count; i++)
        for (int k = 0; k < KINDS; k++)
            if (unit_of(&kinds[k], &event->changes[i]) != 0)
                return true;
    return false;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The ids of the kind in the event, made places before what lies in them. Caller frees. */
static size_t ids_of(const struct made *made, const struct event *event, int64_t **ids)
{
    size_t count = 0;
    *ids = alloc_zero(event->change_count + 1, sizeof **ids);
    for (size_t i = 0; i < event->change_count; i++)
        if (((*ids)[count] = unit_of(made, &event->changes[i])) != 0)
            count++;
    qsort(*ids, count, sizeof **ids, by_id);
    return count;
}

/* --- taken back ------------------------------------------------------------------------------ */

static bool is_there(
    struct model *model, enum statement id, int64_t unit, bool *is, struct error *err)
{
    struct db_statement *row;
    if (!db_statement(model_db(model), id, &row, err))
        return false;
    db_bind_int(row, 1, unit);
    enum db_step step = db_step(row, err);
    *is = step == DB_ROW;
    db_reset(row);
    return step != DB_FAILED;
}

static bool run_on(struct model *model, enum statement id, int64_t unit, struct error *err)
{
    struct db_statement *run;
    if (!db_statement(model_db(model), id, &run, err))
        return false;
    db_bind_int(run, 1, unit);
    return db_run(run, err);
}

static bool drop(struct model *model, const struct made *made, int64_t id, struct change *change,
    struct strbuf *kept, struct error *err)
{
    struct strbuf row = {0};
    struct db_statement *find;
    char *name = NULL;
    bool used;
    if (!db_statement(model_db(model), made->find, &find, err))
        return false;
    db_bind_int(find, 1, id);
    enum db_step step = db_step(find, err);
    if (step == DB_ROW) {
        name = alloc_string(db_text(find, 0));
        for (int i = 1; i <= made->columns; i++)
            strbuf_format(&row, "%s%s", i > 1 ? "\n" : "", db_text(find, i));
    }
    db_reset(find);
    bool good = step != DB_FAILED;
    if (step == DB_ROW && (good = is_there(model, made->used, id, &used, err)) && used)
        strbuf_format(kept, "%s%s", kept->length > 0 ? _(", ") : "", name);
    else if (step == DB_ROW && good && (good = run_on(model, made->drop, id, err))) {
        change_put_of(change, made->name, id, name, "");
        change_put_of(change, made->row, id, strbuf_text(&row), "");
    }
    strbuf_clear(&row);
    free(name);
    return good;
}

static bool run_each(
    struct model *model, const enum statement *ids, size_t count, struct error *err)
{
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        struct db_statement *run;
        good = db_statement(model_db(model), ids[i], &run, err) && db_run(run, err);
    }
    return good;
}

/* Who asks for a unit in columns that nobody else looks up: an index of each as long as it lasts,
 * made from one look through the rows where each unit would take two. */
static bool index_uses(struct model *model, bool on, struct error *err)
{
    static const enum statement make[] = {UNDO_INDEX_SUPERVISOR, UNDO_INDEX_REVIEW,
        UNDO_INDEX_REPORT, UNDO_INDEX_PLACE},
                                drop[] = {UNDO_UNINDEX_SUPERVISOR, UNDO_UNINDEX_REVIEW,
                                    UNDO_UNINDEX_REPORT, UNDO_UNINDEX_PLACE};
    return run_each(model, on ? make : drop, sizeof make / sizeof *make, err);
}

static bool drop_all(struct model *model, const struct event *event, struct change *change,
    struct strbuf *kept, struct error *err)
{
    bool good = true;
    for (int k = KINDS; good && k-- > 0;) {
        int64_t *ids;
        size_t count = ids_of(&kinds[k], event, &ids);
        while (good && count-- > 0)
            good = drop(model, &kinds[k], ids[count], change, kept, err);
        free(ids);
    }
    return good;
}

bool undo_units_drop(
    struct model *model, const struct event *event, struct change *change, struct error *err)
{
    struct strbuf kept = {0};
    if (!undo_has_units(event))
        return true;
    bool good = index_uses(model, true, err) && drop_all(model, event, change, &kept, err) &&
                index_uses(model, false, err);
    if (kept.length > 0)
        change_put(change, "kept", "", strbuf_text(&kept));
    strbuf_clear(&kept);
    return good;
}

/* --- brought again --------------------------------------------------------------------------- */

static const char *value_of(const struct event *event, const char *name, int64_t id)
{
    char full[64];
    snprintf(full, sizeof full, "%s.%" PRId64, name, id);
    for (size_t i = 0; i < event->change_count; i++)
        if (strcmp(event->changes[i].field, full) == 0)
            return event->changes[i].before;
    return "";
}

static bool bind_row(struct model *model, enum statement statement, int64_t id, const char *name,
    char *const column[COLUMNS_MOST], struct db_statement **out, struct error *err)
{
    if (!db_statement(model_db(model), statement, out, err))
        return false;
    db_bind_int(*out, 1, id);
    db_bind_text(*out, 2, name);
    for (int i = 0; i < COLUMNS_MOST && column[i] != NULL; i++)
        db_bind_text(*out, 3 + i, column[i]);
    return true;
}

static bool bring(struct model *model, const struct made *made, const struct event *event,
    int64_t id, struct change *change, struct error *err)
{
    const char *name = value_of(event, made->name, id), *row = value_of(event, made->row, id);
    char *copy = alloc_string(row), *at = copy, *column[COLUMNS_MOST] = {NULL};
    struct db_statement *run;
    for (int i = 0; i < made->columns; i++) {
        column[i] = at != NULL ? strsep(&at, "\n") : copy + strlen(row);
    }
    bool good = bind_row(model, made->clash, id, name, column, &run, err);
    if (good) {
        enum db_step step = db_step(run, err);
        bool place = step == DB_ROW && db_int(run, 0) != 0;
        db_reset(run);
        good = step == DB_DONE;
        if (step == DB_ROW)
            error_set(err, ERROR_REFUSED,
                place
                    ? _("The place that \"%s\" lay in is not there any more; import the file anew")
                    : _("\"%s\" is there again in another way; import the file anew"),
                name);
    }
    good = good && bind_row(model, made->add, id, name, column, &run, err) && db_run(run, err);
    if (good) {
        change_put_of(change, made->name, id, "", name);
        change_put_of(change, made->row, id, "", row);
    }
    free(copy);
    return good;
}

bool undo_units_bring(
    struct model *model, const struct event *event, struct change *change, struct error *err)
{
    bool good = true;
    for (int k = 0; good && k < KINDS; k++) {
        int64_t *ids;
        size_t count = ids_of(&kinds[k], event, &ids);
        for (size_t i = 0; good && i < count; i++)
            good = bring(model, &kinds[k], event, ids[i], change, err);
        free(ids);
    }
    return good;
}
