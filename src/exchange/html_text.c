/* html_text: what pages are made of: text that stays text, heads, cells. */
#include <stdint.h>

#include "base/text.h"
#include "html_parts.h"

/* Two code points are text to us and none to XML. */
static const char *entity(uint32_t code)
{
    switch (code) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case 0xFFFE:
    case 0xFFFF:
        return "\uFFFD";
    default:
        return NULL;
    }
}

void html_text(struct strbuf *out, const char *text)
{
    uint32_t code;
    for (int length; (length = text_decode(text, &code)) > 0; text += length) {
        const char *instead = entity(code);
        if (instead)
            strbuf_add(out, instead);
        else
            text_encode(out, code);
    }
}

void html_heading(struct strbuf *out, const char *text)
{
    strbuf_add(out, "<h2>");
    html_text(out, text);
    strbuf_add(out, "</h2>\n");
}

void html_remark(struct strbuf *out, const char *text)
{
    strbuf_add(out, "<p class=\"remark\">");
    html_text(out, text);
    strbuf_add(out, "</p>\n");
}

void html_column(struct strbuf *out, const char *class, const char *text)
{
    strbuf_add(out, "<th scope=\"col\"");
    if (*class != '\0')
        strbuf_format(out, " class=\"%s\"", class);
    strbuf_add_char(out, '>');
    html_text(out, text);
    strbuf_add(out, "</th>");
}

void html_number(struct strbuf *out, int64_t number)
{
    strbuf_format(out, "<td class=\"n\">%lld</td>", (long long)number);
}
