/* cli_told: what the words after a command tell an action: NAME=VALUE, with the values read as a
 * person writes them. A text that is "-" is standard input. */
#ifndef APP_CLI_TOLD_H
#define APP_CLI_TOLD_H

#include "app/cli.h"
#include "model/work.h"

struct told {
    const struct cli *cli;     /* whose input "-" is */
    struct argument *argument; /* names and values are owned */
    size_t count, capacity;
    uint64_t implied; /* which of the first 64 came with another: the words of a day */
    bool input_read;
};
void told_clear(struct told *told);

/* `typed` is as the shell gave it. ERROR_USAGE where the action is told no such thing, or was told
 * it already. */
bool told_add(struct told *told, const struct units *units, const char *action, const char *name,
    const char *typed, struct error *err);
/* "NAME=VALUE" */
bool told_add_word(struct told *told, const struct units *units, const char *action,
    const char *word, struct error *err);

/* --- for help and lists -------------------------------------------------------------------- */

/* The action of the workflow; NULL with a suggestion. */
const struct transition *told_action(const char *name, struct error *err);
/* "level=county|city|province conclusion=TEXT [reviewed_on=DATE]" */
void told_describe(const char *action, struct strbuf *out);

extern const struct cli_list told_actions; /* what `do` can do */
extern const struct cli_list told_fields;  /* what `set` can change */
extern const struct cli_list told_new;     /* what `new` is told */

#endif
