/* `duban handover`. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "cli_commands.h"
#include "exchange/json_write.h"
#include "views/handover.h"

#define LOOKED 20 /* notes among which the last of somebody else is looked for */
#define NOTES_MOST 1000

struct handing {
    struct cli *cli;
    struct model *model;
    const char *since, *note;
    bool seen, json;
    int64_t notes; /* -1: the last of somebody else */
};

/* --- what is printed ------------------------------------------------------------------------- */

/* Those asked for; else the one just written; else the newest that is not one's own. */
static bool read_notes(const struct handing *handing, struct handover_note **notes, size_t *first,
    size_t *count, struct error *err)
{
    size_t most = handing->notes >= 0 ? (size_t)handing->notes : LOOKED;
    *first = 0;
    if (!handover_notes_read(handing->model, most, notes, count, err))
        return false;
    while (handing->notes < 0 && !handing->note && *first < *count && (*notes)[*first].mine)
        ++*first;
    return true;
}

static void print_text(const struct handing *handing, const struct handover *handover,
    const struct handover_note *notes, size_t count)
{
    struct strbuf text = {0};
    bool bounded;
    int columns = cli_columns(&bounded);
    handover_plain(handing->model, handover, bounded ? columns : 0, &text);
    for (size_t i = 0; i < count; i++) {
        strbuf_add_char(&text, '\n');
        handover_plain_note(&notes[i], &text);
    }
    cli_print(handing->cli, strbuf_text(&text));
    strbuf_clear(&text);
}

static bool print(const struct handing *handing, const struct handover *handover, struct error *err)
{
    struct handover_note *notes;
    size_t first, all;
    if (!read_notes(handing, &notes, &first, &all, err))
        return false;
    size_t count = handing->notes < 0 && all > first ? 1 : all - first;
    if (handing->json) {
        struct json *json = json_new(true, cli_write, handing->cli);
        json_handover(json, handing->model, handover, notes + first, count);
        json_end(json);
    } else {
        print_text(handing, handover, notes + first, count);
    }
    handover_notes_free(notes, all);
    return true;
}

/* --- what is written ------------------------------------------------------------------------- */

static bool write_note(
    const struct handing *handing, const struct handover *handover, struct error *err)
{
    char *text = NULL;
    if (strcmp(handing->note, "-") != 0)
        text = cli_decode(handing->note, strlen(handing->note), TEXT_LINES);
    else if (!cli_read_input(handing->cli, "--note", HANDOVER_NOTE_BYTES, &text, err))
        return false;
    bool written =
        handover_note_write(handing->model, text, handover->since.seq, handover->until_seq, err);
    free(text);
    return written;
}

static bool write_all(
    const struct handing *handing, const struct handover *handover, struct error *err)
{
    const struct handover_point point = {true, handover->until_seq, date_now()};
    if (handing->note)
        return write_note(handing, handover, err);
    return !handing->seen || handover_point_write(handing->model, &point, err);
}

static bool hand_over(const struct handing *handing, size_t *count, struct error *err)
{
    struct handover_since since;
    struct handover *handover = NULL;
    bool good = handover_since_find(handing->model, handing->since, &since, err) &&
                handover_read(handing->model, &since, &handover, err) &&
                write_all(handing, handover, err) && print(handing, handover, err);
    *count = good ? handover->count : 0;
    handover_free(handover);
    return good;
}

int cli_handover(struct cli *cli, struct error *err)
{
    struct handing handing = {.cli = cli, .notes = -1};
    cli_take_option(cli, "--since", &handing.since, err);
    cli_take_option(cli, "--note", &handing.note, err);
    handing.seen = cli_take_option(cli, "--seen", NULL, err);
    handing.json = cli_take_option(cli, "--json", NULL, err);
    cli_take_number(cli, "--notes", 0, NOTES_MOST, &handing.notes, err);
    if (!cli_arguments_end(cli, 0, 0, err))
        return EXIT_USAGE;
    bool writes = handing.note || handing.seen;
    if (writes && cli->read_only) {
        error_set(err, ERROR_USAGE, _("%s writes; leave --read-only out"),
            handing.note ? "--note" : "--seen");
        return EXIT_USAGE;
    }
    if (!cli_open_model(cli, !writes, &handing.model, err))
        return cli_status(err);
    size_t count;
    bool good = hand_over(&handing, &count, err);
    model_close(handing.model);
    return good && count == 0 && !writes ? EXIT_NOTHING : cli_status(err);
}
