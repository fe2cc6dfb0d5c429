/* link: how fast the line is, and when it has room for a picture. It knows no clock and no device:
 * the caller says what was sent and answered, and what time it is, in milliseconds.
 *
 * Behind a picture the terminal is asked for a status report (CSI 5 n) which it answers when it has
 * come so far. Nobody waits for the answer, but as long as more is on its way than the line takes
 * in its round trip and a tenth of a second, pictures are held, and only the newest goes when there
 * is room: keys held down on a slow line leave nothing behind that has yet to be drawn.
 *
 * The rate comes from what lies between two answers, so that a program or a terminal that stood
 * still for a moment is not taken for a slow line. A terminal that has never answered is paced by
 * time, and so is one that has stopped, until it answers again. Answers that nobody asked for count
 * for nothing. */
#ifndef UI_LINK_H
#define UI_LINK_H

#include <stdbool.h>

#define LINK_RATE_ASSUMED 1200 /* bytes a second: 9600 baud */

struct link;
/* `rate` in bytes a second is believed until another is measured; 0: LINK_RATE_ASSUMED. `answers`:
 * the terminal may be asked for reports. */
struct link *link_new(long rate, bool answers);
void link_free(struct link *link);

/* So many bytes were handed to the line. */
void link_sent(struct link *link, long bytes, long now);
/* Whether it is worth asking for a report when `bytes` more have been sent. Small pictures go
 * without until there is enough of them, so that a fast line pays next to nothing. */
bool link_wants_report(const struct link *link, long bytes);
/* Bytes of a large picture after which a report is worth it: what lies between two answers tells
 * the rate, and on a slow line with a long round trip the next picture need not wait for the whole
 * one. */
long link_piece(const struct link *link);
/* A report was asked for, behind all that was sent. */
void link_asked(struct link *link, long now);
/* An answer came. False: to nothing that was asked. */
bool link_answered(struct link *link, long now);
/* Milliseconds until a picture may go if no answer comes before; 0 now. It is never without end. */
long link_wait(struct link *link, long now);

struct link_figures {
    long round_trip; /* of an empty line, milliseconds; -1 unknown */
    long rate;       /* bytes a second; 0 unknown */
    long jitter;     /* by which round trips differ, milliseconds */
    bool silent;     /* no answer, or none any more: paced by time */
    bool slow;       /* so that a lean picture is worth it; with hysteresis */
};
struct link_figures link_figures(const struct link *link);

#endif
