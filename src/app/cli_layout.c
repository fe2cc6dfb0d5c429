/* Headings, paragraphs and lists of what is printed for a person to read. */
#include "app/cli.h"
#include "base/text.h"

#define NAME_COLUMNS 24 /* of a list; a longer name has a line of its own */
#define LINE_MOST 100   /* text is hard to read when its lines are longer */

static int line_columns(void)
{
    int columns = cli_columns(NULL);
    return columns < LINE_MOST ? columns : LINE_MOST;
}

static void add_wrapped(struct strbuf *out, const char *text, int indent, bool first_is_indented)
{
    struct text_lines lines = {0};
    text_wrap(&lines, text, line_columns() - indent);
    for (size_t i = 0; i < lines.count; i++) {
        if (i > 0 || !first_is_indented)
            strbuf_add_times(out, ' ', (size_t)indent);
        strbuf_add_n(out, text + lines.line[i].start, lines.line[i].bytes);
        strbuf_add_char(out, '\n');
    }
    text_lines_clear(&lines);
}

void cli_add_paragraph(struct strbuf *out, const char *text)
{
    add_wrapped(out, text, 0, false);
}

void cli_add_heading(struct strbuf *out, const char *heading)
{
    strbuf_format(out, "\n%s\n", heading);
}

void cli_add_row(struct strbuf *out, const char *name, const char *help)
{
    int width = text_width(name);
    strbuf_format(out, "  %s", name);
    if (width + 1 > NAME_COLUMNS)
        strbuf_add_char(out, '\n');
    else
        strbuf_add_times(out, ' ', (size_t)(NAME_COLUMNS - width));
    add_wrapped(out, help, NAME_COLUMNS + 2, width + 1 <= NAME_COLUMNS);
}
