/* screen: pictures as bytes. The one file that includes curses.
 *
 * curses does what it is best at, finding the cheapest way from one picture to the next. It never
 * touches the line: it writes into a file in memory, from where each function here appends the
 * bytes to `out`. So a dead line cannot block and every byte is counted. There is one screen at a
 * time, curses allows no more. */
#ifndef UI_SCREEN_H
#define UI_SCREEN_H

#include <stdbool.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "ui/canvas.h"
#include "ui/theme.h"

#define SCREEN_ROWS_MOST 500
#define SCREEN_COLUMNS_MOST 1000

struct screen;
/* `name` is TERM, NULL or "" where it is not set. A type that is not known here is treated as
 * another (term_type.h); screen_type tells as which. Errors: none is known, or no terminal to draw
 * on. */
bool screen_open(const char *name, struct screen **out, struct error *err);
void screen_close(struct screen *screen); /* NULL is fine; screen_leave comes before */

const char *screen_type(const struct screen *screen);
const char *screen_capability(const char *name);  /* of terminfo; NULL: it has none */
bool screen_is_ansi(const struct screen *screen); /* understands ESC [ */
int screen_colours(const struct screen *screen);

void screen_resize(struct screen *screen, int rows, int columns);
void screen_set_theme(struct screen *screen, const struct theme *theme);
/* Characters of ambiguous width take two columns there. Where the C library counts them otherwise
 * (one in UTF-8, two in GB18030), look-alikes of the width counted are shown instead. */
void screen_set_ambiguous_wide(struct screen *screen);
void screen_repaint(struct screen *screen); /* what the terminal shows is not known any more */

void screen_begin(struct screen *screen, struct strbuf *out); /* to the alternate screen */
void screen_show(struct screen *screen, const struct canvas *canvas, struct strbuf *out);
void screen_leave(
    struct screen *screen, struct strbuf *out); /* as it was found; the next show returns */

#endif
