/* scorecard_write: a scorecard for other programs to read: as CSV and as JSON, with the same lines
 * in the same order, best first. */
#ifndef EXCHANGE_SCORECARD_WRITE_H
#define EXCHANGE_SCORECARD_WRITE_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "exchange/json_write.h"
#include "model/scorecard.h"

/* RFC 4180, UTF-8 without a mark at its beginning. A row for each unit: rank, unit, score, last
 * month's score, open tasks, then of each column its number and, where it is a part of something,
 * what of; of this month, then the same of last month. What is not there is empty. */
void scorecard_write_csv(const struct scorecard *card, struct strbuf *out);
/* units month today filter; lines[], each of those {key label filter rank open this last
 * overdue_weeks[]}: `this` and `last` are {score on_time reports overdue days returned notices
 * unaccepted}, of those on_time, reports and overdue {part whole}, the others numbers. `key` is the
 * code of a place or the full name of a department, null where tasks have no lead; rank and score
 * are null where there is nothing to be measured on; a score counts in points, of a hundred.
 * `filter` finds the unit's tasks. */
bool json_scorecard(struct json *json, struct model *model, const struct scorecard *card);

#endif
