/* The append-only history: what is written, read back, told in words, and found when tampered with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/found.h"
#include "model/field.h"
#include "model/history.h"

#define AT_MS 1795268827123 /* 2026-11-21T13:47:07.123Z */

static char *made(void **state, char path[static 256])
{
    database_make(folder_file(*state, "a.db", path));
    return path;
}

static int64_t append(struct model *model, const struct event *event)
{
    struct error err = {0};
    int64_t seq = 0;
    assert_true(db_write_begin(model_db(model), &err));
    if (!history_append(model_db(model), event, &seq, &err))
        fail_msg("%s", err.text);
    assert_true(db_write_commit(model_db(model), &err));
    return seq;
}

/* An edit of the task by 李娜, and nothing else. */
static int64_t append_plain(struct model *model, int64_t task_id, const char *note)
{
    const struct event event = {.at = AT_MS,
        .actor = (char *)"李娜",
        .action = (char *)"edit",
        .note = (char *)note,
        .task_id = task_id};
    return append(model, &event);
}

/* --- writing and reading --------------------------------------------------------------------- */

static void gives_back_what_was_appended(void **state)
{
    char path[256];
    database_make(folder_file(*state, "a.db", path));
    database_task(path, 47, "大伙房水源保护区违建清理不彻底");
    int64_t before = database_number(path, "SELECT coalesce(max(seq), 0) FROM event");
    struct model *model = database_open(path);
    struct event_change changes[] = {{(char *)"percent", (char *)"40", (char *)"60"},
        {(char *)"deadline", (char *)"", (char *)"2026-12-31"}};
    const struct event event = {.at = AT_MS,
        .actor = (char *)"王强",
        .origin = (char *)"10.0.0.7",
        .action = (char *)"report",
        .note = (char *)"第一行\n第二行",
        .task_id = 1,
        .changes = changes,
        .change_count = 2};
    assert_int_equal(append(model, &event), before + 1);
    assert_int_equal(history_newest(model), before + 1);

    struct events events = {0};
    struct error err = {0};
    assert_true(history_latest(model, 1, 10, &events, &err));
    const struct event *got = &events.event[0];
    assert_int_equal(got->seq, before + 1);
    assert_int_equal(got->at, AT_MS);
    assert_string_equal(got->actor, "王强");
    assert_string_equal(got->origin, "10.0.0.7");
    assert_string_equal(got->action, "report");
    assert_string_equal(got->note, "第一行\n第二行");
    assert_string_equal(got->ident, "2-047");
    assert_int_equal(got->task_id, 1);
    assert_true(got->hashed);
    assert_int_equal(got->change_count, 2);
    assert_string_equal(got->changes[0].field, "deadline");
    assert_string_equal(got->changes[0].before, "");
    assert_string_equal(got->changes[1].after, "60");
    events_clear(&events);
    model_close(model);
}

static void reads_newest_first_and_since_oldest_first(void **state)
{
    char path[256];
    database_task(made(state, path), 47, "题");
    struct model *model = database_open(path);
    struct events events = {0};
    struct error err = {0};
    for (int i = 0; i < 5; i++)
        append_plain(model, i % 2 ? 1 : 0, "");
    assert_true(history_latest(model, 0, 3, &events, &err));
    assert_int_equal(events.count, 3);
    assert_int_equal(events.event[0].seq, 5);
    assert_int_equal(events.event[2].seq, 3);
    assert_true(history_latest(model, 1, 10, &events, &err));
    assert_int_equal(events.count, 2);
    assert_int_equal(events.event[0].seq, 4);
    struct query *filter;
    struct query_error wrong;
    assert_true(query_parse("region:抚顺 open", &filter, &wrong));
    assert_true(history_latest_of(model, filter, 10, &events, &err));
    assert_int_equal(events.count, 2); /* none that is of no task */
    assert_int_equal(events.event[0].seq, 4);
    query_free(filter);
    assert_true(query_parse("closed", &filter, &wrong));
    assert_true(history_latest_of(model, filter, 10, &events, &err));
    assert_int_equal(events.count, 0);
    query_free(filter);
    assert_true(history_latest_of(model, NULL, 3, &events, &err));
    assert_int_equal(events.count, 3);
    assert_true(history_since(model, 2, 2, &events, &err));
    assert_int_equal(events.count, 2);
    assert_int_equal(events.event[0].seq, 3);
    assert_int_equal(events.event[1].seq, 4);
    assert_string_equal(events.event[0].ident, ""); /* of no task */
    assert_true(history_since(model, 5, 2, &events, &err));
    assert_int_equal(events.count, 0);
    events_clear(&events);
    model_close(model);
}

static void scrubs_what_others_wrote(void **state)
{
    char path[256];
    made(state, path);
    database_write(path,
        "INSERT INTO event (actor, action, note) VALUES "
        "(char(27) || '[2J', 'x' || char(10) || 'y', 'a' || char(7) || char(10) || 'b');"
        "INSERT INTO event_change SELECT max(seq), 'goal', char(155) || 'm', '' FROM event");
    struct model *model = database_open(path);
    struct events events = {0};
    struct error err = {0};
    assert_true(history_latest(model, 0, 1, &events, &err));
    assert_string_equal(events.event[0].actor, "\xEF\xBF\xBD[2J");
    assert_null(strchr(events.event[0].action, '\n'));
    assert_string_equal(events.event[0].note, "a\xEF\xBF\xBD\nb");
    assert_string_equal(events.event[0].changes[0].before, "\xEF\xBF\xBDm");
    assert_false(events.event[0].hashed);
    events_clear(&events);
    model_close(model);
}

static void shows_only_what_is_in_reach(void **state)
{
    char path[256];
    made(state, path);
    database_task(path, 1, "抚顺的任务");
    database_write(path, "INSERT INTO task (source_id, number, title, region_id, version) VALUES "
                         "(1, '002', '盘锦的任务', 4, 1)");
    struct model *all = database_open(path);
    int64_t mine = append_plain(all, 1, "抚顺");
    append_plain(all, 2, "盘锦");
    append_plain(all, 0, "不属任务"); /* of the person itself: told */
    model_close(all);
    struct model *model = database_open_reach(path, "region:抚顺");
    struct events events = {0};
    struct error err = {0};
    assert_true(history_latest(model, 0, 10, &events, &err));
    assert_int_equal(events.count, 2);
    assert_int_equal(events.event[1].seq, mine);
    assert_true(history_latest(model, 2, 10, &events, &err));
    assert_int_equal(events.count, 0);
    assert_true(history_since(model, 0, 10, &events, &err));
    assert_int_equal(events.count, 2);
    events_clear(&events);
    model_close(model);
}

/* Whoever keeps the newest lines gets with each look what they would read anew. */
static void follows_as_if_read_anew(void **state)
{
    static const char *const reaches[] = {"", "region:抚顺"};
    char path[256];
    made(state, path);
    database_task(path, 1, "抚顺的任务");
    database_write(path, "INSERT INTO task (source_id, number, title, region_id, version) VALUES "
                         "(1, '002', '盘锦的任务', 4, 1)");
    struct model *writer = database_open(path);
    for (size_t i = 0; i < sizeof reaches / sizeof *reaches; i++) {
        struct model *model = database_open_reach(path, reaches[i]);
        struct events kept = {0}, anew = {0};
        struct error err = {0};
        for (int look = 0; look < 12; look++) {
            for (int line = 0; line < look % 5; line++)
                append_plain(writer, 1 + (look + line) % 3 % 2, "一行");
            assert_true(history_follow(model, 4, &kept, &err));
            assert_true(history_latest(model, 0, 4, &anew, &err));
            assert_int_equal(kept.looked, history_newest(model));
            assert_int_equal(kept.count, anew.count);
            for (size_t k = 0; k < anew.count; k++) {
                assert_int_equal(kept.event[k].seq, anew.event[k].seq);
                assert_string_equal(kept.event[k].ident, anew.event[k].ident);
            }
        }
        assert_int_equal(kept.count, 4);
        if (i == 1) { /* a line of a task that has left the reach is not told any more */
            database_write(
                path, "UPDATE task SET region_id = 4, version = version + 1 WHERE id = 1");
            assert_true(history_follow(model, 4, &kept, &err));
            assert_int_equal(kept.count, 0);
        }
        events_clear(&kept);
        events_clear(&anew);
        model_close(model);
    }
    model_close(writer);
}

/* --- in words -------------------------------------------------------------------------------- */

static void expect_line(struct model *model, const char *action, const char *note,
    struct event_change *changes, size_t count, const char *line)
{
    struct strbuf out = {0};
    const struct event event = {
        .action = (char *)action, .note = (char *)note, .changes = changes, .change_count = count};
    history_describe(model, &event, &out);
    assert_string_equal(strbuf_text(&out), line);
    strbuf_clear(&out);
}

static void expect_change(
    struct model *model, const char *field, const char *before, const char *after, const char *line)
{
    struct event_change change = {(char *)field, (char *)before, (char *)after};
    char whole[256];
    snprintf(whole, sizeof whole, "%s · edited", line);
    expect_line(model, "edit", "", &change, 1, whole);
}

static void tells_a_change_in_words(void **state)
{
    char path[256];
    struct model *model = database_open(made(state, path));
    expect_change(
        model, "deadline", "2026-09-30", "2026-12-31", "deadline 2026-09-30 → 2026-12-31");
    expect_change(model, "state", "in_progress", "submitted", "in progress → submitted for review");
    expect_change(model, "percent", "40", "60", "percent 40% → 60%");
    expect_change(model, "lead", "2", "1", "lead department 水利厅 → 生态环境厅");
    expect_change(model, "region", "", "4", "region 盘锦");
    expect_change(model, "region", "99", "盘山", "region #99 → 盘山");
    expect_change(model, "sponsor", "1", "", "sponsor 赵明 → none");
    expect_change(model, "returned", "0", "1", "marked as sent back no → yes");
    expect_change(model, "notice", "", "letter", "notice supervision letter");
    expect_change(model, "measure.3", "", "拆除", "measure 3 拆除");
    expect_change(model, "deleted", "旧任务", "", "deleted 旧任务");
    expect_change(model, "odd", "a", "b", "odd a → b");
    expect_line(model, "acknowledge", "overdue 孙磊", NULL, 0, "alarm acknowledged: Overdue 孙磊");
    expect_line(
        model, "acknowledge", "objection 孙磊", NULL, 0, "alarm acknowledged: Objection 孙磊");
    expect_line(model, "acknowledge", "逾期 孙磊", NULL, 0, "alarm acknowledged: 逾期 孙磊");
    expect_line(model, "unheard", "一\n二", NULL, 0, "unheard: 一⏎二");
    struct event_change two[] = {{(char *)"percent", (char *)"1", (char *)"2"},
        {(char *)"title", (char *)"甲", (char *)"乙"}};
    expect_line(model, "outside", "", two, 2, "percent 1% → 2%, title 甲 → 乙 · outside duban");
    model_close(model);
}

static void tells_the_changed_part_of_a_long_text(void **state)
{
    char path[256];
    struct model *model = database_open(made(state, path));
    static const char old[] =
        "核心区、缓冲区内围海养殖清退滞后，退养还湿完成率不足三分之一；潮沟未贯通。";
    expect_change(model, "problem", old,
        "核心区、缓冲区内围海养殖清退滞后，退养还湿完成率不足二分之一；潮沟未贯通。",
        "problem …成率不足[三 → 二]分之一；…");
    expect_change(model, "problem", old,
        "核心区、缓冲区内围海养殖清退滞后，退养还湿完成率不足三分之一；潮沟未贯通，未补种。",
        "problem …沟未贯通[+，未补种]。");
    expect_change(model, "problem", old,
        "核心区内围海养殖清退滞后，退养还湿完成率不足三分之一；潮沟未贯通。",
        "problem 核心区[-、缓冲区]内围海养…");
    expect_change(model, "problem", "湿\n地 1200 亩，其余各项任务均已按期完成，无遗留问题",
        "湿\n地 1300 亩，其余各项任务均已按期完成，无遗留问题",
        "problem 湿⏎地 [1200 → 1300] 亩，其…");
    expect_change(model, "problem", "甲", old, "problem 甲 → 核心区、缓冲区内围海养殖清退滞…");
    /* of a long list what came and went; names are no text */
    expect_change(
        model, "responsible", "1 2 3", "1 4 3 2", "responsible departments [+生态环境局]");
    expect_change(model, "responsible", "1 2 3 99", "1 4 2",
        "responsible departments [-自然资源厅, #99][+生态环境局]");
    expect_change(model, "responsible", "1 2 3", "2 1 3",
        "responsible departments 生态环境厅, 水利厅, 自然资源厅 → 水利厅, 生态环境厅, 自然资源厅");
    model_close(model);
}

static void cuts_a_long_text(void **state)
{
    char path[256];
    struct model *model = database_open(made(state, path));
    struct strbuf text = {0}, out = {0};
    for (int i = 0; i < 500; i++)
        strbuf_add(&text, "湿");
    struct event_change change = {(char *)"goal", (char *)"", text.text};
    const struct event event = {
        .action = (char *)"edit", .note = text.text, .changes = &change, .change_count = 1};
    history_describe(model, &event, &out);
    assert_true(out.length < 400);
    assert_non_null(strstr(out.text, "湿… · edited: 湿"));
    strbuf_clear(&out);
    strbuf_clear(&text);
    model_close(model);
}

static void words_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; i < field_count; i++) {
        assert_true(*fields[i].label != '\0');
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(fields[i].name, fields[k].name);
    }
    for (size_t i = 0; i < history_action_count; i++) {
        assert_true(*history_actions[i].label != '\0');
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(history_actions[i].name, history_actions[k].name);
    }
}

/* --- the chain ------------------------------------------------------------------------------- */

/* Computed apart from this program: Python's hashlib.blake2b(digest_size=32) over the text that
 * history.h describes. */
static void hashes_as_the_header_says(void **state)
{
    char path[256];
    made(state, path);
    database_task(path, 1, "任务");
    database_write(path, "DROP TRIGGER event_change_no_delete; DROP TRIGGER event_no_delete;"
                         "DELETE FROM event_change; DELETE FROM event");
    struct model *model = database_open(path);
    struct event_change changes[] = {{(char *)"percent", (char *)"40", (char *)"60"},
        {(char *)"deadline", (char *)"", (char *)"2026-12-31"}};
    const struct event event = {.at = AT_MS,
        .actor = (char *)"李娜",
        .origin = (char *)"pts/0",
        .action = (char *)"edit",
        .note = (char *)"改期",
        .task_id = 1,
        .changes = changes,
        .change_count = 2};
    assert_int_equal(append(model, &event), 1);
    assert_int_equal(append_plain(model, 0, ""), 2);
    model_close(model);
    assert_int_equal(
        database_number(path,
            "SELECT hash = '1d4f5cbab7cdd3fa99acf2eadd6cf7fc6daae9a0c5e46d5c8c1b679798af6377' FROM "
            "event WHERE seq = 1"),
        1);
    assert_int_equal(
        database_number(path,
            "SELECT hash = '98aab6460b71f4522ce795482b5b4209614cbf6ed5f0fe08d12da0c1abd0ec48' FROM "
            "event WHERE seq = 2"),
        1);
}

static struct found check(const char *path)
{
    struct found found = {0};
    struct error err = {0};
    struct model *model = database_open(path);
    struct findings findings = {.say = found_note, .context = &found};
    if (!check_history(model, &findings, &found.outside, &err))
        fail_msg("%s", err.text);
    model_close(model);
    return found;
}

/* Five lines of duban's, the third with a change. */
static char *made_chain(void **state, char path[static 256])
{
    struct model *model = database_open(made(state, path));
    struct event_change change = {(char *)"title", (char *)"甲", (char *)"乙"};
    for (int i = 1; i <= 5; i++) {
        const struct event event = {.at = AT_MS + i,
            .actor = (char *)"李娜",
            .action = (char *)"edit",
            .changes = &change,
            .change_count = i == 3};
        assert_int_equal(append(model, &event), i);
    }
    model_close(model);
    return path;
}

/* What a tamperer has to take away first. */
#define UNLOCK                                                                                     \
    "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete;"                                  \
    "DROP TRIGGER event_change_no_update; DROP TRIGGER event_change_no_delete;"

static void an_untouched_chain_is_whole(void **state)
{
    char path[256];
    made_chain(state, path);
    struct found found = check(path);
    assert_int_equal(found.kind[FOUND_HISTORY], 0);
    assert_int_equal(found.outside, 0);
    assert_int_equal(found.count, 0);
}

static void the_table_refuses_changes(void **state)
{
    char path[256];
    struct error err = {0};
    struct model *model = database_open(made_chain(state, path));
    struct db *db = model_db(model);
    assert_true(db_write_begin(db, &err));
    assert_false(db_script(db, "UPDATE event SET note = 'x' WHERE seq = 2", &err));
    assert_false(db_script(db, "DELETE FROM event_change", &err));
    db_write_rollback(db);
    model_close(model);
}

static void finds_an_altered_line(void **state)
{
    char path[256];
    made_chain(state, path);
    database_write(path, UNLOCK "UPDATE event SET actor = '王强' WHERE seq = 2");
    struct found found = check(path);
    assert_int_equal(found.kind[FOUND_HISTORY], 1);
    assert_non_null(strstr(found.all, "line 2 "));
}

static void finds_an_altered_change(void **state)
{
    char path[256];
    made_chain(state, path);
    database_write(path, UNLOCK "UPDATE event_change SET after = '丙' WHERE seq = 3");
    struct found found = check(path);
    assert_int_equal(found.kind[FOUND_HISTORY], 1);
    assert_non_null(strstr(found.all, "line 3 "));
    database_write(path, "DELETE FROM event_change");
    assert_int_equal(check(path).kind[FOUND_HISTORY], 1);
}

static void finds_removed_lines(void **state)
{
    char path[256];
    made_chain(state, path);
    database_write(path, UNLOCK "DELETE FROM event WHERE seq IN (2, 4)");
    struct found found = check(path);
    assert_int_equal(found.kind[FOUND_HISTORY], 2);
    assert_non_null(strstr(found.all, "lines 2 to 2 "));
    assert_non_null(strstr(found.all, "lines 4 to 4 "));
    database_write(path, "INSERT INTO event (seq, action) VALUES (-9223372036854775808, 'x'), "
                         "(9223372036854775807, 'x')");
    found = check(path);
    found_expect(&found, FOUND_HISTORY, "line -9223372036854775808 of the history has a number");
    found_expect(
        &found, FOUND_HISTORY, "lines 6 to 9223372036854775806 of the history are missing");
}

static void finds_a_cut_end(void **state)
{
    char path[256];
    made_chain(state, path);
    database_write(path, UNLOCK "DELETE FROM event WHERE seq > 3");
    struct found found = check(path);
    assert_int_equal(found.kind[FOUND_HISTORY], 1);
    assert_non_null(strstr(found.all, "lines 4 to 5 "));
    database_write(path, "DELETE FROM meta WHERE name = 'history.head'");
    assert_int_equal(check(path).kind[FOUND_HISTORY], 1);
}

static void finds_a_forged_line(void **state)
{
    char path[256];
    made_chain(state, path);
    database_write(path, "INSERT INTO event (actor, action, hash) VALUES ('李娜', 'close', 'abc')");
    assert_true(check(path).kind[FOUND_HISTORY] > 0);
    database_write(path, UNLOCK "DELETE FROM event WHERE seq = 6;"
                                "UPDATE event SET hash = NULL WHERE seq = 5");
    struct found found = check(path);
    assert_int_equal(found.kind[FOUND_HISTORY], 1);
    assert_int_equal(found.outside, 1);
    assert_non_null(strstr(found.all, "lost its hash"));
}

static void counts_lines_made_outside(void **state)
{
    char path[256];
    made_chain(state, path);
    database_task(path, 1, "任务");
    database_script(path, "UPDATE task SET percent = 10; UPDATE task SET percent = 20");
    struct model *model = database_open(path);
    append_plain(model, 1, "");
    model_close(model);
    struct found found = check(path);
    assert_int_equal(found.kind[FOUND_HISTORY], 0);
    assert_int_equal(found.outside, 2);
    assert_int_equal(found.kind[FOUND_OUTSIDE], 1);
    assert_non_null(strstr(found.all, "lines 6 to 7 "));
}

/* The machine's clock was a year ahead for the third line, and the outside line after it was right
 * again. */
static void names_a_clock_that_was_set_back(void **state)
{
    static const int64_t hours[] = {0, 1, 365 * 24, 2, 1, 3};
    char path[256];
    struct model *model = database_open(made(state, path));
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
        const struct event event = {.at = AT_MS + hours[i] * 3600 * 1000,
            .actor = (char *)"李娜",
            .action = (char *)"edit"};
        append(model, &event);
    }
    model_close(model);
    struct found found = check(path);
    assert_int_equal(found.count, 1); /* an hour back is none */
    found_expect(&found, FOUND_CLOCK, "line 4 of the history has the time 2026-11-21T15:47:07");
    assert_int_equal(found.faults, 0);
    database_write(path,
        "INSERT INTO event (at, action) VALUES ('2026-11-21T10:00:00Z', 'x'), ('soon', 'x'),"
        " ('2026-11-21T09:00:00Z', 'x')");
    found = check(path);
    assert_int_equal(found.kind[FOUND_CLOCK], 2);
    found_expect(&found, FOUND_CLOCK, "line 7 ");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(gives_back_what_was_appended),
        TEST(reads_newest_first_and_since_oldest_first),
        TEST(scrubs_what_others_wrote),
        TEST(shows_only_what_is_in_reach),
        TEST(follows_as_if_read_anew),
        TEST(tells_a_change_in_words),
        TEST(tells_the_changed_part_of_a_long_text),
        TEST(cuts_a_long_text),
        cmocka_unit_test(words_are_unique),
        TEST(hashes_as_the_header_says),
        TEST(an_untouched_chain_is_whole),
        TEST(the_table_refuses_changes),
        TEST(finds_an_altered_line),
        TEST(finds_an_altered_change),
        TEST(finds_removed_lines),
        TEST(finds_a_cut_end),
        TEST(finds_a_forged_line),
        TEST(counts_lines_made_outside),
        TEST(names_a_clock_that_was_set_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
