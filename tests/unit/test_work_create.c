/* New tasks: their numbers, their place, what they must be told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"

static struct model *made(void **state, char path[static 256], enum person_role role)
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    return acting_open(path, "李娜", role, NULL);
}

static void must_have_number(const char *path, int64_t id, const char *number)
{
    char sql[100];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM task WHERE id = %d AND number = '%s'", (int)id,
        number);
    assert_int_equal(database_number(path, sql), 1);
}

/* The next number after the last of the list, and on to one that is free. */
static void numbers_go_on_to_a_free_one(void **state)
{
    char path[256];
    struct model *model = made(state, path, PERSON_OFFICER);
    const struct argument one[] = {{"title", "甲", NULL}, {"region", "3", NULL},
        {"source", "1", NULL}, {"deadline", "2026-12-01", NULL}},
                          named[] = {one[0], one[1], one[2], one[3], {"number", "003", NULL}},
                          lettered[] = {one[0], one[1], {"source", "2", NULL}, one[3],
                              {"number", "附A", NULL}},
                          after[] = {one[0], one[1], {"source", "2", NULL}, one[3]};
    must_have_number(path, acting_do(model, 0, "create", TOLD(one)), "001");
    must_have_number(path, acting_do(model, 0, "create", TOLD(named)), "003");
    database_write(
        path, "UPDATE task SET position = 9, version = version + 1 WHERE number = '001'");
    must_have_number(path, acting_do(model, 0, "create", TOLD(one)), "002");
    must_have_number(path, acting_do(model, 0, "create", TOLD(one)), "004"); /* 003 is there */
    acting_refused(model, 0, "create", TOLD(named), ERROR_INPUT, "a task 003 in this source");
    must_have_number(path, acting_do(model, 0, "create", TOLD(lettered)), "附A");
    must_have_number(path, acting_do(model, 0, "create", TOLD(after)), "附A1");
    assert_int_equal(
        database_number(path, "SELECT group_concat(number, ' ') = '003 001 002 004' FROM "
                              "(SELECT number FROM task WHERE source_id = 1 ORDER BY "
                              "position)"),
        1);
    acting_whole(model);
    model_close(model);
}

static void asks_for_what_a_task_needs(void **state)
{
    char path[256];
    struct model *model = made(state, path, PERSON_DEPARTMENT);
    const struct argument title = {"title", "甲", NULL}, region = {"region", "3", NULL},
                          source = {"source", "1", NULL}, no_source = {"source", "77", NULL},
                          deadline = {"deadline", "2026-12-01", NULL},
                          no_region = {"region", "77", NULL}, state_of = {"state", "closed", NULL},
                          ongoing = {"deadline_kind", "ongoing", NULL};
    const struct {
        struct argument told[5];
        size_t count;
        const char *words;
    } wrong[] = {
        {{region, source, deadline}, 3, "title"},
        {{title, source, deadline}, 3, "region"},
        {{title, region, deadline}, 3, "source"},
        {{title, region, no_source, deadline}, 4, "source"},
        {{title, region, source}, 3, "deadline"},
        {{title, no_region, source, deadline}, 4, "cannot be \"77\""},
        {{title, region, source, deadline, state_of}, 5, "not of a new task"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        acting_refused(
            model, 0, "create", wrong[i].told, wrong[i].count, ERROR_INPUT, wrong[i].words);
    const struct argument good[] = {title, region, source, ongoing};
    assert_int_equal(acting_do(model, 0, "create", TOLD(good)), 1);
    model_close(model);
    model = acting_open(path, "陈立", PERSON_REPORTER, NULL);
    acting_refused(model, 0, "create", TOLD(good), ERROR_PERMISSION, "may not make new tasks");
    model_close(model);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers_go_on_to_a_free_one),
        TEST(asks_for_what_a_task_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
