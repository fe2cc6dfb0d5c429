/* other_kind: files that are given to an import and hold no text or workbook: each called what it
 * is, by its first bytes, with what can be done instead. Those in the containers of workbooks
 * (.xls, .doc, .zip ..) xlsx_read.c tells. */
#ifndef EXCHANGE_OTHER_KIND_H
#define EXCHANGE_OTHER_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* False where it is one of them: ERROR_INPUT. */
bool other_kind_is_none(const char *bytes, size_t count, struct error *err);

#endif
