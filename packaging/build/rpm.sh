#!/bin/bash
# usage: rpm.sh TARGET      Packs both programs: dist/sanctuary-VERSION-1.ARCH.rpm, and sanctuary-join's.
. "$(dirname "$0")/common.sh"
use_target "${1:?usage: rpm.sh TARGET}"
"$ROOT/tools/need" rpm

work=$ROOT/target/packages/rpm-$NAME
rm -rf "$work" && mkdir -p "$work" "$DIST"
copyright "$work/sanctuary.copyright" sanctuary
copyright "$work/sanctuary-join.copyright" sanctuary-join
copy_sources "$work/sanctuary"
cd "$work/sanctuary"
rpmbuild -bb --build-in-place --target "$RPM_ARCH-linux" \
    --define "_topdir $work/rpmbuild" --define "binary $BINARY" --define "join $JOIN" --define "notices $work" \
    --define "_buildhost localhost" --define "use_source_date_epoch_as_buildtime 1" \
    --define "clamp_mtime_to_source_date_epoch 1" --define "_binary_payload w19.zstdio" \
    packaging/rpm/sanctuary.spec >"$work/log" 2>&1 ||
    { tail -30 "$work/log" >&2; die "rpmbuild failed; all it said is in $work/log"; }
for file in "$work"/rpmbuild/RPMS/*/*.rpm; do
    mv "$file" "$DIST"
    say "$DIST/$(basename "$file"): $(stat -c %s "$DIST/$(basename "$file")") bytes"
done
