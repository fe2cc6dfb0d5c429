/* chart_digits: large figures, three squares wide. */
#include "chart_parts.h"

/* A square is two columns of a cell's height: about as wide as high. */
#define SQUARE_COLUMNS 2

static const struct figure {
    char name;
    int squares; /* wide */
    const char *rows[DIGIT_ROWS];
} figures[] = {
    {'0', 3, {"###", "# #", "# #", "# #", "###"}},
    {'1', 3, {" # ", "## ", " # ", " # ", "###"}},
    {'2', 3, {"###", "  #", "###", "#  ", "###"}},
    {'3', 3, {"###", "  #", "###", "  #", "###"}},
    {'4', 3, {"# #", "# #", "###", "  #", "  #"}},
    {'5', 3, {"###", "#  ", "###", "  #", "###"}},
    {'6', 3, {"###", "#  ", "###", "# #", "###"}},
    {'7', 3, {"###", "  #", "  #", "  #", "  #"}},
    {'8', 3, {"###", "# #", "###", "# #", "###"}},
    {'9', 3, {"###", "# #", "###", "  #", "###"}},
    {'-', 2, {"  ", "  ", "##", "  ", "  "}},
    {'%', 3, {"# #", "  #", " # ", "#  ", "# #"}},
    {'/', 3, {"  #", "  #", " # ", "#  ", "#  "}},
    {':', 1, {" ", "#", " ", "#", " "}},
    {'.', 1, {" ", " ", " ", " ", "#"}},
    {' ', 1, {" ", " ", " ", " ", " "}},
};

static const struct figure *figure_of(char name)
{
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (figures[i].name == name)
            return &figures[i];
    return NULL;
}

int chart_digits_width(int size, const char *text)
{
    int columns = 0;
    for (; *text; text++) {
        const struct figure *figure = figure_of(*text);
        columns += figure ? (figure->squares * SQUARE_COLUMNS + 1) * size : 0;
    }
    return columns > 0 ? columns - size : 0;
}

int chart_digits(
    struct canvas *canvas, struct rect area, int size, enum role role, const char *text)
{
    static const uint32_t full[] = {
        [CHART_BLOCKS] = 0x2588, [CHART_BRAILLE] = 0x28ff, [CHART_ASCII] = '#'};
    enum chart_style style = chart_style(canvas);
    int width = chart_digits_width(size, text), at = area.column;
    if (width > area.columns || size * DIGIT_ROWS > area.rows)
        return 0;
    for (; *text; text++) {
        const struct figure *figure = figure_of(*text);
        if (!figure)
            continue;
        int columns = figure->squares * SQUARE_COLUMNS * size;
        for (int i = 0; i < DIGIT_ROWS * size * columns; i++) {
            int line = i / columns, across = i % columns;
            if (figure->rows[line / size][across / (SQUARE_COLUMNS * size)] == '#')
                chart_put(canvas, area.row + line, at + across, role, full[style]);
        }
        at += columns + size;
    }
    return width;
}
