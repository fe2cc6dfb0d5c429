/* The handover as a screen. Its body is lines: the note of the predecessor, then for each group a
 * heading and its items. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "handover_state.h"

#define NOTES_LOOKED 20
#define PAUSE_TIMES 10 /* as long as a reading took, the next one waits */

static struct handover_view *self(struct view *view)
{
    assert(view->ops == &handover_view_ops);
    return (struct handover_view *)view;
}

static const struct handover_view *self_const(const struct view *view)
{
    assert(view->ops == &handover_view_ops);
    return (const struct handover_view *)view;
}

struct view *handover_view_from(struct view *view)
{
    return view && view->ops == &handover_view_ops ? view : NULL;
}

const struct handover *handover_view_shown(const struct view *view)
{
    return self_const(view)->handover;
}

/* --- lines ----------------------------------------------------------------------------------- */

size_t handover_body_rows(const struct handover_view *view)
{
    int rows = view->area.rows - ABOVE - BELOW;
    return rows > 0 ? (size_t)rows : 1;
}

/* A third of the window at most: the rest of a long note is for `v`. */
size_t handover_note_rows(const struct handover_view *view)
{
    size_t most = handover_body_rows(view) / 3;
    most = most > 0 ? most : 1;
    return view->note_lines.count < most ? view->note_lines.count : most;
}

/* Heading, lines and a blank. */
static size_t note_block(const struct handover_view *view)
{
    return view->note ? handover_note_rows(view) + 2 : 0;
}

size_t handover_line_count(const struct handover_view *view)
{
    size_t lines = note_block(view) + view->handover->count;
    for (int i = 0; i < HANDOVER_GROUP_COUNT; i++)
        lines += view->handover->size[i] > 0;
    return view->handover->count > 0 ? lines : lines + EMPTY_LINES;
}

struct handover_line handover_line_at(const struct handover_view *view, size_t line)
{
    size_t block = note_block(view), items = 0;
    if (line < block) {
        if (line == 0)
            return (struct handover_line){LINE_NOTE_HEAD, 0};
        return line + 1 < block ? (struct handover_line){LINE_NOTE, line - 1}
                                : (struct handover_line){LINE_BLANK, 0};
    }
    line -= block;
    for (int i = 0; i < HANDOVER_GROUP_COUNT; i++) {
        size_t size = view->handover->size[i];
        if (size == 0)
            continue;
        if (line == 0)
            return (struct handover_line){LINE_GROUP, (size_t)i};
        if (line <= size)
            return (struct handover_line){LINE_ITEM, items + line - 1};
        line -= size + 1;
        items += size;
    }
    return (struct handover_line){LINE_EMPTY, line};
}

static size_t line_of(const struct handover_view *view, size_t index)
{
    size_t line = note_block(view) + index + 1;
    for (int i = 0; i < (int)view->handover->item[index].group; i++)
        line += view->handover->size[i] > 0;
    return line;
}

/* --- the window ------------------------------------------------------------------------------ */

static size_t last_top(const struct handover_view *view)
{
    size_t lines = handover_line_count(view), rows = handover_body_rows(view);
    return lines > rows ? lines - rows : 0;
}

/* The selection is in the window; with the first item of a group its heading, with the first of all
 * the note. */
static void scroll(struct handover_view *view)
{
    size_t most = last_top(view), rows = handover_body_rows(view);
    if (view->handover->count > 0) {
        size_t line = line_of(view, view->index);
        size_t above = handover_line_at(view, line - 1).kind == LINE_GROUP ? line - 1 : line;
        if (view->index == 0 && line < rows)
            above = 0;
        if (view->top > above)
            view->top = above;
        if (line >= view->top + rows)
            view->top = line - rows + 1;
    }
    if (view->top > most)
        view->top = most;
}

static void wrap_note(struct handover_view *view)
{
    int columns = view->area.columns - PREFIX_COLUMNS - 1;
    text_lines_clear(&view->note_lines);
    if (view->note)
        text_wrap(&view->note_lines, view->note->text, columns > 2 ? columns : 2);
}

/* --- reading --------------------------------------------------------------------------------- */

static void free_note(struct handover_view *view)
{
    if (view->note)
        handover_notes_free(view->note, 1);
    view->note = NULL;
}

/* The newest of somebody else. */
static bool read_note(struct handover_view *view, struct error *err)
{
    struct handover_note *notes;
    size_t count, at = 0;
    if (!handover_notes_read(view->env->model, NOTES_LOOKED, &notes, &count, err))
        return false;
    while (at < count && notes[at].mine)
        at++;
    free_note(view);
    if (at < count) {
        view->note = alloc_zero(1, sizeof *view->note);
        *view->note = notes[at];
        notes[at] = (struct handover_note){0};
    }
    handover_notes_free(notes, count);
    wrap_note(view);
    return true;
}

static bool read_all(
    struct handover_view *view, const struct handover_since *since, struct error *err)
{
    struct handover *handover;
    if (!handover_read(view->env->model, since, &handover, err))
        return false;
    if (!read_note(view, err)) {
        handover_free(handover);
        return false;
    }
    handover_free(view->handover);
    view->handover = handover;
    return true;
}

/* Which item it was: the same group and task, or the same line. */
struct place {
    bool there;
    enum handover_group group;
    int64_t task, seq;
    size_t row;
};

static struct place place_of(const struct handover_view *view)
{
    if (view->handover->count == 0)
        return (struct place){0};
    const struct handover_item *item = &view->handover->item[view->index];
    size_t line = line_of(view, view->index);
    return (struct place){
        true, item->group, item->row.id, item->seq, line > view->top ? line - view->top : 0};
}

/* The item stays selected, and where the eye is; one that is gone is followed by the next. */
static void restore(struct handover_view *view, const struct place *place)
{
    size_t count = view->handover->count;
    view->index = view->index < count ? view->index : count > 0 ? count - 1 : 0;
    for (size_t i = 0; place->there && i < count; i++) {
        const struct handover_item *item = &view->handover->item[i];
        if (item->group == place->group && item->row.id == place->task &&
            (place->task != 0 || item->seq == place->seq))
            view->index = i;
    }
    if (count > 0 && place->there) {
        size_t line = line_of(view, view->index);
        view->top = line > place->row ? line - place->row : 0;
    }
    scroll(view);
}

/* --- others at work -------------------------------------------------------------------------- */

static int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool read_again(struct handover_view *view, struct error *err)
{
    struct place place = place_of(view);
    const struct handover_since since = view->handover->since;
    int64_t began = monotonic_ms();
    view->behind = false; /* what cannot be read is not tried on and on */
    if (!read_all(view, &since, err))
        return false;
    view->next_at = began + PAUSE_TIMES * (monotonic_ms() - began);
    restore(view, &place);
    return true;
}

/* After a long absence there is much to read: then not for each commit of a busy day. */
static bool view_reload(struct view *view, const struct changes *changes, struct error *err)
{
    struct handover_view *handover = self(view);
    if (changes && !changes->all && changes->count == 0)
        return true; /* only whether it is live */
    if (!changes || handover->timer < 0 || monotonic_ms() >= handover->next_at)
        return read_again(handover, err);
    const struct itimerspec when = {.it_value = {.tv_sec = handover->next_at / 1000,
                                        .tv_nsec = handover->next_at % 1000 * 1000000}};
    handover->behind = timerfd_settime(handover->timer, TFD_TIMER_ABSTIME, &when, NULL) == 0;
    return handover->behind || read_again(handover, err);
}

static int view_fd(const struct view *view)
{
    const struct handover_view *handover = self_const(view);
    return handover->behind ? handover->timer : -1;
}

static enum effect view_ready(struct view *view, struct error *err)
{
    struct handover_view *handover = self(view);
    if (!handover->behind || monotonic_ms() < handover->next_at)
        return EFFECT_NONE;
    return read_again(handover, err) ? EFFECT_DRAW : EFFECT_NONE;
}

static void view_resize(struct view *view, struct rect area)
{
    struct handover_view *handover = self(view);
    handover->area = area;
    handover_columns(handover->columns, area.columns - PREFIX_COLUMNS - 1);
    wrap_note(handover);
    scroll(handover);
}

/* --- moving ---------------------------------------------------------------------------------- */

static enum effect select_index(struct handover_view *view, size_t index)
{
    size_t before = view->index, top = view->top;
    view->index = index;
    scroll(view);
    return view->index != before || view->top != top ? EFFECT_DRAW : EFFECT_NONE;
}

static enum effect move_by(struct handover_view *view, int by)
{
    size_t count = view->handover->count, far = by < 0 ? 0 - (size_t)by : (size_t)by;
    if (count == 0)
        return EFFECT_NONE;
    if (by < 0)
        return select_index(view, view->index > far ? view->index - far : 0);
    return select_index(view, view->index + far < count ? view->index + far : count - 1);
}

/* To the first item of the next group with any; back, of this one first. */
static enum effect move_group(struct handover_view *view, int by)
{
    const struct handover *handover = view->handover;
    size_t first = 0;
    for (size_t i = 0; i < handover->count; i++) {
        bool begins = i == 0 || handover->item[i].group != handover->item[i - 1].group;
        if (by > 0 && begins && i > view->index)
            return select_index(view, i);
        if (by < 0 && begins && i < view->index)
            first = i;
    }
    return by < 0 ? select_index(view, first) : EFFECT_NONE;
}

static enum effect view_motion(struct view *view, enum motion motion)
{
    struct handover_view *handover = self(view);
    int page = (int)handover_body_rows(handover), count = (int)handover->handover->count;
    switch (motion) {
    case MOVE_UP:
        return move_by(handover, -1);
    case MOVE_DOWN:
        return move_by(handover, 1);
    case MOVE_PAGE_UP:
        return move_by(handover, 1 - page);
    case MOVE_PAGE_DOWN:
        return move_by(handover, page - 1);
    case MOVE_HALF_UP:
        return move_by(handover, -(page / 2));
    case MOVE_HALF_DOWN:
        return move_by(handover, page / 2);
    case MOVE_FIRST:
        return move_by(handover, -count);
    case MOVE_LAST:
        return move_by(handover, count);
    case MOVE_LEFT:
    case MOVE_PREVIOUS_SECTION:
        return move_group(handover, -1);
    case MOVE_RIGHT:
    case MOVE_NEXT_SECTION:
        return move_group(handover, 1);
    }
    return EFFECT_NONE;
}

static enum effect view_key(struct view *view, const struct key *key)
{
    struct handover_view *handover = self(view);
    if (key->code != KEY_CODE_MOUSE)
        return EFFECT_NONE;
    if (key->button == 4 || key->button == 5)
        return move_by(handover, key->button == 4 ? -3 : 3);
    int row = key->row - handover->area.row - ABOVE;
    if (row < 0 || (size_t)row >= handover_body_rows(handover) ||
        handover->top + (size_t)row >= handover_line_count(handover))
        return EFFECT_NONE;
    struct handover_line line = handover_line_at(handover, handover->top + (size_t)row);
    return line.kind == LINE_ITEM ? select_index(handover, line.index) : EFFECT_NONE;
}

static int64_t task_at(const struct handover_view *view, size_t index)
{
    return index < view->handover->count ? view->handover->item[index].row.id : 0;
}

static int64_t view_selected(const struct view *view)
{
    const struct handover_view *handover = self_const(view);
    return task_at(handover, handover->index);
}

/* Who steps through has seen a task once, in the group that comes first. */
static bool is_first_of_task(const struct handover_view *view, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (task_at(view, i) == task_at(view, index))
            return false;
    return task_at(view, index) != 0;
}

static bool view_next(struct view *view, int by, int64_t *id)
{
    struct handover_view *handover = self(view);
    size_t count = handover->handover->count;
    for (size_t i = handover->index; by < 0 ? i > 0 : i + 1 < count;) {
        i = by < 0 ? i - 1 : i + 1;
        if (!is_first_of_task(handover, i))
            continue;
        select_index(handover, i);
        *id = task_at(handover, i);
        return true;
    }
    return false;
}

enum effect handover_view_select_row(struct view *view, size_t row)
{
    struct handover_view *handover = self(view);
    size_t count = handover->handover->count, index = row > 0 ? row - 1 : 0;
    if (count == 0)
        return EFFECT_NONE;
    return select_index(handover, index < count ? index : count - 1);
}

/* --- what can be done ------------------------------------------------------------------------ */

bool handover_view_mark(struct view *view, bool *seen, struct error *err)
{
    struct handover_view *handover = self(view);
    struct model *model = handover->env->model;
    const struct handover_point now = {true, handover->handover->until_seq, date_now()};
    struct handover_point before = handover->before;
    *seen = !handover->marked;
    if (*seen && !handover_point_read(model, &before, err))
        return false;
    if (!handover_point_write(model, *seen ? &now : &before, err))
        return false;
    handover->marked = *seen;
    handover->before = before;
    return true;
}

char *handover_view_copy_text(const struct view *view)
{
    const struct handover_view *handover = self_const(view);
    if (handover->handover->count == 0)
        return NULL;
    const struct handover_item *item = &handover->handover->item[handover->index];
    return item->row.id != 0
               ? alloc_format("%s %s\n%s", item->row.ident, item->row.title, item->text)
               : alloc_string(item->text);
}

/* --- life ------------------------------------------------------------------------------------ */

static void view_close(struct view *view)
{
    struct handover_view *handover = self(view);
    handover_free(handover->handover);
    free_note(handover);
    text_lines_clear(&handover->note_lines);
    if (handover->timer >= 0)
        close(handover->timer);
    free(handover);
}

const struct view_ops handover_view_ops = {
    .name = "handover",
    .title = N_("Handover"),
    .context = CONTEXT_HANDOVER,
    .reload = view_reload,
    .resize = view_resize,
    .draw = handover_draw,
    .key = view_key,
    .move = view_motion,
    .selected = view_selected,
    .next = view_next,
    .fd = view_fd,
    .ready = view_ready,
    .close = view_close,
};

static bool read_from(struct handover_view *view, const char *text, struct error *err)
{
    struct handover_since since;
    if (!handover_since_find(view->env->model, text, &since, err) || !read_all(view, &since, err))
        return false;
    view->opened_seq = view->handover->until_seq;
    view->marked = false;
    view->index = view->top = 0;
    scroll(view);
    return true;
}

enum effect handover_view_since(struct view *view, const char *since, struct error *err)
{
    return read_from(self(view), since, err) ? EFFECT_DRAW : EFFECT_NONE;
}

bool handover_view_open(
    const struct view_env *env, const char *since, struct view **out, struct error *err)
{
    struct handover_view *view = alloc_zero(1, sizeof *view);
    view->view.ops = &handover_view_ops;
    view->env = env;
    view->area = (struct rect){0, 0, 24, 80};
    view->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (!read_from(view, since, err)) {
        view_close(&view->view);
        return false;
    }
    *out = &view->view;
    return true;
}
