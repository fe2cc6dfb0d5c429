/* Lines between the rows of a drawn table: titles of sections, heads and numbers of pages. */
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "page_number.h"
#include "text_table_parts.h"

#define TAIL_MOST 150 /* bytes of a line that is only what pages offer */
#define HEAD_MOST 40  /* lines above the headings that may be the head of a page */

char *table_bare_line(const struct table *table, const struct table_line *line)
{
    if (line->count == 0)
        return alloc_string("");
    const struct table_piece *piece = &table->lines.piece[line->first];
    return alloc_string_n(
        table->lines.text + piece[0].from, piece[line->count - 1].to - piece[0].from);
}

static bool begins_with(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

bool table_is_section(const char *text)
{
    static const char *const numbers[] = {"一、", "二、", "三、", "四、", "五、", "六、", "七、",
        "八、", "九、", "十", "（", "(", "第"};
    static const char *const ends[] = {"市", "县", "区", "：", ":", "类"};
    bool is = begins_with(text, numbers, sizeof numbers / sizeof *numbers) && strlen(text) < 120;
    for (size_t i = 0; i < sizeof ends / sizeof *ends && strlen(text) <= 36; i++)
        is = is || text_ends(text, ends[i]);
    return is && !text_ends(text, "。");
}

bool table_is_page_head(const struct table *table, const struct table_line *line)
{
    const struct table_lines *lines = &table->lines;
    size_t count = line->to - line->from;
    size_t first = table->heading > HEAD_MOST ? table->heading - HEAD_MOST : 0;
    for (size_t i = first; i < table->heading; i++)
        if (lines->line[i].to - lines->line[i].from == count &&
            memcmp(lines->text + lines->line[i].from, lines->text + line->from, count) == 0)
            return true;
    return false;
}

bool table_is_page_number(const struct table *table, const struct table_line *line)
{
    const struct table_piece *piece = &table->lines.piece[line->first];
    return line->count == 1 &&
           page_number_is(table->lines.text + piece->from, piece->to - piece->from);
}

/* 【打印本页】, 版权所有：某某局, 抚顺县生态环境局版权所有; a row that only holds such a word is
 * none. */
static bool is_of_tail(const char *text, size_t count)
{
    static const char *const words[] = {"扫一扫", "打印本页", "关闭窗口", "关闭本页", "分享到",
        "上一篇", "下一篇", "返回顶部", "版权所有", "【打印", "【关闭", "打印】", "关闭】", "主办",
        "承办", "技术支持", "网站标识码", "Copyright", "©", "地址：", "电话：", "联系电话",
        "邮编："};
    static const char *const marks[] = {"[", "【", "|", "｜", "·", "-", ">", "<", "（", "(", "©"};
    static const char owned[] = "版权所有";
    size_t last = strlen(owned);
    bool is = count >= last && memcmp(text + count - last, owned, last) == 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (count > strlen(marks[i]) && memcmp(text, marks[i], strlen(marks[i])) == 0) {
            text += strlen(marks[i]);
            count -= strlen(marks[i]);
        }
    for (size_t i = 0; i < sizeof words / sizeof *words && !is; i++)
        is = count >= strlen(words[i]) && memcmp(text, words[i], strlen(words[i])) == 0;
    return is;
}

/* 2026, as it stands before 版权所有. */
static bool is_year(const char *text, size_t count)
{
    return count == 4 && strspn(text, "0123456789") == 4;
}

bool table_is_page_tail(const struct table *table, const struct table_line *line)
{
    static const char owned[] = "版权所有";
    const struct table_piece *piece = &table->lines.piece[line->first];
    bool is = line->count > 0 && line->to - line->from <= TAIL_MOST, whose = false, any = false;
    for (size_t i = 0; is && i < line->count; i++) {
        const char *text = table->lines.text + piece[i].from;
        size_t count = piece[i].to - piece[i].from;
        bool tail = is_of_tail(text, count);
        is = tail || whose || (i == 0 && is_year(text, count));
        any |= tail;
        whose = count == strlen(owned) && memcmp(text, owned, count) == 0; /* 某县 stands behind */
    }
    return is && any;
}
