#include "harness/files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void read_stream(FILE *stream, struct strbuf *out)
{
    char block[8192];
    for (size_t count; (count = fread(block, 1, sizeof block, stream)) > 0;) {
        strbuf_add_n(out, block, count);
    }
}

bool command_run(const char *command, struct strbuf *said)
{
    char *quiet = alloc_format("{ %s\n} 2>&1 </dev/null", command);
    fflush(NULL);
    FILE *pipe = popen(quiet, "r");
    free(quiet);
    if (pipe == NULL) {
        strbuf_add(said, strerror(errno));
        return false;
    }
    read_stream(pipe, said);
    return pclose(pipe) == 0;
}

bool file_read(const char *path, struct strbuf *out)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return false;
    }
    read_stream(file, out);
    return fclose(file) == 0;
}

bool file_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    if (file == NULL) {
        return false;
    }
    bool written = fputs(text, file) >= 0;
    return fclose(file) == 0 && written;
}
