#include "harness/stage.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/language.h"

/* --- the child ----------------------------------------------------------------------------- */

static const char *const titles[] = {"辽河口湿地退养还湿未按期完成",
    "大伙房水源保护区违建清理不彻底", "浑河沿岸排污口整治滞后", "建筑垃圾消纳场扬尘问题突出",
    "化工园区污水处理厂超标排放", "矿山生态修复进展缓慢"};
static const char *const regions[] = {"盘锦", "抚顺", "沈阳", "鞍山", "营口", "阜新"};
static const char *const leads[] = {
    "自然资源厅", "生态环境厅", "水利厅", "住房城乡建设厅", "工业和信息化厅", "水利厅"};

static void draw_row(struct canvas *canvas, int row, int number, const struct order *order)
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
    if (number != order->cursor)
        return;
    if (order->lean)
        canvas_put(canvas, row, 0, 1, ROLE_NORMAL, ">");
    else
        canvas_set_role(canvas, (struct rect){row, 0, 1, 80}, ROLE_SELECTED);
    canvas_cursor(canvas, row, 0, true);
}

/* The board as the screens' design has it. */
void stage_draw_page(struct canvas *canvas, const struct order *order)
{
    canvas_clear(canvas);
    canvas_put(canvas, 0, 1, -1, ROLE_HEADER_STRONG, "督办 辽宁省环保督察整改");
    canvas_put(canvas, 0, 44, -1, ROLE_HEADER, "值班 李娜");
    canvas_format(canvas, 0, 56, -1, ROLE_HEADER, "11-21 周六 %s", order->clock);
    canvas_put(canvas, 0, 73, -1, ROLE_OK, "● 实时");
    canvas_put(
        canvas, 1, 1, -1, ROLE_COUNTER, "全部98 在办13 申验2 公示2 销号85 │ 逾期3 临期4 未报5");
    canvas_put(canvas, 1, 8, 6, ROLE_COUNTER_ACTIVE, "在办13");
    canvas_put(canvas, 2, 3, -1, ROLE_COLUMN_HEAD, "编号    状态   任务");
    canvas_put(canvas, 2, 51, -1, ROLE_COLUMN_HEAD, "地区   牵头单位   时限  余期");
    for (int i = 0; i < canvas_rows(canvas) - 5; i++)
        draw_row(canvas, 3 + i, order->top + i, order);
    canvas_put(canvas, canvas_rows(canvas) - 2, 1, -1, ROLE_DIM,
        "21:46 抚顺县 王强 2-047 周报 60%  21:31 省厅 李娜 → 验收");
    canvas_put(canvas, canvas_rows(canvas) - 1, 1, -1, ROLE_HINT,
        "?帮助 /查找 f筛选 ↵详情 c列 s排序 :命令");
}

/* Words at places that have nothing to do with what was there before. */
void stage_draw_random(struct canvas *canvas, uint32_t seed)
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

bool stage_wait(int fd, int most_ms)
{
    struct pollfd wanted = {.fd = fd, .events = POLLIN};
    return poll(&wanted, 1, most_ms) > 0;
}

static void next_key(struct term *term, char text[static 512], int most_ms)
{
    struct key key;
    snprintf(text, 512, "nothing");
    for (bool woken = true; woken; woken = stage_wait(term_fd(term), most_ms)) {
        bool got = term_key(term, &key);
        if (!got && term_lost(term))
            snprintf(text, 512, "lost");
        if (got && key.code == KEY_CODE_PASTE)
            snprintf(text, 512, "%s", key.paste);
        else if (got)
            key_name(&key, text);
        if (got || term_lost(term))
            return;
    }
}

static void carry_out(
    struct term **term, struct canvas *canvas, const struct order *order, struct reply *reply)
{
    int rows, columns;
    switch (order->what) {
    case 'p':
    case 'r':
        term_size(*term, &rows, &columns);
        if (rows != canvas_rows(canvas) || columns != canvas_columns(canvas))
            canvas_resize(canvas, rows, columns);
        canvas_set_ascii(canvas, term_ascii(*term));
        if (order->what == 'p')
            stage_draw_page(canvas, order);
        else
            stage_draw_random(canvas, (uint32_t)order->top);
        term_show(*term, canvas);
        break;
    case 'k':
        next_key(*term, reply->text, STAGE_BOUND_MS);
        break;
    case 'f':
        next_key(*term, reply->text, 200);
        break;
    case 'a':
        snprintf(reply->text, sizeof reply->text, "%s", term_ascii(*term) ? "ascii" : "full");
        break;
    case 'z':
        term_suspend(*term);
        break;
    case 'y':
        term_copy(*term, "湿地");
        term_bell(*term);
        break;
    case '5':
        term_ask_status(*term);
        break;
    case 'l':
        snprintf(reply->text, sizeof reply->text, "%s", term_lost(*term) ? "lost" : "there");
        break;
    default:
        term_close(*term);
        *term = NULL;
    }
    reply->bytes = *term ? term_bytes(*term) : 0;
}

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

_Noreturn void stage_serve(int control, const struct term_options *options)
{
    struct term *term = NULL;
    struct error err = {0};
    struct theme theme;
    struct order order;
    struct reply reply = {0};
    struct canvas *canvas = canvas_new(1, 1);
    language_start("en", &err);
    bool ok = term_open(options, &term, &err);
    if (ok) {
        make_theme(&theme);
        term_set_theme(term, &theme);
        reply.bytes = term_bytes(term);
    }
    snprintf(reply.text, sizeof reply.text, "%s", ok ? "open" : err.text);
    while (write(control, &reply, sizeof reply) == sizeof reply && ok &&
           read(control, &order, sizeof order) == sizeof order) {
        reply = (struct reply){0};
        carry_out(&term, canvas, &order, &reply);
        ok = term != NULL;
    }
    term_close(term);
    canvas_free(canvas);
    _exit(0);
}

/* --- the test ------------------------------------------------------------------------------ */

void stage_reply(struct stage *stage)
{
    for (int waited = 0; waited < STAGE_BOUND_MS; waited += 20) {
        struct pollfd wanted = {.fd = stage->control, .events = POLLIN};
        terminal_read(&stage->terminal, 0);
        if (poll(&wanted, 1, 20) <= 0)
            continue;
        assert_int_equal(
            read(stage->control, &stage->reply, sizeof stage->reply), sizeof stage->reply);
        terminal_read(&stage->terminal, 0);
        return;
    }
    fail_msg("no answer from the child");
}

void stage_tell(struct stage *stage, struct order order)
{
    if (order.clock[0] == '\0')
        snprintf(order.clock, sizeof order.clock, "21:47");
    assert_int_equal(write(stage->control, &order, sizeof order), sizeof order);
}

void stage_ask(struct stage *stage, struct order order)
{
    stage_tell(stage, order);
    stage_reply(stage);
}

void stage_pair(int pair[2])
{
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
}

/* `answers`: whether the emulator's reports reach the child. */
static void open_with(struct stage *stage, const char *term, const char *locale,
    const struct term_options *options, bool answers)
{
    int pair[2];
    stage_pair(pair);
    if (terminal_start(&stage->terminal, 24, 80) == 0) {
        close(pair[0]);
        setenv("TERM", term, 1);
        setenv("LC_ALL", locale, 1);
        stage_serve(pair[1], options);
    }
    close(pair[1]);
    stage->control = pair[0];
    stage->terminal.answers = answers;
    stage_reply(stage);
    assert_string_equal(stage->reply.text, "open");
}

void stage_open(
    struct stage *stage, const char *term, const char *locale, const struct term_options *options)
{
    open_with(stage, term, locale, options, true);
}

void stage_open_silent(
    struct stage *stage, const char *term, const char *locale, const struct term_options *options)
{
    open_with(stage, term, locale, options, false);
}

void stage_close(struct stage *stage)
{
    close(stage->control);
    assert_int_equal(terminal_end(&stage->terminal), 0);
}

void stage_assert_canvas(const struct stage *stage, const struct canvas *canvas)
{
    struct strbuf expected = {0}, shown = {0};
    canvas_text(canvas, &expected);
    terminal_text(&stage->terminal, &shown);
    assert_string_equal(strbuf_text(&shown), strbuf_text(&expected));
    strbuf_clear(&expected);
    strbuf_clear(&shown);
}

void stage_assert_page(const struct stage *stage, struct order order)
{
    struct canvas *canvas = canvas_new(24, 80);
    if (order.clock[0] == '\0')
        snprintf(order.clock, sizeof order.clock, "21:47");
    stage_draw_page(canvas, &order);
    stage_assert_canvas(stage, canvas);
    canvas_free(canvas);
}

void stage_assert_contains(const struct stage *stage, const char *what)
{
    struct strbuf text = {0};
    terminal_text(&stage->terminal, &text);
    if (!strstr(strbuf_text(&text), what))
        fail_msg("\"%s\" is not in:\n%s", what, strbuf_text(&text));
    strbuf_clear(&text);
}
