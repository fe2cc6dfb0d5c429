/* What others changed since the file was made: a table that comes back with its versions does not
 * change it back. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "column.h"
#include "import_parts.h"

struct since {
    int64_t version;
    char day[11];
    const char *by;
    struct event_change *change; /* of the lines since, the newest first; texts kept */
    size_t count, capacity;
};

static bool read_since(struct look *look, struct since *since, struct error *err)
{
    struct db_statement *row;
    *since = (struct since){.by = ""};
    if (!db_statement(look->db, IMPORT_VERSION, &row, err))
        return false;
    db_bind_int(row, 1, look->made.task);
    enum db_step step = db_step(row, err);
    if (step == DB_ROW) {
        since->version = db_int(row, 0);
        date_format(date_local(column_moment(row, 1)).date, since->day);
        since->by = texts_keep(&look->import->texts, db_text(row, 2));
    }
    db_reset(row);
    return step != DB_FAILED;
}

static void keep(struct look *look, struct since *since, struct db_statement *row)
{
    struct texts *texts = &look->import->texts;
    since->change =
        alloc_grow(since->change, &since->capacity, since->count + 1, sizeof *since->change);
    since->change[since->count++] =
        (struct event_change){.field = (char *)texts_keep(texts, db_text(row, 1)),
            .before = (char *)texts_keep(texts, db_text(row, 2)),
            .after = (char *)texts_keep(texts, db_text(row, 3))};
}

/* Each line of the history makes one version, and one more where the first region or lead, which
 * stands in the task itself, is another. */
static int64_t more_versions(struct db_statement *row)
{
    const char *name = db_text(row, 1);
    return (strcmp(name, "region") == 0 || strcmp(name, "lead") == 0) &&
           look_first_id(db_text(row, 2)) != look_first_id(db_text(row, 3));
}

/* What the lines changed by which the version told became the one there is; none where the history
 * does not tell them apart. */
static bool read_changes(struct look *look, int64_t version, struct since *since, struct error *err)
{
    struct db_statement *row;
    enum db_step step;
    int64_t seq = 0, left = since->version - version;
    if (left <= 0)
        return true;
    if (!db_statement(look->db, IMPORT_SINCE, &row, err))
        return false;
    db_bind_int(row, 1, look->made.task);
    while ((step = db_step(row, err)) == DB_ROW) {
        if (db_int(row, 0) != seq && left <= 0)
            break;
        left -= (db_int(row, 0) != seq) + more_versions(row);
        seq = db_int(row, 0);
        keep(look, since, row);
    }
    db_reset(row);
    if (left != 0)
        since->count = 0;
    return step != DB_FAILED;
}

/* What the field was when the file was made; NULL: nobody changed it since, or that is not known.
 */
static const char *exported(const struct since *since, const char *name)
{
    const char *value = NULL;
    for (size_t i = 0; i < since->count; i++)
        if (strcmp(since->change[i].field, name) == 0)
            value = since->change[i].before;
    return value;
}

/* ": officer in charge, category"; "" not known. */
static const char *others(struct look *look, const struct since *since)
{
    struct strbuf text = {0};
    const struct field *told[8];
    size_t count = 0;
    for (size_t i = 0; i < since->count && count < sizeof told / sizeof *told; i++) {
        const struct field *field = field_find(since->change[i].field, NULL);
        bool again = field == NULL || field->flags & FIELD_IS_QUIET;
        for (size_t k = 0; k < count; k++)
            again |= told[k] == field;
        if (again)
            continue;
        strbuf_format(&text, "%s%s", count == 0 ? _(": ") : _(", "), _(field->label));
        told[count++] = field;
    }
    const char *kept = texts_keep(&look->import->texts, strbuf_text(&text));
    strbuf_clear(&text);
    return kept;
}

/* The cell that tells the field of a change; NULL: it follows from others. */
static const struct import_cell *cell_of(
    const struct look *look, const struct proposal *row, const char *name)
{
    const char *suffix;
    const struct field *field = field_find(name, &suffix);
    unsigned long number = strtoul(suffix, NULL, 10);
    bool counted = field_key_of(field->table) == KEY_POSITION;
    for (uint32_t i = 0; i < row->count; i++) {
        const struct import_cell *cell = &look->import->cell[row->first + i];
        if (&fields[cell->field] == field && (!counted || cell->suffix == number))
            return cell;
    }
    return NULL;
}

static void say(struct look *look, size_t proposal, const struct import_cell *cell,
    const struct event_change *item, const struct since *since)
{
    const struct proposal *row = &look->import->proposal[proposal];
    const char *was = exported(since, item->field),
               *label = _(field_find(item->field, NULL)->label),
               *heading = import_name(look->import, row->version_heading);
    if (was != NULL && strcmp(was, item->after) == 0)
        look_say(look, proposal, cell, true,
            _("%s was changed since the export (%s, %s): \"%s\" would be changed back; export "
              "again, "
              "or leave the column \"%s\" out to write it nevertheless"),
            look_ident(look, proposal), since->by, since->day, label, heading);
    else
        look_say(look, proposal, cell, true,
            _("%s was changed since the export (%s, %s%s), and this row changes \"%s\"; export "
              "again, or leave the column \"%s\" out to write it nevertheless"),
            look_ident(look, proposal), since->by, since->day, others(look, since), label, heading);
}

bool look_since(struct look *look, size_t proposal, struct error *err)
{
    const struct proposal *row = &look->import->proposal[proposal];
    const char *told = texts_get(&look->import->texts, row->version);
    struct since since;
    size_t said = 0;
    char *end;
    if (row->version == 0 || look->made.task == 0 || look->made.count == 0 || look->again ||
        look->target[proposal].refused) /* also what is out of reach */
        return true;
    if (!read_since(look, &since, err))
        return false;
    int64_t version = strtoll(told, &end, 10);
    if (version == since.version && *end == '\0')
        return true;
    bool good = *end != '\0' || read_changes(look, version, &since, err);
    for (size_t i = 0; good && i < look->made.count; i++) {
        const struct import_cell *cell = cell_of(look, row, look->made.item[i].field);
        if (cell == NULL && (said > 0 || i + 1 < look->made.count))
            continue;
        say(look, proposal, cell, &look->made.item[i], &since);
        said++;
    }
    free(since.change);
    return good;
}
