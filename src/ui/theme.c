#include "ui/theme.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/settings.h"
#include "base/suggest.h"

const struct role_row theme_roles[ROLE_COUNT] = {
    [ROLE_NORMAL] = {"normal", ROLE_NORMAL, N_("everything that has no role of its own")},
    [ROLE_DIM] = {"dim", ROLE_NORMAL, N_("what matters less; data that is no longer live")},
    [ROLE_HEADER] = {"header", ROLE_NORMAL, N_("the line at the top")},
    [ROLE_HEADER_STRONG] = {"header_strong", ROLE_HEADER, N_("the title and the clock in it")},
    [ROLE_COUNTER] = {"counter", ROLE_NORMAL, N_("the counters under it")},
    [ROLE_COUNTER_ACTIVE] = {"counter_active", ROLE_HEADER_STRONG, N_("the counter on show")},
    [ROLE_COLUMN_HEAD] = {"column_head", ROLE_DIM, N_("the heads of a table's columns")},
    [ROLE_SELECTED] = {"selected", ROLE_NORMAL, N_("the selected row")},
    [ROLE_MARKED] = {"marked", ROLE_TITLE, N_("marked rows")},
    [ROLE_OVERDUE] = {"overdue", ROLE_ERROR, N_("past the deadline")},
    [ROLE_UNREPORTED] = {"unreported", ROLE_WARNING, N_("no report this period")},
    [ROLE_DUE_SOON] = {"due_soon", ROLE_WARNING, N_("the deadline is near")},
    [ROLE_CHANGED] = {"changed", ROLE_TITLE, N_("changed a moment ago")},
    [ROLE_CLOSED] = {"closed", ROLE_DIM, N_("closed for good")},
    [ROLE_TITLE] = {"title", ROLE_NORMAL, N_("headings")},
    [ROLE_LABEL] = {"label", ROLE_DIM, N_("names of fields")},
    [ROLE_KEY] = {"key", ROLE_NORMAL, N_("keys that can be pressed")},
    [ROLE_HINT] = {"hint", ROLE_DIM, N_("what those keys do")},
    [ROLE_MATCH] = {"match", ROLE_TITLE, N_("text that was searched for")},
    [ROLE_INPUT] = {"input", ROLE_NORMAL, N_("text being typed")},
    [ROLE_ERROR] = {"error", ROLE_TITLE, N_("what went wrong")},
    [ROLE_WARNING] = {"warning", ROLE_NORMAL, N_("what needs attention")},
    [ROLE_OK] = {"ok", ROLE_NORMAL, N_("what went well; live data")},
    [ROLE_BORDER] = {"border", ROLE_DIM, N_("lines and frames")},
};

/* --- one look ------------------------------------------------------------------------------------
 */

static const char *const basic_colours[] = {
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
};
enum { BASIC_COUNT = sizeof basic_colours / sizeof *basic_colours };

static const struct {
    const char *name;
    unsigned attribute;
} attributes[] = {
    {"bold", ATTR_BOLD},
    {"dim", ATTR_DIM},
    {"underline", ATTR_UNDERLINE},
    {"reverse", ATTR_REVERSE},
};
enum { ATTRIBUTE_COUNT = sizeof attributes / sizeof *attributes };

/* Exactly `digits` hexadecimal digits, or a decimal number up to 255. */
static bool parse_number(const char *word, int base, size_t digits, int most, int *out)
{
    const char *allowed = base == 16 ? "0123456789abcdefABCDEF" : "0123456789";
    size_t length = strlen(word);
    if (length == 0 || length > digits || (base == 16 && length != digits) ||
        strspn(word, allowed) != length) {
        return false;
    }
    long value = strtol(word, NULL, base);
    if (value > most) {
        return false;
    }
    *out = (int)value;
    return true;
}

static bool parse_colour(const char *word, int *out)
{
    if (strcmp(word, "default") == 0) {
        *out = COLOUR_DEFAULT;
        return true;
    }
    for (int i = 0; i < BASIC_COUNT; i++) {
        if (strcmp(word, basic_colours[i]) == 0) {
            *out = i;
            return true;
        }
    }
    int value;
    if (word[0] == '#' && parse_number(word + 1, 16, 6, 0xFFFFFF, &value)) {
        *out = COLOUR_RGB | value;
        return true;
    }
    return parse_number(word, 10, 3, 255, out);
}

static bool parse_attribute(const char *word, unsigned *out)
{
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (strcmp(word, attributes[i].name) == 0) {
            *out |= attributes[i].attribute;
            return true;
        }
    }
    return false;
}

/* Where a word stands, for messages. */
struct place {
    const struct settings *settings;
    const char *path;
};

static bool refuse_word(const struct place *place, const char *word, struct error *err)
{
    struct suggest suggest = suggest_for(word);
    for (int i = 0; i < BASIC_COUNT; i++) {
        suggest_offer(&suggest, basic_colours[i]);
    }
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        suggest_offer(&suggest, attributes[i].name);
    }
    suggest_offer(&suggest, "default");
    const char *file = settings_name(place->settings);
    int line = settings_line(place->settings, place->path);
    if (suggest.best != NULL) {
        return error_set(err, ERROR_INPUT,
            _("%s, line %d: \"%s\" is neither a colour nor an attribute; did you mean \"%s\"?"),
            file, line, word, suggest.best);
    }
    return error_set(err, ERROR_INPUT,
        _("%s, line %d: \"%s\" is neither a colour (a name such as red or bright-red, 0-255, "
          "\"#rrggbb\", default) nor an attribute (bold, dim, underline, reverse)"),
        file, line, word);
}

/* "red on default bold": each word is a colour, "on" before the background, or an attribute. */
static bool parse_look(
    const struct place *place, const char *text, struct look *out, struct error *err)
{
    struct look look = {COLOUR_DEFAULT, COLOUR_DEFAULT, 0};
    char *copy = alloc_string(text), *rest = NULL;
    bool behind = false, fine = true;
    for (char *word = strtok_r(copy, " \t", &rest); word != NULL && fine;
         word = strtok_r(NULL, " \t", &rest)) {
        if (strcmp(word, "on") == 0 && !behind) {
            behind = true;
        } else if (parse_colour(word, behind ? &look.background : &look.foreground)) {
            behind = false;
        } else if (behind || !parse_attribute(word, &look.attributes)) {
            fine = refuse_word(place, word, err);
        }
    }
    if (fine && behind) {
        fine = refuse_word(place, "on", err);
    }
    free(copy);
    if (fine) {
        *out = look;
    }
    return fine;
}

/* --- a file --------------------------------------------------------------------------------------
 */

static bool find_role(const char *name, enum role *out)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        if (strcmp(theme_roles[role].name, name) == 0) {
            *out = (enum role)role;
            return true;
        }
    }
    return false;
}

static bool refuse_role(const struct place *place, const char *name, struct error *err)
{
    const char *file = settings_name(place->settings);
    int line = settings_line(place->settings, place->path);
    struct suggest suggest = suggest_for(name);
    for (int role = 0; role < ROLE_COUNT; role++) {
        suggest_offer(&suggest, theme_roles[role].name);
    }
    if (suggest.best != NULL) {
        return error_set(err, ERROR_INPUT,
            _("%s, line %d: there is no role \"%s\"; did you mean \"%s\"?"), file, line, name,
            suggest.best);
    }
    return error_set(err, ERROR_INPUT,
        _("%s, line %d: there is no role \"%s\"; themes/dark.cfg names them all"), file, line,
        name);
}

static bool read_role(const struct settings *settings, const char *name, struct theme *theme,
    bool named[static ROLE_COUNT], struct error *err)
{
    char *path = alloc_format("roles.%s", name);
    struct place place = {.settings = settings, .path = path};
    enum role role;
    const char *text;
    bool fine;
    if (!find_role(name, &role)) {
        fine = refuse_role(&place, name, err);
    } else if (!settings_string(settings, path, &text)) {
        fine = error_set(err, ERROR_INPUT,
            _("%s, line %d: the look of \"%s\" is a text such as \"red bold\""),
            settings_name(settings), settings_line(settings, path), name);
    } else {
        fine = parse_look(&place, text, &theme->look[role], err);
        named[role] = fine;
    }
    free(path);
    return fine;
}

static bool check_settings(const struct settings *settings, struct theme *theme, struct error *err)
{
    for (size_t i = 0; i < settings_count(settings, ""); i++) {
        const char *name = settings_member(settings, "", i);
        int line = settings_line(settings, name);
        if (strcmp(name, "ascii") != 0 && strcmp(name, "roles") != 0) {
            return error_set(err, ERROR_INPUT,
                _("%s, line %d: a theme has no setting \"%s\", only \"ascii\" and \"roles\""),
                settings_name(settings), line, name);
        }
    }
    if (settings_type(settings, "ascii") != SETTINGS_NONE &&
        !settings_bool(settings, "ascii", &theme->ascii)) {
        return error_set(err, ERROR_INPUT, _("%s, line %d: \"ascii\" is true or false"),
            settings_name(settings), settings_line(settings, "ascii"));
    }
    if (settings_type(settings, "roles") != SETTINGS_GROUP) {
        return error_set(err, ERROR_INPUT,
            _("%s is no theme: it has no group roles = { overdue = \"red\"; … };"),
            settings_name(settings));
    }
    return true;
}

static bool look_equal(const struct look *a, const struct look *b)
{
    return a->foreground == b->foreground && a->background == b->background &&
           a->attributes == b->attributes;
}

static void fill_fallbacks(struct theme *theme, const bool named[static ROLE_COUNT])
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        enum role from = (enum role)role;
        while (!named[from] && theme_roles[from].fallback != from) {
            from = theme_roles[from].fallback;
        }
        theme->look[role] = theme->look[from];
    }
    if (look_equal(&theme->look[ROLE_SELECTED], &theme->look[ROLE_NORMAL])) {
        theme->look[ROLE_SELECTED].attributes ^= ATTR_REVERSE;
    }
}

static void set_name(struct theme *theme, const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *base = slash == NULL ? file : slash + 1;
    int length = (int)strlen(base);
    if (length > 4 && strcmp(base + length - 4, ".cfg") == 0) {
        length -= 4;
    }
    snprintf(theme->name, sizeof theme->name, "%.*s", length, base);
}

bool theme_read(const char *file, struct theme *out, struct error *err)
{
    struct settings *settings;
    if (!settings_read_file(file, &settings, err)) {
        return false;
    }
    struct theme theme = {.ascii = false};
    bool named[ROLE_COUNT] = {false};
    theme.look[ROLE_NORMAL] = (struct look){COLOUR_DEFAULT, COLOUR_DEFAULT, 0};
    set_name(&theme, file);
    bool fine = check_settings(settings, &theme, err);
    for (size_t i = 0; fine && i < settings_count(settings, "roles"); i++) {
        fine = read_role(settings, settings_member(settings, "roles", i), &theme, named, err);
    }
    settings_free(settings);
    if (fine) {
        fill_fallbacks(&theme, named);
        *out = theme;
    }
    return fine;
}

/* --- what a terminal can
 * --------------------------------------------------------------------------- */

const char *theme_choose(const char *term_name, int colours, bool no_color)
{
    if (strncmp(term_name, "vt1", 3) == 0 || strcmp(term_name, "vt52") == 0) {
        return "ascii-vt100";
    }
    if (no_color || colours < 8) {
        return "mono";
    }
    return colours < 256 ? "16-colour" : "dark";
}

/* xterm's palette: 16 basic colours, a cube of 6x6x6, 24 greys. */
static int palette_rgb(int index)
{
    static const int basic[16] = {0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD,
        0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF,
        0xFFFFFF};
    static const int steps[6] = {0, 95, 135, 175, 215, 255};
    if (index < 16) {
        return basic[index];
    }
    if (index >= 232) {
        return (8 + 10 * (index - 232)) * 0x010101;
    }
    int in_cube = index - 16;
    return steps[in_cube / 36] << 16 | steps[in_cube / 6 % 6] << 8 | steps[in_cube % 6];
}

/* The eye sees green best and blue least. */
static int distance(int a, int b)
{
    int red = (a >> 16 & 255) - (b >> 16 & 255);
    int green = (a >> 8 & 255) - (b >> 8 & 255);
    int blue = (a & 255) - (b & 255);
    return 3 * red * red + 4 * green * green + 2 * blue * blue;
}

static int nearest(int rgb, int first, int end)
{
    int best = first, least = INT_MAX;
    for (int index = first; index < end; index++) {
        int far = distance(rgb, palette_rgb(index));
        if (far < least) {
            least = far;
            best = index;
        }
    }
    return best;
}

int theme_colour(int colour, int colours)
{
    if (colour == COLOUR_DEFAULT || colours < 8) {
        return COLOUR_DEFAULT;
    }
    bool direct = (colour & COLOUR_RGB) != 0;
    if (colours >= COLOUR_RGB) { /* terminfo: of the palette, only the first 8 can be named */
        return direct || colour < 8 ? colour : COLOUR_RGB | palette_rgb(colour);
    }
    int rgb = direct ? colour & 0xFFFFFF : palette_rgb(colour);
    if (colours >= 256) {
        return direct ? nearest(rgb, 16, 256) : colour; /* the basic 16 are the person's own */
    }
    int basic = direct || colour >= BASIC_COUNT ? nearest(rgb, 0, BASIC_COUNT) : colour;
    if (colours >= BASIC_COUNT) {
        return basic;
    }
    return basic == 8 ? COLOUR_DEFAULT : basic % 8;
}
