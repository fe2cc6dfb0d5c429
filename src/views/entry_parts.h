/* entry_parts: what the files of the entry form share. */
#ifndef VIEWS_ENTRY_PARTS_H
#define VIEWS_ENTRY_PARTS_H

#include "entry_fields.h"
#include "model/draft.h"
#include "ui/form.h"
#include "views/entry.h"

struct entry {
    struct view view;
    const struct view_env *env;
    const struct entry_ops *ops;
    void *context;
    char *action, *title;
    char *about; /* what is decided or answered here; "" nothing */
    int64_t *ids;
    size_t count;
    struct task_detail *task; /* of one task; NULL */
    int64_t since;            /* newest line of the history when the form was filled */
    struct entry_slots slots;
    struct form *form;
    int64_t told; /* newest line of the history that was told of */
    char *notice; /* a line above the form */
    enum role notice_role;
    unsigned kept;          /* form_edits when the draft was last kept */
    bool copied;            /* the last report was taken over: an edit the form does not count */
    bool has_draft;         /* there is one in the database */
    bool warned;            /* that leaving loses it, by the key before */
    struct outcome clashed; /* what the question about a clash is about */
    int about_rows;
    struct rect area;
};

/* entry_draft.c */
void entry_draft_read(struct entry *entry);
bool entry_draft_keep(
    struct entry *entry, bool leaving, struct error *err); /* true also when none is due */
void entry_draft_drop(struct entry *entry);

/* entry_save.c */
enum effect entry_save(struct entry *entry);

/* entry.c */
void entry_tell(struct entry *entry, enum role role, const char *text);
const char *entry_draft_context(const struct entry *entry);

#endif
