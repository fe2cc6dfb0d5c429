/* The matrix as lines for a spreadsheet: what is unfolded, in the order it is seen, totals first.
 * Of "3/12" the 3: a spreadsheet would take the whole for a day. */
#include <string.h>

#include "base/language.h"
#include "matrix_state.h"

static void add_line(
    struct strbuf *out, const struct matrix_view *view, const char *label, size_t row)
{
    struct strbuf text = {0};
    int line = matrix_side_index(&view->rows, row);
    strbuf_add(out, label);
    for (size_t column = 0; column <= view->columns.count; column++) {
        const struct matrix_cell *cell =
            matrix_view_cell(view, line, matrix_side_index(&view->columns, column));
        strbuf_cut(&text, 0);
        matrix_text(view->matrix->measure, cell, &text);
        strbuf_add_char(out, '\t');
        strbuf_add_n(out, strbuf_text(&text), strcspn(strbuf_text(&text), "/"));
    }
    strbuf_add_char(out, '\n');
    strbuf_clear(&text);
}

char *matrix_view_copy_text(const struct view *base)
{
    const struct matrix_view *view = (const struct matrix_view *)base;
    struct strbuf out = {0};
    if (!view->matrix)
        return NULL;
    strbuf_format(&out, "%s\t%s", _(matrix_axes[view->matrix->row_axis].label), _("Total"));
    for (size_t i = 0; i < view->columns.count; i++)
        strbuf_format(&out, "\t%s", view->matrix->columns[view->columns.order[i]].label);
    strbuf_add_char(&out, '\n');
    add_line(&out, view, _("Total"), 0);
    for (size_t i = 0; i < view->rows.count; i++)
        add_line(&out, view, view->matrix->rows[view->rows.order[i]].label, i + 1);
    return strbuf_take(&out);
}
