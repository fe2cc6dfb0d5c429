/* One field of a form: what it holds, and the keys that change it. Picks are in form_pick.c. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/pinyin.h"
#include "form_parts.h"

#define BYTES_MOST 4000
#define SHORT_MOST 64 /* bytes of dates, numbers, and names looked for */
#define ROWS 4

/* --- making one ------------------------------------------------------------------------------ */

static void copy_choices(struct field *field, const struct form_field *as)
{
    field->choices = alloc_zero(as->choice_count + 1, sizeof *field->choices);
    for (size_t i = 0; i < as->choice_count; i++)
        field->choices[i] = (struct field_choice){
            alloc_string(as->choices[i].name), alloc_string(as->choices[i].label)};
    field->choice_count = as->choice_count;
}

void field_init(struct field *field, const struct form_field *as)
{
    size_t most = as->most_bytes > 0 ? as->most_bytes : BYTES_MOST;
    size_t bytes = as->value ? strlen(as->value) : 0;
    *field = (struct field){.name = alloc_string(as->name),
        .label = alloc_string(as->label),
        .hint = alloc_string(as->hint ? as->hint : ""),
        .kind = as->kind,
        .needed = as->needed,
        .many = as->many,
        .least = as->least,
        .most = as->most,
        .rows = as->rows > 0 ? as->rows : ROWS,
        .chosen = FORM_NONE};
    copy_choices(field, as);
    bool is_short = as->kind == FORM_DATE || as->kind == FORM_NUMBER || as->kind == FORM_PICK;
    most = is_short ? SHORT_MOST : most;
    most = most > bytes ? most : bytes; /* what is there is not cut */
    if (as->kind == FORM_TEXT)
        field->text = textedit_new("", most);
    else if (as->kind == FORM_LINE || is_short)
        field->line = lineedit_new("", most);
}

void field_clear(struct field *field)
{
    for (size_t i = 0; i < field->choice_count; i++) {
        free(field->choices[i].name);
        free(field->choices[i].label);
    }
    free(field->choices);
    pick_clear(field);
    free(field->picks);
    lineedit_free(field->line);
    textedit_free(field->text);
    strbuf_clear(&field->value);
    free(field->shown);
    free(field->begun);
    free(field->fault);
    free(field->name);
    free(field->label);
    free(field->hint);
}

/* --- what it holds --------------------------------------------------------------------------- */

static void put_shown(struct field *field, const char *value)
{
    struct strbuf clean = {0};
    text_scrub(&clean, value, strlen(value), TEXT_LINES);
    free(field->shown);
    field->shown = alloc_string(strbuf_text(&clean));
    strbuf_clear(&clean);
}

static size_t choice_named(const struct field *field, const char *name)
{
    for (size_t i = 0; i < field->choice_count; i++)
        if (strcmp(field->choices[i].name, name) == 0)
            return i;
    return FORM_NONE;
}

void field_put(struct form *form, struct field *field, const char *value)
{
    const char *text = value ? value : "";
    switch (field->kind) {
    case FORM_LINE:
    case FORM_DATE:
    case FORM_NUMBER:
        lineedit_set(field->line, text);
        break;
    case FORM_TEXT:
        textedit_set(field->text, text);
        break;
    case FORM_CHOICE:
        field->chosen = choice_named(field, text);
        break;
    case FORM_YES:
        field->yes = strcmp(text, "1") == 0;
        break;
    case FORM_PICK:
        pick_put(form, field, text);
        break;
    case FORM_SHOW:
        put_shown(field, text);
        break;
    }
}

static void add_value(const struct field *field, struct strbuf *out)
{
    date_t date;
    char iso[11];
    switch (field->kind) {
    case FORM_LINE:
    case FORM_NUMBER:
        strbuf_add(out, lineedit_text(field->line));
        break;
    case FORM_DATE:
        strbuf_add(out, form_date_read(lineedit_text(field->line), &date)
                            ? date_format(date, iso)
                            : lineedit_text(field->line));
        break;
    case FORM_TEXT:
        strbuf_add(out, textedit_text(field->text));
        break;
    case FORM_CHOICE:
        strbuf_add(out, field->chosen != FORM_NONE ? field->choices[field->chosen].name : "");
        break;
    case FORM_YES:
        strbuf_add(out, field->yes ? "1" : "");
        break;
    case FORM_PICK:
        pick_value(field, out);
        break;
    case FORM_SHOW:
        strbuf_add(out, field->shown ? field->shown : "");
        break;
    }
}

bool field_sync(struct field *field)
{
    struct strbuf now = {0};
    add_value(field, &now);
    bool same = strcmp(strbuf_text(&now), strbuf_text(&field->value)) == 0;
    if (!same) {
        field_fault(field, NULL);
        strbuf_clear(&field->value);
        field->value = now;
    } else {
        strbuf_clear(&now);
    }
    return !same;
}

void field_fault(struct field *field, const char *sentence)
{
    char *copy = alloc_string(sentence);
    free(field->fault);
    field->fault = copy;
}

bool field_is_empty(const struct field *field)
{
    bool typed = field->line && *lineedit_text(field->line);
    return !typed && field->value.length == 0;
}

/* --- keys ------------------------------------------------------------------------------------ */

static bool is_key(const struct key *key, uint32_t code, unsigned modifiers)
{
    return key->code == code && key->modifiers == modifiers;
}

/* Which way a key moves a number or a date; 0 for any other key. */
static int step_of(const struct key *key)
{
    return is_key(key, KEY_CODE_UP, KEY_SHIFT) - is_key(key, KEY_CODE_DOWN, KEY_SHIFT);
}

static void replace_line(struct field *field, const char *with)
{
    lineedit_replace(field->line, 0, strlen(lineedit_text(field->line)), with);
}

static void step_date(struct field *field, int by)
{
    date_t date, next;
    char iso[11];
    if (!form_date_read(lineedit_text(field->line), &date))
        date = date_today();
    else if (date_parse(date_format(date + by, iso), &next)) /* not beyond the calendar's ends */
        date = next;
    replace_line(field, date_format(date, iso));
}

static bool date_key(struct field *field, const struct key *key)
{
    date_t date;
    int by = step_of(key);
    bool sign = is_key(key, '+', 0) || is_key(key, '-', 0);
    if (sign && form_date_read(lineedit_text(field->line), &date))
        by = key->code == '+' ? 1 : -1;
    if (by == 0)
        return lineedit_key(field->line, key);
    step_date(field, by);
    return true;
}

static void step_number(struct field *field, int by)
{
    char *end, text[24];
    bool bounded = field->least != field->most || field->least != 0;
    int64_t number = strtoll(lineedit_text(field->line), &end, 10);
    if (*end || (by > 0 ? number == INT64_MAX : number == INT64_MIN))
        return;
    number += by;
    if (bounded && number > field->most)
        number = field->most;
    if (bounded && number < field->least)
        number = field->least;
    snprintf(text, sizeof text, "%" PRId64, number);
    replace_line(field, text);
}

/* Digits, in either width, and a minus where one can be. */
static void add_number(const struct field *field, struct strbuf *out, uint32_t code)
{
    if (code >= 0xff10 && code <= 0xff19)
        code = code - 0xff10 + '0';
    if ((code >= '0' && code <= '9') || (code == '-' && field->least < 0))
        strbuf_add_char(out, (char)code);
}

static bool number_key(struct field *field, const struct key *key)
{
    if (step_of(key)) {
        step_number(field, step_of(key));
        return true;
    }
    bool pasted = key->code == KEY_CODE_PASTE;
    if (!pasted && !key_is_text(key))
        return lineedit_key(field->line, key);
    struct strbuf digits = {0};
    uint32_t code;
    if (!pasted)
        add_number(field, &digits, key->code);
    else
        for (const char *at = key->paste; *at; at += text_decode(at, &code)) {
            text_decode(at, &code);
            add_number(field, &digits, code);
        }
    struct key typed = {.code = pasted ? KEY_CODE_PASTE : (uint32_t)strbuf_text(&digits)[0],
        .paste = strbuf_text(&digits)};
    if (digits.length > 0)
        lineedit_key(field->line, &typed);
    strbuf_clear(&digits);
    return true;
}

/* Whether the label or its pinyin begins with the character. */
static bool begins_with(const char *label, uint32_t typed)
{
    struct strbuf initials = {0};
    uint32_t code = 0;
    text_decode(label, &code);
    pinyin_initials(&initials, label);
    uint32_t small = typed >= 'A' && typed <= 'Z' ? typed - 'A' + 'a' : typed;
    bool begins = code == typed || (uint32_t)strbuf_text(&initials)[0] == small;
    strbuf_clear(&initials);
    return begins;
}

/* The next choice the character begins, else the one with that number. */
static size_t choice_typed(const struct field *field, uint32_t typed)
{
    size_t count = field->choice_count, first = field->chosen == FORM_NONE ? 0 : field->chosen + 1;
    for (size_t i = 0; i < count; i++)
        if (begins_with(field->choices[(first + i) % count].label, typed))
            return (first + i) % count;
    size_t number = typed >= '1' && typed <= '9' ? typed - '0' : 0;
    return number > 0 && number <= count ? number - 1 : field->chosen;
}

static bool choice_key(struct field *field, const struct key *key)
{
    size_t count = field->choice_count, at = field->chosen;
    if (key->modifiers == 0 && key->code == KEY_CODE_BACKSPACE)
        field->chosen = field->needed ? at : FORM_NONE;
    else if (count == 0)
        return false;
    else if (is_key(key, KEY_CODE_RIGHT, 0) || is_key(key, ' ', 0))
        field->chosen = at == FORM_NONE ? 0 : (at + 1) % count;
    else if (is_key(key, KEY_CODE_LEFT, 0))
        field->chosen = at == FORM_NONE ? count - 1 : (at + count - 1) % count;
    else if (is_key(key, KEY_CODE_HOME, 0))
        field->chosen = 0;
    else if (is_key(key, KEY_CODE_END, 0))
        field->chosen = count - 1;
    else if (key_is_text(key))
        field->chosen = choice_typed(field, key->code);
    else
        return false;
    return true;
}

static bool yes_key(struct field *field, const struct key *key)
{
    bool turns =
        is_key(key, ' ', 0) || is_key(key, KEY_CODE_LEFT, 0) || is_key(key, KEY_CODE_RIGHT, 0);
    field->yes ^= turns;
    return turns;
}

/* A date or number that somebody comes to is written anew by its first digit: what stands there is
 * a proposal, and few want to add digits to it. */
static void begin_anew(struct field *field, const struct key *key)
{
    bool short_line = field->kind == FORM_DATE || field->kind == FORM_NUMBER;
    if (field->fresh && short_line && key->code >= '0' && key->code <= '9' && key->modifiers == 0)
        lineedit_replace(field->line, 0, strlen(lineedit_text(field->line)), "");
    field->fresh = false;
}

bool field_key(struct field *field, const struct key *key)
{
    begin_anew(field, key);
    switch (field->kind) {
    case FORM_LINE:
        return lineedit_key(field->line, key);
    case FORM_TEXT:
        return textedit_key(field->text, key);
    case FORM_DATE:
        return date_key(field, key);
    case FORM_NUMBER:
        return number_key(field, key);
    case FORM_CHOICE:
        return choice_key(field, key);
    case FORM_YES:
        return yes_key(field, key);
    case FORM_PICK: /* pick_key, which needs the form */
    case FORM_SHOW:
        break;
    }
    return false;
}
