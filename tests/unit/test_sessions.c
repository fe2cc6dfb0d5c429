/* Who is at work: slots of real processes in one file, and whatever may stand in that file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "harness/folder.h"
#include "harness/other.h"
#include "store/sessions.h"

enum { SLOT = 512 };

/* The database itself is only looked at for its rights. */
static char *database(void *folder, char out[static 256])
{
    folder_file(folder, "a.db", out);
    int fd = open(out, O_CREAT | O_RDWR, 0640);
    assert_true(fd >= 0);
    assert_int_equal(fchmod(fd, 0640), 0);
    close(fd);
    return out;
}

static const char *sessions_file(const char *db)
{
    static char path[300];
    snprintf(path, sizeof path, "%s.sessions", db);
    return path;
}

static struct session_slot somebody(const char *login)
{
    return (struct session_slot){.login = (char *)login,
        .name = (char *)"王\t强\x1b",
        .role = (char *)"reporter",
        .what = (char *)"board",
        .origin = (char *)"10.21.4.7",
        .terminal = (char *)"pts/3",
        .process = 4711,
        .started_at = 1000,
        .acted_at = 2000};
}

static struct sessions *enter(const char *db, const char *login)
{
    struct session_slot slot = somebody(login);
    return sessions_enter(db, &slot, true);
}

/* Logins in order, with blanks between. */
static const char *who(const char *db)
{
    static char text[4000];
    struct session_slot *slot;
    size_t count;
    sessions_read(db, &slot, &count);
    text[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        snprintf(
            text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "", slot[i].login);
        session_slot_clear(&slot[i]);
    }
    free(slot);
    return text;
}

static void write_at(const char *db, long at, const void *bytes, size_t count)
{
    int fd = open(sessions_file(db), O_RDWR | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, count, at), count);
    close(fd);
}

/* --- life ------------------------------------------------------------------------------------ */

static void tells_what_was_recorded_until_it_is_left(void **state)
{
    char db[256];
    struct session_slot *slot;
    size_t count;
    struct stat file;
    database(*state, db);
    assert_string_equal(who(db), "");
    struct sessions *mine = enter(db, "wangqiang"), *other = enter(db, "lina");
    assert_non_null(mine);
    sessions_act(mine, 62000);
    sessions_read(db, &slot, &count);
    assert_int_equal(count, 2);
    assert_string_equal(slot[0].login, "wangqiang");
    assert_string_equal(slot[0].name, "王 强\xef\xbf\xbd");
    assert_string_equal(slot[0].role, "reporter");
    assert_string_equal(slot[0].what, "board");
    assert_string_equal(slot[0].origin, "10.21.4.7");
    assert_string_equal(slot[0].terminal, "pts/3");
    assert_int_equal(slot[0].process, 4711);
    assert_int_equal(slot[0].started_at, 1000);
    assert_int_equal(slot[0].acted_at, 62000);
    session_slot_clear(&slot[0]);
    session_slot_clear(&slot[1]);
    free(slot);
    sessions_earlier(mine, &slot, &count); /* of the same moment, and behind it */
    assert_int_equal(count, 0);
    free(slot);
    sessions_earlier(other, &slot, &count);
    assert_int_equal(count, 1);
    assert_string_equal(slot[0].login, "wangqiang");
    session_slot_clear(&slot[0]);
    free(slot);
    assert_int_equal(stat(sessions_file(db), &file), 0);
    assert_int_equal(file.st_mode & 0777, 0640);
    sessions_leave(mine);
    assert_string_equal(who(db), "lina");
    struct sessions *next = enter(db, "songjy"); /* the lowest free slot */
    assert_string_equal(who(db), "songjy lina");
    assert_int_equal(stat(sessions_file(db), &file), 0);
    assert_int_equal(file.st_size, 2 * SLOT);
    sessions_leave(next);
    sessions_leave(other);
    assert_string_equal(who(db), "");
}

/* What is too long is cut at a whole character, and nothing of it gets into another field. */
static void cuts_what_is_too_long(void **state)
{
    char db[256], name[3 * 200 + 1];
    database(*state, db);
    for (int i = 0; i < 200; i++)
        memcpy(name + 3L * i, "督", 4);
    struct session_slot slot = somebody(name), *read;
    slot.name = slot.origin = slot.terminal = slot.role = slot.what = name;
    struct sessions *mine = sessions_enter(db, &slot, true);
    size_t count;
    sessions_read(db, &read, &count);
    assert_int_equal(count, 1);
    assert_int_equal(strlen(read[0].login), 63);
    assert_int_equal(strlen(read[0].name), 96);
    assert_int_equal(strlen(read[0].terminal), 30);
    assert_int_equal(read[0].acted_at, 2000);
    session_slot_clear(&read[0]);
    free(read);
    sessions_leave(mine);
}

/* --- processes ------------------------------------------------------------------------------- */

static int stay(struct other *parent, void *db)
{
    struct sessions *mine = enter(db, "other");
    other_say(parent, mine ? '.' : '!');
    if (other_hear(parent) == 'l')
        sessions_leave(mine);
    return 0;
}

static void goes_with_its_process(void **state)
{
    char db[256];
    struct other others[2];
    database(*state, db);
    for (int i = 0; i < 2; i++) {
        other_start(&others[i], stay, db);
        assert_int_equal(other_hear(&others[i]), '.');
    }
    assert_string_equal(who(db), "other other");
    other_kill(&others[0]);
    assert_string_equal(who(db), "other");
    other_say(&others[1], 'l');
    assert_int_equal(other_end(&others[1]), 0);
    assert_string_equal(who(db), "");
}

/* Dies without leaving; what it has started lives on. */
static int start_and_die(struct other *parent, void *db)
{
    if (enter(db, "other") == NULL)
        return 1;
    if (fork() == 0) {
        dup2(parent->in, STDIN_FILENO);
        dup2(parent->out, STDOUT_FILENO);
        execl("/bin/sh", "sh", "-c", "printf .; read answer", (char *)NULL);
        _exit(1);
    }
    return 0;
}

static void what_it_starts_does_not_keep_it(void **state)
{
    char db[256];
    struct other other;
    database(*state, db);
    other_start(&other, start_and_die, db);
    assert_int_equal(other_hear(&other), '.');
    assert_int_equal(other_end(&other), 0); /* the shell still reads */
    assert_string_equal(who(db), "");
}

/* --- the file -------------------------------------------------------------------------------- */

static void a_file_taken_away_is_made_again(void **state)
{
    char db[256];
    database(*state, db);
    struct sessions *mine = enter(db, "wangqiang"), *other = enter(db, "lina");
    assert_int_equal(unlink(sessions_file(db)), 0);
    assert_string_equal(who(db), "");
    sessions_act(mine, 3000);
    assert_string_equal(who(db), "wangqiang");
    write_at(db, 0, "", 0);
    assert_int_equal(truncate(sessions_file(db), 3), 0); /* cut off within a slot */
    assert_string_equal(who(db), "");
    sessions_act(mine, 4000);
    assert_string_equal(who(db), "wangqiang");
    sessions_act(other, 4000);
    assert_string_equal(who(db), "wangqiang lina");
    sessions_leave(mine);
    sessions_leave(other);
}

static void what_is_no_file_of_ours_is_let_be(void **state)
{
    char db[256], target[256];
    struct stat is;
    database(*state, db);
    assert_int_equal(mkfifo(sessions_file(db), 0600), 0);
    assert_null(enter(db, "wangqiang"));
    assert_string_equal(who(db), "");
    assert_int_equal(unlink(sessions_file(db)), 0);
    assert_int_equal(mkdir(sessions_file(db), 0700), 0);
    assert_null(enter(db, "wangqiang"));
    assert_string_equal(who(db), "");
    assert_int_equal(rmdir(sessions_file(db)), 0);
    folder_file(*state, "elsewhere", target);
    assert_int_equal(symlink(target, sessions_file(db)), 0);
    assert_null(enter(db, "wangqiang"));
    assert_int_equal(stat(target, &is), -1);
}

static void makes_no_file_unless_told(void **state)
{
    char db[256];
    struct stat is;
    database(*state, db);
    struct session_slot slot = somebody("wangqiang");
    assert_null(sessions_enter(db, &slot, false));
    assert_int_equal(stat(sessions_file(db), &is), -1);
    struct sessions *first = enter(db, "lina"), *mine = sessions_enter(db, &slot, false);
    assert_non_null(mine);
    sessions_leave(first);
    sessions_leave(mine);
}

/* As an account that may only read: it is not recorded, and sees who is. */
static int look_only(struct other *parent, void *db)
{
    (void)parent;
    if (setgid(65534) != 0 || setuid(65534) != 0)
        return 1;
    if (enter(db, "nobody") != NULL)
        return 2;
    return strcmp(who(db), "lina") == 0 ? 0 : 3;
}

static void who_may_only_read_is_let_in_unseen(void **state)
{
    char db[256];
    struct other other;
    if (geteuid() != 0) { /* the mode alone tells then */
        database(*state, db);
        assert_int_equal(chmod(*state, 0500), 0);
        assert_null(enter(db, "nobody"));
        assert_int_equal(chmod(*state, 0700), 0);
        return;
    }
    database(*state, db);
    assert_int_equal(chmod(*state, 0755), 0);
    assert_int_equal(chmod(db, 0644), 0);
    struct sessions *mine = enter(db, "lina");
    other_start(&other, look_only, db);
    assert_int_equal(other_end(&other), 0);
    sessions_leave(mine);
}

static void takes_no_more_than_there_are_slots(void **state)
{
    char db[256];
    database(*state, db);
    write_at(db, 0, "", 1);
    int fd = open(sessions_file(db), O_RDWR);
    struct flock all = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = (off_t)SLOT * SESSIONS_MOST};
    assert_int_equal(fcntl(fd, F_OFD_SETLK, &all), 0);
    assert_null(enter(db, "wangqiang"));
    /* somebody holds all of them, with nothing in any */
    assert_int_equal(ftruncate(fd, (off_t)SLOT * (SESSIONS_MOST + 100)), 0);
    assert_string_equal(who(db), "");
    close(fd);
    struct sessions *mine = enter(db, "wangqiang");
    assert_string_equal(who(db), "wangqiang");
    sessions_leave(mine);
}

/* --- what stands in it ----------------------------------------------------------------------- */

/* Somebody who may write the file puts what they like under the lock of a slot. */
static void makes_nothing_of_what_makes_no_sense(void **state)
{
    static const char *const lines[] = {"", "\n", "duban1\n", "duban1\t\t\t\t\t\t\t\t\t\t\n",
        "duban1\ta\tb\tc\td\te\tf\t1\t2\t3\t0000000000000000\n", "duban2\ta\n", "\t\t\t\t\t\t\t\n"};
    char db[256], bytes[SLOT];
    database(*state, db);
    struct sessions *mine = enter(db, "wangqiang");
    int fd = open(sessions_file(db), O_RDWR);
    assert_int_equal(pread(fd, bytes, SLOT, 0), SLOT);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char wrong[SLOT] = {0};
        memcpy(wrong, lines[i], strlen(lines[i]));
        assert_int_equal(pwrite(fd, wrong, SLOT, 0), SLOT);
        assert_string_equal(who(db), "");
    }
    size_t length = (size_t)((char *)memchr(bytes, '\n', SLOT) - bytes) + 1;
    for (size_t at = 0; at < length; at++) { /* any byte that is another one */
        char wrong[SLOT];
        memcpy(wrong, bytes, SLOT);
        wrong[at] ^= 0x20;
        assert_int_equal(pwrite(fd, wrong, SLOT, 0), SLOT);
        assert_string_equal(who(db), "");
    }
    memset(bytes, 'x', SLOT); /* no end */
    assert_int_equal(pwrite(fd, bytes, SLOT, 0), SLOT);
    assert_string_equal(who(db), "");
    close(fd);
    sessions_act(mine, 5000);
    assert_string_equal(who(db), "wangqiang");
    sessions_leave(mine);
}

/* With a sum that is right, made as the module makes it. */
static void put_line(const char *db, const char *line)
{
    char bytes[SLOT] = {0};
    uint64_t sum = UINT64_C(14695981039346656037);
    for (const char *at = line; *at; at++)
        sum = (sum ^ (unsigned char)*at) * UINT64_C(1099511628211);
    snprintf(bytes, sizeof bytes, "%s\t%016llx\n", line, (unsigned long long)sum);
    write_at(db, 0, bytes, SLOT);
}

static void scrubs_and_bounds_what_it_reads(void **state)
{
    char db[256];
    struct session_slot *slot;
    size_t count;
    database(*state, db);
    struct sessions *mine = enter(db, "wangqiang");
    put_line(db, "duban1\t\x1b]52;c;x\x07\t\xff\tr\tw\to\tt\t1\t2\t253402300799999");
    sessions_read(db, &slot, &count);
    assert_int_equal(count, 1);
    assert_null(strchr(slot[0].login, '\x1b'));
    assert_string_equal(slot[0].name, "\xef\xbf\xbd");
    session_slot_clear(&slot[0]);
    free(slot);
    put_line(db, "duban1\ta\tb\tr\tw\to\tt\t1\t2\t253402300800000");
    assert_string_equal(who(db), "");
    put_line(db, "duban1\ta\tb\tr\tw\to\tt\t1\t-2\t3");
    assert_string_equal(who(db), "");
    put_line(db, "duban1\ta\tb\tr\tw\to\tt\t1\t99999999999999999999\t3");
    assert_string_equal(who(db), "");
    put_line(db, "duban1\ta\tb\tr\tw\to\tt\t1\t2\t3");
    assert_string_equal(who(db), "a");
    sessions_leave(mine);
}

int main(void)
{
#define FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_set_up, folder_tear_down)
    const struct CMUnitTest tests[] = {
        FOLDER(tells_what_was_recorded_until_it_is_left),
        FOLDER(cuts_what_is_too_long),
        FOLDER(goes_with_its_process),
        FOLDER(what_it_starts_does_not_keep_it),
        FOLDER(a_file_taken_away_is_made_again),
        FOLDER(what_is_no_file_of_ours_is_let_be),
        FOLDER(makes_no_file_unless_told),
        FOLDER(who_may_only_read_is_let_in_unseen),
        FOLDER(takes_no_more_than_there_are_slots),
        FOLDER(makes_nothing_of_what_makes_no_sense),
        FOLDER(scrubs_and_bounds_what_it_reads),
    };
    return cmocka_run_group_tests_name("sessions", tests, NULL, NULL);
}
