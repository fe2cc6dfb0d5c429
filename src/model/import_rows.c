/* What stands beside a task: reports, public notices, reviews and notices of a proposal. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "import_parts.h"
#include "model/rules.h"
#include "model/workflow.h"

enum { FIELDS_MOST = 100 };

/* One row as told: values by index in fields, NULL where nothing is. */
struct told_row {
    size_t proposal;
    uint16_t suffix;
    const struct import_cell *cell; /* the first of it */
    const char *value[FIELDS_MOST];
    bool good;
    bool kind_told; /* of a public notice: in which days it is counted */
};

/* By what a row is known again, and the action that makes one. */
struct row_kind {
    enum field_table table;
    const char *key[2], *action;
    bool again; /* another one may be of the same key */
    bool (*complete)(struct look *look, struct told_row *row);
    void (*follow)(struct look *look, const struct told_row *row);
};

static const char *get(const struct told_row *row, const char *field)
{
    const char *value = row->value[field_named(field) - fields];
    return value != NULL ? value : "";
}

static void put(struct look *look, struct told_row *row, const char *field, const char *value)
{
    const char **there = &row->value[field_named(field) - fields];
    if (*there == NULL)
        *there = texts_keep(&look->import->texts, value);
}

static date_t day_of(const char *text)
{
    date_t day;
    return date_parse(text, &day) ? day : DATE_NONE;
}

static bool need(struct look *look, const struct told_row *row, const char *field)
{
    if (get(row, field)[0] != '\0')
        return true;
    look_say(look, row->proposal, row->cell, true, _("%s (%s) is needed here"),
        _(field_named(field)->label), field);
    return false;
}

/* --- reports --------------------------------------------------------------------------------- */

static enum rhythm rhythm_of(const struct look *look, size_t proposal)
{
    const struct source *source = units_source(look->units, look->target[proposal].source);
    return source == NULL || source->rhythm == RHYTHM_NONE ? RHYTHM_WEEKLY : source->rhythm;
}

/* The days that the file is of lie in no one period of the source: said once of all its rows. */
static void say_no_period(struct look *look, size_t proposal, enum rhythm rhythm)
{
    const struct import_span *span = import_span(look->import, &look->import->proposal[proposal]);
    struct import_cell cell = {
        .text = span->words, .line = span->line, .column = span->column, .heading = span->heading};
    char first[11], last[11];
    look->target[proposal].refused = true;
    if (look->said_span == span && look->said_rhythm == rhythm)
        return;
    look->said_span = span;
    look->said_rhythm = rhythm;
    look_say(look, proposal, &cell, true,
        _("%s to %s is not within one period of this source, whose reports are %s; write as of "
          "which day it is, such as 截至%s"),
        date_format(span->first, first), date_format(span->last, last), _(rhythms[rhythm].label),
        last);
}

/* The period of the day told; else that of the days which the file is of; without either, the last
 * that is over. */
static bool find_period(
    struct look *look, const struct told_row *row, enum rhythm rhythm, date_t *first)
{
    const char *told = get(row, "period");
    const struct import_span *span =
        import_span(look->import, &look->import->proposal[row->proposal]);
    date_t day = told[0] != '\0' ? day_of(told)
                 : span != NULL  ? span->last
                                 : date_period_owed(rhythm, look->today);
    *first = date_period_start(rhythm, day);
    if (told[0] == '\0' && span != NULL && date_period_start(rhythm, span->first) != *first) {
        say_no_period(look, row->proposal, rhythm);
        return false;
    }
    return true;
}

static bool complete_report(struct look *look, struct told_row *row)
{
    enum rhythm rhythm = rhythm_of(look, row->proposal);
    date_t day;
    char first[11], last[11];
    if (!find_period(look, row, rhythm, &day))
        return false;
    if (day > look->today) {
        look_say(look, row->proposal, row->cell, true, _("This period has not begun yet"));
        return false;
    }
    row->value[field_named("period") - fields] =
        texts_keep(&look->import->texts, date_format(date_period_start(rhythm, day), first));
    row->value[field_named("period_end") - fields] =
        texts_keep(&look->import->texts, date_format(date_period_end(rhythm, day), last));
    return true;
}

static void follow_far(
    struct look *look, const struct told_row *row, const char *name, const char *value)
{
    const char *before = look_before(look, name);
    if (value[0] == '\0' || strcmp(before, value) == 0 ||
        look_stays(look, row->proposal, row->cell, name, before, value))
        return;
    look_tell_back(look, row->proposal, row->cell, name, before, value);
    made_put(look, name, before, value);
}

/* What the newest report says is what the task says. */
static void follow_report(struct look *look, const struct told_row *row)
{
    const struct person *person = model_person(look->model);
    const char *first = get(row, "period"), *before = look_before(look, "reported_on"),
               *now = made_get(look, "reported_on");
    int64_t id = look->row_id;
    char at[25], text[24];
    if (get(row, "reporter")[0] == '\0')
        made_put_of(look, "reporter", id, "", person->name);
    made_put_of(look, "reported_at", id, "", date_moment_format(date_now(), at));
    if (person->region_id != 0 && get(row, "report_region")[0] == '\0') {
        snprintf(text, sizeof text, "%" PRId64, person->region_id);
        made_put_of(look, "report_region", id, "", text);
    }
    if (person->department_id != 0 && get(row, "report_department")[0] == '\0') {
        snprintf(text, sizeof text, "%" PRId64, person->department_id);
        made_put_of(look, "report_department", id, "", text);
    }
    if (strcmp(first, now != NULL ? now : before) < 0)
        return;
    made_put(look, "reported_on", before, first);
    follow_far(look, row, "percent", get(row, "report_percent"));
    follow_far(look, row, "progress", get(row, "report_progress"));
}

/* --- public notices -------------------------------------------------------------------------- */

static bool complete_publicity(struct look *look, struct told_row *row)
{
    const struct rules *rules = model_rules(look->model);
    char text[24];
    if (!need(look, row, "publicity"))
        return false;
    date_t first = day_of(get(row, "publicity"));
    const char *kind = get(row, "day_kind");
    row->kind_told = kind[0] != '\0';
    bool working = kind[0] != '\0' ? strcmp(kind, "working") == 0 : rules->publicity_working;
    int most = rules->publicity_days;
    if (get(row, "days")[0] != '\0' && get(row, "ends_on")[0] == '\0')
        most = (int)strtol(get(row, "days"), NULL, 10);
    put(look, row, "day_kind", working ? "working" : "calendar");
    put(look, row, "ends_on",
        date_format(rules_publicity_end(rules, first, most > 0 ? most : 1, working), text));
    date_t last = day_of(get(row, "ends_on"));
    if (last < first) {
        look_say(
            look, row->proposal, row->cell, true, _("The public notice ends before it begins"));
        return false;
    }
    int days = rules_publicity_days(rules, first, last, working);
    snprintf(text, sizeof text, "%d", days > 0 ? days : 1);
    if (get(row, "days")[0] != '\0' && strcmp(get(row, "days"), text) != 0)
        look_say(look, row->proposal, row->cell, false,
            working ? _("%s days are told, but it lasts %s working days")
                    : _("%s days are told, but it lasts %s days"),
            get(row, "days"), text);
    row->value[field_named("days") - fields] = texts_keep(&look->import->texts, text);
    return true;
}

/* --- reviews and notices --------------------------------------------------------------------- */

static bool complete_review(struct look *look, struct told_row *row)
{
    put(look, row, "review", "passed");
    return need(look, row, "review_level") && need(look, row, "reviewed_on");
}

static bool complete_notice(struct look *look, struct told_row *row)
{
    return need(look, row, "notice") && need(look, row, "issued_on");
}

static void follow_notice(struct look *look, const struct told_row *row)
{
    const char *before = look_before(look, "listed");
    if (strcmp(get(row, "notice"), notice_levels[NOTICE_LISTED].name) == 0 &&
        get(row, "lifted_on")[0] == '\0' && strcmp(before, "1") != 0)
        made_put(look, "listed", before, "1");
}

static void follow_nothing(struct look *look, const struct told_row *row)
{
    (void)look;
    (void)row;
}

static const struct row_kind kinds[] = {
    {TABLE_REPORT, {"period", NULL}, "report", true, complete_report, follow_report},
    {TABLE_PUBLICITY, {"publicity", NULL}, "publicise", false, complete_publicity, follow_nothing},
    {TABLE_REVIEW, {"review_level", "reviewed_on"}, "pass", false, complete_review, follow_nothing},
    {TABLE_NOTICE, {"notice", "issued_on"}, "notice", false, complete_notice, follow_notice},
};

/* --- beside those that are there ------------------------------------------------------------- */

/* The ids of rows with the same key, the newest first. */
static bool find_rows(struct look *look, const struct row_kind *kind, const struct told_row *row,
    int64_t *ids, size_t *count, struct error *err)
{
    struct strbuf sql = {0};
    struct db_statement *from;
    enum db_step step = DB_DONE;
    *count = 0;
    if (look->made.task == 0)
        return true;
    strbuf_format(&sql, "SELECT id FROM %s WHERE task_id = $1", field_tables[kind->table]);
    for (int i = 0; i < 2 && kind->key[i] != NULL; i++)
        strbuf_format(&sql, " AND %s = $%d", field_named(kind->key[i])->column, i + 2);
    strbuf_add(&sql, " ORDER BY id DESC");
    bool good = db_prepare(look->db, strbuf_text(&sql), &from, err);
    strbuf_clear(&sql);
    if (!good)
        return false;
    db_bind_int(from, 1, look->made.task);
    for (int i = 0; i < 2 && kind->key[i] != NULL; i++)
        db_bind_text(from, i + 2, get(row, kind->key[i]));
    while (*count < FIELD_LIST_MOST && (step = db_step(from, err)) == DB_ROW)
        ids[(*count)++] = db_int(from, 0);
    db_finish(from);
    return step != DB_FAILED;
}

/* Made of the days told: no change of a notice that has them and was counted otherwise, nor of a
 * report whose source has another rhythm since. */
static bool is_worked_out(const struct told_row *row, const struct field *field)
{
    return field == field_named("days") || field == field_named("period_end") ||
           (field == field_named("day_kind") && !row->kind_told);
}

/* Puts what differs from the row, or only says whether anything does. */
static bool differ(struct look *look, const struct row_kind *kind, const struct told_row *row,
    int64_t id, bool change, bool *differs, struct error *err)
{
    *differs = false;
    for (size_t i = 0; i < field_count; i++) {
        char name[64], *there = NULL;
        if (fields[i].table != kind->table || row->value[i] == NULL || row->value[i][0] == '\0' ||
            (!*differs && is_worked_out(row, &fields[i])))
            continue;
        snprintf(name, sizeof name, "%s.%" PRId64, fields[i].name, id);
        if (!change_current(look->db, look->made.task, name, &there, err))
            return false;
        struct import_cell cell = *row->cell;
        cell.field = (uint16_t)i;
        if (!kind->again && look_is_damaged(look, row->proposal, &cell, there, row->value[i])) {
            free(there);
            continue;
        }
        *differs |= strcmp(there, row->value[i]) != 0;
        if (change)
            made_put(look, name, there, row->value[i]);
        free(there);
    }
    return true;
}

static bool next_id(struct look *look, enum field_table table, struct error *err)
{
    if (look->next_row[table] == 0 && !change_new_id(look->db, table, &look->next_row[table], err))
        return false;
    look->row_id = look->next_row[table]++;
    return true;
}

static bool add_row(
    struct look *look, const struct row_kind *kind, const struct told_row *row, struct error *err)
{
    if (!next_id(look, kind->table, err))
        return false;
    for (size_t i = 0; i < field_count; i++)
        if (fields[i].table == kind->table && row->value[i] != NULL)
            made_put_of(look, fields[i].name, look->row_id, "", row->value[i]);
    kind->follow(look, row);
    return true;
}

/* The beginning of a text in a sentence, as one line. */
static char *beginning(const char *text)
{
    enum { COLUMNS = 40 };
    struct strbuf line = {0};
    text_scrub(&line, text, strlen(text), TEXT_ONE_LINE);
    size_t bytes = text_fit(strbuf_text(&line), COLUMNS, NULL);
    char *out =
        alloc_format("%.*s%s", (int)bytes, strbuf_text(&line), bytes < line.length ? "…" : "");
    strbuf_clear(&line);
    return out;
}

/* Reports are not written over: another one of the same period stands behind the one there is. */
static bool say_another(
    struct look *look, const struct told_row *row, int64_t there, struct error *err)
{
    char name[64], *text = NULL, *reporter = NULL;
    snprintf(name, sizeof name, "report.%" PRId64, there);
    bool good = change_current(look->db, look->made.task, name, &text, err);
    snprintf(name, sizeof name, "reporter.%" PRId64, there);
    good = good && change_current(look->db, look->made.task, name, &reporter, err);
    if (good) {
        char *before = beginning(text), *now = beginning(get(row, "report"));
        look_say(look, row->proposal, row->cell, false,
            _("Of %s to %s there is a report already, by %s: \"%s\"; this one, \"%s\", is added "
              "behind it"),
            get(row, "period"), get(row, "period_end"), reporter, before, now);
        free(before);
        free(now);
    }
    free(text);
    free(reporter);
    return good;
}

static const struct import_cell *cell_of(
    const struct look *look, const struct told_row *row, size_t field)
{
    const struct proposal *of = &look->import->proposal[row->proposal];
    for (uint32_t i = 0; i < of->count; i++) {
        const struct import_cell *cell = &look->import->cell[of->first + i];
        if (cell->field == field && cell->suffix == row->suffix)
            return cell;
    }
    return row->cell;
}

/* What a report did not say yet, and what of it the task follows. */
static void add_said(
    struct look *look, const struct told_row *row, int64_t id, const struct field *field)
{
    const char *value = row->value[field - fields];
    if (strcmp(value, "无") == 0)
        return;
    made_put_of(look, field->name, id, "", value);
    if (strcmp(get(row, "period"), look_before(look, "reported_on")) < 0)
        return;
    if (field == field_named("report_percent"))
        follow_far(look, row, "percent", value);
    else if (field == field_named("report_progress"))
        follow_far(look, row, "progress", value);
}

/* A field of the report that the row tells besides, or otherwise. */
static bool compare_said(
    struct look *look, const struct told_row *row, int64_t id, size_t field, struct error *err)
{
    char name[64], *there = NULL, *reporter = NULL;
    snprintf(name, sizeof name, "%s.%" PRId64, fields[field].name, id);
    bool good = change_current(look->db, look->made.task, name, &there, err);
    snprintf(name, sizeof name, "reporter.%" PRId64, id);
    good = good && change_current(look->db, look->made.task, name, &reporter, err);
    if (good && there[0] == '\0')
        add_said(look, row, id, &fields[field]);
    else if (good && strcmp(there, row->value[field]) != 0)
        look_say(look, row->proposal, cell_of(look, row, field), true,
            _("The report of %s to %s by %s stands already with the same text, and \"%s\" differs: "
              "an import changes no report; report it anew with R or `duban report`, or leave this "
              "column out"),
            get(row, "period"), get(row, "period_end"), reporter, _(fields[field].label));
    free(there);
    free(reporter);
    return good;
}

/* An exported row that was changed beside its report: the text of another person would be said
 * twice. `*stands`: one of the reports has the text of the row. */
static bool refuse_repeated(struct look *look, const struct told_row *row, const int64_t *ids,
    size_t count, bool *stands, struct error *err)
{
    *stands = false;
    for (size_t i = 0; !*stands && get(row, "report")[0] != '\0' && i < count; i++) {
        char name[64], *text = NULL;
        snprintf(name, sizeof name, "report.%" PRId64, ids[i]);
        if (!change_current(look->db, look->made.task, name, &text, err))
            return false;
        *stands = strcmp(text, get(row, "report")) == 0;
        free(text);
        for (size_t k = 0; *stands && k < field_count; k++)
            if (fields[k].table == TABLE_REPORT && row->value[k] != NULL &&
                row->value[k][0] != '\0' && !is_worked_out(row, &fields[k]) &&
                !compare_said(look, row, ids[i], k, err))
                return false;
    }
    return true;
}

static bool compare_row(
    struct look *look, const struct row_kind *kind, struct told_row *row, struct error *err)
{
    const struct person *person = model_person(look->model);
    const struct transition *action = workflow_find(kind->action);
    int64_t ids[FIELD_LIST_MOST];
    size_t count;
    bool differs = true;
    if (!row->good || !kind->complete(look, row))
        return true;
    if (!find_rows(look, kind, row, ids, &count, err))
        return false;
    for (size_t i = 0; differs && i < count; i++)
        if (!differ(look, kind, row, ids[i], false, &differs, err))
            return false;
    if (!differs)
        return true;
    if (!(action->may & PERSON_BIT(person->role))) {
        look_say(look, row->proposal, row->cell, true, _("%s (%s) may not do this: %s"),
            person->name, _(person_roles[person->role].label), _(action->verb));
        return true;
    }
    bool stands = false, takes = true;
    if (kind->table == TABLE_PUBLICITY &&
        !look_publicity(look, row->proposal, row->cell, get(row, "publicity"), get(row, "ends_on"),
            count == 0, &takes, err))
        return false;
    if (!takes)
        return true;
    if (count > 0 && !kind->again)
        return differ(look, kind, row, ids[0], true, &differs, err);
    if (count > 0 && kind->table == TABLE_REPORT &&
        !refuse_repeated(look, row, ids, count, &stands, err))
        return false;
    if (stands)
        return true;
    if (count > 0 && kind->table == TABLE_REPORT && !say_another(look, row, ids[0], err))
        return false;
    return add_row(look, kind, row, err);
}

/* --- taken from the cells -------------------------------------------------------------------- */

static void read_row(
    struct look *look, const struct row_kind *kind, struct told_row *row, int64_t region)
{
    const struct proposal *proposal = &look->import->proposal[row->proposal];
    row->good = true;
    for (uint32_t i = 0; i < proposal->count; i++) {
        const struct import_cell *cell = &look->import->cell[proposal->first + i];
        const char *value;
        if (fields[cell->field].table != kind->table || cell->suffix != row->suffix)
            continue;
        if (look_read(look, row->proposal, cell, region, &value))
            row->value[cell->field] = value;
        else
            row->good = false;
    }
}

static bool begins_row(const struct look *look, size_t proposal, const struct import_cell *cell)
{
    const struct import_cell *other = &look->import->cell[look->import->proposal[proposal].first];
    for (; other < cell; other++)
        if (fields[other->field].table == fields[cell->field].table &&
            other->suffix == cell->suffix)
            return false;
    return field_key_of(fields[cell->field].table) == KEY_ID;
}

bool look_rows(struct look *look, size_t proposal, int64_t region, struct error *err)
{
    const struct proposal *of = &look->import->proposal[proposal];
    for (uint32_t i = 0; i < of->count; i++) {
        const struct import_cell *cell = &look->import->cell[of->first + i];
        const struct row_kind *kind = NULL;
        if (!begins_row(look, proposal, cell))
            continue;
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (kinds[k].table == fields[cell->field].table)
                kind = &kinds[k];
        if (kind == NULL) {
            look_say(look, proposal, cell, true, _("\"%s\" cannot be imported"),
                _(fields[cell->field].label));
            continue;
        }
        struct told_row row = {.proposal = proposal, .suffix = cell->suffix, .cell = cell};
        read_row(look, kind, &row, region);
        if (!compare_row(look, kind, &row, err))
            return false;
    }
    return true;
}
