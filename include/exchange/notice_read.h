/* notice_read: the tasks of a public notice (公示), from the text of the document.
 *
 * What is said stands behind labels: 整改任务, 反馈问题, 整改目标, 整改措施, 整改时限, 责任单位,
 * 整改主体, 验收单位, 整改主要工作及成效, 公示时间, 受理部门, 电话 .. and what else they are
 * called. A label stands at the beginning of a line, numbered or not, in brackets or before a
 * colon, with the text behind it or below it; before a colon also behind a blank or the end of a
 * sentence. Blanks may stand between its characters.
 *
 * Several tasks stand under 第一项, 任务一 or under numbered lines, or a task begins where its
 * first label comes again. A number in brackets behind what it is called (（序号4）, （编号D3-4）, （第4项）) is
 * its number. What is said before the first of them or behind the last is of all that
 * say nothing else themselves: the days of the notice, where objections go. The heading,
 * salutations, attachments, signature and date are no part of any text.
 *
 * Nothing is guessed. A damaged digit (□ ? l O within a number, a digit too few, a day that there
 * is not) is a note with its line, and the number or day is left out; a text that holds one stays
 * as it is. The year of the last day is that of the first where it is not said, or the next where
 * the notice goes over New Year; that of the first is that of the day of issue (at the foot, or
 * 发布日期) where it lies within four months of it, without such a day the only year of the title,
 * but for one that names an inspection; which is noted. "自公示之日起" counts from the date at the
 * foot.
 *
 * Complaints (信访件) are told so too: 受理编号, 举报内容, 行政区域, 污染类型, 调查核实情况,
 * 是否属实, 是否办结. That one is 已办结 says that the work is done, not that the task is closed.
 *
 * The text is UTF-8 and scrubbed (TEXT_LINES). */
#ifndef EXCHANGE_NOTICE_READ_H
#define EXCHANGE_NOTICE_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/going.h"

enum public_part {
    PUBLIC_SOURCE, /* the inspection, as it is called there */
    PUBLIC_NUMBER, /* "23" */
    PUBLIC_REGION, /* words that the place stands in, the best on the first line */
    PUBLIC_TITLE,  /* of the task */
    PUBLIC_PROBLEM,
    PUBLIC_GOAL,
    PUBLIC_MEASURES,
    PUBLIC_DEADLINE,
    PUBLIC_DONE_ON,
    PUBLIC_LEAD, /* units: names with 、 between them */
    PUBLIC_RESPONSIBLE,
    PUBLIC_COOPERATING,
    PUBLIC_SUPERVISOR,
    PUBLIC_RESULTS, /* work done and effects */
    PUBLIC_CATEGORY,
    PUBLIC_LETTER, /* 是否属实, 是否办结 of a complaint: they stand in the results, by their labels
                    */
    PUBLIC_PERIOD, /* the words; the days below */
    PUBLIC_OFFICE, /* where objections go; not said: the publisher, or who signs */
    PUBLIC_PUBLISHER,
    PUBLIC_PHONE,
    PUBLIC_ADDRESS,
    PUBLIC_EMAIL,
    PUBLIC_OTHER, /* labels that are passed over */
    PUBLIC_PART_COUNT
};
struct public_text {
    char *text;  /* NULL: not said */
    size_t line; /* 1.. */
};

enum public_days { PUBLIC_DAYS_UNTOLD, PUBLIC_DAYS_WORKING, PUBLIC_DAYS_CALENDAR };
struct public_period {
    date_t first, last; /* DATE_NONE: not said */
    int days;           /* 0: not said */
    enum public_days kind;
    size_t line;
};

struct public_task {
    struct public_text part[PUBLIC_PART_COUNT];
    struct public_period period;
    bool is_done; /* it is said that all of it is done, and nothing says otherwise */
    bool is_open; /* it is said, and noted, that it is not */
    size_t line;  /* the first */
};

enum public_why {
    PUBLIC_DAMAGED,      /* a digit that cannot be read: the field is left out */
    PUBLIC_DAMAGED_TEXT, /* the same within a text, which stays */
    PUBLIC_NO_DAY,       /* a day that there is not */
    PUBLIC_NO_YEAR,      /* days without a year */
    PUBLIC_NO_DATE,      /* counted from the day of the notice, which is not said */
    PUBLIC_BACKWARDS,    /* the last day is before the first, or very long behind it */
    PUBLIC_NO_PERIOD,    /* words of 公示时间 that name no days */
    PUBLIC_NOT_DONE,     /* words by which it is not, or not all, done */
    PUBLIC_NUMBERS,      /* several numbers for one task */
    PUBLIC_COUNTED,      /* 第一项, 第二项 .. by which the notice counts its own tasks */
    PUBLIC_SOURCES,      /* several inspections for one task */
    PUBLIC_TWICE,        /* a label that was there, with another text */
    PUBLIC_ONE_ONLY,     /* one unit or e-mail is kept where several are told */
    PUBLIC_OTHERS,       /* a list of units that ends in 等 */
    PUBLIC_NOT_UNIT,     /* words among units that name none */
    PUBLIC_INNER,        /* what stands in brackets behind a unit */
    PUBLIC_NO_EMAIL,     /* no address of an e-mail, no telephone number */
    PUBLIC_NO_PHONE,
    PUBLIC_SHARED,      /* a long text of all of very many tasks */
    PUBLIC_YEAR,        /* the day of issue, or the title, whose year days without one have */
    PUBLIC_PASSED_OVER, /* a label that says nothing duban keeps */
    PUBLIC_WHY_COUNT
};
struct public_note {
    size_t line;
    enum public_why why;
    char *words;
};

struct public_notice {
    struct public_task *task;
    size_t count, capacity;
    struct public_note *note; /* by line */
    size_t note_count, note_capacity;
    size_t core; /* different labels of tasks that it has: 整改任务, 反馈问题, 整改目标 .. */
    bool is_published; /* it says of itself that it is a public notice */
};

/* No labels found is an empty notice. Where `going`, which may be NULL, tells it
 * to end, what is told then is no whole notice. */
void notice_read(const char *text, const struct going *going, struct public_notice *out);
void notice_clear(struct public_notice *notice);

/* The sentence of a note, translated; it names no words. */
const char *notice_why(enum public_why why);
#endif
