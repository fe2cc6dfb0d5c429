/* `duban trend`. */
#include <stdlib.h>

#include "base/language.h"
#include "cli_commands.h"
#include "exchange/json_write.h"
#include "model/trend.h"
#include "views/trend.h"

enum { WEEKS = 12 };

static bool read_trend(
    struct model *model, const char *filter, int64_t weeks, struct trend **out, struct error *err)
{
    struct survey *survey = NULL;
    struct query_error wrong;
    if (!trend_open(model, filter, (int)weeks, &survey, &wrong))
        return cli_refuse_filter(filter, &wrong, err);
    *out = survey_complete(survey, err);
    return *out != NULL;
}

static void print(struct cli *cli, const struct trend *trend, const char *filter, bool as_json)
{
    struct strbuf text = {0};
    if (as_json) {
        struct json *json = json_new(true, cli_write, cli);
        json_trend(json, trend, filter);
        json_end(json);
    } else if (trend->tasks > 0) {
        trend_plain(trend, trend->past, &text);
        cli_print(cli, strbuf_text(&text));
        strbuf_clear(&text);
    }
}

int cli_trend(struct cli *cli, struct error *err)
{
    int64_t weeks = WEEKS;
    struct model *model;
    struct trend *trend = NULL;
    bool as_json = cli_take_option(cli, "--json", NULL, err);
    cli_take_number(cli, "--weeks", 0, TREND_WEEKS_MOST, &weeks, err);
    if (!cli_arguments_end(cli, 0, -1, err))
        return EXIT_USAGE;
    if (!cli_open_model(cli, true, &model, err))
        return cli_status(err);
    char *filter = cli_join(cli);
    if (read_trend(model, filter, weeks, &trend, err)) {
        print(cli, trend, filter, as_json);
        if (trend->tasks == 0)
            error_set(err, ERROR_NOT_FOUND, _("nothing is counted: there is no such task"));
        trend_free(trend);
    }
    free(filter);
    model_close(model);
    return cli_status(err);
}
