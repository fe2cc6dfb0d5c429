/* other: another process at work on the same files, in step with the test: each side says a
 * character and hears one, with a bound, so nobody sleeps. */
#ifndef HARNESS_OTHER_H
#define HARNESS_OTHER_H

#include <stdbool.h>
#include <sys/types.h>

struct other {
    pid_t pid;
    int in, out;
    int result; /* where its work tells how it ended */
};

/* Forks; the child runs `work` and ends with what it returns. In it nothing of cmocka may be used.
 */
void other_start(
    struct other *other, int (*work)(struct other *other, void *context), void *context);
/* Starts a program with its standard input and output as the two sides. */
void other_start_program(struct other *other, const char *const arguments[]);

void other_say(struct other *other, char what);
char other_hear(struct other *other); /* the next character; '\0' at the end or after 20 seconds */
int other_end(struct other *other);   /* what its work or program ended with; -1 by a signal */
void other_kill(struct other *other); /* kill -9 */

/* Whether some process comes to wait for a lock on the file, within 20 seconds. */
bool other_waits_for(const char *path);

#endif
