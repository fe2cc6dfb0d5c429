#include "base/pinyin.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pinyin_initials.h"

enum { TABLE_FIRST = 0x4E00, TABLE_LAST = 0x9FFF };

/* What the table's one reading a character gets wrong, in names of places, offices and in the words
 * of the trade. The longest that matches counts, so that 长 may be c and 局长 still jz. */
static const struct reading {
    const char *text, *initials;
} readings[] = {
    /* places */
    {"重庆", "cq"},
    {"长", "c"},
    {"厦门", "xm"},
    {"西藏", "xz"},
    {"六安", "la"},
    {"番禺", "py"},
    {"尉犁", "yl"},
    {"乐清", "yq"},
    {"单县", "sx"},
    {"浚县", "xx"},
    {"铅山", "ys"},
    {"洪洞", "ht"},
    {"东阿", "de"},
    {"蔚县", "yx"},
    {"涡阳", "gy"},
    {"歙县", "sx"},
    {"东莞", "dg"},
    {"泌阳", "by"},
    {"大埔", "db"},
    {"秘鲁", "bl"},
    {"什邡", "sf"},
    {"会稽", "kj"},
    /* offices and titles */
    {"省长", "sz"},
    {"市长", "sz"},
    {"县长", "xz"},
    {"区长", "qz"},
    {"镇长", "zz"},
    {"乡长", "xz"},
    {"厅长", "tz"},
    {"局长", "jz"},
    {"部长", "bz"},
    {"处长", "cz"},
    {"科长", "kz"},
    {"组长", "zz"},
    {"队长", "dz"},
    {"站长", "zz"},
    {"所长", "sz"},
    {"校长", "xz"},
    {"院长", "yz"},
    {"会长", "hz"},
    {"村长", "cz"},
    {"河长", "hz"},
    {"湖长", "hz"},
    {"林长", "lz"},
    {"田长", "tz"},
    {"行长", "hz"},
    {"秘书长", "msz"},
    {"银行", "yh"},
    {"行业", "hy"},
    {"会计", "kj"},
    /* words of the trade */
    {"重新", "cx"},
    {"重复", "cf"},
    {"重建", "cj"},
    {"重整", "cz"},
    {"调整", "tz"},
    {"调解", "tj"},
    {"调节", "tj"},
    {"协调", "xt"},
    {"空调", "kt"},
    {"调蓄", "tx"},
    {"增长", "zz"},
    {"生长", "sz"},
    {"补给", "bj"},
    {"供给", "gj"},
    {"给水", "js"},
    {"率先", "sx"},
    {"分泌", "fm"},
    {"宝藏", "bz"},
    {"娱乐", "yl"},
    {"音乐", "yy"},
    {"投降", "tx"},
    {"曾经", "cj"},
    {"着重", "zz"},
    {"行列", "hl"},
};

static char code_initial(uint32_t code)
{
    if (code >= 0xFF01 && code <= 0xFF5E) {
        code -= 0xFF01 - '!'; /* full-width forms */
    }
    if (code >= 'A' && code <= 'Z') {
        return (char)(code - 'A' + 'a');
    }
    if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) {
        return (char)code;
    }
    if (code < TABLE_FIRST || code > TABLE_LAST) {
        return '\0';
    }
    char initial = pinyin_table[code - TABLE_FIRST];
    return initial == '.' ? '\0' : initial;
}

/* The longest listed reading that `text` begins with. */
static const struct reading *find_reading(const char *text)
{
    const struct reading *best = NULL;
    size_t best_length = 0;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        size_t length = strlen(readings[i].text);
        if (length > best_length && strncmp(text, readings[i].text, length) == 0) {
            best = &readings[i];
            best_length = length;
        }
    }
    return best;
}

void pinyin_initials(struct strbuf *buf, const char *text)
{
    uint32_t code;
    for (int length; (length = text_decode(text, &code)) > 0; text += length) {
        const struct reading *reading = code >= TABLE_FIRST ? find_reading(text) : NULL;
        if (reading != NULL) {
            strbuf_add(buf, reading->initials);
            length = (int)strlen(reading->text);
            continue;
        }
        char initial = code_initial(code);
        if (initial != '\0') {
            strbuf_add_char(buf, initial);
        }
    }
}

bool pinyin_matches(const char *text, const char *typed)
{
    if (text_find(text, typed) != NULL) {
        return true;
    }
    for (const char *at = typed; *at != '\0'; at++) {
        if (code_initial((unsigned char)*at) == '\0' || (unsigned char)*at >= 0x80) {
            return false; /* initials are letters and digits only */
        }
    }
    struct strbuf initials = {0};
    pinyin_initials(&initials, text);
    bool found = text_find(strbuf_text(&initials), typed) != NULL;
    strbuf_clear(&initials);
    return found;
}
