#include "model/percent.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"

#define TEXT_MOST 90 /* bytes */

/* Blanks out; digits, letters and marks of full width as those of ASCII. */
static void flatten(struct strbuf *out, const char *text)
{
    uint32_t code;
    for (int length; (length = text_decode(text, &code)) > 0; text += length)
        if (code != ' ' && code != '\n' && code != '\t' && code != 0x3000)
            text_encode(out, code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code);
}

static bool take(const char **at, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*at, word, length) != 0)
        return false;
    *at += length;
    return true;
}

/* Passes over all words of the list there; whether there were any. A list ends with NULL. */
static bool pass(const char **at, const char *const *words)
{
    bool any = false;
    for (const char *const *word = words; *word != NULL;)
        if (take(at, *word)) {
            any = true;
            word = words;
        } else {
            word++;
        }
    return any;
}

static bool is_any(const char *text, const char *const *words)
{
    while (*words != NULL && strcmp(text, *words) != 0)
        words++;
    return *words != NULL;
}

/* --- numbers --------------------------------------------------------------------------------- */

static int take_digit(const char **at)
{
    static const char *const digits[] = {
        "零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    for (int digit = 0; digit < 10; digit++)
        if (take(at, digits[digit]))
            return digit;
    if (**at >= '0' && **at <= '9')
        return *(*at)++ - '0';
    return -1;
}

/* 八, 八十, 八十五, 十五, 百 behind 百分之. */
static bool take_words(const char **at, int *value)
{
    int digit = take_digit(at);
    if (digit < 0 && (take(at, "百") || take(at, "一百"))) {
        *value = 100;
        return true;
    }
    *value = digit;
    if (take(at, "十")) {
        int ones = take_digit(at);
        *value = (digit < 0 ? 1 : digit) * 10 + (ones > 0 ? ones : 0);
    } else if (digit >= 0 && (digit = take_digit(at)) >= 0) {
        *value = *value * 10 + digit;
    }
    return *value >= 0;
}

/* 八成, 八成五, 八成半; always about. */
static bool take_tenths(const char **at, int *value)
{
    const char *from = *at;
    int digit = take(at, "十") ? 10 : take_digit(at);
    if (digit > 0 && take(at, "成")) {
        int ones = take(at, "半") ? 5 : take_digit(at);
        *value = digit * 10 + (ones > 0 ? ones : 0);
        return true;
    }
    *at = from;
    return false;
}

/* 80, 80%, 66.7%; a part of one percent, and 1.0, only with the mark. */
static bool take_figure(const char **at, int *value, bool *rounded)
{
    size_t digits = strspn(*at, "0123456789"), behind = 0;
    const char *point = *at + digits;
    if (digits == 0 || digits > 3)
        return false;
    for (*value = 0; *at < point; ++*at)
        *value = *value * 10 + (**at - '0');
    if (*point == '.')
        behind = strspn(point + 1, "0123456789");
    bool whole = behind == 0 || strspn(point + 1, "0") >= behind;
    *at = behind > 0 ? point + 1 + behind : point;
    bool marked = take(at, "%");
    if (whole)
        return marked || behind == 0 || *value != 1;
    *rounded = true;
    *value += point[1] >= '5' && *value != 99;
    *value += *value == 0;
    return marked;
}

bool percent_read(const char *text, int *percent, enum percent_told *told)
{
    static const char *const all[] = {
        "完成", "已完成", "全部完成", "已全部完成", "完成整改", "已完成整改", "整改完成", NULL};
    static const char *const none[] = {"未启动", "未开始", "尚未启动", "尚未开始", "未开工", NULL};
    static const char *const before[] = {"已", "累计", "总体", "整体", "共", "完成率", "完成进度",
        "完成比例", "完成", "进度", "达到", "达", "为", ":", NULL};
    static const char *const roughly[] = {
        "大约", "约为", "约", "将近", "近", "接近", "超过", "超", "逾", "大概", "不足", NULL};
    static const char *const behind[] = {"左右", "以上", "多", "余", "上下", "以下", NULL};
    static const char *const of[] = {
        "的", "工程量", "工作量", "任务量", "总量", "进度", "。", NULL};
    struct strbuf flat = {0};
    bool is_about = false, is_rounded = false, good;
    if (strnlen(text, TEXT_MOST + 1) <= TEXT_MOST)
        flatten(&flat, text);
    const char *at = strbuf_text(&flat);
    if (is_any(at, all) || is_any(at, none)) {
        *percent = is_any(at, all) ? 100 : 0;
        good = true;
    } else {
        pass(&at, before);
        is_about = pass(&at, roughly);
        pass(&at, before);
        if (take_tenths(&at, percent))
            good = is_about = true;
        else
            good = take(&at, "百分之") ? take_words(&at, percent)
                                       : take_figure(&at, percent, &is_rounded);
        is_about |= pass(&at, behind);
        pass(&at, of);
        good = good && *at == '\0' && *percent <= 100;
    }
    strbuf_clear(&flat);
    if (told != NULL)
        *told = is_about ? PERCENT_ABOUT : is_rounded ? PERCENT_ROUNDED : PERCENT_PLAIN;
    return good;
}
