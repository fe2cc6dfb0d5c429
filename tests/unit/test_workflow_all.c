/* Every action in every state by every kind of person, as the table of the workflow says: what it
 * allows is done and told, what it refuses has its sentence and leaves nothing behind. What is
 * expected is worked out here, from the table and from facts that the test makes true or false. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/found.h"
#include "model/work.h"

/* Tasks are of region 3, supervised by department 1. */
static const char *const reaches[] = {"", "region:抚顺", "region:盘锦"};
enum { REACHES = sizeof reaches / sizeof *reaches, REACH_OUTSIDE = REACHES - 1 };
enum { DEPARTMENTS = 3, SUPERVISOR = 1, OTHER_DEPARTMENT = 2, ARGUMENTS_MOST = 12 };

struct stage {
    void *folder;
    char path[256];
    struct db *db; /* makes the tasks and looks at them */
    struct db_statement *picture;
    int64_t tasks;       /* made so far */
    struct model *model; /* whose turn it is */
};

static int64_t number(struct stage *stage, const char *sql)
{
    struct error err = {0};
    struct db_statement *statement;
    if (!db_prepare(stage->db, sql, &statement, &err) || db_step(statement, &err) != DB_ROW)
        fail_msg("%s: %s", sql, err.text);
    int64_t value = db_int(statement, 0);
    db_finish(statement);
    return value;
}

static void enter(struct stage *stage, enum person_role role, int64_t department, int reach)
{
    struct error err = {0};
    const struct person person = {.name = (char *)"李娜",
        .role = role,
        .department_id = department,
        .reach = (char *)reaches[reach]};
    const struct model_options options = {
        .path = stage->path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    model_close(stage->model);
    if (!model_open(&options, &stage->model, &err))
        fail_msg("%s", err.text);
}

/* Whatever was done: the history is whole, none of it came from outside, the counts are right. */
static void all_is_whole(void **state)
{
    struct stage *stage = *state;
    struct error err = {0};
    struct found found = {0};
    struct findings findings = {.say = found_note, .context = &found};
    enter(stage, PERSON_ADMIN, 0, 0);
    assert_true(check_history(stage->model, &findings, &found.outside, &err));
    assert_true(check_counts(stage->model, &findings, &err));
    found_expect_nothing(&found);
    assert_true(number(stage, "SELECT count(*) FROM event") > 0);
}

/* --- facts ----------------------------------------------------------------------------------- */

/* What makes conditions true or false: SQL in which $ is the task's id; of the deadline its value.
 */
struct fact {
    enum condition condition;
    bool holds;
    const char *sql;
};
#define REVIEW                                                                                     \
    "INSERT INTO review (task_id, event_seq, level, result, reviewed_on) VALUES ($, 0, 'city', "
#define PUBLICITY                                                                                  \
    "INSERT INTO publicity (task_id, event_seq, days, starts_on, ends_on) VALUES ($, 0, 7, "
#define OBJECTION                                                                                  \
    "INSERT INTO publicity (task_id, event_seq, days, starts_on, ends_on) "                        \
    "SELECT $, 0, 1, '2026-11-10', '2026-11-10' "                                                  \
    "WHERE NOT EXISTS (SELECT 1 FROM publicity WHERE task_id = $);"                                \
    "INSERT INTO objection (task_id, publicity_id, event_seq, raised_on, text, settled_on) "       \
    "VALUES ($, (SELECT max(id) FROM publicity), 0, '2026-11-10', '噪声', "
#define EXTENSION                                                                                  \
    "INSERT INTO extension (task_id, event_seq, new_deadline, reason, asked_on, decided_on) "      \
    "VALUES ($, 0, '2027-03-31', '汛期', '2026-11-10', "
#define NOTICE                                                                                     \
    "INSERT INTO notice (task_id, event_seq, level, issued_on, replied_on, lifted_on) "            \
    "VALUES ($, 0, 'letter', '2026-11-01', "
#define PART                                                                                       \
    "INSERT INTO task (source_id, number, part, parent_id, title, region_id, version, state) "     \
    "SELECT source_id, number, 1, id, title, region_id, 1, "
#define MEASURE                                                                                    \
    "INSERT INTO measure (task_id, event_seq, position, text, done_on, waived) VALUES ($, 0, "
static const struct fact facts[] = {
    {HOLDS_MEASURES_DONE, true,
        MEASURE "1, '拆', '2026-11-01', ''), ($, 0, 2, '建', NULL, '并入')"},
    {HOLDS_MEASURES_DONE, false, MEASURE "1, '拆', '2026-11-01', ''), ($, 0, 2, '建', NULL, '')"},
    {HOLDS_PARTS_SUBMITTED, true, PART "'submitted' FROM task WHERE id = $"},
    {HOLDS_PARTS_SUBMITTED, false, PART "'in_progress' FROM task WHERE id = $"},
    {HOLDS_PARTS_SUBMITTED, false, PART "'not_started' FROM task WHERE id = $"},
    {HOLDS_REVIEW_PASSED, true, REVIEW "'passed', '2026-11-20')"},
    {HOLDS_REVIEW_PASSED, false, ""},
    {HOLDS_REVIEW_PASSED, false, REVIEW "'passed', '2026-11-19')"},
    {HOLDS_REVIEW_PASSED, false, REVIEW "'returned', '2026-11-20')"},
    {HOLDS_PUBLICITY_OVER, true, PUBLICITY "'2026-11-12', '2026-11-20')"},
    {HOLDS_PUBLICITY_OVER, false, ""},
    {HOLDS_PUBLICITY_OVER, false, PUBLICITY "'2026-11-12', '2026-11-21')"},
    {HOLDS_PUBLICITY_OVER, false, PUBLICITY "'2026-11-13', '2026-11-20')"},
    {HOLDS_PUBLICITY_OVER, false,
        PUBLICITY "'2026-11-05', '2026-11-20'), ($, 1, 7, '2026-11-04', '2026-12-01')"},
    {HOLDS_NO_OPEN_OBJECTION, true, OBJECTION "'2026-11-06')"},
    {HOLDS_NO_OPEN_OBJECTION, false, OBJECTION "NULL)"},
    {HOLDS_OBJECTION_OPEN, true, OBJECTION "NULL)"},
    {HOLDS_OBJECTION_OPEN, false, ""},
    {HOLDS_OBJECTION_OPEN, false, OBJECTION "'2026-11-06')"},
    {HOLDS_BEFORE_DEADLINE, true, "'2026-11-21'"},
    {HOLDS_BEFORE_DEADLINE, false, "NULL"},
    {HOLDS_BEFORE_DEADLINE, false, "'2026-11-20'"},
    {HOLDS_EXTENSION_ASKED, true, EXTENSION "NULL)"},
    {HOLDS_EXTENSION_ASKED, false, ""},
    {HOLDS_EXTENSION_ASKED, false, EXTENSION "'2026-11-12')"},
    {HOLDS_NO_EXTENSION_ASKED, true, EXTENSION "'2026-11-12')"},
    {HOLDS_NO_EXTENSION_ASKED, false, EXTENSION "NULL)"},
    {HOLDS_NOTICE_UNANSWERED, true, NOTICE "NULL, NULL)"},
    {HOLDS_NOTICE_UNANSWERED, false, ""},
    {HOLDS_NOTICE_UNANSWERED, false, NOTICE "'2026-11-02', NULL)"},
    {HOLDS_NOTICE_UNANSWERED, false, NOTICE "NULL, '2026-11-03')"},
    {HOLDS_NOTICE_STANDING, true, NOTICE "'2026-11-02', NULL)"},
    {HOLDS_NOTICE_STANDING, false, ""},
    {HOLDS_NOTICE_STANDING, false, NOTICE "NULL, '2026-11-03')"},
};
enum { FACTS = sizeof facts / sizeof *facts };

static void add_sql(struct strbuf *sql, const char *text, int64_t id)
{
    for (; *text != '\0'; text++)
        if (*text == '$')
            strbuf_format(sql, "%" PRId64, id);
        else
            strbuf_add_char(sql, *text);
    strbuf_add(sql, ";");
}

/* The first fact that makes it so; NULL: nothing is needed for it. */
static const struct fact *fact_of(int condition, bool holds)
{
    for (size_t i = 0; i < FACTS; i++)
        if ((int)facts[i].condition == condition && facts[i].holds == holds)
            return &facts[i];
    return NULL;
}

/* What cannot be so at the same time. */
static unsigned opposite(int condition)
{
    switch (condition) {
    case HOLDS_NO_OPEN_OBJECTION:
        return HOLDS_BIT(HOLDS_OBJECTION_OPEN);
    case HOLDS_NO_EXTENSION_ASKED:
        return HOLDS_BIT(HOLDS_EXTENSION_ASKED);
    default:
        return 0;
    }
}

/* A new task on which the transition's conditions hold but for that of `wrong`, and as far as can
 * be nothing that it does not ask for. */
static int64_t make_task(
    struct stage *stage, const struct transition *transition, int state, const struct fact *wrong)
{
    struct strbuf sql = {0}, rows = {0};
    struct error err = {0};
    int64_t id = 1000 + ++stage->tasks * 2;
    const char *deadline = "NULL";
    for (int i = 0; i < CONDITION_COUNT; i++) {
        bool asked = transition->holds & HOLDS_BIT(i);
        const struct fact *fact =
            wrong != NULL && (int)wrong->condition == i ? wrong : fact_of(i, asked);
        if (fact != NULL && i == HOLDS_BEFORE_DEADLINE)
            deadline = fact->sql;
        else if (fact != NULL && !(transition->holds & opposite(i)))
            add_sql(&rows, fact->sql, id);
    }
    add_sql(&sql,
        "INSERT INTO task (id, source_id, number, position, title, lead_id, supervisor_id, "
        "region_id, version, submitted_on, state, deadline) "
        "VALUES ($, 1, '$', $, '题', 2, 1, 3, 1, '2026-11-20'",
        id);
    strbuf_cut(&sql, sql.length - 1);
    strbuf_format(&sql, ", '%s', %s);%s", task_states[state].name, deadline, strbuf_text(&rows));
    add_sql(&sql,
        "INSERT INTO target (task_id, event_seq, position, text, value) VALUES ($, 0, 1, '比例', "
        "'92')",
        id);
    if (!db_write_begin(stage->db, &err) || !db_script(stage->db, strbuf_text(&sql), &err) ||
        !db_write_commit(stage->db, &err))
        fail_msg("%s: %s", strbuf_text(&sql), err.text);
    strbuf_clear(&sql);
    strbuf_clear(&rows);
    return id;
}

/* --- what an action is told ------------------------------------------------------------------ */

struct told {
    struct argument argument[ARGUMENTS_MOST];
    size_t count;
};

static const char *value_for(const struct transition *transition, const struct workflow_name *name)
{
    enum field_type type = name->field != NULL ? name->field->type : VALUE_IS_TEXT;
    if (type == VALUE_IS_WORD)
        return name->field->words[0].name;
    if (type == VALUE_IS_PERCENT)
        return "55";
    if (type == VALUE_IS_YES)
        return "0";
    if (type != VALUE_IS_DATE)
        return "甲乙";
    if (strcmp(transition->action, "extend") == 0 || strcmp(name->name, "ends_on") == 0)
        return "2027-06-30";
    return strcmp(name->name, "period") == 0 ? "2026-11-16" : "2026-11-21";
}

/* Everything it needs and, with `takes`, what it may be told besides; but `without`. */
static struct told tell(
    const struct transition *transition, bool takes, const struct workflow_name *without)
{
    struct told told = {0};
    static struct workflow_name names[ARGUMENTS_MOST];
    const char *const lists[] = {transition->needs, takes ? transition->takes : ""};
    for (int k = 0; k < 2; k++)
        for (const char *list = lists[k]; workflow_name_next(&list, &names[told.count]);) {
            const struct workflow_name *name = &names[told.count];
            if (without != NULL && strcmp(without->name, name->name) == 0)
                continue;
            told.argument[told.count++] =
                (struct argument){.name = name->name, .value = value_for(transition, name)};
            assert_true(told.count < ARGUMENTS_MOST);
        }
    return told;
}

static struct request request_of(const struct transition *transition, const struct told *told)
{
    static const struct argument phone[] = {{"phone", "024-7", NULL}};
    if (strcmp(transition->action, "edit") == 0)
        return (struct request){.action = "edit", .argument = phone, .count = 1};
    return (struct request){
        .action = transition->action, .argument = told->argument, .count = told->count};
}

/* --- what is there --------------------------------------------------------------------------- */

/* All that a refused action must leave as it was: the history, the task and what belongs to it, the
 * counts. */
static void picture(struct stage *stage, int64_t id, struct strbuf *out)
{
    struct error err = {0};
    db_bind_int(stage->picture, 1, id);
    assert_int_equal(db_step(stage->picture, &err), DB_ROW);
    strbuf_cut(out, 0);
    strbuf_add(out, db_text(stage->picture, 0));
    db_reset(stage->picture);
}

static bool prepare_picture(struct stage *stage)
{
    static const char *const rows[] = {"task_region", "task_department", "measure", "target",
        "report", "notice", "review", "publicity", "objection", "extension"};
    struct strbuf sql = {0};
    strbuf_add(&sql,
        "SELECT (SELECT coalesce(max(seq), 0) FROM event) || ' ' || (SELECT group_concat(n || ',' "
        "|| open || ',' || behind) FROM tally_place) || ' ' || (SELECT "
        "coalesce(group_concat(due_on "
        "|| n), '') FROM tally_due) || ' ' || (SELECT group_concat(state || returned || "
        "n) FROM tally_total) || ' ' || whole || ' '");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        strbuf_format(&sql,
            " || (SELECT count(*) || ':' || coalesce(sum(event_seq), 0) FROM %s WHERE task_id = "
            "t.id) || ' '",
            rows[i]);
    strbuf_add(&sql,
        " FROM (SELECT id, state || returned || listed || progress || percent || version || title "
        "|| phone || officer || reported_on || updated_at || updated_by || coalesce(deadline, '') "
        "|| coalesce(done_on, '') || coalesce(submitted_on, '') || coalesce(closed_on, '') "
        "|| close_document || coalesce(assigned_on, '') AS whole FROM task) t WHERE id = $1");
    bool prepared = db_prepare(stage->db, strbuf_text(&sql), &stage->picture, NULL);
    strbuf_clear(&sql);
    return prepared;
}

static int set_up(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    *state = stage;
    if (folder_set_up(&stage->folder) != 0)
        return -1;
    folder_file(stage->folder, "a.db", stage->path);
    database_make(stage->path);
    return db_open(stage->path, DB_READ_WRITE, &stage->db, NULL) && prepare_picture(stage) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;
    model_close(stage->model);
    db_finish(stage->picture);
    db_close(stage->db);
    folder_tear_down(&stage->folder);
    free(stage);
    return 0;
}

/* --- what the table expects ------------------------------------------------------------------ */

struct expected {
    enum error_code code;
    char text[512];
};

static void list_names(
    char *out, size_t room, const struct word *words, size_t count, unsigned bits)
{
    out[0] = '\0';
    for (size_t i = 0; i < count; i++)
        if (bits & 1u << i)
            snprintf(out + strlen(out), room - strlen(out), "%s%s", out[0] != '\0' ? ", " : "",
                words[i].label);
}

/* `wrong`: a condition that does not hold, or HOLDS_ALWAYS. */
static struct expected expect(const struct transition *transition, int state,
    const struct person *person, bool outside, enum condition wrong)
{
    struct expected out = {0};
    char list[300];
    if (outside) {
        out.code = ERROR_NOT_FOUND;
        snprintf(out.text, sizeof out.text, "there is no such task, or it is not yours to see");
    } else if (!(transition->may & PERSON_BIT(person->role))) {
        out.code = ERROR_PERMISSION;
        list_names(list, sizeof list, person_roles, PERSON_ROLE_COUNT, transition->may);
        snprintf(out.text, sizeof out.text, "%s (%s) may not do this: it is for %s", person->name,
            person_roles[person->role].label, list);
    } else if (!(transition->from & STATE_BIT(state))) {
        out.code = ERROR_REFUSED;
        list_names(list, sizeof list, task_states, STATE_COUNT, transition->from);
        snprintf(out.text, sizeof out.text, "The task is \"%s\"; this is for: %s",
            task_states[state].label, list);
    } else if (wrong != HOLDS_ALWAYS) {
        out.code = ERROR_REFUSED;
        snprintf(out.text, sizeof out.text, "%s", conditions[wrong].sentence);
    }
    return out;
}

/* Department staff of another department than the one that supervises. */
static enum condition wrong_for(const struct transition *transition, const struct person *person)
{
    bool other = person->role == PERSON_DEPARTMENT && person->department_id == OTHER_DEPARTMENT;
    return other && transition->holds & HOLDS_BIT(HOLDS_SUPERVISOR) ? HOLDS_SUPERVISOR
                                                                    : HOLDS_ALWAYS;
}

static void must_be(const struct expected *expected, const struct error *err,
    const struct transition *transition, const char *of)
{
    if (err->code != expected->code || strcmp(err->text, expected->text) != 0)
        fail_msg("%s, %s: \"%s\" (%d), not \"%s\" (%d)", transition->action, of, err->text,
            err->code, expected->text, expected->code);
}

/* --- one try --------------------------------------------------------------------------------- */

static void is_told(struct stage *stage, int64_t seq, const struct argument *argument,
    const struct workflow_name *name)
{
    struct error err = {0};
    struct db_statement *row;
    const char *sql = name->field == NULL
                          ? "SELECT 1 FROM event WHERE seq = $1 AND note = $2 AND $3 = ''"
                          : "SELECT 1 FROM event_change WHERE seq = $1 AND after = $2 AND "
                            "(field = $3 OR field LIKE $3 || '.%')";
    assert_true(db_prepare(stage->db, sql, &row, &err));
    db_bind_int(row, 1, seq);
    db_bind_text(row, 2, argument->value);
    db_bind_text(row, 3, name->field != NULL ? name->field->name : "");
    if (db_step(row, &err) != DB_ROW)
        fail_msg("line %" PRId64 " does not tell %s", seq, argument->name);
    db_finish(row);
}

/* Done: one line of it, the state of the table, and everything it was told. */
static void must_be_done(struct stage *stage, const struct transition *transition, int state,
    const struct request *request, const struct outcome *outcome)
{
    char sql[400];
    snprintf(sql, sizeof sql,
        "SELECT e.task_id = t.id AND e.action = '%s' AND e.actor = '李娜' AND e.hash IS NOT NULL "
        "AND t.state = '%s' AND t.updated_by = '李娜' FROM event e, task t WHERE t.id = %" PRId64
        " AND e.seq = %" PRId64 " AND e.seq = (SELECT max(seq) FROM event)",
        transition->action,
        task_states[transition->to == WORKFLOW_SAME ? state : transition->to].name,
        outcome->task_id, outcome->seq);
    assert_int_equal(number(stage, sql), 1);
    for (size_t i = 0; i < request->count && strcmp(transition->action, "edit") != 0; i++) {
        struct work_name name;
        for (size_t k = 0; work_name_at(transition->action, k, &name); k++)
            if (strcmp(name.is.name, request->argument[i].name) == 0)
                is_told(stage, outcome->seq, &request->argument[i], &name.is);
    }
}

/* As one of many, first only tried. */
static struct error try_many(struct stage *stage, int64_t id, const struct request *request)
{
    struct error err = {0}, why;
    struct work_many many;
    if (!work_do_many(stage->model, &id, 1, request, true, &many, &err))
        fail_msg("%s", err.text);
    assert_int_equal(many.done + many.refused, 1);
    assert_int_equal(many.done, many.why[0].code == ERROR_NONE);
    why = many.why[0];
    work_many_clear(&many);
    return why;
}

/* Tries and then does it; true when it was done, and so the task is used up. */
static bool is_as_expected(struct stage *stage, const struct transition *transition, int state,
    int64_t id, const struct request *request, const struct expected *expected)
{
    struct error err = {0};
    struct outcome outcome;
    struct strbuf before = {0}, after = {0};
    picture(stage, id, &before);
    struct error why = try_many(stage, id, request);
    must_be(expected, &why, transition, "tried");
    bool done = work_do(stage->model, id, request, &outcome, &err);
    must_be(expected, &err, transition, task_states[state].name);
    assert_int_equal(done, expected->code == ERROR_NONE);
    if (done)
        must_be_done(stage, transition, state, request, &outcome);
    picture(stage, id, &after);
    if (!done)
        assert_string_equal(strbuf_text(&before), strbuf_text(&after));
    assert_int_equal(outcome.seq != 0, done);
    outcome_clear(&outcome);
    strbuf_clear(&before);
    strbuf_clear(&after);
    return done;
}

/* What can be offered is what can be done, apart from what it is still to be told. */
static void offers(struct stage *stage, const struct transition *transition, int64_t id,
    const struct expected *expected)
{
    struct error err = {0}, why = {0};
    struct task_detail *detail;
    if (expected->code == ERROR_NOT_FOUND)
        return;
    assert_true(task_detail_read(stage->model, id, &detail, &err));
    work_possible(stage->model, detail, transition, &why);
    must_be(expected, &why, transition, "offered");
    task_detail_free(detail);
}

/* --- the tests ------------------------------------------------------------------------------- */

/* Each of 45 people tries each action on a task in each state on which all else holds. */
static void allows_whom_the_table_names(void **state)
{
    struct stage *stage = *state;
    static int64_t task[64][STATE_COUNT];
    assert_true(workflow_count <= 64);
    for (int who = 0; who < PERSON_ROLE_COUNT * DEPARTMENTS * REACHES; who++) {
        int reach = who % REACHES, department = who / REACHES % DEPARTMENTS;
        enter(stage, (enum person_role)(who / REACHES / DEPARTMENTS), department, reach);
        const struct person *person = model_person(stage->model);
        for (size_t i = 0; i < workflow_count * STATE_COUNT; i++) {
            const struct transition *transition = &workflow[i / STATE_COUNT];
            int from = (int)(i % STATE_COUNT);
            int64_t *id = &task[i / STATE_COUNT][from];
            struct told told = tell(transition, reach == 0, NULL);
            struct request request = request_of(transition, &told);
            struct expected expected = expect(
                transition, from, person, reach == REACH_OUTSIDE, wrong_for(transition, person));
            if (*id == 0)
                *id = make_task(stage, transition, from, NULL);
            offers(stage, transition, *id, &expected);
            if (is_as_expected(stage, transition, from, *id, &request, &expected))
                *id = 0;
        }
    }
}

static int first_state(const struct transition *transition)
{
    int state = 0;
    while (!(transition->from & STATE_BIT(state)))
        state++;
    return state;
}

/* Each condition of each action in each way of not holding. */
static void refuses_by_each_condition(void **state)
{
    struct stage *stage = *state;
    int tried = 0;
    enter(stage, PERSON_ADMIN, 0, 0);
    for (size_t i = 0; i < workflow_count; i++)
        for (size_t k = 0; k < FACTS; k++) {
            const struct transition *transition = &workflow[i];
            int from = first_state(transition);
            if (facts[k].holds || !(transition->holds & HOLDS_BIT(facts[k].condition)))
                continue;
            struct told told = tell(transition, false, NULL);
            struct request request = request_of(transition, &told);
            struct expected expected =
                expect(transition, from, model_person(stage->model), false, facts[k].condition);
            int64_t id = make_task(stage, transition, from, &facts[k]);
            offers(stage, transition, id,
                facts[k].condition == HOLDS_MEASURES_DONE ? &(struct expected){0} : &expected);
            assert_false(is_as_expected(stage, transition, from, id, &request, &expected));
            tried++;
        }
    assert_true(tried > 20);
    for (int i = 1; i < CONDITION_COUNT;
         i++) /* the two others are about the person and the words */
        if (i != HOLDS_SUPERVISOR && i != HOLDS_REASON_GIVEN)
            assert_true(fact_of(i, true) != NULL && fact_of(i, false) != NULL);
}

/* A reason stands for measures that are not done; without a supervisor any department decides. */
static void knows_the_exceptions(void **state)
{
    struct stage *stage = *state;
    const struct argument reason[] = {{"reason", "并入他项", NULL}};
    const struct request submit = {.action = "submit", .argument = reason, .count = 1},
                         accept = {.action = "accept"};
    const struct expected good = {0};
    const struct transition *transition = workflow_find("submit");
    enter(stage, PERSON_DEPARTMENT, OTHER_DEPARTMENT, 0);
    int64_t id =
        make_task(stage, transition, STATE_IN_PROGRESS, fact_of(HOLDS_MEASURES_DONE, false));
    assert_true(is_as_expected(stage, transition, STATE_IN_PROGRESS, id, &submit, &good));
    char sql[100];
    snprintf(sql, sizeof sql,
        "UPDATE task SET supervisor_id = NULL, version = version + 1 WHERE id = %" PRId64, id);
    database_write(stage->path, sql);
    transition = workflow_find("accept");
    assert_true(is_as_expected(stage, transition, STATE_SUBMITTED, id, &accept, &good));
}

/* Without a thing it needs an action names it; what it does not know it names too. */
static void asks_for_what_it_needs(void **state)
{
    struct stage *stage = *state;
    enter(stage, PERSON_ADMIN, 0, 0);
    for (size_t i = 0; i < workflow_count; i++) {
        const struct transition *transition = &workflow[i];
        int from = first_state(transition);
        int64_t id = make_task(stage, transition, from, NULL);
        struct workflow_name name;
        for (const char *list = transition->needs; workflow_name_next(&list, &name);) {
            struct told told = tell(transition, true, &name);
            struct request request = request_of(transition, &told);
            struct expected expected = {.code = ERROR_INPUT};
            if (name.field == NULL && transition->holds & HOLDS_BIT(HOLDS_REASON_GIVEN))
                expected =
                    expect(transition, from, model_person(stage->model), false, HOLDS_REASON_GIVEN);
            else
                snprintf(expected.text, sizeof expected.text, "%s (%s) is needed here",
                    name.field->label, name.name);
            assert_false(is_as_expected(stage, transition, from, id, &request, &expected));
        }
        struct told told = tell(transition, true, NULL);
        told.argument[told.count++] = (struct argument){.name = "colour", .value = "red"};
        const struct request request = {
            .action = transition->action, .argument = told.argument, .count = told.count};
        struct error why = try_many(stage, id, &request);
        assert_int_equal(why.code, ERROR_INPUT);
        assert_non_null(strstr(why.text, "colour"));
    }
    const struct request unknown = {.action = "fly"};
    struct error why = try_many(stage, 1002, &unknown);
    assert_int_equal(why.code, ERROR_INPUT);
    assert_non_null(strstr(why.text, "fly"));
}

static const char *impossible_value(const struct field *field)
{
    switch (field->type) {
    case VALUE_IS_DATE:
        return "2026-02-30";
    case VALUE_IS_WORD:
        return "none such";
    case VALUE_IS_PERCENT:
        return "101";
    case VALUE_IS_YES:
        return "2";
    case VALUE_IS_DEPARTMENT:
    case VALUE_IS_SPONSOR:
        return "77";
    case VALUE_IS_REGIONS:
    case VALUE_IS_DEPARTMENTS:
        return "1 77";
    default:
        return NULL;
    }
}

/* A value that the field cannot have is refused before the database has to. */
static void refuses_impossible_values(void **state)
{
    struct stage *stage = *state;
    enter(stage, PERSON_ADMIN, 0, 0);
    int tried = 0;
    for (size_t i = 0; i < workflow_count; i++) {
        const struct transition *transition = &workflow[i];
        bool edit = strcmp(transition->action, "edit") == 0;
        int from = first_state(transition);
        int64_t id = make_task(stage, transition, from, NULL);
        struct work_name name;
        for (size_t k = 0; work_name_at(transition->action, k, &name); k++) {
            struct told told = tell(transition, true, NULL);
            char measure[40];
            struct expected expected = {.code = ERROR_INPUT};
            const char *value = name.is.field != NULL ? impossible_value(name.is.field) : NULL;
            if (value == NULL)
                continue;
            snprintf(measure, sizeof measure, "%s%s", name.is.name,
                field_key_of(name.is.field->table) == KEY_POSITION ? ".1" : "");
            if (edit)
                told.argument[told.count++] = (struct argument){.name = measure};
            for (size_t at = 0; at < told.count; at++)
                if (strcmp(told.argument[at].name, edit ? measure : name.is.name) == 0)
                    told.argument[at].value = value;
            const struct request request = {
                .action = transition->action, .argument = told.argument, .count = told.count};
            snprintf(expected.text, sizeof expected.text, "%s (%s) cannot be \"%s\"",
                name.is.field->label, edit ? measure : name.is.name, value);
            assert_false(is_as_expected(stage, transition, from, id, &request, &expected));
            tried++;
        }
    }
    assert_true(tried > 25);
}

/* Another way to write the same would look changed afterwards. */
static void takes_values_in_one_way_only(void **state)
{
    struct stage *stage = *state;
    static const struct argument wrong[] = {{"region", "3  5", NULL}, {"region", "3 3", NULL},
        {"region", " 3", NULL}, {"region", "3,5", NULL}, {"lead", "01", NULL},
        {"supervisor", "1 2", NULL}, {"done_on", "2026-1-5", NULL}, {"done_on", "今天", NULL}};
    enter(stage, PERSON_ADMIN, 0, 0);
    int64_t id = make_task(stage, workflow_find("edit"), STATE_IN_PROGRESS, NULL);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const struct request request = {.action = "edit", .argument = &wrong[i], .count = 1};
        struct error why = try_many(stage, id, &request);
        if (why.code != ERROR_INPUT || strstr(why.text, "cannot be") == NULL)
            fail_msg("%s=%s: %s", wrong[i].name, wrong[i].value, why.text);
    }
    const struct argument percent[] = {{"text", "甲", NULL}, {"percent", "07", NULL}};
    const struct request request = {.action = "report", .argument = percent, .count = 2};
    assert_int_equal(try_many(stage, id, &request).code, ERROR_INPUT);
}

/* --- edits ----------------------------------------------------------------------------------- */

static const char *edited_value(const struct field *field)
{
    switch (field->type) {
    case VALUE_IS_DATE:
        return "2026-11-11";
    case VALUE_IS_WORD:
        return field->words[1].name;
    case VALUE_IS_REGIONS:
        return "3 5";
    case VALUE_IS_DEPARTMENTS:
        return "4 3";
    case VALUE_IS_DEPARTMENT:
    case VALUE_IS_SPONSOR:
        return field->type == VALUE_IS_SPONSOR ? "1" : "3";
    case VALUE_IS_LINE:
    case VALUE_IS_TEXT:
        return "甲乙";
    default:
        return "1";
    }
}

/* Each field by each role: as the table of fields says, with the way to change it where it says no.
 */
static void edits_what_the_role_may(void **state)
{
    struct stage *stage = *state;
    const struct transition *edit = workflow_find("edit");
    for (int role = 0; role < PERSON_ROLE_COUNT; role++) {
        enter(stage, (enum person_role)role, 0, 0);
        const struct person *person = model_person(stage->model);
        for (size_t i = 0; i < field_count; i++) {
            const struct field *field = &fields[i];
            char name[32];
            snprintf(name, sizeof name, "%s%s", field->name,
                field_key_of(field->table) == KEY_POSITION ? ".1" : "");
            const struct argument argument = {name, edited_value(field), NULL};
            const struct request request = {.action = "edit", .argument = &argument, .count = 1};
            int64_t id = make_task(stage, workflow_find("start"), STATE_IN_PROGRESS, NULL);
            struct error why = try_many(stage, id, &request);
            bool first = strcmp(field->name, "deadline") == 0 &&
                         (role == PERSON_OFFICER || role == PERSON_ADMIN);
            enum error_code code = !(edit->may & PERSON_BIT(role))            ? ERROR_PERMISSION
                                   : first || (field->may & PERSON_BIT(role)) ? ERROR_NONE
                                   : field->may == 0                          ? ERROR_REFUSED
                                                                              : ERROR_PERMISSION;
            if (why.code != code)
                fail_msg("%s by %s: %d, not %d: %s", name, person->name, why.code, code, why.text);
            struct error err = {0};
            struct outcome outcome;
            assert_int_equal(
                work_do(stage->model, id, &request, &outcome, &err), code == ERROR_NONE);
            assert_int_equal(err.code, code);
            if (code == ERROR_NONE) /* what is told as lines is kept as rows */
                is_told(stage, outcome.seq, &argument,
                    &(struct workflow_name){.field = field->flags & FIELD_IS_LINES
                                                         ? field_named("target")
                                                         : field});
            outcome_clear(&outcome);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allows_whom_the_table_names),
        cmocka_unit_test(refuses_by_each_condition),
        cmocka_unit_test(knows_the_exceptions),
        cmocka_unit_test(asks_for_what_it_needs),
        cmocka_unit_test(refuses_impossible_values),
        cmocka_unit_test(takes_values_in_one_way_only),
        cmocka_unit_test(edits_what_the_role_may),
        cmocka_unit_test(all_is_whole),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
