/* One measure of a plan: its title, units, text, parts and deadline. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "plan_parts.h"

#define TITLE_MOST 180 /* glyphs */
#define COLON_MOST 30  /* glyphs of a title that ends in a colon */

/* --- units ----------------------------------------------------------------------------------- */

static bool has_unit(const struct plan_units *units, const char *name)
{
    for (size_t i = 0; i < units->count; i++)
        if (strcmp(units->unit[i].name, name) == 0)
            return true;
    return false;
}

bool plan_measure_has(const struct plan_measure *measure, const char *name)
{
    return has_unit(&measure->lead, name) || has_unit(&measure->responsible, name) ||
           has_unit(&measure->cooperating, name);
}

void plan_units_add(struct plan_units *to, const struct plan_units *from, bool given)
{
    for (size_t i = 0; i < from->count; i++) {
        if (has_unit(to, from->unit[i].name))
            continue;
        to->unit = alloc_grow(to->unit, &to->capacity, to->count + 1, sizeof *to->unit);
        to->unit[to->count++] =
            (struct plan_unit){alloc_string(from->unit[i].name), from->unit[i].carried, given};
    }
}

static void note_said(struct plan *plan, const struct plan_doc *doc,
    const struct plan_clause *clause, const struct plan_said *said)
{
    if (said->others)
        plan_note_add(plan, doc, PLAN_OTHERS, clause->words);
    if (said->carried)
        plan_note_add(plan, doc, PLAN_CARRIED, clause->words);
    if (said->strange_count > 0)
        plan_note_add(plan, doc, PLAN_NOT_UNIT, said->strange);
    if (said->inner.to > 0)
        plan_note_add(plan, doc, PLAN_INNER, said->inner);
    if (clause->open)
        plan_note_add(plan, doc, PLAN_OPEN, clause->words);
}

/* 按时限: the deadline that a clause tells. */
static void take_deadline(
    const struct plan_doc *doc, const struct plan_said *said, struct plan_measure *measure)
{
    if (said->deadline.to > said->deadline.from && measure->deadline_words[0] == '\0') {
        free(measure->deadline_words);
        measure->deadline_words = plan_take(doc, said->deadline);
    }
}

/* --- one measure ----------------------------------------------------------------------------- */

struct piece {
    const struct plan_doc *doc;
    struct plan_span span;
    size_t clause, clause_end; /* those in it */
};

static size_t title_end(const struct plan_doc *doc, struct plan_span span)
{
    size_t most = span.to < span.from + TITLE_MOST ? span.to : span.from + TITLE_MOST, comma = 0;
    for (size_t at = span.from; at < most; at++) {
        uint32_t code = plan_code(doc, at), next = plan_code(doc, at + 1);
        if (plan_is_one_of(code, "。!?;"))
            return at;
        if (code == '.' && plan_code(doc, at - 1) > 0x7f && (next > 0x7f || plan_is_blank(next)))
            return at;
        if (code == '\n' && !doc->line[plan_line_of(doc, at + 1)].goes_on)
            return at;
        if (at < span.from + COLON_MOST && at > span.from &&
            (code == ':' || (code == ' ' && next == ' ')))
            return at;
        if (plan_is_one_of(code, ",、"))
            comma = at;
    }
    return most == span.to || comma == 0 ? most : comma;
}

/* The text without what `left_out` says; each paragraph on a line. */
static void add_text(const struct piece *piece, bool clauses, struct strbuf *out)
{
    const struct plan_doc *doc = piece->doc;
    size_t clause = piece->clause;
    for (size_t at = piece->span.from; at < piece->span.to; at++) {
        while (clause < piece->clause_end && doc->clause[clause].all.to <= at)
            clause++;
        const struct plan_line *line = &doc->line[plan_line_of(doc, at)];
        if (line->noise ||
            (!clauses && clause < piece->clause_end && at >= doc->clause[clause].all.from))
            continue;
        if (at == line->from && !line->goes_on && out->length > 0 &&
            out->text[out->length - 1] != '\n')
            strbuf_add(out, "\n");
        if (at >= line->from && at < line->to)
            plan_add(doc, (struct plan_span){at, at + 1}, out);
    }
    while (out->length > 0 && strchr("\n ", out->text[out->length - 1]))
        strbuf_cut(out, out->length - 1);
    strbuf_add(out, "");
}

static char *text_of(const struct piece *piece, bool clauses)
{
    struct strbuf out = {0};
    add_text(piece, clauses, &out);
    return strbuf_take(&out);
}

static char *words_of(const struct plan_doc *doc, size_t clause, size_t end)
{
    struct strbuf out = {0};
    strbuf_add(&out, "");
    for (; clause < end; clause++) {
        strbuf_add(&out, out.length > 0 ? "\n" : "");
        plan_add(doc, doc->clause[clause].words, &out);
    }
    return strbuf_take(&out);
}

/* Nothing but blanks and marks between two clauses. */
static bool adjacent(const struct plan_doc *doc, size_t clause)
{
    for (size_t at = doc->clause[clause].all.to; at < doc->clause[clause + 1].all.from; at++)
        if (!plan_is_blank(plan_code(doc, at)) && !plan_is_one_of(plan_code(doc, at), "。;,.*"))
            return false;
    return true;
}

static void part_put(struct plan_measure *measure, const struct piece *piece)
{
    char *text = text_of(piece, true);
    if (text[0] == '\0') {
        free(text);
        return;
    }
    measure->part = alloc_grow(
        measure->part, &measure->part_capacity, measure->part_count + 1, sizeof *measure->part);
    measure->part[measure->part_count++] =
        (struct plan_part){text, words_of(piece->doc, piece->clause, piece->clause_end)};
}

static void read_parts(const struct piece *piece, struct plan_measure *measure)
{
    struct piece part = *piece;
    size_t groups = 0;
    for (size_t c = piece->clause; c < piece->clause_end; c++)
        groups += c + 1 == piece->clause_end || !adjacent(piece->doc, c);
    if (groups < 2)
        return;
    for (size_t c = piece->clause; c < piece->clause_end; c++) {
        if (c + 1 < piece->clause_end && adjacent(piece->doc, c))
            continue;
        part.clause_end = c + 1;
        part.span.to = piece->doc->clause[c].all.to;
        part_put(measure, &part);
        part.clause = c + 1;
        part.span.from = part.span.to;
    }
    part.clause_end = part.clause;
    part.span.to = piece->span.to;
    part_put(measure, &part);
}

static void read_units(struct plan *plan, const struct piece *piece, struct plan_measure *measure)
{
    struct plan_units *const lists[] = {
        &measure->lead, &measure->responsible, &measure->cooperating};
    struct plan_said said;
    for (size_t c = piece->clause; c < piece->clause_end; c++) {
        plan_said_read(piece->doc, piece->doc->clause[c].words, &said);
        for (int role = 0; role < 3; role++)
            plan_units_add(lists[role], &said.units[role], false);
        measure->others |= said.others;
        take_deadline(piece->doc, &said, measure);
        note_said(plan, piece->doc, &piece->doc->clause[c], &said);
        plan_said_clear(&said);
    }
}

char *plan_date_words(const struct plan_date *date)
{
    int year, month, day;
    date_parts(date->date, &year, &month, &day);
    return date->yearless ? alloc_format("%d年%s", year, date->words) : alloc_string(date->words);
}

/* 立行立改 where no day is told, 长期坚持 behind the last one. */
static bool take_kind(const struct plan_doc *doc, struct plan_span words,
    const struct plan_date *last, struct plan_measure *measure)
{
    char *text = plan_take(doc, words);
    bool takes = text[0] != '\0' && (last == NULL || strstr(text, last->words) != NULL);
    if (takes) {
        free(measure->deadline_words);
        measure->deadline_words = text;
    } else
        free(text);
    return takes;
}

/* Days and figures of what stands between the clauses. */
static void read_text(struct plan *plan, const struct piece *piece, struct plan_measure *measure)
{
    const struct plan_doc *doc = piece->doc;
    struct plan_span span = {piece->span.from, piece->span.from}, first = {0, 0}, kind = {0, 0};
    for (size_t c = piece->clause; c <= piece->clause_end; c++) {
        span.to = c < piece->clause_end ? doc->clause[c].all.from : piece->span.to;
        plan_goals_read(plan, doc, span, measure);
        struct plan_span words = plan_kind_at_end(doc, span, c > piece->clause);
        kind = words.from < words.to ? words : kind;
        if (c < piece->clause_end)
            span.from = doc->clause[c].all.to;
    }
    const struct plan_date *last = NULL;
    bool several = false;
    for (size_t i = 0; i < measure->date_count; i++)
        if (measure->date[i].until) {
            several |= last != NULL && last->date != measure->date[i].date;
            last = last == NULL || measure->date[i].date > last->date ? &measure->date[i] : last;
        }
    if (measure->deadline_words[0] || take_kind(doc, kind, last, measure) || last == NULL)
        return;
    first = (struct plan_span){piece->span.from, doc->line[plan_line_of(doc, piece->span.from)].to};
    if (several)
        plan_note_add(plan, doc, PLAN_DATES, first);
    free(measure->deadline_words);
    measure->deadline_words = plan_date_words(last);
}

void plan_measure_read(
    struct plan *plan, const struct plan_doc *doc, const struct plan_start *start, size_t end)
{
    const struct plan_line *line = &doc->line[start->line];
    struct piece piece = {doc, {line->body, doc->line[end - 1].to}, 0, 0};
    piece.clause = plan_clause_from(doc, piece.span.from);
    piece.clause_end = plan_clause_from(doc, piece.span.to);
    struct plan_span title = piece.span;
    if (piece.clause < piece.clause_end)
        title.to = doc->clause[piece.clause].all.from;
    title.to = title_end(doc, title);
    plan->measure =
        alloc_grow(plan->measure, &plan->capacity, plan->count + 1, sizeof *plan->measure);
    struct plan_measure *measure = &plan->measure[plan->count++];
    *measure = (struct plan_measure){.number = alloc_string(start->number),
        .title = plan_take(doc, title),
        .text = text_of(&piece, false),
        .unit_words = words_of(doc, piece.clause, piece.clause_end),
        .deadline_words = alloc_string(""),
        .line_from = start->line + 1,
        .line_to = end};
    read_units(plan, &piece, measure);
    read_parts(&piece, measure);
    read_text(plan, &piece, measure);
}
