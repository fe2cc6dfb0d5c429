/* textedit against a plain model, whatever is pressed: the model copies its text with each change,
 * looks for clusters from the start and wraps all of it anew. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "ui/textedit.h"

enum { STEPS_MOST = 200, RUN_MOST = 120, LIMIT = 400, ROUNDS = 12, KEYS = 1500 };

/* One state of the text; `from` is where the caret was when it was left for the next one. */
struct state {
    char *text;
    size_t caret, from;
};
struct model {
    struct state states[STEPS_MOST + 1]; /* states[now] is the text */
    size_t count, now, caret;
    char *killed;
    char last[8];       /* the key before, when it changed something */
    size_t run_at, run; /* where that change ended; bytes typed in its step */
    int rows, columns, aim;
    struct text_lines wrapped;
};

static const char *text_of(const struct model *model)
{
    return model->states[model->now].text;
}

static size_t after(const char *text, size_t at)
{
    struct text_cluster cluster;
    return text_cluster(text + at, &cluster) ? at + (size_t)cluster.bytes : at;
}

/* The first cluster start at or behind `at`. */
static size_t boundary(const char *text, size_t at)
{
    size_t place = 0;
    while (place < at)
        place = after(text, place);
    return place;
}

static size_t before(const char *text, size_t at)
{
    size_t place = 0;
    while (place < at && after(text, place) < at)
        place = after(text, place);
    return place;
}

/* --- changes ------------------------------------------------------------------------------- */

static void drop_states(struct model *model, size_t from)
{
    while (model->count > from)
        free(model->states[--model->count].text);
}

static void new_state(struct model *model)
{
    drop_states(model, model->now + 1);
    if (model->count == STEPS_MOST + 1) {
        free(model->states[0].text);
        memmove(&model->states[0], &model->states[1], STEPS_MOST * sizeof model->states[0]);
        model->count--;
    }
    model->states[model->count - 1].from = model->caret;
    model->now = model->count++;
    model->states[model->now] = (struct state){0};
}

static bool is_run(const struct model *model, const char *name, bool typed)
{
    bool kind = typed ? model->run < RUN_MOST : strcmp(name, "BS") == 0 || strcmp(name, "Del") == 0;
    return kind && strcmp(model->last, name) == 0 && model->run_at == model->caret;
}

static void change(
    struct model *model, const char *name, size_t start, size_t end, const char *with)
{
    const char *text = text_of(model);
    bool typed = strcmp(name, "type") == 0;
    size_t left = strlen(text) - (end - start), room = left < LIMIT ? LIMIT - left : 0, taken = 0;
    while (with[taken] && after(with, taken) <= room)
        taken = after(with, taken);
    if (start == end && taken == 0) {
        model->last[0] = '\0';
        return;
    }
    char *whole = alloc_format("%.*s%.*s%s", (int)start, text, (int)taken, with, text + end);
    bool same = is_run(model, name, typed);
    model->run = (same ? model->run : 0) + taken;
    if (!same)
        new_state(model);
    free(model->states[model->now].text);
    model->caret = boundary(whole, start + taken);
    model->states[model->now] = (struct state){whole, model->caret, 0};
    model->run_at = start + taken;
    strcpy(model->last, name);
}

static void cut(struct model *model, const char *name, size_t start, size_t end)
{
    const char *text = text_of(model);
    if (name[0] == 'C' && start != end) { /* C-k, C-u */
        char *old = model->killed;
        bool more = strcmp(model->last, name) == 0, forward = start == model->caret;
        model->killed = alloc_format("%s%.*s%s", more && forward ? old : "", (int)(end - start),
            text + start, more && !forward ? old : "");
        free(old);
    }
    change(model, name, start, end, "");
}

/* --- rows ---------------------------------------------------------------------------------- */

static int text_columns(const struct model *model)
{
    return model->columns > 2 ? model->columns - 1 : 2;
}

static size_t caret_row(const struct model *model)
{
    size_t row = model->wrapped.count - 1;
    while (model->wrapped.line[row].start > model->caret)
        row--;
    return row;
}

static int width_between(const char *text, size_t start, size_t end)
{
    char *part = alloc_string_n(text + start, end - start);
    int width = text_width(part);
    free(part);
    return width;
}

static bool move_rows(struct model *model, long down)
{
    const char *text = text_of(model);
    size_t from = caret_row(model), last = model->wrapped.count - 1;
    long to = (long)from + down;
    to = to < 0 ? 0 : to > (long)last ? (long)last : to;
    if (to == (long)from)
        return false;
    if (model->aim < 0)
        model->aim = width_between(text, model->wrapped.line[from].start, model->caret);
    size_t start = model->wrapped.line[to].start, place = start;
    size_t next_row = to == (long)last ? strlen(text) + 1 : model->wrapped.line[to + 1].start;
    while (text[place] && text[place] != '\n' && after(text, place) < next_row &&
           width_between(text, start, after(text, place)) <= model->aim)
        place = after(text, place);
    model->caret = place;
    return true;
}

/* --- keys ---------------------------------------------------------------------------------- */

static void undo(struct model *model, bool again)
{
    if (again ? model->now + 1 == model->count : model->now == 0)
        return;
    model->now += again ? 1 : (size_t)-1;
    const struct state *state = &model->states[model->now];
    model->caret = again ? state->caret : state->from;
}

static void change_by_key(struct model *model, const char *name, size_t start, size_t end)
{
    const char *text = text_of(model);
    size_t caret = model->caret;
    if (strcmp(name, "BS") == 0)
        cut(model, name, before(text, caret), caret);
    else if (strcmp(name, "Del") == 0)
        cut(model, name, caret, after(text, caret));
    else if (strcmp(name, "C-k") == 0)
        cut(model, name, caret, end > caret ? end : after(text, caret));
    else if (strcmp(name, "C-u") == 0)
        cut(model, name, start < caret ? start : before(text, caret), caret);
    else if (strcmp(name, "C-y") == 0)
        change(model, name, caret, caret, model->killed ? model->killed : "");
    else if (strcmp(name, "Enter") == 0)
        change(model, name, caret, caret, "\n");
    else if (strcmp(name, "C-_") == 0)
        undo(model, false);
    else
        undo(model, true);
}

/* False where the key is not for the text. */
static bool model_key(struct model *model, const char *name)
{
    const char *text = text_of(model);
    size_t start = model->caret, end = model->caret + strcspn(text + model->caret, "\n");
    size_t all = strlen(text), page = model->rows > 1 ? (size_t)model->rows - 1 : 1;
    while (start > 0 && text[start - 1] != '\n')
        start--;
    const struct {
        const char *name;
        size_t place;
    } places[] = {{"Home", start}, {"End", end}, {"C-Home", 0}, {"M->", all},
        {"Left", before(text, model->caret)}, {"Right", after(text, model->caret)}};
    const struct {
        const char *name;
        long rows;
    } rows[] = {{"Up", -1}, {"Down", 1}, {"PgUp", -(long)page}, {"PgDn", (long)page}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(rows[i].name, name) == 0) {
            bool moved = move_rows(model, rows[i].rows);
            model->last[0] = moved ? '\0' : model->last[0];
            return moved;
        }
    model->aim = -1;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (strcmp(places[i].name, name) == 0) {
            model->caret = places[i].place;
            model->last[0] = '\0';
            return true;
        }
    if (strcmp(name, "C-_") == 0 || strcmp(name, "M-_") == 0)
        model->last[0] = '\0';
    change_by_key(model, name, start, end);
    return true;
}

/* --- the comparison ------------------------------------------------------------------------ */

static void assert_same_cells(
    const struct canvas *canvas, const struct canvas *wanted, int row, int columns)
{
    for (int i = 0; i < columns; i++) {
        const struct cell *a = &canvas_row(canvas, row)[i], *b = &canvas_row(wanted, row)[i];
        assert_true(a->base == b->base && a->width == b->width);
        assert_memory_equal(a->marks, b->marks, sizeof a->marks);
    }
}

/* The rows around the caret as the model wraps them, marks where there are more. */
static void assert_picture(const struct model *model, const struct textedit *edit)
{
    struct canvas *canvas = canvas_new(model->rows, model->columns);
    struct canvas *wanted = canvas_new(model->rows, model->columns);
    struct rect area = {0, 0, model->rows, model->columns};
    int row, column, columns = model->columns > 2 ? model->columns - 1 : model->columns;
    bool visible;
    textedit_draw(edit, canvas, area, true);
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert_true(visible);
    int top = (int)caret_row(model) - row, count = (int)model->wrapped.count;
    int at =
        width_between(text_of(model), model->wrapped.line[caret_row(model)].start, model->caret);
    assert_int_equal(column, at < model->columns ? at : model->columns - 1);
    assert_true(top >= 0 && (top == 0 || top + model->rows <= count));
    for (int i = 0; i < model->rows && top + i < count; i++) {
        const struct text_line *line = &model->wrapped.line[top + i];
        char *part = alloc_string_n(text_of(model) + line->start, line->bytes);
        part[text_fit(part, model->columns, NULL)] = '\0';
        canvas_put(wanted, i, 0, -1, ROLE_INPUT, part);
        free(part);
    }
    for (int i = 0; i < model->rows; i++)
        assert_same_cells(canvas, wanted, i, columns);
    if (columns < model->columns && model->rows > 1) {
        const struct cell *first = &canvas_row(canvas, 0)[columns];
        const struct cell *last = &canvas_row(canvas, model->rows - 1)[columns];
        assert_int_equal(first->base, top > 0 ? 0x2191 : ' ');
        assert_int_equal(last->base, top + model->rows < count ? 0x2193 : ' ');
    }
    canvas_free(canvas);
    canvas_free(wanted);
}

static void compare(struct model *model, const struct textedit *edit)
{
    const char *text = textedit_text(edit);
    assert_string_equal(text, text_of(model));
    assert_true(text_is_clean(text, TEXT_LINES) && strlen(text) <= LIMIT);
    assert_int_equal(textedit_caret(edit), model->caret);
    assert_int_equal(boundary(text, model->caret), model->caret);
    text_wrap(&model->wrapped, text, text_columns(model));
    assert_int_equal(textedit_rows(edit), model->wrapped.count);
    assert_picture(model, edit);
}

/* --- chance -------------------------------------------------------------------------------- */

static unsigned draw_lot(unsigned *seed, unsigned sides)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % sides;
}

static void type_some(struct model *model, struct textedit *edit, unsigned *seed)
{
    static const char *const typed[] = {"河", "湿", "。", "（", "，", "a", "b", "-", " ", " ", "😀",
        "\xcc\x81", "\xcc\x80", "①", "　", "é", "\xf0\x9f\x8f\xbd", "\xe2\x83\x9d"};
    const char *text = typed[draw_lot(seed, sizeof typed / sizeof typed[0])];
    struct key key = {0};
    text_decode(text, &key.code);
    model->aim = -1;
    change(model, "type", model->caret, model->caret, text);
    assert_true(textedit_key(edit, &key));
}

static void paste_some(struct model *model, struct textedit *edit, unsigned *seed)
{
    static const struct {
        const char *pasted, *scrubbed;
    } pastes[] = {{"辽河口（湿地）\r\n退养\t还湿", "辽河口（湿地）\n退养 还湿"},
        {"\x1b[0m\xff\n\n", "\xef\xbf\xbd[0m\xef\xbf\xbd\n\n"},
        {"\xe2\x80\xae"
         "abc https://a.example/long-name.cfg",
            "\xef\xbf\xbd"
            "abc https://a.example/long-name.cfg"},
        {"\xcc\x81x   ", "\xcc\x81x   "}};
    size_t index = draw_lot(seed, sizeof pastes / sizeof pastes[0]);
    model->aim = -1;
    change(model, "paste", model->caret, model->caret, pastes[index].scrubbed);
    assert_true(
        textedit_key(edit, &(struct key){.code = KEY_CODE_PASTE, .paste = pastes[index].pasted}));
}

static void press_some(struct model *model, struct textedit *edit, unsigned *seed)
{
    static const char *const names[] = {"Up", "Down", "Up", "Down", "Left", "Right", "Left",
        "Right", "Home", "End", "PgUp", "PgDn", "C-Home", "M->", "BS", "BS", "BS", "Del", "Del",
        "C-k", "C-u", "C-y", "Enter", "Enter", "C-_", "C-_", "C-_", "M-_", "M-_"};
    const char *name = names[draw_lot(seed, sizeof names / sizeof names[0])];
    struct key key;
    assert_true(key_parse(name, &key));
    for (unsigned times = 1 + draw_lot(seed, 3); times > 0; times--) {
        assert_int_equal(textedit_key(edit, &key), model_key(model, name));
        compare(model, edit);
    }
}

/* Where words end is textedit's to say; that the caret then stands well is compared. */
static void move_by_word(struct model *model, struct textedit *edit, unsigned *seed)
{
    struct key key;
    assert_true(key_parse(draw_lot(seed, 2) ? "M-b" : "M-f", &key));
    assert_true(textedit_key(edit, &key));
    model->caret = textedit_caret(edit);
    model->aim = -1;
    model->last[0] = '\0';
}

static void resize(struct model *model, struct textedit *edit, unsigned *seed)
{
    int columns = 1 + (int)draw_lot(seed, draw_lot(seed, 3) ? 30 : 4);
    model->aim = columns == model->columns ? model->aim : -1;
    model->columns = columns;
    model->rows = 1 + (int)draw_lot(seed, 6);
    textedit_resize(edit, model->rows, model->columns);
}

static void play(unsigned seed)
{
    struct model model = {.count = 1, .aim = -1};
    model.states[0].text = alloc_string("");
    struct textedit *edit = textedit_new("", LIMIT);
    resize(&model, edit, &seed);
    compare(&model, edit);
    for (int i = 0; i < KEYS; i++) {
        unsigned lot = draw_lot(&seed, 100);
        if (lot < 45)
            type_some(&model, edit, &seed);
        else if (lot < 48)
            paste_some(&model, edit, &seed);
        else if (lot < 50)
            resize(&model, edit, &seed);
        else if (lot < 53)
            move_by_word(&model, edit, &seed);
        else
            press_some(&model, edit, &seed);
        compare(&model, edit);
    }
    drop_states(&model, 0);
    free(model.killed);
    text_lines_clear(&model.wrapped);
    textedit_free(edit);
}

static void does_what_the_model_does(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= ROUNDS; seed++)
        play(seed);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {cmocka_unit_test(does_what_the_model_does)};
    return cmocka_run_group_tests_name("textedit_model", tests, NULL, NULL);
}
