/* plan_parts: what the files that read plans share. The text is looked at as glyphs: one code point
 * each, folded (full width, traditional characters of the words that matter, every kind of bracket
 * and blank), with its place in the text, which names and words are taken from. */
#ifndef EXCHANGE_PLAN_PARTS_H
#define EXCHANGE_PLAN_PARTS_H

#include <stdint.h>

#include "base/strbuf.h"
#include "exchange/plan_read.h"

struct plan_glyph {
    uint32_t code;  /* 0 behind the last */
    uint32_t close; /* of a bracket: the glyph that closes it, 0: none */
    size_t at;
};
/* Glyphs from `from` to before `to`. */
struct plan_span {
    size_t from, to;
};

enum plan_kind { /* outermost first */
    KIND_NONE,
    KIND_CHAPTER, /* 第一章, 第一部分 */
    KIND_ARTICLE, /* 第一条 */
    KIND_HAN,     /* 一、 */
    KIND_HAN_BRACKET,
    KIND_DOT, /* 1. */
    KIND_BRACKET,
    KIND_CIRCLE,
    KIND_COUNT
};
struct plan_line {
    size_t from, to; /* glyphs, without blanks around */
    size_t end;      /* where it ends, with them */
    enum plan_kind kind;
    int value;
    size_t body; /* behind the number */
    bool indented, noise;
    bool goes_on; /* the paragraph of the line before it goes on here */
};
struct plan_clause {
    struct plan_span all;   /* with its brackets and the full stop behind them */
    struct plan_span words; /* without */
    size_t line;            /* index */
    bool open;              /* the bracket is not closed */
};
struct plan_given { /* 以下均需…不再列出 */
    struct plan_span words;
    size_t line;
    bool below; /* only for what comes behind it */
};
struct plan_doc {
    const char *text;
    const struct going *going; /* asked at each line; may be NULL */
    int year;                  /* of the plan's title; 0: none, or several */
    struct plan_glyph *glyph;
    size_t count, capacity;
    struct plan_line *line;
    size_t line_count, line_capacity;
    struct plan_clause *clause;
    size_t clause_count, clause_capacity;
    struct plan_given *given;
    size_t given_count, given_capacity;
};
#define PLAN_GIVEN_MOST 50 /* that a plan gives once for all */

/* plan_page.c: what pages have above and below their text, wherever it was torn out. */
struct plan_page {
    const char *title[3]; /* lines that say what the document is */
    size_t length[3], count;
};
void plan_page_read(struct plan_page *page, const char *text);
/* Bytes of the line at `line`, its end left out, where it is a page number or the title again; 0:
 * it is of the text. */
size_t plan_page_line(const struct plan_page *page, const char *line);

/* plan_head.c: lines that say whose the plan is, before line `first` and at its end: titles, then
 * who issued it; "" none. `*line`: of the first, from 1. The caller frees. */
char *plan_head_read(const struct plan_doc *doc, size_t first, size_t *line);

/* plan_text.c */
/* Glyphs and lines. */
void plan_doc_open(struct plan_doc *doc, const char *text, const struct going *going);
/* And clauses, what is given, which lines go on. */
void plan_doc_read(struct plan_doc *doc, const char *text, const struct going *going);
void plan_doc_clear(struct plan_doc *doc);
uint32_t plan_code(const struct plan_doc *doc, size_t at); /* 0 behind the end */
bool plan_is_blank(uint32_t code);                         /* a new line too */
bool plan_is_digit(uint32_t code);
size_t plan_skip_blanks(const struct plan_doc *doc, size_t at, size_t to); /* behind them */
bool plan_is_one_of(uint32_t code, const char *set);
struct plan_span plan_trim(const struct plan_doc *doc, struct plan_span span);
/* `to` is at most the count of the glyphs. Behind `word`, of which blanks and ends of lines may
 * stand between the glyphs; 0: it is not there. */
size_t plan_word(const struct plan_doc *doc, size_t at, size_t to, const char *word);
/* The longest of a list that ends with NULL. */
size_t plan_words(const struct plan_doc *doc, size_t at, size_t to, const char *const *words);
bool plan_ends(
    const struct plan_doc *doc, struct plan_span span, const char *const *words, size_t *start);
size_t plan_find(
    const struct plan_doc *doc, struct plan_span span, const char *word); /* span.to: none */
/* The text as it stands, ends of lines left out. */
void plan_add(const struct plan_doc *doc, struct plan_span span, struct strbuf *out);
char *plan_take(const struct plan_doc *doc, struct plan_span span);
size_t plan_line_of(const struct plan_doc *doc, size_t at);  /* index */
size_t plan_line_end(const struct plan_doc *doc, size_t at); /* of the line with this glyph */

/* plan_lines.c */
void plan_lines_read(struct plan_doc *doc);
void plan_lines_join(struct plan_doc *doc); /* after the clauses: which lines go on */

/* plan_clause.c */
void plan_clauses_read(struct plan_doc *doc);
void plan_given_read(struct plan_doc *doc);
size_t plan_clause_from(
    const struct plan_doc *doc, size_t at); /* the first at the glyph or behind */

/* plan_units.c */
enum plan_role {
    ROLE_NONE = -1,
    ROLE_LEAD,
    ROLE_RESPONSIBLE,
    ROLE_COOPERATING,
    ROLE_DEADLINE,
    ROLE_COUNT
};
struct plan_said {
    struct plan_units units[3]; /* by role */
    struct plan_span deadline;  /* empty: none */
    bool others, carried;
    struct plan_span strange,
        inner; /* the first words that name no unit, that stand in brackets; empty: none */
    size_t strange_count, unit_count, strong_count;
};
/* plan_said.c */
void plan_said_read(const struct plan_doc *doc, struct plan_span words, struct plan_said *said);
void plan_said_clear(struct plan_said *said);
/* 牵头单位：; behind it, 0: none. `*colon` whether it ends in one. */
size_t plan_label(
    const struct plan_doc *doc, size_t at, size_t to, enum plan_role *role, bool *colon);
bool plan_is_unit(const struct plan_doc *doc, struct plan_span span, bool *strong);
extern const char
    *const plan_given_words[]; /* before units that are given once for all; ends with NULL */
struct plan_reading {
    const struct plan_doc *doc;
    struct plan_said *said;
    struct plan_span level; /* of the last unit that had one */
};
void plan_name_read(struct plan_reading *reading, struct plan_span name, enum plan_role role);

/* plan_number.c: the lines that begin measures, with their numbers. */
struct plan_start {
    size_t line, end; /* index; before this line */
    char *number;
};
struct plan_starts {
    struct plan_start *start;
    size_t count, capacity;
};
/* Lines whose number goes on with those of the measures in another form get the kind of these. */
void plan_starts_read(struct plan_doc *doc, struct plan *plan, struct plan_starts *out);

/* plan_day.c */
void plan_year_read(struct plan_doc *doc, size_t line); /* from the lines before this one */
/* `plan`: where notes go, or NULL. */
void plan_dates_read(struct plan *plan, const struct plan_doc *doc, struct plan_span span,
    struct plan_measure *measure);
size_t plan_day_end(const struct plan_doc *doc, size_t at, size_t to); /* a year, 0: none */
size_t plan_skip_digits(const struct plan_doc *doc, size_t at, size_t to, size_t most);
/* The words of the last day that the sentence names before `at`; empty: none. */
struct plan_span plan_day_before(const struct plan_doc *doc, struct plan_span span, size_t at);
/* 立行立改, 2026年底前完成，长期坚持: clauses that end the text and read as a deadline that is no
 * day alone; empty: none. `alone`: the text stands behind a clause of units, and may be but that. */
struct plan_span plan_kind_at_end(const struct plan_doc *doc, struct plan_span span, bool alone);

/* plan_figure.c: days and figures, but for those of footnotes. */
void plan_goals_read(struct plan *plan, const struct plan_doc *doc, struct plan_span span,
    struct plan_measure *measure);

/* plan_measure.c */
/* Adds the measure that begins there and ends before line `end`. */
void plan_measure_read(
    struct plan *plan, const struct plan_doc *doc, const struct plan_start *start, size_t end);
char *plan_date_words(const struct plan_date *date); /* with its year; the caller frees */
bool plan_measure_has(const struct plan_measure *measure, const char *unit);
void plan_units_add(struct plan_units *to, const struct plan_units *from, bool given);

/* plan_read.c */
void plan_note_add(
    struct plan *plan, const struct plan_doc *doc, enum plan_why why, struct plan_span words);

#endif
