/* progress_read: a progress list, a table pasted from a page or a chat
 * (exchange/text_table_read.h), saved by a spreadsheet (exchange/csv_read.h) or the sheet of a workbook
 * (exchange/xlsx_read.h), as one kind of file that tasks come in (exchange/import_kind.h).
 *
 * It is read as ledgers are, with one thing more: such lists call the same column 进度, 整改情况 or
 * 状态 whatever stands in it. Where a column does not hold what its heading promises but every text
 * of it is a word for progress (达到序时进度, 已完成整改), or a percentage, and no other column has
 * that, it is taken for that; how each column is taken is told. It is about tasks that are there
 * (import_existing): it makes none and calls none otherwise; 问题 names the task there, and neither
 * problem nor goal is told anew.
 *
 * Which it is, a list or a ledger, is told by what its columns are, whatever parts the cells: commas,
 * tabs, bars, or that it is a sheet. A list has a report beside a number, a title or a problem, and no column that makes
 * tasks: source, goal, measures, measured goals, deadline, any unit, sponsor, officer, phone, category,
 * days of assignment and closing, reports with their own period, version. State, problems in the way,
 * next steps, percentages and places may stand in either. What is drawn (bars with blanks or rules,
 * aligned columns) is always a list. What a person says it is (--kind) goes before all of this.
 *
 * Its reports are of the days that it says it is of, above the table or in its headings (本周（11月16日-22日）
 * 进展, 截至11月20日, 2026年11月第3周, 10月份); without any, of the last period that is over. */
#ifndef EXCHANGE_PROGRESS_READ_H
#define EXCHANGE_PROGRESS_READ_H

#include "exchange/grid.h"
#include "exchange/import_kind.h"

int progress_detect(const struct import_document *document);
bool progress_read(const struct import_document *document, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err);
/* The same of the sheet of a workbook. */
bool progress_read_grid(struct grid *grid, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err);

#endif
