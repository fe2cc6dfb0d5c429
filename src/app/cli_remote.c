#include "cli_remote.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/words.h"

static const char *original(void)
{
    const char *line = getenv("SSH_ORIGINAL_COMMAND");
    return line ? line : "";
}

bool cli_has_original(const struct cli *cli)
{
    return cli->confined && cli->command == NULL && !cli->wants_help && !cli->wants_version &&
           *original() != '\0';
}

/* What people and programs ask an SSH server for, and is not here. */
static bool is_foreign(const char *word)
{
    static const char *const names[] = {"scp", "sftp", "sftp-server", "internal-sftp", "rsync",
        "git", "git-upload-pack", "git-receive-pack", "git-upload-archive", "sh", "bash", "dash",
        "ash", "zsh", "ksh", "csh", "tcsh", "fish", "busybox", "env", "exec", "sudo", "su", "tmux",
        "screen", "python", "python3", "perl", "cat", "ls", "cp", "mv", "rm", "tar", "vi", "vim",
        "nano", "less", "more", "tail", "top", "id", "whoami", "uname", "echo", "exit", "cd",
        "pwd"};
    if (word[0] != '-' && strchr(word, '/') != NULL) /* the path of a program */
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], word) == 0)
            return true;
    return false;
}

static bool refuse_foreign(const char *word, struct error *err)
{
    char *name = cli_text(word);
    error_set(err, ERROR_USAGE,
        _("there is no shell, and no files can be copied: \"%s\" is not a command of duban; \"ssh "
          "HOST help\" lists them, \"ssh -t HOST\" opens the board"),
        name);
    free(name);
    return false;
}

int cli_run_original(struct cli *cli, struct error *err)
{
    struct words all, words;
    if (!words_split(original(), &all, err))
        return cli_status(err);
    words = all;
    if (words.count > 0 && strcmp(words.word[0], "duban") == 0) {
        words.word++;
        words.count--;
    }
    int status =
        words.count == 0 || !is_foreign(words.word[0]) || refuse_foreign(words.word[0], err)
            ? cli_run_words(cli, &words)
            : cli_status(err);
    words_clear(&all);
    return status;
}
