/* Actions on the handover. */
#include <stdlib.h>

#include "actions.h"
#include "app/app.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "views/detail.h"
#include "views/handover.h"
#include "views/note.h"

/* From a task that was opened there it is the way back, so that the two do not pile up. */
enum effect action_handover(struct app *app, const char *argument)
{
    size_t depth = view_stack_depth(app->views);
    struct view *top = view_stack_top(app->views), *handover;
    struct error err = {0};
    if (handover_view_from(top)) {
        enum effect effect = handover_view_since(top, argument, &err);
        return effect | app_say_error(app, &err);
    }
    if (!argument && depth > 1 && handover_view_from(view_stack_at(app->views, depth - 2)))
        return EFFECT_BACK | EFFECT_DRAW;
    if (!handover_view_open(&app->env, argument, &handover, &err))
        return app_say_error(app, &err);
    return app_push(app, handover);
}

enum effect action_handover_next(struct app *app, const char *argument)
{
    (void)argument;
    struct view *list = view_stack_top(app->views), *detail;
    struct error err = {0};
    int64_t id;
    if (!list->ops->next(list, 1, &id))
        return app_say(app, ROLE_WARNING, _("That was the last one; s marks all as seen"));
    if (!detail_open(&app->env, list, id, &detail, &err))
        return app_say_error(app, &err);
    return app_push(app, detail);
}

enum effect action_handover_seen(struct app *app, const char *argument)
{
    (void)argument;
    struct view *view = view_stack_top(app->views);
    struct error err = {0};
    bool seen;
    if (!handover_view_mark(view, &seen, &err))
        return app_say_error(app, &err);
    if (!seen)
        return app_say(app, ROLE_OK, _("Not marked any more: it is as before"));
    size_t count = handover_view_shown(view)->count;
    if (count == 0)
        return app_say(app, ROLE_OK, _("Nothing has changed since then."));
    char *text =
        alloc_format(ngettext("%zu item is marked as seen; s once more takes that back",
                         "%zu items are marked as seen; s once more takes that back", count),
            count);
    enum effect effect = app_say(app, ROLE_OK, text);
    free(text);
    return effect;
}

/* --- notes ----------------------------------------------------------------------------------- */

static void said(void *context, enum role role, const char *message)
{
    app_say(context, role, message);
}

/* From then on a handover below tells what came since. */
static void saved(void *context)
{
    struct app *app = context;
    struct error err = {0};
    for (size_t i = 0; i < view_stack_depth(app->views); i++) {
        struct view *handover = handover_view_from(view_stack_at(app->views, i));
        if (handover)
            handover_view_since(handover, NULL, &err);
    }
    app_say_error(app, &err);
}

static enum effect open_note(struct app *app, const struct handover *handover)
{
    static const struct note_ops ops = {said, saved};
    struct strbuf about = {0};
    struct error err = {0};
    struct view *note;
    handover_add_about(&about, app->model, handover);
    bool opened = note_open(&app->env, &ops, app, strbuf_text(&about), handover->since.seq,
        handover->until_seq, &note, &err);
    strbuf_clear(&about);
    if (!opened)
        return app_say_error(app, &err);
    app_push_later(app, note);
    return EFFECT_DRAW;
}

enum effect action_handover_note(struct app *app, const char *argument)
{
    (void)argument;
    return open_note(app, handover_view_shown(view_stack_top(app->views)));
}

/* From the drafts, where no handover is on the screen. */
enum effect app_open_note(struct app *app)
{
    struct handover_since since;
    struct handover *handover = NULL;
    struct error err = {0};
    if (!handover_since_find(app->model, NULL, &since, &err) ||
        !handover_read(app->model, &since, &handover, &err))
        return app_say_error(app, &err);
    enum effect effect = open_note(app, handover);
    handover_free(handover);
    return effect;
}

enum effect action_handover_notes(struct app *app, const char *argument)
{
    (void)argument;
    struct error err = {0};
    struct view *notes = handover_notes_open(&app->env, &err);
    return notes ? app_push(app, notes) : app_say_error(app, &err);
}
