/* cli_user: what the files of `duban user` share. */
#ifndef APP_CLI_USER_H
#define APP_CLI_USER_H

#include "app/cli.h"
#include "model/people.h"

struct user_run {
    struct cli *cli;
    struct model *model;
    const char *reason; /* NULL: none */
    bool json;
    char **word; /* behind the subcommand, the login first */
    int words;
};
/* One row a subcommand; the first is the default. */
struct user_command {
    const char *name, *usage, *help; /* usage: what follows the name; help: N_() */
    int least, most;                 /* words behind the name; most -1: any number */
    bool writes;
    bool (*run)(struct user_run *run, struct error *err);
};
extern const struct user_command user_commands[]; /* ends with a NULL name */
extern const struct cli_list user_list;           /* the same */

/* cli_user_print.c: people as a table, one whole, and what the history tells of a change. */
bool user_print_all(struct user_run *run, const struct people *people);
bool user_print_one(struct user_run *run, const char *login, struct error *err);
/* The lines about them after `since`, else that nothing was to be changed; the person with --json.
 */
bool user_print_done(struct user_run *run, const char *login, int64_t since, struct error *err);
void user_add_keys(struct strbuf *out, const struct person_record *record);

/* cli_user_key.c */
bool user_key_run(struct user_run *run, struct error *err);

#endif
