/* `duban who`: who is at work. */
#include "base/language.h"
#include "base/strbuf.h"
#include "cli_commands.h"
#include "exchange/json_write.h"
#include "model/session.h"
#include "ui/table.h"

enum { AT_LOGIN, AT_NAME, AT_WHAT, AT_ORIGIN, AT_TERMINAL, AT_SINCE, AT_IDLE, COLUMNS };

static void put_cell(struct strbuf *out, const struct session_slot *slot, int column, moment_t now)
{
    const char *const texts[COLUMNS] = {slot->login, slot->name, session_kind_label(slot->what),
        slot->origin, slot->terminal, NULL, NULL};
    if (column == AT_SINCE)
        session_since(slot, now, out);
    else if (column == AT_IDLE)
        session_idle(slot, now, out);
    else
        strbuf_add(out, texts[column]);
}

static bool print_table(struct cli *cli, const struct session_list *list)
{
    /* head, least, most, wanted, drop, align, width */
    struct table_column layout[COLUMNS] = {
        {_("login"), 6, 14, 0, 0, ALIGN_LEFT, 0},
        {_("name"), 6, 16, 0, 0, ALIGN_LEFT, 0},
        {_("what"), 6, 6, 0, 0, ALIGN_LEFT, 0},
        {_("from"), 12, 39, 0, 2, ALIGN_LEFT, 0},
        {_("terminal"), 8, 10, 0, 3, ALIGN_LEFT, 0},
        {_("since"), 11, 16, 0, 0, ALIGN_LEFT, 0},
        {_("idle"), 7, 8, 0, 1, ALIGN_RIGHT, 0},
    };
    struct strbuf line = {0}, text = {0};
    moment_t now = date_now();
    bool bounded;
    int columns = cli_columns(&bounded);
    table_layout(layout, COLUMNS, columns);
    for (int i = 0; i < COLUMNS; i++)
        table_add_cell(&line, &layout[i], layout[i].head, bounded);
    table_end_line(&line);
    for (size_t i = 0; i < list->count; i++) {
        for (int k = 0; k < COLUMNS; k++) {
            strbuf_cut(&text, 0);
            put_cell(&text, &list->slot[i], k, now);
            table_add_cell(&line, &layout[k], strbuf_text(&text), bounded);
        }
        table_end_line(&line);
    }
    bool good = cli_print(cli, strbuf_text(&line));
    strbuf_clear(&line);
    strbuf_clear(&text);
    return good;
}

static void write_json(struct cli *cli, const struct session_list *list)
{
    struct json *json = json_new(false, cli_write, cli);
    bool good = true;
    for (size_t i = 0; good && i < list->count; i++)
        good = json_session(json, &list->slot[i]);
    json_end(json);
}

int cli_who(struct cli *cli, struct error *err)
{
    struct model *model;
    struct session_list list = {0};
    bool json = cli_take_option(cli, "--json", NULL, err);
    if (!cli_arguments_end(cli, 0, 0, err))
        return EXIT_USAGE;
    if (!cli_open_model(cli, true, &model, err))
        return cli_status(err);
    session_list_read(model, &list);
    if (json)
        write_json(cli, &list);
    else if (list.count > 0)
        print_table(cli, &list);
    if (list.count == 0)
        error_set(err, ERROR_NOT_FOUND, _("nobody is at work on %s"), cli->database);
    session_list_clear(&list);
    model_close(model);
    return cli_status(err);
}
