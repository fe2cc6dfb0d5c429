/* Word documents: bytes as a whole archive, and, so that the input reaches what is in them, as the
 * body, the lists or the styles of a document that is right but for that, and as damage to one.
 * What is read is lines of valid UTF-8, and the rest is refused by a sentence. The first byte says
 * which. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/charset.h"
#include "base/text.h"
#include "exchange/docx_read.h"
#include "harness/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NUMBERED(style, level, list)                                                               \
    "<w:p><w:pPr><w:pStyle w:val=\"" style "\"/><w:numPr><w:ilvl w:val=\"" level                   \
    "\"/><w:numId w:val=\"" list "\"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
#define STYLED(style) "<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr></w:p>"

static const char body[] = NUMBERED("a", "0", "1") NUMBERED("a", "1", "2") NUMBERED("b", "2", "1")
    STYLED("a") STYLED("b") STYLED("a") NUMBERED("c", "8", "3");
static const char lists[] =
    "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt "
    "w:val=\"chineseCounting\"/><w:pStyle w:val=\"a\"/><w:lvlText w:val=\"%1、\"/></w:lvl>"
    "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>";
static const char styles[] =
    "<w:style w:type=\"paragraph\" w:styleId=\"a\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr>"
    "</w:pPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/>"
    "</w:style>";

static struct strbuf wrap(char which, const char *text)
{
    struct document document = {.body = body, .numbering = lists, .styles = styles};
    switch (which) {
    case 'n':
        document.numbering = text;
        break;
    case 's':
        document.styles = text;
        break;
    case 'd':
        document.body = NULL;
        document.document = text;
        break;
    default:
        document.body = text;
        break;
    }
    return document_make(&document);
}

/* A right archive with bytes changed: where in two, and what in one, again and again. */
static struct strbuf damage(const uint8_t *data, size_t size)
{
    struct strbuf bytes = wrap('b', body);
    for (; size >= 3; data += 3, size -= 3)
        bytes.text[(data[0] << 8 | data[1]) % bytes.length] = (char)data[2];
    return bytes;
}

static void read_all(const struct strbuf *bytes)
{
    struct strbuf lines = {0};
    struct charset_text text = {0};
    struct error err = {0};
    docx_is(strbuf_text(bytes), bytes->length);
    if (docx_read(strbuf_text(bytes), bytes->length, NULL, &lines, &err)) {
        assert(lines.length > 0 && lines.text[lines.length - 1] == '\n');
        assert(strlen(lines.text) == lines.length);
        assert(charset_read(lines.text, lines.length, "UTF-8", &text, NULL));
        charset_text_clear(&text);
    } else {
        assert(err.code != ERROR_NONE && err.text[0] && text_is_clean(err.text, TEXT_ONE_LINE));
    }
    strbuf_clear(&lines);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct strbuf bytes = {0};
    if (size < 2)
        return 0;
    char *text = alloc_string_n((const char *)data + 1, size - 1);
    if (data[0] == 'P') /* PK: the archive itself */
        strbuf_add_n(&bytes, (const char *)data, size);
    else if (data[0] == 'z')
        bytes = damage(data + 1, size - 1);
    else
        bytes = wrap((char)data[0], text);
    read_all(&bytes);
    strbuf_clear(&bytes);
    free(text);
    return 0;
}
