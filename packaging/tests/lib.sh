# Sourced by every test here. A test is a script that ends with status 0 if all is well.
. "$(dirname "${BASH_SOURCE[0]}")/../build/common.sh"
VERSION=$(version)
SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/sanctuary-test.XXXXXX")
trap 'rm -rf --one-file-system "$SCRATCH"' EXIT
trap 'say "failed: line $LINENO: $BASH_COMMAND"' ERR

need() { "$ROOT/tools/need" "$@"; }

# The file of a target's package, as dist/ names it.
deb_of() { case $1 in armv6) echo "$DIST/sanctuary_${VERSION}_armv6.deb" ;; *) use_target "$1" && echo "$DIST/sanctuary_${VERSION}_$DEB_ARCH.deb" ;; esac; }

# The same package as the next version, to upgrade to.
next_version() {
    local folder=$SCRATCH/next
    dpkg-deb -R "$1" "$folder"
    sed -i "s/^Version: .*/Version: $VERSION+next/" "$folder/DEBIAN/control"
    dpkg-deb --root-owner-group -b "$folder" "$2" >/dev/null
    rm -rf "$folder"
}

# The tar file of a small Debian with systemd, made once.
debian_root() {
    local arch=$1 tar=$PLATFORMS/roots/bookworm-$1.tar mirror
    if [ ! -e "$tar" ]; then
        need mmdebstrap >&2
        mkdir -p "$PLATFORMS/roots"
        mirror=$(sed -n 's/^URIs: //p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -1)
        say "making a small Debian for $arch"
        mmdebstrap --quiet --format=tar --architectures="$arch" --variant=minbase \
            --include=systemd,systemd-sysv,dbus,udev,iproute2,curl,netbase,procps,kmod,man-db,apparmor \
            --aptopt='APT::Install-Recommends "false"' \
            --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/sanctuary/*' \
            --dpkgopt='path-exclude=/usr/share/locale/*' \
            bookworm "$tar.new" "deb ${mirror:?apt names no mirror in debian.sources} bookworm main"
        mv "$tar.new" "$tar"
    fi
    echo "$tar"
}

# Runs a command in a root file system, with /proc and in mounts of its own.
in_root() {
    local root=$1
    shift
    unshare --mount --pid --fork bash -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$root" \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive HOME=/root "$@"
}

# What a root file system holds, users included, but for the package tools' own notes and caches.
listing() {
    (cd "$1" && find . \( -path ./proc -o -path ./tmp -o -path ./run -o -path ./var/cache -o -path ./var/log \
        -o -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/lib/pacman -o -path ./var/lib/rpm \
        -o -name '*-' -path './etc/*' \) -prune -o -print | sort && sort etc/passwd etc/group)
}
