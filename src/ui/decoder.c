#include "decoder.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"

#define ESC 0x1b
#define SEQUENCE_MOST 16
#define NUMBERS_MOST 4
#define STRING_MOST 4096 /* bytes of an answer (OSC, DCS) that are waited for */
#define PASTE_END "\033[201~"
#define PASTE_END_LENGTH 6

struct sequence {
    char bytes[SEQUENCE_MOST];
    size_t length;
    uint32_t code;
    unsigned modifiers;
};
struct decoder {
    struct sequence *sequences;
    size_t sequence_count, sequence_capacity;
    struct strbuf input;
    size_t at; /* first byte not yet told */
    bool pasting, position_expected;
    struct strbuf paste, paste_text;
};

/* What reading at one place came to. */
enum verdict { INCOMPLETE, KEY_FOUND, NOTHING }; /* NOTHING: bytes to be forgotten */
struct reading {
    enum verdict verdict;
    size_t length;
    struct key key;
};

struct control {
    char lead; /* after ESC [: '<', '?' or 0 */
    int number[NUMBERS_MOST];
    int count;
    char final;
    size_t length; /* 0: incomplete */
};

struct decoder *decoder_new(void)
{
    return alloc_zero(1, sizeof(struct decoder));
}

void decoder_free(struct decoder *decoder)
{
    if (!decoder)
        return;
    free(decoder->sequences);
    strbuf_clear(&decoder->input);
    strbuf_clear(&decoder->paste);
    strbuf_clear(&decoder->paste_text);
    free(decoder);
}

void decoder_define(
    struct decoder *decoder, const char *sequence, uint32_t code, unsigned modifiers)
{
    struct sequence row = {.length = strlen(sequence), .code = code, .modifiers = modifiers};
    if (row.length < 1 || row.length >= SEQUENCE_MOST)
        return;
    memcpy(row.bytes, sequence, row.length);
    decoder->sequences = alloc_grow(decoder->sequences, &decoder->sequence_capacity,
        decoder->sequence_count + 1, sizeof *decoder->sequences);
    decoder->sequences[decoder->sequence_count++] = row;
}

void decoder_expect_position(struct decoder *decoder, bool expected)
{
    decoder->position_expected = expected;
}

void decoder_feed(struct decoder *decoder, const char *bytes, size_t count)
{
    size_t left = decoder->input.length - decoder->at;
    if (decoder->at > 0)
        memmove(decoder->input.text, decoder->input.text + decoder->at, left);
    strbuf_cut(&decoder->input, left);
    decoder->at = 0;
    strbuf_add_n(&decoder->input, bytes, count);
}

static struct reading found(size_t length, uint32_t code, unsigned modifiers)
{
    return (struct reading){KEY_FOUND, length, {.code = code, .modifiers = modifiers}};
}

static struct reading nothing(size_t length)
{
    return (struct reading){.verdict = NOTHING, .length = length};
}

static struct reading incomplete(void)
{
    return (struct reading){.verdict = INCOMPLETE};
}

/* --- one byte or one character ------------------------------------------------------------ */

static struct reading read_control(unsigned char byte)
{
    switch (byte) {
    case '\0':
        return found(1, ' ', KEY_CONTROL);
    case '\t':
        return found(1, KEY_CODE_TAB, 0);
    case '\r':
    case '\n':
        return found(1, KEY_CODE_ENTER, 0);
    case ESC:
        return found(1, KEY_CODE_ESCAPE, 0);
    case 0x7f:
        return found(1, KEY_CODE_BACKSPACE, 0);
    default:
        return found(1, byte < 0x1b ? byte + 'a' - 1u : byte + '@' + 0u, KEY_CONTROL);
    }
}

/* A character in the charset of the locale (UTF-8, GB18030). */
static struct reading read_character(const char *bytes, size_t count)
{
    mbstate_t state = {0};
    wchar_t code = 0;
    if ((unsigned char)bytes[0] < 0x20 || bytes[0] == 0x7f)
        return read_control((unsigned char)bytes[0]);
    size_t length = mbrtowc(&code, bytes, count, &state);
    if (length == (size_t)-2)
        return incomplete();
    if (length == (size_t)-1 || length == 0 || (code >= 0x80 && code < 0xa0))
        return nothing(length == (size_t)-1 || length == 0 ? 1 : length);
    return found(length, (uint32_t)code, 0);
}

/* --- sequences that terminals share ------------------------------------------------------- */

/* ESC [ parameters intermediates final. */
static struct control parse_control(const char *bytes, size_t count)
{
    struct control control = {0};
    size_t at = 2;
    if (at < count && bytes[at] >= '<' && bytes[at] <= '?')
        control.lead = bytes[at++];
    for (; at < count && bytes[at] >= 0x20 && bytes[at] < 0x40; at++) {
        int *number = &control.number[control.count];
        if (bytes[at] >= '0' && bytes[at] <= '9')
            *number = *number < 1000000 ? *number * 10 + (bytes[at] - '0') : *number;
        else if (bytes[at] == ';' && control.count < NUMBERS_MOST - 1)
            control.count++;
    }
    if (at < count) {
        control.final = bytes[at];
        control.length = at + 1;
    }
    return control;
}

/* xterm's parameter of modifiers: 1 + shift + 2 alt + 4 control. */
static unsigned parameter_modifiers(int parameter)
{
    unsigned bits = parameter > 1 ? (unsigned)parameter - 1 : 0;
    return (bits & 1 ? KEY_SHIFT : 0u) | (bits & 2 ? KEY_META : 0u) | (bits & 4 ? KEY_CONTROL : 0u);
}

static uint32_t letter_code(char final)
{
    static const struct {
        char letter;
        uint32_t code;
    } letters[] = {{'A', KEY_CODE_UP}, {'B', KEY_CODE_DOWN}, {'C', KEY_CODE_RIGHT},
        {'D', KEY_CODE_LEFT}, {'F', KEY_CODE_END}, {'H', KEY_CODE_HOME}, {'Z', KEY_CODE_BACK_TAB},
        {'M', KEY_CODE_ENTER}, {'P', KEY_CODE_F1}, {'Q', KEY_CODE_F1 + 1}, {'R', KEY_CODE_F1 + 2},
        {'S', KEY_CODE_F1 + 3}};
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (letters[i].letter == final)
            return letters[i].code;
    return 0;
}

/* The number before a ~; function keys have gaps. */
static uint32_t tilde_code(int number)
{
    static const uint32_t low[] = {0, KEY_CODE_HOME, KEY_CODE_INSERT, KEY_CODE_DELETE, KEY_CODE_END,
        KEY_CODE_PAGE_UP, KEY_CODE_PAGE_DOWN, KEY_CODE_HOME, KEY_CODE_END};
    if (number >= 1 && number <= 8)
        return low[number];
    if (number >= 11 && number <= 15)
        return KEY_CODE_F1 + (uint32_t)(number - 11);
    if (number >= 17 && number <= 21)
        return KEY_CODE_F1 + 5 + (uint32_t)(number - 17);
    if (number == 23 || number == 24)
        return KEY_CODE_F1 + 10 + (uint32_t)(number - 23);
    return 0;
}

static struct reading mouse(size_t length, int button, int row, int column)
{
    struct reading reading = found(length, KEY_CODE_MOUSE, 0);
    reading.key.row = row;
    reading.key.column = column;
    reading.key.button = button == 64 ? 4 : button == 65 ? 5 : button == 0 ? 1 : 0;
    return reading.key.button == 0 ? nothing(length) : reading;
}

static struct reading read_mouse(const struct control *control)
{
    if (control->final == 'm') /* released */
        return nothing(control->length);
    return mouse(
        control->length, control->number[0], control->number[2] - 1, control->number[1] - 1);
}

/* ESC [ M and three bytes: from terminals that do not know the newer form. */
static struct reading read_old_mouse(const char *bytes, size_t count)
{
    const unsigned char *byte = (const unsigned char *)bytes;
    return count < 6 ? incomplete() : mouse(6, byte[3] - 0x20, byte[5] - 0x21, byte[4] - 0x21);
}

/* A key told by its character: ESC [ code ; modifiers u. */
static struct reading read_coded(const struct control *control)
{
    uint32_t code = (uint32_t)control->number[0];
    unsigned modifiers = parameter_modifiers(control->number[1]);
    if (code < 0x20 || code == 0x7f) {
        struct reading reading = read_control((unsigned char)code);
        reading.length = control->length;
        reading.key.modifiers |= modifiers;
        return reading;
    }
    if (code > 0x10ffff || (code >= 0x80 && code < 0xa0))
        return nothing(control->length);
    return found(control->length, code, modifiers & ~(unsigned)KEY_SHIFT);
}

static struct reading read_sequence(const struct decoder *decoder, const char *bytes, size_t count)
{
    struct control control = parse_control(bytes, count);
    unsigned modifiers = parameter_modifiers(control.number[1]);
    if (control.length == 0)
        return count > STRING_MOST ? nothing(count) : incomplete();
    if (control.lead == '<' && (control.final == 'M' || control.final == 'm'))
        return read_mouse(&control);
    if (control.lead)
        return nothing(control.length);
    if (control.final == 'M' && control.length == 3)
        return read_old_mouse(bytes, count);
    if (control.final == '[') /* the Linux console's F keys: ESC [ [ A */
        return count > control.length ? nothing(control.length + 1) : incomplete();
    if (control.final == 'n')
        return control.number[0] == 0 ? found(control.length, KEY_CODE_STATUS, 0)
                                      : nothing(control.length);
    if (control.final == 'R' && control.count == 1 && decoder->position_expected) {
        struct reading reading = found(control.length, KEY_CODE_POSITION, 0);
        reading.key.row = control.number[0] - 1;
        reading.key.column = control.number[1] - 1;
        return reading;
    }
    if (control.final == 'u')
        return read_coded(&control);
    uint32_t code =
        control.final == '~' ? tilde_code(control.number[0]) : letter_code(control.final);
    return code && control.final != 'M' ? found(control.length, code, modifiers)
                                        : nothing(control.length);
}

/* ESC O and a letter: arrows, F1 to F4 and the keypad in its application mode. */
static struct reading read_single_shift(const char *bytes, size_t count)
{
    if (count < 3)
        return incomplete();
    uint32_t code = letter_code(bytes[2]);
    if (code)
        return found(3, code, 0);
    if (bytes[2] == 'X')
        return found(3, '=', 0);
    return bytes[2] >= 'j' && bytes[2] <= 'y' ? found(3, (uint32_t)(bytes[2] - 'j') + '*', 0)
                                              : nothing(3);
}

/* An answer nobody here asked for: up to BEL or ESC \. An answer without a word is none: there the
 * letter was pressed with Meta. */
static struct reading read_string(const char *bytes, size_t count)
{
    if (count >= 4 && bytes[2] == ESC && bytes[3] != '\\')
        return found(2, (uint32_t)bytes[1], KEY_META);
    for (size_t i = 2; i < count; i++) {
        if (bytes[i] == '\a')
            return nothing(i + 1);
        if (bytes[i] == '\\' && bytes[i - 1] == ESC)
            return nothing(i + 1);
    }
    return count > STRING_MOST ? nothing(count) : incomplete();
}

static struct reading read_escape(const struct decoder *decoder, const char *bytes, size_t count);

/* A defined sequence, the longest that fits; INCOMPLETE when one has begun; NOTHING when none did.
 */
static struct reading read_defined(const struct decoder *decoder, const char *bytes, size_t count)
{
    struct reading best = nothing(0);
    for (size_t i = 0; i < decoder->sequence_count; i++) {
        const struct sequence *row = &decoder->sequences[i];
        size_t same = count < row->length ? count : row->length;
        if (memcmp(row->bytes, bytes, same) != 0)
            continue;
        if (same == row->length && row->length > best.length)
            best = found(row->length, row->code, row->modifiers);
        else if (same < row->length && best.verdict == NOTHING)
            best.verdict = INCOMPLETE;
    }
    return best;
}

static struct reading read_meta(const struct decoder *decoder, const char *bytes, size_t count)
{
    struct reading reading =
        bytes[0] == ESC ? read_escape(decoder, bytes, count) : read_character(bytes, count);
    reading.length += reading.verdict == INCOMPLETE ? 0 : 1;
    reading.key.modifiers |= KEY_META;
    return reading;
}

static struct reading read_escape(const struct decoder *decoder, const char *bytes, size_t count)
{
    struct reading reading = read_defined(decoder, bytes, count);
    if (reading.verdict != NOTHING || count < 2)
        return count < 2 ? incomplete() : reading;
    switch (bytes[1]) {
    case '[':
        return read_sequence(decoder, bytes, count);
    case 'O':
        return read_single_shift(bytes, count);
    case ']':
    case 'P':
    case '_':
    case '^':
        return read_string(bytes, count);
    case ESC: /* one Meta is enough: a run of them is Esc pressed again and again */
        if (count >= 3 && bytes[2] == ESC)
            return found(1, KEY_CODE_ESCAPE, 0);
        return read_meta(decoder, bytes + 1, count - 1);
    default:
        return read_meta(decoder, bytes + 1, count - 1);
    }
}

/* Nothing more comes: what a person could have typed so far is that, the rest is forgotten. */
static struct reading settle(const char *bytes, size_t count)
{
    if (bytes[0] != ESC)
        return nothing(1);
    if (count == 1 || bytes[1] == ESC)
        return found(1, KEY_CODE_ESCAPE, 0);
    if (bytes[1] > 0x20 && (count == 2 || bytes[2] == ESC))
        return found(2, (uint32_t)bytes[1], KEY_META);
    return nothing(count);
}

/* --- paste -------------------------------------------------------------------------------- */

/* The paste as UTF-8 with \n for line ends. */
static const char *paste_text(struct decoder *decoder)
{
    const char *bytes = strbuf_text(&decoder->paste);
    size_t left = decoder->paste.length;
    strbuf_cut(&decoder->paste_text, 0);
    while (left > 0) {
        mbstate_t state = {0};
        wchar_t code = 0;
        size_t length = mbrtowc(&code, bytes, left, &state);
        bool broken = length == (size_t)-1 || length == (size_t)-2;
        length = broken || length == 0 ? 1 : length;
        if (bytes[0] == '\r' ||
            (bytes[0] == '\n' && (bytes == decoder->paste.text || bytes[-1] != '\r')))
            strbuf_add_char(&decoder->paste_text, '\n');
        else if (broken || (code != 0 && code != '\n'))
            text_encode(&decoder->paste_text, broken ? 0xfffd : (uint32_t)code);
        bytes += length;
        left -= length;
    }
    strbuf_cut(&decoder->paste, 0);
    return strbuf_text(&decoder->paste_text);
}

/* Takes bytes of a paste; true when it has ended. ^C ends it too: on a bad line its end may be
 * lost. */
static bool gather_paste(struct decoder *decoder)
{
    const char *bytes = decoder->input.text + decoder->at;
    size_t count = decoder->input.length - decoder->at;
    size_t take = 0;
    for (; take < count; take++) {
        size_t left = count - take;
        size_t same = left < PASTE_END_LENGTH ? left : PASTE_END_LENGTH;
        if (bytes[take] == '\003' || memcmp(bytes + take, PASTE_END, same) == 0)
            break;
    }
    size_t room = PASTE_MOST - decoder->paste.length;
    strbuf_add_n(&decoder->paste, bytes, take < room ? take : room);
    decoder->at += take;
    bool cancelled = take < count && bytes[take] == '\003';
    if (!cancelled && count - take < PASTE_END_LENGTH)
        return false;
    decoder->at += cancelled ? 1 : PASTE_END_LENGTH;
    decoder->pasting = false;
    return true;
}

/* ------------------------------------------------------------------------------------------ */

static struct reading read_one(const struct decoder *decoder)
{
    const char *bytes = decoder->input.text + decoder->at;
    size_t count = decoder->input.length - decoder->at;
    if (bytes[0] == ESC)
        return read_escape(decoder, bytes, count);
    struct reading reading = read_defined(decoder, bytes, count);
    return reading.verdict == KEY_FOUND ? reading : read_character(bytes, count);
}

static bool begins_paste(const struct decoder *decoder, size_t length)
{
    return length == PASTE_END_LENGTH &&
           memcmp(decoder->input.text + decoder->at, "\033[200~", length) == 0;
}

bool decoder_next(struct decoder *decoder, bool final, struct key *out)
{
    while (decoder->at < decoder->input.length) {
        if (decoder->pasting) {
            if (!gather_paste(decoder))
                return false;
            *out = (struct key){.code = KEY_CODE_PASTE, .paste = paste_text(decoder)};
            return true;
        }
        struct reading reading = read_one(decoder);
        if (reading.verdict == INCOMPLETE && !final)
            return false;
        if (reading.verdict == INCOMPLETE)
            reading =
                settle(decoder->input.text + decoder->at, decoder->input.length - decoder->at);
        decoder->pasting = reading.verdict == NOTHING && begins_paste(decoder, reading.length);
        decoder->at += reading.length;
        if (reading.verdict == KEY_FOUND) {
            *out = reading.key;
            return true;
        }
    }
    return false;
}

bool decoder_is_pending(const struct decoder *decoder)
{
    return !decoder->pasting && decoder->at < decoder->input.length;
}
