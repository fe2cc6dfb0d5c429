/* The trend as JSON. */
#include "exchange/json_write.h"
#include "json_value.h"

/* What cannot be told of a week to come is null. */
static void put_past(struct json *json, const char *key, bool past, int64_t number)
{
    if (past)
        json_key_number(json, key, number);
    else
        json_key_text_or_null(json, key, NULL);
}

static void put_week(struct json *json, const struct trend_week *week, bool past)
{
    json_open(json);
    json_key_date(json, "starts", week->starts_on);
    put_past(json, "open", past, week->open);
    json_key_number(json, "planned", week->planned);
    put_past(json, "overdue", past, week->overdue);
    put_past(json, "begun", past, week->begun);
    put_past(json, "closed", past, week->closed);
    put_past(json, "newly_overdue", past, week->newly_overdue);
    json_close(json);
}

bool json_trend(struct json *json, const struct trend *trend, const char *filter)
{
    json_open(json);
    json_key_text(json, "filter", filter);
    json_key_date(json, "today", trend->today);
    json_key_number(json, "tasks", trend->tasks);
    json_key_number(json, "open", trend->open);
    json_key_number(json, "never_due", trend->never_due);
    json_key_number(json, "pace_hundredths", trend->pace_hundredths);
    json_key_date(json, "zero", trend->zero_on);
    json_key_date(json, "planned", trend->planned_on);
    json_key_array(json, "weeks");
    for (size_t i = 0; i < trend->count; i++)
        put_week(json, &trend->week[i], i < trend->past);
    json_array_close(json);
    return json_close_element(json);
}
