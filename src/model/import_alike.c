/* Names of offices that are one unit in other words, or that one in a slip of the pen: 应急局 is
 * 应急管理局, 市生态坏境局 was to be 市生态环境局. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "import_parts.h"

enum {
    NAME_MOST = 40,     /* glyphs; what is longer is no name in a slip */
    OFFICES_MOST = 500, /* of a place that are looked at: a flood of new names stays cheap */
    OFFICE_LEAST = 3,   /* glyphs, without the level in front: 水务局 */
    PLACE_LEAST = 3 /* without 镇, 街道 behind: of two, as 新华 and 光华, each has many */
};

/* --- one name for all forms ------------------------------------------------------------------ */

/* 新宾满族自治县, 新宾县 in front, and those it lies in. */
static size_t bytes_of_place(const struct region *region, const char *text)
{
    size_t plain = strlen(region->plain), length = strlen(region->name);
    if (text_begins(text, region->name))
        return length;
    bool is_short = plain >= 6 && length > plain + 3 && text_begins(text, region->plain) &&
                    text_begins(text + plain, region->name + length - 3);
    return is_short ? plain + 3 : 0;
}

/* The name without the place, and without 市, 县, 区 for it. */
static const char *without_place(
    const struct units *units, const struct region *place, const char *text)
{
    static const char *const others[] = {"市场", "市容", "市政公", "区域"};
    const struct region *above[8] = {place};
    size_t count = 1, length = strlen(place->name);
    while (count < 8 && (above[count] = units_region(units, above[count - 1]->parent_id)) != NULL)
        count++;
    for (size_t i = count; i-- > 0;)
        text += bytes_of_place(above[i], text);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (text_begins(text, others[i]))
            return text;
    return length > 3 && text_begins(text, place->name + length - 3) ? text + 3 : text;
}

static size_t replace(const char *at, bool last, struct strbuf *out)
{
    static const char *const forms[][2] = {{"发改", "发展改革"}, {"住建", "住房城乡建设"},
        {"工信", "工业信息化"}, {"人社", "人力资源社会保障"}, {"文旅", "文化旅游"},
        {"卫健", "卫生健康"}, {"林草", "林业草原"}, {"市场监管", "市场监督管理"},
        {"药监", "药品监督管理"}, {"城管", "城市管理"}, {"综合行政执法", "执法"},
        {"综合执法", "执法"}, {"医保", "医疗保障"}, {"应急局", "应急管理局"},
        {"应急厅", "应急管理厅"}, {"交通局", "交通运输局"}, {"科技局", "科学技术局"},
        {"科技厅", "科学技术厅"}, {"退役军人局", "退役军人事务局"}, {"营商局", "营商环境建设局"},
        {"民宗局", "民族宗教事务局"}, {"广电局", "广播电视局"},
        {"国资委", "国有资产监督管理委员会"}, {"人民政府", "人民政府"}, {"政府", "人民政府"},
        {"和", ""}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (text_begins(at, forms[i][0])) {
            strbuf_add(out, forms[i][1]);
            return strlen(forms[i][0]);
        }
    if (last && text_begins(at, "委") && strlen(at) == strlen("委")) {
        strbuf_add(out, "委员会");
        return strlen("委");
    }
    return 0;
}

/* The whole name of the office, without its place and 和. The caller frees. */
static char *office_key(const struct units *units, const struct region *place, const char *name)
{
    struct strbuf out = {0};
    const char *at = without_place(units, place, name);
    strbuf_add(&out, "");
    while (*at != '\0') {
        uint32_t code;
        size_t step = replace(at, out.length > 0, &out);
        if (step == 0) {
            int bytes = text_decode(at, &code);
            step = bytes > 0 ? (size_t)bytes : 1;
            strbuf_add_n(&out, at, step);
        }
        at += step;
    }
    return strbuf_take(&out);
}

int64_t look_alias(const struct look *look, const char *name, int64_t place)
{
    const struct region *at = units_region(look->units, place);
    int64_t found = 0;
    size_t looked = 0;
    if (at == NULL)
        return 0;
    char *key = office_key(look->units, at, name);
    for (size_t i = 0; i < units_department_count(look->units); i++) {
        const struct department *one = units_department_at(look->units, i);
        if (one->region_id != place)
            continue;
        if (looked++ == OFFICES_MOST)
            break;
        char *own = office_key(look->units, at, one->name);
        bool same = strcmp(own, key) == 0 && key[0] != '\0';
        free(own);
        if (same && found != 0) { /* which of them is not told */
            found = 0;
            break;
        }
        found = same ? one->id : found;
    }
    free(key);
    return found;
}

/* --- slips ----------------------------------------------------------------------------------- */

static int glyphs(const char *text, uint32_t out[static NAME_MOST])
{
    int count = 0;
    for (int bytes; (bytes = text_decode(text, &out[count])) > 0; text += bytes)
        if (++count == NAME_MOST)
            return 0;
    return count;
}

/* 第一, 东西: what tells one of several. */
static bool tells_apart(uint32_t code)
{
    static const char marks[] = "一二三四五六七八九十东西南北中上下前后新老大小甲乙丙丁内外分总";
    uint32_t mark;
    if (code < 0x80)
        return true;
    for (const char *at = marks; *at; at += text_decode(at, &mark))
        if (text_decode(at, &mark) > 0 && mark == code)
            return true;
    return false;
}

/* One character is another, is missing, is too many, or two are swapped. */
static bool is_slip(const char *one, const char *other)
{
    uint32_t a[NAME_MOST], b[NAME_MOST];
    int count = glyphs(one, a), others = glyphs(other, b), front = 0;
    while (front < count && front < others && a[front] == b[front])
        front++;
    while (count > front && others > front && a[count - 1] == b[others - 1])
        count--, others--;
    int left = count - front, right = others - front;
    if (left == 2 && right == 2)
        return a[front] == b[front + 1] && a[front + 1] == b[front] && !tells_apart(a[front]) &&
               !tells_apart(a[front + 1]);
    if (left > 1 || right > 1 || left + right == 0)
        return false;
    return !(left == 1 && tells_apart(a[front])) && !(right == 1 && tells_apart(b[front]));
}

/* Offices that places have beside each other, of names that are like one another: 审计, 统计. */
static bool is_common(const char *office)
{
    static const char *const names[] = {"发展改革委员会", "发展改革局", "教育局", "科学技术局",
        "工业信息化局", "公安局", "国家安全局", "民政局", "司法局", "财政局", "自然资源局",
        "水务局", "水利局", "农业农村局", "商务局", "审计局", "统计局", "体育局", "税务局",
        "气象局", "信访局", "林业局", "渔业局", "畜牧局", "海洋局", "海事局", "医疗保障局",
        "园林局", "房产局", "地震局", "档案局", "粮食局", "能源局", "城建局", "规划局", "金融局",
        "外事局", "数据局", "监察局", "环保局", "民族宗教局"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(office, names[i]) == 0)
            return true;
    return false;
}

static const char *near_department(
    const struct units *units, const struct region *place, const char *name)
{
    uint32_t code[NAME_MOST];
    char *key = office_key(units, place, name);
    const char *found = NULL;
    size_t looked = 0;
    bool may = glyphs(key, code) >= OFFICE_LEAST && !is_common(key);
    for (size_t i = 0; may && found == NULL && i < units_department_count(units); i++) {
        const struct department *one = units_department_at(units, i);
        if (one->region_id != place->id)
            continue;
        if (looked++ == OFFICES_MOST)
            break;
        char *own = office_key(units, place, one->name);
        found = is_slip(key, own) ? one->name : NULL;
        free(own);
    }
    free(key);
    return found;
}

static const char *near_region(
    const struct units *units, const struct region *place, const char *name)
{
    static const char *const tails[] = {"街道", "镇", "乡", "县", "区", "市"};
    uint32_t code[NAME_MOST];
    int body = glyphs(name, code);
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (text_ends(name, tails[i])) {
            body -= (int)strlen(tails[i]) / 3;
            break;
        }
    for (size_t i = 0; body >= PLACE_LEAST && i < units_region_count(units); i++) {
        const struct region *one = units_region_at(units, i);
        if (one->parent_id == place->id && is_slip(name, one->name))
            return one->name;
    }
    return NULL;
}

bool look_told_new(const struct look *look, const char *name)
{
    const struct import_options *options = look->options;
    for (size_t i = 0; i < options->new_unit_count; i++)
        if (strcmp(options->new_unit[i], name) == 0)
            return true;
    return false;
}

const char *look_slip(
    const struct look *look, enum unit_kind kind, const char *name, const struct region *place)
{
    return kind == UNIT_DEPARTMENT ? near_department(look->units, place, name)
                                   : near_region(look->units, place, name);
}

/* --- names of places ------------------------------------------------------------------------- */

bool look_is_place_name(const char *name)
{
    static const char *const tails[] = {"省", "市", "县", "区", "旗", "乡", "镇", "街道",
        "街道办事处", "办事处", "州", "盟", "苏木", "村", "农场", "林场", "牧场", "管委会"};
    static const char *const marks[] = {
        "的", "。", "，", "；", "：", "、", ",", "（", "(", "“", "\"", "问题", "整改", "治理"};
    enum { PLACE_MOST = 12 };
    uint32_t code[NAME_MOST];
    int count = glyphs(name, code);
    bool is = false;
    for (int i = 0; i < count; i++)
        if (code[i] < 0x80)
            return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(name, marks[i]) != NULL)
            return false;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        is = is || text_ends(name, tails[i]);
    return is && count > 1 && count <= PLACE_MOST;
}
