/* detail_page: the page's lines, shared by detail_page.c (lines, drawing) and detail_sections.c
 * (what stands in them). */
#ifndef VIEWS_DETAIL_PAGE_H
#define VIEWS_DETAIL_PAGE_H

#include "model/task_detail.h"
#include "views/detail.h"

#define SECTIONS_MOST 16
#define NO_GLYPH GLYPH_COUNT

struct page_line {
    char *label; /* NULL: none */
    char *text;
    int indent;       /* column of `text`; a label stands at 0, a glyph before the text */
    enum glyph glyph; /* NO_GLYPH: none */
    enum role role;
};
struct detail_page {
    struct page_line *line;
    size_t count, capacity;
    size_t section[SECTIONS_MOST], section_count;
    int columns, label_columns;
    const struct model *model;
    const struct today *today;
};

/* `count` 0: no number behind the heading. */
void page_add_heading(struct detail_page *page, const char *text, size_t count);
/* `text` wrapped from column `indent` on; the first line carries label and glyph. */
void page_add_text(struct detail_page *page, const char *label, int indent, enum glyph glyph,
    enum role role, const char *text);
/* Nothing when `value` is empty. */
void page_add_field(struct detail_page *page, const char *label, enum role role, const char *value);
void page_add_item(struct detail_page *page, enum glyph glyph, enum role role, const char *text);
/* A formatted line under an item; nothing when it comes out empty. */
void page_add_note(struct detail_page *page, enum role role, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* detail_sections.c: all of them, in the order of the page. */
void page_add_sections(struct detail_page *page, const struct task_detail *detail);
int page_label_columns(void);
/* detail_targets.c: the section of the measurable goals; nothing where there are none. */
void page_add_targets(struct detail_page *page, const struct task_detail *detail);

#endif
