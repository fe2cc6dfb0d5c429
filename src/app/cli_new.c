/* `duban new`. */
#include <stdlib.h>

#include "base/language.h"
#include "cli_commands.h"
#include "cli_told.h"
#include "exchange/json_write.h"

static bool read_words(
    const struct cli *cli, const struct units *units, struct told *told, struct error *err)
{
    bool good = told_add(told, units, "create", "source", cli->arguments[0], err);
    for (int i = 1; good && i < cli->argument_count; i++)
        good = told_add_word(told, units, "create", cli->arguments[i], err);
    return good;
}

/* The number alone, for a script to go on with. */
static bool print_new(
    struct cli *cli, struct model *model, int64_t id, bool as_json, struct error *err)
{
    struct task_detail *detail;
    if (!task_detail_read(model, id, &detail, err))
        return error_prefix(err, "%s", _("the task was made, but it cannot be shown"));
    if (as_json) {
        struct json *json = json_new(true, cli_write, cli);
        json_task(json, model, detail, true);
        json_end(json);
    } else {
        cli_print(cli, detail->row.ident);
        cli_print(cli, "\n");
    }
    task_detail_free(detail);
    return true;
}

int cli_new(struct cli *cli, struct error *err)
{
    struct model *model;
    struct told told = {.cli = cli};
    struct outcome outcome = {0};
    bool json = cli_take_option(cli, "--json", NULL, err);
    if (!cli_arguments_end(cli, 2, -1, err))
        return EXIT_USAGE;
    if (!cli_open_model(cli, false, &model, err))
        return cli_status(err);
    if (read_words(cli, model_units(model), &told, err)) {
        const struct request request = {
            .action = "create", .argument = told.argument, .count = told.count};
        if (work_do(model, 0, &request, &outcome, err))
            print_new(cli, model, outcome.task_id, json, err);
        outcome_clear(&outcome);
    }
    told_clear(&told);
    model_close(model);
    return cli_status(err);
}
