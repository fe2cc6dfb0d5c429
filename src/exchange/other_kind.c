#include "other_kind.h"

#include <string.h>

#include "base/language.h"

#define PICTURE                                                                                    \
    N_("this is a picture; have its text recognised (WPS, a scanner's program) and save it as "    \
       ".txt, "                                                                                    \
       "or type its table into a sheet and save that as .xlsx")
#define ARCHIVE N_("this is an archive (.rar, .7z, .gz); unpack it and import the files in it")

static const struct {
    const char *begin;
    size_t length;
    const char *sentence;
} kinds[] = {
    {"%PDF-", 5,
        N_("this is a PDF; copy its text into a .txt file, or open it in WPS or Word and save its "
           "table as .xlsx; of a scanned one the text must be recognised first")},
    {"\x89PNG\r\n", 6, PICTURE},
    {"\xFF\xD8\xFF", 3, PICTURE},
    {"GIF8", 4, PICTURE},
    {"II*\0", 4, PICTURE},
    {"MM\0*", 4, PICTURE},
    {"{\\rtf", 5,
        N_("this is a document (.rtf); open it in Word or WPS and save its text as .txt")},
    {"Rar!\x1A\x07", 6, ARCHIVE},
    {"7z\xBC\xAF\x27\x1C", 6, ARCHIVE},
    {"\x1F\x8B\x08", 3, ARCHIVE},
    {"SQLite format 3", 16,
        N_("this is a database and no table; export from it: \"duban --db FILE export\"")},
};

/* What an office program keeps beside a file that is open: how long the name of its user is, the
 * name, and in most the same again. */
static bool is_owner_file(const char *bytes, size_t count)
{
    enum { MOST = 200, NAME_MOST = 31 };
    size_t name = (unsigned char)bytes[0];
    if (name == 0 || name > NAME_MOST || name >= count || count > MOST)
        return false;
    return strchr("\t\n\r", (int)name) == NULL || memchr(bytes, '\0', count) != NULL;
}

/* The first sign behind blanks and a byte order mark; NULL: there is none. */
static const char *skip_blanks(const char *at, const char *end)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if ((size_t)(end - at) >= strlen(mark) && memcmp(at, mark, strlen(mark)) == 0)
        at += strlen(mark);
    while (at < end && *at != '\0' && strchr(" \t\r\n", *at) != NULL)
        at++;
    return at < end ? at : NULL;
}

/* An object, or a list of objects: {"..": or [{. A title in brackets is none. */
static bool is_json(const char *bytes, size_t count)
{
    const char *end = bytes + count, *at = skip_blanks(bytes, end);
    if (at != NULL && *at == '[')
        at = skip_blanks(at + 1, end);
    if (at == NULL || *at != '{')
        return false;
    at = skip_blanks(at + 1, end);
    const char *close =
        at != NULL && *at == '"' ? memchr(at + 1, '"', (size_t)(end - at - 1)) : NULL;
    at = close != NULL ? skip_blanks(close + 1, end) : NULL;
    return at != NULL && *at == ':';
}

bool other_kind_is_none(const char *bytes, size_t count, struct error *err)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (count >= kinds[i].length && memcmp(bytes, kinds[i].begin, kinds[i].length) == 0)
            return error_set(err, ERROR_INPUT, "%s", _(kinds[i].sentence));
    if (is_owner_file(bytes, count))
        return error_set(err, ERROR_INPUT,
            _("this is no table but what Excel or WPS keeps while one is open (its name begins with "
              "~$): import the file of the name without ~$"));
    return !is_json(bytes, count) ||
           error_set(err, ERROR_INPUT,
               _("this is JSON, which is not read back; export the tasks as .xlsx or .csv instead, "
                 "which are"));
}
