/* The bulletin's ranking and weeks against the models they are of, and files written whole. (Its
 * other numbers are compared with those of the commands, and the page is parsed, in
 * tests/cli_export.sh.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "exchange/file_put.h"
#include "exchange/html_write.h"
#include "harness/database.h"
#include "harness/folder.h"

#define ROOM 512
enum { CELLS_MOST = 16 };

static int use_clock(void **state)
{
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    return folder_set_up(state);
}

static int end_clock(void **state)
{
    unsetenv("DUBAN_NOW");
    return folder_tear_down(state);
}

/* --- reading the page ------------------------------------------------------------------------ */

/* The texts of the cells of the next row, from where `*at` stands; 0: the table has ended. */
static size_t next_row(const char **at, char cell[CELLS_MOST][64])
{
    const char *row = strstr(*at, "<tr>"), *table = strstr(*at, "</table>");
    size_t count = 0;
    if (row == NULL || row > table)
        return 0;
    const char *end = strstr(row, "</tr>");
    for (const char *from = row + 4; from < end && count < CELLS_MOST;) {
        from = strchr(from, '>') + 1;
        size_t length = strcspn(from, "<");
        snprintf(cell[count++], 64, "%.*s", (int)length, from);
        from = strchr(from + length, '>') + 1;
    }
    *at = end;
    return count;
}

static const char *body_of(const char *page, const char *id)
{
    char text[64];
    snprintf(text, sizeof text, "id=\"%s\"", id);
    const char *table = strstr(page, text);
    assert_non_null(table);
    return strstr(table, "<tbody>");
}

static void expect_text(const char *found, const char *format, ...)
{
    char text[ROOM];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    assert_string_equal(found, text);
}

/* --- ranking --------------------------------------------------------------------------------- */

static void expect_points(const char *found, int score)
{
    if (score == SCORE_NONE)
        assert_string_equal(found, "");
    else
        expect_text(found, "%d.%d", score / 10, score % 10);
}

static void expect_measure(
    const char *found, enum score_column column, const struct score_value *value)
{
    bool of = score_columns[column].share || column == SCORE_OVERDUE;
    if (of && value->whole == 0)
        assert_string_equal(found, "");
    else if (of)
        expect_text(found, "%lld/%lld", (long long)value->part, (long long)value->whole);
    else
        expect_text(found, "%lld", (long long)value->part);
}

static void expect_card(const char *page, const struct scorecard *card)
{
    char id[32], cell[CELLS_MOST][64];
    snprintf(id, sizeof id, "ranking-%s", score_units[card->units].name);
    const char *at = body_of(page, id);
    for (size_t i = 0; i < card->count; i++) {
        const struct score_line *line = &card->line[i];
        assert_int_equal(next_row(&at, cell), 4 + SCORE_COLUMN_COUNT);
        if (line->rank > 0)
            expect_text(cell[0], "%d", line->rank);
        else
            assert_string_equal(cell[0], "–");
        assert_string_equal(cell[1], line->label);
        expect_points(cell[2], line->month[SCORE_THIS].score);
        expect_points(cell[3], line->month[SCORE_LAST].score);
        for (int k = 0; k < SCORE_COLUMN_COUNT; k++)
            expect_measure(cell[4 + k], (enum score_column)k, &line->month[SCORE_THIS].value[k]);
    }
    assert_int_equal(next_row(&at, cell), 0);
}

/* --- weeks ----------------------------------------------------------------------------------- */

static void expect_weeks(const char *page, const struct trend *trend)
{
    char cell[CELLS_MOST][64], day[11];
    const char *at = body_of(page, "weeks");
    size_t first = trend->past > HTML_WEEKS_TOLD ? trend->past - HTML_WEEKS_TOLD : 0;
    for (size_t i = first; i < trend->past; i++) {
        const struct trend_week *week = &trend->week[i];
        const int64_t numbers[] = {week->open, week->planned, week->overdue, week->newly_overdue,
            week->begun, week->closed};
        assert_int_equal(next_row(&at, cell), 7);
        assert_string_equal(cell[0], date_format(week->starts_on, day));
        for (int k = 0; k < 6; k++)
            expect_text(cell[1 + k], "%lld", (long long)numbers[k]);
    }
    assert_int_equal(next_row(&at, cell), 0);
}

/* Each line of the drawing stays in its frame. */
static void expect_drawing(const char *page)
{
    int lines = 0;
    for (const char *at = page; (at = strstr(at, "points=\"")) != NULL; lines++) {
        double x, y;
        int used;
        at += strlen("points=\"");
        for (; sscanf(at, "%lf,%lf %n", &x, &y, &used) == 2; at += used) {
            assert_true(x >= 0 && x <= 720);
            assert_true(y >= 0 && y <= 250);
        }
        assert_int_equal(*at, '"');
    }
    assert_in_range(lines, 3, 4);
}

static void test_numbers(void **state)
{
    char path[256], name[16];
    for (unsigned seed = 1; seed <= 4; seed++) {
        struct error err = {0};
        struct query_error wrong = {0};
        struct bulletin *bulletin;
        struct strbuf page = {0};
        snprintf(name, sizeof name, "%u.db", seed);
        database_make(folder_file(*state, name, path));
        database_tasks(path, seed, 200);
        struct model *model = database_open_reach(path, seed == 4 ? "region:抚顺" : NULL);
        if (!bulletin_read(model, seed == 3 ? "lead:水利厅" : "", &bulletin, &wrong, &err))
            fail_msg("%s%s", err.text, wrong.text);
        html_bulletin(bulletin, "", &page);
        for (int i = 0; i < CARD_COUNT; i++)
            expect_card(strbuf_text(&page), bulletin->card[i]);
        expect_weeks(strbuf_text(&page), bulletin->trend);
        expect_drawing(strbuf_text(&page));
        assert_true(bulletin->card[CARD_CITIES]->count > 0);
        strbuf_clear(&page);
        bulletin_free(bulletin);
        model_close(model);
    }
}

/* --- files ----------------------------------------------------------------------------------- */

static void expect_file(const char *path, const char *text)
{
    char found[64] = "";
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t count = fread(found, 1, sizeof found - 1, file);
    fclose(file);
    found[count] = '\0';
    assert_string_equal(found, text);
}

static void test_file(void **state)
{
    char path[256];
    struct error err = {0};
    struct stat file;
    folder_file(*state, "page.html", path);
    assert_true(file_put(path, "one", 3, false, &err));
    expect_file(path, "one");
    assert_false(file_put(path, "two", 3, false, &err));
    assert_int_equal(err.code, ERROR_REFUSED);
    expect_file(path, "one");
    assert_int_equal(chmod(path, 0600), 0);
    assert_true(file_put(path, "three", 5, true, &err));
    expect_file(path, "three");
    assert_int_equal(stat(path, &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    err = (struct error){0};
    assert_false(file_put(*state, "x", 1, true, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_string_not_equal(err.text, "");
}

/* The disk is full in the middle: what was there stays, and nothing lies about. */
static void test_full_disk(void **state)
{
    char path[256], aside[300];
    struct error err = {0};
    struct rlimit before, small = {4096, RLIM_INFINITY};
    char *large = alloc_zero(1, 100000);
    memset(large, 'x', 99999);
    folder_file(*state, "page.html", path);
    assert_true(file_put(path, "old", 3, false, &err));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    void (*was)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool written = file_put(path, large, 99999, true, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, was);
    assert_false(written);
    assert_int_equal(err.code, ERROR_IO);
    expect_file(path, "old");
    snprintf(aside, sizeof aside, "%s.new-%ld", path, (long)getpid());
    assert_int_not_equal(access(aside, F_OK), 0);
    free(large);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, use_clock, end_clock)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_numbers), TEST(test_file), TEST(test_full_disk)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
