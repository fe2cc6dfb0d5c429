/* People and their keys: who may, what is refused, what the history tells and to whom, and that
 * whoever is changed is out at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/found.h"
#include "harness/keys.h"
#include "model/handover.h"
#include "model/history.h"
#include "model/people.h"

/* A database with an administrator gaoxiang, and the world as they see it. */
struct world {
    void *folder;
    char path[256];
    struct model *admin;
};

static struct model *open_as(const struct world *world, const char *login, const char *key)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct model_options options = {
        .path = world->path, .due_soon_days = 30, .due_urgent_days = 7, .as = login, .key = key};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

static int set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    if (world == NULL || folder_set_up(&world->folder) != 0)
        return -1;
    folder_file(world->folder, "a.db", world->path);
    database_make(world->path);
    database_write(
        world->path, "INSERT INTO person (login, name, role) VALUES ('gaoxiang', '高翔', 'admin')");
    world->admin = open_as(world, "gaoxiang", NULL);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    model_close(world->admin);
    int failed = folder_tear_down(&world->folder);
    free(world);
    return failed;
}

#define WANG                                                                                       \
    {"login", "wangqiang", NULL}, {"name", "王强", NULL}, {"role", "reporter", NULL},              \
    {                                                                                              \
        "region", "抚顺县", NULL                                                                   \
    }

static void add(const struct world *world, const struct argument *argument, size_t count)
{
    struct error err = {0};
    if (!people_add(world->admin, argument, count, &err))
        fail_msg("%s", err.text);
}

static void add_wang(const struct world *world)
{
    static const struct argument wang[] = {WANG};
    add(world, TOLD(wang));
}

static void change(
    const struct world *world, const char *login, const struct argument *argument, size_t count)
{
    struct error err = {0};
    if (!people_change(world->admin, login, argument, count, &err))
        fail_msg("%s", err.text);
}

static void must_say(const struct error *err, enum error_code code, const char *words)
{
    if (err->code != code || strstr(err->text, words) == NULL)
        fail_msg("\"%s\" (%d), not \"%s\" (%d)", err->text, err->code, words, code);
}

static void expect_latest(struct model *model, const char *words)
{
    struct error err = {0};
    struct events events = {0};
    struct strbuf told = {0};
    assert_true(history_latest(model, 0, 1, &events, &err));
    assert_int_equal(events.count, 1);
    assert_true(events.event[0].hashed);
    history_describe(model, &events.event[0], &told);
    assert_string_equal(strbuf_text(&told), words);
    strbuf_clear(&told);
    events_clear(&events);
}

/* --- people ---------------------------------------------------------------------------------- */

static void a_person_is_added_and_read(void **state)
{
    const struct world *world = *state;
    struct error err = {0};
    struct people people;
    static const struct argument wang[] = {WANG, {"phone", "024-1", NULL},
        {"reach", "region:抚顺 -closed", NULL}, {"reason", "新到任", NULL}};
    add(world, TOLD(wang));
    assert_true(people_read(world->admin, "wangqiang", &people, &err));
    assert_int_equal(people.count, 1);
    const struct person_record *record = &people.record[0];
    assert_string_equal(record->person.name, "王强");
    assert_int_equal(record->person.role, PERSON_REPORTER);
    assert_int_equal(record->person.region_id, 5);
    assert_string_equal(record->own_reach, "region:抚顺 -closed");
    assert_string_equal(record->person.reach, "region:抚顺 -closed");
    assert_string_equal(record->phone, "024-1");
    assert_false(record->disabled);
    assert_int_equal(record->key_count, 0);
    people_clear(&people);
    expect_latest(world->admin,
        "wangqiang: name 王强, phone 024-1, reach region:抚顺 -closed, "
        "own region 抚顺县, role reporter of a region · new person: 新到任");
    assert_true(people_read(world->admin, NULL, &people, &err));
    assert_int_equal(people.count, 2);
    assert_string_equal(people.record[0].person.login, "gaoxiang");
    people_clear(&people);
    assert_false(people_read(world->admin, "wangqaing", &people, &err));
    must_say(&err, ERROR_NOT_FOUND, "did you mean \"wangqiang\"?");
}

static void a_role_gives_the_reach_that_nobody_recorded(void **state)
{
    const struct world *world = *state;
    struct error err = {0};
    struct people people;
    add_wang(world);
    assert_true(people_read(world->admin, "wangqiang", &people, &err));
    assert_string_equal(people.record[0].own_reach, "");
    assert_string_equal(people.record[0].person.reach, "region:\"210421\"");
    people_clear(&people);
}

static const struct {
    struct argument argument[4];
    enum error_code code;
    const char *words;
} bad_people[] = {
    {{{"login", "Wang", NULL}, {"name", "王", NULL}, {"role", "viewer", NULL}}, ERROR_INPUT,
        "\"Wang\" is no login"},
    {{{"login", "wang'; rm", NULL}, {"name", "王", NULL}, {"role", "viewer", NULL}}, ERROR_INPUT,
        "is no login"},
    {{{"login", "a23456789012345678901234567890123", NULL}, {"name", "王", NULL},
         {"role", "viewer", NULL}},
        ERROR_INPUT, "is no login"},
    {{{"name", "王", NULL}, {"role", "viewer", NULL}}, ERROR_INPUT, "is no login"},
    {{{"login", "gaoxiang", NULL}, {"name", "高", NULL}, {"role", "viewer", NULL}}, ERROR_REFUSED,
        "the login \"gaoxiang\" is recorded already"},
    {{{"login", "wang", NULL}, {"role", "viewer", NULL}}, ERROR_INPUT, "needs a name"},
    {{{"login", "wang", NULL}, {"name", "王", NULL}}, ERROR_INPUT, "needs a role"},
    {{{"login", "wang", NULL}, {"name", "王", NULL}, {"role", "king", NULL}}, ERROR_INPUT,
        "role: \"king\" is none of"},
    {{{"login", "wang", NULL}, {"name", "王", NULL}, {"role", "reporter", NULL}}, ERROR_INPUT,
        "a reporter needs the region"},
    {{{"login", "wang", NULL}, {"name", "王", NULL}, {"role", "department", NULL}}, ERROR_INPUT,
        "department staff need their department"},
    {{{"login", "wang", NULL}, {"name", "王", NULL}, {"role", "reporter", NULL},
         {"region", "火星", NULL}},
        ERROR_INPUT, "there is no \"火星\""},
    {{{"login", "wang", NULL}, {"name", "王", NULL}, {"role", "viewer", NULL},
         {"reach", "region:(", NULL}},
        ERROR_USAGE, "^"},
    {{{"login", "wang", NULL}, {"name", "王", NULL}, {"role", "viewer", NULL},
         {"reach", "region:火星", NULL}},
        ERROR_USAGE, "火星"},
    {{{"login", "wang", NULL}, {"name", "王", NULL}, {"role", "viewer", NULL}, {"rol", "x", NULL}},
        ERROR_USAGE, "did you mean \"role\"?"},
};

static void what_cannot_be_is_refused(void **state)
{
    const struct world *world = *state;
    for (size_t i = 0; i < sizeof bad_people / sizeof *bad_people; i++) {
        struct error err = {0};
        size_t count = 0;
        while (count < 4 && bad_people[i].argument[count].name != NULL)
            count++;
        assert_false(people_add(world->admin, bad_people[i].argument, count, &err));
        must_say(&err, bad_people[i].code, bad_people[i].words);
    }
    assert_int_equal(database_number(world->path, "SELECT count(*) FROM person"), 1);
    assert_int_equal(database_number(world->path, "SELECT count(*) FROM event"), 0);
}

static void a_person_is_changed(void **state)
{
    const struct world *world = *state;
    struct error err = {0};
    static const struct argument more[] = {{"role", "部门", NULL}, {"department", "水利厅", NULL},
        {"region", "", NULL}, {"reason", "调岗", NULL}};
    static const struct argument off[] = {{"disabled", "yes", NULL}};
    static const struct argument on[] = {{"disabled", "no", NULL}};
    static const struct argument login[] = {{"login", "wq", NULL}};
    static const struct argument short_of[] = {{"department", "", NULL}};
    add_wang(world);
    change(world, "wangqiang", TOLD(more));
    expect_latest(world->admin,
        "wangqiang: own department 水利厅, own region 抚顺县 → none, "
        "role reporter of a region → department staff · person changed: 调岗");
    int64_t lines = history_newest(world->admin);
    change(world, "wangqiang", TOLD(more)); /* nothing is different */
    assert_int_equal(history_newest(world->admin), lines);
    change(world, "wangqiang", TOLD(off));
    expect_latest(world->admin, "wangqiang · person disabled");
    change(world, "wangqiang", TOLD(on));
    expect_latest(world->admin, "wangqiang · person allowed again");
    assert_false(people_change(world->admin, "wangqiang", TOLD(login), &err));
    must_say(&err, ERROR_INPUT, "a login stays");
    assert_false(people_change(world->admin, "wangqiang", TOLD(short_of), &err));
    must_say(&err, ERROR_INPUT, "department staff need");
    assert_false(people_change(world->admin, "nobody", TOLD(off), &err));
    must_say(&err, ERROR_NOT_FOUND, "nobody");
}

static void nobody_locks_themselves_out(void **state)
{
    const struct world *world = *state;
    struct error err = {0};
    static const struct argument off[] = {{"disabled", "yes", NULL}};
    static const struct argument less[] = {{"role", "officer", NULL}};
    static const struct argument phone[] = {{"phone", "1", NULL}};
    assert_false(people_change(world->admin, "gaoxiang", TOLD(off), &err));
    must_say(&err, ERROR_REFUSED, "you cannot disable yourself");
    assert_false(people_change(world->admin, "gaoxiang", TOLD(less), &err));
    must_say(&err, ERROR_REFUSED, "you cannot take the administration from yourself");
    change(world, "gaoxiang", TOLD(phone));
}

/* --- who may --------------------------------------------------------------------------------- */

static void only_administrators_may(void **state)
{
    const struct world *world = *state;
    struct error err = {0};
    struct people people;
    static const struct argument self[] = {{"role", "admin", NULL}};
    static const struct argument another[] = {
        {"login", "friend", NULL}, {"name", "友", NULL}, {"role", "admin", NULL}};
    add_wang(world);
    struct model *wang = open_as(world, "wangqiang", NULL);
    assert_false(people_read(wang, NULL, &people, &err));
    must_say(&err, ERROR_PERMISSION, "administrators may");
    assert_false(people_read(wang, "gaoxiang", &people, &err));
    must_say(&err, ERROR_PERMISSION, "administrators may");
    assert_false(people_read(wang, "no-such", &people, &err)); /* nor who there is */
    must_say(&err, ERROR_PERMISSION, "administrators may");
    assert_true(people_read(wang, "wangqiang", &people, &err));
    people_clear(&people);
    assert_false(people_change(wang, "wangqiang", TOLD(self), &err));
    must_say(&err, ERROR_PERMISSION, "administrators may");
    assert_false(people_add(wang, TOLD(another), &err));
    must_say(&err, ERROR_PERMISSION, "administrators may");
    assert_false(people_add_keys(wang, "wangqiang", KEY_ED25519, NULL, &err));
    must_say(&err, ERROR_PERMISSION, "administrators may");
    assert_false(people_remove_key(wang, "wangqiang", "x", NULL, &err));
    must_say(&err, ERROR_PERMISSION, "administrators may");
    model_close(wang);
}

static size_t told(struct model *model, int64_t since)
{
    struct error err = {0};
    struct events events = {0};
    assert_true(since < 0 ? history_latest(model, 0, 100, &events, &err)
                          : history_since(model, since, 100, &events, &err));
    size_t count = events.count;
    events_clear(&events);
    return count;
}

static size_t handed_over(struct model *model)
{
    struct error err = {0};
    struct handover *handover = NULL;
    struct handover_since since;
    assert_true(handover_since_find(model, "2026-11-20", &since, &err));
    assert_true(handover_read(model, &since, &handover, &err));
    size_t count = handover->count;
    handover_free(handover);
    return count;
}

static void others_are_not_told(void **state)
{
    const struct world *world = *state;
    static const enum person_role others[] = {
        PERSON_VIEWER, PERSON_REPORTER, PERSON_DEPARTMENT, PERSON_OFFICER};
    add_wang(world);
    assert_int_equal(told(world->admin, -1), 1);
    assert_int_equal(told(world->admin, 0), 1);
    assert_int_equal(handed_over(world->admin), 1);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        /* of the same name, without a reach and with one */
        struct model *all = acting_open(world->path, "高翔", others[i], NULL);
        struct model *some = acting_open(world->path, "高翔", others[i], "region:抚顺");
        struct events events = {0};
        struct error err = {0};
        assert_int_equal(told(all, -1) + told(all, 0) + told(some, -1) + told(some, 0), 0);
        assert_int_equal(handed_over(all), 0);
        assert_false(history_own(all, 1, &events, &err));
        model_close(all);
        model_close(some);
    }
    struct model *narrow = acting_open(world->path, "某", PERSON_ADMIN, "region:抚顺");
    assert_int_equal(told(narrow, -1), 1);
    model_close(narrow);
}

static void nothing_of_it_is_undone(void **state)
{
    const struct world *world = *state;
    add_wang(world);
    acting_undo_refused(world->admin, false, ERROR_NOT_FOUND, "nothing of yours");
}

static void the_check_is_content(void **state)
{
    const struct world *world = *state;
    struct error err = {0};
    struct found found;
    add_wang(world);
    assert_true(people_add_keys(world->admin, "wangqiang", KEY_ED25519, NULL, &err));
    found_in(world->path, &found);
    found_expect_nothing(&found);
}

/* --- keys ------------------------------------------------------------------------------------ */

static void add_key(const struct world *world, const char *login, const char *line)
{
    struct error err = {0};
    if (!people_add_keys(world->admin, login, line, NULL, &err))
        fail_msg("%s", err.text);
}

static void keys_come_and_go(void **state)
{
    const struct world *world = *state;
    struct error err = {0};
    struct people people;
    add_wang(world);
    assert_true(
        people_add_keys(world->admin, "wangqiang", KEY_ED25519 " 王强 desk", "新电脑", &err));
    expect_latest(world->admin, "wangqiang: " KEY_ED25519_PRINT " · key recorded: 新电脑");
    add_key(world, "wangqiang", KEY_RSA);
    assert_true(people_read(world->admin, "wangqiang", &people, &err));
    assert_int_equal(people.record[0].key_count, 2);
    const struct person_key *key = &people.record[0].key[0];
    key = strcmp(key->fingerprint, KEY_ED25519_PRINT) == 0 ? key : key + 1;
    assert_string_equal(key->type, "ssh-ed25519");
    assert_string_equal(key->comment, "王强 desk");
    assert_true(strlen(key->blob) > 60 && key->added_at > 0);
    people_clear(&people);
    assert_true(people_remove_key(world->admin, "wangqiang", "王强 desk", NULL, &err));
    expect_latest(world->admin, "wangqiang: " KEY_ED25519_PRINT " · key removed");
    assert_true(people_remove_key(world->admin, "wangqiang", "SHA256:euEP88rK", NULL, &err));
    assert_int_equal(database_number(world->path, "SELECT count(*) FROM person_key"), 0);
}

static void wrong_keys_are_refused(void **state)
{
    const struct world *world = *state;
    struct error err = {0};
    add_wang(world);
    add_key(world, "wangqiang", KEY_ED25519 " desk");
    assert_false(people_add_keys(world->admin, "gaoxiang", KEY_ED25519, NULL, &err));
    must_say(&err, ERROR_REFUSED, "the key " KEY_ED25519_PRINT " belongs to wangqiang");
    assert_false(people_add_keys(world->admin, "wangqiang", KEY_ED25519, NULL, &err));
    must_say(&err, ERROR_REFUSED, "is recorded for wangqiang already");
    assert_false(people_add_keys(world->admin, "nobody", KEY_RSA, NULL, &err));
    must_say(&err, ERROR_NOT_FOUND, "nobody");
    assert_false(people_add_keys(world->admin, "wangqiang", "no key", NULL, &err));
    must_say(&err, ERROR_INPUT, "this is no public key");
    add_key(world, "wangqiang", KEY_RSA " desk");
    assert_false(people_remove_key(world->admin, "wangqiang", "desk", NULL, &err));
    must_say(&err, ERROR_REFUSED, "several keys");
    assert_false(people_remove_key(world->admin, "wangqiang", "SHA256:", NULL, &err));
    must_say(&err, ERROR_NOT_FOUND, "has no key");
    assert_false(people_remove_key(world->admin, "gaoxiang", KEY_RSA_PRINT, NULL, &err));
    must_say(&err, ERROR_NOT_FOUND, "has no key");
    assert_int_equal(database_number(world->path, "SELECT count(*) FROM person_key"), 2);
    assert_int_equal(history_newest(world->admin), 3);
}

static void the_key_in_use_stays(void **state)
{
    const struct world *world = *state;
    struct error err = {0};
    add_key(world, "gaoxiang", KEY_ED25519);
    struct model *model = open_as(world, "gaoxiang", KEY_ED25519_PRINT);
    assert_false(people_remove_key(model, "gaoxiang", KEY_ED25519_PRINT, NULL, &err));
    must_say(&err, ERROR_REFUSED, "is the one you came in with");
    model_close(model);
}

struct given {
    char text[200];
    size_t count;
};
static void give(void *context, const char *login, const struct person_key *key)
{
    struct given *given = context;
    given->count++;
    snprintf(given->text, sizeof given->text, "%s %s %s", login, key->type, key->comment);
}

static void sshd_finds_a_key_of_who_may_come_in(void **state)
{
    const struct world *world = *state;
    struct error err = {0};
    struct given given = {0};
    static const struct argument off[] = {{"disabled", "yes", NULL}};
    struct db *db = model_db(world->admin);
    add_wang(world);
    add_key(world, "wangqiang", KEY_ED25519 " desk");
    add_key(world, "gaoxiang", KEY_RSA " a");
    assert_true(people_keys(db, KEY_ED25519_PRINT, give, &given, &err));
    assert_int_equal(given.count, 1);
    assert_string_equal(given.text, "wangqiang ssh-ed25519 desk");
    assert_true(people_keys(db, NULL, give, &given, &err));
    assert_int_equal(given.count, 3);
    change(world, "wangqiang", TOLD(off));
    given = (struct given){0};
    assert_true(people_keys(db, KEY_ED25519_PRINT, give, &given, &err));
    assert_int_equal(given.count, 0);
    assert_true(people_keys(db, NULL, give, &given, &err));
    assert_string_equal(given.text, "gaoxiang ssh-rsa a");
    assert_true(people_keys(db, "SHA256:none", give, &given, &err));
    assert_int_equal(given.count, 1);
}

/* --- whoever is on --------------------------------------------------------------------------- */

/* The board of that person looks because the database changed, and learns that it is over. */
static void expect_over(struct model *model, bool over)
{
    struct changes changes;
    int retry;
    model_poll(model, &changes, &retry);
    const struct freshness_state *fresh = model_freshness(model);
    assert_int_equal(fresh->state, over ? FRESH_STALE : FRESH_LIVE);
    if (over)
        assert_int_equal(fresh->reason.code, ERROR_PERMISSION);
    assert_false(changes.all); /* nothing of the tasks is to be read again */
}

static void who_is_changed_is_out_at_once(void **state)
{
    const struct world *world = *state;
    static const struct argument off[] = {{"disabled", "yes", NULL}};
    static const struct argument moved[] = {{"region", "盘山县", NULL}};
    static const struct argument phone[] = {{"phone", "1", NULL}};
    struct error err = {0};
    add_wang(world);
    add_key(world, "wangqiang", KEY_ED25519);
    struct model *by_key = open_as(world, "wangqiang", KEY_ED25519_PRINT);
    struct model *without = open_as(world, "wangqiang", NULL);
    change(world, "wangqiang", TOLD(phone));
    expect_over(by_key, false);
    expect_over(without, false);
    assert_true(people_remove_key(world->admin, "wangqiang", KEY_ED25519_PRINT, NULL, &err));
    expect_over(by_key, true);
    expect_over(without, false);
    model_close(by_key);
    change(world, "wangqiang", TOLD(moved));
    expect_over(without, true);
    model_close(without);
    without = open_as(world, "wangqiang", NULL);
    change(world, "wangqiang", TOLD(off));
    expect_over(without, true);
    model_close(without);
}

static void an_administrator_no_more_changes_nobody(void **state)
{
    const struct world *world = *state;
    struct error err = {0};
    static const struct argument li[] = {
        {"login", "lina", NULL}, {"name", "李娜", NULL}, {"role", "admin", NULL}};
    static const struct argument less[] = {{"role", "officer", NULL}};
    static const struct argument back[] = {{"phone", "2", NULL}};
    add(world, TOLD(li));
    struct model *lina = open_as(world, "lina", NULL);
    change(world, "lina", TOLD(less));
    assert_false(people_change(lina, "gaoxiang", TOLD(back), &err)); /* without having looked */
    assert_int_equal(err.code, ERROR_PERMISSION);
    model_close(lina);
}

#define IN_A_WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(a_person_is_added_and_read),
        IN_A_WORLD(a_role_gives_the_reach_that_nobody_recorded),
        IN_A_WORLD(what_cannot_be_is_refused),
        IN_A_WORLD(a_person_is_changed),
        IN_A_WORLD(nobody_locks_themselves_out),
        IN_A_WORLD(only_administrators_may),
        IN_A_WORLD(others_are_not_told),
        IN_A_WORLD(nothing_of_it_is_undone),
        IN_A_WORLD(the_check_is_content),
        IN_A_WORLD(keys_come_and_go),
        IN_A_WORLD(wrong_keys_are_refused),
        IN_A_WORLD(the_key_in_use_stays),
        IN_A_WORLD(sshd_finds_a_key_of_who_may_come_in),
        IN_A_WORLD(who_is_changed_is_out_at_once),
        IN_A_WORLD(an_administrator_no_more_changes_nobody),
    };
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
