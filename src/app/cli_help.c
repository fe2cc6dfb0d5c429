/* `duban help`: the program, a command, or a topic. */
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/manual.h"
#include "app/plain.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "base/text.h"
#include "cli_commands.h"
#include "model/query.h"
#include "model/task.h"

static void add_rows(struct strbuf *out, const struct manual_row *rows)
{
    for (; rows->name; rows++)
        cli_add_row(out, _(rows->name), _(rows->help));
}

static void add_list(struct strbuf *out, const struct cli_list *list)
{
    struct strbuf name = {0}, help = {0};
    cli_add_heading(out, _(list->heading));
    for (size_t i = 0; list->row(i, &name, &help); i++) {
        cli_add_row(out, strbuf_text(&name), strbuf_text(&help));
        strbuf_clear(&name);
        strbuf_clear(&help);
    }
}

static void add_option(struct strbuf *out, const struct cli_option *option)
{
    struct strbuf name = {0};
    if (option->letter)
        strbuf_format(&name, "-%c, ", option->letter);
    strbuf_add(&name, option->name);
    if (option->value)
        strbuf_format(&name, "=%s", option->value);
    cli_add_row(out, strbuf_text(&name), _(option->help));
    strbuf_clear(&name);
}

/* --- the program and its commands ------------------------------------------------------------ */

static void add_program(struct strbuf *out)
{
    cli_add_paragraph(out, _("duban - the duty desk's board for rectification tasks"));
    cli_add_heading(out, _("Usage"));
    cli_add_row(out, "duban [OPTION]...", _("the board; in a pipe the same as plain text"));
    cli_add_row(out, "duban [OPTION]... COMMAND [ARGUMENT]...", _("one of these:"));
    cli_add_heading(out, _("Commands"));
    for (size_t i = 0; i < cli_command_count; i++)
        cli_add_row(out, cli_commands[i].name, _(cli_commands[i].help));
    cli_add_heading(out, _("Options"));
    for (const struct cli_option *option = cli_global_options; option->name; option++)
        add_option(out, option);
    add_list(out, &help_list);
    cli_add_heading(out, _("Exit status"));
    add_rows(out, manual_statuses);
}

static void add_command(struct strbuf *out, const struct cli_command *command)
{
    strbuf_format(out, "duban %s %s\n\n", command->name, command->usage);
    cli_add_paragraph(out, _(command->help));
    if (command->more) {
        strbuf_add_char(out, '\n');
        cli_add_paragraph(out, _(command->more));
    }
    if (command->options)
        cli_add_heading(out, _("Options"));
    for (const struct cli_option *option = command->options; option && option->name; option++)
        add_option(out, option);
    if (command->list)
        add_list(out, command->list);
}

int cli_help_command(struct cli *cli, const struct cli_command *command)
{
    struct strbuf out = {0};
    if (command)
        add_command(&out, command);
    else
        add_program(&out);
    bool good = cli_print(cli, strbuf_text(&out));
    strbuf_clear(&out);
    return good ? EXIT_DONE : EXIT_FAILED;
}

/* --- topics ---------------------------------------------------------------------------------- */

static void add_alias_row(struct strbuf *out, const char *name, const char *alias, const char *help)
{
    char *both = alloc_format("%s %s", name, alias);
    cli_add_row(out, both, _(help));
    free(both);
}

static bool print_filter(struct cli *cli, struct strbuf *out, struct error *err)
{
    (void)cli, (void)err;
    cli_add_paragraph(out, _(manual_filter_intro));
    cli_add_heading(out, _("Terms"));
    add_rows(out, manual_filter);
    cli_add_heading(out, _("Flags"));
    for (size_t i = 0; i < FLAG_COUNT; i++)
        add_alias_row(out, query_flags[i].name, query_flags[i].alias, query_flags[i].help);
    cli_add_heading(out, _("Fields"));
    for (size_t i = 0; i < FIELD_COUNT; i++)
        add_alias_row(out, query_fields[i].name, query_fields[i].alias, query_fields[i].help);
    cli_add_heading(out, _("States"));
    for (size_t i = 0; i < STATE_COUNT; i++)
        cli_add_row(out, task_states[i].name, _(task_states[i].label));
    cli_add_heading(out, _("Words for days"));
    for (size_t i = 0; i < query_days_count; i++)
        add_alias_row(out, query_days[i].name, query_days[i].alias, query_days[i].help);
    return true;
}

static bool print_plain(struct cli *cli, struct strbuf *out, struct error *err)
{
    (void)cli, (void)err;
    plain_describe(out);
    return true;
}

static bool print_config(struct cli *cli, struct strbuf *out, struct error *err)
{
    (void)cli, (void)err;
    config_print(out, actions, action_count);
    return true;
}

static void add_key_group(struct strbuf *out, const struct keymap *keymap, const char *group)
{
    cli_add_heading(out, _(group));
    for (size_t i = 0; i < action_count; i++) {
        if (strcmp(actions[i].group, group) != 0)
            continue;
        char *help = alloc_format("%s (%s)", _(actions[i].help), actions[i].name);
        cli_add_row(out, keymap_chords(keymap, &actions[i]), help);
        free(help);
    }
}

/* The keys as they are now, the person's own among them. */
static bool print_keys(struct cli *cli, struct strbuf *out, struct error *err)
{
    struct keymap *keymap;
    size_t count;
    const struct key_binding *bindings = config_bindings(cli->config, &count);
    if (!keymap_build(actions, action_count, bindings, count, &keymap, err))
        return false;
    keymap_set_ascii(keymap, !language_has_chinese());
    cli_add_paragraph(out,
        _("The keys of each action, and the name by which the : line and the configuration call "
          "it. In the configuration its dots are written as -."));
    for (size_t i = 0; i < action_count; i++)
        if (manual_group_begins(actions, i))
            add_key_group(out, keymap, actions[i].group);
    keymap_free(keymap);
    return true;
}

static bool print_manual(struct cli *cli, struct strbuf *out, struct error *err)
{
    (void)cli, (void)err;
    manual_print(out);
    return true;
}

static bool print_completion(struct cli *cli, struct strbuf *out, struct error *err)
{
    (void)cli, (void)err;
    completion_print(out);
    return true;
}

/* name, help, raw, print */
const struct help_topic help_topics[] = {
    {"filter", N_("What a filter may say"), false, print_filter},
    {"keys", N_("What can be done on the board, with the keys as they are now"), false, print_keys},
    {"plain", N_("What can be said in a session of lines (--plain)"), false, print_plain},
    {"config", N_("A configuration file with every option at its default"), true, print_config},
    {"man", N_("The man page, to be installed or read with man -l"), true, print_manual},
    {"completion", N_("The completion for bash, to be sourced"), true, print_completion},
    {NULL, NULL, false, NULL},
};

static bool topic_row(size_t index, struct strbuf *name, struct strbuf *help)
{
    if (help_topics[index].name == NULL)
        return false;
    strbuf_add(name, help_topics[index].name);
    strbuf_add(help, _(help_topics[index].help));
    return true;
}
const struct cli_list help_list = {N_("Topics of help"), topic_row};

static int print_topic(struct cli *cli, const struct help_topic *topic, struct error *err)
{
    struct strbuf out = {0};
    bool good = topic->print(cli, &out, err);
    if (good && topic->raw)
        cli_write(cli, strbuf_text(&out), out.length);
    else if (good)
        cli_print(cli, strbuf_text(&out));
    strbuf_clear(&out);
    return cli_status(err);
}

int cli_help(struct cli *cli, struct error *err)
{
    if (!cli_arguments_end(cli, 0, 1, err))
        return EXIT_USAGE;
    if (cli->argument_count == 0)
        return cli_help_command(cli, NULL);
    struct suggest suggest = suggest_for(cli->arguments[0]);
    for (const struct help_topic *topic = help_topics; topic->name; topic++) {
        if (strcmp(topic->name, suggest.typed) == 0)
            return print_topic(cli, topic, err);
        suggest_offer(&suggest, topic->name);
    }
    for (size_t i = 0; i < cli_command_count; i++) {
        if (strcmp(cli_commands[i].name, suggest.typed) == 0)
            return cli_help_command(cli, &cli_commands[i]);
        suggest_offer(&suggest, cli_commands[i].name);
    }
    char said[CLI_SAID];
    if (suggest.best)
        error_set(err, ERROR_USAGE, _("there is no help on \"%s\"; did you mean \"%s\"?"),
            cli_said(suggest.typed, said), suggest.best);
    else
        error_set(err, ERROR_USAGE,
            _("there is no help on \"%s\"; \"duban help\" lists commands and topics"),
            cli_said(suggest.typed, said));
    return EXIT_USAGE;
}
