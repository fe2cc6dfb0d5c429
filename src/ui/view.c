#include "ui/view.h"

#include <assert.h>
#include <stdlib.h>

#include "base/alloc.h"

struct view_stack {
    struct view **views;
    size_t count, capacity;
};

struct view_stack *view_stack_new(void)
{
    return alloc_zero(1, sizeof(struct view_stack));
}

void view_stack_free(struct view_stack *stack)
{
    if (!stack)
        return;
    while (stack->count > 0)
        view_stack_pop(stack);
    free(stack->views);
    free(stack);
}

void view_stack_push(struct view_stack *stack, struct view *view, struct rect area)
{
    assert(view && view->ops && view->ops->draw && view->ops->close);
    stack->views =
        alloc_grow(stack->views, &stack->capacity, stack->count + 1, sizeof(struct view *));
    stack->views[stack->count++] = view;
    if (view->ops->resize)
        view->ops->resize(view, area);
}

void view_stack_pop(struct view_stack *stack)
{
    if (stack->count == 0)
        return;
    struct view *view = stack->views[--stack->count];
    view->ops->close(view);
}

struct view *view_stack_top(const struct view_stack *stack)
{
    return stack->count > 0 ? stack->views[stack->count - 1] : NULL;
}

struct view *view_stack_at(const struct view_stack *stack, size_t index)
{
    return index < stack->count ? stack->views[index] : NULL;
}

size_t view_stack_depth(const struct view_stack *stack)
{
    return stack->count;
}

void view_stack_resize(struct view_stack *stack, struct rect area)
{
    for (size_t i = 0; i < stack->count; i++)
        if (stack->views[i]->ops->resize)
            stack->views[i]->ops->resize(stack->views[i], area);
}

void view_stack_draw(const struct view_stack *stack, struct canvas *canvas, struct rect area)
{
    size_t first = stack->count;
    while (first > 0 && stack->views[first - 1]->ops->overlay)
        first--;
    first = first > 0 ? first - 1 : 0;
    for (size_t i = first; i < stack->count; i++)
        stack->views[i]->ops->draw(stack->views[i], canvas, area);
}
