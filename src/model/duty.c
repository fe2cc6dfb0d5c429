#include "duty.h"

#include "column.h"
#include "store/db.h"

static bool ask(struct db *db, enum statement id, const char *now, struct db_statement **row,
    enum db_step *step, struct error *err)
{
    if (!db_statement(db, id, row, err))
        return false;
    db_bind_text(*row, 1, now);
    *step = db_step(*row, err);
    return *step != DB_FAILED;
}

bool duty_read(struct db *db, moment_t now, struct duty *out, struct error *err)
{
    struct duty duty = {.from = now, .until = INT64_MAX};
    struct db_statement *row;
    enum db_step step;
    char text[25];
    date_moment_format(now, text);
    bool ok = ask(db, MODEL_DUTY_NOW, text, &row, &step, err);
    if (ok && step == DB_ROW) {
        column_copy(row, 0, duty.name, sizeof duty.name);
        duty.until = column_moment(row, 1);
    }
    if (ok) {
        db_reset(row);
        ok = ask(db, MODEL_DUTY_NEXT, text, &row, &step, err);
    }
    if (ok && step == DB_ROW && !db_is_null(row, 0) && column_moment(row, 0) < duty.until)
        duty.until = column_moment(row, 0);
    if (ok) {
        db_reset(row);
        *out = duty;
    }
    return ok;
}
