/* plan_read: the measures of a plan one after the other, what is given once for all, what is
 * missing. */
#include "exchange/plan_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "plan_parts.h"

#define WORDS_MOST 120 /* glyphs of a note */

/* --- notes ----------------------------------------------------------------------------------- */

void plan_note_add(
    struct plan *plan, const struct plan_doc *doc, enum plan_why why, struct plan_span words)
{
    size_t line = plan_line_of(doc, words.from) + 1;
    if (words.to > words.from + WORDS_MOST)
        words.to = words.from + WORDS_MOST;
    plan->note =
        alloc_grow(plan->note, &plan->note_capacity, plan->note_count + 1, sizeof *plan->note);
    plan->note[plan->note_count++] = (struct plan_note){line, why, plan_take(doc, words)};
}

const char *plan_why(enum plan_why why)
{
    static const char *const sentences[PLAN_WHY_COUNT] = {
        [PLAN_NO_UNIT] = N_("the measure names no unit"),
        [PLAN_OTHERS] = N_("the list ends in 等: there are units that the plan does not name"),
        [PLAN_CARRIED] = N_("names without a level are read with that of the unit before them"),
        [PLAN_GIVEN] = N_("given once: added to the measures it is for"),
        [PLAN_NOT_UNIT] = N_("these words name no unit; they are left out"),
        [PLAN_INNER] = N_("what stands in brackets behind a unit is left out"),
        [PLAN_OPEN] = N_("the bracket is not closed; read up to the end of the line"),
        [PLAN_NOT_MEASURE] =
            N_("numbered, but a principle, an aim or a product: not read as a measure"),
        [PLAN_LOST_CLAUSE] = N_("these units stand at no measure"),
        [PLAN_CLOSING] = N_("text behind the last measure is not read as part of it"),
        [PLAN_DATES] = N_("the measure names several days; the last is taken as its deadline"),
        [PLAN_NO_YEAR] = N_("it is not told of which year this day is; it is left out"),
        [PLAN_YEAR] = N_("the year of this day is that of the plan's title"),
        [PLAN_NUMBER_TWICE] = N_("this number was there before"),
        [PLAN_NUMBER_GAP] = N_("this number does not follow the one before it"),
        [PLAN_STEP] = N_("an item with units of its own is read as part of the measure above it: "
                         "number it like the measures where it is one"),
    };
    return _(sentences[why]);
}

static int note_compare(const void *left, const void *right)
{
    const struct plan_note *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->why > b->why) - (a->why < b->why);
}

/* --- the whole plan -------------------------------------------------------------------------- */

static bool is_closing(const struct plan_doc *doc, const struct plan_line *line)
{
    static const char *const heads[] = {"本方案", "本措施", "本意见", "本办法", "本通知", "本规定",
        "本计划", "本行动计划", "本实施意见", "本实施方案", "本行动方案", "本若干措施", "本政策",
        "此件", NULL};
    static const char *const ends[] = {
        "施行", "实施", "执行", "有效期", "负责解释", "公开发布", "印发之日", NULL};
    if (plan_words(doc, line->from, line->to, heads) == 0)
        return false;
    for (size_t i = 0; ends[i] != NULL; i++)
        if (plan_find(doc, (struct plan_span){line->from, line->to}, ends[i]) < line->to)
            return true;
    return plan_word(doc, line->from, line->to, "此件") > 0;
}

/* The line behind the last clause of a measure; its first but one where it has none. */
static size_t behind_clauses(const struct plan_doc *doc, const struct plan_start *start, bool *has)
{
    size_t clause = start->end < doc->line_count ? plan_clause_from(doc, doc->line[start->end].from)
                                                 : doc->clause_count;
    *has = clause > 0 && doc->clause[clause - 1].line >= start->line;
    return *has ? plan_line_of(doc, doc->clause[clause - 1].all.to - 1) + 1 : start->line + 1;
}

/* 立行立改 on a line of its own. */
static bool is_kind(const struct plan_doc *doc, const struct plan_line *line)
{
    struct plan_span words = {line->from, line->to}, kind = plan_kind_at_end(doc, words, true);
    return kind.from == line->from && kind.to > kind.from;
}

/* Measures end in their clauses; in some plans they begin with them. */
static bool end_in_clauses(const struct plan_doc *doc, const struct plan_starts *starts)
{
    bool has;
    for (size_t i = 0; i + 1 < starts->count; i++) {
        const struct plan_start *start = &starts->start[i];
        size_t line = behind_clauses(doc, start, &has);
        for (; has && line < start->end; line++)
            if (doc->line[line].from < doc->line[line].to && !doc->line[line].noise &&
                !is_kind(doc, &doc->line[line]))
                return false;
    }
    const struct plan_start *last = &starts->start[starts->count - 1];
    return starts->count > 1 || behind_clauses(doc, last, &has) > last->line + 1;
}

/* The last measure ends with its last clause, or before the words that close a plan. */
static size_t last_end(
    struct plan *plan, const struct plan_doc *doc, const struct plan_starts *starts)
{
    const struct plan_start *start = &starts->start[starts->count - 1];
    size_t end = start->end;
    bool has;
    size_t first = behind_clauses(doc, start, &has);
    has = has && end_in_clauses(doc, starts);
    for (size_t i = first; i < start->end; i++) {
        const struct plan_line *line = &doc->line[i];
        if (line->from == line->to || line->noise || line->goes_on ||
            (end == start->end && is_kind(doc, line)) || (!has && !is_closing(doc, line)))
            continue;
        if (end == start->end)
            end = i;
        plan_note_add(plan, doc, PLAN_CLOSING, (struct plan_span){line->from, line->to});
    }
    while (end > start->line + 1 &&
           (doc->line[end - 1].from == doc->line[end - 1].to || doc->line[end - 1].noise))
        end--;
    return end;
}

/* 以下 in the clause of a measure is for that one too; in a line behind it, for the next ones. */
static bool is_given_to(
    const struct plan_given *given, bool in_clause, const struct plan_measure *measure)
{
    return !given->below || (in_clause ? measure->line_to : measure->line_from) > given->line;
}

static bool is_in_clause(const struct plan_doc *doc, size_t at)
{
    size_t clause = plan_clause_from(doc, at + 1); /* behind the one that it may be in */
    return clause > 0 && doc->clause[clause - 1].words.from <= at &&
           at < doc->clause[clause - 1].words.to;
}

static void add_given(struct plan *plan, const struct plan_doc *doc)
{
    for (size_t g = 0; g < doc->given_count; g++) {
        const struct plan_given *given = &doc->given[g];
        struct plan_said said;
        plan_said_read(doc, given->words, &said);
        bool good = said.unit_count > 0 && said.strange_count == 0;
        bool in_clause = is_in_clause(doc, given->words.from);
        plan_note_add(plan, doc, good ? PLAN_GIVEN : PLAN_NOT_UNIT, given->words);
        for (size_t m = 0; good && m < plan->count; m++) {
            struct plan_measure *measure = &plan->measure[m];
            struct plan_units *const lists[] = {
                &measure->lead, &measure->responsible, &measure->cooperating};
            for (int role = 0; role < 3 && is_given_to(given, in_clause, measure); role++)
                for (size_t i = 0; i < said.units[role].count; i++)
                    if (!plan_measure_has(measure, said.units[role].unit[i].name))
                        plan_units_add(lists[role],
                            &(struct plan_units){&said.units[role].unit[i], 1, 1}, true);
        }
        plan_said_clear(&said);
    }
}

static void note_missing(struct plan *plan, const struct plan_doc *doc)
{
    size_t m = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_measure *measure = &plan->measure[i];
        if (measure->lead.count + measure->responsible.count + measure->cooperating.count == 0) {
            const struct plan_line *line = &doc->line[measure->line_from - 1];
            plan_note_add(plan, doc, PLAN_NO_UNIT, (struct plan_span){line->from, line->to});
        }
    }
    for (size_t c = 0; c < doc->clause_count; c++) {
        while (m < plan->count && plan->measure[m].line_to <= doc->clause[c].line)
            m++;
        bool inside = m < plan->count && plan->measure[m].line_from <= doc->clause[c].line + 1;
        bool given = false;
        for (size_t g = 0; g < doc->given_count; g++)
            given |= doc->given[g].line == doc->clause[c].line;
        if (!inside && !given && plan->count > 0)
            plan_note_add(plan, doc, PLAN_LOST_CLAUSE, doc->clause[c].words);
    }
}

void plan_read(const char *text, const struct going *going, struct plan *out)
{
    struct plan_doc doc;
    struct plan_starts starts;
    *out = (struct plan){0};
    plan_doc_read(&doc, text, going);
    plan_starts_read(&doc, out, &starts);
    out->head = plan_head_read(
        &doc, starts.count > 0 ? starts.start[0].line : doc.line_count, &out->head_line);
    if (starts.count > 0)
        plan_year_read(&doc, starts.start[0].line);
    for (size_t i = 0; i < starts.count; i++) {
        size_t end = starts.start[i].end;
        if (i + 1 == starts.count)
            end = last_end(out, &doc, &starts);
        if (going_on(going))
            plan_measure_read(out, &doc, &starts.start[i], end);
    }
    for (size_t i = 0; i < starts.count; i++)
        free(starts.start[i].number);
    free(starts.start);
    add_given(out, &doc);
    note_missing(out, &doc);
    plan_doc_clear(&doc);
    if (out->note_count > 1)
        qsort(out->note, out->note_count, sizeof *out->note, note_compare);
}

static void units_clear(struct plan_units *units)
{
    for (size_t i = 0; i < units->count; i++)
        free(units->unit[i].name);
    free(units->unit);
}

static void measure_clear(struct plan_measure *measure)
{
    free(measure->number);
    free(measure->title);
    free(measure->text);
    free(measure->unit_words);
    free(measure->deadline_words);
    units_clear(&measure->lead);
    units_clear(&measure->responsible);
    units_clear(&measure->cooperating);
    for (size_t i = 0; i < measure->date_count; i++)
        free(measure->date[i].words);
    for (size_t i = 0; i < measure->figure_count; i++) {
        free(measure->figure[i].name);
        free(measure->figure[i].value);
        free(measure->figure[i].unit);
        free(measure->figure[i].before);
        free(measure->figure[i].behind);
        free(measure->figure[i].by);
        free(measure->figure[i].words);
    }
    for (size_t i = 0; i < measure->part_count; i++) {
        free(measure->part[i].text);
        free(measure->part[i].unit_words);
    }
    free(measure->date);
    free(measure->figure);
    free(measure->part);
}

void plan_clear(struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        measure_clear(&plan->measure[i]);
    for (size_t i = 0; i < plan->note_count; i++)
        free(plan->note[i].words);
    free(plan->head);
    free(plan->measure);
    free(plan->note);
    *plan = (struct plan){0};
}
