/* handover_parts: what the files of the handover share. */
#ifndef MODEL_HANDOVER_PARTS_H
#define MODEL_HANDOVER_PARTS_H

#include "model/handover.h"

/* A line of the history, or what the calendar did; then what became of several. */
struct handover_entry {
    enum handover_group group;
    int64_t task_id, seq;
    size_t lines;
    date_t late;               /* the day that has passed; DATE_NONE */
    date_t since;              /* since when it is late, where that is not the day after; 0 */
    size_t row;                /* where the task's stands among those read */
    const struct event *event; /* the newest; NULL */
};
struct handover_reading {
    struct model *model;
    struct handover *handover;
    struct events events;
    struct handover_entry *entry;
    size_t count, capacity;
};
void handover_add(struct handover_reading *reading, const struct handover_entry *entry);

/* handover_late.c: after the lines were read. */
bool handover_read_late(struct handover_reading *reading, struct error *err);

#endif
