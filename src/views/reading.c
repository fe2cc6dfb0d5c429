#include "views/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/model.h"

enum {
    GAP_MS = 300,      /* least time from the beginning of one to that of the next */
    GAP_TIMES = 4,     /* and so many times as long as the last one worked */
    PATIENCE_MS = 200, /* so long nobody asks how far it is */
    TELL_MS = 250,     /* as often is it told: each time is a picture */
    PROGRESS_ROOM = 96
};

struct reading {
    const struct reading_ops *ops;
    void *context;
    struct survey *survey; /* NULL: none is under way */
    bool again;            /* something has changed since it began */
    int timer;             /* readable when the pause is over; -1: there is none to be had */
    int64_t began, next_at, told_at;
    int64_t worked; /* by the survey, so far */
    char progress[PROGRESS_ROOM];
};

static int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct reading *reading_new(const struct reading_ops *ops, void *context)
{
    struct reading *reading = alloc_zero(1, sizeof *reading);
    *reading = (struct reading){.ops = ops, .context = context};
    reading->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    return reading;
}

static void end_survey(struct reading *reading)
{
    survey_close(reading->survey);
    reading->survey = NULL;
    reading->progress[0] = '\0';
}

void reading_free(struct reading *reading)
{
    if (reading == NULL)
        return;
    end_survey(reading);
    if (reading->timer >= 0)
        close(reading->timer);
    free(reading);
}

/* --- one survey ------------------------------------------------------------------------------ */

static void set_timer(struct reading *reading, int64_t at)
{
    const struct itimerspec when = {
        .it_value = {.tv_sec = at / 1000, .tv_nsec = at % 1000 * 1000000}};
    if (reading->timer >= 0)
        timerfd_settime(reading->timer, TFD_TIMER_ABSTIME, &when, NULL);
}

static void finish(struct reading *reading)
{
    int64_t gap = reading->worked * GAP_TIMES;
    reading->next_at = reading->began + (gap > GAP_MS ? gap : GAP_MS);
    reading->ops->take(reading->context, survey_take(reading->survey));
    end_survey(reading);
    if (reading->again)
        set_timer(reading, reading->next_at);
}

/* Whether there is anything new to be drawn. */
static bool tell_progress(struct reading *reading, int64_t now)
{
    size_t taken, total;
    if (now < reading->began + PATIENCE_MS || now < reading->told_at + TELL_MS)
        return false;
    reading->told_at = now;
    survey_progress(reading->survey, &taken, &total);
    snprintf(reading->progress, PROGRESS_ROOM, _("counting %zu of %zu"), taken, total);
    return true;
}

static enum effect work(struct reading *reading, struct error *err)
{
    int64_t from = monotonic_ms();
    bool good = survey_step(reading->survey, SURVEY_STEP_MS, err);
    int64_t now = monotonic_ms();
    reading->worked += now - from;
    if (!good) {
        end_survey(reading);
        reading->again = false; /* who is told of the trouble tells when it is over */
        return EFFECT_DRAW;
    }
    if (survey_done(reading->survey)) {
        finish(reading);
        return EFFECT_DRAW;
    }
    return tell_progress(reading, now) ? EFFECT_DRAW : EFFECT_NONE;
}

bool reading_begin(struct reading *reading, struct error *err)
{
    struct survey *survey;
    struct query_error wrong;
    struct error failed = {0};
    if (!reading->ops->open(reading->context, &survey, &wrong))
        return error_set(err, ERROR_INPUT, "%s", wrong.text);
    end_survey(reading);
    reading->survey = survey;
    reading->again = false;
    reading->began = monotonic_ms();
    reading->worked = reading->told_at = 0;
    work(reading, &failed);
    if (failed.code == ERROR_NONE)
        return true;
    if (err != NULL)
        *err = failed;
    return false;
}

/* --- again ----------------------------------------------------------------------------------- */

bool reading_changed(struct reading *reading, const struct changes *changes, struct error *err)
{
    if (changes != NULL && !changes->all && changes->count == 0)
        return true; /* only whether it is live */
    bool pause = reading->survey != NULL || monotonic_ms() < reading->next_at;
    if (changes == NULL || !pause || reading->timer < 0)
        return reading_begin(reading, err);
    reading->again = true;
    if (reading->survey == NULL)
        set_timer(reading, reading->next_at);
    return true;
}

int reading_fd(const struct reading *reading)
{
    if (reading->survey != NULL)
        return survey_fd(reading->survey);
    return reading->again ? reading->timer : -1;
}

enum effect reading_ready(struct reading *reading, struct error *err)
{
    if (reading->survey != NULL)
        return work(reading, err);
    if (!reading->again || monotonic_ms() < reading->next_at)
        return EFFECT_NONE;
    reading->again = false; /* what cannot be opened is not tried on and on */
    reading_begin(reading, err);
    return EFFECT_DRAW;
}

const char *reading_progress(const struct reading *reading)
{
    return reading->progress;
}
