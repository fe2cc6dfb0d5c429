/* Figures that a measure names, and which of its lines are footnotes. */
#include "plan_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* --- figures --------------------------------------------------------------------------------- */

static const char *const reaches[] = {"达到", "提高到", "提高至", "提升到", "提升至", "降至",
    "降到", "下降到", "下降至", "控制在", "保持在", "稳定在", "稳定达到", "不低于", "不少于",
    "不高于", "不超过", "超过", "达", "增至", "增加到", "增加至", "压减到", "压减至", "力争达到",
    "大于", "小于", "高于", "低于", "下降", "提高", "降低", "减少", "增长", "提升", "为", NULL};
static const char *const does[] = {"新增", "新建", "建成", "完成", "治理", "整治", "改造", "淘汰",
    "推广", "营造", "恢复", "修复", "建设", "压减", "新建成", "累计新增", "累计完成", "培育",
    "清退", "清理", "拆除", "关停", "取缔", "栽植", "绿化", "构建", "打造", "创建", "引育", NULL};
static const char *const bounds[] = {
    "不低于", "不少于", "不高于", "不超过", "超过", "到", "至", "约", "以上", "分别达到", NULL};
/* What is counted or measured, the longest taken. */
static const char *const measures[] = {"%", "个百分点", "微克/立方米", "毫克/立方米", "毫克/升",
    "微克/升", "吨/年", "万吨/年", "万吨/日", "万立方米/日", "亿立方米/年", "万立方米/年", "万吨",
    "亿吨", "吨", "公斤", "千克", "万亩", "亿亩", "亩", "公顷", "万公顷", "平方公里", "万平方公里",
    "平方米", "万平方米", "立方米", "万立方米", "亿立方米", "公里", "千米", "米", "万千瓦", "千瓦",
    "兆瓦", "亿千瓦时", "千瓦时", "吨标准煤", "万吨标准煤", "亿元", "万元", "元", "个", "家", "座",
    "项", "件", "条", "户", "万户", "天", "例", "款", "人", "万人", "处", "辆", "万辆", "台", "套",
    "万套", "所", "名", "批", "支", "种", "倍", "次", "分贝", "只", "头", "株", "万株", "村",
    "个村", "公里/小时", "蒸吨", "立方米/日", NULL};
static const char *const rates[] = {"率", "比例", "比重", "占比", "浓度", NULL};
static const char *const after[] = {"以上", "以下", "以内", "左右", NULL};

/* Words before a value that say no more than that it is reached. */
static const char *const plain[] = {"达到", "达", "为", "到", "至", "提高到", "提高至", "提升到",
    "提升至", "增至", "增加到", "增加至", "力争达到", "分别达到", NULL};

/* 34, 88.3, 1,200 */
static size_t value_end(const struct plan_doc *doc, size_t at, size_t to)
{
    size_t end = plan_skip_digits(doc, at, to, 12);
    while (end > at && end + 1 < to && plan_is_one_of(plan_code(doc, end), ".,") &&
           plan_is_digit(plan_code(doc, end + 1)))
        end = plan_skip_digits(doc, end + 1, to, 12);
    return end;
}

/* The first of `words` in `span` behind which a bound may stand and then `value`. */
static bool find_verb(const struct plan_doc *doc, struct plan_span span, size_t value,
    const char *const *words, bool at_value, struct plan_span *verb)
{
    for (size_t at = span.from; at < value; at++) {
        size_t behind = plan_words(doc, at, value, words), bound;
        if (behind == 0)
            continue;
        if (behind < value && (bound = plan_words(doc, behind, value, bounds)) == value)
            behind = bound;
        if (at_value ? behind == value : at == span.from) {
            *verb = (struct plan_span){at, behind};
            return true;
        }
    }
    return false;
}

/* The phrase that a value stands in begins here. */
static size_t phrase_from(const struct plan_doc *doc, struct plan_span span, size_t at)
{
    size_t from = at;
    int depth = 0;
    while (from > span.from && at - from < 80) {
        uint32_t code = plan_code(doc, from - 1);
        depth += code == ')' ? 1 : code == '(' ? -1 : 0;
        if (depth < 0 || (depth == 0 && plan_is_one_of(code, "。;,!?:\n")))
            break;
        from--;
    }
    for (size_t i = from; i < at; i++) { /* 到2027年新增…; 能耗较2020年下降… is one phrase */
        static const char *const compared[] = {"较", "比", "与", "相比", NULL};
        size_t end = plan_day_end(doc, i, at), next, lead;
        if (end > 0 && !plan_ends(doc, (struct plan_span){from, i}, compared, &lead))
            from = (next = plan_word(doc, end, at, "前")) > 0 ? next : end;
    }
    return from;
}

static struct plan_span name_before(const struct plan_doc *doc, size_t from, size_t to)
{
    static const char *const leads[] = {
        "力争", "确保", "使", "将", "全市", "实现", "并", "且", "其中", NULL};
    size_t behind = plan_words(doc, from, to, leads);
    struct plan_span name = {from, to};
    if (behind > 0 && behind < to && plan_word(doc, from, to, "全市") == 0)
        name.from = behind;
    return plan_trim(doc, name);
}

static void figure_put(struct plan_measure *measure, struct plan_figure figure)
{
    measure->figure = alloc_grow(measure->figure, &measure->figure_capacity,
        measure->figure_count + 1, sizeof *measure->figure);
    measure->figure[measure->figure_count++] = figure;
}

/* What a figure is put together from. */
struct found {
    struct plan_span value, unit, words;
    struct plan_span verb, name;     /* the name goes without the verb: 建成 and 示范区 */
    struct plan_span before, behind; /* 不低于, 以上 */
};

/* 下降 and 不低于 of 下降不低于15%; 达到 says nothing. */
static struct plan_span bound_before(const struct plan_doc *doc, struct plan_span verb)
{
    size_t behind = plan_words(doc, verb.from, verb.to, plain);
    if (plan_words(doc, verb.from, verb.to, does) > 0)
        behind = plan_words(doc, verb.from, verb.to, does);
    return plan_trim(doc, (struct plan_span){behind > 0 ? behind : verb.from, verb.to});
}

/* 为3家企业 counts nothing that is to be reached. */
static bool is_vague(const struct plan_doc *doc, struct plan_span verb)
{
    return plan_word(doc, verb.from, verb.to, "为") == verb.to;
}

/* The name behind the unit, which the words of the figure go on to: 建成5个示范区. */
static void name_behind(const struct plan_doc *doc, struct plan_span span, struct found *found)
{
    size_t stop = found->words.to;
    while (stop < span.to && !plan_is_one_of(plan_code(doc, stop), "。;,!?:()、\n"))
        stop++;
    found->name = plan_trim(doc, (struct plan_span){found->words.to, stop});
    found->words.to = stop;
}

/* What the figure is of. False: it is none. */
static bool find_name(const struct plan_doc *doc, struct plan_span span, struct found *found)
{
    static const char *const leads[] = {"每年", "年均", "再", "累计", "力争", "确保", NULL};
    size_t at = found->value.from, stop, from = found->words.from;
    size_t lead = plan_words(doc, from, at, leads);
    struct plan_span verb, before = {from, at}, behind_lead = {lead > 0 ? lead : from, at};
    bool doing = find_verb(doc, behind_lead, at, does, false, &verb), named = true;
    if (doing && (verb.to == at || plan_words(doc, verb.to, at, reaches) == at)) {
        found->verb = (struct plan_span){from, plan_words(doc, verb.from, verb.to, does)};
        found->before = bound_before(doc, (struct plan_span){verb.from, at});
        name_behind(doc, span, found);
    } else if (find_verb(doc, before, at, reaches, true, &verb)) {
        found->before = bound_before(doc, verb);
        found->name = name_before(doc, from, verb.from);
        named = !is_vague(doc, verb);
    } else if (doing)
        found->name = plan_trim(doc, before);
    else if (plan_ends(doc, before, rates, &stop))
        found->name = name_before(doc, from, at);
    else
        return false;
    while (found->name.to > found->name.from &&
           plan_is_one_of(plan_code(doc, found->name.to - 1), "的"))
        found->name.to--;
    return named || found->name.to >= found->name.from + 2;
}

/* The name, with the verb in front of it; where there is none, the sentence. */
static char *name_of(const struct plan_doc *doc, struct plan_span span, const struct found *found)
{
    struct strbuf name = {0};
    struct plan_span sentence = found->words;
    if (found->name.to >= found->name.from + 2) {
        plan_add(doc, found->verb, &name);
        plan_add(doc, found->name, &name);
        return strbuf_take(&name);
    }
    while (sentence.from > span.from && found->words.from - sentence.from < 60 &&
           !plan_is_one_of(plan_code(doc, sentence.from - 1), "。;!?\n"))
        sentence.from--;
    return plan_take(doc, plan_trim(doc, sentence));
}

/* 10%-15%, 3至5个: behind the second value of a range, whose unit follows; 0: it is none. */
static size_t range_end(const struct plan_doc *doc, struct plan_span span, size_t at, size_t value)
{
    static const char *const marks[] = {"-", "—", "——", "–", "~", "至", NULL};
    static const char *const not_before[] = {"由", "从", "自", NULL};
    size_t lead, unit = plan_words(doc, value, span.to, measures);
    size_t mark = plan_words(doc, unit > 0 ? unit : value, span.to, marks);
    size_t end = mark > 0 ? value_end(doc, mark, span.to) : 0, last;
    if (end == 0 || end == mark || (last = plan_words(doc, end, span.to, measures)) == 0 ||
        plan_ends(doc, (struct plan_span){span.from, at}, not_before, &lead))
        return 0;
    return unit == 0 || last - end == unit - value ? end : 0;
}

/* The figure whose value is at `at`, if it is one; behind it. */
static size_t read_figure(
    const struct plan_doc *doc, struct plan_span span, size_t at, struct plan_measure *measure)
{
    size_t value = value_end(doc, at, span.to), range = range_end(doc, span, at, value);
    value = range > 0 ? range : value;
    size_t unit = plan_words(doc, value, span.to, measures), from = phrase_from(doc, span, at);
    if (unit == 0 || at - from > 60 ||
        (at > span.from && plan_is_one_of(plan_code(doc, at - 1), "第")) || /* 第12条 */
        plan_is_one_of(plan_code(doc, unit), "-—~～/的")) /* 达到1亿元的企业 */
        return value;
    size_t end = plan_words(doc, unit, span.to, after);
    end = end > 0 ? end : unit;
    if (plan_is_one_of(plan_code(doc, end), "的")) /* 35蒸吨以下的锅炉 */
        return end;
    struct found found = {
        .value = {at, value}, .unit = {value, unit}, .words = {from, end}, .behind = {unit, end}};
    if (!find_name(doc, span, &found))
        return unit;
    struct plan_span day = plan_day_before(doc, span, at);
    figure_put(measure, (struct plan_figure){.name = name_of(doc, span, &found),
                            .value = plan_take(doc, found.value),
                            .unit = plan_take(doc, found.unit),
                            .before = plan_take(doc, found.before),
                            .behind = plan_take(doc, found.behind),
                            .by = plan_take(doc, day),
                            .words = plan_take(doc, found.words)});
    return found.words.to;
}

static void figures_read(
    const struct plan_doc *doc, struct plan_span span, struct plan_measure *measure)
{
    for (size_t at = span.from; at < span.to;) {
        bool alone = at == span.from || !plan_is_one_of(plan_code(doc, at - 1), "-—~～.0123456789");
        if (!plan_is_digit(plan_code(doc, at)) || plan_day_end(doc, at, span.to) > 0 || !alone) {
            at++;
            continue;
        }
        at = read_figure(doc, span, at, measure);
    }
}

/* --- both ------------------------------------------------------------------------------------ */

/* ①指2025年以前开工的项目: it tells of a word above it, and of no day by which anything is done. */
static bool is_footnote(const struct plan_doc *doc, const struct plan_line *line)
{
    static const char *const numbered[] = {"指", "是指", "系指", "特指", NULL};
    static const char *const others[] = {
        "指导", "指挥", "指定", "指派", "指标", "指数", "指引", "指南", NULL};
    static const char *const notes[] = {"注:", "注释:", "备注:", NULL};
    if (line->goes_on)
        return false;
    if (line->kind == KIND_NONE)
        return plan_words(doc, line->body, line->to, notes) > 0;
    return plan_words(doc, line->body, line->to, numbered) > 0 &&
           plan_words(doc, line->body, line->to, others) == 0;
}

void plan_goals_read(struct plan *plan, const struct plan_doc *doc, struct plan_span span,
    struct plan_measure *measure)
{
    bool noted = false;
    struct plan_span part = {span.from, span.from};
    for (size_t l = plan_line_of(doc, span.from); part.to < span.to; l++) {
        const struct plan_line *line = &doc->line[l];
        bool first = line->from <= span.from;
        bool is_note = !first && (is_footnote(doc, line) || (noted && line->goes_on));
        if (is_note && !noted) {
            plan_dates_read(plan, doc, part, measure);
            figures_read(doc, part, measure);
        }
        if (is_note != noted)
            part.from = line->from;
        noted = is_note;
        part.to = l + 1 < doc->line_count && doc->line[l + 1].from < span.to ? doc->line[l + 1].from
                                                                             : span.to;
    }
    if (!noted) {
        plan_dates_read(plan, doc, part, measure);
        figures_read(doc, part, measure);
    }
}
