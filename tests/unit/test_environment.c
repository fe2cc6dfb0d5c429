/* What is left of the environment of somebody who came over SSH. Each case is a process of its own.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/environment.h"
#include "base/strbuf.h"

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In the child: the variables left, in their order, and what else a process has. */
static void tell(const char *const *argv, const char *const *variables, int to)
{
    char *copy[8] = {0};
    int argc = 0;
    clearenv();
    for (size_t i = 0; variables[i]; i++)
        putenv(strdup(variables[i]));
    for (; argv[argc]; argc++)
        copy[argc] = strdup(argv[argc]);
    environment_confine(argc, copy);
    size_t count = 0;
    while (environ && environ[count])
        count++;
    if (count)
        qsort(environ, count, sizeof *environ, compare);
    for (size_t i = 0; i < count; i++)
        dprintf(to, "%s\n", environ[i]);
}

static void find_left(const char *const *argv, const char *const *variables, struct strbuf *out)
{
    char path[] = "/tmp/duban-environment-XXXXXX", piece[4096];
    int fd = mkstemp(path), status;
    assert_true(fd >= 0);
    unlink(path);
    pid_t child = fork();
    if (child == 0) {
        dup2(fd, STDOUT_FILENO);
        tell(argv, variables, STDOUT_FILENO);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    lseek(fd, 0, SEEK_SET);
    for (ssize_t got; (got = read(fd, piece, sizeof piece)) > 0;)
        strbuf_add_n(out, piece, (size_t)got);
    close(fd);
}

#define CAME "SSH_CONNECTION=192.0.2.7 50000 192.0.2.1 22"

/* Of one variable beside what lets the process be confined. */
static void assert_left(const char *variable, const char *expected)
{
    static const char *const words[] = {"duban", "--db", "x", "--as", "lina", NULL};
    const char *variables[] = {CAME, variable, NULL};
    struct strbuf out = {0};
    find_left(words, variables, &out);
    if (strcmp(strbuf_text(&out), expected) != 0)
        fail_msg("%s leaves:\n%s", variable, strbuf_text(&out));
    strbuf_clear(&out);
}

#define UTF8 "LANG=C.UTF-8\n" CAME "\n"

static void only_what_is_known_stays(void **state)
{
    static const char *const dropped[] = {"DUBAN_DB=/etc/passwd", "DUBAN_NOW=2001-01-01T00:00:00Z",
        "DUBAN_SETTLED_FD=2", "XDG_CONFIG_HOME=/tmp", "XDG_DATA_HOME=/tmp", "HOME=/tmp",
        "TERMINFO=/tmp", "TERMINFO_DIRS=/tmp", "TERMCAP=/tmp/x", "LOCPATH=/tmp", "NLSPATH=/tmp/%N",
        "LANGUAGE=../../tmp", "OUTPUT_CHARSET=UTF-7", "GCONV_PATH=/tmp", "TZ=/tmp/zone",
        "TZDIR=/tmp", "TMPDIR=/etc", "SQLITE_TMPDIR=/etc", "PATH=/tmp", "SHELL=/bin/sh",
        "LD_PRELOAD=/tmp/x.so", "LD_LIBRARY_PATH=/tmp", "MALLOC_PERTURB_=1", "ESCDELAY=9999",
        "NCURSES_TRACE=255", "LC_TIME=zh_CN.UTF-8", "ANYTHING=x", "EDITOR=sh",
        "SSH_AUTH_SOCK=/tmp/x", "LC_X=y"};
    (void)state;
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        assert_left(dropped[i], UTF8);
    assert_left("SSH_TTY=/dev/pts/3", UTF8 "SSH_TTY=/dev/pts/3\n");
    assert_left("SSH_ORIGINAL_COMMAND=list '; x\n", UTF8 "SSH_ORIGINAL_COMMAND=list '; x\n\n");
    assert_left("NO_COLOR=1", "LANG=C.UTF-8\nNO_COLOR=1\n" CAME "\n");
}

static void terminals_are_names(void **state)
{
    (void)state;
    assert_left("TERM=xterm-256color", UTF8 "TERM=xterm-256color\n");
    assert_left("TERM=sun+x_y.z", UTF8 "TERM=sun+x_y.z\n");
    assert_left("TERM=../../tmp/x", UTF8);
    assert_left("TERM=/tmp/x", UTF8);
    assert_left("TERM=..", UTF8);
    assert_left("TERM=-x", UTF8);
    assert_left("TERM=", UTF8);
    assert_left("TERM=xterm\n", UTF8);
    assert_left("TERM=x\033]0;y\007", UTF8);
    assert_left(
        "TERM=x1234567890123456789012345678901234567890123456789012345678901234567890", UTF8);
}

static void locales_are_names(void **state)
{
    (void)state;
    assert_left("LANG=zh_CN.GB18030", "LANG=zh_CN.GB18030\n" CAME "\n");
    assert_left("LC_ALL=zh_CN.GBK", "LC_ALL=zh_CN.GBK\n" CAME "\n");
    assert_left("LC_CTYPE=de_DE.UTF-8@euro", "LC_CTYPE=de_DE.UTF-8@euro\n" CAME "\n");
    assert_left("LANG=/tmp/x", UTF8);
    assert_left("LANG=../tmp", UTF8);
    assert_left("LC_ALL=x/../../tmp", UTF8);
    assert_left("LC_ALL=zh\033[m", UTF8);
    assert_left("LC_MESSAGES=en_US.UTF-8", "LANG=C.UTF-8\nLC_MESSAGES=en_US.UTF-8\n" CAME "\n");
}

/* PuTTY says nothing; LANG=C is what a server has of itself; LC_ALL=C is said on purpose. */
static void who_says_nothing_gets_chinese(void **state)
{
    (void)state;
    assert_left("LANG=", "LANG=C.UTF-8\n" CAME "\n");
    assert_left("LANG=C", "LANG=C.UTF-8\n" CAME "\n");
    assert_left("LANG=POSIX", "LANG=C.UTF-8\n" CAME "\n");
    assert_left("LC_ALL=C", "LC_ALL=C\n" CAME "\n");
    assert_left("LC_CTYPE=C", "LC_CTYPE=C\n" CAME "\n");
}

static void sizes_are_those_of_screens(void **state)
{
    (void)state;
    assert_left("COLUMNS=132", "COLUMNS=132\n" UTF8);
    assert_left("LINES=1000", "LANG=C.UTF-8\nLINES=1000\n" CAME "\n");
    assert_left("LINES=1001", UTF8);
    assert_left("COLUMNS=99999999999", UTF8);
    assert_left("COLUMNS=0", UTF8);
    assert_left("COLUMNS=-5", UTF8);
    assert_left("COLUMNS=0x50", UTF8);
}

static void others_keep_theirs(void **state)
{
    static const char *const own[] = {"duban", "list", NULL}, *const other[] = {
                                                                  "duban", "--as=lina", NULL};
    static const char *const at_home[] = {"HOME=/tmp", NULL}, *const far[] = {
                                                                  "HOME=/tmp", CAME, NULL};
    static const char *const asked[] = {"HOME=/tmp", "SSH_ORIGINAL_COMMAND=help", NULL};
    struct strbuf out = {0};
    (void)state;
    find_left(own, far, &out); /* an account of the server */
    assert_string_equal(strbuf_text(&out), "HOME=/tmp\n" CAME "\n");
    strbuf_clear(&out);
    find_left(other, at_home, &out); /* at the server itself */
    assert_string_equal(strbuf_text(&out), "HOME=/tmp\n");
    strbuf_clear(&out);
    find_left(other, asked, &out);
    assert_string_equal(strbuf_text(&out), "LANG=C.UTF-8\nSSH_ORIGINAL_COMMAND=help\n");
    strbuf_clear(&out);
}

static int confined_process(void)
{
    char program[] = "duban", as[] = "--as", login[] = "lina", *arguments[] = {program, as, login};
    struct rlimit limit;
    struct sigaction now;
    sigset_t set;
    setenv("SSH_CONNECTION", "192.0.2.7 5 192.0.2.1 22", 1);
    signal(SIGHUP, SIG_IGN);
    sigfillset(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
    int fd = open("/dev/null", O_RDONLY);
    environment_confine(3, arguments);
    sigprocmask(SIG_SETMASK, NULL, &set);
    sigaction(SIGHUP, NULL, &now);
    getrlimit(RLIMIT_CORE, &limit);
    return (fcntl(fd, F_GETFD) < 0) + 2 * (now.sa_handler == SIG_DFL) +
           4 * !sigismember(&set, SIGTERM) + 8 * (umask(0) == 077) +
           16 * (limit.rlim_cur == 0 && limit.rlim_max == 0);
}

static void the_process_begins_clean(void **state)
{
    int status;
    (void)state;
    pid_t child = fork();
    if (child == 0)
        _exit(confined_process());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 31);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_known_stays),
        cmocka_unit_test(terminals_are_names),
        cmocka_unit_test(locales_are_names),
        cmocka_unit_test(who_says_nothing_gets_chinese),
        cmocka_unit_test(sizes_are_those_of_screens),
        cmocka_unit_test(others_keep_theirs),
        cmocka_unit_test(the_process_begins_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
