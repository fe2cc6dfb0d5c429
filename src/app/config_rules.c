/* The rules of the model as the options say them. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "config_parts.h"

#define SHIPPED_HOLIDAYS "sample-data/holidays.cfg"

/* A calendar that was named must be there and right; without the shipped one the week goes on. */
static bool read_holidays(struct config *config, struct error *err)
{
    const char *named = config_text(config, OPTION_HOLIDAYS);
    if (config->holidays != NULL)
        return true;
    if (*named)
        return holidays_read(named, &config->holidays, err);
    char *shipped = language_data_file(SHIPPED_HOLIDAYS);
    bool good = shipped == NULL || holidays_read(shipped, &config->holidays, err);
    free(shipped);
    return good;
}

bool config_rules(struct config *config, const struct rules **out, struct error *err)
{
    if (!read_holidays(config, err))
        return false;
    config->rules = (struct rules){
        .publicity_days = config_number(config, OPTION_PUBLICITY_DAYS),
        .publicity_working = strcmp(config_text(config, OPTION_PUBLICITY_KIND), "working") == 0,
        .holidays = config->holidays,
        .changes_most = config_number(config, OPTION_SESSION_CHANGES),
        .report_grace = config_number(config, OPTION_REPORT_GRACE),
        .score =
            {
                .on_time = config_number(config, OPTION_SCORE_ON_TIME),
                .reports = config_number(config, OPTION_SCORE_REPORTS),
                .in_time = config_number(config, OPTION_SCORE_IN_TIME),
                .returned = config_number(config, OPTION_SCORE_RETURNED),
                .notice = config_number(config, OPTION_SCORE_NOTICE),
                .unaccepted = config_number(config, OPTION_SCORE_UNACCEPTED),
            },
    };
    if (!rule_days_parse(
            config_text(config, OPTION_REMIND_BEFORE), &config->rules.remind_before, err) ||
        !rule_days_parse(
            config_text(config, OPTION_REMIND_AFTER), &config->rules.remind_after, err) ||
        !rule_score_check(&config->rules.score, err))
        return false;
    *out = &config->rules;
    return true;
}

void config_clear_rules(struct config *config)
{
    holidays_free(config->holidays);
    config->holidays = NULL;
}
