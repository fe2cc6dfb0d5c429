/* Words run as a command line within a process that goes on: what they inherit, what they may not
 * say, what is as before afterwards; and words in a charset in which half a character looks like a
 * backslash. */
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/cli.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/words.h"
#include "harness/database.h"
#include "harness/folder.h"

struct session {
    void *folder;
    char path[256];
    struct cli cli;
};

static int set_up(void **state)
{
    static struct session session;
    struct error err = {0};
    session = (struct session){0};
    if (folder_set_up(&session.folder) != 0)
        return -1;
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    folder_file(session.folder, "a.db", session.path);
    database_make(session.path);
    database_task(session.path, 1, "河道采砂");
    session.cli.config = config_default();
    session.cli.database = session.path;
    *state = &session;
    return language_start("en", &err) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct session *session = *state;
    config_free(session->cli.config);
    unsetenv("DUBAN_NOW");
    unsetenv("LC_ALL");
    return folder_tear_down(&session->folder);
}

/* Runs a line with what it prints on standard output and error in `out` (cut where it is long). */
static int run(struct session *session, const char *line, char out[static 4096])
{
    struct words words;
    struct error err = {0};
    char path[256];
    fflush(stdout);
    int fd = open(folder_file(session->folder, "out", path), O_RDWR | O_CREAT | O_TRUNC, 0600);
    int shown = dup(STDOUT_FILENO), told = dup(STDERR_FILENO);
    assert_true(words_split(line, &words, &err));
    dup2(fd, STDOUT_FILENO);
    dup2(fd, STDERR_FILENO);
    int status = cli_run_words(&session->cli, &words);
    fflush(stdout);
    dup2(shown, STDOUT_FILENO);
    dup2(told, STDERR_FILENO);
    ssize_t got = pread(fd, out, 4095, 0);
    out[got > 0 ? got : 0] = '\0';
    close(fd);
    close(shown);
    close(told);
    words_clear(&words);
    return status;
}

static void lines_follow_each_other(void **state)
{
    struct session *session = *state;
    char out[4096];
    assert_int_equal(run(session, "list --json", out), EXIT_DONE);
    assert_non_null(strstr(out, "河道采砂"));
    assert_int_equal(run(session, "set 2-001 'title=two words'", out), EXIT_DONE);
    assert_int_equal(run(session, "list 'two words'", out), EXIT_DONE);
    assert_int_equal(run(session, "list nothing", out), EXIT_NOTHING);
    assert_int_equal(run(session, "lsit", out), EXIT_USAGE);
    assert_non_null(strstr(out, "did you mean"));
    char *many = alloc_zero(1001, 1);
    memset(many, 'x', 1000);
    assert_int_equal(run(session, many, out), EXIT_USAGE);
    assert_non_null(strstr(out, "\"duban help\" lists them")); /* still there behind it */
    free(many);
    assert_int_equal(run(session, "list --jsn", out), EXIT_USAGE);
    assert_int_equal(run(session, "list", out), EXIT_DONE);
    assert_null(session->cli.command);
    assert_null(session->cli.arguments);
}

static void what_a_line_sets_holds_for_it_alone(void **state)
{
    struct session *session = *state;
    char out[4096];
    assert_int_equal(run(session, "--lang zh help", out), EXIT_DONE);
    assert_non_null(strstr(out, "用法"));
    assert_int_equal(run(session, "help", out), EXIT_DONE);
    assert_non_null(strstr(out, "Usage"));
    assert_string_equal(config_text(session->cli.config, OPTION_LANGUAGE), "auto");
    assert_int_equal(run(session, "list --theme mono", out), EXIT_DONE);
    assert_string_equal(config_text(session->cli.config, OPTION_THEME), "auto");
    assert_int_equal(run(session, "--read-only set 2-001 title=x", out), EXIT_USAGE);
    assert_int_equal(run(session, "--as-of 2026-11-20 set 2-001 title=x", out), EXIT_USAGE);
    assert_int_equal(run(session, "set 2-001 title=x", out), EXIT_DONE);
    assert_int_equal(run(session, "--help", out), EXIT_DONE);
    assert_int_equal(run(session, "list", out), EXIT_DONE);
    assert_false(session->cli.wants_help || session->cli.read_only || session->cli.as_of);
}

static void a_session_stays_what_it_is(void **state)
{
    static const char *const refused[] = {"--db /x list", "list --db=/x", "--config /x list",
        "--as lina list", "list --as=lina", "--key x list", "--lang fr list", "--theme none list"};
    struct session *session = *state;
    char out[4096];
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_int_equal(run(session, refused[i], out), EXIT_USAGE);
    session->cli.read_only = true;
    assert_int_equal(run(session, "set 2-001 title=x", out), EXIT_USAGE);
    session->cli.read_only = false;
    config_confine(session->cli.config);
    session->cli.confined = true;
    assert_int_equal(run(session, "--theme /x list", out), EXIT_FAILED);
    assert_int_equal(run(session, "backup /x", out), EXIT_FAILED);
    assert_int_equal(run(session, "export -o /x", out), EXIT_FAILED);
}

/* 誠 ends in 0x5c, 梶 in 0x7c, 乣 in 0x60; quotes after them are quotes. */
static void halves_of_characters_are_no_quotes(void **state)
{
    struct session *session = *state;
    char command[512], out[4096], line[256];
    snprintf(command, sizeof command, "cd %s && localedef -f GBK -i C ./C.GBK 2>/dev/null",
        (const char *)session->folder);
    assert_int_equal(system(command), 0);
    setenv("LOCPATH", session->folder, 1);
    assert_non_null(setlocale(LC_CTYPE, "C.GBK"));
    const char *title = "\xd5\x5c \x97\x7c \x81\x60"; /* 誠 梶 and the one of 0x60 */
    snprintf(line, sizeof line, "set 2-001 'title=%s'", title);
    assert_int_equal(run(session, line, out), EXIT_DONE);
    assert_int_equal(
        database_number(session->path, "SELECT count(*) FROM task WHERE title LIKE '誠 梶 _'"), 1);
    snprintf(line, sizeof line, "set 2-001 title=\xd5\x5c\" $x\"");
    assert_int_equal(run(session, line, out), EXIT_DONE);
    assert_int_equal(
        database_number(session->path, "SELECT count(*) FROM task WHERE title = '誠 $x'"), 1);
    assert_int_equal(run(session, "list --columns title \xd5\x5c", out), EXIT_DONE);
    assert_non_null(strstr(out, "\xd5\x5c $x"));
    assert_int_equal(run(session, "\xd5\x5c", out), EXIT_USAGE); /* and are repeated as they were */
    assert_non_null(strstr(out, "there is no command \"\xd5\x5c\""));
    assert_int_equal(run(session, "show \xd5\x5c", out), EXIT_FAILED);
    assert_non_null(strstr(out, "\xd5\x5c"));
    assert_int_equal(run(session, "list --limit \xd5\x5c", out), EXIT_USAGE);
    assert_non_null(strstr(out, "\xd5\x5c"));
    setlocale(LC_CTYPE, "C.UTF-8");
    unsetenv("LOCPATH");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_follow_each_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_line_sets_holds_for_it_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_session_stays_what_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(halves_of_characters_are_no_quotes, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
