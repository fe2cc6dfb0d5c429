/* Public keys: those ssh-keygen makes are read with its fingerprints; what is none, half or secret
 * is refused with a sentence that says what it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ssh_key.h"
#include "base/text.h"
#include "harness/keys.h"

static const struct {
    const char *line, *type, *print;
} good[] = {
    {KEY_ED25519, "ssh-ed25519", KEY_ED25519_PRINT},
    {KEY_ECDSA_256, "ecdsa-sha2-nistp256", KEY_ECDSA_256_PRINT},
    {KEY_ECDSA_384, "ecdsa-sha2-nistp384", KEY_ECDSA_384_PRINT},
    {KEY_ECDSA_521, "ecdsa-sha2-nistp521", KEY_ECDSA_521_PRINT},
    {KEY_RSA, "ssh-rsa", KEY_RSA_PRINT},
    {KEY_TOKEN_ED25519, "sk-ssh-ed25519@openssh.com", KEY_TOKEN_ED25519_PRINT},
    {KEY_TOKEN_ECDSA, "sk-ecdsa-sha2-nistp256@openssh.com", KEY_TOKEN_ECDSA_PRINT},
};
enum { GOOD = sizeof good / sizeof *good };

static void expect(const char *line, const char *type, const char *print, const char *comment)
{
    struct ssh_key key;
    struct error err = {0};
    if (!ssh_key_parse(line, &key, &err))
        fail_msg("%s: %s", line, err.text);
    assert_string_equal(key.type, type);
    assert_string_equal(key.fingerprint, print);
    assert_string_equal(key.comment, comment);
    assert_non_null(strstr(line, key.blob));
    ssh_key_clear(&key);
}

static void refused(const char *line, const char *said)
{
    struct ssh_key key;
    struct error err = {0};
    if (ssh_key_parse(line, &key, &err))
        fail_msg("taken: %s", line);
    assert_int_equal(err.code, ERROR_INPUT);
    assert_true(text_is_clean(err.text, TEXT_ONE_LINE));
    if (strstr(err.text, said) == NULL)
        fail_msg("%s: %s", line, err.text);
    assert_null(key.blob);
    assert_null(key.comment);
}

static void reads_what_ssh_keygen_makes(void **state)
{
    (void)state;
    for (size_t i = 0; i < GOOD; i++) {
        char line[2000];
        expect(good[i].line, good[i].type, good[i].print, "");
        snprintf(line, sizeof line, " \t%s  王强 desk\r\n", good[i].line);
        expect(line, good[i].type, good[i].print, "王强 desk");
    }
}

static void scrubs_comments(void **state)
{
    (void)state;
    expect(KEY_ED25519 " a\x1b]0;b\x07 c", "ssh-ed25519", KEY_ED25519_PRINT,
        "a\xef\xbf\xbd]0;b\xef\xbf\xbd c");
    struct ssh_key key;
    struct error err = {0};
    char line[1000] = KEY_ED25519 " ";
    for (int i = 0; i < 200; i++)
        strcat(line, "督");
    assert_true(ssh_key_parse(line, &key, &err));
    assert_int_equal(strlen(key.comment), SSH_KEY_COMMENT / 3 * 3); /* whole characters */
    ssh_key_clear(&key);
}

static void refuses_half_a_key(void **state)
{
    (void)state;
    for (size_t i = 0; i < GOOD; i++) {
        size_t length = strlen(good[i].line), type = strlen(good[i].type);
        for (size_t cut = type; cut < length; cut++) {
            char *half = alloc_string_n(good[i].line, cut);
            struct ssh_key key;
            struct error err = {0};
            assert_false(ssh_key_parse(half, &key, &err));
            assert_int_equal(err.code, ERROR_INPUT);
            free(half);
        }
    }
}

static void refuses_what_is_changed_in_the_middle(void **state)
{
    (void)state;
    refused("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAK+qtwSlnVSUTxEfmMd5U/CFwg6BVwoRSSWco98hqyh",
        "another kind");
    refused("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAK+qtwSlnVSUTxEfmMd5U/CFwg6BVwoRSSWco98hqyhAAAA",
        "damaged"); /* more than the key */
    refused("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAK-qtwSlnVSUTxEfmMd5U_CFwg6BVwoRSSWco98hqyh",
        "damaged"); /* base64 for addresses of pages */
    refused("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAK+qtwS nVSUTxEfmMd5U/CFwg6BVwoRSSWco98hqyh",
        "damaged"); /* a blank */
    refused("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAK\xe7twSlnVSUTxEfmMd5U/CFwg6BVwoRSSWco98hqyh",
        "damaged"); /* a byte beyond ASCII */
    refused("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAK\x83\xa5wSlnVSUTxEfmMd5U/CFwg6BVwoRSSWco98hqyh",
        "damaged");
    refused("ssh-ed25519", "damaged");
    refused("ssh-ed25519 AAAA", "damaged");
    refused("ssh-ed25519 /////w==", "damaged");
    char line[400];
    snprintf(line, sizeof line, "%s", KEY_ECDSA_256);
    char *curve = strstr(line, "AAAAIbmlzdHAyNTY");
    memcpy(curve, "AAAAIbmlzdHAzODQ", 16); /* nistp384 inside */
    refused(line, "damaged");
}

static void refuses_weak_and_foreign_kinds(void **state)
{
    (void)state;
    refused(KEY_RSA_WEAK, "an RSA key of 1024 bits is too weak");
    refused("ssh-dss AAAAB3NzaC1kc3MAAACBAP", "DSA key is too weak");
    refused("ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAx", "certificate");
    refused("---- BEGIN SSH2 PUBLIC KEY ----", "ssh-keygen -i");
    refused("-----BEGIN RSA PUBLIC KEY-----", "ssh-keygen -i");
    refused("hello world", "this is no public key (\"hello\")");
    refused("", "this is no public key");
    refused("\x1b[2J", "this is no public key");
}

static void refuses_options(void **state)
{
    (void)state;
    refused("no-pty " KEY_ED25519, "options stand before the key (\"no-pty\")");
    refused("command=\"rm -rf /\" " KEY_RSA, "options stand before the key");
    refused("from=\"ssh-ed25519\" " KEY_ED25519, "options stand before the key");
}

static void knows_a_private_key(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----",
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----",
        "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAA",
        "PuTTY-User-Key-File-3: ssh-ed25519",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct ssh_key key;
        struct error err = {0};
        assert_false(ssh_key_parse(lines[i], &key, &err));
        assert_non_null(strstr(err.text, "this is a private key"));
        assert_null(strstr(err.text, "b3Blbn")); /* it is not told again */
    }
}

static void tells_blank_lines(void **state)
{
    (void)state;
    assert_true(ssh_key_is_blank("") && ssh_key_is_blank(" \t\r") && ssh_key_is_blank("  # wang"));
    assert_false(ssh_key_is_blank(KEY_ED25519));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_ssh_keygen_makes),
        cmocka_unit_test(scrubs_comments),
        cmocka_unit_test(refuses_half_a_key),
        cmocka_unit_test(refuses_what_is_changed_in_the_middle),
        cmocka_unit_test(refuses_weak_and_foreign_kinds),
        cmocka_unit_test(refuses_options),
        cmocka_unit_test(knows_a_private_key),
        cmocka_unit_test(tells_blank_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
