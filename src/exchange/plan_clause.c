/* Where the clauses of a plan stand. */
#include "plan_parts.h"

#include <stdlib.h>

#include "base/alloc.h"

#define CLAUSE_MOST 1500 /* glyphs between two brackets */
#define LINE_MOST 400    /* glyphs of a line that is all clause */
#define ASKED_EVERY 256  /* glyphs, whether it is to go on */
#define HEIGHT_MOST 4    /* brackets within a clause, one within the other */

static bool is_end(const struct plan_doc *doc, size_t at)
{
    uint32_t code = plan_code(doc, at);
    return code == 0 || code == '\n';
}

/* The line that begins at a glyph; a number at its head ends what is broken over lines. */
static bool begins_number(const struct plan_doc *doc, size_t at)
{
    const struct plan_line *line = &doc->line[plan_line_of(doc, at)];
    return line->from >= at && line->kind != KIND_NONE;
}

/* Which bracket closes which: none where a number at the head of a line ends what stood open, nor
 * one that is too far away, or that has too many in it one within the other. */
static void match_brackets(struct plan_doc *doc)
{
    struct open {
        size_t at;
        int height; /* of brackets within it */
    } *open = NULL;
    size_t count = 0, room = 0;
    for (size_t at = 0; at < doc->count; at++) {
        uint32_t code = plan_code(doc, at);
        if (code == '\n' && begins_number(doc, at + 1))
            count = 0;
        if (code == '(') {
            open = alloc_grow(open, &room, count + 1, sizeof *open);
            open[count++] = (struct open){at, 0};
        }
        if (code != ')' || count == 0)
            continue;
        struct open last = open[--count];
        if (count > 0 && open[count - 1].height <= last.height)
            open[count - 1].height = last.height + 1;
        if (at - last.at < CLAUSE_MOST && last.height <= HEIGHT_MOST)
            doc->glyph[last.at].close = (uint32_t)at;
    }
    free(open);
}

/* The end of a line of units, and of those it goes on in: it ends in 、 or they hold but units. */
static size_t units_end(const struct plan_doc *doc, size_t at)
{
    size_t end = plan_line_end(doc, at), most = at + CLAUSE_MOST;
    while (end < doc->count && end > at && end < most &&
           plan_is_one_of(plan_code(doc, end - 1), "、,") && !begins_number(doc, end + 1))
        end = plan_line_end(doc, end + 1);
    return end;
}

static bool label_here(
    const struct plan_doc *doc, size_t at, size_t to, bool *colon, size_t *behind)
{
    enum plan_role role;
    at = plan_skip_blanks(doc, at, to);
    *behind = plan_label(doc, at, to, &role, colon);
    return *behind > 0 && role != ROLE_NONE && (role != ROLE_DEADLINE || *colon);
}

static bool has_label(const struct plan_doc *doc, struct plan_span words)
{
    size_t behind;
    bool colon;
    if (label_here(doc, words.from, words.to, &colon, &behind))
        return true;
    for (size_t at = words.from; at < words.to; at++)
        if (!plan_is_blank(plan_code(doc, at)) && label_here(doc, at, words.to, &colon, &behind) &&
            colon)
            return true;
    return false;
}

static bool has_verb(const struct plan_doc *doc, struct plan_span words)
{
    static const char *const ends[] = {
        "负责", "落实", "牵头", "配合", "参与", "实施", "分工", "协助", "承办", NULL};
    size_t start;
    while (words.to > words.from && (plan_is_one_of(plan_code(doc, words.to - 1), "。;,.") ||
                                        plan_is_blank(plan_code(doc, words.to - 1))))
        words.to--;
    return plan_ends(doc, words, ends, &start);
}

/* Whether what stands in these brackets, which end a sentence or a paragraph, is a clause. */
static bool is_clause(
    const struct plan_doc *doc, struct plan_span words, bool sentence, bool paragraph)
{
    struct plan_said said;
    if (plan_trim(doc, words).from == plan_trim(doc, words).to)
        return false;
    plan_said_read(doc, words, &said);
    bool good;
    if (has_label(doc, words))
        good = said.unit_count > 0 || sentence || paragraph;
    else if (plan_find(doc, words, "不再") < words.to)
        good = said.unit_count > 0 && (sentence || paragraph);
    else if (has_verb(doc, words))
        good = (sentence || paragraph) && said.unit_count > 0 && said.strange_count == 0;
    else
        good = paragraph && said.strong_count > 0 && said.strange_count == 0 &&
               (sentence || said.unit_count > 1 || said.deadline.to > said.deadline.from);
    plan_said_clear(&said);
    return good;
}

static void clause_put(
    struct plan_doc *doc, struct plan_span all, struct plan_span words, bool open)
{
    doc->clause =
        alloc_grow(doc->clause, &doc->clause_capacity, doc->clause_count + 1, sizeof *doc->clause);
    doc->clause[doc->clause_count++] =
        (struct plan_clause){all, plan_trim(doc, words), plan_line_of(doc, all.from), open};
}

/* A sentence ends before this glyph. */
static bool behind_sentence(const struct plan_doc *doc, size_t at)
{
    while (at > 0 && plan_code(doc, at - 1) == ' ')
        at--;
    return at == 0 || plan_is_one_of(plan_code(doc, at - 1), "。;!?\n.)");
}

static bool before_end(const struct plan_doc *doc, size_t at)
{
    while (plan_is_one_of(plan_code(doc, at), "。;., "))
        at++;
    return is_end(doc, at) || plan_code(doc, at) == '(';
}

/* 牵头单位：… without brackets, on a line of its own or behind a sentence. */
static size_t read_bare(struct plan_doc *doc, size_t at)
{
    struct plan_said said;
    size_t behind, end = units_end(doc, at);
    bool colon, good;
    if (!label_here(doc, at, end, &colon, &behind))
        return at + 1;
    if (behind == end && end < doc->count && !begins_number(doc, end + 1)) /* units below it */
        end = units_end(doc, end + 1);
    if (end > at + LINE_MOST)
        return at + 1;
    struct plan_span words = {at, end};
    plan_said_read(doc, words, &said);
    good = (said.unit_count > 0 && (colon || said.strange_count == 0)) ||
           said.deadline.to > said.deadline.from;
    plan_said_clear(&said);
    if (!good)
        return at + 1;
    clause_put(doc, words, words, false);
    return end;
}

/* Where to go on looking. */
static size_t read_bracket(struct plan_doc *doc, size_t at)
{
    size_t close = doc->glyph[at].close, behind, end;
    bool colon;
    if (behind_sentence(doc, at) && label_here(doc, at, plan_line_end(doc, at), &colon, &behind) &&
        (end = read_bare(doc, at)) > at + 1)
        return end;
    if (close > 0) {
        struct plan_span words = plan_trim(doc, (struct plan_span){at + 1, close});
        while (plan_code(doc, words.from) == '(' && words.to > words.from + 2 &&
               doc->glyph[words.from].close == words.to - 1)
            words = plan_trim(doc, (struct plan_span){words.from + 1, words.to - 1});
        if (!is_clause(doc, words, behind_sentence(doc, at), before_end(doc, close + 1)))
            return at + 1;
        end = close + 1;
        if (plan_is_one_of(plan_code(doc, end), "。;") && behind_sentence(doc, at))
            end++;
        clause_put(doc, (struct plan_span){at, end}, words, false);
        return end;
    }
    if (!label_here(doc, at + 1, plan_line_end(doc, at + 1), &colon, &behind))
        return at + 1;
    end = units_end(doc, at + 1);
    end = end < at + CLAUSE_MOST ? end : at + CLAUSE_MOST;
    clause_put(doc, (struct plan_span){at, end}, (struct plan_span){at + 1, end}, true);
    return end;
}

/* A last sentence of nothing but units and verbs: A牵头，B、C按职责分工负责。 */
static size_t read_sentence(struct plan_doc *doc, size_t at)
{
    size_t end = plan_line_end(doc, at);
    struct plan_said said;
    if (end > at + LINE_MOST)
        return at + 1;
    struct plan_span words = {at, end}, kind = plan_kind_at_end(doc, words, true);
    if (kind.from < kind.to && kind.from > at) /* .., 持续推进 */
        words.to = end = kind.from;
    if (plan_find(doc, words, "。") + 1 < end || !has_verb(doc, words))
        return at + 1;
    plan_said_read(doc, words, &said);
    bool good =
        said.unit_count > 0 && said.strange_count == 0 && said.strong_count == said.unit_count;
    plan_said_clear(&said);
    if (!good)
        return at + 1;
    clause_put(doc, words, words, false);
    return end;
}

void plan_clauses_read(struct plan_doc *doc)
{
    static const char *const heads[] = {"牵头", "责任", "配合", "参与", "负责", "承办", "主办",
        "协办", "主要", "主责", "落实", "实施", "协同", "省级", "市级", "整改", "参加", "协助",
        "完成", "主管", "总", "第一", "时限", "时间", NULL};
    match_brackets(doc);
    for (size_t at = 0; at < doc->count;) {
        size_t end = at + 8;
        if (at % ASKED_EVERY == 0 && !going_on(doc->going))
            break;
        if (plan_code(doc, at) == '(')
            at = read_bracket(doc, at);
        else if (plan_words(doc, at, end < doc->count ? end : doc->count, heads) > 0 &&
                 behind_sentence(doc, at))
            at = read_bare(doc, at);
        else if (at > 0 && plan_is_one_of(plan_code(doc, at - 1), "。") && !is_end(doc, at))
            at = read_sentence(doc, at);
        else
            at++;
    }
}

/* The bracket that opens the one before `at`, within a sentence; 0: none. */
static size_t opening(const struct plan_doc *doc, size_t at)
{
    int depth = 0;
    for (size_t i = at; i > 0 && i + LINE_MOST > at; i--) {
        uint32_t code = plan_code(doc, i - 1);
        depth += code == ')' ? 1 : code == '(' ? -1 : 0;
        if (depth == 0)
            return i;
        if (plan_is_one_of(code, "。\n"))
            return 0;
    }
    return 0;
}

/* 以下均需…，不再列出, in a clause or in the text. */
void plan_given_read(struct plan_doc *doc)
{
    static const char *const verbs[] = {
        "列出", "列举", "赘述", "列明", "罗列", "标注", "注明", "说明", "重复", NULL};
    static const char *const manners[] = {
        "一一", "逐一", "单独", "重复", "分别", "另行", "逐项", NULL};
    for (size_t at = 0; at < doc->count && doc->given_count < PLAN_GIVEN_MOST; at++) {
        size_t behind = plan_word(doc, at, doc->count, "不再"), manner;
        if (behind == 0)
            continue;
        if ((manner = plan_words(doc, behind, doc->count, manners)) > 0 &&
            plan_words(doc, manner, doc->count, verbs) > 0)
            behind = manner;
        if (plan_words(doc, behind, doc->count, verbs) == 0)
            continue;
        struct plan_span words = {at, at};
        while (words.from > 0 && at - words.from < LINE_MOST) {
            uint32_t code = plan_code(doc, words.from - 1);
            /* 各县（市、区）人民政府 */
            size_t open = code == ')' ? opening(doc, words.from) : 0;
            if (open == 0 && plan_is_one_of(code, "。;()\n"))
                break;
            words.from = open > 0 ? open - 1 : words.from - 1;
        }
        bool below = plan_find(doc, words, "以下") < words.to;
        while (words.to > words.from && plan_code(doc, words.to - 1) != ',')
            words.to--;
        words.to = words.to > words.from ? words.to - 1 : at;
        doc->given =
            alloc_grow(doc->given, &doc->given_capacity, doc->given_count + 1, sizeof *doc->given);
        doc->given[doc->given_count++] = (struct plan_given){words, plan_line_of(doc, at), below};
    }
}

size_t plan_clause_from(const struct plan_doc *doc, size_t at)
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
