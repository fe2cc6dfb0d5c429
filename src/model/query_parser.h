/* query_parser: the state of reading a filter, and what its two files give each other. */
#ifndef MODEL_QUERY_PARSER_H
#define MODEL_QUERY_PARSER_H

#include "query_parts.h"
#include "query_source.h"

struct parser {
    struct query_source source;
    size_t at;
    int terms, depth;
    struct query_error *err;
};

/* Where bytes of the source stand in what was typed. */
struct query_place parser_place(const struct parser *parser, size_t start, size_t end);

bool parser_is_at_end(const struct parser *parser);
/* Whether the character at `at` is `c` and not part of a quoted text. */
bool parser_is_mark(const struct parser *parser, size_t at, char c);
void parser_skip_blanks(struct parser *parser);
/* The length of the comparison that stands at `at`; 0 when there is none. */
size_t parser_sign_at(const struct parser *parser, size_t at, enum query_op *op);
/* Where the bare word at `at` ends; a comparison or, in a value, a comma ends it too. */
size_t parser_word_end(const struct parser *parser, size_t at, bool value);

/* Reads the term at the parser's place: text, a flag, or a field with its values. */
bool parser_read_term(struct parser *parser, struct query **out);

#endif
