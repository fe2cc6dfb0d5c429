/* sample: what sample-data becomes, and what happens to a file that is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/date.h"
#include "base/strbuf.h"
#include "harness/folder.h"
#include "harness/found.h"
#include "model/sample.h"
#include "model/search.h"
#include "store/db.h"

#define SATURDAY "2026-11-21T21:47:00+08:00" /* the day the files tell of */

/* One folder of sample files and one database beside it. */
struct fixture {
    char folder[64], path[96];
    struct db *db;
    struct model *model;
};

struct sample_text {
    const char *name, *text;
};
static const struct sample_text files[] = {
    {"regions.tsv", "code\tname\tshort\tlevel\tparent\n"
                    "210000\t辽宁省\t辽宁\tprovince\t\n"
                    "210400\t抚顺市\t抚顺\tcity\t210000\n"
                    "210421\t抚顺县\t抚顺县\tcounty\t210400\n"},
    {"departments.tsv", "name\tshort\tregion\n"
                        "省生态环境厅\t生态环境厅\t210000\n"
                        "省水利厅\t水利厅\t210000\n"
                        "抚顺市水务局\t水务局\t210400\n"},
    {"sources.tsv", "code\tname\tyear\tkind\trhythm\n"
                    "2\t第二轮督察\t2021\tinspection\tweekly\n"
                    "P\t三十六条\t2024\tplan\tquarterly\n"},
    {"sponsors.tsv", "name\tpost\tregion\tline\n钱学军\t副厅长\t210400\t\n"},
    {"people.tsv", "login\tname\trole\treach\tregion\tdepartment\tphone\n"
                   "lina\t李娜\tofficer\t\t\t\t1101\n"
                   "wangqiang\t王强\treporter\tregion:抚顺县\t210421\t\t1102\n"
                   "zhaoyu\t赵宇\tdepartment\tlead:水利厅\t\t水利厅\t1103\n"},
    {"duty.tsv", "name\tphone\n李娜\t1101\n张伟民\t1104\n"},
    {"tasks.tsv", "source\tnumber\tpart\ttitle\tproblem\tgoal\tcategory\tstate\treturned\tlisted\tp"
                  "rogress\tpercent\t"
                  "deadline\tdeadline_kind\tdeadline_raw\tassigned_"
                  "on\tlead\tsupervisor\tregions\tsponsor\tresponsible\t"
                  "officer\tphone\tdone_on\tsubmitted_on\tclosed_on\tclose_document\n"
                  "# all the way to the end, sent back once, with an objection\n"
                  "2\t001\t0\t湿地退养还湿\t问题\t目标\t湿地\tclosed\t0\t0\tdone\t100\t"
                  "2026-10-31\tdate\t{deadline}前\t2026-01-10\t水利厅;"
                  "生态环境厅\t生态环境厅\t210400;210421\t钱学军\t"
                  "水务局@210400\t局长\t1\t2026-07-01\t2026-08-10\t2026-10-20\t辽环销〔2026〕1号\n"
                  "2\t002\t0\t违建清理\t\t\t\tin_progress\t1\t1\tbehind\t60\t"
                  "2026-11-15\tdate\t\t2026-02-01\t水利厅\t\t210421\t\t\t\t\t\t2026-09-01\t\t\n"
                  "2\t003\t0\t长期坚持\t\t\t\tnot_started\t0\t0\tnot_started\t0\t"
                  "\tongoing\t长期坚持\t\t\t\t210400\t\t\t\t\t\t\t\t\n"
                  "2\t003\t1\t长期坚持（抚顺县）\t\t\t\tsubmitted\t0\t0\tdone\t100\t"
                  "\timmediate\t立行立改\t2026-10-01\t\t\t210421\t\t\t\t\t\t2026-11-18\t\t\n"
                  "P\t12\t0\t规划目标\t\t\t\tin_progress\t0\t0\ton_schedule\t30\t"
                  "=2027-12-31\tdate_ongoing\t2027年底前并长期坚持\t2025-01-"
                  "10\t\t\t210000\t\t\t\t\t\t\t\t\n"},
    {"measures.tsv", "source\tnumber\tpart\tposition\ttext\tdue_on\tdone_on\twaived\n"
                     "2\t001\t0\t1\t退养还湿一千亩\t2026-06-30\t2026-06-20\t\n"
                     "2\t002\t0\t1\t拆除违建\t2026-11-30\t\t\n"},
    {"targets.tsv", "source\tnumber\tpart\tposition\ttext\tvalue\tunit\tby_on\tby_raw\n"
                    "2\t001\t0\t1\t退养还湿面积\t1000\t亩\t\t\n"
                    "P\t12\t0\t1\t治理面积\t802.7\t万亩\t=2030-12-31\t到2030年\n"
                    "P\t12\t0\t2\t机制建成\t\t\t\t\n"},
    {"reports.tsv",
        "source\tnumber\tpart\tperiod\tunit\treporter\treported_"
        "at\tpercent\tprogress\ttext\tproblems\tnext_step\n"
        "2\t001\t0\t2026-06-03\t210421\t王强\t2026-06-08\t80\ton_schedule\t完成八成\t\t\n"
        "2\t002\t0\t2026-11-10\t210421\t\t2026-11-"
        "16\t60\tbehind\t完成六成\t户主不同意\t继续做工作\n"
        "P\t12\t0\t2026-08-01\t生态环境厅\t\t2026-10-09\t30\ton_schedule\t按计划\t\t\n"},
    {"notices.tsv",
        "source\tnumber\tpart\tlevel\tdocument\tissuer\treason\tissued_on\treply_due\treplied_"
        "on\treply\tlifted_on\n"
        "2\t002\t0\tletter\t辽环督〔2026〕3号\t省督改办\t进展缓慢\t2026-08-01\t2026-08-15\t2026-08-"
        "14\t已部署\t2026-08-20\n"
        "2\t002\t0\tlisted\t辽环督〔2026〕9号\t省督改办\t逾期\t2026-11-20\t2026-12-20\t\t\t\n"},
    {"reviews.tsv",
        "source\tnumber\tpart\tlevel\tresult\treviewed_on\tdepartment\treviewer\tconclusion\n"
        "2\t001\t0\tcounty\treturned\t2026-07-20\t水务局@210400\t\t面积不足\n"
        "2\t001\t0\tcounty\tpassed\t2026-08-20\t水务局@210400\t刘洋\t达标\n"
        "2\t001\t0\tprovince\tpassed\t2026-09-10\t生态环境厅\t\t达标\n"
        "2\t002\t0\tcity\treturned\t2026-09-15\t\t\t又建起来\n"},
    {"publicities.tsv", "source\tnumber\tpart\tstarts_on\tends_on\tdays\tday_"
                        "kind\tmedium\toffice\tphone\taddress\temail\tresults\n"
                        "2\t001\t0\t2026-09-21\t2026-09-"
                        "29\t7\tworking\t网站\t省督改办\t1101\t沈阳市\ta@example.cn\t成效\n"},
    {"objections.tsv", "source\tnumber\tpart\tpublicity_starts_on\traised_"
                       "on\tchannel\traiser\ttext\tsettled_on\tsettlement\tupheld\n"
                       "2\t001\t0\t2026-09-21\t2026-09-24\ttelephone\t村民\t还有一处没退\t2026-10-"
                       "08\t已复核，不属实\t0\n"},
    {"extensions.tsv",
        "source\tnumber\tpart\told_deadline\tnew_deadline\treason\tasked_on\tasked_by\tdecided_"
        "on\tdecided_by\tapproved\tcomment\n"
        "2\t001\t0\t2026-06-30\t2026-10-31\t汛期停工\t2026-06-01\t\t2026-06-05\t\t1\t同意\n"
        "2\t002\t0\t2026-11-15\t2026-12-31\t户主未签\t2026-11-01\t\t2026-11-05\t\t0\t不同意\n"},
};
#define FILE_COUNT (sizeof files / sizeof *files)

static void write_sample(const struct fixture *fixture, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", fixture->folder, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0, 1);
    assert_int_equal(fclose(file), 0);
}

static void open_database(struct fixture *fixture)
{
    struct error err;
    struct model_options options = {
        .path = fixture->path, .due_soon_days = 30, .due_urgent_days = 7};
    assert_true(db_open(fixture->path, DB_CREATE, &fixture->db, &err));
    db_close(fixture->db);
    if (!model_open(&options, &fixture->model, &err))
        fail_msg("%s", err.text);
    fixture->db = model_db(fixture->model);
}

static void close_database(struct fixture *fixture)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".gate"};
    model_close(fixture->model);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", fixture->path, ends[i]);
        unlink(path);
    }
}

static int setup(void **state)
{
    struct fixture *fixture = alloc_zero(1, sizeof *fixture);
    strcpy(fixture->folder, "/tmp/test_sample.XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->path, sizeof fixture->path, "%s/test.db", fixture->folder);
    for (size_t i = 0; i < FILE_COUNT; i++)
        write_sample(fixture, files[i].name, files[i].text);
    setenv("DUBAN_NOW", SATURDAY, 1);
    open_database(fixture);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    close_database(fixture);
    folder_remove(fixture->folder);
    free(fixture);
    unsetenv("DUBAN_NOW");
    return 0;
}

static void load(struct fixture *fixture, const char *folder)
{
    struct error err;
    if (!sample_load(fixture->model, folder, &err))
        fail_msg("%s", err.text);
}

/* The first value of a query, as text; the caller frees. */
static char *ask(struct fixture *fixture, const char *sql)
{
    struct error err;
    struct db_statement *statement;
    if (!db_prepare(fixture->db, sql, &statement, &err))
        fail_msg("%s: %s", sql, err.text);
    if (db_step(statement, &err) != DB_ROW)
        fail_msg("%s: no row", sql);
    char *text = alloc_string(db_text(statement, 0));
    db_finish(statement);
    return text;
}

static void assert_ask(struct fixture *fixture, const char *sql, const char *expected)
{
    char *text = ask(fixture, sql);
    if (strcmp(text, expected) != 0)
        fail_msg("%s\n  is \"%s\", not \"%s\"", sql, text, expected);
    free(text);
}

/* --- what a loaded database must be --------------------------------------------------------- */

/* Replays every event: each change begins where the last one ended, and the last ends in the row.
 */
static void assert_replay(struct fixture *fixture)
{
    static const char *const fields[] = {
        "state", "returned", "listed", "percent", "progress", "deadline"};
    static const char *const firsts[] = {
        "'not_started'", "'0'", "'0'", "'0'", "'not_started'", "c.before"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        char *sql =
            alloc_format("WITH c AS (SELECT e.task_id, c.before, c.after, "
                         "lag(c.after) OVER w AS last, lead(c.after) OVER w IS NULL AS is_last "
                         "FROM event e JOIN event_change c ON c.seq = e.seq WHERE c.field = '%s' "
                         "WINDOW w AS (PARTITION BY e.task_id ORDER BY e.seq)) "
                         "SELECT count(*) FROM c JOIN task t ON t.id = c.task_id "
                         "WHERE c.before <> coalesce(c.last, %s) OR (c.is_last AND c.after <> "
                         "coalesce(t.%s, ''))",
                fields[i], firsts[i], fields[i]);
        assert_ask(fixture, sql, "0");
        free(sql);
    }
    /* and where nothing was changed the row is as it began */
    assert_ask(fixture,
        "SELECT count(*) FROM task t WHERE state <> 'not_started' AND NOT EXISTS "
        "(SELECT 1 FROM event e JOIN event_change c ON c.seq = e.seq "
        "WHERE e.task_id = t.id AND c.field = 'state')",
        "0");
    assert_ask(fixture,
        "SELECT count(*) FROM task t WHERE percent > 0 AND NOT EXISTS "
        "(SELECT 1 FROM event e JOIN event_change c ON c.seq = e.seq "
        "WHERE e.task_id = t.id AND c.field = 'percent')",
        "0");
}

/* The whole of the check. */
static void assert_checked(struct fixture *fixture)
{
    struct found found;
    found_in_model(fixture->model, &found);
    found_expect_nothing(&found);
}

static void assert_history(struct fixture *fixture)
{
    assert_ask(fixture,
        "SELECT count(*) FROM task t WHERE NOT EXISTS (SELECT 1 FROM event WHERE task_id = t.id)",
        "0");
    assert_ask(fixture, "SELECT count(*) FROM event WHERE actor = ''", "0");
    assert_ask(fixture,
        "SELECT count(*) FROM event a JOIN event b ON b.seq = a.seq + 1 WHERE b.at < a.at", "0");
    /* working hours of the declared zone, UTC+8 */
    assert_ask(fixture,
        "SELECT count(*) FROM event WHERE time(at, '+8 hours') NOT BETWEEN '08:30:00' AND "
        "'17:30:00'",
        "0");
    char now[25];
    char *sql = alloc_format(
        "SELECT count(*) FROM event WHERE at > '%s'", date_moment_format(date_now(), now));
    assert_ask(fixture, sql, "0");
    free(sql);
}

static void assert_rows_have_events(struct fixture *fixture)
{
    static const char *const tables[] = {
        "measure", "target", "report", "notice", "review", "publicity", "objection", "extension"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char *sql =
            alloc_format("SELECT count(*) FROM %s x WHERE NOT EXISTS (SELECT 1 FROM event e "
                         "WHERE e.seq = x.event_seq AND e.task_id = x.task_id)",
                tables[i]);
        assert_ask(fixture, sql, "0");
        free(sql);
    }
}

static void assert_sound(struct fixture *fixture)
{
    assert_replay(fixture);
    assert_history(fixture);
    assert_rows_have_events(fixture);
    assert_checked(fixture);
    assert_ask(fixture, "SELECT count(*) FROM search_stale", "0");
    assert_ask(fixture, "SELECT count(*) FROM task WHERE version < 1 OR updated_by = ''", "0");
    assert_ask(fixture, "SELECT count(*) FROM pragma_foreign_key_check", "0");
}

/* --- tests ---------------------------------------------------------------------------------- */

static void loads_units_and_people(void **state)
{
    struct fixture *fixture = *state;
    load(fixture, fixture->folder);
    assert_ask(fixture,
        "SELECT p.name FROM region r JOIN region p ON p.id = r.parent_id WHERE r.code = '210421'",
        "抚顺市");
    assert_ask(fixture,
        "SELECT r.code FROM department d JOIN region r ON r.id = d.region_id WHERE d.short = "
        "'水务局'",
        "210400");
    assert_ask(
        fixture, "SELECT group_concat(code || rhythm, ' ') FROM source", "2weekly Pquarterly");
    assert_ask(fixture,
        "SELECT p.role || d.short FROM person p JOIN department d ON d.id = p.department_id",
        "department水利厅");
    assert_ask(fixture, "SELECT count(*) FROM duty", "790");
    /* tonight is the first one's, every moment from a month ago to next year is somebody's */
    assert_ask(fixture,
        "SELECT name FROM duty WHERE starts_at <= '2026-11-21T13:47:00.000Z' AND ends_at > "
        "'2026-11-21T13:47:00.000Z'",
        "李娜");
    assert_ask(fixture,
        "SELECT count(*) FROM duty a WHERE NOT EXISTS (SELECT 1 FROM duty b WHERE b.starts_at = "
        "a.ends_at)",
        "1");
}

static void loads_tasks_and_what_belongs_to_them(void **state)
{
    struct fixture *fixture = *state;
    load(fixture, fixture->folder);
    assert_sound(fixture);
    assert_ask(fixture, "SELECT count(*) FROM task", "5");
    assert_ask(fixture, "SELECT deadline_raw FROM task WHERE id = 1", "2026年10月31日前");
    assert_ask(fixture, "SELECT count(*) FROM task_region WHERE task_id = 1", "2");
    assert_ask(fixture,
        "SELECT group_concat(d.short || x.role || x.position, ' ') FROM task_department x "
        "JOIN department d ON d.id = x.department_id",
        "生态环境厅lead1 水务局responsible0");
    assert_ask(fixture,
        "SELECT number FROM task WHERE id = (SELECT parent_id FROM task WHERE part = 1)", "003");
    assert_ask(fixture, "SELECT period_start || ' ' || period_end FROM report WHERE task_id = 2",
        "2026-11-09 2026-11-15");
    assert_ask(fixture, "SELECT reported_on FROM task WHERE id = 2", "2026-11-09");
    assert_ask(fixture, "SELECT period_start || ' ' || period_end FROM report WHERE task_id = 5",
        "2026-07-01 2026-09-30");
    assert_ask(fixture, "SELECT date(reported_at, '+8 hours') FROM report WHERE task_id = 2",
        "2026-11-16");
    assert_ask(fixture, "SELECT publicity_id FROM objection", "1");
    assert_ask(fixture, "SELECT approved FROM extension WHERE task_id = 2", "0");
    struct strbuf query = {0};
    assert_true(search_query(&query, "湿地"));
    char *sql =
        alloc_format("SELECT rowid FROM search WHERE search MATCH '%s'", strbuf_text(&query));
    assert_ask(fixture, sql, "1");
    free(sql);
    strbuf_clear(&query);
}

static void derives_the_history(void **state)
{
    struct fixture *fixture = *state;
    load(fixture, fixture->folder);
    assert_ask(fixture,
        "SELECT group_concat(action, ' ') FROM (SELECT action FROM event WHERE task_id = 1 ORDER "
        "BY seq)",
        "claim start extend approve report edit edit submit accept return submit accept pass pass "
        "publicise object settle close");
    assert_ask(fixture,
        "SELECT group_concat(action, ' ') FROM (SELECT action FROM event WHERE task_id = 2 ORDER "
        "BY seq)",
        "claim start notice reply lift submit accept return extend refuse report notice");
    assert_ask(fixture,
        "SELECT group_concat(action, ' ') FROM (SELECT action FROM event WHERE task_id = 4 ORDER "
        "BY seq)",
        "claim start submit");
    assert_ask(fixture, "SELECT actor FROM event WHERE action = 'report' AND task_id = 1", "王强");
    assert_ask(
        fixture, "SELECT actor FROM event WHERE action = 'pass' ORDER BY seq LIMIT 1", "刘洋");
    assert_ask(fixture, "SELECT actor FROM event WHERE action = 'claim' AND task_id = 4", "王强");
    assert_ask(fixture, "SELECT actor FROM event WHERE action = 'notice' LIMIT 1", "李娜");
    assert_ask(fixture, "SELECT before || after FROM event_change WHERE field = 'deadline'",
        "2026-06-302026-10-31");
    assert_ask(fixture, "SELECT after FROM event_change WHERE field = 'close_document'",
        "辽环销〔2026〕1号");
    assert_ask(fixture, "SELECT after FROM event_change WHERE field = 'done.1'", "2026-06-20");
    assert_ask(fixture, "SELECT updated_by FROM task WHERE id = 1", "李娜");
}

static void loads_the_same_twice(void **state)
{
    struct fixture *fixture = *state;
    load(fixture, fixture->folder);
    char *first = ask(fixture, "SELECT hash FROM event ORDER BY seq DESC LIMIT 1");
    close_database(fixture);
    open_database(fixture);
    load(fixture, fixture->folder);
    assert_ask(fixture, "SELECT hash FROM event ORDER BY seq DESC LIMIT 1", first);
    free(first);
}

static void shifts_dates_to_today(void **state)
{
    struct fixture *fixture = *state;
    setenv("DUBAN_NOW", "2027-03-03T06:15:00+08:00", 1); /* 102 days on, a Wednesday before work */
    load(fixture, fixture->folder);
    assert_sound(fixture);
    assert_ask(fixture, "SELECT deadline || deadline_raw FROM task WHERE id = 1",
        "2027-02-102027年2月10日前");
    assert_ask(fixture, "SELECT deadline || deadline_raw FROM task WHERE number = '12'",
        "2027-12-312027年底前并长期坚持");
    /* the week before last Saturday's week is the one that ended last Sunday */
    assert_ask(fixture, "SELECT period_start || ' ' || period_end FROM report WHERE task_id = 2",
        "2027-02-22 2027-02-28");
    assert_ask(fixture, "SELECT date(reported_at, '+8 hours') FROM report WHERE task_id = 2",
        "2027-03-01");
    assert_ask(fixture, "SELECT period_start FROM report WHERE task_id = 5", "2026-10-01");
    assert_ask(fixture, "SELECT date(max(at), '+8 hours') < '2027-03-03' FROM event", "1");
}

static void refuses_a_database_that_is_in_use(void **state)
{
    struct fixture *fixture = *state;
    struct error err;
    load(fixture, fixture->folder);
    assert_false(sample_load(fixture->model, fixture->folder, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_non_null(strstr(err.text, fixture->path));
    assert_ask(fixture, "SELECT count(*) FROM task", "5");
}

static const struct bad {
    const char *file, *old, *new; /* replaced once in that file */
    const char *place, *reason;   /* what the message must hold */
} bads[] = {
    {"regions.tsv", "\tlevel\t", "\tkind\t", "regions.tsv, line 1, column level", "missing"},
    {"regions.tsv", "parent\n", "parent\tcolour\n", "regions.tsv, line 1", "colour"},
    {"regions.tsv", "\tcounty\t210400", "\tcounty\t210500", "regions.tsv, line 4, column parent",
        "210500"},
    {"regions.tsv", "\tcity\t", "\ttown\t", "regions.tsv, line 3, column level",
        "province city county township"},
    {"regions.tsv", "210421", "210400", "regions.tsv, line 4, column code", "210400"},
    {"departments.tsv", "省水利厅\t", "省生态环境厅\t", "departments.tsv, line 3", ""},
    {"sources.tsv", "\t2024\t", "\t1024\t", "sources.tsv, line 3, column year", "1024"},
    {"sources.tsv", "\tweekly", "\tdaily", "sources.tsv, line 2, column rhythm", "daily"},
    {"people.tsv", "\tofficer\t", "\tboss\t", "people.tsv, line 2, column role", "boss"},
    {"duty.tsv", "\n张伟民", "\n", "duty.tsv, line 3, column name", "needed"},
    {"tasks.tsv", "\tclosed\t0", "\tshut\t0", "tasks.tsv, line 3, column state", "shut"},
    {"tasks.tsv", "2026-10-31\tdate", "2026-02-30\tdate", "tasks.tsv, line 3, column deadline",
        "2026-02-30"},
    {"tasks.tsv", "\tdone\t100\t2026", "\tdone\t101\t2026", "tasks.tsv, line 3, column percent",
        "101"},
    {"tasks.tsv", "2\t002\t0", "2\t001\t0", "tasks.tsv, line 4, column number", "line 3"},
    {"tasks.tsv", "2\t003\t0", "2\t004\t0", "tasks.tsv, line 6, column part", "above"},
    {"tasks.tsv", "水利厅;生态", "水务厅;生态", "tasks.tsv, line 3, column lead", "水务厅"},
    {"tasks.tsv", "210400;210421", "210400;210400", "tasks.tsv, line 3, column regions", "twice"},
    {"tasks.tsv", "\t210400;210421\t", "\t\t", "tasks.tsv, line 3, column regions", "region"},
    {"tasks.tsv", "钱学军", "钱学森", "tasks.tsv, line 3, column sponsor", "钱学森"},
    {"tasks.tsv", "\t2026-10-20\t", "\t\t", "tasks.tsv, line 3, column closed_on", "closed"},
    {"tasks.tsv", "\t2026-10-20\t", "\t2026-12-20\t", "tasks.tsv, line 3, column closed_on",
        "2026-11-21"},
    {"tasks.tsv", "违建清理", "违建\x1b[31m清理", "tasks.tsv, line 4, column title", "UTF-8"},
    {"tasks.tsv", "违建清理\t", "违建清理", "tasks.tsv, line 4", "26 fields"},
    {"tasks.tsv", "in_progress\t1\t1", "in_progress\t1\t0", "tasks.tsv, line 4, column listed",
        "\"1\""},
    {"tasks.tsv", "in_progress\t1\t1", "in_progress\t0\t1", "tasks.tsv, line 4, column returned",
        "\"1\""},
    {"tasks.tsv", "behind\t60", "behind\t70", "tasks.tsv, line 4, column percent", "\"60\""},
    {"tasks.tsv", "behind\t60", "ahead\t60", "tasks.tsv, line 4, column progress", "behind"},
    {"measures.tsv", "2\t002\t0\t1", "2\t001\t0\t1", "measures.tsv, line 3", ""},
    {"targets.tsv", "=2030-12-31", "=2030-12-32", "targets.tsv, line 3, column by_on",
        "2030-12-32"},
    {"targets.tsv", "退养还湿面积", "", "targets.tsv, line 2, column text", ""},
    {"targets.tsv", "12\t0\t2", "12\t0\t1", "targets.tsv, line 4", ""},
    {"reports.tsv", "2026-06-03", "2026-06-3", "reports.tsv, line 2, column period", "2026-06-3"},
    {"reports.tsv", "210421\t王强", "210499\t王强", "reports.tsv, line 2, column unit", "210499"},
    {"reports.tsv", "2\t001", "2\t009", "reports.tsv, line 2, column number", "2-009"},
    {"reports.tsv", "2026-06-08", "2026-12-08", "reports.tsv, line 2, column reported_at", ""},
    {"reviews.tsv", "2026-09-10", "2026-10-19", "reviews.tsv, line 4, column reviewed_on",
        "publicised"},
    {"objections.tsv", "0\t2026-09-21\t", "0\t2026-09-22\t",
        "objections.tsv, line 2, column publicity_starts_on", ""},
    {"objections.tsv", "不属实\t0", "属实\t1", "tasks.tsv, line 3, column closed_on", "in_review"},
    {"extensions.tsv", "\t2026-10-31", "\t2026-10-30", "tasks.tsv, line 3, column deadline",
        "2026-10-30"},
};

static char *replaced(const char *text, const char *old, const char *new)
{
    const char *at = strstr(text, old);
    if (!at)
        fail_msg("\"%s\" does not stand in the file", old);
    return alloc_format("%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
}

static const char *sample_of(const char *name)
{
    for (size_t i = 0; i < FILE_COUNT; i++) {
        if (strcmp(files[i].name, name) == 0)
            return files[i].text;
    }
    fail_msg("no file %s", name);
    return NULL;
}

static void names_a_bad_line_and_writes_nothing(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
        const struct bad *bad = &bads[i];
        struct error err = {0};
        char *text = replaced(sample_of(bad->file), bad->old, bad->new);
        write_sample(fixture, bad->file, text);
        free(text);
        if (sample_load(fixture->model, fixture->folder, &err))
            fail_msg("%s: \"%s\" was let pass", bad->file, bad->new);
        if (!strstr(err.text, bad->place) || !strstr(err.text, bad->reason))
            fail_msg("%s: \"%s\" gives: %s", bad->file, bad->new, err.text);
        write_sample(fixture, bad->file, sample_of(bad->file));
        assert_ask(fixture,
            "SELECT (SELECT count(*) FROM region) + (SELECT count(*) FROM task) + "
            "(SELECT count(*) FROM event) + (SELECT count(*) FROM duty) + (SELECT count(*) FROM "
            "tally_place)",
            "0");
    }
    load(fixture, fixture->folder); /* and the database is still good for it */
    assert_sound(fixture);
}

static void names_a_missing_file(void **state)
{
    struct fixture *fixture = *state;
    struct error err;
    char path[128];
    snprintf(path, sizeof path, "%s/reviews.tsv", fixture->folder);
    assert_int_equal(unlink(path), 0);
    assert_false(sample_load(fixture->model, fixture->folder, &err));
    assert_non_null(strstr(err.text, path));
    write_sample(fixture, "reviews.tsv", sample_of("reviews.tsv"));
}

/* The project's own folder, on the day it tells of and on awkward ones: before work begins, on the
 * last day of a year and of February, in the middle of each kind of period. */
static void loads_the_project_s_own_data(void **state)
{
    static const char *const days[] = {SATURDAY, "2026-11-23T00:00:30+08:00",
        "2026-12-31T23:59:59+08:00", "2027-02-28T08:31:00+08:00", "2028-02-29T12:00:00+08:00",
        "2027-07-01T09:00:00+08:00", "2027-05-16T18:00:00+08:00"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        setenv("DUBAN_NOW", days[i], 1);
        load(fixture, "sample-data");
        assert_sound(fixture);
        assert_ask(fixture,
            "SELECT count(*) || ' ' || sum(state = 'closed') FROM task t JOIN source s "
            "ON s.id = t.source_id WHERE s.code = '2' AND part = 0",
            "98 85");
        close_database(fixture);
        open_database(fixture);
    }
}

/* --- generated tasks ------------------------------------------------------------------------ */

static void remember(void *context, int64_t done, int64_t count)
{
    int64_t *last = context;
    assert_true(done > *last && done <= count);
    *last = done;
}

static void generate(struct fixture *fixture, int64_t count, unsigned seed)
{
    struct error err;
    int64_t told = 0;
    if (!sample_generate(fixture->model, count, seed, remember, &told, &err))
        fail_msg("%s", err.text);
    assert_int_equal(told, count);
}

/* What the generator put into the search index is what duban's own indexing makes of the tasks. */
static void assert_indexed(struct fixture *fixture)
{
    struct error err;
    assert_ask(fixture, "SELECT count(*) FROM search_stale", "0");
    assert_true(db_write_begin(fixture->db, &err));
    assert_true(db_script(fixture->db,
        "CREATE TEMP TABLE was AS SELECT id, c0, c1 FROM search_content;"
        "INSERT INTO search_stale SELECT id FROM task",
        &err));
    assert_true(search_refresh(fixture->db, 1000000, NULL, &err));
    assert_ask(fixture,
        "SELECT count(*) FROM search_content n LEFT JOIN was w ON w.id = n.id "
        "WHERE n.c0 IS NOT w.c0 OR n.c1 IS NOT w.c1",
        "0");
    db_write_rollback(fixture->db);
}

static void assert_share(struct fixture *fixture, const char *condition, double least, double most)
{
    char *sql = alloc_format("SELECT avg(%s) FROM task", condition);
    char *share = ask(fixture, sql);
    if (atof(share) < least || atof(share) > most)
        fail_msg("%s: %s", condition, share);
    free(share);
    free(sql);
}

static void generates_tasks_like_real_ones(void **state)
{
    struct fixture *fixture = *state;
    load(fixture, "sample-data");
    char *indexes = ask(fixture, "SELECT group_concat(sql, ';') FROM (SELECT sql FROM "
                                 "sqlite_schema WHERE type = 'index' ORDER BY name)");
    generate(fixture, 20010, 1);
    assert_ask(fixture,
        "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema WHERE type = 'index' "
        "ORDER BY name)",
        indexes);
    assert_indexed(fixture);
    assert_checked(fixture);
    assert_ask(fixture,
        "SELECT count(*) FROM task WHERE number BETWEEN '00001' AND '20010' AND length(number) = 5",
        "20010");
    assert_ask(fixture, "SELECT note FROM event ORDER BY seq DESC LIMIT 1", "G-00001 .. G-20010");
    assert_ask(fixture, "SELECT count(*) FROM pragma_foreign_key_check", "0");
    assert_share(fixture, "state = 'closed'", 0.84, 0.86);
    assert_share(fixture, "title LIKE '%湿地%'", 0.02, 0.04);
    assert_share(
        fixture, "deadline = date(deadline, 'start of month', '+1 month', '-1 day')", 0.9, 1);
    assert_share(fixture, "is_open AND due_on < '2026-11-21'", 0.005, 0.03);
    assert_share(fixture, "(SELECT code FROM region WHERE id = region_id) LIKE '2101%'", 0.2, 0.26);
    assert_share(fixture,
        "closed_on > '2026-11-21' OR updated_at > '2026-11-21T14' OR assigned_on > '2026-11-21'", 0,
        0);
    assert_share(fixture, "(state = 'closed') <> (closed_on IS NOT NULL)", 0, 0);
    assert_share(fixture, "category = ''", 0, 0.01);
    assert_share(
        fixture, "(SELECT count(*) FROM task_region WHERE task_id = task.id) > 1", 0.04, 0.1);
    assert_share(fixture, "returned AND state <> 'in_progress'", 0, 0);
    free(indexes);
}

static void generates_the_same_for_the_same_seed(void **state)
{
    static const char *const all =
        "SELECT sum(length(title) * position + percent) || min(title) || max(deadline) "
        "FROM task WHERE number LIKE '0%'";
    struct fixture *fixture = *state;
    generate(fixture, 1000, 7);
    char *first = ask(fixture, all);
    close_database(fixture);
    open_database(fixture);
    generate(fixture, 1000, 7);
    assert_ask(fixture, all, first);
    close_database(fixture);
    open_database(fixture);
    generate(fixture, 1000, 8);
    char *other = ask(fixture, all);
    assert_string_not_equal(first, other);
    free(first);
    free(other);
}

/* Without sample data: the places and departments it needs are made, once; numbers go on. */
static void generates_into_an_empty_database(void **state)
{
    struct fixture *fixture = *state;
    generate(fixture, 50, 1);
    generate(fixture, 7, 2);
    assert_ask(fixture, "SELECT count(*) || ' ' || max(number) || ' ' || max(position) FROM task",
        "57 0057 57");
    assert_ask(fixture, "SELECT count(*) || ' ' || sum(level = 'city') FROM region", "115 14");
    assert_ask(fixture, "SELECT count(*) FROM department", "45");
    assert_ask(fixture, "SELECT count(*) FROM source", "1");
    assert_ask(fixture, "SELECT year FROM source", "2026");
    assert_checked(fixture);
    assert_indexed(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(loads_units_and_people, setup, teardown),
        cmocka_unit_test_setup_teardown(loads_tasks_and_what_belongs_to_them, setup, teardown),
        cmocka_unit_test_setup_teardown(derives_the_history, setup, teardown),
        cmocka_unit_test_setup_teardown(loads_the_same_twice, setup, teardown),
        cmocka_unit_test_setup_teardown(shifts_dates_to_today, setup, teardown),
        cmocka_unit_test_setup_teardown(refuses_a_database_that_is_in_use, setup, teardown),
        cmocka_unit_test_setup_teardown(names_a_bad_line_and_writes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(names_a_missing_file, setup, teardown),
        cmocka_unit_test_setup_teardown(loads_the_project_s_own_data, setup, teardown),
        cmocka_unit_test_setup_teardown(generates_tasks_like_real_ones, setup, teardown),
        cmocka_unit_test_setup_teardown(generates_the_same_for_the_same_seed, setup, teardown),
        cmocka_unit_test_setup_teardown(generates_into_an_empty_database, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
