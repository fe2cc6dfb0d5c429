/* A weekly table in a workbook is a progress list, by its columns, unless it is told what it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/strbuf.h"
#include "exchange/import_kind.h"
#include "harness/acting.h"
#include "harness/folder.h"
#include "harness/importing.h"
#include "harness/workbook.h"
#include "model/import.h"

#define CELL(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define ROWS(goal)                                                                                 \
    "<row>" CELL("序号") CELL("整改任务") CELL("责任地区") CELL("完成比例") CELL("目前进展") goal  \
        "</row>"                                                                                   \
        "<row><c><v>1</v></c>" CELL("污水处理厂提标") CELL("沈阳、抚顺") CELL("85%")               \
            CELL("已拆14处") "</row>"                                                              \
                             "<row><c><v>2</v></c>" CELL("辽河口湿地退养还湿") CELL("盘锦市")      \
                                 CELL("70%") CELL("完成25个") "</row>"
#define WEEK                                                                                       \
    "<worksheet " WORKBOOK_XMLNS                                                                   \
    "><sheetData><row>" CELL("督察整改周调度表（2026年11月9日-11月15日）") "</row>" ROWS(          \
        "") "</sheetData><mergeCells><mergeCell ref=\"A1:E1\"/></mergeCells></worksheet>"

static void look(struct model *model, const char *sheet, const char *kind, const char *as,
    size_t changed, size_t refused)
{
    const struct import_options options = {.source = "2"};
    const struct import_reading reading = {.kind = kind};
    struct strbuf bytes = workbook_make(&(struct workbook){.sheet = sheet});
    struct import *import = import_new(model);
    struct import_told told = {0};
    struct import_plan plan;
    struct error err = {0};
    import_file(import, "周报.xlsx");
    if (!import_kind_read(bytes.text, bytes.length, &reading, import, &told, &err) ||
        !import_look(import, &options, NULL, NULL, &plan, &err))
        fail_msg("%s", err.text);
    assert_string_equal(told.kind, as);
    if (strcmp(as, "progress") == 0 && strstr(sheet, "周调度表") != NULL) {
        assert_non_null(strstr(told.lines.text, "of 2026-11-09 to 2026-11-15 (line 1"));
        assert_non_null(strstr(told.lines.text, "--map A=number"));
    }
    importing_expect(&plan, 0, changed, 0, refused);
    import_told_clear(&told);
    import_free(import);
    strbuf_clear(&bytes);
}

static void its_columns_tell(void **state)
{
    static const char ledger[] = WORKBOOK_SHEET(ROWS(CELL("整改目标")));
    char path[256];
    struct model *model = importing_open(state, path);
    const struct import_options options = {.source = "2"};
    importing_write(model, importing_three, &options, 3, 0, 0);
    look(model, WEEK, NULL, "progress", 2, 0);
    look(model, WEEK, "progress", "progress", 2, 0);
    look(model, WEEK, "ledger", "ledger", 0, 2); /* 1 and 2 are numbers of others */
    look(model, ledger, NULL, "ledger", 0, 2);
    look(model, ledger, "progress", "progress", 2, 0);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(its_columns_tell, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
