#!/bin/bash
# usage: sources.sh      Makes in dist/ what others build from: the sources, all that a build fetches, and each family's
# source package of both.
. "$(dirname "$0")/common.sh"
"$ROOT/tools/need" dpkg-dev rpm makepkg pacman-package-manager libarchive-tools xz-utils zstd

work=$ROOT/target/packages/sources
name=sanctuary-$(version)
tree=$work/$name
rm -rf "$work" && mkdir -p "$work"/{home,aur,rpm} "$DIST"
copy_sources "$tree"

# The same folder's name in both archives, so that the second unpacks over the first.
pack() {
    say "packing $1"
    tar -C "$2" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --create "$name" |
        xz -2 --threads=1 >"$DIST/$1"
}
pack "$name.tar.xz" "$work"
"$ROOT/packaging/build/vendor.sh" "$work/vendor/$name"
same_to_the_byte "$work/vendor"
pack "$name-vendor.tar.xz" "$work/vendor"

# Debian's has both in one.
cp -al "$work/vendor/$name/." "$tree"
(cd "$work" && dpkg-source --compression-level=2 --build "$name") >"$work/log" 2>&1 ||
    { cat "$work/log" >&2; die "dpkg-source failed"; }
mv "$work"/sanctuary_*.{dsc,tar.xz} "$DIST"

# Fedora's has both beside each other.
rpmbuild -bs --define "_topdir $work/rpm" --define "_sourcedir $DIST" --define "_buildhost localhost" \
    --define "use_source_date_epoch_as_buildtime 1" --define "clamp_mtime_to_source_date_epoch 1" --nodeps \
    "$tree/packaging/rpm/sanctuary.spec" >>"$work/log" 2>&1 || { cat "$work/log" >&2; die "rpmbuild failed"; }
mv "$work"/rpm/SRPMS/*.src.rpm "$DIST"

# Arch's names the first by its digest, and fetches the rest by the lockfiles.
cp "$tree"/archlinux/* "$work/aur"
sum=$(sha256sum "$DIST/$name.tar.xz" | cut -d' ' -f1)
sed -i "/^# Stated by/d; s/^sha256sums=.*/sha256sums=($sum)/" "$work/aur/PKGBUILD"
cp "$DIST/$name.tar.xz" "$work/aur"
sed "s/^#*PACKAGER=.*/PACKAGER='$(maintainer)'/" /etc/makepkg.conf >"$work/makepkg.conf"
as_builder "$work" aur makepkg --config /usr/src/makepkg.conf --source --nodeps >>"$work/log" 2>&1 ||
    { cat "$work/log" >&2; die "makepkg failed"; }
mkdir "$work/unpacked"
bsdtar -C "$work/unpacked" -xf "$work"/aur/sanctuary-*.src.tar.*
sed -i '/^#/d' "$work/unpacked/sanctuary/.SRCINFO"    # when it was made
same_to_the_byte "$work/unpacked"
tar -C "$work/unpacked" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --create sanctuary |
    gzip -9n >"$DIST/$name-1.src.tar.gz"
(cd "$DIST" && say "$(echo "$name".tar.xz "$name"-vendor.tar.xz sanctuary_*.dsc ./*.src.rpm ./*.src.tar.gz)")
