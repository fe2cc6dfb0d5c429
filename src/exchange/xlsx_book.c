/* The workbook's own part and what it refers to: which sheets there are, and where. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "package_xml.h"
#include "xlsx_parts.h"

/* --- relations ------------------------------------------------------------------------------- */

struct relation {
    char *id, *type, *target; /* type: the last word of it; target: a part */
};
struct relations {
    const char *folder; /* of what refers */
    size_t folder_length;
    struct relation *row;
    size_t count, room;
};

static void relations_clear(struct relations *relations)
{
    for (size_t i = 0; i < relations->count; i++) {
        free(relations->row[i].id);
        free(relations->row[i].type);
        free(relations->row[i].target);
    }
    free(relations->row);
}

static void go_up(struct strbuf *path)
{
    size_t length = path->length > 0 ? path->length - 1 : 0;
    while (length > 0 && path->text[length - 1] != '/')
        length--;
    strbuf_cut(path, length);
}

/* A target as the name of a part: absolute, or from the folder of what refers; without . and .. */
static char *resolve(const struct relations *relations, const char *target)
{
    struct strbuf path = {0};
    bool absolute = *target == '/' || *target == '\\';
    if (!absolute)
        strbuf_add_n(&path, relations->folder, relations->folder_length);
    while (*target) {
        size_t length = strcspn(target, "/\\");
        bool last = target[length] == '\0';
        if (length == 2 && strncmp(target, "..", 2) == 0)
            go_up(&path);
        else if (length > 0 && !(length == 1 && *target == '.')) {
            strbuf_add_n(&path, target, length);
            strbuf_add(&path, last ? "" : "/");
        }
        target += length + !last;
    }
    strbuf_add(&path, "");
    return strbuf_take(&path);
}

static bool on_relation(void *context, const char *name, const char **attributes, struct error *err)
{
    struct relations *relations = context;
    const char *id = package_xml_attribute(attributes, "Id");
    const char *type = package_xml_attribute(attributes, "Type");
    const char *target = package_xml_attribute(attributes, "Target");
    const char *mode = package_xml_attribute(attributes, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
        (mode && strcmp(mode, "External") == 0))
        return true;
    if (relations->count >= XLSX_RELATIONS_MOST)
        return error_set(err, ERROR_INPUT, _("it has more than %d parts that refer to each other"),
            XLSX_RELATIONS_MOST);
    const char *word = strrchr(type, '/');
    relations->row =
        alloc_grow(relations->row, &relations->room, relations->count + 1, sizeof *relations->row);
    relations->row[relations->count++] = (struct relation){.id = alloc_string(id),
        .type = alloc_string(word ? word + 1 : type),
        .target = resolve(relations, target)};
    return true;
}

static bool pass_end(void *context, const char *name, struct error *err)
{
    (void)context, (void)name, (void)err;
    return true;
}

static const struct relation *find_relation(
    const struct relations *relations, const char *id, const char *type)
{
    for (size_t i = 0; i < relations->count; i++) {
        const struct relation *row = &relations->row[i];
        if ((id == NULL || strcmp(row->id, id) == 0) && strcmp(row->type, type) == 0)
            return row;
    }
    return NULL;
}

/* Of the part `name` ("" the package itself). There may be none. */
static bool read_relations(
    struct package *package, const char *name, struct relations *out, struct error *err)
{
    static const struct package_xml with = {.start = on_relation, .end = pass_end};
    const char *slash = strrchr(name, '/');
    out->folder = name;
    out->folder_length = slash ? (size_t)(slash + 1 - name) : 0;
    char *part =
        alloc_format("%.*s_rels/%s.rels", (int)out->folder_length, name, name + out->folder_length);
    bool good = !package_has(package, part) || package_xml_read(package, part, &with, out, err);
    free(part);
    return good;
}

/* --- the book -------------------------------------------------------------------------------- */

struct opening {
    struct xlsx_book *book;
    const struct relations *relations;
};

static char *clean_name(const char *name)
{
    struct strbuf text = {0};
    text_scrub(&text, name, strlen(name), TEXT_ONE_LINE);
    strbuf_add(&text, "");
    return strbuf_take(&text);
}

static bool add_sheet(const struct opening *opening, const char **attributes, struct error *err)
{
    struct xlsx_book *book = opening->book;
    const char *name = package_xml_attribute(attributes, "name");
    const char *id = package_xml_attribute(attributes, "id");
    const char *state = package_xml_attribute(attributes, "state");
    const struct relation *part = find_relation(opening->relations, id ? id : "", "worksheet");
    bool is_other = part == NULL && id && opening->relations->count > 0;
    for (size_t i = 0; is_other && i < opening->relations->count; i++)
        if (strcmp(opening->relations->row[i].id, id) == 0)
            return true; /* a chart or dialogue */
    if (book->count >= XLSX_SHEETS_MOST)
        return error_set(err, ERROR_INPUT, _("it has more than %d sheets"), XLSX_SHEETS_MOST);
    book->sheet = alloc_grow(book->sheet, &book->room, book->count + 1, sizeof *book->sheet);
    book->sheet[book->count++] = (struct xlsx_sheet_entry){.name = clean_name(name ? name : ""),
        .part = alloc_string(part ? part->target : ""),
        .hidden = state && strcmp(state, "visible") != 0};
    return true;
}

static bool on_book(void *context, const char *name, const char **attributes, struct error *err)
{
    const struct opening *opening = context;
    if (strcmp(name, "sheet") == 0)
        return add_sheet(opening, attributes, err);
    if (strcmp(name, "workbookPr") == 0)
        opening->book->from_1904 =
            package_xml_is_true(package_xml_attribute(attributes, "date1904"));
    return true;
}

static char *copy_target(const struct relations *relations, const char *type)
{
    const struct relation *found = find_relation(relations, NULL, type);
    return found ? alloc_string(found->target) : NULL;
}

static bool read_book(
    struct package *package, const char *part, struct xlsx_book *out, struct error *err)
{
    static const struct package_xml with = {.start = on_book, .end = pass_end};
    struct relations relations = {0};
    struct opening opening = {out, &relations};
    bool good = read_relations(package, part, &relations, err) &&
                package_xml_read(package, part, &with, &opening, err);
    if (good && out->count == 0)
        good = error_set(err, ERROR_NOT_FOUND, _("the workbook has no sheet with cells"));
    if (good) {
        out->strings = copy_target(&relations, "sharedStrings");
        out->styles = copy_target(&relations, "styles");
    }
    relations_clear(&relations);
    return good;
}

bool xlsx_book_read(struct package *package, struct xlsx_book *out, struct error *err)
{
    struct relations root = {0};
    *out = (struct xlsx_book){0};
    bool good = read_relations(package, "", &root, err);
    const struct relation *book = find_relation(&root, NULL, "officeDocument");
    good = good && read_book(package, book ? book->target : "xl/workbook.xml", out, err);
    relations_clear(&root);
    if (!good)
        xlsx_book_clear(out);
    return good;
}

void xlsx_book_clear(struct xlsx_book *book)
{
    for (size_t i = 0; i < book->count; i++) {
        free(book->sheet[i].name);
        free(book->sheet[i].part);
    }
    free(book->sheet);
    free(book->strings);
    free(book->styles);
    *book = (struct xlsx_book){0};
}

/* --- choosing -------------------------------------------------------------------------------- */

void xlsx_book_list(const struct xlsx_book *book, size_t except, size_t beside, struct strbuf *out)
{
    bool any = false;
    for (size_t i = 0; i < book->count; i++) {
        if (i == except || i == beside)
            continue;
        strbuf_format(out, "%s%zu %s%s", any ? _(", ") : "", i + 1, book->sheet[i].name,
            book->sheet[i].hidden ? _(" (hidden)") : "");
        any = true;
    }
}

static bool refuse_sheet(const struct xlsx_book *book, const char *typed, struct error *err)
{
    struct strbuf names = {0};
    xlsx_book_list(book, book->count, book->count, &names);
    error_set(
        err, ERROR_USAGE, _("there is no sheet \"%s\"; there are: %s"), typed, strbuf_text(&names));
    strbuf_clear(&names);
    return false;
}

static bool choose_told(
    const struct xlsx_book *book, const char *typed, size_t *out, struct error *err)
{
    for (size_t i = 0; i < book->count; i++)
        if (strcasecmp(book->sheet[i].name, typed) == 0) {
            *out = i;
            return true;
        }
    size_t digits = strspn(typed, "0123456789");
    unsigned long number = digits > 0 && digits < 6 ? strtoul(typed, NULL, 10) : 0;
    if (typed[digits] != '\0' || number == 0 || number > book->count)
        return refuse_sheet(book, typed, err);
    *out = number - 1;
    return true;
}

bool xlsx_book_choose(
    const struct xlsx_book *book, const char *typed, size_t *out, struct error *err)
{
    if (typed)
        return choose_told(book, typed, out, err);
    *out = 0;
    while (*out < book->count && book->sheet[*out].hidden)
        ++*out;
    if (*out == book->count)
        *out = 0; /* all hidden: no program writes that, and none shows it otherwise */
    return true;
}
