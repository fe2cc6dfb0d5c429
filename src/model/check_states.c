/* Every task's history played again, and every undo compared with what it names. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "check_items.h"
#include "check_parts.h"
#include "check_replay.h"
#include "column.h"

/* Columns of CHECK_LINES: lines by task, and one row a change; then the task as it stands. */
enum {
    AT_TASK,
    AT_SEQ,
    AT_ACTION,
    AT_OUTSIDE,
    AT_FIELD,
    AT_BEFORE,
    AT_AFTER,
    AT_THERE,
    AT_IDENT,
    AT_STATE = 11,
    AT_COLUMNS
};

/* The stream, and the row of the task that is being played. */
struct playing {
    struct findings *findings;
    struct replay replay;
    struct items items;
    bool open;         /* a task is being played */
    int64_t task, seq; /* the line of it that is being read; 0: none yet */
    char row[REPLAY_FIELDS][REPLAY_ROOM];
};

static bool end_task(struct playing *playing, struct error *err)
{
    const char *row[REPLAY_FIELDS];
    const struct replay *replay = &playing->replay;
    if (!playing->open)
        return true;
    for (int i = 0; i < REPLAY_FIELDS; i++)
        row[i] = playing->row[i];
    replay_end(&playing->replay, row);
    return !replay->there || !replay->exists ||
           items_end(&playing->items, playing->task, replay->ident, replay->name, err);
}

static void begin_task(struct playing *playing, struct db_statement *row)
{
    char ident[IDENT_ROOM];
    column_ident(row, AT_IDENT, ident);
    playing->open = true;
    playing->task = db_int(row, AT_TASK);
    playing->seq = 0;
    items_begin(&playing->items);
    replay_begin(
        &playing->replay, playing->findings, playing->task, ident, !db_is_null(row, AT_THERE));
    for (int i = 0; i < REPLAY_FIELDS; i++)
        column_copy(row, AT_STATE + i, playing->row[i], REPLAY_ROOM);
}

static bool play_row(struct playing *playing, struct db_statement *row, struct error *err)
{
    if (!playing->open || db_int(row, AT_TASK) != playing->task) {
        if (!end_task(playing, err))
            return false;
        begin_task(playing, row);
    }
    if (db_int(row, AT_SEQ) != playing->seq) {
        char action[REPLAY_ROOM];
        playing->seq = db_int(row, AT_SEQ);
        column_copy(row, AT_ACTION, action, sizeof action);
        replay_line_begin(&playing->replay, playing->seq, action, db_int(row, AT_OUTSIDE) != 0);
    }
    if (!db_is_null(row, AT_FIELD)) {
        char before[REPLAY_ROOM], after[REPLAY_ROOM];
        column_copy(row, AT_BEFORE, before, sizeof before);
        column_copy(row, AT_AFTER, after, sizeof after);
        replay_change(&playing->replay, db_text(row, AT_FIELD), before, after);
        items_change(&playing->items,
            &(struct items_change){playing->seq, db_int(row, AT_OUTSIDE) != 0,
                db_text(row, AT_FIELD), db_text(row, AT_BEFORE), db_text(row, AT_AFTER)});
    }
    return true;
}

static bool play_all(struct db *db, struct findings *findings, struct error *err)
{
    struct playing playing = {.findings = findings};
    struct db_statement *rows;
    enum db_step step = DB_ROW;
    bool good =
        items_open(&playing.items, db, findings, err) && db_statement(db, CHECK_LINES, &rows, err);
    if (good) {
        while (good && (step = db_step(rows, err)) == DB_ROW)
            good = play_row(&playing, rows, err);
        db_reset(rows);
        good = good && step != DB_FAILED && end_task(&playing, err);
    }
    items_close(&playing.items);
    return good;
}

/* --- undo ------------------------------------------------------------------------------------ */

/* CHECK_UNDOS: code, number, part of the task, seq, the line named, the line undone, the first
 * field that is not as it was. */
static void look_at_undo(struct db_statement *row, struct findings *findings)
{
    char ident[IDENT_ROOM];
    int64_t seq = db_int(row, 3);
    column_ident(row, 0, ident);
    if (db_is_null(row, 5)) {
        findings_add(findings, FOUND_UNDO, ident, seq,
            _("line %" PRId64
              " of the history undoes line \"%s\", which is not there before it or is of another "
              "task"),
            seq, db_text(row, 4));
    } else if (!db_is_null(row, 6)) {
        findings_add(findings, FOUND_UNDO, ident, seq,
            _("line %" PRId64 " of the history does not restore \"%s\" as line %" PRId64
              " found it"),
            seq, db_text(row, 6), db_int(row, 5));
    }
}

bool check_states(struct model *model, struct findings *findings, struct error *err)
{
    struct db *db = model_db(model);
    if (!db_read_begin(db, err))
        return false;
    bool good =
        play_all(db, findings, err) && check_each(db, CHECK_UNDOS, findings, look_at_undo, err);
    db_read_end(db);
    return good;
}
