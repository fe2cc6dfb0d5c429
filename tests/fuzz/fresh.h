/* fresh: a database for a fuzz target that writes: each input finds it as the first did. */
#ifndef FUZZ_FRESH_H
#define FUZZ_FRESH_H

#include <stddef.h>
#include <stdint.h>

/* Sets the clock of the tests and gives the path of a database with the units of
 * harness/database.h and, written once by `fill` (SQL), what the target needs. No connection to it
 * may be open from the input before. */
const char *fresh_database(const char *fill);

/* The input, taken from the front. Beyond its end there are zeros. */
struct input {
    const uint8_t *data;
    size_t size;
};
uint8_t input_byte(struct input *input);
/* So many bytes at most, as a text that is the caller's. */
char *input_text(struct input *input, size_t most);

#endif
