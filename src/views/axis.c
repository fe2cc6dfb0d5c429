#include "axis.h"

#include <stdio.h>

#include "base/language.h"
#include "base/text.h"

const char *axis_month(date_t day, char out[static AXIS_ROOM])
{
    static const char *const names[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"),
        N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};
    int year, month;
    date_parts(day, &year, &month, &(int){0});
    if (month == 1)
        snprintf(out, AXIS_ROOM, "%04d", year);
    else
        snprintf(out, AXIS_ROOM, "%s", _(names[month - 1]));
    return out;
}

bool axis_put(struct canvas *canvas, int row, int column, int end, enum role role, const char *text)
{
    int width = text_width(text), columns = canvas_columns(canvas);
    end = end < columns ? end : columns;
    if (row < 0 || row >= canvas_rows(canvas) || column < 0 || column + width > end)
        return false;
    const struct cell *cells = canvas_row(canvas, row);
    for (int i = column > 0 ? column - 1 : 0; i < end && i < column + width + 1; i++)
        if (cells[i].base != ' ')
            return false;
    canvas_put(canvas, row, column, width, role, text);
    return true;
}
