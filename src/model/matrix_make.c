/* matrix_make: tasks counted into lines and cells, which are made as tasks come that are in them,
 * and put in order when all are counted. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "matrix_parts.h"

#define MONTH_FIRST (1900 * 12)
#define MONTH_LAST (2199 * 12 + 11)
#define CHANGE_DAYS 7

/* One side of the matrix. */
struct side {
    enum matrix_axis axis;
    struct id_map at; /* lines by what tells them apart */
    struct matrix_key *keys;
    size_t count, capacity;
    size_t *in, in_count, in_capacity; /* the lines of the task being counted */
};

struct matrix_making {
    struct side rows, columns;
    struct matrix_places places;
    struct id_map at; /* cells by row and column */
    struct spot {
        size_t row, column;
        struct matrix_cell cell;
    } * spots;
    size_t capacity, moved_capacity;
    struct today today;
    struct owing {
        int64_t source_id;
        date_t owed;
    } * owing; /* sources that ask for reports */
    size_t owing_count;
};

struct matrix *matrix_make(struct model *model, const struct matrix_spec *spec)
{
    const struct units *units = model_units(model);
    struct matrix *matrix = alloc_zero(1, sizeof *matrix);
    struct matrix_making *making = alloc_zero(1, sizeof *making);
    matrix->row_axis = spec->rows;
    matrix->column_axis = spec->columns;
    matrix->measure = spec->measure;
    matrix->filter = alloc_string(spec->filter ? spec->filter : "");
    matrix->making = making;
    making->rows.axis = spec->rows;
    making->columns.axis = spec->columns;
    making->today = *model_today(model);
    matrix_places_read(&making->places, units);
    making->owing = alloc_zero(units_source_count(units) + 1, sizeof *making->owing);
    for (size_t i = 0; i < units_source_count(units); i++) {
        const struct source *source = units_source_at(units, i);
        date_t owed = making->today.owed[source->rhythm];
        if (owed != DATE_NONE)
            making->owing[making->owing_count++] = (struct owing){source->id, owed};
    }
    return matrix;
}

static void side_clear(struct side *side)
{
    for (size_t i = 0; i < side->count; i++)
        free(side->keys[i].text);
    free(side->keys);
    free(side->in);
    id_map_clear(&side->at);
}

void matrix_making_free(struct matrix_making *making)
{
    if (!making)
        return;
    side_clear(&making->rows);
    side_clear(&making->columns);
    matrix_places_clear(&making->places);
    id_map_clear(&making->at);
    free(making->spots);
    free(making->owing);
    free(making);
}

bool matrix_is_rooted(const struct matrix *matrix)
{
    return matrix->making->places.root >= 0;
}

/* --- lines ----------------------------------------------------------------------------------- */

static size_t line_add(struct side *side, uint64_t id, const struct matrix_key *key)
{
    bool is_new;
    size_t line = id_map_add(&side->at, id, &is_new);
    if (is_new) {
        side->keys = alloc_grow(side->keys, &side->capacity, side->count + 1, sizeof *side->keys);
        side->keys[side->count++] = *key;
    }
    return line;
}

static size_t line_of(struct side *side, int64_t id, bool own)
{
    return line_add(side, (uint64_t)id * 2 + own, &(struct matrix_key){.key = id, .own = own});
}

/* Texts by their hash; where two have the same, the next number that is free or its own. */
static size_t line_of_text(struct side *side, const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *at = text; *at; at++)
        hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
    for (;; hash++) {
        size_t line = id_map_find(&side->at, hash);
        if (line == ID_MAP_NONE)
            return line_add(side, hash, &(struct matrix_key){.text = alloc_string(text)});
        if (strcmp(side->keys[line].text, text) == 0)
            return line;
    }
}

static void in_add(struct side *side, size_t line)
{
    side->in = alloc_grow(side->in, &side->in_capacity, side->in_count + 1, sizeof *side->in);
    side->in[side->in_count++] = line;
}

static bool is_shown(const struct side *side, int depth)
{
    return depth == 0 || (depth > 0 && side->axis == AXIS_REGION);
}

/* The place, all that it lies in, and those that name it. */
static void in_add_place(struct side *side, struct matrix_places *places, int64_t region_id)
{
    size_t at = id_map_find(&places->at, (uint64_t)region_id);
    if (at == ID_MAP_NONE) { /* made since: the units will be read again */
        in_add(side, line_of(side, region_id, false));
        return;
    }
    struct matrix_place *place = &places->place[at];
    if (place->below && place->seen_own != places->task && is_shown(side, place->depth + 1))
        in_add(side, line_of(side, region_id, true));
    place->seen_own = places->task;
    for (; place->seen != places->task; place = &places->place[place->up]) {
        place->seen = places->task;
        if (is_shown(side, place->depth))
            in_add(side, line_of(side, place->id, false));
        if (place->up < 0)
            return;
    }
}

static int64_t month_of(date_t date)
{
    int year, month, day;
    if (date == DATE_NONE)
        return 0;
    date_parts(date, &year, &month, &day);
    int64_t key = (int64_t)year * 12 + month - 1;
    return key < MONTH_FIRST ? MONTH_FIRST - 1 : key > MONTH_LAST ? MONTH_LAST + 1 : key;
}

static void in_find(struct side *side, struct matrix_places *places, const struct fact *fact)
{
    side->in_count = 0;
    places->task++;
    switch (side->axis) {
    case AXIS_REGION:
    case AXIS_CITY:
        for (size_t i = 0; i < fact->region_count; i++)
            in_add_place(side, places, fact->regions[i]);
        break;
    case AXIS_LEAD:
        in_add(side, line_of(side, fact->lead_id, false));
        break;
    case AXIS_SOURCE:
        in_add(side, line_of(side, fact->source_id, false));
        break;
    case AXIS_STATE:
        in_add(side, line_of(side, fact->state, false));
        break;
    case AXIS_CATEGORY:
        in_add(side, line_of_text(side, fact->category));
        break;
    case AXIS_MONTH:
        in_add(side, line_of(side, month_of(fact->due_on), false));
        break;
    case AXIS_COUNT:
        break;
    }
}

/* --- measures -------------------------------------------------------------------------------- */

static bool is_unreported(const struct matrix_making *making, const struct fact *fact)
{
    for (size_t i = 0; i < making->owing_count; i++)
        if (making->owing[i].source_id == fact->source_id)
            return fact->reported_on == DATE_NONE || fact->reported_on < making->owing[i].owed;
    return false;
}

static struct matrix_cell measured(
    const struct matrix_making *making, enum matrix_measure measure, const struct fact *fact)
{
    const struct today *today = &making->today;
    bool open = fact->state != STATE_CLOSED, due = open && fact->due_on != DATE_NONE;
    bool overdue = due && fact->due_on < today->date;
    switch (measure) {
    case MEASURE_OVERDUE:
        return (struct matrix_cell){overdue, open};
    case MEASURE_OPEN:
        return (struct matrix_cell){open, 1};
    case MEASURE_DUE_SOON:
        due = due && !overdue && fact->due_on <= today->date + today->due_soon_days;
        return (struct matrix_cell){due, open};
    case MEASURE_UNREPORTED:
        return (struct matrix_cell){open && is_unreported(making, fact), open};
    case MEASURE_BEHIND:
        return (struct matrix_cell){open && fact->progress == PROGRESS_BEHIND, open};
    case MEASURE_CLOSED:
        return (struct matrix_cell){!open, 1};
    case MEASURE_DAYS:
        return (struct matrix_cell){overdue ? today->date - fact->due_on : 0, overdue};
    case MEASURE_CHANGE:
        return (struct matrix_cell){
            (int)overdue - fact_was_overdue(fact, today->date - CHANGE_DAYS), overdue};
    case MEASURE_COUNT:
        break;
    }
    return (struct matrix_cell){0, 0};
}

/* --- counting -------------------------------------------------------------------------------- */

static void add(struct matrix_cell *sum, const struct matrix_cell *cell)
{
    sum->value += cell->value;
    sum->of += cell->of;
}

static void spot_add(
    struct matrix_making *making, size_t row, size_t column, const struct matrix_cell *cell)
{
    bool is_new;
    size_t at = id_map_add(&making->at, (uint64_t)row << 32 | column, &is_new);
    if (is_new) {
        making->spots = alloc_grow(making->spots, &making->capacity, at + 1, sizeof *making->spots);
        making->spots[at] = (struct spot){row, column, {0, 0}};
    }
    add(&making->spots[at].cell, cell);
}

/* Its lines are renamed when all are counted. */
static void move_add(struct matrix *matrix, int64_t id, int sign)
{
    struct matrix_making *making = matrix->making;
    const struct side *rows = &making->rows, *columns = &making->columns;
    matrix->moved = alloc_grow(
        matrix->moved, &making->moved_capacity, matrix->moved_count + 1, sizeof *matrix->moved);
    struct matrix_moved *moved = &matrix->moved[matrix->moved_count++];
    *moved = (struct matrix_moved){
        .id = id, .sign = sign, .row_count = rows->in_count, .column_count = columns->in_count};
    moved->lines = alloc_zero(rows->in_count + columns->in_count + 1, sizeof *moved->lines);
    if (rows->in_count > 0)
        memcpy(moved->lines, rows->in, rows->in_count * sizeof *moved->lines);
    if (columns->in_count > 0)
        memcpy(
            moved->lines + rows->in_count, columns->in, columns->in_count * sizeof *moved->lines);
}

void matrix_take(struct matrix *matrix, const struct fact *fact)
{
    struct matrix_making *making = matrix->making;
    struct side *rows = &making->rows, *columns = &making->columns;
    struct matrix_cell cell = measured(making, matrix->measure, fact);
    if (cell.value == 0 && cell.of == 0)
        return;
    in_find(rows, &making->places, fact);
    in_find(columns, &making->places, fact);
    add(&matrix->total, &cell);
    for (size_t i = 0; i < rows->in_count; i++) {
        add(&rows->keys[rows->in[i]].total, &cell);
        for (size_t k = 0; k < columns->in_count; k++)
            spot_add(making, rows->in[i], columns->in[k], &cell);
    }
    for (size_t k = 0; k < columns->in_count; k++)
        add(&columns->keys[columns->in[k]].total, &cell);
    if (matrix->measure == MEASURE_CHANGE && cell.value != 0)
        move_add(matrix, fact->id, (int)cell.value);
}

void matrix_count(
    void *context, int64_t region_id, bool own, int64_t lead_id, int64_t value, int64_t of)
{
    struct matrix *matrix = context;
    struct matrix_making *making = matrix->making;
    bool by_place = making->rows.axis == AXIS_REGION || making->rows.axis == AXIS_CITY;
    struct side *places = by_place ? &making->rows : &making->columns;
    struct side *leads = by_place ? &making->columns : &making->rows;
    struct matrix_cell cell = {value, of};
    size_t at = id_map_find(&making->places.at, (uint64_t)region_id);
    int depth = at != ID_MAP_NONE ? making->places.place[at].depth + own : 0;
    size_t lead = line_of(leads, lead_id, false);
    if (!own && (int)at == making->places.root) {
        add(&leads->keys[lead].total, &cell);
        add(&matrix->total, &cell);
    }
    if (!is_shown(places, depth))
        return;
    size_t place = line_of(places, region_id, own);
    add(&places->keys[place].total, &cell);
    spot_add(making, by_place ? place : lead, by_place ? lead : place, &cell);
}

/* --- when all are counted -------------------------------------------------------------------- */

/* A line and where it stands among the others. */
struct rank {
    int64_t place;
    const char *text; /* of a category: before `place` */
    size_t line;
};

static int rank_compare(const void *left, const void *right)
{
    const struct rank *a = left, *b = right;
    int order = a->text && b->text ? strcmp(a->text, b->text) : 0;
    if (order != 0)
        return order;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

static int64_t place_in_units(enum matrix_axis axis, const struct units *units, int64_t id)
{
    size_t count = axis == AXIS_LEAD ? units_department_count(units) : units_source_count(units);
    for (size_t i = 0; i < count; i++)
        if (id ==
            (axis == AXIS_LEAD ? units_department_at(units, i)->id : units_source_at(units, i)->id))
            return (int64_t)i;
    return INT64_MAX;
}

static void rank_set(struct rank *rank, const struct matrix_making *making, const struct side *side,
    const struct units *units)
{
    const struct matrix_key *key = &side->keys[rank->line];
    size_t at;
    switch (side->axis) {
    case AXIS_REGION:
    case AXIS_CITY:
        at = id_map_find(&making->places.at, (uint64_t)key->key);
        rank->place = at != ID_MAP_NONE ? (int64_t)at * 2 + key->own : INT64_MAX;
        break;
    case AXIS_LEAD:
    case AXIS_SOURCE:
        rank->place = place_in_units(side->axis, units, key->key);
        break;
    case AXIS_CATEGORY: /* none comes last */
        rank->place = *key->text ? 0 : 1;
        rank->text = *key->text ? key->text : "\xFF";
        break;
    case AXIS_MONTH:
        rank->place = key->key > 0 ? key->key : INT64_MAX;
        break;
    default:
        rank->place = key->key;
        break;
    }
}

/* Depths, and what lies below what, of lines in the order of a tree. */
static void tree_set(struct matrix_line *lines, size_t count, const struct matrix_places *places)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = id_map_find(&places->at, (uint64_t)lines[i].key);
        lines[i].depth = at != ID_MAP_NONE ? places->place[at].depth + lines[i].own : 0;
        int above = (int)i - 1;
        while (above >= 0 && lines[above].depth >= lines[i].depth)
            above = lines[above].parent;
        for (lines[i].parent = above; above >= 0; above = lines[above].parent)
            lines[above].below++;
    }
}

/* Lines in their order; `renamed` gets the new number of each. */
static struct matrix_line *lines_make(
    struct matrix_making *making, struct side *side, const struct units *units, size_t **renamed)
{
    struct rank *ranks = alloc_zero(side->count + 1, sizeof *ranks);
    for (size_t i = 0; i < side->count; i++) {
        ranks[i].line = i;
        rank_set(&ranks[i], making, side, units);
    }
    qsort(ranks, side->count, sizeof *ranks, rank_compare);
    struct matrix_line *lines = alloc_zero(side->count + 1, sizeof *lines);
    struct matrix_names names;
    *renamed = alloc_zero(side->count + 1, sizeof **renamed);
    matrix_names_begin(&names, units, side->axis);
    for (size_t i = 0; i < side->count; i++) {
        struct matrix_key *key = &side->keys[ranks[i].line];
        (*renamed)[ranks[i].line] = i;
        lines[i] = (struct matrix_line){
            .key = key->key, .own = key->own, .parent = -1, .total = key->total};
        if (side->axis == AXIS_CATEGORY)
            lines[i].key = *key->text ? (int64_t)i + 1 : 0;
        matrix_name_line(&names, key, &lines[i]);
    }
    matrix_names_end(&names);
    free(ranks);
    if (side->axis == AXIS_REGION || side->axis == AXIS_CITY)
        tree_set(lines, side->count, &making->places);
    return lines;
}

static int spot_compare(const void *left, const void *right)
{
    const struct spot *a = left, *b = right;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

static void spots_make(struct matrix *matrix, const size_t *rows, const size_t *columns)
{
    struct matrix_making *making = matrix->making;
    size_t count = making->at.count;
    for (size_t i = 0; i < count; i++) {
        making->spots[i].row = rows[making->spots[i].row];
        making->spots[i].column = columns[making->spots[i].column];
    }
    if (count > 0)
        qsort(making->spots, count, sizeof *making->spots, spot_compare);
    matrix->spots = alloc_zero(count + 1, sizeof *matrix->spots);
    matrix->starts = alloc_zero(matrix->row_count + 1, sizeof *matrix->starts);
    for (size_t i = 0; i < count; i++) {
        const struct spot *spot = &making->spots[i];
        matrix->spots[i] = (struct matrix_spot){spot->column, spot->cell};
        matrix->starts[spot->row + 1] = i + 1;
    }
    for (size_t row = 0; row < matrix->row_count; row++)
        if (matrix->starts[row + 1] < matrix->starts[row])
            matrix->starts[row + 1] = matrix->starts[row];
}

void matrix_finish(struct matrix *matrix, struct model *model)
{
    struct matrix_making *making = matrix->making;
    const struct units *units = model_units(model);
    size_t *rows, *columns;
    matrix->row_count = making->rows.count;
    matrix->column_count = making->columns.count;
    matrix->rows = lines_make(making, &making->rows, units, &rows);
    matrix->columns = lines_make(making, &making->columns, units, &columns);
    spots_make(matrix, rows, columns);
    for (size_t i = 0; i < matrix->moved_count; i++) {
        struct matrix_moved *moved = &matrix->moved[i];
        for (size_t k = 0; k < moved->row_count + moved->column_count; k++)
            moved->lines[k] = (k < moved->row_count ? rows : columns)[moved->lines[k]];
    }
    free(rows);
    free(columns);
    matrix_making_free(making);
    matrix->making = NULL;
}
