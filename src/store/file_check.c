#include "file_check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"

#define MAGIC_FUSE 0x65735546ul

/* statfs(2), linux/magic.h and the file systems' own sources. */
static const struct {
    unsigned long magic;
    const char *name;
} network_magics[] = {
    {0x00006969ul, "NFS"},
    {0x0000517bul, "SMB"},
    {0xff534d42ul, "CIFS"},
    {0xfe534d42ul, "SMB2"},
    {0x0000564cul, "NCP"},
    {0x01021997ul, "9p"},
    {0x5346414ful, "AFS"},
    {0x6b414653ul, "AFS"},
    {0x73757245ul, "Coda"},
    {0x00c36400ul, "Ceph"},
    {0x0bd00bd0ul, "Lustre"},
    {0x47504653ul, "GPFS"},
    {0x01161970ul, "GFS2"},
    {0x7461636ful, "OCFS2"},
    {0x20030528ul, "OrangeFS"},
    {0x786f4256ul, "vboxsf"},
    {0xbacbacbcul, "vmhgfs"},
    {0x19830326ul, "BeeGFS"},
};

/* All FUSE file systems share one magic; many are local. */
static const char *const network_types[] = {
    "fuse.sshfs",
    "fuse.glusterfs",
    "fuse.ceph",
    "fuse.ceph-fuse",
    "fuse.s3fs",
    "fuse.rclone",
    "fuse.davfs",
    "fuse.davfs2",
    "fuse.curlftpfs",
    "fuse.smbnetfs",
    "fuse.gcsfuse",
    "fuse.juicefs",
    "fuse.JuiceFS",
    "fuse.mfs",
    "fuse.moosefs",
    "fuse.seaweedfs",
    "fuse.vmhgfs-fuse",
    "fuse.afp",
};

const char *file_check_network(unsigned long magic, const char *type)
{
    for (size_t i = 0; i < sizeof network_magics / sizeof *network_magics; i++)
        if (network_magics[i].magic == (magic & 0xfffffffful))
            return network_magics[i].name;
    for (size_t i = 0; type && i < sizeof network_types / sizeof *network_types; i++)
        if (strcmp(network_types[i], type) == 0)
            return network_types[i];
    return NULL;
}

/* The type of the mount with that device number, as /proc/self/mountinfo has it. */
static bool mount_type(dev_t device, char *out, size_t size)
{
    FILE *mounts = fopen("/proc/self/mountinfo", "re");
    if (!mounts)
        return false;
    char *line = NULL;
    size_t room = 0;
    bool found = false;
    while (!found && getline(&line, &room, mounts) > 0) {
        unsigned major_number, minor_number;
        const char *rest = strstr(line, " - ");
        if (!rest || sscanf(line, "%*d %*d %u:%u", &major_number, &minor_number) != 2)
            continue;
        found = makedev(major_number, minor_number) == device;
        if (found)
            snprintf(out, size, "%.*s", (int)strcspn(rest + 3, " \n"), rest + 3);
    }
    free(line);
    fclose(mounts);
    return found;
}

static bool check_local(const char *place, const char *path, dev_t device, struct error *err)
{
    struct statfs system;
    if (statfs(place, &system) != 0)
        return error_set(
            err, ERROR_IO, _("The system does not tell where %s is: %s"), path, strerror(errno));
    char type[64] = "";
    unsigned long magic = (unsigned long)system.f_type;
    bool typed = (magic & 0xfffffffful) == MAGIC_FUSE && mount_type(device, type, sizeof type);
    const char *name = file_check_network(magic, typed ? type : NULL);
    if (!name)
        return true;
    return error_set(err, ERROR_NETWORK,
        _("%s is on a network file system (%s), where several programs cannot safely share a "
          "database; "
          "put it on a disk of the machine and reach that by SSH"),
        path, name);
}

bool file_check(const char *path, struct stat *out, struct error *err)
{
    if (stat(path, out) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return error_set(err, ERROR_MISSING,
                _("There is no database %s; duban init makes one, --db names another"), path);
        return error_set(err, ERROR_IO, _("%s cannot be reached: %s"), path, strerror(errno));
    }
    if (!S_ISREG(out->st_mode))
        return error_set(
            err, ERROR_CORRUPT, _("%s is not a file, so it is not a duban database"), path);
    if (access(path, R_OK) != 0)
        return error_set(err, ERROR_IO, _("No rights to read %s: ask its owner for them"), path);
    return check_local(path, path, out->st_dev, err);
}

bool file_check_folder(const char *path, struct error *err)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? alloc_string_n(path, (size_t)(slash - path) + 1) : alloc_string(".");
    struct stat there;
    bool ok = false;
    if (stat(folder, &there) != 0)
        error_set(err, ERROR_MISSING, _("%s cannot be made: there is no folder %s"), path, folder);
    else if (!S_ISDIR(there.st_mode))
        error_set(err, ERROR_MISSING, _("%s cannot be made: %s is not a folder"), path, folder);
    else
        ok = check_local(folder, path, there.st_dev, err);
    free(folder);
    return ok;
}
