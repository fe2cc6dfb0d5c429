/* Why a task is on the desk, in one line, and the day the debt is due. */
#include <stdlib.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "column.h"
#include "desk_parts.h"

struct telling {
    struct model *model;
    const struct today *today;
    const struct desk_entry *entry;
    struct desk_item *item;
    struct strbuf *out;
};

/* Within the year month and day, beyond it all of it. */
static const char *day(const struct telling *telling, date_t date, char out[static 11])
{
    int year, this_year, month, ignored;
    if (date == DATE_NONE)
        return "";
    date_parts(date, &year, &month, &ignored);
    date_parts(telling->today->date, &this_year, &month, &ignored);
    date_format(date, out);
    return year == this_year ? out + 5 : out;
}

/* Asks for the one row of a task; `found` false: there is none any more. */
static bool ask(const struct telling *telling, enum statement id, struct db_statement **row,
    bool *found, struct error *err)
{
    if (!db_statement(model_db(telling->model), id, row, err))
        return false;
    db_bind_int(*row, 1, telling->entry->id);
    enum db_step step = db_step(*row, err);
    *found = step == DB_ROW;
    if (!*found)
        db_reset(*row);
    return step != DB_FAILED;
}

/* --- sent back, asked to reply --------------------------------------------------------------- */

struct sent_back {
    date_t on;
    char *why;
    int level; /* -1: by no level of review */
};

/* The check's own words, unless somebody has sent it back since. */
static bool find_sent_back(const struct telling *telling, struct sent_back *out, struct error *err)
{
    struct db_statement *row;
    bool found;
    if (!ask(telling, DESK_CHECK_FAILED, &row, &found, err))
        return false;
    if (found) {
        *out = (struct sent_back){column_date(row, 0), column_line(row, 1),
            column_word(row, 2, review_levels, REVIEW_LEVEL_COUNT, -1)};
        db_reset(row);
    }
    if (!ask(telling, DESK_SENT_BACK, &row, &found, err))
        return false;
    if (found) {
        date_t on = date_local(column_moment(row, 0)).date;
        if (on > out->on && db_text(row, 1)[0] != '\0') {
            free(out->why);
            *out = (struct sent_back){on, column_line(row, 1), -1};
        }
        db_reset(row);
    }
    return true;
}

static bool tell_returned(const struct telling *telling, struct error *err)
{
    struct sent_back back = {.on = DATE_NONE, .level = -1};
    char on[11];
    if (!find_sent_back(telling, &back, err)) {
        free(back.why);
        return false;
    }
    if (back.on == DATE_NONE)
        strbuf_add(telling->out, _("sent back by a check"));
    else if (back.level < 0)
        strbuf_format(telling->out, _("sent back %s: %s"), day(telling, back.on, on), back.why);
    else
        strbuf_format(telling->out, _("%s, sent back %s: %s"), _(review_levels[back.level].label),
            day(telling, back.on, on), back.why);
    free(back.why);
    return true;
}

static bool tell_reply(const struct telling *telling, struct error *err)
{
    struct db_statement *row;
    bool found;
    char on[11];
    telling->item->due = telling->entry->since;
    if (!ask(telling, DESK_NOTICE, &row, &found, err))
        return false;
    if (!found) { /* answered this moment */
        strbuf_add(telling->out, _("a notice, not answered"));
        return true;
    }
    int level = column_word(row, 0, notice_levels, NOTICE_LEVEL_COUNT, NOTICE_REMINDER);
    char *document = column_line(row, 1);
    strbuf_format(telling->out, _("%s of %s, not answered"), _(notice_levels[level].label),
        day(telling, column_date(row, 2), on));
    if (*document != '\0')
        strbuf_format(telling->out, _(" (%s)"), document);
    free(document);
    db_reset(row);
    return true;
}

/* --- to decide ------------------------------------------------------------------------------- */

static bool tell_objection(const struct telling *telling, struct error *err)
{
    struct db_statement *row;
    bool found;
    char on[11];
    if (!ask(telling, DESK_OBJECTION, &row, &found, err))
        return false;
    char *text = found ? column_line(row, 0) : NULL;
    strbuf_format(telling->out, _("objection of %s: %s"), day(telling, telling->entry->since, on),
        text != NULL ? text : "");
    free(text);
    if (found)
        db_reset(row);
    return true;
}

static bool tell_close(const struct telling *telling, struct error *err)
{
    static const struct word day_kinds[] = {{.name = "calendar"}, {.name = "working"}};
    const struct rules *rules = model_rules(telling->model);
    struct db_statement *row;
    bool found;
    char on[11];
    if (!ask(telling, DESK_PUBLICITY, &row, &found, err))
        return false;
    if (!found) {
        strbuf_add(telling->out, _("public notice without dates: to be recorded"));
        return true;
    }
    date_t starts = column_date(row, 0), ends = column_date(row, 1);
    bool working = column_word(row, 2, day_kinds, 2, 0) == 1;
    db_reset(row);
    int days = rules_publicity_days(rules, starts, ends, working);
    if (days >= rules->publicity_days)
        strbuf_format(
            telling->out, _("public notice over since %s: to be closed"), day(telling, ends, on));
    else
        strbuf_format(telling->out,
            _("public notice over since %s, but of %d days where the rule asks %d"),
            day(telling, ends, on), days, rules->publicity_days);
    return true;
}

static bool tell_publicise(const struct telling *telling, struct error *err)
{
    struct db_statement *row;
    bool found;
    char on[11];
    if (!ask(telling, DESK_CHECK_PASSED, &row, &found, err))
        return false;
    int level = found ? column_word(row, 0, review_levels, REVIEW_LEVEL_COUNT, REVIEW_COUNTY)
                      : REVIEW_COUNTY;
    if (found)
        db_reset(row);
    strbuf_format(telling->out,
        level < REVIEW_PROVINCE ? _("%s passed %s: to be checked above, or made public")
                                : _("%s passed %s: to be made public"),
        _(review_levels[level].label), day(telling, telling->entry->since, on));
    return true;
}

static bool tell_extension(const struct telling *telling, struct error *err)
{
    struct db_statement *row;
    bool found;
    char on[11], until[11];
    if (!ask(telling, DESK_EXTENSION, &row, &found, err))
        return false;
    if (!found) { /* decided this moment */
        strbuf_add(telling->out, _("extension asked for"));
        return true;
    }
    char *why = column_line(row, 1);
    strbuf_format(telling->out, _("extension to %s asked for %s: %s"),
        day(telling, column_date(row, 0), until), day(telling, telling->entry->since, on), why);
    free(why);
    db_reset(row);
    return true;
}

static bool tell_accept(const struct telling *telling, struct error *err)
{
    char on[11];
    (void)err;
    strbuf_format(telling->out, _("submitted %s: to be taken for review"),
        day(telling, telling->entry->since, on));
    return true;
}

static bool tell_pass(const struct telling *telling, struct error *err)
{
    char on[11];
    (void)err;
    strbuf_format(telling->out, _("in review, submitted %s: conclusion awaited"),
        day(telling, telling->entry->since, on));
    return true;
}

static bool tell_unaccepted(const struct telling *telling, struct error *err)
{
    (void)err;
    strbuf_add(telling->out, _(task_states[telling->item->row.state].label));
    return true;
}

static bool tell_decision(const struct telling *telling, struct error *err)
{
    static bool (*const tell[DECISION_COUNT])(const struct telling *, struct error *) = {
        [DECIDE_OBJECTION] = tell_objection,
        [DECIDE_CLOSE] = tell_close,
        [DECIDE_PUBLICISE] = tell_publicise,
        [DECIDE_EXTENSION] = tell_extension,
        [DECIDE_ACCEPT] = tell_accept,
        [DECIDE_PASS] = tell_pass,
        [DECIDE_PASS_ALONE] = tell_pass,
        [DECIDE_UNACCEPTED] = tell_unaccepted,
    };
    const struct task_row *row = &telling->item->row;
    if (!tell[telling->entry->decision](telling, err))
        return false;
    if (task_is_unaccepted(row, telling->today))
        strbuf_format(telling->out, _("; done for %d days and not accepted"),
            telling->today->date - row->done_on);
    return true;
}

/* --- late, soon, unreported ------------------------------------------------------------------ */

static bool tell_state(const struct telling *telling, struct error *err)
{
    const struct task_row *row = &telling->item->row;
    (void)err;
    strbuf_format(telling->out, _("%d%% done, %s"), row->percent,
        row->state >= STATE_SUBMITTED ? _(task_states[row->state].label)
                                      : _(task_progresses[row->progress].label));
    return true;
}

static bool tell_report(const struct telling *telling, struct error *err)
{
    const struct task_row *row = &telling->item->row;
    date_t starts = telling->today->owed[row->rhythm];
    char from[11], to[11], last[11];
    (void)err;
    if (starts == DATE_NONE) { /* the source asks for none, since this moment */
        strbuf_add(telling->out, _(rhythms[RHYTHM_NONE].label));
        return true;
    }
    telling->item->due = date_period_end(row->rhythm, starts);
    strbuf_format(telling->out, _("no report for %s to %s (%s)"), day(telling, starts, from),
        day(telling, telling->item->due, to), _(rhythms[row->rhythm].label));
    if (row->reported_on == DATE_NONE)
        strbuf_add(telling->out, _(", never yet"));
    else
        strbuf_format(telling->out, _(", the last from %s"), day(telling, row->reported_on, last));
    return true;
}

/* --- all of it ------------------------------------------------------------------------------- */

bool desk_reason(
    struct model *model, const struct desk_entry *entry, struct desk_item *item, struct error *err)
{
    static bool (*const tell[DESK_SECTION_COUNT])(const struct telling *, struct error *) = {
        [DESK_RETURNED] = tell_returned,
        [DESK_REPLY_DUE] = tell_reply,
        [DESK_TO_DECIDE] = tell_decision,
        [DESK_OVERDUE] = tell_state,
        [DESK_REPORT_DUE] = tell_report,
        [DESK_DUE_SOON] = tell_state,
    };
    struct strbuf out = {0};
    struct telling telling = {model, model_today(model), entry, item, &out};
    item->due = item->row.due_on;
    bool ok = tell[entry->section](&telling, err);
    if (ok && entry->also & DESK_BIT(DESK_TO_DECIDE))
        strbuf_add(&out, _("; a decision waits"));
    if (ok && entry->also & DESK_BIT(DESK_REPORT_DUE))
        strbuf_add(&out, _("; a report is owed"));
    strbuf_add(&out, "");
    item->reason = strbuf_take(&out);
    return ok;
}
