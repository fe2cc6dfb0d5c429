/* A box with lines of text upon the screen below: how a score came about. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "frame.h"
#include "ui/table.h"
#include "views/scorecard.h"

#define MARGIN 4 /* columns and rows of the screen below that stay seen */

struct explain {
    struct view view;
    char *title, *text;
    char **line; /* into the text */
    size_t count, top;
    int rows; /* of the text that are seen */
    struct rect area;
};

static struct explain *self(struct view *view)
{
    assert(view->ops == &explain_view_ops);
    return (struct explain *)view;
}

static enum effect scroll(struct explain *box, int by)
{
    size_t before = box->top, seen = (size_t)box->rows;
    size_t most = box->count > seen ? box->count - seen : 0, far = (size_t)(by < 0 ? -by : by);
    if (by < 0)
        box->top = before > far ? before - far : 0;
    else
        box->top = before + far < most ? before + far : most;
    return EFFECT_DRAW;
}

/* The box holds every key: nothing below is done by mistake. */
static enum effect explain_key(struct view *view, const struct key *key)
{
    static const struct {
        const char *keys;
        int by;
    } moves[] = {{"j Down", 1}, {"k Up", -1}, {"PgDn C-f Space", 8}, {"PgUp C-b", -8},
        {"g Home", -10000}, {"G End", 10000}};
    char name[16], padded[20], keys[32];
    key_name(key, name);
    snprintf(padded, sizeof padded, " %s ", name);
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        snprintf(keys, sizeof keys, " %s ", moves[i].keys);
        if (strstr(keys, padded) != NULL)
            return scroll(self(view), moves[i].by);
    }
    return strstr(" Esc q C-c Enter i = ", padded) != NULL ? EFFECT_BACK | EFFECT_DRAW
                                                           : EFFECT_DRAW;
}

static void explain_resize(struct view *view, struct rect area)
{
    struct explain *box = self(view);
    int most = area.rows - MARGIN - 2;
    box->area = area;
    box->rows = most < (int)box->count ? most : (int)box->count;
    if (box->rows < 1)
        box->rows = 1;
    scroll(box, 0);
}

static int box_columns(const struct explain *box, const char *hint)
{
    int columns = text_width(hint), most = box->area.columns - MARGIN;
    for (size_t i = 0; i < box->count; i++)
        columns = text_width(box->line[i]) > columns ? text_width(box->line[i]) : columns;
    return columns + 2 < most ? columns + 2 : most;
}

static void explain_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct explain *box = self((struct view *)view);
    bool more = box->top + (size_t)box->rows < box->count;
    const char *hint = more || box->top > 0 ? _("j k scroll, Esc closes") : _("Esc closes");
    int columns = box_columns(box, hint), row = area.row + (area.rows - box->rows - 2) / 2;
    int column = area.column + (area.columns - columns) / 2;
    canvas_fill(canvas, (struct rect){row, column, box->rows + 2, columns}, ROLE_NORMAL, ' ');
    canvas_fill(canvas, (struct rect){row, column, 1, columns}, ROLE_COLUMN_HEAD, ' ');
    canvas_put(canvas, row, column + 1, columns - 2, ROLE_COLUMN_HEAD, box->title);
    for (int i = 0; i < box->rows && box->top + (size_t)i < box->count; i++)
        canvas_put(canvas, row + 1 + i, column + 1, columns - 2, ROLE_NORMAL,
            box->line[box->top + (size_t)i]);
    row += box->rows + 1;
    canvas_fill(canvas, (struct rect){row, column, 1, columns}, ROLE_HINT, ' ');
    canvas_put(canvas, row, column + 1, columns - 2, ROLE_HINT, hint);
    frame_box(canvas, (struct rect){row - box->rows - 1, column, box->rows + 2, columns});
    canvas_cursor(canvas, row - box->rows, column + 1, true);
}

static void explain_close(struct view *view)
{
    struct explain *box = self(view);
    free(box->title);
    free(box->text);
    free(box->line);
    free(box);
}

const struct view_ops explain_view_ops = {
    .name = "explain",
    .title = N_("Arithmetic"),
    .context = CONTEXT_EXPLAIN,
    .overlay = true,
    .takes_text = true,
    .resize = explain_resize,
    .draw = explain_draw,
    .key = explain_key,
    .close = explain_close,
};

static void split_lines(struct explain *box)
{
    size_t room = 0;
    char *rest = box->text;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        if (rest == NULL && *line == '\0')
            return; /* behind the last */
        box->line = alloc_grow(box->line, &room, box->count + 1, sizeof *box->line);
        box->line[box->count++] = line;
    }
}

struct view *explain_open(const char *title, const char *text)
{
    struct explain *box = alloc_zero(1, sizeof *box);
    box->view.ops = &explain_view_ops;
    box->title = alloc_string(title);
    box->text = alloc_string(text);
    box->rows = 1;
    split_lines(box);
    return &box->view;
}
