#!/bin/bash
# usage: scratch.sh BINARY FOLDER      By root, with mounts, network and processes of its own: installs BINARY as
# `make install-files` does into a root that is this machine's but for what is written to it, and there tries all
# commands that the documents print for such a place, and all settings of FOLDER.
set -euo pipefail
binary=$1 settings=$2 repository=$PWD scratch=/run/root

# Lays a scratch root, or a part of it that lies on another disk, over what there is.
lay_over() {
    local upper=$layers/$((++count))
    mkdir -p "$upper/changed" "$upper/work" "$scratch${1%/}"
    mount -t overlay -o "lowerdir=$1,upperdir=$upper/changed,workdir=$upper/work" overlay "$scratch${1%/}"
}

mount --make-rprivate /
layers=/run count=0
mount -t tmpfs tmpfs "$layers"
lay_over /
for part in "$repository" "${CARGO_HOME:-$HOME/.cargo}" "${RUSTUP_HOME:-$HOME/.rustup}" "${binary%/*}" "$settings"; do
    [ ! -d "$part" ] || [ "$(stat -c %m "$part")" = / ] || lay_over "$part"
done
mount -t proc proc "$scratch/proc"
mount --rbind /dev "$scratch/dev"
mount -t tmpfs tmpfs "$scratch/run"
ip link set lo up

# The programs stand where a build would have left them.
export SCRATCH_BINARY=$binary SCRATCH_SETTINGS=$settings
exec chroot "$scratch" bash -euc '
    cd "$0"
    mkdir -p target/release target/small
    cp "$SCRATCH_BINARY" target/release/sanctuary
    cp "${SCRATCH_BINARY%/*}/sanctuary-join" target/small
    make --silent install-files
    systemd-sysusers
    mkdir -p /etc/sanctuary
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=chat.example.org \
        -keyout /etc/sanctuary/key.pem -out /etc/sanctuary/certificate.pem
    packaging/tests/guest/documents here serve
    failed=0
    for file in "$SCRATCH_SETTINGS"/*.toml; do
        # What is written is right; whether memory can be locked here is another matter.
        sanctuary check -c "$file" >/tmp/said 2>&1 || grep -q "memory can.t be locked" /tmp/said ||
            { cat "$file" /tmp/said; failed=1; }
    done
    [ "$failed" = 0 ]
' "$repository"
