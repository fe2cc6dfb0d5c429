/* notes: a database and what can be written into the simplest of its tables. Each function fails
 * the test when it cannot do what it says; those that return bool may be used in another process.
 */
#ifndef HARNESS_NOTES_H
#define HARNESS_NOTES_H

#include "store/db.h"

struct db *notes_make(void *folder, const char *name);
struct db *notes_open(void *folder, const char *name, enum db_mode mode);
void notes_refused(
    void *folder, const char *name, enum db_mode mode, enum error_code code, const char *said);

bool notes_put(struct db *db, const char *name, const char *value);    /* within a write */
bool notes_write(struct db *db, const char *name, const char *value);  /* a write of its own */
void notes_expect(struct db *db, const char *name, const char *value); /* NULL: not there */
int64_t notes_count(struct db *db, const char *sql);                   /* one number */

#endif
