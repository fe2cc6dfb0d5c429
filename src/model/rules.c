#include "model/rules.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"

const struct rules rules_default = {
    .publicity_days = 7,
    .publicity_working = true,
    .remind_before = {{1, 7, 30}, 3},
    .remind_after = {{1, 7, 15, 30}, 4},
    .report_grace = 1,
    .score = {40, 30, 30, 1, 2, 1},
};

/* In its place; false when there is no room, or it is there already. */
static bool insert_day(struct rule_days *into, int day)
{
    size_t at = into->count;
    if (at == RULE_DAYS)
        return false;
    while (at > 0 && into->days[at - 1] >= day)
        at--;
    if (at < into->count && into->days[at] == day)
        return false;
    memmove(&into->days[at + 1], &into->days[at], (into->count - at) * sizeof *into->days);
    into->days[at] = day;
    into->count++;
    return true;
}

bool rule_days_parse(const char *text, struct rule_days *out, struct error *err)
{
    struct rule_days days = {0};
    for (const char *at = text + strspn(text, " "); *at != '\0'; at += strspn(at, " ")) {
        char *end;
        long day = *at >= '0' && *at <= '9' ? strtol(at, &end, 10) : 0;
        if (day < 1 || day > RULE_DAY_MOST || (*end != ' ' && *end != '\0') ||
            !insert_day(&days, (int)day))
            return error_set(err, ERROR_INPUT,
                _("\"%s\" is no list of days: at most %d different numbers from 1 to %d, blanks "
                  "between"),
                text, RULE_DAYS, RULE_DAY_MOST);
        at = end;
    }
    *out = days;
    return true;
}

bool rule_score_check(const struct rule_score *score, struct error *err)
{
    return score->on_time + score->reports + score->in_time > 0 ||
           error_set(err, ERROR_INPUT,
               _("score.on_time, score.reports and score.in_time are all 0: one of them must weigh "
                 "something, or nobody has a score"));
}

date_t rules_publicity_end(const struct rules *rules, date_t starts, int days, bool working)
{
    assert(days >= 1);
    if (!working)
        return starts + days - 1;
    return holidays_add(rules->holidays, starts - 1, days);
}

int rules_publicity_days(const struct rules *rules, date_t first, date_t last, bool working)
{
    if (first == DATE_NONE || last < first)
        return 0;
    return working ? holidays_count(rules->holidays, first, last) : last - first + 1;
}
