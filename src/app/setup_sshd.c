/* What sshd is told about the account, and sshd having read it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "setup.h"

#define MARK "# Written by \"duban setup-server\"" /* how our file is told from somebody else's */
#define STARTUPS_NEEDED 50
#define EMPTY_FOLDER "/run/sshd" /* sshd will not even check without it */

/* Fixed settings of the account, in words of sshd_config(5), all allowed within Match. A board says
 * nothing for hours while nothing happens: ClientAlive finds lines that are dead, and gives a slow
 * one two minutes. MaxSessions: more boards than session.most would let in are of no use. Who opens
 * a connection and no board on it (ssh -N) is sent away after a minute. */
static const struct {
    const char *keyword, *value;
} settings[] = {
    {"AuthorizedKeysFile", "none"},
    {"AuthenticationMethods", "publickey"},
    {"PubkeyAuthentication", "yes"},
    {"PasswordAuthentication", "no"},
    {"KbdInteractiveAuthentication", "no"},
    {"HostbasedAuthentication", "no"},
    {"DisableForwarding", "yes"},
    {"AllowTcpForwarding", "no"},
    {"AllowStreamLocalForwarding", "no"},
    {"AllowAgentForwarding", "no"},
    {"X11Forwarding", "no"},
    {"PermitTunnel", "no"},
    {"PermitUserRC", "no"},
    {"PermitTTY", "yes"},
    {"ClientAliveInterval", "30"},
    {"ClientAliveCountMax", "4"},
    {"MaxSessions", "8"},
    {"UnusedConnectionTimeout", "60"},
};
enum { SETTINGS = sizeof settings / sizeof *settings };

static char *keys_command(const struct setup *setup)
{
    return alloc_format("%s --db %s authorized-keys %%f %%t %%k", setup->program, setup->database);
}

static void write_settings(const struct setup *setup, struct strbuf *out)
{
    char *command = keys_command(setup);
    strbuf_format(out,
        MARK
        "; take it away with \"duban setup-server --undo%s%s\".\n"
        "# Whoever has a key recorded with \"duban user key\" comes in as the account %s and gets\n"
        "# duban as that person, and nothing else.\n"
        "Match User %s\n",
        strcmp(setup->account, SETUP_ACCOUNT) == 0 ? "" : " --account ",
        strcmp(setup->account, SETUP_ACCOUNT) == 0 ? "" : setup->account, setup->account,
        setup->account);
    strbuf_format(out, "    AuthorizedKeysCommand %s\n    AuthorizedKeysCommandUser %s\n", command,
        setup->account);
    for (size_t i = 0; i < SETTINGS; i++)
        strbuf_format(out, "    %s %s\n", settings[i].keyword, settings[i].value);
    strbuf_add(out, "    AcceptEnv LANG LC_*\n");
    free(command);
}

/* --- the file -------------------------------------------------------------------------------- */

const char *setup_sshd_file(const struct setup *setup)
{
    return setup->dropin;
}

enum setup_found setup_sshd_look(struct setup *setup, struct error *err)
{
    struct strbuf wanted = {0}, there = {0};
    struct stat found;
    enum setup_found result = SETUP_NOTHING;
    char *path = setup_path(setup, setup->dropin);
    bool exists = lstat(path, &found) == 0;
    write_settings(setup, &wanted);
    if (!exists && !setup->image && !setup_has_program("sshd")) {
        result = SETUP_FOREIGN;
        error_set(err, ERROR_MISSING,
            _("there is no sshd on this machine: apt-get install openssh-server"));
    } else if (exists && !setup_read(path, &there, err)) {
        result = SETUP_FOREIGN;
    } else if (exists && strncmp(strbuf_text(&there), MARK, strlen(MARK)) != 0) {
        result = SETUP_FOREIGN;
        error_set(err, ERROR_REFUSED,
            _("%s is there already and is not duban's; move it away, or name another account with "
              "--account"),
            path);
    } else if (exists) {
        result = strcmp(strbuf_text(&there), strbuf_text(&wanted)) == 0 ? SETUP_READY : SETUP_LEFT;
    }
    strbuf_clear(&wanted);
    strbuf_clear(&there);
    free(path);
    return result;
}

bool setup_sshd_make(struct setup *setup, struct error *err)
{
    struct strbuf text = {0}, before = {0};
    bool made;
    char *path = setup_path(setup, setup->dropin);
    char *folder = alloc_string_n(path, (size_t)(strrchr(path, '/') - path));
    write_settings(setup, &text);
    if (setup_read(path, &before, NULL))
        setup->dropin_before = strbuf_take(&before);
    bool good =
        setup_make_folder(folder, &made, err) && setup_write(path, strbuf_text(&text), true, err);
    setup->dropin_written = good;
    strbuf_clear(&text);
    strbuf_clear(&before);
    free(folder);
    free(path);
    return good;
}

/* --- sshd itself ----------------------------------------------------------------------------- */

enum service { SERVICE_NONE, SERVICE_STOPPED, SERVICE_RUNS, SERVICE_BY_SOCKET };
static enum service find_service(bool *systemd)
{
    static const char *const socket[] = {"systemctl", "is-active", "--quiet", "ssh.socket", NULL};
    static const char *const unit[] = {"systemctl", "is-active", "--quiet", "ssh.service", NULL};
    static const char *const script[] = {"service", "ssh", "status", NULL};
    *systemd = access("/run/systemd/system", F_OK) == 0;
    if (*systemd && setup_run(unit, NULL, NULL))
        return SERVICE_RUNS;
    if (*systemd && setup_run(socket, NULL, NULL))
        return SERVICE_BY_SOCKET;
    if (*systemd)
        return SERVICE_STOPPED;
    if (!setup_has_program("service") || access("/etc/init.d/ssh", X_OK) != 0)
        return SERVICE_NONE;
    return setup_run(script, NULL, NULL) ? SERVICE_RUNS : SERVICE_STOPPED;
}

static bool reload(bool systemd, struct error *err)
{
    static const char *const unit[] = {"systemctl", "reload", "ssh.service", NULL};
    static const char *const script[] = {"service", "ssh", "reload", NULL};
    return setup_run(systemd ? unit : script, NULL, err);
}

/* Its own word for what holds for the account: whether another file got there first shows here. */
static bool ask_sshd(const struct setup *setup, struct strbuf *said, struct error *err)
{
    char *who = alloc_format("user=%s,host=localhost,addr=127.0.0.1", setup->account);
    const char *command[] = {"sshd", "-T", "-C", who, NULL};
    bool made = mkdir(EMPTY_FOLDER, 0755) == 0; /* there while sshd runs */
    bool good = setup_run(command, said, err);
    if (made)
        rmdir(EMPTY_FOLDER);
    free(who);
    return good;
}

static bool says(const char *said, const char *keyword, const char *value)
{
    size_t length = strlen(keyword), rest = strlen(value);
    for (const char *line = said; *line; line += strcspn(line, "\n"), line += *line == '\n')
        if (strncasecmp(line, keyword, length) == 0 && line[length] == ' ' &&
            strncmp(line + length + 1, value, rest) == 0 &&
            (line[length + 1 + rest] == '\n' || line[length + 1 + rest] == '\0'))
            return true;
    return false;
}

static bool hears(const char *said, const char *keyword, const char *value, struct error *err)
{
    return says(said, keyword, value) ||
           error_set(err, ERROR_REFUSED,
               _("sshd does not take \"%s %s\" for the account: another setting in /etc/ssh comes "
                 "before it, or sshd_config does not include sshd_config.d"),
               keyword, value);
}

/* AllowUsers and AllowGroups hold beside all else, and are patterns that only sshd can match. */
static void note_allowed(struct setup *setup, const char *said)
{
    static const char *const lists[] = {"allowusers", "allowgroups"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        char *line = alloc_format("\n%s ", lists[i]);
        if (strstr(said, line) && !says(said, lists[i], setup->account))
            strbuf_format(&setup->notes,
                _("sshd lets in only whom %s names: add %s there, unless a pattern fits it.\n\n"),
                i == 0 ? "AllowUsers" : "AllowGroups", setup->account);
        free(line);
    }
}

/* Those who are not in yet count: with a slow line to each, a shift that begins is more. */
void setup_note_startups(struct setup *setup)
{
    struct strbuf said = {0};
    struct error ignored = {0};
    static const char keyword[] = "\nmaxstartups ";
    if (!setup->image && geteuid() == 0 && ask_sshd(setup, &said, &ignored)) {
        const char *at = strstr(strbuf_text(&said), keyword);
        long first = at ? strtol(at + strlen(keyword), NULL, 10) : 0;
        if (first > 0 && first < STARTUPS_NEEDED)
            strbuf_format(&setup->notes,
                _("sshd turns logins away at random while more than %ld are under way, as when a "
                  "shift begins; for hundreds of people put \"MaxStartups 100:30:300\" into "
                  "/etc/ssh/sshd_config (it holds for all accounts), and reload sshd.\n\n"),
                first);
    }
    strbuf_clear(&said);
}

static bool check(struct setup *setup, struct error *err)
{
    struct strbuf said = {0};
    char *command = keys_command(setup);
    bool good = ask_sshd(setup, &said, err);
    const char *text = strbuf_text(&said);
    good = good && hears(text, "AuthorizedKeysCommand", command, err) &&
           hears(text, "AuthorizedKeysCommandUser", setup->account, err);
    for (size_t i = 0; good && i < SETTINGS; i++)
        good = hears(text, settings[i].keyword, settings[i].value, err);
    if (good)
        note_allowed(setup, text);
    strbuf_clear(&said);
    free(command);
    return good;
}

/* Right where sshd says so; what is wrong is found out by making it, when the file is there. */
enum setup_found setup_reload_look(struct setup *setup, struct error *err)
{
    struct error ignored = {0};
    (void)err;
    if (setup->dropin_written || setup_sshd_look(setup, &ignored) != SETUP_READY)
        return SETUP_NOTHING;
    return setup->image || geteuid() != 0 || check(setup, &ignored) ? SETUP_READY : SETUP_NOTHING;
}

bool setup_reload_make(struct setup *setup, struct error *err)
{
    bool systemd;
    if (setup->image)
        return true;
    if (!check(setup, err))
        return false;
    enum service service = find_service(&systemd);
    if (service == SERVICE_STOPPED)
        strbuf_format(&setup->notes, _("sshd does not run yet: %s\n\n"),
            systemd ? "systemctl start ssh" : "service ssh start");
    else if (service == SERVICE_NONE)
        strbuf_add(&setup->notes,
            _("Nothing here starts and reloads sshd by itself: where it runs already, send it "
              "SIGHUP.\n\n"));
    return service != SERVICE_RUNS || reload(systemd, err);
}

/* --- taking it away -------------------------------------------------------------------------- */

/* A run that failed puts back what was there; sshd has not read it yet. */
static bool take_back(struct setup *setup, const char *path, struct error *err)
{
    setup->dropin_written = false;
    if (setup->dropin_before)
        return setup_write(path, setup->dropin_before, true, err);
    return unlink(path) == 0 || error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
}

bool setup_sshd_undo(struct setup *setup, struct error *err)
{
    bool systemd;
    char *path = setup_path(setup, setup->dropin);
    bool written = setup->dropin_written, good = take_back(setup, path, err);
    if (good && !written && !setup->image && find_service(&systemd) == SERVICE_RUNS)
        good = reload(systemd, err);
    free(path);
    return good;
}
