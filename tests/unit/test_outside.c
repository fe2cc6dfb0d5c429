/* The history under other people's scripts: every change that did not bring a line of its own
 * leaves one, and ours leave no second one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "harness/folder.h"
#include "harness/world.h"

/* --- history --------------------------------------------------------------------------------- */

struct line {
    const char *sql;
    const char *changes; /* of the newest event: field=before>after */
};

static const struct line lines[] = {
    {"UPDATE task SET state = 'in_progress' WHERE id = 1", "state=not_started>in_progress"},
    {"UPDATE task SET lead_id = NULL, officer = 'li' WHERE id = 1", "lead=1> officer=>li"},
    {"UPDATE task SET deadline = '2026-12-01', percent = 70 WHERE id = 1",
        "deadline=2026-11-30>2026-12-01 percent=60>70"},
    {"UPDATE task SET region_id = 4 WHERE id = 1", "region=3>4"},
    {"INSERT INTO task_region (region_id, task_id, position) VALUES (3, 1, 2)", "region=>3"},
    {"DELETE FROM task_region WHERE task_id = 1 AND region_id = 3", "region=3>"},
    {"INSERT INTO task_department (department_id, task_id, role) VALUES (3, 1, 'cooperating')",
        "department=>3"},
    {"UPDATE task_department SET role = 'lead' WHERE department_id = 3", "role=cooperating>lead"},
    {"DELETE FROM task_department WHERE department_id = 3", "department=3>"},
    {"INSERT INTO measure (task_id, position, text) VALUES (1, 3, 'plant')", "measure=>plant"},
    {"UPDATE measure SET done_on = '2026-11-11' WHERE id = 1", "done=>2026-11-11"},
    {"UPDATE measure SET text = 'dig deep' WHERE id = 1", "measure=dig>dig deep"},
    {"DELETE FROM measure WHERE id = 1", "measure=dig deep>"},
    {"INSERT INTO target (task_id, position, text, value) VALUES (1, 2, 'trees', '40')",
        "target=>trees"},
    {"UPDATE target SET value = '50', unit = 'mu', by_on = '2027-12-31', by_raw = 'end of 2027' "
     "WHERE text = 'trees'",
        "by=>2027-12-31 by_raw=>end of 2027 unit=>mu value=40>50"},
    {"UPDATE target SET text = 'oaks', position = 1 WHERE text = 'trees'",
        "target=trees>oaks target.position=2>1"},
    {"DELETE FROM target WHERE text = 'oaks'", "target=oaks>"},
    {"INSERT INTO report (task_id, period_start, period_end, text, percent) VALUES (1, "
     "'2026-11-16', '2026-11-22', 'r', 80)",
        "report=>r"},
    {"UPDATE report SET text = 'rr', percent = 81 WHERE text = 'r'",
        "report=r>rr report.percent=80>81"},
    {"DELETE FROM report WHERE text = 'rr'", "report=rr>"},
    {"INSERT INTO notice (task_id, level, issued_on) VALUES (1, 'talk', '2026-11-20')",
        "notice=>talk"},
    {"UPDATE notice SET replied_on = '2026-11-21' WHERE level = 'talk'",
        "notice.replied_on=>2026-11-21"},
    {"DELETE FROM notice WHERE level = 'talk'", "notice=talk>"},
    {"INSERT INTO review (task_id, level, result, reviewed_on) VALUES (1, 'province', 'passed', "
     "'2026-11-20')",
        "review=>passed"},
    {"UPDATE review SET result = 'returned' WHERE level = 'province'", "review=passed>returned"},
    {"DELETE FROM review WHERE level = 'province'", "review=returned>"},
    {"INSERT INTO publicity (id, task_id, starts_on, ends_on, days) VALUES (7, 1, '2026-11-20', "
     "'2026-11-26', 5)",
        "publicity=>2026-11-20"},
    {"UPDATE publicity SET days = 7 WHERE id = 7", "publicity.days=5>7"},
    {"DELETE FROM publicity WHERE id = 7", "publicity=2026-11-20>"},
    {"INSERT INTO objection (id, publicity_id, task_id, raised_on, text) VALUES (7, 1, 1, "
     "'2026-11-04', 'noise')",
        "objection=>noise"},
    {"UPDATE objection SET settled_on = '2026-11-05', upheld = 0 WHERE id = 7",
        "objection.settled_on=>2026-11-05 objection.upheld=>0"},
    {"DELETE FROM objection WHERE id = 7", "objection=noise>"},
    {"INSERT INTO extension (id, task_id, new_deadline, reason, asked_on) VALUES (7, 1, "
     "'2027-01-31', 'snow', '2026-11-20')",
        "extension=>2027-01-31"},
    {"UPDATE extension SET approved = 1 WHERE id = 7", "extension.approved=>1"},
    {"DELETE FROM extension WHERE id = 7", "extension=2027-01-31>"},
};

#define NEWEST_CHANGES                                                                             \
    "SELECT group_concat(field || '=' || before || '>' || after, ' ') FROM "                       \
    "(SELECT * FROM event_change WHERE seq = (SELECT max(seq) FROM event) ORDER BY field)"

static void scripts_leave_a_line(void **state)
{
    struct db *db = world_open(*state);
    world_expect(db, "SELECT count(*) FROM event", "0"); /* world is all ours */
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char version[512], events[16], now[64];
        world_ask(db, "SELECT version FROM task WHERE id = 1", version);
        world_script(*state, lines[i].sql);
        world_expect(db, NEWEST_CHANGES, lines[i].changes);
        world_expect(db,
            "SELECT action || actor || task_id || coalesce(hash, '') FROM event ORDER BY seq DESC "
            "LIMIT 1",
            "outside1");
        snprintf(events, sizeof events, "%zu", i + 1);
        world_expect(db, "SELECT count(*) FROM event", events); /* one line each, no needless one */
        snprintf(now, sizeof now, "SELECT version > %d FROM task WHERE id = 1", atoi(version));
        world_expect(db, now, "1");
    }
    db_close(db);
}

static void added_and_deleted_tasks_leave_a_line(void **state)
{
    struct db *db = world_open(*state);
    world_script(*state,
        "INSERT INTO task (source_id, number, title, region_id) VALUES (2, '5', 'came', 2)");
    world_expect(db, NEWEST_CHANGES, "title=>came");
    world_expect(db, "SELECT version FROM task WHERE number = '5'", "1");
    world_expect(db, "SELECT count(*) FROM event", "1");
    world_script(*state, "DELETE FROM task WHERE number = '5'");
    world_expect(db, NEWEST_CHANGES, "deleted=came>");
    world_expect(db, "SELECT count(*) FROM event", "2");
    world_script(*state, "DELETE FROM task WHERE id = 1"); /* with all that belongs to it */
    world_expect(db, NEWEST_CHANGES, "deleted=wetland>");
    world_expect(db, "SELECT count(*) FROM event", "3");
    /* The history of a deleted task is not passed on to the next one. */
    world_script(*state,
        "INSERT INTO task (source_id, number, title, region_id) VALUES (2, '6', 'next', 2)");
    world_expect(db, "SELECT count(*) FROM event WHERE task_id = (SELECT max(id) FROM task)", "1");
    db_close(db);
}

static void a_script_that_changes_nothing_leaves_none(void **state)
{
    struct db *db = world_open(*state);
    world_script(*state,
        "UPDATE task SET title = title, state = state; UPDATE measure SET text = text;"
        "UPDATE report SET percent = percent; UPDATE task_region SET position = position");
    world_expect(db, "SELECT count(*) FROM event", "0");
    world_expect(db, "SELECT version FROM task WHERE id = 2", "1");
    db_close(db);
}

static void a_script_that_sets_the_state_sets_nothing_else(void **state)
{
    struct db *db = world_open(*state);
    char before[512];
#define REST                                                                                       \
    "SELECT title || returned || listed || progress || percent || deadline || reported_on || "     \
    "coalesce(done_on, '-') ||"                                                                    \
    " coalesce(submitted_on, '-') || coalesce(closed_on, '-') || close_document || region_id || "  \
    "lead_id FROM task WHERE id = 1"
    world_ask(db, REST, before);
    world_script(*state, "UPDATE task SET state = 'closed' WHERE id = 1");
    world_expect(db, REST, before);
    world_expect(db, "SELECT state || is_open || updated_by FROM task WHERE id = 1", "closed0");
    db_close(db);
}

static void our_writes_bring_their_own_line(void **state)
{
    static const char ours[] =
        "INSERT INTO event (seq, task_id, actor, action, hash) VALUES (1, 1, 'li', 'edit', 'h');"
        "INSERT INTO task (source_id, number, title, region_id, version) VALUES (2, '7', 'ours', "
        "2, 1);"
        "UPDATE task SET title = 'changed', region_id = 4, version = version + 1 WHERE id = 1;"
        "INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES (3, 1, 2, 1);"
        "INSERT INTO report (task_id, period_start, period_end, percent, event_seq) VALUES (1, "
        "'2026-11-16', '2026-11-22', 80, 1);"
        "UPDATE measure SET done_on = '2026-11-11', event_seq = 1 WHERE id = 1;"
        "UPDATE notice SET reply = 'yes', event_seq = 1 WHERE id = 1;"
        "UPDATE review SET event_seq = -1 WHERE id = 1; DELETE FROM review WHERE id = 1;"
        "UPDATE task_region SET event_seq = -1 WHERE task_id = 1 AND region_id = 2;"
        "DELETE FROM task_region WHERE task_id = 1 AND region_id = 2;"
        "UPDATE task SET version = -1 WHERE number = '7'; DELETE FROM task WHERE number = '7';"
        "UPDATE task SET version = -1 WHERE id = 1; DELETE FROM task WHERE id = 1;";
    struct error err = {0};
    struct db *db = world_open(*state);
    assert_true(db_write_begin(db, &err));
    if (!db_script(db, ours, &err))
        fail_msg("%s", err.text);
    assert_true(db_write_commit(db, &err));
    world_expect(db, "SELECT count(*) || group_concat(actor) FROM event", "1li");
    db_close(db);
}

static void history_is_append_only(void **state)
{
    struct db *db = world_open(*state);
    world_script(*state, "UPDATE task SET title = 'x' WHERE id = 1");
    world_refuses(*state, "UPDATE event SET actor = 'nobody'", "append-only");
    world_refuses(*state, "DELETE FROM event", "append-only");
    world_refuses(
        *state, "INSERT OR REPLACE INTO event (seq, action) VALUES (1, 'edit')", "append-only");
    world_refuses(*state, "UPDATE event_change SET after = 'y'", "append-only");
    world_refuses(*state, "DELETE FROM event_change", "append-only");
    world_refuses(*state, "REPLACE INTO event_change VALUES (1, 'title', 'a', 'b')", "append-only");
    world_expect(db, NEWEST_CHANGES, "title=wetland>x");
    db_close(db);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(scripts_leave_a_line),
        TEST(added_and_deleted_tasks_leave_a_line),
        TEST(a_script_that_changes_nothing_leaves_none),
        TEST(a_script_that_sets_the_state_sets_nothing_else),
        TEST(our_writes_bring_their_own_line),
        TEST(history_is_append_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
