/* Headings: every one of the table is found as its field and no two fields share one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "exchange/ledger_field.h"
#include "model/field.h"

static void assert_found(const char *heading, const char *name)
{
    const struct ledger_field *field = ledger_field_find(heading);
    if ((field == NULL) != (name == NULL) || (name && strcmp(field->name, name) != 0))
        fail_msg("\"%s\" is %s, not %s", heading, field ? field->name : "nothing",
            name ? name : "nothing");
}

static void every_heading_is_of_one_field(void **state)
{
    (void)state;
    for (size_t i = 0; i < ledger_field_count; i++) {
        const struct ledger_field *field = &ledger_fields[i];
        bool alone = strcmp(field->name, "version") == 0;
        assert_true(alone || field_find(ledger_field_told(field), NULL) != NULL);
        assert_found(field->zh, field->name);
        assert_found(field->en, field->name);
        assert_ptr_equal(ledger_field_named(field->name), field);
        char *others = alloc_string(field->others), *rest = others;
        for (char *one; (one = strsep(&rest, " ")) != NULL;)
            assert_found(one, field->name);
        free(others);
    }
}

static void headings_are_compared_by_their_words(void **state)
{
    (void)state;
    assert_found("  责任 单位（牵头）*", "responsible");
    assert_found("整改\n时限", "deadline");
    assert_found("完成比例（%）", "percent");
    assert_found("县（市、区）", "county");
    assert_found("市(州)：", "city");
    assert_found("LEAD_DEPARTMENT", "lead");
    assert_found("Due Date", "deadline");
    assert_found("督导/验收单位", "supervisor");
    assert_found("受理编号", "number");
    assert_found("交办问题基本情况", "problem");
    assert_found("行政区域", "region");
    assert_found("处理和整改情况", "report");
    assert_found("乡镇（街道）", "township");
    assert_found("所在乡镇", "township");
    assert_found("街道", "township");
    assert_found("所在县区", "county");
    assert_found("是否销号", "is_closed");
    assert_found("销号情况", "is_closed");
    assert_found("是否完成", "progress");
    assert_found("备注", NULL);
    assert_found("", NULL);
    assert_found("（单位）", NULL);
    assert_found("责任单位联系电话", NULL);
    assert_null(ledger_field_named("-"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_heading_is_of_one_field),
        cmocka_unit_test(headings_are_compared_by_their_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
