/* setup: duban put on a server, step by step: the account that owns the database, its folder, the
 * database, the configuration, what sshd is told, sshd reading it, a limit of the kernel's, and the
 * locales of old terminals. A step knows whether it was done, how to do it and how to take it back;
 * cli_setup.c walks the table, tells, and takes back the steps of a run that fails.
 *
 * Everything that is written lies below `root`, which is empty for this machine and the folder of
 * an image otherwise. What is there and was not made by this program is never touched. */
#ifndef APP_SETUP_H
#define APP_SETUP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/strbuf.h"

#define SETUP_ACCOUNT "duban"
#define SETUP_FOLDER "/var/lib/duban"

struct setup {
    const char *account, *folder;
    const char *root; /* "" this machine */
    bool image;       /* root is not "": nothing runs there */
    bool purge;       /* taking away: the data too */
    bool units;       /* put in places and departments */
    /* as they are called on the server, without `root` */
    char *program, *database, *config, *dropin, *limits;
    bool has_account; /* with the ids below */
    uid_t uid;
    gid_t gid;
    bool holds_other; /* set by the undo of a step: something else lies there, so it stays */
    bool folder_made, database_made, config_folder_made, dropin_written; /* by this run */
    char *dropin_before; /* what it took the place of */
    struct strbuf notes; /* paragraphs for the person, an empty line behind each */
};

enum setup_found {
    SETUP_NOTHING,
    SETUP_READY,
    SETUP_GIVEN,  /* as it should be, and not by us */
    SETUP_LEFT,   /* left behind by --undo, or empty: will be taken up */
    SETUP_OUT,    /* not wanted, or cannot be: the notes say why */
    SETUP_FOREIGN /* not ours: `err` says what stands in the way */
};
struct setup_step {
    const char *title; /* N_(), with %s for the subject where it has one */
    const char *(*subject)(const struct setup *setup);
    enum setup_found (*look)(struct setup *setup, struct error *err);
    bool (*make)(struct setup *setup, struct error *err);
    bool (*undo)(struct setup *setup, struct error *err); /* NULL: nothing is left of it */
    bool (*leave)(
        struct setup *setup, struct error *err); /* --undo without the data; NULL: as it is */
    bool keeps; /* holds what people made: goes with --purge only; without `undo`, never */
    bool spare; /* does without: what stands in the way is told, and the rest goes on */
};
extern const struct setup_step setup_steps[];
extern const size_t setup_step_count;

/* Adds to the notes what whoever works on the server must know of a configuration that was there.
 */
void setup_note_config(struct setup *setup);

/* --- setup_sshd.c ---------------------------------------------------------------------------- */

const char *setup_sshd_file(const struct setup *setup);
enum setup_found setup_sshd_look(struct setup *setup, struct error *err);
bool setup_sshd_make(struct setup *setup, struct error *err);
bool setup_sshd_undo(struct setup *setup, struct error *err);
/* sshd has read it: its own word for each setting (sshd -T), then a reload where it runs. */
enum setup_found setup_reload_look(struct setup *setup, struct error *err);
bool setup_reload_make(struct setup *setup, struct error *err);

/* What the person must know of a sshd that lets in few at once. */
void setup_note_startups(struct setup *setup);

/* --- setup_limits.c -------------------------------------------------------------------------- */

const char *setup_limits_file(const struct setup *setup);
enum setup_found setup_limits_look(struct setup *setup, struct error *err);
bool setup_limits_make(struct setup *setup, struct error *err);
bool setup_limits_undo(struct setup *setup, struct error *err);
/* The limits that are low for hundreds of people, and are not ours to set. */
void setup_note_limits(struct setup *setup);

/* --- setup_locales.c ------------------------------------------------------------------------- */

const char *setup_locales_names(const struct setup *setup);
enum setup_found setup_locales_look(struct setup *setup, struct error *err);
bool setup_locales_make(struct setup *setup, struct error *err);

/* --- setup_system.c -------------------------------------------------------------------------- */

/* A name as it lies in the image. Caller frees. */
char *setup_path(const struct setup *setup, const char *path);
/* Whether it holds only what sshd and we can write without quotes. */
bool setup_is_plain(const char *path);
/* Whether nobody but root can put something else in its place, and everybody can get there: sshd
 * runs no other program, and says so only in its log. `file`: the last part is judged too. */
bool setup_is_safe(const struct setup *setup, const char *path, bool file, struct error *err);
/* Runs a program of the system, found by its name, with an environment of our own and no input;
 * what it says goes to `said` (NULL: only the first line of it, into `err`). True where its status
 * is 0. */
bool setup_run(const char *const *command, struct strbuf *said, struct error *err);
bool setup_has_program(const char *name);
/* Gives a file, or a folder with all in it, to another owner. Links are not followed. */
bool setup_give(const char *path, uid_t uid, gid_t gid, bool all, struct error *err);
/* Writes a file of root's that all may read, whole or not at all. */
bool setup_write(const char *path, const char *text, bool replace, struct error *err);
/* What stands in a file, to its end; false where it cannot be read (`err` may be NULL). */
bool setup_read(const char *path, struct strbuf *text, struct error *err);
bool setup_make_folder(const char *path, bool *made, struct error *err); /* 0755, those above too */
int setup_processes(uid_t uid); /* how many run as this account */

#endif
