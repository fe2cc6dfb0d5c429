/* The labels of a public notice. */
#include "notice_parts.h"

#include "base/alloc.h"

/* --- words ----------------------------------------------------------------------------------- */

/* Each list ends with NULL. */
static const char *const words[PUBLIC_PART_COUNT][60] = {
    [PUBLIC_SOURCE] = {"任务来源", "问题来源", "督察批次", "督察轮次", "批次", "督察名称", "轮次"},
    [PUBLIC_NUMBER] = {"编号", "序号", "任务编号", "任务序号", "问题编号", "问题序号", "整改编号",
        "整改任务编号", "整改任务序号", "整改序号", "台账编号", "受理编号", "信访件编号",
        "信访编号", "交办编号", "举报编号", "信访受理编号"},
    [PUBLIC_REGION] = {"责任地区", "所在地区", "属地", "整改地区", "涉及地区", "所在县区", "行政区",
        "行政区划", "责任区域", "所属地区", "行政区域"},
    [PUBLIC_TITLE] = {"整改任务", "任务内容", "整改事项", "任务名称", "整改任务名称",
        "整改任务内容", "任务", "整改任务概述"},
    [PUBLIC_PROBLEM] = {"反馈问题", "存在问题", "问题描述", "具体问题", "督察反馈问题", "反馈意见",
        "反馈问题描述", "问题内容", "整改问题", "主要问题", "反馈问题情况", "问题概况",
        "反馈问题概述", "问题", "反馈的问题", "督察反馈意见", "反馈问题内容", "问题情况",
        "举报内容", "交办问题基本情况", "信访内容", "举报问题", "信访问题", "交办问题", "反映问题",
        "举报问题基本情况", "问题基本情况"},
    [PUBLIC_GOAL] = {"整改目标", "目标", "整改目标要求", "整改目标及要求", "整改要求", "目标要求",
        "整改标准", "工作目标", "整改目标和要求"},
    [PUBLIC_MEASURES] = {"整改措施", "措施", "主要措施", "具体措施", "具体整改措施", "主要整改措施",
        "整改举措", "整改具体措施", "工作措施"},
    [PUBLIC_DEADLINE] = {"整改时限", "完成时限", "整改期限", "整改完成时限", "时限要求", "完成期限",
        "时限", "计划完成时间", "整改时限要求", "规定时限", "要求完成时限", "整改完成期限",
        "要求完成时间"},
    [PUBLIC_DONE_ON] = {"实际完成时间", "实际完成日期", "整改完成日期"},
    [PUBLIC_LEAD] = {"牵头单位", "牵头部门", "牵头责任单位", "省级牵头单位", "市级牵头单位",
        "整改牵头单位", "县级牵头单位"},
    [PUBLIC_RESPONSIBLE] = {"责任单位", "整改主体", "责任主体", "整改责任单位", "整改单位",
        "责任部门", "整改责任主体", "主体责任单位", "责任主体单位", "落实单位", "整改实施主体",
        "整改主体单位", "整改责任部门", "具体责任单位", "整改实施单位"},
    [PUBLIC_COOPERATING] = {"配合单位", "配合部门", "协办单位", "参与单位", "配合责任单位"},
    [PUBLIC_SUPERVISOR] = {"督导单位", "验收单位", "督导验收单位", "验收责任单位", "督导责任单位",
        "督办单位", "监督单位", "验收销号单位", "督导部门", "验收部门", "省级督导单位",
        "市级督导单位", "省级验收单位", "督导和验收单位", "验收责任部门"},
    [PUBLIC_RESULTS] = {"完成情况", "整改完成情况", "整改主要工作及成效", "主要工作", "整改成效",
        "主要工作及成效", "整改工作及成效", "整改情况", "整改落实情况", "整改进展情况", "整改进展",
        "整改任务完成情况", "任务完成情况", "整改工作完成情况", "整改主要工作", "整改工作开展情况",
        "工作开展情况", "主要做法及成效", "主要做法", "取得成效", "整改效果", "整改成果",
        "主要成效", "整改措施落实情况", "整改工作情况", "落实情况", "整改工作主要成效",
        "整改主要工作和成效", "主要工作和成效", "整改取得成效", "整改完成情况及成效",
        "调查核实情况", "处理和整改情况", "处理及整改情况", "处理整改情况", "调查处理情况",
        "办理情况", "目前进展", "目前进展情况", "当前进展", "当前进展情况"},
    [PUBLIC_CATEGORY] = {"污染类型", "污染类别", "问题类型", "问题类别", "类别", "领域", "所属领域",
        "问题领域"},
    [PUBLIC_LETTER] = {"是否属实", "是否办结", "办结情况", "办结状态", "责任人被处理情况",
        "责任人处理情况"},
    [PUBLIC_PERIOD] = {"公示时间", "公示期", "公示期限", "公示日期", "公示起止时间", "公示时限",
        "公示起止日期", "公示时段", "公示天数", "公示开始时间", "公示结束时间", "公示开始日期",
        "公示结束日期", "公示截止时间", "公示截止日期", "公示周期"},
    [PUBLIC_OFFICE] = {"受理部门", "受理单位", "受理机构", "受理科室", "反映部门", "接收单位",
        "意见受理部门", "公示受理部门", "异议受理部门", "异议受理单位", "意见受理单位",
        "公示受理单位"},
    [PUBLIC_PUBLISHER] = {"公示单位", "公示部门", "公示机构", "发布单位", "发布部门", "落款",
        "公示主体", "公示责任单位"},
    [PUBLIC_PHONE] = {"电话", "联系电话", "监督电话", "受理电话", "举报电话", "咨询电话",
        "公示电话", "反映电话", "电话号码", "联系方式", "监督举报电话", "办公电话", "固定电话"},
    [PUBLIC_ADDRESS] = {"地址", "通讯地址", "通信地址", "联系地址", "邮寄地址", "办公地址",
        "受理地址", "来信地址", "邮政地址"},
    [PUBLIC_EMAIL] = {"邮箱", "电子邮箱", "电子邮件", "联系邮箱", "邮箱地址", "电子邮箱地址",
        "电子信箱", "E-mail", "e-mail", "Email", "email", "监督邮箱", "受理邮箱", "电子邮件地址"},
    [PUBLIC_OTHER] = {"邮编", "邮政编码", "联系人", "传真", "责任人", "责任领导", "包保领导",
        "整改责任人", "公示方式", "公示范围", "公示网址", "公示地点", "公示对象", "整改完成时间",
        "整改类型", "网址", "监督方式", "受理时间", "受理方式", "反映方式", "验收情况", "验收意见",
        "验收时间", "销号情况", "公示内容", "公示说明", "下一步工作", "下一步工作打算",
        "下一步打算", "完成比例", "进度评价", "县级验收时间", "市级验收时间", "行业验收时间",
        "省级验收时间", "拟销号时间", "销号时间", "销号文号", "销号时间与文号", "销号时间及文号",
        "责任人及电话", "责任人与电话", "异议情况"},
};

bool notice_is_core(enum public_part part)
{
    return part == PUBLIC_TITLE || part == PUBLIC_PROBLEM || part == PUBLIC_GOAL ||
           part == PUBLIC_MEASURES || part == PUBLIC_RESULTS;
}

bool notice_is_text(enum public_part part)
{
    return notice_is_core(part) || part == PUBLIC_LETTER || part == PUBLIC_OTHER;
}

/* Short words that are labels before a colon or in brackets alone. */
static bool is_short(const struct plan_doc *doc, struct plan_span word)
{
    static const char *const shorts[] = {"任务", "问题", "目标", "措施", "时限", "主要工作",
        "落实情况", "属地", "批次", "轮次", "地址", "编号", "序号", "类别", "领域", NULL};
    return plan_words(doc, word.from, word.to, shorts) == word.to;
}

/* Behind the longest word; 0: none. */
static size_t find_word(const struct plan_doc *doc, size_t at, size_t to, enum public_part *part)
{
    size_t longest = 0;
    for (int i = 0; i < PUBLIC_PART_COUNT; i++) {
        size_t behind = plan_words(doc, at, to, words[i]);
        if (behind > longest) {
            longest = behind;
            *part = (enum public_part)i;
        }
    }
    return longest;
}

/* --- one label ------------------------------------------------------------------------------- */

/* "公示时间（5个工作日）：": behind the brackets. */
static size_t behind_brackets(const struct plan_doc *doc, size_t at, size_t to)
{
    size_t close = at + 1;
    while (close < to && close < at + 12 && plan_code(doc, close) != ')')
        close++;
    if (close >= to || plan_code(doc, close) != ')' ||
        plan_code(doc, plan_skip_blanks(doc, close + 1, to)) != ':')
        return 0;
    return close + 1;
}

/* What follows the word of a label without a colon, at the beginning of a line. */
static bool stands_alone(const struct plan_doc *doc, const struct plan_line *line,
    enum public_part part, struct plan_span word, size_t *body)
{
    uint32_t code = plan_code(doc, word.to);
    bool glued = part == PUBLIC_PERIOD || part == PUBLIC_PHONE || part == PUBLIC_DEADLINE ||
                 part == PUBLIC_NUMBER || part == PUBLIC_DONE_ON;
    *body = word.to;
    if (is_short(doc, word))
        return false;
    if (word.to >= line->to || (glued && plan_is_digit(code)))
        return true;
    if (plan_is_one_of(code, "。.") && line->kind != KIND_NONE) {
        *body = word.to + 1;
        return true;
    }
    return plan_is_blank(code);
}

/* Where objections go is told in one line, with blanks alone between a label and what it says:
 * "公示部门 县督察办　联系人 刘洋　电话 024-52345678". */
static bool stands_between(
    const struct plan_doc *doc, enum public_part part, struct plan_span word, size_t to)
{
    static const char *const contact[] = {"联系人", NULL};
    bool place = (part >= PUBLIC_OFFICE && part <= PUBLIC_EMAIL) ||
                 plan_words(doc, word.from, word.to, contact) == word.to;
    return place && plan_is_blank(plan_code(doc, word.from - 1)) && word.to < to &&
           (plan_is_blank(plan_code(doc, word.to)) ||
               (part == PUBLIC_PHONE && plan_is_digit(plan_code(doc, word.to))));
}

/* The label that begins at `at`. `head`: the line begins there. */
static bool read_label(const struct plan_doc *doc, const struct plan_line *line, size_t at,
    bool head, struct notice_label *out)
{
    bool bracket = plan_code(doc, at) == '(';
    size_t from = bracket ? plan_skip_blanks(doc, at + 1, line->to) : at, inner;
    struct plan_span word = {from, find_word(doc, from, line->to, &out->part)};
    if (word.to == 0)
        return false;
    size_t next = plan_skip_blanks(doc, word.to, line->to);
    if (bracket) {
        if (plan_code(doc, next) != ')' || next >= line->to)
            return false;
        next = plan_skip_blanks(doc, next + 1, line->to);
        out->body = next < line->to && plan_code(doc, next) == ':' ? next + 1 : next;
        return true;
    }
    if (next < line->to && plan_code(doc, next) == ':') {
        out->body = next + 1;
        while (out->body < line->to && plan_code(doc, out->body) == ':') /* typed twice */
            out->body++;
        return true;
    }
    if (next < line->to && plan_code(doc, next) == '(' &&
        (inner = behind_brackets(doc, next, line->to)) > 0) {
        out->body = out->part == PUBLIC_PERIOD ? next : plan_skip_blanks(doc, inner, line->to) + 1;
        return true;
    }
    if (out->part == PUBLIC_PERIOD && next < line->to &&
        plan_is_one_of(plan_code(doc, next), "为自从")) {
        out->body = next;
        return true;
    }
    if (head)
        return stands_alone(doc, line, out->part, word, &out->body);
    out->body = word.to;
    return at > line->from && stands_between(doc, out->part, word, line->to);
}

/* Before the number that a label within a line has: "。（二）整改目标：" */
static size_t before_number(const struct plan_doc *doc, size_t at, size_t from)
{
    size_t to = at;
    while (to > from && plan_is_blank(plan_code(doc, to - 1)))
        to--;
    if (to == from || !plan_is_one_of(plan_code(doc, to - 1), ").、"))
        return at;
    size_t number = to - 1;
    while (number > from && at - number < 6 &&
           plan_is_one_of(plan_code(doc, number - 1), "0123456789一二三四五六七八九十"))
        number--;
    if (number == to - 1)
        return at;
    if (plan_code(doc, to - 1) == ')') {
        if (number == from || plan_code(doc, number - 1) != '(')
            return at;
        number--;
    }
    bool begins = number == from || plan_is_blank(plan_code(doc, number - 1)) ||
                  plan_is_one_of(plan_code(doc, number - 1), "。;");
    return begins ? number : at;
}

/* Whether a label may begin within a line: behind the end of what stands before it. Texts are told
 * in sentences, where a comma ends nothing. */
static bool may_begin(const struct plan_doc *doc, size_t at, size_t from, enum public_part part)
{
    uint32_t before = plan_code(doc, at - 1);
    bool apart = !notice_is_core(part);
    return plan_code(doc, at) == '(' || plan_is_blank(before) || plan_is_one_of(before, "。;") ||
           (apart && plan_is_one_of(before, ",、).")) || before_number(doc, at, from) < at;
}

static void put(struct notice_doc *n, const struct notice_label *label)
{
    n->label = alloc_grow(n->label, &n->label_capacity, n->label_count + 1, sizeof *n->label);
    n->label[n->label_count++] = *label;
}

static void read_line(struct notice_doc *n, size_t index)
{
    const struct plan_doc *doc = &n->doc;
    const struct plan_line *line = &doc->line[index];
    size_t start = line->body, item;
    struct plan_span number;
    if ((item = notice_item_number(doc, start, line->to, &number)) > 0) {
        item = plan_skip_blanks(doc, item, line->to); /* 第一项 整改任务：.. */
        if (item < line->to && plan_is_one_of(plan_code(doc, item), ":、.,"))
            item = plan_skip_blanks(doc, item + 1, line->to);
    }
    for (size_t at = start; at < line->to; at++) {
        struct notice_label label = {.line = index, .from = at};
        bool head = at == start || (item > 0 && at == item);
        bool maybe = head || plan_code(doc, at) == '(' || plan_is_blank(plan_code(doc, at - 1)) ||
                     plan_is_one_of(plan_code(doc, at - 1), "。;,、).");
        if (!maybe || plan_is_blank(plan_code(doc, at)) ||
            !read_label(doc, line, at, head, &label) ||
            (!head && !may_begin(doc, at, line->from, label.part)))
            continue;
        label.heads = head;
        label.from = at == start ? line->from : before_number(doc, at, line->from);
        put(n, &label);
        at = label.body > at ? label.body - 1 : at;
    }
}

bool notice_is_statement(const struct plan_doc *doc, const struct plan_line *line)
{
    static const char *const heads[] = {"以上", "上述", "现将", "现予", "现对", "特此", "如有",
        "若有", "如对", "若对", "对以上", "对上述", "对公示", "公示期", "在公示期", "凡对", "欢迎",
        "社会各界", "广大", "任何单位", "单位和个人", "根据", "按照", "现就", "为接受", "公众",
        NULL};
    static const char *const says[] = {"公示", "异议", "反映", NULL};
    struct plan_span all = {line->from, line->to};
    if (line->kind != KIND_NONE || plan_words(doc, line->from, line->to, heads) == 0)
        return false;
    for (size_t i = 0; says[i] != NULL; i++)
        if (plan_find(doc, all, says[i]) < all.to)
            return true;
    return false;
}

void notice_labels_read(struct notice_doc *n)
{
    for (size_t i = 0; i < n->doc.line_count; i++)
        if (!n->doc.line[i].noise && going_on(n->doc.going))
            read_line(n, i);
}

size_t notice_label_from(const struct notice_doc *n, size_t line)
{
    size_t low = 0, high = n->label_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (n->label[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
