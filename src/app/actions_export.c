/* Writing what a screen shows to a file. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "actions.h"
#include "app/app.h"
#include "app/export_file.h"
#include "app/export_job.h"
#include "app/file_name.h"
#include "base/alloc.h"
#include "base/language.h"
#include "views/board.h"
#include "views/export.h"
#include "views/matrix.h"
#include "views/scorecard.h"

enum {
    MARKED_MOST = 150, /* each is a term of a filter */
    NUMBER_MOST = 100, /* behind the name of a file */
    NAME_BYTES = 60,   /* of what a list is called, in the name of a file */
};

/* What there is to be written, and the job that writes it. */
struct exporting {
    struct app *app;
    enum export_what numbers; /* EXPORT_TASKS: there are none */
    char *filter, *marked;    /* marked: the filter of the marked tasks; NULL: none is */
    char *columns, *path;
    struct sort sort;
    struct matrix_spec matrix;
    enum score_units units;
    struct export_job *job;
};

static void close_exporting(void *context)
{
    struct exporting *exporting = context;
    struct export_done done;
    if (exporting->job != NULL) {
        worker_stop(export_job_worker(exporting->job));
        export_job_end(exporting->job, &done, &(struct error){0});
    }
    free(exporting->filter);
    free(exporting->marked);
    free(exporting->columns);
    free(exporting->path);
    free(exporting);
}

/* --- where it goes --------------------------------------------------------------------------- */

static bool file_exists(void *context, const char *file)
{
    struct stat there;
    char *path = file_name_path(file);
    bool yes = stat(path, &there) == 0;
    (void)context;
    free(path);
    return yes;
}

/* Of one word; what may not stand in names of files, here or on Windows, is a hyphen. */
static void add_name(struct strbuf *out, const char *name)
{
    size_t begin = out->length;
    for (const char *at = name; *at != '\0'; at++) {
        bool bad = (unsigned char)*at < ' ' || strchr(" /\\:*?\"<>|~'`$&;()!", *at) != NULL;
        if (!bad)
            strbuf_add_char(out, *at);
        else if (out->length > begin && out->text[out->length - 1] != '-')
            strbuf_add_char(out, '-');
    }
    if (out->length - begin > NAME_BYTES) {
        size_t end = begin + NAME_BYTES;
        while (((unsigned char)out->text[end] & 0xC0) == 0x80)
            end--;
        strbuf_cut(out, end);
    }
    if (out->length > begin && out->text[out->length - 1] != '-')
        strbuf_add_char(out, '-');
}

static const char *what_name(const struct exporting *exporting)
{
    switch (exporting->numbers) {
    case EXPORT_MATRIX:
        return _("matrix");
    case EXPORT_SCORECARD:
        return _("scorecard");
    default:
        return _("tasks");
    }
}

static const char *format_of(void *context, const char *file)
{
    int format = export_file_format(file);
    (void)context;
    return format >= 0 ? export_formats[format].name : NULL;
}

static bool check(void *context, const struct export_asked *asked, struct error *err)
{
    const struct exporting *exporting = context;
    int format = export_format_find(asked->format, strlen(asked->format));
    char *path = file_name_path(asked->file);
    struct stat there;
    if (stat(path, &there) == 0 && S_ISDIR(there.st_mode)) {
        free(path);
        return error_set(err, ERROR_INPUT,
            _("this is a folder; write behind it how the file is "
              "to be called"));
    }
    bool good = export_file_fits(asked->file, (enum export_format)format, err) &&
                export_file_spares(path, exporting->app->opening->path, err);
    free(path);
    return good;
}

/* One that is not there yet. */
static char *suggest_name(const struct exporting *exporting, const char *list, const char *format)
{
    const char *home = getenv("HOME");
    struct strbuf name = {0};
    char day[11];
    if (home != NULL && *home != '\0' && access(home, W_OK) == 0)
        strbuf_add(&name, "~/");
    add_name(&name, what_name(exporting));
    add_name(&name, list);
    strbuf_add(&name, date_format(model_today(exporting->app->model)->date, day));
    size_t length = name.length;
    strbuf_format(&name, ".%s", format);
    for (int i = 2; i < NUMBER_MOST && file_exists(NULL, strbuf_text(&name)); i++) {
        strbuf_cut(&name, length);
        strbuf_format(&name, "-%d.%s", i, format);
    }
    return strbuf_take(&name);
}

/* --- writing --------------------------------------------------------------------------------- */

static bool begin(void *context, const struct export_asked *asked, struct error *err)
{
    struct exporting *exporting = context;
    bool numbers = exporting->numbers != EXPORT_TASKS && strcmp(asked->what, "numbers") == 0;
    bool marked = strcmp(asked->what, "marked") == 0;
    struct export_job_spec spec = {
        .what = numbers ? exporting->numbers : EXPORT_TASKS,
        .format = (enum export_format)export_format_find(asked->format, strlen(asked->format)),
        .filter = marked ? exporting->marked : exporting->filter,
        .sort = exporting->sort,
        .columns = strcmp(asked->columns, "shown") == 0 ? exporting->columns : "",
        .matrix = exporting->matrix,
        .units = exporting->units,
        .title = exporting->app->settings.title,
        .options = exporting->app->opening,
    };
    free(exporting->path);
    exporting->path = alloc_string(asked->file);
    char *path = file_name_path(asked->file);
    spec.path = path;
    bool good = export_job_start(&spec, &exporting->job, err);
    free(path);
    return good;
}

static int job_fd(void *context)
{
    const struct exporting *exporting = context;
    return worker_fd(export_job_worker(exporting->job));
}

static void job_progress(void *context, size_t *done, size_t *of)
{
    const struct exporting *exporting = context;
    worker_progress(export_job_worker(exporting->job), done, of);
}

static void job_stop(void *context)
{
    const struct exporting *exporting = context;
    worker_stop(export_job_worker(exporting->job));
}

static void add_size(struct strbuf *out, long long bytes)
{
    if (bytes < 1000)
        strbuf_format(out, _("%lld bytes"), bytes);
    else if (bytes < 1000000)
        strbuf_format(out, "%lld KB", (bytes + 500) / 1000);
    else
        strbuf_format(out, "%.1f MB", (double)bytes / 1000000);
}

static void tell_done(const struct exporting *exporting, const struct export_done *done)
{
    struct strbuf text = {0}, size = {0};
    add_size(&size, done->bytes);
    if (done->tasks > 0)
        strbuf_format(&text,
            ngettext("%zu task written to %s (%s)", "%zu tasks written to %s (%s)", done->tasks),
            done->tasks, exporting->path, strbuf_text(&size));
    else
        strbuf_format(&text, _("Written to %s (%s)"), exporting->path, strbuf_text(&size));
    app_say(exporting->app, ROLE_OK, strbuf_text(&text));
    strbuf_cut(&text, 0);
    strbuf_format(&text,
        ngettext("%zu text is longer than a cell may be (32767 characters) and was cut",
            "%zu texts are longer than a cell may be (32767 characters) and were cut", done->cut),
        done->cut);
    if (done->cut > 0)
        app_say_besides(exporting->app, ROLE_WARNING, strbuf_text(&text));
    strbuf_clear(&text);
    strbuf_clear(&size);
}

static bool finish(void *context, struct error *err)
{
    struct exporting *exporting = context;
    struct export_done done = {0};
    bool good = export_job_end(exporting->job, &done, err);
    exporting->job = NULL;
    if (good)
        tell_done(exporting, &done);
    return good;
}

/* --- what there is to be written ------------------------------------------------------------- */

/* The marked tasks as a filter, which any other place understands as well. */
static bool read_marked(struct exporting *exporting, const struct view *board, struct error *err)
{
    int64_t *ids;
    struct strbuf filter = {0};
    size_t count = board_marked(board, &ids);
    for (size_t i = 0; i < count && count <= MARKED_MOST; i++)
        strbuf_format(&filter, "%s#%" PRId64, i > 0 ? "," : "id:", ids[i]);
    free(ids);
    if (filter.length > 0)
        exporting->marked = strbuf_take(&filter);
    return count <= MARKED_MOST ||
           error_set(err, ERROR_INPUT,
               _("more than %d tasks are marked: a filter (f) says the same for any number"),
               MARKED_MOST);
}

static bool read_screen(struct exporting *exporting, struct view *screen, struct error *err)
{
    exporting->sort = (struct sort){SORT_NUMBER, false};
    if (board_from(screen)) {
        exporting->filter = board_shown_filter(screen);
        exporting->columns = board_columns(screen);
        exporting->sort = board_sorting(screen);
        return read_marked(exporting, screen, err);
    }
    exporting->filter = alloc_string(screen->ops->filter(screen));
    exporting->columns = alloc_string("");
    if (matrix_view_from(screen)) {
        exporting->numbers = EXPORT_MATRIX;
        exporting->matrix = matrix_view_spec(screen);
    } else {
        exporting->numbers = EXPORT_SCORECARD;
        exporting->units = scorecard_view_units(screen);
    }
    return true;
}

/* --- for who has no files here --------------------------------------------------------------- */

/* What a POSIX shell takes for one word with nothing but `text` in it. */
static void add_quoted(struct strbuf *out, const char *text)
{
    strbuf_add_char(out, '\'');
    for (const char *at = text; *at != '\0'; at++)
        *at == '\'' ? strbuf_add(out, "'\\''") : strbuf_add_char(out, *at);
    strbuf_add_char(out, '\'');
}

/* Split into words twice: by the shell that is typed into, and on the server (base/words.h), to
 * which only quotation marks mean anything, and which joins the words of a filter again. */
static char *remote_command(const struct exporting *exporting)
{
    static const char *const names[] = {[EXPORT_TASKS] = "tasks-%s.xlsx",
        [EXPORT_MATRIX] = "matrix-%s.csv",
        [EXPORT_SCORECARD] = "scorecard-%s.csv"};
    char day[11];
    struct strbuf remote = {0}, out = {0};
    const char *filter = exporting->marked != NULL ? exporting->marked : exporting->filter;
    if (exporting->numbers == EXPORT_MATRIX)
        strbuf_format(&remote, "matrix --csv --rows %s --cols %s --measure %s",
            matrix_axes[exporting->matrix.rows].name, matrix_axes[exporting->matrix.columns].name,
            matrix_measures[exporting->matrix.measure].name);
    else if (exporting->numbers == EXPORT_SCORECARD)
        strbuf_format(&remote, "scorecard --csv --by %s", score_units[exporting->units].name);
    else
        strbuf_format(&remote, "export --format xlsx --sort %s%s --columns ",
            exporting->sort.reverse ? "-" : "", sorts[exporting->sort.key].name);
    if (exporting->numbers == EXPORT_TASKS) {
        char *columns = alloc_string(exporting->columns);
        for (char *at = columns; (at = strchr(at, ' ')) != NULL;)
            *at = ',';
        strbuf_add(&remote, columns);
        free(columns);
    }
    strbuf_add(&remote, *filter != '\0' ? " " : "");
    if (strpbrk(filter, "'\"\\") != NULL)
        add_quoted(&remote, filter);
    else
        strbuf_add(&remote, filter);
    strbuf_add(&out, "ssh HOST ");
    add_quoted(&out, strbuf_text(&remote));
    strbuf_add(&out, " > ");
    date_format(model_today(exporting->app->model)->date, day);
    strbuf_format(&out, names[exporting->numbers], day);
    strbuf_clear(&remote);
    return strbuf_take(&out);
}

/* A box cuts what is wider than the screen. */
static void add_wrapped(struct strbuf *out, const char *text, int columns)
{
    struct text_lines lines = {0};
    text_wrap(&lines, text, columns);
    for (size_t i = 0; i < lines.count; i++) {
        strbuf_add_n(out, text + lines.line[i].start, lines.line[i].bytes);
        strbuf_add_char(out, '\n');
    }
    text_lines_clear(&lines);
}

static enum effect tell_command(struct app *app, const struct exporting *exporting)
{
    char *command = remote_command(exporting);
    bool copied = term_copy(app->term, command);
    int columns = app_area(app).columns - 8;
    struct strbuf text = {0};
    add_wrapped(&text,
        _("No files are written on the server for you. On your own machine, with the server's name "
          "for HOST:"),
        columns);
    strbuf_add_char(&text, '\n');
    add_wrapped(&text, command, columns);
    strbuf_add_char(&text, '\n');
    if (copied)
        add_wrapped(
            &text, _("Handed to the terminal's clipboard (where the terminal allows it)"), columns);
    enum effect effect = app_push(app, explain_open(_("Export"), strbuf_text(&text)));
    strbuf_clear(&text);
    free(command);
    return effect;
}

/* --- the box --------------------------------------------------------------------------------- */

static enum effect open_box(
    struct app *app, struct exporting *exporting, const char *list, const char *argument)
{
    static const struct export_ops ops = {format_of, check, file_exists, begin, job_fd,
        job_progress, job_stop, finish, close_exporting};
    const struct form_choice columns[] = {
        {"shown", _("as on the screen")}, {"all", _("all of them")}};
    const struct form_choice numbers[] = {
        {"numbers", _("the numbers (CSV, JSON)")}, {"tasks", _("their tasks")}};
    const struct form_choice marked[] = {
        {"marked", _("the marked tasks")}, {"tasks", _("the whole list")}};
    struct form_choice formats[EXPORT_FORMAT_COUNT];
    for (int i = 0; i < EXPORT_FORMAT_COUNT; i++)
        formats[i] = (struct form_choice){export_formats[i].name, _(export_formats[i].label)};
    struct export_spec spec = {.title = _("Export"),
        .formats = {formats, EXPORT_FORMAT_COUNT},
        .format = exporting->numbers == EXPORT_TASKS ? "xlsx" : "csv"};
    if (exporting->numbers != EXPORT_TASKS)
        spec.what = (struct export_choices){numbers, 2};
    else
        spec.columns = (struct export_choices){columns, 2};
    if (exporting->marked != NULL)
        spec.what = (struct export_choices){marked, 2};
    /* FORMAT, FILE, or both */
    const char *file = argument != NULL ? argument : "";
    size_t length = strcspn(file, " ");
    int format = export_format_find(file, length);
    if (format >= 0)
        file += length + strspn(file + length, " ");
    if (format < 0)
        format = export_file_format(file);
    if (format >= 0)
        spec.format = export_formats[format].name;
    char *name = *file != '\0' ? alloc_string(file) : suggest_name(exporting, list, spec.format);
    spec.file = name;
    spec.begin = *file != '\0';
    enum effect effect = app_push(app, export_open(&ops, exporting, &spec));
    free(name);
    return effect;
}

enum effect action_export(struct app *app, const char *argument)
{
    struct view *screen = app_screen(app);
    struct exporting *exporting = alloc_zero(1, sizeof *exporting);
    struct error err = {0};
    exporting->app = app;
    if (!read_screen(exporting, screen, &err)) {
        close_exporting(exporting);
        return app_say_error(app, &err);
    }
    const char *list = board_from(screen) ? board_list_name(screen) : exporting->filter;
    if (!config_is_confined(app->config))
        return open_box(app, exporting, list, argument);
    enum effect effect = tell_command(app, exporting);
    close_exporting(exporting);
    return effect;
}
