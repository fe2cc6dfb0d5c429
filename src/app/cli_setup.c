/* `duban setup-server`. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "cli_commands.h"
#include "setup.h"

#define CONFIG_FILE "/etc/duban/duban.cfg"
#define SSHD_FOLDER "/etc/ssh/sshd_config.d"

struct asked {
    const char *account, *folder, *root; /* NULL: not said */
    bool dry_run, undo, purge, units;
};

/* --- what it is about ------------------------------------------------------------------------ */

static bool account_is_good(const char *name)
{
    size_t length = strlen(name);
    if (!(islower((unsigned char)name[0]) || name[0] == '_') || length > 31)
        return false;
    for (const char *at = name; *at; at++)
        if (!islower((unsigned char)*at) && !isdigit((unsigned char)*at) && !strchr("_-", *at))
            return false;
    return true;
}

static bool check_words(const struct setup *setup, struct error *err)
{
    if (!account_is_good(setup->account))
        return error_set(err, ERROR_USAGE,
            _("--account: \"%s\" cannot be the name of an account: small letters, digits, _ and -, "
              "a letter first, at most 31"),
            setup->account);
    if (!setup_is_plain(setup->folder))
        return error_set(err, ERROR_USAGE,
            _("--folder: \"%s\" is not a whole path of letters, digits and . _ - +, as sshd can be "
              "told it"),
            setup->folder);
    return true;
}

/* The folder of an account that was set up before need not be said again. Caller frees. */
static char *choose_folder(const struct asked *asked, const char *account)
{
    struct passwd *found = asked->folder || asked->root ? NULL : getpwnam(account);
    if (asked->folder)
        return alloc_string(asked->folder);
    return alloc_string(found && setup_is_plain(found->pw_dir) ? found->pw_dir : SETUP_FOLDER);
}

static char *find_root(const char *said, struct error *err)
{
    struct stat found;
    char *root = said ? realpath(said, NULL) : alloc_string("");
    if (root == NULL || (said && (stat(root, &found) != 0 || !S_ISDIR(found.st_mode)))) {
        error_set(err, ERROR_INPUT, _("--root: %s is not a folder"), said);
        free(root);
        return NULL;
    }
    if (strcmp(root, "/") == 0)
        *root = '\0';
    return root;
}

/* The program by the name it has on the server: below an image without the image's own. */
static char *find_self(const char *root)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    path[length > 0 ? length : 0] = '\0';
    size_t above = strlen(root);
    bool inside = strncmp(path, root, above) == 0 && path[above] == '/';
    return alloc_string(inside ? path + above : path);
}

static bool check_program(const struct setup *setup, struct error *err)
{
    struct error why = {0};
    if (setup_is_plain(setup->program) && setup_is_safe(setup, setup->program, true, &why))
        return true;
    return error_set(err, ERROR_PERMISSION,
        _("sshd runs no program that somebody else than root could exchange (%s); install duban by "
          "\"make install\" as root and run %s from there"),
        why.code ? why.text : setup->program, "/usr/local/bin/duban setup-server");
}

static bool prepare(const struct asked *asked, struct setup *setup, struct error *err)
{
    if (geteuid() != 0 && !asked->dry_run)
        return error_set(err, ERROR_PERMISSION,
            _("a server is set up by root: sudo duban setup-server; --dry-run only tells what "
              "would be done"));
    setup->root = find_root(asked->root, err);
    if (setup->root == NULL)
        return false;
    setup->image = *setup->root != '\0';
    setup->purge = asked->purge;
    setup->units = asked->units;
    setup->account = asked->account ? asked->account : SETUP_ACCOUNT;
    setup->folder = choose_folder(asked, setup->account);
    setup->program = find_self(setup->root);
    setup->database = alloc_format("%s/duban.db", setup->folder);
    setup->config = alloc_string(CONFIG_FILE);
    bool ours = strcmp(setup->account, SETUP_ACCOUNT) == 0;
    setup->dropin =
        alloc_format(SSHD_FOLDER "/50-duban%s%s.conf", ours ? "" : "-", ours ? "" : setup->account);
    setup->limits = alloc_format(
        "/etc/sysctl.d/50-duban%s%s.conf", ours ? "" : "-", ours ? "" : setup->account);
    return check_words(setup, err) && (asked->undo || check_program(setup, err));
}

static void clear(struct setup *setup)
{
    free((char *)setup->root);
    free((char *)setup->folder);
    free(setup->program);
    free(setup->database);
    free(setup->config);
    free(setup->dropin);
    free(setup->dropin_before);
    free(setup->limits);
    strbuf_clear(&setup->notes);
}

/* Before it is done, by what was found. */
static const char *const states[] = {
    [SETUP_NOTHING] = N_("to be done"),
    [SETUP_READY] = N_("in order"),
    [SETUP_GIVEN] = N_("in order"),
    [SETUP_LEFT] = N_("to be taken up"),
    [SETUP_OUT] = N_("left out, see below"),
    [SETUP_FOREIGN] = N_("to be done"),
};

/* --- telling --------------------------------------------------------------------------------- */

static void tell(
    struct cli *cli, const struct setup *setup, const struct setup_step *step, const char *state)
{
    struct strbuf line = {0};
    strbuf_format(&line, _(step->title), step->subject(setup));
    strbuf_format(&line, ": %s\n", state);
    cli_print(cli, strbuf_text(&line));
    strbuf_clear(&line);
}

/* What repeats itself in commands: the words that are not the ones by default. Caller frees. */
static char *same_words(const struct asked *asked)
{
    struct strbuf words = {0};
    if (asked->account)
        strbuf_format(&words, " --account %s", asked->account);
    if (asked->folder)
        strbuf_format(&words, " --folder %s", asked->folder);
    if (asked->root)
        strbuf_format(&words, " --root %s", asked->root);
    return strbuf_take(&words);
}

static void add_command(struct strbuf *out, const char *command, const char *help)
{
    strbuf_format(out, "  %s\n      %s\n", command, help);
}

static void add_notes(struct strbuf *out, const struct setup *setup)
{
    if (setup->notes.length > 0)
        strbuf_format(out, "\n%.*s", (int)setup->notes.length - 1, strbuf_text(&setup->notes));
}

static void tell_next(struct cli *cli, const struct asked *asked, const struct setup *setup)
{
    struct strbuf out = {0};
    char *words = same_words(asked);
    char *backup = alloc_format("30 12 * * *  %s  %s --db %s backup %s/$(date +\\%%F).db",
        setup->account, setup->program, setup->database, setup->folder);
    char *remind = alloc_format(
        "0 9 * * *  %s  %s --lang zh remind --send >/dev/null", setup->account, setup->program);
    char *way_in = alloc_format("ssh %s@SERVER", setup->account);
    char *undo = alloc_format("duban setup-server --undo%s", words ? words : "");
    add_notes(&out, setup);
    cli_add_heading(&out, _("Next"));
    add_command(&out, "duban user add lina name=李娜 role=officer", _("record a person"));
    add_command(&out, "duban user key lina add lina.pub", _("and the key they log in with"));
    add_command(&out, way_in, _("that is how they come in"));
    cli_add_heading(&out, _("Worth a line each in /etc/cron.d/duban"));
    add_command(&out, backup, _("a copy every day; fetch it to another machine"));
    add_command(&out, remind, _("reminders; \"duban help remind\" first"));
    cli_add_heading(&out, _("To take it away again"));
    add_command(&out, undo, _("the data stays; with --purge it goes too"));
    cli_print(cli, strbuf_text(&out));
    strbuf_clear(&out);
    free(words);
    free(backup);
    free(remind);
    free(way_in);
    free(undo);
}

/* --- doing ----------------------------------------------------------------------------------- */

static void leave_out(struct setup *setup, struct error *err)
{
    strbuf_format(&setup->notes, "%s\n\n", err->text);
    *err = (struct error){0};
}

static enum setup_found look(struct setup *setup, const struct setup_step *step, struct error *err)
{
    enum setup_found found = step->look(setup, err);
    if (found != SETUP_FOREIGN || !step->spare)
        return found;
    leave_out(setup, err);
    return SETUP_OUT;
}

/* Before anything is made: what is not ours stops it all. */
static bool look_ahead(struct setup *setup, struct error *err)
{
    for (size_t i = 0; i < setup_step_count; i++)
        if (look(setup, &setup_steps[i], err) == SETUP_FOREIGN)
            return false;
    strbuf_cut(&setup->notes, 0); /* said again by whoever looks before making */
    return true;
}

static void add_all_notes(struct setup *setup)
{
    setup_note_startups(setup);
    setup_note_limits(setup);
}

static void dry_run(struct cli *cli, struct setup *setup)
{
    for (size_t i = 0; i < setup_step_count; i++) {
        struct error err = {0};
        tell(cli, setup, &setup_steps[i], _(states[look(setup, &setup_steps[i], &err)]));
    }
    struct strbuf out = {0};
    add_all_notes(setup);
    add_notes(&out, setup);
    if (out.length > 0)
        cli_print(cli, strbuf_text(&out));
    strbuf_clear(&out);
}

/* What cannot be taken back is told, and does not keep the rest from being taken back. */
static void take_back(struct cli *cli, struct setup *setup, const bool *made, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        struct error err = {0};
        if (!made[i] || setup_steps[i].undo == NULL)
            continue;
        if (setup_steps[i].undo(setup, &err))
            tell(cli, setup, &setup_steps[i], _("taken back"));
        else
            tell(cli, setup, &setup_steps[i], err.text);
    }
}

static bool make_step(struct cli *cli, struct setup *setup, const struct setup_step *step,
    bool *made, struct error *err)
{
    enum setup_found found = look(setup, step, err);
    if (found == SETUP_FOREIGN)
        return false;
    bool open = found == SETUP_NOTHING || found == SETUP_LEFT;
    *made = open && step->make(setup, err);
    if (open && !*made && step->spare) {
        leave_out(setup, err);
        found = SETUP_OUT;
        open = false;
    }
    if (!open)
        tell(cli, setup, step, _(states[found]));
    else if (*made)
        tell(cli, setup, step, found == SETUP_LEFT ? _("taken up") : _("done"));
    return *made || !open;
}

static bool make(struct cli *cli, struct setup *setup, struct error *err)
{
    bool *made = alloc_zero(setup_step_count, sizeof *made), good = true;
    for (size_t i = 0; good && i < setup_step_count; i++) {
        const struct setup_step *step = &setup_steps[i];
        good = make_step(cli, setup, step, &made[i], err);
        if (!good) {
            struct strbuf title = {0};
            strbuf_format(&title, _(step->title), step->subject(setup));
            error_prefix(err, "%s", strbuf_text(&title));
            strbuf_clear(&title);
            take_back(cli, setup, made, i);
        }
    }
    free(made);
    return good;
}

static bool set_up(
    struct cli *cli, const struct asked *asked, struct setup *setup, struct error *err)
{
    if (!look_ahead(setup, err))
        return false;
    if (asked->dry_run) {
        dry_run(cli, setup);
        return true;
    }
    if (!make(cli, setup, err))
        return false;
    setup_note_config(setup);
    add_all_notes(setup);
    tell_next(cli, asked, setup);
    return true;
}

/* --- taking away ----------------------------------------------------------------------------- */

static bool take_away_step(struct cli *cli, const struct asked *asked, struct setup *setup,
    const struct setup_step *step, struct error *err)
{
    struct error why = {0};
    setup->holds_other = false;
    enum setup_found found = step->look(setup, &why);
    bool goes = step->undo && (!step->keeps || setup->purge);
    if (found == SETUP_NOTHING || found == SETUP_GIVEN || found == SETUP_OUT)
        tell(cli, setup, step, _("is not there"));
    else if (found == SETUP_FOREIGN) {
        char *state = alloc_format(_("stays (%s)"), why.text);
        tell(cli, setup, step, state);
        free(state);
    } else if (asked->dry_run)
        tell(cli, setup, step, goes ? _("would be taken away") : _("would stay"));
    else if (goes ? !step->undo(setup, err) : step->leave && !step->leave(setup, err))
        return false;
    else if (setup->holds_other)
        tell(cli, setup, step, _("stays: other files lie there"));
    else
        tell(cli, setup, step, goes ? _("taken away") : _("stays"));
    return true;
}

/* An account cannot go while somebody works as it. */
static bool nobody_works(struct setup *setup, struct error *err)
{
    struct error ignored = {0};
    enum setup_found account = setup_steps[0].look(setup, &ignored);
    int count = account == SETUP_READY && !setup->image ? setup_processes(setup->uid) : 0;
    return count == 0 ||
           error_set(err, ERROR_BUSY,
               _("the account %s is at work (processes: %d, \"duban who\"); end them first: pkill "
                 "-u %s"),
               setup->account, count, setup->account);
}

static bool take_away(
    struct cli *cli, const struct asked *asked, struct setup *setup, struct error *err)
{
    bool good = nobody_works(setup, err);
    for (size_t i = setup_step_count; good && i-- > 0;)
        if (setup_steps[i].undo || setup_steps[i].keeps)
            good = take_away_step(cli, asked, setup, &setup_steps[i], err);
    return good;
}

int cli_setup_server(struct cli *cli, struct error *err)
{
    struct asked asked = {0};
    struct setup setup = {0};
    cli_take_option(cli, "--account", &asked.account, err);
    cli_take_option(cli, "--folder", &asked.folder, err);
    cli_take_option(cli, "--root", &asked.root, err);
    asked.dry_run = cli_take_option(cli, "--dry-run", NULL, err);
    asked.undo = cli_take_option(cli, "--undo", NULL, err);
    asked.purge = cli_take_option(cli, "--purge", NULL, err);
    asked.units = cli_take_option(cli, "--units", NULL, err);
    if (!cli_arguments_end(cli, 0, 0, err))
        return EXIT_USAGE;
    if (asked.purge && !asked.undo)
        error_set(err, ERROR_USAGE, _("--purge goes with --undo"));
    if (asked.units && asked.undo)
        error_set(err, ERROR_USAGE, _("--units does not go with --undo"));
    umask(022);
    bool good = err->code == ERROR_NONE && prepare(&asked, &setup, err);
    if (good && asked.undo)
        take_away(cli, &asked, &setup, err);
    else if (good)
        set_up(cli, &asked, &setup, err);
    clear(&setup);
    return cli_status(err);
}
