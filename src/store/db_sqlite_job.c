/* db_sqlite_job: a query in a thread of its own, on a connection of its own, its ids handed over
 * through a ring. The ring is small: a list that takes its ids slowly holds the query up, and a
 * million of them are never kept twice. */
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "sqlite.h"

enum {
    RING = 32768,         /* ids that wait to be taken */
    CHUNK_FIRST = 64,     /* a screenful is handed over at once */
    CHUNK_MOST = 4096,    /* then more and more, so that the loop is woken seldom */
    STALE_MS = 20,        /* but what was found never waits longer for the chunk to fill */
    STEPS_BETWEEN = 1000, /* of the engine, between looks whether to end: some 20 microseconds */
};

struct db_job {
    struct db of; /* which file and how, copied: the job may outlive the connection it came from */
    char *sql;
    struct db_value *binds;
    size_t bind_count;
    pthread_t thread;
    int fd;
    atomic_bool stop;

    /* the thread's own */
    int64_t chunk[CHUNK_MOST];
    size_t chunk_count, chunk_limit;
    int64_t published_at;

    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t room;
    int64_t ring[RING];
    size_t first, count;
    bool finished, failed;
    struct error error;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- the thread ------------------------------------------------------------------------------ */

static void wake_taker(struct db_job *job)
{
    uint64_t one = 1;
    ssize_t written = write(job->fd, &one, sizeof one);
    assert(written == sizeof one);
    (void)written;
}

static void publish(struct db_job *job)
{
    size_t done = 0;
    pthread_mutex_lock(&job->lock);
    while (done < job->chunk_count && !atomic_load(&job->stop)) {
        if (job->count == RING) {
            pthread_cond_wait(&job->room, &job->lock);
            continue;
        }
        if (job->count == 0)
            wake_taker(job);
        for (; done < job->chunk_count && job->count < RING; done++)
            job->ring[(job->first + job->count++) % RING] = job->chunk[done];
    }
    pthread_mutex_unlock(&job->lock);
    job->chunk_count = 0;
    job->published_at = now_ms();
    if (job->chunk_limit < CHUNK_MOST)
        job->chunk_limit *= 2;
}

/* The engine asks this in the midst of its work, so it also ends a long sort or a scan that finds
 * nothing; sqlite3_interrupt would be lost when it comes before the first step. */
static int look_up(void *context)
{
    struct db_job *job = context;
    if (atomic_load(&job->stop))
        return 1;
    if (job->chunk_count && now_ms() - job->published_at >= STALE_MS)
        publish(job);
    return 0;
}

static int bind_all(const struct db_job *job, sqlite3_stmt *statement)
{
    int code = SQLITE_OK;
    for (size_t i = 0; i < job->bind_count && code == SQLITE_OK; i++) {
        const struct db_value *value = &job->binds[i];
        int place = db_sqlite_place_of(statement, (int)i + 1);
        code = value->text ? sqlite3_bind_text(statement, place, value->text, -1, SQLITE_STATIC)
                           : sqlite3_bind_int64(statement, place, value->number);
    }
    return code;
}

static int stream(struct db_job *job, sqlite3 *handle)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(handle, job->sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = bind_all(job, statement);
    if (code != SQLITE_OK) {
        sqlite3_finalize(statement);
        return code;
    }
    assert(sqlite3_stmt_readonly(statement));
    while ((code = sqlite3_step(statement)) == SQLITE_ROW && !atomic_load(&job->stop)) {
        job->chunk[job->chunk_count++] = sqlite3_column_int64(statement, 0);
        if (job->chunk_count == job->chunk_limit)
            publish(job);
    }
    publish(job);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

static void *run(void *context)
{
    struct db_job *job = context;
    sqlite3 *handle = NULL;
    struct error error = {0};
    bool ok = db_sqlite_connect(&job->of, &handle, &error);
    if (ok) {
        sqlite3_progress_handler(handle, STEPS_BETWEEN, look_up, job);
        int code = stream(job, handle);
        ok = code == SQLITE_OK || db_sqlite_fail(&job->of, handle, code, &error);
    }
    sqlite3_close(handle);
    pthread_mutex_lock(&job->lock);
    job->finished = true;
    job->failed = !ok;
    job->error = error;
    wake_taker(job);
    pthread_mutex_unlock(&job->lock);
    return NULL;
}

/* --- the taker ------------------------------------------------------------------------------- */

static void free_job(struct db_job *job)
{
    for (size_t i = 0; i < job->bind_count; i++)
        free((char *)job->binds[i].text);
    free(job->binds);
    free(job->of.path);
    free(job->of.file);
    free(job->sql);
    if (job->fd >= 0)
        close(job->fd);
    pthread_cond_destroy(&job->room);
    pthread_mutex_destroy(&job->lock);
    free(job);
}

/* Signals are the loop's business: none is ever delivered to the thread. */
static int start_thread(struct db_job *job)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int code = pthread_create(&job->thread, NULL, run, job);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return code;
}

bool db_job_start(struct db *db, const char *sql, const struct db_value *binds, size_t count,
    struct db_job **out, struct error *err)
{
    assert(!db->shadowed);
    struct db_job *job = alloc_zero(1, sizeof *job);
    job->of.path = alloc_string(db->path);
    job->of.file = alloc_string(db->file);
    job->of.access = db->access;
    job->sql = alloc_string(sql);
    job->binds = alloc_zero(count + 1, sizeof *job->binds);
    job->bind_count = count;
    for (size_t i = 0; i < count; i++)
        job->binds[i] = (struct db_value){alloc_string(binds[i].text), binds[i].number};
    job->chunk_limit = CHUNK_FIRST;
    job->published_at = now_ms();
    pthread_mutex_init(&job->lock, NULL);
    pthread_cond_init(&job->room, NULL);
    job->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    int code = job->fd < 0 ? errno : start_thread(job);
    if (code) {
        free_job(job);
        return error_set(
            err, ERROR_IO, _("The query on %s cannot be started: %s"), db->path, strerror(code));
    }
    *out = job;
    return true;
}

int db_job_fd(const struct db_job *job)
{
    return job->fd;
}

bool db_job_take(
    struct db_job *job, int64_t *ids, size_t room, size_t *count, bool *done, struct error *err)
{
    uint64_t wakes;
    pthread_mutex_lock(&job->lock);
    size_t taken = job->count < room ? job->count : room;
    for (size_t i = 0; i < taken; i++)
        ids[i] = job->ring[(job->first + i) % RING];
    job->first = (job->first + taken) % RING;
    job->count -= taken;
    /* The ids that came before a failure are given first, in a call of their own. */
    bool failed = job->failed && taken == 0;
    bool more = job->count > 0 || (job->failed && !failed);
    if (!more && read(job->fd, &wakes, sizeof wakes) < 0)
        assert(errno == EAGAIN);
    *count = taken;
    *done = job->finished && !job->failed && job->count == 0;
    pthread_cond_signal(&job->room);
    pthread_mutex_unlock(&job->lock);
    if (failed && err)
        *err = job->error;
    return !failed;
}

void db_job_wait(struct db_job *job, int milliseconds)
{
    struct pollfd ready = {.fd = job->fd, .events = POLLIN};
    while (poll(&ready, 1, milliseconds) < 0 && errno == EINTR)
        continue;
}

void db_job_end(struct db_job *job)
{
    if (!job)
        return;
    pthread_mutex_lock(&job->lock);
    atomic_store(&job->stop, true);
    pthread_cond_signal(&job->room);
    pthread_mutex_unlock(&job->lock);
    pthread_join(job->thread, NULL);
    free_job(job);
}
