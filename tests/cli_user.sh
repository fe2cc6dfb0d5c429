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

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
