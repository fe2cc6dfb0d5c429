#include "ui/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

/* The first name of a code is the one it is told by. */
static const struct {
    const char *name;
    uint32_t code;
} names[] = {
    {"Space", ' '},
    {"Up", KEY_CODE_UP},
    {"Down", KEY_CODE_DOWN},
    {"Left", KEY_CODE_LEFT},
    {"Right", KEY_CODE_RIGHT},
    {"Home", KEY_CODE_HOME},
    {"End", KEY_CODE_END},
    {"PgUp", KEY_CODE_PAGE_UP},
    {"PgDn", KEY_CODE_PAGE_DOWN},
    {"Ins", KEY_CODE_INSERT},
    {"Del", KEY_CODE_DELETE},
    {"BS", KEY_CODE_BACKSPACE},
    {"Enter", KEY_CODE_ENTER},
    {"Tab", KEY_CODE_TAB},
    {"Esc", KEY_CODE_ESCAPE},
    {"Paste", KEY_CODE_PASTE},
    {"Mouse", KEY_CODE_MOUSE},
    {"Resize", KEY_CODE_RESIZE},
    {"Draw", KEY_CODE_DRAW},
    {"Status", KEY_CODE_STATUS},
    {"PageUp", KEY_CODE_PAGE_UP},
    {"PageDown", KEY_CODE_PAGE_DOWN},
    {"Insert", KEY_CODE_INSERT},
    {"Delete", KEY_CODE_DELETE},
    {"Backspace", KEY_CODE_BACKSPACE},
    {"Return", KEY_CODE_ENTER},
    {"Escape", KEY_CODE_ESCAPE},
};
#define NAME_COUNT (sizeof names / sizeof names[0])
#define MOST_MODIFIERS 3

static const struct {
    char letter;
    unsigned modifier;
} prefixes[MOST_MODIFIERS] = {{'C', KEY_CONTROL}, {'M', KEY_META}, {'S', KEY_SHIFT}};

static unsigned prefix_modifier(const char *name)
{
    if (name[0] == '\0' || name[1] != '-' || name[2] == '\0')
        return 0;
    for (size_t i = 0; i < MOST_MODIFIERS; i++)
        if (prefixes[i].letter == name[0])
            return prefixes[i].modifier;
    return 0;
}

static bool is_special(uint32_t code)
{
    return code >= KEY_CODE_TEXT;
}

static uint32_t function_key(const char *name)
{
    if ((name[0] != 'F' && name[0] != 'f') || name[1] < '1' || name[1] > '9')
        return 0;
    char *end;
    long number = strtol(name + 1, &end, 10);
    return *end == '\0' && number <= 12 ? KEY_CODE_F1 + (uint32_t)number - 1 : 0;
}

/* The code of a name without modifiers; 0 when there is none. */
static uint32_t base_code(const char *name)
{
    uint32_t code = 0;
    int bytes = text_decode(name, &code);
    if (bytes > 0 && name[bytes] == '\0')
        return code > ' ' && code != 0x7f && !(code >= 0x80 && code < 0xa0) && code != 0xfffd ? code
                                                                                              : 0;
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (strcasecmp(names[i].name, name) == 0)
            return names[i].code;
    return function_key(name);
}

/* What a terminal sends for a letter held with Control: some have keys of their own. */
static bool settle_control(struct key *key)
{
    if (is_special(key->code))
        return true;
    if (key->code >= 'A' && key->code <= 'Z')
        key->code += 'a' - 'A';
    uint32_t code = key->code == 'i'                       ? KEY_CODE_TAB
                    : key->code == 'm' || key->code == 'j' ? KEY_CODE_ENTER
                    : key->code == '['                     ? KEY_CODE_ESCAPE
                                                           : 0;
    if (code) {
        key->code = code;
        key->modifiers &= ~(unsigned)KEY_CONTROL;
        return true;
    }
    return (key->code >= 'a' && key->code <= 'z') || strchr(" \\]^_", (int)key->code);
}

bool key_parse(const char *name, struct key *out)
{
    struct key key = {0};
    for (unsigned modifier; (modifier = prefix_modifier(name)) != 0; name += 2) {
        if (key.modifiers & modifier)
            return false;
        key.modifiers |= modifier;
    }
    key.code = base_code(name);
    if (key.code == 0 ||
        (key.code > 0x7f && !is_special(key.code) && (key.modifiers & KEY_CONTROL)))
        return false;
    if (key.modifiers & KEY_SHIFT) {
        if (!is_special(key.code))
            return false;
        if (key.code == KEY_CODE_TAB) {
            key.code = KEY_CODE_BACK_TAB;
            key.modifiers &= ~(unsigned)KEY_SHIFT;
        }
    }
    if ((key.modifiers & KEY_CONTROL) && !settle_control(&key))
        return false;
    *out = key;
    return true;
}

static const char *code_name(uint32_t code, char out[static 8])
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (names[i].code == code)
            return names[i].name;
    if (code == KEY_CODE_BACK_TAB)
        return "S-Tab";
    if (code >= KEY_CODE_F1 && code <= KEY_CODE_F12)
        snprintf(out, 8, "F%u", (unsigned)(code - KEY_CODE_F1 + 1));
    else if (is_special(code))
        snprintf(out, 8, "?");
    else {
        struct strbuf text = {0};
        text_encode(&text, code);
        snprintf(out, 8, "%s", strbuf_text(&text));
        strbuf_clear(&text);
    }
    return out;
}

const char *key_name(const struct key *key, char out[static 16])
{
    char base[8];
    size_t at = 0;
    for (size_t i = 0; i < MOST_MODIFIERS; i++)
        if (key->modifiers & prefixes[i].modifier) {
            out[at++] = prefixes[i].letter;
            out[at++] = '-';
        }
    snprintf(out + at, 16 - at, "%s", code_name(key->code, base));
    return out;
}

bool key_equal(const struct key *a, const struct key *b)
{
    return a->code == b->code && a->modifiers == b->modifiers;
}

bool key_is_text(const struct key *key)
{
    bool control = key->code < ' ' || (key->code >= 0x7f && key->code < 0xa0);
    return !control && !is_special(key->code) && key->modifiers == 0;
}
