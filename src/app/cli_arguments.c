/* What stands after a command's name: its options are taken out one by one, words remain. */
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "app/cli.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/suggest.h"
#include "base/text.h"
#include "model/query.h"

#define SAID_COLUMNS                                                                               \
    40 /* of an argument that is repeated: at most so many characters of 4 bytes fit */

enum {
    INPUT_MINUTES = 5, /* that standard input may say nothing */
    INPUT_LOOK_MS = 1000,
};

static void remove_arguments(struct cli *cli, int at, int count)
{
    memmove(cli->arguments + at, cli->arguments + at + count,
        (size_t)(cli->argument_count - at - count) * sizeof *cli->arguments);
    cli->argument_count -= count;
    cli->option_end -= count;
}

static const struct cli_option *find_own_option(const struct cli *cli, const char *name)
{
    for (const struct cli_option *option = cli->command->options; option && option->name; option++)
        if (strcmp(option->name, name) == 0)
            return option;
    return NULL;
}

/* One occurrence at `at`; how many arguments it filled. */
static int take_at(
    struct cli *cli, int at, const struct cli_option *option, const char **value, struct error *err)
{
    const char *equals = strchr(cli->arguments[at], '=');
    if (option->value == NULL) {
        if (equals)
            error_set(err, ERROR_USAGE, _("%s takes no value; write it alone"), option->name);
        return 1;
    }
    if (equals) {
        *value = equals + 1;
        return 1;
    }
    if (at + 1 < cli->option_end) {
        *value = cli->arguments[at + 1];
        return 2;
    }
    error_set(
        err, ERROR_USAGE, _("%s needs a value: %s=%s"), option->name, option->name, option->value);
    return 1;
}

/* "--output", "--output=FILE", or "-o" alone. */
static bool is_option(const char *argument, const struct cli_option *option)
{
    size_t length = strlen(option->name);
    if (option->letter && argument[0] == '-' && argument[1] == option->letter && !argument[2])
        return true;
    return strncmp(argument, option->name, length) == 0 &&
           (argument[length] == '\0' || argument[length] == '=');
}

bool cli_take_next(struct cli *cli, const char *name, const char **value, struct error *err)
{
    const struct cli_option *option = find_own_option(cli, name);
    assert(option && (option->value == NULL) == (value == NULL));
    for (int i = 0; i < cli->option_end; i++)
        if (is_option(cli->arguments[i], option)) {
            remove_arguments(cli, i, take_at(cli, i, option, value, err));
            return true;
        }
    return false;
}

bool cli_take_option(struct cli *cli, const char *name, const char **value, struct error *err)
{
    bool found = false;
    while (cli_take_next(cli, name, value, err))
        found = true;
    return found;
}

bool cli_take_number(struct cli *cli, const char *name, int64_t least, int64_t most, int64_t *value,
    struct error *err)
{
    const char *text = NULL;
    char said[CLI_SAID];
    if (!cli_take_option(cli, name, &text, err) || text == NULL)
        return false;
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || number < least || number > most) {
        error_set(err, ERROR_USAGE, _("%s needs a whole number from %lld to %lld, not \"%s\""),
            name, (long long)least, (long long)most, cli_said(text, said));
        return false;
    }
    *value = number;
    return true;
}

/* A word of a filter may begin with "-" (-closed); one letter or two dashes are an option. */
static bool looks_like_option(const char *argument)
{
    return argument[0] == '-' && argument[1] != '\0' && (argument[1] == '-' || argument[2] == '\0');
}

static bool refuse_option(const struct cli *cli, const char *argument, struct error *err)
{
    char name[CLI_SAID];
    cli_said(argument, name);
    name[strcspn(name, "=")] = '\0';
    struct suggest suggest = suggest_for(name);
    for (const struct cli_option *option = cli->command->options; option && option->name; option++)
        suggest_offer(&suggest, option->name);
    for (const struct cli_option *option = cli_global_options; option->name; option++)
        suggest_offer(&suggest, option->name);
    if (suggest.best)
        return error_set(err, ERROR_USAGE, _("%s has no option %s; did you mean %s?"),
            cli->command->name, name, suggest.best);
    return error_set(err, ERROR_USAGE, _("%s has no option %s; \"duban help %s\" lists them"),
        cli->command->name, name, cli->command->name);
}

bool cli_arguments_end(struct cli *cli, int least, int most, struct error *err)
{
    const struct cli_command *command = cli->command;
    char said[CLI_SAID];
    if (err->code != ERROR_NONE)
        return false;
    for (int i = 0; i < cli->option_end; i++)
        if (looks_like_option(cli->arguments[i]))
            return refuse_option(cli, cli->arguments[i], err);
    if (cli->argument_count < least)
        return error_set(err, ERROR_USAGE, _("%s needs more: duban %s %s"), command->name,
            command->name, command->usage);
    if (most >= 0 && cli->argument_count > most)
        return error_set(err, ERROR_USAGE,
            _("%s has no use for \"%s\"; it is written: duban %s %s"), command->name,
            cli_said(cli->arguments[most], said), command->name, command->usage);
    return true;
}

/* From the locale's charset; false: it is not in that. */
static bool from_locale(const char *bytes, size_t count, struct strbuf *out)
{
    mbstate_t state = {0};
    for (size_t at = 0; at < count;) {
        wchar_t code;
        size_t length = mbrtowc(&code, bytes + at, count - at, &state);
        if (length > count - at)
            return false;
        text_encode(out, (uint32_t)code);
        at += length > 0 ? length : 1; /* a NUL */
    }
    return true;
}

char *cli_decode(const char *bytes, size_t count, enum text_scrub_flags flags)
{
    struct strbuf raw = {0}, clean = {0};
    if (!from_locale(bytes, count, &raw)) { /* most likely UTF-8 where the locale is plain C */
        strbuf_clear(&raw);
        strbuf_add_n(&raw, bytes, count);
    }
    text_scrub(&clean, strbuf_text(&raw), raw.length, flags);
    strbuf_clear(&raw);
    return strbuf_take(&clean);
}

char *cli_text(const char *argument)
{
    return cli_decode(argument, strlen(argument), TEXT_ONE_LINE);
}

const char *cli_said(const char *argument, char out[static CLI_SAID])
{
    struct strbuf shown = {0};
    char *text = cli_text(argument);
    text_pad(
        &shown, text, text_width(text) < SAID_COLUMNS ? text_width(text) : SAID_COLUMNS, false);
    snprintf(out, CLI_SAID, "%s", strbuf_text(&shown));
    if (shown.length > 0 && shown.length < CLI_SAID && out[shown.length - 1] == ' ')
        out[shown.length - 1] = '\0'; /* half of what did not fit */
    strbuf_clear(&shown);
    free(text);
    return out;
}

static bool read_told(
    const struct cli *cli, const char *name, int most, char **text, struct error *err)
{
    struct strbuf told = {0};
    bool good = cli->session->text(cli->session->context, name, &told, err);
    if (good && told.length > (size_t)most)
        good = error_set(err, ERROR_INPUT,
            _("%s: the text is too long; at most %d bytes can be kept"), name, most);
    if (good)
        *text = alloc_string(strbuf_text(&told));
    strbuf_clear(&told);
    return good;
}

/* How long somebody as whom the program acts may leave it waiting. */
static int input_minutes(const struct cli *cli)
{
    int idle = config_number(cli->config, OPTION_SESSION_IDLE);
    return idle > 0 && idle < INPUT_MINUTES ? idle : INPUT_MINUTES;
}

/* False: nothing came for too long. */
static bool wait_input(const struct cli *cli)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    moment_t most = (moment_t)input_minutes(cli) * 60000, begun = date_now();
    if (cli->visit == NULL)
        return true;
    while (poll(&input, 1, INPUT_LOOK_MS) == 0)
        if (date_now() - begun >= most)
            return false;
    return true;
}

bool cli_read_input(
    const struct cli *cli, const char *name, int most, char **text, struct error *err)
{
    if (cli->session)
        return read_told(cli, name, most, text, err);
    struct strbuf bytes = {0};
    char piece[4096];
    ssize_t got = 1;
    bool comes = true;
    size_t room = (size_t)most * 4; /* another charset may take more */
    while (got != 0 && bytes.length <= room && (comes = wait_input(cli))) {
        got = read(STDIN_FILENO, piece, sizeof piece);
        if (got > 0)
            strbuf_add_n(&bytes, piece, (size_t)got);
        else if (got < 0 && errno != EINTR)
            break;
    }
    bool good = comes && got >= 0 && bytes.length <= room;
    if (!comes)
        error_set(err, ERROR_REFUSED,
            _("%s: nothing came on standard input for %d minutes, so nothing is done"), name,
            input_minutes(cli));
    else if (got < 0)
        error_set(err, ERROR_IO, _("%s: standard input cannot be read: %s"), name, strerror(errno));
    else if (!good)
        error_set(err, ERROR_INPUT,
            _("%s: standard input is too long; at most %d bytes can be kept"), name, most);
    while (bytes.length > 0 && strchr("\r\n", bytes.text[bytes.length - 1]) != NULL)
        strbuf_cut(&bytes, bytes.length - 1);
    if (good)
        *text = cli_decode(strbuf_text(&bytes), bytes.length, TEXT_LINES);
    strbuf_clear(&bytes);
    return good;
}

char *cli_join(const struct cli *cli)
{
    struct strbuf words = {0};
    for (int i = 0; i < cli->argument_count; i++) {
        char *word = cli_text(cli->arguments[i]);
        strbuf_format(&words, "%s%s", i ? " " : "", word);
        free(word);
    }
    return strbuf_take(&words);
}

bool cli_refuse_filter(const char *filter, const struct query_error *wrong, struct error *err)
{
    query_error_show(filter, wrong, err);
    err->code = ERROR_USAGE;
    return false;
}
