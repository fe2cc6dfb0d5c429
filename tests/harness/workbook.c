#include "harness/workbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/alloc.h"

#define RELATION(id, type, target)                                                                 \
    "<Relationship Id=\"" id                                                                       \
    "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type          \
    "\" Target=\"" target "\"/>"
#define RELATIONS(rows)                                                                            \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" rows  \
    "</Relationships>"

static void must(int good, const char *what)
{
    if (!good) {
        fprintf(stderr, "workbook: %s\n", what);
        abort();
    }
}

struct strbuf workbook_zip(const struct workbook_part *part, size_t count)
{
    struct strbuf out = {0};
    zip_stat_t stat;
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = target ? zip_open_from_source(target, ZIP_TRUNCATE, NULL) : NULL;
    must(zip != NULL, "opening");
    zip_source_keep(target);
    for (size_t i = 0; i < count; i++) {
        size_t bytes = part[i].count > 0 ? part[i].count : strlen(part[i].bytes);
        zip_source_t *source = zip_source_buffer(zip, part[i].bytes, bytes, 0);
        must(zip_file_add(zip, part[i].name, source, ZIP_FL_ENC_UTF_8) >= 0, part[i].name);
    }
    must(zip_close(zip) == 0 && zip_source_open(target) == 0, "closing");
    must(zip_source_stat(target, &stat) == 0, "size");
    char *bytes = alloc_zero(1, stat.size);
    must(zip_source_read(target, bytes, stat.size) == (zip_int64_t)stat.size, "reading");
    strbuf_add_n(&out, bytes, stat.size);
    free(bytes);
    zip_source_close(target);
    zip_source_free(target);
    return out;
}

struct strbuf workbook_make(const struct workbook *workbook)
{
    static const char root[] = RELATIONS(RELATION("rId1", "officeDocument", "xl/workbook.xml"));
    static const char relations[] = RELATIONS(RELATION("rId1", "worksheet", "worksheets/sheet1.xml")
            RELATION("rId2", "sharedStrings", "sharedStrings.xml"));
    static const char styled[] = RELATIONS(RELATION("rId1", "worksheet", "worksheets/sheet1.xml")
            RELATION("rId3", "styles", "/xl/styles.xml")
                RELATION("rId2", "sharedStrings", "sharedStrings.xml"));
    static const char bare[] = RELATIONS(RELATION("rId1", "worksheet", "worksheets/sheet1.xml")
            RELATION("rId3", "styles", "styles.xml"));
    static const char book[] =
        "<workbook " WORKBOOK_XMLNS
        " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
        "<sheet name=\"台账\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    struct workbook_part part[16] = {{"_rels/.rels", root, 0}};
    size_t count = 1;
    const char *plain = !workbook->strings ? bare : workbook->styles ? styled : relations;
    if (!workbook->strings && !workbook->styles)
        plain = RELATIONS(RELATION("rId1", "worksheet", "worksheets/sheet1.xml"));
    part[count++] = (struct workbook_part){
        "xl/_rels/workbook.xml.rels", workbook->relations ? workbook->relations : plain, 0};
    part[count++] =
        (struct workbook_part){"xl/workbook.xml", workbook->book ? workbook->book : book, 0};
    if (workbook->sheet)
        part[count++] = (struct workbook_part){
            "xl/worksheets/sheet1.xml", workbook->sheet, workbook->sheet_count};
    if (workbook->strings)
        part[count++] = (struct workbook_part){"xl/sharedStrings.xml", workbook->strings, 0};
    if (workbook->styles)
        part[count++] = (struct workbook_part){"xl/styles.xml", workbook->styles, 0};
    for (size_t i = 0; i < workbook->others && count < sizeof part / sizeof *part; i++)
        part[count++] = workbook->other[i];
    return workbook_zip(part, count);
}
