#!/bin/bash
# `make install-files` installs what was built and builds nothing; every file can be read by whom it is for whatever the
# umask; and each place that is changed reaches all that names it.
. "$(dirname "$0")/../lib.sh"
use_target x86_64
cd "$ROOT"
put() { (umask 077 && make --no-print-directory install-files BINARY="$BINARY" JOIN="$JOIN" CARGO=false NPM=false "$@"); }

put DESTDIR="$SCRATCH/plain" | tee "$SCRATCH/said"
[ -z "$(find "$SCRATCH/plain" -mindepth 1 \( -type d ! -perm 755 -o -type f ! -perm 644 ! -perm 755 \) -print)" ]
[ "$(cd "$SCRATCH/plain" && find . -type f -perm 755 | sort | xargs)" = \
    './usr/bin/sanctuary ./usr/bin/sanctuary-join ./usr/share/sanctuary/restart-after-upgrade ./usr/share/sanctuary/where-to-browse' ]
cmp systemd/sanctuary.service "$SCRATCH/plain/usr/lib/systemd/system/sanctuary.service"
cmp packaging/apparmor/sanctuary "$SCRATCH/plain/etc/apparmor.d/sanctuary"
cmp packaging/sanctuary.toml "$SCRATCH/plain/etc/sanctuary.toml"
# A package's own tools do the rest.
if grep systemd-sysusers "$SCRATCH/said"; then die "a packager is told what to do on a system"; fi

# Settings that are there stay.
echo 'members = 12' >"$SCRATCH/plain/etc/sanctuary.toml"
put DESTDIR="$SCRATCH/plain"
[ "$(cat "$SCRATCH/plain/etc/sanctuary.toml")" = 'members = 12' ]

# Elsewhere, in a folder with a space: nothing names the usual places.
root=$SCRATCH/a\ folder
put DESTDIR="$root" PREFIX=/opt/chat SYSCONFDIR=/opt/chat/etc
for file in "$root"/opt/chat/{lib/systemd/system/*,share/sanctuary/*,share/man/*/*,etc/apparmor.d/*}; do
    if grep -nE '(^|[^a-z])/(usr/bin|usr/share|etc)/sanctuary' "$file"; then die "$file names another place"; fi
done
grep -qx 'ExecStart=/opt/chat/bin/sanctuary serve --config /opt/chat/etc/sanctuary.toml' \
    "$root/opt/chat/lib/systemd/system/sanctuary.service"
grep -q '^  /opt/chat/etc/sanctuary.toml r,' "$root/opt/chat/etc/apparmor.d/sanctuary"
grep -q 'Settings: /opt/chat/etc/sanctuary.toml' "$root/opt/chat/share/sanctuary/where-to-browse"

# Without DESTDIR, it says what is left to do: printed here, not done.
make --dry-run --no-print-directory install-files BINARY="$BINARY" JOIN="$JOIN" DESTDIR= >"$SCRATCH/said"
grep -q 'systemd-sysusers' "$SCRATCH/said"
grep -q 'systemctl daemon-reload' "$SCRATCH/said"

# Without a binary, it says who is to build.
for none in BINARY JOIN; do
    if make install-files BINARY="$BINARY" JOIN="$JOIN" "$none=$SCRATCH/none" DESTDIR="$SCRATCH/empty" 2>"$SCRATCH/said"; then
        die "none installed"
    fi
    grep -q 'make build' "$SCRATCH/said"
done
