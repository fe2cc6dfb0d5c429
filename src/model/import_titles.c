/* The tasks of sources by their titles, and the source of a row that names none. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "import_parts.h"

enum { TOLD_MOST = 3 }; /* tasks of one title that are told by name */

static uint64_t title_key(int64_t source, const char *title)
{
    return hash_bytes((uint64_t)source, title, strlen(title));
}

/* The same, of what a title says (look_title_core). */
static uint64_t core_key(int64_t source, const char *title)
{
    char *core = look_title_core(title);
    uint64_t key = ~title_key(source, core);
    free(core);
    return key;
}

static void put_title(struct look *look, uint64_t key, struct db_statement *row)
{
    bool is_new;
    size_t at = id_map_add(&look->titles, key, &is_new);
    look->title_last =
        alloc_grow(look->title_last, &look->title_last_capacity, at + 1, sizeof *look->title_last);
    if (is_new)
        look->title_last[at] = 0;
    look->title =
        alloc_grow(look->title, &look->title_capacity, look->title_count + 1, sizeof *look->title);
    look->title[look->title_count] =
        (struct title_task){db_int(row, 0), db_int(row, 2), look->title_last[at]};
    look->title_last[at] = (uint32_t)++look->title_count;
}

bool look_need_titles(struct look *look, int64_t source, struct error *err)
{
    struct numbering *numbering;
    struct db_statement *row;
    enum db_step step = DB_DONE;
    bool in = true, good = true;
    if (!look_numbering(look, source, &numbering, err))
        return false;
    if (numbering->titled)
        return true;
    numbering->titled = true;
    if (!db_statement(look->db, IMPORT_TITLES, &row, err))
        return false;
    db_bind_int(row, 1, source);
    while (good && (step = db_step(row, err)) == DB_ROW)
        if ((good = member_ask(&look->reach, db_int(row, 0), &in, err)) && in) {
            put_title(look, title_key(source, db_text(row, 1)), row);
            put_title(look, core_key(source, db_text(row, 1)), row);
        }
    db_reset(row);
    return good && step != DB_FAILED;
}

uint32_t look_first_titled(const struct look *look, int64_t source, const char *title, bool core)
{
    size_t at =
        id_map_find(&look->titles, core ? core_key(source, title) : title_key(source, title));
    return at == ID_MAP_NONE ? 0 : look->title_last[at];
}

/* --- a row without a source ------------------------------------------------------------------ */

/* Tasks of any source with one title, in one place where one is told. */
struct found {
    int64_t source, region;
    size_t count;
    struct strbuf names; /* of the first of them */
};

static bool add_name(
    struct look *look, int64_t source, int64_t task, struct strbuf *out, struct error *err)
{
    char *number, *part, *title;
    if (!change_current(look->db, task, "number", &number, err))
        return false;
    bool good = change_current(look->db, task, "part", &part, err);
    if (good && (good = change_current(look->db, task, "title", &title, err))) {
        bool whole = strcmp(part, "0") == 0 || part[0] == '\0';
        strbuf_format(out, "%s%s-%s%s%s %s", out->length > 0 ? _(", ") : "",
            units_source(look->units, source)->code, number, whole ? "" : ".", whole ? "" : part,
            title);
        free(title);
    }
    if (good)
        free(part);
    free(number);
    return good;
}

static bool find_in(
    struct look *look, int64_t source, const char *title, struct found *found, struct error *err)
{
    if (!look_need_titles(look, source, err))
        return false;
    uint32_t next = look_first_titled(look, source, title, false);
    for (; next != 0; next = look->title[next - 1].next) {
        const struct title_task *one = &look->title[next - 1];
        if (found->region != 0 && one->region != found->region)
            continue;
        found->source = source;
        if (found->count++ < TOLD_MOST && !add_name(look, source, one->task, &found->names, err))
            return false;
    }
    return true;
}

static void tell(
    struct look *look, size_t proposal, const struct import_cell *title, const struct found *found)
{
    if (found->count == 1)
        look_say(look, proposal, title, false,
            _("No source is told; taken for %s, the only task that is called so"),
            strbuf_text(&found->names));
    else if (found->count > 1)
        look_say(look, proposal, title, true,
            _("It is not told which source this task belongs to, and %zu tasks are called so: "
              "%s%s; "
              "say it with --source, or on the board in the line \"Source of lines that name "
              "none\", "
              "or put the whole number (2-047) into the row"),
            found->count, strbuf_text(&found->names), found->count > TOLD_MOST ? " .." : "");
}

bool look_source_titled(struct look *look, size_t proposal, bool *told, struct error *err)
{
    struct target *target = &look->target[proposal];
    const struct import_cell *title = look_told(look, proposal, "title");
    struct found found = {
        .region = look_first_id(texts_get(&look->import->texts, target->regions))};
    bool good = true;
    *told = false;
    if (title == NULL || target->number != 0)
        return true;
    for (size_t i = 0; good && i < units_source_count(look->units); i++)
        good =
            find_in(look, units_source_at(look->units, i)->id, look_text(look, title), &found, err);
    if (good)
        tell(look, proposal, title, &found);
    if (good && found.count == 1)
        target->source = found.source;
    *told = found.count > 0;
    strbuf_clear(&found.names);
    return good;
}
