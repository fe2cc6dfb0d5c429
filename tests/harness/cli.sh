# What the tests of the command line share: sourced by them, with the build folder as $1. In a folder
# of its own, with the clock held still; out and err are what the last command printed.
# shellcheck shell=sh
build=$(cd "${1:-build}" && pwd) || exit 1
program=$build/duban
work=$(mktemp -d) || exit 1
passed=0 failed=0 following=
trap 'kill $following 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
unset COLUMNS DUBAN_DB XDG_CONFIG_HOME XDG_DATA_HOME LANGUAGE LC_CTYPE LC_MESSAGES LANG NO_COLOR
export HOME="$work/home" LC_ALL=C.UTF-8 DUBAN_NOW=2026-11-21T21:47:00+08:00
mkdir "$HOME"

ok() { # NAME STATUS: 0 is good
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$(basename "$0" .sh): $1"
        { echo "--- out"; head -c 1000 out; echo "--- err"; head -c 1000 err; } 2>/dev/null
    fi
}
duban() { "$program" --lang en "$@" >out 2>err; }
# The program ends with STATUS; what it printed is in out and err.
ends() { # NAME STATUS ARGUMENTS..
    name=$1 wanted=$2
    shift 2
    duban "$@"
    status=$?
    [ "$status" -eq "$wanted" ]
    ok "$name: status $status, not $wanted" $?
}
says() { grep -qF -- "$2" "$1"; ok "$1 should say: $2" $?; } # FILE TEXT
lacks() { ! grep -qF -- "$2" "$1"; ok "$1 should not say: $2" $?; }
empty() { ! [ -s "$1" ]; ok "$1 should be empty" $?; }
same() { [ "$2" = "$3" ]; ok "$1: \"$2\", not \"$3\"" $?; } # NAME FOUND EXPECTED
sql() { sqlite3 "$db" "$@"; }
json() { sqlite3 :memory: "SELECT $1" 2>&1; } # of readfile('out')
db=$work/board.db
export DUBAN_DB="$db"
