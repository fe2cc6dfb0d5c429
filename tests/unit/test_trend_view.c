/* The picture of a trend, drawn of numbers made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/views/trend_state.h"
#include "base/alloc.h"
#include "base/language.h"
#include "harness/database.h"
#include "harness/folder.h"

struct fixture {
    struct model *model;
    struct view_settings settings;
    struct view_env env;
    struct keymap *keymap;
    struct trend_view view;
    struct trend trend;
    struct trend_week weeks[400];
    struct canvas *canvas;
};

static bool open_nothing(void *context, struct survey **out, struct query_error *err)
{
    (void)context;
    (void)out;
    (void)err;
    return false;
}
static void take_nothing(void *context, void *result)
{
    (void)context;
    (void)result;
}

/* 40 weeks have been, 20 are to come; from 60 open down to 31, planned down to 4. */
static struct fixture *make(void **state, int rows, int columns)
{
    static const struct reading_ops reading = {open_nothing, take_nothing};
    struct fixture *f = alloc_zero(1, sizeof *f);
    struct error err = {0};
    char path[256];
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    folder_file(*state, "a.db", path);
    if (access(path, F_OK) != 0)
        database_make(path);
    f->model = database_open(path);
    f->settings = (struct view_settings){.title = "Test"};
    assert_true(keymap_build(NULL, 0, NULL, 0, &f->keymap, &err));
    f->env = (struct view_env){f->model, f->keymap, NULL, 0, &f->settings};
    f->trend = (struct trend){.week = f->weeks,
        .count = 60,
        .past = 40,
        .today = date_make(2026, 11, 21),
        .open = 31,
        .never_due = 4,
        .pace_hundredths = 125,
        .zero_on = date_make(2027, 5, 13),
        .planned_on = date_make(2027, 4, 1)};
    date_t monday = date_make(2026, 11, 16) - 39 * 7;
    for (int i = 0; i < 400; i++) {
        struct trend_week *week = &f->weeks[i];
        week->starts_on = monday + i * 7;
        week->planned = i < 58 ? 62 - i : 4;
        if (i >= 40)
            continue;
        week->open = i < 10 ? 20 + 4 * i : 60 - (i - 10);
        week->closed = i % 5;
        week->begun = i % 3;
        week->newly_overdue = i % 7 == 0 ? 3 : 0;
        week->overdue = i / 4;
    }
    f->view = (struct trend_view){.env = &f->env,
        .filter = alloc_string(""),
        .reading = reading_new(&reading, NULL),
        .trend = &f->trend,
        .zoom = TREND_ZOOM_FIRST,
        .cursor = DATE_NONE};
    f->canvas = canvas_new(rows, columns);
    return f;
}

static void end(struct fixture *f)
{
    canvas_free(f->canvas);
    reading_free(f->view.reading);
    free(f->view.filter);
    keymap_free(f->keymap);
    model_close(f->model);
    free(f);
}

static void draw(struct fixture *f, struct strbuf *out)
{
    struct rect area = {0, 0, canvas_rows(f->canvas), canvas_columns(f->canvas)};
    canvas_clear(f->canvas);
    trend_draw(&f->view.view, f->canvas, area);
    strbuf_cut(out, 0);
    canvas_text(f->canvas, out);
}

static void expect(struct fixture *f, const char *expected)
{
    struct strbuf text = {0};
    draw(f, &text);
    assert_string_equal(strbuf_text(&text), expected);
    strbuf_clear(&text);
}

static void draws_lines_scale_months_and_columns(void **state)
{
    struct fixture *f = make(state, 24, 80);
    expect(f, " duban Test                                             11-21 Sat 21:47  ● live\n"
              " Trend                                                  2026-02-16 ~ 2027-06-06\n"
              " 31 open, 8 more than planned; 1.3 fewer each week of the last 8: none left\n"
              " about 2027-05; 4 of the open ones are never due.\n"
              " ⠒⠒⠒⠒⠒⠂ Open  ⠂ ⠂ ⠂  Planned  ⠒⠒  ⠒⠂ At this pace  │ Today\n"
              "      80                                        │\n"
              "                                                │\n"
              "      60 ⠁ ⠂ ⠄ ⠄ ⣀⠔⠒⠢⠤⠤⢄⣀⡀                      │\n"
              "               ⢀⠔⠁ ⠁ ⠂ ⠄ ⡈⠉⠑⠒⠢⠤⠤⢄⣀⡀             │\n"
              "      40     ⡠⠊⠁           ⠁ ⠂ ⠂ ⠄⠈⡉⠑⠒⠒⠢⠤⢄⣀⡀    │\n"
              "          ⢀⡠⠊                        ⠁ ⠂ ⠄ ⡈⠉⠑⠒⠒⠢⢄\n"
              "      20 ⠔⠁                                  ⠁ ⠁│⠂ ⠄⠉⡑  ⢄⣀\n"
              "                                                │      ⠁ ⠂ ⠄⠑⡒ ⡀⢄⣀    2027-05\n"
              "       0                                        │                ⠁ ⠂⠑⠢ ⠂⣀⡂ ⠂\n"
              "    2026  Mar  Apr May  Jun Jul Aug  Sep Oct Nov↑ Dec 2027 Feb Mar Apr May\n"
              "       4    ▂█   ▂█   ▂█   ▂█   ▂█   ▂█   ▂█   ▂█\n"
              "           ▄██  ▄██  ▄██  ▄██  ▄██  ▄██  ▄██  ▄██\n"
              "  Closed  ▆███ ▆███ ▆███ ▆███ ▆███ ▆███ ▆███ ▆███\n"
              "       4 ▂      ▂      ▂      ▂      ▂      ▂\n"
              "         █      █      █      █      █      █\n"
              " Slipped █      █      █      █      █      █\n"
              " 2026-11-16~11-22 >Open 31 Planned 23 Overdue 9 New 0 Closed 4 Slipped 0\n"
              " Enter opens: Open 2026-11-16~11-22. Up, Down: number; Left, Right: week.\n"
              "\n");
    end(f);
}

static void draws_in_ascii_what_fits(void **state)
{
    struct fixture *f = make(state, 12, 44);
    canvas_set_ascii(f->canvas, true);
    f->view.zoom = TREND_ZOOMS - 1;
    expect(f, " duban Test         11-21 Sat 21:47  * live\n"
              " Trend              2026-02-16 ~ 2027-06-06\n"
              " 31 open, 8 more than planned; at this pace\n"
              " none left about 2027-05.\n"
              "      80                    |\n"
              "         ....*******        |\n"
              "      40  ***  ....**********\n"
              "         **              ....+++++++2027-05\n"
              "       0                    |      ..+++++.\n"
              "    2026 Mar  May Jul  Sep Nov 2027 Mar May\n"
              " 11-16~11-22 >Open 31 Planned 23 Overdue 9\n"
              "\n");
    end(f);
}

/* Whatever the size, nothing is drawn outside, and the cursor is on the screen. */
static void draws_in_any_size(void **state)
{
    for (int rows = 1; rows < 40; rows += 3)
        for (int columns = 1; columns < 300; columns += columns / 3 + 1) {
            struct fixture *f = make(state, rows, columns);
            struct strbuf text = {0};
            int row, column;
            bool visible;
            f->view.cursor = f->weeks[0].starts_on - 70 + columns * 7;
            for (f->view.zoom = 0; f->view.zoom < TREND_ZOOMS; f->view.zoom++) {
                draw(f, &text);
                canvas_cursor_get(f->canvas, &row, &column, &visible);
                assert_true(visible || rows < 8 || columns < 40);
            }
            strbuf_clear(&text);
            end(f);
        }
}

/* Wide or narrow, of each week: what does not fit is left out whole, the selected number never. */
static void cuts_no_number(void **state)
{
    for (int columns = 40; columns < 90; columns++) {
        struct fixture *f = make(state, 16, columns);
        struct strbuf text = {0};
        for (int part = 0; part < PART_COUNT; part++)
            for (int week = 30; week < 50; week += 3) {
                char selected[64];
                f->view.part = (enum trend_part)part;
                f->view.cursor = f->weeks[week].starts_on;
                draw(f, &text);
                enum trend_part shown = trend_part(&f->view, (size_t)week);
                snprintf(selected, sizeof selected, ">%s %lld",
                    trend_part_label(&f->trend, (size_t)week, shown),
                    (long long)trend_number(&f->trend, (size_t)week, shown));
                const char *line = strstr(strbuf_text(&text), selected);
                assert_non_null(line);
                assert_true(strcspn(line, "\n") <= strcspn(line, "…"));
                assert_true(strchr(" \n", line[strlen(selected)]) != NULL);
            }
        strbuf_clear(&text);
        end(f);
    }
}

static void says_what_enter_opens(void **state)
{
    struct fixture *f = make(state, 24, 80);
    struct strbuf text = {0};
    f->view.part = PART_PLANNED;
    draw(f, &text);
    assert_non_null(strstr(strbuf_text(&text), " >Planned 23 "));
    assert_non_null(strstr(strbuf_text(&text), "Enter opens: Due in the week 2026-11-16~11-22."));
    f->view.part = PART_BEGUN; /* none */
    draw(f, &text);
    assert_null(strstr(strbuf_text(&text), ">New"));
    assert_non_null(strstr(strbuf_text(&text), "Enter opens: Closed 2026-11-16~11-22."));
    strbuf_clear(&text);
    end(f);
}

/* --- words ----------------------------------------------------------------------------------- */

static void says_how_it_stands(void **state)
{
    (void)state;
    const struct {
        int64_t open, never, pace, planned;
        date_t zero;
        const char *expected;
    } cases[] = {
        {0, 0, 100, 0, DATE_NONE, "No task is open."},
        {1490, 0, 1250, 1400, date_make(2027, 8, 3),
            "1490 open, 90 more than planned; 12.5 fewer each week of the last 8: none left about "
            "2027-08."},
        {31, 4, 125, 32, date_make(2027, 5, 13),
            "31 open, 1 fewer than planned; 1.3 fewer each week of the last 8: none left about "
            "2027-05; 4 of the open ones are never due."},
        {31, 0, 4, 31, date_make(2041, 5, 13),
            "31 open, as planned; 0.04 fewer each week of the last 8: none left about 2041-05."},
        {31, 0, 1, 30, DATE_NONE,
            "31 open, 1 more than planned; 0.01 fewer each week of the last 8: at this pace there "
            "is no end in sight."},
        {31, 31, 0, 31, DATE_NONE,
            "31 open, as planned; no fewer in the last 8 weeks: at this pace there is no end; 31 "
            "of the open ones are never due."},
        {31, 0, -250, 31, DATE_NONE,
            "31 open, as planned; 2.5 more each week of the last 8: at this pace there is no end."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct strbuf text = {0};
        struct trend_week week = {.planned = cases[i].planned};
        struct trend trend = {.week = &week,
            .count = 1,
            .past = 1,
            .open = cases[i].open,
            .never_due = cases[i].never,
            .pace_hundredths = cases[i].pace,
            .zero_on = cases[i].zero};
        trend_sentence(&trend, &text);
        assert_string_equal(strbuf_text(&text), cases[i].expected);
        strbuf_clear(&text);
    }
}

/* The shorter ones keep the end, which is what one wants to know. */
static void says_it_in_fewer_words(void **state)
{
    struct fixture *f = make(state, 24, 80);
    static const char *const expected[TREND_SENTENCES] = {
        "31 open, 8 more than planned; 1.3 fewer each week of the last 8: none left about "
        "2027-05; 4 of the open ones are never due.",
        "31 open, 8 more than planned; 1.3 fewer each week of the last 8: none left about "
        "2027-05.",
        "31 open, 8 more than planned; at this pace none left about 2027-05.",
        "31 open; at this pace none left about 2027-05."};
    for (int i = 0; i < TREND_SENTENCES; i++) {
        struct strbuf text = {0};
        trend_sentence_short(&f->trend, i, &text);
        assert_string_equal(strbuf_text(&text), expected[i]);
        strbuf_clear(&text);
    }
    end(f);
}

/* Whether a filter has no closed tasks is told by the filter, not by the tasks there are. */
static void knows_filters_without_closed_tasks(void **state)
{
    static const struct {
        const char *filter;
        bool open_only;
    } cases[] = {{"", false}, {"open", true}, {"-closed", true}, {"closed", false},
        {"state:in_progress", true}, {"state:in_progress,submitted", true},
        {"state:in_progress,closed", false}, {"state!=closed", true}, {"overdue", true},
        {"overdue or closed", false}, {"湿地 open", true}, {"-open", false}, {"湿地", false},
        {"-(closed or overdue)", true}, {"percent<50", false}};
    struct fixture *f = make(state, 24, 80);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct survey *survey = NULL;
        struct query_error wrong;
        struct error err = {0};
        assert_true(trend_open(f->model, cases[i].filter, 12, &survey, &wrong));
        struct trend *trend = survey_complete(survey, &err);
        assert_non_null(trend);
        if (trend->open_only != cases[i].open_only)
            fail_msg("%s", cases[i].filter);
        trend_free(trend);
    }
    struct strbuf text = {0};
    f->trend.open_only = true;
    trend_sentence(&f->trend, &text);
    assert_string_equal(strbuf_text(&text),
        "31 open, 8 more than planned; the filter leaves closed tasks out, only those open now are "
        "seen: no pace can be told; 4 of the open ones are never due.");
    strbuf_clear(&text);
    end(f);
}

static void expect_filter(
    struct fixture *f, size_t week, enum trend_part part, const char *filter, const char *title)
{
    char *told = NULL, *found;
    f->view.part = part;
    found = trend_part_filter(&f->view, week, &told);
    if (filter)
        assert_string_equal(found, filter);
    else
        assert_null(found);
    if (title)
        assert_string_equal(told, title);
    free(found);
    free(told);
}

/* A number that no filter can tell gives way to the next that one can. */
static void tells_the_tasks_behind_a_number(void **state)
{
    struct fixture *f = make(state, 24, 80);
    expect_filter(f, 39, PART_OPEN, "open", "Open 2026-11-16~11-22");
    expect_filter(f, 39, PART_OVERDUE, "overdue", "Overdue 2026-11-16~11-22");
    expect_filter(
        f, 39, PART_PLANNED, "due:2026-11-16..2026-11-22", "Due in the week 2026-11-16~11-22");
    expect_filter(f, 38, PART_OPEN, "due:2026-11-09..2026-11-15", NULL);
    expect_filter(f, 38, PART_CLOSED, "closed:2026-11-09..2026-11-15", NULL);
    expect_filter(f, 38, PART_BEGUN, "closed:2026-11-09..2026-11-15", NULL);
    expect_filter(f, 35, PART_CLOSED, "overdue due:2026-10-18..2026-10-24", NULL);
    expect_filter(f, 45, PART_LATE, "due:2026-12-28..2027-01-03", NULL);
    free(f->view.filter);
    f->view.filter = alloc_string("lead:1 or lead:2");
    expect_filter(f, 39, PART_OPEN, "(lead:1 or lead:2) open", NULL);
    end(f);
}

/* --- weeks ----------------------------------------------------------------------------------- */

static void comes_down_to_zero_at_its_pace(void **state)
{
    struct fixture *f = make(state, 24, 80);
    assert_int_equal(trend_forecast(&f->trend, 38), -1);
    assert_int_equal(trend_forecast(&f->trend, 39), 31);
    assert_int_equal(trend_forecast(&f->trend, 40), 29); /* 29.75 */
    assert_int_equal(trend_forecast(&f->trend, 39 + 24), 1);
    assert_int_equal(trend_forecast(&f->trend, 39 + 25), 0);
    assert_int_equal(trend_forecast(&f->trend, 39 + 26), -1);
    f->trend.pace_hundredths = -50;
    assert_int_equal(trend_forecast(&f->trend, 49), 36);
    end(f);
}

/* The weeks asked for and as many to come; then as many as columns are left for; with the cursor
 * among them. */
static void shows_the_weeks_around_today(void **state)
{
    struct fixture *f = make(state, 24, 80);
    struct trend_window window;
    f->view.zoom = 0;
    window = trend_window(&f->view, 24);
    assert_int_equal(window.first, 28);
    assert_int_equal(window.count, 24);
    assert_int_equal(window.columns, 24);
    window = trend_window(&f->view, 75); /* three columns a week: one more week has room */
    assert_int_equal(window.first, 27);
    assert_int_equal(window.count, 25);
    assert_int_equal(window.columns, 75);
    window = trend_window(&f->view, 10); /* fewer columns than weeks */
    assert_int_equal(window.count, 24);
    assert_int_equal(window.columns, 10);
    f->view.cursor = f->weeks[3].starts_on;
    assert_int_equal(trend_window(&f->view, 24).first, 3);
    f->view.cursor = f->weeks[59].starts_on;
    assert_int_equal(trend_window(&f->view, 24).first, 36);
    f->view.zoom = TREND_ZOOMS - 1;
    window = trend_window(&f->view, 1000);
    assert_int_equal(window.first, 0);
    assert_int_equal(window.count, trend_end(&f->trend));
    end(f);
}

static struct trend *read_trend(struct model *model, int weeks)
{
    struct survey *survey = NULL;
    struct query_error wrong;
    struct error err = {0};
    if (!trend_open(model, "", weeks, &survey, &wrong))
        fail_msg("%s", wrong.text);
    struct trend *trend = survey_complete(survey, &err);
    if (!trend)
        fail_msg("%s", err.text);
    return trend;
}

/* Of however long a past, the weeks to come have the plan that the model has for a short one. */
static void shows_the_plan_the_model_has(void **state)
{
    char path[256];
    struct error err = {0};
    struct fixture *f = make(state, 24, 80);
    folder_file(*state, "a.db", path);
    database_write(path,
        "INSERT INTO task (id, source_id, number, title, state, region_id, assigned_on, deadline, "
        "closed_on, deadline_kind, version) VALUES "
        "(1, 1, '1', '甲', 'in_progress', 3, '2015-01-01', '2026-12-09', NULL, 'date', 1),"
        "(2, 1, '2', '乙', 'in_progress', 3, '2026-11-02', '2029-03-10', NULL, 'date', 1),"
        "(3, 1, '3', '丙', 'in_progress', 3, '2026-11-02', '2027-01-30', NULL, 'date', 1)");
    struct trend *told = read_trend(f->model, 12);
    struct view *view;
    assert_true(trend_view_open(&f->env, "", &view, &err));
    struct trend_view *opened = (struct trend_view *)view;
    while (!opened->trend)
        view->ops->ready(view, &err);
    assert_true(told->count > told->past + 100);
    for (size_t week = 0; week < told->count; week++) {
        size_t here = (size_t)(told->week[week].starts_on - opened->trend->week[0].starts_on) / 7;
        assert_int_equal(trend_number(opened->trend, here, PART_PLANNED), told->week[week].planned);
    }
    trend_free(told);
    view->ops->close(view);
    end(f);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(draws_lines_scale_months_and_columns),
        TEST(draws_in_ascii_what_fits),
        TEST(draws_in_any_size),
        TEST(cuts_no_number),
        TEST(says_what_enter_opens),
        TEST(says_how_it_stands),
        TEST(says_it_in_fewer_words),
        TEST(knows_filters_without_closed_tasks),
        TEST(tells_the_tasks_behind_a_number),
        TEST(comes_down_to_zero_at_its_pace),
        TEST(shows_the_weeks_around_today),
        TEST(shows_the_plan_the_model_has),
    };
    setenv("LC_ALL", "C.UTF-8", 1);
    language_start("en", NULL);
    return cmocka_run_group_tests_name("trend_view", tests, NULL, NULL);
}
