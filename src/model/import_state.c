/* State, flags and deadline of a proposal: what an import may move, and what only an action does.
 */
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "import_parts.h"
#include "model/deadline.h"
#include "model/work.h"
#include "model/workflow.h"

/* --- deadline -------------------------------------------------------------------------------- */

/* The words of the document, as a line. */
static bool read_words(
    struct look *look, size_t proposal, const struct import_cell *cell, const char **words)
{
    struct import_cell line = *cell;
    line.field = (uint16_t)(field_named("deadline_raw") - fields);
    return look_read(look, proposal, &line, 0, words);
}

/* A day in figures, whose words are nobody's; 2027年一季度 is a day too, and says more. */
static bool is_plain_day(const char *text)
{
    date_t day;
    return deadline_read_day(text, &day) && strstr(text, "年") == NULL;
}

/* What is told of it, in one or several cells. */
struct term {
    const struct import_cell *cell;
    struct deadline is;
    const char *kind, *words; /* NULL: not told */
    bool told;                /* `is` */
};

/* A ledger has few different ones. */
static bool read_deadline(
    struct look *look, const struct import_cell *cell, struct deadline *is, struct error *err)
{
    struct read_deadline *last = &look->deadline[cell->text % DEADLINES_KEPT];
    if (last->text != cell->text) {
        if (!deadline_read(look_text(look, cell), is, err))
            return false;
        *last = (struct read_deadline){cell->text, *is};
    }
    *is = last->is;
    return true;
}

/* 2026年6月, 2026-06, as against 2026年. */
static bool names_month(const char *words)
{
    return strstr(words, "月") != NULL || strpbrk(words, "-/.") != NULL;
}

static bool read_term(struct look *look, size_t proposal, struct term *term)
{
    const struct import_cell *day = look_told(look, proposal, "deadline"),
                             *raw = look_told(look, proposal, "deadline_raw"),
                             *kind = look_told(look, proposal, "deadline_kind");
    struct error err = {0};
    *term = (struct term){.cell = day != NULL ? day : raw != NULL ? raw : kind};
    if (kind != NULL && !look_read(look, proposal, kind, 0, &term->kind))
        return false;
    if (raw != NULL && !read_words(look, proposal, raw, &term->words))
        return false;
    if (day != NULL && !read_deadline(look, day, &term->is, &err)) {
        look_say(look, proposal, day, true, "%s", err.text);
        return false;
    }
    term->told =
        day != NULL || (raw != NULL && kind == NULL && read_deadline(look, raw, &term->is, &err));
    if (day != NULL && raw == NULL && !is_plain_day(look_text(look, day)) &&
        !read_words(look, proposal, day, &term->words))
        return false;
    if (term->told && term->is.loose)
        look_say(look, proposal, term->cell, false,
            names_month(look_text(look, term->cell))
                ? _("\"%s\" is read as the end of that month, %s")
                : _("\"%s\" is read as the end of that year, %s"),
            look_text(look, term->cell), date_format(term->is.date, (char[11]){0}));
    if (term->told && term->is.staged)
        look_say(look, proposal, term->cell, false,
            _("\"%s\" names several days; the last is the deadline, %s"),
            look_text(look, term->cell), date_format(term->is.date, (char[11]){0}));
    return true;
}

/* What an export writes of a deadline without words. */
static bool is_as_written(const struct look *look, const struct term *term)
{
    struct strbuf written = {0};
    date_t day = DATE_NONE;
    const char *kind = look_before(look, "deadline_kind");
    date_parse(look_before(look, "deadline"), &day);
    for (int i = 0; i < DEADLINE_KIND_COUNT; i++)
        if (strcmp(deadline_kinds[i].name, kind) == 0)
            deadline_write((enum deadline_kind)i, day, &written);
    bool same = strcmp(strbuf_text(&written), term->words) == 0;
    strbuf_clear(&written);
    return same;
}

/* The same words as were taken over once, or written without any: what became of the day since is
 * not theirs to say. */
static bool is_as_taken_over(const struct look *look, const struct term *term)
{
    return look->made.task != 0 && term->words != NULL && term->words[0] != '\0' &&
           (look_before(look, "deadline_raw")[0] != '\0'
                   ? strcmp(term->words, look_before(look, "deadline_raw")) == 0
                   : is_as_written(look, term));
}

static void put_kind(struct look *look, size_t proposal, const struct term *term)
{
    const char *before = look_before(look, "deadline_kind"), *kind = term->kind;
    bool plain = term->words == NULL && term->is.kind == DEADLINE_DATE;
    if (kind == NULL && term->told)
        kind = plain && strcmp(before, deadline_kinds[DEADLINE_DATE_ONGOING].name) == 0
                   ? before
                   : deadline_kinds[term->is.kind].name;
    if (kind != NULL)
        look_put(look, proposal, term->cell, "deadline_kind", before, kind);
}

static void put_day(struct look *look, size_t proposal, const struct term *term)
{
    char day[11];
    const char *before = look_before(look, "deadline");
    date_format(term->is.date, day);
    if (look_put(look, proposal, term->cell, "deadline", before, day) && before[0] != '\0' &&
        strcmp(before, day) != 0)
        look_say(look, proposal, term->cell, false,
            _("The deadline moves from %s to %s without an extension"), before,
            day[0] != '\0' ? day : _("none"));
}

void look_deadline(struct look *look, size_t proposal)
{
    struct term term;
    if (!read_term(look, proposal, &term))
        return;
    if (term.cell == NULL) {
        if (look->made.task == 0)
            look_say(look, proposal, NULL, false, _("No deadline is told of this new task"));
        return;
    }
    if (is_as_taken_over(look, &term))
        return;
    put_kind(look, proposal, &term);
    if (term.told)
        put_day(look, proposal, &term);
    if (term.words != NULL)
        look_put(look, proposal, term.cell, "deadline_raw", look_before(look, "deadline_raw"),
            term.words);
}

/* --- state ----------------------------------------------------------------------------------- */

static int state_named(const char *name)
{
    for (int i = 0; i < STATE_COUNT; i++)
        if (strcmp(task_states[i].name, name) == 0)
            return i;
    return STATE_NOT_STARTED;
}

/* A task that was sent back is in progress again; ledgers say so in one word. */
static bool says_returned(const char *text)
{
    static const char *const words[] = {"退回", "退回整改", "已退回", "returned"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return strcmp(text, _("returned")) == 0;
}

static bool made_row(const struct look *look, const char *field)
{
    size_t length = strlen(field);
    for (size_t i = 0; i < look->made.count; i++)
        if (strncmp(look->made.item[i].field, field, length) == 0 &&
            look->made.item[i].field[length] == '.' && look->made.item[i].before[0] == '\0')
            return true;
    return false;
}

/* What the action must be told is told by the proposal, or it needs nothing. */
static bool is_told(const struct look *look, const struct transition *action)
{
    if (strcmp(action->action, "publicise") == 0)
        return made_row(look, "publicity");
    if (strcmp(action->action, "close") == 0)
        return made_get(look, "close_document") != NULL;
    return action->needs[0] == '\0';
}

static const struct transition *leading(int from, int to)
{
    for (size_t i = 0; i < workflow_count; i++)
        if (workflow[i].to == to && workflow[i].from & STATE_BIT(from))
            return &workflow[i];
    return NULL;
}

/* What the actions put beside the state. */
static void put_moved(struct look *look, int from, int to)
{
    char day[11];
    date_format(look->today, day);
    made_put(look, "state", task_states[from].name, task_states[to].name);
    if (to == STATE_SUBMITTED) {
        made_put(look, "returned", look_before(look, "returned"), "0");
        if (made_get(look, "submitted_on") == NULL)
            made_put(look, "submitted_on", look_before(look, "submitted_on"), day);
        if (made_get(look, "done_on") == NULL && look_before(look, "done_on")[0] == '\0')
            made_put(look, "done_on", "", day);
    }
    if (to == STATE_CLOSED && made_get(look, "closed_on") == NULL)
        made_put(look, "closed_on", look_before(look, "closed_on"), day);
}

/* The actions that lead from one state to another, one after the other. */
static void add_steps(struct strbuf *steps, int from, int to)
{
    for (int at = from; at < to;) {
        const struct transition *next = NULL;
        for (size_t i = 0; i < workflow_count; i++)
            if (workflow[i].from & STATE_BIT(at) && workflow[i].to > at && workflow[i].to <= to)
                next = &workflow[i];
        if (next == NULL)
            break;
        strbuf_format(steps, "%s%s", steps->length > 0 ? _(", ") : "", _(next->verb));
        at = next->to;
    }
}

/* A state said in passing moves what it can, and refuses nothing: what is to be done before. */
static bool say_first(struct look *look, size_t proposal, const struct import_cell *cell, int from,
    int to, const char *why)
{
    struct strbuf steps = {0};
    add_steps(&steps, from, to);
    look_say(look, proposal, cell, false,
        why[0] != '\0' ? _("The task is \"%s\" and stays so; to become \"%s\" it takes, one after "
                           "the other: %s (%s)")
                       : _("The task is \"%s\" and stays so; to become \"%s\" it takes, one after "
                           "the other: %s"),
        _(task_states[from].label), _(task_states[to].label), strbuf_text(&steps), why);
    strbuf_clear(&steps);
    if (made_row(look, "publicity") && to >= STATE_PUBLICISED)
        look_say(look, proposal, cell, false,
            _("The days of the public notice are kept with the task; at the step \"%s\" tell the "
              "same first and last day again, with the office, its telephone and its address"),
            _(workflow_find("publicise")->verb));
    return true;
}

/* A ledger is not to say what has not been done. */
static void refuse_steps(
    struct look *look, size_t proposal, const struct import_cell *cell, int from, int to)
{
    struct strbuf steps = {0};
    add_steps(&steps, from, to);
    look_say(look, proposal, cell, true,
        _("The task is \"%s\"; to become \"%s\" it takes, one after the other: %s; do them first, "
          "or leave the state of this row as it is"),
        _(task_states[from].label), _(task_states[to].label), strbuf_text(&steps));
    strbuf_clear(&steps);
}

/* The state of a task that is there goes on by one action, or stays. */
static bool move(struct look *look, size_t proposal, const struct import_cell *cell, int from,
    int to, struct error *err)
{
    const struct transition *action = to > from ? leading(from, to) : NULL;
    struct task_detail *detail = NULL;
    struct error why = {0};
    bool in_passing = cell != NULL && look_is_words(cell);
    if (to < from && from == STATE_CLOSED && in_passing &&
        look_told(look, proposal, "publicity") != NULL)
        return true; /* told of the notice, or that one is there */
    if (to < from) {
        look_say(look, proposal, cell, false, _("The task is \"%s\" already and stays so"),
            _(task_states[from].label));
        return true;
    }
    if (in_passing && (action == NULL || !is_told(look, action)))
        return say_first(look, proposal, cell, from, to, "");
    if (action == NULL || !is_told(look, action)) {
        refuse_steps(look, proposal, cell, from, to);
        return true;
    }
    if (!task_facts_read(look->model, look->made.task, &detail, err))
        return false;
    bool possible = work_possible(look->model, detail, action, &why);
    task_detail_free(detail);
    if (possible)
        put_moved(look, from, to);
    else if (in_passing)
        return say_first(look, proposal, cell, from, to, why.text);
    else
        look_say(look, proposal, cell, true, "%s", why.text);
    return true;
}

static bool begin(
    struct look *look, size_t proposal, const struct import_cell *cell, int state, bool returned)
{
    if (state != STATE_NOT_STARTED)
        made_put(look, "state", "", task_states[state].name);
    if (returned)
        made_put(look, "returned", "", "1");
    if (state == STATE_PUBLICISED && !made_row(look, "publicity"))
        look_say(look, proposal, cell, true,
            _("A task on public notice needs the first and last day of the notice"));
    return true;
}

static bool take_state(struct look *look, size_t proposal, struct error *err)
{
    struct import_cell state;
    const struct import_cell *cell = look_state_cell(look, proposal, &state) ? &state : NULL,
                             *flag = look_told(look, proposal, "returned");
    const char *value = "", *yes = "";
    if (flag != NULL && !look_read(look, proposal, flag, 0, &yes))
        return true;
    bool returned = strcmp(yes, "1") == 0;
    int to = look->made.task != 0 ? state_named(look_before(look, "state")) : STATE_NOT_STARTED;
    if (returned && cell == NULL && look->made.task == 0)
        to = STATE_IN_PROGRESS;
    look_other_states(look, proposal, cell);
    if (cell != NULL && says_returned(look_text(look, cell))) {
        returned = true;
        to = STATE_IN_PROGRESS;
    } else if (cell != NULL) {
        if (!look_read(look, proposal, cell, 0, &value))
            return true;
        to = state_named(value);
    }
    if (look->made.task == 0)
        return begin(look, proposal, cell,
            look_new_state(look, proposal, cell != NULL || returned, to), returned);
    int from = state_named(look_before(look, "state"));
    if (from == STATE_NOT_STARTED && to == from)
        look_count_unstarted(look, proposal);
    if (returned && to == from && strcmp(look_before(look, "returned"), "1") != 0)
        look_say(look, proposal, cell != NULL ? cell : flag, false,
            _("That the task was sent back is not taken over: send it back"));
    return to == from || move(look, proposal, cell, from, to, err);
}

/* Listed is what a notice says; look_rows has put it where the file brings that notice. */
static void take_listed(struct look *look, size_t proposal)
{
    const struct import_cell *cell = look_told(look, proposal, "listed");
    const char *value;
    if (cell == NULL || !look_read(look, proposal, cell, 0, &value))
        return;
    const char *now = made_get(look, "listed");
    if (now == NULL)
        now = look_before(look, "listed");
    if (strcmp(value, "1") == 0 && strcmp(now, "1") != 0)
        look_say(look, proposal, cell, false,
            _("That the task is publicly listed is not taken over: issue the notice (notice)"));
    else if (strcmp(value, "1") != 0 && strcmp(now, "1") == 0)
        look_say(look, proposal, cell, false,
            _("The task is publicly listed and stays so: lift the notice (lift)"));
}

bool look_state(struct look *look, size_t proposal, struct error *err)
{
    take_listed(look, proposal);
    return take_state(look, proposal, err);
}
