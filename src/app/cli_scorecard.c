/* `duban scorecard`. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "cli_commands.h"
#include "exchange/scorecard_write.h"
#include "model/units.h"
#include "views/scorecard.h"

struct asked {
    enum score_units units;
    const char *explain; /* NULL: the ranking */
    bool json, csv;
};

static bool read_options(struct cli *cli, struct asked *asked, struct error *err)
{
    const char *by = score_units[SCORE_CITIES].name;
    asked->json = cli_take_option(cli, "--json", NULL, err);
    asked->csv = cli_take_option(cli, "--csv", NULL, err);
    cli_take_option(cli, "--by", &by, err);
    cli_take_option(cli, "--explain", &asked->explain, err);
    if (!cli_arguments_end(cli, 0, -1, err))
        return false;
    if (asked->json + asked->csv + (asked->explain != NULL) > 1)
        return error_set(
            err, ERROR_USAGE, _("--json, --csv and --explain are three ways to tell; choose one"));
    return score_units_find(by, &asked->units, err) || error_prefix(err, "--by");
}

static bool read_card(struct model *model, enum score_units units, const char *filter,
    struct scorecard **out, struct error *err)
{
    struct survey *survey = NULL;
    struct query_error wrong = {0};
    if (!scorecard_open(model, units, filter, &survey, &wrong))
        return cli_refuse_filter(filter, &wrong, err);
    *out = survey_complete(survey, err);
    return *out != NULL;
}

/* --- how one came about ---------------------------------------------------------------------- */

static size_t line_of(const struct scorecard *card, int64_t unit_id)
{
    size_t line = 0;
    while (line < card->count && card->line[line].unit_id != unit_id)
        line++;
    return line;
}

/* The unit that is meant, among those that are ranked. */
static bool find_unit(struct model *model, const struct scorecard *card, const char *name,
    size_t *line, struct error *err)
{
    enum unit_kind kind = card->units == SCORE_LEADS ? UNIT_DEPARTMENT : UNIT_REGION;
    int64_t id[64];
    size_t found = units_match(model_units(model), kind, name, id, 64), meant = 0;
    for (size_t i = 0; i < found && i < 64; i++)
        if (line_of(card, id[i]) < card->count) {
            *line = line_of(card, id[i]);
            meant++;
        }
    if (meant > 1)
        return error_set(err, ERROR_USAGE,
            _("--explain: \"%s\" names %zu of those ranked; write more of the name"), name, meant);
    return meant == 1 ||
           error_set(err, ERROR_NOT_FOUND, _("\"%s\" names none of the %s that are ranked"), name,
               _(score_units[card->units].label));
}

static bool print_explained(struct cli *cli, struct model *model, const struct scorecard *card,
    const char *typed, struct error *err)
{
    struct strbuf text = {0};
    size_t line = 0;
    char *name = cli_text(typed);
    bool found = find_unit(model, card, name, &line, err);
    free(name);
    if (!found)
        return false;
    strbuf_format(&text, "%s\n", card->line[line].label);
    scorecard_explained(model, card, line, &text);
    cli_print(cli, strbuf_text(&text));
    strbuf_clear(&text);
    return true;
}

/* --- the ranking ----------------------------------------------------------------------------- */

static void print_text(struct cli *cli, const struct scorecard *card)
{
    struct strbuf text = {0};
    char today[11];
    bool bounded;
    int columns = cli_columns(&bounded);
    date_format(card->today, today);
    strbuf_format(&text, _("%s, %.7s up to %s\n"), _(score_units[card->units].label), today, today);
    scorecard_plain(
        card, config_text(cli->config, OPTION_SCORE_COLUMNS), bounded ? columns : 0, &text);
    cli_print(cli, strbuf_text(&text));
    strbuf_clear(&text);
}

static void print(struct cli *cli, struct model *model, const struct asked *asked,
    const struct scorecard *card, struct error *err)
{
    if (asked->json) {
        struct json *json = json_new(true, cli_write, cli);
        json_scorecard(json, model, card);
        json_end(json);
    } else if (asked->csv) {
        struct strbuf text = {0};
        scorecard_write_csv(card, &text);
        cli_write(cli, strbuf_text(&text), text.length);
        strbuf_clear(&text);
    } else if (asked->explain != NULL) {
        print_explained(cli, model, card, asked->explain, err);
    } else if (card->count > 0) {
        print_text(cli, card);
    }
}

int cli_scorecard(struct cli *cli, struct error *err)
{
    struct asked asked = {0};
    struct model *model;
    struct scorecard *card = NULL;
    if (!read_options(cli, &asked, err))
        return EXIT_USAGE;
    if (!cli_open_model(cli, true, &model, err))
        return cli_status(err);
    char *filter = cli_join(cli);
    if (read_card(model, asked.units, filter, &card, err)) {
        print(cli, model, &asked, card, err);
        if (card->count == 0 && err->code == ERROR_NONE)
            error_set(err, ERROR_NOT_FOUND, _("nobody is ranked: there is no such task"));
        scorecard_free(card);
    }
    free(filter);
    model_close(model);
    return cli_status(err);
}
