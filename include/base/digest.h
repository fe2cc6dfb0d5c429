/* digest: hashes of bytes, bytes as text, and texts compared without a clock telling where they
 * differ. The one owner of libsodium. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

/* BLAKE2b with 32 bytes, as lower-case hex. Embedded; needs no clearing. */
enum { DIGEST_BYTES = 32, DIGEST_HEX = 2 * DIGEST_BYTES + 1 };
struct digest {
    _Alignas(64) unsigned char state[384];
};
void digest_begin(struct digest *digest);
void digest_add(struct digest *digest, const void *bytes, size_t count);
void digest_end(struct digest *digest, char out[static DIGEST_HEX]);

/* SHA-256 as base64 without padding. */
enum { DIGEST_SHA256 = 44 };
void digest_sha256(const void *bytes, size_t count, char out[static DIGEST_SHA256]);

/* The bytes of `length` characters of base64, padded and in its one canonical form. False: it is
 * not that, or more than `room`. */
bool digest_decode(
    const char *base64, size_t length, unsigned char *bytes, size_t room, size_t *count);

/* Takes as long whatever they hold; lengths are no secret. */
bool digest_same(const char *a, const char *b);

#endif
