/* cli_parse: words of a command line taken apart, before anything is done with them. */
#ifndef APP_CLI_PARSE_H
#define APP_CLI_PARSE_H

#include "app/cli.h"

#define CLI_GLOBALS 16 /* room for the options of the program */

struct cli_given {                  /* as they were said, in the order of cli_global_options */
    const char *value[CLI_GLOBALS]; /* "" of those that take none; NULL: not said */
};

/* Finds the command, the program's options and what is left to the command; `words` are borrowed by
 * both. */
bool cli_parse(
    struct cli *cli, struct cli_given *given, char **words, int count, struct error *err);
/* NULL: it was not said. */
const char *cli_given_value(const struct cli_given *given, const char *name);
/* False (ERROR_USAGE) where an option was said that only who starts the program may say. */
bool cli_allow_given(const struct cli_given *given, struct error *err);
/* Has every option do to `cli` what it says. */
bool cli_take_given(struct cli *cli, const struct cli_given *given, struct error *err);
/* What --lang says, looked for before anything else, so that what is wrong with the rest is said in
 * that language. NULL: nothing, or no language. */
const char *cli_language_asked(char **words, int count);

#endif
