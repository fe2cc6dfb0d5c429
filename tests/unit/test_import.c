/* Tasks from outside: which they are, what is read, what is told, and what is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/found.h"
#include "harness/importing.h"

/* --- what comes ------------------------------------------------------------------------------ */

static void a_ledger_becomes_tasks(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_write(model, importing_three, &options, 3, 0, 0);
    importing_number(path,
        "SELECT count(*) FROM task WHERE number = '001' AND source_id = 1 AND state = "
        "'in_progress' AND percent = 60 AND region_id = 4 AND lead_id = 2 AND deadline = "
        "'2026-12-31' AND deadline_raw = '2026年12月底前' AND assigned_on = '2026-11-21'",
        1);
    importing_number(path, "SELECT department_id FROM task_department WHERE role = 'lead'", 3);
    importing_number(path, "SELECT region_id * 10 + lead_id FROM task WHERE number = '002'", 54);
    importing_number(path,
        "SELECT count(*) FROM task WHERE number = '002' AND state = 'closed' AND "
        "deadline IS NULL AND deadline_kind = 'ongoing'",
        1);
    importing_number(path,
        "SELECT group_concat(one, '') FROM (SELECT r.region_id AS one FROM task_region r JOIN "
        "task t ON t.id = r.task_id WHERE number = '003' ORDER BY r.position)",
        23);
    importing_number(path, "SELECT count(*) FROM measure", 2);
    importing_number(
        path, "SELECT count(*) FROM event WHERE action = 'import' AND task_id IS NOT NULL", 3);
    importing_number(
        path, "SELECT count(*) FROM event WHERE action = 'import' AND task_id IS NULL", 1);
    importing_write(model, importing_three, &options, 0, 0, 3);
    importing_number(path, "SELECT count(*) FROM event", 4);
    model_close(model);
}

static void what_differs_is_changed(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_write(model, importing_three, &options, 3, 0, 0);
    importing_write(model,
        "number|percent|lead|goal|measure.1|title\n"
        "1|70|||清退养殖户|\n"
        "2-002|||到位||抚顺矿坑治理\n"
        "003||水利厅|||污水处理厂提标",
        &options, 0, 3, 0);
    importing_number(path, "SELECT percent FROM task WHERE number = '001'", 70);
    importing_number(path, "SELECT count(*) FROM task_department WHERE role = 'lead'", 1);
    importing_number(path, "SELECT lead_id FROM task WHERE number = '003'", 2);
    importing_number(path,
        "SELECT count(*) FROM measure WHERE text = '清退养殖户' AND due_on = '2026-06-30'", 1);
    importing_number(path, "SELECT count(*) FROM task", 3);
    model_close(model);
}

static void problems_refuse_all(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    static const struct {
        const char *text, *words;
    } wrong[] = {
        {"title|region|deadline\n甲|抚顺|改天", "改天"},
        {"title|region|percent\n甲|抚顺|1.5", "1.5"},
        {"title|region|done_on\n甲|抚顺|2027-01-01", "still to come"},
        {"title|region|lead\n甲|抚顺|县生态环境局", "县生态环境局"},
        {"title|region|lead\n甲|抚顺|省太空厅", "省太空厅"},
        {"title|region|state\n甲|抚顺|公示中", "first and last day"},
        {"title|region|state\n甲|抚顺|快了", "快了"},
        {"number|region\n9|抚顺", "needs a title"},
        {"number|title|region\n1/2|甲|抚顺", "1/2"},
        {"number|title|region\n1|甲|抚顺\n1|甲|抚顺", "Line 2 speaks"},
        {"title|region|due.2\n甲|抚顺|2026-12-01", "no measure 2"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        importing_refuse(model, path, wrong[i].text, &options, wrong[i].words);
    importing_refuse(model, path, "title|region\n甲|抚顺", NULL, "which source");
    model_close(model);
}

/* --- which task ------------------------------------------------------------------------------ */

/* Departments as ledgers call them, which are there under another form of their name. */
static void departments_are_known_by_other_forms_of_their_names(void **state)
{
    static const struct {
        const char *name, *region;
        int64_t id;
    } cases[] = {
        {"省水利厅", "抚顺", 2},
        {"水利厅", "抚顺", 2},
        {"辽宁省水利厅", "抚顺", 2},
        {"省生态环境厅", "盘锦", 1},
        {"市生态环境局", "抚顺", 4},
        {"抚顺市生态环境局", "盘锦", 4},
        {"省住建厅", "抚顺", 11},
        {"辽宁省住建厅", "抚顺", 11},
        {"省住房和城乡建设厅", "抚顺", 11},
        {"辽宁省住房和城乡建设厅", "抚顺", 11},
        {"盘锦市住房城乡建设局", "抚顺", 12},
        {"市住建局", "盘锦", 12},
        {"市住房城乡建设局", "盘锦", 12},
    };
    char path[256];
    struct model *model = importing_open(state, path);
    model_close(model);
    database_write(path,
        "INSERT INTO department (id, name, short, region_id, position) VALUES (11, "
        "'省住房城乡建设厅', '住建厅', 1, 9), (12, '盘锦市住房和城乡建设局', "
        "'盘锦住建局', 4, 1), (13, '抚顺市卫生和健康局', '抚顺卫健局', 3, 2)");
    model = acting_open(path, "李娜", PERSON_OFFICER, NULL);
    struct import *import = import_new(model);
    const struct import_options options = {.source = "L1"};
    struct import_plan plan;
    struct error err = {0};
    import_file(import, "台账.csv");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct import_place place = {.line = i + 2};
        char number[16];
        snprintf(number, sizeof number, "%zu", i + 1);
        import_task(import, place);
        import_value(import, "number", number, place);
        import_value(import, "title", number, place);
        import_value(import, "region", cases[i].region, place);
        import_value(import, "deadline", "长期坚持", place);
        import_value(import, "lead", cases[i].name, place);
    }
    if (!import_write(import, &options, NULL, NULL, &plan, &err)) {
        for (size_t i = 0; i < plan.unit_count; i++)
            print_message("%s\n", plan.unit[i].name);
        fail_msg("%s", err.text);
    }
    import_free(import);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char sql[200];
        snprintf(sql, sizeof sql, "SELECT lead_id FROM task WHERE title = '%zu' AND source_id = 2",
            i + 1);
        importing_number(path, sql, cases[i].id);
    }
    model_close(model);
}

/* Units in any order with any mark between them, or several, are the same units. */
static void lists_of_units_are_divided_anywhere(void **state)
{
    static const char *const names[] = {"省生态环境厅", "省水利厅", "省自然资源厅", "市生态环境局"};
    static const char *const marks[] = {
        "、", "，", "；", ",", ";", "\n", " ", "　", "、 ", "， ", "；\n", " 、"};
    enum { LISTS = 120 };
    char path[256], expected[LISTS][16] = {{0}};
    struct model *model = importing_open(state, path);
    struct import *import = import_new(model);
    const struct import_options options = {.source = "L1"};
    struct import_plan plan;
    struct error err = {0};
    unsigned dice = 20260105;
    import_file(import, "台账.csv");
    for (size_t i = 0; i < LISTS; i++) {
        struct import_place place = {.line = i + 2};
        struct strbuf list = {0};
        char number[16];
        bool told[4] = {false};
        for (size_t count = 1 + i % 4; count > 0; count--) {
            size_t unit = (dice = dice * 1103515245U + 12345U) >> 16 & 3;
            size_t mark = (dice = dice * 1103515245U + 12345U) >> 16;
            strbuf_format(&list, "%s%s", list.length > 0 ? marks[mark % 12] : "", names[unit]);
            told[unit] = true;
        }
        for (size_t unit = 0; unit < 4; unit++)
            snprintf(expected[i] + strlen(expected[i]), 4, told[unit] ? "%zu" : "", unit + 1);
        snprintf(number, sizeof number, "%zu", i + 1);
        import_task(import, place);
        import_value(import, "number", number, place);
        import_value(import, "title", number, place);
        import_value(import, "region", "抚顺", place);
        import_value(import, "deadline", "长期坚持", place);
        import_value(import, "responsible", strbuf_text(&list), place);
        strbuf_clear(&list);
    }
    if (!import_write(import, &options, NULL, NULL, &plan, &err)) {
        importing_expect(&plan, LISTS, 0, 0, 0);
        fail_msg("%s", err.text);
    }
    import_free(import);
    for (size_t i = 0; i < LISTS; i++) {
        char sql[300];
        snprintf(sql, sizeof sql,
            "SELECT group_concat(id, '') = '%.8s' FROM (SELECT d.department_id AS id FROM "
            "task_department d JOIN task t ON t.id = d.task_id WHERE t.title = '%zu' AND d.role = "
            "'responsible' ORDER BY 1)",
            expected[i], i + 1);
        importing_number(path, sql, 1);
    }
    model_close(model);
}

/* The same number in several places: parts of one task, found again by their regions. */
static void places_of_one_number_are_parts(void **state)
{
    static const char text[] = "number|title|region|goal|deadline\n"
                               "012|垃圾填埋场整治|抚顺|甲|2026-12-31\n"
                               "012|垃圾填埋场整治|盘锦|乙|2026-12-31\n"
                               "013|另一项|沈阳||2026-12-31";
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "L1"};
    importing_write(model, text, &options, 3, 0, 0);
    importing_number(path,
        "SELECT count(*) FROM task WHERE number = '012' AND part = 0 AND parent_id IS NULL", 1);
    importing_number(path,
        "SELECT count(*) FROM task p JOIN task t ON t.id = p.parent_id WHERE p.number = '012' "
        "AND t.part = 0 AND p.position = t.position AND p.part IN (1, 2)",
        2);
    importing_number(path,
        "SELECT count(*) FROM task_region r JOIN task t ON t.id = r.task_id WHERE t.part = 0 "
        "AND number = '012'",
        2);
    importing_write(model, text, &options, 0, 0, 3);
    importing_write(model, "number|region|goal\n12|盘锦|丙\n12|抚顺|甲", &options, 0, 1, 1);
    importing_number(
        path, "SELECT count(*) FROM task WHERE goal = '丙' AND region_id = 4 AND part = 2", 1);
    importing_write(model, "number|goal\nL1-012.2|丁", NULL, 0, 1, 0);
    model_close(model);
}

static void without_a_number_it_is_the_title(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_write(
        model, "title|region|deadline\n甲|抚顺|2026-12-31\n乙|盘锦|长期坚持", &options, 2, 0, 0);
    importing_number(path, "SELECT count(*) FROM task WHERE number IN ('001', '002')", 2);
    importing_write(
        model, "title|region|deadline\n乙|盘锦|长期坚持\n甲|抚顺|2027-12-31", &options, 0, 1, 1);
    model_close(model);
}

/* --- states ---------------------------------------------------------------------------------- */

static void a_state_goes_on_by_one_action(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_write(model,
        "number|title|region|deadline|state\n1|甲|抚顺|2026-12-31|\n2|乙|抚顺|2026-12-31|验收中",
        &options, 2, 0, 0);
    importing_write(model, "number|state\n1|整改中\n2|整改中", &options, 0, 1, 1);
    importing_refuse(model, path, "number|state\n1|公示中", &options,
        "one after the other: Submit for acceptance, Take for review, Put on public notice");
    importing_refuse(model, path, "number|state\n2|公示中", &options,
        "it takes, one after the other: Put on public notice");
    importing_write(model, "number|state\n1|申请验收", &options, 0, 1, 0);
    importing_number(path,
        "SELECT count(*) FROM task WHERE state = 'submitted' AND submitted_on = '2026-11-21'", 1);
    model_close(model);
}

static void what_stands_beside_comes_too(void **state)
{
    static const char text[] =
        "number|title|region|deadline|state|publicity|ends_on|office|report|report_percent|period\n"
        "1|甲|抚顺|2026-12-31|公示中|2026-11-16|2026-11-27|整改办|||\n"
        "2|乙|抚顺|2026-12-31|整改中||||正在清淤|40|2026-11-18";
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_write(model, text, &options, 2, 0, 0);
    importing_number(
        path, "SELECT days FROM publicity WHERE day_kind = 'working' AND office = '整改办'", 10);
    importing_number(path, "SELECT percent FROM task WHERE reported_on = '2026-11-16'", 40);
    importing_write(model, text, &options, 0, 0, 2);
    model_close(model);
}

/* What `words` are said of a line, and refuse or do not. */
static void must_say(struct model *model, const char *text, bool refuses, const char *words)
{
    const struct import_options options = {.source = "2"};
    struct import *import = importing_ledger(model, text);
    struct import_plan plan;
    struct error err = {0};
    size_t said = 0;
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    for (size_t i = 0; i < plan.message_count; i++) {
        const char *told = plan.message[i].text;
        said += plan.message[i].refuses == refuses && words && strstr(told, words) != NULL;
        if (words == NULL)
            fail_msg("says: %s", told);
    }
    assert_int_equal(said, words != NULL);
    assert_int_equal(plan.refused, refuses);
    import_free(import);
}

/* A number of one task beside the title of another overwrites neither. */
static void a_title_of_another_task_is_refused(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_write(model,
        "number|title|region\n11|化工园区废水直排入河|抚顺\n12|生活垃圾填埋场渗滤液外溢|盘锦\n"
        "13|养殖小区粪污外溢|沈阳",
        &options, 3, 0, 0);
    importing_write(model,
        "number|title|region\n13.1|养殖小区粪污外溢|抚顺\n13.2|养殖小区粪污外溢|盘锦", &options, 2,
        0, 0);
    importing_refuse(model, path, "number|title\n11|生活垃圾填埋场渗滤液外溢", &options,
        "The number 11 is that of \"化工园区废水直排入河\", but this is the title of the task 2-12 "
        "生活垃圾填埋场渗滤液外溢");
    must_say(model, "number|title\n11|关于生活垃圾填埋场渗滤液外溢问题", true, "2-12 ");
    must_say(model, "number|title\n11|某镇生活垃圾填埋场渗滤液外溢", true, "2-12 ");
    must_say(model, "number|title|region\n11|生活垃圾填埋场渗滤液外溢|盘锦", true, "2-12 ");
    must_say(model, "number|title|region\n11|生活垃圾填埋场渗滤液外溢|抚顺", true, "2-12 ");
    /* told to be of the place of its number, and not of the other's: so it was renamed */
    must_say(model, "number|title|region\n11|某镇生活垃圾填埋场渗滤液外溢|抚顺", false,
        "The task 11 is called otherwise: \"化工园区废水直排入河\", and becomes "
        "\"某镇生活垃圾填埋场渗滤液外溢\"");
    must_say(model, "number|title\n11|河道非法采砂坑未回填", false, "is it the same?");
    must_say(model, "number|title\n11|化工园区废水直排入河整改任务", false, NULL);
    must_say(
        model, "number|title\n11|化工园区废水偷排入河\n12|生活垃圾填埋场渗滤液外溢", false, NULL);
    must_say(model, "number|title\n13.1|养殖小区粪污外溢\n13.2|养殖小区粪污外溢", false, NULL);
    model_close(model);
}

/* Rows of one number and several places are parts where they tell of one task. */
static void other_titles_of_one_number_are_no_parts(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_refuse(model, path,
        "number|title|region\n12|化工园区废水直排入河|抚顺\n12|生活垃圾填埋场渗滤液外溢|盘锦",
        &options, "Line 2 has this number too, for \"化工园区废水直排入河\"");
    importing_refuse(model, path,
        "number|title|region\n12|甲镇畜禽粪污整治|抚顺\n12|甲镇畜禽粪污整治|沈阳\n"
        "12|生活垃圾填埋场渗滤液外溢|盘锦",
        &options, "Line 3 has this number too");
    struct import *import = importing_ledger(
        model, "number|title|region\n12|抚顺市污水处理厂提标|抚顺\n12|盘锦市污水管网建设|盘锦");
    struct import_plan plan;
    struct error err = {0};
    bool warned = false;
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    for (size_t i = 0; i < plan.message_count; i++)
        warned |= !plan.message[i].refuses && plan.message[i].place.line == 3 &&
                  strstr(plan.message[i].text, "they become parts of one task") != NULL;
    assert_true(warned);
    assert_false(plan.refused);
    import_free(import);
    importing_write(model,
        "number|title|region|problem\n12|抚顺片区管网|抚顺|全省污水处理厂进水浓度偏低\n"
        "12|盘锦新建泵站|盘锦|全省污水处理厂进水浓度偏低",
        &options, 2, 0, 0);
    importing_number(path, "SELECT count(*) FROM task WHERE number = '12' AND part > 0", 2);
    model_close(model);
}

static void a_number_of_an_unknown_source_names_it(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_refuse(model, path, "number|title|region\nD3-1|甲|抚顺", &options,
        "No source has the code \"D3\", of which \"D3-1\" would be a number: --source D3=NAME");
    importing_refuse(
        model, path, "number|title|region\n督察-1|甲|抚顺", &options, "cannot be used");
    importing_refuse(
        model, path, "number|title|region\nD3-1-2|甲|抚顺", &options, "cannot be used");
    model_close(model);
}

static void warns(struct model *model, const char *heading, const char *cells, const char *words)
{
    const struct import_options options = {.source = "2"};
    char *text = NULL;
    struct import_plan plan;
    struct error err = {0};
    bool said = false;
    assert_true(asprintf(&text, "number|title|region|deadline|%s\n77|甲|抚顺|2026-12-31|%s",
                    heading, cells) > 0);
    struct import *import = importing_ledger(model, text);
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    assert_false(plan.refused);
    for (size_t i = 0; i < plan.message_count; i++)
        said |= words != NULL && strstr(plan.message[i].text, words) != NULL;
    if (said != (words != NULL) || (words == NULL && plan.message_count > 0))
        fail_msg("%s: %s", text, plan.message_count > 0 ? plan.message[0].text : "nothing");
    import_free(import);
    free(text);
}

/* However many tasks of the place are out of reach. */
static void a_place_is_looked_through_to_its_end(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    struct strbuf text = {0};
    strbuf_add(&text, "number|title|region|lead");
    for (int i = 1; i <= 1003; i++)
        strbuf_format(&text, "\n%d|任务%d|抚顺|%s", i, i, i > 1001 ? "省水利厅" : "省生态环境厅");
    importing_write(model, strbuf_text(&text), &options, 1003, 0, 0);
    strbuf_clear(&text);
    model_close(model);
    model = acting_open(path, "王强", PERSON_DEPARTMENT, "lead:省水利厅");
    importing_refuse(
        model, path, "region|state\n抚顺|整改中", &options, "Several tasks of this source");
    model_close(model);
}

static void a_row_against_itself_is_told(void **state)
{
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    warns(model, "closed_on|state", "2026-06-01|整改中", "A day of closing");
    warns(model, "closed_on|state", "2026-06-01|已销号", NULL);
    warns(model, "percent|progress", "60%|尚未启动", "60% is told, and its progress");
    warns(model, "percent|progress", "60%|已完成整改", "60% is told, and its progress");
    warns(model, "percent|progress|state", "60%|达到序时进度|整改中", NULL);
    warns(model, "percent|state", "60%|整改中", "no progress");
    warns(
        model, "percent|state|progress", "60%|已销号|达到序时进度", "60% is told, and the task is");
    warns(model, "percent|state|progress", "100%|已销号|已完成", NULL);
    warns(
        model, "state|measure.1|done.1|measure.2", "已销号|清淤|2026-06-01|绿化", "not all of its");
    warns(model, "state|measure.1|done.1|measure.2|waived.2", "已销号|清淤|2026-06-01|绿化|已并入",
        NULL);
    warns(model, "state|measure.1", "整改中|清淤", NULL);
    /* once taken in, the same file tells nothing */
    importing_write(model,
        "number|title|region|deadline|percent|progress\n77|甲|抚顺|2026-12-31|60%|尚未启动",
        &options, 1, 0, 0);
    warns(model, "percent|progress", "60%|尚未启动", NULL);
    model_close(model);
}

/* Each text is of the column that its words are of, also where two stand in each other's. */
static void words_of_one_column_below_another(void **state)
{
    static const struct {
        const char *told, *is;
    } rows[] = {{"已完成|已销号|100%", "closed done 100"},
        {"80%|整改中|", "in_progress not_started 80"}, {"60%|已销号|", "closed not_started 60"},
        {"整改中|80%|", "in_progress not_started 80"}, {"已完成|80%|", "in_progress done 80"},
        {"退回|80%|", "in_progress not_started 80"},
        {"已完成|未完成|50%", "in_progress not_started 50"}};
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    for (int i = 0; i < (int)(sizeof rows / sizeof *rows); i++) {
        char *text = NULL, *sql = NULL;
        assert_true(asprintf(&text,
                        "number|title|region|deadline|state|progress|percent\n%d|清理河道%d|抚顺|"
                        "2026-12-31|%s",
                        70 + i, i, rows[i].told) > 0);
        importing_write(model, text, &options, 1, 0, 0);
        assert_true(asprintf(&sql,
                        "SELECT count(*) FROM task WHERE number = '%d' AND source_id = (SELECT id "
                        "FROM source WHERE code = '2') AND state || ' ' || progress || ' ' || "
                        "percent = '%s'",
                        70 + i, rows[i].is) > 0);
        importing_number(path, sql, 1);
        free(sql);
        free(text);
    }
    model_close(model);
}
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_ledger_becomes_tasks, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(what_differs_is_changed, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            other_titles_of_one_number_are_no_parts, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_number_of_an_unknown_source_names_it, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_place_is_looked_through_to_its_end, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_row_against_itself_is_told, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(problems_refuse_all, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            places_of_one_number_are_parts, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            without_a_number_it_is_the_title, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_state_goes_on_by_one_action, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_stands_beside_comes_too, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            departments_are_known_by_other_forms_of_their_names, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            lists_of_units_are_divided_anywhere, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            words_of_one_column_below_another, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_title_of_another_task_is_refused, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
