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
        bool about;
    } rows[] = {{"0", 0, false}, {"80", 80, false}, {"80%", 80, false}, {"80.00%", 80, false},
        {"８０％", 80, false}, {"100%", 100, false}, {"已完成80%", 80, false},
        {"完成率：80%", 80, false}, {"累计完成 80%", 80, false}, {"百分之八十", 80, false},
        {"百分之八十五", 85, false}, {"百分之十五", 15, false}, {"百分之百", 100, false},
        {"完成工程量80%", -1, false}, {"完成80%工程量", 80, false}, {"约80%", 80, true},
        {"80%左右", 80, true}, {"已完成约80%", 80, true}, {"近80%", 80, true},
        {"超过80%", 80, true}, {"80%以上", 80, true}, {"八成", 80, true}, {"近九成", 90, true},
        {"八成五", 85, true}, {"8成", 80, true}, {"已完成八成以上", 80, true}, {"66.7%", 67, true},
        {"99.6%", 99, true}, {"0.3%", 1, true}, {"80.4%", 80, true}, {"已完成", 100, false},
        {"全部完成", 100, false}, {"未启动", 0, false}, {"", -1, false}, {"%", -1, false},
        {"0.8", -1, false}, {"101%", -1, false}, {"80%-90%", -1, false}, {"快了", -1, false},
        {"完成", 100, false}, {"约", -1, false}, {"基本完成", -1, false}, {"12台", -1, false},
        {"99999999999%", -1, false}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int percent = -1;
        bool about = false;
        if (!percent_read(rows[i].text, &percent, &about))
            percent = -1;
        if (percent != rows[i].percent || (percent >= 0 && about != rows[i].about))
            fail_msg("%s: %d%s", rows[i].text, percent, about ? " about" : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_form)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
