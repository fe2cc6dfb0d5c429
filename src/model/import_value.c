/* Values of cells, as the history keeps them. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "import_parts.h"
#include "model/deadline.h"
#include "model/percent.h"

uint32_t look_narrow(struct look *look, const char *text)
{
    struct strbuf out = {0};
    uint32_t code;
    const char *at = text;
    while ((unsigned char)*at < 0x80 && *at != '\0')
        at++;
    if (*at == '\0')
        return texts_add(&look->import->texts, text);
    for (int length; (length = text_decode(text, &code)) > 0; text += length) {
        if (code >= 0xff01 && code <= 0xff5e)
            code -= 0xfee0;
        text_encode(&out, code == 0x3000 ? ' ' : code);
    }
    uint32_t number = texts_add(&look->import->texts, strbuf_text(&out));
    strbuf_clear(&out);
    return number;
}

static struct memo good(struct look *look, const char *value)
{
    return (struct memo){.read = READ_GOOD, .text = texts_add(&look->import->texts, value)};
}

static struct memo bad(struct look *look, const struct error *err)
{
    return (struct memo){.read = READ_BAD, .text = texts_add(&look->import->texts, err->text)};
}

/* --- kinds of values ------------------------------------------------------------------------- */

static struct memo read_as_typed(struct look *look, const struct field *field, const char *text)
{
    struct error err = {0};
    char *value = NULL;
    if (!field_read(look->units, field, text, &value, &err))
        return bad(look, &err);
    struct memo memo = good(look, value);
    free(value);
    return memo;
}

static struct memo read_percent(struct look *look, const struct field *field, const char *text)
{
    struct error err = {0};
    int percent;
    enum percent_told told;
    char value[16];
    if (!percent_read(text, &percent, &told)) {
        error_set(&err, ERROR_INPUT, _("%s: \"%s\" is no percentage; 80, 80%%, 约80%% or 八成 are"),
            _(field->label), text);
        return bad(look, &err);
    }
    snprintf(value, sizeof value, "%d", percent);
    struct memo memo = good(look, value);
    memo.told = told;
    return memo;
}

/* "60", "60.00": what is behind a point must say nothing. */
static struct memo read_number(struct look *look, const struct field *field, const char *text)
{
    const char *narrow = texts_get(&look->import->texts, look_narrow(look, text));
    size_t digits = strspn(narrow, "0123456789");
    const char *rest = narrow + digits;
    if (digits > 0 && *rest == '.' && rest[1] == '0') {
        rest += 1 + strspn(rest + 1, "0");
        char *whole = alloc_format("%.*s%s", (int)digits, narrow, rest);
        struct memo memo = read_as_typed(look, field, whole);
        free(whole);
        return memo;
    }
    return read_as_typed(look, field, narrow);
}

static struct memo read_day(struct look *look, const struct field *field, const char *text)
{
    struct deadline words;
    struct error err = {0};
    date_t day;
    char iso[11];
    if (deadline_read_day(text, &day))
        return good(look, date_format(day, iso));
    if (field->flags & FIELD_IS_DEADLINE && deadline_read(text, &words, &err) &&
        words.kind == DEADLINE_DATE)
        return good(look, date_format(words.date, iso));
    error_set(&err, ERROR_INPUT,
        _("%s: \"%s\" is no day; 2026-11-30, 2026/11/30 or 2026年11月30日 are"), _(field->label),
        text);
    return bad(look, &err);
}

/* What the cell holds is kept as it is. */
static struct memo read_text(struct look *look, const struct field *field, uint32_t cell)
{
    const char *text = texts_get(&look->import->texts, cell);
    bool lines = field->type == VALUE_IS_TEXT;
    size_t most = lines ? FIELD_TEXT_MOST : FIELD_LINE_MOST;
    if (strlen(text) <= most && (lines || strchr(text, '\n') == NULL))
        return (struct memo){.read = READ_GOOD, .text = cell};
    return read_as_typed(look, field, text);
}

static struct memo read_cell(
    struct look *look, size_t proposal, const struct import_cell *cell, int64_t region)
{
    const struct field *field = &fields[cell->field];
    const char *text = texts_get(&look->import->texts, cell->text);
    switch (field->type) {
    case VALUE_IS_DATE:
        return read_day(look, field, text);
    case VALUE_IS_PERCENT:
        return read_percent(look, field, text);
    case VALUE_IS_NUMBER:
        return read_number(look, field, text);
    case VALUE_IS_WORD:
    case VALUE_IS_YES:
        return read_as_typed(look, field, texts_get(&look->import->texts, look_narrow(look, text)));
    case VALUE_IS_REGION:
    case VALUE_IS_REGIONS:
    case VALUE_IS_DEPARTMENT:
    case VALUE_IS_DEPARTMENTS:
    case VALUE_IS_SPONSOR:
    case VALUE_IS_SOURCE:
        return look_units(look, proposal, cell, text, region);
    default:
        return read_text(look, field, cell->text);
    }
}

/* --- each once ------------------------------------------------------------------------------- */

static bool is_text(enum field_type type)
{
    return type == VALUE_IS_LINE || type == VALUE_IS_TEXT;
}

/* A ledger has few different ones of all that is no text. What names an unknown unit is read again,
 * so that it is counted. */
static struct memo read_once(
    struct look *look, size_t proposal, const struct import_cell *cell, int64_t region)
{
    bool is_new;
    if (is_text(fields[cell->field].type) || region > 0x7fffff)
        return read_cell(look, proposal, cell, region);
    uint64_t key = (uint64_t)cell->text << 32 | (uint64_t)cell->field << 24 |
                   (uint64_t)look->of_document << 23 | ((uint64_t)region & 0x7fffff);
    size_t at = id_map_add(&look->memos, key, &is_new);
    look->memo = alloc_grow(look->memo, &look->memo_capacity, at + 1, sizeof *look->memo);
    if (is_new || look->memo[at].read == READ_UNKNOWN) {
        struct memo memo = read_cell(look, proposal, cell, region);
        look->memo =
            alloc_grow(look->memo, &look->memo_capacity, look->memos.count, sizeof *look->memo);
        look->memo[at] = memo;
    }
    return look->memo[at];
}

bool look_is_known(struct look *look, const struct import_cell *cell)
{
    const uint64_t known = 0xff; /* no field's */
    bool is_new;
    assert(field_count < known);
    size_t at = id_map_add(&look->memos, (uint64_t)cell->text << 32 | known << 24, &is_new);
    look->memo = alloc_grow(look->memo, &look->memo_capacity, at + 1, sizeof *look->memo);
    if (is_new)
        look->memo[at].read = look_units_known(look, &fields[cell->field],
                                  texts_get(&look->import->texts, cell->text))
                                  ? READ_GOOD
                                  : READ_UNKNOWN;
    return look->memo[at].read == READ_GOOD;
}

/* 是 and 否 below 是否达到序时进度, 是否办结 or 是否完成: the heading says what they mean. That it
 * is not settled says nothing of its progress. */
static struct import_cell answered(struct look *look, const struct import_cell *cell)
{
    struct import_cell whole = *cell;
    struct texts *texts = &look->import->texts;
    const char *heading = import_name(look->import, cell->heading),
               *text = texts_get(texts, cell->text);
    if (fields[cell->field].words != task_progresses)
        return whole;
    bool asks = strstr(heading, "是否") != NULL && strstr(heading, "完成") != NULL;
    if (strstr(heading, "办结") != NULL || asks) {
        if (strcmp(text, "是") == 0)
            whole.text = texts_add(texts, "已办结");
        else if (strcmp(text, "否") == 0 || strcmp(text, "未办结") == 0)
            whole.text = 0;
        return whole;
    }
    if (strstr(heading, "是否达") == NULL)
        return whole;
    if (strcmp(text, "是") == 0)
        whole.text = texts_add(texts, "达到序时进度");
    else if (strcmp(text, "否") == 0)
        whole.text = texts_add(texts, "未达到序时进度");
    return whole;
}

bool look_read(struct look *look, size_t proposal, const struct import_cell *cell, int64_t region,
    const char **value)
{
    struct import_cell whole = answered(look, cell);
    struct memo memo = read_once(look, proposal, &whole, region);
    *value = texts_get(&look->import->texts, memo.text);
    if (memo.read == READ_BAD)
        look_say(look, proposal, cell, true, "%s", *value);
    else if (memo.told == PERCENT_ROUNDED)
        look_say(look, proposal, cell, false, _("It is rounded to %s%%"), *value);
    else if (memo.told == PERCENT_ABOUT)
        look_say(look, proposal, cell, false, _("About so much is taken as %s%%"), *value);
    else if (memo.read == READ_UNKNOWN)
        look->target[proposal].refused = true;
    if (memo.read == READ_GOOD && memo.left_out != 0)
        look_say(look, proposal, cell, false, _("These words name no unit; they are left out: %s"),
            texts_get(&look->import->texts, memo.left_out));
    return memo.read == READ_GOOD;
}
