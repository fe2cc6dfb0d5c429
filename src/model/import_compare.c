/* One proposal compared with what there is, field by field. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "import_parts.h"
#include "model/deadline.h"

/* --- what is to be changed ------------------------------------------------------------------- */

/* `field`: as the texts keep it, so that the same name is the same pointer. */
static struct event_change *find(const struct made *made, const char *field)
{
    for (size_t i = 0; i < made->count; i++)
        if (made->item[i].field == field)
            return &made->item[i];
    return NULL;
}

const char *made_get(const struct look *look, const char *field)
{
    const struct event_change *item = find(&look->made, texts_keep(&look->import->texts, field));
    return item != NULL ? item->after : NULL;
}

void made_put(struct look *look, const char *field, const char *before, const char *after)
{
    struct made *made = &look->made;
    struct texts *texts = &look->import->texts;
    field = texts_keep(texts, field);
    struct event_change *item = find(made, field);
    if (item == NULL && strcmp(before, after) == 0)
        return;
    if (item == NULL) {
        made->item = alloc_grow(made->item, &made->capacity, made->count + 1, sizeof *made->item);
        item = &made->item[made->count++];
        *item = (struct event_change){
            .field = (char *)field, .before = (char *)texts_keep(texts, before)};
    }
    item->after = (char *)texts_keep(texts, after);
    if (strcmp(item->before, item->after) == 0)
        *item = made->item[--made->count];
}

void made_put_of(
    struct look *look, const char *field, int64_t suffix, const char *before, const char *after)
{
    char full[64];
    snprintf(full, sizeof full, "%s.%" PRId64, field, suffix);
    made_put(look, full, before, after);
}

/* --- what there is --------------------------------------------------------------------------- */

static bool prepare_row(struct look *look, struct error *err)
{
    struct strbuf sql = {0};
    for (size_t i = 0; i < field_count; i++)
        if (fields[i].table == TABLE_TASK)
            strbuf_format(&sql, "%s%s", sql.length == 0 ? "SELECT " : ", ", fields[i].column);
    strbuf_add(&sql, " FROM task WHERE id = $1");
    bool done = db_prepare(look->db, strbuf_text(&sql), &look->row, err);
    strbuf_clear(&sql);
    return done;
}

/* The columns of the task, or of a new one, where nothing stands yet. */
static bool read_row(struct look *look, int64_t task, struct error *err)
{
    for (size_t i = 0; i < field_count; i++)
        look->before[i] = "";
    if (task == 0)
        return true;
    if (look->row == NULL && !prepare_row(look, err))
        return false;
    db_bind_int(look->row, 1, task);
    enum db_step step = db_step(look->row, err);
    int column = 0;
    for (size_t i = 0; step == DB_ROW && i < field_count; i++)
        if (fields[i].table == TABLE_TASK)
            look->before[i] = texts_keep(&look->import->texts, db_text(look->row, column++));
    db_reset(look->row);
    return step != DB_FAILED;
}

const char *look_before(const struct look *look, const char *field)
{
    return look->before[import_field(look->import, field, NULL) - fields];
}

const struct import_cell *look_told(const struct look *look, size_t proposal, const char *field)
{
    return import_cell(
        look->import, &look->import->proposal[proposal], import_field(look->import, field, NULL));
}

const char *look_text(const struct look *look, const struct import_cell *cell)
{
    return texts_get(&look->import->texts, cell->text);
}

static bool current(struct look *look, const char *field, const char **value, struct error *err)
{
    char *there = NULL;
    *value = "";
    if (look->made.task == 0)
        return true;
    if (!change_current(look->db, look->made.task, field, &there, err))
        return false;
    *value = texts_keep(&look->import->texts, there);
    free(there);
    return true;
}

/* --- who may --------------------------------------------------------------------------------- */

static bool is_office(const struct person *person)
{
    return person->role == PERSON_OFFICER || person->role == PERSON_ADMIN;
}

/* Whether the person may change the field of a task that is there; said once a cell. */
static bool may_change(struct look *look, size_t proposal, const struct import_cell *cell)
{
    const struct person *person = model_person(look->model);
    const struct field *field = &fields[cell->field];
    bool may = field->may != 0 ? field->may & PERSON_BIT(person->role) : is_office(person);
    if (!may)
        look_say(look, proposal, cell, true, _("%s (%s) may not change \"%s\""), person->name,
            _(person_roles[person->role].label), _(field->label));
    return may;
}

bool look_put(struct look *look, size_t proposal, const struct import_cell *cell, const char *name,
    const char *before, const char *after)
{
    if (strcmp(before, after) == 0 || look_stays(look, proposal, cell, name, before, after))
        return true;
    if (look->made.task != 0 && !may_change(look, proposal, cell))
        return false;
    look_tell_back(look, proposal, cell, name, before, after);
    made_put(look, name, before, after);
    return true;
}

/* --- kinds of fields ------------------------------------------------------------------------- */

static bool has_come(
    struct look *look, size_t proposal, const struct import_cell *cell, const char *value)
{
    const struct field *field = &fields[cell->field];
    date_t day;
    if ((strcmp(field->name, "done") != 0 && strcmp(field->name, "done_on") != 0) ||
        !date_parse(value, &day) || day <= look->today)
        return true;
    look_say(look, proposal, cell, true, _("%s: %s is still to come"), _(field->label), value);
    return false;
}

static bool compare_column(struct look *look, size_t proposal, const struct import_cell *cell,
    int64_t region, struct error *err)
{
    const struct field *field = &fields[cell->field];
    const char *before = look->before[cell->field], *value;
    if (look->made.task != 0 && look_is_words(cell))
        return look_words_title(look, proposal, cell, err);
    if (look_take_said(look, proposal, cell) || !look_read(look, proposal, cell, region, &value) ||
        value[0] == '\0' || !has_come(look, proposal, cell, value))
        return true;
    if (look->made.task == 0 || strcmp(field->name, "reported_on") != 0) /* follows from reports */
        look_put(look, proposal, cell, field->name, before, value);
    return true;
}

/* All cells of the list, in order, each unit once. */
static bool read_list(struct look *look, size_t proposal, const struct field *field, int64_t region,
    const char **value)
{
    const struct proposal *row = &look->import->proposal[proposal];
    struct strbuf ids = {0};
    bool good = true;
    for (uint32_t i = 0; i < row->count; i++) {
        const struct import_cell *cell = &look->import->cell[row->first + i];
        int64_t list[FIELD_LIST_MOST], more[FIELD_LIST_MOST];
        const char *one;
        if (&fields[cell->field] != field)
            continue;
        if (!look_read(look, proposal, cell, region, &one)) {
            good = false;
            continue;
        }
        size_t count = field_ids(strbuf_text(&ids), list), others = field_ids(one, more);
        for (size_t k = 0; k < others; k++) {
            bool there = false;
            for (size_t n = 0; n < count; n++)
                there |= list[n] == more[k];
            if (!there)
                strbuf_format(&ids, "%s%" PRId64, ids.length > 0 ? " " : "", more[k]);
        }
    }
    *value = texts_keep(&look->import->texts, strbuf_text(&ids));
    strbuf_clear(&ids);
    return good;
}

static bool is_among(int64_t id, const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

/* A public notice often names but who leads: the units that it leaves out stay, told. */
static const char *with_those_there(struct look *look, size_t proposal,
    const struct import_cell *cell, const char *before, const char *value)
{
    int64_t there[FIELD_LIST_MOST], told[FIELD_LIST_MOST];
    size_t count = field_ids(before, there), more = field_ids(value, told);
    struct strbuf ids = {0}, names = {0};
    strbuf_add(&ids, before);
    for (size_t k = 0; k < more; k++)
        if (!is_among(told[k], there, count))
            strbuf_format(&ids, "%s%" PRId64, ids.length > 0 ? " " : "", told[k]);
    for (size_t i = 0; i < count; i++)
        if (!is_among(there[i], told, more))
            strbuf_format(&names, "%s%s", names.length > 0 ? _(", ") : "",
                units_department(look->units, there[i])->name);
    if (names.length > 0)
        look_say(look, proposal, cell, false,
            _("\"%s\" of the task has more units, which stay: %s"), _(fields[cell->field].label),
            strbuf_text(&names));
    const char *kept = texts_keep(&look->import->texts, strbuf_text(&ids));
    strbuf_clear(&ids);
    strbuf_clear(&names);
    return kept;
}

static bool compare_list(struct look *look, size_t proposal, const struct import_cell *cell,
    int64_t region, struct error *err)
{
    const struct field *field = &fields[cell->field];
    const char *before, *value;
    if (cell != import_cell(look->import, &look->import->proposal[proposal], field))
        return true; /* taken with the first */
    if (!read_list(look, proposal, field, region, &value))
        return true;
    if (value[0] == '\0') {
        if (look->made.task == 0 && strcmp(field->name, "lead") == 0)
            look_say(look, proposal, cell, false,
                _("It names no unit that could lead: the task has no lead department"));
        return true;
    }
    if (!current(look, field->name, &before, err))
        return false;
    const struct import_cell *title = look_told(look, proposal, "title");
    if (title != NULL && look_is_words(title))
        value = with_those_there(look, proposal, cell, before, value);
    look_put(look, proposal, cell, field->name, before, value);
    return true;
}

/* The words of a target's day, where they are not told apart: those in which the day is told, and
 * none of a day that was another. */
static bool put_words(struct look *look, size_t proposal, const struct import_cell *cell,
    bool other, struct error *err)
{
    const struct field *words = field_named("by_raw");
    const struct proposal *row = &look->import->proposal[proposal];
    const char *before, *value = "", *text = texts_get(&look->import->texts, cell->text);
    char name[32];
    date_t plain;
    for (uint32_t i = 0; i < row->count; i++) {
        const struct import_cell *told = &look->import->cell[row->first + i];
        if (&fields[told->field] == words && told->suffix == cell->suffix)
            return true;
    }
    struct import_cell line = *cell;
    line.field = (uint16_t)(words - fields);
    if (!deadline_read_day(text, &plain) && !look_read(look, proposal, &line, 0, &value))
        return true;
    if (value[0] == '\0' && !other)
        return true;
    snprintf(name, sizeof name, "%s.%u", words->name, (unsigned)cell->suffix);
    if (!current(look, name, &before, err))
        return false;
    look_put(look, proposal, cell, name, before, value);
    return true;
}

/* A ledger parts measures by ； (exchange/ledger.h cuts it off): one that was written with it says
 * no other. */
static bool is_but_for_mark(const char *before, const char *value)
{
    static const char mark[] = "；";
    size_t length = strlen(value);
    return strncmp(before, value, length) == 0 &&
           (strcmp(before + length, mark) == 0 || strcmp(before + length, ";") == 0);
}

static bool compare_counted(
    struct look *look, size_t proposal, const struct import_cell *cell, struct error *err)
{
    const struct field *field = &fields[cell->field];
    const char *before, *value;
    char name[32];
    if (cell->suffix == 0 || cell->suffix > FIELD_POSITION_MOST) {
        look_say(look, proposal, cell, true,
            _("\"%s\" does not say which one; of the first %s it is %s.1"), _(field->label),
            _(field_row_of(field->table)->label), field->name);
        return true;
    }
    snprintf(name, sizeof name, "%s.%u", field->name, (unsigned)cell->suffix);
    if (!look_read(look, proposal, cell, 0, &value) || value[0] == '\0' ||
        !has_come(look, proposal, cell, value))
        return true;
    if (!current(look, name, &before, err))
        return false;
    bool other = strcmp(before, value) != 0;
    if (strcmp(field->name, "measure") != 0 || !is_but_for_mark(before, value))
        look_put(look, proposal, cell, name, before, value);
    return strcmp(field->name, "by") != 0 || put_words(look, proposal, cell, other, err);
}

/* Dates of a measure need the measure, figures of a target the target. */
static bool check_counted(struct look *look, size_t proposal, struct error *err)
{
    const struct proposal *row = &look->import->proposal[proposal];
    for (uint32_t i = 0; i < row->count; i++) {
        const struct import_cell *cell = &look->import->cell[row->first + i];
        const struct field *field = &fields[cell->field];
        const char *text;
        char name[32];
        if (field_key_of(field->table) != KEY_POSITION || field->flags & FIELD_IS_ROW ||
            cell->suffix == 0)
            continue;
        const struct field *whole = field_row_of(field->table);
        snprintf(name, sizeof name, "%s.%u", whole->name, (unsigned)cell->suffix);
        if (made_get(look, name) != NULL)
            continue;
        if (!current(look, name, &text, err))
            return false;
        if (text[0] == '\0')
            look_say(look, proposal, cell, true, _("There is no %s %u"), _(whole->label),
                (unsigned)cell->suffix);
    }
    return true;
}

static bool told_twice(struct look *look, size_t proposal, const struct import_cell *cell)
{
    const struct import_cell *first = &look->import->cell[look->import->proposal[proposal].first];
    for (; first < cell; first++)
        if (first->field == cell->field && first->suffix == cell->suffix) {
            if (first->text != cell->text)
                look_say(look, proposal, cell, true, _("\"%s\" is told twice, and differently"),
                    _(fields[cell->field].label));
            return true;
        }
    return false;
}

static bool compare_cell(struct look *look, size_t proposal, const struct import_cell *cell,
    int64_t region, struct error *err)
{
    static const char *const apart[] = {"source", "number", "part", "parent", "position", "region",
        "state", "returned", "listed", "deadline", "deadline_kind", "deadline_raw"};
    const struct field *field = &fields[cell->field];
    bool existing = look->import->proposal[proposal].existing;
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
        if (strcmp(field->name, apart[i]) == 0)
            return true;
    if (existing && (strcmp(field->name, "problem") == 0 || strcmp(field->name, "goal") == 0))
        return true; /* only names the task */
    if (field->table == TABLE_TASK_DEPARTMENT)
        return compare_list(look, proposal, cell, region, err);
    if (field_key_of(field->table) == KEY_ID || told_twice(look, proposal, cell))
        return true;
    if (field_key_of(field->table) == KEY_POSITION)
        return compare_counted(look, proposal, cell, err);
    return field->table != TABLE_TASK || compare_column(look, proposal, cell, region, err);
}

/* --- a new task ------------------------------------------------------------------------------ */

static void put_id(struct look *look, const char *field, int64_t id)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, id);
    made_put(look, field, "", text);
}

/* A plan of the province names no region: its tasks are the province's. */
static int64_t only_province(const struct look *look)
{
    int64_t id = 0;
    for (size_t i = 0; i < units_region_count(look->units); i++) {
        const struct region *region = units_region_at(look->units, i);
        if (region->level == REGION_PROVINCE && id != 0)
            return 0;
        id = region->level == REGION_PROVINCE ? region->id : id;
    }
    return id;
}

static void need_region(struct look *look, size_t proposal)
{
    if (made_get(look, "region") != NULL || look->target[proposal].refused)
        return;
    int64_t province = only_province(look), home = look_put_home(look, proposal);
    if (home != 0) {
        put_id(look, "region", home);
        return;
    }
    if (province == 0) {
        look_say(look, proposal, NULL, true, _("A new task needs a region (region)"));
        return;
    }
    look->no_region++;
    put_id(look, "region", province);
}

static bool begin_new(struct look *look, size_t proposal, struct error *err)
{
    struct target *target = &look->target[proposal];
    struct numbering *numbering;
    char day[11];
    if (made_get(look, "title") == NULL && !target->refused)
        look_say(look, proposal, NULL, true, _("A new task needs a title (title)"));
    need_region(look, proposal);
    if (target->refused)
        return true;
    if (target->number == 0 && !look_number(look, target->source, &target->number, err))
        return false;
    if (!look_numbering(look, target->source, &numbering, err))
        return false;
    put_id(look, "source", target->source);
    made_put(look, "number", "", texts_get(&look->import->texts, target->number));
    put_id(look, "position", ++numbering->position);
    if (target->part > 0)
        put_id(look, "part", target->part);
    if (made_get(look, "assigned_on") != NULL)
        return true;
    const char *kind = made_get(look, "deadline_kind");
    look->from_today += kind != NULL && strcmp(kind, deadline_kinds[DEADLINE_IMMEDIATE].name) == 0;
    made_put(look, "assigned_on", "", date_format(look->today, day));
    return true;
}

/* --- a proposal ------------------------------------------------------------------------------ */

static bool compare_regions(struct look *look, size_t proposal, struct error *err)
{
    const struct proposal *row = &look->import->proposal[proposal];
    const char *before, *regions = texts_get(&look->import->texts, look->target[proposal].regions);
    const struct import_cell *cell = import_cell(look->import, row, field_named("region"));
    if (cell == NULL || regions[0] == '\0' || (look->made.task != 0 && look_is_words(cell)))
        return true;
    if (!current(look, "region", &before, err))
        return false;
    bool agrees = (row->existing && look_holds(look, regions, before)) ||
                  look_is_wider(look, regions, before);
    if (!agrees)
        look_put(look, proposal, cell, "region", before, regions);
    return true;
}

/* The region of the row, for the names of its departments. */
static bool row_region(struct look *look, size_t proposal, int64_t *region, struct error *err)
{
    const char *there;
    *region = look_first_id(texts_get(&look->import->texts, look->target[proposal].regions));
    if (*region == 0 && !current(look, "region", &there, err))
        return false;
    if (*region == 0)
        *region = look_first_id(there);
    if (*region == 0)
        *region = look->home;
    return true;
}

bool look_compare(struct look *look, size_t proposal, struct error *err)
{
    const struct proposal *row = &look->import->proposal[proposal];
    int64_t region;
    look->made.count = 0;
    look->made.task = look->target[proposal].task;
    look->made.parent = 0;
    look_come_home(look, proposal);
    if (row->existing && look->made.task == 0)
        return true; /* told: there is none */
    if (!read_row(look, look->made.task, err) || !row_region(look, proposal, &region, err) ||
        !compare_regions(look, proposal, err))
        return false;
    for (uint32_t i = 0; i < row->count; i++)
        if (!compare_cell(look, proposal, &look->import->cell[row->first + i], region, err))
            return false;
    look_deadline(look, proposal);
    bool good = check_counted(look, proposal, err) && look_rows(look, proposal, region, err) &&
                look_state(look, proposal, err) && look_since(look, proposal, err) &&
                (look->made.task != 0 || begin_new(look, proposal, err));
    if (good) {
        look_against_itself(look, proposal);
        look_tell_closed(look, proposal);
        look_count_unread(look, proposal);
    }
    return good;
}
