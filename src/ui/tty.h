/* tty: the terminal as a device: raw mode, bytes in, bytes out. What is sent is queued and written
 * as far as the line takes it at once; nothing here waits without a bound, because a line may be
 * dead without saying so. */
#ifndef UI_TTY_H
#define UI_TTY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct tty;

/* Finds the terminal on standard output (or input), opens it again for itself, so that its being
 * non-blocking is nobody else's business, and makes it raw: every key reaches us. */
bool tty_open(struct tty **out, struct error *err);
/* Tries for at most `wait_ms` to send what is queued, then restores the modes. NULL is fine. */
void tty_close(struct tty *tty, int wait_ms);
/* The modes as they were found, and back. */
void tty_restore(struct tty *tty);
/* What puts an end to the picture when the program dies of itself: from now on (emergency.h). */
void tty_set_ending(struct tty *tty, const char *bytes, size_t count);
void tty_raw(struct tty *tty);

/* Readable when there is input, when the line takes what is unsent, or when the alarm rang. */
int tty_fd(const struct tty *tty);
long tty_speed(const struct tty *tty); /* bytes a second of a serial line; 0: another device */
bool tty_size(const struct tty *tty, int *rows, int *columns);
bool tty_wait(const struct tty *tty, int wait_ms); /* for input */
/* Bytes read, 0 when none wait. */
size_t tty_read(struct tty *tty, char *bytes, size_t most);
void tty_set_alarm(struct tty *tty, int in_ms); /* 0: none */
bool tty_alarm_rang(struct tty *tty);           /* once for each */

void tty_send(struct tty *tty, const char *bytes, size_t count); /* queues, sends what goes */
bool tty_flush(struct tty *tty, int wait_ms);                    /* true: nothing is left */
bool tty_discard(struct tty *tty); /* what is queued; false: nothing was */
bool tty_has_unsent(const struct tty *tty);
size_t tty_unsent(const struct tty *tty); /* bytes queued */
bool tty_hung_up(const struct tty *tty); /* asks it now */
bool tty_lost(const struct tty *tty);     /* end of file or an error */
long tty_sent(const struct tty *tty);     /* bytes queued since the beginning */
long tty_received(const struct tty *tty);

#endif
