/* view_stack: who is drawn, who is closed, in which order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ui/view.h"

struct log {
    char text[64];
    size_t length;
};
struct letter {
    struct view view;
    char name;
    struct log *log;
    struct rect area;
};

static void note(const struct letter *letter, char what)
{
    assert_true(letter->log->length + 3 < sizeof letter->log->text);
    letter->log->text[letter->log->length++] = what;
    letter->log->text[letter->log->length++] = letter->name;
    letter->log->text[letter->log->length] = '\0';
}

static void letter_resize(struct view *view, struct rect area)
{
    struct letter *letter = (struct letter *)view;
    letter->area = area;
    note(letter, 'r');
}

static void letter_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct letter *letter = (const struct letter *)view;
    canvas_format(canvas, area.row, area.column, 1, ROLE_NORMAL, "%c", letter->name);
    note(letter, 'd');
}

static void letter_close(struct view *view)
{
    note((struct letter *)view, 'c');
    free(view);
}

static const struct view_ops full_ops = {
    .name = "full", .resize = letter_resize, .draw = letter_draw, .close = letter_close};
static const struct view_ops overlay_ops = {
    .name = "overlay", .overlay = true, .draw = letter_draw, .close = letter_close};

static struct view *make(const struct view_ops *ops, char name, struct log *log)
{
    struct letter *letter = calloc(1, sizeof *letter);
    assert_non_null(letter);
    *letter = (struct letter){.view.ops = ops, .name = name, .log = log};
    return &letter->view;
}

static void draws_from_the_topmost_full_view(void **state)
{
    (void)state;
    struct log log = {0};
    struct rect area = {0, 0, 1, 4};
    struct canvas *canvas = canvas_new(1, 4);
    struct view_stack *stack = view_stack_new();
    view_stack_draw(stack, canvas, area); /* nothing there */
    view_stack_push(stack, make(&full_ops, 'A', &log), area);
    view_stack_push(stack, make(&full_ops, 'B', &log), area);
    view_stack_push(stack, make(&overlay_ops, 'C', &log), area);
    view_stack_push(stack, make(&overlay_ops, 'D', &log), area);
    view_stack_draw(stack, canvas, area);
    assert_string_equal(log.text, "rArBdBdCdD");
    assert_int_equal(canvas_row(canvas, 0)[0].base, 'D');
    view_stack_free(stack);
    assert_string_equal(log.text, "rArBdBdCdDcDcCcBcA");
    canvas_free(canvas);
}

static void an_overlay_may_be_alone(void **state)
{
    (void)state;
    struct log log = {0};
    struct canvas *canvas = canvas_new(1, 4);
    struct view_stack *stack = view_stack_new();
    view_stack_push(stack, make(&overlay_ops, 'A', &log), (struct rect){0, 0, 1, 4});
    view_stack_draw(stack, canvas, (struct rect){0, 0, 1, 4});
    assert_string_equal(log.text, "dA");
    view_stack_free(stack);
    canvas_free(canvas);
}

static void pops_and_tells_who_is_where(void **state)
{
    (void)state;
    struct log log = {0};
    struct rect area = {0, 0, 2, 3};
    struct view_stack *stack = view_stack_new();
    assert_null(view_stack_top(stack));
    view_stack_pop(stack);
    struct view *a = make(&full_ops, 'A', &log), *b = make(&full_ops, 'B', &log);
    view_stack_push(stack, a, area);
    view_stack_push(stack, b, area);
    assert_ptr_equal(view_stack_top(stack), b);
    assert_ptr_equal(view_stack_at(stack, 0), a);
    assert_null(view_stack_at(stack, 2));
    assert_int_equal(view_stack_depth(stack), 2);
    view_stack_resize(stack, (struct rect){0, 0, 9, 9});
    assert_int_equal(((struct letter *)a)->area.rows, 9);
    assert_int_equal(((struct letter *)b)->area.rows, 9);
    view_stack_pop(stack);
    assert_ptr_equal(view_stack_top(stack), a);
    assert_string_equal(log.text, "rArBrArBcB");
    view_stack_free(stack);
    view_stack_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_from_the_topmost_full_view),
        cmocka_unit_test(an_overlay_may_be_alone),
        cmocka_unit_test(pops_and_tells_who_is_where),
    };
    return cmocka_run_group_tests_name("view_stack", tests, NULL, NULL);
}
