#!/bin/bash
# usage: arch.sh TARGET [BINARY]      Packs a built binary: dist/sanctuary-VERSION-1-ARCH.pkg.tar.zst.
. "$(dirname "$0")/common.sh"
use_target "${1:?usage: arch.sh TARGET}"
BINARY=${2:-$BINARY}
"$ROOT/tools/need" makepkg pacman-package-manager libarchive-tools zstd

work=$ROOT/target/packages/arch-$NAME
rm -rf "$work" && mkdir -p "$work/home" "$DIST"
copyright "$work/copyright"
copy_package_sources "$work/sanctuary"
sed "s/^CARCH=.*/CARCH=$ARCH_ARCH/; s/^PKGEXT=.*/PKGEXT=.pkg.tar.zst/; s/^#*PACKAGER=.*/PACKAGER='$(maintainer)'/" \
    /etc/makepkg.conf >"$work/makepkg.conf"

# makepkg puts the folder it works in into the package, so that it is shown the same one everywhere; and it refuses to
# be root, but in a namespace in which root is called 1000 it is content.
install -m755 "$BINARY" "$work/binary"
# shellcheck disable=SC2016 # The inner shell expands it.
unshare --map-root-user --mount bash -euc '
    mount --bind "$0" /usr/src
    cd /usr/src/sanctuary/archlinux
    exec unshare --user --map-user=1000 --map-group=1000 \
        env HOME=/usr/src/home BINARY=/usr/src/binary COPYRIGHT=/usr/src/copyright PKGDEST=/usr/src \
        makepkg --config /usr/src/makepkg.conf --nodeps --noconfirm --force' "$work" >"$work/log" 2>&1 ||
    { tail -30 "$work/log" >&2; die "makepkg failed; all it said is in $work/log"; }
mv "$work"/*.pkg.tar.zst "$DIST"
file=$(ls "$DIST/sanctuary-$(version)"-*-"$ARCH_ARCH.pkg.tar.zst")
say "$file: $(stat -c %s "$file") bytes"
