/* The page: its look, its head, the totals. */
#include <string.h>

#include "base/language.h"
#include "html_parts.h"
#include "model/past.h"
#include "model/units.h"

/* Shades get darker as they get worse, whatever the colour; they are printed where the browser
 * prints grounds, and else the weight tells. Fonts are those that machines here have. */
static const char style[] =
    "@page { size: A4; margin: 16mm 14mm 18mm 14mm;"
    " @bottom-center { content: counter(page) \" / \" counter(pages); font-size: 8pt; } }\n"
    "html { font-size: 9.5pt; }\n"
    "body { margin: 0 auto; max-width: 182mm; color: #111; background: #fff; line-height: 1.4;"
    " font-family: \"Noto Sans CJK SC\", \"Source Han Sans SC\", \"Microsoft YaHei\","
    " \"WenQuanYi Zen Hei\", \"PingFang SC\", sans-serif;"
    " -webkit-print-color-adjust: exact; print-color-adjust: exact; }\n"
    "@media print { body { padding: 0 1pt; } }\n"
    "@media screen { body { padding: 12mm 8mm; } html { background: #e8e8e8; } }\n"
    "header { border-bottom: 2pt solid #111; padding-bottom: 6pt; margin-bottom: 10pt; }\n"
    "h1 { font-size: 19pt; line-height: 1.25; margin: 0 0 4pt 0; text-align: center;"
    " overflow-wrap: anywhere; }\n"
    "header p { margin: 0; text-align: center; overflow-wrap: anywhere; }\n"
    "h2 { font-size: 12.5pt; margin: 16pt 0 6pt 0; break-after: avoid; }\n"
    "h3 { font-size: 10.5pt; margin: 10pt 0 4pt 0; break-after: avoid; }\n"
    "p.remark { font-size: 8pt; color: #444; margin: 3pt 0 6pt 0; }\n"
    "table { border-collapse: collapse; width: 100%; margin: 0 0 8pt 0;"
    " font-variant-numeric: tabular-nums; }\n"
    "thead { display: table-header-group; }\n"
    "tr, svg, .box { break-inside: avoid; }\n"
    "th, td { border: 0.5pt solid #888; padding: 2pt 3pt; text-align: left;"
    " vertical-align: middle; overflow-wrap: break-word; }\n"
    "thead th { background: #e4e4e4; font-weight: 600; text-align: center; line-height: 1.2; }\n"
    "tbody th { font-weight: 400; }\n"
    "td.n { text-align: right; white-space: nowrap; }\n"
    "td.c, th.c { text-align: center; white-space: nowrap; }\n"
    ".totals, .weeks, .ranking, .list, .matrix { table-layout: fixed; }\n"
    ".totals td { font-size: 15pt; font-weight: 600; text-align: center; padding: 3pt; }\n"
    ".matrix { font-size: 8pt; }\n"
    ".matrix .void { border: none; background: none; }\n"
    ".matrix td { text-align: center; padding: 2pt 0; white-space: nowrap; }\n"
    ".matrix thead th { padding: 2pt 1pt; }\n"
    ".matrix .name { width: 18mm; } .matrix .all { width: 15mm; }\n"
    ".matrix tr.all th, .matrix tr.all td, .matrix td.all { font-weight: 600; }\n"
    ".h1 { background: #f4e6d6; }\n"
    ".h2 { background: #e3b98e; font-weight: 600; }\n"
    ".h3 { background: #a4502a; color: #fff; font-weight: 700; }\n"
    ".list { font-size: 8.5pt; }\n"
    ".list .id { width: 15mm; } .list .place { width: 18mm; } .list .lead { width: 26mm; }\n"
    ".list .day { width: 19mm; } .list .left { width: 12mm; } .list .state { width: 14mm; }\n"
    ".ranking .rank { width: 9mm; } .ranking .unit { width: 30mm; }\n"
    ".ranking .score { width: 14mm; }\n"
    ".ranking thead th, .list thead th { font-size: 8pt; padding: 2pt 1pt; }\n"
    "svg { display: block; width: 100%; height: auto; }\n"
    "svg text { font-size: 11px; fill: #111; }\n"
    "footer { font-size: 8pt; color: #444; border-top: 0.5pt solid #888; margin-top: 12pt;"
    " padding-top: 4pt; }\n";

/* --- head and totals ------------------------------------------------------------------------- */

static void add_title(struct strbuf *out, const struct bulletin *bulletin, const char *title)
{
    const struct units *units = model_units(bulletin->model);
    struct strbuf text = {0};
    if (*title != '\0')
        strbuf_add(&text, title);
    else if (units_region_count(units) > 0)
        strbuf_format(&text, _("Environmental rectification, %s"), units_region_at(units, 0)->name);
    html_text(out, strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_moment(struct strbuf *out, const struct model *model)
{
    char when[PAST_ROOM];
    moment_t as_of = model_as_of(model);
    struct date_time now = date_local(date_now());
    char day[11];
    if (as_of != 0)
        strbuf_format(out, _("As of %s"), past_format(as_of, when));
    else
        strbuf_format(
            out, _("As of %s %02d:%02d"), date_format(now.date, day), now.hour, now.minute);
}

static void add_about(struct strbuf *out, const struct bulletin *bulletin)
{
    struct strbuf text = {0};
    add_moment(&text, bulletin->model);
    if (*bulletin->filter != '\0')
        strbuf_format(&text, _("; tasks: %s"), bulletin->filter);
    if (*bulletin->reach != '\0')
        strbuf_format(&text, _("; as %s sees them"), bulletin->reach);
    html_text(out, strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_head(struct strbuf *out, const struct bulletin *bulletin, const char *title)
{
    bool chinese = strcmp(language_current(), "zh") == 0;
    strbuf_format(out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        "<meta http-equiv=\"Content-Security-Policy\" "
        "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>",
        chinese ? "zh-CN" : "en");
    add_title(out, bulletin, title);
    strbuf_format(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<header>\n<h1>", style);
    add_title(out, bulletin, title);
    strbuf_add(out, "</h1>\n<p>");
    html_text(out, _("Bulletin"));
    strbuf_add(out, " · ");
    add_about(out, bulletin);
    strbuf_add(out, "</p>\n</header>\n");
}

static void add_totals(struct strbuf *out, const struct counts *counts)
{
    const struct {
        const char *id, *label;
        int64_t number;
    } totals[] = {
        {"all", _("All"), counts->all},
        {"open", _("Open"), counts->open},
        {"overdue", _("Overdue"), counts->overdue},
        {"due_soon", _("Due soon"), counts->due_soon},
        {"unreported", _("Unreported"), counts->unreported},
        {"returned", _("Sent back"), counts->returned},
        {"submitted", _("In acceptance"),
            counts->state[STATE_SUBMITTED] + counts->state[STATE_IN_REVIEW]},
        {"publicised", _("Before the public"), counts->state[STATE_PUBLICISED]},
        {"closed", _("Closed"), counts->state[STATE_CLOSED]},
    };
    enum { TOTALS = sizeof totals / sizeof *totals };
    html_heading(out, _("How it stands"));
    strbuf_add(out, "<table class=\"totals\"><thead><tr>");
    for (int i = 0; i < TOTALS; i++)
        html_column(out, "", totals[i].label);
    strbuf_add(out, "</tr></thead><tbody><tr>");
    for (int i = 0; i < TOTALS; i++)
        strbuf_format(
            out, "<td id=\"total-%s\">%lld</td>", totals[i].id, (long long)totals[i].number);
    strbuf_add(out, "</tr></tbody></table>\n");
}

void html_bulletin(const struct bulletin *bulletin, const char *title, struct strbuf *out)
{
    add_head(out, bulletin, title);
    add_totals(out, &bulletin->counts);
    html_trend(out, bulletin->trend);
    html_matrix(out, bulletin->matrix);
    html_heading(out, _("Ranking of this month"));
    html_ranking_key(out);
    for (int i = 0; i < CARD_COUNT; i++)
        html_ranking(out, bulletin->card[i]);
    html_overdue(out, bulletin);
    strbuf_add(out, "<footer>");
    html_text(out, _("Made by duban."));
    strbuf_add(out, "</footer>\n</body>\n</html>\n");
}
