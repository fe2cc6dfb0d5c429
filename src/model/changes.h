/* changes: what of the tasks has changed, gathered: up to so many of them, and beyond that all. */
#ifndef MODEL_CHANGES_H
#define MODEL_CHANGES_H

#include "model/model.h"

void changes_all(struct changes *changes);
void changes_task(struct changes *changes, int64_t task);

#endif
