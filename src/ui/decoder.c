#include "decoder.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "decoder_parts.h"

#define PASTE_END "\033[201~"
#define PASTE_END_LENGTH 6

struct decoder {
    struct sequences known;
    struct strbuf input;
    size_t at;         /* first byte not yet told */
    enum body passing; /* of a sequence that is too long: forgotten to its end */
    bool pasting;
    struct strbuf paste, paste_text;
};

struct decoder *decoder_new(void)
{
    return alloc_zero(1, sizeof(struct decoder));
}

void decoder_free(struct decoder *decoder)
{
    if (!decoder)
        return;
    free(decoder->known.row);
    strbuf_clear(&decoder->input);
    strbuf_clear(&decoder->paste);
    strbuf_clear(&decoder->paste_text);
    free(decoder);
}

void decoder_define(
    struct decoder *decoder, const char *sequence, uint32_t code, unsigned modifiers)
{
    struct sequence row = {.length = strlen(sequence), .code = code, .modifiers = modifiers};
    if (row.length < 1 || row.length >= SEQUENCE_MOST)
        return;
    memcpy(row.bytes, sequence, row.length);
    struct sequences *known = &decoder->known;
    known->row = alloc_grow(known->row, &known->capacity, known->count + 1, sizeof *known->row);
    known->row[known->count++] = row;
}

void decoder_expect_position(struct decoder *decoder, bool expected)
{
    decoder->known.position_expected = expected;
}

void decoder_feed(struct decoder *decoder, const char *bytes, size_t count)
{
    size_t left = decoder->input.length - decoder->at;
    if (decoder->at > 0)
        memmove(decoder->input.text, decoder->input.text + decoder->at, left);
    strbuf_cut(&decoder->input, left);
    decoder->at = 0;
    strbuf_add_n(&decoder->input, bytes, count);
}

/* Nothing more comes: what a person could have typed so far is that, the rest is forgotten. */
static struct reading settle(const char *bytes, size_t count)
{
    struct reading all = {.verdict = NOTHING, .length = count};
    if (bytes[0] != ESC)
        return all;
    struct reading typed = {.verdict = KEY_FOUND, .length = 1, .key = {.code = KEY_CODE_ESCAPE}};
    if (count == 1 || bytes[1] == ESC)
        return typed;
    if (bytes[1] <= 0x20 || (count > 2 && bytes[2] != ESC))
        return all;
    typed.length = 2;
    typed.key = (struct key){.code = (uint32_t)bytes[1], .modifiers = KEY_META};
    return typed;
}

/* --- paste -------------------------------------------------------------------------------- */

/* The paste as UTF-8 with \n for line ends. */
static const char *paste_text(struct decoder *decoder)
{
    const char *bytes = strbuf_text(&decoder->paste);
    size_t left = decoder->paste.length;
    strbuf_cut(&decoder->paste_text, 0);
    while (left > 0) {
        mbstate_t state = {0};
        wchar_t code = 0;
        size_t length = mbrtowc(&code, bytes, left, &state);
        bool broken = length == (size_t)-1 || length == (size_t)-2;
        length = broken || length == 0 ? 1 : length;
        if (bytes[0] == '\r' ||
            (bytes[0] == '\n' && (bytes == decoder->paste.text || bytes[-1] != '\r')))
            strbuf_add_char(&decoder->paste_text, '\n');
        else if (broken || (code != 0 && code != '\n'))
            text_encode(&decoder->paste_text, broken ? 0xfffd : (uint32_t)code);
        bytes += length;
        left -= length;
    }
    strbuf_cut(&decoder->paste, 0);
    return strbuf_text(&decoder->paste_text);
}

/* Takes bytes of a paste; true when it has ended. ^C ends it too: on a bad line its end may be
 * lost. */
static bool gather_paste(struct decoder *decoder)
{
    const char *bytes = decoder->input.text + decoder->at;
    size_t count = decoder->input.length - decoder->at;
    size_t take = 0;
    for (; take < count; take++) {
        size_t left = count - take;
        size_t same = left < PASTE_END_LENGTH ? left : PASTE_END_LENGTH;
        if (bytes[take] == '\003' || memcmp(bytes + take, PASTE_END, same) == 0)
            break;
    }
    size_t room = PASTE_MOST - decoder->paste.length;
    strbuf_add_n(&decoder->paste, bytes, take < room ? take : room);
    decoder->at += take;
    bool cancelled = take < count && bytes[take] == '\003';
    if (!cancelled && count - take < PASTE_END_LENGTH)
        return false;
    decoder->at += cancelled ? 1 : PASTE_END_LENGTH;
    decoder->pasting = false;
    return true;
}

/* --- what has come ------------------------------------------------------------------------- */

static bool begins_paste(const struct decoder *decoder, size_t length)
{
    return length == PASTE_END_LENGTH &&
           memcmp(decoder->input.text + decoder->at, "\033[200~", length) == 0;
}

/* What introduces a sequence in one character becomes what everybody sends: Esc and a letter. */
static void spell_out(struct decoder *decoder)
{
    char form[2] = {ESC};
    char *bytes = decoder->input.text + decoder->at;
    size_t length = decoder_c1(bytes, decoder->input.length - decoder->at, &form[1]);
    if (length == 1) {
        strbuf_add_char(&decoder->input, '\0');
        bytes = decoder->input.text + decoder->at;
        memmove(bytes + 2, bytes + 1, decoder->input.length - decoder->at - 2);
    }
    if (length > 0)
        memcpy(bytes, form, sizeof form);
}

/* Takes what belongs to a sequence that is too long; true when that is over. */
static bool pass_over(struct decoder *decoder, bool final)
{
    size_t length = 0, count = decoder->input.length - decoder->at;
    if (count > 0 &&
        decoder_body_ends(decoder->passing, decoder->input.text + decoder->at, count, &length))
        decoder->passing = BODY_NONE;
    decoder->at += final && decoder->passing ? count : length;
    if (final)
        decoder->passing = BODY_NONE;
    return decoder->passing == BODY_NONE;
}

static bool tell_paste(struct decoder *decoder, struct key *out)
{
    if (!gather_paste(decoder))
        return false;
    *out = (struct key){.code = KEY_CODE_PASTE, .paste = paste_text(decoder)};
    return true;
}

bool decoder_next(struct decoder *decoder, bool final, struct key *out)
{
    if (decoder->passing && !pass_over(decoder, final))
        return false;
    while (decoder->at < decoder->input.length) {
        if (decoder->pasting)
            return tell_paste(decoder, out);
        spell_out(decoder);
        const char *bytes = decoder->input.text + decoder->at;
        size_t count = decoder->input.length - decoder->at;
        struct reading reading = decoder_read(&decoder->known, bytes, count);
        if (reading.verdict == INCOMPLETE && !final)
            return false;
        if (reading.verdict == INCOMPLETE)
            reading = settle(bytes, count);
        decoder->pasting = reading.verdict == NOTHING && begins_paste(decoder, reading.length);
        decoder->at += reading.length;
        if (reading.verdict == KEY_FOUND) {
            *out = reading.key;
            return true;
        }
        decoder->passing = reading.body;
        if (decoder->passing && !pass_over(decoder, final))
            return false;
    }
    return false;
}

bool decoder_is_pending(const struct decoder *decoder)
{
    return decoder->passing || (!decoder->pasting && decoder->at < decoder->input.length);
}

bool decoder_may_be_typed(const struct decoder *decoder)
{
    const char *bytes = decoder->input.text + decoder->at;
    size_t count = decoder->input.length - decoder->at;
    size_t most = count > 1 && bytes[1] == ESC ? 3 : 2;
    return !decoder->passing && count > 0 && count <= most && bytes[0] == ESC;
}
