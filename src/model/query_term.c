/* query_term: one term of a filter: text, a flag, or a field with its values. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "model/search.h"
#include "query_parser.h"

struct query_place parser_place(const struct parser *parser, size_t start, size_t end)
{
    size_t at = parser->source.place[start];
    return (struct query_place){at, parser->source.place[end] - at};
}

/* --- characters ---------------------------------------------------------------------------- */

bool parser_is_at_end(const struct parser *parser)
{
    return parser->at >= parser->source.length;
}

bool parser_is_mark(const struct parser *parser, size_t at, char c)
{
    return parser->source.text[at] == c && !parser->source.quoted[at] && at < parser->source.length;
}

void parser_skip_blanks(struct parser *parser)
{
    while (parser_is_mark(parser, parser->at, ' '))
        parser->at++;
}

static const struct {
    const char *sign;
    enum query_op op;
} signs[] = {
    {"!=", OP_NE},
    {"<>", OP_NE},
    {"<=", OP_LE},
    {">=", OP_GE},
    {"==", OP_EQ},
    {":", OP_EQ},
    {"=", OP_EQ},
    {"<", OP_LT},
    {">", OP_GT},
};

size_t parser_sign_at(const struct parser *parser, size_t at, enum query_op *op)
{
    if (at >= parser->source.length || parser->source.quoted[at])
        return 0;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t length = strlen(signs[i].sign);
        if (strncmp(parser->source.text + at, signs[i].sign, length) == 0) {
            *op = signs[i].op;
            return length;
        }
    }
    return 0;
}

size_t parser_word_end(const struct parser *parser, size_t at, bool value)
{
    enum query_op op;
    for (; at < parser->source.length; at++) {
        char c = parser->source.text[at];
        if (!c || strchr(" ()\"", c) || (value ? c == ',' : parser_sign_at(parser, at, &op) > 0))
            break;
    }
    return at;
}

/* Where the quote that opens at `at` closes: at its second mark; the end when it does not. */
static size_t quote_end(const struct parser *parser, size_t at)
{
    for (at++; at < parser->source.length && !parser_is_mark(parser, at, '"'); at++)
        ;
    return at;
}

static char *quote_text(const struct parser *parser, size_t start, size_t end)
{
    char *text = alloc_zero(end - start + 1, 1);
    size_t length = 0;
    for (size_t at = start; at < end; at++) {
        if (parser->source.text[at] == '\\' && at + 1 < end)
            at++;
        text[length++] = parser->source.text[at];
    }
    return text;
}

/* --- terms --------------------------------------------------------------------------------- */

static bool term_count(struct parser *parser, size_t start)
{
    if (++parser->terms <= QUERY_TERMS)
        return true;
    return query_error_set(parser->err, parser_place(parser, start, parser->source.length), NULL,
        _("the filter has more than %d terms; leave some out"), QUERY_TERMS);
}

/* One value at the parser's place: bare or quoted. */
static bool item_read(struct parser *parser, char **out, struct query_place *place)
{
    size_t start = parser->at, end;
    if (parser_is_mark(parser, start, '"')) {
        end = quote_end(parser, start);
        if (end >= parser->source.length)
            return query_error_set(parser->err, parser_place(parser, start, parser->source.length),
                "\"", _("this quote is not closed"));
        *out = quote_text(parser, start + 1, end);
        parser->at = end + 1;
    } else {
        end = parser_word_end(parser, start, true);
        *out = alloc_string_n(parser->source.text + start, end - start);
        parser->at = end;
    }
    *place = parser_place(parser, start, parser->at);
    return true;
}

/* The name before a comparison. */
struct subject {
    char name[64];
    size_t start, end;
    bool is_flag; /* `is` */
    enum query_field field;
    enum query_op op;
};

static bool value_read(struct parser *parser, const struct subject *subject, const char *value,
    struct query_place place, struct query **out)
{
    if (!subject->is_flag)
        return query_value_read(subject->field, subject->op, value, place, out, parser->err);
    enum query_flag flag = query_flag_find(value);
    if (flag != FLAG_COUNT) {
        *out = query_new(QUERY_FLAG, place);
        (*out)->flag = flag;
        return true;
    }
    char quote[100];
    struct suggest suggest = suggest_for(value);
    for (int i = 0; i < FLAG_COUNT; i++)
        suggest_offer(&suggest, query_flags[i].name);
    return query_error_set(
        parser->err, place, suggest.best, _("a task is never \"%s\""), query_quote(value, quote));
}

static bool list_read(struct parser *parser, const struct subject *subject, struct query **out)
{
    struct query *all = NULL;
    for (bool more = true; more;) {
        char *value = NULL;
        struct query *one = NULL;
        struct query_place place;
        parser_skip_blanks(parser);
        bool good = term_count(parser, subject->start) && item_read(parser, &value, &place);
        if (good && !*value)
            good = query_error_set(parser->err, parser_place(parser, subject->start, parser->at),
                NULL, _("a value is missing after %s"), subject->name);
        good = good && value_read(parser, subject, value, place, &one);
        free(value);
        if (!good) {
            query_free(all);
            return false;
        }
        all = all ? query_join(QUERY_OR, all, one) : one;
        more = parser_is_mark(parser, parser->at, ',');
        parser->at += more;
    }
    *out = all;
    return true;
}

static const struct {
    const char *suffix;
    enum query_op op;
} suffixes[] = {
    {".before", OP_LT},
    {".after", OP_GT},
    {".from", OP_GE},
    {".until", OP_LE},
};

/* Takes `.before` and its like off a name; false when there is none. */
static bool suffix_take(char *name, enum query_op *op)
{
    char *dot = strchr(name, '.');
    for (size_t i = 0; dot && i < sizeof suffixes / sizeof suffixes[0]; i++) {
        if (query_name_is(suffixes[i].suffix, "", dot)) {
            *op = suffixes[i].op;
            *dot = '\0';
            return true;
        }
    }
    return false;
}

static bool field_refuse(struct parser *parser, const struct subject *subject, const char *name)
{
    struct suggest suggest = suggest_for(name);
    char quote[100];
    struct query_place place = parser_place(parser, subject->start, subject->end);
    if (!*name)
        return query_error_set(parser->err, parser_place(parser, subject->start, parser->at), NULL,
            _("a comparison needs a field before it, such as due or percent"));
    for (int i = 0; i < FIELD_COUNT; i++)
        suggest_offer(&suggest, query_fields[i].name);
    for (int i = 0; i < FIELD_COUNT; i++)
        if (!strchr(query_fields[i].alias, ' '))
            suggest_offer(&suggest, query_fields[i].alias);
    return query_error_set(parser->err, place, suggest.best,
        _("there is no field \"%s\"; text with a colon in it goes in quotes"),
        query_quote(name, quote));
}

/* Finds the field and the comparison of the name in `subject`, whose sign was `sign`. */
static bool subject_read(struct parser *parser, struct subject *subject, enum query_op sign)
{
    char name[sizeof subject->name];
    strcpy(name, subject->name);
    subject->op = sign;
    bool suffix = suffix_take(name, &subject->op);
    subject->is_flag = query_is_flag_field(name);
    subject->field = query_field_find(name);
    if (!subject->is_flag && subject->field == FIELD_COUNT)
        return field_refuse(parser, subject, name);

    struct query_place place = parser_place(parser, subject->start, parser->at);
    bool orders = !subject->is_flag && (query_fields[subject->field].type == TYPE_NUMBER ||
                                           query_fields[subject->field].type == TYPE_DATE);
    if (suffix && sign != OP_EQ)
        return query_error_set(
            parser->err, place, NULL, _("after %s only a colon can stand"), subject->name);
    if (!orders && subject->op != OP_EQ && subject->op != OP_NE)
        return query_error_set(
            parser->err, place, NULL, _("%s has no order; use : or !="), subject->name);
    return true;
}

/* A term with a comparison; the parser stands behind the sign. */
static bool field_read(
    struct parser *parser, struct subject *subject, enum query_op sign, struct query **out)
{
    if (!subject_read(parser, subject, sign))
        return false;
    bool negated = subject->op == OP_NE;
    if (negated)
        subject->op = OP_EQ;
    size_t first = parser->at;
    if (!list_read(parser, subject, out))
        return false;
    if ((*out)->kind == QUERY_OR && subject->op != OP_EQ) {
        query_free(*out);
        return query_error_set(parser->err, parser_place(parser, first, parser->at), NULL,
            _("a list of values can be compared only with : or !="));
    }
    struct query_place place = parser_place(parser, subject->start, parser->at);
    if (negated)
        *out = query_join(QUERY_NOT, *out, NULL);
    (*out)->at = place.at;
    (*out)->length = place.length;
    return true;
}

/* Takes over `text`. */
static bool text_make(
    struct parser *parser, char *text, struct query_place place, struct query **out)
{
    struct strbuf tokens = {0};
    bool good = search_query(&tokens, text);
    strbuf_clear(&tokens);
    if (!good) {
        free(text);
        return query_error_set(parser->err, place, NULL,
            _("there is nothing to look for: letters, digits or characters are needed"));
    }
    *out = query_new(QUERY_TEXT, place);
    (*out)->text = text;
    return true;
}

/* Cut at a whole character. */
static void name_copy(struct subject *subject, const char *text, size_t length)
{
    size_t room = sizeof subject->name - 1;
    if (length > room) {
        length = room;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
            length--;
    }
    memcpy(subject->name, text, length);
    subject->name[length] = '\0';
}

bool parser_read_term(struct parser *parser, struct query **out)
{
    struct subject subject = {.start = parser->at};
    if (parser_is_mark(parser, parser->at, '"')) {
        char *text = NULL;
        struct query_place place;
        return term_count(parser, subject.start) && item_read(parser, &text, &place) &&
               text_make(parser, text, place, out);
    }
    subject.end = parser_word_end(parser, parser->at, false);
    name_copy(&subject, parser->source.text + subject.start, subject.end - subject.start);
    parser->at = subject.end;

    /* `percent < 50`: blanks may stand before the sign where the word is a field's */
    enum query_op sign;
    bool known = query_field_find(subject.name) != FIELD_COUNT;
    if (known)
        parser_skip_blanks(parser);
    size_t length = parser_sign_at(parser, parser->at, &sign);
    if (length > 0) {
        parser->at += length;
        return field_read(parser, &subject, sign, out);
    }
    parser->at = subject.end;
    struct query_place place = parser_place(parser, subject.start, subject.end);
    if (!term_count(parser, subject.start))
        return false;
    enum query_flag flag = query_flag_find(subject.name);
    if (flag != FLAG_COUNT) {
        *out = query_new(QUERY_FLAG, place);
        (*out)->flag = flag;
        return true;
    }
    return text_make(parser,
        alloc_string_n(parser->source.text + subject.start, subject.end - subject.start), place,
        out);
}
