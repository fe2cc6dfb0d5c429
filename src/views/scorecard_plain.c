/* The scorecard as text: for a pipe, a mail, a screen reader. */
#include "base/language.h"
#include "scorecard_columns.h"
#include "views/scorecard.h"

static void add_row(
    struct strbuf *out, const struct score_table *table, const struct score_line *line, bool cut)
{
    struct strbuf text = {0};
    for (size_t i = 0; i < table->count; i++) {
        strbuf_cut(&text, 0);
        if (line == NULL)
            strbuf_add(&text, table->layout[i].head);
        else
            score_table_text(table, line, i, "+", "-", &text);
        table_add_cell(out, &table->layout[i], strbuf_text(&text), cut);
    }
    table_end_line(out);
    strbuf_clear(&text);
}

void scorecard_plain(
    const struct scorecard *card, const char *names, int columns, struct strbuf *out)
{
    struct score_table table = {0};
    score_table_make(&table, card, names, columns, false);
    add_row(out, &table, NULL, columns > 0);
    for (size_t i = 0; i < card->count; i++)
        add_row(out, &table, &card->line[i], columns > 0);
}

static void add_month(struct strbuf *out, date_t day)
{
    int year, month, unused;
    date_parts(day, &year, &month, &unused);
    strbuf_format(out, "%04d-%02d", year, month);
}

void scorecard_explained(
    const struct model *model, const struct scorecard *card, size_t line, struct strbuf *out)
{
    char today[11];
    add_month(out, card->month);
    strbuf_format(out, _(", up to %s\n"), date_format(card->today, today));
    scorecard_explain(model, card, line, SCORE_THIS, out);
    strbuf_add_char(out, '\n');
    add_month(out, card->month - 1);
    strbuf_add_char(out, '\n');
    scorecard_explain(model, card, line, SCORE_LAST, out);
}
