/* `duban show`. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/language.h"
#include "cli_commands.h"
#include "exchange/json_write.h"
#include "model/task_detail.h"
#include "views/detail.h"

#define TASKS_MOST 200

static bool is_there(const int64_t *ids, int count, int64_t id)
{
    for (int i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

/* Each once, however often it is named. */
static bool find_all(
    struct cli *cli, struct model *model, int64_t *ids, int *count, struct error *err)
{
    if (cli->argument_count > TASKS_MOST)
        return error_set(err, ERROR_USAGE, _("at most %d tasks are shown at a time"), TASKS_MOST);
    for (int i = 0; i < cli->argument_count; i++) {
        int64_t id;
        char *ident = cli_text(cli->arguments[i]);
        bool found = task_find(model, ident, &id, err);
        free(ident);
        if (!found)
            return false;
        if (!is_there(ids, *count, id))
            ids[(*count)++] = id;
    }
    return true;
}

static bool print_detail(struct cli *cli, struct model *model, const struct task_detail *detail)
{
    struct strbuf text = {0};
    struct detail_page *page = detail_page_new(model, detail, cli_columns(NULL));
    detail_page_text(page, &text);
    detail_page_free(page);
    bool good = cli_print(cli, strbuf_text(&text));
    strbuf_clear(&text);
    return good;
}

static bool show_one(
    struct cli *cli, struct model *model, struct json *json, int64_t id, struct error *err)
{
    struct task_detail *detail;
    if (!task_detail_read(model, id, &detail, err))
        return false;
    bool good = json ? json_task(json, model, detail, true) : print_detail(cli, model, detail);
    task_detail_free(detail);
    return good;
}

/* Everything is looked up before anything is printed: a wrong name prints nothing. */
static void show_all(struct cli *cli, struct model *model, bool as_json, struct error *err)
{
    int count = 0;
    int64_t *ids = alloc_zero((size_t)cli->argument_count, sizeof *ids);
    struct json *json = NULL;
    bool good = find_all(cli, model, ids, &count, err);
    if (good && as_json)
        json = json_new(count == 1, cli_write, cli);
    for (int i = 0; good && i < count; i++) {
        if (i > 0 && !json)
            cli_print(cli, "\n");
        good = show_one(cli, model, json, ids[i], err);
    }
    if (json)
        json_end(json);
    free(ids);
}

int cli_show(struct cli *cli, struct error *err)
{
    struct model *model;
    bool json = cli_take_option(cli, "--json", NULL, err);
    if (!cli_arguments_end(cli, 1, -1, err))
        return EXIT_USAGE;
    if (!cli_open_model(cli, true, &model, err))
        return cli_status(err);
    show_all(cli, model, json, err);
    model_close(model);
    return cli_status(err);
}
