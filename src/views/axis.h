/* axis: names of days below or above a picture of time. */
#ifndef VIEWS_AXIS_H
#define VIEWS_AXIS_H

#include "base/date.h"
#include "ui/canvas.h"

#define AXIS_ROOM 16
/* The month of a day, January by its year. */
const char *axis_month(date_t day, char out[static AXIS_ROOM]);
/* Puts a name at (row, column) where it fits left of `end` and leaves a blank to its neighbours. */
bool axis_put(
    struct canvas *canvas, int row, int column, int end, enum role role, const char *text);

#endif
