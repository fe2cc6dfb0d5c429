/* What a check finds in a database that was sound: each sort of damage is named, what follows from
 * other rows is put right, and no damage to a single cell brings the program down. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/files.h"
#include "harness/folder.h"
#include "harness/found.h"
#include "model/history.h"
#include "model/sample.h"
#include "model/undo.h"
#include "model/work.h"

/* Copies of one database with all of sample-data, made once. */
struct fixture {
    void *folder;
    char sound[256], path[256];
};

static int make_sound(void **state)
{
    static struct fixture fixture;
    struct error err = {0};
    struct db *db = NULL;
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    *state = &fixture;
    if (folder_set_up(&fixture.folder) != 0)
        return -1;
    folder_file(fixture.folder, "sound.db", fixture.sound);
    folder_file(fixture.folder, "a.db", fixture.path);
    if (!db_open(fixture.path, DB_CREATE, &db, &err))
        return -1;
    db_close(db);
    struct model *model = database_open(fixture.path);
    bool good = sample_load(model, "sample-data", &err) &&
                db_backup(model_db(model), fixture.sound, &err); /* one file, without a log */
    model_close(model);
    return good ? 0 : -1;
}

static int remove_sound(void **state)
{
    struct fixture *fixture = *state;
    unsetenv("DUBAN_NOW");
    return folder_tear_down(&fixture->folder);
}

static int take_copy(void **state)
{
    struct fixture *fixture = *state;
    struct strbuf command = {0}, said = {0};
    strbuf_format(
        &command, "rm -f '%s'* && cp '%s' '%s'", fixture->path, fixture->sound, fixture->path);
    bool good = command_run(strbuf_text(&command), &said);
    strbuf_clear(&command);
    strbuf_clear(&said);
    return good ? 0 : -1;
}

static void copy_again(struct fixture *fixture)
{
    void *state = fixture;
    assert_int_equal(take_copy(&state), 0);
}

/* --- damage ---------------------------------------------------------------------------------- */

/* A task of the sample by its number, as SQL. */
#define TASK(number)                                                                               \
    "(SELECT id FROM task WHERE source_id = 1 AND part = 0 AND number = '" number "')"
/* As duban marks what it writes itself. */
#define SILENT ", version = version + 1 WHERE id = "
/* The newest line of a task by one action. */
#define LINE(number, action)                                                                       \
    "(SELECT max(seq) FROM event WHERE action = '" action "' AND task_id = " TASK(number) ")"
/* What a tamperer has to take away first. */
#define UNLOCK                                                                                     \
    "PRAGMA ignore_check_constraints = ON;"                                                        \
    "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; DROP TRIGGER event_no_replace;"   \
    "DROP TRIGGER event_change_no_update; DROP TRIGGER event_change_no_delete;"

struct damage {
    const char *sql;
    enum finding_kind kind;
    const char *words;
    bool derived; /* --repair puts it right */
};

static const struct damage damages[] = {
    /* rows against the history */
    {"UPDATE task SET state = 'submitted'" SILENT TASK("029"), FOUND_STATE,
        "2-029: \"state\" is \"submitted for review\", but its history leads to \"in progress\"",
        false},
    {"UPDATE task SET returned = 0" SILENT TASK("047"), FOUND_STATE,
        "2-047: \"marked as sent back\" is \"no\", but its history leads to \"yes\"", false},
    {"UPDATE task SET listed = 0" SILENT TASK("012"), FOUND_STATE, "2-012: \"publicly listed\" is",
        false},
    {"UPDATE task SET deadline = '2029-01-01'" SILENT TASK("051"), FOUND_STATE,
        "2-051: \"deadline\" is \"2029-01-01\", but its history leads to \"2026-12-20\"", false},
    {"PRAGMA ignore_check_constraints = ON; UPDATE task SET state = 'gone'" SILENT TASK("029"),
        FOUND_STATE, "2-029: \"state\" is \"gone\"", false},
    {"UPDATE task SET version = -1 WHERE id = " TASK("029") "; DELETE FROM task WHERE id = " TASK(
         "029"),
        FOUND_REFERENCE, "is gone, and no line of the history tells of its deletion", false},
    {"INSERT INTO task (source_id, number, title, region_id, version) VALUES (1, '999', 't', 1, 1)",
        FOUND_STATE, "2-999 has no line of the history", false},
    /* the history against the workflow */
    {UNLOCK "UPDATE event SET action = 'edit' WHERE seq = " LINE("001", "close"), FOUND_STATE,
        "\"edited\" does not lead from \"on public notice\" to \"closed for good\"", false},
    {UNLOCK "UPDATE event SET action = 'close' WHERE seq = " LINE("029", "start"), FOUND_STATE,
        "\"task closed\" does not lead from \"not yet started\" to \"in progress\"", false},
    {UNLOCK "UPDATE event_change SET before = 'closed' WHERE field = 'state' AND seq = " LINE(
         "033", "submit"),
        FOUND_STATE, "\"state\" goes from \"closed for good\", but was \"in progress\" by then",
        false},
    {UNLOCK "UPDATE event_change SET after = 'nowhere' WHERE field = 'state' AND seq = " LINE(
         "033", "submit"),
        FOUND_STATE, "does not lead from \"in progress\" to \"nowhere\"", false},
    {UNLOCK "DELETE FROM event_change WHERE field = 'state' AND seq = " LINE("033", "submit"),
        FOUND_STATE, "\"submitted\" cannot leave a task that is \"in progress\" as it is", false},
    {UNLOCK "UPDATE event SET action = 'report' WHERE seq = " LINE("047", "return"), FOUND_STATE,
        "\"report\" does not change \"marked as sent back\" (\"no\" to \"yes\")", false},
    {UNLOCK "UPDATE event_change SET field = 'listed' WHERE field = 'percent' AND seq IN "
            "(SELECT max(seq) FROM event WHERE action = 'report')",
        FOUND_STATE, "\"report\" does not change \"publicly listed\"", false},
    {UNLOCK "UPDATE event SET action = 'refuse' WHERE seq = " LINE("051", "approve"), FOUND_STATE,
        "\"extension refused\" does not change \"deadline\" (\"2026-06-30\" to \"2026-12-20\")",
        false},
    {UNLOCK "UPDATE event SET action = 'edit' WHERE seq = " LINE("051", "approve"), FOUND_STATE,
        "\"edited\" does not change \"deadline\"", false},
    {UNLOCK "DELETE FROM event_change WHERE field = 'review' AND seq = " LINE("001", "pass"),
        FOUND_STATE, "put on public notice without a review passed since it was submitted", false},
    {UNLOCK "INSERT INTO event_change SELECT max(seq), 'deleted', 't', '' FROM event WHERE task_id "
            "= " TASK("029"),
        FOUND_STATE, "2-029 is there, though its history says that it was deleted", false},
    /* what a state needs */
    {"UPDATE task SET closed_on = NULL" SILENT TASK("001"), FOUND_FACT,
        "2-001 is closed without a day or a document", false},
    {"UPDATE task SET close_document = ''" SILENT TASK("001"), FOUND_FACT,
        "2-001 is closed without a day or a document", false},
    {"UPDATE publicity SET event_seq = -1; DELETE FROM publicity WHERE task_id = " TASK("021"),
        FOUND_FACT, "2-021 is publicised without a public notice", false},
    {"UPDATE review SET event_seq = -1; DELETE FROM review WHERE task_id = " TASK("001"),
        FOUND_FACT, "2-001 was put on public notice on 2022-03-11 before a review had passed",
        false},
    {"UPDATE notice SET lifted_on = issued_on, event_seq = 0 WHERE task_id = " TASK("012"),
        FOUND_FACT, "2-012 is marked as publicly listed, but no such notice stands", false},
    {"UPDATE notice SET lifted_on = NULL, event_seq = 0 WHERE level = 'listed'", FOUND_FACT,
        "has a notice of public listing of ", false},
    {"UPDATE task SET reported_on = '2030-01-01'" SILENT TASK("029"), FOUND_REPORTED,
        "2-029 was last reported for the period from \"2030-01-01\"", true},
    {"UPDATE task SET reported_on = ''" SILENT TASK("029"), FOUND_REPORTED,
        "2-029 was last reported for the period from \"\"", true},
    {"PRAGMA ignore_check_constraints = ON; UPDATE task SET reported_on = 'soon'" SILENT TASK(
         "029"),
        FOUND_REPORTED, "2-029 was last reported for the period from \"soon\"", true},
    /* references */
    {"UPDATE task SET lead_id = 9999" SILENT TASK("029"), FOUND_REFERENCE,
        "of task names a department that is not there", false},
    {"INSERT INTO person_key VALUES ('f', 9999, 'k', '')", FOUND_REFERENCE,
        "a row of person_key names a person that is not there", false},
    {"UPDATE task SET parent_id = " TASK("029") SILENT "(SELECT min(id) FROM task WHERE part = 1)",
        FOUND_REFERENCE, "is a part of 2-029, but has not its source and number", false},
    {"UPDATE objection SET task_id = " TASK("029") ", event_seq = 0 WHERE id = 1", FOUND_REFERENCE,
        "2-029 has an objection of 2026-11-18 to the public notice of another task", false},
    {"UPDATE task_region SET position = 7 WHERE position = 0 AND task_id = " TASK("029"),
        FOUND_REGION, "2-029 is not listed first under its own region", true},
    {"INSERT INTO task_region (region_id, task_id, event_seq) VALUES (90, " TASK(
         "029") ", 0);"
                "UPDATE task_region SET position = 0 WHERE region_id = 90 AND task_id = " TASK(
                    "029"),
        FOUND_REGION, "2-029 is listed first under ", true},
    {"DROP TRIGGER task_region_removed; UPDATE task_region SET event_seq = -1;"
     "DELETE FROM task_region WHERE position = 0 AND task_id = " TASK("029"),
        FOUND_REGION, "2-029 is not listed first under its own region", true},
    {"INSERT INTO draft (person, context, task_id, body, updated_at) VALUES ('lina', 'report', "
     "999, '{}', '')",
        FOUND_REFERENCE, "of draft names a task that is not there", true},
    /* counts and the index */
    {"UPDATE tally_total SET n = n + 1", FOUND_COUNTS, "the totals count", true},
    {"DELETE FROM tally_place", FOUND_COUNTS, "the tally counts 0 tasks, 0 open, 0 behind of ",
        true},
    {"UPDATE tally_place SET behind = behind + 1 WHERE own = 1", FOUND_COUNTS, ", its own, lead ",
        true},
    {"INSERT INTO tally_due VALUES ('2020-02-02', 1, 0, 0, 3)", FOUND_COUNTS, "due 2020-02-02",
        true},
    {"UPDATE tally_owed SET n = n + 2 WHERE own = 0", FOUND_COUNTS, ", reported ", true},
    {"INSERT INTO region_above VALUES (2, 90)", FOUND_COUNTS, " is held to lie in ", true},
    {"DELETE FROM region_above WHERE region_id > 90", FOUND_COUNTS, ", and is not held to", true},
    {"DELETE FROM search WHERE rowid IN (3, 4)", FOUND_SEARCH,
        "so that a search passes them over: 2", true},
    {"INSERT INTO search (rowid, title, body) VALUES (9999, 'a', 'b')", FOUND_SEARCH,
        "entries of the search index that belong to no task: 1", true},
    /* the schema */
    {"DROP TRIGGER event_no_update", FOUND_SCHEMA, "the trigger event_no_update is missing", true},
    {"DROP TRIGGER task_added; CREATE TRIGGER task_added AFTER INSERT ON task BEGIN SELECT 1; END",
        FOUND_SCHEMA, "the trigger task_added is not as duban made it", true},
    {"DROP INDEX task_due; DROP VIEW board_count", FOUND_SCHEMA, "the index task_due is missing",
        true},
    {"DROP TABLE reminder", FOUND_SCHEMA, "the table reminder is missing", false},
    /* no faults */
    {"UPDATE task SET title = '改名' WHERE id = " TASK("029"), FOUND_WAITING,
        "tasks that wait for the search index, and are read one by one until then: 1", true},
    {"INSERT INTO draft (person, context, body, updated_at) VALUES ('nobody-at-all', 'report', "
     "'{}', '')",
        FOUND_DRAFT, "drafts of \"nobody-at-all\", who is no person of this board any more: 1",
        false},
};

static void an_undamaged_database_passes(void **state)
{
    struct fixture *fixture = *state;
    struct found found;
    database_script(fixture->path, /* what others add is theirs */
        "CREATE TABLE scores (id); CREATE VIEW mine AS SELECT id FROM task;"
        "CREATE INDEX task_phone ON task (phone);");
    database_script(fixture->path, /* of those who are there */
        "INSERT INTO draft (person, context, body, updated_at) VALUES ('lina', 'a', '{}', ''), "
        "('李娜', 'a', '{}', ''), ('root', 'a', '{}', '')");
    found_in(fixture->path, &found);
    found_expect_nothing(&found);
    found_repairing(fixture->path, &found);
    found_expect_nothing(&found);
    assert_int_equal(database_number(fixture->path, "SELECT count(*) FROM draft"), 3);
}

static void each_damage_is_named_and_what_is_derived_repaired(void **state)
{
    struct fixture *fixture = *state;
    struct found found;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        const struct damage *damage = &damages[i];
        copy_again(fixture);
        database_script(fixture->path, damage->sql);
        int64_t lines = database_number(fixture->path, "SELECT count(*) FROM event");
        found_in(fixture->path, &found);
        found_expect(&found, damage->kind, damage->words);
        if (found.faults == 0 && finding_kinds[damage->kind].fault)
            fail_msg("no fault: %s", damage->sql);
        found_repairing(fixture->path, &found);
        if ((found.repaired[damage->kind] > 0) != damage->derived)
            fail_msg("%s: repaired otherwise than expected:\n%s", damage->sql, found.all);
        found_in(fixture->path, &found);
        if (damage->derived && (found.faults > 0 || found.kind[damage->kind] > 0))
            fail_msg("%s: left after the repair:\n%s", damage->sql, found.all);
        if (!damage->derived)
            found_expect(&found, damage->kind, damage->words);
        assert_int_equal(database_number(fixture->path, "SELECT count(*) FROM event"), lines);
    }
}

/* A script moves what it likes: named, and no fault as long as the task has what its state needs.
 */
static void moves_made_outside_are_told_apart(void **state)
{
    struct fixture *fixture = *state;
    struct found found;
    database_script(fixture->path,
        "UPDATE task SET state = 'closed', closed_on = '2026-11-21', close_document = '1号' WHERE "
        "id = " TASK("029") "; UPDATE task SET deadline = '2027-02-28' WHERE id = " TASK(
            "012") "; INSERT INTO task (source_id, number, title, region_id, state, reported_on) "
                   "VALUES "
                   "(1, '999', 't', 1, 'in_review', '2026-11-09'); DELETE FROM task WHERE id "
                   "= " TASK("083"));
    found_in(fixture->path, &found);
    assert_int_equal(found.faults, 0);
    found_expect(&found, FOUND_OUTSIDE,
        "\"state\" was moved outside duban, \"in progress\" to \"closed for good\"");
    found_expect(&found, FOUND_OUTSIDE,
        "\"deadline\" was moved outside duban, \"2026-10-31\" to \"2027-02-28\"");
    assert_int_equal(found.outside, 4);
    database_script(fixture->path, "UPDATE task SET state = 'closed' WHERE id = " TASK("090"));
    found_in(fixture->path, &found);
    assert_int_equal(found.faults, 1);
    found_expect(&found, FOUND_FACT, "2-090 is closed without a day or a document");
}

/* An imported list need not tell how each of its tasks came to be closed. */
static void what_was_imported_is_excused(void **state)
{
    struct fixture *fixture = *state;
    struct found found;
    struct error err = {0};
    database_script(fixture->path, "INSERT INTO task (id, source_id, number, title, region_id, "
                                   "state, reported_on, version) VALUES "
                                   "(900, 1, '900', 't', 1, 'closed', '2024-11-04', 1)");
    struct model *model = database_open(fixture->path);
    struct event_change changes[] = {{(char *)"title", (char *)"", (char *)"t"},
        {(char *)"state", (char *)"", (char *)"closed"}};
    const struct event event = {.at = date_now(),
        .actor = (char *)"李娜",
        .action = (char *)"import",
        .task_id = 900,
        .changes = changes,
        .change_count = 2};
    int64_t seq;
    assert_true(db_write_begin(model_db(model), &err));
    assert_true(history_append(model_db(model), &event, &seq, &err));
    assert_true(db_write_commit(model_db(model), &err));
    found_in_model(model, &found);
    model_close(model);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.kind[FOUND_WAITING], 1);
    database_script(fixture->path, "UPDATE task SET state = 'in_progress'" SILENT "900");
    found_in(fixture->path, &found);
    found_expect(&found, FOUND_STATE,
        "2-900: \"state\" is \"in progress\", but its history leads to \"closed for good\"");
}

/* --- undo ------------------------------------------------------------------------------------ */

struct step {
    const char *action;
    int64_t task; /* 0: none */
    const char *field[3], *before[3], *after[3];
};

static int64_t append(struct model *model, const struct step *step)
{
    struct event_change changes[3];
    struct error err = {0};
    struct event event = {.at = date_now(),
        .actor = (char *)"李娜",
        .action = (char *)step->action,
        .task_id = step->task,
        .changes = changes};
    int64_t seq = 0;
    for (; event.change_count < 3 && step->field[event.change_count]; event.change_count++) {
        size_t i = event.change_count;
        changes[i] = (struct event_change){
            (char *)step->field[i], (char *)step->before[i], (char *)step->after[i]};
    }
    assert_true(db_write_begin(model_db(model), &err));
    assert_true(history_append(model_db(model), &event, &seq, &err));
    assert_true(db_write_commit(model_db(model), &err));
    return seq;
}

/* Task 29 submitted, the submission undone, done again, undone again; with the row at the end as
 * the history has it. `wrong` takes the place of what the first undo restores. */
static void play_undo(struct fixture *fixture, const char *wrong, struct found *found)
{
    struct model *model = database_open(fixture->path);
    char seq[24];
    const struct step submit = {
        "submit", 29, {"state", "percent"}, {"in_progress", "40"}, {"submitted", "100"}};
    snprintf(seq, sizeof seq, "%lld", (long long)append(model, &submit));
    const struct step undo = {"undo", 29, {"state", "percent", "undone"}, {"submitted", "100", ""},
        {"in_progress", wrong, seq}};
    char undone[24];
    snprintf(undone, sizeof undone, "%lld", (long long)append(model, &undo));
    const struct step redo = {"redo", 29, {"state", "percent", "redone"},
        {"in_progress", wrong, ""}, {"submitted", "100", undone}};
    snprintf(seq, sizeof seq, "%lld", (long long)append(model, &redo));
    const struct step again = {"undo", 29, {"state", "percent", "undone"}, {"submitted", "100", ""},
        {"in_progress", wrong, seq}};
    append(model, &again);
    found_in_model(model, found);
    model_close(model);
}

static void an_undo_restores_exactly(void **state)
{
    struct fixture *fixture = *state;
    struct found found;
    play_undo(fixture, "40", &found);
    found_expect_nothing(&found);
    copy_again(fixture);
    play_undo(fixture, "41", &found);
    assert_int_equal(found.count, 1);
    found_expect(&found, FOUND_UNDO, "does not restore \"percent\" as line ");
}

static void an_undo_names_what_it_undoes(void **state)
{
    static const struct {
        const char *named;
        bool good;
    } names[] = {{"", false}, {"999999", false}, {"1", false}, {"x", false}};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct found found;
        copy_again(fixture);
        struct model *model = database_open(fixture->path);
        const struct step undo = {"undo", 29, {"undone"}, {""}, {names[i].named}};
        append(model, &undo);
        found_in_model(model, &found);
        model_close(model);
        assert_int_equal(found.count, 1);
        found_expect(&found, FOUND_UNDO, "which is not there before it or is of another task");
    }
}

/* Two tasks changed together; the undo of each names the line that spans both. */
static void an_undo_of_many_names_the_line_that_spans_them(void **state)
{
    struct fixture *fixture = *state;
    struct found found;
    struct model *model = database_open(fixture->path);
    char first[24], last[24], bulk[24];
    const struct step one = {"edit", 29, {"category"}, {"a"}, {"b"}},
                      other = {"edit", 30, {"category"}, {"c"}, {"b"}};
    snprintf(first, sizeof first, "%lld", (long long)append(model, &one));
    snprintf(last, sizeof last, "%lld", (long long)append(model, &other));
    const struct step both = {"bulk", 0, {"events"}, {first}, {last}};
    snprintf(bulk, sizeof bulk, "%lld", (long long)append(model, &both));
    const struct step back = {"undo", 29, {"category", "undone"}, {"b", ""}, {"a", bulk}},
                      wrong = {"undo", 30, {"category", "undone"}, {"b", ""}, {"a", bulk}},
                      third = {"undo", 31, {"undone"}, {""}, {bulk}};
    append(model, &back);
    found_in_model(model, &found);
    found_expect_nothing(&found);
    append(model, &wrong);
    append(model, &third);
    found_in_model(model, &found);
    model_close(model);
    assert_int_equal(found.kind[FOUND_UNDO], 2);
    found_expect(&found, FOUND_UNDO, "undo 2-030");
    found_expect(&found, FOUND_UNDO, "does not restore \"category\"");
    found_expect(&found, FOUND_UNDO, "undo 2-031");
}

/* --- a task's whole life, from its making to its deletion and back --------------------------- */

static void a_life_is_followed(void **state)
{
    static const struct step steps[] = {
        {"create", 900, {"title", "deadline", "number"}, {"", "", ""}, {"t", "2027-01-31", "900"}},
        {"start", 900, {"state"}, {"not_started"}, {"in_progress"}},
        {"submit", 900, {"state"}, {"in_progress"}, {"submitted"}},
        {"accept", 900, {"state"}, {"submitted"}, {"in_review"}},
        {"pass", 900, {"review.77"}, {""}, {"passed"}},
        {"publicise", 900, {"state"}, {"in_review"}, {"publicised"}},
        {"return", 900, {"state", "returned"}, {"publicised", "0"}, {"in_progress", "1"}},
        {"submit", 900, {"state", "returned"}, {"in_progress", "1"}, {"submitted", "0"}},
        {"accept", 900, {"state"}, {"submitted"}, {"in_review"}},
    };
    struct fixture *fixture = *state;
    struct found found;
    struct model *model = database_open(fixture->path);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        append(model, &steps[i]);
    found_in_model(model, &found);
    found_expect(&found, FOUND_REFERENCE,
        "task number 900 of the file is gone, and no line of the history tells of its deletion");
    assert_int_equal(found.count, 1);
    database_script(fixture->path, "INSERT INTO task (id, source_id, number, title, region_id, "
                                   "state, deadline, version) VALUES "
                                   "(900, 1, '900', 't', 1, 'in_review', '2027-01-31', 1)");
    found_in_model(model, &found);
    assert_int_equal(found.faults, 0);
    /* the review that passed was of the first submission */
    append(model, &steps[5]);
    found_in_model(model, &found);
    found_expect(&found, FOUND_STATE, "without a review passed since it was submitted");
    const struct step leave = {"delete", 900, {"title"}, {"t"}, {""}};
    append(model, &leave);
    database_script(fixture->path,
        "UPDATE task SET version = -1 WHERE id = 900; DELETE FROM task WHERE id = 900");
    found_in_model(model, &found);
    model_close(model);
    assert_int_equal(found.faults, 1); /* still the review */
}

/* --- who may --------------------------------------------------------------------------------- */

static void a_person_who_sees_a_part_may_not(void **state)
{
    struct fixture *fixture = *state;
    struct error err = {0};
    struct model *model = database_open_reach(fixture->path, "region:抚顺");
    assert_false(check_permitted(model, &err));
    assert_int_equal(err.code, ERROR_PERMISSION);
    model_close(model);
    const struct person person = {.name = (char *)"王强", .role = PERSON_DEPARTMENT};
    const struct model_options options = {.path = fixture->path, .person = &person};
    struct found found = {0};
    struct findings findings = {.say = found_note, .context = &found};
    assert_true(model_open(&options, &model, &err));
    assert_true(check_permitted(model, &err));
    assert_false(check_repair(model, &findings, &err));
    assert_int_equal(err.code, ERROR_PERMISSION);
    model_close(model);
}

static unsigned roll(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

/* --- what duban does itself ------------------------------------------------------------------ */

/* What somebody is told to do, by chance. */
struct whim {
    struct model *model;
    unsigned seed;
    struct argument argument[32];
    char name[32][32], value[32][24];
    size_t count;
};

/* Something a person might type there. */
static const char *plausible(struct whim *whim, const struct field *field, char value[static 24])
{
    static const char *const days[] = {"2026-11-20", "2026-12-10", "2027-06-30", "2028-01-31"};
    if (field == NULL)
        return "理由";
    switch (field->type) {
    case VALUE_IS_DATE:
        return days[roll(&whim->seed, 4)];
    case VALUE_IS_WORD:
        return field->words[roll(&whim->seed, (unsigned)field->word_count)].name;
    case VALUE_IS_YES:
        snprintf(value, 24, "%u", roll(&whim->seed, 2));
        return value;
    case VALUE_IS_LINE:
    case VALUE_IS_TEXT:
        snprintf(value, 24, "文字%u", roll(&whim->seed, 100));
        return value;
    default:
        snprintf(value, 24, "%u", 1 + roll(&whim->seed, 5));
        return value;
    }
}

/* All that an action needs and some of what it takes; of an edit one field, of a new task all. */
static void think_of(struct whim *whim, const char *action)
{
    struct work_name name;
    bool edit = strcmp(action, "edit") == 0, all = strcmp(action, "create") == 0;
    unsigned only = roll(&whim->seed, 18);
    whim->argument[0] = (struct argument){.name = "source", .value = "1"};
    whim->count = all;
    for (size_t i = 0; whim->count < 32 && work_name_at(action, i, &name); i++) {
        const struct field *field = name.is.field;
        bool wanted = edit ? i == only : name.needed || all || roll(&whim->seed, 3) == 0;
        if (!wanted || (field != NULL && field_key_of(field->table) == KEY_POSITION))
            continue;
        char *to = whim->name[whim->count];
        snprintf(to, sizeof whim->name[0], "%s", name.is.name);
        whim->argument[whim->count] = (struct argument){
            .name = to, .value = plausible(whim, field, whim->value[whim->count])};
        whim->count++;
    }
}

/* An action that can be done on the task by its state, mostly. */
static const char *fitting(struct whim *whim, int64_t task)
{
    struct task_detail *detail = NULL;
    struct error err = {0};
    const struct transition *transition = NULL;
    if (!task_detail_read(whim->model, task, &detail, &err))
        return "edit";
    const struct transition *close = workflow_find("close");
    for (int tries = 0; tries < 20; tries++) {
        transition = close;
        if (tries == 0 && work_possible(whim->model, detail, close, &err))
            break; /* seldom enough */
        transition = &workflow[roll(&whim->seed, (unsigned)workflow_count)];
        if (strcmp(transition->action, "return") == 0 && tries < 15)
            continue;
        if (work_possible(whim->model, detail, transition, &err))
            break;
    }
    task_detail_free(detail);
    return transition->action;
}

/* What is refused writes nothing. */
static void act_on_a_whim(struct whim *whim)
{
    const int64_t ids[] = {12, 21, 29, 33, 47, 66};
    int64_t task = ids[roll(&whim->seed, 6)];
    struct error err = {0};
    unsigned what = roll(&whim->seed, 20);
    if (what < 4) {
        struct events undone = {0};
        undo_do(whim->model, what == 3, 0, &undone, &err);
        events_clear(&undone);
        return;
    }
    const char *action = what == 4 ? "create" : fitting(whim, task);
    think_of(whim, action);
    const struct request request = {
        .action = action, .argument = whim->argument, .count = whim->count};
    if (what == 5) {
        struct work_many many;
        work_do_many(whim->model, ids, 6, &request, false, &many, &err);
        work_many_clear(&many);
        return;
    }
    struct outcome outcome;
    work_do(whim->model, what == 4 ? 0 : task, &request, &outcome, &err);
    outcome_clear(&outcome);
}

/* Somebody clicks about for months; and what the check says of it is nothing. */
static void what_duban_does_passes(void **state)
{
    enum { STEPS = 600, BETWEEN = 50 };
    struct fixture *fixture = *state;
    struct found found;
    struct whim whim = {.model = database_open(fixture->path), .seed = 12};
    int64_t before = history_newest(whim.model);
    for (int step = 1; step <= STEPS; step++) {
        char day[11], now[40];
        snprintf(now, sizeof now, "%sT%02d:00:00+08:00",
            date_format(date_make(2026, 11, 22) + step / 3, day), 8 + step % 3);
        setenv("DUBAN_NOW", now, 1);
        act_on_a_whim(&whim);
        if (step % BETWEEN != 0)
            continue;
        found_in_model(whim.model, &found);
        if ((int64_t)found.count > found.kind[FOUND_WAITING])
            fail_msg("after %d steps:\n%s", step, found.all);
    }
    assert_true(history_newest(whim.model) - before > STEPS / 4);
    model_close(whim.model);
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    /* and it was not all the same */
    assert_int_equal(database_number(fixture->path,
                         "SELECT count(DISTINCT action) FROM event WHERE seq > 1682 AND action IN "
                         "('create', 'submit', 'accept', 'pass', 'publicise', 'return', 'close', "
                         "'reopen', 'notice', 'lift', 'settle', 'undo', 'redo', 'bulk')"),
        14);
}

/* --- damage by chance ------------------------------------------------------------------------ */

/* Every column of every table, those of the search index too. */
struct cells {
    struct cell {
        char table[32], column[32], key[64];
    } cell[300];
    size_t count;
};

static void find_cells(const char *path, struct cells *cells)
{
    struct error err = {0};
    struct db *db = NULL;
    struct db_statement *rows;
    assert_true(db_open(path, DB_READ_ONLY, &db, &err));
    if (!db_prepare(db,
            "SELECT m.name, c.name, (SELECT group_concat(p.name, ', ') FROM "
            "pragma_table_info(m.name) p "
            "WHERE p.pk > 0) FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = "
            "'table' "
            "AND m.sql LIKE 'CREATE TABLE%' AND m.name <> 'sqlite_sequence' ORDER BY 1, 2",
            &rows, &err))
        fail_msg("%s", err.text);
    while (db_step(rows, &err) == DB_ROW) {
        struct cell *cell = &cells->cell[cells->count++];
        assert_true(cells->count < sizeof cells->cell / sizeof *cells->cell);
        snprintf(cell->table, sizeof cell->table, "%s", db_text(rows, 0));
        snprintf(cell->column, sizeof cell->column, "%s", db_text(rows, 1));
        snprintf(cell->key, sizeof cell->key, "%s", db_text(rows, 2));
    }
    db_finish(rows);
    db_close(db);
    assert_true(cells->count > 150);
}

/* One cell of one row gets a value that may or may not be one of its kind. */
static void add_damage(const struct cells *cells, unsigned *seed, struct strbuf *script)
{
    static const char *const values[] = {"NULL", "''", "'x'", "-1", "0", "1", "9223372036854775807",
        "-9223372036854775808", "'2026-02-30'", "'9999-12-31'", "char(27) || '[2J'", "X'00ff'",
        "1.5e300", "'closed'", "'undo'", "'state'", "CAST(X'c3280a' AS TEXT)",
        "printf('%.*c', 70000, 'x')"};
    const struct cell *cell = &cells->cell[roll(seed, (unsigned)cells->count)];
    const char *value = values[roll(seed, sizeof values / sizeof *values)];
    strbuf_format(script,
        "UPDATE %s SET %s = %s WHERE (%s) IN (SELECT %s FROM %s LIMIT 1 OFFSET (SELECT %u %% "
        "max(1, count(*)) "
        "FROM %s));\n",
        cell->table, cell->column, value, cell->key, cell->key, cell->table, roll(seed, 1000),
        cell->table);
}

/* The tables refuse some of it. */
static void run_script(struct fixture *fixture, const char *script)
{
    struct strbuf command = {0}, said = {0};
    char file[300];
    snprintf(file, sizeof file, "%s.sql", fixture->path);
    assert_true(file_write(file, script));
    strbuf_format(&command, "sqlite3 '%s' <'%s' >/dev/null 2>&1", fixture->path, file);
    command_run(strbuf_text(&command), &said);
    strbuf_clear(&command);
    strbuf_clear(&said);
}

/* What each part says does not matter here. */
static void check_anyhow(const char *path, bool repair)
{
    const struct person person = {.name = (char *)"李娜", .role = PERSON_ADMIN};
    const struct model_options options = {.path = path, .person = &person};
    struct found found = {0};
    struct findings findings = {.say = found_note, .context = &found};
    struct error err = {0};
    struct model *model;
    int64_t outside;
    if (!model_open(&options, &model, &err)) {
        assert_true(err.text[0] != '\0');
        return;
    }
    if (repair)
        check_repair(model, &findings, &err);
    check_references(model, &findings, &err);
    check_counts(model, &findings, &err);
    check_history(model, &findings, &outside, &err);
    check_states(model, &findings, &err);
    check_facts(model, &findings, &err);
    check_search(model, &findings, &err);
    check_left_over(model, &findings, &err);
    model_close(model);
}

static void damage_by_chance_never_brings_it_down(void **state)
{
    enum { TIMES = 60, CELLS = 4 };
    struct fixture *fixture = *state;
    struct cells cells = {0};
    unsigned seed = 7;
    find_cells(fixture->sound, &cells);
    for (int i = 0; i < TIMES; i++) {
        struct strbuf script = {0};
        copy_again(fixture);
        strbuf_add(&script,
            UNLOCK "DROP TRIGGER task_counted; DROP TRIGGER outside_task_changed;"
                   "DROP TRIGGER task_region_changed; DROP TRIGGER task_renamed;\n");
        for (int cell = 0; cell < CELLS; cell++)
            add_damage(&cells, &seed, &script);
        run_script(fixture, strbuf_text(&script));
        strbuf_clear(&script);
        check_anyhow(fixture->path, false);
        check_anyhow(fixture->path, true);
        check_anyhow(fixture->path, false);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, take_copy, NULL)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_undamaged_database_passes),
        TEST(each_damage_is_named_and_what_is_derived_repaired),
        TEST(moves_made_outside_are_told_apart),
        TEST(what_was_imported_is_excused),
        TEST(an_undo_restores_exactly),
        TEST(an_undo_names_what_it_undoes),
        TEST(an_undo_of_many_names_the_line_that_spans_them),
        TEST(a_life_is_followed),
        TEST(a_person_who_sees_a_part_may_not),
        TEST(what_duban_does_passes),
        TEST(damage_by_chance_never_brings_it_down),
    };
    return cmocka_run_group_tests(tests, make_sound, remove_sound);
}
