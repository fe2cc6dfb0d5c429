#include "harness/other.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000, LOOK_MS = 2 };

/* The side of the parent; the child's is in `theirs`. */
static pid_t fork_with_pipes(struct other *other, struct other *theirs)
{
    int down[2], up[2], result[2];
    if (pipe2(down, O_CLOEXEC) != 0 || pipe2(up, O_CLOEXEC) != 0 || pipe2(result, O_CLOEXEC) != 0)
        abort();
    fflush(NULL);
    *other = (struct other){.pid = fork(), .in = up[0], .out = down[1], .result = result[0]};
    *theirs = (struct other){.in = down[0], .out = up[1], .result = result[1]};
    if (other->pid < 0)
        abort();
    struct other *unused = other->pid == 0 ? other : theirs;
    close(unused->in);
    close(unused->out);
    close(unused->result);
    return other->pid;
}

/* The child ends by a signal: at a usual end valgrind would count what the parent has in memory as
 * lost by the child. So how it ended is told through a pipe. */
void other_start(
    struct other *other, int (*work)(struct other *other, void *context), void *context)
{
    struct other theirs;
    if (fork_with_pipes(other, &theirs) != 0)
        return;
    char result = (char)work(&theirs, context);
    if (write(theirs.result, &result, 1) == 1)
        raise(SIGKILL);
    _exit(126);
}

void other_start_program(struct other *other, const char *const arguments[])
{
    struct other theirs;
    if (fork_with_pipes(other, &theirs) != 0)
        return;
    dup2(theirs.in, STDIN_FILENO);
    dup2(theirs.out, STDOUT_FILENO);
    execvp(arguments[0], (char *const *)arguments); /* it keeps them as they are */
    _exit(127);
}

void other_say(struct other *other, char what)
{
    ssize_t written = write(other->out, &what, 1);
    (void)written; /* who is gone will not be heard either */
}

char other_hear(struct other *other)
{
    struct pollfd ready = {.fd = other->in, .events = POLLIN};
    char what = '\0';
    if (poll(&ready, 1, PATIENCE_MS) == 1 && read(other->in, &what, 1) != 1)
        what = '\0';
    return what;
}

int other_end(struct other *other)
{
    int status = -1;
    char result = -1;
    waitpid(other->pid, &status, 0);
    bool told = read(other->result, &result, 1) == 1;
    close(other->in);
    close(other->out);
    close(other->result);
    if (told)
        return result;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void other_kill(struct other *other)
{
    kill(other->pid, SIGKILL);
    other_end(other);
}

/* A line with an arrow waits: "1: -> FLOCK  ADVISORY  WRITE 4711 fe:00:1310 0 EOF". */
static bool somebody_waits(unsigned long inode)
{
    char line[256], mark[40];
    bool waits = false;
    FILE *locks = fopen("/proc/locks", "re");
    if (!locks)
        abort();
    snprintf(mark, sizeof mark, ":%lu ", inode);
    while (!waits && fgets(line, sizeof line, locks))
        waits = strstr(line, "->") && strstr(line, mark);
    fclose(locks);
    return waits;
}

bool other_waits_for(const char *path)
{
    struct stat file;
    if (stat(path, &file) != 0)
        return false;
    for (int waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
        if (somebody_waits(file.st_ino))
            return true;
        poll(NULL, 0, LOOK_MS);
    }
    return false;
}
