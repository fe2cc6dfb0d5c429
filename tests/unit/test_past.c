/* The past: a life of some tasks, by people and by scripts, pictured after each step; then every
 * step's moment is asked for again and must give the same picture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/counts.h"
#include "model/history.h"
#include "model/past.h"
#include "model/query.h"
#include "model/task_detail.h"
#include "model/task_list.h"
#include "model/undo.h"
#include "model/units.h"
#include "model/work.h"

/* --- moments --------------------------------------------------------------------------------- */

/* Step n happens on the n-th day of September, at ten. */
static moment_t step_moment(int step)
{
    return date_moment(date_make(2026, 8, 31) + step, 10, 0);
}

static void set_clock(moment_t moment)
{
    char iso[25];
    setenv("DUBAN_NOW", date_moment_format(moment, iso), 1);
}

static struct model *open_at(const char *path, moment_t as_of)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.name = (char *)"李娜", .role = PERSON_ADMIN};
    const struct model_options options = {
        .path = path, .as_of = as_of, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

/* --- pictures -------------------------------------------------------------------------------- */

/* What is compared of each table, and in which order. What says only when a row was written, and
 * by which line, is not; a task's version is that of today. */
static const struct {
    const char *table, *without, *order;
} pictured[] = {
    {"task", "version updated_at updated_by created_at", "id"},
    {"task_region", "event_seq position", "task_id, position, region_id"},
    {"task_department", "event_seq position", "task_id, role, position, department_id"},
    {"measure", "event_seq id", "task_id, position"},
    {"target", "event_seq", "task_id, position"},
    {"report", "event_seq", "id"},
    {"notice", "event_seq", "id"},
    {"review", "event_seq", "id"},
    {"publicity", "event_seq", "id"},
    {"objection", "event_seq", "id"},
    {"extension", "event_seq", "id"},
    {"tally_total", "", "1"},
    {"event", "at hash origin", "seq"},
};

static void add_answer(struct strbuf *out, struct db *db, const char *sql)
{
    struct error err = {0};
    struct db_statement *rows;
    if (!db_prepare(db, sql, &rows, &err))
        fail_msg("%s: %s", sql, err.text);
    while (db_step(rows, &err) == DB_ROW)
        strbuf_format(out, "  %s\n", db_text(rows, 0));
    db_finish(rows);
}

static void add_table(struct strbuf *out, struct db *db, size_t index)
{
    struct strbuf columns = {0}, sql = {0};
    strbuf_format(&sql,
        "SELECT group_concat('''' || name || '='' || quote(' || name || ')', ' || '' '' || ') FROM "
        "pragma_table_xinfo('%s', 'main') WHERE instr(' %s ', ' ' || name || ' ') = 0",
        pictured[index].table, pictured[index].without);
    add_answer(&columns, db, strbuf_text(&sql));
    strbuf_cut(&sql, 0);
    strbuf_format(&sql, "SELECT %s FROM %s ORDER BY %s", strbuf_text(&columns),
        pictured[index].table, pictured[index].order);
    strbuf_format(out, "%s\n", pictured[index].table);
    add_answer(out, db, strbuf_text(&sql));
    strbuf_clear(&columns);
    strbuf_clear(&sql);
}

static const char *const filters[] = {"open", "closed", "overdue", "due_soon", "unreported",
    "returned", "listed", "noticed", "objected", "notice:letter", "state:submitted",
    "state:in_progress", "region:盘锦", "region:抚顺", "city:沈阳", "lead:水利厅", "lead:无",
    "responsible:自然资源厅", "percent>=50", "湿地", "title:湿地", "围堰", "湿地 open", "-湿地",
    "优良", "2-001", "kind:immediate", "reported<2026-09-01", "due>2026-12-31", "sponsor:赵明"};

static void add_list(struct strbuf *out, struct model *model, const char *filter, enum sort_key key)
{
    struct error err = {0};
    struct query_error wrong;
    struct query *query;
    struct task_list *list;
    const struct sort sort = {key, false};
    if (!query_parse(filter, &query, &wrong) || !task_list_open(model, query, &sort, &list, &wrong))
        fail_msg("%s: %s", filter, wrong.text);
    while (!task_list_complete(list)) {
        task_list_wait(list, 100000, 1000);
        task_list_take(list, &err);
    }
    strbuf_format(out, "%s:", filter);
    for (size_t i = 0; i < task_list_count(list); i++)
        strbuf_format(out, " %lld", (long long)task_list_id(list, i));
    strbuf_add(out, "\n");
    task_list_close(list);
    query_free(query);
}

static void add_counts(struct strbuf *out, struct model *model)
{
    struct error err = {0};
    struct counts counts;
    if (!counts_read(model, &counts, &err))
        fail_msg("%s", err.text);
    strbuf_format(out, "all %lld open %lld overdue %lld soon %lld urgent %lld unreported %lld\n",
        (long long)counts.all, (long long)counts.open, (long long)counts.overdue,
        (long long)counts.due_soon, (long long)counts.due_urgent, (long long)counts.unreported);
}

static char *take_picture(struct model *model)
{
    struct strbuf out = {0};
    for (size_t i = 0; i < sizeof pictured / sizeof *pictured; i++)
        add_table(&out, model_db(model), i);
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        add_list(&out, model, filters[i], i % 2 ? SORT_DUE : SORT_NUMBER);
    add_list(&out, model, "", SORT_REGION);
    add_counts(&out, model);
    return strbuf_take(&out);
}

/* The line in which they differ. */
static void expect_same(const char *what, const char *is, const char *was)
{
    size_t line = 0, at = 0;
    while (is[at] != '\0' && is[at] == was[at])
        if (is[at++] == '\n')
            line = at;
    if (is[at] != was[at])
        fail_msg("%s\n  is  %.*s\n  was %.*s", what, (int)strcspn(is + line, "\n"), is + line,
            (int)strcspn(was + line, "\n"), was + line);
}

/* The counts are those of the tasks, and a task was last changed by its last line. */
static void expect_consistent(struct model *model)
{
    struct strbuf wrong = {0};
    add_answer(&wrong, model_db(model), statement_sql(COUNTS_TOTAL_WRONG));
    add_answer(&wrong, model_db(model),
        "SELECT 'of the present' FROM tally_place UNION ALL SELECT 'of the present' FROM tally_due "
        "UNION ALL SELECT 'of the present' FROM tally_owed");
    add_answer(&wrong, model_db(model),
        "SELECT t.id || ' ' || e.seq FROM task t JOIN event e ON e.seq = (SELECT max(seq) FROM "
        "event "
        "WHERE task_id = t.id) WHERE t.updated_at <> e.at OR t.updated_by <> e.actor");
    assert_string_equal(strbuf_text(&wrong), "");
    strbuf_clear(&wrong);
}

/* --- steps ----------------------------------------------------------------------------------- */

enum { ARGUMENTS_MOST = 8, STEPS_MOST = 60 };
struct life {
    char path[256];
    int count;
    bool edited; /* the last step can be undone */
    char *picture[STEPS_MOST];
};

/* Tasks as a load made them, without lines; the history can be dated afterwards. */
static void life_begin(struct life *life, void **state, int number)
{
    char name[24];
    set_clock(step_moment(0));
    snprintf(name, sizeof name, "%d.db", number);
    folder_file(*state, name, life->path);
    life->count = 0;
    database_make(life->path);
    database_task(life->path, 1, "辽河口湿地退养还湿");
    database_task(life->path, 2, "浑河排污口整治");
    database_task(life->path, 3, "大伙房水源地清理");
    database_script(life->path,
        "DROP TRIGGER event_no_update; UPDATE task SET created_at = '2026-08-01T00:00:00.000Z', "
        "updated_at = '2026-08-01T00:00:00.000Z', deadline = '2026-09-' || (10 + id), "
        "deadline_raw = '九月', version = version + 1");
}

static void life_picture(struct life *life, struct model *model)
{
    assert_true(life->count < STEPS_MOST);
    life->picture[life->count++] = take_picture(model);
    model_close(model);
}

/* The clock of the next step. */
static void life_clock(const struct life *life)
{
    set_clock(step_moment(life->count + 1));
}

/* A person acts; `arguments`: "name=value" and so on, ended by NULL. */
static void life_act(struct life *life, int64_t task, const char *action, const char *const *pairs)
{
    struct error err = {0};
    struct outcome outcome;
    struct argument argument[ARGUMENTS_MOST];
    char *names[ARGUMENTS_MOST];
    size_t count = 0;
    life_clock(life);
    struct model *model = open_at(life->path, 0);
    for (; pairs != NULL && pairs[count] != NULL; count++) {
        const char *equals = strchr(pairs[count], '=');
        names[count] = alloc_string_n(pairs[count], (size_t)(equals - pairs[count]));
        argument[count] = (struct argument){names[count], equals + 1, NULL};
    }
    const struct request request = {.action = action, .argument = argument, .count = count};
    if (!work_do(model, task, &request, &outcome, &err))
        fail_msg("step %d, %s: %s", life->count + 1, action, err.text);
    outcome_clear(&outcome);
    while (count > 0)
        free(names[--count]);
    life_picture(life, model);
}
#define ACT(task, action, ...)                                                                     \
    life_act(&life, task, action, (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

/* A script writes. Its lines bear the time of the engine's clock, which is put right. */
static void life_script(struct life *life, const char *sql)
{
    struct strbuf text = {0};
    char at[25];
    int64_t newest = database_number(life->path, "SELECT coalesce(max(seq), 0) FROM event");
    life_clock(life);
    date_moment_format(step_moment(life->count + 1), at);
    strbuf_format(&text,
        "%s; UPDATE event SET at = '%s' WHERE seq > %lld; UPDATE task SET updated_at = '%s', "
        "version = version + 1 WHERE id IN (SELECT task_id FROM event WHERE seq > %lld)",
        sql, at, (long long)newest, at, (long long)newest);
    database_script(life->path, strbuf_text(&text));
    strbuf_clear(&text);
    life_picture(life, open_at(life->path, 0));
}

static void life_undo(struct life *life, bool redo)
{
    struct error err = {0};
    struct events undone = {0};
    life_clock(life);
    struct model *model = open_at(life->path, 0);
    if (!undo_do(model, redo, 0, &undone, &err))
        fail_msg("step %d, undo: %s", life->count + 1, err.text);
    events_clear(&undone);
    life_picture(life, model);
}

/* Every step again, a moment after it and at the end of its day. */
static void life_compare(struct life *life)
{
    set_clock(step_moment(STEPS_MOST));
    /* the row was written by the engine's clock, its line by ours */
    database_write(life->path,
        "UPDATE task SET version = version + 1, updated_at = coalesce((SELECT "
        "at FROM event WHERE task_id = task.id ORDER BY seq DESC LIMIT 1), "
        "updated_at)");
    for (int step = 1; step <= life->count; step++) {
        char what[64], day[11];
        moment_t end;
        struct error err = {0};
        date_format(date_local(step_moment(step)).date, day);
        assert_true(past_parse(day, &end, &err));
        const moment_t moments[] = {step_moment(step), step_moment(step) + 60000, end};
        for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
            struct model *model = open_at(life->path, moments[i]);
            char *picture = take_picture(model);
            snprintf(what, sizeof what, "step %d, moment %zu", step, i);
            expect_same(what, picture, life->picture[step - 1]);
            expect_consistent(model);
            model_close(model);
            free(picture);
        }
    }
}

static void life_end(struct life *life)
{
    while (life->count > 0)
        free(life->picture[--life->count]);
}

/* --- lives ----------------------------------------------------------------------------------- */

static void people_act(void **state)
{
    struct life life;
    life_begin(&life, state, 1);
    ACT(1, "report", "text=完成三成", "percent=30", "progress=behind");
    ACT(2, "edit", "title=浑河沿岸排污口湿地整治", "officer=处长", "sponsor=1");
    ACT(1, "edit", "region=4 3", "lead=2 1", "responsible=3 4", "cooperating=1");
    ACT(1, "edit", "measure.1=拆除围堰", "measure.2=补水", "due.2=2026-12-01");
    ACT(1, "edit", "done.1=2026-09-05");
    ACT(3, "notice", "level=letter", "reason=进度慢", "document=1号", "reply_due=2026-09-20");
    ACT(3, "reply", "reply=已制定方案");
    ACT(3, "notice", "level=listed", "reason=仍然慢");
    ACT(3, "lift", "reason=核查通过");
    ACT(1, "extend", "deadline=2027-01-31", "reason=汛期");
    ACT(1, "approve", "comment=同意");
    ACT(0, "create", "source=1", "title=新的湿地", "region=5 4", "lead=3 2", "responsible=1",
        "measure.1=清淤", "deadline=2026-10-10");
    ACT(4, "report", "text=开工", "percent=5");
    life_undo(&life, false);
    life_undo(&life, true);
    ACT(1, "edit", "measure.1=", "lead=", "region=3");
    life_undo(&life, false);
    ACT(2, "submit", "done_on=2026-09-15");
    ACT(2, "accept");
    ACT(2, "pass", "level=city", "conclusion=符合要求");
    ACT(2, "publicise", "office=整改办", "phone=024-1", "address=沈阳", "starts_on=2026-09-25");
    ACT(2, "object", "text=仍有异味", "channel=telephone");
    ACT(2, "settle", "settlement=属实", "upheld=1");
    ACT(2, "submit", "done_on=2026-09-24");
    ACT(2, "accept");
    ACT(2, "pass", "level=province", "conclusion=通过");
    ACT(2, "publicise", "office=整改办", "phone=024-1", "address=沈阳");
    ACT(1, "edit", "deadline_kind=ongoing", "phone=024-2", "region=6 4 3");
    ACT(1, "edit", "target.1=优良水质比例", "value.1=92", "unit.1=%", "by.1=2027-12-31",
        "by_raw.1=2027年底前", "target.2=建成监测站");
    ACT(1, "edit", "value.1=93", "by.1=2026-12-31");
    ACT(1, "edit", "target.1=建成监测站", "target.2=");
    life_undo(&life, false);
    life_compare(&life);
    life_end(&life);
}

static void scripts_write(void **state)
{
    struct life life;
    life_begin(&life, state, 1);
    ACT(1, "report", "text=完成三成", "percent=30", "progress=behind");
    life_script(&life, "UPDATE task SET percent = 45, lead_id = 3, officer = 'li' WHERE id = 1");
    life_script(&life, "UPDATE task SET lead_id = NULL, supervisor_id = 2, deadline_kind = "
                       "'immediate', deadline = NULL WHERE id IN (1, 2)");
    life_script(&life, "UPDATE task SET region_id = 4 WHERE id = 1");
    life_script(&life, "INSERT INTO task_region (region_id, task_id, position) VALUES (5, 1, 1), "
                       "(6, 1, 2)");
    ACT(1, "edit", "region=5 4", "lead=1 2", "responsible=3");
    life_script(&life, "DELETE FROM task_region WHERE task_id = 1 AND region_id = 4");
    life_script(&life,
        "INSERT INTO task_department (department_id, task_id, role, position) VALUES "
        "(4, 1, 'responsible', 1)");
    life_script(&life, "UPDATE task SET title = '湿地改名', state = 'closed', closed_on = "
                       "'2026-09-09', number = '091' WHERE id = 2");
    life_script(&life, "INSERT INTO task (source_id, number, position, title, region_id, deadline, "
                       "assigned_on, created_at) VALUES (2, '7', 1, '脚本的湿地', 6, '2026-09-01', "
                       "'2026-09-01', '2026-09-10T02:00:00.000Z')");
    life_script(&life, "INSERT INTO measure (task_id, position, text) VALUES (4, 1, '拆除围堰')");
    life_script(&life,
        "INSERT INTO report (task_id, period_start, period_end, text, percent, "
        "progress, reported_at) VALUES (1, '2026-09-07', '2026-09-13', '脚本报', 80, "
        "'ahead', '2026-09-12T02:00:00.000Z')");
    ACT(1, "report", "text=完成九成", "percent=90", "period=2026-09-07");
    life_script(&life, "INSERT INTO notice (task_id, level, issued_on) VALUES (3, 'letter', "
                       "'2026-09-14')");
    life_script(
        &life, "UPDATE notice SET replied_on = '2026-09-15', reply = '好' WHERE task_id = 3");
    life_script(&life, "UPDATE notice SET lifted_on = '2026-09-16' WHERE task_id = 3");
    life_script(&life, "UPDATE measure SET done_on = '2026-09-17' WHERE task_id = 4");
    life_script(&life, "INSERT INTO extension (id, task_id, new_deadline, reason, asked_on) VALUES "
                       "(9, 3, '2027-01-01', '汛期', '2026-09-18')");
    life_script(&life, "UPDATE extension SET decided_on = '2026-09-19', decided_by = 'x', approved "
                       "= 1 WHERE id = 9; UPDATE task SET deadline = '2027-01-01' WHERE id = 3");
    life_script(&life, "UPDATE task SET state = 'not_started', title = '改回' WHERE id = 2");
    life_script(&life, "INSERT INTO target (task_id, position, text) VALUES (3, 1, '水质达标')");
    life_compare(&life);
    life_end(&life);
}

/* Deleted tasks come back where the history tells enough of them. */
static void tasks_are_deleted(void **state)
{
    struct life life;
    life_begin(&life, state, 1);
    ACT(0, "create", "source=1", "title=新的湿地", "region=5 4", "lead=3 2", "responsible=1 4",
        "deadline=2026-10-10", "phone=024-3");
    ACT(4, "edit", "title=更新的湿地", "officer=处长");
    ACT(0, "create", "source=3", "title=第五", "region=2", "deadline=2026-11-10");
    life_undo(&life, false);
    life_script(&life, "UPDATE task SET percent = 11, lead_id = 1 WHERE id = 4");
    life_script(&life, "DELETE FROM task WHERE id = 4");
    life_compare(&life);
    life_end(&life);
}

/* Of a task that no line ever described nothing can come back. */
static void an_untold_task_stays_away(void **state)
{
    struct life life;
    life_begin(&life, state, 1);
    ACT(1, "report", "text=完成三成", "percent=30");
    life_script(&life, "DELETE FROM task WHERE id = 1");
    struct model *model = open_at(life.path, step_moment(1));
    struct strbuf left = {0};
    add_answer(&left, model_db(model),
        "SELECT group_concat(id) || (SELECT count(*) FROM report) || "
        "(SELECT count(*) FROM tally_total) FROM task");
    assert_string_equal(strbuf_text(&left), "  2,302\n");
    strbuf_clear(&left);
    expect_consistent(model);
    model_close(model);
    life_end(&life);
}

/* A department that a script took away comes back, though the line does not tell its role. */
static void a_department_taken_away_comes_back(void **state)
{
    struct life life;
    life_begin(&life, state, 1);
    ACT(1, "edit", "lead=1 2", "cooperating=3");
    life_script(&life, "DELETE FROM task_department WHERE task_id = 1");
    struct model *model = open_at(life.path, step_moment(1));
    struct strbuf there = {0};
    add_answer(&there, model_db(model),
        "SELECT department_id || role FROM task_department WHERE task_id = 1 ORDER BY 1");
    assert_string_equal(strbuf_text(&there), "  2responsible\n  3responsible\n");
    strbuf_clear(&there);
    model_close(model);
    life_end(&life);
}

/* --- by chance ------------------------------------------------------------------------------- */

static unsigned chance(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

/* Up to three different numbers from 1 to `most`, blanks between. */
static void random_list(unsigned *seed, unsigned most, unsigned least, char out[static 16])
{
    unsigned count = least + chance(seed, 4 - least), first = chance(seed, most);
    out[0] = '\0';
    for (unsigned i = 0; i < count; i++)
        snprintf(
            out + strlen(out), 16 - strlen(out), "%s%u", i > 0 ? " " : "", 1 + (first + i) % most);
}

static void random_edit(struct life *life, unsigned *seed, int64_t task)
{
    static const char *const lists[] = {"region", "lead", "responsible", "cooperating"};
    char list[16], pair[64], officer[64];
    unsigned which = chance(seed, 6);
    random_list(seed, which == 0 ? 5 : 3, which == 0, list);
    if (which < 4)
        snprintf(pair, sizeof pair, "%s=%s", lists[which], list);
    else
        snprintf(pair, sizeof pair, which == 4 ? "measure.%u=围堰%u" : "phone=%u-%u",
            1 + chance(seed, 2), chance(seed, 100));
    snprintf(officer, sizeof officer, "officer=%u", chance(seed, 3));
    life_act(life, task, "edit", (const char *const[]){pair, officer, NULL});
}

/* Units that no list has: a script that makes a further region or lead the first does not tell that
 * it was there before. */
static void random_script(struct life *life, unsigned *seed, int64_t task)
{
    static const char *const sets[] = {"percent = %u", "lead_id = 4 + 0 * %u",
        "region_id = 6 + 0 * %u", "title = '湿地%u'", "deadline = date('2026-09-01', '+%u days')",
        "deadline_kind = iif(%u %% 2, 'immediate', 'ongoing')", "listed = %u %% 2",
        "reported_on = date('2026-08-01', '+%u days')", "sponsor_id = nullif(%u %% 2, 0)",
        "state = iif(%u %% 2, 'closed', 'in_progress')",
        "assigned_on = date('2026-08-01', '+%u days')"};
    char set[96], sql[160];
    snprintf(set, sizeof set, sets[chance(seed, sizeof sets / sizeof *sets)], chance(seed, 100));
    snprintf(sql, sizeof sql, "UPDATE task SET %s WHERE id = %lld", set, (long long)task);
    life_script(life, sql);
}

static void random_lives(void **state)
{
    for (unsigned seed = 1; seed <= 3; seed++) {
        struct life life;
        unsigned next = seed;
        life_begin(&life, state, (int)seed);
        for (int i = 0; i < 25; i++) {
            int64_t task = 1 + chance(&next, 3);
            unsigned what = chance(&next, 8);
            if (what == 0 && i > 0 && life.edited)
                life_undo(&life, false);
            else if (what < 5)
                random_edit(&life, &next, task);
            else
                random_script(&life, &next, task);
            life.edited = what > 0 && what < 5; /* what a script built on cannot be undone */
        }
        life_compare(&life);
        life_end(&life);
    }
}

/* --- clocks ---------------------------------------------------------------------------------- */

/* A line with a wrong date stays among its neighbours, ahead of its time or behind. */
static void one_wrong_clock_spoils_nothing(void **state)
{
    static const char *const wrong[] = {"2031-01-01T00:00:00.000Z", "1999-12-31T23:59:59.000Z"};
    for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++)
        for (int at = 2; at < 9; at += 3) {
            struct life life;
            char name[24], sql[128];
            life_begin(&life, state, (int)w * 10 + at);
            for (int i = 1; i <= 10; i++) {
                snprintf(name, sizeof name, "phone=%d", i);
                ACT(1 + i % 2, "edit", name);
            }
            /* pictures of lines tell no dates */
            snprintf(sql, sizeof sql, "UPDATE event SET at = '%s' WHERE seq = %d", wrong[w], at);
            database_script(life.path, sql);
            for (int step = 1; step <= life.count; step++) {
                char what[64];
                if (step == at - (int)w)
                    continue; /* ahead: its own moment; behind: the one before; who could know? */
                struct model *model = open_at(life.path, step_moment(step));
                char *picture = take_picture(model);
                snprintf(what, sizeof what, "clock %zu wrong in %d, step %d", w, at, step);
                expect_same(what, picture, life.picture[step - 1]);
                model_close(model);
                free(picture);
            }
            life_end(&life);
        }
}

static void refuse(const char *path, moment_t as_of, const char *words)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.name = (char *)"李娜", .role = PERSON_ADMIN};
    const struct model_options options = {.path = path, .as_of = as_of, .person = &person};
    assert_false(model_open(&options, &model, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    if (strstr(err.text, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", err.text, words);
}

static void nothing_is_before_the_history(void **state)
{
    struct life life;
    life_begin(&life, state, 1);
    refuse(life.path, step_moment(5), "no history yet");
    ACT(1, "edit", "phone=1");
    refuse(life.path, step_moment(1) - 1, "begins on 2026-09-01 10:00");
    refuse(life.path, step_moment(0), "as of 2026-08-31 10:00");
    model_close(open_at(life.path, step_moment(1)));
    life_end(&life);
}

static void moments_are_read_and_written(void **state)
{
    static const struct {
        const char *typed, *shown; /* shown NULL: refused, */
        const char *says;          /* with these words */
    } cases[] = {
        {"2026-09-30", "2026-09-30", NULL},
        {"2026-09-30T18:00", "2026-09-30 18:00", NULL},
        {"2026-09-30 00:00", "2026-09-30 00:00", NULL},
        {"2026-11-21", "2026-11-21 21:47", NULL}, /* today is up to now */
        {"2026-11-21T21:47", "2026-11-21 21:47", NULL},
        {"2026-11-21T21:48", NULL, "has not come yet; today is 2026-11-21"},
        {"2026-11-22", NULL, "2026-11-22 has not come yet"},
        {"2026-02-30", NULL, "\"2026-02-30\" is no date"},
        {"2026-09-30T24:00", NULL, "is no date"},
        {"2026-09-30T18:60", NULL, "is no date"},
        {"2026-09-30T18:0", NULL, "is no date"},
        {"2026-09-30T18:001", NULL, "is no date"},
        {"2026-09-30T-1:00", NULL, "is no date"},
        {"2026-09-30x18:00", NULL, "is no date"},
        {"yesterday", NULL, "write 2026-09-30 for the end of that day"},
        {"", NULL, "is no date"},
    };
    (void)state;
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err = {0};
        moment_t moment = 0;
        char shown[PAST_ROOM];
        bool good = past_parse(cases[i].typed, &moment, &err);
        if (good != (cases[i].shown != NULL))
            fail_msg("%s: %s", cases[i].typed, good ? "taken" : err.text);
        if (good)
            assert_string_equal(past_format(moment, shown), cases[i].shown);
        else if (strstr(err.text, cases[i].says) == NULL || err.code != ERROR_USAGE)
            fail_msg("%s: %s", cases[i].typed, err.text);
    }
}

/* --- the model ------------------------------------------------------------------------------- */

static void the_model_lives_then(void **state)
{
    struct life life;
    struct error err = {0};
    struct changes changes;
    int retry_ms = 1;
    life_begin(&life, state, 1);
    database_write(life.path,
        "INSERT INTO duty (starts_at, ends_at, name) VALUES ('2026-09-01T00:00:00.000Z', "
        "'2026-09-02T00:00:00.000Z', '赵'), ('2026-09-02T00:00:00.000Z', "
        "'2026-12-02T00:00:00.000Z', '钱')");
    ACT(1, "edit", "phone=1");
    ACT(1, "edit", "phone=2");
    set_clock(step_moment(30));
    struct model *model = open_at(life.path, step_moment(1));
    assert_int_equal(model_as_of(model), step_moment(1));
    assert_int_equal(model_today(model)->date, date_make(2026, 9, 1));
    assert_string_equal(model_duty_officer(model), "赵");
    assert_int_equal(history_newest(model), 1);
    assert_true(model_is_read_only(model));
    assert_false(model_may_write(model, &err));
    assert_non_null(strstr(err.text, "as of 2026-09-01 10:00"));
    const struct argument phone[] = {{"phone", "3", NULL}};
    const struct request request = {.action = "edit", .argument = phone, .count = 1};
    struct outcome outcome;
    assert_false(work_do(model, 1, &request, &outcome, &err));
    assert_int_equal(err.code, ERROR_READ_ONLY);
    outcome_clear(&outcome);
    /* what others commit meanwhile does not show, nor is it looked for */
    char *before = take_picture(model);
    ACT(1, "edit", "phone=4", "title=改名的湿地", "measure.1=围堰");
    life_script(&life, "DELETE FROM task WHERE id = 2");
    set_clock(step_moment(30));
    assert_int_equal(model_watch_fd(model), -1);
    model_poll(model, &changes, &retry_ms);
    assert_false(changes.any || changes.all || changes.freshness);
    assert_int_equal(retry_ms, 0);
    assert_int_equal(model_freshness(model)->state, FRESH_LIVE);
    char *after = take_picture(model);
    expect_same("while others commit", after, before);
    free(before);
    free(after);
    model_close(model);
    life_end(&life);
}

/* The present itself, as the past of a moment ago, is the present: with tasks of every sort, more
 * than are read at once, and with a reach. */
static void the_present_is_its_own_past(void **state)
{
    struct life life;
    struct error err = {0};
    life_begin(&life, state, 1);
    database_tasks(life.path, 7, 3000);
    database_write(life.path, "UPDATE task SET created_at = '2026-08-01T00:00:00.000Z', version = "
                              "version + 1");
    ACT(1, "edit", "phone=1");
    life_script(&life, "UPDATE task SET officer = 'li' WHERE id > 1000 AND id < 1500");
    life_compare(&life);
    struct model *model = open_at(life.path, step_moment(1));
    for (int64_t id = 1; id < 3000; id += 500) {
        struct task_detail *detail;
        if (!task_detail_read(model, id, &detail, &err))
            fail_msg("%s", err.text);
        task_detail_free(detail);
    }
    model_close(model);
    life_end(&life);
}

static void a_reach_bounds_the_past_too(void **state)
{
    struct life life;
    struct error err = {0};
    struct model *model = NULL;
    struct counts counts;
    int64_t id;
    const struct person person = {
        .name = (char *)"王强", .role = PERSON_REPORTER, .reach = (char *)"region:盘锦"};
    life_begin(&life, state, 1);
    ACT(1, "edit", "region=4");
    ACT(1, "edit", "region=2");
    ACT(2, "edit", "region=4 2");
    for (int step = 1; step <= 3; step++) {
        const struct model_options options = {
            .path = life.path, .as_of = step_moment(step), .person = &person};
        assert_true(model_open(&options, &model, &err));
        assert_true(counts_read(model, &counts, &err));
        assert_int_equal(counts.all, step == 2 ? 0 : 1);
        assert_int_equal(task_find(model, "2-001", &id, &err), step == 1);
        assert_int_equal(task_find(model, "2-002", &id, &err), step == 3);
        model_close(model);
    }
    life_end(&life);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(people_act),
        TEST(scripts_write),
        TEST(tasks_are_deleted),
        TEST(an_untold_task_stays_away),
        TEST(a_department_taken_away_comes_back),
        TEST(random_lives),
        TEST(one_wrong_clock_spoils_nothing),
        TEST(nothing_is_before_the_history),
        TEST(moments_are_read_and_written),
        TEST(the_model_lives_then),
        TEST(the_present_is_its_own_past),
        TEST(a_reach_bounds_the_past_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
