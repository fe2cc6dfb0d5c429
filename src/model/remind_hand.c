/* The row of a reminder while it is handed on: claimed, then recorded or given back. */
#include <stdlib.h>

#include "base/language.h"
#include "member.h"
#include "model/history.h"
#include "model/remind.h"
#include "remind_ladder.h"
#include "remind_words.h"
#include "store/db.h"

static bool start(struct model *model, enum statement id, const struct reminder *reminder,
    struct db_statement **out, struct error *err)
{
    char key[11];
    if (!db_statement(model_db(model), id, out, err))
        return false;
    db_bind_int(*out, 1, reminder->task_id);
    db_bind_text(*out, 2, reminder->rung);
    db_bind_text(*out, 3, date_format(reminder->key, key));
    return true;
}

/* Ends the transaction that `good` began. */
static bool finish(struct model *model, bool good, struct error *err)
{
    if (good)
        return db_write_commit(model_db(model), err);
    db_write_rollback(model_db(model));
    return false;
}

/* An unsure one has its row already, which stays. */
static bool take(struct model *model, const struct reminder *reminder, bool again, bool *claimed,
    struct error *err)
{
    struct db_statement *claim;
    enum statement id = reminder->kind == RUNG_UNREPORTED ? REMIND_CLAIM_REPORT : REMIND_CLAIM_DUE;
    *claimed = again && reminder->unsure;
    if (reminder->unsure)
        return true;
    if (!start(model, id, reminder, &claim, err) || !db_run(claim, err))
        return false;
    *claimed = db_changes(model_db(model)) == 1;
    return true;
}

bool remind_claim(struct model *model, const struct reminder *reminder, bool again, bool *claimed,
    struct error *err)
{
    *claimed = false;
    if (model_person(model)->role < PERSON_OFFICER)
        return error_set(err, ERROR_PERMISSION,
            _("reminders are handed on by duty officers and administrators, not by %s"),
            model_person(model)->name);
    if (!db_write_begin(model_db(model), err))
        return false;
    bool is;
    bool good = model_person_still(model, err) &&
                member_in_reach(model, reminder->task_id, &is, err) &&
                (!is || take(model, reminder, again, claimed, err));
    return finish(model, good, err);
}

static bool skip_older(struct model *model, const struct reminder *reminder, struct error *err)
{
    struct rung reached[LADDER_MOST];
    date_t today = reminder->due - reminder->days;
    size_t count = ladder_reached(model_rules(model), reminder->due, today, reached);
    for (size_t i = 0; i + 1 < count; i++) {
        struct reminder older = *reminder;
        struct db_statement *skip;
        rung_name(reached[i].kind, reached[i].days, older.rung);
        if (!start(model, REMIND_SKIP, &older, &skip, err) || !db_run(skip, err))
            return false;
    }
    return true;
}

static bool record(
    struct model *model, const struct reminder *reminder, moment_t now, struct error *err)
{
    struct db_statement *handed;
    char at[25];
    if (!start(model, REMIND_HANDED, reminder, &handed, err))
        return false;
    db_bind_text(handed, 4, date_moment_format(now, at));
    return db_run(handed, err);
}

static bool tell_history(
    struct model *model, const struct reminder *reminder, moment_t now, struct error *err)
{
    struct strbuf words = {0};
    int64_t seq;
    remind_words(reminder, &words);
    const struct event event = {
        .at = now,
        .actor = model_person(model)->name,
        .origin = model_person(model)->origin,
        .action = (char *)"remind",
        .note = strbuf_take(&words),
        .task_id = reminder->task_id,
    };
    bool good = history_append(model_db(model), &event, &seq, err);
    free(event.note);
    return good;
}

bool remind_handed(struct model *model, const struct reminder *reminder, struct error *err)
{
    moment_t now = date_now();
    if (!db_write_begin(model_db(model), err))
        return false;
    bool good = record(model, reminder, now, err) &&
                (reminder->kind == RUNG_UNREPORTED || skip_older(model, reminder, err)) &&
                tell_history(model, reminder, now, err);
    return finish(model, good, err);
}

bool remind_release(struct model *model, const struct reminder *reminder, struct error *err)
{
    struct db_statement *release;
    if (reminder->unsure)
        return true;
    if (!db_write_begin(model_db(model), err))
        return false;
    bool good = start(model, REMIND_RELEASE, reminder, &release, err) && db_run(release, err);
    return finish(model, good, err);
}
