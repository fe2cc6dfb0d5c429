/* One task as its rows tell it, told to the import field by field. */
#include "ledger_entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "model/field.h"
#include "model/target_lines.h"

const struct ledger_field *ledger_entry_field(const struct ledger_entry *task, size_t column)
{
    return task->ledger->column[column].field;
}

bool ledger_entry_is(const struct ledger_entry *task, size_t column, const char *name)
{
    const struct ledger_field *field = ledger_entry_field(task, column);
    return field && strcmp(field->name, name) == 0;
}

struct import_place ledger_entry_place(const struct ledger_entry *task, size_t row, size_t column)
{
    return (struct import_place){.line = grid_line(task->grid, row),
        .column = column + 1,
        .heading = task->ledger->column[column].heading};
}

static void tell_measure(void *context, const char *text, size_t count)
{
    struct ledger_entry *task = context;
    struct ledger_told_measures *told = &task->measures;
    char name[32], *one = alloc_string_n(text, count);
    told->text = alloc_grow(told->text, &told->room, told->count + 1, sizeof *told->text);
    told->text[told->count++] = one;
    snprintf(name, sizeof name, "measure.%zu", told->count);
    import_value(task->import, name, one, task->measure_place);
}

static void forget_measures(struct ledger_entry *task)
{
    for (size_t i = 0; i < task->measures.count; i++)
        free(task->measures.text[i]);
    task->measures.count = 0;
}

/* A cell of a field of one line may be broken over lines for its width. */
static void add_line(struct strbuf *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (*at != '\n') {
            strbuf_add_char(out, *at);
            continue;
        }
        bool wide = at > text && (signed char)at[-1] < 0 && (signed char)at[1] < 0;
        strbuf_add(out, wide ? "" : " ");
    }
}

/* Goals stand one in a row: the columns of each are its own. */
bool ledger_entry_is_target(const struct ledger_entry *task, size_t column)
{
    return task->is_target[column];
}

/* One goal to a line, where a bar divides their parts (model/target_lines.h). */
static bool is_of_lines(const char *text)
{
    return strstr(text, " |") != NULL;
}

static size_t lines_of(const char *text)
{
    size_t count = 0;
    for (const char *at = text; *at; at += strcspn(at, "\n"), at += *at == '\n')
        count += strspn(at, " ") < strcspn(at, "\n");
    return count;
}

/* Which of the task's goals the row has; 0: none. Of several the last. */
static size_t target_of(const struct ledger_entry *task, size_t row)
{
    size_t number = 0;
    for (size_t i = 0; i < task->count; i++) {
        if (!ledger_entry_is(task, task->value[i].column, "target") || task->value[i].row > row)
            continue;
        number += is_of_lines(task->value[i].text) ? lines_of(task->value[i].text) : 1;
        if (task->value[i].row == row)
            return number;
    }
    return 0;
}

static void tell_lines(
    struct ledger_entry *task, const struct ledger_value *value, struct import_place place)
{
    static const char *const names[] = {"target", "value", "unit", "by", "by_raw"};
    size_t number = target_of(task, value->row) - lines_of(value->text);
    for (const char *at = value->text; *at;) {
        struct strbuf cell[TARGET_COLUMNS] = {{0}};
        size_t bytes = strcspn(at, "\n");
        bool blank = strspn(at, " ") >= bytes;
        if (!blank)
            target_line_read(at, bytes, cell);
        number += !blank;
        for (size_t column = 0; column < TARGET_COLUMNS; column++) {
            char *name = alloc_format("%s.%zu", names[column], number);
            if (cell[column].length > 0)
                import_value(task->import, name, strbuf_text(&cell[column]), place);
            free(name);
            strbuf_clear(&cell[column]);
        }
        at += bytes + (at[bytes] == '\n');
    }
}

/* 2027 is 2027年 in a column of years. */
static void tell_target(
    struct ledger_entry *task, const struct ledger_value *value, struct import_place place)
{
    const char *name = ledger_entry_field(task, value->column)->name;
    size_t number = target_of(task, value->row);
    bool year = strcmp(name, "by") == 0 && strlen(value->text) == 4 &&
                strspn(value->text, "0123456789") == 4;
    char *full = number > 0 ? alloc_format("%s.%zu", name, number) : alloc_string(name);
    struct strbuf text = {0};
    add_line(&text, value->text);
    strbuf_add(&text, year ? "年" : "");
    import_value(task->import, full, strbuf_text(&text), place);
    strbuf_clear(&text);
    free(full);
}

static bool begins_with(const char *text, const char *const *words)
{
    bool is = false;
    for (; *words != NULL; words++)
        is = is || strncmp(text, *words, strlen(*words)) == 0;
    return is;
}

/* 是 below 是否销号 is a state, 否 says nothing; 已于2025年12月销号 and 拟申请销号 are told in one
 * word. What else it may say, the state is asked for. */
static const char *closing_word(const char *text)
{
    static const char *const yes[] = {"是", "√", "✓", "✔", "yes", "Yes", "YES", NULL},
                             *const no[] = {"否", "×", "✗", "no", "No", "NO", "无", "/", "-", NULL},
                             *const open[] = {"未", "尚", "待", "拟", "正", "申请", "不", NULL};
    static const char closing[] = "销号";
    if (begins_with(text, no))
        return "";
    bool names = strstr(text, closing) != NULL;
    if (begins_with(text, open))
        return names ? "未销号" : text;
    bool is = begins_with(text, yes) || (names && strncmp(text, "已", strlen("已")) == 0);
    return is ? "已销号" : text;
}

static void tell_field(struct ledger_entry *task, size_t index)
{
    const struct ledger_value *value = &task->value[index];
    const struct ledger_field *field = ledger_entry_field(task, value->column);
    struct import_place place = ledger_entry_place(task, value->row, value->column);
    if (ledger_entry_is(task, value->column, "target") && is_of_lines(value->text)) {
        tell_lines(task, value, place);
        return;
    }
    if (ledger_entry_is_target(task, value->column)) {
        tell_target(task, value, place);
        return;
    }
    if (strcmp(field->name, "version") == 0) {
        import_version(task->import, value->text, place);
        return;
    }
    if (strcmp(field->name, "is_closed") == 0) {
        import_value(task->import, ledger_field_told(field), closing_word(value->text), place);
        return;
    }
    if (strcmp(field->name, "measure") == 0) {
        task->measure_place = place;
        ledger_measures(value->text, tell_measure, task);
        return;
    }
    struct strbuf text = {0};
    enum field_type type = task->type[value->column];
    if (type == VALUE_IS_LINE)
        add_line(&text, value->text);
    else
        strbuf_add(&text, value->text);
    /* texts of further rows are further lines of it */
    for (size_t i = index + 1; i < task->count && type == VALUE_IS_TEXT; i++)
        if (task->value[i].column == value->column)
            strbuf_format(&text, "\n%s", task->value[i].text);
    import_value(task->import, ledger_field_told(field), strbuf_text(&text), place);
    strbuf_clear(&text);
}

static const struct ledger_value *find_value(const struct ledger_entry *task, const char *name)
{
    for (size_t i = 0; i < task->count; i++)
        if (ledger_entry_is(task, task->value[i].column, name))
            return &task->value[i];
    return NULL;
}

/* The first sentence, as long as a title may be; it ends at a comma at worst. */
static char *first_sentence(const char *text)
{
    size_t stop = strcspn(text, "\n"), end = stop;
    static const char *const ends[] = {"。", "；", "！", ";"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const char *at = strstr(text, ends[i]);
        if (at && (size_t)(at - text) < end && at > text)
            end = (size_t)(at - text);
    }
    if (end > FIELD_LINE_MOST) {
        end = 0;
        for (const char *at = text; (at = strstr(at, "，")) != NULL && at <= text + FIELD_LINE_MOST;
             at++)
            end = (size_t)(at - text);
        end = end > 0 ? end : text_previous(text, FIELD_LINE_MOST);
    }
    return alloc_string_n(text, end);
}

/* A title is told, or made of the problem; a text in the place of a title is the problem. */
static void tell_title(struct ledger_entry *task)
{
    const struct ledger_value *title = find_value(task, "title"),
                              *problem = find_value(task, "problem");
    const struct ledger_value *from = title ? title : problem;
    if (from == NULL || (title && (problem || strlen(title->text) <= FIELD_LINE_MOST)))
        return;
    struct import_place place = ledger_entry_place(task, from->row, from->column);
    char *sentence = first_sentence(from->text);
    import_value(task->import, "title", sentence, place);
    if (title)
        import_value(task->import, "problem", title->text, place);
    free(sentence);
}

static bool is_long_title(const struct ledger_entry *task, const struct ledger_value *value)
{
    return ledger_entry_is(task, value->column, "title") && strlen(value->text) > FIELD_LINE_MOST &&
           find_value(task, "problem") == NULL;
}

static bool is_further_line(const struct ledger_entry *task, size_t index)
{
    const struct ledger_field *field = ledger_entry_field(task, task->value[index].column);
    if (task->type[task->value[index].column] != VALUE_IS_TEXT || (field->flags & LEDGER_MANY))
        return false;
    for (size_t i = 0; i < index; i++)
        if (task->value[i].column == task->value[index].column)
            return true;
    return false;
}

void ledger_entry_tell(struct ledger_entry *task)
{
    forget_measures(task);
    import_task(task->import,
        (struct import_place){.line = grid_line(task->grid, task->row), .heading = ""});
    tell_title(task);
    for (size_t i = 0; i < task->count; i++)
        if (!is_further_line(task, i) && !is_long_title(task, &task->value[i]))
            tell_field(task, i);
    const struct ledger_value *number = find_value(task, "number");
    if (task->ledger->beside != NULL && number != NULL)
        ledger_beside_tell(task->ledger->beside, number->text, &task->measures, task->import);
}

void ledger_entry_clear(struct ledger_entry *task)
{
    forget_measures(task);
    free(task->measures.text);
    free(task->type);
    free(task->is_target);
    free(task->value);
}
