/* cli: the commands of `duban [OPTIONS] COMMAND [ARGS]`, in one table that the parser, the help,
 * the man page and the shell completion read. Exit status: 0 done, 1 refused or failed, 2 wrong
 * usage, 3 nothing matched. What is wrong goes to standard error as "duban: SENTENCE".
 *
 * Options of the program may stand before or after the command, those of a command after it; a
 * value follows after "=" or as the next word; "--" ends the options. A reader that has had enough
 * (`| head`) ends the program quietly. */
#ifndef APP_CLI_H
#define APP_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/config.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "model/model.h"

enum exit_status { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_NOTHING = 3 };

/* A session of lines (app/plain.h) that a command runs in. */
struct cli_session {
    void *context;
    /* Takes output in the charset of the locale; false: no more of it is wanted. */
    bool (*write)(void *context, const char *bytes, size_t count);
    /* A text of lines, in the place of all of standard input. */
    bool (*text)(void *context, const char *name, struct strbuf *text, struct error *err);
};

struct cli_command;
struct cli { /* one run of the program */
    struct config *config;
    const struct cli_command *command; /* NULL: the board */
    char *database;                    /* resolved path */
    bool database_given;               /* by --db or DUBAN_DB */
    const char *as;                    /* login of the person; NULL: the account */
    const char *key;                   /* fingerprint of the key they came in with; NULL: none */
    moment_t as_of;                    /* 0: the present */
    bool confined;                     /* --as: nothing of the account's own but the database */
    bool read_only, plain, wants_help, wants_version;
    int argument_count; /* after the command's name, options of the command included */
    int option_end;     /* arguments from here on stood after "--": words whatever they look like */
    char **arguments;
    bool output_closed; /* the reader of standard output has gone: end quietly */
    bool output_failed; /* it could not be written, which was said */
    bool charset_told;
    const struct cli_session *session; /* NULL: none */
    struct visit *visit;               /* of somebody as whom it acts; NULL: the account itself */
};

struct cli_option {
    const char *name;  /* "--json" */
    const char *value; /* what its value is called ("N"), choices as "zh|en"; NULL: it has none */
    const char *help;  /* N_() */
    char letter;       /* 'h' for -h; 0: none */
    bool (*take)(struct cli *cli, const char *value, struct error *err); /* global ones */
};
/* What a command does with the database, and what must be in order before it runs. */
enum cli_flags {
    CLI_WRITES = 1,
    CLI_ANY_CONFIG = 2, /* runs with the defaults when a file is wrong */
    CLI_PAST = 4,       /* reads, and can be asked as of another moment */
    CLI_LOCAL = 8,      /* reaches beyond the database: not for a confined session */
    CLI_TASK = 16,      /* its first word names tasks, */
    CLI_TASKS = 32,     /* or all of them do */
    CLI_SCREEN = 64     /* needs the screen of a terminal */
};
/* What a command may be told, in its help and in the man page. */
struct cli_list {
    const char *heading;                                                 /* N_() */
    bool (*row)(size_t index, struct strbuf *name, struct strbuf *help); /* false after the last */
};
struct cli_command {
    const char *name, *usage, *help;  /* usage: what follows the name; help: N_() one line */
    const struct cli_option *options; /* ends with a NULL name; NULL: none */
    const char *more;                 /* N_() paragraphs for `help COMMAND` */
    const struct cli_list *list;      /* NULL: none */
    unsigned flags;
    int (*run)(struct cli *cli, struct error *err);
};
extern const struct cli_command cli_commands[];
extern const size_t cli_command_count;
extern const struct cli_option cli_global_options[]; /* ends with a NULL name */

/* Parses the whole command line and runs it; returns the exit status. */
int cli_main(int argc, char **argv);

/* Runs a line of words (base/words.h) as a command line of the same program, whoever wrote it: with the
 * database, the person, the confinement, the configuration and the language of `from`. Of the
 * program's options only --lang --as-of --read-only --plain --theme NAME --help --version may be
 * among them, the others are wrong usage (status 2); what they set holds for this line alone.
 * Without a command it is the board. Returns the exit status with everything written and what is
 * wrong said. Where nobody reads the output any more from->output_closed or output_failed is set. */
struct words;
int cli_run_words(struct cli *from, const struct words *words);

const struct cli_command *cli_find_command(const char *name, struct error *err);
int cli_status(const struct error *err); /* exit status for an error's code */

/* --- for commands -------------------------------------------------------------------------- */

/* What the options say of the model; borrows from `cli`. */
bool cli_model_options(
    const struct cli *cli, bool read_only, struct model_options *out, struct error *err);
/* Opens the model the options name; over SSH the command is recorded (src/app/visit.h), and refused
 * where the person has as many sessions as they may. */
bool cli_open_model(struct cli *cli, bool read_only, struct model **out, struct error *err);
/* Where reading was refused (`err`) because the database has an older schema: brings it to the
 * newest, unless --read-only forbids it. True where it is worth trying again; then `err` is empty.
 */
bool cli_upgrade(struct cli *cli, struct error *err);

/* Takes an option of this command out of the arguments: true when it was there. What is wrong with
 * it stands in `err` and is told by cli_arguments_end. */
bool cli_take_option(struct cli *cli, const char *name, const char **value, struct error *err);
/* The first of several: false when there is none left. */
bool cli_take_next(struct cli *cli, const char *name, const char **value, struct error *err);
bool cli_take_number(struct cli *cli, const char *name, int64_t least, int64_t most, int64_t *value,
    struct error *err);
/* After the options were taken: an option left over or an earlier mistake is an error, and so are
 * fewer than `least` or more than `most` words (-1: any number). */
bool cli_arguments_end(struct cli *cli, int least, int most, struct error *err);
/* A filter that cannot be read is wrong usage; it is shown with a caret under the place. Returns
 * false. */
struct query_error;
bool cli_refuse_filter(const char *filter, const struct query_error *wrong, struct error *err);
/* An argument typed in the locale's charset as clean UTF-8: for text, not for names of files.
 * Caller frees. */
char *cli_text(const char *argument);
/* The same for a sentence that repeats it: cut where it is long. Returns `out`. */
#define CLI_SAID 200
const char *cli_said(const char *argument, char out[static CLI_SAID]);
/* The same of any bytes, which may have lines. */
char *cli_decode(const char *bytes, size_t count, enum text_scrub_flags flags);
/* All of standard input (of a session: what it is told next) as text with lines, without the line
 * ends it ends with. `name` is what it is for; ERROR_INPUT where it is far longer than `most` bytes,
 * which is all that can be kept, and, for somebody as whom the program acts, where nothing comes for
 * minutes. */
bool cli_read_input(
    const struct cli *cli, const char *name, int most, char **text, struct error *err);
/* Joins the words left with blanks (a filter), as text. Caller frees. */
char *cli_join(const struct cli *cli);

/* --- output -------------------------------------------------------------------------------- */

/* Text to standard output in the locale's charset; false: nobody reads it any more, or it failed.
 */
bool cli_print(struct cli *cli, const char *utf8);
/* Bytes as they are (JSON, the man page); the context is the struct cli. */
bool cli_write(void *cli, const char *bytes, size_t count);
bool cli_flush(struct cli *cli);
/* "duban: SENTENCE" on standard error. */
void cli_complain(const char *sentence);
/* Width to lay text out for: COLUMNS, the terminal's, else 80. `*bounded` (may be NULL) is false
 * where nobody said one and the output is no terminal. */
int cli_columns(bool *bounded);
/* A page for a person: paragraphs wrapped, a heading after an empty line, rows of name and help. */
void cli_add_paragraph(struct strbuf *out, const char *text);
void cli_add_heading(struct strbuf *out, const char *heading);
void cli_add_row(struct strbuf *out, const char *name, const char *help);

#endif
