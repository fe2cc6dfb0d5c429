/* Up to where a person has seen the history, since when they are told, and the notes they leave. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "column.h"
#include "model/handover.h"
#include "model/past.h"
#include "store/db.h"
#include "writing.h"

#define HOUR_MS ((moment_t)3600 * 1000)

const char *const handover_since_names[] = {
    [HANDOVER_SINCE_SEEN] = "seen",
    [HANDOVER_SINCE_SHIFT] = "shift",
    [HANDOVER_SINCE_HOURS] = "hours",
    [HANDOVER_SINCE_GIVEN] = "given",
};

/* --- the point ------------------------------------------------------------------------------- */

bool handover_point_read(struct model *model, struct handover_point *out, struct error *err)
{
    struct db_statement *row;
    *out = (struct handover_point){0};
    if (!db_statement(model_db(model), SEEN_READ, &row, err))
        return false;
    db_bind_text(row, 1, person_key(model_person(model)));
    enum db_step step = db_step(row, err);
    if (step == DB_ROW)
        *out = (struct handover_point){true, db_int(row, 0), column_moment(row, 1)};
    db_reset(row);
    return step != DB_FAILED;
}

static bool write_point(struct model *model, const struct handover_point *point, struct error *err)
{
    struct db_statement *row;
    char at[25];
    if (!db_statement(model_db(model), point->there ? SEEN_KEEP : SEEN_DROP, &row, err))
        return false;
    db_bind_text(row, 1, person_key(model_person(model)));
    if (point->there) {
        db_bind_int(row, 2, point->seq);
        db_bind_text(row, 3, date_moment_format(point->at, at));
    }
    return db_run(row, err);
}

bool handover_point_write(
    struct model *model, const struct handover_point *point, struct error *err)
{
    return writing_begin(model, false, err) &&
           writing_end(model, write_point(model, point, err), err);
}

/* --- since when ------------------------------------------------------------------------------ */

static moment_t now_of(const struct model *model)
{
    return model_as_of(model) != 0 ? model_as_of(model) : date_now();
}

/* The last line up to `seq`; 0 and 0 where there is none. */
static bool line_at(
    struct model *model, int64_t seq, int64_t *found, moment_t *at, struct error *err)
{
    struct db_statement *row;
    *found = *at = 0;
    if (!db_statement(model_db(model), HANDOVER_LINE, &row, err))
        return false;
    db_bind_int(row, 1, seq);
    enum db_step step = db_step(row, err);
    if (step == DB_ROW) {
        *found = db_int(row, 0);
        *at = column_moment(row, 1);
    }
    db_reset(row);
    return step != DB_FAILED;
}

/* Halving: no index tells the line of a moment. */
static bool line_before(struct model *model, moment_t moment, int64_t *seq, struct error *err)
{
    int64_t low = 0, high = history_newest(model);
    while (low < high) { /* all up to `low` are before, all after `high` are not */
        int64_t middle = low + (high - low + 1) / 2, found;
        moment_t at;
        if (!line_at(model, middle, &found, &at, err))
            return false;
        if (found <= low)
            low = middle;
        else if (at < moment)
            low = middle;
        else
            high = found - 1;
    }
    *seq = low;
    return true;
}

static bool find_shift(
    struct model *model, moment_t now, struct handover_since *out, struct error *err)
{
    struct db_statement *row;
    char text[25];
    if (!db_statement(model_db(model), HANDOVER_SHIFT, &row, err))
        return false;
    db_bind_text(row, 1, date_moment_format(now, text));
    enum db_step step = db_step(row, err);
    if (step == DB_ROW && column_moment(row, 1) > now - HANDOVER_HOURS * HOUR_MS) {
        out->kind = HANDOVER_SINCE_SHIFT;
        out->at = column_moment(row, 0);
        column_copy(row, 2, out->who, sizeof out->who);
    }
    db_reset(row);
    return step != DB_FAILED;
}

static bool find_own(struct model *model, struct handover_since *out, struct error *err)
{
    struct handover_point point;
    moment_t now = now_of(model);
    if (!handover_point_read(model, &point, err))
        return false;
    if (point.there && point.at <= now) {
        *out = (struct handover_since){.kind = HANDOVER_SINCE_SEEN, .seq = point.seq};
        out->at = point.at;
        return true;
    }
    *out = (struct handover_since){.kind = HANDOVER_SINCE_HOURS};
    out->at = now - HANDOVER_HOURS * HOUR_MS;
    return find_shift(model, now, out, err) && line_before(model, out->at, &out->seq, err);
}

static bool is_number(const char *text)
{
    for (const char *at = text; *at != '\0'; at++)
        if (!isdigit((unsigned char)*at))
            return false;
    return *text != '\0';
}

static bool read_moment(const char *text, moment_t *out, struct error *err)
{
    char first[11];
    date_t day;
    if (date_parse(text, &day) && day <= date_today()) {
        *out = date_moment(day, 0, 0);
        return true;
    }
    snprintf(first, sizeof first, "%s", text);
    if (!date_parse(first, &day))
        return error_set(err, ERROR_USAGE,
            _("\"%s\" is no date and no line of the history; write 2026-09-30, 2026-09-30T18:00 or "
              "the number of a line"),
            text);
    return past_parse(text, out, err);
}

bool handover_since_find(
    struct model *model, const char *text, struct handover_since *out, struct error *err)
{
    if (text == NULL)
        return find_own(model, out, err);
    *out = (struct handover_since){.kind = HANDOVER_SINCE_GIVEN};
    if (!is_number(text))
        return read_moment(text, &out->at, err) && line_before(model, out->at, &out->seq, err);
    errno = 0;
    out->seq = strtoll(text, NULL, 10);
    if (errno != 0)
        return error_set(err, ERROR_USAGE, _("the history has no line %s"), text);
    return history_line_at(model, out->seq, &out->at, err);
}

/* --- notes ----------------------------------------------------------------------------------- */

/* Scrubbed, without blanks and empty lines around it. */
static char *clean_note(const char *text)
{
    struct strbuf clean = {0};
    size_t from = 0;
    text_scrub(&clean, text, strlen(text), TEXT_LINES);
    while (clean.length > 0 && isspace((unsigned char)clean.text[clean.length - 1]))
        strbuf_cut(&clean, clean.length - 1);
    const char *whole = strbuf_text(&clean);
    while (isspace((unsigned char)whole[from]))
        from++;
    char *note = alloc_string(whole + from);
    strbuf_clear(&clean);
    return note;
}

static bool write_note(struct model *model, const char *text, int64_t since_seq,
    const struct handover_point *point, struct error *err)
{
    struct db_statement *row;
    char at[25];
    if (!write_point(model, point, err) ||
        !db_statement(model_db(model), HANDOVER_NOTE_ADD, &row, err))
        return false;
    db_bind_text(row, 1, date_moment_format(point->at, at));
    db_bind_text(row, 2, person_key(model_person(model)));
    db_bind_int(row, 3, since_seq);
    db_bind_int(row, 4, point->seq);
    db_bind_text(row, 5, text);
    return db_run(row, err);
}

bool handover_note_write(
    struct model *model, const char *text, int64_t since_seq, int64_t until_seq, struct error *err)
{
    const struct handover_point point = {true, until_seq, date_now()};
    if (model_person(model)->role == PERSON_VIEWER)
        return error_set(err, ERROR_PERMISSION, _("Whoever may only look writes no handover note"));
    char *note = clean_note(text);
    bool fits = strlen(note) <= HANDOVER_NOTE_BYTES, done = false;
    if (note[0] == '\0')
        error_set(err, ERROR_INPUT, _("The handover note is empty"));
    else if (!fits)
        error_set(err, ERROR_INPUT, _("The handover note is %zu bytes long, at most %d"),
            strlen(note), HANDOVER_NOTE_BYTES);
    else
        done = writing_begin(model, true, err) &&
               writing_end(model, write_note(model, note, since_seq, &point, err), err);
    free(note);
    return done;
}

static void read_note(struct db_statement *row, struct handover_note *out)
{
    *out = (struct handover_note){
        .id = db_int(row, 0),
        .at = column_moment(row, 1),
        .person = column_line(row, 2),
        .mine = db_int(row, 3) != 0,
        .since_seq = db_int(row, 4),
        .until_seq = db_int(row, 5),
        .text = column_lines(row, 6),
    };
}

bool handover_notes_read(
    struct model *model, size_t most, struct handover_note **out, size_t *count, struct error *err)
{
    struct db_statement *row;
    enum db_step step;
    char now[25];
    *out = NULL;
    *count = 0;
    if (!db_statement(model_db(model), HANDOVER_NOTES, &row, err))
        return false;
    db_bind_text(row, 1, date_moment_format(now_of(model), now));
    db_bind_text(row, 2, model_person(model)->reach);
    db_bind_text(row, 3, person_key(model_person(model)));
    db_bind_int(row, 4, (int64_t)most);
    while ((step = db_step(row, err)) == DB_ROW) {
        *out = alloc_resize(*out, *count + 1, sizeof **out);
        read_note(row, &(*out)[(*count)++]);
    }
    db_reset(row);
    if (step != DB_FAILED)
        return true;
    handover_notes_free(*out, *count);
    *out = NULL;
    *count = 0;
    return false;
}

void handover_notes_free(struct handover_note *notes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(notes[i].person);
        free(notes[i].text);
    }
    free(notes);
}
