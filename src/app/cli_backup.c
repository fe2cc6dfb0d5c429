/* `duban backup`. */
#include <sys/stat.h>
#include <time.h>

#include "base/language.h"
#include "cli_commands.h"
#include "store/db.h"

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void add_size(struct strbuf *out, int64_t bytes)
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    double size = (double)bytes;
    size_t unit = 0;
    while (size >= 1024 && unit + 1 < sizeof units / sizeof *units) {
        size /= 1024;
        unit++;
    }
    strbuf_format(out, unit == 0 ? "%.0f %s" : "%.1f %s", size, units[unit]);
}

static void say_done(struct cli *cli, const char *target, double seconds)
{
    struct stat file;
    struct strbuf size = {0}, text = {0};
    add_size(&size, stat(target, &file) == 0 ? file.st_size : 0);
    strbuf_format(&text, _("%s: %s, copied in %.1f s\n"), target, strbuf_text(&size), seconds);
    cli_print(cli, strbuf_text(&text));
    strbuf_clear(&size);
    strbuf_clear(&text);
}

int cli_backup(struct cli *cli, struct error *err)
{
    struct db *db;
    if (!cli_arguments_end(cli, 1, 1, err))
        return EXIT_USAGE;
    const char *target = cli->arguments[0];
    double start = seconds_now();
    if (!db_open(cli->database, DB_READ_ONLY, &db, err))
        return cli_status(err);
    bool good = db_backup(db, target, err);
    db_close(db);
    if (good)
        say_done(cli, target, seconds_now() - start);
    return cli_status(err);
}
