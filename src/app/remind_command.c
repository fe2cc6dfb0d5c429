#include "remind_command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/units.h"

enum { NOT_STARTED = 127 };

/* --- what it gets ---------------------------------------------------------------------------- */

struct variables {
    char **set; /* ends with NULL, as execve wants it */
    size_t count, capacity;
};

static void add_variable(struct variables *variables, const char *name, const char *value)
{
    variables->set = alloc_grow(
        variables->set, &variables->capacity, variables->count + 2, sizeof *variables->set);
    variables->set[variables->count++] = alloc_format("%s=%s", name, value);
    variables->set[variables->count] = NULL;
}

static const char *const facts[] = {"DUBAN_TASK", "DUBAN_TITLE", "DUBAN_DUE", "DUBAN_DAYS",
    "DUBAN_RUNG", "DUBAN_LEAD", "DUBAN_REGION", "DUBAN_PERSON", "DUBAN_PHONE", "DUBAN_TEXT"};

static bool is_fact(const char *variable)
{
    size_t length = strcspn(variable, "=");
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (strlen(facts[i]) == length && strncmp(facts[i], variable, length) == 0)
            return true;
    return false;
}

static void fill_variables(struct variables *variables, const struct model *model,
    const struct reminder *reminder, const char *text)
{
    const struct units *units = model_units(model);
    const struct department *lead = units_department(units, reminder->lead_id);
    const struct region *region = units_region(units, reminder->region_id);
    char due[11], days[16];
    snprintf(days, sizeof days, "%d", reminder->days);
    const char *const values[] = {reminder->ident, reminder->title, date_format(reminder->due, due),
        days, reminder->rung, lead ? lead->name : "", region ? region->name : "", reminder->officer,
        reminder->phone, text};
    for (char **own = environ; *own; own++)
        if (!is_fact(*own)) {
            const char *value = strchr(*own, '=');
            char *name = alloc_string_n(*own, strcspn(*own, "="));
            add_variable(variables, name, value ? value + 1 : "");
            free(name);
        }
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        add_variable(variables, facts[i], values[i]);
}

static void clear_variables(struct variables *variables)
{
    for (size_t i = 0; i < variables->count; i++)
        free(variables->set[i]);
    free(variables->set);
}

/* A file in memory: a pipe would hold us up where the command does not read. */
static int open_input(const char *text, struct error *err)
{
    int fd = memfd_create("reminder", MFD_CLOEXEC);
    if (fd >= 0 && dprintf(fd, "%s\n", text) >= 0 && lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    error_set(err, ERROR_IO, _("the command's input cannot be made: %s"), strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

/* --- running --------------------------------------------------------------------------------- */

/* A session of its own: what it starts can be stopped with it, and Ctrl-C is ours alone. */
static _Noreturn void become_command(
    const struct remind_command *command, const struct variables *variables, int input)
{
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    sigprocmask(SIG_SETMASK, command->signals, NULL);
    setsid();
    if (dup2(input, STDIN_FILENO) >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
        execle("/bin/sh", "sh", "-c", command->command, (char *)NULL, variables->set);
    _exit(NOT_STARTED);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* False: the time was up, and it was stopped. */
static bool wait_within(pid_t child, int64_t until, int *status)
{
    sigset_t ended;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    while (waitpid(child, status, WNOHANG) == 0) {
        int64_t left = until - now_ms();
        struct timespec most = {.tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000};
        if (left > 0) {
            sigtimedwait(&ended, NULL, &most);
            continue;
        }
        kill(-child, SIGKILL);
        kill(child, SIGKILL); /* not yet the leader of a session */
        waitpid(child, status, 0);
        return false;
    }
    return true;
}

static bool judge(int status, struct error *err)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (WIFEXITED(status))
        return error_set(
            err, ERROR_REFUSED, _("remind.command ended with status %d"), WEXITSTATUS(status));
    return error_set(
        err, ERROR_REFUSED, _("remind.command was ended by signal %d"), WTERMSIG(status));
}

static bool run(const struct remind_command *command, const struct variables *variables, int input,
    struct error *err)
{
    int status;
    int64_t until = now_ms() + command->seconds * INT64_C(1000);
    pid_t child = fork();
    if (child == 0)
        become_command(command, variables, input);
    if (child < 0)
        return error_set(err, ERROR_IO, _("remind.command cannot be started: %s"), strerror(errno));
    if (wait_within(child, until, &status))
        return judge(status, err);
    return error_set(err, ERROR_REFUSED,
        _("remind.command was stopped, because it had not ended after %d seconds"),
        command->seconds);
}

bool remind_command_run(const struct remind_command *command, const struct model *model,
    const struct reminder *reminder, struct error *err)
{
    struct variables variables = {0};
    struct strbuf text = {0};
    remind_text(model, reminder, &text);
    int input = open_input(strbuf_text(&text), err);
    bool good = false;
    if (input >= 0) {
        fill_variables(&variables, model, reminder, strbuf_text(&text));
        good = run(command, &variables, input, err);
        clear_variables(&variables);
        close(input);
    }
    strbuf_clear(&text);
    return good;
}
