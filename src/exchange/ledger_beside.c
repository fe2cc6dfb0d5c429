/* The sheet of measures that an export writes beside that of the tasks: the days of each, which the
 * column of measures cannot tell. Joined with the tasks by their numbers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "ledger_parts.h"
#include "model/field.h"

enum { NUMBER, POSITION, TEXT, DUE, DONE, WAIVED, COLUMNS };

/* As workbook_write writes them, in either language whatever is spoken here. */
static const struct beside_column {
    const char *field, *en, *zh;
} columns[COLUMNS] = {
    [NUMBER] = {NULL, "Number", "编号"},
    [POSITION] = {NULL, "Measure number", "措施序号"},
    [TEXT] = {"measure", "Measure", "整改措施"},
    [DUE] = {"due", "Measure due", "措施完成时限"},
    [DONE] = {"done", "Measure done", "措施完成日期"},
    [WAIVED] = {"waived", "Why it need not be done", "免于落实的理由"},
};

struct entry {
    const char *number; /* the grid's */
    size_t row;
};
struct ledger_beside {
    const struct grid *grid;
    struct entry *entry; /* by number, then as they stand */
    size_t count;
};

bool ledger_beside_is(const struct grid *grid)
{
    bool is = grid_rows(grid) > 0;
    for (size_t i = 0; is && i < COLUMNS; i++) {
        const char *text = grid_text(grid, 0, i, NULL);
        is = strcmp(text, columns[i].en) == 0 || strcmp(text, columns[i].zh) == 0;
    }
    return is;
}

static int compare(const void *a, const void *b)
{
    const struct entry *one = a, *other = b;
    int order = strcmp(one->number, other->number);
    return order != 0 ? order : (one->row > other->row) - (one->row < other->row);
}

struct ledger_beside *ledger_beside_new(const struct grid *grid)
{
    if (grid == NULL)
        return NULL;
    struct ledger_beside *beside = alloc_zero(1, sizeof *beside);
    beside->grid = grid;
    beside->entry = alloc_zero(grid_rows(grid) + 1, sizeof *beside->entry);
    for (size_t row = 1; row < grid_rows(grid); row++)
        beside->entry[beside->count++] = (struct entry){grid_text(grid, row, NUMBER, NULL), row};
    if (beside->count > 1)
        qsort(beside->entry, beside->count, sizeof *beside->entry, compare);
    return beside;
}

void ledger_beside_free(struct ledger_beside *beside)
{
    if (beside == NULL)
        return;
    free(beside->entry);
    free(beside);
}

static size_t first_of(const struct ledger_beside *beside, const char *number)
{
    size_t low = 0, high = beside->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(beside->entry[middle].number, number) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Behind blanks and ends of lines, and a ； where nothing stands behind it. */
static const char *next_sign(const char *at)
{
    static const char blanks[] = " \n\t", mark[] = "；";
    at += strspn(at, blanks);
    const char *behind =
        strncmp(at, mark, strlen(mark)) == 0 ? at + strlen(mark) : at + (*at == ';');
    return *at != '\0' && behind[strspn(behind, blanks)] == '\0' && behind > at ? "" : at;
}

/* But for blanks, ends of lines and a last ；, which cells do not keep. */
static bool is_same(const char *one, const char *other)
{
    for (;; one++, other++) {
        one = next_sign(one);
        other = next_sign(other);
        if (*one != *other)
            return false;
        if (*one == '\0')
            return true;
    }
}

static bool is_long(const struct ledger_beside *beside, size_t row, int column)
{
    const char *text = grid_text(beside->grid, row, (size_t)column, NULL);
    return strnlen(text, FIELD_TEXT_MOST + 1) > FIELD_TEXT_MOST;
}

/* A problem or, where it does not refuse, a warning. */
static void say(const struct ledger_beside *beside, size_t row, int column, bool refuses,
    const char *sentence, struct import *import)
{
    char *heading =
        alloc_format(_("sheet of measures, %s"), grid_text(beside->grid, 0, (size_t)column, NULL));
    (refuses ? import_problem : import_warning)(import, sentence,
        (struct import_place){grid_line(beside->grid, row), (size_t)column + 1, heading});
    free(heading);
}

/* Before anything else is done with it: a workbook may have one long text in very many cells. */
static void refuse_long(
    const struct ledger_beside *beside, size_t row, int column, struct import *import)
{
    char *sentence = alloc_format(
        _("This is longer than the %zu bytes that can be kept of a cell"), (size_t)FIELD_TEXT_MOST);
    say(beside, row, column, true, sentence, import);
    free(sentence);
}

static void tell_cell(const struct ledger_beside *beside, size_t row, int column, long position,
    struct import *import)
{
    const struct beside_column *of = &columns[column];
    const char *text = grid_text(beside->grid, row, (size_t)column, NULL);
    if (*text == '\0')
        return;
    if (is_long(beside, row, column)) {
        refuse_long(beside, row, column, import);
        return;
    }
    char *name = alloc_format("%s.%ld", of->field, position),
         *heading = alloc_format(
             _("sheet of measures, %s"), grid_text(beside->grid, 0, (size_t)column, NULL));
    import_value(import, name, text,
        (struct import_place){grid_line(beside->grid, row), (size_t)column + 1, heading});
    free(heading);
    free(name);
}

void ledger_beside_tell(const struct ledger_beside *beside, const char *number,
    const struct ledger_told_measures *told, struct import *import)
{
    size_t at = first_of(beside, number);
    for (; at < beside->count && strcmp(beside->entry[at].number, number) == 0; at++) {
        size_t row = beside->entry[at].row;
        const char *text = grid_text(beside->grid, row, TEXT, NULL);
        long position = strtol(grid_text(beside->grid, row, POSITION, NULL), NULL, 10);
        if (position < 1 || position > FIELD_POSITION_MOST)
            continue;
        bool has = (size_t)position <= told->count;
        if (is_long(beside, row, TEXT)) {
            refuse_long(beside, row, TEXT, import);
            continue;
        }
        if (told->count > 0 && (!has || !is_same(told->text[position - 1], text))) {
            say(beside, row, TEXT, false,
                _("The sheet of tasks does not tell this measure so: the days of this row are not "
                  "read"),
                import);
            continue;
        }
        for (int column = has ? DUE : TEXT; column < COLUMNS; column++)
            tell_cell(beside, row, column, position, import);
    }
}
