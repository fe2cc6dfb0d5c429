/* notice_propose: a public notice as one kind of file that tasks come in (exchange/import_kind.h):
 * each of its tasks (exchange/notice_read.h) is one proposal.
 *
 * What is said in passing is told as words (model/import.h): the inspection, the place, the title
 * where it is cut out of a longer text. Measures that are numbered are told one by one. Work done
 * and effects stand with the notice, as do its days and where objections go: without its first and
 * last day nothing of them is taken over. A task that is said to be done is on public notice. What
 * was passed over is told, what is damaged or in doubt is a warning. */
#ifndef EXCHANGE_NOTICE_PROPOSE_H
#define EXCHANGE_NOTICE_PROPOSE_H

#include "exchange/import_kind.h"

int notice_detect(const struct import_document *document);
bool notice_propose(const struct import_document *document, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err);

#endif
