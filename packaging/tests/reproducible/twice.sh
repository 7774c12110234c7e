#!/bin/bash
# Built once more from the same sources, in a folder of another name and depth, with other file
# times and another umask, the page, the programs and the packages are to the byte what was built
# here.
. "$(dirname "$0")/../lib.sh"
target=${TARGET:-x86_64}
use_target "$target"
again=$SCRATCH/a/rather/deeper/folder
mkdir -p "$again"
(cd "$ROOT" && git ls-files -z | xargs -0 cp --parents -t "$again")
# The page's modules are shared, as is the toolchain; what is built of them is not.
ln -s "$ROOT/web/node_modules" "$again/web/"
(
    cd "$again"
    export PLATFORMS DIST=$again/dist SOURCE_DATE_EPOCH
    umask 002
    (cd web && npm run build)
    packaging/build/binary.sh "$target"
    packaging/build/packages.sh "$target"
)
diff -r "$ROOT/web/dist" "$again/web/dist"
cmp "$BINARY" "$again/target/$TRIPLE/release/sanctuary"
cmp "$JOIN" "$again/target/$TRIPLE/small/sanctuary-join"
for program in $PROGRAMS; do
    for package in $(deb_of "$target" "$program") $(arch_of "$target" "$program") $(rpm_of "$target" "$program"); do
        cmp "$package" "$again/dist/$(basename "$package")"
    done
done
