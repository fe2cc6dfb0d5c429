#include "base/digest.h"

#include <sodium.h>
#include <string.h>

_Static_assert(sizeof(struct digest) == sizeof(crypto_generichash_state) &&
                   _Alignof(struct digest) == _Alignof(crypto_generichash_state),
    "struct digest is libsodium's state");

static crypto_generichash_state *state_of(struct digest *digest)
{
    return (crypto_generichash_state *)(void *)digest->state;
}

void digest_begin(struct digest *digest)
{
    crypto_generichash_init(state_of(digest), NULL, 0, DIGEST_BYTES);
}

void digest_add(struct digest *digest, const void *bytes, size_t count)
{
    crypto_generichash_update(state_of(digest), bytes, count);
}

void digest_end(struct digest *digest, char out[static DIGEST_HEX])
{
    unsigned char hash[DIGEST_BYTES];
    crypto_generichash_final(state_of(digest), hash, sizeof hash);
    sodium_bin2hex(out, DIGEST_HEX, hash, sizeof hash);
}

void digest_sha256(const void *bytes, size_t count, char out[static DIGEST_SHA256])
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, bytes, count);
    sodium_bin2base64(
        out, DIGEST_SHA256, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

bool digest_decode(
    const char *base64, size_t length, unsigned char *bytes, size_t room, size_t *count)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    const char *end;
    return strspn(base64, digits) >= length && /* libsodium lets bytes above ASCII pass */
           sodium_base642bin(bytes, room, base64, length, NULL, count, &end,
               sodium_base64_VARIANT_ORIGINAL) == 0 &&
           end == base64 + length;
}

bool digest_same(const char *a, const char *b)
{
    size_t length = strlen(a);
    return length == strlen(b) && sodium_memcmp(a, b, length) == 0;
}
