#!/bin/bash
# Two builds of one commit, in folders of different names and depth, with different file times, give the same page,
# the same binary and the same packages to the byte.
. "$(dirname "$0")/../lib.sh"
target=${TARGET:-x86_64}
use_target "$target"
one=$SCRATCH/one
two=$SCRATCH/a/rather/deeper/two
make -C "$ROOT" web
for folder in "$one" "$two"; do
    mkdir -p "$folder"
    (cd "$ROOT" && git ls-files -z | xargs -0 cp --parents -t "$folder")
    # The page's modules are shared, as is the toolchain; what is built of them is not.
    ln -s "$ROOT/web/node_modules" "$folder/web/"
    (
        cd "$folder"
        export PLATFORMS DIST=$folder/dist SOURCE_DATE_EPOCH
        umask "$([ "$folder" = "$one" ] && echo 022 || echo 002)"
        (cd web && npm run build)
        packaging/build/binary.sh "$target"
        packaging/build/packages.sh "$target"
    )
done
diff -r "$one/web/dist" "$two/web/dist"
cmp "$one/target/$TRIPLE/release/sanctuary" "$two/target/$TRIPLE/release/sanctuary"
diff -r "$one/dist" "$two/dist"
