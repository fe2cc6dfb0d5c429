/* Which file systems a database can live in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/store/file_check.h"
#include "harness/folder.h"

static void network_file_systems_are_known(void **state)
{
    static const struct {
        unsigned long magic;
        const char *type, *name;
    } rows[] = {
        {0x6969, NULL, "NFS"},
        {0x517b, NULL, "SMB"},
        {0xff534d42, NULL, "CIFS"},
        {0xfffffffffe534d42, NULL, "SMB2"}, /* as a signed field of 32 bits comes out */
        {0x01021997, NULL, "9p"},
        {0x5346414f, NULL, "AFS"},
        {0x00c36400, NULL, "Ceph"},
        {0x65735546, "fuse.sshfs", "fuse.sshfs"},
        {0x65735546, "fuse.glusterfs", "fuse.glusterfs"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *name = file_check_network(rows[i].magic, rows[i].type);
        assert_non_null(name);
        assert_string_equal(name, rows[i].name);
    }
}

static void local_file_systems_pass(void **state)
{
    static const struct {
        unsigned long magic;
        const char *type;
    } rows[] = {
        {0xef53, NULL},          /* ext4 */
        {0x58465342, NULL},      /* xfs */
        {0x9123683e, NULL},      /* btrfs */
        {0x01021994, NULL},      /* tmpfs */
        {0x794c7630, NULL},      /* overlay */
        {0x2fc12fc1, NULL},      /* zfs */
        {0x65735546, "fuseblk"}, /* ntfs-3g */
        {0x65735546, "fuse.gocryptfs"},
        {0x65735546, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_null(file_check_network(rows[i].magic, rows[i].type));
}

static void files_are_told_apart(void **state)
{
    char path[256];
    struct stat file;
    struct error err = {0};
    assert_false(file_check(folder_file(*state, "none.db", path), &file, &err));
    assert_int_equal(err.code, ERROR_MISSING);
    assert_false(file_check(*state, &file, &err));
    assert_int_equal(err.code, ERROR_CORRUPT);
    assert_false(file_check_folder(folder_file(*state, "none/a.db", path), &err));
    assert_int_equal(err.code, ERROR_MISSING);
    assert_true(file_check_folder(folder_file(*state, "a.db", path), &err));
    FILE *made = fopen(path, "w");
    assert_non_null(made);
    fclose(made);
    assert_true(file_check(path, &file, &err));
    assert_true(S_ISREG(file.st_mode));
    char below[270];
    snprintf(below, sizeof below, "%s/b.db", path);
    assert_false(file_check_folder(below, &err));
    assert_int_equal(err.code, ERROR_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(network_file_systems_are_known),
        cmocka_unit_test(local_file_systems_pass),
        cmocka_unit_test_setup_teardown(files_are_told_apart, folder_set_up, folder_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
