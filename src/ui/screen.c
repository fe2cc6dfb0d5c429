#include "screen.h"

#include <ctype.h>
#include <curses.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "moves.h"
#include "sgr.h"
#include "shift.h"
#include "term_type.h"

#undef columns /* term.h takes the word */

struct paint {
    attr_t attributes;
    short pair;
};
struct screen {
    SCREEN *curses;
    FILE *capture; /* what curses writes */
    char type[TERM_TYPE_MOST];
    bool scrolls; /* a region of rows */
    bool ansi, utf8, ambiguous_wide;
    struct moves moves;
    struct sgr sgr;
    struct cell *shown; /* the picture curses has */
    int rows, columns;
    bool cursor_shown;
    struct paint paint[ROLE_COUNT];
};

/* --- opening and closing ------------------------------------------------------------------- */

const char *screen_capability(const char *name)
{
    const char *text = tigetstr(name);
    return text == (char *)-1 ? NULL : text;
}

/* curses catches signals when it starts; which ones are caught is the program's business. */
static SCREEN *start_curses(const char *name, FILE *capture)
{
    static const int touched[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    enum { COUNT = sizeof touched / sizeof touched[0] };
    struct sigaction before[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        sigaction(touched[i], NULL, &before[i]);
    use_env(FALSE);   /* the window's size is asked of the kernel, by term_size, */
    use_tioctl(TRUE); /* but terminals without a size in terminfo need one to start */
    SCREEN *screen = newterm(name, capture, stdin);
    for (size_t i = 0; i < COUNT; i++)
        sigaction(touched[i], &before[i], NULL);
    return screen;
}

enum knowledge { UNKNOWN, NO_CURSOR, USABLE };

static enum knowledge ask_terminfo(const char *name)
{
    int status = 0;
    if (setupterm(name, STDOUT_FILENO, &status) != OK)
        return UNKNOWN;
    bool places = screen_capability("cup") != NULL;
    del_curterm(cur_term);
    return places ? USABLE : NO_CURSOR;
}

/* The type that is used for what TERM says. */
static bool choose_type(const char *name, char type[static TERM_TYPE_MOST], struct error *err)
{
    if (!name || !*name)
        return error_set(err, ERROR_USAGE,
            _("the variable TERM is not set, so nobody knows what the terminal can do; try "
              "TERM=xterm or --plain"));
    snprintf(type, TERM_TYPE_MOST, "%.*s", TERM_TYPE_MOST - 1, name);
    enum knowledge known = ask_terminfo(name);
    for (size_t i = 0; known == UNKNOWN && term_type_instead(name, i, type); i++)
        known = ask_terminfo(type);
    if (known == USABLE)
        return true;
    struct strbuf shown = {0};
    text_scrub(&shown, name, strlen(name), TEXT_ONE_LINE);
    error_set(err, ERROR_USAGE,
        known == UNKNOWN
            ? _("the terminal \"%s\" (TERM) is not known on this machine, nor is any other; "
                "install the package ncurses-base, or use --plain")
            : _("the terminal \"%s\" (TERM) cannot place its cursor, so the board cannot be shown "
                "there; try TERM=vt100 or --plain"),
        strbuf_text(&shown));
    strbuf_clear(&shown);
    return false;
}

/* The ways of moves.h that the terminal has, as terminfo writes them. */
static struct moves_ways find_ways(void)
{
    struct {
        const char *name, *as;
        bool has;
    } ways[] = {{"cud1", "\n", false}, {"vpa", "\033[%i%p1%dd", false},
        {"hpa", "\033[%i%p1%dG", false}, {"cud", "\033[%p1%dB", false},
        {"cuu", "\033[%p1%dA", false}, {"cuf", "\033[%p1%dC", false},
        {"csr", "\033[%i%p1%d;%p2%dr", false}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const char *text = screen_capability(ways[i].name);
        ways[i].has = text && strcmp(text, ways[i].as) == 0;
    }
    return (struct moves_ways){.line_feed = ways[0].has,
        .to_row = ways[1].has,
        .to_column = ways[2].has,
        .down = ways[3].has,
        .up = ways[4].has,
        .right = ways[5].has,
        .regions = ways[6].has};
}

bool screen_open(const char *name, struct screen **out, struct error *err)
{
    char type[TERM_TYPE_MOST];
    if (!choose_type(name, type, err))
        return false;
    struct screen *screen = alloc_zero(1, sizeof *screen);
    memcpy(screen->type, type, sizeof type);
    int fd = memfd_create("duban-screen", MFD_CLOEXEC);
    screen->capture = fd < 0 ? NULL : fdopen(fd, "w");
    screen->curses = screen->capture ? start_curses(type, screen->capture) : NULL;
    if (!screen->curses) {
        screen_close(screen);
        return error_set(
            err, ERROR_IO, _("the terminal \"%s\" (TERM) cannot be started; try TERM=vt100"), type);
    }
    const char *plain = screen_capability("sgr0");
    screen->ansi = plain && strstr(plain, "\033[");
    screen->moves.ways = find_ways();
    screen->utf8 = strcmp(language_charset(), "UTF-8") == 0;
    screen->cursor_shown = true;
    screen->scrolls = screen_capability("csr") != NULL;
    typeahead(-1); /* a picture is sent whole */
    start_color();
    use_default_colors();
    leaveok(stdscr, FALSE);
    idlok(stdscr, TRUE);
    idcok(stdscr, FALSE); /* shifting half of a wide character is where terminals differ */
    screen_resize(screen, LINES, COLS);
    *out = screen;
    return true;
}

void screen_close(struct screen *screen)
{
    if (!screen)
        return;
    if (screen->curses)
        delscreen(screen->curses);
    if (screen->capture)
        fclose(screen->capture);
    free(screen->shown);
    free(screen);
}

const char *screen_type(const struct screen *screen)
{
    return screen->type;
}

bool screen_is_ansi(const struct screen *screen)
{
    return screen->ansi;
}

int screen_colours(const struct screen *screen)
{
    (void)screen;
    return has_colors() ? COLORS : 0;
}

void screen_resize(struct screen *screen, int rows, int columns)
{
    resize_term(rows, columns);
    screen->rows = rows;
    screen->columns = columns;
    screen->shown =
        alloc_resize(screen->shown, (size_t)rows * (size_t)columns, sizeof *screen->shown);
    screen_repaint(screen);
}

void screen_set_ambiguous_wide(struct screen *screen)
{
    screen->ambiguous_wide = true;
    screen_repaint(screen);
}

/* Cells of ones differ from all that a canvas can hold. */
void screen_repaint(struct screen *screen)
{
    memset(screen->shown, 0xff,
        (size_t)screen->rows * (size_t)screen->columns * sizeof *screen->shown);
    moves_forget(&screen->moves, screen->rows, screen->columns);
    clearok(curscr, TRUE);
}

/* --- looks --------------------------------------------------------------------------------- */

/* What the terminal has of an attribute, or what comes nearest. */
static attr_t attribute_here(attr_t wanted)
{
    static const attr_t instead[] = {A_STANDOUT, A_UNDERLINE, A_BOLD};
    attr_t has = termattrs();
    if (tigetnum("xmc") > 0) /* attributes would take room on the screen */
        return A_NORMAL;
    if (has & wanted || wanted != A_REVERSE)
        return has & wanted;
    for (size_t i = 0; i < sizeof instead / sizeof instead[0]; i++)
        if (has & instead[i])
            return instead[i];
    return A_NORMAL;
}

static attr_t look_attributes(const struct look *look)
{
    static const struct {
        unsigned bit;
        attr_t attribute;
    } bits[] = {{ATTR_BOLD, A_BOLD}, {ATTR_DIM, A_DIM}, {ATTR_UNDERLINE, A_UNDERLINE},
        {ATTR_REVERSE, A_REVERSE}};
    attr_t attributes = A_NORMAL;
    for (size_t i = 0; i < sizeof bits / sizeof bits[0]; i++)
        if (look->attributes & bits[i].bit)
            attributes |= attribute_here(bits[i].attribute);
    return attributes;
}

static int colour_here(int colour)
{
    int here = theme_colour(colour, COLORS);
    return here == COLOUR_DEFAULT ? -1 : here & ~COLOUR_RGB;
}

/* The pair of two colours: one that is there already, or the next free one. */
static short pair_for(int pairs[][2], int *count, int foreground, int background)
{
    if (foreground < 0 && background < 0)
        return 0;
    for (int i = 0; i < *count; i++)
        if (pairs[i][0] == foreground && pairs[i][1] == background)
            return (short)(i + 1);
    if (*count + 1 >= COLOR_PAIRS || init_extended_pair(*count + 1, foreground, background) != OK)
        return 0;
    pairs[*count][0] = foreground;
    pairs[*count][1] = background;
    return (short)++*count;
}

/* Attributes that this terminal cannot show together with colours (terminfo's ncv). */
static bool bars_colours(attr_t attributes)
{
    static const attr_t order[] = {A_STANDOUT, A_UNDERLINE, A_REVERSE, A_BLINK, A_DIM, A_BOLD};
    int barred = tigetnum("ncv");
    for (size_t i = 0; barred > 0 && i < sizeof order / sizeof order[0]; i++)
        if ((barred & 1 << i) && (attributes & order[i]))
            return true;
    return false;
}

void screen_set_theme(struct screen *screen, const struct theme *theme)
{
    int pairs[ROLE_COUNT][2], count = 0;
    for (int role = 0; role < ROLE_COUNT; role++) {
        const struct look *look = &theme->look[role];
        attr_t attributes = look_attributes(look);
        bool coloured = has_colors() && !bars_colours(attributes);
        screen->paint[role].attributes = attributes;
        screen->paint[role].pair = !coloured
                                       ? 0
                                       : pair_for(pairs, &count, colour_here(look->foreground),
                                             colour_here(look->background));
    }
    screen_repaint(screen);
}

/* --- the picture --------------------------------------------------------------------------- */

static bool can_send(uint32_t code)
{
    char bytes[MB_LEN_MAX];
    mbstate_t state = {0};
    return wcrtomb(bytes, (wchar_t)code, &state) != (size_t)-1;
}

/* Whether the terminal shows the cell's character, in the cell's width. */
static bool is_showable(const struct screen *screen, const struct cell *cell)
{
    if (cell->base >= ' ' && cell->base < 0x7f)
        return true;
    if (wcwidth((wchar_t)cell->base) != cell->width)
        return false;
    if (cell->width != (screen->ambiguous_wide ? 2 : 1) && text_is_ambiguous(cell->base))
        return false;
    return screen->utf8 || can_send(cell->base);
}

/* One character that stands for a longer look-alike: 1 for (1), - for --, > for ->. */
static char shortest(const char *ascii)
{
    size_t length = strlen(ascii);
    if (length == 1)
        return ascii[0];
    if (length == 3 && ascii[0] == '(')
        return ascii[1];
    if (strcmp(ascii, "->") == 0)
        return '>';
    bool same = length > 0 && strspn(ascii, (char[]){ascii[0], '\0'}) == length;
    return strcmp(ascii, "<-") == 0                   ? '<'
           : same && ispunct((unsigned char)ascii[0]) ? ascii[0]
                                                      : '?';
}

/* ASCII of the cell's own width: where that is two columns, -- for a dash and 1 for (1). */
static void stand_in(const struct cell *cell, wchar_t out[static 3])
{
    const char *ascii = text_ascii(cell->base);
    out[0] = out[1] = L'?';
    out[cell->width] = L'\0';
    if (!ascii || ascii[0] == '\0')
        return;
    bool fits = (int)strlen(ascii) <= cell->width;
    out[0] = (wchar_t)(fits ? ascii[0] : shortest(ascii));
    if (cell->width == 2 && out[0] != L'?')
        out[1] = fits && ascii[1]                ? (wchar_t)ascii[1]
                 : !fits && ascii[0] == ascii[1] ? out[0]
                                                 : L' ';
}

/* Makes curses cells of one canvas cell; returns how many. */
static int make_cells(const struct screen *screen, const struct cell *cell, cchar_t *out)
{
    const struct paint *paint = &screen->paint[cell->role];
    wchar_t text[TEXT_MARKS + 2] = {0};
    if (is_showable(screen, cell)) {
        text[0] = (wchar_t)cell->base;
        for (int i = 0;
             i < TEXT_MARKS && cell->marks[i] && (screen->utf8 || can_send(cell->marks[i])); i++)
            text[i + 1] = wcwidth((wchar_t)cell->marks[i]) == 0 ? (wchar_t)cell->marks[i] : L'\0';
        setcchar(out, text, paint->attributes, paint->pair, NULL);
        return 1;
    }
    wchar_t instead[3];
    int count = 0;
    stand_in(cell, instead);
    for (; instead[count]; count++) {
        text[0] = instead[count];
        setcchar(&out[count], text, paint->attributes, paint->pair, NULL);
    }
    return count;
}

/* Gives curses the part of a row that differs from what it has, in whole characters. */
static void show_row(struct screen *screen, int row, const struct cell *cells, int columns)
{
    struct cell *shown = &screen->shown[(size_t)row * (size_t)screen->columns];
    cchar_t line[SCREEN_COLUMNS_MOST];
    int first = 0, end = columns, count = 0;
    while (first < end && cell_equal(&cells[first], &shown[first]))
        first++;
    while (end > first && cell_equal(&cells[end - 1], &shown[end - 1]))
        end--;
    if (first == end)
        return;
    while (first > 0 && cells[first].width == 0)
        first--;
    while (end < columns && cells[end].width == 0)
        end++;
    for (int column = first; column < end; column++)
        count += cells[column].width > 0 ? make_cells(screen, &cells[column], &line[count]) : 0;
    mvadd_wchnstr(row, first, line, count);
    memcpy(&shown[first], &cells[first], (size_t)(end - first) * sizeof *shown);
}

static void show_cursor(struct screen *screen, const struct canvas *canvas)
{
    int row, column;
    bool visible;
    canvas_cursor_get(canvas, &row, &column, &visible);
    if (visible && row < screen->rows && column < screen->columns)
        move(row, column);
    if (visible != screen->cursor_shown)
        curs_set(visible);
    screen->cursor_shown = visible;
}

/* Appends what curses has written since the last time. */
static void drain(struct screen *screen, struct strbuf *out)
{
    int fd = fileno(screen->capture);
    fflush(screen->capture);
    off_t count = lseek(fd, 0, SEEK_CUR);
    if (count <= 0)
        return;
    char *bytes = alloc_zero((size_t)count, 1);
    ssize_t got = pread(fd, bytes, (size_t)count, 0);
    if (ftruncate(fd, 0) == 0)
        lseek(fd, 0, SEEK_SET);
    if (got > 0 && screen->ansi) {
        struct strbuf moved = {0};
        moves_write(&screen->moves, bytes, (size_t)got, &moved);
        sgr_write(&screen->sgr, strbuf_text(&moved), moved.length, out);
        strbuf_clear(&moved);
    } else if (got > 0)
        strbuf_add_n(out, bytes, (size_t)got);
    free(bytes);
}

void screen_begin(struct screen *screen, struct strbuf *out)
{
    drain(screen, out);
}

static void update(void)
{
    wnoutrefresh(stdscr);
    doupdate();
}

/* Rows of the picture that is shown, `by` rows further down or up in the region, and blank ones. */
static void move_rows(struct screen *screen, struct rect region, int by)
{
    struct cell blank[SCREEN_COLUMNS_MOST];
    for (int i = 0; i < screen->columns; i++)
        blank[i] = (struct cell){.base = ' ', .width = 1};
    for (int i = 0; i < region.rows; i++) {
        int at = by > 0 ? i : region.rows - 1 - i, from = at + by;
        bool there = from >= 0 && from < region.rows;
        const struct cell *cells =
            &screen->shown[(size_t)(region.row + from) * (size_t)screen->columns];
        show_row(screen, region.row + at, there ? cells : blank, screen->columns);
    }
}

/* What curses would not see: it is brought there in steps that it scrolls. */
static void scroll_far(struct screen *screen, const struct shift *shift)
{
    int left = abs(shift->by), kept = shift->count + left;
    int first = shift->by > 0 ? shift->first : shift->first + shift->by;
    struct rect region = {first, 0, kept, screen->columns};
    while (left > 0) {
        int step = shift_step(kept, left);
        move_rows(screen, region, shift->by > 0 ? step : -step);
        update();
        kept -= step;
        left -= step;
    }
}

void screen_show(struct screen *screen, const struct canvas *canvas, struct strbuf *out)
{
    int rows = canvas_rows(canvas) < screen->rows ? canvas_rows(canvas) : screen->rows;
    int columns =
        canvas_columns(canvas) < screen->columns ? canvas_columns(canvas) : screen->columns;
    struct shift shift = {0};
    if (screen->scrolls && rows == screen->rows && columns == screen->columns)
        shift = shift_find(screen->shown, canvas, rows, columns);
    if (shift.count > 0)
        scroll_far(screen, &shift);
    for (int row = 0; row < rows; row++)
        show_row(screen, row, canvas_row(canvas, row), columns);
    show_cursor(screen, canvas);
    update();
    drain(screen, out);
}

void screen_leave(struct screen *screen, struct strbuf *out)
{
    moves_end(&screen->moves, out);
    endwin();
    drain(screen, out);
    sgr_forget(&screen->sgr); /* another program has the terminal now */
}
