/* The styles of a workbook, as far as they say what a number means. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "package_xml.h"
#include "xlsx_parts.h"

enum { FORMAT_ID_MOST = 1 << 20, FORMAT_CODE_MOST = 1024 };

struct reading {
    struct xlsx_styles *out;
    int *cell_format; /* by style: an id of the file */
    size_t room;
    bool in_cells;   /* <cellXfs> */
    bool in_formats; /* <numFmts>; what looks under conditions have are numbered otherwise */
};

/* Those that every program knows without being told, of the Chinese locale where they differ. */
static const char *built_in(int id)
{
    static const struct {
        int first, last;
        const char *code;
    } known[] = {
        {9, 9, "0%"},
        {10, 10, "0.00%"},
        {14, 16, "yyyy/m/d"},
        {17, 17, "yyyy/m"},
        {18, 21, "h:mm:ss"},
        {22, 22, "yyyy/m/d h:mm"},
        {27, 27, "yyyy/m"},
        {28, 31, "yyyy/m/d"},
        {32, 35, "h:mm:ss"},
        {36, 36, "yyyy/m"},
        {45, 47, "mm:ss"},
        {50, 50, "yyyy/m"},
        {51, 51, "m/d"},
        {52, 52, "yyyy/m"},
        {53, 54, "m/d"},
        {55, 56, "h:mm"},
        {57, 57, "yyyy/m"},
        {58, 58, "m/d"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (id >= known[i].first && id <= known[i].last)
            return known[i].code;
    return "General";
}

static bool add_format(struct xlsx_styles *out, int id, const char *code, struct error *err)
{
    if (out->formats >= XLSX_FORMATS_MOST)
        return error_set(
            err, ERROR_INPUT, _("it has more than %d formats of cells"), XLSX_FORMATS_MOST);
    size_t room = out->format_room;
    out->format = alloc_grow(out->format, &room, out->formats + 1, sizeof *out->format);
    out->format_id = alloc_resize(out->format_id, room, sizeof *out->format_id);
    out->format_room = room;
    out->format_id[out->formats] = id;
    xlsx_format_read(
        strlen(code) <= FORMAT_CODE_MOST ? code : "General", &out->format[out->formats]);
    out->formats++;
    return true;
}

static int read_id(const char *text)
{
    long id = text ? strtol(text, NULL, 10) : 0;
    return id >= 0 && id < FORMAT_ID_MOST ? (int)id : 0;
}

static bool add_cell_style(struct reading *reading, const char **attributes, struct error *err)
{
    struct xlsx_styles *out = reading->out;
    if (out->cells >= XLSX_FORMATS_MOST)
        return error_set(
            err, ERROR_INPUT, _("it has more than %d styles of cells"), XLSX_FORMATS_MOST);
    reading->cell_format = alloc_grow(
        reading->cell_format, &reading->room, out->cells + 1, sizeof *reading->cell_format);
    reading->cell_format[out->cells++] = read_id(package_xml_attribute(attributes, "numFmtId"));
    return true;
}

static bool on_start(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reading *reading = context;
    if (strcmp(name, "cellXfs") == 0)
        reading->in_cells = true;
    else if (strcmp(name, "numFmts") == 0)
        reading->in_formats = true;
    else if (strcmp(name, "xf") == 0 && reading->in_cells)
        return add_cell_style(reading, attributes, err);
    else if (strcmp(name, "numFmt") == 0 && reading->in_formats) {
        const char *code = package_xml_attribute(attributes, "formatCode");
        int id = read_id(package_xml_attribute(attributes, "numFmtId"));
        return add_format(reading->out, id, code ? code : "General", err);
    }
    return true;
}

static bool on_end(void *context, const char *name, struct error *err)
{
    struct reading *reading = context;
    (void)err;
    if (strcmp(name, "cellXfs") == 0)
        reading->in_cells = false;
    else if (strcmp(name, "numFmts") == 0)
        reading->in_formats = false;
    return true;
}

static size_t find_format(const struct xlsx_styles *styles, int id)
{
    for (size_t i = 0; i < styles->formats; i++)
        if (styles->format_id[i] == id)
            return i;
    return styles->formats;
}

/* Each style's format, which may stand behind it in the file. */
static bool join(struct reading *reading, struct error *err)
{
    struct xlsx_styles *out = reading->out;
    if (out->cells > 0)
        out->cell = alloc_zero(out->cells, sizeof *out->cell);
    int last_id = -1;
    size_t last = 0;
    for (size_t i = 0; i < out->cells; i++) {
        int id = reading->cell_format[i];
        if (id != last_id)
            last = find_format(out, id);
        last_id = id;
        if (last == out->formats && !add_format(out, id, built_in(id), err))
            return false;
        out->cell[i] = (uint32_t)last;
    }
    return true;
}

bool xlsx_styles_read(
    struct package *package, const char *part, struct xlsx_styles *out, struct error *err)
{
    static const struct package_xml with = {.start = on_start, .end = on_end};
    struct reading reading = {.out = out};
    bool good = package_xml_read(package, part, &with, &reading, err) && join(&reading, err);
    free(reading.cell_format);
    return good;
}

void xlsx_styles_clear(struct xlsx_styles *styles)
{
    free(styles->format);
    free(styles->format_id);
    free(styles->cell);
    *styles = (struct xlsx_styles){0};
}

const struct xlsx_format *xlsx_style_format(const struct xlsx_styles *styles, size_t style)
{
    static const struct xlsx_format general = {.count = 1};
    return style < styles->cells ? &styles->format[styles->cell[style]] : &general;
}
