/* task_detail: everything of one task, for the detail, `show` and exports. Strings are scrubbed. */
#ifndef MODEL_TASK_DETAIL_H
#define MODEL_TASK_DETAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/history.h"
#include "model/model.h"
#include "model/task.h"

struct measure { char *text, *waived; int position; date_t due_on, done_on; };
struct task_target { char *text, *value /* "": to be done by the day */, *unit, *by_raw; int position; date_t by_on; };
struct report { int64_t id; date_t period_start, period_end; int64_t region_id, department_id; char *text, *problems, *next_step, *reporter; int percent; /* -1 none */ int progress; /* -1 none */ moment_t reported_at; };
struct notice { int64_t id; enum notice_level level; char *document, *issuer, *reason, *reply; date_t issued_on, reply_due, replied_on, lifted_on; };
struct review { int64_t event_seq; /* 0: from outside */ enum review_level level; bool passed; char *conclusion, *reviewer; int64_t department_id; date_t reviewed_on; };
struct publicity { int64_t id, event_seq; /* 0: from outside */ date_t starts_on, ends_on; int days; bool working_days; char *medium, *office, *phone, *address, *email, *results; };
struct objection { int64_t id, publicity_id; date_t raised_on, settled_on; char *channel, *raiser, *text, *settlement; int upheld; /* -1 open */ };
struct extension { int64_t id; date_t old_deadline, new_deadline, asked_on, decided_on; char *reason, *asked_by, *decided_by, *comment; int approved; /* -1 open */ };
struct task_part { int64_t id; char ident[24]; char *title; enum task_state state; int percent; int64_t region_id; };

struct task_detail {
    struct task_row row;
    char *number, *problem, *goal, *category, *deadline_raw, *officer, *phone, *close_document;
    date_t assigned_on;
    int64_t submitted_seq;                          /* line of the history that last submitted it; 0 never */
    int open_parts;                                 /* of the parts in reach, those not yet submitted */
    int64_t *regions; size_t region_count;          /* ids, the first first */
    int64_t *leads; size_t lead_count;
    int64_t *responsible; size_t responsible_count;
    int64_t *cooperating; size_t cooperating_count;
    struct task_part *parts; size_t part_count;      /* 分解: child tasks, those in reach */
    struct measure *measures; size_t measure_count;
    struct task_target *targets; size_t target_count; /* measurable goals */
    struct report *reports; size_t report_count;     /* newest first */
    struct notice *notices; size_t notice_count;
    struct review *reviews; size_t review_count;
    struct publicity *publicities; size_t publicity_count; /* newest first */
    struct objection *objections; size_t objection_count;
    struct extension *extensions; size_t extension_count;
    struct events events;                            /* newest first, at most 200 */
};

/* By row id. ERROR_NOT_FOUND when there is none, or not in this person's reach. */
bool task_detail_read(struct model *model, int64_t id, struct task_detail **out, struct error *err);
/* The same without reports and events, within the caller's transaction: what an action looks at. */
bool task_facts_read(struct model *model, int64_t id, struct task_detail **out, struct error *err);
void task_detail_free(struct task_detail *detail);

/* The progress that the plan tells by itself, beside the judgement of the reports (序时进度): behind when a
 * measure is due before `today` and neither done nor waived; done when all of them are; ahead when more are
 * settled than are due; else on schedule. False when there is no measure, or none left has a date. */
bool task_computed_progress(const struct task_detail *detail, date_t today, enum task_progress *out);
bool measure_is_settled(const struct measure *measure); /* done or waived */
bool measure_is_overdue(const struct measure *measure, date_t today);
/* Whether a reporter may well judge so where the plan tells `computed`. */
bool task_progress_agrees(enum task_progress reported, enum task_progress computed);

/* The task named as the board shows it (2-047, 2-047.1) or with the source's year (2021-047). Full-width
 * digits and dashes, either case and missing zeros (2-47) are understood. ERROR_NOT_FOUND with what is
 * near, ERROR_INPUT when it is no identity or the year has several sources. */
bool task_find(struct model *model, const char *ident, int64_t *id, struct error *err);

#endif
