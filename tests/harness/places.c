#include "harness/places.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "harness/world.h"

/* Where each task counts, found anew: `up` is each region with all above it, by walking up. */
#define TOUCHED                                                                                    \
    "WITH RECURSIVE up (region, place) AS (SELECT id, id FROM region UNION SELECT up.region, "     \
    "r.parent_id FROM up JOIN region r ON r.id = up.place WHERE r.parent_id IN (SELECT id FROM "   \
    "region)), touched AS (SELECT task_id, place, 0 AS own FROM task_region JOIN up ON region = "  \
    "region_id UNION SELECT task_id, region_id, 1 FROM task_region WHERE region_id IN (SELECT "    \
    "parent_id FROM region) AND region_id IN (SELECT id FROM region)), counted AS (SELECT "        \
    "t.place, t.own, ifnull(lead_id, 0) AS lead, due_on, source_id, reported_on, state <> "        \
    "'closed' AS open, progress FROM touched t JOIN task ON task.id = t.task_id) "
#define PLACE                                                                                      \
    "SELECT place, own, lead, count(*), sum(open), sum(open AND progress = 'behind') FROM "        \
    "counted GROUP BY 1, 2, 3"
#define DUE                                                                                        \
    "SELECT due_on, place, own, lead, count(*) FROM counted WHERE open AND due_on <> "             \
    "'9999-12-31' GROUP BY 1, 2, 3, 4"
#define OWED                                                                                       \
    "SELECT source_id, reported_on, place, own, lead, count(*) FROM counted WHERE open GROUP BY "  \
    "1, 2, 3, 4, 5"
#define BOTH_WAYS(recount, table)                                                                  \
    {TOUCHED "SELECT count(*) || ' missing' FROM (" recount " EXCEPT SELECT * FROM " table ")",    \
        "0 missing"},                                                                              \
    {                                                                                              \
        TOUCHED "SELECT count(*) || ' too many' FROM (SELECT * FROM " table " EXCEPT " recount     \
                ")",                                                                               \
            "0 too many"                                                                           \
    }

static const struct {
    const char *sql, *answer;
} questions[] = {
    BOTH_WAYS("SELECT region, place FROM up", "region_above"),
    BOTH_WAYS(PLACE, "tally_place"),
    BOTH_WAYS(DUE, "tally_due"),
    BOTH_WAYS(OWED, "tally_owed"),
};

void places_expect_counted(struct db *db, const char *after)
{
    char out[512];
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        if (strcmp(world_ask(db, questions[i].sql, out), questions[i].answer) != 0)
            fail_msg("after: %s\n%s gives %s", after, questions[i].sql, out);
}
