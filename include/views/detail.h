/* detail: one task whole: overview, measures, reports, notices, reviews, publicity and objections,
 * breakdown, history. Wrapped, scrolling, sections under [ and ]; n and p go to the next and previous
 * task of the list it came from. The same drawing serves the pane beside the board. */
#ifndef VIEWS_DETAIL_H
#define VIEWS_DETAIL_H

#include "views/views.h"

/* `list` is the view it came from, which gives next and previous; NULL: none. It stays below on the stack. */
bool detail_open(const struct view_env *env, struct view *list, int64_t task_id, struct view **out, struct error *err);
struct view *detail_from(struct view *view);
int64_t detail_task(const struct view *detail);
enum effect detail_step(struct view *detail, int by, struct error *err);
char *detail_copy_text(const struct view *detail);

/* The page of one task as lines, laid out for a width: for the split pane and for `show`. */
struct detail_page;
struct task_detail;
struct detail_page *detail_page_new(struct model *model, const struct task_detail *detail, int columns);
void detail_page_free(struct detail_page *page);
size_t detail_page_lines(const struct detail_page *page);
size_t detail_page_sections(const struct detail_page *page);
size_t detail_page_section_line(const struct detail_page *page, size_t section);
void detail_page_draw(const struct detail_page *page, size_t first, struct canvas *canvas, struct rect area);
void detail_page_text(const struct detail_page *page, struct strbuf *out);

#endif
