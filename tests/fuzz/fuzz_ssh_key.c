/* Public keys: any line is read or refused with a sentence; what was read reads again as the same.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ssh_key.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void again(const struct ssh_key *key)
{
    struct ssh_key second;
    char *line = alloc_format("%s %s %s", key->type, key->blob, key->comment);
    assert(text_is_clean(line, TEXT_ONE_LINE) && !ssh_key_is_blank(line));
    assert(ssh_key_parse(line, &second, NULL));
    assert(strcmp(second.type, key->type) == 0 && strcmp(second.blob, key->blob) == 0);
    assert(strcmp(second.comment, key->comment) == 0);
    assert(strcmp(second.fingerprint, key->fingerprint) == 0);
    ssh_key_clear(&second);
    free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ssh_key key;
    struct error err = {0};
    char *line = alloc_string_n((const char *)data, size);
    if (ssh_key_parse(line, &key, &err)) {
        again(&key);
        ssh_key_clear(&key);
    } else {
        assert(err.text[0] != '\0' && text_is_clean(err.text, TEXT_ONE_LINE));
    }
    free(line);
    return 0;
}
