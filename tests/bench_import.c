/* bench_import: what a ledger of 100,000 rows and 15 columns costs (some 43 MB of CSV), each figure
 * beside its budget, as in bench.c.
 *
 *   bench_import BUILD [ROWS]
 *
 * Looked at, written into the sample, read again unchanged, and with one field of each row changed
 * (of a tenth of the rows: such changes are written one after the other). Of each the time, the
 * processor time of user and system together, which a machine with other work tells better, and the
 * most memory. The same rows are looked at as a workbook, which may take twice as long. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../src/exchange/xlsx_write.h"
#include "base/alloc.h"
#include "exchange/csv_read.h"
#include "exchange/file_take.h"
#include "harness/figures.h"
#include "harness/pty.h"

enum { ROWS = 100000, CHANGED_SHARE = 10 };

struct bench {
    char *program, *folder, *database, *ledger, *changed, *workbook, *at;
    double processor; /* of what was measured last */
    int failed;
};

/* --- the ledger ------------------------------------------------------------------------------ */

static unsigned rolled(unsigned *dice, unsigned most)
{
    *dice = *dice * 1103515245u + 12345u;
    return (*dice >> 16) % most;
}
#define ONE_OF(list) list[rolled(dice, sizeof list / sizeof *list)]

static void put_row(FILE *out, long row, unsigned *dice, const char *officer)
{
    static const char *const regions[] = {"沈阳市", "沈河区", "大连市", "抚顺市", "盘锦市",
        "朝阳市", "于洪区", "皇姑区", "大东区"},
                             *const departments[] = {"省住房城乡建设厅", "省公安厅", "省农业农村厅",
                                 "省发展改革委", "省交通运输厅", "省水利厅"},
                             *const what[] = {"污水直排", "垃圾堆放", "扬尘管控不力", "黑臭水体",
                                 "违法占地", "噪声扰民", "畜禽养殖污染", "油烟污染", "固废倾倒",
                                 "生态破坏", "矿山修复滞后", "雨污混流"},
                             *const where[] = {"蒲河", "浑河", "辽河", "太子河", "大凌河", "碧流河",
                                 "凌河口湿地", "卧龙湖", "大伙房水库", "双台子河口"},
                             *const how[] = {"制定方案", "开展排查", "建成管网", "落实资金",
                                 "组织整治", "加强监管", "恢复植被", "完成清理", "建立台账"},
                             *const states[] = {"未启动", "整改中", "申请验收"};
    const char *place = ONE_OF(where), *problem = ONE_OF(what);
    fprintf(out, "%06ld,%s沿线%s问题整改第%ld件,", row, place, problem, row);
    fprintf(out, "督察发现，%s流域%s问题长期存在，群众反映强烈，涉及点位%u处。,", place, problem,
        1 + rolled(dice, 400));
    fprintf(out, "%s问题得到解决，%s水质达标。,", problem, place);
    fprintf(out, "\"1.%s，%s。2.%s，开展专项整治。\",", ONE_OF(how), ONE_OF(how), ONE_OF(how));
    fprintf(out, "2026年%u月底前,%s,%s,%s,", 6 + rolled(dice, 7), ONE_OF(regions),
        ONE_OF(departments), ONE_OF(departments));
    fprintf(out, "%s,024-%08u,水,2025-%02u-%02u,", officer, 20000000 + rolled(dice, 32768) * 1000,
        1 + rolled(dice, 12), 1 + rolled(dice, 28));
    const char *state = ONE_OF(states);
    unsigned percent =
        rolled(dice, 101); /* what is not begun has none, else each row is warned of */
    fprintf(out, "%s,%u\n", state, state == states[0] ? 0 : percent);
}

/* Every `share`th of the rows, all with that officer. */
static bool write_ledger(const char *path, long rows, long share, const char *officer)
{
    unsigned dice = 7;
    FILE *out = fopen(path, "w");
    if (out == NULL)
        return false;
    fputs("编号,整改任务,反馈问题,整改目标,整改措施,整改时限,责任地区,牵头单位,责任单位,"
          "责任人,联系电话,类别,交办时间,状态,完成比例\n",
        out);
    FILE *nowhere = fopen("/dev/null", "w");
    for (long row = 1; nowhere != NULL && row <= rows; row++)
        put_row(row % share == 0 ? out : nowhere, row, &dice, officer);
    if (nowhere != NULL)
        fclose(nowhere);
    return fclose(out) == 0 && nowhere != NULL;
}

/* The same as a workbook. */
static bool write_workbook(const char *path, const char *ledger)
{
    const struct xlsx_about about = {"", "", "", "", 0};
    struct error err = {0};
    struct strbuf text = {0};
    struct grid *grid = grid_new();
    const char *headings[GRID_COLUMNS_MOST];
    size_t cut;
    bool good = file_take(ledger, CSV_BYTES_MOST, &text, NULL, &err) &&
                csv_read(strbuf_text(&text), text.length, ',', grid, &err);
    size_t columns = good ? grid_width(grid, 0) : 0;
    for (size_t i = 0; i < columns; i++)
        headings[i] = grid_text(grid, 0, i, NULL);
    struct xlsx *xlsx = xlsx_new(path, &about);
    struct xlsx_sheet *sheet =
        xlsx_sheet_new(xlsx, "任务", (struct xlsx_layout){0, 0}, headings, columns);
    for (size_t row = 1; row < grid_rows(grid); row++) {
        xlsx_row(sheet);
        for (size_t i = 0; i < columns; i++)
            xlsx_text(sheet, i, grid_text(grid, row, i, NULL), XLSX_PLAIN);
    }
    good = xlsx_end(xlsx, &cut, &err) && good;
    grid_free(grid);
    strbuf_clear(&text);
    return good;
}

/* --- measured -------------------------------------------------------------------------------- */

static void tell(struct bench *bench, const char *name, const char *what, double value,
    const char *unit, double budget)
{
    char *full = alloc_format("%s: %s", name, what);
    if (!figure_print(full, bench->at, value, unit, budget))
        bench->failed++;
    free(full);
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* Runs the program on the database, its output thrown away. */
static void measure(
    struct bench *bench, const char *name, double wall, double peak, const char *const *arguments)
{
    const char *command[16] = {bench->program, "--db", bench->database};
    int status = 1, count = 3;
    struct rusage used;
    while (*arguments != NULL)
        command[count++] = *arguments++;
    fflush(NULL); /* else the child has it too */
    int64_t begun = pty_clock();
    pid_t child = fork();
    if (child == 0) {
        if (freopen("/dev/null", "w", stdout) != NULL)
            execv(bench->program, (char *const *)command);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0) {
        bench->failed++;
        fprintf(stderr, "bench_import: %s: it failed\n", name);
        return;
    }
    tell(bench, name, "time", (double)(pty_clock() - begun) / 1e9, "s", wall);
    bench->processor = seconds(used.ru_utime) + seconds(used.ru_stime);
    tell(bench, name, "processor", bench->processor, "s", NO_BUDGET);
    tell(bench, name, "memory", (double)used.ru_maxrss / 1024, "MB", peak);
}

static void measure_all(struct bench *bench)
{
    const char *const make[] = {"init", "--sample", NULL};
    const char *const look[] = {
        "import", "--dry-run", "--source", "Z=试验2026", bench->ledger, NULL};
    const char *const look_book[] = {
        "import", "--dry-run", "--source", "Z=试验2026", bench->workbook, NULL};
    const char *const write[] = {"import", "--source", "Z=试验2026", bench->ledger, NULL};
    const char *const again[] = {"import", "--source", "Z", bench->ledger, NULL};
    const char *const change[] = {"import", "--source", "Z", bench->changed, NULL};
    measure(bench, "the sample made", NO_BUDGET, NO_BUDGET, make);
    measure(bench, "import --dry-run", 3, 100, look);
    double as_csv = bench->processor;
    measure(bench, "import --dry-run, workbook", NO_BUDGET, 110, look_book);
    tell(bench, "import --dry-run, workbook", "times CSV", bench->processor / as_csv, "", 2);
    measure(bench, "import", 6, 100, write);
    measure(bench, "import again, unchanged", 6, 100, again);
    measure(bench, "import, a tenth changed", NO_BUDGET, 100, change);
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3)
        return fprintf(stderr, "usage: bench_import BUILD [ROWS]\n"), 2;
    long rows = argc == 3 ? strtol(argv[2], NULL, 10) : ROWS;
    struct bench bench = {.program = alloc_format("%s/duban", argv[1]),
        .folder = alloc_format("%s/bench/import", argv[1]),
        .at = alloc_format("%ld", rows)};
    bench.database = alloc_format("%s/a.db", bench.folder);
    bench.ledger = alloc_format("%s/ledger.csv", bench.folder);
    bench.changed = alloc_format("%s/changed.csv", bench.folder);
    bench.workbook = alloc_format("%s/ledger.xlsx", bench.folder);
    char *clear = alloc_format("rm -rf '%s' && mkdir -p '%s'", bench.folder, bench.folder);
    if (system(clear) != 0 || !write_ledger(bench.ledger, rows, 1, "整改办主任") ||
        !write_ledger(bench.changed, rows, CHANGED_SHARE, "整改办副主任") ||
        !write_workbook(bench.workbook, bench.ledger))
        return fprintf(stderr, "bench_import: %s cannot be written\n", bench.folder), 1;
    figure_print_heading();
    measure_all(&bench);
    char *const owned[] = {bench.program, bench.folder, bench.database, bench.ledger, bench.changed,
        bench.workbook, bench.at, clear};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    return bench.failed != 0;
}
