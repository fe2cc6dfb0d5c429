/* The task that a person names: 2-047, 2-047.1, 2021-047. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "column.h"
#include "member.h"
#include "model/task_detail.h"
#include "model/units.h"

/* What was typed, taken apart. */
struct typed {
    char *code, *number; /* number: with the part, as typed */
};

/* An input method leaves full-width digits and letters, and any of several dashes and dots. */
static uint32_t to_plain(uint32_t code)
{
    static const uint32_t dashes[] = {
        0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x30FC};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (code == dashes[i])
            return '-';
    if (code == 0x3002 || code == 0xFF61)
        return '.';
    if (code == 0x3000)
        return ' ';
    return code >= 0xFF01 && code <= 0xFF5E ? code - 0xFF01 + '!' : code;
}

static void add_plain(struct strbuf *out, const char *text)
{
    uint32_t code;
    int length;
    while ((length = text_decode(text, &code)) > 0) {
        text += length;
        text_encode(out, to_plain(code));
    }
}

/* As it would be typed on a plain keyboard, without blanks around it. */
static char *make_plain(const char *ident)
{
    struct strbuf clean = {0}, plain = {0};
    text_scrub(&clean, ident, strlen(ident), TEXT_ONE_LINE);
    add_plain(&plain, strbuf_text(&clean));
    const char *start = strbuf_text(&plain);
    start += strspn(start, " ");
    size_t end = strlen(start);
    while (end > 0 && start[end - 1] == ' ')
        end--;
    char *copy = alloc_string_n(start, end);
    strbuf_clear(&clean);
    strbuf_clear(&plain);
    return copy;
}

/* "2-047.1" -> "2" and "047.1". */
static bool take_apart(const char *ident, struct typed *out, struct error *err)
{
    char *plain = make_plain(ident);
    const char *dash = strchr(plain, '-');
    bool ok = dash != NULL && dash > plain && dash[1] != '\0';
    if (ok) {
        out->code = alloc_string_n(plain, (size_t)(dash - plain));
        out->number = alloc_string(dash + 1);
    } else {
        error_set(err, ERROR_INPUT,
            _("\"%s\" is no task: a task is named SOURCE-NUMBER, such as 2-047"), plain);
    }
    free(plain);
    return ok;
}

/* --- the source ------------------------------------------------------------------------------ */

static bool fail_source(const struct units *units, const char *code, struct error *err)
{
    struct strbuf codes = {0};
    for (size_t i = 0; i < units_source_count(units); i++)
        strbuf_format(&codes, "%s%s", i > 0 ? ", " : "", units_source_at(units, i)->code);
    error_set(err, ERROR_NOT_FOUND, _("there is no source %s; there are %s"), code,
        codes.length > 0 ? strbuf_text(&codes) : _("none"));
    strbuf_clear(&codes);
    return false;
}

static bool fail_year(const struct units *units, int year, struct error *err)
{
    struct strbuf codes = {0};
    for (size_t i = 0; i < units_source_count(units); i++) {
        const struct source *source = units_source_at(units, i);
        if (source->year == year) {
            strbuf_format(
                &codes, "%s%s %s", codes.length > 0 ? ", " : "", source->code, source->name);
        }
    }
    error_set(err, ERROR_INPUT, _("%d has several sources: say which one, of %s"), year,
        strbuf_text(&codes));
    strbuf_clear(&codes);
    return false;
}

/* By its code, else by its year. */
static const struct source *find_source(
    const struct units *units, const char *code, struct error *err)
{
    const struct source *found = NULL;
    char *end;
    long year = strtol(code, &end, 10);
    size_t of_year = 0;
    for (size_t i = 0; i < units_source_count(units); i++) {
        const struct source *source = units_source_at(units, i);
        if (strcasecmp(source->code, code) == 0)
            return source;
        if (*end == '\0' && strlen(code) == 4 && source->year == year) {
            found = source;
            of_year++;
        }
    }
    if (of_year > 1) {
        fail_year(units, (int)year, err);
        return NULL;
    }
    if (found == NULL)
        fail_source(units, code, err);
    return found;
}

/* --- the number ------------------------------------------------------------------------------ */

/* What is looked in: the tasks of a source that the person may see. One that is not theirs is as if
 * it were not there, also where another spelling of the number finds one that is. */
struct place {
    struct model *model;
    struct member reach;
    const struct source *source;
};

static bool find_exact(
    struct place *place, const char *number, int64_t part, int64_t *id, struct error *err)
{
    struct db_statement *find;
    bool allowed = false;
    if (!db_statement(model_db(place->model), FIND_EXACT, &find, err))
        return false;
    db_bind_int(find, 1, place->source->id);
    db_bind_text(find, 2, number);
    db_bind_int(find, 3, part);
    enum db_step step = db_step(find, err);
    int64_t found = step == DB_ROW ? db_int(find, 0) : 0;
    db_reset(find);
    if (step == DB_FAILED || (found != 0 && !member_ask(&place->reach, found, &allowed, err)))
        return false;
    *id = allowed ? found : 0;
    return true;
}

static char *in_case(const char *text, int (*convert)(int))
{
    char *copy = alloc_string(text);
    for (char *at = copy; *at != '\0'; at++)
        *at = (char)((unsigned char)*at < 0x80 ? convert((unsigned char)*at) : *at);
    return copy;
}

/* The number as typed, in either case, and with the zeros that people leave out. */
static bool find_number(
    struct place *place, const char *number, int64_t part, int64_t *id, struct error *err)
{
    const char *bare = number + strspn(number, "0");
    char *const spellings[] = {
        alloc_string(number),
        in_case(number, toupper),
        in_case(number, tolower),
        alloc_format("0%s", bare),
        alloc_format("00%s", bare),
        alloc_format("000%s", bare),
        alloc_string(bare),
    };
    bool ok = true;
    *id = 0;
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (ok && *id == 0)
            ok = find_exact(place, spellings[i], part, id, err);
        free(spellings[i]);
    }
    return ok;
}

/* The whole as a number first: a number may have a dot of its own. */
static bool find_numbered(struct place *place, const char *number, int64_t *id, struct error *err)
{
    if (!find_number(place, number, 0, id, err))
        return false;
    if (*id != 0)
        return true;
    const char *dot = strrchr(number, '.');
    char *end;
    int64_t part = dot != NULL ? strtoll(dot + 1, &end, 10) : 0;
    if (dot == NULL || dot == number || part <= 0 || *end != '\0')
        return true;
    char *alone = alloc_string_n(number, (size_t)(dot - number));
    bool ok = find_number(place, alone, part, id, err);
    free(alone);
    return ok;
}

/* --- what is near ---------------------------------------------------------------------------- */

/* Told on either side, and rows looked at for them: of a county's few tasks the next may be far. */
enum { NEAR_MOST = 2, NEAR_LOOK = 2000 };

/* Adds tasks of FIND_BEFORE or FIND_AFTER that the person may see. */
static bool add_near(struct place *place, enum statement statement, const char *number,
    struct strbuf *out, struct error *err)
{
    struct db_statement *rows;
    enum db_step step = DB_DONE;
    bool ok = true, allowed;
    if (!db_statement(model_db(place->model), statement, &rows, err))
        return false;
    db_bind_int(rows, 1, place->source->id);
    db_bind_text(rows, 2, number);
    db_bind_int(rows, 3, 0);
    db_bind_int(rows, 4, NEAR_LOOK);
    for (int told = 0; ok && told < NEAR_MOST && (step = db_step(rows, err)) == DB_ROW;) {
        ok = member_ask(&place->reach, db_int(rows, 0), &allowed, err);
        if (ok && allowed) {
            char near[IDENT_ROOM];
            column_ident(rows, 1, near);
            strbuf_format(out, "%s%s", out->length > 0 ? ", " : "", near);
            told++;
        }
    }
    db_reset(rows);
    return ok && step != DB_FAILED;
}

static bool fail_near(struct place *place, const char *number, struct error *err)
{
    const char *code = place->source->code;
    struct strbuf near = {0};
    if (add_near(place, FIND_BEFORE, number, &near, err) &&
        add_near(place, FIND_AFTER, number, &near, err)) {
        if (near.length > 0)
            error_set(err, ERROR_NOT_FOUND, _("there is no task %s-%s; near it are %s"), code,
                number, strbuf_text(&near));
        else
            error_set(err, ERROR_NOT_FOUND, _("there is no task %s-%s"), code, number);
    }
    strbuf_clear(&near);
    return false;
}

static bool find_in_reach(struct model *model, const struct source *source, const char *number,
    int64_t *id, struct error *err)
{
    struct place place = {.model = model, .source = source};
    int64_t found = 0;
    if (!member_begin(&place.reach, model, NULL, err))
        return false;
    bool ok = find_numbered(&place, number, &found, err) &&
              (found != 0 || fail_near(&place, number, err));
    member_end(&place.reach);
    if (ok)
        *id = found;
    return ok;
}

bool task_find(struct model *model, const char *ident, int64_t *id, struct error *err)
{
    struct typed typed;
    if (!take_apart(ident, &typed, err))
        return false;
    const struct source *source = find_source(model_units(model), typed.code, err);
    bool ok = source != NULL && find_in_reach(model, source, typed.number, id, err);
    free(typed.code);
    free(typed.number);
    return ok;
}
