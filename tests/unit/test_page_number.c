/* What is the number of a page, and what looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/exchange/page_number.h"

static void numbers_of_pages(void **state)
{
    static const char *const are[] = {"— 2 —", "- 12 -", "-2-", "－2－", "·2·", "2/5", "第2页",
        "第 2 页 共 9 页", "第2页，共112页", "第 2 页 - 共 9 页", "　—　103　—　", "2 页"};
    static const char *const are_not[] = {"", " ", "—", "- -", "2", "3 4", "12-31", "-31", "31-",
        "/30", "12/", "2026/11", "2026-03-02", "024-52345678", "2026年", "第二页", "- 2 - 3",
        "第2页的内容"};
    (void)state;
    for (size_t i = 0; i < sizeof are / sizeof *are; i++)
        if (!page_number_is(are[i], strlen(are[i])))
            fail_msg("\"%s\" is none", are[i]);
    for (size_t i = 0; i < sizeof are_not / sizeof *are_not; i++)
        if (page_number_is(are_not[i], strlen(are_not[i])))
            fail_msg("\"%s\" is one", are_not[i]);
    assert_true(page_number_is("- 2 -5", strlen("- 2 -"))); /* no further than told */
    assert_false(page_number_is("第2页", strlen("第2页") - 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_of_pages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
