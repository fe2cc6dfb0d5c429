/* What a terminal sends: any bytes become keys, a few at a time and all at once, and never more keys than
 * bytes. */
#include <assert.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>

#include "../../src/ui/decoder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct decoder *decoder = decoder_new();
    decoder_define(decoder, "\033OA", KEY_CODE_UP, 0);
    decoder_expect_position(decoder, size % 2);
    struct key key;
    size_t keys = 0;
    setlocale(LC_CTYPE, size % 3 == 0 ? "C" : "C.UTF-8");
    for (size_t at = 0; at < size; at += 7) {
        decoder_feed(decoder, (const char *)data + at, size - at < 7 ? size - at : 7);
        bool quiet = at % 5 == 0; /* now and then */
        while (decoder_next(decoder, quiet, &key))
            keys++;
        assert(!quiet || !decoder_is_pending(decoder));
    }
    while (decoder_next(decoder, true, &key))
        keys++;
    assert(keys <= size + 1);
    decoder_free(decoder);
    return 0;
}
