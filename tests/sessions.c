/* Sessions: the real program in terminals of our own, and who it is for: ended when they may not go
 * on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>

#include "harness/desk.h"
#include "harness/folder.h"

#define PERSON "login = 'wangqiang'"
#define DISABLE "UPDATE person SET disabled = 1 WHERE " PERSON
#define NARROW "UPDATE person SET reach = 'region:石文镇' WHERE " PERSON
#define MAY_NOT "不能再使用本看板"
#define CHANGED "王强 的权限已变更；请重新打开看板"

/* As a script does. A commit that takes long can be seen long after it has woken who watches: the
 * gate is touched at its end, as duban itself does. */
static void change(const struct desk *desk, const char *sql)
{
    char command[400];
    snprintf(command, sizeof command, "sqlite3 -cmd '.timeout 5000' $DB \"%s\" && touch ${DB}.gate",
        sql);
    desk_shell(desk, command);
}

static struct pty *board(const struct desk *desk)
{
    struct pty *pty = desk_start(desk, &(struct desk_start){.words = "--as wangqiang"});
    desk_sees(pty, "X-03");
    return pty;
}

/* --- the end of who it is for ---------------------------------------------------------------- */

/* Wherever they are, it ends by itself, and what they saw is gone. */
static void who_is_disabled_or_narrowed_is_out(void **state)
{
    static const struct {
        const char *keys, *sees;
    } places[] = {{"", "X-03"}, {"Enter", "X-03"}, {"/ X", "/X"}, {": h", ":h"}, {"d", "X-03"},
        {"?", "可用操作"}, {"m", "逾期"}, {"a", "X-03"}};
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct pty *pty = board(desk);
        if (*places[i].keys != '\0')
            desk_keys(pty, places[i].keys);
        desk_sees(pty, places[i].sees);
        change(desk, i % 2 == 0 ? DISABLE : NARROW);
        desk_ends(pty, 1, i % 2 == 0 ? MAY_NOT : CHANGED);
        assert_false(pty_has_text(pty, "抚顺"));
        pty_free(pty);
        change(desk, "UPDATE person SET disabled = 0, reach = 'region:抚顺县' WHERE " PERSON);
    }
    desk_sees(desk->pty, "2-012"); /* the others go on */
}

static void a_terminal_without_a_second_screen_is_emptied(void **state)
{
    struct desk *desk = *state;
    struct pty *pty =
        desk_start(desk, &(struct desk_start){.words = "--as wangqiang", .term = "vt100"});
    desk_sees(pty, "X-03");
    change(desk, DISABLE);
    desk_ends(pty, 1, MAY_NOT);
    assert_false(pty_has_text(pty, "X-"));
    pty_free(pty);
}

static void what_was_being_written_is_kept(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = board(desk);
    desk_keys(pty, "R");
    desk_type(pty, "已清运三百方");
    desk_expect(desk, "SELECT count(*) FROM draft", "0"); /* not three seconds yet */
    change(desk, DISABLE);
    desk_ends(pty, 1, MAY_NOT);
    desk_expect(desk, "SELECT person, body LIKE '%已清运三百方%' FROM draft", "wangqiang|1");
    pty_free(pty);
}

/* The change and the key come at once: nothing is done for the key. */
static void no_key_is_carried_out_any_more(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = board(desk);
    desk_keys(pty, "R");
    desk_type(pty, "已清运三百方");
    kill(pty_process(pty), SIGSTOP); /* with its line raw: C-s would hold an ordinary one */
    change(desk, DISABLE);
    pty_send(pty, "\x13", 1);
    kill(pty_process(pty), SIGCONT);
    desk_ends(pty, 1, MAY_NOT);
    desk_expect(desk,
        "SELECT count(*) FROM event WHERE actor = '王强' AND action = 'report' AND "
        "at > '2026-11-21T13:46'",
        "0");
    pty_free(pty);
}

static void a_wall_ends_too(void **state)
{
    struct desk *desk = *state;
    struct pty *wall = desk_start(desk, &(struct desk_start){.words = "wall --as wangqiang"});
    desk_sees(wall, "任务总览");
    change(desk, NARROW);
    desk_ends(wall, 1, CHANGED);
    assert_false(pty_has_text(wall, "任务总览"));
    pty_free(wall);
}

static void who_follows_is_told_nothing_more(void **state)
{
    struct desk *desk = *state;
    struct pty *pty =
        desk_start(desk, &(struct desk_start){.words = "events --follow --as wangqiang"});
    desk_comes(pty, "X-");
    change(desk, DISABLE);
    desk_ends(pty, 1, MAY_NOT);
    pty_free(pty);
}

static void who_looks_at_the_past_is_out_at_the_next_key(void **state)
{
    struct desk *desk = *state;
    struct pty *pty =
        desk_start(desk, &(struct desk_start){.words = "--as wangqiang --as-of 2026-11-10"});
    desk_sees(pty, "X-03");
    change(desk, DISABLE);
    pty_send(pty, "j", 1);
    desk_ends(pty, 1, MAY_NOT);
    pty_free(pty);
}

static void who_is_taken_off_the_record_is_out(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = board(desk);
    change(desk, "DELETE FROM person WHERE " PERSON);
    desk_ends(pty, 1, CHANGED);
    pty_free(pty);
}

int main(int argc, char **argv)
{
    (void)argc;
    if (desk_prepare(argv[0]) != 0) {
        fprintf(stderr, "sessions: the sample database cannot be made\n");
        return 1;
    }
#define SESSION(test) cmocka_unit_test_setup_teardown(test, desk_set_up, desk_tear_down)
    const struct CMUnitTest tests[] = {
        SESSION(who_is_disabled_or_narrowed_is_out),
        SESSION(a_terminal_without_a_second_screen_is_emptied),
        SESSION(what_was_being_written_is_kept),
        SESSION(no_key_is_carried_out_any_more),
        SESSION(a_wall_ends_too),
        SESSION(who_follows_is_told_nothing_more),
        SESSION(who_looks_at_the_past_is_out_at_the_next_key),
        SESSION(who_is_taken_off_the_record_is_out),
    };
    int failed = cmocka_run_group_tests_name("sessions", tests, NULL, NULL);
    desk_finish();
    return failed;
}
