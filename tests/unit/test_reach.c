/* What a person with a reach sees is what the owner of a database sees from which all else has been
 * taken: any number, place, word or sentence that tells of another task is a difference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/acting.h"
#include "harness/busy.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/shown.h"
#include "model/counts.h"
#include "model/handover.h"
#include "model/history.h"
#include "model/task_detail.h"
#include "model/work.h"

enum { IDS = 200 };

/* A reach, and what it says in SQL. */
static const struct {
    const char *filter, *condition;
} reaches[] = {
    {"region:抚顺", "id IN (SELECT task_id FROM task_region WHERE region_id IN (3, 5))"},
    {"region:\"211122\"", "id IN (SELECT task_id FROM task_region WHERE region_id = 6)"},
    {"lead:\"省水利厅\" or responsible:\"省水利厅\" or supervisor:\"省水利厅\"",
        "lead_id = 2 OR supervisor_id = 2 OR id IN (SELECT task_id FROM task_department WHERE "
        "department_id = 2)"},
    {"open", "state <> 'closed'"},
    {"source:L1", "source_id = 2"},
    {"-region:抚顺", "id NOT IN (SELECT task_id FROM task_region WHERE region_id IN (3, 5))"},
    {"region:沈阳 state:in_progress",
        "state = 'in_progress' AND id IN (SELECT task_id FROM task_region WHERE region_id = 2)"},
    {"category:水", "category = '水'"},
    {"source:L1 source:P", "0"},
};
enum { REACHES = sizeof reaches / sizeof *reaches };

static void compare(struct model *seen, struct model *expected,
    void (*show)(struct model *, struct strbuf *), const char *of)
{
    struct strbuf a = {0}, b = {0};
    show(seen, &a);
    show(expected, &b);
    shown_same(&a, &b, of);
    strbuf_clear(&a);
    strbuf_clear(&b);
}

static void show_numbers(struct model *model, struct strbuf *out)
{
    shown_numbers(model, BUSY_NUMBERS, out);
}

static void expect_same(
    const char *path, const char *rest, size_t which, enum person_role role, moment_t as_of)
{
    char of[256];
    snprintf(of, sizeof of, "%s as %s, %lld", reaches[which].filter, person_roles[role].name,
        (long long)as_of);
    struct model *person = busy_open(path, role, reaches[which].filter, as_of);
    struct model *all = busy_open(rest, role, NULL, as_of);
    compare(person, all, show_numbers, of);
    model_close(all);
    all = busy_open(rest, role, reaches[which].filter, as_of);
    compare(person, all, shown_lines, of);
    model_close(all);
    model_close(person);
}

static void try_world(void *folder, unsigned seed, size_t which, moment_t as_of)
{
    char path[256], rest[256], name[32];
    int64_t ids[IDS];
    snprintf(name, sizeof name, "%u.db", seed);
    folder_file(folder, name, path);
    snprintf(name, sizeof name, "%u-rest.db", seed);
    folder_file(folder, name, rest);
    busy_make(path, seed, reaches[which].filter);
    size_t count = busy_ids(path, reaches[which].condition, as_of, ids, IDS);
    busy_rest(path, rest, ids, count);
    expect_same(path, rest, which, seed % 2 ? PERSON_OFFICER : PERSON_DEPARTMENT, as_of);
}

static void a_reach_is_a_world_without_the_rest(void **state)
{
    for (unsigned i = 0; i < REACHES; i++)
        try_world(*state, i + 1, i, 0);
}

static void so_it_is_in_the_past(void **state)
{
    for (unsigned i = 0; i < 3; i++)
        try_world(*state, i + 20, i, date_moment(date_make(2026, 11, 10), 12, 0));
}

/* --- one thing after the other ------------------------------------------------------------------
 */

/* Tasks 1, 2 and 3 (2-001 ..) of 抚顺, 沈阳 and 盘锦, with the clock of the harness. */
static void small_world(void *folder, char path[static 256])
{
    folder_file(folder, "small.db", path);
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    database_make(path);
    for (int i = 1; i <= 3; i++)
        database_task(path, i, "甲");
    database_write(path,
        "UPDATE task SET region_id = CASE id WHEN 1 THEN 3 WHEN 2 THEN 2 ELSE 4 END, "
        "version = version + 1");
}

static void set_many(struct model *model, const int64_t *ids, size_t count)
{
    static const struct argument phone[] = {{"phone", "024-1", NULL}};
    const struct request request = {.action = "edit", .argument = TOLD(phone)};
    struct work_many many;
    struct error err = {0};
    if (!work_do_many(model, ids, count, &request, false, &many, &err))
        fail_msg("%s", err.text);
    work_many_clear(&many);
}

static void expect_together(const char *path, const char *reach, size_t together)
{
    struct model *model = busy_open(path, PERSON_VIEWER, reach, 0);
    struct events events = {0};
    struct error err = {0};
    assert_true(history_latest(model, 1, 1, &events, &err));
    assert_int_equal(events.event[0].together, together);
    events_clear(&events);
    model_close(model);
}

static void of_a_step_only_its_tasks_in_reach_are_counted(void **state)
{
    static const int64_t ids[] = {1, 2, 3};
    char path[256];
    small_world(*state, path);
    struct model *office = acting_open(path, "王强", PERSON_OFFICER, NULL);
    set_many(office, ids, 3);
    model_close(office);
    expect_together(path, NULL, 3);
    expect_together(path, "region:抚顺 or region:沈阳", 2);
    expect_together(path, "region:抚顺", 1);
}

static void expect_found(struct model *model, const char *ident, int64_t id, const char *words)
{
    struct error err = {0};
    int64_t found = 0;
    if (task_find(model, ident, &found, &err) != (id != 0) || found != id)
        fail_msg("%s: %lld %s", ident, (long long)found, err.text);
    if (id == 0)
        assert_string_equal(err.text, words);
}

static void a_hidden_task_shadows_no_other(void **state)
{
    char path[256];
    small_world(*state, path);
    database_write(path, "UPDATE task SET number = CASE id WHEN 1 THEN '7' WHEN 2 THEN '007' ELSE "
                         "'006' END, version = version + 1");
    struct model *model = busy_open(path, PERSON_VIEWER, "region:抚顺", 0);
    expect_found(model, "2-007", 1, "");
    expect_found(model, "2-7", 1, "");
    expect_found(model, "2-006", 0, "there is no task 2-006; near it are 2-7");
    expect_found(model, "2-005", 0, "there is no task 2-005; near it are 2-7");
    model_close(model);
}

/* The moment of a line is not told to whom the line is not. */
static void a_point_is_that_of_a_line_in_reach(void **state)
{
    static const struct argument phone[] = {{"phone", "024-1", NULL}};
    char path[256], number[24];
    struct handover_since since;
    struct error err = {0};
    small_world(*state, path);
    struct model *office = acting_open(path, "王强", PERSON_OFFICER, NULL);
    setenv("DUBAN_NOW", "2026-11-21T22:00:00+08:00", 1);
    acting_do(office, 1, "edit", TOLD(phone));
    int64_t theirs = history_newest(office);
    setenv("DUBAN_NOW", "2026-11-21T23:00:00+08:00", 1);
    acting_do(office, 2, "edit", TOLD(phone));
    snprintf(number, sizeof number, "%lld", (long long)history_newest(office));
    model_close(office);
    struct model *model = busy_open(path, PERSON_VIEWER, "region:抚顺", 0);
    assert_true(handover_since_find(model, number, &since, &err));
    assert_int_equal(since.at, date_moment(date_make(2026, 11, 21), 22, 0));
    snprintf(number, sizeof number, "%lld", (long long)theirs);
    assert_true(handover_since_find(model, number, &since, &err));
    assert_int_equal(since.at, date_moment(date_make(2026, 11, 21), 22, 0));
    model_close(model);
}

/* Very many lines of others push none of a county's out, and are not counted. */
static void a_handover_counts_only_lines_in_reach(void **state)
{
    char path[256];
    struct handover *handover;
    struct error err = {0};
    small_world(*state, path);
    database_write(path, "UPDATE task SET phone = '1' WHERE id = 1");
    database_write(path, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                         "6000) INSERT INTO "
                         "event (seq, at, actor, origin, task_id, action, note) SELECT (SELECT "
                         "max(seq) FROM event) + i, "
                         "'2026-11-21T08:00:00.000Z', '王强', 'wang', 2, 'edit', '' FROM n");
    struct model *model = busy_open(path, PERSON_VIEWER, "region:抚顺", 0);
    const struct handover_since since = {.kind = HANDOVER_SINCE_GIVEN};
    assert_true(handover_read(model, &since, &handover, &err));
    assert_int_equal(handover->unread, 0);
    assert_int_equal(handover->tasks, 1);
    handover_free(handover);
    model_close(model);
    model = busy_open(path, PERSON_VIEWER, "region:沈阳", 0);
    assert_true(handover_read(model, &since, &handover, &err));
    assert_true(handover->unread >= 1000 && handover->unread < 1100);
    assert_int_equal(handover->tasks, 1);
    handover_free(handover);
    model_close(model);
}

static size_t lines_of(struct model *model, int64_t task)
{
    struct events events = {0};
    struct error err = {0};
    assert_true(history_latest(model, task, 100, &events, &err));
    size_t count = events.count;
    events_clear(&events);
    return count;
}

/* Judged is the task as it is: all of its lines come with it, and go with it. */
static void lines_are_in_reach_as_their_task_is(void **state)
{
    static const struct argument phone[] = {{"phone", "024-1", NULL}};
    static const struct argument there[] = {{"region", "2", NULL}},
                                 back[] = {{"region", "3", NULL}};
    char path[256];
    small_world(*state, path);
    struct model *office = acting_open(path, "王强", PERSON_OFFICER, NULL);
    struct model *fushun = busy_open(path, PERSON_OFFICER, "region:抚顺", 0);
    struct model *shenyang = busy_open(path, PERSON_OFFICER, "region:沈阳", 0);
    acting_do(fushun, 1, "edit", TOLD(phone));
    size_t before = lines_of(office, 1);
    assert_int_equal(lines_of(fushun, 1), before);
    assert_int_equal(lines_of(shenyang, 1), 0);
    acting_do(office, 1, "edit", TOLD(there));
    assert_int_equal(lines_of(fushun, 1), 0);
    assert_int_equal(lines_of(shenyang, 1), before + 1);
    acting_do(office, 1, "edit", TOLD(back));
    assert_int_equal(lines_of(fushun, 1), before + 2);
    assert_int_equal(lines_of(shenyang, 1), 0);
    model_close(office);
    model_close(fushun);
    model_close(shenyang);
}

/* Of a namesake they are not theirs. */
static void lines_of_no_task_are_told_to_whom_wrote_them(void **state)
{
    char path[256];
    struct events events = {0};
    struct error err = {0};
    small_world(*state, path);
    database_write(path, "INSERT INTO event (seq, at, actor, origin, action, note) VALUES (101, "
                         "'2026-11-21T08:00:00.000Z', '李娜', 'lina2', 'bulk', '别人的'), (102, "
                         "'2026-11-21T08:00:00.000Z', '李娜', 'lina 10.9.9.9', 'bulk', '自己的')");
    struct model *model = busy_open(path, PERSON_OFFICER, "region:抚顺", 0);
    assert_true(history_since(model, 100, 10, &events, &err));
    assert_int_equal(events.count, 1);
    assert_string_equal(events.event[0].note, "自己的");
    assert_false(history_own(model, 101, &events, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    assert_true(history_own(model, 102, &events, &err));
    events_clear(&events);
    model_close(model);
}

static void tell_lines(const char *path, enum person_role role, const char *reach, size_t expected)
{
    struct model *model = busy_open(path, role, reach, 0);
    struct events events = {0};
    struct error err = {0};
    assert_true(history_since(model, 100, 10, &events, &err));
    assert_int_equal(events.count, expected);
    assert_true(history_latest(model, 0, 1, &events, &err));
    assert_int_equal(events.count > 0 && events.event[0].seq == 101, expected);
    assert_false(history_own(model, 101, &events, &err));
    events_clear(&events);
    model_close(model);
}

/* What is done to people only administrators are told; nobody takes it back, its author neither. */
static void lines_about_people_are_for_administrators(void **state)
{
    char path[256];
    small_world(*state, path);
    database_write(path, "INSERT INTO event (seq, at, actor, origin, action, note) VALUES (101, "
                         "'2026-11-21T08:00:00.000Z', '李娜', 'lina', 'person_add', '')");
    for (int role = 0; role < PERSON_ROLE_COUNT; role++) {
        tell_lines(path, (enum person_role)role, NULL, role == PERSON_ADMIN);
        tell_lines(path, (enum person_role)role, "region:抚顺", role == PERSON_ADMIN);
    }
}

static size_t tasks_of(const char *path, const char *login)
{
    struct model *model;
    struct error err = {0};
    struct counts counts;
    const struct model_options options = {.path = path, .as = login};
    if (!model_open(&options, &model, &err))
        return 100 + err.code;
    assert_true(counts_read(model, &counts, &err));
    model_close(model);
    return (size_t)counts.all;
}

/* Each city has a department of the same name; and nobody without one sees all. */
static void a_role_sees_its_own_department_and_no_namesake(void **state)
{
    char path[256];
    small_world(*state, path);
    database_write(path,
        "INSERT INTO department (id, name, short, region_id) VALUES (5, '市生态环境局', "
        "'生态环境局', 4), (6, 'a\" or open or \"b', '甲', 1);"
        "UPDATE task SET lead_id = CASE id WHEN 1 THEN 4 WHEN 2 THEN 5 ELSE 5 END, version = "
        "version "
        "+ 1;"
        "INSERT INTO person (login, name, role, department_id) VALUES ('fushun', '甲', "
        "'department', 4), ('panjin', '乙', 'department', 5), ('quoted', '丙', 'department', 6), "
        "('nowhere', '丁', 'department', NULL), ('nobody', '戊', 'reporter', NULL);");
    assert_int_equal(tasks_of(path, "fushun"), 1);
    assert_int_equal(tasks_of(path, "panjin"), 2);
    assert_int_equal(tasks_of(path, "quoted"), 0);
    assert_int_equal(tasks_of(path, "nowhere"), 100 + ERROR_PERMISSION);
    assert_int_equal(tasks_of(path, "nobody"), 100 + ERROR_PERMISSION);
}

/* --- filters --------------------------------------------------------------------------------- */

struct typing {
    unsigned chance;
    struct strbuf text;
};

static unsigned below(struct typing *typing, unsigned limit)
{
    typing->chance = typing->chance * 1664525u + 1013904223u;
    return (unsigned)((uint64_t)(typing->chance >> 8) * limit >> 24);
}

static void type_words(struct typing *typing)
{
    static const char *const words[] = {"or", "and", "not", "-", "(", ")", ") or (", "\"", "\"\"",
        "region:抚顺", "-region:抚顺", "region:沈阳", "region!=抚顺", "region:", "region:*", "id:1",
        "id:2", "#2", "#001", "2-012", "L1-003", "12", "at:2026-11-01", "by:王强",
        "updated>=2026-01-01", "open", "-open", "closed", "overdue", "整改", "任务", "'", ";--",
        "1=1", "lead:水利厅", "state:*", "source:2", "number:2-012", "percent>=0", "due:none",
        "-due:none", "parent:1", "：", "（", "）", "或", "非", "region:抚顺,沈阳", "region:辽宁",
        "()", "((((((", "))))))", "%", "_", "title:整改", "\\"};
    strbuf_cut(&typing->text, 0);
    for (unsigned n = 1 + below(typing, 9); n > 0; n--) {
        strbuf_add(&typing->text, words[below(typing, sizeof words / sizeof *words)]);
        if (below(typing, 5) > 0)
            strbuf_add(&typing->text, " ");
    }
}

/* One that can be read. */
static void type_filter(struct typing *typing, int depth)
{
    static const char *const terms[] = {"region:抚顺", "region:沈阳", "region:辽宁", "open",
        "closed", "overdue", "整改", "新任务", "lead:水利厅", "source:2", "source:L1", "percent>=0",
        "due:none", "by:王强", "updated>=2026-01-01", "state:in_progress", "2-012", "L1-003",
        "\"任务\"", "退养", "category:水", "returned", "supervisor:水利厅", "region!=抚顺"};
    unsigned kind = depth > 4 ? 0 : below(typing, 6);
    if (kind < 2) {
        strbuf_add(&typing->text, terms[below(typing, sizeof terms / sizeof *terms)]);
    } else if (kind == 2) {
        strbuf_add(&typing->text, below(typing, 2) ? "-" : "not ");
        type_filter(typing, 5);
    } else {
        strbuf_add(&typing->text, "(");
        type_filter(typing, depth + 1);
        strbuf_add(&typing->text, kind == 3 ? " " : " or ");
        type_filter(typing, depth + 1);
        strbuf_add(&typing->text, ")");
    }
}

static void type_filter_anew(struct typing *typing)
{
    strbuf_cut(&typing->text, 0);
    type_filter(typing, 0);
}

static void type_bytes(struct typing *typing)
{
    strbuf_cut(&typing->text, 0);
    for (unsigned n = 1 + below(typing, 40); n > 0; n--)
        strbuf_add_char(&typing->text, (char)(1 + below(typing, 255)));
}

/* Whatever is typed finds what it finds in a world without the rest, or is refused in the same
 * words. */
static void no_filter_widens_a_reach(void **state)
{
    char path[256], rest[256];
    int64_t ids[IDS];
    struct typing typing = {.chance = 77};
    folder_file(*state, "a.db", path);
    folder_file(*state, "rest.db", rest);
    busy_make(path, 40, reaches[0].filter);
    busy_rest(path, rest, ids, busy_ids(path, reaches[0].condition, 0, ids, IDS));
    struct model *person = busy_open(path, PERSON_OFFICER, reaches[0].filter, 0);
    struct model *all = busy_open(rest, PERSON_OFFICER, NULL, 0);
    size_t found = 0;
    for (int i = 0; i < 2000; i++) {
        struct strbuf seen = {0}, expected = {0};
        if (i % 4 == 0)
            type_bytes(&typing);
        else if (i % 4 == 1)
            type_words(&typing);
        else
            type_filter_anew(&typing);
        shown_filter(person, strbuf_text(&typing.text), &seen);
        shown_filter(all, strbuf_text(&typing.text), &expected);
        shown_same(&seen, &expected, strbuf_text(&typing.text));
        found += strbuf_text(&seen)[0] >= '1' && strbuf_text(&seen)[0] <= '9';
        strbuf_clear(&seen);
        strbuf_clear(&expected);
    }
    assert_true(found > 200); /* the test is about something */
    strbuf_clear(&typing.text);
    model_close(person);
    model_close(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_reach_is_a_world_without_the_rest, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(so_it_is_in_the_past, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            of_a_step_only_its_tasks_in_reach_are_counted, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_hidden_task_shadows_no_other, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_point_is_that_of_a_line_in_reach, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_handover_counts_only_lines_in_reach, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            lines_are_in_reach_as_their_task_is, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            lines_of_no_task_are_told_to_whom_wrote_them, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_role_sees_its_own_department_and_no_namesake, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            lines_about_people_are_for_administrators, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(no_filter_widens_a_reach, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
