/* A new source as a person types it. */
#include "app/import_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/language.h"

/* The first number of four digits that may be a year. */
static int find_year(const char *name)
{
    for (; *name; name++)
        if ((strncmp(name, "19", 2) == 0 || strncmp(name, "20", 2) == 0) &&
            strspn(name, "0123456789") == 4)
            return (int)strtol(name, NULL, 10);
    return 0;
}

bool import_source_split(char *typed, struct import_source *out)
{
    char *equals = typed != NULL ? strchr(typed, '=') : NULL;
    if (equals == NULL)
        return false;
    *equals = '\0';
    *out = (struct import_source){
        .code = typed, .name = equals + 1, .year = find_year(equals + 1), .rhythm = RHYTHM_NONE};
    return true;
}

bool import_source_check(const struct import_source *source, struct error *err)
{
    static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    size_t length = strlen(source->code);
    if (length == 0 || length > 8 || strspn(source->code, signs) != length)
        return error_set(
            err, ERROR_INPUT, _("the code, before the =, is 1 to 8 letters and digits"));
    return source->year > 0 ||
           error_set(err, ERROR_INPUT, _("the name, behind the =, needs its year, as in 2026"));
}
