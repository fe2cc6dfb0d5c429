/* What the labels of a public notice say, read into the fields of a task. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "notice_parts.h"

#define PHONE_DIGITS 5 /* at least */

/* --- texts ----------------------------------------------------------------------------------- */

static char *text_of(const struct plan_doc *doc, struct plan_span span)
{
    struct strbuf out = {0};
    strbuf_add(&out, "");
    for (size_t i = plan_line_of(doc, span.from); i < doc->line_count; i++) {
        const struct plan_line *line = &doc->line[i];
        struct plan_span piece = {line->from, line->to};
        if (piece.from >= span.to)
            break;
        piece.from = piece.from < span.from ? span.from : piece.from;
        piece.to = piece.to > span.to ? span.to : piece.to;
        if (line->noise || piece.from >= piece.to)
            continue;
        if (out.length > 0 && !line->goes_on)
            strbuf_add(&out, "\n");
        plan_add(doc, plan_trim(doc, piece), &out);
    }
    return strbuf_take(&out);
}

/* Digits and marks as those of ASCII, without the full stop behind them. */
static char *folded(const struct plan_doc *doc, struct plan_span span, bool blanks)
{
    struct strbuf out = {0};
    strbuf_add(&out, "");
    for (size_t at = span.from; at < span.to; at++)
        if (blanks || !plan_is_blank(plan_code(doc, at)))
            text_encode(&out, plan_code(doc, at) == '\n' ? ' ' : plan_code(doc, at));
    return strbuf_take(&out);
}

struct plan_span notice_without_stop(const struct plan_doc *doc, struct plan_span span)
{
    span = plan_trim(doc, span);
    while (span.to > span.from && plan_is_one_of(plan_code(doc, span.to - 1), "。;,、. "))
        span.to--;
    return span;
}

static bool same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* Puts the text, or adds it to what was told before under another label. */
void notice_put_text(struct notice_doc *n, struct public_text *part, char *text,
    struct plan_span span, const char *join)
{
    if (text[0] == '\0' || (part->text != NULL && same(part->text, text))) {
        free(text);
    } else if (part->text == NULL) {
        *part = (struct public_text){text, plan_line_of(&n->doc, span.from) + 1};
    } else if (join == NULL) {
        notice_note(n, PUBLIC_TWICE, span);
        free(text);
    } else {
        char *both = alloc_format("%s%s%s", part->text, join, text);
        free(part->text);
        free(text);
        part->text = both;
    }
}

/* --- one label ------------------------------------------------------------------------------- */

static void note_damage(struct notice_doc *n, struct plan_span span)
{
    struct plan_span found, rest = span;
    while (notice_damage(&n->doc, rest, &found)) {
        notice_note(n, PUBLIC_DAMAGED_TEXT, found);
        rest.from = found.to;
    }
    for (rest = span; notice_no_day(&n->doc, rest, &found); rest.from = found.to)
        notice_note(n, PUBLIC_NO_DAY, found);
}

static bool is_sound(struct notice_doc *n, struct plan_span span)
{
    struct plan_span found;
    bool damaged = notice_damage(&n->doc, span, &found);
    if (damaged || notice_no_day(&n->doc, span, &found))
        notice_note(n, damaged ? PUBLIC_DAMAGED : PUBLIC_NO_DAY, found);
    else
        return true;
    return false;
}

/* ..（序号23） */
static struct plan_span take_bracket(
    struct notice_doc *n, struct plan_span value, struct public_task *task)
{
    struct plan_span number, words = notice_without_stop(&n->doc, value);
    size_t open = notice_bracket_number(&n->doc, words, &number);
    if (open == 0)
        return value;
    char *text = notice_number_take(n, number);
    if (text != NULL)
        notice_put_text(n, &task->part[PUBLIC_NUMBER], text, number, NULL);
    return plan_trim(&n->doc, (struct plan_span){value.from, open});
}

/* 第二十三项：.. at the head of what the task is called. */
struct plan_span notice_take_number(
    struct notice_doc *n, struct plan_span value, struct public_task *task)
{
    struct plan_span number;
    value = take_bracket(n, value, task);
    size_t behind = notice_item_number(&n->doc, value.from, value.to, &number);
    if (behind == 0)
        return value;
    char *text = notice_number_take(n, number);
    if (text != NULL)
        notice_put_text(n, &task->part[PUBLIC_NUMBER], text, number, NULL);
    while (behind < value.to && (plan_is_one_of(plan_code(&n->doc, behind), ":、.,。") ||
                                    plan_is_blank(plan_code(&n->doc, behind))))
        behind++;
    return behind < value.to ? (struct plan_span){behind, value.to} : value;
}

static void add_units(struct strbuf *out, const struct plan_units *units)
{
    for (size_t i = 0; i < units->count; i++)
        strbuf_format(out, "%s%s", out->length > 0 ? "、" : "", units->unit[i].name);
}

static void put_units(struct notice_doc *n, struct public_task *task, enum public_part part,
    const struct plan_units *units, struct plan_span span)
{
    struct strbuf list = {0};
    if (units->count == 0)
        return;
    if (part == PUBLIC_SUPERVISOR) {
        const char *there = task->part[part].text;
        if (units->count > 1 || (there != NULL && !same(there, units->unit[0].name)))
            notice_note(n, PUBLIC_ONE_ONLY, span);
        if (there == NULL)
            notice_put_text(n, &task->part[part], alloc_string(units->unit[0].name), span, NULL);
        return;
    }
    add_units(&list, units);
    notice_put_text(n, &task->part[part], strbuf_take(&list), span, "、");
}

/* A list of units; what its words make of them (牵头, 配合) goes before the label. */
static void read_units(
    struct notice_doc *n, enum public_part part, struct plan_span span, struct public_task *task)
{
    static const enum public_part parts[] = {PUBLIC_LEAD, PUBLIC_RESPONSIBLE, PUBLIC_COOPERATING};
    struct plan_said said;
    plan_said_read(&n->doc, span, &said);
    for (int role = 0; role < 3; role++) {
        bool own = part != PUBLIC_RESPONSIBLE || role == ROLE_RESPONSIBLE;
        put_units(n, task, own ? part : parts[role], &said.units[role], span);
    }
    if (said.others)
        notice_note(n, PUBLIC_OTHERS, span);
    if (said.strange_count > 0)
        notice_note(n, PUBLIC_NOT_UNIT, said.strange);
    if (said.inner.to > 0)
        notice_note(n, PUBLIC_INNER, said.inner);
    plan_said_clear(&said);
}

static void read_phone(struct notice_doc *n, struct plan_span span, struct public_task *task)
{
    struct plan_span damage;
    size_t digits = 0;
    span = notice_without_stop(&n->doc, span);
    if (span.from == span.to)
        return;
    if (notice_bad_digit(&n->doc, span, &damage)) {
        notice_note(n, PUBLIC_DAMAGED, span);
        return;
    }
    for (size_t at = span.from; at < span.to; at++)
        digits += plan_code(&n->doc, at) >= '0' && plan_code(&n->doc, at) <= '9';
    if (digits < PHONE_DIGITS)
        notice_note(n, PUBLIC_NO_PHONE, span);
    else
        notice_put_text(n, &task->part[PUBLIC_PHONE], folded(&n->doc, span, true), span, "、");
}

static bool is_email(const char *text)
{
    const char *at = strchr(text, '@');
    if (at == NULL || at == text || strchr(at + 1, '@') != NULL || strchr(at, '.') == NULL ||
        strchr(at, '.') == at + 1)
        return false;
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80 || strchr(" ?<>\"\\", *text) != NULL)
            return false;
    return text[-1] != '.' && text[-1] != '@';
}

static void read_email(struct notice_doc *n, struct plan_span span, struct public_task *task)
{
    span = notice_without_stop(&n->doc, span);
    if (span.from == span.to)
        return;
    char *text = folded(&n->doc, span, false);
    if (is_email(text)) {
        notice_put_text(n, &task->part[PUBLIC_EMAIL], text, span, NULL);
    } else {
        notice_note(n, PUBLIC_NO_EMAIL, span);
        free(text);
    }
}

/* 公示截止时间 tells the last day alone. */
static bool tells_end(const struct notice_doc *n, const struct notice_label *label)
{
    struct plan_span words = {label->from, label->body};
    return plan_find(&n->doc, words, "结束") < words.to ||
           plan_find(&n->doc, words, "截止") < words.to;
}

static void read_period(struct notice_doc *n, const struct notice_label *label,
    struct plan_span span, struct public_task *task)
{
    struct public_period here, *period = &task->period;
    size_t notes = n->out->note_count;
    if (span.from == span.to)
        return;
    notice_put_text(n, &task->part[PUBLIC_PERIOD], plan_take(&n->doc, span), span, " ");
    bool found = notice_period_read(n, span, false, &here);
    if (!found && notes == n->out->note_count)
        notice_note(n, PUBLIC_NO_PERIOD, span);
    if (tells_end(n, label) && here.last == DATE_NONE) {
        here.last = here.first;
        here.first = DATE_NONE;
    }
    if (period->line == 0)
        period->line = here.line;
    if ((here.first != DATE_NONE && period->first != DATE_NONE && here.first != period->first) ||
        (here.last != DATE_NONE && period->last != DATE_NONE && here.last != period->last))
        notice_note(n, PUBLIC_TWICE, span);
    period->first = period->first == DATE_NONE ? here.first : period->first;
    period->last = period->last == DATE_NONE ? here.last : period->last;
    if (period->first != DATE_NONE && period->last != DATE_NONE && period->last < period->first) {
        notice_note(n, PUBLIC_BACKWARDS, span);
        period->last = DATE_NONE;
    }
    if (period->days == 0) {
        period->days = here.days;
        period->kind = here.kind;
    }
}

void notice_label_take(struct notice_doc *n, size_t index, size_t end, struct public_task *task)
{
    const struct notice_label *label = &n->label[index];
    struct plan_span span = notice_value(n, index, end),
                     stopped = notice_without_stop(&n->doc, span);
    struct public_text *part = &task->part[label->part];
    switch (label->part) {
    case PUBLIC_TITLE:
        span = notice_take_number(n, span, task);
        /* fallthrough */
    case PUBLIC_PROBLEM:
    case PUBLIC_GOAL:
    case PUBLIC_MEASURES:
    case PUBLIC_RESULTS:
        note_damage(n, span);
        notice_put_text(n, part, text_of(&n->doc, span), span,
            label->part == PUBLIC_RESULTS || label->part == PUBLIC_PROBLEM ? "\n" : NULL);
        break;
    case PUBLIC_NUMBER: {
        char *number = stopped.from < stopped.to ? notice_number_take(n, stopped) : NULL;
        if (number != NULL)
            notice_put_text(n, part, number, stopped, NULL);
        break;
    }
    case PUBLIC_DEADLINE:
    case PUBLIC_DONE_ON:
    case PUBLIC_ADDRESS:
    case PUBLIC_OFFICE:
    case PUBLIC_PUBLISHER:
        if (is_sound(n, stopped))
            notice_put_text(n, part, plan_take(&n->doc, stopped), stopped, NULL);
        break;
    case PUBLIC_LETTER: {
        struct plan_span words = {label->from, label->body};
        while (words.to > words.from && (plan_is_one_of(plan_code(&n->doc, words.to - 1), ":") ||
                                            plan_is_blank(plan_code(&n->doc, words.to - 1))))
            words.to--;
        char *name = plan_take(&n->doc, words), *text = text_of(&n->doc, span);
        bool told = text[0] != '\0';
        notice_put_text(n, part, alloc_string(text), span, "\n");
        if (told)
            notice_put_text(
                n, &task->part[PUBLIC_RESULTS], alloc_format("%s：%s", name, text), span, "\n");
        free(name);
        free(text);
        break;
    }
    case PUBLIC_SOURCE:
    case PUBLIC_CATEGORY:
    case PUBLIC_REGION:
        notice_put_text(n, part, plan_take(&n->doc, stopped), stopped, NULL);
        break;
    case PUBLIC_LEAD:
    case PUBLIC_RESPONSIBLE:
    case PUBLIC_COOPERATING:
    case PUBLIC_SUPERVISOR:
        read_units(n, label->part, span, task);
        break;
    case PUBLIC_PERIOD:
        read_period(n, label, span, task);
        break;
    case PUBLIC_PHONE:
        read_phone(n, span, task);
        break;
    case PUBLIC_EMAIL:
        read_email(n, span, task);
        break;
    default:
        if (span.from < span.to)
            notice_note(n, PUBLIC_PASSED_OVER, (struct plan_span){label->from, span.to});
    }
}
