#include "ui/lineedit.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "textcore.h"

struct lineedit {
    struct textcore core;
};

struct lineedit *lineedit_new(const char *text, size_t most_bytes)
{
    struct lineedit *edit = alloc_zero(1, sizeof *edit);
    textcore_init(&edit->core, most_bytes, TEXT_ONE_LINE);
    lineedit_set(edit, text);
    return edit;
}

void lineedit_free(struct lineedit *edit)
{
    if (!edit)
        return;
    textcore_clear(&edit->core);
    free(edit);
}

const char *lineedit_text(const struct lineedit *edit)
{
    return strbuf_text(&edit->core.text);
}

size_t lineedit_caret(const struct lineedit *edit)
{
    return edit->core.caret;
}

void lineedit_set(struct lineedit *edit, const char *text)
{
    textcore_set(&edit->core, text);
}

void lineedit_replace(struct lineedit *edit, size_t start, size_t end, const char *with)
{
    textcore_replace(&edit->core, start, end, with);
}

bool lineedit_key(struct lineedit *edit, const struct key *key)
{
    return textcore_key(&edit->core, key);
}

/* --- drawing ------------------------------------------------------------------------------- */

static int column_of(const struct lineedit *edit, size_t at)
{
    char *before = alloc_string_n(lineedit_text(edit), at);
    int columns = text_width(before);
    free(before);
    return columns;
}

/* The first column shown. It moves by half the room, so that typing at the edge does not redraw the
 * line with every character. */
static int first_column(int width, int caret, int room)
{
    int half = room / 2 > 0 ? room / 2 : 1;
    if (width < room || caret < room - 1)
        return 0;
    return ((caret - (room - 1)) / half + 1) * half;
}

void lineedit_draw(
    const struct lineedit *edit, struct canvas *canvas, int row, int column, int columns)
{
    const char *text = lineedit_text(edit);
    int width = text_width(text), caret = column_of(edit, edit->core.caret);
    int first = first_column(width, caret, columns), at = 0;
    struct text_cluster cluster;
    if (columns <= 0)
        return;
    canvas_fill(canvas, (struct rect){row, column, 1, columns}, ROLE_INPUT, ' ');
    for (; at < first && text_cluster(text, &cluster); text += cluster.bytes)
        at += cluster.width;
    int bytes = (int)text_fit(text, columns - (at - first), NULL);
    canvas_format(canvas, row, column + at - first, -1, ROLE_INPUT, "%.*s", bytes, text);
    if (first > 0)
        canvas_put(canvas, row, column, 1, ROLE_HINT, canvas_glyph(canvas, GLYPH_MORE_LEFT));
    if (text[bytes])
        canvas_put(canvas, row, column + columns - 1, 1, ROLE_HINT,
            canvas_glyph(canvas, GLYPH_MORE_RIGHT));
    canvas_cursor(canvas, row, column + caret - first, true);
}
