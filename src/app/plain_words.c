/* The words of a session of lines: the short ones in a table, the others those of the command line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "base/words.h"
#include "cli_commands.h"
#include "plain_parts.h"

/* `also`: long and Chinese words, blanks between. `command`: what it stands for; NULL: `run`. */
static const struct plain_word {
    const char *name, *also, *usage, *help, *command;
    plain_handler *run;
} plain_words[] = {
    {"f", "list 列表 筛选", "[FILTER]", N_("list the tasks a filter finds, under numbers"), NULL,
        plain_do_list},
    {"v", "view 视图", "[N]", N_("list a saved view; alone: name them"), NULL, plain_do_view},
    {"n", "next 下", "", N_("the next task, or the next page of the list"), NULL, plain_do_next},
    {"p", "previous 上", "", N_("the task before, or the page before"), NULL, plain_do_previous},
    {"d", "desk 欠账", "", N_("what you owe now, under numbers"), NULL, plain_do_desk},
    {"s", "查看", "N", N_("a task whole; its number alone says the same"), "show", NULL},
    {"a", "do 办理", "N [ACTION [NAME=VALUE...]]",
        N_("what can be done with a task; or do it, and be asked what is missing"), NULL,
        plain_do_action},
    {"R", "report 填报", "N [NAME=VALUE...] [TEXT]",
        N_("write a report; without a text question by question, with - line by line"), NULL,
        plain_do_report},
    {"c", "修改", "N FIELD=VALUE...", N_("change what a task says"), "set", NULL},
    {"u", "撤销", "", N_("take back what you did last"), "undo", NULL},
    {"U", "重做", "", N_("do again what was taken back"), "undo --redo", NULL},
    {"e", "动态", "", N_("what happened"), "events", NULL},
    {"H", "交接", "", N_("what changed since you last looked"), "handover", NULL},
    {"m", "矩阵", "", N_("tasks counted by places and departments"), "matrix", NULL},
    {"b", "排名", "", N_("places ranked by how they did this month"), "scorecard", NULL},
    {"t", "趋势", "", N_("open tasks week by week"), "trend", NULL},
    {"?", "help 帮助 ？", "[WORD]", N_("this page, or what one of the words does"), NULL,
        plain_do_help},
    {"q", "quit exit 退出", "", N_("end"), NULL, plain_do_quit},
};
enum { WORDS = sizeof plain_words / sizeof *plain_words };

/* --- finding --------------------------------------------------------------------------------- */

static bool is_among(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; *at != '\0'; at += strspn(at, " ")) {
        size_t one = strcspn(at, " ");
        if (one == length && strncmp(at, word, one) == 0)
            return true;
        at += one;
    }
    return false;
}

static const struct plain_word *find_word(const char *word)
{
    for (size_t i = 0; i < WORDS; i++)
        if (strcmp(plain_words[i].name, word) == 0 || is_among(plain_words[i].also, word))
            return &plain_words[i];
    return NULL;
}

static const struct cli_command *find_command(const char *name)
{
    for (size_t i = 0; i < cli_command_count; i++)
        if (strcmp(cli_commands[i].name, name) == 0)
            return &cli_commands[i];
    return NULL;
}

static void refuse_word(struct plain *plain, const char *word)
{
    struct error err = {0};
    struct suggest suggest = suggest_for(word);
    for (size_t i = 0; i < cli_command_count; i++)
        suggest_offer(&suggest, cli_commands[i].name);
    struct words also[WORDS];
    for (size_t i = 0; i < WORDS; i++) {
        struct error none;
        if (words_split(plain_words[i].also, &also[i], &none))
            for (int k = 0; k < also[i].count; k++)
                suggest_offer(&suggest, also[i].word[k]);
    }
    if (suggest.best)
        error_set(&err, ERROR_USAGE, _("there is no command \"%s\"; did you mean \"%s\"?"), word,
            suggest.best);
    else
        error_set(&err, ERROR_USAGE, _("there is no command \"%s\"; \"help\" lists them"), word);
    for (size_t i = 0; i < WORDS; i++)
        words_clear(&also[i]);
    plain_complain(plain, &err);
}

/* --- commands of the command line ------------------------------------------------------------ */

/* Numbers become names where the command is told tasks. */
static bool name_tasks(struct plain *plain, const struct cli_command *command, char **words,
    int count, char **names, struct error *err)
{
    int last = command->flags & CLI_TASKS ? count : command->flags & CLI_TASK ? 2 : 0;
    for (int i = 1; i < last && i < count; i++) {
        if (words[i][0] == '-')
            last += last < count; /* an option: the task comes later */
        else if ((words[i] = names[i] = plain_names(plain, words[i], err)) == NULL)
            return false;
    }
    return true;
}

static bool run(struct plain *plain, char **words, int count)
{
    fflush(stdout);
    const struct words line = {.word = words, .count = count};
    int status = cli_run_words(plain->cli, &line);
    plain->ending |= plain->cli->output_failed || (plain->cli->output_closed && !plain->stopped);
    plain->cli->output_closed = false; /* else the rest of one answer was not wanted */
    if (plain->status == EXIT_DONE)
        plain->status = status;
    return status == EXIT_DONE;
}

bool plain_command(struct plain *plain, char **words, int count)
{
    struct error err = {0};
    const struct cli_command *command = find_command(words[0]);
    char **names = alloc_zero((size_t)count + 1, sizeof *names);
    char **said = alloc_zero((size_t)count + 1, sizeof *said);
    bool done = false;
    memcpy(said, words, (size_t)count * sizeof *said);
    if (command->flags & CLI_SCREEN)
        error_set(&err, ERROR_USAGE, _("%s draws a picture, which a session of lines cannot show"),
            command->name);
    else if (name_tasks(plain, command, said, count, names, &err))
        done = run(plain, said, count);
    if (err.code != ERROR_NONE)
        plain_complain(plain, &err);
    for (int i = 0; i < count; i++)
        free(names[i]);
    free(names);
    free(said);
    return done;
}

/* "undo --redo", and the words after the one that stands for it. */
static void run_for(struct plain *plain, const char *command, char **words, int count)
{
    struct words beginning;
    struct error err = {0};
    if (!words_split(command, &beginning, &err)) {
        plain_complain(plain, &err);
        return;
    }
    int all = beginning.count + count - 1;
    char **line = alloc_zero((size_t)all + 1, sizeof *line);
    for (int i = 0; i < all; i++)
        line[i] = i < beginning.count ? beginning.word[i] : words[i - beginning.count + 1];
    plain_command(plain, line, all);
    free(line);
    words_clear(&beginning);
}

/* --- a line ---------------------------------------------------------------------------------- */

/* Blanks as an input method leaves them. The line is in the charset of the locale. */
static char *with_blanks(const char *line)
{
    struct strbuf out = {0};
    mbstate_t state = {0};
    wchar_t code;
    for (size_t left = strlen(line), length; left > 0; line += length, left -= length) {
        length = mbrtowc(&code, line, left, &state);
        if (length == 0 || length > left) {
            state = (mbstate_t){0};
            length = 1;
            code = 0;
        }
        if (code == 0x3000)
            strbuf_add_char(&out, ' ');
        else
            strbuf_add_n(&out, line, length);
    }
    strbuf_add(&out, "");
    return strbuf_take(&out);
}

static void obey_words(struct plain *plain, char **words, int count)
{
    char *first = cli_text(words[0]);
    const struct plain_word *word = find_word(first);
    struct error err = {0};
    char *names;
    if (word != NULL && word->run != NULL)
        word->run(plain, words, count);
    else if (word != NULL)
        run_for(plain, word->command, words, count);
    else if (find_command(first) != NULL)
        plain_command(plain, words, count);
    else if (count == 1 && (names = plain_names(plain, words[0], &err)) != NULL &&
             strpbrk(names, "0123456789") != NULL) {
        char *show[] = {(char *)"show", names, NULL};
        if (plain_command(plain, show, 2) && plain_is_number(first))
            plain->current = (size_t)strtoull(first, NULL, 10);
        free(names);
    } else if (err.code != ERROR_NONE)
        plain_complain(plain, &err);
    else
        refuse_word(plain, first);
    free(first);
}

void plain_obey(struct plain *plain, const char *line)
{
    struct words words;
    struct error err = {0};
    char *text = with_blanks(line);
    plain_page_begin(plain);
    if (!words_split(text, &words, &err))
        plain_complain(plain, &err);
    else if (words.count == 0)
        plain_do_more(plain, NULL, 0);
    else
        obey_words(plain, words.word, words.count);
    words_clear(&words);
    free(text);
}

/* --- help and end ---------------------------------------------------------------------------- */

static void add_word(struct strbuf *out, const struct plain_word *word)
{
    char *name = alloc_format("%s%s%s", word->name, *word->usage ? " " : "", word->usage);
    char *help = alloc_format(_("%s (also: %s)"), _(word->help), word->also);
    cli_add_row(out, name, help);
    free(name);
    free(help);
}

void plain_describe(struct strbuf *out)
{
    cli_add_paragraph(out,
        _("duban --plain on a terminal is a session of lines: a prompt, a command, an answer in "
          "lines, without colours and without a single escape sequence. The number of a listed "
          "task stands for its name wherever a command is told a task: R 3, set 1,2 phone=024-1. "
          "Before each prompt stands what others have changed. Lines from a pipe or a file are "
          "run in the same way, without prompts, pages and questions: so does ssh -T, where the "
          "terminal at home edits the line. A form that asks needs ssh -t."));
    cli_add_heading(out, _("Words"));
    cli_add_row(out, "N", _("open the task of this number in the last list"));
    cli_add_row(out, "Enter", _("go on with the list, or hear what is new"));
    for (size_t i = 0; i < WORDS; i++)
        add_word(out, &plain_words[i]);
    cli_add_heading(out, _("Keys"));
    cli_add_row(out, "^C", _("give up the line, the form or the rest of an answer"));
    cli_add_row(out, "^D", _("end; in a form: leave it, what was answered is kept as a draft"));
    cli_add_heading(out, _("Commands"));
    for (size_t i = 0; i < cli_command_count; i++)
        if (!(cli_commands[i].flags & CLI_SCREEN))
            cli_add_row(out, cli_commands[i].name, _(cli_commands[i].help));
}

void plain_do_help(struct plain *plain, char **words, int count)
{
    struct strbuf text = {0};
    char *asked = count > 1 ? cli_text(words[1]) : NULL;
    const struct plain_word *word = asked ? find_word(asked) : NULL;
    if (asked == NULL)
        plain_describe(&text);
    else if (word != NULL)
        add_word(&text, word);
    plain_print(plain, strbuf_text(&text));
    strbuf_clear(&text);
    const char *also = word ? word->command : NULL;
    char *name = alloc_string_n(also ? also : "", also ? strcspn(also, " ") : 0);
    if (word != NULL && also == NULL) /* one that has the name of a command */
        for (size_t i = 0; i < cli_command_count && *name == '\0'; i++)
            if (is_among(word->also, cli_commands[i].name) &&
                strcmp(cli_commands[i].name, "help") != 0) {
                free(name);
                name = alloc_string(cli_commands[i].name);
            }
    char *line[] = {(char *)"help", *name ? name : asked, NULL};
    if (asked != NULL && (*name != '\0' || word == NULL))
        plain_command(plain, line, 2);
    free(name);
    free(asked);
}

void plain_do_quit(struct plain *plain, char **words, int count)
{
    (void)words, (void)count;
    plain->ending = true;
}
