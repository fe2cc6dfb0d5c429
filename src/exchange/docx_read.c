#include "exchange/docx_read.h"

#include <string.h>

#include "base/language.h"
#include "docx_parts.h"

static bool has_text(const struct strbuf *lines)
{
    return lines->length > 0 && strspn(lines->text, " \t\n") < lines->length;
}

static bool read_package(struct package *package, struct strbuf *out, struct error *err)
{
    struct docx_styles styles = {0};
    struct docx_lists *lists = NULL;
    if (package_has(package, "word/vbaProject.bin"))
        return error_set(err, ERROR_INPUT,
            _("this is a document with macros (.docm); open it in Word or WPS and save it as "
              ".docx"));
    if (!package_has(package, DOCX_BODY))
        return error_set(err, ERROR_INPUT,
            _("it has no part %s; open the file in Word or WPS and save it as .docx"), DOCX_BODY);
    bool good = docx_styles_read(package, &styles, err) &&
                docx_lists_read(package, &styles, &lists, err) &&
                docx_body_read(package, &styles, lists, out, err);
    docx_lists_free(lists);
    docx_styles_clear(&styles);
    return good && (has_text(out) || error_set(err, ERROR_NOT_FOUND,
                                         _("there is no text in the document; of a picture in it "
                                           "the text must be recognised first")));
}

bool docx_is(const char *bytes, size_t count)
{
    static const char mark[] = "PK\003\004";
    struct package *package;
    if (count <= strlen(mark) || memcmp(bytes, mark, strlen(mark)) != 0 ||
        !package_open(bytes, count, &package, NULL))
        return false;
    bool is = package_has_folder(package, "word/") && !package_has_folder(package, "xl/");
    package_free(package);
    return is;
}

bool docx_read(const char *bytes, size_t count, const struct going *going, struct strbuf *out,
    struct error *err)
{
    struct package *package;
    if (!package_open(bytes, count, &package, err))
        return false;
    package_ask(package, going);
    bool good = read_package(package, out, err);
    package_free(package);
    return good;
}
