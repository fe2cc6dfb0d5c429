#include "living.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acting.h"
#include "base/strbuf.h"
#include "database.h"
#include "model/undo.h"
#include "model/work.h"

enum { TASKS_BEFORE = 12, MANY = 6 };

static unsigned below(struct living *living, unsigned limit)
{
    living->chance = living->chance * 1664525u + 1013904223u;
    return (unsigned)((uint64_t)(living->chance >> 8) * limit >> 24);
}

static void set_clock(date_t day, int hour)
{
    char text[11], now[64];
    snprintf(now, sizeof now, "%sT%02d:10:00+08:00", date_format(day, text), hour);
    setenv("DUBAN_NOW", now, 1);
}

void living_begin(struct living *living, const char *path, unsigned seed, date_t first)
{
    struct strbuf sql = {0};
    char day[11];
    *living = (struct living){.path = path, .chance = seed * 2654435761u + 1, .today = first};
    set_clock(first, 10);
    database_make(path);
    for (int i = 1; i <= TASKS_BEFORE; i++)
        strbuf_format(&sql,
            "INSERT INTO task (id, source_id, number, position, title, state, deadline, "
            "deadline_kind, lead_id, region_id, version, assigned_on) VALUES (%d, 1, '%03d', %d, "
            "'甲', 'in_progress', date('%s', '+%d days'), '%s', 1, 3, 1, %s);",
            i, i, i, date_format(first, day), i * 20, i % 4 == 0 ? "immediate" : "date",
            i % 3 ? "date('2024-01-01')" : "NULL");
    strbuf_format(&sql, "UPDATE task SET created_at = '2024-02-01T00:00:00.000Z', "
                        "version = version + 1");
    database_write(path, strbuf_text(&sql));
    strbuf_clear(&sql);
    living->model = acting_open(path, "李娜", PERSON_ADMIN, NULL);
}

void living_end(struct living *living)
{
    model_close(living->model);
    unsetenv("DUBAN_NOW");
}

/* --- people ---------------------------------------------------------------------------------- */

/* Whether it was done; what cannot be is not. */
static bool act(struct living *living, int64_t id, const char *action,
    const struct argument *argument, size_t count)
{
    struct error err = {0};
    struct outcome outcome;
    const struct request request = {.action = action, .argument = argument, .count = count};
    bool done = work_do(living->model, id, &request, &outcome, &err) && outcome.seq != 0;
    outcome_clear(&outcome);
    return done;
}

static const char *some_day(struct living *living, int from, int to, char out[static 11])
{
    return date_format(living->today + from + (int)below(living, (unsigned)(to - from)), out);
}

/* The next step of its life, whatever that is. */
static void go_on(struct living *living, int64_t id)
{
    static const struct argument reason[] = {{"reason", "是", NULL}};
    static const struct argument pass[] = {{"level", "city", NULL}, {"conclusion", "通过", NULL}};
    static const struct argument notice[] = {
        {"office", "甲", NULL}, {"phone", "024-1", NULL}, {"address", "甲", NULL}};
    char day[11];
    const struct argument close[] = {{"document", "文", NULL},
        {"closed_on", some_day(living, below(living, 4) == 0 ? -20 : 0, 1, day), NULL}};
    if (!act(living, id, "close", TOLD(close)) && !act(living, id, "publicise", TOLD(notice)) &&
        !act(living, id, "pass", TOLD(pass)) && !act(living, id, "accept", NULL, 0) &&
        !act(living, id, "submit", TOLD(reason)))
        act(living, id, "start", NULL, 0);
}

static void reopen_many(struct living *living, int64_t tasks)
{
    static const struct argument reason[] = {{"reason", "回头看", NULL}};
    const struct request request = {.action = "reopen", .argument = TOLD(reason)};
    int64_t ids[MANY];
    struct work_many many;
    struct error err = {0};
    for (int i = 0; i < MANY; i++)
        ids[i] = 1 + (below(living, (unsigned)tasks) + i) % tasks;
    work_do_many(living->model, ids, MANY, &request, false, &many, &err);
    work_many_clear(&many);
}

static void make_one(struct living *living)
{
    char day[11];
    unsigned kind = below(living, DEADLINE_KIND_COUNT);
    const struct argument made[] = {{"source", "1", NULL}, {"title", "乙", NULL},
        {"region", "5", NULL}, {"lead", "2", NULL},
        {"deadline_kind", deadline_kinds[kind].name, NULL},
        {"deadline", some_day(living, -30, 200, day), NULL}};
    bool dated = kind == DEADLINE_DATE || kind == DEADLINE_DATE_ONGOING;
    act(living, 0, "create", made, dated || below(living, 2) ? 6 : 5);
}

static void extend(struct living *living, int64_t id)
{
    char day[11];
    const struct argument asked[] = {
        {"deadline", some_day(living, 1, 300, day), NULL}, {"reason", "是", NULL}};
    if (act(living, id, "extend", TOLD(asked)) || below(living, 2))
        act(living, id, "approve", NULL, 0);
}

static void edit(struct living *living, int64_t id)
{
    char day[11];
    const struct argument kind[] = {
        {"deadline_kind", deadline_kinds[below(living, DEADLINE_KIND_COUNT)].name, NULL}};
    const struct argument assigned[] = {{"assigned_on", some_day(living, -300, 1, day), NULL}};
    const struct argument deadline[] = {{"deadline", some_day(living, -30, 200, day), NULL}};
    if (below(living, 3) == 0)
        act(living, id, "edit", TOLD(assigned));
    else if (!act(living, id, "edit", TOLD(deadline)))
        act(living, id, "edit", TOLD(kind));
}

static void take_back(struct living *living, bool redo)
{
    struct error err = {0};
    struct events undone = {0};
    if (undo_do(living->model, redo, 0, &undone, &err))
        events_clear(&undone);
}

/* --- scripts --------------------------------------------------------------------------------- */

static void run_script(struct living *living, int64_t id)
{
    static const char *const scripts[] = {
        "UPDATE task SET state = 'closed' WHERE id = %lld",
        "UPDATE task SET state = 'in_progress' WHERE id = %lld",
        "UPDATE task SET state = 'in_progress', closed_on = NULL WHERE id = %lld",
        "UPDATE task SET deadline = date(coalesce(deadline, '2026-01-01'), '+40 days') WHERE id = "
        "%lld",
        "UPDATE task SET deadline = NULL, deadline_kind = 'ongoing' WHERE id = %lld",
        "DELETE FROM task WHERE id = %lld AND parent_id IS NULL AND id %% 7 = 0",
    };
    struct strbuf sql = {0};
    strbuf_format(&sql, scripts[below(living, sizeof scripts / sizeof *scripts)], (long long)id);
    database_write(living->path, strbuf_text(&sql));
    strbuf_clear(&sql);
}

/* --- steps ----------------------------------------------------------------------------------- */

static int64_t count_tasks(struct living *living)
{
    struct db_statement *most;
    struct error err = {0};
    if (!db_prepare(model_db(living->model), "SELECT max(id) FROM task", &most, &err) ||
        db_step(most, &err) != DB_ROW)
        fail_msg("%s", err.text);
    int64_t count = db_int(most, 0);
    db_finish(most);
    return count;
}

static void do_one(struct living *living)
{
    int64_t tasks = count_tasks(living);
    int64_t id = 1 + below(living, (unsigned)tasks);
    unsigned what = below(living, 20);
    if (living->scripts && below(living, 6) == 0)
        run_script(living, id);
    else if (what < 10)
        go_on(living, id);
    else if (what < 12)
        reopen_many(living, tasks);
    else if (what < 13)
        make_one(living);
    else if (what < 15)
        extend(living, id);
    else if (what < 17)
        for (unsigned times = below(living, 3); times < 3; times++)
            edit(living, id);
    else
        take_back(living, what == 19);
}

void living_go(struct living *living, int steps)
{
    for (int step = 0; step < steps; step++) {
        int wrong =
            living->wrong_clock && below(living, 12) == 0 ? (int)below(living, 900) - 400 : 0;
        set_clock(living->today + wrong, 6 + (int)below(living, 17));
        do_one(living);
        if (below(living, 3) == 0)
            living->today += 1 + (int)below(living, 6);
    }
    set_clock(living->today, 23);
}
