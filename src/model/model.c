#include "model/model.h"

#include <assert.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/language.h"
#include "changes.h"
#include "duty.h"
#include "model/past.h"
#include "model/query.h"
#include "model/units.h"
#include "store/db.h"

enum {
    RETRY_FIRST_MS = 500,
    RETRY_MOST_MS = 5000,
    SETTLED_MS = 10000, /* live for so long: the next trouble is a new one */
    LOOK_LATE_MS = 300, /* after a change: another commit may have woken us with it, unseen yet */
    NO_WATCH_MS = 1000, /* without inotify, of which a user has few: a stat and a small query */
};

/* After a wake-up that found nothing: a commit is seen once its log is synced, usually within some
 * milliseconds, on a tired disk half a second. */
static const int look_again_ms[] = {1, 1, 1, 1, 2, 2, 4, 4, 8, 8, 16, 32, 64, 128, 256};
enum { LOOKS = sizeof look_again_ms / sizeof *look_again_ms };

struct model {
    char *path;
    struct person person;
    struct query *reach;
    struct model_options options;
    bool acts_as;
    struct db *db;
    unsigned generation;
    struct units *units;
    struct duty duty;
    struct today today;
    moment_t today_from, today_until;
    date_t told_day;      /* the day of the last poll that told one */
    int64_t seq, touched; /* newest event and marker of other changes already told */
    size_t looks;         /* quick looks left */
    struct freshness_state fresh;
    bool told_stale;
    bool (*gone)(void *context); /* whether nobody waits for a change any more */
    void *gone_context;
    struct error ended;            /* why who it is for may not go on; no error while they may */
    moment_t good_at;              /* the last poll that found all well */
    moment_t live_since, next_try; /* monotonic */
    int retry_ms;
};

static moment_t monotonic_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (moment_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- who it is for ---------------------------------------------------------------------------- */

/* What was found at the start is asked again: here alone it shows that a session has ended. */
static bool still(struct model *model, struct db *db, struct error *err)
{
    if (model->person.name == NULL || person_still(db, &model->person, err))
        return true;
    if (err->code == ERROR_PERMISSION)
        model->ended = *err;
    return false;
}

bool model_person_still(struct model *model, struct error *err)
{
    return still(model, model->db, err);
}

bool model_has_ended(const struct model *model, struct error *why)
{
    if (model->ended.code != ERROR_NONE && why != NULL)
        *why = model->ended;
    return model->ended.code != ERROR_NONE;
}

/* --- opening --------------------------------------------------------------------------------- */

/* One small query: the newest event, and the counter of changes that leave no event. */
static bool read_position(struct db *db, int64_t *seq, int64_t *touched, struct error *err)
{
    struct db_statement *position;
    if (!db_statement(db, MODEL_POSITION, &position, err))
        return false;
    enum db_step step = db_step(position, err);
    if (step == DB_ROW) {
        *seq = db_int(position, 0);
        *touched = strtoll(db_text(position, 1), NULL, 10);
    }
    db_reset(position);
    return step == DB_ROW;
}

/* The present is watched, so that from here on every commit wakes us, unless nobody waits; the past
 * is made once. */
static bool set_time(const struct model *model, struct db *db, struct error *err)
{
    if (model->options.as_of != 0)
        return past_open(db, model->options.as_of, err);
    if (!model->options.brief)
        db_watch_fd(db);
    return true;
}

/* Opens the file and reads what the model keeps of it; the old connection goes only when the new
 * one is whole. */
static bool connect(struct model *model, struct error *err)
{
    struct db *db = NULL;
    struct units *units = NULL;
    int64_t seq, touched;
    enum db_mode mode = model->options.read_only ? DB_READ_ONLY : DB_READ_WRITE;
    if (!db_open(model->path, mode, &db, err))
        return false;
    db_gate_timeout(db, model_gate_ms(model));
    db_gate_unless(db, model->gone, model->gone_context);
    /* the position first: what is committed meanwhile is then told twice rather than never */
    if (!still(model, db, err) || !set_time(model, db, err) ||
        !read_position(db, &seq, &touched, err) || !units_read(db, &units, err)) {
        db_close(db);
        return false;
    }
    units_free(model->units);
    db_close(model->db);
    model->db = db;
    model->units = units;
    model->seq = seq;
    model->touched = touched;
    model->duty = (struct duty){0};
    model->generation++;
    return true;
}

/* Who it is, and what they may see. */
static bool take_person(struct model *model, const struct model_options *options, struct error *err)
{
    struct query_error wrong;
    if (options->person != NULL)
        person_copy(&model->person, options->person);
    else if (!person_find(model->db, options->as, options->key, &model->person, err))
        return false;
    const char *reach = model->person.reach;
    if (reach[0] == '\0' || query_parse(reach, &model->reach, &wrong))
        return true;
    return error_set(err, ERROR_PERMISSION,
        _("the reach of this person, \"%s\", is no filter: %s; an administrator has to put it "
          "right"),
        reach, wrong.text);
}

bool model_open(const struct model_options *options, struct model **out, struct error *err)
{
    struct model *model = alloc_zero(1, sizeof *model);
    model->options = *options;
    model->options.read_only |= options->as_of != 0;
    model->acts_as = options->as != NULL;
    model->path = alloc_string(options->path);
    if (!connect(model, err) || !take_person(model, options, err)) {
        model_close(model);
        return false;
    }
    model->options.path = model->options.as = model->options.key = NULL; /* the caller's */
    model->options.person = NULL;
    model->good_at = date_now();
    model->live_since = monotonic_now();
    model->retry_ms = RETRY_FIRST_MS;
    model->told_day = model_today(model)->date;
    *out = model;
    return true;
}

void model_close(struct model *model)
{
    if (model == NULL)
        return;
    units_free(model->units);
    db_close(model->db);
    query_free(model->reach);
    person_clear(&model->person);
    free(model->path);
    free(model);
}

/* --- what it knows --------------------------------------------------------------------------- */

struct db *model_db(struct model *model)
{
    return model->db;
}

const struct units *model_units(const struct model *model)
{
    return model->units;
}

const struct query *model_reach(const struct model *model)
{
    return model->reach;
}

const struct person *model_person(const struct model *model)
{
    return &model->person;
}

const struct rules *model_rules(const struct model *model)
{
    return model->options.rules != NULL ? model->options.rules : &rules_default;
}

bool model_acts_as(const struct model *model)
{
    return model->acts_as;
}

bool model_is_read_only(const struct model *model)
{
    return model->options.read_only || db_is_read_only(model->db);
}

bool model_may_write(const struct model *model, struct error *err)
{
    char when[PAST_ROOM];
    if (model->options.as_of != 0)
        return error_set(err, ERROR_READ_ONLY,
            _("This is the past, as of %s; it cannot be changed any more"),
            past_format(model->options.as_of, when));
    return !model_is_read_only(model) ||
           error_set(err, ERROR_READ_ONLY, _("%s is open for reading only"), model->path);
}

moment_t model_as_of(const struct model *model)
{
    return model->options.as_of;
}

int model_gate_ms(const struct model *model)
{
    return model->options.gate_ms > 0 ? model->options.gate_ms : DB_GATE_MS;
}

void model_set_patience(
    struct model *model, int gate_ms, bool (*gone)(void *context), void *context)
{
    if (gate_ms > 0)
        model->options.gate_ms = gate_ms;
    model->gone = gone;
    model->gone_context = context;
    if (model->db == NULL)
        return;
    db_gate_timeout(model->db, model_gate_ms(model));
    db_gate_unless(model->db, gone, context);
}

const struct freshness_state *model_freshness(const struct model *model)
{
    return &model->fresh;
}

unsigned model_generation(const struct model *model)
{
    return model->generation;
}

int64_t model_known_seq(const struct model *model)
{
    return model->seq;
}

/* The clock of what is shown. */
static moment_t now_of(const struct model *model)
{
    return model->options.as_of != 0 ? model->options.as_of : date_now();
}

const struct today *model_today(struct model *model)
{
    moment_t now = now_of(model);
    if (now >= model->today_from && now < model->today_until)
        return &model->today;
    date_t day = date_local(now).date;
    model->today.date = day;
    model->today.due_soon_days = model->options.due_soon_days;
    model->today.due_urgent_days = model->options.due_urgent_days;
    for (int rhythm = 0; rhythm < RHYTHM_COUNT; rhythm++)
        model->today.owed[rhythm] = date_period_owed((enum rhythm)rhythm, day);
    model->today_from = now; /* a clock set back asks again */
    model->today_until = date_next_midnight(now);
    return &model->today;
}

const char *model_duty_officer(struct model *model)
{
    moment_t now = now_of(model);
    struct error err = {0};
    bool known = now >= model->duty.from && now < model->duty.until;
    if (!known && model->fresh.state == FRESH_LIVE &&
        !duty_read(model->db, now, &model->duty, &err))
        model_report_failure(model, &err);
    return model->duty.name;
}

/* --- freshness ------------------------------------------------------------------------------- */

static void go_stale(struct model *model, const struct error *why)
{
    if (model->fresh.state == FRESH_LIVE) {
        moment_t now = monotonic_now();
        model->fresh.state = FRESH_STALE;
        model->fresh.since = model->good_at;
        /* trouble that comes back at once is the same trouble: go on waiting longer */
        if (now - model->live_since >= SETTLED_MS)
            model->retry_ms = RETRY_FIRST_MS;
        model->next_try = now + model->retry_ms;
    }
    model->fresh.reason = *why;
    model->looks = 0;
}

static void go_live(struct model *model)
{
    model->fresh = (struct freshness_state){.state = FRESH_LIVE};
    model->live_since = monotonic_now();
}

void model_report_failure(struct model *model, const struct error *err)
{
    if (err->code >= ERROR_BUSY)
        go_stale(model, err);
}

int model_watch_fd(struct model *model)
{
    bool watched = model->fresh.state == FRESH_LIVE && model->options.as_of == 0;
    return watched ? db_watch_fd(model->db) : -1;
}

/* --- changes --------------------------------------------------------------------------------- */

/* Tasks of the events after the last one told. An event of no task may stand for anything. */
static bool read_changed_tasks(struct model *model, struct changes *out, struct error *err)
{
    struct db_statement *events;
    enum db_step step = DB_DONE;
    if (!db_statement(model->db, MODEL_CHANGED, &events, err))
        return false;
    db_bind_int(events, 1, model->seq);
    db_bind_int(events, 2, CHANGES_MOST + 1);
    while (!out->all && (step = db_step(events, err)) == DB_ROW)
        if (db_is_null(events, 0))
            changes_all(out);
        else
            changes_task(out, db_int(events, 0));
    db_reset(events);
    return step != DB_FAILED;
}

/* Units, duty and reach: read again when something changed that leaves no event. */
static bool reread_units(struct model *model, struct error *err)
{
    struct units *units;
    if (!units_read(model->db, &units, err))
        return false;
    units_free(model->units);
    model->units = units;
    model->duty = (struct duty){0};
    return true;
}

static bool take_changes(struct model *model, struct changes *out, struct error *err)
{
    int64_t seq, touched;
    if (!model_person_still(model, err) || !read_position(model->db, &seq, &touched, err))
        return false;
    if (touched != model->touched || seq < model->seq) { /* less: an older copy was put back */
        if (!reread_units(model, err))
            return false;
        changes_all(out);
    } else if (seq != model->seq) {
        out->any = true;
        if (!read_changed_tasks(model, out, err))
            return false;
    }
    model->seq = seq;
    model->touched = touched;
    return true;
}

/* --- polling --------------------------------------------------------------------------------- */

static void reconnect(struct model *model, struct changes *out)
{
    struct error err;
    if (connect(model, &err)) {
        go_live(model);
        changes_all(out);
        return;
    }
    go_stale(model, &err);
    model->retry_ms = model->retry_ms * 2 < RETRY_MOST_MS ? model->retry_ms * 2 : RETRY_MOST_MS;
    model->next_try = monotonic_now() + model->retry_ms;
}

static bool watch_woke(int fd)
{
    struct pollfd watch = {.fd = fd, .events = POLLIN};
    return fd >= 0 && poll(&watch, 1, 0) > 0;
}

static void poll_live(struct model *model, struct changes *out)
{
    struct error err;
    int fd = db_watch_fd(model->db);
    bool changed = false, woke = watch_woke(fd);
    if (!db_still_there(model->db, &err)) {
        if (err.code == ERROR_REPLACED)
            reconnect(model, out); /* the new one is there: no need to be stale in between */
        else
            go_stale(model, &err);
        return;
    }
    /* our own commits wake us too, without a new data_version; without a watch they are looked for
     */
    if (!db_watch_take(model->db, &changed, &err) ||
        ((changed || woke || fd < 0) && !take_changes(model, out, &err))) {
        go_stale(model, &err);
        return;
    }
    if (out->any)
        model->looks = 0;
    else if (woke)
        model->looks = LOOKS;
    model->good_at = date_now();
}

/* Overdue and due soon move at midnight. */
static void poll_day(struct model *model, struct changes *out)
{
    date_t day = model_today(model)->date;
    if (day != model->told_day) {
        model->told_day = day;
        changes_all(out);
    }
}

static int next_look(struct model *model, const struct changes *found)
{
    if (model->fresh.state == FRESH_STALE) {
        moment_t left = model->next_try - monotonic_now();
        return left > 1 ? (int)left : 1;
    }
    if (found->any)
        return LOOK_LATE_MS;
    if (model->looks > 0)
        return look_again_ms[LOOKS - model->looks--];
    return model->options.as_of == 0 && db_watch_fd(model->db) < 0 ? NO_WATCH_MS : 0;
}

void model_poll(struct model *model, struct changes *out, int *retry_ms)
{
    memset(out, 0, sizeof *out);
    bool live = model->fresh.state == FRESH_LIVE;
    *retry_ms = 0;
    if (model_has_ended(model, NULL))
        return;
    struct error trouble;
    if (live && model->options.as_of == 0)
        poll_live(model, out);
    else if (live)
        model_person_still(model, &trouble); /* who looks at the past lives in the present */
    else if (!live && monotonic_now() >= model->next_try)
        reconnect(model, out);
    if (model->fresh.state == FRESH_LIVE)
        poll_day(model, out);
    bool stale = model->fresh.state == FRESH_STALE;
    out->freshness = stale != model->told_stale;
    model->told_stale = stale;
    *retry_ms = next_look(model, out);
}
