/* progress_period: which days a progress list is of, by its own words: the lines above the table,
 * its headings, and a line behind it that says 截至.
 *
 *   as of that day:
 *     截至2026年11月20日, 截至11月20日, 数据截止到11.20, 截至10月底, as of 2026-11-20
 *   these days:
 *     2026年11月16日-22日, 11月16日至11月22日, 11月16-22日, 11.16-11.22,
 *     2026-11-16 to 2026-11-22
 *   that part of a year:
 *     10月份, 2026年10月整改进展, 11月中旬, 11月上半月, 2026年三季度,
 *     2026年11月第3周 (of those that begin in the month), 2026年第47周 (of ISO 8601)
 *
 * Other than as of a day they are taken only where the line speaks of progress. Days of something
 * else are none: deadlines (2026年底前), when it was issued or filled in (印发, 填报), since when
 * (以来).
 *
 * The year may stand elsewhere above the table; where none is given it is that of the last half
 * year, and told. Nothing is guessed: texts that name different days, and days whose year cannot be
 * told, are a problem. */
#ifndef EXCHANGE_PROGRESS_PERIOD_H
#define EXCHANGE_PROGRESS_PERIOD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/strbuf.h"

enum progress_words_place { WORDS_ABOVE, WORDS_OF_HEADING, WORDS_BEHIND };
#define PROGRESS_SPANS_MOST 8
#define PROGRESS_YEARS_MOST 8

/* What was found of it so far; {0} is empty. */
struct progress_words {
    struct progress_span {
        enum { SPAN_DAYS, SPAN_WEEK_OF_MONTH, SPAN_WEEK_OF_YEAR } kind;
        bool as_of;
        int year[2], month[2], day[2]; /* 0: not said; of a last day 0 is the end of the month */
        int week;
        size_t line;
        char *words; /* as written */
    } span[PROGRESS_SPANS_MOST];
    size_t count;
    int year[PROGRESS_YEARS_MOST]; /* that are said */
    size_t years;
};
/* One line of the list, or one of its headings. */
void progress_words_add(struct progress_words *words, const char *text, size_t count, size_t line,
    enum progress_words_place place);
void progress_words_clear(struct progress_words *words);

struct progress_period {
    date_t first, last;               /* the same: as of that day; DATE_NONE: no days are named */
    const struct progress_span *span; /* that names them, or about which the doubt is */
    char *doubt;                      /* a translated sentence; NULL: none; the caller frees */
    bool refuses;                     /* it cannot be told which days: they are DATE_NONE */
};
void progress_period_find(
    const struct progress_words *words, date_t today, struct progress_period *out);

/* A heading without the days that it names and words such as 本周, whose it is:
 * 截至11月20日进展情况 is 进展情况. False: it has neither. */
bool progress_heading_bare(const char *heading, struct strbuf *out);
/* 上周进展, 下周计划: of another period than the list. */
bool progress_heading_is_other(const char *heading);

#endif
