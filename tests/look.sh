#!/bin/sh
# The bulletin printed by a real browser: A4, every number on paper, nothing cut at the edge. The pages are left as
# pictures, to be looked at. usage: tests/look.sh [BUILD]. Ends with the count.
set -u
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"
pictures=$build/look
rm -rf "$pictures" && mkdir -p "$pictures" || exit 1

print() { # NAME: NAME.html becomes NAME.pdf, its pages NAME-1.png ..
    timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync --user-data-dir="$work/browser" \
        --enable-logging=stderr --no-pdf-header-footer --print-to-pdf="$1.pdf" "file://$PWD/$1.html" >out 2>err
    ok "$1 is printed" $?
    ! grep -q CONSOLE err
    ok "the browser has nothing to say of $1" $?
    pdfinfo "$1.pdf" >out 2>err
    says out "594.96 x 841.92 pts (A4)"
    pdftotext -layout "$1.pdf" "$1.txt"
    pdftoppm -r 80 -png "$1.pdf" "$pictures/$1"
    # what a browser cuts off on the right is not in the text
    for number in $(xmllint --nonet --xpath "//table[@id='overdue']/tbody/tr/th/text()" "$1.html"); do
        grep -qF -- "$number" "$1.txt"
        ok "$number is on paper in $1" $?
    done
    same "pages are counted in $1" "$(grep -cE '^ *[0-9]+ ?/ ?[0-9]+ *$' "$1.txt")" \
        "$(pdfinfo "$1.pdf" | sed -n 's/^Pages: *//p')"
}

ends "init" 0 init --sample
ends "in Chinese" 0 --lang zh export -o zh.html
print zh
says zh.txt "辽宁省环保督察整改"
says zh.txt "五、逾期任务清单"
ends "in English" 0 export -o en.html
print en
ends "many tasks" 0 init --tasks 10000
ends "long" 0 --lang zh export -o long.html
print long
echo "look: the pages are in $pictures"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
