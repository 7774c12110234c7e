#!/bin/bash
# usage: deb.sh TARGET      Packs both programs: dist/sanctuary_VERSION_ARCH.deb, dist/sanctuary-join_VERSION_ARCH.deb.
. "$(dirname "$0")/common.sh"
use_target "${1:?usage: deb.sh TARGET}"
"$ROOT/tools/need" debhelper dpkg-dev fakeroot

work=$ROOT/target/packages/deb-$NAME
rm -rf "$work" && mkdir -p "$work" "$DIST"
copyright "$work/sanctuary.copyright" sanctuary
copyright "$work/sanctuary-join.copyright" sanctuary-join
copy_sources "$work/sanctuary"

cd "$work/sanctuary"
TARGET=$NAME BINARY=$BINARY JOIN=$JOIN COPYRIGHTS=$work \
    DEB_BUILD_OPTIONS="nocheck noautodbgsym" \
    dpkg-buildpackage --build=binary --no-check-builddeps --no-sign --host-arch="$DEB_ARCH" >"$work/log" 2>&1 ||
    { tail -30 "$work/log" >&2; die "dpkg-buildpackage failed; all it said is in $work/log"; }
for package in sanctuary sanctuary-join; do
    file=$DIST/${package}_$(version)_$DEB_FILE.deb
    mv "$work/${package}_$(version)_$DEB_ARCH.deb" "$file"
    say "$file: $(stat -c %s "$file") bytes"
done
