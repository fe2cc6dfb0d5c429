#include "tty.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/serial.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "emergency.h"

struct tty {
    int in, out; /* the same where the device could be opened again */
    bool opened; /* `in` is ours to close */
    int wake, timer;
    bool watches_out;
    struct termios found, raw;
    struct strbuf queue;
    size_t done; /* bytes of the queue that are sent */
    long sent, received;
    bool lost;
};

/* A descriptor of our own on the same device; -1 when that is not allowed (after su, for one). */
static int reopen(int fd)
{
    char name[128];
    struct stat ours, theirs;
    if (ttyname_r(fd, name, sizeof name) != 0)
        return -1;
    int again = open(name, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (again < 0)
        return -1;
    if (fstat(fd, &theirs) == 0 && fstat(again, &ours) == 0 && ours.st_rdev == theirs.st_rdev)
        return again;
    close(again);
    return -1;
}

static struct termios make_raw(struct termios modes)
{
    cfmakeraw(&modes);
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    return modes;
}

static void watch(const struct tty *tty, int operation, int fd, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.fd = fd};
    epoll_ctl(tty->wake, operation, fd, &event);
}

/* One descriptor for all there is to wait for. */
static void start_watching(struct tty *tty)
{
    tty->wake = epoll_create1(EPOLL_CLOEXEC);
    tty->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    watch(tty, EPOLL_CTL_ADD, tty->in, EPOLLIN);
    if (tty->out != tty->in)
        watch(tty, EPOLL_CTL_ADD, tty->out, 0);
    watch(tty, EPOLL_CTL_ADD, tty->timer, EPOLLIN);
}

static void watch_output(struct tty *tty, bool wanted)
{
    if (wanted == tty->watches_out)
        return;
    tty->watches_out = wanted;
    uint32_t events = wanted ? EPOLLOUT : 0;
    watch(tty, EPOLL_CTL_MOD, tty->out, tty->out == tty->in ? events | EPOLLIN : events);
}

bool tty_open(struct tty **out, struct error *err)
{
    if (!isatty(STDOUT_FILENO))
        return error_set(err, ERROR_USAGE,
            _("standard output is not a terminal, so the board cannot be shown there; over ssh say "
              "ssh -t, otherwise use --plain"));
    struct tty *tty = alloc_zero(1, sizeof *tty);
    tty->in = tty->out = reopen(STDOUT_FILENO);
    tty->opened = tty->in >= 0;
    if (!tty->opened) {
        tty->in = isatty(STDIN_FILENO) ? STDIN_FILENO : STDOUT_FILENO;
        tty->out = STDOUT_FILENO;
    }
    if (tcgetattr(tty->in, &tty->found) != 0) {
        error_set(err, ERROR_IO, _("the terminal cannot be set up: %s"), strerror(errno));
        if (tty->opened)
            close(tty->in);
        free(tty);
        return false;
    }
    tty->raw = make_raw(tty->found);
    tty_raw(tty);
    start_watching(tty);
    *out = tty;
    return true;
}

void tty_close(struct tty *tty, int wait_ms)
{
    if (!tty)
        return;
    tty_flush(tty, wait_ms);
    tty_restore(tty);
    emergency_disarm();
    close(tty->wake);
    close(tty->timer);
    if (tty->opened)
        close(tty->in);
    strbuf_clear(&tty->queue);
    free(tty);
}

/* TCSANOW: the others wait until the line has taken everything, which may be never. */
void tty_restore(struct tty *tty)
{
    tcsetattr(tty->in, TCSANOW, &tty->found);
}

void tty_set_ending(struct tty *tty, const char *bytes, size_t count)
{
    emergency_arm(tty->out, &tty->found, bytes, count);
}

void tty_raw(struct tty *tty)
{
    tcsetattr(tty->in, TCSANOW, &tty->raw);
}

int tty_fd(const struct tty *tty)
{
    return tty->wake;
}

bool tty_size(const struct tty *tty, int *rows, int *columns)
{
    struct winsize size;
    if (ioctl(tty->out, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
        return false;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return true;
}

/* A pseudo terminal has a speed too, which means nothing. */
long tty_speed(const struct tty *tty)
{
    static const struct {
        speed_t speed;
        long bits;
    } speeds[] = {{B300, 300}, {B600, 600}, {B1200, 1200}, {B2400, 2400}, {B4800, 4800},
        {B9600, 9600}, {B19200, 19200}, {B38400, 38400}, {B57600, 57600}, {B115200, 115200}};
    struct serial_struct serial;
    if (ioctl(tty->out, TIOCGSERIAL, &serial) != 0)
        return 0;
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++)
        if (speeds[i].speed == cfgetospeed(&tty->found))
            return speeds[i].bits / 10; /* eight bits, a start and a stop */
    return 0;
}

static bool wait_for(int fd, short events, int wait_ms)
{
    struct pollfd wanted = {.fd = fd, .events = events};
    return poll(&wanted, 1, wait_ms) > 0;
}

void tty_set_alarm(struct tty *tty, int in_ms)
{
    struct itimerspec when = {.it_value = {in_ms / 1000, in_ms % 1000 * 1000000L}};
    timerfd_settime(tty->timer, 0, &when, NULL);
}

bool tty_alarm_rang(struct tty *tty)
{
    uint64_t times = 0;
    return read(tty->timer, &times, sizeof times) == sizeof times;
}

bool tty_wait(const struct tty *tty, int wait_ms)
{
    return wait_for(tty->in, POLLIN, wait_ms);
}

size_t tty_read(struct tty *tty, char *bytes, size_t most)
{
    if (tty->out != tty->in && wait_for(tty->out, 0, 0)) /* only the picture's line is gone */
        tty->lost = true;
    if (tty->lost || !wait_for(tty->in, POLLIN, 0))
        return 0;
    ssize_t count = read(tty->in, bytes, most);
    if (count > 0) {
        tty->received += count;
        return (size_t)count;
    }
    if (count == 0 || (errno != EAGAIN && errno != EINTR))
        tty->lost = true;
    return 0;
}

void tty_send(struct tty *tty, const char *bytes, size_t count)
{
    if (tty->lost)
        return;
    strbuf_add_n(&tty->queue, bytes, count);
    tty->sent += (long)count;
    if (!tty_flush(tty, 0))
        watch_output(tty, !tty->lost);
}

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

bool tty_flush(struct tty *tty, int wait_ms)
{
    long until = now_ms() + wait_ms;
    while (!tty->lost && tty->done < tty->queue.length) {
        long left = until - now_ms();
        if (!wait_for(tty->out, POLLOUT, left > 0 ? (int)left : 0))
            return false;
        ssize_t count = write(tty->out, tty->queue.text + tty->done, tty->queue.length - tty->done);
        if (count > 0)
            tty->done += (size_t)count;
        else if (errno != EAGAIN && errno != EINTR)
            tty->lost = true;
        else if (left <= 0)
            return false;
    }
    strbuf_cut(&tty->queue, 0);
    tty->done = 0;
    watch_output(tty, false);
    return !tty->lost;
}

bool tty_discard(struct tty *tty)
{
    bool any = tty_has_unsent(tty);
    strbuf_cut(&tty->queue, 0);
    tty->done = 0;
    watch_output(tty, false);
    return any;
}

size_t tty_unsent(const struct tty *tty)
{
    return tty->lost ? 0 : tty->queue.length - tty->done;
}

bool tty_has_unsent(const struct tty *tty)
{
    return tty_unsent(tty) > 0;
}

bool tty_hung_up(const struct tty *tty)
{
    return tty->lost || wait_for(tty->in, 0, 0) || wait_for(tty->out, 0, 0);
}

bool tty_lost(const struct tty *tty)
{
    return tty->lost;
}

long tty_sent(const struct tty *tty)
{
    return tty->sent;
}

long tty_received(const struct tty *tty)
{
    return tty->received;
}
