/* Which lines of a public notice are of which task, and what stands around them. */
#include "notice_parts.h"

#include "base/alloc.h"

#define SIGNER_MOST 40 /* glyphs */

static bool is_blank_line(const struct plan_doc *doc, size_t line)
{
    return doc->line[line].from == doc->line[line].to || doc->line[line].noise;
}

/* --- the foot -------------------------------------------------------------------------------- */

static bool is_attachment(const struct plan_doc *doc, const struct plan_line *line)
{
    static const char *const heads[] = {"附件", "附表", "附:", NULL};
    size_t behind = plan_words(doc, line->from, line->to, heads);
    return behind > 0 &&
           (behind == line->to || plan_is_one_of(plan_code(doc, behind), ":0123456789一二三. ") ||
               plan_is_one_of(plan_code(doc, behind - 1), ":"));
}

/* 2026年3月2日, whole or damaged. */
static bool is_date_line(const struct plan_doc *doc, const struct plan_line *line)
{
    struct plan_span words = {line->from, line->to}, damage;
    if (words.to < words.from + 6 || words.to > words.from + 20)
        return false;
    if (notice_is_day(doc, words))
        return true;
    bool dated = plan_find(doc, words, "年") < words.to && plan_find(doc, words, "月") < words.to &&
                 plan_word(doc, words.to - 1, words.to, "日") > 0;
    return dated && (notice_damage(doc, words, &damage) || notice_no_day(doc, words, &damage));
}

static bool is_signer(const struct plan_doc *doc, const struct plan_line *line)
{
    bool strong;
    return line->kind == KIND_NONE && line->to - line->from <= SIGNER_MOST &&
           plan_is_unit(doc, (struct plan_span){line->from, line->to}, &strong);
}

/* The date that stands last, and who signs above it; attachments before or behind them. */
static void find_foot(struct notice_doc *n)
{
    const struct plan_doc *doc = &n->doc;
    n->foot = doc->line_count;
    size_t last_label = n->label_count > 0 ? n->label[n->label_count - 1].line : 0;
    for (size_t i = doc->line_count; i-- > last_label;) {
        const struct plan_line *line = &doc->line[i];
        if (i == last_label && n->label_count > 0)
            break;
        if (is_blank_line(doc, i))
            continue;
        if (is_attachment(doc, line)) {
            n->foot = i;
        } else if (n->signed_on.to == 0 && is_date_line(doc, line)) {
            n->signed_on = (struct plan_span){line->from, line->to};
            n->foot = i;
            while (i > last_label + 1 && is_blank_line(doc, i - 1))
                i--;
            if (i > last_label + 1 && is_signer(doc, &doc->line[i - 1])) {
                line = &doc->line[--i];
                n->signer = (struct plan_span){line->from, line->to};
                n->foot = i;
            }
        }
    }
}

/* --- what begins a task ---------------------------------------------------------------------- */

static bool is_label_line(const struct notice_doc *n, size_t line)
{
    for (size_t i = notice_label_from(n, line); i < n->label_count && n->label[i].line == line; i++)
        if (n->label[i].heads && n->label[i].from == n->doc.line[line].from)
            return true;
    return false;
}

/* Different labels of tasks from `first` to before `end`. */
static size_t core_between(const struct notice_doc *n, size_t first, size_t end)
{
    bool has[PUBLIC_PART_COUNT] = {false};
    size_t count = 0;
    for (size_t i = notice_label_from(n, first); i < n->label_count && n->label[i].line < end;
         i++) {
        enum public_part part = n->label[i].part;
        if (has[part])
            continue;
        has[part] = true;
        count += notice_is_core(part);
    }
    return count;
}

static void add_item(struct notice_doc *n, size_t first)
{
    n->item = alloc_grow(n->item, &n->item_capacity, n->item_count + 1, sizeof *n->item);
    n->item[n->item_count++] = (struct notice_item){.first = first, .end = n->foot};
}

/* 第一项, 任务23：at the beginning of a line, with labels of a task below each. */
static bool begins_item(const struct notice_doc *n, size_t line, struct notice_item *out)
{
    const struct plan_line *at = &n->doc.line[line];
    struct plan_span number;
    struct plan_span words = {at->from, at->to};
    bool title = plan_find(&n->doc, words, "公示") < words.to; /* 第五项整改任务公示 */
    size_t behind = at->noise || title || is_label_line(n, line)
                        ? 0
                        : notice_item_number(&n->doc, at->body, at->to, &number);
    if (behind == 0)
        return false;
    *out = (struct notice_item){.first = line, .number = number};
    out->head = (struct plan_span){behind, at->to};
    return true;
}

static void split_by_number(struct notice_doc *n)
{
    struct notice_item item;
    for (size_t i = 0; i < n->foot; i++)
        if (begins_item(n, i, &item)) {
            if (n->item_count > 0)
                n->item[n->item_count - 1].end = i;
            add_item(n, i);
            item.end = n->foot;
            n->item[n->item_count - 1] = item;
        }
    size_t kept = 0;
    for (size_t i = 0; i < n->item_count; i++)
        if (core_between(n, n->item[i].first, n->item[i].end) > 0)
            n->item[kept++] = n->item[i];
    if (kept > 0 && core_between(n, 0, n->item[0].first) > 0)
        kept = 0;
    n->item_count = kept;
}

/* Where the lines below a numbered one end: at one of its kind, or of an outer one. */
static size_t section_end(const struct notice_doc *n, size_t line)
{
    enum plan_kind kind = n->doc.line[line].kind;
    size_t i = line + 1;
    while (i < n->foot && (n->doc.line[i].kind == KIND_NONE || n->doc.line[i].kind > kind))
        i++;
    return i;
}

static size_t first_core(const struct notice_doc *n)
{
    for (size_t i = 0; i < n->label_count; i++)
        if (notice_is_core(n->label[i].part))
            return n->label[i].line;
    return n->foot;
}

/* Numbered lines that are no labels, with labels below each of them and none before the first. */
static bool split_by_kind(struct notice_doc *n, enum plan_kind kind)
{
    size_t first = first_core(n), value = 0;
    n->item_count = 0;
    for (size_t i = 0; i < n->foot; i++) {
        const struct plan_line *line = &n->doc.line[i];
        if (line->kind != kind || is_label_line(n, i))
            continue;
        size_t end = section_end(n, i);
        if (core_between(n, i, end) < 2)
            continue;
        if ((n->item_count == 0 && (i > first || line->value > 1)) ||
            (n->item_count > 0 && (size_t)line->value != value + 1)) {
            n->item_count = 0;
            return false;
        }
        value = (size_t)line->value;
        add_item(n, i);
        n->item[n->item_count - 1].end = end;
        n->item[n->item_count - 1].head = (struct plan_span){line->body, line->to};
    }
    return n->item_count > 0;
}

/* --- where no line begins one ---------------------------------------------------------------- */

static bool opens(enum public_part part)
{
    return notice_is_core(part) || part == PUBLIC_NUMBER || part == PUBLIC_DEADLINE ||
           part == PUBLIC_RESPONSIBLE;
}

static bool tells_again(enum public_part part)
{
    return opens(part) && part != PUBLIC_RESULTS && part != PUBLIC_RESPONSIBLE;
}

/* The part that a task begins with: the first that is there, if it comes again. */
static enum public_part first_part(const struct notice_doc *n)
{
    enum public_part part = PUBLIC_PART_COUNT;
    size_t times = 0;
    for (size_t i = 0; i < n->label_count; i++) {
        if (part == PUBLIC_PART_COUNT && opens(n->label[i].part))
            part = n->label[i].part;
        times += n->label[i].part == part;
    }
    return times > 1 && tells_again(part) ? part : PUBLIC_PART_COUNT;
}

static void split_by_labels(struct notice_doc *n)
{
    enum public_part part = first_part(n);
    bool has[PUBLIC_PART_COUNT] = {false};
    n->item_count = 0;
    for (size_t i = 0; i < n->label_count; i++) {
        const struct notice_label *label = &n->label[i];
        bool again = label->part == part || (has[label->part] && tells_again(label->part));
        bool same_line = n->item_count > 0 && n->item[n->item_count - 1].first == label->line;
        if (label->line >= n->foot || !opens(label->part))
            continue;
        if (n->item_count == 0 || (again && !same_line)) {
            if (n->item_count > 0)
                n->item[n->item_count - 1].end = label->line;
            add_item(n, label->line);
            for (int k = 0; k < PUBLIC_PART_COUNT; k++)
                has[k] = false;
        }
        has[label->part] = true;
    }
}

void notice_split(struct notice_doc *n)
{
    find_foot(n);
    split_by_number(n);
    for (enum plan_kind kind = KIND_HAN; n->item_count == 0 && kind < KIND_COUNT; kind++)
        if (split_by_kind(n, kind))
            return;
    if (n->item_count == 0)
        split_by_labels(n);
}

/* --- what a label says ----------------------------------------------------------------------- */

static bool ends_open(const struct plan_doc *doc, struct plan_span span)
{
    return span.to > span.from && plan_is_one_of(plan_code(doc, span.to - 1), "、,-—至到~(和及/");
}

/* A line that ends a text: a statement, or the number that goes on behind that of its label. */
static bool ends_text(const struct notice_doc *n, const struct notice_label *label, size_t line)
{
    const struct plan_line *at = &n->doc.line[line], *own = &n->doc.line[label->line];
    if (notice_is_statement(&n->doc, at) || is_attachment(&n->doc, at))
        return true;
    return own->kind != KIND_NONE && label->from == own->from && at->kind != KIND_NONE &&
           (at->kind < own->kind || (at->kind == own->kind && at->value == own->value + 1));
}

struct plan_span notice_value(const struct notice_doc *n, size_t index, size_t end)
{
    const struct plan_doc *doc = &n->doc;
    const struct notice_label *label = &n->label[index];
    const struct plan_line *own = &doc->line[label->line];
    struct plan_span value = {label->body, own->to};
    size_t most = end > label->line && end <= doc->line_count ? doc->line[end - 1].to : own->to;
    if (index + 1 < n->label_count && n->label[index + 1].from < most)
        most = n->label[index + 1].from;
    if (value.to > most)
        value.to = most;
    if (value.from > value.to)
        value.from = value.to;
    bool text = notice_is_text(label->part);
    for (size_t i = label->line + 1; i < end && doc->line[i].from < most; i++) {
        const struct plan_line *line = &doc->line[i];
        struct plan_span told = plan_trim(doc, value);
        if (is_blank_line(doc, i))
            continue;
        if (ends_text(n, label, i) || (!text && told.from < told.to && !ends_open(doc, told)))
            break;
        value.to = line->to < most ? line->to : most;
    }
    return plan_trim(doc, value);
}
