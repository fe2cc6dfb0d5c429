/* The actions of the workflow, as the mirror does them. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "mirror_private.h"

/* --- what it was told ------------------------------------------------------------------------ */

const char *mirror_told(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->count; i++)
        if (strcmp(request->argument[i].name, name) == 0)
            return request->argument[i].value;
    return "";
}

int64_t mirror_told_day(const struct request *request, const char *name)
{
    date_t day;
    return date_parse(mirror_told(request, name), &day) ? day : 0;
}

int64_t mirror_told_word(const struct request *request, const char *name)
{
    return mirror_word(mirror_told(request, name));
}

static int find_in(const struct word *words, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i].name, name) == 0)
            return i;
    return -1;
}

/* Monday is the first day of a week; the first of 1970 was a Thursday. */
static int weekday(date_t day)
{
    return (int)((day + 3) % 7);
}

static date_t monday(date_t day)
{
    return day - weekday(day);
}

static int working_days(date_t first, date_t last)
{
    int days = 0;
    for (date_t day = first; day <= last; day++)
        days += weekday(day) < 5;
    return days;
}

static size_t add_row(struct deed *deed, enum mirror_kind kind)
{
    assert(deed->task->rows < MIRROR_ROWS);
    size_t row = deed->task->rows++;
    deed->task->row[row] = (struct mirror_row){.kind = kind};
    mirror_put(deed, mirror_row_cell(row, 0), 1);
    return row;
}

static void put_row(struct deed *deed, size_t row, int what, int64_t value)
{
    mirror_put(deed, mirror_row_cell(row, what), value);
}

/* --- rows that conditions ask for ------------------------------------------------------------ */

#define NO_ROW ((size_t)-1)

/* The oldest, by the day in `day` and then by id, that is there and has nothing in the two cells.
 */
static size_t oldest(
    const struct mirror_task *task, enum mirror_kind kind, int day, int empty, int empty_too)
{
    size_t found = NO_ROW;
    for (size_t i = 0; i < task->rows; i++)
        if (task->row[i].kind == kind && mirror_row_at(task, i, 0) &&
            mirror_row_at(task, i, empty) == 0 && mirror_row_at(task, i, empty_too) == 0 &&
            (found == NO_ROW ||
                (day > 0 && mirror_row_at(task, i, day) < mirror_row_at(task, found, day))))
            found = i;
    return found;
}

static size_t open_objection(const struct mirror_task *task)
{
    return oldest(task, ROW_OBJECTION, OBJECTION_DAY, OBJECTION_SETTLED, OBJECTION_SETTLED);
}

static size_t open_extension(const struct mirror_task *task)
{
    return oldest(task, ROW_EXTENSION, 0, EXTENSION_DECIDED, EXTENSION_DECIDED);
}

static size_t unanswered_notice(const struct mirror_task *task)
{
    return oldest(task, ROW_NOTICE, 0, NOTICE_REPLIED, NOTICE_LIFTED);
}

static size_t standing_notice(const struct mirror_task *task)
{
    size_t found = NO_ROW;
    for (size_t i = 0; i < task->rows; i++)
        if (task->row[i].kind == ROW_NOTICE && mirror_row_at(task, i, 0) &&
            mirror_row_at(task, i, NOTICE_LIFTED) == 0 &&
            (found == NO_ROW ||
                mirror_row_at(task, i, NOTICE_IS) >= mirror_row_at(task, found, NOTICE_IS)))
            found = i;
    return found;
}

static size_t last_recorded(const struct mirror_task *task, enum mirror_kind kind)
{
    size_t found = NO_ROW;
    for (size_t i = 0; i < task->rows; i++)
        if (task->row[i].kind == kind && mirror_row_at(task, i, 0) &&
            (found == NO_ROW || task->row[i].seq > task->row[found].seq))
            found = i;
    return found;
}

static bool review_passed(const struct mirror_task *task)
{
    for (size_t i = 0; i < task->rows; i++)
        if (task->row[i].kind == ROW_REVIEW && mirror_row_at(task, i, 0) &&
            mirror_row_at(task, i, REVIEW_RESULT) == 1 && task->row[i].seq > task->submitted_seq)
            return true;
    return false;
}

static bool publicity_over(const struct mirror *mirror, const struct mirror_task *task)
{
    size_t row = last_recorded(task, ROW_PUBLICITY);
    return row != NO_ROW && mirror_row_at(task, row, PUBLICITY_LAST) < mirror->today &&
           mirror_row_at(task, row, PUBLICITY_DAYS) >= 7;
}

static bool measures_done(const struct mirror_task *task)
{
    for (int i = 1; i <= MIRROR_MEASURES; i++)
        if (task->cell[mirror_measure_cell(i, MEASURE_TEXT)] != 0 &&
            task->cell[mirror_measure_cell(i, MEASURE_DONE)] == 0 &&
            task->cell[mirror_measure_cell(i, MEASURE_WAIVED)] == 0)
            return false;
    return true;
}

static bool holds(const struct deed *deed, int condition)
{
    const struct mirror_task *task = deed->task;
    const struct mirror_person *person = &mirror_people[deed->person];
    bool reason = mirror_told(deed->request, "reason")[0] != '\0';
    switch (condition) {
    case HOLDS_MEASURES_DONE:
        return reason || measures_done(task);
    case HOLDS_REVIEW_PASSED:
        return review_passed(task);
    case HOLDS_PUBLICITY_OVER:
        return publicity_over(deed->mirror, task);
    case HOLDS_NO_OPEN_OBJECTION:
        return open_objection(task) == NO_ROW;
    case HOLDS_BEFORE_DEADLINE:
        return deed->mirror->today <= task->cell[CELL_DEADLINE];
    case HOLDS_REASON_GIVEN:
        return reason;
    case HOLDS_SUPERVISOR:
        return person->role != PERSON_DEPARTMENT || task->cell[CELL_SUPERVISOR] == 0 ||
               task->cell[CELL_SUPERVISOR] == person->department;
    case HOLDS_OBJECTION_OPEN:
        return open_objection(task) != NO_ROW;
    case HOLDS_EXTENSION_ASKED:
        return open_extension(task) != NO_ROW;
    case HOLDS_NO_EXTENSION_ASKED:
        return open_extension(task) == NO_ROW;
    case HOLDS_NOTICE_UNANSWERED:
        return unanswered_notice(task) != NO_ROW;
    case HOLDS_NOTICE_STANDING:
        return standing_notice(task) != NO_ROW;
    default:
        return true;
    }
}

/* --- actions --------------------------------------------------------------------------------- */

static void send_back(struct deed *deed)
{
    mirror_put(deed, CELL_STATE, STATE_IN_PROGRESS);
    mirror_put(deed, CELL_RETURNED, 1);
    mirror_put(deed, CELL_DONE_ON, 0);
}

static enum error_code do_claim(struct deed *deed)
{
    if (mirror_told_word(deed->request, "officer") > 0)
        mirror_put(deed, CELL_OFFICER, mirror_told_word(deed->request, "officer"));
    if (mirror_told_word(deed->request, "phone") > 0)
        mirror_put(deed, CELL_PHONE, mirror_told_word(deed->request, "phone"));
    if (deed->task->cell[CELL_ASSIGNED_ON] == 0)
        mirror_put(deed, CELL_ASSIGNED_ON, deed->mirror->today);
    return ERROR_NONE;
}

static enum error_code do_submit(struct deed *deed)
{
    int64_t done = mirror_told_day(deed->request, "done_on"), today = deed->mirror->today;
    if (done > today)
        return ERROR_INPUT;
    if (done == 0)
        done = deed->task->cell[CELL_DONE_ON] != 0 ? deed->task->cell[CELL_DONE_ON] : today;
    mirror_put(deed, CELL_STATE, STATE_SUBMITTED);
    mirror_put(deed, CELL_RETURNED, 0);
    mirror_put(deed, CELL_SUBMITTED_ON, today);
    mirror_put(deed, CELL_DONE_ON, done);
    return ERROR_NONE;
}

static enum error_code add_review(struct deed *deed, int64_t result, const char *conclusion)
{
    int64_t day = mirror_told_day(deed->request, "reviewed_on");
    if (day > deed->mirror->today)
        return ERROR_INPUT;
    size_t row = add_row(deed, ROW_REVIEW);
    put_row(deed, row, REVIEW_RESULT, result);
    put_row(deed, row, REVIEW_AT,
        find_in(review_levels, REVIEW_LEVEL_COUNT, mirror_told(deed->request, "level")) + 1);
    put_row(deed, row, REVIEW_CONCLUSION, mirror_told_word(deed->request, conclusion));
    put_row(deed, row, REVIEW_DAY, day != 0 ? day : deed->mirror->today);
    return ERROR_NONE;
}

static enum error_code do_pass(struct deed *deed)
{
    return add_review(deed, 1, "conclusion");
}

static enum error_code do_return(struct deed *deed)
{
    send_back(deed);
    return mirror_told(deed->request, "level")[0] != '\0' ? add_review(deed, 2, "reason")
                                                          : ERROR_NONE;
}

/* The day of the newest review that passed; 0: none did. */
static date_t last_passed(const struct mirror_task *task)
{
    int64_t day = 0;
    for (size_t i = 0; i < task->rows; i++)
        if (task->row[i].kind == ROW_REVIEW && mirror_row_at(task, i, 0) &&
            mirror_row_at(task, i, REVIEW_RESULT) == 1 && mirror_row_at(task, i, REVIEW_DAY) > day)
            day = mirror_row_at(task, i, REVIEW_DAY);
    return (date_t)day;
}

static enum error_code do_publicise(struct deed *deed)
{
    date_t first = (date_t)mirror_told_day(deed->request, "starts_on"),
           last = (date_t)mirror_told_day(deed->request, "ends_on");
    bool working = strcmp(mirror_told(deed->request, "day_kind"), "calendar") != 0;
    if (first == 0)
        first = deed->mirror->today;
    int days = working ? working_days(first, last) : last - first + 1;
    if (last < first || first < last_passed(deed->task))
        return ERROR_INPUT;
    if (days < 7)
        return ERROR_REFUSED;
    mirror_put(deed, CELL_STATE, STATE_PUBLICISED);
    size_t row = add_row(deed, ROW_PUBLICITY);
    put_row(deed, row, PUBLICITY_FIRST, first);
    put_row(deed, row, PUBLICITY_LAST, last);
    put_row(deed, row, PUBLICITY_DAYS, days);
    put_row(deed, row, PUBLICITY_WORKING, working);
    put_row(deed, row, PUBLICITY_PHONE, mirror_told_word(deed->request, "phone"));
    return ERROR_NONE;
}

static enum error_code do_object(struct deed *deed)
{
    if (last_recorded(deed->task, ROW_PUBLICITY) == NO_ROW)
        return ERROR_REFUSED;
    int64_t day = mirror_told_day(deed->request, "raised_on");
    if (day > deed->mirror->today)
        return ERROR_INPUT;
    size_t row = add_row(deed, ROW_OBJECTION);
    put_row(deed, row, OBJECTION_TEXT, mirror_told_word(deed->request, "text"));
    put_row(deed, row, OBJECTION_DAY, day != 0 ? day : deed->mirror->today);
    return ERROR_NONE;
}

static enum error_code do_settle(struct deed *deed)
{
    size_t row = open_objection(deed->task);
    bool upheld = strcmp(mirror_told(deed->request, "upheld"), "1") == 0;
    put_row(deed, row, OBJECTION_SETTLED, deed->mirror->today);
    put_row(deed, row, OBJECTION_HOW, mirror_told_word(deed->request, "settlement"));
    put_row(deed, row, OBJECTION_UPHELD, upheld ? 2 : 1);
    if (upheld)
        send_back(deed);
    return ERROR_NONE;
}

static enum error_code do_close(struct deed *deed)
{
    int64_t day = mirror_told_day(deed->request, "closed_on");
    if (day > deed->mirror->today)
        return ERROR_INPUT;
    mirror_put(deed, CELL_STATE, STATE_CLOSED);
    mirror_put(deed, CELL_CLOSED_ON, day != 0 ? day : deed->mirror->today);
    mirror_put(deed, CELL_DOCUMENT, mirror_told_word(deed->request, "document"));
    return ERROR_NONE;
}

static enum error_code do_reopen(struct deed *deed)
{
    mirror_put(deed, CELL_STATE, STATE_IN_PROGRESS);
    mirror_put(deed, CELL_CLOSED_ON, 0);
    mirror_put(deed, CELL_DONE_ON, 0);
    mirror_put(deed, CELL_DOCUMENT, 0);
    return ERROR_NONE;
}

static enum error_code do_extend(struct deed *deed)
{
    int64_t to = mirror_told_day(deed->request, "deadline"), from = deed->task->cell[CELL_DEADLINE];
    if (to <= from)
        return ERROR_INPUT;
    size_t row = add_row(deed, ROW_EXTENSION);
    put_row(deed, row, EXTENSION_TO, to);
    put_row(deed, row, EXTENSION_FROM, from);
    put_row(deed, row, EXTENSION_ASKED, deed->mirror->today);
    return ERROR_NONE;
}

static enum error_code decide(struct deed *deed, bool approved)
{
    size_t row = open_extension(deed->task);
    put_row(deed, row, EXTENSION_DECIDED, deed->mirror->today);
    put_row(deed, row, EXTENSION_APPROVED, approved ? 2 : 1);
    if (approved)
        mirror_put(deed, CELL_DEADLINE, mirror_row_at(deed->task, row, EXTENSION_TO));
    return ERROR_NONE;
}

static enum error_code do_approve(struct deed *deed)
{
    return decide(deed, true);
}

static enum error_code do_refuse(struct deed *deed)
{
    return decide(deed, false);
}

static enum error_code do_notice(struct deed *deed)
{
    int level = find_in(notice_levels, NOTICE_LEVEL_COUNT, mirror_told(deed->request, "level"));
    int64_t due = mirror_told_day(deed->request, "reply_due");
    if (due != 0 && due < deed->mirror->today)
        return ERROR_INPUT;
    size_t row = add_row(deed, ROW_NOTICE);
    put_row(deed, row, NOTICE_IS, level + 1);
    put_row(deed, row, NOTICE_DUE, due);
    if (level == NOTICE_LISTED)
        mirror_put(deed, CELL_LISTED, 1);
    return ERROR_NONE;
}

static enum error_code do_reply(struct deed *deed)
{
    size_t row = unanswered_notice(deed->task);
    put_row(deed, row, NOTICE_REPLIED, deed->mirror->today);
    put_row(deed, row, NOTICE_REPLY, mirror_told_word(deed->request, "reply"));
    return ERROR_NONE;
}

static enum error_code do_lift(struct deed *deed)
{
    put_row(deed, standing_notice(deed->task), NOTICE_LIFTED, deed->mirror->today);
    size_t heaviest = standing_notice(deed->task);
    mirror_put(deed, CELL_LISTED,
        heaviest != NO_ROW && mirror_row_at(deed->task, heaviest, NOTICE_IS) == NOTICE_LISTED + 1);
    return ERROR_NONE;
}

static enum error_code do_report(struct deed *deed)
{
    const struct request *request = deed->request;
    date_t today = deed->mirror->today, week = monday(today);
    int64_t last = deed->task->cell[CELL_REPORTED_ON];
    if (mirror_told_day(request, "period") != 0)
        week = monday((date_t)mirror_told_day(request, "period"));
    else if (deed->task->weekly && last < monday(today) - 7)
        week = monday(today) - 7;
    if (week > today)
        return ERROR_INPUT;
    const char *percent = mirror_told(request, "percent"),
               *progress = mirror_told(request, "progress");
    size_t row = add_row(deed, ROW_REPORT);
    put_row(deed, row, REPORT_PERIOD, week);
    put_row(deed, row, REPORT_TEXT, mirror_told_word(request, "text"));
    put_row(deed, row, REPORT_PERCENT, percent[0] != '\0' ? atoi(percent) + 1 : 0);
    put_row(deed, row, REPORT_PROGRESS, find_in(task_progresses, PROGRESS_COUNT, progress) + 1);
    put_row(deed, row, REPORT_BY, deed->person + 1);
    if (week < last)
        return ERROR_NONE;
    mirror_put(deed, CELL_REPORTED_ON, week);
    if (percent[0] != '\0')
        mirror_put(deed, CELL_PERCENT, atoi(percent));
    if (progress[0] != '\0')
        mirror_put(deed, CELL_PROGRESS, find_in(task_progresses, PROGRESS_COUNT, progress));
    return ERROR_NONE;
}

static enum error_code do_start(struct deed *deed)
{
    mirror_put(deed, CELL_STATE, STATE_IN_PROGRESS);
    return ERROR_NONE;
}

static enum error_code do_accept(struct deed *deed)
{
    mirror_put(deed, CELL_STATE, STATE_IN_REVIEW);
    return ERROR_NONE;
}

static const struct {
    const char *action;
    enum error_code (*act)(struct deed *deed);
} acts[] = {{"report", do_report}, {"claim", do_claim}, {"start", do_start}, {"submit", do_submit},
    {"accept", do_accept}, {"pass", do_pass}, {"return", do_return}, {"publicise", do_publicise},
    {"object", do_object}, {"settle", do_settle}, {"close", do_close}, {"reopen", do_reopen},
    {"extend", do_extend}, {"approve", do_approve}, {"refuse", do_refuse}, {"notice", do_notice},
    {"reply", do_reply}, {"lift", do_lift}};

enum error_code mirror_action(struct deed *deed)
{
    const struct transition *transition = workflow_find(deed->request->action);
    const char *needs = transition->needs;
    struct workflow_name name;
    for (int i = 0; i < CONDITION_COUNT; i++)
        if (transition->holds & HOLDS_BIT(i) && !holds(deed, i))
            return ERROR_REFUSED;
    while (workflow_name_next(&needs, &name))
        if (mirror_told(deed->request, name.name)[0] == '\0')
            return ERROR_INPUT;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(acts[i].action, transition->action) == 0)
            return acts[i].act(deed);
    assert(!"an action the mirror does not know");
    return ERROR_INPUT;
}
