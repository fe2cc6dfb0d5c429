/* The filter language: any bytes are read or refused, and a mistake lies within the text. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "model/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take(void *context, const char *word, const char *help)
{
    (void)help;
    *(size_t *)context += strlen(word);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    struct query *query = NULL;
    struct query_error wrong = {0};
    if (query_parse(text, &query, &wrong)) {
        query_free(query);
    } else {
        assert(wrong.text[0]);
        assert(wrong.at <= strlen(text) && wrong.at + wrong.length <= strlen(text) + 1);
        struct error err = {0};
        query_error_show(text, &wrong, &err);
        assert(err.code != ERROR_NONE);
    }
    size_t start = 0, offered = 0;
    enum query_field field;
    query_complete(text, strlen(text), &start, &field, take, &offered);
    assert(start <= strlen(text));
    free(text);
    return 0;
}
