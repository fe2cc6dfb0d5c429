#include "app/file_name.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/cli.h"
#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"

static bool is_there(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0;
}

char *file_name_path(const char *typed)
{
    const char *home = getenv("HOME");
    bool own = strncmp(typed, "~/", 2) == 0 && home != NULL && *home != '\0';
    char *whole = own ? alloc_format("%s%s", home, typed + 1) : alloc_string(typed);
    char *path = language_for_output(whole);
    bool as_it_stands = !is_there(path) && is_there(whole);
    free(as_it_stands ? path : whole);
    return as_it_stands ? whole : path;
}

char *file_name_text(const char *name)
{
    return text_is_clean(name, TEXT_ONE_LINE) ? alloc_string(name) : cli_text(name);
}
