/* config: the table of options, files, and every way a file can be wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "app/config.h"
#include "base/alloc.h"
#include "base/date.h"
#include "harness/folder.h"
#include "model/query.h"

static const struct action some_actions[] = {
    {"row.down", "j Down", "Moving", "One row down", NULL, 1, 0, NULL},
    {"row.up", "k Up", "Moving", "One row up", NULL, 1, 0, NULL},
    {"filter", "f \\", "Finding", "Filter", NULL, 1, 0, NULL},
    {"quote", "\"", "Finding", "A key that has to be quoted", NULL, 1, 0, NULL},
    {"set", "", "Program", "Without a key", NULL, 1, 0, NULL},
};
enum { ACTIONS = sizeof some_actions / sizeof *some_actions };

/* A home of the test's own, so that no configuration of the person's is read. */
static int set_up(void **state)
{
    if (folder_set_up(state) != 0)
        return -1;
    setenv("HOME", *state, 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_DATA_HOME");
    return date_zone_set("Asia/Shanghai") ? 0 : -1;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static struct config *read_good(void *state, const char *text)
{
    struct config *config = NULL;
    struct error err = {0};
    char path[256];
    write_file(folder_file(state, "duban.cfg", path), text);
    if (!config_read(path, true, &config, &err))
        fail_msg("%s", err.text);
    return config;
}

/* The file is refused with a sentence that holds each of the pieces. */
static void refuse(void *state, const char *text, const char *first, const char *second)
{
    struct config *config = NULL;
    struct error err = {0};
    char path[256];
    write_file(folder_file(state, "duban.cfg", path), text);
    assert_false(config_read(path, true, &config, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    if (!strstr(err.text, first) || !strstr(err.text, second) ||
        !strstr(err.text, "duban.cfg, line "))
        fail_msg("said \"%s\", not \"%s\" and \"%s\"", err.text, first, second);
}

/* --- the table ------------------------------------------------------------------------------- */

static void each_option_is_whole(void **state)
{
    (void)state;
    struct config *config = config_default();
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &options_table[i];
        struct error err = {0};
        enum option found;
        assert_non_null(row->name);
        assert_true(row->help && strlen(row->help) > 20 && row->help[strlen(row->help) - 1] == '.');
        assert_true((row->type == OPTION_NUMBER) == (row->most > row->least));
        assert_true((row->type == OPTION_CHOICE) == (row->choices != NULL));
        assert_true(config_find(row->name, &found) && (int)found == i);
        assert_string_equal(config_text(config, (enum option)i), row->fallback);
        if (!config_set(config, (enum option)i, row->fallback, &err))
            fail_msg("the default of %s: %s", row->name, err.text);
        assert_string_equal(config_text(config, (enum option)i), row->fallback);
        for (int k = 0; k < i; k++)
            assert_string_not_equal(row->name, options_table[k].name);
    }
    enum option none;
    assert_false(config_find("due", &none));
    config_free(config);
}

static void built_in_views_can_be_used(void **state)
{
    (void)state;
    struct config *config = config_default();
    size_t count;
    const struct saved_view *views = config_saved_views(config, &count);
    assert_int_equal(count, 9);
    for (size_t i = 0; i < count; i++) {
        struct query *query;
        struct query_error wrong;
        assert_int_equal(views[i].key, i + 1);
        assert_true(*views[i].name);
        assert_true(query_parse(views[i].filter, &query, &wrong));
        query_free(query);
    }
    config_free(config);
}

/* --- files ----------------------------------------------------------------------------------- */

static void reads_every_type(void **state)
{
    struct config *config = read_good(*state, "title = \"辽宁省环保督察整改\";\n"
                                              "due = { soon = 20; urgent = 3; };\n"
                                              "ticker = false;\n"
                                              "look = \"lean\";\n"
                                              "ambiguous = 2;\n"
                                              "changed = { seconds = 0; };\n");
    assert_string_equal(config_text(config, OPTION_TITLE), "辽宁省环保督察整改");
    assert_int_equal(config_number(config, OPTION_DUE_SOON), 20);
    assert_int_equal(config_number(config, OPTION_DUE_URGENT), 3);
    assert_int_equal(config_number(config, OPTION_CHANGED_SECONDS), 0);
    assert_false(config_switch(config, OPTION_TICKER));
    assert_string_equal(config_text(config, OPTION_LOOK), "lean");
    assert_string_equal(config_text(config, OPTION_AMBIGUOUS), "2");
    assert_int_equal(config_number(config, OPTION_SPLIT), 120);
    struct view_settings settings;
    config_view_settings(config, false, &settings);
    assert_string_equal(settings.title, "辽宁省环保督察整改");
    assert_true(settings.lean);
    assert_false(settings.ticker);
    assert_int_equal(settings.saved_count, 9);
    config_free(config);
}

static void a_later_file_counts_more(void **state)
{
    char path[256];
    assert_int_equal(mkdir(folder_file(*state, ".config", path), 0700), 0);
    assert_int_equal(mkdir(folder_file(*state, ".config/duban", path), 0700), 0);
    write_file(folder_file(*state, ".config/duban/duban.cfg", path),
        "title = \"mine\"; split = 100;\n"
        "views = ( { key = 1; name = \"A\"; }, { key = 2; name = \"B\"; } );\n"
        "keys = { row-down = \"J\"; };\n");
    struct config *config = read_good(*state,
        "split = 90; views = ( { key = 2; name = \"C\"; } ); keys = { row-down = \"x\"; };");
    size_t count;
    assert_string_equal(config_text(config, OPTION_TITLE), "mine");
    assert_int_equal(config_number(config, OPTION_SPLIT), 90);
    const struct saved_view *views = config_saved_views(config, &count);
    assert_string_equal(views[0].name, "A");
    assert_string_equal(views[1].name, "C");
    const struct key_binding *bindings = config_bindings(config, &count);
    assert_int_equal(count, 1);
    assert_string_equal(bindings[0].chords, "x");
    config_free(config);

    assert_int_equal(setenv("XDG_CONFIG_HOME", "/nonexistent", 1), 0);
    config = read_good(*state, "");
    assert_string_equal(config_text(config, OPTION_TITLE), "");
    config_free(config);
}

static void a_named_file_must_be_there(void **state)
{
    struct config *config = NULL;
    struct error err = {0};
    char path[256];
    assert_false(config_read(folder_file(*state, "none.cfg", path), true, &config, &err));
    assert_non_null(strstr(err.text, "none.cfg"));
    err = (struct error){0};
    assert_true(config_read(NULL, true, &config, &err));
    config_free(config);
}

static void wrong_names_are_told_with_place_and_suggestion(void **state)
{
    refuse(*state, "\n\ndue = { son = 3; };\n", "duban.cfg, line 3", "due.soon");
    refuse(*state, "titel = \"x\";\n", "duban.cfg, line 1", "title");
    refuse(*state, "zzzzzz = 1;\n", "zzzzzz", "duban help config");
    refuse(*state, "due = 30;\n", "due", "due.");
    refuse(*state, "views = 3;\n", "views", "key = 1");
    refuse(*state, "keys = 3;\n", "keys", "j Down");
    refuse(*state, "split = ;\n", "duban.cfg, line 1", "");
}

static void wrong_values_are_told_with_value_range_and_default(void **state)
{
    refuse(*state, "due = { soon = 366; };", "0 to 365, not \"366\"", "30 unless said");
    refuse(*state, "due = { soon = \"30\"; };", "due.soon", "without quotes");
    refuse(*state, "due = { soon = 1.5; };", "due.soon", "whole number");
    refuse(*state, "due = { soon = true; };", "due.soon", "whole number");
    refuse(*state, "split = -1;", "split", "0 to 1000, not \"-1\"");
    refuse(*state, "look = \"fast\";", "auto lean full, not \"fast\"", "auto unless said");
    refuse(*state, "look = \"auto lean\";", "look", "not \"auto lean\"");
    refuse(*state, "look = \"\";", "look", "not \"\"");
    refuse(*state, "ticker = \"true\";", "ticker", "without quotes");
    refuse(*state, "title = 3;", "title", "in quotes");
    refuse(*state, "title = \"a\\x1b[2Jb\";", "title", "control characters");
    refuse(*state, "columns = \"number titel\";", "titel", "\"title\"");
    refuse(*state, "columns = \" \";", "columns", "at least one");
    refuse(*state, "zone = \"Asia/Shenyang9\";", "Asia/Shenyang9", "Asia/Shanghai");
}

static void the_command_line_is_checked_alike(void **state)
{
    (void)state;
    struct config *config = config_default();
    struct error err = {0};
    assert_true(config_set(config, OPTION_TICKER, "off", &err));
    assert_false(config_switch(config, OPTION_TICKER));
    assert_string_equal(config_text(config, OPTION_TICKER), "false");
    assert_true(config_set(config, OPTION_SPLIT, "0", &err));
    assert_false(config_set(config, OPTION_SPLIT, "12x", &err));
    assert_false(config_set(config, OPTION_SPLIT, "", &err));
    assert_false(config_set(config, OPTION_SPLIT, "99999999999999999999", &err));
    assert_false(config_set(config, OPTION_TITLE, "\xff", &err));
    assert_int_equal(config_number(config, OPTION_SPLIT), 0); /* a refused value changes nothing */
    config_free(config);
}

/* --- views ----------------------------------------------------------------------------------- */

static void views_take_the_place_of_those_built_in(void **state)
{
    struct config *config = read_good(*state,
        "views = ( { key = 1; name = \"盘锦\"; filter = \"region:盘锦 -closed\"; sort = \"-due\";"
        "            columns = \"number, title\"; },\n"
        "          { key = 9; name = \"\"; } );");
    size_t count;
    const struct saved_view *views = config_saved_views(config, &count);
    assert_int_equal(count, 8);
    assert_string_equal(views[0].name, "盘锦");
    assert_string_equal(views[0].filter, "region:盘锦 -closed");
    assert_string_equal(views[0].sort, "-due");
    assert_string_equal(views[0].columns, "number, title");
    assert_string_equal(views[1].filter, "overdue");
    assert_int_equal(views[7].key, 8);
    config_free(config);
}

static void wrong_views_are_told(void **state)
{
    refuse(*state, "views = ( { name = \"x\"; } );", "duban.cfg, line 1", "key = 1");
    refuse(*state, "views = ( { key = 0; name = \"x\"; } );", "duban.cfg, line 1", "key = 1 to 9");
    refuse(*state, "views = ( { key = 10; name = \"x\"; } );", "duban.cfg, line 1", "key = 1 to 9");
    refuse(
        *state, "views = ( { key = \"1\"; name = \"x\"; } );", "duban.cfg, line 1", "key = 1 to 9");
    refuse(*state, "views = ( { key = 1; } );", "under 1", "name");
    refuse(*state, "views = ( { key = 1; name = 3; } );", "name", "text in quotes");
    refuse(
        *state, "views = ( { key = 1; name = \"x\"; fliter = \"open\"; } );", "fliter", "filter");
    refuse(*state, "views = ( { key = 1; name = \"x\"; filter = \"(open\"; } );", "(open", "");
    refuse(*state, "views = ( { key = 1; name = \"x\"; sort = \"updatd\"; } );", "updatd",
        "\"updated\"");
    refuse(*state, "views = ( { key = 1; name = \"x\"; columns = \"numbr\"; } );", "numbr",
        "\"number\"");
    refuse(*state, "views = ( \"open\" );", "views", "list of groups");
}

/* --- keys ------------------------------------------------------------------------------------ */

static void keys_are_bound_by_name(void **state)
{
    struct config *config =
        read_good(*state, "keys = { row-down = \"n\"; row-up = \"j p\"; quote = \"\"; };");
    struct error err = {0};
    size_t count;
    const struct key_binding *bindings = config_bindings(config, &count);
    assert_int_equal(count, 3);
    assert_string_equal(bindings[0].action, "row.down");
    assert_string_equal(bindings[0].chords, "n");
    /* j was row.down's and is free now that row.down has another */
    if (!config_check_keys(config, some_actions, ACTIONS, &err))
        fail_msg("%s", err.text);
    config_free(config);
}

static void refuse_keys(void *state, const char *text, const char *first, const char *second)
{
    struct config *config = read_good(state, text);
    struct error err = {0};
    assert_false(config_check_keys(config, some_actions, ACTIONS, &err));
    if (!strstr(err.text, first) || !strstr(err.text, second))
        fail_msg("said \"%s\", not \"%s\" and \"%s\"", err.text, first, second);
    config_free(config);
}

static void wrong_keys_are_told_with_their_place(void **state)
{
    refuse_keys(*state, "\nkeys = {\n row-dwon = \"x\"; };", "duban.cfg, line 3", "row.down");
    refuse_keys(*state, "keys = {\n row-down = \"Dwon\"; };", "duban.cfg, line 2", "Dwon");
    refuse_keys(*state, "keys = { row-down = \"k\"; };", "row.down", "row.up");
    refuse(*state, "keys = { row-down = 3; };", "keys", "text in quotes");
    refuse(*state, "keys = { row-down = [ \"j\" ]; };", "keys", "text in quotes");
}

/* --- printing -------------------------------------------------------------------------------- */

/* What `help config` prints, put to use: the # taken away from all that is no prose. */
static char *uncommented(const char *text)
{
    struct strbuf out = {0};
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        if (line[0] == '#' && line[1] != ' ' && length > 1)
            strbuf_add_n(&out, line + 1, length - 1);
        strbuf_add_char(&out, '\n');
        line += length + (line[length] != '\0');
    }
    return strbuf_take(&out);
}

static void compare_views(const struct config *a, const struct config *b)
{
    size_t a_count, b_count;
    const struct saved_view *left = config_saved_views(a, &a_count);
    const struct saved_view *right = config_saved_views(b, &b_count);
    assert_int_equal(a_count, b_count);
    for (size_t i = 0; i < a_count; i++) {
        assert_int_equal(left[i].key, right[i].key);
        assert_string_equal(left[i].name, right[i].name);
        assert_string_equal(left[i].filter, right[i].filter);
        assert_string_equal(left[i].sort, right[i].sort);
        assert_string_equal(left[i].columns, right[i].columns);
    }
}

static void what_is_printed_is_the_default(void **state)
{
    struct strbuf printed = {0};
    config_print(&printed, some_actions, ACTIONS);
    char *text = uncommented(strbuf_text(&printed));
    struct config *config = read_good(*state, text), *plain = config_default();
    for (int i = 0; i < OPTION_COUNT; i++) {
        char *setting = alloc_format("# %s: ", options_table[i].name);
        assert_non_null(strstr(strbuf_text(&printed), setting));
        free(setting);
        assert_string_equal(
            config_text(config, (enum option)i), config_text(plain, (enum option)i));
    }
    compare_views(config, plain);
    size_t count;
    const struct key_binding *bindings = config_bindings(config, &count);
    assert_int_equal(count, ACTIONS);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(bindings[i].action, some_actions[i].name);
        assert_string_equal(bindings[i].chords, some_actions[i].chords);
    }
    config_free(config);
    config_free(plain);
    free(text);
    /* as it is, it says nothing */
    config = read_good(*state, strbuf_text(&printed));
    config_bindings(config, &count);
    assert_int_equal(count, 0);
    config_free(config);
    strbuf_clear(&printed);
}

/* --- where the database is ------------------------------------------------------------------- */

static void the_database_has_a_place(void **state)
{
    struct config *config = config_default();
    struct error err = {0};
    char path[256];
    assert_int_equal(setenv("XDG_DATA_HOME", "relative", 1), 0);
    char *database = config_database(config);
    /* on a machine with /var/lib/duban/duban.db that one is meant */
    if (strcmp(database, "/var/lib/duban/duban.db") != 0)
        assert_string_equal(database, folder_file(*state, ".local/share/duban/duban.db", path));
    free(database);
    assert_true(config_set(config, OPTION_DATABASE, "~/x.db", &err));
    database = config_database(config);
    assert_string_equal(database, folder_file(*state, "x.db", path));
    free(database);
    assert_true(config_set(config, OPTION_DATABASE, "/srv/x.db", &err));
    database = config_database(config);
    assert_string_equal(database, "/srv/x.db");
    free(database);
    config_free(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_option_is_whole),
        cmocka_unit_test(built_in_views_can_be_used),
        cmocka_unit_test_setup_teardown(reads_every_type, set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(a_later_file_counts_more, set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(a_named_file_must_be_there, set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            wrong_names_are_told_with_place_and_suggestion, set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            wrong_values_are_told_with_value_range_and_default, set_up, folder_tear_down),
        cmocka_unit_test(the_command_line_is_checked_alike),
        cmocka_unit_test_setup_teardown(
            views_take_the_place_of_those_built_in, set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(wrong_views_are_told, set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(keys_are_bound_by_name, set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            wrong_keys_are_told_with_their_place, set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(what_is_printed_is_the_default, set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(the_database_has_a_place, set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
