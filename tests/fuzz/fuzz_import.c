/* Ledgers, all the way: bytes of a file to cells, headings, proposals, and these compared with what
 * is in a database. What is found is told in clean sentences with places of the file, and what is
 * not refused can be written, and changes nothing a second time. The first byte says how it is
 * read. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/charset.h"
#include "base/text.h"
#include "exchange/csv_read.h"
#include "exchange/import_text.h"
#include "exchange/json_write.h"
#include "exchange/ledger.h"
#include "fuzz/fresh.h"
#include "model/import.h"
#include "model/model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fill[] =
    "INSERT INTO task (source_id, number, position, title, state, deadline, lead_id, region_id) "
    "VALUES (2, '1', 1, '辽河口湿地退养还湿', 'in_progress', '2026-12-31', 1, 3),"
    " (2, '2', 2, '关闭入河排污口', 'not_started', '2026-11-30', 2, 4),"
    " (2, '3', 3, '矿山复绿', 'closed', '2026-10-31', NULL, 5);"
    "INSERT INTO measure (task_id, position, text, due_on) VALUES (1, 1, '甲', '2026-11-10'),"
    " (1, 2, '乙', NULL);"
    "INSERT INTO task_department (department_id, task_id, role) VALUES (2, 1, 'responsible');";

static void fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    abort();
}

static struct model *open_fresh(void)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {
        .login = (char *)"a", .name = (char *)"李娜", .origin = (char *)"a", .role = PERSON_ADMIN};
    const struct model_options options = {
        .path = fresh_database(fill), .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    if (!model_open(&options, &model, &err))
        fail(err.text);
    return model;
}

static bool ignore(void *context, const char *bytes, size_t count)
{
    (void)context, (void)bytes, (void)count;
    return true;
}

/* --- what is told ---------------------------------------------------------------------------- */

static void look_at(
    const struct import_plan *plan, const struct import_told *told, const struct grid *grid)
{
    size_t lines = grid_rows(grid) > 0 ? grid_line(grid, grid_rows(grid) - 1) : 0, sum = 0;
    struct strbuf text = {0};
    for (int kind = 0; kind < IMPORT_KIND_COUNT; kind++)
        sum += plan->count[kind];
    assert(sum == plan->result_count);
    bool refuses = false;
    for (size_t i = 0; i < plan->message_count; i++) {
        const struct import_message *message = &plan->message[i];
        assert(message->text[0] && text_is_clean(message->text, TEXT_LINES));
        assert(message->place.line <= lines && message->place.column <= grid_columns(grid));
        refuses = refuses || message->refuses;
    }
    assert(!refuses || plan->refused);
    import_text(&text, plan, false, 80, 0);
    assert(text_is_clean(strbuf_text(&text), TEXT_LINES));
    assert(text_is_clean(strbuf_text(&told->lines), TEXT_LINES));
    strbuf_clear(&text);
    struct json *json = json_new(true, ignore, NULL);
    json_import(json, told, 1, plan, false);
    json_end(json);
}

/* --- the way of a file ----------------------------------------------------------------------- */

struct way {
    const struct grid *grid;
    struct import_reading reading;
    struct import_options options;
};

/* Proposes all of it, and looks, or writes. False: refused. */
static bool go(struct model *model, const struct way *way, bool write, struct import_plan *counts)
{
    struct import *import = import_new(model);
    struct import_told told;
    struct import_plan plan = {0};
    struct error err = {0};
    import_told_init(&told, "a.csv");
    import_file(import, "a.csv");
    bool good = ledger_read_grid(way->grid, &way->reading, import, &told, &err);
    if (good) {
        good = write ? import_write(import, &way->options, NULL, NULL, &plan, &err)
                     : import_look(import, &way->options, NULL, NULL, &plan, &err);
        if (good || plan.refused)
            look_at(&plan, &told, way->grid);
    }
    if (!good && (err.code == ERROR_NONE || !text_is_clean(err.text, TEXT_ONE_LINE)))
        fail(err.text);
    good = good && !plan.refused;
    *counts = plan;
    import_told_clear(&told);
    import_free(import);
    return good;
}

static void compare(struct model **model, const struct way *way)
{
    struct import_plan plan, again;
    if (!go(*model, way, false, &plan) || plan.result_count == 0)
        return;
    if (!go(*model, way, true, &again))
        fail("what was looked at cannot be written");
    assert(again.count[IMPORT_NEW] == plan.count[IMPORT_NEW]);
    if (!go(*model, way, true, &again) || again.count[IMPORT_NEW] + again.count[IMPORT_CHANGED] > 0)
        fail("what was written is not the same a second time");
    model_close(*model);
    *model = NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct model *model; /* looking at an import writes nothing */
    static const char *const maps[] = {"A=number", "B=title", "C=deadline"};
    struct charset_text text;
    if (size < 1 || !charset_read((const char *)data + 1, size - 1, "UTF-8", &text, NULL))
        return 0;
    struct grid *grid = grid_new();
    if (csv_read(text.bytes, text.count, ',', grid, NULL) && grid_rows(grid) > 0) {
        if (data[0] & 1)
            grid_fill(grid, data[0] % grid_rows(grid), data[0] / 64, data[0] / 16 % 4 + 2, 1);
        const struct way way = {.grid = grid,
            .reading = {.map = maps, .map_count = data[0] & 2 ? 3 : 0, .fill = data[0] & 4},
            .options = {.source = "L1", .create_units = data[0] & 8}};
        if (model == NULL)
            model = open_fresh();
        compare(&model, &way);
    }
    grid_free(grid);
    charset_text_clear(&text);
    return 0;
}
