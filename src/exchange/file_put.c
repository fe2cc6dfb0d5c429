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

static const char *way_out(int why)
{
    switch (why) {
    case ENOSPC:
    case EDQUOT:
        return _("; make room there, or name another folder");
    case EACCES:
    case EPERM:
    case EROFS:
        return _("; name a folder in which you may write");
    case ENOENT:
    case ENOTDIR:
        return _("; name a folder that there is");
    default:
        return "";
    }
}

static bool fail(const char *path, struct error *err)
{
    int why = errno;
    return error_set(
        err, ERROR_IO, _("%s cannot be written: %s%s"), path, strerror(why), way_out(why));
}

static bool refuse(const char *path, struct error *err)
{
    return error_set(err, ERROR_REFUSED, _("%s exists already; it was left as it is"), path);
}

struct file_new {
    char *path, *aside;
    int fd, failed; /* failed: errno of the first failure */
    bool replace;
};

bool file_begin(const char *path, bool replace, struct file_new **out, struct error *err)
{
    struct stat old;
    bool there = stat(path, &old) == 0;
    if (there && !S_ISREG(old.st_mode))
        return error_set(err, ERROR_INPUT, _("%s is no file"), path);
    if (there && !replace)
        return refuse(path, err);
    char *aside = alloc_format("%s.new-%ld", path, (long)getpid());
    unlink(aside);
    int fd =
        open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, there ? old.st_mode & 0777 : 0666);
    if (fd < 0) {
        free(aside);
        return fail(path, err);
    }
    *out = alloc_zero(1, sizeof **out);
    **out = (struct file_new){alloc_string(path), aside, fd, 0, replace};
    return true;
}

bool file_add(struct file_new *file, const char *bytes, size_t count)
{
    while (count > 0 && file->failed == 0) {
        ssize_t done = write(file->fd, bytes, count);
        if (done < 0 && errno != EINTR)
            file->failed = errno;
        bytes += done > 0 ? done : 0;
        count -= done > 0 ? (size_t)done : 0;
    }
    return file->failed == 0;
}

const char *file_aside(const struct file_new *file)
{
    return file->aside;
}

/* A link is refused where the name is taken, even this very moment. */
static bool place(const struct file_new *file)
{
    return file->replace ? rename(file->aside, file->path) == 0
                         : link(file->aside, file->path) == 0;
}

/* By its name: who wrote to it by its name may have put another one there. */
static bool make_durable(const struct file_new *file)
{
    int fd = open(file->aside, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool good = fsync(fd) == 0;
    int why = errno;
    close(fd);
    errno = why;
    return good;
}

bool file_end(struct file_new *file, bool keep, struct error *err)
{
    bool good = true;
    if (keep && file->failed == 0 && !make_durable(file))
        file->failed = errno;
    if (close(file->fd) != 0 && file->failed == 0)
        file->failed = errno;
    if (keep && file->failed == 0 && !place(file))
        file->failed = errno;
    if (keep && file->failed != 0) {
        errno = file->failed;
        good = errno == EEXIST ? refuse(file->path, err) : fail(file->path, err);
    }
    unlink(file->aside);
    free(file->aside);
    free(file->path);
    free(file);
    return good;
}

bool file_put(const char *path, const char *bytes, size_t count, bool replace, struct error *err)
{
    struct file_new *file;
    if (!file_begin(path, replace, &file, err))
        return false;
    file_add(file, bytes, count);
    return file_end(file, true, err);
}
