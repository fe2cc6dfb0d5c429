/* json_value: what JSON is made of: objects, arrays, keys with their values. What has been made
 * goes out with each element, so that a long list never stands in memory. */
#ifndef EXCHANGE_JSON_VALUE_H
#define EXCHANGE_JSON_VALUE_H

#include <stdint.h>

#include "base/date.h"
#include "exchange/json_write.h"

void json_open(struct json *json);
void json_close(struct json *json);
/* Of an object that is an element: a line of its own, or the next of the array. */
bool json_close_element(struct json *json);
void json_array_close(struct json *json);

void json_put_text(struct json *json, const char *text);
void json_put_text_or_null(struct json *json, const char *text);
void json_put_number(struct json *json, int64_t number);
void json_put_yes(struct json *json, bool yes);
void json_put_null(struct json *json);

void json_key_array(struct json *json, const char *key);
void json_key_text(struct json *json, const char *key, const char *text); /* NULL is "" */
void json_key_text_or_null(struct json *json, const char *key, const char *text);
void json_key_number(struct json *json, const char *key, int64_t number);
/* Less than 0 is what is not known. */
void json_key_number_or_null(struct json *json, const char *key, int number);
/* 874 is 87.4. */
void json_key_tenths_or_null(struct json *json, const char *key, int tenths);
void json_key_yes_or_null(struct json *json, const char *key, int yes);
void json_key_date(struct json *json, const char *key, date_t date);
void json_key_moment(struct json *json, const char *key, moment_t moment);

#endif
