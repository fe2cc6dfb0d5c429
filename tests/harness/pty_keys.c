/* Keys as an xterm sends them, and the modes a program sets. */
#include "harness/pty_private.h"

#include <string.h>

#include "base/text.h"
#include "ui/keys.h"

/* --- modes ------------------------------------------------------------------------------------ */

static void set_mode(struct mode_scan *scan, int mode, bool set)
{
    for (int i = 0; i < scan->seen_count; i++) {
        if (scan->seen[i].mode == mode) {
            scan->seen[i].set = set;
            return;
        }
    }
    if (scan->seen_count < MODES_MOST) {
        scan->seen[scan->seen_count].mode = mode;
        scan->seen[scan->seen_count++].set = set;
    }
}

static void scan_private(struct mode_scan *scan, char c)
{
    if (c >= '0' && c <= '9') {
        scan->number = scan->number * 10 + (c - '0');
        return;
    }
    if (scan->count < 8) {
        scan->numbers[scan->count++] = scan->number;
    }
    scan->number = 0;
    if (c == ';') {
        return;
    }
    for (int i = 0; i < scan->count && (c == 'h' || c == 'l'); i++) {
        set_mode(scan, scan->numbers[i], c == 'h');
    }
    scan->state = SCAN_TEXT;
}

static void scan_byte(struct mode_scan *scan, char c)
{
    if (c == '\033') {
        scan->state = SCAN_ESCAPE;
        return;
    }
    switch (scan->state) {
    case SCAN_TEXT:
        break;
    case SCAN_ESCAPE:
        scan->keypad = c == '=' || (scan->keypad && c != '>');
        scan->state = c == '[' ? SCAN_CSI : SCAN_TEXT;
        break;
    case SCAN_CSI:
        scan->state = c == '?' ? SCAN_PRIVATE : SCAN_TEXT;
        scan->number = scan->count = 0;
        break;
    case SCAN_PRIVATE:
        scan_private(scan, c);
        break;
    }
}

void mode_scan_feed(struct mode_scan *scan, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        scan_byte(scan, bytes[i]);
    }
}

bool mode_scan_is_set(const struct mode_scan *scan, int mode)
{
    for (int i = 0; i < scan->seen_count; i++) {
        if (scan->seen[i].mode == mode) {
            return scan->seen[i].set;
        }
    }
    return false;
}

/* Wrapping (7), the cursor (25) and 8-bit input (1034, set by xterm's meta-mode) are on by nature.
 */
bool mode_scan_is_restored(const struct mode_scan *scan)
{
    for (int i = 0; i < scan->seen_count; i++) {
        int mode = scan->seen[i].mode;
        bool natural = mode == 7 || mode == 25;
        if (mode != 1034 && scan->seen[i].set != natural) {
            return false;
        }
    }
    return !scan->keypad;
}

/* --- keys --------------------------------------------------------------------------------------
 */

struct sequence {
    uint32_t code;
    const char *bytes; /* after CSI, or after SS3 */
    bool cursor;       /* follows the cursor key mode */
};

static const struct sequence sequences[] = {
    {KEY_CODE_UP, "A", true},
    {KEY_CODE_DOWN, "B", true},
    {KEY_CODE_RIGHT, "C", true},
    {KEY_CODE_LEFT, "D", true},
    {KEY_CODE_HOME, "H", true},
    {KEY_CODE_END, "F", true},
    {KEY_CODE_INSERT, "2~", false},
    {KEY_CODE_DELETE, "3~", false},
    {KEY_CODE_PAGE_UP, "5~", false},
    {KEY_CODE_PAGE_DOWN, "6~", false},
    {KEY_CODE_BACK_TAB, "Z", false},
    {KEY_CODE_F1 + 4, "15~", false},
    {KEY_CODE_F1 + 5, "17~", false},
    {KEY_CODE_F1 + 6, "18~", false},
    {KEY_CODE_F1 + 7, "19~", false},
    {KEY_CODE_F1 + 8, "20~", false},
    {KEY_CODE_F1 + 9, "21~", false},
    {KEY_CODE_F1 + 10, "23~", false},
    {KEY_CODE_F12, "24~", false},
};

static const struct {
    uint32_t code;
    char byte;
} plain[] = {
    {KEY_CODE_ENTER, '\r'},
    {KEY_CODE_TAB, '\t'},
    {KEY_CODE_ESCAPE, '\033'},
    {KEY_CODE_BACKSPACE, 0x7F},
};

/* xterm's: 1 and then 1 for Shift, 2 for Alt, 4 for Ctrl. */
static int xterm_modifiers(const struct key *key)
{
    return 1 + (key->modifiers & KEY_SHIFT ? 1 : 0) + (key->modifiers & KEY_META ? 2 : 0) +
           (key->modifiers & KEY_CONTROL ? 4 : 0);
}

static bool encode_sequence(
    const struct mode_scan *modes, const struct key *key, struct strbuf *out)
{
    int modifiers = xterm_modifiers(key);
    if (key->code >= KEY_CODE_F1 && key->code < KEY_CODE_F1 + 4) {
        strbuf_format(out, "\033O%c", (int)('P' + (key->code - KEY_CODE_F1)));
        return true;
    }
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        const struct sequence *row = &sequences[i];
        if (row->code != key->code) {
            continue;
        }
        if (row->cursor && modifiers > 1) {
            strbuf_format(out, "\033[1;%d%s", modifiers, row->bytes);
        } else {
            bool application = row->cursor && mode_scan_is_set(modes, 1);
            strbuf_format(out, "\033%c%s", application ? 'O' : '[', row->bytes);
        }
        return true;
    }
    return false;
}

static bool encode_key(const struct mode_scan *modes, const struct key *key, struct strbuf *out)
{
    if (key->code >= KEY_CODE_TEXT && encode_sequence(modes, key, out)) {
        return true;
    }
    if (key->modifiers & KEY_META) {
        strbuf_add_char(out, '\033');
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (plain[i].code == key->code) {
            strbuf_add_char(out, plain[i].byte);
            return true;
        }
    }
    if (key->code >= KEY_CODE_TEXT) {
        return false;
    }
    if (key->modifiers & KEY_CONTROL) {
        strbuf_add_char(out, (char)(key->code & 0x1F));
    } else {
        text_encode(out, key->code);
    }
    return true;
}

bool pty_encode_keys(
    const struct mode_scan *modes, const char *names, struct strbuf *out, struct strbuf *problem)
{
    for (const char *at = names + strspn(names, " "); *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        char name[32] = "";
        struct key key;
        if (length >= sizeof name) {
            strbuf_format(problem, "\"%s\" is no key", at);
            return false;
        }
        memcpy(name, at, length);
        if (!key_parse(name, &key) || !encode_key(modes, &key, out)) {
            strbuf_format(problem, "\"%s\" is no key", name);
            return false;
        }
        at += length;
    }
    return true;
}
