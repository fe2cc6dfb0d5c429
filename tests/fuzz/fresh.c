#include "fuzz/fresh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "harness/database.h"
#include "harness/files.h"
#include "harness/folder.h"
#include "store/db.h"

struct fresh {
    void *folder;
    char path[256];
    struct strbuf first; /* the file as it was at first */
};

/* A copy has everything in the file itself, and nothing in a log. */
static void make(struct fresh *fresh, const char *fill)
{
    char first[256];
    struct error err = {0};
    struct db *db;
    if (folder_set_up(&fresh->folder) != 0)
        abort();
    database_make(folder_file(fresh->folder, "first.db", first));
    database_write(first, fill);
    folder_file(fresh->folder, "a.db", fresh->path);
    if (!db_open(first, DB_READ_ONLY, &db, &err) || !db_backup(db, fresh->path, &err) ||
        !file_read(fresh->path, &fresh->first)) {
        fprintf(stderr, "%s\n", err.text);
        abort();
    }
    db_close(db);
}

static void put_back(const struct fresh *fresh)
{
    static const char *const beside[] = {"-wal", "-shm"};
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        char *path = alloc_format("%s%s", fresh->path, beside[i]);
        unlink(path);
        free(path);
    }
    FILE *file = fopen(fresh->path, "wbe");
    if (!file || fwrite(fresh->first.text, 1, fresh->first.length, file) != fresh->first.length ||
        fclose(file) != 0)
        abort();
}

const char *fresh_database(const char *fill)
{
    static struct fresh fresh;
    setenv("DUBAN_NOW", DATABASE_NOW, 1);
    if (!fresh.folder)
        make(&fresh, fill);
    put_back(&fresh);
    return fresh.path;
}

uint8_t input_byte(struct input *input)
{
    if (input->size == 0)
        return 0;
    input->size--;
    return *input->data++;
}

char *input_text(struct input *input, size_t most)
{
    size_t count = most < input->size ? most : input->size;
    char *text = alloc_string_n((const char *)input->data, count);
    input->data += count;
    input->size -= count;
    return text;
}
