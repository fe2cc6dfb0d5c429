/* Configuration and theme files: any bytes are read or refused with a sentence. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* libconfig 1.5 lets go of the text of a string that never ends; the program reads its files once. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libconfig.so";
}

static bool look(void *context, const char *path, int line)
{
    const struct settings *settings = context;
    assert(line > 0 && settings_line(settings, path) > 0);
    assert(settings_type(settings, path) != SETTINGS_NONE);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    struct settings *settings = NULL;
    struct error err = {0};
    if (settings_read_text("fuzz.cfg", text, &settings, &err)) {
        settings_visit(settings, look, settings);
        settings_free(settings);
    } else {
        assert(err.text[0]);
    }
    free(text);
    return 0;
}
