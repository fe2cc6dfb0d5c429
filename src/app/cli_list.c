/* `duban list`: the ids come in a stream and only a page of rows is held, whatever their number. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "cli_commands.h"
#include "exchange/json_write.h"
#include "model/task_list.h"
#include "ui/table.h"
#include "views/board.h"

#define PAGE 256
#define COLUMNS_DEFAULT "number state due days region lead title"
#define COLUMNS_MOST 32
#define WANTED 30     /* of such a column before the others grow */
#define OPEN_WIDTH 40 /* of a column without a most, where nothing bounds the line */

struct listing {
    struct cli *cli;
    struct model *model;
    struct query *query;
    struct sort sort;
    struct task_list *list;
    int64_t limit, printed;
    struct json *json; /* NULL: a table */
    bool bounded;      /* lines are cut to the terminal's width */
    struct table_column layout[COLUMNS_MOST];
    const struct board_column *column[COLUMNS_MOST];
    size_t column_count;
};

/* --- options --------------------------------------------------------------------------------- */

static bool add_column(struct listing *listing, const char *name, struct error *err)
{
    const struct board_column *column = board_column_find(name, err);
    if (column == NULL)
        return false;
    if (listing->column_count == COLUMNS_MOST)
        return error_set(err, ERROR_INPUT, _("at most %d columns can be shown"), COLUMNS_MOST);
    listing->layout[listing->column_count] = (struct table_column){.head = _(column->head),
        .least = column->least,
        .most = column->most,
        .wanted = WANTED,
        .drop = column->drop,
        .align = column->right ? ALIGN_RIGHT : ALIGN_LEFT};
    listing->column[listing->column_count++] = column;
    return true;
}

/* The value of an option is wrong. */
static bool refuse_option(const char *name, struct error *err)
{
    err->code = ERROR_USAGE;
    return error_prefix(err, "%s", name);
}

static bool choose_columns(struct listing *listing, const char *names, struct error *err)
{
    char *copy = alloc_string(names), *rest = NULL;
    bool good = true;
    for (char *name = strtok_r(copy, " ,", &rest); good && name; name = strtok_r(NULL, " ,", &rest))
        good = add_column(listing, name, err);
    free(copy);
    if (good && listing->column_count == 0)
        good = error_set(err, ERROR_INPUT, _("name at least one column"));
    if (!good)
        return refuse_option("--columns", err);
    int columns = cli_columns(&listing->bounded);
    if (listing->bounded) {
        table_layout(listing->layout, listing->column_count, columns - 2);
        return true;
    }
    for (size_t i = 0; i < listing->column_count; i++) {
        struct table_column *column = &listing->layout[i];
        column->width = column->most ? column->most : OPEN_WIDTH;
    }
    return true;
}

static bool open_list(struct listing *listing, const char *filter, struct error *err)
{
    struct query_error wrong;
    if (!query_parse(filter, &listing->query, &wrong))
        return cli_refuse_filter(filter, &wrong, err);
    if (!cli_open_model(listing->cli, true, &listing->model, err))
        return false;
    if (!task_list_open(listing->model, listing->query, &listing->sort, &listing->list, &wrong))
        return cli_refuse_filter(filter, &wrong, err);
    return true;
}

/* --- table ----------------------------------------------------------------------------------- */

static bool print_line(struct listing *listing, struct strbuf *line)
{
    table_end_line(line);
    bool good = cli_print(listing->cli, strbuf_text(line));
    strbuf_clear(line);
    return good;
}

static bool print_heads(struct listing *listing)
{
    struct strbuf line = {0};
    strbuf_add(&line, "  ");
    for (size_t i = 0; i < listing->column_count; i++)
        table_add_cell(&line, &listing->layout[i], listing->layout[i].head, listing->bounded);
    return print_line(listing, &line);
}

static bool print_row(struct listing *listing, const struct task_row *row)
{
    struct column_env env = {listing->model, model_today(listing->model)};
    struct strbuf line = {0}, text = {0};
    if (listing->printed == 0 && !print_heads(listing))
        return false;
    strbuf_format(&line, "%c ", lights[task_light(row, env.today)].glyph);
    for (size_t i = 0; i < listing->column_count; i++) {
        if (listing->layout[i].width == 0)
            continue;
        strbuf_cut(&text, 0);
        listing->column[i]->text(&env, row, &text);
        table_add_cell(&line, &listing->layout[i], strbuf_text(&text), listing->bounded);
    }
    strbuf_clear(&text);
    listing->printed++;
    return print_line(listing, &line);
}

/* False: `err` tells, or nobody reads any more. */
static bool print_page(struct listing *listing, const int64_t *ids, size_t count, struct error *err)
{
    struct task_row *rows = alloc_zero(PAGE, sizeof *rows);
    bool good = task_rows_read(listing->model, ids, count, rows, err);
    for (size_t i = 0; i < count; i++) {
        if (good && rows[i].id)
            good = print_row(listing, &rows[i]);
        task_row_clear(&rows[i]);
    }
    free(rows);
    return good;
}

/* --- JSON ------------------------------------------------------------------------------------ */

static bool write_page(struct listing *listing, const int64_t *ids, size_t count, struct error *err)
{
    const struct ledger_batch batch = {ids, count, JSON_LEDGER_PARTS};
    struct ledger_task *tasks = alloc_zero(count, sizeof *tasks);
    bool read = task_ledger_read(listing->model, &batch, tasks, err), good = read;
    for (size_t i = 0; read && i < count; i++) {
        if (good && tasks[i].row.id != 0) { /* not deleted since its id was read */
            good = json_ledger_task(listing->json, listing->model, &tasks[i]);
            listing->printed++;
        }
        ledger_task_clear(&tasks[i]);
    }
    free(tasks);
    return good;
}

/* --- running --------------------------------------------------------------------------------- */

static bool print_all(struct listing *listing, struct error *err)
{
    int64_t ids[PAGE];
    for (size_t first = 0; (int64_t)first < listing->limit;) {
        size_t most = (size_t)listing->limit - first < PAGE ? (size_t)listing->limit - first : PAGE;
        size_t count;
        if ((first > 0 && !model_person_still(listing->model, err)) ||
            !task_list_page(listing->list, first, ids, most, &count, err))
            return false;
        if (count == 0)
            return true;
        if (listing->json ? !write_page(listing, ids, count, err)
                          : !print_page(listing, ids, count, err))
            return false;
        first += count;
    }
    return true;
}

static int finish(struct listing *listing, const char *filter, bool good, struct error *err)
{
    if (listing->json)
        json_end(listing->json);
    task_list_close(listing->list);
    query_free(listing->query);
    model_close(listing->model);
    if (good && listing->printed == 0 && *filter)
        error_set(err, ERROR_NOT_FOUND, _("no task matches: %s"), filter);
    else if (good && listing->printed == 0)
        error_set(err, ERROR_NOT_FOUND, _("there is no task in %s"), listing->cli->database);
    return cli_status(err);
}

int cli_list(struct cli *cli, struct error *err)
{
    struct listing listing = {.cli = cli, .sort = {SORT_DUE, false}, .limit = INT64_MAX};
    const char *sort = sorts[SORT_DUE].name, *columns = COLUMNS_DEFAULT;
    bool json = cli_take_option(cli, "--json", NULL, err);
    cli_take_option(cli, "--sort", &sort, err);
    cli_take_option(cli, "--columns", &columns, err);
    cli_take_number(cli, "--limit", 1, INT64_MAX, &listing.limit, err);
    if (!cli_arguments_end(cli, 0, -1, err) ||
        (!sort_parse(sort, &listing.sort, err) && !refuse_option("--sort", err)) ||
        !choose_columns(&listing, columns, err))
        return EXIT_USAGE;
    char *filter = cli_join(cli);
    bool good = open_list(&listing, filter, err);
    if (good && json)
        listing.json = json_new(false, cli_write, cli);
    good = good && print_all(&listing, err);
    int status = finish(&listing, filter, good, err);
    free(filter);
    return status;
}
