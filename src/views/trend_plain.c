/* trend_plain: the trend as text: the sentence, and a line for each week. */
#include <stdio.h>

#include "base/language.h"
#include "base/text.h"
#include "trend_state.h"
#include "ui/table.h"

enum { NUMBER_LEAST = 6, NUMBER_ROOM = 24, COLUMNS = PART_COUNT + 1 };

static void lay_out(const struct trend *trend, struct table_column column[COLUMNS])
{
    struct strbuf week = {0};
    trend_week_words(trend, 0, &week);
    column[0] = (struct table_column){.head = _("Week"), .width = text_width(strbuf_text(&week))};
    strbuf_clear(&week);
    for (int part = 0; part < PART_COUNT; part++) {
        const char *head = trend_part_label(trend, 0, (enum trend_part)part);
        int width = text_width(head);
        column[part + 1] = (struct table_column){.head = head,
            .align = ALIGN_RIGHT,
            .width = width > NUMBER_LEAST ? width : NUMBER_LEAST};
    }
}

static void add_heads(const struct table_column column[COLUMNS], struct strbuf *out)
{
    struct strbuf line = {0};
    for (int i = 0; i < COLUMNS; i++)
        table_add_cell(&line, &column[i], column[i].head, false);
    table_end_line(&line);
    strbuf_add(out, strbuf_text(&line));
    strbuf_clear(&line);
}

/* A week to come has what is planned, and with a tilde what comes at the pace of the last ones. */
static void add_week(const struct trend *trend, size_t week,
    const struct table_column column[COLUMNS], struct strbuf *out)
{
    struct strbuf line = {0}, words = {0};
    char text[NUMBER_ROOM];
    trend_week_words(trend, week, &words);
    table_add_cell(&line, &column[0], strbuf_text(&words), false);
    strbuf_clear(&words);
    for (int part = 0; part < PART_COUNT; part++) {
        int64_t number = trend_number(trend, week, (enum trend_part)part);
        bool guess = week >= trend->past && part == PART_OPEN;
        text[0] = '\0';
        if (number >= 0)
            snprintf(text, sizeof text, "%s%lld", guess ? "~" : "", (long long)number);
        table_add_cell(&line, &column[part + 1], text, false);
    }
    table_end_line(&line);
    strbuf_add(out, strbuf_text(&line));
    strbuf_clear(&line);
}

void trend_plain(const struct trend *trend, size_t ahead, struct strbuf *out)
{
    struct table_column column[COLUMNS];
    size_t end = trend->count - trend->past > ahead ? trend->past + ahead : trend->count;
    lay_out(trend, column);
    trend_sentence(trend, out);
    strbuf_add(out, "\n\n");
    add_heads(column, out);
    for (size_t week = 0; week < end; week++)
        add_week(trend, week, column, out);
}
