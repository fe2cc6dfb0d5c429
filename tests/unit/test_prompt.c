/* prompt: letters are text, mistakes are shown above the line, words are completed. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "views/prompt.h"

struct owner {
    int changes, accepts, cancels;
    char text[256];
    const char *refusal;      /* what accepted and changed say is wrong */
    const char *const *words; /* offered, ended by NULL */
    bool filtered;            /* only those that begin with what is typed */
};

static enum effect owner_changed(
    void *context, const char *text, char note[static 64], struct error *err)
{
    struct owner *owner = context;
    owner->changes++;
    snprintf(owner->text, sizeof owner->text, "%s", text);
    if (owner->refusal)
        error_set(err, ERROR_INPUT, "%s", owner->refusal);
    else
        snprintf(note, 64, "%zu bytes", strlen(text));
    return EFFECT_RELOAD;
}

static enum effect owner_accepted(void *context, const char *text, struct error *err)
{
    struct owner *owner = context;
    owner->accepts++;
    snprintf(owner->text, sizeof owner->text, "%s", text);
    if (owner->refusal)
        error_set(err, ERROR_INPUT, "%s", owner->refusal);
    return owner->refusal ? EFFECT_NONE : EFFECT_BACK;
}

static enum effect owner_cancelled(void *context)
{
    ((struct owner *)context)->cancels++;
    return EFFECT_BACK;
}

static void owner_complete(void *context, const char *text, size_t caret, struct completions *out)
{
    struct owner *owner = context;
    out->start = caret;
    while (out->start > 0 && text[out->start - 1] != ' ')
        out->start--;
    for (const char *const *word = owner->words; word && *word; word++)
        if (!owner->filtered || strncmp(*word, text + out->start, caret - out->start) == 0)
            completions_add(out, *word, "says what it is");
}

static const struct prompt_ops ops = {
    owner_changed, owner_accepted, owner_cancelled, owner_complete};
static const struct prompt_ops plain_ops = {owner_changed, owner_accepted, owner_cancelled, NULL};

/* Presses keys by name; returns the effect of the last. */
static enum effect press(struct view *view, const char *names)
{
    char copy[256], *rest = NULL;
    enum effect effect = EFFECT_NONE;
    snprintf(copy, sizeof copy, "%s", names);
    for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
        struct key key;
        assert_true(key_parse(name, &key));
        effect = view->ops->key(view, &key);
    }
    return effect;
}

static void assert_drawn(
    const struct view *view, int rows, int columns, const char *expected, int caret)
{
    struct strbuf text = {0};
    struct canvas *canvas = canvas_new(rows, columns);
    int row, column;
    bool visible;
    for (int i = 0; i < rows; i++)
        canvas_put(canvas, i, 0, -1, ROLE_NORMAL, "below");
    view->ops->draw(view, canvas, (struct rect){0, 0, rows, columns});
    canvas_text(canvas, &text);
    assert_string_equal(strbuf_text(&text), expected);
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert_true(visible);
    assert_int_equal(row, rows - 1);
    assert_int_equal(column, caret);
    strbuf_clear(&text);
    canvas_free(canvas);
}

static void letters_are_text(void **state)
{
    (void)state;
    struct owner owner = {0};
    struct view *view = prompt_open(&ops, &owner, "/", "", NULL);
    assert_true(view->ops->takes_text);
    assert_true(view->ops->overlay);
    assert_int_equal(view->ops->context, CONTEXT_PROMPT);
    assert_int_equal(owner.changes, 0);
    assert_true(press(view, "q j 湿 ?") & EFFECT_DRAW);
    assert_string_equal(owner.text, "qj湿?");
    assert_int_equal(owner.changes, 4);
    assert_true(press(view, "x") & EFFECT_RELOAD); /* the owner's effect comes through */
    assert_int_equal(press(view, "Left"), EFFECT_DRAW);
    assert_int_equal(owner.changes, 5);
    assert_int_equal(press(view, "F5"), EFFECT_NONE);
    assert_int_equal(press(view, "Status"), EFFECT_NONE);
    view->ops->close(view);
}

static void draws_on_the_last_row(void **state)
{
    (void)state;
    struct owner owner = {0};
    struct view *view = prompt_open(&ops, &owner, "/", "", NULL);
    assert_drawn(view, 3, 40, "below\nbelow\n/\n", 1);
    press(view, "湿 地");
    assert_drawn(view, 3, 40, "below\nbelow\n/湿地                           6 bytes\n", 5);
    assert_drawn(view, 1, 15, "/湿地\n", 5); /* no room for the note */
    view->ops->close(view);
    view = prompt_open(&ops, &owner, "Filter:", "overdue", NULL);
    assert_drawn(
        view, 2, 60, "below\nFilter: overdue                                     7 bytes\n", 15);
    view->ops->close(view);
}

static void what_is_typed_takes_the_place_of_a_suggestion(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *text;
    } cases[] = {{"王 强", "王强"}, {"BS W", "李W"}, {"Right W", "李娜W"}, {"Left W", "李W娜"},
        {"王 BS BS W", "W"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct owner owner = {0};
        struct view *view = prompt_suggest(prompt_open(&ops, &owner, ":", "李娜", NULL));
        press(view, cases[i].keys);
        assert_string_equal(owner.text, cases[i].text);
        view->ops->close(view);
    }
}

static void accepts_or_says_why_not(void **state)
{
    (void)state;
    struct owner owner = {0};
    struct prompt_history history = {0};
    struct view *view = prompt_open(&ops, &owner, "/", "", &history);
    press(view, "a b");
    owner.refusal = "there is no such thing anywhere on this board, look again\n  ab cd\n     "
                    "^~\ndid you mean cb?";
    assert_false(press(view, "Enter") & EFFECT_BACK);
    assert_drawn(view, 8, 40,
        "below\nbelow\n there is no such thing anywhere on\n this board, look again\n   ab cd\n    "
        "  ^~\n did you mean cb?\n/ab                             2 bytes\n",
        3);
    assert_drawn(view, 3, 40, "      ^~\n did you mean cb?\n/ab                             2 bytes\n", 3); /* what there is room for */
    assert_int_equal(history.count, 0);
    owner.refusal = NULL;
    press(view, "BS");
    assert_drawn(view, 2, 40, "below\n/a                              1 bytes\n", 2);
    assert_true(press(view, "Enter") & EFFECT_BACK);
    assert_int_equal(owner.accepts, 2);
    assert_string_equal(owner.text, "a");
    assert_int_equal(history.count, 1);
    view->ops->close(view);
    prompt_history_clear(&history);
}

static void cancels(void **state)
{
    (void)state;
    static const char *const keys[] = {"Esc", "C-c", "C-g"};
    for (size_t i = 0; i < 3; i++) {
        struct owner owner = {0};
        struct view *view = prompt_open(&plain_ops, &owner, "/", "text", NULL);
        assert_true(press(view, keys[i]) & EFFECT_BACK);
        assert_int_equal(owner.cancels, 1);
        view->ops->close(view);
    }
}

static void goes_back_in_what_was_typed(void **state)
{
    (void)state;
    struct owner owner = {0};
    struct prompt_history history = {0};
    static const char *const typed[] = {"一", "二", "一", "三"};
    for (size_t i = 0; i < 4; i++) {
        struct view *view = prompt_open(&ops, &owner, "/", typed[i], &history);
        press(view, "Enter");
        view->ops->close(view);
    }
    assert_int_equal(history.count, 3); /* each once, the newest last */
    assert_string_equal(history.text[1], "一");
    struct view *view = prompt_open(&ops, &owner, "/", "", &history);
    press(view, "n e w Up");
    assert_string_equal(owner.text, "三");
    press(view, "Up C-p Up Up");
    assert_string_equal(owner.text, "二");
    press(view, "Down C-n");
    assert_string_equal(owner.text, "三");
    press(view, "Down Down Down");
    assert_string_equal(owner.text, "new");
    press(view, "Up x Up"); /* a changed one is a new one */
    assert_string_equal(owner.text, "三");
    view->ops->close(view);
    for (int i = 0; i < 150; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        view = prompt_open(&ops, &owner, "/", text, &history);
        press(view, "Enter");
        view->ops->close(view);
    }
    assert_int_equal(history.count, 100);
    assert_string_equal(history.text[99], "149");
    view = prompt_open(&ops, &owner, "/", "", &history);
    press(view, "Enter"); /* nothing is not remembered */
    assert_int_equal(history.count, 100);
    view->ops->close(view);
    prompt_history_clear(&history);
    view = prompt_open(&ops, &owner, "/", "x", NULL);
    press(view, "Up Down Enter");
    assert_string_equal(owner.text, "x");
    view->ops->close(view);
}

static void completes_the_only_word(void **state)
{
    (void)state;
    static const char *const words[] = {"overdue", "open", "region:", NULL};
    struct owner owner = {.words = words, .filtered = true};
    struct view *view = prompt_open(&ops, &owner, ":", "ov", NULL);
    press(view, "Tab");
    assert_string_equal(owner.text, "overdue ");
    press(view, "r Tab");
    assert_string_equal(owner.text, "overdue region:"); /* its value comes next */
    press(view, "C-a o v Tab");
    assert_string_equal(owner.text, "overdueoverdue region:"); /* no blank in front of something */
    int before = owner.changes;
    press(view, "C-e z Tab");
    assert_int_equal(owner.changes, before + 1); /* nothing to offer */
    view->ops->close(view);
}

static void completes_what_is_common_then_cycles(void **state)
{
    (void)state;
    static const char *const words[] = {"盘锦", "盘山", "盘山县", NULL};
    struct owner owner = {.words = words};
    struct view *view = prompt_open(&ops, &owner, ":", "a ", NULL);
    press(view, "Tab");
    assert_string_equal(owner.text, "a 盘");
    assert_drawn(view, 6, 40,
        "below\nbelow\n 盘锦    says what it is\n 盘山    says what it is\n 盘山县  says what it "
        "is\n:a 盘                           5 bytes\n",
        5);
    press(view, "Tab");
    assert_string_equal(owner.text, "a 盘锦");
    press(view, "Tab Tab");
    assert_string_equal(owner.text, "a 盘山县");
    press(view, "Tab");
    assert_string_equal(owner.text, "a "); /* as it was typed */
    press(view, "S-Tab S-Tab");
    assert_string_equal(owner.text, "a 盘山");
    press(view, "Esc"); /* leaves the offers, not the prompt */
    assert_int_equal(owner.cancels, 0);
    assert_string_equal(owner.text, "a ");
    press(view, "Tab Tab x");
    assert_string_equal(owner.text, "a 盘锦x");
    assert_drawn(view, 2, 40, "below\n:a 盘锦x                        9 bytes\n", 8);
    press(view, "Tab Tab Enter");
    assert_string_equal(owner.text, "a 盘锦");
    assert_int_equal(owner.accepts, 1);
    view->ops->close(view);
}

/* Pinyin initials stand for words that do not begin with them. */
static void offers_need_not_begin_with_what_is_typed(void **state)
{
    (void)state;
    static const char *const words[] = {"盘锦", "盘山", NULL};
    struct owner owner = {.words = words};
    struct view *view = prompt_open(&ops, &owner, ":", "p", NULL);
    press(view, "Tab");
    assert_string_equal(owner.text, "p");
    press(view, "Tab");
    assert_string_equal(owner.text, "盘锦");
    press(view, "Tab");
    assert_string_equal(owner.text, "盘山");
    view->ops->close(view);
}

static void a_long_list_scrolls(void **state)
{
    (void)state;
    static const char *const words[] = {
        "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "aa", NULL};
    struct owner owner = {.words = words};
    struct view *view = prompt_open(&plain_ops, &owner, ":", "a", NULL);
    press(view, "Tab"); /* no completion here: nothing happens */
    assert_string_equal(owner.text, "a");
    view->ops->close(view);
    view = prompt_open(&ops, &owner, ":", "a", NULL);
    press(view, "Tab");
    assert_drawn(view, 4, 30,
        "below\n a1  says what it is\n a2  says what it is        ↓\n:a                    1 "
        "bytes\n",
        2);
    press(view, "Tab Tab Tab");
    assert_drawn(view, 4, 30,
        "below\n a2  says what it is\n a3  says what it is        ↓\n:a3                   2 "
        "bytes\n",
        3);
    struct canvas *canvas = canvas_new(16, 60);
    view->ops->draw(view, canvas, (struct rect){0, 0, 16, 60});
    assert_int_equal(canvas_row(canvas, 9)[0].role, ROLE_SELECTED);
    canvas_free(canvas);
    view->ops->close(view);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_text),
        cmocka_unit_test(draws_on_the_last_row),
        cmocka_unit_test(what_is_typed_takes_the_place_of_a_suggestion),
        cmocka_unit_test(accepts_or_says_why_not),
        cmocka_unit_test(cancels),
        cmocka_unit_test(goes_back_in_what_was_typed),
        cmocka_unit_test(completes_the_only_word),
        cmocka_unit_test(completes_what_is_common_then_cycles),
        cmocka_unit_test(offers_need_not_begin_with_what_is_typed),
        cmocka_unit_test(a_long_list_scrolls),
    };
    return cmocka_run_group_tests_name("prompt", tests, NULL, NULL);
}
