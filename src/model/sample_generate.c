/* Any number of tasks, spread as the real ones are. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/history.h"
#include "model/sample.h"
#include "model/search.h"
#include "sample_dice.h"
#include "sample_stock.h"
#include "store/db.h"

#define BATCH 20000 /* tasks between two reports of progress */
#define SOURCE_CODE "G"
#define SOURCE_NAME "生成的任务"
#define COUNTIES_MOST 32 /* of one city */
#define CITIES_MOST 16
#define DEPARTMENTS_MOST 16

struct place {
    int64_t id;
    char *shown;
};

/* What there is to choose from. */
struct world {
    struct db *db;
    uint64_t seed;
    date_t today, period; /* `period`: the last one whose report is owed */
    int64_t source, first;
    int width; /* digits of a number */
    struct place city[CITIES_MOST], county[CITIES_MOST][COUNTIES_MOST];
    size_t counties[CITIES_MOST];
    int64_t department[DEPARTMENTS_MOST];
};

/* One task in the making. */
struct made {
    enum task_state state;
    enum deadline_kind kind;
    bool returned, listed;
    enum task_progress progress;
    int percent;
    date_t deadline, assigned_on, reported_on, done_on, submitted_on, closed_on;
    moment_t updated_at;
    int64_t lead, supervisor, region, other_region;
    char number[24], title[256], goal[128], raw[64], document[48];
};

/* --- one task ------------------------------------------------------------------------------ */

static date_t month_end(date_t today, int months)
{
    int year, month, day;
    date_parts(today, &year, &month, &day);
    int index = year * 12 + month + months; /* the month after the one meant */
    return date_make(index / 12, index % 12 + 1, 1) - 1;
}

/* Most deadlines are ends of months; open ones lie ahead, one in eleven behind. */
static void make_deadline(struct dice *dice, const struct world *world, struct made *made)
{
    int kind = dice_roll(dice, 100);
    made->kind = kind < 2    ? DEADLINE_IMMEDIATE
                 : kind < 5  ? DEADLINE_ONGOING
                 : kind < 10 ? DEADLINE_DATE_ONGOING
                             : DEADLINE_DATE;
    int months = made->state == STATE_CLOSED ? 4 - dice_skewed(dice, 46)
                 : dice_percent(dice, 9)     ? -1 - dice_skewed(dice, 6)
                                             : dice_skewed(dice, 20);
    date_t deadline = month_end(world->today, months);
    if (dice_percent(dice, 2))
        deadline -= dice_roll(dice, 28);
    date_t assigned = deadline - 150 - dice_roll(dice, 400);
    if (made->kind == DEADLINE_IMMEDIATE)
        assigned = made->state == STATE_CLOSED ? deadline - 30 : world->today - dice_roll(dice, 33);
    made->assigned_on = assigned < world->today ? assigned : world->today - 1 - dice_roll(dice, 60);
    made->deadline = DATE_NONE;
    if (made->kind == DEADLINE_DATE || made->kind == DEADLINE_DATE_ONGOING)
        made->deadline = deadline;
}

static void make_state(struct dice *dice, struct made *made)
{
    int state = dice_roll(dice, 100);
    if (dice_percent(dice, 85))
        made->state = STATE_CLOSED;
    else
        made->state = state < 12   ? STATE_NOT_STARTED
                      : state < 82 ? STATE_IN_PROGRESS
                      : state < 89 ? STATE_SUBMITTED
                      : state < 96 ? STATE_IN_REVIEW
                                   : STATE_PUBLICISED;
    made->returned = made->state == STATE_IN_PROGRESS && dice_percent(dice, 6);
    made->listed = made->state == STATE_IN_PROGRESS && dice_percent(dice, 1);
}

static void make_figures(struct dice *dice, struct made *made)
{
    made->percent = 100;
    made->progress = PROGRESS_DONE;
    if (made->state == STATE_NOT_STARTED) {
        made->percent = 0;
        made->progress = PROGRESS_NOT_STARTED;
    } else if (made->state == STATE_IN_PROGRESS) {
        int progress = dice_roll(dice, 100);
        made->percent = 5 * (1 + dice_roll(dice, 19));
        made->progress = made->percent >= 90 ? PROGRESS_BASICALLY_DONE
                         : progress < 18     ? PROGRESS_BEHIND
                         : progress < 92     ? PROGRESS_ON_SCHEDULE
                                             : PROGRESS_AHEAD;
    }
}

/* Most have reported for the last period, some are one late, few more than that. */
static void make_times(struct dice *dice, const struct world *world, struct made *made)
{
    int late = dice_roll(dice, 100);
    int weeks = late < 86 ? 0 : late < 96 ? 1 : 2 + dice_skewed(dice, 5);
    made->reported_on = world->period - 7 * weeks;
    date_t last = world->today - dice_skewed(dice, 60);
    made->done_on = made->submitted_on = made->closed_on = DATE_NONE;
    if (made->state == STATE_CLOSED) {
        date_t due = made->deadline == DATE_NONE ? made->assigned_on + 120 : made->deadline;
        last = due - 60 + dice_roll(dice, 90);
        last = last < world->today ? last : world->today - 1 - dice_roll(dice, 200);
        made->closed_on = last;
        made->reported_on = date_period_start(RHYTHM_WEEKLY, last - 40);
    }
    if (made->state >= STATE_SUBMITTED) {
        made->submitted_on = last - (made->state == STATE_CLOSED ? 30 : 0);
        made->done_on = made->submitted_on - dice_roll(dice, 20);
    }
    made->updated_at = date_moment(last, 8, 30) + dice_roll(dice, 9 * 3600) * 1000LL;
    if (last == world->today)
        made->updated_at -= 86400000;
}

static void make_place(
    struct dice *dice, const struct world *world, struct made *made, const char **shown)
{
    size_t city = stock_pick(&stock_cities, dice_next(dice));
    const struct place *place = &world->city[city];
    if (world->counties[city] > 0 && dice_percent(dice, 92))
        place = &world->county[city][dice_skewed(dice, (int)world->counties[city])];
    made->region = place->id;
    *shown = place->shown;
    made->other_region = 0;
    size_t other = stock_pick(&stock_cities, dice_next(dice));
    if (other != city && dice_percent(dice, 3))
        made->other_region = world->city[other].id;
}

static void make_words(struct dice *dice, const struct world *world, int64_t number,
    const char *place, struct made *made)
{
    int year, month, day;
    snprintf(made->number, sizeof made->number, "%0*" PRId64, world->width, number);
    snprintf(made->title, sizeof made->title, "%s%s%s%s", place,
        stock_places.row[stock_pick(&stock_places, dice_next(dice))].text,
        stock_subjects.row[stock_pick(&stock_subjects, dice_next(dice))].text,
        stock_problems.row[stock_pick(&stock_problems, dice_next(dice))].text);
    *made->raw = *made->goal = *made->document = '\0';
    if (made->deadline != DATE_NONE) {
        date_parts(made->deadline, &year, &month, &day);
        snprintf(made->raw, sizeof made->raw,
            made->kind == DEADLINE_DATE ? "%d年%d月底前" : "%d年%d月底前并长期坚持", year, month);
        snprintf(made->goal, sizeof made->goal, "%d年%d月底前完成整治", year, month);
    } else {
        strcpy(made->raw, made->kind == DEADLINE_IMMEDIATE ? "立行立改" : "长期坚持");
        strcpy(made->goal, "整治到位，防止反弹");
    }
    if (made->closed_on != DATE_NONE) {
        date_parts(made->closed_on, &year, &month, &day);
        snprintf(made->document, sizeof made->document, "辽环督销〔%d〕%d号", year,
            dice_roll(dice, 900) + 1);
    }
}

static void make_task(const struct world *world, int64_t number, struct made *made)
{
    struct dice dice = dice_of(world->seed, (uint64_t)number);
    const char *place;
    make_state(&dice, made);
    make_deadline(&dice, world, made);
    make_figures(&dice, made);
    make_times(&dice, world, made);
    make_place(&dice, world, made, &place);
    made->lead = world->department[stock_pick(&stock_departments, dice_next(&dice))];
    made->supervisor = world->department[0];
    make_words(&dice, world, number, place, made);
}

/* --- writing ------------------------------------------------------------------------------- */

static void bind_day(struct db_statement *statement, int index, date_t day)
{
    char text[11];
    db_bind_text(statement, index, day == DATE_NONE ? NULL : date_format(day, text));
}

static bool write_task(
    const struct world *world, int64_t number, const struct made *made, struct error *err)
{
    struct db_statement *insert;
    char reported[11], updated[25];
    if (!db_statement(world->db, SAMPLE_GENERATE_TASK, &insert, err))
        return false;
    db_bind_int(insert, 1, world->source);
    db_bind_text(insert, 2, made->number);
    db_bind_int(insert, 3, number);
    db_bind_text(insert, 4, made->title);
    db_bind_text(insert, 5, made->goal);
    db_bind_text(insert, 6, task_states[made->state].name);
    db_bind_int(insert, 7, made->returned);
    db_bind_int(insert, 8, made->listed);
    db_bind_text(insert, 9, task_progresses[made->progress].name);
    db_bind_int(insert, 10, made->percent);
    bind_day(insert, 11, made->deadline);
    db_bind_text(insert, 12, deadline_kinds[made->kind].name);
    db_bind_text(insert, 13, made->raw);
    bind_day(insert, 14, made->assigned_on);
    db_bind_int(insert, 15, made->lead);
    db_bind_int(insert, 16, made->supervisor);
    db_bind_int(insert, 17, made->region);
    db_bind_text(insert, 18, date_format(made->reported_on, reported));
    bind_day(insert, 19, made->done_on);
    bind_day(insert, 20, made->submitted_on);
    bind_day(insert, 21, made->closed_on);
    db_bind_text(insert, 22, made->document);
    db_bind_text(insert, 23, date_moment_format(made->updated_at, updated));
    if (!db_run(insert, err))
        return false;
    if (!made->other_region)
        return true;
    int64_t id = db_last_id(world->db);
    if (!db_statement(world->db, SAMPLE_ADD_TASK_REGION, &insert, err))
        return false;
    db_bind_int(insert, 1, made->other_region);
    db_bind_int(insert, 2, id);
    db_bind_int(insert, 3, 1);
    return db_run(insert, err);
}

/* One line of history: a line for each of a million tasks would say nothing more. */
static bool write_event(const struct world *world, int64_t first, int64_t last, struct error *err)
{
    char note[96];
    snprintf(note, sizeof note, SOURCE_CODE "-%0*" PRId64 " .. " SOURCE_CODE "-%0*" PRId64,
        world->width, first, world->width, last);
    struct event event = {.at = date_now(),
        .actor = (char *)"duban",
        .origin = (char *)"",
        .action = (char *)"sample",
        .note = note};
    int64_t seq;
    return history_append(world->db, &event, &seq, err);
}

/* The search index is kept up with the tasks: its marks would be a table as long as theirs. */
static bool write_batch(const struct world *world, int64_t first, int64_t last, struct error *err)
{
    struct made made = {0};
    for (int64_t number = first; number <= last; number++) {
        make_task(world, number, &made);
        if (!write_task(world, number, &made, err))
            return false;
    }
    return search_refresh(world->db, BATCH, NULL, err);
}

/* --- the world ----------------------------------------------------------------------------- */

/* The first column of the only row, or 0. */
static bool find_id(struct db_statement *query, int64_t *id, struct error *err)
{
    enum db_step step = db_step(query, err);
    *id = step == DB_ROW ? db_int(query, 0) : 0;
    db_reset(query);
    return step != DB_FAILED;
}

static bool find_by_text(
    struct db *db, enum statement id, const char *text, int64_t *found, struct error *err)
{
    struct db_statement *query;
    if (!db_statement(db, id, &query, err))
        return false;
    db_bind_text(query, 1, text);
    return find_id(query, found, err);
}

/* Finds what is called so, or makes it: a database without sample data gets the cities alone. */
static bool need_region(struct db *db, const struct stock_row *row, const char *level,
    int64_t parent, int64_t *id, struct error *err)
{
    struct db_statement *insert;
    if (!find_by_text(db, SAMPLE_FIND_REGION, row->code, id, err))
        return false;
    if (*id)
        return true;
    if (!db_statement(db, SAMPLE_NEED_REGION, &insert, err))
        return false;
    db_bind_text(insert, 1, row->code);
    db_bind_text(insert, 2, row->text);
    db_bind_text(insert, 3, row->shown);
    db_bind_text(insert, 4, level);
    if (parent)
        db_bind_int(insert, 5, parent);
    if (!db_run(insert, err))
        return false;
    *id = db_last_id(db);
    return true;
}

static bool need_department(
    struct db *db, const struct stock_row *row, int64_t province, int64_t *id, struct error *err)
{
    struct db_statement *insert;
    if (!find_by_text(db, SAMPLE_FIND_DEPARTMENT, row->text, id, err))
        return false;
    if (*id)
        return true;
    if (!db_statement(db, SAMPLE_NEED_DEPARTMENT, &insert, err))
        return false;
    db_bind_text(insert, 1, row->text);
    db_bind_text(insert, 2, row->shown);
    db_bind_int(insert, 3, province);
    if (!db_run(insert, err))
        return false;
    *id = db_last_id(db);
    return true;
}

static bool read_counties(struct world *world, size_t city, struct error *err)
{
    struct db_statement *query;
    enum db_step step;
    if (!db_statement(world->db, SAMPLE_COUNTIES, &query, err))
        return false;
    db_bind_int(query, 1, world->city[city].id);
    while ((step = db_step(query, err)) == DB_ROW && world->counties[city] < COUNTIES_MOST) {
        world->county[city][world->counties[city]++] =
            (struct place){.id = db_int(query, 0), .shown = alloc_string(db_text(query, 1))};
    }
    db_reset(query);
    return step != DB_FAILED;
}

static bool need_places(struct world *world, struct error *err)
{
    static const struct stock_row province = {"辽宁省", 1, "辽宁", "210000"};
    int64_t top;
    bool done = need_region(world->db, &province, "province", 0, &top, err);
    for (size_t i = 0; done && i < stock_cities.count; i++) {
        world->city[i].shown = alloc_string(stock_cities.row[i].shown);
        done = need_region(world->db, &stock_cities.row[i], "city", top, &world->city[i].id, err) &&
               read_counties(world, i, err);
    }
    for (size_t i = 0; done && i < stock_departments.count; i++)
        done =
            need_department(world->db, &stock_departments.row[i], top, &world->department[i], err);
    return done;
}

/* The source, and how many tasks it has: further ones are numbered on. */
static bool need_source(struct world *world, struct error *err)
{
    struct db_statement *statement;
    int year, month, day;
    if (!find_by_text(world->db, SAMPLE_FIND_SOURCE, SOURCE_CODE, &world->source, err))
        return false;
    if (!world->source) {
        date_parts(world->today, &year, &month, &day);
        if (!db_statement(world->db, SAMPLE_NEED_SOURCE, &statement, err))
            return false;
        db_bind_text(statement, 1, SOURCE_CODE);
        db_bind_text(statement, 2, SOURCE_NAME);
        db_bind_int(statement, 3, year);
        if (!db_run(statement, err))
            return false;
        world->source = db_last_id(world->db);
    }
    if (!db_statement(world->db, SAMPLE_LAST_POSITION, &statement, err))
        return false;
    db_bind_int(statement, 1, world->source);
    return find_id(statement, &world->first, err);
}

static void clear_world(struct world *world)
{
    for (size_t city = 0; city < stock_cities.count; city++) {
        for (size_t i = 0; i < world->counties[city]; i++)
            free(world->county[city][i].shown);
        free(world->city[city].shown);
    }
}

static bool write_all(struct world *world, int64_t count,
    void (*progress)(void *context, int64_t done, int64_t count), void *context, struct error *err)
{
    bool bulk = count > BATCH; /* few tasks are sooner in than the indexes are made again */
    if (!need_places(world, err) || !need_source(world, err))
        return false;
    world->width = snprintf(NULL, 0, "%" PRId64, world->first + count);
    world->width = world->width < 4 ? 4 : world->width;
    if (bulk && !db_bulk_begin(world->db, "task", err))
        return false;
    for (int64_t made = 0; made < count;) {
        int64_t next = made + BATCH < count ? made + BATCH : count;
        if (!write_batch(world, world->first + made + 1, world->first + next, err))
            return false;
        made = next;
        if (progress)
            progress(context, made, count);
    }
    return write_event(world, world->first + 1, world->first + count, err) &&
           (!bulk || db_bulk_end(world->db, err));
}

bool sample_generate(struct model *model, int64_t count, unsigned seed,
    void (*progress)(void *context, int64_t done, int64_t count), void *context, struct error *err)
{
    struct world world = {.db = model_db(model), .seed = seed, .today = date_today()};
    world.period = date_period_owed(RHYTHM_WEEKLY, world.today);
    if (!db_write_begin(world.db, err))
        return false;
    bool done = write_all(&world, count, progress, context, err);
    if (done)
        done = db_write_commit(world.db, err);
    else
        db_write_rollback(world.db);
    clear_world(&world);
    return done;
}
