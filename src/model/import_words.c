/* What a document says in passing: words that may name a source, a place. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "import_parts.h"
#include "place_within.h"

enum { NAMED_MOST = 32 }; /* places in a line */

bool look_is_words(const struct import_cell *cell)
{
    const char *name = fields[cell->field].name;
    return cell->suffix > 0 && (strcmp(name, "source") == 0 || strcmp(name, "region") == 0 ||
                                   strcmp(name, "title") == 0 || strcmp(name, "state") == 0);
}

/* --- the source ------------------------------------------------------------------------------ */

static void replace(struct strbuf *text, const char *from, const char *to)
{
    struct strbuf out = {0};
    const char *at = strbuf_text(text);
    for (const char *found; (found = strstr(at, from)) != NULL; at = found + strlen(from)) {
        strbuf_add_n(&out, at, (size_t)(found - at));
        strbuf_add(&out, to);
    }
    strbuf_add(&out, at);
    strbuf_clear(text);
    *text = out;
}

/* One inspection has many names: what differs in them alone is made the same. */
static char *inspection_key(const char *name)
{
    static const char *const pairs[][2] = {{"生态环境保护", "环保"}, {"环境保护", "环保"},
        {"生态环保", "环保"}, {"督查", "督察"}, {"首轮", "第一轮"}, {"第1轮", "第一轮"},
        {"第2轮", "第二轮"}, {"第3轮", "第三轮"}, {"第4轮", "第四轮"}, {"中央第一", "中央"},
        {"中央第二", "中央"}, {"中央第三", "中央"}, {"中央第四", "中央"}, {"中央第五", "中央"},
        {"中央第六", "中央"}, {"中央第七", "中央"}, {"中央第八", "中央"}, {"督察组", "督察"},
        {"反馈意见", ""}, {"反馈问题", ""}, {"反馈", ""}, {"整改方案", ""}, {"整改任务", ""},
        {"整改", ""}, {"（", ""}, {"）", ""}, {"(", ""}, {")", ""}, {" ", ""}, {"年度", "年"}};
    struct strbuf text = {0};
    strbuf_add(&text, name);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        replace(&text, pairs[i][0], pairs[i][1]);
    return strbuf_take(&text);
}

/* "2021年中央环保督察": the year, and what is behind it. */
static int take_year(const char **key)
{
    static const char word[] = "年";
    char *end;
    long year = strtol(*key, &end, 10);
    if (end != *key + 4 || strncmp(end, word, strlen(word)) != 0)
        return 0;
    *key = end + strlen(word);
    return (int)year;
}

/* How well the words name it: 3 they are its name, 2 they hold it, 1 they are a part of it. */
static int names_source(const char *words, const struct source *source)
{
    char *key = inspection_key(source->name);
    const char *own = key, *told = words;
    int year = take_year(&told), own_year = take_year(&own), fit = 0;
    if (year == 0 || year == source->year || year == own_year) {
        fit = strcmp(told, own) == 0                   ? 3
              : *own != '\0' && strstr(told, own)      ? 2
              : strlen(told) >= 9 && strstr(own, told) ? 1
                                                       : 0;
        fit = year != 0 && fit == 1 ? 2 : fit;
    }
    free(key);
    return strcasecmp(words, source->code) == 0 ? 3 : fit;
}

int64_t look_words_source(struct look *look, size_t proposal, const struct import_cell *cell)
{
    char *key = inspection_key(look_text(look, cell));
    const struct source *found = NULL, *told = units_source(look->units, look->default_source);
    int best = 0;
    size_t count = 0;
    for (size_t i = 0; i < units_source_count(look->units); i++) {
        const struct source *source = units_source_at(look->units, i);
        int fit = names_source(key, source);
        if (fit == 0 || fit < best)
            continue;
        count = fit > best ? 1 : count + 1;
        best = fit;
        found = source;
    }
    free(key);
    if (told != NULL && (count != 1 || found != told))
        look_say(look, proposal, cell, false,
            _("The document calls its source so; it is taken as %s, which was told"), told->name);
    else if (told == NULL && count == 1 && best == 1)
        look_say(look, proposal, cell, false, _("The document calls its source so; read as %s"),
            found->name);
    else if (told == NULL && count != 1)
        look_say(look, proposal, cell, false,
            _("No source, or more than one, is called so: say it with --source, or on the board in "
              "the line \"Source of lines that name none\""));
    return told != NULL ? told->id : count == 1 ? found->id : 0;
}

/* --- the place ------------------------------------------------------------------------------- */

/* 新宾满族自治县 is called 新宾县 too. */
static bool names_region(const char *line, const struct region *region)
{
    static const char *const ends[] = {"县", "区", "市"};
    if (strstr(line, region->name) != NULL)
        return true;
    size_t plain = strlen(region->plain);
    for (size_t i = 0; i < sizeof ends / sizeof *ends && plain >= 6; i++) {
        const char *at = strstr(line, region->plain);
        bool own = strncmp(region->name, region->plain, plain) == 0 &&
                   strstr(region->name, ends[i]) != NULL;
        if (at != NULL && own && strncmp(at + plain, ends[i], strlen(ends[i])) == 0)
            return true;
    }
    return false;
}

static bool has_city(const struct units *units, const char *line, const struct region *region)
{
    const struct region *above = units_region(units, region->parent_id);
    return above != NULL && strstr(line, above->name) != NULL;
}

/* Every other place that is named has it within, or is one of its name whose city is not named. */
static bool is_meant(const struct units *units, const char *line, const struct region *const *named,
    size_t count, const struct region *region)
{
    for (size_t i = 0; i < count; i++) {
        bool namesake = strcmp(named[i]->name, region->name) == 0 &&
                        has_city(units, line, region) && !has_city(units, line, named[i]);
        if (!namesake && !place_lies_in(units, region->id, named[i]->id))
            return false;
    }
    return true;
}

/* The deepest where they lie in each other. Of those of one name the one whose city is named. */
int64_t look_line_region(const struct units *units, const char *line, int64_t within)
{
    const struct region *named[NAMED_MOST];
    size_t count = 0;
    for (size_t i = 0; i < units_region_count(units); i++) {
        const struct region *region = units_region_at(units, i);
        if (region->level == REGION_PROVINCE || !names_region(line, region) ||
            (within != 0 && !place_lies_in(units, region->id, within)))
            continue;
        if (count == NAMED_MOST)
            return 0;
        named[count++] = region;
    }
    for (size_t i = 0; i < count; i++)
        if (is_meant(units, line, named, count, named[i]))
            return named[i]->id;
    return 0;
}

/* 全省, 各市 on the first line, as ledgers and plans have it: ids; NULL: it says no such thing. */
static const char *whole_places(struct look *look, const char *words)
{
    struct whole whole;
    struct strbuf ids = {0};
    char *line = alloc_string_n(words, strcspn(words, "\n"));
    bool is = look_whole(look, line, look->home, &whole) && whole.problem == NULL;
    free(line);
    if (!is || whole.count == 0)
        return NULL;
    for (size_t i = 0; i < whole.count; i++)
        strbuf_format(&ids, "%s%" PRId64, i > 0 ? " " : "", whole.ids[i]);
    const char *kept = texts_keep(&look->import->texts, strbuf_text(&ids));
    strbuf_clear(&ids);
    return kept;
}

const char *look_words_region(struct look *look, const struct import_cell *cell)
{
    char *words = alloc_string(look_text(look, cell)), *rest = NULL, text[24];
    int64_t found = 0;
    const char *many = whole_places(look, words);
    if (many != NULL) {
        free(words);
        return many;
    }
    for (char *line = strtok_r(words, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        int64_t here = look_line_region(look->units, line, found);
        if (here == 0 && found == 0 && look->home != 0)
            here = look_line_region(look->units, line, look->home);
        found = here != 0 ? here : found;
    }
    free(words);
    if (found == 0 || place_lies_in(look->units, look->home, found))
        found = look->home;
    snprintf(text, sizeof text, "%" PRId64, found);
    return found != 0 ? texts_keep(&look->import->texts, text) : "";
}

bool look_holds(const struct look *look, const char *regions, const char *there)
{
    int64_t above[FIELD_LIST_MOST], ids[FIELD_LIST_MOST];
    size_t wide = field_ids(regions, above), count = field_ids(there, ids), held = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < wide; k++)
            if (place_lies_in(look->units, ids[i], above[k])) {
                held++;
                break;
            }
    return count > 0 && held == count;
}

bool look_is_wider(const struct look *look, const char *regions, const char *there)
{
    int64_t told[FIELD_LIST_MOST], ids[FIELD_LIST_MOST];
    size_t wide = field_ids(regions, told), count = field_ids(there, ids);
    bool wider = false;
    if (!look_holds(look, regions, there))
        return false;
    for (size_t i = 0; i < wide; i++) {
        bool around = false;
        for (size_t k = 0; k < count; k++) {
            bool holds = place_lies_in(look->units, ids[k], told[i]);
            around |= holds;
            wider |= holds && ids[k] != told[i];
        }
        if (!around)
            return false;
    }
    return wider;
}

bool look_words_elsewhere(
    struct look *look, size_t proposal, int64_t task, bool *is, struct error *err)
{
    const struct import_cell *cell = look_told(look, proposal, "region");
    int64_t ids[FIELD_LIST_MOST], place[FIELD_LIST_MOST];
    char *there;
    *is = false;
    if (cell == NULL || !look_is_words(cell))
        return true;
    size_t places =
        field_ids(texts_get(&look->import->texts, look->target[proposal].regions), place);
    if (places == 0)
        return true;
    if (!change_current(look->db, task, "region", &there, err))
        return false;
    size_t count = field_ids(there, ids);
    *is = count > 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < places; k++)
            if (place_lies_in(look->units, place[k], ids[i]) ||
                place_lies_in(look->units, ids[i], place[k]))
                *is = false;
    free(there);
    return true;
}
