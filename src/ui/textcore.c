#include "textcore.h"

#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "base/alloc.h"

#define STEPS_MOST 200
#define RUN_MOST 120 /* bytes typed after which a new step begins */

struct textcore_step {
    size_t at;
    struct strbuf cut, put;
    size_t caret; /* before */
};

enum command {
    NONE,
    TYPE,
    PASTE,
    NEW_LINE,
    TEXT_START,
    TEXT_END,
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
    UNDO,
    REDO
};

/* --- places in the text -------------------------------------------------------------------- */

static size_t next(const struct textcore *core, size_t at)
{
    struct text_cluster cluster;
    return text_cluster(strbuf_text(&core->text) + at, &cluster) ? at + (size_t)cluster.bytes : at;
}

static size_t previous(const struct textcore *core, size_t at)
{
    return text_previous(strbuf_text(&core->text), at);
}

/* The first place between clusters from `at` on: what was put in may have joined what stands there.
 */
static size_t settle(const struct textcore *core, size_t at)
{
    return at == 0 ? 0 : next(core, previous(core, at));
}

size_t textcore_line_start(const char *text, size_t at)
{
    const char *end = memrchr(text, '\n', at);
    return end ? (size_t)(end - text) + 1 : 0;
}

size_t textcore_line_end(const char *text, size_t at)
{
    return at + strcspn(text + at, "\n");
}

enum kind { BLANK, LETTER, HAN, SIGN };

static enum kind kind_at(const struct textcore *core, size_t at)
{
    uint32_t code = 0;
    text_decode(strbuf_text(&core->text) + at, &code);
    if (code == ' ' || code == '\n' || code == 0x3000)
        return BLANK;
    if ((code >= 0x2e80 && code < 0x3000) || (code >= 0x3400 && code < 0xa000) ||
        (code >= 0xf900 && code < 0xfb00) || code >= 0x20000)
        return HAN;
    return code == '_' || iswalnum((wint_t)code) ? LETTER : SIGN;
}

static size_t word_left(const struct textcore *core)
{
    size_t at = core->caret, before;
    while (at > 0 && kind_at(core, before = previous(core, at)) == BLANK)
        at = before;
    if (at == 0)
        return 0;
    enum kind kind = kind_at(core, previous(core, at));
    while (at > 0 && kind_at(core, before = previous(core, at)) == kind)
        at = before;
    return at;
}

static size_t word_right(const struct textcore *core)
{
    size_t at = core->caret, end = core->text.length;
    while (at < end && kind_at(core, at) == BLANK)
        at = next(core, at);
    enum kind kind = kind_at(core, at);
    while (at < end && kind_at(core, at) == kind)
        at = next(core, at);
    return at;
}

/* --- steps --------------------------------------------------------------------------------- */

static void forget_steps(struct textcore *core, size_t from)
{
    while (core->step_count > from) {
        struct textcore_step *step = &core->steps[--core->step_count];
        strbuf_clear(&step->cut);
        strbuf_clear(&step->put);
    }
    core->done = core->step_count;
}

static void forget_oldest(struct textcore *core)
{
    strbuf_clear(&core->steps[0].cut);
    strbuf_clear(&core->steps[0].put);
    core->step_count = --core->done;
    memmove(&core->steps[0], &core->steps[1], core->step_count * sizeof core->steps[0]);
}

static struct textcore_step *new_step(struct textcore *core, size_t at)
{
    forget_steps(core, core->done);
    if (core->step_count == STEPS_MOST)
        forget_oldest(core);
    core->steps =
        alloc_grow(core->steps, &core->step_capacity, core->step_count + 1, sizeof *core->steps);
    core->steps[core->step_count] = (struct textcore_step){.at = at, .caret = core->caret};
    core->done = ++core->step_count;
    return &core->steps[core->step_count - 1];
}

/* The step that the same command before left, when this change goes on where it ended. */
static struct textcore_step *running_step(
    const struct textcore *core, enum command command, struct textcore_change change)
{
    if ((int)command != core->last || core->done == 0 || core->done != core->step_count)
        return NULL;
    struct textcore_step *step = &core->steps[core->done - 1];
    bool goes_on = command == TYPE ? change.cut == 0 && change.at == step->at + step->put.length &&
                                         step->put.length < RUN_MOST
                   : command == RUB_OUT ? change.put == 0 && change.at + change.cut == step->at
                   : command == DELETE  ? change.put == 0 && change.at == step->at
                                        : false;
    return goes_on ? step : NULL;
}

static void remember(
    struct textcore *core, enum command command, struct textcore_change change, const char *put)
{
    struct textcore_step *step = running_step(core, command, change);
    const char *cut = strbuf_text(&core->text) + change.at;
    if (!step)
        step = new_step(core, change.at);
    if (change.at < step->at) { /* rubbed out: what went before goes behind */
        struct strbuf whole = {0};
        strbuf_add_n(&whole, cut, change.cut);
        strbuf_add(&whole, strbuf_text(&step->cut));
        strbuf_clear(&step->cut);
        step->cut = whole;
        step->at = change.at;
        return;
    }
    strbuf_add_n(&step->cut, cut, change.cut);
    strbuf_add_n(&step->put, put, change.put);
}

/* --- changes ------------------------------------------------------------------------------- */

static void exchange(struct textcore *core, struct textcore_change change, const char *put)
{
    const char *text = strbuf_text(&core->text);
    size_t behind = change.at + change.cut;
    char *tail = alloc_string_n(text + behind, core->text.length - behind);
    strbuf_cut(&core->text, change.at);
    strbuf_add_n(&core->text, put, change.put);
    strbuf_add(&core->text, tail);
    free(tail);
    core->change = change;
    core->changes++;
}

/* Puts `with` in the place of [start, end), as much of it as there is room for, in whole clusters.
 */
static void splice(
    struct textcore *core, enum command command, size_t start, size_t end, const char *with)
{
    size_t left = core->text.length - (end - start);
    size_t room = core->most_bytes > left ? core->most_bytes - left : 0, taken = 0;
    struct text_cluster cluster;
    while (text_cluster(with + taken, &cluster) && taken + (size_t)cluster.bytes <= room)
        taken += (size_t)cluster.bytes;
    struct textcore_change change = {start, end - start, taken};
    if (change.cut == 0 && change.put == 0)
        return;
    remember(core, command, change, with);
    exchange(core, change, with);
    core->caret = settle(core, start + taken);
}

static void insert(struct textcore *core, enum command command, const char *bytes, size_t count)
{
    struct strbuf clean = {0};
    text_scrub(&clean, bytes, count, core->flags);
    splice(core, command, core->caret, core->caret, strbuf_text(&clean));
    strbuf_clear(&clean);
}

static void undo(struct textcore *core)
{
    if (core->done == 0)
        return;
    const struct textcore_step *step = &core->steps[--core->done];
    struct textcore_change change = {step->at, step->put.length, step->cut.length};
    exchange(core, change, strbuf_text(&step->cut));
    core->caret = step->caret;
}

static void redo(struct textcore *core)
{
    if (core->done == core->step_count)
        return;
    const struct textcore_step *step = &core->steps[core->done++];
    struct textcore_change change = {step->at, step->cut.length, step->put.length};
    exchange(core, change, strbuf_text(&step->put));
    core->caret = settle(core, step->at + step->put.length);
}

void textcore_init(struct textcore *core, size_t most_bytes, enum text_scrub_flags flags)
{
    *core = (struct textcore){.most_bytes = most_bytes, .flags = flags};
}

void textcore_clear(struct textcore *core)
{
    forget_steps(core, 0);
    free(core->steps);
    free(core->killed);
    strbuf_clear(&core->text);
}

void textcore_set(struct textcore *core, const char *text)
{
    core->caret = 0;
    core->last = NONE;
    exchange(core, (struct textcore_change){0, core->text.length, 0}, "");
    if (text)
        insert(core, NONE, text, strlen(text));
    forget_steps(core, 0);
}

void textcore_replace(struct textcore *core, size_t start, size_t end, const char *with)
{
    splice(core, NONE, start, end, with);
    core->last = NONE;
}

void textcore_move(struct textcore *core, size_t to)
{
    core->caret = to;
    core->last = NONE;
}

/* --- commands ------------------------------------------------------------------------------ */

static void type(struct textcore *core, uint32_t code)
{
    struct strbuf text = {0};
    text_encode(&text, code);
    insert(core, TYPE, text.text, text.length);
    strbuf_clear(&text);
}

/* Lines of a paste become one where there is one; the line end it was copied with is not meant. */
static void paste(struct textcore *core, const char *text)
{
    size_t length = strlen(text);
    while (core->flags == TEXT_ONE_LINE && length > 0 && text[length - 1] == '\n')
        length--;
    insert(core, PASTE, text, length);
}

/* What was taken out by the same command just before is kept with it. */
static void keep_killed(struct textcore *core, enum command command, size_t start, size_t end)
{
    const char *text = strbuf_text(&core->text);
    char *before = (int)command == core->last ? core->killed : NULL;
    bool backward = start < core->caret;
    char *killed = alloc_format("%s%.*s%s", before && !backward ? before : "", (int)(end - start),
        text + start, before && backward ? before : "");
    free(core->killed);
    core->killed = killed;
}

static void cut(struct textcore *core, enum command command, size_t to)
{
    size_t start = to < core->caret ? to : core->caret, end = to < core->caret ? core->caret : to;
    if (start == end)
        return;
    if (command != RUB_OUT && command != DELETE)
        keep_killed(core, command, start, end);
    splice(core, command, start, end, "");
}

/* Where a movement leads; the caret's own place for what is no movement. */
static size_t target(const struct textcore *core, enum command command)
{
    const char *text = strbuf_text(&core->text);
    size_t start = textcore_line_start(text, core->caret);
    size_t end = textcore_line_end(text, core->caret);
    switch (command) {
    case TEXT_START:
        return 0;
    case TEXT_END:
        return core->text.length;
    case START:
        return start;
    case END:
        return end;
    case KILL_START:
        return start < core->caret ? start : previous(core, start);
    case KILL_END:
        return end > core->caret ? end : next(core, end);
    case LEFT:
    case RUB_OUT:
        return previous(core, core->caret);
    case RIGHT:
    case DELETE:
        return next(core, core->caret);
    case WORD_LEFT:
    case RUB_WORD:
        return word_left(core);
    case WORD_RIGHT:
    case DELETE_WORD:
        return word_right(core);
    default:
        return core->caret;
    }
}

static void carry_out(struct textcore *core, enum command command, const struct key *key)
{
    switch (command) {
    case TYPE:
        type(core, key->code);
        break;
    case PASTE:
        paste(core, key->paste);
        break;
    case NEW_LINE:
        splice(core, NEW_LINE, core->caret, core->caret, "\n");
        break;
    case YANK:
        splice(core, YANK, core->caret, core->caret, core->killed ? core->killed : "");
        break;
    case UNDO:
        undo(core);
        break;
    case REDO:
        redo(core);
        break;
    case RUB_OUT:
    case DELETE:
    case RUB_WORD:
    case DELETE_WORD:
    case KILL_START:
    case KILL_END:
        cut(core, command, target(core, command));
        break;
    default:
        core->caret = target(core, command);
    }
}

/* --- keys ---------------------------------------------------------------------------------- */

static const struct {
    uint32_t code;
    unsigned modifiers;
    enum command command;
} commands[] = {
    {KEY_CODE_PASTE, 0, PASTE}, {KEY_CODE_ENTER, 0, NEW_LINE}, {'<', KEY_META, TEXT_START},
    {KEY_CODE_HOME, KEY_CONTROL, TEXT_START}, {'>', KEY_META, TEXT_END},
    {KEY_CODE_END, KEY_CONTROL, TEXT_END}, {'a', KEY_CONTROL, START}, {KEY_CODE_HOME, 0, START},
    {'e', KEY_CONTROL, END}, {KEY_CODE_END, 0, END}, {'b', KEY_CONTROL, LEFT},
    {KEY_CODE_LEFT, 0, LEFT}, {'f', KEY_CONTROL, RIGHT}, {KEY_CODE_RIGHT, 0, RIGHT},
    {'b', KEY_META, WORD_LEFT}, {KEY_CODE_LEFT, KEY_CONTROL, WORD_LEFT},
    {KEY_CODE_LEFT, KEY_META, WORD_LEFT}, {'f', KEY_META, WORD_RIGHT},
    {KEY_CODE_RIGHT, KEY_CONTROL, WORD_RIGHT}, {KEY_CODE_RIGHT, KEY_META, WORD_RIGHT},
    {KEY_CODE_BACKSPACE, 0, RUB_OUT}, {'h', KEY_CONTROL, RUB_OUT}, {KEY_CODE_DELETE, 0, DELETE},
    {'d', KEY_CONTROL, DELETE}, {'w', KEY_CONTROL, RUB_WORD},
    {KEY_CODE_BACKSPACE, KEY_META, RUB_WORD}, {'d', KEY_META, DELETE_WORD},
    {'u', KEY_CONTROL, KILL_START}, {'k', KEY_CONTROL, KILL_END}, {'y', KEY_CONTROL, YANK},
    {'_', KEY_CONTROL, UNDO}, {'_', KEY_META, REDO},
    {'_', KEY_CONTROL | KEY_META, REDO}, /* M-_ begins an answer of a terminal: this one is sure */
};

static enum command command_of(const struct key *key)
{
    if (key_is_text(key))
        return TYPE;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (commands[i].code == key->code && commands[i].modifiers == key->modifiers)
            return commands[i].command;
    return NONE;
}

bool textcore_key(struct textcore *core, const struct key *key)
{
    enum command command = command_of(key);
    if (command == NONE || (command == NEW_LINE && core->flags == TEXT_ONE_LINE))
        return false;
    unsigned changes = core->changes;
    carry_out(core, command, key);
    core->last = core->changes != changes ? (int)command : NONE;
    return true;
}
