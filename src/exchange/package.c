#include "package.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"

#define PIECE (64 << 10)

struct package {
    zip_t *zip;
    size_t bytes; /* unpacked so far */
    const struct going *going;
};

/* --- archive --------------------------------------------------------------------------------- */

static bool refuse_archive(int code, struct error *err)
{
    if (code == ZIP_ER_MULTIDISK)
        return error_set(
            err, ERROR_INPUT, _("it is one volume of several; unpack them and import the files"));
    return error_set(err, ERROR_INPUT,
        _("it begins as a workbook or a Word document but is cut off or damaged; copy it anew, or "
          "open it in Excel, Word or WPS and save it again as .xlsx or .docx"));
}

static int fold(char c)
{
    return c == '\\' ? '/' : tolower((unsigned char)c);
}

static int compare_names(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* Of two parts of one name programs read one or the other. */
static bool check_names(zip_t *zip, size_t entries, struct error *err)
{
    char **names = alloc_zero(entries, sizeof *names);
    bool good = true;
    for (size_t i = 0; i < entries; i++) {
        const char *name = zip_get_name(zip, i, ZIP_FL_ENC_RAW);
        name = name ? name : "";
        names[i] = alloc_string(name + (*name == '/' || *name == '\\'));
        for (char *at = names[i]; *at; at++)
            *at = (char)fold(*at);
    }
    qsort(names, entries, sizeof *names, compare_names);
    for (size_t i = 1; i < entries && good; i++)
        if (strcmp(names[i - 1], names[i]) == 0) {
            struct strbuf name = {0};
            text_scrub(&name, names[i], strlen(names[i]), TEXT_ONE_LINE);
            good = error_set(err, ERROR_INPUT,
                _("it has two parts %s, which no workbook and no document has; open it in Excel, "
                  "Word or WPS and save it again"),
                strbuf_text(&name));
            strbuf_clear(&name);
        }
    for (size_t i = 0; i < entries; i++)
        free(names[i]);
    free(names);
    return good;
}

bool package_open(const char *bytes, size_t count, struct package **out, struct error *err)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes, count, 0, &why);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
    int code = zip_error_code_zip(&why);
    zip_error_fini(&why);
    if (zip == NULL) {
        zip_source_free(source);
        return refuse_archive(code, err);
    }
    zip_int64_t entries = zip_get_num_entries(zip, 0);
    if (entries > PACKAGE_ENTRIES_MOST) {
        zip_discard(zip);
        return error_set(err, ERROR_INPUT,
            _("it has %lld parts; a workbook or a document has at most %d, so this is none"),
            (long long)entries, PACKAGE_ENTRIES_MOST);
    }
    if (!check_names(zip, (size_t)entries, err)) {
        zip_discard(zip);
        return false;
    }
    struct package *package = alloc_zero(1, sizeof *package);
    package->zip = zip;
    *out = package;
    return true;
}

void package_free(struct package *package)
{
    if (package == NULL)
        return;
    zip_discard(package->zip);
    free(package);
}

/* --- names ----------------------------------------------------------------------------------- */

/* Whether `name` begins with `prefix`; `whole`: and ends there. */
static bool is_name(const char *name, const char *prefix, bool whole)
{
    name += *name == '/' || *name == '\\';
    for (; *prefix; prefix++, name++)
        if (fold(*name) != fold(*prefix))
            return false;
    return !whole || *name == '\0';
}

static zip_int64_t find(const struct package *package, const char *name, bool whole)
{
    zip_int64_t count = zip_get_num_entries(package->zip, 0);
    for (zip_int64_t i = 0; i < count; i++) {
        const char *one = zip_get_name(package->zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
        if (one && is_name(one, name, whole))
            return i;
    }
    return -1;
}

bool package_has(const struct package *package, const char *name)
{
    return find(package, name, true) >= 0;
}

bool package_has_folder(const struct package *package, const char *prefix)
{
    return find(package, prefix, false) >= 0;
}

/* --- parts ----------------------------------------------------------------------------------- */

static bool refuse_part(const char *name, int code, struct error *err)
{
    if (code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD || code == ZIP_ER_ENCRNOTSUPP)
        return error_set(err, ERROR_INPUT,
            _("its part %s is protected by a password; take the password off and save it again"),
            name);
    if (code == ZIP_ER_COMPNOTSUPP)
        return error_set(err, ERROR_INPUT,
            _("its part %s is packed in a way that is not known; open the file in Excel, Word or "
              "WPS and save it again"),
            name);
    if (code == ZIP_ER_CRC)
        return error_set(err, ERROR_INPUT,
            _("its part %s is not what was packed (wrong checksum); copy the file anew"), name);
    return error_set(
        err, ERROR_INPUT, _("its part %s is cut off or damaged; copy the file anew"), name);
}

static bool check_size(
    struct package *package, const char *name, size_t bytes, size_t packed, struct error *err)
{
    if (package->bytes > PACKAGE_BYTES_MOST)
        return error_set(err, ERROR_INPUT,
            _("its parts have more than %d MB unpacked; save the sheet that is meant as a file of "
              "its own"),
            PACKAGE_BYTES_MOST >> 20);
    if (bytes > PACKAGE_RATIO_BYTES && bytes / PACKAGE_RATIO_MOST > packed)
        return error_set(err, ERROR_INPUT,
            _("its part %s unpacks to more than %d times its size, as no workbook and no document "
              "does; if it has very many empty rows, delete them and save it again"),
            name, PACKAGE_RATIO_MOST);
    return true;
}

static bool check_going(const struct package *package, struct error *err)
{
    return going_on(package->going) ||
           error_set(err, ERROR_REFUSED, _("The import was ended; nothing is written"));
}

static bool read_pieces(struct package *package, zip_file_t *file, const char *name, size_t packed,
    package_piece *at, void *context, struct error *err)
{
    char *piece = alloc_zero(1, PIECE);
    size_t bytes = 0;
    bool good = true;
    for (zip_int64_t got = 1; good && got > 0;) {
        got = zip_fread(file, piece, PIECE);
        if (got < 0) {
            good = refuse_part(name, zip_error_code_zip(zip_file_get_error(file)), err);
            break;
        }
        bytes += (size_t)got;
        package->bytes += (size_t)got;
        good = check_size(package, name, bytes, packed, err) && check_going(package, err) &&
               at(context, piece, (size_t)got, got == 0, err);
    }
    free(piece);
    return good;
}

void package_ask(struct package *package, const struct going *going)
{
    package->going = going;
}

bool package_read(
    struct package *package, const char *name, package_piece *at, void *context, struct error *err)
{
    zip_int64_t index = find(package, name, true);
    zip_stat_t stat;
    if (index < 0)
        return error_set(err, ERROR_INPUT,
            _("it has no part %s; open the file in Excel, Word or WPS and save it again"), name);
    zip_file_t *file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
    if (file == NULL || zip_stat_index(package->zip, (zip_uint64_t)index, 0, &stat) != 0) {
        if (file)
            zip_fclose(file);
        return refuse_part(name, zip_error_code_zip(zip_get_error(package->zip)), err);
    }
    size_t packed = stat.valid & ZIP_STAT_COMP_SIZE ? (size_t)stat.comp_size : 0;
    bool good = read_pieces(package, file, name, packed, at, context, err);
    zip_fclose(file);
    return good;
}
