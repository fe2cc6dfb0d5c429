/* The page of one task: its sections laid out as lines for a width, once; drawing only copies them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/task_detail.h"
#include "model/units.h"
#include "views/detail.h"

#define SECTIONS_MOST 16
#define NO_GLYPH GLYPH_COUNT

struct page_line {
    char *label; /* NULL: none */
    char *text;
    int indent;       /* column of `text`; a label stands at 0, a glyph before the text */
    enum glyph glyph; /* NO_GLYPH: none */
    enum role role;
    bool heading;
};
struct detail_page {
    struct page_line *line;
    size_t count, capacity;
    size_t section[SECTIONS_MOST], section_count;
    int columns, label_columns;
    const struct model *model;
    const struct today *today;
};

/* --- lines --------------------------------------------------------------------------------- */

static struct page_line *add_line(struct detail_page *page)
{
    page->line = alloc_grow(page->line, &page->capacity, page->count + 1, sizeof *page->line);
    struct page_line *line = &page->line[page->count++];
    *line = (struct page_line){.glyph = NO_GLYPH, .role = ROLE_NORMAL};
    return line;
}

static void add_heading(struct detail_page *page, const char *text, size_t count)
{
    if (page->count)
        add_line(page);
    if (page->section_count < SECTIONS_MOST)
        page->section[page->section_count++] = page->count;
    struct page_line *line = add_line(page);
    line->text = count ? alloc_format("%s %zu", text, count) : alloc_string(text);
    line->role = ROLE_TITLE;
    line->heading = true;
}

/* `text` wrapped from column `indent` on; the first line carries label and glyph. */
static void add_text(struct detail_page *page, const char *label, int indent, enum glyph glyph,
    enum role role, const char *text)
{
    int columns = page->columns - indent;
    struct text_lines lines = {0};
    text_wrap(&lines, text, columns > 8 ? columns : 8);
    for (size_t i = 0; i < lines.count; i++) {
        struct page_line *line = add_line(page);
        line->label = i == 0 && label ? alloc_string(label) : NULL;
        line->glyph = i == 0 ? glyph : NO_GLYPH;
        line->text = alloc_string_n(text + lines.line[i].start, lines.line[i].bytes);
        line->indent = indent;
        line->role = role;
    }
    text_lines_clear(&lines);
}

static void add_field(
    struct detail_page *page, const char *label, enum role role, const char *value)
{
    if (*value)
        add_text(page, label, page->label_columns, NO_GLYPH, role, value);
}

/* A formatted line under an item. */
static void add_note(struct detail_page *page, enum role role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void add_note(struct detail_page *page, enum role role, const char *format, ...)
{
    struct strbuf text = {0};
    va_list args;
    va_start(args, format);
    strbuf_vformat(&text, format, args);
    va_end(args);
    if (text.length)
        add_text(page, NULL, 4, NO_GLYPH, role, strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_item(struct detail_page *page, enum glyph glyph, enum role role, const char *text)
{
    add_text(page, NULL, 2, glyph, role, text);
}

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
    add_field(page, _("State"), row->returned ? ROLE_WARNING : ROLE_NORMAL, strbuf_text(&text));
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
    add_field(page, _("Light"), roles[light], strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_deadline(struct detail_page *page, const struct task_detail *detail)
{
    struct strbuf text = {0};
    bool has;
    int days = task_days_left(&detail->row, page->today, &has);
    add_day(&text, "", detail->row.due_on);
    if (has && days < 0)
        strbuf_format(&text, ngettext("  %d day late", "  %d days late", (unsigned)-days), -days);
    else if (has)
        strbuf_format(&text, ngettext("  %d day left", "  %d days left", (unsigned)days), days);
    if (detail->row.deadline_kind != DEADLINE_DATE)
        strbuf_format(&text, "%s%s", text.length ? "  " : "",
            _(deadline_kinds[detail->row.deadline_kind].label));
    if (*detail->deadline_raw)
        strbuf_format(&text, _("  (in the document: %s)"), detail->deadline_raw);
    add_field(
        page, _("Deadline"), has && days < 0 ? ROLE_OVERDUE : ROLE_NORMAL, strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_people(struct detail_page *page, const struct task_detail *detail)
{
    struct strbuf text = {0};
    add_names(&text, page, detail->regions, detail->region_count, region_name);
    add_field(page, _("Region"), ROLE_NORMAL, strbuf_text(&text));
    strbuf_cut(&text, 0);
    add_names(&text, page, detail->leads, detail->lead_count, department_name);
    add_field(page, _("Lead"), ROLE_NORMAL, strbuf_text(&text));
    strbuf_cut(&text, 0);
    add_names(&text, page, detail->responsible, detail->responsible_count, department_name);
    add_field(page, _("Responsible"), ROLE_NORMAL, strbuf_text(&text));
    add_field(page, _("Supervisor"), ROLE_NORMAL, department_name(page, detail->row.supervisor_id));
    const struct sponsor *sponsor = units_sponsor(model_units(page->model), detail->row.sponsor_id);
    if (sponsor) {
        strbuf_cut(&text, 0);
        strbuf_format(&text, "%s  %s", sponsor->name, sponsor->post);
        add_field(page, _("Sponsor"), ROLE_NORMAL, strbuf_text(&text));
    }
    strbuf_cut(&text, 0);
    strbuf_format(&text, "%s%s%s", detail->officer, *detail->phone ? "  " : "", detail->phone);
    add_field(page, _("Officer"), ROLE_NORMAL, strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_overview(struct detail_page *page, const struct task_detail *detail)
{
    const struct source *source = units_source(model_units(page->model), detail->row.source_id);
    page->section[page->section_count++] = 0;
    char *title = alloc_format("%s  %s", detail->row.ident, detail->row.title);
    add_text(page, NULL, 0, NO_GLYPH, ROLE_TITLE, title);
    free(title);
    add_state(page, &detail->row);
    add_deadline(page, detail);
    add_people(page, detail);
    add_field(page, _("Source"), ROLE_NORMAL, source ? source->name : "");
    add_field(page, _("Category"), ROLE_NORMAL, detail->category);
    add_field(page, _("Problem"), ROLE_NORMAL, detail->problem);
    add_field(page, _("Goal"), ROLE_NORMAL, detail->goal);
    struct strbuf closed = {0};
    add_day(&closed, "", detail->row.closed_on);
    if (*detail->close_document)
        strbuf_format(&closed, "  %s", detail->close_document);
    add_field(page, _("Closed"), ROLE_NORMAL, strbuf_text(&closed));
    strbuf_clear(&closed);
}

static void add_measures(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->measure_count)
        return;
    size_t done = 0;
    for (size_t i = 0; i < detail->measure_count; i++)
        done += detail->measures[i].done_on != DATE_NONE;
    char *heading = alloc_format(_("Measures %zu/%zu"), done, detail->measure_count);
    add_heading(page, heading, 0);
    free(heading);
    for (size_t i = 0; i < detail->measure_count; i++) {
        const struct measure *measure = &detail->measures[i];
        bool is_done = measure->done_on != DATE_NONE || *measure->waived;
        bool late = !is_done && measure->due_on != DATE_NONE && measure->due_on < page->today->date;
        struct strbuf text = {0};
        strbuf_format(&text, "%d. %s", measure->position, measure->text);
        add_item(page, is_done ? GLYPH_DONE : GLYPH_TODO, ROLE_NORMAL, strbuf_text(&text));
        strbuf_cut(&text, 0);
        add_day(&text, _("due "), measure->due_on);
        add_day(&text, text.length ? _("  done ") : _("done "), measure->done_on);
        if (*measure->waived)
            strbuf_format(&text, _("  waived: %s"), measure->waived);
        add_note(page, late ? ROLE_OVERDUE : ROLE_DIM, "%s", strbuf_text(&text));
        strbuf_clear(&text);
    }
}

static void add_reports(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->report_count)
        return;
    add_heading(page, _("Reports"), detail->report_count);
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
        add_item(page, GLYPH_BULLET, ROLE_LABEL, strbuf_text(&text));
        add_note(page, ROLE_NORMAL, "%s", report->text);
        if (*report->problems)
            add_note(page, ROLE_NORMAL, _("Problems: %s"), report->problems);
        if (*report->next_step)
            add_note(page, ROLE_NORMAL, _("Next: %s"), report->next_step);
        strbuf_clear(&text);
    }
}

static void add_notices(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->notice_count)
        return;
    add_heading(page, _("Notices"), detail->notice_count);
    for (size_t i = 0; i < detail->notice_count; i++) {
        const struct notice *notice = &detail->notices[i];
        bool owed = notice->replied_on == DATE_NONE && notice->reply_due != DATE_NONE &&
                    notice->reply_due < page->today->date;
        struct strbuf text = {0};
        strbuf_add(&text, _(notice_levels[notice->level].label));
        add_day(&text, "  ", notice->issued_on);
        strbuf_format(&text, "  %s  %s", notice->issuer, notice->document);
        add_item(page, GLYPH_BULLET, ROLE_LABEL, strbuf_text(&text));
        add_note(page, ROLE_NORMAL, "%s", notice->reason);
        strbuf_cut(&text, 0);
        add_day(&text, _("reply due "), notice->reply_due);
        add_day(&text, _("  replied "), notice->replied_on);
        add_day(&text, _("  lifted "), notice->lifted_on);
        add_note(page, owed ? ROLE_OVERDUE : ROLE_DIM, "%s", strbuf_text(&text));
        add_note(page, ROLE_NORMAL, "%s", notice->reply);
        strbuf_clear(&text);
    }
}

static void add_reviews(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->review_count)
        return;
    add_heading(page, _("Reviews"), detail->review_count);
    for (size_t i = 0; i < detail->review_count; i++) {
        const struct review *review = &detail->reviews[i];
        struct strbuf text = {0};
        strbuf_format(&text, "%s  %s", _(review_levels[review->level].label),
            review->passed ? _("passed") : _("sent back"));
        add_day(&text, "  ", review->reviewed_on);
        strbuf_format(
            &text, "  %s %s", department_name(page, review->department_id), review->reviewer);
        add_item(page, review->passed ? GLYPH_DONE : GLYPH_TODO,
            review->passed ? ROLE_LABEL : ROLE_WARNING, strbuf_text(&text));
        add_note(page, ROLE_NORMAL, "%s", review->conclusion);
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
        strbuf_format(&text, "  %s %s", objection->channel, objection->raiser);
        strbuf_format(&text, "  %s",
            objection->upheld < 0 ? _("open")
            : objection->upheld   ? _("upheld")
                                  : _("not upheld"));
        add_item(page, objection->upheld < 0 ? GLYPH_TODO : GLYPH_DONE,
            objection->upheld < 0 ? ROLE_WARNING : ROLE_LABEL, strbuf_text(&text));
        add_note(page, ROLE_NORMAL, "%s", objection->text);
        strbuf_cut(&text, 0);
        if (*objection->settlement)
            strbuf_format(&text, _("Settled: %s"), objection->settlement);
        add_day(&text, "  ", objection->settled_on);
        add_note(page, ROLE_NORMAL, "%s", strbuf_text(&text));
        strbuf_clear(&text);
    }
}

static void add_publicities(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->publicity_count)
        return;
    add_heading(page, _("Publicity and objections"), 0);
    for (size_t i = 0; i < detail->publicity_count; i++) {
        const struct publicity *publicity = &detail->publicities[i];
        char from[11], to[11];
        char *line = alloc_format(
            publicity->working_days ? _("%s – %s  %d working days  %s") : _("%s – %s  %d days  %s"),
            date_format(publicity->starts_on, from), date_format(publicity->ends_on, to),
            publicity->days, publicity->medium);
        add_item(page, GLYPH_BULLET, ROLE_LABEL, line);
        free(line);
        add_note(page, ROLE_NORMAL, "%s", publicity->results);
        add_note(page, ROLE_DIM, "%s  %s  %s  %s", publicity->office, publicity->phone,
            publicity->address, publicity->email);
        add_objections(page, detail, publicity);
    }
}

static void add_extensions(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->extension_count)
        return;
    add_heading(page, _("Extensions"), detail->extension_count);
    for (size_t i = 0; i < detail->extension_count; i++) {
        const struct extension *extension = &detail->extensions[i];
        struct strbuf text = {0};
        add_day(&text, "", extension->old_deadline);
        add_day(&text, " → ", extension->new_deadline);
        strbuf_format(&text, "  %s",
            extension->approved < 0 ? _("asked, not decided")
            : extension->approved   ? _("approved")
                                    : _("refused"));
        add_item(page, extension->approved < 0 ? GLYPH_TODO : GLYPH_DONE, ROLE_LABEL,
            strbuf_text(&text));
        strbuf_cut(&text, 0);
        strbuf_format(&text, _("Reason: %s"), extension->reason);
        add_note(page, ROLE_NORMAL, "%s", strbuf_text(&text));
        strbuf_cut(&text, 0);
        add_day(&text, _("asked "), extension->asked_on);
        strbuf_format(&text, " %s", extension->asked_by);
        add_day(&text, _("  decided "), extension->decided_on);
        strbuf_format(&text, " %s  %s", extension->decided_by, extension->comment);
        add_note(page, ROLE_DIM, "%s", strbuf_text(&text));
        strbuf_clear(&text);
    }
}

static void add_parts(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->part_count)
        return;
    add_heading(page, _("Breakdown"), detail->part_count);
    for (size_t i = 0; i < detail->part_count; i++) {
        char *line = alloc_format("%s  %s  %s  %d%%  %s", detail->parts[i].ident,
            region_name(page, detail->parts[i].region_id),
            _(task_states[detail->parts[i].state].label), detail->parts[i].percent,
            detail->parts[i].title);
        add_item(page, detail->parts[i].state == STATE_CLOSED ? GLYPH_DONE : GLYPH_TODO,
            ROLE_NORMAL, line);
        free(line);
    }
}

static void add_history(struct detail_page *page, const struct task_detail *detail)
{
    if (!detail->events.count)
        return;
    add_heading(page, _("History"), detail->events.count);
    for (size_t i = 0; i < detail->events.count; i++) {
        const struct event *event = &detail->events.event[i];
        struct date_time at = date_local(event->at);
        char day[11];
        struct strbuf text = {0};
        strbuf_format(&text, "%s %02d:%02d  %s  ", date_format(at.date, day), at.hour, at.minute,
            *event->actor ? event->actor : _("outside duban"));
        history_describe(page->model, event, &text);
        if (*event->origin)
            strbuf_format(&text, "  (%s)", event->origin);
        add_item(
            page, GLYPH_BULLET, event->hashed ? ROLE_NORMAL : ROLE_WARNING, strbuf_text(&text));
        strbuf_clear(&text);
    }
}

/* --- the page ------------------------------------------------------------------------------ */

static int label_width(void)
{
    const char *labels[] = {_("State"), _("Light"), _("Deadline"), _("Region"), _("Lead"),
        _("Responsible"), _("Supervisor"), _("Sponsor"), _("Officer"), _("Source"), _("Category"),
        _("Problem"), _("Goal"), _("Closed")};
    int most = 0;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        int width = text_width(labels[i]);
        most = width > most ? width : most;
    }
    return most + 2;
}

struct detail_page *detail_page_new(
    struct model *model, const struct task_detail *detail, int columns)
{
    struct detail_page *page = alloc_zero(1, sizeof *page);
    page->columns = columns < 20 ? 20 : columns;
    page->label_columns = label_width();
    page->model = model;
    page->today = model_today(model);
    add_overview(page, detail);
    add_parts(page, detail);
    add_measures(page, detail);
    add_reports(page, detail);
    add_notices(page, detail);
    add_reviews(page, detail);
    add_publicities(page, detail);
    add_extensions(page, detail);
    add_history(page, detail);
    return page;
}

void detail_page_free(struct detail_page *page)
{
    if (!page)
        return;
    for (size_t i = 0; i < page->count; i++) {
        free(page->line[i].label);
        free(page->line[i].text);
    }
    free(page->line);
    free(page);
}

size_t detail_page_lines(const struct detail_page *page)
{
    return page->count;
}

size_t detail_page_sections(const struct detail_page *page)
{
    return page->section_count;
}

size_t detail_page_section_line(const struct detail_page *page, size_t section)
{
    return section < page->section_count ? page->section[section] : page->count;
}

void detail_page_draw(
    const struct detail_page *page, size_t first, struct canvas *canvas, struct rect area)
{
    for (int i = 0; i < area.rows && first + (size_t)i < page->count; i++) {
        const struct page_line *line = &page->line[first + (size_t)i];
        int row = area.row + i, column = area.column;
        if (line->label)
            canvas_put(canvas, row, column, line->indent - 1, ROLE_LABEL, line->label);
        if (line->glyph != NO_GLYPH)
            canvas_put(canvas, row, column + line->indent - 2, 1, line->role,
                canvas_glyph(canvas, line->glyph));
        if (line->text)
            canvas_put(canvas, row, column + line->indent, area.columns - line->indent, line->role,
                line->text);
    }
}

void detail_page_text(const struct detail_page *page, struct strbuf *out)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct page_line *line = &page->line[i];
        if (line->label)
            text_pad(out, line->label, line->indent, false);
        else if (line->glyph != NO_GLYPH)
            text_pad(out,
                line->glyph == GLYPH_DONE   ? "x"
                : line->glyph == GLYPH_TODO ? "-"
                                            : "*",
                line->indent, true);
        else if (line->text)
            strbuf_add_times(out, ' ', (size_t)line->indent);
        strbuf_format(out, "%s\n", line->text ? line->text : "");
    }
}
