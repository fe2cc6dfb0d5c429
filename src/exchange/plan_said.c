/* What a clause says: labels, verbs, and lists of units between them. */
#include "plan_parts.h"

#include <stdlib.h>

#define NAME_MOST 40 /* glyphs */
#define PHRASES_MOST 64
#define RANKS_MOST 4 /* words before a label, as 省级主要 */

/* --- words ----------------------------------------------------------------------------------- */

static const char *const label_ranks[] = {"主要", "第一", "市级", "省级", "县级", "省直", "市直",
    "总", "整改", "具体", "直接", "共同", NULL};
static const char *const label_ends[] = {"单位", "部门", "单位和部门", "部门和单位", "单位(部门)",
    "部门(单位)", "单位及部门", "部门及单位", "机关", "主体", "地区", "处室", "科室", "机构", NULL};
static const struct {
    const char *word;
    enum plan_role role;
} label_words[] = {{"牵头", ROLE_LEAD}, {"主办", ROLE_LEAD}, {"主责", ROLE_LEAD},
    {"责任", ROLE_RESPONSIBLE}, {"负责", ROLE_RESPONSIBLE}, {"承办", ROLE_RESPONSIBLE},
    {"落实", ROLE_RESPONSIBLE}, {"实施", ROLE_RESPONSIBLE}, {"主管", ROLE_RESPONSIBLE},
    {"完成", ROLE_RESPONSIBLE}, {"配合", ROLE_COOPERATING}, {"参与", ROLE_COOPERATING},
    {"协办", ROLE_COOPERATING}, {"参加", ROLE_COOPERATING}, {"协同", ROLE_COOPERATING},
    {"协助", ROLE_COOPERATING}};
static const char *const time_labels[] = {"完成时限", "整改时限", "时限", "完成时间", "时间节点",
    "完成期限", "时间要求", "实施期限", "时限要求", NULL};
static const char *const other_labels[] = {
    "责任人", "责任领导", "牵头领导", "包保领导", "联系人", "联系电话", "分管领导", NULL};

/* Longest first where one begins another. */
static const struct {
    const char *word;
    enum plan_role role;
} verbs[] = {{"为牵头单位", ROLE_LEAD}, {"牵头负责落实", ROLE_LEAD}, {"牵头负责", ROLE_LEAD},
    {"牵头落实", ROLE_LEAD}, {"牵头组织实施", ROLE_LEAD}, {"牵头", ROLE_LEAD},
    {"为配合单位", ROLE_COOPERATING}, {"为参与单位", ROLE_COOPERATING},
    {"按职责分工配合", ROLE_COOPERATING}, {"配合落实", ROLE_COOPERATING},
    {"积极配合", ROLE_COOPERATING}, {"共同配合", ROLE_COOPERATING}, {"配合", ROLE_COOPERATING},
    {"共同参与", ROLE_COOPERATING}, {"参与落实", ROLE_COOPERATING}, {"参与", ROLE_COOPERATING},
    {"协助", ROLE_COOPERATING}, {"参加", ROLE_COOPERATING}, {"协办", ROLE_COOPERATING},
    {"作为责任单位", ROLE_RESPONSIBLE}, {"为责任单位", ROLE_RESPONSIBLE},
    {"分工负责", ROLE_RESPONSIBLE}, {"分别负责", ROLE_RESPONSIBLE}, {"共同负责", ROLE_RESPONSIBLE},
    {"具体负责", ROLE_RESPONSIBLE}, {"负责组织实施", ROLE_RESPONSIBLE},
    {"负责落实", ROLE_RESPONSIBLE}, {"负责实施", ROLE_RESPONSIBLE}, {"负责", ROLE_RESPONSIBLE},
    {"组织实施", ROLE_RESPONSIBLE}, {"具体落实", ROLE_RESPONSIBLE}, {"抓好落实", ROLE_RESPONSIBLE},
    {"组织落实", ROLE_RESPONSIBLE}, {"落实", ROLE_RESPONSIBLE}, {"实施", ROLE_RESPONSIBLE},
    {"承办", ROLE_RESPONSIBLE}, {"主办", ROLE_LEAD}};
static const char *const duties[] = {"按照职责分工", "按职责分工", "按照各自职责分工",
    "按各自职责分工", "按照职责", "按职责", "按照各自职责", "按各自职责", "根据职责分工", "依职责",
    "按照分工", "按分工", "依据职责分工", NULL};

/* --- lists ----------------------------------------------------------------------------------- */

/* 等, 等部门, 等有关单位 at the end. */
static struct plan_span take_others(struct plan_reading *r, struct plan_span list)
{
    static const char *const behind[] = {
        "有关", "相关", "部门", "单位", "省", "市", "各", "区", "县", "按", "直", "多", NULL};
    size_t from = list.to > list.from + 16 ? list.to - 16 : list.from;
    list = plan_trim(r->doc, list);
    for (size_t at = list.to; at-- > from;)
        if (plan_word(r->doc, at, list.to, "等") > 0 &&
            plan_find(r->doc, (struct plan_span){at, list.to}, "、") == list.to &&
            (at + 1 == list.to || plan_words(r->doc, at + 1, list.to, behind) > 0)) {
            r->said->others = true;
            return (struct plan_span){list.from, at};
        }
    return list;
}

/* 和, 及 between two units; 工业和信息化厅 is one. */
static size_t join_at(const struct plan_doc *doc, struct plan_span name, size_t at)
{
    static const char *const joins[] = {"以及", "和", "及", "与", "会同", NULL};
    bool left, right;
    size_t behind = plan_words(doc, at, name.to, joins);
    bool blank = plan_code(doc, at) == ' ';
    if (blank)
        for (behind = at; behind < name.to && plan_is_blank(plan_code(doc, behind));)
            behind++;
    struct plan_span before = {name.from, at}, after = {behind, name.to};
    if (behind == 0 || !plan_is_unit(doc, before, &left) || !left)
        return 0;
    size_t end = behind;
    while (blank && end < name.to && plan_is_blank(plan_code(doc, end)) == false &&
           plan_code(doc, end) != '(')
        end++;
    after.to = blank ? end : name.to;
    return plan_is_unit(doc, after, &right) ? behind : 0;
}

static void read_piece(struct plan_reading *r, struct plan_span piece, enum plan_role role)
{
    for (size_t at = piece.from + 1; at < piece.to && plan_code(r->doc, at) != '('; at++) {
        size_t behind = at < piece.from + NAME_MOST ? join_at(r->doc, piece, at) : 0;
        if (behind == 0)
            continue;
        bool with = plan_word(r->doc, at, piece.to, "会同") > 0;
        plan_name_read(r, (struct plan_span){piece.from, at}, with ? ROLE_LEAD : role);
        piece.from = at = behind;
    }
    plan_name_read(r, piece, role);
}

/* 各市、县（市、区）人民政府 is one name; 各市、市财政局 are two. */
static bool divides(const struct plan_doc *doc, struct plan_span list, size_t at)
{
    static const char *const behind[] = {"(", "人民政府", "政府", "党委", NULL};
    size_t level = plan_word(doc, list.from, at, "各");
    if (level == 0 || level == at || at > level + 2)
        return true;
    for (; level < at; level++)
        if (!plan_is_one_of(plan_code(doc, level), "省市州县区盟旗乡镇"))
            return true;
    for (level = at + 1;
         level < list.to && plan_is_one_of(plan_code(doc, level), "市州县区盟旗乡镇街道");)
        level++;
    return level == at + 1 || (level < list.to && plan_words(doc, level, list.to, behind) == 0);
}

/* Names with 、 between them. */
static void read_list(struct plan_reading *r, struct plan_span list, enum plan_role role)
{
    int depth = 0;
    list = take_others(r, list);
    size_t from = list.from;
    for (size_t at = list.from; at <= list.to; at++) {
        uint32_t code = at < list.to ? plan_code(r->doc, at) : 0;
        depth += code == '(' ? 1 : code == ')' && depth > 0 ? -1 : 0;
        if (at == list.to || (depth == 0 && plan_is_one_of(code, "、/") &&
                                 divides(r->doc, (struct plan_span){from, list.to}, at))) {
            read_piece(r, (struct plan_span){from, at}, role);
            from = at + 1;
        }
    }
}

/* The verb that begins here; 0: none. */
static size_t verb_at(const struct plan_doc *doc, size_t at, size_t to, enum plan_role *role)
{
    size_t duty = plan_words(doc, at, to, duties);
    size_t from = duty > 0 ? duty : at;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t behind = plan_word(doc, from, to, verbs[i].word);
        if (behind > 0) {
            *role = verbs[i].role;
            return behind;
        }
    }
    if (duty > 0)
        *role = ROLE_RESPONSIBLE;
    return duty;
}

static bool ends_in_others(const struct plan_doc *doc, struct plan_span span)
{
    static const char *const ends[] = {"等", "等部门", "等单位", NULL};
    size_t start;
    return plan_ends(doc, plan_trim(doc, span), ends, &start);
}

/* The first verb behind a unit, or at the end. */
static bool find_verb(const struct plan_doc *doc, struct plan_span phrase, struct plan_span *verb,
    enum plan_role *role)
{
    for (size_t at = phrase.from; at < phrase.to; at++) {
        bool strong;
        size_t behind = verb_at(doc, at, phrase.to, role);
        size_t from = at > phrase.from + NAME_MOST ? at - NAME_MOST : phrase.from;
        for (size_t i = from; behind > 0 && i < at; i++)
            if (plan_is_one_of(plan_code(doc, i), "、/)"))
                from = i + 1;
        struct plan_span name = {from, at};
        if (behind > 0 &&
            (plan_trim(doc, (struct plan_span){behind, phrase.to}).from == phrase.to ||
                plan_is_unit(doc, name, &strong) || ends_in_others(doc, name))) {
            *verb = (struct plan_span){at, behind};
            return true;
        }
    }
    return false;
}

/* A牵头B配合. `role` is of what has no verb. */
static void read_phrase(struct plan_reading *r, struct plan_span phrase, enum plan_role role)
{
    struct plan_span verb;
    enum plan_role told;
    while (find_verb(r->doc, phrase, &verb, &told)) {
        read_list(r, (struct plan_span){phrase.from, verb.from}, told);
        phrase.from = verb.to;
    }
    read_list(r, phrase, role);
}

/* --- the whole clause ------------------------------------------------------------------------ */

/* Its words may have blanks between them, as they are read off paper. */
static size_t bare_label(
    const struct plan_doc *doc, size_t at, size_t to, enum plan_role *role, bool *colon)
{
    size_t behind = 0, from = at, rank, base;
    for (int i = 0; i < RANKS_MOST && (rank = plan_words(doc, from, to, label_ranks)) > 0; i++)
        from = plan_skip_blanks(doc, rank, to);
    if ((behind = plan_words(doc, at, to, time_labels)) > 0)
        *role = ROLE_DEADLINE;
    else if ((behind = plan_words(doc, at, to, other_labels)) > 0)
        *role = ROLE_NONE;
    for (size_t i = 0; behind == 0 && i < sizeof label_words / sizeof *label_words; i++)
        if ((base = plan_word(doc, from, to, label_words[i].word)) > 0) {
            *role = label_words[i].role;
            behind = plan_words(doc, plan_skip_blanks(doc, base, to), to, label_ends);
            if (behind == 0 && plan_code(doc, base) == ':')
                behind = base;
        }
    size_t next = behind > 0 ? plan_skip_blanks(doc, behind, to) : 0;
    *colon = behind > 0 && next < to && plan_code(doc, next) == ':';
    return *colon ? next + 1 : behind;
}

size_t plan_label(
    const struct plan_doc *doc, size_t at, size_t to, enum plan_role *role, bool *colon)
{
    if (plan_code(doc, at) != '(')
        return bare_label(doc, at, to, role, colon);
    size_t behind = bare_label(doc, at + 1, to, role, colon); /* 【牵头单位】 */
    if (behind == 0 || *colon || behind >= to || plan_code(doc, behind) != ')')
        return 0;
    *colon = true;
    behind++;
    return behind < to && plan_code(doc, behind) == ':' ? behind + 1 : behind;
}

static bool is_mark(uint32_t code)
{
    return plan_is_one_of(code, ";,。.!");
}

static bool is_said_once(const struct plan_doc *doc, struct plan_span phrase)
{
    return plan_find(doc, phrase, "不再") < phrase.to;
}

/* Behind the words with which something is given once for all. */
static size_t behind_given(const struct plan_doc *doc, struct plan_span phrase)
{
    static const char *const heads[] = {"以下", "上述", "各项", "所有", "全部", "均", "注:", NULL};
    size_t behind;
    if (plan_words(doc, phrase.from, phrase.to, heads) == 0)
        return phrase.from;
    while ((behind = plan_words(doc, phrase.from, phrase.to, plan_given_words)) > 0 &&
           behind < phrase.to)
        phrase.from = behind;
    return phrase.from;
}

/* 2026年底前, 长期坚持. */
static bool is_date(const struct plan_doc *doc, struct plan_span phrase)
{
    struct plan_measure seen = {0};
    struct plan_span kind = plan_kind_at_end(doc, phrase, true);
    bool found, strong;
    if (kind.from == phrase.from && kind.to == phrase.to && kind.from < kind.to)
        return true;
    plan_dates_read(NULL, doc, phrase, &seen);
    found = seen.date_count > 0 && !plan_is_unit(doc, phrase, &strong);
    for (size_t i = 0; i < seen.date_count; i++)
        free(seen.date[i].words);
    free(seen.date);
    return found;
}

/* What stands behind a label, or without one: phrases with , and ; between them. */
static void read_group(struct plan_reading *r, struct plan_span group, enum plan_role label)
{
    struct plan_span phrase[PHRASES_MOST];
    size_t count = 0, from = group.from;
    int depth = 0;
    if (label == ROLE_DEADLINE) {
        r->said->deadline = plan_trim(r->doc, group);
        return;
    }
    for (size_t at = group.from; at <= group.to; at++) {
        uint32_t code = at < group.to ? plan_code(r->doc, at) : 0;
        depth += code == '(' ? 1 : code == ')' && depth > 0 ? -1 : 0;
        if ((at == group.to || (depth == 0 && is_mark(code))) && count < PHRASES_MOST) {
            phrase[count] = plan_trim(r->doc, (struct plan_span){from, at});
            count += phrase[count].from < phrase[count].to;
            from = at + 1;
        }
    }
    for (size_t i = 0; i < count; i++) {
        enum plan_role role = label == ROLE_NONE ? ROLE_RESPONSIBLE : label;
        struct plan_span verb;
        if (is_said_once(r->doc, phrase[i]))
            continue;
        if (is_date(r->doc, phrase[i])) {
            r->said->deadline = phrase[i];
            continue;
        }
        phrase[i].from = behind_given(r->doc, phrase[i]);
        for (size_t next = i; label == ROLE_NONE && next < count; next++)
            if (find_verb(r->doc, phrase[next], &verb, &role))
                break;
        read_phrase(r, phrase[i], role);
    }
}

void plan_said_read(const struct plan_doc *doc, struct plan_span words, struct plan_said *said)
{
    struct plan_reading r = {doc, said, {0, 0}};
    enum plan_role label = ROLE_NONE, next;
    bool first = true, skip = false, colon;
    size_t from = words.from;
    *said = (struct plan_said){0};
    for (size_t at = words.from; at <= words.to; at++) {
        bool here = at < words.to && (first || plan_code(doc, at) != '(');
        size_t behind = here ? plan_label(doc, at, words.to, &next, &colon) : 0;
        if (at < words.to &&
            (behind == 0 || (!colon && (!first || next == ROLE_NONE || behind == words.to)))) {
            if (!plan_is_blank(plan_code(doc, at)))
                first = is_mark(plan_code(doc, at));
            continue;
        }
        struct plan_span group = plan_trim(doc, (struct plan_span){from, at});
        if (!skip)
            read_group(&r, group, label);
        else if (group.from < group.to && said->strange_count++ == 0)
            said->strange = group;
        if (at == words.to)
            break;
        skip = next == ROLE_NONE;
        label = next;
        from = behind;
        at = behind - 1;
        first = false;
    }
}

void plan_said_clear(struct plan_said *said)
{
    for (int role = 0; role < 3; role++) {
        for (size_t i = 0; i < said->units[role].count; i++)
            free(said->units[role].unit[i].name);
        free(said->units[role].unit);
    }
    *said = (struct plan_said){0};
}
