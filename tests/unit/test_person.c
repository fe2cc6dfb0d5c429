/* Who acts: by login, by account, and what reach follows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "harness/folder.h"
#include "model/person.h"

static struct db *people(void *folder, char path[static 256])
{
    struct error err = {0};
    struct db *db;
    folder_file(folder, "a.db", path);
    assert_true(db_open(path, DB_CREATE, &db, &err));
    assert_true(db_write_begin(db, &err));
    assert_true(db_script(db,
        "INSERT INTO region (id, code, name, short, level) VALUES (1, '210000', '辽宁省', '辽宁', "
        "'province');"
        "INSERT INTO department (id, name, short, region_id) VALUES (4, '省水利厅', '水利厅', 1);"
        "INSERT INTO person (login, name, role, reach, region_id, department_id) VALUES "
        "('lina', '李娜', 'officer', '', NULL, NULL), ('wq', '王强', 'reporter', '', 1, NULL),"
        "('yhy', '于海燕', 'department', '', NULL, 4), ('zg', '赵\x1b广', 'viewer', 'overdue', "
        "NULL, NULL);"
        "INSERT INTO person (login, name, role, disabled) VALUES ('gone', '高', 'admin', 1)",
        &err));
    assert_true(db_write_commit(db, &err));
    return db;
}

static void finds_a_person_by_login(void **state)
{
    char path[256];
    struct error err = {0};
    struct db *db = people(*state, path);
    static const struct {
        const char *login, *name, *reach;
        enum person_role role;
    } expected[] = {
        {"lina", "李娜", "", PERSON_OFFICER},
        {"wq", "王强", "region:\"210000\"", PERSON_REPORTER},
        {"yhy", "于海燕", "lead:#4 or responsible:#4 or supervisor:#4", PERSON_DEPARTMENT},
        {"zg", "赵\xef\xbf\xbd广", "overdue", PERSON_VIEWER},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct person person = {0};
        assert_true(person_find(db, expected[i].login, NULL, &person, &err));
        assert_string_equal(person.name, expected[i].name);
        assert_string_equal(person.reach, expected[i].reach);
        assert_int_equal(person.role, expected[i].role);
        assert_non_null(person.origin);
        person_clear(&person);
    }
    db_close(db);
}

static void refuses_who_is_unknown_or_disabled(void **state)
{
    char path[256];
    struct error err = {0};
    struct person person = {0};
    struct db *db = people(*state, path);
    assert_false(person_find(db, "nobody", NULL, &person, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    assert_non_null(strstr(err.text, "nobody"));
    assert_false(person_find(db, "gone", NULL, &person, &err));
    assert_int_equal(err.code, ERROR_PERMISSION);
    db_close(db);
}

static void takes_the_owner_of_the_file_for_the_administrator(void **state)
{
    char path[256];
    struct error err = {0};
    struct person person = {0};
    struct db *db = people(*state, path);
    assert_true(person_find(db, NULL, NULL, &person, &err));
    assert_int_equal(person.role, PERSON_ADMIN);
    assert_int_equal(person.id, 0);
    assert_true(strlen(person.name) > 0);
    person_clear(&person);
    db_close(db);
}

static void write_sql(struct db *db, const char *sql)
{
    struct error err = {0};
    assert_true(db_write_begin(db, &err));
    assert_true(db_script(db, sql, &err));
    assert_true(db_write_commit(db, &err));
}

static void holds_a_person_to_the_key_they_came_in_with(void **state)
{
    char path[256];
    struct error err = {0};
    struct person person = {0};
    struct db *db = people(*state, path);
    write_sql(db, "INSERT INTO person_key (fingerprint, person_id, key, added_at) SELECT "
                  "'SHA256:' || login, id, 'ssh-ed25519 AAAA', '' FROM person");
    assert_false(person_find(db, "lina", "SHA256:wq", &person, &err)); /* somebody else's */
    assert_int_equal(err.code, ERROR_PERMISSION);
    assert_non_null(strstr(err.text, "SHA256:wq"));
    assert_null(person.login);
    assert_false(person_find(db, "gone", "SHA256:gone", &person, &err)); /* theirs, but disabled */
    assert_true(person_find(db, "lina", "SHA256:lina", &person, &err));
    assert_string_equal(person.key, "SHA256:lina");
    assert_true(person_still(db, &person, &err));
    write_sql(db, "DELETE FROM person_key WHERE fingerprint = 'SHA256:lina'");
    assert_false(person_still(db, &person, &err));
    assert_int_equal(err.code, ERROR_PERMISSION);
    assert_non_null(strstr(err.text, "SHA256:lina"));
    person_clear(&person);
    assert_true(person_find(db, "lina", NULL, &person, &err)); /* came in without one */
    assert_string_equal(person.key, "");
    assert_true(person_still(db, &person, &err));
    person_clear(&person);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_a_person_by_login, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            refuses_who_is_unknown_or_disabled, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            takes_the_owner_of_the_file_for_the_administrator, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            holds_a_person_to_the_key_they_came_in_with, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
