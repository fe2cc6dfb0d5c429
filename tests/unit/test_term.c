/* term: keys, lines that are slow or gone, and the terminal left as it was found. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/language.h"
#include "harness/stage.h"

static const struct term_options usual = {.escape_ms = 30, .ambiguous = 1};

/* --- keys ---------------------------------------------------------------------------------- */

static void tells_keys(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *told;
    } keys[] = {{"j", "j"}, {"\033OA", "Up"}, {"\033[B", "Down"}, {"\033", "Esc"}, {"\x03", "C-c"},
        {"\x1a", "C-z"}, {"\x13", "C-s"}, {"\x11", "C-q"}, {"\x1c", "C-\\"}, {"\r", "Enter"},
        {"\x7f", "BS"}, {"\033OP", "F1"}, {"湿", "湿"}, {"\033[200~河口\033[201~", "河口"},
        {"\033[1;2B", "S-Down"}};
    struct stage stage;
    stage_open(&stage, "xterm-256color", "C.UTF-8", &usual);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        terminal_type(&stage.terminal, keys[i].typed);
        stage_ask(&stage, (struct order){.what = 'k'});
        assert_string_equal(stage.reply.text, keys[i].told);
    }
    stage_ask(&stage, (struct order){.what = '5'});
    stage_ask(&stage, (struct order){.what = 'k'});
    assert_string_equal(stage.reply.text, "Status");
    stage_close(&stage);
}

static void copies_and_rings(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, "xterm-256color", "C.UTF-8", &usual);
    stage_ask(&stage, (struct order){.what = 'y'});
    assert_non_null(strstr(stage.terminal.raw.text, "\033]52;c;5rm/5Zyw\a\a"));
    stage_close(&stage);
}

/* --- lines that are slow, or gone ---------------------------------------------------------- */

static void a_line_that_takes_nothing_holds_nobody_up(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, "xterm-256color", "C.UTF-8", &usual);
    /* Answers come although nobody reads the terminal. */
    for (int round = 0; round < 200; round++) {
        stage_tell(&stage, (struct order){.what = 'r', .top = round + 1});
        assert_true(stage_wait(stage.control, STAGE_BOUND_MS));
        assert_int_equal(read(stage.control, &stage.reply, sizeof stage.reply), sizeof stage.reply);
    }
    assert_true(stage.reply.bytes < 100000); /* left out, not queued */
    stage_ask(&stage, (struct order){.what = 'k'});
    assert_string_equal(stage.reply.text, "Resize"); /* there is room: the newest one, please */
    stage_ask(&stage, (struct order){.what = 'p', .top = 7, .cursor = 9});
    stage_ask(&stage, (struct order){.what = 'f'});
    stage_assert_page(&stage, (struct order){.top = 7, .cursor = 9});
    stage_close(&stage);
}

static void a_line_that_is_gone_is_told(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, "xterm-256color", "C.UTF-8", &usual);
    stage_ask(&stage, (struct order){.what = 'l'});
    assert_string_equal(stage.reply.text, "there");
    signal(SIGHUP, SIG_IGN);
    stage_tell(&stage, (struct order){.what = 'k'});
    close(stage.terminal.fd);
    stage.terminal.fd = -1;
    assert_true(stage_wait(stage.control, STAGE_BOUND_MS));
    ssize_t got = read(stage.control, &stage.reply, sizeof stage.reply);
    if (got == sizeof stage.reply)
        assert_string_equal(stage.reply.text, "lost");
    close(stage.control);
    int status = terminal_end(&stage.terminal);
    assert_true(got > 0 ? status == 0 : WIFSIGNALED(status));
    signal(SIGHUP, SIG_DFL);
}

/* --- leaving it as it was found ------------------------------------------------------------ */

static bool same_modes(const struct termios *a, const struct termios *b)
{
    return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag && a->c_cflag == b->c_cflag &&
           a->c_lflag == b->c_lflag && memcmp(a->c_cc, b->c_cc, sizeof a->c_cc) == 0;
}

static void leaves_the_terminal_as_it_was(void **state)
{
    (void)state;
    struct stage stage;
    struct termios before, during, after;
    const struct term_options mouse = {.escape_ms = 30, .ambiguous = 1, .mouse = true};
    int pair[2];
    stage_pair(pair);
    char go;
    if (terminal_start(&stage.terminal, 24, 80) == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        if (read(pair[1], &go, 1) == 1)
            stage_serve(pair[1], &mouse);
        _exit(4);
    }
    stage.control = pair[0];
    assert_int_equal(tcgetattr(stage.terminal.fd, &before), 0);
    vterm_input_write(stage.terminal.emulator, "shell", 5);
    assert_int_equal(write(pair[0], "g", 1), 1);
    stage_reply(&stage);
    stage_ask(&stage, (struct order){.what = 'p'});
    tcgetattr(stage.terminal.fd, &during);
    assert_int_equal(during.c_lflag & (ICANON | ECHO | ISIG | IEXTEN), 0);
    assert_int_equal(during.c_iflag & (IXON | ICRNL), 0);
    stage_ask(&stage, (struct order){.what = 'c'});
    tcgetattr(stage.terminal.fd, &after);
    assert_true(same_modes(&before, &after));
    stage_assert_contains(&stage, "shell");
    const char *raw = stage.terminal.raw.text;
    static const char *const last[] = {
        "\033[?1049l", "\033[?2004l", "\033[?1006l", "\033[?1000l", "\033[?1l\033>"};
    for (size_t i = 0; i < sizeof last / sizeof last[0]; i++)
        assert_non_null(strstr(raw, last[i]));
    stage_close(&stage);
    close(pair[1]);
}

/* As a shell does: starts the job in the foreground, sees it stop, has the terminal to itself, goes
 * on. */
static _Noreturn void act_as_shell(int control)
{
    int status, verdict = 0;
    struct termios before, stopped;
    signal(SIGTTOU, SIG_IGN);
    tcgetattr(STDIN_FILENO, &before);
    pid_t job = fork();
    if (job == 0) {
        setpgid(0, 0);
        tcsetpgrp(STDIN_FILENO, getpid());
        signal(SIGTTOU, SIG_DFL);
        stage_serve(control, &usual);
    }
    if (waitpid(job, &status, WUNTRACED) != job || !WIFSTOPPED(status))
        _exit(5);
    tcgetattr(STDIN_FILENO, &stopped);
    verdict = same_modes(&before, &stopped) ? 0 : 6;
    tcsetpgrp(STDIN_FILENO, getpid());
    if (write(STDOUT_FILENO, "$ fg\r\n", 6) != 6)
        _exit(7);
    tcsetpgrp(STDIN_FILENO, job);
    kill(-job, SIGCONT);
    if (waitpid(job, &status, 0) != job || status != 0)
        verdict = 8;
    _exit(verdict);
}

static void stops_and_comes_back(void **state)
{
    (void)state;
    struct stage stage;
    int pair[2];
    stage_pair(pair);
    if (terminal_start(&stage.terminal, 24, 80) == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        close(pair[0]);
        act_as_shell(pair[1]);
    }
    close(pair[1]);
    stage.control = pair[0];
    stage_reply(&stage);
    stage_ask(&stage, (struct order){.what = 'p', .cursor = 4});
    stage_ask(&stage, (struct order){.what = 'z'});
    assert_non_null(strstr(stage.terminal.raw.text, "$ fg"));
    stage_ask(&stage, (struct order){.what = 'p', .cursor = 4});
    stage_assert_page(&stage, (struct order){.cursor = 4});
    stage_ask(&stage, (struct order){.what = 'c'});
    stage_assert_contains(&stage, "$ fg");
    stage_close(&stage);
}

/* With no shell above it, ^Z must not leave somebody before a dead screen. */
static void does_not_stop_where_nobody_could_continue(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, "xterm-256color", "C.UTF-8", &usual);
    stage_ask(&stage, (struct order){.what = 'p'});
    stage_ask(&stage, (struct order){.what = 'z'});
    stage_ask(&stage, (struct order){.what = 'p'});
    stage_assert_page(&stage, (struct order){0});
    stage_close(&stage);
}

/* --- where it cannot start ----------------------------------------------------------------- */

static void assert_refused(const char *name, const char *says)
{
    struct stage stage;
    int pair[2];
    stage_pair(pair);
    if (terminal_start(&stage.terminal, 24, 80) == 0) {
        if (name)
            setenv("TERM", name, 1);
        else
            unsetenv("TERM");
        setenv("LC_ALL", "C.UTF-8", 1);
        stage_serve(pair[1], &usual);
    }
    close(pair[1]);
    stage.control = pair[0];
    stage_reply(&stage);
    if (!strstr(stage.reply.text, says))
        fail_msg("\"%s\" is not in: %s", says, stage.reply.text);
    stage_close(&stage);
}

static void says_why_it_cannot_start(void **state)
{
    (void)state;
    assert_refused(NULL, "TERM is not set");
    assert_refused("", "TERM is not set");
    assert_refused("no-such-terminal", "\"no-such-terminal\" (TERM) is not known");
    assert_refused("dumb", "\"dumb\" (TERM) cannot place its cursor");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_keys),
        cmocka_unit_test(copies_and_rings),
        cmocka_unit_test(a_line_that_takes_nothing_holds_nobody_up),
        cmocka_unit_test(a_line_that_is_gone_is_told),
        cmocka_unit_test(leaves_the_terminal_as_it_was),
        cmocka_unit_test(stops_and_comes_back),
        cmocka_unit_test(does_not_stop_where_nobody_could_continue),
        cmocka_unit_test(says_why_it_cannot_start),
    };
    setenv("LC_ALL", "C.UTF-8", 1);
    language_start("en", NULL);
    return cmocka_run_group_tests_name("term", tests, NULL, NULL);
}
