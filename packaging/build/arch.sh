#!/bin/bash
# usage: arch.sh TARGET      Packs both programs: dist/sanctuary-VERSION-1-ARCH.pkg.tar.zst, and sanctuary-join's.
. "$(dirname "$0")/common.sh"
use_target "${1:?usage: arch.sh TARGET}"
"$ROOT/tools/need" makepkg pacman-package-manager libarchive-tools zstd

work=$ROOT/target/packages/arch-$NAME
rm -rf "$work" && mkdir -p "$work"/{home,src} "$DIST"
# As makepkg would have unpacked and built it; linked to nothing, the binary depends on nothing.
tree=$work/src/sanctuary-$(version)
copy_sources "$tree"
copyright "$tree/sanctuary.copyright" sanctuary
copyright "$tree/sanctuary-join.copyright" sanctuary-join
install -Dm755 "$BINARY" "$tree/target/release/sanctuary"
install -Dm755 "$JOIN" "$tree/target/small/sanctuary-join"
cp "$tree/archlinux/sanctuary.install" "$work"
sed '/^depends=/d; /^makedepends=/d; s/^source=.*/source=()/; s/^sha256sums=.*/sha256sums=()/' \
    "$tree/archlinux/PKGBUILD" >"$work/PKGBUILD"
same_to_the_byte "$work"
sed "s/^CARCH=.*/CARCH=$ARCH_ARCH/; s/^PKGEXT=.*/PKGEXT=.pkg.tar.zst/; s/^#*PACKAGER=.*/PACKAGER='$(maintainer)'/" \
    /etc/makepkg.conf >"$work/makepkg.conf"

as_builder "$work" . makepkg --config /usr/src/makepkg.conf --repackage --nodeps --noconfirm --force \
    >"$work/log" 2>&1 || { tail -30 "$work/log" >&2; die "makepkg failed; all it said is in $work/log"; }
for file in "$work"/*.pkg.tar.zst; do
    mv "$file" "$DIST"
    say "$DIST/$(basename "$file"): $(stat -c %s "$DIST/$(basename "$file")") bytes"
done
