/* What the files of the harness share. */
#ifndef HARNESS_PTY_PRIVATE_H
#define HARNESS_PTY_PRIVATE_H

#include <iconv.h>
#include <termios.h>

#include <vterm.h>

#include "harness/pty.h"

enum { MODES_MOST = 32 };

/* Private modes (CSI ? n h) as the program has set them, and the keypad's. */
struct mode_scan {
    enum { SCAN_TEXT, SCAN_ESCAPE, SCAN_CSI, SCAN_PRIVATE } state;
    int number, numbers[8], count;
    struct {
        int mode;
        bool set;
    } seen[MODES_MOST];
    int seen_count;
    bool keypad;
};
void mode_scan_feed(struct mode_scan *scan, const char *bytes, size_t count);
bool mode_scan_is_set(const struct mode_scan *scan, int mode);
bool mode_scan_is_restored(const struct mode_scan *scan);

/* Bytes a terminal sends for keys; false: `problem` tells which name is unknown. */
bool pty_encode_keys(
    const struct mode_scan *modes, const char *names, struct strbuf *out, struct strbuf *problem);

struct pty {
    int master, slave; /* the slave is ours too, to see its modes; -1 when hung up */
    int settled; /* the pipe's end to read, or the process where remote; -1 when it has ended */
    pid_t process;
    int status;
    bool exited, stopped, mute, unplaced, remote;
    long received;
    int64_t sent_at, came_at; /* pty_clock() of the last input, and of the last bytes read */
    bool held;
    struct strbuf unseen; /* what came while held */
    bool keeps;
    struct strbuf kept;
    bool wide, wraps;
    struct strbuf text; /* a sequence still incomplete */
    char last;          /* the character drawn last, when it is ASCII */
    enum { WRAP_TEXT, WRAP_ESCAPE, WRAP_CONTROL } wrap_state;
    long typed;           /* bytes of input so far, answers to reports included */
    long taken;           /* what the program said last */
    unsigned told;        /* how often it said so */
    struct strbuf unread; /* a number still incomplete */
    struct termios found; /* modes of the line at the start */
    struct mode_scan modes;
    struct strbuf problem;
    iconv_t from, to;      /* charset */
    struct strbuf partial; /* bytes of an unfinished character */
    VTerm *vterm;
    VTermScreen *screen;
    bool cursor_visible;
    long bells;
    struct slow_line *line; /* NULL: everything passes at once */
};

/* A slow line between the two, in pty_line.c. */
struct slow_line *slow_line_new(long rate, long delay_ms);
void slow_line_free(struct slow_line *line);
void slow_line_take(struct slow_line *line, const char *bytes, size_t count); /* the program's */
void slow_line_type(struct slow_line *line, const char *bytes, size_t count);
void slow_line_pass(struct pty *pty); /* all that is due by now */
bool slow_line_is_idle(const struct slow_line *line);
int slow_line_wait(const struct slow_line *line, int most_ms); /* until something is due */

void pty_screen_start(struct pty *pty, int rows, int columns);
void pty_screen_feed(struct pty *pty, const char *bytes, size_t count);

#endif
