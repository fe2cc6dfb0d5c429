/* The columns of the handover, and since when it tells. */
#include "handover_columns.h"

#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "views/board.h"
#include "views/handover.h"

#define OPEN_WIDTH 40 /* of a title, or of what was done where nothing bounds the line */

void handover_columns(struct table_column layout[static HANDOVER_COLUMNS], int columns)
{
    const struct table_column all[HANDOVER_COLUMNS] = {
        [HANDOVER_COLUMN_TIME] = {_("When"), 5, 5, 0, 2, ALIGN_LEFT, 0},
        [HANDOVER_COLUMN_NUMBER] = {_("No."), 7, 9, 0, 0, ALIGN_LEFT, 0},
        [HANDOVER_COLUMN_TITLE] = {_("Task"), 14, OPEN_WIDTH, 0, 0, ALIGN_LEFT, 0},
        [HANDOVER_COLUMN_WORDS] = {_("What"), 14, 0, 26, 0, ALIGN_LEFT, 0},
        [HANDOVER_COLUMN_WHO] = {_("Who"), 6, 10, 0, 1, ALIGN_LEFT, 0},
    };
    memcpy(layout, all, sizeof all);
    if (columns > 0) {
        table_layout(layout, HANDOVER_COLUMNS, columns);
        return;
    }
    for (size_t i = 0; i < HANDOVER_COLUMNS; i++)
        layout[i].width = layout[i].most > 0 ? layout[i].most : OPEN_WIDTH;
}

/* The time within the day, else the day. */
static void add_time(struct strbuf *out, struct model *model, const struct handover_item *item)
{
    date_t today = model_today(model)->date;
    struct date_time at = date_local(item->at);
    if (item->seq == 0 || at.date != today)
        board_add_date(out, at.date, today);
    else
        strbuf_format(out, "%02d:%02d", at.hour, at.minute);
}

static const char *title_of(const struct handover_item *item)
{
    if (item->row.id != 0)
        return item->row.title;
    if (item->people)
        return _("people");
    return item->group == HANDOVER_NEW && !item->gone ? _("several tasks")
                                                      : _("a task that is gone");
}

static const char *who_of(const struct handover_item *item)
{
    if (item->actor[0] != '\0' || item->seq == 0)
        return item->actor;
    return _("outside");
}

void handover_cell(
    struct strbuf *out, struct model *model, const struct handover_item *item, int column)
{
    switch (column) {
    case HANDOVER_COLUMN_TIME:
        add_time(out, model, item);
        break;
    case HANDOVER_COLUMN_NUMBER:
        strbuf_add(out, item->row.ident);
        break;
    case HANDOVER_COLUMN_TITLE:
        strbuf_add(out, title_of(item));
        break;
    case HANDOVER_COLUMN_WORDS:
        if (item->count > 1 &&
            !(item->gone && item->group == HANDOVER_NEW)) /* in front, where no cut takes it away */
            strbuf_format(out, _("%zu times: "), item->count);
        strbuf_add(out, item->words);
        break;
    default:
        strbuf_add(out, who_of(item));
        break;
    }
}

void handover_heading(
    struct strbuf *out, const struct handover *handover, enum handover_group group)
{
    strbuf_format(out, "%s %zu", _(handover_groups[group].label), handover->size[group]);
}

void handover_add_moment(struct strbuf *out, struct model *model, moment_t moment)
{
    struct date_time at = date_local(moment);
    int year, month, day, this_year;
    char iso[11];
    date_parts(model_today(model)->date, &this_year, &month, &day);
    date_parts(at.date, &year, &month, &day);
    date_format(at.date, iso);
    strbuf_format(out, "%s %02d:%02d", year == this_year ? iso + 5 : iso, at.hour, at.minute);
}

static void add_since(struct strbuf *out, struct model *model, const struct handover *handover)
{
    const struct handover_since *since = &handover->since;
    struct strbuf when = {0};
    handover_add_moment(&when, model, since->at);
    switch (since->kind) {
    case HANDOVER_SINCE_SEEN:
        strbuf_format(out, _("Since %s, when you last looked"), strbuf_text(&when));
        break;
    case HANDOVER_SINCE_SHIFT:
        strbuf_format(
            out, _("Since %s, the beginning of %s's shift"), strbuf_text(&when), since->who);
        break;
    case HANDOVER_SINCE_HOURS:
        strbuf_format(out, _("The last %d hours, since %s"), HANDOVER_HOURS, strbuf_text(&when));
        break;
    case HANDOVER_SINCE_GIVEN:
        if (since->seq == 0)
            strbuf_add(out, _("Since the beginning of the history"));
        else
            strbuf_format(out, _("Since %s"), strbuf_text(&when));
        break;
    }
    strbuf_clear(&when);
}

void handover_add_about(struct strbuf *out, struct model *model, const struct handover *handover)
{
    add_since(out, model, handover);
    strbuf_add(out, _(": "));
    if (handover->tasks == handover->count) {
        strbuf_format(out, ngettext("%zu item", "%zu items", handover->count), handover->count);
    } else {
        strbuf_format(out, ngettext("%zu task, ", "%zu tasks, ", handover->tasks), handover->tasks);
        strbuf_format(out, ngettext("%zu change", "%zu changes", handover->count), handover->count);
    }
    if (handover->unread > 0)
        strbuf_format(
            out, _("; %lld older lines of the history are left out"), (long long)handover->unread);
    if (handover->overdue_untold > 0)
        strbuf_format(out, _("; %zu more are newly overdue"), handover->overdue_untold);
}
