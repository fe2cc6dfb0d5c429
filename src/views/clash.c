/* Two people changed the same: what it was, what it is, mine; and the choice. */
#include "clash.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "frame.h"

#define BELOW_LEAST 8 /* columns of a text, however narrow the screen */

enum version { BASE, THEIRS, MINE, VERSIONS };

struct item {
    char *field, *label, *who;
    char *text[VERSIONS];
    size_t from[VERSIONS], to[VERSIONS]; /* what differs, in bytes of the text */
    enum version chosen;                 /* BASE: none yet */
};
struct line {
    size_t item;
    enum version version;
    enum { LINE_HEAD, LINE_TEXT, LINE_BLANK } kind;
    size_t start, bytes;
    bool first;
};
struct clash_view {
    struct view view;
    const struct view_env *env;
    const struct clash_ops *ops;
    void *context;
    char *ident;
    struct item *items;
    size_t count, selected;
    struct line *lines;
    size_t line_count, line_capacity, top;
    struct rect area;
    bool wanting; /* Enter was pressed too early */
};

static struct clash_view *self(struct view *view)
{
    assert(view->ops == &clash_view_ops);
    return (struct clash_view *)view;
}

static const char *version_label(enum version version)
{
    return version == BASE ? _("before") : version == THEIRS ? _("now") : _("mine");
}

/* --- items ----------------------------------------------------------------------------------- */

static char *shown(const struct view_env *env, const struct field *field, const char *value)
{
    struct strbuf text = {0}, clean = {0};
    if (field)
        field_show(model_units(env->model), field, value, &text);
    else
        strbuf_add(&text, value);
    bool lines = field && field->type == VALUE_IS_TEXT;
    text_scrub(&clean, strbuf_text(&text), text.length, lines ? TEXT_LINES : TEXT_ONE_LINE);
    strbuf_clear(&text);
    return strbuf_take(&clean);
}

static char *label_of(const struct field *field, const char *name, const char *suffix)
{
    struct strbuf text = {0}, clean = {0};
    strbuf_add(&text, field ? _(field->label) : name);
    if (field && *suffix)
        strbuf_format(&text, " %s", suffix);
    text_scrub(&clean, strbuf_text(&text), text.length, TEXT_ONE_LINE);
    strbuf_clear(&text);
    return strbuf_take(&clean);
}

static char *who_and_when(const struct clash *clash)
{
    struct strbuf text = {0}, clean = {0};
    const char *who = *clash->who ? clash->who : _("outside duban");
    if (clash->when) {
        struct date_time at = date_local(clash->when);
        char day[11], today[11], when[24];
        bool this_year =
            strncmp(date_format(at.date, day), date_format(date_today(), today), 5) == 0;
        snprintf(when, sizeof when, "%s %02d:%02d", this_year ? day + 5 : day, at.hour, at.minute);
        strbuf_format(&text, _("changed by %s, %s"), who, when);
    } else {
        strbuf_format(&text, _("changed by %s"), who);
    }
    text_scrub(&clean, strbuf_text(&text), text.length, TEXT_ONE_LINE);
    strbuf_clear(&text);
    return strbuf_take(&clean);
}

/* Each side beside what both began with; where that was nothing, beside each other. Before: all
 * that either of them touched. */
static void mark_differences(struct item *item)
{
    char *const *text = item->text;
    bool fresh = !*text[BASE];
    size_t start[VERSIONS] = {0}, end[VERSIONS] = {0};
    for (int i = THEIRS; i < VERSIONS; i++) {
        const char *other = text[!fresh ? BASE : i == THEIRS ? MINE : THEIRS];
        struct text_common common = text_common(text[i], other);
        start[i] = common.start;
        end[i] = common.end;
    }
    start[BASE] = start[THEIRS] < start[MINE] ? start[THEIRS] : start[MINE];
    end[BASE] = end[THEIRS] < end[MINE] ? end[THEIRS] : end[MINE];
    for (int i = BASE; i < VERSIONS; i++) {
        size_t length = strlen(text[i]);
        item->from[i] = fresh && i == BASE ? 0 : start[i];
        item->to[i] = fresh && i == BASE ? 0 : length - end[i];
    }
}

static void fill_item(struct item *item, const struct view_env *env, const struct clash *clash)
{
    const char *suffix;
    const struct field *field = field_find(clash->field, &suffix);
    item->field = alloc_string(clash->field);
    item->label = label_of(field, clash->field, suffix);
    item->who = who_and_when(clash);
    item->text[BASE] = shown(env, field, clash->base);
    item->text[THEIRS] = shown(env, field, clash->theirs);
    item->text[MINE] = shown(env, field, clash->mine);
    mark_differences(item);
}

/* --- lines ----------------------------------------------------------------------------------- */

static int label_columns(void)
{
    int most = 0;
    for (int i = BASE; i < VERSIONS; i++) {
        int width = text_width(version_label((enum version)i));
        most = width > most ? width : most;
    }
    return most;
}

/* "  (x) mine  " */
static int text_column(void)
{
    return 6 + label_columns() + 2;
}

static size_t rows(const struct clash_view *clash)
{
    return clash->area.rows > 4 ? (size_t)clash->area.rows - 3 : 1; /* header, title, footer */
}

static struct line *add_line(struct clash_view *clash, struct line line)
{
    clash->lines = alloc_grow(
        clash->lines, &clash->line_capacity, clash->line_count + 1, sizeof *clash->lines);
    clash->lines[clash->line_count++] = line;
    return &clash->lines[clash->line_count - 1];
}

static void lay_out_item(struct clash_view *clash, size_t index)
{
    int columns = clash->area.columns - text_column() - 1;
    if (index)
        add_line(clash, (struct line){.item = index - 1, .kind = LINE_BLANK});
    add_line(clash, (struct line){.item = index, .kind = LINE_HEAD});
    for (int i = BASE; i < VERSIONS; i++) {
        struct text_lines wrapped = {0};
        text_wrap(
            &wrapped, clash->items[index].text[i], columns > BELOW_LEAST ? columns : BELOW_LEAST);
        for (size_t k = 0; k < wrapped.count; k++)
            add_line(clash, (struct line){index, (enum version)i, LINE_TEXT, wrapped.line[k].start,
                                wrapped.line[k].bytes, k == 0});
        text_lines_clear(&wrapped);
    }
}

static void item_lines(const struct clash_view *clash, size_t index, size_t *from, size_t *to)
{
    *from = clash->line_count;
    *to = 0;
    for (size_t i = 0; i < clash->line_count; i++)
        if (clash->lines[i].item == index && clash->lines[i].kind != LINE_BLANK) {
            *from = i < *from ? i : *from;
            *to = i + 1;
        }
}

static size_t last_top(const struct clash_view *clash)
{
    return clash->line_count > rows(clash) ? clash->line_count - rows(clash) : 0;
}

/* The smallest move that shows the selected field; of one too long for the screen its beginning,
 * unless part of it is on the screen already and `part` will do. */
static void show_selected(struct clash_view *clash, bool part)
{
    size_t from, to;
    item_lines(clash, clash->selected, &from, &to);
    bool partly = from < clash->top + rows(clash) && to > clash->top;
    if (to - from > rows(clash) && part && partly)
        return;
    if (to > clash->top + rows(clash))
        clash->top = to - rows(clash);
    if (from < clash->top)
        clash->top = from;
    if (to - from > rows(clash))
        clash->top = from;
}

/* Keys act on what is seen: the selection comes along. */
static void scroll(struct clash_view *clash, size_t top)
{
    size_t from, to, most = last_top(clash);
    clash->top = top < most ? top : most;
    item_lines(clash, clash->selected, &from, &to);
    if (from < clash->top + rows(clash) && to > clash->top)
        return;
    size_t line = clash->top;
    if (from < clash->top)
        while (clash->lines[line].kind == LINE_BLANK && line + 1 < clash->line_count)
            line++;
    else
        line = clash->top + rows(clash) - 1;
    clash->selected = clash->lines[line].item;
}

static void clash_resize(struct view *view, struct rect area)
{
    struct clash_view *clash = self(view);
    clash->area = area;
    clash->line_count = 0;
    for (size_t i = 0; i < clash->count; i++)
        lay_out_item(clash, i);
    clash->top = clash->top < last_top(clash) ? clash->top : last_top(clash);
    show_selected(clash, true);
}

/* --- keys ------------------------------------------------------------------------------------ */

static size_t undecided(const struct clash_view *clash)
{
    size_t count = 0;
    for (size_t i = 0; i < clash->count; i++)
        count += clash->items[i].chosen == BASE;
    return count;
}

static void select_item(struct clash_view *clash, size_t index)
{
    clash->selected = index;
    show_selected(clash, false);
}

static void choose(struct clash_view *clash, enum version version, bool all)
{
    for (size_t i = 0; i < clash->count; i++)
        if (all || i == clash->selected)
            clash->items[i].chosen = version;
    show_selected(clash, true);
}

static enum effect decide(struct clash_view *clash)
{
    for (size_t i = 0; i < clash->count; i++) {
        size_t index = (clash->selected + i) % clash->count;
        if (clash->items[index].chosen != BASE)
            continue;
        clash->wanting = true;
        select_item(clash, index);
        return EFFECT_DRAW;
    }
    struct clash_choice *choices = alloc_zero(clash->count + 1, sizeof *choices);
    for (size_t i = 0; i < clash->count; i++)
        choices[i] = (struct clash_choice){clash->items[i].field, clash->items[i].chosen == MINE};
    enum effect effect = clash->ops->decided(clash->context, choices, clash->count);
    free(choices);
    return effect | EFFECT_DRAW;
}

static bool is_one_of(const char *name, const char *names)
{
    size_t length = strlen(name);
    for (const char *at = names; *at; at += strcspn(at, " "), at += strspn(at, " "))
        if (strcspn(at, " ") == length && strncmp(at, name, length) == 0)
            return true;
    return false;
}

static void move_to(struct clash_view *clash, const char *name)
{
    size_t page = rows(clash) > 1 ? rows(clash) - 1 : 1, top = clash->top;
    if (is_one_of(name, "j Down Tab"))
        select_item(
            clash, clash->selected + 1 < clash->count ? clash->selected + 1 : clash->selected);
    else if (is_one_of(name, "k Up S-Tab"))
        select_item(clash, clash->selected ? clash->selected - 1 : 0);
    else if (is_one_of(name, "PgDn C-f Space"))
        scroll(clash, top + page);
    else if (is_one_of(name, "PgUp C-b"))
        scroll(clash, top > page ? top - page : 0);
    else if (is_one_of(name, "g Home"))
        select_item(clash, 0);
    else if (is_one_of(name, "G End"))
        select_item(clash, clash->count - 1);
}

static enum effect clash_key(struct view *view, const struct key *key)
{
    struct clash_view *clash = self(view);
    char name[16];
    if (key->code == KEY_CODE_MOUSE) {
        if (key->button == 4 || key->button == 5)
            scroll(clash, key->button == 5 ? clash->top + 1 : clash->top ? clash->top - 1 : 0);
        return EFFECT_DRAW;
    }
    key_name(key, name);
    clash->wanting = false;
    if (is_one_of(name, "Esc q C-c C-g"))
        return EFFECT_BACK | EFFECT_DRAW;
    if (is_one_of(name, "Enter"))
        return decide(clash);
    if (is_one_of(name, "C-l"))
        return EFFECT_REPAINT;
    if (is_one_of(name, "m Left M"))
        choose(clash, MINE, *name == 'M');
    else if (is_one_of(name, "t Right T"))
        choose(clash, THEIRS, *name == 'T');
    else
        move_to(clash, name);
    return EFFECT_DRAW; /* every key is held: what is typed in the form below is safe */
}

/* --- the picture ----------------------------------------------------------------------------- */

static int put_part(struct canvas *canvas, int row, int column, enum role role, const char *text,
    size_t from, size_t to)
{
    if (from >= to)
        return column;
    char *part = alloc_string_n(text + from, to - from);
    column += canvas_put(canvas, row, column, -1, role, part);
    free(part);
    return column;
}

static size_t within(size_t value, size_t least, size_t most)
{
    return value < least ? least : value > most ? most : value;
}

/* What both have in common is quiet. */
static void draw_text(
    const struct item *item, const struct line *line, struct canvas *canvas, int row, int column)
{
    const char *text = item->text[line->version];
    size_t start = line->start, end = line->start + line->bytes;
    if (!*text) {
        canvas_put(canvas, row, column, -1, ROLE_DIM, _("(empty)"));
        return;
    }
    size_t from = within(item->from[line->version], start, end);
    size_t to = within(item->to[line->version], from, end);
    column = put_part(canvas, row, column, ROLE_DIM, text, start, from);
    column = put_part(canvas, row, column, ROLE_TITLE, text, from, to);
    put_part(canvas, row, column, ROLE_DIM, text, to, end);
}

static void draw_version(const struct clash_view *clash, const struct line *line,
    struct canvas *canvas, int row, int column)
{
    const struct item *item = &clash->items[line->item];
    bool chosen = line->version != BASE && item->chosen == line->version;
    enum role role = chosen ? ROLE_TITLE : ROLE_LABEL;
    if (line->first) {
        if (line->version != BASE)
            canvas_put(canvas, row, column + 2, 3, role, chosen ? "(x)" : "( )");
        canvas_put(canvas, row, column + 6, label_columns(), role, version_label(line->version));
    } else if (chosen) {
        canvas_put(canvas, row, column + 3, 1, role, canvas_glyph(canvas, GLYPH_BAR));
    }
    draw_text(item, line, canvas, row, column + text_column());
}

static void draw_head(const struct clash_view *clash, const struct line *line,
    struct canvas *canvas, int row, struct rect area)
{
    const struct item *item = &clash->items[line->item];
    bool selected = line->item == clash->selected;
    int at = area.column + 2, end = area.column + area.columns - 1;
    if (selected) {
        canvas_put(canvas, row, area.column, 1, ROLE_TITLE, canvas_glyph(canvas, GLYPH_CURSOR));
        canvas_cursor(canvas, row, at, true);
    }
    at += canvas_put(
              canvas, row, at, (end - at) / 2, selected ? ROLE_SELECTED : ROLE_TITLE, item->label) +
          2;
    canvas_put(canvas, row, at, end - at, ROLE_DIM, item->who);
}

static void draw_title(const struct clash_view *clash, struct canvas *canvas, struct rect area)
{
    int row = area.row + 1;
    if (frame_trouble(clash->env, canvas, row, area))
        return;
    size_t open = undecided(clash);
    char *text =
        clash->wanting
            ? alloc_format(ngettext("%zu field has no choice yet: m takes mine, t theirs",
                               "%zu fields have no choice yet: m takes mine, t theirs", open),
                  open)
            : alloc_format(_("%s  others have changed the same: what shall stand?"), clash->ident);
    canvas_put(canvas, row, area.column + 1, area.columns - 2,
        clash->wanting ? ROLE_WARNING : ROLE_TITLE, text);
    free(text);
}

static void clash_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct clash_view *clash = self((struct view *)view);
    if (!frame_fits(canvas, area))
        return;
    struct frame_state state = {.officer = model_duty_officer(clash->env->model)};
    frame_header(clash->env, &state, canvas, area);
    draw_title(clash, canvas, area);
    canvas_cursor(canvas, area.row + 2, area.column, true);
    for (size_t i = 0; i < rows(clash) && clash->top + i < clash->line_count; i++) {
        const struct line *line = &clash->lines[clash->top + i];
        int row = area.row + 2 + (int)i;
        if (line->kind == LINE_HEAD)
            draw_head(clash, line, canvas, row, area);
        else if (line->kind == LINE_TEXT)
            draw_version(clash, line, canvas, row, area.column);
    }
    struct strbuf place = {0};
    strbuf_format(&place, "%zu/%zu ", clash->selected + 1, clash->count);
    if (clash->top > 0)
        strbuf_add(&place, canvas_glyph(canvas, GLYPH_MORE_UP));
    if (clash->top < last_top(clash))
        strbuf_add(&place, canvas_glyph(canvas, GLYPH_MORE_DOWN));
    const char *hints = area.columns < 72
                            ? _("m mine  t theirs  j k field  Enter done  Esc back")
                            : _("m mine  t theirs  M T all  j k field  Enter done  Esc back");
    frame_footer_text(hints, strbuf_text(&place), canvas, area);
    strbuf_clear(&place);
}

static void clash_close(struct view *view)
{
    struct clash_view *clash = self(view);
    for (size_t i = 0; i < clash->count; i++) {
        struct item *item = &clash->items[i];
        free(item->field);
        free(item->label);
        free(item->who);
        for (int k = BASE; k < VERSIONS; k++)
            free(item->text[k]);
    }
    free(clash->items);
    free(clash->lines);
    free(clash->ident);
    free(clash);
}

const struct view_ops clash_view_ops = {
    .name = "clash",
    .title = N_("Both changed it"),
    .context = CONTEXT_CLASH,
    .takes_text = true,
    .resize = clash_resize,
    .draw = clash_draw,
    .key = clash_key,
    .close = clash_close,
};

struct view *clash_open(const struct view_env *env, const struct clash_ops *ops, void *context,
    const char *ident, const struct clash *clashes, size_t count)
{
    assert(count > 0);
    struct clash_view *clash = alloc_zero(1, sizeof *clash);
    clash->view.ops = &clash_view_ops;
    clash->env = env;
    clash->ops = ops;
    clash->context = context;
    clash->ident = alloc_string(ident);
    clash->items = alloc_zero(count, sizeof *clash->items);
    for (size_t i = 0; i < count; i++)
        fill_item(&clash->items[i], env, &clashes[i]);
    clash->count = count;
    clash_resize(&clash->view, (struct rect){0, 0, 24, 80});
    return &clash->view;
}
