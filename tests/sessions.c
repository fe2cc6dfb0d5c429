/* Sessions: the real program in terminals of our own, and who it is for: who is at work, how many
 * of one person, how long without a key; ended when they may not go on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

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

/* `duban who` and more words, as somebody; its output stands in $DB.who. */
static void who(const struct desk *desk, const char *words, int status)
{
    char command[800];
    snprintf(command, sizeof command,
        DESK_NOW " '%s' --db $DB --lang zh who %s >${DB}.who 2>&1; test $? = %d || { cat "
                 "${DB}.who; false; }",
        desk_program(), words, status);
    desk_shell(desk, command);
}

/* Waits until a session of this kind is on record. */
static void who_has(const struct desk *desk, const char *what)
{
    char command[600];
    snprintf(command, sizeof command,
        "for i in $(seq 500); do '%s' --db $DB --lang en who --json 2>/dev/null | grep -q "
        "'\"what\":\"%s\"' && exit 0; done; exit 1",
        desk_program(), what);
    desk_shell(desk, command);
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
    assert_false(pty_has_text(pty, "$<"));
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

static void say(struct pty *pty, const char *text)
{
    pty_send(pty, text, strlen(text));
}

/* Nobody presses a key, nobody reads, nothing comes: it ends all the same. */
static void what_waits_for_a_line_ends_too(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = desk_start(desk, &(struct desk_start){.words = "--plain --as wangqiang"});
    desk_comes(pty, "督办>");
    say(pty, "list 抚顺");
    desk_comes(pty, "list 抚顺");
    change(desk, DISABLE);
    desk_ends(pty, 1, MAY_NOT);
    pty_free(pty);
    change(desk, "UPDATE person SET disabled = 0 WHERE " PERSON);
    pty = desk_start(desk, &(struct desk_start){.words = "--plain --as wangqiang"});
    desk_comes(pty, "督办>");
    say(pty, "R 1\n");
    desk_comes(pty, "（必填）");
    say(pty, "分三批清运完毕\n");
    desk_comes(pty, "0 至 100");
    change(desk, NARROW);
    desk_ends(pty, 1, CHANGED);
    desk_expect(desk, "SELECT person, body LIKE '%分三批清运完毕%' FROM draft", "wangqiang|1");
    pty_free(pty);
}

static void a_terminal_that_takes_nothing_holds_nobody(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = board(desk);
    int status;
    pty_stop_reading(pty, true);
    for (int i = 0; i < 60; i++)
        pty_send(pty, "G\x0cgg\x0c", 5);
    change(desk, DISABLE);
    assert_true(pty_wait_exit(pty, &status));
    pty_free(pty);
}

static void a_reader_that_sleeps_holds_nobody(void **state)
{
    static const char *const words[] = {
        "events --since 0 --json", "events --since 0 --follow", "list --json"};
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char command[900];
        snprintf(command, sizeof command,
            "rm -f ${DB}.fifo; mkfifo ${DB}.fifo; exec 3<>${DB}.fifo; " DESK_NOW
            " timeout 30 '%s' --db $DB --lang zh --as zhangwei %s >&3 2>${DB}.err & "
            "head -c 1 <&3 >/dev/null; sqlite3 -cmd '.timeout 5000' $DB \"UPDATE person SET "
            "disabled = 1 WHERE login = 'zhangwei'\"; wait $!; test $? = 1 && grep -q "
            "'" MAY_NOT "' ${DB}.err || { cat ${DB}.err; false; }",
            desk_program(), words[i]);
        desk_shell(desk, command);
        change(desk, "UPDATE person SET disabled = 0 WHERE login = 'zhangwei'");
    }
}

#define REPORT "report X-03 --percent 71 - --as wangqiang"

static void a_command_that_waits_for_input_ends_too(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = desk_start(desk, &(struct desk_start){.words = REPORT, .ssh = "10.21.4.7"});
    say(pty, "已清运\n");
    desk_comes(pty, "已清运");
    who_has(desk, "report");
    change(desk, DISABLE);
    desk_ends(pty, 1, MAY_NOT);
    desk_expect(desk, "SELECT count(*) FROM event WHERE note LIKE '%已清运%'", "0");
    pty_free(pty);
}

/* The clock goes on until it has ended. */
static void input_that_does_not_come_is_not_waited_for(void **state)
{
    struct desk *desk = *state;
    char now[300], command[1200];
    desk_clock(desk, "2026-11-21T21:47:00+08:00", now);
    snprintf(command, sizeof command,
        "rm -f ${DB}.fifo; mkfifo ${DB}.fifo; exec 3<>${DB}.fifo; echo 已清运 >&3; %s timeout 30 "
        "'%s' --db $DB --lang zh " REPORT " <&3 2>${DB}.err & t=1795268820; while kill -0 $! "
        "2>/dev/null; do t=$((t + 60)); date -d @$t +%%FT%%T%%:z >${DB}.now && mv ${DB}.now '%s'; "
        "done; wait $!; test $? = 1 && grep -q '5 分钟' ${DB}.err || { cat ${DB}.err; false; }",
        now, desk_program(), strchr(now, '@') + 1);
    desk_shell(desk, command);
    desk_expect(desk, "SELECT count(*) FROM event WHERE note LIKE '%已清运%'", "0");
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

/* --- who is at work -------------------------------------------------------------------------- */

static void who_is_at_work_is_told(void **state)
{
    struct desk *desk = *state;
    struct pty *wall = desk_start(desk, &(struct desk_start){.words = "wall --as lina"});
    desk_sees(wall, "任务总览");
    struct pty *pty =
        desk_start(desk, &(struct desk_start){.words = "--as wangqiang", .ssh = "10.21.4.7"});
    desk_comes(pty, "X-03");
    struct pty *events =
        desk_start(desk, &(struct desk_start){.words = "events --follow --as wangqiang"});
    desk_comes(events, "X-");
    who(desk, "", 0);
    desk_shell(desk, "grep -q '^wangqiang  *王强  *看板  *10.21.4.7  *pts/' ${DB}.who && "
                     "grep -q '^lina  *李娜  *大屏  *pts/' ${DB}.who && "
                     "grep -q '^wangqiang  *王强  *动态' ${DB}.who && "
                     "test $(wc -l <${DB}.who) = 5");
    who(desk, "--as zhangwei", 0); /* a duty officer */
    desk_shell(desk, "test $(wc -l <${DB}.who) = 5");
    who(desk, "--as wangqiang", 0); /* their own */
    desk_shell(desk, "test $(wc -l <${DB}.who) = 3 && ! grep -q lina ${DB}.who");
    who(desk, "--as masl", 3);
    who(desk, "--json --as lina", 0);
    desk_shell(desk, "grep -q '\"login\":\"wangqiang\",\"name\":\"王强\",\"role\":\"reporter\","
                     "\"what\":\"board\",\"origin\":\"10.21.4.7\",\"terminal\":\"pts/' ${DB}.who");
    who(desk, "--json --as masl", 3);
    desk_shell(desk, "tr -d '[:space:]' <${DB}.who | grep -q '^\\[\\]'");
    desk_keys(desk->pty, ":");
    desk_type(desk->pty, "who");
    desk_keys(desk->pty, "Enter");
    desk_sees(desk->pty, "王强");
    desk_sees(desk->pty, "10.21.4.7");
    kill(pty_process(pty), SIGKILL); /* however one ends */
    int status;
    pty_wait_exit(pty, &status);
    pty_free(pty);
    pty_free(wall);
    pty_free(events);
    who(desk, "--as wangqiang", 3);
}

static void nobody_leaves_a_file_who_may_only_read(void **state)
{
    struct desk *desk = *state;
    struct pty *pty;
    desk_shell(desk, "rm ${DB}.sessions");
    pty = desk_start(desk, &(struct desk_start){.words = "--read-only"});
    desk_sees(pty, "2-012");
    desk_shell(desk, "test ! -e ${DB}.sessions");
    pty_free(pty);
    who(desk, "", 3);
    desk_shell(desk, "test ! -e ${DB}.sessions");
}

/* --- limits ---------------------------------------------------------------------------------- */

static const char *with_config(const struct desk *desk, const char *words, const char *lines)
{
    static char all[600];
    char command[300];
    snprintf(command, sizeof command, "printf '%s\\n' >${DB}.cfg", lines);
    desk_shell(desk, command);
    snprintf(all, sizeof all, "--config %s.cfg %s", desk->database, words);
    return all;
}

static void one_session_too_many_is_refused_over_ssh(void **state)
{
    struct desk *desk = *state;
    const char *words = with_config(desk, "--as wangqiang", "session: { most = 2; };");
    struct pty *pty[4];
    for (int i = 0; i < 2; i++) {
        pty[i] = desk_start(desk, &(struct desk_start){.words = words, .ssh = "10.21.4.7"});
        desk_comes(pty[i], "X-03");
    }
    pty[2] = desk_start(desk, &(struct desk_start){.words = words, .ssh = "10.21.4.8"});
    desk_ends(pty[2], 1, "王强 已有 2 个会话，不能再多：看板");
    desk_sees(pty[2], "10.21.4.7");
    assert_false(pty_has_text(pty[2], "10.21.4.8"));
    pty_free(pty[2]);
    pty[2] = desk_start(desk, &(struct desk_start){.words = words}); /* at the server itself */
    desk_sees(pty[2], "X-03");
    words = with_config(desk, "--as lina", "session: { most = 2; };"); /* of somebody else */
    pty[3] = desk_start(desk, &(struct desk_start){.words = words, .ssh = "10.21.4.7"});
    desk_comes(pty[3], "2-012");
    for (int i = 0; i < 4; i++)
        pty_free(pty[i]);
}

static void too_long_without_a_key_ends_it(void **state)
{
    struct desk *desk = *state;
    char now[300];
    desk_clock(desk, "2026-11-21T21:47:00+08:00", now);
    const char *words = with_config(desk, "--as wangqiang", "session: { idle = 10; };");
    struct pty *pty = desk_start(desk, &(struct desk_start){.words = words, .now = now});
    desk_keys(pty, "R");
    desk_type(pty, "已清运三百方");
    desk_clock(desk, "2026-11-21T21:55:59+08:00", now);
    assert_true(pty_settle(pty));
    assert_false(pty_has_text(pty, "任意键"));
    desk_clock(desk, "2026-11-21T21:56:01+08:00", now);
    assert_true(pty_settle(pty));
    desk_sees(pty, "任意键"); /* a minute before */
    desk_type(pty, "整");
    assert_false(pty_has_text(pty, "任意键"));
    desk_clock(desk, "2026-11-21T22:05:30+08:00", now);
    assert_true(pty_settle(pty));
    desk_sees(pty, "任意键");
    desk_clock(desk, "2026-11-21T22:06:02+08:00", now);
    kill(pty_process(pty), SIGWINCH); /* which looks at the clock */
    desk_ends(pty, 1, "10 分钟");
    assert_false(pty_has_text(pty, "X-03"));
    desk_expect(desk, "SELECT person, body LIKE '%已清运三百方整%' FROM draft", "wangqiang|1");
    pty_free(pty);
}

static void a_wall_takes_no_keys_and_stays(void **state)
{
    struct desk *desk = *state;
    char now[300];
    desk_clock(desk, "2026-11-21T21:47:00+08:00", now);
    const char *words = with_config(desk, "wall", "session: { idle = 10; };");
    struct pty *wall = desk_start(desk, &(struct desk_start){.words = words, .now = now});
    desk_sees(wall, "任务总览");
    desk_clock(desk, "2026-11-21T23:47:00+08:00", now);
    assert_true(pty_settle(wall));
    desk_sees(wall, "23:47");
    pty_free(wall);
}

/* What of a key is recorded: once a minute. */
static void keys_are_recorded_once_a_minute(void **state)
{
    struct desk *desk = *state;
    char now[300];
    desk_clock(desk, "2026-11-21T21:47:00+08:00", now);
    struct pty *pty = desk_start(desk, &(struct desk_start){.words = "--as wangqiang", .now = now});
    desk_sees(pty, "X-03");
    static const struct {
        const char *clock, *keys, *acted;
    } steps[] = {{"2026-11-21T21:47:50+08:00", "j", "13:47:00"},
        {"2026-11-21T21:48:10+08:00", "j", "13:48:10"},
        {"2026-11-21T21:48:50+08:00", "k", "13:48:10"},
        {"2026-11-21T22:48:50+08:00", "", "13:48:10"},
        {"2026-11-21T22:49:00+08:00", "j", "14:49:00"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char command[200];
        desk_clock(desk, steps[i].clock, now);
        if (*steps[i].keys)
            desk_keys(pty, steps[i].keys);
        else
            assert_true(pty_settle(pty));
        who(desk, "--json --as wangqiang", 0);
        snprintf(command, sizeof command,
            "grep -q '\"acted_at\":\"2026-11-21T%s' ${DB}.who || { cat ${DB}.who; false; }",
            steps[i].acted);
        desk_shell(desk, command);
    }
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
        SESSION(input_that_does_not_come_is_not_waited_for),
        SESSION(a_command_that_waits_for_input_ends_too),
        SESSION(a_reader_that_sleeps_holds_nobody),
        SESSION(a_terminal_that_takes_nothing_holds_nobody),
        SESSION(what_waits_for_a_line_ends_too),
        SESSION(who_looks_at_the_past_is_out_at_the_next_key),
        SESSION(who_is_taken_off_the_record_is_out),
        SESSION(who_is_at_work_is_told),
        SESSION(nobody_leaves_a_file_who_may_only_read),
        SESSION(one_session_too_many_is_refused_over_ssh),
        SESSION(too_long_without_a_key_ends_it),
        SESSION(a_wall_takes_no_keys_and_stays),
        SESSION(keys_are_recorded_once_a_minute),
    };
    int failed = cmocka_run_group_tests_name("sessions", tests, NULL, NULL);
    desk_finish();
    return failed;
}
