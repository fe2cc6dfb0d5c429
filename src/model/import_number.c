/* Numbers of a source: the last that was given, the next, and the tasks that have one. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "import_parts.h"
#include "work_parts.h"

bool look_numbering(struct look *look, int64_t source, struct numbering **out, struct error *err)
{
    for (size_t i = 0; i < look->numbering_count; i++)
        if (look->numbering[i].source == source) {
            *out = &look->numbering[i];
            return true;
        }
    struct db_statement *last, *position;
    if (!db_statement(look->db, WORK_NUMBERS, &last, err) ||
        !db_statement(look->db, LAST_POSITION, &position, err))
        return false;
    struct numbering one = {.source = source};
    db_bind_int(last, 1, source);
    db_bind_int(position, 1, source);
    enum db_step step = db_step(last, err), other = db_step(position, err);
    one.last = texts_add(&look->import->texts, step == DB_ROW ? db_text(last, 0) : "000");
    one.position = other == DB_ROW ? db_int(position, 0) : 0;
    db_reset(last);
    db_reset(position);
    look->numbering =
        alloc_resize(look->numbering, look->numbering_count + 1, sizeof *look->numbering);
    look->numbering[look->numbering_count] = one;
    *out = &look->numbering[look->numbering_count++];
    return step != DB_FAILED && other != DB_FAILED;
}

uint64_t look_number_key(const struct look *look, int64_t source, uint32_t number, int part)
{
    const char *text = texts_get(&look->import->texts, number);
    uint64_t seed = (uint64_t)source * 1009 + (uint64_t)part;
    return hash_bytes(seed, text, strlen(text));
}

bool look_numbered(struct look *look, int64_t source, uint32_t number, struct existing *out,
    size_t *count, struct error *err)
{
    struct db_statement *row;
    enum db_step step;
    *count = 0;
    if (look_is_made_source(look, source))
        return true;
    if (!db_statement(look->db, IMPORT_NUMBERED, &row, err))
        return false;
    db_bind_int(row, 1, source);
    db_bind_text(row, 2, texts_get(&look->import->texts, number));
    while ((step = db_step(row, err)) == DB_ROW && *count < EXISTING_MOST)
        out[(*count)++] = (struct existing){db_int(row, 0), db_int(row, 2), (int)db_int(row, 1),
            texts_add(&look->import->texts, db_text(row, 3))};
    db_reset(row);
    return step != DB_FAILED;
}

/* Neither the database nor another proposal has it. */
static bool is_free(struct look *look, int64_t source, uint32_t number, bool *is, struct error *err)
{
    struct db_statement *row;
    *is = id_map_find(&look->groups, look_number_key(look, source, number, 0)) == ID_MAP_NONE;
    if (!*is || look_is_made_source(look, source))
        return true;
    if (!db_statement(look->db, FIND_EXACT, &row, err))
        return false;
    db_bind_int(row, 1, source);
    db_bind_text(row, 2, texts_get(&look->import->texts, number));
    db_bind_int(row, 3, 0);
    enum db_step step = db_step(row, err);
    db_reset(row);
    *is = step == DB_DONE;
    return step != DB_FAILED;
}

bool look_number(struct look *look, int64_t source, uint32_t *number, struct error *err)
{
    struct numbering *numbering;
    bool is = false, good = look_numbering(look, source, &numbering, err);
    while (good && !is) {
        char *next = work_number_after(texts_get(&look->import->texts, numbering->last));
        *number = texts_add(&look->import->texts, next);
        numbering->last = *number;
        free(next);
        good = is_free(look, source, *number, &is, err);
    }
    return good;
}
