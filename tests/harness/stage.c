#include "harness/stage.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "ui/term.h"

/* --- pictures ------------------------------------------------------------------------------ */

static const char *const titles[] = {"辽河口湿地退养还湿未按期完成",
    "大伙房水源保护区违建清理不彻底", "浑河沿岸排污口整治滞后", "建筑垃圾消纳场扬尘问题突出",
    "化工园区污水处理厂超标排放", "矿山生态修复进展缓慢"};
static const char *const regions[] = {"盘锦", "抚顺", "沈阳", "鞍山", "营口", "阜新"};
static const char *const leads[] = {
    "自然资源厅", "生态环境厅", "水利厅", "住房城乡建设厅", "工业和信息化厅", "水利厅"};

static void draw_row(struct canvas *canvas, int row, int number, const struct stage *stage)
{
    enum role light = number % 3 == 0   ? ROLE_OVERDUE
                      : number % 3 == 1 ? ROLE_DUE_SOON
                                        : ROLE_NORMAL;
    canvas_put(canvas, row, 1, 1, light, number % 3 == 0 ? "!" : number % 3 == 1 ? "~" : " ");
    canvas_format(canvas, row, 3, 7, ROLE_NORMAL, "2-%03d", number + 10);
    canvas_put(canvas, row, 11, 6, ROLE_NORMAL, number % 2 ? "整改中" : "申验中");
    canvas_put(canvas, row, 18, 32, ROLE_NORMAL, titles[number % 6]);
    canvas_put(canvas, row, 51, 6, ROLE_NORMAL, regions[number % 6]);
    canvas_put(canvas, row, 58, 10, ROLE_NORMAL, leads[number % 6]);
    canvas_put(canvas, row, 69, 5, ROLE_NORMAL, "10-31");
    canvas_format(
        canvas, row, 75, 4, light == ROLE_OVERDUE ? light : ROLE_NORMAL, "逾%2d", number % 90);
    if (number != stage->cursor)
        return;
    if (stage->lean)
        canvas_put(canvas, row, 0, 1, ROLE_NORMAL, ">");
    else
        canvas_set_role(canvas, (struct rect){row, 0, 1, 80}, ROLE_SELECTED);
    canvas_cursor(canvas, row, 0, true);
}

/* The board as the screens' design has it. */
static void draw_page(const struct stage *stage, struct canvas *canvas)
{
    canvas_clear(canvas);
    canvas_put(canvas, 0, 1, -1, ROLE_HEADER_STRONG, "督办 辽宁省环保督察整改");
    canvas_put(canvas, 0, 44, -1, ROLE_HEADER, "值班 李娜");
    canvas_format(
        canvas, 0, 56, -1, ROLE_HEADER, "11-21 周六 %s", stage->later ? "21:48" : "21:47");
    canvas_put(canvas, 0, 73, -1, ROLE_OK, canvas_ascii(canvas) ? "* 实时" : "● 实时");
    canvas_put(
        canvas, 1, 1, -1, ROLE_COUNTER, "全部98 在办13 申验2 公示2 销号85 │ 逾期3 临期4 未报5");
    canvas_put(canvas, 1, 8, 6, ROLE_COUNTER_ACTIVE, "在办13");
    canvas_put(canvas, 2, 3, -1, ROLE_COLUMN_HEAD, "编号    状态   任务");
    canvas_put(canvas, 2, 51, -1, ROLE_COLUMN_HEAD, "地区   牵头单位   时限  余期");
    for (int i = 0; i < canvas_rows(canvas) - 5; i++)
        draw_row(canvas, 3 + i, stage->top + i, stage);
    canvas_put(canvas, canvas_rows(canvas) - 2, 1, -1, ROLE_DIM,
        "21:46 抚顺县 王强 2-047 周报 60%  21:31 省厅 李娜 → 验收");
    const char *hints = "?帮助 /查找 f筛选 ↵详情 c列 s排序 :命令";
    canvas_put(
        canvas, canvas_rows(canvas) - 1, 1, -1, ROLE_HINT, *stage->told ? stage->told : hints);
}

/* Words at places that have nothing to do with what was there before. */
static void draw_random(struct canvas *canvas, uint32_t seed)
{
    static const char *const words[] = {
        "湿地", "a", "河", "e\xcc\x81", "    ", "整改中整改中", "x y", "①②", "─", "（）", "🌊"};
    for (int i = 0; i < 40; i++) {
        seed = seed * 1664525u + 1013904223u;
        int row = (int)(seed >> 8) % canvas_rows(canvas),
            column = (int)(seed >> 16) % canvas_columns(canvas);
        if (column == canvas_columns(canvas) - 1)
            continue; /* the emulator puts a mark on the last column's character elsewhere */
        canvas_put(canvas, row, column, -1, (enum role)((seed >> 20) % ROLE_COUNT),
            words[(seed >> 12) % 11]);
        if (i % 13 == 0)
            canvas_fill(canvas, (struct rect){row, column, 2, 20}, ROLE_NORMAL, ' ');
    }
    canvas_cursor(canvas, (int)(seed >> 9) % canvas_rows(canvas), 3, seed >> 31);
}

void stage_draw(const struct stage *stage, struct canvas *canvas)
{
    if (stage->seed == 0)
        draw_page(stage, canvas);
    else
        draw_random(canvas, stage->seed);
}

bool stage_key(struct stage *stage, const char *name, int rows)
{
    int shown = rows - 5;
    if (strcmp(name, "j") == 0)
        stage->cursor++;
    else if (strcmp(name, "k") == 0)
        stage->cursor--;
    else if (strcmp(name, "r") == 0)
        stage->seed += 977;
    else if (strcmp(name, "L") == 0)
        stage->lean = !stage->lean;
    else if (strcmp(name, "c") == 0)
        stage->later = true;
    else
        return false;
    if (stage->cursor < stage->top)
        stage->top = stage->cursor;
    if (stage->cursor >= stage->top + shown)
        stage->top = stage->cursor - shown + 1;
    return true;
}

/* --- the program --------------------------------------------------------------------------- */

static const struct look looks[ROLE_COUNT] = {
    [ROLE_SELECTED] = {COLOUR_DEFAULT, COLOUR_DEFAULT, ATTR_REVERSE},
    [ROLE_OVERDUE] = {9, COLOUR_DEFAULT, 0},
    [ROLE_DUE_SOON] = {3, COLOUR_DEFAULT, 0},
    [ROLE_HEADER_STRONG] = {COLOUR_DEFAULT, COLOUR_DEFAULT, ATTR_BOLD},
    [ROLE_COUNTER_ACTIVE] = {COLOUR_DEFAULT, COLOUR_DEFAULT, ATTR_BOLD | ATTR_UNDERLINE},
    [ROLE_MATCH] = {0, 3, 0},
    [ROLE_HINT] = {8, COLOUR_DEFAULT, 0},
};

static void make_theme(struct theme *theme)
{
    *theme = (struct theme){.name = "test"};
    for (int role = 0; role < ROLE_COUNT; role++) {
        bool plain =
            looks[role].foreground == 0 && looks[role].background == 0 && !looks[role].attributes;
        theme->look[role] = plain ? (struct look){COLOUR_DEFAULT, COLOUR_DEFAULT, 0} : looks[role];
    }
}

struct program {
    struct stage stage;
    struct term *term;
    struct canvas *canvas;
    int signals, settled;
    bool quit;
};

static void lay_out(struct program *program)
{
    int rows, columns;
    term_size(program->term, &rows, &columns);
    if (rows != canvas_rows(program->canvas) || columns != canvas_columns(program->canvas))
        canvas_resize(program->canvas, rows, columns);
    canvas_set_ascii(program->canvas, term_ascii(program->term));
}

static void take_key(struct program *program, const struct key *key)
{
    char name[16];
    key_name(key, name);
    if (key->code == KEY_CODE_RESIZE)
        lay_out(program);
    else if (key->code == KEY_CODE_DRAW)
        return;
    else if (strcmp(name, "Q") == 0)
        program->quit = true;
    else if (strcmp(name, "z") == 0)
        term_suspend(program->term);
    else if (strcmp(name, "y") == 0) {
        term_copy(program->term, "湿地");
        term_bell(program->term);
    } else if (!stage_key(&program->stage, name, canvas_rows(program->canvas)))
        snprintf(program->stage.told, sizeof program->stage.told, "key %s",
            key->code == KEY_CODE_PASTE ? key->paste : name);
}

static bool take_signals(struct program *program)
{
    struct signalfd_siginfo info;
    bool any = read(program->signals, &info, sizeof info) == sizeof info;
    if (any)
        lay_out(program);
    return any;
}

/* As the program's own loop: everything there is, one picture, then it says how much it has taken.
 */
static int run(struct program *program)
{
    bool dirty = true;
    struct key key;
    lay_out(program);
    while (!program->quit) {
        if (dirty) {
            stage_draw(&program->stage, program->canvas);
            term_show(program->term, program->canvas);
        }
        long taken = term_taken(program->term);
        if (taken >= 0 && dprintf(program->settled, "%ld\n", taken) < 0)
            return 3;
        struct pollfd fds[] = {{.fd = term_fd(program->term), .events = POLLIN},
            {.fd = program->signals, .events = POLLIN}};
        poll(fds, 2, -1);
        dirty = take_signals(program);
        while (!program->quit && term_key(program->term, &key)) {
            take_key(program, &key);
            dirty = true;
        }
        if (term_lost(program->term))
            return 9;
    }
    return 0;
}

static int run_stage(bool mouse)
{
    struct error err = {0};
    struct theme theme;
    struct program program = {.settled = atoi(getenv("DUBAN_SETTLED_FD"))};
    struct term_options options = {
        .escape_ms = 30, .mouse = mouse, .ambiguous = getenv("STAGE_ASK") ? 0 : 1};
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGWINCH);
    sigaddset(&set, SIGHUP); /* the end of the line is told by the line */
    sigprocmask(SIG_BLOCK, &set, NULL);
    program.signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    language_start("en", &err);
    if (!term_open(&options, &program.term, &err)) {
        printf("%s\n", err.text);
        return 1;
    }
    make_theme(&theme);
    term_set_theme(program.term, &theme);
    program.canvas = canvas_new(1, 1);
    int status = run(&program);
    term_close(program.term);
    canvas_free(program.canvas);
    return status;
}

static bool same_modes(const struct termios *a, const struct termios *b)
{
    return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag && a->c_cflag == b->c_cflag &&
           a->c_lflag == b->c_lflag && memcmp(a->c_cc, b->c_cc, sizeof a->c_cc) == 0;
}

/* As a shell does: starts the job in the foreground, sees it stop, has the terminal to itself, lets
 * it go on. The status tells what was wrong. */
static int run_shell(void)
{
    int status;
    struct termios before, stopped;
    signal(SIGTTOU, SIG_IGN);
    tcgetattr(STDIN_FILENO, &before);
    pid_t job = fork();
    if (job == 0) {
        setpgid(0, 0);
        tcsetpgrp(STDIN_FILENO, getpid());
        signal(SIGTTOU, SIG_DFL);
        _exit(run_stage(false));
    }
    if (waitpid(job, &status, WUNTRACED) != job || !WIFSTOPPED(status))
        return 5;
    tcgetattr(STDIN_FILENO, &stopped);
    tcsetpgrp(STDIN_FILENO, getpid());
    printf("$ fg\n");
    fflush(stdout);
    tcsetpgrp(STDIN_FILENO, job);
    kill(-job, SIGCONT);
    if (waitpid(job, &status, 0) != job || status != 0)
        return 6;
    return same_modes(&before, &stopped) ? 0 : 7;
}

bool stage_main(int argc, char **argv, int *status)
{
    if (argc != 2 || (strcmp(argv[1], "shell") != 0 && strncmp(argv[1], "stage", 5) != 0))
        return false;
    *status = strcmp(argv[1], "shell") == 0 ? run_shell()
                                            : run_stage(strcmp(argv[1], "stage-mouse") == 0);
    return true;
}

/* --- starting it --------------------------------------------------------------------------- */

struct pty *stage_start(const struct stage_options *options)
{
    char *locale = alloc_format("LC_ALL=%s", options->locale ? options->locale : "C.UTF-8");
    char *locpath = alloc_format("LOCPATH=%s", options->locpath ? options->locpath : "");
    const char *environment[4] = {locale};
    size_t count = 1;
    if (options->locpath)
        environment[count++] = locpath;
    if (options->ask)
        environment[count++] = "STAGE_ASK=1";
    const char *const command[] = {
        "/proc/self/exe", options->argument ? options->argument : "stage", NULL};
    struct pty_options terminal = {.term = options->term,
        .charset = options->charset,
        .environment = environment,
        .mute = options->mute,
        .unplaced = options->unplaced};
    struct pty *pty = pty_start(&terminal, command);
    free(locale);
    free(locpath);
    return pty;
}
