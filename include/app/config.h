/* config: every option, in one table: name, type, default, range, one sentence. Files are read in order
 * /etc/duban/duban.cfg, $XDG_CONFIG_HOME/duban/duban.cfg, --config FILE; the command line comes last.
 * An unknown name is an error with file, line and a suggestion; so is a value out of range. */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "ui/action.h"
#include "views/views.h"

enum option {
    OPTION_DATABASE, OPTION_LANGUAGE, OPTION_THEME, OPTION_TITLE, OPTION_ZONE, OPTION_HOLIDAYS,
    OPTION_DUE_SOON, OPTION_DUE_URGENT, OPTION_PUBLICITY_DAYS, OPTION_PUBLICITY_WORKING,
    OPTION_COLUMNS, OPTION_SPLIT, OPTION_TICKER, OPTION_CHANGED_SECONDS, OPTION_LOOK, OPTION_MOUSE,
    OPTION_AMBIGUOUS, OPTION_ESCAPE_MS, OPTION_GATE_MS, OPTION_COUNT
};
enum option_type { OPTION_TEXT, OPTION_NUMBER, OPTION_SWITCH, OPTION_CHOICE };
struct option_row {
    const char *name;        /* "due.soon": path in the file */
    enum option_type type;
    const char *fallback;    /* default, written as in the file without quotes */
    int least, most;         /* NUMBER */
    const char *choices;     /* CHOICE: blanks between */
    const char *help;        /* N_() one sentence */
};
extern const struct option_row options_table[OPTION_COUNT];

struct config;
/* `extra` is --config (NULL: none); a file that is named must exist, the others may be missing. */
bool config_read(const char *extra, struct config **out, struct error *err);
void config_free(struct config *config);
const char *config_text(const struct config *config, enum option option);
int config_number(const struct config *config, enum option option);
bool config_switch(const struct config *config, enum option option);
/* From the command line or the : line; checked like a file's. */
bool config_set(struct config *config, enum option option, const char *value, struct error *err);
bool config_find(const char *name, enum option *out);

/* views = ( { key = 1; name = ".."; filter = ".."; sort = ".."; columns = ".."; }, .. ) and
 * keys = { "row.down" = "j Down"; } (dots in names written as in the action table). */
const struct saved_view *config_saved_views(const struct config *config, size_t *count);
const struct key_binding *config_bindings(const struct config *config, size_t *count);

/* A commented file with every option at its default: `duban help config`. */
void config_print(struct strbuf *out);

#endif
