/* The name of one unit in a clause. */
#include "plan_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

#define NAME_MOST 40 /* glyphs */

/* --- words ----------------------------------------------------------------------------------- */

/* Before the names of units. */
const char *const plan_given_words[] = {"由", "具体由", "以下", "以上", "上述", "各项", "任务",
    "措施", "工作", "重点任务", "工作任务", "均由", "均需", "均须", "均应", "均", "都由", "都需",
    "应由", "需", "需由", "须由", "所有", "全部", "涉及", "的", "注:", "另", "责任单位", "参与单位",
    "配合单位", "包括", ":", NULL};
static const char *const leads[] = {
    "由", "请", "具体由", "主要由", "分别由", "其中", "及", "以及", "会同", NULL};
static const char *const strong_ends[] = {"厅", "局", "委", "办", "部", "院", "署", "府", "委员会",
    "办公室", "督查室", "研究室", "管委会", "总工会", "妇联", "工商联", "科协", "残联", "文联",
    "红十字会", "海关", "银行", "分行", "支行", "总队", "支队", "大队", "中心", "公司", "集团",
    "单位", "部门", "机关", "协会", "联合会", "分局", "供销社", "联社", "社", "分中心", "检察院",
    "法院", "军区", "消防", "领导小组", "指挥部", "团", NULL};
static const char *const weak_ends[] = {"区", "市", "县", "州", "盟", "旗", "乡", "镇", "街道",
    "村", "新区", "园区", "地区", "学校", "大学", "学院", "高校", "医院", "企业", "所", "站", "馆",
    "组", "队", "省", "党委", "科研院所", "片区", "示范区", "开发区", "会", "处", "科", NULL};
/* Offices that every level has; what stands before them is the level. */
static const char *const offices[] = {"发展改革", "发展和改革", "发改", "工业和信息化", "工信",
    "经济和信息化", "经济信息化", "自然资源", "规划资源", "自然资源和规划", "生态环境", "环境保护",
    "住房城乡建设", "住房和城乡建设", "住建", "水利", "水务", "农业农村", "林草", "林业和草原",
    "林业", "交通运输", "交通", "应急管理", "应急", "文化和旅游", "文旅", "文化旅游", "卫生健康",
    "科技", "科学技术", "商务", "市场监管", "市场监督管理", "公安", "财政", "民政", "司法", "审计",
    "教育", "国资", "广电", "广播电视", "数据", "大数据", "机关事务", "人力资源社会保障",
    "人力资源和社会保障", "人社", "统计", "气象", "城管", "城市管理", "城管执法", "综合执法",
    "信访", "医保", "医疗保障", "粮食和储备", "能源", "海洋", "金融", "地方金融监管", "体育",
    "民族宗教", "外事", "退役军人", "退役军人事务", "行政审批", "农", "园林", "绿化市容", "网信",
    "药监", "药品监管", "知识产权", "乡村振兴", "税务", "邮政管理", "通信管理", "海事", "房管",
    "编", "政务服务", NULL};
static const char *const office_ends[] = {
    "厅", "局", "委", "委员会", "办", "办公室", "管理局", "管理委员会", NULL};
static const char *const levels[] = {"省", "市", "区", "县", "州", "旗", "盟", NULL};
static const char *const nobody[] = {
    "待定", "另行确定", "无", "暂无", "略", "待明确", "见附件", NULL};

/* --- one name -------------------------------------------------------------------------------- */

/* An office that every level has, with its level before it: behind which the level ends; 0: none.
 */
static size_t level_end(const struct plan_doc *doc, struct plan_span name)
{
    for (size_t at = name.from; at < name.to && at < name.from + 12; at++) {
        bool first = at == name.from;
        if (!first && plan_words(doc, at - 1, at, levels) != at)
            continue;
        for (size_t i = 0; offices[i] != NULL; i++) {
            size_t behind = plan_word(doc, at, name.to, offices[i]);
            if (behind > 0 && plan_words(doc, behind, name.to, office_ends) == name.to)
                return at;
        }
    }
    return SIZE_MAX;
}

bool plan_is_unit(const struct plan_doc *doc, struct plan_span span, bool *strong)
{
    size_t start;
    enum plan_role role;
    bool colon;
    span = plan_trim(doc, span);
    *strong = false;
    if (plan_label(doc, span.from, span.to, &role, &colon) == span.to)
        return false;
    if (span.to < span.from + 2 || span.to > span.from + NAME_MOST ||
        plan_words(doc, span.from, span.to, nobody) == span.to)
        return false;
    for (size_t at = span.from; at < span.to; at++)
        if (plan_is_one_of(plan_code(doc, at), "。;:,、()!?《》“”\"%/="))
            return false;
    *strong =
        plan_ends(doc, span, strong_ends, &start) || plan_word(doc, span.from, span.to, "团") > 0;
    return *strong || plan_ends(doc, span, weak_ends, &start);
}

static void unit_put(struct plan_units *units, char *name, bool carried)
{
    for (size_t i = 0; i < units->count; i++)
        if (strcmp(units->unit[i].name, name) == 0) {
            free(name);
            return;
        }
    units->unit = alloc_grow(units->unit, &units->capacity, units->count + 1, sizeof *units->unit);
    units->unit[units->count++] = (struct plan_unit){name, carried, false};
}

static void strange(struct plan_reading *r, struct plan_span words)
{
    if (r->said->strange_count++ == 0)
        r->said->strange = words;
}

/* Blanks and ends of lines left out, in simplified characters. */
static void add_name(const struct plan_doc *doc, struct plan_span span, struct strbuf *out)
{
    for (size_t at = span.from; at < span.to; at++) {
        uint32_t code = plan_code(doc, at);
        if (code >= 0x4e00 && code <= 0x9fff)
            text_encode(out, code);
        else if (!plan_is_blank(code))
            plan_add(doc, (struct plan_span){at, at + 1}, out);
    }
}

/* 各区县（市）人民政府 is one name: where it ends, what stands in brackets at its end left out. */
static size_t name_end(const struct plan_doc *doc, struct plan_span name)
{
    size_t end = name.to, at = name.from;
    int depth = 0;
    for (; at < name.to; at++) {
        uint32_t code = plan_code(doc, at);
        if (code == '(' && depth++ == 0)
            end = at;
        else if (code == ')' && depth > 0)
            depth--;
        else if (depth == 0 && end < name.to && !plan_is_blank(code))
            end = name.to; /* it goes on behind them */
    }
    return end;
}

/* What stands behind brackets and 、 within a name says whether it is one. */
static struct plan_span name_tail(const struct plan_doc *doc, struct plan_span name)
{
    for (size_t at = name.to; at-- > name.from;)
        if (plan_is_one_of(plan_code(doc, at), ")、"))
            return (struct plan_span){at + 1, name.to};
    return name;
}

/* The level of the last unit is that of an office without one. */
static bool takes_level(struct plan_reading *r, struct plan_span name)
{
    const struct plan_doc *doc = r->doc;
    size_t office = level_end(doc, name);
    if (office != SIZE_MAX && office > name.from)
        r->level = (struct plan_span){name.from, office};
    if (office != name.from || r->level.to == r->level.from)
        return false;
    bool province = plan_word(doc, r->level.to - 1, r->level.to, "省") > 0;
    return province || plan_word(doc, name.to - 1, name.to, "厅") == 0;
}

/* 省水利厅（牵头） */
static bool told_role(const struct plan_doc *doc, struct plan_span inner, enum plan_role *role)
{
    static const char *const leads_all[] = {"(牵头)", "(牵头单位)", "(主办)", NULL};
    static const char *const helps[] = {"(配合)", "(参与)", "(配合单位)", "(参与单位)", NULL};
    bool lead = plan_words(doc, inner.from, inner.to, leads_all) == inner.to;
    bool help = plan_words(doc, inner.from, inner.to, helps) == inner.to;
    if (lead || help)
        *role = lead ? ROLE_LEAD : ROLE_COOPERATING;
    return lead || help;
}

void plan_name_read(struct plan_reading *r, struct plan_span name, enum plan_role role)
{
    const struct plan_doc *doc = r->doc;
    struct strbuf out = {0};
    bool strong;
    size_t lead;
    name = plan_trim(doc, name);
    while ((lead = plan_words(doc, name.from, name.to, leads)) > 0 && lead < name.to)
        name.from = lead;
    size_t end = name_end(doc, name);
    if (end < name.to && !told_role(doc, (struct plan_span){end, name.to}, &role) &&
        r->said->inner.to == 0)
        r->said->inner = (struct plan_span){end, name.to};
    name = plan_trim(doc, (struct plan_span){name.from, end});
    if (name.from == name.to)
        return;
    if (name.to > name.from + NAME_MOST || !plan_is_unit(doc, name_tail(doc, name), &strong)) {
        strange(r, name);
        return;
    }
    bool carried = takes_level(r, name);
    if (carried)
        add_name(doc, r->level, &out);
    add_name(doc, name, &out);
    r->said->carried |= carried;
    r->said->unit_count++;
    r->said->strong_count += strong;
    unit_put(&r->said->units[role], strbuf_take(&out), carried);
}
