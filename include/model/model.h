/* model: one open database as one person sees it. Owns the connection, the units in memory, the
 * person's identity and reach, and what is known of freshness. Everything the screens and the
 * commands ask goes through a `struct model`; permissions are checked here, on reads and writes. */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"
#include "model/person.h"
#include "model/rules.h"
#include "model/task.h"

struct model;
struct db;
struct units;
struct query;

struct model_options {
    const char *path;
    bool read_only;
    bool brief; /* for one command: no watch until it is asked for, which costs whoever writes */
    moment_t as_of; /* the database as it stood then (model/past.h), for reading; 0: as it is */
    int due_soon_days, due_urgent_days;
    const struct rules *rules; /* borrowed as long as the model lives; NULL: rules_default */
    int gate_ms;    /* how long a change waits in the queue of writers; 0: the store's default */
    const char *as; /* login of the person; NULL: whoever the account is (model/person.h) */
    const char *key; /* fingerprint of the key they came in with; NULL: none */
    const struct person *person; /* instead of looking one up */
};
bool model_open(const struct model_options *options, struct model **out, struct error *err);
void model_close(struct model *model);

struct db *model_db(struct model *model); /* for model modules; views do not use it */
const struct units *model_units(const struct model *model); /* borrowed until the next model_poll */
const struct today *model_today(struct model *model); /* recomputed when the day has changed */
const struct query *model_reach(const struct model *model); /* NULL: everything */
const struct person *model_person(const struct model *model);
const struct rules *model_rules(const struct model *model);
bool model_acts_as(const struct model *model); /* for a person by login, not for the account */
bool model_is_read_only(const struct model *model);
bool model_may_write(
    const struct model *model, struct error *err); /* false: the sentence why not */

/* --- whether it goes on ---------------------------------------------------------------------
 *
 * A session is over when the person was disabled, or what they may do was changed: nothing more is
 * to be read or written for them, but their own drafts, which are kept even so, and what is on the
 * screen goes. It shows at a poll, since each such change is a commit, and in every write. */
bool model_has_ended(const struct model *model, struct error *why); /* `why` may be NULL */
/* Asks now; each write does so within its transaction. ERROR_PERMISSION: it has ended. */
bool model_person_still(struct model *model, struct error *err);

/* The moment that is shown; 0: the present. Then today is its day, the officer is who was on duty,
 * polls find nothing, and nothing can be changed. */
moment_t model_as_of(const struct model *model);
int model_gate_ms(const struct model *model); /* how long a change waits in the queue of writers */
/* From now on so long at most (0: as it was), and no longer when `gone` (NULL: not asked) says that nobody
 * waits for it; asked ten times a second. */
void model_set_patience(
    struct model *model, int gate_ms, bool (*gone)(void *context), void *context);
const char *model_duty_officer(struct model *model); /* on duty now; "" when nobody is listed */

/* --- freshness -----------------------------------------------------------------------------
 *
 * Stale means that what is on the screen can no longer be checked against the database: it is
 * missing, locked, damaged, of a newer schema. The old connection and the units stay, so that a
 * view keeps its picture; opening is tried again after half a second, then ever less often, up to
 * five. A database that another took the place of is opened whole and everything is read again. */

enum freshness { FRESH_LIVE, FRESH_STALE };
struct freshness_state {
    enum freshness state;
    moment_t since;      /* when stale: the last time the picture was known to be right */
    struct error reason; /* why, when stale */
};
const struct freshness_state *model_freshness(const struct model *model);

/* What a poll found. `tasks` are the ids changed since the last poll (at most CHANGES_MOST; more
 * sets `all`). `all`: anything may have changed (units, another file, the day, too many). */
#define CHANGES_MOST 256
struct changes {
    bool any, all;
    bool freshness; /* live became stale or the other way round */
    int64_t tasks[CHANGES_MOST];
    size_t count;
};
/* Adds what a later poll found to what is not yet shown (a paused or hidden view). */
void changes_add(struct changes *into, const struct changes *more);

int model_watch_fd(
    struct model *model); /* -1 when there is none (stale, or no inotify): use the timer */
/* Looks whether anybody, this process too, has committed; when stale, tries to open again. Never
 * fails: trouble becomes the freshness state. Cheap when nothing changed: no query. `retry_ms` is
 * when to look again even if nothing wakes us (0: only the slow poll). A wake-up can come before
 * its commit can be seen, so one that found nothing is followed by a few quick looks, and one that
 * found something by a late one. To gather a burst, poll less often: a poll tells all that happened
 * since the one before. */
void model_poll(struct model *model, struct changes *out, int *retry_ms);
/* A query of a view failed: tells the model so that freshness says it. What is no trouble of the
 * database (a wrong filter, a task that is gone) is let pass. */
void model_report_failure(struct model *model, const struct error *err);
/* Grows each time another connection takes the place of the one before: what was made with the old
 * model_db() (a statement, a job) is over. */
unsigned model_generation(const struct model *model);
/* The newest event the polls have told. */
int64_t model_known_seq(const struct model *model);

#endif
