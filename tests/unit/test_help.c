/* help: what the action table says of one context, and nothing else. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/task.h"
#include "views/help.h"

static const struct action table[] = {
    {.name = "help",
        .chords = "? F1",
        .group = "Program",
        .help = "What can be done",
        .contexts = CONTEXT_ANY},
    {.name = "down",
        .chords = "j Down",
        .group = "Moving",
        .help = "One row down",
        .contexts = CONTEXT_BOARD},
    {.name = "next",
        .chords = "n",
        .group = "Moving",
        .help = "Next task",
        .contexts = CONTEXT_DETAIL},
    {.name = "set",
        .chords = "",
        .group = "Program",
        .help = "Change a setting",
        .contexts = CONTEXT_ANY},
};

struct fixture {
    struct keymap *keymap;
    struct view_env env;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    *state = fixture;
    fixture->env = (struct view_env){.actions = table, .action_count = 4};
    if (!keymap_build(table, 4, NULL, 0, &fixture->keymap, NULL))
        return -1;
    fixture->env.keymap = fixture->keymap;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    keymap_free(fixture->keymap);
    free(fixture);
    return 0;
}

/* All that the view shows in a window of that size. */
static char *drawn(struct view *view, int rows, int columns)
{
    struct strbuf text = {0};
    struct rect area = {0, 0, rows, columns};
    struct canvas *canvas = canvas_new(rows, columns);
    view->ops->resize(view, area);
    view->ops->draw(view, canvas, area);
    canvas_text(canvas, &text);
    canvas_free(canvas);
    return strbuf_take(&text);
}

static void lists_the_actions_of_one_context(void **state)
{
    struct fixture *fixture = *state;
    struct view *view = help_open(&fixture->env, CONTEXT_BOARD, "Help: Board");
    char *text = drawn(view, 40, 80);
    assert_non_null(strstr(text, "Help: Board"));
    assert_non_null(strstr(text, "Program\n"));
    assert_non_null(strstr(text, "Moving\n"));
    assert_non_null(strstr(text, "? F1"));
    assert_non_null(strstr(text, "j ↓"));
    assert_non_null(strstr(text, ":set")); /* no key: how it is called */
    assert_null(strstr(text, "Next task"));
    free(text);
    view->ops->close(view);
    view = help_open(&fixture->env, CONTEXT_DETAIL, "Help");
    text = drawn(view, 40, 80);
    assert_non_null(strstr(text, "Next task"));
    assert_null(strstr(text, "One row down"));
    free(text);
    view->ops->close(view);
}

static void explains_every_light(void **state)
{
    struct fixture *fixture = *state;
    struct view *view = help_open(&fixture->env, CONTEXT_BOARD, "Help");
    char *text = drawn(view, 60, 80);
    for (size_t i = 0; i < LIGHT_COUNT; i++)
        assert_non_null(strstr(text, lights[i].label));
    free(text);
    view->ops->close(view);
}

static void scrolls_where_it_does_not_fit(void **state)
{
    struct fixture *fixture = *state;
    struct view *view = help_open(&fixture->env, CONTEXT_BOARD, "Help");
    char *top = drawn(view, 8, 60);
    assert_null(strstr(top, lights[LIGHT_CLOSED].label));
    assert_int_equal(view->ops->move(view, MOVE_UP), EFFECT_NONE);
    assert_int_equal(view->ops->move(view, MOVE_LAST), EFFECT_DRAW);
    char *bottom = drawn(view, 8, 60);
    assert_non_null(strstr(bottom, lights[LIGHT_CLOSED].label));
    assert_int_equal(view->ops->move(view, MOVE_DOWN), EFFECT_NONE);
    assert_int_equal(view->ops->move(view, MOVE_PAGE_DOWN), EFFECT_NONE);
    assert_int_equal(view->ops->move(view, MOVE_FIRST), EFFECT_DRAW);
    char *again = drawn(view, 8, 60);
    assert_string_equal(again, top);
    int pages = 0;
    while (view->ops->move(view, MOVE_PAGE_DOWN) == EFFECT_DRAW)
        pages++;
    assert_in_range(pages, 1, 10);
    free(drawn(view, 200, 60)); /* grown: nothing to scroll */
    assert_int_equal(view->ops->move(view, MOVE_DOWN), EFFECT_NONE);
    free(drawn(view, 1, 1));
    free(top);
    free(bottom);
    free(again);
    view->ops->close(view);
}

static void shows_settings_too(void **state)
{
    (void)state;
    char value[8] = "30";
    struct help_line lines[] = {
        {"due.soon", value, "Days before a deadline from which a task is due soon"},
        {"theme", "dark", "How it looks"}};
    struct view *view = help_open_lines("Settings", "Change one with :set", lines, 2);
    value[0] = 'x'; /* they were copied */
    char *text = drawn(view, 24, 60);
    assert_non_null(strstr(text, "Settings"));
    assert_non_null(strstr(text, "Change one with :set"));
    assert_non_null(strstr(text, "30"));
    assert_non_null(strstr(text, "How it looks"));
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        assert_true(text_width(line) <= 60);
    free(text);
    view->ops->close(view);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists_the_actions_of_one_context, set_up, tear_down),
        cmocka_unit_test_setup_teardown(explains_every_light, set_up, tear_down),
        cmocka_unit_test_setup_teardown(scrolls_where_it_does_not_fit, set_up, tear_down),
        cmocka_unit_test(shows_settings_too),
    };
    return cmocka_run_group_tests_name("help", tests, NULL, NULL);
}
