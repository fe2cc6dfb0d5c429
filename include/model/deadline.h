/* deadline: the words in which documents and ledgers say by when something is to be done.
 *
 *   立行立改, 立即整改, 立行立改并长期坚持                        at once
 *   长期坚持, 持续推进, 常态化                                    ongoing
 *   2025年底前, 2025年年底, 2026年6月底前, 2026年6月中旬,          a date
 *   2026年上半年, 2026年二季度末, 2025年, 2026年6月, 2026年内,
 *   2026年11月30日前, 二〇二六年十一月三十日, 2026-11-30, 2026/11/30, 2026.11.30, 20261130,
 *   46356 (the number that spreadsheets keep for a day)
 *   “十四五”末, “十四五”期间                                       a date, the last day of its years
 *   2024年底前并长期坚持, 2024年12月底前完成，持续推进             a date, then ongoing
 *   2025年底前完成一期，2027年底前完成二期                         stages, one behind the other: the last
 *
 * around them what says no more: 于, 至, 截至, 力争, 确保 before; 前, 之前, 完成, 完成整改, 整改到位 behind. A
 * part of a year is over on its last day. Only a later stage may go without its year: it is of that of the
 * stage before it. Nothing is guessed: a text that says anything else besides, days that go back, or a
 * day of no year, are not read. */
#ifndef MODEL_DEADLINE_H
#define MODEL_DEADLINE_H

#include <stdbool.h>

#include "base/date.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "model/task.h"

struct deadline {
    enum deadline_kind kind;
    date_t date; /* DATE_NONE for immediate and ongoing */
    /* "2026年6月前", "2026年前" may mean that June is over or that it has not begun: read as the
     * former, and to be told. */
    bool loose;
    bool staged; /* the last of several days, to be told */
};
/* ERROR_INPUT says what is accepted. */
bool deadline_read(const char *text, struct deadline *out, struct error *err);

/* A day alone, in any of these forms that name one. Other than date_read, which is for a person at the
 * keyboard, it needs the year. */
bool deadline_read_day(const char *text, date_t *out);

/* What is written of a deadline that has no words of a document: 立行立改, 长期坚持, 2026-11-30,
 * 2026-11-30并长期坚持; nothing where there is none. */
void deadline_write(enum deadline_kind kind, date_t date, struct strbuf *out);

/* Excel's number of a day (1900 system), 1900-03-01 to 2199-12-31; DATE_NONE otherwise. */
date_t deadline_serial(int number);

#endif
