/* The body of a Word document to lines. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "docx_parts.h"
#include "package.h"
#include "package_xml.h"

enum { TEXT_MOST = 64 << 20, SPAN_MOST = 256 };

/* A paragraph that is open: within one of a text box the one that it hangs on is, too. */
struct paragraph {
    struct strbuf text;
    struct docx_numbered numbered;
    bool goes_on; /* its end is deleted or hidden: the next one is joined to it */
};
struct cell {
    struct strbuf text; /* its paragraphs, by line */
    size_t span;        /* columns */
    bool begun;         /* there is a paragraph */
};
struct reading {
    struct strbuf *out;
    const struct docx_styles *styles;
    struct docx_lists *lists;
    struct paragraph paragraph[PACKAGE_XML_DEPTH_MOST];
    size_t paragraphs;    /* open */
    struct strbuf before; /* of paragraphs that go on, to stand before the next */
    struct strbuf boxes;  /* lines of text boxes, to stand behind the paragraph */
    size_t boxes_before;  /* of them: from outside the cell */
    /* the outermost table that is open, the paragraphs outside it, its row */
    size_t tables, outside;
    struct strbuf row;
    struct cell cell;
    size_t cells, width;
    bool row_deleted;
    /* where it is */
    size_t left_out; /* open elements of what is left out */
    bool in_paragraph_look, in_row_look, is_hidden, is_text;
    bool chosen[PACKAGE_XML_DEPTH_MOST]; /* of alternatives: there was one */
    size_t alternatives;
};

/* --- lines ----------------------------------------------------------------------------------- */

/* One or more lines, to where the reading is: a cell, behind the paragraph outside, the text. */
static void put_line(struct reading *reading, const char *text)
{
    if (reading->tables > 0 && reading->paragraphs == reading->outside) {
        if (reading->cell.begun)
            strbuf_add_char(&reading->cell.text, '\n');
        strbuf_add(&reading->cell.text, text);
        reading->cell.begun = true;
        return;
    }
    struct strbuf *out = reading->paragraphs > 0 ? &reading->boxes : reading->out;
    strbuf_add(out, text);
    strbuf_add_char(out, '\n');
}

/* What went on has nothing behind it. */
static void put_rest(struct reading *reading)
{
    char *rest = reading->before.length > 0 ? strbuf_take(&reading->before) : NULL;
    if (rest)
        put_line(reading, rest);
    free(rest);
}

static void put_boxes(struct reading *reading)
{
    struct strbuf *boxes = &reading->boxes;
    size_t from = reading->tables > 0 ? reading->boxes_before : 0;
    if (boxes->length <= from)
        return;
    char *lines = alloc_string_n(boxes->text + from, boxes->length - from - 1);
    strbuf_cut(boxes, from);
    put_line(reading, lines);
    free(lines);
}

static struct paragraph *here(struct reading *reading)
{
    return reading->paragraphs > 0 ? &reading->paragraph[reading->paragraphs - 1] : NULL;
}

static void start_paragraph(struct reading *reading, const char **attributes)
{
    (void)attributes;
    struct paragraph *paragraph = &reading->paragraph[reading->paragraphs++];
    *paragraph = (struct paragraph){
        .numbered = {.style = reading->styles->otherwise, .list = -1, .level = -1}};
    reading->in_paragraph_look = false;
}

static void end_paragraph(struct reading *reading)
{
    struct paragraph *paragraph = &reading->paragraph[--reading->paragraphs];
    struct strbuf line = {0};
    const struct docx_style *style = paragraph->numbered.style;
    if (paragraph->goes_on) {
        strbuf_add(&reading->before, strbuf_text(&paragraph->text));
    } else if (!style || !style->is_contents) {
        docx_list_count(reading->lists, &paragraph->numbered, &line);
        /* a number alone */
        if (reading->before.length + paragraph->text.length == 0 && line.length > 0)
            strbuf_cut(&line, line.length - (line.text[line.length - 1] == ' '));
        strbuf_add(&line, strbuf_text(&reading->before));
        strbuf_add(&line, strbuf_text(&paragraph->text));
        strbuf_cut(&reading->before, 0);
        put_line(reading, strbuf_text(&line));
    }
    if (reading->paragraphs == (reading->tables > 0 ? reading->outside : 0))
        put_boxes(reading);
    strbuf_clear(&line);
    strbuf_clear(&paragraph->text);
}

/* --- tables ---------------------------------------------------------------------------------- */

/* A table within a cell is text of the cell. */
static bool is_outermost(const struct reading *reading)
{
    return reading->tables == 1 && reading->paragraphs == reading->outside;
}

static void start_table(struct reading *reading, const char **attributes)
{
    (void)attributes;
    if (reading->tables++ == 0)
        reading->outside = reading->paragraphs;
}

static void end_table(struct reading *reading)
{
    if (--reading->tables == 0)
        reading->outside = 0;
}

static void start_row(struct reading *reading, const char **attributes)
{
    (void)attributes;
    if (!is_outermost(reading))
        return;
    strbuf_cut(&reading->row, 0);
    reading->cells = reading->width = 0;
    reading->row_deleted = false;
}

static void start_cell(struct reading *reading, const char **attributes)
{
    (void)attributes;
    if (!is_outermost(reading))
        return;
    reading->cell.span = 1;
    reading->boxes_before = reading->boxes.length;
}

/* Ends of lines and tabs part rows and cells only. */
static void end_cell(struct reading *reading)
{
    if (!is_outermost(reading))
        return;
    put_rest(reading);
    strbuf_add_times(&reading->row, '\t', reading->cells++ > 0);
    strbuf_add(&reading->row, strbuf_text(&reading->cell.text));
    strbuf_add_times(&reading->row, '\t', reading->cell.span - 1);
    reading->width += reading->cell.span;
    strbuf_cut(&reading->cell.text, 0);
    reading->cell.begun = false;
}

static void end_row(struct reading *reading)
{
    if (!is_outermost(reading) || reading->row_deleted)
        return;
    for (size_t i = 0; reading->width > 1 && i < reading->row.length; i++)
        if (reading->row.text[i] == '\n')
            reading->row.text[i] = ' ';
    reading->tables = 0; /* it stands where the table does */
    put_line(reading, strbuf_text(&reading->row));
    reading->tables = 1;
}

static void start_span(struct reading *reading, const char **attributes)
{
    int span = docx_value(attributes);
    if (is_outermost(reading) && span > 1)
        reading->cell.span = span < SPAN_MOST ? (size_t)span : SPAN_MOST;
}

/* Columns in front of the first cell. */
static void start_gap(struct reading *reading, const char **attributes)
{
    int columns = docx_value(attributes);
    if (!is_outermost(reading) || columns < 1)
        return;
    strbuf_add_times(&reading->row, '\t', (size_t)(columns < SPAN_MOST ? columns : SPAN_MOST));
    reading->width += (size_t)columns;
}

static void start_row_look(struct reading *reading, const char **attributes)
{
    (void)attributes;
    reading->in_row_look = true;
}

static void end_row_look(struct reading *reading)
{
    reading->in_row_look = false;
}

/* --- how a paragraph looks ------------------------------------------------------------------- */

static void start_paragraph_look(struct reading *reading, const char **attributes)
{
    (void)attributes;
    reading->in_paragraph_look = true;
}

static void end_paragraph_look(struct reading *reading)
{
    reading->in_paragraph_look = false;
}

static void start_style(struct reading *reading, const char **attributes)
{
    struct paragraph *paragraph = here(reading);
    if (paragraph && reading->in_paragraph_look)
        paragraph->numbered.style =
            docx_style_find(reading->styles, package_xml_attribute(attributes, "val"));
}

static void start_list(struct reading *reading, const char **attributes)
{
    if (here(reading) && reading->in_paragraph_look)
        here(reading)->numbered.list = docx_value(attributes);
}

static void start_level(struct reading *reading, const char **attributes)
{
    if (here(reading) && reading->in_paragraph_look)
        here(reading)->numbered.level = docx_value(attributes);
}

static void start_vanish(struct reading *reading, const char **attributes)
{
    const char *value = package_xml_attribute(attributes, "val");
    bool hidden = value == NULL || package_xml_is_true(value);
    if (here(reading) && reading->in_paragraph_look)
        here(reading)->goes_on = here(reading)->goes_on || hidden;
    else
        reading->is_hidden = hidden;
}

/* Of a paragraph's end and of a row it is said within their look; else it is around what is gone.
 */
static void start_deleted(struct reading *reading, const char **attributes)
{
    (void)attributes;
    if (reading->in_row_look)
        reading->row_deleted = reading->row_deleted || is_outermost(reading);
    else if (here(reading) && reading->in_paragraph_look)
        here(reading)->goes_on = true;
    else
        reading->left_out = 1;
}

/* --- text ------------------------------------------------------------------------------------ */

static void start_run(struct reading *reading, const char **attributes)
{
    (void)attributes;
    reading->is_hidden = false;
}

static void end_run(struct reading *reading)
{
    reading->is_hidden = false;
}

static void start_text(struct reading *reading, const char **attributes)
{
    (void)attributes;
    reading->is_text = true;
}

static void end_text(struct reading *reading)
{
    reading->is_text = false;
}

static void put_sign(struct reading *reading, char sign)
{
    if (here(reading) && !reading->in_paragraph_look && !reading->is_hidden)
        strbuf_add_char(&here(reading)->text, reading->tables > 0 && sign != '-' ? ' ' : sign);
}

static void start_tab(struct reading *reading, const char **attributes)
{
    (void)attributes;
    put_sign(reading, '\t');
}

static void start_break(struct reading *reading, const char **attributes)
{
    (void)attributes;
    put_sign(reading, '\n');
}

static void start_hyphen(struct reading *reading, const char **attributes)
{
    (void)attributes;
    put_sign(reading, '-');
}

static void start_alternatives(struct reading *reading, const char **attributes)
{
    (void)attributes;
    reading->chosen[reading->alternatives++] = false;
}

static void end_alternatives(struct reading *reading)
{
    reading->alternatives--;
}

/* The first is read, the others say the same. */
static void start_alternative(struct reading *reading, const char **attributes)
{
    (void)attributes;
    if (reading->alternatives == 0)
        return;
    bool *chosen = &reading->chosen[reading->alternatives - 1];
    reading->left_out = *chosen;
    *chosen = true;
}

static void leave_out(struct reading *reading, const char **attributes)
{
    (void)attributes;
    reading->left_out = 1;
}

/* --- elements -------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    void (*start)(struct reading *reading, const char **attributes);
    void (*end)(struct reading *reading); /* or NULL */
} elements[] = {
    {"p", start_paragraph, end_paragraph},
    {"r", start_run, end_run},
    {"t", start_text, end_text},
    {"tab", start_tab, NULL},
    {"ptab", start_tab, NULL},
    {"br", start_break, NULL},
    {"cr", start_break, NULL},
    {"noBreakHyphen", start_hyphen, NULL},
    {"pPr", start_paragraph_look, end_paragraph_look},
    {"pStyle", start_style, NULL},
    {"numId", start_list, NULL},
    {"ilvl", start_level, NULL},
    {"vanish", start_vanish, NULL},
    {"tbl", start_table, end_table},
    {"tr", start_row, end_row},
    {"trPr", start_row_look, end_row_look},
    {"gridBefore", start_gap, NULL},
    {"tc", start_cell, end_cell},
    {"gridSpan", start_span, NULL},
    {"AlternateContent", start_alternatives, end_alternatives},
    {"Choice", start_alternative, NULL},
    {"Fallback", start_alternative, NULL},
    {"del", start_deleted, NULL},
    {"moveFrom", start_deleted, NULL},
    {"delText", leave_out, NULL},
    {"instrText", leave_out, NULL},
    {"delInstrText", leave_out, NULL},
    {"rt", leave_out, NULL},
    {"sdtPr", leave_out, NULL},
    {"sectPr", leave_out, NULL},
    {"pPrChange", leave_out, NULL},
    {"rPrChange", leave_out, NULL},
    {"trPrChange", leave_out, NULL},
    {"tcPrChange", leave_out, NULL},
    {"tblPrExChange", leave_out, NULL},
};

static bool check_length(const struct reading *reading, struct error *err)
{
    size_t length = reading->out->length + reading->boxes.length + reading->row.length +
                    reading->cell.text.length + reading->before.length;
    if (reading->paragraphs > 0)
        length += reading->paragraph[reading->paragraphs - 1].text.length;
    return length <= TEXT_MOST ||
           error_set(err, ERROR_INPUT, _("its text has more than %d MB; divide the document"),
               TEXT_MOST >> 20);
}

static bool on_start(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reading *reading = context;
    if (reading->left_out > 0) {
        reading->left_out++;
        return true;
    }
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(name, elements[i].name) == 0)
            elements[i].start(reading, attributes);
    return check_length(reading, err);
}

static bool on_end(void *context, const char *name, struct error *err)
{
    struct reading *reading = context;
    if (reading->left_out > 0 && --reading->left_out > 0)
        return true;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (elements[i].end && strcmp(name, elements[i].name) == 0)
            elements[i].end(reading);
    return check_length(reading, err);
}

static bool on_text(void *context, const char *bytes, size_t count, struct error *err)
{
    struct reading *reading = context;
    if (!reading->is_text || reading->left_out > 0 || reading->is_hidden || !here(reading))
        return true;
    struct strbuf *text = &here(reading)->text;
    size_t from = text->length;
    strbuf_add_n(text, bytes, count);
    for (size_t i = from; i < text->length; i++)
        if (text->text[i] == '\n' || text->text[i] == '\r' || text->text[i] == '\t')
            text->text[i] = ' ';
    return check_length(reading, err);
}

/* --- the body -----------------------------------------------------------------------------------
 */

bool docx_body_read(struct package *package, const struct docx_styles *styles,
    struct docx_lists *lists, struct strbuf *out, struct error *err)
{
    static const struct package_xml with = {on_start, on_end, on_text};
    struct reading *reading = alloc_zero(1, sizeof *reading);
    reading->out = out;
    reading->styles = styles;
    reading->lists = lists;
    bool good = package_xml_read(package, DOCX_BODY, &with, reading, err);
    if (good)
        put_rest(reading);
    for (size_t i = 0; i < reading->paragraphs; i++)
        strbuf_clear(&reading->paragraph[i].text);
    strbuf_clear(&reading->before);
    strbuf_clear(&reading->boxes);
    strbuf_clear(&reading->row);
    strbuf_clear(&reading->cell.text);
    free(reading);
    return good;
}
