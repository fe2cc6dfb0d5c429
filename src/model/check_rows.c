/* What stands in the rows, apart from the history: references, and what a task of a state must
 * have. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "check_parts.h"
#include "column.h"

/* --- references the schema knows ------------------------------------------------------------- */

static void say_reference(void *context, const char *table, int64_t row, const char *named)
{
    if (row != 0)
        findings_add(context, FOUND_REFERENCE, "", 0,
            _("row %" PRId64 " of %s names a %s that is not there"), row, table, named);
    else
        findings_add(context, FOUND_REFERENCE, "", 0, _("a row of %s names a %s that is not there"),
            table, named);
}

/* --- rules ----------------------------------------------------------------------------------- */

/* One rule: a statement that gives the rows that break it. Its columns are the identity of the task
 * (code, number, part), then one or two texts for the sentence. */
struct rule {
    enum statement rows;
    enum finding_kind kind;
    const char *sentence; /* N_(); told the task, then the texts */
};

static const struct rule references[] = {
    {CHECK_PARENTS, FOUND_REFERENCE,
        N_("%s is a part of %s, but has not its source and number, or that is a part itself")},
    {CHECK_OBJECTIONS, FOUND_REFERENCE,
        N_("%s has an objection of %s to the public notice of another task")},
    {CHECK_FIRST_REGION, FOUND_REGION, N_("%s is not listed first under its own region, %s")},
    {CHECK_OTHER_REGION, FOUND_REGION,
        N_("%s is listed first under %s, though its first region is %s")},
};

static const struct rule facts[] = {
    {CHECK_NO_LINE, FOUND_STATE,
        N_("%s has no line of the history: it was put into the file in duban's name")},
    {CHECK_CLOSED, FOUND_FACT,
        N_("%s is closed without a day or a document: reopen it, and close it again with both")},
    {CHECK_PUBLICISED, FOUND_FACT,
        N_("%s is publicised without a public notice: send it back, and publicise it again")},
    {CHECK_REVIEWED, FOUND_FACT,
        N_("%s was put on public notice on %s before a review had passed: record the review")},
    {CHECK_LISTED, FOUND_FACT,
        N_("%s is marked as publicly listed, but no such notice stands: issue the notice, or lift "
           "the mark")},
    {CHECK_NOT_LISTED, FOUND_FACT,
        N_("%s has a notice of public listing of %s that stands, but is not marked as listed: lift "
           "the notice")},
    {CHECK_REPORTED, FOUND_REPORTED,
        N_("%s was last reported for the period from \"%s\", but its newest report is from "
           "\"%s\"")},
};

static bool follow(
    struct db *db, const struct rule *rule, struct findings *findings, struct error *err)
{
    struct db_statement *rows;
    enum db_step step;
    if (!db_statement(db, rule->rows, &rows, err))
        return false;
    while ((step = db_step(rows, err)) == DB_ROW) {
        char ident[IDENT_ROOM], one[64], two[64];
        column_ident(rows, 0, ident);
        column_copy(rows, 3, one, sizeof one);
        column_copy(rows, 4, two, sizeof two);
        findings_add(findings, rule->kind, ident, 0, _(rule->sentence), ident, one, two);
    }
    db_reset(rows);
    return step != DB_FAILED;
}

static bool follow_all(struct model *model, const struct rule *rules, size_t count,
    bool derived_only, struct findings *findings, struct error *err)
{
    struct db *db = model_db(model);
    if (!db_read_begin(db, err))
        return false;
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        bool derived = rules[i].kind == FOUND_REGION || rules[i].kind == FOUND_REPORTED;
        if (derived || !derived_only)
            good = follow(db, &rules[i], findings, err);
    }
    db_read_end(db);
    return good;
}

#define COUNT(rules) (sizeof rules / sizeof *rules)

bool check_references(struct model *model, struct findings *findings, struct error *err)
{
    return db_references(model_db(model), say_reference, findings, err) &&
           follow_all(model, references, COUNT(references), false, findings, err);
}

bool check_facts(struct model *model, struct findings *findings, struct error *err)
{
    return follow_all(model, facts, COUNT(facts), false, findings, err);
}

bool check_derived(struct model *model, struct findings *findings, struct error *err)
{
    return follow_all(model, references, COUNT(references), true, findings, err) &&
           follow_all(model, facts, COUNT(facts), true, findings, err);
}
