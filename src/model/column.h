/* column: a value of the current row as the model keeps it. The edge between the database, which
 * anybody may have written, and the rest of the program: texts are scrubbed, a word that is in no
 * table and a date that is none read as their absence. Columns count from 0. */
#ifndef MODEL_COLUMN_H
#define MODEL_COLUMN_H

#include <stddef.h>

#include "base/date.h"
#include "model/task.h"
#include "store/db.h"

char *column_line(struct db_statement *statement, int column);  /* owned; one line */
char *column_lines(struct db_statement *statement, int column); /* owned; newlines stay */
void column_copy(
    struct db_statement *statement, int column, char *out, size_t room); /* one line, cut */
date_t column_date(struct db_statement *statement, int column);          /* or DATE_NONE */
moment_t column_moment(struct db_statement *statement, int column);      /* or 0 */
/* Index in a table of words; `otherwise` when it is null or in none of them. */
int column_word(struct db_statement *statement, int column, const struct word *table, size_t count,
    int otherwise);

/* The identity from three columns: source code, number, part. "" where the number is null,
 * "?" for a source that is not there; cut with "~" where it does not fit, so that it never reads as
 * another task's. */
#define IDENT_ROOM 24
void column_ident(struct db_statement *statement, int column, char out[static IDENT_ROOM]);

#endif
