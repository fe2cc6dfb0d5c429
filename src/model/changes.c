#include "changes.h"

void changes_all(struct changes *changes)
{
    changes->any = changes->all = true;
    changes->count = 0;
}

void changes_task(struct changes *changes, int64_t task)
{
    for (size_t i = 0; i < changes->count; i++)
        if (changes->tasks[i] == task)
            return;
    if (changes->count == CHANGES_MOST)
        changes_all(changes);
    else
        changes->tasks[changes->count++] = task;
}

void changes_add(struct changes *into, const struct changes *more)
{
    into->any |= more->any;
    into->freshness |= more->freshness;
    if (more->all)
        changes_all(into);
    for (size_t i = 0; i < more->count && !into->all; i++)
        changes_task(into, more->tasks[i]);
}
