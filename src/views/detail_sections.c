/* What stands on the page of a task, section by section. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "detail_page.h"
#include "model/field.h"
#include "model/units.h"

/* --- words --------------------------------------------------------------------------------- */

static const char *department_name(const struct detail_page *page, int64_t id)
{
    const struct department *department = units_department(model_units(page->model), id);
    return department ? department->name : "";
}

static const char *region_name(const struct detail_page *page, int64_t id)
{
    const struct region *region = units_region(model_units(page->model), id);
    return region ? region->name : "";
}

static void add_day(struct strbuf *out, const char *before, date_t date)
{
    char text[11];
    if (date != DATE_NONE)
        strbuf_format(out, "%s%s", before, date_format(date, text));
}

static void add_names(struct strbuf *out, const struct detail_page *page, const int64_t *ids,
    size_t count, const char *(*name)(const struct detail_page *, int64_t))
{
    for (size_t i = 0; i < count; i++)
        strbuf_format(out, "%s%s", i ? _(", ") : "", name(page, ids[i]));
}

/* A piece of a line, two blanks before it; nothing when it is empty. */
static void add_piece(struct strbuf *out, const char *text)
{
    if (*text)
        strbuf_format(out, "%s%s", out->length ? "  " : "", text);
}

static void add_piece_day(struct strbuf *out, const char *before, date_t date)
{
    struct strbuf piece = {0};
    add_day(&piece, before, date);
    add_piece(out, strbuf_text(&piece));
    strbuf_clear(&piece);
}

/* How far a day is from today. */
static void add_distance(struct strbuf *out, int days)
{
    if (days == 0)
        strbuf_add(out, _("  today"));
    else if (days < 0)
        strbuf_format(out, ngettext("  %d day late", "  %d days late", (unsigned)-days), -days);
    else
        strbuf_format(out, ngettext("  %d day left", "  %d days left", (unsigned)days), days);
}

/* What was done after the day it was due. */
static void add_lateness(struct strbuf *out, date_t due, date_t done)
{
    int days = due != DATE_NONE && done != DATE_NONE ? done - due : 0;
    if (days > 0)
        strbuf_format(out, ngettext(" (%d day late)", " (%d days late)", (unsigned)days), days);
}

/* --- sections ------------------------------------------------------------------------------ */

static void add_state(struct detail_page *page, const struct task_row *row)
{
    struct strbuf text = {0};
    enum light light = task_light(row, page->today);
    strbuf_add(
        &text, row->returned ? _("Sent back for rectification") : _(task_states[row->state].label));
    strbuf_format(&text, "  %d%%", row->percent);
    strbuf_format(&text, "  %s", _(task_progresses[row->progress].label));
    if (row->listed)
        strbuf_format(&text, "  %s", _(notice_levels[NOTICE_LISTED].label));
    page_add_field(
        page, _("State"), row->returned ? ROLE_WARNING : ROLE_NORMAL, strbuf_text(&text));
    static const enum role roles[LIGHT_COUNT] = {[LIGHT_OVERDUE] = ROLE_OVERDUE,
        [LIGHT_UNREPORTED] = ROLE_UNREPORTED,
        [LIGHT_DUE_SOON] = ROLE_DUE_SOON,
        [LIGHT_CHANGED] = ROLE_CHANGED,
        [LIGHT_ON_SCHEDULE] = ROLE_OK,
        [LIGHT_CLOSED] = ROLE_CLOSED};
    strbuf_cut(&text, 0);
    strbuf_format(&text, "%c %s", lights[light].glyph, _(lights[light].label));
    if (light != LIGHT_UNREPORTED && task_is_unreported(row, page->today))
        strbuf_format(
            &text, "  %c %s", lights[LIGHT_UNREPORTED].glyph, _(lights[LIGHT_UNREPORTED].label));
    if (task_is_unaccepted(row, page->today))
        strbuf_add(&text, _("  done for over 30 days, not accepted"));
    page_add_field(page, _("Light"), roles[light], strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_overdue_measures(struct strbuf *out, const struct task_detail *detail, date_t today)
{
    size_t count = 0;
    struct strbuf numbers = {0};
    for (size_t i = 0; i < detail->measure_count; i++)
        if (measure_is_overdue(&detail->measures[i], today))
            strbuf_format(&numbers, "%s%d", count++ ? _(", ") : "", detail->measures[i].position);
    if (count)
        strbuf_format(out, ngettext(" (measure %s is late)", " (measures %s are late)", count),
            strbuf_text(&numbers));
    strbuf_clear(&numbers);
}

/* Where the reports and the plan tell two things both are told: whoever checks looks there first.
 */
static void add_progress(struct detail_page *page, const struct task_detail *detail)
{
    enum task_progress computed, reported = detail->row.progress;
    struct strbuf text = {0};
    if (detail->row.state == STATE_CLOSED ||
        !task_computed_progress(detail, page->today->date, &computed) ||
        task_progress_agrees(reported, computed))
        return;
    strbuf_format(&text, _("by the reports %s; by the measures' dates %s"),
        _(task_progresses[reported].label), _(task_progresses[computed].label));
    add_overdue_measures(&text, detail, page->today->date);
    page_add_field(page, _("Plan"), computed == PROGRESS_BEHIND ? ROLE_WARNING : ROLE_NORMAL,
        strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_deadline(struct detail_page *page, const struct task_detail *detail)
{
    struct strbuf text = {0};
    bool has;
    int days = task_days_left(&detail->row, page->today, &has);
    add_day(&text, "", detail->row.due_on);
    if (has)
        add_distance(&text, days);
    if (detail->row.deadline_kind != DEADLINE_DATE)
        strbuf_format(&text, "%s%s", text.length ? "  " : "",
            _(deadline_kinds[detail->row.deadline_kind].label));
    if (*detail->deadline_raw)
        strbuf_format(&text, _("  (in the document: %s)"), detail->deadline_raw);
    page_add_field(
        page, _("Deadline"), has && days < 0 ? ROLE_OVERDUE : ROLE_NORMAL, strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_people(struct detail_page *page, const struct task_detail *detail)
{
    struct strbuf text = {0};
    add_names(&text, page, detail->regions, detail->region_count, region_name);
    page_add_field(page, _("Region"), ROLE_NORMAL, strbuf_text(&text));
    strbuf_cut(&text, 0);
    add_names(&text, page, detail->leads, detail->lead_count, department_name);
    page_add_field(page, _("Lead"), ROLE_NORMAL, strbuf_text(&text));
    strbuf_cut(&text, 0);
    add_names(&text, page, detail->responsible, detail->responsible_count, department_name);
    page_add_field(page, _("Responsible"), ROLE_NORMAL, strbuf_text(&text));
    strbuf_cut(&text, 0);
    add_names(&text, page, detail->cooperating, detail->cooperating_count, department_name);
    page_add_field(page, _("Cooperating"), ROLE_NORMAL, strbuf_text(&text));
    page_add_field(
        page, _("Supervisor"), ROLE_NORMAL, department_name(page, detail->row.supervisor_id));
    const struct sponsor *sponsor = units_sponsor(model_units(page->model), detail->row.sponsor_id);
    if (sponsor) {
        strbuf_cut(&text, 0);
        strbuf_format(&text, "%s  %s", sponsor->name, sponsor->post);
        page_add_field(page, _("Sponsor"), ROLE_NORMAL, strbuf_text(&text));
    }
    strbuf_cut(&text, 0);
    strbuf_format(&text, "%s%s%s", detail->officer, *detail->phone ? "  " : "", detail->phone);
    page_add_field(page, _("Officer"), ROLE_NORMAL, strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_overview(struct detail_page *page, const struct task_detail *detail)
{
    const struct source *source = units_source(model_units(page->model), detail->row.source_id);
    page->section[page->section_count++] = 0;
    char *title = alloc_format("%s  %s", detail->row.ident, detail->row.title);
    page_add_text(page, NULL, 0, NO_GLYPH, ROLE_TITLE, title);
    free(title);
    add_state(page, &detail->row);
    add_progress(page, detail);
    add_deadline(page, detail);
    add_people(page, detail);
    page_add_field(page, _("Source"), ROLE_NORMAL, source ? source->name : "");
    page_add_field(page, _("Category"), ROLE_NORMAL, detail->category);
    page_add_field(page, _("Problem"), ROLE_NORMAL, detail->problem);
    page_add_field(page, _("Goal"), ROLE_NORMAL, detail->goal);
    struct strbuf closed = {0};
    add_day(&closed, "", detail->row.closed_on);
    if (*detail->close_document)
        strbuf_format(&closed, "  %s", detail->close_document);
    page_add_field(page, _("Closed"), ROLE_NORMAL, strbuf_text(&closed));
    strbuf_clear(&closed);
}

static void add_measure(struct detail_page *page, const struct measure *measure, bool closed)
{
    bool settled = measure_is_settled(measure);
    bool late = !closed && measure_is_overdue(measure, page->today->date);
    struct strbuf text = {0};
    strbuf_format(&text, "%d. %s", measure->position, measure->text);
    page_add_item(page, settled ? GLYPH_DONE : GLYPH_TODO, ROLE_NORMAL, strbuf_text(&text));
    strbuf_cut(&text, 0);
    add_piece_day(&text, _("due "), measure->due_on);
    if (!settled && !closed && measure->due_on != DATE_NONE)
        add_distance(&text, measure->due_on - page->today->date);
    add_piece_day(&text, _("done "), measure->done_on);
    add_lateness(&text, measure->due_on, measure->done_on);
    if (*measure->waived)
        strbuf_format(&text, _("%swaived: %s"), text.length ? "  " : "", measure->waived);
    page_add_note(page, late ? ROLE_OVERDUE : ROLE_DIM, "%s", strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_measures(struct detail_page *page, const struct task_detail *detail)
{
    size_t done = 0, waived = 0;
    if (!detail->measure_count)
        return;
    for (size_t i = 0; i < detail->measure_count; i++) {
        bool is_done = detail->measures[i].done_on != DATE_NONE;
        done += is_done;
        waived += !is_done && measure_is_settled(&detail->measures[i]);
    }
    struct strbuf heading = {0};
    strbuf_format(&heading, _("Measures %zu/%zu"), done, detail->measure_count);
    if (waived)
        strbuf_format(&heading, _(", %zu waived"), waived);
    page_add_heading(page, strbuf_text(&heading), 0);
    strbuf_clear(&heading);
    for (size_t i = 0; i < detail->measure_count; i++)
        add_measure(page, &detail->measures[i], detail->row.state == STATE_CLOSED);
}

static void add_reports(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->report_count)
        return;
    page_add_heading(page, _("Reports"), detail->report_count);
    for (size_t i = 0; i < detail->report_count; i++) {
        const struct report *report = &detail->reports[i];
        char from[11], to[11];
        struct strbuf text = {0};
        strbuf_format(&text, "%s – %s  %s%s %s", date_format(report->period_start, from),
            date_format(report->period_end, to) + 5, region_name(page, report->region_id),
            department_name(page, report->department_id), report->reporter);
        if (report->percent >= 0)
            strbuf_format(&text, "  %d%%", report->percent);
        if (report->progress >= 0)
            strbuf_format(&text, "  %s", _(task_progresses[report->progress].label));
        page_add_item(page, GLYPH_BULLET, ROLE_LABEL, strbuf_text(&text));
        page_add_note(page, ROLE_NORMAL, "%s", report->text);
        if (*report->problems)
            page_add_note(page, ROLE_NORMAL, _("Problems: %s"), report->problems);
        if (*report->next_step)
            page_add_note(page, ROLE_NORMAL, _("Next: %s"), report->next_step);
        strbuf_clear(&text);
    }
}

/* When an answer is due, when it came, and how late. */
static void add_answer(struct detail_page *page, const struct notice *notice)
{
    bool open = notice->replied_on == DATE_NONE && notice->lifted_on == DATE_NONE &&
                notice->reply_due != DATE_NONE;
    struct strbuf text = {0};
    add_piece_day(&text, _("reply due "), notice->reply_due);
    if (open)
        add_distance(&text, notice->reply_due - page->today->date);
    add_piece_day(&text, _("replied "), notice->replied_on);
    add_lateness(&text, notice->reply_due, notice->replied_on);
    add_piece_day(&text, _("lifted "), notice->lifted_on);
    bool late = open && notice->reply_due < page->today->date;
    page_add_note(page, late ? ROLE_OVERDUE : ROLE_DIM, "%s", strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_notices(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->notice_count)
        return;
    page_add_heading(page, _("Notices"), detail->notice_count);
    for (size_t i = 0; i < detail->notice_count; i++) {
        const struct notice *notice = &detail->notices[i];
        struct strbuf text = {0};
        add_piece(&text, _(notice_levels[notice->level].label));
        add_piece_day(&text, "", notice->issued_on);
        add_piece(&text, notice->issuer);
        add_piece(&text, notice->document);
        page_add_item(page, GLYPH_BULLET, ROLE_LABEL, strbuf_text(&text));
        page_add_note(page, ROLE_NORMAL, "%s", notice->reason);
        add_answer(page, notice);
        if (*notice->reply)
            page_add_note(page, ROLE_NORMAL, _("Reply: %s"), notice->reply);
        strbuf_clear(&text);
    }
}

static void add_reviews(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->review_count)
        return;
    page_add_heading(page, _("Reviews"), detail->review_count);
    for (size_t i = 0; i < detail->review_count; i++) {
        const struct review *review = &detail->reviews[i];
        struct strbuf text = {0};
        strbuf_format(&text, "%s  %s", _(review_levels[review->level].label),
            review->passed ? _("passed") : _("sent back"));
        add_piece_day(&text, "", review->reviewed_on);
        add_piece(&text, department_name(page, review->department_id));
        add_piece(&text, review->reviewer);
        page_add_item(page, review->passed ? GLYPH_DONE : GLYPH_TODO,
            review->passed ? ROLE_LABEL : ROLE_WARNING, strbuf_text(&text));
        page_add_note(page, ROLE_NORMAL, "%s", review->conclusion);
        strbuf_clear(&text);
    }
}

static void add_objections(
    struct detail_page *page, const struct task_detail *detail, const struct publicity *publicity)
{
    for (size_t i = 0; i < detail->objection_count; i++) {
        const struct objection *objection = &detail->objections[i];
        if (objection->publicity_id != publicity->id)
            continue;
        struct strbuf text = {0};
        strbuf_add(&text, _("Objection"));
        add_day(&text, "  ", objection->raised_on);
        strbuf_add(&text, "  ");
        field_show(model_units(page->model), field_named("channel"), objection->channel, &text);
        strbuf_format(&text, " %s", objection->raiser);
        strbuf_format(&text, "  %s",
            objection->upheld < 0 ? _("not settled")
            : objection->upheld   ? _("upheld")
                                  : _("not upheld"));
        page_add_item(page, objection->upheld < 0 ? GLYPH_TODO : GLYPH_DONE,
            objection->upheld < 0 ? ROLE_WARNING : ROLE_LABEL, strbuf_text(&text));
        page_add_note(page, ROLE_NORMAL, "%s", objection->text);
        strbuf_cut(&text, 0);
        if (*objection->settlement)
            strbuf_format(&text, _("Settled: %s"), objection->settlement);
        add_day(&text, "  ", objection->settled_on);
        page_add_note(page, ROLE_NORMAL, "%s", strbuf_text(&text));
        strbuf_clear(&text);
    }
}

static void add_publicities(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->publicity_count)
        return;
    page_add_heading(page, _("Publicity and objections"), 0);
    for (size_t i = 0; i < detail->publicity_count; i++) {
        const struct publicity *publicity = &detail->publicities[i];
        char from[11], to[11];
        char *line = alloc_format(
            publicity->working_days ? _("%s – %s  %d working days  %s") : _("%s – %s  %d days  %s"),
            date_format(publicity->starts_on, from), date_format(publicity->ends_on, to),
            publicity->days, publicity->medium);
        page_add_item(page, GLYPH_BULLET, ROLE_LABEL, line);
        free(line);
        page_add_note(page, ROLE_NORMAL, "%s", publicity->results);
        page_add_note(page, ROLE_DIM, "%s  %s  %s  %s", publicity->office, publicity->phone,
            publicity->address, publicity->email);
        add_objections(page, detail, publicity);
    }
}

/* "asked 2026-09-01  李娜". */
static void add_step(struct detail_page *page, const char *step, date_t on, const char *by)
{
    struct strbuf text = {0};
    add_piece_day(&text, step, on);
    add_piece(&text, by);
    page_add_note(page, ROLE_DIM, "%s", strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_extension(struct detail_page *page, const struct extension *extension)
{
    struct strbuf text = {0};
    bool open = extension->approved < 0;
    int days = extension->old_deadline != DATE_NONE && extension->new_deadline != DATE_NONE
                   ? extension->new_deadline - extension->old_deadline
                   : 0;
    add_day(&text, "", extension->old_deadline);
    add_day(&text, " → ", extension->new_deadline);
    if (days > 0)
        strbuf_format(&text, ngettext(" (%d day more)", " (%d days more)", (unsigned)days), days);
    add_piece(&text, open                  ? _("asked, not decided")
                     : extension->approved ? _("approved")
                                           : _("refused"));
    page_add_item(
        page, open ? GLYPH_TODO : GLYPH_DONE, open ? ROLE_WARNING : ROLE_LABEL, strbuf_text(&text));
    page_add_note(page, ROLE_NORMAL, _("Reason: %s"), extension->reason);
    add_step(page, _("asked "), extension->asked_on, extension->asked_by);
    if (!open)
        add_step(page, _("decided "), extension->decided_on, extension->decided_by);
    if (*extension->comment)
        page_add_note(page, ROLE_NORMAL, _("Comment: %s"), extension->comment);
    strbuf_clear(&text);
}

static void add_extensions(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->extension_count)
        return;
    page_add_heading(page, _("Extensions"), detail->extension_count);
    for (size_t i = 0; i < detail->extension_count; i++)
        add_extension(page, &detail->extensions[i]);
}

static void add_parts(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->part_count)
        return;
    page_add_heading(page, _("Breakdown"), detail->part_count);
    for (size_t i = 0; i < detail->part_count; i++) {
        char *line = alloc_format("%s  %s  %s  %d%%  %s", detail->parts[i].ident,
            region_name(page, detail->parts[i].region_id),
            _(task_states[detail->parts[i].state].label), detail->parts[i].percent,
            detail->parts[i].title);
        page_add_item(page, detail->parts[i].state == STATE_CLOSED ? GLYPH_DONE : GLYPH_TODO,
            ROLE_NORMAL, line);
        free(line);
    }
}

/* The day and the minute stand in a column of their own, older years with their year: the eye looks
 * for when before it looks for what. */
static void add_event(struct detail_page *page, const struct event *event)
{
    struct date_time at = date_local(event->at);
    int year, this_year, month, day;
    char iso[11];
    struct strbuf text = {0};
    date_parts(at.date, &year, &month, &day);
    date_parts(page->today->date, &this_year, &month, &day);
    date_format(at.date, iso);
    char *when =
        alloc_format("%s %02d:%02d", year == this_year ? iso + 5 : iso, at.hour, at.minute);
    struct event plain = *event;
    plain.note = (char *)(uintptr_t) "";
    history_describe(page->model, &plain, &text);
    if (*event->actor)
        strbuf_format(&text, " · %s", event->actor);
    else if (strcmp(event->action, "outside") != 0)
        strbuf_format(&text, " · %s", _("outside duban"));
    if (*event->origin)
        strbuf_format(&text, " · %s", event->origin);
    int indent = text_width(when) + 2;
    page_add_text(page, when, indent, NO_GLYPH, event->hashed ? ROLE_NORMAL : ROLE_WARNING,
        strbuf_text(&text));
    if (*event->note) /* whole: a reason stands nowhere else */
        page_add_text(page, NULL, indent, NO_GLYPH, ROLE_DIM, event->note);
    free(when);
    strbuf_clear(&text);
}

static void add_history(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->events.count)
        return;
    page_add_heading(page, _("History"), detail->events.count);
    for (size_t i = 0; i < detail->events.count; i++)
        add_event(page, &detail->events.event[i]);
}

int page_label_columns(void)
{
    const char *labels[] = {_("State"), _("Light"), _("Plan"), _("Deadline"), _("Region"),
        _("Lead"), _("Responsible"), _("Cooperating"), _("Supervisor"), _("Sponsor"), _("Officer"),
        _("Source"), _("Category"), _("Problem"), _("Goal"), _("Closed")};
    int most = 0;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        int width = text_width(labels[i]);
        most = width > most ? width : most;
    }
    return most + 2;
}

void page_add_sections(struct detail_page *page, const struct task_detail *detail)
{
    add_overview(page, detail);
    add_parts(page, detail);
    page_add_targets(page, detail);
    add_measures(page, detail);
    add_reports(page, detail);
    add_notices(page, detail);
    add_reviews(page, detail);
    add_publicities(page, detail);
    add_extensions(page, detail);
    add_history(page, detail);
}
