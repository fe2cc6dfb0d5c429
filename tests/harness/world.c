#include "harness/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "harness/folder.h"

static const char rows[] =
    "INSERT INTO source (id, code, name, year) VALUES (1, '2', 'round', 2021), (2, 'P', 'plan', "
    "2024);"
    "INSERT INTO region (id, code, name, short, level, parent_id) VALUES (1, '21', 'Liaoning', "
    "'LN', 'province', NULL),"
    " (2, '2101', 'Shenyang', 'SY', 'city', 1), (3, '2111', 'Panjin', 'PJ', 'city', 1),"
    " (4, '211103', 'Xinglongtai', 'XL', 'county', 3);"
    "INSERT INTO department (id, name, short, region_id) VALUES (1, 'Water', 'W', 1), (2, 'Land', "
    "'L', 1), (3, 'Air', 'A', 1);"
    "INSERT INTO task (id, source_id, number, title, region_id, lead_id, deadline, version) VALUES"
    " (1, 1, '001', 'wetland', 3, 1, '2026-11-30', 1), (2, 1, '002', 'sewage', 2, 2, '2026-10-31', "
    "1);"
    "INSERT INTO task (id, source_id, number, part, parent_id, title, region_id, version) VALUES "
    "(3, 1, '002', 1, 2, 'a part', 4, 1);"
    "INSERT INTO task_region (region_id, task_id, position, event_seq) VALUES (2, 1, 1, 0);"
    "INSERT INTO task_department (department_id, task_id, role, event_seq) VALUES (2, 1, "
    "'responsible', 0);"
    "INSERT INTO measure (id, task_id, position, text, event_seq) VALUES (1, 1, 1, 'dig', 0), (2, "
    "1, 2, 'fill', 0);"
    "INSERT INTO report (id, task_id, period_start, period_end, text, percent, progress, "
    "event_seq) VALUES"
    " (1, 1, '2026-11-02', '2026-11-08', 'half', 50, 'behind', 0), (2, 1, '2026-11-09', "
    "'2026-11-15', 'more', 60, 'on_schedule', 0);"
    "INSERT INTO notice (id, task_id, level, issued_on, event_seq) VALUES (1, 1, 'letter', "
    "'2026-11-01', 0);"
    "INSERT INTO review (id, task_id, level, result, reviewed_on, event_seq) VALUES (1, 1, 'city', "
    "'returned', '2026-11-10', 0);"
    "INSERT INTO publicity (id, task_id, starts_on, ends_on, days, event_seq) VALUES (1, 1, "
    "'2026-11-01', '2026-11-07', 5, 0);"
    "INSERT INTO objection (id, publicity_id, task_id, raised_on, text, event_seq) VALUES (1, 1, "
    "1, '2026-11-03', 'smells', 0);"
    "INSERT INTO extension (id, task_id, new_deadline, reason, asked_on, event_seq) VALUES (1, 1, "
    "'2026-12-31', 'rain', '2026-11-01', 0);"
    "INSERT INTO draft (person, context, task_id, body, updated_at) VALUES ('wang', 'report', 1, "
    "'{}', '2026-11-01');"
    "INSERT INTO reminder VALUES (1, 'before', '2026-11-30', '2026-11-01');";

struct db *world_open(void *folder)
{
    char path[256];
    struct error err = {0};
    struct db *db = NULL;
    if (!db_open(folder_file(folder, "a.db", path), DB_CREATE, &db, &err) ||
        !db_write_begin(db, &err) || !db_script(db, rows, &err) || !db_write_commit(db, &err))
        fail_msg("%s", err.text);
    return db;
}

bool world_run(void *folder, const char *pragmas, const char *sql, char **said)
{
    char path[256];
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    folder_file(folder, "a.db", path);
    pid_t child = fork();
    if (child == 0) {
        dup2(pipes[1], STDOUT_FILENO);
        dup2(pipes[1], STDERR_FILENO);
        close(pipes[0]);
        execlp("sqlite3", "sqlite3", "-bail", "-cmd", pragmas, path, sql, (char *)NULL);
        _exit(127);
    }
    close(pipes[1]);
    struct strbuf out = {0};
    char piece[512];
    ssize_t length;
    while ((length = read(pipes[0], piece, sizeof piece)) > 0)
        strbuf_add_n(&out, piece, (size_t)length);
    close(pipes[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 127);
    *said = alloc_string(strbuf_text(&out));
    strbuf_clear(&out);
    return WEXITSTATUS(status) == 0;
}

void world_script(void *folder, const char *sql)
{
    char *said;
    if (!world_run(folder, "PRAGMA foreign_keys = OFF", sql, &said))
        fail_msg("%s: %s", sql, said);
    free(said);
}

void world_refuses(void *folder, const char *sql, const char *why)
{
    char *said;
    if (world_run(folder, "PRAGMA foreign_keys = ON", sql, &said))
        fail_msg("not refused: %s", sql);
    if (!strstr(said, why))
        fail_msg("%s: %s", sql, said);
    free(said);
}

const char *world_ask(struct db *db, const char *sql, char out[static 512])
{
    struct error err = {0};
    struct db_statement *query;
    if (!db_prepare(db, sql, &query, &err))
        fail_msg("%s", err.text);
    snprintf(out, 512, "%s", db_step(query, &err) == DB_ROW ? db_text(query, 0) : "(nothing)");
    db_finish(query);
    return out;
}

void world_expect(struct db *db, const char *sql, const char *value)
{
    char out[512];
    if (strcmp(world_ask(db, sql, out), value) != 0)
        fail_msg("%s\n  gives    %s\n  not      %s", sql, out, value);
}
