/* What an import found, as lines for a person and as JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "exchange/column_letters.h"
#include "exchange/import_text.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"

static void row(struct import *import, size_t line, const char *number, const char *title,
    const char *field, const char *value)
{
    const struct import_place place = {line, 5, "栏目"};
    import_task(import, (struct import_place){.line = line});
    import_value(import, "number", number, place);
    import_value(import, "title", title, place);
    import_value(import, "region", "抚顺", place);
    import_value(import, "deadline", "2026-12-31", place);
    import_value(import, field, value, place);
}

static struct import *proposed(struct model *model)
{
    struct import *import = import_new(model);
    import_file(import, "台账.csv");
    row(import, 2, "001", "辽河口湿地退养还湿", "percent", "60");
    row(import, 3, "002", "矿坑治理", "percent", "很多");
    row(import, 4, "003", "污水处理厂提标", "responsible", "省水力厅");
    row(import, 5, "004", "污水处理厂提标二期", "responsible", "省水力厅");
    import_warning(import, "这一页没有看", (struct import_place){.line = 9});
    return import;
}

static void expect_all(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(text, words[i]) == NULL)
            fail_msg("\"%s\" is not in:\n%s", words[i], text);
}

static bool put(void *context, const char *bytes, size_t count)
{
    strbuf_add_n(context, bytes, count);
    return true;
}

static struct model *made(void **state)
{
    char path[256];
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    database_task(path, 1, "辽河口湿地退养还湿");
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

static void tells_what_was_found(void **state)
{
    static const char *const words[] = {"Problems (1)",
        "  台账.csv, line 3, column 5 (栏目) \"很多\": percent",
        "  department \"省水力厅\", 2 times, first in line 4; the nearest is \"省水利厅\"",
        "Warnings (1)", "  台账.csv, line 9: 这一页没有看", "Changed (1)",
        "  2-001 辽河口湿地退养还湿", "    percent: 0% → 60%", "Nothing is written.",
        "  Units that are really new are made with --create-units, on the board in the line"};
    struct model *model = made(state);
    struct import *import = proposed(model);
    const struct import_options options = {.source = "2"};
    struct import_plan plan;
    struct strbuf out = {0};
    struct error err = {0};
    if (!import_look(import, &options, NULL, NULL, &plan, &err))
        fail_msg("%s", err.text);
    import_text(&out, &plan, false, 0, 0);
    expect_all(strbuf_text(&out), words, sizeof words / sizeof *words);
    strbuf_cut(&out, 0);
    import_text(&out, &plan, false, 40, 1);
    for (char *at = out.text, *end; (end = strchr(at, '\n')) != NULL; at = end + 1) {
        *end = '\0';
        assert_true(text_width(at) <= 40);
    }
    strbuf_clear(&out);
    import_free(import);
    model_close(model);
}

static void tells_of_units_made_what_is_near_in_their_place(void **state)
{
    struct model *model = made(state);
    struct import *import = proposed(model);
    const struct import_options options = {.source = "2"};
    struct import_plan plan;
    struct error err = {0};
    struct import_unit units[] = {{.kind = UNIT_DEPARTMENT,
                                      .name = "抚顺市发展改革委",
                                      .nearest = "抚顺县发展和改革局",
                                      .file = "a.csv",
                                      .region = "抚顺市",
                                      .create = true},
        {.kind = UNIT_DEPARTMENT,
            .name = "抚顺市河道局",
            .nearest = "抚顺市河道处",
            .file = "a.csv",
            .region = "抚顺市",
            .create = true}};
    struct strbuf out = {0};
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    plan.unit = units;
    plan.unit_count = 2;
    import_text(&out, &plan, false, 0, 0);
    assert_non_null(strstr(strbuf_text(&out), "\"抚顺市发展改革委\", of 抚顺市\n"));
    assert_non_null(strstr(strbuf_text(&out), "of 抚顺市; the nearest is \"抚顺市河道处\""));
    strbuf_clear(&out);
    import_free(import);
    model_close(model);
}

static void tells_the_same_once_and_what_is_quiet(void **state)
{
    static const char *const words[] = {"Problems (3)\n",
        "  2 times, first: 台账.csv, line 3, column 5 (栏目) \"很多\": percent",
        "  台账.csv, line 5, column 5 (栏目) \"更多\": percent",
        "    problems: none → 资金未到位\n", "    next step: none → 加快施工\n"};
    const struct import_place place = {2, 6, "栏目"};
    struct model *model = made(state);
    struct import *import = import_new(model);
    const struct import_options options = {.source = "2"};
    struct import_plan plan;
    struct strbuf out = {0};
    struct error err = {0};
    import_file(import, "台账.csv");
    row(import, 2, "001", "辽河口湿地退养还湿", "report", "已清淤三公里");
    import_value(import, "problems", "资金未到位", place);
    import_value(import, "next_step", "加快施工", place);
    row(import, 3, "002", "矿坑治理", "percent", "很多");
    row(import, 4, "003", "污水处理厂提标", "percent", "很多");
    row(import, 5, "004", "污水处理厂扩容", "percent", "更多");
    if (!import_look(import, &options, NULL, NULL, &plan, &err))
        fail_msg("%s", err.text);
    import_text_found(&out, &plan, 0, 0);
    expect_all(strbuf_text(&out), words, sizeof words / sizeof *words);
    strbuf_clear(&out);
    import_free(import);
    model_close(model);
}

static void says_how_a_source_is_made(void **state)
{
    static const char *const words[] = {
        "Sources that are not known (1)\n  source \"第四轮督察2027\", "
        "1 time, in line 2\n  A source that is really new is made "
        "with --source CODE=NAME, which may be said again, on the board in the line"};
    struct model *model = made(state);
    struct import *import = import_new(model);
    const struct import_options options = {0};
    struct import_plan plan;
    struct strbuf out = {0};
    struct error err = {0};
    row(import, 2, "001", "矿坑治理", "source", "第四轮督察2027");
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    import_text_found(&out, &plan, 0, 0);
    expect_all(strbuf_text(&out), words, 1);
    assert_null(strstr(strbuf_text(&out), "--create-units"));
    strbuf_clear(&out);
    import_free(import);
    model_close(model);
}

static void names_columns_by_letters(void **state)
{
    (void)state;
    static const struct {
        size_t column;
        const char *letters;
    } cases[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {701, "ZZ"}, {702, "AAA"}, {16383, "XFD"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char letters[COLUMN_LETTERS];
        column_letters(cases[i].column, letters);
        assert_string_equal(letters, cases[i].letters);
    }
}

static void tells_it_as_json(void **state)
{
    static const char *const words[] = {
        "\"files\":[{\"file\":\"台账.csv\",\"kind\":\"ledger\",\"charset\":null,\"sheet\":null,"
        "\"heading_line\":2,\"columns\":[{\"letter\":\"A\",\"heading\":\"序号\","
        "\"field\":\"number\",\"first\":[\"1\",\"\",\"\"]}",
        "{\"letter\":\"B\",\"heading\":\"备注\",\"field\":null,", "\"refused\":true",
        "\"refused_tasks\":3", "\"changed\":1", "\"value\":\"很多\"", "\"name\":\"省水力厅\"",
        "\"times\":2", "\"field\":\"percent\"", "\"after\":\"60\""};
    struct model *model = made(state);
    struct import *import = proposed(model);
    const struct import_options options = {.source = "2"};
    struct import_plan plan;
    struct strbuf out = {0};
    struct error err = {0};
    if (!import_look(import, &options, NULL, NULL, &plan, &err))
        fail_msg("%s", err.text);
    struct json *json = json_new(true, put, &out);
    struct import_told told;
    import_told_init(&told, "台账.csv");
    told.kind = "ledger";
    told.heading_line = 2;
    struct import_told_column *column = import_told_column(&told, "序号");
    column->field = ledger_field_named("number");
    free(column->first[0]);
    column->first[0] = alloc_string("1");
    import_told_column(&told, "备注");
    assert_true(json_import(json, &told, 1, &plan, false));
    import_told_clear(&told);
    assert_true(json_end(json));
    expect_all(strbuf_text(&out), words, sizeof words / sizeof *words);
    strbuf_clear(&out);
    import_free(import);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tells_what_was_found, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            tells_of_units_made_what_is_near_in_their_place, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(says_how_a_source_is_made, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            tells_the_same_once_and_what_is_quiet, folder_set_up, folder_tear_down),
        cmocka_unit_test(names_columns_by_letters),
        cmocka_unit_test_setup_teardown(tells_it_as_json, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
