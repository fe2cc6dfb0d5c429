/* Build-time only: prints the initial of the usual reading of each character U+4E00..U+9FFF, one
 * letter a character and '.' where ICU knows none, as a C string. The program carries these 20,992
 * bytes instead of ICU. */
#include <stdio.h>
#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { FIRST = 0x4E00, LAST = 0x9FFF, A_LINE = 64 };

static char initial_of(const UTransliterator *reader, UChar character)
{
    UChar text[32] = {character};
    int32_t length = 1, limit = 1;
    UErrorCode status = U_ZERO_ERROR;
    utrans_transUChars(reader, text, &length, 32, 0, &limit, &status);
    if (U_FAILURE(status)) {
        fprintf(stderr, "pinyin_table: U+%04X: %s\n", character, u_errorName(status));
        exit(1);
    }
    return text[0] >= 'a' && text[0] <= 'z' ? (char)text[0] : '.';
}

int main(void)
{
    UChar rules[64];
    u_uastrcpy(rules, "Han-Latin; Latin-ASCII; Lower");
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *reader = utrans_openU(rules, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status)) {
        fprintf(stderr, "pinyin_table: Han-Latin: %s\n", u_errorName(status));
        return 1;
    }
    printf("static const char pinyin_table[] =");
    for (int code = FIRST; code <= LAST; code++) {
        if ((code - FIRST) % A_LINE == 0) {
            printf("%s\n    \"", code == FIRST ? "" : "\"");
        }
        putchar(initial_of(reader, (UChar)code));
    }
    printf("\";\n");
    utrans_close(reader);
    return ferror(stdout) || fflush(stdout) != 0;
}
