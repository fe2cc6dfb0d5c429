/* The headings of a table and what they mean. */
#include "exchange/ledger.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "exchange/column_letters.h"
#include "ledger_parts.h"

#define SEARCHED 40     /* rows from the top in which the headings are looked for */
#define HEADING_MOST 90 /* bytes of a heading */
#define HEADING_TOLD 600

/* --- what was told --------------------------------------------------------------------------- */

struct told {
    char *column; /* as told; its key */
    char *key;
    const struct ledger_field *field; /* NULL: left out */
};
struct told_list {
    struct told *row;
    size_t count, room;
};

static void told_clear(struct told_list *told)
{
    for (size_t i = 0; i < told->count; i++) {
        free(told->row[i].column);
        free(told->row[i].key);
    }
    free(told->row);
}

static bool told_add(struct told_list *told, const char *text, struct error *err)
{
    const char *equals = strrchr(text, '=');
    if (equals == NULL || equals == text)
        return error_set(err, ERROR_USAGE,
            _("--map %s is not written COLUMN=FIELD; a column is its heading, its letter or its "
              "number"),
            text);
    const struct ledger_field *field = ledger_field_named(equals + 1);
    if (field == NULL && strcmp(equals + 1, "-") != 0)
        return error_set(err, ERROR_USAGE,
            _("--map %s: no field is called \"%s\"; \"duban help import\" lists them, and - leaves "
              "a column out"),
            text, equals + 1);
    struct strbuf key = {0};
    told->row = alloc_grow(told->row, &told->room, told->count + 1, sizeof *told->row);
    struct told *row = &told->row[told->count++];
    row->column = alloc_string_n(text, (size_t)(equals - text));
    row->field = field;
    ledger_field_key(&key, row->column);
    row->key = key.text ? strbuf_take(&key) : alloc_string("");
    return true;
}

/* A letter or a number as a column from 0; -1 when it is neither. */
static long column_place(const char *typed)
{
    long place = 0;
    size_t length = strlen(typed);
    bool letters = length > 0 && length <= 2, digits = length > 0 && length <= 4;
    for (const char *at = typed; *at; at++) {
        letters = letters && isalpha((unsigned char)*at);
        digits = digits && isdigit((unsigned char)*at);
        place = letters ? place * 26 + (toupper((unsigned char)*at) - 'A' + 1)
                        : place * 10 + (*at - '0');
    }
    return letters || digits ? place - 1 : -1;
}

static const struct told *told_heading(const struct told_list *told, const char *heading)
{
    struct strbuf key = {0};
    const struct told *found = NULL;
    ledger_field_key(&key, heading);
    for (size_t i = 0; i < told->count && !found && key.length > 0; i++)
        if (strcmp(told->row[i].key, key.text) == 0)
            found = &told->row[i];
    strbuf_clear(&key);
    return found;
}

/* --- finding the headings -------------------------------------------------------------------- */

/* The heading of a column where rows `first` to `last` are headings: the lower one where it is
 * known by itself, else both joined. `*above` (may be NULL): the upper one over a column of its
 * own. */
static const char *upper_heading(const struct grid *grid, size_t row, size_t column)
{
    /* a merged cell that the file leaves blank behind its first column */
    while (column > 0 && *grid_text(grid, row, column, NULL) == '\0')
        column--;
    return grid_text(grid, row, column, NULL);
}

/* A heading is told of each cell below it; none is so long. */
static char *cut_heading(char *heading)
{
    if (strnlen(heading, HEADING_TOLD + 1) > HEADING_TOLD)
        heading[text_previous(heading, HEADING_TOLD)] = '\0';
    return heading;
}

static char *make_heading(const struct grid *grid, size_t first, size_t last, size_t column)
{
    const char *upper = grid_text(grid, first, column, NULL),
               *lower = grid_text(grid, last, column, NULL);
    if (first == last || *lower == '\0' || strcmp(upper, lower) == 0)
        return alloc_string(upper);
    if (*upper == '\0')
        upper = upper_heading(grid, first, column);
    return *upper ? alloc_format("%s %s", upper, lower) : alloc_string(lower);
}

static const struct ledger_field *find_field(
    const struct grid *grid, size_t first, size_t last, size_t column)
{
    const char *upper = grid_text(grid, first, column, NULL),
               *lower = grid_text(grid, last, column, NULL);
    if (strlen(upper) > HEADING_MOST || strlen(lower) > HEADING_MOST)
        return NULL;
    if (first == last || *lower == '\0')
        return ledger_field_find(upper);
    char *joined = make_heading(grid, first, last, column);
    const struct ledger_field *field = ledger_field_find(joined);
    free(joined);
    if (field == NULL)
        field = ledger_field_find(lower);
    /* "责任单位" over "市级" and "县级", or over "市" and "县" */
    upper = upper_heading(grid, first, column);
    const struct ledger_field *above =
        strlen(upper) <= HEADING_MOST ? ledger_field_find(upper) : NULL;
    bool units = above && (above->flags & LEDGER_MANY);
    if (units &&
        (field == NULL || ((field->flags & LEDGER_REGION) && !(above->flags & LEDGER_REGION))))
        field = above;
    return field;
}

static size_t count_known(
    const struct grid *grid, size_t first, size_t last, const struct told_list *told)
{
    bool seen[128] = {false};
    size_t known = 0;
    for (size_t column = 0; column < grid_columns(grid); column++) {
        const struct ledger_field *field = find_field(grid, first, last, column);
        if (field && !seen[field - ledger_fields]) {
            seen[field - ledger_fields] = true;
            known++;
        } else if (field == NULL && first == last && told->count > 0) {
            const char *text = grid_text(grid, first, column, NULL);
            known += strlen(text) <= HEADING_MOST && told_heading(told, text) != NULL;
        }
    }
    return known;
}

/* Whether a row continues the headings of the one above: each text of it stands under a merged
 * heading. */
static bool is_second_row(const struct grid *grid, size_t row)
{
    bool any = false;
    for (size_t column = 0; column < grid_columns(grid); column++) {
        const char *upper = grid_text(grid, row, column, NULL),
                   *lower = grid_text(grid, row + 1, column, NULL);
        const char *next = grid_text(grid, row, column + 1, NULL);
        if (*lower == '\0' || strcmp(upper, lower) == 0)
            continue;
        bool merged = *upper == '\0' || ((*next == '\0' || grid_is_filled(grid, row, column + 1)) &&
                                            *grid_text(grid, row + 1, column + 1, NULL));
        if ((!merged && !grid_is_filled(grid, row, column)) || strlen(lower) > HEADING_MOST)
            return false;
        any = true;
    }
    return any;
}

struct headings {
    size_t first, last, known;
};

static struct headings find_headings(const struct grid *grid, const struct told_list *told)
{
    struct headings best = {0};
    size_t rows = grid_rows(grid) < SEARCHED ? grid_rows(grid) : SEARCHED;
    for (size_t row = 0; row < rows; row++) {
        size_t one = count_known(grid, row, row, told);
        size_t two = one > 0 && row + 1 < grid_rows(grid) && is_second_row(grid, row)
                         ? count_known(grid, row, row + 1, told)
                         : 0;
        if (one > best.known && one > two)
            best = (struct headings){row, row, one};
        else if (two > best.known)
            best = (struct headings){row, row + 1, two};
    }
    return best;
}

/* --- columns --------------------------------------------------------------------------------- */

static bool is_taken(const struct ledger *ledger, const struct ledger_field *field)
{
    for (size_t i = 0; i < ledger->count; i++)
        if (ledger->column[i].field == field)
            return true;
    return false;
}

static struct ledger_column *find_told(const struct ledger *ledger, const struct told *told)
{
    struct strbuf key = {0};
    struct ledger_column *found = NULL;
    for (size_t i = 0; i < ledger->count && !found && *told->key; i++) {
        strbuf_cut(&key, 0);
        ledger_field_key(&key, ledger->column[i].heading);
        if (strcmp(strbuf_text(&key), told->key) == 0)
            found = &ledger->column[i];
    }
    strbuf_clear(&key);
    long place = column_place(told->column);
    if (found == NULL && place >= 0 && (size_t)place < ledger->count)
        found = &ledger->column[place];
    return found;
}

static bool refuse_column(const struct ledger *ledger, const struct told *told, struct error *err)
{
    struct strbuf headings = {0};
    for (size_t i = 0; i < ledger->count && headings.length < 300; i++)
        if (*ledger->column[i].heading)
            strbuf_format(
                &headings, "%s%s", headings.length ? ", " : "", ledger->column[i].heading);
    error_set(err, ERROR_USAGE, _("--map %s: there is no such column; there are %zu: %s"),
        told->column, ledger->count, strbuf_text(&headings));
    strbuf_clear(&headings);
    return false;
}

static bool take_told(struct ledger *ledger, const struct told_list *told, struct error *err)
{
    for (size_t i = 0; i < told->count; i++) {
        struct ledger_column *column = find_told(ledger, &told->row[i]);
        const struct ledger_field *field = told->row[i].field;
        if (column == NULL)
            return refuse_column(ledger, &told->row[i], err);
        column->field = NULL;
        if (field && !(field->flags & LEDGER_MANY) && is_taken(ledger, field))
            return error_set(err, ERROR_USAGE, _("two columns are told to be %s"), field->name);
        column->field = field;
        column->is_told = true;
    }
    return true;
}

static bool is_canonical(const struct ledger_column *column, const struct ledger_field *field)
{
    struct strbuf key = {0}, zh = {0}, en = {0};
    ledger_field_key(&key, column->heading);
    ledger_field_key(&zh, field->zh);
    ledger_field_key(&en, field->en);
    bool is = strcmp(strbuf_text(&key), strbuf_text(&zh)) == 0 ||
              strcmp(strbuf_text(&key), strbuf_text(&en)) == 0;
    strbuf_clear(&key);
    strbuf_clear(&zh);
    strbuf_clear(&en);
    return is;
}

/* 受理编号 is what a complaint is known by; 序号 beside it counts the rows of that one list. */
static bool is_of_complaint(const struct ledger_column *column)
{
    static const char *const names[] = {"受理编号", "信访编号", "交办编号"};
    struct strbuf key = {0};
    bool is = false;
    ledger_field_key(&key, column->heading);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        is = is || strcmp(strbuf_text(&key), names[i]) == 0;
    strbuf_clear(&key);
    return is;
}

/* What is called as we call it goes before what is called otherwise. */
static void take_known(const struct grid *grid, struct ledger *ledger)
{
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < ledger->count; i++) {
            struct ledger_column *column = &ledger->column[i];
            const struct ledger_field *field = find_field(grid, ledger->first, ledger->last, i);
            if (column->is_told || column->field || field == NULL ||
                (round == 0 && !is_canonical(column, field)) ||
                (round == 1 && !is_of_complaint(column)))
                continue;
            if ((field->flags & LEDGER_MANY) || !is_taken(ledger, field))
                column->field = field;
            else
                column->twice = field;
        }
}

static bool all_by_place(const struct told_list *told)
{
    for (size_t i = 0; i < told->count; i++)
        if (column_place(told->row[i].column) < 0)
            return false;
    return told->count > 0;
}

static bool open_columns(
    const struct grid *grid, const struct told_list *told, struct ledger *out, struct error *err)
{
    struct headings found = find_headings(grid, told);
    out->has_headings = found.known >= 2 || (found.known == 1 && grid_columns(grid) == 1);
    if (!out->has_headings && !all_by_place(told))
        return error_set(err, ERROR_INPUT,
            _("no row of headings is found in the first %d rows (such as 编号, 整改任务, 整改时限, "
              "责任单位); "
              "say what the columns are, with --map A=number --map B=title, or put a row of "
              "headings "
              "above them"),
            SEARCHED);
    out->first = found.first;
    out->last = found.last;
    out->count = grid_columns(grid);
    out->column = alloc_zero(out->count, sizeof *out->column);
    for (size_t i = 0; i < out->count; i++)
        out->column[i].heading = out->has_headings
                                     ? cut_heading(make_heading(grid, out->first, out->last, i))
                                     : alloc_string("");
    if (!take_told(out, told, err))
        return false;
    if (out->has_headings)
        take_known(grid, out);
    return true;
}

bool ledger_open(const struct grid *grid, const char *const *map, size_t map_count,
    struct ledger *out, struct error *err)
{
    struct told_list told = {0};
    bool good = true;
    *out = (struct ledger){0};
    for (size_t i = 0; i < map_count && good; i++)
        good = told_add(&told, map[i], err);
    good = good && open_columns(grid, &told, out, err);
    told_clear(&told);
    if (!good)
        ledger_clear(out);
    return good;
}

void ledger_clear(struct ledger *ledger)
{
    for (size_t i = 0; i < ledger->count; i++)
        free(ledger->column[i].heading);
    free(ledger->column);
    *ledger = (struct ledger){0};
}

/* --- telling --------------------------------------------------------------------------------- */

static void add_one_line(struct strbuf *out, const char *heading)
{
    for (const char *at = heading; *at; at++)
        strbuf_add_char(out, *at == '\n' ? ' ' : *at);
}

void ledger_column_name(struct strbuf *out, const struct ledger *ledger, size_t column)
{
    if (*ledger->column[column].heading)
        add_one_line(out, ledger->column[column].heading);
    else
        column_name(out, column, ledger->lettered);
}

void ledger_column_word(struct strbuf *out, const struct ledger *ledger, size_t column)
{
    char letters[COLUMN_LETTERS];
    column_letters(column, letters);
    if (ledger->lettered)
        strbuf_add(out, letters);
    else
        strbuf_format(out, "%zu", column + 1);
}

static void tell_way_in(
    const struct ledger *ledger, size_t column, const char *name, struct strbuf *out)
{
    struct strbuf word = {0};
    ledger_column_word(&word, ledger, column);
    strbuf_format(out,
        _("not taken: %s (--map %s=FIELD takes it, or on the board Enter in its line)\n"), name,
        strbuf_text(&word));
    strbuf_clear(&word);
}

static void tell_not_taken(const struct grid *grid, const struct ledger *ledger, struct strbuf *out)
{
    for (size_t i = 0; i < ledger->count; i++) {
        const struct ledger_column *column = &ledger->column[i];
        if (column->field || column->is_told || ledger_field_is_derived(column->heading) ||
            (*column->heading == '\0' && !ledger_column_has_text(grid, ledger, i)))
            continue;
        struct strbuf name = {0};
        ledger_column_name(&name, ledger, i);
        if (column->twice)
            strbuf_format(out, _("not taken: %s, for another column is %s already\n"),
                strbuf_text(&name), ledger_field_heading(column->twice));
        else
            tell_way_in(ledger, i, strbuf_text(&name), out);
        strbuf_clear(&name);
    }
}

/* What an export tells besides: no doubt, and said in one line. */
static void tell_derived(const struct ledger *ledger, struct strbuf *out)
{
    struct strbuf names = {0};
    for (size_t i = 0; i < ledger->count; i++) {
        const struct ledger_column *column = &ledger->column[i];
        if (column->field || column->is_told || !ledger_field_is_derived(column->heading))
            continue;
        strbuf_format(&names, "%s%s", names.length > 0 ? ", " : "", column->heading);
    }
    if (names.length > 0)
        strbuf_format(out, _("not read, for it follows from the rest: %s\n"), strbuf_text(&names));
    strbuf_clear(&names);
}

static void tell_columns(
    const struct grid *grid, const struct ledger *ledger, struct import_told *told)
{
    told->heading_line = ledger->has_headings ? grid_line(grid, ledger->first) : 0;
    for (size_t i = 0; i < ledger->count; i++) {
        const struct ledger_column *from = &ledger->column[i];
        struct import_told_column *column = import_told_column(told, from->heading);
        column->field = from->field;
        column->twice = from->twice;
        column->is_told = from->is_told;
    }
    size_t row = ledger->has_headings ? ledger->last + 1 : 0;
    for (size_t found = 0; row < grid_rows(grid) && found < IMPORT_TOLD_FIRST; row++) {
        if (ledger_passed_over(grid, ledger, row))
            continue;
        for (size_t i = 0; i < ledger->count; i++) {
            free(told->column[i].first[found]);
            told->column[i].first[found] = alloc_string(grid_text(grid, row, i, NULL));
        }
        found++;
    }
}

void ledger_tell(const struct grid *grid, const struct ledger *ledger, struct import_told *told)
{
    struct strbuf *out = &told->lines;
    tell_columns(grid, ledger, told);
    if (ledger->has_headings)
        strbuf_format(out, _("headings in line %zu: "), grid_line(grid, ledger->first));
    else
        strbuf_add(out, _("no headings: "));
    bool any = false;
    for (size_t i = 0; i < ledger->count; i++) {
        const struct ledger_column *column = &ledger->column[i];
        if (column->field == NULL)
            continue;
        strbuf_add(out, any ? _(", ") : "");
        any = true;
        ledger_column_name(out, ledger, i);
        if (!is_canonical(column, column->field))
            strbuf_format(out, "=%s", ledger_field_heading(column->field));
    }
    strbuf_add_char(out, '\n');
    tell_not_taken(grid, ledger, out);
    tell_derived(ledger, out);
}
