/* `duban wall`. */
#include <stdlib.h>

#include "app/app.h"
#include "cli_commands.h"

int cli_wall(struct cli *cli, struct error *err)
{
    struct model_options options;
    if (!cli_arguments_end(cli, 0, -1, err))
        return EXIT_USAGE;
    if (!cli_model_options(cli, false, &options, err))
        return cli_status(err);
    char *filter = cli_join(cli);
    int status = app_run(cli->config, &options, &(struct app_start){filter, true, cli->visit}, err);
    free(filter);
    return status;
}
