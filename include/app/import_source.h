/* import_source: "CODE=NAME", a source that is made with the tasks that come in, as a person types
 * it for --source and on the import screen. */
#ifndef APP_IMPORT_SOURCE_H
#define APP_IMPORT_SOURCE_H

#include <stdbool.h>

#include "model/import.h"

/* False where there is no "=": `typed` is a source that is there. Else `typed` is cut there and
 * borrowed by `out`, whose year is the first of the name, 0 where it has none. */
bool import_source_split(char *typed, struct import_source *out);

/* Whether it can be made, as far as it is seen without a database: code, name and year. */
bool import_source_check(const struct import_source *source, struct error *err);

#endif
