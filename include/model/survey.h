/* survey: goes through the tasks of a filter in short steps, for what no count in the database
 * tells: matrices of any pair, trends, scorecards. What is made of them is the result, which
 * belongs to whoever opened the survey: matrix_open, trend_open and scorecard_open give a survey,
 * and its result is what their headers say.
 *
 *   result = survey_complete(survey, &err)                              a command, to the end
 *   fd and ready of a view: survey_step(survey, SURVEY_STEP_MS, &err)   a screen, between two keys
 *
 * A step has a snapshot of its own, so what others commit between two steps is seen in some tasks
 * and not in others: who shows a result surveys again when told of changes. Tasks are within the
 * person's reach. With model_as_of, everything is as it stood then, and history after it is not
 * looked at.
 *
 * A task's life is told in pieces: from which day on it was open or closed, and when it was due
 * then. They come from the history: closings and reopenings (the days are those of `closed_on`,
 * as the row held it), changes of deadlines and their kinds. Before its first piece a task did not
 * exist. Unit, source, category are those of today. */
#ifndef MODEL_SURVEY_H
#define MODEL_SURVEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "model/query.h"
#include "model/task.h"

struct fact_piece {
    date_t from;
    bool open;
    date_t due_on; /* the last day it is in time; DATE_NONE never due */
};
/* What a survey tells of a task; borrowed until the next. */
struct fact {
    int64_t id, source_id, lead_id; /* 0: no lead */
    const int64_t *regions;         /* those it names, the first of them first */
    size_t region_count;
    enum task_state state;
    enum task_progress progress;
    bool returned;
    const char *category;
    date_t started_on; /* assigned, or where that is not told, made */
    date_t due_on, closed_on, reported_on, done_on;
    const struct fact_piece
        *pieces; /* oldest first, at least one; only where the survey asks for them */
    size_t piece_count;
};
/* The piece of a day; NULL before the first. */
const struct fact_piece *fact_piece_at(const struct fact *fact, date_t day);
/* Open and past its due day, at the end of the day. */
bool fact_was_overdue(const struct fact *fact, date_t day);

struct survey_ops {
    bool pieces; /* facts need their lives */
    /* What is to be read before the first fact, some of it at each call, for at most `milliseconds`
     * (0: all); NULL: nothing. */
    bool (*prepare)(
        void *result, struct model *model, int milliseconds, bool *done, struct error *err);
    void (*take)(void *result, const struct fact *fact);
    /* After the last fact; NULL: nothing is left to do. */
    bool (*finish)(void *result, struct model *model, struct error *err);
    void (*free)(void *result);
};
struct survey;
/* Takes `result`, also when it fails. `filter` (NULL: all tasks) is read during the call and not
 * kept. */
bool survey_open(struct model *model, const struct query *filter, const struct survey_ops *ops,
    void *result, struct survey **out, struct query_error *err);
/* One that has nothing to do any more: its result came from counts. */
struct survey *survey_finished(const struct survey_ops *ops, void *result);
void survey_close(struct survey *survey); /* NULL is fine; frees the result when nobody took it */

#define SURVEY_STEP_MS 10
/* Works for about so long, less when it has to wait for ids (survey_fd tells when they are there);
 * 0: to the end, waiting. */
bool survey_step(struct survey *survey, int milliseconds, struct error *err);
bool survey_done(const struct survey *survey);
/* Readable while there is something to do; -1 when done or failed. */
int survey_fd(const struct survey *survey);
/* `total` grows while ids are still coming in. */
void survey_progress(const struct survey *survey, size_t *taken, size_t *total);
/* The result, which is the caller's from now on; once, and when done. */
void *survey_take(struct survey *survey);
/* All of it at once: gives the result, or NULL where it failed, and closes the survey. */
void *survey_complete(struct survey *survey, struct error *err);

#endif
