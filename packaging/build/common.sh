# Sourced by the scripts beside it: where things are, what a target is called, and how progress is told.
# shellcheck shell=bash disable=SC2034 # What is set here is used there.
set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
PLATFORMS=${PLATFORMS:-$ROOT/target/platforms}   # the cache: toolchain, sysroots, root file systems
DIST=$(realpath -m "${DIST:-$ROOT/dist}")         # what a release consists of

say() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; }
die() { say "$*"; exit 1; }

# The version, as Cargo.toml has it.
version() { sed -n 's/^version = "\(.*\)"/\1/p;/^version/q' "$ROOT/Cargo.toml"; }

# The packages' maintainer.
maintainer() { sed -n 's/^Maintainer: //p' "$ROOT/debian/control"; }

# Every target's name, one a line.
target_names() { awk '!/^#/ && NF {print $1}' "$ROOT/packaging/targets"; }

# Sets NAME, TRIPLE, DEB_ARCH, DEB_FILE, ARCH_ARCH, RPM_ARCH, CPU_ARCH, RUNNER, BINARY and JOIN for a target, given by name or
# by triple.
# RUNNER is the command that runs such a binary on x86_64, on the very processor it is meant for.
use_target() {
    local processor
    read -r NAME TRIPLE DEB_ARCH DEB_FILE ARCH_ARCH RPM_ARCH processor CPU_ARCH < <(
        awk -v t="$1" '!/^#/ && ($1 == t || $2 == t)' "$ROOT/packaging/targets") ||
        die "unknown target '$1'; known are: $(target_names | paste -sd' ')"
    RUNNER=
    [ "$processor" = - ] || RUNNER="${processor%%:*} -cpu ${processor##*:}"
    BINARY=$ROOT/target/$TRIPLE/release/sanctuary JOIN=$ROOT/target/$TRIPLE/small/sanctuary-join
}

# usage: copyright FILE PROGRAM      Writes who holds the copyright of all that a build for this target links in.
copyright() { (cd "$ROOT" && packaging/build/copyright.py "$TRIPLE" "$2") >"$1"; }

# The names of all source files, each ended by a zero byte: those that Git keeps, or those of a release unpacked.
source_files() {
    if [ -e "$ROOT/.git" ]; then
        git -C "$ROOT" ls-files -z
    else
        (cd "$ROOT" && find . \( -path ./target -o -path ./dist -o -path ./vendor -o -path ./.cargo -o -path ./web/dist \
            -o -name node_modules \) -prune -o -type f -printf '%P\0')
    fi
}

# Copies the sources to a folder of their own, for each tool drops its results around itself.
copy_sources() {
    mkdir -p "$1"
    source_files | (cd "$ROOT" && xargs -0 cp -a --parents -t "$1")
    name_homepage "$1"
    same_to_the_byte "$1"
}

# Gives a folder's files the time of the release, and modes that don't depend on a umask.
same_to_the_byte() {
    chmod -R u=rwX,go=rX "$1"
    find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
}

# A field of Cargo.toml; nothing where it is not set.
cargo_field() { sed -n "s/^$1 = \"\([^\"]*\)\".*/\1/p" "$ROOT/Cargo.toml"; }

# Writes where the project and its releases are to be found into the packages' sources, if Cargo.toml says so.
name_homepage() {
    local homepage downloads
    homepage=$(cargo_field homepage) downloads=$(cargo_field downloads)
    if [ -n "$homepage" ]; then
        sed -i "s|^Standards-Version:.*|&\nHomepage: $homepage|" "$1/debian/control"
        sed -i "s|^url=.*|url='$homepage'|" "$1/archlinux/PKGBUILD"
        sed -i "s|^License:.*|&\nURL:            $homepage|" "$1/packaging/rpm/sanctuary.spec"
    fi
    if [ -n "$downloads" ]; then
        sed -i "s|^source=(\"|&$downloads/|" "$1/archlinux/PKGBUILD"
        sed -i "s|^\(Source[0-9]: *\)|\1$downloads/|" "$1/packaging/rpm/sanctuary.spec"
    fi
}

# usage: as_builder DIR PLACE COMMAND...      Runs a command in the folder PLACE of DIR, which is shown as /usr/src, so
# that its true path gets into nothing, by somebody who is not root: makepkg refuses to be root, but in a namespace in
# which root is called 1000 it is content.
as_builder() {
    # shellcheck disable=SC2016 # The inner shell expands it.
    unshare --map-root-user --mount bash -euc '
        mount --bind "$0" /usr/src
        cd "/usr/src/$1"
        shift
        exec unshare --user --map-user=1000 --map-group=1000 env HOME=/usr/src/home "$@"' "$@"
}

# The time that everything built carries: that of the last commit, so that two builds of one commit are equal.
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    SOURCE_DATE_EPOCH=$(git -C "$ROOT" log -1 --format=%ct 2>/dev/null) ||
        SOURCE_DATE_EPOCH=$(stat -c %Y "$ROOT/Cargo.lock")
fi
export SOURCE_DATE_EPOCH
