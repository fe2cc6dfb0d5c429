#include "moves.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define ESC '\033'
#define UNKNOWN (-1)

static const struct moves_place nowhere = {UNKNOWN, UNKNOWN};

void moves_forget(struct moves *moves, int height, int width)
{
    struct moves_ways ways = moves->ways;
    *moves = (struct moves){.ways = ways,
        .height = height,
        .width = width,
        .at = nowhere,
        .wanted = nowhere,
        .top = ways.regions ? UNKNOWN : 0,
        .bottom = ways.regions ? UNKNOWN : height - 1,
        .bottom_wanted = height - 1};
}

static bool is_known(struct moves_place place)
{
    return place.row != UNKNOWN && place.column != UNKNOWN;
}

/* --- the shortest way ---------------------------------------------------------------------- */

struct way {
    char bytes[48];
    size_t length;
    bool found;
};

static struct way way_of(const char *bytes)
{
    struct way way = {.length = strlen(bytes), .found = true};
    memcpy(way.bytes, bytes, way.length);
    return way;
}

static void add_number(struct way *way, int number)
{
    way->length +=
        (size_t)snprintf(way->bytes + way->length, sizeof way->bytes - way->length, "%d", number);
}

/* ESC [ n and the letter; 1 need not be said. */
static struct way counted(int number, char letter)
{
    struct way way = way_of("\033[");
    if (number != 1)
        add_number(&way, number);
    way.bytes[way.length++] = letter;
    return way;
}

static struct way repeated(int count, char byte)
{
    struct way way = {.length = (size_t)count, .found = true};
    memset(way.bytes, byte, way.length);
    return way;
}

static void prefer(struct way *best, struct way other)
{
    if (other.found && (!best->found || other.length < best->length))
        *best = other;
}

static struct way joined(struct way first, struct way second)
{
    if (!first.found || !second.found || first.length + second.length > sizeof first.bytes)
        return (struct way){0};
    memcpy(first.bytes + first.length, second.bytes, second.length);
    first.length += second.length;
    return first;
}

static struct way to_column(const struct moves *moves, int from, int to)
{
    struct way best = {0}, home = way_of("\r");
    if (from == to)
        return way_of("");
    if (to == 0)
        return home;
    if (moves->ways.right)
        prefer(&best, joined(home, counted(to, 'C')));
    if (moves->ways.to_column)
        prefer(&best, counted(to + 1, 'G'));
    if (from != UNKNOWN && to < from && from - to <= 4)
        prefer(&best, repeated(from - to, '\b'));
    if (from != UNKNOWN && to > from && moves->ways.right)
        prefer(&best, counted(to - from, 'C'));
    return best;
}

/* Counted from where it is, and without stopping at the edge of the rows that scroll, or scrolling
 * them. */
static bool passes_no_edge(const struct moves *moves, int from, int to)
{
    if (moves->top == UNKNOWN)
        return false;
    return to > from ? from > moves->bottom || to <= moves->bottom
                     : from < moves->top || to >= moves->top;
}

static struct way to_row(const struct moves *moves, int from, int to)
{
    struct way best = {0};
    if (from == to)
        return way_of("");
    if (moves->ways.to_row)
        best = counted(to + 1, 'd');
    if (from == UNKNOWN || !passes_no_edge(moves, from, to))
        return best;
    if (to > from && to - from <= 5 && moves->ways.line_feed)
        prefer(&best, repeated(to - from, '\n'));
    if (to > from && moves->ways.down)
        prefer(&best, counted(to - from, 'B'));
    if (to < from && moves->ways.up)
        prefer(&best, counted(from - to, 'A'));
    return best;
}

static struct way addressed(struct moves_place to)
{
    struct way way = way_of("\033[");
    if (to.row > 0 || to.column > 0)
        add_number(&way, to.row + 1);
    if (to.column > 0) {
        way.bytes[way.length++] = ';';
        add_number(&way, to.column + 1);
    }
    way.bytes[way.length++] = 'H';
    return way;
}

/* Brings the cursor to where it is wanted. */
static void settle(struct moves *moves, struct strbuf *out)
{
    struct moves_place from = moves->at, to = moves->wanted;
    if (!is_known(to) || (is_known(from) && from.row == to.row && from.column == to.column))
        return;
    struct way best = addressed(to);
    int column = moves->sure ? from.column : UNKNOWN;
    bool through = from.column == UNKNOWN; /* the column may be behind the last one */
    if (from.row == to.row || !through)
        prefer(&best, joined(to_row(moves, from.row, to.row), to_column(moves, column, to.column)));
    if (from.row != to.row)
        prefer(&best, joined(way_of("\r"),
                          joined(to_row(moves, from.row, to.row), to_column(moves, 0, to.column))));
    strbuf_add_n(out, best.bytes, best.length);
    moves->at = to;
    moves->sure = true;
}

/* --- rows that scroll ---------------------------------------------------------------------- */

/* The terminal puts its cursor home then; where it was is kept if only the terminal knows it. */
static void settle_region(struct moves *moves, struct strbuf *out)
{
    int top = moves->top_wanted, bottom = moves->bottom_wanted;
    bool whole = top == 0 && bottom == moves->height - 1, keeps = !is_known(moves->wanted);
    if (moves->top == top && moves->bottom == bottom)
        return;
    strbuf_add(out, keeps ? "\0337" : "");
    if (whole)
        strbuf_add(out, "\033[r");
    else
        strbuf_format(out, "\033[%d;%dr", top + 1, bottom + 1);
    strbuf_add(out, keeps ? "\0338" : "");
    moves->top = top;
    moves->bottom = bottom;
    moves->at = keeps ? moves->wanted : (struct moves_place){0, 0};
    moves->sure = true;
}

void moves_end(struct moves *moves, struct strbuf *out)
{
    moves->top_wanted = 0;
    moves->bottom_wanted = moves->height - 1;
    settle_region(moves, out);
    moves->at = nowhere; /* something else may have been sent */
}

/* --- the stream ---------------------------------------------------------------------------- */

static int limited(int value, int most)
{
    return value < 0 ? 0 : value > most ? most : value;
}

/* Where curses goes next. What is not known of it cannot be put off. */
static void want(struct moves *moves, struct moves_place to, const char *bytes, size_t length,
    struct strbuf *out)
{
    bool off = is_known(to);
    moves->wanted = to;
    if (off)
        return;
    strbuf_add_n(out, bytes, length);
    moves->at = to;
    moves->sure = to.column != UNKNOWN;
}

static void pass(struct moves *moves, const char *bytes, size_t length, struct strbuf *out)
{
    settle(moves, out);
    strbuf_add_n(out, bytes, length);
}

static void get_lost(struct moves *moves)
{
    moves->at = moves->wanted = nowhere;
}

/* At the edge of the rows that scroll, they do; else it is a move. */
static void line(struct moves *moves, int by, const char *bytes, size_t length, struct strbuf *out)
{
    struct moves_place to = moves->wanted;
    if (to.row == (by > 0 ? moves->bottom_wanted : moves->top_wanted) || !is_known(to)) {
        settle_region(moves, out);
        pass(moves, bytes, length, out);
        if (!is_known(to))
            get_lost(moves);
        return;
    }
    to.row = limited(to.row + by, moves->height - 1);
    want(moves, to, bytes, length, out);
}

/* Text up to the next control. Behind the last column nobody knows where the cursor is. */
static void text(struct moves *moves, const char *bytes, size_t count, struct strbuf *out)
{
    mbstate_t state = {0};
    bool ascii = true;
    int column = moves->wanted.column;
    pass(moves, bytes, count, out);
    for (size_t at = 0; at < count && column != UNKNOWN;) {
        wchar_t character;
        size_t length = mbrtowc(&character, bytes + at, count - at, &state);
        int width = length == 0 || length > count - at ? -1 : wcwidth(character);
        ascii &= (unsigned char)bytes[at] < 0x80;
        column = width < 0 ? UNKNOWN : column + width;
        at += width < 0 ? 1 : length;
    }
    if (column == UNKNOWN || column >= moves->width) {
        get_lost(moves);
        return;
    }
    moves->wanted.column = moves->at.column = column;
    moves->sure &= ascii;
}

/* The numbers of ESC [ a ; b; what is left out is 1. */
static void read_numbers(const char *bytes, int *first, int *second)
{
    char *end;
    long a = strtol(bytes + 2, &end, 10), b = *end == ';' ? strtol(end + 1, NULL, 10) : 0;
    *first = limited(a < 1 ? 1 : a > 9999 ? 9999 : (int)a, 9999);
    *second = limited(b < 1 ? 1 : b > 9999 ? 9999 : (int)b, 9999);
}

static void take_region(struct moves *moves, const char *bytes)
{
    int top, bottom;
    read_numbers(bytes, &top, &bottom);
    bool whole = bytes[2] == 'r' || bottom > moves->height || top >= bottom;
    moves->top_wanted = whole ? 0 : top - 1;
    moves->bottom_wanted = (whole ? moves->height : bottom) - 1;
}

/* A move to a place; false: the sequence is none. */
static bool take_move(struct moves *moves, const char *bytes, size_t length, struct strbuf *out)
{
    struct moves_place to = moves->wanted;
    int first, second;
    char final = bytes[length - 1];
    if (bytes[2] > ';' && bytes[2] < '@')
        return false;
    read_numbers(bytes, &first, &second);
    bool relative = strchr("ABCD", final) != NULL;
    if (relative && !is_known(to))
        return false;
    switch (final) {
    case 'H':
        to = (struct moves_place){limited(first - 1, moves->height - 1), second - 1};
        break;
    case 'd':
        to.row = limited(first - 1, moves->height - 1);
        break;
    case 'G':
        to.column = first - 1;
        break;
    case 'A':
        to.row -= first;
        break;
    case 'B':
        to.row += first;
        break;
    case 'C':
        to.column += first;
        break;
    case 'D':
        to.column -= first;
        break;
    default:
        return false;
    }
    to.row = to.row == UNKNOWN && !relative ? UNKNOWN : limited(to.row, moves->height - 1);
    to.column = to.column == UNKNOWN && !relative ? UNKNOWN : limited(to.column, moves->width - 1);
    want(moves, to, bytes, length, out);
    return true;
}

static void take_control(struct moves *moves, const char *bytes, size_t length, struct strbuf *out)
{
    char final = bytes[length - 1];
    bool own = strchr("<=>?", bytes[2]) != NULL;
    if (take_move(moves, bytes, length, out))
        return;
    if (final == 'r' && !own) {
        take_region(moves, bytes);
        moves->wanted = (struct moves_place){0, 0};
        return;
    }
    if (final == 'm') { /* the pen */
        strbuf_add_n(out, bytes, length);
        return;
    }
    if (!own && (strchr("STLM", final) || (final == 'J' && moves->top == UNKNOWN)))
        settle_region(moves, out);
    pass(moves, bytes, length, out);
    bool stays = own ? (final == 'h' || final == 'l') && atoi(bytes + 3) == 25
                     : strchr("KJXSTP@", final) != NULL;
    if (!stays)
        get_lost(moves);
}

/* Length of the sequence at `bytes`, which begins with ESC. */
static size_t sequence_length(const char *bytes, size_t count)
{
    size_t at = 1;
    if (at < count && bytes[at] == '[')
        at++;
    while (at < count &&
           ((bytes[1] == '[' && bytes[at] < 0x40) || (bytes[at] >= 0x20 && bytes[at] < 0x30)))
        at++;
    return at < count ? at + 1 : count;
}

/* Rows that scroll are set with the cursor kept: ESC 7, ESC [ top ; bottom r, ESC 8. Its length; 0:
 * it is something else. */
static size_t kept_region(const char *bytes, size_t count)
{
    if (count < 4 || bytes[1] != '7' || bytes[2] != ESC || bytes[3] != '[')
        return 0;
    size_t length = 2 + sequence_length(bytes + 2, count - 2);
    bool region = bytes[length - 1] == 'r' && length + 2 <= count && bytes[length] == ESC &&
                  bytes[length + 1] == '8';
    return region ? length + 2 : 0;
}

static size_t take_sequence(
    struct moves *moves, const char *bytes, size_t count, struct strbuf *out)
{
    size_t length = kept_region(bytes, count);
    if (length > 0) {
        take_region(moves, bytes + 2);
        return length;
    }
    length = sequence_length(bytes, count);
    if (length > 2 && bytes[1] == '[') {
        take_control(moves, bytes, length, out);
    } else if (length == 2 && (bytes[1] == 'D' || bytes[1] == 'M')) {
        line(moves, bytes[1] == 'D' ? 1 : -1, bytes, length, out);
    } else {
        pass(moves, bytes, length, out);
        if (length == 2 && bytes[1] != '=' && bytes[1] != '>')
            get_lost(moves);
    }
    return length;
}

static void take_character(struct moves *moves, const char *byte, struct strbuf *out)
{
    struct moves_place to = moves->wanted;
    if (*byte == '\n') {
        line(moves, 1, byte, 1, out);
    } else if (*byte == '\r') {
        to.column = 0;
        want(moves, to, byte, 1, out);
    } else if (*byte == '\b' && is_known(to)) {
        to.column = limited(to.column - 1, moves->width - 1);
        want(moves, to, byte, 1, out);
    } else {
        pass(moves, byte, 1, out);
        if (*byte != '\a' && *byte != '\016' && *byte != '\017')
            get_lost(moves);
    }
}

static bool is_text(char byte)
{
    return (unsigned char)byte >= 0x20 && byte != 0x7f;
}

void moves_write(struct moves *moves, const char *bytes, size_t count, struct strbuf *out)
{
    for (size_t at = 0, length = 0; at < count; at += length) {
        for (length = 0; at + length < count && is_text(bytes[at + length]);)
            length++;
        if (length > 0) {
            text(moves, bytes + at, length, out);
        } else if (bytes[at] == ESC) {
            length = take_sequence(moves, bytes + at, count - at, out);
        } else {
            length = 1;
            take_character(moves, bytes + at, out);
        }
    }
    settle(moves, out);
}
