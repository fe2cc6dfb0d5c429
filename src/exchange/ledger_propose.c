/* Rows to proposals: which rows are one task, and what each adds to it. Texts are the grid's. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "ledger_entry.h"

#define PASSED_TOLD 10                      /* rows passed over that are told one by one */
#define ASKED_EVERY 1000                    /* rows, whether it is to go on */
#define MEASURES_MOST (8 * FIELD_TEXT_MOST) /* bytes of a cell with all measures of a task */
#define BYTES_MOST (256U << 20) /* of all cells, one text of a workbook each time again */

struct proposing {
    struct ledger_entry task; /* that is being put together, where `is_open` */
    bool is_open;
    size_t further; /* rows of it behind the first */
    struct import_told *told;
    bool fill;
    const char **above; /* by column: the text of the row above, or what went on in it */
    size_t *order;      /* columns that are taken, in the order of the table of fields */
    size_t ordered;
    size_t passed;
    size_t bytes; /* of all values so far */
};

static bool is_task_name(const struct proposing *p, size_t column)
{
    return ledger_entry_is(&p->task, column, "number") ||
           ledger_entry_is(&p->task, column, "title") ||
           ledger_entry_is(&p->task, column, "problem");
}

/* Known before anything else is done with it: a workbook may have one long text in very many cells.
 */
static size_t bytes_most(const struct proposing *p, size_t column)
{
    return ledger_entry_is(&p->task, column, "measure") ? MEASURES_MOST : FIELD_TEXT_MOST;
}

static bool is_too_long(const struct proposing *p, size_t column, const char *text)
{
    size_t most = bytes_most(p, column);
    return strnlen(text, most + 1) > most;
}

/* The text of a cell that has a value. */
static const char *value_at(const struct proposing *p, size_t row, size_t column)
{
    enum grid_kind kind;
    const char *text = grid_text(p->task.grid, row, column, &kind);
    return kind == GRID_WRONG || is_too_long(p, column, text) ? "" : text;
}

/* Says nothing of its own: blank, or merged with the cell above. */
static bool is_merged(const struct proposing *p, size_t row, size_t column)
{
    const char *text = grid_text(p->task.grid, row, column, NULL);
    if (*text == '\0')
        return true;
    return row > 0 && grid_is_filled(p->task.grid, row, column) &&
           text == grid_text(p->task.grid, row - 1, column, NULL);
}

/* Whether the row names its task itself: false where number and title are merged with those above.
 */
static bool names_task(const struct proposing *p, size_t row)
{
    bool any = false;
    for (size_t i = 0; i < p->ordered; i++) {
        size_t column = p->order[i];
        if (is_task_name(p, column) && !is_merged(p, row, column))
            return true;
        any = any || is_task_name(p, column);
    }
    return !any;
}

static bool has_name(const struct proposing *p, size_t row)
{
    bool any = false;
    for (size_t i = 0; i < p->ordered; i++) {
        any = any || is_task_name(p, p->order[i]);
        if (is_task_name(p, p->order[i]) && *grid_text(p->task.grid, row, p->order[i], NULL))
            return true;
    }
    return !any;
}

/* A place of its own, other than that of the task so far. */
static bool has_place(const struct proposing *p, size_t row)
{
    for (size_t i = 0; i < p->ordered; i++) {
        size_t column = p->order[i];
        const char *text = grid_text(p->task.grid, row, column, NULL);
        if ((ledger_entry_field(&p->task, column)->flags & LEDGER_REGION) && *text &&
            !is_merged(p, row, column) &&
            (p->above[column] == NULL || strcmp(text, p->above[column]) != 0))
            return true;
    }
    return false;
}

static void add_value(struct proposing *p, size_t row, size_t column, const char *text)
{
    p->task.value =
        alloc_grow(p->task.value, &p->task.room, p->task.count + 1, sizeof *p->task.value);
    p->task.value[p->task.count++] =
        (struct ledger_value){.column = column, .row = row, .text = text};
    p->bytes += strlen(text);
}

/* A county does not go on below another city, nor a township below either. */
static bool is_below_new_place(const struct proposing *p, size_t row, size_t column)
{
    static const char *const levels[] = {"city", "county", "township", NULL};
    size_t level = 0;
    while (levels[level] != NULL && !ledger_entry_is(&p->task, column, levels[level]))
        level++;
    for (size_t i = 0; levels[level] != NULL && i < p->ordered; i++)
        for (size_t above = 0; above < level; above++)
            if (ledger_entry_is(&p->task, p->order[i], levels[above]) &&
                *grid_text(p->task.grid, row, p->order[i], NULL) && !is_merged(p, row, p->order[i]))
                return true;
    return false;
}

/* The text of a cell, or that which goes on in it; "" none. `part`: the task of the row above
 * again. */
static const char *text_of(const struct proposing *p, size_t row, size_t column, bool part)
{
    const char *text = value_at(p, row, column);
    unsigned flags = ledger_entry_field(&p->task, column)->flags;
    unsigned goes_on = p->fill ? LEDGER_IDENTITY : 0;
    if (*text || p->above[column] == NULL || is_below_new_place(p, row, column))
        return text;
    return flags & (goes_on | (part ? LEDGER_TASK : 0)) ? p->above[column] : "";
}

static void end_task(struct proposing *p)
{
    if (p->is_open)
        ledger_entry_tell(&p->task);
    p->is_open = false;
}

static void begin_task(struct proposing *p, size_t row, bool part)
{
    end_task(p);
    p->is_open = true;
    p->task.row = row;
    p->further = 0;
    p->task.count = 0;
    for (size_t i = 0; i < p->ordered; i++) {
        size_t column = p->order[i];
        const char *text = text_of(p, row, column, part);
        if (*text)
            add_value(p, row, column, text);
        p->above[column] = text;
    }
}

static bool is_told(const struct proposing *p, size_t column, const char *text, bool *other)
{
    *other = false;
    for (size_t i = 0; i < p->task.count; i++)
        if (p->task.value[i].column == column) {
            if (p->task.value[i].text == text || strcmp(p->task.value[i].text, text) == 0)
                return true;
            *other = true;
        }
    return false;
}

/* More than can be counted, and each is looked for among all before it. */
static void tell_too_long(const struct proposing *p, size_t row)
{
    char *sentence = alloc_format(_("The task of line %zu goes on over more than %d rows; a task "
                                    "of its own needs a number or a title"),
        grid_line(p->task.grid, p->task.row), FIELD_POSITION_MOST);
    import_problem(p->task.import, sentence,
        (struct import_place){.line = grid_line(p->task.grid, row), .heading = ""});
    free(sentence);
}

/* A further row of a task adds to it; it cannot say otherwise. */
static void add_row(struct proposing *p, size_t row)
{
    if (++p->further >= FIELD_POSITION_MOST) {
        if (p->further == FIELD_POSITION_MOST)
            tell_too_long(p, row);
        return;
    }
    for (size_t i = 0; i < p->ordered; i++) {
        size_t column = p->order[i];
        const char *text = value_at(p, row, column);
        bool other;
        if (*text == '\0')
            continue;
        if (ledger_entry_is_target(&p->task, column)) {
            add_value(p, row, column, text);
            continue;
        }
        if (is_told(p, column, text, &other))
            continue;
        if (other && !(ledger_entry_field(&p->task, column)->flags & LEDGER_MANY) &&
            p->task.type[column] != VALUE_IS_TEXT) {
            char *sentence = alloc_format(_("This row goes on with the task of line %zu, which "
                                            "says otherwise; a task of its own "
                                            "needs a number or a title"),
                grid_line(p->task.grid, p->task.row));
            import_problem(p->task.import, sentence, ledger_entry_place(&p->task, row, column));
            free(sentence);
            continue;
        }
        add_value(p, row, column, text);
        if (ledger_entry_field(&p->task, column)->flags & LEDGER_IDENTITY)
            p->above[column] = text;
    }
}

static void tell_passed(struct proposing *p, size_t row, const char *why)
{
    if (*why == '\0')
        return;
    if (p->passed++ < PASSED_TOLD)
        strbuf_format(
            &p->told->lines, _("passed over: line %zu, %s\n"), grid_line(p->task.grid, row), why);
}

static void tell_long_cell(const struct proposing *p, size_t row, size_t column)
{
    char *sentence = alloc_format(
        _("This is longer than the %zu bytes that can be kept of a cell"), bytes_most(p, column));
    import_problem(p->task.import, sentence, ledger_entry_place(&p->task, row, column));
    free(sentence);
}

/* Cells without a value, other than merged ones, which were told with the first. */
static void tell_wrong(struct proposing *p, size_t row)
{
    for (size_t i = 0; i < p->ordered; i++) {
        enum grid_kind kind;
        const char *text = grid_text(p->task.grid, row, p->order[i], &kind);
        if (grid_is_filled(p->task.grid, row, p->order[i]))
            continue;
        if (kind == GRID_WRONG)
            import_problem(p->task.import, text, ledger_entry_place(&p->task, row, p->order[i]));
        else if (is_too_long(p, p->order[i], text))
            tell_long_cell(p, row, p->order[i]);
    }
}

static void propose_row(struct proposing *p, size_t row)
{
    const char *why = ledger_passed_over(p->task.grid, p->task.ledger, row);
    if (why == NULL)
        tell_wrong(p, row);
    if (why) {
        tell_passed(p, row, why);
    } else if (!has_name(p, row) && !(p->fill && p->is_open)) {
        end_task(p);
        import_problem(p->task.import,
            _("The row has neither number nor title; where merged cells were left blank, --fill "
              "(on the board: \"Merged cells go on below\") goes on with the row above"),
            (struct import_place){.line = grid_line(p->task.grid, row), .heading = ""});
    } else if (!p->is_open || names_task(p, row)) {
        begin_task(p, row, false);
    } else if (has_place(p, row)) {
        begin_task(p, row, true);
    } else {
        add_row(p, row);
    }
}

static void tell_too_much(const struct proposing *p, size_t row)
{
    char *sentence = alloc_format(_("The rows up to this one have more than %u MB of text; those "
                                    "behind it were not read: divide the file"),
        BYTES_MOST >> 20);
    import_problem(p->task.import, sentence,
        (struct import_place){.line = grid_line(p->task.grid, row), .heading = ""});
    free(sentence);
}

static void put_in_order(struct proposing *p)
{
    size_t count = p->task.ledger->count;
    p->above = alloc_zero(count, sizeof *p->above);
    p->task.type = alloc_zero(count, sizeof *p->task.type);
    p->task.is_target = alloc_zero(count, sizeof *p->task.is_target);
    p->order = alloc_zero(count, sizeof *p->order);
    for (size_t f = 0; f < ledger_field_count; f++)
        for (size_t column = 0; column < count; column++) {
            if (ledger_entry_field(&p->task, column) != &ledger_fields[f])
                continue;
            const struct field *field = field_find(ledger_field_told(&ledger_fields[f]), NULL);
            p->task.type[column] = field ? field->type : VALUE_IS_NUMBER; /* version */
            const struct field *own = field_find(ledger_fields[f].name, NULL);
            p->task.is_target[column] = own != NULL && own->table == TABLE_TARGET;
            p->order[p->ordered++] = column;
        }
}

void ledger_propose(const struct grid *grid, const struct ledger *ledger, bool fill,
    struct import *import, struct import_told *told)
{
    struct proposing p = {
        .task = {.grid = grid, .ledger = ledger, .import = import}, .told = told, .fill = fill};
    put_in_order(&p);
    size_t row = ledger->has_headings ? ledger->last + 1 : 0;
    for (; row < grid_rows(grid) && p.bytes <= BYTES_MOST; row++) {
        if (row % ASKED_EVERY == 0 && !grid_goes_on(grid))
            break;
        propose_row(&p, row);
    }
    end_task(&p);
    if (p.bytes > BYTES_MOST)
        tell_too_much(&p, row - 1);
    if (p.passed > PASSED_TOLD)
        strbuf_format(&told->lines, _("passed over: %zu further lines\n"), p.passed - PASSED_TOLD);
    ledger_entry_clear(&p.task);
    free(p.above);
    free(p.order);
}
