/* `duban user key`: the keys of a person, recorded from words, a file or standard input. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/ssh_key.h"
#include "cli_user.h"
#include "model/history.h"

enum { INPUT_MOST = 64 * 1024 };

/* --- where a key stands ---------------------------------------------------------------------- */

/* A key's own words: one of them is a type; or all of it in one word. */
static bool is_key(char *const *word, int count)
{
    for (int i = 0; count > 1 && i < count; i++)
        if (ssh_key_is_type(word[i]))
            return true;
    return count > 1 || strchr(word[0], ' ') != NULL;
}

static char *join(char *const *word, int count)
{
    struct strbuf line = {0};
    for (int i = 0; i < count; i++)
        strbuf_format(&line, "%s%s", i > 0 ? " " : "", word[i]);
    char *text = cli_decode(strbuf_text(&line), line.length, TEXT_LINES);
    strbuf_clear(&line);
    return text;
}

static bool read_all(int file, struct strbuf *bytes)
{
    char piece[4096];
    ssize_t got;
    do {
        got = read(file, piece, sizeof piece);
        if (got > 0)
            strbuf_add_n(bytes, piece, (size_t)got);
    } while ((got > 0 && bytes->length <= INPUT_MOST) || (got < 0 && errno == EINTR));
    return got >= 0;
}

static bool read_file(const char *path, char **text, struct error *err)
{
    struct strbuf bytes = {0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool good = file >= 0 && read_all(file, &bytes);
    if (!good)
        error_set(err, ERROR_INPUT, _("%s cannot be read: %s"), path, strerror(errno));
    else if (bytes.length > INPUT_MOST)
        good = error_set(err, ERROR_INPUT, _("%s is too long for a file of keys"), path);
    if (good)
        *text = cli_decode(strbuf_text(&bytes), bytes.length, TEXT_LINES);
    if (file >= 0)
        close(file);
    strbuf_clear(&bytes);
    return good;
}

static bool read_source(
    struct user_run *run, char *const *word, int count, char **text, struct error *err)
{
    if (is_key(word, count)) {
        *text = join(word, count);
        return true;
    }
    if (strcmp(word[0], "-") == 0)
        return cli_read_input(run->cli, "-", INPUT_MOST, text, err);
    if (run->cli->confined)
        return error_set(err, ERROR_PERMISSION,
            _("files of the server are not read for who acts as a person (--as): write the key "
              "itself, or \"-\" and send the file as input"));
    return read_file(word[0], text, err);
}

/* --- what is done ---------------------------------------------------------------------------- */

static bool add(struct user_run *run, const char *login, struct error *err)
{
    char *text = NULL, *reason = run->reason != NULL ? cli_text(run->reason) : NULL;
    int64_t since = history_newest(run->model);
    bool good = read_source(run, run->word + 2, run->words - 2, &text, err) &&
                people_add_keys(run->model, login, text, reason, err) &&
                user_print_done(run, login, since, err);
    free(text);
    free(reason);
    return good;
}

static bool take_away(struct user_run *run, const char *login, struct error *err)
{
    int64_t since = history_newest(run->model);
    char *which = join(run->word + 2, run->words - 2);
    char *reason = run->reason != NULL ? cli_text(run->reason) : NULL;
    bool good = people_remove_key(run->model, login, which, reason, err) &&
                user_print_done(run, login, since, err);
    free(which);
    free(reason);
    return good;
}

static bool list(struct user_run *run, const char *login, struct error *err)
{
    struct people people;
    if (run->json)
        return user_print_one(run, login, err);
    if (!people_read(run->model, login, &people, err))
        return false;
    struct strbuf out = {0};
    bool any = people.record[0].key_count > 0;
    user_add_keys(&out, &people.record[0]);
    cli_print(run->cli, strbuf_text(&out));
    strbuf_clear(&out);
    people_clear(&people);
    return any || error_set(err, ERROR_NOT_FOUND,
                      _("%s has no key yet; \"duban user key %s add\" records one"), login, login);
}

bool user_key_run(struct user_run *run, struct error *err)
{
    const char *verb = run->words > 1 ? run->word[1] : "list";
    bool adds = strcmp(verb, "add") == 0, removes = strcmp(verb, "remove") == 0;
    if (run->words == 2 || (run->words > 2 && !adds && !removes))
        return error_set(err, ERROR_USAGE,
            _("it is written: duban user key LOGIN, ... add KEY, ... add FILE, ... add -, or ... "
              "remove FINGERPRINT"));
    char *login = cli_text(run->word[0]);
    bool good = adds      ? add(run, login, err)
                : removes ? take_away(run, login, err)
                          : list(run, login, err);
    free(login);
    return good;
}
