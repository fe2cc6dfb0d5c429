/* remind_command: one reminder handed to the command that a person configured. */
#ifndef APP_REMIND_COMMAND_H
#define APP_REMIND_COMMAND_H

#include <signal.h>
#include <stdbool.h>

#include "model/remind.h"

struct remind_command {
    const char *command;
    int seconds;
    const sigset_t *signals;
};

/* Runs /bin/sh -c COMMAND with the sentence as its input, the facts in its environment and its
 * output on our standard error; nothing of the reminder is part of the shell's text. False when it
 * cannot be started, ends with another status than 0, or is stopped after `seconds`. To be called
 * with SIGCHLD blocked and at its default; the command begins with the signal mask `signals`. */
bool remind_command_run(const struct remind_command *command, const struct model *model,
    const struct reminder *reminder, struct error *err);

#endif
