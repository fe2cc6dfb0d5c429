/* trend_sentence: how it stands, for a person. */
#include "base/language.h"
#include "model/trend.h"

/* "12.5", and "0.04" of what would be none. */
static void add_pace(struct strbuf *out, int64_t hundredths)
{
    int64_t tenths = (hundredths + 5) / 10;
    if (tenths > 0)
        strbuf_format(out, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
    else
        strbuf_format(out, "0.%02lld", (long long)hundredths);
}

static void add_plan(struct strbuf *out, const struct trend *trend)
{
    long long more = trend->open - trend->week[trend->past - 1].planned;
    if (more > 0)
        strbuf_format(out, _(", %lld more than planned"), more);
    else if (more < 0)
        strbuf_format(out, _(", %lld fewer than planned"), -more);
    else
        strbuf_add(out, _(", as planned"));
}

/* What is said in which of the sentences. */
enum { NEVER_UNTIL = 1, PACE_UNTIL = 2, PLAN_UNTIL = 3 };

static void add_pace_and_end(struct strbuf *out, const struct trend *trend)
{
    struct strbuf pace = {0};
    int64_t net = trend->pace_hundredths;
    add_pace(&pace, net < 0 ? -net : net);
    const char *fewer = strbuf_text(&pace);
    if (net > 0 && trend->zero_on != DATE_NONE) {
        int year, month;
        date_parts(trend->zero_on, &year, &month, &(int){0});
        strbuf_format(out,
            _("; %2$s fewer each week of the last %1$d: none left about %3$04d-%4$02d"),
            TREND_PACE_WEEKS, fewer, year, month);
    } else if (net > 0) {
        strbuf_format(out,
            _("; %2$s fewer each week of the last %1$d: at this pace there is no end in sight"),
            TREND_PACE_WEEKS, fewer);
    } else if (net < 0) {
        strbuf_format(out,
            _("; %2$s more each week of the last %1$d: at this pace there is no end"),
            TREND_PACE_WEEKS, fewer);
    } else {
        strbuf_format(out, _("; no fewer in the last %d weeks: at this pace there is no end"),
            TREND_PACE_WEEKS);
    }
    strbuf_clear(&pace);
}

static void add_end(struct strbuf *out, const struct trend *trend, bool with_pace)
{
    if (trend->open_only && with_pace) {
        strbuf_add(out, _("; the filter leaves closed tasks out, only those open now are seen: no "
                          "pace can be told"));
    } else if (trend->open_only) {
        strbuf_add(out, _("; the filter leaves closed tasks out"));
    } else if (with_pace) {
        add_pace_and_end(out, trend);
    } else if (trend->zero_on != DATE_NONE) {
        int year, month;
        date_parts(trend->zero_on, &year, &month, &(int){0});
        strbuf_format(out, _("; at this pace none left about %1$04d-%2$02d"), year, month);
    } else {
        strbuf_add(out, _("; at this pace there is no end in sight"));
    }
}

void trend_sentence_short(const struct trend *trend, int sentence, struct strbuf *out)
{
    long long open = trend->open, never = trend->never_due;
    if (open == 0 || trend->past == 0) {
        strbuf_add(out, _("No task is open."));
        return;
    }
    strbuf_format(out, _("%lld open"), open);
    if (sentence < PLAN_UNTIL)
        add_plan(out, trend);
    add_end(out, trend, sentence < PACE_UNTIL);
    if (never > 0 && sentence < NEVER_UNTIL)
        strbuf_format(out, _("; %lld of the open ones are never due"), never);
    strbuf_add(out, _("."));
}

void trend_sentence(const struct trend *trend, struct strbuf *out)
{
    trend_sentence_short(trend, 0, out);
}
