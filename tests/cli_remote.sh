#!/bin/sh
# The command that somebody sent over SSH, as sshd's forced command gets it.
# usage: tests/cli_remote.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

unset DUBAN_NOW # which is not theirs to say

# As the key of LINE in authorized_keys has it, with ORIGINAL as what was asked for.
asks() { # NAME STATUS ORIGINAL
    name=$1 wanted=$2 original=$3
    SSH_CONNECTION="192.0.2.7 50000 192.0.2.1 22" SSH_ORIGINAL_COMMAND=$original \
        "$program" --db "$db" --lang en --as zhao >out 2>err
    status=$?
    [ "$status" -eq "$wanted" ]
    ok "$name: status $status, not $wanted" $?
}

duban init --sample
sql "INSERT INTO person (login, name, role) VALUES ('zhao', '赵敏', 'officer')"

# --- what works
asks "list" 0 "list overdue --limit 2 --json" </dev/null
says out '"id"'
cp out as_words
duban list overdue --limit 2 --json
cmp -s out as_words
ok "a command that was sent prints what the same words print" $?
asks "the name of the program" 0 "duban list overdue --limit 2 --json" </dev/null
cmp -s out as_words
ok "a leading duban is passed over" $?
asks "help" 0 help </dev/null
says out "duban [OPTION]... COMMAND"
asks "help of a command" 0 "list --help" </dev/null
says out "duban list"
asks "version" 0 --version </dev/null
asks "a language" 0 "--lang zh help" </dev/null
says out "用法"
asks "as of" 0 "--as-of 2026-11-20 list --limit 1" </dev/null
asks "the board without a terminal" 0 --plain </dev/null
says out "2-012"
asks "only blanks" 0 "   " </dev/null
says out "2-012"
duban list open --limit 1 --json
id=$(json "json_extract(readfile('out'), '\$[0].id')")
printf '进度“正常”\n; rm -rf /\n' >note
asks "a report with its text from the other side" 0 "report $id --percent 60 -" <note
asks "what it says" 0 "show $id" </dev/null
says out '进度“正常”'
says out '; rm -rf /'
asks "quotes" 0 "list 'due<2030-01-01' --limit 1" </dev/null
asks "nothing found" 3 'list "没有这样的任务"' </dev/null

# --- what does not
for command in "scp -t /tmp" "scp -f /etc/passwd" sftp internal-sftp /usr/lib/openssh/sftp-server \
    "rsync --server -vlogDtpre.iLsfxC . /tmp" "git-upload-pack '/x'" sh "bash -i" "/bin/sh -c id" ./x; do
    asks "$command" 2 "$command" </dev/null
    empty out
    says err "there is no shell, and no files can be copied"
done
asks "an open quote" 2 "list 'x" </dev/null
says err "quotation mark '"
for option in --db --config --as --key; do
    asks "$option" 2 "list $option x" </dev/null
    says err "$option is said where duban is started"
    asks "$option=" 2 "list $option=/etc/passwd" </dev/null
    says err "$option is said where duban is started"
    asks "$option before" 2 "$option=$db list" </dev/null
    says err "$option is said where duban is started"
done
asks "a theme's file" 1 "--theme $work/x list" </dev/null
says err "a theme is chosen by its name"
asks "a copy of the database" 1 "backup $work/copy.db" </dev/null
[ ! -e "$work/copy.db" ]
ok "no copy was made" $?
asks "a database" 1 init </dev/null
asks "a page into a file" 1 "export --output $work/page.html" </dev/null
says err "ssh HOST export > FILE"
asks "a page over a file" 1 "export -o $db --force" </dev/null
[ ! -e "$work/page.html" ]
ok "no page was written" $?
asks "a page" 0 "export --output -" </dev/null
says out "<html"
asks "sending reminders" 1 "remind --send" </dev/null
says err "a command of the server"
sql "INSERT INTO person (login, name, role, reach) VALUES ('qian', '钱', 'officer', 'region:抚顺')"
SSH_ORIGINAL_COMMAND="check" duban --db "$db" --as qian
says err "sees only some of the tasks"
empty out
asks "an unknown command" 2 lsit </dev/null
says err 'did you mean "list"?'

# --- what stands in the environment is not theirs either
export DUBAN_NOW=nonsense DUBAN_DB=/nowhere DUBAN_SETTLED_FD=1 LANGUAGE=en LANG=/tmp/x
unset LC_ALL
asks "a clock of one's own" 0 "list --limit 1" </dev/null
lacks out "1970"
SSH_ORIGINAL_COMMAND="help" "$program" --db "$db" --as zhao >out 2>err </dev/null
says out "用法"
unset DUBAN_NOW DUBAN_SETTLED_FD LANGUAGE LANG
SSH_ORIGINAL_COMMAND="help" "$program" --db "$db" --as zhao >out 2>err </dev/null
says out "用法"
LC_ALL=C SSH_ORIGINAL_COMMAND="list --limit 1" "$program" --db "$db" --as zhao >out 2>err </dev/null
says err "cannot show Chinese"
LC_ALL=zh_TW.BIG5-XX SSH_ORIGINAL_COMMAND="list --limit 1" "$program" --db "$db" --as zhao >out 2>err </dev/null
says err "the locale zh_TW.BIG5-XX is not on this machine"
export LC_ALL=C.UTF-8 DUBAN_DB="$db"

# --- who may send one
SSH_ORIGINAL_COMMAND="help" duban --version
says out "duban 0"
SSH_ORIGINAL_COMMAND=sh duban --db "$db" --as zhao list --limit 1
ok "an own command comes first" $?
SSH_ORIGINAL_COMMAND=sh duban --plain
ok "nothing is read without --as" $?

# --- the account's own configuration
mkdir -p "$HOME/.config/duban"
echo 'title = "MINE";' >"$HOME/.config/duban/duban.cfg"
duban --plain
says out MINE
duban --as zhao --plain
lacks out MINE
printf 'title = "GIVEN";\n' >given.cfg
duban --config given.cfg --as zhao --plain
says out GIVEN
printf 'session = { changes = 1; };\n' >given.cfg
sql "UPDATE person SET reach = '' WHERE login = 'wangqiang'"
duban --as wangqiang list --json -closed --limit 1
own=$(json "json_extract(readfile('out'), '\$[0].id')")
ends "one change a minute" 0 --config given.cfg --as wangqiang report "$own" 一
ends "and no more" 1 --config given.cfg --as wangqiang report "$own" 二
says err "王强 has made 1 changes within a minute"
printf 'nonsense = 1;\n' >"$HOME/.config/duban/duban.cfg"
ends "a wrong configuration of the account's own" 0 --as zhao list --limit 1

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
