#include "lock_holder.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"

struct lock_line {
    bool whole; /* FLOCK; else a lock on a range of bytes */
    long pid;
    unsigned major_number, minor_number;
    unsigned long inode;
    long first, last; /* -1: to the end */
};

/* "1: FLOCK  ADVISORY  WRITE 4711 fe:00:1310 0 EOF"; a line with "->" waits and holds nothing. */
static bool parse_line(const char *line, struct lock_line *out)
{
    char kind[16], mode[16], last[24];
    if (sscanf(line, "%*d: %15s %*s %15s %ld %x:%x:%lu %ld %23s", kind, mode, &out->pid,
            &out->major_number, &out->minor_number, &out->inode, &out->first, last) != 8)
        return false;
    out->whole = strcmp(kind, "FLOCK") == 0;
    out->last = strcmp(last, "EOF") == 0 ? -1 : atol(last);
    return strcmp(mode, "WRITE") == 0;
}

static bool covers(const struct lock_line *lock, long byte)
{
    if (byte == LOCK_HOLDER_WHOLE)
        return lock->whole;
    return !lock->whole && lock->first <= byte && (lock->last < 0 || byte <= lock->last);
}

/* The process that holds it; 0 when the table does not tell. Layered file systems show another
 * device in the table than stat does, so a line with the inode alone is second best. */
static long find_process(const struct stat *file, long byte)
{
    FILE *table = fopen("/proc/locks", "re");
    if (!table)
        return 0;
    char line[256];
    long second_best = 0, found = 0;
    while (!found && fgets(line, sizeof line, table)) {
        struct lock_line lock;
        if (!parse_line(line, &lock) || lock.inode != file->st_ino || !covers(&lock, byte))
            continue;
        if (lock.major_number == major(file->st_dev) && lock.minor_number == minor(file->st_dev))
            found = lock.pid;
        second_best = lock.pid;
    }
    fclose(table);
    return found ? found : second_best;
}

static void read_command(long pid, struct strbuf *out)
{
    char path[40], words[120];
    snprintf(path, sizeof path, "/proc/%ld/cmdline", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, words, sizeof words);
    if (fd >= 0)
        close(fd);
    while (length > 0 && words[length - 1] == '\0')
        length--;
    if (length <= 0)
        return;
    for (ssize_t i = 0; i < length; i++)
        words[i] = words[i] ? words[i] : ' ';
    text_scrub(out, words, (size_t)length, TEXT_ONE_LINE);
}

void lock_holder_describe(const char *path, long byte, char *out, size_t size)
{
    struct stat file;
    long pid = stat(path, &file) == 0 ? find_process(&file, byte) : 0;
    if (pid <= 0) {
        snprintf(out, size, "%s", _("another process"));
        return;
    }
    struct strbuf command = {0};
    read_command(pid, &command);
    if (command.length)
        snprintf(out, size, _("process %ld (%s)"), pid, strbuf_text(&command));
    else
        snprintf(out, size, _("process %ld"), pid);
    strbuf_clear(&command);
}
