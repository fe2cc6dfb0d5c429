/* A row whose number is of one task and whose title is plainly of another. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "import_parts.h"

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

bool look_other_title(struct look *look, size_t proposal, uint32_t called, struct error *err)
{
    const struct target *target = &look->target[proposal];
    const struct texts *texts = &look->import->texts;
    const struct import_cell *cell = look_told(look, proposal, "title");
    if (cell == NULL || cell->text == called || target->refused)
        return true;
    const char *told = texts_get(texts, cell->text), *title = texts_get(texts, called);
    const char *number = texts_get(texts, target->number), *other = NULL;
    int like;
    if (told[0] == '\0' || says_the_same(told, title))
        return true;
    if (!own_likeness(look, target->task, told, title, &like, err) ||
        !look_titled(look, proposal, told, &other, err) ||
        (other == NULL && like < LIKE_LEAST &&
            !look_like_titled(look, proposal, told, &other, err)))
        return false;
    if (other != NULL)
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
