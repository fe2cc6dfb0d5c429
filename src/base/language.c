#include "base/language.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"

#define DOMAIN "duban"

/* Like the locale, which it is part of, the language is one for the whole process. */
static char current[3] = "en";

/* --- files beside the program -------------------------------------------------------------------
 */

static char *existing(const char *folder, const char *name)
{
    char *path = alloc_format("%s/share/%s", folder, name);
    if (access(path, R_OK) == 0) {
        return path;
    }
    free(path);
    return NULL;
}

/* build/duban has build/share; PREFIX/bin/duban and build/tests/test_x have ../share. */
static char *find_shared(const char *name)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0) {
        return existing(PREFIX, name);
    }
    program[length] = '\0';
    char *found = NULL;
    for (int up = 0; up < 2 && found == NULL; up++) {
        char *slash = strrchr(program, '/');
        if (slash == NULL) {
            break;
        }
        *slash = '\0';
        found = existing(program, name);
    }
    return found;
}

char *language_data_file(const char *name)
{
    if (name[0] == '/' || strstr(name, "..") != NULL) {
        return NULL; /* names come from settings: they stay inside */
    }
    char *relative = alloc_format(DOMAIN "/%s", name);
    char *found = find_shared(relative);
    free(relative);
    return found;
}

/* --- charset ------------------------------------------------------------------------------------
 */

/* The value that counts for a category: POSIX's order of precedence. */
static const char *locale_name(const char *category)
{
    const char *const names[] = {"LC_ALL", category, "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0') {
            return value;
        }
    }
    return "C";
}

static bool set_utf8(int category)
{
    static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "zh_CN.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (setlocale(category, names[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static bool is_there(const char *name)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, name, (locale_t)0);
    if (locale != (locale_t)0) {
        freelocale(locale);
    }
    return locale != (locale_t)0;
}

static bool names_utf8(const char *name)
{
    return strcasestr(name, "utf-8") != NULL || strcasestr(name, "utf8") != NULL;
}

/* The Chinese national charsets contain each other, GB2312 in GBK in GB18030; "zh_CN" alone is
 * GB2312 by tradition. NULL: nothing that would do is there. */
static const char *kindred_locale(const char *name)
{
    static const char *const names[] = {"zh_CN.GBK", "zh_CN.GB18030", "zh_CN.gbk", "zh_CN.gb18030"};
    const char *charset = strchr(name, '.');
    bool kindred =
        charset == NULL
            ? strncmp(name, "zh_CN", 5) == 0 || strncmp(name, "zh_SG", 5) == 0
            : strncasecmp(charset, ".gb", 3) == 0 || strncasecmp(charset, ".euccn", 6) == 0;
    for (size_t i = 0; kindred && i < sizeof names / sizeof *names; i++) {
        if (is_there(names[i])) {
            return names[i];
        }
    }
    return NULL;
}

const char *language_missing(void)
{
    const char *name = locale_name("LC_CTYPE");
    bool found = is_there(name) || names_utf8(name) || kindred_locale(name) != NULL;
    return found ? NULL : name;
}

/* SSH hands over the name of the caller's locale, which this machine often has not generated. The
 * charset can be known from the name all the same. Numbers and sorting stay as in C: files and SQL
 * are read with them. */
static void set_charset(void)
{
    if (setlocale(LC_CTYPE, "") != NULL) {
        return;
    }
    const char *name = locale_name("LC_CTYPE");
    const char *kindred = kindred_locale(name);
    if (names_utf8(name)) {
        set_utf8(LC_CTYPE);
    } else {
        setlocale(LC_CTYPE, kindred == NULL ? "C" : kindred);
    }
}

bool language_has_chinese(void)
{
    mbstate_t state = {0};
    char bytes[MB_LEN_MAX];
    return wcrtomb(bytes, L'\x8FBD', &state) != (size_t)-1; /* 辽, which Big5 has not */
}

const char *language_charset(void)
{
    return nl_langinfo(CODESET);
}

/* --- language -----------------------------------------------------------------------------------
 */

const char *language_current(void)
{
    return current;
}

/* gettext translates only where LC_MESSAGES is not "C", and takes the language from LANGUAGE. */
static void apply(const char *language)
{
    snprintf(current, sizeof current, "%s", language);
    bool chinese = strcmp(language, "zh") == 0;
    setenv("LANGUAGE", chinese ? "zh_CN" : "en", 1);
    if (chinese) {
        set_utf8(LC_MESSAGES);
    } else {
        setlocale(LC_MESSAGES, "C");
    }
    char *locale = find_shared("locale");
    if (locale != NULL) {
        bindtextdomain(DOMAIN, locale); /* also makes gettext forget the language it had */
        free(locale);
    }
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    bind_textdomain_codeset("libc", "UTF-8"); /* strerror */
    textdomain(DOMAIN);
}

static bool is_language(const char *name)
{
    return strcmp(name, "zh") == 0 || strcmp(name, "en") == 0;
}

static bool refuse_language(const char *name, struct error *err)
{
    return error_set(err, ERROR_USAGE, _("there is no language \"%s\": use zh or en"), name);
}

static const char *language_by_locale(void)
{
    bool english = strncmp(locale_name("LC_MESSAGES"), "en", 2) == 0;
    return english || !language_has_chinese() ? "en" : "zh";
}

bool language_start(const char *language, struct error *err)
{
    set_charset();
    if (language == NULL) {
        apply(language_by_locale());
        return true;
    }
    if (!is_language(language)) {
        apply(language_by_locale());
        return refuse_language(language, err);
    }
    /* Asked for by name where the locale says nothing of a charset: the person knows better. */
    if (strcmp(language, "zh") == 0 && !language_has_chinese()) {
        set_utf8(LC_CTYPE);
    }
    apply(language);
    return true;
}

bool language_choose(const char *language, struct error *err)
{
    if (!is_language(language)) {
        return refuse_language(language, err);
    }
    if (strcmp(language, "zh") == 0 && !language_has_chinese()) {
        return error_set(err, ERROR_INPUT,
            _("the charset %s cannot show Chinese: start with LANG=C.UTF-8 or --lang zh"),
            language_charset());
    }
    apply(language);
    return true;
}

/* --- output -------------------------------------------------------------------------------------
 */

static void add_in_charset(struct strbuf *out, uint32_t code, mbstate_t *state)
{
    char bytes[MB_LEN_MAX];
    size_t count = wcrtomb(bytes, (wchar_t)code, state);
    if (count != (size_t)-1) {
        strbuf_add_n(out, bytes, count);
        return;
    }
    *state = (mbstate_t){0};
    const char *look_alike = text_ascii(code);
    strbuf_add(out, look_alike == NULL ? "?" : look_alike);
}

char *language_for_output(const char *utf8)
{
    if (strcmp(language_charset(), "UTF-8") == 0) {
        return alloc_string(utf8);
    }
    struct strbuf out = {0};
    mbstate_t state = {0};
    uint32_t code;
    for (int length; (length = text_decode(utf8, &code)) > 0; utf8 += length) {
        add_in_charset(&out, code, &state);
    }
    return strbuf_take(&out);
}
