#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "harness/folder.h"
#include "model/search.h"
#include "store/db.h"

static void test_pairs(void **state)
{
    (void)state;
    static const struct {
        const char *text, *pairs;
    } cases[] = {
        {"", ""},
        {"辽河口湿地", "辽河 河口 口湿 湿地 地"},
        {"湿", "湿"},
        {"湿地，河口", "湿地 地 河口 口"},
        {"PM2.5 浓度", "pm2 5 浓度 度"},
        {"劣V类水体", "劣 v 类水 水体 体"},
        {"ＰＭ２．５", "pm2 5"},
        {"２０２５年", "2025 年"},
        {"……（）", ""},
        {"a-b", "a b"},
        {"二〇二五", "二〇 〇二 二五 五"},
        {"\xff湿\xe6地", "湿 地"},
        {"𬇕湿地", "𬇕湿 湿地 地"},
        {"①湿地②", "湿地 地"},
        {"湿\n地", "湿 地"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct strbuf out = {0};
        search_pairs(&out, cases[i].text);
        assert_string_equal(strbuf_text(&out), cases[i].pairs);
        strbuf_clear(&out);
    }
}

static void test_query(void **state)
{
    (void)state;
    static const struct {
        const char *text, *query; /* NULL: nothing to look for */
    } cases[] = {
        {"湿地", "\"湿地\""},
        {"河口湿地", "\"河口 口湿 湿地\""},
        {"湿", "\"湿\"*"},
        {"PM2.5", "\"pm2 5\"*"},
        {"v类", "\"v 类\"*"},
        {"类水v", "\"类水 水 v\"*"},
        {"湿地，河口", "\"湿地 地 河口\""},
        {"湿地，", "\"湿地\""},
        {"，湿地", "\"湿地\""},
        {"", NULL},
        {"，。", NULL},
        {"\"*", NULL},
        {"a\"b", "\"a b\"*"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct strbuf out = {0};
        assert_int_equal(search_query(&out, cases[i].text), cases[i].query != NULL);
        assert_string_equal(strbuf_text(&out), cases[i].query ? cases[i].query : "");
        strbuf_clear(&out);
    }
}

static void add_run(void *context, const char *run)
{
    struct strbuf *out = context;
    strbuf_add(out, run);
    strbuf_add_char(out, '|');
}

static void test_runs(void **state)
{
    (void)state;
    struct strbuf out = {0};
    search_runs("，湿地 PM2.5、Ｖ类", add_run, &out);
    assert_string_equal(strbuf_text(&out), "湿地|pm2|5|v|类|");
    strbuf_clear(&out);
    search_runs("，", add_run, &out);
    assert_string_equal(strbuf_text(&out), "");
    strbuf_clear(&out);
}

/* --- the index ------------------------------------------------------------------------------ */

struct fixture {
    void *folder;
    struct db *db;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct error err;
    char path[256];
    folder_set_up(&fixture->folder);
    assert_true(db_open(folder_file(fixture->folder, "a.db", path), DB_CREATE, &fixture->db, &err));
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    db_close(fixture->db);
    folder_tear_down(&fixture->folder);
    free(fixture);
    return 0;
}

static void write_sql(struct db *db, const char *sql)
{
    struct error err = {0};
    assert_true(db_write_begin(db, &err));
    if (!db_script(db, sql, &err))
        fail_msg("%s", err.text);
    assert_true(db_write_commit(db, &err));
}

static int refresh(struct db *db, int most)
{
    struct error err;
    int done = -1;
    assert_true(db_write_begin(db, &err));
    assert_true(search_refresh(db, most, &done, &err));
    assert_true(db_write_commit(db, &err));
    return done;
}

/* The ids that a piece of text finds: "1 3". */
static const char *found(struct db *db, const char *text, char out[static 64])
{
    struct strbuf query = {0};
    struct error err;
    struct db_statement *statement;
    out[0] = '\0';
    assert_true(search_query(&query, text));
    assert_true(db_prepare(
        db, "SELECT rowid FROM search WHERE search MATCH $1 ORDER BY rowid", &statement, &err));
    db_bind_text(statement, 1, strbuf_text(&query));
    enum db_step step;
    while ((step = db_step(statement, &err)) == DB_ROW) {
        size_t length = strlen(out);
        snprintf(out + length, 64 - length, "%s%d", length ? " " : "", (int)db_int(statement, 0));
    }
    assert_int_equal(step, DB_DONE);
    db_finish(statement);
    strbuf_clear(&query);
    return out;
}

static const char tasks_sql[] =
    "INSERT INTO region (id, code, name, short, level) VALUES (1, '21', '辽宁省', '辽宁', "
    "'province');"
    "INSERT INTO source (id, code, name, year) VALUES (1, '2', 'x', 2021);"
    "INSERT INTO task (id, source_id, number, title, problem, goal, region_id, version) VALUES"
    " (1, 1, '001', '辽河口湿地退养还湿未按期完成', '', '恢复湿地２０２５公顷', 1, 1),"
    " (2, 1, '002', '浑河排污口整治滞后', 'PM2.5超标', '', 1, 1),"
    " (3, 1, '003', '大伙房水源保护区违建', '', '', 1, 1);"
    "INSERT INTO measure (task_id, position, text) VALUES (3, 1, '拆除违建'), (3, 2, "
    "'补种湿地植被');"
    "INSERT INTO target (task_id, position, text) VALUES (2, 1, '化学需氧量');";

static void test_refresh_indexes_what_is_stale(void **state)
{
    struct fixture *fixture = *state;
    char ids[64];
    write_sql(fixture->db, tasks_sql);
    assert_string_equal(found(fixture->db, "湿地", ids), "");
    assert_int_equal(refresh(fixture->db, 10), 3);
    assert_int_equal(refresh(fixture->db, 10), 0);
    assert_string_equal(found(fixture->db, "湿地", ids), "1 3");
    assert_string_equal(found(fixture->db, "还湿", ids), "1");
    assert_string_equal(found(fixture->db, "河口湿地退养", ids), "1");
    assert_string_equal(found(fixture->db, "地湿", ids), "");
    assert_string_equal(found(fixture->db, "河", ids), "1 2");
    assert_string_equal(found(fixture->db, "成", ids), "1"); /* only ever the last character */
    assert_string_equal(found(fixture->db, "pm", ids), "2");
    assert_string_equal(found(fixture->db, "PM2.5超", ids), "2");
    assert_string_equal(found(fixture->db, "m2", ids), "");
    assert_string_equal(found(fixture->db, "2025", ids), "1");
    assert_string_equal(found(fixture->db, "需氧", ids), "2");
}

static void test_refresh_follows_changes(void **state)
{
    struct fixture *fixture = *state;
    char ids[64];
    write_sql(fixture->db, tasks_sql);
    refresh(fixture->db, 10);
    write_sql(fixture->db, "UPDATE task SET title = '凡河湿地', version = 2 WHERE id = 2;"
                           "UPDATE measure SET text = '植树' WHERE task_id = 3 AND position = 2;"
                           "DELETE FROM task WHERE id = 1;");
    assert_int_equal(refresh(fixture->db, 10), 3);
    assert_string_equal(found(fixture->db, "湿地", ids), "2");
    assert_string_equal(found(fixture->db, "浑河", ids), "");
    assert_string_equal(found(fixture->db, "植树", ids), "3");
}

static void test_refresh_in_parts(void **state)
{
    struct fixture *fixture = *state;
    char ids[64];
    write_sql(fixture->db, tasks_sql);
    assert_int_equal(refresh(fixture->db, 2), 2);
    assert_string_equal(found(fixture->db, "违建", ids), "");
    assert_int_equal(refresh(fixture->db, 2), 1);
    assert_string_equal(found(fixture->db, "违建", ids), "3");
}

/* What very many new tasks leave in the index is what one after the other leaves. */
static void test_load_is_as_refresh(void **state)
{
    struct fixture *fixture = *state;
    static const char *const bodies[][2] = {{"", "恢复湿地２０２５公顷"}, {"PM2.5超标", ""}};
    struct search_load load = {0};
    struct error err;
    char ids[64];
    assert_true(db_write_begin(fixture->db, &err));
    assert_true(search_load_begin(&load, fixture->db, &err));
    assert_true(search_load_task(&load, 1, "辽河口湿地退养还湿未按期完成", bodies[0], 2, &err));
    assert_true(search_load_task(&load, 2, "浑河排污口整治滞后", bodies[1], 2, &err));
    assert_true(search_load_end(&load, &err));
    assert_true(db_write_commit(fixture->db, &err));
    assert_string_equal(found(fixture->db, "湿地", ids), "1");
    assert_string_equal(found(fixture->db, "河", ids), "1 2");
    assert_string_equal(found(fixture->db, "2025", ids), "1");
    write_sql(fixture->db, tasks_sql);
    assert_int_equal(refresh(fixture->db, 10), 3);
    assert_string_equal(found(fixture->db, "湿地", ids), "1 3");
    assert_string_equal(found(fixture->db, "PM2.5超", ids), "2");
}

/* Each kind of character the pairs are made of is a letter to the engine's tokenizer too. */
static void test_engine_takes_the_same_letters(void **state)
{
    struct fixture *fixture = *state;
    static const char *const texts[] = {"𬇕湿", "〇二", "㐀㐁", "々们", "あい", "ㄅㄆ", "가나",
        "Жж", "éà", "龥鿕", "\xee\x80\x80\xee\x80\x81"};
    char sql[512], ids[64];
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct strbuf pairs = {0};
        search_pairs(&pairs, texts[i]);
        snprintf(sql, sizeof sql, "INSERT INTO search (rowid, title, body) VALUES (%d, '%s', '')",
            (int)i + 1, strbuf_text(&pairs));
        write_sql(fixture->db, sql);
        strbuf_clear(&pairs);
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char want[16];
        snprintf(want, sizeof want, "%d", (int)i + 1);
        assert_string_equal(found(fixture->db, texts[i], ids), want);
    }
    assert_string_equal(found(fixture->db, "жЖ", ids), "8"); /* in small letters or in great */
    assert_string_equal(found(fixture->db, "ÉÀ", ids), "9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_query),
        cmocka_unit_test(test_runs),
        cmocka_unit_test_setup_teardown(test_refresh_indexes_what_is_stale, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refresh_follows_changes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refresh_in_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_load_is_as_refresh, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_engine_takes_the_same_letters, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
