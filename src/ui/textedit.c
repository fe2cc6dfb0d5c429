#include "ui/textedit.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "textcore.h"
#include "textrows.h"

#define NO_AIM (-1)

struct textedit {
    struct textcore core;
    struct textrows rows;
    struct {
        int rows, columns;
    } area;
    int top; /* the first row shown */
    int aim; /* the column that Up and Down keep to */
};

/* The last column is the caret's, behind a full row, and the marks'. A wide character needs two. */
static int text_columns(const struct textedit *edit)
{
    return edit->area.columns > 2 ? edit->area.columns - 1 : 2;
}

static int row_count(const struct textedit *edit)
{
    return (int)edit->rows.lines.count;
}

static int caret_row(const struct textedit *edit)
{
    return (int)textrows_at(&edit->rows, edit->core.caret);
}

static int caret_column(const struct textedit *edit)
{
    return textrows_column(&edit->rows, textedit_text(edit), edit->core.caret);
}

/* The least scrolling that shows the caret, and no room wasted below the end. */
static void show_caret(struct textedit *edit)
{
    int row = caret_row(edit), most = row_count(edit) - edit->area.rows;
    if (edit->top > row)
        edit->top = row;
    if (edit->top < row - edit->area.rows + 1)
        edit->top = row - edit->area.rows + 1;
    if (edit->top > most)
        edit->top = most > 0 ? most : 0;
}

static void wrap_anew(struct textedit *edit)
{
    textrows_wrap(&edit->rows, textedit_text(edit), text_columns(edit));
    edit->aim = NO_AIM;
    show_caret(edit);
}

struct textedit *textedit_new(const char *text, size_t most_bytes)
{
    struct textedit *edit = alloc_zero(1, sizeof *edit);
    textcore_init(&edit->core, most_bytes, TEXT_LINES);
    edit->area.rows = edit->area.columns = 1;
    textedit_set(edit, text);
    return edit;
}

void textedit_free(struct textedit *edit)
{
    if (!edit)
        return;
    textcore_clear(&edit->core);
    textrows_clear(&edit->rows);
    free(edit);
}

const char *textedit_text(const struct textedit *edit)
{
    return strbuf_text(&edit->core.text);
}

void textedit_set(struct textedit *edit, const char *text)
{
    textcore_set(&edit->core, text);
    wrap_anew(edit);
}

size_t textedit_caret(const struct textedit *edit)
{
    return edit->core.caret;
}

size_t textedit_length(const struct textedit *edit)
{
    struct text_cluster cluster;
    size_t count = 0;
    for (const char *at = textedit_text(edit); text_cluster(at, &cluster); at += cluster.bytes)
        count += *at != '\n';
    return count;
}

void textedit_resize(struct textedit *edit, int rows, int columns)
{
    columns = columns > 1 ? columns : 1;
    bool anew = columns != edit->area.columns;
    edit->area.rows = rows > 1 ? rows : 1;
    edit->area.columns = columns;
    if (anew)
        wrap_anew(edit);
    else
        show_caret(edit);
}

int textedit_rows(const struct textedit *edit)
{
    return row_count(edit);
}

/* --- keys ---------------------------------------------------------------------------------- */

/* Rows that a key moves the caret down; 0 for other keys. */
static int rows_down(const struct textedit *edit, const struct key *key)
{
    int page = edit->area.rows > 1 ? edit->area.rows - 1 : 1;
    if (key->modifiers)
        return 0;
    switch (key->code) {
    case KEY_CODE_UP:
        return -1;
    case KEY_CODE_DOWN:
        return 1;
    case KEY_CODE_PAGE_UP:
        return -page;
    case KEY_CODE_PAGE_DOWN:
        return page;
    default:
        return 0;
    }
}

/* False where there is no row further on. */
static bool move_rows(struct textedit *edit, int down)
{
    int row = caret_row(edit), last = row_count(edit) - 1, to = row + down;
    to = to < 0 ? 0 : to > last ? last : to;
    if (to == row)
        return false;
    if (edit->aim == NO_AIM)
        edit->aim = caret_column(edit);
    textcore_move(
        &edit->core, textrows_place(&edit->rows, textedit_text(edit), (size_t)to, edit->aim));
    return true;
}

bool textedit_key(struct textedit *edit, const struct key *key)
{
    int down = rows_down(edit, key);
    unsigned changes = edit->core.changes;
    bool taken = down ? move_rows(edit, down) : textcore_key(&edit->core, key);
    if (!taken)
        return false;
    if (!down)
        edit->aim = NO_AIM;
    if (edit->core.changes != changes)
        textrows_update(&edit->rows, textedit_text(edit), &edit->core.change);
    show_caret(edit);
    return true;
}

/* --- drawing ------------------------------------------------------------------------------- */

static void draw_row(const struct textedit *edit, struct canvas *canvas, struct rect place, int row)
{
    const struct text_line *line = &edit->rows.lines.line[row];
    const char *text = textedit_text(edit) + line->start;
    size_t fitting = text_fit(text, place.columns, NULL);
    int bytes = (int)(line->bytes < fitting ? line->bytes : fitting);
    canvas_format(canvas, place.row, place.column, -1, ROLE_INPUT, "%.*s", bytes, text);
}

/* In the last column, which text leaves free; where there is none, text is worth more. */
static void draw_marks(const struct textedit *edit, struct canvas *canvas, struct rect area)
{
    int right = area.column + area.columns - 1;
    if (area.columns <= 2)
        return;
    if (edit->top > 0)
        canvas_put(canvas, area.row, right, 1, ROLE_HINT, canvas_glyph(canvas, GLYPH_MORE_UP));
    if (edit->top + area.rows < row_count(edit))
        canvas_put(canvas, area.row + area.rows - 1, right, 1, ROLE_HINT,
            canvas_glyph(canvas, GLYPH_MORE_DOWN));
}

void textedit_draw(const struct textedit *edit, struct canvas *canvas, struct rect area, bool focus)
{
    area.rows = area.rows < edit->area.rows ? area.rows : edit->area.rows;
    area.columns = area.columns < edit->area.columns ? area.columns : edit->area.columns;
    canvas_fill(canvas, area, ROLE_INPUT, ' ');
    for (int i = 0; i < area.rows && edit->top + i < row_count(edit); i++) {
        struct rect place = {area.row + i, area.column, 1, area.columns};
        draw_row(edit, canvas, place, edit->top + i);
    }
    draw_marks(edit, canvas, area);
    int column = caret_column(edit), last = area.columns - 1;
    if (focus)
        canvas_cursor(canvas, area.row + caret_row(edit) - edit->top,
            area.column + (column < last ? column : last), true);
}
