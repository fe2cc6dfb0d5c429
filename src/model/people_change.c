/* People added and changed, each change with its line of the history. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "base/text.h"
#include "model/change.h"
#include "model/query_sql.h"
#include "people_parts.h"

/* One person in the making: values as the history keeps them, never NULL. */
struct making {
    struct model *model;
    struct db *db;
    int64_t id; /* 0: a new one */
    char *before[PERSON_FIELD_COUNT], *after[PERSON_FIELD_COUNT];
    struct change change; /* its note; the fields are put at the end */
};

static void making_clear(struct making *making)
{
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        free(making->before[i]);
        free(making->after[i]);
    }
    change_clear(&making->change);
}

/* --- a change as such ------------------------------------------------------------------------- */

bool people_begin(struct model *model, struct error *err)
{
    struct db *db = model_db(model);
    if (!people_allowed(model, err) || !model_may_write(model, err) || !db_write_begin(db, err))
        return false;
    if (person_still(db, model_person(model), err))
        return true;
    db_write_rollback(db);
    return false;
}

bool people_end(struct model *model, bool done, struct error *err)
{
    if (done)
        return db_write_commit(model_db(model), err);
    db_write_rollback(model_db(model));
    return false;
}

bool people_line(struct model *model, const char *action, const char *login, struct change *change,
    struct error *err)
{
    int64_t seq;
    change->action = action;
    change_put(change, "person", "", login);
    return change_apply(model, change, &seq, err);
}

bool people_reason(struct model *model, const char *typed, struct change *change, struct error *err)
{
    char *reason = NULL;
    if (typed == NULL)
        return true;
    bool good = field_read(model_units(model), field_named("notice_reason"), typed, &reason, err);
    if (good && reason[0] != '\0')
        change_note(change, reason);
    free(reason);
    return good;
}

/* --- what was told --------------------------------------------------------------------------- */

static bool refuse_name(const char *name, struct error *err)
{
    struct suggest suggest = suggest_for(name);
    struct strbuf names = {0};
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        suggest_offer(&suggest, person_fields[i].name);
        strbuf_format(&names, "%s%s", i > 0 ? " " : "", person_fields[i].name);
    }
    if (suggest.best != NULL)
        error_set(err, ERROR_USAGE, _("there is no field \"%s\"; did you mean \"%s\"?"), name,
            suggest.best);
    else
        error_set(err, ERROR_USAGE, _("a person has no \"%s\"; there are: %s"), name,
            strbuf_text(&names));
    strbuf_clear(&names);
    return false;
}

static bool read_argument(struct making *making, const struct argument *argument, struct error *err)
{
    if (strcmp(argument->name, "reason") == 0)
        return people_reason(making->model, argument->value, &making->change, err);
    const struct field *field = person_field(argument->name);
    if (field == NULL)
        return refuse_name(argument->name, err);
    char **after = &making->after[field - person_fields];
    free(*after);
    *after = NULL;
    if (field_read(model_units(making->model), field, argument->value, after, err))
        return true;
    *after = alloc_string("");
    return false;
}

static bool read_arguments(
    struct making *making, const struct argument *argument, size_t count, struct error *err)
{
    bool good = true;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        making->after[i] = alloc_string(making->before[i]);
    for (size_t i = 0; good && i < count; i++)
        good = read_argument(making, &argument[i], err);
    char **disabled = &making->after[PERSON_DISABLED];
    if (strcmp(*disabled, "1") != 0) { /* taken away or "no", it is as it begins */
        free(*disabled);
        *disabled = alloc_string(making->id != 0 ? "0" : "");
    }
    return good;
}

/* --- what must hold -------------------------------------------------------------------------- */

bool people_is_login(const char *login)
{
    size_t length = strlen(login);
    return length > 0 && length <= PERSON_LOGIN_MOST && login[0] >= 'a' && login[0] <= 'z' &&
           strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789._-") == length;
}

static bool login_fits(const struct making *making, struct error *err)
{
    const char *login = making->after[PERSON_LOGIN];
    if (making->id != 0)
        return strcmp(login, making->before[PERSON_LOGIN]) == 0 ||
               error_set(err, ERROR_INPUT,
                   _("a login stays: what a person did, began to write and has seen is kept under "
                     "it; "
                     "disable %s and add another"),
                   making->before[PERSON_LOGIN]);
    return people_is_login(login) ||
           error_set(err, ERROR_INPUT,
               _("\"%s\" is no login: a small letter, then at most %d more of a-z 0-9 . _ -"),
               login, PERSON_LOGIN_MOST - 1);
}

static bool name_fits(const struct making *making, struct error *err)
{
    const char *name = making->after[PERSON_NAME];
    if (name[0] == '\0')
        return error_set(
            err, ERROR_INPUT, _("%s needs a name: name=..."), making->after[PERSON_LOGIN]);
    return text_width(name) <= PERSON_NAME_MOST ||
           error_set(err, ERROR_INPUT, _("a name has at most %d columns: \"%s\""), PERSON_NAME_MOST,
               name);
}

/* What the role sees without a reach of its own follows from it. */
static bool role_fits(const struct making *making, struct error *err)
{
    const char *role = making->after[PERSON_ROLE];
    if (role[0] == '\0')
        return error_set(err, ERROR_INPUT,
            _("%s needs a role: role=viewer, reporter, department, officer or admin"),
            making->after[PERSON_LOGIN]);
    if (strcmp(role, person_roles[PERSON_REPORTER].name) == 0 &&
        making->after[PERSON_REGION][0] == '\0')
        return error_set(
            err, ERROR_INPUT, _("a reporter needs the region they report for: region=..."));
    return strcmp(role, person_roles[PERSON_DEPARTMENT].name) != 0 ||
           making->after[PERSON_DEPARTMENT_NAME][0] != '\0' ||
           error_set(err, ERROR_INPUT, _("department staff need their department: department=..."));
}

static bool reach_fits(const struct making *making, struct error *err)
{
    const char *reach = making->after[PERSON_REACH];
    struct query_error wrong = {0};
    struct query *query = NULL;
    struct sql sql = {0};
    if (reach[0] == '\0')
        return true;
    bool fits = query_parse(reach, &query, &wrong) &&
                query_sql_condition(making->model, query, &sql, &wrong);
    query_free(query);
    sql_clear(&sql);
    if (!fits)
        query_error_show(reach, &wrong, err);
    return fits;
}

/* Whoever acts could not put it right again. */
static bool is_not_oneself(const struct making *making, struct error *err)
{
    const struct person *person = model_person(making->model);
    if (making->id == 0 || making->id != person->id)
        return true;
    if (strcmp(making->after[PERSON_DISABLED], "1") == 0)
        return error_set(
            err, ERROR_REFUSED, _("you cannot disable yourself; another administrator can"));
    return strcmp(making->after[PERSON_ROLE], person_roles[PERSON_ADMIN].name) == 0 ||
           error_set(err, ERROR_REFUSED,
               _("you cannot take the administration from yourself; another administrator can"));
}

static bool is_free(const struct making *making, struct error *err)
{
    struct db_statement *row;
    if (making->id != 0)
        return true;
    if (!db_statement(making->db, PERSON_OF_LOGIN, &row, err))
        return false;
    db_bind_text(row, 1, making->after[PERSON_LOGIN]);
    enum db_step step = db_step(row, err);
    db_reset(row);
    return step == DB_ROW ? error_set(err, ERROR_REFUSED, _("the login \"%s\" is recorded already"),
                                making->after[PERSON_LOGIN])
                          : step == DB_DONE;
}

static bool all_fits(const struct making *making, struct error *err)
{
    return login_fits(making, err) && name_fits(making, err) && role_fits(making, err) &&
           reach_fits(making, err) && is_not_oneself(making, err) && is_free(making, err);
}

/* --- writing --------------------------------------------------------------------------------- */

static void bind_unit(struct db_statement *row, int index, const char *id)
{
    if (id[0] == '\0')
        db_bind_null(row, index);
    else
        db_bind_int(row, index, strtoll(id, NULL, 10));
}

static bool write_row(const struct making *making, struct error *err)
{
    struct db_statement *row;
    if (!db_statement(making->db, making->id == 0 ? PERSON_ADD : PERSON_WRITE, &row, err))
        return false;
    db_bind_text(row, 1, making->after[PERSON_LOGIN]);
    db_bind_text(row, 2, making->after[PERSON_NAME]);
    db_bind_text(row, 3, making->after[PERSON_ROLE]);
    db_bind_text(row, 4, making->after[PERSON_REACH]);
    bind_unit(row, 5, making->after[PERSON_REGION]);
    bind_unit(row, 6, making->after[PERSON_DEPARTMENT_NAME]);
    db_bind_text(row, 7, making->after[PERSON_PHONE]);
    db_bind_int(row, 8, strcmp(making->after[PERSON_DISABLED], "1") == 0);
    return db_run(row, err);
}

static const char *action_of(const struct making *making)
{
    if (making->id == 0)
        return "person_add";
    if (strcmp(making->before[PERSON_DISABLED], making->after[PERSON_DISABLED]) == 0)
        return "person_edit";
    return strcmp(making->after[PERSON_DISABLED], "1") == 0 ? "person_disable" : "person_enable";
}

static bool write_person(struct making *making, struct error *err)
{
    struct change *change = &making->change;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        char name[32];
        snprintf(name, sizeof name, "person.%s", person_fields[i].name);
        change_put(change, name, making->before[i], making->after[i]);
    }
    return change->count == 0 ||
           (write_row(making, err) && people_line(making->model, action_of(making),
                                          making->after[PERSON_LOGIN], change, err));
}

/* --- a change -------------------------------------------------------------------------------- */

static char *id_text(int64_t id)
{
    return id != 0 ? alloc_format("%" PRId64, id) : alloc_string("");
}

/* What is recorded, else what a new person begins with. */
static bool read_before(struct making *making, const char *login, struct error *err)
{
    struct person_record record = {0};
    if (login != NULL && !people_find(making->db, login, &record, err))
        return false;
    const struct person *person = &record.person;
    const char *const texts[PERSON_FIELD_COUNT] = {[PERSON_LOGIN] = person->login,
        [PERSON_NAME] = person->name,
        [PERSON_ROLE] = login != NULL ? person_roles[person->role].name : "",
        [PERSON_REACH] = record.own_reach,
        [PERSON_PHONE] = record.phone,
        [PERSON_DISABLED] = login == NULL     ? ""
                            : record.disabled ? "1"
                                              : "0"};
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        if (i != PERSON_REGION && i != PERSON_DEPARTMENT_NAME)
            making->before[i] = alloc_string(texts[i] != NULL ? texts[i] : "");
    making->before[PERSON_REGION] = id_text(person->region_id);
    making->before[PERSON_DEPARTMENT_NAME] = id_text(person->department_id);
    making->id = person->id;
    person_record_clear(&record);
    return true;
}

static bool make(struct model *model, const char *login, const struct argument *argument,
    size_t count, struct error *err)
{
    struct making making = {.model = model, .db = model_db(model)};
    if (!people_begin(model, err))
        return false;
    bool done = read_before(&making, login, err) && read_arguments(&making, argument, count, err) &&
                all_fits(&making, err) && write_person(&making, err);
    making_clear(&making);
    return people_end(model, done, err);
}

bool people_add(
    struct model *model, const struct argument *argument, size_t count, struct error *err)
{
    return make(model, NULL, argument, count, err);
}

bool people_change(struct model *model, const char *login, const struct argument *argument,
    size_t count, struct error *err)
{
    return make(model, login, argument, count, err);
}
