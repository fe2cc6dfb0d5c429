/* What stands on the pages of a wall. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "model/matrix.h"
#include "model/task_list.h"
#include "wall_state.h"

/* --- reading --------------------------------------------------------------------------------- */

static bool read_counts(struct wall_view *wall, struct error *err)
{
    struct counts counts;
    if (!counts_read_of(wall->env->model, wall->query, &counts, err))
        return false;
    wall->counts = counts;
    return true;
}

static void list_clear(struct wall_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        task_row_clear(&list->row[i]);
    *list = (struct wall_list){0};
}

/* The first by due date of those with a flag. */
static bool read_list(
    struct wall_view *wall, enum query_flag flag, struct wall_list *list, struct error *err)
{
    struct query flagged = {.kind = QUERY_FLAG, .flag = flag};
    const struct query both = {.kind = QUERY_AND, .left = &flagged, .right = wall->query};
    const struct sort by_due = {SORT_DUE, false};
    int64_t ids[WALL_LIST_MOST];
    size_t count;
    struct counts counts;
    struct task_row rows[WALL_LIST_MOST];
    if (!counts_read_of(wall->env->model, wall->query, &counts, err) ||
        !task_ids_read(wall->env->model, wall->query ? &both : &flagged, &by_due, ids,
            WALL_LIST_MOST, &count, err) ||
        !task_rows_read(wall->env->model, ids, count, rows, err))
        return false;
    list_clear(list);
    memcpy(list->row, rows, count * sizeof *rows);
    list->count = count;
    list->all = flag == FLAG_OVERDUE ? counts.overdue : counts.due_soon;
    return true;
}

static bool read_overdue(struct wall_view *wall, struct error *err)
{
    return read_list(wall, FLAG_OVERDUE, &wall->overdue, err);
}

static bool read_due_soon(struct wall_view *wall, struct error *err)
{
    return read_list(wall, FLAG_DUE_SOON, &wall->due_soon, err);
}

static bool read_events(struct wall_view *wall, struct error *err)
{
    struct events events = {0};
    if (!history_latest_of(wall->env->model, wall->query, WALL_LIST_MOST, &events, err))
        return false;
    events_clear(&wall->events);
    wall->events = events;
    return true;
}

static bool read_matrix(struct wall_view *wall, struct error *err)
{
    return wall_survey_read(wall, WALL_MATRIX, err);
}

static bool read_trend(struct wall_view *wall, struct error *err)
{
    return wall_survey_read(wall, WALL_TREND, err);
}

static bool read_scorecard(struct wall_view *wall, struct error *err)
{
    return wall_survey_read(wall, WALL_SCORECARD, err);
}

static bool read_reports(struct wall_view *wall, struct error *err)
{
    return wall_survey_read(wall, WALL_REPORTS, err);
}

void wall_pages_clear(struct wall_view *wall)
{
    wall_survey_clear(wall);
    list_clear(&wall->overdue);
    list_clear(&wall->due_soon);
    events_clear(&wall->events);
}

/* --- how many a page is about ----------------------------------------------------------------- */

static int64_t all_overdue(const struct wall_view *wall)
{
    return wall->overdue.all;
}

static int64_t all_due_soon(const struct wall_view *wall)
{
    return wall->due_soon.all;
}

static int64_t all_of_matrix(const struct wall_view *wall)
{
    const struct matrix *matrix = wall_survey_result(wall, WALL_MATRIX);
    return matrix ? matrix->total.value : 0;
}

static int64_t all_reports(const struct wall_view *wall)
{
    const struct matrix *matrix = wall_survey_result(wall, WALL_REPORTS);
    return matrix ? matrix->total.value : 0;
}

/* --- the table ------------------------------------------------------------------------------- */

const struct wall_page_row wall_pages[WALL_PAGE_COUNT] = {
    [WALL_COUNTS] = {"counts", N_("All tasks"), read_counts, wall_draw_counts, NULL},
    [WALL_MATRIX] = {"matrix", N_("Where it burns"), read_matrix, wall_draw_matrix, all_of_matrix},
    [WALL_OVERDUE] = {"overdue", N_("Overdue tasks"), read_overdue, wall_draw_overdue, all_overdue},
    [WALL_TREND] = {"trend", N_("How it goes on"), read_trend, wall_draw_trend, NULL},
    [WALL_EVENTS] = {"events", N_("What happened"), read_events, wall_draw_events, NULL},
    [WALL_DUE_SOON] = {"due_soon", N_("Tasks due soon"), read_due_soon, wall_draw_due_soon,
        all_due_soon},
    [WALL_SCORECARD] = {"scorecard", N_("How the cities did this month"), read_scorecard,
        wall_draw_scorecard, NULL},
    [WALL_REPORTS] = {"reports", N_("Reports missing"), read_reports, wall_draw_reports,
        all_reports},
};

static enum wall_page page_named(const char *name)
{
    int page = 0;
    while (page < WALL_PAGE_COUNT && strcmp(wall_pages[page].name, name) != 0)
        page++;
    return (enum wall_page)page;
}

static bool refuse_page(const char *name, struct error *err)
{
    struct suggest suggest = suggest_for(name);
    struct strbuf all = {0};
    for (int i = 0; i < WALL_PAGE_COUNT; i++) {
        suggest_offer(&suggest, wall_pages[i].name);
        strbuf_format(&all, "%s%s", i > 0 ? " " : "", wall_pages[i].name);
    }
    if (suggest.best)
        error_set(err, ERROR_INPUT, _("wall.pages: there is no page \"%s\"; did you mean \"%s\"?"),
            name, suggest.best);
    else
        error_set(err, ERROR_INPUT, _("wall.pages: there is no page \"%s\"; there are: %s"), name,
            strbuf_text(&all));
    strbuf_clear(&all);
    return false;
}

bool wall_pages_check(const char *text, struct error *err)
{
    char *copy = alloc_string(text), *rest = NULL;
    bool good = true, any = false, seen[WALL_PAGE_COUNT] = {false};
    for (char *name = strtok_r(copy, " ,", &rest); good && name;
         name = strtok_r(NULL, " ,", &rest)) {
        enum wall_page page = page_named(name);
        any = true;
        if (page == WALL_PAGE_COUNT)
            good = refuse_page(name, err);
        else if (seen[page])
            good = error_set(err, ERROR_INPUT, _("wall.pages: \"%s\" stands there twice"), name);
        else
            seen[page] = true;
    }
    free(copy);
    if (good && !any)
        return error_set(err, ERROR_INPUT, _("wall.pages: name at least one page; %s unless said"),
            WALL_PAGES_DEFAULT);
    return good;
}

size_t wall_pages_parse(const char *text, enum wall_page out[static WALL_PAGE_COUNT])
{
    char *copy = alloc_string(text), *rest = NULL;
    size_t count = 0;
    for (char *name = strtok_r(copy, " ,", &rest); name && count < WALL_PAGE_COUNT;
         name = strtok_r(NULL, " ,", &rest))
        if (page_named(name) != WALL_PAGE_COUNT)
            out[count++] = page_named(name);
    free(copy);
    return count;
}
