/* The page of one task: laid out as lines for a width, once; drawing only copies them. */
#include "detail_page.h"

#include <stdlib.h>

#include "base/alloc.h"

/* --- lines --------------------------------------------------------------------------------- */

static struct page_line *add_line(struct detail_page *page)
{
    page->line = alloc_grow(page->line, &page->capacity, page->count + 1, sizeof *page->line);
    struct page_line *line = &page->line[page->count++];
    *line = (struct page_line){.glyph = NO_GLYPH, .role = ROLE_NORMAL};
    return line;
}

void page_add_heading(struct detail_page *page, const char *text, size_t count)
{
    if (page->count)
        add_line(page);
    if (page->section_count < SECTIONS_MOST)
        page->section[page->section_count++] = page->count;
    struct page_line *line = add_line(page);
    line->text = count ? alloc_format("%s %zu", text, count) : alloc_string(text);
    line->role = ROLE_TITLE;
}

void page_add_text(struct detail_page *page, const char *label, int indent, enum glyph glyph,
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

void page_add_field(struct detail_page *page, const char *label, enum role role, const char *value)
{
    if (*value)
        page_add_text(page, label, page->label_columns, NO_GLYPH, role, value);
}

void page_add_note(struct detail_page *page, enum role role, const char *format, ...)
{
    struct strbuf text = {0};
    va_list args;
    va_start(args, format);
    strbuf_vformat(&text, format, args);
    va_end(args);
    if (text.length)
        page_add_text(page, NULL, 4, NO_GLYPH, role, strbuf_text(&text));
    strbuf_clear(&text);
}

void page_add_item(struct detail_page *page, enum glyph glyph, enum role role, const char *text)
{
    page_add_text(page, NULL, 2, glyph, role, text);
}

/* --- the page ------------------------------------------------------------------------------ */

struct detail_page *detail_page_new(
    struct model *model, const struct task_detail *detail, int columns)
{
    struct detail_page *page = alloc_zero(1, sizeof *page);
    page->columns = columns < 20 ? 20 : columns;
    page->label_columns = page_label_columns();
    page->model = model;
    page->today = model_today(model);
    page_add_sections(page, detail);
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
