/* The screen: libvterm, asked for text and attributes. */
#include "harness/pty_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

/* --- bytes in ----------------------------------------------------------------------------------
 */

static void answer(const char *bytes, size_t count, void *user)
{
    struct pty *pty = user;
    int64_t typed_at = pty->sent_at; /* an answer is not typed */
    bool position = count > 0 && bytes[count - 1] == 'R';
    if (!pty->mute && !(pty->unplaced && position)) {
        pty_send(pty, bytes, count);
    }
    pty->sent_at = typed_at;
}

static int set_property(VTermProp property, VTermValue *value, void *user)
{
    struct pty *pty = user;
    if (property == VTERM_PROP_CURSORVISIBLE) {
        pty->cursor_visible = value->boolean;
    }
    return 1;
}

static int ring(void *user)
{
    struct pty *pty = user;
    pty->bells++;
    return 1;
}

void pty_screen_start(struct pty *pty, int rows, int columns)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = set_property, .bell = ring};
    pty->vterm = vterm_new(rows, columns);
    vterm_set_utf8(pty->vterm, 1);
    vterm_output_set_callback(pty->vterm, answer, pty);
    pty->screen = vterm_obtain_screen(pty->vterm);
    vterm_screen_enable_altscreen(pty->screen, 1);
    pty->cursor_visible = true;
    vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
    vterm_screen_reset(pty->screen, 1);
}

/* As a terminal with the fonts of CJK has it. */
static void feed_wide(struct pty *pty, const char *bytes, size_t count)
{
    char *text = alloc_string_n(bytes, count);
    struct strbuf wide = {0};
    uint32_t code;
    for (int at = 0, length; (length = text_decode(text + at, &code)) > 0; at += length) {
        bool ambiguous = text_is_ambiguous(code);
        strbuf_add_n(&wide, ambiguous ? "〓" : text + at, ambiguous ? 3 : (size_t)length);
    }
    vterm_input_write(pty->vterm, strbuf_text(&wide), wide.length);
    strbuf_clear(&wide);
    free(text);
}

/* Whether `byte` belongs to a sequence; `state` follows it. */
static bool is_sequence(struct pty *pty, unsigned char byte)
{
    if (byte == 0x1b) {
        pty->wrap_state = WRAP_ESCAPE;
        return true;
    }
    if (pty->wrap_state == WRAP_TEXT) {
        return false;
    }
    if (pty->wrap_state == WRAP_ESCAPE && byte == '[') {
        pty->wrap_state = WRAP_CONTROL;
    } else if (byte >= (pty->wrap_state == WRAP_ESCAPE ? 0x30 : 0x40)) {
        pty->wrap_state = WRAP_TEXT;
    }
    return true;
}

/* A character that leaves the cursor where it was went into the last column: there, a terminal
 * without xenl goes to the next line before anything else comes. */
static void feed_wrapping(struct pty *pty, const char *bytes, size_t count)
{
    VTermState *state = vterm_obtain_state(pty->vterm);
    char *text = alloc_string_n(bytes, count);
    uint32_t code;
    for (int at = 0, length; (length = text_decode(text + at, &code)) > 0; at += length) {
        VTermPos before, after;
        char one[8] = "";
        memcpy(one, text + at, (size_t)length);
        bool drawn = !is_sequence(pty, (unsigned char)one[0]) && text_width(one) > 0 && code >= ' ';
        vterm_state_get_cursorpos(state, &before);
        vterm_input_write(pty->vterm, one, (size_t)length);
        vterm_state_get_cursorpos(state, &after);
        if (drawn && before.row == after.row && before.col == after.col) {
            vterm_input_write(pty->vterm, "\r\n", 2);
        }
    }
    free(text);
}

static void feed_plain(struct pty *pty, const char *bytes, size_t count)
{
    if (pty->wraps) {
        feed_wrapping(pty, bytes, count);
    } else if (pty->wide) {
        feed_wide(pty, bytes, count);
    } else {
        vterm_input_write(pty->vterm, bytes, count);
    }
}

/* ESC [ count b, the character before once more: libvterm wraps after it one column too early, so
 * it is written out. */
static void feed_text(struct pty *pty, const char *bytes, size_t count)
{
    strbuf_add_n(&pty->text, bytes, count);
    char *at = pty->text.text, *end = at + pty->text.length;
    for (char *escape; at < end && (escape = memchr(at, '\033', (size_t)(end - at)));) {
        feed_plain(pty, at, (size_t)(escape - at));
        if (escape > at && escape[-1] >= ' ') {
            pty->last = escape[-1]; /* curses repeats ASCII only */
        }
        at = escape;
        char *after = escape + 1 + (escape + 1 < end && escape[1] == '[');
        after += strspn(after, "0123456789");
        if (after == end) {
            break; /* the rest is to come */
        }
        size_t length = (size_t)(after + 1 - escape);
        if (*after == 'b' && escape[1] == '[') {
            for (long left = strtol(escape + 2, NULL, 10); left > 0; left--) {
                feed_plain(pty, &pty->last, 1);
            }
        } else {
            feed_plain(pty, escape, length);
        }
        at = escape + length;
    }
    if (at < end && *at != '\033') {
        feed_plain(pty, at, (size_t)(end - at));
        pty->last = end[-1] >= ' ' ? end[-1] : pty->last;
        at = end;
    }
    char *rest = alloc_string_n(at, (size_t)(end - at));
    strbuf_cut(&pty->text, 0);
    strbuf_add(&pty->text, rest);
    free(rest);
}

/* From the terminal's charset; a character may come in two reads. */
static void feed_converted(struct pty *pty, const char *bytes, size_t count)
{
    strbuf_add_n(&pty->partial, bytes, count);
    char *in = pty->partial.text;
    size_t left = pty->partial.length;
    while (left > 0) {
        char block[4096], *out = block;
        size_t room = sizeof block;
        size_t result = iconv(pty->from, &in, &left, &out, &room);
        int problem = result == (size_t)-1 ? errno : 0;
        feed_text(pty, block, sizeof block - room);
        if (problem == EINVAL) {
            break; /* the rest is to come */
        }
        if (problem == EILSEQ) { /* not of this charset: shown, so that the test sees it */
            vterm_input_write(pty->vterm, "\xEF\xBF\xBD", 3);
            in++;
            left--;
        }
    }
    char *rest = alloc_string_n(in, left);
    strbuf_cut(&pty->partial, 0);
    strbuf_add_n(&pty->partial, rest, left);
    free(rest);
}

void pty_screen_feed(struct pty *pty, const char *bytes, size_t count)
{
    mode_scan_feed(&pty->modes, bytes, count);
    feed_converted(pty, bytes, count);
}

long pty_bells(const struct pty *pty)
{
    return pty->bells;
}

/* --- cells ---------------------------------------------------------------------------------------
 */

int pty_rows(const struct pty *pty)
{
    int rows, columns;
    vterm_get_size(pty->vterm, &rows, &columns);
    return rows;
}

int pty_columns(const struct pty *pty)
{
    int rows, columns;
    vterm_get_size(pty->vterm, &rows, &columns);
    return columns;
}

static int colour_of(const VTermColor *colour, bool is_default)
{
    if (is_default) {
        return -1;
    }
    if (VTERM_COLOR_IS_INDEXED(colour)) {
        return colour->indexed.idx;
    }
    return 0x1000000 | colour->rgb.red << 16 | colour->rgb.green << 8 | colour->rgb.blue;
}

struct pty_cell pty_cell(const struct pty *pty, int row, int column)
{
    VTermScreenCell cell = {0};
    vterm_screen_get_cell(pty->screen, (VTermPos){.row = row, .col = column}, &cell);
    bool right_half = cell.chars[0] == (uint32_t)-1;
    if (right_half && column > 0) { /* looks as its left half does */
        vterm_screen_get_cell(pty->screen, (VTermPos){.row = row, .col = column - 1}, &cell);
    }
    return (struct pty_cell){
        .base = right_half ? 0 : cell.chars[0],
        .width = right_half ? 0 : cell.width,
        .foreground = colour_of(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg)),
        .background = colour_of(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)),
        .bold = cell.attrs.bold,
        .underline = cell.attrs.underline != VTERM_UNDERLINE_OFF,
        .reverse = cell.attrs.reverse,
    };
}

/* --- text
 * ----------------------------------------------------------------------------------------- */

void pty_row_text(const struct pty *pty, int row, struct strbuf *out)
{
    int columns = pty_columns(pty);
    size_t kept = out->length;
    for (int column = 0; column < columns; column++) {
        VTermScreenCell cell = {0};
        vterm_screen_get_cell(pty->screen, (VTermPos){.row = row, .col = column}, &cell);
        if (cell.chars[0] == (uint32_t)-1) {
            continue;
        }
        if (cell.chars[0] == 0) {
            strbuf_add_char(out, ' ');
            continue;
        }
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++) {
            text_encode(out, cell.chars[i]);
        }
        if (cell.chars[0] != ' ') {
            kept = out->length;
        }
    }
    strbuf_cut(out, kept);
}

void pty_text(const struct pty *pty, struct strbuf *out)
{
    int rows = pty_rows(pty);
    for (int row = 0; row < rows; row++) {
        pty_row_text(pty, row, out);
        strbuf_add_char(out, '\n');
    }
}

bool pty_has_text(const struct pty *pty, const char *text)
{
    int rows = pty_rows(pty);
    bool found = false;
    for (int row = 0; row < rows && !found; row++) {
        struct strbuf line = {0};
        pty_row_text(pty, row, &line);
        found = strstr(strbuf_text(&line), text) != NULL;
        strbuf_clear(&line);
    }
    return found;
}

void pty_cursor(const struct pty *pty, int *row, int *column, bool *visible)
{
    VTermPos at;
    vterm_state_get_cursorpos(vterm_obtain_state(pty->vterm), &at);
    *row = at.row;
    *column = at.col;
    *visible = pty->cursor_visible;
}

/* --- attributes
 * ------------------------------------------------------------------------------------ */

static char attribute_letter(const struct pty_cell *cell)
{
    if (cell->reverse) {
        return cell->bold || cell->underline ? 'R' : 'r';
    }
    if (cell->bold) {
        return cell->underline ? 'B' : 'b';
    }
    return cell->underline ? 'u' : '.';
}

static char colour_letter(int colour)
{
    static const char letters[] = "krgybmcwKRGYBMCW";
    return colour == -1 ? '.' : colour < 16 ? letters[colour] : '*';
}

static char layer_letter(const struct pty_cell *cell, char layer)
{
    return layer == 'a'   ? attribute_letter(cell)
           : layer == 'c' ? colour_letter(cell->foreground)
                          : colour_letter(cell->background);
}

static void add_layer(const struct pty *pty, int row, char layer, struct strbuf *out)
{
    int columns = pty_columns(pty), last = -1;
    struct strbuf line = {0};
    for (int column = 0; column < columns; column++) {
        struct pty_cell cell = pty_cell(pty, row, column);
        char letter = layer_letter(&cell, layer);
        strbuf_add_char(&line, letter);
        last = letter == '.' ? last : column;
    }
    if (last >= 0) {
        strbuf_cut(&line, (size_t)last + 1);
        strbuf_format(out, "%2d%c %s\n", row + 1, layer, strbuf_text(&line));
    }
    strbuf_clear(&line);
}

void pty_attributes(const struct pty *pty, struct strbuf *out)
{
    int rows = pty_rows(pty);
    for (int row = 0; row < rows; row++) {
        for (const char *layer = "acg"; *layer != '\0'; layer++) {
            add_layer(pty, row, *layer, out);
        }
    }
}
