/* Lines and pieces of a text in which a table may be drawn. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "exchange/ledger_field.h"
#include "text_table_parts.h"

/* --- characters ------------------------------------------------------------------------------ */

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\f' || code == '\v' || code == 0xA0 ||
           code == 0x3000 || (code >= 0x2000 && code <= 0x200B) || code == 0xFEFF;
}

/* Bars of one kind stand for each other: 1 |, 2 ｜, 4 those of box drawing, 8 ¦; 0 is none. */
static unsigned bar_kind(uint32_t code)
{
    switch (code) {
    case '|':
        return 1;
    case 0xFF5C:
        return 2;
    case 0x2502:
    case 0x2503:
    case 0x2506:
    case 0x2507:
    case 0x250A:
    case 0x250B:
    case 0x254E:
    case 0x254F:
    case 0x2551:
        return 4;
    case 0xA6:
        return 8;
    default:
        return 0;
    }
}

static bool is_dash(uint32_t code)
{
    return code == '-' || code == '=' || code == '_' || code == 0x2500 || code == 0x2501 ||
           code == 0x2504 || code == 0x2505 || code == 0x2508 || code == 0x2509 || code == 0x254C ||
           code == 0x254D || code == 0x2550;
}

static bool is_joint(uint32_t code)
{
    return code == '+' ||
           (code >= 0x250C && code <= 0x256C && bar_kind(code) == 0 && !is_dash(code));
}

static int measure(const struct table_lines *lines, const struct text_cluster *cluster, int at)
{
    if (cluster->base == '\t')
        return 8 - at % 8;
    if (lines->measure == MEASURE_CODES)
        return 1;
    return lines->measure == MEASURE_WIDE && text_is_ambiguous(cluster->base) ? 2 : cluster->width;
}

/* --- pieces ---------------------------------------------------------------------------------- */

static void add_piece(struct table_lines *lines, struct table_piece piece)
{
    struct table_line *line = &lines->line[lines->count - 1];
    lines->piece =
        alloc_grow(lines->piece, &lines->piece_room, lines->piece_count + 1, sizeof *lines->piece);
    lines->piece[lines->piece_count++] = piece;
    line->count++;
}

/* A walk over the clusters of a line. */
struct walk {
    const struct table_lines *lines;
    size_t at, to;
    int column;
    struct text_cluster cluster;
    int width;
};

static bool step(struct walk *walk)
{
    if (walk->at >= walk->to || !text_cluster(walk->lines->text + walk->at, &walk->cluster))
        return false;
    if (walk->lines->text[walk->at] == '\t') /* else drawn as any control is */
        walk->cluster.base = '\t';
    walk->width = measure(walk->lines, &walk->cluster, walk->column);
    return true;
}

static void pass(struct walk *walk)
{
    walk->at += (size_t)walk->cluster.bytes;
    walk->column += walk->width;
}

static struct walk begin_walk(const struct table_lines *lines, const struct table_line *line)
{
    return (struct walk){.lines = lines, .at = line->from, .to = line->to};
}

/* Between `from` and `to` without the blanks around it. */
struct cut {
    size_t from, to;
    int left, right;
    bool any, other; /* anything; anything but dashes */
};

static void cut_take(struct cut *cut, const struct walk *walk)
{
    uint32_t code = walk->cluster.base;
    if (is_blank(code))
        return;
    if (!cut->any) {
        cut->from = walk->at;
        cut->left = walk->column;
    }
    cut->any = true;
    cut->other |= !is_dash(code);
    cut->to = walk->at + (size_t)walk->cluster.bytes;
    cut->right = walk->column + walk->width;
}

static void cut_end(struct table_lines *lines, struct cut *cut, const struct walk *walk)
{
    if (!cut->any) {
        cut->from = cut->to = walk->at;
        cut->left = cut->right = walk->column;
    }
    add_piece(lines, (struct table_piece){cut->from, cut->to, cut->left, cut->right,
                         cut->any && !cut->other && cut->to - cut->from > 1});
    *cut = (struct cut){0};
}

/* --- a line ---------------------------------------------------------------------------------- */

/* What stands in a line, once. */
struct census {
    size_t bars, dashes, joints, others, tabs, run, runs; /* runs: of two dashes and more */
};

/* Of ASCII only beside a dash. */
static bool is_joint_at(const struct walk *walk)
{
    const char *at = walk->lines->text + walk->at;
    if (walk->cluster.base != '+')
        return is_joint(walk->cluster.base);
    return at[1] == '-' || at[1] == '=' || (walk->at > 0 && (at[-1] == '-' || at[-1] == '='));
}

static struct census take_census(const struct table_lines *lines, const struct table_line *line)
{
    struct census census = {0};
    for (struct walk walk = begin_walk(lines, line); step(&walk); pass(&walk)) {
        uint32_t code = walk.cluster.base;
        bool dash = is_dash(code), joint = is_joint_at(&walk), bar = bar_kind(code) & lines->bars;
        census.run = dash ? census.run + 1 : 0;
        census.runs += census.run == 2;
        census.dashes += dash;
        census.bars += bar;
        census.joints += joint;
        census.tabs += code == '\t';
        census.others += !dash && !joint && !bar && !is_blank(code) && code != ':';
    }
    return census;
}

static bool is_rule(const struct table_lines *lines, const struct census *census)
{
    if (census->others > 0 || census->dashes == 0)
        return false;
    if (census->dashes >= 3 && census->runs > 0)
        return true;
    /* |-|-| under the first row */
    const struct table_line *above = lines->count > 1 ? &lines->line[lines->count - 2] : NULL;
    return census->bars > 0 && above && above->kind == TABLE_ROW &&
           (lines->count < 3 || lines->line[lines->count - 3].kind != TABLE_ROW);
}

/* Joints part cells of a partial rule. */
static bool is_parting(const struct walk *walk, bool partial)
{
    return (bar_kind(walk->cluster.base) & walk->lines->bars) || (partial && is_joint_at(walk));
}

static void read_bars(struct table_lines *lines, struct table_line line, bool partial)
{
    struct cut cut = {0};
    bool escaped = false, parted = false, any = false;
    struct walk walk = begin_walk(lines, &line);
    for (; step(&walk); pass(&walk)) {
        uint32_t code = walk.cluster.base;
        parted = !escaped && is_parting(&walk, partial) ? true : is_blank(code) && parted;
        if (!escaped && is_parting(&walk, partial)) {
            if (!any)
                lines->line[lines->count - 1].opens = true;
            cut_end(lines, &cut, &walk);
        } else {
            cut_take(&cut, &walk);
        }
        any = any || !is_blank(code);
        escaped = code == '\\' && !escaped;
    }
    lines->line[lines->count - 1].closes = parted;
    cut_end(lines, &cut, &walk);
}

static void read_tabs(struct table_lines *lines, struct table_line line)
{
    struct cut cut = {0};
    struct walk walk = begin_walk(lines, &line);
    for (; step(&walk); pass(&walk)) {
        if (walk.cluster.base == '\t')
            cut_end(lines, &cut, &walk);
        else
            cut_take(&cut, &walk);
    }
    cut_end(lines, &cut, &walk);
}

/* At two blanks, one of full width, or each (`all`). */
static void read_blanks(struct table_lines *lines, struct table_line line, bool all)
{
    struct cut cut = {0};
    size_t blanks = 0;
    struct walk walk = begin_walk(lines, &line);
    for (; step(&walk); pass(&walk)) {
        uint32_t code = walk.cluster.base;
        if (is_blank(code)) {
            blanks += all || code == '\t' || code == 0x3000 ? 2 : 1;
            continue;
        }
        if (blanks >= 2 && cut.any)
            cut_end(lines, &cut, &walk);
        blanks = 0;
        cut_take(&cut, &walk);
    }
    if (cut.any)
        cut_end(lines, &cut, &walk);
}

static enum table_line_kind kind_of(const struct table_lines *lines, const struct census *census)
{
    if (census->others + census->dashes + census->joints == 0)
        return TABLE_BLANK;
    bool dashed = census->dashes >= 3 && census->runs > 0;
    if (dashed && census->joints > 0 && census->bars > 0)
        return TABLE_PART;
    if (is_rule(lines, census))
        return TABLE_RULE;
    if (lines->form == TEXT_TABLE_BARS && census->bars == 0)
        return TABLE_TEXT;
    return lines->form == TEXT_TABLE_TABS && census->tabs == 0 ? TABLE_TEXT : TABLE_ROW;
}

/* A partial rule has a cell that is all rule, and one that is not. */
static void settle_part(struct table_lines *lines, struct table_line line)
{
    struct table_line *last = &lines->line[lines->count - 1];
    size_t rules = 0, cells = last->count - last->opens - last->closes;
    for (size_t i = 0; i < last->count; i++)
        rules += lines->piece[last->first + i].rule;
    if (rules > 0 && rules < cells)
        return;
    last->kind = rules > 0 ? TABLE_RULE : TABLE_ROW;
    lines->piece_count = last->first;
    last->count = 0;
    read_bars(lines, line, false);
}

static void read_line(struct table_lines *lines, size_t from, size_t to)
{
    struct table_line line = {.from = from, .to = to, .first = lines->piece_count};
    lines->line = alloc_grow(lines->line, &lines->room, lines->count + 1, sizeof *lines->line);
    lines->line[lines->count++] = line;
    struct census census = take_census(lines, &line);
    enum table_line_kind kind = kind_of(lines, &census);
    lines->line[lines->count - 1].kind = kind;
    if (kind == TABLE_BLANK)
        return;
    if (lines->form == TEXT_TABLE_BARS)
        read_bars(lines, line, kind == TABLE_PART);
    else if (lines->form == TEXT_TABLE_TABS)
        read_tabs(lines, line);
    else
        read_blanks(lines, line, kind == TABLE_RULE);
    if (kind == TABLE_PART)
        settle_part(lines, line);
}

/* --- the text -------------------------------------------------------------------------------- */

/* Of the kinds of bars the one there are most of. */
static unsigned find_bars(const char *text)
{
    size_t count[4] = {0}, best = 0;
    uint32_t code;
    for (int length; (length = text_decode(text, &code)) > 0; text += length)
        for (unsigned kind = bar_kind(code), i = 0; kind; kind >>= 1, i++)
            count[i] += kind & 1;
    for (size_t i = 1; i < 4; i++)
        best = count[i] > count[best] ? i : best;
    return count[best] > 0 ? 1U << best : 0;
}

void table_lines_read(struct table_lines *lines, const char *text, enum text_table_form form,
    enum table_measure by, const struct grid *out)
{
    *lines = (struct table_lines){.text = text, .form = form, .measure = by};
    lines->bars = form == TEXT_TABLE_BARS ? find_bars(text) : 0;
    for (size_t at = 0, length = strlen(text); at < length && grid_goes_on(out);) {
        size_t count = strcspn(text + at, "\r\n");
        read_line(lines, at, at + count);
        at += count;
        at += text[at] == '\r' && text[at + 1] == '\n' ? 2 : text[at] != '\0';
    }
}

void table_lines_clear(struct table_lines *lines)
{
    free(lines->line);
    free(lines->piece);
    *lines = (struct table_lines){0};
}

struct table_piece *table_words(
    const struct table_lines *lines, const struct table_line *line, size_t *count)
{
    struct table_lines one = {
        .text = lines->text, .form = TEXT_TABLE_COLUMNS, .measure = lines->measure};
    one.line = alloc_grow(NULL, &one.room, 1, sizeof *one.line);
    one.line[one.count++] = (struct table_line){.from = line->from, .to = line->to};
    read_blanks(&one, *line, true);
    *count = one.piece_count;
    free(one.line);
    return one.piece;
}

#define HEADING_MOST 90 /* bytes */

bool table_is_known(const struct table_lines *lines, const struct table_piece *piece)
{
    static const char *const never[] = {"。", "，", "；", "、"}; /* most texts have one */
    size_t count = piece->to - piece->from;
    const char *text = lines->text + piece->from;
    if (count == 0 || count > HEADING_MOST || (*text >= '0' && *text <= '9'))
        return false;
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (memmem(text, count, never[i], strlen(never[i])) != NULL &&
            memchr(text, '(', count) == NULL && memmem(text, count, "（", 3) == NULL)
            return false;
    char *heading = alloc_string_n(lines->text + piece->from, count);
    bool known = ledger_field_find(heading) != NULL;
    free(heading);
    return known;
}

bool table_same(
    const struct table_lines *lines, const struct table_piece *a, const struct table_piece *b)
{
    return a->to - a->from == b->to - b->from &&
           memcmp(lines->text + a->from, lines->text + b->from, a->to - a->from) == 0;
}
