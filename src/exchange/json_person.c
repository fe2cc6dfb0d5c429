/* A person as JSON. */
#include "exchange/json_write.h"
#include "json_value.h"
#include "model/people.h"
#include "model/units.h"

static void put_key(struct json *json, const struct person_key *key)
{
    json_open(json);
    json_key_text(json, "fingerprint", key->fingerprint);
    json_key_text(json, "type", key->type);
    json_key_text(json, "comment", key->comment);
    json_key_moment(json, "added_at", key->added_at);
    json_close(json);
}

bool json_person(struct json *json, const struct units *units, const struct person_record *record)
{
    const struct person *person = &record->person;
    const struct region *region = units_region(units, person->region_id);
    const struct department *department = units_department(units, person->department_id);
    json_open(json);
    json_key_text(json, "login", person->login);
    json_key_text(json, "name", person->name);
    json_key_text(json, "role", person_roles[person->role].name);
    json_key_text(json, "reach", record->own_reach);
    json_key_text_or_null(json, "region", region ? region->name : NULL);
    json_key_text_or_null(json, "department", department ? department->name : NULL);
    json_key_text(json, "phone", record->phone);
    json_key_yes_or_null(json, "disabled", record->disabled);
    json_key_array(json, "keys");
    for (size_t i = 0; i < record->key_count; i++)
        put_key(json, &record->key[i]);
    json_array_close(json);
    return json_close_element(json);
}
