/* A public notice becomes tasks: what it is seen by, what is written, what it joins, what is told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "exchange/notice_propose.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/import.h"

static const char notice_text[] =
    "抚顺县第二轮中央生态环境保护督察反馈意见第二十三项整改任务完成情况公示\r\n"
    "一、整改任务：浑水河沿岸养殖粪污直排\r\n"
    "二、反馈问题：沿岸12处养殖场没有粪污设施。\r\n"
    "三、整改目标：断面达到Ⅲ类。\r\n"
    "四、整改措施：\r\n"
    "1.取缔3处。\r\n"
    "2.改造9处。\r\n"
    "五、整改时限：2026年6月底前\r\n"
    "六、责任单位：省水利厅、省自然资源厅\r\n"
    "七、验收单位：省生态环境厅\r\n"
    "八、整改主要工作及成效\r\n"
    "取缔3处，改造9处，整改任务已完成。\r\n"
    "公示时间：2026年11月2日至11月6日（5个工作日）\r\n"
    "受理部门：抚顺县生态环境分局\r\n"
    "电话：024-52345678 邮箱：fsx@163.com\r\n"
    "地址：石文镇1号\r\n";

static struct model *made(void **state, char path[static 256])
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    database_make(path);
    return acting_open(path, "李娜", PERSON_OFFICER, NULL);
}

static void propose(struct import *import, const char *text)
{
    struct error err = {0};
    const struct import_reading reading = {0};
    struct import_told told;
    import_told_init(&told, "公示.txt");
    import_file(import, "公示.txt");
    if (!import_kind_read(text, strlen(text), &reading, import, &told, &err))
        fail_msg("%s", err.text);
    assert_string_equal(told.kind, "notice");
    import_told_clear(&told);
}

static void print(const struct import_plan *plan)
{
    for (size_t i = 0; i < plan->message_count; i++)
        print_message("%zu %s\n", plan->message[i].place.line, plan->message[i].text);
    for (size_t i = 0; i < plan->unit_count; i++)
        print_message("unit %s\n", plan->unit[i].name);
}

static bool says(const struct import_plan *plan, size_t line, const char *words)
{
    for (size_t i = 0; i < plan->message_count; i++)
        if (plan->message[i].place.line == line && strstr(plan->message[i].text, words) != NULL)
            return true;
    print(plan);
    return false;
}

static void write_notice(struct model *model, const char *text, const char *source,
    enum import_kind kind, size_t messages)
{
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    const struct import_options options = {.source = source};
    propose(import, text);
    if (!import_write(import, &options, NULL, NULL, &plan, &err)) {
        print(&plan);
        fail_msg("%s", err.text);
    }
    if (plan.count[kind] != plan.result_count || plan.message_count != messages)
        print(&plan);
    assert_int_equal(plan.count[kind], plan.result_count);
    assert_int_equal(plan.message_count, messages);
    import_free(import);
    acting_whole(model);
}

static void expect(const char *path, const char *sql, int64_t value)
{
    int64_t is = database_number(path, sql);
    if (is != value)
        fail_msg("%s: %lld, not %lld", sql, (long long)is, (long long)value);
}

static void a_notice_becomes_a_task(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    write_notice(model, notice_text, NULL, IMPORT_NEW, 0);
    expect(path,
        "SELECT count(*) FROM task WHERE source_id = 1 AND number = '23' AND region_id = 5 AND "
        "title = '浑水河沿岸养殖粪污直排' AND problem = '沿岸12处养殖场没有粪污设施。' AND goal = "
        "'断面达到Ⅲ类。' AND deadline = '2026-06-30' AND deadline_raw = '2026年6月底前' AND "
        "supervisor_id = 1 AND state = 'publicised'",
        1);
    expect(path, "SELECT count(*) FROM task_department WHERE role = 'responsible'", 2);
    expect(path, "SELECT count(*) FROM measure WHERE text IN ('取缔3处。', '改造9处。')", 2);
    expect(path,
        "SELECT count(*) FROM publicity WHERE starts_on = '2026-11-02' AND ends_on = '2026-11-06' "
        "AND "
        "days = 5 AND day_kind = 'working' AND office = '抚顺县生态环境分局' AND phone = "
        "'024-52345678' AND address = '石文镇1号' AND email = 'fsx@163.com' AND results = "
        "'取缔3处，改造9处，整改任务已完成。'",
        1);
    int64_t lines = database_number(path, "SELECT count(*) FROM event");
    write_notice(model, notice_text, NULL, IMPORT_SAME, 0);
    expect(path, "SELECT count(*) FROM event", lines);
    model_close(model);
}

/* Task 2-023; in review it has been accepted and may be put on public notice. */
static void put_task(struct model *model, const char *title, const char *region, const char *state)
{
    const struct import_place place = {.line = 1, .heading = ""};
    struct import *import = import_new(model);
    struct import_plan plan;
    struct error err = {0};
    import_file(import, "a");
    import_task(import, place);
    import_value(import, "number", "2-023", place);
    import_value(import, "title", title, place);
    import_value(import, "region", region, place);
    import_value(import, "state", state, place);
    import_value(import, "deadline", "2026-12-31", place);
    import_value(import, "submitted_on", "2026-10-01", place);
    import_value(import, "review_level", "county", place);
    import_value(import, "reviewed_on", "2026-10-10", place);
    if (!import_write(import, NULL, NULL, NULL, &plan, &err)) {
        print(&plan);
        fail_msg("%s", err.text);
    }
    import_free(import);
}

static void the_task_that_is_there_is_joined(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    put_task(model, "整治浑水河沿岸养殖粪污", "抚顺县", "in_review");
    write_notice(model, notice_text, NULL, IMPORT_CHANGED, 1); /* the deadline moves */
    expect(path,
        "SELECT count(*) FROM task WHERE number = '023' AND title = '整治浑水河沿岸养殖粪污' AND "
        "state "
        "= 'publicised' AND region_id = 5",
        1);
    expect(path, "SELECT count(*) FROM publicity", 1);
    write_notice(model, notice_text, NULL, IMPORT_SAME, 0);
    model_close(model);
}

static void look(struct model *model, const char *text, const char *source, struct import **import,
    struct import_plan *plan)
{
    struct error err = {0};
    const struct import_options options = {.source = source};
    *import = import_new(model);
    propose(*import, text);
    assert_true(import_look(*import, &options, NULL, NULL, plan, &err));
}

static void another_task_of_the_number_is_refused(void **state)
{
    static const char placeless[] = "第二轮中央生态环境保护督察第二十三项整改任务公示\n"
                                    "整改任务：浑水河沿岸养殖粪污直排\n整改目标：达标。\n";
    static const struct {
        const char *region, *text;
        size_t line;
        bool refused;
    } rows[] = {
        {"抚顺县", notice_text, 2, false},
        {"抚顺市", notice_text, 2, true},
        {"抚顺县", placeless, 2, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[256], name[] = {(char)('a' + i), '\0'};
        struct import *import;
        struct import_plan plan;
        setenv("DUBAN_NOW", DATABASE_NOW, 1);
        folder_file(*state, name, path);
        database_make(path);
        struct model *model = acting_open(path, "李娜", PERSON_OFFICER, NULL);
        put_task(model, "关停采石场", rows[i].region, "in_review");
        look(model, rows[i].text, NULL, &import, &plan);
        print_message("%zu\n", i);
        assert_int_equal(plan.refused, rows[i].refused);
        if (rows[i].refused)
            assert_true(says(&plan, rows[i].line,
                "The task 023 of this source is called \"关停采石场\", here it is "
                "\"浑水河沿岸养殖粪污直排\", and its place is not told, or another: put the number "
                "right"));
        else
            assert_true(says(&plan, rows[i].line, "called otherwise: \"关停采石场\""));
        import_free(import);
        model_close(model);
    }
}

/* Without a number: which task, or "" for a new one, and what is told. */
static void a_title_in_other_words_is_the_same_task(void **state)
{
    static const struct {
        const char *place, *title, *ident, *says;
    } rows[] = {
        {"抚顺县", "浑水河沿岸养殖粪污直排", "2-023", NULL},
        {"抚顺县", "“浑水河”沿岸养殖粪污直排", "2-023", "is called \"浑水河沿岸养殖粪污直排\""},
        {"抚顺县", "关于浑水河沿岸养殖粪污直排问题", "2-023", "Taken for the task"},
        {"抚顺县", "浑水河沿岸养殖粪污直排问题的整改", "2-023", "Taken for the task"},
        {"抚顺县", "浑水河沿岸，养殖粪污直排（整改任务）", "2-023", "Taken for the task"},
        {"", "浑水河沿岸养殖粪污直排问题", "2-023", "Taken for the task"},
        {"抚顺县", "浑水河沿岸养殖粪污直排（序号23）", "2-023", NULL},
        {"抚顺县", "浑水河沿岸养殖粪污直排（编号：2-23）", "2-023", NULL},
        {"抚顺县", "浑水河沿岸养殖粪污直排(第二十三项)。", "2-023", NULL},
        {"抚顺县", "整治浑水河沿岸养殖粪污", "refused", "called nearly so: 2-023 浑水河沿岸"},
        {"抚顺县", "浑水河沿岸养殖粪污直排（附件二）", "refused", "called nearly so: 2-023 浑水河"},
        {"抚顺县", "整治浑水河沿岸养殖粪污（序号99）", "",
            "the nearest of this source is 2-023 浑水"},
        {"抚顺县", "关停采石场", "", NULL},
        {"沈阳市", "浑水河沿岸养殖粪污直排", "", NULL},
        {"沈阳市", "浑水河沿岸养殖粪污直排问题", "", NULL},
        {"沈阳市", "整治浑水河沿岸养殖粪污", "", NULL},
    };
    char path[256];
    struct model *model = made(state, path);
    put_task(model, "浑水河沿岸养殖粪污直排", "抚顺县", "in_review");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct import *import;
        struct import_plan plan;
        char *text = alloc_format("%s第二轮中央生态环境保护督察整改公示\n整改任务：%s\n"
                                  "整改目标：达标。\n整改时限：2026-12-31\n",
            rows[i].place, rows[i].title);
        look(model, text, NULL, &import, &plan);
        print_message("%zu\n", i);
        bool refused = strcmp(rows[i].ident, "refused") == 0;
        assert_int_equal(plan.refused, refused);
        if (rows[i].ident[0] != '\0' && !refused)
            assert_string_equal(plan.result[0].ident, rows[i].ident);
        assert_int_equal(plan.count[IMPORT_NEW], rows[i].ident[0] == '\0');
        if (rows[i].says != NULL)
            assert_true(says(&plan, 2, rows[i].says));
        else
            assert_false(says(&plan, 2, ""));
        import_free(import);
        free(text);
    }
    model_close(model);
}

static void another_place_makes_a_part(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    struct import *import;
    struct import_plan plan;
    put_task(model, "整治浑水河沿岸养殖粪污", "沈阳市", "in_progress");
    look(model, notice_text, NULL, &import, &plan);
    assert_false(plan.refused);
    assert_int_equal(plan.count[IMPORT_NEW], 1);
    assert_string_equal(plan.result[0].ident, "2-023.1");
    assert_true(says(&plan, 1, "is of another place"));
    import_free(import);
    write_notice(model, notice_text, NULL, IMPORT_NEW, 1);
    write_notice(model, notice_text, NULL, IMPORT_SAME, 0);
    expect(
        path, "SELECT count(*) FROM task WHERE number = '023' AND part = 1 AND region_id = 5", 1);
    model_close(model);
}

/* Cities stand before or behind the counties of others, as they were put in. */
static void a_county_of_two_cities_is_that_of_the_city_named(void **state)
{
    static const struct {
        const char *place;
        int64_t region; /* 0: none of these */
    } places[] = {
        {"鞍山市铁西区", 23},
        {"沈阳市铁西区", 21},
        {"辽宁省鞍山市", 22},
        {"铁西区", 0},
        {"沈阳市、鞍山市铁西区", 0},
    };
    char path[256];
    folder_file(*state, "a.db", path);
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    database_make(path);
    database_write(path,
        "INSERT INTO region (id, code, name, short, level, parent_id, position) VALUES"
        " (21, 'a', '铁西区', '铁西', 'county', 2, 11), (22, 'b', '鞍山市', '鞍山', 'city', 1, 12),"
        " (23, 'c', '铁西区', '铁西', 'county', 22, 13)");
    struct model *model = acting_open(path, "李娜", PERSON_OFFICER, NULL);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct import *import = import_new(model);
        struct import_plan plan;
        struct error err = {0};
        const struct import_options options = {.source = "L1"};
        char *text = alloc_format("%s整改公示\n编号：%zu\n整改任务：清河\n整改目标：达标。\n"
                                  "整改时限：2026年底前\n",
            places[i].place, i + 1);
        char *sql = alloc_format("SELECT coalesce(max(region_id), 0) FROM task WHERE number = "
                                 "'%zu' AND region_id > 20",
            i + 1);
        propose(import, text);
        if (!import_write(import, &options, NULL, NULL, &plan, &err) && places[i].region != 0)
            print(&plan);
        expect(path, sql, places[i].region);
        import_free(import);
        free(text);
        free(sql);
    }
    model_close(model);
}

static void a_state_that_is_not_possible_names_what_to_do(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    struct import *import;
    struct import_plan plan;
    put_task(model, "整治浑水河沿岸养殖粪污", "抚顺县", "in_progress");
    look(model, notice_text, NULL, &import, &plan);
    assert_false(plan.refused);
    assert_int_equal(plan.count[IMPORT_CHANGED], 1);
    bool labelled = false;
    for (size_t k = 0; k < plan.message_count; k++) {
        assert_string_not_equal(plan.message[k].value, "publicised");
        labelled |= strcmp(plan.message[k].value, "on public notice") == 0;
    }
    assert_true(labelled);
    assert_true(says(&plan, 12,
        "it takes, one after the other: Submit for acceptance, Take for review, Put on public "
        "notice"));
    assert_true(
        says(&plan, 12, "at the step \"Put on public notice\" tell the same first and last"));
    import_free(import);
    model_close(model);
}

static void a_notice_that_does_not_say_done_says_so(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    struct import *import;
    struct import_plan plan;
    look(model,
        "抚顺县整改公示\n整改任务：清河\n整改情况：拆除围堤126公里。\n整改时限：2026年底前\n"
        "公示时间：2026年11月2日至11月6日\n",
        "L1", &import, &plan);
    assert_false(plan.refused);
    assert_int_equal(plan.message_count, 1);
    assert_true(says(&plan, 5, "but not that all is done"));
    import_free(import);
    model_close(model);
}

static void the_source_is_told_or_asked_for(void **state)
{
    static const struct {
        const char *head, *source, *says;
        bool refused;
    } heads[] = {
        {"第2轮中央环保督察反馈第5项整改任务公示", NULL, NULL, false},
        {"2021年中央生态环境保护督察第5项整改任务公示", NULL, NULL, false},
        {"第三轮中央生态环境保护督察第5项整改任务公示", NULL,
            "or on the board in the line \"Source of lines", true},
        {"第三轮中央生态环境保护督察第5项整改任务公示", "L1", "it is taken as 抚顺县问题清单",
            false},
        {"中央生态环境保护督察第5项整改任务公示", NULL, "read as 第二轮中央生态环境保护督察",
            false},
        {"第5项整改任务公示", NULL, "or on the board in the line \"Source of lines", true},
        {"第5项整改任务公示", "L1", NULL, false},
    };
    char path[256];
    struct model *model = made(state, path);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct import *import;
        struct import_plan plan;
        char *text =
            alloc_format("%s\n整改任务：清河\n整改目标：抚顺县清河达标。\n整改时限：2026年底前\n"
                         "责任地区：抚顺县\n",
                heads[i].head);
        look(model, text, heads[i].source, &import, &plan);
        print_message("%s\n", heads[i].head);
        if (plan.refused != heads[i].refused)
            print(&plan);
        assert_int_equal(plan.refused, heads[i].refused);
        size_t line = heads[i].refused ? 2 : 1; /* of the task, or of the number in the head */
        bool told =
            heads[i].says == NULL ? plan.message_count == 0 : says(&plan, line, heads[i].says);
        assert_true(told);
        import_free(import);
        free(text);
    }
    model_close(model);
}

static void days_and_counts_that_contradict(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    struct import *import;
    struct import_plan plan;
    look(model,
        "抚顺县整改公示\n整改任务：清河\n整改目标：达标。\n整改时限：2026年底前\n公示时间：2026年11"
        "月2日至11月9日（"
        "5个工作日）\n",
        "L1", &import, &plan);
    assert_false(plan.refused);
    assert_true(says(&plan, 5, "5 days are told, but it lasts 6 working days"));
    import_free(import);
    model_close(model);
}

static void deadlines_are_read_or_told(void **state)
{
    static const struct {
        const char *words, *says;
        const char *date; /* "": refused */
    } rows[] = {
        {"2025年底前完成一期，2027年底前完成二期。", "the last is the deadline, 2027-12-31",
            "2027-12-31"},
        {"“十四五”末", NULL, "2025-12-31"},
        {"12月31日前", "\"12月31日前\" does not say of which year", ""},
        {"年底前完成", "does not say of which year", ""},
    };
    char path[256];
    struct model *model = made(state, path);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct import *import;
        struct import_plan plan;
        char *text = alloc_format("抚顺县第二轮中央生态环境保护督察整改公示\n编号：3%zu\n"
                                  "整改任务：第%zu条河\n整改目标：达标。\n整改时限：%s\n",
            i, i, rows[i].words);
        look(model, text, NULL, &import, &plan);
        print_message("%s\n", rows[i].words);
        assert_int_equal(plan.refused, rows[i].date[0] == '\0');
        assert_true(rows[i].says == NULL || says(&plan, 5, rows[i].says));
        import_free(import);
        if (rows[i].date[0] != '\0') {
            write_notice(model, text, NULL, IMPORT_NEW, rows[i].says != NULL);
            char *sql = alloc_format("SELECT count(*) FROM task WHERE number = '3%zu' AND "
                                     "deadline = '%s' AND deadline_raw <> ''",
                i, rows[i].date);
            expect(path, sql, 1);
            free(sql);
        }
        free(text);
    }
    model_close(model);
}

static void without_days_nothing_is_on_notice(void **state)
{
    char path[256];
    struct model *model = made(state, path);
    struct import *import;
    struct import_plan plan;
    look(model,
        "抚顺县整改公示\n整改任务：清河\n整改目标：达标。\n整改时限：2026年底前\n完成情况：已完成整"
        "改。\n公示时间：2026年"
        "1l月2日至11月9日\n电话：024-52345678\n",
        "L1", &import, &plan);
    assert_false(plan.refused);
    assert_true(says(&plan, 6, "a digit is damaged"));
    assert_true(says(&plan, 2, "are not taken over"));
    assert_true(says(&plan, 5, "its state is not taken over"));
    import_free(import);
    model_close(model);
}

/* --- what it is seen by ---------------------------------------------------------------------- */

static const char *kind_of(const char *text)
{
    struct import_document document = {.bytes = text,
        .count = strlen(text),
        .text = {.bytes = (char *)text, .count = strlen(text), .charset = "UTF-8"}};
    const char *best = "";
    int surest = 0;
    for (const struct import_reader *reader = import_readers; reader->name; reader++)
        if (reader->is_text && reader->detect(&document) > surest) {
            surest = reader->detect(&document);
            best = reader->name;
        }
    return best;
}

static void notices_are_known_from_other_files(void **state)
{
    static const struct {
        const char *text, *kind;
    } files[] = {
        {notice_text, "notice"},
        {"整改情况公示\n整改任务：清河\n整改措施：\n1.清理。\n2.护岸。\n3.巡查。\n", "notice"},
        {"反馈问题：清河\n整改措施：\n1.清理。（责任单位：省水利厅）\n2."
         "护岸。（责任单位：省水利厅）\n以上情况现予公示。\n",
            "notice"},
        {"治水方案\n1.清河。整改结果向社会公示。（责任单位：省水利厅）\n2."
         "护岸。（责任单位：省水利厅）\n",
            "plan"},
        {"整改方案\n一、整改目标\n全面达标，结果及时公示。\n二、整改措施\n1."
         "清河。（责任单位：省水利厅）\n2.护岸，公示"
         "名单。（责任单位：省水利厅）\n",
            "plan"},
        {"编号,整改任务,整改目标,公示开始日期\n1,清河,达标,2026-03-02\n2,护岸,达标,2026-03-02\n",
            "ledger"},
        {"编号\t整改任务\t整改措施\t备注\n1\t清河\t公示\t已公示\n2\t护岸\t公示\t已公示\n",
            "ledger"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        print_message("%zu\n", i);
        assert_string_equal(kind_of(files[i].text), files[i].kind);
    }
}

static void what_is_no_notice_is_refused(void **state)
{
    static const char *const map[] = {"甲=title"};
    char path[256];
    struct model *model = made(state, path);
    struct import *import = import_new(model);
    struct import_told told;
    struct error err = {0};
    struct import_reading reading = {.kind = "notice"};
    const char *text = "各市人民政府：\n现将方案印发给你们。\n";
    import_told_init(&told, "公示.txt");
    assert_false(import_kind_read(text, strlen(text), &reading, import, &told, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    reading.map = map;
    reading.map_count = 1;
    assert_false(import_kind_read(notice_text, strlen(notice_text), &reading, import, &told, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    reading.map_count = 0;
    struct strbuf large = {0};
    while (large.length <= 1 << 20)
        strbuf_add(&large, notice_text);
    import_told_clear(&told);
    import_told_init(&told, "公示.txt");
    assert_false(import_kind_read(large.text, large.length, &reading, import, &told, &err));
    assert_non_null(strstr(err.text, "at most 1 MB"));
    strbuf_clear(&large);
    assert_int_equal(import_count(import), 0);
    import_told_clear(&told);
    import_free(import);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_notice_becomes_a_task, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            the_task_that_is_there_is_joined, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            another_task_of_the_number_is_refused, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_title_in_other_words_is_the_same_task, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            another_place_makes_a_part, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_county_of_two_cities_is_that_of_the_city_named, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_state_that_is_not_possible_names_what_to_do, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_notice_that_does_not_say_done_says_so, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            the_source_is_told_or_asked_for, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            days_and_counts_that_contradict, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            deadlines_are_read_or_told, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            without_days_nothing_is_on_notice, folder_set_up, folder_tear_down),
        cmocka_unit_test(notices_are_known_from_other_files),
        cmocka_unit_test_setup_teardown(
            what_is_no_notice_is_refused, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
