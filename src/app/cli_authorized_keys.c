/* `duban authorized-keys`: what sshd is to know of a key, or of all of them. sshd runs it for each
 * attempt to come in, as the account that owns the database, with next to no environment. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/digest.h"
#include "base/language.h"
#include "base/ssh_key.h"
#include "cli_commands.h"
#include "model/people.h"
#include "store/db.h"

struct printing {
    struct cli *cli;
    char *command;           /* up to the login */
    const char *type, *blob; /* of the key that was shown; NULL: the fingerprint has to do */
    bool failed;             /* a key was left out, which was said */
};

/* A word for the shell that sshd gives the command to, within the double quotes of a line of
 * authorized_keys: where in either a character could mean something else there is no word. */
static bool add_word(struct strbuf *out, const char *word)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
    if (*word != '\0' && word[strspn(word, plain)] == '\0') {
        strbuf_add(out, word);
        return true;
    }
    for (const char *at = word; *at; at++)
        if (strchr("'\"\\", *at) || (unsigned char)*at < ' ' || *at == 0x7f)
            return false;
    strbuf_format(out, "'%s'", word);
    return *word != '\0';
}

static bool add_path(struct strbuf *out, const char *path, struct error *err)
{
    return add_word(out, path) ||
           error_set(err, ERROR_INPUT,
               _("%s has a quotation mark, a backslash or a control character in its name, which "
                 "cannot be told sshd safely; give it another"),
               path);
}

static char *find_program(struct error *err)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length > 0)
        return alloc_string_n(path, (size_t)length);
    error_set(err, ERROR_IO, _("the program does not know its own name: /proc is not there"));
    return NULL;
}

/* "PROGRAM --db FILE --as " */
static bool begin_command(struct printing *printing, struct error *err)
{
    struct strbuf command = {0};
    char *program = find_program(err);
    char *database = realpath(printing->cli->database, NULL);
    bool good = program != NULL && add_path(&command, program, err);
    strbuf_add(&command, " --db ");
    good = good && add_path(&command, database ? database : printing->cli->database, err);
    strbuf_add(&command, " --as ");
    printing->command = strbuf_take(&command);
    free(program);
    free(database);
    return good;
}

static void complain(
    struct printing *printing, const char *login, const struct person_key *row, const char *why)
{
    struct error err = {0};
    error_set(
        &err, ERROR_INPUT, _("the key %s of \"%s\" is left out: %s"), row->fingerprint, login, why);
    cli_complain(err.text);
    printing->failed = true;
}

static bool is_shown(const struct printing *printing, const struct ssh_key *key)
{
    return printing->type == NULL ||
           (digest_same(printing->type, key->type) && digest_same(printing->blob, key->blob));
}

/* A row may have been written by a script: what is printed is a key, and that of the fingerprint.
 */
static void print_key(void *context, const char *login, const struct person_key *row)
{
    struct printing *printing = context;
    struct ssh_key key;
    struct error err = {0};
    char *line = alloc_format("%s %s %s", row->type, row->blob, row->comment);
    bool good = ssh_key_parse(line, &key, &err);
    free(line);
    if (!good)
        complain(printing, login, row, err.text);
    else if (strcmp(key.fingerprint, row->fingerprint) != 0)
        complain(printing, login, row, _("its fingerprint is another"));
    else if (!people_is_login(login))
        complain(printing, login, row, _("this is no login that a line for sshd may hold"));
    else if (is_shown(printing, &key)) {
        line = alloc_format("restrict,pty,command=\"%s%s --key %s\" %s %s%s%s\n", printing->command,
            login, key.fingerprint, key.type, key.blob, key.comment[0] ? " " : "", key.comment);
        cli_write(printing->cli, line, strlen(line));
        free(line);
    }
    ssh_key_clear(&key);
}

/* A database of an earlier release is brought up to date here, or nobody would come in to do it. */
static bool open_database(struct cli *cli, struct db **db, struct error *err)
{
    return db_open(cli->database, DB_READ_ONLY, db, err) ||
           (cli_upgrade(cli, err) && db_open(cli->database, DB_READ_ONLY, db, err));
}

int cli_authorized_keys(struct cli *cli, struct error *err)
{
    struct printing printing = {.cli = cli};
    struct db *db = NULL;
    if (!cli_arguments_end(cli, cli->argument_count == 2 ? 3 : 0, 3, err))
        return EXIT_USAGE;
    if (cli->argument_count == 3) {
        printing.type = cli->arguments[1];
        printing.blob = cli->arguments[2];
    }
    bool good = open_database(cli, &db, err) && begin_command(&printing, err) &&
                people_keys(db, cli->argument_count > 0 ? cli->arguments[0] : NULL, print_key,
                    &printing, err);
    db_close(db);
    free(printing.command);
    return !good ? cli_status(err) : printing.failed ? EXIT_FAILED : EXIT_DONE;
}
