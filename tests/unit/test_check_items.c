/* Measures and goals against the history, row by row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "harness/database.h"
#include "harness/folder.h"
#include "harness/found.h"
#include "model/history.h"

enum { TASK = 900 };

static void append(
    struct model *model, const char *action, struct event_change *changes, size_t count)
{
    struct error err = {0};
    int64_t seq;
    const struct event event = {.at = date_now(),
        .actor = (char *)"李娜",
        .action = (char *)action,
        .task_id = TASK,
        .changes = changes,
        .change_count = count};
    assert_true(db_write_begin(model_db(model), &err));
    assert_true(history_append(model_db(model), &event, &seq, &err));
    assert_true(db_write_commit(model_db(model), &err));
}

#define CHANGE(field, before, after)                                                               \
    {                                                                                              \
        (char *)(field), (char *)(before), (char *)(after)                                         \
    }
/* A change of duban's own: the row has the line that tells of it. */
#define SILENT ", event_seq = event_seq + 1 "

/* A task that its history begins with, with two measures and two goals, changed once. */
static struct model *set_up(void *state, char path[static 256])
{
    struct event_change made[] = {CHANGE("by.1", "", "2027-12-31"),
        CHANGE("by_raw.1", "", "2027年底前"), CHANGE("due.1", "", "2026-05-01"),
        CHANGE("measure.1", "", "清淤"), CHANGE("measure.2", "", "截污"),
        CHANGE("number", "", "900"), CHANGE("target.1", "", "优良比例"),
        CHANGE("target.2", "", "监测站"), CHANGE("title", "", "t"), CHANGE("value.1", "", "90")};
    struct event_change edited[] = {CHANGE("done.1", "", "2026-04-30"),
        CHANGE("measure.2", "截污", "截污纳管"), CHANGE("measure.3", "", "复查"),
        CHANGE("unit.1", "", "%"), CHANGE("value.1", "90", "92")};
    struct event_change gone[] = {CHANGE("measure.3", "复查", "")};
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(state, "board.db", path);
    database_make(path);
    database_script(path,
        "INSERT INTO task (id, source_id, number, title, region_id, version) VALUES (900, 1, "
        "'900', 't', 1, 1);"
        "INSERT INTO measure (task_id, position, text, due_on, done_on, event_seq) VALUES "
        "(900, 1, '清淤', '2026-05-01', '2026-04-30', 1), (900, 2, '截污纳管', NULL, NULL, 1);"
        "INSERT INTO target (task_id, position, text, value, unit, by_on, by_raw, event_seq) "
        "VALUES "
        "(900, 1, '优良比例', '92', '%', '2027-12-31', '2027年底前', 1), (900, 2, '监测站', '', "
        "'', NULL, '', 1)");
    struct model *model = database_open(path);
    append(model, "create", made, sizeof made / sizeof *made);
    append(model, "edit", edited, sizeof edited / sizeof *edited);
    append(model, "edit", gone, 1);
    return model;
}

static const struct damage {
    const char *sql, *words, *mend;
} damages[] = {
    {"UPDATE measure SET text = '清理'" SILENT "WHERE position = 1",
        "\"measure\" in place 1 is \"清理\", but its history leads to \"清淤\"",
        "UPDATE measure SET text = '清淤'" SILENT "WHERE position = 1"},
    {"UPDATE measure SET due_on = NULL" SILENT "WHERE position = 1",
        "\"measure due\" in place 1 is \"none\", but its history leads to \"2026-05-01\"",
        "UPDATE measure SET due_on = '2026-05-01'" SILENT "WHERE position = 1"},
    {"UPDATE measure SET done_on = '2026-05-02'" SILENT "WHERE position = 1",
        "\"measure done\" in place 1 is \"2026-05-02\"",
        "UPDATE measure SET done_on = '2026-04-30'" SILENT "WHERE position = 1"},
    {"UPDATE measure SET waived = '不做'" SILENT "WHERE position = 2",
        "\"measure waived\" in place 2 is \"不做\", but its history leads to \"none\"",
        "UPDATE measure SET waived = ''" SILENT "WHERE position = 2"},
    {"INSERT INTO measure (task_id, position, text, event_seq) VALUES (900, 3, '复查', 1)",
        "\"measure\" in place 3 is \"复查\", but its history leads to \"none\"",
        "UPDATE measure SET event_seq = -1 WHERE position = 3; DELETE FROM measure WHERE position "
        "= 3"},
    {"INSERT INTO measure (task_id, position, text, event_seq) VALUES (900, 9, '多出', 1)",
        "\"measure\" in place 9 is \"多出\", but its history leads to \"none\"",
        "UPDATE measure SET event_seq = -1 WHERE position = 9; DELETE FROM measure WHERE position "
        "= 9"},
    {"UPDATE measure SET event_seq = -1 WHERE position = 2; DELETE FROM measure WHERE position = 2",
        "\"measure\" in place 2 is \"none\", but its history leads to \"截污纳管\"",
        "INSERT INTO measure (task_id, position, text, event_seq) VALUES (900, 2, '截污纳管', 1)"},
    {"UPDATE target SET value = '90'" SILENT "WHERE position = 1",
        "\"target value\" in place 1 is \"90\", but its history leads to \"92\"",
        "UPDATE target SET value = '92'" SILENT "WHERE position = 1"},
    {"UPDATE target SET unit = ''" SILENT "WHERE position = 1",
        "\"target unit\" in place 1 is \"none\", but its history leads to \"%\"",
        "UPDATE target SET unit = '%'" SILENT "WHERE position = 1"},
    {"UPDATE target SET by_on = '2028-12-31'" SILENT "WHERE position = 1",
        "\"target day\" in place 1 is \"2028-12-31\"",
        "UPDATE target SET by_on = '2027-12-31'" SILENT "WHERE position = 1"},
    {"UPDATE target SET by_raw = '年底'" SILENT "WHERE position = 2",
        "\"words of the target day\" in place 2 is \"年底\", but its history leads to \"none\"",
        "UPDATE target SET by_raw = ''" SILENT "WHERE position = 2"},
    {"UPDATE target SET event_seq = -1 WHERE position = 1; DELETE FROM target WHERE position = 1",
        "\"target\" in place 1 is \"none\", but its history leads to \"优良比例\"",
        "INSERT INTO target (task_id, position, text, value, unit, by_on, by_raw, event_seq) "
        "VALUES "
        "(900, 1, '优良比例', '92', '%', '2027-12-31', '2027年底前', 1)"},
};

static void each_cell_is_compared(void **state)
{
    char path[256];
    struct found found;
    struct model *model = set_up(*state, path);
    found_in_model(model, &found);
    assert_int_equal(found.faults, 0);
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        database_script(path, damages[i].sql);
        found_in_model(model, &found);
        found_expect(&found, FOUND_STATE, damages[i].words);
        assert_int_equal(found.faults, 1);
        database_script(path, damages[i].mend);
        found_in_model(model, &found);
        assert_int_equal(found.faults, 0);
    }
    model_close(model);
}

/* What a script does is told without the place: nothing is known from there on, until a line tells
 * of it anew. */
static void what_changed_outside_is_not_known(void **state)
{
    char path[256];
    struct found found;
    struct model *model = set_up(*state, path);
    struct event_change known[] = {CHANGE("measure.1", "清理", "清运")};
    database_script(path, "UPDATE measure SET text = '清理' WHERE position = 1;"
                          "INSERT INTO measure (task_id, position, text) VALUES (900, 7, '外来')");
    found_in_model(model, &found);
    assert_int_equal(found.faults, 0);
    database_script(path, "UPDATE target SET value = '80'" SILENT "WHERE position = 1");
    found_in_model(model, &found);
    assert_int_equal(found.faults, 1); /* goals are another table */
    append(model, "edit", known, 1);
    found_in_model(model, &found);
    found_expect(&found, FOUND_STATE,
        "\"measure\" in place 1 is \"清理\", but its history leads to \"清运\"");
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_cell_is_compared, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            what_changed_outside_is_not_known, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
