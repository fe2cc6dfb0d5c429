#include "base/settings.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libconfig.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"

enum { MOST_BYTES = 1 << 20 };

struct settings {
    char *name;
    config_t config;
};

/* --- reading ------------------------------------------------------------------------------------
 */

static bool read_whole(const char *path, struct strbuf *text, struct error *err)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return error_set(err, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_IO,
            _("cannot open the settings file \"%s\": %s"), path, strerror(errno));
    }
    char block[4096];
    size_t count;
    while ((count = fread(block, 1, sizeof block, file)) > 0 && text->length <= MOST_BYTES) {
        strbuf_add_n(text, block, count);
    }
    int problem = ferror(file) ? errno : 0;
    fclose(file);
    if (problem != 0) {
        return error_set(
            err, ERROR_IO, _("cannot read the settings file \"%s\": %s"), path, strerror(problem));
    }
    if (text->length > MOST_BYTES) {
        return error_set(
            err, ERROR_INPUT, _("\"%s\" is over 1 MiB: this is no settings file"), path);
    }
    if (memchr(strbuf_text(text), '\0', text->length) != NULL) {
        return error_set(err, ERROR_INPUT, _("\"%s\" is not a text file"), path);
    }
    return true;
}

/* libconfig would open whatever an @include names: a settings file reads no other file. */
static bool refuse_includes(const char *name, const char *text, struct error *err)
{
    int line = 1;
    for (const char *at = text; *at != '\0'; line++) {
        const char *word = at + strspn(at, " \t");
        if (strncmp(word, "@include", 8) == 0) {
            return error_set(err, ERROR_INPUT,
                _("%s, line %d: @include is not supported: put the settings here"), name, line);
        }
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    return true;
}

struct check {
    const struct settings *settings;
    struct error *err;
};

/* Escapes (\x1b) can bring in what the file's own bytes do not show. */
static bool check_string(void *context, const char *path, int line)
{
    const struct check *check = context;
    const char *value;
    if (!settings_string(check->settings, path, &value) || text_is_clean(value, TEXT_LINES)) {
        return true;
    }
    return error_set(check->err, ERROR_INPUT,
        _("%s, line %d: the text of \"%s\" is not UTF-8 or holds control characters; save the file "
          "as UTF-8 and type the text again"),
        check->settings->name, line, path);
}

bool settings_read_text(
    const char *name, const char *text, struct settings **out, struct error *err)
{
    if (!refuse_includes(name, text, err)) {
        return false;
    }
    struct settings *settings = alloc_zero(1, sizeof *settings);
    settings->name = alloc_string(name);
    config_init(&settings->config);
    struct check check = {.settings = settings, .err = err};
    if (config_read_string(&settings->config, text) != CONFIG_TRUE) {
        error_set(err, ERROR_INPUT,
            _("%s, line %d: %s; look for a missing \";\", quote or bracket here or on the line "
              "before"),
            name, config_error_line(&settings->config), config_error_text(&settings->config));
    } else if (settings_visit(settings, check_string, &check)) {
        *out = settings;
        return true;
    }
    settings_free(settings);
    return false;
}

bool settings_read_file(const char *path, struct settings **out, struct error *err)
{
    struct strbuf text = {0};
    const char *content;
    bool read = read_whole(path, &text, err);
    if (read) {
        content = strbuf_text(&text);
        content += strncmp(content, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0; /* Windows editors' mark */
        read = settings_read_text(path, content, out, err);
    }
    strbuf_clear(&text);
    return read;
}

void settings_free(struct settings *settings)
{
    if (settings == NULL) {
        return;
    }
    config_destroy(&settings->config);
    free(settings->name);
    free(settings);
}

/* --- asking -------------------------------------------------------------------------------------
 */

static config_setting_t *find(const struct settings *settings, const char *path)
{
    return path[0] == '\0' ? config_root_setting(&settings->config)
                           : config_lookup(&settings->config, path);
}

const char *settings_name(const struct settings *settings)
{
    return settings->name;
}

static enum settings_type type_of(const config_setting_t *setting)
{
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_INT:
    case CONFIG_TYPE_INT64:
        return SETTINGS_INT;
    case CONFIG_TYPE_BOOL:
        return SETTINGS_BOOL;
    case CONFIG_TYPE_FLOAT:
        return SETTINGS_FLOAT;
    case CONFIG_TYPE_STRING:
        return SETTINGS_STRING;
    case CONFIG_TYPE_GROUP:
        return SETTINGS_GROUP;
    case CONFIG_TYPE_ARRAY:
    case CONFIG_TYPE_LIST:
        return SETTINGS_LIST;
    default:
        return SETTINGS_NONE;
    }
}

enum settings_type settings_type(const struct settings *settings, const char *path)
{
    const config_setting_t *setting = find(settings, path);
    return setting == NULL ? SETTINGS_NONE : type_of(setting);
}

int settings_line(const struct settings *settings, const char *path)
{
    const config_setting_t *setting = find(settings, path);
    return setting == NULL ? 0 : (int)config_setting_source_line(setting);
}

size_t settings_count(const struct settings *settings, const char *path)
{
    const config_setting_t *setting = find(settings, path);
    return setting == NULL ? 0 : (size_t)config_setting_length(setting);
}

const char *settings_member(const struct settings *settings, const char *path, size_t index)
{
    const config_setting_t *setting = find(settings, path);
    if (setting == NULL || type_of(setting) != SETTINGS_GROUP || index > UINT_MAX) {
        return NULL;
    }
    const config_setting_t *member = config_setting_get_elem(setting, (unsigned)index);
    return member == NULL ? NULL : config_setting_name(member);
}

bool settings_int(const struct settings *settings, const char *path, int *out)
{
    const config_setting_t *setting = find(settings, path);
    if (setting == NULL || type_of(setting) != SETTINGS_INT) {
        return false;
    }
    long long value = config_setting_get_int64(setting);
    if (value < INT_MIN || value > INT_MAX) {
        return false;
    }
    *out = (int)value;
    return true;
}

bool settings_bool(const struct settings *settings, const char *path, bool *out)
{
    const config_setting_t *setting = find(settings, path);
    if (setting == NULL || type_of(setting) != SETTINGS_BOOL) {
        return false;
    }
    *out = config_setting_get_bool(setting);
    return true;
}

bool settings_string(const struct settings *settings, const char *path, const char **out)
{
    const config_setting_t *setting = find(settings, path);
    if (setting == NULL || type_of(setting) != SETTINGS_STRING) {
        return false;
    }
    *out = config_setting_get_string(setting);
    return true;
}

/* --- walking ------------------------------------------------------------------------------------
 */

struct walk {
    bool (*visit)(void *context, const char *path, int line);
    void *context;
    struct strbuf path;
};

static bool walk_setting(struct walk *walk, const config_setting_t *setting)
{
    if (!config_setting_is_aggregate(setting)) {
        int line = (int)config_setting_source_line(setting);
        return walk->visit(walk->context, strbuf_text(&walk->path), line);
    }
    size_t length = walk->path.length;
    int count = config_setting_length(setting);
    for (int i = 0; i < count; i++) {
        const config_setting_t *member = config_setting_get_elem(setting, (unsigned)i);
        const char *name = config_setting_name(member);
        strbuf_add(&walk->path, length > 0 ? "." : "");
        if (name != NULL) {
            strbuf_add(&walk->path, name);
        } else {
            strbuf_format(&walk->path, "[%d]", i);
        }
        if (!walk_setting(walk, member)) {
            return false;
        }
        strbuf_cut(&walk->path, length);
    }
    return true;
}

bool settings_visit(const struct settings *settings,
    bool (*visit)(void *context, const char *path, int line), void *context)
{
    struct walk walk = {.visit = visit, .context = context};
    bool all = walk_setting(&walk, config_root_setting(&settings->config));
    strbuf_clear(&walk.path);
    return all;
}
