#!/bin/bash
# usage: dist.sh      Makes a release in dist/: for each target both static programs and their packages, what others build
# from, BUILDINFO and SHA256SUMS. SIGN=KEY signs these by gpg, with the key that gpg knows by this name.
. "$(dirname "$0")/common.sh"
[ -z "${SIGN:-}" ] || gpg --list-secret-keys "$SIGN" >/dev/null || die "gpg has no secret key for '$SIGN'"
make -C "$ROOT" web

# Apart until all is there: a release that fails leaves the last one as it is.
new=$ROOT/target/packages/dist
rm -rf "$new" && mkdir -p "$new"
for target in $(target_names); do
    "$ROOT/packaging/build/binary.sh" "$target"
    use_target "$target"
    install -m755 "$BINARY" "$new/sanctuary-$(version)-$NAME"
    install -m755 "$JOIN" "$new/sanctuary-join-$(version)-$NAME"
    DIST=$new "$ROOT/packaging/build/packages.sh" "$target"
done
DIST=$new "$ROOT/packaging/build/sources.sh"
"$ROOT/packaging/build/buildinfo.sh" >"$new/BUILDINFO"
"$ROOT/packaging/build/finish.sh" "$new"
