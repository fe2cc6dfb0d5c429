#include "model/task_detail.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "column.h"
#include "member.h"
#include "model/task_list.h"

enum { EVENTS_MOST = 200 };

/* --- one row of each kind -------------------------------------------------------------------- */

static int number_or_none(struct db_statement *from, int column)
{
    return db_is_null(from, column) ? -1 : (int)db_int(from, column);
}

static void read_id(struct db_statement *from, void *item)
{
    *(int64_t *)item = db_int(from, 0);
}

static void read_task_part(struct db_statement *from, void *item)
{
    struct task_part *part = item;
    *part = (struct task_part){
        .id = db_int(from, 0),
        .title = column_line(from, 4),
        .state = (enum task_state)column_word(from, 5, task_states, STATE_COUNT, STATE_NOT_STARTED),
        .percent = (int)db_int(from, 6),
        .region_id = db_int(from, 7),
    };
    column_ident(from, 1, part->ident);
}

static void clear_task_part(void *item)
{
    free(((struct task_part *)item)->title);
}

static void read_measure(struct db_statement *from, void *item)
{
    *(struct measure *)item = (struct measure){
        .position = (int)db_int(from, 0),
        .text = column_lines(from, 1),
        .waived = column_lines(from, 2),
        .due_on = column_date(from, 3),
        .done_on = column_date(from, 4),
    };
}

static void clear_measure(void *item)
{
    struct measure *measure = item;
    free(measure->text);
    free(measure->waived);
}

static void read_task_target(struct db_statement *from, void *item)
{
    *(struct task_target *)item = (struct task_target){
        .position = (int)db_int(from, 0),
        .text = column_lines(from, 1),
        .value = column_line(from, 2),
        .unit = column_line(from, 3),
        .by_on = column_date(from, 4),
        .by_raw = column_line(from, 5),
    };
}

static void clear_task_target(void *item)
{
    struct task_target *target = item;
    free(target->text);
    free(target->value);
    free(target->unit);
    free(target->by_raw);
}

static void read_report(struct db_statement *from, void *item)
{
    *(struct report *)item = (struct report){
        .period_start = column_date(from, 0),
        .period_end = column_date(from, 1),
        .region_id = db_int(from, 2),
        .department_id = db_int(from, 3),
        .text = column_lines(from, 4),
        .problems = column_lines(from, 5),
        .next_step = column_lines(from, 6),
        .reporter = column_line(from, 7),
        .percent = number_or_none(from, 8),
        .progress = column_word(from, 9, task_progresses, PROGRESS_COUNT, -1),
        .reported_at = column_moment(from, 10),
        .id = db_int(from, 11),
    };
}

static void clear_report(void *item)
{
    struct report *report = item;
    free(report->text);
    free(report->problems);
    free(report->next_step);
    free(report->reporter);
}

static void read_notice(struct db_statement *from, void *item)
{
    *(struct notice *)item = (struct notice){
        .level = (enum notice_level)column_word(
            from, 0, notice_levels, NOTICE_LEVEL_COUNT, NOTICE_REMINDER),
        .document = column_line(from, 1),
        .issuer = column_line(from, 2),
        .reason = column_lines(from, 3),
        .reply = column_lines(from, 4),
        .issued_on = column_date(from, 5),
        .reply_due = column_date(from, 6),
        .replied_on = column_date(from, 7),
        .lifted_on = column_date(from, 8),
        .id = db_int(from, 9),
    };
}

static void clear_notice(void *item)
{
    struct notice *notice = item;
    free(notice->document);
    free(notice->issuer);
    free(notice->reason);
    free(notice->reply);
}

static void read_review(struct db_statement *from, void *item)
{
    static const struct word results[] = {{.name = "returned"}, {.name = "passed"}};
    *(struct review *)item = (struct review){
        .level = (enum review_level)column_word(
            from, 0, review_levels, REVIEW_LEVEL_COUNT, REVIEW_COUNTY),
        .passed = column_word(from, 1, results, 2, 0) == 1,
        .conclusion = column_lines(from, 2),
        .reviewer = column_line(from, 3),
        .department_id = db_int(from, 4),
        .reviewed_on = column_date(from, 5),
        .event_seq = db_int(from, 6),
    };
}

static void clear_review(void *item)
{
    struct review *review = item;
    free(review->conclusion);
    free(review->reviewer);
}

static void read_publicity(struct db_statement *from, void *item)
{
    static const struct word day_kinds[] = {{.name = "calendar"}, {.name = "working"}};
    *(struct publicity *)item = (struct publicity){
        .id = db_int(from, 0),
        .starts_on = column_date(from, 1),
        .ends_on = column_date(from, 2),
        .days = (int)db_int(from, 3),
        .working_days = column_word(from, 4, day_kinds, 2, 0) == 1,
        .medium = column_line(from, 5),
        .office = column_line(from, 6),
        .phone = column_line(from, 7),
        .address = column_line(from, 8),
        .email = column_line(from, 9),
        .results = column_lines(from, 10),
        .event_seq = db_int(from, 11),
    };
}

static void clear_publicity(void *item)
{
    struct publicity *publicity = item;
    free(publicity->medium);
    free(publicity->office);
    free(publicity->phone);
    free(publicity->address);
    free(publicity->email);
    free(publicity->results);
}

static void read_objection(struct db_statement *from, void *item)
{
    *(struct objection *)item = (struct objection){
        .publicity_id = db_int(from, 0),
        .raised_on = column_date(from, 1),
        .settled_on = column_date(from, 2),
        .channel = column_line(from, 3),
        .raiser = column_line(from, 4),
        .text = column_lines(from, 5),
        .settlement = column_lines(from, 6),
        .upheld = number_or_none(from, 7),
        .id = db_int(from, 8),
    };
}

static void clear_objection(void *item)
{
    struct objection *objection = item;
    free(objection->channel);
    free(objection->raiser);
    free(objection->text);
    free(objection->settlement);
}

static void read_extension(struct db_statement *from, void *item)
{
    *(struct extension *)item = (struct extension){
        .old_deadline = column_date(from, 0),
        .new_deadline = column_date(from, 1),
        .asked_on = column_date(from, 2),
        .decided_on = column_date(from, 3),
        .reason = column_lines(from, 4),
        .asked_by = column_line(from, 5),
        .decided_by = column_line(from, 6),
        .comment = column_lines(from, 7),
        .approved = number_or_none(from, 8),
        .id = db_int(from, 9),
    };
}

static void clear_extension(void *item)
{
    struct extension *extension = item;
    free(extension->reason);
    free(extension->asked_by);
    free(extension->decided_by);
    free(extension->comment);
}

/* --- all rows of each kind ------------------------------------------------------------------- */

static void clear_nothing(void *item)
{
    (void)item;
}

/* A list within a detail: its statement, where it goes, and how one row is read and let go. */
#define LIST(statement, list, number, kind)                                                        \
    {                                                                                              \
        statement, offsetof(struct task_detail, list), offsetof(struct task_detail, number),       \
            sizeof(struct kind), read_##kind, clear_##kind                                         \
    }
#define IDS(statement, list, number)                                                               \
    {                                                                                              \
        statement, offsetof(struct task_detail, list), offsetof(struct task_detail, number),       \
            sizeof(int64_t), read_id, clear_nothing                                                \
    }
static const struct list {
    enum statement statement;
    size_t array, count, size;
    void (*read)(struct db_statement *from, void *item);
    void (*clear)(void *item);
} lists[] = {
    IDS(TASK_REGIONS, regions, region_count),
    IDS(DETAIL_LEADS, leads, lead_count),
    IDS(DETAIL_RESPONSIBLE, responsible, responsible_count),
    IDS(DETAIL_COOPERATING, cooperating, cooperating_count),
    LIST(DETAIL_PARTS, parts, part_count, task_part),
    LIST(DETAIL_MEASURES, measures, measure_count, measure),
    LIST(DETAIL_TARGETS, targets, target_count, task_target),
    LIST(DETAIL_REPORTS, reports, report_count, report),
    LIST(DETAIL_NOTICES, notices, notice_count, notice),
    LIST(DETAIL_REVIEWS, reviews, review_count, review),
    LIST(DETAIL_PUBLICITIES, publicities, publicity_count, publicity),
    LIST(DETAIL_OBJECTIONS, objections, objection_count, objection),
    LIST(DETAIL_EXTENSIONS, extensions, extension_count, extension),
};
enum { LISTS = sizeof lists / sizeof *lists };

static void *array_of(struct task_detail *detail, const struct list *list)
{
    void *array; /* pointers to any kind of struct are stored alike here */
    memcpy(&array, (char *)detail + list->array, sizeof array);
    return array;
}

static size_t *count_of(struct task_detail *detail, const struct list *list)
{
    return (size_t *)((char *)detail + list->count);
}

static bool read_list(
    struct db *db, struct task_detail *detail, const struct list *list, struct error *err)
{
    struct db_statement *from;
    enum db_step step;
    size_t capacity = 0, *count = count_of(detail, list);
    char *array = NULL;
    if (!db_statement(db, list->statement, &from, err))
        return false;
    db_bind_int(from, 1, detail->row.id);
    while ((step = db_step(from, err)) == DB_ROW) {
        array = alloc_grow(array, &capacity, *count + 1, list->size);
        list->read(from, array + (*count)++ * list->size);
    }
    db_reset(from);
    memcpy((char *)detail + list->array, &array, sizeof array);
    return step != DB_FAILED;
}

void task_detail_free(struct task_detail *detail)
{
    if (detail == NULL)
        return;
    for (size_t i = 0; i < LISTS; i++) {
        char *array = array_of(detail, &lists[i]);
        for (size_t k = 0; k < *count_of(detail, &lists[i]); k++)
            lists[i].clear(array + k * lists[i].size);
        free(array);
    }
    events_clear(&detail->events);
    task_row_clear(&detail->row);
    free(detail->number);
    free(detail->problem);
    free(detail->goal);
    free(detail->category);
    free(detail->deadline_raw);
    free(detail->officer);
    free(detail->phone);
    free(detail->close_document);
    free(detail);
}

/* --- the whole ------------------------------------------------------------------------------- */

/* The first lead stands in the task itself. */
static void put_lead_first(struct task_detail *detail, int64_t lead)
{
    size_t kept = 0;
    if (lead == 0)
        return;
    int64_t *leads = alloc_zero(detail->lead_count + 1, sizeof *leads);
    leads[kept++] = lead;
    for (size_t i = 0; i < detail->lead_count; i++)
        if (detail->leads[i] != lead)
            leads[kept++] = detail->leads[i];
    free(detail->leads);
    detail->leads = leads;
    detail->lead_count = kept;
}

/* A task may be in reach and one of its parts, another county's, not. */
static bool keep_parts_in_reach(struct model *model, struct task_detail *detail, struct error *err)
{
    struct member reach;
    if (!member_begin(&reach, model, NULL, err))
        return false;
    bool ok = true, allowed;
    size_t kept = 0, count = detail->part_count;
    for (size_t i = 0; i < count; i++) {
        ok = ok && member_ask(&reach, detail->parts[i].id, &allowed, err);
        if (ok && allowed)
            detail->parts[kept++] = detail->parts[i];
        else
            clear_task_part(&detail->parts[i]);
    }
    detail->part_count = kept;
    for (size_t i = 0; i < kept; i++)
        detail->open_parts += detail->parts[i].state <= STATE_IN_PROGRESS;
    member_end(&reach);
    return ok;
}

static bool read_texts(struct db *db, struct task_detail *detail, struct error *err)
{
    struct db_statement *from;
    if (!db_statement(db, DETAIL_TASK, &from, err))
        return false;
    db_bind_int(from, 1, detail->row.id);
    enum db_step step = db_step(from, err);
    if (step == DB_ROW) {
        detail->number = column_line(from, 0);
        detail->problem = column_lines(from, 1);
        detail->goal = column_lines(from, 2);
        detail->category = column_line(from, 3);
        detail->deadline_raw = column_line(from, 4);
        detail->officer = column_line(from, 5);
        detail->phone = column_line(from, 6);
        detail->close_document = column_line(from, 7);
        detail->assigned_on = column_date(from, 8);
        detail->submitted_seq = db_int(from, 9);
    }
    db_reset(from);
    return step == DB_ROW;
}

static bool read_facts(
    struct model *model, int64_t id, bool reports, struct task_detail *detail, struct error *err)
{
    struct db *db = model_db(model);
    if (!task_rows_read(model, &id, 1, &detail->row, err))
        return false;
    if (detail->row.id == 0) {
        return error_set(
            err, ERROR_NOT_FOUND, _("there is no such task, or it is not yours to see"));
    }
    bool ok = read_texts(db, detail, err);
    for (size_t i = 0; ok && i < LISTS; i++)
        ok = (!reports && lists[i].statement == DETAIL_REPORTS) ||
             read_list(db, detail, &lists[i], err);
    if (ok)
        put_lead_first(detail, detail->row.lead_id);
    return ok && keep_parts_in_reach(model, detail, err);
}

static bool give(struct task_detail *detail, bool read, struct task_detail **out)
{
    if (read)
        *out = detail;
    else
        task_detail_free(detail);
    return read;
}

bool task_facts_read(struct model *model, int64_t id, struct task_detail **out, struct error *err)
{
    struct task_detail *detail = alloc_zero(1, sizeof *detail);
    return give(detail, read_facts(model, id, false, detail, err), out);
}

bool task_detail_read(struct model *model, int64_t id, struct task_detail **out, struct error *err)
{
    if (!db_read_begin(model_db(model), err))
        return false;
    struct task_detail *detail = alloc_zero(1, sizeof *detail);
    bool read = read_facts(model, id, true, detail, err) &&
                history_latest(model, id, EVENTS_MOST, &detail->events, err);
    db_read_end(model_db(model));
    return give(detail, read, out);
}
