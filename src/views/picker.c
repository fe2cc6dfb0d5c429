#include "views/picker.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/pinyin.h"
#include "base/text.h"
#include "frame.h"
#include "ui/lineedit.h"
#include "ui/table.h"

enum { COLUMNS_LEAST = 36, COLUMNS_MOST = 70, TYPED_BYTES = 200, AROUND = 3 };

struct item {
    char *name, *label, *help;
};
struct picker {
    struct view view;
    picker_chosen *chosen;
    void *context;
    char *title;
    struct item *items;
    size_t count;
    size_t *found; /* the items that what is typed names */
    struct table_window window;
    struct lineedit *edit;
    int label_columns;
    struct rect area;
};

static struct picker *self(struct view *view)
{
    assert(view->ops == &picker_view_ops);
    return (struct picker *)view;
}

static bool is_named(const struct item *item, const char *typed)
{
    return *typed == '\0' || pinyin_matches(item->label, typed) ||
           pinyin_matches(item->help, typed) || strstr(item->name, typed) != NULL;
}

static void narrow(struct picker *picker)
{
    const char *typed = lineedit_text(picker->edit);
    picker->window.count = 0;
    for (size_t i = 0; i < picker->count; i++)
        if (is_named(&picker->items[i], typed))
            picker->found[picker->window.count++] = i;
    picker->window.selected = picker->window.top = 0;
}

static enum effect take(struct picker *picker)
{
    if (picker->window.selected >= picker->window.count)
        return EFFECT_DRAW;
    const struct item *item = &picker->items[picker->found[picker->window.selected]];
    picker->chosen(picker->context, item->name);
    return EFFECT_BACK | EFFECT_DRAW;
}

/* The box holds every key: nothing below is done by mistake. */
static enum effect picker_key(struct view *view, const struct key *key)
{
    static const struct {
        const char *name;
        int by; /* 0: leaves */
    } keys[] = {{"Esc", 0}, {"C-c", 0}, {"C-g", 0}, {"Down", 1}, {"Up", -1}, {"Tab", 1},
        {"S-Tab", -1}, {"PgDn", 8}, {"PgUp", -8}};
    struct picker *picker = self(view);
    char name[16];
    key_name(key, name);
    if (strcmp(name, "Enter") == 0)
        return take(picker);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(name, keys[i].name) != 0)
            continue;
        if (keys[i].by == 0)
            return EFFECT_BACK | EFFECT_DRAW;
        table_move(&picker->window, keys[i].by);
        return EFFECT_DRAW;
    }
    char *before = alloc_string(lineedit_text(picker->edit));
    lineedit_key(picker->edit, key);
    if (strcmp(before, lineedit_text(picker->edit)) != 0)
        narrow(picker);
    free(before);
    return EFFECT_DRAW;
}

static void picker_resize(struct view *view, struct rect area)
{
    struct picker *picker = self(view);
    int columns = area.columns - 4 < COLUMNS_MOST ? area.columns - 4 : COLUMNS_MOST;
    int most = area.rows - 2 - AROUND, rows = (int)picker->count;
    rows = rows < most ? rows : most;
    picker->window.rows = rows > 1 ? rows : 1;
    rows = picker->window.rows + AROUND;
    columns = columns > COLUMNS_LEAST ? columns : COLUMNS_LEAST;
    picker->area = (struct rect){area.row + (area.rows - rows) / 2,
        area.column + (area.columns - columns) / 2, rows, columns};
    table_scroll(&picker->window);
}

static void draw_item(const struct picker *picker, size_t at, struct canvas *canvas, int row)
{
    const struct item *item = &picker->items[picker->found[at]];
    const struct rect *box = &picker->area;
    bool selected = at == picker->window.selected;
    enum role role = selected ? ROLE_SELECTED : ROLE_NORMAL;
    int help = box->column + 3 + picker->label_columns + 2, end = box->column + box->columns - 1;
    canvas_fill(canvas, (struct rect){row, box->column, 1, box->columns}, role, ' ');
    if (selected)
        canvas_put(canvas, row, box->column + 1, 1, role, canvas_glyph(canvas, GLYPH_CURSOR));
    canvas_put(canvas, row, box->column + 3, end - box->column - 3, role, item->label);
    if (help < end)
        canvas_put(canvas, row, help, end - help, selected ? role : ROLE_DIM, item->help);
}

static void picker_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct picker *picker = self((struct view *)view);
    const struct rect *box = &picker->area;
    int last = box->row + box->rows - 1;
    (void)area;
    canvas_fill(canvas, *box, ROLE_NORMAL, ' ');
    canvas_fill(
        canvas, (struct rect){box->row, box->column, 1, box->columns}, ROLE_COLUMN_HEAD, ' ');
    canvas_put(
        canvas, box->row, box->column + 1, box->columns - 2, ROLE_COLUMN_HEAD, picker->title);
    for (int i = 0; i < picker->window.rows; i++)
        if (picker->window.top + (size_t)i < picker->window.count)
            draw_item(picker, picker->window.top + (size_t)i, canvas, box->row + 2 + i);
    canvas_fill(canvas, (struct rect){last, box->column, 1, box->columns}, ROLE_HINT, ' ');
    canvas_put(canvas, last, box->column + 1, box->columns - 2, ROLE_HINT,
        picker->window.count > 0 ? _("Type to narrow, Enter takes, Esc leaves")
                                 : _("Nothing is called so; Backspace widens"));
    lineedit_draw(picker->edit, canvas, box->row + 1, box->column + 1, box->columns - 2);
    frame_box(canvas, *box);
}

static void picker_close(struct view *view)
{
    struct picker *picker = self(view);
    for (size_t i = 0; i < picker->count; i++) {
        free(picker->items[i].name);
        free(picker->items[i].label);
        free(picker->items[i].help);
    }
    free(picker->items);
    free(picker->found);
    free(picker->title);
    lineedit_free(picker->edit);
    free(picker);
}

const struct view_ops picker_view_ops = {
    .name = "picker",
    .title = N_("Choice"),
    .context = CONTEXT_PICKER,
    .overlay = true,
    .takes_text = true,
    .resize = picker_resize,
    .draw = picker_draw,
    .key = picker_key,
    .close = picker_close,
};

struct view *picker_open(picker_chosen *chosen, void *context, const char *title,
    const struct picker_item *items, size_t count, const char *current)
{
    struct picker *picker = alloc_zero(1, sizeof *picker);
    picker->view.ops = &picker_view_ops;
    picker->chosen = chosen;
    picker->context = context;
    picker->title = alloc_string(title);
    picker->items = alloc_zero(count + 1, sizeof *picker->items);
    picker->found = alloc_zero(count + 1, sizeof *picker->found);
    picker->edit = lineedit_new("", TYPED_BYTES);
    picker->count = count;
    for (size_t i = 0; i < count; i++) {
        picker->items[i] = (struct item){
            alloc_string(items[i].name), alloc_string(items[i].label), alloc_string(items[i].help)};
        int columns = text_width(items[i].label);
        picker->label_columns = columns > picker->label_columns ? columns : picker->label_columns;
    }
    narrow(picker);
    for (size_t i = 0; current != NULL && i < count; i++)
        if (strcmp(items[i].name, current) == 0)
            picker->window.selected = i;
    return &picker->view;
}
