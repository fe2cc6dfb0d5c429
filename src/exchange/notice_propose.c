/* The tasks of a public notice as proposals. */
#include "exchange/notice_propose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "exchange/ledger.h"
#include "exchange/notice_read.h"
#include "model/field.h"
#include "model/import.h"
#include "model/task.h"

#define TEXT_MOST (1 << 20) /* bytes: no notice has more */
#define TITLE_MOST 60       /* glyphs of a title that is a whole text */

int notice_detect(const struct import_document *document)
{
    struct strbuf text = {0};
    struct public_notice notice;
    import_document_sample(document, &text);
    notice_read(strbuf_text(&text), document->going, &notice);
    int sure = notice.count > 0 && notice.core > 1 && notice.is_published ? 80 : 0;
    notice_clear(&notice);
    strbuf_clear(&text);
    return sure;
}

/* --- one task -------------------------------------------------------------------------------- */

static void put(struct import *import, const char *name, const char *value, size_t line)
{
    const struct field *field = field_find(name, NULL);
    if (value != NULL && *value)
        import_value(
            import, name, value, (struct import_place){.line = line, .heading = _(field->label)});
}

static void put_part(
    struct import *import, const struct public_task *task, enum public_part part, const char *name)
{
    put(import, name, task->part[part].text, task->part[part].line);
}

static size_t glyphs(const char *text)
{
    size_t count = 0;
    uint32_t code;
    for (int length; (length = text_decode(text, &code)) > 0; text += length)
        count++;
    return count;
}

/* The first sentence, cut at a comma where it is too long. */
static char *first_words(const char *text)
{
    static const char *const ends[] = {"。", "；", ";", "！", "？", "\n"};
    static const char *const pauses[] = {"，", "、", ",", "：", ":"};
    size_t count = 0, comma = 0;
    uint32_t code;
    const char *at = text;
    for (int length; (length = text_decode(at, &code)) > 0; at += length) {
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            if (strncmp(at, ends[i], strlen(ends[i])) == 0)
                return alloc_string_n(text, (size_t)(at - text));
        for (size_t i = 0; i < sizeof pauses / sizeof *pauses; i++)
            if (strncmp(at, pauses[i], strlen(pauses[i])) == 0)
                comma = (size_t)(at - text);
        if (count++ >= TITLE_MOST)
            break;
    }
    return alloc_string_n(text, *at && comma > 0 ? comma : (size_t)(at - text));
}

/* What the task is called: short it is the title; of a long text its first words are. */
static void put_title(struct import *import, const struct public_task *task)
{
    const struct public_text *title = &task->part[PUBLIC_TITLE],
                             *problem = &task->part[PUBLIC_PROBLEM];
    const struct public_text *from = title->text != NULL     ? title
                                     : problem->text != NULL ? problem
                                                             : &task->part[PUBLIC_GOAL];
    if (from->text == NULL)
        return;
    char *words = first_words(from->text);
    put(import, "title.1", words, from->line);
    bool whole = strlen(words) + strlen("。") >= strlen(from->text);
    free(words);
    if (problem->text == NULL && title->text != NULL &&
        (!whole || glyphs(title->text) > TITLE_MOST))
        put(import, "problem", title->text, title->line);
}

struct measures {
    struct import *import;
    size_t count, line;
};

static void put_measure(void *context, const char *text, size_t count)
{
    struct measures *to = context;
    char name[32], *copy = alloc_string_n(text, count);
    snprintf(name, sizeof name, "measure.%zu", ++to->count);
    put(to->import, name, copy, to->line);
    free(copy);
}

static void put_day(struct import *import, const char *name, date_t day, size_t line)
{
    char iso[11];
    if (day != DATE_NONE)
        put(import, name, date_format(day, iso), line);
}

static void warn(struct import *import, const char *sentence, size_t line)
{
    import_warning(import, sentence, (struct import_place){.line = line, .heading = ""});
}

/* From when until when; days are counted by the calendar. */
static bool has_days(const struct public_period *period)
{
    return period->first != DATE_NONE && (period->last != DATE_NONE || period->days > 0);
}

/* The notice itself, known by its first day. */
static void put_publicity(struct import *import, const struct public_task *task)
{
    static const struct {
        enum public_part part;
        const char *name;
    } parts[] = {{PUBLIC_OFFICE, "office"}, {PUBLIC_PHONE, "office_phone"},
        {PUBLIC_ADDRESS, "address"}, {PUBLIC_EMAIL, "email"}, {PUBLIC_RESULTS, "results"}};
    const struct public_period *period = &task->period;
    char days[16];
    bool lost = false;
    if (!has_days(period) && task->part[PUBLIC_LETTER].text != NULL) {
        put_part(import, task, PUBLIC_RESULTS, "report"); /* complaints are told without days */
        return;
    }
    if (!has_days(period)) {
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            lost |= task->part[parts[i].part].text != NULL;
        if (lost)
            warn(import,
                _("The first and last day of the public notice are not known: where objections go "
                  "and the work done are not taken over; write the days into the file"),
                task->line);
        return;
    }
    put_day(import, "publicity", period->first, period->line);
    put_day(import, "ends_on", period->last, period->line);
    if (period->days > 0) {
        snprintf(days, sizeof days, "%d", period->days);
        put(import, "days", days, period->line);
        put(import, "day_kind", period->kind == PUBLIC_DAYS_WORKING ? "working" : "calendar",
            period->line);
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        put_part(import, task, parts[i].part, parts[i].name);
}

static void put_state(struct import *import, const struct public_task *task)
{
    size_t line = task->part[PUBLIC_RESULTS].line;
    if (!task->is_done) {
        if (has_days(&task->period) && !task->is_open)
            warn(import,
                _("The notice tells its days, but not that all is done: the state of the task is "
                  "not taken from it; once all is done, submit the task and take it for review"),
                task->period.line);
        return;
    }
    if (has_days(&task->period))
        put(import, "state.1", task_states[STATE_PUBLICISED].name, line);
    else
        warn(import,
            _("The task is said to be done, but the first and last day of the notice are not "
              "known: its state is not taken over"),
            line);
}

static void propose(struct import *import, const struct public_task *task)
{
    struct measures measures = {import, 0, task->part[PUBLIC_MEASURES].line};
    import_task(import, (struct import_place){.line = task->line, .heading = ""});
    put_part(import, task, PUBLIC_SOURCE, "source.1");
    put_part(import, task, PUBLIC_NUMBER, "number");
    put_part(import, task, PUBLIC_REGION, "region.1");
    put_title(import, task);
    put_part(import, task, PUBLIC_PROBLEM, "problem");
    put_part(import, task, PUBLIC_GOAL, "goal");
    put_part(import, task, PUBLIC_LEAD, "lead");
    put_part(import, task, PUBLIC_RESPONSIBLE, "responsible");
    put_part(import, task, PUBLIC_COOPERATING, "cooperating");
    put_part(import, task, PUBLIC_SUPERVISOR, "supervisor");
    put_part(import, task, PUBLIC_DEADLINE, "deadline");
    put_part(import, task, PUBLIC_DONE_ON, "done_on");
    put_part(import, task, PUBLIC_CATEGORY, "category");
    if (task->part[PUBLIC_MEASURES].text != NULL)
        ledger_measures(task->part[PUBLIC_MEASURES].text, put_measure, &measures);
    put_publicity(import, task);
    put_state(import, task);
}

/* --- notes ----------------------------------------------------------------------------------- */

static void put_notes(
    struct import *import, const struct public_notice *notice, struct import_told *told)
{
    for (size_t i = 0; i < notice->note_count; i++) {
        const struct public_note *note = &notice->note[i];
        if (note->why == PUBLIC_PASSED_OVER) {
            strbuf_format(&told->lines, _("passed over: line %zu, %s\n"), note->line, note->words);
            continue;
        }
        char *sentence = alloc_format(_("%s: %s"), notice_why(note->why), note->words);
        warn(import, sentence, note->line);
        free(sentence);
    }
}

bool notice_propose(const struct import_document *document, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err)
{
    struct strbuf text = {0};
    struct public_notice notice;
    if (reading->map_count > 0 || reading->fill)
        return error_set(err, ERROR_USAGE,
            _("a public notice has no columns: what they mean (--map) and merged cells (--fill) "
              "are of ledgers"));
    if (document->text.count > TEXT_MOST)
        return error_set(err, ERROR_INPUT,
            _("a public notice has at most %d MB of text; divide it, or leave out what is no "
              "notice"),
            TEXT_MOST >> 20);
    import_document_lines(document, &text);
    notice_read(strbuf_text(&text), document->going, &notice);
    bool found = notice.count > 0;
    if (found)
        strbuf_format(
            &told->lines, ngettext("%zu task\n", "%zu tasks\n", notice.count), notice.count);
    else
        error_set(err, ERROR_NOT_FOUND,
            _("the document has none of the labels of public notices: 整改任务, 反馈问题, "
              "整改目标, 整改措施, 完成情况"));
    if (found)
        import_document(import, "", (struct import_place){.heading = ""});
    for (size_t i = 0; i < notice.count; i++)
        propose(import, &notice.task[i]);
    if (found)
        put_notes(import, &notice, told);
    notice_clear(&notice);
    strbuf_clear(&text);
    return found;
}
