/* plain: `duban --plain`, a session of lines for screen readers and for the worst links: a prompt,
 * a line with a command, an answer in lines. No cursor is moved and no colour set, not one escape
 * sequence is sent; the terminal edits the line itself, so that a key costs no round trip.
 *
 * Commands are those of the command line under their own names, with short words for what is said
 * often (plain_words). Tasks that were listed have numbers, which stand for their names wherever a
 * command is told a task. Before each prompt stands what others changed since the one before; while
 * somebody types nothing is printed and nothing is done.
 *
 * With lines from a pipe or a file the same is done without prompts, pages and news; where there is
 * not one line the board is printed once. The status is then that of the first line whose status is not 0.
 *
 * A session ends with q, at the end of its input, with the line, and when it is told to. What was
 * being answered to a form is then kept as a draft, which the form of the board offers too. */
#ifndef APP_PLAIN_H
#define APP_PLAIN_H

#include <stdbool.h>

#include "app/cli.h"

/* Whether --plain means a session here: there is a terminal, or lines come from a pipe or a file.
 */
bool plain_has_lines(void);
/* `*any` false: there was not one line, and nothing has been printed. */
int plain_run(struct cli *cli, bool *any, struct error *err);

/* Everything that can be said, for help; the words of the command line stand in cli_commands. */
void plain_describe(struct strbuf *out);

#endif
