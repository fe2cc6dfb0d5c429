/* The completion for bash, from the tables. It needs nothing but bash itself. Words are divided at
 * blanks only: bash's own division would part region:pj at the colon. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "app/cli.h"
#include "app/manual.h"
#include "base/language.h"
#include "cli_commands.h"
#include "cli_user.h"
#include "model/query.h"
#include "model/query_sql.h"
#include "model/task.h"
#include "model/work.h"
#include "views/board.h"

static const char *const head =
    "# bash completion for duban, printed by: duban help completion\n"
    "_duban()\n"
    "{\n"
    "    local line=${COMP_LINE:0:COMP_POINT} command='' option='' choices='' files='' i\n"
    "    local -a words\n"
    "    read -ra words <<<\"$line\"\n"
    "    [[ $line == *[[:space:]] ]] && words+=('')\n"
    "    local last=$((${#words[@]} - 1))\n"
    "    local current=${words[last]} typed=${words[last]}\n";

static const char *const find_command = "    for ((i = 1; i < last; i++)); do\n"
                                        "        if [[ ${words[i]} == $with_value ]]; then\n"
                                        "            ((i++))\n"
                                        "        elif [[ ${words[i]} != -* ]]; then\n"
                                        "            command=${words[i]}\n"
                                        "            break\n"
                                        "        fi\n"
                                        "    done\n"
                                        "    local place=0 action=''\n"
                                        "    for ((i++; i < last; i++)); do\n"
                                        "        if [[ ${words[i]} == $with_value ]]; then\n"
                                        "            ((i++))\n"
                                        "        elif [[ ${words[i]} != -* ]]; then\n"
                                        "            ((++place == 2)) && action=${words[i]}\n"
                                        "        fi\n"
                                        "    done\n"
                                        "    case $current in\n"
                                        "    --*=*) option=${current%%=*} typed=${current#*=} ;;\n"
                                        "    *) option=${words[last - 1]} ;;\n"
                                        "    esac\n";

static const char *const tail =
    "    if [[ $files ]]; then\n"
    "        compopt -o filenames 2>/dev/null\n"
    "        mapfile -t COMPREPLY < <(compgen -f -- \"$typed\")\n"
    "        return\n"
    "    fi\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$choices\" -- \"$typed\")\n"
    "    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:=.] ]] && compopt -o nospace "
    "2>/dev/null\n"
    "    for i in : =; do\n"
    "        if [[ $typed == *\"$i\"* && $COMP_WORDBREAKS == *\"$i\"* ]]; then\n"
    "            COMPREPLY=(\"${COMPREPLY[@]#\"${typed%\"${typed##*\"$i\"}\"}\"}\")\n"
    "        fi\n"
    "    done\n"
    "}\n"
    "complete -F _duban duban\n";

/* --- lists of words -------------------------------------------------------------------------- */

static void add_themes(struct strbuf *out)
{
    struct dirent **entries;
    char *folder = language_data_file("themes");
    int count = folder ? scandir(folder, &entries, NULL, alphasort) : -1;
    strbuf_add(out, "auto");
    for (int i = 0; i < count; i++) {
        const char *ending = strrchr(entries[i]->d_name, '.');
        if (ending && strcmp(ending, ".cfg") == 0)
            strbuf_format(out, " %.*s", (int)(ending - entries[i]->d_name), entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    free(folder);
}

static void add_choices(struct strbuf *out, const char *choices)
{
    for (const char *at = choices; *at; at++)
        strbuf_add_char(out, *at == '|' ? ' ' : *at);
}

static void add_sorts(struct strbuf *out)
{
    for (size_t i = 0; i < SORT_COUNT; i++)
        strbuf_format(out, "%s%s -%s", i ? " " : "", sorts[i].name, sorts[i].name);
}

static void add_columns(struct strbuf *out)
{
    for (size_t i = 0; i < board_column_count; i++)
        strbuf_format(out, "%s%s", i ? " " : "", board_all_columns[i].name);
}

static void add_option_names(struct strbuf *out, const struct cli_option *options)
{
    for (; options && options->name; options++)
        strbuf_format(out, " %s", options->name);
}

static void add_words(struct strbuf *out, const char *field, const struct word *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        strbuf_format(out, " %s:%s", field, words[i].name);
}

/* What follows a name where it is one of several words: each with the name. */
static void add_name(struct strbuf *out, const struct workflow_name *name)
{
    const struct field *field = name->field;
    if (field != NULL && field->type == VALUE_IS_YES)
        strbuf_format(out, " %s=yes %s=no", name->name, name->name);
    else if (field != NULL && field->type == VALUE_IS_WORD)
        for (size_t i = 0; i < field->word_count; i++)
            strbuf_format(out, " %s=%s", name->name, field->words[i].name);
    else
        strbuf_format(out, " %s%s", name->name,
            field != NULL && field_key_of(field->table) == KEY_POSITION ? "." : "=");
}

static void add_names(struct strbuf *out, const char *action)
{
    struct work_name name;
    for (size_t i = 0; work_name_at(action, i, &name); i++)
        add_name(out, &name.is);
}

static void add_filter_words(struct strbuf *out)
{
    for (size_t i = 0; i < FLAG_COUNT; i++)
        strbuf_format(out, " %s", query_flags[i].name);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        strbuf_format(out, " %s:", query_fields[i].name);
}

/* --- the function ---------------------------------------------------------------------------- */

/* What a value may be goes by what it is called: a file, one of several words, the name of a theme
 * .. */
static void add_value_case(struct strbuf *out, const struct cli_option *option)
{
    if (option->value == NULL)
        return;
    strbuf_format(out, "    %s) ", option->name);
    if (strcmp(option->value, "FILE") == 0) {
        strbuf_add(out, "files=yes ;;\n");
        return;
    }
    strbuf_add(out, "choices='");
    if (strchr(option->value, '|'))
        add_choices(out, option->value);
    else if (strcmp(option->value, "NAME") == 0)
        add_themes(out);
    else if (strcmp(option->value, "KEY") == 0)
        add_sorts(out);
    else if (strcmp(option->value, "NAMES") == 0)
        add_columns(out);
    else if (strcmp(option->value, "WORD") == 0)
        for (size_t i = 0; i < PROGRESS_COUNT; i++)
            strbuf_format(out, "%s%s", i ? " " : "", task_progresses[i].name);
    strbuf_add(out, "' ;;\n");
}

static void add_with_value(struct strbuf *out, const struct cli_option *options, bool *first)
{
    for (; options && options->name; options++) {
        if (options->value == NULL)
            continue;
        strbuf_format(out, "%s%s", *first ? "" : "|", options->name);
        *first = false;
    }
}

/* Options that are followed by a value; a pattern in a variable needs extglob, which bash has in [[
 * ]] and, once set, in case. */
static void add_value_pattern(struct strbuf *out)
{
    bool first = true;
    strbuf_add(out, "    local with_value='@(");
    add_with_value(out, cli_global_options, &first);
    for (size_t i = 0; i < cli_command_count; i++)
        add_with_value(out, cli_commands[i].options, &first);
    strbuf_add(out, ")'\n");
}

static void add_value_cases(struct strbuf *out)
{
    strbuf_add(out, "    case $option in\n");
    for (const struct cli_option *option = cli_global_options; option->name; option++)
        add_value_case(out, option);
    for (size_t i = 0; i < cli_command_count; i++)
        for (const struct cli_option *option = cli_commands[i].options; option && option->name;
             option++)
            add_value_case(out, option);
    strbuf_add(out, "    *) option='' ;;\n    esac\n");
}

/* After the tasks the action, and after that what it is told. */
static void add_actions(struct strbuf *out)
{
    strbuf_add(out, "        ((place == 1)) && choices+='");
    for (size_t i = 0; i < workflow_count; i++)
        strbuf_format(out, " %s", workflow[i].action);
    strbuf_add(out, "'\n        ((place < 2)) || case $action in\n");
    for (size_t i = 0; i < workflow_count; i++) {
        strbuf_format(out, "        %s) choices+='", workflow[i].action);
        add_names(out, workflow[i].action);
        strbuf_add(out, "' ;;\n");
    }
    strbuf_add(out, "        esac\n");
}

static void add_fields(struct strbuf *out, const char *action)
{
    strbuf_add(out, "        ((place)) && choices+='");
    add_names(out, action);
    strbuf_add(out, "'\n");
}

/* After the command what is done, after the login what a person has. */
static void add_user(struct strbuf *out)
{
    strbuf_add(out, "        ((place)) || choices+='");
    for (const struct user_command *command = user_commands; command->name; command++)
        strbuf_format(out, " %s", command->name);
    strbuf_add(out, "'\n        ((place < 2)) || choices+='");
    for (size_t i = PERSON_NAME; i < PERSON_FIELD_COUNT; i++) {
        struct workflow_name name = {.field = &person_fields[i]};
        strncpy(name.name, person_fields[i].name, sizeof name.name - 1);
        add_name(out, &name);
    }
    strbuf_add(out, "'\n");
}

static void add_command_case(struct strbuf *out, const struct cli_command *command)
{
    strbuf_format(out, "    %s)\n        choices='", command->name);
    add_option_names(out, command->options);
    if (strstr(command->usage, "FILTER")) {
        add_filter_words(out);
        add_words(out, "state", task_states, STATE_COUNT);
        add_words(out, "progress", task_progresses, PROGRESS_COUNT);
        add_words(out, "kind", deadline_kinds, DEADLINE_KIND_COUNT);
        add_words(out, "notice", notice_levels, NOTICE_LEVEL_COUNT);
    }
    if (command->run == cli_help) {
        for (size_t i = 0; i < cli_command_count; i++)
            strbuf_format(out, " %s", cli_commands[i].name);
        for (const struct help_topic *topic = help_topics; topic->name; topic++)
            strbuf_format(out, " %s", topic->name);
    }
    strbuf_add(out, "'\n");
    if (command->run == cli_do)
        add_actions(out);
    if (command->run == cli_set || command->run == cli_new)
        add_fields(out, command->run == cli_set ? "edit" : "create");
    if (command->run == cli_user)
        add_user(out);
    if (strcmp(command->usage, "FILE") == 0)
        strbuf_add(out, "        [[ $current == -* ]] || files=yes\n");
    strbuf_add(out, "        ;;\n");
}

static void add_command_cases(struct strbuf *out)
{
    strbuf_add(out, "    [[ $option ]] || case $command in\n    '')\n        choices='");
    for (size_t i = 0; i < cli_command_count; i++)
        strbuf_format(out, "%s%s", i ? " " : "", cli_commands[i].name);
    strbuf_add(out, "'\n        ;;\n");
    for (size_t i = 0; i < cli_command_count; i++)
        add_command_case(out, &cli_commands[i]);
    strbuf_add(out, "    esac\n    [[ -z $option && $current == -* ]] && choices+='");
    add_option_names(out, cli_global_options);
    strbuf_add(out, "'\n");
}

void completion_print(struct strbuf *out)
{
    strbuf_add(out, head);
    add_value_pattern(out);
    strbuf_add(out, find_command);
    add_value_cases(out);
    add_command_cases(out);
    strbuf_add(out, tail);
}
