/* text: UTF-8 measured in terminal columns. The one place that knows how wide a character is, where
 * a line may break and which bytes must never reach a terminal.
 *
 * A *cluster* is a base character with the combining marks on it: the unit that is drawn, cut and
 * stepped over. Width is libc's wcwidth (the one ncurses uses); a control or unknown character has
 * width 1 because it is shown as a placeholder. Functions never read past the NUL and accept
 * invalid UTF-8, each bad byte counting as one U+FFFD. Line breaks are Unicode's (UAX 14, by
 * libunistring), so no line starts with 。or ends with （. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

#define TEXT_MARKS 2 /* combining marks kept on a cluster; further ones are dropped */

struct text_cluster {
    uint32_t base;
    uint32_t marks[TEXT_MARKS]; /* 0 where none */
    int width;                  /* 1 or 2 */
    int bytes;                  /* length in the source */
};

/* Reads the cluster at `text`; false at the end of the string. */
bool text_cluster(const char *text, struct text_cluster *out);

/* Decodes one code point and returns its length in bytes (>= 1); U+FFFD for a bad byte; 0 at NUL.
 */
int text_decode(const char *text, uint32_t *code);
void text_encode(struct strbuf *buf, uint32_t code);
size_t text_bytes(char bytes[static 4], uint32_t code); /* how many */
bool text_begins(const char *text, const char *with);
bool text_ends(const char *text, const char *with);
uint32_t text_lower(uint32_t code); /* of letters of all scripts; else the code itself */

/* One column or two, as the terminal sees fit (Unicode's East Asian Ambiguous): ※ ① ─ “. */
bool text_is_ambiguous(uint32_t code);

int text_width(const char *text);                          /* columns of all of it */
size_t text_fit(const char *text, int columns, int *used); /* bytes that fit; `used` may be NULL */
size_t text_previous(const char *text, size_t at); /* start of the cluster before byte `at` */

/* Appends `text` cut or padded with blanks to exactly `columns`; a cut ends in the ellipsis
 * (one column, "…" or "~" where `ascii`). */
void text_pad(struct strbuf *buf, const char *text, int columns, bool ascii);

/* The edge for everything from outside. Appends `bytes` with each control character, C1 code, line
 * or paragraph separator, bidi control and other character that shows nothing (joiners and
 * selectors within emoji, too) replaced by U+FFFD and invalid UTF-8 likewise; marks after the
 * eighth on one base are left out; a tab becomes a blank; newline is kept only with TEXT_LINES,
 * else it becomes "⏎". */
enum text_scrub_flags { TEXT_ONE_LINE = 0, TEXT_LINES = 1 };
void text_scrub(struct strbuf *buf, const char *bytes, size_t count, enum text_scrub_flags flags);
bool text_is_clean(const char *text, enum text_scrub_flags flags);

/* Lines of `text` wrapped to `columns` (>= 2). Offsets into the text; trailing blanks are left out;
 * an empty text has one empty line. The caller frees with text_lines_clear. */
struct text_lines {
    struct text_line {
        size_t start, bytes;
    } * line;
    size_t count, capacity;
};
void text_wrap(struct text_lines *out, const char *text, int columns);
void text_lines_clear(struct text_lines *lines);

/* First place in `text` where `needle` stands, ASCII letters in either case; NULL if none. */
const char *text_find(const char *text, const char *needle);

/* What two texts begin and end with alike, in bytes of whole clusters: what lies between is the
 * difference. A number or a Latin word is never taken apart. */
struct text_common {
    size_t start, end;
};
struct text_common text_common(const char *a, const char *b);

/* What a terminal without the charset gets instead: an ASCII look-alike of one code point ("-" for
 * ─, "*" for ※, "(1)" for ①), or NULL when there is none. */
const char *text_ascii(uint32_t code);

#endif
