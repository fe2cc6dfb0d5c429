#!/bin/sh
# People and keys by the command line, and what sshd is told of them.
# usage: tests/cli_user.sh [BUILD]. Ends with the count.
set -u
tests=$(cd "$(dirname "$0")" && pwd) || exit 1
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"

ed="ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAK+qtwSlnVSUTxEfmMd5U/CFwg6BVwoRSSWco98hqyh"
ed_print=SHA256:KOyoBo5eV3kddh86VExrJLeSjH+HdVLHZAxLvv82ols
ec="ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBJLAr47y9LSfZ9I8xuMjZRPK83RUpGvN0xuHeA/mhHGlNzFUYwifOkoW05cDRaONeJxK/aRcCNPgbtoT5LJ8OrQ="
ec_print=SHA256:Pvgne8jK0jInVrttR+8vHfKajm1/WRG5Tw4BpdRQS6g
record() { # LOGIN PRINT LINE: as a script would
    sql "INSERT INTO person_key SELECT '$2', id, '$3', '2026-11-20T01:00:00.000Z' FROM person WHERE login = '$1'"
}
line() { # LOGIN PRINT LINE
    echo "restrict,pty,command=\"$program --db $db --as $1 --key $2\" $3"
}
# As sshd runs it.
sshd() { env -i "$program" --db "$db" authorized-keys "$@" >out 2>err; }

ends "a board" 0 init --sample

# --- authorized-keys
record wangqiang "$ed_print" "$ed 王强 desk"
record lina "$ec_print" "$ec"
# shellcheck disable=SC2086 # words of a key
sshd "$ed_print" $ed
same "sshd asks" $? 0
same "the line of a key" "$(cat out)" "$(line wangqiang "$ed_print" "$ed 王强 desk")"
sshd "$ec_print"
same "by the fingerprint alone" "$(cat out)" "$(line lina "$ec_print" "$ec")"
# shellcheck disable=SC2086
sshd "$ed_print" $ec
same "another key under that fingerprint" "$?$(cat out)" 0
sshd SHA256:nobodys
same "a key of nobody" "$?$(cat out err)" 0
sshd
same "all of them" "$(cat out)" "$(line lina "$ec_print" "$ec"; line wangqiang "$ed_print" "$ed 王强 desk")"
sshd "$ed_print" ssh-ed25519
same "half of what sshd tells" $? 2
cp "$program" "$work/du ban"
(cd "$work" && cp board.db "督办 1.db" && cp "$program" 'it'\''s' &&
    env -i "./du ban" --db "督办 1.db" authorized-keys "$ed_print" >out 2>err)
same "names with blanks" "$(cut -d '"' -f 2 out)" "'$work/du ban' --db '$work/督办 1.db' --as wangqiang --key $ed_print"
(cd "$work" && env -i "./it's" --db board.db authorized-keys "$ed_print" >out 2>err)
same "a name that cannot be quoted" "$?$(cat out)" 1
says err "which cannot be told sshd safely"
rm "$work/it's" "$work/du ban"
sql "UPDATE person SET disabled = 1 WHERE login = 'lina'"
sshd "$ec_print"
same "of somebody disabled" "$?$(cat out err)" 0
sql "UPDATE person SET disabled = 0 WHERE login = 'lina'"
record lina SHA256:other "$ec"
record lina SHA256:broken "no-key at all"
sql "UPDATE person SET login = 'li\" na' WHERE login = 'lina'"
sshd
same "rows that are wrong" $? 1
same "the others are told" "$(cat out)" "$(line wangqiang "$ed_print" "$ed 王强 desk")"
says err "SHA256:other"
says err "SHA256:broken"
says err "no login that a line for sshd may hold"
sql "UPDATE person SET login = 'lina' WHERE login = 'li\" na'; DELETE FROM person_key WHERE length(fingerprint) < 20"
ends "not for who came in" 1 --as wangqiang authorized-keys
says err "is for the account of the server itself"
mkdir "$HOME/.config" && mkdir "$HOME/.config/duban" && echo "nonsense" >"$HOME/.config/duban/duban.cfg"
ends "a configuration that is wrong" 0 authorized-keys "$ed_print"
says out "--as wangqiang"
rm -r "$HOME/.config"
env -i "$program" --db "$work/none.db" authorized-keys "$ed_print" >out 2>err
same "no database" $? 1
empty out
sqlite3 old.db <"$tests/data/schema-2.sql" >/dev/null
env -i "$program" --db "$work/old.db" authorized-keys "$ed_print" >out 2>err
same "a database of an earlier release" "$?$(wc -l <out)" 01
says out "--as lina"

# --- user
cd "$work" || exit 1
rm -rf board.db* && duban init --sample
COLUMNS=80 ends "everybody" 0 user
same "people and a head" "$(wc -l <out)" 16
says out "wangqiang     王强       reporter 抚顺县 抚顺县整改办                 0"
ends "list is the default" 0 user list --json
same "as many" "$(json "json_array_length(readfile('out'))")" 15
same "the keys of the object" "$(json "group_concat(key, ' ') FROM json_each(readfile('out'), '\$[0]')")" \
    "login name role reach region department phone disabled keys"
ends "one" 0 user show wangqiang
says out "wangqiang  王强"
says out "抚顺县生态环境保护督察整改办公室"
says out "reach                   region:抚顺县"
ends "nobody of that login" 3 user show wangqaing
says err 'did you mean "wangqiang"?'
ends "add" 0 user add zhaomin name=赵敏 role=officer "reach=region:抚顺 -closed" --reason 新到任
same "what was recorded" "$(cat out)" \
    "zhaomin: name 赵敏, reach region:抚顺 -closed, role duty officer · new person: 新到任"
COLUMNS=80 ends "a reach of one's own in the list" 0 user
says out "[region:抚顺 -closed]"
ends "again" 1 user add zhaomin name=赵敏 role=officer
says err "is recorded already"
ends "not written NAME=VALUE" 2 user add zm 赵敏
says err '"赵敏" is not written NAME=VALUE'
ends "told twice" 2 user add zm name=a name=b
ends "no such field" 2 user set zhaomin rol=viewer
says err 'did you mean "role"?'
ends "a reach that is no filter" 2 user set zhaomin "reach=region:("
says err "^"
ends "no such role" 2 user add zm name=赵敏 role=clerk
says err 'role: "clerk" is none of: viewer, reporter (reporter of a region)'
ends "no such role, in Chinese" 2 --lang zh user add zm name=赵敏 role=clerk
says err '“clerk”不在可选范围：viewer（'
ends "no such place" 2 user add zm name=赵敏 role=reporter region=抚顺先
says err 'did you mean "抚顺县"?'
ends "no role" 2 user add zm name=赵敏
ends "no login" 2 user add "赵 敏" name=赵敏 role=viewer
ends "what is missing" 2 user set zhaomin
says err "it is written: duban user set LOGIN NAME=VALUE..."
ends "no such command" 2 user lst
says err 'did you mean "list"?'
ends "set" 0 user set zhaomin region=抚顺县 phone=024-1
same "what was changed" "$(cat out)" "zhaomin: phone 024-1, own region 抚顺县 · person changed"
ends "role" 0 user role zhaomin 填报 --json
same "the person" "$(json "json_extract(readfile('out'), '\$.role', '\$.region')")" '["reporter","抚顺县"]'
duban user set zhaomin reach=
ends "the reach of the role" 0 user show zhaomin
says out 'region:"210421" 抚顺县 (by the role)'
ends "the same again" 0 user role zhaomin reporter
says out "nothing to change"
ends "disable" 0 user disable zhaomin --reason 调离
same "who is disabled" "$(cat out)" "zhaomin · person disabled: 调离"
COLUMNS=80 ends "in the list" 0 user
says out "disabled"
ends "they may not come in" 1 --as zhaomin desk
says err "may not use this board any more"
ends "enable" 0 user enable zhaomin
ends "they may" 0 --as zhaomin events --limit 1
ends "reading only" 2 --read-only user disable zhaomin
ends "reading" 0 --read-only user show zhaomin

# --- keys
# shellcheck disable=SC2086
ends "a key by its words" 0 user key zhaomin add $ed 赵敏 desk
same "its fingerprint" "$(cat out)" "zhaomin: $ed_print · key recorded"
ends "a key in one word" 1 user key zhaomin add "$ed"
says err "is recorded for zhaomin already"
# shellcheck disable=SC2086
ends "somebody else's" 1 user key lina add $ed
says err "the key $ed_print belongs to zhaomin"
printf '# of lina\n\n%s lina@desk\r\n' "$ec" >lina.pub
ends "a key from a file" 0 user key lina add lina.pub
ends "the keys" 0 user key lina
says out "$ec_print"
says out "ecdsa-sha2-nistp256  lina@desk  2026-11-21"
ends "removed by its comment" 0 user key lina remove lina@desk
ends "none" 3 user key lina
duban user key lina add - <lina.pub
same "a key from input" "$(cat out)" "lina: $ec_print · key recorded"
printf '%s a\n%s b\n' "$ec" "$ed" >two.pub
ends "removed by its fingerprint" 0 user key lina remove "$ec_print"
ends "two keys, one of somebody else" 1 user key lina add two.pub
says err "line 2: the key $ed_print belongs to zhaomin"
ends "neither is recorded" 3 user key lina
printf -- '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n' >secret
ends "a private key" 1 user key lina add secret
says err "this is a private key"
# shellcheck disable=SC2086
ends "options" 1 user key lina add no-pty $ed
says err "options stand before the key"
ends "no such file" 1 user key lina add none.pub
says err "none.pub cannot be read"
: >empty.pub
ends "an empty file" 1 user key lina add empty.pub
says err "there is no key in it"
ends "no such key" 3 user key lina remove SHA256:nothing-like-it
ends "neither word" 2 user key lina ad lina.pub
ends "who came in reads no file of the server" 1 --as gaoxiang user key lina add lina.pub
says err "files of the server are not read"
duban --as gaoxiang user key lina add - <lina.pub
same "but takes input" $? 0

# --- who may
ends "not everybody" 1 --as wangqiang user
says err "administrators may"
ends "oneself" 0 --as wangqiang user show wangqiang
ends "not another" 1 --as wangqiang user show lina
ends "nor whether there is one" 1 --as wangqiang user show no-such-person
ends "nor a change" 1 --as wangqiang user role wangqiang admin
ends "nor a key" 1 --as lina user key lina remove lina@desk
ends "oneself disabled" 1 --as gaoxiang user disable gaoxiang
says err "you cannot disable yourself"
ends "the history tells an administrator" 0 --as gaoxiang events --limit 1
says out "lina: $ec_print · key recorded"
ends "and nobody else" 0 --as lina events --limit 5
lacks out "SHA256"
ends "the handover too" 0 --as gaoxiang handover
says out "people"
ends "is for them" 0 --as lina handover
lacks out "SHA256"
ends "all is in order" 0 check
says out "history: whole; changes made outside duban: 0"
ends "a session by key" 0 --as zhaomin --key "$ed_print" events --limit 1
ends "its key removed" 0 user key zhaomin remove "$ed_print"
ends "is over" 1 --as zhaomin --key "$ed_print" events --limit 1

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
