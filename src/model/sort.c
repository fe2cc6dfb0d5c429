/* The order of a list as a person writes it: "due", "-updated". */
#include <string.h>

#include "base/language.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "model/query_sql.h"

bool sort_parse(const char *text, struct sort *out, struct error *err)
{
    bool reverse = *text == '-';
    const char *name = text + reverse;
    struct suggest suggest = suggest_for(name);
    for (size_t i = 0; i < SORT_COUNT; i++) {
        if (strcmp(sorts[i].name, name) == 0) {
            *out = (struct sort){(enum sort_key)i, reverse};
            return true;
        }
        suggest_offer(&suggest, sorts[i].name);
    }
    if (suggest.best)
        return error_set(err, ERROR_INPUT, _("there is no order \"%s\"; did you mean \"%s\"?"),
            name, suggest.best);
    struct strbuf names = {0};
    for (size_t i = 0; i < SORT_COUNT; i++)
        strbuf_format(&names, "%s%s", i ? ", " : "", sorts[i].name);
    error_set(err, ERROR_INPUT,
        _("there is no order \"%s\"; orders are %s, each with - before it reversed"), name,
        strbuf_text(&names));
    strbuf_clear(&names);
    return false;
}
