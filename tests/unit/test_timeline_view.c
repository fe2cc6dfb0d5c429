/* The timeline as a screen: days and columns, any size, lists that are long or empty. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/views/timeline_state.h"
#include "base/language.h"
#include "harness/database.h"
#include "harness/folder.h"

struct fixture {
    char path[256];
    struct model *model;
    struct view_settings settings;
    struct view_env env;
    struct keymap *keymap;
    struct view *view;
};

static void open_view(struct fixture *f, void *folder, int tasks, const char *filter)
{
    struct error err = {0};
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    database_make(folder_file(folder, "a.db", f->path));
    if (tasks > 0)
        database_tasks(f->path, 5, tasks);
    f->model = database_open(f->path);
    f->settings = (struct view_settings){.title = "Test", .changed_seconds = 10};
    assert_true(keymap_build(NULL, 0, NULL, 0, &f->keymap, &err));
    f->env = (struct view_env){f->model, f->keymap, NULL, 0, &f->settings};
    assert_true(timeline_view_open(&f->env, filter, &f->view, &err));
}

static void close_view(struct fixture *f)
{
    f->view->ops->close(f->view);
    keymap_free(f->keymap);
    model_close(f->model);
}

static void picture(struct fixture *f, int rows, int columns, struct strbuf *out)
{
    struct canvas *canvas = canvas_new(rows, columns);
    struct rect area = {0, 0, rows, columns};
    int row, column;
    bool visible;
    f->view->ops->resize(f->view, area);
    f->view->ops->draw(f->view, canvas, area);
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert_true(visible || rows < 8 || columns < 40);
    strbuf_cut(out, 0);
    canvas_text(canvas, out);
    canvas_free(canvas);
}

static void expect_text(struct fixture *f, const char *expected, bool there)
{
    struct strbuf text = {0};
    picture(f, 24, 80, &text);
    if ((strstr(strbuf_text(&text), expected) != NULL) != there)
        fail_msg("\"%s\" %s\n%s", expected, there ? "is not in" : "is in", strbuf_text(&text));
    strbuf_clear(&text);
}

/* --- tests ----------------------------------------------------------------------------------- */

/* A column's first day is in it, the day before in the one before. */
static void days_and_columns_agree(void **state)
{
    (void)state;
    for (int zoom = 0; zoom < TIMELINE_ZOOMS; zoom++)
        for (int scroll = -400; scroll < 400; scroll += 37)
            for (int columns = 0; columns < 100; columns += 11) {
                struct timeline_scale scale = {
                    .columns = columns, .today = 20778, .zoom = zoom, .scroll = scroll};
                for (int column = -50; column < 150; column++) {
                    date_t day = timeline_day(&scale, column);
                    assert_int_equal(timeline_column(&scale, day), column);
                    assert_int_equal(timeline_column(&scale, day - 1), column - 1);
                }
                if (scroll == 0)
                    assert_int_equal(timeline_column(&scale, 20778), columns / 4);
            }
}

static void draws_in_any_size(void **state)
{
    struct fixture f = {0};
    struct strbuf text = {0};
    open_view(&f, *state, 200, "");
    for (int rows = 1; rows < 60; rows += 7)
        for (int columns = 1; columns < 300; columns += columns / 3 + 1)
            for (int zoom = 0; zoom < TIMELINE_ZOOMS; zoom++) {
                picture(&f, rows, columns, &text);
                f.view->ops->move(f.view, (rows + columns) % 3 ? MOVE_LEFT : MOVE_PAGE_DOWN);
                timeline_view_zoom(f.view, (rows + zoom) % 2 ? 1 : -1);
            }
    strbuf_clear(&text);
    close_view(&f);
}

static void moves_to_its_ends(void **state)
{
    struct fixture f = {0};
    int64_t id;
    open_view(&f, *state, 200, "");
    f.view->ops->resize(f.view, (struct rect){0, 0, 24, 80});
    int64_t first = database_number(f.path,
        "SELECT id FROM task WHERE is_open AND due_on < '9999' ORDER BY due_on, id LIMIT 1");
    int64_t last = database_number(f.path,
        "SELECT id FROM task WHERE is_open AND due_on < '9999' ORDER BY due_on DESC, id DESC "
        "LIMIT 1");
    assert_int_equal(f.view->ops->selected(f.view), first);
    assert_int_equal(f.view->ops->move(f.view, MOVE_UP), EFFECT_NONE);
    assert_false(f.view->ops->next(f.view, -1, &id));
    f.view->ops->move(f.view, MOVE_LAST);
    assert_int_equal(f.view->ops->selected(f.view), last);
    assert_int_equal(f.view->ops->move(f.view, MOVE_DOWN), EFFECT_NONE);
    for (int i = 0; i < 100; i++)
        f.view->ops->move(f.view, MOVE_PAGE_UP);
    assert_int_equal(f.view->ops->selected(f.view), first);
    assert_true(f.view->ops->next(f.view, 1, &id));
    assert_int_equal(f.view->ops->selected(f.view), id);
    f.view->ops->move(f.view, MOVE_NEXT_SECTION); /* what is not overdue begins */
    assert_int_equal(f.view->ops->selected(f.view),
        database_number(f.path,
            "SELECT id FROM task WHERE is_open AND due_on BETWEEN '2026-11-21' AND '9999' "
            "ORDER BY due_on, id LIMIT 1"));
    f.view->ops->move(f.view, MOVE_PREVIOUS_SECTION);
    assert_int_equal(f.view->ops->selected(f.view), first);
    for (int i = 0; i < 2000; i++)
        f.view->ops->move(f.view, MOVE_RIGHT);
    expect_text(&f, "Today", false);
    assert_int_equal(f.view->ops->clear(f.view), EFFECT_DRAW); /* back to today */
    expect_text(&f, "Today", true);
    assert_int_equal(f.view->ops->clear(f.view), EFFECT_NONE);
    close_view(&f);
}

static void explains_what_is_empty(void **state)
{
    struct fixture f = {0};
    struct error err = {0};
    open_view(&f, *state, 0, "");
    expect_text(&f, "No open task has a day to be done by.", true);
    assert_int_equal(f.view->ops->selected(f.view), 0);
    assert_null(timeline_view_copy_text(f.view));
    for (int motion = MOVE_UP; motion <= MOVE_PREVIOUS_SECTION; motion++)
        f.view->ops->move(f.view, (enum motion)motion);
    f.view->ops->set_filter(f.view, "overdue", &err);
    expect_text(&f, "No task matches: overdue", true);
    f.view->ops->set_filter(f.view, "(", &err);
    assert_int_not_equal(err.code, ERROR_NONE);
    assert_string_equal(f.view->ops->filter(f.view), "overdue");
    f.view->ops->clear(f.view);
    f.view->ops->clear(f.view);
    assert_string_equal(f.view->ops->filter(f.view), "");
    close_view(&f);
}

/* Of a long list the rows in sight come first; all of it comes without anybody waiting. */
static void takes_a_long_list(void **state)
{
    struct fixture f = {0};
    struct error err = {0};
    open_view(&f, *state, 6000, "");
    f.view->ops->resize(f.view, (struct rect){0, 0, 24, 80});
    while (f.view->ops->fd(f.view) >= 0)
        f.view->ops->ready(f.view, &err);
    assert_int_equal(err.code, ERROR_NONE);
    struct strbuf count = {0};
    strbuf_format(&count, "%lld tasks",
        (long long)database_number(
            f.path, "SELECT count(*) FROM task WHERE is_open AND due_on < '9999'"));
    expect_text(&f, strbuf_text(&count), true);
    strbuf_clear(&count);
    close_view(&f);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(days_and_columns_agree),
        TEST(draws_in_any_size),
        TEST(moves_to_its_ends),
        TEST(explains_what_is_empty),
        TEST(takes_a_long_list),
    };
    setenv("LC_ALL", "C.UTF-8", 1);
    language_start("en", NULL);
    return cmocka_run_group_tests_name("timeline_view", tests, NULL, NULL);
}
