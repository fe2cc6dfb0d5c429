/* A slow line between the program and the terminal: bytes come out at a rate by the clock, what is
 * typed and answered arrives after a delay. It takes all the program writes at once and keeps it,
 * as sshd and its buffers do: a program that does not pace itself has no end of it before it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/pty_private.h"

/* Bytes that are due together. */
struct parcel {
    int64_t due;
    size_t end; /* in `typed` */
};
struct slow_line {
    int64_t byte_ns, delay_ns;
    struct strbuf coming, typed;
    size_t shown, sent; /* of them */
    int64_t last_due;   /* when the last byte of `coming` is through */
    struct parcel *parcel;
    size_t first, count, capacity;
};

struct slow_line *slow_line_new(long rate, long delay_ms)
{
    struct slow_line *line = alloc_zero(1, sizeof *line);
    line->byte_ns = INT64_C(1000000000) / rate;
    line->delay_ns = delay_ms * INT64_C(1000000);
    return line;
}

void slow_line_free(struct slow_line *line)
{
    if (line == NULL)
        return;
    strbuf_clear(&line->coming);
    strbuf_clear(&line->typed);
    free(line->parcel);
    free(line);
}

void slow_line_take(struct slow_line *line, const char *bytes, size_t count)
{
    int64_t now = pty_clock();
    line->last_due = line->last_due > now ? line->last_due : now;
    line->last_due += (int64_t)count * line->byte_ns;
    strbuf_add_n(&line->coming, bytes, count);
}

void slow_line_type(struct slow_line *line, const char *bytes, size_t count)
{
    if (line->count == line->capacity) {
        line->capacity = line->capacity * 2 + 64;
        line->parcel = alloc_resize(line->parcel, line->capacity, sizeof *line->parcel);
    }
    strbuf_add_n(&line->typed, bytes, count);
    line->parcel[line->count++] = (struct parcel){pty_clock() + line->delay_ns, line->typed.length};
}

/* When byte number `at` of what comes is through. */
static int64_t due_of(const struct slow_line *line, size_t at)
{
    return line->last_due - (int64_t)(line->coming.length - 1 - at) * line->byte_ns;
}

static void pass_typed(struct pty *pty, struct slow_line *line)
{
    while (line->first < line->count && line->parcel[line->first].due <= pty_clock()) {
        size_t end = line->parcel[line->first].end;
        ssize_t sent = write(pty->master, line->typed.text + line->sent, end - line->sent);
        line->sent += sent > 0 ? (size_t)sent : 0;
        if (line->sent < end)
            return;
        line->first++;
    }
}

void slow_line_pass(struct pty *pty)
{
    struct slow_line *line = pty->line;
    int64_t now = pty_clock();
    size_t from = line->shown;
    while (line->shown < line->coming.length && due_of(line, line->shown) <= now)
        line->shown++;
    if (line->shown > from) {
        pty->came_at = due_of(line, line->shown - 1);
        pty_screen_feed(pty, line->coming.text + from, line->shown - from);
    }
    if (line->shown == line->coming.length) {
        line->shown = 0;
        strbuf_cut(&line->coming, 0);
    }
    pass_typed(pty, line);
}

bool slow_line_is_idle(const struct slow_line *line)
{
    return line->coming.length == 0 && line->first == line->count;
}

int slow_line_wait(const struct slow_line *line, int most_ms)
{
    int64_t now = pty_clock(), next = INT64_MAX;
    if (line->shown < line->coming.length)
        next = due_of(line, line->shown);
    if (line->first < line->count && line->parcel[line->first].due < next)
        next = line->parcel[line->first].due;
    if (next == INT64_MAX)
        return most_ms;
    int64_t wait = next <= now ? 0 : (next - now + 999999) / 1000000;
    return wait < most_ms ? (int)wait : most_ms;
}
