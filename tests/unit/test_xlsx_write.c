/* Workbooks: rows of several sheets at once come whole; what cannot be written is said with the
 * place and the reason, and by nobody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/exchange/package.h"
#include "../../src/exchange/xlsx_write.h"
#include "base/strbuf.h"
#include "exchange/file_take.h"
#include "harness/folder.h"

static bool write_rows(const char *path, int rows, struct error *err)
{
    static const char *const headings[] = {"编号", "标题"};
    const struct xlsx_about about = {"", "", "", "", 0};
    size_t cut;
    struct xlsx *xlsx = xlsx_new(path, &about);
    struct xlsx_sheet *sheet =
        xlsx_sheet_new(xlsx, "任务", (struct xlsx_layout){0, 0}, headings, 2);
    for (int i = 0; i < rows; i++) {
        xlsx_row(sheet);
        xlsx_number(sheet, 0, i);
        xlsx_text(sheet, 1, "整改<措施>", XLSX_PLAIN);
    }
    return xlsx_end(xlsx, &cut, err);
}

static void a_full_disk_is_named_and_nothing_else_is_said(void **state)
{
    struct error err = {0};
    char path[256];
    struct stat said;
    folder_file(*state, "said", path);
    int kept = dup(STDERR_FILENO), file = open(path, O_RDWR | O_CREAT, 0600);
    dup2(file, STDERR_FILENO);
    bool good = write_rows("/dev/full", 10, &err);
    dup2(kept, STDERR_FILENO);
    fstat(file, &said);
    close(kept);
    close(file);
    assert_false(good);
    assert_int_equal(err.code, ERROR_IO);
    assert_non_null(strstr(err.text, "/dev/"));
    assert_non_null(strstr(err.text, strerror(ENOSPC)));
    assert_int_equal(said.st_size, 0);
}

static void a_folder_for_temporary_files_that_is_not_there_is_named(void **state)
{
    struct error err = {0};
    char path[256], folder[256];
    folder_file(*state, "out.xlsx", path);
    folder_file(*state, "none", folder);
    setenv("TMPDIR", folder, 1);
    assert_false(write_rows(path, 10, &err));
    unsetenv("TMPDIR");
    assert_non_null(strstr(err.text, folder));
    assert_non_null(strstr(err.text, strerror(ENOENT)));
    assert_true(write_rows(path, 10, &err));
}

/* --- what is packed comes out again ------------------------------------------------------------
 */

enum { ROWS = 20000, SHEETS = 2 };

/* Hardly to be packed, so that it goes through many pieces, and too long to be kept once. */
static const char *noise(unsigned row, unsigned sheet, char out[101])
{
    unsigned dice = row * SHEETS + sheet + 1;
    for (int i = 0; i < 100; i++) {
        dice = dice * 1103515245u + 12345u;
        out[i] = (char)('a' + (dice >> 16) % 26);
    }
    out[100] = '\0';
    return out;
}

static bool keep(void *context, const char *bytes, size_t count, bool last, struct error *err)
{
    (void)last;
    (void)err;
    strbuf_add_n(context, bytes, count);
    return true;
}

static void assert_rows(const struct strbuf *xml, unsigned sheet)
{
    char text[101];
    const char *at = strstr(strbuf_text(xml), "<sheetData>");
    for (unsigned row = 0; row < ROWS; row++) {
        assert_non_null(at);
        at = strstr(at, noise(row, sheet, text));
    }
    assert_non_null(at);
    assert_non_null(strstr(at, "</c></row></sheetData><autoFilter"));
}

static void rows_of_sheets_side_by_side_come_whole(void **state)
{
    static const char *const headings[] = {"编号"};
    const struct xlsx_about about = {"", "", "", "", 0};
    struct error err = {0};
    struct strbuf bytes = {0}, xml = {0};
    struct package *package;
    char path[256], text[101];
    size_t cut;
    struct xlsx *xlsx = xlsx_new(folder_file(*state, "out.xlsx", path), &about);
    struct xlsx_sheet *sheet[SHEETS];
    for (int i = 0; i < SHEETS; i++)
        sheet[i] =
            xlsx_sheet_new(xlsx, i == 0 ? "一" : "二", (struct xlsx_layout){0, 0}, headings, 1);
    for (unsigned row = 0; row < ROWS; row++)
        for (unsigned i = 0; i < SHEETS; i++) {
            xlsx_row(sheet[i]);
            xlsx_text(sheet[i], 0, noise(row, i, text), XLSX_PLAIN);
        }
    assert_true(xlsx_end(xlsx, &cut, &err));
    assert_true(file_take(path, 64 << 20, &bytes, NULL, &err));
    assert_true(package_open(strbuf_text(&bytes), bytes.length, &package, &err));
    for (unsigned i = 0; i < SHEETS; i++) { /* which checks sizes and checksums, too */
        strbuf_cut(&xml, 0);
        assert_true(package_read(package,
            i == 0 ? "xl/worksheets/sheet1.xml" : "xl/worksheets/sheet2.xml", keep, &xml, &err));
        assert_rows(&xml, i);
    }
    package_free(package);
    strbuf_clear(&bytes);
    strbuf_clear(&xml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            rows_of_sheets_side_by_side_come_whole, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(
            a_full_disk_is_named_and_nothing_else_is_said, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(a_folder_for_temporary_files_that_is_not_there_is_named,
            folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
