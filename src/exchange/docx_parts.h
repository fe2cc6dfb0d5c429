/* docx_parts: what the files of the reader of Word documents share: the lists and styles that count
 * paragraphs, and the numbers as they are shown. */
#ifndef EXCHANGE_DOCX_PARTS_H
#define EXCHANGE_DOCX_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "package.h"

enum {
    DOCX_LEVELS = 9,         /* of a list */
    DOCX_LISTS_MOST = 16384, /* and as many uses of them, and styles */
    DOCX_LEVEL_TEXT = 64,    /* bytes of "第%1条"; a longer one is none */
    DOCX_BASED_ON_MOST = 16, /* styles upon styles */
    DOCX_NUMBER_MOST = 1 << 20,
};

/* --- numbers (docx_count.c) ---- */

/* `number` as a list of this format ("chineseCounting", "upperRoman") shows it; an unknown format,
 * and one that does not go so far, is decimal. */
void docx_count(const char *format, long number, struct strbuf *out);

/* --- styles (docx_style.c) ---- */

struct docx_style {
    char *id, *based_on;
    int list, level;  /* -1: not told */
    bool is_contents; /* of a table of contents */
    bool is_default;  /* of paragraphs that name none */
};
struct docx_styles {
    struct docx_style *style; /* by id */
    size_t count, room;
    const struct docx_style *otherwise; /* the default one; NULL: none */
};
/* None where there is no such part. */
bool docx_styles_read(struct package *package, struct docx_styles *out, struct error *err);
void docx_styles_clear(struct docx_styles *styles);
/* NULL where there is none; `id` may be NULL. */
const struct docx_style *docx_style_find(const struct docx_styles *styles, const char *id);

/* The attribute `val` as a number from 0 on; -1 where it is none. */
int docx_value(const char **attributes);

/* --- lists (docx_list.c) ---- */

struct docx_lists;
/* Always to be freed; without lists where there is no such part. `styles` are borrowed. */
bool docx_lists_read(struct package *package, const struct docx_styles *styles,
    struct docx_lists **out, struct error *err);
void docx_lists_free(struct docx_lists *lists);

/* What a paragraph says of its number. */
struct docx_numbered {
    const struct docx_style *style; /* NULL: none */
    int list, level;                /* -1: not told */
};
/* Counts the paragraph, and appends its number and what parts it from the text; nothing where it
 * has none. */
void docx_list_count(
    struct docx_lists *lists, const struct docx_numbered *paragraph, struct strbuf *out);

/* --- the body (docx_body.c) ---- */

#define DOCX_BODY "word/document.xml"
bool docx_body_read(struct package *package, const struct docx_styles *styles,
    struct docx_lists *lists, struct strbuf *out, struct error *err);

#endif
