#include "app/worker.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"

struct worker {
    worker_run *run;
    void *context;
    pthread_t thread;
    int fd;
    atomic_bool stop;
    atomic_size_t done, of;
    bool good; /* the thread's, until it is joined */
    struct error error;
};

static void *work(void *context)
{
    struct worker *worker = context;
    uint64_t one = 1;
    worker->good = worker->run(worker->context, worker, &worker->error);
    while (write(worker->fd, &one, sizeof one) < 0)
        continue;
    return NULL;
}

bool worker_start(worker_run *run, void *context, struct worker **out, struct error *err)
{
    struct worker *worker = alloc_zero(1, sizeof *worker);
    sigset_t all, before;
    worker->run = run;
    worker->context = context;
    worker->fd = eventfd(0, EFD_CLOEXEC);
    sigfillset(&all); /* they are the loop's */
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int failed = worker->fd < 0 ? 1 : pthread_create(&worker->thread, NULL, work, worker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failed == 0) {
        *out = worker;
        return true;
    }
    if (worker->fd >= 0)
        close(worker->fd);
    free(worker);
    return error_set(err, ERROR_IO, _("This system has no thread left for it; try again later"));
}

int worker_fd(const struct worker *worker)
{
    return worker->fd;
}

void worker_progress(const struct worker *worker, size_t *done, size_t *of)
{
    *done = atomic_load(&worker->done);
    *of = atomic_load(&worker->of);
}

void worker_stop(struct worker *worker)
{
    atomic_store(&worker->stop, true);
}

bool worker_is_stopped(const struct worker *worker)
{
    return atomic_load(&worker->stop);
}

bool worker_wait(const struct worker *worker, int ms)
{
    struct pollfd done = {.fd = worker->fd, .events = POLLIN};
    return poll(&done, 1, ms) > 0;
}

bool worker_join(struct worker *worker, struct error *err)
{
    pthread_join(worker->thread, NULL);
    bool good = worker->good;
    if (!good)
        *err = worker->error;
    close(worker->fd);
    free(worker);
    return good;
}

bool worker_going(void *context, size_t done, size_t of)
{
    struct worker *worker = context;
    atomic_store(&worker->done, done);
    atomic_store(&worker->of, of);
    return !atomic_load(&worker->stop);
}

bool worker_gone(void *context)
{
    struct worker *worker = context;
    return atomic_load(&worker->stop);
}
