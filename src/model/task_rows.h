/* task_rows: a row of a list from a statement that asks for more besides. */
#ifndef MODEL_TASK_ROWS_H
#define MODEL_TASK_ROWS_H

#include "model/task.h"
#include "store/db.h"

/* From the columns of TASK_ROW, which come first; what else is asked stands behind them. */
enum { TASK_ROW_COLUMN_COUNT = 27 };
void task_row_take(struct db_statement *from, struct task_row *row);

#endif
