/* The keys of people, recorded and taken away. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/ssh_key.h"
#include "people_parts.h"

enum { PREFIX_LEAST = 10 };

static bool write_line(struct model *model, const char *action, const char *login,
    const char *before, const char *after, const char *reason, struct error *err)
{
    struct change change = {0};
    change_put(&change, "person.key", before, after);
    bool written = people_reason(model, reason, &change, err) &&
                   people_line(model, action, login, &change, err);
    change_clear(&change);
    return written;
}

/* --- one more -------------------------------------------------------------------------------- */

/* Whose it is by now, disabled or not. */
static bool is_free(struct db *db, const char *login, const struct ssh_key *key, struct error *err)
{
    struct db_statement *row;
    if (!db_statement(db, PEOPLE_KEY_OWNER, &row, err))
        return false;
    db_bind_text(row, 1, key->fingerprint);
    enum db_step step = db_step(row, err);
    if (step == DB_ROW && strcmp(db_text(row, 0), login) == 0)
        error_set(err, ERROR_REFUSED, _("the key %s is recorded for %s already"), key->fingerprint,
            login);
    else if (step == DB_ROW)
        error_set(err, ERROR_REFUSED,
            _("the key %s belongs to %s; a key tells who comes in, so nobody shares one"),
            key->fingerprint, db_text(row, 0));
    db_reset(row);
    return step == DB_DONE;
}

static bool insert_key(struct db *db, int64_t person, const struct ssh_key *key, struct error *err)
{
    struct db_statement *row;
    char at[25];
    if (!db_statement(db, PEOPLE_KEY_ADD, &row, err))
        return false;
    char *line = alloc_format(
        "%s %s%s%s", key->type, key->blob, key->comment[0] != '\0' ? " " : "", key->comment);
    db_bind_text(row, 1, key->fingerprint);
    db_bind_int(row, 2, person);
    db_bind_text(row, 3, line);
    db_bind_text(row, 4, date_moment_format(date_now(), at));
    free(line);
    return db_run(row, err);
}

static bool add_line(struct model *model, const struct person_record *record, const char *line,
    const char *reason, struct error *err)
{
    struct ssh_key key;
    const char *login = record->person.login;
    bool good = ssh_key_parse(line, &key, err) && is_free(model_db(model), login, &key, err) &&
                insert_key(model_db(model), record->person.id, &key, err) &&
                write_line(model, "person_key", login, "", key.fingerprint, reason, err);
    ssh_key_clear(&key);
    return good;
}

/* Of several lines the one that is wrong is told by its number. */
static bool add_lines(struct model *model, const struct person_record *record, char *lines,
    const char *reason, struct error *err)
{
    bool several = strchr(lines, '\n') != NULL, any = false;
    size_t number = 1;
    for (char *line; (line = strsep(&lines, "\n")) != NULL; number++) {
        if (ssh_key_is_blank(line))
            continue;
        any = true;
        if (!add_line(model, record, line, reason, err))
            return several ? error_prefix(err, _("line %zu"), number) : false;
    }
    return any || error_set(err, ERROR_INPUT, _("there is no key in it"));
}

bool people_add_keys(struct model *model, const char *login, const char *lines, const char *reason,
    struct error *err)
{
    struct person_record record = {0};
    if (!people_begin(model, err))
        return false;
    char *copy = alloc_string(lines);
    bool good = people_find(model_db(model), login, &record, err) &&
                add_lines(model, &record, copy, reason, err);
    free(copy);
    person_record_clear(&record);
    return people_end(model, good, err);
}

/* --- one less -------------------------------------------------------------------------------- */

static bool is_named(const struct person_key *key, const char *which)
{
    size_t length = strlen(which);
    return strcmp(key->comment, which) == 0 ||
           (length >= PREFIX_LEAST && strncmp(key->fingerprint, which, length) == 0);
}

static const struct person_key *find_key(
    const struct person_record *record, const char *which, struct error *err)
{
    const struct person_key *found = NULL;
    for (size_t i = 0; which[0] != '\0' && i < record->key_count; i++) {
        if (!is_named(&record->key[i], which))
            continue;
        if (found != NULL) {
            error_set(err, ERROR_REFUSED,
                _("%s has several keys \"%s\"; name one by its fingerprint: %s or %s"),
                record->person.login, which, found->fingerprint, record->key[i].fingerprint);
            return NULL;
        }
        found = &record->key[i];
    }
    if (found == NULL)
        error_set(err, ERROR_NOT_FOUND, _("%s has no key \"%s\"; \"duban user key %s\" lists them"),
            record->person.login, which, record->person.login);
    return found;
}

/* Whoever acts would be out at once. */
static bool is_not_in_use(struct model *model, const struct person_key *key, struct error *err)
{
    const struct person *person = model_person(model);
    return person->key == NULL || strcmp(person->key, key->fingerprint) != 0 ||
           error_set(err, ERROR_REFUSED,
               _("the key %s is the one you came in with; come in with another to remove it"),
               key->fingerprint);
}

static bool delete_key(struct db *db, const char *fingerprint, struct error *err)
{
    struct db_statement *row;
    if (!db_statement(db, PEOPLE_KEY_REMOVE, &row, err))
        return false;
    db_bind_text(row, 1, fingerprint);
    return db_run(row, err);
}

bool people_remove_key(struct model *model, const char *login, const char *which,
    const char *reason, struct error *err)
{
    struct person_record record = {0};
    const struct person_key *key = NULL;
    struct db *db = model_db(model);
    if (!people_begin(model, err))
        return false;
    bool good = people_find(db, login, &record, err) &&
                (key = find_key(&record, which, err)) != NULL && is_not_in_use(model, key, err) &&
                delete_key(db, key->fingerprint, err) &&
                write_line(model, "person_unkey", login, key->fingerprint, "", reason, err);
    person_record_clear(&record);
    return people_end(model, good, err);
}
