/* target_lines: the measurable goals of a task as a text that a person edits, one a line:
 *
 *   近岸海域优良水质比例 | 92 | % | 2027年底前
 *   建成省级监测站 | | | 2026-06-30
 *
 * what is measured or to be done, the figure, its unit, and by when; what is empty at the end is
 * left out. A day in words is kept in its words, and as a day where they name one. What is written
 * here is read back the same. */
#ifndef MODEL_TARGET_LINES_H
#define MODEL_TARGET_LINES_H

#include "base/strbuf.h"
#include "model/change.h"
#include "model/task_detail.h"

/* "92%", "17公里", "40 km", "90%以上" of 90以上 and % */
void target_figure(const char *value, const char *unit, struct strbuf *out);
/* The words of the day, or the day. */
void target_by(const struct task_target *target, struct strbuf *out);

enum target_column {
    TARGET_TEXT,
    TARGET_VALUE,
    TARGET_UNIT,
    TARGET_BY,
    TARGET_BY_RAW,
    TARGET_COLUMNS
};

/* For tables, which take a cell for lines where it has a bar behind a blank: one goal that has none
 * is its text, several have one on each line. */
void target_lines_write(const struct task_target *targets, size_t count, struct strbuf *out);
/* Caller clears each. TARGET_BY is a day or "". */
void target_line_read(const char *line, size_t bytes, struct strbuf cell[TARGET_COLUMNS]);

/* What stands of the task. Caller frees. */
bool target_lines_read(struct db *db, int64_t task_id, char **lines, struct error *err);
/* Puts into `change` what makes the lines of the task: rows come, go and change by their position.
 * ERROR_INPUT names the line that is wrong. */
bool target_lines_put(struct db *db, struct change *change, const char *lines, struct error *err);

#endif
