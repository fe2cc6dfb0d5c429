/* The handover as text: to be printed, mailed, filed; and the notes, whole. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "handover_columns.h"
#include "model/desk.h"
#include "views/handover.h"
#include "views/help.h"

#define LIGHT_WIDTH 2 /* the light of a task, and a blank */
#define NOTES_SHOWN 20

static void add_day_time(struct strbuf *out, moment_t moment)
{
    struct date_time at = date_local(moment);
    char day[11];
    strbuf_format(out, "%s %02d:%02d", date_format(at.date, day), at.hour, at.minute);
}

static void add_item(struct strbuf *out, struct model *model, const struct table_column *layout,
    const struct handover_item *item, bool cut)
{
    struct strbuf text = {0};
    bool has_light = item->row.id != 0;
    strbuf_format(
        out, "%c ", has_light ? lights[task_light(&item->row, model_today(model))].glyph : ' ');
    for (int i = 0; i < HANDOVER_COLUMNS; i++) {
        strbuf_cut(&text, 0);
        handover_cell(&text, model, item, i);
        table_add_cell(out, &layout[i], strbuf_text(&text), cut);
    }
    table_end_line(out);
    strbuf_clear(&text);
}

static void add_head(struct strbuf *out, struct model *model, const struct handover *handover)
{
    strbuf_format(out, "%s  ", _("Handover"));
    desk_person(model, out);
    strbuf_add(out, "  ");
    add_day_time(out, handover->until);
    strbuf_add_char(out, '\n');
    handover_add_about(out, model, handover);
    strbuf_add_char(out, '\n');
}

void handover_plain(
    struct model *model, const struct handover *handover, int columns, struct strbuf *out)
{
    struct table_column layout[HANDOVER_COLUMNS];
    handover_columns(layout, columns > 0 ? columns - LIGHT_WIDTH : 0);
    add_head(out, model, handover);
    for (size_t i = 0; i < handover->count; i++) {
        const struct handover_item *item = &handover->item[i];
        if (i == 0 || item->group != handover->item[i - 1].group) {
            strbuf_add_char(out, '\n');
            handover_heading(out, handover, item->group);
            strbuf_add_char(out, '\n');
        }
        add_item(out, model, layout, item, columns > 0);
    }
    if (handover->count == 0)
        strbuf_format(out, "%s\n", _("Nothing has changed since then."));
}

void handover_plain_note(const struct handover_note *note, struct strbuf *out)
{
    struct strbuf when = {0};
    add_day_time(&when, note->at);
    strbuf_format(out, _("Note of %s, %s"), note->person, strbuf_text(&when));
    strbuf_format(out, "\n%s\n", note->text);
    strbuf_clear(&when);
}

struct view *handover_notes_open(const struct view_env *env, struct error *err)
{
    struct handover_note *notes;
    size_t count;
    if (!handover_notes_read(env->model, NOTES_SHOWN, &notes, &count, err))
        return NULL;
    struct help_line *lines = alloc_zero(count + 1, sizeof *lines);
    char **when = alloc_zero(count + 1, sizeof *when);
    for (size_t i = 0; i < count; i++) {
        struct strbuf text = {0};
        handover_add_moment(&text, env->model, notes[i].at);
        when[i] = strbuf_take(&text);
        lines[i] = (struct help_line){when[i], notes[i].person, notes[i].text};
    }
    struct view *view = help_open_lines(_("Handover notes"),
        count > 0 ? _("Newest first.") : _("There is none yet; e on the handover writes one."),
        lines, count);
    for (size_t i = 0; i < count; i++)
        free(when[i]);
    free(when);
    free(lines);
    handover_notes_free(notes, count);
    return view;
}
