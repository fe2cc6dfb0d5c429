/* json_write: tasks, events and findings as JSON. Keys are fixed: others build on them. */
#ifndef EXCHANGE_JSON_WRITE_H
#define EXCHANGE_JSON_WRITE_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "model/check.h"
#include "model/desk.h"
#include "model/handover.h"
#include "model/history.h"
#include "model/owed.h"
#include "model/people.h"
#include "model/remind.h"
#include "model/session.h"
#include "model/task_detail.h"
#include "model/task_ledger.h"
#include "model/trend.h"

struct json;
/* Output goes through `write`, in pieces; `lines`: one object a line instead of an array. */
struct json *json_new(bool lines, bool (*write)(void *context, const char *bytes, size_t count), void *context);
bool json_end(struct json *json);   /* closes the array, frees; false when a write failed */

/* id source number title goal category state progress percent light deadline deadline_raw deadline_kind
 * days_left lead[] responsible[] (those who cooperate among them) cooperating[] supervisor regions[] region_codes[] sponsor measures[] reported_at
 * updated_at updated_by version; with `whole` also reports[] notices[] reviews[] extensions[] events[]
 * publicity[] objections[]. In
 * `list` too the measures are there. Dates are YYYY-MM-DD, moments UTC, both null where there is none. */
bool json_task(struct json *json, struct model *model, const struct task_detail *detail, bool whole);
/* The same without `whole`, of one that was read among many with these parts. */
#define JSON_LEDGER_PARTS (LEDGER_UNITS | LEDGER_MEASURES | LEDGER_REPORTED)
bool json_ledger_task(struct json *json, struct model *model, const struct ledger_task *task);
/* section id title reason due days_left light: `due` is the day of the debt (model/desk.h) and the days are
 * to it, both null where there is none; `light` is the task's. */
bool json_desk_item(struct json *json, struct model *model, const struct desk_item *item);
/* source rhythm starts ends open reported missing regions[] leads[], each of those {name missing}. */
bool json_owed(struct json *json, struct model *model, const struct owed_source *source);
bool json_event(struct json *json, const struct event *event);
/* person since_kind since_seq since until_seq until left_out overdue_left_out items[] notes[]: items of group
 * id title count seq at actor text, notes of at person since_seq until_seq text. id and title are null where
 * there is no such task, seq where only the calendar tells. */
bool json_handover(struct json *json, const struct model *model, const struct handover *handover,
    const struct handover_note *notes, size_t note_count);
/* id rung due days text lead region state; lead is null where there is none */
bool json_reminder(struct json *json, const struct model *model, const struct reminder *reminder, const char *state);
/* filter today tasks open never_due pace_hundredths zero planned weeks[], each of those {starts open planned
 * overdue begun closed newly_overdue}; what cannot be told of weeks to come is null. */
bool json_trend(struct json *json, const struct trend *trend, const char *filter);
/* login name role what origin terminal process started_at acted_at */
bool json_session(struct json *json, const struct session_slot *slot);
/* login name role reach region department phone disabled keys[], each of those {fingerprint type comment
 * added_at}. `reach` is as recorded, "" by the role; region and department are names, null where there is
 * none. */
bool json_person(struct json *json, const struct units *units, const struct person_record *record);
/* kind task seq text repaired */
bool json_finding(struct json *json, const struct finding *finding);

#endif
