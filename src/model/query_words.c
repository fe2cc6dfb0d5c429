/* query_words: the names the filter language knows, and what it says when it does not. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "query_parts.h"

const struct query_flag_row query_flags[FLAG_COUNT] = {
    [FLAG_OPEN] = {"open", "在办 未销号", N_("not closed yet")},
    [FLAG_CLOSED] = {"closed", "销号 已销号", N_("closed for good")},
    [FLAG_OVERDUE] = {"overdue", "逾期 超期", N_("open and past its due day")},
    [FLAG_DUE_SOON] = {"due_soon", "临期", N_("open and due within due.soon days (default: 30)")},
    [FLAG_DUE_URGENT] = {"due_urgent", "紧急",
        N_("open and due within due.urgent days (default: 7)")},
    [FLAG_UNREPORTED] = {"unreported", "未报",
        N_("open and without its report of the last period")},
    [FLAG_RETURNED] = {"returned", "退回 退回整改", N_("sent back by a check")},
    [FLAG_LISTED] = {"listed", "挂牌 挂牌督办", N_("under listed supervision")},
    [FLAG_BEHIND] = {"behind", "滞后", N_("open and reported as behind schedule")},
    [FLAG_UNACCEPTED] = {"unaccepted", "久未验收", N_("done for over 30 days and not accepted")},
    [FLAG_IMMEDIATE] = {"immediate", "立行立改", N_("to be put right at once")},
    [FLAG_ONGOING] = {"ongoing", "长期坚持", N_("to be kept up for good")},
    [FLAG_OBJECTED] = {"objected", "有异议", N_("with an objection not settled yet")},
    [FLAG_NOTICED] = {"noticed", "被督办", N_("with a notice not lifted yet")},
    [FLAG_CHANGED_TODAY] = {"changed_today", "今日变动", N_("changed today")},
};

const struct query_field_row query_fields[FIELD_COUNT] = {
    [FIELD_ID] = {"id", "编号", TYPE_TEXT, N_("as the board shows it: 2-047")},
    [FIELD_SOURCE] = {"source", "来源 批次", TYPE_UNIT, N_("code, year or name of the source")},
    [FIELD_NUMBER] = {"number", "序号", TYPE_TEXT, N_("number within its source")},
    [FIELD_TITLE] = {"title", "标题 任务", TYPE_TEXT, N_("text in the title")},
    [FIELD_REGION] = {"region", "地区 责任地区", TYPE_UNIT, N_("a place and all within it")},
    [FIELD_CITY] = {"city", "市 城市", TYPE_UNIT, N_("a city and all within it")},
    [FIELD_AT] = {"at", "本级", TYPE_UNIT, N_("a place itself, without those within it")},
    [FIELD_LEAD] = {"lead", "牵头 牵头单位", TYPE_UNIT, N_("the department that answers for it")},
    [FIELD_MAIN_LEAD] = {"main_lead", "第一牵头 首位牵头", TYPE_UNIT,
        N_("the first of the departments that answer for it")},
    [FIELD_RESPONSIBLE] = {"responsible", "责任 责任单位 配合", TYPE_UNIT,
        N_("one of the other departments")},
    [FIELD_SUPERVISOR] = {"supervisor", "督导 督导单位 验收单位", TYPE_UNIT,
        N_("the department that verifies")},
    [FIELD_SPONSOR] = {"sponsor", "包保 包保领导", TYPE_UNIT, N_("the leader who answers for it")},
    [FIELD_CATEGORY] = {"category", "类别 领域", TYPE_TEXT,
        N_("a piece of its category; =WORD is all of it")},
    [FIELD_STATE] = {"state", "状态", TYPE_WORD, N_("where it stands")},
    [FIELD_PROGRESS] = {"progress", "进度 序时进度", TYPE_WORD, N_("judgement of the last report")},
    [FIELD_PERCENT] = {"percent", "完成 完成率 百分比", TYPE_NUMBER, N_("done, of a hundred")},
    [FIELD_DUE] = {"due", "到期", TYPE_DATE, N_("the day it counts as due")},
    [FIELD_DEADLINE] = {"deadline", "时限 整改时限", TYPE_DATE, N_("the date that was set")},
    [FIELD_DAYS] = {"days", "余期 天数", TYPE_NUMBER, N_("days left; less than 0 is late")},
    [FIELD_KIND] = {"kind", "时限类型", TYPE_WORD, N_("kind of deadline")},
    [FIELD_REPORTED] = {"reported", "报告 上报", TYPE_DATE,
        N_("start of the last period reported")},
    [FIELD_CLOSED] = {"closed", "销号 销号日期", TYPE_DATE, N_("the day it was closed")},
    [FIELD_UPDATED] = {"updated", "更新", TYPE_DATE, N_("the day of the last change")},
    [FIELD_BY] = {"by", "更新人", TYPE_TEXT, N_("who changed it last")},
    [FIELD_NOTICE] = {"notice", "督办", TYPE_WORD, N_("level of a notice not lifted yet")},
};

const struct query_day_row query_days[] = {
    {"today", "今天 今日", N_("today"), ANCHOR_TODAY, 0, 0, 0, 0},
    {"tomorrow", "明天 明日", N_("tomorrow"), ANCHOR_TODAY, 0, 1, 0, 1},
    {"yesterday", "昨天 昨日", N_("yesterday"), ANCHOR_TODAY, 0, -1, 0, -1},
    {"this_week", "本周", N_("this week, from Monday"), ANCHOR_WEEK, 0, 0, 0, 6},
    {"next_week", "下周", N_("next week"), ANCHOR_WEEK, 0, 7, 0, 13},
    {"last_week", "上周", N_("last week"), ANCHOR_WEEK, 0, -7, 0, -1},
    {"this_month", "本月", N_("this month"), ANCHOR_MONTH, 0, 0, 1, -1},
    {"next_month", "下月 下个月", N_("next month"), ANCHOR_MONTH, 1, 0, 2, -1},
    {"last_month", "上月 上个月", N_("last month"), ANCHOR_MONTH, -1, 0, 0, -1},
    {"this_quarter", "本季 本季度", N_("this quarter"), ANCHOR_QUARTER, 0, 0, 3, -1},
    {"next_quarter", "下季 下季度", N_("next quarter"), ANCHOR_QUARTER, 3, 0, 6, -1},
    {"this_year", "今年 本年", N_("this year"), ANCHOR_YEAR, 0, 0, 12, -1},
    {"next_year", "明年", N_("next year"), ANCHOR_YEAR, 12, 0, 24, -1},
    {"last_year", "去年", N_("last year"), ANCHOR_YEAR, -12, 0, 0, -1},
};
const size_t query_days_count = sizeof query_days / sizeof query_days[0];

static bool piece_is(const char *piece, size_t length, const char *name)
{
    for (size_t i = 0; i < length; i++) {
        int a = tolower((unsigned char)piece[i]), b = tolower((unsigned char)name[i]);
        if (a != (b == '-' ? '_' : b))
            return false;
    }
    return name[length] == '\0';
}

bool query_name_is(const char *word, const char *aliases, const char *name)
{
    if (piece_is(word, strlen(word), name))
        return true;
    while (*aliases) {
        size_t length = strcspn(aliases, " ");
        if (piece_is(aliases, length, name))
            return true;
        aliases += length;
        aliases += strspn(aliases, " ");
    }
    return false;
}

enum query_flag query_flag_find(const char *name)
{
    int i = 0;
    while (i < FLAG_COUNT && !query_name_is(query_flags[i].name, query_flags[i].alias, name))
        i++;
    return (enum query_flag)i;
}

enum query_field query_field_find(const char *name)
{
    int i = 0;
    while (i < FIELD_COUNT && !query_name_is(query_fields[i].name, query_fields[i].alias, name))
        i++;
    return (enum query_field)i;
}

bool query_is_none(const char *value)
{
    return query_name_is("none", "never 无 未定", value);
}

bool query_is_flag_field(const char *name)
{
    return query_name_is("is", "是", name);
}

bool query_row_read(const char *value, int64_t *id)
{
    size_t digits = value[0] == '#' ? strspn(value + 1, "0123456789") : 0;
    if (digits == 0 || digits > 18 || value[1 + digits] != '\0')
        return false;
    *id = strtoll(value + 1, NULL, 10);
    return true;
}

size_t query_field_words(enum query_field field, const struct word **words)
{
    switch (field) {
    case FIELD_STATE:
        *words = task_states;
        return STATE_COUNT;
    case FIELD_PROGRESS:
        *words = task_progresses;
        return PROGRESS_COUNT;
    case FIELD_KIND:
        *words = deadline_kinds;
        return DEADLINE_KIND_COUNT;
    case FIELD_NOTICE:
        *words = notice_levels;
        return NOTICE_LEVEL_COUNT;
    default:
        return 0;
    }
}

/* --- errors -------------------------------------------------------------------------------- */

/* Copies whole characters only. */
static void text_put(char *out, size_t room, const char *text)
{
    size_t bytes = strnlen(text, room);
    if (bytes == room) {
        bytes = room - 1;
        while (bytes > 0 && ((unsigned char)text[bytes] & 0xC0) == 0x80)
            bytes--;
    }
    memcpy(out, text, bytes);
    out[bytes] = '\0';
}

bool query_error_set(struct query_error *err, struct query_place place, const char *suggestion,
    const char *format, ...)
{
    struct strbuf text = {0};
    va_list args;
    va_start(args, format);
    strbuf_vformat(&text, format, args);
    va_end(args);
    err->at = place.at;
    err->length = place.length;
    text_put(err->text, sizeof err->text, strbuf_text(&text));
    text_put(err->suggestion, sizeof err->suggestion, suggestion ? suggestion : "");
    strbuf_clear(&text);
    return false;
}

const char *query_quote(const char *typed, char out[static 100])
{
    struct strbuf clean = {0}, cut = {0};
    text_scrub(&clean, typed, strlen(typed), TEXT_ONE_LINE);
    size_t fits = text_fit(strbuf_text(&clean), 30, NULL);
    strbuf_add_n(&cut, strbuf_text(&clean), fits);
    if (fits < clean.length)
        strbuf_add(&cut, "..");
    text_put(out, 100, strbuf_text(&cut));
    strbuf_clear(&clean);
    strbuf_clear(&cut);
    return out;
}

/* Letters, digits, _ and characters that mean nothing to the parser. */
static bool is_plain(const char *value)
{
    uint32_t code;
    for (int bytes; (bytes = text_decode(value, &code)) > 0; value += bytes)
        if (code < 0x80 ? !isalnum((int)code) && code != '_' : code < 0x3400 || code > 0x9FFF)
            return false;
    return true;
}

void query_value_add(struct strbuf *out, const char *value)
{
    uint32_t code;
    if (*value && is_plain(value)) {
        strbuf_add(out, value);
        return;
    }
    strbuf_add_char(out, '"');
    for (int bytes; (bytes = text_decode(value, &code)) > 0; value += bytes) {
        bool quote = code == '"' || code == 0x201C || code == 0x201D || code == 0x300C ||
                     code == 0x300D || code == 0xFF02;
        if (quote || code == '\\')
            strbuf_add_char(out, '\\');
        strbuf_add_n(out, value, (size_t)bytes);
    }
    strbuf_add_char(out, '"');
}

/* The part of the filter around the mistake, so that it stands in one line of a terminal. */
#define LINE_COLUMNS 72
#define BEFORE_COLUMNS 40

bool query_error_show(const char *text, const struct query_error *wrong, struct error *err)
{
    size_t length = strlen(text), at = wrong->at < length ? wrong->at : length;
    size_t end = wrong->length < length - at ? at + wrong->length : length;
    struct strbuf before = {0}, marked = {0}, after = {0}, out = {0};
    text_scrub(&before, text, at, TEXT_ONE_LINE);
    text_scrub(&marked, text + at, end - at, TEXT_ONE_LINE);
    text_scrub(&after, text + end, length - end, TEXT_ONE_LINE);

    const char *left = strbuf_text(&before);
    bool cut = text_width(left) > BEFORE_COLUMNS;
    while (text_width(left) > BEFORE_COLUMNS) {
        struct text_cluster cluster;
        text_cluster(left, &cluster);
        left += cluster.bytes;
    }
    int column = (cut ? 2 : 0) + text_width(left);
    strbuf_format(&out, "%s\n  %s%s", wrong->text, cut ? ".." : "", left);
    size_t fits = text_fit(strbuf_text(&marked), LINE_COLUMNS - column, NULL);
    int carets = text_width(strbuf_text(&marked));
    strbuf_add_n(&out, strbuf_text(&marked), fits);
    if (fits == marked.length) {
        fits = text_fit(strbuf_text(&after), LINE_COLUMNS - column - carets, NULL);
        strbuf_add_n(&out, strbuf_text(&after), fits);
    }
    carets = carets > LINE_COLUMNS - column ? LINE_COLUMNS - column : carets;
    strbuf_add(&out, "\n  ");
    strbuf_add_times(&out, ' ', (size_t)column);
    strbuf_add_char(&out, '^');
    strbuf_add_times(&out, '~', carets > 1 ? (size_t)carets - 1 : 0);
    if (wrong->suggestion[0]) {
        strbuf_add_char(&out, '\n');
        strbuf_format(&out, _("did you mean %s?"), wrong->suggestion);
    }
    error_set(err, ERROR_USAGE, "%s", strbuf_text(&out));
    strbuf_clear(&before);
    strbuf_clear(&marked);
    strbuf_clear(&after);
    strbuf_clear(&out);
    return false;
}
