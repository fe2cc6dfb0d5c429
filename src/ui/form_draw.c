/* The picture of a form. It is drawn on a canvas of its own, as large as the area, so that nothing
 * that is scrolled half out of sight can be seen beside it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "form_parts.h"

struct picture {
    const struct form *form;
    struct canvas *canvas;
    struct form_layout at;
    int row;    /* where the field being drawn begins */
    bool focus; /* whether it has the focus */
};

static void draw_label(const struct picture *picture, const struct field *field)
{
    const struct form_layout *at = &picture->at;
    struct canvas *canvas = picture->canvas;
    int width = text_width(field->label);
    int blanks = width < at->label_columns ? at->label_columns - width : 0;
    if (picture->focus && at->value > 0)
        canvas_put(canvas, picture->row, 0, 1, ROLE_TITLE, canvas_glyph(canvas, GLYPH_CURSOR));
    canvas_put(canvas, picture->row, at->label + blanks, at->label_columns - blanks,
        picture->focus ? ROLE_SELECTED : ROLE_LABEL, field->label);
    if (field->needed && at->mark >= 0)
        canvas_put(canvas, picture->row, at->mark, 1, ROLE_WARNING, "*");
}

/* In the place of a value it is in brackets: a theme may have no other look for it. */
static void draw_hint(const struct picture *picture, const struct field *field, int row, int column)
{
    int columns = picture->at.value + picture->at.value_columns - column;
    if (*field->hint && field_is_empty(field) && columns > 2)
        canvas_format(picture->canvas, row, column, columns, ROLE_HINT, "(%s)", field->hint);
}

static void draw_wrapped(
    const struct picture *picture, int row, int rows, enum role role, const char *text)
{
    const struct form_layout *at = &picture->at;
    struct text_lines lines = {0};
    text_wrap(&lines, text, at->value_columns);
    for (int i = 0; i < rows && i < (int)lines.count; i++) {
        const struct text_line *line = &lines.line[i];
        bool cut = i == rows - 1 && i + 1 < (int)lines.count; /* ends in an ellipsis */
        int bytes = (int)(cut ? strcspn(text + line->start, "\n") : line->bytes);
        canvas_format(picture->canvas, row + i, at->value, at->value_columns, role, "%.*s", bytes,
            text + line->start);
    }
    text_lines_clear(&lines);
}

/* --- lines ----------------------------------------------------------------------------------- */

static void draw_typed(const struct picture *picture, const struct field *field, int columns)
{
    const struct form_layout *at = &picture->at;
    if (picture->focus)
        lineedit_draw(field->line, picture->canvas, picture->row, at->value, columns);
    else
        canvas_put(picture->canvas, picture->row, at->value, columns, ROLE_NORMAL,
            lineedit_text(field->line));
}

/* A short line, and what is told of it beside, always at the same place. */
static void draw_short(
    const struct picture *picture, const struct field *field, enum role role, const char *told)
{
    int columns = picture->at.value_columns, beside = columns - FORM_DATE_COLUMNS - 1;
    draw_typed(picture, field, columns < FORM_DATE_COLUMNS ? columns : FORM_DATE_COLUMNS);
    if (beside > 0)
        canvas_put(picture->canvas, picture->row, picture->at.value + columns - beside, beside,
            role, told);
}

static void draw_date(const struct picture *picture, const struct field *field)
{
    struct strbuf told = {0};
    const char *typed = lineedit_text(field->line);
    form_date_tell(&told, typed, canvas_glyph(picture->canvas, GLYPH_ARROW));
    enum role role = told.length > 0 ? ROLE_NORMAL : ROLE_HINT;
    if (role == ROLE_HINT && *field->hint && !*typed)
        strbuf_add(&told, field->hint);
    else if (role == ROLE_HINT && (picture->focus || *typed))
        strbuf_add(&told, _("a date: 2026-11-30, 11-30, +7"));
    draw_short(picture, field, role, strbuf_text(&told));
    strbuf_clear(&told);
}

static void draw_number(const struct picture *picture, const struct field *field)
{
    struct strbuf told = {0};
    const char *typed = lineedit_text(field->line);
    bool bounded = field->least != 0 || field->most != 0;
    int64_t number = strtoll(typed, NULL, 10);
    bool wrong = bounded && *typed && (number < field->least || number > field->most);
    if (bounded)
        strbuf_format(&told, "%" PRId64 "..%" PRId64, field->least, field->most);
    if (*field->hint && !*typed)
        strbuf_format(&told, "%s%s", bounded ? "  " : "", field->hint);
    draw_short(picture, field, wrong ? ROLE_WARNING : ROLE_HINT, strbuf_text(&told));
    strbuf_clear(&told);
}

/* How long the text is, below its label, while it is being written. */
static void draw_length(const struct picture *picture, const struct field *field, int rows)
{
    const struct form_layout *at = &picture->at;
    size_t length = textedit_length(field->text);
    char text[32];
    if (!picture->focus || rows < 2 || length == 0)
        return;
    snprintf(text, sizeof text, ngettext("%zu char.", "%zu char.", length), length);
    if (text_width(text) <= at->label_columns)
        canvas_put_right(
            picture->canvas, picture->row + 1, at->label, at->label_columns, ROLE_DIM, text);
}

static void draw_text(const struct picture *picture, const struct field *field)
{
    const struct form_layout *at = &picture->at;
    int rows = form_value_rows(picture->form, field);
    struct rect area = {picture->row, at->value, rows, at->value_columns};
    textedit_draw(field->text, picture->canvas, area, picture->focus);
    draw_hint(picture, field, picture->row, at->value);
    draw_length(picture, field, rows);
}

/* --- choices --------------------------------------------------------------------------------- */

static void draw_alternatives(const struct picture *picture, const struct field *field)
{
    int column = picture->at.value;
    for (size_t i = 0; i < field->choice_count; i++) {
        const char *label = field->choices[i].label;
        bool chosen = i == field->chosen;
        canvas_format(picture->canvas, picture->row, column, text_width(label) + 2,
            chosen ? ROLE_TITLE : ROLE_NORMAL, chosen ? "[%s]" : " %s ", label);
        if (picture->focus && (chosen || (field->chosen == FORM_NONE && i == 0)))
            canvas_cursor(picture->canvas, picture->row, column + 1, true);
        column += text_width(label) + 2;
    }
    draw_hint(picture, field, picture->row, column + 1);
}

static void draw_one_choice(const struct picture *picture, const struct field *field)
{
    struct canvas *canvas = picture->canvas;
    const struct form_layout *at = &picture->at;
    const char *label = field->chosen == FORM_NONE ? "" : field->choices[field->chosen].label;
    int row = picture->row, room = at->value_columns - 4;
    canvas_put(canvas, row, at->value, 1, ROLE_HINT, canvas_glyph(canvas, GLYPH_MORE_LEFT));
    int used = room > 0 ? canvas_put(canvas, row, at->value + 2, room, ROLE_TITLE, label) : 0;
    if (room > 0 && used == 0)
        used = canvas_put(canvas, row, at->value + 2, 1, ROLE_HINT, "-");
    int column = at->value + 3 + used;
    column +=
        1 + canvas_put(canvas, row, column, 1, ROLE_HINT, canvas_glyph(canvas, GLYPH_MORE_RIGHT));
    int left = at->value + at->value_columns - column;
    if (left >= 5 && field->chosen != FORM_NONE)
        canvas_format(canvas, row, column, left, ROLE_HINT, "%zu/%zu", field->chosen + 1,
            field->choice_count);
    else
        draw_hint(picture, field, row, column);
    if (picture->focus)
        canvas_cursor(canvas, row, room > 0 ? at->value + 2 : at->value, true);
}

static void draw_choice(const struct picture *picture, const struct field *field)
{
    int columns = 0;
    for (size_t i = 0; i < field->choice_count; i++)
        columns += text_width(field->choices[i].label) + 2;
    if (columns <= picture->at.value_columns && columns > 0)
        draw_alternatives(picture, field);
    else
        draw_one_choice(picture, field);
}

static void draw_yes(const struct picture *picture, const struct field *field)
{
    const struct form_layout *at = &picture->at;
    int row = picture->row, beside = at->value_columns - 4;
    canvas_put(picture->canvas, row, at->value, 3, ROLE_NORMAL, field->yes ? "[x]" : "[ ]");
    if (beside > 0)
        canvas_put(picture->canvas, row, at->value + 4, beside, ROLE_HINT, field->hint);
    if (picture->focus)
        canvas_cursor(picture->canvas, row, at->value + 1, true);
}

/* --- picks ----------------------------------------------------------------------------------- */

static void draw_picks(const struct picture *picture, const struct field *field)
{
    const struct form_layout *at = &picture->at;
    struct form_flow flow = {.columns = at->value_columns};
    struct canvas *canvas = picture->canvas;
    const char *typed = lineedit_text(field->line), *sign = canvas_ascii(canvas) ? ", " : "、";
    for (size_t i = 0; i < field->pick_count; i++) {
        bool last = i + 1 == field->pick_count;
        int width = form_pick_width(field, i, at->value_columns);
        int column = at->value + form_flow(&flow, width), label = width - (last ? 1 : 2);
        column += canvas_put(
            canvas, picture->row + flow.row, column, label, ROLE_NORMAL, field->picks[i].label);
        if (!last)
            canvas_put(canvas, picture->row + flow.row, column, 2, ROLE_NORMAL, sign);
    }
    int slot = at->value_columns < FORM_SLOT_COLUMNS ? at->value_columns : FORM_SLOT_COLUMNS;
    int column = at->value + form_flow(&flow, slot), row = picture->row + flow.row;
    if (picture->focus)
        lineedit_draw(field->line, canvas, row, column, at->value + at->value_columns - column);
    else
        canvas_put(
            canvas, row, column, at->value + at->value_columns - column, ROLE_WARNING, typed);
    draw_hint(picture, field, row, column);
}

static int label_columns(const struct form_offers *offers, int most)
{
    int widest = 0;
    for (size_t i = 0; i < offers->count; i++) {
        int width = text_width(offers->row[i].label);
        widest = width > widest ? width : widest;
    }
    return widest < most ? widest : most;
}

static void draw_offer(const struct picture *picture, size_t index, int row, int labels)
{
    const struct form_layout *at = &picture->at;
    const struct form_offers *offers = &picture->form->offers;
    const struct form_offer_row *offer = &offers->row[index];
    bool chosen = index == offers->chosen;
    int help = at->value_columns - labels - 2;
    canvas_put(picture->canvas, row, at->value, labels, chosen ? ROLE_SELECTED : ROLE_NORMAL,
        offer->label);
    if (help > 0)
        canvas_put(picture->canvas, row, at->value + labels + 2, help, ROLE_HINT, offer->help);
    if (chosen && at->mark >= 0)
        canvas_put(picture->canvas, row, at->mark, 1, ROLE_TITLE,
            canvas_glyph(picture->canvas, GLYPH_CURSOR));
}

/* Upon what stands below the field, which keeps its place. */
static void draw_list(const struct picture *picture, int row)
{
    const struct form_layout *at = &picture->at;
    const struct form_offers *offers = &picture->form->offers;
    struct canvas *canvas = picture->canvas;
    int rows = form_list_rows(picture->form), edge = at->value + at->value_columns;
    int labels = label_columns(offers, at->value_columns);
    canvas_fill(canvas, (struct rect){row, 0, rows, canvas_columns(canvas)}, ROLE_NORMAL, ' ');
    for (int i = 0; i < rows; i++) {
        size_t index = offers->top + (size_t)i;
        if (at->mark >= 0)
            canvas_put(canvas, row + i, at->mark, 1, ROLE_BORDER, canvas_glyph(canvas, GLYPH_BAR));
        if (index < offers->count)
            draw_offer(picture, index, row + i, labels);
    }
    if (offers->count == 0)
        canvas_put(
            canvas, row, at->value, at->value_columns, ROLE_HINT, _("nothing to choose from"));
    if (offers->top > 0)
        canvas_put(canvas, row, edge, 1, ROLE_HINT, canvas_glyph(canvas, GLYPH_MORE_UP));
    if (offers->top + (size_t)rows < offers->count)
        canvas_put(
            canvas, row + rows - 1, edge, 1, ROLE_HINT, canvas_glyph(canvas, GLYPH_MORE_DOWN));
}

/* --- all of it ------------------------------------------------------------------------------- */

static void draw_value(const struct picture *picture, const struct field *field)
{
    switch (field->kind) {
    case FORM_LINE:
        draw_typed(picture, field, picture->at.value_columns);
        draw_hint(picture, field, picture->row, picture->at.value);
        break;
    case FORM_TEXT:
        draw_text(picture, field);
        break;
    case FORM_DATE:
        draw_date(picture, field);
        break;
    case FORM_NUMBER:
        draw_number(picture, field);
        break;
    case FORM_CHOICE:
        draw_choice(picture, field);
        break;
    case FORM_YES:
        draw_yes(picture, field);
        break;
    case FORM_PICK:
        draw_picks(picture, field);
        break;
    case FORM_SHOW:
        draw_wrapped(picture, picture->row, form_value_rows(picture->form, field), ROLE_NORMAL,
            field->shown);
        break;
    }
}

static void draw_field(struct picture *picture, const struct field *field)
{
    int row = picture->row + form_value_rows(picture->form, field);
    int rows = form_fault_rows(picture->form, field);
    draw_label(picture, field);
    draw_value(picture, field);
    if (rows > 0) {
        draw_wrapped(picture, row, rows, ROLE_ERROR, field->fault);
        if (picture->at.mark >= 0)
            canvas_put(picture->canvas, row, picture->at.mark, 1, ROLE_ERROR, "!");
    }
    picture->row = row + rows;
}

static void draw_more(const struct picture *picture, int end)
{
    struct canvas *canvas = picture->canvas;
    int rows = canvas_rows(canvas), edge = canvas_columns(canvas) - 1;
    if (picture->at.mark < 0)
        return;
    if (picture->form->top > 0)
        canvas_put(canvas, 0, edge, 1, ROLE_HINT, canvas_glyph(canvas, GLYPH_MORE_UP));
    if (end > rows)
        canvas_put(canvas, rows - 1, edge, 1, ROLE_HINT, canvas_glyph(canvas, GLYPH_MORE_DOWN));
}

/* Where a single column is all there is, the caret stands upon what it would stand behind. */
static void keep_cursor(struct canvas *canvas)
{
    int row, column;
    bool visible;
    canvas_cursor_get(canvas, &row, &column, &visible);
    if (column >= canvas_columns(canvas))
        canvas_cursor(canvas, row, canvas_columns(canvas) - 1, true);
}

void form_draw(const struct form *form, struct canvas *canvas, struct rect area)
{
    struct canvas *own = canvas_new(area.rows, area.columns);
    struct picture picture = {form, own, form_layout(form), -form->top, false};
    int list = 0;
    canvas_set_ascii(own, canvas_ascii(canvas));
    for (size_t i = 0; i < form->count; i++) {
        picture.focus = i == form->focus;
        draw_field(&picture, &form->fields[i]);
        if (picture.focus)
            list = picture.row;
    }
    draw_more(&picture, picture.row);
    if (form->offers.open)
        draw_list(&picture, list);
    keep_cursor(own);
    canvas_copy(canvas, area.row, area.column, own);
    canvas_free(own);
}
