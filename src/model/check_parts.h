/* check_parts: what the files of the check share. */
#ifndef MODEL_CHECK_PARTS_H
#define MODEL_CHECK_PARTS_H

#include "model/check.h"
#include "store/db.h"

/* check.c */
bool check_each(struct db *db, enum statement id, struct findings *findings,
    void (*look)(struct db_statement *row, struct findings *findings), struct error *err);
void check_say_object(void *findings, const char *type, const char *name, bool there);

/* check_rows.c: of the rules, those that check_repair can put right */
bool check_derived(struct model *model, struct findings *findings, struct error *err);

/* check_repair.c: makes the counts anew, within a write transaction */
bool check_recount(struct db *db, struct error *err);

#endif
