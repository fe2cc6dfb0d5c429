/* sample_read: one file of sample-data, a row at a time. UTF-8, tabs between the fields, the first
 * line names the columns, "#" begins a remark. The first fault is kept in the error with file, line
 * and column; after it every getter gives an empty value, so that a caller may read a whole row and
 * ask once. */
#ifndef MODEL_SAMPLE_READ_H
#define MODEL_SAMPLE_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/error.h"
#include "model/task.h"

#define SAMPLE_COLUMNS_MOST 32
#define SAMPLE_LIST_MOST 24

/* The files tell of a fixed day, `reference`; on load it becomes `today`. */
struct sample_clock {
    date_t reference, today;
    moment_t now;
};

struct sample_file {
    const char *name;   /* tasks.tsv */
    char *bytes, *next; /* the whole text; where the next line begins */
    char *column[SAMPLE_COLUMNS_MOST];
    char *field[SAMPLE_COLUMNS_MOST]; /* of this row; borrowed from `bytes` until the file is closed
                                       */
    size_t columns;
    int line;
    const struct sample_clock *clock;
    struct error *err;
    bool failed;
    char *names; /* what `column` points into */
};

/* `columns`: the names the header must have, in order, with blanks between. */
bool sample_file_open(struct sample_file *file, const char *folder, const char *name,
    const char *columns, const struct sample_clock *clock, struct error *err);
void sample_file_close(struct sample_file *file);
/* The next row; false at the end and after a fault: `failed` tells which. */
bool sample_file_next(struct sample_file *file);

/* "tasks.tsv, line 12, column deadline: " before the sentence. Keeps the first fault only. */
void sample_fault(struct sample_file *file, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

const char *sample_text(struct sample_file *file, const char *column);   /* "" where empty */
const char *sample_needed(struct sample_file *file, const char *column); /* a fault where empty */
/* One of `choices` (ends with NULL); the first of them where the field is empty. */
const char *sample_choice(struct sample_file *file, const char *column, const char *const *choices);
/* The same with a table of words: its index, `fallback` where the field is empty. */
int sample_word(struct sample_file *file, const char *column, const struct word *table,
    size_t count, int fallback);
int sample_number(struct sample_file *file, const char *column, int least, int most, int fallback);
/* The pieces between ";", cut in place: ask once a row. Returns how many. */
size_t sample_list(struct sample_file *file, const char *column, char *pieces[SAMPLE_LIST_MOST]);

/* A date shifted to today; one that begins with "=" stays. DATE_NONE where empty. */
date_t sample_date(struct sample_file *file, const char *column);
/* The same for what has happened: later than today is a fault. */
date_t sample_past(struct sample_file *file, const char *column);
date_t sample_past_needed(struct sample_file *file, const char *column);
/* Any day as it stands in the file, not shifted. */
date_t sample_day(struct sample_file *file, const char *column);

#endif
