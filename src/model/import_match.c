/* Which task each proposal is about: by source and number, by region among the parts of one, by
 * title where there is no number, by its place where there is neither. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "import_parts.h"
#include "place_within.h"

enum { PARTS_COMPARED = 8 }; /* proposals of one number before the one in hand */

static const char *text_of(const struct look *look, uint32_t text)
{
    return texts_get(&look->import->texts, text);
}

/* --- tasks by title -------------------------------------------------------------------------- */

/* A line that names its task by the place alone, as lists of one matter in many counties do: the
 * only task of the source there. */
static bool match_place(struct look *look, size_t proposal, struct error *err)
{
    struct target *target = &look->target[proposal];
    int64_t region = look_first_id(text_of(look, target->regions));
    struct db_statement *row;
    enum db_step step = DB_DONE;
    bool good = true, in = true;
    size_t count = 0;
    if (region == 0)
        return true;
    if (!db_statement(look->db, IMPORT_IN_REGION, &row, err))
        return false;
    db_bind_int(row, 1, target->source);
    db_bind_int(row, 2, region);
    while (good && count < 2 && (step = db_step(row, err)) == DB_ROW)
        if ((good = member_ask(&look->reach, db_int(row, 0), &in, err)) && in) {
            target->task = db_int(row, 0);
            count++;
        }
    db_reset(row);
    if (count > 1)
        target->task = 0;
    if (good && step != DB_FAILED && count != 1)
        look_say(look, proposal, look_told(look, proposal, "region"), true,
            count == 0 ? _("There is no task of this source in this place: tell its number or its "
                           "title")
                       : _("Several tasks of this source are in this place: tell the number or the "
                           "title too"));
    return good && step != DB_FAILED;
}

/* Of those with the title the only one, or the only one of the region. */
static void match_same(struct look *look, size_t proposal, const struct import_cell *title)
{
    struct target *target = &look->target[proposal];
    int64_t region = look_first_id(text_of(look, target->regions)), same = 0, any = 0, inside = 0;
    size_t count = 0, of_region = 0, within = 0;
    uint32_t next = look_first_titled(look, target->source, text_of(look, title->text), false);
    for (; next != 0; next = look->title[next - 1].next) {
        const struct title_task *one = &look->title[next - 1];
        any = one->task;
        count++;
        if (one->region == region || region == 0) {
            same = one->task;
            of_region++;
        } else if (place_lies_in(look->units, one->region, region)) {
            inside = one->task;
            within++;
        }
    }
    if (of_region == 0) { /* told is the county of the town */
        same = inside;
        of_region = within;
    }
    bool alone = look->group[target->group].count == 1;
    if (count == 1 && alone)
        target->task = any;
    else if (of_region == 1)
        target->task = same;
    else if (of_region > 1 || (count > 1 && alone))
        look_say(look, proposal, title, true,
            _("Several tasks of this source have this title: tell the number too"));
}

static bool tell_core(
    struct look *look, size_t proposal, const struct import_cell *title, struct error *err)
{
    char *there;
    if (!change_current(look->db, look->target[proposal].task, "title", &there, err))
        return false;
    look_say(look, proposal, title, false,
        _("Taken for the task of this source that is called \"%s\""), there);
    free(there);
    return true;
}

/* Words of a title that say the same as that of one task, of the place told. */
static bool match_core(
    struct look *look, size_t proposal, const struct import_cell *title, struct error *err)
{
    struct target *target = &look->target[proposal];
    uint32_t next = look_first_titled(look, target->source, text_of(look, title->text), true);
    size_t count = 0;
    for (; next != 0; next = look->title[next - 1].next) {
        bool elsewhere;
        int64_t task = look->title[next - 1].task;
        if (!look_words_elsewhere(look, proposal, task, &elsewhere, err))
            return false;
        if (elsewhere)
            continue;
        target->task = task;
        count++;
    }
    if (count == 1)
        return tell_core(look, proposal, title, err);
    target->task = 0;
    if (count > 1)
        look_say(look, proposal, title, true,
            _("Several tasks of this source are called so, or nearly so: tell the number too"));
    return true;
}

static bool match_title(struct look *look, size_t proposal, struct error *err)
{
    struct target *target = &look->target[proposal];
    const struct import_cell *title = look_told(look, proposal, "title");
    bool elsewhere = false;
    if (title == NULL)
        return match_place(look, proposal, err);
    if (!look_need_titles(look, target->source, err))
        return false;
    match_same(look, proposal, title);
    if (target->task != 0 && !look_words_elsewhere(look, proposal, target->task, &elsewhere, err))
        return false;
    if (elsewhere)
        target->task = 0;
    bool more = target->task == 0 && !target->refused && look_is_words(title);
    return !more || match_core(look, proposal, title, err);
}

/* --- tasks by number ------------------------------------------------------------------------- */

/* Whether the regions of the task are those told. */
static bool has_regions(
    struct look *look, int64_t task, uint32_t regions, bool *has, struct error *err)
{
    char *there;
    if (!change_current(look->db, task, "region", &there, err))
        return false;
    *has = strcmp(there, text_of(look, regions)) == 0;
    free(there);
    return true;
}

/* Among the task and its parts the one with these regions: all of them, or the first; else 0. */
static bool by_region(struct look *look, const struct target *target, const struct existing *there,
    size_t count, int64_t *task, struct error *err)
{
    int64_t region = look_first_id(text_of(look, target->regions)), first = 0;
    size_t firsts = 0;
    *task = 0;
    for (size_t i = 0; i < count; i++) {
        bool has;
        if (there[i].region != region)
            continue;
        if (!has_regions(look, there[i].task, target->regions, &has, err))
            return false;
        if (has && *task == 0)
            *task = there[i].task;
        first = there[i].task;
        firsts++;
    }
    if (*task == 0 && firsts == 1)
        *task = first;
    return true;
}

static int64_t with_part(const struct existing *there, size_t count, int part)
{
    for (size_t i = 0; i < count; i++)
        if (there[i].part == part)
            return there[i].task;
    return 0;
}

/* The part told by its number. One that is not there comes below the task. */
static void match_part(
    struct look *look, size_t proposal, const struct existing *there, size_t count)
{
    struct target *target = &look->target[proposal];
    target->task = with_part(there, count, target->part);
    look->group[target->group].parent = with_part(there, count, 0);
    size_t at =
        id_map_find(&look->groups, look_number_key(look, target->source, target->number, 0));
    uint32_t row = at != ID_MAP_NONE ? look->group[at].last : 0;
    if (row != 0 && row <= proposal && look->group[at].count == 1)
        target->parent_row = row;
    if (target->task != 0 || target->parent_row != 0 || look->group[target->group].parent != 0)
        return;
    target->hidden = true; /* one out of reach is as good as none */
    look_say(look, proposal, look_told(look, proposal, "number"), true,
        _("There is no task %s in this source that it could be a part of"),
        text_of(look, target->number));
}

/* One that would be a new part beside others of its number: rows of one task agree in what it is
 * called, and two tasks that were given one number must not become parts of each other. */
static void compare_parts(struct look *look, size_t proposal)
{
    uint32_t nearest = look->target[proposal].next, at = nearest;
    int best = -1;
    for (int looked = 0; at != 0 && looked < PARTS_COMPARED && best < LIKE_CLOSELY; looked++) {
        int like = look_agreement(look, proposal, at - 1);
        nearest = like > best ? at : nearest;
        best = like > best ? like : best;
        at = look->target[at - 1].next;
    }
    const struct import_cell *title = look_told(look, proposal, "title"),
                             *other = nearest != 0 ? look_told(look, nearest - 1, "title") : NULL;
    if (title == NULL || other == NULL || (best >= LIKE_CLOSELY && look->parts_told))
        return;
    size_t line = look->import->proposal[nearest - 1].line;
    if (best >= LIKE_CLOSELY) {
        look->parts_told = true; /* once for all: ledgers of many counties are full of them */
        look_say(look, proposal, look_told(look, proposal, "number"), false,
            _("Line %zu has this number too, with another place: rows of one number become parts "
              "of "
              "one task; where they are tasks of their own, give each its number"),
            line);
        return;
    }
    look_say(look, proposal, look_told(look, proposal, "number"), best < LIKE_LEAST,
        best < LIKE_LEAST
            ? _("Line %zu has this number too, for \"%s\", and here it is \"%s\" of another place: "
                "give each a number of its own; parts of one task are told by a point, as 12.1 and "
                "12.2 of 12")
            : _("Line %zu has this number too, for \"%s\", and here it is \"%s\" of another place: "
                "they become parts of one task"),
        line, text_of(look, other->text), text_of(look, title->text));
}

/* One of several proposals of the number: the task, a part, or a part that comes. A task they
 * are parts of is made where there is none. */
static bool match_region(struct look *look, size_t proposal, const struct existing *there,
    size_t count, struct error *err)
{
    struct target *target = &look->target[proposal];
    struct group *group = &look->group[target->group];
    group->parent = with_part(there, count, 0);
    if (!by_region(look, target, there, count, &target->task, err))
        return false;
    if (target->task != 0)
        return true;
    compare_parts(look, proposal);
    for (size_t i = 0; i < count; i++)
        if (there[i].part > group->part)
            group->part = (uint16_t)there[i].part;
    target->part = ++group->part;
    group->make_parent = group->parent == 0;
    return true;
}

/* Words that name another place than the task's: it is a part of the task, there or to come. */
static bool match_elsewhere(struct look *look, size_t proposal, const struct existing *there,
    size_t count, struct error *err)
{
    struct target *target = &look->target[proposal];
    bool elsewhere;
    if (!look_words_elsewhere(look, proposal, target->task, &elsewhere, err))
        return false;
    if (!elsewhere)
        return true;
    target->task = 0;
    look_say(look, proposal, look_told(look, proposal, "region"), false,
        _("The task %s of this source is of another place; this becomes a part of it"),
        text_of(look, target->number));
    return match_region(look, proposal, there, count, err);
}

/* Of tasks of the number those within reach; how many are not. */
static bool leave_out_hidden(
    struct look *look, struct existing *there, size_t *count, size_t *hidden, struct error *err)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        bool in = true;
        if (!member_ask(&look->reach, there[i].task, &in, err))
            return false;
        if (in)
            there[kept++] = there[i];
    }
    *hidden = *count - kept;
    *count = kept;
    return true;
}

static void hide(struct look *look, size_t proposal)
{
    struct target *target = &look->target[proposal];
    if (look->import->proposal[proposal].existing)
        return; /* look_near tells it */
    target->hidden = true;
    if (!target->refused)
        look_say(look, proposal, look_told(look, proposal, "number"), true,
            _("The number %s is taken in this source; leave it empty for the next one"),
            text_of(look, target->number));
}

/* One of a number that tasks out of reach have: of those within reach the one that is meant, else
 * it is taken, and no more is told. */
static bool match_beside_hidden(struct look *look, size_t proposal, const struct existing *there,
    size_t count, struct error *err)
{
    struct target *target = &look->target[proposal];
    if (target->regions != 0 && !by_region(look, target, there, count, &target->task, err))
        return false;
    if (target->regions == 0 && count == 1)
        target->task = there[0].task;
    if (target->task == 0)
        hide(look, proposal);
    return true;
}

static bool among_numbered(struct look *look, size_t proposal, const struct existing *there,
    size_t count, size_t hidden, struct error *err)
{
    struct target *target = &look->target[proposal];
    if (target->part_told) {
        match_part(look, proposal, there, count);
        if (hidden > 0 && target->task == 0 && !target->hidden)
            hide(look, proposal);
        return true;
    }
    if (hidden > 0)
        return match_beside_hidden(look, proposal, there, count, err);
    if (look->group[target->group].count > 1)
        return match_region(look, proposal, there, count, err);
    if (count > 1 && target->regions != 0 &&
        !by_region(look, target, there, count, &target->task, err))
        return false;
    if (target->task == 0 && count > 0)
        target->task = there[0].task;
    return target->task == 0 || match_elsewhere(look, proposal, there, count, err);
}

static bool match_number(struct look *look, size_t proposal, struct error *err)
{
    struct target *target = &look->target[proposal];
    struct existing there[EXISTING_MOST];
    size_t count, hidden;
    if (!look_numbered(look, target->source, target->number, there, &count, err) ||
        !leave_out_hidden(look, there, &count, &hidden, err) ||
        !among_numbered(look, proposal, there, count, hidden, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (there[i].task == target->task)
            return look_other_title(look, proposal, there[i].title, err);
    return true;
}

/* --- each ------------------------------------------------------------------------------------ */

/* Told of each of the two. */
static void say_twice(
    struct look *look, size_t proposal, const struct import_cell *cell, size_t other)
{
    const struct proposal *row = &look->import->proposal[proposal],
                          *line = &look->import->proposal[other];
    if (row->file == line->file)
        look_say(
            look, proposal, cell, true, _("Line %zu speaks of the same task"), (size_t)line->line);
    else
        look_say(look, proposal, cell, true, _("Line %zu of %s speaks of the same task"),
            (size_t)line->line, import_name(look->import, line->file));
}

/* Two of a group must differ in their regions; else both are told, and nothing more of them. */
static void tell_group(struct look *look, size_t proposal)
{
    struct target *target = &look->target[proposal];
    const char *name = target->number != 0 ? "number" : "title";
    if (target->refused || look->group[target->group].count == 1)
        return;
    for (uint32_t at = target->next; at != 0; at = look->target[at - 1].next) {
        struct target *other = &look->target[at - 1];
        if (other->regions != target->regions && target->regions != 0 && other->regions != 0 &&
            !target->part_told)
            continue;
        if (!other->hidden)
            say_twice(look, at - 1, look_told(look, at - 1, name), proposal);
        say_twice(look, proposal, look_told(look, proposal, name), at - 1);
        target->hidden = other->hidden = true;
        return;
    }
}

static void tell_twice(struct look *look, size_t proposal)
{
    bool is_new;
    size_t at = id_map_add(&look->taken, (uint64_t)look->target[proposal].task, &is_new);
    look->taken_by =
        alloc_grow(look->taken_by, &look->taken_capacity, at + 1, sizeof *look->taken_by);
    if (is_new) {
        look->taken_by[at] = (uint32_t)proposal;
        return;
    }
    say_twice(look, proposal, NULL, look->taken_by[at]);
    if (!look->target[look->taken_by[at]].refused)
        say_twice(look, look->taken_by[at], NULL, proposal);
}

static bool match(struct look *look, size_t proposal, struct error *err)
{
    struct target *target = &look->target[proposal];
    if (target->refused)
        return true;
    if (!(target->number != 0 ? match_number(look, proposal, err)
                              : match_title(look, proposal, err)))
        return false;
    if (target->task == 0 && !target->refused && look->import->proposal[proposal].existing &&
        !look_near(look, proposal, err))
        return false;
    if (target->task == 0 && !target->refused && !look_nearest_title(look, proposal, err))
        return false;
    if (target->task != 0 && !target->refused)
        tell_twice(look, proposal);
    return true;
}

bool look_match(struct look *look, struct error *err)
{
    for (size_t i = 0; i < look->import->count; i++) {
        if (!look_step(look, err))
            return false;
        tell_group(look, i);
    }
    for (size_t i = 0; i < look->import->count; i++)
        if (!look_step(look, err) || !match(look, i, err))
            return false;
    return true;
}
