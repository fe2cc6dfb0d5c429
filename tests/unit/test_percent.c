/* How far work has come, in the words of lists: every form, and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/percent.h"

static void every_form(void **state)
{
    static const struct {
        const char *text;
        int percent;
        enum percent_told told;
    } rows[] = {{"0", 0, PERCENT_PLAIN}, {"80", 80, PERCENT_PLAIN}, {"80%", 80, PERCENT_PLAIN},
        {"80.00%", 80, PERCENT_PLAIN}, {"８０％", 80, PERCENT_PLAIN}, {"100%", 100, PERCENT_PLAIN},
        {"已完成80%", 80, PERCENT_PLAIN}, {"完成率：80%", 80, PERCENT_PLAIN},
        {"累计完成 80%", 80, PERCENT_PLAIN}, {"百分之八十", 80, PERCENT_PLAIN},
        {"百分之八十五", 85, PERCENT_PLAIN}, {"百分之十五", 15, PERCENT_PLAIN},
        {"百分之百", 100, PERCENT_PLAIN}, {"完成工程量80%", -1, PERCENT_PLAIN},
        {"完成80%工程量", 80, PERCENT_PLAIN}, {"约80%", 80, PERCENT_ABOUT},
        {"80%左右", 80, PERCENT_ABOUT}, {"已完成约80%", 80, PERCENT_ABOUT},
        {"近80%", 80, PERCENT_ABOUT}, {"超过80%", 80, PERCENT_ABOUT},
        {"80%以上", 80, PERCENT_ABOUT}, {"八成", 80, PERCENT_ABOUT}, {"近九成", 90, PERCENT_ABOUT},
        {"八成五", 85, PERCENT_ABOUT}, {"8成", 80, PERCENT_ABOUT},
        {"已完成八成以上", 80, PERCENT_ABOUT}, {"66.7%", 67, PERCENT_ROUNDED},
        {"99.6%", 99, PERCENT_ROUNDED}, {"0.3%", 1, PERCENT_ROUNDED},
        {"80.4%", 80, PERCENT_ROUNDED}, {"已完成", 100, PERCENT_PLAIN},
        {"全部完成", 100, PERCENT_PLAIN}, {"未启动", 0, PERCENT_PLAIN}, {"", -1, PERCENT_PLAIN},
        {"%", -1, PERCENT_PLAIN}, {"0.8", -1, PERCENT_PLAIN}, {"101%", -1, PERCENT_PLAIN},
        {"80%-90%", -1, PERCENT_PLAIN}, {"快了", -1, PERCENT_PLAIN}, {"完成", 100, PERCENT_PLAIN},
        {"约", -1, PERCENT_PLAIN}, {"基本完成", -1, PERCENT_PLAIN}, {"12台", -1, PERCENT_PLAIN},
        {"99999999999%", -1, PERCENT_PLAIN}, {"1", 1, PERCENT_PLAIN}, {"1%", 1, PERCENT_PLAIN},
        {"1.0%", 1, PERCENT_PLAIN}, {"1.0", -1, PERCENT_PLAIN}, {"１.00", -1, PERCENT_PLAIN},
        {"2.0", 2, PERCENT_PLAIN}, {"约80.5%", 81, PERCENT_ABOUT}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int percent = -1;
        enum percent_told told = PERCENT_PLAIN;
        if (!percent_read(rows[i].text, &percent, &told))
            percent = -1;
        if (percent != rows[i].percent || (percent >= 0 && told != rows[i].told))
            fail_msg("%s: %d, %d", rows[i].text, percent, (int)told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_form)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
