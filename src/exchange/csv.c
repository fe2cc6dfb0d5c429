#include "csv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_number(const char *text)
{
    char *end;
    strtod(text, &end);
    return end != text && *end == '\0';
}

void csv_text(struct strbuf *out, const char *text)
{
    bool formula = *text && strchr("=+-@\t", *text) != NULL && !is_number(text);
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;
    strbuf_add(out, quoted ? "\"" : "");
    strbuf_add(out, formula ? "'" : "");
    for (; *text; text++) {
        if (*text == '"')
            strbuf_add_char(out, '"');
        strbuf_add_char(out, *text);
    }
    strbuf_add(out, quoted ? "\"" : "");
}
