/* `duban export`. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "cli_commands.h"
#include "exchange/file_put.h"
#include "exchange/html_write.h"

struct exporting {
    struct cli *cli;
    const char *file; /* NULL: standard output */
    bool force;
};

static bool check_format(const char *format, struct error *err)
{
    return strcmp(format, "html") == 0 ||
           error_set(err, ERROR_USAGE, _("there is no format \"%s\"; there is: html"), format);
}

static bool check_file(const char *file, struct error *err)
{
    return file == NULL || *file != '\0' ||
           error_set(err, ERROR_USAGE,
               _("--output has no name of a file; write one, or - for standard output"));
}

static int refuse_file(struct error *err)
{
    error_set(err, ERROR_PERMISSION,
        _("no files are written on the server for who acts as a person (--as): leave --output out "
          "and keep what comes, as in: ssh HOST export > FILE"));
    return cli_status(err);
}

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
    else
        file_put(exporting->file, strbuf_text(page), page->length, exporting->force, err);
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

int cli_export(struct cli *cli, struct error *err)
{
    struct exporting exporting = {.cli = cli};
    struct model *model;
    const char *format = "html";
    cli_take_option(cli, "--format", &format, err);
    cli_take_option(cli, "--output", &exporting.file, err);
    exporting.force = cli_take_option(cli, "--force", NULL, err);
    if (!cli_arguments_end(cli, 0, -1, err) || !check_format(format, err) ||
        !check_file(exporting.file, err))
        return EXIT_USAGE;
    if (exporting.file && strcmp(exporting.file, "-") == 0)
        exporting.file = NULL;
    if (exporting.file && cli->confined)
        return refuse_file(err);
    if (!cli_open_model(cli, true, &model, err))
        return cli_status(err);
    char *filter = cli_join(cli);
    write_page(&exporting, model, filter, err);
    free(filter);
    model_close(model);
    return cli_status(err);
}
