/* The handover as JSON. */
#include "exchange/json_write.h"
#include "json_value.h"

static void put_handover_item(struct json *json, const struct handover_item *item)
{
    bool there = item->row.id != 0;
    json_open(json);
    json_key_text(json, "group", handover_groups[item->group].name);
    json_key_text_or_null(json, "id", there ? item->row.ident : NULL);
    json_key_text_or_null(json, "title", there ? item->row.title : NULL);
    json_key_number(json, "count", (int64_t)item->count);
    if (item->seq > 0)
        json_key_number(json, "seq", item->seq);
    else
        json_key_text_or_null(json, "seq", NULL);
    json_key_moment(json, "at", item->at);
    json_key_text(json, "actor", item->actor);
    json_key_text(json, "text", item->text);
    json_close(json);
}

static void put_handover_note(struct json *json, const struct handover_note *note)
{
    json_open(json);
    json_key_moment(json, "at", note->at);
    json_key_text(json, "person", note->person);
    json_key_number(json, "since_seq", note->since_seq);
    json_key_number(json, "until_seq", note->until_seq);
    json_key_text(json, "text", note->text);
    json_close(json);
}

bool json_handover(struct json *json, const struct model *model, const struct handover *handover,
    const struct handover_note *notes, size_t note_count)
{
    json_open(json);
    json_key_text(json, "person", model_person(model)->name);
    json_key_text(json, "since_kind", handover_since_names[handover->since.kind]);
    json_key_number(json, "since_seq", handover->since.seq);
    json_key_moment(json, "since", handover->since.at);
    json_key_number(json, "until_seq", handover->until_seq);
    json_key_moment(json, "until", handover->until);
    json_key_number(json, "left_out", handover->unread);
    json_key_number(json, "overdue_left_out", (int64_t)handover->overdue_untold);
    json_key_array(json, "items");
    for (size_t i = 0; i < handover->count; i++)
        put_handover_item(json, &handover->item[i]);
    json_array_close(json);
    json_key_array(json, "notes");
    for (size_t i = 0; i < note_count; i++)
        put_handover_note(json, &notes[i]);
    json_array_close(json);
    return json_close_element(json);
}
