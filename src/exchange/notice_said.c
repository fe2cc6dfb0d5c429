/* What a public notice says in passing: the inspection, the number, the place, whether all is done.
 */
#include "notice_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define PHRASE_MOST 30  /* glyphs before 督察 */
#define AROUND_MOST 100 /* lines of all tasks that are asked for the inspection, and the place */
#define PLACE_MOST 120  /* glyphs of a line that names the place */

/* --- lines that are of all tasks ------------------------------------------------------------- */

static bool is_blank(const struct notice_doc *n, size_t line)
{
    const struct plan_line *at = &n->doc.line[line];
    return at->from == at->to || at->noise;
}

struct walk {
    size_t at;
    bool own;                           /* the line that begins the task has been */
    const struct notice_around *around; /* the line told last; NULL: that which begins the task */
};

/* Those lines, and that which begins the task, one after the other. */
static bool next_around(
    const struct notice_doc *n, const struct notice_item *item, struct walk *walk, size_t *line)
{
    size_t count = n->around_count < AROUND_MOST ? n->around_count : AROUND_MOST;
    size_t next = walk->at < count ? n->around[walk->at].line : n->doc.line_count;
    bool own = !walk->own && item->first <= next;
    if (!own && walk->at == count)
        return false;
    *line = own ? item->first : next;
    walk->own |= own;
    walk->around = own ? NULL : &n->around[walk->at];
    walk->at += *line == next;
    return true;
}

static struct plan_span words_around(
    const struct notice_doc *n, const struct notice_item *item, size_t line)
{
    const struct plan_line *at = &n->doc.line[line];
    struct plan_span words = {at->from, at->to};
    for (size_t i = notice_label_from(n, line); i < n->label_count && n->label[i].line == line;
         i++) {
        const struct notice_label *label = &n->label[i];
        bool kept = line == item->first && label->part == PUBLIC_TITLE;
        if (label->from < words.to && !kept)
            words.to = label->from;
    }
    return words;
}

static void put(struct public_text *part, char *text, size_t line)
{
    if (text == NULL || text[0] == '\0' || part->text != NULL) {
        free(text);
        return;
    }
    *part = (struct public_text){text, line};
}

/* --- the inspection -------------------------------------------------------------------------- */

/* 第二轮中央生态环境保护督察: what ends at `end`. */
static struct plan_span phrase_before(const struct plan_doc *doc, size_t from, size_t end)
{
    static const char *const anchors[] = {"第一轮", "第二轮", "第三轮", "第四轮", "首轮", "第1轮",
        "第2轮", "第3轮", "中央", "国家", "省级", "省委", "生态环境部", "长江", "渤海", "辽宁省",
        "市级", NULL};
    struct plan_span none = {end, end};
    int year;
    size_t first = end > from + PHRASE_MOST ? end - PHRASE_MOST : from;
    for (size_t at = first; at < end; at++)
        if (plan_is_one_of(plan_code(doc, at), "。;,:、()《》“” \n对"))
            first = at + 1;
    for (size_t at = first; at < end; at++) {
        size_t digits = notice_number(doc, at, end, &year);
        if (plan_words(doc, at, end, anchors) > 0 ||
            (digits > 0 && year > 2000 && year < 2200 && plan_word(doc, digits, end, "年") > 0))
            return (struct plan_span){at, end};
    }
    return none;
}

/* 《生态环境保护督察工作条例》, 《..标准（试行）》: a rule, in whose title the word stands at `at`.
 */
static bool is_of_rule(const struct plan_doc *doc, struct plan_span words, size_t at)
{
    static const char *const rules[] = {"条例", "办法", "标准", "规范", "法", "规定", "细则",
        "准则", "规程", "通知", "指南", "导则", "制度", "要求", NULL};
    size_t from = at, to = at, start;
    while (from > words.from && !plan_is_one_of(plan_code(doc, from - 1), "《》\n"))
        from--;
    while (to < words.to && !plan_is_one_of(plan_code(doc, to), "》\n"))
        to++;
    if (from == words.from || !plan_is_one_of(plan_code(doc, from - 1), "《") || to == words.to)
        return false;
    if (plan_code(doc, to - 1) == ')') /* （试行） */
        for (size_t k = to - 1; k > from && to - k < 12; k--)
            if (plan_code(doc, k) == '(') {
                to = k;
                break;
            }
    return plan_ends(doc, (struct plan_span){from, to}, rules, &start);
}

static struct plan_span find_inspection(const struct plan_doc *doc, struct plan_span words)
{
    static const char *const ends[] = {"督察", "督查", "警示片", NULL};
    static const char *const behind[] = {"和整改", "整改工作", "工作领导小组", "领导小组", "办公室",
        "局", "办", "专员", "整改领导", "工作办", NULL};
    for (size_t at = words.from; at < words.to; at++) {
        size_t end = plan_words(doc, at, words.to, ends);
        if (end == 0 || plan_words(doc, end, words.to, behind) > 0 || is_of_rule(doc, words, at))
            continue;
        struct plan_span phrase = phrase_before(doc, words.from, end);
        if (phrase.from + 2 < phrase.to)
            return phrase;
    }
    return (struct plan_span){words.to, words.to};
}

static void read_source(
    struct notice_doc *n, const struct notice_item *item, struct public_task *task)
{
    struct public_text found = {0};
    struct walk walk = {0};
    size_t i;
    while (task->part[PUBLIC_SOURCE].text == NULL && next_around(n, item, &walk, &i)) {
        struct plan_span phrase = walk.around != NULL
                                      ? walk.around->source
                                      : find_inspection(&n->doc, words_around(n, item, i));
        if (phrase.from == phrase.to)
            continue;
        char *text = plan_take(&n->doc, phrase);
        if (found.text == NULL || strstr(text, found.text) != NULL) {
            free(found.text);
            found = (struct public_text){text, i + 1};
        } else {
            bool same = strstr(found.text, text) != NULL;
            free(text);
            if (same)
                continue;
            notice_note(n, PUBLIC_SOURCES, phrase);
            free(found.text);
            return;
        }
    }
    put(&task->part[PUBLIC_SOURCE], found.text, found.line);
}

/* --- the number ------------------------------------------------------------------------------ */

/* The only 第N项 of these words; `*several` where there are more. */
static bool find_number(
    const struct plan_doc *doc, struct plan_span words, struct plan_span *found, bool *several)
{
    struct plan_span number;
    bool any = false;
    for (size_t at = words.from; at < words.to; at++) {
        size_t behind = plan_is_one_of(plan_code(doc, at), "第任序")
                            ? notice_item_number(doc, at, words.to, &number)
                            : 0;
        if (behind == 0)
            continue;
        *several |= any;
        *found = number;
        any = true;
        at = behind - 1;
    }
    return any;
}

/* 第23、24项: more than one. */
static bool is_list(const struct plan_doc *doc, struct plan_span words)
{
    for (size_t at = words.from; at + 3 < words.to; at++) {
        int value;
        size_t end = plan_is_one_of(plan_code(doc, at), "第")
                         ? notice_number(doc, at + 1, words.to, &value)
                         : 0;
        if (end > 0 && end < words.to && plan_is_one_of(plan_code(doc, end), "、,至-—~") &&
            notice_number(doc, end + 1, words.to, &value) > 0)
            return true;
    }
    return false;
}

/* Around the task where the notice has one only. */
static void read_number(
    struct notice_doc *n, const struct notice_item *item, struct public_task *task)
{
    struct plan_span first = {0, 0}, here;
    struct walk walk = {0};
    size_t i;
    char *text = NULL;
    while (next_around(n, item, &walk, &i)) {
        bool several = false;
        struct plan_span words = words_around(n, item, i);
        if (is_list(&n->doc, words)) {
            notice_note(n, PUBLIC_NUMBERS, words);
            free(text);
            return;
        }
        if (!find_number(&n->doc, words, &here, &several))
            continue;
        char *other = notice_number_take(n, here);
        several |= text != NULL && other != NULL && strcmp(text, other) != 0;
        if (several) {
            notice_note(n, PUBLIC_NUMBERS, words);
            free(other);
            free(text);
            return;
        }
        if (text == NULL) {
            text = other;
            first = here;
        } else
            free(other);
    }
    put(&task->part[PUBLIC_NUMBER], text, plan_line_of(&n->doc, first.from) + 1);
}

/* --- the place ------------------------------------------------------------------------------- */

static void add_line(struct strbuf *out, const char *text)
{
    if (text != NULL && text[0] != '\0')
        strbuf_format(out, "%s%s", out->length > 0 ? "\n" : "", text);
}

static bool names_place(const struct plan_doc *doc, struct plan_span words)
{
    for (size_t at = words.from; at < words.to; at++)
        if (plan_is_one_of(plan_code(doc, at), "市县区旗"))
            return true;
    return false;
}

/* The label, the lines around, who is responsible, who signs. */
static void read_region(
    struct notice_doc *n, const struct notice_item *item, struct public_task *task)
{
    struct public_text *region = &task->part[PUBLIC_REGION];
    struct strbuf out = {0};
    size_t line = region->line;
    add_line(&out, region->text);
    for (size_t k = 0;
         k < n->around_count && k < AROUND_MOST && n->around[k].line < n->item[0].first; k++) {
        size_t i = n->around[k].line;
        struct plan_span place = words_around(n, item, i);
        if (place.to > place.from + PLACE_MOST)
            place.to = place.from + PLACE_MOST;
        if (names_place(&n->doc, place)) {
            char *words = plan_take(&n->doc, place);
            add_line(&out, words);
            free(words);
            line = line == 0 ? i + 1 : line;
        }
    }
    add_line(&out, task->part[PUBLIC_RESPONSIBLE].text);
    add_line(&out, task->part[PUBLIC_LEAD].text);
    char *signer = plan_take(&n->doc, n->signer);
    add_line(&out, signer);
    free(signer);
    free(region->text);
    line = line == 0 ? item->first + 1 : line;
    *region = out.length > 0 ? (struct public_text){strbuf_take(&out), line}
                             : (struct public_text){NULL, 0};
    strbuf_clear(&out);
}

/* --- whether it is done ---------------------------------------------------------------------- */

static const char *const done_words[] = {"已完成整改", "已全部完成整改", "已整改完成", "已整改到位",
    "整改已完成", "整改任务已完成", "整改工作已完成", "已完成全部整改", "已如期完成整改",
    "已按期完成整改", "已全部整改到位", "已全部整改完成", "整改任务已全部完成",
    "整改工作已全部完成", "已按要求完成整改", "已完成销号", "已按时完成整改", "整改已全部完成",
    "完成全部整改任务", "已完成该项整改", "已完成该整改", "已完成本项整改", NULL};
/* The whole of what is said. */
static const char *const done_whole[] = {"已完成", "完成", "整改完成", "完成整改", "整改到位",
    "已办结", "已完成并长期坚持", "全部完成", NULL};
static const char *const not_done[] = {"基本完成", "阶段性", "序时进度", "正在整改", "正在推进",
    "正在实施", "正在办理", "尚未", "未完成", "部分完成", "初步完成", "未达到", "有序推进",
    "持续推进中", "正在开展", "整改中", "滞后", "未整改", "拟于", "剩余", "其余", "继续推进",
    "未办结", NULL};
/* Where the notice says of itself that it tells of work completed. */
static const char *const done_announced[] = {"全部完成", "通过验收", "通过省级验收", "通过市级验收",
    "通过县级验收", "通过区级验收", "验收合格", "具备销号条件", "达到销号条件", "符合销号条件",
    "达到销号标准", NULL};
static const char *const to_come[] = {
    "确保", "预计", "力争", "计划", "将", "拟", "前全部", "待", "争取", NULL};

/* 完成5/6: not all; 5项中已完成4项. */
static bool is_fraction(const struct plan_doc *doc, size_t at, size_t to, size_t *end)
{
    int some, all;
    size_t slash = notice_number(doc, at, to, &some);
    if (slash == 0)
        return false;
    size_t mark = slash < to ? plan_word(doc, slash, to, "/") : 0;
    *end = mark > 0 ? notice_number(doc, mark, to, &all) : 0;
    return *end > 0 && some < all && all < 1000;
}

static bool is_partly(const struct plan_doc *doc, size_t at, size_t to, size_t *end)
{
    static const char *const units[] = {"项", "个", "家", "处", "户", "台", "座", "条", "件",
        "公里", "项措施", "项任务", "个问题", "项整改措施", "项整改任务", NULL};
    static const char *const of[] = {
        "中已完成", "中完成", "中,已完成", "已完成", ",已完成", ",完成", "中有", NULL};
    int all, some;
    size_t unit, behind = notice_number(doc, at, to, &all);
    if (behind == 0 || (unit = plan_words(doc, behind, to, units)) == 0 ||
        (behind = plan_words(doc, unit, to, of)) == 0)
        return false;
    *end = notice_number(doc, behind, to, &some);
    return *end > 0 && some < all;
}

/* 完成60%, 完成率95%. */
static bool is_share(const struct plan_doc *doc, size_t at, size_t to, size_t *end)
{
    static const char *const words[] = {"完成", "完成率", "完成率为", "完成率达", "完成率达到",
        "完成了", "完成比例", "完成进度", "完成至", "总体进度", "整体进度", "进度", NULL};
    int share;
    size_t behind = plan_words(doc, at, to, words);
    *end = behind > 0 ? notice_number(doc, behind, to, &share) : 0;
    if (*end == 0)
        return false;
    while (*end < to && plan_is_one_of(plan_code(doc, *end), ".0123456789"))
        ++*end;
    return plan_is_one_of(plan_code(doc, *end), "%") && share < 100;
}

/* The first words by which it is not done; empty: none. */
static struct plan_span find_not_done(const struct plan_doc *doc, struct plan_span words)
{
    for (size_t at = words.from; at < words.to; at++) {
        size_t end = plan_words(doc, at, words.to, not_done);
        bool counted =
            at > words.from && plan_code(doc, at - 1) >= '0' && plan_code(doc, at - 1) <= '9';
        if (end > 0 ||
            (!counted &&
                (is_fraction(doc, at, words.to, &end) || is_partly(doc, at, words.to, &end))) ||
            is_share(doc, at, words.to, &end))
            return (struct plan_span){at, end};
    }
    return (struct plan_span){words.to, words.to};
}

static bool says_done(const struct plan_doc *doc, struct plan_span words)
{
    struct plan_span whole = plan_trim(doc, words);
    while (whole.to > whole.from && plan_is_one_of(plan_code(doc, whole.to - 1), "。.;"))
        whole.to--;
    if (plan_words(doc, whole.from, whole.to, done_whole) == whole.to && whole.to > whole.from)
        return true;
    for (size_t at = words.from; at < words.to; at++)
        if (plan_words(doc, at, words.to, done_words) > 0)
            return true;
    return false;
}

static bool has_word(const struct plan_doc *doc, struct plan_span words, const char *const *list)
{
    for (size_t at = words.from; at < words.to; at++)
        if (plan_words(doc, at, words.to, list) > 0)
            return true;
    return false;
}

/* A sentence with the word that speaks of nothing to come. */
static bool says_now(const struct plan_doc *doc, struct plan_span words, const char *const *list)
{
    struct plan_span sentence = words;
    for (size_t at = words.from; at <= words.to; at++)
        if (at == words.to || plan_is_one_of(plan_code(doc, at), "。;\n")) {
            sentence.to = at;
            if (has_word(doc, sentence, list) && !has_word(doc, sentence, to_come))
                return true;
            sentence.from = at + 1;
        }
    return false;
}

/* "..整改完成情况的公示" above the tasks; "..已具备销号条件，现予公示". */
static void read_around(const struct notice_doc *n, struct notice_around *around)
{
    static const char *const titles[] = {"完成情况", "销号", NULL};
    static const struct notice_item none = {.first = (size_t)-1};
    struct plan_span words = words_around(n, &none, around->line);
    around->source = find_inspection(&n->doc, words);
    around->titled = around->line < n->item[0].first && has_word(&n->doc, words, titles);
    around->ready = notice_is_statement(&n->doc, &n->doc.line[around->line]) &&
                    says_now(&n->doc, words, done_announced);
}

/* Before the first task, or a statement. */
void notice_around_read(struct notice_doc *n)
{
    for (size_t i = 0; i < n->doc.line_count && going_on(n->doc.going); i++) {
        if (is_blank(n, i) ||
            (i >= n->item[0].first && !notice_is_statement(&n->doc, &n->doc.line[i])))
            continue;
        n->around =
            alloc_grow(n->around, &n->around_capacity, n->around_count + 1, sizeof *n->around);
        n->around[n->around_count] = (struct notice_around){.line = i};
        read_around(n, &n->around[n->around_count++]);
        n->is_titled |= n->around[n->around_count - 1].titled;
        n->is_ready |= i < n->item[0].first && n->around[n->around_count - 1].ready;
    }
}

/* The first of those lines at or behind `line`. */
static size_t around_from(const struct notice_doc *n, size_t line)
{
    size_t low = 0, high = n->around_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (n->around[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Above the tasks or within this one: whether it is said to be done. */
static bool is_ready(const struct notice_doc *n, const struct notice_item *item)
{
    for (size_t i = around_from(n, item->first);
         i < n->around_count && n->around[i].line < item->end; i++)
        if (n->around[i].ready)
            return true;
    return n->is_ready;
}

/* Words that begin a telling of work completed. */
static bool begins_done(const struct plan_doc *doc, struct plan_span words)
{
    static const char *const heads[] = {"已完成", "已全部", "全部完成", "均已完成", NULL};
    words = plan_trim(doc, words);
    return plan_words(doc, words.from, words.to, heads) > 0;
}

static void read_done(
    struct notice_doc *n, const struct notice_item *item, struct public_task *task)
{
    bool done = is_ready(n, item), open = false;
    for (size_t i = notice_label_from(n, item->first);
         i < n->label_count && n->label[i].line < item->end; i++) {
        if (n->label[i].part != PUBLIC_RESULTS && n->label[i].part != PUBLIC_LETTER)
            continue;
        struct plan_span words = notice_value(n, i, item->end), open_words;
        done |= says_done(&n->doc, words) ||
                (n->is_titled &&
                    (begins_done(&n->doc, words) || says_now(&n->doc, words, done_announced)));
        open_words = find_not_done(&n->doc, words);
        if (open_words.from < open_words.to && !open)
            notice_note(n, PUBLIC_NOT_DONE, open_words);
        open |= open_words.from < open_words.to;
    }
    task->is_done = done && !open;
    task->is_open = open;
}

void notice_said_read(
    struct notice_doc *n, const struct notice_item *item, struct public_task *task)
{
    struct plan_span number = item->number;
    if (number.from < number.to && task->part[PUBLIC_NUMBER].text == NULL)
        put(&task->part[PUBLIC_NUMBER], notice_number_take(n, number), item->first + 1);
    else if (n->item_count == 1 && task->part[PUBLIC_NUMBER].text == NULL)
        read_number(n, item, task);
    read_source(n, item, task);
    read_region(n, item, task);
    read_done(n, item, task);
}
