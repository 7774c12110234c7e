#!/bin/bash
# Two builds of one commit, in folders of different names and depth, with different file times, give the same binary
# and the same packages to the byte.
. "$(dirname "$0")/../lib.sh"
target=${TARGET:-x86_64}
use_target "$target"
for folder in "$SCRATCH/one" "$SCRATCH/a/rather/deeper/two"; do
    mkdir -p "$folder"
    (cd "$ROOT" && git ls-files -z | xargs -0 cp --parents -t "$folder")
    cp -a "$ROOT/web/dist" "$folder/web/" # the page: its own build is compared by the web tests
    mkdir -p "$folder/target"
    (
        cd "$folder"
        # The toolchain is shared, the results are not.
        export PLATFORMS=$PLATFORMS DIST=$folder/dist SOURCE_DATE_EPOCH
        umask "$([ "$folder" = "$SCRATCH/one" ] && echo 022 || echo 002)"
        packaging/build/binary.sh "$target"
        packaging/build/packages.sh "$target"
    )
done
cmp "$SCRATCH/one/target/$TRIPLE/release/sanctuary" "$SCRATCH/a/rather/deeper/two/target/$TRIPLE/release/sanctuary"
cd "$SCRATCH/one/dist"
for package in *; do cmp "$package" "$SCRATCH/a/rather/deeper/two/dist/$package"; done
