#!/bin/bash
# usage: rpm.sh TARGET [BINARY]      Packs a built binary: dist/sanctuary-VERSION-1.ARCH.rpm.
. "$(dirname "$0")/common.sh"
use_target "${1:?usage: rpm.sh TARGET}"
BINARY=${2:-$BINARY}
"$ROOT/tools/need" rpm

work=$ROOT/target/packages/rpm-$NAME
rm -rf "$work" && mkdir -p "$work" "$DIST"
copyright "$work/copyright"
copy_sources "$work/sanctuary"
cd "$work/sanctuary"
rpmbuild -bb --build-in-place --target "$RPM_ARCH-linux" \
    --define "_topdir $work/rpmbuild" --define "binary $BINARY" --define "notices $work/copyright" \
    --define "_buildhost localhost" --define "use_source_date_epoch_as_buildtime 1" \
    --define "clamp_mtime_to_source_date_epoch 1" --define "_binary_payload w19.zstdio" \
    packaging/rpm/sanctuary.spec >"$work/log" 2>&1 ||
    { tail -30 "$work/log" >&2; die "rpmbuild failed; all it said is in $work/log"; }
mv "$work"/rpmbuild/RPMS/*/*.rpm "$DIST"
file=$(ls "$DIST/sanctuary-$(version)"-*."$RPM_ARCH.rpm")
say "$file: $(stat -c %s "$file") bytes"
