/* language: what each environment gets. The test copies itself into a tree of its own with a
 * catalogue beside it, and asks the copy, once for each environment, what it sees. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"

/* --- the copy: prints what it sees
 * ---------------------------------------------------------------- */

static int probe(const char *language)
{
    struct error err = {0};
    bool started = language_start(language[0] == '\0' ? NULL : language, &err);
    char *data = language_data_file("themes/probe.cfg");
    char *none = language_data_file("themes/none.cfg");
    char *outside = language_data_file("../duban/themes/probe.cfg");
    char *output = language_for_output("①辽é");
    const char *charset = language_charset();
    printf("%d %s %s %s %d %s%s%s ", started, language_current(),
        strncmp(charset, "ANSI", 4) == 0 ? "ASCII" : charset, _("probe text"),
        language_has_chinese(), data != NULL ? "d" : "", none != NULL ? "n" : "",
        outside != NULL ? "o" : "");
    for (size_t i = 0; output[i] != '\0'; i++) {
        printf("%02x", (unsigned char)output[i]);
    }
    bool chosen = language_choose("en", &err);
    printf(" %d%s", chosen, _("probe text"));
    chosen = language_choose("zh", &err);
    printf(" %d%s", chosen, _("probe text"));
    printf(" %d%s", language_choose("fr", &err), language_current());
    free(data);
    free(none);
    free(outside);
    free(output);
    return 0;
}

/* --- the tree
 * ------------------------------------------------------------------------------------- */

struct tree {
    char folder[32];
};

static void run(const char *format, const char *a, const char *b)
{
    char *command = alloc_format(format, a, b);
    if (system(command) != 0) {
        fail_msg("failed: %s", command);
    }
    free(command);
}

static int make_tree(void **state)
{
    struct tree *tree = alloc_zero(1, sizeof *tree);
    strcpy(tree->folder, "/tmp/duban-language-XXXXXX");
    assert_non_null(mkdtemp(tree->folder));
    char self[4096];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(length > 0);
    self[length] = '\0';
    run("cd %s && mkdir -p bin share/duban/themes share/locale/zh_CN/LC_MESSAGES && "
        "touch share/duban/themes/probe.cfg && cp '%s' bin/probe && cp bin/probe probe",
        tree->folder, self);
    run("cd %s && printf 'msgid \"\"\\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\\\n\"\\n"
        "msgid \"probe text\"\\nmsgstr \"%s\"\\n' >x.po && "
        "msgfmt -o share/locale/zh_CN/LC_MESSAGES/duban.mo x.po",
        tree->folder, "探针");
    run("cd %s && localedef -f GB18030 -i zh_CN ./zh_CN.GB18030 2>%s", tree->folder, "/dev/null");
    *state = tree;
    return 0;
}

static int remove_tree(void **state)
{
    struct tree *tree = *state;
    run("rm -rf %s%s", tree->folder, "");
    free(tree);
    return 0;
}

/* Runs the copy with only these variables. */
static void ask(const struct tree *tree, const char *program, const char *language,
    const char *variables, struct strbuf *out)
{
    char *command =
        alloc_format("env -i PATH=\"$PATH\" ASAN_OPTIONS=detect_leaks=0 %s %s/%s --probe '%s'",
            variables, tree->folder, program, language);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    char line[512] = "";
    if (fgets(line, sizeof line, pipe) == NULL) {
        fail_msg("no answer from: %s", command);
    }
    assert_int_equal(pclose(pipe), 0);
    strbuf_add(out, line);
    free(command);
}

static void assert_sees(
    const struct tree *tree, const char *language, const char *variables, const char *expected)
{
    static const char *const programs[] = {"probe", "bin/probe"};
    for (size_t i = 0; i < 2; i++) {
        struct strbuf out = {0};
        ask(tree, programs[i], language, variables, &out);
        assert_string_equal(strbuf_text(&out), expected);
        strbuf_clear(&out);
    }
}

#define ZH_UTF8 "1 zh UTF-8 探针 1 d e291a0e8bebdc3a9 1probe text 1探针 0zh"
#define EN_UTF8 "1 en UTF-8 probe text 1 d e291a0e8bebdc3a9 1probe text 1探针 0zh"
#define ASCII "1 en ASCII probe text 0 d 2831293f65 1probe text 0probe text 0en"

static void utf8_is_chinese_unless_english_is_said(void **state)
{
    assert_sees(*state, "", "LANG=C.UTF-8", ZH_UTF8);
    assert_sees(*state, "", "LC_ALL=C.UTF-8 LANG=en_US.UTF-8", ZH_UTF8);
    assert_sees(*state, "", "LC_CTYPE=C.UTF-8", ZH_UTF8);
    assert_sees(*state, "", "LANG=C.UTF-8 LANGUAGE=en", ZH_UTF8);
    assert_sees(*state, "", "LC_MESSAGES=en_US.UTF-8 LANG=C.UTF-8", EN_UTF8);
    assert_sees(*state, "en", "LANG=C.UTF-8", EN_UTF8);
    assert_sees(*state, "zh", "LANG=en_GB.UTF-8", ZH_UTF8);
}

/* Names this machine has not generated, as SSH hands them over. */
static void a_missing_locale_still_tells(void **state)
{
    assert_sees(*state, "", "LANG=zh_CN.UTF-8", ZH_UTF8);
    assert_sees(*state, "", "LANG=zh_XX.utf8", ZH_UTF8);
    assert_sees(*state, "", "LANG=en_XX.UTF-8", EN_UTF8);
    assert_sees(*state, "", "LANG=zh_XX.GBK", ASCII);
    assert_sees(*state, "", "LC_TIME=xx_XX LANG=C.UTF-8", ZH_UTF8);
}

static void plain_c_is_english_ascii(void **state)
{
    assert_sees(*state, "", "", ASCII);
    assert_sees(*state, "", "LANG=C", ASCII);
    assert_sees(*state, "", "LC_ALL=POSIX LANG=C.UTF-8", ASCII);
    assert_sees(*state, "", "LC_ALL= LANG=C", ASCII);
    assert_sees(*state, "en", "LANG=C", ASCII);
    /* Chinese asked for by name: the only charset that can is taken. */
    assert_sees(*state, "zh", "LANG=C", ZH_UTF8);
}

static void gb18030_is_printed_in_its_bytes(void **state)
{
    struct tree *tree = *state;
    char *variables = alloc_format("LOCPATH=%s LANG=zh_CN.GB18030", tree->folder);
    assert_sees(tree, "", variables, "1 zh GB18030 探针 1 d a2d9c1c9a8a6 1probe text 1探针 0zh");
    free(variables);
}

/* Whose bytes the terminal knows: the charsets contain each other. */
static void a_kindred_charset_stands_in(void **state)
{
    static const char *const names[] = {
        "zh_CN.GBK", "zh_CN.gb2312", "zh_SG.GBK", "zh_CN.EUCCN", "zh_CN"};
    struct tree *tree = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *variables = alloc_format("LOCPATH=%s LC_ALL=%s", tree->folder, names[i]);
        assert_sees(
            tree, "", variables, "1 zh GB18030 探针 1 d a2d9c1c9a8a6 1probe text 1探针 0zh");
        free(variables);
    }
    char *variables = alloc_format("LOCPATH=%s LC_ALL=zh_TW.BIG5", tree->folder);
    assert_sees(tree, "", variables, ASCII);
    free(variables);
}

static void what_is_missing_is_named(void **state)
{
    (void)state;
    setenv("LC_ALL", "zh_CN.GBK", 1);
    assert_string_equal(language_missing(), "zh_CN.GBK");
    setenv("LC_ALL", "zh_XX.UTF-8", 1);
    assert_null(language_missing());
    setenv("LC_ALL", "C", 1);
    assert_null(language_missing());
    unsetenv("LC_ALL");
}

static void an_unknown_language_is_refused(void **state)
{
    assert_sees(
        *state, "fr", "LANG=C.UTF-8", "0 zh UTF-8 探针 1 d e291a0e8bebdc3a9 1probe text 1探针 0zh");
    struct error err = {0};
    assert_false(language_choose("french", &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_non_null(strstr(err.text, "french"));
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--probe") == 0) {
        return probe(argv[2]);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_chinese_unless_english_is_said),
        cmocka_unit_test(a_missing_locale_still_tells),
        cmocka_unit_test(plain_c_is_english_ascii),
        cmocka_unit_test(gb18030_is_printed_in_its_bytes),
        cmocka_unit_test(a_kindred_charset_stands_in),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(an_unknown_language_is_refused),
    };
    return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
