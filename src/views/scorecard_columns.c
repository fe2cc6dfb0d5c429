#include "scorecard_columns.h"

#include "base/language.h"
#include "base/text.h"

#define UNIT_LEAST 12
#define UNIT_MOST 16
#define DROP_FIRST 30 /* last month's score, which the change tells too; then the weeks */

static int widest(int width, const char *text)
{
    int other = text_width(text);
    return other > width ? other : width;
}

/* As wide as what stands in it, or its head. */
static void fit(struct score_table *table, const struct scorecard *card, size_t cell)
{
    struct table_column *column = &table->layout[cell];
    struct strbuf text = {0};
    column->least = widest(0, column->head);
    for (size_t i = 0; card != NULL && i < card->count; i++) {
        strbuf_cut(&text, 0);
        score_table_text(table, &card->line[i], cell, "+", "-", &text);
        column->least = widest(column->least, strbuf_text(&text));
    }
    column->most = column->least;
    if (cell == SCORE_CELL_UNIT && column->least > UNIT_LEAST)
        column->least = UNIT_LEAST;
    if (cell == SCORE_CELL_UNIT && column->most > UNIT_MOST)
        column->most = UNIT_MOST;
    strbuf_clear(&text);
}

void score_table_make(struct score_table *table, const struct scorecard *card, const char *names,
    int columns, bool weeks)
{
    const struct table_column first[SCORE_CELL_CHOSEN] = {
        [SCORE_CELL_RANK] = {.head = _("Rank"), .align = ALIGN_RIGHT},
        [SCORE_CELL_UNIT] = {.head = _("Unit")},
        [SCORE_CELL_SCORE] = {.head = _("Score"), .align = ALIGN_RIGHT},
        [SCORE_CELL_CHANGE] = {.head = _("Change"), .align = ALIGN_RIGHT},
        [SCORE_CELL_LAST] = {.head = _("Last"), .align = ALIGN_RIGHT, .drop = DROP_FIRST},
    };
    struct error ignored = {0}; /* names were checked where they were set */
    *table = (struct score_table){.count = SCORE_CELL_CHOSEN, .first = table->first};
    score_columns_parse(names, table->chosen, &table->chosen_count, &ignored);
    if (table->first >= table->chosen_count)
        table->first = 0;
    for (size_t i = 0; i < SCORE_CELL_CHOSEN; i++)
        table->layout[i] = first[i];
    for (size_t i = table->first; i < table->chosen_count; i++)
        table->layout[table->count++] = (struct table_column){
            .head = _(score_columns[table->chosen[i]].head),
            .drop = (int)i + 1,
            .align = ALIGN_RIGHT,
        };
    for (size_t i = 0; i < table->count; i++)
        fit(table, card, i);
    if (weeks) {
        table->weeks = table->count;
        table->layout[table->count++] = (struct table_column){.head = _("12 weeks late"),
            .least = SCORE_WEEKS,
            .most = SCORE_WEEKS,
            .drop = DROP_FIRST - 1};
    }
    if (columns > 0)
        table_layout(table->layout, table->count, columns);
    for (size_t i = 0; columns == 0 && i < table->count; i++)
        table->layout[i].width = table->layout[i].most;
}

size_t score_table_beyond(const struct score_table *table)
{
    size_t beyond = 0;
    for (size_t i = SCORE_CELL_CHOSEN; i < table->count; i++)
        beyond += table->layout[i].width == 0;
    return beyond;
}

enum score_column score_table_column(const struct score_table *table, size_t cell)
{
    return cell >= SCORE_CELL_CHOSEN &&
                   cell < SCORE_CELL_CHOSEN + table->chosen_count - table->first
               ? table->chosen[cell - SCORE_CELL_CHOSEN + table->first]
               : SCORE_COLUMN_COUNT;
}

static void add_change(
    const struct score_line *line, const char *up, const char *down, struct strbuf *out)
{
    int now = line->month[SCORE_THIS].score, before = line->month[SCORE_LAST].score;
    if (now == SCORE_NONE || before == SCORE_NONE)
        return;
    strbuf_add(out, now > before ? up : now < before ? down : "=");
    if (now != before)
        score_format(now > before ? now - before : before - now, out);
}

void score_table_text(const struct score_table *table, const struct score_line *line, size_t cell,
    const char *up, const char *down, struct strbuf *out)
{
    enum score_column column = score_table_column(table, cell);
    switch (cell) {
    case SCORE_CELL_RANK:
        if (line->rank > 0)
            strbuf_format(out, "%d", line->rank);
        break;
    case SCORE_CELL_UNIT:
        strbuf_add(out, line->label);
        break;
    case SCORE_CELL_SCORE:
        score_format(line->month[SCORE_THIS].score, out);
        break;
    case SCORE_CELL_CHANGE:
        add_change(line, up, down, out);
        break;
    case SCORE_CELL_LAST:
        score_format(line->month[SCORE_LAST].score, out);
        break;
    default:
        if (column != SCORE_COLUMN_COUNT)
            score_text(column, &line->month[SCORE_THIS].value[column], out);
    }
}
