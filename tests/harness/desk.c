#include "harness/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/alloc.h"
#include "harness/folder.h"

static char program[300], sample[300];

/* --- the program and the sample ------------------------------------------------------------ */

int desk_prepare(const char *self)
{
    char folder[256] = "/tmp/duban-desk-XXXXXX";
    char *directory = alloc_string(self), *slash = strrchr(directory, '/');
    if (slash)
        *slash = '\0';
    snprintf(program, sizeof program, "%s/../duban", slash ? directory : ".");
    free(directory);
    if (!mkdtemp(folder))
        return -1;
    snprintf(sample, sizeof sample, "%s/sample.db", folder);
    char *command =
        alloc_format(DESK_NOW " '%s' --db '%s' init --sample >/dev/null && "
                              "sqlite3 '%s' 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null",
            program, sample, sample);
    int status = system(command);
    free(command);
    return status;
}

void desk_finish(void)
{
    *strrchr(sample, '/') = '\0';
    folder_remove(sample);
}

const char *desk_program(void)
{
    return program;
}

static struct pty *start(const char *now, const char *const *command)
{
    const char *environment[] = {"LC_ALL=C.UTF-8", "LANGUAGE=", now, "HOME=/nonexistent", NULL};
    return pty_start(&(struct pty_options){.environment = environment}, command);
}

struct pty *desk_board(const struct desk *desk, const char *now, const char *as)
{
    const char *command[] = {
        program, "--db", desk->database, "--lang", "zh", as ? "--as" : NULL, as, NULL};
    return start(now, command);
}

struct pty *desk_wall(const struct desk *desk, const char *now, const char *option)
{
    const char *command[] = {program, "wall", "--db", desk->database, "--lang", "zh", option, NULL};
    return start(now, command);
}

struct pty *desk_start(const struct desk *desk, const struct desk_start *how)
{
    enum { WORDS_MOST = 16 };
    const char *command[WORDS_MOST] = {program, "--db", desk->database, "--lang", "zh"};
    const char *environment[] = {"LC_ALL=C.UTF-8", "LANGUAGE=", how->now ? how->now : DESK_NOW,
        "HOME=/nonexistent", NULL, NULL};
    char *words = alloc_string(how->words), *rest = NULL;
    char *ssh = how->ssh ? alloc_format("SSH_CONNECTION=%s 50000 10.1.1.1 22", how->ssh) : NULL;
    size_t count = 5;
    environment[4] = ssh;
    for (char *word = strtok_r(words, " ", &rest); word && count < WORDS_MOST - 1;
         word = strtok_r(NULL, " ", &rest))
        command[count++] = word;
    struct pty *pty =
        pty_start(&(struct pty_options){.environment = environment, .term = how->term}, command);
    free(words);
    free(ssh);
    return pty;
}

/* Put in its place whole: it may be read at any moment. */
const char *desk_clock(const struct desk *desk, const char *moment, char now[static 300])
{
    char path[256], next[256];
    folder_file(desk->folder, "clock", path);
    FILE *file = fopen(folder_file(desk->folder, "clock.next", next), "w");
    assert_non_null(file);
    fprintf(file, "%s\n", moment);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(rename(next, path), 0);
    snprintf(now, 300, "DUBAN_NOW=@%s", path);
    return now;
}

int desk_set_up(void **state)
{
    struct desk *desk = alloc_zero(1, sizeof *desk);
    if (folder_set_up(&desk->folder) != 0)
        return -1;
    folder_file(desk->folder, "duban.db", desk->database);
    char *copy = alloc_format("cp '%s' '%s'", sample, desk->database);
    int status = system(copy);
    free(copy);
    desk->pty = desk_board(desk, DESK_NOW, NULL);
    *state = desk;
    return status == 0 && pty_settle(desk->pty) ? 0 : -1;
}

int desk_tear_down(void **state)
{
    struct desk *desk = *state;
    pty_free(desk->pty);
    int status = folder_tear_down(&desk->folder);
    free(desk);
    return status;
}

/* --- a shell ------------------------------------------------------------------------------- */

void desk_shell(const struct desk *desk, const char *command)
{
    setenv("DB", desk->database, 1);
    int status = system(command);
    if (status != 0)
        fail_msg("%s: status %d", command, status);
}

const char *desk_ask(const struct desk *desk, const char *sql, char out[static 512])
{
    char *command = alloc_format("sqlite3 -cmd '.timeout 5000' '%s' \"%s\"", desk->database, sql);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t length = fread(out, 1, 511, pipe);
    out[length] = '\0';
    out[strcspn(out, "\n")] = '\0';
    if (pclose(pipe) != 0)
        fail_msg("%s", command);
    free(command);
    return out;
}

void desk_expect(const struct desk *desk, const char *sql, const char *value)
{
    char is[512];
    if (strcmp(desk_ask(desk, sql, is), value) != 0)
        fail_msg("%s: \"%s\", not \"%s\"", sql, is, value);
}

void desk_await(const struct desk *desk, const char *sql, const char *value)
{
    char is[512];
    int64_t until = pty_clock() + (int64_t)PTY_WAIT_MS * 1000000;
    while (strcmp(desk_ask(desk, sql, is), value) != 0 && pty_clock() < until)
        pty_rest(desk->pty, 50);
    desk_expect(desk, sql, value);
}

/* --- a terminal ---------------------------------------------------------------------------- */

void desk_keys(struct pty *pty, const char *names)
{
    if (!pty_keys(pty, names))
        fail_msg("%s: %s", names, pty_problem(pty));
}

void desk_type(struct pty *pty, const char *text)
{
    if (!pty_type(pty, text))
        fail_msg("%s: %s", text, pty_problem(pty));
}

static void expect_text(struct pty *pty, const char *text, bool came)
{
    if (came)
        return;
    struct strbuf screen = {0};
    pty_text(pty, &screen);
    fail_msg("\"%s\" did not come: %s\n%s", text, pty_problem(pty), strbuf_text(&screen));
}

void desk_sees(struct pty *pty, const char *text)
{
    expect_text(pty, text, pty_wait_text(pty, text));
}

static bool is_there(const struct pty *pty, void *text)
{
    return pty_has_text(pty, text);
}

void desk_comes(struct pty *pty, const char *text)
{
    expect_text(pty, text, pty_wait(pty, is_there, (void *)(uintptr_t)text));
}

static bool is_gone(const struct pty *pty, void *text)
{
    return !pty_has_text(pty, text);
}

void desk_misses(struct pty *pty, const char *text)
{
    if (!pty_wait(pty, is_gone, (void *)(uintptr_t)text))
        fail_msg("\"%s\" did not go: %s", text, pty_problem(pty));
}

void desk_ends(struct pty *pty, int status, const char *text)
{
    int is;
    if (!pty_wait_exit(pty, &is))
        fail_msg("it goes on: %s", pty_problem(pty));
    if (!WIFEXITED(is) || WEXITSTATUS(is) != status)
        fail_msg("it ended with %x, not with status %d", (unsigned)is, status);
    assert_true(pty_is_restored(pty));
    desk_sees(pty, text);
}
