/* The editor of measures on a canvas and a real database, while others are at work on it too. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/history.h"
#include "model/work.h"
#include "views/measures.h"

struct fixture {
    char path[256];
    struct model *model;
    struct view_settings settings;
    struct view_env env;
    struct view *view;
    struct view *asked;
    struct canvas *canvas;
    char said[512];
};

/* --- the owner ------------------------------------------------------------------------------- */

static void said(void *context, enum role role, const char *message)
{
    struct fixture *fixture = context;
    (void)role;
    snprintf(fixture->said, sizeof fixture->said, "%s", message);
}

static void ask(void *context, struct view *view)
{
    struct fixture *fixture = context;
    fixture->asked = view;
    view->ops->resize(view, (struct rect){0, 0, 24, 80});
}

static const struct measures_ops ops = {said, ask};

static struct model *open_as(const char *path, const char *name, enum person_role role)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.name = (char *)name, .role = role};
    const struct model_options options = {
        .path = path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

static void open_view(struct fixture *fixture)
{
    struct error err = {0};
    if (!measures_open(&fixture->env, &ops, fixture, 1, &fixture->view, &err))
        fail_msg("%s", err.text);
    fixture->view->ops->resize(fixture->view, (struct rect){0, 0, 24, 80});
}

/* Task 1 with 甲 乙 丙: due 11-10, due 12-01 and done, without a date. */
static void begin(struct fixture *fixture, void **state, enum person_role role)
{
    *fixture = (struct fixture){.settings = {.title = ""}, .canvas = canvas_new(24, 80)};
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", fixture->path);
    database_make(fixture->path);
    database_task(fixture->path, 1, "辽河口湿地退养还湿");
    database_write(fixture->path,
        "INSERT INTO measure (task_id, position, text, due_on, done_on) VALUES (1, 1, '甲', "
        "'2026-11-10', NULL), (1, 2, '乙', '2026-12-01', '2026-11-20'), (1, 3, '丙', NULL, NULL)");
    fixture->model = open_as(fixture->path, "李娜", role);
    fixture->env = (struct view_env){.model = fixture->model, .settings = &fixture->settings};
    open_view(fixture);
}

static void end(struct fixture *fixture)
{
    if (fixture->asked)
        fixture->asked->ops->close(fixture->asked);
    fixture->view->ops->close(fixture->view);
    model_close(fixture->model);
    canvas_free(fixture->canvas);
}

/* --- what a person does ---------------------------------------------------------------------- */

static enum effect do_verbs(struct fixture *fixture, size_t count, const enum measures_verb *verbs)
{
    enum effect effect = EFFECT_NONE;
    for (size_t i = 0; i < count; i++)
        effect = measures_do(fixture->view, verbs[i]);
    return effect;
}
#define DO(fixture, ...)                                                                           \
    do_verbs((fixture), sizeof((enum measures_verb[]){__VA_ARGS__}) / sizeof(enum measures_verb),  \
        (enum measures_verb[]){__VA_ARGS__})

static void move(struct fixture *fixture, enum motion motion)
{
    fixture->view->ops->move(fixture->view, motion);
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

static void paste(struct fixture *fixture, const char *text)
{
    const struct key key = {.code = KEY_CODE_PASTE, .paste = text};
    fixture->view->ops->key(fixture->view, &key);
}

/* --- what they see --------------------------------------------------------------------------- */

static char *picture(struct fixture *fixture, int rows, int columns)
{
    struct rect area = {0, 0, rows, columns};
    struct strbuf text = {0};
    canvas_resize(fixture->canvas, rows, columns);
    fixture->view->ops->resize(fixture->view, area);
    fixture->view->ops->draw(fixture->view, fixture->canvas, area);
    canvas_text(fixture->canvas, &text);
    return strbuf_take(&text);
}

static void shows(struct fixture *fixture, const char *words, bool there)
{
    char *text = picture(fixture, 24, 80);
    if ((strstr(text, words) != NULL) != there)
        fail_msg("%s \"%s\":\n%s", there ? "does not show" : "shows", words, text);
    free(text);
}

static void sees(struct fixture *fixture, const char *words)
{
    shows(fixture, words, true);
}

static void told(const struct fixture *fixture, const char *words)
{
    if (!strstr(fixture->said, words))
        fail_msg("\"%s\" does not say \"%s\"", fixture->said, words);
}

/* "甲+/乙" is the texts in their order, done ones marked, as they stand in the database. */
static void stands(struct fixture *fixture, const char *words)
{
    char sql[512];
    snprintf(sql, sizeof sql,
        "SELECT coalesce(group_concat(text || iif(done_on IS NULL, '', '+'), '/'), '') = '%s' "
        "FROM (SELECT text, done_on FROM measure WHERE task_id = 1 ORDER BY position)",
        words);
    if (!database_number(fixture->path, sql))
        fail_msg("the database does not hold %s", words);
}

static void other_writes(struct fixture *fixture, const struct argument *argument, size_t count)
{
    struct model *other = open_as(fixture->path, "王强", PERSON_ADMIN);
    struct error err = {0};
    struct outcome outcome;
    const struct request request = {.action = "edit", .argument = argument, .count = count};
    setenv("DUBAN_NOW", "2026-11-21T16:03:00+08:00", 1);
    if (!work_do(other, 1, &request, &outcome, &err))
        fail_msg("%s", err.text);
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    outcome_clear(&outcome);
    model_close(other);
}
#define OTHER(fixture, ...)                                                                        \
    other_writes((fixture), (const struct argument[]){__VA_ARGS__},                                \
        sizeof((const struct argument[]){__VA_ARGS__}) / sizeof(struct argument))

static void poll_changes(struct fixture *fixture)
{
    struct changes changes = {0};
    struct error err = {0};
    int retry;
    model_poll(fixture->model, &changes, &retry);
    assert_true(changes.any);
    if (!fixture->view->ops->reload(fixture->view, &changes, &err))
        fail_msg("%s", err.text);
}

/* --- what can be done ------------------------------------------------------------------------ */

static void saves_all_as_one_edit(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    int64_t before = history_newest(fixture.model);
    sees(&fixture, ">! 1 □ 甲");
    sees(&fixture, "2 √ 乙");
    sees(&fixture, "Measures 1/3");
    DO(&fixture, MEASURES_TICK);
    sees(&fixture, ">  1*√ 甲");
    sees(&fixture, "not saved");
    DO(&fixture, MEASURES_DOWN, MEASURES_BELOW);
    paste(&fixture, "丁\n第二行");
    press(fixture.view, "Tab");
    paste(&fixture, "12-31");
    press(fixture.view, "C-s");
    sees(&fixture, ">  3*□ 丁");
    sees(&fixture, "2026-12-31");
    move(&fixture, MOVE_LAST);
    DO(&fixture, MEASURES_REMOVE);
    stands(&fixture, "甲/乙+/丙");
    assert_true(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    told(&fixture, "1 measure put in, 1 measure taken out, their order changed");
    stands(&fixture, "乙+/甲+/丁\n第二行");
    assert_int_equal(history_newest(fixture.model), before + 1);
    assert_int_equal(database_number(fixture.path,
                         "SELECT done_on = '2026-11-21' FROM measure WHERE text = '甲'"),
        1);
    end(&fixture);
}

static void says_what_was_recorded(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    assert_true(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    told(&fixture, "Nothing was changed");
    DO(&fixture, MEASURES_TICK, MEASURES_SAVE);
    told(&fixture, "Saved: 2-001 measure done 1 2026-11-21");
    end(&fixture);
}

static void takes_back_and_does_again(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_UNDO);
    told(&fixture, "nothing to take back");
    move(&fixture, MOVE_DOWN);
    DO(&fixture, MEASURES_REMOVE, MEASURES_TICK);
    sees(&fixture, ">  2*√ 丙");
    DO(&fixture, MEASURES_UNDO, MEASURES_UNDO);
    sees(&fixture, ">  2 √ 乙");
    shows(&fixture, "not saved", false);
    DO(&fixture, MEASURES_REDO, MEASURES_REDO);
    sees(&fixture, "2*√ 丙");
    DO(&fixture, MEASURES_REDO);
    told(&fixture, "nothing to do again");
    DO(&fixture, MEASURES_UNDO, MEASURES_TICK, MEASURES_REDO);
    told(&fixture, "nothing to do again"); /* something else was done since */
    end(&fixture);
}

static void edits_in_a_box(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_WORDS);
    sees(&fixture, "Measure 1");
    press(fixture.view, "C-u j x C-s"); /* letters are text here */
    sees(&fixture, "1*□ jx");
    DO(&fixture, MEASURES_WORDS);
    press(fixture.view, "C-u C-s");
    sees(&fixture, "x takes it out");
    assert_false(press(fixture.view, "Esc") & EFFECT_BACK);
    told(&fixture, "Esc again");
    press(fixture.view, "Esc");
    sees(&fixture, "1*□ jx");
    shows(&fixture, "takes it out", false);
    DO(&fixture, MEASURES_DUE);
    press(fixture.view, "C-u");
    paste(&fixture, "30 Feb");
    press(fixture.view, "Enter");
    sees(&fixture, "is no date");
    press(fixture.view, "Enter Esc Esc");
    DO(&fixture, MEASURES_DUE);
    press(fixture.view, "2 0 2 7 0 1 3 1 Enter"); /* anew */
    sees(&fixture, "2027-01-31");
    DO(&fixture, MEASURES_DUE);
    press(fixture.view, "+ Enter"); /* a day on */
    sees(&fixture, "2027-02-01");
    DO(&fixture, MEASURES_DUE);
    press(fixture.view, "C-u + 7 Enter");
    sees(&fixture, "2026-11-28");
    DO(&fixture, MEASURES_DONE);
    paste(&fixture, "11-19");
    press(fixture.view, "Enter");
    sees(&fixture, "2026-11-28 2026-11-19");
    move(&fixture, MOVE_LAST);
    DO(&fixture, MEASURES_WAIVE);
    paste(&fixture, "已并入第一项");
    press(fixture.view, "Enter");
    sees(&fixture, ">  3*√ 丙");
    sees(&fixture, "waived: 已并入第一项");
    DO(&fixture, MEASURES_WAIVE);
    press(fixture.view, "C-u Enter");
    sees(&fixture, ">  3 □ 丙"); /* as it was */
    DO(&fixture, MEASURES_ABOVE);
    press(fixture.view, "C-s");
    sees(&fixture, "This is needed");
    press(fixture.view, "Esc");
    assert_true(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    stands(&fixture, "jx+/乙+/丙");
    end(&fixture);
}

static void adds_the_first_one(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_REMOVE, MEASURES_REMOVE, MEASURES_REMOVE);
    sees(&fixture, "There is no measure yet");
    DO(&fixture, MEASURES_TICK);
    told(&fixture, "There is no measure yet");
    move(&fixture, MOVE_DOWN);
    DO(&fixture, MEASURES_UP, MEASURES_DOWN, MEASURES_BELOW);
    paste(&fixture, "一");
    press(fixture.view, "C-s");
    DO(&fixture, MEASURES_ABOVE);
    paste(&fixture, "零");
    press(fixture.view, "C-s");
    assert_true(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    stands(&fixture, "零/一");
    end(&fixture);
}

static void keeps_roles_apart(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_REPORTER);
    static const enum measures_verb refused[] = {MEASURES_WORDS, MEASURES_DUE, MEASURES_BELOW,
        MEASURES_ABOVE, MEASURES_DOWN, MEASURES_REMOVE};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        *fixture.said = '\0';
        DO(&fixture, refused[i]);
        told(&fixture, "may not change");
        shows(&fixture, "not saved", false);
    }
    DO(&fixture, MEASURES_TICK, MEASURES_WAIVE);
    paste(&fixture, "另有安排");
    press(fixture.view, "Enter");
    assert_true(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    stands(&fixture, "甲+/乙+/丙");
    end(&fixture);
}

static void lets_a_viewer_look(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_VIEWER);
    sees(&fixture, "甲");
    for (int verb = 0; verb < MEASURES_TAKE; verb++) {
        *fixture.said = '\0';
        assert_false(DO(&fixture, (enum measures_verb)verb) & EFFECT_BACK);
        told(&fixture, "may not do this");
    }
    end(&fixture);
}

static void asks_before_leaving(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    assert_true(measures_leave(fixture.view) & EFFECT_BACK);
    DO(&fixture, MEASURES_TICK);
    assert_false(measures_leave(fixture.view) & EFFECT_BACK);
    sees(&fixture, "s save");
    assert_false(press(fixture.view, "j Enter Space") & EFFECT_BACK); /* no answers */
    assert_false(press(fixture.view, "Esc") & EFFECT_BACK);
    shows(&fixture, "s save", false);
    measures_leave(fixture.view);
    assert_true(press(fixture.view, "x") & EFFECT_BACK);
    told(&fixture, "dropped");
    stands(&fixture, "甲/乙+/丙");
    measures_leave(fixture.view);
    assert_true(press(fixture.view, "s") & EFFECT_BACK);
    stands(&fixture, "甲+/乙+/丙");
    end(&fixture);
}

/* --- others ---------------------------------------------------------------------------------- */

static void shows_what_others_did(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    move(&fixture, MOVE_LAST);
    OTHER(&fixture, {"measure.1", "零", NULL}, {"measure.2", "甲", NULL}, {"measure.3", "乙", NULL},
        {"measure.4", "丙", NULL});
    poll_changes(&fixture);
    sees(&fixture, "1 □ 零"); /* nothing was edited here */
    sees(&fixture, ">  4 □ 丙");
    shows(&fixture, "王强", false);
    end(&fixture);
}

static void takes_theirs_in_when_asked(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_TAKE);
    told(&fixture, "Nobody else");
    move(&fixture, MOVE_LAST);
    DO(&fixture, MEASURES_TICK);
    OTHER(&fixture, {"phone", "024-2", NULL});
    poll_changes(&fixture);
    shows(&fixture, "王强", false); /* not the measures */
    OTHER(&fixture, {"measure.1", "零", NULL}, {"measure.2", "甲", NULL}, {"measure.3", "乙", NULL},
        {"measure.4", "丙", NULL});
    poll_changes(&fixture);
    sees(&fixture, "王强 changed the measures 16:03; r takes it in");
    sees(&fixture, ">  3*√ 丙"); /* nothing moves */
    DO(&fixture, MEASURES_TAKE);
    sees(&fixture, "look, then s saves");
    sees(&fixture, "1 □ 零");
    sees(&fixture, ">  4*√ 丙");
    assert_true(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    stands(&fixture, "零/甲+/乙/丙+"); /* they moved the words and left the dates */
    end(&fixture);
}

static void puts_no_tick_on_another_measure(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_REPORTER);
    move(&fixture, MOVE_LAST);
    DO(&fixture, MEASURES_TICK);
    OTHER(&fixture, {"measure.3", "新", NULL}, {"measure.4", "丙", NULL});
    assert_false(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK); /* no notice had come yet */
    stands(&fixture, "甲/乙+/新/丙");
    sees(&fixture, "王强 changed the measures 16:03; taken in");
    sees(&fixture, "3 □ 新");
    sees(&fixture, ">  4*√ 丙");
    assert_true(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    stands(&fixture, "甲/乙+/新/丙+");
    end(&fixture);
}

static void merges_other_fields_without_a_word(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_TICK);
    OTHER(&fixture, {"done.3", "2026-11-19", NULL});
    assert_true(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    told(&fixture, "王强: measure done");
    stands(&fixture, "甲+/乙+/丙+");
    end(&fixture);
}

static void asks_which_change_shall_stand(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_TICK);
    move(&fixture, MOVE_LAST);
    DO(&fixture, MEASURES_TICK);
    OTHER(&fixture, {"done.1", "2026-11-01", NULL}, {"done.3", "2026-11-03", NULL});
    assert_false(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    assert_non_null(fixture.asked);
    assert_true(press(fixture.asked, "Esc") & EFFECT_BACK); /* nothing decided: asked again */
    fixture.asked->ops->close(fixture.asked);
    fixture.asked = NULL;
    sees(&fixture, ">  3*√ 丙");
    DO(&fixture, MEASURES_SAVE);
    assert_non_null(fixture.asked);
    assert_true(press(fixture.asked, "m j t Enter") & EFFECT_BACK);
    sees(&fixture, "1*√ 甲");
    sees(&fixture, ">  3 √ 丙");
    assert_true(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    stands(&fixture, "甲+/乙+/丙+");
    assert_int_equal(database_number(fixture.path,
                         "SELECT group_concat(done_on, ' ') = '2026-11-21 2026-11-20 2026-11-03' "
                         "FROM (SELECT done_on FROM measure ORDER BY position)"),
        1);
    end(&fixture);
}

static void tells_of_edits_that_have_no_place(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_TICK);
    OTHER(&fixture, {"measure.1", "乙", NULL}, {"measure.2", "丙", NULL}, {"measure.3", "", NULL});
    DO(&fixture, MEASURES_SAVE);
    sees(&fixture, "taken in (1 of yours is gone)");
    shows(&fixture, "s saves", false);
    shows(&fixture, "not saved", false);
    end(&fixture);
}

static void stays_when_the_task_is_gone(void **state)
{
    struct fixture fixture;
    struct error err = {0};
    struct view *again;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_TICK);
    database_write(fixture.path, "DELETE FROM task");
    poll_changes(&fixture);
    sees(&fixture, "no longer in the database");
    assert_false(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    told(&fixture, "no such task");
    DO(&fixture, MEASURES_TAKE);
    told(&fixture, "no such task");
    assert_false(measures_open(&fixture.env, &ops, &fixture, 1, &again, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    end(&fixture);
}

/* --- drafts ---------------------------------------------------------------------------------- */

static int64_t drafts(const struct fixture *fixture)
{
    return database_number(fixture->path, "SELECT count(*) FROM draft WHERE context = 'measures'");
}

static void keep(struct fixture *fixture)
{
    struct error err = {0};
    if (!fixture->view->ops->keep(fixture->view, &err))
        fail_msg("%s", err.text);
}

/* The line is lost, and the person comes back. */
static void lose_and_open(struct fixture *fixture)
{
    keep(fixture);
    fixture->view->ops->close(fixture->view);
    *fixture->said = '\0';
    open_view(fixture);
}

static void finds_again_what_was_not_saved(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_TICK, MEASURES_DOWN, MEASURES_ABOVE);
    paste(&fixture, "丁\n第二行");
    press(fixture.view, "C-s");
    move(&fixture, MOVE_LAST);
    DO(&fixture, MEASURES_REMOVE);
    int64_t newest = history_newest(fixture.model);
    lose_and_open(&fixture);
    assert_int_equal(drafts(&fixture), 1);
    assert_int_equal(history_newest(fixture.model), newest);
    sees(&fixture, "Your draft of 11-21 21:47; s saves it");
    sees(&fixture, "2*□ 丁");
    sees(&fixture, "3*√ 甲");
    lose_and_open(&fixture); /* and once more, untouched */
    assert_true(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    stands(&fixture, "乙+/丁\n第二行/甲+");
    assert_int_equal(drafts(&fixture), 0);
    end(&fixture);
}

static void keeps_what_is_typed_in_the_box(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_BELOW);
    lose_and_open(&fixture); /* nothing was typed */
    assert_int_equal(drafts(&fixture), 0);
    DO(&fixture, MEASURES_BELOW);
    paste(&fixture, "写到一半");
    press(fixture.view, "Tab 3 0");
    lose_and_open(&fixture);
    sees(&fixture, "2*□ 写到一半");
    DO(&fixture, MEASURES_WORDS);
    press(fixture.view, "C-u");
    lose_and_open(&fixture); /* without words it is none: as it was */
    sees(&fixture, "1 □ 甲");
    sees(&fixture, "写到一半");
    end(&fixture);
}

static void drops_a_draft_that_is_no_more(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_TICK);
    keep(&fixture);
    assert_int_equal(drafts(&fixture), 1);
    DO(&fixture, MEASURES_UNDO);
    keep(&fixture);
    assert_int_equal(drafts(&fixture), 0);
    DO(&fixture, MEASURES_TICK);
    keep(&fixture);
    DO(&fixture, MEASURES_UNDO);
    assert_true(measures_leave(fixture.view) & EFFECT_BACK);
    assert_int_equal(drafts(&fixture), 0);
    DO(&fixture, MEASURES_TICK);
    keep(&fixture);
    measures_leave(fixture.view);
    assert_true(press(fixture.view, "x") & EFFECT_BACK);
    assert_int_equal(drafts(&fixture), 0);
    end(&fixture);
}

static void brings_a_draft_and_others_together(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    move(&fixture, MOVE_LAST);
    DO(&fixture, MEASURES_TICK);
    keep(&fixture);
    OTHER(&fixture, {"measure.3", "新", NULL}, {"measure.4", "丙", NULL});
    lose_and_open(&fixture);
    sees(&fixture, "Your draft of 11-21 21:47; 王强 changed the measures 16:03; r takes it in");
    sees(&fixture, "3*√ 丙");
    DO(&fixture, MEASURES_TAKE);
    sees(&fixture, "3 □ 新");
    sees(&fixture, "4*√ 丙");
    lose_and_open(&fixture); /* over the new base now */
    sees(&fixture, "Your draft of 11-21 21:47; s saves it");
    assert_true(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    stands(&fixture, "甲/乙+/新/丙+");
    end(&fixture);
}

static void knows_a_draft_that_was_saved(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_BELOW);
    paste(&fixture, "丁");
    press(fixture.view, "C-s");
    keep(&fixture);
    database_write(fixture.path, "CREATE TABLE copy AS SELECT * FROM draft");
    DO(&fixture, MEASURES_SAVE);
    database_write(
        fixture.path, "INSERT INTO draft SELECT * FROM copy"); /* as if the line was lost then */
    fixture.view->ops->close(fixture.view);
    open_view(&fixture);
    shows(&fixture, "draft", false);
    shows(&fixture, "not saved", false);
    assert_int_equal(drafts(&fixture), 0);
    end(&fixture);
}

static void tells_when_a_draft_cannot_be_kept(void **state)
{
    struct fixture fixture;
    int next = 0;
    begin(&fixture, state, PERSON_ADMIN);
    DO(&fixture, MEASURES_TICK);
    database_write(fixture.path,
        "CREATE TRIGGER no BEFORE INSERT ON draft BEGIN SELECT raise(abort, 'full'); END");
    assert_true(fixture.view->ops->tick(fixture.view, &next) != EFFECT_NONE);
    sees(&fixture, "Not kept as a draft yet");
    assert_int_equal(next, 1000);
    assert_true(fixture.view->ops->tick(fixture.view, &next) == EFFECT_NONE);
    database_write(fixture.path, "DROP TRIGGER no");
    assert_true(fixture.view->ops->tick(fixture.view, &next) != EFFECT_NONE);
    shows(&fixture, "Not kept", false);
    assert_int_equal(drafts(&fixture), 1);
    assert_int_equal(next, 3000);
    end(&fixture);
}

/* Anybody can write into the table. */
static void bears_any_draft(void **state)
{
    static const char *const bodies[] = {"", "9:measure.1", "9:measure.1,0:,1:A,",
        "5:due.1,0:,1:A,", "8:origin.1,0:,1:1,",
        "9:measure.1,1:A,1:A,8:origin.1,0:,1:7,8:origin.1,0:,1:1,",
        "9:measure.1,1:A,1:B,9:measure.1,1:A,1:C,8:origin.1,0:,1:1,10:measure.-1,1:A,1:D,",
        "20:measure.999999999999,1:A,1:B,7:measure,1:A,1:B,1:.,0:,0:,0:,0:,0:,",
        "9:measure.2,1:A,1:A,9:measure.1,1:B,1:B,"};
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct strbuf sql = {0};
        strbuf_format(&sql,
            "DELETE FROM draft; INSERT INTO draft (person, context, task_id, body, updated_at) "
            "VALUES ('李娜', 'measures', 1, '%s', '2026-11-20T08:00:00Z')",
            bodies[i]);
        database_write(fixture.path, strbuf_text(&sql));
        strbuf_clear(&sql);
        fixture.view->ops->close(fixture.view);
        open_view(&fixture);
        sees(&fixture, "Your draft of 11-20 16:00");
        DO(&fixture, MEASURES_TAKE, MEASURES_UNDO, MEASURES_SAVE);
        if (fixture.asked)
            fixture.asked->ops->close(fixture.asked);
        fixture.asked = NULL;
    }
    end(&fixture);
}

/* --- the picture ----------------------------------------------------------------------------- */

#define LONG                                                                                                                               \
    "对自然保护区核心区和缓冲区内的养殖围堰逐一登记造册，明确权属、面积、补偿标准和退出时限，" \
    "分年度拆除并恢复水系连通，完成后由省林草局组织验收，验收结果在市政府网站公示十个工作日，" \
    "公示期满无异议的报省整改办备案"

/* From the line with one text up to that with the other. */
static size_t count_lines(const char *text, const char *from, const char *to)
{
    size_t lines = 0;
    const char *end = strstr(text, to);
    for (const char *at = strchr(strstr(text, from), '\n'); at && at < end;
         at = strchr(at + 1, '\n'))
        lines++;
    return lines;
}

static void shows_the_selected_one_whole(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    database_write(fixture.path, "UPDATE measure SET text = '甲" LONG "' WHERE position = 1;"
                                 "UPDATE measure SET text = '乙" LONG "' WHERE position = 2");
    poll_changes(&fixture);
    char *text = picture(&fixture, 24, 80);
    assert_int_equal(count_lines(text, "1 □ 甲", "2 √ 乙"), 5);
    assert_int_equal(count_lines(text, "2 √ 乙", "3 □ 丙"), 2);
    assert_non_null(strstr(text, "…"));
    free(text);
    move(&fixture, MOVE_DOWN);
    text = picture(&fixture, 24, 80);
    assert_int_equal(count_lines(text, "1 □ 甲", "2 √ 乙"), 2);
    assert_int_equal(count_lines(text, "2 √ 乙", "3 □ 丙"), 5);
    free(text);
    end(&fixture);
}

static void scrolls_with_the_selection(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    for (int i = 4; i <= 40; i++) {
        char sql[128];
        snprintf(sql, sizeof sql,
            "INSERT INTO measure (task_id, position, text) VALUES (1, %d, '第%d项。')", i, i);
        database_write(fixture.path, sql);
    }
    poll_changes(&fixture);
    for (int i = 1; i <= 40; i++) {
        char words[32];
        snprintf(words, sizeof words, i > 3 ? "> %2d □ 第%d项。" : ">", i, i);
        sees(&fixture, words);
        move(&fixture, MOVE_DOWN);
    }
    sees(&fixture, "22 □ 第22项。"); /* the screen is full */
    shows(&fixture, "21 □ 第21项。", false);
    move(&fixture, MOVE_PAGE_UP);
    sees(&fixture, "> 22 □ 第22项。");
    move(&fixture, MOVE_HALF_UP);
    move(&fixture, MOVE_HALF_DOWN);
    sees(&fixture, "> 22 □ 第22项。");
    move(&fixture, MOVE_FIRST);
    sees(&fixture, "1 □ 甲");
    end(&fixture);
}

/* Control characters of a script's are neither sent nor in the way of a save. */
static void bears_any_text(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    database_write(fixture.path,
        "UPDATE measure SET text = 'A' || char(27) || '[2J', waived = 'W' || char(10) || 'V' "
        "WHERE position = 1");
    poll_changes(&fixture);
    char *text = picture(&fixture, 24, 80);
    assert_null(strchr(text, 27));
    assert_non_null(strstr(text, "A\xef\xbf\xbd[2J"));
    free(text);
    DO(&fixture, MEASURES_WORDS);
    press(fixture.view, "C-s");
    shows(&fixture, "not saved", false); /* looked at, not changed */
    DO(&fixture, MEASURES_TICK);
    assert_true(DO(&fixture, MEASURES_SAVE) & EFFECT_BACK);
    stands(&fixture, "A\033[2J+/乙+/丙");
    end(&fixture);
}

static void draws_within_any_window(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    database_write(fixture.path, "UPDATE measure SET text = text || '" LONG "', waived = text");
    poll_changes(&fixture);
    for (int box = 0; box < 3; box++) {
        if (box)
            DO(&fixture, box == 1 ? MEASURES_BELOW : MEASURES_DUE);
        for (int rows = 1; rows < 26; rows++)
            for (int columns = 1; columns < 90; columns += 7)
                free(picture(&fixture, rows, columns));
        if (box)
            press(fixture.view, "Esc");
    }
    end(&fixture);
}

static int set_up(void **state)
{
    return folder_set_up(state) || !language_start("en", NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, folder_tear_down)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        TEST(saves_all_as_one_edit),
        TEST(says_what_was_recorded),
        TEST(takes_back_and_does_again),
        TEST(edits_in_a_box),
        TEST(adds_the_first_one),
        TEST(keeps_roles_apart),
        TEST(lets_a_viewer_look),
        TEST(asks_before_leaving),
        TEST(shows_what_others_did),
        TEST(takes_theirs_in_when_asked),
        TEST(puts_no_tick_on_another_measure),
        TEST(merges_other_fields_without_a_word),
        TEST(asks_which_change_shall_stand),
        TEST(tells_of_edits_that_have_no_place),
        TEST(stays_when_the_task_is_gone),
        TEST(finds_again_what_was_not_saved),
        TEST(keeps_what_is_typed_in_the_box),
        TEST(drops_a_draft_that_is_no_more),
        TEST(brings_a_draft_and_others_together),
        TEST(knows_a_draft_that_was_saved),
        TEST(tells_when_a_draft_cannot_be_kept),
        TEST(bears_any_draft),
        TEST(shows_the_selected_one_whole),
        TEST(scrolls_with_the_selection),
        TEST(bears_any_text),
        TEST(draws_within_any_window),
    };
    return cmocka_run_group_tests_name("measures", tests, NULL, NULL);
}
