/* found: what a check finds in a database, for tests. */
#ifndef HARNESS_FOUND_H
#define HARNESS_FOUND_H

#include "model/check.h"

struct found {
    size_t count, faults; /* faults: those left */
    int64_t kind[FINDING_KIND_COUNT], repaired[FINDING_KIND_COUNT];
    int64_t outside; /* lines of the history */
    char all[20000]; /* "KIND IDENT SEQ: sentence", one a line, as far as there is room */
};

/* Every part of the check; fails the test when one could not look. */
void found_in_model(struct model *model, struct found *out);
void found_in(const char *path, struct found *out);
/* What a test must not leave wrong whose tasks are only rows: the history and all it leads to,
 * references and counts. */
void found_in_history(struct model *model, struct found *out);
/* With the repair before it. */
void found_repairing(const char *path, struct found *out);

/* Fails the test, telling all that was found, unless there was a finding of the kind with these
 * words. */
void found_expect(const struct found *found, enum finding_kind kind, const char *words);
void found_expect_nothing(const struct found *found);

/* For a test that calls one part itself. */
void found_note(void *context, const struct finding *finding);

#endif
