/* The table of fields: it fits the schema, and values go in and out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/field.h"

static void rows_are_whole_and_have_a_column(void **state)
{
    char path[256];
    struct error err = {0};
    struct db *db;
    struct db_statement *column;
    int rows[TABLE_COUNT] = {0};
    assert_true(db_open(folder_file(*state, "a.db", path), DB_CREATE, &db, &err));
    assert_true(db_prepare(
        db, "SELECT \"notnull\" FROM pragma_table_info($1) WHERE name = $2", &column, &err));
    for (size_t i = 0; i < field_count; i++) {
        const struct field *field = &fields[i];
        assert_ptr_equal(field_named(field->name), field);
        assert_true(*field->label);
        assert_int_equal(field->type == VALUE_IS_WORD, field->words != NULL);
        rows[field->table] += (field->flags & FIELD_IS_ROW) != 0;
        if (field->table == TABLE_NONE || field->table == TABLE_TASK_REGION ||
            field->table == TABLE_TASK_DEPARTMENT)
            continue;
        db_bind_text(column, 1, field_tables[field->table]);
        db_bind_text(column, 2, field->column);
        if (db_step(column, &err) != DB_ROW)
            fail_msg("%s: no column %s", field->name, field->column);
        /* what cannot be NULL is not written as one, and the other way round */
        assert_int_equal(db_int(column, 0) == 0, (field->flags & FIELD_IS_NULL) != 0);
        db_reset(column);
    }
    for (int table = TABLE_TASK; table < TABLE_COUNT; table++)
        assert_int_equal(rows[table], table != TABLE_TASK_REGION && table != TABLE_TASK_DEPARTMENT);
    db_finish(column);
    db_close(db);
}

static void reads_what_a_person_types(void **state)
{
    static const struct {
        const char *field, *typed, *value;
    } good[] = {
        {"title", "  清\t理\x1b[31m ", "清 理\xef\xbf\xbd[31m"},
        {"goal", "一\n二\n\n", "一\n二"},
        {"done_on", "2026/11/3", "2026-11-03"},
        {"by", "2027年底前", "2027-12-31"},
        {"by", "2027-06-30", "2027-06-30"},
        {"value", " 不低于 92.5 ", "不低于 92.5"},
        {"done_on", "2026年11月3日", "2026-11-03"},
        {"done_on", "20261103", "2026-11-03"},
        {"done_on", "11-30", "2026-11-30"},
        {"done_on", "3-1", "2027-03-01"},
        {"done_on", "+7", "2026-11-28"},
        {"done_on", "", ""},
        {"done_on", "11-30 ", "2026-11-30"},
        {"percent", "60%", "60"},
        {"percent", " 60 ", "60"},
        {"upheld", "是", "1"},
        {"notice", "督办函 ", "letter"},
        {"review_level", "市级验收", "city"},
        {"region", "盘锦、fsx", "4 5"},
        {"lead", "省水利厅,#1", "2 1"},
        {"sponsor", "赵明", "1"},
    };
    static const struct {
        const char *field, *typed, *words;
    } bad[] = {
        {"done_on", "2026-02-30", "no date"},
        {"percent", "101", "0 to 100"},
        {"percent", "6O", "no number"},
        {"percent", "%", "no number"},
        {"percent", "-1", "0 to 100"},
        {"notice", "骂", "none of"},
        {"region", "火星", "no \"火星\""},
        {"lead", "省", "others"},
        {"lead", "#1x", "no \"#1x\""},
        {"lead", "#99", "no \"#99\""},
    };
    char path[256];
    struct error err = {0};
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    database_make(folder_file(*state, "a.db", path));
    struct model *model = database_open(path);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char *value = NULL;
        if (!field_read(
                model_units(model), field_named(good[i].field), good[i].typed, &value, &err))
            fail_msg("%s: %s", good[i].typed, err.text);
        assert_string_equal(value, good[i].value);
        free(value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char *value = NULL;
        assert_false(
            field_read(model_units(model), field_named(bad[i].field), bad[i].typed, &value, &err));
        assert_int_equal(err.code, ERROR_INPUT);
        if (strstr(err.text, bad[i].words) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", err.text, bad[i].words);
    }
    model_close(model);
}

static void shows_names_for_ids(void **state)
{
    char path[256];
    struct strbuf out = {0};
    database_make(folder_file(*state, "a.db", path));
    struct model *model = database_open(path);
    field_show(model_units(model), field_named("region"), "4 5 99", &out);
    assert_string_equal(strbuf_text(&out), "盘锦, 抚顺县, #99");
    strbuf_clear(&out);
    field_show(model_units(model), field_named("percent"), "60", &out);
    assert_string_equal(strbuf_text(&out), "60%");
    strbuf_clear(&out);
    model_close(model);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)

static void a_telephone_number_is_no_option_of_a_program(void **state)
{
    (void)state;
    static const char *const good[] = {
        "", "024-2389 1234", "+86 138（0）1", "王强 13800000000（办公室）", "见附件"};
    static const char *const bad[] = {"-rf", "--help", "-o/etc/cron.d/x"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(field_is_phone(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error err = {0};
        char *value = NULL;
        assert_false(field_is_phone(bad[i]));
        assert_false(field_read(NULL, field_named("phone"), bad[i], &value, &err));
        assert_int_equal(err.code, ERROR_INPUT);
    }
}

static void a_text_that_nobody_sees_is_empty(void **state)
{
    (void)state;
    struct error err = {0};
    char *value = NULL;
    assert_true(
        field_read(NULL, field_named("notice_reason"), "\u200b \u00ad\n\ufe0f", &value, &err));
    assert_string_equal(value, "");
    free(value);
    assert_true(field_read(NULL, field_named("notice_reason"), "\u200b因", &value, &err));
    assert_string_equal(value, "\ufffd因");
    free(value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_are_whole_and_have_a_column),
        TEST(reads_what_a_person_types),
        cmocka_unit_test(a_text_that_nobody_sees_is_empty),
        cmocka_unit_test(a_telephone_number_is_no_option_of_a_program),
        TEST(shows_names_for_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
