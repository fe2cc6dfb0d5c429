/* The man page, from the tables. It is written in the man macros, which groff and mandoc both read.
 */
#include "app/manual.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/cli.h"
#include "base/alloc.h"
#include "base/language.h"
#include "cli_commands.h"
#include "model/query.h"
#include "model/task.h"
#include "views/board.h"

/* Characters roff takes for its own: each written so that the reader sees, and can copy, the
 * character itself. Between several words to choose from a line may break. */
static void add_text(struct strbuf *out, const char *text)
{
    static const struct {
        const char *is, *written;
    } own[] = {{"\\", "\\e"}, {"-", "\\-"}, {"~", "\\(ti"}, {"^", "\\(ha"}, {"`", "\\(ga"},
        {"'", "\\(aq"}, {"\"", "\\(dq"}, {"\n", " "}, {"|", "|\\:"}, {"、", "、\\:"}};
    if (*text == '.')
        strbuf_add(out, "\\&"); /* a line that begins with a dot is a request */
    while (*text) {
        size_t i = 0, count = sizeof own / sizeof *own;
        while (i < count && strncmp(text, own[i].is, strlen(own[i].is)) != 0)
            i++;
        if (i < count)
            strbuf_add(out, own[i].written);
        else
            strbuf_add_char(out, *text);
        text += i < count ? strlen(own[i].is) : 1;
    }
}

static void add_line(struct strbuf *out, const char *text)
{
    add_text(out, text);
    strbuf_add_char(out, '\n');
}

static void add_section(struct strbuf *out, const char *heading)
{
    strbuf_add(out, ".SH \"");
    add_text(out, heading);
    strbuf_add(out, "\"\n");
}

static void add_heading(struct strbuf *out, const char *heading)
{
    strbuf_add(out, ".SS \"");
    add_text(out, heading);
    strbuf_add(out, "\"\n");
}

static void add_paragraph(struct strbuf *out, const char *text)
{
    strbuf_add(out, ".PP\n");
    add_line(out, text);
}

/* A tagged paragraph; `value` after the name in italics, `note` after that. NULL: none. */
static void add_row(
    struct strbuf *out, const char *name, const char *value, const char *note, const char *help)
{
    strbuf_add(out, ".TP\n\\fB");
    add_text(out, name);
    strbuf_add(out, "\\fR");
    if (value && *value) {
        strbuf_add(out, " \\fI");
        add_text(out, value);
        strbuf_add(out, "\\fR");
    }
    if (note && *note) {
        strbuf_add(out, "  ");
        add_text(out, note);
    }
    strbuf_add_char(out, '\n');
    add_line(out, help);
}

static void add_rows(struct strbuf *out, const struct manual_row *rows)
{
    for (; rows->name; rows++)
        add_row(out, _(rows->name), NULL, NULL, _(rows->help));
}

bool manual_group_begins(const struct action *table, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(table[i].group, table[index].group) == 0)
            return false;
    return true;
}

/* --- sections -------------------------------------------------------------------------------- */

static void add_head(struct strbuf *out)
{
    strbuf_add(out, ".\\\" Printed by duban help man from the tables of the program.\n");
    if (strcmp(language_current(), "zh") == 0)
        strbuf_add(out, ".mso zh.tmac\n"); /* lines may break between characters */
    strbuf_format(out, ".TH DUBAN 1 \"\" \"duban %s\" \"", VERSION);
    add_text(out, _("Duban manual"));
    strbuf_add(out, "\"\n.nh\n.ad l\n");
    add_section(out, _("NAME"));
    strbuf_add(out, "duban \\- ");
    add_line(out, _("the duty desk's board for rectification tasks"));
    add_section(out, _("SYNOPSIS"));
    strbuf_add(out, ".B duban\n[\\fIOPTION\\fR]...\n.br\n");
    strbuf_add(out, ".B duban\n[\\fIOPTION\\fR]... \\fICOMMAND\\fR [\\fIARGUMENT\\fR]...\n");
    add_section(out, _("DESCRIPTION"));
    add_line(out,
        _("duban shows the rectification tasks of an inspection on one board: what was found, who "
          "must put it right by when, who has reported, what is overdue, what may be closed. Many "
          "people share one database; what one changes, the others see at once."));
    add_paragraph(
        out, _("Without a command the board opens. With standard output not a terminal the same "
               "board is printed once as plain text. With --plain it is a session of lines: "
               "\"duban help plain\" says what can be said in it."));
}

static void add_option(struct strbuf *out, const struct cli_option *option)
{
    char name[64];
    if (option->letter)
        snprintf(name, sizeof name, "-%c, %s", option->letter, option->name);
    else
        snprintf(name, sizeof name, "%s", option->name);
    add_row(out, name, option->value, NULL, _(option->help));
}

static void add_options(struct strbuf *out)
{
    add_section(out, _("OPTIONS"));
    add_line(out,
        _("They may stand before or after the command. A value follows as the next word or after "
          "an equals sign; -- ends the options."));
    for (const struct cli_option *option = cli_global_options; option->name; option++)
        add_option(out, option);
}

static void add_list(struct strbuf *out, const struct cli_list *list)
{
    struct strbuf name = {0}, help = {0};
    add_paragraph(out, _(list->heading));
    for (size_t i = 0; list->row(i, &name, &help); i++) {
        add_row(out, strbuf_text(&name), NULL, NULL, strbuf_text(&help));
        strbuf_clear(&name);
        strbuf_clear(&help);
    }
}

static void add_commands(struct strbuf *out)
{
    add_section(out, _("COMMANDS"));
    for (size_t i = 0; i < cli_command_count; i++) {
        const struct cli_command *command = &cli_commands[i];
        add_heading(out, command->name);
        strbuf_add(out, ".PP\n.B duban ");
        add_text(out, command->name);
        strbuf_add_char(out, '\n');
        if (*command->usage)
            add_line(out, command->usage);
        add_paragraph(out, _(command->help));
        if (command->more)
            add_paragraph(out, _(command->more));
        for (const struct cli_option *option = command->options; option && option->name; option++)
            add_option(out, option);
        if (command->list)
            add_list(out, command->list);
    }
}

static void add_keys(struct strbuf *out)
{
    add_section(out, _("KEYS"));
    add_line(out,
        _("Each action with its default keys. Its name is what the : line and the configuration "
          "call it."));
    for (size_t i = 0; i < action_count; i++) {
        if (!manual_group_begins(actions, i))
            continue;
        add_heading(out, _(actions[i].group));
        for (size_t k = i; k < action_count; k++) {
            const struct action *action = &actions[k];
            char *name = alloc_format("(%s)", action->name);
            if (strcmp(action->group, actions[i].group) == 0)
                add_row(out, *action->chords ? action->chords : ":", NULL, name, _(action->help));
            free(name);
        }
    }
}

static void add_filter(struct strbuf *out)
{
    add_section(out, _("FILTERS"));
    add_line(out, _(manual_filter_intro));
    add_rows(out, manual_filter);
    add_heading(out, _("Flags"));
    for (size_t i = 0; i < FLAG_COUNT; i++)
        add_row(out, query_flags[i].name, NULL, query_flags[i].alias, _(query_flags[i].help));
    add_heading(out, _("Fields"));
    for (size_t i = 0; i < FIELD_COUNT; i++)
        add_row(out, query_fields[i].name, NULL, query_fields[i].alias, _(query_fields[i].help));
    add_heading(out, _("States"));
    for (size_t i = 0; i < STATE_COUNT; i++)
        add_row(out, task_states[i].name, NULL, NULL, _(task_states[i].label));
    add_heading(out, _("Words for days"));
    for (size_t i = 0; i < query_days_count; i++)
        add_row(out, query_days[i].name, NULL, query_days[i].alias, _(query_days[i].help));
}

static void add_option_values(struct strbuf *out, const struct option_row *row)
{
    char range[64];
    const char *values = row->choices;
    if (row->type == OPTION_NUMBER) {
        snprintf(range, sizeof range, "%d..%d", row->least, row->most);
        values = range;
    } else if (row->type == OPTION_SWITCH) {
        values = "true false";
    }
    struct strbuf help = {0};
    strbuf_add(&help, _(row->help));
    if (*row->fallback)
        strbuf_format(&help, _(" Default: %s."), row->fallback);
    add_row(out, row->name, values, NULL, strbuf_text(&help));
    strbuf_clear(&help);
}

static void add_configuration(struct strbuf *out)
{
    add_section(out, _("CONFIGURATION"));
    add_line(out,
        _("Files in the language of libconfig. A dot in the name of an option stands for a group: "
          "due.soon is written due = { soon = 30; };. duban help config prints a file with every "
          "option, saved view and key at its default."));
    for (int i = 0; i < OPTION_COUNT; i++)
        add_option_values(out, &options_table[i]);
    add_heading(out, _("Columns"));
    for (size_t i = 0; i < board_column_count; i++)
        add_row(out, board_all_columns[i].name, NULL, NULL, _(board_all_columns[i].head));
}

void manual_print(struct strbuf *out)
{
    add_head(out);
    add_commands(out);
    add_options(out);
    add_keys(out);
    add_filter(out);
    add_configuration(out);
    add_section(out, _("EXIT STATUS"));
    add_rows(out, manual_statuses);
    add_section(out, _("ENVIRONMENT"));
    add_rows(out, manual_environment);
    add_section(out, _("FILES"));
    add_rows(out, manual_files);
    add_section(out, _("EXAMPLES"));
    add_rows(out, manual_examples);
}
