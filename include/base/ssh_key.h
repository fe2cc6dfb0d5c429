/* ssh_key: a public key as one line, "TYPE BLOB COMMENT", as ssh-keygen writes into a .pub file.
 *
 * Types are those of the table: Ed25519, ECDSA, RSA from 2048 bits on, and both kinds in a security
 * token. The blob must be whole and of the type that stands before it (RFC 4253, 5656, 8709 and
 * OpenSSH's PROTOCOL.u2f), so that a line kept here is one that sshd takes. Options before the
 * type, certificates and private keys are refused. */
#ifndef BASE_SSH_KEY_H
#define BASE_SSH_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/digest.h"
#include "base/error.h"

enum { SSH_KEY_FINGERPRINT = 7 + DIGEST_SHA256, SSH_KEY_COMMENT = 200 };

struct ssh_key {
    const char *type;                      /* borrowed, one of those above */
    char *blob;                            /* base64 */
    char *comment;                         /* one line, scrubbed, at most SSH_KEY_COMMENT bytes */
    char fingerprint[SSH_KEY_FINGERPRINT]; /* "SHA256:...", as ssh-keygen -l tells */
};

/* One line, blanks around it let be. ERROR_INPUT with a sentence that says what it is instead. */
bool ssh_key_parse(const char *line, struct ssh_key *out, struct error *err);
void ssh_key_clear(struct ssh_key *key);
/* Whether the word is one of the types above. */
bool ssh_key_is_type(const char *word);
/* Whether there is nothing in the line: blanks, or a comment after "#". */
bool ssh_key_is_blank(const char *line);

#endif
