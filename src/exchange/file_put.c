#include "exchange/file_put.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"

static bool fail(const char *path, struct error *err)
{
    return error_set(err, ERROR_IO, _("%s cannot be written: %s"), path, strerror(errno));
}

static bool refuse(const char *path, struct error *err)
{
    return error_set(err, ERROR_INPUT, _("%s exists already; it was left as it is"), path);
}

static bool write_all(int fd, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t done = write(fd, bytes, count);
        if (done < 0 && errno != EINTR)
            return false;
        bytes += done > 0 ? done : 0;
        count -= done > 0 ? (size_t)done : 0;
    }
    return fsync(fd) == 0;
}

static bool write_aside(const char *aside, mode_t mode, const char *bytes, size_t count)
{
    int fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0)
        return false;
    bool ok = write_all(fd, bytes, count);
    int error = errno;
    ok = close(fd) == 0 && ok;
    errno = ok ? errno : error;
    return ok;
}

/* A link is refused where the name is taken, even this very moment. */
static bool place(const char *aside, const char *path, bool replace)
{
    return replace ? rename(aside, path) == 0 : link(aside, path) == 0;
}

bool file_put(const char *path, const char *bytes, size_t count, bool replace, struct error *err)
{
    struct stat old;
    bool there = stat(path, &old) == 0;
    if (there && !S_ISREG(old.st_mode))
        return error_set(err, ERROR_INPUT, _("%s is no file"), path);
    if (there && !replace)
        return refuse(path, err);
    char *aside = alloc_format("%s.new-%ld", path, (long)getpid());
    unlink(aside);
    bool ok = write_aside(aside, there ? old.st_mode & 0777 : 0666, bytes, count) &&
              place(aside, path, replace);
    if (!ok && errno == EEXIST)
        refuse(path, err);
    else if (!ok)
        fail(path, err);
    unlink(aside);
    free(aside);
    return ok;
}
