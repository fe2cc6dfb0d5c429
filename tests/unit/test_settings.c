/* settings: values by path, and every way a file can be wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/settings.h"
#include "base/strbuf.h"

static const char sample[] = "# a comment\n"
                             "title = \"辽宁省\";\n"
                             "due = { soon = 30; urgent = 0x7; working = true; ratio = 0.5; };\n"
                             "views = (\n"
                             "  { key = 1; name = \"在办\"; },\n"
                             "  { key = 2; name = \"逾期\"; } );\n"
                             "huge = 99999999999L;\n"
                             "levels = [ 1, 2, 3 ];\n";

static struct settings *read_text(const char *text)
{
    struct settings *settings = NULL;
    struct error err = {0};
    if (!settings_read_text("sample.cfg", text, &settings, &err)) {
        fail_msg("%s", err.text);
    }
    return settings;
}

static void gives_values_by_path(void **state)
{
    (void)state;
    struct settings *settings = read_text(sample);
    const char *text = NULL;
    int number = 0;
    bool flag = false;
    assert_string_equal(settings_name(settings), "sample.cfg");
    assert_true(settings_string(settings, "title", &text));
    assert_string_equal(text, "辽宁省");
    assert_true(settings_int(settings, "due.soon", &number));
    assert_int_equal(number, 30);
    assert_true(settings_int(settings, "due.urgent", &number));
    assert_int_equal(number, 7);
    assert_true(settings_bool(settings, "due.working", &flag) && flag);
    assert_true(settings_string(settings, "views.[1].name", &text));
    assert_string_equal(text, "逾期");
    assert_true(settings_int(settings, "levels.[2]", &number));
    assert_int_equal(number, 3);
    settings_free(settings);
}

static void leaves_out_alone_where_it_cannot(void **state)
{
    (void)state;
    struct settings *settings = read_text(sample);
    const char *text = "kept";
    int number = 77;
    bool flag = true;
    assert_false(settings_int(settings, "title", &number));
    assert_false(settings_int(settings, "nothing", &number));
    assert_false(settings_int(settings, "huge", &number));
    assert_false(settings_int(settings, "due.ratio", &number));
    assert_false(settings_bool(settings, "due.soon", &flag));
    assert_false(settings_string(settings, "due", &text));
    assert_false(settings_string(settings, "views.[9].name", &text));
    assert_false(settings_string(settings, "..", &text));
    assert_int_equal(number, 77);
    assert_true(flag);
    assert_string_equal(text, "kept");
    settings_free(settings);
}

static void knows_types_lines_and_members(void **state)
{
    (void)state;
    struct settings *settings = read_text(sample);
    assert_int_equal(settings_type(settings, ""), SETTINGS_GROUP);
    assert_int_equal(settings_type(settings, "due"), SETTINGS_GROUP);
    assert_int_equal(settings_type(settings, "due.ratio"), SETTINGS_FLOAT);
    assert_int_equal(settings_type(settings, "due.working"), SETTINGS_BOOL);
    assert_int_equal(settings_type(settings, "views"), SETTINGS_LIST);
    assert_int_equal(settings_type(settings, "levels"), SETTINGS_LIST);
    assert_int_equal(settings_type(settings, "huge"), SETTINGS_INT);
    assert_int_equal(settings_type(settings, "none"), SETTINGS_NONE);
    assert_int_equal(settings_line(settings, "title"), 2);
    assert_int_equal(settings_line(settings, "views.[1].name"), 6);
    assert_int_equal(settings_line(settings, "none"), 0);
    assert_int_equal(settings_count(settings, ""), 5);
    assert_int_equal(settings_count(settings, "views"), 2);
    assert_int_equal(settings_count(settings, "title"), 0);
    assert_int_equal(settings_count(settings, "none"), 0);
    assert_string_equal(settings_member(settings, "", 0), "title");
    assert_string_equal(settings_member(settings, "due", 2), "working");
    assert_null(settings_member(settings, "due", 4));
    assert_null(settings_member(settings, "views", 0));
    assert_null(settings_member(settings, "none", 0));
    settings_free(settings);
    settings_free(NULL);
}

struct seen {
    struct strbuf paths;
    int left;
};

static bool see(void *context, const char *path, int line)
{
    struct seen *seen = context;
    strbuf_format(&seen->paths, "%s:%d ", path, line);
    return --seen->left > 0;
}

static void visits_every_scalar_in_order(void **state)
{
    (void)state;
    struct settings *settings = read_text(sample);
    struct seen seen = {.left = 100};
    assert_true(settings_visit(settings, see, &seen));
    assert_string_equal(strbuf_text(&seen.paths),
        "title:2 due.soon:3 due.urgent:3 due.working:3 due.ratio:3 views.[0].key:5 "
        "views.[0].name:5 views.[1].key:6 views.[1].name:6 huge:7 levels.[0]:8 levels.[1]:8 "
        "levels.[2]:8 ");
    strbuf_clear(&seen.paths);
    seen.left = 2;
    assert_false(settings_visit(settings, see, &seen));
    assert_string_equal(strbuf_text(&seen.paths), "title:2 due.soon:3 ");
    strbuf_clear(&seen.paths);
    settings_free(settings);
}

static void empty_text_is_valid(void **state)
{
    (void)state;
    struct settings *settings = read_text("");
    assert_int_equal(settings_count(settings, ""), 0);
    settings_free(settings);
}

static void refuses_with_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *place;
    } cases[] = {
        {"a = 1;\nb = ;\n", "line 2"},
        {"a = \"open\n", "line 2"},
        {"a = 1;\na = 2;\n", "line 2"},
        {"a = 1;\n  @include \"/etc/passwd\"\n", "line 2"},
        {"\na = \"\\x1b[2J\";\n", "line 2"},
        {"a = { b = ( \"x\", \"\xFF\" ); };\n", "line 1"},
        {"a = \"\xE4\xB8\";\n", "line 1"},
        {"a = \"\u202Etxt\";\n", "line 1"},
        {"}", "line 1"},
        {"\x01", "line 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct settings *settings = NULL;
        struct error err = {0};
        assert_false(settings_read_text("bad.cfg", cases[i].text, &settings, &err));
        assert_null(settings);
        assert_int_equal(err.code, ERROR_INPUT);
        assert_non_null(strstr(err.text, "bad.cfg"));
        assert_non_null(strstr(err.text, cases[i].place));
    }
}

static bool read_bytes(const char *bytes, size_t count, struct error *err)
{
    char name[] = "/tmp/duban-settings-XXXXXX";
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, count), (ssize_t)count);
    close(fd);
    struct settings *settings = NULL;
    bool read = settings_read_file(name, &settings, err);
    unlink(name);
    if (read) {
        assert_string_equal(settings_name(settings), name);
    }
    settings_free(settings);
    return read;
}

static void reads_files(void **state)
{
    (void)state;
    struct error err = {0};
    assert_true(read_bytes(sample, sizeof sample - 1, &err));
    assert_true(read_bytes("\xEF\xBB\xBF"
                           "a = 1;\r\n",
        11, &err));
    assert_false(read_bytes("a = 1;\0b = 2;", 13, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    char *huge = alloc_zero((size_t)2 << 20, 1);
    memset(huge, '\n', (size_t)2 << 20);
    assert_false(read_bytes(huge, (size_t)2 << 20, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    free(huge);

    struct settings *settings = NULL;
    assert_false(settings_read_file("/nonexistent/duban.cfg", &settings, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    assert_non_null(strstr(err.text, "/nonexistent/duban.cfg"));
    assert_false(settings_read_file("/tmp", &settings, &err));
    assert_int_equal(err.code, ERROR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_values_by_path),
        cmocka_unit_test(leaves_out_alone_where_it_cannot),
        cmocka_unit_test(knows_types_lines_and_members),
        cmocka_unit_test(visits_every_scalar_in_order),
        cmocka_unit_test(empty_text_is_valid),
        cmocka_unit_test(refuses_with_file_and_line),
        cmocka_unit_test(reads_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
