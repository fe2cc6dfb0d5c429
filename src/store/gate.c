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

enum { ASK_MS = 100, TRIES = 3 }; /* with files that are replaced while they are opened */
enum { FLAGS = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK }; /* a name that is no file holds nobody up */
enum { TICKET_BYTE = 0, ATTEND_BYTE = 1, FIRST_TICKET = 16 };

struct gate {
    char *database, *path;
    int fd; /* kept open; closed by exec, so a command we start never holds the gate */
    bool inside;
    bool (*gone)(void *context);
    void *context;
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

void gate_unless(struct gate *gate, bool (*gone)(void *context), void *context)
{
    gate->gone = gone;
    gate->context = context;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Whoever may write the database may use the gate, and nobody else: who holds it holds up all. */
static mode_t rights(mode_t database)
{
    mode_t writers = database & 0222;
    return writers | writers << 1;
}

static void give_rights(const struct gate *gate)
{
    struct stat database;
    if (stat(gate->database, &database) != 0)
        return;
    /* Only root can give it away; where that fails the rights alone have to do. */
    if (fchown(gate->fd, database.st_uid, database.st_gid) != 0)
        errno = 0;
    fchmod(gate->fd, rights(database.st_mode));
}

/* Earlier programs gave it the rights of the database, those to read too. */
static void take_rights(const struct gate *gate, const struct stat *held)
{
    struct stat database;
    if (held->st_uid == geteuid() && held->st_nlink == 1 && stat(gate->database, &database) == 0 &&
        (held->st_mode & ~rights(database.st_mode) & 0777) != 0)
        fchmod(gate->fd, held->st_mode & rights(database.st_mode));
}

static bool fail_open(const struct gate *gate, struct error *err)
{
    struct stat named;
    int code = errno;
    if (lstat(gate->path, &named) == 0 && !S_ISREG(named.st_mode))
        return error_set(err, ERROR_IO,
            _("The writers' queue %s is a link or no file, and was left alone; remove it, and the "
              "next change makes it anew"),
            gate->path);
    return error_set(
        err, ERROR_IO, _("The writers' queue %s cannot be opened: %s"), gate->path, strerror(code));
}

/* Whoever may write to the folder can put anything there under this name: a link is not followed,
 * and only a file made here gets rights. */
static bool open_file(struct gate *gate, struct error *err)
{
    struct stat held;
    for (int i = 0; i < TRIES && gate->fd < 0; i++) {
        gate->fd = open(gate->path, O_RDWR | FLAGS);
        if (gate->fd >= 0 || errno != ENOENT)
            break;
        gate->fd = open(gate->path, O_RDWR | O_CREAT | O_EXCL | FLAGS, 0600);
        if (gate->fd >= 0)
            give_rights(gate);
        else if (errno != EEXIST) /* not by another who came at the same time */
            break;
    }
    if (gate->fd < 0)
        return fail_open(gate, err);
    if (fstat(gate->fd, &held) == 0 && S_ISREG(held.st_mode)) {
        take_rights(gate, &held);
        return true;
    }
    close(gate->fd);
    gate->fd = -1;
    return fail_open(gate, err);
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
    return fstat(gate->fd, &held) == 0 && lstat(gate->path, &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

/* The queue. The kernel wakes those who wait for a lock, but it does not hand the lock over: who
 * asks between a release and the waking of the next one gets it first, and a busy writer can do
 * that again and again. So whoever comes takes a ticket, which is the lock on a byte of the gate's
 * file behind all that are taken, and waits until no ticket before it is left: for the last of them
 * first, so that each wakes one other. TICKET_BYTE is locked while one is taken. Tickets go with
 * their process, and the gate itself is a lock on the whole file, which scripts can take too.
 * Measured with 50 processes of 40 changes on 2 cores: p99 52 ms, the worst 65-86; 90-113 and
 * 111-149 where only the head of the queue had its place; the engine's own sleeping and trying
 * again, 1,200-2,500 and 2,600-4,500. */
struct place {
    int fd;
    off_t ticket; /* 0: none yet */
};

static bool retry(int result)
{
    return result != 0 && errno == EINTR;
}

NO_ADDRESS_SANITIZER static int lock_byte(int fd, bool wait, short kind, off_t byte)
{
    struct flock lock = {.l_type = kind, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
    int failed;
    do
        failed = fcntl(fd, wait ? F_OFD_SETLKW : F_OFD_SETLK, &lock);
    while (retry(failed));
    if (!failed)
        return 0;
    return errno == EACCES ? EWOULDBLOCK : errno;
}

/* A ticket that somebody else holds among `length` from `first` on (0: among all); 0: none. */
NO_ADDRESS_SANITIZER static off_t held(int fd, off_t first, off_t length)
{
    struct flock lock = {
        .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = first, .l_len = length};
    return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? lock.l_start : 0;
}

NO_ADDRESS_SANITIZER static int take_ticket(struct place *place, bool wait)
{
    int code = lock_byte(place->fd, wait, F_WRLCK, TICKET_BYTE);
    if (code)
        return code;
    off_t ticket = FIRST_TICKET;
    for (off_t taken; (taken = held(place->fd, ticket, 0)) > 0;)
        ticket = taken + 1;
    /* who has waited for one may not have let go of it yet */
    while ((code = lock_byte(place->fd, false, F_WRLCK, ticket)) == EWOULDBLOCK)
        ticket++;
    if (!code)
        place->ticket = ticket;
    lock_byte(place->fd, false, F_UNLCK, TICKET_BYTE);
    return code;
}

NO_ADDRESS_SANITIZER static int wait_turn(const struct place *place, bool wait)
{
    off_t before = place->ticket - FIRST_TICKET, first;
    while (before > 0 && (first = held(place->fd, FIRST_TICKET, before)) > 0) {
        if (!wait)
            return EWOULDBLOCK;
        off_t last = held(place->fd, place->ticket - 1, 1) ? place->ticket - 1 : first;
        int code = lock_byte(place->fd, true, F_RDLCK, last);
        if (code)
            return code;
        lock_byte(place->fd, false, F_UNLCK, last);
    }
    return 0;
}

/* As far as it goes without waiting, or to the end. */
NO_ADDRESS_SANITIZER static int queue_up(struct place *place, bool wait)
{
    int code = place->ticket == 0 ? take_ticket(place, wait) : 0, failed;
    if (!code)
        code = wait_turn(place, wait);
    if (code)
        return code;
    do
        failed = flock(place->fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB);
    while (retry(failed));
    return failed ? errno : 0;
}

static void leave_queue(int fd)
{
    struct flock tickets = {.l_type = F_UNLCK, .l_whence = SEEK_SET, .l_start = FIRST_TICKET};
    flock(fd, LOCK_UN);
    fcntl(fd, F_OFD_SETLK, &tickets);
    lock_byte(fd, false, F_UNLCK, TICKET_BYTE);
}

NO_ADDRESS_SANITIZER static void *wait_in_queue(void *place)
{
    /* flock is no cancellation point, so it is made one. Should a lock come in the very moment of
     * the cancel, the one who cancels gives it back. */
    int type;
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &type);
    int code = queue_up(place, true);
    pthread_setcanceltype(type, &type);
    return code ? place : NULL;
}

/* With a bound: the kernel's queue knows no time limit; asking again and again without waiting
 * would be a lottery, and a timer's signal belongs to the whole process. So a thread waits, only
 * when somebody is before us, and is cancelled at the end of the time. */
static int wait_within(const struct gate *gate, struct place *place, int64_t until)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    pthread_t waiter;
    int code = pthread_create(&waiter, NULL, wait_in_queue, place);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (code)
        return code;
    void *failed = NULL;
    for (int64_t now = now_ms(); now < until && !(gate->gone && gate->gone(gate->context));
         now = now_ms()) {
        int64_t to = until - now > ASK_MS ? now + ASK_MS : until;
        struct timespec at = {.tv_sec = to / 1000, .tv_nsec = to % 1000 * 1000000};
        if (pthread_clockjoin_np(waiter, &failed, CLOCK_MONOTONIC, &at) == 0)
            return failed ? EIO : 0;
    }
    pthread_cancel(waiter);
    pthread_join(waiter, &failed);
    return failed == NULL ? 0 : EWOULDBLOCK;
}

static int lock_within(const struct gate *gate, int64_t until)
{
    int fd = gate->fd;
    struct place place = {.fd = fd};
    int code = queue_up(&place, false);
    if (code == EWOULDBLOCK && until > now_ms())
        code = wait_within(gate, &place, until);
    if (code)
        leave_queue(fd);
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
        int code = lock_within(gate, until);
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
    leave_queue(gate->fd);
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
