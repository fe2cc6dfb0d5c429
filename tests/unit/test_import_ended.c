/* An import that the person ends, at any moment of it: nothing of it stays. The clock of this
 * program goes on by a second each time it is looked at, so that every moment is told
 * of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/import.h"

enum { TASKS = 1200 };

static time_t passed;

int clock_gettime(clockid_t which, struct timespec *out)
{
    int failed = (int)syscall(SYS_clock_gettime, which, out);
    if (failed == 0 && which == CLOCK_MONOTONIC)
        out->tv_sec += ++passed;
    return failed;
}

/* --- what is imported ------------------------------------------------------------------------ */

static const struct import_source source = {.code = "Z", .name = "试验", .year = 2026};
static const struct import_options options = {.create_source = &source, .create_units = true};

static struct import *ledger(struct model *model)
{
    struct import *import = import_new(model);
    import_file(import, "大台账.csv");
    for (size_t i = 1; i <= TASKS; i++) {
        const struct import_place place = {i + 1, 1, "列"};
        char text[64];
        import_task(import, place);
        snprintf(text, sizeof text, "%04zu", i);
        import_value(import, "number", text, place);
        snprintf(text, sizeof text, "第%zu号河段整治", i);
        import_value(import, "title", text, place);
        import_value(import, "region", i % 2 ? "抚顺" : "盘锦", place);
        import_value(import, "lead", i % 9 ? "省水利厅" : "省河湖办", place);
        import_value(import, "measure.1", "清淤", place);
    }
    return import;
}

static struct model *made(void **state, const char *name, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, name, path);
    database_make(path);
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

/* --- when it ends ---------------------------------------------------------------------------- */

struct listener {
    size_t asked, last_done, last_of, again;
    size_t end_done, end_asked; /* at which done, or at which question; 0: never */
};

static bool going(void *context, size_t done, size_t of)
{
    struct listener *listener = context;
    assert_true(done <= of);
    assert_true(done >= listener->last_done);
    listener->again += done == listener->last_done; /* within a statement */
    listener->last_done = done;
    listener->last_of = of;
    listener->asked++;
    return !((listener->end_done != 0 && done >= listener->end_done) ||
             (listener->end_asked != 0 && listener->asked >= listener->end_asked));
}

/* All that could tell of it: the rows of every table, the head of the history, the schema. */
static char *all_of(const char *path)
{
    static const char *const sql =
        "SELECT (SELECT count(*) FROM event) || ' ' || (SELECT count(*) FROM event_change) || ' ' "
        "||"
        " (SELECT count(*) FROM task) || ' ' || (SELECT count(*) FROM measure) || ' ' ||"
        " (SELECT count(*) FROM task_region) || ' ' || (SELECT count(*) FROM task_department) ||"
        " ' ' || (SELECT count(*) FROM source) || ' ' || (SELECT count(*) FROM department) || ' '"
        " || (SELECT count(*) FROM search) || ' ' || (SELECT count(*) FROM search_stale) || ' ' ||"
        " (SELECT count(*) FROM tally_total) || ' ' ||"
        " (SELECT group_concat(name || '=' || value) FROM meta) || ' ' ||"
        " (SELECT group_concat(k || '=' || v) FROM search_config) || ' ' ||"
        " (SELECT group_concat(x) FROM (SELECT type || name || coalesce(sql, '') AS x FROM"
        " sqlite_schema ORDER BY type, name))";
    sqlite3 *db;
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    char *all = strdup((const char *)sqlite3_column_text(row, 0));
    sqlite3_finalize(row);
    sqlite3_close(db);
    return all;
}

static void must_end(struct model *model, const char *path, struct listener listener)
{
    struct import *import = ledger(model);
    struct import_plan plan;
    struct error err = {0};
    char *before = all_of(path), *after;
    bool written = import_write(import, &options, going, &listener, &plan, &err);
    if (written)
        fail_msg("written, though it was to end at %zu (question %zu)", listener.end_done,
            listener.end_asked);
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_non_null(strstr(err.text, "was ended"));
    after = all_of(path);
    assert_string_equal(after, before);
    free(before);
    free(after);
    import_free(import);
    acting_whole(model);
}

static struct listener write_whole(struct model *model)
{
    struct import *import = ledger(model);
    struct import_plan plan;
    struct error err = {0};
    struct listener listener = {0};
    if (!import_write(import, &options, going, &listener, &plan, &err))
        fail_msg("%s", err.text);
    assert_int_equal(plan.count[IMPORT_NEW], TASKS);
    import_free(import);
    acting_whole(model);
    return listener;
}

static void what_is_ended_at_any_moment_leaves_no_trace(void **state)
{
    static const size_t moments[] = {1, TASKS / 2, TASKS + TASKS / 2, 2 * TASKS + 1,
        2 * TASKS + TASKS / 2, 3 * TASKS + 1, 3 * TASKS + TASKS / 2,
        4 * TASKS + TASKS / 2}; /* read, grouped, matched, written, indexed */
    char path[256], other[256];
    struct model *model = made(state, "a.db", path);
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++)
        must_end(model, path, (struct listener){.end_done = moments[i]});
    model_close(model);
    model = made(state, "b.db", other);
    struct listener listener = write_whole(model);
    model_close(model);
    unlink(other);
    model = made(state, "c.db", path);
    must_end(model, path, (struct listener){.end_asked = listener.asked}); /* the last time */
    write_whole(model);
    model_close(model);
}

/* Each row is told of in each of its steps, and the engine in between. */
static void all_of_it_is_told(void **state)
{
    char path[256];
    struct model *model = made(state, "a.db", path);
    struct listener listener = write_whole(model);
    assert_true(listener.asked > 4 * (TASKS / 32));
    assert_true(listener.again > 0);
    assert_int_equal(listener.last_done, listener.last_of); /* before the commit */
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            what_is_ended_at_any_moment_leaves_no_trace, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(all_of_it_is_told, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
