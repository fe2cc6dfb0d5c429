#include "change_rows.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "model/target_lines.h"

/* --- reading --------------------------------------------------------------------------------- */

static bool read_one(struct db_statement *from, char **value, struct error *err)
{
    enum db_step step = db_step(from, err);
    *value = step == DB_FAILED ? NULL : alloc_string(step == DB_ROW ? db_text(from, 0) : "");
    return step != DB_FAILED;
}

/* Adds the ids that a statement of one task, and of one `role` (NULL: it asks for none), gives. */
static bool add_ids(struct db *db, enum statement statement, int64_t task_id, const char *role,
    struct strbuf *ids, struct error *err)
{
    struct db_statement *from;
    enum db_step step;
    if (!db_statement(db, statement, &from, err))
        return false;
    db_bind_int(from, 1, task_id);
    if (role != NULL)
        db_bind_kept(from, 2, role);
    while ((step = db_step(from, err)) == DB_ROW)
        strbuf_format(ids, "%s%" PRId64, ids->length > 0 ? " " : "", db_int(from, 0));
    db_reset(from);
    return step != DB_FAILED;
}

/* A list as its ids in order. */
static bool current_list(
    struct db *db, int64_t task_id, const struct field *field, char **value, struct error *err)
{
    struct strbuf ids = {0};
    bool read;
    if (field->table == TABLE_TASK_REGION)
        read = add_ids(db, TASK_REGIONS, task_id, NULL, &ids, err);
    else
        read = (strcmp(field->column, "lead") != 0 ||
                   add_ids(db, CHANGE_LEAD, task_id, NULL, &ids, err)) &&
               add_ids(db, CHANGE_DEPARTMENTS, task_id, field->column, &ids, err);
    strbuf_add(&ids, "");
    *value = strbuf_take(&ids);
    return read;
}

bool change_current(
    struct db *db, int64_t task_id, const char *name, char **value, struct error *err)
{
    const char *suffix;
    const struct field *field = field_find(name, &suffix);
    struct strbuf sql = {0};
    struct db_statement *from;
    assert(field != NULL);
    if (field->flags & FIELD_IS_LINES)
        return target_lines_read(db, task_id, value, err);
    if (field->table == TABLE_NONE) {
        *value = alloc_string("");
        return true;
    }
    if (field->table == TABLE_TASK_REGION || field->table == TABLE_TASK_DEPARTMENT)
        return current_list(db, task_id, field, value, err);
    bool task = field->table == TABLE_TASK;
    strbuf_format(&sql, "SELECT %s FROM %s WHERE %s = $1", field->column,
        field_tables[field->table], task ? "id" : "task_id");
    if (!task)
        strbuf_format(&sql, " AND %s = $2", field_key_column(field->table));
    bool read = db_prepare(db, strbuf_text(&sql), &from, err);
    if (read) {
        db_bind_int(from, 1, task_id);
        if (!task)
            db_bind_int(from, 2, strtoll(suffix, NULL, 10));
        read = read_one(from, value, err);
        db_finish(from);
    }
    strbuf_clear(&sql);
    return read;
}

/* --- one row --------------------------------------------------------------------------------- */

/* The items of a change that are columns of one row. */
struct row {
    enum field_table table;
    int64_t key; /* id or position; of the task: its id */
    const struct event_change *item[64];
    const struct field *field[64];
    size_t count;
    const struct event_change *is_row; /* comes or goes; NULL: it stays */
};

static void bind(struct db_statement *to, int index, const struct row *row, size_t item)
{
    const char *value = row->item[item]->after;
    if (value[0] == '\0' && row->field[item]->flags & FIELD_IS_NULL)
        db_bind_null(to, index);
    else
        db_bind_text(to, index, value);
}

/* Runs `sql` with the row's values as $1.. and then the task, the key and the line, of the task
 * itself who changed it and when. */
static bool run(const struct writing *writing, const struct row *row, const char *sql, bool values,
    struct error *err)
{
    struct db_statement *to;
    int index = 0;
    if (!db_prepare(writing->db, sql, &to, err))
        return false;
    for (size_t i = 0; values && i < row->count; i++)
        bind(to, ++index, row, i);
    db_bind_int(to, ++index, writing->change->task_id);
    if (row->table != TABLE_TASK) {
        db_bind_int(to, ++index, row->key);
        if (values)
            db_bind_int(to, ++index, writing->seq);
    } else if (values) {
        db_bind_text(to, ++index, writing->actor);
        db_bind_text(to, ++index, writing->at);
    }
    bool done = db_run(to, err);
    db_finish(to);
    if (done && db_changes(writing->db) == 0)
        return error_set(err, ERROR_CONFLICT,
            _("what was to be changed is not there any more; open the task again"));
    return done;
}

static bool insert_row(const struct writing *writing, const struct row *row, struct error *err)
{
    struct strbuf sql = {0};
    bool task = row->table == TABLE_TASK;
    int index = (int)row->count;
    strbuf_format(&sql, "INSERT INTO %s (", field_tables[row->table]);
    for (size_t i = 0; i < row->count; i++)
        strbuf_format(&sql, "%s, ", row->field[i]->column);
    if (task)
        strbuf_add(&sql, "id, updated_by, created_at, updated_at, version) VALUES (");
    else
        strbuf_format(&sql, "task_id, %s, event_seq) VALUES (", field_key_column(row->table));
    for (int i = 1; i <= index; i++)
        strbuf_format(&sql, "$%d, ", i);
    if (task)
        strbuf_format(&sql, "$%d, $%d, $%d, $%d, 1)", index + 1, index + 2, index + 3, index + 3);
    else
        strbuf_format(&sql, "$%d, $%d, $%d)", index + 1, index + 2, index + 3);
    bool done = run(writing, row, strbuf_text(&sql), true, err);
    strbuf_clear(&sql);
    return done;
}

/* Marked first, so that no line of its own is written for it by the schema's triggers. */
static bool delete_row(const struct writing *writing, const struct row *row, struct error *err)
{
    static const char mark_task[] = "UPDATE task SET version = -1 - abs(version) WHERE id = $1";
    static const char delete_task[] = "DELETE FROM task WHERE id = $1";
    struct strbuf mark = {0}, erase = {0};
    if (row->table == TABLE_TASK) {
        strbuf_add(&mark, mark_task);
        strbuf_add(&erase, delete_task);
    } else {
        const char *table = field_tables[row->table], *key = field_key_column(row->table);
        strbuf_format(
            &mark, "UPDATE %s SET event_seq = -1 WHERE task_id = $1 AND %s = $2", table, key);
        strbuf_format(&erase, "DELETE FROM %s WHERE task_id = $1 AND %s = $2", table, key);
    }
    bool done = run(writing, row, strbuf_text(&mark), false, err) &&
                run(writing, row, strbuf_text(&erase), false, err);
    strbuf_clear(&mark);
    strbuf_clear(&erase);
    return done;
}

static bool update_row(const struct writing *writing, const struct row *row, struct error *err)
{
    struct strbuf sql = {0};
    int index = 0;
    strbuf_format(&sql, "UPDATE %s SET ", field_tables[row->table]);
    for (size_t i = 0; i < row->count; i++)
        strbuf_format(&sql, "%s = $%d, ", row->field[i]->column, ++index);
    if (row->table == TABLE_TASK)
        strbuf_format(&sql,
            "version = version + 1, updated_by = $%d, updated_at = $%d WHERE id = $%d", index + 2,
            index + 3, index + 1);
    else
        strbuf_format(&sql, "event_seq = $%d WHERE task_id = $%d AND %s = $%d", index + 3,
            index + 1, field_key_column(row->table), index + 2);
    bool done = run(writing, row, strbuf_text(&sql), true, err);
    strbuf_clear(&sql);
    return done;
}

/* The id is not given again, also when the row is taken back: the history names it. */
static bool keep_id(const struct writing *writing, const struct row *row, struct error *err)
{
    struct db_statement *give;
    char id[24];
    if (field_key_of(row->table) != KEY_ID)
        return true;
    if (!db_statement(writing->db, CHANGE_GIVE_ID, &give, err))
        return false;
    snprintf(id, sizeof id, "%" PRId64, row->key);
    db_bind_text(give, 1, id);
    return db_run(give, err);
}

static bool write_row(const struct writing *writing, const struct row *row, struct error *err)
{
    if (row->is_row != NULL && row->is_row->before[0] == '\0')
        return insert_row(writing, row, err) && keep_id(writing, row, err);
    if (row->is_row != NULL && row->is_row->after[0] == '\0')
        return delete_row(writing, row, err);
    return update_row(writing, row, err);
}

/* --- taking a change apart ------------------------------------------------------------------- */

static int64_t key_of(const struct change *change, const struct field *field, const char *suffix)
{
    return field->table == TABLE_TASK ? change->task_id : strtoll(suffix, NULL, 10);
}

/* All of the row that the item at `from` belongs to; false when an earlier item did already. */
static bool collect(const struct change *change, size_t from, struct row *row)
{
    const char *suffix;
    const struct field *field = field_find(change->item[from].field, &suffix);
    *row = (struct row){.table = field->table, .key = key_of(change, field, suffix)};
    for (size_t i = 0; i < change->count; i++) {
        const struct field *other = field_find(change->item[i].field, &suffix);
        if (other->table != row->table || key_of(change, other, suffix) != row->key)
            continue;
        if (i < from)
            return false;
        assert(row->count < sizeof row->item / sizeof *row->item);
        row->field[row->count] = other;
        row->item[row->count++] = &change->item[i];
        if (other->flags & FIELD_IS_ROW)
            row->is_row = &change->item[i];
        if (row->is_row && row->is_row->before[0] && row->is_row->after[0])
            row->is_row = NULL;
    }
    return true;
}

/* Rows of the tables that belong to the task. Those that go before those that come: rows
 * with positions share them. */
bool change_rows_beside(const struct writing *writing, struct error *err)
{
    const struct change *change = writing->change;
    bool good = true;
    for (int coming = 0; coming < 2; coming++)
        for (size_t i = 0; good && i < change->count; i++) {
            const struct field *field = field_find(change->item[i].field, NULL);
            struct row row;
            if (field_key_of(field->table) == KEY_NONE || !collect(change, i, &row))
                continue;
            bool goes = row.is_row != NULL && row.is_row->after[0] == '\0';
            if (goes == (coming == 0))
                good = write_row(writing, &row, err);
        }
    return good;
}

/* --- lists ----------------------------------------------------------------------------------- */

static bool add_region(
    const struct writing *writing, int64_t region, int position, struct error *err)
{
    struct db_statement *add;
    if (!db_statement(writing->db, CHANGE_ADD_REGION, &add, err))
        return false;
    db_bind_int(add, 1, region);
    db_bind_int(add, 2, writing->change->task_id);
    db_bind_int(add, 3, position);
    db_bind_int(add, 4, writing->seq);
    return db_run(add, err);
}

static bool add_department(const struct writing *writing, const struct field *field,
    int64_t department, int position, struct error *err)
{
    struct db_statement *add;
    if (!db_statement(writing->db, CHANGE_ADD_DEPARTMENT, &add, err))
        return false;
    db_bind_int(add, 1, department);
    db_bind_int(add, 2, writing->change->task_id);
    db_bind_text(add, 3, field->column);
    db_bind_int(add, 4, position);
    db_bind_int(add, 5, writing->seq);
    return db_run(add, err);
}

/* Takes out all but the first region, which follows the task, or all departments of the role. */
static bool empty_list(const struct writing *writing, const struct field *field, struct error *err)
{
    static const enum statement region[] = {CHANGE_MARK_REGIONS, CHANGE_DELETE_REGIONS},
                                department[] = {CHANGE_MARK_DEPARTMENTS, CHANGE_DELETE_DEPARTMENTS};
    bool regions = field->table == TABLE_TASK_REGION, good = true;
    for (int i = 0; good && i < 2; i++) {
        struct db_statement *statement;
        good = db_statement(writing->db, regions ? region[i] : department[i], &statement, err);
        if (!good)
            break;
        db_bind_int(statement, 1, writing->change->task_id);
        if (!regions)
            db_bind_text(statement, 2, field->column);
        good = db_run(statement, err);
    }
    return good;
}

/* The first of the regions and of the leads stands in the task itself, and there only of the leads.
 */
static bool write_list(const struct writing *writing, const struct event_change *item,
    const struct field *field, struct error *err)
{
    int64_t ids[FIELD_LIST_MOST];
    size_t count = field_ids(item->after, ids);
    bool regions = field->table == TABLE_TASK_REGION,
         first_apart = regions || strcmp(field->column, "lead") == 0;
    bool good = empty_list(writing, field, err);
    for (size_t i = first_apart ? 1 : 0; good && i < count; i++)
        good = regions ? add_region(writing, ids[i], (int)i, err)
                       : add_department(writing, field, ids[i], (int)i, err);
    return good;
}

static bool write_first(const struct writing *writing, const struct event_change *item,
    enum statement statement, struct error *err)
{
    int64_t ids[FIELD_LIST_MOST];
    size_t count = field_ids(item->after, ids);
    struct db_statement *set;
    if (!db_statement(writing->db, statement, &set, err))
        return false;
    if (count > 0)
        db_bind_int(set, 1, ids[0]);
    else
        db_bind_null(set, 1);
    db_bind_int(set, 2, writing->change->task_id);
    return db_run(set, err);
}

static bool write_lists(const struct writing *writing, struct error *err)
{
    const struct change *change = writing->change;
    bool good = true;
    for (size_t i = 0; good && i < change->count; i++) {
        const struct event_change *item = &change->item[i];
        const struct field *field = field_find(item->field, NULL);
        if (field->table == TABLE_TASK_REGION)
            good = write_first(writing, item, CHANGE_FIRST_REGION, err);
        else if (field->table == TABLE_TASK_DEPARTMENT && strcmp(field->column, "lead") == 0)
            good = write_first(writing, item, CHANGE_FIRST_LEAD, err);
        if (good && (field->table == TABLE_TASK_REGION || field->table == TABLE_TASK_DEPARTMENT))
            good = write_list(writing, item, field, err);
    }
    return good;
}

/* --- the task -------------------------------------------------------------------------------- */

static bool collect_task(const struct change *change, struct row *row)
{
    for (size_t i = 0; i < change->count; i++)
        if (field_find(change->item[i].field, NULL)->table == TABLE_TASK)
            return collect(change, i, row);
    *row = (struct row){.table = TABLE_TASK, .key = change->task_id};
    return true;
}

/* A new task needs its first region with the row itself. */
static bool insert_task(const struct writing *writing, struct row *row, struct error *err)
{
    static const struct field first = {.name = "region",
        .type = VALUE_IS_REGION,
        .table = TABLE_TASK,
        .column = "region_id",
        .flags = FIELD_IS_NULL};
    const struct event_change *regions = change_get(writing->change, "region");
    int64_t ids[FIELD_LIST_MOST];
    char id[24] = "";
    if (regions != NULL && field_ids(regions->after, ids) > 0)
        snprintf(id, sizeof id, "%" PRId64, ids[0]);
    struct event_change item = {.after = id};
    row->field[row->count] = &first;
    row->item[row->count++] = &item;
    return insert_row(writing, row, err);
}

bool change_rows_write(const struct writing *writing, struct error *err)
{
    struct row task;
    collect_task(writing->change, &task);
    bool comes = task.is_row != NULL && task.is_row->before[0] == '\0',
         goes = task.is_row != NULL && task.is_row->after[0] == '\0';
    if (goes) /* and with it all that belongs to it */
        return delete_row(writing, &task, err);
    return (!comes || insert_task(writing, &task, err)) && change_rows_beside(writing, err) &&
           write_lists(writing, err) && (comes || update_row(writing, &task, err));
}
