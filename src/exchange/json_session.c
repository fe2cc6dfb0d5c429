/* Who is at work as JSON. */
#include "exchange/json_write.h"
#include "json_value.h"

bool json_session(struct json *json, const struct session_slot *slot)
{
    json_open(json);
    json_key_text(json, "login", slot->login);
    json_key_text(json, "name", slot->name);
    json_key_text(json, "role", slot->role);
    json_key_text(json, "what", slot->what);
    json_key_text(json, "origin", slot->origin);
    json_key_text(json, "terminal", slot->terminal);
    json_key_number(json, "process", slot->process);
    json_key_moment(json, "started_at", slot->started_at);
    json_key_moment(json, "acted_at", slot->acted_at);
    return json_close_element(json);
}
