#!/bin/sh
# What `make install` puts down: the program runs from there, finds what belongs to it, the man pages
# render without a warning, and bash completes. usage: tests/install.sh [BUILD]. Ends with the count.
set -u
cd "$(dirname "$0")/.." || exit 1
build=$(cd "${1:-build}" && pwd) || exit 1
work=$(mktemp -d) || exit 1
passed=0 failed=0
trap 'rm -rf "$work"' EXIT
unset COLUMNS DUBAN_DB XDG_CONFIG_HOME XDG_DATA_HOME LANGUAGE LC_CTYPE LC_MESSAGES LANG
export HOME="$work" LC_ALL=C.UTF-8
ok() { # NAME STATUS DETAIL
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "install: $1"
        [ -z "${3:-}" ] || echo "$3" | head -20
    fi
}

make --no-print-directory BUILD="$build" DESTDIR="$work/root" PREFIX=/usr install >"$work/log" 2>&1
ok "make install" $? "$(cat "$work/log")"
share=$work/root/usr/share
program=$work/root/usr/bin/duban
mkdir "$work/away" && cd "$work/away" || exit 1
"$program" --version >"$work/log" 2>&1
ok "the program runs" $? "$(cat "$work/log")"
"$program" --db "$work/board.db" init --sample >"$work/log" 2>&1
ok "it finds the sample data" $? "$(cat "$work/log")"
"$program" --lang zh --db "$work/board.db" list --limit 1 2>&1 | grep -q 编号
ok "it finds its catalogue" $?
"$program" --db "$work/board.db" check 2>&1 | grep -q 2025
ok "it finds the calendar of holidays" $?
for theme in "$share"/duban/themes/*.cfg; do
    name=$(basename "$theme" .cfg)
    "$program" --db "$work/board.db" --theme "$name" list --limit 1 >"$work/log" 2>&1
    ok "it finds the theme $name" $? "$(cat "$work/log")"
done

for page in "$share/man/man1/duban.1" "$share/man/zh_CN/man1/duban.1"; do
    man --warnings -l "$page" >"$work/page" 2>"$work/log"
    ok "$page renders" $? "$(cat "$work/log")"
    [ ! -s "$work/log" ]
    ok "$page renders without a warning" $? "$(cat "$work/log")"
    groff -ww -K utf8 -man -Tutf8 "$page" >"$work/formatted" 2>"$work/log" && [ ! -s "$work/log" ]
    ok "groff has nothing to say about $page" $? "$(cat "$work/log")"
    for command in init list show set "do" report new undo events remind check backup help; do
        grep -q "duban $command" "$work/page"
        ok "$page tells of $command" $?
    done
done
! cmp -s "$share/man/man1/duban.1" "$share/man/zh_CN/man1/duban.1"
ok "the Chinese page is another" $?

completion=$share/bash-completion/completions/duban
bash -n "$completion" 2>"$work/log"
ok "bash can read the completion" $? "$(cat "$work/log")"
# What bash offers after LINE, blanks between, sorted.
offers() {
    bash --norc -c '
        . "$1"
        COMP_LINE=$2 COMP_POINT=${#2}
        _duban
        printf "%s\n" "${COMPREPLY[@]}" | sort | tr "\n" " "' bash "$completion" "$1" 2>&1
}
completes() { # LINE EXPECTED
    found=$(offers "$1")
    [ "$found" = "$2 " ]
    ok "\"$1\" offers \"$found\", not \"$2\"" $?
}
completes "duban li" "list"
completes "duban --db x ch" "check"
completes "duban --db=x ch" "check"
completes "duban help co" "completion config"
completes "duban list --so" "--sort"
completes "duban list --sort upd" "updated"
completes "duban list --sort=upd" "updated"
completes "duban list --sort -upd" "-updated"
completes "duban list --limit 3 overd" "overdue"
completes "duban list state:pub" "publicised"
completes "duban list regi" "region:"
completes "duban --lang z" "zh"
completes "duban --theme dar" "dark"
completes "duban check --r" "--read-only --repair"
completes "duban do 2-012 subm" "submit"
completes "duban do --reason x 2-012 subm" "submit"
completes "duban do subm" ""
completes "duban do 2-012 pass l" "level=city level=county level=province"
completes "duban do 2-012 pass level=c" "city county"
completes "duban do 2-012 settle uph" "upheld=no upheld=yes"
completes "duban do 2-012 close doc" "document="
completes "duban set 2-012 deadline_k" \
    "deadline_kind=date deadline_kind=date_ongoing deadline_kind=immediate deadline_kind=ongoing"
completes "duban set 2-012 phone=1 off" "officer="
completes "duban set 2-012 wai" "waived."
completes "duban new 2 numb" "number="
completes "duban report 2-012 --progress b" "basically_done behind"
mkdir "$work/away/folder"
touch "$work/away/folder/copy.db"
completes "duban backup fold" "folder"
completes "duban --db folder/c" "folder/copy.db"
completes "duban --db=folder/c" "folder/copy.db"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
