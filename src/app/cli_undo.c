/* `duban undo`. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "cli_commands.h"
#include "exchange/json_write.h"
#include "model/undo.h"

static int64_t undone_by(const struct event *event)
{
    for (size_t i = 0; i < event->change_count; i++)
        if (strcmp(event->changes[i].field, "undone") == 0)
            return strtoll(event->changes[i].after, NULL, 10);
    return 0;
}

static void print_event(
    struct cli *cli, struct model *model, const struct event *event, const char *format)
{
    struct strbuf what = {0}, line = {0};
    if (event->ident[0] != '\0')
        strbuf_format(&what, "%s ", event->ident);
    history_describe(model, event, &what);
    strbuf_format(&line, format, strbuf_text(&what));
    strbuf_add_char(&line, '\n');
    cli_print(cli, strbuf_text(&line));
    strbuf_clear(&what);
    strbuf_clear(&line);
}

static void put_event(struct cli *cli, const struct event *event)
{
    struct json *json = json_new(true, cli_write, cli);
    json_event(json, event);
    json_end(json);
}

struct undoing {
    bool redo, try, json;
};

/* What is done again is told as it was done first, not as it was taken back. */
static void tell(
    struct cli *cli, struct model *model, const struct event *event, const struct undoing *undoing)
{
    bool redo = undoing->redo;
    const char *format = undoing->try
                             ? (redo ? _("would be done again: %s") : _("would be taken back: %s"))
                             : (redo ? _("done again: %s") : _("taken back: %s"));
    int64_t first = redo ? undone_by(event) : 0;
    struct events before = {0};
    struct error err = {0};
    if (first != 0 && history_since(model, first - 1, 1, &before, &err) && before.count == 1 &&
        before.event[0].seq == first)
        event = &before.event[0];
    if (undoing->json)
        put_event(cli, event);
    else
        print_event(cli, model, event, format);
    events_clear(&before);
}

static void tell_kept(struct cli *cli, const char *names)
{
    struct strbuf line = {0};
    if (names != NULL)
        strbuf_format(&line, _("kept, for others use it by now: %s"), names);
    if (names != NULL)
        strbuf_add_char(&line, '\n');
    cli_print(cli, strbuf_text(&line));
    strbuf_clear(&line);
}

int cli_undo(struct cli *cli, struct error *err)
{
    struct model *model;
    struct events events = {0};
    struct undoing undoing = {.redo = cli_take_option(cli, "--redo", NULL, err),
        .try = cli_take_option(cli, "--dry-run", NULL, err),
        .json = cli_take_option(cli, "--json", NULL, err)};
    if (!cli_arguments_end(cli, 0, 0, err))
        return EXIT_USAGE;
    if (!cli_open_model(cli, false, &model, err))
        return cli_status(err);
    bool done = undoing.try ? undo_next(model, undoing.redo, &events, err)
                            : undo_do(model, undoing.redo, 0, &events, err);
    if (done)
        tell(cli, model, &events.event[0], &undoing);
    if (done && !undoing.json)
        tell_kept(cli, undo_kept(&events));
    events_clear(&events);
    model_close(model);
    return cli_status(err);
}
