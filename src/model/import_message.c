/* What is told of an import: sentences about a cell, a row, a file or all of it, counted and kept.
 */
#include <stdarg.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "import_parts.h"
#include "model/workflow.h"

/* Counts a message; false where it is not kept. */
static bool may_add(struct look *look, bool refuses)
{
    if (look->again && !refuses)
        return false;
    look->refused |= refuses;
    return ++look->said[refuses] <= IMPORT_MESSAGES_MOST;
}

static void add_message(struct look *look, struct import_message message)
{
    look->message = alloc_grow(
        look->message, &look->message_capacity, look->message_count + 1, sizeof *look->message);
    look->message[look->message_count++] = message;
}

/* A sentence without what it is filled with: figures, and what stands in quotes. */
static const char *kind_of(struct look *look, const char *sentence)
{
    static const char opens[] = "“", closes[] = "”";
    struct strbuf kind = {0};
    bool quoted = false;
    for (const char *at = sentence; *at != '\0'; at++) {
        bool open = strncmp(at, opens, strlen(opens)) == 0,
             close = strncmp(at, closes, strlen(closes)) == 0;
        quoted = open || (!close && (*at == '"' ? !quoted : quoted));
        if (!quoted && (*at < '0' || *at > '9'))
            strbuf_add_char(&kind, *at);
    }
    const char *kept = texts_keep(&look->import->texts, strbuf_text(&kind));
    strbuf_clear(&kind);
    return kept;
}

void look_say_besides(struct look *look, bool refuses, const char *sentence)
{
    add_message(look, (struct import_message){.refuses = refuses,
                          .file = "",
                          .place = {.heading = ""},
                          .value = "",
                          .text = texts_keep(&look->import->texts, sentence),
                          .kind = kind_of(look, sentence)});
}

void look_say_of_all(struct look *look, const char *sentence)
{
    if (may_add(look, false))
        look_say_besides(look, false, sentence);
}

struct import_place look_place(const struct look *look, const struct proposal *row)
{
    return (struct import_place){row->line, row->column, import_name(look->import, row->heading)};
}

/* A state that a reader has found is told by its own name; a person reads the word for it. */
static const char *value_said(const struct look *look, const struct import_cell *cell)
{
    const char *text = texts_get(&look->import->texts, cell->text);
    for (int i = 0; strcmp(fields[cell->field].name, "state") == 0 && i < STATE_COUNT; i++)
        if (strcmp(text, task_states[i].name) == 0)
            return _(task_states[i].label);
    return text;
}

void look_say(struct look *look, size_t proposal, const struct import_cell *cell, bool refuses,
    const char *format, ...)
{
    const struct proposal *row = &look->import->proposal[proposal];
    struct texts *texts = &look->import->texts;
    struct strbuf text = {0};
    va_list arguments;
    look->target[proposal].refused |= refuses;
    if (!may_add(look, refuses))
        return;
    va_start(arguments, format);
    strbuf_vformat(&text, format, arguments);
    va_end(arguments);
    struct import_message message = {.refuses = refuses,
        .lettered = import_is_lettered(look->import, row->file),
        .file = import_name(look->import, row->file),
        .place = look_place(look, row),
        .value = "",
        .text = texts_keep(texts, strbuf_text(&text)),
        .kind = strcmp(format, "%s") != 0 ? format : kind_of(look, strbuf_text(&text))};
    if (cell != NULL) {
        message.place = (struct import_place){cell->line != 0 ? cell->line : row->line,
            cell->column, import_name(look->import, cell->heading)};
        message.value = value_said(look, cell);
    }
    strbuf_clear(&text);
    add_message(look, message);
}

void look_say_of_file(
    struct look *look, const char *file, struct import_place place, const char *sentence)
{
    if (may_add(look, false))
        add_message(look, (struct import_message){.file = file,
                              .place = place,
                              .value = "",
                              .text = texts_keep(&look->import->texts, sentence),
                              .kind = kind_of(look, sentence)});
}

void look_take_notes(struct look *look)
{
    const struct import *import = look->import;
    for (size_t i = 0; i < import->note_count; i++) {
        const struct import_note *note = &import->note[i];
        if (may_add(look, note->refuses))
            add_message(
                look, (struct import_message){.refuses = note->refuses,
                          .lettered = import_is_lettered(import, note->file),
                          .file = import_name(import, note->file),
                          .place = {note->line, note->column, import_name(import, note->heading)},
                          .value = "",
                          .text = texts_get(&import->texts, note->text),
                          .kind = kind_of(look, texts_get(&import->texts, note->text))});
    }
    for (int refuses = look->again; refuses < 2; refuses++)
        look->said[refuses] = import->noted[refuses];
}
