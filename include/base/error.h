/* error: a code for the program and one full sentence for the person.
 *
 * A function that can fail takes `struct error *err` last and returns bool; on false it has set
 * `err`, on true `err` is untouched. The sentence is already translated, names the thing and the
 * place, and says the way out. It ends without a full stop so that callers may add to it. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

enum error_code {
    ERROR_NONE,
    ERROR_USAGE,      /* the command or option is wrong (exit status 2) */
    ERROR_INPUT,      /* a file or a value given cannot be used */
    ERROR_NOT_FOUND,  /* nothing by that name (exit status 3) */
    ERROR_REFUSED,    /* the workflow or a rule says no */
    ERROR_PERMISSION, /* this person may not */
    ERROR_CONFLICT,   /* somebody else changed it first */
    ERROR_BUSY,       /* locked by another process */
    ERROR_MISSING,    /* no database there */
    ERROR_CORRUPT,    /* damaged, or not a duban database */
    ERROR_REPLACED,   /* the file under the name is another one now */
    ERROR_NEWER,      /* schema newer than this program */
    ERROR_READ_ONLY,  /* opened for reading, or the file system is */
    ERROR_NETWORK,    /* on a network file system */
    ERROR_IO,         /* the system said no: full disk, no rights */
};

struct error {
    enum error_code code;
    char text[512];
};

/* Sets code and sentence, cut at a whole character, on one line unless `format` has several or is "%s";
 * returns false, so that a failing function can
 * end with `return error_set(err, ...)`. `err` may be NULL. */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "PREFIX: " before the sentence that is there (a file, a line, a task). Returns false. */
bool error_prefix(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
