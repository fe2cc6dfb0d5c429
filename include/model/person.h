/* person: who acts: name, role, reach, and from where.
 *
 * Nobody logs in to duban. A session begun for somebody (`--as LOGIN`) acts as the person recorded
 * under that login; otherwise the account's login is looked for among the persons. Where it is not
 * recorded, the owner of the database file (and root), who can do anything with the file anyway, is
 * the administrator; any other account may look, and change nothing. Only the owner may act as
 * another. */
#ifndef MODEL_PERSON_H
#define MODEL_PERSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "model/task.h"
#include "store/db.h"

enum person_role {
    PERSON_VIEWER,
    PERSON_REPORTER,
    PERSON_DEPARTMENT,
    PERSON_OFFICER,
    PERSON_ADMIN,
    PERSON_ROLE_COUNT
};
extern const struct word person_roles[PERSON_ROLE_COUNT];
#define PERSON_BIT(role) (1u << (role))

struct person {
    int64_t id; /* 0: recorded nowhere */
    char *login, *name;
    char *reach; /* a filter (model/query.h); "" everything */
    enum person_role role;
    int64_t region_id, department_id; /* 0: none; whose reports this person writes */
    char *key;    /* the fingerprint they came in with, while it is theirs; "" none */
    char *origin; /* "lina 10.21.4.7 pts/3": login, SSH client address and terminal */
};

/* `key`: the fingerprint of the key that was shown at the door; NULL none. Errors: ERROR_NOT_FOUND
 * nobody under that login, ERROR_PERMISSION disabled, not to be acted as, or the key is not theirs. */
bool person_find(
    struct db *db, const char *as, const char *key, struct person *out, struct error *err);
/* Whether what was found still holds, the key too: looked at again before each write. ERROR_PERMISSION
 * when not. */
bool person_still(struct db *db, const struct person *person, struct error *err);
/* Where this process's person sits: the address that sshd tells ("" at the server itself), and the
 * terminal, "pts/3" ("" none). Callers free both. */
char *person_address(void);
char *person_terminal(void);
/* What their own things (drafts, points of the history, notes) are kept under: the login, else the name. */
const char *person_key(const struct person *person);
void person_copy(struct person *out, const struct person *from); /* NULL texts become "" */
void person_clear(struct person *person);

#endif
