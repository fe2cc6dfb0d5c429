#include "xlsx_cell.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

enum { UNITS_MOST = 32767 }; /* of UTF-16, in a cell */

static bool is_escape(const char *text)
{
    return text[0] == '_' && text[1] == 'x' && isxdigit((unsigned char)text[2]) &&
           isxdigit((unsigned char)text[3]) && isxdigit((unsigned char)text[4]) &&
           isxdigit((unsigned char)text[5]) && text[6] == '_';
}

/* What is no character of XML is replaced, and what would be read as an escape (_x000A_) is
 * escaped, as far as a cell may be filled. False where it is cut. */
static bool put_cell_text(struct strbuf *out, const char *text)
{
    uint32_t code;
    int units = 0;
    for (int length; (length = text_decode(text, &code)) > 0; text += length) {
        units += is_escape(text) ? 7 : code > 0xFFFF ? 2 : 1;
        if (units > UNITS_MOST)
            return false;
        if (is_escape(text))
            strbuf_add(out, "_x005F_");
        else if ((code < ' ' && code != '\n') || (code & 0xFFFE) == 0xFFFE)
            strbuf_add(out, "\xEF\xBF\xBD");
        else
            strbuf_add_n(out, text, (size_t)length);
    }
    return true;
}

/* Neither what has to be put otherwise nor too long, as nearly all texts are. */
static bool is_plain(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    for (;; at++) {
        if (*at > '_' && *at != 0xEF) /* as nearly all bytes */
            continue;
        if (*at == '\0')
            return at - (const unsigned char *)text <= UNITS_MOST;
        if ((*at < ' ' && *at != '\n') || (*at == '_' && at[1] == 'x') ||
            (*at == 0xEF && at[1] == 0xBF && at[2] >= 0xBE))
            return false;
    }
}

const char *xlsx_cell_text(const char *text, struct strbuf *room, size_t *cut)
{
    if (is_plain(text))
        return text;
    strbuf_cut(room, 0);
    *cut += !put_cell_text(room, text);
    return strbuf_text(room);
}

void xlsx_cell_escape(struct strbuf *out, const char *text)
{
    for (;;) {
        size_t length = strcspn(text, "&<>");
        strbuf_add_n(out, text, length);
        text += length;
        if (*text == '\0')
            return;
        strbuf_add(out, *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : "&gt;");
        text++;
    }
}
