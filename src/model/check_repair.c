/* Puts right what follows from other rows, in one change. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "check_parts.h"
#include "model/search.h"

#define MAY_REPAIR (PERSON_BIT(PERSON_OFFICER) | PERSON_BIT(PERSON_ADMIN))
#define INDEX_MOST 2000 /* tasks between two looks at how many are left */

/* Findings are told when what they are about has been put right for good. */
struct held {
    struct finding *finding; /* ident and text owned */
    size_t count, capacity;
};

static void hold(void *context, const struct finding *finding)
{
    struct held *held = context;
    held->finding =
        alloc_grow(held->finding, &held->capacity, held->count + 1, sizeof *held->finding);
    struct finding *kept = &held->finding[held->count++];
    *kept = *finding;
    kept->ident = alloc_string(finding->ident);
    kept->text = alloc_string(finding->text);
    kept->repaired = true;
}

static void held_clear(struct held *held)
{
    for (size_t i = 0; i < held->count; i++) {
        free((char *)held->finding[i].ident);
        free((char *)held->finding[i].text);
    }
    free(held->finding);
}

static bool run(struct db *db, const enum statement *steps, size_t count, struct error *err)
{
    struct db_statement *statement;
    bool good = true;
    for (size_t i = 0; good && i < count; i++)
        good = db_statement(db, steps[i], &statement, err) && db_run(statement, err);
    return good;
}
#define RUN(db, steps, err) run(db, steps, sizeof steps / sizeof *steps, err)

/* --- each part ------------------------------------------------------------------------------- */

/* What a table held nobody can make again. */
static void say_restorable(void *findings, const char *type, const char *name, bool there)
{
    if (strcmp(type, "table") != 0)
        check_say_object(findings, type, name, there);
}

static bool find_schema(struct model *model, struct findings *findings, struct error *err)
{
    return db_schema_check(model_db(model), say_restorable, findings, err);
}

bool check_recount(struct db *db, struct error *err)
{
    static const enum statement steps[] = {COUNTS_TOTAL_CLEAR, COUNTS_TOTAL_FILL,
        COUNTS_ABOVE_CLEAR, COUNTS_ABOVE_FILL, COUNTS_PLACE_CLEAR, COUNTS_DUE_CLEAR,
        COUNTS_OWED_CLEAR, COUNTS_PLACES_FILL};
    return RUN(db, steps, err);
}

/* The counts follow by trigger; a file that was damaged may have lost its triggers. */
static bool repair_derived(struct db *db, struct error *err)
{
    static const enum statement steps[] = {
        REPAIR_OTHER_REGION, REPAIR_FIRST_REGION, REPAIR_NO_REGION, REPAIR_REPORTED};
    return RUN(db, steps, err) && check_recount(db, err);
}

static bool repair_search(struct db *db, struct error *err)
{
    static const enum statement steps[] = {REPAIR_SEARCH_MISSING, REPAIR_SEARCH_EXTRA};
    int done = INDEX_MOST;
    bool good = RUN(db, steps, err);
    while (good && done == INDEX_MOST)
        good = search_refresh(db, INDEX_MOST, &done, err);
    return good;
}

static const struct part {
    bool (*find)(struct model *model, struct findings *findings, struct error *err);
    bool (*repair)(struct db *db, struct error *err);
} parts[] = {
    {find_schema, db_schema_restore}, /* first, for the others rely on its triggers */
    {check_counts, check_recount},
    {check_derived, repair_derived},
    {check_search, repair_search},
};

static bool repair_drafts(struct model *model, struct findings *findings, struct error *err)
{
    static const enum statement steps[] = {REPAIR_DRAFTS};
    struct db *db = model_db(model);
    if (!RUN(db, steps, err))
        return false;
    if (db_changes(db) > 0)
        findings_add(findings, FOUND_REFERENCE, "", 0, _("drafts of tasks that are gone: %" PRId64),
            db_changes(db));
    return true;
}

/* --- all of it ------------------------------------------------------------------------------- */

static bool repair_all(
    struct model *model, struct findings *findings, struct held *held, struct error *err)
{
    static const enum statement told[] = {REPAIR_TOLD}; /* to the boards that are open */
    struct db *db = model_db(model);
    bool good = true;
    for (size_t i = 0; good && i < sizeof parts / sizeof *parts; i++) {
        size_t before = held->count;
        good = parts[i].find(model, findings, err) &&
               (held->count == before || parts[i].repair(db, err));
    }
    return good && repair_drafts(model, findings, err) && (held->count == 0 || RUN(db, told, err));
}

bool check_repair(struct model *model, struct findings *findings, struct error *err)
{
    struct held held = {0};
    struct findings found = {.say = hold, .context = &held};
    struct db *db = model_db(model);
    if (!(MAY_REPAIR & PERSON_BIT(model_person(model)->role)))
        return error_set(err, ERROR_PERMISSION,
            _("%s (%s) may not repair the database; a duty officer or an administrator may"),
            model_person(model)->name, _(person_roles[model_person(model)->role].label));
    if (!db_write_begin(db, err))
        return false;
    bool good = repair_all(model, &found, &held, err);
    if (good)
        good = db_write_commit(db, err);
    else
        db_write_rollback(db);
    for (size_t i = 0; good && i < held.count; i++) {
        findings->count[held.finding[i].kind]++;
        findings->say(findings->context, &held.finding[i]);
    }
    held_clear(&held);
    return good;
}
