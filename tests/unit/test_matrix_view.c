/* The screen of a matrix: heads of columns, the window over it, what is folded, the selection that
 * follows its units, marks of change; on matrices made by chance, small and very large. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/views/matrix_state.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/task_list.h"

/* --- matrices -------------------------------------------------------------------------------- */

static unsigned dice_state;

static int dice(int sides)
{
    dice_state = dice_state * 1103515245u + 12345u;
    return (int)((dice_state >> 16) % (unsigned)sides);
}

struct shape {
    int cities, counties; /* counties of each city; 0: no tree */
    int columns;
    int name; /* characters of a name */
    int full; /* cells with something in them, of a hundred */
    int most; /* the largest number */
};

static char *name_of(char kind, int index, int characters)
{
    static const char *const words[] = {"沈", "抚", "盘", "锦", "生", "态", "水", "利", "农", "村"};
    struct strbuf out = {0};
    for (int i = 0, rest = index * 7 + kind; i < characters; i++, rest = rest / 3 + index + i)
        strbuf_add(&out, words[rest % 10]);
    return strbuf_take(&out);
}

static struct matrix_line line_of(char kind, int index, int name)
{
    return (struct matrix_line){.key = index + 1,
        .label = name_of(kind, index, name),
        .term = alloc_format("%c:%d", kind, index),
        .parent = -1};
}

/* Lines may be left out, as those of a place without tasks are: `missing` of a hundred. */
static void make_rows(struct matrix *matrix, const struct shape *shape, int missing)
{
    int each = 1 + shape->counties, at = 0;
    matrix->rows = alloc_zero((size_t)(shape->cities * each) + 1, sizeof *matrix->rows);
    for (int city = 0; city < shape->cities; city++) {
        if (dice(100) < missing)
            continue;
        int above = at;
        matrix->rows[at++] = line_of('r', city * each, shape->name);
        for (int i = 1; i < each; i++) {
            if (dice(100) < missing)
                continue;
            matrix->rows[at] = line_of('r', city * each + i, shape->name);
            matrix->rows[at].depth = 1;
            matrix->rows[at++].parent = above;
            matrix->rows[above].below++;
        }
    }
    matrix->row_count = (size_t)at;
}

static struct matrix_cell cell_of(const struct shape *shape)
{
    int64_t of = 1 + dice(shape->most);
    return (struct matrix_cell){dice((int)of + 1), of};
}

static struct matrix *make(const struct shape *shape, unsigned seed, int missing)
{
    struct matrix *matrix = alloc_zero(1, sizeof *matrix);
    dice_state = seed;
    *matrix = (struct matrix){.row_axis = AXIS_REGION,
        .column_axis = AXIS_LEAD,
        .measure = MEASURE_OVERDUE,
        .filter = alloc_string("")};
    make_rows(matrix, shape, missing);
    matrix->columns = alloc_zero((size_t)shape->columns + 1, sizeof *matrix->columns);
    for (int i = 0; i < shape->columns; i++)
        if (dice(100) >= missing)
            matrix->columns[matrix->column_count++] = line_of('c', i, shape->name);
    matrix->starts = alloc_zero(matrix->row_count + 1, sizeof *matrix->starts);
    matrix->spots = alloc_zero(matrix->row_count * matrix->column_count + 1, sizeof *matrix->spots);
    size_t count = 0;
    for (size_t row = 0; row < matrix->row_count; row++) {
        matrix->rows[row].total = cell_of(shape);
        for (size_t column = 0; column < matrix->column_count; column++)
            if (dice(100) < shape->full)
                matrix->spots[count++] = (struct matrix_spot){column, cell_of(shape)};
        matrix->starts[row + 1] = count;
    }
    for (size_t column = 0; column < matrix->column_count; column++)
        matrix->columns[column].total = cell_of(shape);
    matrix->total = cell_of(shape);
    return matrix;
}

/* --- a view ---------------------------------------------------------------------------------- */

struct fixture {
    struct model *model;
    struct view_settings settings;
    struct view_env env;
    struct keymap *keymap;
    struct matrix_view *view;
    struct canvas *canvas;
    struct rect area;
};

static void resize(struct fixture *f, int rows, int columns)
{
    f->area = (struct rect){0, 0, rows, columns};
    canvas_resize(f->canvas, rows, columns);
    f->view->view.ops->resize(&f->view->view, f->area);
}

static void open_view(struct fixture *f, void *state)
{
    char path[256];
    struct error err = {0};
    setlocale(LC_ALL, "C.UTF-8");
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(state, "matrix.db", path);
    database_make(path);
    f->model = database_open(path);
    f->settings = (struct view_settings){.title = "", .changed_seconds = 5};
    assert_true(keymap_build(NULL, 0, NULL, 0, &f->keymap, &err));
    f->env = (struct view_env){f->model, f->keymap, NULL, 0, &f->settings};
    f->view = matrix_view_new(&f->env);
    f->canvas = canvas_new(24, 80);
    resize(f, 24, 80);
}

static void close_view(struct fixture *f)
{
    f->view->view.ops->close(&f->view->view);
    canvas_free(f->canvas);
    keymap_free(f->keymap);
    model_close(f->model);
}

static void draw(struct fixture *f)
{
    canvas_clear(f->canvas);
    f->view->view.ops->draw(&f->view->view, f->canvas, f->area);
}

/* The characters that end in the cell of the cursor, back to a blank. */
static void number_at_cursor(struct fixture *f, char out[static 32])
{
    int row, column, at = 31;
    bool visible;
    canvas_cursor_get(f->canvas, &row, &column, &visible);
    assert_true(visible && row >= 0 && row < f->area.rows && column < f->area.columns);
    const struct cell *cells = canvas_row(f->canvas, row);
    out[at] = '\0';
    for (; column >= 0 && cells[column].base > ' ' && cells[column].base < 127 && at > 0; column--)
        out[--at] = (char)cells[column].base;
    memmove(out, out + at, strlen(out + at) + 1);
}

/* The number under the cursor is that of the place and the department selected, and the window is
 * where it is. */
static void expect_sound(struct fixture *f)
{
    const struct matrix_view *view = f->view;
    const struct matrix_side *sides[] = {&view->rows, &view->columns};
    for (int i = 0; i < 2; i++) {
        const struct matrix_side *side = sides[i];
        assert_true(side->at <= side->count);
        assert_true(
            side->at == 0 || (side->at > side->first && side->at <= side->first + side->room));
        const struct matrix_line *line = matrix_side_line(side, view->matrix, side->at);
        assert_true(line ? strcmp(line->term, side->selected) == 0 : side->selected == NULL);
    }
    draw(f);
    if (view->rows.count == 0 || view->columns.count == 0)
        return;
    int row = matrix_side_index(&view->rows, view->rows.at);
    int column = matrix_side_index(&view->columns, view->columns.at);
    const struct matrix_cell *cell = matrix_view_cell(view, row, column);
    char seen[32];
    struct strbuf wanted = {0};
    number_at_cursor(f, seen);
    if (cell->value > 0 || (cell->of > 0 && (row < 0 || column < 0)))
        matrix_cell_text(view, cell, column < 0, &wanted);
    if (strcmp(seen[0] == '*' || seen[0] == '>' ? seen + 1 : seen, strbuf_text(&wanted)) != 0)
        fail_msg("\"%s\" instead of \"%s\" at row %d, column %d of %dx%d", seen,
            strbuf_text(&wanted), row, column, f->area.rows, f->area.columns);
    strbuf_clear(&wanted);
}

/* --- heads ----------------------------------------------------------------------------------- */

static void expect_head(const char *label, int columns, int rows, const char *wanted)
{
    struct strbuf line[MATRIX_HEAD_ROWS] = {0}, all = {0};
    matrix_head(label, columns, rows, line);
    for (int i = 0; i < rows; i++) {
        strbuf_format(&all, "%s%s", i > 0 ? "|" : "", strbuf_text(&line[i]));
        strbuf_clear(&line[i]);
    }
    assert_string_equal(strbuf_text(&all), wanted);
    strbuf_clear(&all);
}

static void heads_are_short_and_tell_apart(void **state)
{
    (void)state;
    setlocale(LC_ALL, "C.UTF-8");
    expect_head("生态环境厅", 4, 2, "生态|环境");
    expect_head("生态环境厅", 10, 1, "生态环境厅");
    expect_head("水利厅", 4, 2, "|水利");
    expect_head("水利厅", 6, 2, "|水利厅");
    expect_head("市场监管局", 6, 2, "市场|监管");
    expect_head("宣传部", 4, 2, "|宣传");
    expect_head("抚顺县水务局", 4, 2, "抚顺|水务");
    expect_head("抚顺县水务局", 6, 3, "|抚顺县|水务局");
    expect_head("抚顺县农业农村局", 4, 3, "抚顺|农业|农村");
    expect_head("抚顺县农业农村局", 6, 3, "抚顺县|农业|农村");
    expect_head("抚顺县生态分局", 4, 3, "抚顺|生态|分局");
    expect_head("清原满族自治县生态分局", 6, 3, "清原满|生态|分局");
    expect_head("抚顺市市场监管局", 4, 3, "抚顺|市场|监管");
    expect_head("城市管理局", 4, 2, "城市|管理");
    expect_head("省委办", 4, 2, "|省委");
    expect_head("厅局", 2, 2, "厅|局");
    expect_head("in progress", 8, 2, "in|progress");
    expect_head("2026-11", 7, 2, "|2026-11");
    expect_head("", 4, 2, "|");
}

static void heads_of_any_name_keep_to_their_columns(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", " ", "省", "生态", "厅", "é", "12", "、", "办"};
    setlocale(LC_ALL, "C.UTF-8");
    dice_state = 3;
    for (int round = 0; round < 20000; round++) {
        struct strbuf label = {0}, line[MATRIX_HEAD_ROWS] = {0};
        for (int i = dice(14); i > 0; i--)
            strbuf_add(&label, pieces[dice(9)]);
        int columns = 4 + dice(10), rows = 1 + dice(MATRIX_HEAD_ROWS);
        matrix_head(strbuf_text(&label), columns, rows, line);
        for (int i = 0; i < MATRIX_HEAD_ROWS; i++) {
            assert_true(i < rows || line[i].length == 0);
            assert_true(i + 1 >= rows || text_width(strbuf_text(&line[i])) <= columns);
            strbuf_clear(&line[i]);
        }
        strbuf_clear(&label);
    }
}

/* --- the window ------------------------------------------------------------------------------ */

static const struct shape small = {4, 3, 7, 4, 60, 12};

static void steps_go_to_the_totals_and_no_further(void **state)
{
    struct fixture f = {0};
    open_view(&f, *state);
    matrix_view_take(f.view, make(&small, 1, 0));
    assert_int_equal(f.view->rows.at, 1);
    assert_int_equal(f.view->columns.at, 1);
    matrix_motion(&f.view->view, MOVE_UP);
    matrix_motion(&f.view->view, MOVE_LEFT);
    assert_null(f.view->rows.selected);
    assert_null(f.view->columns.selected);
    assert_int_equal(matrix_motion(&f.view->view, MOVE_UP), EFFECT_NONE);
    expect_sound(&f);
    matrix_motion(&f.view->view, MOVE_LAST);
    assert_int_equal(f.view->rows.at, 4);
    assert_int_equal(matrix_motion(&f.view->view, MOVE_DOWN), EFFECT_NONE);
    close_view(&f);
}

static void folding_keeps_the_place(void **state)
{
    struct fixture f = {0};
    open_view(&f, *state);
    matrix_view_take(f.view, make(&small, 2, 0));
    assert_int_equal(f.view->rows.count, 4);
    matrix_move(f.view, MATRIX_UNFOLD);
    assert_int_equal(f.view->rows.count, 7);
    matrix_motion(&f.view->view, MOVE_DOWN);
    char *county = alloc_string(f.view->rows.selected);
    matrix_view_take(f.view, make(&small, 9, 0));
    assert_string_equal(f.view->rows.selected, county);
    expect_sound(&f);
    const struct matrix_line *line =
        matrix_side_line(&f.view->rows, f.view->matrix, f.view->rows.at);
    char *city = alloc_string(f.view->matrix->rows[line->parent].term);
    matrix_move(f.view, MATRIX_FOLD); /* a county folds what it lies in */
    assert_string_equal(f.view->rows.selected, city);
    assert_int_equal(f.view->rows.count, 4);
    matrix_move(f.view, MATRIX_FOLD_ALL);
    assert_int_equal(f.view->rows.count, 16);
    assert_string_equal(f.view->rows.selected, city);
    matrix_move(f.view, MATRIX_FOLD_ALL);
    assert_int_equal(f.view->rows.count, 4);
    expect_sound(&f);
    free(county);
    free(city);
    close_view(&f);
}

static void any_walk_stays_in_sight(void **state)
{
    static const struct shape shapes[] = {{4, 3, 7, 4, 60, 12}, {30, 9, 40, 6, 20, 100000},
        {1, 0, 1, 2, 100, 9}, {300, 2, 3, 30, 50, 999}, {2, 0, 200, 30, 5, 5}};
    static const int sizes[][2] = {{8, 40}, {16, 60}, {24, 80}, {43, 132}, {60, 200}, {9, 300}};
    struct fixture f = {0};
    open_view(&f, *state);
    for (unsigned round = 0; round < 3000; round++) {
        const struct shape *shape = &shapes[round / 100 % 5];
        if (round % 25 == 0)
            matrix_view_take(f.view, make(shape, round, round % 50 ? 30 : 0));
        dice_state = round * 77u;
        int what = dice(24);
        if (what < 12)
            matrix_motion(&f.view->view, (enum motion)what);
        else if (what < 14)
            resize(&f, sizes[dice(6)][0], sizes[dice(6)][1]);
        else if (what < 22)
            matrix_move(f.view,
                MATRIX_FOLD_OR_UNFOLD + dice(MATRIX_COLUMN_LAST - MATRIX_FOLD_OR_UNFOLD + 1));
        else
            f.settings.lean = !f.settings.lean;
        expect_sound(&f);
    }
    close_view(&f);
}

static void the_mouse_selects_what_is_under_it(void **state)
{
    struct fixture f = {0};
    open_view(&f, *state);
    matrix_view_take(f.view, make(&small, 5, 0));
    for (int row = 0; row < 24; row++)
        for (int column = 0; column < 80; column++) {
            struct key key = {.code = KEY_CODE_MOUSE, .button = 1, .row = row, .column = column};
            matrix_key(&f.view->view, &key);
            expect_sound(&f);
            int at_row, at_column;
            bool visible;
            canvas_cursor_get(f.canvas, &at_row, &at_column, &visible);
            if (row >= matrix_rows_above(f.view) && row < matrix_rows_above(f.view) + 4 &&
                column == at_column)
                assert_int_equal(at_row, row);
        }
    close_view(&f);
}

static void a_large_one_is_drawn_at_once(void **state)
{
    static const struct shape large = {300, 9, 200, 30, 10, 10000};
    struct fixture f = {0};
    open_view(&f, *state);
    f.settings.lean = true;
    matrix_view_take(f.view, make(&large, 4, 0));
    matrix_move(f.view, MATRIX_FOLD_ALL);
    assert_int_equal(f.view->rows.count, 3000);
    for (int i = 0; i < 300; i++) {
        matrix_motion(&f.view->view, (enum motion)(i % 12));
        expect_sound(&f);
    }
    close_view(&f);
}

/* --- following ------------------------------------------------------------------------------- */

/* The worst is in sight under another measure, but where a person chose. */
static void another_measure_begins_at_its_worst(void **state)
{
    static const struct shape wide = {4, 0, 60, 4, 60, 12};
    struct fixture f = {0};
    open_view(&f, *state);
    for (int chosen = 0; chosen < 2; chosen++) {
        matrix_view_take(f.view, make(&wide, 1, 0));
        if (chosen)
            matrix_motion(&f.view->view, MOVE_RIGHT);
        char *selected = alloc_string(f.view->columns.selected);
        for (unsigned seed = 2; seed < 40; seed++) {
            struct matrix *matrix = make(&wide, seed, 0);
            matrix->measure = seed % 2 ? MEASURE_OVERDUE : MEASURE_OPEN;
            matrix_view_take(f.view, matrix);
            if (chosen)
                assert_string_equal(f.view->columns.selected, selected);
            else
                assert_int_equal(f.view->columns.at, 1);
            expect_sound(&f);
        }
        free(selected);
    }
    close_view(&f);
}

/* 抚顺 of the city and 抚顺县 begin alike: columns get wider until they are told apart. */
static void two_columns_have_two_heads(void **state)
{
    static const char *const names[] = {"抚顺市农业农村局", "抚顺县农业农村局"};
    struct fixture f = {0};
    struct strbuf head[2][MATRIX_HEAD_ROWS] = {0};
    open_view(&f, *state);
    struct matrix *matrix = make(&(struct shape){4, 0, 12, 4, 60, 2}, 1, 0);
    bool same = true;
    for (size_t i = 0; i < 2; i++) {
        free(matrix->columns[i].label);
        matrix->columns[i].label = alloc_string(names[i]);
    }
    matrix_view_take(f.view, matrix);
    for (size_t i = 0; i < 2; i++)
        matrix_head(names[i], f.view->layout.cell, MATRIX_HEAD_ROWS, head[i]);
    for (size_t k = 0; k < MATRIX_HEAD_ROWS; k++) {
        same = same && strcmp(strbuf_text(&head[0][k]), strbuf_text(&head[1][k])) == 0;
        strbuf_clear(&head[0][k]);
        strbuf_clear(&head[1][k]);
    }
    assert_false(same);
    assert_int_equal(f.view->layout.head_rows, 3);
    close_view(&f);
}

static void the_cell_follows_its_units(void **state)
{
    struct fixture f = {0};
    open_view(&f, *state);
    for (unsigned round = 0; round < 200; round++) {
        matrix_view_take(f.view, make(&small, round, 0));
        char *row = f.view->rows.selected ? alloc_string(f.view->rows.selected) : NULL;
        char *column = f.view->columns.selected ? alloc_string(f.view->columns.selected) : NULL;
        matrix_view_take(f.view, make(&small, round + 1000, 0));
        assert_true(row ? strcmp(f.view->rows.selected, row) == 0 : !f.view->rows.selected);
        assert_true(
            column ? strcmp(f.view->columns.selected, column) == 0 : !f.view->columns.selected);
        expect_sound(&f);
        free(row);
        free(column);
        matrix_motion(&f.view->view, (enum motion)(round % 8));
    }
    close_view(&f);
}

static void swapped_sides_keep_what_was_selected(void **state)
{
    struct fixture f = {0};
    open_view(&f, *state);
    struct matrix *swapped = make(&small, 1, 0);
    matrix_view_take(f.view, make(&small, 1, 0));
    matrix_motion(&f.view->view, MOVE_RIGHT);
    char *column = alloc_string(f.view->columns.selected);
    for (size_t i = 0; i < swapped->row_count; i++) /* what was a row is a column now */
        swapped->rows[i].below = 0, swapped->rows[i].parent = -1, swapped->rows[i].term[0] = 'c';
    for (size_t i = 0; i < swapped->column_count; i++)
        swapped->columns[i].term[0] = 'r';
    swapped->row_axis = AXIS_LEAD;
    swapped->column_axis = AXIS_REGION;
    matrix_view_take(f.view, swapped);
    assert_string_equal(f.view->rows.selected, column);
    free(column);
    close_view(&f);
}

/* --- marks of change ------------------------------------------------------------------------- */

static const struct matrix_line *line_with(
    const struct matrix_line *lines, size_t count, const char *term, int *index)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].term, term) == 0) {
            *index = (int)i;
            return &lines[i];
        }
    return NULL;
}

static bool differs(struct matrix_cell a, struct matrix_cell b)
{
    return a.value != b.value || a.of != b.of;
}

/* As matrix_mark_changed has it, looked up one by one. */
static bool has_changed(
    const struct matrix *old, const struct matrix *new, size_t row, size_t column)
{
    int old_row, old_column;
    struct matrix_cell before = {0, 0};
    if (line_with(old->rows, old->row_count, new->rows[row].term, &old_row) &&
        line_with(old->columns, old->column_count, new->columns[column].term, &old_column))
        before = *matrix_cell(old, (size_t)old_row, (size_t)old_column);
    return differs(before, *matrix_cell(new, row, column));
}

static void what_changed_is_marked(void **state)
{
    struct fixture f = {0};
    open_view(&f, *state);
    for (unsigned round = 0; round < 50; round++) {
        struct matrix *kept = make(&small, round, 20), *next = make(&small, round + 500, 20);
        free(f.view->changed);
        f.view->changed = NULL;
        f.view->changed_count = 0;
        matrix_free(f.view->matrix);
        f.view->matrix = next;
        matrix_mark_changed(f.view, kept, 1);
        for (size_t row = 0; row < next->row_count; row++)
            for (size_t column = 0; column < next->column_count; column++)
                assert_int_equal(matrix_is_changed(f.view, (int)row, (int)column),
                    has_changed(kept, next, row, column));
        assert_int_equal(matrix_is_changed(f.view, -1, -1), differs(kept->total, next->total));
        matrix_free(kept);
    }
    close_view(&f);
}

static void marks_go_when_they_have_had_their_time(void **state)
{
    struct fixture f = {0};
    int next = 0;
    open_view(&f, *state);
    matrix_view_take(f.view, make(&small, 1, 0));
    assert_int_equal(f.view->changed_count, 0);
    matrix_view_take(f.view, make(&small, 2, 0));
    assert_true(f.view->changed_count > 0);
    assert_int_equal(f.view->view.ops->tick(&f.view->view, &next), EFFECT_NONE);
    assert_int_equal(next, 5001);
    setenv("DUBAN_NOW", "2026-11-21T21:47:06+08:00", 1);
    assert_int_equal(f.view->view.ops->tick(&f.view->view, &next), EFFECT_DRAW);
    assert_int_equal(f.view->changed_count, 0);
    close_view(&f);
}

/* --- copied ---------------------------------------------------------------------------------- */

static void what_is_seen_is_copied_for_a_spreadsheet(void **state)
{
    static const struct shape shape = {2, 1, 2, 2, 100, 12};
    struct fixture f = {0};
    open_view(&f, *state);
    assert_null(matrix_view_copy_text(&f.view->view));
    matrix_view_take(f.view, make(&shape, 1, 0));
    matrix_move(f.view, MATRIX_UNFOLD);
    char *text = matrix_view_copy_text(&f.view->view), *rest = text;
    for (size_t row = 0; row < f.view->rows.count + 2; row++) {
        char *line = strsep(&rest, "\n");
        assert_non_null(line);
        assert_null(strchr(line, '/'));
        strsep(&line, "\t");
        for (size_t column = 0; column <= f.view->columns.count; column++) {
            char *value = strsep(&line, "\t");
            assert_non_null(value);
            if (row == 0)
                continue;
            const struct matrix_cell *cell =
                matrix_view_cell(f.view, matrix_side_index(&f.view->rows, row - 1),
                    matrix_side_index(&f.view->columns, column));
            assert_int_equal(atoi(value), cell->value);
        }
        assert_null(line);
    }
    assert_string_equal(rest, "");
    free(text);
    close_view(&f);
}

/* --- the tasks behind a number --------------------------------------------------------------- */

static void expect_tasks(struct fixture *f)
{
    const struct matrix_view *view = f->view;
    int row = matrix_side_index(&view->rows, view->rows.at);
    int column = matrix_side_index(&view->columns, view->columns.at);
    const struct matrix_cell *cell = matrix_view_cell(view, row, column);
    bool of = view->measure == MEASURE_CLOSED || view->measure == MEASURE_DAYS;
    struct error err = {0};
    char *title = NULL, *filter = f->view->view.ops->tasks(&f->view->view, &title);
    int64_t wanted = of ? cell->of : cell->value;
    if (!filter) {
        assert_int_equal(wanted, 0);
        return;
    }
    if (task_list_try_text(f->model, filter, &err) != wanted)
        fail_msg("%s: not %d tasks in %s %s", title, (int)wanted, filter, err.text);
    const char *tasks = view->measure == MEASURE_CLOSED ? "all tasks" : NULL;
    assert_non_null(strstr(title, tasks ? tasks : matrix_measures[view->measure].label));
    free(title);
    free(filter);
}

/* Every number of every pair and measure, with a filter and without: as many tasks as it tells. */
static void each_number_opens_its_tasks(void **state)
{
    struct fixture f = {0};
    struct error err = {0};
    open_view(&f, *state);
    char path[256];
    database_tasks(folder_file(*state, "matrix.db", path), 5, 150);
    for (int round = 0; round < 2 * MEASURE_CHANGE; round++) {
        f.view->view.ops->set_filter(&f.view->view, round % 2 ? "-due_soon" : "", &err);
        matrix_view_set_measure(&f.view->view, matrix_measures[round / 2].name, &err);
        matrix_view_do(&f.view->view, MATRIX_PAIR_NEXT, &err);
        while (reading_fd(f.view->reading) >= 0 && err.code == ERROR_NONE)
            f.view->view.ops->ready(&f.view->view, &err);
        assert_int_equal(err.code, ERROR_NONE);
        matrix_move(f.view, MATRIX_FOLD_ALL);
        for (size_t row = 0; row <= f.view->rows.count; row++)
            for (size_t column = 0; column <= f.view->columns.count; column++) {
                matrix_side_select(&f.view->rows, f.view->matrix, row);
                matrix_side_select(&f.view->columns, f.view->matrix, column);
                expect_tasks(&f);
            }
        expect_sound(&f);
    }
    close_view(&f);
}

static void open_again(struct fixture *f, struct matrix_memory *memory)
{
    struct error err = {0};
    struct view *again;
    f->view->view.ops->close(&f->view->view);
    assert_true(matrix_view_open(&f->env, "", memory, &again, &err));
    f->view = (struct matrix_view *)again;
    resize(f, 24, 80);
    while (reading_fd(f->view->reading) >= 0 && err.code == ERROR_NONE)
        again->ops->ready(again, &err);
    assert_int_equal(err.code, ERROR_NONE);
}

/* Opened again it is as it was left. */
static void how_it_was_left_is_kept(void **state)
{
    struct fixture f = {0};
    struct error err = {0};
    char path[256];
    struct matrix_memory *memory = matrix_memory_new();
    open_view(&f, *state);
    database_tasks(folder_file(*state, "matrix.db", path), 5, 150);
    open_again(&f, memory);
    matrix_view_set_measure(&f.view->view, "closed", &err);
    matrix_view_set_axes(&f.view->view, "source region", &err);
    while (reading_fd(f.view->reading) >= 0)
        f.view->view.ops->ready(&f.view->view, &err);
    matrix_move(f.view, MATRIX_FOLD_ALL);
    matrix_motion(&f.view->view, MOVE_DOWN);
    matrix_motion(&f.view->view, MOVE_LAST);
    matrix_move(f.view, MATRIX_COLUMN_LAST);
    char *row = alloc_string(f.view->rows.selected);
    char *column = alloc_string(f.view->columns.selected);
    size_t columns = f.view->columns.count, first = f.view->columns.first;
    open_again(&f, memory);
    assert_int_equal(f.view->matrix->measure, MEASURE_CLOSED);
    assert_int_equal(f.view->matrix->row_axis, AXIS_SOURCE);
    assert_int_equal(f.view->columns.count, columns);
    assert_int_equal(f.view->columns.first, first);
    assert_string_equal(f.view->rows.selected, row);
    assert_string_equal(f.view->columns.selected, column);
    expect_tasks(&f);
    free(row);
    free(column);
    close_view(&f);
    matrix_memory_free(memory);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_are_short_and_tell_apart),
        cmocka_unit_test(heads_of_any_name_keep_to_their_columns),
        TEST(steps_go_to_the_totals_and_no_further),
        TEST(folding_keeps_the_place),
        TEST(any_walk_stays_in_sight),
        TEST(the_mouse_selects_what_is_under_it),
        TEST(a_large_one_is_drawn_at_once),
        TEST(another_measure_begins_at_its_worst),
        TEST(how_it_was_left_is_kept),
        TEST(two_columns_have_two_heads),
        TEST(the_cell_follows_its_units),
        TEST(swapped_sides_keep_what_was_selected),
        TEST(what_changed_is_marked),
        TEST(what_is_seen_is_copied_for_a_spreadsheet),
        TEST(each_number_opens_its_tasks),
        TEST(marks_go_when_they_have_had_their_time),
    };
    return cmocka_run_group_tests_name("matrix_view", tests, NULL, NULL);
}
