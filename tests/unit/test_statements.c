/* Every row of the statement table is prepared against the newest schema, and in the past. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <string.h>

#include "harness/folder.h"
#include "model/past.h"
#include "store/db.h"
#include "store/statements.h"

/* Those that write into the past cannot be mistaken: elsewhere they are refused. */
static bool is_of_the_past(enum statement id)
{
    return strstr(statement_sql(id), "temp.") != NULL;
}

static void prepares_every_row(void **state)
{
    char path[256];
    struct error err = {0};
    struct db *db;
    assert_true(db_open(folder_file(*state, "a.db", path), DB_CREATE, &db, &err));
    for (int id = 0; id < STATEMENT_COUNT; id++) {
        struct db_statement *statement;
        if (db_statement(db, (enum statement)id, &statement, &err) ==
            is_of_the_past((enum statement)id))
            fail_msg("%s: %s", statement_name((enum statement)id), err.text);
    }
    db_close(db);
}

/* The tables of the past have all that anything asks of those they hide. */
static void prepares_every_row_in_the_past(void **state)
{
    char path[256];
    struct error err = {0};
    struct db *db;
    assert_true(db_open(folder_file(*state, "a.db", path), DB_CREATE, &db, &err));
    assert_true(db_write_begin(db, &err));
    assert_true(db_script(db,
        "INSERT INTO event (seq, at, action) VALUES (1, '2026-01-01T00:00:00.000Z', 'x')", &err));
    assert_true(db_write_commit(db, &err));
    db_close(db);
    assert_true(db_open(path, DB_READ_ONLY, &db, &err));
    if (!past_open(db, date_now(), &err))
        fail_msg("%s", err.text);
    for (int id = 0; id < STATEMENT_COUNT; id++) {
        struct db_statement *statement;
        const char *sql = statement_sql((enum statement)id);
        bool to_view = strstr(sql, "INTO event") || strstr(sql, "INTO search_stale") ||
                       strstr(sql, "FROM search_stale WHERE");
        if (!to_view && !db_statement(db, (enum statement)id, &statement, &err))
            fail_msg("%s", err.text);
    }
    db_close(db);
}

static void names_are_unique(void **state)
{
    (void)state;
    for (int id = 0; id < STATEMENT_COUNT; id++) {
        const char *name = statement_name((enum statement)id);
        assert_true(isupper((unsigned char)*name));
        for (int other = 0; other < id; other++) {
            assert_string_not_equal(name, statement_name((enum statement)other));
            if (strcmp(statement_sql((enum statement)id), statement_sql((enum statement)other)) ==
                0)
                fail_msg(
                    "%s and %s are the same text", name, statement_name((enum statement)other));
        }
    }
}

/* Values are bound: a text in the SQL would be one that somebody pasted in, but for words of the
 * schema. */
static void binds_are_numbered(void **state)
{
    (void)state;
    for (int id = 0; id < STATEMENT_COUNT; id++) {
        const char *sql = statement_sql((enum statement)id);
        assert_null(strchr(sql, '?'));
        for (const char *at = strchr(sql, '$'); at; at = strchr(at + 1, '$'))
            assert_true(isdigit((unsigned char)at[1]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(prepares_every_row, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            prepares_every_row_in_the_past, folder_set_up, folder_tear_down),
        cmocka_unit_test(names_are_unique),
        cmocka_unit_test(binds_are_numbered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
