/* The screen of the scorecard by chance: whatever is done in whatever order on a screen of any
 * size, the selection is a line that is there and stays with its unit, and opens what it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/views/scorecard_state.h"
#include "base/alloc.h"
#include "harness/database.h"
#include "harness/folder.h"

#define TASKS 200
#define STEPS 600

struct fixture {
    struct model *model;
    struct view_settings settings;
    struct view_env env;
    struct keymap *keymap;
    struct view *view;
    struct canvas *canvas;
};

static void finish(struct fixture *f)
{
    struct error err = {0};
    while (f->view->ops->fd(f->view) >= 0) {
        f->view->ops->ready(f->view, &err);
        if (err.code != ERROR_NONE)
            fail_msg("%s", err.text);
    }
}

static struct fixture *make(void **state)
{
    struct fixture *f = alloc_zero(1, sizeof *f);
    struct error err = {0};
    char path[256];
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    database_make(folder_file(*state, "a.db", path));
    database_tasks(path, 3, TASKS);
    f->model = database_open(path);
    f->settings = (struct view_settings){.title = "Test",
        .changed_seconds = 60,
        .score_columns = "on_time reports overdue days returned notices unaccepted"};
    assert_true(keymap_build(NULL, 0, NULL, 0, &f->keymap, &err));
    f->env = (struct view_env){f->model, f->keymap, NULL, 0, &f->settings};
    if (!scorecard_view_open(&f->env, NULL, &f->view, &err))
        fail_msg("%s", err.text);
    finish(f);
    f->canvas = canvas_new(24, 80);
    return f;
}

static void end(struct fixture *f)
{
    f->view->ops->close(f->view);
    canvas_free(f->canvas);
    keymap_free(f->keymap);
    model_close(f->model);
    free(f);
    unsetenv("DUBAN_NOW");
}

static const struct scorecard_view *view_of(const struct fixture *f)
{
    return (const struct scorecard_view *)f->view;
}

static void resize(struct fixture *f, int rows, int columns)
{
    canvas_resize(f->canvas, rows, columns);
    f->view->ops->resize(f->view, (struct rect){0, 0, rows, columns});
}

/* The picture, and what must be true of it. */
static void check(struct fixture *f)
{
    const struct scorecard_view *view = view_of(f);
    const struct table_window *window = &view->window;
    struct rect area = {0, 0, canvas_rows(f->canvas), canvas_columns(f->canvas)};
    int row, column;
    bool visible;
    canvas_clear(f->canvas);
    f->view->ops->draw(f->view, f->canvas, area);
    assert_int_equal(window->count, view->card->count);
    if (window->count == 0) {
        assert_null(scorecard_selected(view));
        return;
    }
    assert_true(window->selected < window->count);
    assert_true(window->selected >= window->top);
    assert_true(window->selected < window->top + (size_t)window->rows);
    assert_int_equal(scorecard_selected(view)->unit_id, view->unit_id);
    size_t cell = scorecard_cell(view);
    assert_true(cell == SCORE_CELL_SCORE || view->table.layout[cell].width > 0);
    canvas_cursor_get(f->canvas, &row, &column, &visible);
    if (area.rows >= 8 && area.columns >= 40) {
        assert_true(visible);
        assert_int_equal(row, ABOVE + (int)(window->selected - window->top));
    }
}

static void open_behind(struct fixture *f)
{
    char *title = NULL, *filter = f->view->ops->tasks(f->view, &title);
    struct view *box = scorecard_view_explain(f->view);
    struct rect area = {0, 0, canvas_rows(f->canvas), canvas_columns(f->canvas)};
    assert_true((filter == NULL) == (title == NULL));
    assert_true((box == NULL) == (scorecard_selected(view_of(f)) == NULL));
    if (box != NULL) {
        struct key down;
        assert_true(key_parse("j", &down));
        box->ops->resize(box, area);
        box->ops->key(box, &down);
        box->ops->draw(box, f->canvas, area);
        box->ops->close(box);
    }
    free(filter);
    free(title);
}

static void set_filter(struct fixture *f, const char *filter)
{
    struct error err = {0};
    f->view->ops->set_filter(f->view, filter, &err);
    assert_int_equal(err.code, ERROR_NONE);
    finish(f);
}

static void anything_can_be_done_in_any_order(void **state)
{
    static const int sizes[][2] = {{24, 80}, {16, 60}, {8, 40}, {43, 132}, {60, 200}, {5, 20}};
    static const char *const filters[] = {"", "overdue", "source:2021", "没有这样的任务"};
    static const char *const columns[] = {"overdue", "notices unaccepted",
        "on_time reports overdue days returned notices unaccepted"};
    struct fixture *f = make(state);
    struct error err = {0};
    unsigned seed = 7;
    resize(f, 24, 80);
    for (int i = 0; i < STEPS; i++) {
        seed = seed * 1103515245u + 12345u;
        unsigned what = (seed >> 16) % 20, chance = (seed >> 21) % 1000;
        if (what < 12)
            f->view->ops->move(f->view, (enum motion)(chance % (MOVE_PREVIOUS_SECTION + 1)));
        else if (what < 14)
            scorecard_view_sort(f->view);
        else if (what == 14)
            scorecard_view_next_units(f->view, &err);
        else if (what == 15)
            set_filter(f, filters[chance % 4]);
        else if (what == 16)
            resize(f, sizes[chance % 6][0], sizes[chance % 6][1]);
        else if (what == 17)
            f->view->ops->reload(f->view, NULL, &err);
        else if (what == 18)
            open_behind(f);
        else
            f->settings.score_columns = columns[chance % 3];
        finish(f);
        if (what == 19)
            f->view->ops->resize(f->view, view_of(f)->area);
        check(f);
        assert_int_equal(err.code, ERROR_NONE);
    }
    end(f);
}

/* A unit that falls in the ranking takes the selection along, and its number is marked for a while.
 */
static void the_selection_stays_with_its_unit(void **state)
{
    struct fixture *f = make(state);
    struct error err = {0};
    char path[256];
    int next;
    resize(f, 24, 80);
    int64_t unit = view_of(f)->unit_id;
    assert_int_equal(view_of(f)->window.selected, 0);
    database_write(folder_file(*state, "a.db", path),
        "INSERT INTO notice (task_id, level, issued_on, event_seq) SELECT t.id, 'letter', "
        "'2026-11-20', 0 FROM task t");
    assert_true(f->view->ops->reload(f->view, NULL, &err));
    finish(f);
    check(f);
    assert_int_equal(view_of(f)->unit_id, unit);
    const struct score_line *line = scorecard_selected(view_of(f));
    assert_true(view_of(f)->marks[line - view_of(f)->card->line].until[SCORE_NOTICES] > 0);
    setenv("DUBAN_NOW", "2026-11-21T21:48:01+08:00", 1);
    assert_int_equal(f->view->ops->tick(f->view, &next), EFFECT_DRAW);
    assert_int_equal(next, 0);
    assert_true(view_of(f)->marks[line - view_of(f)->card->line].until[SCORE_NOTICES] == 0);
    end(f);
}

static bool has_value(const struct scorecard_view *view, size_t row)
{
    const struct score_month *month = &view->card->line[view->order[row]].month[SCORE_THIS];
    if (view->sort == SCORE_COLUMN_COUNT)
        return month->score != SCORE_NONE;
    return month->value[view->sort].whole > 0;
}

static void expect_values_first(struct fixture *f)
{
    const struct scorecard_view *view = view_of(f);
    size_t with = 0;
    for (size_t i = 0; i < view->window.count; i++)
        with += has_value(view, i);
    assert_true(with > 0 && with < view->window.count);
    for (size_t i = 0; i < view->window.count; i++)
        assert_int_equal(has_value(view, i), i < with);
}

/* Units without a value are last whichever way round the others stand. */
static void what_has_no_value_is_last(void **state)
{
    static const enum score_column columns[] = {SCORE_ON_TIME, SCORE_OVERDUE, SCORE_COLUMN_COUNT};
    struct fixture *f = make(state);
    struct scorecard_view *view = (struct scorecard_view *)f->view;
    resize(f, 60, 200);
    for (size_t line = 0; line < 2; line++)
        for (int c = 0; c < SCORE_COLUMN_COUNT; c++)
            view->card->line[line].month[SCORE_THIS].value[c] = (struct score_value){0};
    view->card->line[view->card->count - 1].month[SCORE_THIS].score = SCORE_NONE;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        view->column = columns[i];
        scorecard_view_sort(f->view);
        expect_values_first(f);
        scorecard_view_sort(f->view);
        assert_true(view->reversed);
        expect_values_first(f);
    }
    end(f);
}

/* Where there is no room for all, the columns beyond the edge are told and come into sight, and the
 * weeks after the last. */
static void columns_beyond_the_edge_are_reached(void **state)
{
    struct fixture *f = make(state);
    const struct scorecard_view *view = view_of(f);
    resize(f, 16, 60);
    check(f);
    assert_int_equal(scorecard_cell(view), SCORE_CELL_SCORE);
    assert_true(score_table_beyond(&view->table) > 1);
    assert_int_equal(view->table.first, 0);
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++) {
        assert_int_equal(f->view->ops->move(f->view, MOVE_RIGHT), EFFECT_DRAW);
        assert_int_equal(view->column, i);
        assert_int_not_equal(scorecard_cell(view), SCORE_CELL_SCORE);
        check(f);
    }
    while (f->view->ops->move(f->view, MOVE_RIGHT) == EFFECT_DRAW)
        check(f);
    assert_int_equal(score_table_beyond(&view->table), 0);
    assert_true(view->table.layout[view->table.weeks].width > 0);
    assert_int_equal(view->column, SCORE_UNACCEPTED);
    assert_int_not_equal(scorecard_cell(view), SCORE_CELL_SCORE);
    for (int i = SCORE_UNACCEPTED - 1; i >= 0; i--) {
        assert_int_equal(f->view->ops->move(f->view, MOVE_LEFT), EFFECT_DRAW);
        assert_int_equal(view->column, i);
        check(f);
    }
    assert_int_equal(view->table.first, 0);
    resize(f, 24, 200);
    assert_int_equal(score_table_beyond(&view->table), 0);
    assert_int_equal(f->view->ops->move(f->view, MOVE_LEFT), EFFECT_DRAW);
    assert_int_equal(scorecard_cell(view), SCORE_CELL_SCORE);
    end(f);
}

/* A filter that cannot be read is refused with its place, and what is shown stays. */
static void a_wrong_filter_changes_nothing(void **state)
{
    struct fixture *f = make(state);
    struct error err = {0};
    resize(f, 24, 80);
    f->view->ops->set_filter(f->view, "due<<", &err);
    assert_int_not_equal(err.code, ERROR_NONE);
    assert_string_equal(f->view->ops->filter(f->view), "");
    finish(f);
    check(f);
    set_filter(f, "overdue");
    assert_string_equal(f->view->ops->filter(f->view), "overdue");
    assert_int_equal(f->view->ops->clear(f->view), EFFECT_DRAW);
    assert_string_equal(f->view->ops->filter(f->view), "");
    assert_int_equal(f->view->ops->clear(f->view), EFFECT_NONE);
    end(f);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(anything_can_be_done_in_any_order),
        TEST(the_selection_stays_with_its_unit),
        TEST(what_has_no_value_is_last),
        TEST(columns_beyond_the_edge_are_reached),
        TEST(a_wrong_filter_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
