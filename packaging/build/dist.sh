#!/bin/bash
# usage: dist.sh      Makes a release in dist/: a static binary and three packages for each target, and SHA256SUMS.
. "$(dirname "$0")/common.sh"
make -C "$ROOT" web
rm -rf "$DIST" && mkdir -p "$DIST"
for target in $(target_names); do
    "$ROOT/packaging/build/binary.sh" "$target"
    use_target "$target"
    install -m755 "$BINARY" "$DIST/sanctuary-$(version)-$NAME"
    "$ROOT/packaging/build/packages.sh" "$target"
done
cd "$DIST"
sha256sum -- * >SHA256SUMS
say "$(wc -l <SHA256SUMS) files and SHA256SUMS in $DIST"
