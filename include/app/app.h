/* app: the running board: the one struct that owns everything, and the loop. */
#ifndef APP_APP_H
#define APP_APP_H

#include "app/config.h"
#include "base/error.h"
#include "model/model.h"
#include "ui/action.h"
#include "ui/term.h"
#include "ui/view.h"
#include "views/prompt.h"
#include "views/views.h"

struct app {
    struct config *config;           /* borrowed */
    struct model *model;
    struct term *term;
    struct canvas *canvas;
    struct theme theme;
    struct keymap *keymap;
    struct view_stack *views;
    struct view_settings settings;
    struct view_env env;
    struct prompt_history finds, filters, commands;
    char *last_find;
    bool find_backwards;
};

/* Opens terminal and board, runs until the person quits or the line is lost. */
int app_run(struct config *config, const char *database, bool read_only, struct error *err);

/* For actions. */
struct view *app_board(struct app *app);                 /* the lowest view */
enum effect app_push(struct app *app, struct view *view);
enum effect app_say(struct app *app, enum role role, const char *text); /* a message on the board */
enum effect app_command(struct app *app, const char *line, struct error *err); /* the : line */
bool app_set_theme(struct app *app, const char *name, struct error *err);

extern const struct action actions[];
extern const size_t action_count;

#endif
