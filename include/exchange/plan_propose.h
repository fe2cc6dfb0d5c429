/* plan_propose: a plan as one kind of file that tasks come in (exchange/import_kind.h): each of its
 * measures (exchange/plan_read.h) is a task of
 * the place that its title, or who issued it, names (import_document).
 *
 * Its number is that of the measure, 2-1 as 2之1; its text is a measure of the task, or each of its
 * paragraphs that has a clause of its own. Figures with their years, and days besides the deadline,
 * are lines of its goal. What was passed over or could not be read is told; a number that is there
 * twice is a problem. */
#ifndef EXCHANGE_PLAN_PROPOSE_H
#define EXCHANGE_PLAN_PROPOSE_H

#include "exchange/import_kind.h"

int plan_detect(const struct import_document *document);
bool plan_propose(const struct import_document *document, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err);

#endif
