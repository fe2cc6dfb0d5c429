/* entry_plain: a form of an action asked question by question, for a session of lines. What is
 * asked, what it begins with and the draft are those of the form on the board (views/entry.h): a
 * draft of one is offered by the other. It reads no line itself. */
#ifndef VIEWS_ENTRY_PLAIN_H
#define VIEWS_ENTRY_PLAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "model/model.h"

struct entry_plain;
/* Of one task. Fails when the task is not to be seen or the action is not possible now. */
bool entry_plain_open(struct model *model, const char *action, int64_t task,
    struct entry_plain **out, struct error *err);
void entry_plain_close(struct entry_plain *form); /* NULL is fine */

/* Something is needed that has not been told. */
bool entry_plain_asks(const struct entry_plain *form);
/* Told beforehand, as a person writes it: it is not asked. ERROR_INPUT, or ERROR_USAGE where the
 * action has no use for it. */
bool entry_plain_tell(
    struct entry_plain *form, const char *name, const char *typed, struct error *err);

/* What it is about, the draft that was found, how to answer: lines. */
void entry_plain_head(const struct entry_plain *form, struct strbuf *out);
/* The next question, without an end of line: "percent, 0 to 100 [60]: "; false: all was asked. */
bool entry_plain_question(const struct entry_plain *form, struct strbuf *out);
/* It can be told in several lines ("-"). */
bool entry_plain_takes_lines(const struct entry_plain *form);
/* "" keeps what stands in the brackets, two quotation marks empty it, "=" takes over what the last
 * report said. False: the same question again. */
bool entry_plain_answer(struct entry_plain *form, const char *typed, struct error *err);

/* What was answered, as the draft. True also where nothing was; `leaving` as draft_keep has it. */
bool entry_plain_keep(struct entry_plain *form, bool leaving, struct error *err);
void entry_plain_drop(struct entry_plain *form);
bool entry_plain_has_draft(const struct entry_plain *form);
/* Does it; `said` is a line for the person. The draft is dropped. ERROR_CONFLICT: others chose
 * another value meanwhile; `said` tells which, and these questions are to be asked again. */
bool entry_plain_save(struct entry_plain *form, struct strbuf *said, struct error *err);

#endif
