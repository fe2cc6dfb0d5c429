#include "model/person.h"

#include <inttypes.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "column.h"
#include "people_parts.h"

const struct word person_roles[PERSON_ROLE_COUNT] = {
    [PERSON_VIEWER] = {"viewer", N_("viewer"), N_("viewer"), "查看"},
    [PERSON_REPORTER] = {"reporter", N_("reporter"), N_("reporter of a region"), "填报"},
    [PERSON_DEPARTMENT] = {"department", N_("dept."), N_("department staff"), "部门"},
    [PERSON_OFFICER] = {"officer", N_("officer"), N_("duty officer"), "值班"},
    [PERSON_ADMIN] = {"admin", N_("admin"), N_("administrator"), "管理"},
};

static char *scrubbed(const char *text, size_t length)
{
    struct strbuf clean = {0};
    text_scrub(&clean, text, length, TEXT_ONE_LINE);
    strbuf_add(&clean, ""); /* never NULL */
    return strbuf_take(&clean);
}

/* --- the account ----------------------------------------------------------------------------- */

static char *account_login(void)
{
    const struct passwd *account = getpwuid(geteuid());
    return account != NULL ? scrubbed(account->pw_name, strlen(account->pw_name))
                           : alloc_string("?");
}

/* The account's full name, else its login. */
static char *account_name(void)
{
    const struct passwd *account = getpwuid(geteuid());
    const char *name = account != NULL ? account->pw_gecos : NULL;
    size_t length = name != NULL ? strcspn(name, ",") : 0;
    return length > 0 ? scrubbed(name, length) : account_login();
}

static bool owns(struct db *db)
{
    struct stat file;
    uid_t account = geteuid();
    return account == 0 || (stat(db_path(db), &file) == 0 && file.st_uid == account);
}

char *person_address(void)
{
    const char *client = getenv("SSH_CONNECTION");
    return client != NULL ? scrubbed(client, strcspn(client, " ")) : alloc_string("");
}

char *person_terminal(void)
{
    char name[64];
    if (ttyname_r(STDIN_FILENO, name, sizeof name) != 0)
        return alloc_string("");
    const char *short_name = strncmp(name, "/dev/", 5) == 0 ? name + 5 : name;
    return scrubbed(short_name, strlen(short_name));
}

/* Who it is for the record, since names are not unique, and where they sit. */
static char *origin(const char *login)
{
    struct strbuf where = {0};
    char *address = person_address(), *terminal = person_terminal();
    strbuf_add(&where, login);
    if (*address != '\0')
        strbuf_format(&where, " %s", address);
    if (*terminal != '\0')
        strbuf_format(&where, " %s", terminal);
    free(address);
    free(terminal);
    char *clean = scrubbed(strbuf_text(&where), where.length);
    strbuf_clear(&where);
    return clean;
}

/* --- persons on record ----------------------------------------------------------------------- */

/* A reporter without a reach of their own sees their region, department staff what their department
 * has to do with. Regions are told apart by their codes, departments only by their numbers: each
 * city has one of the same name. Whose region or department is missing sees nothing: the empty
 * value is no filter. */
static char *reach_of(struct db_statement *row)
{
    struct strbuf reach = {0};
    const char *own = db_text(row, AT_PERSON_REACH), *role = db_text(row, 3);
    int64_t department = db_int(row, 6);
    if (own[strspn(own, " \t\n")] != '\0')
        strbuf_add(&reach, own);
    else if (strcmp(role, person_roles[PERSON_REPORTER].name) == 0)
        strbuf_format(&reach, "region:\"%s\"", db_text(row, 8));
    else if (strcmp(role, person_roles[PERSON_DEPARTMENT].name) == 0 && department == 0)
        strbuf_add(&reach, "lead:\"\"");
    else if (strcmp(role, person_roles[PERSON_DEPARTMENT].name) == 0)
        strbuf_format(&reach,
            "lead:#%" PRId64 " or responsible:#%" PRId64 " or supervisor:#%" PRId64, department,
            department, department);
    char *clean = scrubbed(strbuf_text(&reach), reach.length);
    strbuf_clear(&reach);
    return clean;
}

void person_row(struct db_statement *row, struct person *out)
{
    *out = (struct person){
        .id = db_int(row, 0),
        .login = column_line(row, 1),
        .name = column_line(row, 2),
        .role =
            (enum person_role)column_word(row, 3, person_roles, PERSON_ROLE_COUNT, PERSON_VIEWER),
        .reach = reach_of(row),
        .region_id = db_int(row, 5),
        .department_id = db_int(row, 6),
    };
}

static bool read_person(
    struct db *db, const char *login, struct person *out, bool *found, struct error *err)
{
    struct db_statement *row;
    if (!db_statement(db, PERSON_OF_LOGIN, &row, err))
        return false;
    db_bind_text(row, 1, login);
    enum db_step step = db_step(row, err);
    bool disabled = false;
    *found = step == DB_ROW;
    if (*found) {
        disabled = db_int(row, AT_PERSON_DISABLED) != 0;
        person_row(row, out);
    }
    db_reset(row);
    if (!disabled)
        return step != DB_FAILED;
    person_clear(out);
    return error_set(err, ERROR_PERMISSION,
        _("%s may not use this board any more; an administrator can allow it again"), login);
}

static bool find(
    struct db *db, const char *as, const char *account, struct person *out, struct error *err)
{
    bool found;
    if (as != NULL && strcmp(as, account) != 0 && !owns(db))
        return error_set(
            err, ERROR_PERMISSION, _("only the owner of the database may act as another person"));
    if (!read_person(db, as != NULL ? as : account, out, &found, err))
        return false;
    if (!found && as != NULL)
        return error_set(err, ERROR_NOT_FOUND,
            _("nobody is recorded under the login \"%s\"; an administrator adds persons"), as);
    if (!found)
        *out = (struct person){
            .login = alloc_string(account),
            .name = account_name(),
            .reach = alloc_string(""),
            .role = owns(db) ? PERSON_ADMIN : PERSON_VIEWER,
        };
    return true;
}

/* A key that was taken away lets nobody in any more, nor stay. */
static bool has_key(struct db *db, const struct person *person, const char *key, struct error *err)
{
    struct db_statement *row;
    if (key == NULL || *key == '\0')
        return true;
    if (!db_statement(db, PERSON_HAS_KEY, &row, err))
        return false;
    db_bind_text(row, 1, key);
    db_bind_int(row, 2, person->id);
    enum db_step step = db_step(row, err);
    db_reset(row);
    if (step != DB_DONE)
        return step == DB_ROW;
    char *shown = scrubbed(key, strlen(key));
    error_set(err, ERROR_PERMISSION,
        _("the key %s is not recorded for %s; an administrator can record it"), shown,
        person->login);
    free(shown);
    return false;
}

bool person_find(
    struct db *db, const char *as, const char *key, struct person *out, struct error *err)
{
    char *account = account_login();
    bool found = find(db, as, account, out, err);
    if (found && !has_key(db, out, key, err)) {
        person_clear(out);
        found = false;
    }
    if (found) {
        out->key = alloc_string(key != NULL ? key : "");
        out->origin = origin(out->login);
    }
    free(account);
    return found;
}

bool person_still(struct db *db, const struct person *person, struct error *err)
{
    struct person now = {0};
    bool found = false, same;
    if (person->id == 0)
        return true;
    if (!read_person(db, person->login, &now, &found, err))
        return false;
    same = found && now.id == person->id && now.role == person->role &&
           now.region_id == person->region_id && now.department_id == person->department_id &&
           strcmp(now.reach, person->reach) == 0;
    person_clear(&now);
    if (!same)
        return error_set(err, ERROR_PERMISSION,
            _("what %s may do was changed meanwhile; open the board again"), person->name);
    return has_key(db, person, person->key, err);
}

static char *copy(const char *text)
{
    return alloc_string(text != NULL ? text : "");
}

const char *person_key(const struct person *person)
{
    return person->login[0] != '\0' ? person->login : person->name;
}

void person_copy(struct person *out, const struct person *from)
{
    *out = *from;
    out->login = copy(from->login);
    out->name = copy(from->name);
    out->reach = copy(from->reach);
    out->key = copy(from->key);
    out->origin = copy(from->origin);
}

void person_clear(struct person *person)
{
    free(person->login);
    free(person->name);
    free(person->reach);
    free(person->key);
    free(person->origin);
    *person = (struct person){0};
}
