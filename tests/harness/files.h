/* files: what tests do with files and other programs. */
#ifndef HARNESS_FILES_H
#define HARNESS_FILES_H

#include <stdbool.h>

#include "base/strbuf.h"

/* Runs a shell command with nothing to read; all it says is added to `said`. True for status 0. */
bool command_run(const char *command, struct strbuf *said);
bool file_read(const char *path, struct strbuf *out); /* errno tells why not */
bool file_write(const char *path, const char *text);

#endif
