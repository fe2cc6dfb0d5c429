/* text_table_parts: what the files that read drawn tables share. A text is lines, a line is pieces
 * with their places on the screen; which piece is of which column is told by their order (bars,
 * tabs) or by their places. */
#ifndef EXCHANGE_TEXT_TABLE_PARTS_H
#define EXCHANGE_TEXT_TABLE_PARTS_H

#include "exchange/text_table_read.h"

struct table_piece {
    size_t from, to; /* bytes, without blanks around; the same: empty */
    int left, right; /* columns of the screen */
    bool rule;       /* only dashes: of a partial rule */
};
enum table_line_kind {
    TABLE_BLANK,
    TABLE_RULE,
    TABLE_ROW,
    TABLE_PART, /* a rule that leaves out cells which are merged downwards */
    TABLE_TEXT, /* without anything that parts cells */
};
struct table_line {
    enum table_line_kind kind;
    size_t from, to;     /* bytes */
    size_t first, count; /* pieces */
    bool opens, closes;  /* begins, ends with a bar */
};
/* How wide a character is taken to be. */
enum table_measure { MEASURE_SCREEN, MEASURE_WIDE, MEASURE_CODES, MEASURE_COUNT };
struct table_lines {
    const char *text; /* ends with a NUL */
    enum text_table_form form;
    enum table_measure measure;
    unsigned bars; /* the kind of them */
    struct table_line *line;
    size_t count, room;
    struct table_piece *piece;
    size_t piece_count, piece_room;
};
void table_lines_read(struct table_lines *lines, const char *text, enum text_table_form form,
    enum table_measure measure, const struct grid *out);
void table_lines_clear(struct table_lines *lines);
/* The pieces of a line parted at every blank; the caller frees. */
struct table_piece *table_words(
    const struct table_lines *lines, const struct table_line *line, size_t *count);
bool table_is_known(const struct table_lines *lines, const struct table_piece *piece);
bool table_same(
    const struct table_lines *lines, const struct table_piece *a, const struct table_piece *b);

/* A table being read: where it stands, and how its lines are placed in columns. */
struct table_extent {
    int left, right;
};
struct table {
    struct table_lines lines;
    size_t heading, heading_end; /* lines: the first, behind the last; the same: no headings */
    struct table_piece *name;    /* the headings, one for each column */
    size_t columns, known;
    bool outer_left, outer_right;
    struct table_extent *extent; /* of aligned columns; NULL: they are not aligned */
};
enum table_fit { FIT_ROW, FIT_SHORT, FIT_LONG, FIT_TEXT, FIT_DOUBT };
/* The pieces of the line by column, `columns` of them; FIT_DOUBT, _LONG: `*wrong` is the one that
 * has none. */
enum table_fit table_place(const struct table *table, const struct table_line *line,
    struct table_piece *cell, struct table_piece *wrong);
/* A line that has the headings once more. */
bool table_is_heading(const struct table *table, const struct table_line *line);

/* text_table_columns.c: of aligned columns the extents by the lines `from` to before `to`. */
void table_extents_read(struct table *table, size_t from, size_t to);
enum table_fit table_place_aligned(const struct table *table, const struct table_line *line,
    struct table_piece *cell, struct table_piece *wrong);

/* text_table_between.c: what stands between rows. */
char *table_bare_line(
    const struct table *table, const struct table_line *line); /* without outer blanks */
/* 一、水环境 or 沈阳市: the title of what comes below it. */
bool table_is_section(const char *text);
/* It stood above the headings, too: the head of each page. */
bool table_is_page_head(const struct table *table, const struct table_line *line);
/* 扫一扫在手机打开当前页, 打印本页: what web pages have below their texts. */
bool table_is_page_tail(const struct table *table, const struct table_line *line);
bool table_is_page_number(const struct table *table, const struct table_line *line);

/* text_table_rows.c: the rows behind the headings. */
void table_rows_read(struct table *table, struct grid *out, struct text_table *found);

#endif
