#!/bin/bash
# usage: deb.sh TARGET [BINARY]      Packs a built binary: dist/sanctuary_VERSION_ARCH.deb.
. "$(dirname "$0")/common.sh"
use_target "${1:?usage: deb.sh TARGET}"
BINARY=${2:-$BINARY}
"$ROOT/tools/need" debhelper dpkg-dev fakeroot

work=$ROOT/target/packages/deb-$NAME
rm -rf "$work" && mkdir -p "$work" "$DIST"
copyright "$work/copyright"
copy_sources "$work/sanctuary"
# Both armhf packages are called sanctuary, so that either replaces the other; their files are told apart.
file=$DIST/sanctuary_$(version)_$DEB_ARCH.deb
[ "$NAME" != armv6 ] || file=$DIST/sanctuary_$(version)_armv6.deb

cd "$work/sanctuary"
TARGET=$NAME BINARY=$BINARY COPYRIGHT=$work/copyright \
    DEB_BUILD_OPTIONS="nocheck noautodbgsym" \
    dpkg-buildpackage --build=binary --no-check-builddeps --no-sign --host-arch="$DEB_ARCH" >"$work/log" 2>&1 ||
    { tail -30 "$work/log" >&2; die "dpkg-buildpackage failed; all it said is in $work/log"; }
mv "$work"/*.deb "$file"
say "$file: $(stat -c %s "$file") bytes"
