/* task: what a task is made of. Identifiers are product words; the Chinese ones are given by the
 * *_label functions (translated). Tables here are the only list of states, kinds and levels. */
#ifndef MODEL_TASK_H
#define MODEL_TASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

enum task_state { STATE_NOT_STARTED, STATE_IN_PROGRESS, STATE_SUBMITTED, STATE_IN_REVIEW, STATE_PUBLICISED, STATE_CLOSED, STATE_COUNT };
enum task_progress { PROGRESS_NOT_STARTED, PROGRESS_BEHIND, PROGRESS_ON_SCHEDULE, PROGRESS_AHEAD, PROGRESS_BASICALLY_DONE, PROGRESS_DONE, PROGRESS_COUNT };
enum deadline_kind { DEADLINE_DATE, DEADLINE_IMMEDIATE, DEADLINE_ONGOING, DEADLINE_DATE_ONGOING, DEADLINE_KIND_COUNT };
enum notice_level { NOTICE_REMINDER, NOTICE_LETTER, NOTICE_CRITICISM, NOTICE_TALK, NOTICE_LISTED, NOTICE_LEVEL_COUNT };
enum review_level { REVIEW_COUNTY, REVIEW_CITY, REVIEW_PROVINCE, REVIEW_LEVEL_COUNT };

/* One row of such a table: the word in the schema, JSON and filters; the short one a column shows
 * (at most 3 Chinese characters, 8 columns in English); the full one; and the Chinese words that are
 * understood in whatever language the program speaks, blanks between, so that a saved filter or an
 * imported ledger reads the same everywhere. Brief and label are N_() texts: translate with _(). */
struct word {
    const char *name, *brief, *label, *chinese;
};
extern const struct word task_states[STATE_COUNT];
extern const struct word task_progresses[PROGRESS_COUNT];
extern const struct word deadline_kinds[DEADLINE_KIND_COUNT];
extern const struct word notice_levels[NOTICE_LEVEL_COUNT];
extern const struct word review_levels[REVIEW_LEVEL_COUNT];
extern const struct word rhythms[RHYTHM_COUNT];
/* Index of `name` in such a table: its word (in_progress, also "in progress" and "In-Progress"), its
 * label in English, its Chinese words, or its labels in the language chosen; -1 when there is none. */
int word_find(const struct word *table, size_t count, const char *name);

/* The light, worst first; each has a glyph of its own so that colour never is the only carrier. */
enum light { LIGHT_OVERDUE, LIGHT_UNREPORTED, LIGHT_DUE_SOON, LIGHT_CHANGED, LIGHT_ON_SCHEDULE, LIGHT_CLOSED, LIGHT_COUNT };
struct light_row {
    const char *name;  /* overdue, unreported, due_soon, changed, on_schedule, closed */
    char glyph;        /* ! ? ~ * ' ' = */
    const char *label;
};
extern const struct light_row lights[LIGHT_COUNT];

/* What derived facts are measured against. Made by model_today(). */
struct today {
    date_t date;
    int due_soon_days;                /* option due.soon, 30 */
    int due_urgent_days;              /* option due.urgent, 7 */
    date_t owed[RHYTHM_COUNT];        /* date_period_owed for each rhythm */
};

/* One line of a list: what the board needs of a task, flat and small. Strings are scrubbed. */
struct task_row {
    int64_t id;
    char ident[24];                   /* 2-047, 2-047.1 */
    char *title;                      /* owned */
    enum task_state state;
    bool returned, listed;
    enum task_progress progress;
    int percent;
    enum deadline_kind deadline_kind;
    date_t deadline, due_on;          /* DATE_NONE where there is none */
    date_t reported_on;
    date_t done_on, submitted_on, closed_on;
    int64_t source_id, region_id, lead_id, supervisor_id, sponsor_id; /* 0 where none */
    int regions;                      /* how many regions it names */
    enum rhythm rhythm;               /* of its source */
    int64_t version;
    moment_t updated_at;
    char updated_by[32];
};
void task_row_clear(struct task_row *row);

bool task_is_overdue(const struct task_row *row, const struct today *today);
bool task_is_due_soon(const struct task_row *row, const struct today *today);
bool task_is_unreported(const struct task_row *row, const struct today *today);
/* The work done for more than TASK_UNACCEPTED_DAYS, and no check has accepted it yet. */
#define TASK_UNACCEPTED_DAYS 30
bool task_is_unaccepted(const struct task_row *row, const struct today *today);
/* LIGHT_CHANGED is the view's knowledge (which rows just moved) and never returned here. */
enum light task_light(const struct task_row *row, const struct today *today);
/* Days to the due date, negative when late; `*has` false when never due or closed. */
int task_days_left(const struct task_row *row, const struct today *today, bool *has);
/* The state as the board shows it: 退回 where returned, else the state's brief word; translated. */
const char *task_state_brief(const struct task_row *row);

#endif
