/* The lines after the cut and what they changed, one after the other. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "past_parts.h"

enum { GUESSES = 16 };
struct reading {
    const struct field **by_name; /* `fields`, sorted: a table of 80 is walked too often */
    struct past_line line;
    struct past_item *item;
    size_t room;
    size_t *before; /* of each item, where its text stands in `texts`, which may move */
    struct strbuf texts;
    const struct field *guess[GUESSES]; /* what the last line changed; most are like it */
    size_t changes;                     /* of this line, so far */
};

static int compare_names(const void *a, const void *b)
{
    return strcmp((*(const struct field *const *)a)->name, (*(const struct field *const *)b)->name);
}

static void reading_start(struct reading *reading)
{
    *reading = (struct reading){0};
    reading->by_name = alloc_zero(field_count, sizeof *reading->by_name);
    for (size_t i = 0; i < field_count; i++)
        reading->by_name[i] = &fields[i];
    qsort(reading->by_name, field_count, sizeof *reading->by_name, compare_names);
}

static void reading_clear(struct reading *reading)
{
    free(reading->by_name);
    free(reading->item);
    free(reading->before);
    strbuf_clear(&reading->texts);
}

/* --- one line -------------------------------------------------------------------------------- */

static bool is_name(const struct field *field, const char *name, size_t length)
{
    return strncmp(field->name, name, length) == 0 && field->name[length] == '\0';
}

static const struct field *search_field(
    const struct reading *reading, const char *name, size_t length)
{
    size_t low = 0, high = field_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const struct field *field = reading->by_name[middle];
        if (is_name(field, name, length))
            return field;
        if (strncmp(field->name, name, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const struct field *find_field(struct reading *reading, const char *name, size_t length)
{
    const struct field **guess = &reading->guess[reading->changes++ % GUESSES];
    if (*guess == NULL || !is_name(*guess, name, length))
        *guess = search_field(reading, name, length);
    return *guess;
}

static void grow(struct reading *reading)
{
    reading->room = reading->room > 0 ? reading->room * 2 : 64;
    reading->item = alloc_resize(reading->item, reading->room, sizeof *reading->item);
    reading->before = alloc_resize(reading->before, reading->room, sizeof *reading->before);
}

/* A number and nothing else; 0 where it is none. */
static int64_t read_key(const char *digits)
{
    int64_t key = 0;
    for (; *digits >= '0' && *digits <= '9' && key < INT64_MAX / 10 - 9; digits++)
        key = key * 10 + (*digits - '0');
    return *digits == '\0' ? key : 0;
}

/* A script's change of a row does not say which one; of its reports alone more is known. */
static void take_item(struct reading *reading, const char *name, const char *before)
{
    size_t length = strcspn(name, ".");
    const char *suffix = name[length] == '.' ? name + length + 1 : "";
    const struct field *field = find_field(reading, name, length);
    if (field == NULL)
        return;
    bool of_row = field_key_of(field->table) != KEY_NONE;
    int64_t key = of_row ? read_key(suffix) : 0;
    bool moves = reading->line.outside && strcmp(field->name, "report") == 0 &&
                 (suffix[0] == '\0' || strcmp(suffix, "period_start") == 0);
    if (of_row ? key == 0 && !moves : suffix[0] != '\0')
        return;
    size_t count = reading->line.count++;
    if (count == reading->room)
        grow(reading);
    reading->item[count] = (struct past_item){.field = field, .key = key};
    reading->before[count] = reading->texts.length;
    strbuf_add_n(&reading->texts, before, strlen(before) + 1);
}

/* Columns of PAST_LINES and PAST_CHANGES. */
enum { LINE_SEQ, LINE_TASK, LINE_OUTSIDE };
enum { CHANGE_SEQ, CHANGE_FIELD, CHANGE_BEFORE };

/* Takes the changes of a line; `step` is of the row that `changes` stands on. */
static void take_line(struct reading *reading, struct db_statement *line,
    struct db_statement *changes, enum db_step *step, struct error *err)
{
    int64_t seq = db_int(line, LINE_SEQ);
    reading->line = (struct past_line){
        .task = db_int(line, LINE_TASK), .outside = db_int(line, LINE_OUTSIDE) != 0};
    reading->changes = 0;
    strbuf_cut(&reading->texts, 0);
    for (int64_t of; *step == DB_ROW && (of = db_int(changes, CHANGE_SEQ)) <= seq;
         *step = db_step(changes, err))
        if (of == seq)
            take_item(reading, db_text(changes, CHANGE_FIELD), db_text(changes, CHANGE_BEFORE));
    reading->line.item = reading->item;
    for (size_t i = 0; i < reading->line.count; i++)
        reading->item[i].before = reading->texts.text + reading->before[i];
}

/* --- all of them ----------------------------------------------------------------------------- */

/* Lines and their changes are read side by side, which is twice as fast as a join of them. */
static bool read_all(struct db_statement *lines, struct db_statement *changes, past_line_use *each,
    void *context, struct error *err)
{
    struct reading reading;
    reading_start(&reading);
    enum db_step line = DB_DONE, change = db_step(changes, err);
    bool good = true;
    while (good && change != DB_FAILED && (line = db_step(lines, err)) == DB_ROW) {
        take_line(&reading, lines, changes, &change, err);
        good = change != DB_FAILED && (reading.line.task == 0 || each(context, &reading.line, err));
    }
    reading_clear(&reading);
    return good && change != DB_FAILED && line != DB_FAILED;
}

bool past_lines(const struct past *past, past_line_use *each, void *context, struct error *err)
{
    struct db_statement *lines, *changes;
    if (!db_statement(past->db, PAST_LINES, &lines, err) ||
        !db_statement(past->db, PAST_CHANGES, &changes, err))
        return false;
    db_bind_int(lines, 1, past->seq);
    db_bind_int(changes, 1, past->seq);
    bool done = read_all(lines, changes, each, context, err);
    db_reset(lines);
    db_reset(changes);
    return done;
}
