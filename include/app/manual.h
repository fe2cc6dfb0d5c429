/* manual: what is printed from the tables: the man page, the shell completion, and the lists the
 * help shares with them. What has no table elsewhere (exit statuses, files, environment, examples,
 * the grammar of filters) has it here. */
#ifndef APP_MANUAL_H
#define APP_MANUAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "ui/action.h"

struct manual_row {
    const char *name,
        *help; /* both N_(), the name where it holds words; a table ends with a NULL name */
};
extern const struct manual_row manual_statuses[];
extern const struct manual_row manual_files[];
extern const struct manual_row manual_environment[];
extern const struct manual_row manual_examples[];
extern const struct manual_row manual_filter[];
extern const char *const manual_filter_intro; /* N_() */

/* Actions are listed group by group, in the order in which the groups first stand in the table:
 * whether row `index` is the first of its group. */
bool manual_group_begins(const struct action *table, size_t index);

/* The man page as roff source in UTF-8, in the language of the moment. */
void manual_print(struct strbuf *out);
/* A function for bash: commands, options, topics, names of themes and the words of filters. */
void completion_print(struct strbuf *out);

#endif
