/* desk: what I owe now, as text: my name, role and reach; the sections of model/desk.h with their
 * counts and tasks; the reports of the period owed (model/owed.h). */
#ifndef VIEWS_DESK_H
#define VIEWS_DESK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "model/model.h"

/* Lines `columns` wide; 0: nothing is cut. `*count` is how many tasks stand there. */
bool desk_plain(
    struct model *model, int columns, struct strbuf *out, size_t *count, struct error *err);
/* The reports alone, source by source, with both the places and the leads of what is missing;
 * `*count` is how many are missing. */
bool desk_plain_reports(struct model *model, struct strbuf *out, size_t *count, struct error *err);

#endif
