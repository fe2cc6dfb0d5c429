/* clipboard: the sequence that terminals take, and none where it would be shown as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/ui/clipboard.h"
#include "base/alloc.h"

static void assert_sequence(const char *name, const char *text, const char *expected)
{
    struct strbuf out = {0};
    assert_true(clipboard_sequence(&out, name, text));
    assert_string_equal(strbuf_text(&out), expected);
    strbuf_clear(&out);
}

static void encodes(void **state)
{
    (void)state;
    assert_sequence("xterm-256color", "", "\033]52;c;\a");
    assert_sequence("xterm-256color", "a", "\033]52;c;YQ==\a");
    assert_sequence("xterm-256color", "ab", "\033]52;c;YWI=\a");
    assert_sequence("xterm-256color", "abc", "\033]52;c;YWJj\a");
    assert_sequence("xterm-256color", "湿地\n", "\033]52;c;5rm/5ZywCg==\a");
}

static void is_handed_on_by_tmux_and_screen(void **state)
{
    (void)state;
    assert_sequence("tmux-256color", "a", "\033]52;c;YQ==\a\033Ptmux;\033\033]52;c;YQ==\a\033\\");
    assert_sequence("screen", "a", "\033]52;c;YQ==\a\033P\033]52;c;YQ==\a\033\\");
    struct strbuf out = {0};
    char text[601];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_true(clipboard_sequence(&out, "screen-256color", text));
    size_t pieces = 0;
    for (const char *at = out.text; (at = strstr(at, "\033P")); at++)
        pieces++;
    assert_int_equal(pieces, 4); /* 808 bytes, 256 in each */
    strbuf_clear(&out);
}

static void is_not_sent_where_it_would_be_shown(void **state)
{
    (void)state;
    struct strbuf out = {0};
    assert_false(clipboard_sequence(&out, "vt100", "a"));
    assert_false(clipboard_sequence(&out, "linux", "a"));
    assert_false(clipboard_sequence(&out, "dumb", "a"));
    char *text = alloc_zero(80000, 1);
    memset(text, 'a', 79999);
    assert_false(clipboard_sequence(&out, "xterm", text));
    assert_int_equal(out.length, 0);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodes),
        cmocka_unit_test(is_handed_on_by_tmux_and_screen),
        cmocka_unit_test(is_not_sent_where_it_would_be_shown),
    };
    return cmocka_run_group_tests_name("clipboard", tests, NULL, NULL);
}
