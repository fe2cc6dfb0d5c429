/* `duban set`, `duban do` and `duban report`: work on tasks, through the same rules as the board.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "cli_commands.h"
#include "cli_told.h"
#include "exchange/json_write.h"
#include "model/task_list.h"

struct working {
    struct cli *cli;
    struct model *model;
    const struct transition *transition;
    struct told told;
    int64_t version; /* 0: any */
    bool json, try;
    int64_t *ids;
    struct task_row *rows; /* of the tasks as they were found, for their names */
    size_t count;
};

/* --- which tasks ----------------------------------------------------------------------------- */

static bool is_there(const struct working *working, int64_t id)
{
    for (size_t i = 0; i < working->count; i++)
        if (working->ids[i] == id)
            return true;
    return false;
}

static bool add_task(struct working *working, const char *ident, size_t *room, struct error *err)
{
    int64_t id;
    if (!task_find(working->model, ident, &id, err))
        return false;
    if (is_there(working, id))
        return true;
    working->ids = alloc_grow(working->ids, room, working->count + 1, sizeof *working->ids);
    working->ids[working->count++] = id;
    return true;
}

/* "2-047,2-033", with any comma. All are looked up before anything is done. */
static bool find_tasks(struct working *working, const char *word, struct error *err)
{
    static const char *const commas[] = {",", "，", "、"};
    char *list = cli_text(word);
    size_t room = 0;
    bool good = true;
    for (size_t i = 1; i < sizeof commas / sizeof *commas; i++)
        for (char *at; (at = strstr(list, commas[i])) != NULL;) {
            size_t length = strlen(commas[i]);
            *at = ',';
            memmove(at + 1, at + length, strlen(at + length) + 1);
        }
    char *rest = NULL;
    for (char *one = strtok_r(list, ",", &rest); good && one; one = strtok_r(NULL, ",", &rest))
        good = add_task(working, one, &room, err);
    free(list);
    if (good && working->count == 0)
        good = error_set(err, ERROR_USAGE, _("name a task, such as 2-047"));
    if (!good)
        return false;
    working->rows = alloc_zero(working->count, sizeof *working->rows);
    return task_rows_read(working->model, working->ids, working->count, working->rows, err);
}

/* --- what was done --------------------------------------------------------------------------- */

static bool print_line(const struct working *working, size_t i, const char *words)
{
    struct strbuf line = {0};
    strbuf_format(&line, "%s %s\n", working->rows[i].ident, words);
    bool good = cli_print(working->cli, strbuf_text(&line));
    strbuf_clear(&line);
    return good;
}

static int64_t settled_by(const struct event *event)
{
    const char *suffix;
    for (size_t i = 0; i < event->change_count; i++) {
        const struct field *field = field_find(event->changes[i].field, &suffix);
        if (field != NULL && strcmp(field->name, "settled_on") == 0)
            return strtoll(suffix, NULL, 10);
    }
    return 0;
}

/* Of several objections that wait one is settled: which it was, and how many still wait. */
static bool add_settled(const struct working *working, size_t i, const struct event *event,
    struct strbuf *words, struct error *err)
{
    struct task_detail *task;
    int64_t id = settled_by(event);
    if (id == 0)
        return true;
    if (!task_detail_read(working->model, working->ids[i], &task, err))
        return false;
    strbuf_add(words, " · ");
    work_objection_words(task, id, words);
    task_detail_free(task);
    return true;
}

/* The line of the history, in its words. Who writes a task into another reach does not see it. */
static bool print_event(const struct working *working, size_t i, int64_t seq, struct error *err)
{
    struct events events = {0};
    struct strbuf words = {0};
    if (!history_since(working->model, seq - 1, 1, &events, err))
        return false;
    bool good = true;
    if (events.count == 1 && events.event[0].seq == seq) {
        history_describe(working->model, &events.event[0], &words);
        good = add_settled(working, i, &events.event[0], &words, err);
    } else
        strbuf_add(&words, _(working->transition->label));
    print_line(working, i, strbuf_text(&words));
    strbuf_clear(&words);
    events_clear(&events);
    return good;
}

static bool print_done(const struct working *working, size_t i, int64_t seq, struct error *err)
{
    if (seq != 0)
        return print_event(working, i, seq, err);
    if (!working->try)
        return print_line(working, i, _("nothing to change"));
    struct strbuf words = {0};
    strbuf_format(&words, _("can be done: %s"), _(working->transition->verb));
    print_line(working, i, strbuf_text(&words));
    strbuf_clear(&words);
    return true;
}

static bool print_task(
    const struct working *working, size_t i, struct json *json, struct error *err)
{
    struct task_detail *detail;
    struct error gone = {0};
    if (task_detail_read(working->model, working->ids[i], &detail, &gone)) {
        json_task(json, working->model, detail, true);
        task_detail_free(detail);
        return true;
    }
    if (gone.code != ERROR_NOT_FOUND) {
        *err = gone;
        return false;
    }
    error_set(&gone, ERROR_NOT_FOUND, _("%s: done; the task is not yours to see any more"),
        working->rows[i].ident);
    cli_complain(gone.text);
    return true;
}

/* Trouble here is after the fact, and says so. */
static bool tell_done(
    const struct working *working, const struct work_many *many, struct error *err)
{
    struct json *json =
        working->json ? json_new(working->count == 1, cli_write, working->cli) : NULL;
    bool good = true;
    for (size_t i = 0; good && i < working->count; i++)
        if (many->why[i].code == ERROR_NONE)
            good = json ? print_task(working, i, json, err)
                        : print_done(working, i, many->line[i], err);
    if (json)
        json_end(json);
    return good || error_prefix(err, "%s", _("done, but it cannot be shown"));
}

/* One task says why with its own status; of several each says it in a line. */
static bool tell_refused(const struct working *working, struct work_many *many, struct error *err)
{
    if (many->refused == 0)
        return true;
    for (size_t i = 0; i < working->count; i++) {
        struct error *why = &many->why[i];
        if (why->code == ERROR_NONE)
            continue;
        error_prefix(why, "%s", working->rows[i].ident);
        if (working->count == 1) {
            *err = *why;
            return false;
        }
        cli_complain(why->text);
    }
    return error_set(err, ERROR_REFUSED,
        working->try ? _("can be done: %zu, refused: %zu") : _("done: %zu, refused: %zu"),
        many->done, many->refused);
}

/* --- doing it -------------------------------------------------------------------------------- */

static bool act(const struct working *working, struct error *err)
{
    const struct request request = {.action = working->transition->action,
        .argument = working->told.argument,
        .count = working->told.count,
        .version = working->version};
    struct work_many many;
    if (working->version != 0 && working->count > 1)
        return error_set(err, ERROR_USAGE, _("--if-version goes with one task"));
    bool good = work_do_many(working->model, working->ids, working->count, &request, working->try,
                    &many, err) &&
                ((many.done == 0 && working->count == 1) || tell_done(working, &many, err)) &&
                tell_refused(working, &many, err);
    work_many_clear(&many);
    return good;
}

/* The board is opened and the tasks are found; `read` tells the rest. */
static bool begin(struct working *working, struct error *err)
{
    return cli_open_model(working->cli, false, &working->model, err) &&
           find_tasks(working, working->cli->arguments[0], err);
}

static int end(struct working *working, const struct error *err)
{
    for (size_t i = 0; working->rows != NULL && i < working->count; i++)
        task_row_clear(&working->rows[i]);
    free(working->rows);
    free(working->ids);
    told_clear(&working->told);
    model_close(working->model);
    return cli_status(err);
}

static bool tell(struct working *working, const char *name, const char *value, struct error *err)
{
    return told_add(
        &working->told, model_units(working->model), working->transition->action, name, value, err);
}

/* NAME=VALUE words from `first` on, and the reason. */
static bool tell_words(struct working *working, int first, const char *reason, struct error *err)
{
    const struct cli *cli = working->cli;
    bool good = true;
    for (int i = first; good && i < cli->argument_count; i++)
        good = told_add_word(&working->told, model_units(working->model),
            working->transition->action, cli->arguments[i], err);
    return good && (reason == NULL || tell(working, "reason", reason, err));
}

/* Returns whether any was there. */
static bool take_options(struct working *working, struct error *err)
{
    working->json = cli_take_option(working->cli, "--json", NULL, err);
    working->try = cli_take_option(working->cli, "--dry-run", NULL, err);
    cli_take_number(working->cli, "--if-version", 1, INT64_MAX, &working->version, err);
    return working->json || working->try || working->version != 0;
}

/* --- the commands ---------------------------------------------------------------------------- */

int cli_set(struct cli *cli, struct error *err)
{
    struct working working = {.cli = cli, .told.cli = cli, .transition = workflow_find("edit")};
    const char *reason = NULL;
    take_options(&working, err);
    cli_take_option(cli, "--reason", &reason, err);
    if (!cli_arguments_end(cli, 2, -1, err))
        return EXIT_USAGE;
    if (begin(&working, err) && tell_words(&working, 1, reason, err))
        act(&working, err);
    return end(&working, err);
}

static const struct {
    const char *option, *name;
} report_names[] = {
    {"--percent", "percent"},
    {"--progress", "progress"},
    {"--problems", "problems"},
    {"--next", "next_step"},
    {"--period", "period"},
};
enum { REPORT_NAMES = sizeof report_names / sizeof *report_names };

static bool tell_report(
    struct working *working, const char *const values[static REPORT_NAMES], struct error *err)
{
    const struct cli *cli = working->cli;
    struct strbuf text = {0};
    bool good = true;
    for (size_t i = 0; good && i < REPORT_NAMES; i++)
        good = values[i] == NULL || tell(working, report_names[i].name, values[i], err);
    for (int i = 1; i < cli->argument_count; i++)
        strbuf_format(&text, "%s%s", i > 1 ? " " : "", cli->arguments[i]);
    good = good && tell(working, "text", strbuf_text(&text), err);
    strbuf_clear(&text);
    return good;
}

int cli_report(struct cli *cli, struct error *err)
{
    struct working working = {.cli = cli, .told.cli = cli, .transition = workflow_find("report")};
    const char *values[REPORT_NAMES] = {NULL};
    take_options(&working, err);
    for (size_t i = 0; i < REPORT_NAMES; i++)
        cli_take_option(cli, report_names[i].option, &values[i], err);
    if (!cli_arguments_end(cli, 1, -1, err))
        return EXIT_USAGE;
    if (begin(&working, err) && tell_report(&working, values, err))
        act(&working, err);
    return end(&working, err);
}

/* --- what is possible ------------------------------------------------------------------------ */

static void add_possible(const struct working *working, const struct task_detail *detail,
    bool possible, struct strbuf *out)
{
    cli_add_heading(out, possible ? _("Possible now") : _("Not possible now"));
    for (size_t i = 0; i < workflow_count; i++) {
        struct error why = {0};
        struct strbuf help = {0};
        if (work_possible(working->model, detail, &workflow[i], &why) != possible)
            continue;
        strbuf_add(&help, _(workflow[i].verb));
        if (!possible)
            strbuf_format(&help, "%s%s", _(": "), why.text);
        else if (strcmp(workflow[i].action, "edit") != 0) {
            strbuf_add_char(&help, '\n');
            told_describe(workflow[i].action, &help);
        }
        cli_add_row(out, workflow[i].action, strbuf_text(&help));
        strbuf_clear(&help);
    }
}

static bool list_possible(const struct working *working, struct error *err)
{
    struct task_detail *detail;
    struct strbuf out = {0};
    if (working->count > 1)
        return error_set(err, ERROR_USAGE, _("what is possible is told of one task at a time"));
    if (!task_detail_read(working->model, working->ids[0], &detail, err))
        return false;
    char *head = alloc_format(
        "%s  %s  %s", detail->row.ident, task_state_brief(&detail->row), detail->row.title);
    cli_add_paragraph(&out, head);
    add_possible(working, detail, true, &out);
    add_possible(working, detail, false, &out);
    cli_print(working->cli, strbuf_text(&out));
    free(head);
    strbuf_clear(&out);
    task_detail_free(detail);
    return true;
}

int cli_do(struct cli *cli, struct error *err)
{
    struct working working = {.cli = cli, .told.cli = cli};
    const char *reason = NULL;
    bool options = take_options(&working, err);
    options |= cli_take_option(cli, "--reason", &reason, err);
    if (!cli_arguments_end(cli, options ? 2 : 1, -1, err))
        return EXIT_USAGE;
    bool acts = cli->argument_count > 1;
    if (acts && (working.transition = told_action(cli->arguments[1], err)) == NULL)
        return EXIT_USAGE;
    if (begin(&working, err)) {
        if (!acts)
            list_possible(&working, err);
        else if (tell_words(&working, 2, reason, err))
            act(&working, err);
    }
    return end(&working, err);
}
