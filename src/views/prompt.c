#include "views/prompt.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "ui/lineedit.h"

#define TEXT_MOST 4096 /* bytes */
#define HISTORY_MOST 100
#define SHOWN_MOST 8  /* completions at a time */
#define LEAST_TEXT 12 /* columns of text that a note must leave */

struct prompt {
    struct view view;
    const struct prompt_ops *ops;
    void *context;
    char *label;
    struct lineedit *edit;
    bool suggested; /* the text: what is typed first stands in its place */
    struct prompt_history *history;
    size_t history_at; /* == count: what is being typed */
    char *draft;       /* what was typed before going back in the history */
    struct error err;
    char note[64];
    struct completions offers;
    size_t chosen;      /* == offers.count: none yet */
    size_t offered_end; /* byte behind the word that stands for the offers now */
    char *typed;        /* the word as it was typed */
};

static struct prompt *self(struct view *view)
{
    assert(view->ops == &prompt_view_ops);
    return (struct prompt *)view;
}

/* --- lists --------------------------------------------------------------------------------- */

void completions_add(struct completions *list, const char *word, const char *help)
{
    list->item = alloc_grow(list->item, &list->capacity, list->count + 1, sizeof *list->item);
    list->item[list->count++] = (struct completion){alloc_string(word), alloc_string(help)};
}

void completions_clear(struct completions *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->item[i].word);
        free(list->item[i].help);
    }
    free(list->item);
    *list = (struct completions){0};
}

static void history_remove(struct prompt_history *history, size_t index)
{
    free(history->text[index]);
    memmove(&history->text[index], &history->text[index + 1],
        (history->count - index - 1) * sizeof *history->text);
    history->count--;
}

/* Each text once, the newest last. */
static void history_add(struct prompt_history *history, const char *text)
{
    for (size_t i = 0; i < history->count; i++)
        if (strcmp(history->text[i], text) == 0)
            history_remove(history, i);
    if (history->count == HISTORY_MOST)
        history_remove(history, 0);
    history->text =
        alloc_grow(history->text, &history->capacity, history->count + 1, sizeof *history->text);
    history->text[history->count++] = alloc_string(text);
}

void prompt_history_clear(struct prompt_history *history)
{
    while (history->count > 0)
        free(history->text[--history->count]);
    free(history->text);
    *history = (struct prompt_history){0};
}

/* --- what the owner is told ---------------------------------------------------------------- */

static enum effect tell_changed(struct prompt *prompt)
{
    prompt->err = (struct error){0};
    prompt->note[0] = '\0';
    return prompt->ops->changed(
               prompt->context, lineedit_text(prompt->edit), prompt->note, &prompt->err) |
           EFFECT_DRAW;
}

static enum effect accept(struct prompt *prompt)
{
    prompt->err = (struct error){0};
    const char *text = lineedit_text(prompt->edit);
    enum effect effect = prompt->ops->accepted(prompt->context, text, &prompt->err);
    if (prompt->err.code == ERROR_NONE && prompt->history && *text)
        history_add(prompt->history, text);
    return effect | EFFECT_DRAW;
}

/* --- history ------------------------------------------------------------------------------- */

static enum effect recall(struct prompt *prompt, bool older)
{
    struct prompt_history *history = prompt->history;
    if (!history || (older ? prompt->history_at == 0 : prompt->history_at >= history->count))
        return EFFECT_DRAW;
    if (prompt->history_at == history->count) {
        free(prompt->draft);
        prompt->draft = alloc_string(lineedit_text(prompt->edit));
    }
    prompt->history_at += older ? (size_t)-1 : 1;
    bool at_draft = prompt->history_at == history->count;
    lineedit_set(prompt->edit, at_draft ? prompt->draft : history->text[prompt->history_at]);
    return tell_changed(prompt);
}

/* --- completion ---------------------------------------------------------------------------- */

static void close_offers(struct prompt *prompt)
{
    completions_clear(&prompt->offers);
    prompt->chosen = 0;
    free(prompt->typed);
    prompt->typed = NULL;
}

static void put_word(struct prompt *prompt, const char *word)
{
    lineedit_replace(prompt->edit, prompt->offers.start, prompt->offered_end, word);
    prompt->offered_end = lineedit_caret(prompt->edit);
}

/* Bytes that all words begin with, in whole characters. */
static size_t common_length(const struct completions *list)
{
    const char *first = list->item[0].word;
    size_t length = strlen(first);
    for (size_t i = 1; i < list->count; i++)
        for (size_t at = 0; at < length; at++)
            if (list->item[i].word[at] != first[at])
                length = at;
    while (length > 0 && ((unsigned char)first[length] & 0xc0) == 0x80)
        length--;
    return length;
}

/* The only word there is: what follows it can be typed at once. */
static void put_only(struct prompt *prompt)
{
    const char *word = prompt->offers.item[0].word;
    size_t length = strlen(word);
    bool at_end = prompt->offered_end == strlen(lineedit_text(prompt->edit));
    bool open = length > 0 && strchr(":<>=(/", word[length - 1]);
    char *whole = alloc_format("%s%s", word, at_end && !open ? " " : "");
    put_word(prompt, whole);
    free(whole);
    close_offers(prompt);
}

static enum effect offer(struct prompt *prompt)
{
    const char *text = lineedit_text(prompt->edit);
    size_t caret = lineedit_caret(prompt->edit);
    if (!prompt->ops->complete)
        return EFFECT_DRAW;
    prompt->ops->complete(prompt->context, text, caret, &prompt->offers);
    if (prompt->offers.count == 0 || prompt->offers.start > caret) {
        close_offers(prompt);
        return EFFECT_DRAW;
    }
    prompt->chosen = prompt->offers.count;
    prompt->offered_end = caret;
    prompt->typed = alloc_string_n(text + prompt->offers.start, caret - prompt->offers.start);
    size_t common = common_length(&prompt->offers), typed = strlen(prompt->typed);
    if (prompt->offers.count == 1) {
        put_only(prompt);
    } else if (common > typed && strncmp(prompt->offers.item[0].word, prompt->typed, typed) == 0) {
        char *word = alloc_string_n(prompt->offers.item[0].word, common);
        put_word(prompt, word);
        free(word);
    }
    return tell_changed(prompt);
}

/* The next or previous offer; beyond the last comes what was typed. */
static enum effect cycle(struct prompt *prompt, bool forward)
{
    size_t places = prompt->offers.count + 1;
    prompt->chosen = (prompt->chosen + (forward ? 1 : places - 1)) % places;
    bool none = prompt->chosen == prompt->offers.count;
    put_word(prompt, none ? prompt->typed : prompt->offers.item[prompt->chosen].word);
    return tell_changed(prompt);
}

static enum effect complete(struct prompt *prompt, bool forward)
{
    return prompt->offers.count > 0 ? cycle(prompt, forward) : offer(prompt);
}

/* --- keys ---------------------------------------------------------------------------------- */

static enum effect leave(struct prompt *prompt)
{
    if (prompt->offers.count > 0) { /* first only the offers */
        put_word(prompt, prompt->typed);
        close_offers(prompt);
        return tell_changed(prompt);
    }
    return prompt->ops->cancelled(prompt->context) | EFFECT_DRAW;
}

static enum effect prompt_key(struct view *view, const struct key *key)
{
    struct prompt *prompt = self(view);
    bool control = key->modifiers == KEY_CONTROL, plain = key->modifiers == 0;
    if (plain && (key->code == KEY_CODE_TAB || key->code == KEY_CODE_BACK_TAB))
        return complete(prompt, key->code == KEY_CODE_TAB);
    if ((plain && key->code == KEY_CODE_ESCAPE) ||
        (control && (key->code == 'c' || key->code == 'g')))
        return leave(prompt);
    if (key->code >= KEY_CODE_PASTE && key->code != KEY_CODE_PASTE)
        return EFFECT_NONE;
    bool closed = prompt->offers.count > 0;
    close_offers(prompt);
    if (plain && key->code == KEY_CODE_ENTER)
        return accept(prompt);
    if ((plain && key->code == KEY_CODE_UP) || (control && key->code == 'p'))
        return recall(prompt, true);
    if ((plain && key->code == KEY_CODE_DOWN) || (control && key->code == 'n'))
        return recall(prompt, false);
    char *before = alloc_string(lineedit_text(prompt->edit));
    bool types = (plain && key->code < KEY_CODE_TEXT) || key->code == KEY_CODE_PASTE;
    if (prompt->suggested && types)
        lineedit_set(prompt->edit, "");
    closed |= prompt->suggested;
    prompt->suggested = false;
    enum effect effect = lineedit_key(prompt->edit, key) || closed ? EFFECT_DRAW : EFFECT_NONE;
    if (strcmp(before, lineedit_text(prompt->edit)) != 0) {
        prompt->history_at = prompt->history ? prompt->history->count : 0;
        effect |= tell_changed(prompt);
    }
    free(before);
    return effect;
}

/* --- drawing ------------------------------------------------------------------------------- */

/* A row above the line, blank; false when there is no room left. */
static bool clear_row(struct canvas *canvas, struct rect area, int row)
{
    if (row < area.row)
        return false;
    canvas_fill(canvas, (struct rect){row, area.column, 1, area.columns}, ROLE_NORMAL, ' ');
    return true;
}

static int widest_word(const struct completions *list, size_t from, size_t to)
{
    int widest = 0;
    for (size_t i = from; i < to; i++) {
        int width = text_width(list->item[i].word);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void draw_offer(
    const struct prompt *prompt, struct canvas *canvas, struct rect row, size_t index, int widest)
{
    const struct completion *item = &prompt->offers.item[index];
    int room = row.columns - 2, word = widest < room / 2 ? widest : room / 2;
    canvas_put(canvas, row.row, row.column + 1, word, ROLE_KEY, item->word);
    if (item->help)
        canvas_put(canvas, row.row, row.column + word + 3, room - word - 2, ROLE_HINT, item->help);
    if (index == prompt->chosen)
        canvas_set_role(canvas, row, ROLE_SELECTED);
}

/* The offers end at `bottom`; returns the row above them. */
static int draw_offers(
    const struct prompt *prompt, struct canvas *canvas, struct rect area, int bottom)
{
    size_t count = prompt->offers.count, shown = count < SHOWN_MOST ? count : SHOWN_MOST;
    int room = bottom - area.row;
    if (room < 1 || count == 0)
        return bottom;
    shown = shown < (size_t)room ? shown : (size_t)room;
    size_t from =
        prompt->chosen < count && prompt->chosen >= shown ? prompt->chosen - shown + 1 : 0;
    int widest = widest_word(&prompt->offers, from, from + shown);
    for (size_t i = 0; i < shown; i++) {
        struct rect row = {bottom - (int)shown + 1 + (int)i, area.column, 1, area.columns};
        clear_row(canvas, area, row.row);
        draw_offer(prompt, canvas, row, from + i, widest);
    }
    if (from + shown < count)
        canvas_put_right(canvas, bottom, area.column, area.columns - 1, ROLE_HINT,
            canvas_glyph(canvas, GLYPH_MORE_DOWN));
    return bottom - (int)shown;
}

static void draw_error_line(
    struct canvas *canvas, struct rect area, int row, const char *text, size_t bytes)
{
    if (clear_row(canvas, area, row))
        canvas_format(
            canvas, row, area.column + 1, area.columns - 2, ROLE_ERROR, "%.*s", (int)bytes, text);
}

/* The sentence wrapped, then the lines that point at a place in the text, as they are. Returns the
 * row above. */
static int draw_error(
    const struct prompt *prompt, struct canvas *canvas, struct rect area, int bottom)
{
    struct text_lines lines = {0};
    const char *text = prompt->err.text;
    size_t sentence = strcspn(text, "\n");
    int pointing = 0, row;
    if (prompt->err.code == ERROR_NONE)
        return bottom;
    for (const char *at = text + sentence; *at; at += 1 + strcspn(at + 1, "\n"))
        pointing++;
    char *first = alloc_string_n(text, sentence);
    text_wrap(&lines, first, area.columns - 2);
    row = bottom - pointing - (int)lines.count;
    int above = row;
    for (size_t i = 0; i < lines.count; i++)
        draw_error_line(canvas, area, ++row, first + lines.line[i].start, lines.line[i].bytes);
    for (const char *at = text + sentence; *at; at += 1 + strcspn(at + 1, "\n"))
        draw_error_line(canvas, area, ++row, at + 1, strcspn(at + 1, "\n"));
    text_lines_clear(&lines);
    free(first);
    return above;
}

static void prompt_draw(const struct view *view, struct canvas *canvas, struct rect area)
{
    const struct prompt *prompt = (const struct prompt *)view;
    int row = area.row + area.rows - 1, end = area.column + area.columns - 1;
    int note = text_width(prompt->note), label = text_width(prompt->label);
    canvas_fill(canvas, (struct rect){row, area.column, 1, area.columns}, ROLE_INPUT, ' ');
    int at = area.column +
             canvas_put(canvas, row, area.column, area.columns / 2, ROLE_LABEL, prompt->label);
    if (label > 1)
        at++;
    if (note > 0 && end - note - 1 - at >= LEAST_TEXT) {
        end -= note + 1;
        canvas_put(canvas, row, end + 1, note, ROLE_HINT, prompt->note);
    }
    int above = draw_error(prompt, canvas, area, row - 1);
    draw_offers(prompt, canvas, area, above);
    lineedit_draw(prompt->edit, canvas, row, at, end - at);
    int suggested = text_width(lineedit_text(prompt->edit));
    if (prompt->suggested && suggested < end - at)
        canvas_set_role(canvas, (struct rect){row, at, 1, suggested}, ROLE_SELECTED);
}

/* --- opening and closing ------------------------------------------------------------------- */

static void prompt_close(struct view *view)
{
    struct prompt *prompt = self(view);
    close_offers(prompt);
    lineedit_free(prompt->edit);
    free(prompt->label);
    free(prompt->draft);
    free(prompt);
}

const struct view_ops prompt_view_ops = {
    .name = "prompt",
    .title = N_("Input"),
    .context = CONTEXT_PROMPT,
    .overlay = true,
    .takes_text = true,
    .draw = prompt_draw,
    .key = prompt_key,
    .close = prompt_close,
};

struct view *prompt_open(const struct prompt_ops *ops, void *context, const char *label,
    const char *text, struct prompt_history *remembered)
{
    struct prompt *prompt = alloc_zero(1, sizeof *prompt);
    prompt->view.ops = &prompt_view_ops;
    prompt->ops = ops;
    prompt->context = context;
    prompt->label = alloc_string(label);
    prompt->edit = lineedit_new(text, TEXT_MOST);
    prompt->history = remembered;
    prompt->history_at = remembered ? remembered->count : 0;
    if (*lineedit_text(prompt->edit))
        tell_changed(prompt);
    return &prompt->view;
}

struct view *prompt_suggest(struct view *view)
{
    self(view)->suggested = *lineedit_text(self(view)->edit) != '\0';
    return view;
}
