/* remind: who is to be reminded of what today, and that nobody is reminded twice.
 *
 * Each open task with a due date has a ladder: before.N days before that date, due on it, after.N
 * days after it, with the numbers of the rules. Due is the newest rung reached when it was not
 * handed on; older ones that nobody handed on are passed over, and recorded so with the next
 * success. A task whose due date has moved begins a new ladder. Beside it stands unreported, once
 * for each period whose report is owed: from the first Monday after the period until it was told.
 *
 * Handing on is the caller's, between remind_claim, which at most one process gets, and
 * remind_handed or remind_release. A claim whose process died in between stays: the reminder may
 * have reached its people or not, so it is `unsure`, and only remind_claim with `again` takes it
 * over, which is right only while db_attend says that nobody else is at work.
 *
 * Rows of the table reminder: due_on is the due date, or the first day of the period; handed_at is
 * the moment, "" while claimed, "skipped" when passed over. */
#ifndef MODEL_REMIND_H
#define MODEL_REMIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "model/model.h"
#include "model/query.h"

enum { RUNG_ROOM = 16 };
enum rung_kind { RUNG_BEFORE, RUNG_DUE, RUNG_AFTER, RUNG_UNREPORTED, RUNG_UNKNOWN };

struct reminder {
    int64_t task_id;
    char ident[24];
    char *title;
    char *officer, *phone; /* 责任人 and telephone of the task */
    int64_t lead_id, region_id;
    int regions; /* how many it names */
    enum rung_kind kind;
    int rung_days;        /* the number of its name */
    char rung[RUNG_ROOM]; /* before.7, due, after.15, unreported */
    date_t key;           /* due_on of its row */
    date_t due;           /* the due date, or the last day of the period */
    int days;             /* from today to it; negative when it has passed */
    bool unsure;
};
struct reminders {
    struct reminder *reminder;
    size_t count, capacity;
};
void reminders_clear(struct reminders *reminders);

/* What is due today among the tasks of the filter, earliest due date first, with what is unsure.
 * Where the filter is at fault `wrong` says so, else it is empty and `err` is set. */
bool remind_plan(struct model *model, const struct query *query, struct reminders *out,
    struct query_error *wrong, struct error *err);

/* A full sentence for the person who is reminded. */
void remind_text(const struct model *model, const struct reminder *reminder, struct strbuf *out);

/* `*claimed` false: another process has it, it is due no longer, or its task has left the reach. ERROR_PERMISSION where this
 * person hands on no reminders. */
bool remind_claim(struct model *model, const struct reminder *reminder, bool again, bool *claimed,
    struct error *err);
/* Records that it was handed on, with a line in the history. */
bool remind_handed(struct model *model, const struct reminder *reminder, struct error *err);
/* It was not: due again. One that was unsure stays so. */
bool remind_release(struct model *model, const struct reminder *reminder, struct error *err);

#endif
