/* Texts of a workbook: runs joined, phonetic ones left out, escapes undone. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "package_xml.h"
#include "xlsx_parts.h"

/* --- a text ---------------------------------------------------------------------------------- */

void xlsx_text_begin(struct xlsx_text *text)
{
    strbuf_cut(&text->text, 0);
    text->phonetic = 0;
    text->is_open = false;
}

void xlsx_text_start(struct xlsx_text *text, const char *name, const char **attributes)
{
    if (strcmp(name, "rPh") == 0) {
        text->phonetic++;
    } else if (strcmp(name, "t") == 0 && text->phonetic == 0) {
        const char *space = package_xml_attribute(attributes, "space");
        text->is_open = true;
        text->preserve = space && strcmp(space, "preserve") == 0;
        text->start = text->text.length;
    }
}

/* Blanks around a run are of the XML unless it says otherwise. */
static void trim_run(struct xlsx_text *text)
{
    size_t first = text->start, end = text->text.length;
    while (end > first && strchr(" \t\r\n", text->text.text[end - 1]))
        end--;
    strbuf_cut(&text->text, end);
    while (first < end && strchr(" \t\r\n", text->text.text[first]))
        first++;
    if (first > text->start) {
        memmove(text->text.text + text->start, text->text.text + first, end - first);
        strbuf_cut(&text->text, end - (first - text->start));
    }
}

void xlsx_text_end(struct xlsx_text *text, const char *name)
{
    if (strcmp(name, "rPh") == 0 && text->phonetic > 0) {
        text->phonetic--;
    } else if (strcmp(name, "t") == 0 && text->is_open) {
        text->is_open = false;
        if (!text->preserve && text->text.length > text->start)
            trim_run(text);
    }
}

bool xlsx_text_add(struct xlsx_text *text, const char *bytes, size_t count, struct error *err)
{
    if (!text->is_open)
        return true;
    if (text->text.length + count > GRID_CELL_MOST)
        return error_set(err, ERROR_INPUT, _("a text has more than %d bytes"), (int)GRID_CELL_MOST);
    strbuf_add_n(&text->text, bytes, count);
    return true;
}

/* --- escapes --------------------------------------------------------------------------------- */

/* The four digits of _xHHHH_ at `text`; -1: it is none. */
static long escape_at(const char *text)
{
    char digits[5] = {0};
    if (text[0] != '_' || (text[1] != 'x' && text[1] != 'X'))
        return -1;
    for (int i = 0; i < 4; i++) {
        if (!isxdigit((unsigned char)text[2 + i]))
            return -1;
        digits[i] = text[2 + i];
    }
    return text[6] == '_' ? strtol(digits, NULL, 16) : -1;
}

void xlsx_unescape(struct strbuf *text)
{
    enum { LENGTH = 7 };
    if (text->length < LENGTH || strstr(text->text, "_x") == NULL)
        return;
    struct strbuf out = {0};
    const char *at = text->text, *end = at + text->length;
    while (at < end) {
        long code = escape_at(at);
        if (code < 0) {
            strbuf_add_char(&out, *at++);
            continue;
        }
        at += LENGTH;
        if (code >= 0xD800 && code < 0xDC00) {
            long low = escape_at(at);
            bool pair = low >= 0xDC00 && low < 0xE000;
            code = pair ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
            at += pair ? LENGTH : 0;
        } else if (code == 0 || (code >= 0xDC00 && code < 0xE000)) {
            code = 0xFFFD;
        }
        text_encode(&out, (uint32_t)code);
    }
    strbuf_clear(text);
    *text = out;
}

/* --- shared texts ---------------------------------------------------------------------------- */

struct reading {
    struct grid *grid;
    struct xlsx_strings *out;
    struct xlsx_text text;
    bool in_item;
};

static bool on_start(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reading *reading = context;
    (void)err;
    if (strcmp(name, "si") == 0) {
        xlsx_text_begin(&reading->text);
        reading->in_item = true;
    } else if (reading->in_item) {
        xlsx_text_start(&reading->text, name, attributes);
    }
    return true;
}

static bool keep(struct reading *reading, struct error *err)
{
    struct xlsx_strings *out = reading->out;
    if (out->count >= XLSX_STRINGS_MOST)
        return error_set(err, ERROR_INPUT, _("it has more than %d different texts; divide it"),
            XLSX_STRINGS_MOST);
    xlsx_unescape(&reading->text.text);
    out->id = alloc_grow(out->id, &out->room, out->count + 1, sizeof *out->id);
    out->id[out->count++] = grid_keep(
        reading->grid, GRID_TEXT, strbuf_text(&reading->text.text), reading->text.text.length);
    return grid_check(reading->grid, err);
}

static bool on_end(void *context, const char *name, struct error *err)
{
    struct reading *reading = context;
    if (!reading->in_item)
        return true;
    if (strcmp(name, "si") != 0) {
        xlsx_text_end(&reading->text, name);
        return true;
    }
    reading->in_item = false;
    return keep(reading, err);
}

static bool on_text(void *context, const char *bytes, size_t count, struct error *err)
{
    struct reading *reading = context;
    if (!reading->in_item || xlsx_text_add(&reading->text, bytes, count, err))
        return true;
    return error_prefix(err, _("text %zu of the workbook"), reading->out->count + 1);
}

bool xlsx_strings_read(struct package *package, const char *part, struct grid *grid,
    struct xlsx_strings *out, struct error *err)
{
    static const struct package_xml with = {.start = on_start, .end = on_end, .text = on_text};
    struct reading reading = {.grid = grid, .out = out};
    bool good = package_xml_read(package, part, &with, &reading, err);
    strbuf_clear(&reading.text.text);
    return good;
}
