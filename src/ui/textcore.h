/* textcore: text being typed, without a picture of it: what lineedit and textedit share. It holds
 * the text, the caret, what was cut out, and every change as a step that can be undone and done
 * again.
 *
 * Offsets are bytes. The caret moves by clusters and never stands in one. Words are runs of letters
 * or of one script, across line ends. A run of typed characters within a line is one step; so is a
 * run of Backspace, or of Delete. A paste is one step. Text is scrubbed where it comes in; what
 * goes beyond `most_bytes` is not taken, in whole clusters. */
#ifndef UI_TEXTCORE_H
#define UI_TEXTCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "ui/keys.h"

/* At byte `at`, `cut` bytes went and `put` bytes came. */
struct textcore_change {
    size_t at, cut, put;
};

struct textcore_step;
struct textcore {
    struct strbuf text;
    size_t caret, most_bytes;
    enum text_scrub_flags flags;
    unsigned changes;              /* grows with each change */
    struct textcore_change change; /* the last one */
    char *killed;                  /* what ^Y puts back */
    struct textcore_step *steps;
    size_t step_count, step_capacity, done; /* steps from `done` on are undone */
    int last; /* the command before: the same again may belong to it */
};

void textcore_init(struct textcore *core, size_t most_bytes, enum text_scrub_flags flags);
void textcore_clear(struct textcore *core);
void textcore_set(struct textcore *core, const char *text); /* caret at the end, nothing to undo */
/* One step: `with` in the place of [start, end), not scrubbed; the caret behind it. */
void textcore_replace(struct textcore *core, size_t start, size_t end, const char *with);
void textcore_move(struct textcore *core, size_t to); /* to the start of a cluster; ends a run */

/* The line of the text that byte `at` is in, its line end not counted. */
size_t textcore_line_start(const char *text, size_t at);
size_t textcore_line_end(const char *text, size_t at);

/* True when the key was for the text:
 *   characters, pastes, and with TEXT_LINES Enter; one line takes a paste without its last line end
 *   ^B ^F Left Right, M-b M-f C-Left C-Right       a cluster, a word
 *   ^A ^E Home End, M-< M-> C-Home C-End           the ends of the line, of the text
 *   BS ^H Del ^D, ^W M-BS M-d                      takes out a cluster, a word
 *   ^U ^K, ^Y                                      takes out to an end of the line (at the end, the
 * line end), puts back; the same again adds to what is put back
 *   ^_, M-_ C-M-_                                  undoes, does again */
bool textcore_key(struct textcore *core, const struct key *key);

#endif
