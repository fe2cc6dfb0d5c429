#include "term_type.h"

#include <stdio.h>
#include <string.h>

static bool begins(const char *name, const char *with)
{
    return strncmp(name, with, strlen(with)) == 0;
}

/* Those that do what an xterm with 256 colours does, under names of their own. */
static bool is_xterm(const char *name)
{
    static const char *const families[] = {"alacritty", "contour", "foot", "ghostty", "gnome",
        "iterm", "kitty", "konsole", "mintty", "mlterm", "nsterm", "putty", "rio", "rxvt", "st-",
        "tabby", "terminator", "terminology", "vscode", "vte", "warp", "wezterm", "windows",
        "xfce"};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (begins(name, families[i]))
            return true;
    return strstr(name, "xterm") || strstr(name, "256color") || strcmp(name, "st") == 0;
}

/* The name without its last `cuts` parts; false where there are not so many. */
static bool cut(const char *name, size_t cuts, char out[static TERM_TYPE_MOST])
{
    snprintf(out, TERM_TYPE_MOST, "%.*s", TERM_TYPE_MOST - 1, name);
    for (; cuts > 0; cuts--) {
        size_t length = strlen(out);
        while (length > 0 && !strchr("-.+", out[length - 1]))
            length--;
        if (length < 2)
            return false;
        out[length - 1] = '\0';
    }
    return true;
}

bool term_type_instead(const char *name, size_t index, char out[static TERM_TYPE_MOST])
{
    static const char colours[] = "-256color";
    bool many = is_xterm(name) || strstr(name, "direct");
    for (size_t cuts = 1; cut(name, cuts, out); cuts++) {
        size_t length = strlen(out);
        bool richer = many && length + sizeof colours <= TERM_TYPE_MOST;
        if (richer && index == 0)
            memcpy(out + length, colours, sizeof colours);
        if (index < 1u + richer)
            return true;
        index -= 1u + richer;
    }
    static const char *const last[] = {"xterm-256color", "xterm", "vt100"};
    size_t first = is_xterm(name) ? 0 : 2;
    if (first + index >= sizeof last / sizeof *last)
        return false;
    snprintf(out, TERM_TYPE_MOST, "%s", last[first + index]);
    return true;
}
