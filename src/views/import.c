#include "views/import.h"

#include <assert.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "frame.h"
#include "import_state.h"

enum {
    ABOVE = 3, /* rows above the lines: header, title, heads */
    BELOW = 1, /* and below them and the state: footer */
    TELL_MS = 100
};

struct import_view *import_self(struct view *view)
{
    assert(view->ops == &import_view_ops);
    return (struct import_view *)view;
}

struct view *import_from(struct view *view)
{
    return view && view->ops == &import_view_ops ? view : NULL;
}

const struct import_state *import_state(const struct import_view *view)
{
    return view->ops->state(view->context);
}

int import_rows(const struct import_view *view)
{
    int rows = view->area.rows - ABOVE - import_state_rows(view) - BELOW;
    return rows > 1 ? rows : 1;
}

size_t import_options_at(const struct import_view *view)
{
    size_t columns = import_state(view)->column_count;
    return columns > 0 ? columns + 1 : 0;
}

static void say_wrong(struct import_view *view, const char *text)
{
    free(view->wrong);
    view->wrong = alloc_string(text);
}

/* --- the report ------------------------------------------------------------------------------ */

bool import_has_unseen(const struct import_view *view)
{
    const struct import_state *state = import_state(view);
    return state->looked && !state->refused && view->warning > 0 && view->warned != state->warnings;
}

static void note_seen(struct import_view *view)
{
    size_t rows = (size_t)import_rows(view);
    if (view->second && view->phase == IMPORT_IDLE && view->warning >= view->top &&
        view->warning + 1 < view->top + rows && import_has_unseen(view))
        view->warned = import_state(view)->warnings;
}

static void scroll(struct import_view *view, long by)
{
    size_t rows = (size_t)import_rows(view);
    size_t most = view->line_count > rows ? view->line_count - rows : 0;
    if (by < 0)
        view->top = view->top > (size_t)-by ? view->top - (size_t)-by : 0;
    else
        view->top = view->top + (size_t)by < most ? view->top + (size_t)by : most;
    note_seen(view);
}

/* What is said below takes rows from both pages. */
static void fit(struct import_view *view)
{
    view->window.rows = import_rows(view);
    table_scroll(&view->window);
    scroll(view, 0);
}

/* Section headings stand behind an empty line. */
static void split_report(struct import_view *view, size_t warnings)
{
    const char *text = strbuf_text(&view->report);
    bool empty = false;
    view->line_count = view->warning = 0;
    for (size_t at = 0; text[at] != '\0';) {
        size_t bytes = strcspn(text + at, "\n");
        view->line =
            alloc_grow(view->line, &view->line_capacity, view->line_count + 1, sizeof *view->line);
        view->line[view->line_count++] =
            (struct import_line){at, bytes, empty && bytes > 0 && text[at] != ' '};
        if (warnings > 0 && at == warnings)
            view->warning = view->line_count - 1;
        empty = bytes == 0;
        at += bytes + (text[at + bytes] == '\n');
    }
}

/* Not while something is under way: what it is made of is being made. */
static void make_report(struct import_view *view, bool anew)
{
    int columns = view->area.columns - 2;
    if (view->phase != IMPORT_IDLE || (!anew && columns == view->report_columns))
        return;
    strbuf_cut(&view->report, 0);
    size_t warnings = view->ops->report(view->context, columns, &view->report);
    view->report_columns = columns;
    view->refusal = 0;
    split_report(view, warnings);
    scroll(view, 0);
}

/* Writing waits for it that they were seen. */
static void go_warnings(struct import_view *view)
{
    view->asked = true;
    fit(view);
    view->top = 0;
    scroll(view, (long)view->warning);
    view->warned = import_state(view)->warnings; /* on however few rows */
}

/* What refuses has the first heading. */
static void go_refusal(struct import_view *view)
{
    size_t at = 0;
    while (at < view->line_count && !view->line[at].heading)
        at++;
    view->refusal = at + 1 < view->line_count ? at + 1 : 0;
    fit(view);
    view->top = 0;
    scroll(view, (long)at);
}

/* --- what is under way ----------------------------------------------------------------------- */

static bool begin(struct import_view *view, bool write)
{
    struct error err = {0};
    char **map = alloc_zero(view->told_count + 1, sizeof *map);
    struct import_asked asked = {.kind = view->kind,
        .charset = view->charset,
        .source = view->source,
        .sheet = view->sheet,
        .region = view->region,
        .fill = view->fill,
        .create_units = view->create_units};
    for (size_t i = 0; i < view->told_count; i++)
        if (view->told[i] != NULL)
            map[asked.map_count++] = alloc_format("%zu=%s", i + 1, view->told[i]);
    asked.map = (const char *const *)map;
    say_wrong(view, NULL);
    view->again = view->stopping = view->asked = false;
    view->refusal = 0;
    view->warned = write ? view->warned : 0;
    view->done = view->of = 0;
    bool begun = view->ops->begin(view->context, &asked, write, &err);
    view->phase = !begun ? IMPORT_IDLE : write ? IMPORT_WRITING : IMPORT_LOOKING;
    if (!begun)
        say_wrong(view, err.text);
    fit(view);
    for (size_t i = 0; i < asked.map_count; i++)
        free(map[i]);
    free(map);
    return begun;
}

static void stop(struct import_view *view)
{
    view->stopping = true;
    view->ops->stop(view->context);
}

enum effect import_look_again(struct import_view *view)
{
    if (view->phase == IMPORT_IDLE) {
        begin(view, false);
        return EFFECT_DRAW;
    }
    stop(view);
    view->again = true;
    return EFFECT_DRAW;
}

/* The file may have other columns than before; what is selected of the options stays so. */
static void follow_columns(struct import_view *view)
{
    size_t count = import_state(view)->column_count, selected = view->window.selected;
    size_t options = view->window.count - IMPORT_OPTION_COUNT; /* where they were */
    view->told = alloc_resize(
        view->told, (count > view->told_count ? count : view->told_count) + 1, sizeof *view->told);
    for (size_t i = view->told_count; i < count; i++)
        view->told[i] = NULL;
    if (count > view->told_count)
        view->told_count = count;
    view->window.count = import_options_at(view) + IMPORT_OPTION_COUNT;
    if (selected > 0 && selected >= options)
        view->window.selected = selected - options + import_options_at(view);
    else if (selected >= count)
        view->window.selected = 0;
    table_scroll(&view->window);
}

static void say_failed(struct import_view *view, bool wrote, bool stopped, const struct error *err)
{
    char *text = stopped && wrote ? alloc_string(_("Ended: nothing is written"))
                 : stopped        ? alloc_string(_("Ended; r looks again"))
                 : wrote ? alloc_format(_("%s; nothing is written, r reads it again"), err->text)
                         : alloc_format(_("%s; r reads it again"), err->text);
    say_wrong(view, text);
    free(text);
}

static enum effect finish(struct import_view *view)
{
    struct error err = {0};
    bool wrote = view->phase == IMPORT_WRITING, stopped = view->stopping;
    enum import_end end = view->ops->finish(view->context, &err);
    view->phase = IMPORT_IDLE;
    view->stopping = false;
    if (end == IMPORT_WRITTEN) {
        view->ops->written(view->context);
        return EFFECT_BACK | EFFECT_DRAW;
    }
    /* a column that was chosen is there no more */
    bool others = end == IMPORT_FAILED && !stopped && err.code == ERROR_USAGE;
    if (view->again || (others && import_forget_columns(view))) {
        begin(view, false);
        return EFFECT_DRAW;
    }
    if (end == IMPORT_FAILED)
        say_failed(view, wrote, stopped, &err);
    follow_columns(view);
    make_report(view, true);
    fit(view);
    return EFFECT_DRAW;
}

static int import_fd(const struct view *base)
{
    const struct import_view *view = import_self((struct view *)base);
    return view->phase != IMPORT_IDLE ? view->ops->fd(view->context) : -1;
}

static enum effect import_ready(struct view *base, struct error *err)
{
    struct import_view *view = import_self(base);
    struct pollfd done = {.fd = import_fd(base), .events = POLLIN};
    (void)err; /* not of the picture */
    return done.fd >= 0 && poll(&done, 1, 0) > 0 ? finish(view) : EFFECT_NONE;
}

static enum effect import_tick(struct view *base, int *next_ms)
{
    struct import_view *view = import_self(base);
    size_t done = view->done;
    if (view->phase == IMPORT_IDLE)
        return EFFECT_NONE;
    *next_ms = TELL_MS;
    view->ops->progress(view->context, &view->done, &view->of);
    return view->done != done ? EFFECT_DRAW : EFFECT_NONE;
}

/* --- keys ------------------------------------------------------------------------------------ */

/* While it is written, nothing but ending it. */
static enum effect import_key(struct view *base, const struct key *key)
{
    struct import_view *view = import_self(base);
    char name[16];
    if (view->phase != IMPORT_WRITING)
        return EFFECT_NONE;
    key_name(key, name);
    if (strcmp(name, "Esc") == 0 || strcmp(name, "C-c") == 0)
        stop(view);
    return EFFECT_DRAW;
}

static enum effect import_clear(struct view *base)
{
    struct import_view *view = import_self(base);
    if (view->phase == IMPORT_IDLE || view->stopping)
        return EFFECT_NONE;
    stop(view);
    return EFFECT_DRAW;
}

enum effect import_view_choose(struct view *base)
{
    struct import_view *view = import_self(base);
    return view->second ? EFFECT_NONE : import_choose(view);
}

enum effect import_view_leave_out(struct view *base)
{
    struct import_view *view = import_self(base);
    return view->second ? EFFECT_NONE : import_leave_out(view);
}

enum effect import_view_page(struct view *base)
{
    struct import_view *view = import_self(base);
    view->second = !view->second;
    view->refusal = 0;
    view->asked = false;
    make_report(view, false);
    fit(view);
    return EFFECT_DRAW;
}

enum effect import_view_again(struct view *base)
{
    return import_look_again(import_self(base));
}

enum effect import_view_write(struct view *base)
{
    struct import_view *view = import_self(base);
    const struct import_state *state = import_state(view);
    if (view->phase != IMPORT_IDLE || !state->looked || view->wrong != NULL)
        return EFFECT_NONE;
    if (state->refused || state->count[IMPORT_NEW] + state->count[IMPORT_CHANGED] == 0) {
        view->second = true; /* where it says why not */
        make_report(view, false);
        if (state->refused)
            go_refusal(view);
        return EFFECT_DRAW;
    }
    make_report(view, false);
    if (import_has_unseen(view)) {
        view->second = true;
        go_warnings(view);
        return EFFECT_DRAW;
    }
    begin(view, true);
    return EFFECT_DRAW;
}

/* --- moving ---------------------------------------------------------------------------------- */

/* The section heading behind, or before, the first line seen. */
static void go_section(struct import_view *view, bool next)
{
    size_t at = view->top;
    do {
        if (next ? at + 1 >= view->line_count : at == 0)
            break;
        at += next ? 1 : (size_t)-1;
    } while (!view->line[at].heading);
    if (!next || view->line[at].heading)
        scroll(view, (long)at - (long)view->top);
}

static enum effect import_move(struct view *base, enum motion motion)
{
    struct import_view *view = import_self(base);
    int page = import_rows(view) > 1 ? import_rows(view) - 1 : 1;
    const long by[] = {[MOVE_UP] = -1,
        [MOVE_DOWN] = 1,
        [MOVE_PAGE_UP] = -page,
        [MOVE_PAGE_DOWN] = page,
        [MOVE_HALF_UP] = -page / 2,
        [MOVE_HALF_DOWN] = page / 2,
        [MOVE_FIRST] = -1000000,
        [MOVE_LAST] = 1000000,
        [MOVE_PREVIOUS_SECTION] = 0};
    if (view->second && view->refusal > 0) { /* it was read */
        view->refusal = 0;
        fit(view);
    }
    if (motion == MOVE_LEFT || motion == MOVE_RIGHT)
        go_section(view, motion == MOVE_RIGHT);
    else if (view->second)
        scroll(view, by[motion]);
    else if (table_move(&view->window, (int)by[motion]) &&
             view->window.selected + 1 == import_options_at(view))
        table_move(&view->window, by[motion] < 0 ? -1 : 1); /* nothing stands there */
    return EFFECT_DRAW;
}

static void import_resize(struct view *base, struct rect area)
{
    struct import_view *view = import_self(base);
    view->area = area;
    make_report(view, false);
    fit(view);
}

/* --- opening and closing --------------------------------------------------------------------- */

static void import_close(struct view *base)
{
    struct import_view *view = import_self(base);
    view->ops->close(view->context);
    for (size_t i = 0; i < view->told_count; i++)
        free(view->told[i]);
    free(view->told);
    free(view->kind);
    free(view->charset);
    free(view->source);
    free(view->sheet);
    free(view->region);
    free(view->wrong);
    free(view->line);
    strbuf_clear(&view->report);
    free(view);
}

const struct view_ops import_view_ops = {
    .name = "import",
    .title = N_("Import"),
    .context = CONTEXT_IMPORT,
    .resize = import_resize,
    .draw = import_draw,
    .key = import_key,
    .move = import_move,
    .fd = import_fd,
    .ready = import_ready,
    .tick = import_tick,
    .clear = import_clear,
    .close = import_close,
};

struct view *import_open(const struct view_env *env, const struct import_ops *ops, void *context)
{
    struct import_view *view = alloc_zero(1, sizeof *view);
    view->view.ops = &import_view_ops;
    view->env = env;
    view->ops = ops;
    view->context = context;
    view->area = (struct rect){0, 0, 24, 80};
    view->window = (struct table_window){.count = IMPORT_OPTION_COUNT, .rows = 1};
    begin(view, false);
    return &view->view;
}
