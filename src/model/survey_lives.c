/* Pieces of the lives of tasks: how a task stood at the end of a day, and from which day on. */
#include <stdlib.h>

#include "base/alloc.h"
#include "survey_parts.h"

struct survey_lives {
    struct fact_piece *piece;
    size_t count, room;
};

struct survey_lives *survey_lives_new(void)
{
    return alloc_zero(1, sizeof(struct survey_lives));
}

void survey_lives_free(struct survey_lives *lives)
{
    if (lives == NULL)
        return;
    free(lives->piece);
    free(lives);
}

static void add_piece(struct survey_lives *lives, date_t from, bool open, date_t due_on)
{
    lives->piece = alloc_grow(lives->piece, &lives->room, lives->count + 1, sizeof *lives->piece);
    lives->piece[lives->count++] = (struct fact_piece){from, open, due_on};
}

bool survey_lives_tell(struct survey_lives *lives, struct model *model,
    const struct survey_row *row, struct fact *fact, struct error *err)
{
    date_t start = row->fact.started_on, today = model_today(model)->date;
    date_t closed = row->fact.closed_on != DATE_NONE ? row->fact.closed_on : start;
    bool open = row->fact.state != STATE_CLOSED;
    (void)err;
    lives->count = 0;
    if (closed > today)
        closed = today;
    if (open || closed > start)
        add_piece(lives, start, true, row->fact.due_on);
    if (!open)
        add_piece(lives, closed > start ? closed : start, false, row->fact.due_on);
    fact->pieces = lives->piece;
    fact->piece_count = lives->count;
    return true;
}
