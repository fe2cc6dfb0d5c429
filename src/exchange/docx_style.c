/* The styles of a Word document, as far as they number paragraphs. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/language.h"
#include "docx_parts.h"
#include "package_xml.h"

#define PART "word/styles.xml"

struct reading {
    struct docx_styles *out;
    struct docx_style *style; /* that is open */
    size_t before;            /* open elements that tell what was before a change */
};

int docx_value(const char **attributes)
{
    const char *value = package_xml_attribute(attributes, "val");
    char *end;
    if (!value || *value == '\0')
        return -1;
    long number = strtol(value, &end, 10);
    return *end == '\0' && number >= 0 && number <= DOCX_NUMBER_MOST ? (int)number : -1;
}

static bool add_style(struct reading *reading, const char **attributes, struct error *err)
{
    struct docx_styles *out = reading->out;
    const char *id = package_xml_attribute(attributes, "styleId"),
               *type = package_xml_attribute(attributes, "type"),
               *is_default = package_xml_attribute(attributes, "default");
    if (!id || (type && strcmp(type, "paragraph") != 0))
        return true;
    if (out->count == DOCX_LISTS_MOST)
        return error_set(
            err, ERROR_INPUT, _("it has more than %d styles of paragraphs"), DOCX_LISTS_MOST);
    out->style = alloc_grow(out->style, &out->room, out->count + 1, sizeof *out->style);
    reading->style = &out->style[out->count++];
    *reading->style = (struct docx_style){.id = alloc_string(id),
        .list = -1,
        .level = -1,
        .is_default = package_xml_is_true(is_default)};
    return true;
}

static bool on_start(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reading *reading = context;
    struct docx_style *style = reading->style;
    const char *value = package_xml_attribute(attributes, "val");
    if (reading->before > 0 || strcmp(name, "pPrChange") == 0) {
        reading->before++;
        return true;
    }
    if (strcmp(name, "style") == 0)
        return add_style(reading, attributes, err);
    if (!style || !value)
        return true;
    if (strcmp(name, "basedOn") == 0 && !style->based_on)
        style->based_on = alloc_string(value);
    else if (strcmp(name, "numId") == 0)
        style->list = docx_value(attributes);
    else if (strcmp(name, "ilvl") == 0)
        style->level = docx_value(attributes);
    else if (strcmp(name, "name") == 0)
        style->is_contents = strncasecmp(value, "toc ", strlen("toc ")) == 0;
    return true;
}

static bool on_end(void *context, const char *name, struct error *err)
{
    struct reading *reading = context;
    (void)err;
    if (reading->before > 0)
        reading->before--;
    else if (strcmp(name, "style") == 0)
        reading->style = NULL;
    return true;
}

static int by_id(const void *left, const void *right)
{
    return strcmp(((const struct docx_style *)left)->id, ((const struct docx_style *)right)->id);
}

bool docx_styles_read(struct package *package, struct docx_styles *out, struct error *err)
{
    static const struct package_xml with = {on_start, on_end, NULL};
    struct reading reading = {.out = out};
    *out = (struct docx_styles){0};
    if (!package_has(package, PART))
        return true;
    bool good = package_xml_read(package, PART, &with, &reading, err);
    if (out->count > 0)
        qsort(out->style, out->count, sizeof *out->style, by_id);
    for (size_t i = 0; i < out->count; i++)
        if (out->style[i].is_default)
            out->otherwise = &out->style[i];
    return good;
}

void docx_styles_clear(struct docx_styles *styles)
{
    for (size_t i = 0; i < styles->count; i++) {
        free(styles->style[i].id);
        free(styles->style[i].based_on);
    }
    free(styles->style);
    *styles = (struct docx_styles){0};
}

const struct docx_style *docx_style_find(const struct docx_styles *styles, const char *id)
{
    struct docx_style wanted = {.id = (char *)id};
    if (!id || styles->count == 0)
        return NULL;
    return bsearch(&wanted, styles->style, styles->count, sizeof *styles->style, by_id);
}
