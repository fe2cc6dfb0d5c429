/* `duban init`. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "cli_commands.h"
#include "model/counts.h"
#include "model/sample.h"
#include "model/units.h"
#include "store/db.h"

#define TASKS_MOST 10000000

struct making {
    bool sample, units, new_file, made;
    int64_t tasks, seed;
};

/* A new database goes into a new folder only in the default place: a folder named by hand that is
 * not there is most likely mistyped. */
static bool make_folders(const char *file, struct error *err)
{
    char *folder = alloc_string(file);
    bool good = true;
    for (char *slash = strchr(folder + 1, '/'); good && slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(folder, 0777) != 0 && errno != EEXIST)
            good = error_set(
                err, ERROR_IO, _("the folder %s cannot be made: %s"), folder, strerror(errno));
        *slash = '/';
    }
    free(folder);
    return good;
}

static bool make_file(struct cli *cli, struct error *err)
{
    struct db *db;
    if (!cli->database_given && *config_text(cli->config, OPTION_DATABASE) == '\0' &&
        !make_folders(cli->database, err))
        return false;
    if (!db_open(cli->database, DB_CREATE, &db, err))
        return false;
    db_close(db);
    return true;
}

static void remove_file(const char *database)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".gate"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char *path = alloc_format("%s%s", database, endings[i]);
        unlink(path);
        free(path);
    }
}

static void show_progress(void *context, int64_t done, int64_t count)
{
    (void)context;
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%lld / %lld%s", (long long)done, (long long)count,
            done == count ? "\n" : "");
}

char *cli_sample_folder(struct error *err)
{
    char *folder = language_data_file("sample-data");
    if (folder == NULL)
        error_set(err, ERROR_MISSING,
            _("the sample data is not beside the program; install duban whole, or leave --sample "
              "and --units out"));
    return folder;
}

static bool fill(const struct making *making, struct model *model, struct error *err)
{
    bool good = true;
    if (making->sample || making->units) {
        char *folder = cli_sample_folder(err);
        good = folder && (making->sample ? sample_load(model, folder, err)
                                         : sample_load_places(model, folder, err));
        free(folder);
    }
    if (!good || making->tasks == 0)
        return good;
    return sample_generate(model, making->tasks, (unsigned)making->seed, show_progress, NULL, err);
}

static bool say_what_is_there(
    struct cli *cli, const struct making *making, struct model *model, struct error *err)
{
    struct counts counts;
    if (!counts_read(model, &counts, err))
        return false;
    const struct units *units = model_units(model);
    struct strbuf text = {0};
    strbuf_format(&text,
        making->new_file ? _("made %s: tasks %lld, regions %zu, departments %zu\n")
                         : _("%s now holds: tasks %lld, regions %zu, departments %zu\n"),
        cli->database, (long long)counts.all, units_region_count(units),
        units_department_count(units));
    cli_print(cli, strbuf_text(&text));
    strbuf_clear(&text);
    return true;
}

static bool run(struct cli *cli, struct making *making, struct error *err)
{
    struct model *model, *fresh = NULL;
    if (making->new_file && !(making->made = make_file(cli, err)))
        return false;
    if (!cli_open_model(cli, false, &model, err))
        return false;
    bool good =
        model_person(model)->role == PERSON_ADMIN ||
        error_set(err, ERROR_PERMISSION,
            _("only an administrator may add generated tasks or places: they cannot be taken "
              "back"));
    good = good && fill(making, model, err);
    /* again: the units are those of now, not of when it was opened */
    good = good && cli_open_model(cli, true, &fresh, err) &&
           say_what_is_there(cli, making, fresh, err);
    model_close(fresh);
    model_close(model);
    return good;
}

int cli_init(struct cli *cli, struct error *err)
{
    struct making making = {.seed = 1};
    making.sample = cli_take_option(cli, "--sample", NULL, err);
    making.units = cli_take_option(cli, "--units", NULL, err);
    cli_take_number(cli, "--tasks", 1, TASKS_MOST, &making.tasks, err);
    cli_take_number(cli, "--seed", 0, UINT32_MAX, &making.seed, err);
    if (!cli_arguments_end(cli, 0, 0, err))
        return EXIT_USAGE;
    making.new_file = access(cli->database, F_OK) != 0;
    if (making.sample && making.units) {
        error_set(err, ERROR_USAGE, _("--sample brings the places along; leave --units out"));
        return cli_status(err);
    }
    if (!making.new_file && (making.sample || (making.tasks == 0 && !making.units))) {
        error_set(err, ERROR_REFUSED,
            _("%s exists already and was left as it is; name another with --db, or add to it "
              "without --sample: generated tasks with --tasks, places with --units"),
            cli->database);
        return EXIT_FAILED;
    }
    if (!run(cli, &making, err) && making.made)
        remove_file(cli->database);
    return cli_status(err);
}
