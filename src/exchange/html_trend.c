/* The trend: a drawing of lines that differ by their strokes, and the last weeks in numbers. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "html_parts.h"

/* The drawing, in its own units. */
enum { WIDTH = 720, HEIGHT = 250, LEFT = 44, RIGHT = 12, TOP = 14, BOTTOM = 26, STEPS = 4 };
enum { PLOT_WIDTH = WIDTH - LEFT - RIGHT, PLOT_HEIGHT = HEIGHT - TOP - BOTTOM };

struct plot {
    const struct trend *trend;
    size_t count; /* weeks shown */
    int64_t top;  /* the value at the upper edge */
};

/* Tenths of a unit, without a locale's comma. */
static void add_tenths(struct strbuf *out, int64_t tenths)
{
    strbuf_format(out, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

static int64_t across(const struct plot *plot, int64_t days)
{
    int64_t whole = plot->count > 1 ? (int64_t)(plot->count - 1) * 7 : 1;
    return LEFT * 10 + days * PLOT_WIDTH * 10 / whole;
}

static int64_t down(const struct plot *plot, int64_t value)
{
    return TOP * 10 + (plot->top - value) * PLOT_HEIGHT * 10 / plot->top;
}

static void add_point(struct strbuf *out, int64_t x, int64_t y)
{
    add_tenths(out, x);
    strbuf_add_char(out, ',');
    add_tenths(out, y);
    strbuf_add_char(out, ' ');
}

static int64_t nice_top(int64_t most)
{
    static const int64_t steps[] = {1, 2, 3, 4, 5, 8, 10};
    for (int64_t ten = STEPS;; ten *= 10)
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            if (steps[i] * ten >= most)
                return steps[i] * ten;
}

static struct plot plot_of(const struct trend *trend)
{
    struct plot plot = {trend, trend->past + HTML_WEEKS_AHEAD, 1};
    int64_t most = 1;
    plot.count = plot.count < trend->count ? plot.count : trend->count;
    for (size_t i = 0; i < plot.count; i++) {
        const struct trend_week *week = &trend->week[i];
        most = week->open > most ? week->open : most;
        most = week->planned > most ? week->planned : most;
    }
    plot.top = nice_top(most);
    return plot;
}

/* --- axes ------------------------------------------------------------------------------------ */

static void add_scale(struct strbuf *out, const struct plot *plot)
{
    for (int i = 0; i <= STEPS; i++) {
        int64_t value = plot->top * i / STEPS, y = down(plot, value);
        strbuf_format(out, "<line x1=\"%d\" x2=\"%d\" y1=\"", LEFT, WIDTH - RIGHT);
        add_tenths(out, y);
        strbuf_add(out, "\" y2=\"");
        add_tenths(out, y);
        strbuf_format(out, "\" stroke=\"%s\" stroke-width=\"%s\"/>", i == 0 ? "#111" : "#bbb",
            i == 0 ? "1" : "0.5");
        strbuf_format(out, "<text x=\"%d\" y=\"", LEFT - 5);
        add_tenths(out, y + 40);
        strbuf_format(out, "\" text-anchor=\"end\">%lld</text>\n", (long long)value);
    }
}

/* The first week of a month, as many months as have room. */
static void add_months(struct strbuf *out, const struct plot *plot)
{
    int every = plot->count > 110 ? 6 : plot->count > 60 ? 3 : plot->count > 30 ? 2 : 1;
    int64_t last = 0;
    for (size_t i = 0; i < plot->count; i++) {
        int year, month, day;
        date_parts(plot->trend->week[i].starts_on, &year, &month, &day);
        int64_t x = across(plot, (int64_t)i * 7);
        if (day > 7 || (month - 1) % every != 0 || (last > 0 && x - last < 450) ||
            x > (WIDTH - 30) * 10)
            continue;
        last = x;
        strbuf_add(out, "<text x=\"");
        add_tenths(out, x);
        strbuf_format(
            out, "\" y=\"%d\" text-anchor=\"middle\">%04d-%02d</text>\n", HEIGHT - 8, year, month);
    }
}

/* --- lines ----------------------------------------------------------------------------------- */

static int64_t open_of(const struct trend_week *week)
{
    return week->open;
}

static int64_t planned_of(const struct trend_week *week)
{
    return week->planned;
}

static int64_t overdue_of(const struct trend_week *week)
{
    return week->overdue;
}

static void add_line(struct strbuf *out, const struct plot *plot, size_t count,
    int64_t (*value)(const struct trend_week *), const char *stroke)
{
    strbuf_format(out, "<polyline fill=\"none\" %s points=\"", stroke);
    for (size_t i = 0; i < count; i++)
        add_point(out, across(plot, (int64_t)i * 7), down(plot, value(&plot->trend->week[i])));
    strbuf_add(out, "\"/>\n");
}

/* From today's number at today's pace, to none or to the edge. */
static void add_pace(struct strbuf *out, const struct plot *plot, const char *stroke)
{
    const struct trend *trend = plot->trend;
    if (trend->past == 0 || trend->pace_hundredths <= 0 || plot->count <= trend->past)
        return;
    int64_t from = (int64_t)(trend->past - 1) * 7, until = (int64_t)(plot->count - 1) * 7;
    int64_t days = trend->open * 700 / trend->pace_hundredths;
    int64_t left = 0;
    if (from + days > until) {
        days = until - from;
        left = trend->open - trend->pace_hundredths * days / 700;
    }
    strbuf_format(out, "<polyline fill=\"none\" %s points=\"", stroke);
    add_point(out, across(plot, from), down(plot, trend->open));
    add_point(out, across(plot, from + days), down(plot, left));
    strbuf_add(out, "\"/>\n");
}

#define STROKE_OPEN "stroke=\"#111\" stroke-width=\"2.2\""
#define STROKE_PLANNED "stroke=\"#555\" stroke-width=\"1.4\" stroke-dasharray=\"7 4\""
#define STROKE_PACE "stroke=\"#111\" stroke-width=\"1.4\" stroke-dasharray=\"1.5 4\""
#define STROKE_OVERDUE "stroke=\"#a4502a\" stroke-width=\"4\""

static void add_key(struct strbuf *out)
{
    const struct {
        const char *stroke, *label;
    } lines[] = {{STROKE_OPEN, _("Open")}, {STROKE_OVERDUE, _("Overdue")},
        {STROKE_PLANNED, _("Planned")}, {STROKE_PACE, _("At this pace")}};
    strbuf_add(out, "<p class=\"remark\">");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        strbuf_format(out,
            "<svg viewBox=\"0 0 34 8\" style=\"display:inline;width:34px;height:8px\"><line "
            "x1=\"0\" x2=\"34\" y1=\"4\" y2=\"4\" %s/></svg> ",
            lines[i].stroke);
        html_text(out, lines[i].label);
        strbuf_add(out, "  ");
    }
    strbuf_add(out, "</p>\n");
}

static void add_drawing(struct strbuf *out, const struct trend *trend)
{
    struct plot plot = plot_of(trend);
    strbuf_format(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDTH, HEIGHT);
    html_text(out, _("Open tasks week by week, against the plan"));
    strbuf_add(out, "\">\n");
    add_scale(out, &plot);
    add_months(out, &plot);
    if (trend->past > 0 && plot.count > trend->past) {
        int64_t x = across(&plot, (int64_t)(trend->past - 1) * 7);
        strbuf_add(out, "<line x1=\"");
        add_tenths(out, x);
        strbuf_add(out, "\" x2=\"");
        add_tenths(out, x);
        strbuf_format(out, "\" y1=\"%d\" y2=\"%d\" stroke=\"#888\" stroke-width=\"0.7\"/>\n", TOP,
            HEIGHT - BOTTOM);
    }
    add_line(out, &plot, trend->past, overdue_of, STROKE_OVERDUE);
    add_line(out, &plot, plot.count, planned_of, STROKE_PLANNED);
    add_line(out, &plot, trend->past, open_of, STROKE_OPEN);
    add_pace(out, &plot, STROKE_PACE);
    strbuf_add(out, "</svg>\n");
    add_key(out);
}

/* --- in words and numbers -------------------------------------------------------------------- */

static void add_sentence(struct strbuf *out, const struct trend *trend)
{
    struct strbuf text = {0};
    trend_sentence(trend, &text);
    strbuf_add(out, "<p>");
    html_text(out, strbuf_text(&text));
    strbuf_add(out, "</p>\n");
    strbuf_clear(&text);
}

static void add_weeks(struct strbuf *out, const struct trend *trend)
{
    const char *const heads[] = {_("Week from"), _("Open at its end"), _("Planned"), _("Overdue"),
        _("Newly overdue"), _("New or reopened"), _("Closed")};
    size_t first = trend->past > HTML_WEEKS_TOLD ? trend->past - HTML_WEEKS_TOLD : 0;
    strbuf_add(out, "<table class=\"weeks\" id=\"weeks\">\n<thead><tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        html_column(out, "", heads[i]);
    strbuf_add(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = first; i < trend->past; i++) {
        const struct trend_week *week = &trend->week[i];
        char day[11];
        strbuf_format(out, "<tr><th scope=\"row\">%s</th>", date_format(week->starts_on, day));
        const int64_t numbers[] = {week->open, week->planned, week->overdue, week->newly_overdue,
            week->begun, week->closed};
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
            html_number(out, numbers[k]);
        strbuf_add(out, "</tr>\n");
    }
    strbuf_add(out, "</tbody></table>\n");
}

void html_trend(struct strbuf *out, const struct trend *trend)
{
    html_heading(out, _("Where it leads"));
    add_sentence(out, trend);
    if (trend->count > 1)
        add_drawing(out, trend);
    add_weeks(out, trend);
}
