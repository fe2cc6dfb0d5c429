/* The key that stands at one place: a character, a control, a sequence. */
#include "decoder_parts.h"

#include <limits.h>
#include <string.h>
#include <wchar.h>

#define NUMBERS_MOST 4
#define STRING_MOST 4096 /* bytes of one sequence that are kept */
#define CANCEL 0x18
#define SUBSTITUTE 0x1a

struct control {
    char lead; /* after ESC [: '<', '?' or 0 */
    int number[NUMBERS_MOST];
    int count;
    char final;    /* 0: cut off */
    size_t length; /* 0: incomplete */
};

static struct reading found(size_t length, uint32_t code, unsigned modifiers)
{
    return (struct reading){
        .verdict = KEY_FOUND, .length = length, .key = {.code = code, .modifiers = modifiers}};
}

static struct reading nothing(size_t length)
{
    return (struct reading){.verdict = NOTHING, .length = length};
}

static struct reading endless(size_t length, enum body body)
{
    return (struct reading){.verdict = ENDLESS, .length = length, .body = body};
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

/* Bytes of a character that something else broke off: none of them is one of its own, as the digit
 * in the middle of four bytes of GB18030 would be. At least one. */
static size_t begun(const char *bytes, size_t count)
{
    size_t length = 1;
    wchar_t code;
    for (size_t tried = 1; tried < count && tried < MB_LEN_MAX; tried++) {
        mbstate_t state = {0};
        if (mbrtowc(&code, bytes, tried, &state) != (size_t)-2)
            break;
        length = tried;
    }
    return length;
}

/* How many of these bytes can belong to one character: the C library waits for the fourth of
 * GB18030 before it looks at the second and third. */
static size_t goes_on(const char *bytes, size_t count)
{
    bool four = count > 1 && bytes[1] >= '0' && bytes[1] <= '9';
    size_t at = 1;
    while (at < count && (unsigned char)bytes[at] >= (at == 2 && four ? 0x81 : 0x30))
        at++;
    return at;
}

/* Where such a byte may begin a character, only what cannot go on as one is a control. */
static bool is_no_lead(const char *bytes, size_t count)
{
    mbstate_t state = {0};
    wchar_t code;
    return mbrtowc(&code, bytes, 1, &state) == (size_t)-1 ||
           (count > 1 && bytes[1] >= '0' && bytes[1] <= '?');
}

size_t decoder_c1(const char *bytes, size_t count, char *letter)
{
    static const char forms[] = "\217O\220P\230_\233[\235]\236^\237_";
    mbstate_t state = {0};
    wchar_t code = 0;
    if ((unsigned char)bytes[0] < 0x80)
        return 0;
    size_t length = mbrtowc(&code, bytes, count, &state);
    char control = bytes[0];
    if (length == (size_t)-1 && is_no_lead(bytes, count))
        length = 1;
    else if (length <= count && length > 0 && code >= 0x80 && code < 0xa0)
        control = (char)code;
    else
        return 0;
    for (size_t i = 0; i + 1 < sizeof forms; i += 2)
        if (forms[i] == control) {
            *letter = forms[i + 1];
            return length;
        }
    return 0;
}

/* A character in the charset of the locale (UTF-8, GB18030). */
static struct reading read_character(const char *bytes, size_t count)
{
    mbstate_t state = {0};
    wchar_t code = 0;
    if ((unsigned char)bytes[0] < 0x20 || bytes[0] == 0x7f)
        return read_control((unsigned char)bytes[0]);
    size_t length = mbrtowc(&code, bytes, count, &state);
    if (length == (size_t)-2) {
        size_t whole = goes_on(bytes, count);
        return whole < count ? nothing(whole) : incomplete();
    }
    if (length == (size_t)-1)
        return nothing(begun(bytes, count));
    if (length == 0 || (code >= 0x80 && code < 0xa0))
        return nothing(length == 0 ? 1 : length);
    return found(length, (uint32_t)code, 0);
}

/* --- sequences that terminals share ------------------------------------------------------- */

bool decoder_body_ends(enum body body, const char *bytes, size_t count, size_t *length)
{
    for (size_t at = 0; at < count; at++) {
        unsigned char byte = (unsigned char)bytes[at];
        bool escape = byte == ESC, more = at + 1 < count;
        *length = at;
        if (escape && body == BODY_TEXT && !more)
            return false;
        if (escape && !(body == BODY_TEXT && bytes[at + 1] == '\\'))
            return true;
        if (byte >= 0x80 && body == BODY_CONTROL)
            return true;
        *length = at + (escape ? 2 : 1);
        if (escape || byte == CANCEL || byte == SUBSTITUTE ||
            (body == BODY_TEXT ? byte == '\a' : byte >= 0x40 && byte < 0x7f))
            return true;
    }
    *length = count;
    return false;
}

/* ESC [ parameters intermediates final. */
static struct control parse_control(const char *bytes, size_t count)
{
    struct control control = {0};
    size_t at = 2, length;
    bool ends = decoder_body_ends(BODY_CONTROL, bytes + at, count - at, &length);
    if (at < count && bytes[at] >= '<' && bytes[at] <= '?')
        control.lead = bytes[at++];
    for (; at < 2 + length; at++) {
        int *number = &control.number[control.count];
        if (bytes[at] >= '0' && bytes[at] <= '9')
            *number = *number < 1000000 ? *number * 10 + (bytes[at] - '0') : *number;
        else if (bytes[at] == ';' && control.count < NUMBERS_MOST - 1)
            control.count++;
        else if (bytes[at] >= 0x40)
            control.final = bytes[at];
    }
    control.length = ends ? 2 + length : 0;
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

/* ESC [ 24 ; 80 R tells where the cursor is; ESC [ 1 ; 2 R is also F3 with Shift, as xterm has it:
 * so nobody asks in the first row. */
static struct reading read_position(const struct sequences *known, const struct control *control)
{
    struct reading reading = found(control->length, KEY_CODE_POSITION, 0);
    reading.key.row = control->number[0] - 1;
    reading.key.column = control->number[1] - 1;
    return control->count == 1 && known->position_expected ? reading : nothing(control->length);
}

static struct reading read_sequence(const struct sequences *known, const char *bytes, size_t count)
{
    struct control control = parse_control(bytes, count);
    unsigned modifiers = parameter_modifiers(control.number[1]);
    if (control.length == 0)
        return count > STRING_MOST ? endless(count, BODY_CONTROL) : incomplete();
    if (control.lead == '<' && (control.final == 'M' || control.final == 'm'))
        return read_mouse(&control);
    if (control.lead)
        return nothing(control.length);
    if (control.final == 'M' && control.length == 3)
        return read_old_mouse(bytes, count);
    if (control.final == '[') /* the Linux console's F keys: ESC [ [ A */
        return count > control.length ? nothing(control.length + 1) : incomplete();
    if (control.final == 'n')
        return control.number[0] == 0 || control.number[0] == 3
                   ? found(control.length, KEY_CODE_STATUS, 0)
                   : nothing(control.length);
    if (control.final == 'R' && control.number[0] > 1)
        return read_position(known, &control);
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
    size_t length;
    if (decoder_body_ends(BODY_TEXT, bytes + 2, count - 2, &length))
        return nothing(2 + length);
    return count > STRING_MOST ? endless(2 + length, BODY_TEXT) : incomplete();
}

static struct reading read_escape(const struct sequences *known, const char *bytes, size_t count);

/* A defined sequence, the longest that fits; INCOMPLETE when one has begun; NOTHING when none did.
 */
static struct reading read_defined(const struct sequences *known, const char *bytes, size_t count)
{
    struct reading best = nothing(0);
    for (size_t i = 0; i < known->count; i++) {
        const struct sequence *row = &known->row[i];
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

static struct reading read_meta(const struct sequences *known, const char *bytes, size_t count)
{
    struct reading reading =
        bytes[0] == ESC ? read_escape(known, bytes, count) : read_character(bytes, count);
    reading.length += reading.verdict == INCOMPLETE ? 0 : 1;
    reading.key.modifiers |= KEY_META;
    return reading;
}

static struct reading read_escape(const struct sequences *known, const char *bytes, size_t count)
{
    struct reading reading = read_defined(known, bytes, count);
    if (reading.verdict != NOTHING || count < 2)
        return count < 2 ? incomplete() : reading;
    switch (bytes[1]) {
    case '[':
        return read_sequence(known, bytes, count);
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
        return read_meta(known, bytes + 1, count - 1);
    default:
        return read_meta(known, bytes + 1, count - 1);
    }
}

struct reading decoder_read(const struct sequences *known, const char *bytes, size_t count)
{
    if (bytes[0] == ESC)
        return read_escape(known, bytes, count);
    struct reading reading = read_defined(known, bytes, count);
    return reading.verdict == KEY_FOUND ? reading : read_character(bytes, count);
}
