/* The import screen: what is selected while the columns of the file change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cmocka.h>

#include "views/import.h"

enum { COLUMNS_MOST = 30 };

struct owner {
    int fd; /* always readable: what is begun is done */
    struct import_column column[COLUMNS_MOST];
    struct import_state state;
    char title[64]; /* of the box that was asked for last */
};

static bool begin(void *context, const struct import_asked *asked, bool write, struct error *err)
{
    (void)context, (void)asked, (void)write, (void)err;
    return true;
}

static int fd(void *context)
{
    return ((struct owner *)context)->fd;
}

static void progress(void *context, size_t *done, size_t *of)
{
    (void)context, (void)done, (void)of;
}

static void nothing(void *context)
{
    (void)context;
}

static enum import_end finish(void *context, struct error *err)
{
    (void)context, (void)err;
    return IMPORT_LOOKED;
}

static const struct import_state *state_of(void *context)
{
    return &((struct owner *)context)->state;
}

static void report(void *context, int columns, struct strbuf *out)
{
    (void)context, (void)columns, (void)out;
}

static void choose(void *context, enum import_choice choice, const char *title, const char *current,
    picker_chosen *chosen, void *chosen_context)
{
    struct owner *owner = context;
    (void)choice, (void)current, (void)chosen, (void)chosen_context;
    strncpy(owner->title, title, sizeof owner->title - 1);
}

/* It was read, and has so many columns. */
static void done(struct view *view, struct owner *owner, size_t columns)
{
    struct error err = {0};
    owner->state.column_count = columns;
    view->ops->ready(view, &err);
}

static void assert_chooses(struct view *view, struct owner *owner, const char *title)
{
    owner->title[0] = '\0';
    import_view_choose(view);
    assert_string_equal(owner->title, title);
}

static void what_is_selected_stays_so(void **state)
{
    static const struct import_ops ops = {
        begin, fd, progress, nothing, finish, state_of, report, choose, nothing, nothing};
    struct owner owner = {.fd = eventfd(1, 0), .state = {.file = "a.csv"}};
    (void)state;
    for (size_t i = 0; i < COLUMNS_MOST; i++)
        owner.column[i] = (struct import_column){.letter = "X", .heading = "x"};
    owner.state.column = owner.column;
    struct view *view = import_open(NULL, &ops, &owner);
    view->ops->resize(view, (struct rect){0, 0, 24, 80});
    /* from the beginning the first column */
    done(view, &owner, 3);
    assert_chooses(view, &owner, "Column X: x");
    /* an option, whatever its line is now: the empty one above them is never selected */
    view->ops->move(view, MOVE_LAST);
    assert_chooses(view, &owner, "Charset");
    for (size_t columns = 0; columns < COLUMNS_MOST; columns++) {
        import_view_again(view);
        done(view, &owner, columns);
        assert_chooses(view, &owner, "Charset");
    }
    /* a column that is there no more */
    view->ops->move(view, MOVE_FIRST);
    for (int i = 0; i < 5; i++)
        view->ops->move(view, MOVE_DOWN);
    import_view_again(view);
    done(view, &owner, 5);
    assert_chooses(view, &owner, "Column X: x");
    view->ops->close(view);
    close(owner.fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_selected_stays_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
