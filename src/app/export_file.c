#include "app/export_file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/language.h"

/* --- its ending ------------------------------------------------------------------------------ */

static const char *name_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash != NULL ? slash + 1 : file;
}

/* Behind its last dot; "" where there is none. */
static const char *ending_of(const char *file)
{
    const char *dot = strrchr(name_of(file), '.');
    return dot != NULL ? dot + 1 : "";
}

int export_file_format(const char *file)
{
    const char *ending = ending_of(file);
    for (int i = 0; i < EXPORT_FORMAT_COUNT; i++)
        if (strcasecmp(ending, export_formats[i].name) == 0)
            return i;
    return strcasecmp(ending, "htm") == 0 ? EXPORT_HTML : -1;
}

bool export_file_fits(const char *file, enum export_format format, struct error *err)
{
    static const char *const others[] = {"doc", "docx", "wps", "rtf", "pdf", "et", "ods"};
    int said = export_file_format(file);
    const char *name = name_of(file), *ending = ending_of(file);
    int stem = (int)(ending - name);
    if (strcasecmp(ending, "xls") == 0)
        return error_set(err, ERROR_USAGE,
            _("%s: the workbooks of before 2007 (.xls) are not written; name the file %.*sxlsx"),
            name, stem, name);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcasecmp(ending, others[i]) == 0)
            return error_set(err, ERROR_USAGE,
                _("%s: files of this kind are not written; name it %.*sxlsx, or .csv, .html, "
                  ".json"),
                name, stem, name);
    if (said == -1 || said == (int)format)
        return true;
    return error_set(err, ERROR_USAGE,
        _("%s is the name of a file of the format %s, and the format asked for is %s: name it "
          "%.*s%s, or ask for %s"),
        name, export_formats[said].name, export_formats[format].name, stem, name,
        export_formats[format].name, export_formats[said].name);
}

/* --- the database ---------------------------------------------------------------------------- */

static bool is_same_file(const char *one, const char *other)
{
    struct stat first, second;
    return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

/* Where a file is, or would be made. NULL: nowhere. */
static char *place_of(const char *file)
{
    const char *name = name_of(file);
    char *folder = name > file ? alloc_string_n(file, (size_t)(name - file)) : alloc_string(".");
    char *real = realpath(folder, NULL);
    char *place = real != NULL ? alloc_format("%s/%s", real, name) : NULL;
    free(real);
    free(folder);
    return place;
}

bool export_file_spares(const char *file, const char *database, struct error *err)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal", ".gate", ".sessions"};
    char *real = realpath(database, NULL), *place = place_of(file);
    bool spares = true;
    for (size_t i = 0; real != NULL && spares && i < sizeof endings / sizeof *endings; i++) {
        char *beside = alloc_format("%s%s", real, endings[i]);
        spares = !is_same_file(file, beside) && (place == NULL || strcmp(place, beside) != 0);
        free(beside);
    }
    free(place);
    free(real);
    return spares || error_set(err, ERROR_INPUT,
                         _("%s belongs to the database %s, which would be lost; name another file"),
                         file, database);
}
