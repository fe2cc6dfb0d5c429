/* A list to tick and order, in a box upon the screen below. */
#include "views/chooser.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "frame.h"
#include "ui/table.h"

#define LEAST_COLUMNS 30

struct chooser {
    struct view view;
    const struct chooser_ops *ops;
    void *context;
    char *title;
    struct choice *choices;
    size_t count;
    struct table_window window;
    struct rect area;
    struct error wrong; /* why it was not accepted */
};

static struct chooser *self(struct view *view)
{
    assert(view->ops == &chooser_view_ops);
    return (struct chooser *)view;
}

/* Carries the selected choice one place up or down. */
static enum effect carry(struct chooser *chooser, int by)
{
    size_t from = chooser->window.selected;
    if (!table_move(&chooser->window, by))
        return EFFECT_DRAW;
    struct choice choice = chooser->choices[from];
    chooser->choices[from] = chooser->choices[chooser->window.selected];
    chooser->choices[chooser->window.selected] = choice;
    return EFFECT_DRAW;
}

static enum effect chooser_key(struct view *view, const struct key *key)
{
    struct chooser *chooser = self(view);
    char name[16];
    key_name(key, name);
    chooser->wrong.code = ERROR_NONE;
    if (strcmp(name, "Esc") == 0 || strcmp(name, "q") == 0 || strcmp(name, "C-c") == 0)
        return EFFECT_BACK | EFFECT_DRAW;
    if (strcmp(name, "Enter") == 0) {
        enum effect effect = chooser->ops->accepted(
            chooser->context, chooser->choices, chooser->count, &chooser->wrong);
        return effect | EFFECT_DRAW;
    }
    if (strcmp(name, "Space") == 0)
        chooser->choices[chooser->window.selected].on ^= true;
    else if (strcmp(name, "j") == 0 || strcmp(name, "Down") == 0)
        table_move(&chooser->window, 1);
    else if (strcmp(name, "k") == 0 || strcmp(name, "Up") == 0)
        table_move(&chooser->window, -1);
    else if (strcmp(name, "J") == 0 || strcmp(name, "S-Down") == 0)
        return carry(chooser, 1);
    else if (strcmp(name, "K") == 0 || strcmp(name, "S-Up") == 0)
        return carry(chooser, -1);
    return EFFECT_DRAW; /* the box holds every key: nothing below is done by mistake */
}

static void chooser_resize(struct view *view, struct rect area)
{
    struct chooser *chooser = self(view);
    int most = area.rows - 4;
    chooser->window.rows = most < (int)chooser->count ? most : (int)chooser->count;
    if (chooser->window.rows < 1)
        chooser->window.rows = 1;
    table_scroll(&chooser->window);
    chooser->area = area;
}

static int box_columns(const struct chooser *chooser, const char *hint)
{
    int columns = LEAST_COLUMNS, width = text_width(hint) + 2;
    if (width > columns)
        columns = width;
    return columns < chooser->area.columns ? columns : chooser->area.columns;
}

static void draw_choice(const struct chooser *chooser, size_t index, struct canvas *canvas, int row,
    int column, int columns)
{
    const struct choice *choice = &chooser->choices[index];
    bool selected = index == chooser->window.selected;
    enum role role = selected ? ROLE_SELECTED : choice->on ? ROLE_NORMAL : ROLE_DIM;
    canvas_fill(canvas, (struct rect){row, column, 1, columns}, role, ' ');
    canvas_put(canvas, row, column + 1, 3, role, choice->on ? "[x]" : "[ ]");
    canvas_put(canvas, row, column + 5, columns - 6, role, choice->label);
    if (selected)
        canvas_cursor(canvas, row, column + 2, true);
}

static void chooser_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct chooser *chooser = self((struct view *)view);
    const char *hint = _("Space ticks, J K move, Enter takes, Esc leaves");
    int columns = box_columns(chooser, hint), rows = chooser->window.rows + 2;
    int column = area.column + (area.columns - columns) / 2;
    int row = area.row + (area.rows - rows) / 2;
    canvas_fill(canvas, (struct rect){row, column, 1, columns}, ROLE_COLUMN_HEAD, ' ');
    canvas_put(canvas, row, column + 1, columns - 2, ROLE_COLUMN_HEAD, chooser->title);
    for (int i = 0; i < chooser->window.rows; i++) {
        size_t index = chooser->window.top + (size_t)i;
        if (index < chooser->count)
            draw_choice(chooser, index, canvas, row + 1 + i, column, columns);
    }
    bool wrong = chooser->wrong.code != ERROR_NONE;
    canvas_fill(canvas, (struct rect){row + rows - 1, column, 1, columns}, ROLE_HINT, ' ');
    canvas_put(canvas, row + rows - 1, column + 1, columns - 2, wrong ? ROLE_ERROR : ROLE_HINT,
        wrong ? chooser->wrong.text : hint);
    frame_box(canvas, (struct rect){row, column, rows, columns});
}

static void chooser_close(struct view *view)
{
    struct chooser *chooser = self(view);
    for (size_t i = 0; i < chooser->count; i++) {
        free((char *)(uintptr_t)chooser->choices[i].name);
        free((char *)(uintptr_t)chooser->choices[i].label);
    }
    free(chooser->choices);
    free(chooser->title);
    free(chooser);
}

const struct view_ops chooser_view_ops = {
    .name = "chooser",
    .title = N_("Columns"),
    .context = CONTEXT_COLUMNS,
    .overlay = true,
    .takes_text = true,
    .resize = chooser_resize,
    .draw = chooser_draw,
    .key = chooser_key,
    .close = chooser_close,
};

struct view *chooser_open(const struct chooser_ops *ops, void *context, const char *title,
    const struct choice *choices, size_t count)
{
    struct chooser *chooser = alloc_zero(1, sizeof *chooser);
    chooser->view.ops = &chooser_view_ops;
    chooser->ops = ops;
    chooser->context = context;
    chooser->title = alloc_string(title);
    chooser->choices = alloc_zero(count + 1, sizeof *choices);
    for (size_t i = 0; i < count; i++)
        chooser->choices[i] = (struct choice){
            alloc_string(choices[i].name), alloc_string(choices[i].label), choices[i].on};
    chooser->count = count;
    chooser->window = (struct table_window){.count = count, .rows = (int)count};
    return &chooser->view;
}
