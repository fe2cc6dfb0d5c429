/* Figures of targets as they are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/target_lines.h"

static void words_stand_behind_the_unit(void **state)
{
    static const char *const figures[][3] = {{"92", "%", "92%"}, {"90以上", "%", "90%以上"},
        {"不低于92", "%", "不低于92%"}, {"3及以上", "个", "3个及以上"},
        {"50左右", "km", "50 km左右"}, {"40", "km", "40 km"}, {"90以上", "", "90以上"},
        {"", "%", "%"}, {"优良", "", "优良"}, {"以上", "%", "以上%"}, {"Ⅲ类以上", "%", "Ⅲ类以上%"}};
    (void)state;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        struct strbuf out = {0};
        target_figure(figures[i][0], figures[i][1], &out);
        assert_string_equal(strbuf_text(&out), figures[i][2]);
        strbuf_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_stand_behind_the_unit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
