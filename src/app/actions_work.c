/* Actions that change tasks: forms, the menu of the workflow, undo. */
#include <stdlib.h>
#include <string.h>

#include "actions.h"
#include "app/app.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "model/draft.h"
#include "model/history.h"
#include "model/undo.h"
#include "views/board.h"
#include "views/drafts.h"
#include "views/entry.h"
#include "views/menu.h"
#include "views/note.h"

/* --- which tasks ----------------------------------------------------------------------------- */

/* On the board the marked tasks; else the one selected or shown. Caller frees. */
static size_t tasks(struct app *app, int64_t **ids)
{
    struct view *top = view_stack_top(app->views);
    size_t count = board_from(top) ? board_marked(top, ids) : 0;
    if (count > 0)
        return count;
    if (board_from(top))
        free(*ids);
    *ids = alloc_zero(1, sizeof **ids);
    **ids = top->ops->selected(top);
    return **ids != 0;
}

/* --- forms ----------------------------------------------------------------------------------- */

static void said(void *context, enum role role, const char *message, int64_t new_task)
{
    struct app *app = context;
    app_say(app, role, message);
    if (new_task != 0)
        board_follow(app_board(app), new_task);
}

static void ask(void *context, struct view *view)
{
    app_push_later(context, view);
}

static enum effect open_form(struct app *app, const char *action, const int64_t *ids, size_t count)
{
    static const struct entry_ops ops = {said, ask};
    struct error err = {0};
    struct view *entry;
    if (!entry_open(&app->env, &ops, app, action, ids, count, &entry, &err))
        return app_say_error(app, &err);
    app_push_later(app, entry);
    return EFFECT_DRAW;
}

static enum effect open_on_tasks(struct app *app, const char *action)
{
    int64_t *ids = NULL;
    size_t count = tasks(app, &ids);
    enum effect effect = count > 0 ? open_form(app, action, ids, count)
                                   : app_say(app, ROLE_WARNING, _("There is no task here"));
    free(ids);
    return effect;
}

enum effect action_edit(struct app *app, const char *argument)
{
    (void)argument;
    return open_on_tasks(app, "edit");
}

enum effect action_report(struct app *app, const char *argument)
{
    (void)argument;
    return open_on_tasks(app, "report");
}

enum effect action_new(struct app *app, const char *argument)
{
    (void)argument;
    return open_form(app, "create", NULL, 0);
}

/* --- the menu of the workflow ---------------------------------------------------------------- */

static enum effect chosen(
    void *context, const struct transition *transition, const int64_t *ids, size_t count)
{
    return open_form(context, transition->action, ids, count) |
           (((struct app *)context)->coming ? EFFECT_BACK : EFFECT_DRAW);
}

enum effect action_act(struct app *app, const char *argument)
{
    static const struct menu_ops ops = {chosen};
    struct error err = {0};
    struct view *menu;
    int64_t *ids = NULL;
    if (argument)
        return workflow_find(argument)
                   ? open_on_tasks(app, argument)
                   : app_say(app, ROLE_WARNING, _("There is no such action; act alone lists them"));
    size_t count = tasks(app, &ids);
    bool opened = count > 0 && menu_open(&app->env, &ops, app, ids, count, &menu, &err);
    free(ids);
    if (opened)
        return app_push(app, menu);
    return count > 0 ? app_say_error(app, &err)
                     : app_say(app, ROLE_WARNING, _("There is no task here"));
}

/* --- drafts ---------------------------------------------------------------------------------- */

static enum effect draft_chosen(void *context, const struct draft *draft)
{
    struct app *app = context;
    enum effect effect;
    if (strcmp(draft->context, "measures") == 0)
        effect = app_open_measures(app, draft->task_id);
    else if (strcmp(draft->context, NOTE_DRAFT) == 0)
        effect = app_open_note(app);
    else
        effect = open_form(app, draft->context, &draft->task_id, draft->task_id != 0);
    return effect | (app->coming ? EFFECT_BACK : EFFECT_DRAW);
}

enum effect action_drafts(struct app *app, const char *argument)
{
    static const struct drafts_ops ops = {draft_chosen};
    struct error err = {0};
    struct view *drafts;
    (void)argument;
    if (!drafts_open(&app->env, &ops, app, &drafts, &err))
        return app_say_error(app, &err);
    return app_push(app, drafts);
}

void app_tell_drafts(struct app *app)
{
    struct draft *draft = NULL;
    struct error err = {0};
    size_t count = 0;
    if (!draft_list(app->model, &draft, &count, &err) || count == 0)
        return;
    char *text = alloc_format(ngettext("%zu draft of yours is not saved yet; D shows it",
                                  "%zu drafts of yours are not saved yet; D shows them", count),
        count);
    app_say_besides(app, ROLE_WARNING, text);
    free(text);
    for (size_t i = 0; i < count; i++)
        draft_clear(&draft[i]);
    free(draft);
}

/* --- taking back ----------------------------------------------------------------------------- */

/* What is done again is the action, not the taking back of it. */
static void find_action(struct app *app, const struct event *event, struct events *out)
{
    struct error err = {0};
    for (size_t i = 0; i < event->change_count; i++)
        if (strcmp(event->changes[i].field, "undone") == 0)
            history_since(app->model, strtoll(event->changes[i].after, NULL, 10) - 1, 1, out, &err);
}

static void tell(struct app *app, bool redo, const struct events *done)
{
    struct strbuf text = {0};
    struct events action = {0};
    const struct event *event = &done->event[0];
    if (redo)
        find_action(app, event, &action);
    event = action.count == 1 ? &action.event[0] : event;
    strbuf_add(&text, redo ? _("Done again: ") : _("Taken back: "));
    strbuf_format(&text, "%s%s", event->ident, event->ident[0] != '\0' ? " " : "");
    history_describe(app->model, event, &text);
    if (undo_kept(done) != NULL)
        strbuf_format(&text, _("; kept, for others use it by now: %s"), undo_kept(done));
    app_say(app, ROLE_OK, strbuf_text(&text));
    events_clear(&action);
    strbuf_clear(&text);
}

/* What was done before this board was opened is taken back only when the key is pressed again. */
static bool is_old(struct app *app, const struct event *event)
{
    if (event->at >= app->opened_at || event->seq == app->undo_asked)
        return false;
    struct strbuf text = {0};
    struct date_time at = date_local(event->at);
    char day[11];
    strbuf_format(&text, _("From %s %02d:%02d: %s "), date_format(at.date, day), at.hour, at.minute,
        event->ident);
    history_describe(app->model, event, &text);
    strbuf_add(&text, _("; once more takes it back"));
    app_say(app, ROLE_WARNING, strbuf_text(&text));
    strbuf_clear(&text);
    app->undo_asked = event->seq;
    return true;
}

/* The board shows what an import brought: not what is gone, and again when it comes again. */
static void show_import(struct app *app, bool redo, const struct event *event)
{
    struct view *board = app_board(app);
    struct events first = {0};
    struct error err = {0};
    if (redo)
        find_action(app, event, &first);
    event = first.count == 1 ? &first.event[0] : event;
    bool is_import = strcmp(event->action, "import") == 0;
    events_clear(&first);
    if (!is_import || !board_from(board))
        return;
    if (redo)
        board_show_again(board, &err);
    else
        board_show_before(board, &err);
    if (err.code != ERROR_NONE)
        app_say_besides(app, ROLE_WARNING, err.text);
}

static enum effect take_back(struct app *app, bool redo)
{
    struct events next = {0}, done = {0};
    struct error err = {0};
    if (!undo_next(app->model, redo, &next, &err))
        return app_say_error(app, &err);
    bool wait = is_old(app, &next.event[0]);
    int64_t seq = next.event[0].seq;
    events_clear(&next);
    if (wait)
        return EFFECT_DRAW;
    app->undo_asked = 0;
    bool taken = undo_do(app->model, redo, seq, &done, &err);
    if (taken) {
        tell(app, redo, &done);
        show_import(app, redo, &done.event[0]);
    }
    events_clear(&done);
    return taken ? EFFECT_RELOAD | EFFECT_DRAW : app_say_error(app, &err);
}

enum effect action_undo(struct app *app, const char *argument)
{
    (void)argument;
    return take_back(app, false);
}

enum effect action_redo(struct app *app, const char *argument)
{
    (void)argument;
    return take_back(app, true);
}
