/* The measures of a plan as proposals. */
#include "exchange/plan_propose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "exchange/plan_read.h"
#include "model/field.h"
#include "model/import.h"
#include "plan_parts.h"

#define TEXT_MOST (1 << 20) /* bytes: no plan has more; one of 50 pages has 100 KB */

static size_t without_units(const struct plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->note_count; i++)
        count += plan->note[i].why == PLAN_NO_UNIT;
    return count;
}

int plan_detect(const struct import_document *document)
{
    struct strbuf text = {0};
    struct plan plan;
    import_document_sample(document, &text);
    plan_read(strbuf_text(&text), document->going, &plan);
    bool with_units = without_units(&plan) < plan.count;
    int sure = plan.count < 2 ? 0 : with_units ? 60 : plan.count > 2 ? 30 : 0;
    plan_clear(&plan);
    strbuf_clear(&text);
    return sure;
}

/* --- one measure ----------------------------------------------------------------------------- */

static void put_value(struct import *import, const char *name, const char *value, size_t line)
{
    const struct field *field = field_find(name, NULL);
    if (*value)
        import_value(
            import, name, value, (struct import_place){.line = line, .heading = _(field->label)});
}

/* 2-1 as 2之1: a dash is what a source ends in. */
static void put_number(struct import *import, const struct plan_measure *measure)
{
    struct strbuf number = {0};
    for (const char *at = measure->number; *at; at++) {
        if (*at == '-')
            strbuf_add(&number, "之");
        else
            strbuf_add_char(&number, *at);
    }
    put_value(import, "number", strbuf_text(&number), measure->line_from);
    strbuf_clear(&number);
}

/* A name goes without the mark that divides names: 各市、县人民政府 is 各市县人民政府. */
static void add_name(struct strbuf *list, const char *name)
{
    static const char mark[] = "、";
    for (const char *at; (at = strstr(name, mark)) != NULL; name = at + strlen(mark))
        strbuf_add_n(list, name, (size_t)(at - name));
    strbuf_add(list, name);
}

static void put_units(
    struct import *import, const char *name, const struct plan_units *units, size_t line)
{
    struct strbuf list = {0};
    for (size_t i = 0; i < units->count; i++) {
        strbuf_add(&list, i > 0 ? "、" : "");
        add_name(&list, units->unit[i].name);
    }
    put_value(import, name, strbuf_text(&list), line);
    strbuf_clear(&list);
}

/* A bound stands with its value: 不低于92, 92以上. */
static void put_targets(struct import *import, const struct plan_measure *measure)
{
    static const char *const names[] = {"target", "value", "unit", "by"};
    size_t count =
        measure->figure_count < FIELD_POSITION_MOST ? measure->figure_count : FIELD_POSITION_MOST;
    for (size_t i = 0; i < count; i++) {
        const struct plan_figure *figure = &measure->figure[i];
        char *value = alloc_format("%s%s%s", figure->before, figure->value, figure->behind);
        const char *const told[] = {figure->name, value, figure->unit, figure->by};
        for (size_t f = 0; f < sizeof names / sizeof *names; f++) {
            char name[32];
            snprintf(name, sizeof name, "%s.%zu", names[f], i + 1);
            put_value(import, name, told[f], measure->line_from);
        }
        free(value);
    }
}

static bool is_of_figure(const struct plan_measure *measure, const struct plan_date *date)
{
    for (size_t i = 0; i < measure->figure_count; i++)
        if (strcmp(measure->figure[i].by, date->words) == 0)
            return true;
    return false;
}

/* Each day that is neither the deadline nor that of a figure. In the language of plans, not of the
 * person: what is read again must be the same. */
static void put_goal(struct import *import, const struct plan_measure *measure)
{
    struct strbuf goal = {0};
    for (size_t i = 0; i < measure->date_count; i++) {
        const struct plan_date *date = &measure->date[i];
        char *words = plan_date_words(date);
        bool deadline = strstr(measure->deadline_words, words) != NULL;
        if (date->until && !deadline && !is_of_figure(measure, date))
            strbuf_format(&goal, "%s%s", goal.length > 0 ? "、" : "目标时间：", words);
        free(words);
    }
    put_value(import, "goal", strbuf_text(&goal), measure->line_from);
    strbuf_clear(&goal);
}

/* What the text says behind the title; the title where it says no more. */
static const char *behind_title(const struct plan_measure *measure)
{
    static const char *const marks[] = {"。", "：", ":", ".", "；", ";", "\n", " ", "　"};
    size_t length = strlen(measure->title);
    if (strncmp(measure->text, measure->title, length) != 0)
        return measure->text;
    const char *rest = measure->text + length;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(rest, marks[i], strlen(marks[i])) == 0) {
            rest += strlen(marks[i]);
            break;
        }
    rest += strspn(rest, "\n ");
    return rest == measure->text + length || *rest == '\0' ? measure->text : rest;
}

static void put_measures(struct import *import, const struct plan_measure *measure)
{
    char name[32];
    if (measure->part_count == 0)
        put_value(import, "measure.1", behind_title(measure), measure->line_from);
    for (size_t i = 0; i < measure->part_count; i++) {
        snprintf(name, sizeof name, "measure.%zu", i + 1);
        put_value(import, name, measure->part[i].text, measure->line_from);
    }
}

static void propose(struct import *import, const struct plan_measure *measure)
{
    size_t line = measure->line_from;
    import_task(import, (struct import_place){.line = line, .heading = ""});
    put_number(import, measure);
    put_value(import, "title", measure->title, line);
    put_goal(import, measure);
    put_targets(import, measure);
    put_units(import, "lead", &measure->lead, line);
    put_units(import, "responsible", &measure->responsible, line);
    put_units(import, "cooperating", &measure->cooperating, line);
    put_value(import, "deadline", measure->deadline_words, line);
    put_measures(import, measure);
}

/* --- notes ----------------------------------------------------------------------------------- */

/* Of these there may be one at each measure: one sentence tells all their lines. */
static bool is_told_once(enum plan_why why)
{
    return why == PLAN_OTHERS || why == PLAN_CARRIED || why == PLAN_NOT_MEASURE ||
           why == PLAN_NO_UNIT || why == PLAN_STEP;
}

static void warn_once(struct import *import, const struct plan *plan, enum plan_why why)
{
    struct strbuf lines = {0};
    size_t first = 0;
    for (size_t i = 0; i < plan->note_count; i++) {
        if (plan->note[i].why != why)
            continue;
        strbuf_format(&lines, "%s%zu", lines.length > 0 ? ", " : "", plan->note[i].line);
        first = first == 0 ? plan->note[i].line : first;
    }
    if (first > 0) {
        char *sentence = alloc_format(_("%s (lines %s)"), plan_why(why), strbuf_text(&lines));
        import_warning(import, sentence, (struct import_place){.line = first, .heading = ""});
        free(sentence);
    }
    strbuf_clear(&lines);
}

static void put_notes(struct import *import, const struct plan *plan)
{
    for (enum plan_why why = 0; why < PLAN_WHY_COUNT; why++)
        if (is_told_once(why))
            warn_once(import, plan, why);
    for (size_t i = 0; i < plan->note_count; i++) {
        const struct plan_note *note = &plan->note[i];
        struct import_place place = {.line = note->line, .heading = ""};
        if (is_told_once(note->why))
            continue;
        char *sentence = alloc_format(_("%s: %s"), plan_why(note->why), note->words);
        if (note->why == PLAN_NUMBER_TWICE)
            import_problem(import, sentence, place);
        else
            import_warning(import, sentence, place);
        free(sentence);
    }
}

bool plan_propose(const struct import_document *document, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err)
{
    struct strbuf text = {0};
    struct plan plan;
    if (reading->map_count > 0 || reading->fill)
        return error_set(err, ERROR_USAGE,
            _("a plan has no columns: what they mean (--map) and merged cells (--fill) are of "
              "ledgers"));
    if (document->text.count > TEXT_MOST)
        return error_set(err, ERROR_INPUT,
            _("a plan has at most %d MB of text; this one has %zu: divide it, or leave out what is "
              "no plan"),
            TEXT_MOST >> 20, document->text.count >> 20);
    import_document_lines(document, &text);
    plan_read(strbuf_text(&text), document->going, &plan);
    bool found = plan.count > 0;
    if (found) {
        size_t without = without_units(&plan);
        strbuf_format(
            &told->lines, ngettext("%zu measure", "%zu measures", plan.count), plan.count);
        if (without > 0)
            strbuf_format(&told->lines,
                ngettext(", %zu without a unit", ", %zu without a unit", without), without);
        strbuf_add(&told->lines, "\n");
    } else
        error_set(err, ERROR_NOT_FOUND,
            _("the document has no numbered measures: （一）, 一、, 1., （1） or ① at the "
              "beginning of a line"));
    if (found)
        import_document(
            import, plan.head, (struct import_place){.line = plan.head_line, .heading = ""});
    for (size_t i = 0; i < plan.count; i++)
        propose(import, &plan.measure[i]);
    if (found)
        put_notes(import, &plan);
    plan_clear(&plan);
    strbuf_clear(&text);
    return found;
}
