/* text_table_read: tables drawn with characters, as they are pasted from pages, mails and chats, to
 * a grid.
 *
 * Three forms, of which the one with the most known headings and whole rows is taken. Bars: | ｜ │
 * ┃ ║, with or without outer ones, Markdown's rule under the headings, frames of ASCII (+---+) or
 * of box drawing, cells merged downwards by a rule that leaves them out. Tabs. Columns aligned by
 * blanks: cells parted by two blanks or more, or full-width ones, each in the column under whose
 * heading it stands (by display width; by characters where that is what fits), so that an empty
 * cell is known; a single blank is within a cell unless it stands between two columns.
 *
 * A row is a line, or all between two rules (blank lines, where columns are aligned) where each
 * such group begins once. Else a line goes on with the one above where its first cell is empty and
 * each of its texts would not have fitted behind the one above it: text that was wrapped. A row of
 * bars or tabs that is too short goes on where the next lines make it whole. Headings on further
 * pages stand in the grid again; page numbers do not.
 *
 * Nothing is guessed: a text that cannot be told to be of one column is a doubt with its line. */
#ifndef EXCHANGE_TEXT_TABLE_READ_H
#define EXCHANGE_TEXT_TABLE_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "exchange/grid.h"

#define TEXT_TABLE_BYTES_MOST (8 << 20)
#define TEXT_TABLE_COLUMNS_MOST 64

enum text_table_form { TEXT_TABLE_NONE, TEXT_TABLE_BARS, TEXT_TABLE_TABS, TEXT_TABLE_COLUMNS };

struct text_table_doubt {
    size_t line, column; /* column 0: of none */
    bool refuses;
    char *sentence; /* translated, names the text */
};
struct text_table {
    enum text_table_form form; /* NONE: there is no table in it */
    size_t columns;
    size_t known;          /* headings that are known (exchange/ledger_field.h) */
    size_t rows;           /* besides the headings */
    bool drawn;            /* with outer bars, rules, or blanks around the bars */
    bool joined;           /* rows go on over several lines */
    size_t inside, beside; /* lines that are no blank ones: of the table, and not */
    size_t heading;        /* its first line: that of the headings where there are any */
    size_t behind;         /* the first line of text behind the table; 0: none */
    struct text_table_doubt *doubt;
    size_t doubt_count, doubt_room;
};

/* `text` is valid UTF-8. Columns and lines are those that grid.h and people know. */
void text_table_read(const char *text, size_t count, struct grid *out, struct text_table *found);
void text_table_clear(struct text_table *found);

#endif
