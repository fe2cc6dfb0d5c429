#include "app/environment.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
#define SCREEN_MOST 1000 /* columns or rows */

static bool is_of(const char *value, const char *characters, size_t most)
{
    size_t length = strspn(value, characters);
    return length > 0 && length <= most && value[length] == '\0';
}

static bool is_terminal(const char *value)
{
    return is_of(value, LETTERS "+._-", 63) && value[0] != '.' && value[0] != '-';
}

static bool is_locale(const char *value)
{
    return is_of(value, LETTERS "_.@-", 63) && value[0] != '.';
}

static bool is_size(const char *value)
{
    return is_of(value, "0123456789", 4) && atoi(value) >= 1 && atoi(value) <= SCREEN_MOST;
}

static bool is_anything(const char *value)
{
    (void)value;
    return true;
}

static bool is_address(const char *value)
{
    return is_of(value, LETTERS ".:%_- ", 200);
}

static bool is_device(const char *value)
{
    return is_of(value, LETTERS "._-/", 63);
}

static const struct variable {
    const char *name;
    bool (*good)(const char *value);
} variables[] = {
    {"TERM", is_terminal},
    {"LANG", is_locale},
    {"LC_ALL", is_locale},
    {"LC_CTYPE", is_locale},
    {"LC_MESSAGES", is_locale},
    {"COLUMNS", is_size},
    {"LINES", is_size},
    {"NO_COLOR", is_anything},
    {"SSH_CONNECTION", is_address},
    {"SSH_TTY", is_device},
    {"SSH_ORIGINAL_COMMAND", is_anything},
};
enum { VARIABLES = sizeof variables / sizeof *variables };

static void keep_variables(void)
{
    char *kept[VARIABLES] = {0};
    for (size_t i = 0; i < VARIABLES; i++) {
        const char *value = getenv(variables[i].name);
        if (value && variables[i].good(value))
            kept[i] = alloc_string(value);
    }
    clearenv();
    for (size_t i = 0; i < VARIABLES; i++) {
        if (kept[i])
            setenv(variables[i].name, kept[i], 1);
        free(kept[i]);
    }
}

static bool says_something(const char *name)
{
    const char *value = getenv(name);
    return value && *value && strcmp(value, "C") != 0 && strcmp(value, "POSIX") != 0;
}

static void choose_locale(void)
{
    const char *all = getenv("LC_ALL"), *charset = getenv("LC_CTYPE");
    if (!(all && *all) && !(charset && *charset) && !says_something("LANG"))
        setenv("LANG", "C.UTF-8", 1);
}

static void reset_signals(void)
{
    struct sigaction before;
    sigset_t none;
    sigemptyset(&none);
    for (int signo = 1; signo < NSIG; signo++)
        if (sigaction(signo, NULL, &before) == 0 && before.sa_handler == SIG_IGN)
            signal(signo, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Wherever it stands: rather once too often. */
static bool acts_as(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--as") == 0 || strncmp(argv[i], "--as=", 5) == 0)
            return true;
    return false;
}

void environment_confine(int argc, char **argv)
{
    static const struct rlimit none = {0, 0};
    if (!acts_as(argc, argv) ||
        (getenv("SSH_CONNECTION") == NULL && getenv("SSH_ORIGINAL_COMMAND") == NULL))
        return;
    keep_variables();
    choose_locale();
    close_range(STDERR_FILENO + 1, ~0U, 0);
    reset_signals();
    umask(077);
    setrlimit(RLIMIT_CORE, &none);
}
