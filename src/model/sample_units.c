#include "sample_units.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/workflow.h"

#define PROVINCE "210000"
#define DUTY_DAYS_BEFORE 30
#define DUTY_DAYS_AFTER 365

int64_t sample_region_id(const struct sample_units *units, struct sample_file *file,
    const char *column, const char *name)
{
    if (!*name)
        return 0;
    for (size_t i = 0; i < units->regions; i++) {
        if (strcmp(units->region[i].code, name) == 0)
            return units->region[i].id;
    }
    sample_fault(file, column, _("there is no region with the code \"%s\""), name);
    return 0;
}

int64_t sample_department_id(const struct sample_units *units, struct sample_file *file,
    const char *column, const char *name)
{
    if (!*name)
        return 0;
    const char *at = strchr(name, '@');
    size_t length = at ? (size_t)(at - name) : strlen(name);
    const char *region = at ? at + 1 : PROVINCE;
    for (size_t i = 0; i < units->departments; i++) {
        const struct sample_department *department = &units->department[i];
        if (strncmp(department->shown, name, length) == 0 && !department->shown[length] &&
            strcmp(department->region, region) == 0)
            return department->id;
    }
    sample_fault(file, column, _("there is no department with the short name \"%s\""), name);
    return 0;
}

const struct sample_source *sample_source_of(
    const struct sample_units *units, struct sample_file *file, const char *column)
{
    const char *code = sample_needed(file, column);
    for (size_t i = 0; i < units->sources; i++) {
        if (strcmp(units->source[i].code, code) == 0)
            return &units->source[i];
    }
    sample_fault(file, column, _("there is no source with the code \"%s\""), code);
    return NULL;
}

int64_t sample_sponsor_id(
    const struct sample_units *units, struct sample_file *file, const char *column)
{
    const char *name = sample_text(file, column);
    if (!*name)
        return 0;
    for (size_t i = 0; i < units->sponsors; i++) {
        if (strcmp(units->sponsor[i].name, name) == 0)
            return units->sponsor[i].id;
    }
    sample_fault(file, column, _("there is no leader called \"%s\""), name);
    return 0;
}

/* --- one row of each file ------------------------------------------------------------------ */

static void bind_id(struct db_statement *statement, int index, int64_t id)
{
    if (id)
        db_bind_int(statement, index, id);
    else
        db_bind_null(statement, index);
}

struct reading {
    struct sample_units *units;
    struct db *db;
    struct sample_file file;
    int64_t position;
};

static void bind_region(struct reading *now, struct db_statement *row)
{
    static const char *const levels[] = {"province", "city", "county", "township", NULL};
    struct sample_units *units = now->units;
    struct sample_region region = {.code = alloc_string(sample_needed(&now->file, "code"))};
    for (size_t i = 0; i < units->regions; i++) {
        if (strcmp(units->region[i].code, region.code) == 0)
            sample_fault(&now->file, "code", _("\"%s\" is there already"), region.code);
    }
    const char *level = sample_choice(&now->file, "level", levels);
    const char *parent = sample_text(&now->file, "parent");
    region.parent_id = sample_region_id(units, &now->file, "parent", parent);
    if ((strcmp(level, "province") == 0) != (*parent == '\0'))
        sample_fault(&now->file, "parent", _("every region but a province lies in another one"));
    region.id = now->position;
    db_bind_int(row, 1, region.id);
    db_bind_text(row, 2, region.code);
    db_bind_text(row, 3, sample_needed(&now->file, "name"));
    db_bind_text(row, 4, sample_needed(&now->file, "short"));
    db_bind_text(row, 5, level);
    bind_id(row, 6, region.parent_id);
    db_bind_int(row, 7, now->position);
    units->region =
        alloc_grow(units->region, &units->region_room, units->regions + 1, sizeof *units->region);
    units->region[units->regions++] = region;
}

static void bind_department(struct reading *now, struct db_statement *row)
{
    struct sample_units *units = now->units;
    struct sample_department department = {
        .shown = alloc_string(sample_needed(&now->file, "short")),
        .region = alloc_string(sample_needed(&now->file, "region")),
        .id = now->position,
    };
    db_bind_int(row, 1, department.id);
    db_bind_text(row, 2, sample_needed(&now->file, "name"));
    db_bind_text(row, 3, department.shown);
    db_bind_int(row, 4, sample_region_id(units, &now->file, "region", department.region));
    db_bind_int(row, 5, now->position);
    units->department = alloc_grow(units->department, &units->department_room,
        units->departments + 1, sizeof *units->department);
    units->department[units->departments++] = department;
}

static void bind_source(struct reading *now, struct db_statement *row)
{
    static const char *const kinds[] = {
        "inspection", "plan", "problem_list", "letters", "self_check", NULL};
    struct sample_units *units = now->units;
    struct sample_source source = {
        .code = alloc_string(sample_needed(&now->file, "code")),
        .id = now->position,
        .year = sample_number(&now->file, "year", 1949, 2199, 0),
        .rhythm =
            (enum rhythm)sample_word(&now->file, "rhythm", rhythms, RHYTHM_COUNT, RHYTHM_WEEKLY),
    };
    sample_needed(&now->file, "year");
    db_bind_int(row, 1, source.id);
    db_bind_text(row, 2, source.code);
    db_bind_text(row, 3, sample_needed(&now->file, "name"));
    db_bind_int(row, 4, source.year);
    db_bind_text(row, 5, sample_choice(&now->file, "kind", kinds));
    db_bind_text(row, 6, rhythms[source.rhythm].name);
    db_bind_int(row, 7, now->position);
    units->source =
        alloc_grow(units->source, &units->source_room, units->sources + 1, sizeof *units->source);
    units->source[units->sources++] = source;
}

static void bind_sponsor(struct reading *now, struct db_statement *row)
{
    struct sample_units *units = now->units;
    struct sample_sponsor sponsor = {
        .name = alloc_string(sample_needed(&now->file, "name")), .id = now->position};
    const char *region = sample_text(&now->file, "region");
    db_bind_int(row, 1, sponsor.id);
    db_bind_text(row, 2, sponsor.name);
    db_bind_text(row, 3, sample_text(&now->file, "post"));
    bind_id(row, 4, sample_region_id(units, &now->file, "region", region));
    db_bind_text(row, 5, sample_text(&now->file, "line"));
    units->sponsor = alloc_grow(
        units->sponsor, &units->sponsor_room, units->sponsors + 1, sizeof *units->sponsor);
    units->sponsor[units->sponsors++] = sponsor;
}

static void bind_person(struct reading *now, struct db_statement *row)
{
    struct sample_units *units = now->units;
    struct sample_file *file = &now->file;
    int role = sample_word(file, "role", person_roles, PERSON_ROLE_COUNT, PERSON_VIEWER);
    struct sample_person person = {
        .name = alloc_string(sample_needed(file, "name")),
        .role = alloc_string(person_roles[role].name),
        .region_id = sample_region_id(units, file, "region", sample_text(file, "region")),
        .department_id =
            sample_department_id(units, file, "department", sample_text(file, "department")),
    };
    db_bind_text(row, 1, sample_needed(file, "login"));
    db_bind_text(row, 2, person.name);
    db_bind_text(row, 3, person.role);
    db_bind_text(row, 4, sample_text(file, "reach"));
    bind_id(row, 5, person.region_id);
    bind_id(row, 6, person.department_id);
    db_bind_text(row, 7, sample_text(file, "phone"));
    units->person =
        alloc_grow(units->person, &units->person_room, units->people + 1, sizeof *units->person);
    units->person[units->people++] = person;
}

/* --- files --------------------------------------------------------------------------------- */

#define PLACES_FILES 2
static const struct unit_file {
    const char *name, *columns;
    enum statement insert;
    void (*bind)(struct reading *now, struct db_statement *row);
} unit_files[] = {
    {"regions.tsv", "code name short level parent", SAMPLE_ADD_REGION, bind_region},
    {"departments.tsv", "name short region", SAMPLE_ADD_DEPARTMENT, bind_department},
    /* up to here what is real, PLACES_FILES */
    {"sources.tsv", "code name year kind rhythm", SAMPLE_ADD_SOURCE, bind_source},
    {"sponsors.tsv", "name post region line", SAMPLE_ADD_SPONSOR, bind_sponsor},
    {"people.tsv", "login name role reach region department phone", SAMPLE_ADD_PERSON, bind_person},
};

static bool load_file(struct reading *now, const struct unit_file *row, struct error *err)
{
    struct db_statement *insert;
    bool done = db_statement(now->db, row->insert, &insert, err);
    for (now->position = 1; done && sample_file_next(&now->file); now->position++) {
        row->bind(now, insert);
        if (now->file.failed) {
            db_reset(insert);
            break;
        }
        done = db_run(insert, err) ||
               error_prefix(err, _("%s, line %d"), now->file.name, now->file.line);
    }
    return done && !now->file.failed;
}

/* Day shift 08:00-20:00 and night shift 20:00-08:00 in turn; the first of the list has tonight's.
 */
static bool write_duty(
    struct db *db, char *const *names, char *const *phones, size_t count, struct error *err)
{
    struct db_statement *insert;
    if (!db_statement(db, SAMPLE_ADD_DUTY, &insert, err))
        return false;
    date_t today = date_today();
    int turns = (int)count;
    for (int shift = -2 * DUTY_DAYS_BEFORE; shift < 2 * DUTY_DAYS_AFTER; shift++) {
        int turn = ((shift - 1) % turns + turns) % turns;
        date_t day = today + (shift < 0 ? (shift - 1) / 2 : shift / 2);
        bool night = shift & 1;
        char starts[25], ends[25];
        date_moment_format(date_moment(day, night ? 20 : 8, 0), starts);
        date_moment_format(date_moment(day + night, night ? 8 : 20, 0), ends);
        db_bind_text(insert, 1, starts);
        db_bind_text(insert, 2, ends);
        db_bind_text(insert, 3, names[turn]);
        db_bind_text(insert, 4, phones[turn]);
        if (!db_run(insert, err))
            return false;
    }
    return true;
}

#define DUTY_MOST 100

static bool load_duty(
    struct db *db, const char *folder, const struct sample_clock *clock, struct error *err)
{
    struct sample_file file;
    char *names[DUTY_MOST], *phones[DUTY_MOST];
    size_t count = 0;
    bool done = sample_file_open(&file, folder, "duty.tsv", "name phone", clock, err);
    while (done && count < DUTY_MOST && sample_file_next(&file)) {
        names[count] = alloc_string(sample_needed(&file, "name"));
        phones[count++] = alloc_string(sample_text(&file, "phone"));
    }
    done = done && !file.failed && (count == 0 || write_duty(db, names, phones, count, err));
    for (size_t i = 0; i < count; i++) {
        free(names[i]);
        free(phones[i]);
    }
    sample_file_close(&file);
    return done;
}

static bool load_files(struct reading *now, const char *folder, const struct sample_clock *clock,
    size_t count, struct error *err)
{
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        const struct unit_file *row = &unit_files[i];
        done = sample_file_open(&now->file, folder, row->name, row->columns, clock, err) &&
               load_file(now, row, err);
        sample_file_close(&now->file);
    }
    return done;
}

bool sample_places_load(
    struct sample_units *units, struct db *db, const char *folder, struct error *err)
{
    struct reading now = {.units = units, .db = db};
    return load_files(&now, folder, NULL, PLACES_FILES, err); /* without dates */
}

bool sample_units_load(struct sample_units *units, struct db *db, const char *folder,
    const struct sample_clock *clock, struct error *err)
{
    struct reading now = {.units = units, .db = db};
    return load_files(&now, folder, clock, sizeof unit_files / sizeof *unit_files, err) &&
           load_duty(db, folder, clock, err);
}

void sample_units_clear(struct sample_units *units)
{
    for (size_t i = 0; i < units->regions; i++)
        free(units->region[i].code);
    for (size_t i = 0; i < units->departments; i++) {
        free(units->department[i].shown);
        free(units->department[i].region);
    }
    for (size_t i = 0; i < units->sources; i++)
        free(units->source[i].code);
    for (size_t i = 0; i < units->sponsors; i++)
        free(units->sponsor[i].name);
    for (size_t i = 0; i < units->people; i++) {
        free(units->person[i].name);
        free(units->person[i].role);
    }
    free(units->region);
    free(units->department);
    free(units->source);
    free(units->sponsor);
    free(units->person);
    *units = (struct sample_units){0};
}
