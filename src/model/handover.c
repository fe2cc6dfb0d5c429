/* What changed since a point: the lines after it folded by group and task. */
#include "model/handover.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "handover_parts.h"
#include "model/alarm.h"
#include "model/people.h"
#include "model/task_list.h"
#include "store/db.h"

const struct handover_group_row handover_groups[HANDOVER_GROUP_COUNT] = {
    [HANDOVER_OVERDUE] = {"overdue", N_("Newly overdue")},
    [HANDOVER_OBJECTION] = {"objection", N_("Objections")},
    [HANDOVER_RETURNED] = {"returned", N_("Sent back, reopened")},
    [HANDOVER_NOTICE] = {"notice", N_("Notices and replies")},
    [HANDOVER_DEADLINE] = {"deadline", N_("Deadlines and extensions")},
    [HANDOVER_MOVED] = {"moved", N_("Submitted, checked, made public, closed")},
    [HANDOVER_REPORT] = {"report", N_("Reports filed")},
    [HANDOVER_NEW] = {"new", N_("New tasks")},
    [HANDOVER_EDIT] = {"edit", N_("Other edits")},
    [HANDOVER_OUTSIDE] = {"outside", N_("Made outside duban")},
};

/* --- which group ----------------------------------------------------------------------------- */

static const struct {
    const char *action;
    enum handover_group group;
} placed[] = {
    {"object", HANDOVER_OBJECTION},
    {"settle", HANDOVER_OBJECTION},
    {"return", HANDOVER_RETURNED},
    {"reopen", HANDOVER_RETURNED},
    {"notice", HANDOVER_NOTICE},
    {"reply", HANDOVER_NOTICE},
    {"lift", HANDOVER_NOTICE},
    {"extend", HANDOVER_DEADLINE},
    {"approve", HANDOVER_DEADLINE},
    {"refuse", HANDOVER_DEADLINE},
    {"claim", HANDOVER_MOVED},
    {"start", HANDOVER_MOVED},
    {"submit", HANDOVER_MOVED},
    {"accept", HANDOVER_MOVED},
    {"pass", HANDOVER_MOVED},
    {"publicise", HANDOVER_MOVED},
    {"close", HANDOVER_MOVED},
    {"report", HANDOVER_REPORT},
    {"create", HANDOVER_NEW},
    {"import", HANDOVER_NEW},
    {"sample", HANDOVER_NEW},
};

static const struct event_change *change_of(const struct event *event, const char *field)
{
    for (size_t i = 0; i < event->change_count; i++)
        if (strcmp(event->changes[i].field, field) == 0)
            return &event->changes[i];
    return NULL;
}

static bool is_outside(const struct event *event)
{
    return strcmp(event->action, "outside") == 0;
}

/* Of what a script did, what has a group of its own whoever does it. */
static enum handover_group outside_group(const struct event *event)
{
    static const struct {
        const char *field, *before, *after; /* NULL: whatever */
        enum handover_group group;
    } moves[] = {
        {"objection", NULL, NULL, HANDOVER_OBJECTION},
        {"returned", NULL, "1", HANDOVER_RETURNED},
        {"state", "closed", NULL, HANDOVER_RETURNED},
        {"notice", NULL, NULL, HANDOVER_NOTICE},
    };
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        for (size_t k = 0; k < event->change_count; k++) {
            const struct event_change *change = &event->changes[k];
            size_t length = strlen(moves[i].field);
            if (change->after[0] == '\0') /* gone, or no more said of it */
                continue;
            bool named = strncmp(change->field, moves[i].field, length) == 0 &&
                         (change->field[length] == '\0' || change->field[length] == '.');
            if (named && (!moves[i].before || strcmp(change->before, moves[i].before) == 0) &&
                (!moves[i].after || strcmp(change->after, moves[i].after) == 0))
                return moves[i].group;
        }
    return HANDOVER_OUTSIDE;
}

/* Its note begins with the alarm's kind. */
static enum handover_group acknowledged_group(const struct event *event)
{
    const char *kind = alarm_kinds[ALARM_OBJECTION].name;
    bool is = event->note != NULL && strncmp(event->note, kind, strlen(kind)) == 0;
    return is ? HANDOVER_OBJECTION : HANDOVER_OVERDUE;
}

enum handover_group handover_group_of(const struct event *event)
{
    const char *action = event->target.action != NULL ? event->target.action : event->action;
    if (strcmp(action, "acknowledge") == 0)
        return acknowledged_group(event);
    if (is_outside(event))
        return outside_group(event);
    for (size_t i = 0; i < sizeof placed / sizeof *placed; i++)
        if (strcmp(placed[i].action, action) == 0)
            return placed[i].group;
    bool moves = change_of(event, "deadline") != NULL || change_of(event, "deadline_kind") != NULL;
    return moves ? HANDOVER_DEADLINE : HANDOVER_EDIT;
}

/* --- folding --------------------------------------------------------------------------------- */

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* One line a group and task, the newest last; lines of no task stay apart. */
static int by_task(const void *left, const void *right)
{
    const struct handover_entry *a = left, *b = right;
    int order = compare(a->group, b->group);
    if (order == 0)
        order = compare(a->task_id, b->task_id);
    return order != 0 ? order : compare(a->seq, b->seq);
}

static int by_place(const void *left, const void *right)
{
    const struct handover_entry *a = left, *b = right;
    int order = compare(a->group, b->group);
    if (order != 0)
        return order;
    bool late_a = a->late != DATE_NONE, late_b = b->late != DATE_NONE;
    if (late_a != late_b)
        return late_a ? -1 : 1;
    if (late_a && a->late != b->late)
        return compare(a->late, b->late);
    order = compare(b->seq, a->seq);
    return order != 0 ? order : compare(a->task_id, b->task_id);
}

void handover_add(struct handover_reading *reading, const struct handover_entry *entry)
{
    reading->entry =
        alloc_grow(reading->entry, &reading->capacity, reading->count + 1, sizeof *reading->entry);
    reading->entry[reading->count++] = *entry;
}

static void fold(struct handover_reading *reading)
{
    size_t kept = 0;
    if (reading->count == 0)
        return;
    qsort(reading->entry, reading->count, sizeof *reading->entry, by_task);
    for (size_t i = 1; i < reading->count; i++) {
        const struct handover_entry *entry = &reading->entry[i];
        struct handover_entry *last = &reading->entry[kept];
        if (entry->group != last->group || entry->task_id != last->task_id || entry->task_id == 0) {
            reading->entry[++kept] = *entry;
            continue;
        }
        last->lines += entry->lines;
        last->late = entry->late != DATE_NONE ? entry->late : last->late;
        last->since = entry->since != 0 ? entry->since : last->since;
        last->event = entry->event != NULL ? entry->event : last->event;
        last->seq = entry->seq;
    }
    reading->count = kept + 1;
}

/* --- the lines ------------------------------------------------------------------------------- */

/* A line that only says which lines were one step. */
static bool is_span(const struct event *event)
{
    return event->task_id == 0 && change_of(event, "events") != NULL;
}

static bool read_lines(struct handover_reading *reading, struct error *err)
{
    struct handover *handover = reading->handover;
    struct history_cut cut;
    if (!history_cut(reading->model, handover->since.seq, HANDOVER_LINES, &cut, err) ||
        !history_since(reading->model, cut.after, HANDOVER_LINES, &reading->events, err))
        return false;
    handover->unread = cut.left_out;
    for (size_t i = 0; i < reading->events.count; i++) {
        const struct event *event = &reading->events.event[i];
        if (is_span(event))
            continue;
        handover_add(reading, &(struct handover_entry){.group = handover_group_of(event),
                                  .task_id = event->task_id,
                                  .seq = event->seq,
                                  .lines = 1,
                                  .late = DATE_NONE,
                                  .event = event});
    }
    return true;
}

/* --- in words -------------------------------------------------------------------------------- */

/* Of these the headline alone would not say what became of the task. */
static bool is_of_fields(enum handover_group group)
{
    return group == HANDOVER_EDIT || group == HANDOVER_DEADLINE || group == HANDOVER_OUTSIDE;
}

/* Without the year where it is this one. */
static void add_late(struct strbuf *out, struct model *model, const struct handover_entry *entry)
{
    char day[11], today[11];
    int days = model_today(model)->date - entry->late;
    date_format(entry->late, day);
    date_format(model_today(model)->date, today);
    const char *shown = strncmp(day, today, 5) == 0 ? day + 5 : day;
    if (entry->group == HANDOVER_OVERDUE)
        strbuf_format(out,
            ngettext("due %s, %d day overdue", "due %s, %d days overdue", (unsigned long)days),
            shown, days);
    else
        strbuf_format(out, _("no reply, it was due %s"), shown);
}

static void describe(
    struct model *model, const struct handover_entry *entry, struct handover_item *item)
{
    struct strbuf words = {0}, text = {0};
    const struct event *event = entry->event;
    item->people = event != NULL && people_is_action(event->action);
    if (item->gone && entry->group == HANDOVER_NEW && event && event->target.action != NULL) {
        item->words = alloc_string(_("made, and taken back"));
        item->text = alloc_string(item->words);
        return;
    }
    if (entry->late != DATE_NONE)
        add_late(&words, model, entry);
    strbuf_add(&text, strbuf_text(&words));
    if (entry->event != NULL) {
        const char *between = words.length > 0 ? _("; ") : "";
        strbuf_add(&words, between);
        strbuf_add(&text, between);
        if (is_of_fields(entry->group) || is_outside(entry->event))
            history_describe(model, entry->event, &words);
        else
            history_headline(entry->event, &words);
        history_describe(model, entry->event, &text);
    }
    item->words = strbuf_take(&words);
    item->text = strbuf_take(&text);
}

/* --- all of it ------------------------------------------------------------------------------- */

/* The rows of the tasks, for their titles and days; then everything has its place. */
static bool read_rows(struct handover_reading *reading, struct task_row **out, struct error *err)
{
    int64_t *ids = alloc_zero(reading->count + 1, sizeof *ids);
    *out = alloc_zero(reading->count + 1, sizeof **out);
    for (size_t i = 0; i < reading->count; i++)
        ids[i] = reading->entry[i].task_id;
    bool ok = task_rows_read(reading->model, ids, reading->count, *out, err);
    for (size_t i = 0; ok && i < reading->count; i++) {
        struct handover_entry *entry = &reading->entry[i];
        entry->row = i;
        if (entry->group == HANDOVER_OVERDUE) /* with an alarm acknowledged it may be so no more */
            entry->late = task_is_overdue(&(*out)[i], model_today(reading->model))
                              ? (*out)[i].due_on
                              : DATE_NONE;
    }
    free(ids);
    if (ok && reading->count > 0)
        qsort(reading->entry, reading->count, sizeof *reading->entry, by_place);
    return ok;
}

static date_t late_since(const struct handover_entry *entry)
{
    return entry->since != 0 ? entry->since : entry->late + 1;
}

static int by_id(const void *left, const void *right)
{
    return compare(((const struct handover_entry *)left)->task_id,
        ((const struct handover_entry *)right)->task_id);
}

/* Each once, in however many groups it stands. */
static size_t count_tasks(struct handover_entry *entry, size_t count)
{
    size_t tasks = 0;
    if (count > 0)
        qsort(entry, count, sizeof *entry, by_id);
    for (size_t i = 0; i < count; i++)
        tasks += entry[i].task_id == 0 || i == 0 || entry[i].task_id != entry[i - 1].task_id;
    return tasks;
}

static bool fill_items(struct handover_reading *reading, struct error *err)
{
    struct handover *handover = reading->handover;
    struct task_row *rows;
    bool ok = read_rows(reading, &rows, err);
    handover->item = alloc_zero(reading->count + 1, sizeof *handover->item);
    for (size_t i = 0; ok && i < reading->count; i++) {
        const struct handover_entry *entry = &reading->entry[i];
        struct handover_item *item = &handover->item[handover->count++];
        *item = (struct handover_item){.group = entry->group,
            .row = rows[entry->row],
            .seq = entry->seq,
            .count = entry->lines,
            .gone = entry->task_id != 0 && rows[entry->row].id == 0,
            .actor = alloc_string(entry->event != NULL ? entry->event->actor : ""),
            .at = entry->event != NULL ? entry->event->at : date_moment(late_since(entry), 0, 0)};
        describe(reading->model, entry, item);
        handover->size[entry->group]++;
    }
    handover->tasks = ok ? count_tasks(reading->entry, reading->count) : 0;
    free(rows);
    return ok;
}

static bool read_all(struct handover_reading *reading, struct error *err)
{
    struct handover *handover = reading->handover;
    moment_t as_of = model_as_of(reading->model);
    handover->until_seq = history_newest(reading->model);
    handover->until = as_of != 0 ? as_of : date_now();
    if (!read_lines(reading, err) || !handover_read_late(reading, err))
        return false;
    fold(reading);
    return fill_items(reading, err);
}

bool handover_read(struct model *model, const struct handover_since *since, struct handover **out,
    struct error *err)
{
    struct handover_reading reading = {.model = model};
    if (!db_read_begin(model_db(model), err))
        return false;
    reading.handover = alloc_zero(1, sizeof *reading.handover);
    reading.handover->since = *since;
    bool ok = read_all(&reading, err);
    db_read_end(model_db(model));
    events_clear(&reading.events);
    free(reading.entry);
    if (ok)
        *out = reading.handover;
    else
        handover_free(reading.handover);
    return ok;
}

void handover_free(struct handover *handover)
{
    if (handover == NULL)
        return;
    for (size_t i = 0; i < handover->count; i++) {
        task_row_clear(&handover->item[i].row);
        free(handover->item[i].actor);
        free(handover->item[i].words);
        free(handover->item[i].text);
    }
    free(handover->item);
    free(handover);
}
