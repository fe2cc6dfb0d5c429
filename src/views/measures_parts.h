/* measures_parts: what the files of the editor of measures share: measures.c (life, keys),
 * measures_edit.c (changing rows), measures_draft.c, measures_save.c (saving, and what others did
 * meanwhile), measures_draw.c. */
#ifndef VIEWS_MEASURES_PARTS_H
#define VIEWS_MEASURES_PARTS_H

#include "model/measure_list.h"
#include "ui/form.h"
#include "views/measures.h"

struct measures_steps {
    struct measure_list *list;
    size_t count, capacity;
};
struct measures_box {
    struct form *form; /* NULL: it is closed */
    size_t at;         /* the row */
    bool adding;       /* before the row there is now */
    bool begun;        /* a key was pressed in it */
    bool sure;         /* asked already whether to drop what is typed */
};
/* A merge that waits for the answer which of two changes shall stand. */
struct measures_pending {
    struct measure_merge merge;
    struct measure_list theirs;
    int64_t since;
};
struct measures {
    struct view view;
    const struct view_env *env;
    const struct measures_ops *ops;
    void *context;
    int64_t task_id;
    struct task_detail *task;
    struct measure_list base, mine; /* as it was read, and as it shall be */
    int64_t since;                  /* newest line of the history when the base was read */
    struct error why;               /* why nothing can be changed; no code: it can */
    bool gone;                      /* the task is no longer there */
    size_t selected, top;           /* rows */
    struct measures_steps past, future;
    struct measures_box box;
    struct measures_pending pending;
    struct measure_list kept; /* what the draft in the database holds of mine */
    bool has_draft;
    bool unkept;  /* the notice says that the draft could not be kept */
    bool asking;  /* whether to save before leaving */
    char *notice; /* above the footer; NULL: none */
    struct rect area;
};

/* measures.c */
void measures_tell(struct measures *measures, enum role role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void measures_notice(struct measures *measures, char *owned); /* NULL takes it away */
bool measures_is_edited(const struct measures *measures);
/* What stands in the database now. */
bool measures_read(struct measures *measures, struct task_detail **task, struct measure_list *list,
    struct error *err);
/* Another list in the place of mine, over another base where that is not NULL; both are taken. */
void measures_put(struct measures *measures, struct measure_list *mine, struct measure_list *base);

/* measures_edit.c */
/* Whether the person may do it to any measure: for the hints. The view is the struct measures. */
bool measures_offers(const void *view, const struct action *action);
enum effect measures_change(struct measures *measures, enum measures_verb verb);
enum effect measures_box_key(struct measures *measures, const struct key *key);
void measures_box_close(struct measures *measures);
void measures_steps_clear(struct measures_steps *steps);

/* measures_draft.c */
bool measures_draft_keep(
    struct measures *measures, bool leaving, struct error *err); /* if it is due */
void measures_draft_drop(struct measures *measures);
void measures_draft_read(struct measures *measures);

/* measures_save.c */
enum effect measures_save(struct measures *measures);
/* `nobody`: what to say where nobody else has changed them. */
enum effect measures_take(struct measures *measures, const char *nobody);
void measures_pending_clear(struct measures *measures);
/* "王强 16:03 改过措施": who changed the measures after the base was read. Caller frees. */
char *measures_who(const struct measures *measures);

/* measures_draw.c */
void measures_draw(const struct view *view, struct canvas *canvas, struct rect area);
/* After the selection, the list, the box or the area changed. */
void measures_place(struct measures *measures);
size_t measures_page(const struct measures *measures); /* rows that a page moves by */

#endif
