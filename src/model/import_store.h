/* import_store: texts kept once each and never moved, and the proposals made of them. */
#ifndef MODEL_IMPORT_STORE_H
#define MODEL_IMPORT_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/field.h"
#include "model/import.h"

/* Texts by number; equal ones have the same. 0 is "". */
struct texts { /* {0} is empty */
    char **chunk;
    size_t count, capacity; /* of chunks */
    size_t at, room;        /* in the last one */
    uint32_t *slot;         /* open addressing; 0 free */
    size_t slot_room, texts;
};
uint32_t texts_add(struct texts *texts, const char *text);
uint32_t texts_add_n(struct texts *texts, const char *bytes, size_t count);
const char *texts_get(const struct texts *texts, uint32_t number); /* stays where it is */
const char *texts_keep(struct texts *texts, const char *text);     /* both in one */
void *texts_room(struct texts *texts, size_t bytes); /* aligned for pointers; goes with the texts */
void texts_clear(struct texts *texts);

uint64_t hash_bytes(uint64_t seed, const char *bytes, size_t count);

struct import_cell {
    uint32_t text, line;
    uint16_t column, heading, suffix;
    uint16_t field; /* index in fields */
};
struct proposal {
    uint32_t first, count; /* cells */
    uint32_t line;
    uint16_t column, heading, file;
    bool existing;    /* of a task that is there */
    uint16_t span;    /* the days that it is of, from 1; 0: not told */
    uint32_t version; /* a text; 0: not told */
    uint16_t version_column, version_heading;
};
struct import_span { /* days that a file is of */
    date_t first, last;
    uint32_t words, line;
    uint16_t column, heading;
};
struct import_head { /* that a file is a document, and whose: its lines */
    uint16_t file, heading;
    uint32_t words, line;
};
struct import_note { /* a message as it came */
    bool refuses;
    uint16_t file, column, heading;
    uint32_t line, value, text;
};

enum { FIELDS_KNOWN = 64 };
struct look;
struct import {
    struct model *model;
    const struct field *known[FIELDS_KNOWN]; /* by a hash of their names */
    bool *lettered; /* by name: of files whose columns have letters */
    size_t lettered_room;
    struct texts texts;
    uint32_t *name; /* files and headings: texts; 0 is "" */
    size_t name_count, name_capacity;
    size_t name_next; /* rows tell their headings in the same order each time */
    uint16_t file;
    bool existing;     /* what follows */
    uint16_t now_span; /* what follows is of */
    struct import_span *span;
    size_t span_count, span_capacity;
    struct import_head *head;
    size_t head_count, head_capacity;
    struct import_cell *cell;
    size_t cell_count, cell_capacity;
    struct proposal *proposal;
    size_t count, capacity;
    struct import_note *note;
    size_t note_count, note_capacity;
    size_t noted[2];   /* those not kept too; [1] that refuse */
    struct look *look; /* what the last plan stands in */
};
const char *import_name(const struct import *import, uint16_t number);
/* As field_find, for names that come very many times. */
const struct field *import_field(struct import *import, const char *name, const char **suffix);
bool import_is_lettered(const struct import *import, uint16_t file);
/* NULL: the proposal is of none. */
const struct import_span *import_span(const struct import *import, const struct proposal *proposal);
/* The first cell of the field, at or after `from` of the proposal's; NULL: none. */
const struct import_cell *import_cell(
    const struct import *import, const struct proposal *proposal, const struct field *field);

#endif
