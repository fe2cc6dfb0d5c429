/* ahead: what is typed ahead on a line that is slow, far or silent leads where it leads on a fast
 * one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "harness/desk.h"

/* Moves, a filter, a search, a form: some two hundred keys, as one who knows the way types them. */
static void type_ahead(struct pty *pty, struct strbuf *out)
{
    static const char steps[] = "jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjkkkkkkkkkkkkkkkkkkkk"
                                "GgjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjkkkkkkkkkkkGkkkkkkkgjjjjj"
                                "f湿地\rjjkjjkjjk/辽河\rnNn\rjjjjjkk:filter overdue\rjjjjjkke"
                                "abcdefghij\177\177\177甲乙丙丁";
    assert_true(pty_settle(pty));
    assert_true(pty_send(pty, steps, strlen(steps)));
    if (!pty_wait_text(pty, "甲乙丙丁"))
        fail_msg("%s", pty_problem(pty));
    pty_text(pty, out);
}

static void a_line_changes_nothing(void **state)
{
    struct desk *desk = *state;
    static const struct {
        long rate, delay_ms;
        bool mute;
    } lines[] = {{0, 0, false}, {20000, 0, false}, {20000, 60, false}, {6000, 0, true}};
    static const char *const environment[] = {
        "LC_ALL=C.UTF-8", "LANGUAGE=", "HOME=/nonexistent", DESK_NOW, NULL};
    const char *command[] = {
        desk_program(), "--db", desk->database, "--lang", "zh", "--config", "/dev/null", NULL};
    struct strbuf expected = {0};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct strbuf shown = {0};
        struct pty *pty = pty_start(&(struct pty_options){.environment = environment,
                                        .rate = lines[i].rate,
                                        .delay_ms = lines[i].delay_ms,
                                        .mute = lines[i].mute},
            command);
        type_ahead(pty, i == 0 ? &expected : &shown);
        if (i > 0)
            assert_string_equal(strbuf_text(&shown), strbuf_text(&expected));
        strbuf_clear(&shown);
        pty_free(pty);
    }
    strbuf_clear(&expected);
}

int main(int argc, char **argv)
{
    (void)argc;
    if (desk_prepare(argv[0]) != 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_line_changes_nothing, desk_set_up, desk_tear_down),
    };
    int failed = cmocka_run_group_tests_name("ahead", tests, NULL, NULL);
    desk_finish();
    return failed;
}
