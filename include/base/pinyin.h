/* pinyin: initials of Chinese names, for terminals without an input method: 盘锦市 -> "pjs",
 * 生态环境厅 -> "sthjt". One letter a character from a table made at build time (ICU's readings);
 * names read otherwise than their characters usually are (重庆, 朝阳, 长海) come from a short list in
 * the source. ASCII letters and digits pass through in lower case, everything else is dropped. */
#ifndef BASE_PINYIN_H
#define BASE_PINYIN_H

#include <stdbool.h>

#include "base/strbuf.h"

void pinyin_initials(struct strbuf *buf, const char *text);

/* Whether `typed` names `text`: as a piece of it, or as a piece of its initials that begins where a
 * character begins ("pj" and "pjs" name 盘锦市, "sthjt" names 省生态环境厅). */
bool pinyin_matches(const char *text, const char *typed);

#endif
