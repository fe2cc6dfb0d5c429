/* An import written: each task with its line of the history, and one that spans them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "import_parts.h"
#include "undo_units.h"
#include "work_parts.h"
#include "writing.h"

/* --- one task -------------------------------------------------------------------------------- */

static bool give_id(struct look *look, int64_t *id, struct error *err)
{
    if (look->next_row[TABLE_TASK] == 0 &&
        !change_new_id(look->db, TABLE_TASK, &look->next_row[TABLE_TASK], err))
        return false;
    *id = look->next_row[TABLE_TASK]++;
    return true;
}

/* What is in hand, as a line of its own. */
static bool write_made(struct look *look, int64_t task, struct error *err)
{
    struct change change = {
        .task_id = task, .action = "import", .item = look->made.item, .count = look->made.count};
    int64_t seq;
    if (look->bulk != NULL)
        return bulk_write(look, task, err);
    if (!change_apply(look->model, &change, &seq, err))
        return false;
    look->first_line = look->first_line == 0 ? seq : look->first_line;
    look->last_line = seq;
    return true;
}

/* --- parts ----------------------------------------------------------------------------------- */

static void add_ids(struct strbuf *ids, const char *more)
{
    int64_t list[FIELD_LIST_MOST], next[FIELD_LIST_MOST];
    size_t count = field_ids(more, next);
    for (size_t i = 0; i < count; i++) {
        size_t there = field_ids(strbuf_text(ids), list);
        bool has = there == FIELD_LIST_MOST;
        for (size_t k = 0; k < there; k++)
            has |= list[k] == next[i];
        if (!has)
            strbuf_format(ids, "%s%" PRId64, there > 0 ? " " : "", next[i]);
    }
}

/* The regions of all that are of the number, in the order of the file. */
static const char *regions_of_group(struct look *look, const struct group *group)
{
    struct strbuf ids = {0};
    uint32_t *row = alloc_zero(group->count + 1, sizeof *row);
    uint32_t count = 0;
    for (uint32_t at = group->last; at != 0; at = look->target[at - 1].next)
        row[count++] = at - 1;
    while (count-- > 0)
        add_ids(&ids, texts_get(&look->import->texts, look->target[row[count]].regions));
    const char *kept = texts_keep(&look->import->texts, strbuf_text(&ids));
    strbuf_clear(&ids);
    free(row);
    return kept;
}

/* The task that the parts are of, where there was none: what the first part says of it, in all
 * their regions. */
static bool make_parent(struct look *look, struct group *group, struct error *err)
{
    static const char *const same[] = {"title", "problem", "goal", "category", "source", "number",
        "position", "assigned_on", "deadline", "deadline_kind", "deadline_raw"};
    struct made part = look->made;
    int64_t id;
    if (!give_id(look, &id, err))
        return false;
    look->made = (struct made){0};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        for (size_t k = 0; k < part.count; k++)
            if (strcmp(part.item[k].field, same[i]) == 0)
                made_put(look, same[i], "", part.item[k].after);
    made_put(look, "region", "", regions_of_group(look, group));
    bool done = write_made(look, id, err);
    free(look->made.item);
    look->made = part;
    group->parent = id;
    group->make_parent = false;
    return done;
}

/* A part stands below its task, and in its place of the list. */
static bool put_parent(struct look *look, size_t proposal, struct error *err)
{
    const struct target *target = &look->target[proposal];
    struct group *group = &look->group[target->group];
    char id[24], *position = NULL;
    if (target->parent_row != 0)
        group->parent = look->target[target->parent_row - 1].task;
    if (group->parent == 0 && !make_parent(look, group, err))
        return false;
    snprintf(id, sizeof id, "%" PRId64, group->parent);
    if (!change_current(look->db, group->parent, "position", &position, err))
        return false;
    made_put(look, "parent", "", id);
    made_put(look, "position", "", position);
    free(position);
    return true;
}

/* --- reach ----------------------------------------------------------------------------------- */

static bool check_reach(struct look *look, size_t proposal, int64_t task, struct error *err)
{
    struct error why = {0};
    bool is = true;
    if (!member_ask(&look->reach, task, &is, err))
        return false;
    if (is)
        return true;
    struct import_result *result = &look->result[proposal];
    if (result->kind == IMPORT_NEW)
        error_set(&why, ERROR_PERMISSION,
            _("The new task would not be yours to see: its region and departments are none of "
              "yours"));
    else
        work_refuse_giving_away(&why);
    look_say(look, proposal, NULL, true, "%s", why.text);
    look->count[result->kind]--;
    look->count[IMPORT_REFUSED]++;
    result->kind = IMPORT_REFUSED;
    return true;
}

static bool write_one(struct look *look, size_t proposal, struct error *err)
{
    struct target *target = &look->target[proposal];
    int64_t task = target->task;
    if (look->result[proposal].kind == IMPORT_SAME || (look->bulk != NULL && task != 0))
        return true;
    if (!look_make_units(look, err))
        return false;
    if (task == 0 &&
        ((target->part > 0 && !put_parent(look, proposal, err)) || !give_id(look, &task, err)))
        return false;
    target->task = task;
    return write_made(look, task, err) && check_reach(look, proposal, task, err);
}

/* --- all ------------------------------------------------------------------------------------- */

/* "台账.csv, 附件.csv: +12 ~3" */
static char *note_of(const struct look *look)
{
    struct strbuf note = {0}, line = {0};
    uint16_t last = 0;
    for (size_t i = 0; i < look->import->count && note.length < 400; i++) {
        uint16_t file = look->import->proposal[i].file;
        if (file != last && file != 0)
            strbuf_format(
                &note, "%s%s", note.length > 0 ? ", " : "", import_name(look->import, file));
        last = file;
    }
    strbuf_format(&note, "%s+%zu ~%zu", note.length > 0 ? ": " : "", look->count[IMPORT_NEW],
        look->count[IMPORT_CHANGED]);
    text_scrub(&line, strbuf_text(&note), note.length, TEXT_ONE_LINE);
    strbuf_clear(&note);
    return strbuf_take(&line);
}

static bool span(struct look *look, struct error *err)
{
    struct change change = {.action = "import"};
    char from[24], to[24];
    int64_t seq;
    if (look->first_line == 0 && look->unit_count == 0 && look->made_sources == 0)
        return true;
    snprintf(from, sizeof from, "%" PRId64, look->first_line);
    snprintf(to, sizeof to, "%" PRId64, look->last_line);
    if (look->first_line != 0)
        change_add(&change, "events", from, to);
    for (size_t i = 0; i < look->made_sources; i++)
        undo_unit_made(
            &change, UNIT_SOURCE, look->made_source_id + (int64_t)i, look->made_as[i]->name);
    for (size_t i = 0; i < look->unit_count; i++)
        if (look->unit_id[i] != 0)
            undo_unit_made(&change, look->unit[i].kind, look->unit_id[i], look->unit[i].name);
    char *note = note_of(look);
    change_note(&change, note);
    free(note);
    bool done = change_apply(look->model, &change, &seq, err);
    change_clear(&change);
    return done;
}

/* After very many new tasks those that were there already, whose changes need the triggers. */
static bool write_changed(struct look *look, struct error *err)
{
    if (!bulk_end(look, err))
        return false;
    look->again = true;
    for (size_t i = 0; i < look->import->count; i++)
        if (look->result[i].kind == IMPORT_CHANGED &&
            !(look_step(look, err) && look_compare(look, i, err) && write_one(look, i, err)))
            return false;
    return true;
}

static bool write_all(struct look *look, struct import_plan *plan, struct error *err)
{
    look->write = write_one;
    return model_person_still(look->model, err) && look_run(look, plan, err) &&
           (look->refused || ((look->bulk == NULL || write_changed(look, err)) &&
                                 look_make_units(look, err) && span(look, err)));
}

static bool attempt(struct import *import, const struct import_options *options,
    import_going *going, void *context, bool keep, struct import_plan *plan, struct error *err)
{
    struct look *look = look_new(import, options);
    *plan = (struct import_plan){0};
    look->going = going;
    look->context = context;
    if (!import_allowed(import->model, err) || !writing_takes(import->model, import->count, err))
        return false;
    bool begun = keep ? writing_begin(import->model, true, err)
                      : model_may_write(import->model, err) && db_write_begin(look->db, err);
    if (!begun)
        return false;
    look_watch(look, true);
    bool done = write_all(look, plan, err);
    look_watch(look, false);
    look_let_go(look);
    bulk_free(look->bulk);
    look->bulk = NULL;
    plan->lines = look->first_line > 0 ? (size_t)(look->last_line - look->first_line) + 1 : 0;
    if (done && keep && !look->refused && look_told_all(look))
        return db_write_commit(look->db, err);
    db_write_rollback(look->db);
    if (look->ended)
        return look_fail_ended(err);
    return done && (!keep || error_set(err, ERROR_REFUSED,
                                 _("There are problems in what was to be imported; nothing is "
                                   "written")));
}

bool look_try(struct import *import, const struct import_options *options, import_going *going,
    void *context, struct import_plan *plan, struct error *err)
{
    return attempt(import, options, going, context, false, plan, err);
}

bool import_write(struct import *import, const struct import_options *options, import_going *going,
    void *context, struct import_plan *plan, struct error *err)
{
    return attempt(import, options, going, context, true, plan, err);
}
