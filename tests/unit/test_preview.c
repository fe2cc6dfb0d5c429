/* preview: what an action would do to many tasks, and to which not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/views/preview.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"

struct fixture {
    char path[256];
    struct model *model;
    struct view_settings settings;
    struct view_env env;
    int confirmed;
};
static struct fixture fixture;

static enum effect owner_confirmed(void *context)
{
    struct fixture *owner = context;
    owner->confirmed++;
    return EFFECT_BACK;
}
static const struct preview_ops ops = {owner_confirmed};

/* Tasks 1 to 9 in progress; 2 and 5 have a measure that is not done, 3 is closed, 4 submitted. */
static const char changes[] =
    "INSERT INTO measure (task_id, position, text, event_seq) VALUES (2, 1, '补水', 1), "
    "(5, 1, '拆除', 1);"
    "UPDATE task SET state = 'closed', version = version + 1 WHERE id = 3;"
    "UPDATE task SET state = 'submitted', version = version + 1 WHERE id = 4;";

static int set_up(void **state)
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    if (folder_set_up(state) != 0)
        return -1;
    fixture = (struct fixture){.settings = {.title = ""}};
    database_make(folder_file(*state, "a.db", fixture.path));
    for (int number = 1; number <= 9; number++)
        database_task(fixture.path, number, number == 9 ? "辽河口湿地" : "整改任务");
    database_write(fixture.path, changes);
    fixture.model = database_open(fixture.path);
    fixture.env = (struct view_env){.model = fixture.model, .settings = &fixture.settings};
    return language_start("en", NULL) ? 0 : -1;
}

static int tear_down(void **state)
{
    model_close(fixture.model);
    return folder_tear_down(state);
}

static struct view *open_ids(const int64_t *ids, size_t count)
{
    struct error err = {0};
    struct view *view = NULL;
    char action[] = "submit", name[] = "done_on", value[] = "2026-11-20";
    const struct argument argument = {name, value, NULL};
    const struct request request = {.action = action, .argument = &argument, .count = 1};
    if (!preview_open(&fixture.env, &ops, &fixture, "Submit for acceptance", ids, count, &request,
            &view, &err))
        fail_msg("%s", err.text);
    action[0] = name[0] = value[0] = '\0'; /* they were copied */
    return view;
}

static struct view *open_all(void)
{
    const int64_t ids[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 77};
    return open_ids(ids, 10);
}

static enum effect press(struct view *view, const char *name)
{
    struct key key;
    assert_true(key_parse(name, &key));
    return view->ops->key(view, &key);
}

static char *drawn(struct view *view, int rows, int columns)
{
    struct rect area = {0, 0, rows, columns};
    struct canvas *canvas = canvas_new(rows, columns);
    struct strbuf text = {0};
    view->ops->resize(view, area);
    view->ops->draw(view, canvas, area);
    canvas_text(canvas, &text);
    canvas_free(canvas);
    return strbuf_take(&text);
}

/* All of it in this order. */
static void must_show(struct view *view, int rows, int columns, const char *const words[])
{
    char *text = drawn(view, rows, columns);
    const char *at = text;
    for (size_t i = 0; words[i]; i++) {
        const char *found = strstr(at, words[i]);
        if (!found)
            fail_msg("\"%s\" is not where it should be in\n%s", words[i], text);
        at = found + strlen(words[i]);
    }
    free(text);
}
#define MUST_SHOW(view, rows, columns, ...)                                                        \
    must_show(view, rows, columns, (const char *const[]){__VA_ARGS__, NULL})

/* --- what is shown --------------------------------------------------------------------------- */

static void tells_what_is_left_out_first(void **state)
{
    (void)state;
    struct view *view = open_all();
    MUST_SHOW(view, 43, 132, "Submit for acceptance: 5 tasks to do; 5 left out", "Left out 5\n",
        "A measure is not done yet", "(2)\n", "2-002 working 整改任务\n", "2-005",
        "\"closed for good\"", "(1)\n", "2-003 closed ", "submitted", "2-004 applied", "(1)\n",
        "#77\n", "\n Will be done 5\n", "2-001", "2-006", "2-009 working 辽河口湿地\n",
        "Enter does it");
    view->ops->close(view);
}

static void speaks_chinese(void **state)
{
    (void)state;
    struct error err = {0};
    const int64_t one = 1;
    if (!language_choose("zh", &err))
        fail_msg("%s", err.text);
    struct view *view = open_all();
    MUST_SHOW(
        view, 43, 132, "5 项将办理，5 项不能", "不能办理 5", "（2）", "将办理 5", "Enter 办理");
    view->ops->close(view);
    view = open_ids(&one, 1);
    MUST_SHOW(view, 24, 80, "：1 项将办理\n", "将办理 1");
    view->ops->close(view);
}

static void says_when_nothing_can_be_done(void **state)
{
    (void)state;
    const int64_t ids[] = {3, 4};
    struct view *view = open_ids(ids, 2);
    MUST_SHOW(view, 24, 80, "Submit for acceptance: no task can be done; 2 left out", "Left out 2",
        "Enter Esc back");
    assert_true(press(view, "Enter") & EFFECT_BACK);
    assert_int_equal(fixture.confirmed, 0);
    view->ops->close(view);
}

/* --- keys ------------------------------------------------------------------------------------ */

static void does_it_only_on_enter(void **state)
{
    (void)state;
    static const char *const keys[] = {"Esc", "q", "C-c"};
    struct view *view = open_all();
    for (size_t i = 0; i < 3; i++)
        assert_true(press(view, keys[i]) & EFFECT_BACK);
    assert_false(press(view, "y") & EFFECT_BACK);
    assert_true(press(view, "e") != EFFECT_NONE);
    assert_true(press(view, "C-l") & EFFECT_REPAINT);
    assert_int_equal(fixture.confirmed, 0);
    assert_true(press(view, "Enter") & EFFECT_BACK);
    assert_int_equal(fixture.confirmed, 1);
    assert_int_equal(
        database_number(fixture.path, "SELECT count(*) FROM task WHERE state = 'submitted'"), 1);
    view->ops->close(view);
}

static void scrolls_on_a_small_screen(void **state)
{
    (void)state;
    struct view *view = open_all();
    char *top = drawn(view, 16, 60);
    assert_null(strstr(top, "2-009"));
    assert_non_null(strstr(top, "Enter does it"));
    press(view, "k");
    char *same = drawn(view, 16, 60);
    assert_string_equal(same, top);
    press(view, "G");
    MUST_SHOW(view, 16, 60, "2-009 working 辽河口湿地", "100%");
    press(view, "PgUp");
    press(view, "g");
    char *again = drawn(view, 16, 60);
    assert_string_equal(again, top);
    press(view, "j");
    char *down = drawn(view, 16, 60);
    assert_null(strstr(down, "Left out 5"));
    assert_non_null(strstr(down, "5 left out"));
    int steps = 0;
    for (bool found = false; !found && steps < 5; steps++) {
        press(view, "PgDn");
        char *page = drawn(view, 16, 60);
        found = strstr(page, "2-009");
        free(page);
    }
    assert_in_range(steps, 1, 3);
    free(top), free(same), free(again), free(down);
    view->ops->close(view);
}

/* --- what others do meanwhile ---------------------------------------------------------------- */

static void tries_again_what_others_change(void **state)
{
    (void)state;
    struct error err = {0};
    struct changes told = {.any = true, .tasks = {5, 6, 1000}, .count = 3};
    struct view *view = open_all();
    database_write(fixture.path,
        "UPDATE measure SET done_on = '2026-11-20' WHERE task_id = 5;"
        "UPDATE task SET version = version + 1 WHERE id = 5;"
        "UPDATE task SET state = 'closed', title = '已经销号', version = version + 1 WHERE id = 6;"
        "UPDATE task SET state = 'closed', version = version + 1 WHERE id = 7;");
    assert_true(view->ops->reload(view, &told, &err));
    MUST_SHOW(view, 43, 132, "5 tasks to do; 5 left out", "(1)\n", "2-002", "(2)\n", "2-003",
        "2-006 closed  已经销号", "Will be done 5", "2-005", "2-007");
    told = (struct changes){.any = true, .all = true};
    assert_true(view->ops->reload(view, &told, &err));
    MUST_SHOW(view, 43, 132, "4 tasks to do; 6 left out");
    view->ops->close(view);
}

/* --- anywhere -------------------------------------------------------------------------------- */

static void shows_hostile_text_as_text(void **state)
{
    (void)state;
    const int64_t id = 8;
    database_write(fixture.path,
        "UPDATE task SET title = char(27) || '[2J' || char(10) || '%s%n' || char(155) || 'm', "
        "version = version + 1 WHERE id = 8");
    struct view *view = open_ids(&id, 1);
    char *text = drawn(view, 24, 80);
    for (const char *at = text; *at; at++)
        assert_true(*at == '\n' || (unsigned char)*at >= ' ');
    assert_non_null(strstr(text, "%s%n"));
    free(text);
    view->ops->close(view);
}

static void draws_within_any_window(void **state)
{
    (void)state;
    struct view *view = open_all();
    for (int rows = 1; rows < 20; rows++)
        for (int columns = 1; columns < 90; columns += 11) {
            free(drawn(view, rows, columns));
            press(view, "PgDn");
            press(view, "k");
        }
    MUST_SHOW(view, 7, 40, "too small");
    MUST_SHOW(view, 8, 40, "Submit for acceptance", "Enter does it");
    view->ops->close(view);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    setenv("LC_ALL", "C.UTF-8", 1);
    const struct CMUnitTest tests[] = {
        TEST(tells_what_is_left_out_first),
        TEST(speaks_chinese),
        TEST(says_when_nothing_can_be_done),
        TEST(does_it_only_on_enter),
        TEST(scrolls_on_a_small_screen),
        TEST(tries_again_what_others_change),
        TEST(shows_hostile_text_as_text),
        TEST(draws_within_any_window),
    };
    return cmocka_run_group_tests_name("preview", tests, NULL, NULL);
}
