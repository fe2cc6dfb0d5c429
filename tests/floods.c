/* What comes from a terminal that is broken or hostile: megabytes of answers, halves of sequences,
 * sequences and pastes without an end, window sizes one after the other; and a shell that stops the
 * board and lets it go on. Afterwards the picture is the right one, j moves a row, little memory
 * was taken and nothing spins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/desk.h"
#include "harness/figures.h"
#include "harness/pty.h"

#define FLOOD_BYTES (1024 * 1024)
#define MEMORY_MOST_MB 12.0 /* more than before; a paste takes most of it */
#define REST_MS 300
#define REST_CPU_MS 60.0

static void picture(const struct pty *pty, struct strbuf *out)
{
    int row, column;
    bool visible;
    strbuf_cut(out, 0);
    pty_text(pty, out);
    pty_cursor(pty, &row, &column, &visible);
    strbuf_format(out, "%d %d", row, column);
}

static void assert_picture(struct pty *pty, const struct strbuf *expected, const char *after)
{
    struct strbuf now = {0};
    picture(pty, &now);
    if (strcmp(strbuf_text(&now), strbuf_text(expected)) != 0)
        fail_msg("after %s:\n%s", after, strbuf_text(&now));
    strbuf_clear(&now);
}

static void answers_keys(struct pty *pty, const struct strbuf *before, const char *after)
{
    int row, next, column;
    bool visible;
    assert_true(pty_settle(pty));
    assert_picture(pty, before, after);
    pty_cursor(pty, &row, &column, &visible);
    desk_keys(pty, "j");
    pty_cursor(pty, &next, &column, &visible);
    if (next != row + 1)
        fail_msg("after %s j does nothing", after);
    desk_keys(pty, "k");
    assert_picture(pty, before, after);
}

/* --- floods -------------------------------------------------------------------------------- */

static const struct {
    const char *name, *begin, *again, *end;
} floods[] = {
    {"answers to nothing", "", "\033[0n", ""},
    {"halves of answers", "", "\033[0\033[\033[2;\033[?1", "\033[0n"},
    {"places of the cursor", "", "\033[2;3R\033[7;7R\033[24;80R", ""},
    {"numbers without an end", "\033[", "12;", ""},
    {"a clipboard without an end", "\033]52;c;", "QqAeRd", ""},
    {"a device string without an end", "\033P1$r", "QqAeRd", ""},
    {"a clipboard in 8 bits",
        "\xc2\x9d"
        "52;c;",
        "QqAeRd", ""},
    {"numbers in 8 bits", "\xc2\x9b", "12;", ""},
    {"8-bit sequences", "",
        "\xc2\x9b"
        "31m\x9b"
        "0n\xc2\x90q\a",
        ""},
    {"other programs' answers", "",
        "\033[?62;1;6c\033[>0;276;0c\033]11;rgb:0/0/0\033\\\033P!|00\033\\", ""},
    {"a paste without an end", "\033[200~", "QqA\033[A\033e", "\003"},
    {"pastes", "", "\033[200~Qq\r\n\033[201\033[201~", ""},
    {"no characters at all", "", "\xff\xfe\xe6\xb9\x80\xc0", ""},
};

static void flood(struct pty *pty, size_t index)
{
    struct strbuf bytes = {0};
    size_t length = strlen(floods[index].again);
    assert_true(pty_send(pty, floods[index].begin, strlen(floods[index].begin)));
    while (bytes.length + length < 65536)
        strbuf_add_n(&bytes, floods[index].again, length);
    for (size_t sent = 0; sent < FLOOD_BYTES; sent += bytes.length)
        if (!pty_send(pty, bytes.text, bytes.length))
            fail_msg("%s: %s", floods[index].name, pty_problem(pty));
    assert_true(pty_send(pty, floods[index].end, strlen(floods[index].end)));
    strbuf_clear(&bytes);
}

static double memory_of(const struct pty *pty)
{
    return process_memory(pty_process(pty), "status", "VmRSS: %ld kB");
}

static void nothing_a_terminal_says_is_a_command(void **state)
{
    struct desk *desk = *state;
    struct strbuf before = {0};
    desk_keys(desk->pty, "j j");
    picture(desk->pty, &before);
    double memory = memory_of(desk->pty);
    for (size_t i = 0; i < sizeof floods / sizeof *floods; i++) {
        flood(desk->pty, i);
        answers_keys(desk->pty, &before, floods[i].name);
        double grown = memory_of(desk->pty) - memory;
        if (grown > MEMORY_MOST_MB)
            fail_msg("%s: %.1f MB more", floods[i].name, grown);
    }
    double cpu = process_cost(pty_process(desk->pty)).cpu_ms;
    pty_rest(desk->pty, REST_MS);
    cpu = process_cost(pty_process(desk->pty)).cpu_ms - cpu;
    if (cpu > REST_CPU_MS)
        fail_msg("%.0f ms of work in %d ms of nothing", cpu, REST_MS);
    strbuf_clear(&before);
}

/* --- sizes --------------------------------------------------------------------------------- */

static void a_storm_of_sizes_ends_with_the_last(void **state)
{
    struct desk *desk = *state;
    struct strbuf before = {0};
    uint32_t seed = 20261121;
    double memory = memory_of(desk->pty);
    desk_shell(desk,
        "(for i in $(seq 1 60); do sqlite3 $DB \"PRAGMA busy_timeout=5000; UPDATE task SET title "
        "= '第${i}次修改' WHERE source_id = 1 AND number = '033'\" >/dev/null; done) &");
    for (int i = 0; i < 500; i++) {
        seed = seed * 1664525u + 1013904223u;
        pty_resize_now(desk->pty, 1 + (int)(seed >> 8) % 100, 1 + (int)(seed >> 16) % 300);
        if (i % 7 == 0)
            assert_true(pty_send(desk->pty, "j", 1));
        if (i % 50 == 0)
            pty_rest(desk->pty, 1);
    }
    assert_true(pty_resize(desk->pty, 24, 80));
    desk_keys(desk->pty, "g");
    desk_sees(desk->pty, "第60次修改");
    picture(desk->pty, &before);
    desk_keys(desk->pty, "C-l");
    assert_picture(desk->pty, &before, "painting all of it again");
    answers_keys(desk->pty, &before, "500 sizes");
    assert_true(memory_of(desk->pty) - memory < MEMORY_MOST_MB);
    strbuf_clear(&before);
}

/* --- a shell ------------------------------------------------------------------------------- */

static void type(struct pty *pty, const char *text)
{
    assert_true(pty_send(pty, text, strlen(text)));
}

static pid_t child_of(pid_t process)
{
    char path[80];
    int child = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)process, (int)process);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%d", &child), 1);
    fclose(file);
    return child;
}

static bool has_footer(const struct pty *pty, void *context)
{
    struct strbuf row = {0};
    (void)context;
    pty_row_text(pty, pty_rows(pty) - 1, &row);
    bool has = strstr(strbuf_text(&row), "帮助") != NULL;
    strbuf_clear(&row);
    return has;
}

/* A picture comes from the top down, in pieces. */
static void assert_bottom(struct pty *pty, int rows)
{
    assert_int_equal(pty_rows(pty), rows);
    if (!pty_wait(pty, has_footer, NULL))
        fail_msg("the last row has no footer");
}

#define RETITLE(text)                                                                              \
    "sqlite3 $DB \"UPDATE task SET title = '" text "' WHERE source_id = 1 AND number = '012'\""

static void stops_for_a_shell_and_comes_back(void **state)
{
    struct desk *desk = *state;
    int status;
    const char *environment[] = {"LC_ALL=C.UTF-8", "LANGUAGE=", DESK_NOW, "HOME=/nonexistent",
        "PS1=ready> ", "HISTFILE=/dev/null", NULL};
    const char *command[] = {"bash", "--norc", "--noprofile", "-i", NULL};
    struct pty *pty = pty_start(&(struct pty_options){.environment = environment}, command);
    char *line = alloc_format("'%s' --db '%s' --lang zh\n", desk_program(), desk->database);
    desk_comes(pty, "ready>");
    type(pty, line);
    desk_comes(pty, "辽河口湿地");
    type(pty, "\x1a");
    desk_comes(pty, "Stopped");
    assert_false(pty_has_text(pty, "辽河口湿地")); /* the shell has its own screen */
    desk_shell(desk, RETITLE("停下时改的标题"));
    pty_resize_now(pty, 30, 100); /* which only the shell is told of */
    type(pty, "fg\n");
    desk_comes(pty, "停下时改的标题");
    assert_bottom(pty, 30);

    /* stopped by somebody else, with the terminal in whatever state it is */
    kill(child_of(pty_process(pty)), SIGSTOP);
    desk_comes(pty, "Stopped");
    desk_shell(desk, RETITLE("又改了一次"));
    pty_resize_now(pty, 20, 90);
    type(pty, "\x15"
              "fg\n"); /* the shell has what the board had asked the terminal for */
    desk_comes(pty, "又改了一次");
    desk_comes(pty, "帮助");
    assert_bottom(pty, 20);

    /* and cut off while it is stopped */
    type(pty, "\x1a");
    desk_comes(pty, "ready> ");
    int64_t cut_at = pty_clock();
    pty_hang_up(pty);
    assert_true(pty_wait_exit(pty, &status));
    assert_true(pty_clock() - cut_at < INT64_C(1000000000));
    pty_free(pty);
    free(line);
}

/* As long as an answer is missing it waits, so that the shell does not get it; none is missing on a
 * terminal that answers all. The fastest of a few, for the machine may be busy. */
static void is_gone_at_once(void **state)
{
    struct desk *desk = *state;
    int64_t fastest = INT64_MAX;
    for (int i = 0; i < 5; i++) {
        int status;
        struct pty *pty = desk_start(desk, &(struct desk_start){.words = ""});
        desk_keys(pty, "j");
        assert_true(pty_send(pty, "Q", 1) && pty_wait_exit(pty, &status));
        int64_t took = pty_clock() - pty_sent_at(pty);
        fastest = took < fastest ? took : fastest;
        pty_free(pty);
    }
    assert_true(fastest < INT64_C(400000000));
}

int main(int argc, char **argv)
{
    (void)argc;
    if (desk_prepare(argv[0]) != 0)
        return 1;
#define FLOODS(test) cmocka_unit_test_setup_teardown(test, desk_set_up, desk_tear_down)
    const struct CMUnitTest tests[] = {
        FLOODS(nothing_a_terminal_says_is_a_command),
        FLOODS(a_storm_of_sizes_ends_with_the_last),
        FLOODS(stops_for_a_shell_and_comes_back),
        FLOODS(is_gone_at_once),
    };
    int failed = cmocka_run_group_tests_name("floods", tests, NULL, NULL);
    desk_finish();
    return failed;
}
