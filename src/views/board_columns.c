/* The columns of the board: what each shows, how wide it may be, and which goes first when the
 * screen is narrow. */
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/suggest.h"
#include "model/units.h"
#include "views/board.h"

void board_add_date(struct strbuf *out, date_t date, date_t today)
{
    if (date == DATE_NONE)
        return;
    int year, month, day, this_year, ignored;
    date_parts(date, &year, &month, &day);
    date_parts(today, &this_year, &ignored, &ignored);
    /* five columns tell all: within the year month and day, beyond it year and month (no month is
     * as great as a year's two digits), of another century the year */
    if (year / 100 != this_year / 100)
        strbuf_format(out, "%04d", year);
    else if (year == this_year)
        strbuf_format(out, "%02d-%02d", month, day);
    else
        strbuf_format(out, "%02d-%02d", year % 100, month);
}

static void number_text(
    const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    (void)env;
    strbuf_add(out, row->ident);
}

static void state_text(const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    (void)env;
    strbuf_add(out, task_state_brief(row));
}

static enum role state_role(const struct column_env *env, const struct task_row *row)
{
    (void)env;
    return row->returned ? ROLE_WARNING : ROLE_NORMAL;
}

static void title_text(const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    (void)env;
    strbuf_add(out, row->title ? row->title : "");
}

static void region_text(
    const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    const struct region *region = units_region(model_units(env->model), row->region_id);
    if (region)
        strbuf_add(out, region->shown);
    if (row->regions > 1)
        strbuf_format(out, "+%d", row->regions - 1);
}

static void add_department(struct strbuf *out, const struct column_env *env, int64_t id)
{
    const struct department *department = units_department(model_units(env->model), id);
    if (department)
        strbuf_add(out, department->shown);
}

static void lead_text(const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    add_department(out, env, row->lead_id);
}

static void supervisor_text(
    const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    add_department(out, env, row->supervisor_id);
}

static void due_text(const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    if (row->deadline_kind == DEADLINE_ONGOING)
        strbuf_add(out, _(deadline_kinds[DEADLINE_ONGOING].brief));
    else
        board_add_date(out, row->due_on, env->today->date);
}

void board_add_days(struct strbuf *out, int days)
{
    if (days < -9999)
        strbuf_add(out, _("late>999")); /* as wide as the others: no figure is cut in its middle */
    else if (days < 0)
        strbuf_format(out, _("late%4d"), -days);
    else
        strbuf_format(out, "%d", days);
}

static void days_text(const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    bool has;
    int days = task_days_left(row, env->today, &has);
    if (has)
        board_add_days(out, days);
}

static enum role days_role(const struct column_env *env, const struct task_row *row)
{
    if (task_is_overdue(row, env->today))
        return ROLE_OVERDUE;
    bool has;
    int days = task_days_left(row, env->today, &has);
    return has && days <= env->today->due_urgent_days ? ROLE_DUE_SOON : ROLE_NORMAL;
}

static void percent_text(
    const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    (void)env;
    strbuf_format(out, "%d%%", row->percent);
}

static void progress_text(
    const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    (void)env;
    strbuf_add(out, _(task_progresses[row->progress].brief));
}

static void reported_text(
    const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    board_add_date(out, row->reported_on, env->today->date);
}

static enum role reported_role(const struct column_env *env, const struct task_row *row)
{
    return task_is_unreported(row, env->today) ? ROLE_UNREPORTED : ROLE_NORMAL;
}

static void sponsor_text(
    const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    const struct sponsor *sponsor = units_sponsor(model_units(env->model), row->sponsor_id);
    if (sponsor)
        strbuf_add(out, sponsor->name);
}

static void updated_text(
    const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    struct date_time at = date_local(row->updated_at);
    if (at.date == env->today->date)
        strbuf_format(out, "%02d:%02d", at.hour, at.minute);
    else
        board_add_date(out, at.date, env->today->date);
}

static void by_text(const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    (void)env;
    strbuf_add(out, row->updated_by);
}

static void closed_text(
    const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    board_add_date(out, row->closed_on, env->today->date);
}

static void source_text(
    const struct column_env *env, const struct task_row *row, struct strbuf *out)
{
    const struct source *source = units_source(model_units(env->model), row->source_id);
    if (source)
        strbuf_add(out, source->name);
}

/* Words differ in length from language to language. */
static int widest_brief(const struct word *table, size_t count)
{
    int most = 0;
    for (size_t i = 0; i < count; i++) {
        int width = text_width(_(table[i].brief));
        most = width > most ? width : most;
    }
    return most;
}

static int state_widest(void)
{
    int most = widest_brief(task_states, STATE_COUNT), returned = text_width(_("returned"));
    return returned > most ? returned : most;
}

static int progress_widest(void)
{
    return widest_brief(task_progresses, PROGRESS_COUNT);
}

int board_days_widest(void)
{
    struct strbuf text = {0};
    strbuf_format(&text, _("late%4d"), 1);
    int width = text_width(strbuf_text(&text));
    strbuf_clear(&text);
    return width;
}

/* name, head, least, most, drop, widest, right, text, role */
const struct board_column board_all_columns[] = {
    {"number", N_("No."), 7, 9, 0, NULL, false, number_text, NULL},
    {"state", N_("State"), 6, 6, 0, state_widest, false, state_text, state_role},
    {"title", N_("Task"), 16, 0, 0, NULL, false, title_text, NULL},
    {"region", N_("Region"), 7, 8, 2, NULL, false, region_text, NULL},
    {"lead", N_("Lead"), 10, 14, 5, NULL, false, lead_text, NULL},
    {"supervisor", N_("Supervisor"), 10, 14, 7, NULL, false, supervisor_text, NULL},
    {"due", N_("Due"), 5, 5, 4, NULL, false, due_text, NULL},
    {"days", N_("Left"), 6, 6, 0, board_days_widest, true, days_text, days_role},
    {"percent", N_("Done"), 4, 4, 6, NULL, true, percent_text, NULL},
    {"progress", N_("Progress"), 8, 8, 8, progress_widest, false, progress_text, NULL},
    {"reported", N_("Reported"), 6, 8, 9, NULL, false, reported_text, reported_role},
    {"sponsor", N_("Sponsor"), 6, 8, 11, NULL, false, sponsor_text, NULL},
    {"updated", N_("Changed"), 5, 7, 10, NULL, false, updated_text, NULL},
    {"by", N_("By"), 6, 8, 12, NULL, false, by_text, NULL},
    {"closed", N_("Closed"), 5, 6, 3, NULL, false, closed_text, NULL},
    {"source", N_("Source"), 12, 20, 13, NULL, false, source_text, NULL},
};
const size_t board_column_count = sizeof board_all_columns / sizeof *board_all_columns;

const struct board_column *board_column_find(const char *name, struct error *err)
{
    struct suggest suggest = suggest_for(name);
    for (size_t i = 0; i < board_column_count; i++) {
        if (strcmp(board_all_columns[i].name, name) == 0)
            return &board_all_columns[i];
        suggest_offer(&suggest, board_all_columns[i].name);
    }
    if (suggest.best) {
        error_set(err, ERROR_INPUT, _("there is no column \"%s\"; did you mean \"%s\"?"), name,
            suggest.best);
        return NULL;
    }
    struct strbuf names = {0};
    for (size_t i = 0; i < board_column_count; i++)
        strbuf_format(&names, "%s%s", i ? ", " : "", board_all_columns[i].name);
    error_set(err, ERROR_INPUT, _("there is no column \"%s\"; columns are %s"), name,
        strbuf_text(&names));
    strbuf_clear(&names);
    return NULL;
}
