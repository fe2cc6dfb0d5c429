/* The writers' queue between real processes: nothing lost, nobody refused, whoever holds it is
 * named, and it goes with the process that held it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/folder.h"
#include "harness/notes.h"
#include "harness/other.h"

enum { PROCESSES = 8, COMMITS = 20, GATE_MS = 20000, SHORT_MS = 60 };

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static struct db *open_in_child(const char *path)
{
    struct db *db = NULL;
    if (!db_open(path, DB_READ_WRITE, &db, NULL))
        _exit(10);
    db_gate_timeout(db, GATE_MS);
    return db;
}

/* --- many ------------------------------------------------------------------------------------ */

static int commit_many(struct other *parent, void *path)
{
    struct db *db = open_in_child(path);
    other_say(parent, '.');
    other_hear(parent); /* all begin at once */
    for (int i = 0; i < COMMITS; i++) {
        char name[40];
        snprintf(name, sizeof name, "%ld-%d", (long)getpid(), i);
        if (!notes_write(db, name, "here"))
            return 1;
    }
    db_close(db);
    return 0;
}

static void many_processes_lose_nothing(void **state)
{
    char path[256];
    struct other others[PROCESSES];
    struct db *db = notes_make(*state, "a.db");
    folder_file(*state, "a.db", path);
    for (int i = 0; i < PROCESSES; i++)
        other_start(&others[i], commit_many, path);
    for (int i = 0; i < PROCESSES; i++)
        assert_int_equal(other_hear(&others[i]), '.');
    for (int i = 0; i < PROCESSES; i++)
        other_say(&others[i], '.');
    for (int i = 0; i < PROCESSES; i++)
        assert_int_equal(other_end(&others[i]), 0);
    assert_int_equal(
        notes_count(db, "SELECT count(*) FROM meta WHERE value = 'here'"), PROCESSES * COMMITS);
    db_close(db);
}

/* --- one before us --------------------------------------------------------------------------- */

/* Holds the gate until told: 'c' commits, anything else rolls back. */
static int hold(struct other *parent, void *path)
{
    struct db *db = open_in_child(path);
    if (!db_write_begin(db, NULL) || !notes_put(db, "theirs", "1"))
        return 1;
    other_say(parent, '.');
    if (other_hear(parent) == 'c') {
        if (!db_write_commit(db, NULL))
            return 2;
    }
    db_close(db);
    return 0;
}

/* That we are refused in about the time set, with a sentence that names the process. */
static void expect_busy(struct db *db, pid_t holder, const char *command)
{
    struct error err = {0};
    char named[32];
    int64_t start = now_ms();
    db_gate_timeout(db, SHORT_MS);
    assert_false(db_write_begin(db, &err));
    assert_in_range(now_ms() - start, SHORT_MS - 1, 10000);
    assert_int_equal(err.code, ERROR_BUSY);
    snprintf(named, sizeof named, "process %ld (", (long)holder);
    if (!strstr(err.text, named) || !strstr(err.text, command) || !strstr(err.text, "a.db"))
        fail_msg("%s", err.text);
}

static void the_holder_is_named(void **state)
{
    char path[256];
    struct other other;
    struct db *db = notes_make(*state, "a.db");
    other_start(&other, hold, folder_file(*state, "a.db", path));
    assert_int_equal(other_hear(&other), '.');
    expect_busy(db, other.pid, "");
    expect_busy(db, other.pid, ""); /* being refused leaves nothing behind */
    other_say(&other, 'c');
    assert_int_equal(other_end(&other), 0);
    assert_true(notes_write(db, "ours", "2"));
    notes_expect(db, "theirs", "1");
    db_close(db);
}

/* Lets the holder go as soon as somebody waits. */
static int release_when_waited(struct other *parent, void *path)
{
    char gate[270];
    struct db *db = open_in_child(path);
    snprintf(gate, sizeof gate, "%s.gate", (const char *)path);
    if (!db_write_begin(db, NULL) || !notes_put(db, "theirs", "1"))
        return 1;
    other_say(parent, '.');
    if (!other_waits_for(gate) || !db_write_commit(db, NULL))
        return 2;
    db_close(db);
    return 0;
}

static void who_waits_gets_its_turn(void **state)
{
    char path[256];
    struct other other;
    struct db *db = notes_make(*state, "a.db");
    other_start(&other, release_when_waited, folder_file(*state, "a.db", path));
    assert_int_equal(other_hear(&other), '.');
    db_gate_timeout(db, GATE_MS);
    struct error err = {0};
    if (!db_write_begin(db, &err))
        fail_msg("%s", err.text);
    notes_expect(db, "theirs", "1"); /* inside, the newest state */
    assert_true(db_write_commit(db, &err));
    assert_int_equal(other_end(&other), 0);
    db_close(db);
}

static void a_killed_holder_holds_nothing(void **state)
{
    char path[256];
    struct other other;
    struct db *db = notes_make(*state, "a.db");
    other_start(&other, hold, folder_file(*state, "a.db", path));
    assert_int_equal(other_hear(&other), '.');
    other_kill(&other);
    db_gate_timeout(db, SHORT_MS);
    assert_true(notes_write(db, "ours", "2"));
    notes_expect(db, "theirs", NULL);
    db_close(db);
}

/* --- in the order they came ------------------------------------------------------------------ */

static const char places[] = "SELECT count(*) FROM meta WHERE value LIKE 'place%'";

/* Queues up when it is told to, and notes how many were there before it. */
static int note_my_place(struct other *parent, void *path)
{
    char name[24], value[40];
    struct db *db = open_in_child(path);
    other_say(parent, '.');
    other_hear(parent);
    if (!db_write_begin(db, NULL))
        return 1;
    snprintf(name, sizeof name, "%ld", (long)getpid());
    snprintf(value, sizeof value, "place %d", (int)notes_count(db, places));
    if (!notes_put(db, name, value) || !db_write_commit(db, NULL))
        return 2;
    db_close(db);
    return 0;
}

/* How many wait for a lock on the file. */
static int waiting_at(const char *path)
{
    char line[256], mark[40];
    struct stat file;
    int count = 0;
    assert_int_equal(stat(path, &file), 0);
    snprintf(mark, sizeof mark, ":%lu ", (unsigned long)file.st_ino);
    FILE *locks = fopen("/proc/locks", "re");
    assert_non_null(locks);
    while (fgets(line, sizeof line, locks))
        count += strstr(line, "->") && strstr(line, mark);
    fclose(locks);
    return count;
}

static void wait_until_queued(const char *gate, int count)
{
    int64_t until = now_ms() + GATE_MS;
    while (waiting_at(gate) < count)
        assert_true(now_ms() < until);
}

static void expect_place(struct db *db, pid_t process, int place)
{
    char name[24], value[40];
    snprintf(name, sizeof name, "%ld", (long)process);
    snprintf(value, sizeof value, "place %d", place);
    notes_expect(db, name, value);
}

enum { QUEUED = 6, KILLED = 2, LEFT = 4 };

/* Whoever came first is first, also when one of them dies or gives up, and who leaves and comes
 * again is last. */
static void each_has_its_turn(void **state)
{
    char path[256], gate[256];
    struct error err = {0};
    struct other others[QUEUED];
    struct db *db = notes_make(*state, "a.db"), *impatient;
    folder_file(*state, "a.db", path);
    folder_file(*state, "a.db.gate", gate);
    impatient = notes_open(*state, "a.db", DB_READ_WRITE);
    for (int i = 0; i < QUEUED; i++) {
        other_start(&others[i], note_my_place, path);
        assert_int_equal(other_hear(&others[i]), '.');
    }
    assert_true(db_write_begin(db, &err));
    for (int i = 0; i < QUEUED; i++) {
        other_say(&others[i], '.');
        wait_until_queued(gate, i + 1);
    }
    db_gate_timeout(impatient, SHORT_MS);
    assert_false(db_write_begin(impatient, &err));
    assert_int_equal(err.code, ERROR_BUSY);
    other_kill(&others[KILLED]);
    other_kill(&others[LEFT]);
    db_gate_timeout(db, GATE_MS);
    assert_true(db_write_commit(db, &err));
    assert_true(db_write_begin(db, &err)); /* again at once: behind them all */
    assert_int_equal(notes_count(db, places), QUEUED - 2);
    assert_true(db_write_commit(db, &err));
    for (int i = 0, place = 0; i < QUEUED; i++) {
        if (i == KILLED || i == LEFT)
            continue;
        assert_int_equal(other_end(&others[i]), 0);
        expect_place(db, others[i].pid, place++);
    }
    assert_true(notes_write(impatient, "later", "1"));
    db_close(impatient);
    db_close(db);
}

/* --- scripts --------------------------------------------------------------------------------- */

static void a_script_in_the_queue_is_named(void **state)
{
    char gate[256];
    struct other other;
    struct db *db = notes_make(*state, "a.db");
    assert_true(notes_write(db, "first", "1")); /* makes the gate */
    const char *const arguments[] = {
        "flock", folder_file(*state, "a.db.gate", gate), "sh", "-c", "echo in; read done", NULL};
    other_start_program(&other, arguments);
    assert_int_equal(other_hear(&other), 'i');
    expect_busy(db, other.pid, "flock");
    other_say(&other, '\n');
    assert_int_equal(other_end(&other), 0);
    assert_true(notes_write(db, "second", "2"));
    db_close(db);
}

static void a_script_beside_the_queue_is_named(void **state)
{
    char path[256];
    struct other other;
    struct db *db = notes_make(*state, "a.db");
    const char *const arguments[] = {"sqlite3", folder_file(*state, "a.db", path), NULL};
    static const char begin[] = "BEGIN IMMEDIATE;\n.print in\n";
    other_start_program(&other, arguments);
    assert_int_equal(write(other.out, begin, strlen(begin)), strlen(begin));
    assert_int_equal(other_hear(&other), 'i');
    expect_busy(db, other.pid, "sqlite3");
    notes_expect(db, "first", NULL); /* reading goes on */
    close(other.out);
    other.out = -1;
    assert_int_equal(other_end(&other), 0);
    assert_true(notes_write(db, "second", "2"));
    db_close(db);
}

/* --- the gate's file ------------------------------------------------------------------------- */

static void the_gate_has_the_rights_of_its_database(void **state)
{
    char path[256];
    struct stat gate;
    struct db *db = notes_make(*state, "a.db");
    assert_int_equal(chmod(folder_file(*state, "a.db", path), 0660), 0);
    assert_true(notes_write(db, "first", "1"));
    assert_int_equal(stat(folder_file(*state, "a.db.gate", path), &gate), 0);
    assert_int_equal(gate.st_mode & 0777, 0660);
    assert_int_equal(gate.st_size, 0);
    db_close(db);
}

static void a_deleted_gate_still_keeps_apart(void **state)
{
    char path[256];
    struct error err = {0};
    struct db *first = notes_make(*state, "a.db");
    struct db *second = notes_open(*state, "a.db", DB_READ_WRITE);
    assert_true(notes_write(first, "first", "1"));
    assert_int_equal(unlink(folder_file(*state, "a.db.gate", path)), 0);
    assert_true(db_write_begin(second, &err)); /* at a new gate */
    db_gate_timeout(first, SHORT_MS);
    assert_false(db_write_begin(first, &err)); /* and not at the one it still has open */
    assert_int_equal(err.code, ERROR_BUSY);
    db_write_rollback(second);
    assert_true(notes_write(first, "second", "2"));
    db_close(second);
    db_close(first);
}

static void one_gate_for_all_names(void **state)
{
    char path[256], other[256];
    struct error err = {0};
    struct db *first = notes_make(*state, "a.db");
    assert_int_equal(symlink("a.db", folder_file(*state, "link.db", other)), 0);
    struct db *second = notes_open(*state, "link.db", DB_READ_WRITE);
    assert_true(db_write_begin(second, &err));
    db_gate_timeout(first, SHORT_MS);
    assert_false(db_write_begin(first, &err));
    assert_int_equal(err.code, ERROR_BUSY);
    db_write_rollback(second);
    assert_int_equal(access(folder_file(*state, "link.db.gate", path), F_OK), -1);
    db_close(second);
    db_close(first);
}

/* --- the log --------------------------------------------------------------------------------- */

/* Writes about 400 pages in a commit. */
static bool write_much(struct db *db)
{
    return db_write_begin(db, NULL) &&
           db_script(db,
               "INSERT INTO meta VALUES ('much', hex(randomblob(800000))) ON CONFLICT DO UPDATE "
               "SET "
               "value = excluded.value",
               NULL) &&
           db_write_commit(db, NULL);
}

static off_t log_pages(void *folder)
{
    char path[256];
    struct stat log;
    assert_int_equal(stat(folder_file(folder, "a.db-wal", path), &log), 0);
    return log.st_size / 4096;
}

static void the_log_stays_small(void **state)
{
    struct db *db = notes_make(*state, "a.db");
    for (int i = 0; i < 20; i++)
        assert_true(write_much(db));
    assert_in_range(log_pages(*state), 400, 2000);
    db_close(db);
}

static void the_log_shrinks_when_readers_let_it(void **state)
{
    struct error err = {0};
    struct db *db = notes_make(*state, "a.db");
    struct db *reader = notes_open(*state, "a.db", DB_READ_ONLY);
    assert_true(db_read_begin(reader, &err));
    notes_expect(reader, "much", NULL);
    for (int i = 0; i < 50; i++)
        assert_true(write_much(db));
    assert_true(log_pages(*state) > 16000);
    notes_expect(reader, "much", NULL); /* its snapshot is as it was */
    db_read_end(reader);
    for (int i = 0; i < 5; i++)
        assert_true(write_much(db));
    assert_in_range(log_pages(*state), 0, 5000);
    db_close(reader);
    db_close(db);
}

/* --- at the same work ------------------------------------------------------------------------- */

static int attend(struct other *parent, void *path)
{
    struct db *db = open_in_child(path);
    if (!db_attend(db, false, NULL))
        return 1;
    other_say(parent, '.');
    other_hear(parent);
    return 0;
}

static void who_attends_alone_is_alone(void **state)
{
    char path[256];
    struct error err = {0};
    struct other other;
    struct db *first = notes_make(*state, "a.db");
    folder_file(*state, "a.db", path);
    other_start(&other, attend, path);
    assert_int_equal(other_hear(&other), '.');
    assert_true(db_attend(first, false, &err)); /* beside the other */
    assert_false(db_attend(first, true, &err));
    assert_int_equal(err.code, ERROR_BUSY);
    assert_non_null(strstr(err.text, path));
    assert_true(notes_write(first, "n", "1")); /* the queue of writers is another matter */
    other_kill(&other);
    assert_true(db_attend(first, true, &err)); /* its attendance went with it */
    struct db *second = notes_open(*state, "a.db", DB_READ_WRITE);
    assert_false(db_attend(second, false, &err));
    assert_true(notes_write(second, "n", "2"));
    db_close(first);
    assert_true(db_attend(second, true, &err));
    db_close(second);
}

/* --- who may use it, and what may stand in its place ----------------------------------------- */

static mode_t mode_of(const char *path)
{
    struct stat is;
    assert_int_equal(lstat(path, &is), 0);
    return is.st_mode & 0777;
}

/* Who may only read the database could else hold up all who write. */
static void only_writers_may_use_it(void **state)
{
    static const struct {
        mode_t database, gate;
    } cases[] = {{0600, 0600}, {0644, 0600}, {0664, 0660}, {0666, 0666}, {0640, 0600}};
    char path[256], gate[256];
    struct db *db = notes_make(*state, "a.db");
    folder_file(*state, "a.db", path);
    folder_file(*state, "a.db.gate", gate);
    db_close(db);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unlink(gate);
        assert_int_equal(chmod(path, cases[i].database), 0);
        assert_true(db_open(path, DB_READ_WRITE, &db, NULL));
        assert_true(notes_write(db, "here", "1"));
        assert_int_equal(mode_of(gate), cases[i].gate);
        db_close(db);
    }
    assert_int_equal(chmod(path, 0644), 0); /* one of an earlier program, or of other rights */
    assert_int_equal(chmod(gate, 0664), 0);
    assert_true(db_open(path, DB_READ_WRITE, &db, NULL));
    assert_true(notes_write(db, "here", "2"));
    assert_int_equal(mode_of(gate), 0600);
    db_close(db);
}

static void expect_refused(struct db *db, const char *gate)
{
    struct error err = {0};
    assert_false(db_write_begin(db, &err));
    assert_int_equal(err.code, ERROR_IO);
    if (!strstr(err.text, gate) || !strstr(err.text, "remove it"))
        fail_msg("%s", err.text);
    assert_int_equal(unlink(gate), 0);
}

/* Whoever may write to the folder does not make root make, open or give away files elsewhere. */
static void a_link_is_not_followed(void **state)
{
    char gate[256], victim[256];
    struct db *db = notes_make(*state, "a.db");
    folder_file(*state, "a.db.gate", gate);
    folder_file(*state, "victim", victim);
    unlink(gate);
    assert_int_equal(symlink(victim, gate), 0);
    expect_refused(db, gate);
    assert_int_equal(access(victim, F_OK), -1);
    FILE *file = fopen(victim, "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(chmod(victim, 0604), 0);
    assert_int_equal(symlink(victim, gate), 0);
    expect_refused(db, gate);
    assert_int_equal(mode_of(victim), 0604);
    assert_int_equal(mkfifo(gate, 0600), 0);
    expect_refused(db, gate);
    assert_true(notes_write(db, "ours", "1"));
    db_close(db);
}

/* The engine's own files beside the database: the log and its index. */
static void links_beside_it_are_not_followed(void **state)
{
    static const char *const names[] = {"a.db-wal", "a.db-shm"};
    char path[256], beside[256], victim[256];
    folder_file(*state, "a.db", path);
    folder_file(*state, "victim", victim);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct db *db = i == 0 ? notes_make(*state, "a.db") : NULL;
        db_close(db);
        folder_file(*state, names[i], beside);
        unlink(beside);
        assert_int_equal(symlink(victim, beside), 0);
        db = NULL;
        if (db_open(path, DB_READ_WRITE, &db, NULL))
            notes_write(db, "here", "1");
        db_close(db);
        unlink(beside);
        assert_int_equal(access(victim, F_OK), -1);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_set_up, folder_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(only_writers_may_use_it),
        TEST(a_link_is_not_followed),
        TEST(links_beside_it_are_not_followed),
        TEST(many_processes_lose_nothing),
        TEST(the_holder_is_named),
        TEST(who_waits_gets_its_turn),
        TEST(a_killed_holder_holds_nothing),
        TEST(each_has_its_turn),
        TEST(a_script_in_the_queue_is_named),
        TEST(a_script_beside_the_queue_is_named),
        TEST(the_gate_has_the_rights_of_its_database),
        TEST(a_deleted_gate_still_keeps_apart),
        TEST(one_gate_for_all_names),
        TEST(who_attends_alone_is_alone),
        TEST(the_log_stays_small),
        TEST(the_log_shrinks_when_readers_let_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
