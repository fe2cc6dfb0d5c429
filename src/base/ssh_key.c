#include "base/ssh_key.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/strbuf.h"
#include "base/text.h"

#define BLANKS " \t\r\n"
enum { BLOB_MOST = 6000, RSA_BITS_LEAST = 2048, RSA_BITS_MOST = 16384, EC_POINT = 0x04 };

struct blob { /* what is left of it */
    const unsigned char *at;
    size_t left;
};
struct piece {
    const unsigned char *bytes;
    size_t count;
};

/* --- what is in a blob ----------------------------------------------------------------------- */

static bool take(struct blob *blob, struct piece *out)
{
    if (blob->left < 4)
        return false;
    size_t count = (size_t)blob->at[0] << 24 | (size_t)blob->at[1] << 16 |
                   (size_t)blob->at[2] << 8 | blob->at[3];
    if (count > blob->left - 4)
        return false;
    *out = (struct piece){blob->at + 4, count};
    blob->at += 4 + count;
    blob->left -= 4 + count;
    return true;
}

static bool is_text(const struct piece *piece, const char *text)
{
    return piece->count == strlen(text) && memcmp(piece->bytes, text, piece->count) == 0;
}

/* A number above nought in the one way it may be written; its bits. */
static bool take_number(struct blob *blob, size_t *bits)
{
    struct piece piece;
    if (!take(blob, &piece) || piece.count == 0 || piece.bytes[0] & 0x80)
        return false;
    if (piece.bytes[0] == 0 && (piece.count == 1 || !(piece.bytes[1] & 0x80)))
        return false;
    size_t skip = piece.bytes[0] == 0;
    unsigned first = piece.bytes[skip];
    *bits = (piece.count - skip) * 8;
    for (unsigned bit = 0x80; !(first & bit); bit >>= 1)
        --*bits;
    return true;
}

struct form; /* a kind of key */
static bool read_ed25519(const struct form *form, struct blob *blob, struct error *err);
static bool read_ecdsa(const struct form *form, struct blob *blob, struct error *err);
static bool read_rsa(const struct form *form, struct blob *blob, struct error *err);

static const struct form {
    const char *type;
    bool (*read)(const struct form *form, struct blob *blob, struct error *err);
    const char *curve;
    size_t point; /* bytes of a point on it, not compressed */
    bool token;   /* followed by the application of a security token */
} forms[] = {
    {"ssh-ed25519", read_ed25519, NULL, 32, false},
    {"ecdsa-sha2-nistp256", read_ecdsa, "nistp256", 65, false},
    {"ecdsa-sha2-nistp384", read_ecdsa, "nistp384", 97, false},
    {"ecdsa-sha2-nistp521", read_ecdsa, "nistp521", 133, false},
    {"ssh-rsa", read_rsa, NULL, 0, false},
    {"sk-ssh-ed25519@openssh.com", read_ed25519, NULL, 32, true},
    {"sk-ecdsa-sha2-nistp256@openssh.com", read_ecdsa, "nistp256", 65, true},
};
enum { FORMS = sizeof forms / sizeof *forms };

static bool refuse_blob(const char *type, struct error *err)
{
    return error_set(err, ERROR_INPUT,
        _("the key is damaged: what follows %s is not the whole of such a key; copy the line "
          "again"),
        type);
}

static bool read_ed25519(const struct form *form, struct blob *blob, struct error *err)
{
    struct piece point;
    return (take(blob, &point) && point.count == form->point) || refuse_blob(form->type, err);
}

static bool read_ecdsa(const struct form *form, struct blob *blob, struct error *err)
{
    struct piece curve, point;
    return (take(blob, &curve) && is_text(&curve, form->curve) && take(blob, &point) &&
               point.count == form->point && point.bytes[0] == EC_POINT) ||
           refuse_blob(form->type, err);
}

static bool read_rsa(const struct form *form, struct blob *blob, struct error *err)
{
    size_t exponent, bits;
    if (!take_number(blob, &exponent) || !take_number(blob, &bits) || bits > RSA_BITS_MOST)
        return refuse_blob(form->type, err);
    return bits >= RSA_BITS_LEAST ||
           error_set(err, ERROR_INPUT,
               _("an RSA key of %zu bits is too weak; from %d bits on, or better: ssh-keygen -t "
                 "ed25519"),
               bits, RSA_BITS_LEAST);
}

static bool read_blob(const struct form *form, struct blob blob, struct error *err)
{
    struct piece type, application;
    if (!take(&blob, &type))
        return refuse_blob(form->type, err);
    if (!is_text(&type, form->type))
        return error_set(err, ERROR_INPUT,
            _("the key says it is %s, but what follows is another kind; copy the line again"),
            form->type);
    if (!form->read(form, &blob, err))
        return false;
    if (form->token && (!take(&blob, &application) || application.count == 0))
        return refuse_blob(form->type, err);
    return blob.left == 0 || refuse_blob(form->type, err);
}

/* --- the line -------------------------------------------------------------------------------- */

static const struct form *find_form(const char *word, size_t length)
{
    for (size_t i = 0; i < FORMS; i++)
        if (strlen(forms[i].type) == length && memcmp(forms[i].type, word, length) == 0)
            return &forms[i];
    return NULL;
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* In every file and paste of one; the last is what the second line of OpenSSH's begins with. */
static bool is_private(const char *line)
{
    return strstr(line, "PRIVATE KEY") != NULL || begins(line, "PuTTY-User-Key-File") ||
           begins(line, "b3BlbnNzaC1rZXktdjE");
}

/* "from=... ssh-ed25519 AAAA": what stands before may hold blanks in quotes. */
static bool has_options(const char *line)
{
    for (size_t i = 0; i < FORMS; i++)
        for (const char *at = line; (at = strstr(at, forms[i].type)) != NULL; at++)
            if (at > line && strchr(BLANKS, at[-1]) != NULL &&
                strchr(BLANKS, at[strlen(forms[i].type)]) != NULL)
                return true;
    return false;
}

/* Why a line whose first word is no type is none. */
static bool refuse_line(const char *line, size_t length, struct error *err)
{
    struct strbuf word = {0};
    text_scrub(&word, line, length < 40 ? length : 40, TEXT_ONE_LINE);
    if (is_private(line))
        error_set(err, ERROR_INPUT,
            _("this is a private key: it stays with its owner and is told to nobody. What is "
              "recorded is the public one, from the file that ends in .pub; this one should be "
              "made anew"));
    else if (begins(line, "---- BEGIN SSH2") || begins(line, "-----BEGIN"))
        error_set(err, ERROR_INPUT,
            _("this is a public key in another form; \"ssh-keygen -i -f FILE\" writes it as one "
              "line"));
    else if (strstr(line, "-cert-v01@openssh.com") != NULL)
        error_set(err, ERROR_INPUT,
            _("this is a certificate; record the public key itself, from the file that ends in "
              ".pub"));
    else if (begins(line, "ssh-dss"))
        error_set(err, ERROR_INPUT,
            _("a DSA key is too weak and sshd takes none; make another: ssh-keygen -t ed25519"));
    else if (has_options(line))
        error_set(err, ERROR_INPUT,
            _("options stand before the key (\"%s\"); leave them out: duban writes its own"),
            strbuf_text(&word));
    else
        error_set(err, ERROR_INPUT,
            _("this is no public key (\"%s\"); it is one line that begins with ssh-ed25519 or "
              "another type, then AAAA..."),
            strbuf_text(&word));
    strbuf_clear(&word);
    return false;
}

static char *read_comment(const char *rest)
{
    struct strbuf clean = {0};
    rest += strspn(rest, BLANKS);
    size_t length = strlen(rest);
    while (length > 0 && strchr(BLANKS, rest[length - 1]) != NULL)
        length--;
    text_scrub(&clean, rest, length, TEXT_ONE_LINE);
    while (clean.length > SSH_KEY_COMMENT)
        strbuf_cut(&clean, text_previous(clean.text, clean.length));
    while (clean.length > 0 && clean.text[clean.length - 1] == ' ')
        strbuf_cut(&clean, clean.length - 1);
    strbuf_add(&clean, ""); /* never NULL */
    return strbuf_take(&clean);
}

bool ssh_key_is_type(const char *word)
{
    return find_form(word, strlen(word)) != NULL;
}

bool ssh_key_is_blank(const char *line)
{
    line += strspn(line, BLANKS);
    return *line == '\0' || *line == '#';
}

bool ssh_key_parse(const char *line, struct ssh_key *out, struct error *err)
{
    unsigned char bytes[BLOB_MOST];
    size_t count;
    *out = (struct ssh_key){0};
    line += strspn(line, BLANKS);
    size_t length = strcspn(line, BLANKS);
    const struct form *form = find_form(line, length);
    if (form == NULL)
        return refuse_line(line, length, err);
    const char *base64 = line + length + strspn(line + length, BLANKS);
    size_t digits = strcspn(base64, BLANKS);
    if (digits == 0 || !digest_decode(base64, digits, bytes, sizeof bytes, &count))
        return refuse_blob(form->type, err);
    if (!read_blob(form, (struct blob){bytes, count}, err))
        return false;
    out->type = form->type;
    out->blob = alloc_string_n(base64, digits);
    out->comment = read_comment(base64 + digits);
    memcpy(out->fingerprint, "SHA256:", 7);
    digest_sha256(bytes, count, out->fingerprint + 7);
    return true;
}

void ssh_key_clear(struct ssh_key *key)
{
    free(key->blob);
    free(key->comment);
    *key = (struct ssh_key){0};
}
