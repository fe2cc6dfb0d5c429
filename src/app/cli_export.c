/* `duban export`. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/export_file.h"
#include "base/alloc.h"
#include "base/language.h"
#include "cli_commands.h"
#include "exchange/file_put.h"
#include "exchange/html_write.h"
#include "exchange/ledger_write.h"
#include "model/task_list.h"

#define PAGE 256

struct exporting {
    struct cli *cli;
    const char *file; /* NULL: standard output */
    bool force;
    enum export_format format;
    const char *columns; /* NULL: not said */
    const char *order;   /* NULL: not said */
    struct sort sort;
    struct ledger_spec spec;
    struct file_new *out; /* NULL: standard output */
};

/* --- options --------------------------------------------------------------------------------- */

/* As it is said, else by the ending of the file's name. */
static bool choose_format(struct exporting *exporting, const char *said, struct error *err)
{
    struct strbuf names = {0};
    int format = said != NULL              ? export_format_find(said, strlen(said))
                 : exporting->file != NULL ? export_file_format(exporting->file)
                                           : EXPORT_HTML;
    if (said == NULL || format >= 0) {
        exporting->format = format >= 0 ? (enum export_format)format : EXPORT_HTML;
        return exporting->file == NULL || export_file_fits(exporting->file, exporting->format, err);
    }
    for (int i = 0; i < EXPORT_FORMAT_COUNT; i++)
        strbuf_format(&names, "%s%s", i > 0 ? ", " : "", export_formats[i].name);
    error_set(
        err, ERROR_USAGE, _("there is no format \"%s\"; there is: %s"), said, strbuf_text(&names));
    strbuf_clear(&names);
    return false;
}

static bool check_file(const char *file, struct error *err)
{
    return file == NULL || *file != '\0' ||
           error_set(err, ERROR_USAGE,
               _("--output has no name of a file; write one, or - for standard output"));
}

/* The value of an option is wrong. */
static bool refuse_option(const char *name, struct error *err)
{
    err->code = ERROR_USAGE;
    return error_prefix(err, "%s", name);
}

static bool check_table(struct exporting *exporting, struct error *err)
{
    enum export_format format = exporting->format;
    if (exporting->columns != NULL && (format == EXPORT_HTML || format == EXPORT_JSON))
        return error_set(err, ERROR_USAGE, _("--columns: %s has no columns to be chosen"),
            export_formats[format].name);
    if (exporting->order != NULL && format == EXPORT_HTML)
        return error_set(err, ERROR_USAGE, _("--sort: html is no list of tasks"));
    if (exporting->order != NULL && !sort_parse(exporting->order, &exporting->sort, err))
        return refuse_option("--sort", err);
    if (format == EXPORT_HTML || format == EXPORT_JSON)
        return true;
    if (exporting->columns != NULL && *exporting->columns == '\0')
        return error_set(err, ERROR_USAGE, _("--columns: name at least one column"));
    const struct ledger_column **columns = NULL;
    if (!ledger_columns_parse(exporting->columns ? exporting->columns : "", &columns,
            &exporting->spec.column_count, err))
        return refuse_option("--columns", err);
    exporting->spec.columns = columns;
    return true;
}

static bool check_terminal(const struct exporting *exporting, struct error *err)
{
    bool shown = exporting->cli->session != NULL || isatty(STDOUT_FILENO);
    return exporting->format != EXPORT_XLSX || exporting->file != NULL || !shown ||
           error_set(err, ERROR_USAGE,
               _("a workbook is nothing for a terminal to show: say where it goes, as in --output "
                 "ledger.xlsx"));
}

static bool read_options(struct exporting *exporting, struct error *err)
{
    struct cli *cli = exporting->cli;
    const char *format = NULL;
    cli_take_option(cli, "--format", &format, err);
    cli_take_option(cli, "--output", &exporting->file, err);
    cli_take_option(cli, "--columns", &exporting->columns, err);
    cli_take_option(cli, "--sort", &exporting->order, err);
    exporting->force = cli_take_option(cli, "--force", NULL, err);
    if (!cli_arguments_end(cli, 0, -1, err) || !check_file(exporting->file, err))
        return false;
    if (exporting->file && strcmp(exporting->file, "-") == 0)
        exporting->file = NULL;
    return choose_format(exporting, format, err) && check_table(exporting, err) &&
           check_terminal(exporting, err);
}

/* The way out for who meant it. */
static bool tell_force(struct error *err)
{
    if (err->code == ERROR_REFUSED)
        error_set(err, err->code, _("%s; --force puts the new one in its place"), err->text);
    return false;
}

static void refuse_file(struct error *err)
{
    error_set(err, ERROR_PERMISSION,
        _("no files are written on the server for who acts as a person (--as): leave --output out "
          "and keep what comes, as in: ssh HOST export > FILE"));
}

/* --- the bulletin ---------------------------------------------------------------------------- */

static bool read_bulletin(
    struct model *model, const char *filter, struct bulletin **out, struct error *err)
{
    struct query_error wrong = {0};
    if (bulletin_read(model, filter, out, &wrong, err))
        return true;
    if (*wrong.text == '\0')
        return false;
    return cli_refuse_filter(filter, &wrong, err);
}

static void put(const struct exporting *exporting, const struct strbuf *page, struct error *err)
{
    if (exporting->file == NULL)
        cli_write(exporting->cli, strbuf_text(page), page->length);
    else if (!file_put(exporting->file, strbuf_text(page), page->length, exporting->force, err))
        tell_force(err);
}

static void write_page(
    const struct exporting *exporting, struct model *model, const char *filter, struct error *err)
{
    struct bulletin *bulletin;
    struct strbuf page = {0};
    if (!read_bulletin(model, filter, &bulletin, err))
        return;
    html_bulletin(bulletin, config_text(exporting->cli->config, OPTION_TITLE), &page);
    put(exporting, &page, err);
    strbuf_clear(&page);
    bulletin_free(bulletin);
}

/* --- tables ---------------------------------------------------------------------------------- */

static bool write_bytes(void *context, const char *bytes, size_t count)
{
    struct exporting *exporting = context;
    return exporting->out != NULL ? file_add(exporting->out, bytes, count)
                                  : cli_write(exporting->cli, bytes, count);
}

static void tell_cut(size_t cut)
{
    struct strbuf text = {0};
    strbuf_format(&text,
        ngettext("%zu text is longer than a cell may be (32767 characters) and was cut",
            "%zu texts are longer than a cell may be (32767 characters) and were cut", cut),
        cut);
    cli_complain(strbuf_text(&text));
    strbuf_clear(&text);
}

/* `written` is 0 where nothing matches, and then there is no file either. */
static bool write_tasks(struct exporting *exporting, struct model *model, struct task_list *list,
    size_t *written, struct error *err)
{
    int64_t ids[PAGE];
    size_t first = 0, count = 0, cut;
    struct ledger_write *ledger = ledger_begin(model, &exporting->spec);
    bool good;
    do {
        good = task_list_page(list, first, ids, PAGE, &count, err) &&
               ledger_add(ledger, ids, count, err);
        first += count;
    } while (good && count > 0);
    *written = ledger_written(ledger);
    good &= ledger_end(ledger, good && *written > 0, &cut, err) || *written == 0;
    if (good && cut > 0)
        tell_cut(cut);
    return good;
}

/* The one that is being made in the place of the file asked for. */
static bool write_aside(struct exporting *exporting, struct model *model, struct task_list *list,
    size_t *written, struct error *err)
{
    if (!file_begin(exporting->file, exporting->force, &exporting->out, err))
        return tell_force(err);
    exporting->spec.path = file_aside(exporting->out);
    bool good = write_tasks(exporting, model, list, written, err);
    if (err->code == ERROR_NONE)
        return (file_end(exporting->out, *written > 0, err) || tell_force(err)) && good;
    file_end(exporting->out, false, &(struct error){0});
    return false;
}

static bool copy_out(struct cli *cli, const char *path, struct error *err)
{
    char bytes[1 << 16];
    int fd = open(path, O_RDONLY | O_CLOEXEC); /* another one is there now under that name */
    ssize_t count = fd;
    while (fd >= 0 && (count = read(fd, bytes, sizeof bytes)) > 0)
        if (!cli_write(cli, bytes, (size_t)count))
            break;
    int why = errno;
    if (fd >= 0)
        close(fd);
    return count == 0 ||
           (count < 0 &&
               error_set(err, ERROR_IO, _("the workbook cannot be read back: %s"), strerror(why)));
}

/* A workbook is made as a file, whose bytes then go to standard output. */
static bool write_through_file(struct exporting *exporting, struct model *model,
    struct task_list *list, size_t *written, struct error *err)
{
    const char *folder = getenv("TMPDIR");
    char *path = alloc_format("%s/duban-XXXXXX", folder != NULL && *folder ? folder : "/tmp");
    int fd = mkostemp(path, O_CLOEXEC);
    bool good =
        fd >= 0 || error_set(err, ERROR_IO, _("%s cannot be written: %s"), path, strerror(errno));
    exporting->spec.path = path;
    good = good && write_tasks(exporting, model, list, written, err) &&
           (*written == 0 || copy_out(exporting->cli, path, err));
    if (fd >= 0) {
        unlink(path);
        close(fd);
    }
    free(path);
    return good;
}

static void write_file(struct exporting *exporting, struct model *model, struct task_list *list,
    const char *filter, struct error *err)
{
    size_t written = 0;
    bool good = exporting->file != NULL ? write_aside(exporting, model, list, &written, err)
                : exporting->format == EXPORT_XLSX
                    ? write_through_file(exporting, model, list, &written, err)
                    : write_tasks(exporting, model, list, &written, err);
    if (good && written == 0 && *filter)
        error_set(err, ERROR_NOT_FOUND, _("no task matches: %s"), filter);
    else if (good && written == 0)
        error_set(err, ERROR_NOT_FOUND, _("there is no task in %s"), exporting->cli->database);
}

static void write_table(
    struct exporting *exporting, struct model *model, const char *filter, struct error *err)
{
    struct query_error wrong;
    struct query *query;
    struct task_list *list;
    if (!query_parse(filter, &query, &wrong)) {
        cli_refuse_filter(filter, &wrong, err);
        return;
    }
    exporting->spec.format = export_formats[exporting->format].ledger;
    exporting->spec.write = write_bytes;
    exporting->spec.context = exporting;
    exporting->spec.title = config_text(exporting->cli->config, OPTION_TITLE);
    exporting->spec.filter = filter;
    if (task_list_open(model, query, &exporting->sort, &list, &wrong)) {
        write_file(exporting, model, list, filter, err);
        task_list_close(list);
    } else {
        cli_refuse_filter(filter, &wrong, err);
    }
    query_free(query);
}

/* --------------------------------------------------------------------------------------------- */

static int run(struct exporting *exporting, struct error *err)
{
    struct model *model;
    if (!read_options(exporting, err))
        return EXIT_USAGE;
    if (exporting->file && exporting->cli->confined) {
        refuse_file(err);
        return cli_status(err);
    }
    if (exporting->file && !export_file_spares(exporting->file, exporting->cli->database, err))
        return cli_status(err);
    if (!cli_open_model(exporting->cli, true, &model, err))
        return cli_status(err);
    char *filter = cli_join(exporting->cli);
    if (exporting->format == EXPORT_HTML)
        write_page(exporting, model, filter, err);
    else
        write_table(exporting, model, filter, err);
    free(filter);
    model_close(model);
    return cli_status(err);
}

int cli_export(struct cli *cli, struct error *err)
{
    struct exporting exporting = {.cli = cli, .sort = {SORT_NUMBER, false}};
    int status = run(&exporting, err);
    free((void *)exporting.spec.columns);
    return status;
}
