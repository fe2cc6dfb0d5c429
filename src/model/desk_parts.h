/* desk_parts: what the files of the desk share: where an item of the desk comes from. */
#ifndef MODEL_DESK_PARTS_H
#define MODEL_DESK_PARTS_H

#include "model/desk.h"

/* What is to be decided about a task; of several the first. */
enum decision {
    DECIDE_OBJECTION,
    DECIDE_CLOSE,     /* the public notice is over, or there is none */
    DECIDE_PUBLICISE, /* a review passed */
    DECIDE_EXTENSION,
    DECIDE_ACCEPT,     /* submitted */
    DECIDE_PASS,       /* in review */
    DECIDE_PASS_ALONE, /* the same, and no department supervises it */
    DECIDE_UNACCEPTED, /* done long ago */
    DECISION_COUNT
};

struct desk_entry {
    int64_t id;
    date_t since; /* DESK_REPLY_DUE: the reply's day; DESK_TO_DECIDE: since when it waits */
    uint32_t order;
    uint8_t section, decision;
    unsigned also;
};
const struct desk_entry *desk_entry_at(const struct desk *desk, size_t index);

/* Fills `reason` and `due` of an item whose row has been read. */
bool desk_reason(
    struct model *model, const struct desk_entry *entry, struct desk_item *item, struct error *err);

#endif
