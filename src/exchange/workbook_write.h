/* workbook_write: tasks as a workbook: sheets of the tasks, of their measures, of the matrix of
 * places by departments, and of the ranking of places. */
#ifndef EXCHANGE_WORKBOOK_WRITE_H
#define EXCHANGE_WORKBOOK_WRITE_H

#include "exchange/ledger_write.h"

struct workbook;
struct workbook *workbook_begin(struct model *model, const struct ledger_spec *spec);
void workbook_task(
    struct workbook *book, const struct ledger_env *env, const struct ledger_task *task);
/* Counts what is counted, and writes the file. `cut`: texts longer than a cell may be. Frees. */
bool workbook_end(struct workbook *book, size_t *cut, struct error *err);
void workbook_abandon(struct workbook *book); /* frees */

#endif
