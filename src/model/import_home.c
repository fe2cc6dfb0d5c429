/* Whose the files are: the place that a document says it is of, or that was told for all. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "import_parts.h"

/* --- whose ----------------------------------------------------------------------------------- */

/* 辽宁, 辽宁省: a document of the province is of no place below it. */
static bool names_province(const struct units *units, const char *line)
{
    for (size_t i = 0; i < units_region_count(units); i++) {
        const struct region *region = units_region_at(units, i);
        if (region->level == REGION_PROVINCE &&
            (strstr(line, region->name) != NULL || strstr(line, region->plain) != NULL))
            return true;
    }
    return false;
}

static int64_t place_of_head(struct look *look, const struct import_head *head)
{
    char *words = alloc_string(texts_get(&look->import->texts, head->words)), *rest = NULL;
    int64_t found = 0;
    bool of_province = false;
    for (char *line = strtok_r(words, "\n", &rest); line != NULL && found == 0 && !of_province;
         line = strtok_r(NULL, "\n", &rest)) {
        found = look_line_region(look->units, line, 0);
        of_province = found == 0 && names_province(look->units, line);
    }
    free(words);
    return found;
}

/* The place that was told for all. */
static bool take_told(struct look *look, struct error *err)
{
    const char *told = look->options->region;
    struct named named;
    char *ids = NULL;
    if (told == NULL || told[0] == '\0')
        return true;
    look_name(look, UNIT_REGION, told, 0, &named);
    look->told_home = named.id;
    if (named.id != 0)
        return true;
    if (named.several > 1)
        return error_set(
            err, ERROR_INPUT, _("\"%s\" may be several places; write its city in front"), told);
    if (!field_read(look->units, field_named("report_region"), told, &ids, err))
        return false;
    look->told_home = look_first_id(ids);
    free(ids);
    return true;
}

bool look_homes(struct look *look, struct error *err)
{
    const struct import *import = look->import;
    if (!take_told(look, err))
        return false;
    look->homes = alloc_zero(import->head_count + 1, sizeof *look->homes);
    for (size_t i = 0; i <= import->head_count; i++)
        look->homes[i].region = look->told_home != 0     ? look->told_home
                                : i < import->head_count ? place_of_head(look, &import->head[i])
                                                         : 0;
    return true;
}

/* The head of its file; that of files without one. */
static size_t head_of(const struct look *look, size_t proposal)
{
    const struct import *import = look->import;
    size_t at = 0;
    while (at < import->head_count && import->head[at].file != import->proposal[proposal].file)
        at++;
    return at;
}

void look_come_home(struct look *look, size_t proposal)
{
    size_t at = head_of(look, proposal);
    if (look->home != look->homes[at].region)
        id_map_clear(&look->memos); /* 财政局 of the next one is another */
    look->home = look->homes[at].region;
    look->of_document = at < look->import->head_count;
}

/* --- new tasks ------------------------------------------------------------------------------- */

int64_t look_put_home(struct look *look, size_t proposal)
{
    struct home *home = &look->homes[head_of(look, proposal)];
    home->new_tasks += home->region != 0;
    return home->region;
}

void look_tell_homes(struct look *look)
{
    const struct import *import = look->import;
    for (size_t i = 0; look->homes != NULL && i <= import->head_count; i++) {
        const struct home *home = &look->homes[i];
        const struct import_head *head = i < import->head_count ? &import->head[i] : NULL;
        bool said = head != NULL && look->told_home == 0;
        struct import_place place = {.line = said ? head->line : 0, .heading = ""};
        if (home->new_tasks == 0)
            continue;
        char *text = alloc_format(ngettext("%zu new task names no region: it is put under %s, of "
                                           "which the document is",
                                      "%zu new tasks name no region: they are put under %s, of "
                                      "which the document is",
                                      home->new_tasks),
            home->new_tasks, units_region(look->units, home->region)->name);
        look_say_of_file(look, head != NULL ? import_name(import, head->file) : "", place, text);
        free(text);
    }
}
