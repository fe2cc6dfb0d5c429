/* cli: the commands of `duban [OPTIONS] COMMAND [ARGS]`, in one table that the parser, the help, the man
 * page and the shell completion read. Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 nothing
 * matched. What is wrong goes to standard error as "duban: SENTENCE". */
#ifndef APP_CLI_H
#define APP_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "app/config.h"
#include "base/error.h"
#include "model/model.h"

enum exit_status { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_NOTHING = 3 };

struct cli {                        /* one run of the program */
    struct config *config;
    const char *database;           /* resolved path */
    bool read_only, plain;
    const char *as_of;              /* --as-of, NULL */
    int argument_count;             /* after the command's name, options of the command included */
    char **arguments;
};

struct cli_option { const char *name; const char *value; const char *help; }; /* "--json", "N" or NULL */
struct cli_command {
    const char *name, *usage, *help;      /* usage: what follows the name */
    const struct cli_option *options;     /* ends with a NULL name; NULL: none */
    const char *more;                     /* N_() a paragraph for `help COMMAND`, NULL */
    int (*run)(struct cli *cli, struct error *err);
};
extern const struct cli_command cli_commands[];
extern const size_t cli_command_count;
extern const struct cli_option cli_global_options[];

/* Parses the whole command line and runs it; returns the exit status. */
int cli_main(int argc, char **argv);

/* For commands: opens the model the options name. */
bool cli_open_model(struct cli *cli, bool read_only, struct model **out, struct error *err);
/* Takes an option of this command out of the arguments: true when it was there; `value` may be NULL. */
bool cli_take_option(struct cli *cli, const char *name, const char **value, struct error *err);
/* The rest are words; an unknown option left over is an error naming it. */
bool cli_no_options_left(struct cli *cli, struct error *err);
/* Joins the words left with blanks (a filter). Caller frees. */
char *cli_join(const struct cli *cli);
int cli_status(const struct error *err); /* exit status for an error's code */
/* Standard output in the locale's charset; false (EIO, EPIPE) is reported once. */
bool cli_print(const char *utf8);

#endif
