/* The locales by which terminals in GBK and GB18030 get Chinese: without them duban shows ASCII. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "setup.h"

#define FOLDER "/usr/lib/locale"
#define SOURCE "/usr/share/i18n/locales/zh_CN"

static const struct {
    const char *name, *charset, *kept_as;
} locales[] = {
    {"zh_CN.GB18030", "GB18030", "zh_CN.gb18030"},
    {"zh_CN.GBK", "GBK", "zh_CN.gbk"},
};
enum { LOCALES = sizeof locales / sizeof *locales };

const char *setup_locales_names(const struct setup *setup)
{
    (void)setup;
    return "zh_CN.GB18030, zh_CN.GBK";
}

/* In a folder of its own, or in the archive of all. */
static bool has(const struct setup *setup, size_t index)
{
    const char *list[] = {"localedef", "--list-archive", "--prefix", setup->root, NULL};
    struct strbuf said = {0};
    struct error ignored = {0};
    if (!setup->image)
        list[2] = NULL;
    char *path = alloc_format("%s" FOLDER "/%s/LC_CTYPE", setup->root, locales[index].kept_as);
    char *line = alloc_format("\n%s\n", locales[index].kept_as);
    bool found = access(path, R_OK) == 0;
    strbuf_add(&said, "\n");
    if (!found && setup_run(list, &said, &ignored))
        found = strstr(strbuf_text(&said), line) != NULL;
    strbuf_clear(&said);
    free(path);
    free(line);
    return found;
}

enum setup_found setup_locales_look(struct setup *setup, struct error *err)
{
    (void)err;
    size_t count = 0;
    for (size_t i = 0; i < LOCALES; i++)
        count += has(setup, i);
    return count == LOCALES ? SETUP_READY : SETUP_NOTHING;
}

/* Not into the archive: locale-gen makes that anew from a list of its own. */
static bool make_one(const struct setup *setup, size_t index, struct error *err)
{
    const char *command[] = {"localedef", "--no-archive", "-i", "zh_CN", "-f",
        locales[index].charset, locales[index].name, "--prefix", setup->root, NULL};
    if (!setup->image)
        command[7] = NULL;
    return setup_run(command, NULL, err) || has(setup, index); /* it may only have warned */
}

bool setup_locales_make(struct setup *setup, struct error *err)
{
    bool made, good = true;
    if (!setup_has_program("localedef") || access(SOURCE, R_OK) != 0)
        return error_set(err, ERROR_MISSING,
            _("Terminals in GBK and GB18030 get no Chinese without the locales %s: apt-get install "
              "-y locales, and run this again."),
            setup_locales_names(setup));
    char *folder = setup_path(setup, FOLDER);
    good = setup_make_folder(folder, &made, err);
    for (size_t i = 0; good && i < LOCALES; i++)
        good = has(setup, i) || make_one(setup, i, err);
    free(folder);
    return good;
}
