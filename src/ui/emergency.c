#include "emergency.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"

#define LINE_WAIT_MS 500 /* for the line to take the bytes */

static const struct {
    int signal;
    const char *sentence;
} faults[] = {
    {SIGBUS, N_("duban: ended by SIGBUS: the files of the database were cut off while it was "
                "reading them; nothing half written is left, begin again")},
    {SIGSEGV, N_("duban: ended by SIGSEGV, a defect of the program; the database is whole")},
    {SIGABRT, N_("duban: ended by SIGABRT, a defect of the program; the database is whole")},
    {SIGFPE, N_("duban: ended by SIGFPE, a defect of the program; the database is whole")},
};
enum { FAULTS = sizeof faults / sizeof *faults };

/* The one thing that is no table and global: a handler is told nothing but its signal. */
static struct {
    volatile sig_atomic_t armed;
    int fd;
    struct termios modes;
    char *bytes, *sentence[FAULTS];
    size_t count, length[FAULTS];
} kept;

/* Within a handler: only calls that are safe there. */
static void put(int fd, const char *bytes, size_t count)
{
    struct pollfd room = {.fd = fd, .events = POLLOUT};
    while (count > 0 && poll(&room, 1, LINE_WAIT_MS) > 0) {
        ssize_t done = write(fd, bytes, count);
        if (done <= 0)
            return;
        bytes += done;
        count -= (size_t)done;
    }
}

/* The handler is gone when it runs (SA_RESETHAND): the second time the signal ends us. */
static void give_back(int signal)
{
    if (kept.armed) {
        kept.armed = 0;
        put(kept.fd, kept.bytes, kept.count);
        tcsetattr(kept.fd, TCSANOW, &kept.modes);
        for (int i = 0; i < FAULTS; i++)
            if (faults[i].signal == signal)
                put(STDERR_FILENO, kept.sentence[i], kept.length[i]);
    }
    raise(signal);
}

void emergency_arm(int fd, const struct termios *modes, const char *bytes, size_t count)
{
    struct sigaction ours = {.sa_handler = give_back, .sa_flags = SA_RESETHAND | SA_NODEFER}, now;
    emergency_disarm();
    kept.fd = fd;
    kept.modes = *modes;
    kept.bytes = alloc_string_n(bytes, count);
    kept.count = count;
    for (int i = 0; i < FAULTS; i++) {
        char *text = language_for_output(_(faults[i].sentence));
        kept.sentence[i] = alloc_format("%s\n", text);
        kept.length[i] = strlen(kept.sentence[i]);
        free(text);
    }
    kept.armed = 1;
    sigemptyset(&ours.sa_mask);
    for (int i = 0; i < FAULTS; i++)
        if (sigaction(faults[i].signal, NULL, &now) == 0 && now.sa_handler == SIG_DFL)
            sigaction(faults[i].signal, &ours, NULL);
}

void emergency_disarm(void)
{
    struct sigaction usual = {.sa_handler = SIG_DFL}, now;
    sigemptyset(&usual.sa_mask);
    for (int i = 0; i < FAULTS; i++) {
        if (sigaction(faults[i].signal, NULL, &now) == 0 && now.sa_handler == give_back)
            sigaction(faults[i].signal, &usual, NULL);
        free(kept.sentence[i]);
        kept.sentence[i] = NULL;
    }
    kept.armed = 0;
    free(kept.bytes);
    kept.bytes = NULL;
}
