/* task: the words a task is described with, and the facts derived from a row and a day. */
#include "model/task.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"

const struct word task_states[STATE_COUNT] = {
    [STATE_NOT_STARTED] = {"not_started", N_("to start"), N_("not yet started"),
        "未启动 尚未启动 未开始 待整改 未整改"},
    [STATE_IN_PROGRESS] = {"in_progress", N_("working"), N_("in progress"),
        "整改中 正在整改 正在推进整改 正在推进 推进中 正在办理 持续整改"},
    [STATE_SUBMITTED] = {"submitted", N_("applied"), N_("submitted for review"),
        "申验中 申请验收 已申请验收 申验"},
    [STATE_IN_REVIEW] = {"in_review", N_("review"), N_("in review"), "验收中 已办结验收中 核查中"},
    [STATE_PUBLICISED] = {"publicised", N_("public"), N_("on public notice"), "公示中 公示"},
    [STATE_CLOSED] = {"closed", N_("closed"), N_("closed for good"),
        "已销号 销号 已验收销号 完成交账销号 已完成销号"},
};

const struct word task_progresses[PROGRESS_COUNT] = {
    [PROGRESS_NOT_STARTED] = {"not_started", N_("no start"), N_("no work yet"),
        "尚未启动 未启动 未开始"},
    [PROGRESS_BEHIND] = {"behind", N_("behind"), N_("behind schedule"),
        "滞后 未达到 未达到序时进度 未达序时进度 未达序时 进度滞后 落后"},
    [PROGRESS_ON_SCHEDULE] = {"on_schedule", N_("on time"), N_("on schedule"),
        "按序时 达到 达到序时进度 达到序时 达序时进度 按序时进度推进 按序时推进 序时推进 "
        "正在推进整改 正在推进 "
        "全面实施"},
    [PROGRESS_AHEAD] = {"ahead", N_("ahead"), N_("ahead of schedule"),
        "超序时 超过序时进度 超序时进度 超前"},
    [PROGRESS_BASICALLY_DONE] = {"basically_done", N_("near end"), N_("basically done"),
        "基本完 基本完成 基本完成整改 阶段性办结"},
    [PROGRESS_DONE] = {"done", N_("done"), N_("work done"),
        "已完成 完成 已完成整改 完成整改 已完成并长期坚持 已办结"},
};

const struct word deadline_kinds[DEADLINE_KIND_COUNT] = {
    [DEADLINE_DATE] = {"date", N_("by date"), N_("by a date"), "按期 限期 定期限"},
    [DEADLINE_IMMEDIATE] = {"immediate", N_("at once"), N_("immediately"),
        "立行改 立行立改 立即整改"},
    [DEADLINE_ONGOING] = {"ongoing", N_("lasts"), N_("ongoing"), "长期 长期坚持 持续推进"},
    [DEADLINE_DATE_ONGOING] = {"date_ongoing", N_("date+"), N_("by a date, then ongoing"),
        "期后续 限期并长期坚持 并长期坚持"},
};

const struct word notice_levels[NOTICE_LEVEL_COUNT] = {
    [NOTICE_REMINDER] = {"reminder", N_("slip"), N_("reminder slip"), "提示单 提示 提醒函"},
    [NOTICE_LETTER] = {"letter", N_("letter"), N_("supervision letter"), "督办函 督办单 督办"},
    [NOTICE_CRITICISM] = {"criticism", N_("critic."), N_("circulated criticism"), "通报 通报批评"},
    [NOTICE_TALK] = {"talk", N_("talk"), N_("summons to a talk"), "约谈"},
    [NOTICE_LISTED] = {"listed", N_("listed"), N_("listed supervision"), "挂牌 挂牌督办"},
};

const struct word review_levels[REVIEW_LEVEL_COUNT] = {
    [REVIEW_COUNTY] = {"county", N_("county"), N_("county's first check"),
        "县级 县级初验 初验 区级验收"},
    [REVIEW_CITY] = {"city", N_("city"), N_("city's acceptance"), "市级 市级验收 市级复核"},
    [REVIEW_PROVINCE] = {"province", N_("province"), N_("province's verification"),
        "省级 省级核查"},
};

const struct word rhythms[RHYTHM_COUNT] = {
    [RHYTHM_NONE] = {"none", N_("none"), N_("no reports"), "无 不报 不调度"},
    [RHYTHM_WEEKLY] = {"weekly", N_("weekly"), N_("every week"), "周报 每周 周调度"},
    [RHYTHM_TEN_DAY] = {"ten_day", N_("ten-day"), N_("every ten days"), "旬报 每旬 旬调度"},
    [RHYTHM_HALF_MONTHLY] = {"half_monthly", N_("half-mth"), N_("every half month"),
        "半月报 每半月 半月调度"},
    [RHYTHM_MONTHLY] = {"monthly", N_("monthly"), N_("every month"), "月报 每月 月调度"},
    [RHYTHM_QUARTERLY] = {"quarterly", N_("quarter"), N_("every quarter"),
        "季报 每季 每季度 季调度"},
};

const struct light_row lights[LIGHT_COUNT] = {
    [LIGHT_OVERDUE] = {"overdue", '!', N_("overdue")},
    [LIGHT_UNREPORTED] = {"unreported", '?', N_("report missing")},
    [LIGHT_DUE_SOON] = {"due_soon", '~', N_("due soon")},
    [LIGHT_CHANGED] = {"changed", '*', N_("just changed")},
    [LIGHT_ON_SCHEDULE] = {"on_schedule", ' ', N_("nothing wrong")},
    [LIGHT_CLOSED] = {"closed", '=', N_("closed for good")},
};

/* Equal but for case, and for which of blank, hyphen and underscore divides the words. */
static bool word_is(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        unsigned char x = (unsigned char)*a, y = (unsigned char)*b;
        bool x_divides = x == ' ' || x == '-' || x == '_',
             y_divides = y == ' ' || y == '-' || y == '_';
        if (x_divides != y_divides || (!x_divides && tolower(x) != tolower(y)))
            return false;
    }
    return *a == *b;
}

static bool list_has(const char *list, const char *word)
{
    size_t length = strlen(word);
    while (*list) {
        size_t here = strcspn(list, " ");
        if (here == length && memcmp(list, word, length) == 0)
            return true;
        list += here;
        list += strspn(list, " ");
    }
    return false;
}

int word_find(const struct word *table, size_t count, const char *name)
{
    if (!name || !*name)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (word_is(table[i].name, name) || list_has(table[i].chinese, name))
            return (int)i;
    for (size_t i = 0; i < count; i++)
        if (word_is(table[i].brief, name) || word_is(table[i].label, name) ||
            word_is(_(table[i].brief), name) || word_is(_(table[i].label), name))
            return (int)i;
    return -1;
}

void task_row_clear(struct task_row *row)
{
    free(row->title);
    *row = (struct task_row){0};
}

static bool has_due_day(const struct task_row *row)
{
    return row->state != STATE_CLOSED && row->due_on != DATE_NONE;
}

bool task_is_overdue(const struct task_row *row, const struct today *today)
{
    return has_due_day(row) && row->due_on < today->date;
}

bool task_is_due_soon(const struct task_row *row, const struct today *today)
{
    return has_due_day(row) && row->due_on >= today->date &&
           row->due_on - today->date <= today->due_soon_days;
}

bool task_is_unreported(const struct task_row *row, const struct today *today)
{
    date_t owed = today->owed[row->rhythm];
    return row->state != STATE_CLOSED && owed != DATE_NONE &&
           (row->reported_on == DATE_NONE || row->reported_on < owed);
}

bool task_is_unaccepted(const struct task_row *row, const struct today *today)
{
    return row->state < STATE_PUBLICISED && row->done_on != DATE_NONE &&
           row->done_on < today->date - TASK_UNACCEPTED_DAYS;
}

enum light task_light(const struct task_row *row, const struct today *today)
{
    if (row->state == STATE_CLOSED)
        return LIGHT_CLOSED;
    if (task_is_overdue(row, today))
        return LIGHT_OVERDUE;
    if (task_is_unreported(row, today))
        return LIGHT_UNREPORTED;
    return task_is_due_soon(row, today) ? LIGHT_DUE_SOON : LIGHT_ON_SCHEDULE;
}

int task_days_left(const struct task_row *row, const struct today *today, bool *has)
{
    *has = has_due_day(row);
    return *has ? row->due_on - today->date : 0;
}

const char *task_state_brief(const struct task_row *row)
{
    return row->returned ? _("returned") : _(task_states[row->state].brief);
}
