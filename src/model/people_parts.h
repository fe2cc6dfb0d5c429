/* people_parts: what the files about people share. */
#ifndef MODEL_PEOPLE_PARTS_H
#define MODEL_PEOPLE_PARTS_H

#include "model/change.h"
#include "model/history.h"
#include "model/people.h"

/* person.c: a row of PERSON_OF_LOGIN or PEOPLE_ALL without its key and origin. */
enum person_column {
    AT_PERSON_REACH = 4,
    AT_PERSON_DISABLED = 7,
    AT_PERSON_PHONE = 10,
    AT_PERSON_VERSION
};
void person_row(struct db_statement *row, struct person *out);

/* people.c */
bool people_allowed(struct model *model, struct error *err);
/* Within the caller's transaction, whoever asks. */
bool people_find(struct db *db, const char *login, struct person_record *out, struct error *err);
void person_record_clear(struct person_record *record);

/* people_change.c: who may, and the transaction with its line. The reason, as typed (NULL: none),
 * becomes its note. */
bool people_begin(struct model *model, struct error *err);
bool people_end(struct model *model, bool done, struct error *err);
bool people_reason(
    struct model *model, const char *typed, struct change *change, struct error *err);
bool people_line(struct model *model, const char *action, const char *login, struct change *change,
    struct error *err);

/* people_words.c: the line in words, for history_describe. */
void people_describe(const struct units *units, const struct event *event, struct strbuf *out);
/* Whose line it is; "" where it does not say. */
const char *people_whose(const struct event *event);
const struct field *person_field(const char *name); /* NULL: none such */

#endif
