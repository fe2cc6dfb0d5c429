/* alarm: what a wall must not let pass: tasks that became overdue, and objections of the public,
 * each until somebody has acknowledged it by name.
 *
 * An alarm begins on a day (`since`): the first day on which the task was late, or on which a
 * change (a deadline moved, a task opened again, a new one) made it late; the day an objection was
 * raised. It is one as long as the task is late, the objection unsettled. Who reads names the day
 * from which on alarms count: what began before is the backlog, which stands on the board and rings
 * nobody. A wall takes alarm_first_day when it starts, and keeps that of the oldest it still holds:
 * a start on an old database is quiet, and a restart loses nothing of today or yesterday.
 *
 * An acknowledgement is a row of its own for (kind, item, since), so that a task late a second time
 * rings a second time, and a line of the history, so that every wall on the database learns of it.
 * Anybody but a viewer may acknowledge, and by any name, for the wall in an office is nobody's; who
 * came in as a person (`--as`) does by their own. Costs what was late of late and what was written since the first day. */
#ifndef MODEL_ALARM_H
#define MODEL_ALARM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"
#include "model/model.h"
#include "model/query.h"

enum alarm_kind { ALARM_OVERDUE, ALARM_OBJECTION, ALARM_KIND_COUNT };
/* `name` as the table has it; `label` N_(). */
extern const struct alarm_kind_row {
    const char *name, *label;
} alarm_kinds[ALARM_KIND_COUNT];

struct alarm {
    enum alarm_kind kind;
    int64_t item_id; /* the task; the objection */
    int64_t task_id;
    date_t since;
    char *text; /* what was objected; owned; NULL: of a task */
};
struct alarms {
    struct alarm *item;
    size_t count, capacity;
};
void alarms_clear(struct alarms *alarms);
bool alarms_hold(const struct alarms *alarms, const struct alarm *alarm);
void alarms_add(struct alarms *alarms, const struct alarm *alarm); /* copied */

date_t alarm_first_day(struct model *model); /* yesterday */

/* Those that began on `from` or later and that nobody has acknowledged, the latest first, within
 * the person's reach and `filter` (NULL: all). `out` is empty or cleared. */
bool alarm_read(struct model *model, const struct query *filter, date_t from, struct alarms *out,
    struct error *err);
/* All of them or none. One that somebody else has acknowledged meanwhile stays theirs, and one whose task
 * has left the person's reach is none of theirs. */
bool alarm_acknowledge(
    struct model *model, const struct alarms *alarms, const char *person, struct error *err);

#endif
