/* sample: fills a new database with sample-data, shifted so that its fixed date is today, or one
 * that has no places yet with the real part of it only, and makes any number of further tasks for
 * measuring. Each is one write transaction: all or nothing. */
#ifndef MODEL_SAMPLE_H
#define MODEL_SAMPLE_H

#include "base/error.h"
#include "model/model.h"

/* `folder` is sample-data. All or nothing; a bad line is named with file, line and column. */
bool sample_load(struct model *model, const char *folder, struct error *err);
/* The places and departments alone: nothing that was made up. The units of `model` stay those of
 * when it was opened. Refused where there is any already. */
bool sample_load_places(struct model *model, const char *folder, struct error *err);
/* `count` tasks in a source of their own, the same for the same seed, spread as the real ones are.
 * `progress` is told how many are there, now and then. */
bool sample_generate(struct model *model, int64_t count, unsigned seed,
    void (*progress)(void *context, int64_t done, int64_t count), void *context, struct error *err);

#endif
