#!/bin/sh
# duban over a real sshd: keys of five people of different roles, each with the tasks within their reach
# and nothing else; commands as ssh hands them on; what must be refused; and boards in a terminal
# (tests/ssh_board.c). usage: tests/ssh.sh [BUILD]. Ends with the count.
set -u
tests=$(cd "$(dirname "$0")" && pwd) || exit 1
# shellcheck source=tests/harness/sshd.sh
. "$tests/harness/sshd.sh"

new_key stranger
people="zhaogl wangqiang masl lina gaoxiang" # viewer, reporter of 抚顺县, department, officer, administrator
for person in $people songjy; do person_key "$person"; done
person_key wangqiang spare
person_key wangqiang revoked
sshd_start

# The command ends with STATUS there; what it printed is in out and err.
gives() { # NAME STATUS KEY WORDS..
    name=$1 wanted=$2
    shift 2
    over "$@"
    status=$?
    [ "$status" -eq "$wanted" ]
    ok "$name: status $status, not $wanted" $?
}
json() { sqlite3 :memory: "SELECT $1" 2>&1; }

# --- each sees what is theirs, to the last byte
reach() { # what the owner asks to see the same
    case $1 in
    wangqiang) echo "region:抚顺县" ;;
    masl) echo "supervisor:生态环境厅 or lead:生态环境厅 or responsible:生态环境厅" ;;
    esac
}
sees() { # NAME KEY FILTER WORDS..: as the owner sees it through the filter
    name=$1 key=$2 filter=$3
    shift 3
    over "$key" "$@"
    if [ -n "$filter" ]; then owner "$@" "$filter"; else owner "$@"; fi >expected 2>/dev/null
    [ -s out ] && cmp -s out expected
    ok "$name: $(wc -c <out) bytes, not the $(wc -c <expected) of the owner" $?
}
for person in $people; do
    filter=$(reach "$person")
    sees "$person: tasks" "$person" "$filter" list --json
    found=$(json "json_array_length(readfile('out'))")
    same "$person: how many" "$found" "$(owner list --json ${filter:+"$filter"} | grep -o '"version":' | wc -l)"
    over "$person" matrix --json --measure open
    owner matrix --json --measure open ${filter:+"$filter"} >expected 2>/dev/null
    same "$person: the matrix" "$(json "json_extract(readfile('out'), '\$.cells', '\$.of')")" \
        "$(json "json_extract(readfile('expected'), '\$.cells', '\$.of')")"
done
same "a county has fewer than the province" "$(over wangqiang list --json; json "json_array_length(readfile('out')) BETWEEN 10 AND 40")" 1

# --- within their reach and outside
gives "a task of theirs" 0 wangqiang show X-03
says out "X-03"
gives "a task of others" 3 wangqiang show 2-012
gives "none of others is found" 3 wangqiang list region:盘锦
gives "a viewer writes nothing" 1 zhaogl report X-03 --percent 10 x
gives "a reporter writes nothing of others" 3 wangqiang report 2-012 --percent 10 x
gives "a reporter does not pass" 1 wangqiang "do" X-03 pass level=city conclusion=x
gives "nor record people" 1 wangqiang user add eve name=Eve role=admin
gives "nor give themselves more" 1 wangqiang user set wangqiang role=admin
last() { sql "SELECT actor || '|' || origin || '|' || action FROM event ORDER BY seq DESC LIMIT 1"; }
before=$(sql "SELECT count(*) FROM event")
gives "a report from standard input" 0 wangqiang report X-03 --percent 61 nothing
echo "第一行 <不是标签> (括号) \"引号\" \$HOME \`id\`" | login wangqiang duban report X-03 --percent 62 - >out 2>err
ok "a report by a pipe" $?
same "who, from where" "$(last)" "王强|wangqiang 127.0.0.1|report"
same "two lines of history" "$(($(sql "SELECT count(*) FROM event") - before))" 2
same "word for word" "$(sql "SELECT text FROM report ORDER BY id DESC LIMIT 1")" \
    "第一行 <不是标签> (括号) \"引号\" \$HOME \`id\`"
gives "quoted for a shell" 0 wangqiang 'report X-03 --percent 63 "进展 <50% (约); rm -rf / $(id) '"'"'单引'"'"'"'
same "nothing of it is a shell's" "$(sql "SELECT text FROM report ORDER BY id DESC LIMIT 1")" \
    "进展 <50% (约); rm -rf / \$(id) '单引'"
gives "the program's name may stand first" 0 lina duban show X-03
gives "an action" 0 lina "do" 2-083 notice level=reminder reason=请抓紧 reply_due=+7
same "by whom" "$(sql "SELECT actor FROM event ORDER BY seq DESC LIMIT 1")" 李娜
gives "a page" 0 masl export --format html
says out "<!DOCTYPE html>"
gives "a page into a file of the server" 1 masl export --format html --output /tmp/x.html
gives "help" 0 wangqiang help
gives "wrong usage" 2 wangqiang lsit
says err "list"
gives "an open quote" 2 wangqiang 'list "x'
gives "the administrator looks after people" 0 gaoxiang user add newcomer name=新人 role=viewer
gives "and finds them" 0 gaoxiang user list
says out newcomer
gives "an officer does not" 1 lina user add another name=x role=viewer
gives "no words: the board, once" 0 wangqiang
says out "X-03"
lacks out "2-012"

printf 'show X-03\nreport X-03 --percent 65 一行一行地写\nshow 2-012\nquit\n' | login wangqiang -- duban --plain >out 2>err
same "line by line, the last of them finds nothing" "$?" 3
says out "X-03"
lacks out "辽河口"
same "what was written so" "$(sql "SELECT text FROM report ORDER BY id DESC LIMIT 1")" "一行一行地写"
same "by whom, from where" "$(last)" "王强|wangqiang 127.0.0.1|report"

# --- ledgers come in by standard input and go out by standard output, as help says
brings() { # NAME STATUS FILE KEY WORDS..
    name=$1 wanted=$2 file=$3 key=$4
    shift 4
    login "$key" duban "$@" >out 2>err <"$file"
    status=$?
    [ "$status" -eq "$wanted" ]
    ok "$name: status $status, not $wanted" $?
}
{
    echo "序号,整改任务,责任地区,牵头单位,整改时限"
    echo "901,线上带来的任务,盘锦市,省水利厅,2027-03-31"
    echo "902,\"分两行
写的任务\",抚顺县,省水利厅,2027年6月底"
} >ledger.csv
iconv -f UTF-8 -t GB18030 ledger.csv >ledger-gb.csv
sed 's/2027年6月底/随便/' ledger.csv >wrong.csv
brought() { sql "SELECT count(*) FROM task WHERE source_id = 1 AND number IN ('901', '902')"; }
unwrap() { tr -s '\n ' ' ' <out >unwrapped; }
gives "how a file is brought" 0 lina --lang en import --help
unwrap
says unwrapped "ssh HOST import - < FILE"
gives "how a table is fetched" 0 lina --lang en export --help
unwrap
says unwrapped "ssh HOST export --format xlsx > FILE"
gives "no files of the server" 1 lina import --source 2 "$work/ledger.csv"
says err "ssh 主机 import - < 文件"
brings "what is refused" 1 wrong.csv lina import --source 2 -
says out "随便"
brings "who may not" 1 ledger.csv wangqiang import --source 2 -
says err "王强"
brings "what it would be" 0 ledger.csv lina import --dry-run --source 2 -
says out "线上带来的任务"
same "nothing is written yet" "$(brought)" 0
brings "a ledger of Excel as it was saved in China" 0 ledger-gb.csv lina import --source 2 -
same "it is there" "$(brought)" 2
same "who brought it, from where" "$(last)" "李娜|lina 127.0.0.1|import"
brings "the same once more" 0 ledger.csv lina import --source 2 - --json
same "changes nothing" "$(json "json_extract(readfile('out'), '\$.new', '\$.changed', '\$.same')")" "[0,0,2]"
gives "a workbook goes out" 0 lina export --format xlsx "id:2-901,2-902"
cp out ledger.xlsx
same "it is one" "$(head -c 2 ledger.xlsx)" PK
brings "and in again" 0 ledger.xlsx lina import - --json
same "without a change" "$(json "json_extract(readfile('out'), '\$.new', '\$.changed', '\$.same')")" "[0,0,2]"
sees "a table, of theirs alone" wangqiang region:抚顺县 --lang en export --format csv
says out "2-902"
lacks out "2-901"
gives "it is taken back" 0 lina undo
same "and gone" "$(brought)" 0

# --- what goes on as it happens, until the line is closed
mkfifo follow
login lina duban events --follow --json --since "$(sql "SELECT max(seq) FROM event")" >follow 2>err &
follower=$!
exec 4<follow
over wangqiang report X-03 --percent 64 "跟着看"
timeout 20 head -n 1 <&4 >out
says out '"action":"report"'
exec 4<&-
kill "$follower"
wait "$follower" 2>/dev/null

# --- what there is no way to
refused() { # NAME TEXT: the last command failed, and did not do it
    [ "$status" -ne 0 ]
    ok "$1: status $status" $?
    [ -z "$2" ] || lacks out "$2"
}
try() { # NAME TEXT KEY ARGUMENTS OF SSH..
    name=$1 text=$2
    shift 2
    login "$@" >out 2>err </dev/null
    status=$?
    refused "$name" "$text"
}
for words in "sh" "bash -i" "/bin/sh -c id" "id" "cat /etc/passwd" "; id" "list; id" "| id" '$(id)' '`id`' "list
id" "scp -t /tmp" "rsync --server . /tmp" "sftp-server" "/usr/lib/openssh/sftp-server" "env" "vi" \
    "--db /etc/passwd list" "--as gaoxiang list" "--config /etc/passwd list" "--key x list" "setup-server" \
    "authorized-keys" "init" "backup /tmp/stolen.db" "--theme /etc/passwd"; do
    over wangqiang "$words"
    status=$?
    refused "refused: $words" "uid="
    lacks out "root:"
done
for words in "0:127.0.0.1:1" "$base/socket:127.0.0.1:1" 0; do
    try "no -R $words" "" wangqiang -o ExitOnForwardFailure=yes -R "$words" duban list
    says err "forwarding failed for listen"
    try "no -N -R $words" "" wangqiang -o ExitOnForwardFailure=yes -N -R "$words" duban
done
try "no -W" "SSH-2.0" wangqiang -W "127.0.0.1:$port" duban
try "no tunnel" "" wangqiang -o ExitOnForwardFailure=yes -w any duban list
try "no subsystem" "" wangqiang -s duban sftp
echo "get /etc/passwd" | timeout 20 sftp -q -b - -F "$base/ssh_config" -i "$(key_of wangqiang)" duban >out 2>err
status=$?
refused "no sftp" ""
for old in "" -O; do
    timeout 20 scp -q $old -F "$base/ssh_config" -i "$(key_of wangqiang)" duban:/etc/passwd stolen >out 2>err
    status=$?
    refused "no scp $old" ""
    timeout 20 scp -q $old -F "$base/ssh_config" -i "$(key_of wangqiang)" out duban:/tmp/stolen-$$ >out 2>err
    status=$?
    refused "no scp there $old" ""
done
! [ -e stolen ] && ! [ -e /tmp/stolen-$$ ]
ok "nothing was copied" $?

# A local port is opened by the client itself; what goes through it is refused by the server.
mkfifo held
eval "$(ssh-agent -s -a "$base/agent")" >/dev/null
login wangqiang -A -o IdentityAgent="$base/agent" -L "$((port + 1)):127.0.0.1:$port" duban events --follow >held 2>err &
holder=$!
exec 4<held
timeout 20 head -n 1 <&4 >out
ssh-keyscan -T 5 -t ed25519 -p "$port" 127.0.0.1 >out 2>/dev/null
says out "ssh-ed25519"
ssh-keyscan -T 5 -t ed25519 -p "$((port + 1))" 127.0.0.1 >out 2>/dev/null
lacks out "ssh-ed25519"
same "no way to the agent" "$(find /tmp -maxdepth 1 -name 'ssh-*' -newer "$base/agent" -user "$account")" ""
exec 4<&-
kill "$holder" "$SSH_AGENT_PID"
wait "$holder" 2>/dev/null
unset SSH_AGENT_PID SSH_AUTH_SOCK
for forward in -X -Y; do
    DISPLAY=:9 login wangqiang $forward duban help >out 2>err </dev/null
    says err "X11 forwarding request failed"
done
same "sshd refused both ways through" "$(grep -c "refused local port forward" "$base/log")" 2

# --- the environment is not theirs
DUBAN_DB=/etc/passwd DUBAN_AS=gaoxiang DUBAN_NOW=2001-01-01T00:00:00Z LC_DUBAN=x LANGUAGE=en \
    login wangqiang -o "SendEnv LD_* DUBAN_* LC_* HOME" -o "SetEnv DUBAN_SETTLED_FD=1 LD_PRELOAD=/nonexistent.so" duban list --json >out 2>err </dev/null
ok "variables that are sent" $?
owner list --json "$(reach wangqiang)" >expected
cmp -s out expected
ok "variables that are sent change nothing" $?
lacks err "LD_PRELOAD" # ld.so would complain of it
if [ $root = yes ]; then # the home of an account that is nobody's is ours to spoil
    mkdir -p "$base/data/.ssh" "$base/data/.config/duban"
    echo "DUBAN_DB=/etc/passwd" >"$base/data/.ssh/environment"
    printf 'touch %s/rc-ran\n' "$base/data" >"$base/data/.ssh/rc"
    cp "$(key_of stranger).pub" "$base/data/.ssh/authorized_keys"
    echo "title = \"of the account\"; theme = \"nothing\";" >"$base/data/.config/duban/duban.cfg"
    chown -R "$account" "$base/data/.ssh" "$base/data/.config"
    gives "files in the account's home" 0 wangqiang
    lacks out "of the account"
    ! [ -e "$base/data/rc-ran" ]
    ok "rc is not run" $?
fi

# --- who is not let in at all
try "an unknown key" "" stranger duban list
says err "Permission denied"
login stranger -o BatchMode=no -o NumberOfPasswordPrompts=1 -o PreferredAuthentications=password,keyboard-interactive \
    duban list >out 2>err </dev/null
status=$?
refused "a password" ""
says err "(publickey)"
if [ $root = yes ]; then
    new_key evil 'x",command="sh" ssh-ed25519 AAAA'
    owner user key wangqiang add "$(key_of evil).pub" >out 2>err
    ok "a comment that would be options" $?
    gives "it is a comment" 0 evil list --json
    cmp -s out expected
    ok "of the same person" $?
    try "and no shell" "uid=" evil duban id
    printf '%s\ncommand="/bin/sh" %s\n' "$(cat "$(key_of stranger).pub")" "$(cut -d' ' -f1,2 "$(key_of stranger).pub")" >lines
    before=$(sql "SELECT count(*) FROM person_key")
    ! owner user key wangqiang add "$work/lines" >out 2>err
    ok "a second line with options" $?
    same "no key of it is kept" "$(sql "SELECT count(*) FROM person_key")" "$before"
fi

# --- a key that is revoked, a person who is disabled
try_good() { # NAME KEY
    login "$2" duban list >out 2>err </dev/null
    ok "$1" $?
}
hang_up wangqiang masl
try_good "before" revoked
owner user key wangqiang remove "$(ssh-keygen -lf "$(key_of revoked).pub" | cut -d' ' -f2)" >out 2>err
ok "revoking" $?
know_keys
try "a revoked key" "" revoked duban list
try_good "the other key of the same person" wangqiang
gives "disabled by the administrator" 0 gaoxiang user disable masl
try "who is disabled" "" masl duban list
gives "enabled again" 0 gaoxiang user enable masl
know_keys
try_good "and back" masl

# --- in a terminal
export SSH_BASE="$base" SSH_DATABASE="$db"
"$build/tests/ssh_board" "$program" "$account" >"$base/boards" 2>&1
status=$?
cat "$base/boards"
[ "$status" -eq 0 ] || failed=$((failed + 1))

# --- what is low for hundreds of people: asked of the system, nothing is made
if [ $root = yes ]; then
    prlimit --nproc=500:500 "$program" --lang en setup-server --account "$account" --folder "$base/data" --dry-run >out 2>err
    ok "a dry run on this system" $?
    says out "folder $base/data: in order"
    says out "The account $account may have 500 processes"
    first=$("$sshd" -T 2>/dev/null | sed -n 's/^maxstartups \([0-9]*\).*/\1/p')
    if [ "${first:-100}" -lt 50 ]; then says out "while more than $first are under way"; else lacks out "MaxStartups"; fi
    prlimit --nproc=5000:5000 "$program" --lang en setup-server --account "$account" --folder "$base/data" --dry-run >out 2>err
    lacks out "processes"
fi

# --- one of ten thousand: sshd asks for one key, and gets it as fast as ever
milliseconds() { # TIMES COMMAND..: of one
    times=$1
    shift
    start=$(date +%s%N)
    for turn in $(seq "$times"); do "$@" >out 2>err </dev/null || return 1; done
    echo "$((($(date +%s%N) - start) / times / 1000000))"
}
fingerprint=$(ssh-keygen -lf "$(key_of lina).pub" | cut -d' ' -f2)
# shellcheck disable=SC2046
ask() { owner authorized-keys "$fingerprint" $(cut -d' ' -f1,2 "$(key_of lina).pub"); }
few=$(milliseconds 10 ask)
sql "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
    INSERT INTO person (login, name, role) SELECT 'p' || i, '人' || i, 'viewer' FROM n;
    INSERT INTO person_key (fingerprint, person_id, key, added_at)
    SELECT 'SHA256:' || hex(randomblob(20)), id, 'ssh-ed25519 ' || hex(randomblob(34)), '2026-01-01T00:00:00Z'
    FROM person WHERE login GLOB 'p[0-9]*'" >out 2>err
ok "ten thousand people" $?
many=$(milliseconds 10 ask)
says out "--as lina"
same "one line" "$(wc -l <out)" 1
[ "$many" -le $((few * 3 + 20)) ]
ok "sshd's question takes $many ms among 10,000 people, $few among a few" $?
whole=$(milliseconds 3 login lina duban help)
ok "a login among 10,000 people" $?
echo "ssh: of 10,000 people: $many ms for sshd's question, $whole ms for a whole login"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
