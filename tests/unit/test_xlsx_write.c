/* Workbooks that cannot be written: said with the place and the reason, and by nobody else. */
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

#include "../../src/exchange/xlsx_write.h"
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_full_disk_is_named_and_nothing_else_is_said, folder_set_up, folder_tear_down),
        cmocka_unit_test_setup_teardown(a_folder_for_temporary_files_that_is_not_there_is_named,
            folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
