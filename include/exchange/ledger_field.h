/* ledger_field: what the columns of ledgers are called, in Chinese and English: the one table by
 * which ledgers are read and tables are written, so that what was written is read back as it was.
 *
 * Two headings are the same without blanks, line ends, what stands in brackets, and marks such as *
 * and :, whatever the case: "责任单位（牵头）*" is 责任单位. A heading that says of which days its
 * column is, is the one without them: 截至11月20日进展情况, 本周进展. */
#ifndef EXCHANGE_LEDGER_FIELD_H
#define EXCHANGE_LEDGER_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

enum ledger_flags {
    LEDGER_IDENTITY = 1, /* blank below itself it goes on where that is asked for (merged cells) */
    LEDGER_TASK = 2,     /* said once of a task that goes on in further rows */
    LEDGER_MANY = 4,     /* may stand in several columns, which are told one after the other */
    LEDGER_REGION = 8,   /* of the place: city, county, township */
};

struct ledger_field {
    const char *name; /* of model/field.h, "city", "county", "township", "is_closed", "version" */
    const char *zh, *en; /* the heading that is written */
    const char *others;  /* further headings, blanks between; '_' for a blank */
    unsigned flags;
};
extern const struct ledger_field ledger_fields[]; /* in the order in which they are written */
extern const size_t ledger_field_count;

/* By its heading in a file; NULL when it is none of them. */
const struct ledger_field *ledger_field_find(const char *heading);
/* By its name, or by a heading: what a person says after --map. */
const struct ledger_field *ledger_field_named(const char *typed);
/* The field of model/field.h that it tells (city: region; is_closed: state); of version none. */
const char *ledger_field_told(const struct ledger_field *field);
/* What is written and not read again, since it follows from the rest: due days light reported
 * updated by; NULL when it is none of them. */
const struct ledger_field *ledger_field_derived(const char *name);
bool ledger_field_is_derived(const char *heading); /* as it is written, in either language */
/* The heading in the language chosen. */
const char *ledger_field_heading(const struct ledger_field *field);

/* What two headings are compared by. */
void ledger_field_key(struct strbuf *out, const char *heading);

#endif
