/* The steps of setting up a server: account, folder, database, configuration. */
#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "app/config.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/settings.h"
#include "cli_commands.h"
#include "model/model.h"
#include "model/sample.h"
#include "model/units.h"
#include "setup.h"
#include "store/db.h"

#define ACCOUNT_COMMENT "duban (setup-server)" /* tells our accounts from others */
#define ACCOUNT_SHELL "/bin/sh"                /* sshd runs forced commands by it */

/* --- the account ----------------------------------------------------------------------------- */

static const char *account_subject(const struct setup *setup)
{
    return setup->account;
}

/* An image has a file of its own, this machine may have accounts from elsewhere as well. */
static struct passwd *find_account(const struct setup *setup, FILE **file)
{
    struct passwd *found = NULL;
    *file = NULL;
    if (!setup->image)
        return getpwnam(setup->account);
    char *path = setup_path(setup, "/etc/passwd");
    *file = fopen(path, "re");
    free(path);
    while (
        *file && (found = fgetpwent(*file)) != NULL && strcmp(found->pw_name, setup->account) != 0)
        ;
    return found;
}

static bool judge_account(const struct setup *setup, const struct passwd *found, struct error *err)
{
    if (found->pw_uid == 0 || strcmp(found->pw_gecos, ACCOUNT_COMMENT) != 0)
        return error_set(err, ERROR_REFUSED,
            _("there is an account %s already which duban did not make (%s, home %s); name another "
              "with --account, or take that one away first"),
            setup->account, *found->pw_gecos ? found->pw_gecos : found->pw_shell, found->pw_dir);
    if (strcmp(found->pw_dir, setup->folder) != 0)
        return error_set(err, ERROR_REFUSED,
            _("the account %s belongs to the folder %s; say --folder %s"), setup->account,
            found->pw_dir, found->pw_dir);
    if (strcmp(found->pw_shell, ACCOUNT_SHELL) != 0)
        return error_set(err, ERROR_REFUSED,
            _("the account %s has the shell %s, by which sshd cannot run duban: usermod --shell %s "
              "%s"),
            setup->account, found->pw_shell, ACCOUNT_SHELL, setup->account);
    return true;
}

static enum setup_found account_look(struct setup *setup, struct error *err)
{
    FILE *file;
    errno = 0;
    struct passwd *found = find_account(setup, &file);
    enum setup_found result = SETUP_NOTHING;
    setup->has_account = found != NULL;
    if (found) {
        setup->uid = found->pw_uid;
        setup->gid = found->pw_gid;
        result = judge_account(setup, found, err) ? SETUP_READY : SETUP_FOREIGN;
    }
    if (file)
        fclose(file);
    return result;
}

/* "*" lets no password in, as "!" does; sshd without PAM refuses keys too where it finds "!". */
static bool account_make(struct setup *setup, struct error *err)
{
    const char *command[20] = {"useradd", "--system", "--user-group", "--no-create-home",
        "--home-dir", setup->folder, "--shell", ACCOUNT_SHELL, "--comment", ACCOUNT_COMMENT,
        "--password", "*"};
    size_t count = 12;
    if (setup->image) {
        command[count++] = "--prefix";
        command[count++] = setup->root;
    }
    command[count] = setup->account;
    if (!setup_run(command, NULL, err))
        return false;
    enum setup_found found = account_look(setup, err);
    return found == SETUP_READY ||
           (found == SETUP_NOTHING &&
               error_set(err, ERROR_IO, _("the account %s is not there after useradd made it"),
                   setup->account));
}

/* userdel leaves the group where login.defs does not say USERGROUPS_ENAB. */
static bool account_undo(struct setup *setup, struct error *err)
{
    const char *command[] = {"userdel", setup->account, "--prefix", setup->root, NULL};
    const char *group[] = {"groupdel", setup->account, "--prefix", setup->root, NULL};
    if (!setup->image)
        command[2] = group[2] = NULL;
    setup->has_account = false;
    if (!setup_run(command, NULL, err))
        return false;
    setup_run(group, NULL, NULL);
    return true;
}

/* --- the folder ------------------------------------------------------------------------------ */

static const char *folder_subject(const struct setup *setup)
{
    return setup->folder;
}

static bool is_empty(const char *path)
{
    bool empty = true;
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
        empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
                             strcmp(entry->d_name, "lost+found") == 0);
    if (folder)
        closedir(folder);
    return folder != NULL && empty;
}

static bool there_is(const struct setup *setup, const char *name, struct stat *found)
{
    char *path = setup_path(setup, name);
    bool there = lstat(path, found) == 0;
    free(path);
    return there;
}

/* Root's, and either with nothing in it or closed to all with a database: what --undo leaves. */
static bool is_left(const struct setup *setup, const char *path, const struct stat *found)
{
    struct stat database;
    return found->st_uid == 0 &&
           (is_empty(path) ||
               ((found->st_mode & 0777) == 0700 && there_is(setup, setup->database, &database)));
}

static enum setup_found judge_folder(
    const struct setup *setup, const char *path, const struct stat *found, struct error *err)
{
    if (!S_ISDIR(found->st_mode))
        error_set(err, ERROR_REFUSED,
            _("%s is there already and is not a folder; name another with --folder"), path);
    else if (is_left(setup, path, found))
        return SETUP_LEFT;
    else if (!setup->has_account || found->st_uid != setup->uid)
        error_set(err, ERROR_REFUSED,
            _("the folder %s is there already, and not that of the account %s; name another with "
              "--folder"),
            path, setup->account);
    else if (found->st_mode & 0077)
        error_set(
            err, ERROR_REFUSED, _("the folder %s is open to others: chmod 700 %s"), path, path);
    else
        return SETUP_READY;
    return SETUP_FOREIGN;
}

static enum setup_found folder_look(struct setup *setup, struct error *err)
{
    struct stat found;
    char *path = setup_path(setup, setup->folder);
    enum setup_found result = SETUP_NOTHING;
    if (!setup_is_safe(setup, setup->folder, false, err))
        result = SETUP_FOREIGN;
    else if (lstat(path, &found) == 0)
        result = judge_folder(setup, path, &found, err);
    free(path);
    return result;
}

/* What an --undo left was closed to all but root since, so that nobody can have put anything in it
 * that must not be given away. The folder itself goes last: nobody is in there before. */
static bool folder_make(struct setup *setup, struct error *err)
{
    char *path = setup_path(setup, setup->folder);
    setup->folder_made = mkdir(path, 0700) == 0;
    bool good = setup->folder_made || errno == EEXIST ||
                error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
    good = good &&
           (chmod(path, 0700) == 0 || error_set(err, ERROR_IO, "%s: %s", path, strerror(errno)));
    good = good && setup_give(path, setup->uid, setup->gid, true, err);
    if (!good && setup->folder_made)
        rmdir(path);
    free(path);
    return good;
}

static bool folder_leave(struct setup *setup, struct error *err)
{
    char *path = setup_path(setup, setup->folder);
    bool good = setup_give(path, 0, 0, false, err);
    free(path);
    return good;
}

/* Copies of the database, for one, were made by people. */
static bool folder_undo(struct setup *setup, struct error *err)
{
    if (!setup->purge && !setup->folder_made)
        return folder_leave(setup, err);
    char *path = setup_path(setup, setup->folder);
    bool gone = rmdir(path) == 0;
    setup->holds_other = !gone && (errno == ENOTEMPTY || errno == EEXIST);
    bool good =
        gone || setup->holds_other || error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
    free(path);
    return good && (gone || folder_leave(setup, err));
}

/* --- the database ---------------------------------------------------------------------------- */

static const char *database_subject(const struct setup *setup)
{
    return setup->database;
}

/* One of an older schema is brought up by whoever writes first. */
static bool judge_database(const struct setup *setup, struct error *err)
{
    struct db *db = NULL;
    struct error why = {0};
    char *path = setup_path(setup, setup->database);
    bool good = db_open(path, DB_READ_ONLY, &db, &why);
    free(path);
    if (good)
        db_close(db);
    return good || why.code == ERROR_READ_ONLY || error_set(err, why.code, "%s", why.text);
}

static enum setup_found database_look(struct setup *setup, struct error *err)
{
    struct stat found, folder;
    if (!there_is(setup, setup->database, &found))
        return SETUP_NOTHING;
    if (!there_is(setup, setup->folder, &folder) || folder.st_uid == 0)
        return SETUP_LEFT;
    if (S_ISREG(found.st_mode) && setup->has_account && found.st_uid == setup->uid)
        return judge_database(setup, err) ? SETUP_READY : SETUP_FOREIGN;
    error_set(err, ERROR_REFUSED, _("%s does not belong to the account %s: chown %s: %s*"),
        setup->database, setup->account, setup->account, setup->database);
    return SETUP_FOREIGN;
}

/* The names a database has, those beside it included. */
static bool each_file(const struct setup *setup, bool (*each)(const struct setup *, const char *))
{
    static const char *const endings[] = {"-wal", "-shm", ".gate", ".sessions", ""};
    bool good = true;
    for (size_t i = 0; good && i < sizeof endings / sizeof *endings; i++) {
        char *path = alloc_format("%s%s%s", setup->root, setup->database, endings[i]);
        good = each(setup, path) || errno == ENOENT;
        free(path);
    }
    return good;
}

static bool give_file(const struct setup *setup, const char *path)
{
    return lchown(path, setup->uid, setup->gid) == 0;
}

static bool remove_file(const struct setup *setup, const char *path)
{
    (void)setup;
    return unlink(path) == 0;
}

static bool database_make(struct setup *setup, struct error *err)
{
    struct db *db;
    struct stat found;
    if (there_is(setup, setup->database, &found))
        return true; /* taken up with its folder */
    char *path = setup_path(setup, setup->database);
    bool good = db_open(path, DB_CREATE, &db, err);
    if (good) {
        db_close(db);
        good = each_file(setup, give_file) ||
               error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
        if (!good)
            each_file(setup, remove_file);
        setup->database_made = good;
    }
    free(path);
    return good;
}

static bool database_undo(struct setup *setup, struct error *err)
{
    if (!setup->purge && !setup->database_made)
        return true; /* taken up with its folder, and goes back with it */
    return each_file(setup, remove_file) ||
           error_set(err, ERROR_IO, "%s: %s", setup->database, strerror(errno));
}

/* --- places and departments ------------------------------------------------------------------ */

static bool open_database(
    const struct setup *setup, bool read_only, struct model **model, struct error *err)
{
    char *path = setup_path(setup, setup->database);
    struct model_options options = {.path = path, .read_only = read_only, .brief = true};
    bool good = model_open(&options, model, err);
    free(path);
    return good;
}

/* One of an older schema is no new one: that it has places is taken for granted unless they are
 * asked for. */
static enum setup_found units_look(struct setup *setup, struct error *err)
{
    struct model *model = NULL;
    struct stat found;
    struct error why = {0};
    bool any = false;
    if (there_is(setup, setup->database, &found)) {
        if (!open_database(setup, true, &model, &why)) {
            *err = setup->units ? why : *err;
            return setup->units ? SETUP_FOREIGN : SETUP_READY;
        }
        const struct units *units = model_units(model);
        any = units_region_count(units) + units_department_count(units) > 0;
        model_close(model);
    }
    if (any || setup->units)
        return any ? SETUP_READY : SETUP_NOTHING;
    strbuf_add(&setup->notes,
        _("The database has no places and departments yet, so that nobody of a county can be "
          "recorded: the same command with --units puts in those of Liaoning.\n\n"));
    return SETUP_OUT;
}

static bool units_make(struct setup *setup, struct error *err)
{
    struct model *model = NULL;
    char *folder = cli_sample_folder(err);
    bool good = folder && open_database(setup, false, &model, err) &&
                sample_load_places(model, folder, err);
    model_close(model);
    free(folder);
    return good && (each_file(setup, give_file) ||
                       error_set(err, ERROR_IO, "%s: %s", setup->database, strerror(errno)));
}

/* --- the configuration ----------------------------------------------------------------------- */

static const char *config_subject(const struct setup *setup)
{
    return setup->config;
}

/* A file that is there stays as it is, but whoever works on the server wants to know what it means
 * for them. */
static void note_other_database(struct setup *setup, const char *path)
{
    struct settings *settings;
    struct error err = {0};
    const char *said = "";
    if (!settings_read_file(path, &settings, &err)) {
        strbuf_format(&setup->notes, "%s\n\n", err.text);
        return;
    }
    settings_string(settings, "database", &said);
    if (strcmp(*said ? said : SETUP_FOLDER "/duban.db", setup->database) != 0)
        strbuf_format(&setup->notes,
            _("%s stays as it is. It does not name this database: on the server say --db %s with "
              "each command, or put database = \"%s\"; into that file.\n\n"),
            setup->config, setup->database, setup->database);
    settings_free(settings);
}

static enum setup_found config_look(struct setup *setup, struct error *err)
{
    (void)err;
    struct stat found;
    return there_is(setup, setup->config, &found) ? SETUP_READY : SETUP_NOTHING;
}

void setup_note_config(struct setup *setup)
{
    struct error why = {0};
    struct stat found;
    char *path = setup_path(setup, setup->config);
    note_other_database(setup, path);
    if (stat(path, &found) == 0 && !(found.st_mode & S_IROTH))
        strbuf_format(&setup->notes, _("%s cannot be read by the account %s: chmod 644 %s\n\n"),
            setup->config, setup->account, setup->config);
    else if (!setup_is_safe(setup, setup->config, false, &why))
        strbuf_format(&setup->notes, "%s\n\n", why.text);
    free(path);
}

/* The commented file of `duban help config` with one value put to use. */
static void config_text_for(const struct setup *setup, struct strbuf *out)
{
    static const char line[] = "\n#database = ";
    struct strbuf whole = {0};
    config_print(&whole, actions, action_count);
    const char *text = strbuf_text(&whole), *at = strstr(text, line);
    if (at) {
        strbuf_add_n(out, text, (size_t)(at - text));
        strbuf_format(out, "\ndatabase = \"%s\";", setup->database);
        at += strcspn(at + 1, "\n") + 1;
    }
    strbuf_add(out, at ? at : text);
    strbuf_clear(&whole);
}

static bool config_make(struct setup *setup, struct error *err)
{
    struct strbuf text = {0};
    char *path = setup_path(setup, setup->config);
    char *folder = alloc_string_n(path, (size_t)(strrchr(path, '/') - path));
    config_text_for(setup, &text);
    bool good = setup_make_folder(folder, &setup->config_folder_made, err) &&
                setup_write(path, strbuf_text(&text), false, err);
    if (!good && setup->config_folder_made)
        rmdir(folder);
    strbuf_clear(&text);
    free(folder);
    free(path);
    return good;
}

static bool config_undo(struct setup *setup, struct error *err)
{
    char *path = setup_path(setup, setup->config);
    bool good = unlink(path) == 0 || error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
    *strrchr(path, '/') = '\0';
    rmdir(path); /* unless something else lies in it */
    free(path);
    return good;
}

/* title, subject, look, make, undo, leave, keeps, spare */
const struct setup_step setup_steps[] = {
    {N_("account %s"), account_subject, account_look, account_make, account_undo, NULL, false,
        false},
    {N_("folder %s"), folder_subject, folder_look, folder_make, folder_undo, folder_leave, true,
        false},
    {N_("database %s"), database_subject, database_look, database_make, database_undo, NULL, true,
        false},
    {N_("places and departments"), database_subject, units_look, units_make, NULL, NULL, false,
        false},
    {N_("configuration %s"), config_subject, config_look, config_make, config_undo, NULL, true,
        false},
    {N_("sshd settings %s"), setup_sshd_file, setup_sshd_look, setup_sshd_make, setup_sshd_undo,
        NULL, false, false},
    {N_("sshd itself"), setup_sshd_file, setup_reload_look, setup_reload_make, NULL, NULL, false,
        false},
    {N_("limits of the kernel %s"), setup_limits_file, setup_limits_look, setup_limits_make,
        setup_limits_undo, NULL, false, true},
    {N_("locales %s"), setup_locales_names, setup_locales_look, setup_locales_make, NULL, NULL,
        true, true},
};
const size_t setup_step_count = sizeof setup_steps / sizeof *setup_steps;
