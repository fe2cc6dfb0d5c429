/* The board on every kind of terminal and in every charset: the same steps on each, and after each
 * step the same picture as on an xterm, or as on the first that has only ASCII for glyphs; the
 * cursor on the row selected, nothing sent that is no character and no sequence of the list
 * (harness/wire.h), and in the end the terminal as it was.
 *
 * The emulator is an xterm. What terminals have of their own and it passes over is in the list of
 * wire.c, with the reason why it does no harm. What they lack is not missed: curses is told by
 * terminfo not to use it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <term.h>
#include <unistd.h>

#undef columns /* term.h takes the word */

#include "base/alloc.h"
#include "harness/desk.h"
#include "harness/files.h"
#include "harness/folder.h"
#include "harness/pty.h"
#include "harness/terminfo.h"
#include "harness/wire.h"

enum { STEPS_MOST = 32 };

struct step {
    const char *keys; /* by name; "%" and the name of a capability: what the terminal has for it */
    const char *otherwise; /* where it has none */
    bool list;             /* the cursor is on the row selected */
    int rows, columns;     /* resized instead */
    const char *typed, *typed_ascii;
};
static const struct step steps[] = {
    {.keys = "", .list = true},
    {.keys = "j j j k", .list = true},
    {.keys = "%knp", .otherwise = "C-f", .list = true},
    {.keys = "%kcuu1", .otherwise = "k", .list = true},
    {.keys = "G", .list = true},
    {.keys = "g Enter"},
    {.keys = "j ] n"},
    {.keys = "Esc", .list = true},
    {.keys = "f"},
    {.typed = "湿地", .typed_ascii = "overdue"},
    {.keys = "Enter", .list = true},
    {.keys = "Esc m"},
    {.keys = "j l Space"},
    {.keys = "Esc ?"},
    {.keys = "%knp", .otherwise = "C-f"},
    {.rows = 16, .columns = 60},
    {.keys = "Esc", .list = true},
    {.rows = 40, .columns = 120, .list = true},
    {.keys = "e"},
    {.keys = "Tab"},
    {.typed = "新的标题", .typed_ascii = "new"},
    {.rows = 24, .columns = 80},
    {.keys = "Esc", .list = true},
};
enum { STEPS = sizeof steps / sizeof *steps };

/* What one kind of glyphs looked like first, step by step. */
struct album {
    const char *by; /* the terminal */
    struct strbuf pictures[STEPS];
};
enum glyphs { UNICODE, ASCII, ASCII_GB, ENGLISH, WIDE, WIDE_GB, GLYPHS };

struct terminals {
    char database[256], settings[256], locales[300];
    void *folder;
    struct album albums[GLYPHS];
};

/* --- one terminal -------------------------------------------------------------------------- */

struct kind {
    const char *term, *locale, *charset;
    bool wraps, wide;
    enum glyphs glyphs;
};

static struct pty *start(const struct terminals *all, const struct kind *kind)
{
    char *locale = alloc_format("LC_ALL=%s", kind->locale);
    char *locpath = alloc_format("LOCPATH=%s", all->locales);
    char *terminfo = alloc_format("TERMINFO=%s", (const char *)all->folder);
    bool own = strncmp(kind->term, "duban-", 6) == 0;
    const char *environment[] = {
        locale, DESK_NOW, "HOME=/nonexistent", "LANGUAGE=", own ? terminfo : "NO=1", NULL, NULL};
    if (strcmp(kind->locale, "C.UTF-8") != 0)
        environment[5] = locpath;
    const char *command[] = {
        desk_program(), "--db", all->database, "--config", all->settings, NULL};
    struct pty_options options = {.term = kind->term,
        .charset = kind->charset,
        .environment = environment,
        .wraps = kind->wraps,
        .wide = kind->wide};
    struct pty *pty = pty_start(&options, command);
    pty_keep_bytes(pty, true);
    free(locale);
    free(locpath);
    free(terminfo);
    return pty;
}

static void must(const struct kind *kind, const struct pty *pty, bool ok)
{
    if (!ok)
        fail_msg("%s %s: %s", kind->term, kind->locale, pty_problem(pty));
}

/* As terminfo says that the key is sent. */
static void press(const struct kind *kind, struct pty *pty, const struct step *step)
{
    if (step->keys[0] != '%') {
        must(kind, pty, pty_keys(pty, step->keys));
        return;
    }
    const char *bytes = tigetstr((char *)(uintptr_t)(step->keys + 1));
    if (bytes == NULL || bytes == (char *)-1)
        must(kind, pty, pty_keys(pty, step->otherwise));
    else
        must(kind, pty, pty_send(pty, bytes, strlen(bytes)) && pty_settle(pty));
}

static void take(const struct kind *kind, struct pty *pty, const struct step *step)
{
    if (step->rows > 0)
        must(kind, pty, pty_resize(pty, step->rows, step->columns));
    else if (step->typed)
        must(kind, pty, pty_type(pty, kind->glyphs == ENGLISH ? step->typed_ascii : step->typed));
    else
        press(kind, pty, step);
    must(kind, pty, pty_settle(pty));
}

/* The picture with the place of the cursor. */
static void describe(const struct pty *pty, struct strbuf *out)
{
    int row, column;
    bool visible;
    pty_text(pty, out);
    pty_cursor(pty, &row, &column, &visible);
    strbuf_format(out, "cursor %d %d\n", row, column);
}

/* The first row that differs, of both. */
static void tell_difference(const char *seen, const char *expected, struct strbuf *out)
{
    size_t row = 1;
    while (*seen) {
        size_t length = strcspn(seen, "\n"), other = strcspn(expected, "\n");
        if (length != other || memcmp(seen, expected, length) != 0) {
            strbuf_format(
                out, "row %zu is\n%.*s\nnot\n%.*s\n", row, (int)length, seen, (int)other, expected);
            return;
        }
        row++;
        seen += length + 1;
        expected += length + 1;
    }
}

static void compare(struct album *album, const struct kind *kind, size_t step, struct pty *pty)
{
    struct strbuf seen = {0}, difference = {0};
    describe(pty, &seen);
    if (album->pictures[step].length == 0) {
        album->by = kind->term;
        strbuf_add(&album->pictures[step], strbuf_text(&seen));
    }
    tell_difference(strbuf_text(&seen), strbuf_text(&album->pictures[step]), &difference);
    if (difference.length > 0)
        fail_msg("step %zu on %s, %s, other than on %s: %s", step, kind->term, kind->locale,
            album->by, strbuf_text(&difference));
    strbuf_clear(&seen);
}

static void check_bytes(const struct kind *kind, const struct pty *pty)
{
    struct strbuf problem = {0};
    const struct strbuf *bytes = pty_bytes(pty);
    if (!wire_is_known(strbuf_text(bytes), bytes->length, kind->charset, &problem))
        fail_msg("%s, %s: %s", kind->term, kind->locale, strbuf_text(&problem));
    strbuf_clear(&problem);
}

/* The whole screen scrolls in the end. */
static void check_region(const struct kind *kind, const struct pty *pty)
{
    const char *bytes = strbuf_text(pty_bytes(pty)), *last = "\033[r";
    for (const char *at = strstr(bytes, "\033["); at; at = strstr(at + 2, "\033["))
        last = at[2 + strspn(at + 2, "0123456789;")] == 'r' ? at : last;
    if (strncmp(last, "\033[r", strlen("\033[r")) != 0)
        fail_msg("%s: rows that scroll are left set", kind->term);
}

static void run(struct terminals *all, const struct kind *kind)
{
    int status = -1, known, row, column;
    bool visible;
    assert_int_equal(setupterm((char *)(uintptr_t)kind->term, STDOUT_FILENO, &known), OK);
    struct pty *pty = start(all, kind);
    must(kind, pty, pty_settle(pty));
    for (size_t i = 0; i < STEPS; i++) {
        take(kind, pty, &steps[i]);
        compare(&all->albums[kind->glyphs], kind, i, pty);
        pty_cursor(pty, &row, &column, &visible);
        if (steps[i].list && (column != 0 || pty_cell(pty, row, 0).base != '>'))
            fail_msg("step %zu on %s: the cursor is at %d %d", i, kind->term, row, column);
    }
    must(kind, pty, pty_send(pty, "Q", 1) && pty_wait_exit(pty, &status));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    if (!pty_is_restored(pty))
        fail_msg("%s is not as it was", kind->term);
    check_bytes(kind, pty);
    check_region(kind, pty);
    pty_free(pty);
    del_curterm(cur_term);
}

/* --- all of them --------------------------------------------------------------------------- */

static void fresh(struct terminals *all)
{
    char *command = alloc_format(
        "rm -f '%s'* && cp '%s/sample' '%s'", all->database, (char *)all->folder, all->database);
    assert_int_equal(system(command), 0);
    free(command);
}

static bool has_ascii_theme(const char *term)
{
    return strncmp(term, "vt1", 3) == 0;
}

static void every_terminal_in_every_charset(void **state)
{
    static const char *const terms[] = {"xterm-256color", "xterm", "vt100", "vt220", "linux",
        "tmux", "tmux-256color", "screen", "screen-256color", "putty", "putty-256color", "ansi"};
    static const struct {
        const char *locale, *charset;
        enum glyphs glyphs;
    } charsets[] = {{"C.UTF-8", NULL, UNICODE}, {"C.GBK", "GBK", ASCII_GB},
        {"C.GB18030", "GB18030", ASCII_GB}, {"C", NULL, ENGLISH}};
    struct terminals *all = *state;
    for (size_t t = 0; t < sizeof terms / sizeof *terms; t++)
        for (size_t c = 0; c < sizeof charsets / sizeof *charsets; c++) {
            struct kind kind = {.term = terms[t],
                .locale = charsets[c].locale,
                .charset = charsets[c].charset,
                .wraps = strcmp(terms[t], "ansi") == 0,
                .glyphs = charsets[c].glyphs};
            if (kind.glyphs == UNICODE && has_ascii_theme(kind.term))
                kind.glyphs = ASCII;
            fresh(all);
            run(all, &kind);
        }
}

static void terminals_that_lack_things(void **state)
{
    struct terminals *all = *state;
    assert_true(terminfo_make(all->folder));
    setenv("TERMINFO", all->folder, 1);
    for (size_t i = 0; terminfo_kinds[i].name; i++) {
        struct kind kind = {.term = terminfo_kinds[i].name,
            .locale = "C.UTF-8",
            .wraps = terminfo_kinds[i].wraps,
            .glyphs = UNICODE};
        fresh(all);
        run(all, &kind);
    }
    unsetenv("TERMINFO");
}

/* 〓 is what such a terminal makes of →: nowhere in UTF-8, where it would not fit; in its place in
 * GB18030, where it does. */
static void terminals_with_wide_symbols(void **state)
{
    static const char *const terms[] = {"xterm-256color", "putty", "linux"};
    struct terminals *all = *state;
    for (size_t t = 0; t < sizeof terms / sizeof *terms; t++) {
        struct kind utf8 = {.term = terms[t], .locale = "C.UTF-8", .wide = true, .glyphs = WIDE};
        struct kind gb = {.term = terms[t],
            .locale = "C.GB18030",
            .charset = "GB18030",
            .wide = true,
            .glyphs = WIDE_GB};
        fresh(all);
        run(all, &utf8);
        fresh(all);
        run(all, &gb);
    }
    assert_null(strstr(strbuf_text(&all->albums[WIDE].pictures[0]), "〓"));
    assert_non_null(strstr(strbuf_text(&all->albums[WIDE].pictures[0]), "申请验收 > 申验中"));
    assert_non_null(strstr(strbuf_text(&all->albums[WIDE_GB].pictures[0]), "申请验收 〓 申验中"));
    assert_non_null(strstr(strbuf_text(&all->albums[ASCII_GB].pictures[0]), "申请验收 -> 申验中"));
}

static int set_up(void **state)
{
    struct terminals *all = alloc_zero(1, sizeof *all);
    char *slash;
    if (folder_set_up(&all->folder) != 0)
        return -1;
    folder_file(all->folder, "duban.db", all->database);
    /* some cannot say how fast they are, and would be given a lean one */
    if (!file_write(folder_file(all->folder, "full.cfg", all->settings), "look = \"full\";\n"))
        return -1;
    snprintf(all->locales, sizeof all->locales, "%s", desk_program());
    slash = strrchr(all->locales, '/');
    snprintf(slash, sizeof all->locales - (size_t)(slash - all->locales), "/locale");
    char *command = alloc_format(DESK_NOW " '%s' --db '%s' init --sample >/dev/null && sqlite3 "
                                          "'%s' 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null && "
                                          "mv '%s' '%s/sample'",
        desk_program(), all->database, all->database, all->database, (char *)all->folder);
    int status = system(command);
    free(command);
    *state = all;
    return status;
}

static int tear_down(void **state)
{
    struct terminals *all = *state;
    for (int i = 0; i < GLYPHS; i++)
        for (int k = 0; k < STEPS; k++)
            strbuf_clear(&all->albums[i].pictures[k]);
    int status = folder_tear_down(&all->folder);
    free(all);
    return status;
}

int main(int argc, char **argv)
{
    (void)argc;
    if (desk_prepare(argv[0]) != 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_terminal_in_every_charset),
        cmocka_unit_test(terminals_that_lack_things),
        cmocka_unit_test(terminals_with_wide_symbols),
    };
    int failed = cmocka_run_group_tests_name("terminals", tests, set_up, tear_down);
    desk_finish();
    return failed;
}
