/* Which of the numberings of a plan is that of its measures, and the numbers they get. */
#include "plan_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define TITLE_MOST 24 /* glyphs of a heading that are looked at */

struct numbering {
    struct plan_doc *doc;
    size_t end;      /* lines from here on are annexes */
    bool *passed;    /* a line that begins no measure, whatever its number */
    size_t *clauses; /* clauses before a line */
    size_t *ends;    /* before which line ends what a line says, by its number */
    size_t *above;   /* the line of the outer number that a line stands under; NONE: none */
};
#define NONE SIZE_MAX

/* --- what begins no measure ------------------------------------------------------------------ */

static bool is_annex(const struct plan_doc *doc, const struct plan_line *line)
{
    static const char *const words[] = {"附件", "附表", "附录", NULL};
    size_t behind = line->noise ? 0 : plan_words(doc, line->from, line->to, words);
    return behind > 0 &&
           (behind == line->to || plan_is_one_of(plan_code(doc, behind), ":0123456789 一二三四五"));
}

static size_t annex_line(const struct plan_doc *doc, const size_t *clauses)
{
    size_t numbered = 0;
    for (size_t i = 0; i < doc->line_count; i++) {
        numbered += doc->line[i].kind != KIND_NONE;
        if (is_annex(doc, &doc->line[i]) &&
            (clauses[i] > 0 || (doc->clause_count == 0 && numbered > 2)))
            return i;
    }
    return doc->line_count;
}

/* Of principles, aims, products. */
static bool names_no_measure(const struct plan_doc *doc, const struct plan_line *line)
{
    static const char *const words[] = {"指导思想", "基本原则", "工作原则", "总体要求", "总体目标",
        "主要目标", "工作目标", "总体思路", "发展目标", "重大意义", "保障措施", "组织保障",
        "组织实施", "总则", "附则", "名词解释", "产品目录", "产品清单", "重点产品", "主要产品",
        "产品名录", NULL};
    struct plan_span title = {line->body, line->to};
    if (title.to > title.from + TITLE_MOST)
        title.to = title.from + TITLE_MOST;
    title.to = plan_find(doc, title, "。");
    for (size_t i = 0; words[i] != NULL; i++)
        if (plan_find(doc, title, words[i]) < title.to)
            return true;
    return false;
}

/* Before this line ends what the numbered one says. */
static size_t segment_end(const struct numbering *n, size_t line)
{
    return n->ends[line];
}

/* Where a number is followed by one of its kind or of an outer one, and which stands above it. */
static void find_segments(struct numbering *n)
{
    size_t next[KIND_COUNT], last[KIND_COUNT];
    for (enum plan_kind kind = KIND_NONE; kind < KIND_COUNT; kind++) {
        next[kind] = n->end;
        last[kind] = NONE;
    }
    for (size_t i = n->end; i-- > 0;) { /* next[kind]: the first below of that kind or outer */
        enum plan_kind own = n->doc->line[i].kind;
        n->ends[i] = own == KIND_NONE ? n->end : next[own];
        for (enum plan_kind kind = own; own != KIND_NONE && kind < KIND_COUNT; kind++)
            next[kind] = i;
    }
    for (size_t i = 0; i < n->end; i++) { /* last[kind]: the last above that is outer to it */
        enum plan_kind own = n->doc->line[i].kind;
        n->above[i] = last[own];
        for (enum plan_kind kind = own + 1; own != KIND_NONE && kind < KIND_COUNT; kind++)
            last[kind] = i;
    }
}

static bool is_given(const struct plan_doc *doc, const struct plan_clause *clause)
{
    for (size_t i = 0; i < doc->given_count; i++)
        if (doc->given[i].words.from == clause->words.from)
            return true;
    return false;
}

/* Lines in principles and the like that name no units; those below them too. */
static void pass_over(struct numbering *n)
{
    for (size_t i = 0; i < n->end; i++) {
        const struct plan_line *line = &n->doc->line[i];
        if (line->kind == KIND_NONE || n->passed[i] || !names_no_measure(n->doc, line))
            continue;
        size_t end = segment_end(n, i);
        if (n->clauses[end] > n->clauses[i])
            continue;
        for (size_t below = i; below < end; below++)
            n->passed[below] = true;
    }
}

/* Items of 保障措施 and the like beside others that name units. */
static void pass_over_some(struct numbering *n)
{
    bool inside = false;
    enum plan_kind kind = KIND_NONE;
    for (size_t i = 0; i < n->end; i++) {
        const struct plan_line *line = &n->doc->line[i];
        if (line->kind == KIND_NONE)
            continue;
        if (!inside || line->kind <= kind) {
            inside = names_no_measure(n->doc, line);
            kind = line->kind;
        } else if (n->clauses[segment_end(n, i)] == n->clauses[i])
            n->passed[i] = true;
    }
}

/* --- which numbering ------------------------------------------------------------------------- */

static bool is_start(const struct numbering *n, size_t line, enum plan_kind kind)
{
    return n->doc->line[line].kind == kind && !n->passed[line];
}

/* How well a numbering carries the clauses: each of its items one, none outside of them. */
static double carries(const struct numbering *n, enum plan_kind kind)
{
    size_t items = 0, covered = 0, inside = 0;
    for (size_t i = 0; i < n->end; i++)
        if (is_start(n, i, kind)) {
            size_t here = n->clauses[segment_end(n, i)] - n->clauses[i];
            items++;
            covered += here > 0;
            inside += here;
        }
    if (items == 0 || (double)covered < 0.4 * (double)items)
        return 0;
    return (double)covered / (double)items * (double)covered / (double)inside * (double)inside /
           (double)n->clauses[n->end];
}

/* The kind begins anew below headings of another. */
static bool begins_anew(const struct numbering *n, enum plan_kind kind)
{
    int before = 0;
    bool heading = false;
    for (size_t i = 0; i < n->end; i++) {
        const struct plan_line *line = &n->doc->line[i];
        if (line->kind != KIND_NONE && line->kind < kind)
            heading = true;
        if (!is_start(n, i, kind))
            continue;
        if (heading && (line->value < before || (line->value == 1 && before == 1)))
            return true;
        before = line->value;
        heading = false;
    }
    return false;
}

static size_t count_of(const struct numbering *n, enum plan_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < n->end; i++)
        count += is_start(n, i, kind);
    return count;
}

/* Of a plan that names no units: what goes on over headings, else what stands below them. */
static enum plan_kind by_sequence(const struct numbering *n)
{
    enum plan_kind outer = KIND_NONE, second = KIND_NONE, best = KIND_NONE;
    for (enum plan_kind kind = KIND_CHAPTER; kind < KIND_COUNT; kind++) {
        size_t count = count_of(n, kind);
        if (count < 2)
            continue;
        if (outer != KIND_NONE && second == KIND_NONE)
            second = kind;
        if (outer != KIND_NONE && count > 2 && !begins_anew(n, kind) &&
            (best == KIND_NONE || count > count_of(n, best)))
            best = kind;
        if (outer == KIND_NONE)
            outer = kind;
    }
    return best != KIND_NONE && count_of(n, best) > count_of(n, outer)       ? best
           : second != KIND_NONE && count_of(n, second) > count_of(n, outer) ? second
                                                                             : outer;
}

static enum plan_kind choose(const struct numbering *n)
{
    enum plan_kind best = KIND_NONE;
    double most = 0;
    for (enum plan_kind kind = KIND_CHAPTER; kind < KIND_COUNT && n->clauses[n->end] > 0; kind++) {
        double here = carries(n, kind);
        if (here > 0 && here > most * 0.9999) { /* the inner of equals */
            most = here;
            best = kind;
        }
    }
    return best != KIND_NONE ? best : by_sequence(n);
}

/* A heading of an outer kind that has units and none of the inner items. */
static bool is_outer_start(const struct numbering *n, size_t line, enum plan_kind kind)
{
    enum plan_kind own = n->doc->line[line].kind;
    size_t end = n->ends[line];
    if (own == KIND_NONE || own >= kind || n->clauses[end] == n->clauses[line])
        return false;
    for (size_t i = line + 1; i < end; i++)
        if (n->doc->line[i].kind != KIND_NONE && n->doc->line[i].kind <= kind)
            return false;
    return true;
}

/* --- numbers that go on in another form ------------------------------------------------------- */

/* 三是: an item without a number that counts. */
static bool is_spoken(const struct plan_doc *doc, const struct plan_line *line)
{
    return line->kind == KIND_NONE && !line->noise && line->to > line->from + 2 &&
           plan_is_one_of(plan_code(doc, line->from), "一二三四五六七八九十") &&
           plan_is_one_of(plan_code(doc, line->from + 1), "是");
}

/* Whether units stand before the next item of any kind. */
static bool has_own_clause(const struct numbering *n, size_t line)
{
    size_t next = line + 1;
    while (next < n->end && n->doc->line[next].kind == KIND_NONE &&
           !is_spoken(n->doc, &n->doc->line[next]))
        next++;
    return n->clauses[next] > n->clauses[line];
}

/* 5、 → （6） → 第七条 → 8. → ⑨: a line with units of its own that goes on with the number of the
 * last measure, and with none of its own form, is one of them. A form within theirs goes on below
 * each measure anew; one of headings goes on over all. */
static void join_forms(struct numbering *n, enum plan_kind kind)
{
    int last = 0, value[KIND_COUNT] = {0};
    for (size_t i = 0; i < n->end; i++) {
        struct plan_line *line = &n->doc->line[i];
        if (line->kind == KIND_NONE)
            continue;
        if (line->kind != kind && last > 0 && !n->passed[i] && line->value == last + 1 &&
            value[line->kind] != last && has_own_clause(n, i))
            line->kind = kind;
        value[line->kind] = line->value;
        if (!is_start(n, i, kind))
            continue;
        last = line->value;
        for (enum plan_kind inner = kind + 1; inner < KIND_COUNT; inner++)
            value[inner] = 0;
    }
    find_segments(n);
}

/* Units in the paragraph of the item; what stands on lines below the last may be for all. */
static bool bears_clause(const struct numbering *n, size_t line)
{
    size_t next = line + 1;
    while (next < n->end && n->doc->line[next].goes_on)
        next++;
    return n->clauses[next] > n->clauses[line];
}

/* Items of a measure that may be measures themselves: with units beside others that have some, or
 * with a number that none goes before. */
static void tell_steps(const struct numbering *n, const struct plan_start *start, struct plan *plan)
{
    int value[KIND_COUNT] = {0};
    size_t end = start->end < n->end ? start->end : n->end, bearing = 0;
    for (size_t i = start->line; i < end; i++)
        bearing += n->clauses[i + 1] > n->clauses[i];
    for (size_t i = start->line + 1; i < end; i++) {
        const struct plan_line *line = &n->doc->line[i];
        bool spoken = is_spoken(n->doc, line), goes_on = line->value == value[line->kind] + 1;
        value[line->kind] = line->value;
        if ((spoken || line->kind != KIND_NONE) && bears_clause(n, i) &&
            (bearing > 1 || (!spoken && !goes_on)))
            plan_note_add(plan, n->doc, PLAN_STEP, (struct plan_span){line->from, line->to});
    }
}

/* --- numbers --------------------------------------------------------------------------------- */

static void number_add(
    const struct numbering *n, const bool anew[], size_t line, struct strbuf *out)
{
    enum plan_kind kind = n->doc->line[line].kind;
    if (anew[kind] && n->above[line] != NONE) {
        number_add(n, anew, n->above[line], out);
        strbuf_add(out, "-");
    }
    strbuf_format(out, "%d", n->doc->line[line].value);
}

/* Inner numbers that go on and outer ones could be the same: those of the outer keep their words.
 */
static char *number_of(
    const struct numbering *n, const bool anew[], size_t line, enum plan_kind kind)
{
    struct strbuf out = {0};
    const struct plan_line *own = &n->doc->line[line];
    if (own->kind != kind && !anew[kind]) {
        for (size_t at = own->from; at < own->body; at++)
            if (plan_code(n->doc, at) >= 0x4e00 && plan_code(n->doc, at) <= 0x9fff)
                plan_add(n->doc, (struct plan_span){at, at + 1}, &out);
        if (out.length == 0) /* ㈠ */
            number_add(n, anew, line, &out);
    } else
        number_add(n, anew, line, &out);
    return strbuf_take(&out);
}

/* Which starts have a number, by what it sums up to. */
struct seen {
    size_t *start; /* from 1 on; 0: free */
    size_t mask;
};

static void seen_open(struct seen *seen, size_t most)
{
    for (seen->mask = 15; seen->mask < 2 * most;)
        seen->mask = 2 * seen->mask + 1;
    seen->start = alloc_zero(seen->mask + 1, sizeof *seen->start);
}

/* Whether a start before the last has its number. */
static bool is_seen(struct seen *seen, const struct plan_starts *all)
{
    const char *number = all->start[all->count - 1].number;
    size_t sum = 2166136261U;
    for (const char *at = number; *at; at++)
        sum = (sum ^ (unsigned char)*at) * 16777619U;
    for (sum &= seen->mask; seen->start[sum] > 0; sum = (sum + 1) & seen->mask)
        if (strcmp(all->start[seen->start[sum] - 1].number, number) == 0)
            return true;
    seen->start[sum] = all->count;
    return false;
}

static void check_number(
    const struct numbering *n, struct plan *plan, const struct plan_starts *all, struct seen *seen)
{
    const struct plan_start *last = &all->start[all->count - 1];
    const struct plan_line *line = &n->doc->line[last->line];
    struct plan_span words = {line->from, line->body};
    if (is_seen(seen, all)) {
        plan_note_add(plan, n->doc, PLAN_NUMBER_TWICE, words);
        return;
    }
    if (all->count < 2)
        return;
    const struct plan_line *before = &n->doc->line[all->start[all->count - 2].line];
    if (before->kind == line->kind && line->value != 1 && line->value != before->value + 1)
        plan_note_add(plan, n->doc, PLAN_NUMBER_GAP, words);
}

static void find_starts(
    const struct numbering *n, enum plan_kind kind, struct plan *plan, struct plan_starts *out)
{
    bool anew[KIND_COUNT];
    struct seen seen;
    seen_open(&seen, n->end);
    for (enum plan_kind each = KIND_NONE; each < KIND_COUNT; each++)
        anew[each] = each != KIND_NONE && begins_anew(n, each);
    for (size_t i = 0; i < n->end; i++) {
        const struct plan_line *line = &n->doc->line[i];
        if (is_start(n, i, kind) || is_outer_start(n, i, kind)) {
            out->start = alloc_grow(out->start, &out->capacity, out->count + 1, sizeof *out->start);
            out->start[out->count++] =
                (struct plan_start){i, segment_end(n, i), number_of(n, anew, i, kind)};
            check_number(n, plan, out, &seen);
        } else if (line->kind != KIND_NONE && n->passed[i])
            plan_note_add(plan, n->doc, PLAN_NOT_MEASURE, (struct plan_span){line->from, line->to});
    }
    free(seen.start);
}

void plan_starts_read(struct plan_doc *doc, struct plan *plan, struct plan_starts *out)
{
    struct numbering n = {.doc = doc,
        .passed = alloc_zero(doc->line_count + 1, sizeof *n.passed),
        .clauses = alloc_zero(doc->line_count + 1, sizeof *n.clauses),
        .ends = alloc_zero(doc->line_count + 1, sizeof *n.ends),
        .above = alloc_zero(doc->line_count + 1, sizeof *n.above)};
    *out = (struct plan_starts){0};
    for (size_t i = 0; i < doc->clause_count; i++)
        if (!is_given(doc, &doc->clause[i]))
            n.clauses[doc->clause[i].line + 1]++;
    for (size_t i = 0; i < doc->line_count; i++)
        n.clauses[i + 1] += n.clauses[i];
    n.end = annex_line(doc, n.clauses);
    find_segments(&n);
    pass_over(&n);
    pass_over_some(&n);
    enum plan_kind kind = choose(&n);
    if (kind != KIND_NONE) {
        join_forms(&n, kind);
        find_starts(&n, kind, plan, out);
    }
    for (size_t i = 0; i < out->count; i++)
        tell_steps(&n, &out->start[i], plan);
    free(n.passed);
    free(n.clauses);
    free(n.ends);
    free(n.above);
}
