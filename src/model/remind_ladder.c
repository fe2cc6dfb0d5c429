#include "remind_ladder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[RUNG_UNKNOWN] = {
    [RUNG_BEFORE] = "before",
    [RUNG_DUE] = "due",
    [RUNG_AFTER] = "after",
    [RUNG_UNREPORTED] = "unreported",
};

static date_t rung_day(enum rung_kind kind, int days, date_t due)
{
    switch (kind) {
    case RUNG_BEFORE:
        return due - days;
    case RUNG_DUE:
        return due;
    case RUNG_AFTER:
        return due + days;
    case RUNG_UNREPORTED:
    case RUNG_UNKNOWN:
        break;
    }
    return DATE_NONE;
}

size_t ladder_reached(
    const struct rules *rules, date_t due, date_t today, struct rung out[static LADDER_MOST])
{
    struct rung all[LADDER_MOST];
    size_t count = 0, reached = 0;
    for (size_t i = rules->remind_before.count; i > 0; i--)
        all[count++] = (struct rung){RUNG_BEFORE, rules->remind_before.days[i - 1], DATE_NONE};
    all[count++] = (struct rung){RUNG_DUE, 0, DATE_NONE};
    for (size_t i = 0; i < rules->remind_after.count; i++)
        all[count++] = (struct rung){RUNG_AFTER, rules->remind_after.days[i], DATE_NONE};
    while (reached < count) {
        all[reached].on = rung_day(all[reached].kind, all[reached].days, due);
        if (all[reached].on > today)
            break;
        out[reached] = all[reached];
        reached++;
    }
    return reached;
}

const char *rung_name(enum rung_kind kind, int days, char out[static RUNG_ROOM])
{
    if (days == 0)
        snprintf(out, RUNG_ROOM, "%s", kinds[kind]);
    else
        snprintf(out, RUNG_ROOM, "%s.%d", kinds[kind], days);
    return out;
}

struct rung rung_parse(const char *name, date_t due)
{
    struct rung rung = {RUNG_UNKNOWN, 0, DATE_NONE};
    size_t length = strcspn(name, ".");
    for (int kind = 0; kind < RUNG_UNKNOWN && rung.kind == RUNG_UNKNOWN; kind++)
        if (strlen(kinds[kind]) == length && strncmp(kinds[kind], name, length) == 0)
            rung.kind = (enum rung_kind)kind;
    long days = name[length] == '.' ? strtol(name + length + 1, NULL, 10) : 0;
    if (days < 0 || days > RULE_DAY_MOST)
        return (struct rung){RUNG_UNKNOWN, 0, DATE_NONE};
    rung.days = (int)days;
    rung.on = rung_day(rung.kind, rung.days, due);
    return rung;
}
