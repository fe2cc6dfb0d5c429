/* `duban import`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/import_source.h"
#include "base/alloc.h"
#include "base/language.h"
#include "cli_commands.h"
#include "cli_import_files.h"
#include "exchange/import_text.h"

#define TOLD_MOST 20 /* of each kind of line, at a terminal */

struct importing {
    struct cli *cli;
    struct import_reading reading;
    struct import_source *source; /* told as CODE=NAME: owned, of their words */
    size_t source_count, source_room;
    char **source_word;
    size_t source_words, source_word_room;
    struct import_options options;
    char **map;      /* owned; reading.map */
    char **new_unit; /* owned; options.new_unit */
    char *words[5];  /* owned texts of options */
    size_t word_count;
    bool dry_run, json;
    struct import_line line;
};

/* --- what is told ---------------------------------------------------------------------------- */

static const char *take_text(struct importing *importing, const char *name, struct error *err)
{
    const char *value = NULL;
    if (!cli_take_option(importing->cli, name, &value, err) || value == NULL)
        return NULL;
    return importing->words[importing->word_count++] = cli_text(value);
}

static void take_map(struct importing *importing, struct error *err)
{
    const char *value = NULL;
    size_t room = 0;
    while (cli_take_next(importing->cli, "--map", &value, err)) {
        if (value == NULL)
            continue;
        importing->map = alloc_grow(
            importing->map, &room, importing->reading.map_count + 1, sizeof *importing->map);
        importing->map[importing->reading.map_count++] = cli_text(value);
        value = NULL;
    }
    importing->reading.map = (const char *const *)importing->map;
}

static void take_new_units(struct importing *importing, struct error *err)
{
    const char *value = NULL;
    size_t room = 0, *count = &importing->options.new_unit_count;
    while (cli_take_next(importing->cli, "--new-unit", &value, err)) {
        if (value == NULL)
            continue;
        importing->new_unit =
            alloc_grow(importing->new_unit, &room, *count + 1, sizeof *importing->new_unit);
        importing->new_unit[(*count)++] = cli_text(value);
        value = NULL;
    }
    importing->options.new_unit = (const char *const *)importing->new_unit;
}

static void take_source_words(struct importing *importing, struct error *err)
{
    const char *value = NULL;
    while (cli_take_next(importing->cli, "--source", &value, err)) {
        if (value == NULL)
            continue;
        importing->source_word = alloc_grow(importing->source_word, &importing->source_word_room,
            importing->source_words + 1, sizeof *importing->source_word);
        importing->source_word[importing->source_words++] = cli_text(value);
        value = NULL;
    }
}

static void add_source(struct importing *importing, const struct import_source *source)
{
    importing->source = alloc_grow(importing->source, &importing->source_room,
        importing->source_count + 1, sizeof *importing->source);
    importing->source[importing->source_count++] = *source;
}

/* CODE alone is a source that is there; CODE=NAME is made where it is not. The first is that of
 * rows which name none. */
static bool take_sources(
    struct importing *importing, int64_t year, const char *rhythm, struct error *err)
{
    int at = rhythm ? word_find(rhythms, RHYTHM_COUNT, rhythm) : RHYTHM_NONE;
    bool first = false;
    if (at < 0)
        return error_set(err, ERROR_USAGE,
            _("--rhythm is none, weekly, ten_day, half_monthly, monthly or quarterly, not \"%s\""),
            rhythm);
    for (size_t i = 0; i < importing->source_words; i++) {
        struct import_source source;
        bool made = import_source_split(importing->source_word[i], &source);
        if (!made && i > 0)
            return error_set(err, ERROR_USAGE,
                _("--source %s: the first says of which source rows are that name none; further "
                  "ones are made, CODE=NAME"),
                importing->source_word[i]);
        if (!made)
            continue;
        first = first || i == 0;
        source.year = year != 0 ? (int)year : source.year;
        source.rhythm = (enum rhythm)at;
        source.has_rhythm = rhythm != NULL;
        add_source(importing, &source);
    }
    if (importing->source_count == 0 && (year != 0 || rhythm != NULL))
        return error_set(err, ERROR_USAGE,
            _("--year and --rhythm are of a source that is made: --source CODE=NAME"));
    importing->options.source = importing->source_words > 0 ? importing->source_word[0] : NULL;
    importing->options.create_source = first ? importing->source : NULL;
    importing->options.further = importing->source + first;
    importing->options.further_count = importing->source_count - first;
    return true;
}

static bool take_options(struct importing *importing, struct error *err)
{
    struct cli *cli = importing->cli;
    int64_t year = 0;
    cli_take_option(cli, "--kind", &importing->reading.kind, err);
    cli_take_option(cli, "--charset", &importing->reading.charset, err);
    importing->reading.fill = cli_take_option(cli, "--fill", NULL, err);
    importing->options.create_units = cli_take_option(cli, "--create-units", NULL, err);
    importing->dry_run = cli_take_option(cli, "--dry-run", NULL, err);
    importing->json = cli_take_option(cli, "--json", NULL, err);
    take_map(importing, err);
    take_new_units(importing, err);
    take_source_words(importing, err);
    const char *rhythm = take_text(importing, "--rhythm", err);
    importing->reading.sheet = take_text(importing, "--sheet", err);
    importing->options.region = take_text(importing, "--region", err);
    cli_take_number(cli, "--year", 1990, 2100, &year, err);
    if (cli->read_only && (!importing->dry_run || cli->as != NULL))
        return error_set(
            err, ERROR_USAGE, _("%s writes; leave --read-only out"), cli->command->name);
    return cli_arguments_end(cli, 1, -1, err) && take_sources(importing, year, rhythm, err);
}

/* --- the command ----------------------------------------------------------------------------- */

/* A person at a terminal gets the first of everything, a file or a program all. */
static void print(const struct importing *importing, const struct import_plan *plan, bool written,
    const struct import_files *files)
{
    struct cli *cli = importing->cli;
    if (importing->json) {
        struct json *json = json_new(true, cli_write, cli);
        json_import(json, files->file, files->count, plan, written);
        json_end(json);
        return;
    }
    bool bounded;
    int columns = cli_columns(&bounded);
    struct strbuf out = {0};
    import_text(&out, plan, written, bounded ? columns : 0, bounded ? TOLD_MOST : 0);
    for (size_t i = 0; i < files->count; i++)
        cli_print(cli, strbuf_text(&files->file[i].lines));
    cli_print(cli, strbuf_text(&out));
    strbuf_clear(&out);
}

static bool look_or_write(
    struct importing *importing, struct import *import, struct import_plan *plan, struct error *err)
{
    struct import_line *line = &importing->line;
    line->writes = !importing->dry_run;
    import_line_open(line);
    bool good =
        importing->dry_run
            ? import_look(import, &importing->options, import_line_looking, line, plan, err)
            : import_write(import, &importing->options, import_line_looking, line, plan, err);
    import_line_close(line);
    return good;
}

/* False where anything is refused. */
static bool run(struct importing *importing, struct model *model, struct error *err)
{
    struct import *import = import_new(model);
    struct import_plan plan = {0};
    struct import_files files = {0};
    if (import_files_read(&importing->line, &importing->reading, import, &files, err)) {
        bool good = look_or_write(importing, import, &plan, err);
        bool empty = plan.result_count == 0 && plan.message_count == 0;
        if (good && empty)
            error_set(err, ERROR_NOT_FOUND, _("there is no task in what was read"));
        if (good || plan.refused)
            print(importing, &plan, good && !importing->dry_run, &files);
    }
    import_files_clear(&files);
    import_free(import);
    return !plan.refused;
}

/* Opened for reading only where nothing is to be written; what a person with a reach would import
 * is written and taken back. */
static bool open_model(const struct importing *importing, struct model **model, struct error *err)
{
    bool read_only = importing->dry_run && importing->cli->as == NULL;
    if (!cli_open_model(importing->cli, read_only, model, err))
        return false;
    if (!read_only || model_reach(*model) == NULL)
        return true;
    model_close(*model);
    return cli_open_model(importing->cli, false, model, err);
}

int cli_import(struct cli *cli, struct error *err)
{
    struct importing importing = {.cli = cli};
    struct model *model;
    import_line_init(&importing.line, cli);
    bool good = take_options(&importing, err);
    if (good && open_model(&importing, &model, err)) {
        good = run(&importing, model, err);
        model_close(model);
    }
    for (size_t i = 0; i < importing.word_count; i++)
        free(importing.words[i]);
    for (size_t i = 0; i < importing.reading.map_count; i++)
        free(importing.map[i]);
    free(importing.map);
    for (size_t i = 0; i < importing.options.new_unit_count; i++)
        free(importing.new_unit[i]);
    free(importing.new_unit);
    for (size_t i = 0; i < importing.source_words; i++)
        free(importing.source_word[i]);
    free(importing.source_word);
    free(importing.source);
    return err->code == ERROR_NONE && !good ? EXIT_FAILED : cli_status(err);
}
