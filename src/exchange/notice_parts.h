/* notice_parts: what the files that read public notices share. The text is the glyphs of
 * plan_parts. */
#ifndef EXCHANGE_NOTICE_PARTS_H
#define EXCHANGE_NOTICE_PARTS_H

#include "exchange/notice_read.h"
#include "plan_parts.h"

struct notice_label {
    enum public_part part;
    size_t line; /* index */
    size_t from; /* of the label, its number and bracket */
    size_t body; /* behind it */
    bool heads;  /* it stands at the beginning of its line */
};
/* Lines from `first` to before `end` of one task. */
struct notice_item {
    size_t first, end;
    struct plan_span head; /* what stands on the line that begins it, beside labels; empty: none */
    struct plan_span number; /* 第二十三项, where it begins so; empty: none */
};
/* A line that is of all tasks, and what it says of them: looked at once, whatever there are. */
struct notice_around {
    size_t line;             /* index */
    struct plan_span source; /* 第二轮中央生态环境保护督察; empty: none */
    bool titled, ready;      /* 整改完成情况; 已具备销号条件 */
};
struct notice_doc {
    struct plan_doc doc;
    struct public_notice *out;
    struct notice_label *label;
    size_t label_count, label_capacity;
    struct notice_item *item;
    size_t item_count, item_capacity;
    struct notice_around
        *around; /* lines that are of all tasks: before the first, and statements */
    size_t around_count, around_capacity;
    bool is_titled, is_ready;   /* one above the first task is */
    size_t foot;                /* attachments, signature and date: lines from here on */
    struct plan_span signed_on; /* the date there; empty: none */
    struct plan_span signer;    /* the line before it */
    date_t labelled;            /* the day that a label of its own tells */
    bool labelled_read;
};

/* notice_label.c */
void notice_labels_read(struct notice_doc *n); /* by line */
/* The first label at or behind the line. */
size_t notice_label_from(const struct notice_doc *n, size_t line);
bool notice_is_core(enum public_part part);
bool notice_is_text(enum public_part part); /* goes on over lines */
/* "以上整改情况..公示": it ends what stands before it. */
bool notice_is_statement(const struct plan_doc *doc, const struct plan_line *line);

/* notice_split.c: the foot, and which lines are of which task. */
void notice_split(struct notice_doc *n);
/* What the label says, up to the next one before line `end`; a text up to what ends it. */
struct plan_span notice_value(const struct notice_doc *n, size_t label, size_t end);

/* notice_number.c: numbers as they stand in notices. */
/* The first damaged digit in it; false: none. */
bool notice_damage(const struct plan_doc *doc, struct plan_span span, struct plan_span *found);
/* The same where there are but digits: of a number, a telephone. */
bool notice_bad_digit(const struct plan_doc *doc, struct plan_span span, struct plan_span *found);
/* 2月30日, 13月1日. */
bool notice_no_day(const struct plan_doc *doc, struct plan_span span, struct plan_span *found);
/* 二十三, 一〇三, 23 as a number; behind it, 0: none. */
size_t notice_number(const struct plan_doc *doc, size_t at, size_t to, int *value);
/* 第二十三项, 任务23, 第47号: behind it, 0: none. `*number`: the digits in it. */
size_t notice_item_number(
    const struct plan_doc *doc, size_t at, size_t to, struct plan_span *number);
/* （序号4）, （编号D3-4）, （第4项） at the end of the span: where the bracket stands, 0: none. */
size_t notice_bracket_number(
    const struct plan_doc *doc, struct plan_span span, struct plan_span *number);
/* The number as it is kept: 第二十三项 is 23. NULL: none; a damaged one is noted. */
char *notice_number_take(struct notice_doc *n, struct plan_span span);

/* notice_period.c */
bool notice_period_read(
    struct notice_doc *n, struct plan_span span, bool quiet, struct public_period *out);
/* Nothing but a day with its year. */
bool notice_is_day(const struct plan_doc *doc, struct plan_span span);

/* notice_said.c: what is said in passing. */
void notice_around_read(struct notice_doc *n);
void notice_said_read(
    struct notice_doc *n, const struct notice_item *item, struct public_task *task);

/* notice_field.c */
/* Puts the text, which is given away, or adds it to what was told before under another label, with
 * `join` between; NULL: it is noted. */
void notice_put_text(struct notice_doc *n, struct public_text *part, char *text,
    struct plan_span span, const char *join);
/* The span without the marks that end it. */
struct plan_span notice_without_stop(const struct plan_doc *doc, struct plan_span span);
/* Takes 第二十三项：from before what a task is called, and （序号23） from behind it. */
struct plan_span notice_take_number(
    struct notice_doc *n, struct plan_span value, struct public_task *task);
/* What the label says, which goes on before line `end`. */
void notice_label_take(struct notice_doc *n, size_t label, size_t end, struct public_task *task);

/* notice_read.c */
void notice_note(struct notice_doc *n, enum public_why why, struct plan_span words);

#endif
