/* The text of a plan as glyphs. */
#include "plan_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

/* Traditional characters of the words that are looked for, each before its simplified form. */
static const char folds[] =
    "牽牵頭头單单責责門门參参與与協协辦办負负職职領领導导縣县區区國国會会為为標标達达萬万億亿畝亩"
    "噸吨濃浓則则總总體体產产條条項项關关實实組组織织則则廳厅鄉乡鎮镇環环農农業业資资員员務务處处"
    "衛卫財财數数據据優优與与從从較较現现確确爭争時时間间節节點点個个內内將将聯联輸输運运應应設设"
    "發发監监測测審审計计廣广電电馬马統统機机構构團团圖图來来閉闭無无類类險险氣气態态護护華华種种"
    "稅税檢检遼辽寧宁瀋沈陽阳連连錦锦撫抚順顺東东營营蘆芦島岛鐵铁嶺岭綠绿學学醫医療疗藥药訊讯議议"
    "勞劳動动黨党紀纪權权藝艺調调報报號号鄰邻園园圍围樣样價价認认證证書书庫库龍龙慶庆廢废滅灭"
    "郵邮話话驗验況况題题饋馈問问進进編编結结後后採采異异輪轮帶带級级銷销開开網网傳传請请舉举訴诉";

static uint32_t fold_width(uint32_t code)
{
    static const struct {
        uint32_t from, to;
    } marks[] = {{0x3000, ' '}, {0xa0, ' '}, {'\t', ' '}, {'\r', ' '}, {0xfeff, ' '}, {0x3010, '('},
        {0x3011, ')'}, {0x3014, '('}, {0x3015, ')'}, {0x3016, '('}, {0x3017, ')'}, {'[', '('},
        {']', ')'}, {'{', '('}, {'}', ')'}, {0xfe59, '('}, {0xfe5a, ')'}, {0xff64, 0x3001},
        {0x2236, ':'}, {0xfe55, ':'}, {0xfe30, ':'}, {0xfe54, ';'}, {0xfe50, ','}, {0xff61, 0x3002},
        {0x25cb, 0x3007}, {0x96f6, 0x3007}};
    if (code >= 0xff01 && code <= 0xff5e)
        code -= 0xfee0;
    if (code >= 0x2000 && code <= 0x200b) /* blanks of every width */
        code = ' ';
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].from == code)
            return marks[i].to;
    return code;
}

struct fold {
    uint32_t from, to;
};
static int fold_compare(const void *left, const void *right)
{
    const struct fold *a = left, *b = right;
    return (a->from > b->from) - (a->from < b->from);
}

#define FOLDS_MOST (sizeof folds / 6) /* three bytes a character */
static size_t folds_read(struct fold fold[static FOLDS_MOST])
{
    size_t count = 0;
    for (const char *at = folds; *at && count < FOLDS_MOST; count++) {
        at += text_decode(at, &fold[count].from);
        at += text_decode(at, &fold[count].to);
    }
    qsort(fold, count, sizeof *fold, fold_compare);
    return count;
}

static uint32_t fold_traditional(const struct fold *fold, size_t count, uint32_t code)
{
    struct fold key = {code, code};
    const struct fold *found = bsearch(&key, fold, count, sizeof *fold, fold_compare);
    return found != NULL ? found->to : code;
}

static void glyph_put(struct plan_doc *doc, uint32_t code, size_t at)
{
    doc->glyph = alloc_grow(doc->glyph, &doc->capacity, doc->count + 1, sizeof *doc->glyph);
    doc->glyph[doc->count++] = (struct plan_glyph){.code = code, .at = at};
}

void plan_doc_open(struct plan_doc *doc, const char *text, const struct going *going)
{
    uint32_t code;
    struct fold fold[FOLDS_MOST];
    size_t fold_count = folds_read(fold);
    *doc = (struct plan_doc){.text = text, .going = going};
    struct plan_page page;
    plan_page_read(&page, text);
    for (const char *at = text; text_decode(at, &code) > 0;) {
        if (at == text || at[-1] == '\n')
            at += plan_page_line(&page, at); /* an empty line in the place of it */
        if (text_decode(at, &code) <= 0)
            break;
        size_t place = (size_t)(at - text);
        at += text_decode(at, &code);
        code = fold_width(code);
        glyph_put(doc,
            code >= 0x4e00 && code <= 0x9fff ? fold_traditional(fold, fold_count, code) : code,
            place);
    }
    glyph_put(doc, 0, strlen(text));
    doc->count--;
    plan_lines_read(doc);
}

void plan_doc_read(struct plan_doc *doc, const char *text, const struct going *going)
{
    plan_doc_open(doc, text, going);
    plan_clauses_read(doc);
    plan_given_read(doc);
    plan_lines_join(doc);
}

void plan_doc_clear(struct plan_doc *doc)
{
    free(doc->glyph);
    free(doc->line);
    free(doc->clause);
    free(doc->given);
    *doc = (struct plan_doc){0};
}

uint32_t plan_code(const struct plan_doc *doc, size_t at)
{
    return at < doc->count ? doc->glyph[at].code : 0;
}

bool plan_is_blank(uint32_t code)
{
    return code == ' ' || code == '\n';
}

/* text_decode for our own words, which are good UTF-8 of at most three bytes: most words are looked
 * for at every glyph and differ in their first. */
static inline uint32_t own_decode(const char **word)
{
    const unsigned char *at = (const unsigned char *)*word;
    if (at[0] < 0x80)
        return *word += 1, at[0];
    if (at[0] < 0xe0)
        return *word += 2, (uint32_t)(at[0] & 0x1f) << 6 | (at[1] & 0x3f);
    return *word += 3,
           (uint32_t)(at[0] & 0x0f) << 12 | (uint32_t)(at[1] & 0x3f) << 6 | (at[2] & 0x3f);
}

bool plan_is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

size_t plan_skip_blanks(const struct plan_doc *doc, size_t at, size_t to)
{
    while (at < to && plan_is_blank(plan_code(doc, at)))
        at++;
    return at;
}

bool plan_is_one_of(uint32_t code, const char *set)
{
    while (code != 0 && *set)
        if (own_decode(&set) == code)
            return true;
    return false;
}

struct plan_span plan_trim(const struct plan_doc *doc, struct plan_span span)
{
    while (span.from < span.to && plan_is_blank(plan_code(doc, span.from)))
        span.from++;
    while (span.to > span.from && plan_is_blank(plan_code(doc, span.to - 1)))
        span.to--;
    return span;
}

size_t plan_word(const struct plan_doc *doc, size_t at, size_t to, const char *word)
{
    while (*word) {
        if (at >= to || doc->glyph[at].code != own_decode(&word))
            return 0;
        at++;
        while (*word && at < to && plan_is_blank(doc->glyph[at].code))
            at++;
    }
    return at;
}

size_t plan_words(const struct plan_doc *doc, size_t at, size_t to, const char *const *words)
{
    size_t longest = 0;
    for (; *words != NULL; words++) {
        size_t behind = plan_word(doc, at, to, *words);
        if (behind > longest)
            longest = behind;
    }
    return longest;
}

bool plan_ends(
    const struct plan_doc *doc, struct plan_span span, const char *const *words, size_t *start)
{
    size_t from = span.to > span.from + 24 ? span.to - 24 : span.from;
    for (size_t at = from; at < span.to; at++)
        for (size_t i = 0; words[i] != NULL; i++)
            if (plan_word(doc, at, span.to, words[i]) == span.to) {
                *start = at;
                return true;
            }
    return false;
}

size_t plan_find(const struct plan_doc *doc, struct plan_span span, const char *word)
{
    for (size_t at = span.from; at < span.to; at++)
        if (plan_word(doc, at, span.to, word) > 0)
            return at;
    return span.to;
}

void plan_add(const struct plan_doc *doc, struct plan_span span, struct strbuf *out)
{
    for (size_t at = span.from; at < span.to; at++)
        if (plan_code(doc, at) != '\n')
            strbuf_add_n(
                out, doc->text + doc->glyph[at].at, doc->glyph[at + 1].at - doc->glyph[at].at);
}

char *plan_take(const struct plan_doc *doc, struct plan_span span)
{
    struct strbuf out = {0};
    strbuf_add(&out, "");
    plan_add(doc, plan_trim(doc, span), &out);
    return strbuf_take(&out);
}

size_t plan_line_of(const struct plan_doc *doc, size_t at)
{
    size_t low = 0, high = doc->line_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (doc->line[middle].from <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t plan_line_end(const struct plan_doc *doc, size_t at)
{
    size_t low = 0, high = doc->line_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (doc->line[middle].end < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < doc->line_count ? doc->line[low].end : at;
}
