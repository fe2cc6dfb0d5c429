/* chart_parts: what the files of the charts share. */
#ifndef UI_CHART_PARTS_H
#define UI_CHART_PARTS_H

#include "ui/chart.h"

/* One character of one column: ASCII, a block or braille. */
void chart_put(struct canvas *canvas, int row, int column, enum role role, uint32_t code);
/* How many of `levels` a value reaches: 0 for none, 1 for the least there is. */
int chart_height(int64_t value, int64_t top, int levels);

#endif
