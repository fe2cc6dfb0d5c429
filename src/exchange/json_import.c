/* What an import found, as JSON. */
#include "exchange/import_text.h"
#include "json_value.h"

static void put_messages(
    struct json *json, const struct import_plan *plan, const char *key, bool refuses)
{
    json_key_array(json, key);
    for (size_t i = 0; i < plan->message_count; i++) {
        const struct import_message *message = &plan->message[i];
        if (message->refuses != refuses)
            continue;
        json_open(json);
        json_key_text(json, "file", message->file);
        json_key_number(json, "line", (int64_t)message->place.line);
        json_key_number(json, "column", (int64_t)message->place.column);
        json_key_text(json, "heading", message->place.heading);
        json_key_text(json, "value", message->value);
        json_key_text(json, "text", message->text);
        json_close(json);
    }
    json_array_close(json);
}

static void put_units(struct json *json, const struct import_plan *plan)
{
    static const char *const kinds[] = {[UNIT_REGION] = "region",
        [UNIT_DEPARTMENT] = "department",
        [UNIT_SOURCE] = "source",
        [UNIT_SPONSOR] = "sponsor"};
    json_key_array(json, "units");
    for (size_t i = 0; i < plan->unit_count; i++) {
        const struct import_unit *unit = &plan->unit[i];
        json_open(json);
        json_key_text(json, "kind", kinds[unit->kind]);
        json_key_text(json, "name", unit->name);
        json_key_text(json, "nearest", unit->nearest);
        json_key_text(json, "file", unit->file);
        json_key_number(json, "line", (int64_t)unit->line);
        json_key_number(json, "times", (int64_t)unit->times);
        json_key_yes_or_null(json, "create", unit->create);
        json_key_yes_or_null(json, "nowhere", unit->nowhere);
        json_key_text(json, "region", unit->region);
        json_close(json);
    }
    json_array_close(json);
}

static void put_task(struct json *json, const struct import_result *task)
{
    static const char *const kinds[] = {[IMPORT_NEW] = "new",
        [IMPORT_CHANGED] = "changed",
        [IMPORT_SAME] = "same",
        [IMPORT_REFUSED] = "refused"};
    json_open(json);
    json_key_text(json, "kind", kinds[task->kind]);
    json_key_text(json, "file", task->file);
    json_key_number(json, "line", (int64_t)task->place.line);
    json_key_text(json, "id", task->ident);
    json_key_text(json, "title", task->title);
    json_key_array(json, "changes");
    for (size_t i = 0; i < task->change_count; i++) {
        json_open(json);
        json_key_text(json, "field", task->change[i].field);
        json_key_text(json, "before", task->change[i].before);
        json_key_text(json, "after", task->change[i].after);
        json_close(json);
    }
    json_array_close(json);
    json_close(json);
}

bool json_import(struct json *json, const struct import_told *told, size_t count,
    const struct import_plan *plan, bool written)
{
    json_open(json);
    json_key_yes_or_null(json, "written", written);
    json_key_yes_or_null(json, "refused", plan->refused);
    json_key_number(json, "new", (int64_t)plan->count[IMPORT_NEW]);
    json_key_number(json, "changed", (int64_t)plan->count[IMPORT_CHANGED]);
    json_key_number(json, "same", (int64_t)plan->count[IMPORT_SAME]);
    json_key_number(json, "refused_tasks", (int64_t)plan->count[IMPORT_REFUSED]);
    json_key_text(json, "source", plan->source);
    json_key_array(json, "files");
    for (size_t i = 0; i < count; i++)
        import_told_json(json, &told[i]);
    json_array_close(json);
    put_messages(json, plan, "problems", true);
    put_messages(json, plan, "warnings", false);
    put_units(json, plan);
    json_key_array(json, "tasks");
    for (size_t i = 0; i < plan->result_count; i++)
        put_task(json, &plan->result[i]);
    json_array_close(json);
    return json_close_element(json);
}
