/* people: who is recorded, and with which keys they come in.
 *
 * Only an administrator (model/person.h: the role, or the owner of the file whom nobody recorded)
 * reads and changes people; anybody recorded may ask about themselves. Their reach limits the tasks
 * an administrator sees, not the people.
 *
 * Each change is one line of the history, chained as all are: no task, an action of people_actions,
 * and as changes "person", from "" to the login, then "person.NAME" for each field that moved and
 * "person.key" for a key, by its fingerprint. Only administrators are told these lines
 * (model/history.h). They are not undone; another change puts things right. What a script writes
 * into the tables leaves none.
 *
 * A session asks person_still before each write and whenever the database has changed, so it learns
 * at once that its person was disabled, changed, or lost the key it came in with. */
#ifndef MODEL_PEOPLE_H
#define MODEL_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"
#include "model/field.h"
#include "model/model.h"
#include "model/person.h"
#include "model/work.h"

struct person_key {
    char *fingerprint; /* "SHA256:..." as ssh-keygen -l tells */
    char *type, *blob; /* as in the line of the key (base/ssh_key.h) */
    char *comment;
    moment_t added_at;
};
struct person_record {
    struct person person; /* its reach is the one in force; without key and origin */
    char *own_reach;      /* as recorded; "" by the role */
    char *phone;
    bool disabled;
    int64_t version;
    struct person_key *key; /* the oldest first */
    size_t key_count;
};
struct people {
    struct person_record *record; /* by login */
    size_t count;
};
void people_clear(struct people *people);

/* All, or the one under that login. ERROR_NOT_FOUND with the nearest login, ERROR_PERMISSION. */
bool people_read(struct model *model, const char *login, struct people *out, struct error *err);

/* What a person is told by name: login (of a new one only), name, role, reach, region, department,
 * phone, disabled. Values are read as field_read does; a reach is a filter that finds the units it
 * names. A reporter has a region, department staff a department. */
enum person_field {
    PERSON_LOGIN,
    PERSON_NAME,
    PERSON_ROLE,
    PERSON_REGION,
    PERSON_DEPARTMENT_NAME,
    PERSON_REACH,
    PERSON_PHONE,
    PERSON_DISABLED,
    PERSON_FIELD_COUNT
};
extern const struct field person_fields[PERSON_FIELD_COUNT];
#define PERSON_LOGIN_MOST 32 /* bytes; [a-z][a-z0-9._-]* */
#define PERSON_NAME_MOST 40  /* columns */
/* Whether a login is one that people_add takes: no other stands in a line for sshd. */
bool people_is_login(const char *login);

/* Arguments are as typed, `base` is not read; "reason" is the note of the line. Where nothing is
 * different no line is written. Errors: ERROR_USAGE no such field, or a reach that is no filter;
 * ERROR_INPUT a value that cannot be, ERROR_REFUSED a login or key that is taken, or oneself
 * disabled or made less; ERROR_PERMISSION, ERROR_NOT_FOUND. Nothing is written then. */
bool people_add(
    struct model *model, const struct argument *argument, size_t count, struct error *err);
bool people_change(struct model *model, const char *login, const struct argument *argument,
    size_t count, struct error *err);

/* Lines as in a .pub file, one or several, with blank lines and comments after "#" among them: all
 * of them or none. A key belongs to one person. */
bool people_add_keys(struct model *model, const char *login, const char *lines, const char *reason,
    struct error *err);
/* By fingerprint, its first ten characters or more, or the whole comment. Not the key one came in
 * with. */
bool people_remove_key(struct model *model, const char *login, const char *which,
    const char *reason, struct error *err);

/* For sshd: gives the key of that fingerprint (NULL: all keys, by login) and whose it is, but for
 * people who are disabled. One look-up in an index, however many keys there are; asks the database
 * for nothing else. */
bool people_keys(struct db *db, const char *fingerprint,
    void (*give)(void *context, const char *login, const struct person_key *key), void *context,
    struct error *err);

/* The actions of the lines about people; each begins with "person_". */
bool people_is_action(const char *action);

#endif
