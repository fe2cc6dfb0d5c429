/* Taking in files of tasks. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "actions.h"
#include "app/app.h"
#include "app/file_name.h"
#include "app/import_job.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "exchange/column_letters.h"
#include "exchange/import_text.h"
#include "import_choices.h"
#include "model/query.h"
#include "model/undo.h"
#include "views/board.h"
#include "views/import.h"

enum {
    NAMED_MOST = 3,   /* tasks in a sentence */
    SHOWN_MOST = 500, /* of each kind of line of what would be done */
    IDENTS_MOST = 150 /* terms of a filter */
};

struct importing {
    struct app *app;
    struct import_job *job;
    char *said;
    struct import_state state;
    struct import_choices choices;
    struct strbuf refusal, notice;
    struct import_column *columns;
    char (*letters)[COLUMN_LETTERS];
};

/* --- what was found -------------------------------------------------------------------------- */

static void fill_columns(struct importing *importing, const struct import_told *told)
{
    free(importing->columns);
    free(importing->letters);
    importing->columns = alloc_zero(told->count + 1, sizeof *importing->columns);
    importing->letters = alloc_zero(told->count + 1, sizeof *importing->letters);
    for (size_t i = 0; i < told->count; i++) {
        const struct import_told_column *from = &told->column[i];
        struct import_column *to = &importing->columns[i];
        column_letters(i, importing->letters[i]);
        *to = (struct import_column){.letter = importing->letters[i], .heading = from->heading};
        if (from->field != NULL) {
            to->field = from->field->name;
            to->label = ledger_field_heading(from->field);
        } else if (from->twice != NULL) {
            to->twice = ledger_field_heading(from->twice);
        }
        for (int k = 0; k < IMPORT_COLUMN_FIRST && k < IMPORT_TOLD_FIRST; k++)
            to->first[k] = from->first[k];
    }
}

static const char *kind_label(const char *name)
{
    for (const struct import_reader *kind = import_readers; name != NULL && kind->name; kind++)
        if (strcmp(kind->name, name) == 0)
            return _(kind->label);
    return NULL;
}

static const char *name_of(const struct import_result *task)
{
    return *task->ident != '\0' ? task->ident : task->title;
}

/* Why it was looked again, and not written. */
static void tell_why(struct importing *importing, enum import_job_why why)
{
    const struct import_plan *plan = import_job_plan(importing->job);
    struct strbuf *out = &importing->notice;
    size_t count;
    const size_t *changed = import_job_changed(importing->job, &count);
    strbuf_cut(out, 0);
    if (why == IMPORT_JOB_FILE)
        strbuf_add(out, _("The file has changed: it was read again, and nothing is written yet"));
    if (why != IMPORT_JOB_DATABASE)
        return;
    strbuf_add(
        out, _("Others have changed tasks: it was looked again, and nothing is written yet"));
    for (size_t i = 0; i < count && i < NAMED_MOST; i++)
        strbuf_format(
            out, "%s%s", i > 0 ? _(", ") : _("; other now: "), name_of(&plan->result[changed[i]]));
    if (count > NAMED_MOST)
        strbuf_format(out, _(", and %zu tasks more"), count - NAMED_MOST);
}

static void take_state(struct importing *importing, enum import_job_why why)
{
    const struct import_told *told = import_job_read(importing->job);
    const struct import_plan *plan = import_job_plan(importing->job);
    struct import_state *state = &importing->state;
    *state = (struct import_state){.file = importing->said};
    if (told != NULL) {
        fill_columns(importing, told);
        state->kind = kind_label(told->kind);
        state->charset = told->charset;
        state->sheet = told->sheet;
        state->column = importing->columns;
        state->column_count = told->count;
    }
    if (plan != NULL) {
        state->looked = true;
        state->refused = plan->refused;
        state->warnings = plan->said[0];
        state->lasting = plan->count[IMPORT_NEW] + plan->count[IMPORT_CHANGED] > UNDO_SPAN_MOST;
        memcpy(state->count, plan->count, sizeof state->count);
    }
    strbuf_cut(&importing->refusal, 0);
    if (plan != NULL)
        import_text_refusal(&importing->refusal, plan);
    if (importing->refusal.length > 0)
        state->refusal = strbuf_text(&importing->refusal);
    tell_why(importing, why);
    if (importing->notice.length > 0)
        state->notice = strbuf_text(&importing->notice);
}

/* --- what is under way ----------------------------------------------------------------------- */

static bool begin(void *context, const struct import_asked *asked, bool write, struct error *err)
{
    struct importing *importing = context;
    const struct import_job_told told = {.kind = asked->kind,
        .charset = asked->charset,
        .source = asked->source,
        .sheet = asked->sheet,
        .region = asked->region,
        .map = asked->map,
        .map_count = asked->map_count,
        .fill = asked->fill,
        .create_units = asked->create_units};
    return import_job_begin(importing->job, &told, write, err);
}

static int job_fd(void *context)
{
    const struct importing *importing = context;
    return worker_fd(import_job_worker(importing->job));
}

static void job_progress(void *context, size_t *done, size_t *of)
{
    const struct importing *importing = context;
    worker_progress(import_job_worker(importing->job), done, of);
}

static void job_stop(void *context)
{
    const struct importing *importing = context;
    worker_stop(import_job_worker(importing->job));
}

static enum import_end finish(void *context, struct error *err)
{
    static const enum import_end ends[] = {[IMPORT_JOB_LOOKED] = IMPORT_LOOKED,
        [IMPORT_JOB_WRITTEN] = IMPORT_WRITTEN,
        [IMPORT_JOB_FAILED] = IMPORT_FAILED};
    struct importing *importing = context;
    enum import_job_why why;
    enum import_job_end end = import_job_finish(importing->job, &why, err);
    take_state(importing, why);
    return ends[end];
}

static const struct import_state *state(void *context)
{
    const struct importing *importing = context;
    return &importing->state;
}

static void report_changed(
    const struct importing *importing, const struct import_plan *plan, struct strbuf *out)
{
    size_t count;
    const size_t *changed = import_job_changed(importing->job, &count);
    if (count > 0)
        strbuf_format(out, "\n%s (%zu)\n", _("Other than before, for others changed tasks"), count);
    for (size_t i = 0; i < count && i < SHOWN_MOST; i++) {
        const struct import_result *task = &plan->result[changed[i]];
        strbuf_format(out, "  %s%s%s\n", task->ident, *task->ident != '\0' ? " " : "", task->title);
    }
    if (count > SHOWN_MOST) {
        strbuf_add(out, "  ");
        strbuf_format(out, _("... and %zu more"), count - SHOWN_MOST);
        strbuf_add_char(out, '\n');
    }
}

static size_t report(void *context, int columns, struct strbuf *out)
{
    size_t warnings = 0;
    const struct importing *importing = context;
    const struct import_told *told = import_job_read(importing->job);
    const struct import_plan *plan = import_job_plan(importing->job);
    if (plan != NULL) {
        warnings = import_text_found(out, plan, columns, SHOWN_MOST);
        report_changed(importing, plan, out);
    }
    if (told == NULL)
        return warnings;
    strbuf_format(out, "%s%s\n", out->length > 0 ? "\n" : "", _("How it was read"));
    for (const char *at = strbuf_text(&told->lines); *at != '\0';) {
        size_t bytes = strcspn(at, "\n");
        char *line = alloc_string_n(at, bytes);
        struct text_lines wrapped = {0};
        text_wrap(&wrapped, line, columns - 4);
        for (size_t i = 0; i < wrapped.count; i++) {
            strbuf_add(out, i > 0 ? "    " : "  ");
            strbuf_add_n(out, line + wrapped.line[i].start, wrapped.line[i].bytes);
            strbuf_add_char(out, '\n');
        }
        text_lines_clear(&wrapped);
        free(line);
        at += bytes + (at[bytes] == '\n');
    }
    return warnings;
}

/* --- choosing -------------------------------------------------------------------------------- */

static void choose(void *context, enum import_choice choice, const char *title, const char *current,
    picker_chosen *chosen, void *chosen_context)
{
    struct importing *importing = context;
    importing->choices = (struct import_choices){importing->app, chosen, chosen_context};
    import_choices_open(
        &importing->choices, import_job_read(importing->job), choice, title, current);
}

/* --- the end --------------------------------------------------------------------------------- */

/* What finds the tasks that came: each by its name where they are few, else who changed them when.
 */
static char *filter_of(const struct importing *importing, const struct import_plan *plan)
{
    struct strbuf filter = {0};
    size_t count = 0;
    bool named = true;
    for (size_t i = 0; i < plan->result_count; i++) {
        const struct import_result *task = &plan->result[i];
        if (task->kind != IMPORT_NEW && task->kind != IMPORT_CHANGED)
            continue;
        named &= *task->ident != '\0' && ++count <= IDENTS_MOST;
        if (named)
            strbuf_format(&filter, "%s%s", count > 1 ? "," : "id:", task->ident);
    }
    if (!named) {
        strbuf_cut(&filter, 0);
        strbuf_add(&filter, "changed_today by:");
        query_value_add(&filter, model_person(importing->app->model)->name);
    }
    return strbuf_take(&filter);
}

static void written(void *context)
{
    struct importing *importing = context;
    const struct import_plan *plan = import_job_plan(importing->job);
    struct view *board = app_board(importing->app);
    struct error err = {0};
    char *filter = filter_of(importing, plan);
    struct strbuf text = {0};
    strbuf_format(&text, _("%zu new, %zu changed: shown here; "), plan->count[IMPORT_NEW],
        plan->count[IMPORT_CHANGED]);
    if (plan->lines > UNDO_SPAN_MOST)
        strbuf_format(&text, _("u takes back at most %d at once, not these"), UNDO_SPAN_MOST);
    else
        strbuf_add(&text, _("u takes it back"));
    strbuf_add(&text, _(", Esc shows all"));
    app_say(importing->app, ROLE_OK, strbuf_text(&text));
    if (board_from(board))
        board_show_now(board, filter, &err);
    if (err.code != ERROR_NONE)
        app_say_besides(importing->app, ROLE_WARNING, err.text);
    strbuf_clear(&text);
    free(filter);
}

static void close_importing(void *context)
{
    struct importing *importing = context;
    import_job_free(importing->job);
    strbuf_clear(&importing->refusal);
    strbuf_clear(&importing->notice);
    free(importing->columns);
    free(importing->letters);
    free(importing->said);
    free(importing);
}

/* --- the file -------------------------------------------------------------------------------- */

static struct view *open_file(struct app *app, const char *file)
{
    static const struct import_ops ops = {begin, job_fd, job_progress, job_stop, finish, state,
        report, choose, written, close_importing};
    struct importing *importing = alloc_zero(1, sizeof *importing);
    const char *slash = strrchr(file, '/');
    char *path = file_name_path(file);
    importing->app = app;
    importing->said = alloc_string(slash != NULL ? slash + 1 : file);
    importing->job = import_job_new(app->opening, path, importing->said);
    take_state(importing, IMPORT_JOB_NOTHING);
    free(path);
    return import_open(&app->env, &ops, importing);
}

static enum effect file_changed(
    void *context, const char *text, char note[static 64], struct error *err)
{
    (void)context, (void)text, (void)note, (void)err;
    return EFFECT_DRAW;
}

/* Blanks at the end are those that completing put there. */
static char *without_blanks(const char *text)
{
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return alloc_string_n(text, length);
}

static enum effect file_accepted(void *context, const char *typed, struct error *err)
{
    struct app *app = context;
    struct stat there;
    char *text = without_blanks(typed), *path = file_name_path(text);
    bool found = stat(path, &there) == 0;
    if (*text != '\0' && !found)
        error_set(err, ERROR_MISSING, _("there is no such file; Tab shows what there is"));
    else if (*text != '\0' && S_ISDIR(there.st_mode))
        error_set(err, ERROR_INPUT, _("this is a folder; Tab shows what is in it"));
    else if (*text != '\0')
        app_push_later(app, open_file(app, text));
    free(path);
    free(text);
    return err->code == ERROR_NONE ? EFFECT_BACK | EFFECT_DRAW : EFFECT_DRAW;
}

static enum effect file_cancelled(void *context)
{
    (void)context;
    return EFFECT_BACK | EFFECT_DRAW;
}

static int by_name(const void *a, const void *b)
{
    const struct completion *left = a, *right = b;
    return strcmp(left->word, right->word);
}

/* Names in the folder that is typed, folders with their stroke. */
void app_complete_file(const char *text, size_t caret, struct completions *out)
{
    char *typed = alloc_string_n(text, caret), *slash = strrchr(typed, '/');
    size_t start = slash != NULL ? (size_t)(slash - typed) + 1 : 0;
    char *begin = alloc_string(typed + start);
    typed[start] = '\0';
    char *folder = file_name_path(start > 0 ? typed : "./");
    DIR *opened = opendir(folder);
    out->start = start;
    for (struct dirent *entry; opened != NULL && (entry = readdir(opened)) != NULL;) {
        struct stat there;
        char *path = alloc_format("%s%s", folder, entry->d_name);
        char *name = file_name_text(entry->d_name);
        bool hidden = name[0] == '.' && begin[0] != '.';
        bool shown = !hidden && strncmp(name, begin, strlen(begin)) == 0 &&
                     text_is_clean(name, TEXT_ONE_LINE) && stat(path, &there) == 0;
        if (shown && S_ISDIR(there.st_mode)) {
            char *inside = alloc_format("%s/", name);
            completions_add(out, inside, _("folder"));
            free(inside);
        } else if (shown && S_ISREG(there.st_mode)) {
            completions_add(out, name, "");
        }
        free(name);
        free(path);
    }
    if (opened != NULL)
        closedir(opened);
    if (out->count > 1)
        qsort(out->item, out->count, sizeof *out->item, by_name);
    free(folder);
    free(begin);
    free(typed);
}

static void file_complete(void *context, const char *text, size_t caret, struct completions *out)
{
    (void)context;
    app_complete_file(text, caret, out);
}

enum effect action_import(struct app *app, const char *argument)
{
    static const struct prompt_ops ops = {
        file_changed, file_accepted, file_cancelled, file_complete};
    struct error err = {0};
    if (!import_allowed(app->model, &err))
        return app_say_error(app, &err);
    if (config_is_confined(app->config))
        return app_say(app, ROLE_WARNING,
            _("No files of the server are read for you; on your own machine: ssh HOST import - < "
              "FILE"));
    if (!model_may_write(app->model, &err))
        return app_say_error(app, &err);
    if (argument == NULL)
        return app_push(app, prompt_open(&ops, app, _("Import file:"), "", &app->imports));
    char *file = without_blanks(argument);
    enum effect effect = app_push(app, open_file(app, file));
    free(file);
    return effect;
}

enum effect action_import_choose(struct app *app, const char *argument)
{
    (void)argument;
    return import_view_choose(view_stack_top(app->views));
}

enum effect action_import_leave_out(struct app *app, const char *argument)
{
    (void)argument;
    return import_view_leave_out(view_stack_top(app->views));
}

enum effect action_import_page(struct app *app, const char *argument)
{
    (void)argument;
    return import_view_page(view_stack_top(app->views));
}

enum effect action_import_again(struct app *app, const char *argument)
{
    (void)argument;
    return import_view_again(view_stack_top(app->views));
}

enum effect action_import_write(struct app *app, const char *argument)
{
    (void)argument;
    return import_view_write(view_stack_top(app->views));
}
