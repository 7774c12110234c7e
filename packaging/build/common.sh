# Sourced by the scripts beside it: where things are, what a target is called, and how progress is told.
# shellcheck shell=bash disable=SC2034 # What is set here is used there.
set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
PLATFORMS=${PLATFORMS:-$ROOT/target/platforms}   # the cache: toolchain, sysroots, root file systems
DIST=${DIST:-$ROOT/dist}                         # what a release consists of

say() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; }
die() { say "$*"; exit 1; }

# The version, as Cargo.toml has it.
version() { sed -n 's/^version = "\(.*\)"/\1/p;/^version/q' "$ROOT/Cargo.toml"; }

# Who packages are by.
maintainer() { sed -n 's/^Maintainer: //p' "$ROOT/debian/control"; }

# Every target's name, one a line.
target_names() { awk '!/^#/ && NF {print $1}' "$ROOT/packaging/targets"; }

# Sets NAME, TRIPLE, DEB_ARCH, ARCH_ARCH, RPM_ARCH, CPU_ARCH and RUNNER for a target, given by name or by triple.
# RUNNER is the command that runs such a binary on x86_64, on the very processor it is meant for.
use_target() {
    local processor
    read -r NAME TRIPLE DEB_ARCH ARCH_ARCH RPM_ARCH processor CPU_ARCH < <(
        awk -v t="$1" '!/^#/ && ($1 == t || $2 == t)' "$ROOT/packaging/targets") ||
        die "unknown target '$1'; known are: $(target_names | paste -sd' ')"
    RUNNER=
    [ "$processor" = - ] || RUNNER="${processor%%:*} -cpu ${processor##*:}"
    BINARY=$ROOT/target/$TRIPLE/release/sanctuary
}

# Writes who holds the copyright of all that a build for this target links in.
copyright() { (cd "$ROOT" && packaging/build/copyright.py "$TRIPLE") >"$1"; }

# Copies what packaging a built binary needs to a folder of its own, for each tool drops its results around itself.
copy_package_sources() {
    mkdir -p "$1"
    (cd "$ROOT" && cp -a Makefile Cargo.toml README.md CHANGELOG.md packaging systemd debian archlinux "$1")
    [ ! -e "$ROOT/SECURITY.md" ] || cp -a "$ROOT/SECURITY.md" "$1"
    find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
}

# The time that everything built carries: that of the last commit, so that two builds of one commit are equal.
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    SOURCE_DATE_EPOCH=$(git -C "$ROOT" log -1 --format=%ct 2>/dev/null) ||
        SOURCE_DATE_EPOCH=$(stat -c %Y "$ROOT/Cargo.lock")
fi
export SOURCE_DATE_EPOCH
