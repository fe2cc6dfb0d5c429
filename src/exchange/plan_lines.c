/* The lines of a plan: the number each begins with, and those of the page around it. */
#include "plan_parts.h"

#include <string.h>

#include "base/alloc.h"

#define NUMBER_MOST 300

/* --- numbers --------------------------------------------------------------------------------- */

/* 二十三, 一百零二; -1: none. */
static int take_han(const struct plan_doc *doc, size_t *at, size_t to)
{
    static const char *const digits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
    int value = 0, digit = 0;
    size_t from = *at;
    for (; *at < to; ++*at) {
        int here = 0;
        for (int i = 0; i < 9; i++)
            if (plan_is_one_of(plan_code(doc, *at), digits[i]))
                here = i + 1;
        if (here > 0 && digit == 0)
            digit = here;
        else if (plan_is_one_of(plan_code(doc, *at), "十") && value % 100 == 0)
            value += (digit > 0 ? digit : 1) * 10, digit = 0;
        else if (plan_is_one_of(plan_code(doc, *at), "百") && value == 0 && digit > 0)
            value += digit * 100, digit = 0;
        else if (!plan_is_one_of(plan_code(doc, *at), "〇") || value == 0)
            break;
    }
    return *at > from && value + digit <= NUMBER_MOST && value + digit > 0 ? value + digit : -1;
}

static int take_digits(const struct plan_doc *doc, size_t *at, size_t to)
{
    int value = 0;
    size_t from = *at;
    for (; *at < to && plan_code(doc, *at) >= '0' && plan_code(doc, *at) <= '9'; ++*at)
        if (value <= NUMBER_MOST)
            value = value * 10 + (int)(plan_code(doc, *at) - '0');
    return *at > from && value > 0 && value <= NUMBER_MOST ? value : -1;
}

static void mark(struct plan_line *line, enum plan_kind kind, int value, size_t body)
{
    line->kind = kind;
    line->value = value;
    line->body = body;
}

/* ㈠ ⑴ ①: one glyph each. */
static bool mark_glyph(const struct plan_doc *doc, struct plan_line *line)
{
    static const struct {
        uint32_t first, last;
        enum plan_kind kind;
        int value;
    } rows[] = {{0x3220, 0x3229, KIND_HAN_BRACKET, 1}, {0x2474, 0x2487, KIND_BRACKET, 1},
        {0x2460, 0x2473, KIND_CIRCLE, 1}, {0x3251, 0x325f, KIND_CIRCLE, 21},
        {0x2488, 0x249b, KIND_DOT, 1}, {0x2776, 0x277f, KIND_CIRCLE, 1}};
    uint32_t code = plan_code(doc, line->from);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (code >= rows[i].first && code <= rows[i].last) {
            mark(line, rows[i].kind, (int)(code - rows[i].first) + rows[i].value, line->from + 1);
            return true;
        }
    return false;
}

static void mark_bracket(const struct plan_doc *doc, struct plan_line *line)
{
    size_t at = line->from + 1;
    at = plan_skip_blanks(doc, at, line->to);
    enum plan_kind kind = KIND_HAN_BRACKET;
    size_t number = at;
    int value = take_han(doc, &at, line->to);
    if (value < 0) {
        at = number;
        kind = KIND_BRACKET;
        value = take_digits(doc, &at, line->to);
    }
    at = plan_skip_blanks(doc, at, line->to);
    if (value > 0 && plan_code(doc, at) == ')' && at + 1 < line->to) {
        at++;
        if (plan_is_one_of(plan_code(doc, at), "、.")) /* （一）、 */
            at++;
        mark(line, kind, value, at);
    }
}

/* 第一章, 第一条. */
static void mark_chapter(const struct plan_doc *doc, struct plan_line *line)
{
    static const char *const chapters[] = {"章", "部分", "篇", NULL};
    size_t at = line->from + 1, behind;
    int value = take_han(doc, &at, line->to);
    if (value < 0)
        value = take_digits(doc, &at, line->to);
    if (value > 0 && (behind = plan_words(doc, at, line->to, chapters)) > 0)
        mark(line, KIND_CHAPTER, value, behind);
    else if (value > 0 && (behind = plan_word(doc, at, line->to, "条")) > 0)
        mark(line, KIND_ARTICLE, value, behind);
}

/* 一、 1. 1、 1); "1.5万吨" is none, "1.2025年底前" is. */
static void mark_plain(const struct plan_doc *doc, struct plan_line *line)
{
    size_t at = line->from;
    bool han = !plan_is_digit(plan_code(doc, at));
    int value = han ? take_han(doc, &at, line->to) : take_digits(doc, &at, line->to);
    if (value < 0)
        return;
    at = plan_skip_blanks(doc, at, line->to);
    uint32_t code = plan_code(doc, at);
    if (at + 1 >= line->to || !plan_is_one_of(code, han ? "、.,:" : "、.)"))
        return;
    if (code == '.' && plan_is_digit(plan_code(doc, at + 1))) {
        size_t year = at + 1;
        while (plan_is_digit(plan_code(doc, year)))
            year++;
        if (year != at + 5 || !plan_is_one_of(plan_code(doc, year), "年"))
            return;
    }
    mark(line, han ? KIND_HAN : code == ')' ? KIND_BRACKET : KIND_DOT, value, at + 1);
}

static void mark_number(const struct plan_doc *doc, struct plan_line *line)
{
    uint32_t code = plan_code(doc, line->from);
    line->body = line->from;
    if (mark_glyph(doc, line))
        return;
    if (code == '(')
        mark_bracket(doc, line);
    else if (plan_is_one_of(code, "第"))
        mark_chapter(doc, line);
    else
        mark_plain(doc, line);
}

/* --- what belongs to the page ---------------------------------------------------------------- */

static const char *const page_words[] = {"来源", "文章来源", "信息来源", "稿件来源", "发布时间",
    "发布日期", "发文日期", "成文日期", "浏览", "浏览次数", "浏览量", "点击", "点击数", "点击量",
    "访问量", "阅读", "打印", "打印本页", "字体", "字号", "分享", "分享到", "收藏", "关闭",
    "关闭窗口", "上一篇", "下一篇", "上一条", "下一条", "相关附件", "相关链接", "相关阅读",
    "相关解读", "政策解读", "扫一扫", "责任编辑", "编辑", "作者", "首页", "当前位置", "您的位置",
    "您现在的位置", "分类", "索引号", "主题分类", "主办单位", "承办单位", "版权所有", "网站地图",
    "联系我们", "网站标识码", "原文下载", "附件下载", "返回顶部", "返回", "无障碍", NULL};
static const char *const page_marks[] = {"www.", "ICP备", "公网安备", "Copyright", NULL};

/* A short line of such a word and a value. */
static bool is_page(const struct plan_doc *doc, const struct plan_line *line)
{
    size_t at = line->from;
    if (plan_word(doc, at, line->to, "http") > 0 || plan_word(doc, at, line->to, "-(") > 0)
        return true;
    if (line->to - line->from > 120 || line->kind != KIND_NONE)
        return false;
    while (at < line->to && plan_is_one_of(plan_code(doc, at), "(|-·>《< "))
        at++;
    size_t behind = plan_words(doc, at, line->to, page_words);
    if (behind > 0 && (behind == line->to || plan_is_one_of(plan_code(doc, behind), ":()|> /")))
        return true;
    for (size_t i = 0; page_marks[i] != NULL; i++)
        if (plan_find(doc, (struct plan_span){line->from, line->to}, page_marks[i]) < line->to)
            return line->to - line->from < 60;
    return false;
}

/* 一、总体要求……3: a line of the table of contents. */
static bool is_contents(const struct plan_doc *doc, const struct plan_line *line)
{
    size_t at = line->to, dots = 0;
    while (at > line->from && plan_is_digit(plan_code(doc, at - 1)))
        at--;
    if (at == line->to)
        return false;
    for (; at > line->from && plan_is_one_of(plan_code(doc, at - 1), "….·⋯ "); at--)
        dots += plan_code(doc, at - 1) == ' '
                    ? 0
                    : 1 + (plan_is_one_of(plan_code(doc, at - 1), "…⋯") ? 2 : 0);
    return dots >= 4;
}

/* --- lines ----------------------------------------------------------------------------------- */

static void line_put(struct plan_doc *doc, size_t from, size_t to)
{
    struct plan_line line = {.from = from,
        .to = to,
        .end = to,
        .indented = plan_is_blank(plan_code(doc, from)) && from < to};
    while (line.from < to && plan_is_one_of(plan_code(doc, line.from), " *#　"))
        line.from++;
    while (line.to > line.from && plan_is_one_of(plan_code(doc, line.to - 1), " *"))
        line.to--;
    mark_number(doc, &line);
    while (line.kind != KIND_NONE && line.body < line.to &&
           plan_is_one_of(plan_code(doc, line.body), " *"))
        line.body++;
    line.noise = is_page(doc, &line) || is_contents(doc, &line);
    if (line.noise || line.body >= line.to)
        line.kind = KIND_NONE;
    doc->line = alloc_grow(doc->line, &doc->line_capacity, doc->line_count + 1, sizeof *doc->line);
    doc->line[doc->line_count++] = line;
}

void plan_lines_read(struct plan_doc *doc)
{
    size_t from = 0;
    for (size_t at = 0; at <= doc->count; at++)
        if (at == doc->count || plan_code(doc, at) == '\n') {
            line_put(doc, from, at);
            from = at + 1;
        }
}

static bool goes_on(const struct plan_doc *doc, size_t index)
{
    const struct plan_line *line = &doc->line[index], *before = &doc->line[index - 1];
    size_t length = before->to - before->from;
    if (line->kind != KIND_NONE || line->noise || before->noise || line->indented ||
        line->from == line->to || length == 0)
        return false;
    if (plan_is_one_of(plan_code(doc, before->to - 1), "。!?;:)”’."))
        return false;
    struct plan_span body = {before->body, before->to};
    bool sentence = before->kind == KIND_NONE || plan_find(doc, body, "。") < body.to;
    return length >= (sentence ? 20 : 34);
}

void plan_lines_join(struct plan_doc *doc)
{
    for (size_t i = 1; i < doc->line_count; i++)
        doc->line[i].goes_on = goes_on(doc, i);
    for (size_t c = 0; c < doc->clause_count; c++)
        for (size_t i = doc->clause[c].line + 1;
             i < doc->line_count && doc->line[i].from < doc->clause[c].words.to; i++)
            doc->line[i].goes_on = true;
}
