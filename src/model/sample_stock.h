/* sample_stock: what generated tasks are made of: cities with the letters the public wrote about
 * each (how much there is to do) and their counties, departments by how often they lead, and words
 * for titles. */
#ifndef MODEL_SAMPLE_STOCK_H
#define MODEL_SAMPLE_STOCK_H

#include <stddef.h>
#include <stdint.h>

struct stock_row {
    const char *text;
    int weight;
    const char *shown; /* of places and departments; of subjects the category */
    const char *code;  /* of places */
};
struct stock {
    const struct stock_row *row;
    size_t count;
};
#define STOCK(rows)                                                                                \
    {                                                                                              \
        rows, sizeof(rows) / sizeof *(rows)                                                        \
    }
/* sample_stock_units.c */
extern const struct stock stock_cities, stock_counties, stock_departments;
/* sample_stock.c */
extern const struct stock stock_subjects, stock_problems, stock_places;

/* The index of one of them, as often as its weight says, by any number. */
size_t stock_pick(const struct stock *stock, uint64_t number);

#endif
