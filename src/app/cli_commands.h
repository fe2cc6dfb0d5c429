/* The functions behind the table of commands, one file each. */
#ifndef APP_CLI_COMMANDS_H
#define APP_CLI_COMMANDS_H

#include "app/cli.h"

int cli_init(struct cli *cli, struct error *err);
char *cli_sample_folder(struct error *err); /* sample-data beside the program; caller frees */
int cli_list(struct cli *cli, struct error *err);
int cli_show(struct cli *cli, struct error *err);
int cli_desk(struct cli *cli, struct error *err);
int cli_trend(struct cli *cli, struct error *err);
int cli_matrix(struct cli *cli, struct error *err);
int cli_scorecard(struct cli *cli, struct error *err);
int cli_set(struct cli *cli, struct error *err);
int cli_do(struct cli *cli, struct error *err);
int cli_report(struct cli *cli, struct error *err);
int cli_new(struct cli *cli, struct error *err);
int cli_undo(struct cli *cli, struct error *err);
int cli_handover(struct cli *cli, struct error *err);
int cli_import(struct cli *cli, struct error *err);
int cli_export(struct cli *cli, struct error *err);
int cli_events(struct cli *cli, struct error *err);
int cli_remind(struct cli *cli, struct error *err);
int cli_check(struct cli *cli, struct error *err);
int cli_backup(struct cli *cli, struct error *err);
int cli_authorized_keys(struct cli *cli, struct error *err);
int cli_setup_server(struct cli *cli, struct error *err);
int cli_user(struct cli *cli, struct error *err);
int cli_wall(struct cli *cli, struct error *err);
int cli_who(struct cli *cli, struct error *err);
int cli_help(struct cli *cli, struct error *err);

/* What `help` explains beside the commands. */
struct help_topic {
    const char *name, *help; /* help: N_() */
    bool raw;                /* for a program to read: UTF-8 whatever the locale */
    bool (*print)(struct cli *cli, struct strbuf *out, struct error *err);
};
extern const struct help_topic help_topics[]; /* ends with a NULL name */
extern const struct cli_list help_list;       /* the same */

/* `help COMMAND`; the program's own help where `command` is NULL. */
int cli_help_command(struct cli *cli, const struct cli_command *command);

#endif
