#include "exchange/file_take.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/language.h"

static bool fail_reading(struct error *err)
{
    return error_set(err, ERROR_IO, _("it cannot be read: %s"), strerror(errno));
}

bool file_take_open(int from, size_t most, struct strbuf *out, struct error *err)
{
    char piece[65536];
    ssize_t got = 1;
    /* one piece too many shows that there is too much */
    while (got != 0 && out->length <= most) {
        got = read(from, piece, sizeof piece);
        if (got > 0)
            strbuf_add_n(out, piece, (size_t)got);
        else if (got < 0 && errno != EINTR)
            return fail_reading(err);
    }
    return true;
}

bool file_take(
    const char *path, size_t most, struct strbuf *out, struct stat *stood, struct error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | (stood != NULL ? O_NONBLOCK : 0));
    if (file < 0)
        return error_set(err, errno == ENOENT ? ERROR_MISSING : ERROR_IO,
            _("it cannot be opened: %s"), strerror(errno));
    bool good = stood == NULL || fstat(file, stood) == 0 || fail_reading(err);
    if (good && stood != NULL && !S_ISREG(stood->st_mode))
        good = error_set(err, ERROR_INPUT, _("it is no file"));
    good = good && file_take_open(file, most, out, err);
    close(file);
    return good;
}
