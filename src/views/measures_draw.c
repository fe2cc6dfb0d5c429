/* The picture of the editor of measures: number, tick, words and dates; below them the box. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "frame.h"
#include "measures_parts.h"

enum {
    HEAD_ROWS = 3, /* header, title, heads */
    FOOT_ROWS = 2, /* notice, footer */
    LINES_MOST = 2,
    LINES_MOST_HIGH = 3,
    HIGH_ROWS = 30,
    WIDE_COLUMNS = 72,
    TEXT_BOX_ROWS = 7,
    LINE_BOX_ROWS = 2,
};

/* Columns from the left: selection, lateness, number, what is not saved, tick, words, due, done. */
struct columns {
    int number, number_width, mark, tick, text, text_width, due, done, date_width;
};

/* One measure laid out. */
struct block {
    char *text, *waived; /* scrubbed; waived NULL: it is not */
    struct text_lines lines, waived_lines;
    int text_rows, waived_rows;
};

static struct columns columns_of(const struct measures *measures)
{
    int last =
        measures->mine.count ? measure_list_position(&measures->base, measures->mine.count - 1) : 1;
    struct columns at = {.number = 2, .number_width = last > 99 ? 3 : 2};
    int head = text_width(_("Due")), wide = measures->area.columns >= WIDE_COLUMNS;
    at.date_width = wide ? 10 : 8;
    at.date_width = head > at.date_width ? head : at.date_width;
    at.mark = at.number + at.number_width;
    at.tick = at.mark + 1;
    at.text = at.tick + 2;
    at.done = measures->area.columns - 1 - at.date_width;
    at.due = at.done - 1 - at.date_width;
    at.text_width = at.due - 1 - at.text;
    return at;
}

/* --- what a measure takes -------------------------------------------------------------------- */

static char *scrubbed(const char *text, enum text_scrub_flags flags)
{
    struct strbuf out = {0};
    text_scrub(&out, text, strlen(text), flags);
    strbuf_add(&out, "");
    return strbuf_take(&out);
}

static int at_most(size_t rows, int most)
{
    return rows < (size_t)most ? (int)rows : most;
}

static int list_rows(const struct measures *measures);

/* The selected one whole, as far as the screen goes. */
static struct block block_make(const struct measures *measures, size_t index, int columns)
{
    const struct measure_row *row = &measures->mine.row[index];
    bool selected = index == measures->selected;
    int lines = measures->area.rows >= HIGH_ROWS ? LINES_MOST_HIGH : LINES_MOST;
    int most = selected ? list_rows(measures) : lines;
    struct block block = {.text = scrubbed(row->value[MEASURE_TEXT], TEXT_LINES)};
    text_wrap(&block.lines, block.text, columns);
    block.text_rows = at_most(block.lines.count, most);
    if (!*row->value[MEASURE_WAIVED])
        return block;
    char *reason = scrubbed(row->value[MEASURE_WAIVED], TEXT_ONE_LINE);
    block.waived = alloc_format(_("waived: %s"), reason);
    free(reason);
    text_wrap(&block.waived_lines, block.waived, columns);
    block.waived_rows = at_most(block.waived_lines.count, selected ? most : 1);
    if (block.text_rows + block.waived_rows > most && selected)
        block.waived_rows = most - block.text_rows;
    return block;
}

static void block_clear(struct block *block)
{
    free(block->text);
    free(block->waived);
    text_lines_clear(&block->lines);
    text_lines_clear(&block->waived_lines);
}

static int block_rows(const struct measures *measures, size_t index)
{
    struct block block = block_make(measures, index, columns_of(measures).text_width);
    int rows = block.text_rows + block.waived_rows;
    block_clear(&block);
    return rows;
}

/* --- where things stand ---------------------------------------------------------------------- */

static int body_rows(const struct measures *measures)
{
    int rows = measures->area.rows - HEAD_ROWS - FOOT_ROWS;
    return rows > 1 ? rows : 1;
}

/* A line and the form below it; 0: the box is closed. */
static int box_rows(const struct measures *measures)
{
    if (!measures->box.form)
        return 0;
    const char *first = form_name(measures->box.form, 0);
    bool text = strcmp(first, measure_field_names[MEASURE_TEXT]) == 0;
    int wanted = 1 + (text ? TEXT_BOX_ROWS : LINE_BOX_ROWS), most = body_rows(measures) - 1;
    return wanted < most ? wanted : most > 1 ? most : 1;
}

static int list_rows(const struct measures *measures)
{
    int rows = body_rows(measures) - box_rows(measures);
    return rows > 1 ? rows : 1;
}

void measures_place(struct measures *measures)
{
    int rows = 0, most = list_rows(measures);
    size_t first = measures->selected;
    if (measures->area.rows < FRAME_LEAST_ROWS || measures->area.columns < FRAME_LEAST_COLUMNS)
        return;
    if (measures->box.form)
        form_resize(measures->box.form, box_rows(measures) > 1 ? box_rows(measures) - 1 : 1,
            measures->area.columns - 2);
    if (measures->mine.count == 0) {
        measures->top = 0;
        return;
    }
    /* as many before the selected one as there is room for */
    rows = block_rows(measures, first);
    while (first > 0 && rows + block_rows(measures, first - 1) <= most)
        rows += block_rows(measures, --first);
    if (measures->top < first)
        measures->top = first;
    if (measures->top > measures->selected)
        measures->top = measures->selected;
    /* nothing scrolled off where all there is would fit */
    for (rows = 0, first = measures->mine.count;
         first > 0 && (rows += block_rows(measures, first - 1)) <= most;)
        first--;
    if (measures->top > first)
        measures->top = first;
}

size_t measures_page(const struct measures *measures)
{
    int rows = 0;
    size_t index = measures->top;
    while (index < measures->mine.count &&
           (rows += block_rows(measures, index)) <= list_rows(measures))
        index++;
    size_t shown = index - measures->top;
    return shown > 1 ? shown - 1 : 1;
}

/* --- rows ------------------------------------------------------------------------------------ */

static date_t date_of(const struct measure_row *row, enum measure_field field)
{
    date_t date;
    return date_parse(row->value[field], &date) ? date : DATE_NONE;
}

static bool is_done(const struct measure_row *row)
{
    return *row->value[MEASURE_DONE] || *row->value[MEASURE_WAIVED];
}

/* Where there is little room the century, or the whole year if it is this one, goes without saying.
 */
static void draw_date(const struct measures *measures, struct canvas *canvas, int row, int column,
    enum role role, const struct columns *at, date_t date)
{
    int year, month, day, this_year;
    char text[16] = "";
    if (date == DATE_NONE)
        return;
    date_parts(model_today(measures->env->model)->date, &this_year, &month, &day);
    date_parts(date, &year, &month, &day);
    if (at->date_width >= 10)
        date_format(date, text);
    else if (year == this_year)
        snprintf(text, sizeof text, "%02d-%02d", month, day);
    else
        snprintf(text, sizeof text, "%02d-%02d-%02d", year % 100, month, day);
    canvas_put_right(canvas, row, column, at->date_width, role, text);
}

static void draw_lines(struct canvas *canvas, struct rect at, enum role role, const char *text,
    const struct text_lines *lines)
{
    for (int i = 0; i < at.rows; i++) {
        const struct text_line *line = &lines->line[i];
        bool cut = i == at.rows - 1 && (size_t)i + 1 < lines->count;
        char *shown = alloc_string_n(text + line->start, line->bytes);
        int used = canvas_put(canvas, at.row + i, at.column, at.columns - cut, role, shown);
        if (cut)
            canvas_put(canvas, at.row + i, at.column + used, 1, role,
                canvas_glyph(canvas, GLYPH_ELLIPSIS));
        free(shown);
    }
}

static void draw_selected(const struct measures *measures, struct canvas *canvas, struct rect whole)
{
    bool lean = measures->env->settings->lean;
    canvas_put(canvas, whole.row, whole.column, 1, lean ? ROLE_NORMAL : ROLE_SELECTED,
        canvas_glyph(canvas, GLYPH_CURSOR));
    if (!lean)
        canvas_set_role(canvas, whole, ROLE_SELECTED);
    if (!measures->box.form)
        canvas_cursor(canvas, whole.row, whole.column, true);
}

/* Draws as much of the block as there is room for; returns the row below it. */
static int draw_measure(
    const struct measures *measures, size_t index, struct canvas *canvas, int row, int end)
{
    const struct measure_row *measure = &measures->mine.row[index];
    struct columns at = columns_of(measures);
    struct block block = block_make(measures, index, at.text_width);
    int left = measures->area.column, number = measure_list_position(&measures->base, index);
    date_t due = date_of(measure, MEASURE_DUE);
    bool late =
        !is_done(measure) && due != DATE_NONE && due < model_today(measures->env->model)->date;
    struct rect text = {
        row, left + at.text, at_most((size_t)block.text_rows, end - row), at.text_width};
    char digits[16];
    snprintf(digits, sizeof digits, "%d", number);
    if (late)
        canvas_format(canvas, row, left + 1, 1, ROLE_OVERDUE, "%c", lights[LIGHT_OVERDUE].glyph);
    canvas_put_right(canvas, row, left + at.number, at.number_width, ROLE_LABEL, digits);
    if (measure_list_is_changed(&measures->base, measure))
        canvas_put(canvas, row, left + at.mark, 1, ROLE_CHANGED, "*");
    canvas_put(canvas, row, left + at.tick, 1, is_done(measure) ? ROLE_OK : ROLE_NORMAL,
        canvas_glyph(canvas, is_done(measure) ? GLYPH_DONE : GLYPH_TODO));
    draw_lines(canvas, text, ROLE_NORMAL, block.text, &block.lines);
    draw_date(measures, canvas, row, left + at.due, late ? ROLE_OVERDUE : ROLE_NORMAL, &at, due);
    draw_date(
        measures, canvas, row, left + at.done, ROLE_NORMAL, &at, date_of(measure, MEASURE_DONE));
    int below = row + text.rows;
    struct rect waived = {
        below, text.column, at_most((size_t)block.waived_rows, end - below), at.text_width};
    if (waived.rows > 0)
        draw_lines(canvas, waived, ROLE_DIM, block.waived, &block.waived_lines);
    below += waived.rows;
    if (index == measures->selected)
        draw_selected(
            measures, canvas, (struct rect){row, left, below - row, measures->area.columns});
    block_clear(&block);
    return below;
}

static void draw_list(const struct measures *measures, struct canvas *canvas, struct rect area)
{
    int row = area.row + HEAD_ROWS, end = row + list_rows(measures);
    if (measures->mine.count == 0) {
        canvas_put(canvas, row, area.column + 2, area.columns - 3, ROLE_DIM,
            _("There is no measure yet; a adds one"));
        if (!measures->box.form)
            canvas_cursor(canvas, row, area.column, true);
    }
    for (size_t i = measures->top; i < measures->mine.count && row < end; i++)
        row = draw_measure(measures, i, canvas, row, end);
}

/* --- around them ----------------------------------------------------------------------------- */

static void draw_heads(const struct measures *measures, struct canvas *canvas, struct rect area)
{
    struct columns at = columns_of(measures);
    int row = area.row + 2;
    canvas_fill(canvas, (struct rect){row, area.column, 1, area.columns}, ROLE_COLUMN_HEAD, ' ');
    canvas_put(canvas, row, area.column + at.text, at.text_width, ROLE_COLUMN_HEAD, _("Measure"));
    canvas_put_right(canvas, row, area.column + at.due, at.date_width, ROLE_COLUMN_HEAD, _("Due"));
    canvas_put_right(
        canvas, row, area.column + at.done, at.date_width, ROLE_COLUMN_HEAD, _("Done"));
}

static void draw_title(const struct measures *measures, struct canvas *canvas, struct rect area)
{
    size_t done = 0;
    int row = area.row + 1, end = area.column + area.columns - 1;
    for (size_t i = 0; i < measures->mine.count; i++)
        done += *measures->mine.row[i].value[MEASURE_DONE] != '\0';
    char *count = alloc_format(_("Measures %zu/%zu"), done, measures->mine.count);
    char *title = alloc_format("%s  %s", measures->task->row.ident, measures->task->row.title);
    int width = text_width(count);
    canvas_put_right(canvas, row, end - width, width, ROLE_LABEL, count);
    canvas_put(canvas, row, area.column + 1, end - width - area.column - 3, ROLE_TITLE, title);
    free(count);
    free(title);
}

static void draw_notice(const struct measures *measures, struct canvas *canvas, struct rect area)
{
    int row = area.row + area.rows - 2;
    const char *text = measures->gone
                           ? _("This task is no longer in the database; this is its last picture.")
                           : measures->notice;
    if (frame_trouble(measures->env, canvas, row, area) || !text)
        return;
    canvas_fill(canvas, (struct rect){row, area.column, 1, area.columns}, ROLE_WARNING, ' ');
    canvas_put(canvas, row, area.column + 1, area.columns - 2, ROLE_WARNING, text);
}

static void draw_footer(const struct measures *measures, struct canvas *canvas, struct rect area)
{
    const char *right = measures_is_edited(measures) ? _("not saved") : "";
    if (measures->box.form)
        frame_footer_text(_("C-s takes it  Esc leaves it"), right, canvas, area);
    else if (measures->asking)
        frame_footer_text(_("Not saved: s save  x drop  Esc go on"), "", canvas, area);
    else
        frame_footer_of(
            measures->env, CONTEXT_MEASURES, measures_offers, measures, right, canvas, area);
}

static void draw_box(const struct measures *measures, struct canvas *canvas, struct rect area)
{
    const struct measures_box *box = &measures->box;
    int rows = box_rows(measures), row = area.row + area.rows - FOOT_ROWS - rows;
    char *title =
        box->adding
            ? alloc_format(_("New measure %d"), measure_list_position(&measures->base, box->at))
            : alloc_format(_("Measure %d"), measure_list_position(&measures->base, box->at));
    canvas_fill(canvas, (struct rect){row, area.column, rows, area.columns}, ROLE_NORMAL, ' ');
    canvas_fill(canvas, (struct rect){row, area.column, 1, area.columns}, ROLE_COLUMN_HEAD, ' ');
    canvas_put(canvas, row, area.column + 1, area.columns - 2, ROLE_COLUMN_HEAD, title);
    free(title);
    if (rows > 1)
        form_draw(
            box->form, canvas, (struct rect){row + 1, area.column + 1, rows - 1, area.columns - 2});
}

void measures_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct measures *measures = (const struct measures *)view;
    struct frame_state state = {.officer = model_duty_officer(measures->env->model)};
    if (!frame_fits(canvas, area))
        return;
    draw_title(measures, canvas, area);
    draw_heads(measures, canvas, area);
    draw_list(measures, canvas, area);
    if (measures->gone || model_freshness(measures->env->model)->state == FRESH_STALE)
        canvas_dim(canvas,
            (struct rect){area.row + 1, area.column, body_rows(measures) + 2, area.columns});
    if (measures->box.form)
        draw_box(measures, canvas, area);
    frame_header(measures->env, &state, canvas, area);
    draw_notice(measures, canvas, area);
    draw_footer(measures, canvas, area);
}
