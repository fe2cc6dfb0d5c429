/* json_value: the one owner of yajl. */
#include "json_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_gen.h>

#include "base/alloc.h"

struct json {
    yajl_gen gen;
    bool lines, failed;
    bool (*write)(void *context, const char *bytes, size_t count);
    void *context;
};

struct json *json_new(
    bool lines, bool (*write)(void *context, const char *bytes, size_t count), void *context)
{
    struct json *json = alloc_zero(1, sizeof *json);
    *json = (struct json){
        .gen = yajl_gen_alloc(NULL), .lines = lines, .write = write, .context = context};
    if (!json->gen)
        abort();
    if (!lines)
        yajl_gen_array_open(json->gen);
    return json;
}

/* What has been made goes out, so that a long list never stands in memory. */
static bool flush(struct json *json)
{
    const unsigned char *bytes;
    size_t count;
    yajl_gen_get_buf(json->gen, &bytes, &count);
    if (count > 0 && !json->failed)
        json->failed = !json->write(json->context, (const char *)bytes, count);
    yajl_gen_clear(json->gen);
    return !json->failed;
}

bool json_end(struct json *json)
{
    if (!json->lines)
        yajl_gen_array_close(json->gen);
    bool good = flush(json);
    if (good && !json->lines)
        good = json->write(json->context, "\n", 1);
    yajl_gen_free(json->gen);
    free(json);
    return good;
}

bool json_close_element(struct json *json)
{
    yajl_gen_map_close(json->gen);
    if (!json->lines)
        return flush(json);
    yajl_gen_reset(json->gen, NULL); /* the next object starts anew, without a comma */
    if (flush(json))
        json->failed = !json->write(json->context, "\n", 1);
    return !json->failed;
}

/* --- values -------------------------------------------------------------------------------- */

void json_open(struct json *json)
{
    yajl_gen_map_open(json->gen);
}

void json_close(struct json *json)
{
    yajl_gen_map_close(json->gen);
}

void json_array_close(struct json *json)
{
    yajl_gen_array_close(json->gen);
}

void json_put_null(struct json *json)
{
    yajl_gen_null(json->gen);
}

void json_put_number(struct json *json, int64_t number)
{
    yajl_gen_integer(json->gen, number);
}

void json_put_yes(struct json *json, bool yes)
{
    yajl_gen_bool(json->gen, yes);
}

void json_put_text(struct json *json, const char *text)
{
    yajl_gen_string(json->gen, (const unsigned char *)text, strlen(text));
}

void json_put_text_or_null(struct json *json, const char *text)
{
    if (text)
        json_put_text(json, text);
    else
        yajl_gen_null(json->gen);
}

void json_key_text(struct json *json, const char *key, const char *text)
{
    json_put_text(json, key);
    json_put_text(json, text ? text : "");
}

void json_key_text_or_null(struct json *json, const char *key, const char *text)
{
    json_put_text(json, key);
    json_put_text_or_null(json, text);
}

void json_key_number(struct json *json, const char *key, int64_t number)
{
    json_put_text(json, key);
    yajl_gen_integer(json->gen, number);
}

void json_key_number_or_null(struct json *json, const char *key, int number)
{
    json_put_text(json, key);
    if (number < 0)
        yajl_gen_null(json->gen);
    else
        yajl_gen_integer(json->gen, number);
}

void json_key_tenths_or_null(struct json *json, const char *key, int tenths)
{
    char number[16];
    json_put_text(json, key);
    if (tenths < 0) {
        yajl_gen_null(json->gen);
        return;
    }
    snprintf(number, sizeof number, "%d.%d", tenths / 10, tenths % 10);
    yajl_gen_number(json->gen, number, strlen(number));
}

void json_key_yes_or_null(struct json *json, const char *key, int yes)
{
    json_put_text(json, key);
    if (yes < 0)
        yajl_gen_null(json->gen);
    else
        yajl_gen_bool(json->gen, yes);
}

void json_key_date(struct json *json, const char *key, date_t date)
{
    char text[11];
    json_key_text_or_null(json, key, date == DATE_NONE ? NULL : date_format(date, text));
}

void json_key_moment(struct json *json, const char *key, moment_t moment)
{
    char text[25];
    json_key_text(json, key, date_moment_format(moment, text));
}

void json_key_array(struct json *json, const char *key)
{
    json_put_text(json, key);
    yajl_gen_array_open(json->gen);
}
