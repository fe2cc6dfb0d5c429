/* Boards in a terminal, over a real ssh: what people see, who may come how often, and what becomes
 * of a session whose key, person or line has gone.
 *
 * tests/ssh.sh has set up the server and says in SSH_BASE where: ssh_config and keys of people, and
 * `owner` and `sql`, which ask duban and the database as the account that owns them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/desk.h"
#include "harness/pty.h"

#define SESSIONS_MOST 8 /* session.most by default */

/* --- what ssh.sh has made -------------------------------------------------------------------- */

static struct pty *login(const char *key, const char *words)
{
    const char *base = getenv("SSH_BASE");
    char *config = alloc_format("%s/ssh_config", base);
    char *identity = alloc_format("%s/keys/%s", base, key);
    const char *environment[] = {"LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL};
    const char *command[] = {"ssh", "-F", config, "-i", identity, "-tt", "duban", words, NULL};
    struct pty *pty =
        pty_start(&(struct pty_options){.environment = environment, .remote = true}, command);
    free(config);
    free(identity);
    return pty;
}

/* What `owner` or `sql` says to it, without the end of line. */
static const char *ask(const char *command, char out[static 512])
{
    char *line = alloc_format("\"$SSH_BASE\"/%s 2>&1", command);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    size_t length = fread(out, 1, 511, pipe);
    out[length] = '\0';
    out[strcspn(out, "\n")] = '\0';
    if (pclose(pipe) != 0)
        fail_msg("%s: %s", line, out);
    free(line);
    return out;
}

static void expect(const char *command, const char *value)
{
    char is[512];
    if (strcmp(ask(command, is), value) != 0)
        fail_msg("%s: \"%s\", not \"%s\"", command, is, value);
}

static void run(const char *command)
{
    char said[512];
    ask(command, said);
}

/* The command has ended with this status, and the terminal is as it was found. */
static void expect_end(struct pty *pty, int wanted)
{
    int status;
    if (!pty_wait_exit(pty, &status))
        fail_msg("%s", pty_problem(pty));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != wanted) {
        struct strbuf screen = {0};
        pty_text(pty, &screen);
        fail_msg("status %x, not %d\n%s", (unsigned)status, wanted, strbuf_text(&screen));
    }
    assert_true(pty_is_restored(pty));
}

/* --- processes ------------------------------------------------------------------------------- */

/* The one of all processes that runs duban for this person on our database; 0: none. */
static bool is_session(const char *process, const char *login)
{
    char path[64], words[1024] = "";
    snprintf(path, sizeof path, "/proc/%.20s/cmdline", process);
    FILE *file = fopen(path, "r");
    size_t length = file ? fread(words, 1, sizeof words - 1, file) : 0;
    if (file)
        fclose(file);
    const char *database = getenv("SSH_DATABASE");
    bool ours = false, theirs = false;
    const char *before = "";
    for (size_t at = 0; at < length; before = words + at, at += strlen(words + at) + 1) {
        ours = ours || (strcmp(before, "--db") == 0 && strcmp(words + at, database) == 0);
        theirs = theirs || (strcmp(before, "--as") == 0 && strcmp(words + at, login) == 0);
    }
    return ours && theirs && strstr(words, "duban") && !strstr(words, "sh -c");
}

static pid_t find_session(const char *login)
{
    pid_t found = 0;
    DIR *folder = opendir("/proc");
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
        if (isdigit((unsigned char)entry->d_name[0]) && is_session(entry->d_name, login))
            found = (pid_t)atoi(entry->d_name);
    if (folder)
        closedir(folder);
    return found;
}

/* The sshd that the session is a child of, over a shell where there is one. */
static pid_t find_sshd(pid_t session)
{
    char path[64], line[256], name[64] = "";
    for (int up = 0; up < 3 && strcmp(name, "sshd") != 0; up++) {
        pid_t parent = 0;
        snprintf(path, sizeof path, "/proc/%d/status", (int)session);
        FILE *file = fopen(path, "r");
        while (file && fgets(line, sizeof line, file))
            sscanf(line, "PPid: %d", &parent);
        if (file)
            fclose(file);
        snprintf(path, sizeof path, "/proc/%d/comm", (int)(session = parent));
        file = fopen(path, "r");
        assert_non_null(file);
        assert_int_equal(fscanf(file, "%63s", name), 1);
        fclose(file);
    }
    assert_string_equal(name, "sshd");
    return session;
}

/* It ends by itself, within the time a terminal is waited for. */
static void expect_gone(int process)
{
    struct pollfd watched = {.fd = process, .events = POLLIN};
    assert_int_equal(poll(&watched, 1, PTY_WAIT_MS), 1);
    close(process);
}

/* --- what people see ------------------------------------------------------------------------- */

static void a_county_sees_its_board(void **state)
{
    (void)state;
    struct pty *pty = login("wangqiang", NULL);
    int row, column, row_after;
    bool visible;
    desk_sees(pty, "实时");
    desk_sees(pty, "王强");
    desk_sees(pty, "X-03");
    assert_false(pty_has_text(pty, "2-012"));
    desk_sees(pty, "第1项");
    pty_cursor(pty, &row, &column, &visible);
    desk_keys(pty, "j");
    desk_sees(pty, "第2项");
    pty_cursor(pty, &row_after, &column, &visible);
    assert_int_equal(row_after, row + 1);
    desk_keys(pty, "q");
    expect_end(pty, 0);
    pty_free(pty);
}

static void others_see_all_of_it(void **state)
{
    (void)state;
    struct pty *pty = login("zhaogl", NULL);
    desk_sees(pty, "2-012");
    desk_keys(pty, "Q");
    expect_end(pty, 0);
    pty_free(pty);
}

static void a_wall(void **state)
{
    (void)state;
    struct pty *pty = login("lina", "wall region:抚顺");
    desk_sees(pty, "逾期");
    desk_keys(pty, "q");
    expect_end(pty, 0);
    pty_free(pty);
}

static void a_change_is_seen_by_others(void **state)
{
    (void)state;
    struct pty *pty = login("lina", NULL);
    desk_sees(pty, "实时");
    run("owner set X-03 title=线上所改的标题");
    desk_sees(pty, "线上所改的标题");
    desk_keys(pty, "Q");
    expect_end(pty, 0);
    pty_free(pty);
}

/* Who has no files on the server is told, on the board, the command that brings one. */
static void a_ledger_comes_beside_the_board(void **state)
{
    (void)state;
    struct pty *pty = login("lina", NULL);
    desk_sees(pty, "实时");
    desk_keys(pty, "I");
    desk_sees(pty, "import - <");
    desk_keys(pty, "/");
    desk_type(pty, "板上看到的");
    desk_keys(pty, "Enter");
    const char *bring =
        "printf '序号,整改任务,责任地区,整改时限\\n911,板上看到的任务,盘锦市,2026-11-30\\n' |"
        " ssh -F \"$SSH_BASE/ssh_config\" -i \"$SSH_BASE/keys/lina\" duban"
        " import --source 2 - >/dev/null";
    assert_int_equal(system(bring), 0);
    desk_sees(pty, "板上看到的任务");
    desk_keys(pty, "E");
    desk_sees(pty, "ssh HOST 'export --format xlsx");
    desk_keys(pty, "q Q");
    expect_end(pty, 0);
    pty_free(pty);
}

/* --- who may not go on ----------------------------------------------------------------------- */

static void a_revoked_key_ends_its_sessions_alone(void **state)
{
    (void)state;
    struct pty *spare = login("spare", NULL), *own = login("wangqiang", NULL);
    desk_sees(spare, "实时");
    desk_sees(own, "第1项");
    run("owner user key wangqiang remove spare@county");
    expect_end(spare, 1);
    desk_keys(own, "j");
    desk_sees(own, "第2项");
    desk_keys(own, "Q");
    expect_end(own, 0);
    pty_free(spare);
    pty_free(own);
}

static void who_is_disabled_is_out(void **state)
{
    (void)state;
    struct pty *board = login("masl", NULL), *wall = login("masl", "wall"),
               *follow = login("masl", "events --follow");
    desk_sees(board, "实时");
    desk_sees(wall, "逾期");
    desk_sees(follow, ":");
    run("owner user disable masl");
    expect_end(board, 1);
    expect_end(wall, 1);
    expect_end(follow, 1);
    run("owner user enable masl");
    pty_free(board);
    pty_free(wall);
    pty_free(follow);
}

static void one_session_too_many(void **state)
{
    (void)state;
    struct pty *sessions[SESSIONS_MOST], *more;
    for (size_t i = 0; i < SESSIONS_MOST; i++)
        sessions[i] = login("wangqiang", NULL);
    for (size_t i = 0; i < SESSIONS_MOST; i++)
        desk_sees(sessions[i], "实时");
    more = login("wangqiang", NULL);
    expect_end(more, 1);
    assert_true(pty_has_text(more, "已有 8 个会话"));
    pty_free(more);
    desk_keys(sessions[0], "Q");
    expect_end(sessions[0], 0);
    more = login("wangqiang", NULL);
    desk_sees(more, "实时");
    pty_free(more);
    for (size_t i = 0; i < SESSIONS_MOST; i++)
        pty_free(sessions[i]);
}

/* --- lines that break ------------------------------------------------------------------------ */

static void start_to_write(struct pty **pty, int *session, const char *text)
{
    run("sql 'DELETE FROM draft'");
    *pty = login("songjy", NULL);
    desk_sees(*pty, "实时");
    pid_t process = find_session("songjy");
    assert_true(process > 0);
    *session = pidfd_open(process, 0);
    desk_keys(*pty, "R");
    desk_sees(*pty, "填写报告");
    desk_type(*pty, text);
    desk_sees(*pty, text);
}

static void a_client_that_dies_leaves_a_draft(void **state)
{
    (void)state;
    struct pty *pty;
    int session;
    start_to_write(&pty, &session, "线断之前写的");
    kill(pty_process(pty), SIGKILL);
    expect_gone(session);
    expect("sql \"SELECT count(*) FROM draft WHERE body LIKE '%线断之前写的%'\"", "1");
    pty_free(pty);
}

static void an_sshd_that_dies_leaves_a_draft(void **state)
{
    (void)state;
    struct pty *pty;
    int session;
    start_to_write(&pty, &session, "服务断之前写的");
    kill(find_sshd(find_session("songjy")), SIGKILL);
    expect_gone(session);
    expect("sql \"SELECT count(*) FROM draft WHERE body LIKE '%服务断之前写的%'\"", "1");
    pty_free(pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_county_sees_its_board),
        cmocka_unit_test(others_see_all_of_it),
        cmocka_unit_test(a_wall),
        cmocka_unit_test(a_change_is_seen_by_others),
        cmocka_unit_test(a_ledger_comes_beside_the_board),
        cmocka_unit_test(a_revoked_key_ends_its_sessions_alone),
        cmocka_unit_test(who_is_disabled_is_out),
        cmocka_unit_test(one_session_too_many),
        cmocka_unit_test(a_client_that_dies_leaves_a_draft),
        cmocka_unit_test(an_sshd_that_dies_leaves_a_draft),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
