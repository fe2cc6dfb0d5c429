/* notice_read: tasks put together from their labels. */
#include "exchange/notice_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "notice_parts.h"

#define WORDS_MOST 60         /* glyphs of a note */
#define OFFICE_MOST 60        /* glyphs of an office in a sentence */
#define SHARED_MOST (4 << 20) /* bytes of one text that is said once for all, in all tasks */
#define TITLE_MOST 60         /* glyphs of a line that says of itself that it is a notice */

/* --- notes ----------------------------------------------------------------------------------- */

void notice_note(struct notice_doc *n, enum public_why why, struct plan_span words)
{
    struct public_notice *out = n->out;
    size_t line = plan_line_of(&n->doc, words.from) + 1;
    if (words.to > words.from + WORDS_MOST)
        words.to = words.from + WORDS_MOST;
    char *text = plan_take(&n->doc, words);
    out->note = alloc_grow(out->note, &out->note_capacity, out->note_count + 1, sizeof *out->note);
    out->note[out->note_count++] = (struct public_note){line, why, text};
}

const char *notice_why(enum public_why why)
{
    static const char *const sentences[PUBLIC_WHY_COUNT] = {
        [PUBLIC_DAMAGED] = N_("a digit is damaged or missing; this is left out"),
        [PUBLIC_DAMAGED_TEXT] = N_("a digit within the text is damaged; the text stays as it is"),
        [PUBLIC_NO_DAY] = N_("there is no such day"),
        [PUBLIC_NO_YEAR] = N_("the days are told without a year; they are left out"),
        [PUBLIC_NO_DATE] =
            N_("the days are counted from the day of the notice, which it does not tell"),
        [PUBLIC_BACKWARDS] = N_("the last day is before the first; it is left out"),
        [PUBLIC_NO_PERIOD] = N_("these words tell no days"),
        [PUBLIC_NOT_DONE] =
            N_("by these words not all is done; the state is not taken from the notice"),
        [PUBLIC_NUMBERS] = N_("several numbers are named; none is taken"),
        [PUBLIC_COUNTED] =
            N_("by these the notice counts its own tasks; they are not taken as numbers"),
        [PUBLIC_SOURCES] = N_("another inspection is named before it; none is taken"),
        [PUBLIC_TWICE] = N_("this was told before, and differently; the first is taken"),
        [PUBLIC_ONE_ONLY] = N_("only one can be kept; the first is taken"),
        [PUBLIC_OTHERS] = N_("the list ends in 等: there are units that the notice does not name"),
        [PUBLIC_NOT_UNIT] = N_("these words name no unit; they are left out"),
        [PUBLIC_INNER] = N_("what stands in brackets behind a unit is left out"),
        [PUBLIC_NO_EMAIL] = N_("this is no address of an e-mail; it is left out"),
        [PUBLIC_NO_PHONE] = N_("this is no telephone number; it is left out"),
        [PUBLIC_SHARED] =
            N_("this text, said once for all, is too long to be kept with each of so many "
               "tasks; it is left out"),
        [PUBLIC_YEAR] = N_("the days are told without a year; it is taken from the notice itself"),
        [PUBLIC_PASSED_OVER] = N_("not kept"),
    };
    return _(sentences[why]);
}

static int note_compare(const void *left, const void *right)
{
    const struct public_note *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->why != b->why ? (a->why > b->why) - (a->why < b->why) : strcmp(a->words, b->words);
}

/* By line, each once. */
static void settle_notes(struct public_notice *out)
{
    size_t kept = 0;
    if (out->note_count > 1)
        qsort(out->note, out->note_count, sizeof *out->note, note_compare);
    for (size_t i = 0; i < out->note_count; i++)
        if (kept > 0 && note_compare(&out->note[kept - 1], &out->note[i]) == 0)
            free(out->note[i].words);
        else
            out->note[kept++] = out->note[i];
    out->note_count = kept;
}

/* --- what is said in sentences --------------------------------------------------------------- */

/* 公示期为.. without a label; from here on, span.to: none. */
static size_t period_at(const struct plan_doc *doc, struct plan_span span)
{
    static const char *const words[] = {
        "公示期", "公示时间", "公示日期", "公示时限", "公示为期", NULL};
    for (size_t at = span.from; at < span.to; at++)
        if (plan_words(doc, at, span.to, words) > 0)
            return at;
    return span.to;
}

/* 自2026年3月2日起公示5个工作日: from here on; span.to: none. */
static size_t begins_at(const struct plan_doc *doc, struct plan_span span)
{
    int value;
    for (size_t at = span.from; at + 1 < span.to; at++)
        if (plan_is_one_of(plan_code(doc, at), "自从") &&
            notice_number(doc, at + 1, span.to, &value) > 0)
            return at + 1;
    return span.to;
}

static void read_sentence(struct notice_doc *n, struct plan_span span, struct public_task *task)
{
    struct public_period here;
    size_t at = period_at(&n->doc, span);
    if (plan_find(&n->doc, span, "公示") == span.to || task->period.line > 0)
        return;
    bool named = at < span.to, begins = false;
    if (!named) {
        at = begins_at(&n->doc, span);
        begins = at < span.to;
    }
    if (named || begins)
        span.from = at;
    notice_period_read(n, span, !named, &here);
    if (here.first != DATE_NONE && (named || here.last != DATE_NONE || (begins && here.days > 0)))
        task->period = here;
}

/* 请向..反映 */
static void read_office(struct notice_doc *n, struct plan_span span, struct public_task *task)
{
    static const char *const says[] = {"反映", "提出", "反馈", "举报", NULL};
    struct public_text *office = &task->part[PUBLIC_OFFICE];
    for (size_t at = span.from; at < span.to && office->text == NULL; at++) {
        size_t from = plan_word(&n->doc, at, span.to, "向"), end;
        bool strong;
        size_t most = span.to < from + OFFICE_MOST ? span.to : from + OFFICE_MOST;
        for (end = from; from > 0 && end < most && plan_words(&n->doc, end, span.to, says) == 0;)
            end++;
        struct plan_span name = plan_trim(&n->doc, (struct plan_span){from, end});
        if (from > 0 && end < most && plan_is_unit(&n->doc, name, &strong) && strong)
            notice_put_text(n, office, plan_take(&n->doc, name), name, NULL);
    }
}

static void read_statement(struct notice_doc *n, size_t line, struct public_task *task)
{
    struct plan_span all = {n->doc.line[line].from, n->doc.line[line].to}, sentence = all;
    for (size_t at = all.from; at <= all.to; at++)
        if (at == all.to || plan_is_one_of(plan_code(&n->doc, at), "。;")) {
            sentence.to = at;
            read_sentence(n, sentence, task);
            read_office(n, sentence, task);
            sentence.from = at + 1;
        }
}

/* --- all tasks ------------------------------------------------------------------------------- */

static size_t item_of(const struct notice_doc *n, size_t line)
{
    size_t low = 0, high = n->item_count; /* the last that begins there or before */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (n->item[middle].first <= line)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && line < n->item[low - 1].end ? low - 1 : n->item_count;
}

static bool is_of_notice(enum public_part part)
{
    return part >= PUBLIC_PERIOD;
}

/* The days and where objections go: said in the last task alone, they are of all. */
static bool said_at_the_end(const struct notice_doc *n)
{
    for (size_t i = 0; i < n->label_count; i++)
        if (n->label[i].part == PUBLIC_PERIOD && item_of(n, n->label[i].line) + 1 < n->item_count)
            return false;
    return true;
}

/* Where it is, whatever of the two it belongs to. */
static struct public_task *task_of(
    struct notice_doc *n, struct public_task *all, size_t line, bool of_notice, bool at_end)
{
    size_t item = item_of(n, line);
    bool last = item + 1 >= n->item_count;
    if (item == n->item_count || (of_notice && last && at_end))
        return all;
    return &n->out->task[item];
}

/* A long text above thousands of tasks is of none of them, which is noted. */
static void leave_out_long(struct notice_doc *n, struct public_task *all)
{
    for (int i = 0; i < PUBLIC_PART_COUNT; i++)
        if (all->part[i].text != NULL && strlen(all->part[i].text) > SHARED_MOST / n->item_count) {
            size_t line = all->part[i].line > 0 ? all->part[i].line - 1 : 0;
            notice_note(
                n, PUBLIC_SHARED, (struct plan_span){n->doc.line[line].from, n->doc.line[line].to});
            free(all->part[i].text);
            all->part[i].text = NULL;
        }
}

/* What is said once for all. */
static void share(struct public_task *task, const struct public_task *all)
{
    for (int i = 0; i < PUBLIC_PART_COUNT; i++)
        if (task->part[i].text == NULL && all->part[i].text != NULL && i != PUBLIC_TITLE &&
            i != PUBLIC_NUMBER)
            task->part[i] =
                (struct public_text){alloc_string(all->part[i].text), all->part[i].line};
    if (task->period.line == 0 || (task->period.first == DATE_NONE && task->period.days == 0))
        task->period = all->period;
}

/* Objections go to who publishes the notice, where it names no other. */
static void read_publisher(struct notice_doc *n, struct public_task *task)
{
    struct public_text *office = &task->part[PUBLIC_OFFICE],
                       *publisher = &task->part[PUBLIC_PUBLISHER];
    if (office->text == NULL && publisher->text != NULL)
        *office = (struct public_text){alloc_string(publisher->text), publisher->line};
    else if (office->text == NULL && n->signer.from < n->signer.to)
        notice_put_text(n, office, plan_take(&n->doc, n->signer), n->signer, NULL);
}

/* The line that begins the task, where no label says what it is. */
static void read_head(
    struct notice_doc *n, const struct notice_item *item, struct public_task *task)
{
    struct plan_span head = item->head;
    for (size_t i = notice_label_from(n, item->first);
         i < n->label_count && n->label[i].line == item->first; i++)
        if (n->label[i].from < head.to)
            head.to = n->label[i].from;
    while (head.from < head.to && plan_is_one_of(plan_code(&n->doc, head.from), ":、.,。 "))
        head.from++;
    head = plan_trim(&n->doc, head);
    if (head.from >= head.to)
        return;
    head = notice_take_number(n, head, task);
    if (task->part[PUBLIC_TITLE].text == NULL)
        notice_put_text(n, &task->part[PUBLIC_TITLE],
            plan_take(&n->doc, notice_without_stop(&n->doc, head)), head, NULL);
}

/* 第一项, 第二项 ..: one after the other from 1 on they may count the tasks of the notice. */
static void forget_counts(struct notice_doc *n)
{
    for (size_t i = 0; i < n->item_count; i++) {
        int value = 0;
        struct plan_span number = n->item[i].number;
        if (n->item_count < 2 || number.from == number.to ||
            notice_number(&n->doc, number.from, number.to, &value) != number.to ||
            value != (int)i + 1)
            return;
    }
    for (size_t i = 0; i < n->item_count; i++) {
        notice_note(n, PUBLIC_COUNTED, n->item[i].number);
        n->item[i].number.to = n->item[i].number.from;
    }
}

static void read_tasks(struct notice_doc *n)
{
    struct public_notice *out = n->out;
    struct public_task all = {.period = {DATE_NONE, DATE_NONE, 0, PUBLIC_DAYS_UNTOLD, 0}};
    bool at_end = said_at_the_end(n);
    forget_counts(n);
    for (size_t i = 0; i < n->item_count; i++) {
        out->task = alloc_grow(out->task, &out->capacity, out->count + 1, sizeof *out->task);
        out->task[out->count++] =
            (struct public_task){.period = all.period, .line = n->item[i].first + 1};
    }
    for (size_t i = 0; i < n->label_count && going_on(n->doc.going); i++) {
        size_t line = n->label[i].line, item = item_of(n, line);
        notice_label_take(n, i, item < n->item_count ? n->item[item].end : n->foot,
            task_of(n, &all, line, is_of_notice(n->label[i].part), at_end));
    }
    for (size_t i = 0; i < n->doc.line_count; i++)
        if (i < n->item[0].first || notice_is_statement(&n->doc, &n->doc.line[i]))
            read_statement(n, i, task_of(n, &all, i, true, at_end));
    leave_out_long(n, &all);
    for (size_t i = 0; i < n->item_count && going_on(n->doc.going); i++) {
        struct public_task *task = &out->task[i];
        read_head(n, &n->item[i], task);
        share(task, &all);
        read_publisher(n, task);
        notice_said_read(n, &n->item[i], task);
    }
    for (int i = 0; i < PUBLIC_PART_COUNT; i++)
        free(all.part[i].text);
}

/* --- the whole notice ------------------------------------------------------------------------ */

/* "..情况公示（第二批）": a line before the first task, or a statement. */
static bool says_public(const struct notice_doc *n, size_t line)
{
    const struct plan_line *at = &n->doc.line[line];
    struct plan_span words = {at->from, at->to};
    size_t found = plan_find(&n->doc, words, "公示");
    if (found == words.to)
        return false;
    if (notice_is_statement(&n->doc, at))
        return true;
    bool before = n->item_count == 0 || line < n->item[0].first;
    return before && at->kind == KIND_NONE && words.to - words.from <= TITLE_MOST &&
           words.to - found <= 10;
}

static void describe(struct notice_doc *n)
{
    bool has[PUBLIC_PART_COUNT] = {false};
    for (size_t i = 0; i < n->label_count; i++) {
        enum public_part part = n->label[i].part;
        n->out->core += notice_is_core(part) && !has[part];
        n->out->is_published |= part == PUBLIC_PERIOD || part == PUBLIC_LETTER;
        has[part] = true;
    }
    for (size_t i = 0; i < n->doc.line_count && !n->out->is_published; i++)
        n->out->is_published = says_public(n, i);
}

void notice_read(const char *text, const struct going *going, struct public_notice *out)
{
    struct notice_doc n = {.out = out};
    *out = (struct public_notice){0};
    plan_doc_open(&n.doc, text, going);
    plan_lines_join(&n.doc);
    notice_labels_read(&n);
    notice_split(&n);
    describe(&n);
    if (n.item_count > 0) {
        notice_around_read(&n);
        read_tasks(&n);
    }
    settle_notes(out);
    plan_doc_clear(&n.doc);
    free(n.label);
    free(n.item);
    free(n.around);
}

void notice_clear(struct public_notice *notice)
{
    for (size_t i = 0; i < notice->count; i++)
        for (int k = 0; k < PUBLIC_PART_COUNT; k++)
            free(notice->task[i].part[k].text);
    for (size_t i = 0; i < notice->note_count; i++)
        free(notice->note[i].words);
    free(notice->task);
    free(notice->note);
    *notice = (struct public_notice){0};
}
