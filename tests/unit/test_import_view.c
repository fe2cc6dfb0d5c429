/* The import screen: what is selected while the columns of the file change, and what is told of
 * those that a person chose. */
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
    enum import_choice choice;
    char current[32];
    picker_chosen *chosen;
    void *chosen_context;
    char map[64]; /* told at the last beginning, ended by blanks */
};

static bool begin(void *context, const struct import_asked *asked, bool write, struct error *err)
{
    struct owner *owner = context;
    (void)write, (void)err;
    owner->map[0] = '\0';
    for (size_t i = 0; i < asked->map_count; i++) {
        strncat(owner->map, asked->map[i], sizeof owner->map - strlen(owner->map) - 2);
        strcat(owner->map, " ");
    }
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

static size_t report(void *context, int columns, struct strbuf *out)
{
    (void)context, (void)columns, (void)out;
    return 0;
}

static void choose(void *context, enum import_choice choice, const char *title, const char *current,
    picker_chosen *chosen, void *chosen_context)
{
    struct owner *owner = context;
    owner->choice = choice;
    owner->chosen = chosen;
    owner->chosen_context = chosen_context;
    strncpy(owner->current, current, sizeof owner->current - 1);
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

static void a_column_becomes_the_field_chosen(void **state)
{
    static const struct import_ops ops = {
        begin, fd, progress, nothing, finish, state_of, report, choose, nothing, nothing};
    struct owner owner = {.fd = eventfd(1, 0),
        .column = {{.letter = "A", .heading = "序号", .field = "number", .label = "编号"},
            {.letter = "B", .heading = "备注"}, {.letter = "C", .heading = "单位"}},
        .state = {.file = "a.csv"}};
    (void)state;
    owner.state.column = owner.column;
    struct view *view = import_open(NULL, &ops, &owner);
    view->ops->resize(view, (struct rect){0, 0, 24, 80});
    done(view, &owner, 3);
    assert_string_equal(owner.map, "");
    assert_chooses(view, &owner, "Column A: 序号");
    assert_string_equal(owner.current, "number");
    view->ops->move(view, MOVE_DOWN);
    view->ops->move(view, MOVE_DOWN);
    assert_chooses(view, &owner, "Column C: 单位");
    assert_int_equal(owner.choice, IMPORT_FIELDS);
    assert_string_equal(owner.current, "-");
    owner.chosen(owner.chosen_context, "responsible");
    assert_string_equal(owner.map, "3=responsible ");
    done(view, &owner, 3);
    /* the others that were chosen go along */
    view->ops->move(view, MOVE_UP);
    import_view_leave_out(view);
    assert_string_equal(owner.map, "2=- 3=responsible ");
    done(view, &owner, 3);
    import_view_choose(view);
    owner.chosen(owner.chosen_context, "problem");
    assert_string_equal(owner.map, "2=problem 3=responsible ");
    done(view, &owner, 3);
    /* of another charset there are other columns */
    view->ops->move(view, MOVE_LAST);
    assert_chooses(view, &owner, "Charset");
    assert_int_equal(owner.choice, IMPORT_CHARSETS);
    owner.chosen(owner.chosen_context, "GB18030");
    assert_string_equal(owner.map, "");
    view->ops->close(view);
    close(owner.fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_selected_stays_so),
        cmocka_unit_test(a_column_becomes_the_field_chosen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
