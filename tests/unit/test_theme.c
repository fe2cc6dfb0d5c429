/* theme: every shipped file and every role of it, every way a file can be wrong, and colours on
 * terminals that have fewer. */
#include <dirent.h>
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
#include "base/language.h"
#include "base/settings.h"
#include "ui/theme.h"

/* --- the roles
 * ------------------------------------------------------------------------------------ */

static void roles_are_named_and_fall_back(void **state)
{
    (void)state;
    for (int role = 0; role < ROLE_COUNT; role++) {
        assert_non_null(theme_roles[role].name);
        assert_non_null(theme_roles[role].help);
        for (int other = 0; other < role; other++) {
            assert_string_not_equal(theme_roles[role].name, theme_roles[other].name);
        }
        int steps = 0;
        for (enum role at = (enum role)role; at != ROLE_NORMAL; at = theme_roles[at].fallback) {
            assert_true(++steps < ROLE_COUNT); /* no circle */
        }
    }
}

/* --- the files
 * ------------------------------------------------------------------------------------ */

static char *shipped(const char *name)
{
    char *relative = alloc_format("themes/%s", name);
    char *file = language_data_file(relative);
    assert_non_null(file);
    free(relative);
    return file;
}

static struct theme read_shipped(const char *name)
{
    char *file = shipped(name);
    struct theme theme;
    struct error err = {0};
    if (!theme_read(file, &theme, &err)) {
        fail_msg("%s", err.text);
    }
    free(file);
    return theme;
}

static int look_same(const struct look *a, const struct look *b)
{
    return a->foreground == b->foreground && a->background == b->background &&
           a->attributes == b->attributes;
}

/* Says what it is for, names every role, and what matters most can be told from the rest. */
static void assert_complete(const char *name)
{
    char *file = shipped(name);
    FILE *stream = fopen(file, "re");
    assert_non_null(stream);
    char line[256] = "";
    assert_non_null(fgets(line, sizeof line, stream));
    fclose(stream);
    size_t length = strlen(name) - strlen(".cfg");
    assert_true(strncmp(line, "# ", 2) == 0 && strncmp(line + 2, name, length) == 0);

    struct settings *settings = NULL;
    struct error err = {0};
    assert_true(settings_read_file(file, &settings, &err));
    for (int role = 0; role < ROLE_COUNT; role++) {
        char *path = alloc_format("roles.%s", theme_roles[role].name);
        const char *text = NULL;
        if (!settings_string(settings, path, &text)) {
            fail_msg("%s has no %s", name, path);
        }
        free(path);
    }
    assert_int_equal(settings_count(settings, "roles"), ROLE_COUNT);
    settings_free(settings);
    free(file);

    struct theme theme = read_shipped(name);
    static const enum role seen[] = {ROLE_SELECTED, ROLE_OVERDUE, ROLE_COUNTER_ACTIVE, ROLE_MATCH,
        ROLE_ERROR, ROLE_MARKED, ROLE_TITLE};
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        assert_false(look_same(&theme.look[seen[i]], &theme.look[ROLE_NORMAL]));
    }
    assert_false(look_same(&theme.look[ROLE_SELECTED], &theme.look[ROLE_MARKED]));
    assert_true(strncmp(theme.name, name, length) == 0 && theme.name[length] == '\0');
}

static void every_file_is_complete(void **state)
{
    (void)state;
    char *folder = shipped("");
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] != '.') {
            assert_complete(entry->d_name);
            count++;
        }
    }
    closedir(directory);
    free(folder);
    assert_int_equal(count, 7);
}

/* What changes inside rows uses the basic colours only: SGR of five bytes, not eleven. */
static void rows_are_cheap_in_the_usual_themes(void **state)
{
    (void)state;
    static const char *const names[] = {"dark.cfg", "light.cfg", "16-colour.cfg"};
    static const enum role often[] = {ROLE_NORMAL, ROLE_DIM, ROLE_OVERDUE, ROLE_UNREPORTED,
        ROLE_DUE_SOON, ROLE_CHANGED, ROLE_CLOSED};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct theme theme = read_shipped(names[i]);
        assert_false(theme.ascii);
        for (size_t j = 0; j < sizeof often / sizeof *often; j++) {
            const struct look *look = &theme.look[often[j]];
            assert_in_range(look->foreground + 1, 0, 16);
            assert_int_equal(look->background, COLOUR_DEFAULT);
        }
        assert_int_equal(theme.look[ROLE_SELECTED].attributes, ATTR_REVERSE);
    }
}

static void themes_without_colour_have_none(void **state)
{
    (void)state;
    static const char *const names[] = {"mono.cfg", "ascii-vt100.cfg"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct theme theme = read_shipped(names[i]);
        assert_int_equal(theme.ascii, i == 1);
        for (int role = 0; role < ROLE_COUNT; role++) {
            assert_int_equal(theme.look[role].foreground, COLOUR_DEFAULT);
            assert_int_equal(theme.look[role].background, COLOUR_DEFAULT);
        }
    }
}

/* WCAG's relative luminance, by squares instead of its power of 2.4: a little strict. */
static double luminance(int colour)
{
    assert_true(colour != COLOUR_DEFAULT && (colour & COLOUR_RGB));
    double red = (colour >> 16 & 255) / 255.0, green = (colour >> 8 & 255) / 255.0;
    double blue = (colour & 255) / 255.0;
    return 0.2126 * red * red + 0.7152 * green * green + 0.0722 * blue * blue;
}

static void high_contrast_is_high(void **state)
{
    (void)state;
    struct theme theme = read_shipped("high-contrast.cfg");
    for (int role = 0; role < ROLE_COUNT; role++) {
        double a = luminance(theme.look[role].foreground),
               b = luminance(theme.look[role].background);
        double ratio = a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
        if (ratio < 6.9) {
            fail_msg("%s: %.1f to 1", theme_roles[role].name, ratio);
        }
        assert_false(theme.look[role].attributes & ATTR_DIM);
    }
}

/* --- files of one's own
 * ----------------------------------------------------------------------------- */

static bool read_text(const char *text, struct theme *theme, struct error *err)
{
    char folder[] = "/tmp/duban-theme-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char *file = alloc_format("%s/mine.cfg", folder);
    FILE *stream = fopen(file, "we");
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
    bool read = theme_read(file, theme, err);
    unlink(file);
    rmdir(folder);
    free(file);
    return read;
}

static void reads_every_kind_of_look(void **state)
{
    (void)state;
    struct theme theme;
    struct error err = {0};
    assert_true(read_text("ascii = true;\n"
                          "roles = { normal = \"white on 17\"; overdue = \"#Ff0080 on default "
                          "bold underline\";\n match = \"reverse dim\"; dim = \"\"; "
                          "ok = \"on bright-white 255\"; };",
        &theme, &err));
    assert_string_equal(theme.name, "mine");
    assert_true(theme.ascii);
    const struct look *look = &theme.look[ROLE_OVERDUE];
    assert_int_equal(look->foreground, COLOUR_RGB | 0xFF0080);
    assert_int_equal(look->background, COLOUR_DEFAULT);
    assert_int_equal(look->attributes, ATTR_BOLD | ATTR_UNDERLINE);
    assert_int_equal(theme.look[ROLE_MATCH].attributes, ATTR_REVERSE | ATTR_DIM);
    assert_int_equal(theme.look[ROLE_OK].foreground, 255);
    assert_int_equal(theme.look[ROLE_OK].background, 15);
    assert_int_equal(theme.look[ROLE_DIM].foreground, COLOUR_DEFAULT);
    /* Not named: as the fallback, or the fallback's. */
    assert_int_equal(theme.look[ROLE_HEADER_STRONG].background, 17);
    assert_int_equal(theme.look[ROLE_BORDER].background, COLOUR_DEFAULT);
    /* A selection is always seen. */
    assert_int_equal(theme.look[ROLE_SELECTED].attributes, ATTR_REVERSE);
}

static void a_selection_is_seen_on_reversed_rows_too(void **state)
{
    (void)state;
    struct theme theme;
    struct error err = {0};
    assert_true(read_text("roles = { normal = \"reverse\"; };", &theme, &err));
    assert_int_equal(theme.look[ROLE_SELECTED].attributes, 0);
    assert_true(read_text("roles = { };", &theme, &err));
    assert_int_equal(theme.look[ROLE_SELECTED].attributes, ATTR_REVERSE);
}

static void refuses_with_line_and_suggestion(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"roles = {\n overdue = \"rde\"; };", "line 2: \"rde\""},
        {"roles = {\n overdue = \"bright-rad\"; };", "\"bright-red\""},
        {"roles = {\n overdue = \"red blod\"; };", "\"bold\""},
        {"roles = {\n overdeu = \"red\"; };", "\"overdue\""},
        {"roles = {\n zzzzzzzzz = \"red\"; };", "line 2"},
        {"roles = { overdue = \"256\"; };", "\"256\""},
        {"roles = { overdue = \"-1\"; };", "\"-1\""},
        {"roles = { overdue = \"#12345\"; };", "\"#12345\""},
        {"roles = { overdue = \"#1234567\"; };", "\"#1234567\""},
        {"roles = { overdue = \"#12345g\"; };", "\"#12345g\""},
        {"roles = { overdue = \"red on\"; };", "\"on\""},
        {"roles = { overdue = \"on bold\"; };", "\"bold\""},
        {"roles = { overdue = \"on on red\"; };", "\"on\""},
        {"roles = {\n\n overdue = 3; };", "line 3"},
        {"roles = { overdue = { fg = \"red\"; }; };", "overdue"},
        {"roles = { };\nascii = 1;", "line 2"},
        {"roles = { };\ncolors = { };", "\"colors\""},
        {"ascii = true;", "roles"},
        {"roles = 3;", "roles"},
        {"roles = {", "line 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct theme theme = {.name = "untouched"};
        struct error err = {0};
        assert_false(read_text(cases[i].text, &theme, &err));
        assert_int_equal(err.code, ERROR_INPUT);
        if (strstr(err.text, "mine.cfg") == NULL || strstr(err.text, cases[i].says) == NULL) {
            fail_msg("%s: %s", cases[i].text, err.text);
        }
        assert_string_equal(theme.name, "untouched");
    }
    struct theme theme;
    struct error err = {0};
    assert_false(theme_read("/nonexistent/x.cfg", &theme, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
}

/* --- terminals
 * ---------------------------------------------------------------------------------------- */

static void chooses_by_terminal(void **state)
{
    (void)state;
    assert_string_equal(theme_choose("xterm-256color", 256, false), "dark");
    assert_string_equal(theme_choose("xterm-direct", 1 << 24, false), "dark");
    assert_string_equal(theme_choose("xterm-256color", 256, true), "mono");
    assert_string_equal(theme_choose("linux", 8, false), "16-colour");
    assert_string_equal(theme_choose("xterm-16color", 16, false), "16-colour");
    assert_string_equal(theme_choose("vt220", 0, false), "mono");
    assert_string_equal(theme_choose("vt220", -1, false), "mono");
    assert_string_equal(theme_choose("vt100", 0, false), "ascii-vt100");
    assert_string_equal(theme_choose("vt102-w", 0, true), "ascii-vt100");
    assert_string_equal(theme_choose("vt52", 0, false), "ascii-vt100");
    assert_string_equal(theme_choose("", 0, false), "mono");
}

static void colours_fall_back(void **state)
{
    (void)state;
    assert_int_equal(theme_colour(COLOUR_DEFAULT, 256), COLOUR_DEFAULT);
    assert_int_equal(theme_colour(COLOUR_RGB | 0x123456, 1 << 24), COLOUR_RGB | 0x123456);
    assert_int_equal(theme_colour(7, 1 << 24), 7);
    assert_int_equal(theme_colour(9, 1 << 24), COLOUR_RGB | 0xFF0000);
    assert_int_equal(theme_colour(203, 1 << 24), COLOUR_RGB | 0xFF5F5F);
    assert_int_equal(theme_colour(COLOUR_RGB | 0xFF0000, 256), 196);
    assert_int_equal(theme_colour(COLOUR_RGB | 0x808080, 256), 244);
    assert_int_equal(theme_colour(COLOUR_RGB, 256), 16);
    assert_int_equal(theme_colour(COLOUR_RGB | 0xFF0000, 16), 9);
    assert_int_equal(theme_colour(COLOUR_RGB | 0xFF0000, 8), 1);
    assert_int_equal(theme_colour(196, 256), 196);
    assert_int_equal(theme_colour(196, 16), 9);
    assert_int_equal(theme_colour(9, 256), 9);
    assert_int_equal(theme_colour(9, 16), 9);
    assert_int_equal(theme_colour(9, 8), 1);
    assert_int_equal(theme_colour(8, 8), COLOUR_DEFAULT); /* grey: never black on black */
    assert_int_equal(theme_colour(244, 8), COLOUR_DEFAULT);
    assert_int_equal(theme_colour(0, 8), 0);
    assert_int_equal(theme_colour(9, 2), COLOUR_DEFAULT);
    assert_int_equal(theme_colour(9, 0), COLOUR_DEFAULT);
    static const int counts[] = {8, 16, 88, 256, 1 << 24};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (int colour = 0; colour < 256; colour++) {
            assert_true((theme_colour(colour, counts[i]) & ~COLOUR_RGB) < counts[i]);
        }
        for (int rgb = 0; rgb <= 0xFFFFFF; rgb += 0x10F07) {
            int got = theme_colour(COLOUR_RGB | rgb, counts[i]);
            assert_true(got < counts[i] || got == (COLOUR_RGB | rgb));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_are_named_and_fall_back),
        cmocka_unit_test(every_file_is_complete),
        cmocka_unit_test(rows_are_cheap_in_the_usual_themes),
        cmocka_unit_test(themes_without_colour_have_none),
        cmocka_unit_test(high_contrast_is_high),
        cmocka_unit_test(reads_every_kind_of_look),
        cmocka_unit_test(a_selection_is_seen_on_reversed_rows_too),
        cmocka_unit_test(refuses_with_line_and_suggestion),
        cmocka_unit_test(chooses_by_terminal),
        cmocka_unit_test(colours_fall_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
