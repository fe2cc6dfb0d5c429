#include "watch.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/alloc.h"

/* What is watched. The log is what a commit writes, or where somebody took the database out of WAL
 * mode, the journal and the database itself. Not -shm, which readers write too. The gate is touched
 * when a writer of ours leaves it: its commit can be seen then, unlike when the log was written.
 * Of the others no attributes: the engine, run by root, sets the owner of a log it only opens. */
enum { FILE_LOG, FILE_DATABASE, FILE_JOURNAL, FILE_GATE, FILE_COUNT };
static const struct {
    const char *suffix;
    uint32_t events;
} watched[FILE_COUNT] = {
    [FILE_LOG] = {"-wal", IN_MODIFY},
    [FILE_DATABASE] = {"", IN_MODIFY},
    [FILE_JOURNAL] = {"-journal", IN_MODIFY},
    [FILE_GATE] = {".gate", IN_ATTRIB},
};

struct watch {
    int fd;
    char *files[FILE_COUNT];
    const char *names[FILE_COUNT]; /* within the folder */
};

/* Watches of the files themselves see writes; that of the folder sees only names that come and go,
 * so that a busy log file beside the database wakes nobody. Adding a watch that is there already
 * only renews it. */
static void watch_files(struct watch *watch)
{
    for (int i = 0; i < FILE_COUNT; i++)
        inotify_add_watch(watch->fd, watch->files[i], watched[i].events);
}

struct watch *watch_new(const char *database)
{
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (fd < 0)
        return NULL;
    struct watch *watch = alloc_zero(1, sizeof *watch);
    watch->fd = fd;
    const char *slash = strrchr(database, '/');
    char *folder =
        slash ? alloc_string_n(database, (size_t)(slash - database) + 1) : alloc_string(".");
    int wanted = inotify_add_watch(fd, folder, IN_CREATE | IN_DELETE | IN_MOVE | IN_ONLYDIR);
    free(folder);
    for (int i = 0; i < FILE_COUNT; i++) {
        watch->files[i] = alloc_format("%s%s", database, watched[i].suffix);
        const char *last = strrchr(watch->files[i], '/');
        watch->names[i] = last ? last + 1 : watch->files[i];
    }
    if (wanted < 0 || inotify_add_watch(fd, database, IN_MODIFY) < 0) {
        watch_free(watch);
        return NULL;
    }
    watch_files(watch);
    return watch;
}

void watch_free(struct watch *watch)
{
    if (!watch)
        return;
    close(watch->fd);
    for (int i = 0; i < FILE_COUNT; i++)
        free(watch->files[i]);
    free(watch);
}

int watch_fd(const struct watch *watch)
{
    return watch->fd;
}

static bool is_ours(const struct watch *watch, const struct inotify_event *event)
{
    for (int i = 0; event->len && i < FILE_COUNT; i++)
        if (strcmp(event->name, watch->names[i]) == 0)
            return true;
    return false;
}

void watch_drain(struct watch *watch)
{
    _Alignas(struct inotify_event) char buffer[4096];
    bool came = false;
    ssize_t length;
    while ((length = read(watch->fd, buffer, sizeof buffer)) > 0) {
        for (char *at = buffer; at < buffer + length;) {
            const struct inotify_event *event = (const struct inotify_event *)at;
            came |= is_ours(watch, event) || (event->mask & (IN_IGNORED | IN_Q_OVERFLOW));
            at += sizeof *event + event->len;
        }
    }
    if (came)
        watch_files(watch);
}
