/* Tasks from outside: which they are, what is read, what is told, and what is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/strbuf.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/found.h"
#include "model/import.h"
#include "model/work.h"

static struct model *made(void **state, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

/* A ledger of one heading line: cells divided by |, rows by line ends; the first row names fields.
 */
static struct import *ledger(struct model *model, const char *text)
{
    struct import *import = import_new(model);
    char names[16][32], *copy = strdup(text), *next = copy, *line;
    size_t columns = 0, number = 0;
    import_file(import, "台账.csv");
    while ((line = strsep(&next, "\n")) != NULL) {
        size_t column = 0;
        char *cell;
        number++;
        if (number > 1)
            import_task(import, (struct import_place){.line = number});
        while ((cell = strsep(&line, "|")) != NULL) {
            if (number == 1)
                snprintf(names[columns++], 32, "%s", cell);
            else
                import_value(import, names[column], cell,
                    (struct import_place){number, column + 1, names[column]});
            column++;
        }
    }
    free(copy);
    return import;
}

static void expect_plan(
    const struct import_plan *plan, size_t new, size_t changed, size_t same, size_t refused)
{
    const size_t want[] = {new, changed, same, refused};
    for (int i = 0; i < IMPORT_KIND_COUNT; i++)
        if (plan->count[i] != want[i]) {
            for (size_t k = 0; k < plan->message_count; k++)
                print_message("line %zu: %s: %s\n", plan->message[k].place.line,
                    plan->message[k].value, plan->message[k].text);
            for (size_t k = 0; k < plan->unit_count; k++)
                print_message("unit %s (%s)\n", plan->unit[k].name, plan->unit[k].nearest);
            for (size_t k = 0; k < plan->result_count; k++)
                for (size_t c = 0; c < plan->result[k].change_count; c++)
                    print_message("%s %s: %s -> %s\n", plan->result[k].ident,
                        plan->result[k].change[c].field, plan->result[k].change[c].before,
                        plan->result[k].change[c].after);
            fail_msg("new %zu changed %zu same %zu refused %zu", plan->count[0], plan->count[1],
                plan->count[2], plan->count[3]);
        }
}

static void expect(const char *path, const char *sql, int64_t value)
{
    int64_t is = database_number(path, sql);
    if (is != value)
        fail_msg("%s: %lld, not %lld", sql, (long long)is, (long long)value);
}

static void must_write(struct model *model, const char *text, const struct import_options *options,
    size_t new, size_t changed, size_t same)
{
    struct import *import = ledger(model, text);
    struct import_plan plan;
    struct error err = {0};
    if (!import_write(import, options, NULL, NULL, &plan, &err)) {
        expect_plan(&plan, new, changed, same, 0);
        fail_msg("%s", err.text);
    }
    expect_plan(&plan, new, changed, same, 0);
    import_free(import);
    acting_whole(model);
}

/* Refused with these words, and nothing written. */
static void must_refuse(struct model *model, const char *path, const char *text,
    const struct import_options *options, const char *words)
{
    struct import *import = ledger(model, text);
    struct import_plan plan;
    struct error err = {0};
    bool said = false;
    int64_t lines = database_number(path, "SELECT count(*) FROM event");
    assert_false(import_write(import, options, NULL, NULL, &plan, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_true(plan.refused);
    for (size_t i = 0; i < plan.message_count; i++)
        said |= plan.message[i].refuses && strstr(plan.message[i].text, words) != NULL;
    for (size_t i = 0; i < plan.unit_count; i++)
        said |= strstr(plan.unit[i].name, words) != NULL;
    for (size_t i = 0; !said && i < plan.message_count; i++)
        print_message("%s\n", plan.message[i].text);
    if (!said)
        fail_msg("nothing says \"%s\"", words);
    assert_int_equal(database_number(path, "SELECT count(*) FROM event"), lines);
    import_free(import);
}

/* --- what comes ------------------------------------------------------------------------------ */

static const char three[] =
    "number|title|region|lead|deadline|state|percent|measure.1|due.1\n"
    "001|辽河口湿地退养还湿|盘锦|省水利厅、省自然资源厅|2026年12月底前|整改中|６０％|清退养殖|2026-"
    "06-30\n"
    "002|抚顺矿坑治理|抚顺市抚顺县|市生态环境局|长期坚持|已销号||编制方案|\n"
    "003|污水处理厂提标|沈阳、抚顺|省生态环境厅|立行立改并长期坚持||0%||";

static void a_ledger_becomes_tasks(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(model, three, &options, 3, 0, 0);
    expect(path,
        "SELECT count(*) FROM task WHERE number = '001' AND source_id = 1 AND state = "
        "'in_progress' AND percent = 60 AND region_id = 4 AND lead_id = 2 AND deadline = "
        "'2026-12-31' AND deadline_raw = '2026年12月底前' AND assigned_on = '2026-11-21'",
        1);
    expect(path, "SELECT department_id FROM task_department WHERE role = 'lead'", 3);
    expect(path, "SELECT region_id * 10 + lead_id FROM task WHERE number = '002'", 54);
    expect(path,
        "SELECT count(*) FROM task WHERE number = '002' AND state = 'closed' AND "
        "deadline IS NULL AND deadline_kind = 'ongoing'",
        1);
    expect(path,
        "SELECT group_concat(one, '') FROM (SELECT r.region_id AS one FROM task_region r JOIN "
        "task t ON t.id = r.task_id WHERE number = '003' ORDER BY r.position)",
        23);
    expect(path, "SELECT count(*) FROM measure", 2);
    expect(path, "SELECT count(*) FROM event WHERE action = 'import' AND task_id IS NOT NULL", 3);
    expect(path, "SELECT count(*) FROM event WHERE action = 'import' AND task_id IS NULL", 1);
    must_write(model, three, &options, 0, 0, 3);
    expect(path, "SELECT count(*) FROM event", 4);
    model_close(model);
}

static void what_differs_is_changed(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(model, three, &options, 3, 0, 0);
    must_write(model,
        "number|percent|lead|goal|measure.1|title\n"
        "1|70|||清退养殖户|\n"
        "2-002|||到位||抚顺矿坑治理\n"
        "003||水利厅|||污水处理厂提标",
        &options, 0, 3, 0);
    expect(path, "SELECT percent FROM task WHERE number = '001'", 70);
    expect(path, "SELECT count(*) FROM task_department WHERE role = 'lead'", 1);
    expect(path, "SELECT lead_id FROM task WHERE number = '003'", 2);
    expect(path, "SELECT count(*) FROM measure WHERE text = '清退养殖户' AND due_on = '2026-06-30'",
        1);
    expect(path, "SELECT count(*) FROM task", 3);
    model_close(model);
}

static void problems_refuse_all(void **state)
{
    char path[256];
    struct model *model = made(state, path);
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
        must_refuse(model, path, wrong[i].text, &options, wrong[i].words);
    must_refuse(model, path, "title|region\n甲|抚顺", NULL, "which source");
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
    struct model *model = made(state, path);
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
        expect(path, sql, cases[i].id);
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
    struct model *model = made(state, path);
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
        expect_plan(&plan, LISTS, 0, 0, 0);
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
        expect(path, sql, 1);
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
    struct model *model = made(state, path);
    const struct import_options options = {.source = "L1"};
    must_write(model, text, &options, 3, 0, 0);
    expect(path,
        "SELECT count(*) FROM task WHERE number = '012' AND part = 0 AND parent_id IS NULL", 1);
    expect(path,
        "SELECT count(*) FROM task p JOIN task t ON t.id = p.parent_id WHERE p.number = '012' "
        "AND t.part = 0 AND p.position = t.position AND p.part IN (1, 2)",
        2);
    expect(path,
        "SELECT count(*) FROM task_region r JOIN task t ON t.id = r.task_id WHERE t.part = 0 "
        "AND number = '012'",
        2);
    must_write(model, text, &options, 0, 0, 3);
    must_write(model, "number|region|goal\n12|盘锦|丙\n12|抚顺|甲", &options, 0, 1, 1);
    expect(path, "SELECT count(*) FROM task WHERE goal = '丙' AND region_id = 4 AND part = 2", 1);
    must_write(model, "number|goal\nL1-012.2|丁", NULL, 0, 1, 0);
    model_close(model);
}

static void without_a_number_it_is_the_title(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(
        model, "title|region|deadline\n甲|抚顺|2026-12-31\n乙|盘锦|长期坚持", &options, 2, 0, 0);
    expect(path, "SELECT count(*) FROM task WHERE number IN ('001', '002')", 2);
    must_write(
        model, "title|region|deadline\n乙|盘锦|长期坚持\n甲|抚顺|2027-12-31", &options, 0, 1, 1);
    model_close(model);
}

/* --- states ---------------------------------------------------------------------------------- */

static void a_state_goes_on_by_one_action(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(model,
        "number|title|region|deadline|state\n1|甲|抚顺|2026-12-31|\n2|乙|抚顺|2026-12-31|验收中",
        &options, 2, 0, 0);
    must_write(model, "number|state\n1|整改中\n2|整改中", &options, 0, 1, 1);
    must_refuse(model, path, "number|state\n1|公示中", &options, "several actions");
    must_refuse(model, path, "number|state\n2|公示中", &options, "publicise");
    must_write(model, "number|state\n1|申请验收", &options, 0, 1, 0);
    expect(path,
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
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(model, text, &options, 2, 0, 0);
    expect(path, "SELECT days FROM publicity WHERE day_kind = 'working' AND office = '整改办'", 10);
    expect(path, "SELECT percent FROM task WHERE reported_on = '2026-11-16'", 40);
    must_write(model, text, &options, 0, 0, 2);
    model_close(model);
}

/* What `words` are said of a line, and refuse or do not. */
static void must_say(struct model *model, const char *text, bool refuses, const char *words)
{
    const struct import_options options = {.source = "2"};
    struct import *import = ledger(model, text);
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
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(model,
        "number|title|region\n11|化工园区废水直排入河|抚顺\n12|生活垃圾填埋场渗滤液外溢|盘锦\n"
        "13|养殖小区粪污外溢|沈阳",
        &options, 3, 0, 0);
    must_write(model, "number|title|region\n13.1|养殖小区粪污外溢|抚顺\n13.2|养殖小区粪污外溢|盘锦",
        &options, 2, 0, 0);
    must_refuse(model, path, "number|title\n11|生活垃圾填埋场渗滤液外溢", &options,
        "The number 11 is that of \"化工园区废水直排入河\", but this is the title of the task 2-12 "
        "生活垃圾填埋场渗滤液外溢");
    must_say(model, "number|title\n11|关于生活垃圾填埋场渗滤液外溢问题", true, "2-12 ");
    must_say(model, "number|title\n11|某镇生活垃圾填埋场渗滤液外溢", true, "2-12 ");
    must_say(model, "number|title|region\n11|生活垃圾填埋场渗滤液外溢|盘锦", true, "2-12 ");
    /* told to be of the place of its number, and not of the other's: so it was renamed */
    must_say(model, "number|title|region\n11|生活垃圾填埋场渗滤液外溢|抚顺", false,
        "The task 11 is called otherwise: \"化工园区废水直排入河\", and becomes "
        "\"生活垃圾填埋场渗滤液外溢\"");
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
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_refuse(model, path,
        "number|title|region\n12|化工园区废水直排入河|抚顺\n12|生活垃圾填埋场渗滤液外溢|盘锦",
        &options, "Line 2 has this number too, for \"化工园区废水直排入河\"");
    must_refuse(model, path,
        "number|title|region\n12|甲镇畜禽粪污整治|抚顺\n12|甲镇畜禽粪污整治|沈阳\n"
        "12|生活垃圾填埋场渗滤液外溢|盘锦",
        &options, "Line 3 has this number too");
    struct import *import = ledger(
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
    must_write(model,
        "number|title|region|problem\n12|抚顺片区管网|抚顺|全省污水处理厂进水浓度偏低\n"
        "12|盘锦新建泵站|盘锦|全省污水处理厂进水浓度偏低",
        &options, 2, 0, 0);
    expect(path, "SELECT count(*) FROM task WHERE number = '12' AND part > 0", 2);
    model_close(model);
}

static void a_number_of_an_unknown_source_names_it(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_refuse(model, path, "number|title|region\nD3-1|甲|抚顺", &options,
        "No source has the code \"D3\", of which \"D3-1\" would be a number: --source D3=NAME");
    must_refuse(model, path, "number|title|region\n督察-1|甲|抚顺", &options, "cannot be used");
    must_refuse(model, path, "number|title|region\nD3-1-2|甲|抚顺", &options, "cannot be used");
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
    struct import *import = ledger(model, text);
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
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    struct strbuf text = {0};
    strbuf_add(&text, "number|title|region|lead");
    for (int i = 1; i <= 1003; i++)
        strbuf_format(&text, "\n%d|任务%d|抚顺|%s", i, i, i > 1001 ? "省水利厅" : "省生态环境厅");
    must_write(model, strbuf_text(&text), &options, 1003, 0, 0);
    strbuf_clear(&text);
    model_close(model);
    model = acting_open(path, "王强", PERSON_DEPARTMENT, "lead:省水利厅");
    must_refuse(model, path, "region|state\n抚顺|整改中", &options, "Several tasks of this source");
    model_close(model);
}

static void a_row_against_itself_is_told(void **state)
{
    char path[256];
    struct model *model = made(state, path);
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
    must_write(model,
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
        {"整改中|80%|", "in_progress not_started 80"}, {"已完成|80%|", "not_started done 80"},
        {"退回|80%|", "in_progress not_started 80"},
        {"已完成|未完成|50%", "not_started not_started 50"}};
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    for (int i = 0; i < (int)(sizeof rows / sizeof *rows); i++) {
        char *text = NULL, *sql = NULL;
        assert_true(asprintf(&text,
                        "number|title|region|deadline|state|progress|percent\n%d|清理河道%d|抚顺|"
                        "2026-12-31|%s",
                        70 + i, i, rows[i].told) > 0);
        must_write(model, text, &options, 1, 0, 0);
        assert_true(asprintf(&sql,
                        "SELECT count(*) FROM task WHERE number = '%d' AND source_id = (SELECT id "
                        "FROM source WHERE code = '2') AND state || ' ' || progress || ' ' || "
                        "percent = '%s'",
                        70 + i, rows[i].is) > 0);
        expect(path, sql, 1);
        free(sql);
        free(text);
    }
    model_close(model);
}

/* --- units and reach ------------------------------------------------------------------------- */

/* Places and governments of many at once, in ledgers as in documents. */
/* Of the processor, for lists of units that are one mark over and over. */
static double seconds_of(struct model *model, const char *mark)
{
    const struct import_options options = {.source = "2"};
    struct import_plan plan;
    struct error err = {0};
    struct strbuf text = {0};
    strbuf_add(&text, "number|title|region|responsible");
    for (int row = 0; row < 30; row++) {
        strbuf_format(&text, "\n%d|任务%d|抚顺|%d", 60 + row, row, row);
        for (int i = 0; i < 5000; i++)
            strbuf_add(&text, mark);
    }
    struct import *import = ledger(model, strbuf_text(&text));
    clock_t from = clock();
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    double took = (double)(clock() - from) / CLOCKS_PER_SEC;
    assert_true(plan.refused);
    import_free(import);
    strbuf_clear(&text);
    return took;
}

/* One that is never closed is not looked for to the end of the text each time. */
static void open_brackets_cost_no_more(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    double other = seconds_of(model, "【"), open = seconds_of(model, "（");
    if (open > other * 6 + 0.3)
        fail_msg("%.2f s, and %.2f s with brackets that are not closed", other, open);
    model_close(model);
}

static void names_of_many_places_are_those_places(void **state)
{
    static const struct {
        const char *region, *ids;
    } places[] = {
        {"全省", "1"},
        {"各市", "2 3 4"},
        {"全省各市", "2 3 4"},
        {"各市人民政府", "2 3 4"},
        {"抚顺市各县（市、区）", "5"},
        {"抚顺市|各县（市、区）", "5"},
        {"抚顺市|各区、县人民政府", "5"},
        {"盘锦市|全市", "4"},
        {"各市、县（市、区）", "2 3 4 5 6"},
    };
    static const struct {
        const char *row, *says;
    } open[] = {
        {"甲|各县（市、区）|||", "it is not told of which city"},
        {"甲|全市|||", "it is not told which place this is of"},
        {"甲|抚顺市||全省|", "this is a place and no unit"},
        {"甲|抚顺市|各市||", "only one can be named here"},
        {"甲|抚顺市|||各市政府", "沈阳市人民政府"},
    };
    char path[256], text[256];
    struct model *model = made(state, path);
    struct import_options options = {.source = "2"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        bool two = strchr(places[i].region, '|') != NULL;
        snprintf(text, sizeof text, "number|title|region|region\n8%zu|任务%zu|%s%s", i, i,
            places[i].region, two ? "" : "|");
        must_write(model, text, &options, 1, 0, 0);
        snprintf(text, sizeof text,
            "SELECT group_concat(region_id, ' ') = '%s' FROM (SELECT task_region.region_id FROM "
            "task_region "
            "JOIN task ON task.id = task_id WHERE number = '8%zu' ORDER BY 1)",
            places[i].ids, i);
        expect(path, text, 1);
    }
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        snprintf(
            text, sizeof text, "title|region|supervisor|responsible|responsible\n%s", open[i].row);
        must_refuse(model, path, text, &options, open[i].says);
    }
    options.create_units = true;
    must_write(model,
        "number|title|region|responsible\n90|甲|抚顺市|各市、县（市、区）人民政府\n"
        "91|乙||各市人民政府、省水利厅",
        &options, 2, 0, 0);
    expect(
        path, "SELECT count(*) FROM department WHERE name = '抚顺县人民政府' AND region_id = 5", 1);
    expect(path,
        "SELECT count(*) FROM task_department JOIN task ON task.id = task_id JOIN department d ON "
        "d.id = department_id WHERE number = '91' AND d.name IN ('沈阳市人民政府', "
        "'抚顺市人民政府', '盘锦市人民政府', '省水利厅')",
        4);
    model_close(model);
}

static void unknown_units_are_made_where_asked(void **state)
{
    static const char text[] = "number|title|region|region|lead|responsible\n"
                               "1|甲|抚顺|沈抚示范区|市城管局|省太空厅\n"
                               "2|乙|盘锦||市城管局|省太空厅";
    char path[256];
    struct model *model = made(state, path);
    struct import_options options = {.source = "2"};
    must_refuse(model, path, text, &options, "市城管局");
    options.create_units = true;
    must_write(model, text, &options, 2, 0, 0);
    expect(path,
        "SELECT count(*) FROM region WHERE name = '沈抚示范区' AND parent_id = 3 AND level = "
        "'county'",
        1);
    expect(path,
        "SELECT sum(region_id) FROM department WHERE name IN ('抚顺市城管局', '盘锦市城管局')",
        3 + 4);
    expect(path, "SELECT region_id FROM department WHERE name = '省太空厅'", 1);
    must_write(model, text, &options, 0, 0, 2);
    model_close(model);
}

static void makes_the_source_that_is_asked_for(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_source source = {"Z9", "专项行动", 2026, RHYTHM_NONE, false};
    const struct import_options options = {.create_source = &source};
    must_write(model, "number|title|region\n1|甲|抚顺", &options, 1, 0, 0);
    expect(path,
        "SELECT count(*) FROM task t JOIN source s ON s.id = t.source_id WHERE s.code = 'Z9' AND "
        "s.year = 2026",
        1);
    must_write(model, "number|title|region\n1|甲|抚顺", &options, 0, 0, 1);
    model_close(model);
}

/* Whatever is told of a number that a task out of reach has, one answer comes: it is taken. */
static void nothing_is_told_of_tasks_out_of_reach(void **state)
{
    static const char *const told[] = {"001|盘锦|整改中|60%|辽河口湿地退养还湿",
        "001|盘锦|已销号|100%|别的", "001|抚顺|整改中|60%|", "001||||辽河口湿地退养还湿",
        "001.1|抚顺|整改中|1%|一部分", "777.1|抚顺|整改中|1%|一部分", "2-001|抚顺|||甲"};
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(model, three, &options, 3, 0, 0);
    model_close(model);
    model = acting_open(path, "王强", PERSON_DEPARTMENT, "region:抚顺");
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct strbuf text = {0};
        strbuf_format(&text, "number|region|state|percent|title\n%s", told[i]);
        struct import *import = ledger(model, strbuf_text(&text));
        struct import_plan plan;
        struct error err = {0};
        assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
        expect_plan(&plan, 0, 0, 0, 1);
        assert_int_equal(plan.message_count, 1);
        bool part = strstr(told[i], ".1") != NULL;
        if (strstr(plan.message[0].text, part ? "There is no task" : "is taken") == NULL)
            fail_msg("%s: %s", told[i], plan.message[0].text);
        if (strstr(told[i], "辽河口") == NULL)
            assert_null(strstr(plan.result[0].title, "辽河口"));
        import_free(import);
        strbuf_clear(&text);
    }
    model_close(model);
}

/* Of a number twice both rows are told, whether the task is there or not, and nothing else. */
static void rows_of_one_task_tell_each_other(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(model, "number|title|region|deadline\n09|甲|抚顺|2026-12-31", &options, 1, 0, 0);
    for (int existing = 0; existing < 2; existing++)
        for (int there = 0; there < 2; there++) {
            struct import *import = import_new(model);
            struct import_plan plan;
            struct error err = {0};
            import_file(import, "清单.txt");
            if (existing)
                import_existing(import);
            for (size_t line = 2; line <= 3; line++) {
                import_task(import, (struct import_place){.line = line});
                import_value(import, "number", there ? "09" : "88",
                    (struct import_place){.line = line, .column = 1});
                import_value(import, "officer", line == 2 ? "老张" : "小王",
                    (struct import_place){.line = line, .column = 2});
            }
            assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
            assert_int_equal(plan.message_count, 2);
            assert_string_equal(plan.message[0].text, "Line 3 speaks of the same task");
            assert_int_equal(plan.message[0].place.line, 2);
            assert_string_equal(plan.message[1].text, "Line 2 speaks of the same task");
            assert_int_equal(plan.message[1].place.line, 3);
            expect_plan(&plan, 0, 0, 0, 2);
            assert_string_equal(plan.result[0].ident, there ? "2-09" : "2-88");
            import_free(import);
        }
    model_close(model);
}

/* 990 and 990.0 are one task, also before anything is written. */
static void part_nought_is_the_task(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_refuse(model, path, "number|title|region\n990|甲|抚顺\n990.0|乙|抚顺", &options,
        "Line 2 speaks of the same task");
    must_write(model, "number|title|region\n9999999999999999|甲|抚顺\n|乙|抚顺\n|丙|抚顺", &options,
        3, 0, 0);
    expect(path, "SELECT count(*) FROM task WHERE length(number) > 16", 0);
    model_close(model);
}

static void nothing_beyond_the_reach(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(model, three, &options, 3, 0, 0);
    model_close(model);
    model = acting_open(path, "王强", PERSON_DEPARTMENT, "region:抚顺");
    must_refuse(model, path, "number|title|region\n9|甲|盘锦", &options, "would not be yours");
    must_refuse(model, path, "number|goal\n001|甲", &options, "is taken");
    must_refuse(model, path, "number|supervisor\n002|水利厅", &options, "may not change");
    must_refuse(model, path, "number|region\n002|盘锦", &options, "would not be yours");
    struct import *import = ledger(model, "number|title|region\n9|甲|盘锦\n10|乙|抚顺");
    struct import_plan plan;
    struct error err = {0};
    assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
    expect_plan(&plan, 1, 0, 0, 1);
    import_free(import);
    expect(path, "SELECT count(*) FROM task", 3);
    model_close(model);
    model = acting_open(path, "张三", PERSON_REPORTER, NULL);
    import = ledger(model, three);
    assert_false(import_look(import, &options, NULL, NULL, &plan, &err));
    assert_int_equal(err.code, ERROR_PERMISSION);
    import_free(import);
    model_close(model);
}

/* --- very many ------------------------------------------------------------------------------- */

static void fill(struct import *import, size_t from, size_t count)
{
    static const char *const regions[] = {"沈阳", "抚顺、盘锦", "抚顺县", "盘山县"},
                             *const states[] = {"整改中", "", "验收中", "已销号"},
                             *const leads[] = {
                                 "省水利厅", "省水利厅、省自然资源厅", "", "省生态环境厅"};
    import_file(import, "大台账.csv");
    for (size_t i = from; i < from + count; i++) {
        const struct import_place place = {i + 1, 1, "列"};
        char text[64];
        import_task(import, place);
        snprintf(text, sizeof text, "%04zu", i);
        import_value(import, "number", text, place);
        snprintf(text, sizeof text, "第%zu号河段整治", i);
        import_value(import, "title", text, place);
        import_value(import, "region", regions[i % 4], place);
        import_value(import, "lead", leads[i / 2 % 4], place);
        import_value(import, "cooperating", leads[i / 3 % 4], place);
        import_value(import, "state", states[i / 5 % 4], place);
        snprintf(text, sizeof text, "2026年%zu月底前", i % 12 + 1);
        import_value(import, "deadline", text, place);
        if (i % 5 == 0) /* in another order than that of their names */
            import_value(import, "measure.10", "复绿河岸", place);
        if (i % 5 == 0)
            import_value(import, "measure.9", "封堵排口", place);
        if (i % 11 == 0)
            import_value(import, "target.2", "水质达标率", place);
        if (i % 11 == 0)
            import_value(import, "value.2", "95", place);
        if (i % 3 == 0)
            import_value(import, "measure.1", "清淤", place);
        if (i % 7 == 0)
            import_value(import, "report", "已开工", place);
    }
}

static void write_many(struct model *model, size_t each, size_t count)
{
    const struct import_options options = {.source = "2"};
    for (size_t i = 0; i < count; i += each) {
        struct import *import = import_new(model);
        struct import_plan plan;
        struct error err = {0};
        fill(import, i, each);
        if (!import_write(import, &options, NULL, NULL, &plan, &err))
            fail_msg("%s", err.text);
        expect_plan(&plan, each, 0, 0, 0);
        import_free(import);
    }
}

/* The rows that a query gives of either file, # being its name: none that the other has not. */
static void same_rows(const char *one, const char *other, const char *query)
{
    struct strbuf sides[2] = {{0}, {0}}, sql = {0};
    static const char *const names[] = {"main", "o"};
    for (int i = 0; i < 2; i++)
        for (const char *at = query; *at != '\0'; at++)
            if (*at == '#')
                strbuf_add(&sides[i], names[i]);
            else
                strbuf_add_char(&sides[i], *at);
    sqlite3 *db;
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open(one, &db), SQLITE_OK);
    strbuf_format(&sql, "ATTACH '%s' AS o", other);
    assert_int_equal(sqlite3_exec(db, strbuf_text(&sql), NULL, NULL, NULL), SQLITE_OK);
    for (int i = 0; i < 2; i++) {
        strbuf_cut(&sql, 0);
        strbuf_format(&sql, "SELECT count(*) FROM (%s EXCEPT %s)", strbuf_text(&sides[i]),
            strbuf_text(&sides[1 - i]));
        if (sqlite3_prepare_v2(db, strbuf_text(&sql), -1, &row, NULL) != SQLITE_OK)
            fail_msg("%s: %s", strbuf_text(&sql), sqlite3_errmsg(db));
        assert_int_equal(sqlite3_step(row), SQLITE_ROW);
        if (sqlite3_column_int(row, 0) != 0)
            fail_msg("%d rows more in %s: %s", sqlite3_column_int(row, 0), i == 0 ? "few" : "many",
                query);
        sqlite3_finalize(row);
    }
    sqlite3_close(db);
    strbuf_clear(&sql);
    strbuf_clear(&sides[0]);
    strbuf_clear(&sides[1]);
}

/* As many as go another way are written as few are. */
static void many_are_written_as_few_are(void **state)
{
    static const char *const same[] = {
        "SELECT id, number, position, title, state, percent, deadline, deadline_kind, "
        "deadline_raw, "
        "assigned_on, lead_id, region_id, reported_on, updated_by, version FROM #.task",
        "SELECT region_id, task_id, position, event_seq > 0 FROM #.task_region",
        "SELECT department_id, task_id, role, position FROM #.task_department",
        "SELECT task_id, position, text, due_on, done_on, waived FROM #.measure",
        "SELECT id, task_id, period_start, period_end, text, percent, reporter FROM #.report",
        "SELECT e.task_id, e.at, e.actor, e.action, e.note, c.field, c.before, c.after FROM "
        "#.event e JOIN "
        "#.event_change c ON c.seq = e.seq WHERE e.task_id IS NOT NULL",
        "SELECT * FROM #.tally_total", "SELECT * FROM #.tally_place", "SELECT * FROM #.tally_due",
        "SELECT * FROM #.tally_owed", "SELECT rowid, title, body FROM #.search"};
    char few[256], many[256];
    struct model *model = made(state, few);
    write_many(model, 200, 1200);
    acting_whole(model);
    model_close(model);
    folder_file(*state, "b.db", many);
    database_make(many);
    model = acting_open(many, "李娜", PERSON_OFFICER, NULL);
    write_many(model, 1200, 1200);
    acting_whole(model);
    model_close(model);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        same_rows(few, many, same[i]);
}

static bool stop(void *context, size_t done, size_t of)
{
    (void)done;
    (void)of;
    ++*(int *)context;
    return false;
}

static void what_is_ended_leaves_no_trace(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    int asked = 0;
    fill(import, 0, 4000);
    assert_false(import_write(import, &options, stop, &asked, &plan, &err));
    assert_int_equal(asked, 1);
    expect(path, "SELECT (SELECT count(*) FROM event) + (SELECT count(*) FROM task)", 0);
    acting_whole(model);
    import_free(import);
    model_close(model);
}

/* --- taken back ------------------------------------------------------------------------------ */

static void an_import_is_taken_back_whole(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(model, three, &options, 3, 0, 0);
    must_write(model, "number|title|region|percent|deadline\n1|||70|\n4|丁|抚顺||长期坚持",
        &options, 1, 1, 0);
    acting_undo(model, false);
    expect(path, "SELECT count(*) * 100 + sum(percent) FROM task", 360);
    acting_undo(model, false);
    expect(path, "SELECT count(*) FROM task", 0);
    acting_undo(model, true);
    expect(path, "SELECT count(*) * 100 + sum(percent) FROM task", 360);
    acting_whole(model);
    must_write(model, three, &options, 0, 0, 3);
    model_close(model);
}

static void what_was_built_on_is_not_taken_back(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    must_write(model, three, &options, 3, 0, 0);
    struct model *other = acting_open(path, "王强", PERSON_ADMIN, NULL);
    const struct argument goal[] = {{"goal", "清零", NULL}};
    acting_do(other, 2, "edit", TOLD(goal));
    model_close(other);
    acting_undo_refused(model, false, ERROR_REFUSED, "王强");
    expect(path, "SELECT count(*) FROM task", 3);
    model_close(model);
}

/* --- at random ------------------------------------------------------------------------------- */

static unsigned rolled(unsigned *dice, unsigned most)
{
    *dice = *dice * 1103515245u + 12345u;
    return (*dice >> 16) % most;
}

/* Rows of some tasks, each field told or not, in words that say the same as `value`. */
static void random_rows(struct import *import, unsigned *dice, const size_t *numbers, size_t count)
{
    static const struct {
        const char *field, *words[4];
    } told[] = {
        {"goal", {"", "恢复湿地", "水质达标", "清零"}},
        {"category", {"", "水", "大气", "土壤"}},
        {"lead", {"", "省水利厅", "水利厅，省自然资源厅", "市生态环境局"}},
        {"cooperating", {"", "省自然资源厅", "省生态环境厅 省水利厅", ""}},
        {"supervisor", {"", "省生态环境厅", "ssthjt", ""}},
        {"officer", {"", "张三", "李四", ""}},
        {"deadline", {"", "2026年6月底前", "2027-01-05", "立行立改"}},
        {"percent", {"", "５０％", "60%", "7"}},
        {"progress", {"", "滞后", "达到序时进度", "超序时"}},
        {"measure.1", {"", "清淤", "截污", "清淤"}},
        {"measure.2", {"", "复绿", "复绿", "补植"}},
        {"assigned_on", {"", "2026/1/5", "2026年1月6日", ""}},
    };
    import_file(import, "随机.csv");
    for (size_t i = 0; i < count; i++) {
        const struct import_place place = {i + 2, 0, NULL};
        char text[64];
        import_task(import, place);
        snprintf(text, sizeof text, "%03zu", numbers[i]);
        import_value(import, "number", text, place);
        snprintf(text, sizeof text, "任务%zu", numbers[i]);
        import_value(import, "title", text, place);
        import_value(import, "region", rolled(dice, 2) ? "抚顺" : "抚顺、盘锦", place);
        for (size_t k = 0; k < sizeof told / sizeof *told; k++)
            import_value(import, told[k].field, told[k].words[rolled(dice, 4)], place);
    }
}

static void twice_is_once(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    const struct import_options options = {.source = "2"};
    unsigned dice = 7;
    for (int round = 0; round < 30; round++) {
        struct import *import = import_new(model);
        struct import_plan plan, again;
        struct error err = {0};
        size_t numbers[8], count = 1 + rolled(&dice, 8), first = rolled(&dice, 12);
        for (size_t i = 0; i < count; i++)
            numbers[i] = first + i + 1;
        random_rows(import, &dice, numbers, count);
        int64_t lines = database_number(path, "SELECT count(*) FROM event");
        assert_true(import_look(import, &options, NULL, NULL, &plan, &err));
        expect(path, "SELECT count(*) FROM event", lines);
        size_t new = plan.count[IMPORT_NEW], changed = plan.count[IMPORT_CHANGED];
        if (!import_write(import, &options, NULL, NULL, &plan, &err))
            expect_plan(&plan, new, changed, count - new - changed, 0);
        expect_plan(&plan, new, changed, count - new - changed, 0);
        assert_true(import_look(import, &options, NULL, NULL, &again, &err));
        expect_plan(&again, 0, 0, count, 0);
        import_free(import);
    }
    acting_whole(model);
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
            open_brackets_cost_no_more, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            names_of_many_places_are_those_places, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            unknown_units_are_made_where_asked, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            makes_the_source_that_is_asked_for, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            nothing_is_told_of_tasks_out_of_reach, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            rows_of_one_task_tell_each_other, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(part_nought_is_the_task, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_title_of_another_task_is_refused, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(nothing_beyond_the_reach, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            many_are_written_as_few_are, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_is_ended_leaves_no_trace, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            an_import_is_taken_back_whole, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_was_built_on_is_not_taken_back, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(twice_is_once, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
