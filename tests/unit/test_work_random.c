/* Thousands of things that people do to a few tasks, in an order that chance gives: actions, edits
 * with old and new bases, reports, new tasks, many at once, taking back and doing again. A plain
 * program beside it (harness/mirror.h) says how each must end and what must stand afterwards. At
 * the end everything is taken back, and all is as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "harness/acting.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "harness/mirror.h"
#include "model/history.h"
#include "model/undo.h"

enum {
    START_TASKS = 10,
    STEPS = 400,
    ARGUMENTS_MOST = 12,
    VALUE_ROOM = 40,
    MANY_MOST = 8,
    QUERIES_MOST = 64
};

struct play {
    unsigned seed, chance;
    int step;
    char path[256], what[200]; /* what: the step, for a message */
    struct db *db;
    struct {
        char *sql;
        struct db_statement *statement;
    } query[QUERIES_MOST];
    size_t kept;
    struct model *model[MIRROR_PEOPLE];
    struct mirror *mirror;
    bool back; /* the last step took back or did again, by `last` */
    int last;
    date_t today;
    int64_t (*seen)[MIRROR_TASKS][CELL_ROWS]; /* by each person, as they last looked */
    bool has_seen[MIRROR_PEOPLE][MIRROR_TASKS];
};

/* What is asked for, with room for its values. */
struct asked {
    struct request request;
    struct argument argument[ARGUMENTS_MOST];
    char name[ARGUMENTS_MOST][VALUE_ROOM], value[ARGUMENTS_MOST][VALUE_ROOM],
        base[ARGUMENTS_MOST][VALUE_ROOM];
};

#define FAIL(play, ...)                                                                            \
    do {                                                                                           \
        print_error("seed %u, step %d, %s\n", (play)->seed, (play)->step, (play)->what);           \
        fail_msg(__VA_ARGS__);                                                                     \
    } while (0)

static unsigned below(struct play *play, unsigned limit)
{
    play->chance = play->chance * 1664525u + 1013904223u;
    return (unsigned)((uint64_t)(play->chance >> 8) * limit >> 24);
}

/* --- what stands in the database ------------------------------------------------------------- */

/* Kept for the next time: preparing takes longer than asking. */
static struct db_statement *ask(struct play *play, const char *sql, int64_t task, int64_t row)
{
    struct error err = {0};
    size_t i = 0;
    while (i < play->kept && strcmp(play->query[i].sql, sql) != 0)
        i++;
    assert_true(i < QUERIES_MOST);
    if (i == play->kept) {
        play->query[play->kept++].sql = alloc_string(sql);
        if (!db_prepare(play->db, sql, &play->query[i].statement, &err))
            FAIL(play, "%s: %s", sql, err.text);
    }
    db_bind_int(play->query[i].statement, 1, task);
    if (strstr(sql, "$2") != NULL)
        db_bind_int(play->query[i].statement, 2, row);
    return play->query[i].statement;
}

static int64_t number(struct play *play, const char *sql, int64_t task)
{
    struct db_statement *statement = ask(play, sql, task, 0);
    int64_t value = db_step(statement, NULL) == DB_ROW ? db_int(statement, 0) : 0;
    db_reset(statement);
    return value;
}

static int64_t newest(struct play *play)
{
    return number(play, "SELECT coalesce(max(seq), 0) FROM event WHERE $1 = 0", 0);
}

static int64_t day_in(struct db_statement *from, int column)
{
    date_t day;
    return date_parse(db_text(from, column), &day) ? day : 0;
}

static int64_t place_in(
    struct db_statement *from, int column, const struct word *words, int count, int otherwise)
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i].name, db_text(from, column)) == 0)
            return i;
    return otherwise;
}

static void read_list(struct play *play, const char *sql, int64_t task, int64_t *cell)
{
    struct db_statement *from = ask(play, sql, task, 0);
    while (db_step(from, NULL) == DB_ROW)
        *cell = *cell << 4 | db_int(from, 0);
    db_reset(from);
}

static void read_own(struct play *play, int64_t id, int64_t *cell)
{
    static const char sql[] =
        "SELECT state, returned, listed, percent, progress, deadline, reported_on, done_on, "
        "submitted_on, closed_on, close_document, assigned_on, title, phone, officer, goal, "
        "coalesce(supervisor_id, 0), coalesce(lead_id, 0), updated_by FROM task WHERE id = $1";
    struct db_statement *from = ask(play, sql, id, 0);
    if (db_step(from, NULL) == DB_ROW) {
        cell[CELL_THERE] = 1;
        cell[CELL_STATE] = place_in(from, 0, task_states, STATE_COUNT, -1);
        cell[CELL_RETURNED] = db_int(from, 1);
        cell[CELL_LISTED] = db_int(from, 2);
        cell[CELL_PERCENT] = db_int(from, 3);
        cell[CELL_PROGRESS] = place_in(from, 4, task_progresses, PROGRESS_COUNT, -1);
        cell[CELL_DEADLINE] = day_in(from, 5);
        cell[CELL_REPORTED_ON] = day_in(from, 6);
        cell[CELL_DONE_ON] = day_in(from, 7);
        cell[CELL_SUBMITTED_ON] = day_in(from, 8);
        cell[CELL_CLOSED_ON] = day_in(from, 9);
        cell[CELL_DOCUMENT] = mirror_word(db_text(from, 10));
        cell[CELL_ASSIGNED_ON] = day_in(from, 11);
        cell[CELL_TITLE] = mirror_word(db_text(from, 12));
        cell[CELL_PHONE] = mirror_word(db_text(from, 13));
        cell[CELL_OFFICER] = mirror_word(db_text(from, 14));
        cell[CELL_GOAL] = mirror_word(db_text(from, 15));
        cell[CELL_SUPERVISOR] = db_int(from, 16);
        cell[CELL_LEADS] = db_int(from, 17);
    }
    db_reset(from);
}

static void read_measures(struct play *play, int64_t id, int64_t *cell)
{
    struct db_statement *from = ask(play,
        "SELECT position, text, due_on, done_on, waived FROM measure WHERE task_id = $1", id, 0);
    while (db_step(from, NULL) == DB_ROW) {
        int64_t *at = cell + CELL_MEASURES + 4 * (db_int(from, 0) - 1);
        at[0] = mirror_word(db_text(from, 1));
        at[1] = day_in(from, 2);
        at[2] = day_in(from, 3);
        at[3] = mirror_word(db_text(from, 4));
    }
    db_reset(from);
}

static const struct {
    const char *table, *columns;
} kinds[] = {
    [ROW_REPORT] = {"report", "period_start, text, percent + 1, progress, reporter"},
    [ROW_NOTICE] = {"notice", "level, reply_due, replied_on, reply, lifted_on"},
    [ROW_REVIEW] = {"review", "CASE result WHEN 'passed' THEN 1 ELSE 2 END, level, conclusion, "
                              "reviewed_on"},
    [ROW_PUBLICITY] = {"publicity", "starts_on, ends_on, days, day_kind = 'working', phone"},
    [ROW_OBJECTION] = {"objection", "text, raised_on, settled_on, settlement, upheld + 1"},
    [ROW_EXTENSION] = {"extension", "new_deadline, old_deadline, asked_on, decided_on, "
                                    "approved + 1"},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Whatever stands in the column, as the mirror would have it. */
static int64_t read_any(struct db_statement *from, int column)
{
    const char *text = db_text(from, column);
    int64_t word = mirror_word(text), day = day_in(from, column), place;
    if (text[0] == '\0' || day != 0 || word >= 0)
        return day != 0 ? day : text[0] == '\0' ? 0 : word;
    if ((place = place_in(from, column, task_progresses, PROGRESS_COUNT, -1)) >= 0 ||
        (place = place_in(from, column, notice_levels, NOTICE_LEVEL_COUNT, -1)) >= 0 ||
        (place = place_in(from, column, review_levels, REVIEW_LEVEL_COUNT, -1)) >= 0)
        return place + 1;
    for (int i = 0; i < MIRROR_PEOPLE; i++)
        if (strcmp(mirror_people[i].name, text) == 0)
            return i + 1;
    return db_int(from, column);
}

static void read_row(struct play *play, int64_t task, const struct mirror_row *row, int64_t *cell)
{
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT %s FROM %s WHERE task_id = $1 AND id = $2",
        kinds[row->kind].columns, kinds[row->kind].table);
    struct db_statement *from = ask(play, sql, task, row->id);
    if (db_step(from, NULL) == DB_ROW) {
        int columns = 1;
        for (const char *at = kinds[row->kind].columns; (at = strchr(at, ',')) != NULL; at++)
            columns++;
        cell[0] = 1;
        for (int i = 0; i < columns; i++)
            cell[1 + i] = read_any(from, i);
    }
    db_reset(from);
}

/* A row that has no id yet is the newest of its kind. */
static void name_rows(struct play *play, struct mirror_task *task)
{
    for (size_t i = 0; i < task->rows; i++) {
        char sql[100];
        snprintf(sql, sizeof sql, "SELECT max(id) FROM %s WHERE task_id = $1",
            kinds[task->row[i].kind].table);
        if (task->row[i].id == 0)
            task->row[i].id = number(play, sql, task->id);
    }
}

static void read_task(struct play *play, struct mirror_task *task, int64_t cell[CELL_COUNT])
{
    memset(cell, 0, CELL_COUNT * sizeof *cell);
    read_own(play, task->id, cell);
    read_list(play, "SELECT region_id FROM task_region WHERE task_id = $1 ORDER BY position",
        task->id, &cell[CELL_REGIONS]);
    read_list(play,
        "SELECT department_id FROM task_department WHERE task_id = $1 AND role = 'lead' ORDER BY "
        "position",
        task->id, &cell[CELL_LEADS]);
    read_list(play,
        "SELECT department_id FROM task_department WHERE task_id = $1 AND role = 'responsible' "
        "ORDER BY position",
        task->id, &cell[CELL_RESPONSIBLE]);
    read_measures(play, task->id, cell);
    for (size_t i = 0; i < task->rows; i++)
        read_row(play, task->id, &task->row[i], cell + CELL_ROWS + i * ROW_CELLS);
}

static void must_be_as_mirrored(struct play *play, size_t index)
{
    struct mirror_task *task = mirror_task(play->mirror, index);
    int64_t cell[CELL_COUNT], rows = 0, there = 0;
    name_rows(play, task);
    read_task(play, task, cell);
    for (int i = 0; i < CELL_COUNT; i++)
        if (cell[i] != task->cell[i])
            FAIL(play, "task %" PRId64 ", cell %d (row %d, kind %d): %" PRId64 ", not %" PRId64,
                task->id, i, (i - CELL_ROWS) / ROW_CELLS,
                i < CELL_ROWS ? -1 : (int)task->row[(i - CELL_ROWS) / ROW_CELLS].kind, cell[i],
                task->cell[i]);
    for (size_t i = 0; i < KINDS; i++) {
        char sql[100];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s WHERE task_id = $1", kinds[i].table);
        rows += number(play, sql, task->id);
    }
    for (size_t i = 0; i < task->rows; i++)
        there += task->cell[CELL_ROWS + i * ROW_CELLS];
    if (rows != there)
        FAIL(play, "task %" PRId64 " has %" PRId64 " rows, not %" PRId64, task->id, rows, there);
}

static void all_must_be_as_mirrored(struct play *play)
{
    for (size_t i = 0; i < mirror_count(play->mirror); i++)
        must_be_as_mirrored(play, i);
}

/* --- all of it as text ----------------------------------------------------------------------- */

/* Without what every change counts up, and the numbers of measures, which nothing names. */
static void dump(struct play *play, struct strbuf *out)
{
    static const char *const tables[] = {"task", "task_region", "task_department", "measure",
        "report", "notice", "review", "publicity", "objection", "extension",
        "tally_total", "tally_place", "tally_due", "tally_owed"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[200];
        struct strbuf list = {0};
        snprintf(sql, sizeof sql,
            "SELECT name FROM pragma_table_info('%s') WHERE name NOT IN ('version', 'updated_at', "
            "'updated_by', 'event_seq') AND ('%s' <> 'measure' OR name <> 'id') AND $1 = 0",
            tables[i], tables[i]);
        struct db_statement *names = ask(play, sql, 0, 0);
        while (db_step(names, NULL) == DB_ROW)
            strbuf_format(
                &list, "%squote(%s)", list.length > 0 ? " || ',' || " : "", db_text(names, 0));
        db_reset(names);
        char *columns = strbuf_take(&list);
        strbuf_format(
            &list, "SELECT %s AS line FROM %s WHERE $1 = 0 ORDER BY line", columns, tables[i]);
        struct db_statement *rows = ask(play, strbuf_text(&list), 0, 0);
        while (db_step(rows, NULL) == DB_ROW)
            strbuf_format(out, "%s: %s\n", tables[i], db_text(rows, 0));
        db_reset(rows);
        strbuf_clear(&list);
        free(columns);
    }
}

/* --- the beginning --------------------------------------------------------------------------- */

static void move_clock(struct play *play, int days)
{
    char day[11], now[64];
    play->today += days;
    snprintf(now, sizeof now, "%sT10:00:00+08:00", date_format(play->today, day));
    setenv("DUBAN_NOW", now, 1);
    mirror_day(play->mirror, play->today);
}

static void make_start(struct play *play)
{
    struct strbuf sql = {0};
    for (int i = 1; i <= START_TASKS; i++) {
        strbuf_format(&sql,
            "INSERT INTO task (id, source_id, number, position, title, state, deadline, lead_id, "
            "supervisor_id, region_id, version, assigned_on) VALUES (%d, %d, '%03d', %d, '转', "
            "'%s', '2026-12-%02d', %d, nullif(%d, 0), %d, 1, %s);",
            i, i % 4 == 0 ? 3 : 1, i, i, task_states[i % STATE_COUNT].name, i + 10, 1 + i % 2,
            i % 3, 3 + i % 3, i % 2 ? "NULL" : "'2026-01-01'");
        if (i % 2 == 0)
            strbuf_format(&sql,
                "INSERT INTO measure (task_id, position, text, event_seq) VALUES (%d, 1, '转', 0), "
                "(%d, 2, '（转）', 0);",
                i, i);
        if (i % 5 == 0)
            strbuf_format(&sql,
                "INSERT INTO report (id, task_id, period_start, period_end, percent, progress, "
                "text, reporter, event_seq) VALUES (%d, %d, '2026-11-02', '2026-11-08', 30, "
                "'behind', '转', '李娜', 0);"
                "INSERT INTO notice (id, task_id, level, issued_on, event_seq) VALUES (%d, %d, "
                "'listed', '2026-11-01', 0); "
                "UPDATE task SET listed = 1, version = version + 1 WHERE id = %d;",
                i, i, i, i, i);
        if (i % STATE_COUNT >= STATE_PUBLICISED)
            strbuf_format(&sql,
                "INSERT INTO publicity (id, task_id, starts_on, ends_on, days, event_seq) VALUES "
                "(%d, %d, '2026-11-12', '2026-11-20', 7, 0);"
                "INSERT INTO review (id, task_id, level, result, reviewed_on, event_seq) VALUES "
                "(%d, %d, 'city', 'passed', '2026-11-11', 0);"
                "UPDATE task SET closed_on = iif(state = 'closed', '2026-11-21', NULL), "
                "close_document = iif(state = 'closed', '转', ''), version = version + 1 WHERE id "
                "= "
                "%d;",
                i, i, i, i, i);
        if (i % 4 == 0)
            strbuf_format(&sql,
                "INSERT INTO task_region (task_id, region_id, position, event_seq) VALUES (%d, 6, "
                "1, 0);"
                "INSERT INTO task_department (task_id, department_id, role, position, event_seq) "
                "VALUES (%d, 3, 'responsible', 0, 0);",
                i, i);
    }
    database_write(play->path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

static void mirror_start(struct play *play)
{
    for (int i = 1; i <= START_TASKS; i++) {
        struct mirror_task *task = mirror_add(play->mirror);
        task->id = i;
        task->weekly = i % 4 != 0;
        if (i % 5 == 0) {
            task->row[task->rows++] = (struct mirror_row){.kind = ROW_REPORT, .id = i};
            task->row[task->rows++] = (struct mirror_row){.kind = ROW_NOTICE, .id = i};
        }
        if (i % STATE_COUNT >= STATE_PUBLICISED)
            for (int k = 0; k < 2; k++)
                task->row[task->rows++] =
                    (struct mirror_row){.kind = k ? ROW_REVIEW : ROW_PUBLICITY, .id = i};
        read_task(play, task, task->cell);
    }
}

static void open_people(struct play *play, bool everywhere)
{
    for (int i = 0; i < MIRROR_PEOPLE; i++) {
        const struct mirror_person *who = &mirror_people[i];
        struct error err = {0};
        const struct person person = {.name = (char *)who->name,
            .role = who->role,
            .department_id = who->department,
            .reach = (char *)(everywhere ? "" : who->reach)};
        const struct model_options options = {
            .path = play->path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
        model_close(play->model[i]);
        if (!model_open(&options, &play->model[i], &err))
            fail_msg("%s", err.text);
    }
}

/* --- what is asked for ----------------------------------------------------------------------- */

static char *day_text(date_t day, char out[VALUE_ROOM])
{
    char text[11];
    snprintf(out, VALUE_ROOM, "%s", date_format(day, text));
    return out;
}

static void list_text(int64_t list, char out[VALUE_ROOM])
{
    out[0] = '\0';
    for (int shift = 60; shift >= 0; shift -= 4)
        if (list >> shift & 15)
            snprintf(out + strlen(out), VALUE_ROOM - strlen(out), "%s%d", out[0] ? " " : "",
                (int)(list >> shift & 15));
}

static int around(struct play *play, int from, int to)
{
    return from + (int)below(play, (unsigned)(to - from + 1));
}

static void value_for(
    struct play *play, size_t task, const struct workflow_name *name, char out[VALUE_ROOM])
{
    static const struct {
        const char *name;
        int from, to;
    } days[] = {{"reply_due", -1, 10}, {"period", -28, 8}, {"starts_on", -20, 1},
        {"ends_on", -4, 12}, {"deadline", -5, 40}};
    enum field_type type = name->field != NULL ? name->field->type : VALUE_IS_TEXT;
    if (type == VALUE_IS_WORD) {
        snprintf(out, VALUE_ROOM, "%s",
            name->field->words[below(play, (unsigned)name->field->word_count)].name);
    } else if (type == VALUE_IS_PERCENT) {
        snprintf(out, VALUE_ROOM, "%u", below(play, 101));
    } else if (type == VALUE_IS_YES) {
        snprintf(out, VALUE_ROOM, "%u", below(play, 2));
    } else if (type == VALUE_IS_DATE) {
        int from = -5, to = below(play, 8) == 0 ? 1 : 0;
        for (size_t i = 0; i < sizeof days / sizeof *days; i++)
            if (strcmp(days[i].name, name->name) == 0)
                from = days[i].from, to = days[i].to;
        bool deadline = strcmp(name->name, "deadline") == 0;
        int64_t since = deadline ? mirror_task(play->mirror, task)->cell[CELL_DEADLINE] : 0;
        day_text((date_t)(since != 0 ? since : play->today) + around(play, from, to), out);
    } else {
        snprintf(
            out, VALUE_ROOM, "%s", mirror_words[1 + below(play, (unsigned)mirror_word_count - 1)]);
    }
}

static void add_argument(struct asked *asked, const char *name, const char *value)
{
    size_t i = asked->request.count++;
    snprintf(asked->name[i], VALUE_ROOM, "%s", name);
    snprintf(asked->value[i], VALUE_ROOM, "%s", value);
    asked->argument[i] = (struct argument){.name = asked->name[i], .value = asked->value[i]};
}

static void ask_action(
    struct play *play, size_t task, const struct transition *transition, struct asked *asked)
{
    const char *const lists[] = {transition->needs, transition->takes};
    asked->request.action = transition->action;
    for (int k = 0; k < 2; k++) {
        struct workflow_name name;
        for (const char *list = lists[k]; workflow_name_next(&list, &name);) {
            char value[VALUE_ROOM];
            bool always = strcmp(name.name, "ends_on") == 0;
            if (!always && below(play, 20) < (k == 0 ? 1u : 10u))
                continue;
            value_for(play, task, &name, value);
            add_argument(asked, name.name, value);
        }
    }
}

static void edited_text(struct play *play, int64_t value, const char *name, char out[VALUE_ROOM])
{
    bool day = strcmp(name, "done_on") == 0 || strncmp(name, "due", 3) == 0 ||
               strncmp(name, "done.", 5) == 0 || strcmp(name, "deadline") == 0;
    bool list = strcmp(name, "region") == 0 || strcmp(name, "lead") == 0 ||
                strcmp(name, "responsible") == 0 || strcmp(name, "supervisor") == 0;
    (void)play;
    if (list)
        list_text(value, out);
    else if (day && value == 0)
        out[0] = '\0';
    else if (day)
        day_text((date_t)value, out);
    else
        snprintf(out, VALUE_ROOM, "%s", mirror_words[value]);
}

static int64_t random_value(struct play *play, const char *name)
{
    static const int64_t regions[] = {3, 4, 5, 0x34, 0x43, 0x56, 0x635, 0x2, 0x42, 0},
                         departments[] = {0, 1, 2, 0x12, 0x21, 0x31, 0x423, 0x1234};
    if (strcmp(name, "region") == 0)
        return regions[below(play, 10)];
    if (strcmp(name, "supervisor") == 0)
        return below(play, 4);
    if (strcmp(name, "lead") == 0 || strcmp(name, "responsible") == 0)
        return departments[below(play, 8)];
    if (strcmp(name, "done_on") == 0 || strncmp(name, "due", 3) == 0 ||
        strncmp(name, "done.", 5) == 0 || strcmp(name, "deadline") == 0)
        return below(play, 3) == 0 ? 0 : play->today + around(play, -9, 0);
    return below(play, (unsigned)mirror_word_count);
}

static const struct {
    const char *name;
    int cell;
} edited[] = {{"title", CELL_TITLE}, {"goal", CELL_GOAL}, {"phone", CELL_PHONE},
    {"officer", CELL_OFFICER}, {"done_on", CELL_DONE_ON}, {"region", CELL_REGIONS},
    {"lead", CELL_LEADS}, {"responsible", CELL_RESPONSIBLE}, {"supervisor", CELL_SUPERVISOR},
    {"deadline", CELL_DEADLINE}, {"measure", 0}, {"due", 1}, {"done", 2}, {"waived", 3}};

/* One to three fields; with a base as the person last saw it, which may be long ago. */
static void ask_edit(struct play *play, int person, size_t task, struct asked *asked)
{
    const int64_t *cell = mirror_task(play->mirror, task)->cell;
    bool based = below(play, 5) > 1;
    int64_t *seen = play->seen[person][task];
    if (!play->has_seen[person][task] || below(play, 2)) {
        memcpy(seen, cell, CELL_ROWS * sizeof *seen);
        play->has_seen[person][task] = true;
    }
    asked->request.action = "edit";
    for (unsigned wanted = 1 + below(play, 3); asked->request.count < wanted;) {
        unsigned which = below(play, sizeof edited / sizeof *edited);
        int position = 1 + (int)below(play, MIRROR_MEASURES), at = edited[which].cell;
        char name[VALUE_ROOM], value[VALUE_ROOM];
        bool measure = which >= 10, there = false;
        snprintf(name, sizeof name, measure ? "%s.%d" : "%s", edited[which].name, position);
        if (which == 9 && below(play, 10))
            continue; /* refused always: seldom */
        for (size_t i = 0; i < asked->request.count; i++)
            there = there || strcmp(asked->name[i], name) == 0;
        if (there)
            continue;
        at = measure ? CELL_MEASURES + 4 * (position - 1) + at : at;
        size_t i = asked->request.count;
        edited_text(play, below(play, 6) ? random_value(play, name) : seen[at], name, value);
        add_argument(asked, name, value);
        edited_text(play, seen[at], name, asked->base[i]);
        asked->argument[i].base = based ? asked->base[i] : NULL;
    }
}

/* Mostly what the task's state allows, often what leads it on. */
static const struct transition *random_action(struct play *play, size_t task)
{
    static const char *const on[STATE_COUNT][2] = {{"start", "claim"}, {"submit", "submit"},
        {"accept", "accept"}, {"pass", "publicise"}, {"close", "settle"}, {"reopen", "reply"}};
    if (below(play, 2))
        return workflow_find(on[mirror_task(play->mirror, task)->cell[CELL_STATE]][below(play, 2)]);
    const struct transition *transition;
    for (int tries = 0;; tries++) {
        transition = &workflow[below(play, (unsigned)workflow_count)];
        if (strcmp(transition->action, "edit") != 0 &&
            (tries > 8 ||
                transition->from & STATE_BIT(mirror_task(play->mirror, task)->cell[CELL_STATE])))
            return transition;
    }
}

/* --- steps ----------------------------------------------------------------------------------- */

static void must_end(struct play *play, enum error_code code, const struct error *err)
{
    if (err->code != code)
        FAIL(play, "ended with %d (%s), not %d", err->code, err->text, code);
}

static void tell(struct play *play, int person, const struct request *request, size_t task)
{
    snprintf(play->what, sizeof play->what, "%s: %s of task %zu", mirror_people[person].name,
        request->action, task + 1);
    for (size_t i = 0; i < request->count; i++)
        snprintf(play->what + strlen(play->what), sizeof play->what - strlen(play->what),
            " %s=%s(%s)", request->argument[i].name, request->argument[i].value,
            request->argument[i].base ? request->argument[i].base : "-");
}

static void step_one(struct play *play, int person, size_t task, struct asked *asked)
{
    struct error err = {0};
    struct outcome outcome;
    bool changes;
    size_t clashes;
    asked->request.argument = asked->argument;
    tell(play, person, &asked->request, task);
    bool create = strcmp(asked->request.action, "create") == 0;
    int64_t id = create ? 0 : mirror_task(play->mirror, task)->id, before = newest(play);
    enum error_code code =
        mirror_do(play->mirror, person, task, &asked->request, &changes, &clashes);
    work_do(play->model[person], id, &asked->request, &outcome, &err);
    must_end(play, code, &err);
    bool written = code == ERROR_NONE && changes;
    if ((outcome.seq != 0) != written || newest(play) != before + written)
        FAIL(play, "line %" PRId64 " after %" PRId64, outcome.seq, before);
    if (outcome.clash_count != (code == ERROR_CONFLICT ? clashes : 0))
        FAIL(play, "%zu clashes, not %zu", outcome.clash_count, clashes);
    if (written) {
        mirror_part_line(play->mirror, outcome.seq, create ? outcome.task_id : 0);
        mirror_step_line(play->mirror, outcome.seq);
    }
    outcome_clear(&outcome);
    if (!create)
        must_be_as_mirrored(play, task);
    else if (written)
        must_be_as_mirrored(play, mirror_count(play->mirror) - 1);
}

static void step_create(struct play *play, int person)
{
    struct asked asked = {.request = {.action = "create"}};
    char value[VALUE_ROOM];
    if (mirror_count(play->mirror) == MIRROR_TASKS)
        return;
    add_argument(&asked, "title", mirror_words[1 + below(play, 5)]);
    add_argument(&asked, "source", below(play, 2) ? "1" : "3");
    if (below(play, 9)) {
        list_text(random_value(play, "region"), value);
        add_argument(&asked, "region", value);
    }
    list_text(random_value(play, "lead"), value);
    add_argument(&asked, "lead", value);
    add_argument(&asked, "deadline", day_text(play->today + around(play, 0, 40), value));
    if (below(play, 2))
        add_argument(&asked, "measure.1", mirror_words[1 + below(play, 5)]);
    step_one(play, person, 0, &asked);
}

static void step_many(struct play *play, int person)
{
    static const char *const actions[] = {
        "submit", "start", "report", "notice", "claim", "accept", "edit", "edit"};
    struct asked asked = {0};
    struct error err = {0};
    struct work_many many;
    size_t tasks = mirror_count(play->mirror), count = 2 + below(play, MANY_MOST - 1),
           at[MANY_MOST];
    int64_t ids[MANY_MOST], first = 0, last = 0;
    const char *action = actions[below(play, 8)];
    enum error_code code[MANY_MOST];
    bool changes[MANY_MOST];
    for (size_t i = 0, task = below(play, (unsigned)tasks); i < count; i++, task++)
        ids[i] = mirror_task(play->mirror, at[i] = task % tasks)->id;
    if (strcmp(action, "edit") == 0)
        ask_edit(play, person, at[0], &asked);
    else
        ask_action(play, at[0], workflow_find(action), &asked);
    asked.request.argument = asked.argument;
    tell(play, person, &asked.request, at[0]);
    for (size_t i = 0; i < count; i++) {
        size_t clashes;
        code[i] = mirror_do(play->mirror, person, at[i], &asked.request, &changes[i], &clashes);
    }
    assert_true(work_do_many(play->model[person], ids, count, &asked.request, false, &many, &err));
    for (size_t i = 0; i < count; i++) {
        must_end(play, code[i], &many.why[i]);
        if ((many.line[i] != 0) != (code[i] == ERROR_NONE && changes[i]))
            FAIL(play, "line %" PRId64 " of %zu", many.line[i], i);
        if (many.line[i] != 0)
            mirror_part_line(play->mirror, many.line[i], 0);
        first = first == 0 ? many.line[i] : first;
        last = many.line[i] != 0 ? many.line[i] : last;
    }
    if (many.seq != (first == last ? last : last + 1))
        FAIL(play, "all in line %" PRId64 " after %" PRId64, many.seq, last);
    if (last != 0)
        mirror_step_line(play->mirror, many.seq);
    work_many_clear(&many);
    for (size_t i = 0; i < count; i++)
        must_be_as_mirrored(play, at[i]);
}

static void step_back(struct play *play, int person, bool redo, int64_t expected)
{
    struct error err = {0};
    struct events undone = {0};
    snprintf(play->what, sizeof play->what, "%s: %s", mirror_people[person].name,
        redo ? "redo" : "undo");
    int64_t before = newest(play);
    enum error_code code = mirror_take_back(play->mirror, person, redo);
    undo_do(play->model[person], redo, expected, &undone, &err);
    must_end(play, code, &err);
    int64_t parts = code == ERROR_NONE ? (int64_t)mirror_parts(play->mirror) : 0,
            lines = parts > 1 ? parts + 1 : parts;
    if (newest(play) != before + lines)
        FAIL(play, "line %" PRId64 " after %" PRId64, newest(play), before);
    for (int64_t i = 1; i <= parts; i++)
        mirror_part_line(play->mirror, before + i, 0);
    if (parts > 0)
        mirror_step_line(play->mirror, before + lines);
    events_clear(&undone);
    if (parts > 0)
        all_must_be_as_mirrored(play);
}

/* Mostly somebody whom the action is for. */
static int person_for(struct play *play, const struct transition *transition)
{
    int person = (int)below(play, MIRROR_PEOPLE);
    while (below(play, 8) && !(transition->may & PERSON_BIT(mirror_people[person].role)))
        person = (int)below(play, MIRROR_PEOPLE);
    return person;
}

static void step(struct play *play)
{
    struct asked asked = {0};
    int person = (int)below(play, 9) % MIRROR_PEOPLE; /* the last one, who may nothing, seldom */
    size_t task = below(play, (unsigned)mirror_count(play->mirror));
    unsigned what = below(play, 100);
    if (play->back && below(play, 2)) { /* whoever takes back goes on with it */
        step_back(play, play->last, below(play, 2), 0);
    } else if (what < 50) {
        const struct transition *transition = random_action(play, task);
        ask_action(play, task, transition, &asked);
        step_one(play, person_for(play, transition), task, &asked);
    } else if (what < 70) {
        ask_edit(play, person, task, &asked);
        step_one(play, person, task, &asked);
    } else if (what < 76) {
        step_many(play, person);
    } else if (what < 90) {
        step_back(play, play->last = person, below(play, 5) == 0, 0);
    } else if (what < 93) {
        step_create(play, person);
    } else {
        move_clock(play, around(play, 0, 4));
    }
    play->back = (what >= 76 && what < 90) || (play->back && below(play, 2));
}

/* --- a play ---------------------------------------------------------------------------------- */

/* Newest first, whoever did it; a task that others have moved out of somebody's sight meanwhile is
 * shown to them for it. */
static void take_all_back(struct play *play)
{
    int person;
    int64_t line;
    open_people(play, true);
    mirror_show_all(play->mirror);
    for (play->step = STEPS + 1; mirror_newest(play->mirror, &person, &line); play->step++) {
        int64_t before = newest(play);
        step_back(play, person, false, line);
        if (newest(play) == before)
            FAIL(play, "line %" PRId64 " cannot be taken back", line);
    }
    for (person = 0; person < MIRROR_PEOPLE; person++)
        step_back(play, person, false, 0); /* nothing is left */
}

static void play(void *folder, unsigned seed)
{
    struct play play = {.seed = seed, .chance = seed, .mirror = mirror_new()};
    struct strbuf before = {0}, after = {0};
    char name[32];
    play.seen = calloc(MIRROR_PEOPLE, sizeof *play.seen);
    snprintf(name, sizeof name, "%u.db", seed);
    folder_file(folder, name, play.path);
    date_parse("2026-11-21", &play.today);
    move_clock(&play, 0);
    database_make(play.path);
    make_start(&play);
    assert_true(db_open(play.path, DB_READ_WRITE, &play.db, NULL));
    mirror_start(&play);
    open_people(&play, false);
    dump(&play, &before);
    for (play.step = 1; play.step <= STEPS; play.step++)
        step(&play);
    all_must_be_as_mirrored(&play);
    acting_whole(play.model[0]);
    take_all_back(&play);
    acting_whole(play.model[0]);
    dump(&play, &after);
    if (strcmp(strbuf_text(&before), strbuf_text(&after)) != 0)
        FAIL(&play, "not as it was\n%s\n%s", strbuf_text(&before), strbuf_text(&after));
    for (int i = 0; i < MIRROR_PEOPLE; i++)
        model_close(play.model[i]);
    for (size_t i = 0; i < play.kept; i++) {
        db_finish(play.query[i].statement);
        free(play.query[i].sql);
    }
    db_close(play.db);
    mirror_free(play.mirror);
    free(play.seen);
    strbuf_clear(&before);
    strbuf_clear(&after);
}

static void all_ends_as_foretold(void **state)
{
    static const unsigned seeds[] = {1, 2, 3, 4, 5};
    const char *one = getenv("DUBAN_TEST_SEED");
    if (one != NULL)
        play(*state, (unsigned)strtoul(one, NULL, 10));
    for (size_t i = 0; one == NULL && i < sizeof seeds / sizeof *seeds; i++)
        play(*state, seeds[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_ends_as_foretold, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
