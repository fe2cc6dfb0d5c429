/* The lists of a Word document: how their levels look, and how far each has counted. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "docx_parts.h"
#include "package_xml.h"

#define PART "word/numbering.xml"
#define FORMAT_BYTES 32

struct level {
    char *text;  /* "（%1）"; NULL: nothing */
    char *style; /* that stands for this level; or NULL */
    char format[FORMAT_BYTES];
    int start, restart; /* restart: behind this level from 1 on; 0 never, -1 behind each above it */
    bool decimal;       /* the levels above are shown in digits */
    bool joined;        /* to the text: no blank between */
};
/* What lists have in common that count on together. */
struct form {
    int id;
    char *link; /* a style whose list it is; or NULL */
    struct level level[DOCX_LEVELS];
    long count[DOCX_LEVELS];
    bool begun[DOCX_LEVELS];
};
struct list {
    int id, form_id;
    struct form *form;              /* NULL: there is none */
    int start[DOCX_LEVELS];         /* instead of the form's; -1: that */
    bool begun[DOCX_LEVELS];        /* its own start is behind it */
    struct level *own[DOCX_LEVELS]; /* instead of the form's; NULL: that */
};
struct docx_lists {
    const struct docx_styles *styles;
    struct form *form; /* by id */
    size_t forms, form_room;
    struct list *list; /* by id */
    size_t count, room;
};

/* --- reading --------------------------------------------------------------------------------- */

struct reading {
    struct docx_lists *out;
    struct form *form; /* that is open, as the others */
    struct list *list;
    struct level *level;
    int place; /* of the level that is put differently; -1 none */
};

static bool check_count(size_t count, struct error *err)
{
    return count < DOCX_LISTS_MOST ||
           error_set(err, ERROR_INPUT, _("it has more than %d lists"), DOCX_LISTS_MOST);
}

static int id_of(const char **attributes, const char *name)
{
    const char *value = package_xml_attribute(attributes, name);
    const char *only[] = {"val", value, NULL};
    return value ? docx_value(only) : -1;
}

static int place_of(const char **attributes)
{
    int place = id_of(attributes, "ilvl");
    return place < DOCX_LEVELS ? place : -1;
}

static bool start_form(struct reading *reading, const char **attributes, struct error *err)
{
    struct docx_lists *out = reading->out;
    if (!check_count(out->forms, err))
        return false;
    out->form = alloc_grow(out->form, &out->form_room, out->forms + 1, sizeof *out->form);
    reading->form = &out->form[out->forms++];
    *reading->form = (struct form){.id = id_of(attributes, "abstractNumId")};
    return true;
}

static bool start_list(struct reading *reading, const char **attributes, struct error *err)
{
    struct docx_lists *out = reading->out;
    if (!check_count(out->count, err))
        return false;
    out->list = alloc_grow(out->list, &out->room, out->count + 1, sizeof *out->list);
    reading->list = &out->list[out->count++];
    *reading->list = (struct list){.id = id_of(attributes, "numId"), .form_id = -1};
    for (int i = 0; i < DOCX_LEVELS; i++)
        reading->list->start[i] = -1;
    return true;
}

static void clear_level(struct level *level)
{
    free(level->text);
    free(level->style);
}

static bool start_level(struct reading *reading, const char **attributes, struct error *err)
{
    int place = place_of(attributes);
    (void)err;
    reading->level = NULL;
    if (place < 0)
        return true;
    if (reading->form)
        reading->level = &reading->form->level[place];
    else if (reading->list) {
        struct level **own = &reading->list->own[place];
        *own = *own ? *own : alloc_zero(1, sizeof **own);
        reading->level = *own;
    }
    if (reading->level) {
        clear_level(reading->level);
        *reading->level = (struct level){.format = "decimal", .restart = -1};
    }
    return true;
}

static bool start_other(struct reading *reading, const char **attributes, struct error *err)
{
    (void)err;
    reading->place = place_of(attributes);
    return true;
}

static const struct {
    const char *name;
    bool (*start)(struct reading *reading, const char **attributes, struct error *err);
} parts[] = {
    {"abstractNum", start_form},
    {"num", start_list},
    {"lvl", start_level},
    {"lvlOverride", start_other},
};

static void keep(char **to, const char *value)
{
    free(*to);
    *to = alloc_string(value);
}

static void set_level(
    struct level *level, const char *name, const char *value, const char **attributes)
{
    if (strcmp(name, "start") == 0) {
        int start = docx_value(attributes);
        level->start = start < 0 ? 0 : start;
    } else if (strcmp(name, "numFmt") == 0) {
        if (strlen(value) < FORMAT_BYTES)
            strcpy(level->format, value);
    } else if (strcmp(name, "lvlText") == 0) {
        if (strlen(value) <= DOCX_LEVEL_TEXT)
            keep(&level->text, value);
    } else if (strcmp(name, "suff") == 0) {
        level->joined = strcmp(value, "nothing") == 0;
    } else if (strcmp(name, "lvlRestart") == 0) {
        level->restart = docx_value(attributes);
    } else if (strcmp(name, "pStyle") == 0) {
        keep(&level->style, value);
    }
}

static bool on_start(void *context, const char *name, const char **attributes, struct error *err)
{
    struct reading *reading = context;
    const char *value = package_xml_attribute(attributes, "val");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(name, parts[i].name) == 0)
            return parts[i].start(reading, attributes, err);
    if (reading->level && strcmp(name, "isLgl") == 0)
        reading->level->decimal = value == NULL || package_xml_is_true(value);
    else if (reading->level && value)
        set_level(reading->level, name, value, attributes);
    else if (reading->form && value && strcmp(name, "numStyleLink") == 0)
        keep(&reading->form->link, value);
    else if (reading->list && strcmp(name, "abstractNumId") == 0)
        reading->list->form_id = docx_value(attributes);
    else if (reading->list && reading->place >= 0 && strcmp(name, "startOverride") == 0)
        reading->list->start[reading->place] = docx_value(attributes);
    return true;
}

static bool on_end(void *context, const char *name, struct error *err)
{
    struct reading *reading = context;
    (void)err;
    if (strcmp(name, "lvl") == 0)
        reading->level = NULL;
    else if (strcmp(name, "lvlOverride") == 0)
        reading->place = -1;
    else if (strcmp(name, "abstractNum") == 0)
        reading->form = NULL;
    else if (strcmp(name, "num") == 0)
        reading->list = NULL;
    return true;
}

/* --- who is who ------------------------------------------------------------------------------ */

static int form_by_id(const void *left, const void *right)
{
    int one = ((const struct form *)left)->id, other = ((const struct form *)right)->id;
    return (one > other) - (one < other);
}

static int list_by_id(const void *left, const void *right)
{
    int one = ((const struct list *)left)->id, other = ((const struct list *)right)->id;
    return (one > other) - (one < other);
}

static struct list *find_list(const struct docx_lists *lists, int id)
{
    struct list wanted = {.id = id};
    if (id <= 0 || lists->count == 0) /* 0: that it has no number */
        return NULL;
    return bsearch(&wanted, lists->list, lists->count, sizeof *lists->list, list_by_id);
}

static struct form *find_form(const struct docx_lists *lists, int id)
{
    struct form wanted = {.id = id};
    if (id < 0 || lists->forms == 0)
        return NULL;
    return bsearch(&wanted, lists->form, lists->forms, sizeof *lists->form, form_by_id);
}

/* A form may be that of the list of a style. */
static void tie(struct docx_lists *lists)
{
    if (lists->forms > 0)
        qsort(lists->form, lists->forms, sizeof *lists->form, form_by_id);
    if (lists->count > 0)
        qsort(lists->list, lists->count, sizeof *lists->list, list_by_id);
    for (size_t i = 0; i < lists->count; i++) {
        struct form *form = find_form(lists, lists->list[i].form_id);
        const struct docx_style *style =
            form && form->link ? docx_style_find(lists->styles, form->link) : NULL;
        const struct list *linked = style ? find_list(lists, style->list) : NULL;
        struct form *other = linked ? find_form(lists, linked->form_id) : NULL;
        lists->list[i].form = other ? other : form;
    }
}

bool docx_lists_read(struct package *package, const struct docx_styles *styles,
    struct docx_lists **out, struct error *err)
{
    static const struct package_xml with = {on_start, on_end, NULL};
    struct docx_lists *lists = alloc_zero(1, sizeof *lists);
    struct reading reading = {.out = lists, .place = -1};
    lists->styles = styles;
    *out = lists;
    if (!package_has(package, PART))
        return true;
    bool good = package_xml_read(package, PART, &with, &reading, err);
    tie(lists);
    return good;
}

void docx_lists_free(struct docx_lists *lists)
{
    if (lists == NULL)
        return;
    for (size_t i = 0; i < lists->forms; i++) {
        free(lists->form[i].link);
        for (int k = 0; k < DOCX_LEVELS; k++)
            clear_level(&lists->form[i].level[k]);
    }
    for (size_t i = 0; i < lists->count; i++)
        for (int k = 0; k < DOCX_LEVELS; k++)
            if (lists->list[i].own[k]) {
                clear_level(lists->list[i].own[k]);
                free(lists->list[i].own[k]);
            }
    free(lists->form);
    free(lists->list);
    free(lists);
}

/* --- counting -------------------------------------------------------------------------------- */

static const struct level *level_of(const struct list *list, int place)
{
    return list->own[place] ? list->own[place] : &list->form->level[place];
}

static long start_of(const struct list *list, int place)
{
    return list->start[place] >= 0 ? list->start[place] : level_of(list, place)->start;
}

/* The level that is tied to the style of the paragraph, or to one that it is based on. */
static int level_of_style(const struct docx_lists *lists, const struct list *list,
    const struct docx_style *style, int otherwise)
{
    int told = -1;
    for (int hops = 0; style && hops < DOCX_BASED_ON_MOST; hops++) {
        for (int i = 0; i < DOCX_LEVELS; i++) {
            const char *tied = level_of(list, i)->style;
            if (tied && strcmp(tied, style->id) == 0)
                return i;
        }
        told = told >= 0 ? told : style->level;
        style = docx_style_find(lists->styles, style->based_on);
    }
    return told >= 0 ? told : otherwise;
}

static struct list *list_of(
    const struct docx_lists *lists, const struct docx_numbered *paragraph, int *level)
{
    const struct docx_style *style = paragraph->style;
    int id = paragraph->list;
    for (int hops = 0; id < 0 && style && hops < DOCX_BASED_ON_MOST; hops++) {
        id = style->list;
        style = docx_style_find(lists->styles, style->based_on);
    }
    struct list *list = find_list(lists, id);
    if (!list || !list->form)
        return NULL;
    *level = paragraph->level;
    if (*level < 0)
        *level = paragraph->list >= 0 ? 0 : level_of_style(lists, list, paragraph->style, 0);
    return *level < DOCX_LEVELS ? list : NULL;
}

static void step(struct list *list, int at)
{
    struct form *form = list->form;
    bool anew = list->start[at] >= 0 && !list->begun[at];
    if (anew || !form->begun[at])
        form->count[at] = start_of(list, at);
    else if (form->count[at] < DOCX_NUMBER_MOST)
        form->count[at]++;
    form->begun[at] = list->begun[at] = true;
    for (int i = at + 1; i < DOCX_LEVELS; i++) {
        int restart = level_of(list, i)->restart;
        if (restart < 0 || at < restart)
            form->begun[i] = false;
    }
}

/* Signs of fonts that draw something else than their letter are left out. */
static bool is_bullet(const char *text)
{
    uint32_t code;
    for (int bytes; (bytes = text_decode(text, &code)) > 0; text += bytes)
        if (code < 0x100 ? code > ' ' && code != 0xB7 && !strchr("-*+", (int)code)
                         : (code >= 0xE000 && code <= 0xF8FF) || code >= 0xF0000)
            return false;
    return true;
}

static void put_text(const struct list *list, const struct level *level, int at, struct strbuf *out)
{
    for (const char *sign = level->text; *sign; sign++) {
        int place = sign[0] == '%' && sign[1] >= '1' && sign[1] <= '9' ? sign[1] - '1' : -1;
        if (place < 0) {
            strbuf_add_char(out, *sign);
            continue;
        }
        sign++;
        const struct form *form = list->form;
        if (place <= at)
            docx_count(level->decimal ? "decimal" : level_of(list, place)->format,
                form->begun[place] ? form->count[place] : start_of(list, place), out);
    }
}

void docx_list_count(
    struct docx_lists *lists, const struct docx_numbered *paragraph, struct strbuf *out)
{
    int at;
    struct list *list = list_of(lists, paragraph, &at);
    size_t before = out->length;
    if (!list)
        return;
    step(list, at);
    const struct level *level = level_of(list, at);
    if (!level->text || (strcmp(level->format, "bullet") == 0 && !is_bullet(level->text)))
        return;
    put_text(list, level, at, out);
    if (out->length > before && !level->joined)
        strbuf_add_char(out, ' ');
}
