/* lives: how every task stood at the end of each day, recounted from the rows and the history by
 * SQL alone. Nothing of src/model is used. Days are those of Asia/Shanghai. */
#ifndef HARNESS_LIVES_H
#define HARNESS_LIVES_H

#include "base/date.h"
#include "store/db.h"

/* A connection with the temporary table alive (task, day, open, due): a row for each task and day
 * from `first` (or its start) to `today`, both included; due '' where it was never due. Index on
 * (task, day). And life (task, start), the day from which it is there. */
struct db *lives_recount(const char *path, date_t first, date_t today);
int64_t lives_number(struct db *db, const char *sql);

#endif
