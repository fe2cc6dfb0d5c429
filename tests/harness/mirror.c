#include "mirror_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* Any of them may be told of any text, a telephone number too. */
const char *const mirror_words[] = {
    "", "转", "转转", "转 转", "（转）", "(转)", "转、转", "转，转", "转；转"};
const size_t mirror_word_count = sizeof mirror_words / sizeof *mirror_words;

const struct mirror_person mirror_people[MIRROR_PEOPLE] = {
    {"李娜", "", PERSON_ADMIN, 0},
    {"王强", "", PERSON_OFFICER, 2},
    {"周敏", "region:抚顺 or region:盘锦", PERSON_DEPARTMENT, 1},
    {"陈立", "region:抚顺", PERSON_REPORTER, 0},
    {"赵", "", PERSON_VIEWER, 0},
};

struct mirror *mirror_new(void)
{
    return alloc_zero(1, sizeof(struct mirror));
}

void mirror_free(struct mirror *mirror)
{
    for (size_t i = 0; i < mirror->parts; i++)
        free(mirror->part[i].diff);
    for (int i = 0; i < MIRROR_PEOPLE; i++) {
        free(mirror->undo[i].step);
        free(mirror->redo[i].step);
    }
    free(mirror->part);
    free(mirror->step);
    free(mirror);
}

struct mirror_task *mirror_task(struct mirror *mirror, size_t index)
{
    return &mirror->task[index];
}

size_t mirror_count(const struct mirror *mirror)
{
    return mirror->tasks;
}

struct mirror_task *mirror_add(struct mirror *mirror)
{
    assert(mirror->tasks < MIRROR_TASKS);
    return &mirror->task[mirror->tasks++];
}

void mirror_day(struct mirror *mirror, date_t today)
{
    mirror->today = today;
}

void mirror_show_all(struct mirror *mirror)
{
    mirror->everywhere = true;
}

/* --- values ---------------------------------------------------------------------------------- */

int64_t mirror_word(const char *text)
{
    for (size_t i = 0; i < mirror_word_count; i++)
        if (strcmp(mirror_words[i], text) == 0)
            return (int64_t)i;
    return -1;
}

int64_t mirror_list(const char *ids)
{
    int64_t list = 0;
    for (; *ids != '\0'; ids++)
        if (*ids != ' ')
            list = list << 4 | (*ids - '0');
    return list;
}

/* --- a step in the making -------------------------------------------------------------------- */

static void step_begin(struct mirror *mirror, int person, enum step_kind kind)
{
    if (mirror->next.parts == 0)
        mirror->next = (struct step){.person = person, .kind = kind, .first = mirror->parts};
}

static struct part *part_begin(struct mirror *mirror, size_t task, int64_t target)
{
    mirror->part =
        alloc_grow(mirror->part, &mirror->part_capacity, mirror->parts + 1, sizeof *mirror->part);
    struct part *part = &mirror->part[mirror->parts++];
    *part = (struct part){
        .task = task, .target = target, .person = mirror->next.person, .kind = mirror->next.kind};
    mirror->next.parts++;
    return part;
}

void mirror_put(struct deed *deed, int cell, int64_t value)
{
    struct part *part = deed->part;
    int64_t before = deed->task->cell[cell];
    deed->task->cell[cell] = value;
    for (size_t i = 0; i < part->count; i++)
        if (part->diff[i].cell == cell) {
            part->diff[i].after = value;
            return;
        }
    if (before == value)
        return;
    part->diff = alloc_grow(part->diff, &part->capacity, part->count + 1, sizeof *part->diff);
    part->diff[part->count++] = (struct diff){cell, before, value};
}

int mirror_row_cell(size_t row, int what)
{
    return CELL_ROWS + (int)row * ROW_CELLS + what;
}

int64_t mirror_row_at(const struct mirror_task *task, size_t row, int what)
{
    return task->cell[mirror_row_cell(row, what)];
}

int mirror_measure_cell(int position, int what)
{
    return CELL_MEASURES + 4 * (position - 1) + what;
}

const struct diff *mirror_diff(const struct part *part, int cell)
{
    for (size_t i = 0; i < part->count; i++)
        if (part->diff[i].cell == cell && part->diff[i].before != part->diff[i].after)
            return &part->diff[i];
    return NULL;
}

/* --- who may, and on what -------------------------------------------------------------------- */

/* 陈立 sees 抚顺 and its county, 周敏 those of 盘锦 too. */
bool mirror_in_reach(const struct mirror *mirror, int person, const struct mirror_task *task)
{
    const char *reach = mirror->everywhere ? "" : mirror_people[person].reach;
    for (int64_t list = task->cell[CELL_REGIONS]; list != 0; list >>= 4) {
        int64_t region = list & 15;
        if (reach[0] == '\0' || (strstr(reach, "抚顺") && (region == 3 || region == 5)) ||
            (strstr(reach, "盘锦") && (region == 4 || region == 6)))
            return true;
    }
    return false;
}

static enum error_code do_deed(struct deed *deed, size_t *clashes)
{
    const struct transition *transition = workflow_find(deed->request->action);
    if (transition == NULL)
        return mirror_create(deed);
    if (!deed->task->cell[CELL_THERE] || !mirror_in_reach(deed->mirror, deed->person, deed->task))
        return ERROR_NOT_FOUND;
    if (!(transition->may & PERSON_BIT(mirror_people[deed->person].role)))
        return ERROR_PERMISSION;
    if (!(transition->from & STATE_BIT(deed->task->cell[CELL_STATE])))
        return ERROR_REFUSED;
    if (strcmp(transition->action, "edit") != 0)
        return mirror_action(deed);
    enum error_code code = mirror_edit(deed, clashes);
    bool kept = mirror_in_reach(deed->mirror, deed->person, deed->task); /* nobody gives it away */
    return code == ERROR_NONE && !kept ? ERROR_PERMISSION : code;
}

static void revert_part(struct mirror *mirror)
{
    struct part *part = &mirror->part[--mirror->parts];
    mirror->next.parts--;
    for (size_t i = part->count; i-- > 0;)
        mirror->task[part->task].cell[part->diff[i].cell] = part->diff[i].before;
    free(part->diff);
}

enum error_code mirror_do(struct mirror *mirror, int person, size_t task,
    const struct request *request, bool *changes, size_t *clashes)
{
    bool create = strcmp(request->action, "create") == 0;
    step_begin(mirror, person, STEP_ACTION);
    if (create) {
        task = mirror->tasks;
        *mirror_add(mirror) = (struct mirror_task){0};
    }
    struct deed deed = {.mirror = mirror,
        .person = person,
        .index = task,
        .task = &mirror->task[task],
        .request = request,
        .part = part_begin(mirror, task, 0)};
    size_t rows = deed.task->rows;
    *clashes = 0;
    enum error_code code = do_deed(&deed, clashes);
    *changes = deed.part->count > 0 || strcmp(request->action, "edit") != 0;
    if (code == ERROR_NONE && *changes)
        return code;
    deed.task->rows = rows;
    revert_part(mirror);
    mirror->tasks -= create;
    return code;
}

/* --- taking back ----------------------------------------------------------------------------- */

enum about {
    ABOUT_TASK = 1,
    ABOUT_STATE = 2,
    ABOUT_CHECKS = 4,
    ABOUT_REPORTS = 8,
    ABOUT_LISTED = 16,
    ABOUT_EXTENSIONS = 32
};

static unsigned about_row(const struct mirror_task *task, size_t row, int what)
{
    switch (task->row[row].kind) {
    case ROW_REPORT:
        return ABOUT_REPORTS;
    case ROW_EXTENSION:
        return ABOUT_EXTENSIONS;
    case ROW_NOTICE:
        return (what == 0 || what == NOTICE_IS || what == NOTICE_LIFTED) &&
                       mirror_row_at(task, row, NOTICE_IS) == NOTICE_LISTED + 1
                   ? ABOUT_LISTED
                   : 0;
    default:
        return ABOUT_CHECKS;
    }
}

static unsigned about(const struct mirror *mirror, const struct part *part)
{
    const struct mirror_task *task = &mirror->task[part->task];
    unsigned out = 0;
    for (size_t i = 0; i < part->count; i++) {
        const struct diff *diff = &part->diff[i];
        int measure = diff->cell - CELL_MEASURES, row = diff->cell - CELL_ROWS;
        if (diff->before == diff->after)
            continue;
        out |= diff->cell == CELL_STATE ? ABOUT_STATE : 0;
        out |= diff->cell == CELL_LISTED ? ABOUT_LISTED : 0;
        out |= diff->cell == CELL_THERE && diff->after == 1 ? ABOUT_TASK : 0;
        if (row >= 0 && diff->before + diff->after > 0) {
            out |= about_row(task, (size_t)row / ROW_CELLS, row % ROW_CELLS);
            if (row % ROW_CELLS == NOTICE_IS && diff->before == NOTICE_LISTED + 1 &&
                task->row[row / ROW_CELLS].kind == ROW_NOTICE)
                out |= ABOUT_LISTED;
        } else if (measure >= 0 && row < 0) {
            int what = measure % 4;
            bool gone = diff->before == 0 || diff->after == 0;
            out |= what >= MEASURE_DONE || (what == MEASURE_TEXT && gone) ? ABOUT_CHECKS : 0;
        }
    }
    return out;
}

/* Whether a later part, which stands, keeps the one from being taken back. */
static bool keeps(const struct mirror *mirror, const struct part *late, const struct part *part,
    unsigned concern, int person)
{
    unsigned theirs = about(mirror, late);
    bool acted = late->kind == STEP_ACTION, moves = acted || late->target < part->line;
    if (acted && concern & ABOUT_TASK)
        return true;
    if (late->person == person)
        return false;
    for (size_t i = 0; moves && i < part->count; i++)
        if (mirror_diff(part, part->diff[i].cell) && mirror_diff(late, part->diff[i].cell))
            return true;
    return (acted && concern & ABOUT_STATE) ||
           (acted && concern & ABOUT_CHECKS && theirs & ABOUT_STATE) ||
           (moves && concern & theirs & (ABOUT_REPORTS | ABOUT_EXTENSIONS | ABOUT_LISTED));
}

static bool is_kept(const struct mirror *mirror, const struct part *part, int person)
{
    unsigned concern = about(mirror, part);
    int64_t *gone = alloc_zero(mirror->parts + 1, sizeof *gone);
    size_t count = 0;
    bool kept = false;
    for (size_t i = mirror->parts; !kept && i-- > 0;) {
        const struct part *late = &mirror->part[i];
        bool stands = true;
        if (late->task != part->task || (late->line != 0 && late->line <= part->line))
            continue;
        for (size_t k = 0; k < count; k++)
            stands = stands && gone[k] != late->line;
        if (late->line == 0 || !stands)
            continue;
        if (late->kind != STEP_ACTION)
            gone[count++] = late->target;
        kept = keeps(mirror, late, part, concern, person);
    }
    free(gone);
    return kept;
}

/* Whether all of a row that would go is what the part has put there. */
static bool holds_more(
    const struct mirror_task *task, const struct part *part, int first, int cells)
{
    for (int i = 1; i < cells; i++)
        if (task->cell[first + i] != 0 && mirror_diff(part, first + i) == NULL)
            return true;
    return false;
}

static bool is_as_left(const struct mirror_task *task, const struct part *part)
{
    for (size_t i = 0; i < part->count; i++) {
        const struct diff *diff = &part->diff[i];
        int measure = diff->cell - CELL_MEASURES, row = diff->cell - CELL_ROWS;
        bool came = diff->before == 0 && diff->after != 0;
        if (task->cell[diff->cell] != diff->after)
            return false;
        if (came && row >= 0 && row % ROW_CELLS == 0 &&
            holds_more(task, part, diff->cell, ROW_CELLS))
            return false;
        if (came && measure >= 0 && row < 0 && measure % 4 == 0 &&
            holds_more(task, part, diff->cell, 4))
            return false;
    }
    return true;
}

static enum error_code invert_part(struct mirror *mirror, int person, size_t index)
{
    const struct part *part = &mirror->part[index];
    struct mirror_task *task = &mirror->task[part->task];
    bool mine = task->cell[CELL_THERE] && mirror_in_reach(mirror, person, task);
    if (!task->cell[CELL_THERE] && mirror_diff(part, CELL_THERE) == NULL)
        return ERROR_NOT_FOUND;
    if (is_kept(mirror, part, person) || !is_as_left(task, part))
        return ERROR_REFUSED;
    struct deed deed = {.mirror = mirror,
        .person = person,
        .index = part->task,
        .task = task,
        .part = part_begin(mirror, part->task, part->line)};
    part = &mirror->part[index]; /* it may have moved */
    for (size_t i = part->count; i-- > 0;)
        mirror_put(&deed, part->diff[i].cell, part->diff[i].before);
    return mine || mirror_in_reach(mirror, person, task) ? ERROR_NONE : ERROR_NOT_FOUND;
}

enum error_code mirror_take_back(struct mirror *mirror, int person, bool redo)
{
    const struct stack *stack = redo ? &mirror->redo[person] : &mirror->undo[person];
    if (stack->count == 0)
        return ERROR_NOT_FOUND;
    size_t index = stack->step[stack->count - 1];
    const struct step *step = &mirror->step[index];
    enum error_code code = ERROR_NONE;
    step_begin(mirror, person, redo ? STEP_REDO : STEP_UNDO);
    mirror->next.origin = redo ? step->origin : index;
    for (size_t i = step->parts; code == ERROR_NONE && i-- > 0;)
        code = invert_part(mirror, person, step->first + i);
    while (code != ERROR_NONE && mirror->next.parts > 0)
        revert_part(mirror);
    return code;
}

/* --- lines ----------------------------------------------------------------------------------- */

size_t mirror_parts(const struct mirror *mirror)
{
    return mirror->next.parts;
}

void mirror_part_line(struct mirror *mirror, int64_t seq, int64_t new_task)
{
    struct part *part = &mirror->part[mirror->lined++];
    struct mirror_task *task = &mirror->task[part->task];
    part->line = seq;
    if (new_task != 0)
        task->id = new_task;
    for (size_t i = 0; i < part->count; i++) {
        const struct diff *diff = &part->diff[i];
        if (diff->cell == CELL_STATE && diff->after == STATE_SUBMITTED)
            task->submitted_seq = seq;
        if (diff->cell >= CELL_ROWS && (diff->cell - CELL_ROWS) % ROW_CELLS == 0 &&
            diff->after == 1)
            task->row[(diff->cell - CELL_ROWS) / ROW_CELLS].seq = seq;
    }
}

static void push(struct stack *stack, size_t step)
{
    stack->step = alloc_grow(stack->step, &stack->capacity, stack->count + 1, sizeof *stack->step);
    stack->step[stack->count++] = step;
}

void mirror_step_line(struct mirror *mirror, int64_t seq)
{
    struct stack *undo = &mirror->undo[mirror->next.person],
                 *redo = &mirror->redo[mirror->next.person];
    assert(mirror->next.parts > 0 && mirror->lined == mirror->parts);
    mirror->next.line = mirror->next.done = seq;
    mirror->step =
        alloc_grow(mirror->step, &mirror->step_capacity, mirror->steps + 1, sizeof *mirror->step);
    size_t step = mirror->steps++;
    mirror->step[step] = mirror->next;
    mirror->next = (struct step){0};
    switch (mirror->step[step].kind) {
    case STEP_ACTION:
        push(undo, step);
        redo->count = 0;
        break;
    case STEP_UNDO:
        undo->count--;
        push(redo, step);
        break;
    case STEP_REDO:
        redo->count--;
        push(undo, mirror->step[step].origin);
        mirror->step[mirror->step[step].origin].done = seq;
        break;
    }
}

bool mirror_newest(const struct mirror *mirror, int *person, int64_t *seq)
{
    int64_t done = 0;
    for (int i = 0; i < MIRROR_PEOPLE; i++) {
        const struct stack *stack = &mirror->undo[i];
        if (stack->count == 0 || mirror->step[stack->step[stack->count - 1]].done <= done)
            continue;
        const struct step *step = &mirror->step[stack->step[stack->count - 1]];
        done = step->done;
        *seq = step->line;
        *person = i;
    }
    return done > 0;
}
