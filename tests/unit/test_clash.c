/* clash: what both changed, side by side, and which shall stand. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/views/clash.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"

#define WHEN 1795248180000 /* 2026-11-21 16:03 in Shanghai */

struct owner {
    char result[128];
    int asked;
};
struct fixture {
    struct model *model;
    struct view_settings settings;
    struct view_env env;
    struct owner owner;
};

static enum effect owner_decided(void *context, const struct clash_choice *choices, size_t count)
{
    struct owner *owner = context;
    struct strbuf text = {0};
    owner->asked++;
    for (size_t i = 0; i < count; i++)
        strbuf_format(&text, "%s=%s ", choices[i].field, choices[i].mine ? "mine" : "theirs");
    snprintf(owner->result, sizeof owner->result, "%s", strbuf_text(&text));
    strbuf_clear(&text);
    return EFFECT_BACK;
}
static const struct clash_ops ops = {owner_decided};

static struct fixture fixture;

static int set_up(void **state)
{
    char path[256];
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    if (folder_set_up(state) != 0)
        return -1;
    database_make(folder_file(*state, "a.db", path));
    fixture = (struct fixture){.model = database_open(path), .settings = {.title = ""}};
    fixture.env = (struct view_env){.model = fixture.model, .settings = &fixture.settings};
    return language_start("en", NULL) ? 0 : -1;
}

static int tear_down(void **state)
{
    model_close(fixture.model);
    return folder_tear_down(state);
}

#define TEXT(literal) (char *)(uintptr_t)(literal)

static struct clash made(const char *field, const char *base, const char *theirs, const char *mine)
{
    return (struct clash){TEXT(field), TEXT(base), TEXT(theirs), TEXT(mine), TEXT("李娜"), WHEN};
}

static struct view *open_clashes(const struct clash *clashes, size_t count)
{
    return clash_open(&fixture.env, &ops, &fixture.owner, "2-047", clashes, count);
}

/* A long text, a list of ids and a date. */
static struct view *open_three(void)
{
    const struct clash clashes[] = {
        made("goal", "恢复湿地面积 320 亩，补水口两处", "恢复湿地面积 350 亩，补水口两处",
            "恢复湿地面积 320 亩，补水口三处并通水"),
        made("region", "3", "3 4", "3 2"),
        made("due.2", "2026-11-30", "", "2026-12-31"),
    };
    return open_clashes(clashes, 3);
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

static struct canvas *pictured(struct view *view, int rows, int columns)
{
    struct rect area = {0, 0, rows, columns};
    struct canvas *canvas = canvas_new(rows, columns);
    view->ops->resize(view, area);
    view->ops->draw(view, canvas, area);
    return canvas;
}

static char *drawn(struct view *view, int rows, int columns)
{
    struct canvas *canvas = pictured(view, rows, columns);
    struct strbuf text = {0};
    canvas_text(canvas, &text);
    canvas_free(canvas);
    return strbuf_take(&text);
}

static void must_show(struct view *view, int rows, int columns, const char *words)
{
    char *text = drawn(view, rows, columns);
    if (!strstr(text, words))
        fail_msg("\"%s\" is not in\n%s", words, text);
    free(text);
}

static void must_not_show(struct view *view, int rows, int columns, const char *words)
{
    char *text = drawn(view, rows, columns);
    if (strstr(text, words))
        fail_msg("\"%s\" is in\n%s", words, text);
    free(text);
}

/* --- what is shown --------------------------------------------------------------------------- */

static void shows_all_three_of_each_field(void **state)
{
    (void)state;
    struct view *view = open_three();
    static const char *const words[] = {"2-047", "> goal", "changed by 李娜, 11-21 16:03",
        "      before  恢复湿地面积 320 亩，补水口两处", "  ( ) now     恢复湿地面积 350 亩",
        "  ( ) mine    恢复湿地面积 320 亩，补水口三处并通水", "measure due 2", "(empty)",
        "2026-12-31", "m mine  t theirs", "  1/3"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        must_show(view, 24, 80, words[i]);
    view->ops->close(view);
}

static void shows_names_for_ids(void **state)
{
    (void)state;
    struct view *view = open_three();
    must_show(view, 24, 80, "now     抚顺, 盘锦");
    must_show(view, 24, 80, "mine    抚顺, 沈阳");
    view->ops->close(view);
}

static void speaks_chinese(void **state)
{
    (void)state;
    struct error err = {0};
    if (!language_choose("zh", &err))
        fail_msg("%s", err.text);
    struct view *view = open_three();
    static const char *const words[] = {"他人已先改动相同内容", "> 整改目标", "原来  恢复",
        "( ) 现在  恢复", "( ) 我的  恢复", "（空）", "李娜 改于 11-21 16:03", "Enter 确定"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        must_show(view, 24, 80, words[i]);
    press(view, "Enter");
    must_show(view, 24, 80, "还有 3 处未选");
    view->ops->close(view);
}

/* The roles of the one row that holds `words`, from the column of the values on. */
static void expect_roles(struct view *view, const char *words, const char *roles)
{
    struct canvas *canvas = pictured(view, 24, 80);
    struct strbuf text = {0}, layer = {0};
    canvas_text(canvas, &text);
    canvas_roles(canvas, &layer);
    const char *at = strbuf_text(&text), *row = strbuf_text(&layer);
    while (strncmp(at, words, strlen(words)) != 0) {
        at = strchr(at, '\n') + 1;
        row = strchr(row, '\n') + 1;
        if (!*at)
            fail_msg("no row begins with \"%s\"", words);
    }
    char *is = strndup(row, strcspn(row, "\n"));
    assert_string_equal(is + 14, roles);
    free(is);
    strbuf_clear(&text);
    strbuf_clear(&layer);
    canvas_free(canvas);
}

static void marks_what_differs(void **state)
{
    (void)state;
    struct view *view = open_three();
    /* 恢复湿地面积_350_亩，补水口两处: the number whole, not one digit of it */
    expect_roles(view, "  ( ) now     恢复",
        "ddddddddddddd"
        "TTT"
        "ddddddddddddddd");
    /* 恢复湿地面积_320_亩，补水口三处并通水 */
    expect_roles(view, "  ( ) mine    恢复",
        "ddddddddddddddddddddddddddd"
        "TTTTTTTTTT");
    /* before: all that either touched */
    expect_roles(view, "      before  恢复",
        "ddddddddddddd"
        "TTTTTTTTTTTTTTTTTT");
    view->ops->close(view);
    const struct clash fresh = made("goal", "", "恢复湿地", "恢复林地");
    view = open_clashes(&fresh, 1);
    expect_roles(view, "  ( ) now     恢复",
        "dddd"
        "TT"
        "dd");
    expect_roles(view, "  ( ) mine    恢复",
        "dddd"
        "TT"
        "dd");
    view->ops->close(view);
    /* a letter and the accent on it are one */
    const struct clash accent = made("officer", "-e", "-e\xCC\x81", "-i");
    view = open_clashes(&accent, 1);
    expect_roles(view, "  ( ) now     -e", "dT");
    view->ops->close(view);
}

static void wraps_long_texts_and_scrolls(void **state)
{
    (void)state;
    struct strbuf text = {0};
    for (int i = 0; i < 60; i++)
        strbuf_format(&text, "第%02d段，退养还湿。", i);
    char *mine = strdup(text.text);
    strbuf_add(&text, "末尾");
    const struct clash clashes[] = {
        made("problem", "旧", text.text, mine), made("officer", "甲", "乙", "丙")};
    struct view *view = open_clashes(clashes, 2);
    must_show(view, 16, 60, "> problem");
    must_not_show(view, 16, 60, "末尾");
    must_show(view, 16, 60, "1/2 ");
    int pages = 0;
    for (; pages < 30; pages++) {
        char *page = drawn(view, 16, 60);
        bool found = strstr(page, "末尾");
        free(page);
        if (found)
            break;
        press(view, "PgDn");
    }
    assert_in_range(pages, 1, 29);
    must_show(view, 16, 60, "1/2 ↑"); /* keys are still for what is seen */
    press(view, "G");
    must_show(view, 16, 60, "> officer in charge");
    press(view, "m");
    must_show(view, 16, 60, "(x) mine    丙");
    press(view, "g");
    must_show(view, 16, 60, "> problem");
    press(view, "t j k");
    must_show(view, 16, 60, "(x) now     第00段"); /* from its beginning again */
    press(view, "PgDn");
    must_show(view, 16, 60, "   │");
    view->ops->close(view);
    strbuf_clear(&text);
    free(mine);
}

/* --- choosing -------------------------------------------------------------------------------- */

static void decides_field_by_field(void **state)
{
    (void)state;
    struct view *view = open_three();
    press(view, "m j t j m");
    must_show(view, 24, 80, "(x) mine    恢复");
    must_show(view, 24, 80, "(x) now     抚顺, 盘锦");
    assert_true(press(view, "Enter") & EFFECT_BACK);
    assert_string_equal(fixture.owner.result, "goal=mine region=theirs due.2=mine ");
    press(view, "Up Left Up Right Enter"); /* and otherwise */
    assert_string_equal(fixture.owner.result, "goal=theirs region=mine due.2=mine ");
    press(view, "M Enter");
    assert_string_equal(fixture.owner.result, "goal=mine region=mine due.2=mine ");
    press(view, "T Enter");
    assert_string_equal(fixture.owner.result, "goal=theirs region=theirs due.2=theirs ");
    view->ops->close(view);
}

static void decides_nothing_by_itself(void **state)
{
    (void)state;
    struct view *view = open_three();
    press(view, "m");
    assert_false(press(view, "Enter") & EFFECT_BACK);
    assert_int_equal(fixture.owner.asked, 0);
    must_show(view, 24, 80, "2 fields have no choice yet");
    must_show(view, 24, 80, "> region");
    press(view, "t Enter");
    must_show(view, 24, 80, "1 field has no choice yet");
    must_show(view, 24, 80, "> measure due 2");
    press(view, "k");
    must_not_show(view, 24, 80, "no choice yet");
    view->ops->close(view);
}

static void leaves_and_holds_every_key(void **state)
{
    (void)state;
    static const char *const keys[] = {"Esc", "q", "C-c"};
    for (size_t i = 0; i < 3; i++) {
        struct view *view = open_three();
        press(view, "M");
        assert_true(press(view, keys[i]) & EFFECT_BACK);
        assert_true(press(view, "e") != EFFECT_NONE);
        assert_true(press(view, "C-l") & EFFECT_REPAINT);
        view->ops->close(view);
    }
    assert_int_equal(fixture.owner.asked, 0);
}

/* --- anywhere -------------------------------------------------------------------------------- */

static void stays_clear_without_colours(void **state)
{
    (void)state;
    struct view *view = open_three();
    struct canvas *canvas = canvas_new(16, 60);
    struct strbuf text = {0};
    struct rect area = {0, 0, 16, 60};
    canvas_set_ascii(canvas, true);
    press(view, "t");
    view->ops->resize(view, area);
    view->ops->draw(view, canvas, area);
    canvas_text(canvas, &text);
    assert_non_null(strstr(text.text, "> goal"));
    assert_non_null(strstr(text.text, "(x) now"));
    assert_non_null(strstr(text.text, "( ) mine"));
    strbuf_clear(&text);
    canvas_free(canvas);
    view->ops->close(view);
}

static void shows_hostile_text_as_text(void **state)
{
    (void)state;
    const struct clash hostile[] = {
        made("goal\x1b[2J", "\x1b]0;x\x07", "甲\n乙\x9b\x31m", "\xff\xfe%s%n"),
        made("officer", "甲", "乙\n丙", "\xe2\x80\xae")};
    struct view *view = open_clashes(hostile, 2);
    char *text = drawn(view, 24, 80);
    for (const char *at = text; *at; at++)
        assert_true(*at == '\n' || (unsigned char)*at >= ' ');
    assert_non_null(strstr(text, "%s%n"));
    assert_non_null(strstr(text, "乙⏎丙"));
    free(text);
    view->ops->close(view);
}

static void draws_within_any_window(void **state)
{
    (void)state;
    struct view *view = open_three();
    for (int rows = 1; rows < 20; rows++)
        for (int columns = 1; columns < 90; columns += 11) {
            free(drawn(view, rows, columns));
            press(view, "j m PgDn t PgUp k G g Enter");
        }
    must_show(view, 8, 40, "> ");
    must_show(view, 7, 40, "too small");
    view->ops->close(view);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    setenv("LC_ALL", "C.UTF-8", 1);
    const struct CMUnitTest tests[] = {
        TEST(shows_all_three_of_each_field),
        TEST(shows_names_for_ids),
        TEST(speaks_chinese),
        TEST(marks_what_differs),
        TEST(wraps_long_texts_and_scrolls),
        TEST(decides_field_by_field),
        TEST(decides_nothing_by_itself),
        TEST(leaves_and_holds_every_key),
        TEST(stays_clear_without_colours),
        TEST(shows_hostile_text_as_text),
        TEST(draws_within_any_window),
    };
    return cmocka_run_group_tests_name("clash", tests, NULL, NULL);
}
