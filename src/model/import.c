#include "model/import.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "import_parts.h"

struct import *import_new(struct model *model)
{
    struct import *import = alloc_zero(1, sizeof *import);
    import->model = model;
    return import;
}

void import_free(struct import *import)
{
    if (import == NULL)
        return;
    look_free(import->look);
    texts_clear(&import->texts);
    free(import->name);
    free(import->lettered);
    free(import->cell);
    free(import->proposal);
    free(import->note);
    free(import->span);
    free(import->head);
    free(import);
}

size_t import_count(const struct import *import)
{
    return import->count;
}

/* --- names and places ------------------------------------------------------------------------ */

/* Files and headings: some dozens, so that a number of two bytes will do; 0 is "". */
static uint16_t name_add(struct import *import, const char *name)
{
    if (name == NULL || name[0] == '\0')
        return 0;
    for (size_t tried = 0, i = import->name_next; tried < 2 && i < import->name_count; i++, tried++)
        if (strcmp(texts_get(&import->texts, import->name[i]), name) == 0) {
            import->name_next = i + 1;
            return (uint16_t)(i + 1);
        }
    struct strbuf clean = {0};
    bool is_clean = text_is_clean(name, TEXT_ONE_LINE);
    if (!is_clean)
        text_scrub(&clean, name, strlen(name), TEXT_ONE_LINE);
    uint32_t text = texts_add(&import->texts, is_clean ? name : strbuf_text(&clean));
    strbuf_clear(&clean);
    for (size_t i = 0; i < import->name_count; i++)
        if (import->name[i] == text) {
            import->name_next = i + 1;
            return (uint16_t)(i + 1);
        }
    if (import->name_count == UINT16_MAX - 1)
        return 0;
    import->name = alloc_grow(
        import->name, &import->name_capacity, import->name_count + 1, sizeof *import->name);
    import->name[import->name_count++] = text;
    return (uint16_t)import->name_count;
}

const struct field *import_field(struct import *import, const char *name, const char **suffix)
{
    size_t length = 0;
    unsigned hash = 0;
    for (; name[length] != '\0' && name[length] != '.'; length++)
        hash = hash * 31 + (unsigned char)name[length];
    const struct field **known = &import->known[hash % FIELDS_KNOWN];
    if (*known == NULL || strncmp((*known)->name, name, length) != 0 ||
        (*known)->name[length] != '\0')
        *known = field_find(name, NULL);
    if (suffix != NULL)
        *suffix = name[length] == '.' ? name + length + 1 : "";
    return *known;
}

const char *import_name(const struct import *import, uint16_t number)
{
    return number == 0 ? "" : texts_get(&import->texts, import->name[number - 1]);
}

static uint16_t small(size_t number)
{
    return number < UINT16_MAX ? (uint16_t)number : UINT16_MAX;
}

static uint32_t line_of(size_t line)
{
    return line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
}

/* Without blanks around it, full-width ones too. */
static uint32_t trimmed(struct texts *texts, const char *text)
{
    static const char wide[] = "\xe3\x80\x80";
    size_t length;
    for (;;)
        if (*text == ' ' || *text == '\n' || *text == '\t' || *text == '\r')
            text++;
        else if (strncmp(text, wide, 3) == 0)
            text += 3;
        else
            break;
    for (length = strlen(text); length > 0;)
        if (strchr(" \n\t\r", text[length - 1]) != NULL)
            length--;
        else if (length >= 3 && memcmp(text + length - 3, wide, 3) == 0)
            length -= 3;
        else
            break;
    return texts_add_n(texts, text, length);
}

static uint32_t cleaned(struct texts *texts, const char *text)
{
    if (text_is_clean(text, TEXT_LINES))
        return trimmed(texts, text);
    struct strbuf clean = {0};
    text_scrub(&clean, text, strlen(text), TEXT_LINES);
    uint32_t number = trimmed(texts, strbuf_text(&clean));
    strbuf_clear(&clean);
    return number;
}

/* --- what is told ---------------------------------------------------------------------------- */

void import_file(struct import *import, const char *name)
{
    import->file = name_add(import, name);
    import->existing = false;
    import->now_span = 0;
}

void import_lettered(struct import *import)
{
    size_t had = import->lettered_room;
    import->lettered = alloc_grow(
        import->lettered, &import->lettered_room, (size_t)import->file + 1, sizeof(bool));
    for (size_t i = had; i < import->lettered_room; i++)
        import->lettered[i] = false;
    import->lettered[import->file] = true;
}

bool import_is_lettered(const struct import *import, uint16_t file)
{
    return file < import->lettered_room && import->lettered[file];
}

void import_existing(struct import *import)
{
    import->existing = true;
}

void import_document(struct import *import, const char *head, struct import_place place)
{
    import->head = alloc_grow(
        import->head, &import->head_capacity, import->head_count + 1, sizeof *import->head);
    import->head[import->head_count++] = (struct import_head){.file = import->file,
        .heading = name_add(import, place.heading),
        .words = cleaned(&import->texts, head),
        .line = line_of(place.line)};
}

void import_days(
    struct import *import, date_t first, date_t last, const char *words, struct import_place place)
{
    if (import->span_count == UINT16_MAX)
        return;
    import->span = alloc_grow(
        import->span, &import->span_capacity, import->span_count + 1, sizeof *import->span);
    import->span[import->span_count++] = (struct import_span){.first = first,
        .last = last,
        .words = cleaned(&import->texts, words),
        .line = line_of(place.line),
        .column = small(place.column),
        .heading = name_add(import, place.heading)};
    import->now_span = (uint16_t)import->span_count;
}

const struct import_span *import_span(const struct import *import, const struct proposal *proposal)
{
    return proposal->span == 0 ? NULL : &import->span[proposal->span - 1];
}

void import_task(struct import *import, struct import_place place)
{
    import->proposal = alloc_grow(
        import->proposal, &import->capacity, import->count + 1, sizeof *import->proposal);
    import->proposal[import->count++] = (struct proposal){
        .first = (uint32_t)import->cell_count,
        .line = line_of(place.line),
        .column = small(place.column),
        .heading = name_add(import, place.heading),
        .file = import->file,
        .existing = import->existing,
        .span = import->now_span,
    };
}

void import_value(
    struct import *import, const char *name, const char *typed, struct import_place place)
{
    const char *suffix;
    const struct field *field = import_field(import, name, &suffix);
    assert(field != NULL && import->count > 0);
    uint32_t text = cleaned(&import->texts, typed);
    if (text == 0)
        return;
    import->cell = alloc_grow(
        import->cell, &import->cell_capacity, import->cell_count + 1, sizeof *import->cell);
    bool in_passing = import->existing && strcmp(name, "title") == 0;
    import->cell[import->cell_count++] = (struct import_cell){
        .text = text,
        .line = line_of(place.line),
        .column = small(place.column),
        .heading = name_add(import, place.heading),
        .suffix = in_passing ? 1 : small(strtoul(suffix, NULL, 10)),
        .field = (uint16_t)(field - fields),
    };
    import->proposal[import->count - 1].count++;
}

void import_version(struct import *import, const char *typed, struct import_place place)
{
    assert(import->count > 0);
    struct proposal *proposal = &import->proposal[import->count - 1];
    proposal->version = cleaned(&import->texts, typed);
    proposal->version_column = small(place.column);
    proposal->version_heading = name_add(import, place.heading);
}

static void note(
    struct import *import, bool refuses, const char *sentence, struct import_place place)
{
    if (++import->noted[refuses] > IMPORT_MESSAGES_MOST)
        return;
    import->note = alloc_grow(
        import->note, &import->note_capacity, import->note_count + 1, sizeof *import->note);
    import->note[import->note_count++] = (struct import_note){
        .refuses = refuses,
        .file = import->file,
        .line = line_of(place.line),
        .column = small(place.column),
        .heading = name_add(import, place.heading),
        .text = cleaned(&import->texts, sentence),
    };
}

void import_warning(struct import *import, const char *sentence, struct import_place place)
{
    note(import, false, sentence, place);
}

void import_problem(struct import *import, const char *sentence, struct import_place place)
{
    note(import, true, sentence, place);
}

const struct import_cell *import_cell(
    const struct import *import, const struct proposal *proposal, const struct field *field)
{
    for (uint32_t i = 0; i < proposal->count; i++)
        if (&fields[import->cell[proposal->first + i].field] == field)
            return &import->cell[proposal->first + i];
    return NULL;
}
