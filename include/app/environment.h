/* environment: what a process takes over from whoever started it, where that was somebody's SSH
 * client.
 *
 * Where duban is somebody's forced command (--as, and sshd's SSH_CONNECTION or
 * SSH_ORIGINAL_COMMAND) only these variables stay, and only with values of the right form:
 *
 *   TERM                         a name; never the path of a description
 *   LANG LC_ALL LC_CTYPE LC_MESSAGES   a name; never a locale by its path
 *   COLUMNS LINES                1 to 1000
 *   NO_COLOR                     whether it is there
 *   SSH_CONNECTION SSH_TTY SSH_ORIGINAL_COMMAND   which sshd makes
 *
 * A client that says nothing of a locale, as PuTTY does, or whose LANG is C or POSIX, as a server's
 * own default often is, gets C.UTF-8, in Chinese. LC_ALL or LC_CTYPE of C means it: ASCII. */
#ifndef APP_ENVIRONMENT_H
#define APP_ENVIRONMENT_H

/* Before anything reads the environment: locale, terminal, temporary files. Does nothing to who was
 * not let in by sshd. Beside the variables: no descriptors but the three standard ones, no signals
 * ignored or held back by who started us, files for the owner alone, no dumps of memory. */
void environment_confine(int argc, char **argv);

#endif
