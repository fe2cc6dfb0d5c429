/* soak: a board that is used and written under for a long time. Random keys of the action table and
 * random text go to the real program while another process keeps changing its database; its memory
 * must stand still once everything has been opened once, and it must still be there at the end.
 *
 *   soak BUILD SECONDS [SEED]     ends with "N passed, N failed" */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "app/app.h"
#include "base/alloc.h"
#include "harness/folder.h"
#include "harness/pty.h"

#define GROWTH_MOST_KB 1024
#define WARM_UP_STEPS 150
#define WRITE_EVERY 5 /* steps */

static uint64_t dice(uint64_t *seed)
{
    uint64_t z = (*seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long resident_kb(pid_t process)
{
    char path[64], line[256];
    long kb = -1;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "VmRSS: %ld", &kb) == 1)
            break;
    if (file)
        fclose(file);
    return kb;
}

/* A key of a random action, but none that leaves. */
static const char *random_key(uint64_t *seed, char out[static 32])
{
    static const char *const leaving[] = {"back", "wall.leave", "quit", "suspend"};
    for (;;) {
        const struct action *action = &actions[dice(seed) % action_count];
        bool leaves = !*action->chords;
        for (size_t i = 0; i < sizeof leaving / sizeof *leaving; i++)
            leaves |= strcmp(action->name, leaving[i]) == 0;
        if (leaves)
            continue;
        snprintf(out, 32, "%.*s", (int)strcspn(action->chords, " "), action->chords);
        return out;
    }
}

static bool step(struct pty *pty, uint64_t *seed)
{
    static const char *const texts[] = {
        "pj", "湿地", "overdue", "region:盘锦 (", "\"", "-", "2-047", "due<+30d"};
    char key[32];
    switch (dice(seed) % 12) {
    case 0:
        return pty_type(pty, texts[dice(seed) % (sizeof texts / sizeof *texts)]);
    case 1:
        return pty_resize(pty, 3 + (int)(dice(seed) % 50), 8 + (int)(dice(seed) % 190));
    case 2:
        return pty_keys(pty, "Enter");
    case 3:
        return pty_keys(pty, "Esc");
    default:
        return pty_keys(pty, random_key(seed, key));
    }
}

/* Another process changes a random task. */
static bool write_once(const char *database, uint64_t *seed)
{
    char *command =
        alloc_format("sqlite3 '%s' 'PRAGMA busy_timeout=5000; UPDATE task SET percent = %d, "
                     "title = title WHERE id = %d' >/dev/null",
            database, (int)(dice(seed) % 101), 1 + (int)(dice(seed) % 150));
    int status = system(command);
    free(command);
    return status == 0;
}

static int run(const char *build, void *folder, double length, uint64_t seed)
{
    char database[256], program[300];
    folder_file(folder, "soak.db", database);
    snprintf(program, sizeof program, "%s/duban", build);
    char *make = alloc_format("'%s' --db '%s' init --sample >/dev/null", program, database);
    int status = system(make);
    free(make);
    if (status != 0)
        return fprintf(stderr, "soak: the sample database cannot be made\n"), 1;
    const char *environment[] = {"LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL};
    const char *command[] = {program, "--db", database, NULL};
    struct pty *pty = pty_start(&(struct pty_options){.environment = environment}, command);
    double end = seconds() + length;
    long warm = 0, last = 0, steps = 0;
    bool ok = true;
    for (; ok && (seconds() < end || steps < 2 * WARM_UP_STEPS); steps++) {
        ok = step(pty, &seed) && (steps % WRITE_EVERY || write_once(database, &seed));
        last = resident_kb(pty_process(pty));
        if (steps < WARM_UP_STEPS && last > warm)
            warm = last;
    }
    if (!ok)
        printf("soak: after %ld steps: %s\n", steps, pty_problem(pty));
    bool flat = last - warm <= GROWTH_MOST_KB;
    printf("soak: %ld steps in %.0f s; %ld KB after the first %d, %ld KB at the end\n", steps,
        length, warm, WARM_UP_STEPS, last);
    if (ok)
        ok = pty_resize(pty, 24, 80) && pty_keys(pty, "Esc x Esc x Esc x Esc x Esc Esc") &&
             pty_send(pty, "Q", 1) && pty_wait_exit(pty, &status) && status == 0 &&
             pty_is_restored(pty); /* x: away with what a screen asks to save */
    pty_free(pty);
    int passed = ok + flat;
    printf("%d passed, %d failed\n", passed, 2 - passed);
    return passed == 2 ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return fprintf(stderr, "usage: soak BUILD SECONDS [SEED]\n"), 2;
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : (uint64_t)time(NULL);
    printf("soak: seed %llu\n", (unsigned long long)seed);
    void *folder;
    if (folder_set_up(&folder) != 0)
        return 1;
    int status = run(argv[1], folder, atof(argv[2]), seed);
    folder_tear_down(&folder);
    return status;
}
