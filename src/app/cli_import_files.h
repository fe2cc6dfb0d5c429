/* What `duban import` is told, and its files read into proposals. */
#ifndef APP_CLI_IMPORT_FILES_H
#define APP_CLI_IMPORT_FILES_H

#include "app/cli.h"
#include "cli_import_line.h"
#include "exchange/import_kind.h"
#include "model/import.h"

/* How each file was understood, in order; files with nothing in them only by a line. */
struct import_files {
    struct import_told *file;
    size_t count, capacity;
};
void import_files_clear(struct import_files *files);
/* Reads each word left as a file ("-": standard input) into `import`; how each was understood goes
 * to `files`; `line` tells how far it is. Goes on after a file with nothing in it; the first that
 * cannot be read ends it. */
bool import_files_read(struct import_line *line, const struct import_reading *reading,
    struct import *import, struct import_files *files, struct error *err);

extern const struct cli_list import_list; /* fields, with the headings that are known of each */

#endif
