/* The form of an action on a canvas and a real database: what each asks, what is typed and saved,
 * drafts, what others do meanwhile, many tasks at once. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/views/entry_fields.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/draft.h"
#include "model/task_detail.h"
#include "model/work.h"
#include "views/entry.h"

struct fixture {
    char path[256];
    struct model *model;
    struct view_settings settings;
    struct view_env env;
    struct view *view, *asked;
    struct canvas *canvas;
    char said[512];
    int64_t new_task;
};

/* --- the owner ------------------------------------------------------------------------------- */

static void owner_said(void *context, enum role role, const char *message, int64_t new_task)
{
    struct fixture *fixture = context;
    (void)role;
    snprintf(fixture->said, sizeof fixture->said, "%s", message);
    fixture->new_task = new_task;
}

static void owner_ask(void *context, struct view *view)
{
    struct fixture *fixture = context;
    fixture->asked = view;
    view->ops->resize(view, (struct rect){0, 0, 24, 80});
}

static const struct entry_ops ops = {owner_said, owner_ask};

static struct model *open_as(const char *path, const char *login, enum person_role role)
{
    struct error err = {0};
    struct model *model = NULL;
    const struct person person = {.login = (char *)(uintptr_t)login,
        .name = (char *)(uintptr_t)login,
        .origin = (char *)(uintptr_t)login,
        .role = role};
    const struct model_options options = {
        .path = path, .due_soon_days = 30, .due_urgent_days = 7, .person = &person};
    if (!model_open(&options, &model, &err))
        fail_msg("%s", err.text);
    return model;
}

/* Task 1, in progress, with a measure that is not done and a report; tasks 2 and 3. */
static void begin(struct fixture *fixture, void **state, enum person_role role)
{
    *fixture = (struct fixture){.settings = {.title = ""}, .canvas = canvas_new(40, 80)};
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", fixture->path);
    database_make(fixture->path);
    database_task(fixture->path, 1, "辽河口湿地退养还湿");
    database_task(fixture->path, 2, "关闭入河排污口");
    database_task(fixture->path, 3, "矿山复绿");
    database_write(fixture->path,
        "UPDATE task SET goal = '恢复湿地', percent = 40, progress = 'behind', version = version "
        "+ 1 WHERE id = 1;"
        "INSERT INTO measure (task_id, position, text) VALUES (1, 1, '拆除围堰');"
        "INSERT INTO report (task_id, period_start, period_end, text, problems) VALUES (1, "
        "'2026-11-02', '2026-11-08', '上期已完成四成', '缺少资金')");
    fixture->model = open_as(fixture->path, "lina", role);
    fixture->env = (struct view_env){.model = fixture->model, .settings = &fixture->settings};
}

static bool try_to_open(struct fixture *fixture, const char *action, const int64_t *ids,
    size_t count, struct error *err)
{
    bool opened = entry_open(&fixture->env, &ops, fixture, action, ids, count, &fixture->view, err);
    if (opened)
        fixture->view->ops->resize(fixture->view, (struct rect){0, 0, 40, 80});
    return opened;
}

static void open_many(struct fixture *fixture, const char *action, const int64_t *ids, size_t count)
{
    struct error err = {0};
    if (!try_to_open(fixture, action, ids, count, &err))
        fail_msg("%s: %s", action, err.text);
}

static void open_one(struct fixture *fixture, const char *action)
{
    open_many(fixture, action, (const int64_t[]){1}, 1);
}

static void close_view(struct fixture *fixture)
{
    if (fixture->asked)
        fixture->asked->ops->close(fixture->asked);
    fixture->view->ops->close(fixture->view);
    fixture->view = fixture->asked = NULL;
}

static void end(struct fixture *fixture)
{
    if (fixture->view)
        close_view(fixture);
    model_close(fixture->model);
    canvas_free(fixture->canvas);
}

/* --- what a person does and sees ------------------------------------------------------------- */

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

static void type(struct fixture *fixture, const char *text)
{
    const struct key key = {.code = KEY_CODE_PASTE, .paste = text};
    fixture->view->ops->key(fixture->view, &key);
}

static char *picture(struct fixture *fixture, struct view *view)
{
    struct rect area = {0, 0, 40, 80};
    struct strbuf text = {0};
    canvas_clear(fixture->canvas);
    view->ops->resize(view, area);
    view->ops->draw(view, fixture->canvas, area);
    canvas_text(fixture->canvas, &text);
    return strbuf_take(&text);
}

static void shows_in(struct fixture *fixture, struct view *view, const char *words, bool there)
{
    char *text = picture(fixture, view);
    if ((strstr(text, words) != NULL) != there)
        fail_msg("%s \"%s\":\n%s", there ? "does not show" : "shows", words, text);
    free(text);
}

static void shows(struct fixture *fixture, const char *words)
{
    shows_in(fixture, fixture->view, words, true);
}

static void hides(struct fixture *fixture, const char *words)
{
    shows_in(fixture, fixture->view, words, false);
}

/* The mark of the focus stands before its label. */
static bool has_focus(struct fixture *fixture, const char *label)
{
    char *text = picture(fixture, fixture->view);
    const char *mark = strstr(text, "\n >");
    const char *at = mark ? mark + 3 + strspn(mark + 3, " ") : "";
    size_t length = strlen(label);
    bool has = strncmp(at, label, length) == 0 && strspn(at + length, " *\n") > 0;
    free(text);
    return has;
}

static void go_to(struct fixture *fixture, const char *label)
{
    for (int i = 0; i < ENTRY_MOST && !has_focus(fixture, label); i++)
        press(fixture->view, "Tab");
    if (!has_focus(fixture, label))
        fail_msg("no field \"%s\"", label);
}

static void expect(const struct fixture *fixture, const char *sql, int64_t value)
{
    int64_t is = database_number(fixture->path, sql);
    if (is != value)
        fail_msg("%s: %lld, not %lld", sql, (long long)is, (long long)value);
}

/* What another person does to task 1. */
static void another_edits(struct fixture *fixture, const char *field, const char *value)
{
    struct error err = {0};
    struct outcome outcome;
    struct model *theirs = open_as(fixture->path, "wangqiang", PERSON_ADMIN);
    const struct argument argument = {field, value, NULL};
    const struct request request = {.action = "edit", .argument = &argument, .count = 1};
    if (!work_do(theirs, 1, &request, &outcome, &err))
        fail_msg("%s", err.text);
    outcome_clear(&outcome);
    model_close(theirs);
}

static void another_reports(struct fixture *fixture, const char *percent)
{
    struct error err = {0};
    struct outcome outcome;
    struct model *theirs = open_as(fixture->path, "wangqiang", PERSON_ADMIN);
    const struct argument argument[] = {{"text", "他人所报", NULL}, {"percent", percent, NULL}};
    const struct request request = {.action = "report", .argument = argument, .count = 2};
    if (!work_do(theirs, 1, &request, &outcome, &err))
        fail_msg("%s", err.text);
    outcome_clear(&outcome);
    model_close(theirs);
}

/* --- what is asked --------------------------------------------------------------------------- */

static const struct entry_slot *slot_named(const struct entry_slots *slots, const char *name)
{
    for (size_t i = 0; i < slots->count; i++)
        if (strcmp(slots->slot[i].name, name) == 0)
            return &slots->slot[i];
    return NULL;
}

/* Each action of the table asks what it needs and may be told, in that order, and nothing else. */
static void asks_what_each_action_is_told(void **state)
{
    struct fixture fixture;
    struct error err = {0};
    struct task_detail *task = NULL;
    begin(&fixture, state, PERSON_ADMIN);
    assert_true(task_detail_read(fixture.model, 1, &task, &err));
    for (size_t i = 0; i < workflow_count; i++) {
        const char *action = workflow[i].action;
        struct entry_slots slots = {.count = 0};
        struct work_name name;
        size_t count = 0;
        if (strcmp(action, "edit") == 0)
            continue;
        assert_true(entry_slots_make(&slots, fixture.model, action, task, &err));
        for (; work_name_at(action, count, &name); count++) {
            const struct entry_slot *slot = &slots.slot[count];
            bool reason = strcmp(action, "submit") == 0 && name.is.field == NULL;
            if (count >= slots.count || strcmp(slot->name, name.is.name) != 0)
                fail_msg("%s does not ask %s", action, name.is.name);
            assert_ptr_equal(slot->field, name.is.field);
            assert_int_equal(slot->needed, name.needed || reason); /* for the measure */
            if (slot->base != NULL) /* it shows what stands in the task */
                assert_string_equal(slot->base, slot->value);
            assert_non_null(slot->value);
        }
        assert_int_equal(slots.count, count);
        struct form *form = entry_form_new(&slots, fixture.model);
        assert_int_equal(form_count(form), count);
        form_free(form);
        entry_slots_clear(&slots);
    }
    task_detail_free(task);
    end(&fixture);
}

/* An edit asks what the form of a task has and this person may change, with what stands there. */
static void asks_of_an_edit_what_the_role_may(void **state)
{
    static const enum person_role roles[] = {PERSON_REPORTER, PERSON_DEPARTMENT, PERSON_ADMIN};
    struct fixture fixture;
    struct error err = {0};
    begin(&fixture, state, PERSON_ADMIN);
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        struct model *model = open_as(fixture.path, "zhao", roles[i]);
        struct entry_slots slots = {.count = 0};
        struct task_detail *task = NULL;
        assert_true(task_detail_read(model, 1, &task, &err));
        assert_true(entry_slots_make(&slots, model, "edit", task, &err));
        for (size_t k = 0; k < field_count; k++) {
            bool asked = fields[k].flags & FIELD_IS_FORM && fields[k].may & PERSON_BIT(roles[i]);
            const struct entry_slot *slot = slot_named(&slots, fields[k].name);
            assert_int_equal(slot != NULL, asked);
            if (slot)
                assert_string_equal(slot->base, slot->value);
        }
        const struct entry_slot *goal = slot_named(&slots, "goal");
        assert_int_equal(goal != NULL, roles[i] != PERSON_REPORTER);
        if (goal)
            assert_string_equal(goal->base, "恢复湿地");
        entry_slots_clear(&slots);
        task_detail_free(task);
        model_close(model);
    }
    end(&fixture);
}

static void marks_what_is_needed(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "notice");
    shows(&fixture, "notice*");
    shows(&fixture, "reason*");
    hides(&fixture, "reply due*");
    press(fixture.view, "C-s");
    shows(&fixture, "This is needed");
    expect(&fixture, "SELECT count(*) FROM notice", 0);
    close_view(&fixture);
    open_one(&fixture, "submit"); /* a measure is not done */
    shows(&fixture, "reason*");
    shows(&fixture, "拆除围堰");
    close_view(&fixture);
    database_write(fixture.path, "UPDATE measure SET done_on = '2026-11-20'");
    open_one(&fixture, "submit");
    hides(&fixture, "reason*");
    end(&fixture);
}

static void opens_only_what_can_be_done(void **state)
{
    struct fixture fixture;
    struct error err = {0};
    const int64_t one = 1, nowhere = 77;
    begin(&fixture, state, PERSON_REPORTER);
    assert_false(try_to_open(&fixture, "accept", &one, 1, &err));
    assert_int_equal(err.code, ERROR_PERMISSION);
    assert_false(try_to_open(&fixture, "claim", &one, 1, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    assert_false(try_to_open(&fixture, "report", &nowhere, 1, &err));
    assert_int_equal(err.code, ERROR_NOT_FOUND);
    assert_false(try_to_open(&fixture, "report", NULL, 0, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    /* as a draft may call it that another version left, or anybody wrote */
    assert_false(try_to_open(&fixture, "fly", &one, 1, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_false(try_to_open(&fixture, "fly", NULL, 0, &err));
    assert_false(try_to_open(&fixture, "create", &one, 1, &err));
    end(&fixture);
}

/* --- what is saved --------------------------------------------------------------------------- */

static void saves_what_was_changed(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "edit");
    go_to(&fixture, "goal");
    type(&fixture, "，退养还湿");
    go_to(&fixture, "region");
    type(&fixture, "pjs");
    press(fixture.view, "Enter");
    assert_true(press(fixture.view, "C-s") & EFFECT_BACK);
    expect(&fixture,
        "SELECT goal = '恢复湿地，退养还湿' AND updated_by = 'lina' FROM task WHERE id = 1", 1);
    expect(&fixture, "SELECT count(*) FROM task_region WHERE task_id = 1", 2);
    expect(
        &fixture, "SELECT count(*) FROM event_change WHERE seq = (SELECT max(seq) FROM event)", 2);
    assert_non_null(strstr(fixture.said, "Saved: 2-001"));
    end(&fixture);
}

static void makes_a_new_task(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_many(&fixture, "create", NULL, 0);
    shows(&fixture, "New task");
    press(fixture.view, "C-s");
    shows(&fixture, "This is needed");
    go_to(&fixture, "source");
    type(&fixture, "L1");
    press(fixture.view, "Enter");
    go_to(&fixture, "title");
    type(&fixture, "散煤治理");
    go_to(&fixture, "region");
    type(&fixture, "fsx");
    press(fixture.view, "Enter");
    press(fixture.view, "C-s");
    shows(&fixture, "deadline"); /* and why it cannot be saved without */
    expect(&fixture, "SELECT count(*) FROM task", 3);
    go_to(&fixture, "deadline");
    type(&fixture, "+30");
    assert_true(press(fixture.view, "C-s") & EFFECT_BACK);
    expect(&fixture,
        "SELECT source_id = 2 AND region_id = 5 AND deadline = '2026-12-21' FROM task "
        "WHERE title = '散煤治理'",
        1);
    assert_int_equal(fixture.new_task, 4);
    end(&fixture);
}

/* A unit that is gone since it was picked, and more than can be kept, are told beside the field. */
static void reads_picks_again(void **state)
{
    struct fixture fixture;
    struct error err = {0};
    char *value = NULL;
    struct strbuf many = {0};
    begin(&fixture, state, PERSON_ADMIN);
    struct entry_slot slot = {.name = "region", .field = field_named("region")};
    assert_false(entry_value(fixture.model, &slot, "4 12 3", &value, &err));
    assert_non_null(strstr(err.text, "#12"));
    assert_true(entry_value(fixture.model, &slot, "4 3", &value, &err));
    assert_string_equal(value, "4 3");
    free(value);
    assert_true(entry_value(fixture.model, &slot, "", &value, &err));
    assert_string_equal(value, "");
    free(value);
    for (int id = 100; id < 100 + FIELD_LIST_MOST + 1; id++) {
        struct strbuf sql = {0};
        strbuf_format(&sql,
            "INSERT INTO region (id, code, name, short, level, parent_id) VALUES (%d, '%d', "
            "'县%d', '县%d', 'county', 3)",
            id, id, id, id);
        database_write(fixture.path, strbuf_text(&sql));
        strbuf_clear(&sql);
        strbuf_format(&many, "%s%d", many.length > 0 ? " " : "", id);
    }
    struct model *model = open_as(fixture.path, "lina", PERSON_ADMIN);
    assert_false(entry_value(model, &slot, strbuf_text(&many), &value, &err));
    assert_non_null(strstr(err.text, "64"));
    model_close(model);
    strbuf_clear(&many);
    end(&fixture);
}

/* --- the last report ------------------------------------------------------------------------- */

static void has_the_last_report_at_hand(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "report");
    shows(&fixture, "Last report, 2026-11-02 to 2026-11-08: 上期已完成四成");
    shows(&fixture, "40");
    press(fixture.view, "C-s"); /* not filed again by mistake */
    shows(&fixture, "This is needed");
    press(fixture.view, "C-o");
    type(&fixture, "，本期六成");
    go_to(&fixture, "problems");
    type(&fixture, "无");
    press(fixture.view, "C-o"); /* not over what is typed */
    assert_true(press(fixture.view, "C-s") & EFFECT_BACK);
    expect(&fixture,
        "SELECT text = '上期已完成四成，本期六成' AND problems = '无' AND percent = 40 FROM report "
        "ORDER BY id DESC LIMIT 1",
        1);
    end(&fixture);
}

static void keeps_the_last_report_taken_over(void **state)
{
    struct fixture fixture;
    int next_ms = 0;
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "report");
    press(fixture.view, "C-o");
    fixture.view->ops->tick(fixture.view, &next_ms);
    assert_true(next_ms > 0);
    close_view(&fixture); /* the line is lost */
    open_one(&fixture, "report");
    shows(&fixture, "Your draft of 11-21 21:47");
    shows(&fixture, "上期已完成四成");
    end(&fixture);
}

/* --- drafts ---------------------------------------------------------------------------------- */

static void leaves_a_draft_and_goes_on(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "edit");
    assert_true(press(fixture.view, "Esc") & EFFECT_BACK); /* nothing typed, nothing kept */
    expect(&fixture, "SELECT count(*) FROM draft", 0);
    close_view(&fixture);
    open_one(&fixture, "edit");
    go_to(&fixture, "goal");
    type(&fixture, "，退养还湿");
    assert_true(press(fixture.view, "Esc") & EFFECT_BACK);
    assert_non_null(strstr(fixture.said, "draft"));
    close_view(&fixture);
    open_one(&fixture, "edit");
    shows(&fixture, "恢复湿地，退养还湿");
    shows(&fixture, "C-g drops it");
    close_view(&fixture);
    open_one(&fixture, "report"); /* of another purpose */
    hides(&fixture, "Your draft");
    close_view(&fixture);
    open_many(&fixture, "edit", (const int64_t[]){2}, 1); /* of another task */
    hides(&fixture, "Your draft");
    close_view(&fixture);
    open_one(&fixture, "edit");
    assert_true(press(fixture.view, "C-s") & EFFECT_BACK);
    expect(&fixture, "SELECT goal = '恢复湿地，退养还湿' FROM task WHERE id = 1", 1);
    expect(&fixture, "SELECT count(*) FROM draft", 0);
    end(&fixture);
}

static void drops_it_when_told_to(void **state)
{
    struct fixture fixture;
    struct error err = {0};
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "edit");
    go_to(&fixture, "goal");
    type(&fixture, "x");
    assert_true(fixture.view->ops->keep(fixture.view, &err));
    expect(&fixture, "SELECT count(*) FROM draft", 1);
    assert_true(press(fixture.view, "C-g") & EFFECT_BACK);
    expect(&fixture, "SELECT count(*) FROM draft", 0);
    end(&fixture);
}

/* What was typed and taken away again does not come back. */
static void keeps_nothing_that_is_as_it_was(void **state)
{
    struct fixture fixture;
    struct error err = {0};
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "edit");
    go_to(&fixture, "goal");
    type(&fixture, "x");
    assert_true(fixture.view->ops->keep(fixture.view, &err));
    press(fixture.view, "BS");
    assert_true(press(fixture.view, "Esc") & EFFECT_BACK);
    assert_string_equal(fixture.said, "");
    expect(&fixture, "SELECT count(*) FROM draft", 0);
    end(&fixture);
}

/* The draft goes on from what its author saw: what others did in other fields stays, and where both
 * changed the same they are asked. */
static void goes_on_from_what_its_author_saw(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "edit");
    go_to(&fixture, "goal");
    type(&fixture, "，退养还湿");
    go_to(&fixture, "phone");
    type(&fixture, "024-1");
    press(fixture.view, "Esc");
    close_view(&fixture);
    another_edits(&fixture, "goal", "他人的目标");
    another_edits(&fixture, "officer", "张处长");
    open_one(&fixture, "edit");
    shows(&fixture, "others have changed since: goal");
    shows(&fixture, "恢复湿地，退养还湿");
    shows(&fixture, "张处长");
    press(fixture.view, "C-s");
    assert_non_null(fixture.asked);
    shows_in(&fixture, fixture.asked, "他人的目标", true);
    shows_in(&fixture, fixture.asked, "wangqiang", true);
    expect(&fixture, "SELECT phone = '' FROM task WHERE id = 1", 1); /* nothing is saved yet */
    assert_true(press(fixture.asked, "m Enter") & EFFECT_BACK_BOTH);
    expect(&fixture,
        "SELECT goal = '恢复湿地，退养还湿' AND phone = '024-1' AND officer = '张处长' FROM task "
        "WHERE id = 1",
        1);
    expect(&fixture, "SELECT count(*) FROM draft", 0);
    end(&fixture);
}

static void lets_theirs_stand(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "edit");
    go_to(&fixture, "goal");
    type(&fixture, "，退养还湿");
    another_edits(&fixture, "goal", "他人的目标");
    press(fixture.view, "C-s");
    assert_non_null(fixture.asked);
    press(fixture.asked, "t Enter");
    expect(&fixture, "SELECT goal = '他人的目标' FROM task WHERE id = 1", 1);
    end(&fixture);
}

/* A percentage that its author left alone is nobody's word: the other's stands. */
static void lowers_nobody_s_percent(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "report");
    type(&fixture, "继续推进");
    another_reports(&fixture, "77");
    assert_true(press(fixture.view, "C-s") & EFFECT_BACK);
    expect(&fixture, "SELECT percent FROM task WHERE id = 1", 77);
    expect(&fixture, "SELECT percent IS NULL FROM report WHERE text = '继续推进'", 1);
    assert_non_null(strstr(fixture.said, "wangqiang: percent"));
    end(&fixture);
}

static void says_the_percent_that_nobody_changed(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "report");
    type(&fixture, "继续推进");
    press(fixture.view, "C-s");
    expect(&fixture, "SELECT percent FROM report WHERE text = '继续推进'", 40);
    end(&fixture);
}

static void asks_about_a_percent_that_was_chosen(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "report");
    type(&fixture, "继续推进");
    go_to(&fixture, "percent");
    press(fixture.view, "C-u 5 0");
    another_reports(&fixture, "77");
    press(fixture.view, "C-s");
    assert_non_null(fixture.asked);
    shows_in(&fixture, fixture.asked, "77", true);
    expect(&fixture, "SELECT count(*) FROM report WHERE text = '继续推进'", 0);
    press(fixture.asked, "m Enter");
    expect(&fixture, "SELECT percent FROM task WHERE id = 1", 50);
    end(&fixture);
}

/* The period owed when it was begun, whoever has reported for it meanwhile. */
static void keeps_the_period_of_a_draft(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "report");
    type(&fixture, "继续推进");
    press(fixture.view, "Esc");
    close_view(&fixture);
    another_reports(&fixture, "77");
    open_one(&fixture, "report");
    shows(&fixture, "is reported already: wangqiang 11-21");
    shows(&fixture, "wangqiang has changed this task since");
    press(fixture.view, "C-s");
    expect(&fixture,
        "SELECT count(DISTINCT period_start) FROM report WHERE text <> '上期已完成四成'", 1);
    expect(&fixture, "SELECT count(*) FROM report WHERE text = '继续推进'", 1);
    end(&fixture);
}

static void says_that_the_period_is_reported(void **state)
{
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_one(&fixture, "report");
    shows(&fixture, "Last report, 2026-11-02");
    close_view(&fixture);
    another_reports(&fixture, "77");
    another_reports(&fixture, "78"); /* the present one, for none was owed any more */
    open_one(&fixture, "report");
    shows(&fixture, "is reported already: wangqiang 11-21");
    end(&fixture);
}

/* Whatever a row of drafts holds goes no further than the fields can hold. */
static void takes_no_more_of_a_draft_than_fields_hold(void **state)
{
    struct fixture fixture;
    struct error err = {0};
    struct draft draft = {.context = alloc_string("edit"), .task_id = 1};
    begin(&fixture, state, PERSON_ADMIN);
    draft_add(&draft, "region", "3", "3 99");
    draft_add(&draft, "deadline_kind", "date", "never");
    draft_add(&draft, "done_on", "", "someday");
    draft_add(&draft, "phone", "", "a\nb");
    draft_add(&draft, "nothing", "", "x");
    draft_add(&draft, "state", "in_progress", "closed");
    assert_true(draft_keep(fixture.model, &draft, true, &err));
    draft_clear(&draft);
    open_one(&fixture, "edit");
    press(fixture.view, "C-s");
    shows(&fixture, "there is no \"#99\"");
    shows(&fixture, "is no date");
    expect(&fixture, "SELECT state = 'in_progress' AND phone = '' FROM task WHERE id = 1", 1);
    end(&fixture);
}

/* --- many tasks ------------------------------------------------------------------------------ */

static void shows_many_before_they_are_done(void **state)
{
    const int64_t ids[] = {1, 2, 3};
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_many(&fixture, "notice", ids, 3);
    shows(&fixture, "Issue a notice, 3 tasks");
    press(fixture.view, "C-s");
    shows(&fixture, "This is needed");
    assert_null(fixture.asked);
    go_to(&fixture, "notice");
    press(fixture.view, "Right");
    go_to(&fixture, "reason");
    type(&fixture, "逾期");
    press(fixture.view, "C-s");
    assert_non_null(fixture.asked);
    shows_in(&fixture, fixture.asked, "3 tasks to do", true);
    expect(&fixture, "SELECT count(*) FROM notice", 0);
    assert_true(press(fixture.asked, "Enter") & EFFECT_BACK_BOTH);
    expect(&fixture, "SELECT count(*) FROM notice WHERE reason = '逾期'", 3);
    assert_non_null(strstr(fixture.said, "3 tasks done"));
    end(&fixture);
}

/* An edit of many begins empty, and changes what is filled in. */
static void edits_many(void **state)
{
    const int64_t ids[] = {1, 2};
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_many(&fixture, "edit", ids, 2);
    hides(&fixture, "恢复湿地");
    hides(&fixture, "title"); /* which tells them apart */
    go_to(&fixture, "officer");
    type(&fixture, "张处长");
    press(fixture.view, "C-s");
    assert_non_null(fixture.asked);
    press(fixture.asked, "Enter");
    expect(&fixture, "SELECT count(*) FROM task WHERE officer = '张处长'", 2);
    expect(&fixture, "SELECT count(*) FROM task WHERE goal = '恢复湿地'", 1);
    end(&fixture);
}

/* The tasks that were marked are not kept with it, the words are. */
static void keeps_the_draft_of_many_for_any_marked(void **state)
{
    const int64_t ids[] = {1, 2}, others[] = {2, 3};
    struct fixture fixture;
    begin(&fixture, state, PERSON_ADMIN);
    open_many(&fixture, "notice", ids, 2);
    go_to(&fixture, "reason");
    type(&fixture, "逾期未报");
    press(fixture.view, "Esc");
    close_view(&fixture);
    expect(&fixture, "SELECT count(*) FROM draft WHERE task_id IS NULL", 1);
    open_many(&fixture, "notice", others, 2);
    shows(&fixture, "逾期未报");
    close_view(&fixture);
    open_one(&fixture, "notice");
    hides(&fixture, "逾期未报");
    end(&fixture);
}

static int start(void **state)
{
    (void)state;
    setlocale(LC_ALL, "C.UTF-8");
    return language_start("en", NULL) ? 0 : -1;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(asks_what_each_action_is_told),
        TEST(asks_of_an_edit_what_the_role_may),
        TEST(marks_what_is_needed),
        TEST(opens_only_what_can_be_done),
        TEST(saves_what_was_changed),
        TEST(makes_a_new_task),
        TEST(reads_picks_again),
        TEST(has_the_last_report_at_hand),
        TEST(keeps_the_last_report_taken_over),
        TEST(leaves_a_draft_and_goes_on),
        TEST(drops_it_when_told_to),
        TEST(keeps_nothing_that_is_as_it_was),
        TEST(goes_on_from_what_its_author_saw),
        TEST(lets_theirs_stand),
        TEST(lowers_nobody_s_percent),
        TEST(says_the_percent_that_nobody_changed),
        TEST(asks_about_a_percent_that_was_chosen),
        TEST(keeps_the_period_of_a_draft),
        TEST(says_that_the_period_is_reported),
        TEST(takes_no_more_of_a_draft_than_fields_hold),
        TEST(shows_many_before_they_are_done),
        TEST(edits_many),
        TEST(keeps_the_draft_of_many_for_any_marked),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
