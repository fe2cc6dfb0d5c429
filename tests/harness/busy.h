/* busy: a small database on which several people have been at work for a month, in an order that
 * chance gives: parts, several regions and departments, all that belongs to a task, changes of one
 * and of many, taken back and done again, moved from one county to another. And the same database
 * from which some of the tasks have been taken as if they had never been there. */
#ifndef HARNESS_BUSY_H
#define HARNESS_BUSY_H

#include <stddef.h>
#include <stdint.h>

#include "model/model.h"

/* Who looks: 李娜, login "lina", of that role; `reach` NULL: everything; `as_of` 0: the present. */
struct model *busy_open(const char *path, enum person_role role, const char *reach, moment_t as_of);

/* Makes `path` with some sixty tasks. Leaves the clock at DATABASE_NOW. `reach` is recorded as that
 * of 李娜; 王强, another 李娜 and 赵刚 (recorded with the same reach) are at work too. */
void busy_make(const char *path, unsigned seed, const char *reach);
enum { BUSY_NUMBERS = 70 }; /* numbers and ids go up to here */

/* The ids of the tasks with `condition` (SQL on the table task), at that moment (0: now). */
size_t busy_ids(const char *path, const char *condition, moment_t as_of, int64_t *ids, size_t room);
/* A copy with only these tasks, their lines, and the lines of no task. */
void busy_rest(const char *path, const char *copy, const int64_t *ids, size_t count);

#endif
