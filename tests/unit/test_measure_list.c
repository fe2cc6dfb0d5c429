/* Measures in memory: what an edit says of them, and two people's changes brought together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/folder.h"
#include "model/measure_list.h"

/* "A B+ C" is three measures, the second done; positions count from 1. */
static struct measure_list list_of(const char *words)
{
    struct measure_list list = {0};
    char copy[128], *rest = NULL;
    snprintf(copy, sizeof copy, "%s", words);
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        size_t index = list.count;
        char *plus = strchr(word, '+');
        measure_list_insert(&list, index);
        list.row[index].position = (int)index + 1;
        if (plus)
            *plus = '\0';
        measure_list_set(&list, index, MEASURE_TEXT, word);
        measure_list_set(&list, index, MEASURE_DONE, plus ? "2026-11-20" : "");
    }
    return list;
}

static void expect_list(const struct measure_list *list, const char *words)
{
    struct strbuf text = {0};
    for (size_t i = 0; i < list->count; i++)
        strbuf_format(&text, "%s%s%s", i ? " " : "", list->row[i].value[MEASURE_TEXT],
            *list->row[i].value[MEASURE_DONE] ? "+" : "");
    assert_string_equal(strbuf_text(&text), words);
    strbuf_clear(&text);
}

/* "measure.2=B:C" is from B to C. */
static void expect_edit(
    const struct measure_list *base, const struct measure_list *mine, const char *words)
{
    struct measure_edit edit;
    struct strbuf text = {0};
    measure_list_edit(base, mine, &edit);
    for (size_t i = 0; i < edit.count && edit.argument[i].base; i++)
        strbuf_format(&text, "%s%s=%s:%s", i ? " " : "", edit.argument[i].name,
            edit.argument[i].base, edit.argument[i].value);
    assert_string_equal(strbuf_text(&text), words);
    strbuf_clear(&text);
    measure_edit_clear(&edit);
}

/* --- edits ----------------------------------------------------------------------------------- */

static void says_what_changed_and_on_which_words(void **state)
{
    (void)state;
    struct measure_list base = list_of("A B C"), mine;
    measure_list_copy(&mine, &base);
    expect_edit(&base, &mine, "");
    measure_list_set(&mine, 1, MEASURE_DONE, "2026-11-21");
    expect_edit(&base, &mine, "measure.2=B:B done.2=:2026-11-21");
    assert_true(measure_list_is_changed(&base, &mine.row[1]));
    assert_false(measure_list_is_changed(&base, &mine.row[2]));
    measure_list_set(&mine, 1, MEASURE_DONE, "");
    assert_true(measure_list_equal(&base, &mine));
    measure_list_move(&mine, 2, 1);
    expect_edit(&base, &mine,
        "measure.2=B:C due.2=: done.2=: waived.2=: measure.3=C:B due.3=: done.3=: waived.3=:");
    measure_list_clear(&mine);
    measure_list_clear(&base);
}

static void grows_and_shrinks_at_its_end(void **state)
{
    (void)state;
    struct measure_list base = list_of("A B"), mine;
    base.row[1].position = 5; /* a script left a gap */
    measure_list_copy(&mine, &base);
    measure_list_insert(&mine, 2);
    measure_list_set(&mine, 2, MEASURE_TEXT, "C");
    assert_int_equal(measure_list_position(&base, 2), 6);
    expect_edit(&base, &mine, "measure.6=:C due.6=: done.6=: waived.6=:");
    measure_list_remove(&mine, 0);
    expect_edit(&base, &mine,
        "measure.1=A:B due.1=: done.1=: waived.1=: measure.5=B:C due.5=: done.5=: waived.5=:");
    measure_list_remove(&mine, 1);
    expect_edit(&base, &mine,
        "measure.1=A:B due.1=: done.1=: waived.1=: measure.5=B: due.5=: done.5=: waived.5=:");
    measure_list_clear(&mine);
    measure_list_clear(&base);
    expect_edit(&base, &mine, "");
    assert_int_equal(measure_list_position(&base, 0), 1);
}

static void reads_what_stands_there_byte_by_byte(void **state)
{
    char path[256];
    struct error err = {0};
    struct task_detail *detail;
    struct measure_list list, again;
    folder_file(*state, "a.db", path);
    database_make(path);
    database_task(path, 1, "湿地");
    database_write(path,
        "INSERT INTO measure (task_id, position, text, due_on, waived) VALUES (1, 1, 'A' || "
        "char(7), '2026-12-01', ''), (1, 3, 'B', NULL, '已并入')");
    struct model *model = database_open(path);
    assert_true(task_detail_read(model, 1, &detail, &err));
    assert_true(measure_list_read(model, detail, &list, &err));
    assert_int_equal(list.count, 2);
    assert_string_equal(list.row[0].value[MEASURE_TEXT], "A\a");
    assert_string_equal(list.row[0].value[MEASURE_DUE], "2026-12-01");
    assert_int_equal(list.row[1].position, 3);
    assert_string_equal(list.row[1].value[MEASURE_WAIVED], "已并入");
    database_write(path, "DELETE FROM measure WHERE position = 1");
    assert_true(measure_list_read(model, detail, &again, &err)); /* the detail is a moment old */
    assert_int_equal(again.count, 1);
    measure_list_clear(&again);
    measure_list_clear(&list);
    task_detail_free(detail);
    model_close(model);
}

static void expect_moved(
    const struct measure_list *base, const struct measure_list *mine, const char *words)
{
    struct measure_edit edit;
    measure_list_edit(base, mine, &edit);
    assert_string_equal(edit.moved, words);
    if (*words) {
        assert_string_equal(edit.argument[edit.count - 1].name, "reason");
        assert_string_equal(edit.argument[edit.count - 1].value, words);
    }
    measure_edit_clear(&edit);
}

static void says_in_words_how_rows_moved(void **state)
{
    (void)state;
    struct measure_list base = list_of("A B C"), mine;
    measure_list_copy(&mine, &base);
    measure_list_set(&mine, 0, MEASURE_TEXT, "A2");
    expect_moved(&base, &mine, "");
    measure_list_move(&mine, 0, 2);
    expect_moved(&base, &mine, "their order changed");
    measure_list_insert(&mine, 1);
    expect_moved(&base, &mine, "1 measure put in, their order changed");
    measure_list_remove(&mine, 0);
    measure_list_remove(&mine, 2);
    expect_moved(&base, &mine, "1 measure put in, 2 measures taken out");
    measure_list_remove(&mine, 0);
    expect_moved(&base, &mine, "2 measures taken out");
    measure_list_clear(&mine);
    measure_list_clear(&base);
}

/* --- merging --------------------------------------------------------------------------------- */

struct meeting {
    struct measure_list base, theirs, mine;
    struct measure_merge merge;
};

/* `mine` begins as the base: the test changes it, then merges. */
static void meet(struct meeting *meeting, const char *base, const char *theirs)
{
    *meeting = (struct meeting){.base = list_of(base), .theirs = list_of(theirs)};
    measure_list_copy(&meeting->mine, &meeting->base);
}

static void merged(struct meeting *meeting, const char *words, size_t clashes, size_t dropped)
{
    measure_list_merge(&meeting->base, &meeting->theirs, &meeting->mine, &meeting->merge);
    expect_list(&meeting->merge.merged, words);
    assert_int_equal(meeting->merge.clash_count, clashes);
    assert_int_equal(meeting->merge.dropped, dropped);
}

static void part(struct meeting *meeting)
{
    measure_merge_clear(&meeting->merge);
    measure_list_clear(&meeting->base);
    measure_list_clear(&meeting->theirs);
    measure_list_clear(&meeting->mine);
}

static void tick(struct meeting *meeting, size_t index)
{
    measure_list_set(&meeting->mine, index, MEASURE_DONE, "2026-11-21");
}

static void put(struct meeting *meeting, size_t index, const char *text)
{
    measure_list_insert(&meeting->mine, index);
    measure_list_set(&meeting->mine, index, MEASURE_TEXT, text);
}

static void ticks_follow_their_measure(void **state)
{
    (void)state;
    struct meeting meeting;
    meet(&meeting, "A B C", "X A B C");
    tick(&meeting, 1);
    merged(&meeting, "X A B+ C", 0, 0);
    expect_edit(&meeting.theirs, &meeting.merge.merged, "measure.3=B:B done.3=:2026-11-21");
    part(&meeting);

    meet(&meeting, "A B C", "C A B");
    tick(&meeting, 1);
    merged(&meeting, "C A B+", 0, 0);
    part(&meeting);

    meet(&meeting, "A B C", "A B2 C"); /* other words, the same measure */
    tick(&meeting, 1);
    merged(&meeting, "A B2+ C", 0, 0);
    part(&meeting);

    meet(&meeting, "A B C", "A X Y C"); /* which of them B has become nobody knows */
    tick(&meeting, 1);
    merged(&meeting, "A X Y C", 0, 1);
    part(&meeting);
}

static void brings_rows_of_both_together(void **state)
{
    (void)state;
    struct meeting meeting;
    meet(&meeting, "A B C", "A+ B X C Y");
    put(&meeting, 1, "M");
    merged(&meeting, "A+ M B X C Y", 0, 0);
    part(&meeting);

    meet(&meeting, "A B C", "A B C+");
    measure_list_move(&meeting.mine, 2, 0);
    merged(&meeting, "C+ A B", 0, 0);
    part(&meeting);

    meet(&meeting, "A B C", "X A B C"); /* each put one at the top */
    put(&meeting, 0, "M");
    merged(&meeting, "X M A B C", 0, 0);
    part(&meeting);

    meet(&meeting, "A B", "A B M+"); /* both put in the same: once */
    put(&meeting, 2, "M");
    merged(&meeting, "A B M+", 0, 0);
    expect_edit(&meeting.theirs, &meeting.merge.merged, "");
    part(&meeting);
}

static void loses_no_words_and_no_tick(void **state)
{
    (void)state;
    struct meeting meeting;
    meet(&meeting, "A B C", "A C"); /* taken out, and reworded here */
    measure_list_set(&meeting.mine, 1, MEASURE_TEXT, "B2");
    merged(&meeting, "A B2 C", 0, 0);
    assert_int_equal(meeting.merge.merged.row[1].position, 0);
    part(&meeting);

    meet(&meeting, "A B C", "A B+ C"); /* taken out here, and ticked */
    measure_list_remove(&meeting.mine, 1);
    merged(&meeting, "A B+ C", 0, 0);
    part(&meeting);

    meet(&meeting, "A B C", "A C"); /* taken out, and ticked here */
    measure_list_move(&meeting.mine, 0, 2);
    tick(&meeting, 0);
    merged(&meeting, "C A", 0, 1);
    part(&meeting);
}

static void shows_what_both_changed(void **state)
{
    (void)state;
    struct meeting meeting;
    meet(&meeting, "A B", "X A B+");
    tick(&meeting, 1);
    merged(&meeting, "X A B+", 1, 0);
    assert_int_equal(meeting.merge.clash[0].row, 2);
    assert_int_equal(meeting.merge.clash[0].field, MEASURE_DONE);
    assert_string_equal(meeting.merge.clash[0].base, "");
    assert_string_equal(meeting.merge.clash[0].theirs, "2026-11-20");
    assert_string_equal(meeting.merge.merged.row[2].value[MEASURE_DONE], "2026-11-21");
    part(&meeting);

    meet(&meeting, "A B", "X A B+"); /* a row comes before it later */
    tick(&meeting, 1);
    measure_list_move(&meeting.mine, 1, 0);
    merged(&meeting, "X B+ A", 1, 0);
    assert_int_equal(meeting.merge.clash[0].row, 1);
    part(&meeting);
}

/* --- by chance ------------------------------------------------------------------------------- */

static unsigned chance(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

static void change_something(struct measure_list *list, unsigned *seed)
{
    char text[3] = {(char)('A' + chance(seed, 4)), (char)('a' + chance(seed, 4)), '\0'};
    size_t index = list->count ? chance(seed, (unsigned)list->count) : 0;
    switch (chance(seed, 5)) {
    case 0:
        measure_list_insert(list, index);
        measure_list_set(list, index, MEASURE_TEXT, text);
        break;
    case 1:
        if (list->count)
            measure_list_remove(list, index);
        break;
    case 2:
        if (list->count)
            measure_list_move(list, index, chance(seed, (unsigned)list->count));
        break;
    case 3:
        if (list->count)
            measure_list_set(list, index, MEASURE_TEXT, text);
        break;
    default:
        if (list->count)
            measure_list_set(list, index, MEASURE_DONE, chance(seed, 2) ? "2026-11-21" : "");
    }
}

static struct measure_list by_chance(const struct measure_list *from, unsigned *seed)
{
    struct measure_list list;
    measure_list_copy(&list, from);
    for (unsigned i = chance(seed, 5); i > 0; i--)
        change_something(&list, seed);
    return list;
}

/* As it stands after a save. */
static void number(struct measure_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        list->row[i].position = (int)i + 1;
}

/* Every position of `base` after the edit, as the database would have it. */
static void edit_makes(const struct measure_list *base, const struct measure_list *wanted)
{
    struct measure_edit edit;
    char was[64][MEASURE_FIELD_COUNT][16] = {{""}};
    for (size_t i = 0; i < base->count; i++)
        for (int field = 0; field < MEASURE_FIELD_COUNT; field++)
            snprintf(was[base->row[i].position][field], 16, "%s", base->row[i].value[field]);
    measure_list_edit(base, wanted, &edit);
    for (size_t i = 0; i < edit.count; i++)
        for (int field = 0; field < MEASURE_FIELD_COUNT; field++) {
            const char *dot = strchr(edit.argument[i].name, '.');
            if (!dot) /* the reason */
                break;
            size_t length = strlen(measure_field_names[field]);
            if ((size_t)(dot - edit.argument[i].name) != length ||
                strncmp(edit.argument[i].name, measure_field_names[field], length) != 0)
                continue;
            assert_string_equal(was[atoi(dot + 1)][field], edit.argument[i].base);
            snprintf(was[atoi(dot + 1)][field], 16, "%s", edit.argument[i].value);
        }
    size_t count = base->count > wanted->count ? base->count : wanted->count;
    for (size_t i = 0; i < count; i++)
        for (int field = 0; field < MEASURE_FIELD_COUNT; field++)
            assert_string_equal(was[measure_list_position(base, i)][field],
                i < wanted->count ? wanted->row[i].value[field] : "");
    measure_edit_clear(&edit);
}

static void values_equal(const struct measure_list *a, const struct measure_list *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        for (int field = 0; field < MEASURE_FIELD_COUNT; field++)
            assert_string_equal(a->row[i].value[field], b->row[i].value[field]);
}

static void merges_by_chance(void **state)
{
    (void)state;
    unsigned seed = 7;
    for (int round = 0; round < 20000; round++) {
        struct measure_list nothing = {0}, base = by_chance(&nothing, &seed);
        number(&base);
        struct measure_list theirs = by_chance(&base, &seed), mine = by_chance(&base, &seed);
        number(&theirs);
        struct measure_merge merge;
        edit_makes(&base, &mine);
        measure_list_merge(&base, &theirs, &mine, &merge);
        edit_makes(&theirs, &merge.merged);
        for (size_t i = 0; i < merge.clash_count; i++)
            assert_true(merge.clash[i].row < merge.merged.count);
        measure_merge_clear(&merge);
        measure_list_merge(&base, &base, &mine, &merge); /* nobody else: mine as it is */
        assert_true(measure_list_equal(&merge.merged, &mine));
        assert_int_equal(merge.clash_count + merge.dropped, 0);
        measure_merge_clear(&merge);
        measure_list_merge(&base, &theirs, &base, &merge); /* nothing of mine: theirs */
        values_equal(&merge.merged, &theirs);
        assert_int_equal(merge.clash_count + merge.dropped, 0);
        measure_merge_clear(&merge);
        measure_list_clear(&base);
        measure_list_clear(&theirs);
        measure_list_clear(&mine);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_changed_and_on_which_words),
        cmocka_unit_test(grows_and_shrinks_at_its_end),
        cmocka_unit_test(says_in_words_how_rows_moved),
        cmocka_unit_test_setup_teardown(
            reads_what_stands_there_byte_by_byte, folder_set_up, folder_tear_down),
        cmocka_unit_test(ticks_follow_their_measure),
        cmocka_unit_test(brings_rows_of_both_together),
        cmocka_unit_test(loses_no_words_and_no_tick),
        cmocka_unit_test(shows_what_both_changed),
        cmocka_unit_test(merges_by_chance),
    };
    return cmocka_run_group_tests_name("measure_list", tests, NULL, NULL);
}
