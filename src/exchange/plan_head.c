/* Whose a plan is: its title, and the lines of who issued it. */
#include "plan_parts.h"

#include "base/alloc.h"

#define TITLE_MOST 70  /* glyphs of a line of a title */
#define ISSUER_MOST 40 /* glyphs */
#define FOOT_LINES 40  /* from the end, in which who signs is looked for */
#define HEADS_MOST 12  /* lines told */

static bool ends_in(
    const struct plan_doc *doc, const struct plan_line *line, const char *const *words)
{
    struct plan_span span = {line->from, line->to};
    size_t start;
    while (span.to > span.from && plan_is_one_of(plan_code(doc, span.to - 1), "》>”"))
        span.to--;
    if (span.to > span.from && plan_code(doc, span.to - 1) == ')') /* （试行）, （2026—2027年） */
        for (size_t at = span.to - 1; at > span.from && at + 20 > span.to; at--)
            if (plan_code(doc, at) == '(') {
                span.to = at;
                break;
            }
    return plan_ends(doc, span, words, &start);
}

static bool is_title(const struct plan_doc *doc, const struct plan_line *line)
{
    static const char *const kinds[] = {"方案", "计划", "规划", "意见", "办法", "清单", "分工",
        "通知", "措施", "分工表", "任务表", "台账", "要点", "安排", "任务分解", NULL};
    return line->kind == KIND_NONE && !line->noise && line->to > line->from + 3 &&
           line->to - line->from <= TITLE_MOST && ends_in(doc, line, kinds);
}

static bool is_empty(const struct plan_line *line)
{
    return line->from == line->to || line->noise;
}

/* A title may stand on two or three lines; marks of a sentence end what stands above it. */
static size_t title_from(const struct plan_doc *doc, size_t line)
{
    size_t from = line;
    while (from > 0 && line - from < 2) {
        const struct plan_line *above = &doc->line[from - 1];
        if (is_empty(above) || above->kind != KIND_NONE || is_title(doc, above) ||
            above->to - above->from > TITLE_MOST ||
            plan_is_one_of(plan_code(doc, above->to - 1), "。,;:、号)"))
            break;
        from--;
    }
    return from;
}

/* 沈阳市沈河区人民政府办公室, 抚顺市人民政府办公室文件. */
static bool is_issuer(const struct plan_doc *doc, const struct plan_line *line)
{
    static const char *const ends[] = {"人民政府", "政府", "办公室", "办公厅", "委员会", "局", "办",
        "领导小组", "指挥部", "文件", NULL};
    return line->kind == KIND_NONE && !is_empty(line) && line->to - line->from <= ISSUER_MOST &&
           ends_in(doc, line, ends);
}

struct heads {
    struct strbuf text;
    size_t count, line;
};

static void add(const struct plan_doc *doc, size_t from, size_t to, struct heads *heads)
{
    if (heads->count == HEADS_MOST)
        return;
    if (heads->count++ == 0)
        heads->line = from + 1;
    else
        strbuf_add(&heads->text, "\n");
    for (size_t i = from; i <= to; i++)
        plan_add(doc, (struct plan_span){doc->line[i].from, doc->line[i].to}, &heads->text);
}

char *plan_head_read(const struct plan_doc *doc, size_t first, size_t *line)
{
    struct heads heads = {0};
    size_t foot = doc->line_count > FOOT_LINES ? doc->line_count - FOOT_LINES : 0;
    for (size_t i = 0; i < first && i < doc->line_count; i++)
        if (is_title(doc, &doc->line[i]))
            add(doc, title_from(doc, i), i, &heads);
    for (size_t i = 0; i < doc->line_count; i++)
        if ((i < first || i >= foot) && is_issuer(doc, &doc->line[i]))
            add(doc, i, i, &heads);
    *line = heads.line;
    strbuf_add(&heads.text, "");
    return strbuf_take(&heads.text);
}
