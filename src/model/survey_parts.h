/* survey_parts: what the files of a survey share. */
#ifndef MODEL_SURVEY_PARTS_H
#define MODEL_SURVEY_PARTS_H

#include "base/strbuf.h"
#include "model/survey.h"
#include "store/db.h"

/* A task as its row tells, and what of the row its life is made of. */
struct survey_row {
    struct fact fact;
    date_t assigned_on, deadline;
    enum deadline_kind deadline_kind;
};

/* --- survey.c ------------------------------------------------------------------------------ */

struct survey_clock {
    int64_t until; /* when the step is over, by the monotonic clock; 0: never */
    unsigned looks;
};
/* Whether the step is over. For rows: looks at the clock now and then. */
bool survey_clock_over(struct survey_clock *clock);
bool survey_clock_is_over(const struct survey_clock *clock);

/* --- survey_rows.c: rows of tasks, one after the other ------------------------------------- */

struct survey_rows {
    struct db_statement *tasks, *places; /* only within a step */
    bool place;                          /* `places` stands on a row */
    date_t today;                        /* the caller's to set */
    int64_t *regions;
    size_t region_room;
    struct strbuf category;
};
/* All tasks after `last`, by their ids. */
bool survey_rows_from(
    struct survey_rows *rows, struct model *model, int64_t last, struct error *err);
enum db_step survey_rows_next(struct survey_rows *rows, struct survey_row *out, struct error *err);
/* One task; DB_DONE when it is gone. */
enum db_step survey_rows_one(struct survey_rows *rows, struct model *model, int64_t id,
    struct survey_row *out, struct error *err);
void survey_rows_end(struct survey_rows *rows); /* of a step */
void survey_rows_clear(struct survey_rows *rows);

/* --- survey_lives.c: what the history tells of lives, and their pieces ------------------------ */

struct survey_lives *survey_lives_new(void);
void survey_lives_free(struct survey_lives *lives);
/* Reads on in the history; `done` when all of it that matters is read. Before any task is told. */
bool survey_lives_read(struct survey_lives *lives, struct model *model,
    const struct survey_clock *clock, bool *done, struct error *err);
/* Gives the task its pieces, borrowed until the next. */
bool survey_lives_tell(
    struct survey_lives *lives, struct model *model, struct survey_row *row, struct error *err);

#endif
