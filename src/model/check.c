#include "model/check.h"

#include <inttypes.h>
#include <pwd.h>

#include "base/language.h"
#include "base/text.h"
#include "check_parts.h"
#include "column.h"

const struct finding_kind_row finding_kinds[FINDING_KIND_COUNT] = {
    [FOUND_FILE] = {"file", true},
    [FOUND_SCHEMA] = {"schema", true},
    [FOUND_REFERENCE] = {"reference", true},
    [FOUND_COUNTS] = {"counts", true},
    [FOUND_HISTORY] = {"history", true},
    [FOUND_STATE] = {"state", true},
    [FOUND_UNDO] = {"undo", true},
    [FOUND_FACT] = {"fact", true},
    [FOUND_REGION] = {"region", true},
    [FOUND_REPORTED] = {"reported", true},
    [FOUND_SEARCH] = {"search", true},
    [FOUND_OUTSIDE] = {"outside", false},
    [FOUND_CLOCK] = {"clock", false},
    [FOUND_WAITING] = {"waiting", false},
    [FOUND_DRAFT] = {"draft", false},
    [FOUND_CALENDAR] = {"calendar", false},
};

void findings_add(struct findings *findings, enum finding_kind kind, const char *ident, int64_t seq,
    const char *format, ...)
{
    struct strbuf text = {0}, clean = {0};
    va_list args;
    va_start(args, format);
    strbuf_vformat(&text, format, args);
    va_end(args);
    text_scrub(&clean, strbuf_text(&text), text.length, TEXT_ONE_LINE);
    const struct finding finding = {
        .kind = kind, .ident = ident, .seq = seq, .text = strbuf_text(&clean)};
    findings->count[kind]++;
    findings->say(findings->context, &finding);
    strbuf_clear(&text);
    strbuf_clear(&clean);
}

bool check_permitted(struct model *model, struct error *err)
{
    if (model_reach(model) == NULL)
        return true;
    return error_set(err, ERROR_PERMISSION,
        _("%s sees only some of the tasks, and a check looks at all of them: an administrator can "
          "make it"),
        model_person(model)->name);
}

/* --- the schema ------------------------------------------------------------------------------ */

void check_say_object(void *context, const char *type, const char *name, bool there)
{
    if (there)
        findings_add(
            context, FOUND_SCHEMA, "", 0, _("the %s %s is not as duban made it"), type, name);
    else
        findings_add(context, FOUND_SCHEMA, "", 0, _("the %s %s is missing"), type, name);
}

bool check_schema(struct db *db, struct findings *findings, struct error *err)
{
    return db_schema_check(db, check_say_object, findings, err);
}

/* --- the search index ------------------------------------------------------------------------ */

static bool read_number(struct db *db, enum statement id, int64_t *number, struct error *err)
{
    struct db_statement *query;
    if (!db_statement(db, id, &query, err))
        return false;
    enum db_step step = db_step(query, err);
    *number = step == DB_ROW ? db_int(query, 0) : 0;
    db_reset(query);
    return step != DB_FAILED;
}

bool check_search(struct model *model, struct findings *findings, struct error *err)
{
    struct db *db = model_db(model);
    int64_t missing, extra, waiting;
    if (!read_number(db, SEARCH_MISSING, &missing, err) ||
        !read_number(db, SEARCH_EXTRA, &extra, err) ||
        !read_number(db, SEARCH_WAITING, &waiting, err))
        return false;
    if (missing > 0)
        findings_add(findings, FOUND_SEARCH, "", 0,
            _("tasks that the search index has lost, so that a search passes them over: %" PRId64),
            missing);
    if (extra > 0)
        findings_add(findings, FOUND_SEARCH, "", 0,
            _("entries of the search index that belong to no task: %" PRId64), extra);
    if (waiting > 0)
        findings_add(findings, FOUND_WAITING, "", 0,
            _("tasks that wait for the search index, and are read one by one until then: %" PRId64),
            waiting);
    return true;
}

/* --- what was left over ---------------------------------------------------------------------- */

/* By login or name; an account of the machine may write without being recorded. */
static void look_at_draft(struct db_statement *row, struct findings *findings)
{
    const char *person = db_text(row, 0);
    if (getpwnam(person) == NULL)
        findings_add(findings, FOUND_DRAFT, "", 0,
            _("drafts of \"%s\", who is no person of this board any more: %" PRId64), person,
            db_int(row, 1));
}

bool check_each(struct db *db, enum statement id, struct findings *findings,
    void (*look)(struct db_statement *row, struct findings *findings), struct error *err)
{
    struct db_statement *rows;
    enum db_step step;
    if (!db_statement(db, id, &rows, err))
        return false;
    while ((step = db_step(rows, err)) == DB_ROW)
        look(rows, findings);
    db_reset(rows);
    return step != DB_FAILED;
}

bool check_left_over(struct model *model, struct findings *findings, struct error *err)
{
    return check_each(model_db(model), CHECK_DRAFTS, findings, look_at_draft, err);
}
