#include "model/scorecard.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "model/units.h"
#include "scorecard_parts.h"
#include "unit_words.h"

const struct score_column_row score_columns[SCORE_COLUMN_COUNT] = {
    [SCORE_ON_TIME] = {"on_time", N_("On time"), N_("closed by their due day"), true},
    [SCORE_REPORTS] = {"reports", N_("Filed"), N_("reports filed in time"), true},
    [SCORE_OVERDUE] = {"overdue", N_("Overdue"), N_("overdue of open tasks"), false},
    [SCORE_DAYS] = {"days", N_("Days"), N_("days overdue together"), false},
    [SCORE_RETURNED] = {"returned", N_("Returned"), N_("times sent back"), false},
    [SCORE_NOTICES] = {"notices", N_("Notices"), N_("notices received"), false},
    [SCORE_UNACCEPTED] = {"unaccepted", N_("Unaccepted"),
        N_("done for over 30 days and not accepted"), false},
};

const struct score_units_row score_units[SCORE_UNITS_COUNT] = {
    [SCORE_CITIES] = {"city", N_("cities")},
    [SCORE_COUNTIES] = {"county", N_("counties")},
    [SCORE_LEADS] = {"lead", N_("departments")},
};

bool score_units_find(const char *name, enum score_units *out, struct error *err)
{
    struct suggest suggest = suggest_for(name);
    for (int i = 0; i < SCORE_UNITS_COUNT; i++) {
        if (strcmp(score_units[i].name, name) == 0) {
            *out = (enum score_units)i;
            return true;
        }
        suggest_offer(&suggest, score_units[i].name);
    }
    if (suggest.best != NULL)
        return error_set(err, ERROR_USAGE, _("nobody is ranked by \"%s\"; did you mean %s?"), name,
            suggest.best);
    return error_set(err, ERROR_USAGE, _("nobody is ranked by \"%s\"; there are %s"), name,
        "city, county, lead");
}

/* --- columns by name ------------------------------------------------------------------------- */

static bool find_column(const char *name, enum score_column *out, struct error *err)
{
    struct suggest suggest = suggest_for(name);
    struct strbuf all = {0};
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++) {
        if (strcmp(score_columns[i].name, name) == 0) {
            *out = (enum score_column)i;
            strbuf_clear(&all);
            return true;
        }
        suggest_offer(&suggest, score_columns[i].name);
        strbuf_format(&all, "%s%s", i > 0 ? ", " : "", score_columns[i].name);
    }
    if (suggest.best != NULL)
        error_set(err, ERROR_INPUT, _("there is no column \"%s\"; did you mean \"%s\"?"), name,
            suggest.best);
    else
        error_set(err, ERROR_INPUT, _("there is no column \"%s\"; columns are %s"), name,
            strbuf_text(&all));
    strbuf_clear(&all);
    return false;
}

bool score_columns_parse(const char *names, enum score_column shown[static SCORE_COLUMN_COUNT],
    size_t *count, struct error *err)
{
    char *copy = alloc_string(names), *rest = NULL;
    size_t found = 0;
    bool good = true;
    for (char *name = strtok_r(copy, " ,", &rest); good && name != NULL;
         name = strtok_r(NULL, " ,", &rest)) {
        enum score_column column = SCORE_ON_TIME;
        bool there = false;
        good = find_column(name, &column, err);
        for (size_t i = 0; good && i < found; i++)
            there = there || shown[i] == column;
        if (good && there)
            good = error_set(err, ERROR_INPUT, _("\"%s\" stands there twice"), name);
        if (good)
            shown[found++] = column;
    }
    free(copy);
    if (good && found == 0)
        return error_set(err, ERROR_INPUT, _("name at least one column"));
    *count = good ? found : 0;
    return good;
}

/* --- months, weeks, periods ------------------------------------------------------------------ */

static date_t first_of_month(date_t day)
{
    int year, month, unused;
    date_parts(day, &year, &month, &unused);
    return date_make(year, month, 1);
}

static void set_days(struct score_work *work, date_t today)
{
    date_t this = first_of_month(today), last = first_of_month(this - 1);
    work->span[SCORE_THIS] = (struct score_span){this, today, today - 1};
    work->span[SCORE_LAST] = (struct score_span){last, this - 1, this - 1};
    date_t sunday = today - date_weekday(today) + 7;
    for (int i = 0; i < SCORE_WEEKS; i++)
        work->week[i] = sunday - 7 * (SCORE_WEEKS - 1 - i);
    work->week[SCORE_WEEKS - 1] = today;
}

/* Periods whose report falls due from the first of last month until yesterday. */
static void set_periods(struct score_work *work, int grace)
{
    size_t count = 0;
    date_t first = work->span[SCORE_LAST].first, last = work->span[SCORE_THIS].due_last;
    for (int r = 0; r < RHYTHM_COUNT; r++) {
        enum rhythm rhythm = (enum rhythm)r;
        work->of_rhythm[r] = count;
        if (rhythm == RHYTHM_NONE)
            continue;
        date_t starts = date_period_start(rhythm, first - grace), ends;
        for (; (ends = date_period_end(rhythm, starts)) + grace <= last; starts = ends + 1) {
            date_t due = ends + grace;
            struct score_period *period = &work->period[count];
            if (due < first || count == SCORE_PERIODS)
                continue;
            *period = (struct score_period){.starts_on = starts,
                .ends_on = ends,
                .month = due >= work->span[SCORE_THIS].first ? SCORE_THIS : SCORE_LAST};
            date_moment_format(date_moment(due + 1, 0, 0), period->late);
            count++;
        }
    }
    work->of_rhythm[RHYTHM_COUNT] = count;
}

static void set_sources(struct score_work *work, const struct units *units)
{
    work->source_count = units_source_count(units);
    work->source = alloc_zero(work->source_count + 1, sizeof *work->source);
    for (size_t i = 0; i < work->source_count; i++) {
        const struct source *source = units_source_at(units, i);
        work->source[i] = (struct score_source){source->id, source->rhythm};
    }
}

/* --- lines ----------------------------------------------------------------------------------- */

static size_t add_line(struct scorecard *card, int64_t unit_id, const char *label, char *term)
{
    card->line[card->count] =
        (struct score_line){.unit_id = unit_id, .label = alloc_string(label), .term = term};
    return card->count++;
}

static void add_unit(struct score_work *work, int64_t id, size_t line)
{
    work->unit[work->unit_count++] = (struct score_unit){id, line};
}

static char *unit_term(const struct unit_words *words, const char *field, int64_t id)
{
    struct strbuf out = {0};
    strbuf_format(&out, "%s:", field);
    unit_word_add(words, id, &out);
    return strbuf_take(&out);
}

static void add_leads(struct scorecard *card, const struct units *units)
{
    struct score_work *work = card->work;
    struct unit_words *words = unit_words_new(units, UNIT_DEPARTMENT);
    for (size_t i = 0; i < units_department_count(units); i++) {
        const struct department *department = units_department_at(units, i);
        size_t line = add_line(
            card, department->id, department->shown, unit_term(words, "main_lead", department->id));
        add_unit(work, department->id, line);
    }
    add_unit(work, 0, add_line(card, 0, _("no lead"), unit_term(words, "main_lead", 0)));
    unit_words_free(words);
}

/* Places stand as a tree is read: what lies in one follows it. */
static void add_places(struct scorecard *card, const struct units *units)
{
    struct score_work *work = card->work;
    struct unit_words *words = unit_words_new(units, UNIT_REGION);
    enum region_level level = card->units == SCORE_CITIES ? REGION_CITY : REGION_COUNTY;
    for (size_t i = 0; i < units_region_count(units); i++) {
        const struct region *region = units_region_at(units, i);
        if (region->level == level) {
            size_t line =
                add_line(card, region->id, region->shown, unit_term(words, "region", region->id));
            add_unit(work, region->id, line);
        }
    }
    unit_words_free(words);
    size_t lines = card->count;
    for (size_t i = 0; i < units_region_count(units); i++) {
        const struct region *region = units_region_at(units, i);
        const struct region *above = units_region_above(units, region->id, level);
        for (size_t l = 0; above != NULL && above != region && l < lines; l++)
            if (card->line[l].unit_id == above->id)
                add_unit(work, region->id, l);
    }
}

static int by_id(const void *left, const void *right)
{
    const struct score_unit *a = left, *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

static void set_lines(struct scorecard *card, const struct units *units)
{
    struct score_work *work = card->work;
    size_t most =
        card->units == SCORE_LEADS ? units_department_count(units) + 1 : units_region_count(units);
    card->line = alloc_zero(most + 1, sizeof *card->line);
    work->unit = alloc_zero(most + 1, sizeof *work->unit);
    if (card->units == SCORE_LEADS)
        add_leads(card, units);
    else
        add_places(card, units);
    qsort(work->unit, work->unit_count, sizeof *work->unit, by_id);
    work->touched = alloc_zero(card->count + 1, sizeof *work->touched);
    work->taken = alloc_zero(card->count + 1, sizeof *work->taken);
}

/* --- life ------------------------------------------------------------------------------------ */

static void clear_line(struct score_line *line)
{
    free(line->label);
    free(line->term);
    for (int i = 0; i < SCORE_COLUMN_COUNT; i++) {
        free(line->tasks[i].id);
        free(line->measured[i].id);
    }
}

static void free_work(struct score_work *work)
{
    if (work == NULL)
        return;
    free(work->source);
    free(work->unit);
    free(work->touched);
    free(work->taken);
    free(work->extra);
    free(work);
}

void scorecard_free(struct scorecard *card)
{
    if (card == NULL)
        return;
    for (size_t i = 0; i < card->count; i++)
        clear_line(&card->line[i]);
    free(card->line);
    free(card->filter);
    free_work(card->work);
    free(card);
}

static void free_result(void *result)
{
    scorecard_free(result);
}

/* Those without any task go; they were there for tasks to find. */
static bool finish(void *result, struct model *model, struct error *err)
{
    struct scorecard *card = result;
    size_t kept = 0;
    (void)err;
    for (size_t i = 0; i < card->count; i++) {
        if (card->work->touched[i])
            card->line[kept++] = card->line[i];
        else
            clear_line(&card->line[i]);
    }
    card->count = kept;
    free_work(card->work);
    card->work = NULL;
    score_rank(&model_rules(model)->score, card);
    return true;
}

static struct scorecard *make_card(struct model *model, enum score_units units, const char *filter)
{
    struct scorecard *card = alloc_zero(1, sizeof *card);
    date_t today = model_today(model)->date;
    *card = (struct scorecard){.units = units,
        .today = today,
        .month = first_of_month(today),
        .filter = alloc_string(filter != NULL ? filter : ""),
        .work = alloc_zero(1, sizeof *card->work)};
    set_days(card->work, today);
    set_periods(card->work, model_rules(model)->report_grace);
    set_sources(card->work, model_units(model));
    set_lines(card, model_units(model));
    return card;
}

bool scorecard_open(struct model *model, enum score_units units, const char *filter,
    struct survey **out, struct query_error *err)
{
    static const struct survey_ops ops = {
        .pieces = true,
        .prepare = score_prepare,
        .take = score_take,
        .finish = finish,
        .free = free_result,
    };
    struct query *query = NULL;
    if (filter != NULL && *filter && !query_parse(filter, &query, err))
        return false;
    bool opened = survey_open(model, query, &ops, make_card(model, units, filter), out, err);
    query_free(query);
    return opened;
}
