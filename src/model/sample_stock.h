/* sample_stock: what generated tasks are made of: cities with the letters the public wrote about
 * each (how much there is to do), departments by how often they lead, and words for titles. */
#ifndef MODEL_SAMPLE_STOCK_H
#define MODEL_SAMPLE_STOCK_H

#include <stddef.h>
#include <stdint.h>

struct stock_row {
    const char *text;
    int weight;
    const char *shown, *code; /* of places and departments */
};
struct stock {
    const struct stock_row *row;
    size_t count;
};
extern const struct stock stock_cities, stock_departments, stock_subjects, stock_problems,
    stock_places;

/* The index of one of them, as often as its weight says, by any number. */
size_t stock_pick(const struct stock *stock, uint64_t number);

#endif
