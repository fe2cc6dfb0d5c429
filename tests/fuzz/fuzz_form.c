/* A form with a field of every kind: whatever the terminal sends and the owner sets, in an area of
 * any size: values stay clean and within their limits, nothing is drawn outside the area, the caret
 * stands within it.
 *
 * A press of the mouse gives the form another size; two of them let the owner set a field. */
#include <assert.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/ui/decoder.h"
#include "base/pinyin.h"
#include "ui/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS = 24, COLUMNS = 70, LINE_MOST = 60, TEXT_MOST = 200, EDGE = 1 };
#define SIGN '%' /* stands around the area */

static const struct {
    int64_t id;
    const char *label, *help;
} units[] = {{1, "沈阳市", "210100"}, {4, "抚顺市", "210400"}, {11, "盘锦市", "211100"},
    {22, "盘山县", "211122"}, {23, "生态环境厅", NULL}, {24, "水利厅", ""},
    {25, "自然资源厅以及一个长得放不下的名字", NULL}, {26, "a", NULL}, {27, "", "27"}};
enum { UNITS = sizeof units / sizeof *units };

static void offer(void *context, const char *field, const char *typed, struct form_offers *out)
{
    (void)context;
    (void)field;
    for (int i = 0; i < UNITS; i++)
        if (typed[0] == '\0' || pinyin_matches(units[i].label, typed))
            form_offer(out, units[i].id, units[i].label, units[i].help);
}

static const char *label(void *context, const char *field, int64_t id)
{
    (void)context;
    (void)field;
    for (int i = 0; i < UNITS; i++)
        if (units[i].id == id)
            return units[i].label;
    return NULL;
}

static const struct form_ops ops = {offer, label};

static const struct form_choice few[] = {{"yes", "是"}, {"no", "否"}},
                                many[] = {{"date", "明确时限"}, {"immediate", "立行立改"},
                                    {"ongoing", "长期坚持"}, {"date_ongoing", "限期并长期坚持"},
                                    {"none", ""}};

static const struct form_field fields[] = {
    {.name = "number", .label = "编号", .kind = FORM_SHOW, .value = "2-047 辽河口湿地退养还湿\n二"},
    {.name = "title",
        .label = "任务",
        .kind = FORM_LINE,
        .value = "湿地",
        .needed = true,
        .most_bytes = LINE_MOST},
    {.name = "goal",
        .label = "整改目标",
        .hint = "一句话",
        .kind = FORM_TEXT,
        .most_bytes = TEXT_MOST,
        .rows = 3},
    {.name = "due", .label = "整改时限", .hint = "11-30", .kind = FORM_DATE},
    {.name = "percent", .label = "进度", .kind = FORM_NUMBER, .most = 100, .value = "60"},
    {.name = "any", .label = "n", .kind = FORM_NUMBER},
    {.name = "debt", .label = "", .kind = FORM_NUMBER, .least = -5, .most = 5},
    {.name = "few", .label = "销号", .kind = FORM_CHOICE, .choices = few, .choice_count = 2},
    {.name = "many",
        .label = "时限类型",
        .kind = FORM_CHOICE,
        .choices = many,
        .choice_count = 5,
        .needed = true,
        .value = "date"},
    {.name = "listed", .label = "挂牌督办", .hint = "是否", .kind = FORM_YES, .value = "1"},
    {.name = "unit", .label = "督导单位", .kind = FORM_PICK, .value = "24"},
    {.name = "units",
        .label = "责任单位",
        .hint = "可多选",
        .kind = FORM_PICK,
        .many = true,
        .value = "1 4 99"},
};
enum { FIELDS = sizeof fields / sizeof *fields };

/* --- what must hold -------------------------------------------------------------------------- */

static bool is_ids(const char *value, bool several)
{
    int64_t ids[64];
    size_t count = 0;
    for (const char *at = value; *at;) {
        char *end;
        int64_t id = strtoll(at, &end, 10);
        if (end == at || count == 64)
            return false;
        for (size_t i = 0; i < count; i++)
            if (ids[i] == id)
                return false;
        ids[count++] = id;
        at = end;
    }
    return count < 2 || several;
}

static bool is_choice(const struct form_field *field, const char *value)
{
    for (size_t i = 0; i < field->choice_count; i++)
        if (strcmp(field->choices[i].name, value) == 0)
            return true;
    return !*value;
}

static void look_at_value(const struct form_field *field, const char *value)
{
    bool lines = field->kind == FORM_TEXT || field->kind == FORM_SHOW;
    assert(text_is_clean(value, lines ? TEXT_LINES : TEXT_ONE_LINE));
    switch (field->kind) {
    case FORM_LINE:
    case FORM_TEXT:
        assert(strlen(value) <= field->most_bytes);
        break;
    case FORM_DATE:
    case FORM_NUMBER:
        assert(strlen(value) <= 64);
        break;
    case FORM_CHOICE:
        assert(is_choice(field, value));
        break;
    case FORM_YES:
        assert(!*value || strcmp(value, "1") == 0);
        break;
    case FORM_PICK:
        assert(is_ids(value, field->many));
        break;
    case FORM_SHOW:
        break;
    }
}

static void look_at_values(const struct form *form)
{
    bool changed = false;
    assert(form_count(form) == FIELDS);
    for (size_t i = 0; i < FIELDS; i++) {
        assert(strcmp(form_name(form, i), fields[i].name) == 0);
        assert(form_value(form, fields[i].name) == form_value_at(form, i));
        look_at_value(&fields[i], form_value_at(form, i));
        changed |= form_field_changed(form, fields[i].name);
    }
    assert(changed == form_changed(form));
}

/* Everything around the area is as it was. */
static void look_around(const struct canvas *canvas, struct rect area)
{
    for (int row = 0; row < canvas_rows(canvas); row++) {
        const struct cell *cells = canvas_row(canvas, row);
        bool inside_row = row >= area.row && row < area.row + area.rows;
        for (int column = 0; column < canvas_columns(canvas); column++) {
            bool inside =
                inside_row && column >= area.column && column < area.column + area.columns;
            assert(inside || cells[column].base == SIGN);
        }
    }
}

/* `paged`: what has the focus may now be out of sight. */
static void draw(const struct form *form, struct canvas *canvas, struct rect area, bool paged)
{
    int row, column;
    bool visible;
    canvas_clear(canvas);
    canvas_fill(
        canvas, (struct rect){0, 0, canvas_rows(canvas), canvas_columns(canvas)}, ROLE_DIM, SIGN);
    form_draw(form, canvas, area);
    look_around(canvas, area);
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert(form_focused(form) && (visible || paged));
    if (!visible)
        return;
    assert(row >= area.row && row < area.row + area.rows);
    assert(column >= area.column && column < area.column + area.columns);
}

/* --- what happens ---------------------------------------------------------------------------- */

/* What the owner does: a draft found again, something wrong said, the focus moved. */
static void own(struct form *form, const struct key *key, const char *text)
{
    const char *name = fields[(unsigned)key->row % FIELDS].name;
    switch ((unsigned)key->column % 4) {
    case 0:
        form_set(form, name, text);
        break;
    case 1:
        form_fault(form, name, "不能为空：这一项是必填的，请填写后再保存 (needed)");
        break;
    case 2:
        form_fault(form, name, NULL);
        break;
    case 3:
        form_focus(form, name);
        break;
    }
}

static void press(struct form *form, struct rect *area, const struct key *key, const char *text)
{
    unsigned edits = form_edits(form);
    if (key->code == KEY_CODE_MOUSE && key->button == 1) {
        area->rows = 1 + (int)((unsigned)key->row % ROWS);
        area->columns = 1 + (int)((unsigned)key->column % COLUMNS);
        form_resize(form, area->rows, area->columns);
    } else if (key->code == KEY_CODE_MOUSE) {
        own(form, key, text);
    } else {
        form_key(form, key);
    }
    assert(form_edits(form) >= edits);
    look_at_values(form);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    setlocale(LC_ALL, "C.UTF-8");
    setenv("DUBAN_NOW", "2026-11-21T21:47:00+08:00", 1);
    struct decoder *decoder = decoder_new();
    struct canvas *canvas = canvas_new(ROWS + 2 * EDGE, COLUMNS + 2 * EDGE);
    struct form *form = form_new(fields, FIELDS, &ops, NULL);
    struct rect area = {
        EDGE, EDGE, size > 0 ? 1 + data[0] % ROWS : 1, size > 1 ? 1 + data[1] % COLUMNS : 1};
    struct key key;
    canvas_set_ascii(canvas, size > 2 && data[2] % 2);
    form_resize(form, area.rows, area.columns);
    for (size_t at = 3; at < size; at += 9) {
        char text[10] = "";
        size_t count = size - at < 9 ? size - at : 9;
        memcpy(text, data + at, count);
        decoder_feed(decoder, text, count);
        while (decoder_next(decoder, at % 2, &key)) {
            press(form, &area, &key, text);
            draw(
                form, canvas, area, key.code == KEY_CODE_PAGE_UP || key.code == KEY_CODE_PAGE_DOWN);
        }
    }
    form_free(form);
    canvas_free(canvas);
    decoder_free(decoder);
    return 0;
}
