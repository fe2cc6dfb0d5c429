/* term: keys, lines that are slow or gone, and the terminal left as it was found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "../../src/ui/term_type.h"
#include "base/language.h"
#include "harness/stage.h"

static void must(const struct pty *pty, bool ok)
{
    if (!ok)
        fail_msg("%s", pty_problem(pty));
}

static struct pty *start(const struct stage_options *options)
{
    struct pty *pty = stage_start(options);
    must(pty, pty_settle(pty));
    return pty;
}

static void assert_stage(const struct pty *pty, const struct canvas *canvas)
{
    struct strbuf expected = {0}, shown = {0};
    canvas_text(canvas, &expected);
    pty_text(pty, &shown);
    assert_string_equal(strbuf_text(&shown), strbuf_text(&expected));
    strbuf_clear(&expected);
    strbuf_clear(&shown);
}

static void assert_exit(struct pty *pty, int expected)
{
    int status = -1;
    must(pty, pty_wait_exit(pty, &status));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), expected);
}

static void tells_keys(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "Up", "Down", "Esc", "C-c", "C-z", "C-s", "C-q",
        "C-\\", "Enter", "BS", "F1", "F12", "PgDn", "S-Tab", "Home", "Del", "M-x"};
    struct pty *pty = start(&(struct stage_options){0});
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char told[32];
        snprintf(told, sizeof told, " key %s", names[i]);
        must(pty, pty_keys(pty, names[i]));
        if (!pty_has_text(pty, told))
            fail_msg("%s was not told", names[i]);
    }
    must(pty, pty_type(pty, "湿"));
    assert_true(pty_has_text(pty, "key 湿"));
    must(pty, pty_paste(pty, "河口 jjj"));
    assert_true(pty_has_text(pty, "key 河口 jjj"));
    pty_free(pty);
}

static void takes_no_mouse_unless_it_was_asked_for(void **state)
{
    (void)state;
    struct pty *pty = start(&(struct stage_options){0});
    must(pty, pty_keys(pty, "a"));
    must(pty, pty_send(pty, "\033[<0;5;6M\033[<65;5;6M\033[M !!", 25));
    must(pty, pty_settle(pty));
    assert_true(pty_has_text(pty, "key a"));
    pty_free(pty);
    pty = start(&(struct stage_options){.argument = "stage-mouse"});
    must(pty, pty_keys(pty, "a"));
    must(pty, pty_send(pty, "\033[<0;5;6M", 10));
    must(pty, pty_settle(pty));
    assert_false(pty_has_text(pty, "key a"));
    pty_free(pty);
}

static void copies_and_rings(void **state)
{
    (void)state;
    struct pty *pty = start(&(struct stage_options){0});
    long before = pty_received(pty);
    must(pty, pty_keys(pty, "y"));
    assert_int_equal(pty_received(pty) - before, strlen("\033]52;c;5rm/5Zyw\a\a"));
    pty_free(pty);
}

/* A line that takes nothing: keys are taken, pictures left out, and the newest is shown in the end.
 */
static void a_line_that_stands_still_holds_nobody_up(void **state)
{
    (void)state;
    enum { PRESSED = 1000 };
    struct stage stage = {0};
    struct canvas *canvas = canvas_new(24, 80);
    struct pty *pty = start(&(struct stage_options){0});
    long before = pty_received(pty);
    pty_stop_reading(pty, true);
    for (int i = 0; i < PRESSED; i++) {
        must(pty, pty_send(pty, "j", 1));
        stage_key(&stage, "j", 24);
    }
    pty_stop_reading(pty, false);
    must(pty, pty_settle(pty));
    stage_draw(&stage, canvas);
    assert_stage(pty, canvas);
    assert_true(pty_received(pty) - before < PRESSED * 100); /* each would cost more than 200 */
    canvas_free(canvas);
    pty_free(pty);
}

static void a_line_that_is_gone_is_told(void **state)
{
    (void)state;
    struct pty *pty = start(&(struct stage_options){0});
    pty_hang_up(pty);
    assert_exit(pty, 9);
    pty_free(pty);
}

static void leaves_the_terminal_as_it_was(void **state)
{
    (void)state;
    static const char *const names[] = {"xterm-256color", "linux", "vt100", "tmux-256color"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct pty *pty =
            start(&(struct stage_options){.term = names[i], .argument = "stage-mouse"});
        assert_false(pty_is_restored(pty));
        must(pty, pty_send(pty, "Q", 1));
        assert_exit(pty, 0);
        assert_true(pty_is_restored(pty));
        pty_free(pty);
    }
}

static void stops_and_comes_back(void **state)
{
    (void)state;
    struct stage stage = {0};
    struct canvas *canvas = canvas_new(24, 80);
    struct pty *pty = start(&(struct stage_options){.argument = "shell"});
    must(pty, pty_keys(pty, "z"));
    stage_draw(&stage, canvas);
    assert_stage(pty, canvas);
    must(pty, pty_send(pty, "Q", 1));
    assert_exit(pty, 0);
    assert_true(pty_has_text(pty, "$ fg")); /* the shell had the main screen in between */
    assert_true(pty_is_restored(pty));
    canvas_free(canvas);
    pty_free(pty);
}

/* With no shell above it, ^Z must not leave somebody before a dead screen. */
static void does_not_stop_where_nobody_could_continue(void **state)
{
    (void)state;
    struct stage stage = {0};
    struct canvas *canvas = canvas_new(24, 80);
    struct pty *pty = start(&(struct stage_options){0});
    must(pty, pty_keys(pty, "z"));
    stage_draw(&stage, canvas);
    assert_stage(pty, canvas);
    canvas_free(canvas);
    pty_free(pty);
}

static void assert_refused(const char *name, const char *says)
{
    struct pty *pty = stage_start(&(struct stage_options){.term = name});
    assert_exit(pty, 1);
    assert_true(pty_has_text(pty, says));
    assert_true(pty_is_restored(pty));
    pty_free(pty);
}

static void says_why_it_cannot_start(void **state)
{
    (void)state;
    assert_refused("", "TERM is not set");
    assert_refused("dumb-of-our-own", "\"dumb-of-our-own\" (TERM) cannot place its cursor");
    assert_refused("dumb", "\"dumb\" (TERM) cannot place its cursor");
}

/* By the name of the terminal: what is used, the first that is known. */
static void takes_another_type_for_an_unknown_one(void **state)
{
    (void)state;
    static const char *const rows[][5] = {
        {"xterm-kitty", "xterm-256color", "xterm", "xterm-256color", "xterm"},
        {"screen.xterm-256color", "screen.xterm-256color", "screen.xterm", "screen-256color",
            "screen"},
        {"rxvt-unicode-256color", "rxvt-unicode-256color", "rxvt-unicode", "rxvt-256color", "rxvt"},
        {"alacritty", "xterm-256color", "xterm", "vt100", NULL},
        {"foot-extra", "foot-256color", "foot", "xterm-256color", "xterm"},
        {"vt420-pcdos", "vt420", "vt100", NULL, NULL},
        {"tmux-direct", "tmux-256color", "tmux", "vt100", NULL},
        {"-", "vt100", NULL, NULL, NULL},
        {"../../etc/passwd\033[2J", "../../etc/passwd\033[2J", NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t k = 1; k < 5 && i < 8; k++) {
            char type[TERM_TYPE_MOST];
            bool any = term_type_instead(rows[i][0], k - 1, type);
            if (any != (rows[i][k] != NULL) || (any && strcmp(type, rows[i][k]) != 0))
                fail_msg("%s, %zu: %s", rows[i][0], k, any ? type : "none");
        }
    static const char *const names[] = {"no-such-terminal", "xterm-of-our-own", "../../x\033[2J",
        "a-terminal-whose-name-is-longer-than-any-that-terminfo-has-and-goes-on-and-on-256color"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct stage stage = {0};
        struct canvas *canvas = canvas_new(24, 80);
        struct pty *pty = start(&(struct stage_options){.term = names[i]});
        stage_draw(&stage, canvas);
        assert_stage(pty, canvas);
        canvas_free(canvas);
        pty_free(pty);
    }
}

int main(int argc, char **argv)
{
    int status;
    if (stage_main(argc, argv, &status))
        return status;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_keys),
        cmocka_unit_test(takes_no_mouse_unless_it_was_asked_for),
        cmocka_unit_test(copies_and_rings),
        cmocka_unit_test(a_line_that_stands_still_holds_nobody_up),
        cmocka_unit_test(a_line_that_is_gone_is_told),
        cmocka_unit_test(leaves_the_terminal_as_it_was),
        cmocka_unit_test(stops_and_comes_back),
        cmocka_unit_test(does_not_stop_where_nobody_could_continue),
        cmocka_unit_test(says_why_it_cannot_start),
        cmocka_unit_test(takes_another_type_for_an_unknown_one),
    };
    setenv("LC_ALL", "C.UTF-8", 1);
    language_start("en", NULL);
    return cmocka_run_group_tests_name("term", tests, NULL, NULL);
}
