/* Rows that are no tasks: what stands around the tables that people print. */
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "ledger_parts.h"

#define SUM_MOST 64 /* bytes of a text that may be one of a sum */

static size_t first_text(const struct grid *grid, size_t row)
{
    size_t column = 0, width = grid_width(grid, row);
    while (column < width && *grid_text(grid, row, column, NULL) == '\0')
        column++;
    return column;
}

/* Texts of the row, a merged one counted once. */
static size_t count_texts(const struct grid *grid, size_t row)
{
    size_t count = 0;
    for (size_t column = 0; column < grid_width(grid, row); column++) {
        bool merged = column > 0 && grid_is_filled(grid, row, column) &&
                      grid_text(grid, row, column, NULL) == grid_text(grid, row, column - 1, NULL);
        count += *grid_text(grid, row, column, NULL) && !merged;
    }
    return count;
}

static bool has_field(const struct ledger *ledger, size_t column, const char *name)
{
    const struct ledger_field *field = column < ledger->count ? ledger->column[column].field : NULL;
    return field && strcmp(field->name, name) == 0;
}

/* 60, 20项, 12.5%: what stands in a row of sums. */
static bool is_amount(const char *text)
{
    static const char *const units[] = {"", "项", "个", "件", "处", "条", "家", "%", "％"};
    size_t digits = strspn(text, "0123456789.,");
    bool is = false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        is = is || strcmp(text + digits, units[i]) == 0;
    return is && digits > 0;
}

/* A text of the task itself, other than in column `except`; neither an amount nor an error. */
static bool has_task(
    const struct grid *grid, const struct ledger *ledger, size_t row, size_t except)
{
    for (size_t column = 0; column < ledger->count; column++) {
        enum grid_kind kind;
        const char *text = grid_text(grid, row, column, &kind);
        if (column != except && *text && kind != GRID_WRONG && !is_amount(text) &&
            (has_field(ledger, column, "title") || has_field(ledger, column, "problem")))
            return true;
    }
    return false;
}

static bool is_sum(const char *text)
{
    static const char *const words[] = {"合计", "小计", "总计", "共计", "累计", "total", "sum"};
    struct strbuf key = {0};
    bool is = false;
    if (strnlen(text, SUM_MOST + 1) > SUM_MOST)
        return false;
    ledger_field_key(&key, text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        is = is || strcmp(strbuf_text(&key), words[i]) == 0;
    strbuf_clear(&key);
    return is;
}

static bool is_signature(const char *text)
{
    static const char *const words[] = {"填表", "填报", "制表", "审核人", "审核:", "审核：",
        "单位负责人", "单位（", "单位(", "负责人：", "负责人:", "联系人：", "联系人:", "注：",
        "注:", "备注", "说明：", "说明:", "填写说明", "填报说明", "日期：", "日期:", "（盖章",
        "(盖章"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* 1 2 3 4 under the headings. */
static bool is_numbering(const struct grid *grid, size_t row)
{
    size_t count = 0;
    for (size_t column = 0; column < grid_width(grid, row); column++) {
        const char *text = grid_text(grid, row, column, NULL);
        char number[24];
        snprintf(number, sizeof number, "%zu", column + 1);
        if (strcmp(text, number) != 0)
            return false;
        count++;
    }
    return count > 2;
}

static bool is_same(const char *text, const char *other)
{
    return text == other || strcmp(text, other) == 0;
}

static bool is_headings_again(const struct grid *grid, const struct ledger *ledger, size_t row)
{
    size_t same = 0;
    for (size_t column = 0; column < ledger->count && ledger->has_headings; column++) {
        const char *text = grid_text(grid, row, column, NULL);
        bool one = is_same(text, grid_text(grid, ledger->first, column, NULL)) ||
                   is_same(text, grid_text(grid, ledger->last, column, NULL));
        if (!one)
            return false;
        same += *text != '\0';
    }
    return same > 1;
}

const char *ledger_passed_over(const struct grid *grid, const struct ledger *ledger, size_t row)
{
    size_t at = first_text(grid, row), texts = count_texts(grid, row);
    const char *text = grid_text(grid, row, at, NULL);
    if (texts == 0)
        return "";
    bool is_number = *text >= '0' && *text <= '9'; /* as nearly all rows begin */
    if (!is_number && is_sum(text) && !has_task(grid, ledger, row, at))
        return _("a sum");
    if (!is_number && is_signature(text) && !has_task(grid, ledger, row, at))
        return _("a signature or remark");
    if (is_headings_again(grid, ledger, row))
        return _("the headings again");
    if (is_numbering(grid, row))
        return _("numbers of columns");
    bool is_title = has_field(ledger, at, "title") || has_field(ledger, at, "problem");
    if (texts == 1 && ledger->count > 2 && at == 0 && !is_title && strlen(text) > 6)
        return _("the title of a section");
    return NULL;
}

bool ledger_column_has_text(const struct grid *grid, const struct ledger *ledger, size_t column)
{
    for (size_t row = ledger->has_headings ? ledger->last + 1 : 0; row < grid_rows(grid); row++)
        if (*grid_text(grid, row, column, NULL) && ledger_passed_over(grid, ledger, row) == NULL)
            return true;
    return false;
}
