/* app: the running board: the one struct that owns everything, and the loop. */
#ifndef APP_APP_H
#define APP_APP_H

#include "app/config.h"
#include "base/error.h"
#include "model/model.h"
#include "model/session.h"
#include "ui/action.h"
#include "ui/term.h"
#include "ui/view.h"
#include "views/prompt.h"
#include "views/views.h"

#define APP_MESSAGES 4
#define APP_MESSAGE_ROWS 3 /* the most one takes of the screen */
struct app {
    struct config *config;           /* borrowed */
    struct model *model;
    struct session *session;
    struct visit *visit;             /* borrowed; NULL: none */
    const struct model_options *opening; /* borrowed: how a model is opened for who is here */
    struct term *term;
    struct canvas *canvas;
    struct theme theme;
    struct keymap *keymap;
    struct view_stack *views;
    struct view_settings settings;
    struct view_env env;
    struct prompt_history finds, filters, commands, imports;
    char *last_find;
    bool find_backwards;
    int64_t find_origin;             /* where the selection was when the find began */
    const struct action *queued;     /* asked for on the : line, run when its prompt has gone */
    char *queued_argument;
    struct matrix_memory *matrix; /* how the matrix was left; NULL: there was none */
    struct view *coming;             /* put on top when the effects of the key have been carried out */
    moment_t opened_at;
    int64_t undo_asked;              /* line of the history the person was asked about before it is taken back */
    /* The first stands above the footer until the next key, then the one behind it. */
    struct app_message { char *text; enum role role; } message[APP_MESSAGES];
    size_t message_count;
    struct error unkept;             /* what was being typed at the end could not be kept */
};

/* What the program begins with: the board, or a wall and nothing else; of this filter (NULL: none). */
struct visit; /* NULL: none */
struct app_start { const char *filter; bool wall; struct visit *visit; };
/* Opens terminal and screen, runs until the person quits, the line is lost or the session is ended. */
int app_run(struct config *config, const struct model_options *options, const struct app_start *start, struct error *err);

/* loop.c: polls terminal, signals, database and lists until an action quits or the line is lost. False: the
 * session was ended, `err` says why; then no picture is left on the terminal. */
bool app_loop(struct app *app, struct error *err);

/* For actions. */
struct view *app_board(struct app *app);                 /* the topmost board; there is one wherever there is more than a wall */
struct view *app_screen(struct app *app);                /* the topmost view that is no overlay */
/* The filter that a screen opened now is to have: that of the screen one is on. Caller frees. */
char *app_filter(struct app *app);
/* Goes back to the view of these ops that is below, so that screens do not pile up; false: there is none. */
bool app_return(struct app *app, const struct view_ops *ops);
struct rect app_area(const struct app *app);
enum effect app_push(struct app *app, struct view *view);
/* The same from within a view, which may be about to go: after the effects it returns. */
void app_push_later(struct app *app, struct view *view);
enum effect app_say(struct app *app, enum role role, const char *text);
enum effect app_say_besides(struct app *app, enum role role, const char *text); /* after what is being said */
bool app_message_seen(struct app *app); /* false: there was none */
enum effect app_say_error(struct app *app, const struct error *err); /* nothing when there is none */
bool app_set_theme(struct app *app, const char *name, struct error *err);
/* What options say, after the configuration was read or one was set. */
bool app_apply_options(struct app *app, struct error *err);
/* Lean or full, as the line turns out where the option leaves it to that; true: another than before, so that
 * views are to be laid out anew. */
bool app_follow_line(struct app *app);
/* Tells canvas and key map what the terminal can show, which may turn out late. */
void app_set_glyphs(struct app *app);

/* actions_import.c: files by the beginning of their names. */
void app_complete_file(const char *text, size_t caret, struct completions *out);

/* actions_measures.c: the editor of a task's measures, when the effects of the key are carried out. */
enum effect app_open_measures(struct app *app, int64_t task_id);

/* actions_handover.c: the handover note that was begun, in the same way. */
enum effect app_open_note(struct app *app);

/* actions_work.c: says how many drafts wait, if any. */
void app_tell_drafts(struct app *app);

/* prompts.c */
enum effect prompt_find(struct app *app, bool backwards);
enum effect prompt_filter(struct app *app);
enum effect prompt_command(struct app *app);

extern const struct action actions[];
extern const size_t action_count;
const struct action *action_find(const char *name);

#endif
