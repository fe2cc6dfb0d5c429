# A real sshd on the loopback, for the tests that log in: sourced by them, with the build folder as $1.
# Its configuration is what `duban setup-server` writes, with everything else as open as an
# administrator could have left it. As root it serves an account of its own and asks
# `duban authorized-keys` for each login; as anybody else it can serve only this account, and
# reads from a file what `duban authorized-keys` says.
# shellcheck shell=sh
build=$(cd "${1:-build}" && pwd) || exit 1
passed=0 failed=0 account= log_reader= server=
unset COLUMNS DUBAN_DB DUBAN_NOW SSH_AUTH_SOCK SSH_AGENT_PID XDG_CONFIG_HOME LANGUAGE LC_CTYPE LC_MESSAGES LANG NO_COLOR DISPLAY
export LC_ALL=C.UTF-8
sshd=$(command -v sshd || echo /usr/sbin/sshd)
root=no
[ "$(id -u)" -ne 0 ] || root=yes

# sshd runs no program below a folder that others can write, as /tmp is.
if [ $root = yes ]; then
    base=$(mktemp -d /var/lib/duban-test-XXXXXX) || exit 1
    chmod 755 "$base"
    mkdir -p /run/sshd
else
    base=$(mktemp -d) || exit 1
fi
work=$base/work
# shellcheck disable=SC2329
sshd_finish() {
    for line in "$base"/*.line; do
        [ ! -e "$line" ] || ssh -F "$base/ssh_config" -o ControlPath="$line" -O exit duban 2>/dev/null
    done
    [ -z "${SSH_AGENT_PID:-}" ] || kill "$SSH_AGENT_PID" 2>/dev/null
    [ -z "$server" ] || kill "$server" 2>/dev/null
    if [ $root = yes ] && [ -n "$account" ]; then
        pkill -KILL -u "$account" 2>/dev/null
        userdel -f "$account" 2>/dev/null
    fi
    [ -z "$log_reader" ] || kill "$log_reader" 2>/dev/null
    rm -rf "$base"
}
trap sshd_finish EXIT
trap 'exit 1' INT TERM HUP PIPE
mkdir -p "$work" "$base/keys"
cd "$work" || exit 1

ok() { # NAME STATUS: 0 is good
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$(basename "$0" .sh): $1"
        { echo "--- out"; head -c 600 out; echo "--- err"; head -c 600 err; } 2>/dev/null
    fi
}
says() { grep -qF -- "$2" "$1"; ok "$1 should say: $2" $?; } # FILE TEXT
lacks() { ! grep -qF -- "$2" "$1"; ok "$1 should not say: $2" $?; }
same() { [ "$2" = "$3" ]; ok "$1: \"$2\", not \"$3\"" $?; } # NAME FOUND EXPECTED
give_up() { echo "sshd: $1" >&2; head -c 2000 "$base/log" >&2 2>/dev/null; exit 1; }

# --- the program, the account and the database, by setup-server
image=$base/image
mkdir -p "$base/bin" "$image/etc" "$image$base"
cp "$build/duban" "$base/bin/duban"
cp -RL "$build/share" "$base/share"
program=$base/bin/duban
if [ $root = yes ]; then
    account=dt$(date +%s | tail -c 7)-$$
    useradd --system --user-group --no-create-home --home-dir "$base/data" --shell /bin/sh \
        --comment "duban (setup-server)" --password '*' "$account" || give_up "no account"
    for file in passwd group shadow gshadow; do cp -p "/etc/$file" "$image/etc/"; done
    cp -R "$base/bin" "$base/share" "$image$base/"
    chmod 755 "$image"
    for locale in zh_CN.gb18030 zh_CN.gbk; do # making them takes long
        mkdir -p "$image/usr/lib/locale/$locale"
        touch "$image/usr/lib/locale/$locale/LC_CTYPE"
    done
    "$program" --lang en setup-server --root "$image" --account "$account" --folder "$base/data" >"$base/setup" 2>&1 ||
        give_up "$(cat "$base/setup")"
    mv "$image$base/data" "$base/data"
    dropin=$image/etc/ssh/sshd_config.d/50-duban-$account.conf
else
    account=$(id -un)
    mkdir -m 700 "$base/data"
    dropin=$base/dropin
fi
db=$base/data/duban.db
# The owner at the server, in English, and the database asked past duban; as programs, for ssh_board.c.
as=
[ $root = no ] || as="setpriv --reuid=$account --regid=$account --clear-groups --"
printf '#!/bin/sh\nexec %s "%s" --lang en --db "%s" "$@"\n' "$as" "$program" "$db" >"$base/owner"
printf '#!/bin/sh\nexec %s sqlite3 -cmd ".timeout 5000" "%s" "$@"\n' "$as" "$db" >"$base/sql"
chmod +x "$base/owner" "$base/sql"
owner() { "$base/owner" "$@"; }
sql() { "$base/sql" "$@"; }

rm -f "$db" "$db-wal" "$db-shm" "$db.gate" # setup-server makes an empty one
owner init --sample >"$base/setup" 2>&1 || give_up "$(cat "$base/setup")"

# --- keys
key_of() { echo "$base/keys/$1"; }
new_key() { ssh-keygen -q -t ed25519 -N '' -C "${2:-$1@county}" -f "$(key_of "$1")"; } # NAME [COMMENT]
# Without root, what AuthorizedKeysCommand would have answered is written into a file.
know_keys() { [ $root = yes ] || owner authorized-keys >"$base/authorized_keys" 2>/dev/null; }
person_key() { # LOGIN [NAME OF THE KEY]
    key=${2:-$1}
    new_key "$key"
    owner user key "$1" add "$(key_of "$key").pub" >out 2>err
    ok "the key $key" $?
    know_keys
}

# --- the server
port=
sshd_start() {
    ssh-keygen -q -t ed25519 -N '' -f "$base/host"
    if [ $root = no ]; then
        cat >"$dropin" <<DROPIN
Match User $account
    AuthorizedKeysFile $base/authorized_keys
    AuthenticationMethods publickey
    DisableForwarding yes
    PermitTunnel no
    PermitUserRC no
    X11Forwarding no
    PasswordAuthentication no
    AcceptEnv LANG LC_*
DROPIN
    fi
    mkfifo "$base/says"
    for turn in 1 2 3 4 5 6 7 8; do
        port=$(($(od -An -N2 -tu2 /dev/urandom) % 20000 + 30000))
        cat >"$base/sshd_config" <<CONFIG
Port $port
ListenAddress 127.0.0.1
HostKey $base/host
PidFile $base/sshd.pid
UsePAM no
UseDNS no
LogLevel VERBOSE
StrictModes $root
PasswordAuthentication yes
KbdInteractiveAuthentication yes
AllowAgentForwarding yes
AllowTcpForwarding yes
X11Forwarding yes
PermitTunnel yes
MaxStartups 100
Subsystem sftp /usr/lib/openssh/sftp-server
Include $dropin
CONFIG
        "$sshd" -D -e -f "$base/sshd_config" 2>"$base/says" &
        server=$!
        exec 3<"$base/says"
        while read -r line <&3; do
            echo "$line" >>"$base/log"
            case $line in *"Server listening"*) break 2 ;; esac
        done
        wait "$server"
        server=
    done
    [ -n "$server" ] || give_up "sshd does not start"
    cat <&3 >>"$base/log" &
    log_reader=$!
    exec 3<&-
    echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 "$base/host.pub")" >"$base/known"
    cat >"$base/ssh_config" <<CONFIG
Host duban
    HostName 127.0.0.1
    Port $port
    User $account
    UserKnownHostsFile $base/known
    GlobalKnownHostsFile none
    StrictHostKeyChecking yes
    IdentitiesOnly yes
    IdentityAgent none
    PreferredAuthentications publickey
    BatchMode yes
    ConnectTimeout 10
    KexAlgorithms curve25519-sha256
    LogLevel ERROR
    SendEnv LANG LC_*
CONFIG
}
# ssh as the holder of a key. Nothing is read but what is handed on.
login() { # KEY ARGUMENTS OF SSH..
    key=$1
    shift
    timeout 30 ssh -F "$base/ssh_config" -i "$(key_of "$key")" "$@"
}
# One command over ssh: what it says is in out and err. Commands of one key share a connection, which
# is what costs time; each is a session of its own.
over() { # KEY WORDS..
    key=$1
    shift
    timeout 30 ssh -F "$base/ssh_config" -i "$(key_of "$key")" -o ControlPath="$base/$key.line" -o ControlMaster=auto \
        -o ControlPersist=yes -- duban "$@" >out 2>err </dev/null
}
hang_up() { # KEY..: the connections that are shared
    for key; do
        [ ! -e "$base/$key.line" ] || ssh -F "$base/ssh_config" -o ControlPath="$base/$key.line" -O exit duban 2>/dev/null
    done
}
