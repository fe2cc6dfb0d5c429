/* What bounds the writes of who comes in as a person: how many within a minute, and the room on the
 * file system, which these tests say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/draft.h"
#include "model/handover.h"
#include "model/history.h"
#include "model/people.h"

#define MOST 3

static unsigned long megabytes_left = 1000;

/* In the place of the library's. */
int statvfs(const char *restrict path, struct statvfs *restrict out)
{
    (void)path;
    *out = (struct statvfs){.f_frsize = 1024, .f_bavail = megabytes_left * 1024};
    return 0;
}

static int set_up(void **state)
{
    char path[256];
    megabytes_left = 1000;
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    if (folder_set_up(state) != 0)
        return -1;
    database_make(folder_file(*state, "a.db", path));
    database_task(path, 1, "辽河口湿地退养还湿");
    database_write(path,
        "INSERT INTO person (login, name, role, reach, region_id) VALUES "
        "('wang', '王强', 'reporter', '', 3), ('wang2', '王强', 'reporter', '', 3), "
        "('lina', '李娜', 'officer', '', NULL), ('gao', '高翔', 'admin', '', NULL)");
    return 0;
}

static struct model *open_as(void **state, const char *login)
{
    struct error err = {0};
    struct model *model = NULL;
    struct rules rules = rules_default;
    static struct rules kept;
    char path[256];
    rules.changes_most = MOST;
    kept = rules;
    const struct model_options options = {.path = folder_file(*state, "a.db", path),
        .due_soon_days = 30,
        .due_urgent_days = 7,
        .rules = &kept,
        .as = login};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

static struct argument told[] = {{"text", "", NULL}, {"percent", "10", NULL}};

static void report(struct model *model)
{
    static int count;
    char text[24];
    snprintf(text, sizeof text, "第%d次", ++count);
    told[0].value = text;
    acting_do(model, 1, "report", TOLD(told));
}

static void report_refused(struct model *model, const char *words)
{
    told[0].value = "再一次";
    acting_refused(model, 1, "report", TOLD(told), ERROR_REFUSED, words);
}

static void who_writes_too_much_has_to_wait(void **state)
{
    struct model *wang = open_as(state, "wang"), *again = open_as(state, "wang");
    report(wang);
    setenv("DUBAN_NOW", "2026-11-21T21:47:10+08:00", 1);
    report(again); /* another process of theirs */
    report(wang);
    setenv("DUBAN_NOW", "2026-11-21T21:47:50+08:00", 1);
    report_refused(wang, "王强 has made 3 changes within a minute");
    report_refused(again, "it goes on in 11 seconds");
    acting_undo(wang, false);
    acting_undo_refused(wang, true, ERROR_REFUSED, "within a minute");
    setenv("DUBAN_NOW", "2026-11-21T21:48:20+08:00", 1);
    report(wang);
    setenv("DUBAN_NOW", "2026-11-21T21:46:00+08:00", 1); /* the clock was set back */
    report(wang);
    acting_whole(wang);
    model_close(wang);
    model_close(again);
}

/* Another of the same name, the desk, and the account itself. */
static void others_are_not_held_up(void **state)
{
    static const char *const logins[] = {"wang2", "lina", "gao", NULL};
    struct model *wang = open_as(state, "wang");
    for (int i = 0; i < MOST; i++)
        report(wang);
    report_refused(wang, "session.changes");
    for (size_t i = 0; i < sizeof logins / sizeof *logins; i++) {
        struct model *other = open_as(state, logins[i]);
        for (int k = 0; k < MOST + (i > 0); k++)
            report(other);
        model_close(other);
    }
    model_close(wang);
}

static bool note(struct model *model, struct error *err)
{
    return handover_note_write(model, "平稳", 0, history_newest(model), err);
}

static void handover_notes_count(void **state)
{
    struct error err = {0};
    struct model *wang = open_as(state, "wang");
    report(wang);
    assert_true(note(wang, &err));
    assert_true(note(wang, &err));
    assert_false(note(wang, &err));
    assert_non_null(strstr(err.text, "within a minute"));
    report_refused(wang, "within a minute");
    model_close(wang);
}

/* What is typed is kept, people can be shut out, and the account itself can clear up. */
static void little_room_is_left_for_what_matters(void **state)
{
    struct error err = {0};
    struct model *wang = open_as(state, "wang"), *gao = open_as(state, "gao"),
                 *account = open_as(state, NULL);
    struct draft draft = {.context = (char *)"report", .task_id = 1};
    static const struct argument disabled[] = {{"disabled", "1", NULL}};
    megabytes_left = 63;
    report_refused(wang, "only 63 MB are left");
    report_refused(gao, "only 63 MB are left");
    assert_false(note(wang, &err));
    report(account);
    draft_add(&draft, "text", "", "写了一半");
    assert_true(draft_keep(wang, &draft, false, &err));
    assert_true(people_change(gao, "wang", TOLD(disabled), &err));
    megabytes_left = 64;
    acting_do(gao, 1, "report", TOLD(told));
    free(draft.item->name);
    free(draft.item->base);
    free(draft.item->value);
    free(draft.item);
    model_close(wang);
    model_close(gao);
    model_close(account);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, folder_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(who_writes_too_much_has_to_wait),
        TEST(others_are_not_held_up),
        TEST(handover_notes_count),
        TEST(little_room_is_left_for_what_matters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
