/* importing: ledgers put in by hand, and what became of them, for tests. */
#ifndef HARNESS_IMPORTING_H
#define HARNESS_IMPORTING_H

#include "model/import.h"

extern const char importing_three[]; /* a ledger of three tasks */
/* A new database, opened as the duty officer. */
struct model *importing_open(void **state, char path[static 256]);
/* A ledger of one heading line: cells divided by |, rows by line ends; the first row names fields.
 */
struct import *importing_ledger(struct model *model, const char *text);
/* Fails the test, telling the plan, unless so many rows are of each kind. */
void importing_expect(
    const struct import_plan *plan, size_t new, size_t changed, size_t same, size_t refused);
/* Fails the test unless the query gives that number. */
void importing_number(const char *path, const char *sql, int64_t value);
/* Writes a ledger; so many rows are new, changed and the same. */
void importing_write(struct model *model, const char *text, const struct import_options *options,
    size_t new, size_t changed, size_t same);
/* Refused with these words, and nothing written. */
void importing_refuse(struct model *model, const char *path, const char *text,
    const struct import_options *options, const char *words);

#endif
