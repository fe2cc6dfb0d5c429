#include "exchange/ledger_field.h"

#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "progress_period.h"

#define IDENTITY LEDGER_IDENTITY
#define REGION (LEDGER_IDENTITY | LEDGER_MANY | LEDGER_REGION)
#define UNITS (LEDGER_IDENTITY | LEDGER_MANY)

/* name, zh, en, others, flags */
const struct ledger_field ledger_fields[] = {
    {"source", "来源", "Source",
        "任务来源 问题来源 轮次 督察轮次 督察批次 批次 来源批次 督察名称 inspection round",
        IDENTITY},
    {"number", "编号", "Number",
        "序号 任务编号 问题编号 问题序号 任务序号 整改编号 台账编号 受理编号 信访编号 交办编号 No "
        "no. # id "
        "task_number",
        LEDGER_TASK},
    {"title", "整改任务", "Title",
        "任务 任务名称 任务标题 标题 整改事项 整改任务名称 重点任务 工作任务 主要任务 事项 "
        "问题名称 任务内容 task "
        "task_title",
        LEDGER_TASK},
    {"problem", "反馈问题", "Problem",
        "问题 问题描述 问题内容 具体问题 问题表述 反馈问题描述 督察反馈问题 反馈意见 反馈问题表述 "
        "整改问题 "
        "问题摘要 主要问题 突出问题 典型案例 信访内容 举报内容 交办问题基本情况 举报问题 findings "
        "finding",
        LEDGER_TASK},
    {"goal", "整改目标", "Goal", "目标 工作目标 整改要求 目标要求 整改目标及要求 target goals",
        LEDGER_TASK},
    {"measure", "整改措施", "Measures",
        "措施 工作措施 具体措施 主要措施 整改举措 主要举措 整改内容 measure actions action",
        LEDGER_MANY},
    {"target", "指标", "Measured goal",
        "指标名称 考核指标 量化指标 目标指标 主要指标 工作指标 indicator target_indicator", 0},
    {"value", "目标值", "Goal value", "指标值 目标数值 指标目标值 target_value", 0},
    {"unit", "计量单位", "Unit of the goal", "指标单位 unit_of_measure target_unit", 0},
    {"by", "目标年份", "Goal by", "目标年度 达标年份 目标年限 target_year", 0},
    {"deadline", "整改时限", "Deadline",
        "时限 完成时限 整改期限 期限 整改完成时限 时限要求 计划完成时间 拟完成时间 "
        "要求完成时间 "
        "办结时限 截止时间 截止日期 due due_date due_by target_date",
        LEDGER_TASK},
    {"region", "责任地区", "Region",
        "地区 区域 所在地区 所在地 属地 涉及地区 行政区 行政区域 行政区划 所属地区 所属区域 地域 "
        "地市县 "
        "市县 市县区 regions area "
        "place",
        REGION},
    {"city", "市", "City", "地市 市州 所属市 所在市 所属地市 设区市 城市 市名称", REGION},
    {"county", "县", "County",
        "县区 区县 县市区 市县区名称 所属县 所属区县 所属县区 所属县市区 所在县 所在区县 所在县区 "
        "所在县市区 区县市 县市 旗县 "
        "district",
        REGION},
    {"township", "乡镇", "Township",
        "街道 乡镇街道 镇街 镇街道 所在乡镇 所在街道 所在乡镇街道 所属乡镇 所属街道 所属乡镇街道 "
        "乡镇名称 town",
        REGION},
    {"lead", "牵头单位", "Lead department",
        "牵头部门 牵头责任单位 省级牵头单位 市级牵头单位 牵头 牵头责任部门 主办单位 lead "
        "lead_departments lead_unit",
        UNITS},
    {"responsible", "责任单位", "Responsible departments",
        "责任部门 整改责任单位 整改单位 落实单位 主体责任单位 承办单位 责任主体单位 整改责任部门 "
        "整改部门 responsible "
        "responsible_department responsible_units",
        UNITS},
    {"cooperating", "配合单位", "Cooperating departments",
        "参与单位 配合部门 参与部门 协办单位 协同单位 配合责任单位 cooperating "
        "cooperating_department",
        UNITS},
    {"supervisor", "督导单位", "Supervising department",
        "验收单位 督导部门 验收部门 督导验收单位 验收责任单位 监督单位 督办单位 验收销号单位 "
        "督导和验收单位 "
        "supervisor supervising_unit",
        IDENTITY},
    {"sponsor", "包保领导", "Sponsor",
        "包抓领导 包案领导 责任领导 省级领导 市级领导 牵头领导 分管领导 包保责任人 "
        "sponsoring_leader",
        IDENTITY},
    {"officer", "责任人", "Officer in charge",
        "整改责任人 具体责任人 联系人 负责人 经办人 责任人员 officer contact person", 0},
    {"phone", "联系电话", "Phone",
        "电话 联系方式 责任人电话 联系人电话 手机 手机号 电话号码 tel telephone mobile", 0},
    {"category", "类别", "Category",
        "领域 问题类别 问题类型 类型 任务类别 所属领域 要素 环境要素 污染类型 问题领域 type field",
        IDENTITY},
    {"assigned_on", "交办时间", "Assigned on",
        "交办日期 下达时间 转办时间 移交时间 反馈时间 受理时间 受理日期 assigned", 0},
    {"state", "状态", "State", "整改状态 任务状态 当前状态 办理状态 销号状态 状态情况 status", 0},
    {"is_closed", "是否销号", "Whether closed", "是否已销号 是否完成销号 销号情况 销号与否", 0},
    {"progress", "序时进度", "Progress",
        "进度评价 是否达到序时进度 进度状态 进展评价 是否办结 办结情况 办结状态 是否完成 "
        "是否已完成 "
        "是否完成整改 是否整改完成 schedule",
        0},
    {"percent", "完成比例", "Percent",
        "完成率 完成百分比 进度比例 完成进度 整改完成比例 进度百分比 % complete percentage", 0},
    {"report", "目前进展", "Report",
        "整改进展 进展情况 整改进展情况 工作进展 当前进展 进展 整改情况 整改落实情况 落实情况 "
        "最新进展 完成情况 "
        "目前进展情况 整改工作进展 处理和整改情况 处理及整改情况 latest_report",
        0},
    {"problems", "存在问题", "Problems in the way",
        "存在困难 存在的问题 困难问题 存在的困难 存在问题及困难 obstacles", 0},
    {"next_step", "下一步打算", "Next step",
        "下一步工作 下一步工作打算 下一步措施 下步打算 下一步 下一步计划 下一步工作计划 下步工作 "
        "下周计划 下周工作计划 下周工作 下月计划 下月工作计划 "
        "next_steps next",
        0},
    {"period", "报告期起", "Report from", "报告期开始 报告期开始日期 period_start", 0},
    {"period_end", "报告期止", "Report until", "报告期结束 报告期结束日期 period_end", 0},
    {"done_on", "完成日期", "Work done on",
        "实际完成时间 实际完成日期 整改完成日期 办结时间 办结日期 done_on", 0},
    {"publicity", "公示开始日期", "Public notice from", "公示起始日期 公示开始时间 公示起始时间",
        0},
    {"ends_on", "公示结束日期", "Public notice until", "公示截止日期 公示结束时间 公示截止时间", 0},
    {"day_kind", "公示期计算方式", "Public notice counts", "公示日类型", 0},
    {"office", "公示受理部门", "Public notice office", "公示受理单位", 0},
    {"office_phone", "公示受理电话", "Public notice phone", "公示联系电话", 0},
    {"address", "公示受理地址", "Public notice address", "公示联系地址", 0},
    {"email", "公示受理邮箱", "Public notice e-mail", "公示电子邮箱 公示邮箱", 0},
    {"closed_on", "销号时间", "Closed on", "销号日期 验收销号时间 完成销号时间 销号验收时间 closed",
        0},
    {"close_document", "销号文号", "Closing document",
        "销号文件 销号文件文号 销号批复文号 文号 document", 0},
    {"version", "版本", "Version", "task_version", 0},
};
/* What follows from the others, or from what was done. */
static const struct ledger_field derived[] = {
    {"due", "到期日", "Day it is due", "", 0},
    {"days", "剩余天数", "Days left", "", 0},
    {"light", "亮灯", "Light", "", 0},
    {"reported", "最近报告期起始日", "Last period reported from", "", 0},
    {"updated", "变动日期", "Changed on", "", 0},
    {"by", "变动人", "Changed by", "", 0},
};
const size_t ledger_field_count = sizeof ledger_fields / sizeof *ledger_fields;

/* --- keys ------------------------------------------------------------------------------------ */

static bool is_one_of(const char *const *table, size_t count, const char *at, size_t bytes)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(table[i]) == bytes && memcmp(table[i], at, bytes) == 0)
            return true;
    return false;
}
#define IS_ONE_OF(table, at, bytes) is_one_of(table, sizeof table / sizeof *table, at, bytes)

void ledger_field_key(struct strbuf *out, const char *heading)
{
    static const char *const opening[] = {"(", "（", "[", "［", "【", "〔", "{"};
    static const char *const closing[] = {")", "）", "]", "］", "】", "〕", "}"};
    static const char *const skipped[] = {" ", "\n", "\t", "　", "\u00A0", "_", "-", "*", "＊", ":",
        "：", ".", "、", "/", "／", "\"", "“", "”", "⏎"};
    int depth = 0;
    uint32_t code;
    for (int length; (length = text_decode(heading, &code)) > 0; heading += length) {
        if (IS_ONE_OF(opening, heading, (size_t)length))
            depth++;
        else if (IS_ONE_OF(closing, heading, (size_t)length))
            depth -= depth > 0;
        else if (depth == 0 && code >= 'A' && code <= 'Z')
            strbuf_add_char(out, (char)(code + 'a' - 'A'));
        else if (depth == 0 && !IS_ONE_OF(skipped, heading, (size_t)length))
            strbuf_add_n(out, heading, (size_t)length);
    }
}

/* Whether `key` is that of a heading of the table, which has neither brackets nor wide marks: told
 * without making its key, for every cell of many rows is asked of. */
static bool is_heading(const char *heading, size_t length, const char *key)
{
    for (size_t i = 0; i < length; i++) {
        char c = heading[i];
        if (c != '\0' && strchr(" _-./", c) != NULL)
            continue;
        if (*key++ != (c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c))
            return false;
    }
    return *key == '\0';
}

/* One of the headings in a list with blanks between. */
static bool is_in_list(const char *list, const char *key)
{
    for (size_t length; *list; list += length + (list[length] == ' ')) {
        length = strcspn(list, " ");
        if (is_heading(list, length, key))
            return true;
    }
    return false;
}

static const struct ledger_field *find_key(const char *heading)
{
    struct strbuf key = {0};
    const struct ledger_field *found = NULL;
    ledger_field_key(&key, heading);
    for (size_t i = 0; i < ledger_field_count && !found && key.length > 0; i++) {
        const struct ledger_field *field = &ledger_fields[i];
        if (is_heading(field->zh, strlen(field->zh), key.text) ||
            is_heading(field->en, strlen(field->en), key.text) ||
            is_in_list(field->others, key.text))
            found = field;
    }
    strbuf_clear(&key);
    return found;
}

/* 截至11月20日进展情况, 本周（11月16日-22日）进展: of the days that the list is of. Few have these
 * words. */
static const struct ledger_field *find_with_days(const char *heading)
{
    static const char *const words[] = {"进展", "进度", "情况", "完成率"};
    struct strbuf bare = {0};
    const struct ledger_field *found = NULL;
    bool any = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        any = any || strstr(heading, words[i]) != NULL;
    if (any && !progress_heading_is_other(heading) && progress_heading_bare(heading, &bare))
        found = find_key(strbuf_text(&bare));
    strbuf_clear(&bare);
    return found;
}

const struct ledger_field *ledger_field_find(const char *heading)
{
    const struct ledger_field *found = find_key(heading);
    return found != NULL ? found : find_with_days(heading);
}

const struct ledger_field *ledger_field_named(const char *typed)
{
    for (size_t i = 0; i < ledger_field_count; i++)
        if (strcmp(ledger_fields[i].name, typed) == 0)
            return &ledger_fields[i];
    return ledger_field_find(typed);
}

const struct ledger_field *ledger_field_derived(const char *name)
{
    for (size_t i = 0; i < sizeof derived / sizeof *derived; i++)
        if (strcmp(derived[i].name, name) == 0)
            return &derived[i];
    return NULL;
}

bool ledger_field_is_derived(const char *heading)
{
    for (size_t i = 0; i < sizeof derived / sizeof *derived; i++)
        if (strcmp(derived[i].zh, heading) == 0 || strcmp(derived[i].en, heading) == 0)
            return true;
    return false;
}

const char *ledger_field_told(const struct ledger_field *field)
{
    return field->flags & LEDGER_REGION            ? "region"
           : strcmp(field->name, "is_closed") == 0 ? "state"
                                                   : field->name;
}

const char *ledger_field_heading(const struct ledger_field *field)
{
    return strcmp(language_current(), "zh") == 0 ? field->zh : field->en;
}
