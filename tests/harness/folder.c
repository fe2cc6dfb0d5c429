#include "harness/folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

int folder_set_up(void **state)
{
    const char *parent = getenv("TMPDIR");
    char *path = alloc_format("%s/duban-test-XXXXXX", parent ? parent : "/tmp");
    *state = path;
    return mkdtemp(path) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *file, int kind, struct FTW *at)
{
    (void)file;
    (void)kind;
    (void)at;
    return remove(path);
}

void folder_remove(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

int folder_tear_down(void **state)
{
    folder_remove(*state);
    free(*state);
    return 0;
}

char *folder_file(void *state, const char *name, char out[static 256])
{
    snprintf(out, 256, "%s/%s", (const char *)state, name);
    return out;
}
