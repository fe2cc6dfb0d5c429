/* decoder: what a terminal sends, told as keys. Bytes go in, keys come out; it knows no device and
 * no clock, so a test can feed it anything.
 *
 * Sequences of this terminal (terminfo's) are defined by the caller; those every modern one shares
 * (CSI, SS3, bracketed paste, SGR mouse, status reports) are known, with 8-bit introducers too. A
 * sequence that is not known is swallowed whole, however long it is: its letters must never be
 * taken for commands. What another Esc, CAN or SUB cuts off is forgotten. Little is kept of what
 * has no end: 4 KB of a sequence, PASTE_MOST of a paste. */
#ifndef UI_DECODER_H
#define UI_DECODER_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/keys.h"

#define PASTE_MOST ((size_t)1024 * 1024) /* bytes of one paste that are kept */

/* A cursor report, asked for with decoder_expect_position: `row` and `column` count from 0. */
#define KEY_CODE_POSITION (KEY_CODE_STATUS + 1)

struct decoder;
struct decoder *decoder_new(void);
void decoder_free(struct decoder *decoder);
/* An empty sequence and one of more than 15 bytes are ignored. */
void decoder_define(
    struct decoder *decoder, const char *sequence, uint32_t code, unsigned modifiers);
/* While a cursor report is outstanding. It has to be asked for below the first row: from there it
 * looks like a function key of xterm, and is taken for one. Reports nobody expects are swallowed.
 */
void decoder_expect_position(struct decoder *decoder, bool expected);

void decoder_feed(struct decoder *decoder, const char *bytes, size_t count);
/* False when there is no whole key. `final`: nothing more comes soon, so a lone Esc is Esc. */
bool decoder_next(struct decoder *decoder, bool final, struct key *out);
/* Something has begun that more bytes would finish. A paste does not count: it has an end of its
 * own. */
bool decoder_is_pending(const struct decoder *decoder);
/* That may be a person's Esc, or Meta and a key, so it is settled soon; other things only a
 * terminal sends, and half of one is worth waiting for. */
bool decoder_may_be_typed(const struct decoder *decoder);

#endif
