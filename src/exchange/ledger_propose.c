/* Rows to proposals: which rows are one task, and what each says of it. Texts are the grid's. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "ledger_parts.h"
#include "model/field.h"
#include "model/import.h"
#include "model/target_lines.h"

#define PASSED_TOLD 10                      /* rows passed over that are told one by one */
#define ASKED_EVERY 1000                    /* rows, whether it is to go on */
#define MEASURES_MOST (8 * FIELD_TEXT_MOST) /* bytes of a cell with all measures of a task */
#define BYTES_MOST (256U << 20) /* of all cells, one text of a workbook each time again */

struct value {
    size_t column, row; /* row: where it is told of, also when it goes on from above */
    const char *text;
};

struct proposing {
    const struct grid *grid;
    const struct ledger *ledger;
    struct import *import;
    struct import_told *told;
    bool fill;
    const char **above;    /* by column: the text of the row above, or what went on in it */
    enum field_type *type; /* by column */
    size_t *order;         /* columns that are taken, in the order of the table of fields */
    size_t ordered;
    struct value *value; /* of the task that is being put together */
    size_t count, room;
    bool is_open;
    size_t row;                           /* its first */
    size_t further;                       /* rows of it behind that */
    struct ledger_told_measures measures; /* told so far */
    struct import_place measure_place;
    size_t passed;
    size_t bytes; /* of all values so far */
};

static const struct ledger_field *field_of(const struct proposing *p, size_t column)
{
    return p->ledger->column[column].field;
}

static bool is_named(const struct proposing *p, size_t column, const char *name)
{
    const struct ledger_field *field = field_of(p, column);
    return field && strcmp(field->name, name) == 0;
}

static struct import_place place_of(const struct proposing *p, size_t row, size_t column)
{
    return (struct import_place){.line = grid_line(p->grid, row),
        .column = column + 1,
        .heading = p->ledger->column[column].heading};
}

/* --- telling --------------------------------------------------------------------------------- */

static void tell_measure(void *context, const char *text, size_t count)
{
    struct proposing *p = context;
    struct ledger_told_measures *told = &p->measures;
    char name[32], *one = alloc_string_n(text, count);
    told->text = alloc_grow(told->text, &told->room, told->count + 1, sizeof *told->text);
    told->text[told->count++] = one;
    snprintf(name, sizeof name, "measure.%zu", told->count);
    import_value(p->import, name, one, p->measure_place);
}

static void forget_measures(struct proposing *p)
{
    for (size_t i = 0; i < p->measures.count; i++)
        free(p->measures.text[i]);
    p->measures.count = 0;
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
static bool is_of_target(const struct proposing *p, size_t column)
{
    const struct field *field = field_find(field_of(p, column)->name, NULL);
    return field != NULL && field->table == TABLE_TARGET;
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
static size_t target_of(const struct proposing *p, size_t row)
{
    size_t number = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (!is_named(p, p->value[i].column, "target") || p->value[i].row > row)
            continue;
        number += is_of_lines(p->value[i].text) ? lines_of(p->value[i].text) : 1;
        if (p->value[i].row == row)
            return number;
    }
    return 0;
}

static void tell_lines(struct proposing *p, const struct value *value, struct import_place place)
{
    static const char *const names[] = {"target", "value", "unit", "by", "by_raw"};
    size_t number = target_of(p, value->row) - lines_of(value->text);
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
                import_value(p->import, name, strbuf_text(&cell[column]), place);
            free(name);
            strbuf_clear(&cell[column]);
        }
        at += bytes + (at[bytes] == '\n');
    }
}

/* 2027 is 2027年 in a column of years. */
static void tell_target(struct proposing *p, const struct value *value, struct import_place place)
{
    const char *name = field_of(p, value->column)->name;
    size_t number = target_of(p, value->row);
    bool year = strcmp(name, "by") == 0 && strlen(value->text) == 4 &&
                strspn(value->text, "0123456789") == 4;
    char *full = number > 0 ? alloc_format("%s.%zu", name, number) : alloc_string(name);
    struct strbuf text = {0};
    add_line(&text, value->text);
    strbuf_add(&text, year ? "年" : "");
    import_value(p->import, full, strbuf_text(&text), place);
    strbuf_clear(&text);
    free(full);
}

static void tell_field(struct proposing *p, size_t index)
{
    const struct value *value = &p->value[index];
    const struct ledger_field *field = field_of(p, value->column);
    struct import_place place = place_of(p, value->row, value->column);
    if (is_named(p, value->column, "target") && is_of_lines(value->text)) {
        tell_lines(p, value, place);
        return;
    }
    if (is_of_target(p, value->column)) {
        tell_target(p, value, place);
        return;
    }
    if (strcmp(field->name, "version") == 0) {
        import_version(p->import, value->text, place);
        return;
    }
    if (strcmp(field->name, "measure") == 0) {
        p->measure_place = place;
        ledger_measures(value->text, tell_measure, p);
        return;
    }
    struct strbuf text = {0};
    enum field_type type = p->type[value->column];
    if (type == VALUE_IS_LINE)
        add_line(&text, value->text);
    else
        strbuf_add(&text, value->text);
    /* texts of further rows are further lines of it */
    for (size_t i = index + 1; i < p->count && type == VALUE_IS_TEXT; i++)
        if (p->value[i].column == value->column)
            strbuf_format(&text, "\n%s", p->value[i].text);
    import_value(p->import, field->flags & LEDGER_REGION ? "region" : field->name,
        strbuf_text(&text), place);
    strbuf_clear(&text);
}

static const struct value *find_value(const struct proposing *p, const char *name)
{
    for (size_t i = 0; i < p->count; i++)
        if (is_named(p, p->value[i].column, name))
            return &p->value[i];
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
static void tell_title(struct proposing *p)
{
    const struct value *title = find_value(p, "title"), *problem = find_value(p, "problem");
    const struct value *from = title ? title : problem;
    if (from == NULL || (title && (problem || strlen(title->text) <= FIELD_LINE_MOST)))
        return;
    struct import_place place = place_of(p, from->row, from->column);
    char *sentence = first_sentence(from->text);
    import_value(p->import, "title", sentence, place);
    if (title)
        import_value(p->import, "problem", title->text, place);
    free(sentence);
}

static bool is_long_title(const struct proposing *p, const struct value *value)
{
    return is_named(p, value->column, "title") && strlen(value->text) > FIELD_LINE_MOST &&
           find_value(p, "problem") == NULL;
}

static bool is_further_line(const struct proposing *p, size_t index)
{
    const struct ledger_field *field = field_of(p, p->value[index].column);
    if (p->type[p->value[index].column] != VALUE_IS_TEXT || (field->flags & LEDGER_MANY))
        return false;
    for (size_t i = 0; i < index; i++)
        if (p->value[i].column == p->value[index].column)
            return true;
    return false;
}

static void tell_task(struct proposing *p)
{
    if (!p->is_open)
        return;
    p->is_open = false;
    forget_measures(p);
    import_task(
        p->import, (struct import_place){.line = grid_line(p->grid, p->row), .heading = ""});
    tell_title(p);
    for (size_t i = 0; i < p->count; i++)
        if (!is_further_line(p, i) && !is_long_title(p, &p->value[i]))
            tell_field(p, i);
    const struct value *number = find_value(p, "number");
    if (p->ledger->beside != NULL && number != NULL)
        ledger_beside_tell(p->ledger->beside, number->text, &p->measures, p->import);
}

/* --- rows ------------------------------------------------------------------------------------ */

static bool is_task_name(const struct proposing *p, size_t column)
{
    return is_named(p, column, "number") || is_named(p, column, "title") ||
           is_named(p, column, "problem");
}

/* Known before anything else is done with it: a workbook may have one long text in very many cells.
 */
static size_t bytes_most(const struct proposing *p, size_t column)
{
    return is_named(p, column, "measure") ? MEASURES_MOST : FIELD_TEXT_MOST;
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
    const char *text = grid_text(p->grid, row, column, &kind);
    return kind == GRID_WRONG || is_too_long(p, column, text) ? "" : text;
}

/* Says nothing of its own: blank, or merged with the cell above. */
static bool is_merged(const struct proposing *p, size_t row, size_t column)
{
    const char *text = grid_text(p->grid, row, column, NULL);
    if (*text == '\0')
        return true;
    return row > 0 && grid_is_filled(p->grid, row, column) &&
           text == grid_text(p->grid, row - 1, column, NULL);
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
        if (is_task_name(p, p->order[i]) && *grid_text(p->grid, row, p->order[i], NULL))
            return true;
    }
    return !any;
}

/* A place of its own, other than that of the task so far. */
static bool has_place(const struct proposing *p, size_t row)
{
    for (size_t i = 0; i < p->ordered; i++) {
        size_t column = p->order[i];
        const char *text = grid_text(p->grid, row, column, NULL);
        if ((field_of(p, column)->flags & LEDGER_REGION) && *text && !is_merged(p, row, column) &&
            (p->above[column] == NULL || strcmp(text, p->above[column]) != 0))
            return true;
    }
    return false;
}

static void add_value(struct proposing *p, size_t row, size_t column, const char *text)
{
    p->value = alloc_grow(p->value, &p->room, p->count + 1, sizeof *p->value);
    p->value[p->count++] = (struct value){.column = column, .row = row, .text = text};
    p->bytes += strlen(text);
}

/* A county does not go on below another city. */
static bool is_below_new_city(const struct proposing *p, size_t row, size_t column)
{
    if (!is_named(p, column, "county"))
        return false;
    for (size_t i = 0; i < p->ordered; i++)
        if (is_named(p, p->order[i], "city") && *grid_text(p->grid, row, p->order[i], NULL) &&
            !is_merged(p, row, p->order[i]))
            return true;
    return false;
}

/* The text of a cell, or that which goes on in it; "" none. `part`: the task of the row above
 * again. */
static const char *text_of(const struct proposing *p, size_t row, size_t column, bool part)
{
    const char *text = value_at(p, row, column);
    unsigned flags = field_of(p, column)->flags;
    unsigned goes_on = p->fill ? LEDGER_IDENTITY : 0;
    if (*text || p->above[column] == NULL || is_below_new_city(p, row, column))
        return text;
    return flags & (goes_on | (part ? LEDGER_TASK : 0)) ? p->above[column] : "";
}

static void begin_task(struct proposing *p, size_t row, bool part)
{
    tell_task(p);
    p->is_open = true;
    p->row = row;
    p->further = 0;
    p->count = 0;
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
    for (size_t i = 0; i < p->count; i++)
        if (p->value[i].column == column) {
            if (p->value[i].text == text || strcmp(p->value[i].text, text) == 0)
                return true;
            *other = true;
        }
    return false;
}

/* A further row of a task adds to it; it cannot say otherwise. */
/* More than can be counted, and each is looked for among all before it. */
static void tell_too_long(const struct proposing *p, size_t row)
{
    char *sentence = alloc_format(_("The task of line %zu goes on over more than %d rows; a task "
                                    "of its own needs a number or a title"),
        grid_line(p->grid, p->row), FIELD_POSITION_MOST);
    import_problem(
        p->import, sentence, (struct import_place){.line = grid_line(p->grid, row), .heading = ""});
    free(sentence);
}

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
        if (is_of_target(p, column)) {
            add_value(p, row, column, text);
            continue;
        }
        if (is_told(p, column, text, &other))
            continue;
        if (other && !(field_of(p, column)->flags & LEDGER_MANY) &&
            p->type[column] != VALUE_IS_TEXT) {
            char *sentence = alloc_format(_("This row goes on with the task of line %zu, which "
                                            "says otherwise; a task of its own "
                                            "needs a number or a title"),
                grid_line(p->grid, p->row));
            import_problem(p->import, sentence, place_of(p, row, column));
            free(sentence);
            continue;
        }
        add_value(p, row, column, text);
        if (field_of(p, column)->flags & LEDGER_IDENTITY)
            p->above[column] = text;
    }
}

static void tell_passed(struct proposing *p, size_t row, const char *why)
{
    if (*why == '\0')
        return;
    if (p->passed++ < PASSED_TOLD)
        strbuf_format(
            &p->told->lines, _("passed over: line %zu, %s\n"), grid_line(p->grid, row), why);
}

static void tell_long_cell(const struct proposing *p, size_t row, size_t column)
{
    char *sentence = alloc_format(
        _("This is longer than the %zu bytes that can be kept of a cell"), bytes_most(p, column));
    import_problem(p->import, sentence, place_of(p, row, column));
    free(sentence);
}

/* Cells without a value, other than merged ones, which were told with the first. */
static void tell_wrong(struct proposing *p, size_t row)
{
    for (size_t i = 0; i < p->ordered; i++) {
        enum grid_kind kind;
        const char *text = grid_text(p->grid, row, p->order[i], &kind);
        if (grid_is_filled(p->grid, row, p->order[i]))
            continue;
        if (kind == GRID_WRONG)
            import_problem(p->import, text, place_of(p, row, p->order[i]));
        else if (is_too_long(p, p->order[i], text))
            tell_long_cell(p, row, p->order[i]);
    }
}

static void propose_row(struct proposing *p, size_t row)
{
    const char *why = ledger_passed_over(p->grid, p->ledger, row);
    if (why == NULL)
        tell_wrong(p, row);
    if (why) {
        tell_passed(p, row, why);
    } else if (!has_name(p, row) && !(p->fill && p->is_open)) {
        tell_task(p);
        import_problem(p->import,
            _("The row has neither number nor title; where merged cells were left blank, --fill "
              "(on the board: \"Merged cells go on below\") goes on with the row above"),
            (struct import_place){.line = grid_line(p->grid, row), .heading = ""});
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
    import_problem(
        p->import, sentence, (struct import_place){.line = grid_line(p->grid, row), .heading = ""});
    free(sentence);
}

static void put_in_order(struct proposing *p)
{
    size_t count = p->ledger->count;
    p->above = alloc_zero(count, sizeof *p->above);
    p->type = alloc_zero(count, sizeof *p->type);
    p->order = alloc_zero(count, sizeof *p->order);
    for (size_t f = 0; f < ledger_field_count; f++)
        for (size_t column = 0; column < count; column++) {
            if (field_of(p, column) != &ledger_fields[f])
                continue;
            const struct field *field = field_find(ledger_fields[f].name, NULL);
            p->type[column] = field ? field->type : VALUE_IS_REGIONS; /* city, county */
            p->order[p->ordered++] = column;
        }
}

void ledger_propose(const struct grid *grid, const struct ledger *ledger, bool fill,
    struct import *import, struct import_told *told)
{
    struct proposing p = {
        .grid = grid, .ledger = ledger, .import = import, .told = told, .fill = fill};
    put_in_order(&p);
    size_t row = ledger->has_headings ? ledger->last + 1 : 0;
    for (; row < grid_rows(grid) && p.bytes <= BYTES_MOST; row++) {
        if (row % ASKED_EVERY == 0 && !grid_goes_on(grid))
            break;
        propose_row(&p, row);
    }
    tell_task(&p);
    if (p.bytes > BYTES_MOST)
        tell_too_much(&p, row - 1);
    if (p.passed > PASSED_TOLD)
        strbuf_format(&told->lines, _("passed over: %zu further lines\n"), p.passed - PASSED_TOLD);
    forget_measures(&p);
    free(p.measures.text);
    free(p.above);
    free(p.type);
    free(p.order);
    free(p.value);
}
