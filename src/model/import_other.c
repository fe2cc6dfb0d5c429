/* A row whose number is of one task and whose title is plainly of another. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "import_parts.h"
#include "place_within.h"

/* How like the title told is to what the task is called. */
static bool own_likeness(struct look *look, int64_t task, const char *told, const char *title,
    int *like, struct error *err)
{
    char *problem;
    *like = look_likeness(told, title);
    if (*like >= LIKE_LEAST)
        return true;
    if (!change_current(look->db, task, "problem", &problem, err))
        return false;
    int other = problem[0] != '\0' ? look_likeness(told, problem) : 0;
    *like = other > *like ? other : *like;
    free(problem);
    return true;
}

static bool says_the_same(const char *one, const char *other)
{
    char *left = look_title_core(one), *right = look_title_core(other);
    bool same = strcmp(left, right) == 0;
    free(left);
    free(right);
    return same;
}

bool look_other_name(
    struct look *look, size_t proposal, int64_t task, const char **name, struct error *err)
{
    const struct target *target = &look->target[proposal];
    char *number, *title;
    if (!change_current(look->db, task, "number", &number, err))
        return false;
    bool same = strcmp(number, texts_get(&look->import->texts, target->number)) == 0;
    bool good = same || change_current(look->db, task, "title", &title, err);
    if (good && !same) {
        struct strbuf text = {0};
        strbuf_format(
            &text, "%s-%s %s", units_source(look->units, target->source)->code, number, title);
        *name = texts_keep(&look->import->texts, strbuf_text(&text));
        strbuf_clear(&text);
        free(title);
    }
    free(number);
    return good;
}

/* A task of the source with another number than the row, of which the title says the same. */
struct titled {
    int64_t task;
    const char *name; /* NULL: there is none */
    bool here;        /* the row names no place, or one around that of the task, or in it */
    bool several;     /* others are as near */
};

static bool find_titled(
    struct look *look, size_t proposal, const char *title, struct titled *found, struct error *err)
{
    const struct target *target = &look->target[proposal];
    int64_t region = look_first_id(texts_get(&look->import->texts, target->regions));
    if (!look_need_titles(look, target->source, err))
        return false;
    uint32_t next = look_first_titled(look, target->source, title, true);
    for (; next != 0; next = look->title[next - 1].next) {
        const struct title_task *one = &look->title[next - 1];
        const char *name = NULL;
        if (!look_other_name(look, proposal, one->task, &name, err))
            return false;
        if (name == NULL)
            continue;
        bool here = region == 0 || place_lies_in(look->units, one->region, region) ||
                    place_lies_in(look->units, region, one->region);
        if (found->name == NULL || (here && !found->here))
            *found = (struct titled){one->task, name, here, false};
        else
            found->several |= here == found->here;
    }
    return true;
}

static void refuse_number(struct look *look, size_t proposal, const char *called, const char *other)
{
    look_say(look, proposal, look_told(look, proposal, "title"), true,
        _("The number %s is that of \"%s\", but this is the title of the task %s: put the number "
          "right, or leave out the column of numbers and tasks are found by their titles"),
        texts_get(&look->import->texts, look->target[proposal].number), called, other);
}

/* A list often counts its rows, so that the title tells the task; a ledger is refused. */
static void take_titled(
    struct look *look, size_t proposal, const char *called, const struct titled *other)
{
    struct target *target = &look->target[proposal];
    bool joins = look->import->proposal[proposal].existing && other->here && !other->several;
    if (!joins) {
        refuse_number(look, proposal, called, other->name);
        return;
    }
    target->task = other->task;
    look_say(look, proposal, look_told(look, proposal, "title"), false,
        _("The number %s is that of \"%s\"; by its title the row is taken for the task %s"),
        texts_get(&look->import->texts, target->number), called, other->name);
}

bool look_other_title(struct look *look, size_t proposal, uint32_t called, struct error *err)
{
    const struct target *target = &look->target[proposal];
    const struct texts *texts = &look->import->texts;
    const struct import_cell *cell = look_told(look, proposal, "title");
    if (cell == NULL || cell->text == called || target->refused)
        return true;
    const char *told = texts_get(texts, cell->text), *title = texts_get(texts, called);
    const char *number = texts_get(texts, target->number), *other = NULL;
    struct titled same = {0};
    int like;
    if (told[0] == '\0' || says_the_same(told, title))
        return true;
    if (!find_titled(look, proposal, told, &same, err))
        return false;
    if (same.name != NULL) {
        take_titled(look, proposal, title, &same);
        return true;
    }
    if (!own_likeness(look, target->task, told, title, &like, err) ||
        (like < LIKE_LEAST && !look_like_titled(look, proposal, told, &other, err)))
        return false;
    if (other != NULL && target->regions != 0)
        refuse_number(look, proposal, title, other);
    else if (other != NULL)
        look_say(look, proposal, cell, true,
            _("The number %s is that of \"%s\", but this is the title of the task %s: put the "
              "number right, or leave out the column of numbers and tasks are found by their "
              "titles; where the title is right, put its place (责任地区) into the row"),
            number, title, other);
    else if (like < LIKE_LEAST && !look_is_words(cell))
        look_say(look, proposal, cell, false,
            _("The task %s is called otherwise: \"%s\", and becomes \"%s\"; is it the same?"),
            number, title, told);
    return true;
}
