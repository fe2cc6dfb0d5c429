/* theme: what each role looks like. Code names roles by meaning, never colours. A theme is a
 * libconfig file in themes/:
 *
 *   ascii = true;                          # ASCII glyphs whatever the charset
 *   roles = { overdue = "red bold"; match = "black on #ffd75f"; };
 *
 * A look is "[FOREGROUND] [on BACKGROUND] [bold] [dim] [underline] [reverse]". A colour is
 * "default", a basic name (red .. bright-white), 0-255, or "#rrggbb" and falls back to what the
 * terminal has: direct colour, 256, 16, 8, attributes alone. A role a theme does not name takes its
 * fallback's look; only `selected` is reversed when it would look like any other row, because it
 * must be seen. */
#ifndef UI_THEME_H
#define UI_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum role {
    ROLE_NORMAL,
    ROLE_DIM,
    ROLE_HEADER,
    ROLE_HEADER_STRONG,
    ROLE_COUNTER,
    ROLE_COUNTER_ACTIVE,
    ROLE_COLUMN_HEAD,
    ROLE_SELECTED,
    ROLE_MARKED,
    ROLE_OVERDUE,
    ROLE_UNREPORTED,
    ROLE_DUE_SOON,
    ROLE_CHANGED,
    ROLE_CLOSED,
    ROLE_TITLE,
    ROLE_LABEL,
    ROLE_KEY,
    ROLE_HINT,
    ROLE_MATCH,
    ROLE_INPUT,
    ROLE_ERROR,
    ROLE_WARNING,
    ROLE_OK,
    ROLE_BORDER,
    ROLE_COUNT
};
struct role_row {
    const char *name; /* in a theme file */
    enum role fallback;
    const char *help; /* N_() */
};
extern const struct role_row theme_roles[ROLE_COUNT];

enum attribute { ATTR_BOLD = 1, ATTR_DIM = 2, ATTR_UNDERLINE = 4, ATTR_REVERSE = 8 };
#define COLOUR_DEFAULT (-1)
#define COLOUR_RGB 0x1000000 /* | 0xrrggbb */
struct look {
    int foreground, background;
    unsigned attributes;
};
struct theme {
    char name[32]; /* the file's, without folder and ending */
    bool ascii;
    struct look look[ROLE_COUNT];
};

/* Reads a theme file; unknown settings, roles, colours and attributes are errors with file and
 * line; `out` is then untouched. */
bool theme_read(const char *file, struct theme *out, struct error *err);
/* The name of the theme for a terminal when none is asked for: vt100 and its kin: ascii-vt100;
 * NO_COLOR or no colours: mono; fewer than 256 colours: 16-colour; else dark. */
const char *theme_choose(const char *term_name, int colours, bool no_color);
/* Nearest of 256, 16 or 8 colours; the default where there are fewer. On 8 colours bright-black,
 * the grey of what is dimmed, becomes the default: black on black would not be dim but gone. */
int theme_colour(int colour, int colours);

#endif
