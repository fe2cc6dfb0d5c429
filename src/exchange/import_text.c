#include "exchange/import_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "exchange/column_letters.h"
#include "import_groups.h"
#include "model/field.h"

enum {
    VALUE_COLUMNS = 60, /* of a value in a line of changes */
    KIND_MOST = 20,     /* messages of one kind that are told */
    KIND_BRIEF = 5      /* and where the first of everything are told */
};

struct page {
    struct strbuf *out;
    const struct import_plan *plan;
    int columns;
    size_t most;
};

/* --- lines ----------------------------------------------------------------------------------- */

/* One paragraph, its lines after the first a little further in. */
static void put_line(const struct page *page, int indent, const char *text)
{
    struct text_lines lines = {0};
    int room = page->columns - indent - 2;
    if (page->columns <= 0 || room < 20) {
        strbuf_add_times(page->out, ' ', (size_t)indent);
        strbuf_format(page->out, "%s\n", text);
        return;
    }
    text_wrap(&lines, text, room);
    for (size_t i = 0; i < lines.count; i++) {
        strbuf_add_times(page->out, ' ', (size_t)(indent + (i > 0 ? 2 : 0)));
        strbuf_add_n(page->out, text + lines.line[i].start, lines.line[i].bytes);
        strbuf_add_char(page->out, '\n');
    }
    text_lines_clear(&lines);
}

static void put_and_clear(const struct page *page, int indent, struct strbuf *line)
{
    put_line(page, indent, strbuf_text(line));
    strbuf_clear(line);
}

static void put_heading(const struct page *page, const char *heading, size_t count)
{
    struct strbuf line = {0};
    strbuf_add_char(page->out, '\n');
    strbuf_format(&line, "%s (%zu)", heading, count);
    put_and_clear(page, 0, &line);
}

static void put_more(const struct page *page, size_t count)
{
    struct strbuf line = {0};
    if (page->most == 0 || count <= page->most)
        return;
    strbuf_format(&line, _("... and %zu more"), count - page->most);
    put_and_clear(page, 2, &line);
}

static bool is_shown(const struct page *page, size_t nth)
{
    return page->most == 0 || nth < page->most;
}

/* --- messages -------------------------------------------------------------------------------- */

/* "台账.csv, line 12, column 5 (整改时限)" */
static void add_place(
    struct strbuf *line, const char *file, const struct import_place *place, bool lettered)
{
    const char *heading = place->heading != NULL ? place->heading : "";
    strbuf_add(line, file);
    if (place->line > 0) {
        strbuf_add(line, file[0] != '\0' ? _(", ") : "");
        strbuf_format(line, _("line %zu"), place->line);
    }
    if (place->column > 0) {
        strbuf_add(line, _(", "));
        column_name(line, place->column - 1, lettered);
    }
    if (heading[0] != '\0')
        strbuf_format(line, " (%s)", heading);
}

static void add_value(struct strbuf *line, const char *value)
{
    struct strbuf clean = {0};
    int used;
    if (value[0] == '\0')
        return;
    text_scrub(&clean, value, strlen(value), TEXT_ONE_LINE);
    size_t bytes = text_fit(strbuf_text(&clean), VALUE_COLUMNS, &used);
    strbuf_format(
        line, " \"%.*s%s\"", (int)bytes, strbuf_text(&clean), bytes < clean.length ? "…" : "");
    strbuf_clear(&clean);
}

static void add_message(struct strbuf *line, const char *file, const struct import_message *message)
{
    size_t begin = line->length;
    add_place(line, file, &message->place, message->lettered);
    add_value(line, message->value);
    strbuf_format(line, "%s%s", line->length > begin ? _(": ") : "", message->text);
}

static void put_message(const struct page *page, const struct import_message *message, size_t times)
{
    struct strbuf line = {0};
    if (times > 1)
        strbuf_format(&line, _("%zu times, first: "), times);
    add_message(&line, message->file, message);
    put_and_clear(page, 2, &line);
}

static size_t kind_most(const struct page *page)
{
    return page->most > 0 && page->most <= KIND_MOST ? KIND_BRIEF : KIND_MOST;
}

/* The first of each kind; behind the last that is shown how many more there are. False: enough. */
static bool put_group(
    const struct page *page, struct import_groups *groups, const struct import_group *group)
{
    size_t most = kind_most(page), of = groups->of_kind[group->kind];
    size_t *shown = &groups->shown[group->kind];
    if (*shown == most)
        return false;
    put_message(page, group->message, group->times);
    if (++*shown == most && of > most) {
        struct strbuf line = {0};
        strbuf_format(&line, _("... and %zu more of this kind"), of - most);
        put_and_clear(page, 4, &line);
    }
    return true;
}

static void put_messages(const struct page *page, bool refuses, const char *heading)
{
    struct import_groups groups = import_groups(page->plan, refuses);
    size_t shown = 0, told = 0;
    if (page->plan->said[refuses] > 0)
        put_heading(page, heading, page->plan->said[refuses]);
    for (size_t i = 0; i < groups.count && is_shown(page, shown); i++)
        shown += put_group(page, &groups, &groups.item[i]);
    for (size_t kind = 0; kind < groups.count; kind++)
        told += groups.shown[kind] == kind_most(page) ? groups.of_kind[kind] : groups.shown[kind];
    if (told < groups.count) {
        struct strbuf line = {0};
        strbuf_format(&line, _("... and %zu more"), groups.count - told);
        put_and_clear(page, 2, &line);
    }
    import_groups_clear(&groups);
}

/* --- units ----------------------------------------------------------------------------------- */

static const char *unit_kind(enum unit_kind kind)
{
    static const char *const names[] = {[UNIT_REGION] = N_("region"),
        [UNIT_DEPARTMENT] = N_("department"),
        [UNIT_SOURCE] = N_("source"),
        [UNIT_SPONSOR] = N_("sponsor")};
    return _(names[kind]);
}

/* A department of another place is no other name of one that is made here. */
static bool tells_nearest(const struct import_unit *unit)
{
    return unit->nearest[0] != '\0' &&
           (!unit->create || unit->kind == UNIT_REGION ||
               strncmp(unit->nearest, unit->region, strlen(unit->region)) == 0);
}

static void add_unit(struct strbuf *line, const struct import_unit *unit)
{
    strbuf_format(line, "%s \"%s\"", unit_kind(unit->kind), unit->name);
    if (unit->create)
        strbuf_format(line, _(", of %s"), unit->region);
    else
        strbuf_format(line,
            ngettext(", %zu time, in line %zu", ", %zu times, first in line %zu", unit->times),
            unit->times, unit->line);
    if (unit->slip)
        strbuf_format(line, _("; \"%s\" is there, one character apart"), unit->nearest);
    else if (unit->unnamed)
        strbuf_add(line, _("; this is no name of a place"));
    else if (tells_nearest(unit))
        strbuf_format(line, _("; the nearest is \"%s\""), unit->nearest);
    if (!unit->create && unit->nowhere)
        strbuf_add(line, _("; its place is not told"));
}

static void put_unit(const struct page *page, const struct import_unit *unit)
{
    struct strbuf line = {0};
    add_unit(&line, unit);
    put_and_clear(page, 2, &line);
}

static bool is_unknown(const struct import_plan *plan, enum unit_kind kind, bool nowhere)
{
    for (size_t i = 0; i < plan->unit_count; i++)
        if (!plan->unit[i].create && !plan->unit[i].slip && !plan->unit[i].unnamed &&
            plan->unit[i].kind == kind && plan->unit[i].nowhere == nowhere)
            return true;
    return false;
}

static const struct import_unit *first_slip(const struct import_plan *plan)
{
    for (size_t i = 0; i < plan->unit_count; i++)
        if (plan->unit[i].slip)
            return &plan->unit[i];
    return NULL;
}

static void put_way_out(const struct page *page)
{
    const struct import_plan *plan = page->plan;
    const struct import_unit *slip = first_slip(plan);
    if (slip != NULL) {
        struct strbuf line = {0};
        strbuf_format(&line,
            _("Write a name as it is known (\"%s\" as \"%s\"); where it really is another unit, "
              "make it on the command line with --new-unit \"%s\"."),
            slip->name, slip->nearest, slip->name);
        put_and_clear(page, 2, &line);
    }
    if (is_unknown(plan, UNIT_REGION, false) || is_unknown(plan, UNIT_DEPARTMENT, false))
        put_line(page, 2,
            _("Units that are really new are made with --create-units, on the board in the line "
              "\"Make units that there are not\"; others are written as they are known here."));
    if (is_unknown(plan, UNIT_REGION, true) || is_unknown(plan, UNIT_DEPARTMENT, true))
        put_line(page, 2,
            _("Those whose place is not told cannot be made: write the city or county in the row, "
              "or in front of the name."));
}

/* Of the first that is unknown. */
static void put_way_out_of_sources(const struct page *page, const struct import_unit *unit)
{
    char letters[COLUMN_LETTERS], number[24];
    struct strbuf line = {0};
    put_line(page, 2,
        _("A source that is really new is made with --source CODE=NAME, which may be said again, "
          "on the board in the line \"Source of lines that name none\", NAME as the file writes "
          "it."));
    if (unit->column == 0)
        return;
    column_letters(unit->column - 1, letters);
    snprintf(number, sizeof number, "%zu", unit->column);
    strbuf_format(&line,
        _("Where the column does not tell sources of tasks, --map %s=- leaves it out (on the board "
          "Enter in its line), and --source CODE or that line tells the source of all."),
        unit->lettered ? letters : number);
    put_and_clear(page, 2, &line);
}

enum unit_part { PART_UNKNOWN, PART_SOURCES, PART_MADE };

static enum unit_part part_of(const struct import_unit *unit)
{
    return unit->create ? PART_MADE : unit->kind == UNIT_SOURCE ? PART_SOURCES : PART_UNKNOWN;
}

/* Titles that stand under the heading of places are places that nobody knows. */
static bool may_be_exchanged(const struct import_plan *plan)
{
    enum { PLACES_MOST = 20, PLACES_LEAST = 5 };
    size_t places = 0;
    for (size_t i = 0; i < plan->unit_count; i++)
        places += plan->unit[i].kind == UNIT_REGION;
    return places > PLACES_MOST || (places >= PLACES_LEAST && 2 * places > plan->result_count);
}

static void put_units(const struct page *page, enum unit_part part, const char *heading)
{
    const struct import_plan *plan = page->plan;
    const struct import_unit *first = NULL;
    size_t count = 0, nth = 0;
    for (size_t i = plan->unit_count; i-- > 0;)
        if (part_of(&plan->unit[i]) == part) {
            first = &plan->unit[i];
            count++;
        }
    if (count == 0)
        return;
    put_heading(page, heading, count);
    if (part != PART_SOURCES && may_be_exchanged(plan))
        put_line(page, 2,
            _("These are very many new places: two columns may be exchanged, or have the heading "
              "of "
              "another; look at the headings, or say what columns mean with --map."));
    for (size_t i = 0; i < plan->unit_count; i++)
        if (part_of(&plan->unit[i]) == part && is_shown(page, nth++))
            put_unit(page, &plan->unit[i]);
    put_more(page, count);
    if (part == PART_UNKNOWN)
        put_way_out(page);
    else if (part == PART_SOURCES)
        put_way_out_of_sources(page, first);
}

/* --- what refuses ---------------------------------------------------------------------------- */

void import_text_refusal(struct strbuf *out, const struct import_plan *plan)
{
    const struct import_message *problem = NULL;
    const struct import_unit *unit = NULL;
    size_t problems = 0, units = 0;
    for (size_t i = 0; i < plan->message_count; i++) {
        const struct import_message *message = &plan->message[i];
        if (!message->refuses)
            continue;
        if (problem == NULL || import_message_order(message, problem) < 0)
            problem = message;
        problems++;
    }
    for (size_t i = plan->unit_count; i-- > 0;)
        if (!plan->unit[i].create) {
            unit = &plan->unit[i];
            units++;
        }
    if (problem == NULL && unit == NULL)
        return;
    strbuf_add(out, _("Nothing is written: "));
    if (problem != NULL)
        strbuf_format(out, ngettext("%zu problem", "%zu problems", problems), problems);
    if (unit != NULL)
        strbuf_format(out,
            problem != NULL ? ngettext(", %zu unknown unit", ", %zu unknown units", units)
                            : ngettext("%zu unknown unit", "%zu unknown units", units),
            units);
    strbuf_add(out, problems + units > 1 ? _("; the first: ") : _(": "));
    if (problem != NULL)
        add_message(out, "", problem);
    else
        add_unit(out, unit);
}

/* --- tasks ----------------------------------------------------------------------------------- */

static void add_shown(
    const struct page *page, const struct field *field, const char *value, struct strbuf *line)
{
    struct strbuf shown = {0}, clean = {0};
    int used;
    field_show(page->plan->units, field, value, &shown);
    text_scrub(&clean, strbuf_text(&shown), shown.length, TEXT_ONE_LINE);
    size_t bytes = text_fit(strbuf_text(&clean), VALUE_COLUMNS, &used);
    if (clean.length == 0)
        strbuf_add(line, _("none"));
    strbuf_add_n(line, strbuf_text(&clean), bytes);
    strbuf_add(line, bytes < clean.length ? "…" : "");
    strbuf_clear(&shown);
    strbuf_clear(&clean);
}

/* What follows from what is told, or is told with it. */
static bool follows(const struct field *field)
{
    static const char *const names[] = {"source", "part", "parent", "position", "reported_on",
        "submitted_on", "period", "period_end", "report_region", "report_department",
        "reported_at"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(field->name, names[i]) == 0)
            return true;
    return false;
}

static const char *beside(const struct import_result *task, const char *name, const char *suffix)
{
    char full[64];
    snprintf(full, sizeof full, "%s.%s", name, suffix);
    for (size_t i = 0; i < task->change_count; i++)
        if (strcmp(task->change[i].field, full) == 0)
            return task->change[i].after;
    return NULL;
}

/* A number that a person counts is told, the id of a row is not; of a report its period. */
static void put_change(
    const struct page *page, const struct import_result *task, const struct event_change *change)
{
    const char *suffix;
    const struct field *field = field_find(change->field, &suffix);
    struct strbuf line = {0};
    if (field == NULL || follows(field) || strcmp(change->before, change->after) == 0)
        return;
    strbuf_add(&line, _(field->label));
    if (field_key_of(field->table) == KEY_POSITION)
        strbuf_format(&line, " %s", suffix);
    bool report = strcmp(field->name, "report") == 0;
    const char *from = report ? beside(task, "period", suffix) : NULL,
               *to = report ? beside(task, "period_end", suffix) : NULL;
    if (from != NULL && to != NULL)
        strbuf_format(&line, _(" (%s to %s)"), from, to);
    strbuf_add(&line, _(": "));
    add_shown(page, field, change->before, &line);
    strbuf_add(&line, " → ");
    add_shown(page, field, change->after, &line);
    put_and_clear(page, 4, &line);
}

static void put_tasks(const struct page *page, enum import_kind kind, const char *heading)
{
    const struct import_plan *plan = page->plan;
    size_t nth = 0;
    if (plan->count[kind] == 0)
        return;
    put_heading(page, heading, plan->count[kind]);
    for (size_t i = 0; i < plan->result_count; i++) {
        const struct import_result *task = &plan->result[i];
        struct strbuf line = {0};
        if (task->kind != kind || !is_shown(page, nth++))
            continue;
        strbuf_format(&line, "%s %s", task->ident, task->title);
        put_and_clear(page, 2, &line);
        for (size_t k = 0; k < task->change_count; k++)
            put_change(page, task, &task->change[k]);
    }
    put_more(page, plan->count[kind]);
}

/* --- all ------------------------------------------------------------------------------------- */

static void put_counts(const struct page *page)
{
    const struct import_plan *plan = page->plan;
    struct strbuf line = {0};
    strbuf_format(&line, _("%zu new, %zu changed, %zu the same, %zu refused"),
        plan->count[IMPORT_NEW], plan->count[IMPORT_CHANGED], plan->count[IMPORT_SAME],
        plan->count[IMPORT_REFUSED]);
    put_and_clear(page, 0, &line);
    if (plan->source[0] == '\0')
        return;
    strbuf_format(&line, _("The source \"%s\" is new"), plan->source);
    put_and_clear(page, 0, &line);
}

static void put_next(const struct page *page, bool written)
{
    const struct import_plan *plan = page->plan;
    bool nothing = plan->count[IMPORT_NEW] + plan->count[IMPORT_CHANGED] == 0;
    strbuf_add_char(page->out, '\n');
    if (written)
        put_line(page, 0, nothing ? _("There was nothing to write.") : _("All of it is written."));
    else if (plan->refused)
        put_line(page, 0,
            _("Nothing is written. Put the file right where it says so, and import it again."));
    else if (nothing)
        put_line(page, 0, _("Nothing is to be written."));
    else
        put_line(page, 0, _("Nothing is written yet; without --dry-run it will be."));
}

/* Where the warnings begin; 0 none. */
static size_t put_found(const struct page *page, bool written)
{
    put_counts(page);
    put_messages(page, true, _("Problems"));
    put_units(page, PART_UNKNOWN, _("Units that are not known"));
    put_units(page, PART_SOURCES, _("Sources that are not known"));
    put_units(page, PART_MADE, written ? _("Units made") : _("Units to be made"));
    size_t warnings = page->plan->said[0] > 0 ? page->out->length + 1 : 0; /* an empty line */
    put_messages(page, false, _("Warnings"));
    put_tasks(page, IMPORT_CHANGED, _("Changed"));
    put_tasks(page, IMPORT_NEW, _("New"));
    return warnings;
}

size_t import_text_found(
    struct strbuf *out, const struct import_plan *plan, int columns, size_t most)
{
    return put_found(&(struct page){out, plan, columns, most}, false);
}

void import_text(
    struct strbuf *out, const struct import_plan *plan, bool written, int columns, size_t most)
{
    const struct page page = {out, plan, columns, most};
    put_found(&page, written);
    put_next(&page, written);
}
