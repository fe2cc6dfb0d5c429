/* world: a small database, and other people's scripts at work on it. Scripts run in the sqlite3
 * shell, as they do in a province: foreign keys off, nothing known of duban. Each function fails
 * the test when it cannot do what it says. */
#ifndef HARNESS_WORLD_H
#define HARNESS_WORLD_H

#include <stdbool.h>

#include "store/db.h"

/* Makes a.db in the folder: two sources, a province (1) with two cities (2, 3) and a county (4),
 * three departments, three tasks: 1 in two regions and with everything that can belong to a task, 2
 * with a part (3). All of it written as duban writes. */
struct db *world_open(void *folder);

/* Runs a script on it after some pragmas; false when the shell says no. What it said is the
 * caller's. */
bool world_run(void *folder, const char *pragmas, const char *sql, char **said);
void world_script(void *folder, const char *sql);
/* The script is refused, with foreign keys on, and `why` is in what is said. */
void world_refuses(void *folder, const char *sql, const char *why);

/* The one value of a query. */
const char *world_ask(struct db *db, const char *sql, char out[static 512]);
void world_expect(struct db *db, const char *sql, const char *value);

#endif
