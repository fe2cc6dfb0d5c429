#include "store/sessions.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"

/* A slot is a line: MARK, the fields, a sum of all before it; tabs between, zeros behind it. Who
 * reads it while it is written finds that the sum is wrong, and looks again. */
#define MARK "duban1"
enum {
    SLOT_BYTES = 512,
    SUM_DIGITS = 16,
    TEXTS = 6,
    NUMBERS = 3,
    LOOKS = 3, /* at a slot that is being written */
    FUTURE_MS = 60000,
    TRIES = 3, /* with files that are replaced while they are opened */
    FLAGS = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, /* a name that is no file holds nobody up */
};
#define MOMENT_MOST INT64_C(253402300799999) /* the end of the year 9999 */

static const size_t text_most[TEXTS] = {64, 96, 16, 16, 64, 32}; /* bytes, in the order of a slot */

struct sessions {
    char *path, *database;
    int fd;
    off_t at;
    bool make;
    struct session_slot slot;
};

void session_slot_clear(struct session_slot *slot)
{
    free(slot->login);
    free(slot->name);
    free(slot->role);
    free(slot->what);
    free(slot->origin);
    free(slot->terminal);
    *slot = (struct session_slot){0};
}

/* --- a slot as bytes ------------------------------------------------------------------------- */

static uint64_t sum_of(const char *bytes, size_t count)
{
    uint64_t sum = UINT64_C(14695981039346656037); /* FNV-1a */
    for (size_t i = 0; i < count; i++)
        sum = (sum ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
    return sum;
}

/* Clean, within its bytes, cut at a whole character. */
static void add_text(struct strbuf *out, const char *text, size_t count, size_t most)
{
    struct strbuf clean = {0};
    text_scrub(&clean, text, count, TEXT_ONE_LINE);
    size_t length = clean.length < most ? clean.length : most;
    while (length > 0 && length < clean.length && (clean.text[length] & 0xC0) == 0x80)
        length--;
    strbuf_add_n(out, strbuf_text(&clean), length);
    strbuf_clear(&clean);
}

static void encode(const struct session_slot *slot, char out[static SLOT_BYTES])
{
    const char *texts[TEXTS] = {
        slot->login, slot->name, slot->role, slot->what, slot->origin, slot->terminal};
    struct strbuf line = {0};
    strbuf_add(&line, MARK);
    for (int i = 0; i < TEXTS; i++) {
        strbuf_add_char(&line, '\t');
        add_text(&line, texts[i], strlen(texts[i]), text_most[i]);
    }
    strbuf_format(&line, "\t%lld\t%lld\t%lld", (long long)slot->process,
        (long long)slot->started_at, (long long)slot->acted_at);
    strbuf_format(&line, "\t%016llx\n", (unsigned long long)sum_of(line.text, line.length));
    memset(out, 0, SLOT_BYTES);
    memcpy(out, line.text, line.length < SLOT_BYTES ? line.length : SLOT_BYTES);
    strbuf_clear(&line);
}

static bool sum_is_right(const char *line, size_t length)
{
    char sum[SUM_DIGITS + 1];
    if (length <= SUM_DIGITS)
        return false;
    snprintf(sum, sizeof sum, "%016llx", (unsigned long long)sum_of(line, length - SUM_DIGITS - 1));
    return memcmp(sum, line + length - SUM_DIGITS, SUM_DIGITS) == 0;
}

/* The field at `*at`, which ends with a tab; NULL where there is none. */
static const char *next_field(const char **at, const char *end, size_t *length)
{
    const char *field = *at, *tab = memchr(field, '\t', (size_t)(end - field));
    if (tab == NULL)
        return NULL;
    *length = (size_t)(tab - field);
    *at = tab + 1;
    return field;
}

static char *take_text(const char **at, const char *end, size_t most)
{
    size_t length;
    struct strbuf text = {0};
    const char *field = next_field(at, end, &length);
    if (field == NULL)
        return NULL;
    strbuf_add(&text, "");
    add_text(&text, field, length, most);
    return strbuf_take(&text);
}

/* -1 where it is no number within its bounds. */
static int64_t take_number(const char **at, const char *end)
{
    size_t length;
    const char *field = next_field(at, end, &length);
    int64_t number = 0;
    if (field == NULL || length == 0 || length > 15)
        return -1;
    for (size_t i = 0; i < length; i++) {
        if (field[i] < '0' || field[i] > '9')
            return -1;
        number = number * 10 + (field[i] - '0');
    }
    return number <= MOMENT_MOST ? number : -1;
}

static bool decode(const char bytes[static SLOT_BYTES], struct session_slot *out)
{
    char **texts[TEXTS] = {
        &out->login, &out->name, &out->role, &out->what, &out->origin, &out->terminal};
    int64_t *numbers[NUMBERS] = {&out->process, &out->started_at, &out->acted_at};
    const char *end = memchr(bytes, '\n', SLOT_BYTES), *at = bytes + sizeof MARK;
    *out = (struct session_slot){0};
    if (end == NULL || strncmp(bytes, MARK "\t", sizeof MARK) != 0 ||
        !sum_is_right(bytes, (size_t)(end - bytes)))
        return false;
    bool good = true;
    for (int i = 0; good && i < TEXTS; i++)
        good = (*texts[i] = take_text(&at, end, text_most[i])) != NULL;
    for (int i = 0; good && i < NUMBERS; i++)
        good = (*numbers[i] = take_number(&at, end)) >= 0;
    if (!good)
        session_slot_clear(out);
    return good;
}

/* --- the file -------------------------------------------------------------------------------- */

static int lock_slot(int fd, int command, off_t at, short kind)
{
    struct flock lock = {.l_type = kind, .l_whence = SEEK_SET, .l_start = at, .l_len = 1};
    if (fcntl(fd, command, &lock) != 0)
        return -1;
    return command == F_OFD_GETLK && lock.l_type != F_UNLCK;
}

static bool is_file(int fd, struct stat *is)
{
    return fstat(fd, is) == 0 && S_ISREG(is->st_mode);
}

/* Whoever may use the database may be seen at it: the file gets its rights, as the gate does. */
static int make_file(const struct sessions *sessions)
{
    struct stat database;
    int fd = open(sessions->path, O_RDWR | O_CREAT | O_EXCL | FLAGS, 0600);
    if (fd >= 0 && stat(sessions->database, &database) == 0) {
        if (fchown(fd, database.st_uid, database.st_gid) != 0)
            errno = 0; /* only root can give it away; the rights alone have to do */
        fchmod(fd, database.st_mode & 0666);
    }
    return fd;
}

static bool open_file(struct sessions *sessions)
{
    struct stat is;
    for (int i = 0; i < TRIES; i++) {
        sessions->fd = open(sessions->path, O_RDWR | FLAGS);
        if (sessions->fd < 0 && errno == ENOENT && sessions->make)
            sessions->fd = make_file(sessions);
        if (sessions->fd >= 0 || errno != EEXIST)
            break;
    }
    return sessions->fd >= 0 && is_file(sessions->fd, &is);
}

static bool is_current(const struct sessions *sessions)
{
    struct stat held, named;
    return fstat(sessions->fd, &held) == 0 && lstat(sessions->path, &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

static bool write_slot(const struct sessions *sessions)
{
    char bytes[SLOT_BYTES];
    encode(&sessions->slot, bytes);
    return pwrite(sessions->fd, bytes, SLOT_BYTES, sessions->at) == SLOT_BYTES;
}

static void close_file(struct sessions *sessions)
{
    if (sessions->fd >= 0)
        close(sessions->fd);
    sessions->fd = -1;
}

static bool take_slot(struct sessions *sessions)
{
    for (int i = 0; i < SESSIONS_MOST; i++) {
        sessions->at = (off_t)i * SLOT_BYTES;
        if (lock_slot(sessions->fd, F_OFD_SETLK, sessions->at, F_WRLCK) == 0)
            return write_slot(sessions);
        if (errno != EAGAIN && errno != EACCES)
            return false;
    }
    return false;
}

/* A file that was taken away meanwhile is not the one that others look into. */
static bool enter(struct sessions *sessions)
{
    for (int i = 0; i < TRIES; i++) {
        if (!open_file(sessions) || !take_slot(sessions))
            break;
        if (is_current(sessions))
            return true;
        close_file(sessions);
    }
    close_file(sessions);
    return false;
}

/* --- this process's own ---------------------------------------------------------------------- */

static struct session_slot copy_slot(const struct session_slot *slot)
{
    struct session_slot copy = *slot;
    copy.login = alloc_string(slot->login);
    copy.name = alloc_string(slot->name);
    copy.role = alloc_string(slot->role);
    copy.what = alloc_string(slot->what);
    copy.origin = alloc_string(slot->origin);
    copy.terminal = alloc_string(slot->terminal);
    return copy;
}

static void sessions_free(struct sessions *sessions)
{
    close_file(sessions);
    session_slot_clear(&sessions->slot);
    free(sessions->path);
    free(sessions->database);
    free(sessions);
}

struct sessions *sessions_enter(const char *database, const struct session_slot *slot, bool make)
{
    struct sessions *sessions = alloc_zero(1, sizeof *sessions);
    sessions->database = alloc_string(database);
    sessions->path = alloc_format("%s.sessions", database);
    sessions->fd = -1;
    sessions->make = make;
    sessions->slot = copy_slot(slot);
    if (enter(sessions))
        return sessions;
    sessions_free(sessions);
    return NULL;
}

void sessions_act(struct sessions *sessions, moment_t acted_at)
{
    sessions->slot.acted_at = acted_at;
    if (sessions->fd >= 0 && is_current(sessions)) {
        write_slot(sessions);
        return;
    }
    close_file(sessions);
    enter(sessions);
}

void sessions_leave(struct sessions *sessions)
{
    static const char nothing[SLOT_BYTES];
    if (sessions == NULL)
        return;
    /* nobody's address is left behind, as far as that can be done */
    if (sessions->fd >= 0 && pwrite(sessions->fd, nothing, SLOT_BYTES, sessions->at) < 0)
        errno = 0;
    sessions_free(sessions);
}

/* --- all ------------------------------------------------------------------------------------- */

static bool read_slot(int fd, off_t at, struct session_slot *out)
{
    char bytes[SLOT_BYTES];
    for (int i = 0; i < LOOKS; i++)
        if (pread(fd, bytes, SLOT_BYTES, at) == SLOT_BYTES && decode(bytes, out))
            return true;
    return false;
}

/* `own`: only those that are earlier; NULL: all. */
static bool is_wanted(const struct sessions *own, const struct session_slot *slot, off_t at)
{
    if (own == NULL)
        return true;
    int64_t later = slot->started_at - own->slot.started_at;
    return later < 0 || later > FUTURE_MS || (later == 0 && at < own->at);
}

static void read_all(int fd, const struct sessions *own, struct session_slot **out, size_t *count)
{
    struct stat is;
    size_t capacity = 0;
    off_t slots = is_file(fd, &is) ? is.st_size / SLOT_BYTES : 0;
    *out = NULL;
    *count = 0;
    for (off_t i = 0; i < slots && i < SESSIONS_MOST; i++) {
        off_t at = i * SLOT_BYTES;
        struct session_slot slot;
        if (lock_slot(fd, F_OFD_GETLK, at, F_WRLCK) != 1 || !read_slot(fd, at, &slot))
            continue;
        if (!is_wanted(own, &slot, at)) {
            session_slot_clear(&slot);
            continue;
        }
        *out = alloc_grow(*out, &capacity, *count + 1, sizeof **out);
        (*out)[(*count)++] = slot;
    }
}

/* A file description of its own: the lock of this process's session is seen like any other. */
void sessions_read(const char *database, struct session_slot **out, size_t *count)
{
    char *path = alloc_format("%s.sessions", database);
    int fd = open(path, O_RDONLY | FLAGS);
    read_all(fd, NULL, out, count);
    if (fd >= 0)
        close(fd);
    free(path);
}

/* In the file of the session: its own lock is in nobody's way. */
void sessions_earlier(const struct sessions *sessions, struct session_slot **out, size_t *count)
{
    read_all(sessions->fd, sessions, out, count);
}
