/* settings: reading libconfig files. The one owner of libconfig.
 *
 * A file is read whole; what is wrong with its grammar is an error with file and line. Values are
 * then asked for by path ("board.refresh", "themes.[0].name"). Every value remembers its line, and
 * settings_visit names each one there is, so that the caller can refuse names it does not know. */
#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct settings;

enum settings_type { SETTINGS_NONE, SETTINGS_INT, SETTINGS_BOOL, SETTINGS_FLOAT, SETTINGS_STRING, SETTINGS_GROUP, SETTINGS_LIST };

bool settings_read_file(const char *path, struct settings **out, struct error *err);
bool settings_read_text(const char *name, const char *text, struct settings **out, struct error *err);
void settings_free(struct settings *settings);

const char *settings_name(const struct settings *settings);  /* the file, for messages */
enum settings_type settings_type(const struct settings *settings, const char *path);
int settings_line(const struct settings *settings, const char *path); /* 0 when not there */
size_t settings_count(const struct settings *settings, const char *path); /* members of a group or list */
const char *settings_member(const struct settings *settings, const char *path, size_t index); /* name of a group's member */

/* False, `out` untouched, when there is no such value or it is of another type. */
bool settings_int(const struct settings *settings, const char *path, int *out);
bool settings_bool(const struct settings *settings, const char *path, bool *out);
bool settings_string(const struct settings *settings, const char *path, const char **out); /* borrowed */

/* Calls `visit` with the path of every scalar, depth first, in file order; stops at false. */
bool settings_visit(const struct settings *settings,
    bool (*visit)(void *context, const char *path, int line), void *context);

#endif
