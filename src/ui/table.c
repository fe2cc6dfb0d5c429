#include "ui/table.h"

#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"

static int least_total(const struct table_column *column, size_t count)
{
    int total = 0;
    for (size_t i = 0; i < count; i++)
        total += column[i].width > 0 ? column[i].width + (total > 0) : 0;
    return total;
}

/* Takes away the column that goes first; false when all that are left must stay. */
static bool drop_one(struct table_column *column, size_t count)
{
    struct table_column *first = NULL;
    for (size_t i = 0; i < count; i++)
        if (column[i].width > 0 && column[i].drop > 0 && (!first || column[i].drop >= first->drop))
            first = &column[i];
    if (first)
        first->width = 0;
    return first;
}

/* Takes one column's worth from the widest; false when every column is at one. */
static bool narrow_one(struct table_column *column, size_t count)
{
    struct table_column *widest = NULL;
    for (size_t i = 0; i < count; i++)
        if (column[i].width > 1 && (!widest || column[i].width > widest->width))
            widest = &column[i];
    if (widest)
        widest->width--;
    return widest;
}

enum growth { TO_WANTED, TO_MOST, TO_REST };

static bool may_grow(const struct table_column *column, enum growth growth)
{
    bool flexible = column->most == 0;
    if (column->width == 0 || flexible != (growth != TO_MOST))
        return false;
    return growth == TO_REST || column->width < (flexible ? column->wanted : column->most);
}

/* Gives one column to each that may still grow, in turn; returns what is left. */
static int grow(struct table_column *column, size_t count, int spare, enum growth growth)
{
    bool grew = true;
    while (spare > 0 && grew) {
        grew = false;
        for (size_t i = 0; i < count && spare > 0; i++) {
            if (!may_grow(&column[i], growth))
                continue;
            column[i].width++;
            spare--;
            grew = true;
        }
    }
    return spare;
}

void table_layout(struct table_column *column, size_t count, int columns)
{
    for (size_t i = 0; i < count; i++)
        column[i].width = column[i].least > 0 ? column[i].least : 1;
    while (least_total(column, count) > columns && drop_one(column, count))
        ;
    while (least_total(column, count) > columns && narrow_one(column, count))
        ;
    int spare = columns - least_total(column, count);
    spare = grow(column, count, spare, TO_WANTED);
    spare = grow(column, count, spare, TO_MOST);
    grow(column, count, spare, TO_REST);
}

int table_put(struct canvas *canvas, int row, int at, const struct table_column *column,
    enum role role, const char *text)
{
    if (column->width == 0)
        return at;
    if (column->align == ALIGN_RIGHT)
        canvas_put_right(canvas, row, at, column->width, role, text);
    else
        canvas_put(canvas, row, at, column->width, role, text);
    return at + column->width + 1;
}

void table_add_cell(
    struct strbuf *line, const struct table_column *column, const char *text, bool cut)
{
    int room = column->width - text_width(text);
    if (column->width <= 0)
        return;
    if (room < 0 && cut) {
        text_pad(line, text, column->width, !language_has_chinese());
    } else {
        size_t blanks = room > 0 ? (size_t)room : 0;
        if (column->align == ALIGN_RIGHT)
            strbuf_add_times(line, ' ', blanks);
        strbuf_add(line, text);
        if (column->align == ALIGN_LEFT)
            strbuf_add_times(line, ' ', blanks);
    }
    strbuf_add_char(line, ' ');
}

void table_end_line(struct strbuf *line)
{
    while (line->length > 0 && line->text[line->length - 1] == ' ')
        strbuf_cut(line, line->length - 1);
    strbuf_add_char(line, '\n');
}

void table_scroll(struct table_window *window)
{
    size_t rows = window->rows > 0 ? (size_t)window->rows : 1;
    size_t last_top = window->count > rows ? window->count - rows : 0;
    if (window->selected >= window->count)
        window->selected = window->count > 0 ? window->count - 1 : 0;
    if (window->selected < window->top)
        window->top = window->selected;
    if (window->selected >= window->top + rows)
        window->top = window->selected - rows + 1;
    if (window->top > last_top)
        window->top = last_top;
}

bool table_move(struct table_window *window, int by)
{
    size_t before = window->selected;
    size_t last = window->count > 0 ? window->count - 1 : 0;
    size_t far = by < 0 ? 0 - (size_t)by : (size_t)by;
    if (by < 0)
        window->selected = before > far ? before - far : 0;
    else
        window->selected = before < last && last - before > far ? before + far : last;
    table_scroll(window);
    return window->selected != before;
}
