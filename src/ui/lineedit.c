#include "ui/lineedit.h"

#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"

#define UNDO_MOST 100

struct snapshot {
    char *text;
    size_t caret;
};
struct lineedit {
    struct strbuf text;
    size_t caret, most_bytes;
    char *killed; /* what ^Y puts back */
    struct snapshot undo[UNDO_MOST];
    size_t undo_count;
    bool typing; /* the last change was a character typed: the next belongs to it */
};

struct lineedit *lineedit_new(const char *text, size_t most_bytes)
{
    struct lineedit *edit = alloc_zero(1, sizeof *edit);
    edit->most_bytes = most_bytes;
    lineedit_set(edit, text);
    return edit;
}

static void forget_undo(struct lineedit *edit)
{
    while (edit->undo_count > 0)
        free(edit->undo[--edit->undo_count].text);
}

void lineedit_free(struct lineedit *edit)
{
    if (!edit)
        return;
    forget_undo(edit);
    strbuf_clear(&edit->text);
    free(edit->killed);
    free(edit);
}

const char *lineedit_text(const struct lineedit *edit)
{
    return strbuf_text(&edit->text);
}

size_t lineedit_caret(const struct lineedit *edit)
{
    return edit->caret;
}

/* --- places in the text -------------------------------------------------------------------- */

static size_t next(const struct lineedit *edit, size_t at)
{
    struct text_cluster cluster;
    return text_cluster(lineedit_text(edit) + at, &cluster) ? at + (size_t)cluster.bytes : at;
}

static size_t previous(const struct lineedit *edit, size_t at)
{
    return text_previous(lineedit_text(edit), at);
}

/* The first place between clusters from `at` on: what was put in may have joined what stands there.
 */
static size_t settle(const struct lineedit *edit, size_t at)
{
    size_t place = 0;
    while (place < at && place < edit->text.length)
        place = next(edit, place);
    return place;
}

enum kind { BLANK, LETTER, HAN, SIGN };

static enum kind kind_at(const struct lineedit *edit, size_t at)
{
    uint32_t code = 0;
    text_decode(lineedit_text(edit) + at, &code);
    if (code == ' ' || code == 0x3000)
        return BLANK;
    if ((code >= 0x2e80 && code < 0x3000) || (code >= 0x3400 && code < 0xa000) ||
        (code >= 0xf900 && code < 0xfb00) || code >= 0x20000)
        return HAN;
    return code == '_' || iswalnum((wint_t)code) ? LETTER : SIGN;
}

static size_t word_left(const struct lineedit *edit)
{
    size_t at = edit->caret;
    while (at > 0 && kind_at(edit, previous(edit, at)) == BLANK)
        at = previous(edit, at);
    if (at == 0)
        return 0;
    enum kind kind = kind_at(edit, previous(edit, at));
    while (at > 0 && kind_at(edit, previous(edit, at)) == kind)
        at = previous(edit, at);
    return at;
}

static size_t word_right(const struct lineedit *edit)
{
    size_t at = edit->caret, end = edit->text.length;
    while (at < end && kind_at(edit, at) == BLANK)
        at = next(edit, at);
    enum kind kind = kind_at(edit, at);
    while (at < end && kind_at(edit, at) == kind)
        at = next(edit, at);
    return at;
}

/* --- changes ------------------------------------------------------------------------------- */

static void remember(struct lineedit *edit)
{
    if (edit->undo_count == UNDO_MOST) {
        free(edit->undo[0].text);
        memmove(&edit->undo[0], &edit->undo[1], (UNDO_MOST - 1) * sizeof edit->undo[0]);
        edit->undo_count--;
    }
    struct snapshot *snapshot = &edit->undo[edit->undo_count++];
    snapshot->text = alloc_string(lineedit_text(edit));
    snapshot->caret = edit->caret;
}

static void undo(struct lineedit *edit)
{
    if (edit->undo_count == 0)
        return;
    struct snapshot *snapshot = &edit->undo[--edit->undo_count];
    strbuf_cut(&edit->text, 0);
    strbuf_add(&edit->text, snapshot->text);
    edit->caret = snapshot->caret;
    free(snapshot->text);
}

/* Puts `with` in the place of [start, end), as much of it as there is room for, in whole clusters.
 */
static void splice(struct lineedit *edit, size_t start, size_t end, const char *with)
{
    char *tail = alloc_string(lineedit_text(edit) + end);
    size_t left = start + strlen(tail);
    size_t room = edit->most_bytes > left ? edit->most_bytes - left : 0, taken = 0;
    struct text_cluster cluster;
    while (text_cluster(with + taken, &cluster) && taken + (size_t)cluster.bytes <= room)
        taken += (size_t)cluster.bytes;
    strbuf_cut(&edit->text, start);
    strbuf_add_n(&edit->text, with, taken);
    strbuf_add(&edit->text, tail);
    edit->caret = settle(edit, start + taken);
    free(tail);
}

static void insert(struct lineedit *edit, const char *bytes, size_t count)
{
    struct strbuf clean = {0};
    text_scrub(&clean, bytes, count, TEXT_ONE_LINE);
    splice(edit, edit->caret, edit->caret, strbuf_text(&clean));
    strbuf_clear(&clean);
}

static void cut(struct lineedit *edit, size_t start, size_t end, bool keep)
{
    if (start == end)
        return;
    remember(edit);
    if (keep) {
        free(edit->killed);
        edit->killed = alloc_string_n(lineedit_text(edit) + start, end - start);
    }
    splice(edit, start, end, "");
}

void lineedit_set(struct lineedit *edit, const char *text)
{
    forget_undo(edit);
    edit->typing = false;
    strbuf_cut(&edit->text, 0);
    edit->caret = 0;
    if (text)
        insert(edit, text, strlen(text));
}

void lineedit_replace(struct lineedit *edit, size_t start, size_t end, const char *with)
{
    remember(edit);
    edit->typing = false;
    splice(edit, start, end, with);
}

/* --- keys ---------------------------------------------------------------------------------- */

static void type(struct lineedit *edit, const struct key *key)
{
    struct strbuf text = {0};
    text_encode(&text, key->code);
    if (!edit->typing)
        remember(edit);
    insert(edit, text.text, text.length);
    strbuf_clear(&text);
    edit->typing = true;
}

/* Lines of a paste become one; the line end it was copied with is not meant. */
static void paste(struct lineedit *edit, const char *text)
{
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == '\n')
        length--;
    remember(edit);
    insert(edit, text, length);
}

enum command {
    NONE,
    START,
    END,
    LEFT,
    RIGHT,
    WORD_LEFT,
    WORD_RIGHT,
    RUB_OUT,
    DELETE,
    RUB_WORD,
    DELETE_WORD,
    KILL_START,
    KILL_END,
    YANK,
    UNDO
};

static const struct {
    uint32_t code;
    unsigned modifiers;
    enum command command;
} commands[] = {
    {'a', KEY_CONTROL, START},
    {KEY_CODE_HOME, 0, START},
    {'e', KEY_CONTROL, END},
    {KEY_CODE_END, 0, END},
    {'b', KEY_CONTROL, LEFT},
    {KEY_CODE_LEFT, 0, LEFT},
    {'f', KEY_CONTROL, RIGHT},
    {KEY_CODE_RIGHT, 0, RIGHT},
    {'b', KEY_META, WORD_LEFT},
    {KEY_CODE_LEFT, KEY_CONTROL, WORD_LEFT},
    {KEY_CODE_LEFT, KEY_META, WORD_LEFT},
    {'f', KEY_META, WORD_RIGHT},
    {KEY_CODE_RIGHT, KEY_CONTROL, WORD_RIGHT},
    {KEY_CODE_RIGHT, KEY_META, WORD_RIGHT},
    {KEY_CODE_BACKSPACE, 0, RUB_OUT},
    {'h', KEY_CONTROL, RUB_OUT},
    {KEY_CODE_DELETE, 0, DELETE},
    {'d', KEY_CONTROL, DELETE},
    {'w', KEY_CONTROL, RUB_WORD},
    {KEY_CODE_BACKSPACE, KEY_META, RUB_WORD},
    {'d', KEY_META, DELETE_WORD},
    {'u', KEY_CONTROL, KILL_START},
    {'k', KEY_CONTROL, KILL_END},
    {'y', KEY_CONTROL, YANK},
    {'_', KEY_CONTROL, UNDO},
    {'z', KEY_CONTROL, UNDO},
};

static enum command command_of(const struct key *key)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (commands[i].code == key->code && commands[i].modifiers == key->modifiers)
            return commands[i].command;
    return NONE;
}

/* Where a movement leads; the caret's own place for what is no movement. */
static size_t target(const struct lineedit *edit, enum command command)
{
    switch (command) {
    case START:
    case KILL_START:
        return 0;
    case END:
    case KILL_END:
        return edit->text.length;
    case LEFT:
    case RUB_OUT:
        return previous(edit, edit->caret);
    case RIGHT:
    case DELETE:
        return next(edit, edit->caret);
    case WORD_LEFT:
    case RUB_WORD:
        return word_left(edit);
    case WORD_RIGHT:
    case DELETE_WORD:
        return word_right(edit);
    default:
        return edit->caret;
    }
}

static void carry_out(struct lineedit *edit, enum command command)
{
    size_t to = target(edit, command);
    switch (command) {
    case YANK:
        remember(edit);
        splice(edit, edit->caret, edit->caret, edit->killed ? edit->killed : "");
        break;
    case UNDO:
        undo(edit);
        break;
    case RUB_OUT:
    case DELETE:
    case RUB_WORD:
    case DELETE_WORD:
    case KILL_START:
    case KILL_END:
        cut(edit, to < edit->caret ? to : edit->caret, to < edit->caret ? edit->caret : to,
            command != RUB_OUT && command != DELETE);
        break;
    default:
        edit->caret = to;
    }
}

bool lineedit_key(struct lineedit *edit, const struct key *key)
{
    enum command command = command_of(key);
    if (key_is_text(key)) {
        type(edit, key);
        return true;
    }
    if (key->code != KEY_CODE_PASTE && command == NONE)
        return false;
    edit->typing = false;
    if (key->code == KEY_CODE_PASTE)
        paste(edit, key->paste);
    else
        carry_out(edit, command);
    return true;
}

/* --- drawing ------------------------------------------------------------------------------- */

static int column_of(const struct lineedit *edit, size_t at)
{
    char *before = alloc_string_n(lineedit_text(edit), at);
    int columns = text_width(before);
    free(before);
    return columns;
}

/* The first column shown. It moves by half the room, so that typing at the edge does not redraw the
 * line with every character. */
static int first_column(int width, int caret, int room)
{
    int half = room / 2 > 0 ? room / 2 : 1;
    if (width < room || caret < room - 1)
        return 0;
    return ((caret - (room - 1)) / half + 1) * half;
}

void lineedit_draw(
    const struct lineedit *edit, struct canvas *canvas, int row, int column, int columns)
{
    const char *text = lineedit_text(edit);
    int width = text_width(text), caret = column_of(edit, edit->caret);
    int first = first_column(width, caret, columns), at = 0;
    struct text_cluster cluster;
    if (columns <= 0)
        return;
    canvas_fill(canvas, (struct rect){row, column, 1, columns}, ROLE_INPUT, ' ');
    for (; at < first && text_cluster(text, &cluster); text += cluster.bytes)
        at += cluster.width;
    int bytes = (int)text_fit(text, columns - (at - first), NULL);
    canvas_format(canvas, row, column + at - first, -1, ROLE_INPUT, "%.*s", bytes, text);
    if (first > 0)
        canvas_put(canvas, row, column, 1, ROLE_HINT, canvas_glyph(canvas, GLYPH_MORE_LEFT));
    if (text[bytes])
        canvas_put(canvas, row, column + columns - 1, 1, ROLE_HINT,
            canvas_glyph(canvas, GLYPH_MORE_RIGHT));
    canvas_cursor(canvas, row, column + caret - first, true);
}
