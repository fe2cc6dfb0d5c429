/* Work on tasks: any sequence of actions, edits, new tasks, many at once, undo and redo by two
 * people, with scripts at work beside them and days that pass. Whatever is refused has written
 * nothing and says why; whatever was done can be taken back at once, and done again, and leaves
 * each time what was there; the history stays whole and the counts right. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "fuzz/fresh.h"
#include "model/check.h"
#include "model/history.h"
#include "model/undo.h"
#include "model/work.h"
#include "store/db.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fill[] =
    "INSERT INTO task (source_id, number, position, title, state, deadline, lead_id, "
    "supervisor_id, region_id) VALUES"
    " (1, '001', 1, '辽河口湿地退养还湿', 'in_progress', '2026-12-31', 1, NULL, 3),"
    " (1, '002', 2, '关闭入河排污口', 'not_started', '2026-11-30', 2, 2, 4),"
    " (2, '01', 1, '矿山复绿', 'submitted', '2026-10-31', NULL, 1, 5),"
    " (3, 'A', 1, '散煤治理', 'in_review', NULL, 4, NULL, 3);"
    "INSERT INTO task (source_id, number, part, parent_id, position, title, deadline, region_id) "
    "VALUES (1, '001', 1, 1, 1, '一县一策', '2026-12-01', 5);"
    "INSERT INTO task_region (region_id, task_id, position) VALUES (4, 1, 1), (6, 1, 2);"
    "INSERT INTO task_department (department_id, task_id, role) VALUES (2, 1, 'lead'), (3, 1, "
    "'responsible');"
    "INSERT INTO measure (task_id, position, text, due_on, done_on) VALUES (1, 1, '甲', "
    "'2026-11-10', NULL), (1, 2, '乙', '2026-12-01', '2026-11-20'), (1, 4, '丙', NULL, NULL), (2, "
    "1, '丁', NULL, NULL);";
enum { TASKS = 6, PEOPLE = 2, NAMES_MOST = 24, STEPS_MOST = 24 };

struct world {
    struct model *model[PEOPLE];
    struct input input;
    int64_t first; /* newest line at the beginning, all of them from outside */
    bool scripts;  /* something was written past duban since */
};

static struct model *open_as(const char *path, const char *name, enum person_role role)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.login = (char *)name,
        .name = (char *)name,
        .origin = (char *)name,
        .role = role,
        .department_id = 2};
    const struct model_options options = {
        .path = path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    if (!model_open(&options, &model, &err)) {
        fprintf(stderr, "%s\n", err.text);
        abort();
    }
    return model;
}

/* --- what stands in the database ------------------------------------------------------------- */

static void add_rows(struct model *model, const char *sql, struct strbuf *out)
{
    struct error err = {0};
    struct db_statement *row;
    if (!db_prepare(model_db(model), sql, &row, &err)) {
        fprintf(stderr, "%s\n%s\n", err.text, sql);
        abort();
    }
    while (db_step(row, &err) == DB_ROW) {
        const char *text = db_text(row, 0);
        text_scrub(out, text, strlen(text), TEXT_LINES);
        strbuf_add(out, "\n");
    }
    db_finish(row);
}

/* The columns of a table that the fields know, as one text. */
static void add_table(struct model *model, enum field_table table, struct strbuf *out)
{
    struct strbuf sql = {0};
    const char *key = field_key_column(table);
    strbuf_format(&sql, "SELECT '%s '", field_tables[table]);
    strbuf_format(&sql, " || %s || ' ' || %s", table == TABLE_TASK ? "id" : "task_id", key);
    for (size_t i = 0; i < field_count; i++)
        if (fields[i].table == table)
            strbuf_format(&sql, " || ' %s=' || quote(%s)", fields[i].name, fields[i].column);
    strbuf_format(&sql, " FROM %s ORDER BY 1", field_tables[table]);
    add_rows(model, strbuf_text(&sql), out);
    strbuf_clear(&sql);
}

static char *picture(struct model *model)
{
    struct strbuf out = {0};
    for (int table = TABLE_TASK; table < TABLE_COUNT; table++)
        if (table != TABLE_TASK_REGION && table != TABLE_TASK_DEPARTMENT)
            add_table(model, (enum field_table)table, &out);
    add_rows(model,
        "SELECT 'region ' || task_id || ' ' || region_id FROM task_region ORDER BY task_id, "
        "position, region_id",
        &out);
    add_rows(model,
        "SELECT 'department ' || task_id || ' ' || role || ' ' || department_id FROM "
        "task_department ORDER BY task_id, role, position, department_id",
        &out);
    strbuf_add(&out, "");
    return strbuf_take(&out);
}

static void must_be(struct model *model, const char *expected, const char *when)
{
    char *now = picture(model);
    if (strcmp(now, expected) != 0) {
        fprintf(stderr, "%s it is\n%s\nand was\n%s\n", when, now, expected);
        abort();
    }
    free(now);
}

/* --- refusals -------------------------------------------------------------------------------- */

static void look_at_refusal(const struct error *err)
{
    bool known = err->code == ERROR_INPUT || err->code == ERROR_NOT_FOUND ||
                 err->code == ERROR_REFUSED || err->code == ERROR_PERMISSION ||
                 err->code == ERROR_CONFLICT;
    if (!known || err->text[0] == '\0' || !text_is_clean(err->text, TEXT_ONE_LINE)) {
        fprintf(stderr, "%d %s\n", (int)err->code, err->text);
        abort();
    }
}

/* --- taking back, and doing again ------------------------------------------------------------ */

static bool take_back(struct model *model, bool redo, struct error *err)
{
    struct events undone = {0};
    bool done = undo_do(model, redo, 0, &undone, err);
    events_clear(&undone);
    return done;
}

static void must_take_back(struct model *model, bool redo)
{
    struct error err = {0};
    if (!take_back(model, redo, &err)) {
        fprintf(stderr, "%s: %s\n", redo ? "redo" : "undo", err.text);
        abort();
    }
}

/* --- what is said ---------------------------------------------------------------------------- */

static char *typed_date(struct input *input)
{
    static const char *const ends[] = {"1900-01-01", "2199-12-31", "2026-11-21", ""};
    uint8_t byte = input_byte(input);
    if (byte < 8)
        return alloc_string(ends[byte % 4]);
    return alloc_format("%+d", (int)(int8_t)byte);
}

static char *typed_units(struct input *input, const struct field *field)
{
    struct strbuf out = {0};
    bool several = field->type == VALUE_IS_REGIONS || field->type == VALUE_IS_DEPARTMENTS;
    uint8_t bits = input_byte(input);
    for (int id = 1; id <= 6; id++)
        if (bits >> id & 1 && (several || out.length == 0))
            strbuf_format(&out, "#%d ", bits & 1 ? 7 - id : id);
    if (!several && out.length > 0)
        strbuf_cut(&out, out.length - 1);
    strbuf_add(&out, "");
    return strbuf_take(&out);
}

static char *typed_text(struct input *input)
{
    static const char *const texts[] = {"", "甲", "乙", "丙 ", "同意\n二", "0", "拆除围堰"};
    uint8_t byte = input_byte(input);
    if (byte % 8 < sizeof texts / sizeof *texts)
        return alloc_string(texts[byte % 8]);
    return input_text(input, byte / 8);
}

static char *typed(struct input *input, const struct field *field)
{
    static const struct field reason = {.type = VALUE_IS_TEXT};
    if (field == NULL)
        field = &reason;
    switch (field->type) {
    case VALUE_IS_DATE:
        return typed_date(input);
    case VALUE_IS_NUMBER:
    case VALUE_IS_PERCENT:
        return alloc_format("%d", input_byte(input) % 101);
    case VALUE_IS_YES:
        return alloc_string(input_byte(input) % 2 ? "1" : "0");
    case VALUE_IS_WORD:
        return alloc_string(field->words[input_byte(input) % field->word_count].name);
    case VALUE_IS_REGION:
    case VALUE_IS_REGIONS:
    case VALUE_IS_DEPARTMENT:
    case VALUE_IS_DEPARTMENTS:
    case VALUE_IS_SPONSOR:
    case VALUE_IS_SOURCE:
        return typed_units(input, field);
    default:
        return typed_text(input);
    }
}

struct told {
    struct argument item[NAMES_MOST];
    char *name[NAMES_MOST], *value[NAMES_MOST], *base[NAMES_MOST];
    size_t count;
};

static void told_clear(struct told *told)
{
    for (size_t i = 0; i < told->count; i++) {
        free(told->name[i]);
        free(told->value[i]);
        free(told->base[i]);
    }
}

/* What the author saw: nothing said, what is there, or something else. */
static char *base_of(struct world *world, struct model *model, int64_t task, const char *name)
{
    struct error err = {0};
    char *now = NULL;
    uint8_t byte = input_byte(&world->input);
    if (byte % 4 < 2)
        return NULL;
    if (byte % 4 == 2)
        return typed_text(&world->input);
    assert(work_current(model, task, name, &now, &err));
    return now;
}

static void tell(struct world *world, struct model *model, const struct work_name *name,
    int64_t edited, struct told *told)
{
    static const struct field reason = {.name = "reason", .label = "", .type = VALUE_IS_TEXT};
    const struct field *field = name->is.field != NULL ? name->is.field : &reason;
    bool one_of = field_key_of(field->table) == KEY_POSITION;
    struct error err = {0};
    size_t at = told->count;
    char *words = typed(&world->input, field);
    if (field_read(model_units(model), field, words, &told->value[at], &err)) {
        told->name[at] =
            one_of ? alloc_format("%s.%d", name->is.name, 1 + input_byte(&world->input) % 5)
                   : alloc_string(name->is.name);
        told->base[at] = edited != 0 ? base_of(world, model, edited, told->name[at]) : NULL;
        told->item[at] = (struct argument){told->name[at], told->value[at], told->base[at]};
        told->count++;
    }
    free(words);
}

/* What it needs nearly always, of the rest what the input says. */
static void tell_all(
    struct world *world, struct model *model, const char *action, int64_t task, struct told *told)
{
    struct work_name name;
    bool edit = strcmp(action, "edit") == 0, create = strcmp(action, "create") == 0;
    for (size_t i = 0; work_name_at(action, i, &name) && told->count < NAMES_MOST; i++) {
        uint8_t byte = input_byte(&world->input);
        bool needed = name.needed || (create && strcmp(name.is.name, "deadline") == 0);
        if (needed ? byte != 255 : byte % 8 == 1)
            tell(world, model, &name, edit ? task : 0, told);
    }
    if (create && told->count < NAMES_MOST) {
        name = (struct work_name){.is = {.name = "source", .field = field_named("source")}};
        tell(world, model, &name, 0, told);
    }
    if (!create && told->count < NAMES_MOST && input_byte(&world->input) % 4 == 1) {
        name = (struct work_name){.is = {.name = "reason"}};
        tell(world, model, &name, 0, told);
    }
}

/* --- what is done ---------------------------------------------------------------------------- */

static int64_t task_of(struct world *world)
{
    uint8_t byte = input_byte(&world->input);
    return byte > 250 ? TASKS : 1 + byte % (TASKS - 1);
}

/* Mostly one of those that can be done now. */
static const char *action_of(struct world *world, struct model *model, int64_t task)
{
    struct task_detail *detail = NULL;
    struct error err = {0};
    uint8_t byte = input_byte(&world->input);
    const char *action = workflow[byte % workflow_count].action;
    if (byte >= 240 || !task_detail_read(model, task, &detail, &err))
        return action;
    for (size_t i = 0, left = byte % 7; i < 2 * workflow_count; i++) {
        const struct transition *one = &workflow[i % workflow_count];
        if (!work_possible(model, detail, one, &err))
            continue;
        action = one->action;
        if (left-- == 0)
            break;
    }
    task_detail_free(detail);
    return action;
}

static bool do_one(struct world *world, struct model *model, bool create, struct error *err)
{
    struct told told = {.count = 0};
    struct outcome outcome = {0};
    int64_t task = create ? 0 : task_of(world);
    const char *action = create ? "create" : action_of(world, model, task);
    tell_all(world, model, action, task, &told);
    const struct request request = {.action = action,
        .argument = told.item,
        .count = told.count,
        .since = history_newest(model) - input_byte(&world->input) % 4};
    bool done = work_do(model, task, &request, &outcome, err);
    assert(done || outcome.seq == 0);
    assert(done || outcome.clash_count == 0 || err->code == ERROR_CONFLICT);
    done = done && outcome.seq != 0;
    outcome_clear(&outcome);
    told_clear(&told);
    return done;
}

static bool do_many(struct world *world, struct model *model, struct error *err)
{
    const int64_t ids[] = {1, 2, 3, 4, 5, 77};
    enum { IDS = sizeof ids / sizeof *ids };
    const char *action = action_of(world, model, task_of(world));
    struct told told = {.count = 0};
    struct work_many tried = {0}, many = {0};
    tell_all(world, model, action, 0, &told);
    const struct request request = {.action = action, .argument = told.item, .count = told.count};
    assert(work_do_many(model, ids, IDS, &request, true, &tried, err));
    assert(work_do_many(model, ids, IDS, &request, false, &many, err));
    assert(tried.done == many.done && tried.refused == many.refused);
    assert(many.done + many.refused == IDS);
    for (int i = 0; i < IDS; i++) {
        if (many.why[i].code != ERROR_NONE)
            look_at_refusal(&many.why[i]);
        assert(many.why[i].code == tried.why[i].code && tried.line[i] == 0);
    }
    bool done = many.seq != 0;
    work_many_clear(&tried);
    work_many_clear(&many);
    told_clear(&told);
    return done;
}

/* What other people's scripts write, knowing nothing of duban. */
static void run_script(struct world *world)
{
    static const char *const scripts[] = {
        "UPDATE task SET phone = '024-9' WHERE id = 1",
        "INSERT OR IGNORE INTO measure (task_id, position, text) VALUES (1, 3, '戊')",
        "DELETE FROM measure WHERE task_id = 1 AND position = 2",
        "UPDATE task SET state = 'closed' WHERE id = 3",
        "INSERT INTO report (task_id, period_start, period_end, text) VALUES (2, '2026-11-16', "
        "'2026-11-22', '脚本')",
        "INSERT INTO notice (task_id, level, issued_on) VALUES (1, 'letter', '2026-11-01')",
        "UPDATE task SET region_id = 2 WHERE id = 1",
        "UPDATE task SET lead_id = 3 WHERE id = 2",
        "INSERT OR IGNORE INTO task_region (region_id, task_id, position) VALUES (2, 2, 1)",
        "DELETE FROM task WHERE id = 6",
        "INSERT INTO report (task_id, period_start, period_end, text) SELECT max(id), "
        "'2026-11-16', '2026-11-22', '脚本' FROM task",
        "UPDATE publicity SET ends_on = '2199-12-31'",
        "DELETE FROM publicity",
        "UPDATE review SET reviewed_on = '2026-01-01'",
        /* days beyond the calendar, and what no terminal should see */
        "UPDATE publicity SET starts_on = '0001-01-01'",
        "UPDATE publicity SET starts_on = '8000-01-01', ends_on = '9000-01-01'",
        "UPDATE task SET deadline = '9000-01-01' WHERE id = 2",
        "UPDATE task SET reported_on = '0001-01-01', done_on = '9000-01-01' WHERE id = 1",
        "UPDATE measure SET due_on = '0001-01-01'",
        "UPDATE extension SET new_deadline = '9000-01-01'",
        "UPDATE notice SET issued_on = '0001-01-01', reply_due = '9000-01-01'",
        "UPDATE task SET category = 'a' || char(9, 27, 8238) || 'b' WHERE id = 1",
        "UPDATE measure SET waived = char(10, 155) WHERE position = 4",
    };
    struct error err = {0};
    struct db *db = model_db(world->model[0]);
    assert(db_write_begin(db, &err));
    assert(db_script(
        db, scripts[input_byte(&world->input) % (sizeof scripts / sizeof *scripts)], &err));
    assert(db_write_commit(db, &err));
    world->scripts = true;
}

static void pass_days(struct world *world)
{
    char now[40];
    int day = (int)(model_today(world->model[0])->date - date_make(2026, 11, 21));
    date_t date = date_make(2026, 11, 21) + day + input_byte(&world->input) % 32;
    char iso[11];
    snprintf(now, sizeof now, "%sT21:47:00+08:00", date_format(date, iso));
    setenv("DUBAN_NOW", now, 1);
}

/* What was done is taken back, done again, and taken back once more or left. */
static void try_undo(struct model *model, const char *before, bool leave)
{
    char *after = picture(model);
    must_take_back(model, false);
    must_be(model, before, "taken back");
    must_take_back(model, true);
    must_be(model, after, "done again");
    if (!leave) {
        must_take_back(model, false);
        must_be(model, before, "taken back once more");
    }
    free(after);
}

static void step(struct world *world)
{
    uint8_t what = input_byte(&world->input), how = input_byte(&world->input);
    struct model *model = world->model[how & 1];
    struct error err = {0};
    int64_t newest = history_newest(model);
    char *before = picture(model);
    bool done = false, action = true;
    if (what % 16 < 8) {
        done = do_one(world, model, false, &err);
    } else if (what % 16 == 8) {
        done = do_one(world, model, true, &err);
    } else if (what % 16 == 9) {
        done = do_many(world, model, &err);
    } else {
        action = false;
        if (what % 16 == 10)
            run_script(world);
        else if (what % 16 == 11)
            pass_days(world);
        else
            done = take_back(model, what % 16 > 13, &err);
    }
    if (err.code != ERROR_NONE)
        look_at_refusal(&err);
    if (err.code != ERROR_NONE && !done) {
        assert(history_newest(model) == newest);
        must_be(model, before, "after a refusal");
    }
    assert(!done || history_newest(model) > newest);
    if (done && action && how & 2)
        try_undo(model, before, how & 4);
    free(before);
}

/* --- the whole ------------------------------------------------------------------------------- */

static void complain(void *context, const struct finding *finding)
{
    (void)context;
    assert(finding->text[0] != '\0' && text_is_clean(finding->text, TEXT_ONE_LINE));
    if (finding_kinds[finding->kind].fault)
        fprintf(stderr, "%s: %s\n", finding_kinds[finding->kind].name, finding->text);
}

/* Scripts can take away what a state needs; nothing else can be made wrong. */
static void look_at_database(const struct world *world)
{
    struct findings findings = {.say = complain};
    struct model *model = world->model[0];
    struct error err = {0};
    int64_t outside = 0, faults = 0;
    assert(check_references(model, &findings, &err) && check_counts(model, &findings, &err) &&
           check_history(model, &findings, &outside, &err) &&
           check_states(model, &findings, &err) && check_search(model, &findings, &err));
    assert(world->scripts || check_facts(model, &findings, &err));
    for (int kind = 0; kind < FINDING_KIND_COUNT; kind++)
        faults += finding_kinds[kind].fault ? findings.count[kind] : 0;
    assert(faults == 0 && (world->scripts || outside == world->first));
}

static void look_at_history(struct model *model)
{
    struct events events = {0};
    struct error err = {0};
    assert(history_latest(model, 0, 1000, &events, &err));
    for (size_t i = 0; i < events.count; i++) {
        struct strbuf text = {0};
        history_describe(model, &events.event[i], &text);
        history_headline(&events.event[i], &text);
        assert(text.length > 0 && text_is_clean(text.text, TEXT_ONE_LINE));
        strbuf_clear(&text);
    }
    events_clear(&events);
}

static void look_at_all(const struct world *world)
{
    struct model *model = world->model[0];
    look_at_database(world);
    look_at_history(model);
    for (int64_t id = 1; id <= TASKS + 2; id++) {
        struct task_detail *task = NULL;
        struct error why = {0};
        if (task_detail_read(model, id, &task, &why))
            task_detail_free(task);
        else
            assert(why.code == ERROR_NOT_FOUND);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *path = fresh_database(fill);
    struct world world = {.input = {data, size},
        .model = {open_as(path, "李娜", PERSON_ADMIN),
            open_as(path, "王强",
                size > 0 && data[0] % 4 == 0   ? PERSON_REPORTER
                : size > 0 && data[0] % 4 == 1 ? PERSON_DEPARTMENT
                                               : PERSON_OFFICER)}};
    world.first = history_newest(world.model[0]);
    input_byte(&world.input);
    for (int i = 0; i < STEPS_MOST && world.input.size > 0; i++)
        step(&world);
    look_at_all(&world);
    for (int i = 0; i < PEOPLE; i++)
        model_close(world.model[i]);
    return 0;
}
