#include "model/field.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "model/person.h"

const char *const field_tables[TABLE_COUNT] = {
    [TABLE_NONE] = "",
    [TABLE_TASK] = "task",
    [TABLE_TASK_REGION] = "task_region",
    [TABLE_TASK_DEPARTMENT] = "task_department",
    [TABLE_MEASURE] = "measure",
    [TABLE_TARGET] = "target",
    [TABLE_REPORT] = "report",
    [TABLE_NOTICE] = "notice",
    [TABLE_REVIEW] = "review",
    [TABLE_PUBLICITY] = "publicity",
    [TABLE_OBJECTION] = "objection",
    [TABLE_EXTENSION] = "extension",
};

static const struct word results[] = {
    {"passed", N_("passed"), N_("passed"), "通过"},
    {"returned", N_("returned"), N_("sent back"), "退回 不通过"},
};
static const struct word day_kinds[] = {
    {"working", N_("working"), N_("working days"), "工作日"},
    {"calendar", N_("calendar"), N_("calendar days"), "日历日 自然日"},
};
static const struct word channels[] = {
    {"letter", N_("letter"), N_("by letter"), "来信"},
    {"telephone", N_("phone"), N_("by telephone"), "来电 电话"},
    {"visit", N_("visit"), N_("by visit"), "来访"},
};

#define COUNT(table) (sizeof table / sizeof *table)
#define WORDS(table) table, COUNT(table)
#define OFFICE (PERSON_BIT(PERSON_OFFICER) | PERSON_BIT(PERSON_ADMIN))
#define DEPARTMENTS (OFFICE | PERSON_BIT(PERSON_DEPARTMENT))
#define EVERYBODY (DEPARTMENTS | PERSON_BIT(PERSON_REPORTER))
#define FORM FIELD_IS_FORM
#define ROW FIELD_IS_ROW
#define NONE FIELD_IS_NULL
#define QUIET FIELD_IS_QUIET
#define BY FIELD_IS_DEADLINE
#define SHORT FIELD_IS_SHORT

/* name, label, type, table, column, flags, may, words. The order is that of the form. */
const struct field fields[] = {
    {"title", N_("title"), VALUE_IS_LINE, TABLE_TASK, "title", FORM | ROW, DEPARTMENTS, NULL, 0},
    {"problem", N_("problem"), VALUE_IS_TEXT, TABLE_TASK, "problem", FORM, DEPARTMENTS, NULL, 0},
    {"goal", N_("goal"), VALUE_IS_TEXT, TABLE_TASK, "goal", FORM, DEPARTMENTS, NULL, 0},
    {"targets", N_("targets"), VALUE_IS_TEXT, TABLE_NONE, "", FORM | FIELD_IS_LINES, DEPARTMENTS,
        NULL, 0},
    {"category", N_("category"), VALUE_IS_LINE, TABLE_TASK, "category", FORM, DEPARTMENTS, NULL, 0},
    {"region", N_("region"), VALUE_IS_REGIONS, TABLE_TASK_REGION, "region_id", FORM, DEPARTMENTS,
        NULL, 0},
    {"lead", N_("lead department"), VALUE_IS_DEPARTMENTS, TABLE_TASK_DEPARTMENT, "lead", FORM,
        DEPARTMENTS, NULL, 0},
    {"responsible", N_("responsible departments"), VALUE_IS_DEPARTMENTS, TABLE_TASK_DEPARTMENT,
        "responsible", FORM, DEPARTMENTS, NULL, 0},
    {"cooperating", N_("cooperating departments"), VALUE_IS_DEPARTMENTS, TABLE_TASK_DEPARTMENT,
        "cooperating", FORM, DEPARTMENTS, NULL, 0},
    {"supervisor", N_("supervising department"), VALUE_IS_DEPARTMENT, TABLE_TASK, "supervisor_id",
        FORM | NONE, OFFICE, NULL, 0},
    {"sponsor", N_("sponsor"), VALUE_IS_SPONSOR, TABLE_TASK, "sponsor_id", FORM | NONE, DEPARTMENTS,
        NULL, 0},
    {"officer", N_("officer in charge"), VALUE_IS_LINE, TABLE_TASK, "officer", FORM, EVERYBODY,
        NULL, 0},
    {"phone", N_("phone"), VALUE_IS_LINE, TABLE_TASK, "phone", FORM, EVERYBODY, NULL, 0},
    {"assigned_on", N_("assigned on"), VALUE_IS_DATE, TABLE_TASK, "assigned_on", FORM | NONE,
        OFFICE, NULL, 0},
    {"deadline_kind", N_("kind of deadline"), VALUE_IS_WORD, TABLE_TASK, "deadline_kind", FORM,
        OFFICE, WORDS(deadline_kinds)},
    {"deadline", N_("deadline"), VALUE_IS_DATE, TABLE_TASK, "deadline", NONE, 0, NULL, 0},
    {"deadline_raw", N_("words of the deadline"), VALUE_IS_LINE, TABLE_TASK, "deadline_raw", FORM,
        OFFICE, NULL, 0},
    {"done_on", N_("work done on"), VALUE_IS_DATE, TABLE_TASK, "done_on", FORM | NONE, EVERYBODY,
        NULL, 0},

    {"source", N_("source"), VALUE_IS_SOURCE, TABLE_TASK, "source_id", QUIET, 0, NULL, 0},
    {"number", N_("number"), VALUE_IS_LINE, TABLE_TASK, "number", 0, 0, NULL, 0},
    {"part", N_("breakdown"), VALUE_IS_NUMBER, TABLE_TASK, "part", QUIET, 0, NULL, 0},
    {"parent", N_("breakdown of"), VALUE_IS_NUMBER, TABLE_TASK, "parent_id", NONE | QUIET, 0, NULL,
        0},
    {"position", N_("position"), VALUE_IS_NUMBER, TABLE_TASK, "position", QUIET, 0, NULL, 0},
    {"state", N_("state"), VALUE_IS_WORD, TABLE_TASK, "state", 0, 0, task_states, STATE_COUNT},
    {"returned", N_("marked as sent back"), VALUE_IS_YES, TABLE_TASK, "returned", 0, 0, NULL, 0},
    {"listed", N_("publicly listed"), VALUE_IS_YES, TABLE_TASK, "listed", 0, 0, NULL, 0},
    {"progress", N_("progress"), VALUE_IS_WORD, TABLE_TASK, "progress", 0, 0, task_progresses,
        PROGRESS_COUNT},
    {"percent", N_("percent"), VALUE_IS_PERCENT, TABLE_TASK, "percent", 0, 0, NULL, 0},
    {"reported_on", N_("last period reported"), VALUE_IS_DATE, TABLE_TASK, "reported_on", QUIET, 0,
        NULL, 0},
    {"submitted_on", N_("submitted on"), VALUE_IS_DATE, TABLE_TASK, "submitted_on", NONE | QUIET, 0,
        NULL, 0},
    {"closed_on", N_("closed on"), VALUE_IS_DATE, TABLE_TASK, "closed_on", NONE, 0, NULL, 0},
    {"close_document", N_("closing document"), VALUE_IS_LINE, TABLE_TASK, "close_document", 0, 0,
        NULL, 0},

    {"measure", N_("measure"), VALUE_IS_TEXT, TABLE_MEASURE, "text", ROW, DEPARTMENTS, NULL, 0},
    {"due", N_("measure due"), VALUE_IS_DATE, TABLE_MEASURE, "due_on", NONE | BY, DEPARTMENTS, NULL,
        0},
    {"done", N_("measure done"), VALUE_IS_DATE, TABLE_MEASURE, "done_on", NONE, EVERYBODY, NULL, 0},
    {"waived", N_("measure waived"), VALUE_IS_LINE, TABLE_MEASURE, "waived", 0, EVERYBODY, NULL, 0},

    {"target", N_("target"), VALUE_IS_LINE, TABLE_TARGET, "text", ROW, DEPARTMENTS, NULL, 0},
    {"value", N_("target value"), VALUE_IS_LINE, TABLE_TARGET, "value", SHORT, DEPARTMENTS, NULL,
        0},
    {"unit", N_("target unit"), VALUE_IS_LINE, TABLE_TARGET, "unit", SHORT, DEPARTMENTS, NULL, 0},
    {"by", N_("target day"), VALUE_IS_DATE, TABLE_TARGET, "by_on", NONE | BY, DEPARTMENTS, NULL, 0},
    {"by_raw", N_("words of the target day"), VALUE_IS_LINE, TABLE_TARGET, "by_raw", 0, DEPARTMENTS,
        NULL, 0},

    {"period", N_("period from"), VALUE_IS_DATE, TABLE_REPORT, "period_start", ROW | QUIET, 0, NULL,
        0},
    {"period_end", N_("period until"), VALUE_IS_DATE, TABLE_REPORT, "period_end", QUIET, 0, NULL,
        0},
    {"report", N_("report"), VALUE_IS_TEXT, TABLE_REPORT, "text", 0, 0, NULL, 0},
    {"problems", N_("problems"), VALUE_IS_TEXT, TABLE_REPORT, "problems", QUIET, 0, NULL, 0},
    {"next_step", N_("next step"), VALUE_IS_TEXT, TABLE_REPORT, "next_step", QUIET, 0, NULL, 0},
    {"report_percent", N_("percent"), VALUE_IS_PERCENT, TABLE_REPORT, "percent", NONE | QUIET, 0,
        NULL, 0},
    {"report_progress", N_("progress"), VALUE_IS_WORD, TABLE_REPORT, "progress", NONE | QUIET, 0,
        task_progresses, PROGRESS_COUNT},
    {"report_region", N_("region"), VALUE_IS_REGION, TABLE_REPORT, "region_id", NONE | QUIET, 0,
        NULL, 0},
    {"report_department", N_("department"), VALUE_IS_DEPARTMENT, TABLE_REPORT, "department_id",
        NONE | QUIET, 0, NULL, 0},
    {"reporter", N_("reporter"), VALUE_IS_LINE, TABLE_REPORT, "reporter", QUIET, 0, NULL, 0},
    {"reported_at", N_("reported at"), VALUE_IS_MOMENT, TABLE_REPORT, "reported_at", QUIET, 0, NULL,
        0},

    {"notice", N_("notice"), VALUE_IS_WORD, TABLE_NOTICE, "level", ROW, 0, notice_levels,
        NOTICE_LEVEL_COUNT},
    {"notice_document", N_("document number"), VALUE_IS_LINE, TABLE_NOTICE, "document", 0, 0, NULL,
        0},
    {"issuer", N_("issued by"), VALUE_IS_LINE, TABLE_NOTICE, "issuer", QUIET, 0, NULL, 0},
    {"notice_reason", N_("reason"), VALUE_IS_TEXT, TABLE_NOTICE, "reason", QUIET, 0, NULL, 0},
    {"issued_on", N_("issued on"), VALUE_IS_DATE, TABLE_NOTICE, "issued_on", QUIET, 0, NULL, 0},
    {"reply_due", N_("reply due"), VALUE_IS_DATE, TABLE_NOTICE, "reply_due", NONE, 0, NULL, 0},
    {"replied_on", N_("replied on"), VALUE_IS_DATE, TABLE_NOTICE, "replied_on", NONE | QUIET, 0,
        NULL, 0},
    {"reply", N_("reply"), VALUE_IS_TEXT, TABLE_NOTICE, "reply", 0, 0, NULL, 0},
    {"lifted_on", N_("lifted on"), VALUE_IS_DATE, TABLE_NOTICE, "lifted_on", NONE, 0, NULL, 0},

    {"review", N_("result of the review"), VALUE_IS_WORD, TABLE_REVIEW, "result", ROW, 0,
        WORDS(results)},
    {"review_level", N_("level of the review"), VALUE_IS_WORD, TABLE_REVIEW, "level", 0, 0,
        review_levels, REVIEW_LEVEL_COUNT},
    {"conclusion", N_("conclusion"), VALUE_IS_TEXT, TABLE_REVIEW, "conclusion", 0, 0, NULL, 0},
    {"review_department", N_("department"), VALUE_IS_DEPARTMENT, TABLE_REVIEW, "department_id",
        NONE | QUIET, 0, NULL, 0},
    {"reviewer", N_("reviewer"), VALUE_IS_LINE, TABLE_REVIEW, "reviewer", QUIET, 0, NULL, 0},
    {"reviewed_on", N_("reviewed on"), VALUE_IS_DATE, TABLE_REVIEW, "reviewed_on", QUIET, 0, NULL,
        0},

    {"publicity", N_("public notice from"), VALUE_IS_DATE, TABLE_PUBLICITY, "starts_on", ROW, 0,
        NULL, 0},
    {"ends_on", N_("public notice until"), VALUE_IS_DATE, TABLE_PUBLICITY, "ends_on", 0, 0, NULL,
        0},
    {"days", N_("days"), VALUE_IS_NUMBER, TABLE_PUBLICITY, "days", QUIET, 0, NULL, 0},
    {"day_kind", N_("kind of days"), VALUE_IS_WORD, TABLE_PUBLICITY, "day_kind", QUIET, 0,
        WORDS(day_kinds)},
    {"medium", N_("published in"), VALUE_IS_LINE, TABLE_PUBLICITY, "medium", QUIET, 0, NULL, 0},
    {"office", N_("receiving office"), VALUE_IS_LINE, TABLE_PUBLICITY, "office", QUIET, 0, NULL, 0},
    {"office_phone", N_("telephone"), VALUE_IS_LINE, TABLE_PUBLICITY, "phone", QUIET, 0, NULL, 0},
    {"address", N_("address"), VALUE_IS_LINE, TABLE_PUBLICITY, "address", QUIET, 0, NULL, 0},
    {"email", N_("e-mail"), VALUE_IS_LINE, TABLE_PUBLICITY, "email", QUIET, 0, NULL, 0},
    {"results", N_("work done and results"), VALUE_IS_TEXT, TABLE_PUBLICITY, "results", QUIET, 0,
        NULL, 0},

    {"objection", N_("objection"), VALUE_IS_TEXT, TABLE_OBJECTION, "text", ROW, 0, NULL, 0},
    {"objection_to", N_("to the public notice"), VALUE_IS_NUMBER, TABLE_OBJECTION, "publicity_id",
        QUIET, 0, NULL, 0},
    {"raised_on", N_("raised on"), VALUE_IS_DATE, TABLE_OBJECTION, "raised_on", QUIET, 0, NULL, 0},
    {"channel", N_("how it came"), VALUE_IS_WORD, TABLE_OBJECTION, "channel", QUIET, 0,
        WORDS(channels)},
    {"raiser", N_("raised by"), VALUE_IS_LINE, TABLE_OBJECTION, "raiser", QUIET, 0, NULL, 0},
    {"settled_on", N_("settled on"), VALUE_IS_DATE, TABLE_OBJECTION, "settled_on", NONE | QUIET, 0,
        NULL, 0},
    {"settlement", N_("objection settled"), VALUE_IS_TEXT, TABLE_OBJECTION, "settlement", 0, 0,
        NULL, 0},
    {"upheld", N_("objection upheld"), VALUE_IS_YES, TABLE_OBJECTION, "upheld", NONE, 0, NULL, 0},

    {"extension", N_("extension to"), VALUE_IS_DATE, TABLE_EXTENSION, "new_deadline", ROW, 0, NULL,
        0},
    {"old_deadline", N_("deadline before"), VALUE_IS_DATE, TABLE_EXTENSION, "old_deadline",
        NONE | QUIET, 0, NULL, 0},
    {"extension_reason", N_("reason"), VALUE_IS_TEXT, TABLE_EXTENSION, "reason", QUIET, 0, NULL, 0},
    {"asked_on", N_("asked on"), VALUE_IS_DATE, TABLE_EXTENSION, "asked_on", QUIET, 0, NULL, 0},
    {"asked_by", N_("asked by"), VALUE_IS_LINE, TABLE_EXTENSION, "asked_by", QUIET, 0, NULL, 0},
    {"decided_on", N_("decided on"), VALUE_IS_DATE, TABLE_EXTENSION, "decided_on", NONE | QUIET, 0,
        NULL, 0},
    {"decided_by", N_("decided by"), VALUE_IS_LINE, TABLE_EXTENSION, "decided_by", QUIET, 0, NULL,
        0},
    {"approved", N_("extension approved"), VALUE_IS_YES, TABLE_EXTENSION, "approved", NONE | QUIET,
        0, NULL, 0},
    {"comment", N_("comment"), VALUE_IS_TEXT, TABLE_EXTENSION, "comment", QUIET, 0, NULL, 0},

    {"deleted", N_("deleted"), VALUE_IS_GONE, TABLE_NONE, "", 0, 0, NULL, 0},
    {"department", N_("department"), VALUE_IS_DEPARTMENT, TABLE_NONE, "", 0, 0, NULL, 0},
    {"new_source", N_("new source"), VALUE_IS_LINE, TABLE_NONE, "", 0, 0, NULL, 0},
    {"source_row", N_("new source"), VALUE_IS_TEXT, TABLE_NONE, "", QUIET, 0, NULL, 0},
    {"new_region", N_("new place"), VALUE_IS_LINE, TABLE_NONE, "", 0, 0, NULL, 0},
    {"region_row", N_("new place"), VALUE_IS_TEXT, TABLE_NONE, "", QUIET, 0, NULL, 0},
    {"new_department", N_("new department"), VALUE_IS_LINE, TABLE_NONE, "", 0, 0, NULL, 0},
    {"department_row", N_("new department"), VALUE_IS_TEXT, TABLE_NONE, "", QUIET, 0, NULL, 0},
    {"kept", N_("kept, for others use it by now:"), VALUE_IS_LINE, TABLE_NONE, "", 0, 0, NULL, 0},
    {"undone", N_("line undone"), VALUE_IS_NUMBER, TABLE_NONE, "", QUIET, 0, NULL, 0},
    {"redone", N_("line restored"), VALUE_IS_NUMBER, TABLE_NONE, "", QUIET, 0, NULL, 0},
    {"events", N_("lines"), VALUE_IS_NUMBER, TABLE_NONE, "", QUIET, 0, NULL, 0},
};
const size_t field_count = COUNT(fields);

const struct field *field_find(const char *name, const char **suffix)
{
    size_t length = strcspn(name, ".");
    if (suffix != NULL)
        *suffix = name[length] == '.' ? name + length + 1 : "";
    for (size_t i = 0; i < field_count; i++)
        if (fields[i].name[0] == name[0] && strncmp(fields[i].name, name, length) == 0 &&
            fields[i].name[length] == '\0')
            return &fields[i];
    return NULL;
}

enum field_key field_key_of(enum field_table table)
{
    return table == TABLE_MEASURE || table == TABLE_TARGET ? KEY_POSITION
           : table > TABLE_TARGET                          ? KEY_ID
                                                           : KEY_NONE;
}

const char *field_key_column(enum field_table table)
{
    return field_key_of(table) == KEY_POSITION ? "position" : "id";
}

const struct field *field_row_of(enum field_table table)
{
    size_t i = 0;
    while (i + 1 < field_count && (fields[i].table != table || !(fields[i].flags & FIELD_IS_ROW)))
        i++;
    assert(fields[i].table == table);
    return &fields[i];
}

const struct field *field_named(const char *name)
{
    const struct field *field = field_find(name, NULL);
    assert(field != NULL);
    return field;
}

size_t field_ids(const char *value, int64_t ids[static FIELD_LIST_MOST])
{
    size_t count = 0;
    char *end;
    for (const char *at = value; count < FIELD_LIST_MOST; at = end) {
        int64_t id = strtoll(at, &end, 10);
        if (end == at)
            break;
        if (id > 0)
            ids[count++] = id;
    }
    return count;
}
