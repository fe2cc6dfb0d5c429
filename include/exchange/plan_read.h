/* plan_read: the measures of a plan, from the text of the document.
 *
 * Numbered measures in any of 第一条, 一、, （一） ㈠, 1. 1． 1、, （1） 1） ⑴ and ①. Which of the
 * numberings is that of the measures is told by the clauses that name units, one at the end of
 * each; where a plan names none, by the numbers that go on over its headings. Numbers that begin
 * anew in each section get that of the section before them: 2-1. A number that goes on in another form
 * (5、 → （6） → 第七条), with units of its own, is the next measure.
 *
 * A clause stands in brackets of any kind at the end of a measure or of its paragraphs, behind its
 * last sentence, or on lines of its own: 牵头单位：…；责任单位：…, 配合, 参与, with 部门, without a
 * colon, with a comma for the semicolon, without labels, "A牵头，B参与，C负责落实", "由A牵头",
 * "A、B按照职责分工负责", broken over lines. Brackets that are no clause are text.
 * 市生态环境局、自然资源局 is read as 市生态环境局、市自然资源局 (only with offices that every
 * level has). What is given once for all (以下均需…，不再列出) is added to each measure behind it.
 *
 * Nothing is invented: a unit stands in the text (names are given in simplified characters), with
 * the level of the one before it where it has none. What is passed over or cannot be read is a note
 * with its line. The text is UTF-8 and scrubbed (TEXT_LINES). */
#ifndef EXCHANGE_PLAN_READ_H
#define EXCHANGE_PLAN_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/going.h"

struct plan_unit {
    char *name;
    bool carried; /* the level in front is that of the unit before it */
    bool given;   /* from what is given once for all */
};
struct plan_units {
    struct plan_unit *unit;
    size_t count, capacity;
};
/* A day that the text names: 到2025年, 2027年底前, 力争到2030年, “十四五”末. 12月底前 is of the
 * year that the sentence names before it, else of that of the plan's title (2026年工作计划); else a
 * note. */
struct plan_date {
    char *words;
    date_t date;
    bool until;    /* something is to be done by then */
    bool yearless; /* the words do not tell the year */
};
/* 近岸海域水质优良比例达到92%. */
struct plan_figure {
    char
        *name; /* without the figure: 建成示范区 of 建成5个示范区; the sentence where it has none */
    char *value, *unit;    /* as they stand: "88.3", "%"; "10%-15", "%"; "3至5", "个" */
    char *before, *behind; /* what bounds the value: "不低于", "下降"; "以上" */
    char *by;              /* the day before it in the same sentence; "": none */
    char *words;
};
struct plan_part { /* a paragraph with a clause of its own, which `text` ends in */
    char *text;
    char *unit_words; /* "": none */
};

struct plan_measure {
    char *number; /* "12", "2-1" */
    char *title;
    char *text;       /* title and all, without the clause */
    char *unit_words; /* the clause as it stands; "": none. Several are on a line each */
    struct plan_units lead, responsible, cooperating;
    bool others;          /* a list ends in 等 */
    char *deadline_words; /* the last one by which it is to be done, with its year; "": none */
    struct plan_date *date;
    size_t date_count, date_capacity;
    struct plan_figure *figure;
    size_t figure_count, figure_capacity;
    struct plan_part *part; /* none where one clause is for all of it */
    size_t part_count, part_capacity;
    size_t line_from, line_to; /* 1.. */
};

enum plan_why {
    PLAN_NO_UNIT,      /* a measure that names none */
    PLAN_OTHERS,       /* 等: further units that the plan does not name */
    PLAN_CARRIED,      /* the level of a unit is that of the one before it */
    PLAN_GIVEN,        /* units for all measures behind it */
    PLAN_NOT_UNIT,     /* words of a clause that name no unit */
    PLAN_INNER,        /* words in brackets behind a unit */
    PLAN_OPEN,         /* a bracket that is not closed */
    PLAN_NOT_MEASURE,  /* numbered, and no measure: principles, aims, products */
    PLAN_LOST_CLAUSE,  /* units outside every measure */
    PLAN_CLOSING,      /* text behind the last measure */
    PLAN_DATES,        /* several days in one measure: the last is its deadline */
    PLAN_NO_YEAR,      /* a day of no year */
    PLAN_YEAR,         /* a day whose year is that of the title */
    PLAN_NUMBER_TWICE, /* a number that was there already */
    PLAN_NUMBER_GAP,   /* a number that does not follow the one before it */
    PLAN_STEP,         /* an item with units of its own that was read as part of a measure */
    PLAN_WHY_COUNT
};
struct plan_note {
    size_t line;
    enum plan_why why;
    char *words;
};

struct plan {
    char *head;       /* lines that say whose it is, titles first, then who issued it; "": none */
    size_t head_line; /* of the first, from 1; 0: none */
    struct plan_measure *measure;
    size_t count, capacity;
    struct plan_note *note; /* by line */
    size_t note_count, note_capacity;
};

/* No measure found is an empty plan. Where `going`, which may be NULL, tells it
 * to end, what is told then is no whole plan. */
void plan_read(const char *text, const struct going *going, struct plan *out);
void plan_clear(struct plan *plan);

/* The sentence of a note, translated; it names no words. */
const char *plan_why(enum plan_why why);

#endif
