/* What others changed since the file was made: a table that comes back with its versions does not
 * change it back. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "column.h"
#include "import_parts.h"

struct since {
    int64_t version;
    char day[11];
    const char *by;
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
    const struct field *field, const struct since *since)
{
    const struct proposal *row = &look->import->proposal[proposal];
    look_say(look, proposal, cell, true,
        _("%s was changed since the export (%s, %s): \"%s\" would be changed back; export again, "
          "or leave the column \"%s\" out to write it nevertheless"),
        look_ident(look, proposal), since->by, since->day, _(field->label),
        import_name(look->import, row->version_heading));
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
    for (size_t i = 0; i < look->made.count; i++) {
        const struct field *field = field_find(look->made.item[i].field, NULL);
        const struct import_cell *cell = cell_of(look, row, look->made.item[i].field);
        if (cell == NULL && (said > 0 || i + 1 < look->made.count))
            continue;
        say(look, proposal, cell, field, &since);
        said++;
    }
    return true;
}
