/* cli_remote: the command that somebody sent over SSH, where sshd runs duban for them whatever they
 * ask for: `duban --db FILE --as LOGIN` as the forced command of their key.
 *
 * sshd leaves what they asked for in SSH_ORIGINAL_COMMAND. It is split into words (base/words.h)
 * and parsed as a command line of duban; a leading "duban" is passed over. No shell ever sees it.
 * Who asks for a shell, for scp, sftp, rsync or git gets one sentence and status 2. */
#ifndef APP_CLI_REMOTE_H
#define APP_CLI_REMOTE_H

#include "app/cli.h"

/* Whether there is such a command, and the own command line, which comes first, leaves room for
 * one. */
bool cli_has_original(const struct cli *cli);
/* Runs it; what was wrong with its words stands in `err`, all else has been said. */
int cli_run_original(struct cli *cli, struct error *err);

#endif
