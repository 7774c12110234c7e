#!/bin/bash
# What is handed in for Arch's users, alone in a folder, builds by somebody who is not root: prepare() fetches, and from
# then on there is no network.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../sources.sh"
need makepkg pacman-package-manager libarchive-tools zstd

mkdir "$SCRATCH/home"
bsdtar -C "$SCRATCH" -xf "$SOURCES/sanctuary-$VERSION-1.src.tar.gz"
cd "$SCRATCH/sanctuary"
[ "$(echo .[A-Z]* *)" = ".SRCINFO PKGBUILD sanctuary-$VERSION.tar.xz sanctuary.install" ]
as_builder "$SCRATCH" sanctuary makepkg --printsrcinfo | sed '/^#/d' | diff .SRCINFO -
grep -q "sha256sums = $(sha256sum "sanctuary-$VERSION.tar.xz" | cut -d' ' -f1)" .SRCINFO
if grep -n 'startdir\|SKIP' PKGBUILD; then die "the PKGBUILD reaches out of its folder, or trusts anything"; fi

as_builder "$SCRATCH" sanctuary makepkg --nodeps --noconfirm --nobuild
offline bash -euc '. "$0"; as_builder "$1" sanctuary makepkg --nodeps --noconfirm --noextract' \
    "$ROOT/packaging/build/common.sh" "$SCRATCH"
mkdir root
for package in sanctuary-*.pkg.tar.*; do bsdtar -C root -xf "$package"; done
[ "$(root/usr/bin/sanctuary --version)" = "sanctuary $VERSION" ]
grep -q '^Files: crates/' root/usr/share/licenses/sanctuary/copyright
[ -e root/usr/lib/systemd/system/sanctuary.service ]
grep -q '^depend = glibc' root/.PKGINFO
[ "$(root/usr/bin/sanctuary-join --version)" = "sanctuary-join $VERSION" ]
grep -q '^Files: crates/' root/usr/share/licenses/sanctuary-join/copyright

# An archive that was changed on the way is refused.
rm -r src root
echo >>"sanctuary-$VERSION.tar.xz"
if as_builder "$SCRATCH" sanctuary makepkg --nodeps --noconfirm --nobuild; then die "a changed archive was taken"; fi
