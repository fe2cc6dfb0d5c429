/* Which rows and columns the parts of a form stand on, and what it is scrolled to. */
#include "form_parts.h"

#define FAULT_ROWS_MOST 3
#define LEAST_COLUMNS 12 /* below this there are no labels */

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

static int greater(int a, int b)
{
    return a > b ? a : b;
}

/* Columns: the mark of the focus, labels, a blank or the mark of what is needed, a blank, values,
 * and one for the arrows that tell of more. */
struct form_layout form_layout(const struct form *form)
{
    int widest = 0;
    for (size_t i = 0; i < form->count; i++)
        widest = greater(widest, text_width(form->fields[i].label));
    if (form->columns < LEAST_COLUMNS) {
        int value = form->columns > 3 ? 1 : 0;
        return (struct form_layout){
            .mark = -1, .value = value, .value_columns = greater(form->columns - value, 2)};
    }
    int labels = lesser(widest, form->columns / 3 - 2);
    return (struct form_layout){.label = 2,
        .label_columns = labels,
        .mark = 2 + labels,
        .value = 4 + labels,
        .value_columns = form->columns - 5 - labels};
}

int form_flow(struct form_flow *flow, int width)
{
    if (flow->column > 0 && flow->column + width > flow->columns) {
        flow->row++;
        flow->column = 0;
    }
    int at = flow->column;
    flow->column += width;
    return at;
}

int form_pick_width(const struct field *field, size_t index, int columns)
{
    int sign = index + 1 < field->pick_count ? 2 : 1; /* 、 or a blank before what is typed */
    return lesser(text_width(field->picks[index].label) + sign, columns);
}

static int pick_rows(const struct field *field, int columns)
{
    struct form_flow flow = {.columns = columns};
    for (size_t i = 0; i < field->pick_count; i++)
        form_flow(&flow, form_pick_width(field, i, columns));
    form_flow(&flow, lesser(FORM_SLOT_COLUMNS, columns));
    return flow.row + 1;
}

static int wrapped_rows(const char *text, int columns)
{
    struct text_lines lines = {0};
    text_wrap(&lines, text, columns);
    int rows = (int)lines.count;
    text_lines_clear(&lines);
    return greater(rows, 1);
}

int form_value_rows(const struct form *form, const struct field *field)
{
    int columns = form_layout(form).value_columns;
    switch (field->kind) {
    case FORM_TEXT:
        return greater(lesser(field->rows, form->rows - 1), 1);
    case FORM_SHOW:
        return wrapped_rows(field->shown, columns);
    case FORM_PICK:
        return pick_rows(field, columns);
    default:
        return 1;
    }
}

int form_fault_rows(const struct form *form, const struct field *field)
{
    if (!field->fault)
        return 0;
    return lesser(wrapped_rows(field->fault, form_layout(form).value_columns), FAULT_ROWS_MOST);
}

int form_list_rows(const struct form *form)
{
    return form->offers.open ? greater(lesser(form->offers.rows, form->rows - 1), 1) : 0;
}

int form_field_row(const struct form *form, size_t index)
{
    int row = 0;
    for (size_t i = 0; i < index; i++)
        row += form_value_rows(form, &form->fields[i]) + form_fault_rows(form, &form->fields[i]);
    return row;
}

static void limit(struct form *form, int end)
{
    form->top = greater(lesser(form->top, end - form->rows), 0);
}

/* Nothing above can have the focus, so that only by scrolling to it can it be seen. */
static bool is_first(const struct form *form, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (form->fields[i].kind != FORM_SHOW)
            return false;
    return true;
}

/* The value goes before its list and its fault, the row typed in before the other rows. */
void form_reveal(struct form *form)
{
    int rows = greater(form->rows, 1), end = form_field_row(form, form->count);
    if (form->focus == FORM_NONE) {
        limit(form, end);
        return;
    }
    const struct field *field = &form->fields[form->focus];
    int first = form_field_row(form, form->focus), value = form_value_rows(form, field);
    int last = first + value + form_fault_rows(form, field) + form_list_rows(form) - 1;
    limit(form, greater(end, last + 1));
    form->top = greater(form->top, last - rows + 1);
    form->top = is_first(form, form->focus) && last < rows ? 0 : lesser(form->top, first);
    if (field->kind == FORM_PICK) /* typed in its last row */
        form->top = greater(form->top, first + value - rows);
}

void form_page(struct form *form, int pages)
{
    form->top += pages * greater(form->rows - 1, 1);
    limit(form, form_field_row(form, form->count));
}
