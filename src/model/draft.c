#include "model/draft.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "column.h"
#include "member.h"
#include "store/db.h"

void draft_clear(struct draft *draft)
{
    for (size_t i = 0; i < draft->count; i++) {
        free(draft->item[i].name);
        free(draft->item[i].base);
        free(draft->item[i].value);
    }
    free(draft->item);
    free(draft->context);
    *draft = (struct draft){0};
}

void draft_add(struct draft *draft, const char *name, const char *base, const char *value)
{
    draft->item = alloc_resize(draft->item, draft->count + 1, sizeof *draft->item);
    draft->item[draft->count++] = (struct draft_item){
        .name = alloc_string(name), .base = alloc_string(base), .value = alloc_string(value)};
}

/* --- the body -------------------------------------------------------------------------------- */

static void write_text(struct strbuf *out, const char *text)
{
    strbuf_format(out, "%zu:%s,", strlen(text), text);
}

static void write_body(struct strbuf *out, const struct draft *draft)
{
    for (size_t i = 0; i < draft->count; i++) {
        write_text(out, draft->item[i].name);
        write_text(out, draft->item[i].base);
        write_text(out, draft->item[i].value);
    }
}

/* One text, scrubbed, for anybody may have written the row; NULL where the body is no such list. */
static char *read_text(const char **body, const char *last)
{
    char *colon;
    unsigned long length = strtoul(*body, &colon, 10);
    if (colon == *body || *colon != ':' || length >= (size_t)(last - colon) ||
        colon[1 + length] != ',')
        return NULL;
    struct strbuf clean = {0};
    text_scrub(&clean, colon + 1, length, TEXT_LINES);
    strbuf_add(&clean, "");
    *body = colon + 1 + length + 1;
    return strbuf_take(&clean);
}

/* What cannot be read of a body is left, and what is more than any form has. */
static void read_body(const char *body, struct draft *draft)
{
    const char *last = body + strlen(body);
    while (*body != '\0' && draft->count < DRAFT_ITEMS_MOST) {
        char *text[3] = {0};
        bool whole = true;
        for (int i = 0; whole && i < 3; i++)
            whole = (text[i] = read_text(&body, last)) != NULL;
        if (whole)
            draft_add(draft, text[0], text[1], text[2]);
        for (int i = 0; i < 3; i++)
            free(text[i]);
        if (!whole)
            return;
    }
}

/* --- rows ------------------------------------------------------------------------------------ */

static const char *owner(const struct model *model)
{
    return person_key(model_person(model));
}

static void bind_task(struct db_statement *to, int index, int64_t task_id)
{
    if (task_id != 0)
        db_bind_int(to, index, task_id);
    else
        db_bind_null(to, index);
}

static bool drop(struct model *model, const char *context, int64_t task_id, struct error *err)
{
    struct db_statement *row;
    if (!db_statement(model_db(model), DRAFT_DROP, &row, err))
        return false;
    db_bind_text(row, 1, owner(model));
    db_bind_text(row, 2, context);
    bind_task(row, 3, task_id);
    return db_run(row, err);
}

static bool fail_gone(struct error *err)
{
    return error_set(
        err, ERROR_NOT_FOUND, _("The task is not there any more: nothing can be kept for it"));
}

static bool keep(struct model *model, const struct draft *draft, struct error *err)
{
    struct db_statement *row;
    struct strbuf body = {0};
    char at[25];
    if (!drop(model, draft->context, draft->task_id, err))
        return false;
    if (draft->count == 0)
        return true;
    if (!db_statement(model_db(model), DRAFT_KEEP, &row, err))
        return false;
    write_body(&body, draft);
    db_bind_text(row, 1, owner(model));
    db_bind_text(row, 2, draft->context);
    bind_task(row, 3, draft->task_id);
    db_bind_int(row, 4, draft->since);
    db_bind_text(row, 5, strbuf_text(&body));
    db_bind_text(row, 6, date_moment_format(date_now(), at));
    strbuf_clear(&body);
    struct error wrong = {0};
    if (db_run(row, &wrong))
        return true;
    if (wrong.code == ERROR_INPUT) /* it refers to the task */
        return fail_gone(err);
    return error_set(err, wrong.code, "%s", wrong.text);
}

static bool end(struct db *db, bool done, struct error *err)
{
    if (done)
        return db_write_commit(db, err);
    db_write_rollback(db);
    return false;
}

/* One of no task is within everybody's. */
static bool is_in_reach(struct model *model, int64_t task_id, bool *is, struct error *err)
{
    *is = true;
    return task_id == 0 || member_in_reach(model, task_id, is, err);
}

static bool keep_in_reach(struct model *model, const struct draft *draft, struct error *err)
{
    bool is;
    if (!is_in_reach(model, draft->task_id, &is, err))
        return false;
    return is ? keep(model, draft, err) : fail_gone(err);
}

bool draft_keep(struct model *model, const struct draft *draft, bool leaving, struct error *err)
{
    struct db *db = model_db(model);
    int wait = model_gate_ms(model);
    if (!model_may_write(model, err))
        return false;
    db_gate_timeout(db, leaving || wait < DRAFT_WAIT_MS ? wait : DRAFT_WAIT_MS);
    bool done = db_write_begin(db, err) && end(db, keep_in_reach(model, draft, err), err);
    db_gate_timeout(db, wait);
    return done;
}

bool draft_drop(struct model *model, const char *context, int64_t task_id, struct error *err)
{
    struct db *db = model_db(model);
    return db_write_begin(db, err) && end(db, drop(model, context, task_id, err), err);
}

/* Columns of DRAFT_FIND and DRAFT_LIST. */
enum { AT_CONTEXT, AT_TASK, AT_SINCE, AT_AT, AT_IDENT, AT_BODY = 7 };

static void read_row(struct db_statement *row, struct draft *out)
{
    *out = (struct draft){
        .context = column_line(row, AT_CONTEXT),
        .task_id = db_int(row, AT_TASK),
        .since = db_int(row, AT_SINCE),
        .at = column_moment(row, AT_AT),
    };
    column_ident(row, AT_IDENT, out->ident);
}

bool draft_find(struct model *model, const char *context, int64_t task_id, struct draft *out,
    bool *found, struct error *err)
{
    struct db_statement *row;
    bool is;
    *found = false;
    if (!is_in_reach(model, task_id, &is, err))
        return false;
    if (!is)
        return true;
    if (!db_statement(model_db(model), DRAFT_FIND, &row, err))
        return false;
    db_bind_text(row, 1, owner(model));
    db_bind_text(row, 2, context);
    bind_task(row, 3, task_id);
    enum db_step step = db_step(row, err);
    *found = step == DB_ROW;
    if (*found) {
        read_row(row, out);
        read_body(db_text(row, AT_BODY), out);
    }
    db_reset(row);
    return step != DB_FAILED;
}

bool draft_list(struct model *model, struct draft **out, size_t *count, struct error *err)
{
    struct db_statement *row;
    enum db_step step = DB_DONE;
    bool ok = true, is;
    *out = NULL;
    *count = 0;
    if (!db_statement(model_db(model), DRAFT_LIST, &row, err))
        return false;
    db_bind_text(row, 1, owner(model));
    while (ok && (step = db_step(row, err)) == DB_ROW) {
        ok = is_in_reach(model, db_int(row, AT_TASK), &is, err);
        if (!ok || !is)
            continue;
        *out = alloc_resize(*out, *count + 1, sizeof **out);
        read_row(row, &(*out)[(*count)++]);
    }
    db_reset(row);
    return ok && step != DB_FAILED;
}
