/* package_xml: a part of a package as XML, element by element: the one place that knows expat.
 * Names come without their namespace's prefix ("row", also of <x:row>): the transitional and the
 * strict form of a workbook are the same then. No document type is accepted, so there are no
 * entities but those of XML; depth, the length of a tag and the different names are bounded. */
#ifndef EXCHANGE_PACKAGE_XML_H
#define EXCHANGE_PACKAGE_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "package.h"

#define PACKAGE_XML_DEPTH_MOST 64
#define PACKAGE_XML_TAG_MOST (256 << 10)  /* bytes of a tag or comment */
#define PACKAGE_XML_NAMES_MOST 4096       /* of elements and attributes, each counted once */
#define PACKAGE_XML_NAMES_BYTES (1 << 20) /* of all these */

/* Each returns false, with `err` set, to stop. `attributes`: names and values in turn, then NULL.
 */
struct package_xml {
    bool (*start)(void *context, const char *name, const char **attributes, struct error *err);
    bool (*end)(void *context, const char *name, struct error *err);
    bool (*text)(void *context, const char *bytes, size_t count, struct error *err); /* or NULL */
};

/* The error names the part, and the line where the XML ends to be XML. */
bool package_xml_read(struct package *package, const char *name, const struct package_xml *with,
    void *context, struct error *err);

const char *package_xml_local(const char *name); /* without the prefix */
/* By its local name; NULL where there is none. */
const char *package_xml_attribute(const char **attributes, const char *name);
/* "1", "true", "on". */
bool package_xml_is_true(const char *value);

#endif
