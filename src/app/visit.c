#include "visit.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/cli.h"
#include "base/alloc.h"
#include "base/language.h"
#include "model/session.h"
#include "store/db.h"

enum {
    LOOK_MS = 250,
    LINE_MS = 200, /* for the sentence, where the line takes nothing */
};

struct visit {
    struct session *session; /* NULL: not recorded */
    bool watched;
    pthread_t thread;
    char *database;
    struct person person;
    int patience_ms;

    pthread_mutex_t mutex; /* over what follows */
    pthread_cond_t changed;
    bool rests, sleeps, over;
    int64_t look_at; /* monotonic */
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct visit *visit_new(void)
{
    struct visit *visit = alloc_zero(1, sizeof *visit);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&visit->mutex, NULL);
    pthread_cond_init(&visit->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return visit;
}

/* --- the thread ------------------------------------------------------------------------------ */

static void wait_until(struct visit *visit, int64_t until)
{
    struct timespec at = {.tv_sec = until / 1000, .tv_nsec = until % 1000 * 1000000};
    pthread_cond_timedwait(&visit->changed, &visit->mutex, &at);
}

/* Trouble of the database is no end: who writes or reads is told of it. */
static bool has_ended(const struct visit *visit, struct db **db, struct error *why)
{
    struct error trouble = {0};
    if (*db != NULL && !db_still_there(*db, &trouble)) {
        db_close(*db);
        *db = NULL;
    }
    if (*db == NULL && !db_open(visit->database, DB_READ_ONLY, db, &trouble)) {
        *db = NULL;
        return false;
    }
    *why = (struct error){0};
    return !person_still(*db, &visit->person, why) && why->code == ERROR_PERMISSION;
}

/* The main thread may hold what the library writes with: past it. */
static _Noreturn void leave(const struct error *why)
{
    char *sentence = alloc_format("duban: %s\n", why->text);
    char *shown = language_for_output(sentence);
    struct pollfd line = {.fd = STDERR_FILENO, .events = POLLOUT};
    if (poll(&line, 1, LINE_MS) > 0 && write(STDERR_FILENO, shown, strlen(shown)) < 0)
        _exit(EXIT_FAILED);
    _exit(EXIT_FAILED);
}

/* Within the mutex; looks outside of it. */
static void look(struct visit *visit, struct db **db)
{
    struct error why;
    pthread_mutex_unlock(&visit->mutex);
    bool ended = has_ended(visit, db, &why);
    pthread_mutex_lock(&visit->mutex);
    int64_t until = now_ms() + visit->patience_ms;
    visit->look_at = now_ms() + LOOK_MS;
    if (!ended)
        return;
    while (!visit->over && now_ms() < until)
        wait_until(visit, until);
    if (!visit->over)
        leave(&why);
}

static void *watch(void *context)
{
    struct visit *visit = context;
    struct db *db = NULL;
    pthread_mutex_lock(&visit->mutex);
    while (!visit->over) {
        visit->sleeps = visit->rests;
        if (visit->rests)
            pthread_cond_wait(&visit->changed, &visit->mutex);
        else if (now_ms() < visit->look_at)
            wait_until(visit, visit->look_at);
        else
            look(visit, &db);
    }
    pthread_mutex_unlock(&visit->mutex);
    db_close(db);
    return NULL;
}

/* --- what it is told ------------------------------------------------------------------------- */

void visit_watch(struct visit *visit, struct model *model, int patience_ms)
{
    if (visit == NULL || visit->watched || model_person(model)->id == 0)
        return;
    sigset_t all, before;
    visit->database = alloc_string(db_path(model_db(model)));
    person_copy(&visit->person, model_person(model));
    visit->patience_ms = patience_ms;
    visit->look_at = now_ms() + LOOK_MS;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    visit->watched = pthread_create(&visit->thread, NULL, watch, visit) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

bool visit_record(
    struct visit *visit, struct model *model, const char *command, int most, struct error *err)
{
    const struct session_options options = {.command = command, .most = most};
    return visit == NULL || visit->session != NULL ||
           session_begin(model, &options, &visit->session, err);
}

bool visit_is_recorded(const struct visit *visit)
{
    return visit != NULL && visit->session != NULL;
}

void visit_rest(struct visit *visit, bool rests)
{
    if (visit == NULL || !visit->watched)
        return;
    pthread_mutex_lock(&visit->mutex);
    visit->rests = rests;
    visit->look_at = now_ms() + LOOK_MS;
    if (!rests && visit->sleeps)
        pthread_cond_signal(&visit->changed);
    pthread_mutex_unlock(&visit->mutex);
}

void visit_free(struct visit *visit)
{
    if (visit == NULL)
        return;
    if (visit->watched) {
        pthread_mutex_lock(&visit->mutex);
        visit->over = true;
        pthread_cond_signal(&visit->changed);
        pthread_mutex_unlock(&visit->mutex);
        pthread_join(visit->thread, NULL);
    }
    session_end(visit->session);
    person_clear(&visit->person);
    free(visit->database);
    pthread_cond_destroy(&visit->changed);
    pthread_mutex_destroy(&visit->mutex);
    free(visit);
}
