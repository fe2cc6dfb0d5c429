/* sample_rows: the tasks of sample-data and what belongs to them, read whole before anything is
 * written, because the history is derived from all of it. Every file is one row of a table of kinds
 * and holds its values in the order of its columns, which is also the order of the binds. */
#ifndef MODEL_SAMPLE_ROWS_H
#define MODEL_SAMPLE_ROWS_H

#include "sample_read.h"
#include "sample_units.h"

enum sample_kind {
    SAMPLE_TASKS,
    SAMPLE_MEASURES,
    SAMPLE_TARGETS,
    SAMPLE_REPORTS,
    SAMPLE_NOTICES,
    SAMPLE_REVIEWS,
    SAMPLE_PUBLICITIES,
    SAMPLE_OBJECTIONS,
    SAMPLE_EXTENSIONS,
    SAMPLE_KINDS
};

/* Values by column. The lists of a task stand in struct sample_task; in the place of `responsible`,
 * which is nothing but a list, its row holds the source. A report's period and unit become two
 * values each. */
enum {
    TASK_TITLE,
    TASK_PROBLEM,
    TASK_GOAL,
    TASK_CATEGORY,
    TASK_STATE,
    TASK_RETURNED,
    TASK_LISTED,
    TASK_PROGRESS,
    TASK_PERCENT,
    TASK_DEADLINE,
    TASK_DEADLINE_KIND,
    TASK_DEADLINE_RAW,
    TASK_ASSIGNED_ON,
    TASK_LEAD,
    TASK_SUPERVISOR,
    TASK_REGION,
    TASK_SPONSOR,
    TASK_SOURCE,
    TASK_OFFICER,
    TASK_PHONE,
    TASK_DONE_ON,
    TASK_SUBMITTED_ON,
    TASK_CLOSED_ON,
    TASK_CLOSE_DOCUMENT
};
enum { MEASURE_POSITION, MEASURE_TEXT, MEASURE_DUE_ON, MEASURE_DONE_ON, MEASURE_WAIVED };
enum {
    REPORT_START,
    REPORT_REGION,
    REPORT_REPORTER,
    REPORT_AT,
    REPORT_PERCENT,
    REPORT_PROGRESS,
    REPORT_TEXT,
    REPORT_PROBLEMS,
    REPORT_NEXT,
    REPORT_END,
    REPORT_DEPARTMENT
};
enum {
    NOTICE_LEVEL,
    NOTICE_DOCUMENT,
    NOTICE_ISSUER,
    NOTICE_REASON,
    NOTICE_ISSUED_ON,
    NOTICE_REPLY_DUE,
    NOTICE_REPLIED_ON,
    NOTICE_REPLY,
    NOTICE_LIFTED_ON
};
enum {
    REVIEW_LEVEL,
    REVIEW_RESULT,
    REVIEW_REVIEWED_ON,
    REVIEW_DEPARTMENT,
    REVIEW_REVIEWER,
    REVIEW_CONCLUSION
};
enum { PUBLICITY_STARTS_ON, PUBLICITY_ENDS_ON };
enum {
    OBJECTION_PUBLICITY,
    OBJECTION_RAISED_ON,
    OBJECTION_CHANNEL,
    OBJECTION_RAISER,
    OBJECTION_TEXT,
    OBJECTION_SETTLED_ON,
    OBJECTION_SETTLEMENT,
    OBJECTION_UPHELD
};
enum {
    EXTENSION_OLD,
    EXTENSION_NEW,
    EXTENSION_REASON,
    EXTENSION_ASKED_ON,
    EXTENSION_ASKED_BY,
    EXTENSION_DECIDED_ON,
    EXTENSION_DECIDED_BY,
    EXTENSION_APPROVED,
    EXTENSION_COMMENT
};

struct sample_value {
    enum { VALUE_NULL, VALUE_NUMBER, VALUE_TEXT, VALUE_DAY, VALUE_MOMENT } type;
    int64_t number;   /* a date_t, a moment_t, an id, the index of a word */
    const char *text; /* borrowed from the file or from a table of words */
};
#define SAMPLE_VALUES_MOST 24

struct sample_row {
    int line;
    size_t task; /* index among the tasks; of a task its own */
    int64_t id;
    int64_t seq; /* of the last event it stands for */
    struct sample_value value[SAMPLE_VALUES_MOST];
};

/* What a task has beside its row. */
struct sample_task {
    const struct sample_source *source;
    const char *number;
    int part, position;
    size_t parent; /* index; its own where it is no part */
    char ident[24];
    int64_t region[SAMPLE_LIST_MOST], lead[SAMPLE_LIST_MOST], responsible[SAMPLE_LIST_MOST];
    size_t regions, leads, responsibles;
};

struct sample_table {
    struct sample_file file;
    struct sample_row *row;
    size_t count, capacity;
};

struct sample_rows {
    struct sample_table table[SAMPLE_KINDS];
    struct sample_task *task; /* as many as the table of tasks has rows */
    size_t task_capacity;
};

bool sample_rows_read(struct sample_rows *rows, const struct sample_units *units,
    const char *folder, const struct sample_clock *clock, struct error *err);
void sample_rows_clear(struct sample_rows *rows);

/* The values of a row, DATE_NONE and "" where it has none. */
date_t sample_row_day(const struct sample_row *row, int value);
const char *sample_row_text(const struct sample_row *row, int value);
/* How many values a row of this kind binds, and the column of one of them for messages. */
size_t sample_value_count(enum sample_kind kind);
const char *sample_value_column(enum sample_kind kind, int value);

#endif
