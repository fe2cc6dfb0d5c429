#include "link.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define REPORTS_MOST 32
#define AHEAD_MS 100     /* so much beyond the round trip may be on its way */
#define AHEAD_MOST 8192  /* bytes on their way at most: a fast line may turn slow at any moment */
#define OVERDUE_MS 200   /* by which an answer may be late before the line counts as full */
#define PATIENCE_MS 5000 /* for an answer, and if that is more */
#define PATIENCE_TIMES 3 /* so many times what is to be expected */
#define QUIET_MS 1000    /* after which no late answers are to come any more */
#define SLOW_BELOW 3000  /* bytes a second: a row of a full picture takes a tenth of a second */
#define SLOW_UNTIL 5000
#define SAMPLE_LEAST 200 /* bytes: less tells of the round trip, not of the rate */
#define WEIGHT_MOST 4000 /* bytes that the rate is the mean of */
#define SURE_BYTES 1000  /* from which the rate is believed to be slow */
#define FAR_MS 150       /* a round trip that is worth more reports: in pieces of so long, */
#define PIECE_MS 200
#define PIECE_FAR 240  /* but not of fewer bytes; */
#define PIECE_NEAR 900 /* else of so many */
#define UNREPORTED_LEAST 48
#define UNREPORTED_MOST 1024

struct report {
    long bytes; /* behind the report before it */
    long sent_at;
    bool behind; /* another one was outstanding */
};
/* NEW: nothing was answered yet, but may be. SILENT: no answer is believed to belong to anything.
 */
enum mode { NEW, ANSWERING, SILENT };
struct link {
    enum mode mode;
    long assumed;
    struct report reports[REPORTS_MOST]; /* outstanding, the oldest first */
    int count;
    long unreported;      /* bytes behind the last report */
    long clear_at;        /* when all that was sent has arrived, by the clock */
    long answered_at;     /* the last answer */
    long lost;            /* answers that may still come to reports given up */
    bool heard;           /* something was answered behind the last report asked for while silent */
    double weight, spent; /* bytes measured and the milliseconds they took */
    long trip, trip_bytes; /* the shortest round trip, and what was sent with it */
    bool trip_known, slow;
    double jitter;
};

static void give_up(struct link *link)
{
    link->lost = link->count;
    link->count = 0;
    link->mode = SILENT;
    link->heard = false;
    if (link->weight == 0 && link->assumed < SLOW_BELOW)
        link->slow = true;
}

struct link *link_new(long rate, bool answers)
{
    struct link *link = alloc_zero(1, sizeof *link);
    link->assumed = rate > 0 ? rate : LINK_RATE_ASSUMED;
    if (!answers)
        give_up(link);
    return link;
}

void link_free(struct link *link)
{
    free(link);
}

/* --- what is known ------------------------------------------------------------------------- */

static double rate(const struct link *link) /* bytes a millisecond */
{
    return link->weight > 0 ? link->weight / link->spent : (double)link->assumed / 1000;
}

static double time_of(const struct link *link, long bytes)
{
    return (double)bytes / rate(link);
}

/* The round trip of nothing. */
static double base(const struct link *link)
{
    double trip = (double)link->trip - time_of(link, link->trip_bytes);
    return link->trip_known && trip > 0 ? trip : 0;
}

static void add_sample(struct link *link, double bytes, double spent)
{
    link->weight += bytes;
    link->spent += spent;
    if (link->weight > WEIGHT_MOST) {
        link->spent *= WEIGHT_MOST / link->weight;
        link->weight = WEIGHT_MOST;
    }
    if (rate(link) * 1000 > SLOW_UNTIL)
        link->slow = false;
    else if (link->weight >= SURE_BYTES && rate(link) * 1000 < SLOW_BELOW)
        link->slow = true;
}

static double at_least(double value, double least)
{
    return value > least ? value : least;
}

/* Between two answers lies what was sent between the two reports, if the line was busy meanwhile. A
 * report that was sent on an empty line says no more than that the line is not slower than that:
 * what the answer took beyond the round trip can have other reasons. */
static void measure_rate(struct link *link, const struct report *report, long now)
{
    double queued = (double)(now - report->sent_at) - base(link);
    double gap = (double)(now - link->answered_at);
    if (report->bytes < SAMPLE_LEAST)
        return;
    if (report->behind) {
        add_sample(link, (double)report->bytes, at_least(gap < queued ? gap : queued, 1));
        return;
    }
    double spent = at_least(queued, 1);
    bool tells = link->trip_known && queued > 0;
    if (tells && (link->weight == 0 || (double)report->bytes / spent > rate(link)))
        add_sample(link, (double)report->bytes, spent);
}

static void measure_trip(struct link *link, const struct report *report, long now)
{
    long took = now - report->sent_at;
    double empty = (double)took - time_of(link, report->bytes), known = base(link);
    if (!link->trip_known || (double)took - time_of(link, report->bytes) < known) {
        link->trip = took;
        link->trip_bytes = report->bytes;
        link->trip_known = true;
    } else if (!report->behind) {
        double apart = empty - known;
        link->jitter += (apart - link->jitter) / 8;
        link->trip += (long)(apart / 32); /* lines change: what was measured long ago counts less */
    }
}

/* --- sending ------------------------------------------------------------------------------- */

void link_sent(struct link *link, long bytes, long now)
{
    link->unreported += bytes;
    link->clear_at =
        (link->clear_at > now ? link->clear_at : now) + (long)(time_of(link, bytes) + 0.5);
}

bool link_wants_report(const struct link *link, long bytes)
{
    double most = rate(link) * 20;
    most = most < UNREPORTED_LEAST  ? UNREPORTED_LEAST
           : most > UNREPORTED_MOST ? UNREPORTED_MOST
                                    : most;
    return (double)(link->unreported + bytes) > most;
}

long link_piece(const struct link *link)
{
    double most = rate(link) * PIECE_MS;
    if (base(link) < FAR_MS || most > PIECE_NEAR)
        return PIECE_NEAR;
    return most > PIECE_FAR ? (long)most : PIECE_FAR;
}

static void start_anew(struct link *link)
{
    link->mode = ANSWERING;
    link->count = 0;
    link->lost = 0;
}

void link_asked(struct link *link, long now)
{
    if (link->mode == SILENT && link->heard && now - link->answered_at >= QUIET_MS)
        start_anew(link); /* what has not come by now is lost */
    if (link->mode == SILENT) {
        link->lost++;
        link->heard = false;
    } else if (link->count < REPORTS_MOST) {
        link->reports[link->count] = (struct report){link->unreported, now, link->count > 0};
        link->count++;
    } else {
        link->reports[link->count - 1].bytes += link->unreported;
    }
    link->unreported = 0;
}

bool link_answered(struct link *link, long now)
{
    if (link->mode == SILENT ? link->lost == 0 : link->count == 0)
        return false;
    if (link->mode == SILENT) {
        link->heard = true;
        if (--link->lost == 0)
            start_anew(link);
    } else {
        struct report report = link->reports[0];
        memmove(link->reports, link->reports + 1, (size_t)--link->count * sizeof *link->reports);
        measure_rate(link, &report, now);
        measure_trip(link, &report, now);
        link->mode = ANSWERING;
    }
    link->answered_at = now;
    return true;
}

/* --- when ---------------------------------------------------------------------------------- */

static double expected(const struct link *link)
{
    long bytes = 0;
    for (int i = 0; i < link->count; i++)
        bytes += link->reports[i].bytes;
    return base(link) + time_of(link, bytes);
}

/* When the bytes of the oldest report began to be answered for. */
static double begun_at(const struct link *link)
{
    double alone = (double)link->reports[0].sent_at + base(link),
           answered = (double)link->answered_at;
    return answered > alone ? answered : alone;
}

/* When there is room for a picture, should no answer come before; it can be past. Where answers
 * take long, the line is believed to go on between two of them as it did, but not beyond the report
 * that is to be answered next; so it need not run empty, and no more than fills it is sent.
 * `never`: only an answer makes room, or it is overdue. */
static double room_at(const struct link *link, long now, double never)
{
    bool far = base(link) >= FAR_MS;
    double most = rate(link) * (base(link) + (far ? 0 : AHEAD_MS)), bytes = 0;
    if (link->count == 0)
        return (double)now;
    for (int i = 0; i < link->count; i++)
        bytes += (double)link->reports[i].bytes;
    double more = bytes - (most < AHEAD_MOST ? most : AHEAD_MOST);
    double oldest = (double)link->reports[0].bytes, begun = begun_at(link);
    double due = begun + oldest / rate(link) + OVERDUE_MS;
    if (more > (far ? oldest : 0) || (double)now > due || link->count == REPORTS_MOST)
        return never;
    return more > 0 ? begun + more / rate(link) : (double)now;
}

static long until(double when, long now)
{
    double left = when - (double)now;
    return left > 0 ? (long)(left + 0.999) : 0;
}

long link_wait(struct link *link, long now)
{
    if (link->mode != SILENT && link->count > 0) {
        bool answers = link->mode == ANSWERING;
        double patience = at_least(PATIENCE_MS, PATIENCE_TIMES * expected(link));
        double since = at_least((double)link->reports[0].sent_at, (double)link->answered_at);
        long left = until(since + patience, now);
        long room = answers ? until(room_at(link, now, since + patience + 1), now) : left;
        if (answers && (room == 0 || left > 0))
            return room < left ? room : left;
        if (left == 0)
            give_up(link);
    }
    return link->mode == ANSWERING ? 0 : until((double)(link->clear_at - AHEAD_MS), now);
}

struct link_figures link_figures(const struct link *link)
{
    return (struct link_figures){
        .round_trip = link->trip_known ? (long)(base(link) + 0.5) : -1,
        .rate = link->weight > 0 ? (long)(rate(link) * 1000 + 0.5) : 0,
        .jitter = (long)(link->jitter + 0.5),
        .silent = link->mode == SILENT,
        .slow = link->slow,
    };
}
