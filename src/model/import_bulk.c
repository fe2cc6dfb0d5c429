/* Very many new tasks at once: the rows that change_apply would write, without what is the same for
 * all of them. Triggers are set aside, so that the counts are made once, at the end, and the text
 * index follows when all rows are in. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "change_rows.h"
#include "check_parts.h"
#include "history_chain.h"
#include "import_parts.h"
#include "model/search.h"

enum {
    LEAST = 1000,        /* tasks that are worth it */
    INDEX_LEAST = 20000, /* and worth the indexes made again */
    LINES = 32,          /* changes in one statement, at most */
    CACHE_KILOBYTES = 4000
};
#define END UINT32_MAX /* no text */

/* A change of the task in hand. */
struct told {
    const struct field *field;
    const char *name, *suffix, *before, *after;
};

struct bulk {
    struct chain_head head;
    struct db_statement *task, *changes[LINES]; /* of so many and one more; made when needed */
    int column[128];                            /* of a field in `task`; 0 none */
    int id, region, lead, by, version, made_at;
    struct told *told; /* by name */
    size_t count, capacity;
    char at[25];

    /* What the text index is made of when all rows are in; texts of the import. */
    int64_t first_task;
    uint32_t
        *words; /* of each task its title, problem, goal, measures and goals to be met, then END */
    size_t word_count, word_capacity;
    struct search_load load;
};

static void finish(struct bulk *bulk)
{
    db_finish(bulk->task);
    bulk->task = NULL;
    for (size_t i = 0; i < LINES; i++) {
        db_finish(bulk->changes[i]);
        bulk->changes[i] = NULL;
    }
}

void bulk_free(struct bulk *bulk)
{
    if (bulk == NULL)
        return;
    finish(bulk);
    free(bulk->told);
    free(bulk->words);
    strbuf_clear(&bulk->load.title);
    strbuf_clear(&bulk->load.body);
    free(bulk);
}

static size_t new_tasks(const struct look *look)
{
    size_t count = 0;
    for (size_t i = 0; i < look->import->count; i++) {
        const struct target *target = &look->target[i];
        count += target->task == 0 && target->source != 0 && !target->hidden && !target->refused;
    }
    return count;
}

/* The counts of all tasks are made again at the end. */
static bool is_worth(struct look *look, size_t count, bool *is, struct error *err)
{
    struct db_statement *tasks;
    *is = false;
    if (count < LEAST)
        return true;
    if (!db_statement(look->db, TASKS_ALL, &tasks, err))
        return false;
    enum db_step step = db_step(tasks, err);
    *is = step == DB_ROW && (int64_t)count >= db_int(tasks, 0) / 50;
    db_reset(tasks);
    return step != DB_FAILED;
}

/* --- statements ------------------------------------------------------------------------------ */

static bool prepare_task(struct look *look, struct bulk *bulk, struct error *err)
{
    struct strbuf sql = {0};
    int count = 0;
    strbuf_add(&sql, "INSERT INTO task (");
    for (size_t i = 0; i < field_count; i++)
        if (fields[i].table == TABLE_TASK) {
            bulk->column[i] = ++count;
            strbuf_format(&sql, "%s, ", fields[i].column);
        }
    bulk->id = ++count;
    bulk->region = ++count;
    bulk->lead = ++count;
    bulk->by = ++count;
    bulk->version = ++count;
    bulk->made_at = ++count;
    strbuf_add(
        &sql, "id, region_id, lead_id, updated_by, version, created_at, updated_at) VALUES (");
    for (int i = 1; i <= count; i++)
        strbuf_format(&sql, "%s$%d", i > 1 ? ", " : "", i);
    strbuf_format(&sql, ", $%d)", count);
    bool done = db_prepare(look->db, strbuf_text(&sql), &bulk->task, err);
    strbuf_clear(&sql);
    return done;
}

/* For `count` changes at once: half the time of one after the other. */
static bool prepare_changes(struct look *look, size_t count, struct error *err)
{
    struct strbuf sql = {0};
    if (look->bulk->changes[count - 1] != NULL)
        return true;
    strbuf_add(&sql, "INSERT INTO event_change (seq, field, before, after) VALUES ");
    for (size_t i = 0; i < count; i++)
        strbuf_format(
            &sql, "%s($1, $%zu, $%zu, $%zu)", i > 0 ? ", " : "", i * 3 + 2, i * 3 + 3, i * 3 + 4);
    bool done = db_prepare(look->db, strbuf_text(&sql), &look->bulk->changes[count - 1], err);
    strbuf_clear(&sql);
    return done;
}

bool bulk_begin(struct look *look, struct error *err)
{
    static const char *const quiet[] = {
        "task", "task_region", "task_department", "measure", "target", "event", "event_change"};
    size_t count = new_tasks(look);
    bool indexes = count >= INDEX_LEAST, is;
    if (!is_worth(look, count, &is, err))
        return false;
    if (!is)
        return true;
    struct bulk *bulk = alloc_zero(1, sizeof *bulk);
    look->bulk = bulk;
    look->of += look->import->count;
    if (!change_new_id(look->db, TABLE_TASK, &bulk->first_task, err) ||
        !db_bulk_begin(look->db, indexes ? "task" : NULL, err))
        return false;
    db_cache(look->db, CACHE_KILOBYTES);
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++)
        if (!db_bulk_quiet(look->db, quiet[i], err))
            return false;
    date_moment_format(date_now(), bulk->at);
    return chain_head_read(look->db, &bulk->head, err) && prepare_task(look, bulk, err);
}

/* --- the line -------------------------------------------------------------------------------- */

static int compare_told(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    return strcmp(x->name, y->name);
}

/* What is in hand, in the order of the history. */
static void take_told(struct look *look)
{
    struct bulk *bulk = look->bulk;
    bulk->count = look->made.count;
    bulk->told = alloc_grow(bulk->told, &bulk->capacity, bulk->count, sizeof *bulk->told);
    for (size_t i = 0; i < bulk->count; i++) {
        const struct event_change *item = &look->made.item[i];
        struct told *told = &bulk->told[i];
        *told = (struct told){.name = item->field, .before = item->before, .after = item->after};
        told->field = import_field(look->import, told->name, &told->suffix);
    }
    qsort(bulk->told, bulk->count, sizeof *bulk->told, compare_told);
}

static bool write_changes(struct look *look, int64_t seq, struct error *err)
{
    struct bulk *bulk = look->bulk;
    for (size_t done = 0, count; done < bulk->count; done += count) {
        count = bulk->count - done < LINES ? bulk->count - done : LINES;
        if (!prepare_changes(look, count, err))
            return false;
        struct db_statement *add = bulk->changes[count - 1];
        db_bind_int(add, 1, seq);
        for (size_t i = 0; i < count; i++) {
            const struct told *told = &bulk->told[done + i];
            db_bind_kept(add, (int)i * 3 + 2, told->name);
            db_bind_kept(add, (int)i * 3 + 3, told->before);
            db_bind_kept(add, (int)i * 3 + 4, told->after);
        }
        if (!db_run(add, err))
            return false;
    }
    return true;
}

static bool write_line(struct look *look, int64_t task, int64_t *seq, struct error *err)
{
    struct bulk *bulk = look->bulk;
    const struct person *person = model_person(look->model);
    struct db_statement *add;
    struct chain chain;
    struct chain_line line = {.seq = bulk->head.seq + 1,
        .task_id = task,
        .at = bulk->at,
        .actor = person->name,
        .origin = person->origin != NULL ? person->origin : "",
        .action = "import",
        .note = ""};
    chain_begin(&chain, bulk->head.hash, &line);
    for (size_t i = 0; i < bulk->count; i++)
        chain_change(&chain, bulk->told[i].name, bulk->told[i].before, bulk->told[i].after);
    chain_end(&chain, bulk->head.hash);
    if (!db_statement(look->db, HISTORY_ADD, &add, err))
        return false;
    db_bind_int(add, 1, line.seq);
    db_bind_kept(add, 2, line.at);
    db_bind_kept(add, 3, line.actor);
    db_bind_kept(add, 4, line.origin);
    db_bind_int(add, 5, task);
    db_bind_kept(add, 6, line.action);
    db_bind_kept(add, 7, line.note);
    db_bind_kept(add, 8, bulk->head.hash);
    *seq = bulk->head.seq = line.seq;
    return db_run(add, err) && write_changes(look, line.seq, err);
}

/* --- rows ------------------------------------------------------------------------------------ */

/* What the schema gives a column that is not told. */
static void bind_default(struct db_statement *to, int index, const struct field *field)
{
    if (field->flags & FIELD_IS_NULL)
        db_bind_null(to, index);
    else if (field->words != NULL)
        db_bind_kept(to, index, field->words[0].name);
    else if (field->type == VALUE_IS_NUMBER || field->type == VALUE_IS_PERCENT ||
             field->type == VALUE_IS_YES)
        db_bind_int(to, index, 0);
    else
        db_bind_kept(to, index, "");
}

static void bind_first(struct db_statement *to, int index, const char *ids)
{
    int64_t id = look_first_id(ids);
    if (id != 0)
        db_bind_int(to, index, id);
    else
        db_bind_null(to, index);
}

static bool write_task(struct look *look, int64_t task, struct error *err)
{
    struct bulk *bulk = look->bulk;
    const char *leads = "";
    for (size_t i = 0; i < field_count; i++)
        if (fields[i].table == TABLE_TASK)
            bind_default(bulk->task, bulk->column[i], &fields[i]);
    for (const struct told *told = bulk->told; told < bulk->told + bulk->count; told++)
        if (told->field->table == TABLE_TASK)
            db_bind_kept(bulk->task, bulk->column[told->field - fields], told->after);
        else if (strcmp(told->field->name, "region") == 0)
            bind_first(bulk->task, bulk->region, told->after);
        else if (strcmp(told->field->name, "lead") == 0)
            leads = told->after;
    bind_first(bulk->task, bulk->lead, leads);
    db_bind_int(bulk->task, bulk->id, task);
    db_bind_kept(bulk->task, bulk->by, model_person(look->model)->name);
    db_bind_kept(bulk->task, bulk->made_at, bulk->at);
    db_bind_int(bulk->task, bulk->version, leads[0] != '\0' ? 2 : 1);
    return db_run(bulk->task, err);
}

static bool write_regions(
    struct look *look, int64_t task, int64_t seq, const char *ids, struct error *err)
{
    int64_t list[FIELD_LIST_MOST];
    size_t count = field_ids(ids, list);
    for (size_t i = 0; i < count; i++) {
        struct db_statement *add;
        if (!db_statement(look->db, CHANGE_ADD_REGION, &add, err))
            return false;
        db_bind_int(add, 1, list[i]);
        db_bind_int(add, 2, task);
        db_bind_int(add, 3, (int64_t)i);
        db_bind_int(add, 4, i == 0 ? 0 : seq); /* the first follows the task */
        if (!db_run(add, err))
            return false;
    }
    return true;
}

static bool write_departments(struct look *look, int64_t task, int64_t seq,
    const struct field *field, const char *ids, struct error *err)
{
    int64_t list[FIELD_LIST_MOST];
    size_t count = field_ids(ids, list);
    for (size_t i = strcmp(field->column, "lead") == 0 ? 1 : 0; i < count; i++) {
        struct db_statement *add;
        if (!db_statement(look->db, CHANGE_ADD_DEPARTMENT, &add, err))
            return false;
        db_bind_int(add, 1, list[i]);
        db_bind_int(add, 2, task);
        db_bind_kept(add, 3, field->column);
        db_bind_int(add, 4, (int64_t)i);
        db_bind_int(add, 5, seq);
        if (!db_run(add, err))
            return false;
    }
    return true;
}

/* One row with a position. */
static bool write_counted(
    struct look *look, int64_t task, int64_t seq, const struct told *row, struct error *err)
{
    enum { COLUMNS = 5 };
    static const struct counted {
        enum field_table table;
        enum statement add;
        const char *columns[COLUMNS]; /* as the statement binds them, from $4 */
    } kinds[] = {
        {TABLE_MEASURE, IMPORT_ADD_MEASURE, {"measure", "due", "done", "waived"}},
        {TABLE_TARGET, IMPORT_ADD_TARGET, {"target", "value", "unit", "by", "by_raw"}},
    };
    const struct counted *kind = &kinds[kinds[0].table != row->field->table];
    const struct bulk *bulk = look->bulk;
    struct db_statement *add;
    if (!db_statement(look->db, kind->add, &add, err))
        return false;
    db_bind_int(add, 1, task);
    db_bind_int(add, 2, strtoll(row->suffix, NULL, 10));
    db_bind_int(add, 3, seq);
    for (int i = 0; i < COLUMNS && kind->columns[i] != NULL; i++) {
        const struct field *field = import_field(look->import, kind->columns[i], NULL);
        bind_default(add, 4 + i, field);
        for (const struct told *told = bulk->told; told < bulk->told + bulk->count; told++)
            if (told->field == field && strcmp(told->suffix, row->suffix) == 0)
                db_bind_kept(add, 4 + i, told->after);
    }
    return db_run(add, err);
}

static bool write_beside(struct look *look, int64_t task, int64_t seq, struct error *err)
{
    const struct bulk *bulk = look->bulk;
    const struct told *told, *end = bulk->told + bulk->count;
    bool good = true, others = false;
    for (told = bulk->told; good && told < end; told++) {
        others |= field_key_of(told->field->table) == KEY_ID;
        if (told->field->table == TABLE_TASK_REGION)
            good = write_regions(look, task, seq, told->after, err);
        else if (told->field->table == TABLE_TASK_DEPARTMENT)
            good = write_departments(look, task, seq, told->field, told->after, err);
    }
    if (good && others) {
        const struct change change = {.task_id = task,
            .action = "import",
            .item = look->made.item,
            .count = look->made.count};
        const struct writing writing = {
            look->db, &change, seq, model_person(look->model)->name, bulk->at};
        return change_rows_beside(&writing, err);
    }
    for (told = bulk->told; good && told < end; told++)
        if (field_key_of(told->field->table) == KEY_POSITION && told->field->flags & FIELD_IS_ROW)
            good = write_counted(look, task, seq, told, err);
    return good;
}

/* --- words ----------------------------------------------------------------------------------- */

static void keep_number(struct bulk *bulk, uint32_t number)
{
    bulk->words =
        alloc_grow(bulk->words, &bulk->word_capacity, bulk->word_count + 1, sizeof *bulk->words);
    bulk->words[bulk->word_count++] = number;
}

/* By their numbers, which take half the room of addresses. */
static void keep_word(struct look *look, const char *word)
{
    keep_number(look->bulk, texts_add(&look->import->texts, word));
}

static void keep_field(struct look *look, const char *name)
{
    const struct bulk *bulk = look->bulk;
    const char *word = "";
    for (size_t i = 0; i < bulk->count; i++)
        if (strcmp(bulk->told[i].name, name) == 0)
            word = bulk->told[i].after;
    keep_word(look, word);
}

/* The rows in their order, which that of their names is not. */
static void keep_rows(struct look *look, enum field_table table)
{
    const struct bulk *bulk = look->bulk;
    for (long last = 0, next = 1; next > 0; last = next) {
        const char *word = NULL;
        next = 0;
        for (size_t i = 0; i < bulk->count; i++) {
            const struct told *told = &bulk->told[i];
            if (told->field->table != table || !(told->field->flags & FIELD_IS_ROW))
                continue;
            long at = strtol(told->suffix, NULL, 10);
            if (at > last && (next == 0 || at < next)) {
                next = at;
                word = told->after;
            }
        }
        if (word != NULL)
            keep_word(look, word);
    }
}

static void keep_words(struct look *look)
{
    keep_field(look, "title");
    keep_field(look, "problem");
    keep_field(look, "goal");
    keep_rows(look, TABLE_MEASURE);
    keep_rows(look, TABLE_TARGET);
    keep_number(look->bulk, END);
}

bool bulk_write(struct look *look, int64_t task, struct error *err)
{
    int64_t seq;
    take_told(look);
    if (!write_line(look, task, &seq, err))
        return false;
    look->first_line = look->first_line == 0 ? seq : look->first_line;
    look->last_line = seq;
    keep_words(look);
    return write_task(look, task, err) && write_beside(look, task, seq, err);
}

/* --- the end --------------------------------------------------------------------------------- */

/* Ids were given in the order in which the tasks were written. */
static bool index_all(struct look *look, struct error *err)
{
    struct bulk *bulk = look->bulk;
    const uint32_t *at = bulk->words, *end = at + bulk->word_count;
    const char **words = NULL;
    size_t room = 0;
    int64_t task = bulk->first_task;
    bool good = search_load_begin(&bulk->load, look->db, err);
    for (; good && at < end; at++) {
        size_t count = 0;
        for (; *at != END; at++) {
            words = alloc_grow(words, &room, count + 1, sizeof *words);
            words[count++] = texts_get(&look->import->texts, *at);
        }
        good = search_load_task(&bulk->load, task++, words[0], words + 1, count - 1, err) &&
               look_step(look, err);
    }
    free(words);
    return good && search_load_end(&bulk->load, err);
}

bool bulk_end(struct look *look, struct error *err)
{
    struct bulk *bulk = look->bulk;
    finish(bulk);
    bool done = chain_head_write(look->db, &bulk->head, err) && index_all(look, err) &&
                check_recount(look->db, err) && db_bulk_end(look->db, err);
    look->bulk = NULL;
    bulk_free(bulk);
    return done;
}
