/* language: the interface's language and the terminal's charset.
 *
 * Messages are written in English and translated by gettext (`_`, `N_` for tables). Chinese is
 * the language unless the locale or --lang says English; a charset that cannot carry Chinese
 * (plain C) gives English with ASCII glyphs. Catalogues are looked for beside the program
 * (build/share, PREFIX/share), so a build tree runs as it is. */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include <libintl.h>
#include <stdbool.h>

#include "base/error.h"

#define _(text) gettext(text)
#define N_(text) (text)

/* Sets the locale from the environment, then the language: "zh", "en", or NULL for by locale.
 * The zh/en choice can be made again later with language_choose. */
bool language_start(const char *language, struct error *err);
bool language_choose(const char *language, struct error *err);
const char *language_current(void);   /* "zh" or "en" */
bool language_has_chinese(void);      /* the charset can carry Chinese */
/* The locale that the environment names, where its charset is not to be had on this machine: neither
 * that locale, nor one that is as good for the terminal behind it. NULL: it is. */
const char *language_missing(void);
const char *language_charset(void);   /* "UTF-8", "GB18030", "ANSI_X3.4-1968" */

/* A file that belongs to the program, e.g. ("themes/dark.cfg"): the directory it was found in is
 * build/share/duban or PREFIX/share/duban. Caller frees; NULL when there is none. */
char *language_data_file(const char *name);

/* UTF-8 for printing in the charset of the locale: what it lacks becomes the ASCII look-alike or
 * '?'. Caller frees. With UTF-8 it is a copy. */
char *language_for_output(const char *utf8);

#endif
