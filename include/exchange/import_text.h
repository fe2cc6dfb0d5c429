/* import_text: what an import found, or did, for a person and for other programs. */
#ifndef EXCHANGE_IMPORT_TEXT_H
#define EXCHANGE_IMPORT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "exchange/import_told.h"
#include "exchange/json_write.h"
#include "model/import.h"

/* Lines of at most `columns` (0: not wrapped): how many tasks are new, changed, the same, refused;
 * each problem with its file, line, column, heading and value; units that there are not, once; what
 * would be made; warnings; the changes field by field; the new tasks; and what to do next. Of each
 * section at most `most` (0: all), and how many there are besides. */
void import_text(
    struct strbuf *out, const struct import_plan *plan, bool written, int columns, size_t most);
/* The same without what to do next. At which byte the warnings begin; 0: there are none. */
size_t import_text_found(
    struct strbuf *out, const struct import_plan *plan, int columns, size_t most);
/* What refuses, in one paragraph: how many problems and unknown units, and the first. Nothing where
 * nothing does. */
void import_text_refusal(struct strbuf *out, const struct import_plan *plan);
/* The same whole, as one object: written refused new changed same refused_tasks source files[]
 * problems[] warnings[] units[] tasks[]; a file is as import_told_json gives it; a problem or
 * warning is {file line column heading value text}, numbers 0 where none; a unit {kind name nearest
 * file line times create nowhere region}; a task {kind file line id title changes[]}, its changes
 * {field before after} as the history keeps them. */
bool json_import(struct json *json, const struct import_told *told, size_t count,
    const struct import_plan *plan, bool written);

#endif
