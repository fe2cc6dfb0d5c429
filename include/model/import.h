/* import: tasks from outside, proposed, compared with what there is, and written in one transaction.
 *
 * A proposal is what a row of a ledger, a measure of a plan or a notice says of one task, in the
 * words of the file. An empty value says nothing: it does not empty what is there. What cannot be
 * read is a problem with its line, column, heading and value, and any problem refuses the whole
 * import. Nothing is guessed; a doubt is a warning, which is told and does not refuse: so is what a row says
 * against itself (60% and no work yet, a day of closing of an open task, closed with measures to be done).
 *
 * Which task it is: source and number. A number may say its source and the part, as identities do
 * ("2-047.1"). Several proposals of the same source and number that name different regions are the
 * task re-issued below (breakdown): parts, matched by their regions; a task that they are parts of is
 * made of the first where there is none. They agree in what the task is called: where titles and
 * problems of the rows of one number agree little, that is warned of with both lines and titles; where they
 * are plainly others it is a problem, for two tasks were given one number, and nobody told which keeps
 * it. A proposal without a number is new, unless source and title
 * (and region, where several have the title) agree with one task. One without number and title is about
 * the only task of the source in its region. One without source and number, where the options name no
 * source either, is about the only task of all sources that has its title (and region, where it names
 * one), which is told; several are a problem that names them.
 *
 * What a document says in passing, not in a place for it, is told as words: "source.1", "region.1",
 * "title.1", "state.1". The source is that of the options, else the only one that the words
 * name. The place is the only one that a line of them names,
 * of several lines the first that names one, and what lies in it of those behind; of a task that is
 * there it changes nothing, but another place than the task's makes a part of it. The title is that
 * of a new task. Where a task of the number is there whose words are plainly others, it is a problem, and
 * but a warning where its place is the one told. Without a number the title names the task of the source,
 * and of the place told, that is called so but for marks, 关于 in front and 问题, 整改, 情况 .. behind; of
 * a new task the nearest is told; one that is called nearly so, and has no number, is a problem. A state that the task cannot come to by one action is
 * told with the actions that come first.
 *
 * Lists of what became of tasks (import_existing) never make one and never call one otherwise: a title
 * beside a number is words. Without a number it may be the beginning of a title, and brackets of
 * either width and blanks do not matter, where that is of one task alone. What names none is a
 * problem that tells the nearest.
 *
 * A text of damaged digits (1□.6) takes the place of none that is whole, and a list of units in a public
 * notice (a title told in passing) takes no unit away; both are told.
 *
 * Values are read as field_read does: names, short names, codes, initials and #ids of units, words of
 * tables in either language. Other than from a keyboard, dates need their year; digits may be of full
 * width; a deadline may be any words of model/deadline.h, which are kept beside the date; lists of
 * units are divided at 、，；,; and ends of lines, and at blanks only where each piece names a unit. A
 * department called 市.., 县.. or 区.. is that of the city or county of the row, told and made by its
 * whole name (沈河区住建局); in what is of a place, one without that place too (住建局). 全省, 全市, 各市 and
 * 各县（市、区） are the province, the city of the row, all cities and all counties of that city; of
 * units, the governments of them (沈阳市人民政府). Where it is left open which are meant it is a problem. Words that
 * name nobody (各有关部门, 相关区) are left out of their cell, told, and never made units. The region of a row may
 * be told in several cells in any order: what lies in another, or is still to be made, comes last. A
 * region around that of the task (the county of its town) says no other place, and changes nothing.
 *
 * A new task may come in any state. On public notice (公示中) it needs the first and last day of the
 * notice; that it is publicly listed (挂牌) needs the notice it was listed by. The state of a task that
 * is there already moves only where one action of the workflow leads there, which needs to be told
 * nothing and is possible (start, submit, accept). A state before the one it has is warned of and
 * changes nothing; another one is a problem that names what to do. Its other fields are
 * changed as far as the person may change each of them; those that only an action changes
 * (the deadline, percent, progress ..) by duty officers and administrators. A deadline that was
 * extended since its words were taken over stays as long as the file says the same words.
 *
 * Rows beside the task are told by their fields (model/field.h) without a suffix, or with .2, .3 for
 * further ones: a report (report, report_percent, period ..), a public notice (publicity, ends_on,
 * office ..), a review, a notice. One that is there already (the same period, first day, level and
 * day) is not added again. A public notice of other days than those that the task has is another one of
 * it, which is told with the days of both; a closed task takes none that would run beyond the day of its
 * closing: it is told since when it is closed, and neither its state nor its notices change. A report of a period that has one with another text is added behind it, for
 * reports are never written over; both are told.
 *
 * What it costs: looking grows with the values told, and with the tasks of a source where rows name no
 * number. Writing grows with the rows too; 1,000 and more at once that are a fiftieth of all there are
 * go without triggers and count all tasks again at the end, 20,000 and more make the indexes of all
 * tasks again. A change of a task that is there is written as one of a person is, some ten times as
 * slow as a new one. Memory grows with the different texts told, 16 bytes a value and 200 a row. A
 * hundred thousand rows of 15 columns: tests/bench_import.c. */
#ifndef MODEL_IMPORT_H
#define MODEL_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/error.h"
#include "model/history.h"
#include "model/model.h"
#include "model/units.h"

struct import;
struct import_place {
    size_t line, column; /* 1..; 0 none */
    const char *heading; /* of the column; "" or NULL none */
};
struct import *import_new(struct model *model); /* the model outlives it */
void import_free(struct import *import);        /* NULL is fine */

/* Everything is copied, packed: a value costs its bytes, or nothing where the same was told before,
 * and 16 more. */
void import_file(struct import *import, const char *name); /* of all that follows */
void import_lettered(struct import *import); /* columns of this file are called A, B, .. */
void import_existing(struct import *import); /* what follows of this file is about tasks that are there */
/* What follows of this file is of a document of offices. `head`: the lines that say whose it is,
 * its title first ("" none). The first of them that names one place tells it; one that names but a
 * province tells that it is of none. Units and places of the document are looked for there (县住建局
 * is that of the county), and a new task that names no other place is put there. Words that name no
 * unit (县直各部门) are left out of its lists, and told. */
void import_document(struct import *import, const char *head, struct import_place place);
/* Reports of what follows in this file that tell no period are of the one in which these days lie (the
 * same day twice: as of that day); days that lie in no one period of the source are a problem. A task that
 * has a later report keeps its percent and progress, which is told. */
void import_days(struct import *import, date_t first, date_t last, const char *words,
    struct import_place place);
void import_task(struct import *import, struct import_place place); /* begins a proposal */
/* `field`: a name of model/field.h, of a measure with its number ("measure.2", "due.2"). A list may be
 * told in several values; a region that lies in the one told before takes its place. */
void import_value(
    struct import *import, const char *field, const char *typed, struct import_place place);
/* The version of the task when the file was made. Where it has another one now, what the file would
 * change of it is refused, for it may undo what others did since; of a new task it says nothing. */
void import_version(struct import *import, const char *typed, struct import_place place);
void import_warning(struct import *import, const char *sentence, struct import_place place);
void import_problem(struct import *import, const char *sentence, struct import_place place);
size_t import_count(const struct import *import); /* proposals so far */

struct import_source {
    const char *code, *name;
    int year; /* 0: not told, which one that is there does without */
    enum rhythm rhythm;
    bool has_rhythm; /* told: where the one that is there has another, that stays and is warned of */
};
struct import_options {
    const char *source; /* of proposals that name none: code, year or name; NULL: none */
    const struct import_source *create_source; /* made where none has its code; NULL: none */
    const struct import_source *further; /* made too, for proposals that name them */
    size_t further_count;
    bool create_units; /* departments and regions that there are not: made in, or below, the place in
                          front of their name, else the region of the row: the deepest that is there
                          or made before, so that a township comes into the county. Not made are a
                          name that differs from a known one there by one character, and regions
                          whose name is none of a place */
    const char *const *new_unit; /* names that are made, however near to a known one */
    size_t new_unit_count;
    const char *region; /* the place that all files are of, whatever they say of it
                           (import_document); NULL: as they say */
};

enum import_kind { IMPORT_NEW, IMPORT_CHANGED, IMPORT_SAME, IMPORT_REFUSED, IMPORT_KIND_COUNT };
struct import_result {
    enum import_kind kind;
    const char *file;
    struct import_place place;
    const char *ident, *title;          /* "" where unknown */
    const struct event_change *change;  /* of IMPORT_CHANGED; texts as the history keeps them */
    size_t change_count;
};
/* Of those that refuse, and of warnings, so many are kept; a last one counts the others. */
#define IMPORT_MESSAGES_MOST 10000
struct import_message {
    bool refuses, lettered; /* lettered: the column is called by letters (import_lettered) */
    const char *file;
    struct import_place place;
    const char *value, *text; /* value: what was told, "" none; text: a sentence */
    const char *kind;         /* the same of those that say the same of other rows and values */
};
/* A unit that there is not, once, with the nearest known ("" none; looked for beside the first 200). */
struct import_unit {
    enum unit_kind kind;
    const char *name, *nearest, *file;
    size_t line, times; /* line: the first */
    size_t column;      /* in which it stands there, from 1; 0: none */
    bool lettered;      /* columns are called by letters */
    bool create;        /* is made */
    bool nowhere;       /* cannot be: its row does not tell the place it would lie in */
    bool slip;          /* is not: `nearest` is there, one character apart */
    bool unnamed;       /* cannot be: a region of which the name is none of a place */
    const char *region; /* where; "" not */
};
/* Valid until the import is looked at again, written or freed. */
struct import_plan {
    size_t count[IMPORT_KIND_COUNT];
    const struct import_result *result; /* one for each proposal, in order */
    size_t result_count;
    const struct import_message *message;
    size_t message_count;
    size_t said[2]; /* warnings, and [1] those that refuse: those too that are not kept */
    const struct import_unit *unit;
    size_t unit_count;
    const char *source;        /* the names of the sources that are made; "" none */
    const struct units *units; /* those the results speak of, those to be made among them */
    bool refused;              /* a message or unit refuses */
    size_t lines;              /* of the history, written for tasks: what an undo takes back */
};

/* Told how far it is, a few times a second, while rows are looked at and while the engine is at work
 * for long (indexes, counts); with all done before the commit, which is a second for 100,000 new tasks,
 * and not during it. False ends all. It must not use the model. */
typedef bool import_going(void *context, size_t done, size_t of);

/* Whether the person's role may import at all; ERROR_PERMISSION tells who may. */
bool import_allowed(const struct model *model, struct error *err);
/* Reads all proposals against the database as it is; nothing is written. False when it could not be
 * looked: ERROR_PERMISSION (import_allowed), ERROR_READ_ONLY (a person with a reach: what is new is
 * written and taken back), ERROR_REFUSED (ended by `going`, which may be NULL), and the store's. */
bool import_look(struct import *import, const struct import_options *options, import_going *going,
    void *context, struct import_plan *plan, struct error *err);
/* The same, and writes it: one transaction, one line of the history a task ("import", field by field)
 * and one of no task that spans them and names the files; units, counts and search included.
 * ERROR_REFUSED when the plan has a problem (the plan tells them). What is ended leaves no trace. */
bool import_write(struct import *import, const struct import_options *options, import_going *going,
    void *context, struct import_plan *plan, struct error *err);

#endif
