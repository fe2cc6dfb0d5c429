/* desk: what the model's person owes now, within their reach.
 *
 * Six sections, worst first. A task stands in the first one it belongs to, and once:
 *
 *   returned     sent back by a check and not handed in again
 *   reply_due    a notice that asks for a reply by a day and has none: the day is past, or as near
 * as tasks are due soon (due.soon) to_decide    something about it waits for this person's role,
 * see below overdue      past its due day report_due   without its report of the period owed;
 * ongoing tasks too due_soon     due within due.soon days
 *
 * So nobody's turn is hidden by the calendar, and all the board calls returned, overdue, unreported
 * and due soon is here. What a task owes besides is named in its reason: a report, a decision.
 *
 * Who decides what follows from the workflow's table. A department's staff: submitted tasks, tasks
 * in review and extensions asked for, where their department supervises (a person of no department:
 * all within reach). Officers and administrators: open objections, public notices that are over,
 * reviews passed, extensions, submitted tasks, tasks in review that no department supervises, and
 * work done for more than TASK_UNACCEPTED_DAYS that no check accepted. Viewers and reporters have
 * nothing to decide.
 *
 * Costs. Reading the desk costs what is owed: each section comes from an index (task_returned,
 * task_open_due, task_unreported, task_state), through the reach where there is one. Read whole are
 * the tables of notices, objections and extensions, of which no index tells the open ones; and for
 * officers the tasks not yet made public, among which those done long ago are looked for. Titles
 * and reasons are read for the items somebody looks at. On 100,000 tasks, 14,900 of them open, in
 * milliseconds of processor time: an officer with 7,100 items 60, half of it for what was done long
 * ago; a reporter with 1,400 in a city of a quarter of all tasks 60, with 65 in a small one 17; a
 * page of 40 items 1 to 2; 20,000 notices add 5 to 15. */
#ifndef MODEL_DESK_H
#define MODEL_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "model/model.h"
#include "model/task.h"

enum desk_section {
    DESK_RETURNED,
    DESK_REPLY_DUE,
    DESK_TO_DECIDE,
    DESK_OVERDUE,
    DESK_REPORT_DUE,
    DESK_DUE_SOON,
    DESK_SECTION_COUNT
};
#define DESK_BIT(section) (1u << (section))
/* `name` is for programs; `label` an N_() text. */
extern const struct desk_section_row {
    const char *name, *label;
} desk_sections[DESK_SECTION_COUNT];

struct desk;
/* One snapshot of the database and of today. */
bool desk_read(struct model *model, struct desk **out, struct error *err);
void desk_free(struct desk *desk); /* NULL is fine */

/* Items stand section after section; within one by the day the debt is due, decisions by how long
 * they have waited. */
size_t desk_count(const struct desk *desk);
size_t desk_section_size(const struct desk *desk, enum desk_section section);
int64_t desk_id(const struct desk *desk, size_t index);
enum desk_section desk_section_of(const struct desk *desk, size_t index);
bool desk_find(const struct desk *desk, int64_t id, size_t *index);

struct desk_item {
    struct task_row row;
    enum desk_section section;
    unsigned also; /* DESK_BIT of what it belongs to besides */
    date_t due;    /* of the reply, the last day of the period, else the task's; or DATE_NONE */
    char *reason;  /* one line, translated; owned */
};
/* `count` items from `first` on. One that is gone since, or left the reach, has row.id 0. */
bool desk_items_read(struct model *model, const struct desk *desk, size_t first, size_t count,
    struct desk_item *items, struct error *err);
void desk_item_clear(struct desk_item *item);
/* Days to the item's `due`; false when it has none. */
bool desk_days_left(const struct desk_item *item, const struct today *today, int *days);

/* "王强 填报 抚顺县": the person, their role, and their reach: the unit it is about where it is
 * about one, else the filter; the province where it is everything. */
void desk_person(struct model *model, struct strbuf *out);

#endif
