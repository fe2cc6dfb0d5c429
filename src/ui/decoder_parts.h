/* decoder_parts: what the two files of the decoder share: decoder.c (what has come and what is
 * told), decoder_read.c (the key that stands at one place). */
#ifndef UI_DECODER_PARTS_H
#define UI_DECODER_PARTS_H

#include "decoder.h"

#define ESC 0x1b
#define SEQUENCE_MOST 16

struct sequence {
    char bytes[SEQUENCE_MOST];
    size_t length;
    uint32_t code;
    unsigned modifiers;
};
struct sequences {
    struct sequence *row;
    size_t count, capacity;
    bool position_expected;
};

/* What a terminal says goes up to a letter, or, a text, up to BEL or ESC \. */
enum body { BODY_NONE, BODY_CONTROL, BODY_TEXT };

/* What reading at one place came to. NOTHING: bytes to be forgotten; ENDLESS: the same, and what
 * follows up to the end of the body. */
enum verdict { INCOMPLETE, KEY_FOUND, NOTHING, ENDLESS };
struct reading {
    enum verdict verdict;
    size_t length;
    struct key key;
    enum body body;
};

struct reading decoder_read(const struct sequences *known, const char *bytes, size_t count);
/* Whether the body ends within the bytes: `*length` of them belong to it, its end included, but not
 * the Esc of a sequence that cuts it off. Otherwise `*length` are certain to belong to it. */
bool decoder_body_ends(enum body body, const char *bytes, size_t count, size_t *length);
/* Bytes of a C1 control (CSI and its kin in one character) at `bytes` that the charset has no other
 * use for, and what stands for it behind an Esc; 0: none. */
size_t decoder_c1(const char *bytes, size_t count, char *letter);

#endif
