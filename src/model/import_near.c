/* The task that a list means by the beginning of its title, or the nearest, where it means none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "base/text.h"
#include "import_parts.h"

enum {
    BEGINNING_LEAST = 12, /* bytes by which a title may be known */
    NEAR_LEAST = 25       /* of a hundred */
};

/* What was found so far among the tasks of the source. */
struct near {
    const char *title, *number; /* as told; "" not */
    int64_t region;
    int64_t same, beginning; /* the task of the title, or that it is the beginning of */
    size_t sames, beginnings;
    int likeness;
    const char *alike; /* "D3-1 …": the nearest by its title */
    struct suggest suggest;
    const char *suggested; /* by its number */
};

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\n' || code == '\t' || code == 0x3000 || code == 0xa0;
}

/* Without blanks, marks of half width; dots at the end that say it was cut are left out. */
static char *title_key(const char *title)
{
    static const uint32_t marks[][2] = {
        {0x3014, '('}, {0x3015, ')'}, {0x3010, '['}, {0x3011, ']'}, {0x201c, '"'}, {0x201d, '"'}};
    struct strbuf key = {0};
    uint32_t code;
    for (int length; (length = text_decode(title, &code)) > 0; title += length) {
        if (is_blank(code))
            continue;
        code -= code >= 0xff01 && code <= 0xff5e ? 0xfee0 : 0;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            code = code == marks[i][0] ? marks[i][1] : code;
        text_encode(&key, code);
    }
    while (key.length > 3 && strcmp(key.text + key.length - 3, "…") == 0)
        strbuf_cut(&key, key.length - 3);
    while (key.length > 0 && key.text[key.length - 1] == '.')
        strbuf_cut(&key, key.length - 1);
    char *kept = alloc_string(strbuf_text(&key));
    strbuf_clear(&key);
    return kept;
}

const char *look_row_name(struct look *look, int64_t source, struct db_statement *row)
{
    struct strbuf name = {0};
    strbuf_format(&name, "%s-%s", units_source(look->units, source)->code, db_text(row, 1));
    if (db_int(row, 2) > 0)
        strbuf_format(&name, ".%d", (int)db_int(row, 2));
    strbuf_format(&name, " %s", db_text(row, 3));
    const char *kept = texts_keep(&look->import->texts, strbuf_text(&name));
    strbuf_clear(&name);
    return kept;
}

static void take_title(struct near *near, struct db_statement *row)
{
    char *key = title_key(db_text(row, 3));
    size_t length = strlen(near->title);
    bool here = near->region == 0 || near->region == db_int(row, 4);
    if (here && strcmp(key, near->title) == 0) {
        near->same = db_int(row, 0);
        near->sames++;
    } else if (here && length >= BEGINNING_LEAST && strncmp(key, near->title, length) == 0) {
        near->beginning = db_int(row, 0);
        near->beginnings++;
    }
    free(key);
}

static void take_task(
    struct look *look, int64_t source, struct near *near, struct db_statement *row)
{
    const char *before = near->suggest.best;
    if (near->title[0] != '\0') {
        take_title(near, row);
        int like = look_likeness(near->title, db_text(row, 3));
        if (like >= NEAR_LEAST && like > near->likeness) {
            near->likeness = like;
            near->alike = look_row_name(look, source, row);
        }
    }
    if (near->number[0] != '\0') {
        suggest_offer(&near->suggest, texts_keep(&look->import->texts, db_text(row, 1)));
        if (near->suggest.best != before)
            near->suggested = look_row_name(look, source, row);
    }
}

static bool look_through(struct look *look, int64_t source, struct near *near, struct error *err)
{
    struct db_statement *row;
    enum db_step step = DB_DONE;
    bool in = true, good = true;
    if (!db_statement(look->db, IMPORT_NEAR, &row, err))
        return false;
    db_bind_int(row, 1, source);
    while (good && (step = db_step(row, err)) == DB_ROW)
        if ((good = member_ask(&look->reach, db_int(row, 0), &in, err)) && in)
            take_task(look, source, near, row);
    db_reset(row);
    return good && step != DB_FAILED;
}

static void settle(
    struct look *look, size_t proposal, const struct import_cell *cell, const struct near *near)
{
    const char *nearest = near->alike != NULL ? near->alike : near->suggested;
    if (near->number[0] == '\0' && near->sames + near->beginnings > 0) {
        if (near->sames == 1)
            look->target[proposal].task = near->same;
        else if (near->sames == 0 && near->beginnings == 1)
            look->target[proposal].task = near->beginning;
        else
            look_say(look, proposal, cell, true,
                _("Several tasks of this source are called so, or begin so: tell the number too"));
    } else if (nearest != NULL) {
        look_say(look, proposal, cell, true,
            _("There is no such task; the nearest is %s: put its number here, or take the row out; "
              "a list of progress makes no tasks (a ledger does: --kind ledger)"),
            nearest);
    } else {
        look_say(look, proposal, cell, true,
            _("There is no such task: put its number right, or take the row out; a list of "
              "progress makes no tasks (a ledger does: --kind ledger)"));
    }
}

bool look_near(struct look *look, size_t proposal, struct error *err)
{
    struct target *target = &look->target[proposal];
    const struct texts *texts = &look->import->texts;
    const struct proposal *row = &look->import->proposal[proposal];
    const struct import_cell *title = import_cell(look->import, row, field_named("title")),
                             *number = import_cell(look->import, row, field_named("number"));
    char *key = title_key(title != NULL ? texts_get(texts, title->text) : "");
    struct near near = {.title = key, .number = texts_get(texts, target->number)};
    near.region = look_first_id(texts_get(texts, target->regions));
    near.suggest = suggest_for(near.number);
    bool good = look_through(look, target->source, &near, err);
    if (good)
        settle(look, proposal, number != NULL ? number : title, &near);
    free(key);
    return good;
}
