#include "model/target_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "model/deadline.h"
#include "model/field.h"

enum column {
    TEXT = TARGET_TEXT,
    VALUE = TARGET_VALUE,
    UNIT = TARGET_UNIT,
    BY = TARGET_BY,
    BY_RAW = TARGET_BY_RAW,
    COLUMNS = TARGET_COLUMNS
};
static const char wide_bar[] = "｜"; /* that of an input method */
static const char *const names[COLUMNS] = {"target", "value", "unit", "by", "by_raw"};

/* --- words ----------------------------------------------------------------------------------- */

/* Bytes of the value before words that stand behind its unit: 90 of 90以上. */
static size_t bytes_of_number(const char *value)
{
    static const char *const words[] = {"以上", "以下", "以内", "之内", "左右", "上下", "及以上",
        "及以下", "(含)以上", "(含)以下", "（含）以上", "（含）以下"};
    size_t length = strlen(value);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t own = strlen(words[i]);
        const char *digit = value + length - own - 1;
        if (length > own && *digit >= '0' && *digit <= '9' && strcmp(digit + 1, words[i]) == 0)
            return length - own;
    }
    return length;
}

void target_figure(const char *value, const char *unit, struct strbuf *out)
{
    bool latin = (unit[0] >= 'a' && unit[0] <= 'z') || (unit[0] >= 'A' && unit[0] <= 'Z');
    size_t number = bytes_of_number(value);
    strbuf_format(out, "%.*s%s%s%s", (int)number, value, latin && value[0] != '\0' ? " " : "", unit,
        value + number);
}

void target_by(const struct task_target *target, struct strbuf *out)
{
    char day[11];
    if (target->by_raw[0] != '\0')
        strbuf_add(out, target->by_raw);
    else if (target->by_on != DATE_NONE)
        strbuf_add(out, date_format(target->by_on, day));
}

/* The day that words name; "" none. */
static const char *day_of(const char *words, char iso[11])
{
    struct deadline deadline;
    date_t day;
    if (deadline_read_day(words, &day))
        return date_format(day, iso);
    if (deadline_read(words, &deadline, NULL) && deadline.kind == DEADLINE_DATE)
        return date_format(deadline.date, iso);
    return "";
}

/* --- writing lines --------------------------------------------------------------------------- */

static void add_cell(struct strbuf *out, const char *text)
{
    for (const char *at = text; *at; at++)
        strbuf_add_char(out, *at == '\n' ? ' ' : *at);
}

/* Words that do not name the day stand behind it. */
static void add_day(struct strbuf *out, const char *by, const char *words)
{
    char iso[11];
    bool named = words[0] != '\0' && strcmp(day_of(words, iso), by) == 0;
    if (!named)
        strbuf_add(out, by);
    if (!named && by[0] != '\0' && words[0] != '\0')
        strbuf_add_char(out, ' ');
    add_cell(out, words);
}

static void add_line(struct strbuf *out, const char *const value[COLUMNS])
{
    bool day = value[BY][0] != '\0' || value[BY_RAW][0] != '\0';
    bool bar = strchr(value[TEXT], '|') != NULL || strstr(value[TEXT], wide_bar) != NULL;
    int last = day || bar                ? BY
               : value[UNIT][0] != '\0'  ? UNIT
               : value[VALUE][0] != '\0' ? VALUE
                                         : TEXT;
    strbuf_add(out, out->length > 0 ? "\n" : "");
    add_cell(out, value[TEXT]);
    for (int column = VALUE; column <= last; column++) {
        strbuf_add(out, " | ");
        if (column < BY)
            add_cell(out, value[column]);
        else
            add_day(out, value[BY], value[BY_RAW]);
        if (out->text[out->length - 1] == ' ')
            strbuf_cut(out, out->length - 1);
    }
}

bool target_lines_read(struct db *db, int64_t task_id, char **lines, struct error *err)
{
    struct strbuf out = {0};
    struct db_statement *rows;
    enum db_step step;
    if (!db_statement(db, DETAIL_TARGETS, &rows, err))
        return false;
    db_bind_int(rows, 1, task_id);
    while ((step = db_step(rows, err)) == DB_ROW)
        add_line(&out, (const char *const[COLUMNS]){db_text(rows, 1), db_text(rows, 2),
                           db_text(rows, 3), db_text(rows, 4), db_text(rows, 5)});
    db_reset(rows);
    strbuf_add(&out, "");
    *lines = strbuf_take(&out);
    return step == DB_DONE;
}

void target_lines_write(const struct task_target *targets, size_t count, struct strbuf *out)
{
    size_t before = out->length;
    for (size_t i = 0; i < count; i++) {
        const struct task_target *target = &targets[i];
        char day[11];
        struct strbuf line = {0};
        add_line(&line,
            (const char *const[COLUMNS]){target->text, target->value, target->unit,
                target->by_on != DATE_NONE ? date_format(target->by_on, day) : "", target->by_raw});
        strbuf_format(out, "%s%s%s", out->length > before ? "\n" : "", strbuf_text(&line),
            count > 1 && strstr(strbuf_text(&line), " |") == NULL ? " |" : "");
        strbuf_clear(&line);
    }
}

/* --- reading lines --------------------------------------------------------------------------- */

static void trim(struct strbuf *text)
{
    size_t from = strspn(strbuf_text(text), " ");
    while (text->length > from && text->text[text->length - 1] == ' ')
        strbuf_cut(text, text->length - 1);
    if (from > 0) {
        memmove(text->text, text->text + from, text->length - from + 1);
        strbuf_cut(text, text->length - from);
    }
}

static bool is_wide_bar(const char *text)
{
    return strncmp(text, wide_bar, strlen(wide_bar)) == 0;
}

/* The columns of one line: the last three bars divide. */
static void split(const char *line, size_t bytes, struct strbuf cell[COLUMNS])
{
    size_t bars = 0, passed;
    for (size_t at = 0; at < bytes; at++)
        bars += line[at] == '|' || is_wide_bar(line + at);
    passed = bars > BY ? bars - BY : 0;
    int column = TEXT;
    for (size_t at = 0; at < bytes;) {
        size_t length = line[at] == '|' ? 1 : is_wide_bar(line + at) ? strlen(wide_bar) : 0;
        if (length > 0 && passed == 0) {
            column++;
            at += length;
            continue;
        }
        passed -= length > 0;
        length = length > 0 ? length : 1;
        strbuf_add_n(&cell[column], line + at, length);
        at += length;
    }
    for (column = TEXT; column < COLUMNS; column++)
        trim(&cell[column]);
}

/* A plain day has no words; one with words behind it, or words that name one, keep them. */
static void read_day(struct strbuf cell[COLUMNS])
{
    char *words = alloc_string(strbuf_text(&cell[BY])), iso[11];
    const char *rest = "";
    date_t day;
    size_t blank = strcspn(words, " ");
    strbuf_cut(&cell[BY], 0);
    if (words[blank] == ' ') {
        char *first = alloc_string_n(words, blank);
        if (date_parse(first, &day))
            rest = words + blank + 1;
        free(first);
    }
    if (*rest != '\0') {
        strbuf_add(&cell[BY], date_format(day, iso));
        strbuf_add(&cell[BY_RAW], rest);
    } else {
        strbuf_add(&cell[BY], day_of(words, iso));
        if (!deadline_read_day(words, &day))
            strbuf_add(&cell[BY_RAW], words);
    }
    free(words);
}

void target_line_read(const char *line, size_t bytes, struct strbuf cell[TARGET_COLUMNS])
{
    split(line, bytes, cell);
    read_day(cell);
}

static bool fits(const struct strbuf cell[COLUMNS], size_t number, struct error *err)
{
    if (cell[TEXT].length == 0)
        return error_set(err, ERROR_INPUT,
            _("targets, line %zu: it begins with what is measured or to be done; then | value | "
              "unit | day"),
            number);
    for (int column = TEXT; column < COLUMNS; column++) {
        const struct field *field = field_named(names[column]);
        const char *text = cell[column].length > 0 ? cell[column].text : "";
        if (strlen(text) > FIELD_LINE_MOST ||
            (field->flags & FIELD_IS_SHORT && !field_is_short(text)))
            return error_set(err, ERROR_INPUT, _("targets, line %zu: \"%s\" is too long"), number,
                _(field->label));
    }
    return true;
}

static bool put_row(struct db *db, struct change *change, size_t position,
    const struct strbuf cell[COLUMNS], struct error *err)
{
    bool good = true;
    for (int column = TEXT; good && column < COLUMNS; column++) {
        char name[32];
        snprintf(name, sizeof name, "%s.%zu", names[column], position);
        good = change_set(db, change, name, cell[column].length > 0 ? cell[column].text : "", err);
    }
    return good;
}

static void clear(struct strbuf cell[COLUMNS])
{
    for (int column = TEXT; column < COLUMNS; column++)
        strbuf_clear(&cell[column]);
}

/* Positions behind the last line. */
static bool remove_behind(struct db *db, struct change *change, size_t count, struct error *err)
{
    static const struct strbuf none[COLUMNS] = {{0}};
    struct db_statement *rows;
    enum db_step step;
    int64_t position[FIELD_POSITION_MOST];
    size_t behind = 0;
    bool good = true;
    if (!db_statement(db, DETAIL_TARGETS, &rows, err))
        return false;
    db_bind_int(rows, 1, change->task_id);
    while ((step = db_step(rows, err)) == DB_ROW && behind < FIELD_POSITION_MOST)
        if (db_int(rows, 0) > (int64_t)count)
            position[behind++] = db_int(rows, 0);
    db_reset(rows);
    for (size_t i = 0; good && i < behind; i++)
        good = put_row(db, change, (size_t)position[i], none, err);
    return good && step != DB_FAILED;
}

bool target_lines_put(struct db *db, struct change *change, const char *lines, struct error *err)
{
    size_t count = 0, number = 0;
    bool good = true;
    for (const char *at = lines; good && *at != '\0';) {
        size_t bytes = strcspn(at, "\n");
        struct strbuf cell[COLUMNS] = {{0}};
        bool blank = strspn(at, " ") >= bytes;
        number++;
        if (!blank) {
            target_line_read(at, bytes, cell);
            good = (++count <= FIELD_POSITION_MOST ||
                       error_set(err, ERROR_INPUT, _("targets: at most %d can be kept"),
                           FIELD_POSITION_MOST)) &&
                   fits(cell, number, err) && put_row(db, change, count, cell, err);
        }
        clear(cell);
        at += bytes + (at[bytes] == '\n');
    }
    return good && remove_behind(db, change, count, err);
}
