/* screens: what a person does and what they then see. Each NAME.keys is played into the real
 * program in a terminal of our own, with a database of its own; what it shows is compared with
 * NAME.screen.
 *
 *   screens [--bless] BUILD FOLDER [NAME...]
 *
 * A line of NAME.keys is one step; # begins a comment. Before the program starts:
 *   size ROWS COLUMNS | term NAME | charset NAME | lang zh|en | env NAME=VALUE | args ARGUMENTS
 *   before COMMAND       a shell command; $DB is the database, $DUBAN the program
 * and then, the first of these starting it:
 *   key NAMES | type TEXT | paste TEXT | resize ROWS COLUMNS
 *   exec COMMAND         as another process would
 *   wait TEXT            until it is on the screen
 *   shot [LABEL]         the screen goes into NAME.screen: characters, then attributes; a size
 *                        in KB as ## KB
 * (harness/pty.h) expect TEXT | expect-not TEXT quit                 Q; it must end with status 0
 * and leave the terminal as it was */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "harness/files.h"
#include "harness/pty.h"

#define NOW "2026-11-21T21:47:00+08:00"
/* The same moment for other processes, SQLite's shell among them: without it what they write would
 * be of the day on which the test is run. */
#define OUTSIDE "TZ=UTC exec faketime -f '@2026-11-21 13:47:00' sh -c \"$OUTSIDE\""
enum { ENVIRONMENT_MOST = 32 };

struct run {
    char *program;      /* absolute */
    const char *folder; /* of the scripts */
    char work[40];      /* databases, homes and what was seen */
    bool bless;
    int passed, failed;
};

struct script {
    const struct run *run;
    const char *name;
    char *database;
    struct pty_options options;
    char *environment[ENVIRONMENT_MOST + 1];
    size_t environment_count;
    char *language;
    char *arguments;
    struct pty *pty;
    struct strbuf shots;
    struct strbuf problem; /* empty while all is well */
    bool quit;
};

static bool fail(struct script *script, const char *what, const char *detail)
{
    strbuf_format(&script->problem, "%s: %s", what, detail);
    return false;
}

/* --- outside commands
 * ------------------------------------------------------------------------------- */

static bool run_outside(struct script *script, const char *command)
{
    struct strbuf said = {0};
    setenv("DB", script->database, 1);
    setenv("OUTSIDE", command, 1);
    bool done = command_run(OUTSIDE, &said);
    unsetenv("OUTSIDE");
    if (!done) {
        fail(script, command, strbuf_text(&said));
    }
    strbuf_clear(&said);
    return done;
}

/* --- starting
 * ---------------------------------------------------------------------------------------- */

static void add_environment(struct script *script, char *variable)
{
    if (script->environment_count == ENVIRONMENT_MOST) {
        fprintf(stderr, "screens: %s: too many variables\n", script->name);
        exit(2);
    }
    script->environment[script->environment_count++] = variable;
}

/* $DB as in a shell. */
static char *expand(const struct script *script, const char *text)
{
    struct strbuf out = {0};
    while (*text != '\0') {
        if (strncmp(text, "$DB", 3) == 0) {
            strbuf_add(&out, script->database);
            text += 3;
        } else {
            strbuf_add_char(&out, *text++);
        }
    }
    return strbuf_take(&out);
}

static bool start_program(struct script *script)
{
    if (script->pty != NULL) {
        return true;
    }
    enum { ARGUMENTS_MOST = 32 };
    const char *command[ARGUMENTS_MOST] = {script->run->program};
    size_t count = 1;
    if (script->language != NULL) {
        command[count++] = "--lang";
        command[count++] = script->language;
    }
    char *arguments = expand(script, script->arguments), *rest = NULL;
    for (char *word = strtok_r(arguments, " ", &rest); word != NULL && count < ARGUMENTS_MOST - 1;
         word = strtok_r(NULL, " ", &rest)) {
        command[count++] = word;
    }
    script->options.environment = (const char *const *)script->environment;
    script->pty = pty_start(&script->options, command);
    free(arguments);
    return pty_settle(script->pty) || fail(script, "start", pty_problem(script->pty));
}

/* --- steps
 * ------------------------------------------------------------------------------------------- */

static bool read_size(struct script *script, const char *text, int *rows, int *columns)
{
    char rest;
    return sscanf(text, "%d %d%c", rows, columns, &rest) == 2 ||
           fail(script, text, "is no size: ROWS COLUMNS");
}

static bool step_size(struct script *script, const char *text)
{
    return read_size(script, text, &script->options.rows, &script->options.columns);
}

static bool replace(char **where, const char *text)
{
    free(*where);
    *where = alloc_string(text);
    return true;
}

static bool step_term(struct script *script, const char *text)
{
    return replace((char **)&script->options.term, text);
}

static bool step_charset(struct script *script, const char *text)
{
    return replace((char **)&script->options.charset, text);
}

static bool step_lang(struct script *script, const char *text)
{
    return replace(&script->language, text);
}

static bool step_env(struct script *script, const char *text)
{
    add_environment(script, expand(script, text));
    return true;
}

static bool step_args(struct script *script, const char *text)
{
    return replace(&script->arguments, text);
}

static bool on_terminal(struct script *script, bool done, const char *step)
{
    return done || fail(script, step, pty_problem(script->pty));
}

static bool step_key(struct script *script, const char *text)
{
    return on_terminal(script, pty_keys(script->pty, text), text);
}

static bool step_type(struct script *script, const char *text)
{
    return on_terminal(script, pty_type(script->pty, text), text);
}

static bool step_paste(struct script *script, const char *text)
{
    return on_terminal(script, pty_paste(script->pty, text), text);
}

static bool step_resize(struct script *script, const char *text)
{
    int rows, columns;
    return read_size(script, text, &rows, &columns) &&
           on_terminal(script, pty_resize(script->pty, rows, columns), text);
}

static bool step_exec(struct script *script, const char *text)
{
    return run_outside(script, text) && on_terminal(script, pty_settle(script->pty), text);
}

static bool step_wait(struct script *script, const char *text)
{
    return on_terminal(script, pty_wait_text(script->pty, text), text);
}

/* How long a packed file came out is of the library that packed it. */
static void mask_sizes(struct strbuf *shots, size_t from)
{
    for (char *unit = strstr(shots->text + from, " KB"); unit != NULL;
         unit = strstr(unit + 1, " KB"))
        for (char *digit = unit; digit > shots->text && digit[-1] >= '0' && digit[-1] <= '9';)
            *--digit = '#';
}

static bool step_shot(struct script *script, const char *text)
{
    const struct pty *pty = script->pty;
    int row, column;
    bool visible;
    pty_cursor(pty, &row, &column, &visible);
    strbuf_format(&script->shots, "== %s%s%d x %d, cursor ", text, *text ? ", " : "", pty_rows(pty),
        pty_columns(pty));
    if (visible) {
        strbuf_format(&script->shots, "%d %d\n", row + 1, column + 1);
    } else {
        strbuf_add(&script->shots, "hidden\n");
    }
    size_t picture = script->shots.length;
    pty_text(pty, &script->shots);
    mask_sizes(&script->shots, picture);
    strbuf_add(&script->shots, "-- attributes\n");
    pty_attributes(pty, &script->shots);
    return true;
}

static bool expect(struct script *script, const char *text, bool there)
{
    if (pty_has_text(script->pty, text) == there) {
        return true;
    }
    strbuf_format(&script->problem, "%s \"%s\" on the screen:\n", there ? "no" : "there is", text);
    pty_text(script->pty, &script->problem);
    return false;
}

static bool step_expect(struct script *script, const char *text)
{
    return expect(script, text, true);
}

static bool step_expect_not(struct script *script, const char *text)
{
    return expect(script, text, false);
}

static bool step_quit(struct script *script, const char *text)
{
    int status;
    script->quit = true;
    if (*text != '\0') {
        return fail(script, "quit", "takes nothing");
    }
    if (!pty_send(script->pty, "Q", 1) || !pty_wait_exit(script->pty, &status)) {
        return fail(script, "quit", pty_problem(script->pty));
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        struct strbuf screen = {0};
        strbuf_format(&screen, "status %#x; the terminal:\n", (unsigned)status);
        pty_text(script->pty, &screen);
        fail(script, "quit", strbuf_text(&screen));
        strbuf_clear(&screen);
        return false;
    }
    return pty_is_restored(script->pty) || fail(script, "quit", "the terminal is not as it was");
}

static const struct {
    const char *name;
    bool running; /* needs the program */
    bool (*run)(struct script *script, const char *text);
} steps[] = {
    {"size", false, step_size},
    {"term", false, step_term},
    {"charset", false, step_charset},
    {"lang", false, step_lang},
    {"env", false, step_env},
    {"args", false, step_args},
    {"before", false, run_outside},
    {"key", true, step_key},
    {"type", true, step_type},
    {"paste", true, step_paste},
    {"resize", true, step_resize},
    {"exec", true, step_exec},
    {"wait", true, step_wait},
    {"shot", true, step_shot},
    {"expect", true, step_expect},
    {"expect-not", true, step_expect_not},
    {"quit", true, step_quit},
};

static bool run_step(struct script *script, const char *line)
{
    size_t length = strcspn(line, " ");
    const char *text = line + length + (line[length] == ' ');
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (strlen(steps[i].name) != length || strncmp(line, steps[i].name, length) != 0) {
            continue;
        }
        if (script->quit || (!steps[i].running && script->pty != NULL)) {
            return fail(script, line, "comes too late");
        }
        return (!steps[i].running || start_program(script)) && steps[i].run(script, text);
    }
    return fail(script, line, "is no step");
}

/* --- one script
 * --------------------------------------------------------------------------------------- */

static void prepare(struct script *script)
{
    const char *work = script->run->work;
    script->database = alloc_format("%s/%s.db", work, script->name);
    script->arguments = alloc_string("--db $DB");
    add_environment(script, alloc_string("LANG=C.UTF-8"));
    add_environment(script, alloc_string("DUBAN_NOW=" NOW));
    add_environment(script, alloc_format("HOME=%s", work));
    char *copy = alloc_format("cp '%s/base.db' \"$DB\"", work);
    run_outside(script, copy);
    free(copy);
}

static void play(struct script *script)
{
    char *path = alloc_format("%s/%s.keys", script->run->folder, script->name);
    struct strbuf text = {0};
    if (!file_read(path, &text)) {
        fail(script, path, strerror(errno));
    }
    char *rest = NULL;
    int number = 0;
    for (char *at = text.text, *line;
         script->problem.length == 0 && (line = strsep(&at, "\n")) != NULL;) {
        number++;
        if (*line != '\0' && *line != '#' && !run_step(script, line)) {
            rest = strbuf_take(&script->problem);
            strbuf_format(&script->problem, "line %d: %s", number, rest);
        }
    }
    if (script->problem.length == 0 && !script->quit) {
        fail(script, "the end", "there is no \"quit\"");
    }
    free(rest);
    free(path);
    strbuf_clear(&text);
}

static void must_write(const char *path, const char *text)
{
    if (!file_write(path, text)) {
        fprintf(stderr, "screens: %s: %s\n", path, strerror(errno));
        exit(2);
    }
}

/* Compares with NAME.screen, or writes it. */
static void judge(struct script *script)
{
    const struct run *run = script->run;
    char *wanted_path = alloc_format("%s/%s.screen", run->folder, script->name);
    char *seen_path = alloc_format("%s/%s.screen", run->work, script->name);
    struct strbuf wanted = {0};
    bool there = file_read(wanted_path, &wanted);
    bool same = strcmp(strbuf_text(&wanted), strbuf_text(&script->shots)) == 0;
    if (run->bless && (!there || !same)) {
        must_write(wanted_path, strbuf_text(&script->shots));
        printf("screens: %s blessed\n", script->name);
    } else if (!there && script->shots.length > 0) {
        fail(script, wanted_path, "is missing: look at the screens and make bless");
    } else if (!same) {
        must_write(seen_path, strbuf_text(&script->shots));
        char *diff = alloc_format("diff -u '%s' '%s'", wanted_path, seen_path);
        command_run(diff, &script->problem);
        free(diff);
    }
    strbuf_clear(&wanted);
    free(wanted_path);
    free(seen_path);
}

static void clear(struct script *script)
{
    pty_free(script->pty);
    for (size_t i = 0; i < script->environment_count; i++) {
        free(script->environment[i]);
    }
    free((char *)script->options.term);
    free((char *)script->options.charset);
    free(script->database);
    free(script->language);
    free(script->arguments);
    strbuf_clear(&script->shots);
    strbuf_clear(&script->problem);
}

static void run_script(struct run *run, const char *name)
{
    struct script script = {.run = run, .name = name};
    prepare(&script);
    if (script.problem.length == 0) {
        play(&script);
    }
    if (script.problem.length == 0) {
        judge(&script);
    }
    if (script.problem.length == 0) {
        run->passed++;
    } else {
        run->failed++;
        printf("screens: %s: %s\n", name, strbuf_text(&script.problem));
    }
    fflush(stdout);
    clear(&script);
}

/* --- all of them
 * -------------------------------------------------------------------------------------- */

static bool make_base(struct run *run)
{
    strcpy(run->work, "/tmp/duban-screens-XXXXXX");
    if (mkdtemp(run->work) == NULL) {
        perror("screens: mkdtemp");
        return false;
    }
    setenv("DUBAN", run->program, 1);
    setenv("DUBAN_NOW", NOW, 1);
    setenv("LANG", "C.UTF-8", 1);
    char *command = alloc_format("cd '%s' && \"$DUBAN\" --db base.db init --sample && "
                                 "sqlite3 base.db 'PRAGMA wal_checkpoint(TRUNCATE)'",
        run->work); /* one file, to be copied for each script */
    struct strbuf said = {0};
    bool made = command_run(command, &said);
    if (!made) {
        printf("screens: no sample database: %s\n", strbuf_text(&said));
    }
    strbuf_clear(&said);
    free(command);
    return made;
}

static bool has_ending(const char *name, const char *ending)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL && strcmp(dot, ending) == 0;
}

/* Runs a script; of a screen, looks whether its script is there. */
static void run_entry(struct run *run, const char *entry)
{
    char *name = alloc_string_n(entry, strcspn(entry, "."));
    if (has_ending(entry, ".keys")) {
        run_script(run, name);
    } else if (has_ending(entry, ".screen")) {
        char *keys = alloc_format("%s/%s.keys", run->folder, name);
        if (access(keys, R_OK) != 0) {
            run->failed++;
            printf("screens: %s belongs to no script\n", entry);
        }
        free(keys);
    }
    free(name);
}

static void run_all(struct run *run)
{
    struct dirent **found;
    int count = scandir(run->folder, &found, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        run_entry(run, found[i]->d_name);
        free(found[i]);
    }
    if (count >= 0) {
        free(found);
    }
}

int main(int argc, char **argv)
{
    struct run run = {.bless = argc > 1 && strcmp(argv[1], "--bless") == 0};
    int first = run.bless ? 2 : 1;
    if (argc < first + 2) {
        fprintf(stderr, "usage: screens [--bless] BUILD FOLDER [NAME...]\n");
        return 2;
    }
    char *program = alloc_format("%s/duban", argv[first]);
    run.program = realpath(program, NULL);
    run.folder = argv[first + 1];
    if (run.program == NULL) {
        fprintf(stderr, "screens: %s: %s\n", program, strerror(errno));
        return 2;
    }
    if (!make_base(&run)) {
        run.failed++;
    } else if (argc > first + 2) {
        for (int i = first + 2; i < argc; i++) {
            run_script(&run, argv[i]);
        }
    } else {
        run_all(&run);
    }
    char *clean = alloc_format("rm -rf '%s'", run.work);
    struct strbuf said = {0};
    command_run(clean, &said);
    printf("%d passed, %d failed\n", run.passed, run.failed);
    strbuf_clear(&said);
    free(clean);
    free(program);
    free(run.program);
    return run.failed > 0 || run.passed == 0;
}
