#include "gate.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "lock_holder.h"

/* Of the frames that a cancel leaves: the sanitizer would take their marks for those of later ones.
 */
#define NO_ADDRESS_SANITIZER __attribute__((no_sanitize("address")))

enum { HEAD_BYTE, ATTEND_BYTE };

struct gate {
    char *database, *path;
    int fd; /* kept open; closed by exec, so a command we start never holds the gate */
    bool inside;
};

struct gate *gate_new(const char *database)
{
    struct gate *gate = alloc_zero(1, sizeof *gate);
    gate->database = alloc_string(database);
    gate->path = alloc_format("%s.gate", database);
    gate->fd = -1;
    return gate;
}

void gate_free(struct gate *gate)
{
    if (!gate)
        return;
    if (gate->fd >= 0)
        close(gate->fd);
    free(gate->database);
    free(gate->path);
    free(gate);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Whoever may use the database may use the gate: it gets the rights of the database's file. */
static bool open_file(struct gate *gate, struct error *err)
{
    if (gate->fd >= 0)
        return true;
    gate->fd = open(gate->path, O_RDWR | O_CLOEXEC);
    if (gate->fd < 0 && errno == ENOENT) {
        gate->fd = open(gate->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        struct stat database;
        if (gate->fd >= 0 && stat(gate->database, &database) == 0) {
            /* Only root can give it away; where that fails the rights alone have to do. */
            if (fchown(gate->fd, database.st_uid, database.st_gid) != 0)
                errno = 0;
            fchmod(gate->fd, database.st_mode & 0666);
        }
    }
    if (gate->fd >= 0)
        return true;
    return error_set(err, ERROR_IO, _("The writers' queue %s cannot be opened: %s"), gate->path,
        strerror(errno));
}

static void close_file(struct gate *gate)
{
    close(gate->fd);
    gate->fd = -1;
}

/* A gate that was deleted or replaced is not the one the others queue at. */
static bool is_current(const struct gate *gate)
{
    struct stat held, named;
    return fstat(gate->fd, &held) == 0 && stat(gate->path, &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

/* The queue. The kernel wakes those who wait for a lock one by one, in the order they came, but it
 * does not hand the lock over: who asks between a release and the waking of the next one gets it
 * first, and a busy writer can do that again and again. So there are two locks: a lock on the first
 * byte is the place at the head of the queue, held only while waiting for the gate itself. Whoever
 * leaves the gate finds the head taken and goes to the end. Measured with 50 processes of 40
 * commits on 2 cores: p99 95-173 ms without the head, 53-113 ms with it; 1,500-1,800 ms with the
 * engine's own sleeping and trying again. */
NO_ADDRESS_SANITIZER static int lock_head(int fd, bool wait, short kind)
{
    struct flock head = {.l_type = kind, .l_whence = SEEK_SET, .l_start = HEAD_BYTE, .l_len = 1};
    return fcntl(fd, wait ? F_OFD_SETLKW : F_OFD_SETLK, &head);
}

static bool retry(int result)
{
    return result != 0 && errno == EINTR;
}

NO_ADDRESS_SANITIZER static void *wait_in_queue(void *fd)
{
    /* flock is no cancellation point, so it is made one. Should a lock come in the very moment of
     * the cancel, the one who cancels gives it back. */
    int type, failed;
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &type);
    do
        failed = lock_head(*(int *)fd, true, F_WRLCK);
    while (retry(failed));
    if (!failed)
        do
            failed = flock(*(int *)fd, LOCK_EX);
        while (retry(failed));
    pthread_setcanceltype(type, &type);
    return failed ? fd : NULL;
}

/* With a bound: the kernel's queue knows no time limit; asking again and again without waiting
 * would be a lottery, and a timer's signal belongs to the whole process. So a thread waits, only
 * when somebody is before us, and is cancelled at the end of the time. */
static int wait_within(int fd, int64_t until)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    pthread_t waiter;
    int code = pthread_create(&waiter, NULL, wait_in_queue, &fd);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (code)
        return code;
    void *failed = NULL;
    struct timespec at = {.tv_sec = until / 1000, .tv_nsec = until % 1000 * 1000000};
    if (pthread_clockjoin_np(waiter, &failed, CLOCK_MONOTONIC, &at) == 0)
        return failed ? EIO : 0;
    pthread_cancel(waiter);
    pthread_join(waiter, &failed);
    if (failed == NULL)
        return 0;
    flock(fd, LOCK_UN);
    return EWOULDBLOCK;
}

static int lock_within(int fd, int64_t until)
{
    int code = EWOULDBLOCK;
    if (lock_head(fd, false, F_WRLCK) == 0)
        code = flock(fd, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
    else if (errno != EAGAIN && errno != EACCES)
        code = errno;
    if (code == EWOULDBLOCK && until > now_ms())
        code = wait_within(fd, until);
    lock_head(fd, false, F_UNLCK);
    return code;
}

static bool fail_locked(const struct gate *gate, int code, struct error *err)
{
    if (code != EWOULDBLOCK)
        return error_set(err, ERROR_IO, _("The writers' queue %s does not work: %s"), gate->path,
            strerror(code));
    char holder[256];
    lock_holder_describe(gate->path, LOCK_HOLDER_WHOLE, holder, sizeof holder);
    return error_set(err, ERROR_BUSY, _("%s is being written by %s; try again in a moment"),
        gate->database, holder);
}

bool gate_enter(struct gate *gate, int milliseconds, int *left, struct error *err)
{
    assert(!gate->inside);
    int64_t until = now_ms() + milliseconds;
    do {
        if (!open_file(gate, err))
            return false;
        int code = lock_within(gate->fd, until);
        if (code)
            return fail_locked(gate, code, err);
        gate->inside = is_current(gate);
        if (!gate->inside)
            close_file(gate);
    } while (!gate->inside);
    int64_t rest = until - now_ms();
    *left = rest > 0 ? (int)rest : 0;
    return true;
}

void gate_leave(struct gate *gate)
{
    assert(gate->inside);
    gate->inside = false;
    futimens(gate->fd, NULL); /* wakes who watches; where it may not, the log has to do */
    flock(gate->fd, LOCK_UN);
}

/* --- attendance ------------------------------------------------------------------------------ */

bool gate_attend(struct gate *gate, bool alone, struct error *err)
{
    struct flock mark = {.l_type = alone ? F_WRLCK : F_RDLCK,
        .l_whence = SEEK_SET,
        .l_start = ATTEND_BYTE,
        .l_len = 1};
    if (!open_file(gate, err))
        return false;
    if (fcntl(gate->fd, F_OFD_SETLK, &mark) == 0)
        return true;
    if (errno != EAGAIN && errno != EACCES)
        return error_set(err, ERROR_IO, _("The writers' queue %s does not work: %s"), gate->path,
            strerror(errno));
    return error_set(err, ERROR_BUSY,
        _("another process is at the same work on %s; try again when it has ended"),
        gate->database);
}
