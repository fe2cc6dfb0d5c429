/* `duban desk`. */
#include <stdlib.h>

#include "cli_commands.h"
#include "exchange/json_write.h"
#include "views/desk.h"

#define PAGE 64

static bool write_page(struct json *json, struct model *model, const struct desk *desk,
    size_t first, size_t count, struct error *err)
{
    struct desk_item items[PAGE];
    if (!desk_items_read(model, desk, first, count, items, err))
        return false;
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        if (good && items[i].row.id != 0) /* else it is gone since */
            good = json_desk_item(json, model, &items[i]);
        desk_item_clear(&items[i]);
    }
    return good;
}

static bool write_desk(struct json *json, struct model *model, size_t *count, struct error *err)
{
    struct desk *desk;
    if (!desk_read(model, &desk, err))
        return false;
    bool good = true;
    *count = desk_count(desk);
    for (size_t first = 0; good && first < *count; first += PAGE) {
        size_t page = *count - first < PAGE ? *count - first : PAGE;
        good = write_page(json, model, desk, first, page, err);
    }
    desk_free(desk);
    return good;
}

static bool write_reports(struct json *json, struct model *model, size_t *count, struct error *err)
{
    struct owed owed = {0};
    if (!owed_read(model, &owed, err))
        return false;
    bool good = true;
    for (size_t i = 0; good && i < owed.count; i++) {
        *count += (size_t)owed.source[i].missing;
        good = json_owed(json, model, &owed.source[i]);
    }
    owed_clear(&owed);
    return good;
}

static bool print_text(
    struct cli *cli, struct model *model, bool reports, size_t *count, struct error *err)
{
    struct strbuf text = {0};
    bool bounded;
    int columns = cli_columns(&bounded);
    bool good = reports ? desk_plain_reports(model, &text, count, err)
                        : desk_plain(model, bounded ? columns : 0, &text, count, err);
    if (good)
        cli_print(cli, strbuf_text(&text));
    strbuf_clear(&text);
    return good;
}

int cli_desk(struct cli *cli, struct error *err)
{
    struct model *model;
    size_t count = 0;
    bool reports = cli_take_option(cli, "--reports", NULL, err);
    bool as_json = cli_take_option(cli, "--json", NULL, err);
    if (!cli_arguments_end(cli, 0, 0, err))
        return EXIT_USAGE;
    if (!cli_open_model(cli, true, &model, err))
        return cli_status(err);
    if (as_json) {
        struct json *json = json_new(false, cli_write, cli);
        if (reports)
            write_reports(json, model, &count, err);
        else
            write_desk(json, model, &count, err);
        json_end(json);
    } else {
        print_text(cli, model, reports, &count, err);
    }
    model_close(model);
    return err->code == ERROR_NONE && count == 0 ? EXIT_NOTHING : cli_status(err);
}
