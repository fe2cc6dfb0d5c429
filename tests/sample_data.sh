#!/bin/sh
# The sample data is whole: fields, words of the schema, references, dates in order, states that agree with
# what belongs to them, and the counts the documentation tells. Then each check is shown to bite, on copies with one fault.
# Ends with the count.
set -u
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")/.." || exit 1
folder=sample-data
passed=0 failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

check() { # NAME STATUS DETAIL
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "sample_data: $1"
        [ -z "$3" ] || echo "$3" | head -20
    fi
}

examine() { # FOLDER
    set -- "$1" src/store/001-schema.sql
    for name in regions departments sources sponsors people duty tasks measures targets reports notices reviews publicities objections extensions; do
        [ -f "$1/$name.tsv" ] && set -- "$@" "$1/$name.tsv"
    done
    shift
    awk -f tests/sample_data.awk "$@"
}

for file in "$folder"/*.tsv; do
    iconv -f UTF-8 -t UTF-16 "$file" >/dev/null 2>"$work/log"
    check "$file is UTF-8" $? "$(cat "$work/log")"
done
left=$(grep -l "$(printf '\r')" "$folder"/*.tsv)
[ -z "$left" ]
check "no carriage return" $? "$left"
left=$(for file in "$folder"/*.tsv; do [ -z "$(tail -c 1 "$file")" ] || echo "$file"; done)
[ -z "$left" ]
check "every file ends in a newline" $? "$left"

examine "$folder" >"$work/result"
check "the checks ran to their end" $? ""
while read -r verdict text; do
    [ "$verdict" = ok ]
    check "${text%%:*}" $? "${text#*: }"
done <"$work/result"
checks=$(grep -c '^ok \|^not ' "$work/result")
[ "$checks" -eq 16 ]
check "16 checks reported" $? "there were $checks"

bites() { # CHECK FILE SED: with this fault, that check must fail
    rm -rf "$work/copy"
    mkdir "$work/copy" && cp "$folder"/*.tsv "$work/copy/"
    sed "$3" "$folder/$2.tsv" >"$work/copy/$2.tsv"
    if cmp -s "$folder/$2.tsv" "$work/copy/$2.tsv"; then
        check "the fault \"$3\" changes $2.tsv" 1 ""
        return
    fi
    examine "$work/copy" >"$work/faulty"
    grep -q "^not $1: " "$work/faulty"
    check "$1 notices \"$3\" in $2.tsv" $? "$(grep '^not' "$work/faulty")"
}

t=$(printf '\t')
bites fields tasks "3s/$t/ /"
bites fields people "1s/login/user/"
bites text tasks "2s/${t}部分地区/${t}部分地区,/"
bites text duty "2s/-0000/-6278/"
bites keys regions "3s/^[0-9]*/210000/"
bites words tasks "2s/${t}closed${t}/${t}finished${t}/"
bites references tasks "2s/${t}生态环境厅${t}/${t}无此单位${t}/"
bites references reports "2s/^2${t}[0-9]*/2${t}777/"
bites dates measures "2s/2021-/2021-13-/"
bites dates reviews "2s/202[0-9]-/2031-/"
bites order tasks "2s/${t}2021-1[0-2]-[0-9]*${t}生态/${t}2025-10-01${t}生态/"
bites measures measures "2s/202[0-9]-[0-9-]*${t}\$/${t}/"
bites targets targets "3s/${t}2${t}/${t}3${t}/"
bites targets targets "2s/172${t}个/${t}个/"
bites reports reports "2s/${t}[0-9]*${t}\([a-z_]*\)${t}/${t}101${t}\1${t}/"
bites states tasks "2s/${t}100${t}/${t}99${t}/"
bites states tasks "2s/${t}closed${t}/${t}in_review${t}/"
bites notices notices "/listed/s/listed/letter/"
bites reviews reviews "2s/202[0-9]-/2020-/"
bites publicities publicities "2s/${t}\(calendar\|working\)${t}/${t}x${t}/;2s/${t}[0-9]*${t}x${t}/${t}3${t}calendar${t}/"
bites extensions extensions "2s/${t}1${t}/${t}0${t}/"
bites counts tasks "/^X${t}20/d"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
