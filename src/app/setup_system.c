/* What setting up a server asks of the system: programs, owners, files. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "exchange/file_put.h"
#include "setup.h"

char *setup_path(const struct setup *setup, const char *path)
{
    return alloc_format("%s%s", setup->root, path);
}

bool setup_is_plain(const char *path)
{
    for (const char *at = path; *at; at++)
        if (!isalnum((unsigned char)*at) && strchr("/._+-", *at) == NULL)
            return false;
    return path[0] == '/' && path[1] != '\0' && strstr(path, "//") == NULL &&
           strstr(path, "/.") == NULL && path[strlen(path) - 1] != '/';
}

/* --- who could change it -----------------------------------------------------------------------
 */

static bool judge(const char *path, struct error *err)
{
    struct stat found;
    if (stat(path, &found) != 0)
        return error_set(err, ERROR_MISSING, "%s: %s", path, strerror(errno));
    if (found.st_uid != 0)
        return error_set(err, ERROR_PERMISSION, _("%s does not belong to root"), path);
    if (found.st_mode & (S_IWGRP | S_IWOTH))
        return error_set(err, ERROR_PERMISSION, _("%s can be written by others than root"), path);
    if (!(found.st_mode & S_IXOTH))
        return error_set(err, ERROR_PERMISSION, _("%s is closed to all but root"), path);
    return true;
}

bool setup_is_safe(const struct setup *setup, const char *path, bool file, struct error *err)
{
    char *whole = setup_path(setup, path);
    char *below = whole + strlen(setup->root);
    bool good = !file || judge(whole, err);
    for (char *slash; good && (slash = strrchr(below, '/')) != NULL && slash > below;) {
        *slash = '\0';
        good = judge(whole, err);
    }
    free(whole);
    return good;
}

/* One that has died and whose end nobody has asked for yet has no program any more, and works no
 * more: userdel passes over it as well. */
static bool is_at_work(int processes, const char *process, uid_t uid)
{
    struct stat owner;
    char program[32], target[1];
    if (!isdigit((unsigned char)*process) || fstatat(processes, process, &owner, 0) != 0 ||
        owner.st_uid != uid)
        return false;
    snprintf(program, sizeof program, "%.20s/exe", process);
    return readlinkat(processes, program, target, sizeof target) > 0;
}

int setup_processes(uid_t uid)
{
    int count = 0;
    DIR *folder = opendir("/proc");
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
        count += is_at_work(dirfd(folder), entry->d_name, uid);
    if (folder)
        closedir(folder);
    return count;
}

/* --- programs -------------------------------------------------------------------------------- */

/* Not by PATH: that of `su` lacks the folders of the administrator. Caller frees; NULL: none. */
static char *find_program(const char *name)
{
    static const char *const folders[] = {"/usr/sbin", "/usr/bin", "/sbin", "/bin"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *path = alloc_format("%s/%s", folders[i], name);
        if (access(path, X_OK) == 0)
            return path;
        free(path);
    }
    return NULL;
}

bool setup_has_program(const char *name)
{
    char *path = find_program(name);
    free(path);
    return path != NULL;
}

static int start(const char *program, const char *const *command, int output, pid_t *child)
{
    static char *const environment[] = {
        (char *)"PATH=/usr/sbin:/usr/bin:/sbin:/bin", (char *)"LC_ALL=C", NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGXFSZ);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, output, STDERR_FILENO);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    int wrong =
        posix_spawn(child, program, &files, &attributes, (char *const *)command, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return wrong;
}

/* What was said, into the sentence: its first line. */
static bool refuse(const char *name, const char *said, struct error *err)
{
    int length = (int)strcspn(said, "\r\n");
    if (length == 0)
        return error_set(err, ERROR_REFUSED, _("%s failed and does not say why"), name);
    return error_set(err, ERROR_REFUSED, "%s: %.*s", name, length, said);
}

static bool run_program(
    const char *program, const char *const *command, struct strbuf *said, struct error *err)
{
    int pipes[2], status = 0;
    pid_t child;
    char block[4096];
    if (pipe2(pipes, O_CLOEXEC) != 0)
        return error_set(err, ERROR_IO, "%s: %s", command[0], strerror(errno));
    int wrong = start(program, command, pipes[1], &child);
    close(pipes[1]);
    for (ssize_t count; wrong == 0 && (count = read(pipes[0], block, sizeof block)) > 0;)
        strbuf_add_n(said, block, (size_t)count);
    close(pipes[0]);
    if (wrong != 0)
        return error_set(err, ERROR_IO, "%s: %s", command[0], strerror(wrong));
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return status == 0 || refuse(command[0], strbuf_text(said), err);
}

bool setup_run(const char *const *command, struct strbuf *said, struct error *err)
{
    struct strbuf own = {0};
    char *program = find_program(command[0]);
    bool good = program
                    ? run_program(program, command, said ? said : &own, err)
                    : error_set(err, ERROR_MISSING, _("this system has no program %s"), command[0]);
    free(program);
    strbuf_clear(&own);
    return good;
}

/* --- files ----------------------------------------------------------------------------------- */

static bool refuse_file(const char *path, struct error *err)
{
    return error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
}

bool setup_write(const char *path, const char *text, bool replace, struct error *err)
{
    if (!file_put(path, text, strlen(text), replace, err))
        return false;
    return (chown(path, 0, 0) == 0 && chmod(path, 0644) == 0) || refuse_file(path, err);
}

bool setup_read(const char *path, struct strbuf *text, struct error *err)
{
    char block[4096];
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return refuse_file(path, err);
    for (size_t count; (count = fread(block, 1, sizeof block, file)) > 0;)
        strbuf_add_n(text, block, count);
    bool good = !ferror(file) || refuse_file(path, err);
    fclose(file);
    return good;
}

bool setup_make_folder(const char *path, bool *made, struct error *err)
{
    char *folder = alloc_string(path);
    bool good = true;
    for (char *end = folder; good && *end;) {
        end += strcspn(end + 1, "/") + 1;
        char kept = *end;
        *end = '\0';
        *made = mkdir(folder, 0755) == 0;
        good = *made || errno == EEXIST || refuse_file(folder, err);
        *end = kept;
    }
    free(folder);
    struct stat found;
    if (good && (stat(path, &found) != 0 || !S_ISDIR(found.st_mode)))
        good = error_set(err, ERROR_INPUT, _("%s is not a folder"), path);
    return good;
}

struct owner {
    uid_t uid;
    gid_t gid;
};

/* nftw hands nothing on to the function it calls: the tree is walked here. */
static bool give(int parent, const char *name, const struct owner *owner, bool all)
{
    struct stat found;
    bool good = fstatat(parent, name, &found, AT_SYMLINK_NOFOLLOW) == 0;
    if (good && all && S_ISDIR(found.st_mode)) {
        int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        DIR *folder = fd < 0 ? NULL : fdopendir(fd);
        good = folder != NULL;
        for (struct dirent *entry; good && (entry = readdir(folder)) != NULL;)
            if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
                good = give(fd, entry->d_name, owner, true);
        if (folder)
            closedir(folder);
    }
    return good && fchownat(parent, name, owner->uid, owner->gid, AT_SYMLINK_NOFOLLOW) == 0;
}

bool setup_give(const char *path, uid_t uid, gid_t gid, bool all, struct error *err)
{
    const struct owner owner = {uid, gid};
    return give(AT_FDCWD, path, &owner, all) || refuse_file(path, err);
}
