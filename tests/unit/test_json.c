/* json_write: the keys others build on, nulls where nothing is known, and whole output in pieces.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/json_write.h"
#include "harness/folder.h"
#include "model/task_detail.h"
#include "store/db.h"

static const char *const units =
    "INSERT INTO region (id, code, name, short, level, parent_id) VALUES"
    " (1, '210000', '辽宁省', '辽宁', 'province', NULL), (2, '211100', '盘锦市', '盘锦', 'city', "
    "1);"
    "INSERT INTO department (id, name, short, region_id) VALUES"
    " (1, '省生态环境厅', '生态环境厅', 1), (2, '省水利厅', '水利厅', 1);"
    "INSERT INTO source (id, code, name, year) VALUES (1, '2', '第二轮督察', 2021);"
    "INSERT INTO sponsor (id, name) VALUES (1, '周立民');"
    "INSERT INTO task (id, source_id, number, title, goal, category, region_id, lead_id, "
    "supervisor_id,"
    " sponsor_id, state, returned, progress, percent, deadline, deadline_raw, version, updated_at, "
    "updated_by)"
    " VALUES (1, 1, '047', '辽河口\"湿地\"', '目标', '湿地', 2, 2, 1, 1, 'in_progress', 1, "
    "'behind', 60,"
    " '2026-11-15', '2026年11月15日前', 3, '2026-11-20T01:02:03.004Z', '李娜'),"
    " (2, 1, '048', '只有题目', '', '', 1, NULL, NULL, NULL, 'not_started', 0, 'not_started', 0, "
    "NULL, '', 1,"
    " '2026-11-20T01:02:03.004Z', ''), (3, 1, '049', '第三', '', '', 1, NULL, NULL, NULL, "
    "'closed', 0, 'done',"
    " 100, '2026-01-31', '', 1, '2026-11-20T01:02:03.004Z', '');"
    "INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES (1, 1, 1, 1);"
    "INSERT INTO task_department (department_id, task_id, role, position, event_seq) VALUES (1, 1, "
    "'responsible', 0, 1), (2, 1, 'cooperating', 0, 1);"
    "INSERT INTO measure (task_id, position, text, due_on, done_on, event_seq) VALUES"
    " (1, 1, '退养', '2026-06-30', '2026-06-20', 1), (1, 2, '还湿', NULL, NULL, 1);";
static const char *const belongings =
    "INSERT INTO report (task_id, period_start, period_end, region_id, department_id, text, "
    "problems, next_step,"
    " percent, progress, reporter, reported_at, event_seq) VALUES"
    " (1, '2026-11-09', '2026-11-15', 2, NULL, '六成', '难', '继续', 60, 'behind', '王强', "
    "'2026-11-16T02:00:00.000Z', 1),"
    " (1, '2026-11-02', '2026-11-08', NULL, 2, '', '', '', NULL, NULL, '', "
    "'2026-11-09T02:00:00.000Z', 1);"
    "INSERT INTO notice (task_id, level, document, issuer, reason, issued_on, reply_due, "
    "event_seq) VALUES"
    " (1, 'letter', '3号', '督改办', '慢', '2026-11-01', '2026-11-10', 1);"
    "INSERT INTO review (task_id, level, result, conclusion, department_id, reviewer, reviewed_on, "
    "event_seq) VALUES"
    " (1, 'city', 'returned', '不足', 1, '刘洋', '2026-09-15', 1);"
    "INSERT INTO publicity (task_id, starts_on, ends_on, days, office, phone, address, email, "
    "event_seq) VALUES"
    " (1, '2026-08-03', '2026-08-11', 7, '督改办', '1101', '沈阳', 'a@b.cn', 1);"
    "INSERT INTO objection (publicity_id, task_id, raised_on, channel, raiser, text, event_seq) "
    "VALUES"
    " (1, 1, '2026-08-05', 'letter', '村民', '没退', 1);"
    "INSERT INTO extension (task_id, old_deadline, new_deadline, reason, asked_on, asked_by, "
    "decided_on, decided_by,"
    " approved, comment, event_seq) VALUES"
    " (1, '2026-10-31', '2026-11-15', '汛期', '2026-10-01', '赵宇', '2026-10-05', '陈静', 1, "
    "'同意', 1);";

struct sink {
    struct strbuf text;
    size_t writes, fails_at; /* 0: never */
};

static bool take(void *context, const char *bytes, size_t count)
{
    struct sink *sink = context;
    if (++sink->writes == sink->fails_at)
        return false;
    strbuf_add_n(&sink->text, bytes, count);
    return true;
}

static void run(struct db *db, const char *sql)
{
    struct error err;
    assert_true(db_write_begin(db, &err));
    if (!db_script(db, sql, &err))
        fail_msg("%s", err.text);
    assert_true(db_write_commit(db, &err));
}

static struct model *open_model(void *folder)
{
    char path[256];
    struct error err;
    struct db *db;
    struct model *model;
    setenv("DUBAN_NOW", "2026-11-21T21:47:00+08:00", 1);
    assert_true(db_open(folder_file(folder, "json.db", path), DB_CREATE, &db, &err));
    run(db, units);
    run(db, belongings);
    run(db, "DROP TRIGGER event_no_delete; DROP TRIGGER event_change_no_delete;"
            "DELETE FROM event_change; DELETE FROM event;"
            "INSERT INTO event (seq, at, actor, origin, task_id, action, note, hash)"
            " VALUES (1, '2026-11-20T01:02:03.004Z', '李娜', 'pts/1', 1, 'report', '注', 'ab');"
            "INSERT INTO event_change VALUES (1, 'percent', '50', '60'), (1, 'state', 'a', 'b')");
    db_close(db);
    struct model_options options = {.path = path, .due_soon_days = 30, .due_urgent_days = 7};
    assert_true(model_open(&options, &model, &err));
    return model;
}

static void put(struct json *json, struct model *model, int64_t id, bool whole)
{
    struct error err;
    struct task_detail *detail;
    if (!task_detail_read(model, id, &detail, &err))
        fail_msg("%s", err.text);
    assert_true(json_task(json, model, detail, whole));
    task_detail_free(detail);
}

static void writes_a_list(void **state)
{
    struct model *model = open_model(*state);
    struct sink sink = {0};
    struct json *json = json_new(false, take, &sink);
    put(json, model, 1, false);
    put(json, model, 2, false);
    assert_true(json_end(json));
    assert_string_equal(strbuf_text(&sink.text),
        "[{\"id\":\"2-047\",\"source\":\"第二轮督察\",\"number\":\"047\",\"title\":"
        "\"辽河口\\\"湿地\\\"\","
        "\"goal\":\"目标\",\"category\":\"湿地\",\"state\":\"in_progress\",\"progress\":\"behind\","
        "\"percent\":60,"
        "\"light\":\"overdue\",\"deadline\":\"2026-11-15\",\"deadline_raw\":\"2026年11月15日前\","
        "\"deadline_kind\":\"date\",\"days_left\":-6,\"lead\":[\"省水利厅\"],\"responsible\":["
        "\"省生态环境厅\",\"省水利厅\"],\"cooperating\":[\"省水利厅\"],"
        "\"supervisor\":\"省生态环境厅\",\"regions\":[\"盘锦市\",\"辽宁省\"],\"region_codes\":["
        "\"211100\",\"210000\"],"
        "\"sponsor\":\"周立民\",\"measures\":[{\"position\":1,\"text\":\"退养\",\"due\":\"2026-06-"
        "30\","
        "\"done\":\"2026-06-20\"},{\"position\":2,\"text\":\"还湿\",\"due\":null,\"done\":null}],"
        "\"reported_at\":\"2026-11-16T02:00:00.000Z\",\"updated_at\":\"2026-11-20T01:02:03.004Z\","
        "\"updated_by\":\"李娜\",\"version\":5},"
        "{\"id\":\"2-048\",\"source\":\"第二轮督察\",\"number\":\"048\",\"title\":\"只有题目\","
        "\"goal\":\"\","
        "\"category\":\"\",\"state\":\"not_started\",\"progress\":\"not_started\",\"percent\":0,"
        "\"light\":\"unreported\",\"deadline\":null,\"deadline_raw\":\"\",\"deadline_kind\":"
        "\"date\","
        "\"days_left\":null,\"lead\":[],\"responsible\":[],\"cooperating\":[],\"supervisor\":null,"
        "\"regions\":["
        "\"辽宁省\"],"
        "\"region_codes\":[\"210000\"],\"sponsor\":null,\"measures\":[],\"reported_at\":null,"
        "\"updated_at\":\"2026-11-20T01:02:03.004Z\",\"updated_by\":\"\",\"version\":1}]\n");
    strbuf_clear(&sink.text);
    model_close(model);
}

static void writes_all_of_a_task(void **state)
{
    static const char *const parts[] = {
        "\"reports\":[{\"period_start\":\"2026-11-09\",\"period_end\":\"2026-11-15\",\"unit\":"
        "\"盘锦市\","
        "\"reporter\":\"王强\",\"percent\":60,\"progress\":\"behind\",\"text\":\"六成\","
        "\"problems\":\"难\","
        "\"next_step\":\"继续\",\"reported_at\":\"2026-11-16T02:00:00.000Z\"},{\"period_start\":"
        "\"2026-11-02\","
        "\"period_end\":\"2026-11-08\",\"unit\":\"省水利厅\",\"reporter\":\"\",\"percent\":null,"
        "\"progress\":null,"
        "\"text\":\"\",\"problems\":\"\",\"next_step\":\"\",\"reported_at\":\"2026-11-09T02:00:00."
        "000Z\"}]",
        "\"notices\":[{\"level\":\"letter\",\"document\":\"3号\",\"issuer\":\"督改办\",\"reason\":"
        "\"慢\","
        "\"issued\":\"2026-11-01\",\"reply_due\":\"2026-11-10\",\"replied\":null,\"reply\":\"\","
        "\"lifted\":null}]",
        "\"reviews\":[{\"level\":\"city\",\"result\":\"returned\",\"conclusion\":\"不足\","
        "\"department\":\"省生态环境厅\",\"reviewer\":\"刘洋\",\"date\":\"2026-09-15\"}]",
        "\"extensions\":[{\"old\":\"2026-10-31\",\"new\":\"2026-11-15\",\"reason\":\"汛期\","
        "\"asked\":\"2026-10-01\","
        "\"asked_by\":\"赵宇\",\"decided\":\"2026-10-05\",\"decided_by\":\"陈静\",\"approved\":"
        "true,"
        "\"comment\":\"同意\"}]",
        "\"publicity\":[{\"starts\":\"2026-08-03\",\"ends\":\"2026-08-11\",\"days\":7,\"day_kind\":"
        "\"working\","
        "\"office\":\"督改办\",\"phone\":\"1101\",\"address\":\"沈阳\",\"email\":\"a@b.cn\"}]",
        "\"objections\":[{\"raised\":\"2026-08-05\",\"channel\":\"letter\",\"raiser\":\"村民\","
        "\"text\":\"没退\","
        "\"settled\":null,\"settlement\":\"\",\"upheld\":null}]",
        "\"events\":[{\"seq\":1,\"at\":\"2026-11-20T01:02:03.004Z\",\"actor\":\"李娜\",\"origin\":"
        "\"pts/1\","
        "\"action\":\"report\",\"task\":\"2-047\",\"changes\":{\"percent\":[\"50\",\"60\"],"
        "\"state\":[\"a\",\"b\"]},"
        "\"note\":\"注\"}]}\n",
    };
    struct model *model = open_model(*state);
    struct sink sink = {0};
    struct json *json = json_new(true, take, &sink);
    put(json, model, 1, true);
    put(json, model, 3, true);
    assert_true(json_end(json));
    const char *at = strbuf_text(&sink.text);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *found = strstr(at, parts[i]);
        if (!found)
            fail_msg("%s\ndoes not stand in\n%s", parts[i], at);
        at = found;
    }
    const char *second = strchr(at, '\n') + 1;
    assert_int_equal(strncmp(second, "{\"id\":\"2-049\"", 13), 0);
    assert_non_null(strstr(second, "\"light\":\"closed\""));
    assert_non_null(strstr(second, "\"days_left\":null"));
    assert_non_null(strstr(second, "\"publicity\":[],\"objections\":[],\"events\":[]}\n"));
    assert_null(strchr(strchr(second, '\n') + 1, '\n'));
    strbuf_clear(&sink.text);
    model_close(model);
}

static void writes_events_and_nothing(void **state)
{
    (void)state;
    struct event event = {.seq = 7,
        .at = 1795000000000,
        .actor = (char *)"",
        .origin = (char *)"",
        .action = (char *)"outside",
        .note = (char *)"a\tb\\"};
    struct sink sink = {0};
    struct json *json = json_new(true, take, &sink);
    assert_true(json_event(json, &event));
    assert_true(json_event(json, &event));
    assert_true(json_end(json));
    const char *line =
        "{\"seq\":7,\"at\":\"2026-11-18T11:06:40.000Z\",\"actor\":\"\",\"origin\":\"\","
        "\"action\":\"outside\",\"task\":null,\"changes\":{},\"note\":\"a\\tb\\\\\"}\n";
    assert_int_equal(strncmp(strbuf_text(&sink.text), line, strlen(line)), 0);
    assert_string_equal(strbuf_text(&sink.text) + strlen(line), line);
    strbuf_clear(&sink.text);

    json = json_new(false, take, &sink);
    assert_true(json_end(json));
    assert_string_equal(strbuf_text(&sink.text), "[]\n");
    strbuf_clear(&sink.text);
    json = json_new(true, take, &sink);
    assert_true(json_end(json));
    assert_string_equal(strbuf_text(&sink.text), "");
    strbuf_clear(&sink.text);
}

static void writes_findings(void **state)
{
    (void)state;
    const struct finding findings[] = {
        {FOUND_STATE, "2-047", 12, "a \"b\"", false}, {FOUND_COUNTS, "", 0, "c", true}};
    struct sink sink = {0};
    struct json *json = json_new(false, take, &sink);
    assert_true(json_finding(json, &findings[0]) && json_finding(json, &findings[1]));
    assert_true(json_end(json));
    assert_string_equal(strbuf_text(&sink.text),
        "[{\"kind\":\"state\",\"task\":\"2-047\",\"seq\":12,\"text\":\"a "
        "\\\"b\\\"\",\"repaired\":false},"
        "{\"kind\":\"counts\",\"task\":null,\"seq\":null,\"text\":\"c\",\"repaired\":true}]\n");
    strbuf_clear(&sink.text);
}

static void goes_out_in_pieces_and_tells_when_it_cannot(void **state)
{
    (void)state;
    struct event event = {
        .actor = (char *)"", .origin = (char *)"", .action = (char *)"edit", .note = (char *)""};
    for (int lines = 0; lines < 2; lines++) {
        struct sink sink = {.fails_at = 2};
        struct json *json = json_new(lines, take, &sink);
        bool good = json_event(json, &event);
        assert_int_equal(good, !lines); /* a line is two writes, an element one */
        assert_false(json_event(json, &event));
        size_t writes = sink.writes;
        assert_false(json_event(json, &event));
        assert_int_equal(sink.writes, writes); /* nothing more is tried */
        assert_false(json_end(json));
        strbuf_clear(&sink.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_a_list, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(writes_all_of_a_task, folder_set_up, folder_tear_down),
        cmocka_unit_test(writes_events_and_nothing),
        cmocka_unit_test(writes_findings),
        cmocka_unit_test(goes_out_in_pieces_and_tells_when_it_cannot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
