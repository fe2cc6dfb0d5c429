/* Drafts: kept, found, listed and dropped, each person's own; whatever stands in the row; and never
 * in the way of typing while others write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/other.h"
#include "model/draft.h"
#include "model/history.h"
#include "model/undo.h"
#include "model/work.h"

enum { GATE_MS = 20000 };

static struct model *open_as(const char *path, const char *login, const char *name)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.login = (char *)login,
        .name = (char *)name,
        .origin = (char *)login,
        .role = PERSON_ADMIN};
    const struct model_options options = {.path = path,
        .due_soon_days = 30,
        .due_urgent_days = 7,
        .gate_ms = GATE_MS,
        .person = &person};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

static struct model *made(void **state, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    database_task(path, 1, "辽河口湿地退养还湿");
    return open_as(path, "lina", "李娜");
}

static bool keep(struct model *model, const char *context, int64_t task_id, const char *value,
    bool leaving, struct error *err)
{
    struct draft draft = {.context = (char *)(uintptr_t)context, .task_id = task_id, .since = 7};
    draft_add(&draft, "goal", "原来的", value);
    draft_add(&draft, "done.3", "", "2026-11-30");
    bool kept = draft_keep(model, &draft, leaving, err);
    draft.context = NULL;
    draft_clear(&draft);
    return kept;
}

static void must_keep(struct model *model, const char *context, int64_t task_id, const char *value)
{
    struct error err = {0};
    if (!keep(model, context, task_id, value, false, &err))
        fail_msg("%s", err.text);
}

static bool find(struct model *model, const char *context, int64_t task_id, struct draft *out)
{
    struct error err = {0};
    bool found = false;
    if (!draft_find(model, context, task_id, out, &found, &err))
        fail_msg("%s", err.text);
    return found;
}

/* The value of the first field; NULL: there is no draft. */
static void expect(struct model *model, const char *context, int64_t task_id, const char *value)
{
    struct draft draft = {0};
    bool found = find(model, context, task_id, &draft);
    assert_int_equal(found, value != NULL);
    if (value) {
        assert_int_equal(draft.count, 2);
        assert_string_equal(draft.item[0].value, value);
    }
    draft_clear(&draft);
}

static void drop(struct model *model, const char *context, int64_t task_id)
{
    struct error err = {0};
    if (!draft_drop(model, context, task_id, &err))
        fail_msg("%s", err.text);
}

/* --- kept and found -------------------------------------------------------------------------- */

static void keeps_what_was_typed(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    struct draft draft = {0};
    must_keep(model, "edit", 1, "一，\n二:3,\"'%s");
    assert_true(find(model, "edit", 1, &draft));
    assert_string_equal(draft.context, "edit");
    assert_int_equal(draft.task_id, 1);
    assert_int_equal(draft.since, 7);
    assert_true(draft.at == date_now());
    assert_string_equal(draft.ident, "2-001");
    assert_int_equal(draft.count, 2);
    assert_string_equal(draft.item[0].name, "goal");
    assert_string_equal(draft.item[0].base, "原来的");
    assert_string_equal(draft.item[0].value, "一，\n二:3,\"'%s");
    assert_string_equal(draft.item[1].name, "done.3");
    assert_string_equal(draft.item[1].base, "");
    draft_clear(&draft);
    must_keep(model, "edit", 1, "后来");
    expect(model, "edit", 1, "后来");
    assert_int_equal(database_number(path, "SELECT count(*) FROM draft"), 1);
    assert_int_equal(history_newest(model), 0); /* it is no event */
    model_close(model);
}

/* What is again as it began is no draft. */
static void takes_an_empty_one_away(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model = made(state, path);
    const struct draft empty = {.context = (char *)"edit", .task_id = 1};
    assert_true(draft_keep(model, &empty, false, &err));
    expect(model, "edit", 1, NULL);
    must_keep(model, "edit", 1, "甲");
    must_keep(model, "report", 1, "乙");
    assert_true(draft_keep(model, &empty, false, &err));
    expect(model, "edit", 1, NULL);
    expect(model, "report", 1, "乙");
    model_close(model);
}

static void keeps_one_for_each_purpose_and_task(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    database_task(path, 2, "另一项");
    must_keep(model, "edit", 1, "甲");
    must_keep(model, "edit", 2, "乙");
    must_keep(model, "report", 1, "丙");
    must_keep(model, "create", 0, "丁");
    must_keep(model, "create", 0, "戊");
    expect(model, "edit", 1, "甲");
    expect(model, "edit", 2, "乙");
    expect(model, "report", 1, "丙");
    expect(model, "create", 0, "戊");
    expect(model, "report", 0, NULL);
    drop(model, "edit", 1);
    drop(model, "create", 0);
    drop(model, "notice", 1); /* there is none */
    expect(model, "edit", 1, NULL);
    expect(model, "create", 0, NULL);
    expect(model, "edit", 2, "乙");
    model_close(model);
}

static void keeps_people_apart(void **state)
{
    char path[256];
    struct model *mine = made(state, path), *theirs = open_as(path, "wangq", "王强"),
                 *namesake = open_as(path, "lina2", "李娜"), *unrecorded = open_as(path, "", "赵");
    must_keep(mine, "edit", 1, "我的");
    must_keep(theirs, "edit", 1, "他的");
    must_keep(unrecorded, "edit", 1, "谁的");
    expect(mine, "edit", 1, "我的");
    expect(theirs, "edit", 1, "他的");
    expect(unrecorded, "edit", 1, "谁的");
    expect(namesake, "edit", 1, NULL);
    drop(theirs, "edit", 1);
    expect(mine, "edit", 1, "我的");
    model_close(mine);
    model_close(theirs);
    model_close(namesake);
    model_close(unrecorded);
}

static void lists_the_newest_first(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *mine = made(state, path), *theirs = open_as(path, "wangq", "王强");
    struct draft *list = NULL;
    size_t count = 1;
    assert_true(draft_list(mine, &list, &count, &err));
    assert_int_equal(count, 0);
    free(list);
    must_keep(mine, "edit", 1, "甲");
    must_keep(theirs, "notice", 1, "丙");
    setenv("DUBAN_NOW", "2026-11-21T21:48:00+08:00", 1);
    must_keep(mine, "create", 0, "乙");
    assert_true(draft_list(mine, &list, &count, &err));
    assert_int_equal(count, 2);
    assert_string_equal(list[0].context, "create");
    assert_string_equal(list[0].ident, "");
    assert_int_equal(list[0].task_id, 0);
    assert_int_equal(list[0].count, 0); /* without what is in them */
    assert_string_equal(list[1].context, "edit");
    assert_string_equal(list[1].ident, "2-001");
    for (size_t i = 0; i < count; i++)
        draft_clear(&list[i]);
    free(list);
    model_close(mine);
    model_close(theirs);
}

/* --- rows that others wrote ------------------------------------------------------------------ */

static void write_body(const char *path, const char *body)
{
    struct strbuf sql = {0};
    strbuf_format(&sql,
        "DELETE FROM draft; INSERT INTO draft (person, context, task_id, body, updated_at) VALUES "
        "('lina', 'edit', 1, %s, 'yesterday')",
        body);
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

static void reads_what_it_can_of_any_body(void **state)
{
    static const struct {
        const char *body; /* in SQL */
        size_t count;
        const char *last; /* value */
    } bodies[] = {
        {"''", 0, NULL}, {"'x'", 0, NULL}, {"'{\"goal\": 1}'", 0, NULL},
        {"'4:goal,0:,3:abc,'", 1, "abc"}, {"'4:goal,0:,3:abc'", 0, NULL},
        {"'4:goal,0:,4:abc,'", 0, NULL}, {"'4:goal,0:,2:abc,'", 0, NULL},
        {"'4:goal,0:,3:abc,5:title,0:,'", 1, "abc"},
        {"'4:goal,0:,3:abc,5:title,0:,1:x,rest'", 2, "x"},
        {"'4:goal,0:,99999999999999999999:abc,'", 0, NULL}, {"'4:goal,0:,-1:abc,'", 0, NULL},
        {"'4:goal,0:,18446744073709551615:abc,'", 0, NULL},
        {"'4:goal,0:,5:' || char(97, 27, 9, 10, 98) || ',' ", 1, "a\xEF\xBF\xBD \nb"},
        {"CAST(x'343a676f616c2c303a2c313aff2c' AS TEXT)", 1, "\xEF\xBF\xBD"},
        {"'4:goal,0:,3:' || char(25991) || ',' ", 1, "文"},
        {"'4:goal,0:,2:' || char(25991) || ',' ", 0, NULL}, /* ends within the character */
    };
    char path[256];
    struct model *model = made(state, path);
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct draft draft = {0};
        write_body(path, bodies[i].body);
        assert_true(find(model, "edit", 1, &draft));
        if (draft.count != bodies[i].count)
            fail_msg("%s: %zu items", bodies[i].body, draft.count);
        assert_true(draft.at == 0);
        if (bodies[i].last)
            assert_string_equal(draft.item[draft.count - 1].value, bodies[i].last);
        draft_clear(&draft);
    }
    model_close(model);
}

/* More than any form has is not read, and costs no time to leave. */
static void reads_no_more_than_a_form_has(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    struct draft draft = {0};
    write_body(path, "replace(hex(zeroblob(3000000)), '00', '0:,')");
    assert_true(find(model, "edit", 1, &draft));
    assert_int_equal(draft.count, DRAFT_ITEMS_MOST);
    draft_clear(&draft);
    model_close(model);
}

/* --- tasks that go --------------------------------------------------------------------------- */

static void goes_with_its_task(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model = made(state, path);
    const struct argument told[] = {{"title", "新任务", NULL}, {"source", "1", NULL},
        {"region", "5", NULL}, {"deadline", "2026-12-20", NULL}};
    const struct request request = {"create", told, 4, 0, 0};
    struct outcome outcome;
    struct events undone = {0};
    assert_true(work_do(model, 0, &request, &outcome, &err));
    must_keep(model, "edit", outcome.task_id, "甲");
    assert_true(undo_do(model, false, 0, &undone, &err));
    events_clear(&undone);
    expect(model, "edit", outcome.task_id, NULL);
    assert_false(keep(model, "edit", outcome.task_id, "乙", false, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    outcome_clear(&outcome);
    model_close(model);
}

static void goes_with_what_a_script_deletes(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    must_keep(model, "edit", 1, "甲");
    database_script(path, "DELETE FROM task");
    expect(model, "edit", 1, NULL);
    model_close(model);
}

/* Left behind all the same, it can be dropped. */
static void can_be_dropped_without_its_task(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model = made(state, path);
    struct draft *list = NULL;
    size_t count = 0;
    must_keep(model, "edit", 1, "甲");
    database_script(path, "UPDATE draft SET task_id = 77");
    assert_true(draft_list(model, &list, &count, &err));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].task_id, 77);
    assert_string_equal(list[0].ident, "");
    draft_clear(&list[0]);
    free(list);
    expect(model, "edit", 77, "甲");
    drop(model, "edit", 77);
    expect(model, "edit", 77, NULL);
    model_close(model);
}

/* --- while others write ---------------------------------------------------------------------- */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Holds the gate until told. */
static int hold(struct other *parent, void *path)
{
    struct db *db = NULL;
    if (!db_open(path, DB_READ_WRITE, &db, NULL) || !db_write_begin(db, NULL))
        return 1;
    other_say(parent, '.');
    other_hear(parent);
    db_write_rollback(db);
    db_close(db);
    return 0;
}

/* Lets the gate go as soon as somebody waits. */
static int release_when_waited(struct other *parent, void *path)
{
    char gate[270];
    struct db *db = NULL;
    snprintf(gate, sizeof gate, "%s.gate", (const char *)path);
    if (!db_open(path, DB_READ_WRITE, &db, NULL) || !db_write_begin(db, NULL))
        return 1;
    other_say(parent, '.');
    bool waited = other_waits_for(gate);
    db_write_rollback(db);
    db_close(db);
    return waited ? 0 : 2;
}

static void must_be_busy(struct model *model)
{
    struct error err = {0};
    int64_t start = now_ms();
    assert_false(keep(model, "edit", 1, "后来", false, &err));
    assert_int_equal(err.code, ERROR_BUSY);
    assert_in_range(now_ms() - start, DRAFT_WAIT_MS - 1, GATE_MS / 2);
    expect(model, "edit", 1, "先前"); /* what was kept before is still there */
}

static void does_not_wait_while_somebody_types(void **state)
{
    char path[256];
    struct other other;
    struct model *model = made(state, path);
    must_keep(model, "edit", 1, "先前");
    other_start(&other, hold, path);
    assert_int_equal(other_hear(&other), '.');
    must_be_busy(model);
    other_say(&other, '.');
    assert_int_equal(other_end(&other), 0);
    must_keep(model, "edit", 1, "后来");
    model_close(model);
}

static void does_not_wait_for_a_script_either(void **state)
{
    static const char begin[] = "BEGIN IMMEDIATE;\n.print in\n";
    char path[256];
    struct other other;
    struct model *model = made(state, path);
    const char *const arguments[] = {"sqlite3", path, NULL};
    must_keep(model, "edit", 1, "先前");
    other_start_program(&other, arguments);
    assert_int_equal(write(other.out, begin, strlen(begin)), strlen(begin));
    assert_int_equal(other_hear(&other), 'i');
    must_be_busy(model);
    close(other.out);
    other.out = -1;
    assert_int_equal(other_end(&other), 0);
    must_keep(model, "edit", 1, "后来");
    model_close(model);
}

/* Whoever leaves waits as any change does; and changes wait as before, after a draft did not. */
static void waits_when_leaving(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model = made(state, path);
    const struct argument phone[] = {{"phone", "024-1", NULL}};
    const struct request request = {"edit", phone, 1, 0, 0};
    struct outcome outcome;
    for (int leaving = 1; leaving >= 0; leaving--) {
        struct other other;
        other_start(&other, release_when_waited, path);
        assert_int_equal(other_hear(&other), '.');
        bool done = leaving ? keep(model, "edit", 1, "甲", true, &err)
                            : work_do(model, 1, &request, &outcome, &err);
        if (!done)
            fail_msg("%s", err.text);
        assert_int_equal(other_end(&other), 0);
        must_keep(model, "edit", 1, "乙");
    }
    outcome_clear(&outcome);
    model_close(model);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keeps_what_was_typed),
        TEST(takes_an_empty_one_away),
        TEST(keeps_one_for_each_purpose_and_task),
        TEST(keeps_people_apart),
        TEST(lists_the_newest_first),
        TEST(reads_what_it_can_of_any_body),
        TEST(reads_no_more_than_a_form_has),
        TEST(goes_with_its_task),
        TEST(goes_with_what_a_script_deletes),
        TEST(can_be_dropped_without_its_task),
        TEST(does_not_wait_while_somebody_types),
        TEST(does_not_wait_for_a_script_either),
        TEST(waits_when_leaving),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
