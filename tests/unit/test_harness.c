/* The harness judges the program; this judges the harness. The program in the terminal is this test
 * itself, which does what it is typed. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/pty.h"

/* --- the program
 * ----------------------------------------------------------------------------------- */

/* Shows every byte it reads in hexadecimal, and obeys a few: q quits, x leaves the terminal in a
 * mess and quits, r asks for a report, l writes a lot. */
static bool obey(unsigned char byte, const struct termios *found)
{
    switch (byte) {
    case 'q':
        printf("\033[?1049l\033[?25h\033>\033[?1l");
        fflush(stdout);
        tcsetattr(0, TCSAFLUSH, found);
        return false;
    case 'x':
        return false;
    case 'r':
        printf("\033[6n");
        break;
    case 'l':
        for (int i = 0; i < 20000; i++) {
            printf("\033[10;1Hline %d", i);
        }
        break;
    default:
        break;
    }
    return true;
}

static int run_program(void)
{
    struct termios found, raw;
    tcgetattr(0, &found);
    raw = found;
    cfmakeraw(&raw);
    tcsetattr(0, TCSAFLUSH, &raw);
    FILE *settled = fdopen(atoi(getenv("DUBAN_SETTLED_FD")), "w");
    printf("\033[?1049h\033[?25l\033[?1h\033=\033[?2004h\033[?2004l");
    printf("\033[3;5H\033[1;31m辽河\033[0m \033[7m>\033[0m\033[38;5;208;4mx\033[0;102my\033[0m");
    printf("\033[4;1He\xCC\x81!");
    long taken = 0;
    unsigned char bytes[512];
    for (bool going = true; going;) {
        fflush(stdout);
        fprintf(settled, "%ld\n", taken);
        fflush(settled);
        ssize_t count = read(0, bytes, sizeof bytes);
        if (count <= 0) {
            return 3;
        }
        taken += count;
        printf("\033[6;1H");
        for (ssize_t i = 0; i < count && going; i++) {
            printf("%02x ", bytes[i]);
            going = obey(bytes[i], &found);
        }
        printf("\033[K");
    }
    return 7;
}

/* --- the tests
 * --------------------------------------------------------------------------------------- */

static struct pty *start(const char *charset)
{
    static char self[4096];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(length > 0);
    self[length] = '\0';
    const char *const command[] = {self, "--program", NULL};
    const char *const environment[] = {"LANG=C.UTF-8", NULL};
    struct pty_options options = {.environment = environment, .charset = charset};
    struct pty *pty = pty_start(&options, command);
    assert_true(pty_settle(pty));
    return pty;
}

static void assert_row(const struct pty *pty, int row, const char *expected)
{
    struct strbuf text = {0};
    pty_row_text(pty, row, &text);
    assert_string_equal(strbuf_text(&text), expected);
    strbuf_clear(&text);
}

static void shows_text_and_attributes(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    assert_row(pty, 2, "    辽河 >xy");
    assert_row(pty, 3, "e\xCC\x81!");
    assert_row(pty, 23, "");
    assert_true(pty_has_text(pty, "河 >x"));
    assert_false(pty_has_text(pty, "海"));
    struct pty_cell cell = pty_cell(pty, 2, 4);
    assert_int_equal(cell.base, 0x8FBD);
    assert_int_equal(cell.width, 2);
    assert_true(cell.bold);
    assert_int_equal(cell.foreground, 1);
    assert_int_equal(cell.background, -1);
    assert_int_equal(pty_cell(pty, 2, 5).width, 0);
    assert_int_equal(pty_cell(pty, 2, 10).foreground, 208);
    struct strbuf layers = {0};
    pty_attributes(pty, &layers);
    assert_string_equal(
        strbuf_text(&layers), " 3a ....bbbb.ru\n 3c ....rrrr..*\n 3g ...........G\n");
    strbuf_clear(&layers);
    int row, column;
    bool visible;
    pty_cursor(pty, &row, &column, &visible);
    assert_int_equal(row, 5);
    assert_false(visible);
    pty_free(pty);
}

static void sends_keys_as_a_terminal_does(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    assert_true(pty_keys(pty, "j Space Enter Esc"));
    assert_row(pty, 5, "6a 20 0d 1b");
    assert_true(pty_keys(pty, "Up S-Down"));
    assert_row(pty, 5, "1b 4f 41 1b 5b 31 3b 32 42");
    assert_true(pty_keys(pty, "C-d M-z F1 F12"));
    assert_row(pty, 5, "04 1b 7a 1b 4f 50 1b 5b 32 34 7e");
    assert_true(pty_type(pty, "督"));
    assert_row(pty, 5, "e7 9d a3");
    assert_true(pty_paste(pty, "ab")); /* the program took bracketed paste back */
    assert_row(pty, 5, "61 62");
    assert_false(pty_keys(pty, "j Nokey"));
    assert_non_null(strstr(pty_problem(pty), "Nokey"));
    pty_free(pty);
}

static void answers_reports(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    assert_true(pty_keys(pty, "r"));
    assert_row(pty, 5, "1b 5b 36 3b 34 52"); /* row 6, column 4 */
    pty_free(pty);
}

static void waits_for_all_of_it(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    long before = pty_received(pty);
    for (int i = 0; i < 3; i++) {
        assert_true(pty_keys(pty, "l"));
        assert_row(pty, 9, "line 19999");
    }
    assert_true(pty_received(pty) - before > 3 * 200000);
    assert_true(pty_wait_text(pty, "19999"));
    pty_free(pty);
}

static void tells_the_end_and_the_mess(void **state)
{
    (void)state;
    int status = 0;
    struct pty *pty = start(NULL);
    assert_false(pty_is_restored(pty));
    assert_true(pty_send(pty, "q", 1));
    assert_true(pty_wait_exit(pty, &status));
    assert_int_equal(WEXITSTATUS(status), 7);
    assert_true(pty_is_restored(pty));
    assert_false(pty_keys(pty, "j"));
    assert_non_null(strstr(pty_problem(pty), "ended"));
    pty_free(pty);

    pty = start(NULL);
    assert_true(pty_send(pty, "x", 1));
    assert_true(pty_wait_exit(pty, &status));
    assert_false(pty_is_restored(pty));
    pty_free(pty);

    pty = start(NULL);
    pty_hang_up(pty);
    assert_true(pty_wait_exit(pty, &status));
    assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGHUP : WEXITSTATUS(status) == 3);
    pty_free(pty);
}

static void speaks_other_charsets(void **state)
{
    (void)state;
    struct pty *pty = start("GB18030");
    assert_true(pty_type(pty, "督办"));
    assert_row(pty, 5, "b6 bd b0 ec");
    pty_free(pty);
}

static void resizes(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    assert_true(pty_resize(pty, 30, 100));
    assert_int_equal(pty_rows(pty), 30);
    assert_int_equal(pty_columns(pty), 100);
    assert_row(pty, 5, "1b 5b 3f 30 6e");
    pty_free(pty);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--program") == 0) {
        return run_program();
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_text_and_attributes),
        cmocka_unit_test(sends_keys_as_a_terminal_does),
        cmocka_unit_test(answers_reports),
        cmocka_unit_test(waits_for_all_of_it),
        cmocka_unit_test(tells_the_end_and_the_mess),
        cmocka_unit_test(speaks_other_charsets),
        cmocka_unit_test(resizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
