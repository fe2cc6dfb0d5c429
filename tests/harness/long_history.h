/* long_history: tasks with a history of many lines, made by SQL: three lines in four are reports,
 * written and told as duban does, each with the nine changes that takes; the others are edits. The
 * lines are ten minutes apart, the first task's first. */
#ifndef HARNESS_LONG_HISTORY_H
#define HARNESS_LONG_HISTORY_H

#include <stdbool.h>

#include "base/date.h"
#include "base/error.h"

/* Gives the tasks of a database without reports such a history; each gets its share of lines. */
bool long_history_make(const char *path, long lines, struct error *err);
/* When the line was written, from 1. */
moment_t long_history_moment(long line);

#endif
