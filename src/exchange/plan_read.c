/* plan_read: measures put together from their lines, clauses, days and figures. */
#include "exchange/plan_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "plan_parts.h"

#define TITLE_MOST 180 /* glyphs */
#define COLON_MOST 30  /* glyphs of a title that ends in a colon */
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
        [PLAN_DATES] = N_("the measure names several days; none is taken as its deadline"),
        [PLAN_NUMBER_TWICE] = N_("this number was there before"),
        [PLAN_NUMBER_GAP] = N_("this number does not follow the one before it"),
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

/* --- units ----------------------------------------------------------------------------------- */

static bool has_unit(const struct plan_units *units, const char *name)
{
    for (size_t i = 0; i < units->count; i++)
        if (strcmp(units->unit[i].name, name) == 0)
            return true;
    return false;
}

static bool measure_has(const struct plan_measure *measure, const char *name)
{
    return has_unit(&measure->lead, name) || has_unit(&measure->responsible, name) ||
           has_unit(&measure->cooperating, name);
}

static void add_units(struct plan_units *to, const struct plan_units *from, bool given)
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
            add_units(lists[role], &said.units[role], false);
        measure->others |= said.others;
        take_deadline(piece->doc, &said, measure);
        note_said(plan, piece->doc, &piece->doc->clause[c], &said);
        plan_said_clear(&said);
    }
}

/* Days and figures of what stands between the clauses. */
static void read_text(struct plan *plan, const struct piece *piece, struct plan_measure *measure)
{
    const struct plan_doc *doc = piece->doc;
    struct plan_span span = {piece->span.from, piece->span.from}, first = {0, 0};
    for (size_t c = piece->clause; c <= piece->clause_end; c++) {
        span.to = c < piece->clause_end ? doc->clause[c].all.from : piece->span.to;
        plan_goals_read(doc, span, measure);
        if (c < piece->clause_end)
            span.from = doc->clause[c].all.to;
    }
    const struct plan_date *only = NULL;
    bool several = false;
    for (size_t i = 0; i < measure->date_count; i++)
        if (measure->date[i].until) {
            several |= only != NULL && only->date != measure->date[i].date;
            only = only == NULL ? &measure->date[i] : only;
        }
    if (measure->deadline_words[0] || only == NULL)
        return;
    first = (struct plan_span){piece->span.from, doc->line[plan_line_of(doc, piece->span.from)].to};
    if (several) {
        plan_note_add(plan, doc, PLAN_DATES, first);
        return;
    }
    free(measure->deadline_words);
    measure->deadline_words = alloc_string(only->words);
}

/* The first clause that begins at this glyph or behind it. */
static size_t clause_from(const struct plan_doc *doc, size_t at)
{
    size_t low = 0, high = doc->clause_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (doc->clause[middle].all.from < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void read_measure(
    struct plan *plan, const struct plan_doc *doc, const struct plan_start *start, size_t end)
{
    const struct plan_line *line = &doc->line[start->line];
    struct piece piece = {doc, {line->body, doc->line[end - 1].to}, 0, 0};
    piece.clause = clause_from(doc, piece.span.from);
    piece.clause_end = clause_from(doc, piece.span.to);
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
    size_t clause = start->end < doc->line_count ? clause_from(doc, doc->line[start->end].from)
                                                 : doc->clause_count;
    *has = clause > 0 && doc->clause[clause - 1].line >= start->line;
    return *has ? plan_line_of(doc, doc->clause[clause - 1].all.to - 1) + 1 : start->line + 1;
}

/* Measures end in their clauses; in some plans they begin with them. */
static bool end_in_clauses(const struct plan_doc *doc, const struct plan_starts *starts)
{
    bool has;
    for (size_t i = 0; i + 1 < starts->count; i++) {
        const struct plan_start *start = &starts->start[i];
        size_t line = behind_clauses(doc, start, &has);
        for (; has && line < start->end; line++)
            if (doc->line[line].from < doc->line[line].to && !doc->line[line].noise)
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
            (!has && !is_closing(doc, line)))
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
    size_t clause = clause_from(doc, at + 1); /* behind the one that it may be in */
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
                    if (!measure_has(measure, said.units[role].unit[i].name))
                        add_units(lists[role],
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

void plan_read_while(const char *text, const struct going *going, struct plan *out)
{
    struct plan_doc doc;
    struct plan_starts starts;
    *out = (struct plan){0};
    plan_doc_read(&doc, text, going);
    plan_starts_read(&doc, out, &starts);
    for (size_t i = 0; i < starts.count; i++) {
        size_t end = starts.start[i].end;
        if (i + 1 == starts.count)
            end = last_end(out, &doc, &starts);
        if (going_on(going))
            read_measure(out, &doc, &starts.start[i], end);
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

void plan_read(const char *text, struct plan *out)
{
    plan_read_while(text, NULL, out);
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
    free(plan->measure);
    free(plan->note);
    *plan = (struct plan){0};
}
