#include "model/people.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "column.h"
#include "people_parts.h"

/* --- memory ---------------------------------------------------------------------------------- */

static void key_clear(struct person_key *key)
{
    free(key->fingerprint);
    free(key->type);
    free(key->blob);
    free(key->comment);
}

void person_record_clear(struct person_record *record)
{
    for (size_t i = 0; i < record->key_count; i++)
        key_clear(&record->key[i]);
    free(record->key);
    free(record->own_reach);
    free(record->phone);
    person_clear(&record->person);
    *record = (struct person_record){0};
}

void people_clear(struct people *people)
{
    for (size_t i = 0; i < people->count; i++)
        person_record_clear(&people->record[i]);
    free(people->record);
    *people = (struct people){0};
}

/* --- rows ------------------------------------------------------------------------------------ */

static void read_record(struct db_statement *row, struct person_record *out)
{
    *out = (struct person_record){
        .own_reach = column_line(row, AT_PERSON_REACH),
        .phone = column_line(row, AT_PERSON_PHONE),
        .disabled = db_int(row, AT_PERSON_DISABLED) != 0,
        .version = db_int(row, AT_PERSON_VERSION),
    };
    person_row(row, &out->person);
}

/* Columns of the statements of keys. */
enum { KEY_OWNER, KEY_PRINT, KEY_LINE, KEY_ADDED, KEY_LOGIN };

/* The line of a key is the type, the blob and the comment, with a blank between. */
static void read_key(struct db_statement *row, struct person_key *out)
{
    char *line = column_line(row, KEY_LINE);
    size_t type = strcspn(line, " ");
    const char *blob = line + type + strspn(line + type, " ");
    size_t length = strcspn(blob, " ");
    const char *comment = blob + length + strspn(blob + length, " ");
    *out = (struct person_key){
        .fingerprint = column_line(row, KEY_PRINT),
        .type = alloc_string_n(line, type),
        .blob = alloc_string_n(blob, length),
        .comment = alloc_string(comment),
        .added_at = column_moment(row, KEY_ADDED),
    };
    free(line);
}

static void add_key(struct person_record *record, struct db_statement *row)
{
    record->key = alloc_resize(record->key, record->key_count + 1, sizeof *record->key);
    read_key(row, &record->key[record->key_count++]);
}

/* --- one ------------------------------------------------------------------------------------- */

static bool read_keys(struct db *db, struct person_record *record, struct error *err)
{
    struct db_statement *row;
    enum db_step step;
    if (!db_statement(db, PEOPLE_KEYS_OF, &row, err))
        return false;
    db_bind_int(row, 1, record->person.id);
    while ((step = db_step(row, err)) == DB_ROW)
        add_key(record, row);
    db_reset(row);
    return step != DB_FAILED;
}

static bool refuse_login(struct db *db, const char *login, struct error *err)
{
    struct suggest suggest = suggest_for(login);
    struct db_statement *row;
    char *best = NULL;
    if (!db_statement(db, PEOPLE_ALL, &row, err))
        return false;
    while (db_step(row, NULL) == DB_ROW) {
        char *one = column_line(row, 1);
        suggest_offer(&suggest, one);
        if (suggest.best == one) {
            free(best);
            best = one;
        } else {
            free(one);
        }
    }
    db_reset(row);
    if (best != NULL)
        error_set(err, ERROR_NOT_FOUND,
            _("nobody is recorded under the login \"%s\"; did you mean \"%s\"?"), login, best);
    else
        error_set(err, ERROR_NOT_FOUND,
            _("nobody is recorded under the login \"%s\"; \"duban user list\" tells who is"),
            login);
    free(best);
    return false;
}

bool people_find(struct db *db, const char *login, struct person_record *out, struct error *err)
{
    struct db_statement *row;
    *out = (struct person_record){0};
    if (!db_statement(db, PERSON_OF_LOGIN, &row, err))
        return false;
    db_bind_text(row, 1, login);
    enum db_step step = db_step(row, err);
    if (step == DB_ROW)
        read_record(row, out);
    db_reset(row);
    if (step == DB_DONE)
        return refuse_login(db, login, err);
    if (step == DB_ROW && read_keys(db, out, err))
        return true;
    person_record_clear(out);
    return false;
}

/* --- all ------------------------------------------------------------------------------------- */

static bool read_records(struct db *db, struct people *out, struct error *err)
{
    struct db_statement *row;
    enum db_step step;
    size_t room = 0;
    if (!db_statement(db, PEOPLE_ALL, &row, err))
        return false;
    while ((step = db_step(row, err)) == DB_ROW) {
        out->record = alloc_grow(out->record, &room, out->count + 1, sizeof *out->record);
        read_record(row, &out->record[out->count++]);
    }
    db_reset(row);
    return step != DB_FAILED;
}

/* Keys come in the order of their people. */
static bool read_all_keys(struct db *db, struct people *out, struct error *err)
{
    struct db_statement *row;
    enum db_step step;
    size_t at = 0;
    if (!db_statement(db, PEOPLE_KEYS, &row, err))
        return false;
    while ((step = db_step(row, err)) == DB_ROW) {
        int64_t owner = db_int(row, KEY_OWNER);
        while (at < out->count && out->record[at].person.id != owner)
            at++;
        if (at < out->count)
            add_key(&out->record[at], row);
    }
    db_reset(row);
    return step != DB_FAILED;
}

/* --- asking ---------------------------------------------------------------------------------- */

bool people_allowed(struct model *model, struct error *err)
{
    const struct person *person = model_person(model);
    return person->role == PERSON_ADMIN ||
           error_set(err, ERROR_PERMISSION,
               _("%s (%s) may not see or change people; administrators may"), person->name,
               _(person_roles[person->role].label));
}

static bool is_own(struct model *model, const char *login)
{
    const struct person *person = model_person(model);
    return login != NULL && person->id != 0 && strcmp(person->login, login) == 0;
}

static bool read_one(struct db *db, const char *login, struct people *out, struct error *err)
{
    struct person_record record;
    if (!people_find(db, login, &record, err))
        return false;
    out->record = alloc_zero(1, sizeof *out->record);
    out->record[0] = record;
    out->count = 1;
    return true;
}

bool people_read(struct model *model, const char *login, struct people *out, struct error *err)
{
    struct db *db = model_db(model);
    *out = (struct people){0};
    if ((!is_own(model, login) && !people_allowed(model, err)) || !db_read_begin(db, err))
        return false;
    bool good = login != NULL ? read_one(db, login, out, err)
                              : read_records(db, out, err) && read_all_keys(db, out, err);
    db_read_end(db);
    if (!good)
        people_clear(out);
    return good;
}

bool people_keys(struct db *db, const char *fingerprint,
    void (*give)(void *context, const char *login, const struct person_key *key), void *context,
    struct error *err)
{
    struct db_statement *row;
    enum db_step step;
    if (!db_statement(db, fingerprint != NULL ? PEOPLE_KEY : PEOPLE_KEYS_ENABLED, &row, err))
        return false;
    if (fingerprint != NULL)
        db_bind_text(row, 1, fingerprint);
    while ((step = db_step(row, err)) == DB_ROW) {
        struct person_key key;
        char *login = column_line(row, KEY_LOGIN);
        read_key(row, &key);
        give(context, login, &key);
        key_clear(&key);
        free(login);
    }
    db_reset(row);
    return step != DB_FAILED;
}
