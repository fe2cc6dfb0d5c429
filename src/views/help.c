/* Help and settings: tables of a name, what it is now, and a sentence, grouped and scrolled. */
#include "views/help.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "model/task.h"
#include "model/workflow.h"

#define MARGIN 2
#define NAME_LEAST 8

struct entry {
    char *name;  /* NULL: a heading, `text` alone */
    char *value; /* NULL: none */
    char *text;
    enum role role; /* of the name */
};
struct line {
    const struct entry *entry;
    size_t start, bytes; /* of the entry's text */
    bool first;
};
struct help_view {
    struct view view;
    struct rect area;
    char *heading;
    struct entry *entries;
    size_t count, capacity;
    struct line *lines;
    size_t line_count, line_capacity, top;
    int name_columns, value_columns;
};

static struct help_view *self(struct view *view)
{
    assert(view->ops == &help_view_ops);
    return (struct help_view *)view;
}

/* --- entries ------------------------------------------------------------------------------- */

static void add(
    struct help_view *help, const char *name, const char *value, const char *text, enum role role)
{
    help->entries =
        alloc_grow(help->entries, &help->capacity, help->count + 1, sizeof *help->entries);
    help->entries[help->count++] =
        (struct entry){alloc_string(name), alloc_string(value), alloc_string(text), role};
}

static void add_actions(
    struct help_view *help, const struct view_env *env, unsigned context, const char *group)
{
    bool headed = false;
    for (size_t i = 0; i < env->action_count; i++) {
        const struct action *action = &env->actions[i];
        if (strcmp(action->group, group) != 0 || !(action->contexts & context))
            continue;
        if (!headed)
            add(help, NULL, NULL, _(group), ROLE_TITLE);
        headed = true;
        const char *chords = keymap_chords(env->keymap, action);
        char *command = *chords ? NULL : alloc_format(":%s", action->name);
        add(help, command ? command : chords, NULL, _(action->help), ROLE_KEY);
        free(command);
    }
}

/* Groups in the order in which the table names them. */
static void add_groups(struct help_view *help, const struct view_env *env, unsigned context)
{
    for (size_t i = 0; i < env->action_count; i++) {
        bool seen = false;
        for (size_t k = 0; k < i; k++)
            seen |= strcmp(env->actions[i].group, env->actions[k].group) == 0;
        if (!seen)
            add_actions(help, env, context, env->actions[i].group);
    }
}

static void add_lights(struct help_view *help)
{
    static const enum role roles[LIGHT_COUNT] = {
        ROLE_OVERDUE, ROLE_UNREPORTED, ROLE_DUE_SOON, ROLE_CHANGED, ROLE_NORMAL, ROLE_CLOSED};
    add(help, NULL, NULL, _("Lights, worst first"), ROLE_TITLE);
    for (size_t i = 0; i < LIGHT_COUNT; i++) {
        char glyph[2] = {lights[i].glyph, 0};
        add(help, glyph, NULL, _(lights[i].label), roles[i]);
    }
}

/* What stands on the scorecard without words. */
static void add_signs(struct help_view *help)
{
    add(help, NULL, NULL, _("On the scorecard"), ROLE_TITLE);
    add(help, "+ -", NULL, _("The first three and the last three"), ROLE_LABEL);
    add(help, _("12 weeks late"), NULL,
        _("Overdue tasks at the end of each of twelve weeks, the last today; as high as the most "
          "of "
          "any line, so that lines can be compared"),
        ROLE_LABEL);
}

/* What each action of the workflow is, in which states it stands open, and to whom. */
static void add_workflow(struct help_view *help)
{
    add(help, NULL, NULL, _("The life of a task"), ROLE_TITLE);
    for (size_t i = 0; i < workflow_count; i++) {
        const struct transition *transition = &workflow[i];
        struct strbuf text = {0}, states = {0}, roles = {0};
        for (int state = 0; state < STATE_COUNT; state++)
            if (transition->from & STATE_BIT(state))
                strbuf_format(
                    &states, "%s%s", states.length > 0 ? _(", ") : "", _(task_states[state].label));
        for (int role = 0; role < PERSON_ROLE_COUNT; role++)
            if (transition->may & PERSON_BIT(role))
                strbuf_format(
                    &roles, "%s%s", roles.length > 0 ? _(", ") : "", _(person_roles[role].label));
        strbuf_format(&text, _("%s. When: %s. Who: %s."), _(transition->help), strbuf_text(&states),
            strbuf_text(&roles));
        add(help, _(transition->verb), NULL, strbuf_text(&text), ROLE_LABEL);
        strbuf_clear(&text);
        strbuf_clear(&states);
        strbuf_clear(&roles);
    }
}

/* --- lines --------------------------------------------------------------------------------- */

static void measure(struct help_view *help)
{
    int most = help->area.columns / 3;
    help->name_columns = NAME_LEAST;
    help->value_columns = 0;
    for (size_t i = 0; i < help->count; i++) {
        int name = help->entries[i].name ? text_width(help->entries[i].name) : 0;
        int value = help->entries[i].value ? text_width(help->entries[i].value) : 0;
        if (name > help->name_columns)
            help->name_columns = name < most ? name : most;
        if (value > help->value_columns)
            help->value_columns = value < most / 2 ? value : most / 2;
    }
}

static int text_column(const struct help_view *help, const struct entry *entry)
{
    if (!entry->name)
        return 0;
    return 2 + help->name_columns + 1 + (help->value_columns ? help->value_columns + 1 : 0);
}

static void add_line(struct help_view *help, struct line line)
{
    help->lines =
        alloc_grow(help->lines, &help->line_capacity, help->line_count + 1, sizeof *help->lines);
    help->lines[help->line_count++] = line;
}

static void lay_out(struct help_view *help)
{
    help->line_count = 0;
    measure(help);
    for (size_t i = 0; i < help->count; i++) {
        const struct entry *entry = &help->entries[i];
        int columns = help->area.columns - 2 * MARGIN - text_column(help, entry);
        struct text_lines wrapped = {0};
        if (!entry->name && help->line_count)
            add_line(help, (struct line){0});
        text_wrap(&wrapped, entry->text, columns > 10 ? columns : 10);
        for (size_t k = 0; k < wrapped.count; k++)
            add_line(
                help, (struct line){entry, wrapped.line[k].start, wrapped.line[k].bytes, k == 0});
        text_lines_clear(&wrapped);
    }
}

static size_t rows(const struct help_view *help)
{
    return help->area.rows > 3 ? (size_t)help->area.rows - 3 : 1;
}

static enum effect scroll(struct help_view *help, size_t top)
{
    size_t most = help->line_count > rows(help) ? help->line_count - rows(help) : 0;
    size_t before = help->top;
    help->top = top < most ? top : most;
    return help->top == before ? EFFECT_NONE : EFFECT_DRAW;
}

/* --- the view ------------------------------------------------------------------------------ */

static void help_resize(struct view *view, struct rect area)
{
    struct help_view *help = self(view);
    help->area = area;
    lay_out(help);
    scroll(help, help->top);
}

static void draw_line(const struct help_view *help, const struct line *line, struct canvas *canvas,
    int row, int column)
{
    const struct entry *entry = line->entry;
    if (!entry)
        return;
    if (line->first && entry->name)
        canvas_put(canvas, row, column + 2, help->name_columns, entry->role, entry->name);
    if (line->first && entry->value)
        canvas_put(canvas, row, column + 2 + help->name_columns + 1, help->value_columns,
            ROLE_NORMAL, entry->value);
    char *text = alloc_string_n(entry->text + line->start, line->bytes);
    canvas_put(canvas, row, column + text_column(help, entry), -1,
        entry->name ? ROLE_NORMAL : entry->role, text);
    free(text);
}

static void help_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct help_view *help = self((struct view *)view);
    canvas_fill(canvas, (struct rect){area.row, area.column, 1, area.columns}, ROLE_HEADER, ' ');
    canvas_put(canvas, area.row, area.column + MARGIN, area.columns - 2 * MARGIN,
        ROLE_HEADER_STRONG, help->heading);
    for (size_t i = 0; i < rows(help) && help->top + i < help->line_count; i++)
        draw_line(
            help, &help->lines[help->top + i], canvas, area.row + 1 + (int)i, area.column + MARGIN);
    int last = area.row + area.rows - 1;
    bool more = help->top + rows(help) < help->line_count;
    canvas_put(canvas, last, area.column + MARGIN, -1, ROLE_HINT,
        more ? _("j k PgDn PgUp scroll, Esc closes: there is more below") : _("Esc closes"));
    canvas_cursor(canvas, area.row + 1, area.column, true);
}

static enum effect help_motion(struct view *view, enum motion motion)
{
    struct help_view *help = self(view);
    size_t page = rows(help) > 1 ? rows(help) - 1 : 1, top = help->top;
    switch (motion) {
    case MOVE_UP:
        return scroll(help, top ? top - 1 : 0);
    case MOVE_DOWN:
        return scroll(help, top + 1);
    case MOVE_PAGE_UP:
        return scroll(help, top > page ? top - page : 0);
    case MOVE_PAGE_DOWN:
        return scroll(help, top + page);
    case MOVE_HALF_UP:
        return scroll(help, top > page / 2 ? top - page / 2 : 0);
    case MOVE_HALF_DOWN:
        return scroll(help, top + page / 2);
    case MOVE_FIRST:
        return scroll(help, 0);
    case MOVE_LAST:
        return scroll(help, help->line_count);
    default:
        return EFFECT_NONE;
    }
}

static void help_close(struct view *view)
{
    struct help_view *help = self(view);
    for (size_t i = 0; i < help->count; i++) {
        free(help->entries[i].name);
        free(help->entries[i].value);
        free(help->entries[i].text);
    }
    free(help->entries);
    free(help->lines);
    free(help->heading);
    free(help);
}

const struct view_ops help_view_ops = {
    .name = "help",
    .title = N_("Help"),
    .context = CONTEXT_HELP,
    .resize = help_resize,
    .draw = help_draw,
    .move = help_motion,
    .close = help_close,
};

static struct help_view *help_new(const char *heading)
{
    struct help_view *help = alloc_zero(1, sizeof *help);
    help->view.ops = &help_view_ops;
    help->heading = alloc_string(heading);
    help->area = (struct rect){0, 0, 24, 80};
    return help;
}

struct view *help_open(const struct view_env *env, unsigned context, const char *heading)
{
    struct help_view *help = help_new(heading);
    add_groups(help, env, context);
    if (context & (CONTEXT_MENU | CONTEXT_DETAIL))
        add_workflow(help);
    if (context & CONTEXT_SCORECARD)
        add_signs(help);
    add_lights(help);
    lay_out(help);
    return &help->view;
}

struct view *help_open_lines(
    const char *heading, const char *intro, const struct help_line *lines, size_t count)
{
    struct help_view *help = help_new(heading);
    add(help, NULL, NULL, intro, ROLE_LABEL);
    for (size_t i = 0; i < count; i++)
        add(help, lines[i].name, lines[i].value, lines[i].help, ROLE_KEY);
    lay_out(help);
    return &help->view;
}
