#include "harness/shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "exchange/html_write.h"
#include "exchange/json_write.h"
#include "exchange/matrix_write.h"
#include "exchange/scorecard_write.h"
#include "model/alarm.h"
#include "model/bulletin.h"
#include "model/counts.h"
#include "model/desk.h"
#include "model/draft.h"
#include "model/handover.h"
#include "model/matrix.h"
#include "model/owed.h"
#include "model/remind.h"
#include "model/scorecard.h"
#include "model/survey.h"
#include "model/task_detail.h"
#include "model/task_list.h"
#include "model/timeline.h"
#include "model/trend.h"
#include "model/work.h"
#include "views/board.h"
#include "views/desk.h"
#include "views/handover.h"
#include "views/scorecard.h"
#include "views/trend.h"

enum { TASKS_MOST = 400, FILTERED = 6 };

static const char *const filters[FILTERED] = {
    "", "overdue", "region:抚顺", "整改 or lead:水利厅", "-open or returned", "by:王强"};

static bool write_out(void *context, const char *bytes, size_t count)
{
    strbuf_add_n(context, bytes, count);
    return true;
}

static struct json *begin(struct strbuf *out, const char *what, const char *of)
{
    strbuf_format(out, "\n== %s %s\n", what, of);
    return json_new(true, write_out, out);
}

static void must(bool ok, const struct error *err)
{
    if (!ok)
        fail_msg("%s", err->text);
}

/* --- lists ----------------------------------------------------------------------------------- */

static size_t list_ids(struct model *model, const char *filter, const struct sort *sort,
    int64_t *ids, struct strbuf *out)
{
    struct query *query;
    struct query_error wrong = {0};
    struct error err = {0};
    size_t count = 0;
    if (!query_parse(filter, &query, &wrong)) {
        strbuf_format(out, "wrong: %s\n", wrong.text);
        return 0;
    }
    if (!task_ids_read(model, query, sort, ids, TASKS_MOST, &count, &err))
        strbuf_format(out, "refused: %s\n", err.text);
    query_free(query);
    return count;
}

void shown_filter(struct model *model, const char *filter, struct strbuf *out)
{
    const struct sort by_number = {SORT_NUMBER, false};
    int64_t ids[TASKS_MOST];
    size_t count = list_ids(model, filter, &by_number, ids, out);
    for (size_t i = 0; i < count; i++)
        strbuf_format(out, "%lld ", (long long)ids[i]);
    strbuf_add(out, "\n");
}

static void add_board(struct model *model, const char *filter, struct strbuf *out)
{
    static const struct saved_view saved[] = {
        {1, "open", "open", "", ""}, {2, "late", "overdue", "-due", ""}, {3, "all", "", "", ""}};
    const struct view_settings settings = {
        .title = "duban", .saved = saved, .saved_count = 3, .columns = ""};
    const struct view_env env = {.model = model, .settings = &settings};
    struct error err = {0};
    strbuf_format(out, "\n== board %s\n", filter);
    if (!board_plain(&env, filter, 200, out, &err))
        strbuf_add(out, err.text);
}

static void add_lists(struct model *model, struct strbuf *out)
{
    int64_t ids[TASKS_MOST];
    for (int i = 0; i < FILTERED; i++)
        for (int key = 0; key < SORT_COUNT; key++) {
            const struct sort sort = {(enum sort_key)key, key % 2 == 1};
            strbuf_format(out, "\n== list %s by %s\n", filters[i], sorts[key].name);
            size_t count = list_ids(model, filters[i], &sort, ids, out);
            for (size_t k = 0; k < count; k++)
                strbuf_format(out, "%lld ", (long long)ids[k]);
        }
    for (int i = 0; i < FILTERED; i++)
        add_board(model, filters[i], out);
}

static void add_counts(struct model *model, struct strbuf *out)
{
    struct counts counts;
    struct error err = {0};
    struct query_error wrong;
    for (int i = 0; i < FILTERED; i++) {
        struct query *query;
        assert_true(query_parse(filters[i], &query, &wrong));
        must(i == 0 ? counts_read(model, &counts, &err)
                    : counts_read_of(model, query, &counts, &err),
            &err);
        strbuf_format(out, "\n== counts %s\n", filters[i]);
        const int64_t *numbers = (const int64_t *)&counts;
        for (size_t k = 0; k < sizeof counts / sizeof *numbers; k++)
            strbuf_format(out, "%lld ", (long long)numbers[k]);
        strbuf_format(out, " try %lld", (long long)task_list_try_text(model, filters[i], &err));
        query_free(query);
    }
}

/* --- look-ups and searches ---------------------------------------------------------------------
 */

static void add_look_ups(struct model *model, int numbers, struct strbuf *out)
{
    static const char *const codes[] = {"2", "L1", "P", "2021"};
    static const char *const forms[] = {"%s-%03d", "%s-%d", "%s-%03d.1", "%s-0%d"};
    strbuf_add(out, "\n== look-ups\n");
    for (size_t code = 0; code < sizeof codes / sizeof *codes; code++)
        for (int number = 0; number <= numbers + 1; number++) {
            char ident[64];
            int64_t id = 0;
            struct error err = {0};
            snprintf(ident, sizeof ident, forms[number % 4], codes[code], number);
            bool found = task_find(model, ident, &id, &err);
            strbuf_format(
                out, "%s: %lld %d %s\n", ident, (long long)id, err.code, found ? "" : err.text);
        }
}

static void add_searches(struct model *model, struct strbuf *out)
{
    static const char *const texts[] = {"整改", "任务 1", "2-0", "盘山", "slt", "退养"};
    const struct query all = {.kind = QUERY_ALL};
    const struct sort sort = {SORT_NUMBER, false};
    struct query_error wrong;
    struct task_list *list;
    struct error err = {0};
    assert_true(task_list_open(model, &all, &sort, &list, &wrong));
    strbuf_add(out, "\n== searches\n");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t from = 0; from < task_list_count(list); from += 3) {
            size_t index = 0;
            bool found = task_list_search(list, from, i % 2, texts[i], SIZE_MAX, &index, &err);
            strbuf_format(out, "%d:%zu ", found, index);
        }
    task_list_close(list);
}

/* --- numbers -------------------------------------------------------------------------------------
 */

static void add_matrix(struct model *model, const struct matrix_spec *spec, struct strbuf *out)
{
    struct survey *survey;
    struct query_error wrong;
    struct error err = {0};
    if (!matrix_open(model, spec, &survey, &wrong)) {
        strbuf_add(out, wrong.text);
        return;
    }
    struct matrix *matrix = survey_complete(survey, &err);
    must(matrix != NULL, &err);
    struct json *json = begin(out, "matrix", spec->filter);
    json_matrix(json, model, matrix);
    json_end(json);
    matrix_write_csv(matrix, out);
    matrix_write_text(matrix, 120, out);
    matrix_free(matrix);
}

static void add_matrices(struct model *model, struct strbuf *out)
{
    for (int measure = 0; measure < MEASURE_COUNT; measure++)
        for (int rows = 0; rows < AXIS_COUNT; rows++) {
            int columns = (rows + 1 + measure) % AXIS_COUNT;
            const struct matrix_spec spec = {(enum matrix_axis)rows, (enum matrix_axis)columns,
                (enum matrix_measure)measure, filters[(rows + measure) % 3 == 0 ? 2 : 0]};
            if (rows != columns)
                add_matrix(model, &spec, out);
        }
}

static void add_cards(struct model *model, struct strbuf *out)
{
    for (int units = 0; units < SCORE_UNITS_COUNT; units++)
        for (int i = 0; i < 3; i++) {
            struct survey *survey;
            struct query_error wrong;
            struct error err = {0};
            assert_true(
                scorecard_open(model, (enum score_units)units, filters[i], &survey, &wrong));
            struct scorecard *card = survey_complete(survey, &err);
            must(card != NULL, &err);
            struct json *json = begin(out, "scorecard", filters[i]);
            json_scorecard(json, model, card);
            json_end(json);
            scorecard_write_csv(card, out);
            scorecard_plain(card, "on_time reports overdue", 0, out);
            for (size_t line = 0; line < card->count; line++)
                scorecard_explained(model, card, line, out);
            scorecard_free(card);
        }
}

static void add_trends(struct model *model, struct strbuf *out)
{
    for (int i = 0; i < FILTERED; i++) {
        struct survey *survey;
        struct query_error wrong;
        struct error err = {0};
        assert_true(trend_open(model, filters[i], i % 2 ? 12 : 0, &survey, &wrong));
        struct trend *trend = survey_complete(survey, &err);
        must(trend != NULL, &err);
        struct json *json = begin(out, "trend", filters[i]);
        json_trend(json, trend, filters[i]);
        json_end(json);
        trend_plain(trend, trend->past, out);
        trend_free(trend);
    }
}

static void add_timeline(struct model *model, struct strbuf *out)
{
    struct timeline *timeline;
    struct query_error wrong;
    struct error err = {0};
    assert_true(timeline_open(model, "", &timeline, &wrong));
    timeline_wait(timeline, SIZE_MAX, 5000);
    struct task_list *list = timeline_list(timeline);
    strbuf_format(out, "\n== timeline %lld\n", (long long)timeline_never_due(timeline));
    for (size_t i = 0; i < task_list_count(list); i++) {
        struct timeline_row row;
        int64_t id = task_list_id(list, i);
        must(timeline_rows_read(model, &id, 1, &row, &err), &err);
        strbuf_format(out, "%s %d %zu\n", row.task.ident, row.starts_on, row.measures);
        timeline_row_clear(&row);
    }
    timeline_close(timeline);
}

/* --- what is owed ---------------------------------------------------------------------------- */

static void add_desk(struct model *model, struct strbuf *out)
{
    struct desk *desk;
    struct error err = {0};
    must(desk_read(model, &desk, &err), &err);
    struct json *json = begin(out, "desk", "");
    for (size_t i = 0; i < desk_count(desk); i++) {
        struct desk_item item;
        must(desk_items_read(model, desk, i, 1, &item, &err), &err);
        json_desk_item(json, model, &item);
        desk_item_clear(&item);
    }
    json_end(json);
    for (int section = 0; section < DESK_SECTION_COUNT; section++)
        strbuf_format(out, "%zu ", desk_section_size(desk, (enum desk_section)section));
    desk_free(desk);
    struct owed owed;
    size_t count = 0;
    must(owed_read(model, &owed, &err), &err);
    json = begin(out, "owed", "");
    for (size_t i = 0; i < owed.count; i++)
        json_owed(json, model, &owed.source[i]);
    json_end(json);
    owed_clear(&owed);
    must(desk_plain_reports(model, out, &count, &err), &err);
    strbuf_format(out, "%zu\n", count);
}

static void add_reminders(struct model *model, struct strbuf *out)
{
    const struct query all = {.kind = QUERY_ALL};
    struct reminders reminders;
    struct query_error wrong;
    struct error err = {0};
    must(remind_plan(model, &all, &reminders, &wrong, &err), &err);
    struct json *json = begin(out, "reminders", "");
    for (size_t i = 0; i < reminders.count; i++)
        json_reminder(json, model, &reminders.reminder[i], "due");
    json_end(json);
    reminders_clear(&reminders);
}

static void add_alarms(struct model *model, struct strbuf *out)
{
    struct alarms alarms = {0};
    struct error err = {0};
    must(alarm_read(model, NULL, model_today(model)->date - 40, &alarms, &err), &err);
    strbuf_add(out, "\n== alarms\n");
    for (size_t i = 0; i < alarms.count; i++)
        strbuf_format(out, "%d %lld %d %s\n", alarms.item[i].kind,
            (long long)alarms.item[i].task_id, alarms.item[i].since,
            alarms.item[i].text != NULL ? alarms.item[i].text : "");
    alarms_clear(&alarms);
}

/* What could be done to each task, and what is said where it could not. */
static void add_possible(struct model *model, struct strbuf *out)
{
    const struct sort sort = {SORT_NUMBER, false};
    int64_t ids[TASKS_MOST];
    size_t count = list_ids(model, "", &sort, ids, out);
    strbuf_add(out, "\n== what can be done\n");
    for (size_t i = 0; i < count; i++) {
        struct task_detail *detail;
        struct error err = {0};
        must(task_detail_read(model, ids[i], &detail, &err), &err);
        for (size_t k = 0; k < workflow_count; k++) {
            struct error why = {0};
            bool can = work_possible(model, detail, &workflow[k], &why);
            strbuf_format(
                out, "%s %s: %s\n", detail->row.ident, workflow[k].action, can ? "" : why.text);
        }
        task_detail_free(detail);
    }
}

void shown_numbers(struct model *model, int numbers, struct strbuf *out)
{
    add_lists(model, out);
    add_counts(model, out);
    add_look_ups(model, numbers, out);
    if (model_as_of(model) == 0)
        add_searches(model, out);
    add_matrices(model, out);
    add_cards(model, out);
    add_trends(model, out);
    add_timeline(model, out);
    add_desk(model, out);
    add_reminders(model, out);
    add_alarms(model, out);
    add_possible(model, out);
}

/* --- lines ----------------------------------------------------------------------------------- */

/* "seq":17, "since_seq":3 .. -> "seq":#, */
static void mask_lines(const struct strbuf *from, struct strbuf *out)
{
    const char *at = strbuf_text(from), *next;
    while ((next = strstr(at, "seq\":")) != NULL) {
        next += 5;
        strbuf_add_n(out, at, (size_t)(next - at));
        strbuf_add(out, "#");
        for (at = next; isdigit((unsigned char)*at); at++)
            ;
    }
    strbuf_add(out, at);
}

static void add_events(
    struct model *model, const char *what, const struct events *events, struct strbuf *out)
{
    struct json *json = begin(out, what, "");
    for (size_t i = 0; i < events->count; i++)
        json_event(json, &events->event[i]);
    json_end(json);
    for (size_t i = 0; i < events->count; i++) {
        history_describe(model, &events->event[i], out);
        strbuf_add(out, "\n");
        history_headline(&events->event[i], out);
        strbuf_format(out, "\n%zu\n", events->event[i].together);
    }
}

static void add_history(struct model *model, struct strbuf *out)
{
    struct events events = {0};
    struct error err = {0};
    const struct query overdue = {.kind = QUERY_FLAG, .flag = FLAG_OVERDUE};
    must(history_latest(model, 0, 50, &events, &err), &err);
    add_events(model, "latest", &events, out);
    must(history_latest_of(model, &overdue, 50, &events, &err), &err);
    add_events(model, "latest of overdue", &events, out);
    must(history_since(model, 3, 10000, &events, &err), &err);
    add_events(model, "since", &events, out);
    events_clear(&events);
}

static void add_tasks(struct model *model, int64_t most, struct strbuf *out)
{
    for (int64_t id = 1; id <= most; id++) {
        struct task_detail *detail;
        struct error err = {0};
        strbuf_format(out, "\n== task %lld\n", (long long)id);
        if (!task_detail_read(model, id, &detail, &err)) {
            strbuf_format(out, "%d %s\n", err.code, err.text);
            continue;
        }
        struct json *json = json_new(true, write_out, out);
        json_task(json, model, detail, true);
        json_end(json);
        add_events(model, "its lines", &detail->events, out);
        task_detail_free(detail);
    }
}

static void add_handover(struct model *model, const char *since_text, struct strbuf *out)
{
    struct handover_since since;
    struct handover *handover;
    struct handover_note *notes;
    size_t count;
    struct error err = {0};
    must(handover_since_find(model, since_text, &since, &err) &&
             handover_read(model, &since, &handover, &err) &&
             handover_notes_read(model, 100, &notes, &count, &err),
        &err);
    struct json *json = begin(out, "handover", since_text);
    json_handover(json, model, handover, notes, count);
    json_end(json);
    handover_plain(model, handover, 0, out);
    handover_add_about(out, model, handover);
    handover_notes_free(notes, count);
    handover_free(handover);
}

static void add_drafts(struct model *model, struct strbuf *out)
{
    struct draft *drafts;
    size_t count;
    struct error err = {0};
    must(draft_list(model, &drafts, &count, &err), &err);
    strbuf_add(out, "\n== drafts\n");
    for (size_t i = 0; i < count; i++) {
        strbuf_format(out, "%s %s\n", drafts[i].context, drafts[i].ident);
        draft_clear(&drafts[i]);
    }
    free(drafts);
}

static void add_bulletin(struct model *model, const char *filter, struct strbuf *out)
{
    struct bulletin *bulletin;
    struct query_error wrong = {0};
    struct error err = {0};
    strbuf_format(out, "\n== bulletin %s\n", filter);
    if (!bulletin_read(model, filter, &bulletin, &wrong, &err)) {
        strbuf_format(out, "%d %s %s\n", err.code, err.text, wrong.text);
        return;
    }
    html_bulletin(bulletin, "", out);
    bulletin_free(bulletin);
}

void shown_lines(struct model *model, struct strbuf *out)
{
    struct strbuf raw = {0};
    add_tasks(model, 90, &raw);
    add_history(model, &raw);
    add_handover(model, "4", &raw);
    add_handover(model, "2026-11-01", &raw);
    add_drafts(model, &raw);
    add_bulletin(model, "", &raw);
    add_bulletin(model, "open", &raw);
    mask_lines(&raw, out);
    strbuf_clear(&raw);
}

/* --- comparing ------------------------------------------------------------------------------- */

void shown_same(const struct strbuf *seen, const struct strbuf *expected, const char *of)
{
    const char *a = strbuf_text(seen), *b = strbuf_text(expected), *part = "";
    while (*a != '\0' && *b != '\0') {
        size_t length = strcspn(a, "\n"), other = strcspn(b, "\n");
        part = strncmp(b, "== ", 3) == 0 ? b : part;
        if (length != other || strncmp(a, b, length) != 0)
            break;
        a += length + (a[length] == '\n');
        b += other + (b[other] == '\n');
    }
    if (*a != '\0' || *b != '\0')
        fail_msg("%s: %.*s\n  seen      %.*s\n  expected  %.*s", of, (int)strcspn(part, "\n"), part,
            (int)strcspn(a, "\n") > 3000 ? 3000 : (int)strcspn(a, "\n"), a,
            (int)strcspn(b, "\n") > 3000 ? 3000 : (int)strcspn(b, "\n"), b);
}
