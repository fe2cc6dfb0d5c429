/* A board upon another screen: its base stays, everything typed there narrows it, Esc takes one
 * thing away at a time and then says that nothing is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/task_list.h"
#include "views/board.h"

#define TITLE "抚顺 · 逾期"

struct fixture {
    struct model *model;
    struct saved_view saved[2];
    struct view_settings settings;
    struct view_env env;
    struct keymap *keymap;
    struct view *board;
};

static int64_t count_of(struct model *model, const char *filter)
{
    struct query *query;
    struct query_error wrong = {0};
    struct sort sort = {0};
    struct task_list *list;
    assert_true(query_parse(filter, &query, &wrong));
    assert_true(task_list_open(model, query, &sort, &list, &wrong));
    int64_t count = (int64_t)task_list_count(list);
    task_list_close(list);
    query_free(query);
    return count;
}

static void open_base(struct fixture *f, void *state, const char *base)
{
    char path[256];
    struct error err = {0};
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(state, "board.db", path);
    database_make(path);
    database_tasks(path, 7, 200);
    f->model = database_open(path);
    f->saved[0] = (struct saved_view){1, "All", "", "", ""};
    f->saved[1] = (struct saved_view){2, "Open", "open", "", ""};
    f->settings = (struct view_settings){
        .title = "", .saved = f->saved, .saved_count = 2, .columns = "number title due"};
    assert_true(keymap_build(NULL, 0, NULL, 0, &f->keymap, &err));
    f->env = (struct view_env){f->model, f->keymap, NULL, 0, &f->settings};
    if (!board_open_tasks(&f->env, base, TITLE, &f->board, &err))
        fail_msg("%s", err.text);
    f->board->ops->resize(f->board, (struct rect){0, 0, 24, 80});
}

static void close_base(struct fixture *f)
{
    f->board->ops->close(f->board);
    keymap_free(f->keymap);
    model_close(f->model);
}

static void picture(struct fixture *f, struct strbuf *out)
{
    struct canvas *canvas = canvas_new(24, 80);
    f->board->ops->draw(f->board, canvas, (struct rect){0, 0, 24, 80});
    strbuf_cut(out, 0);
    canvas_text(canvas, out);
    canvas_free(canvas);
}

static void expect_shown(struct fixture *f, const char *filter)
{
    struct strbuf text = {0}, count = {0};
    strbuf_format(&count, TITLE " %lld tasks", (long long)count_of(f->model, filter));
    picture(f, &text);
    if (!strstr(strbuf_text(&text), strbuf_text(&count)))
        fail_msg("no \"%s\" in\n%s", strbuf_text(&count), strbuf_text(&text));
    strbuf_clear(&text);
    strbuf_clear(&count);
}

static void expect_asked(struct fixture *f, const char *filter)
{
    char *asked = board_asked_filter(f->board);
    assert_string_equal(asked, filter);
    free(asked);
}

static void what_is_typed_narrows_the_base(void **state)
{
    struct fixture f = {0};
    struct error err = {0};
    open_base(&f, *state, "region:抚顺 or region:盘锦");
    expect_shown(&f, "region:抚顺,盘锦");
    assert_string_equal(f.board->ops->filter(f.board), "");
    expect_asked(&f, "region:抚顺 or region:盘锦");
    assert_int_equal(f.board->ops->try_filter(f.board, "overdue or closed", &err),
        count_of(f.model, "region:抚顺,盘锦 (overdue or closed)"));
    f.board->ops->set_filter(f.board, "overdue or closed", &err);
    assert_int_equal(err.code, ERROR_NONE);
    expect_shown(&f, "region:抚顺,盘锦 (overdue or closed)");
    expect_asked(&f, "(region:抚顺 or region:盘锦) (overdue or closed)");
    f.board->ops->set_filter(f.board, "(", &err);
    assert_int_not_equal(err.code, ERROR_NONE);
    expect_shown(&f, "region:抚顺,盘锦 (overdue or closed)");
    close_base(&f);
}

static void saved_views_narrow_the_base(void **state)
{
    struct fixture f = {0};
    struct error err = {0};
    open_base(&f, *state, "region:抚顺 or region:盘锦");
    board_show_saved(f.board, 2, &err);
    expect_shown(&f, "region:抚顺,盘锦 open");
    expect_asked(&f, "region:抚顺 or region:盘锦");
    close_base(&f);
}

static void escape_clears_all_but_the_base(void **state)
{
    struct fixture f = {0};
    struct error err = {0};
    open_base(&f, *state, "region:抚顺");
    f.board->ops->set_filter(f.board, "open", &err);
    board_mark(f.board);
    assert_int_not_equal(f.board->ops->clear(f.board), EFFECT_NONE); /* the mark */
    expect_shown(&f, "region:抚顺 open");
    assert_int_not_equal(f.board->ops->clear(f.board), EFFECT_NONE); /* the filter */
    expect_shown(&f, "region:抚顺");
    assert_int_equal(f.board->ops->clear(f.board), EFFECT_NONE);
    expect_shown(&f, "region:抚顺");
    close_base(&f);
}

static void ids_are_a_base(void **state)
{
    struct fixture f = {0};
    open_base(&f, *state, "id:2-003,2-001,2-005");
    expect_shown(&f, "id:2-001,2-003,2-005");
    close_base(&f);
}

static void no_task_is_explained(void **state)
{
    struct fixture f = {0};
    struct strbuf text = {0};
    open_base(&f, *state, "id:2-999");
    picture(&f, &text);
    assert_non_null(strstr(strbuf_text(&text), "No task is behind this number any more."));
    assert_non_null(strstr(strbuf_text(&text), "Esc goes back."));
    strbuf_clear(&text);
    close_base(&f);
}

static void a_wrong_base_is_refused(void **state)
{
    struct fixture f = {0};
    struct error err = {0};
    struct view *board;
    open_base(&f, *state, "");
    expect_shown(&f, "");
    assert_false(board_open_tasks(&f.env, "region:", TITLE, &board, &err));
    assert_int_not_equal(err.code, ERROR_NONE);
    close_base(&f);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_typed_narrows_the_base),
        TEST(saved_views_narrow_the_base),
        TEST(escape_clears_all_but_the_base),
        TEST(ids_are_a_base),
        TEST(no_task_is_explained),
        TEST(a_wrong_base_is_refused),
    };
    return cmocka_run_group_tests_name("board_tasks", tests, NULL, NULL);
}
