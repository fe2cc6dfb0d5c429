/* query: the filter language read into a tree, by recursive descent. */
#include "model/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "query_parser.h"

/* --- and, or, not -------------------------------------------------------------------------- */

enum keyword { KEYWORD_NONE, KEYWORD_AND, KEYWORD_OR, KEYWORD_NOT };
static const struct {
    const char *name, *alias;
    enum keyword keyword;
} keywords[] = {
    {"and", "且 并且", KEYWORD_AND},
    {"or", "或 或者", KEYWORD_OR},
    {"not", "非", KEYWORD_NOT},
};

/* The keyword at the parser's place, and where it ends. */
static enum keyword keyword_at(const struct parser *parser, size_t *end)
{
    char word[16];
    enum query_op op;
    *end = parser_word_end(parser, parser->at, false);
    size_t length = *end - parser->at;
    if (length == 0 || length >= sizeof word || parser_sign_at(parser, *end, &op) > 0)
        return KEYWORD_NONE;
    memcpy(word, parser->source.text + parser->at, length);
    word[length] = '\0';
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
        if (query_name_is(keywords[i].name, keywords[i].alias, word))
            return keywords[i].keyword;
    return KEYWORD_NONE;
}

static bool either_read(struct parser *parser, struct query **out);

static bool term_missing(struct parser *parser, size_t start, size_t end)
{
    return query_error_set(parser->err, parser_place(parser, start, end), NULL,
        _("a term is missing here: and, or, not and parentheses need something to work on"));
}

static bool group_read(struct parser *parser, struct query **out)
{
    size_t start = parser->at++;
    if (++parser->depth > QUERY_DEPTH)
        return query_error_set(parser->err, parser_place(parser, start, start + 1), NULL,
            _("parentheses are nested more than %d deep"), QUERY_DEPTH);
    parser_skip_blanks(parser);
    if (parser_is_mark(parser, parser->at, ')'))
        return term_missing(parser, start, parser->at + 1);
    if (parser_is_at_end(parser))
        return query_error_set(parser->err, parser_place(parser, start, start + 1), ")",
            _("this parenthesis is not closed"));
    if (!either_read(parser, out))
        return false;
    if (!parser_is_mark(parser, parser->at, ')')) {
        query_free(*out);
        return query_error_set(parser->err, parser_place(parser, start, start + 1), ")",
            _("this parenthesis is not closed"));
    }
    parser->at++;
    parser->depth--;
    return true;
}

/* Any number of nots, then a group or a term. */
static bool single_read(struct parser *parser, struct query **out)
{
    size_t start = parser->at, word;
    bool negated = false;
    for (parser_skip_blanks(parser); !parser_is_at_end(parser); parser_skip_blanks(parser)) {
        enum query_op op;
        if (parser_is_mark(parser, parser->at, '-') ||
            (parser_is_mark(parser, parser->at, '!') &&
                parser_sign_at(parser, parser->at, &op) == 0))
            parser->at++;
        else if (keyword_at(parser, &word) == KEYWORD_NOT)
            parser->at = word;
        else
            break;
        negated = !negated;
    }
    enum keyword keyword = keyword_at(parser, &word);
    if (keyword != KEYWORD_NONE)
        return term_missing(parser, parser->at, word);
    if (parser_is_at_end(parser))
        return term_missing(parser, start, parser->at);
    if (parser_is_mark(parser, parser->at, ')'))
        return term_missing(parser, parser->at, parser->at + 1);
    bool group = parser_is_mark(parser, parser->at, '(');
    if (!(group ? group_read(parser, out) : parser_read_term(parser, out)))
        return false;
    if (negated) {
        *out = query_join(QUERY_NOT, *out, NULL);
        (*out)->at = parser->source.place[start];
        (*out)->length = parser->source.place[parser->at] - (*out)->at;
    }
    return true;
}

/* Joins what `one` reads by `kind` for as long as `go_on` says. */
static bool both_read(struct parser *parser, struct query **out)
{
    struct query *all = NULL;
    for (;;) {
        struct query *one = NULL;
        if (!single_read(parser, &one)) {
            query_free(all);
            return false;
        }
        all = all ? query_join(QUERY_AND, all, one) : one;
        parser_skip_blanks(parser);
        size_t word;
        enum keyword keyword = keyword_at(parser, &word);
        if (parser_is_at_end(parser) || parser_is_mark(parser, parser->at, ')') ||
            keyword == KEYWORD_OR)
            break;
        if (keyword == KEYWORD_AND)
            parser->at = word;
    }
    *out = all;
    return true;
}

static bool either_read(struct parser *parser, struct query **out)
{
    struct query *all = NULL;
    for (bool more = true; more;) {
        struct query *one = NULL;
        if (!both_read(parser, &one)) {
            query_free(all);
            return false;
        }
        all = all ? query_join(QUERY_OR, all, one) : one;
        size_t word;
        more = keyword_at(parser, &word) == KEYWORD_OR;
        if (more)
            parser->at = word;
    }
    *out = all;
    return true;
}

/* Nobody types so much, and it would be read, searched for and shown again many times. */
static bool is_too_long(const char *text, struct query_error *err)
{
    size_t length = strnlen(text, QUERY_BYTES + 1);
    return length > QUERY_BYTES &&
           !query_error_set(err, (struct query_place){0, 0}, NULL,
               _("the filter is longer than %d bytes; leave some out"), QUERY_BYTES);
}

bool query_parse(const char *text, struct query **out, struct query_error *err)
{
    struct query_error unused;
    struct parser parser = {.err = err ? err : &unused};
    if (is_too_long(text, parser.err))
        return false;
    query_source_init(&parser.source, text, SIZE_MAX);
    struct query *query = NULL;
    parser_skip_blanks(&parser);
    bool good = true;
    if (parser_is_at_end(&parser))
        query = query_new(QUERY_ALL, (struct query_place){0, 0});
    else
        good = either_read(&parser, &query);
    if (good && !parser_is_at_end(&parser)) {
        query_free(query);
        good = query_error_set(parser.err, parser_place(&parser, parser.at, parser.at + 1), NULL,
            _("this parenthesis was never opened"));
    }
    query_source_clear(&parser.source);
    if (good)
        *out = query;
    return good;
}

void query_free(struct query *query)
{
    if (!query)
        return;
    query_free(query->left);
    query_free(query->right);
    free(query->text);
    free(query);
}
