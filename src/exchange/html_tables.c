/* The tables of the page: cities by departments, rankings, what is overdue. */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "html_parts.h"
#include "model/units.h"

/* --- cities by departments ------------------------------------------------------------------- */

struct shown {
    const struct matrix *matrix;
    size_t *rows, *columns, row_count, column_count; /* as they are shown */
    size_t first, last;                              /* columns of this table */
};

static void add_cell(struct strbuf *out, const struct shown *shown, const struct matrix_cell *cell,
    const char *class, const char *headers)
{
    int heat = matrix_heat(shown->matrix->measure, cell);
    struct strbuf text = {0};
    matrix_text(shown->matrix->measure, cell, &text);
    strbuf_format(out, "<td headers=\"%s\"", headers);
    if (heat > 0)
        strbuf_format(out, " class=\"%s%sh%d\"", class, *class ? " " : "", heat);
    else if (*class)
        strbuf_format(out, " class=\"%s\"", class);
    strbuf_format(out, ">%s</td>", strbuf_text(&text));
    strbuf_clear(&text);
}

/* The last table of several is as wide as the others. */
static void end_row(struct strbuf *out, const struct shown *shown)
{
    for (size_t i = shown->last; shown->first > 0 && i < shown->first + HTML_COLUMNS; i++)
        strbuf_add(out, "<td class=\"void\"></td>");
    strbuf_add(out, "</tr>\n");
}

static void add_matrix_head(struct strbuf *out, const struct shown *shown)
{
    strbuf_add(out, "<thead><tr>");
    html_column(out, "name", _("Place"));
    html_column(out, "all", _("Together"));
    for (size_t i = shown->first; i < shown->last; i++) {
        strbuf_format(out, "<th scope=\"col\" id=\"m-c%zu\">", i);
        html_text(out, shown->matrix->columns[shown->columns[i]].label);
        strbuf_add(out, "</th>");
    }
    end_row(out, shown);
    strbuf_add(out, "</thead>\n");
}

static void add_total_row(struct strbuf *out, const struct shown *shown)
{
    char headers[48];
    strbuf_format(out, "<tr class=\"all\"><th scope=\"row\">%s</th>", _("Together"));
    add_cell(out, shown, &shown->matrix->total, "all", "m-all");
    for (size_t i = shown->first; i < shown->last; i++) {
        snprintf(headers, sizeof headers, "m-all m-c%zu", i);
        add_cell(out, shown, &shown->matrix->columns[shown->columns[i]].total, "", headers);
    }
    end_row(out, shown);
}

static void add_matrix_row(struct strbuf *out, const struct shown *shown, size_t row)
{
    const struct matrix_line *line = &shown->matrix->rows[shown->rows[row]];
    char headers[48];
    strbuf_format(out, "<tr><th scope=\"row\" id=\"m-r%zu-%zu\">", row, shown->first);
    html_text(out, line->label);
    strbuf_add(out, "</th>");
    snprintf(headers, sizeof headers, "m-r%zu", row);
    add_cell(out, shown, &line->total, "all", headers);
    for (size_t i = shown->first; i < shown->last; i++) {
        snprintf(headers, sizeof headers, "m-r%zu m-c%zu", row, i);
        add_cell(out, shown, matrix_cell(shown->matrix, shown->rows[row], shown->columns[i]), "",
            headers);
    }
    end_row(out, shown);
}

static void add_matrix_table(struct strbuf *out, const struct shown *shown)
{
    strbuf_add(out, "<table class=\"matrix\">\n");
    add_matrix_head(out, shown);
    strbuf_add(out, "<tbody>\n");
    add_total_row(out, shown);
    for (size_t row = 0; row < shown->row_count; row++)
        add_matrix_row(out, shown, row);
    strbuf_add(out, "</tbody></table>\n");
}

void html_matrix(struct strbuf *out, const struct matrix *matrix)
{
    struct shown shown = {.matrix = matrix};
    shown.rows = alloc_zero(matrix->row_count + 1, sizeof *shown.rows);
    shown.columns = alloc_zero(matrix->column_count + 1, sizeof *shown.columns);
    shown.row_count = matrix_order(matrix, false, NULL, shown.rows);
    shown.column_count = matrix_order(matrix, true, NULL, shown.columns);
    html_heading(out, _("Overdue by place and department"));
    html_remark(out, _("Overdue of open, worst first. A task of several places counts in each of "
                       "them and once in the totals. The darker and the heavier, the larger the "
                       "share: from 10 percent, from 30 percent."));
    size_t most = shown.column_count < HTML_COLUMNS_MOST ? shown.column_count : HTML_COLUMNS_MOST;
    for (shown.first = 0; shown.first == 0 || shown.first < most; shown.first += HTML_COLUMNS) {
        shown.last = shown.first + HTML_COLUMNS < most ? shown.first + HTML_COLUMNS : most;
        add_matrix_table(out, &shown);
    }
    if (most < shown.column_count) {
        size_t left = shown.column_count - most;
        char *text = alloc_format(ngettext("%zu more department is in \"duban matrix\".",
                                      "%zu more departments are in \"duban matrix\".", left),
            left);
        html_remark(out, text);
        free(text);
    }
    free(shown.rows);
    free(shown.columns);
}

/* --- ranking --------------------------------------------------------------------------------- */

static void add_score(struct strbuf *out, int score)
{
    struct strbuf text = {0};
    score_format(score, &text);
    strbuf_format(out, "<td class=\"n\">%s</td>", strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_unit(struct strbuf *out, const struct score_line *line)
{
    if (line->rank > 0)
        strbuf_format(out, "<tr><td class=\"c\">%d</td><th scope=\"row\">", line->rank);
    else
        strbuf_add(out, "<tr><td class=\"c\">–</td><th scope=\"row\">");
    html_text(out, line->label);
    strbuf_add(out, "</th>");
    add_score(out, line->month[SCORE_THIS].score);
    add_score(out, line->month[SCORE_LAST].score);
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++) {
        struct strbuf text = {0};
        score_text((enum score_column)i, &line->month[SCORE_THIS].value[i], &text);
        strbuf_format(out, "<td class=\"n\">%s</td>", strbuf_text(&text));
        strbuf_clear(&text);
    }
    strbuf_add(out, "</tr>\n");
}

/* The heads are short: what they mean. */
void html_ranking_key(struct strbuf *out)
{
    struct strbuf text = {0};
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++)
        strbuf_format(&text, "%s%s%s%s", i > 0 ? _("; ") : "", _(score_columns[i].head), _(": "),
            _(score_columns[i].label));
    html_remark(out, strbuf_text(&text));
    strbuf_clear(&text);
}

void html_ranking(struct strbuf *out, const struct scorecard *card)
{
    size_t shown = card->count < HTML_UNITS_MOST ? card->count : HTML_UNITS_MOST;
    strbuf_add(out, "<h3>");
    html_text(out, _(score_units[card->units].label));
    strbuf_format(out, "</h3>\n<table class=\"ranking\" id=\"ranking-%s\">\n<thead><tr>",
        score_units[card->units].name);
    html_column(out, "rank", _("Rank"));
    html_column(out, "unit", _("Unit"));
    html_column(out, "score", _("Score"));
    html_column(out, "score", _("Last month"));
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++)
        html_column(out, "", _(score_columns[i].head));
    strbuf_add(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < shown; i++)
        add_unit(out, &card->line[i]);
    strbuf_add(out, "</tbody></table>\n");
    if (shown < card->count) {
        size_t left = card->count - shown;
        char *text = alloc_format(
            ngettext("%zu more unit is left out.", "%zu more units are left out.", left), left);
        html_remark(out, text);
        free(text);
    }
}

/* --- overdue --------------------------------------------------------------------------------- */

static void add_text_cell(struct strbuf *out, const char *text)
{
    strbuf_add(out, "<td>");
    html_text(out, text);
    strbuf_add(out, "</td>");
}

static void add_place(struct strbuf *out, const struct units *units, const struct task_row *row)
{
    const struct region *region = units_region(units, row->region_id);
    struct strbuf text = {0};
    strbuf_add(&text, region ? region->shown : "");
    if (row->regions > 1)
        strbuf_format(&text, "+%d", row->regions - 1);
    add_text_cell(out, strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_task(struct strbuf *out, struct model *model, const struct task_row *row)
{
    const struct units *units = model_units(model);
    const struct department *lead = units_department(units, row->lead_id);
    char day[11];
    bool has;
    int left = task_days_left(row, model_today(model), &has);
    strbuf_add(out, "<tr><th scope=\"row\">");
    html_text(out, row->ident);
    strbuf_add(out, "</th>");
    add_text_cell(out, row->title);
    add_place(out, units, row);
    add_text_cell(out, lead ? lead->shown : "");
    strbuf_format(out, "<td class=\"c\">%s</td>", date_format(row->due_on, day));
    html_number(out, -left);
    strbuf_format(out, "<td class=\"c\">%s</td><td class=\"n\">%d%%</td></tr>\n",
        task_state_brief(row), row->percent);
}

static void add_left_out(struct strbuf *out, const struct bulletin *bulletin)
{
    int64_t left = bulletin->counts.overdue - (int64_t)bulletin->overdue_count;
    if (left <= 0)
        return;
    char *text =
        alloc_format(_("The %zu longest overdue; %lld more are in \"duban list overdue\"."),
            bulletin->overdue_count, (long long)left);
    html_remark(out, text);
    free(text);
}

void html_overdue(struct strbuf *out, const struct bulletin *bulletin)
{
    static const struct {
        const char *class, *head;
    } columns[] = {{"id", N_("No.")}, {"", N_("Task")}, {"place", N_("Region")},
        {"lead", N_("Lead")}, {"day", N_("Due")}, {"left", N_("Days overdue")},
        {"state", N_("State")}, {"left", N_("Done")}};
    html_heading(out, _("Overdue tasks, longest first"));
    if (bulletin->overdue_count == 0) {
        html_remark(out, _("There is none."));
        return;
    }
    add_left_out(out, bulletin);
    strbuf_add(out, "<table class=\"list\" id=\"overdue\">\n<thead><tr>");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        html_column(out, columns[i].class, _(columns[i].head));
    strbuf_add(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < bulletin->overdue_count; i++)
        add_task(out, bulletin->model, &bulletin->overdue[i]);
    strbuf_add(out, "</tbody></table>\n");
}
