#include "terminfo.h"

#include <stdio.h>
#include <string.h>

#include "screen.h"

static const struct {
    const char *capability;
    uint32_t code;
    unsigned modifiers;
} terminfo_keys[] = {
    {"kcuu1", KEY_CODE_UP, 0},
    {"kcud1", KEY_CODE_DOWN, 0},
    {"kcub1", KEY_CODE_LEFT, 0},
    {"kcuf1", KEY_CODE_RIGHT, 0},
    {"khome", KEY_CODE_HOME, 0},
    {"kend", KEY_CODE_END, 0},
    {"kpp", KEY_CODE_PAGE_UP, 0},
    {"knp", KEY_CODE_PAGE_DOWN, 0},
    {"kich1", KEY_CODE_INSERT, 0},
    {"kdch1", KEY_CODE_DELETE, 0},
    {"kbs", KEY_CODE_BACKSPACE, 0},
    {"kent", KEY_CODE_ENTER, 0},
    {"kcbt", KEY_CODE_BACK_TAB, 0},
    {"kri", KEY_CODE_UP, KEY_SHIFT},
    {"kind", KEY_CODE_DOWN, KEY_SHIFT},
    {"kLFT", KEY_CODE_LEFT, KEY_SHIFT},
    {"kRIT", KEY_CODE_RIGHT, KEY_SHIFT},
};

/* A single byte is a key of its own everywhere but for Backspace, which may be ^H. */
static void define_key(struct decoder *decoder, const char *name, uint32_t code, unsigned modifiers)
{
    const char *sequence = screen_capability(name);
    if (sequence && (strlen(sequence) > 1 || code == KEY_CODE_BACKSPACE))
        decoder_define(decoder, sequence, code, modifiers);
}

void terminfo_define_keys(struct decoder *decoder)
{
    for (size_t i = 0; i < sizeof terminfo_keys / sizeof terminfo_keys[0]; i++)
        define_key(decoder, terminfo_keys[i].capability, terminfo_keys[i].code,
            terminfo_keys[i].modifiers);
    for (unsigned i = 1; i <= 12; i++) {
        char name[8];
        snprintf(name, sizeof name, "kf%u", i);
        define_key(decoder, name, KEY_CODE_F1 + i - 1, 0);
    }
}

void terminfo_add(struct strbuf *out, const char *name)
{
    const char *sequence = screen_capability(name);
    while (sequence && *sequence) {
        const char *pause = strstr(sequence, "$<"), *end = pause ? strchr(pause, '>') : NULL;
        strbuf_add_n(out, sequence, end ? (size_t)(pause - sequence) : strlen(sequence));
        sequence = end ? end + 1 : NULL;
    }
}
