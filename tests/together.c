/* Two people at once, and lines that drop: two real boards in two terminals on one database, hung
 * up and killed while somebody types, held up by a writer that stands still. What is typed is never
 * lost, what is said to be saved is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/desk.h"
#include "harness/folder.h"

#define TASK "source_id = 1 AND number = '012'"

/* The second board, of 张伟民, a duty officer. */
static struct pty *second(const struct desk *desk)
{
    struct pty *pty = desk_board(desk, DESK_NOW, "zhangwei");
    desk_sees(pty, "2-012");
    return pty;
}

/* --- two people ------------------------------------------------------------------------------ */

static void fields_that_do_not_overlap_are_merged(void **state)
{
    struct desk *desk = *state;
    struct pty *other = second(desk);
    desk_keys(desk->pty, "e");
    desk_keys(other, "e");
    desk_type(other, "二期");
    desk_keys(other, "C-s");
    desk_sees(other, "已保存");
    desk_sees(desk->pty, "张伟民 刚改动了本任务"); /* under the open form */
    desk_keys(desk->pty, "Tab Tab Tab Tab");       /* problem, goal, figures, category */
    desk_type(desk->pty, "海域");
    desk_keys(desk->pty, "C-s");
    desk_sees(desk->pty, "其间他人的改动予以保留：张伟民：标题");
    desk_expect(
        desk, "SELECT title LIKE '%二期', category LIKE '%海域' FROM task WHERE " TASK, "1|1");
    desk_sees(other, "2-012");
    pty_free(other);
}

static void a_clash_is_shown_and_decided(void **state)
{
    struct desk *desk = *state;
    struct pty *other = second(desk);
    desk_keys(desk->pty, "e");
    desk_type(desk->pty, "甲");
    desk_keys(other, "e");
    desk_type(other, "乙");
    desk_keys(other, "C-s");
    desk_sees(other, "已保存");
    desk_keys(desk->pty, "C-s");
    desk_sees(desk->pty, "张伟民"); /* whose it is */
    assert_true(pty_has_text(desk->pty, "完成甲") && pty_has_text(desk->pty, "完成乙"));
    desk_expect(
        desk, "SELECT title LIKE '%乙' FROM task WHERE " TASK, "1"); /* nothing written yet */
    desk_keys(desk->pty, "m Enter");
    desk_sees(desk->pty, "已保存");
    desk_expect(desk, "SELECT title LIKE '%完成甲' FROM task WHERE " TASK, "1");
    desk_keys(other, "Enter");
    desk_sees(other, "完成甲"); /* and the other board shows it */
    pty_free(other);
}

static void reports_of_two_add(void **state)
{
    struct desk *desk = *state;
    struct pty *other = second(desk);
    char before[512], after[512];
    desk_ask(desk, "SELECT count(*) + 2 FROM report", before);
    desk_keys(desk->pty, "R");
    desk_keys(other, "R");
    desk_type(desk->pty, "我的进展");
    desk_type(other, "他的进展");
    desk_keys(other, "C-s");
    desk_sees(other, "已保存");
    desk_keys(desk->pty, "C-s");
    desk_sees(desk->pty, "已保存");
    assert_string_equal(desk_ask(desk, "SELECT count(*) FROM report", after), before);
    pty_free(other);
}

static void the_second_of_two_same_actions_is_told(void **state)
{
    struct desk *desk = *state;
    struct pty *other = second(desk);
    desk_shell(desk, "sqlite3 $DB \"UPDATE measure SET done_on = '2026-11-01'\"");
    desk_keys(desk->pty, "a 2");
    desk_sees(desk->pty, "申请验收  2-012");
    desk_keys(other, "a 2");
    desk_sees(other, "申请验收  2-012");
    desk_keys(other, "C-s");
    desk_sees(other, "已保存");
    desk_keys(desk->pty, "C-s");
    desk_sees(desk->pty, "任务现为“申请验收”"); /* and the form is still there */
    desk_keys(desk->pty, "C-g");
    pty_free(other);
}

static void undo_is_refused_where_another_built_on(void **state)
{
    struct desk *desk = *state;
    struct pty *other = second(desk);
    desk_keys(desk->pty, "e");
    desk_type(desk->pty, "甲");
    desk_keys(desk->pty, "C-s");
    desk_sees(desk->pty, "已保存");
    desk_keys(other, "e");
    desk_type(other, "乙");
    desk_keys(other, "C-s");
    desk_sees(other, "已保存");
    desk_keys(desk->pty, "u");
    desk_sees(desk->pty, "张伟民此后已改动“标题”");
    desk_keys(other, "u");
    desk_sees(other, "已撤销");
    desk_keys(desk->pty, "u");
    desk_sees(desk->pty, "已撤销");
    desk_expect(desk, "SELECT title LIKE '%完成' FROM task WHERE " TASK, "1");
    pty_free(other);
}

/* --- lines that drop ------------------------------------------------------------------------- */

static void again(struct desk *desk)
{
    pty_free(desk->pty);
    desk->pty = desk_board(desk, DESK_NOW, NULL);
    desk_sees(desk->pty, "1 份草稿");
}

static void a_hang_up_keeps_what_was_typed(void **state)
{
    struct desk *desk = *state;
    int status;
    desk_keys(desk->pty, "e");
    desk_type(desk->pty, "断线前所写");
    pty_hang_up(desk->pty);
    assert_true(pty_wait_exit(desk->pty, &status));
    again(desk);
    desk_keys(desk->pty, "e");
    desk_sees(desk->pty, "完成断线前所写");
    desk_sees(desk->pty, "的草稿");
    desk_keys(desk->pty, "C-s");
    desk_sees(desk->pty, "已保存");
    desk_expect(desk, "SELECT count(*) FROM draft", "0");
}

static void sigterm_keeps_it_too(void **state)
{
    struct desk *desk = *state;
    int status;
    desk_keys(desk->pty, "R");
    desk_type(desk->pty, "周报写到一半");
    kill(pty_process(desk->pty), SIGTERM);
    assert_true(pty_wait_exit(desk->pty, &status));
    again(desk);
    desk_keys(desk->pty, ":");
    desk_type(desk->pty, "drafts");
    desk_keys(desk->pty, "Enter Enter");
    desk_sees(desk->pty, "周报写到一半");
}

static void a_kill_loses_a_few_seconds_at_most(void **state)
{
    struct desk *desk = *state;
    int status;
    desk_keys(desk->pty, "e");
    desk_type(desk->pty, "被杀之前");
    desk_await(desk, "SELECT count(*) FROM draft WHERE body LIKE '%被杀之前%'", "1");
    kill(pty_process(desk->pty), SIGKILL);
    assert_true(pty_wait_exit(desk->pty, &status));
    again(desk);
    desk_keys(desk->pty, "e");
    desk_sees(desk->pty, "完成被杀之前");
}

static void a_draft_tells_what_changed_since(void **state)
{
    struct desk *desk = *state;
    int status;
    desk_keys(desk->pty, "e");
    desk_type(desk->pty, "甲");
    pty_hang_up(desk->pty);
    assert_true(pty_wait_exit(desk->pty, &status));
    struct pty *other = second(desk);
    desk_keys(other, "e");
    desk_type(other, "乙");
    desk_keys(other, "C-s");
    desk_sees(other, "已保存");
    pty_free(other);
    again(desk);
    desk_keys(desk->pty, "e");
    desk_sees(desk->pty, "此后他人改过：标题");
    desk_keys(desk->pty, "C-s");
    desk_sees(desk->pty, "张伟民"); /* the question, not a silent loss of theirs */
    desk_expect(desk, "SELECT title LIKE '%完成乙' FROM task WHERE " TASK, "1");
}

/* --- a writer that stands still -------------------------------------------------------------- */

static void a_held_gate_is_told_and_the_text_stays(void **state)
{
    struct desk *desk = *state;
    char gate[300];
    snprintf(gate, sizeof gate, "%s.gate", desk->database);
    pid_t holder = fork();
    if (holder == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves nobody behind */
        execlp("flock", "flock", "-F", gate, "sleep", "1000", (char *)NULL);
        _exit(127);
    }
    desk_shell(desk, "while flock -n $DB.gate true; do :; done"); /* until it is held */
    desk_keys(desk->pty, "e");
    desk_type(desk->pty, "等门");
    desk_keys(desk->pty, "C-s");
    desk_sees(desk->pty, "完成等门"); /* the form is still there, and says who holds it */
    char pid[32];
    snprintf(pid, sizeof pid, "%d", (int)holder);
    desk_sees(desk->pty, pid);
    kill(holder, SIGKILL);
    assert_int_equal(waitpid(holder, NULL, 0), holder);
    desk_keys(desk->pty, "C-s");
    desk_sees(desk->pty, "已保存");
    desk_expect(desk, "SELECT title LIKE '%等门' FROM task WHERE " TASK, "1");
}

int main(int argc, char **argv)
{
    (void)argc;
    if (desk_prepare(argv[0]) != 0) {
        fprintf(stderr, "together: the sample database cannot be made\n");
        return 1;
    }
#define TOGETHER(test) cmocka_unit_test_setup_teardown(test, desk_set_up, desk_tear_down)
    const struct CMUnitTest tests[] = {
        TOGETHER(fields_that_do_not_overlap_are_merged),
        TOGETHER(a_clash_is_shown_and_decided),
        TOGETHER(reports_of_two_add),
        TOGETHER(the_second_of_two_same_actions_is_told),
        TOGETHER(undo_is_refused_where_another_built_on),
        TOGETHER(a_hang_up_keeps_what_was_typed),
        TOGETHER(sigterm_keeps_it_too),
        TOGETHER(a_kill_loses_a_few_seconds_at_most),
        TOGETHER(a_draft_tells_what_changed_since),
        TOGETHER(a_held_gate_is_told_and_the_text_stays),
    };
    int failed = cmocka_run_group_tests_name("together", tests, NULL, NULL);
    desk_finish();
    return failed;
}
