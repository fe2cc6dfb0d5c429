/* What the system lets one account have, where hundreds of people come in as the same. */
#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "setup.h"

#define KEY "fs.inotify.max_user_instances"
#define PRESENT "/proc/sys/fs/inotify/max_user_instances"
#define MARK "# Written by \"duban setup-server\""
#define TEXT                                                                                       \
    MARK "; --undo takes it away.\n"                                                               \
         "# Each board watches the database by one of these; those beyond look once a "            \
         "second.\n" KEY " = 1024\n"

enum {
    BOARDS_MOST = 1024,
    PROCESSES_NEEDED = 1024 /* three tasks a session: sshd, duban, and a query now and then */
};

const char *setup_limits_file(const struct setup *setup)
{
    return setup->limits;
}

static long present(void)
{
    struct strbuf text = {0};
    long value = setup_read(PRESENT, &text, NULL) ? strtol(strbuf_text(&text), NULL, 10) : 0;
    strbuf_clear(&text);
    return value;
}

/* What another account of ours raised goes down again with it. */
static bool is_raised_by_us(void)
{
    glob_t found = {0};
    bool any = glob("/etc/sysctl.d/50-duban*.conf", GLOB_NOSORT, NULL, &found) == 0;
    globfree(&found);
    return any;
}

static enum setup_found judge(const struct setup *setup, const char *text, struct error *err)
{
    if (strncmp(text, MARK, strlen(MARK)) != 0) {
        error_set(err, ERROR_REFUSED, _("%s is there already and is not duban's"), setup->limits);
        return SETUP_FOREIGN;
    }
    bool holds = setup->image || present() >= BOARDS_MOST;
    return holds && strcmp(text, TEXT) == 0 ? SETUP_READY : SETUP_LEFT;
}

enum setup_found setup_limits_look(struct setup *setup, struct error *err)
{
    struct strbuf text = {0};
    enum setup_found result = SETUP_NOTHING;
    char *path = setup_path(setup, setup->limits);
    if (setup_read(path, &text, NULL))
        result = judge(setup, strbuf_text(&text), err);
    else if (!setup->image && present() >= BOARDS_MOST && !is_raised_by_us())
        result = SETUP_GIVEN;
    strbuf_clear(&text);
    free(path);
    return result;
}

/* Written by hand: not every system has the program sysctl. */
static bool apply(struct error *err)
{
    long value = present();
    if (value >= BOARDS_MOST)
        return true;
    FILE *file = fopen(PRESENT, "we");
    bool good = file && fprintf(file, "%d\n", BOARDS_MOST) > 0;
    good = file && fclose(file) == 0 && good;
    return good || error_set(err, ERROR_IO,
                       _("%s cannot be changed here (%s), as in a container: set it to %d on the "
                         "host; until "
                         "then the boards beyond %ld look once a second instead of being woken"),
                       KEY, strerror(errno), BOARDS_MOST, value);
}

bool setup_limits_make(struct setup *setup, struct error *err)
{
    bool made;
    if (!setup->image && !apply(err))
        return false;
    char *path = setup_path(setup, setup->limits);
    char *folder = alloc_string_n(path, (size_t)(strrchr(path, '/') - path));
    bool good = setup_make_folder(folder, &made, err) && setup_write(path, TEXT, true, err);
    free(folder);
    free(path);
    return good;
}

/* The kernel keeps the value until it starts again: others may be counting on it by now. */
bool setup_limits_undo(struct setup *setup, struct error *err)
{
    char *path = setup_path(setup, setup->limits);
    bool good = unlink(path) == 0 || error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
    free(path);
    return good;
}

/* --- what is only told ------------------------------------------------------------------------ */

/* The number a program says behind `before`; LONG_MAX for "unlimited" and for what cannot be told.
 */
static long ask(const char *const *command, const char *before)
{
    struct strbuf said = {0};
    struct error ignored = {0};
    long value = LONG_MAX;
    if (setup_run(command, &said, &ignored)) {
        const char *text = strbuf_text(&said);
        size_t length = strlen(before);
        char *end;
        long number = strncmp(text, before, length) == 0 ? strtol(text + length, &end, 10) : 0;
        value = number > 0 ? number : LONG_MAX;
    }
    strbuf_clear(&said);
    return value;
}

void setup_note_limits(struct setup *setup)
{
    if (setup->image || !setup->has_account)
        return;
    char *slice = alloc_format("user-%u.slice", (unsigned)setup->uid);
    const char *const tasks[] = {"systemctl", "show", "--property=TasksMax", slice, NULL};
    const char *const processes[] = {"runuser", "-u", setup->account, "--", "prlimit", "--nproc",
        "--raw", "--noheadings", "--output", "SOFT", NULL};
    long most = ask(processes, "");
    if (most < PROCESSES_NEEDED)
        strbuf_format(&setup->notes,
            _("The account %s may have %ld processes, about three a session: for hundreds of "
              "people raise nproc in /etc/security/limits.conf.\n\n"),
            setup->account, most);
    most = access("/run/systemd/system", F_OK) == 0 ? ask(tasks, "TasksMax=") : LONG_MAX;
    if (most < PROCESSES_NEEDED)
        strbuf_format(&setup->notes,
            _("systemd lets the account %s have %ld tasks, about three a session: for hundreds of "
              "people systemctl edit %s, and there [Slice] TasksMax=%d.\n\n"),
            setup->account, most, slice, PROCESSES_NEEDED);
    free(slice);
}
