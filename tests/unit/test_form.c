/* form: what is filled in comes out, what is drawn is aligned and keeps to its place. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/pinyin.h"
#include "base/strbuf.h"
#include "ui/form.h"

#define LENGTH(list) (sizeof(list) / sizeof(list)[0])

/* --- an owner -------------------------------------------------------------------------------- */

static const struct {
    int64_t id;
    const char *label, *help;
} units[] = {{1, "沈阳市", "210100"}, {4, "抚顺市", "210400"}, {11, "盘锦市", "211100"},
    {22, "盘山县", "211122"}, {23, "生态环境厅", NULL}, {24, "水利厅", NULL},
    {25, "自然资源厅", NULL}, {26, "住房城乡建设厅", NULL}, {27, "工业和信息化厅", NULL}};

static void offer(void *context, const char *field, const char *typed, struct form_offers *out)
{
    (void)context;
    assert_true(strncmp(field, "unit", 4) == 0);
    for (size_t i = 0; i < LENGTH(units); i++)
        if (pinyin_matches(units[i].label, typed))
            form_offer(out, units[i].id, units[i].label, units[i].help);
}

static const char *label(void *context, const char *field, int64_t id)
{
    (void)context;
    (void)field;
    for (size_t i = 0; i < LENGTH(units); i++)
        if (units[i].id == id)
            return units[i].label;
    return NULL;
}

static const struct form_ops ops = {offer, label};

static const struct form_choice rhythms[] = {
    {"weekly", "每周"}, {"monthly", "每月"}, {"quarterly", "每季"}, {"none", "不调度"}};

static const struct form_field task[] = {
    {.name = "number", .label = "编号", .kind = FORM_SHOW, .value = "2-047"},
    {.name = "title",
        .label = "任务",
        .kind = FORM_LINE,
        .value = "辽河口湿地退养还湿",
        .needed = true},
    {.name = "goal", .label = "整改目标", .kind = FORM_LINE, .hint = "一句话"},
    {.name = "deadline",
        .label = "整改时限",
        .kind = FORM_DATE,
        .value = "2026-11-30",
        .needed = true},
    {.name = "rhythm",
        .label = "调度",
        .kind = FORM_CHOICE,
        .value = "monthly",
        .choices = rhythms,
        .choice_count = 4},
    {.name = "progress", .label = "进度", .kind = FORM_NUMBER, .value = "60", .most = 100},
    {.name = "public", .label = "公示", .kind = FORM_YES, .hint = "需要公示"},
    {.name = "units", .label = "责任单位", .kind = FORM_PICK, .value = "11 22", .many = true},
    {.name = "unit", .label = "牵头单位", .kind = FORM_PICK, .hint = "名称或拼音"},
};

static struct form *task_form(void)
{
    return form_new(task, LENGTH(task), &ops, NULL);
}

static struct form *one(struct form_field field)
{
    return form_new(&field, 1, &ops, NULL);
}

/* --- hands and eyes -------------------------------------------------------------------------- */

static enum form_result press(struct form *form, const char *names)
{
    char copy[256], *rest = NULL;
    enum form_result result = FORM_IGNORED;
    assert_true(strlen(names) < sizeof copy);
    strcpy(copy, names);
    for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
        struct key key;
        assert_true(key_parse(name, &key));
        result = form_key(form, &key);
    }
    return result;
}

static void type(struct form *form, const char *text)
{
    struct key key = {0};
    for (const char *at = text; *at;) {
        at += text_decode(at, &key.code);
        assert_int_equal(form_key(form, &key), FORM_TAKEN);
    }
}

static void assert_value(const struct form *form, const char *name, const char *value)
{
    assert_string_equal(form_value(form, name), value);
}

static struct canvas *draw(struct form *form, int rows, int columns, bool ascii)
{
    struct canvas *canvas = canvas_new(rows, columns);
    canvas_set_ascii(canvas, ascii);
    form_resize(form, rows, columns);
    form_draw(form, canvas, (struct rect){0, 0, rows, columns});
    return canvas;
}

/* Rows of text without the empty ones at the end. */
static void see(struct form *form, int rows, int columns, bool ascii, const char *expected)
{
    struct canvas *canvas = draw(form, rows, columns, ascii);
    struct strbuf text = {0};
    canvas_text(canvas, &text);
    while (text.length > 1 && strcmp(text.text + text.length - 2, "\n\n") == 0)
        strbuf_cut(&text, text.length - 1);
    assert_string_equal(text.text, expected);
    strbuf_clear(&text);
    canvas_free(canvas);
}

static void see_roles(struct form *form, int columns, const char *expected)
{
    struct canvas *canvas = draw(form, 16, columns, false);
    struct strbuf roles = {0};
    canvas_roles(canvas, &roles);
    while (roles.length > 1 && strcmp(roles.text + roles.length - 2, "\n\n") == 0)
        strbuf_cut(&roles, roles.length - 1);
    assert_string_equal(roles.text, expected);
    strbuf_clear(&roles);
    canvas_free(canvas);
}

static bool shows(struct form *form, int rows, int columns, const char *text)
{
    struct canvas *canvas = draw(form, rows, columns, false);
    struct strbuf all = {0};
    canvas_text(canvas, &all);
    bool found = strstr(all.text, text) != NULL;
    strbuf_clear(&all);
    canvas_free(canvas);
    return found;
}

static void assert_cursor(struct form *form, int rows, int columns, int row, int column)
{
    int at_row, at_column;
    bool visible;
    struct canvas *canvas = draw(form, rows, columns, false);
    canvas_cursor_get(canvas, &at_row, &at_column, &visible);
    assert_true(visible);
    assert_int_equal(at_row, row);
    assert_int_equal(at_column, column);
    canvas_free(canvas);
}

/* --- the picture ----------------------------------------------------------------------------- */

static void stands_in_columns(void **state)
{
    (void)state;
    struct form *form = task_form();
    see(form, 16, 60, false,
        "      编号  2-047\n"
        ">     任务* 辽河口湿地退养还湿\n"
        "  整改目标  (一句话)\n"
        "  整改时限* 2026-11-30   Mon\n"
        "      调度   每周 [每月] 每季  不调度\n"
        "      进度  60           0..100\n"
        "      公示  [ ] 需要公示\n"
        "  责任单位  盘锦市、盘山县\n"
        "  牵头单位  (名称或拼音)\n");
    see_roles(form, 60,
        "......llll\n"
        "T.....SSSSW.IIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII\n"
        "..llllllll..iiiiiiii\n"
        "..llllllllW\n"
        "......llll........TTTTTT\n"
        "......llll...............iiiiii\n"
        "......llll......iiiiiiii\n"
        "..llllllll\n"
        "..llllllll..iiiiiiiiiiii\n");
    assert_cursor(form, 16, 60, 1, 30);
    assert_cursor(form, 24, 80, 1, 30);
    assert_cursor(form, 43, 132, 1, 30);
    press(form, "Down Down Down");
    assert_cursor(form, 16, 60, 4, 19);
    press(form, "Down Down");
    assert_cursor(form, 16, 60, 6, 13);
    form_free(form);
    form_free(NULL);
}

static void labels_take_a_third_at_most(void **state)
{
    (void)state;
    struct form *form = one((struct form_field){
        .name = "a", .label = "responsible department", .kind = FORM_LINE, .value = "x"});
    see(form, 3, 30, false, "> respons…  x\n");
    see(form, 3, 30, true, "> respons~  x\n");
    see(form, 3, 11, false, ">x\n");
    form_free(form);
}

static int cells_changed(const struct canvas *before, const struct canvas *after)
{
    int count = 0;
    for (int row = 0; row < canvas_rows(before); row++)
        for (int column = 0; column < canvas_columns(before); column++) {
            struct cell a = canvas_row(before, row)[column], b = canvas_row(after, row)[column];
            a.role = a.role == ROLE_INPUT ? ROLE_NORMAL : a.role; /* alike in most themes */
            b.role = b.role == ROLE_INPUT ? ROLE_NORMAL : b.role;
            count += memcmp(&a, &b, sizeof a) != 0;
        }
    return count;
}

static void moving_the_focus_changes_little(void **state)
{
    (void)state;
    struct form *form = task_form();
    form_set(form, "unit", "24");
    struct canvas *before = draw(form, 16, 60, false);
    for (size_t i = 0; i < LENGTH(task); i++) {
        assert_int_equal(press(form, "Tab"), FORM_TAKEN);
        struct canvas *after = draw(form, 16, 60, false);
        assert_in_range(cells_changed(before, after), 1, 2 * (1 + 8));
        canvas_free(before);
        before = after;
    }
    canvas_free(before);
    form_free(form);
}

static void keeps_to_its_area(void **state)
{
    (void)state;
    struct form *form = task_form();
    struct canvas *canvas = canvas_new(12, 40);
    struct rect area = {2, 5, 5, 30};
    form_fault(form, "units", "没有这个单位");
    form_resize(form, area.rows, area.columns);
    for (int i = 0; i < 12; i++) {
        canvas_fill(canvas, (struct rect){0, 0, 12, 40}, ROLE_NORMAL, '#');
        form_draw(form, canvas, area);
        for (int row = 0; row < 12; row++)
            for (int column = 0; column < 40; column++) {
                bool inside = row >= 2 && row < 7 && column >= 5 && column < 35;
                assert_true(inside || canvas_row(canvas, row)[column].base == '#');
            }
        press(form, "Tab");
    }
    canvas_free(canvas);
    form_free(form);
}

static void shows_what_is_only_to_be_read(void **state)
{
    (void)state;
    static const struct form_field fields[] = {{.name = "a",
                                                   .label = "问题",
                                                   .kind = FORM_SHOW,
                                                   .value = "一二三四五六七八九十\n二\n三\n四\n五"},
        {.name = "b", .label = "目标", .kind = FORM_LINE}};
    struct form *form = form_new(fields, 2, NULL, NULL);
    see(form, 8, 24, false,
        "  问题  一二三四五六七\n        八九十\n        二\n        三\n        四\n        五\n> "
        "目标\n");
    assert_string_equal(form_focused(form), "b");
    form_free(form);
    form = form_new(fields, 1, NULL, NULL);
    assert_null(form_focused(form));
    assert_int_equal(press(form, "x"), FORM_TAKEN);
    assert_int_equal(press(form, "Tab"), FORM_TAKEN);
    see(form, 2, 24, false, "  问题  一二三四五六七\n        八九十         ↓\n");
    form_resize(form, 2, 24);
    press(form, "Down Down");
    see(form, 2, 24, false, "        二             ↑\n        三             ↓\n");
    press(form, "PgDn PgDn PgDn PgDn");
    see(form, 2, 24, false, "        四             ↑\n        五\n");
    assert_int_equal(press(form, "Enter"), FORM_SAVE);
    form_free(form);
}

/* --- going about ----------------------------------------------------------------------------- */

static void walks_between_fields(void **state)
{
    (void)state;
    struct form *form = task_form();
    assert_int_equal(form_count(form), LENGTH(task));
    assert_string_equal(form_name(form, 0), "number");
    assert_string_equal(form_value_at(form, 0), "2-047");
    assert_string_equal(form_focused(form), "title");
    press(form, "Up");
    assert_string_equal(form_focused(form), "title");
    press(form, "S-Tab");
    assert_string_equal(form_focused(form), "unit");
    press(form, "Tab Tab");
    assert_string_equal(form_focused(form), "goal");
    press(form, "Enter Down Down Up");
    assert_string_equal(form_focused(form), "rhythm");
    form_focus(form, "progress");
    assert_string_equal(form_focused(form), "progress");
    form_focus(form, "number");
    form_focus(form, "nowhere");
    assert_string_equal(form_focused(form), "progress");
    press(form, "PgDn");
    assert_string_equal(form_focused(form), "unit");
    press(form, "PgUp");
    assert_string_equal(form_focused(form), "title");
    assert_int_equal(press(form, "C-s"), FORM_SAVE);
    assert_int_equal(press(form, "M-Enter"), FORM_SAVE);
    assert_int_equal(press(form, "Esc"), FORM_LEAVE);
    assert_int_equal(press(form, "F5"), FORM_IGNORED);
    form_focus(form, "unit");
    assert_int_equal(press(form, "Enter"), FORM_SAVE);
    assert_false(form_changed(form));
    assert_int_equal(form_edits(form), 0);
    form_free(form);
}

static void tells_what_has_changed(void **state)
{
    (void)state;
    struct form *form = task_form();
    type(form, "项目");
    assert_value(form, "title", "辽河口湿地退养还湿项目");
    assert_int_equal(form_edits(form), 2);
    press(form, "Home End Left");
    assert_int_equal(form_edits(form), 2);
    assert_true(form_changed(form));
    assert_true(form_field_changed(form, "title"));
    assert_false(form_field_changed(form, "goal"));
    press(form, "C-e BS BS");
    assert_int_equal(form_edits(form), 4);
    assert_false(form_changed(form));
    struct key paste = {.code = KEY_CODE_PASTE, .paste = "：\n二期\n"};
    assert_int_equal(form_key(form, &paste), FORM_TAKEN);
    assert_value(form, "title", "辽河口湿地退养还湿：⏎二期");
    assert_int_equal(form_edits(form), 5);
    form_focus(form, "rhythm");
    assert_int_equal(form_key(form, &paste), FORM_TAKEN);
    assert_int_equal(form_edits(form), 5);
    assert_string_equal(form_value(form, "nowhere"), "");
    assert_false(form_field_changed(form, "nowhere"));
    form_free(form);
}

static void takes_a_draft(void **state)
{
    (void)state;
    static const char *const draft[][2] = {{"title", "浑河"}, {"goal", "达标"},
        {"deadline", "2027-01-02"}, {"rhythm", "weekly"}, {"progress", "75"}, {"public", "1"},
        {"units", "4 99 4"}, {"unit", "24"}, {"gone", "x"}};
    struct form *form = task_form();
    for (size_t i = 0; i < LENGTH(draft); i++)
        form_set(form, draft[i][0], draft[i][1]);
    for (size_t i = 0; i < 6; i++)
        assert_value(form, draft[i][0], draft[i][1]);
    assert_value(form, "units", "4 99"); /* each once */
    assert_value(form, "unit", "24");
    assert_value(form, "gone", "");
    assert_int_equal(form_edits(form), 0);
    assert_true(form_changed(form));
    see(form, 16, 60, false,
        "      编号  2-047\n"
        ">     任务* 浑河\n"
        "  整改目标  达标\n"
        "  整改时限* 2027-01-02   Sat\n"
        "      调度  [每周] 每月  每季  不调度\n"
        "      进度  75           0..100\n"
        "      公示  [x] 需要公示\n"
        "  责任单位  抚顺市、#99\n"
        "  牵头单位  水利厅\n");
    form_set(form, "rhythm", "daily");
    assert_value(form, "rhythm", "");
    form_set(form, "title", NULL);
    assert_value(form, "title", "");
    form_free(form);
}

static void never_cuts_what_it_began_with(void **state)
{
    (void)state;
    struct form *form = one((struct form_field){
        .name = "a", .label = "任务", .kind = FORM_LINE, .value = "辽河口", .most_bytes = 6});
    assert_value(form, "a", "辽河口");
    type(form, "湿");
    assert_value(form, "a", "辽河口");
    press(form, "BS BS BS");
    type(form, "一二三四");
    assert_value(form, "a", "一二三");
    form_free(form);
}

static void shows_faults_until_they_are_mended(void **state)
{
    (void)state;
    struct form *form = task_form();
    form_fault(form, "progress", "进度要有依据");
    assert_string_equal(form_focused(form), "progress");
    form_fault(form, "goal", "整改目标不能为空，请写一句话说明要达到什么、由谁验收、以什么为准");
    assert_string_equal(form_focused(form), "goal");
    see(form, 16, 50, false,
        "      编号  2-047\n"
        "      任务* 辽河口湿地退养还湿\n"
        "> 整改目标  (一句话)\n"
        "          ! 整改目标不能为空，请写一句话说明要达\n"
        "            到什么、由谁验收、以什么为准\n"
        "  整改时限* 2026-11-30   Mon\n"
        "      调度   每周 [每月] 每季  不调度\n"
        "      进度  60           0..100\n"
        "          ! 进度要有依据\n"
        "      公示  [ ] 需要公示\n"
        "  责任单位  盘锦市、盘山县\n"
        "  牵头单位  (名称或拼音)\n");
    struct canvas *canvas = draw(form, 16, 50, false);
    assert_int_equal(canvas_row(canvas, 3)[12].role, ROLE_ERROR);
    assert_int_equal(canvas_row(canvas, 3)[10].role, ROLE_ERROR);
    canvas_free(canvas);
    press(form, "Left Right");
    assert_true(shows(form, 16, 60, "整改目标不能"));
    type(form, "x");
    assert_false(shows(form, 16, 60, "整改目标不能"));
    assert_true(shows(form, 16, 60, "进度要有依据"));
    form_fault(form, "progress", NULL);
    assert_false(shows(form, 16, 60, "进度要有依据"));
    assert_string_equal(form_focused(form), "goal");
    form_free(form);
}

/* --- kinds ----------------------------------------------------------------------------------- */

static void chooses(void **state)
{
    (void)state;
    struct form *form = one((struct form_field){.name = "a",
        .label = "调度",
        .kind = FORM_CHOICE,
        .choices = rhythms,
        .choice_count = 4,
        .hint = "多久一报"});
    assert_value(form, "a", "");
    see(form, 2, 60, false, "> 调度   每周  每月  每季  不调度  (多久一报)\n");
    press(form, "Right");
    assert_value(form, "a", "weekly");
    press(form, "Space Right");
    assert_value(form, "a", "quarterly");
    press(form, "Right Right");
    assert_value(form, "a", "weekly");
    press(form, "Left");
    assert_value(form, "a", "none");
    press(form, "m m m"); /* 每 */
    assert_value(form, "a", "quarterly");
    press(form, "B");
    assert_value(form, "a", "none");
    type(form, "每");
    assert_value(form, "a", "weekly");
    press(form, "2");
    assert_value(form, "a", "monthly");
    press(form, "9 x");
    assert_value(form, "a", "monthly");
    press(form, "End");
    assert_value(form, "a", "none");
    press(form, "Home");
    assert_value(form, "a", "weekly");
    see(form, 2, 30, false, "> 调度  ← 每周 → 1/4\n");
    see(form, 2, 30, true, "> 调度  < 每周 > 1/4\n");
    press(form, "BS");
    assert_value(form, "a", "");
    see(form, 2, 30, false, "> 调度  ← - → (多久一报)\n");
    form_free(form);
    form = one((struct form_field){.name = "a",
        .label = "调度",
        .kind = FORM_CHOICE,
        .choices = rhythms,
        .choice_count = 4,
        .needed = true,
        .value = "none"});
    press(form, "BS");
    assert_value(form, "a", "none");
    form_free(form);
}

static void reads_dates(void **state)
{
    (void)state;
    static const char *const dates[][2] = {{"2026-11-30", "2026-11-30"}, {"20261130", "2026-11-30"},
        {"11-30", "2026-11-30"}, {"1-5", "2027-01-05"}, {"6-1", "2026-06-01"},
        {"05-21", "2027-05-21"}, {"5-22", "2026-05-22"}, {"+7", "2026-11-28"}, {"+0", "2026-11-21"},
        {"-21", "2026-10-31"}, {"2026/1/5", "2026-01-05"}, {"2026年11月30日", "2026-11-30"},
        {"１１．３０", "2026-11-30"}, {"11 月 30 号", "2026-11-30"}, {"2028-02-29", "2028-02-29"},
        /* as typed */
        {"2026-02-29", "2026-02-29"}, {"2-29", "2-29"}, {"2026-11", "2026-11"}, {"11", "11"},
        {"月底", "月底"}, {"2026-11-30x", "2026-11-30x"}, {"+", "+"}, {"+99999", "+99999"},
        {"1-2-3", "1-2-3"}, {"2026-1-1-1", "2026-1-1-1"}, {"99999999999-1", "99999999999-1"},
        {"", ""}, {"11+30", "11+30"}, {"11-30-", "11-30-"}};
    struct form *form = one((struct form_field){.name = "a", .label = "时限", .kind = FORM_DATE});
    for (size_t i = 0; i < LENGTH(dates); i++) {
        form_set(form, "a", dates[i][0]);
        assert_value(form, "a", dates[i][1]);
    }
    form_free(form);
}

static void tells_the_day_while_a_date_is_typed(void **state)
{
    (void)state;
    static const struct form_field fields[] = {{.name = "a", .label = "时限", .kind = FORM_DATE},
        {.name = "b", .label = "验收", .kind = FORM_DATE, .hint = "可不填"}};
    struct form *form = form_new(fields, 2, NULL, NULL);
    see(form, 3, 60, false,
        "> 时限               a date: 2026-11-30, 11-30, +7\n  验收               可不填\n");
    type(form, "+7");
    see(form, 3, 60, false, "> 时限  +7           → 2026-11-28 Sat\n  验收               可不填\n");
    see(form, 3, 60, true, "> 时限  +7           > 2026-11-28 Sat\n  验收               可不填\n");
    assert_int_equal(form_edits(form), 2);
    press(form, "Tab");
    see(form, 3, 60, false, "  时限  2026-11-28   Sat\n> 验收               可不填\n");
    assert_int_equal(form_edits(form), 2);
    type(form, "2026-11-30");
    assert_value(form, "b", "2026-11-30");
    press(form, "+ +");
    assert_value(form, "b", "2026-12-02");
    press(form, "- S-Down");
    assert_value(form, "b", "2026-11-30");
    press(form, "S-Up C-_ C-_");
    assert_value(form, "b", "2026-12-01");
    press(form, "C-u S-Up"); /* today, to begin somewhere */
    assert_value(form, "b", "2026-11-21");
    form_set(form, "b", "2199-12-31");
    press(form, "+");
    assert_value(form, "b", "2199-12-31");
    form_free(form);
}

static void counts(void **state)
{
    (void)state;
    struct form *form =
        one((struct form_field){.name = "a", .label = "进度", .kind = FORM_NUMBER, .most = 100});
    type(form, "1x2。-５");
    assert_value(form, "a", "125");
    struct canvas *canvas = draw(form, 1, 40, false);
    assert_int_equal(canvas_row(canvas, 0)[21].role, ROLE_WARNING);
    canvas_free(canvas);
    press(form, "S-Up");
    assert_value(form, "a", "100");
    press(form, "S-Down");
    assert_value(form, "a", "99");
    assert_int_equal(
        form_key(form, &(struct key){.code = KEY_CODE_PASTE, .paste = " 第7\n8项"}), FORM_TAKEN);
    assert_value(form, "a", "9978");
    press(form, "C-u S-Down");
    assert_value(form, "a", "0");
    form_free(form);
    form = one((struct form_field){
        .name = "a", .label = "数", .kind = FORM_NUMBER, .least = -5, .most = 5});
    type(form, "-3");
    assert_value(form, "a", "-3");
    form_free(form);
}

static void ticks(void **state)
{
    (void)state;
    struct form *form = task_form();
    form_focus(form, "public");
    press(form, "Space");
    assert_value(form, "public", "1");
    press(form, "x Left");
    assert_value(form, "public", "");
    form_free(form);
}

static void types_many_lines(void **state)
{
    (void)state;
    static const struct form_field fields[] = {
        {.name = "a", .label = "措施", .kind = FORM_TEXT, .rows = 3, .hint = "逐条写"},
        {.name = "b", .label = "备注", .kind = FORM_LINE}};
    struct form *form = form_new(fields, 2, NULL, NULL);
    assert_true(shows(form, 6, 40, "> 措施  (逐条写)"));
    type(form, "一");
    press(form, "Enter");
    type(form, "二");
    assert_value(form, "a", "一\n二");
    assert_string_equal(form_focused(form), "a");
    see(form, 6, 40, false, "> 措施  一\n        二\n\n  备注\n");
    assert_cursor(form, 6, 40, 1, 10);
    press(form, "Up Down");
    assert_string_equal(form_focused(form), "a");
    press(form, "Down");
    assert_string_equal(form_focused(form), "b");
    see(form, 6, 40, false, "  措施  一\n        二\n\n> 备注\n");
    press(form, "Up Up x");
    assert_value(form, "a", "一x\n二");
    assert_int_equal(press(form, "C-s"), FORM_SAVE);
    assert_int_equal(press(form, "Tab Enter"), FORM_SAVE);
    form_free(form);
}

/* --- picking --------------------------------------------------------------------------------- */

static void picks_by_initials(void **state)
{
    (void)state;
    struct form *form = task_form();
    form_focus(form, "units");
    assert_false(shows(form, 16, 60, "沈阳市"));
    type(form, "s");
    see(form, 16, 60, false,
        "      编号  2-047\n"
        "      任务* 辽河口湿地退养还湿\n"
        "  整改目标  (一句话)\n"
        "  整改时限* 2026-11-30   Mon\n"
        "      调度   每周 [每月] 每季  不调度\n"
        "      进度  60           0..100\n"
        "      公示  [ ] 需要公示\n"
        "> 责任单位  盘锦市、盘山县 s\n"
        "          > 沈阳市          210100\n"
        "          │ 抚顺市          210400\n"
        "          │ 生态环境厅\n"
        "          │ 水利厅\n"
        "          │ 住房城乡建设厅\n");
    assert_cursor(form, 16, 60, 7, 28);
    assert_int_equal(form_edits(form), 0);
    type(form, "l");
    assert_int_equal(press(form, "Enter"), FORM_TAKEN);
    assert_value(form, "units", "11 22 24");
    assert_int_equal(form_edits(form), 1);
    type(form, "s");
    press(form, "Down Down Up Enter");
    assert_value(form, "units", "11 22 24 4");
    press(form, "BS");
    assert_value(form, "units", "11 22 24");
    type(form, "sy");
    press(form, "Tab"); /* takes it along */
    assert_value(form, "units", "11 22 24 1");
    assert_string_equal(form_focused(form), "unit");
    form_free(form);
}

static void picks_one(void **state)
{
    (void)state;
    struct form *form = task_form();
    form_focus(form, "unit");
    see(form, 12, 60, false,
        "  整改时限* 2026-11-30   Mon                               ↑\n"
        "      调度   每周 [每月] 每季  不调度\n"
        "      进度  60           0..100\n"
        "      公示  [ ] 需要公示\n"
        "  责任单位  盘锦市、盘山县\n"
        "> 牵头单位  (名称或拼音)\n"
        "          │ 沈阳市          210100\n"
        "          │ 抚顺市          210400\n"
        "          │ 盘锦市          211100\n"
        "          │ 盘山县          211122\n"
        "          │ 生态环境厅\n"
        "          │ 水利厅                                         ↓\n");
    type(form, "pj"); /* what is below keeps its place */
    see(form, 12, 60, false,
        "  整改时限* 2026-11-30   Mon                               ↑\n"
        "      调度   每周 [每月] 每季  不调度\n"
        "      进度  60           0..100\n"
        "      公示  [ ] 需要公示\n"
        "  责任单位  盘锦市、盘山县\n"
        "> 牵头单位  pj\n"
        "          > 盘锦市  211100\n"
        "          │\n          │\n          │\n          │\n          │\n");
    press(form, "Enter");
    assert_value(form, "unit", "11");
    assert_int_equal(press(form, "Enter"), FORM_SAVE);
    form_free(form);
}

static void picks_from_the_whole_list(void **state)
{
    (void)state;
    struct form *form =
        one((struct form_field){.name = "unit", .label = "牵头", .kind = FORM_PICK});
    see(form, 9, 40, false,
        "> 牵头\n"
        "      │ 沈阳市          210100\n"
        "      │ 抚顺市          210400\n"
        "      │ 盘锦市          211100\n"
        "      │ 盘山县          211122\n"
        "      │ 生态环境厅\n"
        "      │ 水利厅                         ↓\n");
    press(form, "Down Down Down Down Down Down Down");
    see(form, 9, 40, true,
        "> 牵头\n"
        "      | 抚顺市          210400         ^\n"
        "      | 盘锦市          211100\n"
        "      | 盘山县          211122\n"
        "      | 生态环境厅\n"
        "      | 水利厅\n"
        "      > 自然资源厅                     v\n");
    press(form, "Enter");
    assert_value(form, "unit", "25");
    see(form, 9, 40, false, "> 牵头  自然资源厅\n");
    press(form, "Space"); /* asks for the list */
    assert_true(shows(form, 9, 40, "沈阳市"));
    press(form, "Down Enter"); /* another in its place */
    assert_value(form, "unit", "1");
    press(form, "Space Space");
    see(form, 9, 40, false, "> 牵头  沈阳市\n");
    press(form, "Space");
    assert_int_equal(press(form, "Esc"), FORM_TAKEN);
    see(form, 9, 40, false, "> 牵头  沈阳市\n");
    press(form, "BS");
    assert_value(form, "unit", "");
    assert_true(shows(form, 9, 40, "抚顺市"));
    assert_int_equal(press(form, "Enter"), FORM_SAVE); /* nothing chosen: on to the next */
    assert_int_equal(press(form, "Down Up Up"), FORM_TAKEN);
    form_free(form);
}

static void keeps_what_it_cannot_find(void **state)
{
    (void)state;
    struct form *form = task_form();
    form_focus(form, "units");
    type(form, "zzz");
    assert_true(shows(form, 16, 80, "nothing to choose from"));
    assert_int_equal(press(form, "Enter"), FORM_TAKEN);
    assert_true(shows(form, 16, 80, "Nothing here is called “zzz”"));
    press(form, "S-Tab");
    assert_string_equal(form_focused(form), "public");
    assert_true(shows(form, 16, 80, "盘锦市、盘山县 zzz"));
    assert_int_equal(press(form, "C-s"), FORM_TAKEN);
    assert_string_equal(form_focused(form), "units");
    assert_int_equal(press(form, "Esc"), FORM_TAKEN);
    assert_false(shows(form, 16, 80, "zzz"));
    assert_int_equal(press(form, "C-s"), FORM_SAVE);
    assert_value(form, "units", "11 22");
    type(form, "sl");
    assert_int_equal(press(form, "C-s"), FORM_SAVE); /* what is chosen is meant */
    assert_value(form, "units", "11 22 24");
    form_free(form);
}

static void picks_flow_over_rows(void **state)
{
    (void)state;
    struct form *form = one((struct form_field){.name = "units",
        .label = "责任",
        .kind = FORM_PICK,
        .many = true,
        .value = "1 4 11 22 23 26"});
    see(form, 6, 40, false,
        "> 责任  沈阳市、抚顺市、盘锦市、\n"
        "        盘山县、生态环境厅、\n"
        "        住房城乡建设厅\n");
    assert_cursor(form, 6, 40, 2, 23);
    see(form, 6, 20, false,
        "        抚顺市、   ↑\n"
        "        盘锦市、\n"
        "        盘山县、\n"
        "        生态环境…、\n"
        "        住房城乡…\n");
    form_free(form);
}

static void the_list_finds_room(void **state)
{
    (void)state;
    struct form *form = task_form();
    form_focus(form, "units");
    type(form, "s");
    for (int rows = 3; rows < 16; rows++) {
        assert_true(shows(form, rows, 60, "盘锦市、盘山县 s"));
        assert_true(shows(form, rows, 60, "沈阳市"));
    }
    press(form, "Esc");
    see(form, 3, 60, false,
        "      进度  60           0..100                            ↑\n"
        "      公示  [ ] 需要公示\n"
        "> 责任单位  盘锦市、盘山县                                 ↓\n");
    form_free(form);
}

/* --- small places ---------------------------------------------------------------------------- */

static void scrolls(void **state)
{
    (void)state;
    struct form_field fields[30];
    char names[30][16];
    for (int i = 0; i < 30; i++) {
        snprintf(names[i], sizeof names[i], "f%d", i);
        fields[i] = (struct form_field){.name = names[i], .label = names[i], .kind = FORM_LINE};
    }
    struct form *form = form_new(fields, 30, NULL, NULL);
    form_resize(form, 8, 20);
    for (int i = 0; i < 29; i++) {
        assert_cursor(form, 8, 20, i < 7 ? i : 7, 7);
        press(form, "Down");
    }
    assert_cursor(form, 8, 20, 7, 7);
    press(form, "Up Up Up");
    assert_cursor(form, 8, 20, 4, 7);
    press(form, "PgUp");
    assert_string_equal(form_focused(form), "f22"); /* the last that is still to be seen */
    press(form, "PgUp PgUp PgUp PgUp");
    assert_string_equal(form_focused(form), "f0");
    press(form, "S-Tab");
    assert_cursor(form, 8, 20, 7, 7);
    press(form, "Tab PgDn");
    assert_string_equal(form_focused(form), "f7");
    form_fault(form, "f7", "wrong");
    press(form, "Down Down Down Down Down Down Down");
    form_focus(form, "f7");
    assert_true(shows(form, 8, 20, "wrong"));
    form_free(form);
}

static void fits_anywhere(void **state)
{
    (void)state;
    struct form *form = task_form();
    form_fault(form, "units", "没有这个单位，请重新选择");
    for (int rows = 0; rows < 11; rows++)
        for (int columns = 0; columns < 30; columns++)
            for (size_t i = 0; i < LENGTH(task); i++) {
                struct canvas *canvas = draw(form, rows, columns, i % 2);
                canvas_free(canvas);
                press(form, "Tab");
            }
    form_free(form);
}

static void shows_the_caret_in_one_column(void **state)
{
    (void)state;
    static const struct form_field text[] = {{.name = "text", .label = "文", .kind = FORM_TEXT}};
    struct form *form = form_new(text, 1, NULL, NULL);
    press(form, "x");
    assert_cursor(form, 2, 1, 0, 0);
    form_free(form);
}

/* --- chance ---------------------------------------------------------------------------------- */

static uint32_t dice(uint32_t *seed, uint32_t sides)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % sides;
}

/* False where the focus may now be out of sight. */
static bool press_at_random(struct form *form, uint32_t *seed)
{
    static const char *const names[] = {"Tab", "S-Tab", "Up", "Down", "Left", "Right", "Enter",
        "Esc", "BS", "Del", "Home", "End", "PgUp", "PgDn", "Space", "C-s", "M-Enter", "C-w", "C-u",
        "C-k", "C-y", "C-_", "M-_", "M-b", "M-d", "S-Up", "S-Down", "F1", "C-h", "M-<", "M->", "+",
        "-", "s", "p", "7", "1", "河", "（"};
    static const char *const pastes[] = {
        "", "\n", "辽河\n\n口 12", "\xff\x1b[31m", "e\xcc\x81", "2026-11-30\n"};
    static const char *const drafts[] = {
        "", "x", "1 4 24", "+3", "-9223372036854775809", "weekly", "\xe6\xb2"};
    struct key key = {.code = KEY_CODE_PASTE, .paste = pastes[dice(seed, LENGTH(pastes))]};
    uint32_t what = dice(seed, 60);
    if (what == 0)
        form_set(form, form_name(form, dice(seed, (uint32_t)form_count(form))),
            drafts[dice(seed, LENGTH(drafts))]);
    else if (what == 1)
        form_fault(form, form_name(form, dice(seed, (uint32_t)form_count(form))),
            "这里不对，请改正后再保存");
    else if (what == 2)
        form_key(form, &key);
    else {
        assert_true(key_parse(names[dice(seed, LENGTH(names))], &key));
        form_key(form, &key);
    }
    return key.code != KEY_CODE_PAGE_UP && key.code != KEY_CODE_PAGE_DOWN;
}

static void assert_sound(struct form *form, struct canvas *canvas, struct rect area, bool seen)
{
    int row, column;
    bool visible;
    assert_non_null(form_focused(form));
    for (size_t i = 0; i < form_count(form); i++)
        assert_true(text_is_clean(form_value_at(form, i), TEXT_LINES));
    canvas_clear(canvas);
    form_draw(form, canvas, area);
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert_true(visible || !seen);
    if (!visible)
        return;
    assert_in_range(row, area.row, area.row + area.rows - 1);
    assert_in_range(column, area.column, area.column + area.columns - 1);
}

static void stands_any_keys(void **state)
{
    (void)state;
    struct form_field fields[LENGTH(task) + 1];
    struct canvas *canvas = canvas_new(30, 90);
    uint32_t seed = 20261121;
    memcpy(fields, task, sizeof task);
    fields[LENGTH(task)] = (struct form_field){
        .name = "steps", .label = "整改措施", .kind = FORM_TEXT, .most_bytes = 200};
    for (int round = 0; round < 40; round++) {
        struct form *form = form_new(fields, LENGTH(fields), &ops, NULL);
        struct rect area = {2, 3, 1 + (int)dice(&seed, 24), 3 + (int)dice(&seed, 80)};
        form_resize(form, area.rows, area.columns);
        for (int i = 0; i < 300; i++) {
            unsigned edits = form_edits(form);
            bool seen = press_at_random(form, &seed);
            assert_true(form_edits(form) >= edits);
            assert_sound(form, canvas, area, seen);
        }
        form_free(form);
    }
    canvas_free(canvas);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    setenv("DUBAN_NOW", "2026-11-21T21:47:00+08:00", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stands_in_columns),
        cmocka_unit_test(labels_take_a_third_at_most),
        cmocka_unit_test(moving_the_focus_changes_little),
        cmocka_unit_test(keeps_to_its_area),
        cmocka_unit_test(shows_what_is_only_to_be_read),
        cmocka_unit_test(walks_between_fields),
        cmocka_unit_test(tells_what_has_changed),
        cmocka_unit_test(takes_a_draft),
        cmocka_unit_test(never_cuts_what_it_began_with),
        cmocka_unit_test(shows_faults_until_they_are_mended),
        cmocka_unit_test(chooses),
        cmocka_unit_test(reads_dates),
        cmocka_unit_test(tells_the_day_while_a_date_is_typed),
        cmocka_unit_test(counts),
        cmocka_unit_test(ticks),
        cmocka_unit_test(types_many_lines),
        cmocka_unit_test(picks_by_initials),
        cmocka_unit_test(picks_one),
        cmocka_unit_test(picks_from_the_whole_list),
        cmocka_unit_test(keeps_what_it_cannot_find),
        cmocka_unit_test(picks_flow_over_rows),
        cmocka_unit_test(the_list_finds_room),
        cmocka_unit_test(scrolls),
        cmocka_unit_test(fits_anywhere),
        cmocka_unit_test(shows_the_caret_in_one_column),
        cmocka_unit_test(stands_any_keys),
    };
    return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
