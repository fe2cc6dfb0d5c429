/* config: every option, in one table: name, type, default, range, one sentence. Files are read in
 * order /etc/duban/duban.cfg, $XDG_CONFIG_HOME/duban/duban.cfg, --config FILE; the command line
 * comes last. An unknown name is an error with file, line and a suggestion; so is a value out of
 * range.
 *
 * Besides the options a file may hold
 *
 *   views = ( { key = 1; name = "Open"; filter = "open"; sort = "-updated"; columns = "number
 * title"; } ); keys = { row-down = "j Down"; };
 *
 * A view takes the place of the one under the same key; `name = ""` takes the digit away; "-"
 * before a sort key turns the order round. Names of actions are written as in `duban help keys`
 * with "-" for
 * ".", because libconfig has no dots in names. Keys given replace the default ones of that action.
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "model/rules.h"
#include "ui/action.h"
#include "views/views.h"

enum option {
    OPTION_DATABASE,
    OPTION_LANGUAGE,
    OPTION_THEME,
    OPTION_TITLE,
    OPTION_ZONE,
    OPTION_DUE_SOON,
    OPTION_DUE_URGENT,
    OPTION_COLUMNS,
    OPTION_SPLIT,
    OPTION_TICKER,
    OPTION_CHANGED_SECONDS,
    OPTION_LOOK,
    OPTION_MOUSE,
    OPTION_AMBIGUOUS,
    OPTION_ESCAPE_MS,
    OPTION_GATE_MS,
    OPTION_SESSION_MOST,
    OPTION_SESSION_CHANGES,
    OPTION_SESSION_IDLE,
    OPTION_HOLIDAYS,
    OPTION_PUBLICITY_DAYS,
    OPTION_PUBLICITY_KIND,
    OPTION_REMIND_BEFORE,
    OPTION_REMIND_AFTER,
    OPTION_REMIND_COMMAND,
    OPTION_REMIND_SECONDS,
    OPTION_REPORT_GRACE,
    OPTION_SCORE_ON_TIME,
    OPTION_SCORE_REPORTS,
    OPTION_SCORE_IN_TIME,
    OPTION_SCORE_RETURNED,
    OPTION_SCORE_NOTICE,
    OPTION_SCORE_UNACCEPTED,
    OPTION_SCORE_COLUMNS,
    OPTION_WALL_PAGES,
    OPTION_WALL_SECONDS,
    OPTION_WALL_QUIET,
    OPTION_WALL_ALARM,
    OPTION_COUNT
};
enum option_type { OPTION_TEXT, OPTION_NUMBER, OPTION_SWITCH, OPTION_CHOICE };
struct option_row {
    const char *name; /* "due.soon": path in the file */
    enum option_type type;
    const char *fallback; /* default, written as in the file without quotes */
    int least, most;      /* NUMBER */
    const char *choices;  /* CHOICE: blanks between */
    const char *help;     /* N_() one sentence */
    bool (*check)(
        const char *value, struct error *err); /* what the type cannot say; NULL: nothing */
};
extern const struct option_row options_table[OPTION_COUNT];

struct config;
/* `extra` is --config (NULL: none); a file that is named must exist, the others may be missing. That of
 * the account is left out without `own`. */
bool config_read(const char *extra, bool own, struct config **out, struct error *err);
struct config *config_default(void); /* without any file */
void config_free(struct config *config);
const char *config_text(const struct config *config, enum option option);
/* The same for a person to read: files and commands of the server are not shown to who has none there. */
const char *config_shown(const struct config *config, enum option option);
int config_number(const struct config *config, enum option option);
bool config_switch(const struct config *config, enum option option);
/* From the command line or the : line; checked like a file's. */
bool config_set(struct config *config, enum option option, const char *value, struct error *err);
/* From now on it is set by somebody who has no files on this machine (--as): config_allows is false,
 * with ERROR_PERMISSION, for a value that names one. */
void config_confine(struct config *config);
bool config_is_confined(const struct config *config);
bool config_allows(
    const struct config *config, enum option option, const char *value, struct error *err);
bool config_find(const char *name, enum option *out);

/* Where the database is when neither --db nor DUBAN_DB says: option `database`, or where that is
 * empty /var/lib/duban/duban.db if there is one, else duban/duban.db in the person's data folder.
 * Caller frees. */
char *config_database(const struct config *config);

/* Sorted by key; names of built-in views in the language of the moment of the call. Borrowed until
 * the next call. */
const struct saved_view *config_saved_views(const struct config *config, size_t *count);
const struct key_binding *config_bindings(const struct config *config, size_t *count);
/* Whether the bindings fit the actions; what is wrong is named with the file and line it stands in.
 */
bool config_check_keys(
    const struct config *config, const struct action *actions, size_t count, struct error *err);

/* What the views want to know; borrows from `config` and is to be asked for again when it changed.
 * `slow`: the line is, so that a look left to it is lean. */
void config_view_settings(const struct config *config, bool slow, struct view_settings *out);

/* What the model wants to know, with the calendar of holidays read; borrowed, and right as long as
 * `config` is not changed. */
bool config_rules(struct config *config, const struct rules **out, struct error *err);

/* A commented file with every option, view and key at its default: `duban help config`. */
void config_print(struct strbuf *out, const struct action *actions, size_t count);

#endif
