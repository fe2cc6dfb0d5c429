/* link: pictures paced on lines of any rate and round trip, simulated by the millisecond. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../src/ui/link.h"

enum { ANSWERS_MOST = 4096, REPORT_BYTES = 4 };

/* A line that carries `rate` bytes a second, its terminal, and a program that wants to show
 * pictures. */
struct sim {
    struct link *link;
    long rate, round_trip, jitter;
    bool mute;
    long now, free_at, last_answer;
    long answers[ANSWERS_MOST]; /* when the next ones come */
    int first, end;
    int newest, sent;      /* pictures: wanted, and the last one sent */
    long sent_at, arrived; /* when it was sent, and when it stands */
    long held_longest, wanted_at;
    long backlog_most; /* milliseconds that the line is behind */
    long empty;        /* milliseconds that it had nothing to carry while a picture waited */
    uint32_t seed;
};

static struct sim make(long rate, long round_trip)
{
    return (struct sim){
        .link = link_new(0, true), .rate = rate, .round_trip = round_trip, .seed = 7};
}

static uint32_t dice(struct sim *sim, uint32_t sides)
{
    sim->seed = sim->seed * 1664525u + 1013904223u;
    return (sim->seed >> 8) % sides;
}

static void hand_over(struct sim *sim, long bytes)
{
    long begin = sim->free_at > sim->now ? sim->free_at : sim->now;
    sim->free_at = begin + bytes * 1000 / sim->rate;
    link_sent(sim->link, bytes, sim->now);
}

static void ask(struct sim *sim)
{
    link_asked(sim->link, sim->now);
    if (sim->mute)
        return;
    long at = sim->free_at + sim->round_trip;
    at += sim->jitter > 0 ? (long)dice(sim, (uint32_t)sim->jitter) : 0;
    at = at > sim->last_answer ? at : sim->last_answer;
    assert_true(sim->end < ANSWERS_MOST);
    sim->answers[sim->end++] = sim->last_answer = at;
}

static void send_piece(struct sim *sim, long bytes)
{
    bool report = link_wants_report(sim->link, bytes);
    hand_over(sim, bytes + (report ? REPORT_BYTES : 0));
    if (report)
        ask(sim);
}

static void try_to_send(struct sim *sim, long bytes)
{
    if (sim->sent == sim->newest || link_wait(sim->link, sim->now) > 0)
        return;
    for (long piece = link_piece(sim->link); bytes * 2 > piece * 3; bytes -= piece)
        send_piece(sim, piece);
    send_piece(sim, bytes);
    long held = sim->now - sim->wanted_at;
    sim->held_longest = held > sim->held_longest ? held : sim->held_longest;
    sim->sent = sim->newest;
    sim->sent_at = sim->now;
    sim->arrived = sim->free_at;
    long behind = sim->free_at - sim->now;
    sim->backlog_most = behind > sim->backlog_most ? behind : sim->backlog_most;
}

static void want(struct sim *sim)
{
    if (sim->newest++ == sim->sent)
        sim->wanted_at = sim->now;
}

static void pass(struct sim *sim, long milliseconds, long bytes)
{
    for (long end = sim->now + milliseconds; sim->now < end; sim->now++) {
        while (sim->first < sim->end && sim->answers[sim->first] <= sim->now) {
            sim->first++;
            link_answered(sim->link, sim->now);
        }
        try_to_send(sim, bytes);
        sim->empty += sim->sent < sim->newest && sim->free_at <= sim->now;
    }
}

static void start(struct sim *sim)
{
    hand_over(sim, 30);
    ask(sim);
    want(sim);
    pass(sim, 1, 2700);
}

/* A key held for a second, 30 times; what the last leaves behind, until its picture stands. */
static long hold(struct sim *sim, int times, long bytes)
{
    long last = 0;
    for (int i = 0; i < times; i++) {
        want(sim);
        last = sim->now;
        pass(sim, 33, bytes);
    }
    pass(sim, 20000 + 3 * bytes * 1000 / sim->rate, bytes);
    assert_int_equal(sim->sent, sim->newest);
    return sim->arrived - last;
}

static void end(struct sim *sim)
{
    link_free(sim->link);
}

/* ------------------------------------------------------------------------------------------- */

static void keys_held_leave_no_backlog(void **state)
{
    (void)state;
    static const long rates[] = {300, 1200, 2400, 10000, 100000, 10000000};
    static const long trips[] = {0, 5, 50, 300, 1000};
    static const long pictures[] = {12, 60, 260, 1000, 2200, 6000};
    for (size_t r = 0; r < sizeof rates / sizeof *rates; r++)
        for (size_t t = 0; t < sizeof trips / sizeof *trips; t++)
            for (size_t p = 0; p < sizeof pictures / sizeof *pictures; p++) {
                struct sim sim = make(rates[r], trips[t]);
                start(&sim);
                pass(&sim, 20000, 0);
                sim.backlog_most = 0;
                long one = pictures[p] * 1000 / rates[r];
                long lag = hold(&sim, 30, pictures[p]);
                long most = 2 * one + trips[t] + 150 + 100 * 1000 / rates[r];
                if (lag > most)
                    fail_msg("%ld B/s, %ld ms, %ld bytes: %ld ms behind, at most %ld wanted",
                        rates[r], trips[t], pictures[p], lag, most);
                end(&sim);
            }
}

static void a_fast_line_with_a_long_way_is_not_kept_waiting(void **state)
{
    (void)state;
    struct sim sim = make(1000000, 400);
    start(&sim);
    pass(&sim, 5000, 0);
    sim.held_longest = 0;
    hold(&sim, 60, 260);
    assert_true(sim.held_longest < 50);
    assert_false(link_figures(sim.link).slow);
    end(&sim);
}

/* Where answers take long, the line does not run empty for want of one while pictures wait. */
static void a_slow_line_with_a_long_way_does_not_run_empty(void **state)
{
    (void)state;
    static const long pictures[] = {150, 260, 500, 800, 1200};
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        struct sim sim = make(1200, 300);
        start(&sim);
        pass(&sim, 20000, 0);
        sim.empty = 0;
        hold(&sim, 30, pictures[i]);
        if (sim.empty > 20)
            fail_msg("%ld bytes: empty for %ld ms", pictures[i], sim.empty);
        end(&sim);
    }
}

static void rate_and_round_trip_are_measured(void **state)
{
    (void)state;
    static const struct {
        long rate, trip;
        bool slow;
    } rows[] = {{300, 10, true}, {1200, 0, true}, {1200, 300, true}, {2400, 1000, true},
        {10000, 20, false}, {100000, 500, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sim sim = make(rows[i].rate, rows[i].trip);
        sim.jitter = 5;
        start(&sim);
        for (int k = 0; k < 3; k++) {
            want(&sim);
            pass(&sim, 15000, 2200);
        }
        struct link_figures line = link_figures(sim.link);
        assert_in_range(line.rate, rows[i].rate * 8 / 10, rows[i].rate * 13 / 10);
        assert_in_range(line.round_trip + 5, rows[i].trip, rows[i].trip + 20);
        assert_int_equal(line.slow, rows[i].slow);
        assert_false(line.silent);
        end(&sim);
    }
}

/* The first page tells: it has several reports. */
static void a_slow_line_is_known_by_its_first_page(void **state)
{
    (void)state;
    struct sim sim = make(1200, 100);
    start(&sim);
    assert_false(link_figures(sim.link).slow);
    pass(&sim, 2600, 0);
    assert_true(link_figures(sim.link).slow);
    end(&sim);
}

/* A terminal that stood still for a moment answers everything at once: no slow line. */
static void a_pause_is_no_slow_line(void **state)
{
    (void)state;
    struct sim sim = make(1000000, 20);
    start(&sim);
    for (int i = 0; i < 50; i++) {
        pass(&sim, 200, 2200);
        want(&sim);
        sim.free_at = sim.now + 1500;
        pass(&sim, 2000, 2200);
        assert_false(link_figures(sim.link).slow);
    }
    end(&sim);
}

static void jitter_is_no_slow_line(void **state)
{
    (void)state;
    struct sim sim = make(200000, 200);
    sim.jitter = 150;
    start(&sim);
    for (int i = 0; i < 300; i++) {
        want(&sim);
        pass(&sim, 100 + (long)dice(&sim, 400), 260 + (long)dice(&sim, 2000));
        assert_false(link_figures(sim.link).slow);
    }
    assert_in_range(link_figures(sim.link).jitter, 10, 200);
    end(&sim);
}

static void a_line_that_turns_slow_is_not_flooded(void **state)
{
    (void)state;
    struct sim sim = make(1000000, 30);
    start(&sim);
    hold(&sim, 60, 260);
    assert_false(link_figures(sim.link).slow);
    sim.rate = 1200;
    sim.backlog_most = 0;
    hold(&sim, 90, 260);
    assert_true(sim.backlog_most < 8000); /* unpaced it is 17 s by now */
    assert_true(hold(&sim, 30, 2200) < 5500);
    hold(&sim, 30, 2200);
    assert_true(link_figures(sim.link).slow);
    assert_true(hold(&sim, 30, 260) < 700);
    sim.rate = 1000000;
    hold(&sim, 30, 2200);
    hold(&sim, 30, 2200);
    assert_false(link_figures(sim.link).slow);
    end(&sim);
}

static void a_terminal_that_never_answers_is_paced_by_time(void **state)
{
    (void)state;
    struct sim sim = make(1200, 0);
    sim.mute = true;
    start(&sim);
    pass(&sim, 20000, 0);
    hold(&sim, 2, 260);
    assert_true(link_figures(sim.link).slow); /* for all that is known */
    sim.backlog_most = sim.held_longest = 0;
    assert_true(hold(&sim, 30, 2200) < 2 * 2200 * 10 / 12 + 100);
    assert_true(hold(&sim, 300, 260) < 600);
    assert_true(sim.backlog_most < 2000 && sim.held_longest < 2000);
    struct link_figures line = link_figures(sim.link);
    assert_true(line.silent && line.rate == 0 && line.round_trip == -1);
    end(&sim);
}

static void one_that_cannot_be_asked_too(void **state)
{
    (void)state;
    struct link *link = link_new(120, false);
    assert_true(link_figures(link).silent && link_figures(link).slow);
    assert_int_equal(link_wait(link, 1000), 0);
    link_sent(link, 1200, 1000);
    assert_in_range(link_wait(link, 1000), 9890, 9910);
    assert_in_range(link_wait(link, 10000), 890, 910);
    assert_int_equal(link_wait(link, 10902), 0);
    link_free(link);
    link = link_new(11520, false);
    assert_false(link_figures(link).slow); /* a serial line says how fast it is */
    link_free(link);
}

static void one_that_stops_answering_holds_nobody_up(void **state)
{
    (void)state;
    struct sim sim = make(5000, 50);
    start(&sim);
    hold(&sim, 30, 260);
    sim.mute = true;
    sim.held_longest = 0;
    hold(&sim, 100, 260);
    assert_in_range(sim.held_longest, 3000, 6000);
    assert_true(link_figures(sim.link).silent);
    sim.held_longest = 0;
    hold(&sim, 100, 260);
    assert_true(sim.held_longest < 200);
    sim.mute = false; /* what was lost does not come any more */
    for (int i = 0; i < 3; i++) {
        want(&sim);
        pass(&sim, 2000, 260);
    }
    assert_false(link_figures(sim.link).silent);
    assert_true(hold(&sim, 30, 2200) < 2 * 440 + 250);
    end(&sim);
}

/* The line stands still for longer than the patience, then everything is answered. */
static void late_answers_confuse_nothing(void **state)
{
    (void)state;
    struct sim sim = make(20000, 50);
    start(&sim);
    hold(&sim, 30, 2200);
    for (int i = 0; i < 5; i++) {
        sim.free_at = sim.now + 9000;
        hold(&sim, 300, 2200);
        want(&sim);
        pass(&sim, 3000, 2200);
        want(&sim);
        pass(&sim, 3000, 2200);
        assert_false(link_figures(sim.link).silent);
        sim.backlog_most = 0;
        assert_true(hold(&sim, 30, 2200) < 2 * 110 + 200);
        assert_true(sim.backlog_most < 500);
        assert_in_range(link_figures(sim.link).rate, 10000, 30000);
    }
    end(&sim);
}

static void answers_nobody_asked_for_count_for_nothing(void **state)
{
    (void)state;
    struct link *link = link_new(0, true);
    for (int i = 0; i < 100000; i++)
        assert_false(link_answered(link, i));
    link_sent(link, 2000, 100000);
    link_asked(link, 100000);
    assert_true(link_wait(link, 100000) > 0);
    assert_true(link_answered(link, 101000));
    for (int i = 0; i < 100000; i++)
        assert_false(link_answered(link, 101000));
    link_sent(link, 2000, 101000);
    link_asked(link, 101000);
    assert_true(link_wait(link, 101001) > 0);
    assert_true(link_answered(link, 102600));
    assert_int_equal(link_wait(link, 102600), 0);
    link_free(link);
}

/* Whatever happens, a picture is held for a bounded time and the newest one comes. */
static void no_picture_starves(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 300; seed++) {
        struct sim sim = make(300, 0);
        sim.seed = seed;
        start(&sim);
        for (int i = 0; i < 40; i++) {
            sim.rate = 300 + (long)dice(&sim, 5) * 2000;
            sim.round_trip = (long)dice(&sim, 400);
            sim.jitter = (long)dice(&sim, 100);
            sim.mute = dice(&sim, 6) == 0;
            if (dice(&sim, 5) == 0)
                link_answered(sim.link, sim.now); /* forged */
            want(&sim);
            pass(&sim, (long)dice(&sim, 1500), 8 + (long)dice(&sim, 2500));
        }
        sim.mute = seed % 2;
        want(&sim);
        pass(&sim, 150000, 200);
        assert_int_equal(sim.sent, sim.newest);
        assert_int_equal(link_wait(sim.link, sim.now), 0);
        end(&sim);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_held_leave_no_backlog),
        cmocka_unit_test(a_fast_line_with_a_long_way_is_not_kept_waiting),
        cmocka_unit_test(a_slow_line_with_a_long_way_does_not_run_empty),
        cmocka_unit_test(rate_and_round_trip_are_measured),
        cmocka_unit_test(a_slow_line_is_known_by_its_first_page),
        cmocka_unit_test(a_pause_is_no_slow_line),
        cmocka_unit_test(jitter_is_no_slow_line),
        cmocka_unit_test(a_line_that_turns_slow_is_not_flooded),
        cmocka_unit_test(a_terminal_that_never_answers_is_paced_by_time),
        cmocka_unit_test(one_that_cannot_be_asked_too),
        cmocka_unit_test(one_that_stops_answering_holds_nobody_up),
        cmocka_unit_test(late_answers_confuse_nothing),
        cmocka_unit_test(answers_nobody_asked_for_count_for_nothing),
        cmocka_unit_test(no_picture_starves),
    };
    return cmocka_run_group_tests_name("link", tests, NULL, NULL);
}
