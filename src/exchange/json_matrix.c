/* json_matrix: a matrix as JSON. */
#include <stdlib.h>

#include "base/alloc.h"
#include "exchange/matrix_write.h"
#include "json_value.h"
#include "model/units.h"

/* Lines as they are written, and where each of the matrix is among them. */
struct lines {
    enum matrix_axis axis;
    const struct matrix_line *line;
    size_t *order, *place, count;
};

static struct lines lines_order(const struct matrix *matrix, bool columns)
{
    size_t count = columns ? matrix->column_count : matrix->row_count;
    struct lines lines = {.axis = columns ? matrix->column_axis : matrix->row_axis,
        .line = columns ? matrix->columns : matrix->rows,
        .order = alloc_zero(count + 1, sizeof *lines.order),
        .place = alloc_zero(count + 1, sizeof *lines.place)};
    lines.count = matrix_order(matrix, columns, NULL, lines.order);
    for (size_t i = 0; i < lines.count; i++)
        lines.place[lines.order[i]] = i;
    return lines;
}

static void lines_clear(struct lines *lines)
{
    free(lines->order);
    free(lines->place);
}

static const char *line_key(
    const struct units *units, enum matrix_axis axis, const struct matrix_line *line)
{
    const struct region *region;
    const struct department *department;
    const struct source *source;
    switch (axis) {
    case AXIS_REGION:
    case AXIS_CITY:
        region = units_region(units, line->key);
        return region ? region->code : NULL;
    case AXIS_LEAD:
        department = units_department(units, line->key);
        return department ? department->name : NULL;
    case AXIS_SOURCE:
        source = units_source(units, line->key);
        return source ? source->code : NULL;
    case AXIS_STATE:
        return task_states[line->key].name;
    default:
        return line->key > 0 ? line->label : NULL;
    }
}

static void put_cell(struct json *json, const struct matrix_cell *cell)
{
    json_key_number(json, "value", cell->value);
    json_key_number(json, "of", cell->of);
}

static void put_lines(
    struct json *json, const char *key, const struct units *units, const struct lines *lines)
{
    json_key_array(json, key);
    for (size_t i = 0; i < lines->count; i++) {
        const struct matrix_line *line = &lines->line[lines->order[i]];
        json_open(json);
        json_key_text_or_null(json, "key", line_key(units, lines->axis, line));
        json_key_text(json, "label", line->label);
        json_key_text(json, "filter", line->term);
        json_key_yes_or_null(json, "own", line->own);
        json_key_number(json, "depth", line->depth);
        json_key_number_or_null(
            json, "parent", line->parent >= 0 ? (int)lines->place[line->parent] : -1);
        put_cell(json, &line->total);
        json_close(json);
    }
    json_array_close(json);
}

static void put_cells(struct json *json, const struct matrix *matrix, const struct lines *rows,
    const struct lines *columns)
{
    json_key_array(json, "cells");
    for (size_t row = 0; row < rows->count; row++)
        for (size_t column = 0; column < columns->count; column++) {
            const struct matrix_cell *cell =
                matrix_cell(matrix, rows->order[row], columns->order[column]);
            if (cell->value == 0 && cell->of == 0)
                continue;
            json_open(json);
            json_key_number(json, "row", (int64_t)row);
            json_key_number(json, "column", (int64_t)column);
            put_cell(json, cell);
            json_close(json);
        }
    json_array_close(json);
}

bool json_matrix(struct json *json, struct model *model, const struct matrix *matrix)
{
    struct lines rows = lines_order(matrix, false), columns = lines_order(matrix, true);
    json_open(json);
    json_key_text(json, "rows_by", matrix_axes[matrix->row_axis].name);
    json_key_text(json, "columns_by", matrix_axes[matrix->column_axis].name);
    json_key_text(json, "measure", matrix_measures[matrix->measure].name);
    json_key_text(json, "filter", matrix->filter);
    put_cell(json, &matrix->total);
    put_lines(json, "rows", model_units(model), &rows);
    put_lines(json, "columns", model_units(model), &columns);
    put_cells(json, matrix, &rows, &columns);
    lines_clear(&rows);
    lines_clear(&columns);
    return json_close_element(json);
}
