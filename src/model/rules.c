#include "model/rules.h"

#include <assert.h>

const struct rules rules_default = {.publicity_days = 7, .publicity_working = true};

date_t rules_publicity_end(const struct rules *rules, date_t starts, int days, bool working)
{
    assert(days >= 1);
    if (!working)
        return starts + days - 1;
    return holidays_add(rules->holidays, starts - 1, days);
}

int rules_publicity_days(const struct rules *rules, date_t first, date_t last, bool working)
{
    if (working)
        return holidays_count(rules->holidays, first, last);
    return last < first ? 0 : last - first + 1;
}
