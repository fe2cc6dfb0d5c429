/* The draft of an entry form: kept, found again, dropped. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "entry_parts.h"

static int64_t draft_task(const struct entry *entry)
{
    return entry->count == 1 ? entry->ids[0] : 0;
}

static bool is_due(const struct entry *entry)
{
    return entry->copied || form_edits(entry->form) != entry->kept;
}

bool entry_draft_keep(struct entry *entry, bool leaving, struct error *err)
{
    struct draft draft = {.context = alloc_string(entry_draft_context(entry)),
        .task_id = draft_task(entry),
        .since = entry->since};
    unsigned edits = form_edits(entry->form);
    bool due = is_due(entry) && (form_changed(entry->form) || entry->has_draft);
    for (size_t i = 0; i < entry->slots.count; i++) {
        const struct entry_slot *slot = &entry->slots.slot[i];
        if (form_field_changed(entry->form, slot->name))
            draft_add(&draft, slot->name, slot->base != NULL ? slot->base : slot->value,
                form_value(entry->form, slot->name));
    }
    for (size_t i = 0; draft.count > 0 && i < entry->slots.count; i++) {
        const struct entry_slot *slot = &entry->slots.slot[i];
        if (slot->stays && !form_field_changed(entry->form, slot->name))
            draft_add(&draft, slot->name, slot->value, form_value(entry->form, slot->name));
    }
    bool kept = !due || draft_keep(entry->env->model, &draft, leaving, err);
    if (due && kept) {
        entry->kept = edits;
        entry->copied = false;
        entry->has_draft = draft.count > 0; /* all may be again as it began */
    }
    draft_clear(&draft);
    return kept;
}

void entry_draft_drop(struct entry *entry)
{
    struct error err = {0};
    if (entry->has_draft &&
        !draft_drop(entry->env->model, entry_draft_context(entry), draft_task(entry), &err))
        entry->ops->said(entry->context, ROLE_WARNING, err.text, 0);
    entry->has_draft = false;
}

/* Fields that others have changed since the draft's author looked at them. */
static void list_changed(const struct entry *entry, const struct draft *draft, struct strbuf *out)
{
    for (size_t i = 0; i < draft->count; i++)
        for (size_t k = 0; k < entry->slots.count; k++) {
            const struct entry_slot *slot = &entry->slots.slot[k];
            if (slot->base != NULL && strcmp(slot->name, draft->item[i].name) == 0 &&
                strcmp(slot->base, draft->item[i].base) != 0)
                strbuf_format(out, "%s%s", out->length > 0 ? _(", ") : "", _(slot->field->label));
        }
}

/* An edit goes on from what its author saw, so that what others did meanwhile is merged or asked
 * about. */
static void take_base(struct entry *entry, const struct draft_item *item)
{
    for (size_t i = 0; i < entry->slots.count; i++) {
        struct entry_slot *slot = &entry->slots.slot[i];
        if (strcmp(slot->name, item->name) != 0 || slot->base == NULL)
            continue;
        free(slot->base);
        slot->base = alloc_string(item->base);
    }
}

/* When it was written, and what has become of the task since. */
static void tell_found(struct entry *entry, const struct draft *draft)
{
    struct strbuf text = {0}, changed = {0};
    struct date_time at = date_local(draft->at);
    const struct event *last =
        entry->task != NULL && entry->task->events.count > 0 ? &entry->task->events.event[0] : NULL;
    int year, month, day;
    date_parts(at.date, &year, &month, &day);
    list_changed(entry, draft, &changed);
    strbuf_format(&text, _("Your draft of %02d-%02d %02d:%02d; "), month, day, at.hour, at.minute);
    if (changed.length > 0)
        strbuf_format(&text, _("others have changed since: %s"), strbuf_text(&changed));
    else if (last != NULL && last->seq > draft->since)
        entry_add_news(last, false, &text);
    else
        strbuf_add(&text, _("C-g drops it"));
    entry_tell(entry, ROLE_WARNING, strbuf_text(&text));
    strbuf_clear(&changed);
    strbuf_clear(&text);
}

void entry_draft_read(struct entry *entry)
{
    struct draft draft = {0};
    struct error err = {0};
    bool found = false;
    if (!draft_find(entry->env->model, entry_draft_context(entry), draft_task(entry), &draft,
            &found, &err)) {
        entry_tell(entry, ROLE_WARNING, err.text);
        return;
    }
    if (!found)
        return;
    tell_found(entry, &draft);
    for (size_t i = 0; i < draft.count; i++) {
        take_base(entry, &draft.item[i]);
        form_set(entry->form, draft.item[i].name, draft.item[i].value);
    }
    entry->has_draft = true;
    entry->since = draft.since;
    entry->kept = form_edits(entry->form);
    draft_clear(&draft);
}
