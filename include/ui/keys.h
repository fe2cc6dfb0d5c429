/* keys: a key pressed, and its written form: "j", "G", "Space", "Enter", "C-d", "PgDn", "F1", "S-Tab",
 * "M-x", "S-Up". One character of text is itself. Long names are read in either case; "C-i", "C-m", "C-j"
 * and "C-[" are Tab, Enter and Esc, because that is what a terminal sends. */
#ifndef UI_KEYS_H
#define UI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key_code {
    KEY_CODE_TEXT = 0x200000, /* codes below are code points */
    KEY_CODE_UP, KEY_CODE_DOWN, KEY_CODE_LEFT, KEY_CODE_RIGHT, KEY_CODE_HOME, KEY_CODE_END, KEY_CODE_PAGE_UP,
    KEY_CODE_PAGE_DOWN, KEY_CODE_INSERT, KEY_CODE_DELETE, KEY_CODE_BACKSPACE, KEY_CODE_ENTER, KEY_CODE_TAB,
    KEY_CODE_BACK_TAB, KEY_CODE_ESCAPE, KEY_CODE_F1, KEY_CODE_F12 = KEY_CODE_F1 + 11,
    KEY_CODE_PASTE,           /* bracketed paste: text in the event */
    KEY_CODE_MOUSE,           /* row, column, button in the event */
    KEY_CODE_RESIZE, KEY_CODE_DRAW, /* not pressed by anybody: ui/term.h asks for a picture */
    KEY_CODE_STATUS,          /* the terminal's answer to a status report */
};
enum key_modifier { KEY_CONTROL = 1, KEY_META = 2, KEY_SHIFT = 4 /* on arrows and their kin only */ };
struct key {
    uint32_t code;
    unsigned modifiers;
    int row, column;          /* mouse */
    int button;               /* mouse: 1 press, 2 double, 4 wheel up, 5 wheel down */
    const char *paste;        /* borrowed until the next key */
};

bool key_parse(const char *name, struct key *out); /* false: no such key, `out` untouched */
const char *key_name(const struct key *key, char out[static 16]);
bool key_equal(const struct key *a, const struct key *b);
/* A character a person typed to be text (no control, no modifier). */
bool key_is_text(const struct key *key);

#endif
