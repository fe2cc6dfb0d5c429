#!/bin/sh
# Every message of the sources is in the Chinese catalogue, translated, with the same placeholders, and
# the catalogue holds nothing else. Ends with the count.
set -u
cd "$(dirname "$0")/.."
passed=0 failed=0
check() { # NAME STATUS DETAIL
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "messages: $1"
        [ -z "$3" ] || echo "$3" | head -20
    fi
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
xgettext --from-code=UTF-8 -k_ -kN_ -kngettext:1,2 --no-location --sort-output -o "$work/duban.pot" src/*/*.c include/*/*.h 2>"$work/log"
check "xgettext reads the sources" $? "$(cat "$work/log")"
warnings=$(cat "$work/log")
[ -z "$warnings" ]
check "xgettext has nothing to say" $? "$warnings"
msgfmt --check --check-format -o /dev/null src/po/zh_CN.po 2>"$work/log"
check "the catalogue is well formed" $? "$(cat "$work/log")"
msgcmp --use-untranslated src/po/zh_CN.po "$work/duban.pot" >"$work/log" 2>&1
check "every message is in the catalogue: make po" $? "$(cat "$work/log")"
left=$(msgattrib --untranslated --no-obsolete --no-wrap src/po/zh_CN.po | grep '^msgid "..*"')
[ -z "$left" ]
check "every message is translated" $? "$left"
left=$(msgattrib --only-fuzzy --no-obsolete --no-wrap src/po/zh_CN.po | grep '^msgid "..*"')
[ -z "$left" ]
check "no translation is a guess (fuzzy)" $? "$left"
left=$(msgattrib --only-obsolete src/po/zh_CN.po | grep '^#~ msgid')
[ -z "$left" ]
check "no message is obsolete" $? "$left"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
