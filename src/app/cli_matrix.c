/* `duban matrix`. */
#include <stdlib.h>

#include "base/language.h"
#include "cli_commands.h"
#include "exchange/matrix_write.h"

struct asked {
    struct matrix_spec spec;
    bool json, csv;
};

static bool read_axis(const char *name, const char *value, enum matrix_axis *out, struct error *err)
{
    return matrix_axis_find(value, out, err) || error_prefix(err, "%s", name);
}

static bool read_options(struct cli *cli, struct asked *asked, struct error *err)
{
    const char *rows = "city", *columns = "lead", *measure = "overdue";
    asked->json = cli_take_option(cli, "--json", NULL, err);
    asked->csv = cli_take_option(cli, "--csv", NULL, err);
    cli_take_option(cli, "--rows", &rows, err);
    cli_take_option(cli, "--cols", &columns, err);
    cli_take_option(cli, "--measure", &measure, err);
    if (!cli_arguments_end(cli, 0, -1, err))
        return false;
    if (asked->json && asked->csv)
        return error_set(err, ERROR_USAGE, _("--json and --csv cannot be had at once"));
    if (!matrix_measure_find(measure, &asked->spec.measure, err))
        return error_prefix(err, "--measure");
    return read_axis("--rows", rows, &asked->spec.rows, err) &&
           read_axis("--cols", columns, &asked->spec.columns, err);
}

static bool read_matrix(
    struct model *model, const struct matrix_spec *spec, struct matrix **out, struct error *err)
{
    struct survey *survey = NULL;
    struct query_error wrong = {0};
    if (!matrix_open(model, spec, &survey, &wrong))
        return cli_refuse_filter(spec->filter, &wrong, err);
    *out = survey_complete(survey, err);
    return *out != NULL;
}

/* When it was so, and of which tasks. */
static void add_heading(struct strbuf *out, struct model *model, const struct matrix *matrix)
{
    char day[11];
    moment_t moment = model_as_of(model) != 0 ? model_as_of(model) : date_now();
    struct date_time at = date_local(moment);
    strbuf_format(out, "%s %02d:%02d%s%s\n", date_format(at.date, day), at.hour, at.minute,
        *matrix->filter ? "  " : "", matrix->filter);
}

static void print_text(struct cli *cli, struct model *model, const struct matrix *matrix)
{
    struct strbuf text = {0};
    bool bounded;
    int columns = cli_columns(&bounded);
    add_heading(&text, model, matrix);
    matrix_write_text(matrix, bounded ? columns : 0, &text);
    cli_print(cli, strbuf_text(&text));
    strbuf_clear(&text);
}

static void print(
    struct cli *cli, struct model *model, const struct asked *asked, const struct matrix *matrix)
{
    if (asked->json) {
        struct json *json = json_new(true, cli_write, cli);
        json_matrix(json, model, matrix);
        json_end(json);
    } else if (asked->csv) {
        struct strbuf text = {0};
        matrix_write_csv(matrix, &text);
        cli_write(cli, strbuf_text(&text), text.length);
        strbuf_clear(&text);
    } else if (matrix->row_count > 0) {
        print_text(cli, model, matrix);
    }
}

int cli_matrix(struct cli *cli, struct error *err)
{
    struct asked asked = {0};
    struct model *model;
    struct matrix *matrix = NULL;
    if (!read_options(cli, &asked, err))
        return EXIT_USAGE;
    if (!cli_open_model(cli, true, &model, err))
        return cli_status(err);
    char *filter = cli_join(cli);
    asked.spec.filter = filter;
    if (read_matrix(model, &asked.spec, &matrix, err)) {
        print(cli, model, &asked, matrix);
        if (matrix->row_count == 0)
            error_set(err, ERROR_NOT_FOUND, _("nothing is counted: there is no such task"));
        matrix_free(matrix);
    }
    free(filter);
    model_close(model);
    return cli_status(err);
}
