/* `duban check`: each part of the database in turn, worst trouble first. */
#include <stdio.h>

#include "base/language.h"
#include "cli_commands.h"
#include "model/counts.h"
#include "model/history.h"
#include "model/search.h"
#include "store/db.h"

#define INDEX_MOST 2000 /* tasks indexed in one turn at the gate */
#define SAID_MOST 50    /* complaints of one part that are printed; the rest are counted */

struct checking {
    struct cli *cli;
    struct model *model;
    bool repair;
    int64_t complaints; /* of the part being checked */
    bool wrong;         /* something is, and stays so */
};

static void say(void *context, const char *text)
{
    struct checking *checking = context;
    struct strbuf line = {0};
    if (++checking->complaints > SAID_MOST)
        return;
    strbuf_format(&line, "  %s\n", text);
    cli_print(checking->cli, strbuf_text(&line));
    strbuf_clear(&line);
}

static void report(struct checking *checking, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void report(struct checking *checking, const char *format, ...)
{
    struct strbuf line = {0};
    va_list args;
    if (checking->complaints > SAID_MOST) {
        strbuf_format(&line, _("  and %lld more"), (long long)checking->complaints - SAID_MOST);
        strbuf_add_char(&line, '\n');
    }
    va_start(args, format);
    strbuf_vformat(&line, format, args);
    va_end(args);
    strbuf_add_char(&line, '\n');
    cli_print(checking->cli, strbuf_text(&line));
    strbuf_clear(&line);
    checking->complaints = 0;
}

/* The file before the model, which could not be opened upon a badly damaged one. */
static bool check_file(struct checking *checking, struct error *err)
{
    struct db *db;
    if (!db_open(checking->cli->database, DB_READ_ONLY, &db, err))
        return false;
    int version = db_schema_version(db);
    bool good = db_integrity(db, say, checking, err);
    db_close(db);
    if (!good)
        return false;
    if (checking->complaints == 0) {
        report(checking, _("file: sound, schema %d"), version);
        return true;
    }
    checking->wrong = true;
    report(checking,
        _("file: faults found: %lld; keep a copy of it and go back to the last sound backup"),
        (long long)checking->complaints);
    return true;
}

static bool check_counts(struct checking *checking, struct error *err)
{
    if (!counts_check(checking->model, checking->repair, say, checking, err))
        return false;
    long long found = checking->complaints;
    if (found == 0) {
        report(checking, _("counts: right"));
    } else if (checking->repair) {
        report(checking, _("counts: wrong: %lld; they were counted again"), found);
    } else {
        checking->wrong = true;
        report(checking, _("counts: wrong: %lld; \"duban check --repair\" counts again"), found);
    }
    return true;
}

static bool check_history(struct checking *checking, struct error *err)
{
    int64_t broken, outside;
    if (!history_check(checking->model, &broken, &outside, say, checking, err))
        return false;
    if (broken > 0) {
        checking->wrong = true;
        report(checking, _("history: places tampered with: %lld; changes made outside duban: %lld"),
            (long long)broken, (long long)outside);
    } else {
        report(checking, _("history: whole; changes made outside duban: %lld"), (long long)outside);
    }
    return true;
}

static bool count_waiting(struct model *model, int64_t *count, struct error *err)
{
    struct db_statement *statement;
    if (!db_statement(model_db(model), CHECK_SEARCH_WAITING, &statement, err))
        return false;
    enum db_step step = db_step(statement, err);
    if (step == DB_ROW)
        *count = db_int(statement, 0);
    db_reset(statement);
    return step == DB_ROW;
}

static bool index_waiting(struct db *db, struct error *err)
{
    int done = INDEX_MOST;
    while (done == INDEX_MOST) {
        if (!db_write_begin(db, err))
            return false;
        if (!search_refresh(db, INDEX_MOST, &done, err)) {
            db_write_rollback(db);
            return false;
        }
        if (!db_write_commit(db, err))
            return false;
    }
    return true;
}

/* Tasks that wait are found all the same, by reading them: no fault, only slower. */
static bool check_search(struct checking *checking, struct error *err)
{
    int64_t waiting = 0;
    if (!count_waiting(checking->model, &waiting, err))
        return false;
    if (waiting == 0) {
        report(checking, _("search: every task is indexed"));
    } else if (checking->repair) {
        if (!index_waiting(model_db(checking->model), err))
            return false;
        report(checking, _("search: indexed now: %lld"), (long long)waiting);
    } else {
        report(checking,
            _("search: tasks that wait for the index: %lld; the next change or --repair does it"),
            (long long)waiting);
    }
    return true;
}

/* Working days are counted by a calendar that ends: said in time, it is no fault of the database.
 */
static void check_calendar(struct checking *checking)
{
    const struct rules *rules = model_rules(checking->model);
    int first, last, year, month, day;
    date_parts(date_today(), &year, &month, &day);
    if (rules->holidays == NULL) {
        report(
            checking, _("calendar: no public holidays known; working days are Monday to Friday"));
        return;
    }
    holidays_span(rules->holidays, &first, &last);
    if (holidays_knows(rules->holidays, year))
        report(checking, _("calendar: public holidays known from %d to %d"), first, last);
    else
        report(checking,
            _("calendar: public holidays known from %d to %d, not for %d: until they are added to "
              "\"%s\", working days are Monday to Friday"),
            first, last, year, holidays_file(rules->holidays));
}

int cli_check(struct cli *cli, struct error *err)
{
    struct checking checking = {.cli = cli};
    checking.repair = cli_take_option(cli, "--repair", NULL, err);
    if (!cli_arguments_end(cli, 0, 0, err))
        return EXIT_USAGE;
    if (checking.repair && cli->read_only) {
        error_set(err, ERROR_USAGE, _("--repair writes; leave --read-only out"));
        return EXIT_USAGE;
    }
    if (!check_file(&checking, err) || !cli_open_model(cli, !checking.repair, &checking.model, err))
        return cli_status(err);
    bool good = check_counts(&checking, err) && check_history(&checking, err) &&
                check_search(&checking, err);
    if (good)
        check_calendar(&checking);
    model_close(checking.model);
    if (!good)
        return cli_status(err);
    return checking.wrong ? EXIT_FAILED : EXIT_DONE;
}
