/* A session of lines on a terminal: what it sends, byte for byte; questions, pages, drafts, news,
 * and every way it can end. tests/cli_plain.sh tells it the same through pipes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "harness/desk.h"
#include "harness/figures.h"
#include "harness/folder.h"

#define PATIENCE_MS 20000
#define PROMPT "督办> "
#define PAGE_BYTES 1600 /* of the first page, 80x24 in UTF-8 */

struct line {
    int terminal;
    pid_t process;
    struct strbuf came;
    size_t seen; /* of what came */
    struct termios found;
};

/* --- a terminal ------------------------------------------------------------------------------ */

static const char *const utf8[] = {"LC_ALL=C.UTF-8", DESK_NOW, "HOME=/nonexistent", NULL};

static void run(const struct desk *desk, const char *const *environment, const char *as)
{
    const char *words[] = {desk_program(), "--db", desk->database, "--lang", "zh", "--plain",
        as ? "--as" : NULL, as, NULL};
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(words[0], (char *const *)words, (char *const *)environment);
    _exit(127);
}

static struct line open_line(
    const struct desk *desk, int rows, int columns, const char *const *environment, const char *as)
{
    struct line line = {0};
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    line.process = forkpty(&line.terminal, NULL, NULL, &size);
    if (line.process == 0)
        run(desk, environment, as);
    assert_true(line.process > 0);
    return line;
}

/* False when there is nothing more. */
static bool take(struct line *line)
{
    char bytes[4096];
    struct pollfd wait = {.fd = line->terminal, .events = POLLIN};
    int ready = poll(&wait, 1, PATIENCE_MS);
    if (ready <= 0)
        fail_msg("nothing comes after: %s", strbuf_text(&line->came) + line->seen);
    ssize_t got = read(line->terminal, bytes, sizeof bytes);
    if (got > 0)
        strbuf_add_n(&line->came, bytes, (size_t)got);
    return got > 0;
}

/* `text`, after what has been seen. */
static void comes(struct line *line, const char *text)
{
    const char *found;
    while ((found = strstr(strbuf_text(&line->came) + line->seen, text)) == NULL)
        if (!take(line))
            fail_msg("\"%s\" does not come in: %s", text, strbuf_text(&line->came) + line->seen);
    line->seen = (size_t)(found - strbuf_text(&line->came)) + strlen(text);
}

static void type(struct line *line, const char *text)
{
    assert_int_equal(write(line->terminal, text, strlen(text)), strlen(text));
}

static void say(struct line *line, const char *text)
{
    type(line, text);
    type(line, "\n");
}

/* What was said is no longer in the terminal, which forgets it when the line drops. */
static void is_read(const struct line *line)
{
    int waiting = 1, slave = open(ptsname(line->terminal), O_RDWR | O_NOCTTY);
    assert_true(slave >= 0);
    while (waiting > 0) {
        assert_int_equal(ioctl(slave, FIONREAD, &waiting), 0);
        sched_yield();
    }
    close(slave);
}

/* Says it at a prompt and waits for the next one; gives what was answered. */
static const char *answer(struct line *line, const char *text)
{
    size_t from = line->seen;
    say(line, text);
    comes(line, PROMPT);
    return strbuf_text(&line->came) + from;
}

/* Nothing that moves a cursor, colours, rings or names a window was ever sent. */
static void expect_plain(const struct line *line)
{
    for (size_t i = 0; i < line->came.length; i++) {
        unsigned char byte = (unsigned char)line->came.text[i];
        if ((byte < 0x20 && strchr("\r\n\b", byte) == NULL) || byte == 0x7f)
            fail_msg("byte %02x in: %.60s", byte, line->came.text + (i > 30 ? i - 30 : 0));
    }
}

static int end_of(struct line *line)
{
    int is;
    while (take(line))
        ;
    assert_int_equal(waitpid(line->process, &is, 0), line->process);
    expect_plain(line);
    close(line->terminal);
    strbuf_clear(&line->came);
    return is;
}

static void expect_end(struct line *line, int status)
{
    int is = end_of(line);
    assert_true(WIFEXITED(is));
    assert_int_equal(WEXITSTATUS(is), status);
}

/* While it does not wait for a line, a signal ends it as any program. */
static void expect_end_by(struct line *line, int number)
{
    kill(line->process, number);
    int is = end_of(line);
    assert_true(WIFEXITED(is) ? WEXITSTATUS(is) == 0 : WTERMSIG(is) == number);
}

/* The line drops; the session ends by itself. */
static void hang_up(struct line *line)
{
    int is;
    expect_plain(line);
    close(line->terminal);
    assert_int_equal(waitpid(line->process, &is, 0), line->process);
    strbuf_clear(&line->came);
}

static struct line begin(const struct desk *desk)
{
    struct line line = open_line(desk, 24, 80, utf8, NULL);
    comes(&line, PROMPT);
    return line;
}

static void quit(struct line *line)
{
    say(line, "q");
    expect_end(line, 0);
}

/* --- what it says ---------------------------------------------------------------------------- */

static void the_first_page_is_small_and_plain(void **state)
{
    struct line line = begin(*state);
    assert_true(line.came.length <= PAGE_BYTES);
    const char *page = strbuf_text(&line.came);
    assert_non_null(strstr(page, "2026-11-21 21:47"));
    assert_non_null(strstr(page, "逾期 5"));
    assert_non_null(
        strstr(page, "\n1 逾期21天 2-012 辽河口湿地退养还湿未按期完成 盘锦 自然资源厅\r\n"));
    assert_non_null(strstr(page, "\n12 "));
    struct termios modes;
    tcgetattr(line.terminal, &modes);
    assert_true(modes.c_iflag & IUTF8);
    assert_true(modes.c_lflag & ICANON);
    assert_non_null(strstr(answer(&line, ""), "\n13 "));
    quit(&line);
}

static void lines_fit_a_narrow_terminal(void **state)
{
    struct line line = open_line(*state, 16, 60, utf8, NULL);
    comes(&line, PROMPT);
    assert_non_null(strstr(strbuf_text(&line.came), "2-047 大伙房水源保护区违…"));
    assert_null(strstr(strbuf_text(&line.came), "\n12 "));
    assert_null(strstr(strbuf_text(&line.came), "--"));
    quit(&line);
}

static void a_page_waits_for_enter(void **state)
{
    struct line line = begin(*state);
    say(&line, "1");
    comes(&line, "2-012  辽河口湿地");
    comes(&line, "--更多--");
    say(&line, "");
    comes(&line, "进展报告");
    comes(&line, "--更多--");
    say(&line, "q");
    comes(&line, PROMPT);
    say(&line, "1");
    comes(&line, "--更多--");
    say(&line, "f overdue"); /* the next command as well */
    comes(&line, "共 5 项");
    comes(&line, PROMPT);
    say(&line, "1");
    comes(&line, "--更多--");
    type(&line, "\x03");
    comes(&line, PROMPT);
    quit(&line);
}

static void lines_typed_ahead_are_all_obeyed(void **state)
{
    struct line line = begin(*state);
    type(&line, "f overdue\nf id:2-033\nv 2\nwrong\nf id:2-083\n");
    comes(&line, "共 5 项");
    comes(&line, "浑河沿岸");
    comes(&line, "共 5 项");
    comes(&line, "没有命令“wrong”");
    comes(&line, "大石桥镁砂窑");
    comes(&line, PROMPT);
    quit(&line);
}

static void another_charset_is_spoken(void **state)
{
    struct desk *desk = *state;
    char command[400], locpath[300];
    snprintf(command, sizeof command, "cd '%s' && localedef -f GBK -i C ./C.GBK 2>/dev/null",
        (char *)desk->folder);
    assert_true(system(command) >= 0);
    snprintf(locpath, sizeof locpath, "LOCPATH=%s", (char *)desk->folder);
    const char *environment[] = {"LC_ALL=C.GBK", locpath, DESK_NOW, "TERM=dumb", NULL};
    struct line line = open_line(desk, 24, 80, environment, NULL);
    comes(&line, "\xb6\xbd\xb0\xec> ");                 /* 督办> */
    assert_true(line.came.length < PAGE_BYTES * 3 / 4); /* two bytes a character */
    say(&line, "\xc1\xd0\xb1\xed \xca\xaa\xb5\xd8");    /* 列表 湿地 */
    comes(&line, "\xc1\xc9\xba\xd3\xbf\xda");           /* 辽河口 */
    comes(&line, "> ");
    struct termios modes;
    tcgetattr(line.terminal, &modes);
    assert_false(modes.c_iflag & IUTF8);
    quit(&line);
}

/* --- what others do -------------------------------------------------------------------------- */

static void others(const struct desk *desk, const char *words)
{
    char command[500];
    snprintf(command, sizeof command, "%s '%s' --db $DB %s >/dev/null </dev/null", DESK_NOW,
        desk_program(), words);
    desk_shell(desk, command);
}

static void what_others_did_stands_before_the_prompt(void **state)
{
    struct desk *desk = *state;
    struct line line = begin(desk);
    others(desk, "set 2-012 phone=024-1");
    const char *said = answer(&line, "");
    assert_non_null(strstr(said, "新 21:47 "));
    assert_non_null(strstr(said, "2-012 "));
    for (int i = 0; i < 8; i++) {
        char words[64];
        snprintf(words, sizeof words, "set 2-033 phone=024-%d", i);
        others(desk, words);
    }
    assert_non_null(strstr(answer(&line, "f overdue"), "另有 2 条"));
    said = answer(&line, "set 2-012 phone=024-2"); /* and what was done here is no news */
    assert_null(strstr(said, "新 21:47"));
    assert_non_null(strstr(answer(&line, ""), "没有新的变化"));
    quit(&line);
}

static void a_database_that_is_away_is_said(void **state)
{
    struct desk *desk = *state;
    struct line line = begin(desk);
    answer(&line, "f overdue");
    desk_shell(desk, "mv $DB $DB.away && mv $DB-wal $DB.away-wal");
    others(desk, "init"); /* another one in its place: the numbers would be of its tasks */
    assert_non_null(strstr(answer(&line, ""), "没有"));
    const char *said = answer(&line, "set 1 phone=1");
    assert_non_null(strstr(said, "f 可以列出"));
    desk_shell(desk, "rm -f $DB.gate $DB $DB-wal $DB-shm");
    said = answer(&line, "");
    while (strstr(said, "读不到数据库") == NULL)
        said = answer(&line, "");
    quit(&line);
}

static void who_may_not_go_on_is_not_answered(void **state)
{
    struct desk *desk = *state;
    struct line line = open_line(desk, 24, 80, utf8, "wangqiang");
    comes(&line, PROMPT);
    assert_null(strstr(strbuf_text(&line.came), "2-012"));
    desk_shell(desk, "sqlite3 $DB \"UPDATE person SET disabled = 1 WHERE login = 'wangqiang'\"");
    say(&line, "f overdue");
    comes(&line, "不能再使用本看板");
    assert_null(strstr(strbuf_text(&line.came) + line.seen, "X-03"));
    expect_end(&line, 1);
}

/* --- questions ------------------------------------------------------------------------------- */

#define REPORTS "SELECT count(*) FROM report WHERE text = '分三批清运完毕'"
#define DRAFTS "SELECT count(*) FROM draft"

static void a_report_is_asked_for_field_by_field(void **state)
{
    struct desk *desk = *state;
    struct line line = begin(desk);
    answer(&line, "f id:2-047");
    say(&line, "R 1");
    comes(&line, "大伙房");
    comes(&line, "（必填）");
    say(&line, "");
    comes(&line, "（必填）"); /* it is needed: asked again */
    say(&line, "分三批清运完毕");
    comes(&line, "0 至 100");
    say(&line, "一百");
    comes(&line, "0 至 100");
    say(&line, "77");
    comes(&line, "behind");
    say(&line, "");
    comes(&line, "：");
    say(&line, "");
    comes(&line, "：");
    say(&line, "-");
    comes(&line, "“.”");
    type(&line, "第一条\n第二条\n.\n");
    comes(&line, "：");
    say(&line, "");
    comes(&line, "回车提交");
    desk_expect(desk, DRAFTS, "1"); /* nothing is lost before the end */
    say(&line, "");
    comes(&line, "2-047 ");
    comes(&line, PROMPT);
    desk_expect(
        desk, REPORTS " AND percent = 77 AND next_step = '第一条' || char(10) || '第二条'", "1");
    desk_expect(desk, DRAFTS, "0");
    answer(&line, "u");
    desk_expect(desk, REPORTS, "0");
    quit(&line);
}

static void an_action_asks_for_what_is_missing(void **state)
{
    struct desk *desk = *state;
    struct line line = begin(desk);
    answer(&line, "f id:2-051");
    say(&line, "办理 1 extend deadline=2027-01-31");
    comes(&line, "（必填）"); /* the reason alone */
    say(&line, ".");
    comes(&line, "已放弃");
    comes(&line, PROMPT);
    desk_expect(desk, DRAFTS, "0");
    say(&line, "do 1 extend deadline=2027-01-31");
    comes(&line, "（必填）");
    say(&line, "汛期长");
    comes(&line, "回车提交");
    say(&line, "");
    comes(&line, PROMPT);
    desk_expect(desk, "SELECT count(*) FROM extension WHERE reason = '汛期长'", "1");
    assert_non_null(strstr(answer(&line, "do 1 close"), "duban: 2-051"));
    quit(&line);
}

/* The board's form offers it, and so does the next session. */
static void a_dropped_line_keeps_what_was_answered(void **state)
{
    struct desk *desk = *state;
    struct line line = begin(desk);
    answer(&line, "f id:2-012");
    say(&line, "R 1");
    comes(&line, "（必填）");
    say(&line, "分三批清运完毕");
    comes(&line, "0 至 100");
    type(&line, "66");
    hang_up(&line);
    desk_await(desk, DRAFTS, "1");
    desk_expect(desk, REPORTS, "0");
    desk_keys(desk->pty, "g g R");
    desk_sees(desk->pty, "分三批清运完毕");
    line = begin(desk);
    say(&line, "R 2-012");
    comes(&line, "[分三批清运完毕]");
    type(&line, "\x03");
    comes(&line, "存为草稿");
    comes(&line, PROMPT);
    say(&line, "R 2-012");
    comes(&line, "[分三批清运完毕]");
    say(&line, ".");
    comes(&line, PROMPT);
    desk_expect(desk, DRAFTS, "0");
    quit(&line);
}

static void a_dropped_line_does_not_end_a_text(void **state)
{
    struct desk *desk = *state;
    char before[512], body[512];
    desk_ask(desk, "SELECT count(*) FROM report", before);
    struct line line = begin(desk);
    say(&line, "report 2-012 percent=50 -");
    comes(&line, "“.”");
    say(&line, "写了一半");
    comes(&line, "写了一半\r\n"); /* the end of the line has come, too */
    is_read(&line);
    hang_up(&line);
    desk_await(desk, DRAFTS, "1");
    desk_expect(desk, "SELECT count(*) FROM report", before);
    assert_non_null(strstr(desk_ask(desk, "SELECT body FROM draft", body), "写了一半"));
    line = begin(desk);
    say(&line, "report 2-012 -");
    comes(&line, "“.”");
    type(&line, "这次写完了\n\x04"); /* as ^D does */
    comes(&line, PROMPT);
    desk_expect(desk, "SELECT text FROM report ORDER BY id DESC LIMIT 1", "这次写完了");
    quit(&line);
}

/* --- the end --------------------------------------------------------------------------------- */

static void every_end_is_an_end(void **state)
{
    static const char *const says[] = {"q\n", "退出\n", "\x04"};
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        struct line line = begin(desk);
        type(&line, says[i]);
        expect_end(&line, 0);
    }
    static const int signals[] = {SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct line line = begin(desk);
        expect_end_by(&line, signals[i]);
        line = begin(desk);
        say(&line, "1");
        comes(&line, "--更多--");
        expect_end_by(&line, signals[i]);
    }
    struct line line = begin(desk);
    hang_up(&line);
}

/* A draft is kept, and no key but a whole line keeps it going. */
static void who_is_not_there_is_not_kept_on(void **state)
{
    struct desk *desk = *state;
    char clock[300], home[300];
    snprintf(home, sizeof home, "XDG_CONFIG_HOME=%s", (char *)desk->folder);
    desk_shell(desk, "mkdir \"${DB%/*}/duban\" && echo 'session: { idle = 10; };' "
                     ">\"${DB%/*}/duban/duban.cfg\"");
    const char *environment[] = {
        "LC_ALL=C.UTF-8", desk_clock(desk, "2026-11-21T21:47:00+08:00", clock), home, NULL};
    struct line line = open_line(desk, 24, 80, environment, NULL);
    comes(&line, PROMPT);
    assert_non_null(strstr(answer(&line, "who"), "文本"));
    desk_clock(desk, "2026-11-21T21:56:00+08:00", clock);
    answer(&line, "f id:2-012");
    desk_clock(desk, "2026-11-21T22:05:00+08:00", clock);
    say(&line, "R 1");
    comes(&line, "（必填）");
    say(&line, "分三批清运完毕");
    comes(&line, "0 至 100");
    desk_clock(desk, "2026-11-21T22:16:00+08:00", clock);
    type(&line, "\x04"); /* wakes it, and is no line */
    comes(&line, "10 分钟");
    expect_end(&line, 1);
    desk_expect(desk, DRAFTS, "1");
}

static void an_interrupt_gives_up_the_line_alone(void **state)
{
    struct line line = begin(*state);
    type(&line, "f overd\x03");
    comes(&line, PROMPT);
    assert_non_null(strstr(answer(&line, "f overdue"), "共 5 项"));
    say(&line, "events --follow");
    comes(&line, "1670");
    type(&line, "\x03\n");
    comes(&line, PROMPT);
    quit(&line);
}

static void arrows_are_shown_and_do_nothing(void **state)
{
    struct line line = begin(*state);
    say(&line, "\x1b[A\x1b]x\x07");
    comes(&line, "没有命令");
    comes(&line, PROMPT);
    say(&line, "f \x1b[2J");
    comes(&line, PROMPT);
    quit(&line);
}

static void waiting_costs_nothing(void **state)
{
    struct desk *desk = *state;
    struct line line = begin(desk), other;
    struct process_cost before = process_cost(line.process);
    other = begin(desk); /* meanwhile others come and go */
    quit(&other);
    struct process_cost after = process_cost(line.process);
    assert_true(after.switches <= before.switches + 2); /* when it began to wait, with its thread */
    other = begin(desk);
    before = after;
    answer(&other, "set 2-012 phone=024-9"); /* it looks whether it may go on, and no more */
    quit(&other);
    after = process_cost(line.process);
    assert_true(after.switches <= before.switches + 40);
    assert_null(strstr(answer(&line, ""), "没有新的变化"));
    quit(&line);
}

int main(int argc, char **argv)
{
    (void)argc;
    if (desk_prepare(argv[0]) != 0)
        return 1;
#define ON_A_DESK(test) cmocka_unit_test_setup_teardown(test, desk_set_up, desk_tear_down)
    const struct CMUnitTest tests[] = {
        ON_A_DESK(the_first_page_is_small_and_plain),
        ON_A_DESK(lines_fit_a_narrow_terminal),
        ON_A_DESK(a_page_waits_for_enter),
        ON_A_DESK(lines_typed_ahead_are_all_obeyed),
        ON_A_DESK(another_charset_is_spoken),
        ON_A_DESK(what_others_did_stands_before_the_prompt),
        ON_A_DESK(a_database_that_is_away_is_said),
        ON_A_DESK(who_may_not_go_on_is_not_answered),
        ON_A_DESK(a_report_is_asked_for_field_by_field),
        ON_A_DESK(an_action_asks_for_what_is_missing),
        ON_A_DESK(a_dropped_line_keeps_what_was_answered),
        ON_A_DESK(a_dropped_line_does_not_end_a_text),
        ON_A_DESK(every_end_is_an_end),
        ON_A_DESK(who_is_not_there_is_not_kept_on),
        ON_A_DESK(an_interrupt_gives_up_the_line_alone),
        ON_A_DESK(arrows_are_shown_and_do_nothing),
        ON_A_DESK(waiting_costs_nothing),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    desk_finish();
    return failed;
}
