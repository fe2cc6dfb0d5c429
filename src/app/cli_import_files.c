#include "cli_import_files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "exchange/file_take.h"
#include "exchange/ledger_field.h"

/* --- bytes ----------------------------------------------------------------------------------- */

static bool read_input(
    const struct cli *cli, const char *name, struct strbuf *out, struct error *err)
{
    if (cli->session)
        return cli->session->text(cli->session->context, name, out, err);
    return file_take_open(STDIN_FILENO, IMPORT_BYTES_MOST, out, err);
}

static bool refuse_file(const char *said, struct error *err)
{
    return error_set(err, ERROR_PERMISSION,
        _("%s: no files of the server are read for who acts as a person (--as): send it, as in: "
          "ssh HOST import - < FILE"),
        said);
}

/* --- files ----------------------------------------------------------------------------------- */

static struct import_told *add_file(struct import_files *files, const char *name)
{
    files->file = alloc_grow(files->file, &files->capacity, files->count + 1, sizeof *files->file);
    struct import_told *told = &files->file[files->count++];
    import_told_init(told, name);
    return told;
}

void import_files_clear(struct import_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        import_told_clear(&files->file[i]);
    free(files->file);
    *files = (struct import_files){0};
}

/* Bytes are waited for before the line is opened: they may come from a person or a pipe. */
static bool read_kind(struct import_line *line, const struct strbuf *bytes,
    const struct import_reading *with, struct import *import, struct import_told *told,
    struct error *err)
{
    import_line_open(line);
    bool good = import_kind_read(strbuf_text(bytes), bytes->length, with, import, told, err);
    import_line_close(line);
    return good;
}

static bool read_one(struct import_line *line, const char *path,
    const struct import_reading *reading, struct import *import, struct import_files *files,
    struct error *err)
{
    const struct cli *cli = line->cli;
    bool is_input = strcmp(path, "-") == 0;
    struct strbuf bytes = {0};
    char *name = is_input ? NULL : cli_text(path);
    const char *said = is_input ? _("standard input") : name;
    struct import_reading with = *reading;
    with.held = &bytes;
    with.going = (struct going){import_line_reading, line};
    bool good = is_input || !cli->confined || refuse_file(said, err);
    if (good) {
        struct error why = {0};
        struct import_told *told = add_file(files, said);
        import_file(import, said);
        strbuf_format(&told->lines, "%s%s", said, _(": "));
        good = (is_input ? read_input(cli, said, &bytes, &why)
                         : file_take(path, IMPORT_BYTES_MOST, &bytes, NULL, &why)) &&
               read_kind(line, &bytes, &with, import, told, &why);
        if (!good) {
            *err = why;
            error_prefix(err, "%s", said);
        }
    }
    strbuf_clear(&bytes);
    free(name);
    return good;
}

bool import_files_read(struct import_line *line, const struct import_reading *reading,
    struct import *import, struct import_files *files, struct error *err)
{
    const struct cli *cli = line->cli;
    struct error nothing = {0};
    for (int i = 0; i < cli->argument_count; i++) {
        struct error why = {0};
        if (read_one(line, cli->arguments[i], reading, import, files, &why))
            continue;
        if (why.code != ERROR_NOT_FOUND) {
            *err = why;
            return false;
        }
        struct strbuf *lines = &files->file[files->count - 1].lines;
        strbuf_cut(lines, 0);
        strbuf_format(lines, "%s\n", why.text);
        nothing = why;
    }
    if (import_count(import) == 0 && nothing.code != ERROR_NONE)
        *err = nothing;
    return err->code == ERROR_NONE;
}

/* --- for help -------------------------------------------------------------------------------- */

static bool field_row(size_t index, struct strbuf *name, struct strbuf *help)
{
    if (index >= ledger_field_count)
        return false;
    const struct ledger_field *field = &ledger_fields[index];
    strbuf_add(name, field->name);
    strbuf_format(help, "%s, %s", field->zh, field->en);
    for (const char *at = field->others; *at;) {
        size_t length = strcspn(at, " ");
        strbuf_add(help, ", ");
        for (size_t i = 0; i < length; i++)
            strbuf_add_char(help, at[i] == '_' ? ' ' : at[i]);
        at += length + (at[length] == ' ');
    }
    return true;
}

const struct cli_list import_list = {
    N_("Fields of ledgers, with the headings that are known"), field_row};
