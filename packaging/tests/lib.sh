# Sourced by every test here. A test is a script that ends with status 0 if all is well.
. "$(dirname "${BASH_SOURCE[0]}")/../build/common.sh"
VERSION=$(version)
SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/sanctuary-test.XXXXXX")
trap 'rm -rf --one-file-system "$SCRATCH"' EXIT
trap 'say "failed: line $LINENO: $BASH_COMMAND"' ERR

need() { "$ROOT/tools/need" "$@"; }

PROGRAMS='sanctuary sanctuary-join'

# usage: deb_of TARGET [PROGRAM]      The files of a target's packages, as dist/ names them.
deb_of() { use_target "$1" && echo "$DIST/${2:-sanctuary}_${VERSION}_$DEB_FILE.deb"; }
arch_of() { use_target "$1" && echo "$DIST/${2:-sanctuary}-$VERSION-1-$ARCH_ARCH.pkg.tar.zst"; }
rpm_of() { use_target "$1" && echo "$DIST/${2:-sanctuary}-$VERSION-1.$RPM_ARCH.rpm"; }

# All that a command says of each target and program.
of_all() { for target in $(target_names); do for program in $PROGRAMS; do "$1" "$target" "$program"; done; done; }

# The same package as the next version, to upgrade to.
next_version() {
    local folder=$SCRATCH/next
    dpkg-deb -R "$1" "$folder"
    sed -i "s/^Version: .*/Version: $VERSION+next/" "$folder/DEBIAN/control"
    dpkg-deb --root-owner-group -b "$folder" "$2" >/dev/null
    rm -rf "$folder"
}

# Debian's mirror, as this machine's apt names it.
mirror() {
    local uri
    uri=$(flock "$ROOT/target/apt.lock" apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | sed -n 1p)
    echo "${uri:?apt knows no mirror of Debian: run apt-get update as root}"
}

# The releases of Debian that packages are for, the oldest first.
SUITES='bookworm trixie'

# usage: debian_root ARCH [SUITE]      The tar file of a small Debian with systemd, and with the other families' package
# tools; made once. Newer ones than this machine bring lintian, which judges by their own rules.
debian_root() {
    local arch=$1 suite=${2:-bookworm} include
    local tar=$PLATFORMS/roots/$suite-$arch.tar
    mkdir -p "$PLATFORMS/roots"
    # Whichever part of `make test` needs it first makes it for all.
    exec 8>"$tar.lock"
    flock 8
    if [ ! -e "$tar" ]; then
        need mmdebstrap >&2
        include=systemd,systemd-sysv,dbus,udev,iproute2,curl,netbase,procps,kmod,man-db,apparmor
        [ "$arch" != amd64 ] || include+=,rpm,pacman-package-manager
        [ "$suite" = bookworm ] || include+=,lintian
        say "making a small Debian ($suite) for $arch"
        able_to_run "$arch" mmdebstrap --quiet --format=tar --architectures="$arch" --variant=minbase \
            --include="$include" --aptopt='APT::Install-Recommends "false"' \
            --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/sanctuary/*' \
            --dpkgopt='path-exclude=/usr/share/locale/*' \
            "$suite" "$tar.new" "deb $(mirror) $suite main"
        mv "$tar.new" "$tar"
    fi
    exec 8>&-
    echo "$tar"
}

# Runs a command while this machine can run arm64's programs, which the kernel must be told. Where it has not been,
# it is only told so for as long as this takes.
able_to_run() {
    local arch=$1
    shift
    if [ "$arch" != arm64 ]; then
        "$@"
        return
    fi
    need qemu-user-static arch-test >&2
    unshare --mount bash -euc '
        formats=/proc/sys/fs/binfmt_misc
        [ -e $formats/register ] || mount -t binfmt_misc none $formats
        if [ ! -e $formats/qemu-aarch64 ]; then
            field() { sed -n "s/^$1 //p" /usr/share/binfmts/qemu-aarch64; }
            printf %s ":qemu-aarch64:M::$(field magic):$(field mask):$(field interpreter):FPC" >$formats/register
            trap "echo -1 >$formats/qemu-aarch64" EXIT
        fi
        "$@"' able_to_run "$@"
}

# A folder with Debian's kernel for an architecture, as the package META depends on it, and other packages of that
# architecture; unpacked once. Its package lists are kept apart from this machine's own.
debian_kernel() {
    local arch=$1 meta=$2 kernel=$PLATFORMS/kernel-$1 options package
    shift 2
    if [ ! -e "$kernel/done" ]; then
        say "fetching Debian's kernel for $arch"
        rm -rf "$kernel" && mkdir -p "$kernel/lists/partial" "$kernel/download/partial" "$kernel/state"
        echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(mirror) bookworm main" >"$kernel/sources"
        : >"$kernel/state/status"
        options=(-qq -o "Dir::Etc::SourceList=$kernel/sources" -o Dir::Etc::SourceParts=/dev/null
            -o "Dir::State::Lists=$kernel/lists" -o "Dir::State::status=$kernel/state/status"
            -o "Dir::Cache=$kernel/download" -o "APT::Architecture=$arch" -o "APT::Architectures=$arch"
            -o APT::Sandbox::User=root)
        apt-get "${options[@]}" update >&2
        package=$(apt-cache "${options[@]}" depends "$meta" | awk '/Depends: linux-image-/ && !found++ {print $2}')
        (cd "$kernel/download" && apt-get "${options[@]}" download "$package" "$@" >&2)
        for package in "$kernel"/download/*.deb; do dpkg-deb -x "$package" "$kernel"; done
        rm -r "$kernel/download" "$kernel/lists" "$kernel/state" && touch "$kernel/done"
    fi
    echo "$kernel"
}

# Runs a command in a root file system, with /proc and in mounts of its own.
in_root() {
    local root=$1
    shift
    unshare --mount --pid --fork bash -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$root" \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive HOME=/root "$@"
}

# All that a root file system holds, users included, but for the package tools' own notes and caches.
listing() {
    (cd "$1" && find . \( -path ./proc -o -path ./tmp -o -path ./run -o -path ./var/cache -o -path ./var/log \
        -o -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/lib/pacman -o -path ./var/lib/rpm \
        -o -name '*-' -path './etc/*' \) -prune -o -print | sort && sort etc/passwd etc/group)
}
