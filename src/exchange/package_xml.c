#include "package_xml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"

struct reading {
    XML_Parser parser;
    const struct package_xml *with;
    void *context;
    const char *name;
    struct error why; /* of what stopped it */
    size_t fed;
    int depth;
    char **names; /* met so far, in order */
    size_t name_count, name_room, name_bytes;
};

const char *package_xml_local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *package_xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(package_xml_local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

bool package_xml_is_true(const char *value)
{
    return value &&
           (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

/* --- events ---------------------------------------------------------------------------------- */

static void stop(struct reading *reading)
{
    XML_StopParser(reading->parser, XML_FALSE);
}

/* expat may tell more after it was stopped. */
static bool is_stopped(const struct reading *reading)
{
    return reading->why.code != ERROR_NONE;
}

/* expat keeps every name it meets to the end of the part. False where there are too many. */
static bool keep_name(struct reading *reading, const char *name)
{
    size_t from = 0, to = reading->name_count;
    while (from < to) {
        size_t middle = (from + to) / 2;
        int order = strcmp(name, reading->names[middle]);
        if (order == 0)
            return true;
        from = order > 0 ? middle + 1 : from;
        to = order < 0 ? middle : to;
    }
    size_t length = strlen(name);
    if (reading->name_count == PACKAGE_XML_NAMES_MOST ||
        reading->name_bytes + length > PACKAGE_XML_NAMES_BYTES)
        return error_set(&reading->why, ERROR_INPUT,
            _("its part %s has too many different names of elements or attributes; no workbook and "
              "no document has so many"),
            reading->name);
    reading->names = alloc_grow(
        reading->names, &reading->name_room, reading->name_count + 1, sizeof *reading->names);
    memmove(reading->names + from + 1, reading->names + from,
        (reading->name_count++ - from) * sizeof *reading->names);
    reading->names[from] = alloc_string(name);
    reading->name_bytes += length;
    return true;
}

static bool keep_names(struct reading *reading, const char *name, const char **attributes)
{
    bool good = keep_name(reading, name);
    for (; good && *attributes; attributes += 2)
        good = keep_name(reading, attributes[0]);
    return good;
}

static void on_start(void *context, const char *name, const char **attributes)
{
    struct reading *reading = context;
    if (is_stopped(reading))
        return;
    if (++reading->depth > PACKAGE_XML_DEPTH_MOST) {
        error_set(&reading->why, ERROR_INPUT,
            _("its part %s is nested more than %d deep, as no workbook and no document is"),
            reading->name, PACKAGE_XML_DEPTH_MOST);
        stop(reading);
        return;
    }
    if (!keep_names(reading, name, attributes) ||
        !reading->with->start(reading->context, package_xml_local(name), attributes, &reading->why))
        stop(reading);
}

static void on_end(void *context, const char *name)
{
    struct reading *reading = context;
    reading->depth--;
    if (!is_stopped(reading) &&
        !reading->with->end(reading->context, package_xml_local(name), &reading->why))
        stop(reading);
}

static void on_text(void *context, const char *bytes, int count)
{
    struct reading *reading = context;
    if (!is_stopped(reading) &&
        !reading->with->text(reading->context, bytes, (size_t)count, &reading->why))
        stop(reading);
}

static void on_doctype(void *context, const char *name, const char *system, const char *public_id,
    int has_internal_subset)
{
    struct reading *reading = context;
    (void)name, (void)system, (void)public_id, (void)has_internal_subset;
    error_set(&reading->why, ERROR_INPUT,
        _("its part %s has a document type, as no workbook and no document has; nothing of it is "
          "read"),
        reading->name);
    stop(reading);
}

/* --- bytes ----------------------------------------------------------------------------------- */

static bool refuse(struct reading *reading, struct error *err)
{
    if (is_stopped(reading)) {
        *err = reading->why;
        return false;
    }
    return error_set(err, ERROR_INPUT,
        _("its part %s is no XML from line %lu on; open the file in Excel, Word or WPS and save "
          "it again"),
        reading->name, (unsigned long)XML_GetCurrentLineNumber(reading->parser));
}

static bool on_piece(void *context, const char *bytes, size_t count, bool last, struct error *err)
{
    struct reading *reading = context;
    reading->fed += count;
    if (XML_Parse(reading->parser, bytes, (int)count, last) != XML_STATUS_OK)
        return refuse(reading, err);
    /* a tag that goes on is looked at again from its beginning with each piece */
    XML_Index at = XML_GetCurrentByteIndex(reading->parser);
    if (!last && at >= 0 && reading->fed - (size_t)at > PACKAGE_XML_TAG_MOST)
        return error_set(err, ERROR_INPUT,
            _("its part %s has a tag of more than %d KB, as no workbook and no document has"),
            reading->name, PACKAGE_XML_TAG_MOST >> 10);
    return true;
}

bool package_xml_read(struct package *package, const char *name, const struct package_xml *with,
    void *context, struct error *err)
{
    struct reading reading = {
        .parser = XML_ParserCreate(NULL), .with = with, .context = context, .name = name};
    struct error why = {0};
    XML_SetUserData(reading.parser, &reading);
    XML_SetElementHandler(reading.parser, on_start, on_end);
    if (with->text)
        XML_SetCharacterDataHandler(reading.parser, on_text);
    XML_SetStartDoctypeDeclHandler(reading.parser, on_doctype);
    bool good = package_read(package, name, on_piece, &reading, &why);
    XML_ParserFree(reading.parser);
    for (size_t i = 0; i < reading.name_count; i++)
        free(reading.names[i]);
    free(reading.names);
    if (!good && err)
        *err = why;
    return good;
}
