/* xlsx_words: texts of a workbook that come again and again (units, states, days in words), each
 * kept once and named by its number: the fewer bytes a sheet has the sooner it is packed. Bounded:
 * short texts only, and of a column with ever new ones no more than some hundred. */
#ifndef EXCHANGE_XLSX_WORDS_H
#define EXCHANGE_XLSX_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xlsx_words {
    char **word; /* by number */
    size_t count, capacity;
    uint32_t *slot; /* number + 1 of the word whose hash leads there; 0: none */
    size_t slots;   /* a power of two */
};

/* The number of `text`; false where it is not kept. `fresh` counts what a column has brought. */
bool xlsx_words_number(struct xlsx_words *words, const char *text, int *fresh, size_t *number);
void xlsx_words_clear(struct xlsx_words *words);

#endif
