#include "harness/document.h"

#include "harness/workbook.h"

static void wrap(struct strbuf *out, const char *name, const char *inside)
{
    strbuf_format(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:%s %s>%s",
        name, DOCUMENT_XMLNS, inside);
    strbuf_format(out, "</w:%s>", name);
}

struct strbuf document_make(const struct document *document)
{
    static const char root[] =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
        "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    struct strbuf body = {0}, numbering = {0}, styles = {0}, bytes;
    struct workbook_part part[6] = {{"_rels/.rels", root, 0}};
    size_t count = 1;
    if (document->body) {
        strbuf_format(&body, "<w:document %s><w:body>", DOCUMENT_XMLNS);
        strbuf_add(&body, document->body);
        strbuf_add(&body, "<w:sectPr/></w:body></w:document>");
        part[count++] = (struct workbook_part){"word/document.xml", body.text, 0};
    } else if (document->document) {
        part[count++] = (struct workbook_part){"word/document.xml", document->document, 0};
    }
    if (document->numbering) {
        wrap(&numbering, "numbering", document->numbering);
        part[count++] = (struct workbook_part){"word/numbering.xml", numbering.text, 0};
    }
    if (document->styles) {
        wrap(&styles, "styles", document->styles);
        part[count++] = (struct workbook_part){"word/styles.xml", styles.text, 0};
    }
    if (document->other)
        part[count++] = (struct workbook_part){document->other, "x", 0};
    bytes = workbook_zip(part, count);
    strbuf_clear(&body);
    strbuf_clear(&numbering);
    strbuf_clear(&styles);
    return bytes;
}
