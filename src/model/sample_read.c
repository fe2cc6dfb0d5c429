#include "sample_read.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"

static bool read_whole(const char *path, char **out, struct error *err)
{
    FILE *stream = fopen(path, "rbe");
    if (!stream)
        return error_set(err, ERROR_INPUT, _("%s cannot be read: %s"), path, strerror(errno));
    struct strbuf text = {0};
    char piece[16384];
    size_t got;
    while ((got = fread(piece, 1, sizeof piece, stream)) > 0)
        strbuf_add_n(&text, piece, got);
    bool bad = ferror(stream) != 0;
    fclose(stream);
    if (bad) {
        strbuf_clear(&text);
        return error_set(err, ERROR_IO, _("%s cannot be read: %s"), path, strerror(errno));
    }
    if (text.length != strlen(strbuf_text(&text))) {
        strbuf_clear(&text);
        return error_set(err, ERROR_INPUT, _("%s is not text: it holds a zero byte"), path);
    }
    strbuf_add(&text, "");
    *out = text.text ? strbuf_take(&text) : alloc_string("");
    return true;
}

/* Cuts `line` at its tabs into `pieces`; returns how many there are, which may exceed the room. */
static size_t cut_line(char *line, char separator, char **pieces, size_t room)
{
    size_t count = 0;
    for (char *at = line; at;) {
        char *end = strchr(at, separator);
        if (end)
            *end++ = '\0';
        if (count < room)
            pieces[count] = at;
        count++;
        at = end;
    }
    return count;
}

/* The next line that is neither empty nor a remark; NULL at the end. */
static char *take_line(struct sample_file *file)
{
    while (*file->next) {
        char *line = file->next;
        char *end = strchr(line, '\n');
        file->next = end ? end + 1 : line + strlen(line);
        if (end)
            *end = '\0';
        file->line++;
        if (*line && *line != '#')
            return line;
    }
    return NULL;
}

static bool check_header(struct sample_file *file)
{
    char *line = take_line(file);
    char *found[SAMPLE_COLUMNS_MOST];
    size_t count = line ? cut_line(line, '\t', found, SAMPLE_COLUMNS_MOST) : 0;
    for (size_t i = 0; i < file->columns; i++) {
        if (i < count && strcmp(found[i], file->column[i]) == 0)
            continue;
        sample_fault(file, file->column[i],
            _("this column is missing from the first line (found: %s)"),
            i < count ? found[i] : _("nothing"));
        return false;
    }
    if (count > file->columns)
        sample_fault(
            file, "", _("the first line names a column too many: %s"), found[file->columns]);
    return !file->failed;
}

bool sample_file_open(struct sample_file *file, const char *folder, const char *name,
    const char *columns, const struct sample_clock *clock, struct error *err)
{
    *file = (struct sample_file){.name = name, .clock = clock, .err = err};
    char *path = alloc_format("%s/%s", folder, name);
    bool read = read_whole(path, &file->bytes, err);
    free(path);
    file->failed = !read;
    if (!read)
        return false;
    file->next = file->bytes;
    file->names = alloc_string(columns);
    file->columns = cut_line(file->names, ' ', file->column, SAMPLE_COLUMNS_MOST);
    assert(file->columns <= SAMPLE_COLUMNS_MOST);
    return check_header(file);
}

void sample_file_close(struct sample_file *file)
{
    free(file->bytes);
    free(file->names);
    *file = (struct sample_file){0};
}

void sample_fault(struct sample_file *file, const char *column, const char *format, ...)
{
    if (file->failed)
        return;
    file->failed = true;
    struct strbuf text = {0};
    va_list args;
    va_start(args, format);
    strbuf_vformat(&text, format, args);
    va_end(args);
    error_set(file->err, ERROR_INPUT, "%s", strbuf_text(&text));
    strbuf_clear(&text);
    if (*column)
        error_prefix(file->err, _("%s, line %d, column %s"), file->name, file->line, column);
    else
        error_prefix(file->err, _("%s, line %d"), file->name, file->line);
}

bool sample_file_next(struct sample_file *file)
{
    char *line = file->failed ? NULL : take_line(file);
    if (!line)
        return false;
    size_t count = cut_line(line, '\t', file->field, SAMPLE_COLUMNS_MOST);
    if (count != file->columns) {
        sample_fault(file, file->column[count < file->columns ? count : file->columns - 1],
            _("the line has %zu fields where %zu belong"), count, file->columns);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!text_is_clean(file->field[i], TEXT_ONE_LINE))
            sample_fault(file, file->column[i], _("it holds a byte that is not plain UTF-8 text"));
    }
    return !file->failed;
}

static char **find_field(struct sample_file *file, const char *column)
{
    for (size_t i = 0; i < file->columns; i++) {
        if (strcmp(file->column[i], column) == 0)
            return &file->field[i];
    }
    assert(!"a column of the list");
    return NULL;
}

const char *sample_text(struct sample_file *file, const char *column)
{
    return file->failed ? "" : *find_field(file, column);
}

const char *sample_needed(struct sample_file *file, const char *column)
{
    const char *text = sample_text(file, column);
    if (!*text)
        sample_fault(file, column, _("a value is needed here"));
    return text;
}

const char *sample_choice(struct sample_file *file, const char *column, const char *const *choices)
{
    const char *text = sample_text(file, column);
    struct strbuf known = {0};
    for (const char *const *choice = choices; *choice; choice++) {
        if (!*text || strcmp(text, *choice) == 0) {
            strbuf_clear(&known);
            return *choice;
        }
        strbuf_format(&known, " %s", *choice);
    }
    sample_fault(file, column, _("\"%s\" is none of:%s"), text, strbuf_text(&known));
    strbuf_clear(&known);
    return choices[0];
}

int sample_word(struct sample_file *file, const char *column, const struct word *table,
    size_t count, int fallback)
{
    const char *text = sample_text(file, column);
    if (!*text)
        return fallback;
    struct strbuf known = {0};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, table[i].name) == 0) {
            strbuf_clear(&known);
            return (int)i;
        }
        strbuf_format(&known, " %s", table[i].name);
    }
    sample_fault(file, column, _("\"%s\" is none of:%s"), text, strbuf_text(&known));
    strbuf_clear(&known);
    return fallback;
}

int sample_number(struct sample_file *file, const char *column, int least, int most, int fallback)
{
    const char *text = sample_text(file, column);
    if (!*text)
        return fallback;
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (*end || errno || value < least || value > most) {
        sample_fault(file, column, _("\"%s\" is not a number from %d to %d"), text, least, most);
        return fallback;
    }
    return (int)value;
}

size_t sample_list(struct sample_file *file, const char *column, char *pieces[SAMPLE_LIST_MOST])
{
    if (file->failed || !**find_field(file, column))
        return 0;
    size_t count = cut_line(*find_field(file, column), ';', pieces, SAMPLE_LIST_MOST);
    if (count > SAMPLE_LIST_MOST)
        sample_fault(
            file, column, _("%zu names are more than the %d that fit"), count, SAMPLE_LIST_MOST);
    for (size_t i = 0; i < count && !file->failed; i++) {
        if (!*pieces[i])
            sample_fault(file, column, _("a name between the \";\" is empty"));
    }
    return file->failed ? 0 : count;
}

static date_t parse_day(struct sample_file *file, const char *column, const char *text)
{
    date_t day = DATE_NONE;
    if (*text && !date_parse(text, &day))
        sample_fault(file, column, _("\"%s\" is not a date (YYYY-MM-DD)"), text);
    return day;
}

date_t sample_day(struct sample_file *file, const char *column)
{
    return parse_day(file, column, sample_text(file, column));
}

date_t sample_date(struct sample_file *file, const char *column)
{
    const char *text = sample_text(file, column);
    if (*text == '=')
        return parse_day(file, column, text + 1);
    date_t day = parse_day(file, column, text);
    return day == DATE_NONE ? DATE_NONE : day + (file->clock->today - file->clock->reference);
}

date_t sample_past(struct sample_file *file, const char *column)
{
    date_t day = sample_date(file, column);
    char reference[11];
    if (day != DATE_NONE && day > file->clock->today)
        sample_fault(file, column, _("\"%s\" has not come yet on %s, the day the files tell of"),
            sample_text(file, column), date_format(file->clock->reference, reference));
    return day;
}

date_t sample_past_needed(struct sample_file *file, const char *column)
{
    sample_needed(file, column);
    return sample_past(file, column);
}
