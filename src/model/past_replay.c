/* The lines after the cut undone, the oldest first: where a line is the first of them to touch
 * something, what it found there is what stood at the cut. Rows that belong to a task are put back
 * at once, the tasks' own when all is read, each with everything that changed in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "past_parts.h"
#include "past_touch.h"

/* Places in `touched` behind those of the fields. */
#define MARK_ROW(table) ((unsigned)field_count + (unsigned)(table)) /* TABLE_TASK: the task */
#define MARK_LISTS ((unsigned)field_count + TABLE_COUNT)            /* its regions or departments */

/* What is to be put back into a task's row. */
struct kept {
    const struct field *field;
    size_t value; /* where it stands in `values` */
    size_t next;  /* of the same task; 0: none */
};
struct back {
    int64_t id;
    bool made; /* later: it goes */
    size_t kept;
};

/* Figures of a task that its reports move, and how they are found from those that are left. */
static const struct {
    const char *field;
    enum statement find;
} figures[] = {
    {"reported_on", PAST_REPORTED},
    {"percent", PAST_PERCENT},
    {"progress", PAST_PROGRESS},
};
enum { FIGURES = sizeof figures / sizeof *figures };
struct moved {
    int64_t task;
    enum statement find;
};

struct replay {
    const struct past *past;
    struct touched touched;
    struct db_statement **set; /* of rows, by the field's place, made at first use */
    struct db_statement *add[TABLE_COUNT], *drop[TABLE_COUNT];
    struct back *back;
    size_t back_count, back_room;
    struct kept *kept; /* from 1 */
    size_t kept_count, kept_room;
    struct strbuf values;
    int64_t *listed; /* tasks whose lists changed */
    size_t listed_count, listed_room;
    struct moved *moved;
    size_t moved_count, moved_room;

    int64_t task; /* of the line that is being undone */
    const struct past_line *line;
    const struct past_item *row; /* the last of a row, and whether the line makes that row */
    bool row_made;
};

static void replay_start(struct replay *replay, const struct past *past)
{
    *replay = (struct replay){.past = past};
    replay->set = alloc_zero(field_count, sizeof *replay->set);
}

static void replay_clear(struct replay *replay)
{
    for (size_t i = 0; i < field_count; i++)
        db_finish(replay->set[i]);
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        db_finish(replay->add[i]);
        db_finish(replay->drop[i]);
    }
    touched_clear(&replay->touched);
    strbuf_clear(&replay->values);
    free(replay->set);
    free(replay->back);
    free(replay->kept);
    free(replay->listed);
    free(replay->moved);
}

static unsigned place_of(const struct field *field)
{
    return (unsigned)(field - fields);
}

static bool prepare(
    const struct replay *replay, struct strbuf *sql, struct db_statement **out, struct error *err)
{
    bool done = db_prepare(replay->past->db, strbuf_text(sql), out, err);
    strbuf_clear(sql);
    return done;
}

/* --- rows that belong to a task -------------------------------------------------------------- */

static bool prepare_add(struct replay *replay, enum field_table table, struct error *err)
{
    const char *name = field_tables[table], *key = field_key_column(table);
    struct strbuf sql = {0};
    strbuf_format(&sql,
        "INSERT INTO temp.%s (task_id, %s, event_seq) SELECT $1, $2, $3 WHERE NOT EXISTS "
        "(SELECT 1 FROM temp.%s WHERE task_id = $1 AND %s = $2)",
        name, key, name, key);
    return prepare(replay, &sql, &replay->add[table], err);
}

/* A row that is not there any more is made, so that what is put back has a place: a line that comes
 * later may tell that it was deleted. What stays half is deleted in the end. */
static bool add_row(struct replay *replay, enum field_table table, int64_t key, struct error *err)
{
    if (replay->add[table] == NULL && !prepare_add(replay, table, err))
        return false;
    db_bind_int(replay->add[table], 1, replay->task);
    db_bind_int(replay->add[table], 2, key);
    db_bind_int(replay->add[table], 3, replay->past->seq);
    return db_run(replay->add[table], err);
}

static bool drop_row(struct replay *replay, enum field_table table, int64_t key, struct error *err)
{
    struct strbuf sql = {0};
    if (replay->drop[table] == NULL) {
        strbuf_format(&sql, "DELETE FROM temp.%s WHERE task_id = $1 AND %s = $2",
            field_tables[table], field_key_column(table));
        if (!prepare(replay, &sql, &replay->drop[table], err))
            return false;
    }
    db_bind_int(replay->drop[table], 1, replay->task);
    db_bind_int(replay->drop[table], 2, key);
    return db_run(replay->drop[table], err);
}

/* The row is then as at the cut, which its event_seq says to those that judge by days. */
static bool set_field(struct replay *replay, const struct field *field, int64_t key,
    const char *value, struct error *err)
{
    struct db_statement **set = &replay->set[place_of(field)];
    struct strbuf sql = {0};
    if (*set == NULL) {
        strbuf_format(&sql,
            "UPDATE temp.%s SET %s = $1, event_seq = $2 WHERE task_id = $3 AND %s = $4",
            field_tables[field->table], field->column, field_key_column(field->table));
        if (!prepare(replay, &sql, set, err))
            return false;
    }
    bool null = value[0] == '\0' && field->flags & FIELD_IS_NULL;
    db_bind_text(*set, 1, null ? NULL : value);
    db_bind_int(*set, 2, replay->past->seq);
    db_bind_int(*set, 3, replay->task);
    db_bind_int(*set, 4, key);
    return db_run(*set, err);
}

/* --- one line -------------------------------------------------------------------------------- */

/* Whether the line makes the row (key 0: the task). */
static bool is_made(const struct replay *replay, enum field_table table, int64_t key)
{
    for (size_t i = 0; i < replay->line->count; i++) {
        const struct past_item *item = &replay->line->item[i];
        if (item->field->flags & FIELD_IS_ROW && item->field->table == table && item->key == key &&
            item->before[0] == '\0')
            return true;
    }
    return false;
}

/* The first item of a row in this line. A row that a line made is deleted in the end, if it is
 * there, and what others did to it does not matter. */
static bool touch_row(struct replay *replay, const struct past_item *item, struct error *err)
{
    bool first, made = is_made(replay, item->field->table, item->key);
    enum field_table table = item->field->table;
    struct touch *row = touch(&replay->touched, replay->task, item->key, MARK_ROW(table), &first);
    if (first)
        row->at = made;
    replay->row = item;
    replay->row_made = made || row->at;
    return !first || made || add_row(replay, table, item->key, err);
}

static bool undo_of_row(struct replay *replay, const struct past_item *item, struct error *err)
{
    const struct past_item *row = replay->row;
    bool same = row != NULL && row->field->table == item->field->table && row->key == item->key;
    if (!same && !touch_row(replay, item, err))
        return false;
    /* what is made once more stood there as the line tells that deleted it */
    return replay->row_made ||
           !touch_first(&replay->touched, replay->task, item->key, place_of(item->field)) ||
           set_field(replay, item->field, item->key, item->before, err);
}

static void note_lists(struct replay *replay)
{
    if (!touch_first(&replay->touched, replay->task, 0, MARK_LISTS))
        return;
    replay->listed = alloc_grow(
        replay->listed, &replay->listed_room, replay->listed_count + 1, sizeof *replay->listed);
    replay->listed[replay->listed_count++] = replay->task;
}

/* A script's report moves its task without telling from where. */
static void note_figures(struct replay *replay)
{
    for (size_t i = 0; i < FIGURES; i++) {
        unsigned place = place_of(field_named(figures[i].field));
        if (!touch_first(&replay->touched, replay->task, 0, place))
            continue;
        replay->moved = alloc_grow(
            replay->moved, &replay->moved_room, replay->moved_count + 1, sizeof *replay->moved);
        replay->moved[replay->moved_count++] = (struct moved){replay->task, figures[i].find};
    }
}

static void keep_value(
    struct replay *replay, struct back *back, const struct field *field, const char *value)
{
    if (!touch_first(&replay->touched, back->id, 0, place_of(field)))
        return;
    if (replay->kept_count == 0)
        replay->kept_count = 1;
    replay->kept =
        alloc_grow(replay->kept, &replay->kept_room, replay->kept_count + 1, sizeof *replay->kept);
    replay->kept[replay->kept_count] = (struct kept){field, replay->values.length, back->kept};
    back->kept = replay->kept_count++;
    strbuf_add_n(&replay->values, value, strlen(value) + 1);
}

static bool undo_item(
    struct replay *replay, struct back *back, const struct past_item *item, struct error *err)
{
    switch (item->field->table) {
    case TABLE_NONE:
        if (strcmp(item->field->name, "deleted") == 0)
            keep_value(replay, back, field_named("title"), item->before);
        else if (strcmp(item->field->name, "department") == 0)
            note_lists(replay);
        return true;
    case TABLE_TASK:
        keep_value(replay, back, item->field, item->before);
        return true;
    case TABLE_TASK_REGION:
    case TABLE_TASK_DEPARTMENT:
        note_lists(replay);
        return true;
    default:
        if (item->key != 0)
            return undo_of_row(replay, item, err);
        note_figures(replay);
        return true;
    }
}

static struct back *find_back(struct replay *replay, bool *first)
{
    struct touch *mark = touch(&replay->touched, replay->task, 0, MARK_ROW(TABLE_TASK), first);
    if (*first) {
        mark->at = (unsigned)replay->back_count;
        replay->back = alloc_grow(
            replay->back, &replay->back_room, replay->back_count + 1, sizeof *replay->back);
        replay->back[replay->back_count++] = (struct back){.id = replay->task};
    }
    return &replay->back[mark->at];
}

static bool undo_line(void *context, const struct past_line *line, struct error *err)
{
    struct replay *replay = context;
    replay->line = line;
    replay->task = line->task;
    replay->row = NULL;
    bool first, made = is_made(replay, TABLE_TASK, 0), good = true;
    struct back *back = find_back(replay, &first);
    if (first)
        back->made = made;
    for (size_t i = 0; good && !made && !back->made && i < line->count; i++)
        good = undo_item(replay, back, &line->item[i], err);
    return good;
}

/* --- tasks ----------------------------------------------------------------------------------- */

static size_t gather(const struct replay *replay, const struct back *back, struct past_value *out)
{
    size_t count = 0;
    for (size_t at = back->kept; at != 0; at = replay->kept[at].next)
        out[count++] = (struct past_value){
            replay->kept[at].field, replay->values.text + replay->kept[at].value};
    return count;
}

static bool run_on(const struct replay *replay, enum statement id, int64_t task, struct error *err)
{
    struct db_statement *statement;
    if (!db_statement(replay->past->db, id, &statement, err))
        return false;
    db_bind_int(statement, 1, task);
    return db_run(statement, err);
}

/* What the lines up to the cut last told of a field of the task; "" where they do not. Owned. */
static bool find_told(
    const struct past *past, int64_t task, const char *field, char **value, struct error *err)
{
    struct db_statement *told;
    if (!db_statement(past->db, PAST_TOLD, &told, err))
        return false;
    db_bind_int(told, 1, task);
    db_bind_int(told, 2, past->seq);
    db_bind_text(told, 3, field);
    enum db_step step = db_step(told, err);
    if (step != DB_FAILED)
        *value = alloc_string(step == DB_ROW ? db_text(told, 0) : "");
    db_reset(told);
    return step != DB_FAILED;
}

/* A task that the database has no more: what the lines before the cut tell of it, and its lists. */
static bool bring_back(struct replay *replay, struct back *back, struct error *err)
{
    replay->task = back->id;
    note_lists(replay);
    for (size_t i = 0; i < field_count; i++) {
        char *value = NULL;
        if (fields[i].table != TABLE_TASK)
            continue;
        if (!find_told(replay->past, back->id, fields[i].name, &value, err))
            return false;
        if (value[0] != '\0')
            keep_value(replay, back, &fields[i], value);
        free(value);
    }
    return run_on(replay, PAST_TASK_BACK, back->id, err);
}

static bool put_task(
    struct replay *replay, struct past_tasks *tasks, struct back *back, struct error *err)
{
    struct past_value values[PAST_VALUES];
    bool there;
    if (back->made)
        return run_on(replay, PAST_TASK_GONE, back->id, err);
    if (!past_task_put(tasks, back->id, values, gather(replay, back, values), &there, err))
        return false;
    return there ||
           (bring_back(replay, back, err) &&
               past_task_put(tasks, back->id, values, gather(replay, back, values), &there, err));
}

static bool put_tasks(struct replay *replay, struct error *err)
{
    struct past_tasks *tasks = past_tasks_new(replay->past);
    bool done = true;
    for (size_t i = 0; done && i < replay->back_count; i++)
        done = put_task(replay, tasks, &replay->back[i], err);
    past_tasks_free(tasks);
    for (size_t i = 0; done && i < replay->listed_count; i++)
        done = past_lists(replay->past, replay->listed[i], err);
    return done;
}

static bool find_figures(const struct replay *replay, struct error *err)
{
    for (size_t i = 0; i < replay->moved_count; i++) {
        struct db_statement *find;
        if (!db_statement(replay->past->db, replay->moved[i].find, &find, err))
            return false;
        db_bind_int(find, 1, replay->moved[i].task);
        db_bind_int(find, 2, replay->past->seq);
        if (!db_run(find, err))
            return false;
    }
    return true;
}

/* Rows of a table that a line made later. It wrote its number into them, and so did those that
 * changed them; what was put back has another. */
static bool drop_made(struct replay *replay, enum field_table table, struct error *err)
{
    struct strbuf sql = {0};
    struct db_statement *rows;
    enum db_step step = DB_DONE;
    bool good = true;
    strbuf_format(&sql, "SELECT task_id, %s FROM temp.%s WHERE event_seq > $1",
        field_key_column(table), field_tables[table]);
    if (!prepare(replay, &sql, &rows, err))
        return false;
    db_bind_int(rows, 1, replay->past->seq);
    while (good && (step = db_step(rows, err)) == DB_ROW) {
        bool unknown;
        replay->task = db_int(rows, 0);
        const struct touch *row =
            touch(&replay->touched, replay->task, db_int(rows, 1), MARK_ROW(table), &unknown);
        good = unknown || row->at == 0 || drop_row(replay, table, row->key, err);
    }
    db_finish(rows);
    return good && step != DB_FAILED;
}

/* And those of which too little is told. */
static bool drop_rows(struct replay *replay, struct error *err)
{
    struct strbuf sql = {0};
    bool done = true;
    for (size_t i = 0; done && i < field_count; i++)
        if (field_key_of(fields[i].table) != KEY_NONE && fields[i].flags & FIELD_IS_ROW) {
            done = drop_made(replay, fields[i].table, err);
            strbuf_format(&sql, "DELETE FROM temp.%s WHERE coalesce(%s, '') = '';",
                field_tables[fields[i].table], fields[i].column);
        }
    done = done && db_script(replay->past->db, strbuf_text(&sql), err);
    strbuf_clear(&sql);
    return done;
}

bool past_replay(const struct past *past, struct error *err)
{
    struct replay replay;
    replay_start(&replay, past);
    bool done = past_lines(past, undo_line, &replay, err) && put_tasks(&replay, err) &&
                drop_rows(&replay, err) && find_figures(&replay, err);
    replay_clear(&replay);
    return done;
}
