/* sample_make: one generated task, spread as the real ones are: 85 in 100 closed, deadlines mostly
 * at the end of a month, nearly all reported for the last period or the one before. */
#ifndef MODEL_SAMPLE_MAKE_H
#define MODEL_SAMPLE_MAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "model/task.h"
#include "store/db.h"

#define COUNTIES_MOST 32 /* of one city */
#define CITIES_MOST 16
#define DEPARTMENTS_MOST 64
#define OTHERS_MOST 3 /* regions of a task beside the first */

struct place {
    int64_t id;
    char *shown;
};

/* What there is to choose from. */
struct world {
    uint64_t seed;
    date_t today, period; /* `period`: the last one whose report is owed */
    int width;            /* digits of a number */
    struct place province, city[CITIES_MOST], county[CITIES_MOST][COUNTIES_MOST];
    size_t counties[CITIES_MOST];
    int64_t department[DEPARTMENTS_MOST];
};

/* One task in the making. */
struct made {
    enum task_state state;
    enum deadline_kind kind;
    bool returned, listed;
    enum task_progress progress;
    int percent;
    date_t deadline, assigned_on, reported_on, done_on, submitted_on, closed_on;
    date_t reviewed_on, published_on; /* DATE_NONE where it is not before the public */
    date_t listed_on;                 /* DATE_NONE where no such notice stands */
    moment_t updated_at;
    int64_t lead, supervisor, region, other[OTHERS_MOST];
    size_t others;
    const char *category;
    char number[24], title[256], goal[128], raw[64], document[48];
};

/* sample_world.c: finds the places and departments, or makes what is missing: cities, the counties
 * of those that have none, departments. Within the caller's write transaction. */
bool world_need(struct world *world, struct db *db, struct error *err);
void world_clear(struct world *world);

/* The same for the same seed, number and day. */
void make_task(const struct world *world, int64_t number, struct made *made);

#endif
