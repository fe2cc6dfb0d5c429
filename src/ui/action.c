#include "ui/action.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "base/text.h"

struct chord {
    const struct action *action;
    struct key key;
};
/* How the keys of one action are told; made once, because hints are drawn in every frame. */
struct spelling {
    char *chords[2], *hint[2]; /* with arrows, in ASCII */
};
struct keymap {
    const struct action *actions;
    size_t count;
    struct chord *chords;
    size_t chord_count, chord_capacity;
    struct spelling *spellings;
    bool ascii;
};

static const struct {
    uint32_t code;
    const char *sign;
} signs[] = {
    {KEY_CODE_UP, "↑"},
    {KEY_CODE_DOWN, "↓"},
    {KEY_CODE_LEFT, "←"},
    {KEY_CODE_RIGHT, "→"},
    {KEY_CODE_ENTER, "↵"},
};

static const struct action *find_action(const struct keymap *keymap, const char *name)
{
    for (size_t i = 0; i < keymap->count; i++)
        if (strcmp(keymap->actions[i].name, name) == 0)
            return &keymap->actions[i];
    return NULL;
}

static bool refuse_action(const struct keymap *keymap, const char *name, struct error *err)
{
    struct suggest suggest = suggest_for(name);
    for (size_t i = 0; i < keymap->count; i++)
        suggest_offer(&suggest, keymap->actions[i].name);
    if (suggest.best)
        return error_set(err, ERROR_INPUT,
            _("keys: there is no action \"%s\"; did you mean \"%s\"?"), name, suggest.best);
    return error_set(err, ERROR_INPUT,
        _("keys: there is no action \"%s\"; `duban help keys` lists them all"), name);
}

/* The action that has the chord already in a context of `action`; NULL if none. */
static const struct action *find_clash(
    const struct keymap *keymap, const struct action *action, const struct key *key)
{
    for (size_t i = 0; i < keymap->chord_count; i++) {
        const struct chord *other = &keymap->chords[i];
        if (other->action != action && (other->action->contexts & action->contexts) &&
            key_equal(&other->key, key))
            return other->action;
    }
    return NULL;
}

static bool add_chord(
    struct keymap *keymap, const struct action *action, const char *name, struct error *err)
{
    struct key key;
    if (!key_parse(name, &key))
        return error_set(err, ERROR_INPUT,
            _("keys: \"%s\" for the action \"%s\" is not a key; keys are written "
              "like j, G, Space, Enter, C-d, M-x, PgDn, S-Tab or F1"),
            name, action->name);
    const struct action *other = find_clash(keymap, action, &key);
    if (other)
        return error_set(err, ERROR_INPUT,
            _("keys: \"%s\" is claimed by both \"%s\" and \"%s\"; give one of them another key"),
            name, other->name, action->name);
    keymap->chords = alloc_grow(
        keymap->chords, &keymap->chord_capacity, keymap->chord_count + 1, sizeof *keymap->chords);
    keymap->chords[keymap->chord_count++] = (struct chord){.action = action, .key = key};
    return true;
}

static bool add_chords(
    struct keymap *keymap, const struct action *action, const char *chords, struct error *err)
{
    char *copy = alloc_string(chords), *rest = NULL;
    bool ok = true;
    for (char *name = strtok_r(copy, " \t", &rest); name && ok; name = strtok_r(NULL, " \t", &rest))
        ok = add_chord(keymap, action, name, err);
    free(copy);
    return ok;
}

static const char *key_sign(const struct key *key, bool ascii, char name[static 16])
{
    for (size_t i = 0; !ascii && key->modifiers == 0 && i < sizeof signs / sizeof signs[0]; i++)
        if (signs[i].code == key->code)
            return signs[i].sign;
    return key_name(key, name);
}

static void spell(struct keymap *keymap, size_t index, bool ascii)
{
    struct strbuf all = {0}, shortest = {0};
    for (size_t i = 0; i < keymap->chord_count; i++) {
        char name[16];
        if (keymap->chords[i].action != &keymap->actions[index])
            continue;
        const char *sign = key_sign(&keymap->chords[i].key, ascii, name);
        if (all.length > 0)
            strbuf_add_char(&all, ' ');
        strbuf_add(&all, sign);
        if (shortest.length > 0 && text_width(sign) >= text_width(shortest.text))
            continue;
        strbuf_clear(&shortest);
        strbuf_add(&shortest, sign);
    }
    keymap->spellings[index].chords[ascii] = alloc_string(strbuf_text(&all));
    keymap->spellings[index].hint[ascii] = alloc_string(strbuf_text(&shortest));
    strbuf_clear(&all);
    strbuf_clear(&shortest);
}

/* The last binding of an action wins, as the last file read does. */
static const char *chords_of(
    const struct action *action, const struct key_binding *bindings, size_t binding_count)
{
    const char *chords = action->chords;
    for (size_t i = 0; i < binding_count; i++)
        if (strcmp(bindings[i].action, action->name) == 0)
            chords = bindings[i].chords;
    return chords ? chords : "";
}

bool keymap_build(const struct action *actions, size_t count, const struct key_binding *bindings,
    size_t binding_count, struct keymap **out, struct error *err)
{
    struct keymap *keymap = alloc_zero(1, sizeof *keymap);
    keymap->actions = actions;
    keymap->count = count;
    keymap->spellings = alloc_zero(count + 1, sizeof *keymap->spellings);
    bool ok = true;
    for (size_t i = 0; i < binding_count && ok; i++)
        ok = find_action(keymap, bindings[i].action) ||
             refuse_action(keymap, bindings[i].action, err);
    for (size_t i = 0; i < count && ok; i++)
        ok = add_chords(keymap, &actions[i], chords_of(&actions[i], bindings, binding_count), err);
    if (!ok) {
        keymap_free(keymap);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        spell(keymap, i, false);
        spell(keymap, i, true);
    }
    *out = keymap;
    return true;
}

void keymap_free(struct keymap *keymap)
{
    if (!keymap)
        return;
    for (size_t i = 0; i < keymap->count; i++)
        for (int ascii = 0; ascii < 2; ascii++) {
            free(keymap->spellings[i].chords[ascii]);
            free(keymap->spellings[i].hint[ascii]);
        }
    free(keymap->spellings);
    free(keymap->chords);
    free(keymap);
}

const struct action *keymap_find(
    const struct keymap *keymap, unsigned context, const struct key *key)
{
    for (size_t i = 0; i < keymap->chord_count; i++)
        if ((keymap->chords[i].action->contexts & context) &&
            key_equal(&keymap->chords[i].key, key))
            return keymap->chords[i].action;
    return NULL;
}

void keymap_set_ascii(struct keymap *keymap, bool ascii)
{
    keymap->ascii = ascii;
}

const char *keymap_chords(const struct keymap *keymap, const struct action *action)
{
    return keymap->spellings[action - keymap->actions].chords[keymap->ascii];
}

const char *keymap_hint(const struct keymap *keymap, const struct action *action)
{
    return keymap->spellings[action - keymap->actions].hint[keymap->ascii];
}
