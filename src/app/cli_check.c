/* `duban check`: each part of the database in turn, worst trouble first. */
#include <stdio.h>

#include "base/holidays.h"
#include "base/language.h"
#include "cli_commands.h"
#include "exchange/json_write.h"
#include "model/check.h"
#include "model/rules.h"
#include "store/db.h"

#define SAID_MOST 50 /* findings of one part that are printed; the rest are counted */

struct checking {
    struct cli *cli;
    struct model *model;
    struct findings findings;
    struct json *json; /* NULL: lines for a person */
    int64_t said;      /* findings of the part being checked */
    int64_t faults;    /* those of them that are faults */
    bool damaged;      /* the file itself is */
    bool wrong;        /* something is, and stays so */
};

static void say(void *context, const struct finding *finding)
{
    struct checking *checking = context;
    struct strbuf line = {0};
    bool fault = finding_kinds[finding->kind].fault;
    checking->faults += fault;
    checking->wrong |= fault && !finding->repaired;
    if (checking->json != NULL) {
        json_finding(checking->json, finding);
        return;
    }
    if (++checking->said > SAID_MOST)
        return;
    strbuf_format(&line, "  %s\n", finding->text);
    cli_print(checking->cli, strbuf_text(&line));
    strbuf_clear(&line);
}

static void report(struct checking *checking, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The line that ends a part. */
static void report(struct checking *checking, const char *format, ...)
{
    struct strbuf line = {0};
    va_list args;
    if (checking->said > SAID_MOST) {
        strbuf_format(&line, _("  and %lld more"), (long long)checking->said - SAID_MOST);
        strbuf_add_char(&line, '\n');
    }
    va_start(args, format);
    strbuf_vformat(&line, format, args);
    va_end(args);
    strbuf_add_char(&line, '\n');
    if (checking->json == NULL)
        cli_print(checking->cli, strbuf_text(&line));
    strbuf_clear(&line);
    checking->said = checking->faults = 0;
}

/* --- the parts ------------------------------------------------------------------------------- */

static void note_damage(void *context, const char *complaint, bool of_value)
{
    struct checking *checking = context;
    checking->damaged |= !of_value;
    findings_add(&checking->findings, FOUND_FILE, "", 0, "%s", complaint);
}

/* The file before the model, which could not be opened upon a badly damaged one. */
static bool check_file(struct checking *checking, struct error *err)
{
    struct db *db;
    if (!db_open(checking->cli->database, DB_READ_ONLY, &db, err) &&
        !(cli_upgrade(checking->cli, err) &&
            db_open(checking->cli->database, DB_READ_ONLY, &db, err)))
        return false;
    int version = db_schema_version(db);
    bool good = db_integrity(db, note_damage, checking, err);
    db_close(db);
    if (!good)
        return false;
    if (checking->faults == 0)
        report(checking, _("file: sound, schema %d"), version);
    else
        report(checking,
            _("file: faults found: %lld; keep a copy of it and go back to the last sound backup"),
            (long long)checking->faults);
    return true;
}

static bool repair_first(struct checking *checking, struct error *err)
{
    if (checking->damaged) {
        report(checking, _("repair: nothing was touched, because the file is damaged"));
        return true;
    }
    if (!check_repair(checking->model, &checking->findings, err))
        return false;
    if (checking->said == 0)
        report(checking, _("repair: nothing to do"));
    else
        report(checking, _("repaired: %lld"), (long long)checking->said);
    return true;
}

static bool schema_of(struct checking *checking, struct db *db, struct error *err)
{
    if (!check_schema(db, &checking->findings, err))
        return false;
    if (checking->faults == 0)
        report(checking, _("schema: as duban made it"));
    else
        report(checking,
            _("schema: wrong: %lld; \"duban check --repair\" makes all but tables again"),
            (long long)checking->faults);
    return true;
}

static bool schema(struct checking *checking, struct error *err)
{
    return schema_of(checking, model_db(checking->model), err);
}

static bool references(struct checking *checking, struct error *err)
{
    if (!check_references(checking->model, &checking->findings, err))
        return false;
    if (checking->faults == 0)
        report(checking, _("references: whole"));
    else
        report(checking,
            _("references: wrong: %lld; \"duban check --repair\" puts first regions and drafts "
              "right, a backup has what is missing"),
            (long long)checking->faults);
    return true;
}

static bool counts(struct checking *checking, struct error *err)
{
    if (!check_counts(checking->model, &checking->findings, err))
        return false;
    if (checking->faults == 0)
        report(checking, _("counts: right"));
    else
        report(checking, _("counts: wrong: %lld; \"duban check --repair\" counts again"),
            (long long)checking->faults);
    return true;
}

static bool history(struct checking *checking, struct error *err)
{
    int64_t outside;
    if (!check_history(checking->model, &checking->findings, &outside, err))
        return false;
    if (checking->faults == 0)
        report(checking, _("history: whole; changes made outside duban: %lld"), (long long)outside);
    else
        report(checking, _("history: places tampered with: %lld; changes made outside duban: %lld"),
            (long long)checking->faults, (long long)outside);
    return true;
}

static bool states(struct checking *checking, struct error *err)
{
    int64_t before = checking->findings.count[FOUND_OUTSIDE];
    if (!check_states(checking->model, &checking->findings, err))
        return false;
    long long outside = checking->findings.count[FOUND_OUTSIDE] - before;
    if (checking->faults == 0)
        report(checking, _("states: as the workflow has them; moved outside duban: %lld"), outside);
    else
        report(checking,
            _("states: wrong: %lld; moved outside duban: %lld; ask who decided what, and set the "
              "task right or go back to a backup"),
            (long long)checking->faults, outside);
    return true;
}

static bool facts(struct checking *checking, struct error *err)
{
    if (!check_facts(checking->model, &checking->findings, err))
        return false;
    if (checking->faults == 0)
        report(checking, _("tasks: each has what its state needs"));
    else
        report(checking,
            _("tasks: wrong: %lld; \"duban check --repair\" puts the last period reported right, "
              "the others are for a person"),
            (long long)checking->faults);
    return true;
}

/* Tasks that wait are found all the same, by reading them: no fault, only slower. */
static bool search(struct checking *checking, struct error *err)
{
    if (!check_search(checking->model, &checking->findings, err))
        return false;
    if (checking->faults > 0)
        report(checking, _("search: wrong; \"duban check --repair\" indexes again"));
    else if (checking->said > 0)
        report(checking, _("search: right; the next change or --repair indexes what waits"));
    else
        report(checking, _("search: every task is indexed"));
    return true;
}

static bool left_over(struct checking *checking, struct error *err)
{
    if (!check_left_over(checking->model, &checking->findings, err))
        return false;
    if (checking->said == 0)
        report(checking, _("left over: nothing"));
    else
        report(checking, _("left over: drafts of %lld who are gone; they wait for their writer"),
            (long long)checking->said);
    return true;
}

/* Working days are counted by a calendar that ends: said in time, it is no fault of the database.
 */
static bool calendar(struct checking *checking, struct error *err)
{
    const struct rules *rules = model_rules(checking->model);
    struct strbuf line = {0};
    int first, last, year, month, day;
    (void)err;
    date_parts(date_today(), &year, &month, &day);
    bool known = rules->holidays != NULL && holidays_knows(rules->holidays, year);
    if (rules->holidays != NULL)
        holidays_span(rules->holidays, &first, &last);
    if (known)
        strbuf_format(&line, _("calendar: public holidays known from %d to %d"), first, last);
    else if (rules->holidays == NULL)
        strbuf_add(
            &line, _("calendar: no public holidays known; working days are Monday to Friday"));
    else
        strbuf_format(&line,
            _("calendar: public holidays known from %d to %d, not for %d: until they are added to "
              "\"%s\", working days are Monday to Friday"),
            first, last, year, holidays_file(rules->holidays));
    if (!known && checking->json != NULL)
        findings_add(&checking->findings, FOUND_CALENDAR, "", 0, "%s", strbuf_text(&line));
    report(checking, "%s", strbuf_text(&line));
    strbuf_clear(&line);
    return true;
}

static bool (*const parts[])(struct checking *checking, struct error *err) = {
    schema, references, counts, history, states, facts, search, left_over, calendar};

/* A model that cannot be opened may lack a table. */
static void tell_why_not(struct checking *checking)
{
    struct error ignored;
    struct db *db;
    if (!db_open(checking->cli->database, DB_READ_ONLY, &db, &ignored))
        return;
    schema_of(checking, db, &ignored);
    db_close(db);
}

/* Who acts as a person is asked before the file is read from end to end, and told nothing of it. */
static bool may_check(struct cli *cli, struct error *err)
{
    struct model *model;
    if (!cli->confined)
        return true;
    if (!cli_open_model(cli, true, &model, err))
        return false;
    bool may = check_permitted(model, err);
    model_close(model);
    return may;
}

static bool check_parts(struct checking *checking, bool repairs, struct error *err)
{
    struct cli *cli = checking->cli;
    if (!may_check(cli, err) || !check_file(checking, err))
        return false;
    if (!cli_open_model(cli, !repairs, &checking->model, err)) {
        tell_why_not(checking);
        return false;
    }
    bool good = check_permitted(checking->model, err) && (!repairs || repair_first(checking, err));
    for (size_t i = 0; good && i < sizeof parts / sizeof *parts; i++)
        good = parts[i](checking, err);
    model_close(checking->model);
    return good;
}

int cli_check(struct cli *cli, struct error *err)
{
    struct checking checking = {.cli = cli, .findings = {.say = say, .context = &checking}};
    bool repairs = cli_take_option(cli, "--repair", NULL, err);
    bool json = cli_take_option(cli, "--json", NULL, err);
    if (!cli_arguments_end(cli, 0, 0, err))
        return EXIT_USAGE;
    if (repairs && cli->read_only) {
        error_set(err, ERROR_USAGE, _("--repair writes; leave --read-only out"));
        return EXIT_USAGE;
    }
    if (json)
        checking.json = json_new(false, cli_write, cli);
    bool good = check_parts(&checking, repairs, err);
    if (json)
        json_end(checking.json);
    if (!good)
        return cli_status(err);
    return checking.wrong ? EXIT_FAILED : EXIT_DONE;
}
