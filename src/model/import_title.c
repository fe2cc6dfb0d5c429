/* What a document calls a task: the title of one that is there in other words, or plainly another.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "import_parts.h"

enum {
    GLYPHS_MOST = 400,   /* looked at of a text */
    NEAREST_MOST = 3,    /* named where a title is like those of several */
    NEAR_LEAST = 50,     /* the same, for the nearest of all */
    LIKE_PLAINLY = 80,   /* the same, for a title that is another task's */
    CORE_LEAST = 4,      /* glyphs that a title keeps */
    NEAR_LOOKS = 2000000 /* titles compared for the nearest, in all */
};

/* Characters, digits and letters; marks and blanks say nothing. */
static size_t glyphs(const char *text, uint32_t out[static GLYPHS_MOST])
{
    size_t count = 0;
    uint32_t code;
    for (int length; count < GLYPHS_MOST && (length = text_decode(text, &code)) > 0;
         text += length) {
        code -= code >= 0xff01 && code <= 0xff5e ? 0xfee0 : 0;
        code |= code >= 'A' && code <= 'Z' ? 0x20 : 0;
        if ((code >= 0x4e00 && code <= 0x9fff) || (code >= '0' && code <= '9') ||
            (code >= 'a' && code <= 'z'))
            out[count++] = code;
    }
    return count;
}

/* --- the same in other words ----------------------------------------------------------------- */

static bool cut_behind(struct strbuf *text)
{
    static const char *const behind[] = {
        "问题", "整改", "任务", "情况", "完成", "公示", "事项", "的", NULL};
    for (size_t i = 0; behind[i] != NULL; i++) {
        size_t length = strlen(behind[i]);
        if (text->length < length + CORE_LEAST * 3 ||
            strcmp(text->text + text->length - length, behind[i]) != 0)
            continue;
        strbuf_cut(text, text->length - length);
        return true;
    }
    return false;
}

char *look_title_core(const char *title)
{
    static const char before[] = "关于";
    uint32_t glyph[GLYPHS_MOST];
    size_t count = glyphs(title, glyph);
    struct strbuf text = {0};
    strbuf_add(&text, "");
    for (size_t i = 0; i < count; i++)
        text_encode(&text, glyph[i]);
    while (cut_behind(&text))
        continue;
    const char *from = strbuf_text(&text);
    if (strncmp(from, before, strlen(before)) == 0 &&
        text.length >= strlen(before) + CORE_LEAST * 3)
        from += strlen(before);
    char *core = alloc_string(from);
    strbuf_clear(&text);
    return core;
}

/* --- how like ----------------------------------------------------------------------------------
 */

/* Of a hundred pairs of characters of the one how many stand in the other. */
static int likeness(const char *one, const char *other)
{
    uint32_t a[GLYPHS_MOST], b[GLYPHS_MOST];
    size_t count = glyphs(one, a), of = glyphs(other, b), same = 0;
    if (count < 2 || of < 2)
        return 100;
    for (size_t i = 0; i + 1 < count; i++)
        for (size_t k = 0; k + 1 < of; k++)
            if (a[i] == b[k] && a[i + 1] == b[k + 1]) {
                same++;
                break;
            }
    return (int)(same * 100 / (count - 1));
}

int look_likeness(const char *one, const char *other)
{
    int there = likeness(one, other), back = likeness(other, one);
    return there > back ? there : back;
}

/* What a proposal calls its task: title and problem; "" where not told. */
static void names_of(const struct look *look, size_t proposal, const char *names[2])
{
    static const char *const fields_of_name[] = {"title", "problem"};
    for (int i = 0; i < 2; i++) {
        const struct import_cell *cell = import_cell(
            look->import, &look->import->proposal[proposal], field_named(fields_of_name[i]));
        names[i] = cell != NULL ? look_text(look, cell) : "";
    }
}

/* The best of each name with each. */
static int agreement(const char *const one[2], const char *const other[2], int none)
{
    int best = -1;
    for (int i = 0; i < 2; i++)
        if (one[i][0] != '\0' && strcmp(one[i], other[i]) == 0)
            return 100; /* without counting */
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 2; k++)
            if (one[i][0] != '\0' && other[k][0] != '\0') {
                int like = look_likeness(one[i], other[k]);
                best = like > best ? like : best;
            }
    return best < 0 ? none : best;
}

int look_agreement(const struct look *look, size_t proposal, size_t other)
{
    const char *one[2], *two[2];
    names_of(look, proposal, one);
    names_of(look, other, two);
    return agreement(one, two, 100);
}

/* Whether the place told is one of those of the task. */
static bool is_of_place(struct look *look, size_t proposal, bool *is, struct error *err)
{
    int64_t ids[FIELD_LIST_MOST],
        place = look_first_id(texts_get(&look->import->texts, look->target[proposal].regions));
    char *there;
    *is = false;
    if (place == 0)
        return true;
    if (!change_current(look->db, look->made.task, "region", &there, err))
        return false;
    size_t count = field_ids(there, ids);
    for (size_t i = 0; i < count; i++)
        *is |= ids[i] == place;
    free(there);
    return true;
}

bool look_words_title(
    struct look *look, size_t proposal, const struct import_cell *cell, struct error *err)
{
    const struct proposal *row = &look->import->proposal[proposal];
    const char *told[2], *before[] = {look_before(look, "title"), look_before(look, "problem")};
    bool placed;
    names_of(look, proposal, told);
    if (agreement(told, before, 0) >= LIKE_LEAST)
        return true;
    if (!is_of_place(look, proposal, &placed, err))
        return false;
    if (placed || row->existing)
        look_say(look, proposal, cell, false,
            _("The task of this number is called otherwise: \"%s\"; is it the same?"), before[0]);
    else
        look_say(look, proposal, cell, true,
            _("The task %s of this source is called \"%s\", here it is \"%s\", and its place is "
              "not told, or another: put the number right; where it is the same task, put its "
              "title, or its place (责任地区：…), into the document"),
            look_before(look, "number"), before[0], told[0]);
    return true;
}

/* --- the nearest ----------------------------------------------------------------------------- */

/* Whether a task of this region is of another place than the row, whose own task is there. */
static bool lies_elsewhere(const struct look *look, size_t proposal, int64_t region)
{
    const struct target *target = &look->target[proposal];
    int64_t told = look_first_id(texts_get(&look->import->texts, target->regions));
    return target->task != 0 && told != 0 && told != region;
}

/* The most like, the first of them most. */
struct nearest {
    struct {
        int like;
        const char *name;
    } of[NEAREST_MOST];
    size_t count;
};

static void take_near(struct nearest *nearest, int like, const char *name)
{
    size_t at = nearest->count < NEAREST_MOST ? nearest->count++ : NEAREST_MOST - 1;
    for (; at > 0 && nearest->of[at - 1].like < like; at--)
        nearest->of[at] = nearest->of[at - 1];
    nearest->of[at].like = like;
    nearest->of[at].name = name;
}

/* Whether it is less like than all that are kept. */
static bool is_too_far(const struct nearest *nearest, int like, int least)
{
    return like < least ||
           (nearest->count == NEAREST_MOST && like <= nearest->of[NEAREST_MOST - 1].like);
}

/* `least`: how like it is at least. One of the number of the row is none. */
static bool look_through(struct look *look, size_t proposal, const char *title, int least,
    struct nearest *nearest, struct error *err)
{
    int64_t source = look->target[proposal].source;
    const char *number = texts_get(&look->import->texts, look->target[proposal].number);
    struct db_statement *row;
    enum db_step step = DB_DONE;
    if (!db_statement(look->db, IMPORT_NEAR, &row, err))
        return false;
    db_bind_int(row, 1, source);
    bool good = true;
    while (good && look->near_looks < NEAR_LOOKS && (step = db_step(row, err)) == DB_ROW) {
        int like = look_likeness(title, db_text(row, 3));
        bool in = true, elsewhere = false;
        look->near_looks++;
        if (is_too_far(nearest, like, least) || strcmp(db_text(row, 1), number) == 0 ||
            lies_elsewhere(look, proposal, db_int(row, 4)))
            continue;
        good = member_ask(&look->reach, db_int(row, 0), &in, err) &&
               look_words_elsewhere(look, proposal, db_int(row, 0), &elsewhere, err);
        if (good && in && !elsewhere)
            take_near(nearest, like, look_row_name(look, source, row));
    }
    db_reset(row);
    return good && step != DB_FAILED;
}

bool look_like_titled(
    struct look *look, size_t proposal, const char *title, const char **name, struct error *err)
{
    struct nearest nearest = {0};
    bool good = look_through(look, proposal, title, LIKE_PLAINLY, &nearest, err);
    if (good && nearest.count > 0)
        *name = nearest.of[0].name;
    return good;
}

/* So like that it may be one of them, and no number tells. */
static void refuse_like(struct look *look, size_t proposal, const struct nearest *nearest)
{
    struct strbuf names = {0};
    for (size_t i = 0; i < nearest->count && nearest->of[i].like >= LIKE_CLOSELY; i++)
        strbuf_format(&names, "%s%s", i > 0 ? _(", ") : "", nearest->of[i].name);
    look_say(look, proposal, look_told(look, proposal, "title"), true,
        _("It may be a task of this source that is called nearly so: %s; put its number (编号：) "
          "into "
          "the document, or a number of its own where it is another task"),
        strbuf_text(&names));
    strbuf_clear(&names);
}

bool look_nearest_title(struct look *look, size_t proposal, struct error *err)
{
    const struct import_cell *title = look_told(look, proposal, "title");
    struct nearest nearest = {0};
    if (title == NULL || !look_is_words(title))
        return true;
    if (!look_through(look, proposal, look_text(look, title), NEAR_LEAST, &nearest, err))
        return false;
    if (nearest.count == 0)
        return true;
    if (look->target[proposal].number == 0 && nearest.of[0].like >= LIKE_CLOSELY)
        refuse_like(look, proposal, &nearest);
    else
        look_say(look, proposal, title, false,
            _("This becomes a new task; the nearest of this source is %s: put its number into the "
              "document where it is the same"),
            nearest.of[0].name);
    return true;
}
