/* How a file was understood, kept and as JSON. */
#include "exchange/import_told.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "exchange/column_letters.h"
#include "json_value.h"

void import_told_init(struct import_told *told, const char *file)
{
    *told = (struct import_told){.file = alloc_string(file)};
}

void import_told_clear(struct import_told *told)
{
    for (size_t i = 0; i < told->count; i++) {
        free(told->column[i].heading);
        for (size_t at = 0; at < IMPORT_TOLD_FIRST; at++)
            free(told->column[i].first[at]);
    }
    free(told->column);
    free(told->file);
    free(told->charset);
    free(told->sheet);
    for (size_t i = 0; i < told->sheet_count; i++)
        free(told->sheets[i]);
    free(told->sheets);
    strbuf_clear(&told->lines);
    *told = (struct import_told){0};
}

struct import_told_column *import_told_column(struct import_told *told, const char *heading)
{
    told->column = alloc_grow(told->column, &told->capacity, told->count + 1, sizeof *told->column);
    struct import_told_column *column = &told->column[told->count++];
    *column = (struct import_told_column){.heading = alloc_string(heading)};
    for (size_t at = 0; at < IMPORT_TOLD_FIRST; at++)
        column->first[at] = alloc_string("");
    return column;
}

void import_told_sheet(struct import_told *told, const char *name)
{
    told->sheets = alloc_resize(told->sheets, told->sheet_count + 1, sizeof *told->sheets);
    told->sheets[told->sheet_count++] = alloc_string(name);
}

static void put_column(struct json *json, const struct import_told *told, size_t at)
{
    const struct import_told_column *column = &told->column[at];
    char letters[COLUMN_LETTERS];
    column_letters(at, letters);
    json_open(json);
    json_key_text(json, "letter", letters);
    json_key_text(json, "heading", column->heading);
    json_key_text_or_null(json, "field", column->field ? column->field->name : NULL);
    json_key_array(json, "first");
    for (size_t i = 0; i < IMPORT_TOLD_FIRST; i++)
        json_put_text(json, column->first[i]);
    json_array_close(json);
    json_close(json);
}

void import_told_json(struct json *json, const struct import_told *told)
{
    json_open(json);
    json_key_text(json, "file", told->file);
    json_key_text_or_null(json, "kind", told->kind);
    json_key_text_or_null(json, "charset", told->charset);
    json_key_text_or_null(json, "sheet", told->sheet);
    json_key_number(json, "heading_line", (int64_t)told->heading_line);
    json_key_array(json, "columns");
    for (size_t i = 0; i < told->count; i++)
        put_column(json, told, i);
    json_array_close(json);
    json_close(json);
}
