/* import_parts: what the files of the import share. */
#ifndef MODEL_IMPORT_PARTS_H
#define MODEL_IMPORT_PARTS_H

#include "id_map.h"
#include "import_store.h"
#include "member.h"
#include "model/change.h"
#include "model/deadline.h"
#include "model/import.h"
#include "model/percent.h"
#include "store/db.h"

/* Which task a proposal is about. */
struct target {
    int64_t source;           /* 0: not known */
    int64_t task;             /* 0: a new one */
    uint32_t number, regions; /* texts: "" none; ids as the history keeps them */
    uint32_t group;           /* of the same source and number, or title */
    uint32_t next;            /* the proposal before it in the group, plus 1 */
    uint32_t parent_row;      /* the proposal that it is a part of, plus 1 */
    uint16_t part;
    bool part_told, refused;
    bool hidden; /* nothing more is told: its number is that of tasks out of reach, or of none, or
                    of another row */
};
struct group {
    uint32_t last, count;
    int64_t parent;   /* the task that its parts are of */
    bool make_parent; /* which is not there yet */
    uint16_t part;    /* the highest given */
};

/* One change of a task, texts kept by the import. */
struct made {
    int64_t task, parent; /* 0: a new one; to be given by who writes */
    struct event_change *item;
    size_t count, capacity;
};

/* What was found of a text before. */
enum read { READ_GOOD, READ_BAD, READ_UNKNOWN };
struct memo {
    enum read read;
    uint32_t text;          /* the value, or the sentence */
    enum percent_told told; /* of a percentage */
    uint32_t left_out;      /* a text: words of a list that name no unit; 0 none */
};

enum {
    DEADLINES_KEPT = 64,
    SOURCES_MOST = 64 /* made at once */
};

struct look {
    struct import *import;
    struct model *model;
    struct db *db;
    const struct import_options *options;
    struct units *units; /* with those to be made */
    date_t today;
    import_going *going;
    void *context;
    size_t done, of; /* steps, for `going` */
    bool ended;      /* by the person */
    int64_t told_at; /* milliseconds of a clock that only goes on */

    struct target *target;
    struct id_map groups; /* source and number, or source and title, hashed */
    struct group *group;
    size_t group_capacity;
    struct id_map taken; /* tasks that are spoken of */
    uint32_t *taken_by;  /* the proposal of each */
    size_t taken_capacity;
    struct id_map titles; /* source and title, hashed, of the database */
    uint32_t *title_last; /* the last task of each, plus 1 */
    size_t title_last_capacity;
    struct title_task {
        int64_t task, region;
        uint32_t next;
    } * title;
    size_t title_count, title_capacity;
    size_t near_looks; /* titles compared for the nearest */
    struct numbering {
        int64_t source, position;
        uint32_t last; /* a text */
        bool read, titled;
    } * numbering;
    size_t numbering_count;

    struct id_map memos;
    struct memo *memo;
    size_t memo_capacity;
    struct id_map saids; /* texts of columns of state, progress and percent */
    unsigned char *said_as;
    size_t said_room;
    struct read_deadline {
        uint32_t text; /* 0: none yet */
        struct deadline is;
    } deadline[DEADLINES_KEPT]; /* by the number of the text */

    struct import_result *result;
    struct import_message *message;
    size_t message_count, message_capacity;
    size_t said[2]; /* messages, those not kept too; [1] that refuse */
    struct import_unit *unit;
    size_t unit_count, unit_capacity;
    int64_t *unit_id;       /* of those to be made */
    struct id_map unknowns; /* kind and name of those that are not */
    size_t *unknown;        /* the unit of each */
    size_t unknown_capacity;
    size_t count[IMPORT_KIND_COUNT];
    bool refused;
    int64_t told_home, home; /* whose all files are; the proposal in hand is; 0 untold */
    bool of_document;        /* the proposal in hand */
    struct home {            /* by the heads of the import */
        int64_t region;
        size_t new_tasks; /* that were put there */
    } * homes;            /* the last: of files without one */
    int64_t default_source;
    const char *made_source;                           /* names; NULL: none is made */
    int64_t made_source_id;                            /* of the first; the others' follow */
    const struct import_source *made_as[SOURCES_MOST]; /* the options' */
    size_t made_sources;
    bool parts_told;                     /* that rows of one number become parts */
    size_t no_region;                    /* proposals put under the province */
    size_t begun, unstarted, unread;     /* import_begun.c */
    size_t from_today;                   /* to be put right at once, of no day of assignment */
    const struct import_span *said_span; /* told last that it lies in no period */
    enum rhythm said_rhythm;

    struct made made;         /* of the proposal in hand */
    struct db_statement *row; /* the columns of a task */
    struct member reach;
    const char **before;                   /* of the task in hand, as `fields` */
    int64_t next_row[TABLE_COUNT], row_id; /* ids to be given, and the one of the row in hand */

    bool (*write)(struct look *look, size_t proposal, struct error *err); /* NULL: only looked */
    int64_t first_line, last_line; /* of the history; 0 none yet */
    bool again;                    /* looked at before: warnings were told */
    struct bulk *bulk;             /* NULL: one change after the other */
    size_t units_made;
    bool units_unshown; /* some are made whose names were not compared with the others' */
    bool source_made;
};
void look_free(struct look *look);

/* import_look.c */
struct look *look_new(struct import *import, const struct import_options *options);
bool look_run(struct look *look, struct import_plan *plan, struct error *err);
/* Its statements; the plan stays. */
void look_let_go(struct look *look);
/* import_write.c: what would be written, written and taken back: only so it shows whether new tasks
 * are within the reach. */
bool look_try(struct import *import, const struct import_options *options, import_going *going,
    void *context, struct import_plan *plan, struct error *err);
bool look_is_made_source(const struct look *look, int64_t source);
bool look_is_code(const char *code); /* of a source: at most 8 letters and digits */
const char *look_ident(struct look *look, size_t proposal); /* as "2-047.1"; "" unknown */
/* Tells a sentence about a cell (NULL: about the proposal). */
void look_say(struct look *look, size_t proposal, const struct import_cell *cell, bool refuses,
    const char *format, ...) __attribute__((format(printf, 5, 6)));
struct import_place look_place(const struct look *look, const struct proposal *row);
/* Warns of a file; of all that is imported. */
void look_say_of_file(
    struct look *look, const char *file, struct import_place place, const char *sentence);
void look_say_of_all(struct look *look, const char *sentence);
/* Beside those that are counted, and kept when they are too many. */
void look_say_besides(struct look *look, bool refuses, const char *sentence);
void look_take_notes(struct look *look); /* what the readers of the files have noted */
/* One step further; false when the person ends it. */
bool look_step(struct look *look, struct error *err);
bool look_told_all(struct look *look); /* that all is done; false when the person ends it */
/* Long statements ask too. */
void look_watch(struct look *look, bool on);
bool look_fail_ended(struct error *err); /* false */

/* import_bulk.c: very many new tasks, with rows as change_apply writes them. Within a write
 * transaction, when it is known which are new; where they are too few for it, look->bulk stays
 * NULL. Between begin and end nothing else is written. */
struct bulk;
bool bulk_begin(struct look *look, struct error *err);
bool bulk_write(struct look *look, int64_t task, struct error *err); /* look->made */
bool bulk_end(struct look *look, struct error *err);
void bulk_free(struct bulk *bulk); /* NULL is fine */

/* import_value.c: a value as the history keeps it; false when it was refused, and told. `region`:
 * that of the row, 0 none. */
bool look_read(struct look *look, size_t proposal, const struct import_cell *cell, int64_t region,
    const char **value);
/* Digits, letters and marks of full width as those of ASCII; blanks out. */
uint32_t look_narrow(struct look *look, const char *text);
/* Whether all units of the cell are there; each text is looked for once. */
bool look_is_known(struct look *look, const struct import_cell *cell);

/* import_said.c: what a text below state, progress or percent is, whichever of them it stands in.
 */
enum said { SAID_NOTHING, SAID_STATE, SAID_PROGRESS, SAID_PERCENT, SAID_OPEN };
enum said look_said(struct look *look, const struct import_cell *cell);
/* Takes what is of another of the three columns, or says nothing; false: it is of its own. */
bool look_take_said(struct look *look, size_t proposal, const struct import_cell *cell);
/* What is told of the state, in whichever of them; false: nothing. */
bool look_state_cell(struct look *look, size_t proposal, struct import_cell *out);
/* Of columns of state (状态, 是否销号) what the others say beside the one `taken` (NULL: none): of
 * another column, or against it, which is told. */
void look_other_states(struct look *look, size_t proposal, const struct import_cell *taken);

/* import_named.c: what a name was: an id, or the `several` it may be; where it would be made (0:
 * that is not told) and by what name, without the places in front. */
enum { SAME_MOST = 16 }; /* units of one name that are looked at */
struct named {
    int64_t id, place;
    const char *rest;
    size_t several;
    int64_t ids[SAME_MOST];
};
void look_name(const struct look *look, enum unit_kind kind, const char *text, int64_t region,
    struct named *out);
/* Without 市, 县 or 区 behind it; where too little would be left, as it is. Caller frees. */
char *look_plain_name(const char *name);

/* import_alike.c: the one department of the place that is called so in other words (应急局 of
 * 应急管理局); 0: none. */
int64_t look_alias(const struct look *look, const char *name, int64_t place);
/* Whether the person has told that this is another than any that is there. */
bool look_told_new(const struct look *look, const char *name);
/* The unit of the place of which the name is a slip, by one character; NULL: none. */
const char *look_slip(
    const struct look *look, enum unit_kind kind, const char *name, const struct region *place);
/* Whether a place may be called so, and it is no sentence. */
bool look_is_place_name(const char *name);

/* import_whole.c: 各市, 全省, 各县（市、区）人民政府: the places that such a name stands for, in a
 * row of `region` (0: untold); false: it is none. */
struct whole {
    bool is_place;       /* 全省: of units it names none */
    const char *problem; /* which are meant is left open, in a translated clause; NULL: none */
    size_t count;
    int64_t ids[FIELD_LIST_MOST];
};
bool look_whole(const struct look *look, const char *text, int64_t region, struct whole *out);

/* import_unit.c: the units a text names, as ids; a list is divided. */
struct memo look_units(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *text, int64_t region);
int64_t look_first_id(const char *ids);
/* Whether each unit that a text names is there, wherever the row is. */
bool look_units_known(struct look *look, const struct field *field, const char *text);
/* A name as 红透山镇 and 河北街道 are: it lies in a county. */
bool look_is_township(const char *name);
void look_show_units(struct look *look); /* before their names are told */
/* Writes those that are to be made, and were not yet. */
bool look_make_units(struct look *look, struct error *err);

/* import_home.c: whose the files are. Before anything is read. */
bool look_homes(struct look *look, struct error *err);
void look_come_home(struct look *look, size_t proposal); /* that of the proposal comes in hand */
int64_t look_put_home(
    struct look *look, size_t proposal); /* for a new task without a place; 0 none */
void look_tell_homes(struct look *look); /* how many were put there */

/* import_words.c: what is told in passing; its cells have a suffix. The id, or ids, that words
 * name; 0 or "" none. */
bool look_is_words(const struct import_cell *cell);
int64_t look_words_source(struct look *look, size_t proposal, const struct import_cell *cell);
const char *look_words_region(struct look *look, const struct import_cell *cell);
/* The one place that a line of words names, within `within` (0: anywhere); 0: none, or several. */
int64_t look_line_region(const struct units *units, const char *line, int64_t within);
/* Whether all regions that are there lie in those told: a list that names the county of a town. */
bool look_holds(const struct look *look, const char *regions, const char *there);
/* The same, where each of those told has one in it and one is wider: they say no other place. */
bool look_is_wider(const struct look *look, const char *regions, const char *there);
/* Whether the place told so is another than that of the task. */
bool look_words_elsewhere(
    struct look *look, size_t proposal, int64_t task, bool *is, struct error *err);

/* import_title.c */
enum { LIKE_LEAST = 25, LIKE_CLOSELY = 60 };           /* below: plainly others; the same */
int look_likeness(const char *one, const char *other); /* of a hundred */
/* How well two proposals agree in what their task is called; 100 where one tells nothing. */
int look_agreement(const struct look *look, size_t proposal, size_t other);
/* Without marks, 关于 in front and 问题, 整改 .. behind: equal where titles say the same. Caller
 * frees. */
char *look_title_core(const char *title);
/* Tells where a task that is there, in hand, is plainly another; refused where its place is not the
 * one told either. */
bool look_words_title(
    struct look *look, size_t proposal, const struct import_cell *cell, struct error *err);
/* The same, of which the title is plainly like. */
bool look_like_titled(
    struct look *look, size_t proposal, const char *title, const char **name, struct error *err);
/* Tells the task of the source, and of its place, that is called most like a new one of a document.
 * One without a number that is closely like is refused, with those that it may be. */
bool look_nearest_title(struct look *look, size_t proposal, struct error *err);

/* import_identify.c: source, number and regions of each proposal, and those that are of one task.
 */
bool look_identify(struct look *look, struct error *err);
/* import_titles.c: the titles of a source, once, those in reach. */
bool look_need_titles(struct look *look, int64_t source, struct error *err);
/* The first of those that are called so, or of which the title says the same (`core`): a place in
 * look->title, plus 1; 0 none. */
uint32_t look_first_titled(const struct look *look, int64_t source, const char *title, bool core);
/* A row that names neither source nor number, and no source was told: that of the only task which
 * has its title, and its place where it tells one. `*told`: that, or that there are several. */
bool look_source_titled(struct look *look, size_t proposal, bool *told, struct error *err);
/* import_match.c: which task each proposal is about. */
bool look_match(struct look *look, struct error *err);
/* import_other.c: the row whose number is of the task that is `called` (a text) so, and its title
 * that of another, or plainly so, is refused; in a list it is taken for the task of the title,
 * told. Warns of a title that is plainly none of the task's. */
bool look_other_title(struct look *look, size_t proposal, uint32_t called, struct error *err);
/* A task as "2-023 清理河道", where its number is another than that of the row. */
bool look_other_name(
    struct look *look, size_t proposal, int64_t task, const char **name, struct error *err);
/* import_near.c: a task that is there, by the beginning of its title; where none is meant, that is
 * told with the nearest. */
bool look_near(struct look *look, size_t proposal, struct error *err);
/* "2-023 清理河道", of a row of IMPORT_NEAR. */
const char *look_row_name(struct look *look, int64_t source, struct db_statement *row);
/* import_back.c: whether a field stays, for it would set back the work of a task that is closed, or
 * is of a list that is older than the last report; that is told. */
bool look_stays(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *name, const char *before, const char *after);
/* Whether digits are damaged in the new text (□, �, 1?.6) and not in what stands, which is told. */
bool look_is_damaged(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *before, const char *after);
/* Tells where a field that is changed sets back how far the work of a task is, and of a percentage
 * of 1 that it is not the whole. */
void look_tell_back(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *name, const char *before, const char *after);
/* Tells, once all is compared, that the task which the row changes is closed. */
void look_tell_closed(struct look *look, size_t proposal);
/* import_number.c: what stands last in a source, and the next after it. */
bool look_numbering(struct look *look, int64_t source, struct numbering **out, struct error *err);
bool look_number(struct look *look, int64_t source, uint32_t *number, struct error *err);
uint64_t look_number_key(const struct look *look, int64_t source, uint32_t number, int part);
struct existing {
    int64_t task, region;
    int part;
    uint32_t title; /* a text */
};
enum { EXISTING_MOST = 1000 };
bool look_numbered(struct look *look, int64_t source, uint32_t number, struct existing *out,
    size_t *count, struct error *err);

/* import_compare.c: fills look->made; false only when the database could not be read. */
bool look_compare(struct look *look, size_t proposal, struct error *err);
void made_put(struct look *look, const char *field, const char *before, const char *after);
void made_put_of(
    struct look *look, const char *field, int64_t suffix, const char *before, const char *after);
const char *made_get(const struct look *look, const char *field); /* after; NULL: untouched */
/* The same, where the person may change the field of the cell; else it is told. */
bool look_put(struct look *look, size_t proposal, const struct import_cell *cell, const char *name,
    const char *before, const char *after);
/* The first cell that tells the field; NULL: none does. */
const struct import_cell *look_told(const struct look *look, size_t proposal, const char *field);
const char *look_text(const struct look *look, const struct import_cell *cell); /* as it was told */
/* What stands in the row of the task in hand. */
const char *look_before(const struct look *look, const char *field);

/* import_publicity.c: tells of the public notice from `first` to `last` of a task that has another
 * one
 * (`other`: none begins on that day), or is closed. `*takes`: it is to be taken over. */
bool look_publicity(struct look *look, size_t proposal, const struct import_cell *cell,
    const char *first, const char *last, bool other, bool *takes, struct error *err);
/* import_state.c: state, flags and deadline. */
bool look_state(struct look *look, size_t proposal, struct error *err);
void look_deadline(struct look *look, size_t proposal);
/* import_begun.c: the state of a new task, which a word was `told` of or not, by how far its work
 * is; puts what follows of that. */
int look_new_state(struct look *look, size_t proposal, bool told, int state);
/* One that is there and is not started, and the row tells how far it is. */
void look_count_unstarted(struct look *look, size_t proposal);
/* Once all is compared: a percentage in a text, and in no column. */
void look_count_unread(struct look *look, size_t proposal);
void look_tell_begun(struct look *look); /* how many */
/* import_against.c: warns of what the row, compared, says against itself. */
void look_against_itself(struct look *look, size_t proposal);
/* import_since.c: what was changed since the file was made is not changed back. */
bool look_since(struct look *look, size_t proposal, struct error *err);
/* import_rows.c: reports, public notices, reviews, notices. */
bool look_rows(struct look *look, size_t proposal, int64_t region, struct error *err);

#endif
