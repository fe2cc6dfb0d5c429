/* A plan becomes tasks: what it is seen by, what is told, what is written, and once more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/plan_propose.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/import.h"

static const char plan_text[] =
    "辽河口治理方案\r\n"
    "一、总体目标\r\n"
    "到2027年，水质明显改善。\r\n"
    "二、治水\r\n"
    "1.清退养殖。2026年底前，清退养殖池塘1200亩以上。（牵头单位：省自然资源厅；责任单位：省水利厅、"
    "生态环境厅等）\r\n"
    "2.恢复湿地。到2025年恢复湿地3万亩；到2027年，湿地保护率达到88.3%"
    "；到2030年基本恢复。（省水利厅、省自然资源厅按照职责"
    "分工负责）\r\n"
    "三、治岸\r\n"
    "1.护岸。\r\n"
    "分段加固。（责任单位：省水利厅）\r\n"
    "巡查到位。（责任单位：省自然资源厅）\r\n"
    "2.立行立改事项。逐一销号。\r\n"
    "本方案自印发之日起施行。\r\n";

static struct model *made(void **state, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

static void propose(struct import *import, const char *text, struct import_told *told)
{
    struct error err = {0};
    const struct import_reading reading = {0};
    import_file(import, "方案.txt");
    if (!import_kind_read(text, strlen(text), &reading, import, told, &err))
        fail_msg("%s", err.text);
}

static void expect(const char *path, const char *sql, int64_t value)
{
    int64_t is = database_number(path, sql);
    if (is != value)
        fail_msg("%s: %lld, not %lld", sql, (long long)is, (long long)value);
}

static void must_write(struct model *model, size_t new, size_t same)
{
    struct import *import = import_new(model);
    struct import_plan plan;
    struct import_told told = {0};
    struct error err = {0};
    const struct import_options options = {.source = "L1"};
    propose(import, plan_text, &told);
    assert_non_null(strstr(strbuf_text(&told.lines), "4 measures, 1 without a unit"));
    if (!import_write(import, &options, NULL, NULL, &plan, &err)) {
        for (size_t i = 0; i < plan.message_count; i++)
            print_message("%zu %s\n", plan.message[i].place.line, plan.message[i].text);
        fail_msg("%s", err.text);
    }
    assert_int_equal(plan.count[IMPORT_NEW], new);
    assert_int_equal(plan.count[IMPORT_SAME], same);
    import_free(import);
    import_told_clear(&told);
    acting_whole(model);
}

static void a_plan_becomes_tasks(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    must_write(model, 4, 0);
    expect(path,
        "SELECT count(*) FROM task WHERE source_id = 2 AND number = '2之1' AND title = '清退养殖' "
        "AND lead_id = "
        "3 AND deadline = '2026-12-31' AND deadline_raw = '2026年底前' AND goal = ''",
        1);
    expect(path,
        "SELECT count(*) FROM target r JOIN task t ON t.id = r.task_id WHERE t.number = '2之1' AND "
        "r.position = 1 AND r.text = '清退养殖池塘' AND r.value = '1200以上' AND r.unit = '亩' AND "
        "r.by_on = '2026-12-31' AND r.by_raw = '2026年底前'",
        1);
    expect(path,
        "SELECT count(*) FROM task_department d JOIN task t ON t.id = d.task_id WHERE t.number = "
        "'2之1' AND "
        "d.role = 'responsible' AND d.department_id IN (1, 2)",
        2);
    expect(path,
        "SELECT count(*) FROM task WHERE number = '2之2' AND deadline = '2030-12-31' AND "
        "deadline_raw = '到2030年'",
        1);
    expect(path,
        "SELECT count(*) FROM target r JOIN task t ON t.id = r.task_id WHERE t.number = '2之2' AND "
        "(r.position, r.text, r.value, r.unit, r.by_on, r.by_raw) IN (VALUES "
        "(1, '恢复湿地', '3', '万亩', '2025-12-31', '到2025年'), "
        "(2, '湿地保护率', '88.3', '%', '2027-12-31', '到2027年'))",
        2);
    expect(path, "SELECT count(*) FROM target", 3);
    expect(path,
        "SELECT count(*) FROM measure m JOIN task t ON t.id = m.task_id WHERE t.number = '2之1' "
        "AND m.text = "
        "'2026年底前，清退养殖池塘1200亩以上。'",
        1);
    expect(path,
        "SELECT count(*) FROM measure m JOIN task t ON t.id = m.task_id WHERE t.number = '3之1'",
        2);
    expect(path, "SELECT count(*) FROM task WHERE number = '3之2' AND lead_id IS NULL", 1);
    model_close(model);
}

/* A day whose words do not tell the year is of another than the deadline of the same words. */
static void earlier_days_are_told_with_their_years(void **state)
{
    static const char text[] =
        "2026年工作方案\n一、主要任务\n"
        "1.清理河道。2026年底前完成。（责任单位：省生态环境厅、省水利厅）\n"
        "2.治理矿山。2025年底前完成规划，12月底前完成方案，2026年12月底前全部完成。"
        "（责任单位：省自然资源厅、省水利厅）\n";
    char path[256];
    struct model *model = made(state, path);
    struct import *import = import_new(model);
    struct import_plan plan;
    struct import_told told = {0};
    struct error err = {0};
    const struct import_options options = {.source = "L1"};
    propose(import, text, &told);
    assert_true(import_write(import, &options, NULL, NULL, &plan, &err));
    expect(path,
        "SELECT count(*) FROM task WHERE deadline_raw = '2026年12月底前' AND "
        "goal = '目标时间：2025年底前、2025年12月底前'",
        1);
    import_told_clear(&told);
    import_free(import);
    model_close(model);
}

/* As ledgers do, where the text of a measure ends in it. */
static void at_once_and_lasting_are_deadlines(void **state)
{
    static const char text[] =
        "2026年工作方案\n"
        "1.清退养殖，逐塘核查。（责任单位：省水利厅）\n"
        "2.巡查河道。立行立改、长期坚持。（责任单位：省水利厅、省自然资源厅）\n"
        "3.清运垃圾。2026年底前完成，长期坚持。（责任单位：省水利厅）\n"
        "4.落实河长制巡查，长期坚持。（责任单位：省水利厅）\n"
        "5.治理红透山矿渣堆场扬尘，立行立改。（责任单位：省水利厅）\n"
        "6.坚持立行立改。对群众举报要做到立行立改。2026年底前完成核查。（责任单位：省水利厅）\n"
        "7.建立长效机制，确保长期坚持。（责任单位：省水利厅）\n"
        "8.整治问题立行立改；巡查。（责任单位：省水利厅）\n"
        "9.治理扬尘，立行立改。（责任单位：省水利厅；完成时限：2026年底前）\n";
    static const struct {
        const char *number, *kind, *words;
    } tasks[] = {{"1", "date", ""}, {"2", "immediate", "立行立改、长期坚持"},
        {"3", "date_ongoing", "2026年底前完成，长期坚持"}, {"4", "ongoing", "长期坚持"},
        {"5", "immediate", "立行立改"}, {"6", "date", "2026年底前"},
        {"7", "ongoing", "确保长期坚持"}, {"8", "date", ""}, {"9", "date", "2026年底前"}};
    char path[256], sql[256];
    struct model *model = made(state, path);
    struct import *import = import_new(model);
    struct import_plan plan;
    struct import_told told = {0};
    struct error err = {0};
    const struct import_options options = {.source = "L1"};
    const struct import_reading reading = {.kind = "plan"};
    import_file(import, "方案.txt");
    assert_true(import_kind_read(text, strlen(text), &reading, import, &told, &err));
    assert_true(import_write(import, &options, NULL, NULL, &plan, &err));
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++) {
        snprintf(sql, sizeof sql,
            "SELECT count(*) FROM task WHERE number = '%s' AND deadline_kind = '%s' "
            "AND "
            "deadline_raw = '%s'",
            tasks[i].number, tasks[i].kind, tasks[i].words);
        expect(path, sql, 1);
    }
    import_told_clear(&told);
    import_free(import);
    model_close(model);
}

/* Behind the units too, whether they stand in brackets or in a sentence. */
static void at_once_and_lasting_behind_the_units(void **state)
{
    static const char text[] =
        "2026年工作方案\n"
        "1.清退养殖。（责任单位：省水利厅）立行立改。\n"
        "2.巡查河道。（责任单位：省水利厅、省自然资源厅），立即整改，长期坚持。\n"
        "3.清运垃圾。由省水利厅牵头，省自然资源厅按照职责分工负责，长期坚持。\n"
        "4.治理扬尘。由省水利厅牵头，省自然资源厅按照职责分工负责，持续推进。\n"
        "5.治理矿渣。（责任单位：省水利厅）\n"
        "6.整治码头。（责任单位：省水利厅）\n持续推进。\n"
        "7.整治渡口。（责任单位：省水利厅）\n立行立改\n"
        "各单位要切实抓好落实。\n";
    static const struct {
        const char *number, *kind, *words;
    } tasks[] = {{"1", "immediate", "立行立改"}, {"2", "immediate", "立即整改，长期坚持"},
        {"3", "ongoing", "长期坚持"}, {"4", "ongoing", "持续推进"}, {"5", "date", ""},
        {"6", "ongoing", "持续推进"}, {"7", "immediate", "立行立改"}};
    char path[256], sql[256];
    struct model *model = made(state, path);
    struct import *import = import_new(model);
    struct import_plan plan;
    struct import_told told = {0};
    struct error err = {0};
    const struct import_options options = {.source = "L1"};
    const struct import_reading reading = {.kind = "plan"};
    import_file(import, "方案.txt");
    assert_true(import_kind_read(text, strlen(text), &reading, import, &told, &err));
    assert_true(import_write(import, &options, NULL, NULL, &plan, &err));
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++) {
        snprintf(sql, sizeof sql,
            "SELECT count(*) FROM task WHERE number = '%s' AND deadline_kind = '%s' AND "
            "deadline_raw = '%s'",
            tasks[i].number, tasks[i].kind, tasks[i].words);
        expect(path, sql, 1);
    }
    expect(path, "SELECT lead_id FROM task WHERE number = '3'", 2);
    import_told_clear(&told);
    import_free(import);
    model_close(model);
}

static void a_plan_taken_over_twice_changes_nothing(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    must_write(model, 4, 0);
    int64_t lines = database_number(path, "SELECT count(*) FROM event");
    must_write(model, 0, 4);
    expect(path, "SELECT count(*) FROM event", lines);
    model_close(model);
}

static bool says(const struct import_plan *plan, size_t line, const char *words)
{
    for (size_t i = 0; i < plan->message_count; i++)
        if (plan->message[i].place.line == line && strstr(plan->message[i].text, words) != NULL)
            return true;
    return false;
}

static void doubts_are_told_with_their_lines(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    struct import *import = import_new(model);
    struct import_plan plan;
    struct import_told told = {0};
    struct error err = {0};
    const struct import_options options = {.source = "L1"};
    propose(import, plan_text, &told);
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    assert_false(plan.refused);
    assert_true(says(&plan, 5, "the list ends in 等"));
    assert_true(says(&plan, 5, "names without a level"));
    assert_true(says(&plan, 6, "several days"));
    assert_true(says(&plan, 11, "names no unit (lines 11)"));
    assert_true(says(&plan, 2, "not read as a measure (lines 2)"));
    import_free(import);
    import_told_clear(&told);
    model_close(model);
}

static void a_number_twice_refuses(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    struct import *import = import_new(model);
    struct import_plan plan;
    struct import_told told = {0};
    struct error err = {0};
    const struct import_options options = {.source = "L1"};
    propose(import, "1.清退。（责任单位：省水利厅）\n1.护岸。（责任单位：省水利厅）\n", &told);
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    assert_true(plan.refused);
    assert_true(says(&plan, 2, "this number was there before: 1."));
    import_free(import);
    import_told_clear(&told);
    model_close(model);
}

static void what_is_no_plan_is_refused(void **state)
{
    static const char *const map[] = {"甲=title"};
    char path[256];
    struct model *model = made(state, path);
    struct import *import = import_new(model);
    struct import_told told = {0};
    struct error err = {0};
    struct import_reading reading = {.kind = "plan"};
    const char *text = "各市人民政府：\n现将方案印发给你们。\n";
    assert_false(import_kind_read(text, strlen(text), &reading, import, &told, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    assert_non_null(strstr(err.text, "no numbered measures"));
    reading.map = map;
    reading.map_count = 1;
    assert_false(import_kind_read(plan_text, sizeof plan_text - 1, &reading, import, &told, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_int_equal(import_count(import), 0);
    import_free(import);
    import_told_clear(&told);
    model_close(model);
}

static int sure_of(const char *text)
{
    return plan_detect(&(struct import_document){.bytes = text,
        .count = strlen(text),
        .text = {.bytes = text, .count = strlen(text), .charset = "UTF-8"}});
}

static void plans_are_known_from_other_files(void **state)
{
    (void)state;
    assert_true(sure_of(plan_text) > sure_of("1.清河。\n2.护岸。\n3.控煤。\n"));
    assert_true(sure_of("1.清河。\n2.护岸。\n3.控煤。\n") > 0);
    assert_int_equal(sure_of("编号,整改任务\n1,清河\n2,护岸\n"), 0);
    assert_int_equal(sure_of("各市人民政府：\n现将方案印发给你们。\n"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_plan_becomes_tasks, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            earlier_days_are_told_with_their_years, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            at_once_and_lasting_behind_the_units, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            at_once_and_lasting_are_deadlines, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_plan_taken_over_twice_changes_nothing, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            doubts_are_told_with_their_lines, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(a_number_twice_refuses, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_no_plan_is_refused, folder_set_up, folder_tear_down),
        cmocka_unit_test(plans_are_known_from_other_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
