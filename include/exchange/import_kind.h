/* import_kind: the kinds of files that tasks come in, one row each: how one is recognised, and who
 * reads it into proposals (model/import.h). A container has a row of its own: a ledger may be text
 * or a workbook. */
#ifndef EXCHANGE_IMPORT_KIND_H
#define EXCHANGE_IMPORT_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/charset.h"
#include "base/error.h"
#include "base/going.h"
#include "base/strbuf.h"
#include "exchange/import_told.h"

struct import;

/* One file, as it is, and as text where it is one. */
struct import_document {
    const char *bytes;
    size_t count;
    struct charset_text text;  /* .bytes NULL: a kind of file that is no text */
    const struct going *going; /* asked while it is looked at and read; may be NULL */
};

/* Its text as lines without controls; ends of lines of every system. */
void import_document_lines(const struct import_document *document, struct strbuf *out);
/* As many of them as are looked at to recognise what it is. */
#define IMPORT_SAMPLE (256 << 10)
void import_document_sample(const struct import_document *document, struct strbuf *out);

/* What a person told beside. */
struct import_reading {
    const char *kind;       /* "ledger", "plan"; NULL: recognised */
    const char *charset;    /* NULL: recognised */
    const char *sheet;      /* of a workbook: its name or number; NULL: the first that is shown */
    const char *const *map; /* 列=FIELD */
    size_t map_count;
    bool fill;
    struct going going;
    /* The bytes of the document, to be given up by a reader that needs them no more: there is room
     * for the proposals then. NULL: they stay. */
    struct strbuf *held;
};

struct import_reader {
    const char *name;  /* for --kind; rows of the same name are containers of it */
    const char *label; /* N_(): "a ledger" */
    bool is_text;      /* the document's text is decoded before `detect` and `read` see it */
    int most;          /* what `detect` says at most: not asked where another is as sure */
    /* How sure it is, 0 (it is not) to 100; of the rows that are surest alike the first wins. */
    int (*detect)(const struct import_document *document);
    /* Proposals, warnings and problems to `import`, for which import_file was called. How it was
     * understood goes to `told`. False: it cannot be read at all; the error names line and column,
     * not the file. */
    bool (*read)(const struct import_document *document, const struct import_reading *reading,
        struct import *import, struct import_told *told, struct error *err);
};
extern const struct import_reader import_readers[]; /* ends with a NULL name */

#define IMPORT_BYTES_MOST (64 << 20) /* of a file */

/* Reads one file into `import`; `told` (initialised) gets its kind and charset, and what the kind
 * says.
 * ERROR_NOT_FOUND: there is nothing in it; ERROR_USAGE: what was told does not fit it;
 * ERROR_REFUSED: ended by `going`. */
bool import_kind_read(const char *bytes, size_t count, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err);

#endif
