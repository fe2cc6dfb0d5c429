#include "writing.h"

#include <sys/statvfs.h>

#include "base/date.h"
#include "base/language.h"
#include "column.h"
#include "model/model.h"
#include "model/undo.h"
#include "store/db.h"

enum {
    MINUTE_MS = 60000,
    LINES_MOST =
        20000, /* looked at; where others write more than that in a minute nobody is held */
};

/* --- room ------------------------------------------------------------------------------------ */

bool writing_has_room(struct model *model, struct error *err)
{
    struct statvfs is;
    struct db *db = model_db(model);
    if (!model_acts_as(model) || statvfs(db_path(db), &is) != 0)
        return true;
    unsigned long long left = (unsigned long long)is.f_bavail * is.f_frsize / 1048576;
    return left >= WRITING_MB_LEAST ||
           error_set(err, ERROR_REFUSED,
               _("%s: only %llu MB are left on its file system; below %d MB nothing more is "
                 "written but drafts; tell whoever looks after the server"),
               db_path(db), left, WRITING_MB_LEAST);
}

/* --- pace ------------------------------------------------------------------------------------ */

static bool is_bounded(const struct model *model)
{
    enum person_role role = model_person(model)->role;
    return model_acts_as(model) && model_rules(model)->changes_most > 0 && role != PERSON_OFFICER &&
           role != PERSON_ADMIN;
}

struct pace {
    moment_t now;
    int left;      /* that may still be found */
    moment_t last; /* of the one that left none: when it is a minute old it goes on */
};

/* Rows of {when, whether theirs}, the newest first. A clock that was set back leaves lines of times
 * to come, which are no sign of haste. */
static bool count(
    struct db *db, enum statement id, const char *whose, struct pace *pace, struct error *err)
{
    struct db_statement *row;
    enum db_step step = DB_DONE;
    if (!db_statement(db, id, &row, err))
        return false;
    db_bind_text(row, 1, whose);
    db_bind_int(row, 2, LINES_MOST);
    while (pace->left > 0 && (step = db_step(row, err)) == DB_ROW) {
        moment_t at = column_moment(row, 0);
        if (at <= pace->now - MINUTE_MS)
            break;
        if (at > pace->now || db_int(row, 1) == 0)
            continue;
        pace->last = at;
        pace->left--;
    }
    db_reset(row);
    return step != DB_FAILED;
}

static bool keeps_pace(struct model *model, struct db *db, struct error *err)
{
    const struct person *person = model_person(model);
    int most = model_rules(model)->changes_most;
    struct pace pace = {.now = date_now(), .left = most};
    if (!is_bounded(model))
        return true;
    if (!count(db, WRITING_LINES, person->login, &pace, err) ||
        !count(db, WRITING_NOTES, person_key(person), &pace, err))
        return false;
    int seconds = (int)((pace.last + MINUTE_MS - pace.now) / 1000) + 1;
    return pace.left > 0 ||
           error_set(err, ERROR_REFUSED,
               ngettext("%s has made %d changes within a minute, and more are not taken "
                        "(session.changes); it goes on in %d second",
                   "%s has made %d changes within a minute, and more are not taken "
                   "(session.changes); it goes on in %d seconds",
                   (unsigned long)seconds),
               person->name, most, seconds);
}

bool writing_takes(const struct model *model, size_t tasks, struct error *err)
{
    return !is_bounded(model) || tasks <= UNDO_SPAN_MOST ||
           error_set(err, ERROR_REFUSED,
               _("%zu tasks at once: %s may take in %d, what can be taken back in one step; divide "
                 "the file"),
               tasks, model_person(model)->name, UNDO_SPAN_MOST);
}

/* --- a write --------------------------------------------------------------------------------- */

bool writing_begin(struct model *model, bool adds, struct error *err)
{
    struct db *db = model_db(model);
    if (!model_may_write(model, err) || !writing_has_room(model, err) || !db_write_begin(db, err))
        return false;
    if (model_person_still(model, err) && (!adds || keeps_pace(model, db, err)))
        return true;
    db_write_rollback(db);
    return false;
}

bool writing_end(struct model *model, bool done, struct error *err)
{
    if (done)
        return db_write_commit(model_db(model), err);
    db_write_rollback(model_db(model));
    return false;
}
