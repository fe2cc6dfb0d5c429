/* entry_fields: what a form of an action asks, read from the tables; and units to pick from. */
#ifndef VIEWS_ENTRY_FIELDS_H
#define VIEWS_ENTRY_FIELDS_H

#include "model/work.h"
#include "ui/form.h"

#define ENTRY_MOST 40

/* One thing that is asked. `field` NULL: the reason. `base`: what stands there now, of what is
 * shown of the task; NULL: nothing of it. */
struct entry_slot {
    char name[40];
    const struct field *field;
    bool needed;
    bool stays;         /* what is written is written for it: a draft keeps it, chosen or not */
    char *base, *value; /* value: what the form begins with */
    char *last;         /* what the last report said here, to start from; NULL: nothing */
};
struct entry_slots {
    struct entry_slot slot[ENTRY_MOST];
    size_t count;
};
void entry_slots_clear(struct entry_slots *slots);

/* What somebody decides or answers, which must be before their eyes: "" nothing. `period`: a day of
 * the one that is reported, "" none. Caller frees. */
char *entry_about(const struct task_detail *task, const char *action, const char *period);
/* "王强 has changed this task since: ..." */
void entry_add_news(const struct event *event, bool just, struct strbuf *out);
/* `task` NULL: of many tasks, or a new one. */
bool entry_slots_make(struct entry_slots *out, struct model *model, const char *action,
    const struct task_detail *task, struct error *err);
struct form *entry_form_new(const struct entry_slots *slots, struct model *model);
/* A form's text as the model keeps it. Caller frees. */
bool entry_value(struct model *model, const struct entry_slot *slot, const char *typed,
    char **value, struct error *err);

#endif
