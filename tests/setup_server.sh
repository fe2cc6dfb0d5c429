#!/bin/sh
# `duban setup-server` in the image of a system: copies of its account files, the program as `make install`
# puts it there. What it makes, that it leaves alone what is there, that it takes itself back.
# usage: tests/setup_server.sh [BUILD]. Ends with the count.
set -u
tests=$(cd "$(dirname "$0")" && pwd) || exit 1
# shellcheck source=tests/harness/cli.sh
. "$(dirname "$0")/harness/cli.sh"
if [ "$(id -u)" -ne 0 ]; then
    ends "who is not root is told" 1 setup-server
    says err "sudo duban setup-server"
    command -v sudo >/dev/null && sudo -n true 2>/dev/null && exec sudo -n sh "$tests/setup_server.sh" "$build"
    echo "setup_server: the rest needs root: sudo tests/setup_server.sh $build" >&2
    echo "$passed passed, $((failed + 1)) failed"
    exit 1
fi
root=$work/root
image() { # a fresh image; with locales by name, since making them takes long
    rm -rf "$root"
    mkdir -p "$root/etc/ssh" "$root/var/lib" "$root/usr/local/bin" "$root/usr/local/share"
    cp -RL "$build/share/duban" "$root/usr/local/share/"
    for locale in zh_CN.gb18030 zh_CN.gbk; do
        mkdir -p "$root/usr/lib/locale/$locale"
        touch "$root/usr/lib/locale/$locale/LC_CTYPE"
    done
    for file in passwd group shadow gshadow; do cp -p "/etc/$file" "$root/etc/"; done
    sed -i '/^duban:/d; /^kejia:/d' "$root/etc/passwd" "$root/etc/group" "$root/etc/shadow" "$root/etc/gshadow"
    cp "$build/duban" "$root/usr/local/bin/duban"
    chmod 755 "$root" "$root/usr/local/bin/duban"
}
# What is there, with owners and modes; without locks and old copies of the account files, and their times.
state() {
    (cd "$root" &&
        find . ! -name '*-' ! -name '*.lock' -printf '%p %U %G %m %l\n' | sort &&
        cat etc/passwd etc/group etc/shadow etc/gshadow
    find etc/ssh etc/duban etc/sysctl.d -type f -exec cat {} + 2>/dev/null) | sha256sum
}
uid() { awk -F: -v name="$1" '$1 == name { print $3 }' "$root/etc/passwd"; }
setup() { # NAME STATUS ARGUMENTS..: from the program in the image
    name=$1 wanted=$2
    shift 2
    "$root/usr/local/bin/duban" --lang en setup-server --root "$root" "$@" >out 2>err
    status=$?
    [ "$status" -eq "$wanted" ]
    ok "$name: status $status, not $wanted" $?
}
db=/var/lib/duban/duban.db
dropin=/etc/ssh/sshd_config.d/50-duban.conf
limits=/etc/sysctl.d/50-duban.conf
unset DUBAN_DB

# --- a run, and a second one
image
fresh=$(state)
setup "a dry run" 0 --dry-run
says out "account duban: to be done"
says out "database $db: to be done"
same "a dry run makes nothing" "$(state)" "$fresh"
setup "the first run" 0
for line in "account duban: done" "folder /var/lib/duban: done" "database $db: done" \
    "configuration /etc/duban/duban.cfg: done" "sshd settings $dropin: done" "duban user add" "duban user key" \
    "backup /var/lib/duban/" "remind --send" "duban setup-server --undo --root $root" \
    "limits of the kernel $limits: done" "locales zh_CN.GB18030, zh_CN.GBK: in order" \
    "places and departments: left out, see below" "the same command with --units"; do
    says out "$line"
done
same "the account" "$(sed -n 's/^duban:x:[0-9]*:[0-9]*:/:/p' "$root/etc/passwd")" ":duban (setup-server):/var/lib/duban:/bin/sh"
[ "$(uid duban)" -lt 1000 ] && [ "$(uid duban)" -gt 0 ]
ok "the account is one of the system" $?
same "it has no password" "$(awk -F: '$1 == "duban" { print $2 }' "$root/etc/shadow")" "*"
same "the folder" "$(stat -c '%u %a' "$root/var/lib/duban")" "$(uid duban) 700"
same "all in it is the account's" "$(find "$root/var/lib/duban" ! -uid "$(uid duban)")" ""
same "the configuration" "$(stat -c '%u %a' "$root/etc/duban/duban.cfg")" "0 644"
same "the drop-in" "$(stat -c '%u %a' "$root$dropin")" "0 644"
same "the configuration names the database" "$(grep '^[^#]' "$root/etc/duban/duban.cfg")" "database = \"$db\";"
"$build/duban" --config "$root/etc/duban/duban.cfg" --db "$root$db" list >out 2>err
same "the configuration can be read, and the database" "$? $(cat err | grep -c "duban.db")" "3 1"
second=$(state)
setup "the second run" 0
same "eight times in order" "$(grep -c ': in order$' out)" 8
same "the places told of once" "$(grep -c 'with --units' out)" 1
same "the second run changes nothing" "$(state)" "$second"

same "the limit" "$(grep -v '^#' "$root$limits")" "fs.inotify.max_user_instances = 1024"
same "is root's, for all to read" "$(stat -c '%u %a' "$root$limits")" "0 644"

# --- what sshd makes of it
ssh-keygen -q -t ed25519 -N '' -f "$work/host"
mkdir -p /run/sshd
printf 'HostKey %s\nX11Forwarding yes\nPasswordAuthentication yes\nInclude %s\nMaxSessions 10\n' \
    "$work/host" "$root/etc/ssh/sshd_config.d/*.conf" >"$work/sshd_config"
sshd=$(command -v sshd || echo /usr/sbin/sshd)
"$sshd" -T -f "$work/sshd_config" -C user=duban,host=x,addr=127.0.0.1 >out 2>err
ok "sshd can read it" $?
for line in "authorizedkeysfile none" "authenticationmethods publickey" "passwordauthentication no" \
    "kbdinteractiveauthentication no" "disableforwarding yes" "permittty yes" "permituserrc no" "permittunnel no" \
    "x11forwarding no" "allowagentforwarding no" "maxsessions 8" "unusedconnectiontimeout 60" "clientaliveinterval 30" "clientalivecountmax 4" \
    "authorizedkeyscommand /usr/local/bin/duban --db $db authorized-keys %f %t %k" "authorizedkeyscommanduser duban"; do
    grep -qx "$line" out
    ok "sshd should say: $line" $?
done
"$sshd" -T -f "$work/sshd_config" -C user=root,host=x,addr=127.0.0.1 >out 2>err
for line in "x11forwarding yes" "passwordauthentication yes" "maxsessions 10" "authorizedkeyscommand none"; do
    says out "$line"
done

# --- taking it away, and up again
setup "undo, dry" 0 --undo --dry-run
same "a dry undo takes nothing away" "$(state)" "$second"
setup "undo" 0 --undo
says out "account duban: taken away"
says out "database $db: stays"
says out "limits of the kernel $limits: taken away"
says out "locales zh_CN.GB18030, zh_CN.GBK: stays"
! [ -e "$root$limits" ]
ok "no limit" $?
same "no account" "$(grep -h '^duban:' "$root/etc/passwd" "$root/etc/group" "$root/etc/shadow")" ""
! [ -e "$root$dropin" ]
ok "no drop-in" $?
same "the data is root's alone" "$(stat -c '%u %a' "$root/var/lib/duban")" "0 700"
setup "undo again" 0 --undo
says out "account duban: is not there"
echo x >"$root/var/lib/duban/copy.db"
chown 4711 "$root/var/lib/duban/copy.db"
printf 'left:x:%s:%s::/:/bin/false\n' 998 998 >>"$root/etc/passwd" # the number may have gone to somebody else
setup "up again" 0
says out "folder /var/lib/duban: taken up"
same "all is the account's again" "$(find "$root/var/lib/duban" ! -uid "$(uid duban)")" ""
setup "purge without undo" 2 --purge
setup "undo all but what people put there" 0 --undo --purge
says out "folder /var/lib/duban: stays: other files lie there"
same "a copy is still there, for root alone" "$(stat -c '%u %a' "$root/var/lib/duban") $(ls "$root/var/lib/duban")" "0 700 copy.db"
rm -r "$root/var/lib/duban"
sed -i '/^left:/d' "$root/etc/passwd"
rmdir "$root/etc/ssh/sshd_config.d" "$root/etc/sysctl.d"
same "all is as before" "$(state)" "$fresh"

# --- with the places and departments
setup "a dry run with places" 0 --units --dry-run
says out "places and departments: to be done"
setup "a run with places" 0 --units
says out "places and departments: done"
lacks out "with --units"
"$build/duban" --lang en --db "$root$db" user add wangqiang name=王强 role=reporter region=抚顺县 >out 2>err
ok "a reporter of a county can be recorded" $?
chown "$(uid duban)" "$root$db"*
"$build/duban" --lang en --db "$root$db" check >out 2>err
ok "and the database is whole" $?
same "all in the folder is the account's" "$(find "$root/var/lib/duban" ! -uid "$(uid duban)")" ""
setup "again" 0
says out "places and departments: in order"
setup "again with places" 0 --units
says out "places and departments: in order"
setup "not taken away with" 2 --undo --units
setup "undo all of it" 0 --undo --purge
lacks out "places"
setup "a run without" 0
setup "places for a database that is there" 0 --units
says out "places and departments: done"
same "all in the folder is the account's still" "$(find "$root/var/lib/duban" ! -uid "$(uid duban)")" ""
setup "undo that too" 0 --undo --purge
rm -rf "$root/etc/duban" "$root/etc/ssh/sshd_config.d"
mv "$root/usr/local/share/duban" "$root/usr/local/share/aside"
before=$(state)
setup "no places beside the program" 1 --units
says err "places and departments: the sample data is not beside the program"
rm -rf "$root/etc/duban" "$root/etc/ssh/sshd_config.d"
same "nothing is made" "$(state)" "$before"
mv "$root/usr/local/share/aside" "$root/usr/local/share/duban"

# --- other names
setup "another account and folder" 0 --account kejia --folder /var/lib/kejia
says out "--undo --account kejia --folder /var/lib/kejia"
says "$root/etc/ssh/sshd_config.d/50-duban-kejia.conf" "Match User kejia"
says "$root/etc/ssh/sshd_config.d/50-duban-kejia.conf" "--db /var/lib/kejia/duban.db authorized-keys"
setup "one more beside it" 0
says out "/etc/duban/duban.cfg stays as it is"
says out "--db $db"
setup "undo one" 0 --undo
[ -e "$root/etc/ssh/sshd_config.d/50-duban-kejia.conf" ] && [ -e "$root/etc/sysctl.d/50-duban-kejia.conf" ] && grep -q '^kejia:' "$root/etc/passwd"
ok "the other stays" $?
for name in "Bad" "a b" "*" "-x" "root;id" "" "$(printf 'a\nb')" abcdefghijklmnopqrstuvwxyzabcdefgh; do
    setup "bad name of an account" 2 "--account=$name"
done
for folder in relative / "/a b" '/a"b' /a/../b /a/ '/%u' "$(printf '/a\nb')" /a//b; do
    setup "bad folder" 2 "--folder=$folder"
done
setup "no such image" 1 --root "$root/none"
setup "a word too many" 2 now

# --- what is not ours is left alone, and nothing is made
refuses() { # NAME TEXT ARGUMENTS..
    name=$1 text=$2
    shift 2
    before=$(state)
    setup "$name" 1 "$@"
    says err "$text"
    same "$name: nothing is made" "$(state)" "$before"
}
image
printf 'duban:x:1234:1234:Du Ban:/home/duban:/bin/bash\n' >>"$root/etc/passwd"
refuses "an account of somebody's" "there is an account duban already which duban did not make (Du Ban"
setup "undo leaves it" 0 --undo
says out "account duban: stays (there is an account"
image
printf 'duban:x:0:0:duban (setup-server):/var/lib/duban:/bin/sh\n' >>"$root/etc/passwd"
refuses "an account that is root" "did not make"
setup "undo leaves root" 0 --undo
says out "account duban: stays"
image
mkdir -p "$root/etc/ssh/sshd_config.d"
echo "Match User duban" >"$root$dropin"
refuses "a drop-in of somebody's" "is not duban's"
setup "undo leaves it" 0 --undo
same "the drop-in stays" "$(cat "$root$dropin")" "Match User duban"
image
mkdir -m 755 "$root/var/lib/duban"
echo x >"$root/var/lib/duban/x"
refuses "a folder with something in it" "is there already, and not that of the account duban"
setup "undo and purge leave it" 0 --undo --purge
[ -e "$root/var/lib/duban/x" ]
ok "the folder stays" $?
image
ln -s /etc "$root/var/lib/duban"
refuses "a link in the place of the folder" "is not a folder"
image
echo x >"$root/var/lib/duban"
refuses "a file in the place of the folder" "is not a folder"
image
chmod 777 "$root/var/lib"
refuses "a folder in a place that all can write" "can be written by others than root"
image
chmod 775 "$root/usr/local"
refuses "a program that others could exchange" "make install"
says err "/usr/local can be written by others than root"
image
chown 1234 "$root/usr/local/bin/duban"
refuses "a program that is not root's" "duban does not belong to root"
image
chmod 700 "$root/usr/local/bin"
refuses "a program nobody gets at" "is closed to all but root"
image
setup "a server" 0
chmod 755 "$root/var/lib/duban"
refuses "a folder that was opened" "chmod 700"
chmod 700 "$root/var/lib/duban"
chown 0 "$root$db"
refuses "a database that was given away" "does not belong to the account duban"
chown "$(uid duban)" "$root$db"
sed -i '/^duban:/s|/bin/sh|/usr/sbin/nologin|' "$root/etc/passwd"
refuses "a shell that runs nothing" "usermod --shell /bin/sh"
sed -i '/^duban:/s|/usr/sbin/nologin|/bin/sh|' "$root/etc/passwd"
refuses "the folder of another account" "say --folder /var/lib/duban" --folder /var/lib/other
echo "# changed" >>"$root$dropin"
setup "our drop-in that was changed" 0
says out "sshd settings $dropin: taken up"
lacks "$root$dropin" "# changed"

# --- what it can do without
image
mkdir "$root/etc/sysctl.d"
echo "kernel.panic = 1" >"$root$limits"
setup "a limit of somebody's" 0
says out "limits of the kernel $limits: left out, see below"
says out "$limits is there already and is not duban's"
setup "undo leaves it" 0 --undo
says out "limits of the kernel $limits: stays ($limits is there already"
same "the limit stays" "$(cat "$root$limits")" "kernel.panic = 1"
image
echo x >"$root/etc/sysctl.d"
setup "no folder for the limit" 0
says out "limits of the kernel $limits: left out, see below"
says out "etc/sysctl.d is not a folder"
image
rm -r "$root/usr/lib/locale"
setup "no locales, dry" 0 --dry-run
says out "locales zh_CN.GB18030, zh_CN.GBK: to be done"
setup "no locales" 0
says out "locales zh_CN.GB18030, zh_CN.GBK: done"
for charset in GB18030 GBK; do
    same "a terminal in $charset" "$(LOCPATH="$root/usr/lib/locale" LC_ALL=zh_CN.$charset locale charmap 2>&1)" "$charset"
done
same "duban speaks it" "$(LOCPATH="$root/usr/lib/locale" LC_ALL=zh_CN.GB18030 "$build/duban" --db "$work/none.db" list 2>&1 |
    iconv -f GB18030 -t UTF-8 | grep -c '没有\|数据库')" 1
setup "locales again" 0
says out "locales zh_CN.GB18030, zh_CN.GBK: in order"
image
rm -r "$root/usr/lib/locale"
echo x >"$root/usr/lib/locale"
setup "no folder for locales" 0
says out "locales zh_CN.GB18030, zh_CN.GBK: left out, see below"
says out "usr/lib/locale is not a folder"

# --- what whoever works on the server should know
chmod 600 "$root/etc/duban/duban.cfg"
setup "a configuration nobody can read" 0
says out "chmod 644 /etc/duban/duban.cfg"
chmod 644 "$root/etc/duban/duban.cfg"
chmod 700 "$root/etc/duban"
setup "in a folder nobody can enter" 0
says out "/etc/duban is closed to all but root"
chmod 755 "$root/etc/duban"

# --- a step that fails takes the others back
back() { # NAME TEXT
    before=$(state)
    setup "$1" 1
    says err "$2"
    same "$1: all is as before" "$(state)" "$before"
}
image
echo x >"$root/etc/ssh/sshd_config.d"
back "no folder for the drop-in" "sshd settings $dropin"
says out "account duban: taken back"
says out "database $db: taken back"
image
echo x >"$root/etc/duban"
back "no folder for the configuration" "configuration /etc/duban/duban.cfg"
image
rmdir "$root/var/lib"
back "no folder above the folder" "/var/lib"
image
printf 'duban:x:1234:\n' >>"$root/etc/group"
back "a group of that name" "account duban: useradd: "
image
mkdir -m 700 "$root/var/lib/duban"
setup "a folder that is empty" 0
setup "and left" 0 --undo
rm -r "$root/etc/duban"
echo x >"$root/etc/duban"
setup "a folder that was taken up, and a failure" 1
says out "folder /var/lib/duban: taken back"
same "it is root's alone again" "$(stat -c '%u %a' "$root/var/lib/duban")" "0 700"
[ -s "$root$db" ]
ok "with its database" $?
rm "$root/etc/duban"
setup "up again" 0
echo "no database" >"$root$db"
refuses "what is no database" "duban.db"

# --- for a person who acts as another, it is not there
"$build/duban" --lang en --as lina setup-server >out 2>err
same "not for who acts as a person" "$?" 1
says err "setup-server is for the account of the server"
image
cp -R "$build/share/locale" "$root/usr/local/share/"
"$root/usr/local/bin/duban" --lang zh setup-server --root "$root" >out 2>err
ok "in Chinese" $?
says out "账户 duban: 完成"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
