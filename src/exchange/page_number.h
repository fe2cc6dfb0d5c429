/* page_number: whether a line is the number of a page, as text that was taken from pages has them
 * in its middle: — 2 —, ·2·, 2/5, 第 2 页 共 9 页. The end of a day that was broken over lines
 * (12-31, -15, /30), a year and a telephone number are none. */
#ifndef EXCHANGE_PAGE_NUMBER_H
#define EXCHANGE_PAGE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* The line has `length` bytes; blanks in it and around it are no matter. */
bool page_number_is(const char *line, size_t length);

#endif
