/* plain_parts: what the files of a session of lines share. */
#ifndef APP_PLAIN_PARTS_H
#define APP_PLAIN_PARTS_H

#include <termios.h>

#include "app/plain.h"
#include "model/session.h"
#include "model/task_list.h"

struct plain {
    struct cli *cli;
    struct model *model;
    struct session *work;       /* this session among those at work */
    struct cli_session session; /* what commands run in */
    struct view_settings settings;
    struct view_env env;
    int status;          /* of the first line whose status is not 0 */
    bool ending;         /* q, the end of input, a signal */
    bool stale;          /* the database could not be read, which was said */
    bool asks;           /* the next command is waited for, and nothing is held of the model */
    bool changed;        /* something has, which was not told yet */
    int64_t told;        /* newest line of the history that was told of */
    unsigned generation; /* of the model, when the list was read */

    /* plain_input.c */
    bool terminal; /* input and output are terminals: prompts, pages, news, questions */
    bool modes_set;
    struct termios found; /* modes of the line at the start */
    int signals;
    int look_ms;         /* when to look at the database again; 0: when it wakes us */
    struct strbuf typed; /* read and not yet used */
    bool too_long;       /* the rest of this line is passed over */
    bool ended;          /* nothing more will come */
    bool hung_up;        /* and not because somebody said so */
    bool in_text;        /* between its lines nothing may end us: they are not kept yet */
    int rows, columns;   /* columns 0: nothing bounds a line */
    int row, column;     /* on the page, of what is being printed */
    bool stopped;        /* the rest of the answer is not wanted */

    /* plain_tasks.c: what was listed last */
    struct query *query;
    char *filter;
    struct task_list *list; /* NULL: `ids` */
    int64_t *ids;
    size_t count, next; /* count of `ids`; the next one to be listed */
    size_t current;     /* number of the task shown last; 0: none */
};

/* --- plain.c --------------------------------------------------------------------------------- */

/* Looks whether the database has changed, and when to look again (0: when it wakes us); false: the
 * person may not go on. */
bool plain_look(struct plain *plain, int *wait_ms);

/* --- plain_input.c --------------------------------------------------------------------------- */

enum plain_line {
    PLAIN_LINE,  /* a line */
    PLAIN_END,   /* the end of what is being told (^D), or of everything (`ended`) */
    PLAIN_BREAK, /* ^C: what was being told is given up */
};
bool plain_input_open(struct plain *plain, struct error *err);
void plain_input_close(struct plain *plain);
/* What is printed begins a new page. */
void plain_page_begin(struct plain *plain);
/* False: the rest is not wanted, or nobody reads. */
bool plain_print(struct plain *plain, const char *utf8);
/* A sentence that tells what went wrong; the line has failed. */
void plain_complain(struct plain *plain, const struct error *err);
/* Prints `prompt` on a terminal and waits for a line, in the charset of the locale, without its
 * end. The caller frees it where there is one. */
enum plain_line plain_read(struct plain *plain, const char *prompt, char **line);
/* Lines until one with a single ".", or ^D on a terminal: PLAIN_LINE. PLAIN_END: the input has
 * ended before that, and `text` (UTF-8) is what had come. */
enum plain_line plain_read_text(struct plain *plain, struct strbuf *text);
/* What commands print to and read texts from. */
struct cli_session plain_session(struct plain *plain);
/* So many lines of tasks make a page. */
size_t plain_page_rows(const struct plain *plain);

/* --- plain_tasks.c --------------------------------------------------------------------------- */

bool plain_list(struct plain *plain, const char *filter, const char *sort, struct error *err);
/* Prints the next page of the list, at most so many tasks. */
bool plain_list_more(struct plain *plain, size_t most, struct error *err);
void plain_list_clear(struct plain *plain);
/* The task with this number; 0: ERROR_NOT_FOUND. */
int64_t plain_task(struct plain *plain, const char *number, struct error *err);
/* "3,1,2-047" with the names of the tasks for numbers. Caller frees; NULL: the sentence why not. */
char *plain_names(struct plain *plain, const char *word, struct error *err);
bool plain_is_number(const char *word);

/* --- plain_words.c --------------------------------------------------------------------------- */

void plain_obey(struct plain *plain, const char *line);
/* A command of the command line, with numbers for tasks; says what went wrong. */
bool plain_command(struct plain *plain, char **words, int count);
/* Handlers of the table: words[0] is the word itself. Those of actions stand in plain_form.c. */
typedef void plain_handler(struct plain *plain, char **words, int count);
plain_handler plain_do_list, plain_do_view, plain_do_next, plain_do_previous, plain_do_desk,
    plain_do_more, plain_do_action, plain_do_report, plain_do_help, plain_do_quit;

#endif
