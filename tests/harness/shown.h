/* shown: all that a model tells about its tasks, as text, for comparing what two people see. Ids
 * and numbers of lines of the history are left out or masked: they are not told apart from one
 * database to another. */
#ifndef HARNESS_SHOWN_H
#define HARNESS_SHOWN_H

#include "base/strbuf.h"
#include "model/model.h"

/* Lists, counts, matrices, scorecards, trends, desks, reminders, alarms, look-ups and searches, in
 * every form they are given in. What is shown of `numbers`: what may be asked for by "2-NNN". */
void shown_numbers(struct model *model, int numbers, struct strbuf *out);
/* The tasks whole with their lines, the history, the handover since its beginning, notes, drafts
 * and the bulletin. */
void shown_lines(struct model *model, struct strbuf *out);

/* The ids that a filter finds, in the order of the numbers; or what is said of the filter. */
void shown_filter(struct model *model, const char *filter, struct strbuf *out);

/* Fails the test at the first line in which they differ. */
void shown_same(const struct strbuf *seen, const struct strbuf *expected, const char *of);

#endif
