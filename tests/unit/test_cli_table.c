/* The tables of the command line, walked; and that the manual, the help and the completion hold
 * every row of every table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/app.h"
#include "app/cli.h"
#include "app/manual.h"
#include "base/alloc.h"
#include "base/language.h"
#include "model/query.h"
#include "model/task.h"
#include "views/board.h"

/* --- the tables ------------------------------------------------------------------------------ */

static void check_options(const struct cli_option *options)
{
    for (const struct cli_option *option = options; option && option->name; option++) {
        assert_memory_equal(option->name, "--", 2);
        assert_true(strlen(option->name) > 3);
        assert_true(option->help && strlen(option->help) > 8);
        assert_true(option->value == NULL || *option->value);
        for (const struct cli_option *other = options; other != option; other++)
            assert_string_not_equal(option->name, other->name);
    }
}

static void commands_are_whole(void **state)
{
    (void)state;
    assert_true(cli_command_count > 0);
    for (size_t i = 0; i < cli_command_count; i++) {
        const struct cli_command *command = &cli_commands[i];
        assert_true(*command->name && command->usage && command->run);
        assert_true(command->help && strlen(command->help) > 8);
        check_options(command->options);
        for (const struct cli_option *own = command->options; own && own->name; own++) {
            assert_non_null(strstr(command->usage, own->name));
            assert_null(own->take);
            for (const struct cli_option *global = cli_global_options; global->name; global++)
                assert_string_not_equal(own->name, global->name);
        }
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(command->name, cli_commands[k].name);
    }
}

static void global_options_are_whole(void **state)
{
    (void)state;
    check_options(cli_global_options);
    for (const struct cli_option *option = cli_global_options; option->name; option++)
        assert_non_null(option->take);
}

static void an_unknown_command_is_suggested(void **state)
{
    (void)state;
    struct error err = {0};
    assert_non_null(cli_find_command("list", &err));
    assert_null(cli_find_command("lsit", &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_non_null(strstr(err.text, "list"));
    assert_null(cli_find_command("", &err));
    /* what does not exist yet is not there by half */
    static const char *const later[] = {"serve"};
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        assert_null(cli_find_command(later[i], &err));
}

static void each_error_has_a_status(void **state)
{
    (void)state;
    for (int code = ERROR_NONE; code <= ERROR_IO; code++) {
        struct error err = {.code = (enum error_code)code};
        int expected = code == ERROR_NONE        ? EXIT_DONE
                       : code == ERROR_USAGE     ? EXIT_USAGE
                       : code == ERROR_NOT_FOUND ? EXIT_NOTHING
                                                 : EXIT_FAILED;
        assert_int_equal(cli_status(&err), expected);
    }
}

/* --- the manual ------------------------------------------------------------------------------ */

/* The text of roff source: escapes undone, requests and fonts left out. */
static char *read_roff(const char *source)
{
    static const char *const written[] = {"\\e", "\\-", "\\(ti", "\\(ha", "\\(ga", "\\(aq", "\\(dq",
        "\\&", "\\:", "\\fB", "\\fI", "\\fR", "\\\""};
    static const char *const is[] = {"\\", "-", "~", "^", "`", "'", "\"", "", "", "", "", "", ""};
    struct strbuf text = {0};
    while (*source) {
        size_t i = 0;
        while (i < sizeof is / sizeof *is && strncmp(source, written[i], strlen(written[i])) != 0)
            i++;
        if (i < sizeof is / sizeof *is) {
            strbuf_add(&text, is[i]);
            source += strlen(written[i]);
        } else {
            assert_int_not_equal(*source, '\\');
            strbuf_add_char(&text, *source++);
        }
    }
    return strbuf_take(&text);
}

/* A row stands there when its name begins a line and its help another. */
static void expect(const char *text, const char *name, const char *help)
{
    char *name_line = alloc_format("\n%s", name), *help_line = alloc_format("\n%s", help);
    const char *at = strstr(text, name_line);
    bool found = false;
    for (; at && !found; at = strstr(at + 1, name_line)) {
        const char *after = strstr(at + 1, help_line);
        found = after != NULL && after - at < 400;
    }
    if (!found)
        fail_msg("not there: %s: %s", name, help);
    free(name_line);
    free(help_line);
}

static void expect_options(const char *text, const struct cli_option *options)
{
    for (const struct cli_option *option = options; option && option->name; option++) {
        char *name = option->letter ? alloc_format("-%c, %s", option->letter, option->name)
                                    : alloc_string(option->name);
        expect(text, name, _(option->help));
        free(name);
    }
}

static void expect_list(const char *text, const struct cli_list *list)
{
    struct strbuf name = {0}, help = {0};
    size_t count = 0;
    for (; list->row(count, &name, &help); count++) {
        for (char *at = help.text; (at = strchr(at, '\n')) != NULL;)
            *at = ' ';
        expect(text, strbuf_text(&name), strbuf_text(&help));
        strbuf_clear(&name);
        strbuf_clear(&help);
    }
    assert_true(count > 2);
}

static void expect_rows(const char *text, const struct manual_row *rows)
{
    for (; rows->name; rows++)
        expect(text, rows->name, _(rows->help));
}

static void expect_filter(const char *text)
{
    expect_rows(text, manual_filter);
    for (size_t i = 0; i < FLAG_COUNT; i++)
        expect(text, query_flags[i].name, _(query_flags[i].help));
    for (size_t i = 0; i < FIELD_COUNT; i++)
        expect(text, query_fields[i].name, _(query_fields[i].help));
    for (size_t i = 0; i < query_days_count; i++)
        expect(text, query_days[i].name, _(query_days[i].help));
    for (size_t i = 0; i < STATE_COUNT; i++)
        expect(text, task_states[i].name, _(task_states[i].label));
}

static void the_manual_holds_every_row(void **state)
{
    (void)state;
    struct strbuf roff = {0};
    manual_print(&roff);
    char *text = read_roff(strbuf_text(&roff));
    for (size_t i = 0; i < cli_command_count; i++) {
        expect(text, ".B duban ", _(cli_commands[i].help));
        if (cli_commands[i].more)
            expect(text, _(cli_commands[i].help), _(cli_commands[i].more));
        expect_options(text, cli_commands[i].options);
        if (cli_commands[i].list)
            expect_list(text, cli_commands[i].list);
    }
    expect_options(text, cli_global_options);
    for (size_t i = 0; i < action_count; i++)
        expect(text, *actions[i].chords ? actions[i].chords : ":", _(actions[i].help));
    for (int i = 0; i < OPTION_COUNT; i++)
        expect(text, options_table[i].name, _(options_table[i].help));
    for (size_t i = 0; i < board_column_count; i++)
        expect(text, board_all_columns[i].name, _(board_all_columns[i].head));
    expect_filter(text);
    expect_rows(text, manual_statuses);
    expect_rows(text, manual_environment);
    expect_rows(text, manual_files);
    expect_rows(text, manual_examples);
    free(text);
    strbuf_clear(&roff);
}

static void no_line_of_the_manual_is_a_request_by_accident(void **state)
{
    (void)state;
    static const char *const requests[] = {
        ".SH ", ".SS ", ".TH ", ".TP", ".PP", ".B ", ".br", ".nh", ".ad l", ".\\\""};
    struct strbuf roff = {0};
    manual_print(&roff);
    for (const char *line = strbuf_text(&roff); line && *line;) {
        bool known = *line != '.' && *line != '\'';
        for (size_t i = 0; i < sizeof requests / sizeof *requests; i++)
            known |= strncmp(line, requests[i], strlen(requests[i])) == 0;
        if (!known)
            fail_msg("%.60s", line);
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    strbuf_clear(&roff);
}

/* --- the completion -------------------------------------------------------------------------- */

static void expect_word(const char *text, const char *word)
{
    if (!strstr(text, word))
        fail_msg("the completion lacks %s", word);
}

static void the_completion_holds_every_word(void **state)
{
    (void)state;
    struct strbuf out = {0};
    completion_print(&out);
    const char *text = strbuf_text(&out);
    for (size_t i = 0; i < cli_command_count; i++) {
        char *branch = alloc_format("\n    %s)", cli_commands[i].name);
        expect_word(text, branch);
        free(branch);
        for (const struct cli_option *own = cli_commands[i].options; own && own->name; own++)
            expect_word(text, own->name);
    }
    for (const struct cli_option *option = cli_global_options; option->name; option++)
        expect_word(text, option->name);
    for (size_t i = 0; i < FLAG_COUNT; i++)
        expect_word(text, query_flags[i].name);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        expect_word(text, query_fields[i].name);
    assert_null(strstr(text, "''''"));
    strbuf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_are_whole),
        cmocka_unit_test(global_options_are_whole),
        cmocka_unit_test(an_unknown_command_is_suggested),
        cmocka_unit_test(each_error_has_a_status),
        cmocka_unit_test(the_manual_holds_every_row),
        cmocka_unit_test(no_line_of_the_manual_is_a_request_by_accident),
        cmocka_unit_test(the_completion_holds_every_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
