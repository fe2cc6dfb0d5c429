/* database: a small database for a test: Liaoning with three cities and two counties, four
 * departments, three sources, and as many tasks as the test asks for. */
#ifndef HARNESS_DATABASE_H
#define HARNESS_DATABASE_H

#include <stdint.h>

#include "model/model.h"
#include "store/db.h"

/* The clock of the tests that need one, and the same day as SQL text. */
#define DATABASE_NOW "2026-11-21T21:47:00+08:00"

/* Makes PATH with the units and no task. Regions: 1 辽宁 2 沈阳 3 抚顺 4 盘锦 5 抚顺县 6 盘山县.
 * Departments: 1 省生态环境厅 2 省水利厅 3 省自然资源厅 4 市生态环境局 of 抚顺. Sources: 1 "2" of
 * 2021, weekly; 2 "L1" of 2024, monthly; 3 "P" of 2024, without reports. Sponsor 1 赵明 for 抚顺.
 */
void database_make(const char *path);
/* One task, version 1: number NNN of source 1, region 3, lead 1, state in_progress, due 2026-12-31.
 */
void database_task(const char *path, int number, const char *title);
/* `count` tasks that differ in all that is counted and sorted by, the same for the same seed. */
void database_tasks(const char *path, unsigned seed, int count);

/* As another process would: a connection of its own, one transaction. */
void database_write(const char *path, const char *sql);
/* The same by a script that knows nothing of the writers' gate, in a process of its own. */
void database_script(const char *path, const char *sql);
int64_t database_number(const char *path, const char *sql);

struct model *database_open(const char *path);
struct model *database_open_reach(const char *path, const char *reach);

#endif
