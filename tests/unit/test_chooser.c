/* chooser: ticks, carries, gives the choices in their new order. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "views/chooser.h"

struct owner {
    char result[128];
    bool refuses;
};

static enum effect owner_accepted(
    void *context, const struct choice *choices, size_t count, struct error *err)
{
    struct owner *owner = context;
    struct strbuf text = {0};
    for (size_t i = 0; i < count; i++)
        strbuf_format(&text, "%s%s ", choices[i].on ? "+" : "-", choices[i].name);
    snprintf(owner->result, sizeof owner->result, "%s", strbuf_text(&text));
    strbuf_clear(&text);
    if (owner->refuses)
        error_set(err, ERROR_INPUT, "at least one");
    return owner->refuses ? EFFECT_NONE : EFFECT_BACK;
}

static const struct chooser_ops ops = {owner_accepted};

static struct view *open_choices(struct owner *owner, struct rect area)
{
    char label[16] = "编号";
    struct choice choices[] = {
        {"number", label, true}, {"title", "任务", true}, {"days", "余期", false}};
    struct view *view = chooser_open(&ops, owner, "Columns", choices, 3);
    label[0] = '\0'; /* they were copied */
    view->ops->resize(view, area);
    return view;
}

static enum effect press(struct view *view, const char *names)
{
    char copy[128], *rest = NULL;
    enum effect effect = EFFECT_NONE;
    snprintf(copy, sizeof copy, "%s", names);
    for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
        struct key key;
        assert_true(key_parse(name, &key));
        effect = view->ops->key(view, &key);
    }
    return effect;
}

static void gives_the_new_order(void **state)
{
    (void)state;
    struct owner owner = {0};
    struct view *view = open_choices(&owner, (struct rect){0, 0, 24, 80});
    assert_true(press(view, "Enter") & EFFECT_BACK);
    assert_string_equal(owner.result, "+number +title -days ");
    press(view, "Space j j Space K Enter");
    assert_string_equal(owner.result, "-number +days +title ");
    press(view, "S-Up S-Up S-Down J J Up Space Enter");
    assert_string_equal(owner.result, "-number -title +days ");
    view->ops->close(view);
}

static void stays_when_refused(void **state)
{
    (void)state;
    struct owner owner = {.refuses = true};
    struct strbuf text = {0};
    struct canvas *canvas = canvas_new(16, 60);
    struct view *view = open_choices(&owner, (struct rect){0, 0, 16, 60});
    assert_false(press(view, "Enter") & EFFECT_BACK);
    view->ops->draw(view, canvas, (struct rect){0, 0, 16, 60});
    canvas_text(canvas, &text);
    assert_non_null(strstr(text.text, "at least one"));
    strbuf_clear(&text);
    canvas_free(canvas);
    view->ops->close(view);
}

static void leaves_and_holds_every_key(void **state)
{
    (void)state;
    static const char *const keys[] = {"Esc", "q", "C-c"};
    struct owner owner = {0};
    for (size_t i = 0; i < 3; i++) {
        struct view *view = open_choices(&owner, (struct rect){0, 0, 24, 80});
        assert_true(press(view, keys[i]) & EFFECT_BACK);
        assert_true(press(view, "e") != EFFECT_NONE); /* not the action below */
        view->ops->close(view);
    }
    assert_string_equal(owner.result, "");
}

static void draws_within_any_window(void **state)
{
    (void)state;
    struct owner owner = {0};
    struct strbuf text = {0};
    struct rect area = {0, 0, 7, 50};
    struct canvas *canvas = canvas_new(area.rows, area.columns);
    struct view *view = open_choices(&owner, area);
    press(view, "j");
    view->ops->draw(view, canvas, area);
    canvas_text(canvas, &text);
    assert_non_null(strstr(text.text, "Columns"));
    assert_non_null(strstr(text.text, "[x] 编号"));
    assert_non_null(strstr(text.text, "[ ] 余期"));
    strbuf_clear(&text);
    canvas_roles(canvas, &text);
    assert_non_null(strstr(text.text, "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"));
    for (int rows = 1; rows < 8; rows++)
        for (int columns = 1; columns < 40; columns += 7) {
            struct rect small = {0, 0, rows, columns};
            canvas_resize(canvas, rows, columns);
            view->ops->resize(view, small);
            view->ops->draw(view, canvas, small);
        }
    strbuf_clear(&text);
    canvas_free(canvas);
    view->ops->close(view);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_new_order),
        cmocka_unit_test(stays_when_refused),
        cmocka_unit_test(leaves_and_holds_every_key),
        cmocka_unit_test(draws_within_any_window),
    };
    return cmocka_run_group_tests_name("chooser", tests, NULL, NULL);
}
