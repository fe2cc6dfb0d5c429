#include "package_put.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/strbuf.h"

enum {
    LEVEL = 2, /* a third of the time of 6, which most programs take, and a fifth more bytes */
    MEMORY = 8,
    PIECE = 64 << 10,
    ENDS = 2 /* of a part: in front of its rows and behind them */
};

struct package_rows {
    z_stream packer;
    FILE *file;
    uint32_t crc;
    uint64_t bytes, packed; /* bytes: unpacked */
    unsigned char piece[PIECE];
};

/* --- packing --------------------------------------------------------------------------------- */

/* Raw: what a zip archive holds. Each stream begins at a byte and refers to nothing in front of it,
 * so streams that do not end a part can stand one behind the other. */
static void packer_begin(z_stream *packer)
{
    if (deflateInit2(packer, LEVEL, Z_DEFLATED, -MAX_WBITS, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        abort(); /* no memory */
}

static FILE *temporary_file(const char *folder)
{
    char *path = alloc_format("%s/duban-XXXXXX", folder);
    int fd = mkostemp(path, O_CLOEXEC);
    FILE *file = fd >= 0 ? fdopen(fd, "w+") : NULL;
    int why = errno;
    if (fd >= 0)
        unlink(path);
    if (fd >= 0 && file == NULL)
        close(fd);
    free(path);
    errno = why;
    return file;
}

struct package_rows *package_rows_new(const char *folder)
{
    FILE *file = temporary_file(folder);
    if (file == NULL)
        return NULL;
    struct package_rows *rows = alloc_zero(1, sizeof *rows);
    rows->file = file;
    packer_begin(&rows->packer);
    return rows;
}

static bool pack(struct package_rows *rows, int flush)
{
    do {
        rows->packer.next_out = rows->piece;
        rows->packer.avail_out = sizeof rows->piece;
        deflate(&rows->packer, flush);
        size_t made = sizeof rows->piece - rows->packer.avail_out;
        if (fwrite(rows->piece, 1, made, rows->file) != made)
            return false;
        rows->packed += made;
    } while (rows->packer.avail_out == 0);
    return true;
}

bool package_rows_add(struct package_rows *rows, const char *bytes, size_t count)
{
    rows->crc = (uint32_t)crc32_z(rows->crc, (const unsigned char *)bytes, count);
    rows->bytes += count;
    rows->packer.next_in = (unsigned char *)(uintptr_t)bytes;
    rows->packer.avail_in = (unsigned)count;
    return pack(rows, Z_NO_FLUSH);
}

bool package_rows_end(struct package_rows *rows)
{
    return pack(rows, Z_SYNC_FLUSH) && fflush(rows->file) == 0;
}

void package_rows_free(struct package_rows *rows)
{
    if (rows == NULL)
        return;
    deflateEnd(&rows->packer);
    fclose(rows->file);
    free(rows);
}

/* --- a part ---------------------------------------------------------------------------------- */

/* What the archive reads of a part: one end, the rows, the other end. */
struct put {
    struct package_rows *rows;
    struct strbuf end[ENDS]; /* packed */
    uint64_t bytes;
    uint32_t crc;
    int at;      /* 0: in the first end, 1: in the rows, 2: in the second end */
    size_t done; /* of the end that is read */
    zip_error_t error;
};

static void pack_end(struct strbuf *out, const char *bytes, size_t count, bool last)
{
    unsigned char piece[1024];
    z_stream packer = {0};
    packer_begin(&packer);
    packer.next_in = (unsigned char *)(uintptr_t)bytes;
    packer.avail_in = (unsigned)count;
    do {
        packer.next_out = piece;
        packer.avail_out = sizeof piece;
        deflate(&packer, last ? Z_FINISH : Z_SYNC_FLUSH);
        strbuf_add_n(out, (const char *)piece, sizeof piece - packer.avail_out);
    } while (packer.avail_out == 0);
    deflateEnd(&packer);
}

static bool read_whole(zip_t *zip, zip_uint64_t index, struct strbuf *out)
{
    char piece[4096];
    zip_int64_t got = -1;
    zip_file_t *file = zip_fopen_index(zip, index, 0);
    if (file == NULL)
        return false;
    while ((got = zip_fread(file, piece, sizeof piece)) > 0)
        strbuf_add_n(out, piece, (size_t)got);
    zip_fclose(file);
    return got == 0;
}

static bool prepare(
    zip_t *zip, zip_uint64_t index, const struct package_part *part, struct put *put)
{
    struct strbuf whole = {0};
    const char *mark =
        read_whole(zip, index, &whole) ? strstr(strbuf_text(&whole), part->before) : NULL;
    if (mark != NULL) {
        const char *text = strbuf_text(&whole);
        size_t before = (size_t)(mark - text), behind = whole.length - before;
        put->rows = part->rows;
        put->bytes = whole.length + part->rows->bytes;
        pack_end(&put->end[0], text, before, false);
        pack_end(&put->end[1], mark, behind, true);
        uLong crc = crc32_z(0, (const unsigned char *)text, before);
        crc = crc32_combine(crc, part->rows->crc, (z_off_t)part->rows->bytes);
        uLong last = crc32_z(0, (const unsigned char *)mark, behind);
        put->crc = (uint32_t)crc32_combine(crc, last, (z_off_t)behind);
    }
    strbuf_clear(&whole);
    return mark != NULL;
}

static zip_int64_t read_rows(struct put *put, void *data, zip_uint64_t room)
{
    size_t got = fread(data, 1, room, put->rows->file);
    if (got == 0 && ferror(put->rows->file)) {
        zip_error_set(&put->error, ZIP_ER_READ, errno);
        return -1;
    }
    return (zip_int64_t)got;
}

static zip_int64_t read_on(struct put *put, void *data, zip_uint64_t room)
{
    for (; put->at <= ENDS; put->at++, put->done = 0) {
        if (put->at == 1) {
            zip_int64_t got = read_rows(put, data, room);
            if (got != 0)
                return got;
            continue;
        }
        const struct strbuf *end = &put->end[put->at / 2];
        size_t left = end->length - put->done;
        if (left == 0)
            continue;
        size_t count = left < room ? left : (size_t)room;
        memcpy(data, strbuf_text(end) + put->done, count);
        put->done += count;
        return (zip_int64_t)count;
    }
    return 0;
}

static zip_int64_t tell(const struct put *put, zip_stat_t *stat)
{
    zip_stat_init(stat);
    stat->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_CRC;
    stat->size = put->bytes;
    stat->comp_size = put->end[0].length + put->rows->packed + put->end[1].length;
    stat->comp_method = ZIP_CM_DEFLATE; /* which it is already: the archive takes it as it is */
    stat->crc = put->crc;
    return sizeof *stat;
}

static zip_int64_t source(void *context, void *data, zip_uint64_t count, zip_source_cmd_t command)
{
    struct put *put = context;
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
            ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    case ZIP_SOURCE_OPEN:
        rewind(put->rows->file);
        put->at = 0;
        put->done = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return read_on(put, data, count);
    case ZIP_SOURCE_STAT:
        return tell(put, data);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&put->error, data, count);
    default:
        return 0;
    }
}

/* --- the package ----------------------------------------------------------------------------- */

static bool replace(zip_t *zip, const struct package_part *part, struct put *put)
{
    zip_int64_t index = zip_name_locate(zip, part->name, 0);
    if (index < 0 || !prepare(zip, (zip_uint64_t)index, part, put))
        return false;
    zip_source_t *from = zip_source_function(zip, source, put);
    if (from == NULL || zip_file_replace(zip, (zip_uint64_t)index, from, 0) == 0)
        return from != NULL;
    zip_source_free(from);
    return false;
}

bool package_put(const char *path, const struct package_part *parts, size_t count, int *why)
{
    zip_t *zip = zip_open(path, 0, NULL);
    struct put *puts = alloc_zero(count, sizeof *puts);
    bool good = zip != NULL;
    *why = 0;
    for (size_t i = 0; good && i < count; i++)
        good = replace(zip, &parts[i], &puts[i]);
    if (good && zip_close(zip) != 0) {
        *why = zip_error_code_system(zip_get_error(zip));
        good = false;
    }
    if (!good && zip != NULL)
        zip_discard(zip);
    for (size_t i = 0; i < count; i++) {
        for (int end = 0; end < ENDS; end++)
            strbuf_clear(&puts[i].end[end]);
        zip_error_fini(&puts[i].error);
    }
    free(puts);
    return good;
}
