/* All proposals looked at, one after the other, and what was found told as a plan. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "import_parts.h"
#include "model/deadline.h"
#include "model/workflow.h"
#include "work_parts.h"
#include "writing.h"

enum { TOLD_MS = 250, ASKED_EVERY = 32 };

/* --- how far it is --------------------------------------------------------------------------- */

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* False when the person ends it. */
static bool tell(void *context)
{
    struct look *look = context;
    if (look->going == NULL || look->ended)
        return !look->ended;
    int64_t now = clock_ms();
    if (now < look->told_at + TOLD_MS)
        return true;
    look->told_at = now;
    look->ended = !look->going(look->context, look->done, look->of);
    return !look->ended;
}

bool look_fail_ended(struct error *err)
{
    return error_set(err, ERROR_REFUSED, _("The import was ended; nothing is written"));
}

bool look_step(struct look *look, struct error *err)
{
    return look->done++ % ASKED_EVERY != 0 || tell(look) || look_fail_ended(err);
}

bool look_told_all(struct look *look)
{
    look->done = look->of;
    look->told_at = INT64_MIN / 2; /* whenever it was last */
    return tell(look);
}

void look_watch(struct look *look, bool on)
{
    db_going(look->db, on && look->going != NULL ? tell : NULL, look);
}

/* --- beginning and end ----------------------------------------------------------------------- */

void look_free(struct look *look)
{
    if (look == NULL)
        return;
    id_map_clear(&look->groups);
    id_map_clear(&look->taken);
    id_map_clear(&look->titles);
    id_map_clear(&look->memos);
    id_map_clear(&look->saids);
    free(look->said_as);
    id_map_clear(&look->unknowns);
    member_end(&look->reach);
    db_finish(look->row);
    bulk_free(look->bulk);
    units_free(look->units);
    free(look->target);
    free(look->group);
    free(look->taken_by);
    free(look->title_last);
    free(look->title);
    free(look->numbering);
    free(look->memo);
    free(look->result);
    free(look->message);
    free(look->unit);
    free(look->unit_id);
    free(look->unknown);
    free(look->made.item);
    free(look->before);
    free(look->homes);
    free(look);
}

/* Statements are not kept beyond a look: the plan stays. */
void look_let_go(struct look *look)
{
    member_end(&look->reach);
    db_finish(look->row);
    look->row = NULL;
}

static const struct source *source_coded(const struct units *units, const char *code)
{
    for (size_t i = 0; i < units_source_count(units); i++)
        if (strcmp(units_source_at(units, i)->code, code) == 0)
            return units_source_at(units, i);
    return NULL;
}

bool look_is_made_source(const struct look *look, int64_t source)
{
    return look->made_sources > 0 && source >= look->made_source_id;
}

static void make_source(struct look *look, const struct import_source *wanted)
{
    int64_t id = units_next_id(look->units, UNIT_SOURCE);
    units_put_source(look->units, &(struct source){.id = id,
                                      .code = (char *)wanted->code,
                                      .name = (char *)wanted->name,
                                      .year = wanted->year,
                                      .rhythm = wanted->rhythm});
    if (look->made_sources == 0)
        look->made_source_id = id;
    look->made_as[look->made_sources++] = wanted;
    char *names = look->made_source == NULL
                      ? alloc_string(wanted->name)
                      : alloc_format("%s%s%s", look->made_source, _(", "), wanted->name);
    look->made_source = texts_keep(&look->import->texts, names);
    free(names);
}

/* The source to be made, where there is none of its code; another of its code is refused. */
static bool need_source(struct look *look, const struct import_source *wanted, struct error *err)
{
    const struct source *there = source_coded(look->units, wanted->code);
    if (!look_is_code(wanted->code) || wanted->name[0] == '\0' ||
        (wanted->year != 0 && (wanted->year < 1949 || wanted->year > 2199)))
        return error_set(err, ERROR_INPUT,
            _("A new source needs a code of at most 8 letters and digits, a name and a year"));
    if (there != NULL && (strcmp(there->name, wanted->name) != 0 ||
                             (wanted->year != 0 && there->year != wanted->year)))
        return error_set(err, ERROR_INPUT,
            _("%s is the code of the source \"%s\" (%d) already: tell the code alone for that one, "
              "or take another code for \"%s\" (%d)"),
            there->code, there->name, there->year, wanted->name,
            wanted->year != 0 ? wanted->year : there->year);
    if (there == NULL && wanted->year == 0)
        return error_set(err, ERROR_USAGE,
            _("--source %s: the name has no year; say it with --year"), wanted->code);
    if (there == NULL && look->made_sources == SOURCES_MOST)
        return error_set(err, ERROR_INPUT, _("At most %d sources are made at once"), SOURCES_MOST);
    if (there == NULL)
        make_source(look, wanted);
    return true;
}

bool look_is_code(const char *code)
{
    return code[0] != '\0' && strlen(code) <= 8 &&
           strspn(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") ==
               strlen(code);
}

static bool take_options(struct look *look, struct error *err)
{
    const struct import_options *options = look->options;
    if (options->create_source != NULL && !need_source(look, options->create_source, err))
        return false;
    for (size_t i = 0; i < options->further_count; i++)
        if (!need_source(look, &options->further[i], err))
            return false;
    if (options->create_source != NULL)
        look->default_source = source_coded(look->units, options->create_source->code)->id;
    if (look->options->source == NULL || look->options->source[0] == '\0')
        return true;
    char *ids = NULL;
    if (!field_read(look->units, field_named("source"), look->options->source, &ids, err))
        return false;
    look->default_source = look_first_id(ids);
    free(ids);
    return true;
}

static void tell_instead(struct error *err)
{
    struct error first = *err;
    error_set(err, first.code,
        _("%s; how far a task has come is told with R on the board, or with \"duban report\""),
        first.text);
}

bool import_allowed(const struct model *model, struct error *err)
{
    const struct person *person = model_person(model);
    struct strbuf roles = {0};
    if (WORK_MAY_CREATE & PERSON_BIT(person->role))
        return true;
    for (int role = 0; role < PERSON_ROLE_COUNT; role++)
        if (WORK_MAY_CREATE & PERSON_BIT(role))
            strbuf_format(
                &roles, "%s%s", roles.length > 0 ? _(", ") : "", _(person_roles[role].label));
    error_set(err, ERROR_PERMISSION,
        _("%s (%s) may not import, nor try it with --dry-run: it makes tasks, which is for %s"),
        person->name, _(person_roles[person->role].label), strbuf_text(&roles));
    if (workflow_find("report")->may & PERSON_BIT(person->role))
        tell_instead(err);
    strbuf_clear(&roles);
    return false;
}

/* That the source which is there reports otherwise than was told: an import changes none. */
static void tell_rhythm(struct look *look, const struct import_source *wanted)
{
    const struct source *there = source_coded(look->units, wanted->code);
    if (!wanted->has_rhythm || there->rhythm == wanted->rhythm)
        return;
    char *text =
        alloc_format(_("The source \"%s\" is there already and reports \"%s\"; it stays so, and "
                       "does not become \"%s\" (--rhythm)"),
            there->name, _(rhythms[there->rhythm].label), _(rhythms[wanted->rhythm].label));
    look_say_of_all(look, text);
    free(text);
}

static bool begin(struct look *look, struct error *err)
{
    if (!units_read(look->db, &look->units, err) || !take_options(look, err) ||
        !look_homes(look, err) || !member_begin(&look->reach, look->model, NULL, err))
        return false;
    look_take_notes(look);
    if (look->options->create_source != NULL)
        tell_rhythm(look, look->options->create_source);
    for (size_t i = 0; i < look->options->further_count; i++)
        tell_rhythm(look, &look->options->further[i]);
    return true;
}

/* --- results --------------------------------------------------------------------------------- */

const char *look_ident(struct look *look, size_t proposal)
{
    const struct target *target = &look->target[proposal];
    const struct source *source = units_source(look->units, target->source);
    bool there = target->task != 0 && look->made.task == target->task;
    const char *number = there ? look_before(look, "number")
                               : texts_get(&look->import->texts, target->number),
               *part = there ? look_before(look, "part") : "0";
    char own[8];
    if (source == NULL || number[0] == '\0')
        return "";
    snprintf(own, sizeof own, "%u", (unsigned)target->part);
    part = there ? part : own;
    char *ident = strcmp(part, "0") == 0 ? alloc_format("%s-%s", source->code, number)
                                         : alloc_format("%s-%s.%s", source->code, number, part);
    const char *kept = texts_keep(&look->import->texts, ident);
    free(ident);
    return kept;
}

static const char *title_of(const struct look *look, size_t proposal)
{
    const struct import_cell *cell = look_told(look, proposal, "title");
    int64_t task = look->target[proposal].task;
    bool compared = task != 0 && look->made.task == task;
    if (cell != NULL && !(compared && look_is_words(cell)))
        return texts_get(&look->import->texts, cell->text);
    return compared ? look_before(look, "title") : "";
}

static int compare_items(const void *a, const void *b)
{
    const struct event_change *x = a, *y = b;
    return strcmp(x->field, y->field);
}

static void take_result(struct look *look, size_t proposal, bool compared)
{
    const struct proposal *row = &look->import->proposal[proposal];
    const struct target *target = &look->target[proposal];
    struct import_result *result = &look->result[proposal];
    *result = (struct import_result){
        .kind = target->refused         ? IMPORT_REFUSED
                : target->task == 0     ? IMPORT_NEW
                : look->made.count == 0 ? IMPORT_SAME
                                        : IMPORT_CHANGED,
        .file = import_name(look->import, row->file),
        .place = look_place(look, row),
        .ident = look_ident(look, proposal),
        .title = title_of(look, proposal),
    };
    look->count[result->kind]++;
    if (!compared || result->kind != IMPORT_CHANGED)
        return;
    size_t bytes = look->made.count * sizeof *look->made.item;
    struct event_change *kept = texts_room(&look->import->texts, bytes);
    memcpy(kept, look->made.item, bytes);
    qsort(kept, look->made.count, sizeof *kept, compare_items);
    result->change = kept;
    result->change_count = look->made.count;
}

/* --- all ------------------------------------------------------------------------------------- */

static bool compare_all(struct look *look, struct error *err)
{
    look->made.task = 0;
    for (size_t i = 0; i < look->import->count; i++) {
        bool compared = look->target[i].source != 0 && !look->target[i].hidden;
        if (!look_step(look, err) || (compared && !look_compare(look, i, err)))
            return false;
        take_result(look, i, compared);
        if (look->write != NULL && i % ASKED_EVERY == 0 && !writing_has_room(look->model, err))
            return false;
        if (look->write != NULL && !look->refused && !look->write(look, i, err))
            return false;
    }
    return true;
}

static void tell_no_region(struct look *look)
{
    if (look->no_region == 0)
        return;
    char *text = alloc_format(
        ngettext("%zu new task names no region: it is put under the province",
            "%zu new tasks name no region: they are put under the province", look->no_region),
        look->no_region);
    look_say_of_all(look, text);
    free(text);
}

static void tell_from_today(struct look *look)
{
    char day[11];
    if (look->from_today == 0)
        return;
    char *text =
        alloc_format(ngettext("%zu new task is to be put right at once and names no day of "
                              "assignment: its days are counted from %s, the day of the import",
                         "%zu new tasks are to be put right at once and name no day of "
                         "assignment: their days are counted from %s, the day of the import",
                         look->from_today),
            look->from_today, date_format(look->today, day));
    look_say_of_all(look, text);
    free(text);
}

static void tell_not_kept(struct look *look)
{
    for (int refuses = 0; refuses < 2; refuses++) {
        if (look->said[refuses] <= IMPORT_MESSAGES_MOST)
            continue;
        char *text = alloc_format(
            _("And %zu more that are not listed"), look->said[refuses] - IMPORT_MESSAGES_MOST);
        look_say_besides(look, refuses == 1, text);
        free(text);
    }
}

static void tell_plan(const struct look *look, struct import_plan *plan)
{
    *plan = (struct import_plan){.result = look->result,
        .result_count = look->import->count,
        .message = look->message,
        .message_count = look->message_count,
        .unit = look->unit,
        .unit_count = look->unit_count,
        .source = look->made_source != NULL ? look->made_source : "",
        .units = look->units,
        .refused = look->refused};
    memcpy(plan->count, look->count, sizeof plan->count);
    memcpy(plan->said, look->said, sizeof plan->said);
}

struct look *look_new(struct import *import, const struct import_options *options)
{
    static const struct import_options none;
    struct look *look = alloc_zero(1, sizeof *look);
    look_free(import->look);
    import->look = look;
    look->import = import;
    look->model = import->model;
    look->db = model_db(import->model);
    look->options = options != NULL ? options : &none;
    look->today = model_today(import->model)->date;
    look->target = alloc_zero(import->count + 1, sizeof *look->target);
    look->result = alloc_zero(import->count + 1, sizeof *look->result);
    look->before = alloc_zero(field_count, sizeof *look->before);
    for (size_t i = 0; i < field_count; i++)
        look->before[i] = "";
    look->of = import->count * 4;
    return look;
}

bool look_run(struct look *look, struct import_plan *plan, struct error *err)
{
    bool done = begin(look, err) && look_identify(look, err) && look_match(look, err) &&
                (look->write == NULL || look->refused || bulk_begin(look, err)) &&
                compare_all(look, err);
    look_show_units(look);
    tell_no_region(look);
    look_tell_homes(look);
    tell_from_today(look);
    look_tell_begun(look);
    tell_not_kept(look);
    if (done)
        tell_plan(look, plan);
    return done;
}

bool import_look(struct import *import, const struct import_options *options, import_going *going,
    void *context, struct import_plan *plan, struct error *err)
{
    *plan = (struct import_plan){0};
    if (!import_allowed(import->model, err))
        return false;
    if (model_reach(import->model) != NULL)
        return look_try(import, options, going, context, plan, err);
    struct look *look = look_new(import, options);
    look->going = going;
    look->context = context;
    if (!db_read_begin(look->db, err))
        return false;
    look_watch(look, true);
    bool done = look_run(look, plan, err);
    look_watch(look, false);
    look_let_go(look);
    db_read_end(look->db);
    return done || (look->ended && look_fail_ended(err));
}
