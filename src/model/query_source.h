/* query_source: the text of a filter as the parser sees it: punctuation and letters as an input
 * method types them made ASCII outside quotes, each byte with its place in what was typed. */
#ifndef MODEL_QUERY_SOURCE_H
#define MODEL_QUERY_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

struct query_source {
    char *text;    /* NUL-terminated; a control byte that is no blank reads as one */
    bool *quoted;  /* for each byte: inside quotes, the quotes themselves not */
    size_t *place; /* for each byte, and for the end: where it stands in what was typed */
    size_t length;
};

/* Reads `bytes` of `typed`, or up to its end. */
void query_source_init(struct query_source *source, const char *typed, size_t bytes);
void query_source_clear(struct query_source *source);

#endif
